/** Forms and check digits of the identifiers that the knowledge holds. */
import type { Code } from '@serosa/core';

/** Verhoeff (1969): multiplication in the dihedral group D5, and the permutation by position. */
const D5 = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

/** Whether the last digit is the Verhoeff check digit of the others (SNOMED CT). */
export function verhoeff(digits: string): boolean {
  const sum = [...digits].reverse().reduce((c, digit, i) => Number(D5[c]![Number(PERMUTED[i % 8]![Number(digit)])]), 0);
  return sum === 0;
}

/** Whether the last digit is the Luhn (mod 10) check digit of the others (LOINC). */
export function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const CODE_FORMS: Readonly<Record<Code['system'], RegExp>> = {
  snomed: /^[1-9]\d{5,17}$/,
  loinc: /^(?:\d{1,7}-\d|L[ALP]\d+-\d)$/,
  'icd-o-3': /^(?:C\d{2}(?:\.\d)?|\d{4}\/\d)$/,
  'icd-10': /^[A-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?$/,
  ncit: /^C\d+$/,
  hgnc: /^(?:HGNC:)?\d+$/,
  'iso-3166': /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/,
};

/** What is wrong with a code, or undefined. Answer and part codes of LOINC (`LA…`) are held to their form only. */
export function codeFault({ system, code }: Code): string | undefined {
  if (!CODE_FORMS[system].test(code)) return `${code} has not the form of a code of ${system}`;
  if (system === 'snomed' && !verhoeff(code)) return `the check digit of SNOMED CT ${code} is wrong`;
  if (system === 'loinc' && /^\d/.test(code) && !luhn(code.replace('-', ''))) return `the check digit of LOINC ${code} is wrong`;
  return undefined;
}

export const DOI = /^10\.\d{4,9}\/[^\s"<>]+$/;
export const PMID = /^[1-9]\d{0,7}$/;
export const NCT_ID = /^NCT\d{8}$/;
/** Anything that means to be an NCT id. */
export const NCT_LIKE = /\bNCT[\s-]?\d+\b/gi;

/** Whether a text is an absolute web address. */
export function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol) && !/\s/.test(text);
  } catch {
    return false;
  }
}

/** Whether a text is a calendar date `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** Days from one ISO date to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
