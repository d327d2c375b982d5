import { describe, expect, it } from 'vitest';
import type { CriterionOverride } from '../knowledge/types.js';
import { applyOverrides, normalisedText } from './overrides.js';
import type { Trial, TrialCriterion } from './trial.js';

const TEXT = 'Inclusion\n* Adequate function:\n  * Heart:  no\n    angina\n  * Lung: saturation above 90%\n* Consent';
const at = (words: string): readonly [number, number] => [TEXT.indexOf(words), TEXT.indexOf(words) + words.length];

const judged = { judge: { clinician: 'Asked', patient: 'Asked' } };
const HEART: TrialCriterion = {
  id: 'I1',
  side: 'inclusion',
  text: 'Adequate function: Heart: no angina',
  span: at('Heart:  no\n    angina'),
  kind: 'judgement',
  requires: judged,
};
const LUNG: TrialCriterion = {
  id: 'I2',
  side: 'inclusion',
  text: 'Adequate function: Lung: saturation above 90%',
  span: at('Lung: saturation above 90%'),
  kind: 'rule',
  requires: { fact: 'organ.spo2', gt: 90 },
  note: 'A note of the reading.',
};
const CONSENT: TrialCriterion = {
  id: 'I3',
  side: 'inclusion',
  text: 'Consent',
  span: at('Consent'),
  kind: 'judgement',
  requires: judged,
};
const TRIAL: Trial = {
  id: 'NCT00000000',
  aliases: [],
  status: 'RECRUITING',
  phases: [],
  conditions: [],
  keywords: [],
  interventions: [],
  arms: [],
  eligibility: { text: TEXT },
  contacts: [],
  sites: [],
  criteria: [HEART, LUNG, CONSENT],
};
const HASH = 'a'.repeat(64);
const NO_ANGINA = { fact: 'comorbid.unstable-angina', is: false };

const override = (quote: string, more: Partial<CriterionOverride> = {}): CriterionOverride => ({
  quote,
  textHash: HASH,
  requires: NO_ANGINA,
  signed: { by: 'A reader', date: '2026-01-02' },
  evidence: { sources: ['registry'], status: 'read' },
  ...more,
});
const changed = (one: CriterionOverride, hash: string | undefined = HASH) => {
  const { trial, unplaced } = applyOverrides(TRIAL, [one], hash);
  expect(unplaced).toEqual([]);
  return trial.criteria.filter((criterion, index) => criterion !== TRIAL.criteria[index]);
};

describe('readings signed by a person', () => {
  it.each([
    ['the whole text', 'Adequate function: Heart: no angina'],
    ['the part after the lead-in', 'Heart: no angina'],
    ['some of its words', 'no angina'],
    ['white space of any kind', ' Heart:\n no \t angina '],
  ])('find their criterion by %s', (_, quote) => {
    expect(changed(override(quote))).toEqual([
      { ...HEART, kind: 'rule', requires: NO_ANGINA, note: 'Read by A reader, 2026-01-02.' },
    ]);
  });

  it('say why beside who', () => {
    expect(changed(override('no angina', { note: 'Angina alone counts.' }))[0]?.note).toBe(
      'Angina alone counts. Read by A reader, 2026-01-02.',
    );
  });

  it('confirm a reading, and keep its note', () => {
    expect(changed(override('saturation above', { requires: 'confirm' }))).toEqual([
      { ...LUNG, note: 'A note of the reading. Reading confirmed by A reader, 2026-01-02.' },
    ]);
  });

  it('leave a criterion to the site', () => {
    expect(changed(override('Consent', { requires: 'ignore' }))).toEqual([
      { ...CONSENT, kind: 'procedural', note: 'Left to the site by A reader, 2026-01-02.' },
    ]);
    const [lung] = changed(override('saturation above', { requires: 'ignore' }));
    expect(lung?.requires).toEqual({ judge: { clinician: LUNG.text, patient: `The study team has to say: ${LUNG.text}` } });
  });

  it.each([
    ['another text', {}, 'b'.repeat(64), 'is of another text of this record'],
    ['a text without a hash', {}, undefined, 'is of another text of this record'],
    ['a source that nobody read', { evidence: { sources: [], status: 'unread' } }, HASH, 'rests on a source that was not read'],
  ] as const)('replace nothing for %s, and ask for a review', (_, more, hash, why) => {
    const { trial } = applyOverrides(TRIAL, [override('saturation above', more)], hash);
    expect(trial.criteria).toEqual([
      HEART,
      { ...LUNG, note: `A note of the reading. A reading by A reader, 2026-01-02 ${why}, and has to be reviewed.` },
      CONSENT,
    ]);
  });

  it('come back when they stand for no criterion, for several, or for one that has a reading', () => {
    const [gone, wide, first, second] = ['Liver', 'Adequate function', 'no angina', 'Heart: no angina'].map((quote) =>
      override(quote),
    );
    if (!gone || !wide || !first || !second) throw new Error('four overrides');
    const { trial, unplaced } = applyOverrides(TRIAL, [gone, wide, first, second], HASH);
    expect(unplaced).toEqual([
      { override: gone, why: 'none' },
      { override: wide, why: 'several' },
      { override: second, why: 'taken' },
    ]);
    expect(trial.criteria.filter(({ kind }) => kind === 'rule').map(({ id }) => id)).toEqual(['I1', 'I2']);
  });

  it('leave a trial alone that they do not concern', () => {
    expect(applyOverrides(TRIAL, [], HASH)).toEqual({ trial: TRIAL, unplaced: [] });
    expect(applyOverrides(TRIAL, [override('Liver')], HASH).trial).toBe(TRIAL);
  });
});

it('folds white space', () => {
  expect(normalisedText('  a\r\n\t b\u00a0c ')).toBe('a b c');
});
