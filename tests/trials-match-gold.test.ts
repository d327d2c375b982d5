/** Matching against the hand-made gold standard: with and without the curated readings, no verdict may contradict it. */
import { factsOfCase, matchTrial, type Trial, type TrialMatch } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { loadTestGuide } from './guide.js';
import { GOLD_AS_OF, goldCases, goldTrials, HAS_GOLD_RECORDS, readGold } from './trials-gold.js';

if (!HAS_GOLD_RECORDS) console.warn('Skipped: ../shared/trials-gold.json or ../shared/trials-raw is absent.');

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

interface Pair {
  readonly name: string;
  readonly gold: TrialMatch['verdict'];
  readonly curated: TrialMatch['verdict'];
  readonly parsed: TrialMatch['verdict'];
}

describe.skipIf(!HAS_GOLD_RECORDS)('trials of the gold standard', async () => {
  const guide = await loadTestGuide();
  const gold = HAS_GOLD_RECORDS ? readGold() : { trials: [], expected: [] };
  const trials = HAS_GOLD_RECORDS ? await goldTrials() : new Map<string, never>();
  const people = new Map(
    (HAS_GOLD_RECORDS ? goldCases(guide) : []).map(({ id, record }) => [id, factsOfCase(guide, record, GOLD_AS_OF)] as const),
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
