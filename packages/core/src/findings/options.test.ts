import { describe, expect, it } from 'vitest';
import { snapshot, snapshotContext } from '../case/snapshot.js';
import type { Recommendation, Treatment } from '../knowledge/types.js';
import { define, emptyRecord, SMALL } from '../testing.js';
import { optionFinding, optionVerdict } from './options.js';

const CATALOGUE = new Map(
  [
    ...SMALL,
    define({ id: 'person.region', type: 'code', values: ['us', 'uk'].map((id) => ({ id, label: id, patient: id })) }),
    define({ id: 'tumour.mesothelioma', type: 'boolean' }),
    define({ id: 'tumour.primary-site', type: 'code', values: [{ id: 'pleura', label: 'Pleura', patient: 'lung lining' }] }),
    define({ id: 'pref.declines-surgery', type: 'boolean' }),
  ].map((fact) => [fact.id, fact]),
);
const both = { clinician: 'text', patient: 'text' };
const read = { sources: ['s'], status: 'read' } as const;
const row = (id: string, extra: Partial<Recommendation>): Recommendation => ({
  id,
  body: id,
  polarity: 'for',
  text: both,
  evidence: read,
  ...extra,
});
const treatment = (extra: Partial<Treatment>): Treatment => ({
  id: 't',
  kind: 'treatment',
  group: 'systemic',
  title: both,
  reviewed: '2026-01-01',
  appliesWhen: { all: [] },
  about: both,
  limits: [],
  recommendations: [row('A', {})],
  examples: [],
  ...extra,
});
const facts = (values: Record<string, boolean | number | string>) =>
  snapshot(
    emptyRecord({ observations: Object.entries(values).map(([fact, value]) => ({ fact, value, origin: { kind: 'file' } })) }),
    '2026-01-01',
    snapshotContext(CATALOGUE),
  );
const yes = { fact: 'a.yes', is: true } as const;
const limit = (extra: Partial<Treatment['limits'][number]>): Treatment['limits'][number] => ({
  id: 'l',
  when: yes,
  severity: 'absolute',
  text: both,
  evidence: read,
  ...extra,
});

describe('the verdict on an option', () => {
  it.each([
    ['a row for everyone supports', treatment({}), {}, 'supported'],
    [
      'a condition that is met supports',
      treatment({ recommendations: [row('A', { when: yes })] }),
      { 'a.yes': true },
      'supported',
    ],
    ['a condition that is unknown leaves it open', treatment({ recommendations: [row('A', { when: yes })] }), {}, 'undecided'],
    [
      'a condition that fails speaks for nobody',
      treatment({ recommendations: [row('A', { when: yes })] }),
      { 'a.yes': false },
      'not-supported',
    ],
    [
      'a region that is not the case’s own does not speak',
      treatment({ recommendations: [row('A', { regions: ['us'] })] }),
      { 'person.region': 'uk' },
      'not-supported',
    ],
    ['an unknown region leaves it open', treatment({ recommendations: [row('A', { regions: ['us'] })] }), {}, 'undecided'],
    [
      'a row whose source was not read decides nothing',
      treatment({ recommendations: [row('A', { evidence: { sources: ['s'], status: 'unread' } })] }),
      {},
      'not-supported',
    ],
    [
      'bodies that differ disagree',
      treatment({ recommendations: [row('A', {}), row('B', { polarity: 'against' })] }),
      {},
      'disagree',
    ],
    [
      'within a body the narrower "against" wins',
      treatment({ recommendations: [row('A1', { body: 'A' }), row('A2', { body: 'A', polarity: 'against', when: yes })] }),
      { 'a.yes': true },
      'not-supported',
    ],
    [
      'an undecided "against" leaves it open',
      treatment({ recommendations: [row('A', {}), row('B', { polarity: 'against', when: yes })] }),
      {},
      'undecided',
    ],
    [
      'an "against" beside an undecided "for" of another body is open',
      treatment({ recommendations: [row('A', { when: yes }), row('B', { polarity: 'against' })] }),
      {},
      'undecided',
    ],
    [
      'a licence does not argue with a guideline',
      treatment({ recommendations: [row('A', { polarity: 'against' }), row('B', { polarity: 'approved' })] }),
      {},
      'not-supported',
    ],
    [
      'a licence supports where no guideline speaks',
      treatment({ recommendations: [row('B', { polarity: 'approved' })] }),
      {},
      'supported',
    ],
    ['trial only', treatment({ recommendations: [row('A', { polarity: 'trial-only' })] }), {}, 'investigational'],
    ['open conditions', treatment({ recommendations: [row('A', { provided: yes })] }), {}, 'supported-with-conditions'],
    [
      'one body without conditions is enough',
      treatment({ recommendations: [row('A', { provided: yes }), row('B', {})] }),
      {},
      'supported',
    ],
    ['an absolute limit', treatment({ limits: [limit({})] }), { 'a.yes': true }, 'contraindicated'],
    [
      'a relative limit',
      treatment({ limits: [limit({ severity: 'relative' })] }),
      { 'a.yes': true },
      'supported-with-conditions',
    ],
    ['an unknown limit leaves it open', treatment({ limits: [limit({})] }), {}, 'undecided'],
    [
      'an unknown limit that is always checked first does not',
      treatment({ limits: [limit({ ifUnknown: 'check' })] }),
      {},
      'supported',
    ],
    ['a limit that is ruled out', treatment({ limits: [limit({})] }), { 'a.yes': false }, 'supported'],
    [
      'what only a person can judge is a condition',
      treatment({ recommendations: [row('A', { when: { judge: both } })] }),
      {},
      'supported-with-conditions',
    ],
    ['not for this kind of case', treatment({ appliesWhen: yes }), { 'a.yes': false }, 'not-applicable'],
    ['whether it is for this kind of case is unknown', treatment({ appliesWhen: yes }), {}, 'undecided'],
    [
      'declined',
      treatment({ appliesWhen: { not: { fact: 'pref.declines-surgery', is: true } } }),
      { 'pref.declines-surgery': true },
      'not-applicable',
    ],
    [
      'nobody declines by silence',
      treatment({ appliesWhen: { not: { fact: 'pref.declines-surgery', is: true } } }),
      {},
      'supported',
    ],
  ] as const)('%s', (_title, option, values, verdict) => {
    expect(optionVerdict(option, facts(values))).toBe(verdict);
    expect(optionFinding(option, facts(values), CATALOGUE)?.verdict ?? 'not-applicable').toBe(verdict);
  });

  it('names what decided and what is missing', () => {
    const option = treatment({
      limits: [limit({ when: { fact: 'b.yes', is: true } })],
      recommendations: [row('A', { when: yes })],
    });
    const finding = optionFinding(option, facts({ 'a.yes': true }), CATALOGUE);
    expect(finding?.because.map((fact) => fact.id)).toEqual(['a.yes']);
    expect(finding?.missing.map((fact) => fact.id)).toEqual(['b.yes']);
    expect(finding?.sources).toEqual(['s']);
  });

  it('lists what has to be checked first, once', () => {
    const option = treatment({ limits: [limit({ ifUnknown: 'check' })] });
    expect(optionFinding(option, facts({}), CATALOGUE)?.toCheck?.map((fact) => fact.id)).toEqual(['a.yes']);
  });
});
