/** Words that a case file may use besides facts. Written as tables so that the compiler holds them against the record. */
import type { Absence, Origin, ProcedureCode, ProcedureEvent, Radiotherapy, StatedStage, SystemicTherapy } from '@serosa/core';

/** The first line of every case file. */
export const CASE_VERSION = 'case/1';

type Words<Word extends string> = Readonly<Record<Word, true>>;

const list = <Word extends string>(words: Words<Word>): readonly Word[] => Object.keys(words) as Word[];

export const PROCEDURES = list<ProcedureCode>({
  'extrapleural-pneumonectomy': true,
  'pleurectomy-decortication': true,
  'extended-pleurectomy-decortication': true,
  'partial-pleurectomy': true,
  'cytoreductive-surgery': true,
  hipec: true,
  pleurodesis: true,
  'indwelling-pleural-catheter': true,
  thoracentesis: true,
  paracentesis: true,
  thoracoscopy: true,
  laparoscopy: true,
  mediastinoscopy: true,
  'image-guided-biopsy': true,
  orchiectomy: true,
  'pericardial-window': true,
  other: true,
});

export const ORIGINS = list<Origin['kind']>({
  patient: true,
  letter: true,
  pathology: true,
  imaging: true,
  laboratory: true,
  operation: true,
  registry: true,
  fhir: true,
  table: true,
  file: true,
});

export const ABSENCES = list<Absence>({ unknown: true, 'not-done': true, 'not-applicable': true });
export const RESPONSES = list<NonNullable<SystemicTherapy['bestResponse']>>({ CR: true, PR: true, SD: true, PD: true, NE: true });
export const SYSTEMIC_INTENTS = list<NonNullable<SystemicTherapy['intent']>>({
  curative: true,
  neoadjuvant: true,
  adjuvant: true,
  palliative: true,
  maintenance: true,
});
export const STOP_REASONS = list<NonNullable<SystemicTherapy['stoppedFor']>>({
  completed: true,
  progression: true,
  toxicity: true,
  choice: true,
  other: true,
});
export const RADIOTHERAPY_INTENTS = list<NonNullable<Radiotherapy['intent']>>({
  curative: true,
  neoadjuvant: true,
  adjuvant: true,
  palliative: true,
  prophylactic: true,
});
export const SIDES = list<NonNullable<ProcedureEvent['side']>>({ left: true, right: true, bilateral: true });
export const RESIDUALS = list<NonNullable<ProcedureEvent['residual']>>({ R0: true, R1: true, R2: true, RX: true });
export const EDITIONS = list<StatedStage['edition']>({ '5': true, '6': true, '7': true, '8': true, '9': true, unknown: true });
export const BASES = list<StatedStage['basis']>({ clinical: true, pathological: true, unknown: true });
