/**
 * Which trials could take a case, criterion by criterion. A verdict is about the criteria that were read and about nothing else:
 * who may join is decided at the site.
 */
import { type Facts, NOT_RECORDED } from '../case/facts.js';
import type { Snapshot } from '../case/snapshot.js';
import { verdictOf } from '../criteria/evaluate.js';
import type { FactId, Verdict } from '../criteria/expression.js';
import type { Program } from '../criteria/program.js';
import { addOnce, type Catalogue, type QuotedFact, quoteAll } from '../findings/finding.js';
import { oncePer } from '../once.js';
import { entriesOf, holdsFor, placesOf } from './parts.js';
import type { Trial, TrialCriterion, TrialPhase, TrialSite, TrialStatus } from './trial.js';

export type CriterionVerdict = 'met' | 'failed' | 'unknown' | 'judgement';

export interface CriterionMatch extends Pick<TrialCriterion, 'id' | 'side' | 'text' | 'kind'> {
  readonly span: TrialCriterion['span'] | undefined;
  readonly scope: TrialCriterion['scope'] | undefined;
  readonly note: TrialCriterion['note'] | undefined;
  readonly verdict: CriterionVerdict;
  readonly because: readonly QuotedFact[];
  readonly missing: readonly QuotedFact[];
}

/**
 * `eligible`: every criterion that was read is met, and only what is settled at the site is left. `ineligible`: one is surely
 * failed, in every part of the trial. `undetermined`: all else.
 */
export type TrialVerdict = 'eligible' | 'ineligible' | 'undetermined';

/** Whether a trial is for mesothelioma by name, for tumours it is one of, or for something else. */
export type ConditionFit = 'named' | 'basket' | 'other';

export interface TrialMatch {
  readonly id: string;
  readonly title: string;
  readonly status: TrialStatus;
  readonly verdict: TrialVerdict;
  readonly fit: ConditionFit;
  /** It gives or does something; an observational study only watches. */
  readonly interventional: boolean;
  /** It takes people now or soon, as far as the record knows. */
  readonly open: boolean;
  /** Criterion that closes the trial: the first that is failed. */
  readonly deciding?: string;
  /** The part or cohort that fits best, where the record has several. */
  readonly scope?: string;
  /** What the record or the reading lacks, so that nothing can be called eligible. */
  readonly incomplete?: 'no-criteria' | 'cut-off' | 'key-criteria-only';
  readonly criteria: readonly CriterionMatch[];
  /** Facts that would settle criteria of the part that fits best, the most useful first. */
  readonly missing: readonly QuotedFact[];
  /** Criteria of that part that only a person can weigh. */
  readonly judgements: number;
  /** Kilometres to the nearest place that takes people, where a position was given. */
  readonly distance?: number;
  /** Places that take people, nearest first where a position was given. */
  readonly sites: readonly TrialSite[];
}

export interface MatchFilters {
  /** English name, or every name where a registry has used several; without regard to case. Codes are for the caller to settle. */
  readonly country?: string | readonly string[];
  /** Degrees; with `within` in kilometres only trials with an open place that near. */
  readonly near?: { readonly lat: number; readonly lon: number; readonly within?: number };
  readonly phases?: readonly TrialPhase[];
  /** Registry types such as `DRUG`. */
  readonly interventions?: readonly string[];
  readonly statuses?: readonly TrialStatus[];
  /** Leave out trials that take nobody. */
  readonly openOnly?: boolean;
}

const OPEN: ReadonlySet<TrialStatus> = new Set(['RECRUITING', 'NOT_YET_RECRUITING', 'ENROLLING_BY_INVITATION', 'AVAILABLE']);
const VERDICT_RANK: Readonly<Record<TrialVerdict, number>> = { eligible: 0, undetermined: 1, ineligible: 2 };
const FIT_RANK: Readonly<Record<ConditionFit, number>> = { named: 0, basket: 0, other: 1 };
const NAMED = /mesothelioma/i;
const TUMOUR = /\b(?:solid|advanced|metastatic|malignan\w*|cancers?|neoplasms?|carcinomas?|tumou?rs?|mtap|bap1)\b/i;
/** Titles of trials that take any tumour, or any with a loss that mesothelioma often has. */
const BASKET = /\bsolid (?:tumou?rs?|cancers?|malignan)|\badvanced (?:cancers?|malignan)|\bMTAP\b/i;
const PARTIAL =
  /\bkey (?:inclusion|exclusion|eligibility)\b|\bother (?:protocol[- ]defined )?(?:inclusion\/exclusion )?(?:criteria )?may apply\b/i;

/** How a trial stands to mesothelioma: by its conditions, keywords and titles, else by its criteria. */
export function conditionFit(trial: Trial): ConditionFit {
  const heads = [...trial.conditions, ...trial.keywords, trial.title ?? '', trial.officialTitle ?? ''];
  if (heads.some((head) => NAMED.test(head))) return 'named';
  const asks = trial.criteria.filter(({ requires }) => mentionsDisease(JSON.stringify(requires)));
  if (asks.some(({ side, requires }) => side === 'inclusion' && verdictOf(requires, MESOTHELIOMA) !== 'false')) return 'basket';
  if (
    heads.some((head) => BASKET.test(head)) ||
    trial.criteria.some(({ requires }) => JSON.stringify(requires).includes('"marker.mtap"'))
  )
    return 'basket';
  if (asks.length > 0) return 'other';
  return heads.some((head) => TUMOUR.test(head)) &&
    trial.conditions.every((condition) => /solid|advanced|metastatic|malignan|^cancer$|neoplasms?$/i.test(condition))
    ? 'basket'
    : 'other';
}

/** All that is known of somebody is the disease. */
const MESOTHELIOMA: Facts = {
  asOf: '0001-01-01',
  get: (id) => (id === 'tumour.mesothelioma' ? { kind: 'known', value: true } : NOT_RECORDED),
};

const mentionsDisease = (requires: string): boolean => requires.includes('"tumour.mesothelioma"');

/** A way to take part, and which of the trial's criteria bind whoever takes it. */
interface Way {
  readonly scope: string | undefined;
  /** The record may have further parts: nobody is surely taken this way. */
  readonly open: boolean;
  /** Its criteria name mesothelioma. */
  readonly home: boolean;
  readonly binds: readonly boolean[];
}

interface Prepared {
  readonly fit: ConditionFit;
  readonly incomplete: TrialMatch['incomplete'];
  readonly ways: readonly Way[];
}

const prepared = oncePer((trial: Trial): Prepared => {
  const { criteria } = trial;
  const entries = entriesOf(criteria.map(({ scope, side }) => ({ scope, takes: side === 'inclusion' })));
  return {
    fit: conditionFit(trial),
    incomplete:
      criteria.length === 0
        ? 'no-criteria'
        : trial.eligibility.truncated === true
          ? 'cut-off'
          : PARTIAL.test(trial.eligibility.text ?? '')
            ? 'key-criteria-only'
            : undefined,
    ways: entries.map(({ scope, place, open }) => ({
      scope,
      open,
      home: criteria.some(
        (criterion) =>
          (criterion.scope === undefined) === (scope === undefined) &&
          NAMED.test(criterion.text) &&
          holdsFor(criterion.scope, place),
      ),
      binds: criteria.map((criterion) => holdsFor(criterion.scope, place)),
    })),
  };
});

/**
 * The criteria of a trial as questions of a program, and what is shown of each whatever the case; put together once. All fields
 * are there and in one order: objects of one shape are copied four times as quickly, and there are thousands for each case.
 */
const askedBy = oncePer((program: Program) =>
  oncePer((trial: Trial) =>
    trial.criteria.map(({ id, side, text, span, scope, kind, note, requires }) => ({
      question: program.question(requires),
      id,
      side,
      text,
      span,
      scope,
      kind,
      note,
    })),
  ),
);

const VERDICTS: Readonly<Record<Verdict, CriterionVerdict>> = {
  true: 'met',
  false: 'failed',
  unknown: 'unknown',
  judgement: 'judgement',
};

/** Criteria that bind whoever joins by the part that fits best. */
export function bindingCriteria(match: TrialMatch): readonly CriterionMatch[] {
  const place = match.scope === undefined ? [] : (placesOf(match.scope)[0] ?? []);
  return match.criteria.filter(({ scope }) => holdsFor(scope, place));
}

interface WayResult {
  readonly way: Way;
  readonly verdict: TrialVerdict;
  readonly deciding: string | undefined;
  readonly failed: number;
  readonly unknown: number;
  readonly judgements: number;
}

function resultOf(criteria: readonly CriterionMatch[], way: Way, incomplete: boolean): WayResult {
  let deciding: string | undefined;
  let failed = 0;
  let unknown = 0;
  let judgements = 0;
  for (const [index, criterion] of criteria.entries()) {
    if (way.binds[index] !== true) continue;
    if (criterion.verdict === 'failed') {
      deciding ??= criterion.id;
      failed++;
    } else if (criterion.verdict === 'unknown') unknown++;
    else if (criterion.verdict === 'judgement' && criterion.kind !== 'procedural') judgements++;
  }
  const sure = unknown + judgements === 0 && !incomplete && !way.open;
  const verdict = deciding !== undefined ? 'ineligible' : sure ? 'eligible' : 'undetermined';
  return { way, verdict, deciding, failed, unknown, judgements };
}

/** One trial for one case. */
export function matchTrial(trial: Trial, facts: Snapshot, catalogue: Catalogue, filters: MatchFilters = {}): TrialMatch {
  const { fit, incomplete, ways } = prepared(trial);
  const { answers } = facts;
  const criteria = askedBy(facts.context.program)(trial).map((asked): CriterionMatch => {
    const { verdict, because, missing } = answers.explain(asked.question);
    return {
      id: asked.id,
      side: asked.side,
      text: asked.text,
      span: asked.span,
      scope: asked.scope,
      kind: asked.kind,
      note: asked.note,
      verdict: VERDICTS[verdict],
      because: quoteAll(because, facts, catalogue),
      missing: quoteAll(missing, facts, catalogue),
    };
  });
  const results = ways.map((way) => resultOf(criteria, way, incomplete !== undefined));
  // A part that the record tells of before the rest of the trial, and one that names the disease before one that may be for another;
  // of parts that are all closed, the one that fewest criteria close.
  const best = results.reduce((a, b) =>
    (VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict] ||
      Number(b.way.open) - Number(a.way.open) ||
      Number(a.way.home) - Number(b.way.home) ||
      b.failed - a.failed ||
      b.unknown + b.judgements - a.unknown - a.judgements) < 0
      ? b
      : a,
  );
  const counts = new Map<FactId, number>();
  const order: QuotedFact[] = [];
  for (const [index, criterion] of criteria.entries()) {
    if (best.way.binds[index] !== true || criterion.verdict !== 'unknown') continue;
    for (const fact of criterion.missing) counts.set(fact.id, (counts.get(fact.id) ?? 0) + 1);
    addOnce(order, criterion.missing);
  }
  const places = openSites(trial, filters);
  return {
    id: trial.id,
    title: trial.title ?? trial.officialTitle ?? trial.id,
    status: trial.status,
    verdict: best.verdict,
    fit,
    interventional: trial.studyType !== 'OBSERVATIONAL',
    open: OPEN.has(trial.status),
    ...(best.deciding === undefined ? {} : { deciding: best.deciding }),
    ...(best.way.scope === undefined ? {} : { scope: best.way.scope }),
    ...(incomplete === undefined ? {} : { incomplete }),
    criteria,
    missing: order.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0)),
    judgements: best.judgements,
    ...(places.distance === undefined ? {} : { distance: places.distance }),
    sites: places.sites,
  };
}

const EARTH = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres (haversine). */
export function distanceBetween(
  a: { readonly lat: number; readonly lon: number },
  b: { readonly lat: number; readonly lon: number },
): number {
  const sine = (angle: number): number => Math.sin(angle / 2) ** 2;
  const h = sine(radians(b.lat - a.lat)) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * sine(radians(b.lon - a.lon));
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

function openSites(
  trial: Trial,
  { country, near }: MatchFilters,
): { readonly sites: readonly TrialSite[]; readonly distance?: number } {
  const wanted = country === undefined ? undefined : [country].flat().map((name) => name.toLowerCase());
  const sites = trial.sites.filter(
    (site) =>
      (site.status === undefined || OPEN.has(site.status)) &&
      (wanted === undefined || (site.country !== undefined && wanted.includes(site.country.toLowerCase()))),
  );
  if (near === undefined) return { sites };
  const placed = sites
    .map((site) => ({
      site,
      distance:
        site.lat === undefined || site.lon === undefined
          ? Number.POSITIVE_INFINITY
          : distanceBetween(near, { lat: site.lat, lon: site.lon }),
    }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = placed[0]?.distance;
  return {
    sites: placed.map(({ site }) => site),
    ...(nearest === undefined || !Number.isFinite(nearest) ? {} : { distance: Math.round(nearest) }),
  };
}

function passes(trial: Trial, match: TrialMatch, filters: MatchFilters): boolean {
  const { phases, interventions, statuses, openOnly, country, near } = filters;
  if (openOnly === true && !match.open) return false;
  if (statuses !== undefined && !statuses.includes(trial.status)) return false;
  if (phases !== undefined && !trial.phases.some((phase) => phases.includes(phase))) return false;
  if (interventions !== undefined && !trial.interventions.some(({ type }) => type !== undefined && interventions.includes(type)))
    return false;
  if (country !== undefined && match.sites.length === 0) return false;
  return near?.within === undefined || (match.distance !== undefined && match.distance <= near.within);
}

/**
 * A match that was made without filters, as `matchTrials` gives it with them: with the places that are left, or undefined where the
 * trial does not pass. Filters can so be changed without weighing any criterion again; the order stays right where no position is given.
 */
export function narrowMatch(match: TrialMatch, trial: Trial, filters: MatchFilters): TrialMatch | undefined {
  const narrowed = { ...match, ...openSites(trial, filters) };
  return passes(trial, narrowed, filters) ? narrowed : undefined;
}

/**
 * All trials for one case, in the order in which a person should look at them: trials for this disease first, open before closed,
 * those that may take the person before those that do not, near before far, few open questions before many.
 */
export function matchTrials(
  trials: readonly Trial[],
  facts: Snapshot,
  catalogue: Catalogue,
  filters: MatchFilters = {},
): readonly TrialMatch[] {
  const matches = trials.flatMap((trial) => {
    const match = matchTrial(trial, facts, catalogue, filters);
    return passes(trial, match, filters) ? [match] : [];
  });
  return matches.sort(inTrialOrder);
}

/** What a record does not tell is a question too: a trial of which nothing is known must not look the nearest. */
const UNTOLD: Readonly<Record<NonNullable<TrialMatch['incomplete']>, number>> = {
  'no-criteria': 50,
  'cut-off': 5,
  'key-criteria-only': 2,
};

const openQuestions = ({ missing, judgements, incomplete }: TrialMatch): number =>
  missing.length + judgements + (incomplete === undefined ? 0 : UNTOLD[incomplete]);

function inTrialOrder(a: TrialMatch, b: TrialMatch): number {
  const closed = (match: TrialMatch): number => (match.verdict === 'ineligible' ? 1 : 0);
  const away = (match: TrialMatch): number => (match.sites.length > 0 ? 0 : 1);
  return (
    FIT_RANK[a.fit] - FIT_RANK[b.fit] ||
    closed(a) - closed(b) ||
    Number(b.open) - Number(a.open) ||
    Number(b.interventional) - Number(a.interventional) ||
    Number(b.fit === 'named') - Number(a.fit === 'named') ||
    away(a) - away(b) ||
    VERDICT_RANK[a.verdict] - VERDICT_RANK[b.verdict] ||
    (a.distance ?? Number.MAX_SAFE_INTEGER) - (b.distance ?? Number.MAX_SAFE_INTEGER) ||
    openQuestions(a) - openQuestions(b) ||
    (a.id < b.id ? -1 : 1)
  );
}
