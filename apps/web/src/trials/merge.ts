/** Records of one trial from several places: which one stays. */
import type { Trial, TrialRecord } from '@serosa/core';

/** Whether a record says less of today than another one of the same trial. */
export function isOlder(record: TrialRecord, other: TrialRecord): boolean {
  const day = ({ updated, knownAsOf }: TrialRecord): string => updated ?? knownAsOf ?? '';
  return day(record) < day(other);
}

/** Records that were added before and now, each trial once. */
export function withAdded(before: readonly Trial[], more: readonly Trial[]): readonly Trial[] {
  const kept = new Map(before.map((trial) => [trial.id, trial]));
  for (const trial of more) {
    const other = kept.get(trial.id);
    if (other === undefined || !isOlder(trial, other)) kept.set(trial.id, trial);
  }
  return [...kept.values()];
}

/** The trials that come with Serosa, less those of which a record was added: a record has all criteria, and they have a few. */
export function withoutStarters(starters: readonly Trial[], added: readonly Trial[]): readonly Trial[] {
  const have = new Set(added.flatMap(({ id, aliases }) => [id, ...aliases]));
  return starters.filter(({ id }) => !have.has(id));
}
