import { describe, expect, it } from 'vitest';
import type { CriterionMatch, TrialMatch } from './match.js';
import { trialVerdictWords } from './words.js';

const criterion = (id: string, more: Partial<CriterionMatch> = {}): CriterionMatch => ({
  id,
  side: id.startsWith('E') ? 'exclusion' : 'inclusion',
  text: `Words of ${id}`,
  kind: 'rule',
  span: undefined,
  scope: undefined,
  note: undefined,
  verdict: 'met',
  because: [],
  missing: [],
  ...more,
});
const match = (more: Partial<TrialMatch>): TrialMatch => ({
  id: 'NCT00000001',
  title: 'A study',
  status: 'RECRUITING',
  verdict: 'undetermined',
  fit: 'named',
  interventional: true,
  open: true,
  criteria: [],
  missing: [],
  judgements: 0,
  sites: [],
  ...more,
});

describe('words of a verdict', () => {
  it.each([
    match({ verdict: 'eligible', criteria: [criterion('I1')] }),
    match({ verdict: 'ineligible', deciding: 'E1', criteria: [criterion('E1', { verdict: 'failed' })] }),
    match({ criteria: [criterion('I1', { verdict: 'unknown' })], incomplete: 'cut-off' }),
    match({ incomplete: 'no-criteria' }),
    match({ incomplete: 'key-criteria-only', criteria: [criterion('I1')] }),
  ])('never promise a place: $verdict, $incomplete', (one) => {
    const { clinician, patient } = trialVerdictWords(one);
    expect(`${clinician} ${patient}`).not.toMatch(/eligib|qualif|you can join/i);
  });

  it('quote what closes a trial, and tell what is asked from what keeps out', () => {
    const closed = (id: string) =>
      trialVerdictWords(match({ verdict: 'ineligible', deciding: id, criteria: [criterion(id, { verdict: 'failed' })] }));
    expect(closed('I1').clinician).toBe('Closed to this case by I1: Words of I1');
    expect(closed('I1').patient).toContain('The study asks for this: “Words of I1”');
    expect(closed('E1').patient).toContain('does not take people of whom this is true: “Words of E1”');
  });

  it('tell a patient nothing of how long somebody is thought to live', () => {
    const criteria = [criterion('I1', { verdict: 'failed', text: 'Life expectancy of at least 12 weeks' })];
    const { clinician, patient } = trialVerdictWords(match({ verdict: 'ineligible', deciding: 'I1', criteria }));
    expect(patient).toBe('As things stand it is not meant for you. Your team can tell you why.');
    expect(clinician).toContain('Life expectancy');
  });

  it('count what is open in the part that fits best, and no other', () => {
    const criteria = [
      criterion('I1', { verdict: 'unknown' }),
      criterion('I2', { verdict: 'unknown', scope: 'Cohort A' }),
      criterion('I3', { verdict: 'unknown', scope: 'Cohort B' }),
      criterion('I4', { verdict: 'unknown', scope: 'Cohort B' }),
    ];
    expect(trialVerdictWords(match({ criteria, scope: 'Cohort A', judgements: 1 })).clinician).toBe(
      'Cannot be said yet: 2 criteria wait for facts, one is for a person to judge.',
    );
  });

  it('do not praise a record without criteria', () => {
    expect(trialVerdictWords(match({ incomplete: 'no-criteria' })).clinician).toBe(
      'Cannot be said. The record gives no criteria.',
    );
  });
});
