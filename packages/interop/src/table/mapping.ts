/**
 * The mapping file: how the columns of a table become facts, stages and treatments. YAML; no table has code of its own.
 *
 * ```yaml
 * serosa: mapping/1
 * id: our-registry
 * delimiter: ';'                       # comma, semicolon, tab, pipe or the character; found out when absent
 * decimal: comma                       # when numbers are written 0,9
 * missing: ['', NA, '[Not Available]'] # cells that say nothing
 * absent: { '[Unknown]': unknown }     # cells that say that nothing is known
 * case: { id: patient_no, date: diagnosed }
 * dates:                               # dates to count from
 *   diagnosed: { column: dx_date, format: DD.MM.YYYY }
 * facts:
 *   - { column: sex, fact: person.sex, values: { m: male, w: female } }
 *   - { column: crea, fact: lab.creatinine, unit: mg/dL, date: diagnosed }
 *   - { column: ps, fact: person.ecog, where: { column: ps_scale, is: ECOG }, else: another scale }
 *   - { column: mets, split: ',', sets: { liver: { site.liver: true }, other: { unused: no place for it } } }
 *   - { fact: tumour.mesothelioma, value: true }
 *   - { fact: person.vital-status, value: dead, where: { column: died_after, missing: false }, date: { base: diagnosed, days: died_after } }
 * stages:
 *   - { edition: '8', basis: clinical, T: ct, N: cn, M: cm, group: stage, date: diagnosed }
 * treatments:
 *   - { kind: systemic, agents: { column: chemo, split: + }, start: { column: chemo_start } }
 *   - { kind: procedure, code: pleurodesis, where: { column: talc, is: 'yes' } }
 * followUp:                            # times to an event, for survival curves
 *   os: { days: os_days, event: { column: dead, values: { '1': true, '0': false } } }
 * ignore:
 *   - { columns: [internal_no], why: a number of the registry's own }
 * ```
 *
 * A date is: the name of a base, `{ column, format? }`, `{ year, month?, day? }` (columns), `{ base, days }` (a column of days
 * after the base), or a date itself. It is as exact as what it is made of: days after a base that is known to the year give a
 * year, counted from its middle. A statement whose date has no value in a row is left out there.
 *
 * `where` is a condition on a column (`is`, `in`, `gt`, `gte`, `lt`, `lte`, `missing`) or a list of which all must hold;
 * `else` says why the cell is left out when it does not. `unitWhen` chooses the unit by such conditions. In `values` and `sets`
 * `null` or `{ unused: why }` leaves a value out, and a value that is not listed is refused.
 */
import type { Absence, PartialDate, Problem, Radiotherapy, StatedStage, SystemicTherapy } from '@serosa/core';
import {
  ABSENCES,
  BASES,
  EDITIONS,
  PROCEDURES,
  RADIOTHERAPY_INTENTS,
  RESIDUALS,
  RESPONSES,
  SIDES,
  STOP_REASONS,
  SYSTEMIC_INTENTS,
} from '../case-file/format.js';
import { type Catalogue, type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import { Fields } from '../input/fields.js';
import { Lines, type Located } from '../input/place.js';
import { DEFAULT_LIMITS, decode } from '../input/text.js';
import { readYaml } from '../input/yaml.js';
import { parseDate } from '../value/dates.js';
import { absenceOf, readFact } from '../value/facts.js';
import { lookUp } from '../value/lookup.js';
import { nearest } from '../value/spelling.js';
import { readEdition } from '../value/tnm.js';

export const MAPPING_VERSION = 'mapping/1';

/** What a cell becomes: a value, or nothing for a reason. */
export type Mapped<Value> = { readonly value: Value } | { readonly unused: string };

export type Values<Value> = ReadonlyMap<string, Mapped<Value>>;

export interface Condition {
  readonly column: string;
  readonly in?: readonly string[];
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly missing?: boolean;
}

export type DateRule =
  | { readonly kind: 'fixed'; readonly date: PartialDate }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'column'; readonly column: string; readonly format?: string }
  | { readonly kind: 'parts'; readonly year: string; readonly month?: string; readonly day?: string }
  | { readonly kind: 'days'; readonly base: DateRule; readonly days: string };

/** Something that every row has, or that a column says. */
export type Source<Value> =
  | { readonly value: Value }
  | { readonly column: string; readonly values?: Values<Value>; readonly split?: string; readonly unit?: string };

interface Conditional {
  readonly where: readonly Condition[];
  /** Why the cell is left out when the condition does not hold. */
  readonly else?: string;
}

export interface FactRule extends Conditional {
  readonly fact: string;
  readonly column?: string;
  readonly value?: boolean | number | string;
  readonly values?: Values<boolean | number | string>;
  readonly asDate?: DateRule;
  readonly date?: DateRule;
  readonly unit?: string;
  readonly unitWhen?: readonly { readonly unit: string; readonly where: readonly Condition[] }[];
  readonly split?: string;
  readonly note?: string;
}

export interface SetsRule extends Conditional {
  readonly column: string;
  readonly sets: Values<readonly (readonly [fact: string, value: boolean | number | string])[]>;
  readonly split?: string;
  readonly date?: DateRule;
}

export interface StageRule extends Conditional {
  readonly edition: Source<StatedStage['edition']>;
  readonly basis: Source<StatedStage['basis']>;
  readonly T?: Source<string>;
  readonly N?: Source<string>;
  readonly M?: Source<string>;
  readonly group?: Source<string>;
  readonly date?: DateRule;
}

export interface TreatmentRule extends Conditional {
  readonly kind: 'systemic' | 'radiotherapy' | 'procedure';
  readonly words: ReadonlyMap<string, Source<string>>;
  readonly numbers: ReadonlyMap<string, Source<number>>;
  readonly dates: ReadonlyMap<string, DateRule>;
  readonly agents?: Source<readonly string[]>;
  readonly ongoing?: Source<boolean>;
}

export interface FollowUpRule {
  readonly name: string;
  readonly days: string;
  readonly event: Source<boolean>;
}

export interface TableMapping {
  readonly id: string;
  readonly title?: string;
  readonly delimiter?: string;
  readonly quote: boolean;
  readonly decimalComma: boolean;
  readonly missing: ReadonlySet<string>;
  readonly absent: ReadonlyMap<string, Absence>;
  readonly case: { readonly id: string; readonly title?: string; readonly date?: DateRule };
  readonly dates: ReadonlyMap<string, DateRule>;
  readonly facts: readonly FactRule[];
  readonly sets: readonly SetsRule[];
  readonly stages: readonly StageRule[];
  readonly treatments: readonly TreatmentRule[];
  readonly followUp: readonly FollowUpRule[];
  readonly ignore: ReadonlyMap<string, string>;
}

export interface MappingReading {
  readonly mapping?: TableMapping;
  /** Every mistake with its line and column; a mapping with mistakes is not used. */
  readonly problems: readonly Problem[];
}

type Group = Extract<Located, { kind: 'map' }>;

/** Reads a mapping file and holds it against the catalogue. Never throws. */
export function readMapping(input: string | Uint8Array, catalogue: CatalogueInput): MappingReading {
  const decoded = decode(input);
  if ('problem' in decoded) return { problems: [decoded.problem] };
  const yaml = readYaml(decoded.text, DEFAULT_LIMITS);
  if ('problem' in yaml) return { problems: [yaml.problem] };
  return new MappingReader(decoded.text, prepareCatalogue(catalogue)).read(yaml.value);
}

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
};
const TREATMENT_WORDS: Readonly<Record<TreatmentRule['kind'], Readonly<Record<string, readonly string[] | undefined>>>> = {
  systemic: {
    bestResponse: RESPONSES,
    intent: SYSTEMIC_INTENTS satisfies readonly SystemicTherapy['intent'][],
    stoppedFor: STOP_REASONS,
  },
  radiotherapy: { site: undefined, intent: RADIOTHERAPY_INTENTS satisfies readonly Radiotherapy['intent'][] },
  procedure: { code: PROCEDURES, text: undefined, side: SIDES, residual: RESIDUALS },
};
const TREATMENT_NUMBERS: Readonly<Record<TreatmentRule['kind'], readonly string[]>> = {
  systemic: ['line', 'cycles'],
  radiotherapy: ['gray', 'fractions'],
  procedure: [],
};
const TREATMENT_DATES: Readonly<Record<TreatmentRule['kind'], readonly string[]>> = {
  systemic: ['start', 'end', 'progression'],
  radiotherapy: ['start', 'end'],
  procedure: ['date'],
};

class MappingReader {
  readonly #problems: Problem[] = [];
  readonly #lines: Lines;
  readonly #dates = new Map<string, DateRule>();

  constructor(
    text: string,
    readonly catalogue: Catalogue,
  ) {
    this.#lines = new Lines(text);
  }

  read(root: Located): MappingReading {
    if (root.kind !== 'map') {
      this.#wrong(root, 'This is not a mapping.', `Begin with \`serosa: ${MAPPING_VERSION}\`.`);
      return { problems: this.#problems };
    }
    const fields = new Fields(root);
    const version = fields.take('serosa');
    if (version?.kind !== 'scalar' || version.value !== MAPPING_VERSION) {
      this.#wrong(
        version ?? root,
        'This is not a mapping of a version that is known.',
        `Begin with \`serosa: ${MAPPING_VERSION}\`.`,
      );
      return { problems: this.#problems };
    }
    const id = this.#text(fields.take('id')) ?? 'mapping';
    const title = this.#text(fields.take('title'));
    const delimiter = this.#delimiter(fields.take('delimiter'));
    const quote = this.#word(fields.take('quote'), ['none', 'double']) !== 'none';
    const decimalComma = this.#word(fields.take('decimal'), ['comma', 'point']) === 'comma';
    const missing = new Set(this.#texts(fields.take('missing')) ?? ['']);
    const absent = this.#absent(fields.take('absent'));
    this.#namedDates(fields.take('dates'));
    const head = this.#case(fields.take('case'), root);
    const facts: FactRule[] = [];
    const sets: SetsRule[] = [];
    for (const group of this.#groups(fields.take('facts'))) {
      const rule = this.#factRule(group);
      if (!rule) continue;
      if ('sets' in rule) sets.push(rule);
      else facts.push(rule);
    }
    const stages = this.#groups(fields.take('stages')).flatMap((group) => this.#stageRule(group) ?? []);
    const treatments = this.#groups(fields.take('treatments')).flatMap((group) => this.#treatmentRule(group) ?? []);
    const followUp = this.#followUp(fields.take('followUp'));
    const ignore = this.#ignore(fields.take('ignore'));
    this.#leftovers(fields);
    if (this.#problems.length > 0 || !head) return { problems: this.#problems };
    const mapping: TableMapping = {
      id,
      ...(title === undefined ? {} : { title }),
      ...(delimiter === undefined ? {} : { delimiter }),
      quote,
      decimalComma,
      missing,
      absent,
      case: head,
      dates: this.#dates,
      facts,
      sets,
      stages,
      treatments,
      followUp,
      ignore,
    };
    return { mapping, problems: [] };
  }

  // ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #case(node: Located | undefined, root: Group): TableMapping['case'] | undefined {
    if (node?.kind !== 'map') {
      this.#wrong(node ?? root, '`case` is missing.', 'Name the column that tells the people apart: `case: { id: patient_no }`.');
      return undefined;
    }
    const fields = new Fields(node);
    const id = this.#text(fields.take('id'));
    const title = this.#text(fields.take('title'));
    const date = this.#date(fields.take('date'));
    this.#leftovers(fields);
    if (id === undefined) {
      this.#wrong(node, '`case.id` is missing.', 'Name the column that tells the people apart: `case: { id: patient_no }`.');
      return undefined;
    }
    return { id, ...(title === undefined ? {} : { title }), ...(date ? { date } : {}) };
  }

  #factRule(group: Group): FactRule | SetsRule | undefined {
    const fields = new Fields(group);
    const column = this.#text(fields.take('column'));
    const split = this.#text(fields.take('split'));
    const date = this.#date(fields.take('date'));
    const conditional = this.#conditional(fields);
    const setsNode = fields.take('sets');
    if (setsNode) {
      const sets = this.#setsOf(setsNode);
      this.#leftovers(fields);
      if (column === undefined) this.#wrong(group, '`sets` needs a `column`.', 'Name the column whose values are listed.');
      return column === undefined
        ? undefined
        : { column, sets, ...conditional, ...(split === undefined ? {} : { split }), ...(date ? { date } : {}) };
    }
    const factNode = fields.take('fact');
    const fact = this.#fact(factNode ?? group, this.#text(factNode));
    const valueNode = fields.take('value');
    const valuesNode = fields.take('values');
    const asDate = this.#date(fields.take('asDate'));
    const unit = this.#text(fields.take('unit'));
    const unitWhen = this.#groups(fields.take('unitWhen')).flatMap((choice) => {
      const parts = new Fields(choice);
      const chosen = this.#text(parts.take('unit'));
      const where = this.#conditions(parts.take('where'));
      this.#leftovers(parts);
      if (chosen !== undefined) return [{ unit: chosen, where }];
      this.#wrong(choice, '`unitWhen` needs a `unit`.', 'Write `{ unit: mg/dL, where: { … } }`.');
      return [];
    });
    const note = this.#text(fields.take('note'));
    this.#leftovers(fields);
    if (fact === undefined) return undefined;
    const value = valueNode === undefined ? undefined : this.#constant(valueNode, fact);
    const values = valuesNode === undefined ? undefined : this.#values(valuesNode, (node) => this.#constant(node, fact));
    if (column === undefined && valueNode === undefined && !asDate) {
      this.#wrong(group, `Nothing says what ${fact} is.`, 'Give a `column`, a `value` or `asDate`.');
      return undefined;
    }
    for (const chosen of [unit, ...unitWhen.map((choice) => choice.unit)]) this.#checkUnit(group, fact, chosen);
    return {
      fact,
      ...conditional,
      ...(column === undefined ? {} : { column }),
      ...(value === undefined ? {} : { value }),
      ...(values ? { values } : {}),
      ...(asDate ? { asDate } : {}),
      ...(date ? { date } : {}),
      ...(unit === undefined ? {} : { unit }),
      ...(unitWhen.length > 0 ? { unitWhen } : {}),
      ...(split === undefined ? {} : { split }),
      ...(note === undefined ? {} : { note }),
    };
  }

  #setsOf(node: Located): SetsRule['sets'] {
    return this.#values(node, (inner) => {
      if (inner.kind !== 'map') {
        this.#wrong(inner, 'Each value of `sets` names facts.', 'Write `liver: { site.liver: true }`.');
        return undefined;
      }
      return inner.entries.flatMap(({ key, at, value }) => {
        const fact = this.#fact({ kind: 'scalar', at, value: key }, key);
        const constant = fact === undefined ? undefined : this.#constant(value, fact);
        return fact === undefined || constant === undefined ? [] : [[fact, constant] as const];
      });
    });
  }

  #stageRule(group: Group): StageRule | undefined {
    const fields = new Fields(group);
    const conditional = this.#conditional(fields);
    const edition = this.#source(fields.take('edition'), 'word', (node) => {
      const read = node.kind === 'scalar' ? readEdition(String(node.value)) : undefined;
      if (!read) this.#wrong(node, 'The edition is not one of 5, 6, 7, 8, 9 or unknown.', `Allowed: ${EDITIONS.join(', ')}.`);
      return read;
    });
    const basis = this.#source(fields.take('basis'), 'word', (node) => this.#word(node, BASES));
    const text = (node: Located): string | undefined => this.#text(node);
    const [T, N, M, stage] = ['T', 'N', 'M', 'group'].map((name) => this.#source(fields.take(name), 'column', text));
    const date = this.#date(fields.take('date'));
    this.#leftovers(fields);
    if (!T && !N && !M && !stage) {
      this.#wrong(group, 'The stage has no column.', 'Name the columns: `T`, `N`, `M` or `group`.');
      return undefined;
    }
    return {
      ...conditional,
      edition: edition ?? { value: 'unknown' },
      basis: basis ?? { value: 'unknown' },
      ...(T ? { T } : {}),
      ...(N ? { N } : {}),
      ...(M ? { M } : {}),
      ...(stage ? { group: stage } : {}),
      ...(date ? { date } : {}),
    };
  }

  #treatmentRule(group: Group): TreatmentRule | undefined {
    const fields = new Fields(group);
    const kind = this.#word(fields.take('kind'), ['systemic', 'radiotherapy', 'procedure'] as const);
    if (!kind) {
      this.#wrong(group, 'The treatment has no kind.', 'Write `kind: systemic`, `radiotherapy` or `procedure`.');
      return undefined;
    }
    const conditional = this.#conditional(fields);
    const words = new Map<string, Source<string>>();
    for (const [name, allowed] of Object.entries(TREATMENT_WORDS[kind])) {
      const source = this.#source(fields.take(name), 'word', (node) => (allowed ? this.#word(node, allowed) : this.#text(node)));
      if (source) words.set(name, source);
    }
    const numbers = new Map<string, Source<number>>();
    for (const name of TREATMENT_NUMBERS[kind]) {
      const source = this.#source(fields.take(name), 'word', (node) => {
        if (node.kind === 'scalar' && typeof node.value === 'number') return node.value;
        this.#wrong(node, `\`${name}\` is no number.`, 'Write a number, or `{ column: … }`.');
        return undefined;
      });
      if (source) numbers.set(name, source);
    }
    const dates = new Map<string, DateRule>();
    for (const name of TREATMENT_DATES[kind]) {
      const date = this.#date(fields.take(name));
      if (date) dates.set(name, date);
    }
    const agents = kind === 'systemic' ? this.#source(fields.take('agents'), 'word', (node) => this.#texts(node)) : undefined;
    const ongoing =
      kind === 'systemic'
        ? this.#source(fields.take('ongoing'), 'word', (node) =>
            node.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined,
          )
        : undefined;
    this.#leftovers(fields);
    if (kind === 'systemic' && !agents) {
      this.#wrong(group, 'The drugs are missing.', 'Write `agents: { column: … }`, a list, or `[]` when they are not known.');
      return undefined;
    }
    if (kind === 'procedure' && !words.has('code')) {
      this.#wrong(group, 'The procedure is missing.', 'Write `code: pleurodesis`, or `{ column: …, values: … }`.');
      return undefined;
    }
    return { kind, words, numbers, dates, ...conditional, ...(agents ? { agents } : {}), ...(ongoing ? { ongoing } : {}) };
  }

  #followUp(node: Located | undefined): readonly FollowUpRule[] {
    if (node === undefined) return [];
    if (node.kind !== 'map') {
      this.#wrong(node, '`followUp` names endpoints.', 'Write `followUp: { os: { days: …, event: { column: …, values: … } } }`.');
      return [];
    }
    return node.entries.flatMap(({ key, value }) => {
      if (value.kind !== 'map') {
        this.#wrong(
          value,
          `The endpoint ${key} needs \`days\` and \`event\`.`,
          'Write `{ days: …, event: { column: …, values: … } }`.',
        );
        return [];
      }
      const fields = new Fields(value);
      const days = this.#text(fields.take('days'));
      const event = this.#source(fields.take('event'), 'column', (inner) =>
        inner.kind === 'scalar' && typeof inner.value === 'boolean' ? inner.value : undefined,
      );
      this.#leftovers(fields);
      if (days === undefined || !event) {
        this.#wrong(
          value,
          `The endpoint ${key} needs \`days\` and \`event\`.`,
          'Write `{ days: …, event: { column: …, values: … } }`.',
        );
        return [];
      }
      return [{ name: key, days, event }];
    });
  }

  #ignore(node: Located | undefined): ReadonlyMap<string, string> {
    const ignored = new Map<string, string>();
    for (const group of this.#groups(node)) {
      const fields = new Fields(group);
      const columns = this.#texts(fields.take('columns'));
      const why = this.#text(fields.take('why'));
      this.#leftovers(fields);
      if (!columns || why === undefined)
        this.#wrong(group, 'Columns to leave out need a reason.', 'Write `{ columns: [a, b], why: … }`.');
      for (const column of columns ?? []) ignored.set(column, why ?? '');
    }
    return ignored;
  }

  // ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #namedDates(node: Located | undefined): void {
    if (node === undefined) return;
    if (node.kind !== 'map') {
      this.#wrong(node, '`dates` names dates to count from.', 'Write `dates: { diagnosed: { column: … } }`.');
      return;
    }
    for (const { key, value } of node.entries) {
      const date = this.#date(value);
      if (date) this.#dates.set(key, date);
    }
  }

  #date(node: Located | undefined): DateRule | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && node.value !== null) {
      const text = String(node.value);
      if (this.#dates.has(text)) return { kind: 'named', name: text };
      const date = parseDate(text);
      if (date !== undefined) return { kind: 'fixed', date };
      const near = nearest(text, this.#dates.keys());
      this.#wrong(
        node,
        `"${text}" is neither a date nor the name of one.`,
        `${near === undefined ? '' : `Did you mean \`${near}\`? `}Names are given under \`dates\`, before they are used.`,
      );
      return undefined;
    }
    if (node.kind !== 'map') {
      this.#wrong(node, 'This is no date.', 'Write `{ column: … }`, `{ year: … }`, `{ base: …, days: … }`, a name or a date.');
      return undefined;
    }
    const fields = new Fields(node);
    const [column, format, year, month, day, days] = ['column', 'format', 'year', 'month', 'day', 'days'].map((name) =>
      this.#text(fields.take(name)),
    );
    const baseNode = fields.take('base');
    const base = this.#date(baseNode);
    this.#leftovers(fields);
    if (format !== undefined && !/^(?=.*YYYY)(?:[^YMD]|YYYY|MM|DD)*$/.test(format)) {
      this.#wrong(node, `"${format}" is no way to write a date.`, 'Use YYYY, MM and DD, such as `DD.MM.YYYY`.');
      return undefined;
    }
    if (column !== undefined) return { kind: 'column', column, ...(format === undefined ? {} : { format }) };
    if (year !== undefined)
      return { kind: 'parts', year, ...(month === undefined ? {} : { month }), ...(day === undefined ? {} : { day }) };
    if (base && days !== undefined) return { kind: 'days', base, days };
    if (!baseNode || base)
      this.#wrong(node, 'This is no date.', 'Write `{ column: … }`, `{ year: … }`, `{ base: …, days: … }`, a name or a date.');
    return undefined;
  }

  #conditional(fields: Fields): Conditional {
    const where = this.#conditions(fields.take('where'));
    const otherwise = this.#text(fields.take('else'));
    return { where, ...(otherwise === undefined ? {} : { else: otherwise }) };
  }

  #conditions(node: Located | undefined): readonly Condition[] {
    return this.#groups(node).flatMap((group) => {
      const fields = new Fields(group);
      const column = this.#text(fields.take('column'));
      const is = this.#text(fields.take('is'));
      const list = this.#texts(fields.take('in'));
      const missing = fields.take('missing');
      const bounds = (['gt', 'gte', 'lt', 'lte'] as const).flatMap((name) => {
        const bound = fields.take(name);
        if (bound === undefined) return [];
        if (bound.kind === 'scalar' && typeof bound.value === 'number') return [[name, bound.value] as const];
        this.#wrong(bound, `\`${name}\` needs a number.`, 'Write `{ column: …, gte: 10 }`.');
        return [];
      });
      this.#leftovers(fields);
      if (column === undefined || (is === undefined && !list && bounds.length === 0 && missing?.kind !== 'scalar')) {
        this.#wrong(
          group,
          'The condition is not whole.',
          'Write `{ column: …, is: … }`, `in`, `gt`, `gte`, `lt`, `lte` or `missing`.',
        );
        return [];
      }
      const values = list ?? (is === undefined ? undefined : [is]);
      return [
        {
          column,
          ...(values ? { in: values } : {}),
          ...Object.fromEntries(bounds),
          ...(missing?.kind === 'scalar' ? { missing: missing.value === true } : {}),
        },
      ];
    });
  }

  /** A value for every row, or a column. A bare word is the one or the other, as usual for that place. */
  #source<Value>(
    node: Located | undefined,
    bare: 'word' | 'column',
    read: (node: Located) => Value | undefined,
  ): Source<Value> | undefined {
    if (node === undefined) return undefined;
    if (node.kind !== 'map') {
      const column = bare === 'column' ? this.#text(node) : undefined;
      if (column !== undefined) return { column };
      const value = read(node);
      return value === undefined ? undefined : { value };
    }
    const fields = new Fields(node);
    const column = this.#text(fields.take('column'));
    const valueNode = fields.take('value');
    const valuesNode = fields.take('values');
    const split = this.#text(fields.take('split'));
    const unit = this.#text(fields.take('unit'));
    const values = valuesNode && this.#values(valuesNode, read);
    this.#leftovers(fields);
    if (column !== undefined)
      return {
        column,
        ...(values ? { values } : {}),
        ...(split === undefined ? {} : { split }),
        ...(unit === undefined ? {} : { unit }),
      };
    const value = valueNode && read(valueNode);
    if (value !== undefined) return { value };
    this.#wrong(node, 'Neither a column nor a value is named.', 'Write `{ column: … }` or `{ value: … }`.');
    return undefined;
  }

  #values<Value>(node: Located, read: (node: Located) => Value | undefined): Values<Value> {
    const values = new Map<string, Mapped<Value>>();
    if (node.kind !== 'map') {
      this.#wrong(node, '`values` pairs what stands in the table with what it means.', 'Write `{ m: male, f: female }`.');
      return values;
    }
    for (const { key, value: inner } of node.entries) {
      if (values.has(key)) this.#wrong(inner, `"${key}" is given twice.`, 'Remove one of them.');
      if (inner.kind === 'scalar' && inner.value === null) {
        values.set(key, { unused: 'The mapping leaves this value out.' });
        continue;
      }
      const unused =
        inner.kind === 'map' && inner.entries.length === 1 && inner.entries[0]?.key === 'unused'
          ? this.#text(inner.entries[0].value)
          : undefined;
      if (unused !== undefined) {
        values.set(key, { unused });
        continue;
      }
      const value = read(inner);
      if (value !== undefined) values.set(key, { value });
    }
    return values;
  }

  #fact(place: Located, id: string | undefined): string | undefined {
    if (id === undefined) {
      this.#wrong(place, 'The fact is missing.', 'Write `fact: person.age`.');
      return undefined;
    }
    if (this.catalogue.facts.has(id)) return id;
    const near = this.catalogue.nearest(id);
    this.#wrong(
      place,
      `\`${id}\` is not a fact.`,
      near === undefined ? 'Look the id up with `serosa knowledge`.' : `Did you mean \`${near}\`?`,
    );
    return undefined;
  }

  #constant(node: Located, id: string): boolean | number | string | undefined {
    const fact = this.catalogue.facts.get(id);
    const raw = node.kind === 'scalar' ? node.value : undefined;
    if (!fact || raw === undefined || raw === null) {
      this.#wrong(node, `This is no value of ${id}.`, 'Write one value.');
      return undefined;
    }
    if (typeof raw === 'string' && absenceOf(raw) !== undefined) return raw;
    const reading = readFact(fact, raw);
    if ('wrong' in reading) {
      this.#wrong(node, `${reading.wrong}.`, reading.remedy);
      return undefined;
    }
    return raw;
  }

  #checkUnit(place: Located, id: string, unit: string | undefined): void {
    const fact = this.catalogue.facts.get(id);
    if (unit === undefined || !fact?.range) return;
    const reading = readFact({ ...fact, type: 'number', range: { min: -Number.MAX_VALUE, max: Number.MAX_VALUE } }, 1, unit);
    if ('wrong' in reading) this.#wrong(place, `${reading.wrong}.`, reading.remedy);
  }

  #absent(node: Located | undefined): ReadonlyMap<string, Absence> {
    const absent = new Map<string, Absence>();
    if (node === undefined) return absent;
    if (node.kind !== 'map') {
      this.#wrong(
        node,
        '`absent` pairs spellings with unknown, not-done or not-applicable.',
        "Write `absent: { '[Unknown]': unknown }`.",
      );
      return absent;
    }
    for (const { key, value } of node.entries) {
      const word = this.#word(value, ABSENCES);
      if (word) absent.set(key, word);
    }
    return absent;
  }

  #delimiter(node: Located | undefined): string | undefined {
    const text = node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
    if (node === undefined) return undefined;
    const delimiter = text === undefined ? undefined : lookUp(DELIMITERS, text);
    if (delimiter === undefined) this.#wrong(node, 'This is no delimiter.', 'Write comma, semicolon, tab or pipe.');
    return delimiter;
  }

  #groups(node: Located | undefined): readonly Group[] {
    if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'map') return [item];
      this.#wrong(item, 'A group of names and values belongs here.', 'Write `{ name: value, … }`.');
      return [];
    });
  }

  #text(node: Located | undefined): string | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && node.value !== null) return String(node.value);
    this.#wrong(node, 'A text belongs here.', 'Write one word or text.');
    return undefined;
  }

  #texts(node: Located | undefined): readonly string[] | undefined {
    if (node === undefined) return undefined;
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => this.#text(item) ?? []);
  }

  #word<Word extends string>(node: Located | undefined, words: readonly Word[]): Word | undefined {
    if (node === undefined) return undefined;
    const text = node.kind === 'scalar' ? String(node.value) : '';
    const word = words.find((known) => known === text);
    if (word === undefined) {
      const near = nearest(text, words);
      this.#wrong(
        node,
        `"${text}" is not known here.`,
        `${near === undefined ? '' : `Did you mean \`${near}\`? `}Allowed: ${words.join(', ')}.`,
      );
    }
    return word;
  }

  #leftovers(fields: Fields): void {
    for (const { at, why } of fields.leftovers()) {
      const [message, ...rest] = why.split(/(?<=\.) /);
      this.#problems.push({
        code: 'mapping',
        message: message ?? why,
        at: this.#lines.at(at),
        remedy: rest.join(' ') || 'Remove it.',
      });
    }
  }

  #wrong(node: Located, message: string, remedy: string): void {
    this.#problems.push({
      code: 'mapping',
      message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`,
      at: this.#lines.at(node.at),
      remedy,
    });
  }
}
