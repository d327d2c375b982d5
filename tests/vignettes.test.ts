/**
 * Ten synthetic cases with the answer a tumour board would expect. Facts that are not listed are unknown, not absent. An
 * expected verdict that the knowledge of today does not reach is written as it is, with the reason beside it.
 */
import { type CaseRecord, factsOfCase, type Guide, type OptionVerdict, optionFinding, type SystemicTherapy } from '@serosa/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide, stated } from './guide.js';

let guide: Guide;
beforeAll(async () => {
  guide = await loadTestGuide();
});

const origin = { kind: 'letter' } as const;
const course = (therapy: Omit<SystemicTherapy, 'kind' | 'origin'>): SystemicTherapy => ({ kind: 'systemic', origin, ...therapy });

interface Vignette {
  readonly title: string;
  readonly record: CaseRecord;
  /** Verdict, and facts that must be among the missing. */
  readonly expect: Readonly<Record<string, OptionVerdict | readonly [OptionVerdict, ...string[]]>>;
}

const noImmuneTrouble = {
  'comorbid.autoimmune': 'none',
  'comorbid.transplant': 'none',
  'drug.prednisolone-equivalent': 0,
} as const;

const VIGNETTES: readonly Vignette[] = [
  {
    title: 'V01 first line, epithelioid, unresectable',
    record: caseOf(
      {
        'person.sex': 'male',
        'person.age': 68,
        'person.country': 'us',
        'tumour.primary-site': 'pleura',
        'tumour.laterality': 'left',
        'tumour.histology': 'epithelioid',
        'tumour.sample-type': 'thoracoscopic',
        'clinical.t.chest-wall': 'diffuse',
        'person.ecog': 1,
        'lab.creatinine-clearance': 78,
        'lab.neutrophils': 5.1,
        'lab.platelets': 310,
        'extent.brain-metastases': 'none',
        'prior.systemic': false,
        'extent.effusion': 'moderate',
        'extent.effusion-drained': true,
        'extent.lung-expansion': 'full',
        ...noImmuneTrouble,
      },
      { stages: [stated({ edition: '8', basis: 'clinical', T: 'T4', N: 'N1', M: 'M0', group: 'IIIB' })] },
    ),
    expect: {
      'nivolumab-ipilimumab': 'supported',
      'pembrolizumab-platinum-pemetrexed': 'supported',
      'platinum-pemetrexed': 'supported',
      'bevacizumab-addition': ['undecided', 'symptom.haemoptysis', 'drug.anticoagulant'],
      'pleurectomy-decortication': 'not-supported',
      'extrapleural-pneumonectomy': 'not-supported',
      'tract-radiotherapy-prophylaxis': 'not-supported',
      'talc-pleurodesis': 'supported',
      'indwelling-pleural-catheter': 'supported',
      'germline-testing': 'supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V02 sarcomatoid, active rheumatoid arthritis on steroid',
    record: caseOf(
      {
        'person.sex': 'male',
        'person.age': 74,
        'person.country': 'gb',
        'tumour.primary-site': 'pleura',
        'tumour.laterality': 'right',
        'tumour.histology': 'sarcomatoid',
        'person.ecog': 1,
        'comorbid.autoimmune': 'active',
        'drug.methotrexate': true,
        'drug.prednisolone-equivalent': 15,
        'lab.creatinine-clearance': 66,
        'prior.systemic': false,
      },
      { stages: [stated({ edition: '8', basis: 'clinical', group: 'IIIB' })] },
    ),
    expect: {
      'nivolumab-ipilimumab': 'undecided',
      'pembrolizumab-platinum-pemetrexed': 'undecided',
      'platinum-pemetrexed': 'supported-with-conditions',
      'pleurectomy-decortication': 'not-supported',
      'extrapleural-pneumonectomy': 'not-supported',
      'germline-testing': 'supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V03 age 80, ECOG 2, creatinine clearance 38',
    record: caseOf(
      {
        'person.sex': 'female',
        'person.age': 80,
        'person.country': 'gb',
        'tumour.primary-site': 'pleura',
        'tumour.histology': 'epithelioid',
        'person.ecog': 2,
        'lab.creatinine-clearance': 38,
        'drug.nsaid': true,
        'symptom.breathless': true,
        'extent.effusion': 'large',
        'extent.effusion-drained': false,
      },
      { stages: [stated({ edition: '8', basis: 'clinical', group: 'IIIB' })] },
    ),
    expect: {
      'platinum-pemetrexed': 'not-supported',
      'pembrolizumab-platinum-pemetrexed': 'not-supported',
      'bevacizumab-addition': 'not-supported',
      vinorelbine: 'undecided',
      'talc-pleurodesis': ['undecided', 'extent.lung-expansion'],
      'indwelling-pleural-catheter': 'supported',
      'palliative-care': 'supported',
      'pleurectomy-decortication': 'not-supported',
      'tract-radiotherapy-prophylaxis': 'not-supported',
    },
  },
  {
    title: 'V04 early epithelioid, fit, expert centre',
    record: caseOf(
      {
        'person.sex': 'female',
        'person.age': 59,
        'person.country': 'us',
        'tumour.primary-site': 'pleura',
        'tumour.laterality': 'right',
        'tumour.histology': 'epithelioid',
        'person.ecog': 0,
        'organ.fev1': 92,
        'organ.dlco': 75,
        'organ.lvef': 62,
        'lab.creatinine-clearance': 88,
        'context.centre': 'mesothelioma-centre',
        'prior.systemic': false,
        ...noImmuneTrouble,
      },
      {
        stages: [
          stated({ edition: '9', basis: 'clinical', T: 'T1', N: 'N0', M: 'M0' }),
          stated({ edition: '8', basis: 'clinical', T: 'T1', N: 'N0', M: 'M0' }),
        ],
      },
    ),
    expect: {
      'pleurectomy-decortication': 'disagree',
      'extrapleural-pneumonectomy': 'not-supported',
      'nivolumab-ipilimumab': 'supported',
      'pembrolizumab-platinum-pemetrexed': 'supported',
      'platinum-pemetrexed': 'supported',
      observation: 'supported',
      'germline-testing': 'supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V05 stage in a letter without its edition',
    record: caseOf(
      {
        'person.sex': 'male',
        'person.age': 62,
        'person.country': 'us',
        'tumour.primary-site': 'pleura',
        'tumour.laterality': 'left',
        'tumour.histology': 'epithelioid',
        'person.ecog': 0,
        'organ.fev1': 80,
        'organ.dlco': 70,
        'tumour.symptomatic': false,
      },
      { stages: [stated({ edition: 'unknown', basis: 'clinical', T: 'T3', N: 'N0', M: 'M0', group: 'I' })] },
    ),
    expect: {
      // T3 N0 M0 with stage I fits the 8th edition only, so its group is settled; what stays open is the group of the 9th.
      'pleurectomy-decortication': ['undecided', 'stage.pleura.tnm9.clinical.group'],
      'pleural-imrt-unresected': 'undecided',
      'platinum-pemetrexed': ['undecided', 'lab.creatinine-clearance'],
      'nivolumab-ipilimumab': ['undecided', 'comorbid.autoimmune', 'comorbid.transplant', 'drug.prednisolone-equivalent'],
      'extrapleural-pneumonectomy': 'not-supported',
    },
  },
  {
    title: 'V06 relapse after chemotherapy, checkpoint-naive',
    record: caseOf(
      {
        'person.sex': 'male',
        'person.age': 70,
        'person.country': 'us',
        'tumour.primary-site': 'pleura',
        'tumour.histology': 'epithelioid',
        'person.ecog': 1,
        'lab.creatinine-clearance': 61,
        'comorbid.neuropathy-grade': 1,
        'prior.checkpoint-inhibitor': false,
        'prior.progressing': true,
        ...noImmuneTrouble,
      },
      {
        treatments: [
          course({
            agents: ['carboplatin', 'pemetrexed'],
            start: '2025-08-01',
            end: '2025-12-15',
            cycles: 6,
            bestResponse: 'PR',
            progression: '2026-10-01',
            line: 1,
          }),
        ],
      },
    ),
    expect: {
      nivolumab: 'supported',
      'nivolumab-ipilimumab': 'supported',
      'pemetrexed-rechallenge': 'supported',
      vinorelbine: 'supported-with-conditions',
      gemcitabine: 'supported-with-conditions',
      'gemcitabine-ramucirumab': 'undecided',
      'bevacizumab-addition': 'undecided',
      'maintenance-gemcitabine': 'not-supported',
      'pleurectomy-decortication': 'not-supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V07 progression on nivolumab and ipilimumab with colitis',
    record: caseOf(
      {
        'person.sex': 'female',
        'person.age': 66,
        'person.country': 'de',
        'tumour.primary-site': 'pleura',
        'tumour.histology': 'biphasic',
        'person.ecog': 1,
        'lab.creatinine-clearance': 62,
        'drug.prednisolone-equivalent': 20,
        'prior.irae-grade': 3,
        'prior.irae-resolved': false,
        'prior.progressing': true,
        'prior.treatments-complete': true,
      },
      {
        treatments: [
          course({
            agents: ['nivolumab', 'ipilimumab'],
            start: '2026-05-01',
            end: '2026-10-01',
            progression: '2026-10-10',
            stoppedFor: 'progression',
            line: 1,
          }),
        ],
      },
    ),
    expect: {
      'platinum-pemetrexed': 'supported',
      'nivolumab-ipilimumab': 'contraindicated',
      nivolumab: 'contraindicated',
      'pembrolizumab-platinum-pemetrexed': 'contraindicated',
      'bevacizumab-addition': 'undecided',
      'pleurectomy-decortication': 'not-supported',
      'clinical-trial': 'supported-with-conditions',
    },
  },
  {
    title: 'V08 peritoneal, favourable',
    record: caseOf({
      'person.sex': 'female',
      'person.age': 52,
      'person.country': 'it',
      'tumour.primary-site': 'peritoneum',
      'tumour.histology': 'epithelioid',
      'pci.total': 14,
      'pci.method': 'surgical',
      'tumour.ki67': 5,
      'peritoneum.nodes-positive': false,
      'peritoneum.extra-abdominal': false,
      'lab.platelets': 290,
      'person.ecog': 0,
      'lab.creatinine-clearance': 90,
      'peritoneum.cc-predicted': 0,
      'context.peritoneal-unit': true,
      'comorbid.pregnant': false,
      'prior.systemic': false,
    }),
    expect: {
      'crs-hipec': 'supported',
      'nivolumab-ipilimumab': 'not-supported',
      pipac: 'not-supported',
      observation: 'not-supported',
      'palliative-radiotherapy': 'not-supported',
      'germline-testing': 'supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V09 peritoneal, adverse',
    record: caseOf({
      'person.sex': 'male',
      'person.age': 60,
      'person.country': 'gb',
      'tumour.primary-site': 'peritoneum',
      'tumour.histology': 'biphasic',
      'pci.total': 28,
      'tumour.ki67': 20,
      'lab.platelets': 520,
      'person.ecog': 1,
      'extent.effusion': 'small',
      'lab.creatinine-clearance': 74,
      'prior.systemic': false,
      ...noImmuneTrouble,
    }),
    expect: {
      'crs-hipec': 'not-supported',
      'platinum-pemetrexed': 'supported',
      'nivolumab-ipilimumab': 'supported-with-conditions',
      'bevacizumab-addition': 'undecided',
      pipac: 'investigational',
      'germline-testing': 'supported',
      'clinical-trial': 'supported',
    },
  },
  {
    title: 'V10 painful tract nodule and a request for prophylaxis',
    record: caseOf(
      {
        'person.sex': 'male',
        'person.age': 71,
        'person.country': 'gb',
        'tumour.primary-site': 'pleura',
        'tumour.histology': 'epithelioid',
        'person.ecog': 1,
        'site.tract': true,
        'symptom.pain-worst': 7,
        'symptom.scar-lump': true,
        'person.life-expectancy': 'over-12-weeks',
        'prior.on-checkpoint-inhibitor': true,
        'prior.progressing': false,
      },
      {
        treatments: [
          course({ agents: ['nivolumab', 'ipilimumab'], start: '2026-03-01', ongoing: true, bestResponse: 'SD', line: 1 }),
        ],
      },
    ),
    expect: {
      'palliative-radiotherapy': 'supported',
      'tract-radiotherapy-prophylaxis': 'not-supported',
      'nivolumab-ipilimumab': 'supported',
      'palliative-care': 'supported',
    },
  },
];

describe.each(VIGNETTES)('$title', ({ record, expect: wanted }) => {
  it.each(Object.entries(wanted))('%s', (id, answer) => {
    const [verdict, ...missing] = typeof answer === 'string' ? [answer] : answer;
    const treatment = guide.treatments.get(`option.${id}`);
    expect(treatment, `no treatment ${id}`).toBeDefined();
    if (!treatment) return;
    const finding = optionFinding(treatment, factsOfCase(guide, record, AS_OF), guide.catalogue);
    expect(finding?.verdict ?? 'not-applicable').toBe(verdict);
    expect(finding?.missing.map((fact) => fact.id) ?? []).toEqual(expect.arrayContaining(missing));
  });
});

/** A fit man with untreated pleural disease and every test in order; each case below changes a little of him. */
const fit = {
  'person.age': 66,
  'person.sex': 'male',
  'person.country': 'us',
  'person.ecog': 1,
  'tumour.mesothelioma': true,
  'tumour.primary-site': 'pleura',
  'tumour.histology': 'epithelioid',
  'lab.creatinine-clearance': 85,
  'lab.neutrophils': 4,
  'lab.platelets': 250,
  'lab.bilirubin': 10,
  'lab.urine-protein': 0.1,
  'comorbid.interstitial-lung-disease': false,
  'comorbid.pneumonitis-previous': false,
  'comorbid.cardiovascular': false,
  'comorbid.hypertension': 'none',
  'comorbid.bleeding': false,
  'comorbid.clot-on-treatment': false,
  'comorbid.infection-active': false,
  'comorbid.implanted-electronic-device': false,
  'symptom.haemoptysis': 'none',
  'drug.anticoagulant': 'none',
  'drug.antiplatelet': 'none',
  'prior.treatments-complete': true,
  ...noImmuneTrouble,
} as const;
const woman = { 'person.sex': 'female', 'person.age': 34 } as const;
const doublet = course({
  agents: ['carboplatin', 'pemetrexed'],
  start: '2025-12-01',
  end: '2026-03-20',
  bestResponse: 'PR',
  progression: '2026-11-01',
  line: 1,
});
const onThePair = course({ agents: ['nivolumab', 'ipilimumab'], start: '2026-05-01', ongoing: true, line: 1 });
const second = (...agents: readonly string[]): SystemicTherapy =>
  course({
    agents,
    start: '2026-05-10',
    end: '2026-10-20',
    bestResponse: 'PD',
    stoppedFor: 'progression',
    progression: '2026-10-20',
    line: 2,
  });

type Shut = readonly [
  title: string,
  facts: Parameters<typeof caseOf>[0],
  treatments: readonly SystemicTherapy[],
  Vignette['expect'],
];

/** Cases in which an option was once left open although a known fact speaks against it. */
const SHUT: readonly Shut[] = [
  [
    'on the pair with a transplant and severe autoimmune disease',
    { 'prior.progressing': false, 'comorbid.transplant': 'solid-organ', 'comorbid.autoimmune': 'severe' },
    [onThePair],
    { 'nivolumab-ipilimumab': 'contraindicated' },
  ],
  [
    'on the pair with a high steroid dose and earlier pneumonitis',
    { 'prior.progressing': false, 'drug.prednisolone-equivalent': 60, 'comorbid.pneumonitis-previous': true },
    [onThePair],
    { 'nivolumab-ipilimumab': 'supported-with-conditions', 'bevacizumab-addition': 'not-supported' },
  ],
  [
    'on the pair with grade 2 pneumonitis that is not over',
    { 'prior.progressing': false, 'prior.irae-grade': 2, 'prior.irae-organ': 'lung', 'prior.irae-resolved': false },
    [onThePair],
    { 'nivolumab-ipilimumab': 'contraindicated' },
  ],
  [
    'myocarditis of grade 3 in the past, settled',
    { 'prior.progressing': true, 'prior.irae-grade': 3, 'prior.irae-organ': 'heart', 'prior.irae-resolved': true },
    [doublet],
    { nivolumab: 'contraindicated', 'nivolumab-ipilimumab': 'contraindicated' },
  ],
  [
    'on the pair at ECOG 3',
    { 'prior.progressing': false, 'person.ecog': 3 },
    [onThePair],
    { 'nivolumab-ipilimumab': 'not-supported' },
  ],
  [
    'on the pair for 42 months',
    { 'prior.progressing': false, 'prior.checkpoint-months': 42 },
    [onThePair],
    { 'nivolumab-ipilimumab': 'contraindicated' },
  ],
  [
    'pemetrexed held the tumour for two months',
    { 'prior.progressing': true, 'prior.pemetrexed-control-months': 2 },
    [doublet],
    {
      'pemetrexed-rechallenge': 'not-supported',
      'platinum-pemetrexed': 'not-supported',
      'bevacizumab-addition': 'not-supported',
    },
  ],
  [
    'grew on nivolumab',
    { 'prior.progressing': true },
    [doublet, second('nivolumab')],
    { nivolumab: 'not-supported', 'nivolumab-ipilimumab': 'not-supported' },
  ],
  ['grew on vinorelbine', { 'prior.progressing': true }, [doublet, second('vinorelbine')], { vinorelbine: 'contraindicated' }],
  [
    'grew on gemcitabine and ramucirumab',
    { 'prior.progressing': true },
    [doublet, second('gemcitabine', 'ramucirumab')],
    { gemcitabine: 'contraindicated', 'gemcitabine-ramucirumab': 'contraindicated' },
  ],
  [
    'pregnant, pleural disease',
    { ...woman, 'comorbid.pregnant': true },
    [],
    {
      'platinum-pemetrexed': 'contraindicated',
      'pleurectomy-decortication': 'contraindicated',
      'tumour-treating-fields': 'contraindicated',
    },
  ],
  [
    'a woman of 34, pregnancy not asked for',
    woman,
    [],
    { 'platinum-pemetrexed': ['undecided', 'comorbid.pregnant'], 'nivolumab-ipilimumab': ['undecided', 'comorbid.pregnant'] },
  ],
  [
    'pregnant, peritoneal disease that can be cleared',
    { ...woman, 'tumour.primary-site': 'peritoneum', 'comorbid.pregnant': true, 'peritoneum.cc-predicted': 0, 'person.ecog': 0 },
    [],
    { 'crs-hipec': 'contraindicated' },
  ],
  [
    'ECOG 4, biphasic peritoneal disease',
    { 'person.ecog': 4, 'tumour.primary-site': 'peritoneum', 'tumour.histology': 'biphasic', 'peritoneum.cc-predicted': 3 },
    [],
    { 'platinum-pemetrexed': 'not-supported', 'nivolumab-ipilimumab': 'not-supported', 'bevacizumab-addition': 'not-supported' },
  ],
  [
    'clearance of 20 mL/min',
    { 'lab.creatinine-clearance': 20 },
    [],
    {
      'platinum-pemetrexed': 'not-supported',
      'platinum-gemcitabine': 'contraindicated',
      'bevacizumab-addition': 'not-supported',
    },
  ],
  [
    'bilirubin of 300 umol/L at relapse',
    { 'prior.progressing': true, 'lab.bilirubin': 300 },
    [doublet],
    { vinorelbine: 'contraindicated', gemcitabine: 'supported-with-conditions' },
  ],
  [
    'stroke three months ago, bowel perforation',
    { 'comorbid.stroke-months': 3, 'comorbid.perforation-or-fistula': true },
    [],
    { 'bevacizumab-addition': 'contraindicated' },
  ],
  [
    'leptomeningeal disease',
    { 'extent.leptomeningeal': true },
    [],
    { 'nivolumab-ipilimumab': 'supported-with-conditions', 'bevacizumab-addition': 'supported-with-conditions' },
  ],
  [
    'severe reactions to platinum and to an antibody',
    { 'comorbid.allergy-platinum': true, 'comorbid.allergy-antibody': true },
    [],
    { 'platinum-pemetrexed': 'contraindicated', 'nivolumab-ipilimumab': 'contraindicated' },
  ],
];

describe('safety', () => {
  const cases = SHUT.flatMap(([title, facts, treatments, wanted]) =>
    Object.entries(wanted).map(([id, answer]) => ({ title, facts, treatments, id, answer })),
  );
  it.each(cases)('$title: $id', ({ facts, treatments, id, answer }) => {
    const [verdict, ...missing] = typeof answer === 'string' ? [answer] : answer;
    const treatment = guide.treatments.get(`option.${id}`);
    if (!treatment) throw new Error(`no treatment ${id}`);
    const record = caseOf({ ...fit, ...facts }, { treatments });
    const finding = optionFinding(treatment, factsOfCase(guide, record, AS_OF), guide.catalogue);
    expect(finding?.verdict ?? 'not-applicable').toBe(verdict);
    expect(finding?.missing.map((fact) => fact.id) ?? []).toEqual(expect.arrayContaining(missing));
  });
});
