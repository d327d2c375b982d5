import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completions, criterion, factsFrom, partialFacts } from '../testing.js';
import { allOf, anyOf, evaluate, explain, notOf, testFact, verdictOf } from './evaluate.js';
import type { Criterion, Verdict } from './expression.js';

const V: readonly Verdict[] = ['true', 'false', 'unknown', 'judgement'];

describe('three-valued logic with judgement', () => {
  it.each([
    ['true', 'true', 'true', 'true'],
    ['true', 'unknown', 'unknown', 'true'],
    ['false', 'unknown', 'false', 'unknown'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
    ['judgement', 'true', 'judgement', 'true'],
    ['judgement', 'false', 'false', 'judgement'],
    ['judgement', 'unknown', 'unknown', 'unknown'],
  ] as const)('%s with %s: and is %s, or is %s', (a, b, and, or) => {
    expect(allOf([a, b])).toBe(and);
    expect(allOf([b, a])).toBe(and);
    expect(anyOf([a, b])).toBe(or);
    expect(anyOf([b, a])).toBe(or);
  });

  it('obeys De Morgan in all four values', () => {
    for (const a of V) for (const b of V) expect(notOf(allOf([a, b]))).toBe(anyOf([notOf(a), notOf(b)]));
  });
});

describe('tests of one fact', () => {
  it('answers for a narrowed code when every remaining value agrees', () => {
    const state = { kind: 'one-of', values: ['IIIA', 'IIIB'], from: [] } as const;
    expect(testFact({ fact: 's', in: ['IIIA', 'IIIB', 'IV'] }, state)).toBe('true');
    expect(testFact({ fact: 's', is: 'IV' }, state)).toBe('false');
    expect(testFact({ fact: 's', is: 'IIIA' }, state)).toBe('unknown');
  });

  it.each([
    [{ gt: 30 }, 31, 60, 'true'],
    [{ gt: 30 }, 30, 60, 'unknown'],
    [{ gt: 30 }, 10, 30, 'false'],
    [{ gte: 45 }, 45, 45, 'true'],
    [{ gte: 10, lt: 20 }, 12, 18, 'true'],
    [{ gte: 10, lt: 20 }, 20, 30, 'false'],
    [{ gte: 10, lt: 20 }, 5, 30, 'unknown'],
  ] as const)('%j on %d to %d is %s', (bounds, min, max, verdict) => {
    expect(testFact({ fact: 'n', ...bounds }, { kind: 'between', min, max, from: [] })).toBe(verdict);
  });
});

describe('evaluation', () => {
  it('never says more than every completion of the missing facts agrees on', () => {
    fc.assert(
      fc.property(criterion, partialFacts, (rule, known) => {
        const verdict = verdictOf(rule, factsFrom(known));
        if (verdict === 'unknown') return;
        let left = 200;
        for (const complete of completions(known)) {
          expect(verdictOf(rule, factsFrom(complete))).toBe(verdict);
          if (--left === 0) break;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same verdict plain, compiled and with a trace', () => {
    fc.assert(
      fc.property(criterion, partialFacts, (rule, known) => {
        const facts = factsFrom(known);
        expect(evaluate(rule, facts).verdict).toBe(verdictOf(rule, facts));
      }),
    );
  });

  it('names facts that alone force the verdict', () => {
    fc.assert(
      fc.property(criterion, partialFacts, (rule, known) => {
        const explanation = explain(evaluate(rule, factsFrom(known)));
        if (explanation.verdict === 'unknown') {
          expect(explanation.missing.length).toBeGreaterThan(0);
          for (const id of explanation.missing) expect(known[id]).toBeUndefined();
          return;
        }
        const only = Object.fromEntries(explanation.because.map((id) => [id, known[id]]));
        expect(verdictOf(rule, factsFrom(only))).toBe(explanation.verdict);
      }),
      { numRuns: 500 },
    );
  });

  it('collects what a person has to judge only while it matters', () => {
    const judge = { clinician: 'fit for surgery', patient: 'strong enough' };
    const rule: Criterion = { all: [{ fact: 'a.yes', is: true }, { judge }] };
    expect(explain(evaluate(rule, factsFrom({ 'a.yes': true })))).toMatchObject({ verdict: 'judgement', judgements: [judge] });
    expect(explain(evaluate(rule, factsFrom({ 'a.yes': false })))).toMatchObject({ verdict: 'false', judgements: [] });
  });
});
