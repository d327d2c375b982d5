/** The reading of eligibility on real registry records: they lie beside the repository, and are skipped with a message when absent. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { conditionFit, factsOfCase, matchTrial, type Trial } from '@serosa/core';
import { readEligibility, readTrials } from '@serosa/interop';
import { describe, expect, it } from 'vitest';
import { loadTestGuide, ROOT } from './guide.js';
import { GOLD_AS_OF, goldCases, HAS_GOLD, readGold } from './trials-gold.js';

const FOLDER = path.join(ROOT, '../shared/trials-raw');
const HAS_RECORDS = existsSync(FOLDER);
if (!HAS_RECORDS) console.warn('Skipped: ../shared/trials-raw is absent.');

function records(): readonly Trial[] {
  const files = [...readdirSync(FOLDER).filter((name) => /^NCT\d+\.(json|xml)$/.test(name)), 'format-v2/studies-page.json'];
  return files
    .flatMap((name) => readTrials(readFileSync(path.join(FOLDER, name)), { fileName: name }).trials)
    .map(readEligibility);
}

describe.skipIf(!HAS_RECORDS)('real records', async () => {
  const trials = HAS_RECORDS ? records() : [];
  const guide = await loadTestGuide();

  it('have criteria that stand where their spans say', () => {
    for (const trial of trials)
      for (const { id, span, text } of trial.criteria) {
        if (span === undefined) continue;
        const words = trial.eligibility.text?.slice(...span).match(/[A-Za-z]{4,}/g) ?? [];
        expect(
          words.slice(0, 3).every((word) => text.includes(word)),
          `${trial.id} ${id}`,
        ).toBe(true);
      }
  });

  it('are read in seven of ten of their criteria, and never without a single one', () => {
    const all = trials.flatMap(({ criteria }) => criteria);
    const read = all.filter(({ kind }) => kind !== 'judgement').length;
    expect(read / all.length).toBeGreaterThan(0.7);
    for (const { id, criteria, eligibility } of trials) if (eligibility.text) expect(criteria.length, id).toBeGreaterThan(0);
  });

  // Each of these readings was held against the registry's words by a person, and was right. A change of one has to be checked again,
  // and its new print put into the file.
  it('are read as they were when a person checked them', () => {
    const checked = JSON.parse(readFileSync(path.join(ROOT, 'tests/trials/checked-readings.json'), 'utf8')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const prints = new Map(
      trials.flatMap((trial) =>
        trial.criteria.map(({ id, text, requires }) => {
          const print = createHash('sha256')
            .update(`${text}\n${JSON.stringify(requires)}`)
            .digest('hex')
            .slice(0, 12);
          return [`${trial.id} ${id}`, print] as const;
        }),
      ),
    );
    const all = Object.entries(checked).flatMap(([trial, readings]) =>
      Object.entries(readings).map(([id, print]) => ({ at: `${trial} ${id}`, print })),
    );
    expect(all.length).toBeGreaterThanOrEqual(500);
    expect(all.filter(({ at, print }) => prints.get(at) !== print).map(({ at }) => at)).toEqual([]);
  });

  it('take mesothelioma by name, as one of many tumours, or not', () => {
    const fitOf = (id: string) => conditionFit(trials.find((trial) => trial.id === id) as Trial);
    expect([fitOf('NCT04334759'), fitOf('NCT06810544'), fitOf('NCT01253681'), fitOf('NCT05052671')]).toEqual([
      'named',
      'basket',
      'other',
      'other',
    ]);
  });

  describe.skipIf(!HAS_GOLD)('beside the verdicts of the gold standard', () => {
    const gold = HAS_GOLD ? readGold() : { facts: {}, patients: [], trials: [], expected: [] };
    const pairs = gold.expected.map((expected) => ({ ...expected, name: `${expected.trial} for ${expected.patient}` }));
    const cases = new Map((HAS_GOLD ? goldCases(guide) : []).map(({ id, record }) => [id, record]));
    const verdictOf = (trial: string, patient: string): string => {
      const record = cases.get(patient);
      if (record === undefined) throw new Error(`no case ${patient}`);
      const facts = factsOfCase(guide, record, GOLD_AS_OF);
      return matchTrial(trials.find(({ id }) => id === trial) as Trial, facts, guide.catalogue).verdict;
    };

    it.each(pairs)('the machine alone never contradicts $name', ({ trial, patient, verdict }) => {
      const ours = verdictOf(trial, patient);
      // Leaving it open is always allowed: what was not read is for a person.
      expect(['undetermined', verdict]).toContain(ours);
    });

    it('and says the same in more than half of the pairs', () => {
      const same = pairs.filter(({ trial, patient, verdict }) => verdictOf(trial, patient) === verdict).length;
      expect(same).toBeGreaterThan(pairs.length / 2);
    });
  });
});
