/** No dead rule: for every row that was read there is a case in which it speaks. */
import {
  type Criterion,
  type Example,
  type FactTest,
  factsOfCase,
  type Recommendation,
  type Snapshot,
  type TestStep,
  verdictOf,
} from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide, stated } from './guide.js';

type Value = boolean | number | string;
type Assignment = ReadonlyMap<string, Value>;

const guide = await loadTestGuide();
const EVERYBODY: Criterion = { all: [] };

/** Assignments that make a criterion true (or false), tried one after the other; facts already given are kept. */
function* solve(criterion: Criterion, wanted: boolean, given: Assignment): Generator<Assignment> {
  if ('judge' in criterion) yield given;
  else if ('fact' in criterion) {
    const known = given.get(criterion.fact);
    for (const value of known === undefined ? candidates(criterion) : [known]) {
      const holds = verdictOf(criterion, { asOf: AS_OF, get: () => ({ kind: 'known', value }) }) === 'true';
      if (holds === wanted) yield new Map([...given, [criterion.fact, value]]);
    }
  } else if ('not' in criterion) yield* solve(criterion.not, !wanted, given);
  else if ('atLeast' in criterion) {
    if (wanted) yield* together(criterion.of.slice(0, criterion.atLeast), true, given);
    else yield* together(criterion.of, false, given);
  } else {
    const parts = 'all' in criterion ? criterion.all : criterion.any;
    if ('all' in criterion === wanted) yield* together(parts, wanted, given);
    else for (const part of parts) yield* solve(part, wanted, given);
  }
}

function* together(parts: readonly Criterion[], wanted: boolean, given: Assignment): Generator<Assignment> {
  const [first, ...rest] = parts;
  if (first === undefined) yield given;
  else for (const one of solve(first, wanted, given)) yield* together(rest, wanted, one);
}

/** Values of a fact on each side of what a test asks. */
function candidates(test: FactTest): readonly Value[] {
  const definition = guide.catalogue.get(test.fact);
  if (definition?.type === 'boolean') return [true, false];
  if (definition?.values) return definition.values.map((value) => value.id);
  const cuts = [test.is, test.lt, test.lte, test.gt, test.gte].filter((cut) => typeof cut === 'number');
  const { min = -1e9, max = 1e9 } = definition?.range ?? {};
  const step = definition?.type === 'integer' ? 1 : 0.5;
  return cuts.flatMap((cut) => [cut, cut - step, cut + step]).filter((value) => value >= min && value <= max);
}

/** A case with these facts; a stage is stated as a letter states it, since the engine works stages out. */
function snapshotOf(assignment: Assignment): Snapshot {
  const values: Record<string, Value> = {};
  const stages = new Map<string, Record<string, string>>();
  for (const [fact, value] of assignment) {
    const match = /^stage\.pleura\.tnm([89])\.(clinical|pathological)\.(T|N|M|group)$/.exec(fact);
    if (!match) values[fact] = value;
    else {
      const [, edition = '', basis = '', category = ''] = match;
      const key = `${edition} ${basis}`;
      stages.set(key, { ...stages.get(key), [category]: String(value) });
    }
  }
  const record = caseOf(values, {
    stages: [...stages].map(([key, said]) => {
      const [edition, basis] = key.split(' ') as ['8' | '9', 'clinical' | 'pathological'];
      return stated({ edition, basis, ...said });
    }),
  });
  return factsOfCase(guide, record, AS_OF);
}

/**
 * Whether some case makes all conditions hold together, a person's judgement being left to the person: one of the examples, or
 * one that is put together from the conditions.
 */
function reachable(conditions: readonly Criterion[], examples: readonly Example[] = []): boolean {
  const speaks = (facts: Snapshot): boolean =>
    conditions.every((condition) => ['true', 'judgement'].includes(facts.verdict(condition)));
  if (examples.some((example) => speaks(snapshotOf(new Map(Object.entries(example.facts)))))) return true;
  let tries = 0;
  for (const assignment of together(conditions, true, new Map())) {
    if (speaks(snapshotOf(assignment))) return true;
    if (++tries === 400) return false;
  }
  return false;
}

const regionOf = (row: Recommendation | TestStep): Criterion =>
  row.regions ? { fact: 'person.region', in: row.regions } : EVERYBODY;
const primary = (sites: readonly string[]): Criterion => ({ fact: 'tumour.primary-site', in: sites });

describe('every rule speaks for some case', () => {
  it.each(guide.bundle.treatments.map((treatment) => [treatment.id, treatment] as const))('treatment %s', (_id, treatment) => {
    const dead = [
      ...treatment.recommendations
        .filter((row) => row.evidence.status === 'read')
        .filter((row) => !reachable([treatment.appliesWhen, row.when ?? EVERYBODY, regionOf(row)]))
        .map((row) => row.id),
      ...treatment.limits.filter((limit) => !reachable([treatment.appliesWhen, limit.when])).map((limit) => limit.id),
    ];
    expect(dead).toEqual([]);
  });

  it.each(guide.bundle.tests.map((test) => [test.id, test] as const))('test %s', (_id, test) => {
    const own = [test.appliesWhen ?? EVERYBODY, primary(test.primary)];
    const dead = [
      ...test.steps
        .filter((step) => step.evidence.status === 'read' && !reachable([...own, step.when ?? EVERYBODY, regionOf(step)]))
        .map((step) => step.id),
      ...test.caveats
        .filter((caveat) => !reachable([primary(test.primary), caveat.when ?? EVERYBODY]))
        .map((caveat) => caveat.id),
    ];
    expect(dead).toEqual([]);
  });

  it.each(guide.bundle.symptoms.map((symptom) => [symptom.id, symptom] as const))('symptom %s', (_id, symptom) => {
    const dead = symptom.levels.filter((level) => !reachable([symptom.trigger, level.when ?? EVERYBODY]));
    expect(dead.map((level) => level.urgency)).toEqual([]);
  });

  it('factors, published survival, players of spread', () => {
    const dead = [
      ...guide.bundle.factors.flatMap((factor) =>
        factor.levels
          .filter((level) => !reachable([primary(factor.primary), level.when]))
          .map((level) => `${factor.id} ${level.id}`),
      ),
      ...guide.bundle.survival.flatMap((table) =>
        table.rows
          .filter((row) => !reachable([primary(table.primary), row.when], table.examples))
          .map((row) => `${table.id} ${row.id}`),
      ),
      ...guide.bundle.cascade.flatMap((step) =>
        step.players.filter((player) => !reachable([player.when ?? EVERYBODY])).map((player) => `${step.id} ${player.id}`),
      ),
    ];
    expect(dead).toEqual([]);
  });
});
