import { describe, expect, it } from 'vitest';
import type { CriterionOverride } from '../knowledge/types.js';
import { applyOverrides, normalisedText } from './overrides.js';
import type { Trial, TrialCriterion } from './trial.js';

const JUDGED: TrialCriterion = {
  id: 'I1',
  side: 'inclusion',
  text: 'Adequate  reserve,\n as the protocol defines it',
  kind: 'judgement',
  requires: { judge: { clinician: 'Adequate reserve', patient: 'Adequate reserve' } },
};
const trial: Trial = {
  id: 'NCT00000001',
  aliases: [],
  status: 'RECRUITING',
  phases: [],
  conditions: [],
  keywords: [],
  interventions: [],
  arms: [],
  eligibility: { text: JUDGED.text },
  contacts: [],
  sites: [],
  criteria: [JUDGED, { ...JUDGED, id: 'I2', text: 'Consent' }],
};
const override = (extra: Partial<CriterionOverride> = {}): CriterionOverride => ({
  quote: 'Adequate reserve, as',
  textHash: 'abc',
  requires: { fact: 'organ.function-adequate', is: true },
  signed: { by: 'A. Reader', date: '2026-11-25' },
  evidence: { sources: ['somewhere'], status: 'read' },
  ...extra,
});

describe('curated readings', () => {
  it('replace what was read from the same text, and say who made them', () => {
    const { trial: read, unplaced, outdated } = applyOverrides(trial, [override()], 'abc');
    expect(read.criteria[0]).toMatchObject({
      kind: 'rule',
      requires: { fact: 'organ.function-adequate', is: true },
      note: 'Read by A. Reader, 2026-11-25.',
    });
    expect([read.criteria[1], unplaced, outdated]).toEqual([trial.criteria[1], [], false]);
  });

  it('are marked for review and replace nothing when the text has changed', () => {
    const { trial: read, outdated } = applyOverrides(trial, [override()], 'other');
    expect(read.criteria[0]).toMatchObject({ kind: 'judgement', requires: JUDGED.requires });
    expect([read.criteria[0]?.note, outdated]).toEqual([expect.stringContaining('has to be reviewed'), true]);
  });

  it('confirm a reading, or leave a criterion to the site', () => {
    expect(applyOverrides(trial, [override({ requires: 'confirm' })], 'abc').trial.criteria[0]).toMatchObject({
      kind: 'judgement',
      note: 'Read by A. Reader, 2026-11-25.',
    });
    expect(applyOverrides(trial, [override({ requires: 'ignore' })], 'abc').trial.criteria[0]?.kind).toBe('procedural');
  });

  it('name quotes that stand nowhere, and decide nothing without a source that was read', () => {
    expect(applyOverrides(trial, [override({ quote: 'Weight above 40 kg' })], 'abc').unplaced).toEqual(['Weight above 40 kg']);
    const unread = override({ evidence: { sources: [], status: 'unread' } });
    expect(applyOverrides(trial, [unread], 'abc').trial.criteria[0]).toEqual(JUDGED);
  });

  it('look at words and not at blanks', () => {
    expect(normalisedText(' a\n\t b ')).toBe('a b');
  });
});
