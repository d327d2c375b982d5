/**
 * The part of UCUM that laboratory and vital-sign readings use: a unit is parsed into a factor and dimensions, so that any
 * two units of the same dimensions convert. Mass to amount of substance depends on the substance and is therefore the fact's
 * own business (`FactDefinition.units`).
 */
import { lookUp } from './lookup.js';

interface Unit {
  readonly factor: number;
  /** Exponent per base dimension; an absent one is 0. */
  readonly dimensions: Readonly<Record<string, number>>;
}

const PREFIXES: Readonly<Record<string, number>> = {
  G: 1e9,
  M: 1e6,
  k: 1e3,
  h: 1e2,
  da: 10,
  d: 1e-1,
  c: 1e-2,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
};

const LENGTH = { m: 1 };
const MASS = { g: 1 };
const TIME = { s: 1 };

/** Units that take a prefix. */
const METRIC: Readonly<Record<string, Unit>> = {
  g: { factor: 1, dimensions: MASS },
  m: { factor: 1, dimensions: LENGTH },
  l: { factor: 1e-3, dimensions: { m: 3 } },
  L: { factor: 1e-3, dimensions: { m: 3 } },
  s: { factor: 1, dimensions: TIME },
  mol: { factor: 1, dimensions: { mol: 1 } },
  eq: { factor: 1, dimensions: { eq: 1 } },
  U: { factor: 1, dimensions: { U: 1 } },
  '[iU]': { factor: 1, dimensions: { U: 1 } },
  '[IU]': { factor: 1, dimensions: { U: 1 } },
  kat: { factor: 6e7, dimensions: { U: 1 } },
  Gy: { factor: 1, dimensions: { Gy: 1 } },
  Pa: { factor: 1, dimensions: { Pa: 1 } },
  'm[Hg]': { factor: 133_322, dimensions: { Pa: 1 } },
  Cel: { factor: 1, dimensions: { Cel: 1 } },
  K: { factor: 1, dimensions: { K: 1 } },
};

/** Units without prefix. */
const PLAIN: Readonly<Record<string, Unit>> = {
  '1': { factor: 1, dimensions: {} },
  '%': { factor: 0.01, dimensions: {} },
  '[degF]': { factor: 1, dimensions: { degF: 1 } },
  '[lb_av]': { factor: 453.59237, dimensions: MASS },
  '[oz_av]': { factor: 28.349523125, dimensions: MASS },
  '[st_av]': { factor: 6350.29318, dimensions: MASS },
  '[in_i]': { factor: 0.0254, dimensions: LENGTH },
  '[ft_i]': { factor: 0.3048, dimensions: LENGTH },
  min: { factor: 60, dimensions: TIME },
  h: { factor: 3600, dimensions: TIME },
  d: { factor: 86_400, dimensions: TIME },
  wk: { factor: 604_800, dimensions: TIME },
  mo: { factor: 2_629_800, dimensions: TIME },
  a: { factor: 31_557_600, dimensions: TIME },
};

/** Spellings seen in letters and in tables, lower-cased and without blanks. */
const SPELLINGS: Readonly<Record<string, string>> = {
  mmhg: 'mm[Hg]',
  '°c': 'Cel',
  ºc: 'Cel',
  celsius: 'Cel',
  degc: 'Cel',
  '°f': '[degF]',
  ºf: '[degF]',
  degf: '[degF]',
  fahrenheit: '[degF]',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  pound: '[lb_av]',
  pounds: '[lb_av]',
  kgs: 'kg',
  st: '[st_av]',
  stone: '[st_av]',
  in: '[in_i]',
  inch: '[in_i]',
  inches: '[in_i]',
  ft: '[ft_i]',
  years: 'a',
  year: 'a',
  yrs: 'a',
  yr: 'a',
  y: 'a',
  days: 'd',
  day: 'd',
  months: 'mo',
  month: 'mo',
  weeks: 'wk',
  week: 'wk',
  percent: '%',
  mm: 'mm',
  cm: 'cm',
  'iu/l': 'U/L',
  'u/l': 'U/L',
  'g/24h': 'g/(24.h)',
  'g/24hours': 'g/(24.h)',
  'g/day': 'g/d',
  'mg/24h': 'mg/(24.h)',
  'mg/day': 'mg/d',
  'k/ul': '10*3/uL',
  'thou/ul': '10*3/uL',
  'thousand/ul': '10*3/uL',
  '/nl': '10*9/L',
  'gpt/l': '10*9/L',
  'mcg/l': 'ug/L',
  'mcg/ml': 'ug/mL',
  'ng/ml': 'ng/mL',
  'mcg/dl': 'ug/dL',
  'mcmol/l': 'umol/L',
  nm: 'nmol/L',
  '1/1000000{base}': '{mutations}/Mb',
  '/1000000{base}': '{mutations}/Mb',
  'mutations/mb': '{mutations}/Mb',
  'mut/mb': '{mutations}/Mb',
  '/mb': '{mutations}/Mb',
  centimetres: 'cm',
  kilograms: 'kg',
  kilogram: 'kg',
};

/** Brings a spelling nearer to UCUM: micro signs, powers of ten, brackets of words. */
export function tidyUnit(text: string): string {
  const trimmed = text
    .trim()
    .replace(/[µμ]/g, 'u')
    .replace(/²/g, '2')
    .replace(/³/g, '3')
    .replace(/⁹/g, '^9')
    .replace(/\s+/g, '')
    .replace(/([A-Za-z])\^(-?\d)/g, '$1$2');
  const powers = trimmed
    .replace(/^[x×*]?10(?:\^|\*\*?|e|E)(-?\d+)/, '10*$1')
    .replace(/^[x×*]?1e(\d+)(?=\/)/i, '10*$1')
    .replace(/\/mm3$/, '/uL')
    .replace(/\/mm\^3$/, '/uL');
  return lookUp(SPELLINGS, powers.toLowerCase()) ?? powers;
}

/** Parses a UCUM expression; undefined when it is not one that is known here. Recursion is bounded by `depth`. */
function parseUnit(text: string, depth = 0): Unit | undefined {
  if (depth > 4 || text.length > 60) return undefined;
  let factor = 1;
  const dimensions: Record<string, number> = {};
  let sign = 1;
  let rest = text;
  if (rest.startsWith('/')) {
    sign = -1;
    rest = rest.slice(1);
  }
  while (rest !== '') {
    const group = /^\(([^()]*)\)/.exec(rest);
    const term = group
      ? undefined
      : /^((?:10[*^]-?\d+)|(?:\d+)|(?:[A-Za-z%]*(?:\[[A-Za-z_0-9]+\])?(?:\{[^}]*\})?))(-?\d+)?/.exec(rest);
    const matched = group?.[0] ?? term?.[0];
    if (matched === undefined || matched === '') return undefined;
    const inner = group?.[1];
    const unit = inner === undefined ? atom(term?.[1] ?? '') : parseUnit(inner, depth + 1);
    if (!unit) return undefined;
    const power = sign * Number(term?.[2] ?? 1);
    factor *= unit.factor ** power;
    for (const [name, exponent] of Object.entries(unit.dimensions)) dimensions[name] = (dimensions[name] ?? 0) + exponent * power;
    rest = rest.slice(matched.length);
    if (rest === '') break;
    if (rest[0] !== '.' && rest[0] !== '/') return undefined;
    sign = rest[0] === '/' ? -1 : 1;
    rest = rest.slice(1);
    if (rest === '') return undefined;
  }
  return { factor, dimensions };
}

function atom(written: string): Unit | undefined {
  const text = written.replace(/\{[^}]*\}$/, '');
  if (text === '') return PLAIN['1'];
  const power = /^10[*^](-?\d+)$/.exec(text);
  if (power) return { factor: 10 ** Number(power[1]), dimensions: {} };
  if (/^\d+$/.test(text)) return { factor: Number(text), dimensions: {} };
  const plain = lookUp(PLAIN, text) ?? lookUp(METRIC, text);
  if (plain) return plain;
  for (const length of [1, 2]) {
    const scale = lookUp(PREFIXES, text.slice(0, length));
    const base = lookUp(METRIC, text.slice(length));
    if (scale !== undefined && base) return { factor: scale * base.factor, dimensions: base.dimensions };
  }
  return undefined;
}

/** A clearance per body surface is another quantity than a clearance, although UCUM gives both the same dimensions. */
const perSurface = (text: string): boolean => /1[.,]73/.test(text);

/**
 * The function that turns a reading in `from` into `to` (both UCUM or a usual spelling), or undefined when they do not
 * measure the same thing.
 */
export function converter(from: string, to: string): ((value: number) => number) | undefined {
  const a = tidyUnit(from);
  const b = tidyUnit(to);
  if (a === b) return (value) => value;
  if (perSurface(a) !== perSurface(b)) return undefined;
  if (b === 'Cel' && a === '[degF]') return (value) => ((value - 32) * 5) / 9;
  if (b === 'Cel' && a === 'K') return (value) => value - 273.15;
  const x = parseUnit(a);
  const y = parseUnit(b);
  if (!x || !y) return undefined;
  const names = new Set([...Object.keys(x.dimensions), ...Object.keys(y.dimensions)]);
  for (const name of names) if ((x.dimensions[name] ?? 0) !== (y.dimensions[name] ?? 0)) return undefined;
  const factor = x.factor / y.factor;
  return (value) => value * factor;
}
