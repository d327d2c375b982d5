import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { define } from '../testing.js';
import { withObservation, withoutObservation } from './edit.js';
import type { CaseRecord, Observation } from './record.js';
import { snapshot, snapshotContext } from './snapshot.js';

const TODAY = '2026-06-01';
const told: Observation['origin'] = { kind: 'patient', at: 'told here' };
const letter: Observation['origin'] = { kind: 'letter', at: 'facts.a' };
const record = (observations: readonly Observation[], date?: string): CaseRecord => ({
  schema: 'serosa.case/1',
  id: 'x',
  ...(date === undefined ? {} : { date }),
  observations,
  treatments: [],
  stages: [],
});
const said = (value: Observation['value'], date?: string, origin = told, fact = 'a'): Observation => ({
  fact,
  value,
  ...(date === undefined ? {} : { date }),
  origin,
});
const context = snapshotContext(new Map([['a', define({ id: 'a', type: 'boolean' })]]));
const state = (one: CaseRecord) => snapshot(one, TODAY, context).get('a');

describe('a statement that is added', () => {
  it('answers, and leaves older readings of others in the record', () => {
    const after = withObservation(record([said(true, '2026-01-05', letter)]), said(false, TODAY));
    expect(after.observations).toHaveLength(2);
    expect(state(after)).toMatchObject({ kind: 'known', value: false });
  });

  it.each([
    ['of the same day', said(true, TODAY, letter), undefined],
    ['of a month that may be later', said(true, '2026-06', letter), undefined],
    ['without a day', said(true, undefined, letter), undefined],
    ['without a day in a record of today', said(true, undefined, letter), TODAY],
  ])('takes the place of a reading %s', (_, other, date) => {
    const after = withObservation(record([other], date), said(false, TODAY));
    expect(after.observations).toEqual([said(false, TODAY)]);
  });

  it('takes the place of what was told here before, however old, and of nothing about other facts', () => {
    const others = said(true, '2026-01-01', told, 'b');
    const after = withObservation(record([said(true, '2026-01-01'), others]), said(false, TODAY));
    expect(after.observations).toEqual([others, said(false, TODAY)]);
  });

  it('without a day takes the place of all, or an older dated reading would still answer', () => {
    const after = withObservation(record([said(true, '2026-01-05', letter)]), said(false));
    expect(state(after)).toMatchObject({ kind: 'known', value: false });
  });

  it('always answers, whatever the record held', () => {
    const date = fc.option(fc.constantFrom('2025', '2026-06', '2026-05-31', TODAY, '2026-07-01'), { nil: undefined });
    const origin = fc.constantFrom(told, letter);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), date, origin).map((one) => said(...one))),
        date,
        fc.boolean(),
        fc.constantFrom(TODAY, undefined),
        (before, recordDate, value, day) => {
          const after = withObservation(record(before, recordDate), said(value, day));
          // A record that is itself dated later than today has nothing to say today.
          if (day === undefined && recordDate === '2026-07-01') return;
          expect(state(after)).toMatchObject({ kind: 'known', value });
        },
      ),
    );
  });
});

it('a statement that is taken back lets others answer again', () => {
  const before = record([said(true, '2026-01-05', letter)]);
  expect(withoutObservation(withObservation(before, said(false, TODAY)), 'a', told)).toEqual(before);
});
