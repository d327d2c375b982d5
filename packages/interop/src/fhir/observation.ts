/** Observations: performance status, laboratory, vital signs, markers, variants, course of the disease. */
import type { FactDefinition, FactId, PartialDate } from '@serosa/core';
import { unitFactor } from '../value/facts.js';
import { lookUp } from '../value/lookup.js';
import { shorten } from '../value/spelling.js';
import type { Resource } from './bundle.js';
import {
  ABSENT_REASONS,
  DISEASE_STATUS,
  DISEASE_STATUS_CODE,
  ECOG_ANSWERS,
  ECOG_CODES,
  KARNOFSKY_CODES,
  LOINC,
  MORE_LOINC,
  NO_CODES,
  SEROSA_VALUE,
  UCUM,
  YES_CODES,
} from './codes.js';
import { factsOfIllness } from './condition.js';
import { Account, type Context, describe, effectiveDate } from './context.js';
import {
  anyValue,
  brief,
  type Concept,
  concept,
  conceptName,
  conceptWords,
  extensions,
  hasCode,
  type Json,
  list,
  number,
  object,
  objects,
  profiles,
  text,
} from './json.js';
import { ownFact } from './own.js';

const NO_RESULT: Readonly<Record<string, string>> = {
  'entered-in-error': 'Entered in error.',
  cancelled: 'The observation was cancelled.',
  registered: 'There is no result yet.',
};

export function readObservation(context: Context, resource: Resource): void {
  const { json } = resource;
  const code = concept(json['code']);
  const value = anyValue(json);
  const shown = value === undefined ? '' : ` = ${brief(value.value)}`;
  const label = conceptWords(code) === '' ? factsOf(context, code)[0]?.label : undefined;
  const name = describe('Observation', label === undefined ? code : { codings: [], text: label }, resource.at);
  const account = new Account(context, resource, shorten(`${name}${shown}`, 120)).read(
    'effectiveDateTime',
    'effectivePeriod',
    'effectiveInstant',
    `value${value?.type ?? ''}`,
    'component',
    'dataAbsentReason',
  );
  const date = effectiveDate(json);
  const status = text(json['status']) ?? '';
  const why = lookUp(NO_RESULT, status);
  if (why !== undefined) account.ignore(why);
  else {
    readMeaning(context, account, code, date);
    if (status === 'preliminary' && account.isUsed)
      account.ignore('The result is preliminary; it is used until a final one replaces it.');
  }
  account.close(reasonFor(json, code));
}

function reasonFor(json: Json, code: Concept): string {
  if (list(json['hasMember']).length > 0 && anyValue(json) === undefined) return 'A panel: its members are read on their own.';
  if (code.codings.length === 0 && code.text === '') return 'The observation does not say what was observed.';
  return 'The catalogue has no fact for this observation.';
}

function readMeaning(context: Context, account: Account, code: Concept, date: PartialDate | undefined): void {
  const { json } = account;
  const dated = date === undefined ? {} : { date };
  if (ownFact(context.catalogue, code)) {
    // Nothing is left to be found out by other codes or by words: the code says which fact it is.
    anyFact(context, account.read('_effectiveDateTime', 'note', 'interpretation'), code, date);
    return;
  }
  const words = conceptWords(code);
  const codes = code.codings.map((coding) => coding.code);
  const isOne = (...known: readonly string[]): boolean => codes.some((own) => known.includes(own));
  const hasProfile = (name: RegExp): boolean => profiles(json).some((profile) => name.test(profile));
  if (isOne(...ECOG_CODES) || /\bECOG\b|eastern cooperative|WHO performance/i.test(words)) ecog(account, dated);
  else if (isOne(...KARNOFSKY_CODES) || /karnofsky/i.test(words)) karnofsky(account, dated);
  else if (isOne('69548-6') || hasProfile(/genomic-variant$|^variant$/)) variant(context, account, date);
  else if (isOne(DISEASE_STATUS_CODE) || hasProfile(/^mcode-cancer-disease-status$/)) diseaseStatus(account, dated);
  else if (isOne('398192003') || hasProfile(/^mcode-comorbidities$/)) comorbidities(context, account, dated);
  else if (isOne('72166-2')) smoking(account, dated);
  else if (isOne('401201003')) packYears(account, dated);
  else if (isOne('81695-9')) mismatchRepair(context, account, date);
  else if (!stain(context, account, words, date)) anyFact(context, account, code, date);
}

/** An observation without a meaning of its own: whatever facts its code and its components name. */
function anyFact(context: Context, account: Account, code: Concept, date: PartialDate | undefined): void {
  const { json } = account;
  const dated = date === undefined ? {} : { date };
  const facts = factsOf(context, code);
  for (const fact of facts) readFactValue(account, fact, json, dated);
  const left: string[] = [];
  for (const component of objects(json['component'])) {
    const inner = concept(component['code']);
    const known = factsOf(context, inner);
    for (const fact of known) readFactValue(account, fact, component, dated);
    if (known.length === 0) left.push(conceptName(inner) || 'a component without name');
  }
  if (left.length > 0 && account.isUsed) account.ignore(`The catalogue has no fact for ${shorten(left.join(', '), 100)}.`);
  if (facts.length === 0 && /\bPD-?L1\b/i.test(conceptWords(code))) pdl1(context, account, dated);
  else if (facts.length === 0 && profiles(json).includes('mcode-tumor-marker-test'))
    beyond(context, account, 'marker', conceptName(code), date);
}

/** Facts by the catalogue's codes, by further LOINC codes, or by Serosa's own. */
function factsOf({ catalogue }: Context, code: Concept): readonly FactDefinition[] {
  const own = ownFact(catalogue, code);
  if (own) return [own];
  const found = new Map<FactId, FactDefinition>();
  for (const coding of code.codings) {
    for (const { fact, value } of catalogue.meanings(coding.system, coding.code)) if (!value) found.set(fact.id, fact);
    const id = coding.system === LOINC ? lookUp(MORE_LOINC, coding.code) : undefined;
    const fact = id === undefined ? undefined : catalogue.facts.get(id);
    if (fact) found.set(fact.id, fact);
  }
  // Codes of a tumour or of a gene name the thing, not a statement about it.
  return [...found.values()].filter((fact) => !(fact.codes ?? []).some(({ system }) => system === 'hgnc'));
}

/** One value of an observation or of a component, for one fact. */
function readFactValue(account: Account, fact: FactDefinition, json: Json, dated: { readonly date?: PartialDate }): void {
  const held = anyValue(json);
  if (!held) {
    const reason = concept(json['dataAbsentReason']);
    if (reason.codings.length > 0 || reason.text !== '') {
      account.observeFact(
        fact,
        { absent: lookUp(ABSENT_REASONS, reason.codings[0]?.code ?? '') ?? 'unknown' },
        { ...dated, note: conceptName(reason) },
      );
    } else account.ignore(`${fact.id} is named without a value.`);
    return;
  }
  const { value, type } = held;
  if (type === 'Quantity' || (object(value) !== undefined && 'value' in (object(value) ?? {}))) {
    quantity(account, fact, object(value) ?? {}, dated);
    return;
  }
  if (type === 'CodeableConcept') {
    const raw = codedValue(account.context, fact, concept(value));
    if (raw === undefined) account.ignore(`The value "${conceptName(concept(value))}" is none that ${fact.id} knows.`);
    else if (!lacksUnit(account, fact, raw)) account.observeFact(fact, raw, dated);
    return;
  }
  if (typeof value === 'object') {
    account.ignore(`A value of type ${type} cannot be read for ${fact.id}.`);
    return;
  }
  const raw = fact.type === 'date' && typeof value === 'string' ? value.slice(0, 10) : value;
  if (!lacksUnit(account, fact, raw)) account.observeFact(fact, raw, dated);
}

/** Tells a bare number where the fact has a unit: it is not taken for the usual one. */
function lacksUnit(account: Account, fact: FactDefinition, raw: unknown): boolean {
  const isNumeric = fact.type === 'number' || fact.type === 'integer';
  if (!isNumeric || (fact.unit ?? '1') === '1') return false;
  if (typeof raw !== 'number' && !(typeof raw === 'string' && /^[\s\d.,+-]+$/.test(raw))) return false;
  account.ignore(`${raw} has no unit: ${fact.id} may be in ${[fact.unit, ...Object.keys(fact.units ?? {})].join(' or ')}.`);
  return true;
}

function quantity(account: Account, fact: FactDefinition, value: Json, dated: { readonly date?: PartialDate }): void {
  const amount = number(value['value']);
  if (amount === undefined) {
    account.ignore(`${fact.id} is named without a number.`);
    return;
  }
  const comparator = text(value['comparator']);
  if (comparator !== undefined) {
    account.ignore(`"${comparator} ${amount}" is a bound, not a reading of ${fact.id}: it cannot be kept.`);
    return;
  }
  if (fact.type !== 'number' && fact.type !== 'integer') {
    account.ignore(`${fact.id} is not a number.`);
    return;
  }
  const code = text(value['code']);
  const shown = text(value['unit']);
  // UCUM when it is there; the printed unit when only that is. A number without unit is not taken for the usual one.
  const unit = code !== undefined && (text(value['system']) === UCUM || shown === undefined) ? code : (shown ?? code);
  if (unit === undefined && (fact.unit ?? '1') !== '1') {
    account.refuse(
      `${amount} has no unit. Ask for the unit: ${fact.id} may be in ${[fact.unit, ...Object.keys(fact.units ?? {})].join(' or ')}.`,
    );
    return;
  }
  if (code !== undefined && shown !== undefined) {
    const [coded, printed] = [unitFactor(fact, code), unitFactor(fact, shown)];
    if (coded !== undefined && printed !== undefined && Math.abs(coded - printed) > 1e-6 * Math.abs(coded)) {
      account.refuse(
        `The unit is "${shown}" in words and "${code}" as code: it cannot be told which is right. Ask for the unit.`,
      );
      return;
    }
  }
  const plainNumber = (fact.unit ?? '1') === '1' || fact.unit === 'a';
  account.observeFact(fact, amount, {
    ...dated,
    ...(unit === undefined || (plainNumber && /^(1|\{.*\})$/.test(unit)) ? {} : { unit }),
  });
}

/** A coded answer as a raw value: by the catalogue's codes, by yes and no, by its words. */
function codedValue({ catalogue }: Context, fact: FactDefinition, value: Concept): unknown {
  for (const coding of value.codings) {
    if (coding.system === `${SEROSA_VALUE}:${fact.id}` || coding.system === SEROSA_VALUE) return coding.code;
    const meaning = catalogue.meanings(coding.system, coding.code).find((own) => own.fact.id === fact.id && own.value);
    if (meaning?.value) return meaning.value.id;
    if (fact.type === 'boolean' && YES_CODES.has(coding.code)) return true;
    if (fact.type === 'boolean' && NO_CODES.has(coding.code)) return false;
  }
  const names = [value.text, ...value.codings.map(({ display }) => display)].filter((name) => name !== '');
  for (const name of names) {
    if (fact.type === 'boolean') {
      if (/^(yes|true|present|positive|detected)\b/i.test(name)) return true;
      if (/^(no|false|absent|negative|not detected)\b/i.test(name)) return false;
    } else if (fact.type === 'code') {
      const match = fact.values?.find(
        ({ id, label }) => id === name.toLowerCase().replace(/\s+/g, '-') || label.toLowerCase() === name.toLowerCase(),
      );
      if (match) return match.id;
    } else if (/^[\d.]+$/.test(name.trim())) return Number(name);
  }
  return undefined;
}

// ── performance status ─────────────────────────────────────────────────────────────────────────────────────────────────

type Dated = { readonly date?: PartialDate };

/** A grade alone, with its name before it and the end of the scale behind it at most. */
const ECOG_WORDS = /^\s*(?:(?:ECOG|WHO|PS|performance status|grade|score)\s*)*[:=]?\s*([0-5])\s*(?:\/\s*[45])?\s*$/i;
/** The grade as SNOMED CT names it. */
const ECOG_NAME = /performance status\s*-?\s*grade ([0-5])(?: \(finding\))?$/i;
const KARNOFSKY_WORDS = /^\s*(?:(?:Karnofsky|KPS|performance status|index|score)\s*)*[:=]?\s*(\d{1,3})\s*%?\s*(?:\/\s*100)?\s*$/i;

/** One score: integer, quantity, an answer code, a text that says nothing but the score. Ranges and bounds are none. */
function score(json: Json, answers: Readonly<Record<string, number>>, patterns: readonly RegExp[]): number | undefined {
  for (const held of [anyValue(json)?.value, ...objects(json['interpretation'])]) {
    const amount = object(held);
    if (text(amount?.['comparator']) !== undefined) return undefined;
    const direct = number(held) ?? number(amount?.['value']);
    if (direct !== undefined) return direct;
    const coded = concept(held);
    for (const { code } of coded.codings) {
      const answer = lookUp(answers, code);
      if (answer !== undefined) return answer;
    }
    for (const words of [coded.text, ...coded.codings.map(({ display }) => display)]) {
      const figure = patterns.flatMap((pattern) => pattern.exec(words)?.[1] ?? [])[0];
      if (figure !== undefined) return Number(figure);
    }
  }
  return undefined;
}

/** Without a score: why there is none, when the resource says so. */
function noScore(account: Account, id: FactId, dated: Dated, what: string): void {
  const { json } = account;
  const reason = concept(json['dataAbsentReason']);
  if (anyValue(json) === undefined && (reason.codings.length > 0 || reason.text !== '')) {
    account.observe(
      id,
      { absent: lookUp(ABSENT_REASONS, reason.codings[0]?.code ?? '') ?? 'unknown' },
      { ...dated, note: conceptName(reason) },
    );
    return;
  }
  const shown = brief(anyValue(json)?.value);
  account.ignore(shown === '' ? `There is no ${what} in it.` : `"${shown}" is no single ${what}: it is not read.`);
}

function ecog(account: Account, dated: Dated): void {
  account.read('interpretation');
  const value = score(account.json, ECOG_ANSWERS, [ECOG_WORDS, ECOG_NAME]);
  if (value === undefined) noScore(account, 'person.ecog', dated, 'ECOG grade');
  else if (value === 5) account.observe('person.vital-status', 'dead', { ...dated, note: 'ECOG 5 means dead' });
  else account.observe('person.ecog', value, dated);
}

function karnofsky(account: Account, dated: Dated): void {
  account.read('interpretation');
  const value = score(account.json, {}, [KARNOFSKY_WORDS]);
  if (value === undefined) noScore(account, 'person.karnofsky', dated, 'Karnofsky score');
  else account.observe('person.karnofsky', value, dated);
}

// ── course and habits ──────────────────────────────────────────────────────────────────────────────────────────────────

function diseaseStatus(account: Account, dated: Dated): void {
  const value = concept(anyValue(account.json)?.value);
  const known = value.codings.flatMap(({ code }) => lookUp(DISEASE_STATUS, code) ?? [])[0];
  if (!known) {
    account.ignore(`The disease status "${conceptName(value)}" is none that is known here.`);
    return;
  }
  account.observe('prior.progressing', known.progressing ?? { absent: 'unknown' }, {
    ...dated,
    note: `disease status: ${known.word}`,
  });
}

function comorbidities(context: Context, account: Account, dated: Dated): void {
  account.read('valueCodeableConcept');
  for (const extension of extensions(account.json, 'mcode-related-condition-absent')) {
    const illness = concept(extension['valueCodeableConcept']);
    const facts = factsOfIllness(context, illness);
    for (const fact of facts) account.observe(fact, false, dated);
    if (facts.length === 0) account.ignore(`Absent: ${conceptName(illness)}. No fact of the catalogue depends on it.`);
  }
  for (const extension of extensions(account.json, 'mcode-related-condition')) {
    const target = context.resources.resolve(extension['valueReference'], account.resource);
    account.ignore(
      `Present: ${target?.at ?? text(object(extension['valueReference'])?.['reference']) ?? 'a condition'}, which is read on its own.`,
    );
  }
}

function smoking(account: Account, dated: Dated): void {
  const words = conceptWords(concept(anyValue(account.json)?.value));
  const value = /never/i.test(words)
    ? 'never'
    : /\b(former|ex-?|quit|stopped|past)/i.test(words)
      ? 'former'
      : /unknown/i.test(words)
        ? { absent: 'unknown' }
        : /smok/i.test(words) && !/does not|non-?smoker/i.test(words)
          ? 'current'
          : undefined;
  if (value === undefined) account.ignore(`The smoking status "${words}" is none that is known here.`);
  else account.observe('person.smoking', value, { ...dated, note: words });
}

/** Pack-years are a count whatever unit is printed beside them. */
function packYears(account: Account, dated: Dated): void {
  const amount = number(object(anyValue(account.json)?.value)?.['value']) ?? number(anyValue(account.json)?.value);
  if (amount === undefined) account.ignore('There is no number of pack-years in it.');
  else account.observe('person.smoking-pack-years', amount, dated);
}

// ── pathology ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const STAINS: readonly (readonly [RegExp, FactId])[] = [
  [/\bBAP-?1\b/i, 'marker.bap1'],
  [/\bMTAP\b/i, 'marker.mtap'],
  [/\bASS-?1\b|argininosuccinate synth/i, 'marker.ass1'],
  [/calretinin/i, 'marker.calretinin'],
  [/\bWT-?1\b/i, 'marker.wt1'],
  [/\bCK ?5\/6\b|cytokeratin 5/i, 'marker.ck5-6'],
  [/\bD2-40\b|podoplanin/i, 'marker.d2-40'],
  [/\bPAX-?8\b/i, 'marker.pax8'],
  [/claudin/i, 'marker.claudin-4'],
  [/\bTTF-?1\b/i, 'marker.ttf-1'],
  [/\bBer-?EP4\b/i, 'marker.ber-ep4'],
  [/\bMOC-?31\b/i, 'marker.moc-31'],
  [/\bGATA-?3\b/i, 'marker.gata3'],
  [/o?estrogen receptor/i, 'marker.oestrogen-receptor'],
];

/** Words that turn an answer round: what such a sentence says is not told by its other words. */
const TURNED = /\b(no|not|without|cannot|non)\b/i;

/** The words of an answer without the names of codes that say no by themselves, such as "Not detected". */
function freeWords({ codings, text: own }: Concept): string {
  return [own, ...codings.filter(({ code }) => !NO_CODES.has(code)).map(({ display }) => display)].join(' | ');
}

/** Immunostains by name: BAP1, MTAP and ASS1 are retained or lost, the others positive or negative. */
function stain(context: Context, account: Account, words: string, date: PartialDate | undefined): boolean {
  if (!/stain|immunohisto|\bIHC\b|\bAg\b|expression|protein/i.test(words)) return false;
  const id = STAINS.find(([pattern]) => pattern.test(words))?.[1];
  const fact = id === undefined ? undefined : context.catalogue.facts.get(id);
  const held = anyValue(account.json)?.value;
  if (!fact || held === undefined) return false;
  const value = concept(held);
  const answer = conceptWords(value);
  if (TURNED.test(freeWords(value))) {
    account.ignore(`The answer "${shorten(answer, 80)}" is a sentence with a negation: it is not read. Enter it by hand.`);
    return true;
  }
  const positive =
    value.codings.some(({ code }) => YES_CODES.has(code)) || /\b(positive|retained|present|preserved|intact)\b/i.test(answer);
  const negative =
    value.codings.some(({ code }) => NO_CODES.has(code)) || /\b(negative|lost|loss|absent|deficient)\b/i.test(answer);
  if (positive === negative) return false;
  const [yes, no] = fact.values?.some(({ id: own }) => own === 'retained') ? ['retained', 'lost'] : ['positive', 'negative'];
  account.observeFact(fact, positive ? yes : no, {
    ...(date === undefined ? {} : { date }),
    note: shorten(`${words}: ${answer}`, 100),
  });
  return true;
}

/** What stands before the number of a bound or of a range. */
const BOUND =
  /([<>≤≥~–—-]|\b(less|more|greater|fewer|lower|higher) than( or equal to)?|\b(at least|at most|under|over|below|above|up to|to))\s*=?\s*$/i;

/** PD-L1 by its name, because every antibody has a code of its own: only a share of cells in percent is the fact. */
function pdl1(context: Context, account: Account, dated: Dated): void {
  const held = anyValue(account.json)?.value;
  const json = object(held);
  const words = conceptWords(concept(held));
  const match = /(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*%/.exec(words);
  const share = match?.[1];
  if (match && BOUND.test(words.slice(0, match.index))) {
    account.refuse(`"${shorten(words, 80)}" is a bound or a range, not a share of cells. Give the measured value.`);
    return;
  }
  const fact = context.catalogue.facts.get('marker.pdl1');
  if (fact && json && 'value' in json) quantity(account, fact, json, dated);
  else if (fact && share !== undefined) account.observeFact(fact, Number(share), dated);
  else beyond(context, account, 'marker', 'PD-L1', dated.date);
}

function mismatchRepair(context: Context, account: Account, date: PartialDate | undefined): void {
  const value = concept(anyValue(account.json)?.value);
  const words = conceptWords(value);
  const coded = hasCode(value, LOINC, ['LA26203-2']);
  if (!coded && TURNED.test(words)) {
    account.ignore(`The answer "${shorten(words, 80)}" is a sentence with a negation: it is not read. Enter it by hand.`);
    return;
  }
  const answer =
    coded || /MSI-?H\b|high/i.test(words) ? 'deficient' : /stable|MSS|MSI-?L\b/i.test(words) ? 'proficient' : undefined;
  if (answer === undefined || !context.catalogue.facts.has('marker.mismatch-repair'))
    beyond(context, account, 'marker', 'microsatellite instability', date);
  else account.observe('marker.mismatch-repair', answer, date === undefined ? {} : { date });
}

const COMPONENT = { gene: '48018-6', source: '48002-0', significance: '53037-8', copies: '82155-3' } as const;
/** Changes that take the protein away, in the words of the Sequence Ontology and of HGVS. */
const LOSS =
  /stop_gained|frameshift|copy_number_loss|deletion|feature_ablation|transcript_ablation|splice_(donor|acceptor)|start_lost|nonsense|homozygous (loss|deletion)|\bTer\b|Ter\d*\)|fs(\*|Ter)|p\.\(?[A-Z][a-z]{2}\d+\*/i;

/** Genomics-reporting variants: the gene, present or absent, somatic or germline, what the change does. */
function variant(context: Context, account: Account, date: PartialDate | undefined): void {
  const { json } = account;
  account.read('method', 'interpretation');
  const dated = date === undefined ? {} : { date };
  const components = objects(json['component']);
  const component = (code: string): Concept =>
    concept(
      components
        .filter((part) => concept(part['code']).codings.some((coding) => coding.code === code))
        .map((part) => anyValue(part)?.value)[0],
    );
  const genes = component(COMPONENT.gene).codings.filter(({ code, display }) => code !== '' || display !== '');
  const gene =
    genes.find(({ display }) => /^[A-Z0-9-]{2,12}$/.test(display))?.display ??
    genes[0]?.display ??
    component(COMPONENT.gene).text;
  const source = hasCode(component(COMPONENT.source), LOINC, ['LA6683-2'])
    ? 'germline'
    : hasCode(component(COMPONENT.source), LOINC, ['LA6684-0'])
      ? 'somatic'
      : undefined;
  const finding = concept(anyValue(json)?.value);
  const present = finding.codings.some(({ code }) => YES_CODES.has(code));
  const absent = finding.codings.some(({ code }) => NO_CODES.has(code));
  const change = components
    .filter((part) => !concept(part['code']).codings.some(({ code }) => code === COMPONENT.gene || code === COMPONENT.source))
    .flatMap((part) => {
      const held = anyValue(part)?.value;
      return typeof held === 'string' ? [held] : concept(held).codings.map(({ code, display }) => display || code);
    })
    .join(' ');
  const report = (): void =>
    beyond(context, account, 'variant', gene || 'variant', date, {
      ...(gene ? { gene } : {}),
      ...(source ? { source } : {}),
      change,
    });
  if (genes.length === 0 && gene === '') {
    account.ignore('The variant names no gene.');
    return;
  }
  if (!present && !absent) {
    account.ignore('The variant is neither said to be present nor absent.');
    return;
  }
  if (source === 'germline') {
    const meaning = conceptWords(component(COMPONENT.significance)) + conceptWords(concept(objects(json['interpretation'])[0]));
    const harmful =
      (/pathogenic/i.test(meaning) && !/conflict|benign|uncertain/i.test(meaning)) ||
      hasCode(component(COMPONENT.significance), LOINC, ['LA6668-3']);
    if (present && harmful)
      account.observe('marker.germline', /^BAP1$/i.test(gene) ? 'bap1' : 'other', {
        ...dated,
        note: shorten(`${gene} ${change}`, 100),
      });
    else {
      account.ignore('An inherited variant counts only when it is said to be pathogenic.');
      report();
    }
    return;
  }
  const fact = geneFact(
    context,
    genes.map(({ code }) => code),
    gene,
  );
  const values = new Set(fact?.values?.map(({ id }) => id));
  const copies = number(
    object(
      components
        .filter((part) => concept(part['code']).codings.some(({ code }) => code === COMPONENT.copies))
        .map((part) => anyValue(part)?.value)[0],
    )?.['value'],
  );
  const lossy = LOSS.test(change) || copies === 0;
  const note = shorten(`${gene} ${absent ? 'variant absent' : change || 'variant present'}`, 100);
  const value = !fact
    ? undefined
    : values.has('altered')
      ? absent
        ? 'wild-type'
        : 'altered'
      : // That no variant was seen does not prove the protein is there: a stain or a copy count has to say so.
        absent
        ? undefined
        : values.has('deleted')
          ? lossy
            ? 'deleted'
            : undefined
          : values.has('lost') && (lossy || fact.id === 'marker.nf2')
            ? 'lost'
            : undefined;
  if (fact && value !== undefined) account.observeFact(fact, value, { ...dated, note });
  else {
    if (fact) account.ignore(`What this ${absent ? 'absence' : 'change'} means for ${fact.id} cannot be told from it.`);
    report();
  }
}

function geneFact({ catalogue }: Context, codes: readonly string[], symbol: string): FactDefinition | undefined {
  for (const code of codes) {
    for (const own of [code, `HGNC:${code}`]) {
      const fact = catalogue.meanings('http://www.genenames.org/geneId', own)[0]?.fact;
      if (fact) return fact;
    }
  }
  const id = /^LATS[12]$/i.test(symbol) ? 'marker.lats1-2' : `marker.${symbol.toLowerCase()}`;
  const fact = catalogue.facts.get(id);
  return fact?.type === 'code' ? fact : undefined;
}

/** Keeps a statement that was understood but has no fact, and tells so. */
function beyond(
  context: Context,
  account: Account,
  kind: 'marker' | 'variant' | 'observation',
  name: string,
  date: PartialDate | undefined,
  more: { readonly gene?: string; readonly source?: 'somatic' | 'germline'; readonly change?: string } = {},
): void {
  const { change, ...rest } = more;
  const value = [brief(anyValue(account.json)?.value), change].filter((part) => part !== undefined && part !== '').join(', ');
  context.beyond.push({ kind, at: account.resource.at, name, value, ...(date === undefined ? {} : { date }), ...rest });
  account.ignore(`Read as ${name}: ${value}. The catalogue has no fact for it, so no finding depends on it.`);
}
