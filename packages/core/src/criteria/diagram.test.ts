import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completions, criterion, factsFrom, partialFacts, SMALL_CATALOGUE } from '../testing.js';
import { compileDiagram, type Diagram, type OutcomeSet, type Target } from './diagram.js';
import { verdictOf } from './evaluate.js';
import type { Criterion } from './expression.js';

const target = fc
  .array(fc.tuple(criterion, fc.constantFrom('one', 'two', 'three')), { minLength: 1, maxLength: 3 })
  .map((lines): Target => ({ name: 't', lines: lines.map(([when, then]) => ({ when, then })), else: 'other' }));

const decode = (diagram: Diagram, set: OutcomeSet): ReadonlySet<string> =>
  new Set(diagram.outcomes.filter((_, index) => ((set[index >> 5] as number) >>> (index & 31)) & 1).map((row) => row.join('|')));

/** The slow and obvious way: walk every world. */
function brute(
  targets: readonly Target[],
  constraint: Criterion,
  known: Record<string, boolean | number | string | undefined>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const world of completions(known)) {
    const facts = factsFrom(world);
    if (verdictOf(constraint, facts) !== 'true') continue;
    found.add(targets.map((t) => t.lines.find((line) => verdictOf(line.when, facts) === 'true')?.then ?? t.else).join('|'));
  }
  return found;
}

describe('possible outcomes', () => {
  it('are exactly those that some completion reaches: sound and tight', () => {
    fc.assert(
      fc.property(fc.array(target, { minLength: 1, maxLength: 2 }), criterion, partialFacts, (targets, constraint, known) => {
        const diagram = compileDiagram(targets, [constraint], SMALL_CATALOGUE);
        const facts = factsFrom(known);
        expect(decode(diagram, diagram.possible((id) => facts.get(id)).possible)).toEqual(brute(targets, constraint, known));
      }),
      { numRuns: 150 },
    );
  });

  it('tell what each answer of a missing fact would leave', () => {
    fc.assert(
      fc.property(target, partialFacts, (list, known) => {
        const diagram = compileDiagram([list], [], SMALL_CATALOGUE);
        const facts = factsFrom(known);
        const { given } = diagram.possible((id) => facts.get(id));
        for (const entry of given) {
          if (entry.fact === 'd.number' || entry.fact === 'e.integer') continue;
          const value = entry.answer === 'true' ? true : entry.answer === 'false' ? false : entry.answer;
          const expected = brute([list], { all: [] }, { ...known, [entry.fact]: value });
          expect(decode(diagram, entry.possible)).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('see that two conditions share a missing fact, which Kleene alone does not', () => {
    const a: Criterion = { fact: 'a.yes', is: true };
    const diagram = compileDiagram(
      [{ name: 't', lines: [{ when: { any: [a, { not: a }] }, then: 'one' }], else: 'other' }],
      [],
      SMALL_CATALOGUE,
    );
    expect(decode(diagram, diagram.possible(() => ({ kind: 'unknown', reason: 'not-recorded' })).possible)).toEqual(
      new Set(['one']),
    );
    expect(verdictOf({ any: [a, { not: a }] }, factsFrom({}))).toBe('unknown');
  });

  it('take a number that is only bounded', () => {
    const diagram = compileDiagram(
      [
        {
          name: 't',
          lines: [
            { when: { fact: 'd.number', gt: 3 }, then: 'big' },
            { when: { fact: 'd.number', gt: 1 }, then: 'middle' },
          ],
          else: 'small',
        },
      ],
      [],
      SMALL_CATALOGUE,
    );
    const outcomes = (min: number, max: number): readonly string[] =>
      [...decode(diagram, diagram.possible(() => ({ kind: 'between', min, max, from: [] })).possible)].sort();
    expect(outcomes(0, 10)).toEqual(['big', 'middle', 'small']);
    expect(outcomes(2, 10)).toEqual(['big', 'middle']);
    expect(outcomes(3, 3)).toEqual(['middle']);
    expect(outcomes(3.1, 9)).toEqual(['big']);
    expect(outcomes(0, 1)).toEqual(['small']);
  });
});
