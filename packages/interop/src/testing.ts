/** A small made-up catalogue and random cases for the tests of this package. Not part of the package's interface. */
import type { CaseRecord, FactDefinition, FactValue, Observation, StatedStage, TreatmentEvent } from '@serosa/core';
import fc from 'fast-check';
import * as format from './case-file/format.js';
import { prepareCatalogue } from './catalogue.js';
import { AGENT_NAMES } from './value/agents.js';

const words = { label: '', question: '', where: '' };

function fact(id: string, type: FactDefinition['type'], more: Partial<FactDefinition> = {}): FactDefinition {
  return { id, type, label: id, patient: { ...words, label: id }, cost: 'record', learnedBy: ['letter'], ...more };
}

const values = (...ids: readonly string[]): readonly FactValue[] => ids.map((id) => ({ id, label: id, patient: id }));
const loinc = (code: string): NonNullable<FactDefinition['codes']> => [{ system: 'loinc', code }];

const SITES = [
  'contralateral-lung',
  'contralateral-pleura',
  'ipsilateral-lung-nodules',
  'peritoneum',
  'liver',
  'brain',
  'bone',
  'adrenal',
  'kidney',
  'spleen',
  'pancreas',
  'thyroid',
  'skin',
  'cervical-nodes',
  'axillary-nodes',
  'abdominal-nodes',
  'other-distant',
  'pleura',
  'lung',
  'mediastinal-nodes',
];

export const FACTS: readonly FactDefinition[] = [
  fact('person.birth-date', 'date'),
  fact('person.age', 'integer', { unit: 'a', range: { min: 0, max: 125 } }),
  fact('person.sex', 'code', { values: values('female', 'male', 'intersex') }),
  fact('person.weight', 'number', { unit: 'kg', range: { min: 15, max: 500 }, codes: loinc('29463-7') }),
  fact('person.height', 'number', { unit: 'cm', range: { min: 50, max: 260 }, codes: loinc('8302-2') }),
  fact('person.country', 'code', { values: values('us', 'gb', 'de', 'au', 'nl') }),
  fact('person.ecog', 'integer', { unit: '1', range: { min: 0, max: 4 }, codes: loinc('89247-1') }),
  fact('person.karnofsky', 'integer', { unit: '1', range: { min: 0, max: 100 }, codes: loinc('89243-0') }),
  fact('person.vital-status', 'code', { values: values('alive', 'dead') }),
  fact('person.smoking', 'code', { values: values('never', 'former', 'current') }),
  fact('exposure.asbestos', 'code', { values: values('none', 'possible', 'definite') }),
  fact('tumour.mesothelioma', 'boolean', {
    codes: [
      { system: 'snomed', code: '109378008' },
      { system: 'icd-10', code: 'C45.9' },
    ],
  }),
  fact('tumour.primary-site', 'code', {
    values: [
      {
        id: 'pleura',
        label: 'Pleura',
        patient: 'pleura',
        codes: [
          { system: 'icd-10', code: 'C45.0' },
          { system: 'snomed', code: '254645002' },
        ],
      },
      { id: 'peritoneum', label: 'Peritoneum', patient: 'peritoneum', codes: [{ system: 'icd-10', code: 'C45.1' }] },
      { id: 'pericardium', label: 'Pericardium', patient: 'pericardium', codes: [{ system: 'icd-10', code: 'C45.2' }] },
      ...values('tunica-vaginalis'),
    ],
  }),
  fact('tumour.laterality', 'code', { values: values('left', 'right', 'bilateral') }),
  fact('tumour.histology', 'code', {
    values: [
      { id: 'epithelioid', label: 'Epithelioid', patient: 'epithelioid', codes: [{ system: 'icd-o-3', code: '9052/3' }] },
      { id: 'biphasic', label: 'Biphasic', patient: 'biphasic', codes: [{ system: 'icd-o-3', code: '9053/3' }] },
      { id: 'sarcomatoid', label: 'Sarcomatoid', patient: 'sarcomatoid', codes: [{ system: 'icd-o-3', code: '9051/3' }] },
      ...values('desmoplastic', 'not-otherwise-specified'),
    ],
  }),
  fact('tumour.diagnosis-date', 'date'),
  fact('clinical.t.psum-upper', 'number', { unit: 'mm', units: { cm: 10 }, range: { min: 0, max: 150 } }),
  ...SITES.map((site) => fact(`site.${site}`, 'boolean')),
  fact('lab.creatinine', 'number', { unit: 'umol/L', units: { 'mg/dL': 88.42 }, range: { min: 10, max: 2500 } }),
  fact('lab.haemoglobin', 'number', { unit: 'g/L', units: { 'g/dL': 10 }, range: { min: 20, max: 250 }, codes: loinc('718-7') }),
  fact('lab.neutrophils', 'number', { unit: '10*9/L', range: { min: 0, max: 200 }, codes: loinc('26499-4') }),
  fact('lab.mesothelin', 'number', { unit: 'nmol/L', range: { min: 0, max: 500 }, codes: loinc('41292-4') }),
  fact('organ.systolic-pressure', 'number', { unit: 'mm[Hg]', range: { min: 30, max: 300 } }),
  fact('organ.diastolic-pressure', 'number', { unit: 'mm[Hg]', range: { min: 10, max: 200 } }),
  fact('organ.spo2', 'number', { unit: '%', range: { min: 30, max: 100 } }),
  fact('symptom.temperature', 'number', { unit: 'Cel', range: { min: 25, max: 45 } }),
  fact('comorbid.other-cancer', 'boolean'),
  fact('comorbid.copd', 'boolean'),
  fact('drug.nsaid', 'boolean'),
  fact('prior.progressing', 'boolean'),
  fact('prior.radiotherapy', 'boolean'),
  fact('marker.bap1', 'code', { values: values('retained', 'lost') }),
  fact('marker.mtap', 'code', { values: values('retained', 'lost') }),
  fact('marker.cdkn2a', 'code', { values: values('retained', 'deleted') }),
  fact('marker.pdl1', 'number', { unit: '%', range: { min: 0, max: 100 } }),
  fact('marker.germline', 'code', { values: values('not-done', 'pending', 'negative', 'bap1', 'other') }),
];

/** Random cases of a catalogue: every kind of value, absence, origin, stage and treatment, in any order and as often as it comes. */
export function randomCase(facts: readonly FactDefinition[]): fc.Arbitrary<CaseRecord> {
  const date = fc.option(
    fc
      .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .chain((day) => fc.constantFrom(...[4, 7, 10].map((n) => day.toISOString().slice(0, n)))),
    { nil: undefined },
  );
  const text = fc.option(fc.string(), { nil: undefined });
  const some = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const shape = <Shape extends Record<string, fc.Arbitrary<unknown>>>(model: Shape) =>
    fc.record(model).map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));
  const origin = shape({ kind: fc.constantFrom(...format.ORIGINS), at: text, note: text });
  const observation = fc.constantFrom(...prepareCatalogue(facts).facts.values()).chain((fact) => {
    const value: fc.Arbitrary<unknown> =
      fact.type === 'boolean'
        ? fc.boolean()
        : fact.type === 'code'
          ? fc.constantFrom(...(fact.values ?? []).map(({ id }) => id))
          : fact.type === 'date'
            ? fc.constantFrom('1980', '1980-02', '1980-02-29')
            : fact.type === 'integer'
              ? fc.integer(fact.range ?? {})
              : fc.double({ ...fact.range, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number));
    const absent = fc.constantFrom(...format.ABSENCES).map((word) => ({ absent: word }));
    return shape({
      fact: fc.constant(fact.id),
      value: fc.oneof({ weight: 4, arbitrary: value }, absent),
      date,
      origin,
      asWritten: text,
    });
  });
  const stage = shape({
    edition: fc.constantFrom(...format.EDITIONS),
    basis: fc.constantFrom(...format.BASES),
    T: fc.constantFrom('T1', 'T1a', 'TX'),
    N: some(['N0', 'N2', 'NX']),
    M: some(['M0', 'M1']),
    group: some(['IA', 'IIIB', 'IV']),
    date,
    origin,
  });
  const treatment = fc.oneof(
    shape({
      kind: fc.constant('systemic'),
      agents: fc.uniqueArray(fc.constantFrom(...AGENT_NAMES), { maxLength: 3 }),
      start: date,
      ongoing: some([true, false]),
      line: some([1, 2]),
      cycles: some([0, 6]),
      bestResponse: some(format.RESPONSES),
      intent: some(format.SYSTEMIC_INTENTS),
      stoppedFor: some(format.STOP_REASONS),
      progression: date,
      origin,
    }),
    shape({
      kind: fc.constant('radiotherapy'),
      site: text,
      end: date,
      gray: some([21, 50.4]),
      fractions: some([3]),
      intent: some(format.RADIOTHERAPY_INTENTS),
      origin,
    }),
    shape({
      kind: fc.constant('procedure'),
      code: fc.constantFrom(...format.PROCEDURES),
      text,
      date,
      side: some(format.SIDES),
      residual: some(format.RESIDUALS),
      origin,
    }),
  );

  return fc
    .tuple(
      fc.string({ minLength: 1 }).filter((id) => id.trim() !== ''),
      text,
      date,
      fc.array(observation, { minLength: 1, maxLength: 8 }),
      fc.array(stage, { maxLength: 3 }),
      fc.array(treatment, { maxLength: 4 }),
    )
    .map(([id, title, day, observations, stages, treatments]) => ({
      schema: 'serosa.case/1',
      id,
      ...(title === undefined ? {} : { title }),
      ...(day === undefined ? {} : { date: day }),
      observations: observations as unknown as Observation[],
      treatments: treatments as unknown as TreatmentEvent[],
      stages: stages as unknown as StatedStage[],
    }));
}
