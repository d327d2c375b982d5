import { describe, expect, it } from 'vitest';
import { snapshot, snapshotContext } from '../case/snapshot.js';
import { define, emptyRecord } from '../testing.js';
import { conditionFit, distanceBetween, matchTrial, matchTrials, type TrialMatch } from './match.js';
import type { Trial, TrialCriterion } from './trial.js';

const CATALOGUE = new Map(
  [
    define({ id: 'tumour.mesothelioma', type: 'boolean' }),
    define({ id: 'person.age', type: 'integer' }),
    define({ id: 'person.ecog', type: 'integer' }),
  ].map((fact) => [fact.id, fact] as const),
);
const CONTEXT = snapshotContext(CATALOGUE);
const factsOf = (values: Record<string, boolean | number>) =>
  snapshot(
    emptyRecord({
      date: '2026-01-01',
      observations: Object.entries(values).map(([fact, value]) => ({ fact, value, origin: { kind: 'file' } })),
    }),
    '2026-01-01',
    CONTEXT,
  );

const ADULT: TrialCriterion = {
  id: 'I1',
  side: 'inclusion',
  text: 'Adults',
  kind: 'rule',
  requires: { fact: 'person.age', gte: 18 },
};
const FIT: TrialCriterion = {
  id: 'I2',
  side: 'inclusion',
  text: 'ECOG 0-1',
  kind: 'rule',
  requires: { fact: 'person.ecog', lte: 1 },
};
const CONSENT: TrialCriterion = {
  id: 'I3',
  side: 'inclusion',
  text: 'Consent',
  kind: 'procedural',
  requires: { judge: { clinician: 'Consent', patient: 'Consent' } },
};
const JUDGED: TrialCriterion = { ...CONSENT, id: 'I4', kind: 'judgement', text: 'Adequate reserve' };

const trial = (id: string, criteria: readonly TrialCriterion[], extra: Partial<Trial> = {}): Trial => ({
  id,
  aliases: [],
  title: `Trial ${id} in mesothelioma`,
  status: 'RECRUITING',
  phases: ['PHASE2'],
  conditions: ['Mesothelioma'],
  keywords: [],
  interventions: [],
  arms: [],
  eligibility: { text: 'text' },
  contacts: [],
  sites: [],
  criteria,
  ...extra,
});
const match = (one: Trial, values: Record<string, boolean | number>): TrialMatch => matchTrial(one, factsOf(values), CATALOGUE);

describe('the verdict of a trial', () => {
  it.each([
    ['every rule met, consent left to the site', [ADULT, FIT, CONSENT], { 'person.age': 60, 'person.ecog': 1 }, 'eligible'],
    ['a point that only a person can judge', [ADULT, JUDGED], { 'person.age': 60 }, 'undetermined'],
    ['a missing fact', [ADULT, FIT], { 'person.age': 60 }, 'undetermined'],
    ['one criterion failed, whatever is missing', [ADULT, FIT, JUDGED], { 'person.age': 12 }, 'ineligible'],
  ] as const)('%s', (_, criteria, values, verdict) => {
    expect(match(trial('NCT1', criteria), values).verdict).toBe(verdict);
  });

  it('names the criterion that closes it and the facts that are missing', () => {
    const closed = match(trial('NCT1', [ADULT, FIT]), { 'person.age': 12 });
    expect([closed.deciding, closed.missing.map(({ id }) => id)]).toEqual(['I1', ['person.ecog']]);
    expect(closed.criteria.map(({ verdict }) => verdict)).toEqual(['failed', 'unknown']);
  });

  it.each([
    ['no criteria at all', trial('NCT1', []), 'no-criteria'],
    ['a text that was cut off', trial('NCT1', [ADULT], { eligibility: { text: 'x', truncated: true } }), 'cut-off'],
    ['key criteria only', trial('NCT1', [ADULT], { eligibility: { text: 'Key Inclusion Criteria: ...' } }), 'key-criteria-only'],
  ] as const)('calls nothing eligible by %s', (_, one, incomplete) => {
    expect(match(one, { 'person.age': 60 })).toMatchObject({ verdict: 'undetermined', incomplete });
  });

  it('is closed only when every part is', () => {
    const parts = [
      ADULT,
      { ...FIT, scope: 'Part A' },
      { ...FIT, id: 'I5', scope: 'Part B', requires: { fact: 'person.ecog', lte: 2 } },
    ];
    const found = match(trial('NCT1', parts), { 'person.age': 60, 'person.ecog': 2 });
    expect([found.verdict, found.scope]).toEqual(['eligible', 'Part B']);
    expect(match(trial('NCT1', parts), { 'person.age': 60, 'person.ecog': 3 }).verdict).toBe('ineligible');
  });

  it('lets people join outside a part that only excludes', () => {
    const found = match(trial('NCT1', [ADULT, { ...FIT, side: 'exclusion', scope: 'Cohort B' }]), {
      'person.age': 60,
      'person.ecog': 3,
    });
    expect([found.verdict, found.scope]).toEqual(['eligible', undefined]);
  });
});

describe('a criterion of several parts', () => {
  const LOOSE = { ...FIT, id: 'I6', scope: 'ModA Part 2', requires: { fact: 'person.age', gte: 40 } } as const;
  it('closes each of them', () => {
    const parts = [{ ...FIT, scope: 'ModA Part 1 and 2' }, { ...ADULT, scope: 'ModA Part 1' }, LOOSE];
    expect(match(trial('NCT1', parts), { 'person.age': 60, 'person.ecog': 3 }).verdict).toBe('ineligible');
    expect(match(trial('NCT1', parts), { 'person.age': 30, 'person.ecog': 1 })).toMatchObject({
      verdict: 'eligible',
      scope: 'ModA Part 1',
    });
  });

  it('of one part alone closes no other, and makes none eligible', () => {
    const one = trial('NCT1', [ADULT, { ...FIT, scope: 'Expansion' }]);
    expect(match(one, { 'person.age': 60, 'person.ecog': 3 })).toMatchObject({ verdict: 'undetermined' });
    expect(match(one, { 'person.age': 60, 'person.ecog': 1 })).toMatchObject({ verdict: 'eligible', scope: 'Expansion' });
  });
});

describe('whether a trial is for the disease', () => {
  const meso: TrialCriterion = { ...ADULT, requires: { fact: 'tumour.mesothelioma', is: true } };
  it.each([
    ['by name', trial('NCT1', [ADULT]), 'named'],
    ['by a criterion', trial('NCT1', [meso], { title: 'A drug', conditions: ['Advanced tumours'] }), 'basket'],
    ['as a solid tumour', trial('NCT1', [ADULT], { title: 'A drug in solid tumors', conditions: ['Solid Tumor'] }), 'basket'],
    [
      'not, when it asks for another tumour',
      trial('NCT1', [{ ...meso, requires: { not: meso.requires } }], { title: 'Lung', conditions: ['NSCLC'] }),
      'other',
    ],
    ['not, when it is for another illness', trial('NCT1', [ADULT], { title: 'Asthma', conditions: ['Asthma'] }), 'other'],
  ] as const)('%s', (_, one, fit) => {
    expect(conditionFit(one)).toBe(fit);
  });
});

describe('the order of trials', () => {
  const values = { 'person.age': 60 };
  const order = (trials: readonly Trial[]): readonly string[] =>
    matchTrials(trials, factsOf(values), CATALOGUE).map(({ id }) => id);

  it('never puts a trial for something else above one for this disease', () => {
    const asthma = trial('NCT1', [ADULT], { title: 'Asthma', conditions: ['Asthma'] });
    const closed = trial('NCT2', [{ ...ADULT, requires: { fact: 'person.age', lt: 18 } }], { status: 'COMPLETED' });
    expect(order([asthma, closed])).toEqual(['NCT2', 'NCT1']);
  });

  it('puts open before closed, and few open questions before many', () => {
    const done = trial('NCT1', [ADULT], { status: 'COMPLETED' });
    const many = trial('NCT2', [ADULT, FIT, JUDGED]);
    const few = trial('NCT3', [ADULT, FIT]);
    expect(order([done, many, few])).toEqual(['NCT3', 'NCT2', 'NCT1']);
  });
});

describe('filters', () => {
  const site = (country: string, lat: number, lon: number) => ({
    country,
    lat,
    lon,
    status: 'RECRUITING' as const,
    contacts: [],
  });
  const near = trial('NCT1', [ADULT], { sites: [site('France', 48.86, 2.35)] });
  const far = trial('NCT2', [ADULT], { sites: [site('Australia', -33.87, 151.21)], phases: ['PHASE1'] });
  const ids = (filters: Parameters<typeof matchTrials>[3]): readonly string[] =>
    matchTrials([far, near], factsOf({ 'person.age': 60 }), CATALOGUE, filters).map(({ id }) => id);

  it('keep what is near, in a country, of a phase, or taking people', () => {
    const paris = { lat: 48.9, lon: 2.3 };
    expect(ids({ near: paris })).toEqual(['NCT1', 'NCT2']);
    expect(ids({ near: { ...paris, within: 100 } })).toEqual(['NCT1']);
    expect(ids({ country: 'australia' })).toEqual(['NCT2']);
    expect(ids({ phases: ['PHASE1'] })).toEqual(['NCT2']);
    expect(ids({ statuses: ['COMPLETED'] })).toEqual([]);
  });

  it('measure along the great circle', () => {
    // Paris to Sydney; about 16,960 km by any geodesic calculator.
    expect(distanceBetween({ lat: 48.8566, lon: 2.3522 }, { lat: -33.8688, lon: 151.2093 })).toBeCloseTo(16960, -2);
  });
});
