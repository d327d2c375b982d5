/** Partial ISO dates: a year, a month or a day. All arithmetic is in whole days of the proleptic Gregorian calendar. */
import { said, say, toSay } from '../language.js';
import type { PartialDate } from './record.js';

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** True when `text` is a real date of year, month or day precision. */
export function isPartialDate(text: string): boolean {
  const match = PATTERN.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return false;
  if (day === undefined) return Number(year) >= 1;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(time).toISOString().slice(0, 10) === text;
}

const DAY = 86_400_000;

/** First day the date can mean, in days since 1970-01-01. */
export function earliestDay(date: PartialDate): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Last day the date can mean, in days since 1970-01-01. */
export function latestDay(date: PartialDate): number {
  const [year = 1970, month, day] = date.split('-').map(Number);
  if (month === undefined) return Date.UTC(year, 11, 31) / DAY;
  if (day === undefined) return Date.UTC(year, month, 0) / DAY;
  return Date.UTC(year, month - 1, day) / DAY;
}

/** At least and at most so many days. */
export interface Stretch {
  readonly min: number;
  readonly max: number;
}

/** Whole days from one date to a later one; a partial date leaves a stretch. Never less than none. */
export function daysBetween(from: PartialDate, to: PartialDate): Stretch {
  const days = (first: number, last: number): number => Math.max(0, last - first);
  return { min: days(latestDay(from), earliestDay(to)), max: days(earliestDay(from), latestDay(to)) };
}

/** Completed years from `from` to `to`, each at its earliest day. */
export function yearsBetween(from: PartialDate, to: PartialDate): number {
  const a = new Date(earliestDay(from) * DAY);
  const b = new Date(earliestDay(to) * DAY);
  const years = b.getUTCFullYear() - a.getUTCFullYear();
  const before = b.getUTCMonth() < a.getUTCMonth() || (b.getUTCMonth() === a.getUTCMonth() && b.getUTCDate() < a.getUTCDate());
  return before ? years - 1 : years;
}

const MONTHS = [
  toSay('January'),
  toSay('February'),
  toSay('March'),
  toSay('April'),
  toSay('May'),
  toSay('June'),
  toSay('July'),
  toSay('August'),
  toSay('September'),
  toSay('October'),
  toSay('November'),
  toSay('December'),
] as const;

/** `2026-03-09` as `9 March 2026`; what is not a date stays as it is. */
export function dateWords(date: PartialDate): string {
  const match = PATTERN.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  if (month === undefined) return year as string;
  const name = said(MONTHS[Number(month) - 1] ?? month);
  return day === undefined ? say`${name} ${year}` : say`${Number(day)} ${name} ${year}`;
}
