/**
 * Reading (a) of a criterion: evaluation for one case, with its explanation. Kleene's strong three-valued logic, with a
 * fourth answer for what only a person can judge. The explanation is read off the same tree that is evaluated.
 */
import type { FactState, Facts } from '../case/facts.js';
import { oncePer } from '../once.js';
import type { Criterion, FactId, FactTest, Judgement, Verdict } from './expression.js';

/** One node of the evaluated tree. */
export interface Trace {
  readonly criterion: Criterion;
  readonly verdict: Verdict;
  readonly children: readonly Trace[];
}

/** What decided a criterion, what is missing, and what a person has to judge. */
export interface Explanation {
  readonly verdict: Verdict;
  /** Facts that decided the verdict, in order of appearance; empty while it is unknown. */
  readonly because: readonly FactId[];
  /** Facts whose value could still change the verdict. */
  readonly missing: readonly FactId[];
  readonly judgements: readonly Judgement['judge'][];
}

/** Tests one fact. A narrowed fact answers when every value it can still have gives the same answer. */
export function testFact(test: FactTest, state: FactState): Verdict {
  switch (state.kind) {
    case 'unknown':
      return 'unknown';
    case 'known':
      return valueHolds(test, state.value) ? 'true' : 'false';
    case 'one-of': {
      let yes = 0;
      for (const value of state.values) if (valueHolds(test, value)) yes++;
      return yes === state.values.length ? 'true' : yes === 0 ? 'false' : 'unknown';
    }
    case 'between':
      return testInterval(test, state.min, state.max);
  }
}

/** Whether one value passes a test. */
export function valueHolds(test: FactTest, value: boolean | number | string): boolean {
  if (test.is !== undefined && test.is !== value) return false;
  if (test.in !== undefined && !test.in.includes(value as string)) return false;
  if (test.lt !== undefined && !((value as number) < test.lt)) return false;
  if (test.lte !== undefined && !((value as number) <= test.lte)) return false;
  if (test.gt !== undefined && !((value as number) > test.gt)) return false;
  if (test.gte !== undefined && !((value as number) >= test.gte)) return false;
  return true;
}

/** The set a test accepts is an interval: inside means true, outside means false, overlapping means unknown. */
function testInterval(test: FactTest, min: number, max: number): Verdict {
  if (typeof test.is === 'number')
    return min === max ? (min === test.is ? 'true' : 'false') : test.is < min || test.is > max ? 'false' : 'unknown';
  if (valueHolds(test, min) && valueHolds(test, max)) return 'true';
  const below = (test.lt !== undefined && !(min < test.lt)) || (test.lte !== undefined && !(min <= test.lte));
  const above = (test.gt !== undefined && !(max > test.gt)) || (test.gte !== undefined && !(max >= test.gte));
  return below || above ? 'false' : 'unknown';
}

export function allOf(verdicts: readonly Verdict[]): Verdict {
  let result: Verdict = 'true';
  for (const verdict of verdicts) {
    if (verdict === 'false') return 'false';
    if (verdict === 'unknown') result = 'unknown';
    else if (verdict === 'judgement' && result === 'true') result = 'judgement';
  }
  return result;
}

export function anyOf(verdicts: readonly Verdict[]): Verdict {
  let result: Verdict = 'false';
  for (const verdict of verdicts) {
    if (verdict === 'true') return 'true';
    if (verdict === 'unknown') result = 'unknown';
    else if (verdict === 'judgement' && result === 'false') result = 'judgement';
  }
  return result;
}

export function notOf(verdict: Verdict): Verdict {
  return verdict === 'true' ? 'false' : verdict === 'false' ? 'true' : verdict;
}

export function atLeastOf(count: number, verdicts: readonly Verdict[]): Verdict {
  let yes = 0;
  let no = 0;
  let unknown = 0;
  for (const verdict of verdicts) {
    if (verdict === 'true') yes++;
    else if (verdict === 'false') no++;
    else if (verdict === 'unknown') unknown++;
  }
  if (yes >= count) return 'true';
  if (verdicts.length - no < count) return 'false';
  return unknown > 0 ? 'unknown' : 'judgement';
}

/** The verdict alone, without building a tree. Agrees with {@link evaluate} on every case. */
export function verdictOf(criterion: Criterion, facts: Facts): Verdict {
  if ('fact' in criterion) return testFact(criterion, facts.get(criterion.fact));
  if ('all' in criterion) {
    let result: Verdict = 'true';
    for (const part of criterion.all) {
      const verdict = verdictOf(part, facts);
      if (verdict === 'false') return 'false';
      if (verdict === 'unknown') result = 'unknown';
      else if (verdict === 'judgement' && result === 'true') result = 'judgement';
    }
    return result;
  }
  if ('any' in criterion) {
    let result: Verdict = 'false';
    for (const part of criterion.any) {
      const verdict = verdictOf(part, facts);
      if (verdict === 'true') return 'true';
      if (verdict === 'unknown') result = 'unknown';
      else if (verdict === 'judgement' && result === 'false') result = 'judgement';
    }
    return result;
  }
  if ('not' in criterion) return notOf(verdictOf(criterion.not, facts));
  if ('judge' in criterion) return 'judgement';
  return atLeastOf(
    criterion.atLeast,
    criterion.of.map((part) => verdictOf(part, facts)),
  );
}

const NO_CHILDREN: readonly Trace[] = [];

/** Evaluates a criterion for one case and keeps the tree. */
export function evaluate(criterion: Criterion, facts: Facts): Trace {
  if ('fact' in criterion) return { criterion, verdict: testFact(criterion, facts.get(criterion.fact)), children: NO_CHILDREN };
  if ('judge' in criterion) return { criterion, verdict: 'judgement', children: NO_CHILDREN };
  if ('not' in criterion) {
    const child = evaluate(criterion.not, facts);
    return { criterion, verdict: notOf(child.verdict), children: [child] };
  }
  const children: Trace[] = [];
  const verdicts: Verdict[] = [];
  for (const part of 'all' in criterion ? criterion.all : 'any' in criterion ? criterion.any : criterion.of) {
    const child = evaluate(part, facts);
    children.push(child);
    verdicts.push(child.verdict);
  }
  const verdict =
    'all' in criterion ? allOf(verdicts) : 'any' in criterion ? anyOf(verdicts) : atLeastOf(criterion.atLeast, verdicts);
  return { criterion, verdict, children };
}

const NONE: readonly FactId[] = [];

/** Reads the explanation off an evaluated tree. */
export function explain(trace: Trace): Explanation {
  const { verdict } = trace;
  const ids: FactId[] = [];
  if (verdict === 'unknown') collectMissing(trace, ids);
  else collectDeciding(trace, ids);
  const judgements: Judgement['judge'][] = [];
  if (verdict === 'judgement' || verdict === 'unknown') collectJudgements(trace, judgements);
  return verdict === 'unknown'
    ? { verdict, because: NONE, missing: ids, judgements }
    : { verdict, because: ids, missing: NONE, judgements };
}

function addOnce(id: FactId, into: FactId[]): void {
  if (!into.includes(id)) into.push(id);
}

/**
 * A true `any` is decided by its true parts, a false `all` by its false parts, and so on: parts with another verdict than
 * the whole did not decide it.
 */
function collectDeciding(trace: Trace, into: FactId[]): void {
  const { criterion, children } = trace;
  if ('fact' in criterion) addOnce(criterion.fact, into);
  else if ('not' in criterion) for (const child of children) collectDeciding(child, into);
  else if ('atLeast' in criterion) {
    const side = trace.verdict === 'true' ? 'true' : 'false';
    for (const child of children) if (child.verdict === side || trace.verdict === 'judgement') collectDeciding(child, into);
  } else {
    const decisive = 'all' in criterion ? 'false' : 'true';
    for (const child of children) {
      if (trace.verdict !== decisive || child.verdict === decisive) collectDeciding(child, into);
    }
  }
}

function collectMissing(trace: Trace, into: FactId[]): void {
  if (trace.verdict !== 'unknown') return;
  if ('fact' in trace.criterion) addOnce(trace.criterion.fact, into);
  for (const child of trace.children) collectMissing(child, into);
}

function collectJudgements(trace: Trace, into: Judgement['judge'][]): void {
  if (trace.verdict === 'true' || trace.verdict === 'false') return;
  if ('judge' in trace.criterion) into.push(trace.criterion.judge);
  for (const child of trace.children) collectJudgements(child, into);
}

/** Every fact a criterion mentions, in order of appearance. */
export function factsOf(criterion: Criterion, into: Set<FactId> = new Set()): Set<FactId> {
  if ('fact' in criterion) into.add(criterion.fact);
  else if ('not' in criterion) factsOf(criterion.not, into);
  else if (!('judge' in criterion)) {
    for (const part of 'all' in criterion ? criterion.all : 'any' in criterion ? criterion.any : criterion.of)
      factsOf(part, into);
  }
  return into;
}

/** {@link factsOf} as a list, worked out once per criterion. */
export const factsIn = oncePer((criterion: Criterion): readonly FactId[] => [...factsOf(criterion)]);
