/** Changes to a record, as a person makes them: each gives a new record, and what older sources said stays in it. */
import type { FactId } from '../criteria/expression.js';
import { earliestDay, latestDay } from './dates.js';
import type { CaseRecord, Observation, Origin, PartialDate } from './record.js';

const samePlace = (a: Origin, b: Origin): boolean => a.kind === b.kind && a.at === b.at;

/**
 * The record with one more statement about a fact. It takes the place of what was said at the same place before (`origin.kind` and
 * `origin.at`), and of whatever is not surely older: two statements of one day that exclude each other would leave the fact
 * unknown. Older readings of other sources stay, and the newer one answers. A statement without a day takes the place of all.
 */
export function withObservation(record: CaseRecord, said: Observation): CaseRecord {
  const day = said.date ?? record.date;
  const older = (date: PartialDate | undefined): boolean =>
    day !== undefined && date !== undefined && latestDay(date) < earliestDay(day);
  const kept = record.observations.filter(
    (other) => other.fact !== said.fact || (older(other.date ?? record.date) && !samePlace(other.origin, said.origin)),
  );
  return { ...record, observations: [...kept, said] };
}

/** The record without what was said of a fact at one place: what others said of it answers again. */
export function withoutObservation(record: CaseRecord, fact: FactId, origin: Origin): CaseRecord {
  const kept = record.observations.filter((other) => other.fact !== fact || !samePlace(other.origin, origin));
  return { ...record, observations: kept };
}
