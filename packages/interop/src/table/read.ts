/** Reads a table through a mapping: one record for each row, with its own account, and an account of the columns. */
import type {
  FactDefinition,
  PartialDate,
  Problem,
  ProcedureEvent,
  Radiotherapy,
  Reading,
  ReadingNote,
  StatedStage,
  SystemicTherapy,
} from '@serosa/core';
import { type Catalogue, type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import { Draft } from '../draft.js';
import { DEFAULT_LIMITS, decode, type Limits } from '../input/text.js';
import { AGENT_NAMES, agentsNamed } from '../value/agents.js';
import { addDays, parseDate } from '../value/dates.js';
import { readFact } from '../value/facts.js';
import { nearest, shorten } from '../value/spelling.js';
import { type Axis, readCategory, readEdition, readGroup } from '../value/tnm.js';
import { converter } from '../value/units.js';
import type { Condition, DateRule, FactRule, Source, StageRule, TableMapping, TreatmentRule, Values } from './mapping.js';
import { readMapping } from './mapping.js';
import { splitTable } from './split.js';

export interface TableOptions {
  /** The day the cases are read for: what lies after it is refused. */
  readonly asOf?: PartialDate;
  readonly limits?: Partial<Limits>;
  /** `problems`: leave the notes of what was used out, for large tables. Default `all`. */
  readonly notes?: 'all' | 'problems';
}

/** Time to an event or to the last day without it. */
export interface FollowUp {
  readonly days: number;
  readonly event: boolean;
}

export interface TableRow extends Reading {
  /** Line of the row in the file, from 1; the header is usually line 1. */
  readonly line: number;
  readonly followUp: Readonly<Record<string, FollowUp>>;
}

export interface TableReading {
  readonly readings: readonly TableRow[];
  /** The account of the columns and of lines that are no rows. */
  readonly notes: readonly ReadingNote[];
  /** Set when the mapping or the table as a whole cannot be used; the mapping's further mistakes are in `notes`. */
  readonly problem?: Problem;
}

/** Reads a whole table. `mapping` is the text of a mapping file, or a mapping read before. Never throws. */
export function readTable(
  input: string | Uint8Array,
  mapping: string | TableMapping,
  catalogue: CatalogueInput,
  options: TableOptions = {},
): TableReading {
  const prepared = prepareCatalogue(catalogue);
  const read = typeof mapping === 'string' ? readMapping(mapping, prepared) : { mapping, problems: [] };
  if (!read.mapping) {
    const [problem] = read.problems;
    const notes = read.problems.map(
      ({ at, message, remedy }): ReadingNote => ({
        outcome: 'refused',
        at: `mapping, ${at ?? 'line 1'}`,
        what: message,
        why: remedy,
      }),
    );
    return {
      readings: [],
      notes,
      problem: problem ?? { code: 'mapping', message: 'The mapping cannot be used.', remedy: 'Correct it.' },
    };
  }
  const decoded = decode(input, { ...DEFAULT_LIMITS, ...options.limits });
  if ('problem' in decoded) return { readings: [], notes: [], problem: decoded.problem };
  const notes: ReadingNote[] = [];
  const [header, ...body] = splitRows(decoded.text, read.mapping, notes);
  if (!header)
    return {
      readings: [],
      notes,
      problem: { code: 'empty', message: 'The table has no header.', remedy: 'The first line must name the columns.' },
    };
  const reader = tableReader(read.mapping, header.cells, prepared, options);
  notes.push(...reader.notes);
  if (reader.problem) return { readings: [], notes, problem: reader.problem };
  const readings = body.map(({ cells, line }) => reader.row(cells, line));
  if (readings.length === 0)
    return {
      readings,
      notes,
      problem: { code: 'empty', message: 'The table has no rows.', remedy: 'Give a table with rows below its header.' },
    };
  return { readings, notes };
}

interface RawRow {
  readonly cells: readonly string[];
  readonly line: number;
}

function splitRows(text: string, mapping: TableMapping, notes: ReadingNote[]): readonly RawRow[] {
  const rows: RawRow[] = [];
  for (const row of splitTable(text, { delimiter: mapping.delimiter ?? sniffDelimiter(text), quote: mapping.quote })) {
    if ('cells' in row) rows.push(row);
    else {
      notes.push({
        outcome: 'refused',
        at: `line ${row.line}`,
        what: 'a row',
        why: `In this row ${row.wrong}. Correct it, or write \`quote: none\` in the mapping when the table has no quotation marks around cells.`,
      });
    }
  }
  return rows;
}

function sniffDelimiter(text: string): string {
  const first = text.slice(0, Math.max(text.search(/\r?\n/), 0) || text.length);
  const counts = [',', '\t', ';', '|'].map((character) => [character, first.split(character).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

export interface TableReader {
  /** The account of the columns. */
  readonly notes: readonly ReadingNote[];
  readonly problem?: Problem;
  /** Reads one row; `line` is its place in the file. */
  readonly row: (cells: readonly string[], line: number) => TableRow;
}

/** Prepares a mapping for a header, to read rows one by one out of a stream. */
export function tableReader(
  mapping: TableMapping,
  header: readonly string[],
  catalogue: CatalogueInput,
  options: TableOptions = {},
): TableReader {
  const columns = new Map<string, number>();
  const notes: ReadingNote[] = [];
  for (const [index, name] of header.entries()) {
    const trimmed = name.trim();
    if (columns.has(trimmed))
      notes.push({
        outcome: 'refused',
        at: `column ${index + 1}`,
        what: trimmed,
        why: 'A column of this name stands further left already. Name each column once.',
      });
    else columns.set(trimmed, index);
  }
  const wanted = columnsOf(mapping);
  for (const name of wanted) {
    if (columns.has(name)) continue;
    const near = nearest(name, columns.keys());
    notes.push({
      outcome: 'refused',
      at: 'the header',
      what: name,
      why: `The mapping reads a column "${name}" that the table does not have. ${near === undefined ? 'Correct the mapping.' : `Did you mean "${near}"?`}`,
    });
  }
  for (const name of columns.keys()) {
    const why = mapping.ignore.get(name);
    if (why !== undefined && !wanted.has(name)) notes.push({ outcome: 'unused', at: `column ${name}`, what: name, why });
    else if (!wanted.has(name))
      notes.push({ outcome: 'unused', at: `column ${name}`, what: name, why: 'The mapping says nothing of this column.' });
  }
  if (!columns.has(mapping.case.id)) {
    const near = nearest(mapping.case.id, columns.keys());
    const problem: Problem = {
      code: 'missing-column',
      message: `The table has no column "${mapping.case.id}", which tells the people apart.`,
      remedy:
        near === undefined
          ? 'Check the delimiter and the mapping: this may be another table.'
          : `Did you mean "${near}"? Correct the mapping.`,
    };
    return { notes, problem, row: (_cells, line) => ({ line, notes: [], problem, followUp: {} }) };
  }
  const prepared = prepareCatalogue(catalogue);
  const seen = new Map<string, number>();
  return {
    notes,
    row: (cells, line) => {
      if (cells.length !== header.length) {
        return {
          line,
          notes: [],
          followUp: {},
          problem: {
            code: 'row-length',
            message: `The row has ${cells.length} cells, the header ${header.length}.`,
            at: `line ${line}`,
            remedy: 'Look for a missing or extra delimiter, or for a delimiter inside a cell without quotation marks.',
          },
        };
      }
      return new RowReader(mapping, columns, prepared, cells, line, seen, options).read();
    },
  };
}

/** Every column that the mapping reads, in whatever role. */
function columnsOf(mapping: TableMapping): ReadonlySet<string> {
  const names = new Set<string>([mapping.case.id]);
  const add = (name: string | undefined): void => {
    if (name !== undefined) names.add(name);
  };
  const addDate = (rule: DateRule | undefined): void => {
    if (rule?.kind === 'column') add(rule.column);
    if (rule?.kind === 'parts') for (const name of [rule.year, rule.month, rule.day]) add(name);
    if (rule?.kind === 'days') {
      add(rule.days);
      addDate(rule.base);
    }
  };
  const addSource = (source: Source<unknown> | undefined): void => {
    if (source && 'column' in source) add(source.column);
  };
  const addWhere = (where: readonly Condition[]): void => {
    for (const { column } of where) add(column);
  };
  add(mapping.case.title);
  addDate(mapping.case.date);
  for (const rule of mapping.dates.values()) addDate(rule);
  for (const rule of mapping.facts) {
    add(rule.column);
    addDate(rule.date);
    addDate(rule.asDate);
    addWhere(rule.where);
    for (const { where } of rule.unitWhen ?? []) addWhere(where);
  }
  for (const rule of mapping.sets) {
    add(rule.column);
    addDate(rule.date);
    addWhere(rule.where);
  }
  for (const rule of mapping.stages) {
    for (const source of [rule.edition, rule.basis, rule.T, rule.N, rule.M, rule.group]) addSource(source);
    addDate(rule.date);
    addWhere(rule.where);
  }
  for (const rule of mapping.treatments) {
    for (const source of [...rule.words.values(), ...rule.numbers.values(), rule.agents, rule.ongoing]) addSource(source);
    for (const date of rule.dates.values()) addDate(date);
    addWhere(rule.where);
  }
  for (const { days, event } of mapping.followUp) {
    add(days);
    addSource(event);
  }
  return names;
}

/** A date that was asked for: there, not stated in this row, or stated in a way that is no date. */
type DateReading = { readonly date: PartialDate } | { readonly wrong: string } | 'missing';

class RowReader {
  readonly #draft = new Draft();
  /** Cells that some rule used, and cells that a condition kept from one: told at the end when no other rule used them. */
  readonly #used = new Set<string>();
  readonly #kept = new Map<string, { readonly cell: string; readonly why: string }>();

  constructor(
    readonly mapping: TableMapping,
    readonly columns: ReadonlyMap<string, number>,
    readonly catalogue: Catalogue,
    readonly cells: readonly string[],
    readonly line: number,
    readonly seen: Map<string, number>,
    readonly options: TableOptions,
  ) {}

  read(): TableRow {
    const { mapping, line } = this;
    const id = this.#cell(mapping.case.id);
    const fail = (problem: Problem): TableRow => ({ line, notes: this.#draft.notes, problem, followUp: {} });
    if (id === undefined)
      return fail({
        code: 'no-id',
        message: `The column "${mapping.case.id}" is empty.`,
        at: `line ${line}`,
        remedy: 'Give every row an id.',
      });
    const before = this.seen.get(id);
    if (before !== undefined) {
      return fail({
        code: 'duplicate-id',
        message: `The id "${id}" stands in line ${before} already.`,
        at: `line ${line}`,
        remedy: 'Give one row for each person.',
      });
    }
    this.seen.set(id, line);
    for (const rule of mapping.facts) this.#fact(rule);
    for (const rule of mapping.sets) {
      if (!this.#holds(rule.where)) {
        this.#keepOut(rule.column, rule.else);
        continue;
      }
      for (const part of this.#parts(rule.column, rule.split)) {
        const mapped = this.#lookUp(rule.column, part, rule.sets);
        for (const [fact, value] of mapped ?? []) this.#observe(fact, value, rule.column, part, rule.date);
      }
    }
    for (const rule of mapping.stages) this.#stage(rule);
    for (const rule of mapping.treatments) this.#treatment(rule);
    const followUp = this.#followUp();
    for (const [column, { cell, why }] of this.#kept)
      if (!this.#used.has(column)) this.#draft.unused(this.#at(column), cell, why);

    const title = mapping.case.title === undefined ? undefined : this.#cell(mapping.case.title);
    const date = mapping.case.date ? this.#date(mapping.case.date) : undefined;
    if (date !== undefined && date !== 'missing' && 'wrong' in date)
      this.#draft.refused(`line ${line}`, 'date of the case', date.wrong);
    const head = {
      id,
      ...(title === undefined ? {} : { title }),
      ...(date !== undefined && date !== 'missing' && 'date' in date ? { date: date.date } : {}),
    };
    const record = this.#draft.finish(head, this.options.asOf);
    const notes =
      this.options.notes === 'problems' ? this.#draft.notes.filter(({ outcome }) => outcome !== 'used') : this.#draft.notes;
    return { line, record, notes, followUp };
  }

  // ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #fact(rule: FactRule): void {
    const { fact, column } = rule;
    if (!this.#holds(rule.where)) {
      if (column !== undefined) this.#keepOut(column, rule.else);
      return;
    }
    if (rule.asDate) {
      const date = this.#date(rule.asDate);
      if (date === 'missing') return;
      if ('wrong' in date) this.#draft.refused(this.#at(column ?? fact), fact, date.wrong);
      else this.#observe(fact, date.date, column ?? fact, date.date, rule.date, rule);
      return;
    }
    if (column === undefined) {
      this.#observe(fact, rule.value, fact, String(rule.value ?? ''), rule.date, rule);
      return;
    }
    const absent = this.mapping.absent.get(this.#raw(column) ?? '');
    if (absent !== undefined && !rule.values?.has(this.#raw(column) ?? '')) {
      this.#observe(fact, absent, column, this.#raw(column) ?? '', rule.date, rule);
      return;
    }
    for (const part of this.#parts(column, rule.split)) {
      if (rule.value !== undefined) {
        this.#observe(fact, rule.value, column, part, rule.date, rule);
        continue;
      }
      const mapped = rule.values ? this.#factValue(column, part, rule.values, this.catalogue.facts.get(fact)) : part;
      if (mapped !== undefined) this.#observe(fact, mapped, column, part, rule.date, rule);
    }
  }

  #observe(id: string, raw: unknown, column: string, shown: string, dateRule: DateRule | undefined, rule?: FactRule): void {
    const fact = this.catalogue.facts.get(id);
    const at = this.#at(column);
    const what = `${column}: ${shown}`;
    if (!fact) {
      this.#draft.refused(at, what, `\`${id}\` is not a fact. Correct the mapping.`);
      return;
    }
    this.#used.add(column);
    const date = dateRule && this.#date(dateRule);
    if (date === 'missing') {
      this.#draft.unused(at, what, 'The date that belongs to it is missing in this row.');
      return;
    }
    if (date && 'wrong' in date) {
      this.#draft.refused(at, what, date.wrong);
      return;
    }
    const unit = this.#unit(rule);
    if (unit === 'undecided') {
      this.#draft.refused(at, what, 'None of the conditions of `unitWhen` holds: the unit cannot be told.');
      return;
    }
    const isNumber = fact.type === 'number' || fact.type === 'integer';
    const written = isNumber && typeof raw === 'string' && this.mapping.decimalComma ? raw.replace(',', '.') : raw;
    const reading = readFact(fact, written, isNumber ? unit : undefined);
    if ('wrong' in reading) {
      this.#draft.refused(at, what, `${reading.wrong.charAt(0).toUpperCase()}${reading.wrong.slice(1)}. ${reading.remedy}`);
      return;
    }
    const shownValue = typeof reading.value === 'object' ? reading.value.absent : String(reading.value);
    this.#draft.used(at, what, `${id} = ${shownValue}${reading.asWritten === undefined ? '' : ` (from ${reading.asWritten})`}.`, [
      id,
    ]);
    this.#draft.observe(
      {
        fact: id,
        value: reading.value,
        ...(date ? { date: date.date } : {}),
        origin: { kind: 'table', at, ...(rule?.note === undefined ? {} : { note: rule.note }) },
        ...(reading.asWritten === undefined
          ? shown === String(raw)
            ? {}
            : { asWritten: shown }
          : { asWritten: reading.asWritten }),
      },
      at,
      what,
    );
  }

  #unit(rule: FactRule | undefined): string | undefined | 'undecided' {
    if (!rule?.unitWhen) return rule?.unit;
    return rule.unitWhen.find(({ where }) => this.#holds(where))?.unit ?? rule.unit ?? 'undecided';
  }

  // ── stages and treatments ────────────────────────────────────────────────────────────────────────────────────────────

  #stage(rule: StageRule): void {
    const sources = [rule.T, rule.N, rule.M, rule.group];
    if (!this.#holds(rule.where)) {
      for (const source of sources) if (source && 'column' in source) this.#keepOut(source.column, rule.else);
      return;
    }
    const edition = this.#value(rule.edition, (cell) => readEdition(cell), 'edition');
    const basis = this.#value(
      rule.basis,
      (cell) => (cell === 'clinical' || cell === 'pathological' || cell === 'unknown' ? cell : undefined),
      'basis',
    );
    const category = (axis: Axis): string | undefined => {
      const source = rule[axis];
      if (source && 'column' in source && !source.values && (basis === 'clinical' || basis === 'pathological')) {
        const cell = this.#cell(source.column);
        const written = cell === undefined ? undefined : readCategory(axis, cell);
        if (cell !== undefined && written?.basis !== undefined && written.basis !== basis) {
          this.#used.add(source.column);
          this.#draft.refused(
            this.#at(source.column),
            cell,
            `The prefix says ${written.basis}, the mapping says ${basis}. Correct one of them.`,
          );
          return undefined;
        }
      }
      return source && this.#value(source, (cell) => readCategory(axis, cell)?.value, `${axis} category`);
    };
    const [T, N, M] = [category('T'), category('N'), category('M')];
    const group = rule.group && this.#value(rule.group, readGroup, 'stage group');
    if (T === undefined && N === undefined && M === undefined && group === undefined) return;
    const date = rule.date && this.#date(rule.date);
    const columns = sources.flatMap((source) => (source && 'column' in source ? [source.column] : []));
    const at = this.#at(columns.join(', '));
    const what = columns.map((column) => `${column}: ${this.#raw(column) ?? ''}`).join(', ');
    if (date && date !== 'missing' && 'wrong' in date) {
      this.#draft.refused(at, what, date.wrong);
      return;
    }
    if (date === 'missing') {
      this.#draft.unused(at, what, 'The date of the stage is missing in this row: the stage is left out.');
      return;
    }
    const stage: StatedStage = {
      edition: edition ?? 'unknown',
      basis: basis ?? 'unknown',
      ...(T === undefined ? {} : { T }),
      ...(N === undefined ? {} : { N }),
      ...(M === undefined ? {} : { M }),
      ...(group === undefined ? {} : { group }),
      ...(date ? { date: date.date } : {}),
      origin: { kind: 'table', at },
    };
    this.#draft.used(at, what, `Stage, ${stage.basis}, edition ${stage.edition}.`);
    this.#draft.stage(stage, at, what);
  }

  #treatment(rule: TreatmentRule): void {
    const columns = [
      ...new Set(
        [...rule.words.values(), ...rule.numbers.values(), rule.agents].flatMap((source) =>
          source && 'column' in source ? [source.column] : [],
        ),
      ),
    ];
    const deciding = [...rule.where.map(({ column }) => column), ...columns];
    if (!this.#holds(rule.where)) {
      for (const column of columns) this.#keepOut(column, rule.else);
      for (const { column } of rule.where) if (rule.else !== undefined) this.#keepOut(column, rule.else);
      return;
    }
    // A treatment that only columns speak of is there when one of them has a value.
    if (rule.where.length === 0 && columns.every((column) => this.#cell(column) === undefined)) return;
    const at = this.#at(deciding[0] ?? '');
    const what = deciding.map((column) => `${column}: ${this.#raw(column) ?? ''}`).join(', ');
    const dates: Record<string, PartialDate> = {};
    for (const [name, dateRule] of rule.dates) {
      const date = this.#date(dateRule);
      if (date === 'missing') continue;
      if ('wrong' in date) {
        this.#draft.refused(at, what, date.wrong);
        return;
      }
      dates[name] = date.date;
    }
    const words = Object.fromEntries(
      [...rule.words].flatMap(([name, source]) =>
        this.#entry(
          name,
          this.#value(source, (cell) => cell, name),
        ),
      ),
    );
    const numbers = Object.fromEntries(
      [...rule.numbers].flatMap(([name, source]) =>
        this.#entry(
          name,
          this.#value(
            source,
            (cell) => this.#number(cell, name === 'gray' && 'column' in source ? (source.unit ?? 'Gy') : undefined),
            name,
          ),
        ),
      ),
    );
    const agents =
      rule.agents &&
      this.#value<readonly string[]>(
        rule.agents,
        (cell) => agentsOf(cell, rule.agents && 'column' in rule.agents ? rule.agents.split : undefined),
        'drugs',
      );
    if (rule.kind === 'systemic' && agents === undefined) return;
    if (rule.kind === 'procedure' && words['code'] === undefined) return;
    const ongoing =
      rule.ongoing &&
      this.#value(rule.ongoing, (cell) => (cell === 'true' ? true : cell === 'false' ? false : undefined), 'ongoing');
    const event = {
      kind: rule.kind,
      ...(agents === undefined ? {} : { agents }),
      ...words,
      ...numbers,
      ...dates,
      ...(ongoing === undefined ? {} : { ongoing }),
      origin: { kind: 'table', at },
      // The mapping was checked word by word against the kinds of events.
    } as unknown as SystemicTherapy | Radiotherapy | ProcedureEvent;
    for (const column of deciding) this.#used.add(column);
    this.#draft.used(
      at,
      what,
      `Treatment: ${[rule.kind, words['code'], agents?.join(' + ')].filter((part) => part !== undefined && part !== '').join(', ')}.`,
    );
    // Told only for names that were read from a cell: those of the mapping's own list were written on purpose.
    const column = rule.agents && 'column' in rule.agents && !rule.agents.values ? rule.agents.column : undefined;
    for (const name of column === undefined ? [] : (agents ?? [])) {
      if (!AGENT_NAMES.includes(name))
        this.#draft.unused(this.#at(column ?? ''), name, 'Kept as written: this is not a drug name that Serosa knows.');
    }
    this.#draft.treat(event, at, what);
  }

  #entry<Value>(name: string, value: Value | undefined): readonly (readonly [string, Value])[] {
    return value === undefined ? [] : [[name, value]];
  }

  #followUp(): Readonly<Record<string, FollowUp>> {
    const result: Record<string, FollowUp> = {};
    for (const { name, days, event } of this.mapping.followUp) {
      const cell = this.#cell(days);
      const happened = this.#value(event, () => undefined, 'event');
      if (cell === undefined || happened === undefined) continue;
      const count = this.#number(cell, undefined);
      if (count === undefined || count < 0) this.#draft.refused(this.#at(days), cell, 'This is no number of days.');
      else result[name] = { days: count, event: happened };
    }
    return result;
  }

  // ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The value of a source in this row; a cell that means nothing known is refused, a missing one is undefined. */
  #value<Value>(source: Source<Value>, read: (cell: string) => Value | undefined, what: string): Value | undefined {
    if ('value' in source) return source.value;
    const cell = this.#cell(source.column);
    if (cell === undefined || this.mapping.absent.has(cell)) return undefined;
    this.#used.add(source.column);
    if (source.values) return this.#lookUp(source.column, cell, source.values);
    const value = read(cell);
    if (value === undefined)
      this.#draft.refused(this.#at(source.column), cell, `This is no ${what}. Correct the cell, or add it to the mapping.`);
    return value;
  }

  /** Numbers need no list of all their values: the list holds the exceptions. */
  #factValue(
    column: string,
    cell: string,
    values: Values<boolean | number | string>,
    fact: FactDefinition | undefined,
  ): boolean | number | string | undefined {
    const isNumber = fact?.type === 'number' || fact?.type === 'integer';
    return isNumber && !values.has(cell) ? cell : this.#lookUp(column, cell, values);
  }

  #lookUp<Value>(column: string, cell: string, values: Values<Value>): Value | undefined {
    this.#used.add(column);
    const mapped = values.get(cell);
    if (mapped && 'value' in mapped) return mapped.value;
    if (mapped) {
      this.#draft.unused(this.#at(column), cell, mapped.unused);
      return undefined;
    }
    const near = nearest(cell, values.keys());
    this.#draft.refused(
      this.#at(column),
      cell,
      `The mapping does not say what this value means. ${near === undefined ? `Known: ${shorten([...values.keys()].join(', '), 120)}.` : `Did the table mean "${near}"?`}`,
    );
    return undefined;
  }

  /** The cell as it stands, blanks around it removed. */
  #raw(column: string): string | undefined {
    const index = this.columns.get(column);
    return index === undefined ? undefined : this.cells[index]?.trim();
  }

  /** The cell, or undefined when it says nothing. */
  #cell(column: string): string | undefined {
    const cell = this.#raw(column);
    return cell === undefined || this.mapping.missing.has(cell) ? undefined : cell;
  }

  #parts(column: string, split: string | undefined): readonly string[] {
    const cell = this.#cell(column);
    if (cell === undefined) return [];
    if (split === undefined) return [cell];
    const parts = cell.split(split).map((part) => part.trim());
    return [...new Set(parts)].filter((part) => part !== '' && !this.mapping.missing.has(part));
  }

  #keepOut(column: string, why: string | undefined): void {
    const cell = this.#cell(column);
    if (cell !== undefined && !this.mapping.absent.has(cell))
      this.#kept.set(column, {
        cell: `${column}: ${cell}`,
        why: why ?? 'The condition that the mapping sets for it does not hold.',
      });
  }

  #holds(where: readonly Condition[]): boolean {
    return where.every((condition) => {
      const cell = this.#cell(condition.column);
      if (condition.missing !== undefined && (cell === undefined) !== condition.missing) return false;
      if (condition.in && (cell === undefined || !condition.in.includes(cell))) return false;
      const { gt, gte, lt, lte } = condition;
      if (gt === undefined && gte === undefined && lt === undefined && lte === undefined) return true;
      const number = cell === undefined ? undefined : this.#number(cell, undefined);
      if (number === undefined) return false;
      return (
        (gt === undefined || number > gt) &&
        (gte === undefined || number >= gte) &&
        (lt === undefined || number < lt) &&
        (lte === undefined || number <= lte)
      );
    });
  }

  #number(cell: string, unit: string | undefined): number | undefined {
    const plain = this.mapping.decimalComma ? cell.replace(',', '.') : cell;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return undefined;
    const value = Number(plain);
    return unit === undefined ? value : converter(unit, 'Gy')?.(value);
  }

  #date(rule: DateRule): DateReading {
    switch (rule.kind) {
      case 'fixed':
        return { date: rule.date };
      case 'named': {
        const named = this.mapping.dates.get(rule.name);
        return named ? this.#date(named) : 'missing';
      }
      case 'column': {
        const cell = this.#cell(rule.column);
        if (cell === undefined || this.mapping.absent.has(cell)) return 'missing';
        const date = parseWritten(cell, rule.format);
        return date === undefined
          ? {
              wrong: `"${shorten(cell, 40)}" in ${rule.column} is not a date${rule.format === undefined ? '' : ` as ${rule.format}`}. Correct the cell, or the format in the mapping.`,
            }
          : { date };
      }
      case 'parts': {
        const cells = [rule.year, rule.month, rule.day].map((column) => (column === undefined ? undefined : this.#cell(column)));
        const [year, month, day] = cells;
        if (year === undefined) return 'missing';
        const written = [year, month?.padStart(2, '0'), month === undefined ? undefined : day?.padStart(2, '0')]
          .filter((part) => part !== undefined)
          .join('-');
        const date = parseDate(written);
        return date === undefined
          ? {
              wrong: `"${written}" is not a date. Correct the columns ${[rule.year, rule.month, rule.day].filter((name) => name !== undefined).join(', ')}.`,
            }
          : { date };
      }
      default: {
        const base = this.#date(rule.base);
        if (base === 'missing' || 'wrong' in base) return base;
        const cell = this.#cell(rule.days);
        if (cell === undefined || this.mapping.absent.has(cell)) return 'missing';
        const days = this.#number(cell, undefined);
        const date = days === undefined ? undefined : addDays(base.date, days);
        return date === undefined ? { wrong: `"${shorten(cell, 40)}" in ${rule.days} is no number of days.` } : { date };
      }
    }
  }

  #at(column: string): string {
    return `line ${this.line}, column ${column}`;
  }
}

function agentsOf(cell: string, split: string | undefined): readonly string[] {
  const parts = split === undefined ? [] : cell.split(split).filter((part) => part.trim() !== '');
  return [...new Set((parts.length > 0 ? parts : [cell]).flatMap((part) => agentsNamed(part).all))];
}

/** A date as a table writes it: ISO (also with a time, and without leading zeros), or by a format of YYYY, MM and DD. */
function parseWritten(cell: string, format: string | undefined): PartialDate | undefined {
  if (format === undefined) {
    const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$/.exec(cell);
    const parts = match
      ?.slice(1, 4)
      .filter((part) => part !== undefined)
      .map((part) => part.padStart(2, '0'));
    return parts && parseDate(parts.join('-'));
  }
  const names: string[] = [];
  const pattern = format.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/YYYY|MM|DD/g, (name) => {
    names.push(name);
    return name === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})';
  });
  const match = new RegExp(`^${pattern}$`).exec(cell);
  if (!match) return undefined;
  const part = (name: string): string | undefined =>
    names.includes(name) ? match[names.indexOf(name) + 1]?.padStart(2, '0') : undefined;
  return parseDate([part('YYYY'), part('MM'), part('DD')].filter((value) => value !== undefined).join('-'));
}
