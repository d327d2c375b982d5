/**
 * A case as FHIR R4 (4.0.1): one collection Bundle. Each statement about a fact is an Observation under Serosa's own code, beside
 * LOINC where it is known, so that `readFhir` gives the same record back. What other systems look for elsewhere is there as well and
 * refers to those observations: the Patient, the cancer and its metastases as Conditions of mCODE STU4, stages as mCODE's TNM
 * observations, treatments as Procedures with one MedicationStatement for each drug. A List carries id, title and date of the case.
 */
import {
  type CaseRecord,
  CODE_SYSTEMS,
  type Code,
  type FactDefinition,
  type FactId,
  type Observation,
  type Origin,
  type PartialDate,
  type ProcedureEvent,
  type Radiotherapy,
  type StatedStage,
  type SystemicTherapy,
  type TreatmentEvent,
} from '@serosa/core';
import { type Catalogue, type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import { codesOfAgent } from '../value/agents.js';
import { earliestDay } from '../value/dates.js';
import { readFact } from '../value/facts.js';
import { lookUp } from '../value/lookup.js';
import { type Axis, readCategory, readGroup } from '../value/tnm.js';
import {
  ABSENT_REASONS,
  ECOG_ANSWERS,
  EDITIONS,
  INTENTS,
  LOINC,
  LOINC_OF_OWN_UNIT,
  MCODE,
  MORE_LOINC,
  ORGAN_SITES,
  type Organ,
  PRIMARY_SITES,
  PROCEDURE_CODES,
  SECONDARY_SNOMED,
  SEROSA_CASE,
  SEROSA_EXTENSIONS,
  SEROSA_FACT,
  SEROSA_TREATMENT,
  SEROSA_VALUE,
  SIDES,
  SNOMED,
  STAGING_CODES,
  STAGING_PROFILES,
  STAGING_VALUES,
  STOP_CODES,
  UCUM,
} from './codes.js';
import type { Json } from './json.js';

/** Something of the record that does not come back from the bundle as it was. */
export interface LeftOut {
  /** `lab.creatinine`, `stages[0]`, `treatments[1].site`. */
  readonly what: string;
  readonly why: string;
}

export interface CaseBundle {
  readonly bundle: Json;
  readonly left: readonly LeftOut[];
}

/** The record as a Bundle, and what of it FHIR or the reader has no place for. The same record gives the same bytes. Never throws. */
export function caseBundle(record: CaseRecord, catalogue: CatalogueInput): CaseBundle {
  return new CaseWriter(record, prepareCatalogue(catalogue)).write();
}

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem/';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ATC = 'http://www.whocc.no/atc';
const CPT = 'http://www.ama-assn.org/go/cpt';
const ICD10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
/** Nobody's server: an absolute address makes the references between the resources hold. */
const BASE = 'https://serosa.example/fhir';

/** SNOMED, as in mCODE's radiotherapy course summary. */
const RADIOTHERAPY_COURSE = '1217123003';

/** https://hl7.org/fhir/R4/valueset-observation-category.html, by where a statement comes from. */
const CATEGORY_OF_ORIGIN: Readonly<Partial<Record<Origin['kind'], string>>> = {
  patient: 'survey',
  pathology: 'laboratory',
  imaging: 'imaging',
  laboratory: 'laboratory',
  operation: 'procedure',
};
/** Where the origin does not tell. */
const CATEGORY_OF_GROUP: Readonly<Record<string, string>> = {
  lab: 'laboratory',
  marker: 'laboratory',
  exposure: 'social-history',
};
/** Observations that R4 wants to be vital signs: https://hl7.org/fhir/R4/observation-vitalsigns.html. */
const VITAL_SIGNS = new Set([
  'person.weight',
  'person.height',
  'organ.spo2',
  'organ.pulse',
  'organ.systolic-pressure',
  'organ.diastolic-pressure',
  'symptom.temperature',
]);

/** Where several codes of a table mean the same, the one to send. */
const CHOSEN_SITE: Readonly<Record<string, string>> = { pericardium: '76848001' };
const CHOSEN_STOP: Readonly<Record<string, string>> = { choice: '105480006' };

/** Metastases of the chest, whose fact depends on the side of the primary. */
const SIDED_SITES: Readonly<Record<FactId, readonly [organ: Organ, side: 'same' | 'opposite']>> = {
  'site.contralateral-lung': ['lung', 'opposite'],
  'site.ipsilateral-lung-nodules': ['lung', 'same'],
  'site.contralateral-pleura': ['pleura', 'opposite'],
};

const RESPONSE_NAMES: Readonly<Record<NonNullable<SystemicTherapy['bestResponse']>, string>> = {
  CR: 'Complete response',
  PR: 'Partial response',
  SD: 'Stable disease',
  PD: 'Progressive disease',
  NE: 'Response not evaluable',
};

interface Reference {
  readonly reference: string;
}

class CaseWriter {
  readonly #entries: Json[] = [];
  readonly #items: Reference[] = [];
  readonly #left: LeftOut[] = [];
  readonly #ids = new Set<string>();
  readonly #slug: string;
  readonly #patient: Reference;
  readonly #observed = new Map<Observation, Reference>();

  constructor(
    readonly record: CaseRecord,
    readonly catalogue: Catalogue,
  ) {
    this.#slug = plain(record.id).slice(0, 36);
    this.#patient = this.#reference('Patient', '');
  }

  write(): CaseBundle {
    const { observations, stages, treatments } = this.record;
    const list = this.#reference('List', 'case');
    // Conditions stand first and refer to what stands after them: the places of all are settled before any is written.
    for (const observation of observations) this.#observed.set(observation, this.#reference('Observation', observation.fact));
    const staged = stages.map((stage, index) => ({
      stage,
      at: `stages[${index}]`,
      name: `stage-${index + 1}`,
      reference: this.#reference('Observation', `stage-${index + 1}`),
    }));
    this.#add(this.#patient, this.#person());
    const cancer = this.#cancer(staged.map(({ reference }) => reference));
    this.#metastases(cancer?.side);
    for (const [observation, reference] of this.#observed) this.#observation(observation, reference);
    for (const { stage, at, name, reference } of staged) this.#stage(stage, { at, name }, reference, cancer?.reference);
    for (const [index, event] of treatments.entries()) this.#treatment(event, `treatments[${index}]`, index + 1);
    const id = this.#text(this.record.id, 'id');
    const identifier = given('identifier', id === undefined ? undefined : { system: SEROSA_CASE, value: id });
    const head = {
      resourceType: 'List',
      id: list.reference.replace('List/', ''),
      ...listed('identifier', Object.values(identifier)),
      status: 'current',
      mode: 'snapshot',
      ...given('title', this.#text(this.record.title, 'title')),
      code: { coding: [{ system: SEROSA_CASE, code: 'case' }], text: 'Serosa case' },
      subject: this.#patient,
      ...given('date', this.record.date),
      ...listed(
        'entry',
        this.#items.map((item) => ({ item })),
      ),
    };
    return {
      bundle: { resourceType: 'Bundle', ...identifier, type: 'collection', entry: [entryOf(list, head), ...this.#entries] },
      left: this.#left,
    };
  }

  // ── the person and the disease ───────────────────────────────────────────────────────────────────────────────────────

  #person(): Json {
    const value = (fact: FactId): Observation['value'] | undefined => this.#latest(fact)?.value;
    const sex = value('person.sex');
    const birth = value('person.birth-date');
    const country = value('person.country');
    const vital = value('person.vital-status');
    return {
      resourceType: 'Patient',
      // Administrative gender has no code for what the record means by intersex.
      ...given('gender', sex === 'female' || sex === 'male' ? sex : undefined),
      ...given('birthDate', typeof birth === 'string' ? birth : undefined),
      ...given('deceasedBoolean', vital === 'dead' ? true : vital === 'alive' ? false : undefined),
      ...listed('address', typeof country === 'string' ? [{ country: country.toUpperCase() }] : []),
    };
  }

  /** mCODE's primary cancer condition. Unconfirmed unless the record says that it is mesothelioma. */
  #cancer(stages: readonly Reference[]): { readonly reference: Reference; readonly side: unknown } | undefined {
    const [proven, site, side, histology, diagnosed] = [
      'tumour.mesothelioma',
      'tumour.primary-site',
      'tumour.laterality',
      'tumour.histology',
      'tumour.diagnosis-date',
    ].map((fact) => this.#latest(fact));
    const evidence = [proven, site, side, histology, diagnosed].flatMap((one) => one ?? []);
    if (evidence.length === 0) return undefined;
    const reference = this.#reference('Condition', 'mesothelioma');
    const status = proven?.value === true ? 'confirmed' : proven?.value === false ? 'refuted' : 'unconfirmed';
    const general = this.catalogue.facts.get('tumour.mesothelioma')?.codes ?? [];
    const place = this.#value(site);
    const morphology = this.#value(histology)?.codes?.find(({ system }) => system === 'icd-o-3');
    const coded = (codes: readonly Code[] | undefined, system: Code['system']): readonly Json[] =>
      (codes ?? [])
        .filter((code) => code.system === system)
        .slice(0, 1)
        .map(coding);
    const snomed = coded(place?.codes, 'snomed');
    const structure =
      typeof site?.value === 'string' ? (lookUp(CHOSEN_SITE, site.value) ?? codeOf(PRIMARY_SITES, site.value)) : undefined;
    const date = diagnosed?.value;
    this.#add(reference, {
      resourceType: 'Condition',
      ...profile('mcode-primary-cancer-condition'),
      ...listed('extension', [
        ...assertedOn(typeof date === 'string' ? date : undefined),
        ...(morphology === undefined
          ? []
          : [{ url: `${MCODE}mcode-histology-morphology-behavior`, valueCodeableConcept: { coding: [coding(morphology)] } }]),
      ]),
      ...conditionStatus(status),
      code: {
        coding: [
          ...(snomed.length > 0 ? snomed : coded(general, 'snomed')),
          ...coded(site === undefined ? general : place?.codes, 'icd-10'),
        ],
        text: place === undefined ? 'Malignant mesothelioma' : `Malignant mesothelioma: ${place.label}`,
      },
      ...listed('bodySite', structure === undefined ? [] : [bodySite(structure, side?.value)]),
      subject: this.#patient,
      ...listed(
        'stage',
        stages.map((stage) => ({ assessment: [stage] })),
      ),
      ...this.#evidence(evidence),
    });
    // Of one's own lung and the other one only a pleural mesothelioma has sides.
    const isSided = status === 'confirmed' && site?.value === 'pleura';
    return { reference, side: isSided ? side?.value : undefined };
  }

  /** Places that are said to be affected and have a code of their own, as mCODE's secondary cancer conditions. */
  #metastases(primarySide: unknown): void {
    for (const fact of new Set(this.record.observations.map((observation) => observation.fact))) {
      const latest = fact.startsWith('site.') ? this.#latest(fact) : undefined;
      const definition = this.catalogue.facts.get(fact);
      if (latest?.value !== true || !definition) continue;
      const sided = lookUp(SIDED_SITES, fact);
      const organ = sided?.[0] ?? (Object.keys(ORGAN_SITES) as Organ[]).find((own) => ORGAN_SITES[own] === fact);
      const side =
        primarySide !== 'left' && primarySide !== 'right'
          ? undefined
          : sided?.[1] === 'same'
            ? primarySide
            : primarySide === 'left'
              ? 'right'
              : 'left';
      // Without the side of the primary, "the other lung" has no code.
      if (sided && side === undefined) continue;
      const snomed = organ && codeOf(SECONDARY_SNOMED, organ);
      const codes = [
        ...(snomed === undefined ? [] : [{ system: SNOMED, code: snomed }]),
        ...(definition.codes ?? [])
          .filter(({ system }) => system === 'icd-10')
          .slice(0, 1)
          .map(coding),
      ];
      if (codes.length === 0) continue;
      const first = this.record.observations
        .flatMap((one) => (one.fact === fact && one.value === true && one.date !== undefined ? one.date : []))
        .sort()[0];
      this.#add(this.#reference('Condition', fact), {
        resourceType: 'Condition',
        ...profile('mcode-secondary-cancer-condition'),
        ...listed('extension', assertedOn(first)),
        ...conditionStatus('confirmed'),
        code: { coding: codes, text: `Metastasis: ${definition.label}` },
        ...listed('bodySite', sided ? [bodySite(undefined, side)] : []),
        subject: this.#patient,
        ...this.#evidence([latest]),
      });
    }
  }

  #evidence(observations: readonly Observation[]): Json {
    return { evidence: [{ detail: observations.flatMap((one) => this.#observed.get(one) ?? []) }] };
  }

  /** The last statement about a fact by its date, else by its place in the record. */
  #latest(fact: FactId): Observation | undefined {
    const day = ({ date = this.record.date }: Observation): number =>
      date === undefined ? Number.NEGATIVE_INFINITY : earliestDay(date);
    let last: Observation | undefined;
    for (const one of this.record.observations) if (one.fact === fact && (!last || day(one) >= day(last))) last = one;
    return last;
  }

  #value(observation: Observation | undefined): NonNullable<FactDefinition['values']>[number] | undefined {
    const fact = observation && this.catalogue.facts.get(observation.fact);
    return fact?.values?.find(({ id }) => id === observation?.value);
  }

  // ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #observation(observation: Observation, reference: Reference): void {
    const { fact: id, value, origin } = observation;
    const fact = this.catalogue.facts.get(id);
    if (!fact) this.#leave(id, 'The catalogue has no such fact: it is written, and no reader of this catalogue will know it.');
    else if (typeof value !== 'object') {
      const read = readFact(fact, value);
      if ('wrong' in read || read.value !== value)
        this.#leave(id, `The value ${value} is none of this fact: it is written as it stands.`);
    }
    const loinc = fact && loincOf(fact);
    const asWritten = this.#text(observation.asWritten, `${id}.asWritten`);
    const categories = [
      VITAL_SIGNS.has(id) ? 'vital-signs' : undefined,
      CATEGORY_OF_ORIGIN[origin.kind] ?? lookUp(CATEGORY_OF_GROUP, id.replace(/\..*$/, '')),
    ];
    this.#items.push(reference);
    this.#add(reference, {
      resourceType: 'Observation',
      ...this.#origin(origin, id, asWritten === undefined ? [] : [{ url: SEROSA_EXTENSIONS.asWritten, valueString: asWritten }]),
      status: 'final',
      ...listed(
        'category',
        categories.flatMap((code) => (code === undefined ? [] : [category(code)])),
      ),
      code: {
        coding: [
          ...(loinc === undefined ? [] : [{ system: LOINC, code: loinc }]),
          { system: SEROSA_FACT, code: id, ...given('display', fact?.label) },
        ],
        text: fact?.label ?? id,
      },
      subject: this.#patient,
      ...this.#effective(observation.date, VITAL_SIGNS.has(id)),
      ...listed('performer', origin.kind === 'patient' ? [this.#patient] : []),
      ...fhirValue(id, fact, value),
      ...ecogAnswer(id, value),
    });
  }

  /** Without a date of its own a statement was true at the date of the case; the mark keeps the two apart. */
  #effective(date: PartialDate | undefined, isRequired = false): Json {
    if (date !== undefined) return { effectiveDateTime: date };
    const extension = (url: string, value: Json): Json => ({ _effectiveDateTime: { extension: [{ url, ...value }] } });
    if (this.record.date !== undefined) {
      return { effectiveDateTime: this.record.date, ...extension(SEROSA_EXTENSIONS.dateOfCase, { valueBoolean: true }) };
    }
    return isRequired ? extension('http://hl7.org/fhir/StructureDefinition/data-absent-reason', { valueCode: 'unknown' }) : {};
  }

  /** One observation for each category, and one for the group that holds them together even where no group is stated. */
  #stage(
    stage: StatedStage,
    { at, name }: { readonly at: string; readonly name: string },
    group: Reference,
    cancer: Reference | undefined,
  ): void {
    const axes = (['T', 'N', 'M'] as const).flatMap((axis) => {
      const value = this.#stageText(stage[axis], `${at}.${axis}`, (text) => readCategory(axis, text)?.value);
      return value === undefined ? [] : [{ axis, value, reference: this.#reference('Observation', `${name}-${axis}`) }];
    });
    const value = this.#stageText(stage.group, `${at}.group`, readGroup);
    if (axes.length === 0 && value === undefined) {
      this.#leave(at, 'It states neither a category nor a group: nothing is read from it.');
    }
    const { edition, basis } = stage;
    const shared = (axis: Axis | 'group'): Json => ({
      // mCODE's stages say which cancer they are of.
      ...(cancer ? profile(codeOf(STAGING_PROFILES, axis)) : {}),
      status: 'final',
      category: [category(CATEGORY_OF_ORIGIN[stage.origin.kind] ?? 'exam')],
      code: { coding: [{ system: SNOMED, code: stagingCode(axis, basis) }], text: STAGING_NAMES[axis] },
      subject: this.#patient,
      ...listed('focus', cancer ? [cancer] : []),
      ...this.#effective(stage.date),
      method: {
        ...listed('coding', snomed(edition === 'unknown' ? undefined : codeOf(EDITIONS, edition))),
        text: edition === 'unknown' ? 'TNM, edition not stated' : `TNM ${edition}th edition`,
      },
    });
    this.#items.push(group);
    this.#add(group, {
      resourceType: 'Observation',
      ...this.#origin(stage.origin, at),
      ...shared('group'),
      ...(value === undefined
        ? absent('unknown')
        : { valueCodeableConcept: { ...listed('coding', snomedOf(STAGING_VALUES, value)), text: value } }),
      ...listed(
        'hasMember',
        axes.map(({ reference }) => reference),
      ),
    });
    const prefix = basis === 'clinical' ? 'c' : basis === 'pathological' ? 'p' : '';
    for (const { axis, value: own, reference } of axes) {
      const text = `${prefix}${own}`;
      this.#add(reference, {
        resourceType: 'Observation',
        ...shared(axis),
        valueCodeableConcept: { ...listed('coding', snomedOf(STAGING_VALUES, text)), text },
      });
    }
  }

  #stageText(value: string | undefined, what: string, read: (text: string) => string | undefined): string | undefined {
    const text = this.#text(value, what);
    if (text !== undefined && read(text) !== text)
      this.#leave(what, `"${text}" is no TNM value that the reader knows: it is written as it stands.`);
    return text;
  }

  // ── treatments ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #treatment(event: TreatmentEvent, at: string, number: number): void {
    const reference = this.#reference('Procedure', `${event.kind === 'procedure' ? event.code : event.kind}-${number}`);
    this.#items.push(reference);
    if (event.kind === 'systemic') this.#systemic(event, at, reference);
    else if (event.kind === 'radiotherapy') this.#radiotherapy(event, at, reference);
    else this.#operation(event, at, reference);
  }

  #systemic(event: SystemicTherapy, at: string, reference: Reference): void {
    const { ongoing, line, cycles, bestResponse, intent, stoppedFor, start, end, progression } = event;
    const agents = event.agents.flatMap((agent, index) => this.#text(agent, `${at}.agents[${index}]`) ?? []);
    const isStopped = stoppedFor !== undefined && stoppedFor !== 'completed';
    const isOver = ongoing === false || end !== undefined || stoppedFor !== undefined;
    const status = ongoing === true ? 'in-progress' : isStopped ? 'stopped' : isOver ? 'completed' : 'unknown';
    const reason =
      stoppedFor === undefined
        ? undefined
        : own(stoppedFor, snomed(lookUp(CHOSEN_STOP, stoppedFor) ?? codeOf(STOP_CODES, stoppedFor)), stoppedFor);
    this.#add(reference, {
      resourceType: 'Procedure',
      ...this.#origin(event.origin, at, [
        ...intentOf(intent, intent),
        ...(ongoing === false ? [{ url: SEROSA_EXTENSIONS.ongoing, valueBoolean: false }] : []),
        ...(line === undefined ? [] : [{ url: SEROSA_EXTENSIONS.line, valueInteger: line }]),
        ...(cycles === undefined ? [] : [{ url: SEROSA_EXTENSIONS.cycles, valueInteger: cycles }]),
        ...(progression === undefined ? [] : [{ url: SEROSA_EXTENSIONS.progression, valueDateTime: progression }]),
      ]),
      status,
      ...given('statusReason', reason),
      code: treatmentCode('systemic', [], 'Systemic anti-cancer treatment'),
      subject: this.#patient,
      ...period('performedPeriod', start, end),
      ...given('outcome', bestResponse === undefined ? undefined : own(bestResponse, [], RESPONSE_NAMES[bestResponse])),
      ...listed('usedCode', agents.map(drug)),
    });
    for (const agent of agents) {
      this.#add(this.#reference('MedicationStatement', `${reference.reference.replace(/^.*-/, '')}-${agent}`), {
        resourceType: 'MedicationStatement',
        ...listed('extension', intentOf(intent, intent)),
        partOf: [reference],
        status: ongoing === true ? 'active' : status,
        ...listed('statusReason', reason === undefined ? [] : [reason]),
        medicationCodeableConcept: drug(agent),
        subject: this.#patient,
        ...period('effectivePeriod', start, end),
      });
    }
  }

  #radiotherapy(event: Radiotherapy, at: string, reference: Reference): void {
    const { gray, fractions, intent, start, end } = event;
    const site = this.#text(event.site, `${at}.site`);
    const dose = [
      ...(gray === undefined
        ? []
        : [
            {
              url: 'totalDoseDelivered',
              // mCODE counts in centigray.
              valueQuantity: { value: Number((gray * 100).toPrecision(12)), unit: 'cGy', system: UCUM, code: 'cGy' },
            },
          ]),
      ...(fractions === undefined ? [] : [{ url: 'fractionsDelivered', valueUnsignedInt: fractions }]),
    ];
    if (gray !== undefined && (Number(gray.toPrecision(12)) !== gray || gray < 0 || gray > 200))
      this.#leave(`${at}.gray`, `${gray} Gy is no dose that the reader takes as it stands.`);
    this.#add(reference, {
      resourceType: 'Procedure',
      ...this.#origin(event.origin, at, [
        ...intentOf(intent, intent === 'prophylactic' ? 'preventive' : intent),
        ...(dose.length === 0
          ? []
          : [
              {
                url: `${MCODE}mcode-radiotherapy-dose-delivered-to-volume`,
                extension: [{ url: 'volume', valueReference: { display: site ?? 'not stated' } }, ...dose],
              },
            ]),
      ]),
      status: end === undefined ? 'unknown' : 'completed',
      code: treatmentCode('radiotherapy', [{ system: SNOMED, code: RADIOTHERAPY_COURSE }], 'Radiotherapy course'),
      subject: this.#patient,
      ...period('performedPeriod', start, end),
      ...listed('bodySite', site === undefined ? [] : [{ text: site }]),
    });
  }

  #operation(event: ProcedureEvent, at: string, reference: Reference): void {
    const { code, date, side, residual } = event;
    const public_ = codeOf(PROCEDURE_CODES, code);
    // CPT has five digits, SNOMED at least six.
    const codes = public_ === undefined ? [] : [{ system: public_.length === 5 ? CPT : SNOMED, code: public_ }];
    this.#add(reference, {
      resourceType: 'Procedure',
      ...this.#origin(event.origin, at),
      status: 'completed',
      code: treatmentCode(code, codes, this.#text(event.text, `${at}.text`)),
      subject: this.#patient,
      ...given('performedDateTime', date),
      ...listed('bodySite', side === undefined ? [] : [bodySite(undefined, side)]),
      ...given('outcome', residual === undefined ? undefined : own(residual, [], `Residual tumour: ${residual}`)),
    });
  }

  // ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #origin({ kind, at, note }: Origin, what: string, more: readonly Json[] = []): Json {
    const place = this.#text(at, `${what}.origin.at`);
    const words = this.#text(note, `${what}.note`);
    const parts = [{ url: 'kind', valueCode: kind }, ...(place === undefined ? [] : [{ url: 'at', valueString: place }])];
    return {
      extension: [{ url: SEROSA_EXTENSIONS.origin, extension: parts }, ...more],
      ...listed('note', words === undefined ? [] : [{ text: words }]),
    };
  }

  /** A text as FHIR allows it: not blank, without control characters (https://hl7.org/fhir/R4/datatypes.html#string). */
  #text(text: string | undefined, what: string): string | undefined {
    if (text === undefined) return undefined;
    if (text.trim() === '') {
      this.#leave(what, 'FHIR has no blank texts: it is left out.');
      return undefined;
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
    if (clean !== text) this.#leave(what, 'FHIR has no control characters in texts: they are replaced.');
    return clean;
  }

  #leave(what: string, why: string): void {
    this.#left.push({ what, why });
  }

  /** A place of its own for a resource: readable, the same each time, at most 64 characters. */
  #reference(type: string, name: string): Reference {
    const whole = [this.#slug, plain(name)].filter((part) => part !== '').join('-') || 'case';
    for (let count = 1; ; count++) {
      const end = count === 1 ? '' : `-${count}`;
      const reference = `${type}/${whole.slice(0, 64 - end.length)}${end}`;
      if (this.#ids.has(reference)) continue;
      this.#ids.add(reference);
      return { reference };
    }
  }

  #add(reference: Reference, resource: Json): void {
    const { resourceType, meta, ...rest } = resource;
    const id = reference.reference.replace(/^.*\//, '');
    this.#entries.push(entryOf(reference, { resourceType, id, ...given('meta', meta), ...rest }));
  }
}

/** What of a name may stand in an id: letters without their accents, digits and points. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');

function entryOf({ reference }: Reference, resource: Json): Json {
  return { fullUrl: `${BASE}/${reference}`, resource };
}

// ── codes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const STAGING_NAMES: Readonly<Record<Axis | 'group', string>> = {
  T: 'Primary tumour category (T)',
  N: 'Regional nodes category (N)',
  M: 'Distant metastases category (M)',
  group: 'TNM stage group',
};

/** The first code of a table that means this; codes of digits come in their own order. */
function codeOf<Meaning>(table: Readonly<Record<string, Meaning>>, meaning: Meaning): string | undefined {
  return Object.keys(table).find((code) => table[code] === meaning);
}

function stagingCode(axis: Axis | 'group', basis: StatedStage['basis']): string | undefined {
  return Object.keys(STAGING_CODES).find((code) => STAGING_CODES[code]?.axis === axis && STAGING_CODES[code]?.basis === basis);
}

const snomed = (code: string | undefined): readonly Json[] => (code === undefined ? [] : [{ system: SNOMED, code }]);
const snomedOf = (table: Readonly<Record<string, string>>, meaning: string): readonly Json[] => snomed(codeOf(table, meaning));

/** ICD-10 of WHO ends after one digit behind the dot: what goes on is the American modification. */
function coding({ system, code }: Code): Json {
  return { system: system === 'icd-10' && /\.\d\d/.test(code) ? ICD10_CM : CODE_SYSTEMS[system], code };
}

function loincOf(fact: FactDefinition): string | undefined {
  if (Object.hasOwn(LOINC_OF_OWN_UNIT, fact.id)) return LOINC_OF_OWN_UNIT[fact.id];
  return fact.codes?.find(({ system }) => system === 'loinc')?.code ?? codeOf(MORE_LOINC, fact.id);
}

/** A word of the record beside the public codes that mean it. */
function own(word: string, codes: readonly Json[], text: string): Json {
  return { coding: [...codes, { system: SEROSA_VALUE, code: word }], text };
}

function treatmentCode(kind: string, codes: readonly Json[], text: string | undefined): Json {
  return { coding: [...codes, { system: SEROSA_TREATMENT, code: kind }], ...given('text', text) };
}

function drug(agent: string): Json {
  const { rxnorm, atc } = codesOfAgent(agent);
  const codes = [
    ...(rxnorm === undefined ? [] : [{ system: RXNORM, code: rxnorm }]),
    ...(atc ?? []).slice(0, 1).map((code) => ({ system: ATC, code })),
  ];
  return { ...listed('coding', codes), text: agent };
}

function intentOf(word: string | undefined, meaning: string | undefined): readonly Json[] {
  if (word === undefined) return [];
  const codes = snomedOf(INTENTS, meaning ?? '');
  return [{ url: `${MCODE}mcode-procedure-intent`, valueCodeableConcept: own(word, codes, word) }];
}

function bodySite(structure: string | undefined, side: unknown): Json {
  const code = typeof side === 'string' ? codeOf<string>(SIDES, side) : undefined;
  return {
    ...listed(
      'extension',
      code === undefined
        ? []
        : [{ url: `${MCODE}mcode-laterality-qualifier`, valueCodeableConcept: { coding: snomed(code), text: side } }],
    ),
    ...listed('coding', snomed(structure)),
    ...(structure === undefined && typeof side === 'string' ? { text: side } : {}),
  };
}

/** FHIR wants a clinical status of a problem; it is active while nothing says otherwise, and none where it is in doubt. */
function conditionStatus(verification: 'confirmed' | 'refuted' | 'unconfirmed'): Json {
  const status = (system: string, code: string): Json => ({ coding: [{ system: `${TERMINOLOGY}${system}`, code }] });
  return {
    ...(verification === 'confirmed' ? { clinicalStatus: status('condition-clinical', 'active') } : {}),
    verificationStatus: status('condition-ver-status', verification),
    category: [status('condition-category', 'problem-list-item')],
  };
}

function assertedOn(date: PartialDate | undefined): readonly Json[] {
  const url = 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate';
  return date === undefined ? [] : [{ url, valueDateTime: date }];
}

function period(element: string, start: PartialDate | undefined, end: PartialDate | undefined): Json {
  return start === undefined && end === undefined ? {} : { [element]: { ...given('start', start), ...given('end', end) } };
}

/** A value as the fact's type asks for it. FHIR has no bare decimals: a number without unit has the unit 1. */
function fhirValue(id: FactId, fact: FactDefinition | undefined, value: Observation['value']): Json {
  if (typeof value === 'object') return absent(codeOf(ABSENT_REASONS, value.absent) ?? 'unknown');
  if (typeof value === 'boolean') return { valueBoolean: value };
  if (typeof value === 'number') {
    const unit = fact?.unit ?? '1';
    if (unit === '1' && fact?.type === 'integer') return { valueInteger: value };
    return { valueQuantity: { value, ...(unit === '1' ? {} : { unit }), system: UCUM, code: unit } };
  }
  if (fact?.type === 'date') return { valueDateTime: value };
  const label = fact?.values?.find((one) => one.id === value)?.label;
  return {
    valueCodeableConcept: {
      coding: [{ system: `${SEROSA_VALUE}:${id}`, code: value, ...given('display', label) }],
      text: label ?? value,
    },
  };
}

const absent = (code: string): Json => ({ dataAbsentReason: { coding: [{ system: `${TERMINOLOGY}data-absent-reason`, code }] } });

/** LOINC's answer beside the grade, where mCODE looks for it. */
function ecogAnswer(id: FactId, value: Observation['value']): Json {
  const answer =
    id === 'person.ecog' && typeof value === 'number'
      ? Object.keys(ECOG_ANSWERS).find((code) => code.startsWith('LA') && ECOG_ANSWERS[code] === value)
      : undefined;
  return listed('interpretation', answer === undefined ? [] : [{ coding: [{ system: LOINC, code: answer }] }]);
}

const category = (code: string): Json => ({ coding: [{ system: `${TERMINOLOGY}observation-category`, code }] });
const profile = (name: string | undefined): Json => (name === undefined ? {} : { meta: { profile: [`${MCODE}${name}`] } });
/** FHIR has no empty lists and no empty elements. */
const listed = (name: string, items: readonly unknown[]): Json => (items.length === 0 ? {} : { [name]: items });
const given = (name: string, value: unknown): Json => (value === undefined || value === '' ? {} : { [name]: value });
