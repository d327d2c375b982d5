/** What the readers of eligibility phrases share: statements over facts, and the shape of a recogniser. */
import type { Criterion } from '@serosa/core';

/** A phrase that is understood: where it stands in a canonical text, and what it says. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly says: Criterion;
  /** What a person should know of the reading. */
  readonly note?: string;
}

/** One kind of phrase. `says` may decline. */
export interface Pattern {
  readonly find: RegExp;
  readonly says: Criterion | ((match: RegExpMatchArray & { readonly index: number }) => Criterion | undefined);
  /** Read only where the text says whom a trial does not take. */
  readonly inExclusions?: boolean;
  /** Read only where the text says whom a trial takes. */
  readonly inRequirements?: boolean;
}

export const is = (fact: string, value: boolean | number | string = true): Criterion => ({ fact, is: value });
export const oneOf = (fact: string, values: readonly string[]): Criterion =>
  values.length === 1 ? is(fact, values[0] as string) : { fact, in: values };
export const not = (criterion: Criterion): Criterion => ('not' in criterion ? criterion.not : { not: criterion });
export const all = (...parts: readonly Criterion[]): Criterion => (parts.length === 1 ? (parts[0] as Criterion) : { all: parts });
export const any = (...parts: readonly Criterion[]): Criterion => (parts.length === 1 ? (parts[0] as Criterion) : { any: parts });

/** What only a person can say, in the words given. */
export { leftToStudyTeam as judge } from '@serosa/core';

export const MESOTHELIOMA = is('tumour.mesothelioma');

const TIME = String.raw`(\d+(?:\.\d+)?)\s*-?\s*(days|weeks|months|years)`;
/** "within 4 weeks", "in the last 28 days", "≤ 26 weeks"; two groups: number and unit. */
export const WITHIN = String.raw`(?:within|in|during|over|<|≤|for)\s*(?:the\s*)?(?:last|past|previous|preceding|prior)?\s*(?:<|≤)?\s*(?:the\s*)?(?:last|past|previous|preceding|prior)?\s*${TIME}`;
export { TIME };

const ANCHOR_WORD = String.raw`(?:prior to|before|preceding|of|from|to|for|at|until|the|a|an|start|starting|initiation|initiating|beginning|day|date|time|first|1st|planned|scheduled|dose|infusion|administration|injection|treatment|therapy|study|trial|protocol|drugs?|medication|product|enrol?lment|entry|entering|randomi[sz]ation|registration|inclusion|screening|baseline|leukapheresis|apheresis|cycle|c1d1|investigational|intervention|commencement|receiving|prior|lymphodepletion|\d)`;
/** What a window is counted to; all within a few days of another, so that none is told apart. */
export const ANCHOR = String.raw`(?:(?:\s*,)?\s*${ANCHOR_WORD}\b)*(?:\s+(?:[\w.\[\]/-]+\s+){0,4}?(?:infusion|administration|injection|dosing|dose|lymphodepletion|lymphodepleting chemotherapy)\b)?`;

const DAYS: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 30.5, years: 365.25 };
export const inDays = (count: string, unit: string): number => Math.round(Number(count) * (DAYS[unit] ?? 1));

/** A list of names joined by commas, slashes, "or" and "and". */
export const listOf = (name: string): string =>
  String.raw`${name}(?:\s*(?:,\s*(?:or|and)?|\/|\bor\b|\band\/or\b|\band\b)\s*${name})*`;
