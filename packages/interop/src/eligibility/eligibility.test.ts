import { evaluate, type Facts, NOT_RECORDED, type Verdict } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.js';
import { readEligibility } from './criteria.js';
import { parseCriterion } from './parse.js';
import { splitEligibility } from './split.js';

type Values = Readonly<Record<string, boolean | number | string>>;
const factsOf = (values: Values): Facts => ({
  asOf: '2026-01-01',
  get: (id) => {
    const value = values[id];
    return value === undefined ? NOT_RECORDED : { kind: 'known', value };
  },
});
/** What one criterion answers for one person. */
function answer(side: 'inclusion' | 'exclusion', text: string, values: Values, leadIn?: string): Verdict {
  const { requires } = parseCriterion({ side, text, span: [0, text.length], ...(leadIn === undefined ? {} : { leadIn }) });
  return evaluate(requires, factsOf(values)).verdict;
}

const MESO = { 'tumour.mesothelioma': true, 'tumour.primary-site': 'pleura' } as const;

describe('criteria that are read', () => {
  it.each<[string, Values, Verdict]>([
    ['Age ≥18 years', { 'person.age': 17 }, 'false'],
    ['Aged 16-80 years.', { 'person.age': 81 }, 'false'],
    ['Greater than or equal to 18 years of age and less than or equal to age 75', { 'person.age': 75 }, 'true'],
    ['At least 18 years of age at the time of informed consent', { 'person.age': 30 }, 'true'],
    ['ECOG performance status of 0, 1, or 2.', { 'person.ecog': 2 }, 'true'],
    ['Eastern Cooperative Oncology Group (ECOG) Performance status of 0 to 1', { 'person.ecog': 2 }, 'false'],
    ['ECOG performance status <= 1 (Karnofsky >= 80%).', { 'person.ecog': 1 }, 'true'],
    ['ECOG 0-1 or Karnofsky >= 80', { 'person.ecog': 2, 'person.karnofsky': 80 }, 'true'],
    ['Karnofsky performance status ≥ 80%', { 'person.karnofsky': 70 }, 'false'],
    ['Life expectancy of at least 12 weeks.', { 'person.life-expectancy-weeks': 11 }, 'false'],
    ['Weight ≥40 kg.', { 'person.weight': 39 }, 'false'],
    ['Absolute neutrophil count ≥ 1,500/mcL', { 'lab.neutrophils': 1.4 }, 'false'],
    ['ANC ≥ 1.5 x 10^9/L', { 'lab.neutrophils': 1.5 }, 'true'],
    ['Platelets ≥ 100,000/mm3', { 'lab.platelets': 99 }, 'false'],
    ['Hemoglobin > 8.0 g/dl', { 'lab.haemoglobin': 81 }, 'true'],
    ['Haemoglobin ≥ 9.0 g/L', { 'lab.haemoglobin': 89 }, 'false'],
    ['Hemoglobin ≥ 90 g/dL', { 'lab.haemoglobin': 95 }, 'true'],
    ['Serum creatinine ≤ 1.5 mg/dL', { 'lab.creatinine': 133 }, 'false'],
    [
      'creatinine less than 1.5 mg/dL OR creatinine clearance (by Cockcroft Gault formula) greater than or equal to 50 mL/min.',
      { 'lab.creatinine': 150, 'lab.creatinine-clearance': 55 },
      'true',
    ],
    [
      "Total bilirubin ≤ 1.5 x upper limit of normal (ULN) (except participants with Gilbert's Syndrome, who are eligible with bilirubin ≤ 2.5 ULN)",
      { 'lab.bilirubin-times-upper-limit': 2, 'comorbid.gilbert': true },
      'true',
    ],
    [
      'Alanine transaminase ≤ 2.5 x upper limit of normal (ULN), unless liver metastases or invasion are present, in which case it must be ≤ 5 x ULN',
      { 'lab.alt-times-upper-limit': 4, 'site.liver': true },
      'true',
    ],
    ['AST and ALT ≤ 2.5 x ULN', { 'lab.ast-times-upper-limit': 1, 'lab.alt-times-upper-limit': 3 }, 'false'],
    ['Histologically confirmed malignant pleural mesothelioma', { ...MESO, 'tumour.sample-type': 'core' }, 'true'],
    [
      'Histologically or cytologically confirmed pleural or peritoneal mesothelioma',
      { ...MESO, 'tumour.primary-site': 'pericardium' },
      'false',
    ],
    ['Epithelioid pleural mesothelioma', { ...MESO, 'tumour.histology': 'sarcomatoid' }, 'false'],
    ['Histologically confirmed non-small cell lung cancer', MESO, 'false'],
    ['Patients with ovarian cancer must have received bevacizumab', MESO, 'true'],
    ['Measurable disease per modified RECIST', { 'extent.measurable-mrecist': false }, 'false'],
    ['Measurable or evaluable disease', { 'extent.measurable': false, 'extent.evaluable': true }, 'true'],
    ['No previous chemotherapy', { 'prior.chemotherapy': true }, 'false'],
    ['At least 4 weeks since prior chemotherapy', { 'prior.chemotherapy': true, 'prior.days-since-chemotherapy': 27 }, 'false'],
    ['At least 4 weeks since prior chemotherapy', { 'prior.chemotherapy': false }, 'true'],
    ['Negative serum pregnancy test result at screening', { 'person.sex': 'male' }, 'true'],
    ['HIV negative', { 'lab.hiv': 'negative' }, 'true'],
    ['No active autoimmune disease', { 'comorbid.autoimmune': 'none' }, 'true'],
  ])('asks for: %s', (text, values, verdict) => {
    expect(answer('inclusion', text, values)).toBe(verdict);
  });

  it.each<[string, Values, Verdict]>([
    ['Pregnant or lactating women.', { 'comorbid.pregnant': false, 'comorbid.breastfeeding': true }, 'false'],
    ['Pregnant women and lactating females', { 'comorbid.pregnant': false, 'comorbid.breastfeeding': false }, 'true'],
    ['Known HIV, HBV, HCV infection', { 'lab.hiv': 'active', 'lab.hiv-tested': true }, 'false'],
    ['Known HIV infection', { 'lab.hiv-tested': false }, 'true'],
    [
      'HIV, active hepatitis B or C, or active infection',
      { 'lab.hiv': 'negative', 'lab.hepatitis-b': 'negative', 'lab.hepatitis-c': 'negative', 'comorbid.infection-active': true },
      'false',
    ],
    ['Presence of CNS metastases', { 'extent.brain-metastases': 'treated-stable' }, 'false'],
    [
      'Symptomatic or uncontrolled brain metastases or leptomeningeal disease',
      { 'extent.brain-metastases': 'none', 'extent.brain-symptomatic': false, 'extent.leptomeningeal': true },
      'false',
    ],
    ['New York Heart Association Class III or IV heart failure', { 'organ.nyha': 'nyha-3' }, 'false'],
    ['NYHA class ≥ III', { 'organ.nyha': 'nyha-2' }, 'true'],
    [
      'Major surgery < 4 weeks prior to first dose of lymphodepleting chemotherapy.',
      { 'prior.major-surgery': true, 'prior.days-since-surgery': 20 },
      'judgement',
    ],
    [
      'Prior therapy with an anti-PD-1 or anti-PD-L1 antibody',
      { 'prior.checkpoint-inhibitor': true, 'prior.ctla4': false },
      'false',
    ],
    [
      'Radiation therapy within 2 weeks prior to study entry',
      { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 15 },
      'true',
    ],
    ['Absence of measurable lesions', { 'extent.measurable': false }, 'false'],
    [
      'ALT or AST > 2.5 x ULN, or > 5 x ULN in the presence of liver metastases',
      { 'lab.alt-times-upper-limit': 4, 'lab.ast-times-upper-limit': 1, 'site.liver': false },
      'false',
    ],
    [
      'ALT or AST > 2.5 x ULN, or > 5 x ULN in the presence of liver metastases',
      { 'lab.alt-times-upper-limit': 4, 'lab.ast-times-upper-limit': 1, 'site.liver': true },
      'true',
    ],
    [
      'Active autoimmune disease that has required systemic treatment in past 2 years',
      { 'comorbid.autoimmune': 'severe', 'prior.systemic': false },
      'false',
    ],
    ['Patient must have a platelet count of more than 100,000/mm3', { 'lab.platelets': 90 }, 'false'],
    ['Corrected QT (QTcF) interval > 470 msec', { 'organ.qtcf': 471 }, 'false'],
  ])('excludes: %s', (text, values, verdict) => {
    expect(answer('exclusion', text, values)).toBe(verdict);
  });
});

/** Each of these was once read wrongly: it must neither fail somebody whom the text takes nor pass somebody whom it does not. */
describe('criteria that must not close on the wrong person', () => {
  it.each<['inclusion' | 'exclusion', string, Values, readonly Verdict[]]>([
    ['exclusion', 'No uncontrolled infection', { 'comorbid.infection-active': false }, ['true', 'judgement']],
    [
      'exclusion',
      'Treatment with any other investigational agent, or participation in another clinical trial within 28 days prior to study entry',
      { 'prior.investigational': true, 'prior.days-since-investigational': 400, 'drug.investigational': false },
      ['true', 'judgement'],
    ],
    [
      'exclusion',
      'Prior chemotherapy, immunotherapy, or radiotherapy < 3 weeks prior to Day 1',
      { 'prior.chemotherapy': true, 'prior.days-since-chemotherapy': 300, 'prior.radiotherapy': false },
      ['true', 'judgement'],
    ],
    [
      'exclusion',
      'Blood pressure of >160/100 mmHg, despite adequate anti-hypertensive use.',
      { 'organ.systolic-pressure': 170 },
      ['judgement', 'unknown'],
    ],
    [
      'exclusion',
      'Prior systemic anti-cancer treatment within 21 days or 5 half-lives (whichever is shorter)',
      { 'prior.systemic': true, 'prior.days-since-systemic': 18 },
      ['judgement'],
    ],
    [
      'exclusion',
      'QTcF > 450 msec for males or > 470 msec for females',
      { 'organ.qtcf': 460, 'person.sex': 'female' },
      ['judgement', 'unknown'],
    ],
    [
      'exclusion',
      "Bilirubin ≥ 1.5 x ULN (except for Gilbert's syndrome)",
      { 'lab.bilirubin-times-upper-limit': 1, 'comorbid.gilbert': true },
      ['true'],
    ],
    ['exclusion', 'Idiopathic pulmonary fibrosis', { 'comorbid.interstitial-lung-disease': true }, ['judgement']],
    ['exclusion', 'Known history of mild asthma', {}, ['judgement']],
    [
      'inclusion',
      'Seronegative for HIV antibody. (Patients who are HIV seropositive can have decreased immune-competence.)',
      { 'lab.hiv': 'negative' },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'ANC ≥ 1000/mm3 and hemoglobin ≥ 8 g/dL. For patients with human immunodeficiency virus infection, CD4+ counts must be ≥ 350 cells/uL.',
      { 'lab.neutrophils': 2, 'lab.haemoglobin': 120, 'lab.hiv': 'negative', 'lab.cd4': 200 },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'AST/ALT <= 2.5 x ULN; in patients with liver metastases <= 5 x ULN',
      { 'lab.ast-times-upper-limit': 4, 'lab.alt-times-upper-limit': 4, 'site.liver': true },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'At least 28 days since prior radiotherapy (14 days for palliative radiotherapy)',
      { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 20 },
      ['judgement'],
    ],
    [
      'inclusion',
      'Mesothelioma with a sarcomatoid component of less than 10%',
      { ...MESO, 'tumour.histology': 'epithelioid' },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'Prior radiotherapy must be completed at least 4 weeks before study entry',
      { 'prior.radiotherapy': false },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'Has measurable disease based on RECIST v1.1 or a confirmed glioblastoma',
      { ...MESO, 'extent.measurable': true },
      ['true', 'judgement'],
    ],
    ['inclusion', 'Women ≥ 18 years and men ≥ 21 years', { 'person.age': 19, 'person.sex': 'female' }, ['judgement']],
    ['inclusion', 'Prior chemotherapy regimens ≤1', { 'prior.lines-systemic': 2 }, ['judgement']],
    [
      'inclusion',
      'No prior immunotherapy',
      { 'prior.systemic': true, 'prior.checkpoint-inhibitor': false },
      ['true', 'judgement'],
    ],
    [
      'inclusion',
      'Patients with clinically significant pleural effusions should have their effusions drained',
      { 'extent.effusion-significant': false },
      ['true', 'judgement'],
    ],
  ])('%s: %s', (side, text, values, allowed) => {
    expect(allowed).toContain(answer(side, text, values));
  });

  it.each<['inclusion' | 'exclusion', string, Values]>([
    [
      'inclusion',
      'Histologically confirmed epithelial or biphasic mesothelioma. However, patients with a 50% sarcomatoid component will be excluded.',
      { ...MESO, 'tumour.histology': 'biphasic', 'tumour.sample-type': 'open', 'tumour.sarcomatoid-percent': 70 },
    ],
    ['inclusion', 'Advanced solid tumors (except mesothelioma)', { ...MESO, 'tumour.resectable': false }],
    [
      'inclusion',
      'Patients must have measurable disease, have ECOG 0-1 and have adequate renal function',
      { 'extent.measurable': true, 'person.ecog': 0 },
    ],
    ['exclusion', 'Any other histology than epithelioid mesothelioma', { ...MESO, 'tumour.histology': 'sarcomatoid' }],
    [
      'exclusion',
      'Bilirubin > 2 mg/dL; ALT > 3 x ULN; platelets < 100,000/mm3',
      { 'lab.bilirubin': 40, 'lab.alt-times-upper-limit': 1, 'lab.platelets': 300 },
    ],
    ['exclusion', 'Lack of measurable disease or tumor tissue', { 'extent.measurable': true, 'tumour.tissue-available': false }],
    ['exclusion', 'chronic Hepatitis B or C', { 'lab.hepatitis-b': 'treated', 'lab.hepatitis-c': 'negative' }],
  ])('is never met by the wrong person: %s: %s', (side, text, values) => {
    expect(answer(side, text, values)).not.toBe('true');
  });
});

describe('cutting', () => {
  const cut = (text: string) => splitEligibility(text).map(({ side, text: words, scope }) => [side[0], words, scope]);

  it('tells the sections apart, with headings, bullets, numbers and paragraphs', () => {
    expect(
      cut('* INCLUSION CRITERIA:\n* Age >= 18.\n\nKey Exclusion Criteria:\n\n1. Pregnant\n2) Infection\n   that goes on'),
    ).toEqual([
      ['i', 'Age >= 18.', undefined],
      ['e', 'Pregnant', undefined],
      ['e', 'Infection that goes on', undefined],
    ]);
  });

  it('takes a line that goes on for no heading, and a sentence that keeps out for one', () => {
    expect(
      cut(
        'Exclusion Criteria:\n\n  1. Poor function (see\n     eligibility criteria).\n\n  2. Must not meet the other\n     exclusion criteria\n\n  3. HIV',
      ),
    ).toEqual([
      ['e', 'Poor function (see eligibility criteria).', undefined],
      ['e', 'Must not meet the other exclusion criteria', undefined],
      ['e', 'HIV', undefined],
    ]);
    expect(cut('inclusion criteria\n- Age\nexclusion criteria\n- HIV')).toEqual([
      ['i', 'Age', undefined],
      ['e', 'HIV', undefined],
    ]);
    expect(cut('* Age\n\nPatients are not eligible if they fulfil any of the following:\n\n* HIV')).toEqual([
      ['i', 'Age', undefined],
      ['e', 'HIV', undefined],
    ]);
  });

  it('keeps what stands below "except" with it, and binds a heading to its part', () => {
    expect(
      cut('Exclusion Criteria:\n\n* Other cancer within 5 years, except;\n  * skin cancer\n  * carcinoma in situ\n* HIV'),
    ).toEqual([
      ['e', 'Other cancer within 5 years, except; ; skin cancer ; carcinoma in situ', undefined],
      ['e', 'HIV', undefined],
    ]);
    expect(cut('Inclusion Criteria for Adjuvant Therapy (after surgery):\n\n* ECOG 0')).toEqual([
      ['i', 'ECOG 0', 'for Adjuvant Therapy after surgery'],
    ]);
  });

  it('reads a section that begins in mid-line, and HTML', () => {
    expect(cut('Inclusion: ECOG 0-1. Exclusion: pregnancy.')).toEqual([
      ['i', 'ECOG 0-1.', undefined],
      ['e', 'pregnancy.', undefined],
    ]);
    expect(cut('<p>Inclusion Criteria:</p><ul><li>Age &ge; 18</li><li>ECOG 0</li></ul>')).toEqual([
      ['i', 'Age ≥ 18', undefined],
      ['i', 'ECOG 0', undefined],
    ]);
  });

  it('binds criteria to the part that they stand under', () => {
    expect(
      cut(
        'Inclusion Criteria:\n\n* Adults\n\nPart A:\n\n* One line\n\nPart B:\n\n* Two lines\n\nExclusion Criteria:\n\n* Infection',
      ),
    ).toEqual([
      ['i', 'Adults', undefined],
      ['i', 'One line', 'Part A'],
      ['i', 'Two lines', 'Part B'],
      ['e', 'Infection', undefined],
    ]);
  });

  it('takes lines joined by OR as one criterion', () => {
    expect(cut('Inclusion Criteria:\n\n* Creatinine normal\n\nOR\n\n* Clearance >= 60 mL/min')).toEqual([
      ['i', 'Creatinine normal or Clearance >= 60 mL/min', undefined],
    ]);
  });

  it('takes a list of tumours as one criterion', () => {
    const text =
      'Inclusion Criteria:\n\n* Tumour of one of the following types:\n\n  * Ovarian cancer\n  * Mesothelioma\n\n* ECOG 0\n* Illness with the following features:\n\n  * Cancer that must have progressed\n  * Weight loss';
    expect(cut(text).map(([, words]) => words)).toEqual([
      'Ovarian cancer or Mesothelioma',
      'ECOG 0',
      'Cancer that must have progressed',
      'Weight loss',
    ]);
    const types = 'Inclusion Criteria:\n\n* Cancers of the following types:\n\n  * Ovarian cancer\n  * Sarcoma after two lines';
    expect(cut(types)).toHaveLength(2);
  });

  it('takes a note, and who is let in all the same, with the criterion above', () => {
    const cutE = (lines: string) => cut(`Exclusion Criteria:\n\n${lines}`).map(([, words]) => words);
    expect(cutE('* Infection\n* Note: prophylaxis is allowed')).toEqual(['Infection. Note: prophylaxis is allowed']);
    expect(cutE('* Known HIV\n* Patients with treated HIV are eligible')).toEqual([
      'Known HIV. Patients with treated HIV are eligible',
    ]);
    expect(cutE('* Infection\n* Patients with treated HIV are eligible')).toHaveLength(2);
    expect(cutE('* Infection\n* Note: Other criteria may apply')).toHaveLength(2);
  });

  it('leaves off the number of a bullet, escaped or not', () => {
    expect(cut('Inclusion Criteria:\n\n* 1\\. ECOG 0\n* 2. Adults\n\n3\\. Consent').map(([, words]) => words)).toEqual([
      'ECOG 0',
      'Adults',
      'Consent',
    ]);
  });

  it('keeps for every criterion the place where its words stand', () => {
    const text = 'Inclusion Criteria:\n\n* Age \\>= 18\n  years\n* ECOG 0';
    for (const { span } of splitEligibility(text)) expect(text.slice(...span)).toMatch(/^(Age|ECOG)/);
  });
});

describe('a record as a trial', () => {
  const record = (text: string, more = {}) =>
    readEligibility({
      id: 'NCT00000001',
      aliases: [],
      status: 'RECRUITING',
      phases: [],
      conditions: [],
      keywords: [],
      interventions: [],
      arms: [],
      contacts: [],
      sites: [],
      eligibility: { text, ...more },
    }).criteria;

  it('reads the fields of age and sex beside the text', () => {
    expect(record('', { minimumAge: 18, maximumAge: 75, sex: 'FEMALE' }).map(({ requires }) => requires)).toEqual([
      { fact: 'person.age', gte: 18 },
      { fact: 'person.age', lt: 76 },
      { fact: 'person.sex', is: 'female' },
    ]);
  });

  it('takes one tumour of several as an alternative, and one alone as what the trial is about', () => {
    const lung = '* Histologically confirmed lung cancer';
    const closes = (text: string): boolean =>
      record(text).some(({ requires }) => evaluate(requires, factsOf(MESO)).verdict === 'false');
    expect(closes(`Inclusion Criteria:\n${lung}`)).toBe(true);
    expect(closes(`Inclusion Criteria:\n${lung}\n* Confirmed mesothelioma`)).toBe(false);
  });

  it('closes the parts that are for other tumours, as long as one is left', () => {
    const failed = (text: string): readonly (string | undefined)[] =>
      record(text)
        .filter(({ requires }) => evaluate(requires, factsOf(MESO)).verdict === 'false')
        .map(({ scope }) => scope);
    const any = 'Inclusion Criteria:\n\n* Advanced solid tumors\n\n';
    expect(failed(`${any}Part A:\n\n* Measurable disease\n\nPart B:\n\n* Confirmed lung cancer`)).toEqual(['Part B']);
    // People can join outside of a part that is the only one.
    expect(failed(`${any}Part B:\n\n* Confirmed lung cancer`)).toEqual([]);
    expect(failed(`${any}Part B:\n\n* Confirmed lung cancer\n* Mesothelioma`)).toEqual([]);
  });

  it('binds nobody with mesothelioma by the lines on other tumours beside its own', () => {
    const [lung, own] = record('Inclusion Criteria:\n\n* Lung cancer after chemotherapy\n* Pleural mesothelioma');
    expect(evaluate(lung?.requires ?? { any: [] }, factsOf(MESO)).verdict).toBe('true');
    expect(lung?.note).toContain('another one');
    expect(own?.note).toBeUndefined();
    const [alone] = record('Inclusion Criteria:\n\n* Lung cancer after chemotherapy\n* Any advanced solid tumor');
    expect(evaluate(alone?.requires ?? { any: [] }, factsOf(MESO)).verdict).toBe('judgement');
  });
});

describe('any text', () => {
  it('is cut and read without a fault, every span within it', () => {
    const words = fc.constantFrom(
      'Inclusion Criteria:',
      'Exclusion:',
      '* ',
      '1. ',
      '\n',
      '  ',
      'no ',
      'ECOG 0-1',
      'unless ',
      'or ',
      'and ',
      'HIV',
      '≥ 2',
      'within 4 weeks',
      '(',
      ')',
      'mesothelioma',
      'platelets > 100',
      ';',
      '.',
      '<li>',
      '\\>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 40 }), (parts) => {
        const text = parts.join(' ');
        for (const item of splitEligibility(text)) {
          const [start, end] = item.span;
          expect(start >= 0 && start < end && end <= text.length).toBe(true);
          parseCriterion(item);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has one canonical spelling: reading it again changes nothing', () => {
    expect(canonical(canonical('ANC ≥ 1,500/mm3 and AST ≤ 2.5 × ULN'))).toBe(canonical('ANC ≥ 1,500/mm3 and AST ≤ 2.5 × ULN'));
  });

  it('of two million letters is read in linear time', () => {
    const text = `Inclusion Criteria:\n\n${'* Platelets at least 100,000/mm3 and no infection within 4 weeks\n'.repeat(30_000)}`;
    expect(splitEligibility(text)).toHaveLength(30_000);
    const one = `no ${'prior therapy or surgery within 4 weeks and '.repeat(40_000)}`;
    expect(parseCriterion({ side: 'exclusion', text: one, span: [0, one.length] }).kind).toBe('judgement');
  });
});
