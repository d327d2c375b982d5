import type { CaseRecord, FactDefinition } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { readDate, readNumber } from './answer.js';
import { asksDay, originOf, scanDay, toldOf, undatedScans, withAnswer } from './told.js';

const creatinine: FactDefinition = {
  id: 'lab.creatinine',
  type: 'number',
  label: 'Creatinine',
  patient: { label: 'Creatinine', question: 'Creatinine?', where: 'On the printout.' },
  unit: 'umol/L',
  units: { 'mg/dL': 88.4 },
  range: { min: 5, max: 3000 },
  currentDays: 28,
  cost: 'blood',
  learnedBy: [],
};
const ecog: FactDefinition = {
  ...creatinine,
  id: 'person.ecog',
  type: 'integer',
  unit: '1',
  range: { min: 0, max: 4 },
  cost: 'question',
};

describe('numbers as people write them', () => {
  it.each([
    ['84', undefined, 84],
    [' 84 ', undefined, 84],
    ['84,5', undefined, 84.5],
    ['0,9', 'mg/dL', 79.56],
    ['0.9', 'mg/dL', 79.56],
  ])('%s %s', (text, unit, value) => {
    const read = readNumber(creatinine, text, unit);
    expect('value' in read && read.value).toBeCloseTo(value, 2);
  });

  it.each([
    ['abc', /not a number/],
    ['12 or 13', /not a number/],
    ['1,234', /not a number/],
    ['<5', /not a number/],
    ['-3', /between 5 and 3000 µmol\/L.*another unit/],
    ['0,9', /between 5 and 3000/],
    ['99999', /between 5 and 3000/],
  ])('%s is refused with what to do', (text, said) => {
    const read = readNumber(creatinine, text, undefined);
    expect('wrong' in read && read.wrong).toMatch(said);
    // A person who reads this knows no ids.
    expect('wrong' in read && read.wrong).not.toContain('lab.');
  });

  it('a grade is whole', () => {
    expect(readNumber(ecog, '1', undefined)).toEqual({ value: 1 });
    expect(readNumber(ecog, '1.5', undefined)).toEqual({ wrong: 'Write a whole number here.' });
  });
});

describe('days', () => {
  it.each([
    ['', '', '', undefined],
    ['', '', '2024', '2024'],
    ['', '5', '2024', '2024-05'],
    ['9', '5', '2024', '2024-05-09'],
    ['29', '02', '2024', '2024-02-29'],
  ])('%s %s %s', (day, month, year, date) => expect(readDate(day, month, year)).toBe(date));

  it.each([
    ['9', '5', '24', /four digits/],
    ['9', '', '2024', /month is missing/],
    ['30', '2', '2024', /no such day/],
    ['1', '13', '2024', /no such day/],
    ['x', '1', '2024', /no such day/],
  ])('%s %s %s is refused', (day, month, year, said) =>
    expect(readDate(day, month, year)).toEqual({ wrong: expect.stringMatching(said) }),
  );
});

it('of a result that ages the day is asked, of what somebody knows of today it is not', () => {
  expect(asksDay(creatinine)).toBe(true);
  expect(asksDay(ecog)).toBe(false);
  expect(asksDay({ ...creatinine, type: 'date' })).toBe(false);
  expect(originOf(creatinine)).toEqual({ kind: 'laboratory', at: 'told here' });
});

describe('answers in the record', () => {
  const liver: FactDefinition = { ...creatinine, id: 'site.liver', type: 'boolean', cost: 'imaging', currentDays: 90 };
  const catalogue = new Map([[liver.id, liver]]);
  const empty: CaseRecord = { schema: 'serosa.case/1', id: 'x', observations: [], treatments: [], stages: [] };

  it('of a scan count from its day, and are named while they have none', () => {
    const undated = withAnswer(empty, liver, { value: false }, '2026-06-01');
    expect(undatedScans(undated, catalogue).map(({ fact }) => fact)).toEqual(['site.liver']);
    expect(scanDay(undated)).toBeUndefined();
    const dated = withAnswer(undated, liver, { value: false, date: '2026-05' }, '2026-06-01');
    expect(undatedScans(dated, catalogue)).toEqual([]);
    expect(scanDay(dated)).toBe('2026-05');
    // Another answer to the same question keeps the day of the scan.
    expect(toldOf(withAnswer(dated, liver, { value: true }, '2026-06-01'), 'site.liver')?.date).toBe('2026-05');
    // "I don't know" needs no day.
    expect(undatedScans(withAnswer(empty, liver, { value: { absent: 'unknown' } }, '2026-06-01'), catalogue)).toEqual([]);
  });

  it('of what somebody knows are of today, and can be taken back', () => {
    const said = withAnswer(empty, ecog, { value: 1 }, '2026-06-01');
    expect(toldOf(said, 'person.ecog')).toMatchObject({ value: 1, date: '2026-06-01' });
    expect(withAnswer(said, ecog, undefined, '2026-06-01')).toEqual(empty);
  });
});
