/** From the record to facts as of a date: the latest reading that is still current, else what follows from other facts. */
import { type Explanation, factsIn, factsOf, verdictOf } from '../criteria/evaluate.js';
import type { Criterion, FactId, NumberExpression, Verdict } from '../criteria/expression.js';
import { Answers, Program } from '../criteria/program.js';
import type { Derivation, FactDefinition } from './catalogue.js';
import { earliestDay, latestDay } from './dates.js';
import { type History, historyOf, RECORD_DERIVATIONS } from './derive.js';
import { type FactState, type Facts, NOT_RECORDED } from './facts.js';
import type { CaseRecord, Observation, PartialDate } from './record.js';

/** Works out a fact that is not in the catalogue, such as a stage; see `staging.ts`. */
export interface ComputedFact {
  readonly inputs: readonly FactId[];
  compute(facts: Facts): FactState;
}

export interface SnapshotContext {
  readonly catalogue: ReadonlyMap<FactId, FactDefinition>;
  readonly computed: ReadonlyMap<FactId, ComputedFact>;
  /** For each fact, every fact that is worked out from it, directly or not. */
  readonly dependents: ReadonlyMap<FactId, ReadonlySet<FactId>>;
  /** Every criterion asked so far, shared by all cases. */
  readonly program: Program;
}

/** Prepares what every snapshot shares. Done once per knowledge bundle. */
export function snapshotContext(
  catalogue: ReadonlyMap<FactId, FactDefinition>,
  computed: ReadonlyMap<FactId, ComputedFact> = new Map(),
): SnapshotContext {
  const direct = new Map<FactId, FactId[]>();
  const link = (inputs: Iterable<FactId>, output: FactId): void => {
    for (const input of inputs) {
      const outputs = direct.get(input);
      if (outputs) outputs.push(output);
      else direct.set(input, [output]);
    }
  };
  for (const [id, definition] of catalogue) if (definition.derive !== undefined) link(inputsOf(definition.derive), id);
  for (const [id, { inputs }] of computed) link(inputs, id);
  const dependents = new Map<FactId, ReadonlySet<FactId>>();
  for (const id of direct.keys()) {
    const reached = new Set<FactId>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const output of direct.get(next) ?? []) {
        if (reached.has(output)) continue;
        reached.add(output);
        open.push(output);
      }
    }
    dependents.set(id, reached);
  }
  return { catalogue, computed, dependents, program: new Program() };
}

function inputsOf(derivation: Derivation): ReadonlySet<FactId> {
  if ('record' in derivation) return new Set(RECORD_DERIVATIONS[derivation.record]?.inputs);
  if ('when' in derivation) return factsOf(derivation.when);
  if ('daysSince' in derivation) return new Set([derivation.daysSince]);
  if ('choose' in derivation) {
    const into = new Set<FactId>();
    for (const line of derivation.choose) factsOf(line.when, into);
    return into;
  }
  return factsOfNumber(derivation.value);
}

/** Two readings of one day that exclude each other. */
export interface Conflict {
  readonly fact: FactId;
  readonly readings: readonly Observation[];
}

export interface Snapshot extends Facts {
  readonly record: CaseRecord;
  readonly history: History;
  readonly conflicts: readonly Conflict[];
  /** Ids of every fact with a reading, current or not. */
  readonly recorded: readonly FactId[];
  /** The same case with one fact set to a value: what if? */
  with(fact: FactId, value: boolean | number | string): Snapshot;
  /** The verdict of a criterion for this case; equal criteria are worked out once. */
  verdict(criterion: Criterion): Verdict;
  /** The verdict with the facts that decided it or are missing. */
  explain(criterion: Criterion): Explanation;
  /** The same for questions of the context's program, made ready before. */
  readonly answers: Answers;
  readonly context: SnapshotContext;
  /** Set on a snapshot made by `with`. */
  readonly supposed?: Supposition | undefined;
}

/** A fact set to a value on top of another snapshot. */
export interface Supposition {
  readonly base: Snapshot;
  readonly fact: FactId;
  readonly state: FactState & { readonly kind: 'known' };
  /** What has to be worked out anew; the rest is the base's. */
  readonly dependents: ReadonlySet<FactId>;
}

/**
 * @param record the case
 * @param asOf ISO day; later statements are not yet known, and readings age up to it
 */
export function snapshot(record: CaseRecord, asOf: PartialDate, context: SnapshotContext): Snapshot {
  const history = historyOf(record, asOf);
  const readings = new Map<FactId, Observation[]>();
  for (const observation of record.observations) {
    const list = readings.get(observation.fact);
    if (list) list.push(observation);
    else readings.set(observation.fact, [observation]);
  }
  const recorded = new Map<FactId, FactState>();
  const conflicts: Conflict[] = [];
  for (const [fact, list] of readings) {
    const definition = context.catalogue.get(fact);
    if (!definition) continue;
    recorded.set(fact, readingState(definition, list, record, asOf, conflicts));
  }
  return new LazyFacts(record, history, asOf, recorded, conflicts, context);
}

const NO_DEPENDENTS: ReadonlySet<FactId> = new Set();

class LazyFacts implements Snapshot {
  readonly #derived = new Map<FactId, FactState>();
  #working: Set<FactId> | undefined;
  #answers: Answers | undefined;

  constructor(
    readonly record: CaseRecord,
    readonly history: History,
    readonly asOf: PartialDate,
    readonly readings: ReadonlyMap<FactId, FactState>,
    readonly conflicts: readonly Conflict[],
    readonly context: SnapshotContext,
    readonly supposed?: Supposition & { readonly base: LazyFacts },
  ) {}

  verdict(criterion: Criterion): Verdict {
    return this.answers.verdict(this.context.program.question(criterion));
  }

  explain(criterion: Criterion): Explanation {
    return this.answers.explain(this.context.program.question(criterion));
  }

  get answers(): Answers {
    if (this.#answers === undefined) {
      const { program } = this.context;
      const { supposed } = this;
      this.#answers = supposed
        ? new Answers(program, this, supposed.base.answers, program.touchedBy(supposed.fact, supposed.dependents))
        : new Answers(program, this);
    }
    return this.#answers;
  }

  get recorded(): readonly FactId[] {
    return [...this.readings.keys()];
  }

  with(fact: FactId, value: boolean | number | string): Snapshot {
    const supposition = {
      base: this,
      fact,
      state: { kind: 'known', value } as const,
      dependents: this.context.dependents.get(fact) ?? NO_DEPENDENTS,
    };
    return new LazyFacts(this.record, this.history, this.asOf, this.readings, this.conflicts, this.context, supposition);
  }

  get(id: FactId): FactState {
    if (this.supposed !== undefined) {
      if (this.supposed.fact === id) return this.supposed.state;
      if (!this.supposed.dependents.has(id)) return this.supposed.base.get(id);
    }
    const known = this.#derived.get(id);
    if (known) return known;
    // A derivation that comes back to itself has nothing to add; the linter refuses such knowledge.
    this.#working ??= new Set();
    if (this.#working.has(id)) return this.readings.get(id) ?? NOT_RECORDED;
    this.#working.add(id);
    const state = this.#work(id);
    this.#working.delete(id);
    this.#derived.set(id, state);
    return state;
  }

  #work(id: FactId): FactState {
    const computed = this.context.computed.get(id);
    if (computed) return computed.compute(this);
    const reading = this.readings.get(id);
    if (reading?.kind === 'known') return reading;
    const derivation = this.context.catalogue.get(id)?.derive;
    if (!derivation) return reading ?? NOT_RECORDED;
    const derived = derive(derivation, this, this.history, this.context);
    if (derived.kind !== 'unknown') return derived;
    if (reading?.kind !== 'unknown') return derived;
    return derived.from === undefined ? reading : { ...reading, from: derived.from };
  }
}

interface DatedReading {
  readonly reading: Observation;
  readonly date: PartialDate | undefined;
}

/**
 * The readings of which none is surely newer than another: `2026` may be before or after a day of that year. The most precise
 * and, among those, the last written stands at the end. A reading without a date counts only where there is none with one.
 */
function newest(past: readonly DatedReading[], today: number): readonly DatedReading[] {
  if (past.length === 1) return past;
  const dated = past.filter((entry) => entry.date !== undefined);
  if (dated.length === 0) return past;
  const begins = Math.max(...dated.map((entry) => earliestDay(entry.date as PartialDate)));
  const candidates = dated.filter((entry) => Math.min(latestDay(entry.date as PartialDate), today) >= begins);
  return [...candidates].sort((a, b) => (a.date as PartialDate).length - (b.date as PartialDate).length);
}

function readingState(
  definition: FactDefinition,
  list: readonly Observation[],
  record: CaseRecord,
  asOf: PartialDate,
  conflicts: Conflict[],
): FactState {
  const today = latestDay(asOf);
  const dated = list.map((reading): DatedReading => ({ reading, date: reading.date ?? record.date }));
  const past = dated.filter((entry) => entry.date === undefined || earliestDay(entry.date) <= today);
  if (past.length === 0) return { kind: 'unknown', reason: 'not-yet', reading: list.at(-1) as Observation };
  const latest = newest(past, today);
  const last = latest.at(-1) as DatedReading;
  const { value } = last.reading;
  if (typeof value === 'object') {
    const reason = value.absent === 'unknown' ? 'recorded-as-unknown' : value.absent;
    return { kind: 'unknown', reason, reading: last.reading };
  }
  // A quantity measured twice in a day changed; a code, a yes or a grade said in two ways contradicts itself.
  if (definition.type !== 'number') {
    const others = latest.filter((entry) => typeof entry.reading.value !== 'object' && entry.reading.value !== value);
    if (others.length > 0) {
      conflicts.push({ fact: definition.id, readings: latest.map((entry) => entry.reading) });
      return { kind: 'unknown', reason: 'conflict', reading: last.reading };
    }
  }
  if (definition.currentDays !== undefined) {
    if (last.date === undefined) return { kind: 'unknown', reason: 'undated', reading: last.reading };
    if (earliestDay(asOf) - earliestDay(last.date) > definition.currentDays) {
      return { kind: 'unknown', reason: 'stale', reading: last.reading };
    }
  }
  return {
    kind: 'known',
    value,
    reading: last.date === last.reading.date ? last.reading : { ...last.reading, ...(last.date ? { date: last.date } : {}) },
  };
}

function derive(derivation: Derivation, facts: Facts, history: History, context: SnapshotContext): FactState {
  if ('record' in derivation) return RECORD_DERIVATIONS[derivation.record]?.derive(history, facts) ?? NOT_RECORDED;
  if ('when' in derivation) return fromVerdict(derivation.when, facts);
  if ('daysSince' in derivation) return daysSince(derivation.daysSince, facts);
  if ('choose' in derivation) {
    const from = new Set<FactId>();
    for (const line of derivation.choose) {
      for (const id of factsIn(line.when)) from.add(id);
      const verdict = verdictOf(line.when, facts);
      if (verdict === 'true') return { kind: 'known', value: line.then, from: [...from] };
      if (verdict !== 'false') return { kind: 'unknown', reason: 'underived', from: unknownOf(from, facts) };
    }
    return derivation.else === undefined ? NOT_RECORDED : { kind: 'known', value: derivation.else, from: [...from] };
  }
  const from = factsOfNumber(derivation.value);
  const range = interval(derivation.value, facts, context.catalogue);
  if (range === undefined) return { kind: 'unknown', reason: 'underived', from: unknownOf(from, facts) };
  const [min, max] = range;
  return min === max
    ? { kind: 'known', value: min, from: [...from] }
    : { kind: 'between', min, max, from: unknownOf(from, facts) };
}

function daysSince(id: FactId, facts: Facts): FactState {
  const state = facts.get(id);
  if (state.kind !== 'known') return { kind: 'unknown', reason: 'underived', from: [id] };
  const date = String(state.value);
  const today = earliestDay(facts.asOf);
  const max = today - earliestDay(date);
  if (max < 0) return { kind: 'unknown', reason: 'not-yet', from: [id] };
  const min = Math.max(0, today - latestDay(date));
  return min === max ? { kind: 'known', value: min, from: [id] } : { kind: 'between', min, max, from: [id] };
}

function fromVerdict(criterion: Criterion, facts: Facts): FactState {
  const from = factsIn(criterion);
  const verdict = verdictOf(criterion, facts);
  if (verdict === 'true' || verdict === 'false') {
    return { kind: 'known', value: verdict === 'true', from: from.filter((id) => facts.get(id).kind !== 'unknown') };
  }
  return { kind: 'unknown', reason: 'underived', from: unknownOf(from, facts) };
}

function unknownOf(ids: Iterable<FactId>, facts: Facts): readonly FactId[] {
  return [...ids].filter((id) => facts.get(id).kind !== 'known');
}

/** Every fact a number expression mentions. */
function factsOfNumber(expression: NumberExpression, into: Set<FactId> = new Set()): Set<FactId> {
  if (typeof expression === 'number') return into;
  if ('fact' in expression) into.add(expression.fact);
  else if ('when' in expression) {
    factsOf(expression.when, into);
    factsOfNumber(expression.then, into);
    factsOfNumber(expression.else, into);
  } else {
    const parts =
      'add' in expression
        ? expression.add
        : 'sub' in expression
          ? expression.sub
          : 'mul' in expression
            ? expression.mul
            : 'div' in expression
              ? expression.div
              : expression.pow;
    for (const part of parts) factsOfNumber(part, into);
  }
  return into;
}

type Interval = readonly [min: number, max: number];

/**
 * The interval an expression can still take; undefined when nothing is known. A sum with one known term already has a lower
 * bound (two of three zones measured), so its unknown terms take the range of their fact; elsewhere unknown in, unknown out.
 */
function interval(
  expression: NumberExpression,
  facts: Facts,
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): Interval | undefined {
  if (typeof expression === 'number') return [expression, expression];
  if ('fact' in expression) {
    const state = facts.get(expression.fact);
    if (state.kind === 'known' && typeof state.value === 'number') return [state.value, state.value];
    return state.kind === 'between' ? [state.min, state.max] : undefined;
  }
  if ('when' in expression) {
    const verdict = verdictOf(expression.when, facts);
    if (verdict === 'true') return interval(expression.then, facts, catalogue);
    if (verdict === 'false') return interval(expression.else, facts, catalogue);
    return undefined;
  }
  if ('add' in expression) {
    const parts = expression.add.map((part) => interval(part, facts, catalogue));
    if (parts.every((part) => part === undefined)) return undefined;
    let min = 0;
    let max = 0;
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? rangeOf(expression.add[index] as NumberExpression, catalogue);
      if (part === undefined) return undefined;
      min += part[0];
      max += part[1];
    }
    return [min, max];
  }
  if ('pow' in expression) {
    const base = interval(expression.pow[0], facts, catalogue);
    return base === undefined || base[0] < 0 ? undefined : [base[0] ** expression.pow[1], base[1] ** expression.pow[1]];
  }
  const operands = 'sub' in expression ? expression.sub : 'mul' in expression ? expression.mul : expression.div;
  const parts = operands.map((part) => interval(part, facts, catalogue));
  if (parts.some((part) => part === undefined)) return undefined;
  const [first, ...rest] = parts as Interval[];
  let result = first as Interval;
  for (const next of rest) {
    if ('sub' in expression) result = [result[0] - next[1], result[1] - next[0]];
    else if ('mul' in expression)
      result = hull([result[0] * next[0], result[0] * next[1], result[1] * next[0], result[1] * next[1]]);
    else if (next[0] <= 0 && next[1] >= 0) return undefined;
    else result = hull([result[0] / next[0], result[0] / next[1], result[1] / next[0], result[1] / next[1]]);
  }
  return result;
}

function hull(values: readonly number[]): Interval {
  return [Math.min(...values), Math.max(...values)];
}

function rangeOf(expression: NumberExpression, catalogue: ReadonlyMap<FactId, FactDefinition>): Interval | undefined {
  if (typeof expression !== 'object' || !('fact' in expression)) return undefined;
  const range = catalogue.get(expression.fact)?.range;
  return range && [range.min, range.max];
}
