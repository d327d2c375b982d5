/** What is denied, doubtful, or written in a way that could mean something else must never become a fact. */
import type { Reading } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { FACTS } from '../testing.js';
import { readFhirJson } from './read.js';

type Json = Record<string, unknown>;

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const UCUM = 'http://unitsofmeasure.org';
const coded = (system: string, code: string, text?: string): Json => ({
  coding: [{ system, code }],
  ...(text === undefined ? {} : { text }),
});
const PATIENT: Json = { resourceType: 'Patient', id: 'anna' };
let counter = 0;
const resource = (resourceType: string, more: Json): Json => ({
  resourceType,
  id: `r${++counter}`,
  subject: { reference: 'Patient/anna' },
  ...more,
});
const condition = (code: Json, more: Json = {}): Json => resource('Condition', { code, ...more });
const observation = (code: Json, more: Json = {}): Json =>
  resource('Observation', { status: 'final', code, effectiveDateTime: '2025-02-03', ...more });
const of = (...resources: readonly Json[]): Reading =>
  readFhirJson(
    { resourceType: 'Bundle', type: 'collection', entry: [PATIENT, ...resources].map((one) => ({ resource: one })) },
    { catalogue: FACTS },
  );
const facts = ({ record }: Reading) => Object.fromEntries(record?.observations.map(({ fact, value }) => [fact, value]) ?? []);
const told = ({ notes }: Reading, outcome: string) =>
  notes
    .filter((note) => note.outcome === outcome)
    .map(({ why }) => why)
    .join('\n');
const MESOTHELIOMA = condition(coded(SCT, '254645002'));

describe('a metastasis in doubt', () => {
  it.each([
    'Liver metastasis excluded',
    'Possible liver metastasis',
    '? liver metastasis',
    'Liver metastasis?',
    'r/o liver metastasis',
    'No evidence of liver metastases',
    'Liver biopsy negative for metastasis',
    'Query liver metastasis',
    'Liver lesion, not a metastasis',
  ])('stays unknown, and is told: %s', (text) => {
    for (const code of [{ text }, coded(ICD, 'C78.7', text)]) {
      const reading = of(MESOTHELIOMA, condition(code));
      expect(facts(reading)['site.liver']).toBeUndefined();
      expect(told(reading, 'unused')).toContain('in doubt');
    }
  });

  it.each(['Liver metastasis', 'Secondary malignant neoplasm of liver, not otherwise specified'])(
    'is one without: %s',
    (text) => {
      expect(facts(of(MESOTHELIOMA, condition({ text })))['site.liver']).toBe(true);
    },
  );

  it('is found by a code without the dot', () => {
    expect(facts(of(condition(coded(ICD, 'C450')), condition(coded(ICD, 'c787')), condition(coded(ICD, 'C7931'))))).toMatchObject(
      {
        'tumour.primary-site': 'pleura',
        'site.liver': true,
        'site.brain': true,
      },
    );
  });
});

describe('a verification status', () => {
  it.each([
    [{ text: 'refuted' }, false],
    [coded('', 'Refuted'), false],
    [coded(SCT, '410594000'), false],
    [{ coding: [{ code: 'x' }, { code: 'refuted' }] }, false],
    [{ text: 'Confirmed' }, true],
    [coded('', 'whatever'), undefined],
    [{ text: 'not confirmed' }, undefined],
    [{ text: 'cannot be excluded' }, undefined],
    [coded('', 'confirmed', 'refuted'), undefined],
  ])('is read from all that it says: %j', (verificationStatus, expected) => {
    expect(facts(of({ ...MESOTHELIOMA, verificationStatus }))['tumour.mesothelioma']).toBe(expected);
  });

  it('is told when it is not understood', () => {
    expect(told(of({ ...MESOTHELIOMA, verificationStatus: { text: 'hm' } }), 'unused')).toContain('"hm" is none that is known');
  });
});

describe('an answer that is no plain answer', () => {
  const bap1 = (answer: string) => of(observation({ text: 'BAP1 immunohistochemistry' }, { valueString: answer }));
  it.each(['not lost', 'No loss', 'cannot exclude loss', 'non retained'])('is no stain: %s', (answer) => {
    expect(facts(bap1(answer))).toEqual({});
    expect(told(bap1(answer), 'unused')).toContain('negation');
  });

  const ecog = (more: Json) => of(observation(coded(LOINC, '89247-1'), more));
  it.each(['0-1', '1-2', '<2', '>= 2', '1 or 2', 'KPS 1 of 3'])('is no ECOG grade: %s', (valueString) => {
    expect(facts(ecog({ valueString }))).toEqual({});
    expect(told(ecog({ valueString }), 'unused')).toContain('no single ECOG grade');
  });
  it.each(['1', 'ECOG 1', 'PS: 1', 'grade 1', '1/4', 'ECOG PS 1'])('is an ECOG grade: %s', (valueString) => {
    expect(facts(ecog({ valueString }))).toEqual({ 'person.ecog': 1 });
  });
  it('says when the grade was not asked', () => {
    expect(facts(ecog({ dataAbsentReason: coded('', 'not-performed') }))).toEqual({ 'person.ecog': { absent: 'not-done' } });
    expect(facts(ecog({ valueQuantity: { value: 2, comparator: '<' } }))).toEqual({});
  });

  it.each(['<1%', '≥ 50 %', '1-49%', '1–49 %', 'less than 1%'])('is no share of PD-L1: %s', (valueString) => {
    const reading = of(observation({ text: 'PD-L1 TPS' }, { valueString }));
    expect(facts(reading)).toEqual({});
    expect(told(reading, 'refused')).toContain('a bound or a range');
  });

  it('is no number where the unit is missing or doubtful', () => {
    const haemoglobin = (more: Json) => of(observation(coded(LOINC, '718-7'), more));
    expect(facts(haemoglobin({ valueString: '120' }))).toEqual({});
    expect(told(haemoglobin({ valueInteger: 120 }), 'unused')).toContain('no unit');
    expect(facts(haemoglobin({ valueString: '12 g/dL' }))).toEqual({ 'lab.haemoglobin': 120 });
    const both = haemoglobin({ valueQuantity: { value: 120, unit: 'g/L', system: UCUM, code: 'g/dL' } });
    expect(told(both, 'refused')).toContain('it cannot be told which is right');
  });

  it('is told when it should be a date', () => {
    const reading = of(observation(coded(LOINC, '89247-1'), { valueInteger: 1, effectiveDateTime: 'last week' }));
    expect(facts(reading)).toEqual({ 'person.ecog': 1 });
    expect(told(reading, 'unused')).toContain('"last week" is not a date');
  });
});

describe('a drug that is only a code', () => {
  const given = (code: Json) =>
    of(MESOTHELIOMA, resource('MedicationStatement', { status: 'completed', medicationCodeableConcept: code }));
  it.each([
    [coded('http://www.nlm.nih.gov/research/umls/rxnorm', '2555'), ['cisplatin']],
    [coded('http://www.whocc.no/atc', 'L01XA01'), ['cisplatin']],
    [coded('http://www.whocc.no/atc', 'L01XA02'), ['carboplatin']],
  ])('is known: %j', (code, agents) => {
    expect(given(code).record?.treatments).toMatchObject([{ agents }]);
  });
  it('is told when it is not', () => {
    expect(told(given(coded('urn:own', '77')), 'unused')).toContain('enter it by hand');
  });
});

describe('a reference to another server', () => {
  it('is not taken for the person of the same id', () => {
    const ecog = observation(coded(LOINC, '89247-1'), { valueInteger: 1 });
    const entry = (reference: string) => [
      { fullUrl: 'http://a.example/fhir/Patient/anna', resource: PATIENT },
      { fullUrl: 'http://a.example/fhir/Condition/c', resource: { ...MESOTHELIOMA, id: 'c' } },
      { resource: { ...ecog, subject: { reference } } },
    ];
    const about = (reference: string) =>
      facts(readFhirJson({ resourceType: 'Bundle', type: 'collection', entry: entry(reference) }, { catalogue: FACTS }))[
        'person.ecog'
      ];
    expect(about('http://a.example/fhir/Patient/anna')).toBe(1);
    expect(about('Patient/anna')).toBe(1);
    expect(about('http://b.example/fhir/Patient/anna')).toBeUndefined();
  });
});

describe('a stage group with members', () => {
  it('lends them its basis, edition and day', () => {
    const t = observation({ text: 'T category' }, { valueString: 'T2', effectiveDateTime: undefined });
    const n = observation({ text: 'N category' }, { valueString: 'N1', effectiveDateTime: undefined });
    const group = observation(
      { text: 'AJCC clinical stage group' },
      {
        valueString: 'Stage II',
        method: { text: 'AJCC 8th edition' },
        hasMember: [{ reference: `Observation/${t['id']}` }, { reference: `Observation/${n['id']}` }],
      },
    );
    expect(of(MESOTHELIOMA, t, n, group).record?.stages).toMatchObject([
      { edition: '8', basis: 'clinical', T: 'T2', N: 'N1', group: 'II', date: '2025-02-03' },
    ]);
  });
});
