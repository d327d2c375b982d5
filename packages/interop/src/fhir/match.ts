/**
 * Matched trials as FHIR R4: a searchset Bundle of ResearchStudy, the form that front ends for trial matching read
 * (github.com/mcode/clinical-trial-matching-service: score, `enrollment` with the criteria as its display, contained sites and plans).
 * Nothing of the person is in it, apart from the verdict.
 */
import {
  type Trial,
  type TrialContact,
  type TrialMatch,
  type TrialPhase,
  type TrialSite,
  type TrialStatus,
  trialVerdictWords,
} from '@serosa/core';
import type { Json } from './json.js';

export interface MatchedTrial {
  readonly trial: Trial;
  readonly match: TrialMatch;
}

/** https://hl7.org/fhir/R4/valueset-research-study-status.html. It has no code for "not known": front ends show `in-review` with a caution. */
const STATUSES: Readonly<Record<TrialStatus, string>> = {
  RECRUITING: 'active',
  NOT_YET_RECRUITING: 'approved',
  ENROLLING_BY_INVITATION: 'active',
  AVAILABLE: 'active',
  ACTIVE_NOT_RECRUITING: 'closed-to-accrual',
  SUSPENDED: 'temporarily-closed-to-accrual',
  TEMPORARILY_NOT_AVAILABLE: 'temporarily-closed-to-accrual',
  COMPLETED: 'completed',
  TERMINATED: 'administratively-completed',
  WITHDRAWN: 'withdrawn',
  NO_LONGER_AVAILABLE: 'closed-to-accrual',
  APPROVED_FOR_MARKETING: 'completed',
  WITHHELD: 'in-review',
  UNKNOWN: 'in-review',
  OTHER: 'in-review',
};

const PHASE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/research-study-phase';
/** Codes and displays of {@link PHASE_SYSTEM}, by the registry's phases. */
const PHASES: Readonly<Record<string, readonly [code: string, display: string]>> = {
  NA: ['n-a', 'N/A'],
  EARLY_PHASE1: ['early-phase-1', 'Early Phase 1'],
  PHASE1: ['phase-1', 'Phase 1'],
  'PHASE1+PHASE2': ['phase-1-phase-2', 'Phase 1/Phase 2'],
  PHASE2: ['phase-2', 'Phase 2'],
  'PHASE2+PHASE3': ['phase-2-phase-3', 'Phase 2/Phase 3'],
  PHASE3: ['phase-3', 'Phase 3'],
  PHASE4: ['phase-4', 'Phase 4'],
};

const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type';
const PURPOSES: Readonly<Record<string, readonly [code: string, display: string]>> = {
  TREATMENT: ['treatment', 'Treatment'],
  PREVENTION: ['prevention', 'Prevention'],
  DIAGNOSTIC: ['diagnostic', 'Diagnostic'],
  SUPPORTIVE_CARE: ['supportive-care', 'Supportive Care'],
  SCREENING: ['screening', 'Screening'],
  HEALTH_SERVICES_RESEARCH: ['health-services-research', 'Health Services Research'],
  BASIC_SCIENCE: ['basic-science', 'Basic Science'],
  DEVICE_FEASIBILITY: ['device-feasibility', 'Device Feasibility'],
};

/** `certain` is never said: what was read of the criteria is not all that a study asks. */
const GRADE_URL = 'http://hl7.org/fhir/StructureDefinition/match-grade';
/** The registry's own naming system. */
const NCT_SYSTEM = 'http://clinicaltrials.gov';

/** A searchset of the matches, in their order. The same matches give the same bytes. */
export function matchBundle(matches: readonly MatchedTrial[], options: { readonly asOf: string }): Json {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    ...listed(
      'entry',
      matches.map(({ trial, match }) => ({
        fullUrl: fullUrl(trial),
        resource: study(trial, match, options.asOf),
        search: {
          extension: [{ url: GRADE_URL, valueCode: grade(match) }],
          mode: 'match',
          score: score(match),
        },
      })),
    ),
  };
}

/** Of a trial for another disease that asks nothing else, "probable" would be said of everybody. */
function grade({ verdict, fit }: TrialMatch): 'probable' | 'possible' | 'certainly-not' {
  if (verdict === 'ineligible') return 'certainly-not';
  return verdict === 'eligible' && fit !== 'other' ? 'probable' : 'possible';
}

/**
 * From 0 to 1, in three bands: 0 for what is closed, below 0.75 for what cannot be said yet, above for what nothing stands against.
 * Front ends take 0.75 for a likely match. Within the middle band: the share of the criteria that are met.
 */
function score(match: TrialMatch): number {
  if (match.verdict === 'ineligible') return 0;
  if (match.fit === 'other') return 0.05;
  if (match.verdict === 'eligible') return 0.9;
  const asked = match.criteria.filter(({ kind }) => kind !== 'procedural');
  const met = asked.filter(({ verdict }) => verdict === 'met').length;
  return Math.round((0.2 + (0.5 * met) / Math.max(1, asked.length)) * 100) / 100;
}

function fullUrl({ id, url }: Trial): string {
  return id.startsWith('NCT') ? `https://clinicaltrials.gov/study/${id}` : (url ?? `urn:serosa:trial:${encodeURIComponent(id)}`);
}

function study(trial: Trial, match: TrialMatch, asOf: string): Json {
  const phase = PHASES[trial.phases.join('+')] ?? PHASES[latest(trial.phases) ?? ''];
  const purpose = PURPOSES[trial.purpose ?? ''];
  const locations = match.sites.map(location);
  const plans = plansOf(trial);
  const criteria = trial.eligibility.text ?? trial.criteria.map(({ side, text }) => `${side}: ${text}`).join('\n');
  const contained = [
    ...(trial.sponsor === undefined ? [] : [{ resourceType: 'Organization', id: 'sponsor', name: trial.sponsor }]),
    ...(criteria === '' ? [] : [{ resourceType: 'Group', id: 'criteria', type: 'person', actual: false }]),
    ...plans,
    ...locations,
  ];
  const period = { ...given('start', trial.start), ...given('end', trial.completion) };
  const words = trialVerdictWords(match).clinician;
  return {
    resourceType: 'ResearchStudy',
    id: trial.id.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 64),
    ...listed('contained', contained),
    identifier: [
      { ...(trial.id.startsWith('NCT') ? { system: NCT_SYSTEM } : {}), value: trial.id },
      ...trial.aliases.map((value) => ({ value })),
    ],
    title: match.title,
    ...listed(
      'protocol',
      plans.map(({ id }) => contains(id, 'PlanDefinition')),
    ),
    status: STATUSES[trial.status],
    ...given('primaryPurposeType', purpose === undefined ? undefined : coded(PURPOSE_SYSTEM, purpose)),
    ...given('phase', phase === undefined ? undefined : coded(PHASE_SYSTEM, phase)),
    category: [
      ...(trial.studyType === undefined ? [] : [{ text: `Study Type: ${titleCase(trial.studyType)}` }]),
      { text: `Registry status: ${trial.statusAsWritten ?? titleCase(trial.status)}` },
    ],
    ...listed(
      'condition',
      trial.conditions.map((text) => ({ text })),
    ),
    ...listed('contact', trial.contacts.flatMap(contact)),
    ...listed(
      'relatedArtifact',
      trial.url === undefined ? [] : [{ type: 'documentation', display: 'Registry record', url: trial.url }],
    ),
    ...listed(
      'keyword',
      trial.keywords.map((text) => ({ text })),
    ),
    ...listed(
      'location',
      [...new Set(match.sites.flatMap(({ country }) => country ?? []))].map((text) => ({ text })),
    ),
    ...given('description', trial.summary),
    ...listed('enrollment', criteria === '' ? [] : [{ ...contains('criteria', 'Group'), display: criteria }]),
    ...(Object.keys(period).length === 0 ? {} : { period }),
    ...given(
      'sponsor',
      trial.sponsor === undefined ? undefined : { ...contains('sponsor', 'Organization'), display: trial.sponsor },
    ),
    ...listed(
      'site',
      locations.map(({ id }) => contains(id, 'Location')),
    ),
    note: [{ text: `As of ${asOf}. ${words} Who may join is decided at the site.${dated(trial)}` }],
    ...listed(
      'arm',
      trial.arms.map(({ label, type, description }) => ({
        name: label,
        ...given('type', type === undefined ? undefined : { text: titleCase(type) }),
        ...given('description', description),
      })),
    ),
  };
}

const dated = ({ knownAsOf, updated }: Trial): string =>
  knownAsOf === undefined && updated === undefined ? '' : ` Record as of ${knownAsOf ?? updated}.`;

/** Phases that have no code together are shown as the latest of them. */
const latest = (phases: readonly TrialPhase[]): TrialPhase | undefined => [...phases].sort().at(-1);

interface Contained {
  readonly resourceType: string;
  readonly id: string;
}

/** One plan for each intervention of an arm; the arm's label stands where the front ends look for it. */
function plansOf({ arms, interventions }: Trial): readonly (Json & Contained)[] {
  const named = interventions.map(({ name, type, otherNames }) => ({
    name,
    shown: {
      ...given('subtitle', otherNames[0]),
      ...given('type', type === undefined ? undefined : { text: titleCase(type) }),
    },
  }));
  const inArms = arms.flatMap((arm) =>
    named
      .filter(({ name }) => arm.interventions.some((own) => own === name || own.endsWith(`: ${name}`)))
      .map((one) => ({ ...one, arm: arm.label })),
  );
  const loose = named.filter(({ name }) => !inArms.some((one) => one.name === name)).map((one) => ({ ...one, arm: undefined }));
  return [...inArms, ...loose].map(({ name, shown, arm }, index) => ({
    resourceType: 'PlanDefinition',
    id: `plan-${index + 1}`,
    title: name,
    ...shown,
    status: 'unknown',
    ...given('subjectCodeableConcept', arm === undefined ? undefined : { text: arm }),
  }));
}

function location(site: TrialSite, index: number): Json & Contained {
  const address = { ...given('city', site.city), ...given('state', site.state), ...given('country', site.country) };
  return {
    resourceType: 'Location',
    id: `site-${index + 1}`,
    // Only places that take people, now or soon, are among a match's sites.
    status: 'active',
    ...given('name', site.facility ?? site.city ?? site.country),
    ...listed(
      'telecom',
      site.contacts.flatMap((one) => telecom(one)),
    ),
    ...(Object.keys(address).length === 0 ? {} : { address }),
    ...(site.lat === undefined || site.lon === undefined ? {} : { position: { longitude: site.lon, latitude: site.lat } }),
  };
}

function contact(one: TrialContact): readonly Json[] {
  const reach = telecom(one);
  return one.name === undefined && reach.length === 0 ? [] : [{ ...given('name', one.name), ...listed('telecom', reach) }];
}

function telecom({ phone, email }: TrialContact): readonly Json[] {
  return [
    ...(phone === undefined ? [] : [{ system: 'phone', value: phone, use: 'work' }]),
    ...(email === undefined ? [] : [{ system: 'email', value: email, use: 'work' }]),
  ];
}

const contains = (id: string, type: string): Json => ({ reference: `#${id}`, type });
const coded = (system: string, [code, display]: readonly [string, string]): Json => ({
  coding: [{ system, code, display }],
  text: display,
});
const titleCase = (code: string): string =>
  code
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/^./, (letter) => letter.toUpperCase());
/** FHIR has no empty lists and no empty elements. */
const listed = (name: string, items: readonly unknown[]): Json => (items.length === 0 ? {} : { [name]: items });
const given = (name: string, value: unknown): Json => (value === undefined || value === '' ? {} : { [name]: value });
