/** The patients of the gold standard as cases: nothing is lost on the way, and nothing is made up. */
import { factsOfCase, type Snapshot } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { loadTestGuide } from './guide.js';
import { GOLD_AS_OF, goldCases, HAS_GOLD, MAPPED, readGold, readingsOf, UNMAPPED } from './trials-gold.js';

if (!HAS_GOLD) console.warn('Skipped: ../shared/trials-gold.json is absent.');

describe.skipIf(!HAS_GOLD)('patients of the trial gold standard', async () => {
  const gold = HAS_GOLD ? readGold() : { facts: {}, patients: [], trials: [], expected: [] };
  const guide = await loadTestGuide();
  const cases = HAS_GOLD ? goldCases(guide) : [];
  const snapshots = new Map(cases.map(({ id, record }): [string, Snapshot] => [id, factsOfCase(guide, record, GOLD_AS_OF)]));

  const value = (patient: string, fact: string): unknown => {
    const state = snapshots.get(patient)?.get(fact);
    return state?.kind === 'known' ? state.value : state?.kind;
  };

  it('has a reading or a reason for every fact that the file defines, and for no other', () => {
    expect([...new Set([...Object.keys(MAPPED), ...Object.keys(UNMAPPED)])].sort()).toEqual(Object.keys(gold.facts).sort());
  });

  it.each(gold.patients)('$id: every fact is read or has its reason', ({ facts }) => {
    const lost = Object.keys(facts).filter((name) => Object.keys(readingsOf(name, facts)).length === 0);
    expect(lost.filter((name) => UNMAPPED[name] === undefined)).toEqual([]);
  });

  it.each(cases)('$id: every reading is known on the day', ({ id, record }) => {
    for (const reading of record.observations)
      expect([reading.fact, value(id, reading.fact)]).toEqual([reading.fact, reading.value]);
  });

  it.each(gold.patients)('$id: every treatment is kept with its days', ({ id, facts }) => {
    const kept = cases.find((one) => one.id === id)?.record.treatments ?? [];
    const days = kept.map(
      (event) => (Date.parse(GOLD_AS_OF) - Date.parse((event.kind !== 'procedure' && event.end) || '')) / 86_400_000,
    );
    expect(days).toEqual((facts.therapies ?? []).map((therapy) => therapy.ended_days_ago));
  });

  it.each([
    // Units.
    ['S01', 'lab.haemoglobin', 121],
    ['S01', 'lab.creatinine', 79.578],
    ['S01', 'lab.albumin', 38],
    ['S01', 'lab.bilirubin', 11.97],
    // Worked out where it is not given: (140 - 71) x 70 / (72 x 1.1).
    ['S02', 'lab.creatinine-clearance', expect.closeTo(60.98, 2)],
    ['S02', 'lab.hiv', 'unknown'],
    ['S02', 'organ.qtcf', 'unknown'],
    // Treatments.
    ['S01', 'prior.systemic', false],
    ['S01', 'prior.tead-inhibitor', false],
    ['S01', 'prior.progressed-on-chemotherapy', false],
    ['S03', 'prior.lines-systemic', 2],
    ['S03', 'prior.days-since-chemotherapy', 420],
    ['S03', 'prior.days-since-checkpoint-inhibitor', 60],
    ['S03', 'prior.progressed-on-chemotherapy', true],
    ['S03', 'prior.progressed-on-checkpoint-inhibitor', true],
    ['S03', 'prior.taxane', false],
    ['S04', 'prior.progressed-on-chemotherapy', false],
    ['S04', 'prior.days-since-systemic', 50],
    ['S12', 'prior.days-since-radiotherapy', 84],
    ['S14', 'prior.progressed-on-checkpoint-inhibitor', true],
    // What follows.
    ['S01', 'extent.measurable', true],
    ['S01', 'extent.brain-metastases', 'none'],
    ['S01', 'extent.brain-symptomatic', false],
    ['S01', 'comorbid.other-cancer-active', false],
    ['S01', 'comorbid.cannot-swallow', false],
    ['S01', 'person.life-expectancy', 'over-12-weeks'],
    ['S05', 'person.life-expectancy', '4-12-weeks'],
    // A letter that says little leaves the rest open.
    ['S08', 'tumour.mesothelioma', 'unknown'],
    ['S08', 'prior.systemic', 'unknown'],
    ['S08', 'prior.tead-inhibitor', 'unknown'],
    ['S08', 'extent.measurable', 'unknown'],
    ['S12', 'marker.mtap', 'unknown'],
  ])('%s: %s is %s', (patient, fact, expected) => {
    expect(value(patient, fact)).toEqual(expected);
  });
});
