/** The fact catalogue: the one list of what can be known of a case. Its entries are data, in `knowledge/facts/`. */
import type { Choice, Criterion, FactId, NumberExpression } from '../criteria/expression.js';

/** What it takes to learn a fact, from a question at the kitchen table to an operation. */
export type Cost = 'question' | 'record' | 'blood' | 'imaging' | 'biopsy' | 'operation';

export type FactType = 'boolean' | 'code' | 'number' | 'integer' | 'date';

/** A code in a public code system: `system` is a key of {@link CODE_SYSTEMS}. */
export interface Code {
  readonly system: 'snomed' | 'loinc' | 'icd-o-3' | 'icd-10' | 'ncit' | 'hgnc' | 'iso-3166';
  readonly code: string;
}

/** Canonical FHIR URIs of the code systems that the catalogue uses. */
export const CODE_SYSTEMS: Readonly<Record<Code['system'], string>> = {
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  'icd-o-3': 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  'icd-10': 'http://hl7.org/fhir/sid/icd-10',
  ncit: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl',
  hgnc: 'http://www.genenames.org/geneId',
  'iso-3166': 'urn:iso:std:iso:3166',
};

export interface FactValue {
  readonly id: string;
  /** As a professional reads it. */
  readonly label: string;
  /** As a patient reads it. */
  readonly patient: string;
  readonly codes?: readonly Code[];
}

/** How a fact follows from other facts or from the treatments in the record, when no reading of its own answers. */
export type Derivation =
  | { readonly value: NumberExpression }
  | { readonly when: Criterion }
  | { readonly choose: readonly Choice<string>[]; readonly else?: string }
  /** Whole days from a date fact to the as-of day; a partial date leaves a stretch. */
  | { readonly daysSince: FactId }
  /** Name of a function over the dated treatments; see `derive.ts`. */
  | { readonly record: string };

export interface FactDefinition {
  readonly id: FactId;
  readonly type: FactType;
  /** As a professional reads it. */
  readonly label: string;
  /** In a patient's words: what it is, the question that asks for it, and where in a clinic letter the answer stands. */
  readonly patient: { readonly label: string; readonly question: string; readonly where: string };
  /** Canonical unit, UCUM; numbers only. `1` for a pure number. */
  readonly unit?: string;
  /** Other accepted UCUM units, each with the factor that turns it into the canonical unit. */
  readonly units?: Readonly<Record<string, number>>;
  /** Values outside are physically impossible and are refused. Required for numbers. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Allowed values; codes only. */
  readonly values?: readonly FactValue[];
  readonly codes?: readonly Code[];
  /** How many days a reading stays current; absent when it does not age. */
  readonly currentDays?: number;
  readonly derive?: Derivation;
  readonly cost: Cost;
  /** What finds it out: ids of tests or plain names, the usual one first. */
  readonly learnedBy: readonly string[];
  /** Comes with the sex of a person, for example; the question is not asked when this is false. */
  readonly askedWhen?: Criterion;
}
