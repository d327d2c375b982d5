import { describe, expect, it } from 'vitest';
import { agentOf, agentsIn } from './agents.js';
import { addDays, dateOfDateTime, parseDate } from './dates.js';
import { editDistance, nearest } from './spelling.js';
import { findCategory, findGroup, readCategory, readEdition, readGroup } from './tnm.js';
import { converter } from './units.js';

describe('units', () => {
  it.each([
    [1, 'g/dL', 'g/L', 10],
    [1, 'mg/dL', 'g/L', 0.01],
    [5, 'K/uL', '10*9/L', 5],
    [5, 'x10^9/L', '10*9/L', 5],
    [5000, '/uL', '10*9/L', 5],
    [5, '10*3/mm3', '10*9/L', 5],
    [170, 'lb', 'kg', 77.1107029],
    [65, '[in_i]', 'cm', 165.1],
    [1.7, 'm', 'cm', 170],
    [99.5, '°F', 'Cel', 37.5],
    [1, 'µmol/L', 'mmol/L', 0.001],
    [0.97, '1', '%', 97],
    [10, 'kPa', 'mm[Hg]', 75.006],
    [2, 'g/d', 'g/(24.h)', 2],
    [1, 'nkat/L', 'U/L', 0.06],
    [6000, 'cGy', 'Gy', 60],
    [30, 'IU/L', 'U/L', 30],
    [40, 'ng/mL', 'ug/L', 40],
    [1, 'm^2', 'm2', 1],
  ])('convert: %s %s is %s %s', (value, from, to, expected) => {
    expect(converter(from, to)?.(value)).toBeCloseTo(expected, 3);
  });

  it.each([
    ['mg/dL', 'umol/L'],
    ['kg', 'cm'],
    ['mL/min/{1.73_m2}', 'mL/min'],
    ['stone', 'kg/m2'],
    ['', 'kg'],
    ['((((((', 'kg'],
    ['furlong', 'm'],
    ['kg/', 'kg'],
    ['__proto__', 'kg'],
    ['constructor', '1'],
  ])('that measure different things do not: %s and %s', (from, to) => {
    expect(converter(from, to)).toBeUndefined();
  });
});

describe('dates', () => {
  it('are real or none', () => {
    expect(['2024', '2024-02', '2024-02-29'].map(parseDate)).toEqual(['2024', '2024-02', '2024-02-29']);
    expect(
      ['', '24', '0000', '2024-13', '2023-02-29', '2024-2-1', '2024-02-30', '2024-02-29T00', '99999'].map(parseDate),
    ).toEqual(Array(9).fill(undefined));
    expect(['2024-02-29T23:00:00+05:00', '2024-02', 'now'].map(dateOfDateTime)).toEqual(['2024-02-29', '2024-02', undefined]);
  });
  it('stay as exact as what they are counted from', () => {
    expect(addDays('2012-11-05', 300)).toBe('2013-09-01');
    expect(addDays('2012-11', 20)).toBe('2012-12');
    expect(addDays('2012', 300)).toBe('2013');
    expect(addDays('2012', -10)).toBe('2012');
    expect(addDays('2012', 1e12)).toBeUndefined();
  });
});

describe('TNM', () => {
  it('is read with its prefixes', () => {
    expect(readCategory('T', 'cT3')).toEqual({ value: 'T3', basis: 'clinical' });
    expect(readCategory('T', 'ypT2')).toEqual({ value: 'T2', basis: 'pathological', modifiers: 'y' });
    expect(readCategory('N', 'pN1(sn)')).toEqual({ value: 'N1', basis: 'pathological' });
    expect(readCategory('M', 'M1b')).toEqual({ value: 'M1b' });
    expect(readCategory('T', 'tx')).toEqual({ value: 'TX' });
    expect(['T5', 'N1', 'x', ''].map((text) => readCategory('T', text))).toEqual(Array(4).fill(undefined));
    expect(findCategory('N', 'American Joint Committee on Cancer cN3 (qualifier value)')).toEqual({
      value: 'N3',
      basis: 'clinical',
    });
    expect(['Stage IIIA', '3a', 'iv', 'pathologic stage IB', 'stage five', 'B'].map(readGroup)).toEqual([
      'IIIA',
      'IIIA',
      'IV',
      'IB',
      undefined,
      undefined,
    ]);
    expect(findGroup('American Joint Committee on Cancer stage IIIC (qualifier value)')).toBe('IIIC');
    expect(
      [8, '8th', 'AJCC 8th edition', 'UICC TNM 9', 'version 9', 'ninth edition', '12', 'AJCC'].map((edition) =>
        readEdition(edition),
      ),
    ).toEqual(['8', '8', '8', '9', '9', '9', undefined, undefined]);
  });
});

describe('drugs', () => {
  it('are known by many names', () => {
    expect(agentsIn('Carboplatin AUC 5 + Alimta 500 mg/m2')).toEqual(['carboplatin', 'pemetrexed']);
    expect(agentsIn('cisplatin 1 MG/ML Injectable Solution')).toEqual(['cisplatin']);
    expect(agentsIn('ADI-PEG 20 and 5-FU')).toEqual(['pegargiminase', 'fluorouracil']);
    expect(agentsIn('paracetamol')).toEqual([]);
    expect(agentOf(' Opdivo ')).toBe('nivolumab');
  });
});

describe('spelling', () => {
  it('finds the nearest word that is near', () => {
    expect(editDistance('creatinin', 'creatinine')).toBe(1);
    expect(editDistance('abdc', 'abcd')).toBe(1);
    expect(nearest('femal', ['male', 'female'])).toBe('female');
    expect(nearest('zzz', ['male', 'female'])).toBeUndefined();
  });
});

describe('a category in a longer text', () => {
  it.each(['at2 scan', 'a t2 scan', 'T 2 weighted', 'on n1 visit', 'aT2'])('is not: %s', (text) => {
    expect(findCategory('T', text) ?? findCategory('N', text)).toBeUndefined();
  });
  it('is as it is printed', () => {
    expect(findCategory('T', 'Committee on Cancer ycT3 (qualifier value)')).toEqual({
      value: 'T3',
      basis: 'clinical',
      modifiers: 'y',
    });
  });
});
