/** TNM categories and stage groups as they are written: prefixes, blanks, the word "stage". */
import type { StatedStage } from '@serosa/core';

export type Axis = 'T' | 'N' | 'M';

export interface WrittenCategory {
  /** Without prefix: `T3`, `TX`, `T1a`, `M1c`. */
  readonly value: string;
  readonly basis?: 'clinical' | 'pathological';
  /** Prefix letters beyond c and p (`y` after treatment, `r` at recurrence, `a` at autopsy), as written. */
  readonly modifiers?: string;
}

const CATEGORY = /^([aryc p]*?)([TNM])\s*(X|is|[0-4](?:[a-d](?:[0-9])?)?)(?:\(.*\))?$/i;

/** Reads `cT3`, `p N1`, `ypT2`, `TX`, `M1b`; undefined when it is no category of this axis. */
export function readCategory(axis: Axis, text: string): WrittenCategory | undefined {
  const match = CATEGORY.exec(text.trim());
  if (!match) return undefined;
  const [, prefix = '', letter = '', digits = ''] = match;
  if (letter.toUpperCase() !== axis) return undefined;
  const marks = prefix.toLowerCase().replace(/\s/g, '');
  const value = `${axis}${/^x$/i.test(digits) ? 'X' : digits.toLowerCase()}`;
  const basis = marks.includes('p') || marks.includes('a') ? 'pathological' : marks.includes('c') ? 'clinical' : undefined;
  const modifiers = marks.replace(/[cp]/g, '');
  return { value, ...(basis ? { basis } : {}), ...(modifiers ? { modifiers } : {}) };
}

/**
 * A category anywhere in a longer text, such as the name of a concept: `… Committee on Cancer cT3 (qualifier value)`.
 * Only as it is printed, in capitals and without a blank: `a t 2 scan` and `on 1 node` are ordinary words.
 */
export function findCategory(axis: Axis, text: string): WrittenCategory | undefined {
  const match = new RegExp(`(?:^|[^A-Za-z0-9])((?:y|r)?(?:c|p)?${axis}(?:X|is|[0-4](?:[a-dA-D][0-9]?)?))(?![A-Za-z0-9])`).exec(
    text,
  );
  return match?.[1] === undefined ? undefined : readCategory(axis, match[1]);
}

const GROUP = /^(0|IV|I{1,3})([ABC]?)([0-9]?)$/;

/** Reads `Stage IIIA`, `3a`, `iv` as `IIIA`, `IIIA`, `IV`. */
export function readGroup(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^(?:clinical|pathologic(?:al)?)?\s*stage\s*/i, '')
    .replace(/\s/g, '')
    .toUpperCase();
  const roman = plain.replace(/^[1-4]/, (digit) => ['I', 'II', 'III', 'IV'][Number(digit) - 1] ?? digit);
  return GROUP.test(roman) ? roman : undefined;
}

/** A stage group in a longer text: `… Committee on Cancer stage IIIC (qualifier value)`. */
export function findGroup(text: string): string | undefined {
  const match = /\bstage\s+(0|[IV]{1,3}[ABC]?[0-9]?|[1-4][ABC]?)(?![A-Za-z0-9])/i.exec(text);
  return match?.[1] === undefined ? readGroup(text) : readGroup(match[1]);
}

/** Reads `8`, `8th`, `AJCC 8th edition`, `UICC TNM 9`, `version 9`. */
export function readEdition(text: string | number): StatedStage['edition'] | undefined {
  const plain = String(text).trim().toLowerCase();
  if (plain === 'unknown') return 'unknown';
  const alone = /^v?([5-9])(?:th)?$/.exec(plain)?.[1];
  const worded =
    /(?:^|[^0-9.])([5-9])\s*(?:th)?\s*(?:ed\b|ed\.|edition|version)/.exec(plain)?.[1] ??
    /(?:version|edition|ajcc|uicc|tnm)\s*v?([5-9])(?:th)?(?![0-9.])/.exec(plain)?.[1];
  const word = /\b(fifth|sixth|seventh|eighth|ninth)\b/.exec(plain)?.[1];
  const digit =
    alone ??
    worded ??
    (word === undefined ? undefined : String(['fifth', 'sixth', 'seventh', 'eighth', 'ninth'].indexOf(word) + 5));
  return digit as StatedStage['edition'] | undefined;
}
