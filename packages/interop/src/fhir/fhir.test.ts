import type { Reading } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../testing.js';
import { type FhirOptions, readFhir, readFhirJson } from './read.js';

type Json = Record<string, unknown>;

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const coded = (system: string, code: string, display?: string): Json => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});
const patient = (id = 'anna', more: Json = {}): Json => ({
  resourceType: 'Patient',
  id,
  gender: 'female',
  birthDate: '1953-04-02',
  ...more,
});
const subject = { reference: 'Patient/anna' };
let counter = 0;
const resource = (resourceType: string, more: Json): Json => ({ resourceType, id: `r${++counter}`, subject, ...more });
const condition = (code: Json, more: Json = {}): Json => resource('Condition', { code, ...more });
const observation = (code: Json, more: Json = {}): Json =>
  resource('Observation', { status: 'final', code, effectiveDateTime: '2025-02-03T08:00:00Z', ...more });
const bundle = (...resources: readonly Json[]): Json => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((one) => ({ resource: one })),
});
const read = (json: unknown, options: Partial<FhirOptions> = {}) => readFhirJson(json, { catalogue: FACTS, ...options });
const facts = ({ record }: Reading) => Object.fromEntries(record?.observations.map(({ fact, value }) => [fact, value]) ?? []);
const of = (...resources: readonly Json[]) => read(bundle(patient(), ...resources));
const reasons = ({ notes }: Reading, outcome: string) => notes.filter((note) => note.outcome === outcome).map(({ why }) => why);

const MESOTHELIOMA = condition(coded('http://hl7.org/fhir/sid/icd-10-cm', 'C45.0', 'Mesothelioma of pleura'), {
  verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
  onsetDateTime: '2025-01-20',
  extension: [
    {
      url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior',
      valueCodeableConcept: coded('http://terminology.hl7.org/CodeSystem/icd-o-3', '9053/3'),
    },
  ],
  bodySite: [
    {
      ...coded(SCT, '3120008', 'Pleural structure'),
      extension: [
        {
          url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-laterality-qualifier',
          valueCodeableConcept: coded(SCT, '24028007'),
        },
      ],
    },
  ],
});

describe('the primary cancer', () => {
  it('is read with site, side, histology and date', () => {
    expect(facts(of(MESOTHELIOMA))).toEqual({
      'person.birth-date': '1953-04-02',
      'person.sex': 'female',
      'tumour.mesothelioma': true,
      'tumour.primary-site': 'pleura',
      'tumour.laterality': 'right',
      'tumour.histology': 'biphasic',
      'tumour.diagnosis-date': '2025-01-20',
    });
  });

  it.each([
    [coded('http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'C45.1'), { 'tumour.primary-site': 'peritoneum' }],
    [coded(SCT, '254645002'), { 'tumour.primary-site': 'pleura' }],
    [coded(SCT, '109378008'), { 'tumour.mesothelioma': true }],
    [
      { text: 'Left pleural mesothelioma, epithelioid type' },
      { 'tumour.laterality': 'left', 'tumour.histology': 'epithelioid', 'tumour.primary-site': 'pleura' },
    ],
    [{ text: 'Malignant mesothelioma of tunica vaginalis' }, { 'tumour.primary-site': 'tunica-vaginalis' }],
    [
      { ...coded('http://terminology.hl7.org/CodeSystem/icd-o-3', '9051/3'), text: 'Desmoplastic mesothelioma' },
      { 'tumour.histology': 'desmoplastic' },
    ],
  ])('is recognised by code or words: %j', (code, expected) => {
    expect(facts(of(condition(code)))).toMatchObject({ 'tumour.mesothelioma': true, ...expected });
  });

  it.each([
    ['entered-in-error', undefined],
    ['unconfirmed', undefined],
    ['refuted', false],
  ])('says what it says when %s', (status, expected) => {
    const reading = of({
      ...MESOTHELIOMA,
      verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', status),
    });
    expect(facts(reading)['tumour.mesothelioma']).toBe(expected);
    expect(facts(reading)['tumour.primary-site']).toBeUndefined();
  });

  it.each([
    [coded('http://hl7.org/fhir/sid/icd-10', 'C50.9', 'Breast cancer'), false],
    [coded(SCT, '254637007', 'Non-small cell lung cancer (disorder)'), false],
    [coded('http://hl7.org/fhir/sid/icd-10', 'C38.4', 'Malignant neoplasm of pleura'), undefined],
    [{ text: 'Malignant neoplastic disease (disorder)' }, undefined],
    [{ text: 'Family history of breast cancer' }, undefined],
    [{ text: 'Benign mesothelioma' }, undefined],
    [{ text: 'Suspected mesothelioma' }, undefined],
  ])('is not taken for another one without cause: %j', (code, expected) => {
    const reading = of(condition(code));
    expect(facts(reading)['tumour.mesothelioma']).toBe(expected);
    if (expected === false) expect(reasons(reading, 'used').join()).toContain('Serosa is a guide to mesothelioma');
  });

  it('stands beside another cancer', () => {
    const breast = { ...condition(coded('http://hl7.org/fhir/sid/icd-10', 'C50.9', 'Breast cancer')), id: 'breast' };
    const drug = resource('MedicationStatement', {
      status: 'completed',
      medicationCodeableConcept: { text: 'tamoxifen 20 mg' },
      effectivePeriod: { start: '2001', end: '2006' },
      reasonReference: [{ reference: 'Condition/breast' }],
    });
    const reading = of(MESOTHELIOMA, breast, drug);
    expect(facts(reading)).toMatchObject({ 'tumour.mesothelioma': true, 'comorbid.other-cancer': true });
    expect(reading.record?.treatments).toEqual([]);
    expect(reasons(reading, 'unused')).toContain('It was given for another cancer.');
  });
});

describe('metastases', () => {
  const icd = (code: string, more: Json = {}) => condition(coded('http://hl7.org/fhir/sid/icd-10-cm', code), more);
  it.each([
    [icd('C78.7'), { 'site.liver': true }],
    [icd('C79.31'), { 'site.brain': true }],
    [icd('C78.02'), { 'site.contralateral-lung': true }],
    [icd('C78.01'), { 'site.ipsilateral-lung-nodules': true }],
    [icd('C77.3'), { 'site.axillary-nodes': true }],
    [icd('C79.82'), { 'site.other-distant': true }],
    [
      condition(coded(SCT, '128462008', 'Secondary malignant neoplastic disease'), {
        bodySite: [coded(SCT, '15425007', 'Peritoneum structure')],
      }),
      { 'site.peritoneum': true },
    ],
    [condition(coded(SCT, '94222008')), { 'site.bone': true }],
    [condition({ text: 'Metastasis to left adrenal gland' }), { 'site.adrenal': true }],
    [
      condition(coded(SCT, '94493005', 'Secondary malignant neoplasm of pleura'), { bodySite: [{ text: 'left pleura' }] }),
      { 'site.contralateral-pleura': true },
    ],
    [icd('C78.7', { verificationStatus: coded('', 'refuted') }), { 'site.liver': false }],
  ])('become sites: %#', (metastasis, expected) => {
    const reading = of(MESOTHELIOMA, metastasis);
    const sites = Object.fromEntries(Object.entries(facts(reading)).filter(([fact]) => fact.startsWith('site.')));
    expect(sites).toEqual(expected);
  });

  it.each([
    [icd('C78.00'), /Which lung cannot be told/],
    [icd('C78.2'), /Which pleura cannot be told/],
    [icd('C77.1'), /regional for the pleura/],
    [icd('C79.9'), /Where the metastasis is cannot be told/],
    [icd('C77.9'), /Where the metastasis is cannot be told/],
    [icd('C78.7', { verificationStatus: coded('', 'provisional') }), /not confirmed/],
    [icd('C78.7', { verificationStatus: coded('', 'entered-in-error') }), /Entered in error/],
  ])('that cannot be placed are told: %#', (metastasis, why) => {
    const reading = of(MESOTHELIOMA, metastasis);
    expect(Object.keys(facts(reading)).filter((fact) => fact.startsWith('site.'))).toEqual([]);
    expect(reasons(reading, 'unused').join('\n')).toMatch(why);
  });
});

describe('stages', () => {
  const stage = (code: string, value: Json, method?: Json) =>
    observation(coded(SCT, code), { valueCodeableConcept: value, ...(method ? { method } : {}) });
  const AJCC9 = coded(SCT, '1269566009');
  const AJCC8 = coded(SCT, '897275008');

  it('are put together by basis, edition and day', () => {
    const reading = of(
      MESOTHELIOMA,
      stage('399504009', coded(SCT, '1228929004'), AJCC9),
      stage('399534004', coded('http://cancerstaging.org', 'cN1'), AJCC9),
      stage('399387003', { text: 'M0' }, AJCC9),
      stage('399537006', coded(SCT, '1222765007'), AJCC9),
      stage('384625004', coded(SCT, '1229859000'), AJCC8),
      observation(coded(LOINC, '21902-2'), {
        valueCodeableConcept: { text: 'Stage IB' },
        method: coded('http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', 'C188404'),
      }),
    );
    expect(reading.record?.stages.map(({ origin: _, ...rest }) => rest)).toEqual([
      { edition: '9', basis: 'clinical', T: 'T2', N: 'N1', M: 'M0', group: 'II', date: '2025-02-03' },
      { edition: '8', basis: 'pathological', T: 'T3', date: '2025-02-03' },
      { edition: 'unknown', basis: 'pathological', group: 'IB', date: '2025-02-03' },
    ]);
  });

  it('keep two answers apart and say when code and name disagree', () => {
    const reading = of(
      stage('399504009', coded(SCT, '1228929004', 'American Joint Committee on Cancer cT4 (qualifier value)'), AJCC9),
      stage('399504009', { text: 'cT1' }, AJCC9),
    );
    expect(reading.record?.stages.map(({ T }) => T)).toEqual(['T2', 'T1']);
    expect(reasons(reading, 'unused').join()).toContain('the code counts');
  });

  it('are told when they cannot be read', () => {
    const reading = of(
      stage('399504009', { text: 'large' }),
      stage('399504009', { text: 'pT2' }),
      observation(coded(SCT, '399534004'), { status: 'entered-in-error', valueCodeableConcept: { text: 'N0' } }),
    );
    expect(reading.record?.stages).toEqual([]);
    expect(reasons(reading, 'unused').join('\n')).toMatch(
      /no TNM value[\s\S]*The code says clinical, the value pathological[\s\S]*entered-in-error/,
    );
  });

  it('stand in the condition too', () => {
    const reading = of({
      ...MESOTHELIOMA,
      stage: [{ summary: { text: 'cT2 N1 M0, Stage II' }, type: { text: 'AJCC 9th edition clinical' } }],
    });
    expect(reading.record?.stages).toMatchObject([{ edition: '9', basis: 'clinical', T: 'T2', N: 'N1', M: 'M0', group: 'II' }]);
  });
});

describe('observations', () => {
  const quantity = (value: number, code: string, more: Json = {}): Json => ({
    valueQuantity: { value, unit: code, code, system: 'http://unitsofmeasure.org', ...more },
  });
  const loinc = (code: string, value: Json) => observation(coded(LOINC, code), value);
  it.each([
    [loinc('89247-1', { valueInteger: 1 }), { 'person.ecog': 1 }],
    [loinc('89247-1', { valueCodeableConcept: coded(LOINC, 'LA9624-3') }), { 'person.ecog': 2 }],
    [loinc('89247-1', { valueCodeableConcept: coded(LOINC, 'LA9627-6') }), { 'person.vital-status': 'dead' }],
    [observation({ text: 'ECOG performance status' }, { valueString: 'PS 1' }), { 'person.ecog': 1 }],
    [loinc('89243-0', quantity(80, '{score}')), { 'person.karnofsky': 80 }],
    [loinc('2160-0', quantity(1.1, 'mg/dL')), { 'lab.creatinine': 97.262 }],
    [loinc('14682-9', quantity(97, 'umol/L')), { 'lab.creatinine': 97 }],
    [loinc('2160-0', quantity(11, 'mg/L')), { 'lab.creatinine': 97.262 }],
    [loinc('718-7', quantity(12.1, 'g/dL')), { 'lab.haemoglobin': 121 }],
    [loinc('26499-4', quantity(3.2, '10*3/uL')), { 'lab.neutrophils': 3.2 }],
    [loinc('29463-7', { valueQuantity: { value: 155, unit: 'lbs' } }), { 'person.weight': 70.30681735 }],
    [loinc('8310-5', quantity(101.3, '[degF]')), { 'symptom.temperature': 38.5 }],
    [
      observation(coded(LOINC, '85354-9'), {
        component: [
          { code: coded(LOINC, '8480-6'), ...quantity(132, 'mm[Hg]') },
          { code: coded(LOINC, '8462-4'), ...quantity(81, 'mm[Hg]') },
        ],
      }),
      { 'organ.systolic-pressure': 132, 'organ.diastolic-pressure': 81 },
    ],
    [
      loinc('718-7', { dataAbsentReason: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'not-performed') }),
      { 'lab.haemoglobin': { absent: 'not-done' } },
    ],
    [loinc('72166-2', { valueCodeableConcept: coded(SCT, '8517006', 'Ex-smoker') }), { 'person.smoking': 'former' }],
    [
      loinc('97509-4', { valueCodeableConcept: coded(SCT, '271299001', "Patient's condition worsened") }),
      { 'prior.progressing': true },
    ],
    [observation({ text: 'BAP1 immunohistochemistry' }, { valueString: 'loss of nuclear staining' }), { 'marker.bap1': 'lost' }],
    [observation({ text: 'MTAP IHC' }, { valueCodeableConcept: { text: 'retained' } }), { 'marker.mtap': 'retained' }],
    [observation({ text: 'PD-L1 (22C3) by immune stain' }, quantity(5, '%')), { 'marker.pdl1': 5 }],
    [observation({ text: 'PD-L1 TPS' }, { valueString: 'positive, 30 %' }), { 'marker.pdl1': 30 }],
    [observation(coded('urn:serosa:fact', 'clinical.t.psum-upper'), quantity(1.4, 'cm')), { 'clinical.t.psum-upper': 14 }],
    [
      observation(coded('urn:serosa:fact', 'exposure.asbestos'), { valueCodeableConcept: coded('urn:serosa:value', 'definite') }),
      { 'exposure.asbestos': 'definite' },
    ],
  ])('become facts: %#', (one, expected) => {
    expect(facts(of(one))).toEqual({ 'person.birth-date': '1953-04-02', 'person.sex': 'female', ...expected });
  });

  it.each([
    [loinc('2160-0', { valueQuantity: { value: 1.1 } }), /has no unit/],
    [loinc('2160-0', quantity(9000, 'mg/dL')), /impossible/],
    [loinc('2160-0', quantity(1.1, 'furlong')), /not a unit/],
    [loinc('89247-1', { valueInteger: 7 }), /impossible/],
    [loinc('718-7', quantity(12, 'g/dL', { comparator: '<' })), /a bound, not a reading/],
    [{ ...loinc('718-7', quantity(12, 'g/dL')), status: 'cancelled' }, /cancelled/],
    [{ ...loinc('718-7', quantity(12, 'g/dL')), status: 'registered' }, /no result yet/],
    [loinc('718-7', {}), /without a value/],
    [loinc('718-7', { valueRange: { low: {} } }), /cannot be read/],
    [{ ...loinc('718-7', quantity(12, 'g/dL')), modifierExtension: [{ url: 'urn:not' }] }, /may change its meaning/],
  ])('that cannot be used are told: %#', (one, why) => {
    const reading = of(one);
    expect(Object.keys(facts(reading))).toEqual(['person.birth-date', 'person.sex']);
    expect(reading.notes.map((note) => note.why).join('\n')).toMatch(why);
  });

  const gene = (symbol: string, more: readonly Json[], present = 'LA9633-4') =>
    observation(coded(LOINC, '69548-6'), {
      valueCodeableConcept: coded(LOINC, present),
      component: [
        { code: coded(LOINC, '48018-6'), valueCodeableConcept: coded('http://www.genenames.org', '', symbol) },
        ...more,
      ],
    });
  const consequence = (display: string): Json => ({
    code: { text: 'molecular consequence' },
    valueCodeableConcept: { coding: [{ display }] },
  });
  const source = (code: string): Json => ({ code: coded(LOINC, '48002-0'), valueCodeableConcept: coded(LOINC, code) });
  it.each([
    [gene('BAP1', [consequence('stop_gained'), source('LA6684-0')]), { 'marker.bap1': 'lost' }],
    [gene('CDKN2A', [consequence('copy_number_loss')]), { 'marker.cdkn2a': 'deleted' }],
    [
      gene('BAP1', [source('LA6683-2'), { code: coded(LOINC, '53037-8'), valueCodeableConcept: { text: 'Pathogenic' } }]),
      { 'marker.germline': 'bap1' },
    ],
    [gene('BAP1', [consequence('missense_variant')]), {}],
    [gene('BAP1', [], 'LA9634-2'), {}],
    [gene('BRCA1', [source('LA6683-2')]), {}],
  ])('of genes become markers only where they say so: %#', (one, expected) => {
    const reading = of(one);
    const markers = Object.fromEntries(Object.entries(facts(reading)).filter(([fact]) => fact.startsWith('marker.')));
    expect(markers).toEqual(expected);
    if (Object.keys(expected).length === 0) expect(reading.others).toHaveLength(1);
  });
});

describe('treatments', () => {
  const treatments = (...resources: readonly Json[]) => of(...resources).record?.treatments.map(({ origin: _, ...rest }) => rest);
  const given = (agent: string, date: string, more: Json = {}) =>
    resource('MedicationAdministration', {
      status: 'completed',
      medicationCodeableConcept: { text: agent },
      effectiveDateTime: date,
      ...more,
    });

  it('are grouped into regimens by agent and date', () => {
    expect(
      treatments(
        given('Cisplatin 1 mg/mL', '2025-03-10'),
        given('Alimta', '2025-03-10'),
        given('pemetrexed', '2025-03-31'),
        given('cisplatin', '2025-04-01T10:00:00+01:00'),
        given('nivolumab', '2025-09-01'),
        resource('MedicationRequest', {
          status: 'active',
          intent: 'order',
          authoredOn: '2025-03-08',
          medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', '68446'),
        }),
      ),
    ).toEqual([
      { kind: 'systemic', agents: ['cisplatin', 'pemetrexed'], start: '2025-03-10', end: '2025-04-01' },
      { kind: 'systemic', agents: ['nivolumab'], start: '2025-09-01', end: '2025-09-01' },
    ]);
  });

  it('follow references to the drug, and keep why it was stopped', () => {
    const drug = { resourceType: 'Medication', id: 'd1', code: { text: 'ipilimumab' } };
    const statement = resource('MedicationStatement', {
      status: 'stopped',
      contained: [
        { resourceType: 'Medication', id: 'in', code: {}, ingredient: [{ itemCodeableConcept: { text: 'nivolumab' } }] },
      ],
      medicationReference: { reference: '#in' },
      effectivePeriod: { start: '2025-05', end: '2025-08' },
      statusReason: [coded(SCT, '407563006')],
    });
    const order = resource('MedicationRequest', {
      status: 'completed',
      intent: 'order',
      authoredOn: '2025-05-02',
      medicationReference: { reference: 'Medication/d1' },
    });
    expect(treatments(drug, statement, order)).toEqual([
      { kind: 'systemic', agents: ['nivolumab'], start: '2025-05', end: '2025-08', stoppedFor: 'toxicity' },
      { kind: 'systemic', agents: ['ipilimumab'], start: '2025-05-02', stoppedFor: 'completed' },
    ]);
  });

  it.each([
    [given('cisplatin', '2025-01-01', { status: 'not-done' }), /not given/],
    [given('cisplatin', '2025-01-01', { status: 'entered-in-error' }), /error/],
    [resource('MedicationRequest', { status: 'cancelled', medicationCodeableConcept: { text: 'cisplatin' } }), /cancelled/],
    [
      resource('MedicationRequest', { status: 'active', intent: 'plan', medicationCodeableConcept: { text: 'cisplatin' } }),
      /plan, not an order/,
    ],
    [
      resource('MedicationRequest', { status: 'active', doNotPerform: true, medicationCodeableConcept: { text: 'cisplatin' } }),
      /not to give/,
    ],
    [given('paracetamol', '2025-01-01'), /No drug that a finding depends on/],
  ])('that were not given are told: %#', (one, why) => {
    const reading = of(one);
    expect(reading.record?.treatments).toEqual([]);
    expect(reasons(reading, 'unused').join('\n')).toMatch(why);
  });

  it('include operations and radiotherapy with its dose in gray', () => {
    const dose = (name: string, value: Json): Json => ({ url: name, ...value });
    const volume = { resourceType: 'BodyStructure', id: 'wall', patient: subject, location: { text: 'chest wall tract' } };
    const radiotherapy = resource('Procedure', {
      status: 'completed',
      code: coded(SCT, '1217123003'),
      performedPeriod: { start: '2025-05-01', end: '2025-05-03' },
      extension: [
        {
          url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-dose-delivered-to-volume',
          extension: [
            dose('volume', { valueReference: { reference: 'BodyStructure/wall' } }),
            dose('totalDoseDelivered', { valueQuantity: { value: 2100, code: 'cGy' } }),
            dose('fractionsDelivered', { valueUnsignedInt: 3 }),
          ],
        },
        {
          url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-procedure-intent',
          valueCodeableConcept: coded(SCT, '363676003'),
        },
      ],
    });
    const procedure = (name: string, more: Json = {}) =>
      resource('Procedure', { status: 'completed', code: { text: name }, performedDateTime: '2025-02-11', ...more });
    expect(
      treatments(
        volume,
        radiotherapy,
        procedure('Talc pleurodesis, right'),
        procedure('Extrapleural pneumonectomy', { outcome: { text: 'R1 resection' } }),
        procedure('HIPEC with cisplatin'),
        procedure('Thoracoscopy', { status: 'not-done' }),
        procedure('Appendectomy'),
      ),
    ).toEqual([
      {
        kind: 'radiotherapy',
        site: 'chest wall tract',
        gray: 21,
        fractions: 3,
        start: '2025-05-01',
        end: '2025-05-03',
        intent: 'palliative',
      },
      { kind: 'procedure', code: 'pleurodesis', text: 'Talc pleurodesis, right', date: '2025-02-11', side: 'right' },
      {
        kind: 'procedure',
        code: 'extrapleural-pneumonectomy',
        text: 'Extrapleural pneumonectomy',
        date: '2025-02-11',
        residual: 'R1',
      },
      { kind: 'procedure', code: 'hipec', text: 'HIPEC with cisplatin', date: '2025-02-11' },
    ]);
  });
});

describe('the input as a whole', () => {
  it('may hold two people, of whom one is chosen', () => {
    const two = bundle(patient('anna'), patient('bert', { gender: 'male', birthDate: '1948' }), {
      ...observation(coded(LOINC, '89247-1'), { valueInteger: 3 }),
      subject: { reference: 'Patient/bert' },
    });
    expect(read(two)).toMatchObject({
      problem: {
        code: 'several-patients',
        message: expect.stringContaining('Patient/anna (born 1953), Patient/bert (born 1948)'),
      },
      patients: ['Patient/anna', 'Patient/bert'],
    });
    expect(facts(read(two, { patient: 'bert' }))).toEqual({
      'person.birth-date': '1948',
      'person.sex': 'male',
      'person.ecog': 3,
    });
    const anna = read(two, { patient: 'Patient/anna' });
    expect(facts(anna)).toEqual({ 'person.birth-date': '1953-04-02', 'person.sex': 'female' });
    expect(reasons(anna, 'unused').join('\n')).toMatch(/another person[\s\S]*Patient\/bert, who is not the person of this case/);
    expect(read(two, { patient: 'carl' }).problem?.code).toBe('no-such-patient');
    expect(
      read([
        { ...observation({ text: 'x' }), subject: { reference: 'Patient/1' } },
        { ...observation({ text: 'x' }), subject: { reference: 'Patient/2' } },
      ]).problem?.code,
    ).toBe('several-patients');
  });

  it('resolves urn:uuid references of a transaction', () => {
    const uuid = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
    const transaction = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { fullUrl: uuid, resource: { resourceType: 'Patient', birthDate: '1950' }, request: { method: 'POST', url: 'Patient' } },
        {
          fullUrl: 'urn:uuid:x',
          resource: {
            resourceType: 'Observation',
            status: 'final',
            code: coded(LOINC, '89247-1'),
            valueInteger: 1,
            subject: { reference: uuid },
          },
        },
        {
          fullUrl: 'urn:uuid:y',
          resource: {
            resourceType: 'Observation',
            status: 'final',
            code: coded(LOINC, '89247-1'),
            valueInteger: 4,
            subject: { reference: 'urn:uuid:other' },
          },
        },
        { request: { method: 'DELETE', url: 'Patient/9' } },
      ],
    };
    const reading = read(transaction);
    expect(facts(reading)).toEqual({ 'person.birth-date': '1950', 'person.ecog': 1 });
    expect(reasons(reading, 'unused').join('\n')).toMatch(/deletion[\s\S]*urn:uuid:other/);
  });

  it('may be NDJSON; a broken line is refused and the rest goes on', () => {
    const lines = [patient(), '{"resourceType": "Observation", ', MESOTHELIOMA]
      .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
      .join('\n');
    const reading = readFhir(lines, { catalogue: FACTS });
    expect(facts(reading)['tumour.mesothelioma']).toBe(true);
    expect(reading.notes.filter(({ outcome }) => outcome === 'refused')).toMatchObject([{ at: 'line 2' }]);
  });

  it('says that a search has more pages, and that a resource stands there twice', () => {
    const one = observation(coded(LOINC, '89247-1'), { valueInteger: 1, meta: { lastUpdated: '2025-01-01' } });
    const newer = { ...one, valueInteger: 2, meta: { lastUpdated: '2025-02-01' } };
    const reading = read({ ...bundle(patient(), one, newer, newer), type: 'searchset', link: [{ relation: 'next', url: 'x' }] });
    expect(facts(reading)['person.ecog']).toBe(2);
    expect(reasons(reading, 'unused').join('\n')).toMatch(/more pages[\s\S]*newer one is read[\s\S]*a second time/);
  });

  it.each([
    [{ resourceType: 'Condition', id: 'c', clinicalStatus: 'active' }, 'STU3'],
    [{ resourceType: 'Condition', id: 'c', dateRecorded: '2015', category: { text: 'x' } }, 'DSTU2'],
    [{ resourceType: 'Procedure', id: 'p', status: 'completed', occurrenceDateTime: '2024' }, 'R5'],
    [{ resourceType: 'MedicationRequest', id: 'm', medication: { concept: { text: 'x' } } }, 'R5'],
    [{ resourceType: 'MedicationOrder', id: 'm' }, 'DSTU2'],
    [
      { resourceType: 'Observation', id: 'o', meta: { profile: ['http://hl7.org/fhir/5.0/StructureDefinition/Observation'] } },
      'R5',
    ],
    [{ resourceType: 'Observation', id: 'o', meta: { fhirVersion: '3.0.2' } }, 'STU3'],
  ])('in another version of FHIR is a problem: %#', (one, version) => {
    expect(read(bundle(patient(), one)).problem).toMatchObject({
      code: 'fhir-version',
      message: expect.stringContaining(version),
      remedy: expect.stringContaining('R4'),
    });
  });

  it.each([
    ['<Bundle xmlns="http://hl7.org/fhir"/>', 'wrong-format'],
    ['{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Pat', 'cut-off'],
    ['', 'empty'],
    [`{"resourceType":"Bundle","entry":${'['.repeat(1_000_000)}`, 'too-deep'],
    ['{"resourceType":"ValueSet","id":"x"}', 'no-content'],
    ['[]', 'no-content'],
    ['5', 'no-content'],
    ['{"entry": 3}', 'no-content'],
  ])('that is no case has a problem: %#', (text, code) => {
    expect(readFhir(text, { catalogue: FACTS })).toMatchObject({ problem: { code, remedy: expect.stringMatching(/\S/) } });
  });

  it('tells a name that is given twice', () => {
    const reading = readFhir('{"resourceType":"Patient","id":"a","birthDate":"1950","birthDate":"1960"}', { catalogue: FACTS });
    expect(reading.notes).toContainEqual(expect.objectContaining({ outcome: 'refused', at: 'line 1, column 55' }));
  });

  it('refuses what lies in the future of the as-of date or before birth', () => {
    const reading = read(
      bundle(
        patient(),
        { ...MESOTHELIOMA, onsetDateTime: '1940' },
        observation(coded(LOINC, '89247-1'), { valueInteger: 1, effectiveDateTime: '2030' }),
      ),
      { asOf: '2026-01-01' },
    );
    expect(Object.keys(facts(reading))).toEqual(['person.birth-date', 'person.sex']);
    expect(reasons(reading, 'refused')).toHaveLength(6);
  });

  it('may be damaged in any way without ending the program', () => {
    const seeds = bundle(
      patient(),
      MESOTHELIOMA,
      observation(coded(LOINC, '85354-9'), { component: [{ code: coded(LOINC, '8480-6'), valueQuantity: { value: 1 } }] }),
      resource('Procedure', { code: { text: 'radiotherapy' } }),
      resource('MedicationRequest', { medicationCodeableConcept: { text: 'cisplatin' } }),
    );
    const paths: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      paths.push(path);
      if (Array.isArray(value))
        value.forEach((item, index) => {
          walk(item, [...path, index]);
        });
      else if (value !== null && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    };
    walk(seeds, []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }), (path, junk) => {
        const copy = structuredClone({ root: seeds as unknown });
        let at: Record<string | number, unknown> = copy as never;
        const keys = ['root', ...path];
        for (const key of keys.slice(0, -1)) at = at[key] as never;
        at[keys.at(-1)!] = junk;
        const reading = read(copy.root);
        expect(reading.record === undefined).toBe(reading.problem !== undefined);
      }),
      { numRuns: 500 },
    );
  });
});
