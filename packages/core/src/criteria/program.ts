/**
 * Reading (a) for many criteria on one case. Criteria that are equal, whole or in part, are one node of a shared program; a
 * case answers each node once. Same verdicts and explanations as `evaluate.ts`, which is the plain form of the same rules;
 * a property test holds the two together.
 */
import type { Facts } from '../case/facts.js';
import { atLeastOf, type Explanation, notOf, testFact, valueHolds } from './evaluate.js';
import type { Criterion, FactId, FactTest, Judgement, Verdict } from './expression.js';

/** What is taken for a fact of which nothing is known: for the few questions where silence has a meaning. */
export interface Presumption {
  /** Tells presumptions apart. */
  readonly name: string;
  value(fact: FactId): boolean | number | string | undefined;
}

/** One criterion or part of one, made ready to be asked, shared by all that contain it. */
export interface Question {
  readonly index: number;
  readonly criterion: Criterion;
  readonly parts: readonly Question[];
  readonly test?: FactTest;
  readonly presumed?: boolean | number | string | undefined;
}

/** All criteria of one knowledge bundle. Grows as criteria are first asked; never forgets. */
export class Program {
  readonly #nodes: Question[] = [];
  readonly #byKey = new Map<string, Question>();
  readonly #byCriterion = new Map<Presumption | undefined, WeakMap<Criterion, Question>>();
  readonly #asking = new Map<FactId, Set<number>>();
  readonly #stale = new Map<FactId, { readonly size: number; readonly nodes: readonly number[] }>();

  /** The question that a criterion is; `presumption` makes it another question. */
  question(criterion: Criterion, presumption?: Presumption): Question {
    let known = this.#byCriterion.get(presumption);
    if (known === undefined) {
      known = new WeakMap();
      this.#byCriterion.set(presumption, known);
    }
    const seen = known.get(criterion);
    if (seen) return seen;
    const key = `${presumption?.name ?? ''} ${JSON.stringify(criterion)}`;
    const node = this.#byKey.get(key) ?? this.#add(criterion, key, presumption);
    known.set(criterion, node);
    return node;
  }

  #add(criterion: Criterion, key: string, presumption: Presumption | undefined): Question {
    const parts = partsOf(criterion).map((part) => this.question(part, presumption));
    const node: Question = {
      index: this.#nodes.length,
      criterion,
      parts,
      ...('fact' in criterion ? { test: criterion, presumed: presumption?.value(criterion.fact) } : {}),
    };
    this.#nodes.push(node);
    this.#byKey.set(key, node);
    for (const fact of factsUnder(node)) {
      const asking = this.#asking.get(fact);
      if (asking) asking.add(node.index);
      else this.#asking.set(fact, new Set([node.index]));
    }
    return node;
  }

  /** How many questions there are so far. */
  get size(): number {
    return this.#nodes.length;
  }

  /** Nodes whose answer can change with `fact`, given the facts that are worked out from it. */
  touchedBy(fact: FactId, dependents: ReadonlySet<FactId>): readonly number[] {
    const known = this.#stale.get(fact);
    if (known?.size === this.#nodes.length) return known.nodes;
    const nodes = new Set(this.#asking.get(fact));
    for (const other of dependents) for (const index of this.#asking.get(other) ?? []) nodes.add(index);
    const fresh = { size: this.#nodes.length, nodes: [...nodes] };
    this.#stale.set(fact, fresh);
    return fresh.nodes;
  }
}

function partsOf(criterion: Criterion): readonly Criterion[] {
  if ('all' in criterion) return criterion.all;
  if ('any' in criterion) return criterion.any;
  if ('of' in criterion) return criterion.of;
  return 'not' in criterion ? [criterion.not] : [];
}

function factsUnder(node: Question, into: Set<FactId> = new Set()): ReadonlySet<FactId> {
  if (node.test) into.add(node.test.fact);
  for (const part of node.parts) factsUnder(part, into);
  return into;
}

const NONE: readonly never[] = [];
/** Verdicts as small numbers; 0 is "not asked". */
const VERDICTS: readonly Verdict[] = ['true', 'false', 'unknown', 'judgement'];
const CODES: Readonly<Record<Verdict, number>> = { true: 1, false: 2, unknown: 3, judgement: 4 };
/** Room for questions that are first asked by this case. */
const SPARE = 64;

/** What one case answers to a program. */
export class Answers {
  #verdicts: Uint8Array;
  readonly #explanations = new Map<Question, Explanation>();

  /**
   * @param base answers of a case that differs from this one in a fact; they are kept but for `touched` nodes
   */
  constructor(
    readonly program: Program,
    readonly facts: Facts,
    base?: Answers,
    touched: readonly number[] = NONE,
  ) {
    if (base === undefined) this.#verdicts = new Uint8Array(program.size + SPARE);
    else {
      this.#verdicts = base.#verdicts.slice();
      for (const index of touched) if (index < this.#verdicts.length) this.#verdicts[index] = 0;
    }
  }

  explain(node: Question): Explanation {
    const known = this.#explanations.get(node);
    if (known) return known;
    const verdict = this.verdict(node);
    const ids: FactId[] = [];
    if (verdict === 'unknown') this.#missing(node, ids);
    else this.#deciding(node, ids);
    let judgements: Judgement['judge'][] | undefined;
    if (verdict === 'judgement' || verdict === 'unknown') {
      judgements = [];
      this.#judgements(node, judgements);
    }
    const fresh: Explanation = {
      verdict,
      because: verdict === 'unknown' ? NONE : ids,
      missing: verdict === 'unknown' ? ids : NONE,
      judgements: judgements ?? NONE,
    };
    this.#explanations.set(node, fresh);
    return fresh;
  }

  verdict(node: Question): Verdict {
    const known = this.#verdicts[node.index];
    if (known) return VERDICTS[known - 1] as Verdict;
    const verdict = this.#work(node);
    if (node.index >= this.#verdicts.length) {
      const larger = new Uint8Array(node.index + SPARE);
      larger.set(this.#verdicts);
      this.#verdicts = larger;
    }
    this.#verdicts[node.index] = CODES[verdict];
    return verdict;
  }

  #work(node: Question): Verdict {
    const { test, criterion, parts } = node;
    if (test !== undefined) {
      const state = this.facts.get(test.fact);
      if (state.kind === 'unknown' && node.presumed !== undefined) return valueHolds(test, node.presumed) ? 'true' : 'false';
      return testFact(test, state);
    }
    if ('judge' in criterion) return 'judgement';
    if ('not' in criterion) return notOf(this.verdict(parts[0] as Question));
    if ('atLeast' in criterion)
      return atLeastOf(
        criterion.atLeast,
        parts.map((part) => this.verdict(part)),
      );
    const decisive: Verdict = 'all' in criterion ? 'false' : 'true';
    let result: Verdict = 'all' in criterion ? 'true' : 'false';
    for (const part of parts) {
      const verdict = this.verdict(part);
      if (verdict === decisive) return decisive;
      if (verdict === 'unknown') result = 'unknown';
      else if (verdict === 'judgement' && result !== 'unknown') result = 'judgement';
    }
    return result;
  }

  #deciding(node: Question, into: FactId[]): void {
    const { criterion, test } = node;
    if (test !== undefined) {
      if (!into.includes(test.fact)) into.push(test.fact);
      return;
    }
    const verdict = this.verdict(node);
    if ('not' in criterion || 'judge' in criterion) for (const part of node.parts) this.#deciding(part, into);
    else if ('atLeast' in criterion) {
      const side = verdict === 'true' ? 'true' : 'false';
      for (const part of node.parts) if (verdict === 'judgement' || this.verdict(part) === side) this.#deciding(part, into);
    } else {
      const decisive = 'all' in criterion ? 'false' : 'true';
      for (const part of node.parts) if (verdict !== decisive || this.verdict(part) === decisive) this.#deciding(part, into);
    }
  }

  #missing(node: Question, into: FactId[]): void {
    if (this.verdict(node) !== 'unknown') return;
    if (node.test !== undefined && !into.includes(node.test.fact)) into.push(node.test.fact);
    for (const part of node.parts) this.#missing(part, into);
  }

  #judgements(node: Question, into: Judgement['judge'][]): void {
    const verdict = this.verdict(node);
    if (verdict === 'true' || verdict === 'false') return;
    if ('judge' in node.criterion) into.push(node.criterion.judge);
    for (const part of node.parts) this.#judgements(part, into);
  }
}
