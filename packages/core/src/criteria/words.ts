/** Reading (d) of a criterion: words for a professional or a patient, made from the same tree and the catalogue. */

import type { FactDefinition } from '../case/catalogue.js';
import { inVoice, said, say, toSay, type Voice } from '../language.js';
import type { Criterion, FactId, FactTest } from './expression.js';

export type { Voice };

type Catalogue = ReadonlyMap<FactId, FactDefinition>;

/** One criterion as a phrase without a full stop. Unknown facts are named by their id: the linter lets none through. */
export function words(criterion: Criterion, catalogue: Catalogue, voice: Voice): string {
  return phrase(criterion, catalogue, voice, false);
}

function phrase(criterion: Criterion, catalogue: Catalogue, voice: Voice, nested: boolean): string {
  if ('fact' in criterion) return factPhrase(criterion, catalogue, voice);
  if ('judge' in criterion) return inVoice(criterion.judge, voice);
  if ('not' in criterion) {
    const plain = negated(criterion.not, catalogue, voice);
    if (plain !== undefined) return plain;
    const inner = phrase(criterion.not, catalogue, voice, true);
    return voice === 'clinician' ? `not (${inner})` : say`it is not so that ${inner}`;
  }
  if ('atLeast' in criterion) {
    const parts = criterion.of.map((part) => phrase(part, catalogue, voice, true));
    return say`at least ${criterion.atLeast} of: ${parts.join('; ')}`;
  }
  const all = 'all' in criterion;
  const parts = ('all' in criterion ? criterion.all : criterion.any).map((part) => phrase(part, catalogue, voice, true));
  const text =
    parts.length === 1
      ? (parts[0] as string)
      : all
        ? say`${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
        : say`${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
  return nested && parts.length > 1 ? `(${text})` : text;
}

/** A single negated test reads better turned round than in brackets. */
function negated(criterion: Criterion, catalogue: Catalogue, voice: Voice): string | undefined {
  if (!('fact' in criterion)) return undefined;
  const { fact, is, in: codes } = criterion;
  const definition = catalogue.get(fact);
  const label = definition ? (voice === 'clinician' ? definition.label : definition.patient.label) : fact;
  const value = (id: string | number): string => (definition ? valueWords(definition, id, voice) : String(id));
  if (is === true) return voice === 'clinician' ? `no ${label}` : say`no: ${label}`;
  if (is === false) return voice === 'clinician' ? `${label} not ruled out` : say`${label}: not ruled out`;
  if (typeof is === 'string') return say`${label}: not ${value(is)}`;
  return codes === undefined ? undefined : say`${label}: not ${listOr(codes.map(value))}`;
}

function factPhrase(test: FactTest, catalogue: Catalogue, voice: Voice): string {
  const definition = catalogue.get(test.fact);
  const label = definition ? (voice === 'clinician' ? definition.label : definition.patient.label) : test.fact;
  if (typeof test.is === 'boolean') return test.is ? label : voice === 'clinician' ? `no ${label}` : say`no: ${label}`;
  const value = (id: string | number): string => (definition ? valueWords(definition, id, voice) : String(id));
  if (test.is !== undefined) return `${label}: ${value(test.is)}`;
  if (test.in !== undefined) return `${label}: ${listOr(test.in.map(value))}`;
  const unit = definition?.unit && definition.unit !== '1' ? ` ${unitWords(definition.unit)}` : '';
  const bounds: string[] = [];
  const bound = (clinician: string, patient: string, limit: number | undefined): void => {
    if (limit !== undefined) bounds.push(`${voice === 'clinician' ? clinician : patient} ${limit}${unit}`);
  };
  bound('>', say`more than`, test.gt);
  bound('≥', say`at least`, test.gte);
  bound('<', say`less than`, test.lt);
  bound('≤', say`at most`, test.lte);
  return voice === 'clinician' ? `${label} ${bounds.join(' and ')}` : say`${label} is ${bounds.join(say` and `)}`;
}

function listOr(items: readonly string[]): string {
  return items.length <= 1 ? (items[0] ?? '') : say`${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** A value of a fact as the voice reads it, without its unit. */
export function valueWords(definition: FactDefinition, value: boolean | number | string, voice: Voice): string {
  if (typeof value === 'boolean') return value ? say`yes` : say`no`;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Math.round(value * 100) / 100);
  const found = definition.values?.find((entry) => entry.id === value);
  return found ? (voice === 'clinician' ? found.label : found.patient) : value;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  'umol/L': 'µmol/L',
  '10*9/L': '×10⁹/L',
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  'kg/m2': 'kg/m²',
  m2: 'm²',
  a: toSay('years'),
  d: toSay('days'),
  mo: toSay('months'),
  wk: toSay('weeks'),
  'mg/d': toSay('mg per day'),
  'g/(24.h)': toSay('g per 24 h'),
};

/** A UCUM unit as people write it. */
export function unitWords(unit: string): string {
  return said(UNIT_WORDS[unit] ?? unit);
}
