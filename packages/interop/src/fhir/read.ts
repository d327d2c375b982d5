/**
 * Reads FHIR R4 with the mCODE profiles (STU3 and STU4): a bundle of any type, a single resource, a list of resources, or
 * NDJSON, all of one person. Every resource has its note: what of it is in the record, or why it is not.
 *
 * What a bundle says and the catalogue has no fact for (a marker of another cancer, a gene) is returned as `others`, so that
 * nothing that was understood is lost.
 */
import type { PartialDate, Problem, Reading } from '@serosa/core';
import { type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import { Draft, failed } from '../draft.js';
import { readJson } from '../input/json.js';
import { DEFAULT_LIMITS, decode, type Limits } from '../input/text.js';
import { dateOfDateTime, earliestDay, latestDay } from '../value/dates.js';
import { defined } from '../value/defined.js';
import { lookUp } from '../value/lookup.js';
import { isKnownType, type Resource, Resources, versionProblem } from './bundle.js';
import { SEROSA_CASE } from './codes.js';
import { readConditions } from './condition.js';
import { Account, type Context, dateOf, type OtherStatement } from './context.js';
import { concept, conceptName, type Json, object, objects, text } from './json.js';
import { MEDICATION_TYPES, readMedications } from './medication.js';
import { readObservation } from './observation.js';
import { isCaseList, ownFact } from './own.js';
import { readPatient } from './patient.js';
import { readProcedure } from './procedure.js';
import { isStaging, readStages } from './stage.js';

export interface FhirOptions {
  readonly catalogue: CatalogueInput;
  /** Whose case to read, when there are several: `Patient/anna` or `anna`. */
  readonly patient?: string;
  /** The day the case is read for: what lies after it is refused. */
  readonly asOf?: PartialDate;
  readonly limits?: Partial<Limits>;
}

export interface FhirReading extends Reading {
  /** Statements that were understood but have no fact in the catalogue. */
  readonly others: readonly OtherStatement[];
  /** The people the input is about, when it is about several and none was chosen. */
  readonly patients?: readonly string[];
}

/** Reads FHIR from text or bytes. Never throws. */
export function readFhir(input: string | Uint8Array, options: FhirOptions): FhirReading {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const decoded = decode(input, limits);
  if ('problem' in decoded) return { ...failed(decoded.problem), others: [] };
  if (/^\s*</.test(decoded.text)) return { ...failed(XML), others: [] };
  const draft = new Draft();
  const roots = rootsOf(decoded.text, limits, draft);
  return 'problem' in roots ? { ...failed(roots.problem, draft.notes), others: [] } : readRoots(roots.roots, draft, options);
}

/** Reads FHIR that is JSON already: a bundle, a resource, or a list of resources. Nesting is not checked again. */
export function readFhirJson(json: unknown, options: FhirOptions): FhirReading {
  return readRoots(
    Array.isArray(json) ? json.map((item: unknown, index) => ({ json: item, at: `[${index}]` })) : [{ json, at: 'the input' }],
    new Draft(),
    options,
  );
}

export const XML: Problem = {
  code: 'wrong-format',
  message: 'This is XML.',
  remedy: 'FHIR is read as JSON: ask the system it came from for JSON.',
};

type Roots = { readonly roots: readonly { readonly json: unknown; readonly at: string }[] } | { readonly problem: Problem };

/** One JSON value, or one on each line. A line that cannot be read is refused and the others go on. */
function rootsOf(written: string, limits: Limits, draft: Draft): Roots {
  const whole = readJson(written, limits);
  if ('value' in whole) {
    for (const { key, at } of whole.duplicates)
      draft.refused(at, key, `"${key}" is given twice in one group; the last one counts. Remove one of them.`);
    const { value } = whole;
    return {
      roots: Array.isArray(value)
        ? value.map((item: unknown, index) => ({ json: item, at: `[${index}]` }))
        : [{ json: value, at: 'the input' }],
    };
  }
  if (!whole.trailing) return { problem: whole.problem };
  const roots: { json: unknown; at: string }[] = [];
  let first: Problem | undefined;
  for (const [index, line] of written.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const at = `line ${index + 1}`;
    const reading = readJson(line, limits);
    if ('value' in reading) {
      roots.push({ json: reading.value, at });
      for (const { key } of reading.duplicates)
        draft.refused(at, key, `"${key}" is given twice in one group; the last one counts. Remove one of them.`);
    } else {
      first ??= reading.problem;
      draft.refused(at, line.slice(0, 60), `${reading.problem.message} ${reading.problem.remedy}`);
    }
  }
  // Not one line is whole: this is no NDJSON but one damaged value.
  return roots.length > 0 ? { roots } : { problem: first ?? whole.problem };
}

function readRoots(
  roots: readonly { readonly json: unknown; readonly at: string }[],
  draft: Draft,
  options: FhirOptions,
): FhirReading {
  const resources = new Resources(roots, draft);
  const wrongVersion = versionProblem(resources);
  if (wrongVersion) return { ...failed(wrongVersion, draft.notes), others: [] };
  const people = new People(resources);
  const chosen = people.choose(options.patient);
  if ('problem' in chosen)
    return { ...failed(chosen.problem, draft.notes), others: [], ...(chosen.patients ? { patients: chosen.patients } : {}) };

  const context: Context = {
    draft,
    catalogue: prepareCatalogue(options.catalogue),
    resources,
    cancer: { mesothelioma: false, unclear: false, site: undefined, side: undefined, others: new Map() },
    beyond: [],
    own: new Map(),
  };
  const mine: Resource[] = [];
  for (const resource of resources.all) {
    const why = people.reasonAgainst(resource, chosen.keys) ?? modified(resource);
    if (why === undefined) mine.push(resource);
    else draft.unused(resource.at, nameOf(resource), why);
  }
  const take = (test: (resource: Resource) => boolean): readonly Resource[] => mine.filter(test);
  const isType =
    (...types: readonly string[]) =>
    (resource: Resource) =>
      types.includes(resource.type);
  const isObservation = (resource: Resource): boolean => resource.type === 'Observation' && !isStaging(resource);
  const isOwn = ({ json }: Resource): boolean => ownFact(context.catalogue, concept(json['code'])) !== undefined;
  for (const observation of take((one) => isObservation(one) && isOwn(one))) readObservation(context, observation);
  for (const patient of take(isType('Patient'))) readPatient(context, patient);
  readConditions(context, take(isType('Condition')));
  readStages(context, take(isStaging));
  for (const observation of take((one) => isObservation(one) && !isOwn(one))) readObservation(context, observation);
  for (const procedure of take(isType('Procedure'))) readProcedure(context, procedure);
  readMedications(context, take(isType(...MEDICATION_TYPES)));
  for (const history of take(isType('FamilyMemberHistory'))) readFamily(context, history);
  const handled = new Set(['Patient', 'Condition', 'Observation', 'Procedure', 'FamilyMemberHistory', ...MEDICATION_TYPES]);
  const lists = take((resource) => resource.type === 'List' && isCaseList(resource.json));
  const head = lists.map((list) => readHead(context, list, options.asOf))[0];
  for (const resource of take((one) => !handled.has(one.type) && !lists.includes(one))) supporting(context, resource);

  const others = context.beyond;
  if (draft.isEmpty) {
    return {
      ...failed(
        {
          code: 'no-content',
          message: 'The FHIR input holds nothing that a case is made of.',
          remedy: 'Give the Patient with the Conditions, Observations, Procedures and Medications of one person.',
        },
        draft.notes,
      ),
      others,
    };
  }
  const record = draft.finish({ id: chosen.id, ...head }, options.asOf);
  return { record, notes: draft.notes, others };
}

/** Extensions and rules that may turn the meaning of a resource round: the standard forbids reading on without knowing them. */
function modified({ json }: Resource): string | undefined {
  const [first] = objects(json['modifierExtension']);
  if (first)
    return `It carries an extension that may change its meaning and is not known here (${text(first['url']) ?? 'no address'}).`;
  return text(json['implicitRules']) === undefined
    ? undefined
    : `It follows rules that are not known here (${text(json['implicitRules'])}).`;
}

// ── whose case ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type Choice =
  | { readonly id: string; readonly keys: ReadonlySet<string> | undefined }
  | { readonly problem: Problem; readonly patients?: readonly string[] };

interface Person {
  readonly id: string;
  readonly year: string | undefined;
  /** Every name that a reference to this person may use. */
  readonly keys: Set<string>;
}

/**
 * The people of the input. Records that link to each other are one person; a shared identifier is not enough, for families
 * share insurance numbers.
 */
class People {
  readonly #groups: Person[] = [];
  readonly #byName = new Map<string, Person>();

  constructor(readonly resources: Resources) {
    for (const resource of resources.all) {
      if (resource.type !== 'Patient' || resource.container) continue;
      const names = [resource.at];
      for (const link of objects(resource.json['link'])) {
        const target = text(object(link['other'])?.['reference']);
        if (target !== undefined) names.push(resources.find(target, resource)?.at ?? target);
      }
      const person = this.#person(names, text(resource.json['birthDate'])?.slice(0, 4));
      for (const key of [...names, ...identifiersOf(resource.json)]) person.keys.add(key);
      if (resource.fullUrl !== undefined) person.keys.add(resource.fullUrl);
    }
    // Without a Patient resource the subjects themselves tell whether there is one person or several.
    if (this.#groups.length > 0) return;
    for (const resource of resources.all) {
      const key = subjectKey(resource, resources);
      if (key !== undefined && /(^|\/)Patient\//.test(key)) this.#person([key], undefined).keys.add(key);
    }
  }

  choose(wanted: string | undefined): Choice {
    const ids = this.#groups.map(({ id }) => id);
    if (wanted !== undefined) {
      const group = this.#groups.find(({ keys }) =>
        [...keys].some((key) => key === wanted || key === `Patient/${wanted}` || key.endsWith(`/Patient/${wanted}`)),
      );
      if (group) return { id: shortId(group.id), keys: group.keys };
      return {
        problem: {
          code: 'no-such-patient',
          message: `There is no patient "${wanted}" in the input.`,
          remedy: ids.length > 0 ? `Choose one of: ${ids.join(', ')}.` : 'Leave the choice out: the input names no patient.',
        },
        patients: ids,
      };
    }
    if (this.#groups.length > 1) {
      const listed = this.#groups.slice(0, 20).map(({ id, year }) => (year === undefined ? id : `${id} (born ${year})`));
      return {
        problem: {
          code: 'several-patients',
          message: `The input is about ${this.#groups.length} people: ${listed.join(', ')}${this.#groups.length > 20 ? ', …' : ''}.`,
          remedy: 'Choose one of them, or give one file for each person.',
        },
        patients: ids,
      };
    }
    const [only] = this.#groups;
    return only ? { id: shortId(only.id), keys: only.keys } : { id: 'fhir', keys: undefined };
  }

  /** Why a resource is not about the person chosen, or undefined when it is. */
  reasonAgainst(resource: Resource, keys: ReadonlySet<string> | undefined): string | undefined {
    if (keys === undefined) return undefined;
    if (resource.type === 'Patient') {
      const owner = resource.container ? undefined : resource.at;
      if (owner === undefined) return undefined;
      if (!keys.has(owner)) return 'This is another person.';
      const replaced = objects(resource.json['link']).some((link) => link['type'] === 'replaced-by');
      return replaced ? 'This record of the person was replaced by another one.' : undefined;
    }
    const key = subjectKey(resource, this.resources);
    if (key === undefined || keys.has(key)) return undefined;
    if (!/(^|\/)Patient\/|^urn:|^identifier:/.test(key)) return `It is about ${key}, not about a patient.`;
    // A patient who lies inside the resource and carries the person's identifier is the person.
    const inner = this.resources.find(key, resource);
    if (inner && identifiersOf(inner.json).some((identifier) => keys.has(identifier))) return undefined;
    return `It is about ${key}, who is not the person of this case.`;
  }

  #person(names: readonly string[], year: string | undefined): Person {
    const known = names.flatMap((name) => this.#byName.get(name) ?? [])[0];
    const person = known ?? { id: names[0] ?? '', year, keys: new Set<string>() };
    if (!known) this.#groups.push(person);
    for (const name of names) this.#byName.set(name, person);
    return person;
  }
}

function identifiersOf(json: Json): readonly string[] {
  return objects(json['identifier']).flatMap((identifier) => {
    const value = text(identifier['value']);
    const system = text(identifier['system']);
    return value === undefined || system === undefined ? [] : [`identifier:${system}|${value}`];
  });
}

/** Whom a resource is about: the resolved reference, the reference as written, or the identifier in it. */
function subjectKey(resource: Resource, resources: Resources): string | undefined {
  const subject = object(resource.json['subject']) ?? object(resource.json['patient']);
  const owner =
    subject ??
    (resource.container ? (object(resource.container.json['subject']) ?? object(resource.container.json['patient'])) : undefined);
  if (!owner) return undefined;
  const target = text(owner['reference']);
  if (target !== undefined) {
    const found = resources.find(target, resource);
    if (found) return found.at;
    const plain = target.replace(/\/_history\/[^/]*$/, '');
    const short = plain.replace(/^.*\/(?=Patient\/)/, '');
    // A Patient of that id who was not found under this address is another server's: the address stays in the key.
    return resources.find(short, resource) ? plain : short;
  }
  const identifier = object(owner['identifier']);
  return identifier ? identifiersOf({ identifier })[0] : undefined;
}

function shortId(id: string): string {
  return id.replace(/^.*Patient\//, '').replace(/^urn:uuid:/, '') || 'fhir';
}

// ── the rest ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A blood relative with mesothelioma is a fact; other cancers in the family are not. */
function readFamily(context: Context, resource: Resource): void {
  const relation = conceptName(concept(resource.json['relationship']));
  const account = new Account(context, resource, `Family: ${relation || resource.at}`).read(
    'condition',
    'relationship',
    'date',
    'deceasedBoolean',
    'deceasedAge',
    'sex',
    'name',
    'bornDate',
  );
  if (text(resource.json['status']) === 'entered-in-error') account.ignore('Entered in error.');
  else {
    const names = objects(resource.json['condition']).map((condition) => conceptName(concept(condition['code'])));
    const date = dateOfDateTime(text(resource.json['date']) ?? '');
    if (names.some((name) => /mesotheliom/i.test(name)) && !/spouse|husband|wife|partner|in-?law|step/i.test(relation)) {
      account.observe('exposure.family-history', true, {
        ...(date === undefined ? {} : { date }),
        note: relation || 'a relative',
      });
    } else if (names.length > 0) account.ignore(`No finding depends on ${names.join(', ')} in the family.`);
  }
  account.close('It names no illness.');
}

/** The List that holds a case together: its id, its title, and the date of statements without one. */
function readHead(
  context: Context,
  resource: Resource,
  asOf: PartialDate | undefined,
): { readonly id?: string; readonly title?: string; readonly date?: PartialDate } {
  const { json, at } = resource;
  const id = objects(json['identifier']).find((identifier) => identifier['system'] === SEROSA_CASE)?.['value'];
  const title = text(json['title']);
  const date = dateOf(json, 'date');
  const isFuture = date !== undefined && asOf !== undefined && earliestDay(date) > latestDay(asOf);
  const what = `Case: ${title ?? text(id) ?? at}`;
  context.draft.used(at, what, 'It gives the case its id, its title and its date.');
  if (isFuture) {
    const why = `${date} lies after ${asOf}, the day the case is read for. Correct the date, or read the case for a later day.`;
    context.draft.refused(at, `date: ${date}`, why);
  }
  return defined<{ id?: string; title?: string; date?: PartialDate }>({ id: text(id), title, date: isFuture ? undefined : date });
}

const SUPPORTING: Readonly<Record<string, string>> = {
  DiagnosticReport: 'Its results are read on their own; the text of the report is not interpreted.',
  DocumentReference: 'Documents are not interpreted: enter what they say.',
  Composition: 'Documents are not interpreted: enter what they say.',
  Binary: 'Attached files are not interpreted.',
  OperationOutcome: 'A message of the server, not a statement about the case.',
  CarePlan: 'Plans are not taken for treatment that was given.',
  ServiceRequest: 'An order is no result.',
  AllergyIntolerance: 'No finding depends on allergies yet.',
  QuestionnaireResponse: 'Answers to questionnaires are not interpreted.',
  AdverseEvent: 'Adverse events are not interpreted.',
};
const PEOPLE_AND_PLACES = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'CareTeam',
  'RelatedPerson',
  'Person',
  'Device',
  'Group',
  'HealthcareService',
  'Endpoint',
];

function supporting({ draft, resources }: Context, resource: Resource): void {
  const { type, at } = resource;
  const name = nameOf(resource);
  if (resources.isReferred(resource)) draft.used(at, name, 'Read where another resource points to it.');
  else if (lookUp(SUPPORTING, type) !== undefined) draft.unused(at, name, lookUp(SUPPORTING, type) ?? '');
  else if (PEOPLE_AND_PLACES.includes(type)) draft.unused(at, name, 'People and places around the case are not read.');
  else if (isKnownType(type)) draft.unused(at, name, `No finding depends on a ${type}.`);
  else draft.unused(at, name, `"${type}" is no resource type of FHIR R4.`);
}

function nameOf({ type, json }: Resource): string {
  const name = conceptName(concept(json['code'] ?? json['type']));
  return name === '' ? type : `${type}: ${name}`;
}
