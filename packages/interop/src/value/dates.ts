/** What a reader needs of partial dates (`2024`, `2024-03`, `2024-03-09`) beyond what the core has. */
import { earliestDay, isPartialDate, latestDay, type PartialDate } from '@serosa/core';

export { earliestDay, latestDay };

const DAY = 86_400_000;

/** The date as written, when it is a real one of year, month or day precision; otherwise undefined. */
export function parseDate(text: string): PartialDate | undefined {
  return /^[1-9]/.test(text) && isPartialDate(text) ? text : undefined;
}

/**
 * `days` after `base`, as precise as `base` is. A year is counted from its 2 July and a month from its 15th, so the result
 * for a base known to the year can be wrong by one year, never by more.
 */
export function addDays(base: PartialDate, days: number): PartialDate | undefined {
  const full = base.length === 4 ? `${base}-07-02` : base.length === 7 ? `${base}-15` : base;
  const time = (earliestDay(full) + Math.round(days)) * DAY;
  if (!(Math.abs(time) < 8.64e15)) return undefined;
  return parseDate(new Date(time).toISOString().slice(0, base.length));
}

/** A FHIR date, dateTime or instant as a partial date; the time of day is dropped. */
export function dateOfDateTime(text: string): PartialDate | undefined {
  return parseDate(/^\d{4}-\d{2}-\d{2}(?=T)/.exec(text)?.[0] ?? text);
}

/** Whole days from `from` to `to`, each at its earliest day. */
export function daysBetween(from: PartialDate, to: PartialDate): number {
  return earliestDay(to) - earliestDay(from);
}
