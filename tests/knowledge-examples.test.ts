/** Every rule file carries cases with what must come out: run here, one by one. */
import {
  type Example,
  factsOfCase,
  type Guide,
  levelOf,
  optionFinding,
  optionVerdict,
  rowsOf,
  type Score,
  scoreApplies,
  scoreOf,
  stageOf,
  testFinding,
  testVerdict,
  urgencyOf,
  waitingFindings,
} from '@serosa/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide } from './guide.js';

const guide: Guide = await loadTestGuide();
beforeAll(() => expect(guide.bundle.treatments.length).toBeGreaterThan(0));

const facts = (example: Example, site?: string) =>
  factsOfCase(guide, caseOf({ ...(site ? { 'tumour.primary-site': site } : {}), ...example.facts }), AS_OF);

describe.each(guide.bundle.staging.filter((system) => system.examples.length > 0))('staging $id', (system) => {
  it.each(system.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const result = stageOf(facts(example, system.primary), guide.staging);
    for (const [basis, sets] of Object.entries(example.expect)) {
      const found = result?.bases.find((part) => part.basis === basis)?.systems[system.key as string];
      expect(found).toMatchObject(sets as object);
    }
  });
});

function scored(score: Score, example: Example): Record<string, unknown> {
  const result = scoreOf(score, facts(example, score.primary[0]));
  return {
    group: result.groups.length === 1 ? result.groups[0]?.id : undefined,
    groups: result.groups.map((group) => group.id),
    points: result.points && result.points[0] === result.points[1] ? result.points[0] : result.points,
    missing: result.missing,
    applies: scoreApplies(score, facts(example, score.primary[0])),
  };
}

describe.each(guide.bundle.scores)('score $id', (score) => {
  it.each(score.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const found = scored(score, example);
    for (const [key, value] of Object.entries(example.expect)) {
      if (key === 'missing') expect(found['missing']).toEqual(expect.arrayContaining(value as string[]));
      else expect(found[key]).toEqual(value);
    }
  });
});

describe.each(guide.bundle.treatments)('treatment $id', (treatment) => {
  it.each(treatment.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const snapshot = facts(example);
    expect(optionVerdict(treatment, snapshot)).toBe(example.expect['verdict']);
    const finding =
      optionFinding(treatment, snapshot, guide.catalogue) ?? waitingFindings([treatment], snapshot, guide.catalogue)[0];
    const missing = finding?.missing.map((fact) => fact.id) ?? [];
    if (example.expect['missing']) expect(missing).toEqual(expect.arrayContaining(example.expect['missing'] as string[]));
  });
});

describe.each(guide.bundle.symptoms)('symptom $id', (symptom) => {
  it.each(symptom.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    expect(urgencyOf(symptom, facts(example))?.urgency ?? 'none').toBe(example.expect['urgency']);
  });
});

describe.each(guide.bundle.factors)('factor $id', (factor) => {
  it.each(factor.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    expect(levelOf(factor, facts(example)).level).toBe(example.expect['level']);
  });
});

describe.each(guide.bundle.tests)('test $id', (test) => {
  it.each(test.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    const snapshot = facts(example);
    expect(testVerdict(test, snapshot)).toBe(example.expect['verdict']);
    const missing = testFinding(test, snapshot, guide.catalogue)?.missing.map((fact) => fact.id) ?? [];
    if (example.expect['missing']) expect(missing).toEqual(expect.arrayContaining(example.expect['missing'] as string[]));
  });
});

describe.each(guide.bundle.survival)('survival $id', (table) => {
  it.each(table.examples.map((example) => [example.title, example] as const))('%s', (_title, example) => {
    expect(rowsOf(table, facts(example)).map((row) => row.id)).toEqual(example.expect['rows']);
  });
});
