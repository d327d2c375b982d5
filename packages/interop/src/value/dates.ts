/**
 * Partial dates (`2024`, `2024-03`, `2024-03-09`): the few operations that a reader needs. Days are counted from
 * 1970-01-01 in the proleptic Gregorian calendar.
 */
import type { PartialDate } from '@serosa/core';

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DAY = 86_400_000;

/** The date as written, when it is a real one of year, month or day precision; otherwise undefined. */
export function parseDate(text: string): PartialDate | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day] = match;
  if (Number(year) < 1) return undefined;
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return undefined;
  if (day !== undefined && iso(utc(Number(year), Number(month), Number(day))) !== text) return undefined;
  return text;
}

/** `Date.UTC` reads the years 0 to 99 as 1900 to 1999, hence the detour. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** First day that the date can mean. */
export function earliestDay(date: PartialDate): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return utc(year, month, day) / DAY;
}

/** Last day that the date can mean. */
export function latestDay(date: PartialDate): number {
  const [year = 1970, month, day] = date.split('-').map(Number);
  if (month === undefined) return utc(year, 12, 31) / DAY;
  if (day === undefined) return utc(year, month + 1, 0) / DAY;
  return utc(year, month, day) / DAY;
}

/**
 * `days` after `base`, as precise as `base` is. A year is counted from its 2 July and a month from its 15th, so the result
 * for a base known to the year can be wrong by one year, never by more.
 */
export function addDays(base: PartialDate, days: number): PartialDate | undefined {
  const full = base.length === 4 ? `${base}-07-02` : base.length === 7 ? `${base}-15` : base;
  const time = (earliestDay(full) + Math.round(days)) * DAY;
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return undefined;
  return parseDate(iso(time).slice(0, base.length));
}

/** A FHIR date, dateTime or instant as a partial date; the time of day is dropped. */
export function dateOfDateTime(text: string): PartialDate | undefined {
  return parseDate(/^\d{4}-\d{2}-\d{2}(?=T)/.exec(text)?.[0] ?? text);
}

/** Whole days from `from` to `to`, each at its earliest day. */
export function daysBetween(from: PartialDate, to: PartialDate): number {
  return earliestDay(to) - earliestDay(from);
}
