/** What every part of the FHIR reader shares: the record in the making, the catalogue, the account of each resource. */
import type { FactDefinition, FactId, Observation, Origin, PartialDate } from '@serosa/core';
import type { Catalogue } from '../catalogue.js';
import type { Draft } from '../draft.js';
import { dateOfDateTime } from '../value/dates.js';
import { readFact } from '../value/facts.js';
import { lookUp } from '../value/lookup.js';
import { shorten } from '../value/spelling.js';
import type { Resource, Resources } from './bundle.js';
import { INTENTS, type Intent, SEROSA_EXTENSIONS, SIDES, SNOMED } from './codes.js';
import { type Concept, concept, conceptWords, extensions, type Json, object, objects, text } from './json.js';
import { ownFact, ownOrigin, ownString } from './own.js';

/** A statement that was understood but for which the catalogue has no fact: a marker of another cancer, a gene. */
export interface OtherStatement {
  readonly kind: 'marker' | 'variant' | 'observation';
  /** The resource, such as `Observation/her2`. */
  readonly at: string;
  readonly name: string;
  readonly value: string;
  readonly date?: PartialDate;
  readonly gene?: string;
  readonly source?: 'somatic' | 'germline';
}

/** What the conditions say as a whole; filled while they are read, used by everything after. */
export interface CancerPicture {
  mesothelioma: boolean;
  /** Something that may be mesothelioma: unconfirmed, or a cancer of no clear kind. */
  unclear: boolean;
  site: string | undefined;
  side: string | undefined;
  /** Conditions that are clearly another cancer. */
  readonly others: Map<Resource, string>;
}

export interface Context {
  readonly draft: Draft;
  readonly catalogue: Catalogue;
  readonly resources: Resources;
  readonly cancer: CancerPicture;
  readonly beyond: OtherStatement[];
  /** What observations state under Serosa's own codes; read first, so that nothing else states it a second time. */
  readonly own: Map<Resource, Observation>;
}

/** Elements that carry no statement of the case, or that every part of the reader looks at. */
const ROUTINE = new Set(
  `resourceType id meta implicitRules language text contained extension identifier instantiatesCanonical instantiatesUri subject patient encounter context
  performer asserter recorder requester informationSource issued recordedDate basedOn partOf device category status code derivedFrom supportingInformation
  dateAsserted authoredOn intent focus priority groupIdentifier reportedBoolean reportedReference location hasMember reasonCode reasonReference link
  substitution dispenseRequest courseOfTherapyType insurance eventHistory performerType priorPrescription modifierExtension specimen detectedIssue`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** The account of one resource: what of it was used, what was not, and why. */
export class Account {
  readonly #facts: FactId[] = [];
  readonly #said: string[] = [];
  readonly #reasons: string[] = [];
  readonly #read = new Set<string>();
  #refused = false;

  constructor(
    readonly context: Context,
    readonly resource: Resource,
    readonly what: string,
  ) {}

  get json(): Json {
    return this.resource.json;
  }

  get isUsed(): boolean {
    return this.#said.length > 0;
  }

  /** Marks elements as read, so that they are not told as left over. */
  read(...elements: readonly string[]): this {
    for (const element of elements) this.#read.add(element);
    return this;
  }

  /** Something of the resource went into the record. */
  say(how: string, ...facts: readonly FactId[]): void {
    this.#said.push(how);
    this.#facts.push(...facts);
  }

  /** Why the resource, or a part of it, is not used. */
  ignore(why: string): void {
    this.#reasons.push(why);
  }

  refuse(why: string): void {
    this.#refused = true;
    this.context.draft.refused(this.resource.at, this.what, why);
  }

  origin(note?: string): Origin {
    return ownOrigin(this.json) ?? { kind: 'fhir', at: this.resource.at, ...(note === undefined ? {} : { note }) };
  }

  /** Records a fact. A fact that the catalogue lacks, and a value that is none of it, are told. */
  observe(
    id: FactId,
    raw: unknown,
    more: { readonly unit?: string; readonly date?: PartialDate; readonly note?: string } = {},
  ): boolean {
    const fact = this.context.catalogue.facts.get(id);
    if (!fact) {
      this.ignore(`The catalogue has no fact ${id}.`);
      return false;
    }
    return this.observeFact(fact, raw, more);
  }

  observeFact(
    fact: FactDefinition,
    raw: unknown,
    more: { readonly unit?: string; readonly date?: PartialDate; readonly note?: string } = {},
  ): boolean {
    const reading = absent(raw) ? { value: raw } : readFact(fact, raw, more.unit);
    if ('wrong' in reading) {
      this.refuse(`${reading.wrong.charAt(0).toUpperCase()}${reading.wrong.slice(1)}. ${reading.remedy}`);
      return false;
    }
    const { date, note } = more;
    const asWritten = ownString(this.json, SEROSA_EXTENSIONS.asWritten) ?? reading.asWritten;
    const observation: Observation = {
      fact: fact.id,
      value: reading.value,
      ...(date === undefined ? {} : { date }),
      origin: this.origin(note),
      ...(asWritten === undefined ? {} : { asWritten }),
    };
    const before = this.#statedBefore(observation);
    if (before) {
      this.say(`${fact.id}, as in ${before.at}`, fact.id);
      return true;
    }
    this.context.draft.observe(observation, this.resource.at, this.what);
    if (ownFact(this.context.catalogue, concept(this.json['code']))) this.context.own.set(this.resource, observation);
    const shown = typeof reading.value === 'object' ? reading.value.absent : String(reading.value);
    const unit =
      (fact.type === 'number' || fact.type === 'integer') && fact.unit !== undefined && fact.unit !== '1' ? ` ${fact.unit}` : '';
    this.say(
      `${fact.id} = ${shown}${unit}${asWritten === undefined ? '' : ` (from ${asWritten})`}${note === undefined ? '' : `: ${note}`}`,
      fact.id,
    );
    return true;
  }

  /**
   * The observation that states the same of the same fact under Serosa's own code: for a patient any, for a condition one that
   * it names as its evidence. Another value is another statement.
   */
  #statedBefore({ fact, value }: Observation): Resource | undefined {
    const { own, resources } = this.context;
    const all =
      this.resource.type === 'Patient'
        ? [...own.keys()]
        : this.resource.type === 'Condition'
          ? objects(this.json['evidence'])
              .flatMap(({ detail }) => objects(detail))
              .flatMap((detail) => resources.resolve(detail, this.resource) ?? [])
          : [];
    return all.find((resource) => {
      const stated = own.get(resource);
      return stated?.fact === fact && stated.value === value;
    });
  }

  /** Writes the notes of this resource. */
  close(otherwise: string): void {
    const { draft } = this.context;
    const { at } = this.resource;
    if (this.#said.length === 0) {
      if (!this.#refused || this.#reasons.length > 0) draft.unused(at, this.what, this.#reasons.join(' ') || otherwise);
      return;
    }
    draft.used(at, this.what, `${this.#said.join('; ')}.`, [...new Set(this.#facts)]);
    for (const reason of this.#reasons) draft.unused(at, this.what, reason);
    for (const [element, written] of unreadDates(this.json))
      draft.unused(at, element, `"${shorten(written, 40)}" is not a date: what depends on it has no date.`);
    const left = Object.keys(this.json).filter((key) => !ROUTINE.has(key) && !this.#read.has(key));
    if (left.length > 0) draft.unused(at, left.join(', '), 'Serosa has no place for these elements of the resource.');
  }
}

function absent(raw: unknown): raw is { readonly absent: 'unknown' | 'not-done' | 'not-applicable' } {
  return object(raw)?.['absent'] !== undefined;
}

const DATE_ELEMENTS =
  'effectiveDateTime effectiveInstant effectivePeriod onsetDateTime onsetPeriod recordedDate performedDateTime performedPeriod authoredOn whenHandedOver whenPrepared'.split(
    ' ',
  );

/** Elements of a resource that should hold a date and do not, with what stands there. */
function unreadDates(json: Json): readonly (readonly [string, string])[] {
  const asserted = extensions(json, 'condition-assertedDate').map((one) => ['assertedDate', one['valueDateTime']] as const);
  const all = [...DATE_ELEMENTS.map((element) => [element, json[element]] as const), ...asserted];
  return all.flatMap(([element, value]) =>
    [value, object(value)?.['start'], object(value)?.['end']].flatMap((part) => {
      const written = text(part) ?? (typeof part === 'number' ? String(part) : undefined);
      return written === undefined || dateOfDateTime(written) !== undefined ? [] : [[element, written] as const];
    }),
  );
}

/** A date out of the first of these elements that has one: dateTime, instant, or the start of a period. */
export function dateOf(json: Json, ...elements: readonly string[]): PartialDate | undefined {
  for (const element of elements) {
    const value = json[element];
    const written = text(value) ?? text(object(value)?.['start']) ?? text(object(value)?.['end']);
    const date = written === undefined ? undefined : dateOfDateTime(written);
    if (date !== undefined) return date;
  }
  return undefined;
}

/** When an observation was true, unless it only carries the date of the case. */
export function effectiveDate(json: Json): PartialDate | undefined {
  if (extensions(object(json['_effectiveDateTime']), SEROSA_EXTENSIONS.dateOfCase).length > 0) return undefined;
  return dateOf(json, 'effectiveDateTime', 'effectiveInstant', 'effectivePeriod');
}

/** Side of a body site: mCODE's laterality qualifier, SNOMED's words in its name. */
export function sideOf(sites: readonly Json[]): 'left' | 'right' | 'bilateral' | undefined {
  for (const site of sites) {
    const qualifiers = [...extensions(site, 'mcode-laterality-qualifier'), ...extensions(site, 'mcode-body-location-qualifier')];
    for (const extension of [...qualifiers, ...objects(site['laterality'])]) {
      const qualifier = concept(extension['valueCodeableConcept'] ?? extension);
      const known = qualifier.codings.flatMap(({ system, code }) => (system === SNOMED ? (lookUp(SIDES, code) ?? []) : []))[0];
      const side = known ?? sideInWords(conceptWords(qualifier));
      if (side) return side;
    }
    const side = sideInWords(conceptWords(concept(site)));
    if (side) return side;
  }
  return undefined;
}

export function sideInWords(words: string): 'left' | 'right' | 'bilateral' | undefined {
  if (/\b(bilateral|both sides|left and right|right and left)\b/i.test(words)) return 'bilateral';
  const left = /\bleft\b/i.test(words);
  const right = /\bright\b/i.test(words);
  if (left && right) return undefined;
  return left ? 'left' : right ? 'right' : undefined;
}

/** mCODE's treatment intent extension, old and new name. */
export function intentOf(json: Json): Intent | undefined {
  const values = [...extensions(json, 'mcode-procedure-intent'), ...extensions(json, 'mcode-treatment-intent')].map((extension) =>
    concept(extension['valueCodeableConcept']),
  );
  for (const { codings } of values) {
    for (const { code } of codings) {
      const intent = lookUp(INTENTS, code);
      if (intent) return intent;
    }
  }
  return undefined;
}

/** True when the reasons name a cancer that is clearly another one, while this person has mesothelioma too. */
export function isForOtherCancer({ cancer, resources }: Context, resource: Resource, elements: readonly string[]): boolean {
  if (!cancer.mesothelioma) return false;
  const targets = elements.flatMap((element) =>
    objects(resource.json[element]).flatMap((value) => resources.resolve(value, resource) ?? []),
  );
  return targets.length > 0 && targets.every((target) => cancer.others.has(target));
}

export function describe(kind: string, value: Concept, fallback: string): string {
  const words = value.text || value.codings.find(({ display }) => display !== '')?.display || value.codings[0]?.code || fallback;
  return shorten(words === '' ? kind : `${kind}: ${words}`, 100);
}
