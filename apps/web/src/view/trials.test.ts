import type { CriterionMatch, QuotedFact, Trial, TrialMatch } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixture.js';
import { reportHtml } from './index.js';
import { chooseTrials, countriesOf, type TrialFilters, type TrialsShown } from './trials-shown.js';

const platelets: QuotedFact = {
  id: 'lab.platelets',
  label: { clinician: 'Platelets', patient: 'Platelets' },
  question: 'How many platelets were there?',
};
const ecog: QuotedFact = {
  id: 'person.ecog',
  label: { clinician: 'ECOG', patient: 'How active you are' },
  value: { clinician: '3', patient: '3' },
  date: '2026-11-02',
};
const criterion = (id: string, more: Partial<CriterionMatch> = {}): CriterionMatch => ({
  id,
  side: id.startsWith('E') ? 'exclusion' : 'inclusion',
  text: `Words of <b>${id}</b>`,
  kind: 'rule',
  span: undefined,
  scope: undefined,
  note: undefined,
  verdict: 'met',
  because: [],
  missing: [],
  ...more,
});

function study(number: number, match: Partial<TrialMatch> = {}, trial: Partial<Trial> = {}): [TrialMatch, Trial] {
  const id = `NCT0000000${number}`;
  const status = match.status ?? 'RECRUITING';
  const whole: Trial = {
    id,
    aliases: [],
    title: `Trial ${number} with 15 mg of <i>examplumab</i>`,
    status,
    phases: ['PHASE2'],
    conditions: ['Mesothelioma'],
    keywords: [],
    interventions: [{ type: 'DRUG', name: 'Examplumab', otherNames: [] }],
    arms: [],
    eligibility: {},
    knownAsOf: '2026-11-01',
    contacts: [],
    sites: [{ country: 'France', city: 'Paris', contacts: [] }],
    url: `https://clinicaltrials.gov/study/${id}`,
    criteria: [],
    ...trial,
  };
  return [
    {
      id,
      title: whole.title ?? id,
      status,
      verdict: 'undetermined',
      fit: 'named',
      interventional: true,
      open: status === 'RECRUITING',
      criteria: [criterion('I1'), criterion('E1', { verdict: 'unknown', missing: [platelets] })],
      missing: [platelets],
      judgements: 0,
      sites: whole.sites,
      ...match,
    },
    whole,
  ];
}

const STUDIES = [
  study(
    1,
    {},
    { contacts: [{ name: 'Office', phone: '+33 1 23 45 67 89 ext. 5', email: 'office@example.org' }], summary: 'A new medicine' },
  ),
  study(2, { verdict: 'eligible', missing: [], criteria: [criterion('I1')] }, { phases: ['PHASE1'] }),
  study(3, { status: 'COMPLETED' }, { knownAsOf: '2021-01' }),
  study(
    4,
    {
      verdict: 'ineligible',
      deciding: 'I1',
      criteria: [criterion('I1', { verdict: 'failed', because: [ecog] })],
      missing: [],
      scope: 'Cohort B',
    },
    { sites: [{ country: 'Turkey (Türkiye)', contacts: [] }] },
  ),
  study(5, { fit: 'other' }, { url: 'javascript:alert(1)' }),
];
const ALL: TrialFilters = { openOnly: false };
const choose = (voice: 'patient' | 'clinician', filters: TrialFilters = ALL, limit = 20, studies = STUDIES): TrialsShown =>
  chooseTrials(
    studies.map(([match]) => match),
    new Map(studies.map(([, trial]) => [trial.id, trial])),
    { filters, voice, limit, added: 0 },
  );
const page = (voice: 'patient' | 'clinician', shown: TrialsShown = choose(voice)): string =>
  reportHtml(fixture(voice), undefined, shown);
const section = (html: string): string => /<section class="part" id="trials".*?<\/section>/s.exec(html)?.[0] ?? '';
const text = (html: string): string =>
  section(html)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

describe('which trials are shown', () => {
  const ids = (shown: TrialsShown): readonly string[] =>
    shown.groups.flatMap((group) => group.shown.map(({ match }) => match.id.at(-1) ?? ''));

  it('puts them in groups, each once, the most useful first', () => {
    expect(ids(choose('clinician'))).toEqual(['2', '1', '3', '4', '5']);
    expect(choose('clinician').groups.map(({ title }) => title.clinician.slice(0, 20))).toEqual([
      'Nothing that was rea',
      'Cannot be said yet: ',
      'Takes nobody now, as',
      'Closed to this case',
      'For another disease,',
    ]);
  });

  it.each([
    [ALL, ['2', '1', '3', '4'], { other: 1 }],
    [{ openOnly: true }, ['2', '1', '4'], { other: 1, closed: 1 }],
    [{ openOnly: true, country: 'France' }, ['2', '1'], { other: 1, closed: 1, elsewhere: 1 }],
    [{ openOnly: false, country: 'Türkiye' }, ['4'], { other: 1, elsewhere: 3 }],
    [{ openOnly: false, phase: 'PHASE1' }, ['2'], { other: 1, phase: 3 }],
  ] as const)('counts what it leaves out of %j', (filters, shown, hidden) => {
    const chosen = choose('patient', filters);
    expect(ids(chosen)).toEqual(shown);
    expect(chosen.hidden).toEqual({ closed: 0, elsewhere: 0, phase: 0, ...hidden });
    expect(chosen.count + Object.values(chosen.hidden).reduce((a, b) => a + b)).toBe(STUDIES.length);
  });

  it('names each country once, whatever the registry calls it', () => {
    const sites = ['Turkey', 'Turkey (Türkiye)', 'Nowhere'].map((country) => ({ country, contacts: [] }));
    expect(countriesOf([study(1, {}, { sites })[1]])).toEqual(['Nowhere', 'Türkiye']);
  });
});

describe('trials for a family', () => {
  const html = page('patient');

  it('stand after the treatments, with an entry on the list of contents', () => {
    expect(html).toContain('<a href="#trials">Studies</a>');
    expect(html.indexOf('id="options"')).toBeLessThan(html.indexOf('id="trials"'));
    expect(html.indexOf('id="trials"')).toBeLessThan(
      html.indexOf('id="factors"') === -1 ? html.length : html.indexOf('id="sources"'),
    );
  });

  it('never say that somebody may join, and say who decides', () => {
    expect(text(html)).toContain('Only the team of a study can say who may join.');
    expect(text(html)).not.toMatch(/eligib|qualif/i);
  });

  it('say what is tested, what kind, where, what is not known and whom to ask, with ways to reach them', () => {
    expect(text(html)).toContain('A new medicine It takes people now.');
    expect(text(html)).toContain('What is tested Examplumab (a medicine)');
    expect(text(html)).toContain('Places Paris, France');
    expect(text(html)).toContain('These things about you are not known here How many platelets were there?');
    expect(html).toContain('href="tel:+33123456789"');
    expect(html).toContain('href="mailto:office@example.org"');
    expect(html).toContain('href="https://clinicaltrials.gov/study/NCT00000001" rel="noreferrer noopener"');
  });

  it('tell of an old record when it was true', () => {
    expect(text(html)).toContain('In January 2021 it had already ended.');
  });

  it('quote what closes a study, leave out other illnesses and say how many', () => {
    expect(text(html)).toContain('The study asks for this: “Words of <b>I1</b>”');
    expect(html).not.toContain('NCT00000005');
    expect(text(html)).toContain('1 for other illnesses');
  });

  it('keep doses out, escape what a record says and lead to web pages only', () => {
    expect(text(html)).not.toMatch(/\d\s*mg/);
    expect(html).not.toMatch(/<i>examplumab|<b>I1|javascript:/);
  });

  it('fold all but the first, and say how many more there are', () => {
    const many = Array.from({ length: 9 }, (_, index) => study(index + 1));
    const shown = section(page('patient', choose('patient', ALL, 5, many)));
    expect(shown.match(/<article class="trial"/g)).toHaveLength(3);
    expect(shown.match(/<details class="fold trial-fold"/g)).toHaveLength(2);
    expect(shown).toContain('And 4 more that are not in this file.');
  });
});

describe('trials for professionals', () => {
  const html = page('clinician');

  it('have verdict, deciding criterion, best part, missing facts and the registry one click away', () => {
    expect(text(html)).toContain('Closed to this case by I1: Words of <b>I1</b>');
    expect(text(html)).toContain('Part that fits best: Cohort B');
    expect(text(html)).toContain('Missing: Platelets');
    expect(html.match(/href="https:\/\/clinicaltrials\.gov\/study\//g)).toHaveLength(4);
  });

  it('have every criterion with its side, words, verdict and reasons', () => {
    expect(text(html)).toContain('I1 inclusion Words of <b>I1</b> ✕ not met (decides) Because: ECOG 3 (2 November 2026)');
    expect(text(html)).toContain('E1 exclusion Words of <b>E1</b> ? fact missing Missing: Platelets');
    expect(html.match(/<table class="criteria">/g)).toHaveLength(STUDIES.length);
    expect(html.match(/<caption/g)?.length).toBeGreaterThanOrEqual(STUDIES.length);
  });

  it('name those for another disease, last', () => {
    expect(html.indexOf('NCT00000005')).toBeGreaterThan(html.indexOf('NCT00000004'));
  });
});

describe('nobody is shown trials', () => {
  it.each(['notice.died', 'notice.not-mesothelioma'])('after %s', (id) => {
    const base = fixture('patient');
    const [first] = base.findings;
    if (first === undefined) throw new Error('the fixture has no finding');
    const ended = { ...base, findings: [{ ...first, id, kind: 'notice' as const }] };
    const html = reportHtml(ended, undefined, choose('patient'));
    expect(html).not.toMatch(/#trials|id="trials"|NCT0000/);
  });

  it('when none were given', () => {
    expect(reportHtml(fixture('patient'))).not.toContain('id="trials"');
  });
});
