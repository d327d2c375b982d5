/** The one shape of an answer: what is said, for whom, because of which facts, which are missing, on which sources. */

import type { FactDefinition } from '../case/catalogue.js';
import { type FactState, NOT_RECORDED, type UnknownReason } from '../case/facts.js';
import type { Observation, Origin, PartialDate } from '../case/record.js';
import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import { unitWords, valueWords } from '../criteria/words.js';
import type { Claim, EvidenceStatus, Urgency, Voices } from '../knowledge/types.js';
import { said, say } from '../language.js';
import { oncePer } from '../once.js';

export type FindingKind =
  | 'stage'
  | 'spread'
  | 'factor'
  | 'test'
  | 'option'
  | 'trial'
  | 'symptom'
  | 'score'
  | 'response'
  | 'contradiction'
  | 'notice';

/** A fact as a finding quotes it. */
export interface QuotedFact {
  readonly id: FactId;
  readonly label: Voices;
  /** In words, with its unit; absent for a missing fact. */
  readonly value?: Voices;
  readonly date?: PartialDate;
  readonly origin?: Origin;
  /** Facts it was derived from, or that would settle it when it is missing. */
  readonly from?: readonly FactId[];
  /** For a missing fact: the reading that did not answer, because it is too old or has no date. */
  readonly last?: Voices;
  /** For a missing fact: why it is missing, the question that asks for it, and where the answer stands. */
  readonly reason?: UnknownReason | 'narrowed';
  readonly question?: string;
  readonly where?: string;
}

/** What one guideline or authority says of one option for this case. */
export interface Position {
  readonly id: string;
  readonly body: string;
  readonly says: 'for' | 'consider' | 'trial-only' | 'against' | 'insufficient' | 'approved' | 'funded' | 'note';
  /** Whether the row speaks for this case. `held`: its source was not read by us, so it decides nothing. */
  readonly applies: 'yes' | 'no' | 'unknown' | 'judgement' | 'held';
  readonly conditions: 'met' | 'open';
  readonly text: Voices;
  readonly strength?: string;
  readonly sources: readonly string[];
  readonly status: EvidenceStatus;
  readonly because: readonly QuotedFact[];
  readonly missing: readonly QuotedFact[];
}

export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly title: string;
  readonly titles: Voices;
  readonly verdict: string;
  /** Part of its kind that it belongs to: the phase of a test, the group of a treatment or a factor. */
  readonly group?: string;
  readonly strength?: string;
  readonly urgency?: Urgency;
  readonly because: readonly QuotedFact[];
  readonly missing: readonly QuotedFact[];
  /** Unknown facts that do not leave the verdict open and have to be looked at before anything starts. */
  readonly toCheck?: readonly QuotedFact[];
  /** Facts, not known so far, that a test would tell; tests only. */
  readonly tells?: readonly QuotedFact[];
  readonly sources: readonly string[];
  readonly text: Voices;
  /** What the treatment is, without the verdict; options only. */
  readonly about?: Voices;
  /** Further lines, each with its own sources where it has some. */
  readonly details?: readonly {
    readonly text: Voices;
    readonly sources: readonly string[];
    readonly clinicianOnly?: boolean;
    /** Says something of how long people live or how the illness goes: for patients on request only. */
    readonly prognosis?: boolean;
  }[];
  readonly positions?: readonly Position[];
  /** How a professional reads the rule that decided. */
  readonly rule?: Voices;
  /** The values still possible, where the answer is a set. */
  readonly possible?: readonly string[];
}

export type Catalogue = ReadonlyMap<FactId, FactDefinition>;

const quoted = oncePer((_: Snapshot) => new Map<FactId, QuotedFact>());

/** Quotes a fact with its value, or as missing with the question that asks for it. Worked out once per snapshot. */
export function quote(id: FactId, facts: Snapshot, catalogue: Catalogue): QuotedFact {
  const mine = quoted(facts);
  const known = mine.get(id);
  if (known) return known;
  const fresh = makeQuote(id, facts, catalogue);
  mine.set(id, fresh);
  return fresh;
}

/** How a fact is quoted of which nothing is recorded: the same for every case. */
const blankQuote = oncePer(
  (definition: FactDefinition): QuotedFact => ({
    id: definition.id,
    label: { clinician: definition.label, patient: definition.patient.label },
    reason: 'not-recorded',
    question: definition.patient.question,
    where: definition.patient.where,
  }),
);

function makeQuote(id: FactId, facts: Snapshot, catalogue: Catalogue): QuotedFact {
  const definition = catalogue.get(id);
  const state = facts.get(id);
  if (state === NOT_RECORDED && definition) return blankQuote(definition);
  const label: Voices = definition ? blankQuote(definition).label : { clinician: id, patient: id };
  if (state.kind === 'known') {
    return {
      id,
      label,
      value: { clinician: inWords(definition, state.value, 'clinician'), patient: inWords(definition, state.value, 'patient') },
      ...(state.reading?.date === undefined ? {} : { date: state.reading.date }),
      ...(state.reading === undefined ? {} : { origin: state.reading.origin }),
      ...(state.from === undefined || state.from.length === 0 ? {} : { from: state.from }),
    };
  }
  const narrowed = narrowedWords(definition, state);
  return {
    id,
    label,
    ...(narrowed === undefined ? {} : { value: narrowed }),
    ...lastWords(definition, state),
    ...('reading' in state && state.reading?.date !== undefined ? { date: state.reading.date } : {}),
    ...(state.from === undefined || state.from.length === 0 ? {} : { from: state.from }),
    reason: state.kind === 'unknown' ? state.reason : 'narrowed',
    ...(definition ? { question: definition.patient.question, where: definition.patient.where } : {}),
  };
}

/** Quotes one reading as it was made, whatever became of the fact since. */
export function quoteReading({ fact, value, date, origin }: Observation, definition: FactDefinition): QuotedFact {
  const words = (voice: 'clinician' | 'patient'): string =>
    typeof value === 'object' ? value.absent : inWords(definition, value, voice);
  return {
    id: fact,
    label: labelOf(definition),
    value: { clinician: words('clinician'), patient: words('patient') },
    ...(date === undefined ? {} : { date }),
    origin,
  };
}

/** What was read once and no longer answers. */
function lastWords(definition: FactDefinition | undefined, state: FactState): { readonly last?: Voices } {
  if (state.kind !== 'unknown' || state.reading === undefined || typeof state.reading.value === 'object') return {};
  if (state.reason !== 'stale' && state.reason !== 'undated') return {};
  const { value } = state.reading;
  return { last: { clinician: inWords(definition, value, 'clinician'), patient: inWords(definition, value, 'patient') } };
}

function narrowedWords(definition: FactDefinition | undefined, state: FactState): Voices | undefined {
  if (state.kind === 'one-of') {
    const list = (voice: 'clinician' | 'patient'): string =>
      state.values.map((value) => inWords(definition, value, voice)).join(say` or `);
    return { clinician: list('clinician'), patient: list('patient') };
  }
  if (state.kind === 'between') {
    const text = say`${inWords(definition, state.min, 'clinician')} to ${inWords(definition, state.max, 'clinician')}`;
    return { clinician: text, patient: text };
  }
  return undefined;
}

function inWords(
  definition: FactDefinition | undefined,
  value: boolean | number | string,
  voice: 'clinician' | 'patient',
): string {
  if (!definition) return String(value);
  const text = valueWords(definition, value, voice);
  return typeof value === 'number' && definition.unit && definition.unit !== '1' ? `${text} ${unitWords(definition.unit)}` : text;
}

const NO_FACTS: readonly QuotedFact[] = [];

/** Quotes facts, each once. */
export function quoteAll(ids: readonly FactId[], facts: Snapshot, catalogue: Catalogue): readonly QuotedFact[] {
  if (ids.length === 0) return NO_FACTS;
  const twice = ids.length > 1 && ids.some((id, index) => ids.indexOf(id) !== index);
  return (twice ? [...new Set(ids)] : ids).map((id) => quote(id, facts, catalogue));
}

/** Names of a fact in both voices. */
export function labelOf(definition: FactDefinition): Voices {
  return blankQuote(definition).label;
}

/** Adds what is not there yet. The lists are short: looking through them is quicker than a set. */
export function addOnce<Item>(into: Item[], items: readonly Item[]): void {
  for (const item of items) if (!into.includes(item)) into.push(item);
}

export const both = (text: string): Voices => ({ clinician: text, patient: text });

const figure = (value: number): string => (Math.abs(value) >= 10_000 ? value.toLocaleString('en-GB') : String(value));

/** A published figure in one line: what, how much, how sure, of whom. */
export function claimText(claim: Claim): string {
  const count =
    claim.numerator !== undefined && claim.denominator !== undefined
      ? say`${figure(claim.numerator)} of ${figure(claim.denominator)}`
      : undefined;
  const percent = claim.percent === undefined ? undefined : `${claim.percent} %`;
  const against = claim.against;
  const other = [
    against?.months === undefined ? undefined : say`${against.months} months`,
    against?.percent === undefined ? undefined : `${against.percent} %`,
  ].filter((part) => part !== undefined);
  const estimate = [
    count !== undefined && percent !== undefined ? `${percent} (${count})` : (percent ?? count),
    claim.months === undefined ? undefined : say`${claim.months} months`,
    claim.value === undefined ? undefined : figure(claim.value),
    against === undefined ? undefined : say`against ${[...other, say`with ${said(against.text)}`].join(' ')}`,
    claim.hazardRatio === undefined ? undefined : say`hazard ratio ${claim.hazardRatio}`,
    claim.oddsRatio === undefined ? undefined : say`odds ratio ${claim.oddsRatio}`,
    claim.riskRatio === undefined ? undefined : say`risk ratio ${claim.riskRatio}`,
  ].filter((part) => part !== undefined);
  const interval =
    claim.interval === undefined
      ? ''
      : say`, ${Math.round(claim.interval.level * 100)} % interval ${claim.interval.low} to ${claim.interval.high}`;
  const figures = estimate.length === 0 ? '' : `: ${estimate.join('; ')}${interval}`;
  return `${said(claim.text).replace(/[.:]$/, '')}${figures} (${said(claim.population)})`;
}
