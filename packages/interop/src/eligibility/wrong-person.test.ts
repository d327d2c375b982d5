/**
 * A second reader's questions to the reading of eligibility: for each criterion a person of whom it must not say that it is met, or not
 * that it is failed. Each was read wrongly once, or is a kind of line that invites it.
 */
import { evaluate, type FactState, type Facts, NOT_RECORDED, type TrialCriterion, type Verdict } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { readEligibility } from './criteria.js';

type Values = Readonly<Record<string, boolean | number | string | undefined>>;

/** Somebody with an untreated pleural mesothelioma and nothing against any trial. */
const PLAIN: Values = {
  'tumour.mesothelioma': true,
  'tumour.primary-site': 'pleura',
  'tumour.histology': 'epithelioid',
  'tumour.sample-type': 'thoracoscopic',
  'tumour.resectable': false,
  'tumour.tissue-available': true,
  'person.age': 60,
  'person.sex': 'male',
  'person.ecog': 1,
  'person.karnofsky': 90,
  'person.life-expectancy-weeks': 52,
  'person.weight': 75,
  'person.childbearing-possible': false,
  'lab.neutrophils': 4,
  'lab.platelets': 250,
  'lab.haemoglobin': 135,
  'lab.white-cells': 7,
  'lab.lymphocytes': 1.5,
  'lab.albumin': 40,
  'lab.bilirubin': 10,
  'lab.bilirubin-times-upper-limit': 0.5,
  'lab.alt-times-upper-limit': 0.5,
  'lab.ast-times-upper-limit': 0.5,
  'lab.alp-times-upper-limit': 0.5,
  'lab.creatinine': 80,
  'lab.creatinine-times-upper-limit': 0.8,
  'lab.creatinine-clearance': 90,
  'lab.egfr': 85,
  'lab.inr': 1,
  'lab.aptt-ratio': 1,
  'lab.calcium-corrected': 2.3,
  'lab.cd4': 800,
  'lab.hiv': 'negative',
  'lab.hepatitis-b': 'negative',
  'lab.hepatitis-c': 'negative',
  'lab.hiv-tested': true,
  'lab.hepatitis-b-tested': true,
  'lab.hepatitis-c-tested': true,
  'organ.lvef': 60,
  'organ.spo2': 97,
  'organ.dlco': 80,
  'organ.fev1': 85,
  'organ.qtcf': 420,
  'organ.nyha': 'nyha-1',
  'organ.systolic-pressure': 125,
  'organ.diastolic-pressure': 75,
  'organ.function-adequate': true,
  'comorbid.autoimmune': 'none',
  'comorbid.transplant': 'none',
  'comorbid.hypertension': 'none',
  'comorbid.neuropathy-grade': 0,
  'drug.prednisolone-equivalent': 0,
  'prior.lines-systemic': 0,
  'prior.toxicity-grade': 0,
  'extent.measurable': true,
  'extent.measurable-recist': true,
  'extent.measurable-mrecist': true,
  'extent.evaluable': true,
  'extent.brain-metastases': 'none',
  'extent.ascites': 'none',
  'extent.metastatic': true,
  'extent.effusion': 'none',
  'drug.anticoagulant': 'none',
  'pci.total': 10,
  'marker.mtap': 'lost',
  'marker.bap1': 'lost',
  'marker.pdl1': 60,
  'marker.cd70': 50,
  'marker.mesothelin-tumour': 80,
};
/** Times since and until are unknown unless given; of anything else that is not said, the plain person has nothing. */
const TIMES = /days-since|-months$|-weeks$|-year$|-days$/;

const factsOf = (person: Values): Facts => ({
  asOf: '2026-01-01',
  get: (id): FactState => {
    const value = id in person ? person[id] : (PLAIN[id] ?? (TIMES.test(id) ? undefined : false));
    return value === undefined ? NOT_RECORDED : { kind: 'known', value };
  },
});

const CHEMOTHERAPY_LONG_AGO: Values = {
  'prior.systemic': true,
  'prior.chemotherapy': true,
  'prior.lines-systemic': 1,
  'prior.days-since-chemotherapy': 700,
  'prior.days-since-systemic': 700,
};
/** A criterion, what sets a person apart from the plain one, and what must not be said to that person. */
const CHECKS: readonly (readonly ['I' | 'E', string, Values, 'met' | 'failed'])[] = [
  // "No prior A, B or C" denies each of them.
  ['I', 'No prior chemotherapy, radiotherapy, or immunotherapy', { 'prior.radiotherapy': true }, 'met'],
  ['I', 'No prior chemotherapy or radiotherapy', { 'prior.radiotherapy': true }, 'met'],
  // Here the list is of what it was given for, and an "or" can let somebody in.
  [
    'I',
    'No previous chemotherapy for mesothelioma or other cancer',
    { 'prior.systemic': true, 'prior.chemotherapy': true, 'comorbid.other-cancer': 'active' },
    'met',
  ],
  ['I', 'No previous chemotherapy for mesothelioma or other cancer', { 'comorbid.other-cancer': 'active' }, 'failed'],
  [
    'I',
    'No prior chemotherapy, or prior chemotherapy completed more than 12 months before enrolment',
    { 'prior.systemic': true, 'prior.chemotherapy': true },
    'failed',
  ],
  ['I', 'No prior chemotherapy, radiation therapy to chest, immunotherapy', {}, 'failed'],
  [
    'E',
    'Known active CNS metastases. Participants with previously treated brain metastases may participate provided they are stable for 4 weeks',
    { 'extent.brain-metastases': 'treated-stable' },
    'met',
  ],
  [
    'E',
    'Subjects who have been treated with chemotherapy, biologic therapy, or other investigational agent within < 5 times the half-life of the agent or < 28 days (whichever is shorter) of starting study drug',
    CHEMOTHERAPY_LONG_AGO,
    'failed',
  ],
  ['E', 'Prior chemotherapy, immunotherapy, or radiotherapy < 3 weeks prior to Day 1', CHEMOTHERAPY_LONG_AGO, 'failed'],
  [
    'E',
    'Treatment with any other investigational agent, or participation in another clinical trial within 28 days prior to study entry',
    { 'prior.investigational': true, 'prior.days-since-investigational': 900 },
    'failed',
  ],
  [
    'I',
    'Seronegative for HIV antibody. (The experimental treatment being evaluated depends on an intact immune system. Patients who are HIV seropositive can have decreased immune-competence.)',
    {},
    'failed',
  ],
  [
    'I',
    'ANC ≥ 1000/mm3 and hemoglobin ≥ 8 g/dL. For patients with human immunodeficiency virus infection, CD4+ counts must be ≥ 350 cells/uL.',
    {},
    'failed',
  ],
  [
    'I',
    'Participants must be relapsed after at least one prior regimen. Participants with SLL should have received at least three prior lines of therapy.',
    CHEMOTHERAPY_LONG_AGO,
    'failed',
  ],
  ['I', 'ECOG 0-1. Patients with brain metastases will be excluded.', {}, 'failed'],
  ['I', 'Age over 18 years, ECOG 0-2. Exclusion: pregnancy, brain metastases, active infection.', {}, 'failed'],
  [
    'E',
    'Participants with symptomatic or uncontrolled brain metastases or leptomeningeal disease are excluded.',
    { 'extent.brain-symptomatic': true, 'extent.brain-metastases': 'untreated' },
    'met',
  ],
  ['E', 'Leptomeningeal disease or active CNS metastases', { 'extent.brain-metastases': 'untreated' }, 'met'],
  ['I', 'No evidence of brain metastases or leptomeningeal disease', { 'extent.brain-metastases': 'untreated' }, 'met'],
  ['I', 'No history of interstitial lung disease, pneumonitis or active tuberculosis', { 'comorbid.tuberculosis': true }, 'met'],
  ['E', 'HIV, active hepatitis B or C, or active infection', { 'lab.hiv': 'active' }, 'met'],
  ['E', 'Active infection requiring antibiotics, tuberculosis or hepatitis', { 'comorbid.tuberculosis': true }, 'met'],
  [
    'E',
    'Any evidence of ILD or pneumonitis, or a prior history of ILD or non-infectious pneumonitis requiring high-dose glucocorticoids',
    { 'comorbid.pneumonitis-previous': true },
    'met',
  ],
  [
    'E',
    'History of (non-infectious) pneumonitis that required steroids or current pneumonitis',
    { 'comorbid.interstitial-lung-disease': true },
    'failed',
  ],
  ['E', 'Idiopathic pulmonary fibrosis', { 'comorbid.interstitial-lung-disease': true }, 'failed'],
  ['E', 'Symptomatic interstitial lung disease', { 'comorbid.interstitial-lung-disease': true }, 'failed'],
  ['E', 'Radiation pneumonitis', { 'comorbid.pneumonitis-previous': true }, 'met'],
  [
    'I',
    'Histologically confirmed mesothelioma. However, patients with biphasic tumors with more than 50% sarcomatoid component will be excluded.',
    { 'tumour.histology': 'biphasic' },
    'met',
  ],
  ['I', 'Advanced solid tumors (except mesothelioma)', {}, 'met'],
  ['I', 'Pleural mesothelioma, excluding sarcomatoid subtype', { 'tumour.histology': 'sarcomatoid' }, 'met'],
  ['E', 'Any other histology than epithelioid mesothelioma', { 'tumour.histology': 'sarcomatoid' }, 'met'],
  ['I', 'Mesothelioma with a sarcomatoid component of less than 10%', {}, 'failed'],
  ['I', 'Diagnosis of lung cancer or another thoracic malignancy', {}, 'failed'],
  ['I', 'Has measurable disease based on RECIST v1.1 or a confirmed glioblastoma (IDH-wildtype)', {}, 'failed'],
  ['E', 'Blood pressure of >160/100 mmHg, despite adequate anti-hypertensive use.', { 'organ.systolic-pressure': 165 }, 'failed'],
  ['E', 'QTcF > 450 msec for males or > 470 msec for females', { 'organ.qtcf': 460, 'person.sex': 'female' }, 'failed'],
  ['I', 'QTcF < 470 ms (females) or < 450 ms (males)', { 'organ.qtcf': 460 }, 'met'],
  [
    'I',
    'Creatinine clearance >= 60 mL/min/1.73 m^2 for participants with creatinine levels above institutional normal',
    { 'lab.egfr': 55 },
    'failed',
  ],
  [
    'I',
    'Total bilirubin ≤ 1.5 x ULN or direct bilirubin ≤ ULN for participants with total bilirubin > 1.5 x ULN',
    { 'lab.bilirubin-times-upper-limit': 2 },
    'failed',
  ],
  ['I', 'Corrected calcium ≤ 11.5 mg/dL or ionized calcium ≤ 1.5 mmol/L', { 'lab.calcium-corrected': 3 }, 'failed'],
  [
    'I',
    'AST/ALT <= 2.5 x ULN; in patients with liver metastases <= 5 x ULN',
    { 'lab.ast-times-upper-limit': 4, 'site.liver': true },
    'failed',
  ],
  ['E', 'ALT or AST > 2.5 x ULN, or > 5 x ULN in the presence of liver metastases', { 'lab.alt-times-upper-limit': 4 }, 'met'],
  [
    'E',
    'ALT or AST > 2.5 x ULN, or > 5 x ULN in the presence of liver metastases',
    { 'lab.alt-times-upper-limit': 4, 'lab.ast-times-upper-limit': 4, 'site.liver': true },
    'failed',
  ],
  [
    'E',
    "Bilirubin > 1.5 x ULN (> 3 x ULN in Gilbert's)",
    { 'lab.bilirubin-times-upper-limit': 2, 'comorbid.gilbert': true },
    'failed',
  ],
  ['E', "Bilirubin ≥ 1.5 x ULN (except for Gilbert's syndrome)", { 'comorbid.gilbert': true }, 'failed'],
  ['I', 'Hemoglobin ≥ 90 g/dL', {}, 'failed'],
  ['I', 'ANC ≥ 1500 cells/mm³, platelets ≥ 100 000/mm³, haemoglobin ≥ 5.6 mmol/L', { 'lab.neutrophils': 0.5 }, 'met'],
  [
    'I',
    'ANC ≥1.5×10⁹/L, Platelets≥50×10⁹/L, creatinine ≤ 1.5 x ULN or creatinine clearance ≥ 60 mL/min',
    { 'lab.platelets': 20 },
    'met',
  ],
  ['E', 'Bilirubin > 2 mg/dL; ALT > 3 x ULN; platelets < 100,000; neutrophils < 1500', { 'lab.platelets': 50 }, 'met'],
  ['E', 'Hemoglobin < 9 g/dL and platelets < 100,000', { 'lab.platelets': 50 }, 'met'],
  ['E', 'Pregnant women and lactating females', { 'person.sex': 'female', 'comorbid.pregnant': true }, 'met'],
  ['E', 'Pregnant patients, patients under 18 years and prisoners', { 'comorbid.pregnant': true }, 'met'],
  [
    'E',
    'Radical radiation within 4 weeks prior to the first dose; palliative radiotherapy within 1 week prior to the first dose',
    { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 14 },
    'met',
  ],
  [
    'E',
    'Prior systemic anti-cancer treatment within 21 days or 5 half-lives (whichever is shorter) prior to the first dose',
    { ...CHEMOTHERAPY_LONG_AGO, 'prior.days-since-systemic': 18 },
    'failed',
  ],
  ['E', 'No uncontrolled infection', {}, 'failed'],
  ['E', 'No ascites', {}, 'failed'],
  ['E', 'Not currently enrolled in another trial', {}, 'failed'],
  ['E', 'No autoimmune disease', {}, 'failed'],
  [
    'E',
    'Active autoimmune disease that has required systemic treatment in past 2 years',
    { 'comorbid.autoimmune': 'active' },
    'met',
  ],
  ['I', 'No autoimmune disease requiring systemic treatment within the past 2 years', { 'comorbid.autoimmune': 'active' }, 'met'],
  ['I', 'No prior immunotherapy', CHEMOTHERAPY_LONG_AGO, 'failed'],
  ['I', 'Prior chemotherapy regimens ≤1', { ...CHEMOTHERAPY_LONG_AGO, 'prior.lines-systemic': 2 }, 'failed'],
  ['E', 'More than one prior line of chemotherapy', { ...CHEMOTHERAPY_LONG_AGO, 'prior.lines-systemic': 2 }, 'failed'],
  [
    'I',
    'At least one prior chemotherapy regimen',
    { 'prior.systemic': true, 'prior.checkpoint-inhibitor': true, 'prior.lines-systemic': 1 },
    'met',
  ],
  ['I', 'Patient has had prior chemotherapy and radiotherapy', CHEMOTHERAPY_LONG_AGO, 'met'],
  ['E', 'Any anticancer therapy within 3 weeks', { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 5 }, 'met'],
  [
    'E',
    'Administration of a live vaccine within 6 weeks of first dose of study drug',
    { 'drug.live-vaccine-recent': false, 'drug.days-since-live-vaccine': 35 },
    'met',
  ],
  [
    'E',
    'Participation in another interventional trial within 30 days',
    { 'prior.investigational': true, 'prior.days-since-investigational': 10 },
    'met',
  ],
  ['E', 'Major surgery within 28 days or minor surgery within 7 days', { 'prior.days-since-surgery': 3 }, 'met'],
  ['E', 'Known history of HIV, hepatitis B or hepatitis C', { 'lab.hepatitis-c': 'treated' }, 'met'],
  ['E', 'Chronic hepatitis B or C', { 'lab.hepatitis-b': 'treated' }, 'met'],
  ['I', 'Seronegative for hepatitis B antigen', { 'lab.hepatitis-b': 'treated' }, 'failed'],
  ['E', 'Prior solid organ transplant', { 'comorbid.transplant': 'allogeneic-stem-cell' }, 'failed'],
  ['E', 'Symptomatic congestive heart failure', { 'comorbid.heart-failure': true }, 'failed'],
  ['E', 'Stroke within 6 months', { 'comorbid.stroke': true, 'comorbid.stroke-months': 3 }, 'failed'],
  ['E', 'Patients receiving immunosuppressive therapy', { 'drug.methotrexate': true }, 'met'],
  ['E', 'Clinically significant cardiovascular disease', { 'comorbid.cardiovascular': true, 'comorbid.stroke': true }, 'met'],
  ['I', 'Must have an ambulatory oxygen saturation of > 90% on room air', {}, 'met'],
  ['I', 'Performance status (WHO) 0-1 for patients > 70 years, 0-2 for others', {}, 'failed'],
  ['I', 'Women ≥ 18 years and men ≥ 21 years', { 'person.age': 19, 'person.sex': 'female' }, 'failed'],
  ['I', 'ECOG performance status: 0-2, or 3 if due to pleural effusion', { 'person.ecog': 3 }, 'met'],
  ['I', 'ECOG 0-1 or Karnofsky >= 80', { 'person.ecog': 2 }, 'failed'],
  [
    'I',
    'ECOG ≤ 2 (corresponds to Karnofsky Performance Status (KPS) ≥ 60%)',
    { 'person.ecog': 2, 'person.karnofsky': 50 },
    'failed',
  ],
  [
    'I',
    'Patients must have measurable disease, have ECOG 0-1 and have adequate renal function',
    { 'organ.function-adequate': false },
    'met',
  ],
  [
    'I',
    'No uncontrolled intercurrent illness including active infection, NYHA class III or IV, or unstable angina',
    { 'comorbid.infection-active': true },
    'met',
  ],
  ['E', 'Lack of measurable disease or tumor tissue', { 'tumour.tissue-available': false }, 'met'],
  [
    'I',
    'At least 28 days since prior radiotherapy (14 days for palliative radiotherapy)',
    { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 20 },
    'failed',
  ],
  [
    'I',
    'Patients with NSCLC must have had targeted therapy. Other patients must have had platinum-based chemotherapy.',
    {},
    'met',
  ],
  [
    'E',
    'Ongoing or active infection, symptomatic congestive heart failure, unstable angina, or any other serious disorder in the opinion of the investigator',
    { 'comorbid.unstable-angina': true },
    'met',
  ],
  // Second reading (main at a0da4ea).
  [
    'I',
    'Participants must have a histologically-proven mesothelioma, urothelial cancer, thyroid cancer, pancreatic cancer',
    {},
    'failed',
  ],
  ['I', 'Pancreatic adenocarcinoma, ovarian cancer, and mesothelioma', {}, 'failed'],
  ['I', 'HIV-positive patients are eligible if CD4 >= 200', {}, 'failed'],
  ['I', 'Systemic corticosteroids ≤ 10 mg prednisone daily', {}, 'failed'],
  [
    'I',
    'Histologically proven diagnosis of Malignant Pleural Mesothelioma (MPM) with determination of epithelioid vs non-epithelioid histology',
    {},
    'failed',
  ],
  ['E', "Age > 65 years' old", { 'person.age': 65 }, 'failed'],
  [
    'E',
    'Patients must not have any other malignancies within the past 2 years except for in situ carcinoma of any site or basal cell carcinoma of the skin',
    { 'comorbid.other-cancer': true, 'comorbid.other-cancer-years-free': 1 },
    'failed',
  ],
  [
    'I',
    'All acute toxic effects of any prior chemotherapy must have resolved to Grade less than or equal to 1, except alopecia (any grade) and Grade 2 peripheral neuropathy.',
    { 'prior.toxicity-grade': 2 },
    'failed',
  ],
  [
    'I',
    'ALP, AST and ALT ≤ 3.0 × ULN (ALP, AST, and ALT ≤ 5× ULN is acceptable if liver has tumor involvement)',
    { 'site.liver': true, 'lab.alt-times-upper-limit': 4 },
    'failed',
  ],
  ['E', 'Prior systemic therapy for advanced disease', CHEMOTHERAPY_LONG_AGO, 'failed'],
  ['E', 'History of autoimmune disease within 2 years', { 'comorbid.autoimmune': 'controlled-no-therapy' }, 'failed'],
  [
    'E',
    'Vaccinated with a live vaccine within 28 days (with the exception of the annual inactivated influenza vaccine) or COVID-19 vaccination within 14 days',
    {},
    'met',
  ],
  [
    'E',
    'Use of systemic corticosteroids (> 20 mg prednisone or equivalent) within 15 days (except for prophylaxis), or other immunosuppressive drugs within 30 days',
    { 'drug.immunosuppressant': true },
    'met',
  ],
  [
    'I',
    "Total bilirubin ≤ 1.5 mg/dL or ≤ 3.0 mg/dL for patients with Gilbert's Syndrome. No history of liver cirrhosis and no ascites.",
    { 'comorbid.cirrhosis': true },
    'met',
  ],
  [
    'E',
    'Active or prior documented autoimmune or inflammatory disorders (including diverticulitis [with the exception of diverticulosis], Sarcoidosis syndrome)',
    {},
    'met',
  ],
  [
    'I',
    'Patients who receive a pemetrexed-based chemotherapy regimen for the treatment of non-small cell lung cancer (NSCLC) or mesothelioma',
    {},
    'met',
  ],
  ['I', 'Malignant pleural effusion due to lung cancer or mesothelioma', {}, 'met'],
  ['I', 'Histopathologically confirmed diagnosis of epithelioid or biphasic malignant peritoneal mesothelioma (MPM).', {}, 'met'],
  ['E', 'QTc > 470 msec, or > 450 msec in men', { 'organ.qtcf': 460 }, 'met'],
  ['E', 'Patients with a known allergy to shell fish (contains KLH).', {}, 'met'],
  // Lists of tumours, and lines on other ones.
  ['I', 'NSCLC, pleural mesothelioma or ovarian cancer', { 'tumour.primary-site': 'peritoneum' }, 'met'],
  ['I', 'Mesothelioma with BAP1 loss, renal cell carcinoma or sarcoma', { 'marker.bap1': 'retained' }, 'met'],
  ['I', 'Patients with a history of breast cancer must have been free of disease for 5 years', {}, 'met'],
  [
    'I',
    'Participants with brain metastases of lung cancer must have been treated',
    { 'extent.brain-metastases': 'untreated' },
    'met',
  ],
  ['I', 'Lung cancer screening by low-dose CT within 12 months', {}, 'failed'],
  ['I', 'Colon resection at least 5 years ago is allowed', {}, 'failed'],
  ['I', 'No prior malignancy other than mesothelioma', {}, 'failed'],
  ['I', 'Advanced solid tumours except resectable mesothelioma', { 'tumour.resectable': false }, 'failed'],
  ['I', 'Ovarian cancer or another advanced solid tumour', {}, 'failed'],
  [
    'E',
    'Prior treatment with a TEAD inhibitor, except for participants with a history of breast cancer',
    { 'prior.tead-inhibitor': true },
    'met',
  ],
  // Whom a line binds.
  ['I', 'Patients with treated brain metastases must be stable for 4 weeks', { 'extent.brain-metastases': 'untreated' }, 'met'],
  ['I', 'Patients with brain metastases are eligible if treated and stable', { 'extent.brain-metastases': 'none' }, 'failed'],
  ['I', 'Patients with measurable disease are eligible', { 'extent.measurable': false }, 'met'],
  ['I', 'Patients who have had prior chemotherapy are eligible', {}, 'met'],
  ['I', 'Patients with no brain metastases must have a scan', {}, 'failed'],
  [
    'I',
    'Patients with diabetes must have an HbA1c below 8 %. All patients must have an ECOG of 0 or 1.',
    { 'person.ecog': 2 },
    'met',
  ],
  [
    'I',
    'Women of childbearing potential must have a negative pregnancy test and agree to use contraception',
    { 'person.sex': 'female', 'person.childbearing-possible': true, 'comorbid.pregnant': false },
    'met',
  ],
  [
    'I',
    'Women of child-bearing potential and men must agree to use contraception; a pregnancy test must be negative',
    { 'person.sex': 'female', 'person.childbearing-possible': true, 'comorbid.pregnant': true },
    'met',
  ],
  ['E', 'Patients with HIV are eligible if the viral load is undetectable', { 'lab.hiv': 'treated' }, 'failed'],
  [
    'I',
    'Women of childbearing potential must have a negative pregnancy test. ECOG performance status 0-1.',
    { 'person.ecog': 3 },
    'met',
  ],
  // A drug that no fact names.
  ['E', 'Prior treatment with a ROR1 inhibitor', CHEMOTHERAPY_LONG_AGO, 'met'],
  ['E', 'Prior treatment with a ROR1 inhibitor', CHEMOTHERAPY_LONG_AGO, 'failed'],
  ['E', 'Previously received an anti-CD137 antibody', { 'comorbid.other-cancer': true }, 'met'],
  ['E', 'Prior treatment with a proton pump inhibitor', {}, 'met'],
  ['E', 'Allergy to prior treatment with a kinase inhibitor', { 'comorbid.allergy-other': true }, 'met'],
  ['E', 'Prior treatment with a kinase inhibitor within 4 weeks', {}, 'failed'],
  ['E', 'Previous radiotherapy to the pelvis', { 'prior.radiotherapy': true }, 'failed'],
  ['E', 'Previous radiotherapy to the pelvis', { 'comorbid.other-cancer': true }, 'met'],
  ['E', 'Palliative radiotherapy within 2 weeks', { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 5 }, 'failed'],
  // No standard treatment.
  ['I', 'Participants who have not received standard therapy', { 'prior.standard-exhausted': true }, 'met'],
  [
    'I',
    'Patients must not be refractory to standard therapy and no other treatment',
    { 'prior.standard-exhausted': true },
    'met',
  ],
  ['I', 'Progression after standard therapy', { 'prior.standard-exhausted': true }, 'met'],
  ['E', 'Refractory to standard therapy or no standard treatment available', { 'prior.standard-exhausted': true }, 'met'],
  // Windows and states of today.
  ['E', 'Unstable angina within 6 months', {}, 'met'],
  ['E', 'Use of NSAIDs within 5 days before the first dose', {}, 'met'],
  ['E', 'Use of a drug with a risk of torsades de pointes within 14 days', {}, 'met'],
  ['E', 'G-CSF within 2 weeks', { 'drug.growth-factor-recent': true }, 'failed'],
  [
    'E',
    'Prior systemic anti-cancer treatment within 21 days or 5 half-lives, whichever is longer',
    { ...CHEMOTHERAPY_LONG_AGO, 'prior.days-since-systemic': 25 },
    'met',
  ],
  [
    'E',
    'Prior systemic anti-cancer treatment within 21 days or 5 half-lives, whichever is shorter',
    { ...CHEMOTHERAPY_LONG_AGO, 'prior.days-since-systemic': 5 },
    'met',
  ],
  [
    'I',
    'AP < 5 x ULN (unless bone metastases are present in the absence of any liver disease)',
    { 'lab.alp-times-upper-limit': 8, 'site.bone': true, 'site.liver': true },
    'met',
  ],
  ['I', 'Thymoma, mesothelioma (epithelioid only) or NSCLC', { 'tumour.histology': 'sarcomatoid' }, 'met'],
  ['I', 'Solid tumor patients, except those with mesothelioma', {}, 'met'],
  ['I', 'Diagnosis of melanoma in a first degree relative', {}, 'failed'],
  ['E', 'Patients who are not pregnant are eligible', { 'person.sex': 'female', 'comorbid.pregnant': true }, 'met'],
  ['E', 'Systemic steroids because of an autoimmune disease', { 'drug.prednisolone-equivalent': 5 }, 'met'],
  ['I', 'Willing to provide tissue, if available; must have ECOG 0-1', { 'person.ecog': 3 }, 'met'],
  // Other states.
  ['E', 'Prior or concurrent malignancy', { 'comorbid.other-cancer': true, 'comorbid.other-cancer-active': false }, 'met'],
  ['E', 'Impaired GI function', { 'comorbid.malabsorption': true, 'comorbid.cannot-swallow': true }, 'failed'],
  ['E', 'Dementia', { 'comorbid.cognitive-impairment': true }, 'failed'],
  ['E', 'Tendency to bleed', { 'comorbid.bleeding': true }, 'failed'],
  ['E', 'Weight loss of > 10% of body weight within 28 days', { 'symptom.weight-loss-percent': 12 }, 'failed'],
  ['E', 'Third-space fluid that cannot be controlled', { 'extent.effusion': 'small' }, 'failed'],
  ['E', 'Infection that cannot be controlled', { 'comorbid.infection-active': true }, 'failed'],
  ['E', 'Major surgery within 4 weeks or not fully recovered from surgery', {}, 'met'],
  ['E', 'Suspected interstitial lung disease that cannot be ruled out by imaging', {}, 'met'],
  ['I', 'Recovered from toxicity of prior therapy', { 'prior.toxicity-grade': 1 }, 'failed'],
  ['I', 'Serum bilirubin < ULN', { 'lab.bilirubin-times-upper-limit': 1 }, 'met'],
  [
    'I',
    'At least 18 years of age or over the legal age of consent in countries where that is greater than 18 years',
    { 'person.age': 19 },
    'met',
  ],
  [
    'I',
    'At least 18 years of age or over the legal age of consent in countries where that is greater than 18 years',
    { 'person.age': 19 },
    'failed',
  ],
  ['E', 'Concurrent cancer within ≤5 years', {}, 'failed'],
  ['E', 'Prior malignancy that required active treatment ≤3 years prior to enrolment', { 'person.age': 2 }, 'failed'],
  ['E', 'Venous thromboembolism (< 1 year)', { 'person.age': 0.5 }, 'failed'],
  ['I', 'At least 5 years since prior chemotherapy', { 'person.age': 4 }, 'failed'],
  ['I', 'BMI between 18 and 33', { 'person.age': 60 }, 'failed'],
  ['E', 'Between 14 and 90 days after transplantation', { 'person.age': 60 }, 'failed'],
  ['E', 'Heart disease diagnosed ≥ 18 years ago', { 'person.age': 60 }, 'failed'],
  ['I', 'Disease-free interval of ≥ 70 years', { 'person.age': 60 }, 'failed'],
  ['I', 'Postmenopausal women: age ≥ 70 years or no menses for at least 12 months', { 'person.age': 60 }, 'failed'],
  ['I', 'A first-degree relative diagnosed at age ≥ 70 years', { 'person.age': 60 }, 'failed'],
  ['I', 'Patients who have at least one measurable lesion', { 'person.ecog': 0 }, 'failed'],
  ['I', 'Women who have ≤ 2 years of amenorrhea and a negative pregnancy test', { 'person.ecog': 3 }, 'failed'],
  ['I', 'Pain on step 3 of the WHO 3-step analgesic ladder', {}, 'failed'],
  [
    'E',
    'Has a known history of HIV infection. Well-controlled HIV with anti-retroviral therapy is not excluded',
    { 'lab.hiv': 'treated' },
    'failed',
  ],
  [
    'E',
    'Active autoimmune disease. Patients who must take thyroxine are not excluded.',
    { 'comorbid.autoimmune': 'active' },
    'failed',
  ],
  [
    'E',
    'Known HIV infection. It is not an exclusion if the viral load must be undetectable.',
    { 'lab.hiv': 'treated' },
    'failed',
  ],
  ['E', 'Ascites. A drain that is required for it is allowed.', { 'extent.ascites': 'large' }, 'failed'],
  ['E', 'Severe/uncontrolled intercurrent illness/infection.', { 'comorbid.infection-active': true }, 'met'],
  ['E', 'Uncontrolled intercurrent illness/bleeding', { 'comorbid.bleeding': true }, 'met'],
  ['E', 'Active and/or symptomatic brain tumors or brain metastases', { 'extent.brain-metastases': 'treated-stable' }, 'failed'],
  [
    'E',
    'Clinically unstable central nervous system (CNS) tumors or brain metastasis',
    { 'extent.brain-metastases': 'treated-stable' },
    'failed',
  ],
  [
    'E',
    'Uncontrolled intercurrent illness including infection, autoimmune disease or a psychiatric illness',
    { 'comorbid.autoimmune': 'controlled-no-therapy' },
    'failed',
  ],
  ['E', 'Severe virus infection such as HBV, HCV or HIV', { 'lab.hiv': 'treated' }, 'failed'],
  ['E', 'Active and uncontrolled brain metastases', { 'extent.brain-metastases': 'untreated' }, 'failed'],
  [
    'E',
    'Uncontrolled hypertension or unstable angina which are considered as clinically relevant by the investigator',
    { 'comorbid.hypertension': 'uncontrolled' },
    'failed',
  ],
  [
    'E',
    'Any active infection that, in the opinion of the investigator, could impact participant safety',
    { 'comorbid.infection-active': true },
    'failed',
  ],
  ['E', 'Unstable angina or myocardial infarction within the past six months', {}, 'met'],
  [
    'I',
    'No prior cytotoxic chemotherapy to treat their metastatic disease',
    { 'prior.chemotherapy': true, 'prior.systemic': true },
    'failed',
  ],
  ['I', 'No prior chemotherapy for advanced disease', { 'prior.chemotherapy': true }, 'failed'],
  ['I', 'No previous systemic therapy for recurrent or unresectable mesothelioma', { 'prior.systemic': true }, 'failed'],
  ['I', 'Chemotherapy-naive in the metastatic setting', { 'prior.chemotherapy': true }, 'failed'],
  ['I', 'No prior chemoembolization', { 'prior.chemotherapy': true }, 'failed'],
  ['E', 'Has had an allogenic tissue/solid organ transplant', { 'comorbid.transplant': 'allogeneic-stem-cell' }, 'met'],
  ['E', 'Has had an allogenic tissue/solid organ transplant', { 'comorbid.transplant': 'allogeneic-stem-cell' }, 'failed'],
  ['E', 'Known immunodeficiency or active human immunodeficiency virus (HIV).', { 'lab.hiv': 'treated' }, 'failed'],
  ['E', 'Uncontrolled HIV infection', { 'lab.hiv': 'treated' }, 'failed'],
  ['E', 'Prior docetaxel or oxaliplatin', { 'prior.taxane': true }, 'failed'],
  ['E', 'Prior treatment with an anti-CTLA-4 antibody', { 'prior.checkpoint-inhibitor': true }, 'failed'],
  ['E', 'Prior CAR-T therapy', { 'prior.cell-therapy': true }, 'failed'],
  ['E', 'Anticipated need for systemic chemotherapy within 2 weeks before apheresis', {}, 'met'],
  [
    'E',
    'Planned radiotherapy within 4 weeks of the first dose',
    { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 10 },
    'failed',
  ],
  ['I', 'Confirmed breast cancer gene (BRCA) 1/2 mutation', {}, 'failed'],
  [
    'E',
    'Other invasive malignancy within 2 years.',
    { 'comorbid.other-cancer': true, 'comorbid.other-cancer-years-free': 1 },
    'failed',
  ],
  [
    'I',
    'Measurable disease per Response Evaluation in Solid Tumors (RECIST) v1.1 at baseline',
    { 'tumour.mesothelioma': false },
    'failed',
  ],
  ['I', 'ECOG performance status of 0-1 in 1a; 0-2 in 1b', { 'person.ecog': 2 }, 'failed'],
  ['I', 'Performance status of 2 or less', { 'person.ecog': 0 }, 'failed'],
  ['E', 'Male patients with a pregnant partner', { 'comorbid.pregnant': true }, 'failed'],
  ['E', 'QTc > 0.45 seconds', { 'organ.qtcf': 420 }, 'failed'],
  ['E', 'Calcium (adjusted for albumin) < 7 mg/dl', { 'lab.albumin': 50 }, 'failed'],
  [
    'I',
    "Total bilirubin ≤ 1.5 x ULN (patients with Gilbert's syndrome > 3 x ULN)",
    { 'comorbid.gilbert': true, 'lab.bilirubin-times-upper-limit': 2 },
    'failed',
  ],
  ['I', 'Platelets ≥ 7.5 x 104 /mm3', { 'lab.platelets': 50 }, 'met'],
  ['I', 'Platelets ≥ 1.0×10^4/µL', { 'lab.platelets': 5 }, 'met'],
  ['I', 'AST ≥1.5 x ULN', {}, 'failed'],
  ['E', 'Platelets > 100,000/mm3', {}, 'failed'],
  [
    'E',
    'Known history of HIV or active infection with hepatitis C or hepatitis B virus',
    { 'lab.hepatitis-b': 'treated' },
    'failed',
  ],
  ['I', 'HIV-infected participants must have well-controlled HIV on ART', {}, 'failed'],
  ['E', 'Postoperative complications that interfere with adjuvant HIPEC within 8 weeks', {}, 'met'],
  [
    'I',
    'Patients with histologic proof of adenocarcinoma of the prostate and must have progressed on hormonal therapy.',
    {},
    'met',
  ],
  [
    'I',
    'At least 4 weeks since prior chemotherapy or surgery, with recovery to Grade 1',
    { 'prior.major-surgery': true, 'prior.days-since-surgery': 3 },
    'met',
  ],
  [
    'E',
    'History of pneumonitis/interstitial lung disease that received steroids',
    { 'comorbid.pneumonitis-previous': true },
    'failed',
  ],
  ['E', 'Currently pregnant or trying to become pregnant during the study', { 'person.sex': 'female' }, 'met'],
  ['I', 'Patients aged ≥ 18 years: Karnofsky ≥ 50; patients aged < 16 years: Lansky ≥ 50', {}, 'failed'],
  [
    'E',
    'Serious illness such as autoimmune disease, or a history of transplantation',
    { 'comorbid.autoimmune': 'controlled-no-therapy' },
    'failed',
  ],
  ['I', 'Patients with SLL, MCL, MZL, and FL: at least 1 measurable lesion', { 'extent.measurable': false }, 'failed'],
  ['I', 'Age ≥40 years or ≤80 years', { 'person.age': 90 }, 'met'],
  ['E', 'Uncontrolled brain or leptomeningeal metastases', { 'extent.leptomeningeal': true }, 'failed'],
  ['E', 'Inactive hepatitis B', { 'lab.hepatitis-b': 'active' }, 'failed'],
  ['E', 'Hepatic encephalopathia or active infection', { 'comorbid.infection-active': false }, 'met'],
  ['I', 'Breastfeeding participants must be willing to discontinue breastfeeding', {}, 'failed'],
  ['I', 'Known HIV positivity', {}, 'failed'],
  ['E', 'Female participants must not be breastfeeding', {}, 'failed'],
  ['E', 'Subjects must not be pregnant due to the potential of this regimen to harm nursing infants.', {}, 'failed'],
  ['I', 'Patients receiving chemotherapy within 3 weeks of the first dose', {}, 'failed'],
  ['E', 'More than four weeks must have elapsed since any prior systemic therapy', {}, 'failed'],
  [
    'E',
    'Prior systemic therapy in the locally advanced, unresectable or metastatic setting',
    { 'tumour.resectable': false },
    'failed',
  ],
  ['I', 'Karnofsky ≥ 50% for patients > 16 years of age and Lansky ≥ 50 for patients ≤ 16 years of age', {}, 'failed'],
  ['I', 'Age 18 to 80 years; Note: Patients > 70 years of age must have a Karnofsky of at least 80', {}, 'failed'],
  ['I', 'ECOG performance status 0 2', {}, 'failed'],
  ['E', 'PT/PTT within normal range', {}, 'failed'],
  ['I', 'Serum AST and ALT levels ≥ 1.5 times upper limit of normal (ULN).', {}, 'failed'],
  [
    'E',
    'Allogeneic stem cell transplant or CAR-T therapy within 6 weeks',
    { 'comorbid.transplant': 'allogeneic-stem-cell' },
    'failed',
  ],
  ['I', 'No prior cancer treatment that would preclude study treatment', { 'prior.systemic': true }, 'failed'],
  ['I', 'Karnofsky ≥ 50% (for patients > 70 years of age)', {}, 'failed'],
  ['I', 'Lansky ≥ 50 (patients ≤ 16 years of age)', {}, 'failed'],
  [
    'I',
    'Patients who have not received any systemic treatment for metastatic disease and are not eligible for curative therapy.',
    {},
    'failed',
  ],
  [
    'E',
    'HIV-positive participants with detectable viral load are ineligible. HIV-positive participants who have undetectable viral load may be considered only after consultation with a physician.',
    { 'lab.hiv': 'treated' },
    'met',
  ],
  [
    'I',
    'Histologically confirmed mesothelioma. Because no dosing or adverse event data are currently available on the use of X in patients < 18 years of age, children are excluded from this study.',
    { 'person.age': 12 },
    'met',
  ],
  // Readings held against fresh records: parts of a trial, and lines that are for some people only.
  ['E', 'For patients with diabetes, unstable angina', { 'comorbid.unstable-angina': true }, 'failed'],
  // Brain metastases: what of them is meant, and on what condition somebody is let in.
  ['I', 'No unstable or progressive brain metastases.', { 'extent.brain-metastases': 'untreated' }, 'met'],
  ['I', 'No symptomatic, untreated brain metastases', { 'extent.brain-metastases': 'untreated' }, 'failed'],
  [
    'E',
    'Active brain metastases. Patients with treated brain metastases are eligible, if (1) radiation therapy was completed at least 2 weeks prior to study entry; (2) follow-up scan shows no disease progression; and (3) patient does not require steroids.',
    { 'extent.brain-metastases': 'treated-stable' },
    'met',
  ],
  [
    'E',
    'Uncontrolled or symptomatic CNS metastases, leptomeningeal disease, or carcinomatous meningitis. Asymptomatic brain metastasis is allowed if they have been stable after appropriate radiotherapy for 1 month.',
    { 'extent.brain-metastases': 'untreated' },
    'met',
  ],
  [
    'E',
    'Have central nervous system (CNS) metastases or spinal cord compression that is associated with progressive neurological symptoms or requires corticosteroids (within 4 weeks of enrollment) to control the CNS disease.',
    { 'extent.brain-metastases': 'treated-stable' },
    'failed',
  ],
  // What was, and is not seen in what is today.
  ['E', 'Any history of clinically significant ventricular arrhythmias (such as ventricular tachycardia)', {}, 'met'],
  [
    'E',
    'Has a diagnosis of immunodeficiency or is receiving systemic steroid therapy or any other form of immunosuppressive therapy within 7 days before the first dose of trial treatment',
    {},
    'met',
  ],
  [
    'E',
    'History (≤2 weeks before the start of treatment with the study drug) of ongoing or active infections (Grade ≥ 2).',
    {},
    'met',
  ],
  // Words that narrow: how serious, which kind, who is let in.
  ['E', 'Severe infection requiring systemic antibiotic therapy', { 'comorbid.infection-active': true }, 'failed'],
  ['E', 'Patient has serious active infection or HIV/AIDS.', { 'comorbid.infection-active': true }, 'failed'],
  ['E', 'Active viral infection', { 'comorbid.infection-active': true }, 'failed'],
  ['E', 'Septicemia, severe infection, or acute hepatitis.', { 'lab.hepatitis-b': 'active' }, 'failed'],
  [
    'I',
    'INR and APTT ≤ 1.5xULN (without anticoagulant treatment), those who receive oral anticoagulant treatment and whose INR is 2~3 can be included.',
    { 'lab.aptt-ratio': 1.8, 'lab.inr': 2.5 },
    'failed',
  ],
  [
    'E',
    'Has received prior therapy with an anti-PD-1, anti-PD-L1, or anti-PD-L2 agent',
    { 'prior.checkpoint-inhibitor': true, 'prior.ctla4': true, 'prior.systemic': true },
    'failed',
  ],
  ['I', 'The patient has normal organ function.', {}, 'met'],
  ['I', 'Adequate hematologic function', { 'organ.function-adequate': false }, 'failed'],
  [
    'E',
    'Serious concomitant disorder, including active bacterial, fungal, or viral infection, incompatible with the study (at the discretion of the principal investigator).',
    { 'comorbid.infection-active': true },
    'failed',
  ],
  [
    'E',
    'Prior history of solid tumor malignancy within the last 3 years except for adequately treated basal cell skin cancer',
    { 'tumour.mesothelioma': false, 'comorbid.other-cancer': true },
    'met',
  ],
  ['I', 'Ability to swallow and retain oral medication.', { 'comorbid.malabsorption': true }, 'failed'],
  [
    'E',
    'Has active other primary malignancies. Note: Participants with the following can be enrolled: adequately resected non-melanoma skin cancer',
    { 'comorbid.other-cancer': true, 'comorbid.other-cancer-active': true },
    'failed',
  ],
  // Which way round a limit or a demand is.
  ['I', 'Performance status: less than or equal to ECOG 2.', { 'person.ecog': 0 }, 'failed'],
  ['I', 'Patients must be able to commence systemic therapy within 8 weeks of cytoreductive surgery.', {}, 'failed'],
  ['E', 'All prior treatment-related adverse events must have resolved to Grade ≤ 1.', { 'prior.toxicity-grade': 2 }, 'met'],
  ['E', 'All prior treatment-related adverse events must have resolved to Grade ≤ 1.', {}, 'failed'],
];
/** What has to be said, so that a parser that reads nothing does not pass. */
const CONTROLS: readonly (readonly ['I' | 'E', string, Values, Verdict])[] = [
  ['I', 'No prior chemotherapy or radiotherapy', {}, 'true'],
  ['I', 'No prior chemotherapy or radiotherapy', { 'prior.chemotherapy': true }, 'false'],
  ['I', 'ECOG performance status 0-1', {}, 'true'],
  ['I', 'ECOG performance status 0-1', { 'person.ecog': 2 }, 'false'],
  ['E', 'Pregnant or breastfeeding', {}, 'true'],
  ['E', 'Pregnant or breastfeeding', { 'comorbid.breastfeeding': true }, 'false'],
  ['E', 'Brain metastases or spinal cord compression', { 'extent.cord-compression': true }, 'false'],
  ['I', 'No unstable or progressive brain metastases.', { 'extent.brain-metastases': 'treated-progressing' }, 'false'],
  ['E', 'Symptomatic, untreated, or progressing brain metastases', { 'extent.brain-metastases': 'untreated' }, 'false'],
  ['E', 'Active brain metastases. Patients with treated brain metastases are eligible if stable for 4 weeks.', {}, 'true'],
  ['E', 'Any history of ventricular arrhythmias', { 'comorbid.arrhythmia': true }, 'judgement'],
  ['E', 'Active infection requiring therapy', { 'comorbid.infection-active': true }, 'false'],
  ['E', 'Current use of systemic corticosteroids', {}, 'true'],
  ['E', 'Unstable angina', {}, 'true'],
  ['I', 'Performance status: less than or equal to ECOG 2.', { 'person.ecog': 3 }, 'false'],
  ['E', 'Active bacterial, viral, or fungal infection', { 'comorbid.infection-active': true }, 'false'],
  ['E', 'Severe active infection', {}, 'true'],
  ['I', 'Adequate liver and renal function', {}, 'true'],
  ['I', 'Adequate renal, liver, and bone marrow function', { 'organ.function-adequate': false }, 'false'],
  ['I', 'Normal organ function', { 'organ.function-adequate': false }, 'false'],
  ['E', 'Prior therapy with an anti-PD-1 or anti-PD-L1 agent', { 'prior.checkpoint-inhibitor': true }, 'false'],
  [
    'E',
    'Prior therapy with an anti-PD-1, anti-PD-L1 or anti-CTLA-4 antibody',
    { 'prior.checkpoint-inhibitor': true, 'prior.ctla4': true },
    'false',
  ],
  ['I', 'Ability to swallow and retain oral medication', {}, 'true'],
  ['I', 'ECOG performance status must be less than or equal to 1', { 'person.ecog': 2 }, 'false'],
  ['E', 'CNS metastases or spinal cord compression that requires corticosteroids', {}, 'true'],
  [
    'I',
    'Bilirubin ≤ 1.5 x ULN, except subjects with Gilbert syndrome who can have total bilirubin < 3.0 mg/dL',
    { 'lab.bilirubin-times-upper-limit': 2, 'lab.bilirubin': 40, 'comorbid.gilbert': true },
    'true',
  ],
  ['E', 'Chemotherapy within 3 weeks or radiotherapy within 2 weeks before first dose', CHEMOTHERAPY_LONG_AGO, 'true'],
  [
    'E',
    'Chemotherapy within 3 weeks or radiotherapy within 2 weeks before first dose',
    { 'prior.radiotherapy': true, 'prior.days-since-radiotherapy': 5 },
    'false',
  ],
  [
    'E',
    'Known brain metastases, unless treated and stable for 4 weeks',
    { 'extent.brain-metastases': 'treated-stable' },
    'judgement',
  ],
  ['I', 'Hemoglobin >= 9 g/dL', { 'lab.haemoglobin': 85 }, 'false'],
  ['I', 'Metastatic NSCLC, pleural mesothelioma or ovarian cancer', { 'tumour.primary-site': 'peritoneum' }, 'false'],
  ['I', 'Renal cell carcinoma, mesothelioma, or sarcoma', {}, 'true'],
  ['I', 'Participants must have platinum-resistant ovarian cancer', {}, 'false'],
  ['I', 'Newly diagnosed pancreatic cancer', {}, 'false'],
  ['I', 'Ovarian cancer. Subjects with mesothelioma or sarcoma are excluded.', {}, 'false'],
  ['I', 'Must have failed standard therapy, except for patients with mesothelioma', {}, 'true'],
  ['I', 'Patients with brain metastases must have been off steroids for 7 days', {}, 'true'],
  ['I', 'Participants with HIV are eligible if the viral load is undetectable', {}, 'true'],
  ['I', 'Females of childbearing potential should have a negative urine pregnancy test', {}, 'true'],
  [
    'I',
    'Women of childbearing potential must have a negative pregnancy test and use contraception',
    { 'person.sex': 'female', 'person.childbearing-possible': true, 'comorbid.pregnant': true },
    'false',
  ],
  ['E', 'Pregnant women, or men and women not using effective contraception', { 'comorbid.pregnant': true }, 'false'],
  ['E', 'Previously treated with a CD137 inhibitor', {}, 'true'],
  ['E', 'Prior palliative radiotherapy within 2 weeks', {}, 'true'],
  ['E', 'Ongoing anticancer therapy', {}, 'true'],
  ['I', 'No standard treatment options are available', { 'prior.standard-exhausted': true }, 'true'],
  [
    'E',
    'Prior systemic anti-cancer treatment within 21 days or 5 half-lives, whichever is shorter',
    CHEMOTHERAPY_LONG_AGO,
    'true',
  ],
  [
    'E',
    'Prior systemic anti-cancer treatment within 21 days or 5 half-lives, whichever is longer',
    { ...CHEMOTHERAPY_LONG_AGO, 'prior.days-since-systemic': 5 },
    'false',
  ],
  ['E', 'Infection that cannot be controlled or requires intravenous antibiotics', {}, 'true'],
  ['I', 'At least 18 years of age or over the legal age of consent in countries where that is greater than 18 years', {}, 'true'],
  ['I', 'Age ≥ 18 years', {}, 'true'],
  ['I', '≥ 18 years', {}, 'true'],
  ['I', 'Men and women, 18 years old or older', {}, 'true'],
  ['I', 'Patients must be at least 65 years of age', {}, 'false'],
  ['E', 'Patients younger than 18 years of age or older than 75 years of age', {}, 'true'],
  ['I', '35-50 years of age, inclusive', {}, 'false'],
  ['I', 'Age between 18 and 75 years', {}, 'true'],
  ['I', 'WHO performance status 0-1', { 'person.ecog': 2 }, 'false'],
  ['I', 'World Health Organization (WHO) performance status of 2 or less', { 'person.ecog': 0 }, 'true'],
  ['I', 'ECOG/WHO PS ≤ 1', {}, 'true'],
  ['I', 'No prior chemotherapy for advanced disease', {}, 'true'],
  ['E', 'Prior docetaxel or oxaliplatin', { 'prior.taxane': false }, 'judgement'],
  ['E', 'Prior taxane', { 'prior.taxane': true }, 'false'],
  ['E', 'Has had an allogeneic tissue/solid organ transplant', { 'comorbid.transplant': 'solid-organ' }, 'false'],
  ['E', 'Active HIV infection', { 'lab.hiv': 'active' }, 'false'],
  ['E', 'Patients who are pregnant', { 'comorbid.pregnant': true }, 'false'],
  ['E', 'QTc > 0.45 seconds', { 'organ.qtcf': 460 }, 'false'],
  ['I', 'ECOG performance status 1 or better', { 'person.ecog': 2 }, 'false'],
  ['E', 'Unstable angina or myocardial infarction within the past six months', { 'comorbid.unstable-angina': true }, 'false'],
  ['I', 'HIV-infected participants must have well-controlled HIV on ART', {}, 'true'],
  ['E', 'Active hepatitis B or C', { 'lab.hepatitis-c': 'active' }, 'false'],
  ['E', 'Positive serum pregnancy test', { 'comorbid.pregnant': true }, 'false'],
  ['E', 'Prior allogeneic stem cell transplantation', { 'comorbid.transplant': 'allogeneic-stem-cell' }, 'false'],
  ['I', 'Negative hepatitis B surface antigen (HBsAg) test', {}, 'true'],
  ['I', 'Karnofsky performance status of 70 or higher', { 'person.karnofsky': 60 }, 'false'],
  ['I', 'Measureable disease', {}, 'true'],
  ['I', 'Ability to swallow and retain oral medication', { 'comorbid.cannot-swallow': true }, 'false'],
  ['E', 'History of (noninfectious) pneumonitis that required steroids or has current pneumonitis', {}, 'true'],
  ['I', 'Absolute neutrophil count ≥ 1000/mm(3)', {}, 'true'],
  ['I', 'Platelets ≥ 100 x 10^9', { 'lab.platelets': 90 }, 'false'],
  [
    'E',
    'Have received a live vaccine within 90 days before the first dose',
    { 'drug.days-since-live-vaccine': 20, 'drug.live-vaccine-recent': true },
    'false',
  ],
  ['I', 'ECOG performance status: 0~1', { 'person.ecog': 2 }, 'false'],
  ['I', 'ECOG 0, 1 or 2 (Karnofsky ≥ 60%) one week before admission', { 'person.ecog': 3 }, 'false'],
  ['E', 'Minors less than 18 years old', { 'person.age': 17 }, 'judgement'],
  [
    'E',
    'HIV-positive participants with detectable viral load are ineligible. HIV-positive participants who have undetectable viral load may be considered only after consultation with a physician.',
    {},
    'true',
  ],
  [
    'I',
    'Age greater than or equal to 18 years. Because no dosing or adverse event data are currently available on the use of X in patients < 18 years of age, children are excluded from this study.',
    {},
    'true',
  ],
];

const criteriaOf = (side: 'I' | 'E', line: string): readonly TrialCriterion[] =>
  criteriaIn(`${side === 'I' ? 'Inclusion' : 'Exclusion'} Criteria:\n\n* ${line}`);

function criteriaIn(text: string): readonly TrialCriterion[] {
  return readEligibility({
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
    eligibility: { text },
  }).criteria;
}

const MANY_PARTS = `Inclusion Criteria:

Phase 1 Part A and Part B

* ECOG performance status of ≤1.

Phase 2

* ECOG performance status of 0-2.`;
const MARROW = `Inclusion Criteria:

* Karnofsky >= 60%
* Hematologic Requirements for Subjects without Bone Marrow Involvement by

Disease:

* ANC >= 1000/uL
  --Hematologic Requirements for Subjects with Bone Marrow Involvement by Disease:
* ANC >= 750/uL
* Adequate Cardiac Function: QTc < 480 msec`;
const DIAGNOSES = `Inclusion Criteria Phase 1 (only) diagnosis requirements:

* Evaluable disease

Inclusion Criteria Phase 2 (only) diagnosis requirements:

* Measurable disease
* Age: >= 18 years`;
const MODULES = `Inclusion Criteria:

General Inclusion Criteria ModA Part 1 and 2:

* ECOG 0 to 1

Inclusion Criteria ModA Part 1 Cohort Specific:

* Age >= 18 years

Inclusion Criteria ModA Part 2 Cohort Specific:

* Age >= 40 years

Exclusion Criteria: Module A Part 2 Cohort Specific:

* Pregnant or breastfeeding`;
const CARDIAC = `Exclusion Criteria:

* A history of cardiac disease, as defined by:

  * Unstable angina`;
const DRUGS = `Exclusion Criteria:

* Concurrent use of any of the following food or drugs within 12 days prior to the first dose of lorlatinib.

  1. known strong CYP3A inhibitors .`;
/** A text with parts or lists, a word that tells one criterion, the part it is said of, and the verdict for the plain person but for one thing. */
const PARTS: readonly (readonly [string, RegExp, string | undefined, Values, Verdict])[] = [
  [MANY_PARTS, /≤1/, 'Phase 1 Part A and Part B', { 'person.ecog': 2 }, 'false'],
  [MANY_PARTS, /0-2/, 'Phase 2', { 'person.ecog': 2 }, 'true'],
  [
    'Exclusion Criteria:\n\n* For Part D only, unstable arrhythmia, or unstable angina.',
    /angina/,
    'Part D',
    { 'comorbid.unstable-angina': true },
    'false',
  ],
  ['Inclusion Criteria:\n\n* \\[Expansion\\] Hemoglobin >= 9 g/dL', /Hemo/, 'Expansion', { 'lab.haemoglobin': 80 }, 'false'],
  ['Inclusion Criteria:\n\n* [For Part 2]: Measurable disease', /Meas/, 'Part 2', { 'extent.measurable': false }, 'false'],
  ['Inclusion Criteria:\n\n* Measurable disease (phase II)', /Meas/, 'phase II', { 'extent.measurable': false }, 'false'],
  [
    'Inclusion Criteria:\n\n* Measurable disease in the phase II portion',
    /Meas/,
    undefined,
    { 'extent.measurable': false },
    'judgement',
  ],
  ['Inclusion Criteria:\n\n* [Females] ECOG 0-1', /ECOG/, undefined, {}, 'judgement'],
  ['Inclusion Criteria:\n\n* Stage IV\n* ECOG 0-1', /ECOG/, undefined, { 'person.ecog': 2 }, 'false'],
  [MARROW, /1000/, undefined, { 'lab.neutrophils': 0.5 }, 'judgement'],
  [MARROW, /750/, undefined, { 'lab.neutrophils': 0.5 }, 'judgement'],
  [MARROW, /QTc/, undefined, { 'organ.qtcf': 500 }, 'false'],
  [DIAGNOSES, /Measurable/, 'Phase 2 only diagnosis requirements', { 'extent.measurable': false }, 'false'],
  [DIAGNOSES, /Age/, undefined, { 'person.age': 17 }, 'false'],
  [MODULES, /ECOG/, 'ModA Part 1 and 2', { 'person.ecog': 3 }, 'false'],
  [CARDIAC, /Unstable/, undefined, {}, 'judgement'],
  [CARDIAC, /Unstable/, undefined, { 'comorbid.unstable-angina': true }, 'false'],
  [DRUGS, /CYP3A/, undefined, {}, 'judgement'],
  [MODULES, /Pregnant/, 'Module A Part 2 Cohort Specific', { 'comorbid.pregnant': true }, 'false'],
];

describe('a criterion of a part or a list', () => {
  it.each(PARTS)('%s %s', (text, named, scope, person, verdict) => {
    const found = criteriaIn(text).filter((criterion) => named.test(criterion.text));
    expect(found.map((criterion) => [criterion.scope, evaluate(criterion.requires, factsOf(person)).verdict])).toEqual([
      [scope, verdict],
    ]);
  });
});

describe('a criterion never closes on the wrong person, nor lets one through', () => {
  it.each(CHECKS)('%s %s', (side, line, person, never) => {
    const criteria = criteriaOf(side, line);
    expect(criteria.length).toBeGreaterThan(0);
    for (const { kind, requires } of criteria) {
      const verdict = kind === 'procedural' ? 'true' : evaluate(requires, factsOf(person)).verdict;
      expect(verdict).not.toBe(never === 'met' ? 'true' : 'false');
    }
  });

  it.each(CONTROLS)('%s %s: %o gives %s', (side, line, person, verdict) => {
    const [criterion] = criteriaOf(side, line);
    expect(evaluate((criterion as TrialCriterion).requires, factsOf(person)).verdict).toBe(verdict);
  });
});
