import { describe, expect, it } from 'vitest';
import { define, emptyRecord } from '../testing.js';
import type { FactDefinition } from './catalogue.js';
import type { CaseRecord, Observation } from './record.js';
import { type Snapshot, snapshot, snapshotContext } from './snapshot.js';

const zone = (id: string): FactDefinition => define({ id, type: 'number', unit: 'mm', range: { min: 0, max: 150 } });
const CATALOGUE = new Map(
  [
    define({ id: 'lab.x', type: 'number', unit: '1', range: { min: 0, max: 100 }, currentDays: 28 }),
    define({ id: 'lab.y', type: 'number', unit: '1', range: { min: 0, max: 100 } }),
    define({
      id: 'lab.ratio',
      type: 'number',
      unit: '1',
      range: { min: 0, max: 100 },
      derive: { value: { div: [{ fact: 'lab.x' }, { fact: 'lab.y' }] } },
    }),
    zone('z.one'),
    zone('z.two'),
    define({
      id: 'z.sum',
      type: 'number',
      unit: 'mm',
      range: { min: 0, max: 300 },
      derive: { value: { add: [{ fact: 'z.one' }, { fact: 'z.two' }] } },
    }),
    define({
      id: 'tumour.code',
      type: 'code',
      values: [
        { id: 'p', label: 'p', patient: 'p' },
        { id: 'q', label: 'q', patient: 'q' },
      ],
    }),
    define({
      id: 'any.of',
      type: 'boolean',
      derive: {
        when: {
          any: [
            { fact: 'one.yes', is: true },
            { fact: 'two.yes', is: true },
          ],
        },
      },
    }),
    define({ id: 'one.yes', type: 'boolean' }),
    define({ id: 'two.yes', type: 'boolean' }),
    define({ id: 'person.birth-date', type: 'date' }),
    define({
      id: 'person.age',
      type: 'integer',
      unit: 'a',
      range: { min: 0, max: 120 },
      currentDays: 365,
      derive: { record: 'age' },
    }),
    define({ id: 'prior.systemic', type: 'boolean', derive: { record: 'systemic' } }),
    define({ id: 'prior.platinum', type: 'boolean', derive: { record: 'platinum' } }),
    define({ id: 'prior.checkpoint-inhibitor', type: 'boolean', derive: { record: 'checkpoint-inhibitor' } }),
    define({
      id: 'prior.lines-systemic',
      type: 'integer',
      unit: '1',
      range: { min: 0, max: 20 },
      derive: { record: 'lines-systemic' },
    }),
    define({
      id: 'prior.line-current',
      type: 'integer',
      unit: '1',
      range: { min: 1, max: 20 },
      derive: { record: 'line-current' },
    }),
    define({
      id: 'prior.days-since-platinum',
      type: 'integer',
      unit: 'd',
      range: { min: 0, max: 20000 },
      derive: { record: 'days-since-platinum' },
    }),
    define({
      id: 'prior.pemetrexed-control-months',
      type: 'number',
      unit: 'mo',
      range: { min: 0, max: 400 },
      derive: { record: 'pemetrexed-control-months' },
    }),
    define({ id: 'prior.treatments-complete', type: 'boolean' }),
  ].map((fact) => [fact.id, fact]),
);

const saw = (fact: string, value: Observation['value'], date?: string): Observation => ({
  fact,
  value,
  origin: { kind: 'file' },
  ...(date ? { date } : {}),
});
const at = (record: Partial<CaseRecord>, asOf = '2026-06-30'): Snapshot =>
  snapshot(emptyRecord(record), asOf, snapshotContext(CATALOGUE));

describe('readings', () => {
  it('take the latest one that is not from the future', () => {
    const facts = at({
      observations: [saw('lab.y', 1, '2026-01-01'), saw('lab.y', 2, '2026-06-01'), saw('lab.y', 3, '2026-12-01')],
    });
    expect(facts.get('lab.y')).toMatchObject({ kind: 'known', value: 2 });
  });

  it('of a whole year do not overrule a precise day of that year', () => {
    const facts = at({ observations: [saw('lab.y', 300, '2026-06-20'), saw('lab.y', 40, '2026'), saw('lab.y', 40, '2026-06')] });
    expect(facts.get('lab.y')).toMatchObject({ kind: 'known', value: 300 });
    const codes = at({ observations: [saw('tumour.code', 'p', '2026-06-20'), saw('tumour.code', 'q', '2026')] });
    expect(codes.get('tumour.code')).toMatchObject({ kind: 'unknown', reason: 'conflict' });
    const later = at({ observations: [saw('tumour.code', 'p', '2026-06-20'), saw('tumour.code', 'q', '2025')] });
    expect(later.get('tumour.code')).toMatchObject({ kind: 'known', value: 'p' });
  });

  it('are unknown again once past their currency', () => {
    expect(at({ observations: [saw('lab.x', 5, '2026-06-02')] }).get('lab.x')).toMatchObject({ kind: 'known' });
    expect(at({ observations: [saw('lab.x', 5, '2026-06-01')] }).get('lab.x')).toMatchObject({
      kind: 'unknown',
      reason: 'stale',
    });
    expect(at({ observations: [saw('lab.x', 5, '2025')] }).get('lab.x')).toMatchObject({ kind: 'unknown', reason: 'stale' });
  });

  it('do not answer undated where they age, unless the record itself is dated', () => {
    expect(at({ observations: [saw('lab.x', 5)] }).get('lab.x')).toMatchObject({ reason: 'undated' });
    expect(at({ date: '2026-06-20', observations: [saw('lab.x', 5)] }).get('lab.x')).toMatchObject({ kind: 'known', value: 5 });
    expect(at({ observations: [saw('lab.y', 5)] }).get('lab.y')).toMatchObject({ kind: 'known' });
  });

  it('keep why a fact that was asked for has no value', () => {
    expect(at({ observations: [saw('lab.y', { absent: 'not-done' })] }).get('lab.y')).toMatchObject({
      kind: 'unknown',
      reason: 'not-done',
    });
  });

  it('that contradict each other on one day are unknown and reported', () => {
    const facts = at({ observations: [saw('tumour.code', 'p', '2026-05-01'), saw('tumour.code', 'q', '2026-05-01')] });
    expect(facts.get('tumour.code')).toMatchObject({ kind: 'unknown', reason: 'conflict' });
    expect(facts.conflicts).toHaveLength(1);
  });
});

describe('derived facts', () => {
  it('follow from others and say which are missing', () => {
    const facts = at({ date: '2026-06-30', observations: [saw('lab.x', 8), saw('lab.y', 2)] });
    expect(facts.get('lab.ratio')).toMatchObject({ kind: 'known', value: 4, from: ['lab.x', 'lab.y'] });
    expect(at({ date: '2026-06-30', observations: [saw('lab.x', 8)] }).get('lab.ratio')).toMatchObject({
      kind: 'unknown',
      from: ['lab.y'],
    });
  });

  it('do not outlive what they are derived from', () => {
    expect(at({ observations: [saw('lab.x', 8, '2024-01-01'), saw('lab.y', 2, '2024-01-01')] }).get('lab.ratio').kind).toBe(
      'unknown',
    );
  });

  it('bound a sum by the parts that are known', () => {
    expect(at({ observations: [saw('z.one', 20)] }).get('z.sum')).toMatchObject({ kind: 'between', min: 20, max: 170 });
    expect(at({}).get('z.sum').kind).toBe('unknown');
  });

  it('need every part to be absent before the whole is', () => {
    expect(at({ observations: [saw('one.yes', false)] }).get('any.of').kind).toBe('unknown');
    expect(at({ observations: [saw('one.yes', false), saw('two.yes', false)] }).get('any.of')).toMatchObject({ value: false });
    expect(at({ observations: [saw('one.yes', true)] }).get('any.of')).toMatchObject({ value: true });
  });

  it('let a supposed fact change what follows from it', () => {
    const facts = at({ date: '2026-06-30', observations: [saw('lab.x', 8), saw('lab.y', 2)] });
    expect(facts.with('lab.y', 4).get('lab.ratio')).toMatchObject({ value: 2 });
    expect(facts.get('lab.ratio')).toMatchObject({ value: 4 });
  });
});

describe('age', () => {
  it('comes from the birth date, before and after the birthday', () => {
    const record = { observations: [saw('person.birth-date', '1958-07-01')] };
    expect(at(record, '2026-06-30').get('person.age')).toMatchObject({ value: 67 });
    expect(at(record, '2026-07-01').get('person.age')).toMatchObject({ value: 68 });
  });

  it('grows from the day on which it was written down', () => {
    expect(at({ observations: [saw('person.age', 60, '2020-01-01')] }).get('person.age')).toMatchObject({
      kind: 'between',
      min: 66,
      max: 67,
    });
    expect(at({ observations: [saw('person.age', 60, '2026-01-01')] }).get('person.age')).toMatchObject({
      kind: 'known',
      value: 60,
    });
  });
});

describe('what follows from treatments', () => {
  const chemotherapy = {
    kind: 'systemic',
    agents: ['cisplatin', 'pemetrexed'],
    start: '2025-01-10',
    end: '2025-05-20',
    origin: { kind: 'file' },
  } as const;

  it('counts lines and days', () => {
    const facts = at({ treatments: [chemotherapy] });
    expect(facts.get('prior.lines-systemic')).toMatchObject({ value: 1 });
    expect(facts.get('prior.line-current')).toMatchObject({ value: 2 });
    expect(facts.get('prior.platinum')).toMatchObject({ value: true });
    expect(facts.get('prior.days-since-platinum')).toMatchObject({ value: 406 });
  });

  it('does not take an unlisted drug for one that was never given', () => {
    expect(at({ treatments: [chemotherapy] }).get('prior.checkpoint-inhibitor').kind).toBe('unknown');
    expect(at({}).get('prior.systemic').kind).toBe('unknown');
    const complete = at({ treatments: [chemotherapy], observations: [saw('prior.treatments-complete', true)] });
    expect(complete.get('prior.checkpoint-inhibitor')).toMatchObject({ value: false });
    expect(at({ observations: [saw('prior.systemic', false)] }).get('prior.checkpoint-inhibitor')).toMatchObject({
      value: false,
    });
  });

  it('leaves out what has not happened yet', () => {
    expect(at({ treatments: [chemotherapy] }, '2024-12-31').get('prior.platinum').kind).toBe('unknown');
  });

  it('measures how long pemetrexed held the disease', () => {
    const facts = at({ treatments: [{ ...chemotherapy, progression: '2026-02-20' }] });
    expect(facts.get('prior.pemetrexed-control-months')).toMatchObject({ value: 9.1 });
  });
});
