import type { CaseRecord, Observation, Origin } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCase } from '../read-case.js';
import { FACTS, randomCase } from '../testing.js';
import { type Json, object, objects, text } from './json.js';
import { caseBundle } from './write.js';

const ORIGIN: Origin = { kind: 'letter' };

function caseOf(extra: Partial<CaseRecord> = {}, values: Readonly<Record<string, Observation['value']>> = {}): CaseRecord {
  return {
    schema: 'serosa.case/1',
    id: 'anna',
    observations: Object.entries(values).map(([fact, value]) => ({ fact, value, origin: ORIGIN })),
    treatments: [],
    stages: [],
    ...extra,
  };
}

const written = (record: CaseRecord) => JSON.stringify(caseBundle(record, FACTS).bundle);
const readBack = (record: CaseRecord) => readCase(written(record), { catalogue: FACTS });
const resources = (record: CaseRecord): readonly Json[] =>
  objects(objects(caseBundle(record, FACTS).bundle['entry']).map(({ resource }) => resource));
const ofType = (record: CaseRecord, type: string): readonly Json[] =>
  resources(record).filter(({ resourceType }) => resourceType === type);

/** FHIR has no blank texts: the record without those, and the places where they stood. */
function withoutBlanks(record: CaseRecord): { readonly record: CaseRecord; readonly blanks: number } {
  let blanks = 0;
  const copy = JSON.stringify(record, (key, value: unknown) => {
    if (typeof value !== 'string' || value.trim() !== '' || !/^(title|at|note|asWritten|site|text)$/.test(key)) return value;
    blanks++;
    return undefined;
  });
  return { record: JSON.parse(copy) as CaseRecord, blanks };
}

/**
 * Elements of R4 that are written, by type; those with `!` are required, those with `*` are lists
 * (https://hl7.org/fhir/R4/resourcelist.html).
 */
const ELEMENTS: Readonly<Record<string, string>> = {
  List: 'identifier* status! mode! title code subject date entry*',
  Patient: 'gender birthDate deceasedBoolean address*',
  Condition: 'extension* clinicalStatus verificationStatus category* code bodySite* subject! stage* evidence*',
  Observation:
    'extension* status! category* code! subject focus* effectiveDateTime _effectiveDateTime performer* valueBoolean valueInteger valueQuantity valueDateTime valueCodeableConcept dataAbsentReason interpretation* note* method hasMember*',
  Procedure: 'extension* status! statusReason code subject! performedPeriod performedDateTime bodySite* outcome note* usedCode*',
  MedicationStatement: 'extension* partOf* status! statusReason* medicationCodeableConcept! subject! effectivePeriod',
};
/** The required bindings of what is written. */
const STATUSES: Readonly<Record<string, RegExp>> = {
  List: /^current$/,
  Observation: /^final$/,
  Procedure: /^(preparation|in-progress|not-done|on-hold|stopped|completed|entered-in-error|unknown)$/,
  MedicationStatement: /^(active|completed|entered-in-error|intended|stopped|on-hold|unknown|not-taken)$/,
};

function everyValue(value: unknown, visit: (value: unknown) => void): void {
  visit(value);
  if (Array.isArray(value)) for (const item of value) everyValue(item, visit);
  else for (const inner of Object.values(object(value) ?? {})) everyValue(inner, visit);
}

/** What breaks the structure of R4 in a bundle. */
function faults(bundle: Json): readonly string[] {
  const found: string[] = [];
  const urls = new Map<string, string>();
  for (const { fullUrl, resource } of objects(bundle['entry'])) {
    const { resourceType, id, meta: _, ...rest } = object(resource) ?? {};
    const place = `${String(resourceType)}/${String(id)}`;
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(String(id))) found.push(`${place}: id`);
    if (urls.has(place)) found.push(`${place}: twice`);
    urls.set(place, String(fullUrl));
    if (fullUrl !== `https://serosa.example/fhir/${place}`) found.push(`${place}: fullUrl`);
    const elements = new Map(
      (ELEMENTS[String(resourceType)] ?? '').split(' ').map((one) => [one.replace(/[!*]/g, ''), one] as const),
    );
    for (const [key, value] of Object.entries(rest)) {
      if (!elements.has(key)) found.push(`${place}: ${key} is none of R4`);
      if (Array.isArray(value) !== (elements.get(key)?.includes('*') ?? false)) found.push(`${place}: ${key} as a list`);
    }
    for (const [key, mark] of elements) if (mark.includes('!') && !(key in rest)) found.push(`${place}: no ${key}`);
    if (STATUSES[String(resourceType)]?.test(String(rest['status'])) === false) found.push(`${place}: status`);
    const values = Object.keys(rest).filter((key) => /^value[A-Z]|^dataAbsentReason$/.test(key));
    // obs-6: a reason for no value only where there is none.
    if (resourceType === 'Observation' && values.length !== 1) found.push(`${place}: ${values.join(', ')}`);
  }
  everyValue(bundle, (value) => {
    if (value === '' || value === null || (typeof value === 'string' && value.trim() === '')) found.push('an empty value');
    if (Array.isArray(value) && value.length === 0) found.push('an empty list');
    const json = object(value);
    if (json && Object.keys(json).length === 0) found.push('an empty element');
    // ext-1: a value, or extensions, and not both.
    if (json && 'url' in json && Object.keys(json).length !== 2) found.push(`extension ${String(json['url'])}`);
    const reference = text(json?.['reference']);
    if (reference !== undefined && !urls.has(reference)) found.push(`${reference} is not there`);
    for (const key of ['date', 'start', 'end', 'birthDate', 'effectiveDateTime', 'performedDateTime', 'valueDateTime'])
      if (json?.[key] !== undefined && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(String(json[key])))
        found.push(`${key} ${String(json[key])}`);
  });
  return found;
}

describe('a case as FHIR', () => {
  it('is sound R4, and reads back to the same record but for blank texts, which are told', () => {
    fc.assert(
      fc.property(randomCase(FACTS), (made) => {
        const { bundle, left } = caseBundle(made, FACTS);
        const { record, blanks } = withoutBlanks(made);
        expect(faults(bundle)).toEqual([]);
        expect(left.map(({ why }) => why)).toEqual(Array<string>(blanks).fill('FHIR has no blank texts: it is left out.'));
        const reading = readCase(JSON.stringify(bundle), { catalogue: FACTS });
        expect(reading.record).toEqual(record);
        expect(reading.notes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
        // The same bytes again, also from what was read back.
        expect(JSON.stringify(caseBundle(record, FACTS).bundle)).toBe(JSON.stringify(bundle));
      }),
      { numRuns: 200 },
    );
  });

  const TOLD = caseOf(
    {
      date: '2026-11-12',
      title: 'Anna, first visit',
      stages: [{ edition: '9', basis: 'clinical', T: 'T2', N: 'N1', M: 'M0', group: 'IIIA', date: '2026-11-04', origin: ORIGIN }],
      treatments: [
        {
          kind: 'systemic',
          agents: ['cisplatin', 'wonderdrug'],
          start: '2025-12-20',
          end: '2026-03-01',
          stoppedFor: 'choice',
          intent: 'palliative',
          cycles: 4,
          origin: ORIGIN,
        },
        { kind: 'radiotherapy', site: 'chest wall', gray: 21, fractions: 3, intent: 'prophylactic', origin: ORIGIN },
        { kind: 'procedure', code: 'thoracentesis', side: 'left', date: '2025-11-20', origin: ORIGIN },
      ],
    },
    {
      'person.birth-date': '1958-03',
      'person.sex': 'female',
      'person.country': 'gb',
      'person.ecog': 1,
      'tumour.mesothelioma': true,
      'tumour.primary-site': 'pleura',
      'tumour.laterality': 'left',
      'tumour.histology': 'epithelioid',
      'tumour.diagnosis-date': '2025-12-02',
      'lab.creatinine': 79.578,
      'lab.haemoglobin': 108,
      'site.contralateral-lung': true,
      'site.brain': { absent: 'not-done' },
      'marker.bap1': 'lost',
    },
  );
  const one = (type: string, test: (resource: Json) => boolean = () => true): Json => ofType(TOLD, type).find(test) ?? {};
  const coded = (code: string) => (resource: Json) => JSON.stringify(resource['code'] ?? '').includes(`"${code}"`);

  it('shows other systems the person and the disease where they look for them', () => {
    expect(one('Patient')).toMatchObject({ gender: 'female', birthDate: '1958-03', address: [{ country: 'GB' }] });
    expect(JSON.stringify(one('Patient'))).not.toMatch(/name|identifier|telecom/);
    expect(one('Condition')).toMatchObject({
      meta: { profile: ['http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition'] },
      verificationStatus: { coding: [{ code: 'confirmed' }] },
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: '2025-12-02' },
        { valueCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/icd-o-3', code: '9052/3' }] } },
      ],
      code: {
        coding: [
          { system: 'http://snomed.info/sct', code: '254645002' },
          { system: 'http://hl7.org/fhir/sid/icd-10', code: 'C45.0' },
        ],
      },
      bodySite: [{ coding: [{ code: '3120008' }], extension: [{ valueCodeableConcept: { text: 'left' } }] }],
    });
    expect(one('Condition', coded('94391008'))).toMatchObject({
      bodySite: [{ extension: [{ valueCodeableConcept: { text: 'right' } }] }],
    });
  });

  it('gives laboratory values LOINC and UCUM of their own unit, and says why a value is absent', () => {
    expect(one('Observation', coded('14682-9'))).toMatchObject({
      category: [{ coding: [{ code: 'laboratory' }] }],
      effectiveDateTime: '2026-11-12',
      _effectiveDateTime: { extension: [{ url: 'urn:serosa:date-of-case', valueBoolean: true }] },
      valueQuantity: { value: 79.578, system: 'http://unitsofmeasure.org', code: 'umol/L' },
    });
    expect(one('Observation', coded('718-7'))).toMatchObject({ valueQuantity: { value: 108, code: 'g/L' } });
    expect(one('Observation', coded('89247-1'))).toMatchObject({
      valueInteger: 1,
      interpretation: [{ coding: [{ code: 'LA9623-5' }] }],
    });
    expect(one('Observation', coded('site.brain'))).toMatchObject({ dataAbsentReason: { coding: [{ code: 'not-performed' }] } });
    expect(one('Observation', coded('marker.bap1'))).toMatchObject({
      valueCodeableConcept: { coding: [{ system: 'urn:serosa:value:marker.bap1', code: 'lost' }] },
    });
  });

  it('gives stages as mCODE does: basis in the code, edition in the method, categories as members', () => {
    const cancer = [{ reference: `Condition/${String(one('Condition')['id'])}` }];
    expect(one('Observation', coded('399537006'))).toMatchObject({
      method: { coding: [{ code: '1269566009' }] },
      focus: cancer,
      valueCodeableConcept: { coding: [{ code: '1222802001' }], text: 'IIIA' },
      hasMember: ['T', 'N', 'M'].map((axis) => ({ reference: `Observation/anna-stage-1-${axis}` })),
    });
    expect(one('Observation', coded('399504009'))).toMatchObject({ valueCodeableConcept: { coding: [{ code: '1228929004' }] } });
    expect(one('Condition')['stage']).toEqual([{ assessment: [{ reference: 'Observation/anna-stage-1' }] }]);
  });

  it('gives treatments with their drugs, dose and side', () => {
    const [cisplatin, other] = ofType(TOLD, 'MedicationStatement');
    expect(cisplatin).toMatchObject({
      status: 'stopped',
      statusReason: [{ coding: [{ code: '105480006' }, {}] }],
      medicationCodeableConcept: { coding: [{ code: '2555' }, { code: 'L01XA01' }], text: 'cisplatin' },
      effectivePeriod: { start: '2025-12-20', end: '2026-03-01' },
    });
    expect(other).toMatchObject({ medicationCodeableConcept: { text: 'wonderdrug' } });
    expect(JSON.stringify(one('Procedure', coded('1217123003')))).toContain('"value":2100,"unit":"cGy"');
    expect(one('Procedure', coded('91602002'))).toMatchObject({ performedDateTime: '2025-11-20' });
  });

  it('says of each resource that it was read, and states nothing twice', () => {
    const { record, notes } = readBack(TOLD);
    expect(record).toEqual(TOLD);
    expect(notes.filter(({ outcome }) => outcome !== 'used')).toEqual([]);
  });

  it('does not confirm what the record does not say', () => {
    const record = caseOf({}, { 'tumour.primary-site': 'pleura' });
    expect(ofType(record, 'Condition')[0]).toMatchObject({ verificationStatus: { coding: [{ code: 'unconfirmed' }] } });
    expect(readBack(record).record).toEqual(record);
    const refuted = caseOf({}, { 'tumour.mesothelioma': false });
    expect(ofType(refuted, 'Condition')[0]).toMatchObject({ verificationStatus: { coding: [{ code: 'refuted' }] } });
    expect(ofType(caseOf({}, { 'person.ecog': 1 }), 'Condition')).toEqual([]);
  });

  it('keeps apart two stages of one day that state different categories, and a therapy from the next', () => {
    const stage = { edition: '8', basis: 'clinical', date: '2026-01-01', origin: ORIGIN } as const;
    const course = { kind: 'systemic', agents: ['nivolumab'], start: '2026-01-01', origin: ORIGIN } as const;
    const record = caseOf({
      stages: [
        { ...stage, T: 'T2' },
        { ...stage, N: 'N1' },
      ],
      treatments: [course, { ...course, start: '2026-02-01', line: 2 }, { kind: 'systemic', agents: [], origin: ORIGIN }],
    });
    expect(readBack(record).record).toEqual(record);
  });

  it('hears what another system changed: a new value stands beside the old one', () => {
    const changed = written(TOLD).replace('"code":"9052/3"', '"code":"9053/3"').replace('"gender":"female"', '"gender":"male"');
    const { record } = readCase(changed, { catalogue: FACTS });
    const values = (fact: string) => record?.observations.filter((one) => one.fact === fact).map(({ value }) => value);
    expect(values('tumour.histology')).toEqual(['epithelioid', 'biphasic']);
    expect(values('person.sex')).toEqual(['female', 'male']);
    expect(values('tumour.primary-site')).toEqual(['pleura']);
  });

  it('tells what does not come back: unknown facts, values that are none, control characters, words that are no stage', () => {
    const record = caseOf(
      {
        title: 'Anna\u0007',
        stages: [
          { edition: '8', basis: 'clinical', T: 'T7', origin: ORIGIN },
          { edition: '8', basis: 'clinical', origin: ORIGIN },
        ],
        treatments: [{ kind: 'radiotherapy', gray: 900, origin: ORIGIN }],
      },
      { 'no.such-fact': 1, 'person.weight': 5000 },
    );
    expect(caseBundle(record, FACTS).left.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'no.such-fact: The catalogue has no such fact: it is written, and no reader of this catalogue will know it.',
      'person.weight: The value 5000 is none of this fact: it is written as it stands.',
      'stages[0].T: "T7" is no TNM value that the reader knows: it is written as it stands.',
      'stages[1]: It states neither a category nor a group: nothing is read from it.',
      'treatments[0].gray: 900 Gy is no dose that the reader takes as it stands.',
      'title: FHIR has no control characters in texts: they are replaced.',
    ]);
    // Written all the same: another system, or a later catalogue, may know what to do with it.
    for (const part of ['no.such-fact', '5000', 'T7', '90000']) expect(written(record)).toContain(part);
    expect(faults(caseBundle(record, FACTS).bundle)).toEqual([]);
  });

  it('refuses a date of the case that lies after the day it is read for', () => {
    const { record, notes } = readCase(written(TOLD), { catalogue: FACTS, asOf: '2026-11-10' });
    expect(record?.date).toBeUndefined();
    expect(notes.find(({ outcome }) => outcome === 'refused')).toMatchObject({ at: 'List/anna-case' });
  });
});
