/** Small made-up catalogue and facts for the tests beside the code. */
import fc from 'fast-check';
import type { FactDefinition } from './case/catalogue.js';
import { type FactState, type Facts, NOT_RECORDED } from './case/facts.js';
import type { CaseRecord } from './case/record.js';
import type { Criterion, FactId } from './criteria/expression.js';

type Short = Partial<FactDefinition> & Pick<FactDefinition, 'id' | 'type'>;

/** A definition with everything that a test does not care about filled in. */
export function define(short: Short): FactDefinition {
  return {
    label: short.id,
    patient: { label: short.id, question: `${short.id}?`, where: 'letter' },
    cost: 'question',
    learnedBy: [],
    ...short,
  };
}

const code = (ids: readonly string[]): NonNullable<FactDefinition['values']> => ids.map((id) => ({ id, label: id, patient: id }));

export const SMALL: readonly FactDefinition[] = [
  define({ id: 'a.yes', type: 'boolean' }),
  define({ id: 'b.yes', type: 'boolean' }),
  define({ id: 'c.code', type: 'code', values: code(['x', 'y', 'z']) }),
  define({ id: 'd.number', type: 'number', unit: 'mm', range: { min: 0, max: 10 } }),
  define({ id: 'e.integer', type: 'integer', unit: '1', range: { min: 0, max: 6 } }),
];

export const SMALL_CATALOGUE: ReadonlyMap<FactId, FactDefinition> = new Map(SMALL.map((fact) => [fact.id, fact]));

/** Facts given as values; everything else is unknown. */
export function factsFrom(values: Readonly<Record<FactId, boolean | number | string | undefined>>): Facts {
  return {
    asOf: '2026-01-01',
    get: (id): FactState => {
      const value = values[id];
      return value === undefined ? NOT_RECORDED : { kind: 'known', value };
    },
  };
}

export function emptyRecord(extra: Partial<CaseRecord> = {}): CaseRecord {
  return { schema: 'serosa.case/1', id: 'test', observations: [], treatments: [], stages: [], ...extra };
}

/** Values that stand for every class of every small fact: thresholds in tests are whole numbers. */
export const COMPLETIONS: Readonly<Record<FactId, readonly (boolean | number | string)[]>> = {
  'a.yes': [true, false],
  'b.yes': [true, false],
  'c.code': ['x', 'y', 'z'],
  'd.number': [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 10],
  'e.integer': [0, 1, 2, 3, 4, 5, 6],
};

/** Every way in which the unknown facts can turn out. */
export function* completions(
  known: Readonly<Record<FactId, boolean | number | string | undefined>>,
): Generator<Record<FactId, boolean | number | string>> {
  const ids = Object.keys(COMPLETIONS);
  const go = function* (
    index: number,
    sofar: Record<FactId, boolean | number | string>,
  ): Generator<Record<FactId, boolean | number | string>> {
    const id = ids[index];
    if (id === undefined) {
      yield { ...sofar };
      return;
    }
    const given = known[id];
    for (const value of given === undefined ? (COMPLETIONS[id] ?? []) : [given]) yield* go(index + 1, { ...sofar, [id]: value });
  };
  yield* go(0, {});
}

const bound = fc.integer({ min: 0, max: 4 });

const leaf: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record({ fact: fc.constantFrom('a.yes', 'b.yes'), is: fc.boolean() }),
  fc.record({ fact: fc.constant('c.code'), is: fc.constantFrom('x', 'y', 'z') }),
  fc.record({ fact: fc.constant('c.code'), in: fc.subarray(['x', 'y', 'z'], { minLength: 1 }) }),
  fc
    .tuple(fc.constantFrom('d.number', 'e.integer'), fc.constantFrom('lt', 'lte', 'gt', 'gte'), bound)
    .map(([fact, op, value]) => ({ fact, [op]: value })),
);

/** Random criteria over the small catalogue. */
export const criterion: fc.Arbitrary<Criterion> = fc.letrec<{ node: Criterion }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('node').map((not) => ({ not })),
    fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
      .map(([atLeast, of]) => ({ atLeast, of })),
  ),
})).node;

/** Random partly known facts. */
export const partialFacts: fc.Arbitrary<Record<FactId, boolean | number | string | undefined>> = fc.record({
  'a.yes': fc.option(fc.boolean(), { nil: undefined }),
  'b.yes': fc.option(fc.boolean(), { nil: undefined }),
  'c.code': fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
  'd.number': fc.option(fc.constantFrom(0, 1, 1.5, 2, 3, 4, 10), { nil: undefined }),
  'e.integer': fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
});
