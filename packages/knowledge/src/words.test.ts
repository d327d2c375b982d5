import { describe, expect, it } from 'vitest';
import { codeFault, isDay, luhn, verhoeff } from './identifiers.js';
import { doseIn, KNOWN_WRONG, readability, survivalIn } from './words.js';

describe('reading grade', () => {
  it('follows the formula', () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45.
    expect(readability(['The cat sat on the mat.'])).toEqual({ grade: -1.4, sentences: 1, words: 6 });
    // 12 words, 2 sentences, 14 syllables (doctor, better): 0.39 × 6 + 11.8 × 14 / 12 − 15.59 = 0.52.
    expect(readability(['Ask your doctor to help.', 'You may feel better in a week.'])).toMatchObject({ grade: 0.5, words: 12 });
  });

  it('leaves out labels, and is undefined without prose', () => {
    expect(readability(['Haematological investigations', 'Multidisciplinary'])).toBeUndefined();
    expect(readability(['Haematological investigations', 'The cat sat on the mat.'])).toMatchObject({ words: 6 });
  });

  it('counts words in quotation marks as one easy word', () => {
    const where = (name: string) => readability([`Look under ${name}.`])!;
    expect(where('"Immunohistochemistry and molecular pathology"')).toEqual(where('"Blood"'));
    expect(where('"Blood"').words).toBe(3);
  });

  it('counts an explained medical word as an easy one', () => {
    const unexplained = readability(['You will get immunotherapy.'])!.grade;
    const explained = readability(['You will get immunotherapy. It helps your own defences.', ''])!.grade;
    expect(unexplained).toBeGreaterThan(8);
    expect(explained).toBeLessThan(5);
  });
});

describe('doses', () => {
  it.each(['Take 10 mg a day.', '240 to 360mg', '20 Gy', '75 mg/m2', 'AUC 5', '5 ml of syrup', '2.5 milligrams', '10 tablets'])(
    '%s',
    (text) => {
      expect(doseIn(text)).toBeDefined();
    },
  );
  it.each([
    '1.2 mg/dL',
    'in mg per litre',
    '500 mL of fluid',
    'less than 45 mL/min',
    'a mg',
    '3 large meals',
    'grade 2',
    '10 mgr',
  ])('not %s', (text) => {
    expect(doseIn(text)).toBeUndefined();
  });
});

describe('survival figures', () => {
  it.each([
    'Half of people live for 18 months.',
    'The average survival is 9 months.',
    '40% of people are alive.',
    'Survival at 2 years is 41%.',
  ])('%s', (text) => {
    expect(survivalIn(text)).toBeDefined();
  });
  it.each(['You may feel better in 3 months.', 'Tell them where you live.', 'Scans every 12 weeks.'])('not %s', (text) => {
    expect(survivalIn(text)).toBeUndefined();
  });
});

describe('figures known to be wrong', () => {
  const wrongIn = (text: string) =>
    KNOWN_WRONG.filter(({ all, unless }) => all.every((p) => p.test(text)) && !unless?.test(text)).map(({ id }) => id);

  it.each([
    ['checkmate-743-inverted', 'text: CheckMate 743\nhazardRatio: 1.33', 'text: CheckMate 743\nhazardRatio: 0.74'],
    ['maps-inverted', 'MAPS: HR 1.30', 'MAPS: HR 0.77'],
    ['confirm-inverted', 'CONFIRM, hazard ratio of 1.45', 'CONFIRM, hazard ratio of 0.69'],
    ['misprinted-ratio', 'hazardRatio: 0.034', 'hazardRatio: 0.34'],
    [
      'other-tumour-scheme',
      'ipilimumab 1 mg/kg every 3 weeks',
      'ipilimumab 1 mg/kg every 6 weeks, nivolumab 360 mg every 3 weeks',
    ],
    [
      'checkmate-743-response',
      'CheckMate 743: response 41% vs 27%',
      'CheckMate 743: response 40%; survival at 2 years 41% vs 27%',
    ],
    ['wrong-appraisal', 'NICE TA553', 'NICE TA818'],
    ['wrong-trial-id', 'NCT03574493', 'NCT03875144'],
    ['smart-p', 'SMART: odds ratio 0.51, p = .014', 'SMART: odds ratio 0.51, p = 0.14'],
    ['rames-interval', 'RAMES\nlow: 0.59\nhigh: 0.85\nlevel: 0.95', 'RAMES\nlow: 0.59\nhigh: 0.85\nlevel: 0.7'],
    ['checkmate-743-median', 'epithelioid, nivolumab: 19.1 months', 'epithelioid, nivolumab: 18.7 months'],
    ['promise-mixed', 'PROMISE-meso: 11.7 months, 1.12', 'PROMISE-meso: 11.7 months, 1.05'],
    ['keynote-483-mixed', 'KEYNOTE-483: 52% vs 38%', 'KEYNOTE-483: 52% vs 29%'],
    ['keynote-483-p', 'p = 0.0162', 'one-sided p = 0.0162'],
    ['dose-fractions-swapped', '4 Gy in 5 fractions', '20 Gy in 5 fractions'],
    ['mri-predictive-values', 'PPV 68, NPV 92', 'PPV 92, NPV 67'],
    ['ctc-medians', 'CTC positive 22.3, negative 12.6', 'CTC positive: 2.904'],
    ['ctc-sensitivity', '52/137 (28%)', '52/137 (38%)'],
    ['cytology-swapped', 'sensitivity 73, NPV 79', 'sensitivity 79, NPV 73'],
    ['arnold-interval', 'Arnold: 46 (42-58)', 'Arnold: 46 (42-58, looks like a misprint)'],
    ['fibulin-3', 'fibulin-3: sensitivity 87, sensitivity 89', 'fibulin-3: sensitivity 87, specificity 89'],
    ['expression-of-concern', '10.1158/1078-0432.CCR-15-1130', '10.1158/1078-0432.CCR-15-1130 has an Expression of Concern'],
    ['corrected-paper', '10.1186/s12885-020-07662-y', '10.1186/s12885-020-07662-y, correction of 8 March 2021'],
    ['wrong-guideline', 'NICE NG151', 'NICE CG151'],
  ])('%s', (id, wrong, right) => {
    expect(wrongIn(wrong)).toEqual([id]);
    expect(wrongIn(right)).toEqual([]);
  });
});

describe('identifiers', () => {
  it('knows check digits', () => {
    expect(['254645002', '109378008', '1222604002', '24028007'].map(verhoeff)).toEqual([true, true, true, true]);
    // Two codes that public examples print with a wrong check digit.
    expect(['1222594001', '1222593007'].map(verhoeff)).toEqual([false, false]);
    expect(['219089', '892471', '7187', '412924'].map(luhn)).toEqual([true, true, true, true]);
    expect(luhn('219088')).toBe(false);
  });

  it.each([
    ['icd-10', 'C45.0'],
    ['icd-o-3', '9052/3'],
    ['icd-o-3', 'C38.4'],
    ['ncit', 'C7376'],
    ['hgnc', 'HGNC:950'],
    ['iso-3166', 'GB'],
    ['loinc', 'LA9633-4'],
  ] as const)('takes %s %s', (system, code) => {
    expect(codeFault({ system, code })).toBeUndefined();
  });

  it.each([
    ['icd-10', '45.0'],
    ['icd-o-3', '9052'],
    ['ncit', '7376'],
    ['snomed', '9'],
  ] as const)('refuses %s %s', (system, code) => {
    expect(codeFault({ system, code })).toContain(code);
  });

  it('knows the calendar', () => {
    expect(['2024-02-29', '2023-02-29', '2026-13-01', '2026-1-1', ''].map(isDay)).toEqual([true, false, false, false, false]);
  });
});
