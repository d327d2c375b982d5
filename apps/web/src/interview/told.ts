/** What was told on this page, among all that a record holds. */
import {
  type CaseRecord,
  type Cost,
  type FactDefinition,
  type FactId,
  type Observation,
  type Origin,
  type PartialDate,
  withObservation,
  withoutObservation,
} from '@serosa/core';

/** Where people have it from, as a rule, by what it takes to learn it: a value of the blood is read off a paper. */
const KIND: Readonly<Record<Cost, Origin['kind']>> = {
  question: 'patient',
  record: 'letter',
  blood: 'laboratory',
  imaging: 'imaging',
  biopsy: 'pathology',
  operation: 'operation',
};

/** Marks what was told on this page. */
export const TOLD = 'told here';

export const originOf = ({ cost }: FactDefinition): Origin => ({ kind: KIND[cost], at: TOLD });

export const isTold = ({ origin }: Pick<Observation, 'origin'>): boolean => origin.at === TOLD;

/** What was told here of a fact. */
export function toldOf(record: CaseRecord, fact: string): Observation | undefined {
  return record.observations.findLast((observation) => observation.fact === fact && isTold(observation));
}

/**
 * Whether the day of a reading is asked for: where an old reading no longer answers, and the answer is not what somebody sees today.
 */
export const asksDay = ({ currentDays, cost, type }: FactDefinition): boolean =>
  type !== 'date' && currentDays !== undefined && cost !== 'question' && cost !== 'record';

/** An answer; a day that is given as undefined is not known. */
export interface Answer {
  readonly value: Observation['value'];
  readonly asWritten?: string;
  readonly date?: PartialDate | undefined;
}

/**
 * The record with an answer, or without it where it is undefined. What people see or know of is of today; of a result they know the
 * day, or it has none and does not answer for today.
 */
export function withAnswer(
  record: CaseRecord,
  definition: FactDefinition,
  given: Answer | undefined,
  today: PartialDate,
): CaseRecord {
  const origin = originOf(definition);
  if (given === undefined) return withoutObservation(record, definition.id, origin);
  const { date, ...said } = given;
  const day = asksDay(definition) ? ('date' in given ? date : toldOf(record, definition.id)?.date) : today;
  return withObservation(record, { fact: definition.id, ...said, ...(day === undefined ? {} : { date: day }), origin });
}

/** The last day of which somebody told what a scan showed. */
export function scanDay(record: CaseRecord): PartialDate | undefined {
  const days = record.observations.filter((said) => isTold(said) && said.origin.kind === 'imaging').map(({ date }) => date);
  return days
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}

/** What was told of scans without a day: it does not count until it has one. */
export function undatedScans(record: CaseRecord, catalogue: ReadonlyMap<FactId, FactDefinition>): readonly Observation[] {
  return record.observations.filter((said) => {
    const definition = catalogue.get(said.fact);
    const dated = said.date !== undefined || typeof said.value === 'object';
    return !dated && isTold(said) && said.origin.kind === 'imaging' && definition !== undefined && asksDay(definition);
  });
}
