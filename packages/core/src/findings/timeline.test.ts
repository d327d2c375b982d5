import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliestDay } from '../case/dates.js';
import type { CaseRecord, Observation, SystemicTherapy } from '../case/record.js';
import { snapshot, snapshotContext } from '../case/snapshot.js';
import { define, emptyRecord } from '../testing.js';
import { type Timeline, type TimelineEvent, timelineOf } from './timeline.js';

const AS_OF = '2026-06-01';
const CATALOGUE = new Map(
  [
    define({ id: 'tumour.diagnosis-date', type: 'date' }),
    define({ id: 'imaging.last-pet', type: 'date' }),
    define({ id: 'lab.creatinine', type: 'number', unit: 'umol/L', range: { min: 0, max: 1000 }, cost: 'blood' }),
    define({ id: 'site.liver', type: 'boolean', cost: 'imaging' }),
    define({ id: 'site.bone', type: 'boolean', cost: 'imaging' }),
    define({ id: 'person.sex', type: 'code', values: [{ id: 'female', label: 'Female', patient: 'Woman' }] }),
    define({ id: 'prior.days-since-platinum', type: 'integer', unit: 'd', derive: { record: 'days-since-platinum' } }),
  ].map((fact) => [fact.id, fact]),
);
const CONTEXT = snapshotContext(CATALOGUE);
const of = (record: Partial<CaseRecord>): Timeline => timelineOf(snapshot(emptyRecord(record), AS_OF, CONTEXT), CATALOGUE);
const origin = { kind: 'file' } as const;
const read = (
  fact: string,
  value: Observation['value'],
  date?: string,
  kind: Observation['origin']['kind'] = 'fhir',
): Observation => ({
  fact,
  value,
  ...(date === undefined ? {} : { date }),
  origin: { kind },
});
const course = (more: Partial<SystemicTherapy>): SystemicTherapy => ({
  kind: 'systemic',
  agents: ['cisplatin'],
  origin,
  ...more,
});
const name = (event: TimelineEvent): string =>
  event.kind === 'treatment' ? event.part : event.kind === 'readings' ? event.way : event.kind;
const days = ({ points }: Timeline): readonly string[] => points.map(({ date, events }) => [date, ...events.map(name)].join(' '));

describe('the timeline of a record', () => {
  it('is empty for a record that says nothing', () => {
    expect(of({})).toEqual({ points: [], undated: [], elapsed: [] });
  });

  it.each<[string, Partial<SystemicTherapy>, readonly string[]]>([
    ['with both its days', { start: '2026-01-05', end: '2026-03-02' }, ['2026-01-05 start', '2026-03-02 end', AS_OF]],
    ['of one day', { start: '2026-01-05', end: '2026-01-05' }, ['2026-01-05 whole', AS_OF]],
    ['without an end', { start: '2026-01-05' }, ['2026-01-05 start', AS_OF]],
    ['that is going on', { start: '2026-01-05', ongoing: true }, ['2026-01-05 start', `${AS_OF} ongoing`]],
    ['that is planned', { start: '2026-07-01', ongoing: true }, [AS_OF, '2026-07-01 start']],
    ['with a day of growth', { start: '2025', progression: '2026-05' }, ['2025 start', '2026-05 progression', AS_OF]],
  ])('places a course %s', (_, more, expected) => {
    expect(days(of({ treatments: [course(more)] }))).toEqual(expected);
  });

  it('lists apart what has no date, whatever the day of the record', () => {
    const record = {
      date: '2026-05-01',
      treatments: [course({}), course({ ongoing: true })],
      observations: [read('lab.creatinine', 80), read('tumour.diagnosis-date', '2026-04')],
      stages: [{ edition: '8', basis: 'clinical', group: 'II', origin }],
    } satisfies Partial<CaseRecord>;
    expect(of(record).undated.map(name)).toEqual(['whole', 'ongoing', 'stage', 'blood']);
    expect(days(of(record))).toEqual(['2026-04 diagnosis', AS_OF]);
  });

  it('groups readings by day and way, what is there before what is not, and says each once', () => {
    const { points } = of({
      observations: [
        read('site.bone', false, '2026-05-01'),
        read('site.liver', true, '2026-05-01'),
        read('site.liver', true, '2026-05-01', 'imaging'),
        read('lab.creatinine', 80, '2026-05-01'),
        read('lab.creatinine', { absent: 'not-done' }, '2026-05-02'),
        read('person.sex', 'female', '2026-05-01'),
      ],
    });
    expect(points.map(({ date }) => date)).toEqual(['2026-05-01', AS_OF]);
    expect(points[0]?.events).toMatchObject([
      { way: 'imaging', facts: [{ id: 'site.liver' }], absent: [{ id: 'site.bone' }] },
      { way: 'blood', facts: [{ id: 'lab.creatinine', value: { patient: '80 µmol/L' } }], absent: [] },
    ]);
  });

  it('keeps partial dates as they are, each before what it may have begun with', () => {
    expect(
      days(
        of({
          observations: [read('tumour.diagnosis-date', '2025'), read('imaging.last-pet', '2025-01-01')],
          treatments: [course({ start: '2025-01', end: '2025-01-01' })],
        }),
      ),
    ).toEqual(['2025 diagnosis', '2025-01 start', '2025-01-01 end day', AS_OF]);
  });

  it('counts the days between steps where the dates are precise enough', () => {
    const { points, elapsed } = of({
      observations: [read('tumour.diagnosis-date', '2025-12-02'), read('lab.creatinine', 80, '2026-01-01')],
      treatments: [course({ start: '2026-01', end: '2026-03-02' })],
    });
    expect(points.map(({ date, since }) => [date, since])).toEqual([
      ['2025-12-02', undefined],
      ['2026-01', { min: 30, max: 60 }],
      ['2026-01-01', undefined],
      ['2026-03-02', { min: 30, max: 60 }],
      [AS_OF, { min: 91, max: 91 }],
    ]);
    expect(elapsed).toEqual([
      { what: 'diagnosis', days: { min: 181, max: 181 } },
      { what: 'last platinum', days: { min: 91, max: 91 } },
    ]);
  });

  it('has the as-of day once, everything in order, and tells what is later', () => {
    const date = fc.constantFrom('2024', '2026', '2026-05', '2026-06', '2026-06-01', '2026-05-31', '2027-01-01', '2027');
    fc.assert(
      fc.property(fc.array(date, { minLength: 1 }), (dates) => {
        const { points } = of({ treatments: dates.map((start) => course({ start })) });
        const first = points.map((point) => earliestDay(point.date));
        expect(first).toEqual([...first].sort((a, b) => a - b));
        expect(points.filter(({ when }) => when === 'today').map((point) => point.date)).toEqual([AS_OF]);
        for (const point of points) expect(point.when === 'later').toBe(earliestDay(point.date) > earliestDay(AS_OF));
        expect(points.flatMap(({ events }) => events)).toHaveLength(dates.length);
      }),
    );
  });
});
