/** Matching against the hand-made gold standard: with and without the curated readings, no verdict may contradict it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  applyOverrides,
  type CriterionOverride,
  factsOfCase,
  matchTrial,
  normalisedText,
  type Trial,
  type TrialMatch,
  type UnplacedOverride,
} from '@serosa/core';
import { readEligibility, readTrials } from '@serosa/interop';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';
import { describe, expect, it } from 'vitest';
import { loadTestGuide, ROOT, SHARED } from './guide.js';
import { GOLD_AS_OF, goldCases, HAS_GOLD, readGold } from './trials-gold.js';

const RECORDS = path.join(SHARED, 'trials-raw');
const HAS_RECORDS = HAS_GOLD && existsSync(RECORDS);
if (!HAS_RECORDS) console.warn('Skipped: ../shared/trials-gold.json or ../shared/trials-raw is absent.');

/** Pairs that the gold standard calls eligible and we leave open, and why a person has to decide. */
const ARGUED: Readonly<Record<string, string>> = {
  'NCT02798536 S03':
    'The record asks for the oxygen saturation while walking; the fact is measured at rest, and walking lowers it.',
  'NCT04334759 S13':
    'Hepatitis B "past or treated" does not tell resolved from suppressed, and autoimmune thyroid disease "controlled" does not ' +
    'tell a replaced hypothyroidism from a Graves disease that came to rest.',
  'NCT05703854 S06':
    'Whether the antiretroviral drugs go with the lymphodepletion is for the trial team to say: no fact holds it.',
};

interface Curated {
  readonly read: Trial;
  readonly trial: Trial;
  readonly textHash: string;
  readonly overrides: readonly CriterionOverride[];
  readonly unplaced: readonly UnplacedOverride[];
}

interface Pair {
  readonly name: string;
  readonly gold: TrialMatch['verdict'];
  readonly curated: TrialMatch['verdict'];
  readonly parsed: TrialMatch['verdict'];
}

describe.skipIf(!HAS_RECORDS)('trials of the gold standard', async () => {
  const guide = await loadTestGuide();
  const { trials: starters } = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge'))).readable;
  const gold = HAS_RECORDS ? readGold() : { trials: [], expected: [] };

  const trials = new Map(
    gold.trials.map(({ nct }): [string, Curated] => {
      const file = `${nct}.json`;
      const [record] = readTrials(readFileSync(path.join(RECORDS, file)), { fileName: file }).trials;
      if (record === undefined) throw new Error(`trials-raw/${file} holds no trial.`);
      const textHash = createHash('sha256')
        .update(normalisedText(record.eligibility.text ?? ''))
        .digest('hex');
      const overrides = starters.find(({ id }) => id === nct)?.overrides ?? [];
      const read = readEligibility(record);
      return [nct, { read, textHash, overrides, ...applyOverrides(read, overrides, textHash) }];
    }),
  );
  const people = new Map(
    (HAS_RECORDS ? goldCases(guide) : []).map(({ id, record }) => [id, factsOfCase(guide, record, GOLD_AS_OF)] as const),
  );
  const pairs = gold.expected.map(({ trial: nct, patient, verdict }): Pair => {
    const facts = people.get(patient);
    const own = trials.get(nct);
    if (facts === undefined || own === undefined) throw new Error(`The gold standard lacks ${nct} or ${patient}.`);
    const verdictOf = (trial: Trial) => matchTrial(trial, facts, guide.catalogue).verdict;
    return { name: `${nct} ${patient}`, gold: verdict, curated: verdictOf(own.trial), parsed: verdictOf(own.read) };
  });

  const contradictions = (reading: 'curated' | 'parsed') =>
    pairs.filter((pair) => pair[reading] !== 'undetermined' && pair[reading] !== pair.gold);
  const agreement = (reading: 'curated' | 'parsed') =>
    `${pairs.filter((pair) => pair[reading] === pair.gold).length} of ${pairs.length} verdicts agree`;

  it.each([...trials])('%s: every curated reading is of this text and stands for one criterion', (_, own) => {
    expect(own.overrides.length).toBeGreaterThan(0);
    expect(own.unplaced.map(({ override, why }) => `${why}: ${override.quote}`)).toEqual([]);
    expect(own.overrides.filter(({ textHash }) => textHash !== own.textHash).map(({ quote }) => quote)).toEqual([]);
  });

  it(`without curated readings nothing contradicts it (${agreement('parsed')})`, () => {
    expect(contradictions('parsed')).toEqual([]);
  });

  it(`with curated readings nothing contradicts it (${agreement('curated')})`, () => {
    expect(contradictions('curated')).toEqual([]);
  });

  it('with curated readings every verdict is the same, except where a person has to decide', () => {
    const different = pairs.filter((pair) => pair.curated !== pair.gold).map(({ name }) => name);
    expect(different.sort()).toEqual(Object.keys(ARGUED).sort());
  });
});
