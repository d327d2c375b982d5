import { describe, expect, it } from 'vitest';
import { criterionSign, criterionWords, type TrialCard, trialCard } from './card.js';
import type { CriterionMatch, TrialMatch } from './match.js';
import { TRIAL_STATUSES, type Trial } from './trial.js';

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
const MATCH: TrialMatch = {
  id: 'NCT00000001',
  title: 'A trial of examplumab in mesothelioma',
  status: 'RECRUITING',
  verdict: 'undetermined',
  fit: 'named',
  interventional: true,
  open: true,
  criteria: [],
  missing: [],
  judgements: 0,
  sites: [],
};
const TRIAL: Trial = {
  id: 'NCT00000001',
  aliases: [],
  title: MATCH.title,
  status: 'RECRUITING',
  phases: ['PHASE1', 'PHASE2'],
  conditions: ['Mesothelioma'],
  keywords: [],
  interventions: [
    { type: 'DRUG', name: 'Examplumab', otherNames: [] },
    { type: 'OTHER', name: 'Questions', otherNames: [] },
  ],
  arms: [],
  eligibility: {},
  knownAsOf: '2026-11-01',
  contacts: [],
  sites: [],
  url: 'https://clinicaltrials.gov/study/NCT00000001',
  criteria: [],
};
const AS_OF = '2026-11-25';
const card = (match: Partial<TrialMatch> = {}, trial: Partial<Trial> = {}): TrialCard =>
  trialCard({ ...MATCH, ...match }, { ...TRIAL, ...trial }, { asOf: AS_OF });
/** The same without a date. */
const undated = (match: Partial<TrialMatch> = {}): TrialCard => {
  const { knownAsOf: _, ...rest } = TRIAL;
  return trialCard({ ...MATCH, ...match }, rest, { asOf: AS_OF });
};

describe('how old a record is', () => {
  it.each([
    ['2026-11-01', 'current', 'record as of 2026-11-01'],
    ['2026-06', 'current', 'record as of 2026-06'],
    ['2026-05-28', 'old', 'record as of 2026-05-28, may be out of date'],
    ['2026', 'old', 'record as of 2026, may be out of date'],
    ['2026-12-01', 'later', 'record as of 2026-12-01, later than this answer'],
  ])('%s is %s', (knownAsOf, age, words) => {
    expect(card({}, { knownAsOf }).record).toMatchObject({ date: knownAsOf, age, words: { clinician: words } });
  });

  it('takes the last update where the day of the data is not told, and says when neither is', () => {
    const { knownAsOf: _, ...rest } = TRIAL;
    expect(trialCard(MATCH, { ...rest, updated: '2026-10' }, { asOf: AS_OF }).record.date).toBe('2026-10');
    expect(undated().record.age).toBe('undated');
    expect(undated().record.words.clinician).toContain('not known');
  });
});

describe('whether it takes people', () => {
  it('is said as true now only by a current record', () => {
    expect(card().status).toEqual({ clinician: 'recruiting', patient: 'It takes people now.' });
    expect(card({}, { knownAsOf: '2021-01-20' }).status.patient).toBe('In January 2021 it took people. Ask if it still does.');
    expect(card({}, { knownAsOf: '2021' }).status.patient).toBe('In 2021 it took people. Ask if it still does.');
    expect(undated().status.patient).toBe('Some time ago it took people. Ask if it still does.');
    // A report that looks back does not know what came later.
    expect(card({}, { knownAsOf: '2027-02' }).status.patient).toBe('In February 2027 it took people. Ask if it still does.');
  });

  it.each(TRIAL_STATUSES)('has a form of its own for an old record: %s', (status) => {
    const [now, then, never] = [card({ status }), card({ status }, { knownAsOf: '2021-01' }), undated({ status })].map(
      (one) => one.status.patient,
    );
    expect(then).toMatch(/^In January 2021 \S.*\.$/);
    expect(then).not.toBe(now);
    expect(never).not.toMatch(/\bnow\b(?!\.$)|It takes people/);
  });

  it('keeps the words of the registry for professionals', () => {
    expect(card({ status: 'OTHER' }, { statusAsWritten: 'Paused for review' }).status.clinician).toBe('Paused for review');
  });
});

describe('what a trial is', () => {
  it('names kind and treatments in both voices', () => {
    expect(card()).toMatchObject({
      kind: { clinician: 'phase 1/phase 2', patient: 'an early study: it looks for a safe dose; a study of whether it works' },
      tested: [
        { clinician: 'Examplumab', patient: 'Examplumab (a medicine)' },
        { clinician: 'Questions', patient: 'Questions' },
      ],
    });
    expect(card({ interventional: false }, { phases: [] }).kind?.patient).toBe('a study that watches and gives no treatment');
    expect(card({}, { phases: [] }).kind).toBeUndefined();
  });

  it('has a plain heading where the record is brief', () => {
    expect(card({}, { summary: 'A new medicine' }).heading.patient).toBe('A new medicine');
    expect(card({}, { summary: 'x'.repeat(300) }).heading.patient).toBe(MATCH.title);
  });

  it('measures the way to its places', () => {
    const site = { facility: 'Clinic', city: 'Paris', country: 'France', lat: 48.86, lon: 2.35, contacts: [] };
    const near = { lat: 48.86, lon: 2.35 };
    expect(trialCard({ ...MATCH, sites: [site, { contacts: [] }] }, TRIAL, { asOf: AS_OF, near }).places).toEqual([
      { name: 'Clinic, Paris, France', country: 'France', distance: 0 },
    ]);
  });

  it('leads to web pages only', () => {
    expect(card().url).toBe('https://clinicaltrials.gov/study/NCT00000001');
    const odd = card({}, { url: 'javascript:alert(1)' });
    expect([odd.url, odd.whom.text]).toEqual([undefined, 'your own team. Show them the number.']);
  });
});

describe('what it asks and what to ask', () => {
  it('says what joining means', () => {
    const { asks } = card(
      { criteria: [criterion('I1', { text: 'Archival tumor tissue' })] },
      { title: 'A randomised trial', arms: ['New', 'Placebo'].map((label) => ({ label, interventions: [] })) },
    );
    expect(asks).toEqual([
      'It wants a piece of your tumour, an old one or a new one: ask which.',
      'There are 2 groups, and chance decides which one you are in.',
      'Some people get a treatment that looks the same and has nothing in it (a placebo).',
    ]);
    expect(card().asks).toEqual([]);
  });

  it('makes questions of what only a person can weigh, and none of what is settled at the site', () => {
    const judged = { verdict: 'judgement', kind: 'judgement' } as const;
    const { questions } = card({
      criteria: [
        criterion('I1', { ...judged, text: 'Good veins' }),
        criterion('E1', { ...judged, text: 'Any other illness' }),
        criterion('I2', { verdict: 'judgement', kind: 'procedural' }),
      ],
    });
    expect(questions).toEqual(['Does this hold for me: “Good veins”', 'Would this keep me out: “Any other illness”']);
  });

  it('tells nobody how long somebody is thought to live', () => {
    const judged = { verdict: 'judgement', kind: 'judgement' } as const;
    const { questions } = card({
      criteria: [
        criterion('I1', { ...judged, text: 'Life expectancy of at least 12 weeks' }),
        criterion('I2', { ...judged, text: 'Estimated survival > 3 months' }),
      ],
    });
    expect(questions).toEqual(['Am I well enough for this study?']);
    const unknown = card({
      missing: [
        {
          id: 'person.life-expectancy',
          label: { clinician: 'Estimated life expectancy', patient: 'Time' },
          question: 'How long does your doctor expect?',
        },
        { id: 'person.age', label: { clinician: 'Age', patient: 'Age' }, question: 'How old are you?' },
      ],
    });
    expect(unknown.missing).toEqual({ clinician: ['Estimated life expectancy', 'Age'], patient: ['How old are you?'] });
    expect(unknown.questions).toEqual(['Am I well enough for this study?']);
  });

  it('asks nothing about a trial that is closed to the case', () => {
    const closed = card({
      verdict: 'ineligible',
      deciding: 'I1',
      criteria: [criterion('I1', { verdict: 'failed' }), criterion('I2', { verdict: 'judgement', kind: 'judgement' })],
      missing: [{ id: 'person.age', label: { clinician: 'Age', patient: 'Age' } }],
    });
    expect([closed.missing, closed.questions]).toEqual([{ clinician: [], patient: [] }, []]);
  });

  it('names the contact of a place before that of the office, and else the own team', () => {
    const office = { name: 'Office', phone: '000' };
    const site = { facility: 'Clinic', contacts: [{ name: 'Nurse', phone: '111', email: 'n@example.org' }] };
    expect(card({ sites: [site] }, { contacts: [office] }).whom).toMatchObject({
      at: 'Clinic',
      text: 'Nurse, 111, n@example.org (Clinic)',
    });
    expect(card({}, { contacts: [office] }).whom.text).toBe('Office, 000');
    expect(card().whom.text).toBe(
      'your own team. Show them the number, or the record: https://clinicaltrials.gov/study/NCT00000001',
    );
  });
});

describe('the sign of a criterion', () => {
  it('never says of an exclusion that it is met', () => {
    expect(criterionWords(criterion('E1')).clinician).toBe('does not apply');
    expect(criterionWords(criterion('E1', { verdict: 'failed' })).clinician).toBe('applies');
    expect(criterionWords(criterion('I1', { verdict: 'failed' })).patient).toBe('does not fit');
  });

  it('tells what is settled at the site from what has to be judged', () => {
    expect(criterionSign(criterion('I1', { verdict: 'judgement', kind: 'procedural' }))).toBe('site');
    expect(criterionSign(criterion('I1', { verdict: 'judgement', kind: 'judgement' }))).toBe('judgement');
  });
});
