import { TRIAL_STATUSES } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nctId, registryId } from './ids.js';
import { ageOf, codeOf, countOf, dateOf, phasesOf, saysNothing, sexOf, statusOf, studyTypeOf, yesOrNo } from './values.js';

describe('ids', () => {
  it.each([
    ['NCT02899299', 'NCT02899299'],
    ['nct2899299', 'NCT02899299'],
    [' NCT00000001 ', 'NCT00000001'],
    ['NCT1', 'NCT00000001'],
    ['NCT00000000', undefined],
    ['NCT123456789', undefined],
    ['NCT0289929X', undefined],
    ['02899299', undefined],
    ['', undefined],
  ])('%j is the NCT number %j', (text, id) => {
    expect(nctId(text)).toBe(id);
  });

  it.each([
    ['isrctn12345678', 'ISRCTN12345678'],
    ['2023-503456-12-00', '2023-503456-12-00'],
    ['EU CT 2023-503456-12-00', '2023-503456-12-00'],
    ['2011-001234-56', 'EUCTR2011-001234-56'],
    ['EUCTR2011-001234-56-GB', 'EUCTR2011-001234-56-GB'],
    ['ACTRN12619001234567p', 'ACTRN12619001234567'],
    ['chictr2000029953', 'ChiCTR2000029953'],
    ['ChiCTR-IPR-17012345', 'ChiCTR-IPR-17012345'],
    ['jRCTs031180001', 'jRCTs031180001'],
    ['JRCT2031190123', 'jRCT2031190123'],
    ['JapicCTI-163247', 'JapicCTI-163247'],
    ['DRKS00012345', 'DRKS00012345'],
    ['CTRI/2018/03/012345', 'CTRI/2018/03/012345'],
    ['SVMC-ONC-222', undefined],
    ['12345', undefined],
  ])('%j is the registry id %j', (text, id) => {
    expect(registryId(text)).toBe(id);
  });

  it('a canonical id is its own canonical form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        const id = nctId(`nct${number}`)!;
        expect(id).toMatch(/^NCT\d{8}$/);
        expect(registryId(id)).toBe(id);
      }),
    );
  });
});

describe('statuses', () => {
  it.each([
    ['Active, not recruiting', 'ACTIVE_NOT_RECRUITING'],
    ['recruiting', 'RECRUITING'],
    ['Not yet recruiting', 'NOT_YET_RECRUITING'],
    ['Enrolling by invitation', 'ENROLLING_BY_INVITATION'],
    ['No longer available', 'NO_LONGER_AVAILABLE'],
    ['Approved for marketing', 'APPROVED_FOR_MARKETING'],
    ['Unknown status', 'UNKNOWN'],
    ['Ongoing, recruitment ended', 'ACTIVE_NOT_RECRUITING'],
    ['Prematurely Ended', 'TERMINATED'],
    // Closed for now or for good: the words do not say which.
    ['Not recruiting', undefined],
    ['other', undefined],
    ['constructor', undefined],
  ])('%j is %j', (text, status) => {
    expect(statusOf(text)).toBe(status);
  });

  it('every value of the enumeration is read in every case and with any blanks', () => {
    for (const status of TRIAL_STATUSES.filter((one) => one !== 'OTHER')) {
      expect(statusOf(status)).toBe(status);
      expect(statusOf(` ${status.toLowerCase().replaceAll('_', ' ')} `)).toBe(status);
    }
  });
});

describe('phases', () => {
  it.each([
    ['Phase 1/Phase 2', ['PHASE1', 'PHASE2']],
    ['PHASE1, PHASE2', ['PHASE1', 'PHASE2']],
    ['PHASE2', ['PHASE2']],
    ['phase1_phase2', ['PHASE1', 'PHASE2']],
    ['EARLY_PHASE1', ['EARLY_PHASE1']],
    ['Early Phase 1', ['EARLY_PHASE1']],
    ['Phase 0', ['EARLY_PHASE1']],
    ['Phase II-III', ['PHASE2', 'PHASE3']],
    ['Phase Ib/IIa', ['PHASE1', 'PHASE2']],
    ['Phases 1 and 2', ['PHASE1', 'PHASE2']],
    ['4', ['PHASE4']],
    ['N/A', ['NA']],
    ['Not Applicable', ['NA']],
    ['Human pharmacology (Phase I): no\nTherapeutic exploratory (Phase II): yes\nTherapeutic use (Phase IV): no', ['PHASE2']],
    ['Phase 5', undefined],
    ['pilot', undefined],
    ['Phase 1 with 3 doses', undefined],
  ])('%j is %j', (text, phases) => {
    expect(phasesOf(text)).toEqual(phases);
  });
});

describe('ages', () => {
  it.each([
    ['18 Years', 18],
    ['6 Months', 0.5],
    ['1 Year', 1],
    ['18Y', 18],
    ['75', 75],
    ['0 Years', 0],
    ['18 years old', 18],
    ['adult', undefined],
    ['>18', undefined],
  ])('%j is %j years', (text, years) => {
    expect(ageOf(text)).toBe(years);
  });

  it('weeks, days and hours are parts of a year of 365.25 days', () => {
    expect(ageOf('4 Weeks')).toBeCloseTo(28 / 365.25, 12);
    expect(ageOf('24 Hours')).toBeCloseTo(1 / 365.25, 12);
  });

  it.each(['N/A', 'n/a (No limit)', 'None', '', ' - ', 'No limit', 'nan'])('%j says nothing', (text) => {
    expect(saysNothing(text)).toBe(true);
  });

  it.each(['NASH', 'None (Open Label)', '0'])('%j says something', (text) => {
    expect(saysNothing(text)).toBe(false);
  });
});

describe('dates', () => {
  it.each([
    ['2018', '2018'],
    ['2018-03', '2018-03'],
    ['2018-03-09', '2018-03-09'],
    ['2018-03-09T10:15:00Z', '2018-03-09'],
    ['2018/03/09', '2018-03-09'],
    ['20180309', '2018-03-09'],
    ['March 2018', '2018-03'],
    ['Sept. 2018', '2018-09'],
    ['January 5, 2020', '2020-01-05'],
    ['5 Jan 2020', '2020-01-05'],
    ['03/04/2018', undefined],
    ['2018-13', undefined],
    ['February 30, 2019', undefined],
    ['soon', undefined],
  ])('%j is %j', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });
});

it('reads sex, yes and no, counts, study types and words as codes', () => {
  expect(['All', 'Both', 'Female', 'male', 'Both males and females', 'x'].map(sexOf)).toEqual([
    'ALL',
    'ALL',
    'FEMALE',
    'MALE',
    'ALL',
    undefined,
  ]);
  expect(['Yes', 'No', 'Accepts Healthy Volunteers', 'true', 'maybe'].map(yesOrNo)).toEqual([true, false, true, true, undefined]);
  expect(['21.0', '1,200', '40', 'about 40', '-1'].map(countOf)).toEqual([21, 1200, 40, undefined, undefined]);
  expect(['Interventional', 'Observational [Patient Registry]', 'Expanded Access', 'x'].map(studyTypeOf)).toEqual([
    'INTERVENTIONAL',
    'OBSERVATIONAL',
    'EXPANDED_ACCESS',
    undefined,
  ]);
  expect(codeOf('Dietary Supplement')).toBe('DIETARY_SUPPLEMENT');
});
