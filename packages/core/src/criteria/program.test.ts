import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactState, Facts } from '../case/facts.js';
import { criterion, factsFrom, partialFacts } from '../testing.js';
import { evaluate, explain } from './evaluate.js';
import type { Criterion } from './expression.js';
import { Answers, Program } from './program.js';

const judge: Criterion = { judge: { clinician: 'fit', patient: 'strong enough' } };
/** Random criteria, some with a part that a person has to judge. */
const judged: fc.Arbitrary<Criterion> = fc
  .tuple(criterion, fc.constantFrom('all', 'any', 'none'))
  .map(([rule, how]) => (how === 'all' ? { all: [rule, judge] } : how === 'any' ? { any: [judge, { not: rule }] } : rule));

describe('a program of criteria', () => {
  it('answers and explains as the plain evaluation does, many criteria on one case', () => {
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 12 }), partialFacts, (rules, known) => {
        const program = new Program();
        const facts = factsFrom(known);
        const answers = new Answers(program, facts);
        for (const rule of [...rules, ...rules]) {
          const question = program.question(rule);
          const plain = explain(evaluate(rule, facts));
          expect(answers.verdict(question)).toBe(plain.verdict);
          expect(answers.explain(question)).toEqual(plain);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('makes equal criteria one question', () => {
    const program = new Program();
    const rule = (): Criterion => ({
      all: [
        { fact: 'a.yes', is: true },
        { fact: 'd.number', gt: 2 },
      ],
    });
    expect(program.question(rule())).toBe(program.question(rule()));
    expect(program.size).toBe(3);
  });

  it('keeps for a supposed case what the supposed fact does not touch, and answers the rest anew', () => {
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 8 }), partialFacts, fc.boolean(), (rules, known, value) => {
        const program = new Program();
        const questions = rules.map((rule) => program.question(rule));
        const base = new Answers(program, factsFrom(known));
        for (const question of questions) base.verdict(question);
        const supposed = factsFrom({ ...known, 'a.yes': value });
        const answers = new Answers(program, supposed, base, program.touchedBy('a.yes', new Set()));
        for (const [index, question] of questions.entries())
          expect(answers.verdict(question)).toBe(evaluate(rules[index] as Criterion, supposed).verdict);
      }),
      { numRuns: 200 },
    );
  });

  it('asks each fact of a criterion no more than once per case', () => {
    let asked = 0;
    const facts: Facts = {
      asOf: '2026-01-01',
      get: (): FactState => {
        asked++;
        return { kind: 'known', value: true };
      },
    };
    const program = new Program();
    const answers = new Answers(program, facts);
    const leaf: Criterion = { fact: 'a.yes', is: true };
    for (const rule of [leaf, { all: [leaf, leaf] }, { any: [{ not: leaf }, leaf] }]) answers.verdict(program.question(rule));
    expect(asked).toBe(1);
  });

  it('presumes a value only where nothing is known', () => {
    const program = new Program();
    const rule: Criterion = { fact: 'a.yes', is: true };
    const presumed = program.question(rule, { name: 'yes', value: (id) => (id === 'a.yes' ? true : undefined) });
    const said = (known: Parameters<typeof factsFrom>[0]): string => new Answers(program, factsFrom(known)).verdict(presumed);
    expect(said({})).toBe('true');
    expect(said({ 'a.yes': false })).toBe('false');
    expect(new Answers(program, factsFrom({})).verdict(program.question(rule))).toBe('unknown');
  });
});
