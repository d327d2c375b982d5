/** The record: what was said of a case, when, and by whom. Nothing here is interpreted yet. */
import type { FactId } from '../criteria/expression.js';

/** `2024`, `2024-03` or `2024-03-09`. */
export type PartialDate = string;

/** Where a statement comes from: a kind, and the place in the source that a person can find again. */
export interface Origin {
  readonly kind:
    | 'patient'
    | 'letter'
    | 'pathology'
    | 'imaging'
    | 'laboratory'
    | 'operation'
    | 'registry'
    | 'fhir'
    | 'table'
    | 'file';
  /** For example `Observation/ecog-1`, `row 12, column pathologic_T`, `facts.lab.creatinine`. */
  readonly at?: string;
  readonly note?: string;
}

/** Why a fact that was asked for has no value. */
export type Absence = 'unknown' | 'not-done' | 'not-applicable';

/** One dated statement about one fact, in the fact's canonical unit. */
export interface Observation {
  readonly fact: FactId;
  /** `{ absent }` says that the question was asked and has no answer. */
  readonly value: boolean | number | string | { readonly absent: Absence };
  readonly date?: PartialDate;
  readonly origin: Origin;
  /** The value and unit as they stood in the source, when they were converted. */
  readonly asWritten?: string;
}

export type ResponseCategory = 'CR' | 'PR' | 'SD' | 'PD' | 'NE';

/** A course of systemic treatment. Agents are INN in lower case: `pemetrexed`, `cisplatin`, `nivolumab`. */
export interface SystemicTherapy {
  readonly kind: 'systemic';
  readonly agents: readonly string[];
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  /** Still being given. Absent: not said. */
  readonly ongoing?: boolean;
  /** As numbered in the source; derived from order when absent. */
  readonly line?: number;
  readonly cycles?: number;
  readonly bestResponse?: ResponseCategory;
  readonly intent?: 'curative' | 'neoadjuvant' | 'adjuvant' | 'palliative' | 'maintenance';
  readonly stoppedFor?: 'completed' | 'progression' | 'toxicity' | 'choice' | 'other';
  readonly progression?: PartialDate;
  readonly origin: Origin;
}

export interface Radiotherapy {
  readonly kind: 'radiotherapy';
  readonly site?: string;
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  /** Total dose in gray. */
  readonly gray?: number;
  readonly fractions?: number;
  readonly intent?: 'curative' | 'neoadjuvant' | 'adjuvant' | 'palliative' | 'prophylactic';
  readonly origin: Origin;
}

export type ProcedureCode =
  | 'extrapleural-pneumonectomy'
  | 'pleurectomy-decortication'
  | 'extended-pleurectomy-decortication'
  | 'partial-pleurectomy'
  | 'cytoreductive-surgery'
  | 'hipec'
  | 'pleurodesis'
  | 'indwelling-pleural-catheter'
  | 'thoracentesis'
  | 'paracentesis'
  | 'thoracoscopy'
  | 'laparoscopy'
  | 'mediastinoscopy'
  | 'image-guided-biopsy'
  | 'orchiectomy'
  | 'pericardial-window'
  | 'other';

export interface ProcedureEvent {
  readonly kind: 'procedure';
  readonly code: ProcedureCode;
  readonly text?: string;
  readonly date?: PartialDate;
  readonly side?: 'left' | 'right' | 'bilateral';
  /** Residual tumour after resection. */
  readonly residual?: 'R0' | 'R1' | 'R2' | 'RX';
  readonly origin: Origin;
}

export type TreatmentEvent = SystemicTherapy | Radiotherapy | ProcedureEvent;

/** A TNM statement as it stood in a letter or registry. Edition `unknown` when the source does not say. */
export interface StatedStage {
  readonly edition: '5' | '6' | '7' | '8' | '9' | 'unknown';
  /** `unknown`: the source does not say; it is then read as clinical unless a resection came before it. */
  readonly basis: 'clinical' | 'pathological' | 'unknown';
  /** As written without prefix: `T3`, `TX`, `T1a`. */
  readonly T?: string;
  readonly N?: string;
  readonly M?: string;
  /** As written without the word stage: `IB`, `III`. */
  readonly group?: string;
  readonly date?: PartialDate;
  readonly origin: Origin;
}

export interface CaseRecord {
  readonly schema: 'serosa.case/1';
  readonly id: string;
  readonly title?: string;
  /** When undated statements of this record were true. */
  readonly date?: PartialDate;
  readonly observations: readonly Observation[];
  readonly treatments: readonly TreatmentEvent[];
  readonly stages: readonly StatedStage[];
}

/** One entry of a reading report: what an import did with one piece of its input. */
export interface ReadingNote {
  readonly outcome: 'used' | 'unused' | 'refused';
  /** Place in the input: line and column, path, or resource. */
  readonly at: string;
  /** What stood there, shortened. */
  readonly what: string;
  /** Why, and for a refusal what to do. */
  readonly why: string;
  /** Facts that came of it. */
  readonly facts?: readonly FactId[];
}

/** What every importer returns. `record` is absent when nothing could be read as a case. */
export interface Reading {
  readonly record?: CaseRecord;
  readonly notes: readonly ReadingNote[];
  /** Set when the whole input had to be refused. */
  readonly problem?: Problem;
}

/** The one error shape at every edge: what is wrong, where, what to do. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly at?: string;
  readonly remedy: string;
}
