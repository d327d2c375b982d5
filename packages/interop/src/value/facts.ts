/** One raw reading against the definition of its fact: type, unit, range, allowed values. */
import type { Absence, FactDefinition, Observation } from '@serosa/core';
import { parseDate } from './dates.js';
import { nearest, shorten } from './spelling.js';
import { converter, tidyUnit } from './units.js';

export type FactReading =
  | { readonly value: Observation['value']; readonly asWritten?: string }
  /** What is wrong, and what to do about it. */
  | { readonly wrong: string; readonly remedy: string };

const ABSENCES: readonly Absence[] = ['unknown', 'not-done', 'not-applicable'];

export function absenceOf(text: string): Absence | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return ABSENCES.find((absence) => absence === word);
}

const YES = new Set(['true', 'yes', 'y', 'present', 'positive']);
const NO = new Set(['false', 'no', 'n', 'absent', 'negative', 'none']);

/**
 * Reads `raw` as a value of `fact` in the fact's canonical unit. `unit` is the unit of a number, UCUM or a usual spelling; a
 * number without any is taken in the canonical unit. A word that is one of the fact's own values is that value, also when it
 * reads `not-done`.
 */
export function readFact(fact: FactDefinition, raw: unknown, unit?: string): FactReading {
  if (typeof raw === 'string') {
    const absent = absenceOf(raw);
    if (absent === 'unknown') return { value: { absent } };
    const own = fact.values?.find((value) => value.id === raw);
    if (own) return { value: own.id };
    if (absent !== undefined) return { value: { absent } };
  }
  if (raw === null || raw === undefined || raw === '') {
    return { wrong: 'there is no value', remedy: 'Write a value, or `unknown` when it is not known.' };
  }
  switch (fact.type) {
    case 'boolean':
      return readBoolean(raw);
    case 'code':
      return readCode(fact, raw);
    case 'date':
      return readDateValue(raw);
    default:
      return readNumber(fact, raw, unit);
  }
}

function readBoolean(raw: unknown): FactReading {
  if (typeof raw === 'boolean') return { value: raw };
  const word = String(raw).trim().toLowerCase();
  if (YES.has(word)) return { value: true };
  if (NO.has(word)) return { value: false };
  return { wrong: `${show(raw)} is neither yes nor no`, remedy: 'Write `true`, `false` or `unknown`.' };
}

function readCode(fact: FactDefinition, raw: unknown): FactReading {
  const values = fact.values ?? [];
  const word = String(raw).trim();
  const tidy = word.toLowerCase().replace(/[\s_]+/g, '-');
  const match =
    values.find((value) => value.id === tidy) ??
    values.find(
      (value) => value.label.toLowerCase() === word.toLowerCase() || value.patient.toLowerCase() === word.toLowerCase(),
    );
  if (match) return match.id === word ? { value: match.id } : { value: match.id, asWritten: word };
  const ids = values.map((value) => value.id);
  const near = nearest(tidy, ids);
  return {
    wrong: `${show(raw)} is not a value of ${fact.id}`,
    remedy: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Allowed: ${[...ids, 'unknown'].join(', ')}.`,
  };
}

function readDateValue(raw: unknown): FactReading {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
  const date = parseDate(text);
  if (date !== undefined) return { value: date };
  return { wrong: `${show(raw)} is not a date`, remedy: 'Write a real date as YYYY, YYYY-MM or YYYY-MM-DD.' };
}

const NUMBER_WITH_UNIT = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$/s;

function readNumber(fact: FactDefinition, raw: unknown, unit?: string): FactReading {
  if (typeof raw === 'boolean' || (typeof raw !== 'number' && typeof raw !== 'string')) {
    return { wrong: `${show(raw)} is not a number`, remedy: numberRemedy(fact) };
  }
  let amount: number;
  let written = unit?.trim() === '' ? undefined : unit?.trim();
  if (typeof raw === 'number') amount = raw;
  else {
    const text = raw.trim();
    if (/^[<>≤≥~]/.test(text)) {
      return {
        wrong: `${show(raw)} is a bound, not a reading`,
        remedy: 'Give the measured value, or `unknown`; the bound itself cannot be kept.',
      };
    }
    if (/^[+-]?\d+,\d+(\s|$|[A-Za-z%µ/])/.test(text)) {
      return { wrong: `${show(raw)} has a comma`, remedy: 'Use a point for decimals and nothing between thousands.' };
    }
    const match = NUMBER_WITH_UNIT.exec(text);
    if (!match) return { wrong: `${show(raw)} is not a number`, remedy: numberRemedy(fact) };
    amount = Number(match[1]);
    if (match[2]) {
      if (written !== undefined && tidyUnit(written) !== tidyUnit(match[2])) {
        return { wrong: `the unit is given twice, as ${show(match[2])} and as ${show(written)}`, remedy: 'Keep the right one.' };
      }
      written = match[2].trim();
    }
  }
  if (!Number.isFinite(amount)) return { wrong: `${show(raw)} is not a finite number`, remedy: numberRemedy(fact) };
  const canonical = fact.unit ?? '1';
  let value = amount;
  let converted = false;
  if (written !== undefined && tidyUnit(written) !== tidyUnit(canonical)) {
    const convert = unitConverter(fact, written);
    if (!convert) {
      return { wrong: `${show(written)} is not a unit of ${fact.id}`, remedy: `Accepted: ${acceptedUnits(fact).join(', ')}.` };
    }
    value = Number(convert(amount).toPrecision(12));
    converted = value !== amount || canonical !== '1';
  }
  if (fact.type === 'integer' && !Number.isInteger(value)) {
    return { wrong: `${show(raw)} is not a whole number`, remedy: numberRemedy(fact) };
  }
  const range = fact.range;
  if (range && (value < range.min || value > range.max)) {
    const shown = written === undefined ? `${amount}` : `${amount} ${written}`;
    return {
      wrong: `${shown} is impossible for ${fact.id}: it lies between ${range.min} and ${range.max}${unitSuffix(canonical)}`,
      remedy: rangeRemedy(fact, amount, written),
    };
  }
  return converted ? { value, asWritten: `${amount} ${written}` } : { value };
}

function unitConverter(fact: FactDefinition, from: string): ((value: number) => number) | undefined {
  const direct = converter(from, fact.unit ?? '1');
  if (direct) return direct;
  for (const [unit, factor] of Object.entries(fact.units ?? {})) {
    const convert = converter(from, unit);
    if (convert) return (value) => convert(value) * factor;
  }
  // Letters and older systems write units without regard to case; only the fact's own units are read that way.
  const same = acceptedUnits(fact).find((unit) => tidyUnit(unit).toLowerCase() === tidyUnit(from).toLowerCase());
  return same === undefined || same === from ? undefined : unitConverter(fact, same);
}

/** What one of `unit` is in the fact's own unit, or undefined when it is no unit of the fact. */
export function unitFactor(fact: FactDefinition, unit: string): number | undefined {
  return tidyUnit(unit) === tidyUnit(fact.unit ?? '1') ? 1 : unitConverter(fact, unit)?.(1);
}

function acceptedUnits(fact: FactDefinition): readonly string[] {
  return [fact.unit ?? '1', ...Object.keys(fact.units ?? {})];
}

function unitSuffix(unit: string): string {
  return unit === '1' ? '' : ` ${unit}`;
}

function numberRemedy(fact: FactDefinition): string {
  const unit = fact.unit ?? '1';
  return `Write a ${fact.type === 'integer' ? 'whole number' : 'number'}${unit === '1' ? '' : ` in ${unit}, or with its unit`}, or \`unknown\`.`;
}

/** A value out of range is most often one in another unit: say which one would fit. */
function rangeRemedy(fact: FactDefinition, amount: number, written: string | undefined): string {
  const range = fact.range;
  if (written === undefined && range) {
    const fitting = Object.keys(fact.units ?? {}).filter((unit) => {
      const value = unitConverter(fact, unit)?.(amount);
      return value !== undefined && value >= range.min && value <= range.max;
    });
    if (fitting.length > 0) return `If it was measured in ${fitting.join(' or ')}, write the unit: \`${amount} ${fitting[0]}\`.`;
  }
  return 'Check the value and its unit.';
}

function show(raw: unknown): string {
  if (typeof raw === 'string') return `"${shorten(raw, 60)}"`;
  if (raw !== null && typeof raw === 'object') return Array.isArray(raw) ? 'a list' : 'a group of values';
  return String(raw);
}
