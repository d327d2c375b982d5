import { describe, expect, it } from 'vitest';
import { snapshot, snapshotContext } from '../case/snapshot.js';
import type { DetectionTest, TestStep } from '../knowledge/types.js';
import { define, emptyRecord, SMALL } from '../testing.js';
import { testFinding, testVerdict } from './tests.js';

const CATALOGUE = new Map(
  [
    ...SMALL,
    define({ id: 'tumour.primary-site', type: 'code', values: [{ id: 'pleura', label: 'Pleura', patient: 'lung lining' }] }),
  ].map((fact) => [fact.id, fact]),
);
const both = { clinician: 'text', patient: 'text' };
const read = { sources: ['s'], status: 'read' } as const;
const yes = { fact: 'a.yes', is: true } as const;
const other = { fact: 'b.yes', is: true } as const;
const judge = { judge: both };
const step = (id: string, extra: Partial<TestStep>): TestStep => ({
  id,
  body: id,
  polarity: 'do',
  text: both,
  evidence: read,
  ...extra,
});
const test = (extra: Partial<DetectionTest>): DetectionTest => ({
  id: 't',
  kind: 'test',
  primary: ['pleura'],
  phase: 'stage',
  cost: 'imaging',
  title: both,
  reviewed: '2026-01-01',
  about: both,
  purpose: both,
  canMiss: both,
  tells: [],
  answeredBy: [],
  steps: [step('A', {})],
  questions: [],
  caveats: [],
  evidence: read,
  examples: [],
  ...extra,
});
const facts = (values: Record<string, boolean | number | string>) =>
  snapshot(
    emptyRecord({
      observations: Object.entries({ 'tumour.primary-site': 'pleura', ...values }).map(([fact, value]) => ({
        fact,
        value,
        origin: { kind: 'file' },
      })),
    }),
    '2026-01-01',
    snapshotContext(CATALOGUE),
  );
const against = step('B', { polarity: 'do-not', when: yes });

describe('the verdict on a test', () => {
  it.each([
    ['a row for everyone advises', test({}), {}, 'advised'],
    [
      'a row that was not read says nothing',
      test({ steps: [step('A', { evidence: { ...read, status: 'second-hand' } })] }),
      {},
      'none',
    ],
    ['its answer is there', test({ answeredBy: [['a.yes']] }), { 'a.yes': false }, 'known'],
    ['half of its answer is there', test({ answeredBy: [['a.yes', 'b.yes']] }), { 'a.yes': false }, 'advised'],
    ['it is not meant for the case', test({ appliesWhen: yes }), { 'a.yes': false }, 'none'],
    ['nobody knows whether it is meant for the case', test({ appliesWhen: yes }), {}, 'undecided'],
    [
      'nobody knows whether it is meant for the case, and its row asks for judgement',
      test({ appliesWhen: yes, steps: [step('A', { when: judge })] }),
      {},
      'undecided',
    ],
    ['a condition has to be judged', test({ steps: [step('A', { when: judge })] }), {}, 'consider'],
    ['a condition is missing', test({ steps: [step('A', { when: yes })] }), {}, 'undecided'],
    ['a condition is not met', test({ steps: [step('A', { when: yes })] }), { 'a.yes': false }, 'none'],
    ['a row speaks against it', test({ steps: [against] }), { 'a.yes': true }, 'not-advised'],
    ['rows disagree', test({ steps: [step('A', {}), against] }), { 'a.yes': true }, 'disagree'],
    ['a row against it is ruled out', test({ steps: [step('A', {}), against] }), { 'a.yes': false }, 'advised'],
  ] as const)('%s', (_, subject, values, verdict) => {
    expect(testVerdict(subject, facts(values))).toBe(verdict);
  });
});

describe('a test as a finding', () => {
  const ids = (list: readonly { readonly id: string }[] | undefined) => list?.map(({ id }) => id);

  it('names what to check first while a row against it is not ruled out', () => {
    const subject = test({ steps: [step('A', {}), against] });
    const finding = testFinding(subject, facts({}), CATALOGUE);
    expect(finding).toMatchObject({ verdict: 'advised', missing: [] });
    expect(ids(finding?.toCheck)).toEqual(['a.yes']);
    expect(testFinding(subject, facts({ 'a.yes': false }), CATALOGUE)).not.toHaveProperty('toCheck');
  });

  it('names what is missing where that leaves it open', () => {
    const finding = testFinding(test({ appliesWhen: yes, steps: [step('A', { when: other })] }), facts({}), CATALOGUE);
    expect(finding?.verdict).toBe('undecided');
    expect(ids(finding?.missing)).toEqual(['a.yes', 'b.yes']);
  });
});
