/** Sites of spread: each present, absent or unknown on its own, with the route that explains it and how often it is reached. */

import type { Snapshot } from '../case/snapshot.js';
import { factsIn, verdictOf } from '../criteria/evaluate.js';
import type { FactId } from '../criteria/expression.js';
import type { Claim, NodeCategory, PrimarySite, Route, Site, Station, Voices } from '../knowledge/types.js';
import { inVoice, say } from '../language.js';
import { both, type Catalogue, claimText, type Finding, type QuotedFact, quote, quoteAll } from './finding.js';

export type SiteStatus = 'present' | 'absent' | 'unknown';

/** How a place is asked for: the fact that holds the answer, the question, and where in a letter the answer stands. */
export interface PlaceQuestion {
  readonly fact: FactId;
  readonly question: string;
  readonly where: string;
}

/** A published share of people in whom a place was reached, in percent. */
export interface Reached {
  readonly percent: number;
  readonly text: string;
  readonly seriesKind?: Claim['seriesKind'];
  readonly sources: readonly string[];
}

/** A station of lymph nodes. One without facts of its own is absent where its site is, and otherwise unknown. */
export interface StationState {
  readonly id: string;
  readonly label: Voices;
  readonly status: SiteStatus;
  /** Numbers of the IASLC map. */
  readonly map?: string;
  /** The category it makes when involved; absent where what was read does not name it. */
  readonly means?: NodeCategory;
  /** What scans and what the specimen say of it. */
  readonly facts: readonly QuotedFact[];
  readonly ask?: PlaceQuestion;
  readonly reached: readonly Reached[];
  readonly sources: readonly string[];
}

export interface SiteState {
  readonly id: string;
  readonly label: Site['title'];
  readonly status: SiteStatus;
  readonly routes: readonly Route[];
  readonly fact: QuotedFact;
  readonly ask?: PlaceQuestion;
  /** What it means for the stage when it is involved. */
  readonly stage?: Voices;
  readonly reached: readonly Reached[];
  readonly stations: readonly StationState[];
}

/** One of the thirteen regions of the peritoneal cancer index. */
export interface RegionState {
  /** 0 to 8 abdomen and pelvis, 9 to 12 small bowel. */
  readonly region: number;
  /** Size score, 0 to 3; both ends are the same once it is settled. */
  readonly score: { readonly min: number; readonly max: number };
  readonly fact: QuotedFact;
  readonly ask?: PlaceQuestion;
}

export type Laterality = 'left' | 'right' | 'bilateral';

export interface Spread {
  readonly primary?: PrimarySite;
  /** The side of the tumour; absent while it is not known, or where the primary has none. */
  readonly laterality?: Laterality;
  /** Where it began and what fluid there is, as far as that is known. */
  readonly began: readonly QuotedFact[];
  readonly sites: readonly SiteState[];
  /** Peritoneal primary only, in order of their numbers. */
  readonly regions?: readonly RegionState[];
}

export const ROUTES: Readonly<Record<Route, { readonly clinician: string; readonly patient: string }>> = {
  direct: { clinician: 'direct extension', patient: 'by growing straight into it' },
  serosal: { clinician: 'serosal seeding', patient: 'by cells floating in the fluid of the lining' },
  lymphatic: { clinician: 'lymphatic', patient: 'through lymph vessels' },
  blood: { clinician: 'haematogenous', patient: 'through the blood' },
  tract: { clinician: 'procedure tract', patient: 'along the path of a needle or drain' },
};

const BEGAN = ['tumour.primary-site', 'tumour.laterality', 'extent.effusion', 'extent.ascites'] as const;

/** Primary sites of which the body has two. */
const PAIRED: ReadonlySet<PrimarySite> = new Set<PrimarySite>(['pleura', 'tunica-vaginalis']);

/** Size scores of the peritoneal cancer index: none, up to 0.5 cm, up to 5 cm, larger or confluent. */
const WORST_SCORE = 3;

/**
 * A place that is read off the descriptors is absent when the images are clear and nobody examined a specimen: for the picture
 * of spread the images alone then speak. The fact itself stays unknown for every rule.
 */
function statusOf(site: Site, facts: Snapshot, catalogue: Catalogue): SiteStatus {
  const state = facts.get(site.fact);
  if (state.kind === 'known') return state.value === true ? 'present' : 'absent';
  return clearOnImages(site, facts, catalogue) ? 'absent' : 'unknown';
}

function clearOnImages(site: Site, facts: Snapshot, catalogue: Catalogue): boolean {
  const derive = catalogue.get(site.fact)?.derive;
  if (derive === undefined || !('when' in derive) || facts.get(site.fact).kind === 'known') return false;
  const inputs = factsIn(derive.when);
  if (!inputs.some((id) => id.startsWith('clinical.') && facts.get(id).kind === 'known')) return false;
  return (
    verdictOf(derive.when, {
      asOf: facts.asOf,
      get: (id) => {
        const state = facts.get(id);
        return id.startsWith('pathological.') && state.kind === 'unknown' ? { kind: 'known', value: NOT_EXAMINED } : state;
      },
    }) === 'false'
  );
}

/** Equal to no value that a rule asks for. */
const NOT_EXAMINED = '';

const ORDER: Readonly<Record<SiteStatus, number>> = { present: 0, unknown: 1, absent: 2 };

const NOWHERE: { readonly picture: Spread; readonly findings: readonly Finding[] } = {
  picture: { began: [], sites: [] },
  findings: [],
};

/** What the knowledge says of a site for one primary: the same for every case. */
interface Published {
  readonly lines: NonNullable<Finding['details']>;
  /** By id of the site or station. */
  readonly reached: ReadonlyMap<string, readonly Reached[]>;
}

const published = new WeakMap<Site, Partial<Record<PrimarySite, Published>>>();

function publishedOf(site: Site, primary: PrimarySite): Published {
  const known = published.get(site) ?? {};
  published.set(site, known);
  known[primary] ??= makePublished(site, primary);
  return known[primary];
}

function makePublished(site: Site, primary: PrimarySite): Published {
  const claims = site.frequencies.filter((claim) => claim.primary === primary && claim.evidence.status === 'read');
  const reached = new Map<string, Reached[]>();
  for (const claim of claims) {
    if (claim.place === undefined || claim.percent === undefined) continue;
    const list = reached.get(claim.place) ?? [];
    reached.set(claim.place, list);
    list.push({
      percent: claim.percent,
      text: claimText(claim),
      ...(claim.seriesKind === undefined ? {} : { seriesKind: claim.seriesKind }),
      sources: claim.evidence.sources,
    });
  }
  return {
    lines: claims.map((claim) => ({ text: both(claimText(claim)), sources: claim.evidence.sources, clinicianOnly: true })),
    reached,
  };
}

const NEVER_COUNTED: readonly Reached[] = [];

function askFor(fact: FactId, catalogue: Catalogue): { readonly ask?: PlaceQuestion } {
  const patient = catalogue.get(fact)?.patient;
  return patient === undefined ? {} : { ask: { fact, question: patient.question, where: patient.where } };
}

/**
 * Every site that the primary can reach, the involved ones first, as a picture and as findings. What an involved site does is
 * said only where it is involved: nobody needs the list of all harms.
 */
export function spreadOf(
  sites: readonly Site[],
  facts: Snapshot,
  catalogue: Catalogue,
): { readonly picture: Spread; readonly findings: readonly Finding[] } {
  const state = facts.get('tumour.primary-site');
  if (state.kind !== 'known') return NOWHERE;
  const primary = state.value as PrimarySite;
  const own = sites
    .filter((site) => site.from[primary] !== undefined)
    .map((site) => ({ site, status: statusOf(site, facts, catalogue) }))
    .sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  return {
    picture: {
      primary,
      ...sideOf(primary, facts),
      began: quoteAll(
        BEGAN.filter((id) => facts.get(id).kind === 'known'),
        facts,
        catalogue,
      ),
      sites: own.map(({ site, status }) => siteState(site, primary, status, facts, catalogue)),
      ...(primary === 'peritoneum' ? { regions: regionsOf(facts, catalogue) } : {}),
    },
    findings: own.map(({ site, status }) => siteFinding(site, primary, status, facts, catalogue)),
  };
}

function sideOf(primary: PrimarySite, facts: Snapshot): { readonly laterality?: Laterality } {
  const state = facts.get('tumour.laterality');
  return PAIRED.has(primary) && state.kind === 'known' ? { laterality: state.value as Laterality } : {};
}

function siteState(site: Site, primary: PrimarySite, status: SiteStatus, facts: Snapshot, catalogue: Catalogue): SiteState {
  const from = site.from[primary];
  const { reached } = publishedOf(site, primary);
  return {
    id: site.id,
    label: site.title,
    status,
    routes: from?.routes ?? [],
    fact: quote(site.fact, facts, catalogue),
    ...askFor(site.fact, catalogue),
    ...(from?.stage === undefined ? {} : { stage: from.stage }),
    reached: reached.get(site.id) ?? NEVER_COUNTED,
    stations: (site.stations ?? []).map((station) =>
      stationState(station, primary, status, reached.get(station.id) ?? NEVER_COUNTED, facts, catalogue),
    ),
  };
}

function stationState(
  station: Station,
  primary: PrimarySite,
  ofSite: SiteStatus,
  reached: readonly Reached[],
  facts: Snapshot,
  catalogue: Catalogue,
): StationState {
  const own = stationFacts(station);
  const means = station.evidence.status === 'read' ? station.means?.[primary] : undefined;
  return {
    id: station.id,
    label: station.name,
    status: stationStatus(own, ofSite, facts),
    ...(station.map === undefined ? {} : { map: station.map }),
    ...(means === undefined ? {} : { means }),
    facts: quoteAll(own, facts, catalogue),
    ...(own[0] === undefined ? {} : askFor(own[0], catalogue)),
    reached,
    sources: station.evidence.sources,
  };
}

/** Scans first: they are what most people have. */
function stationFacts(station: Station): readonly FactId[] {
  const { fact } = station;
  if (fact === undefined) return [];
  return fact.includes('{basis}') ? ['clinical', 'pathological'].map((basis) => fact.replaceAll('{basis}', basis)) : [fact];
}

/** Involved as soon as scans or specimen say so; clear when one of them says so and the other says nothing else. */
function stationStatus(own: readonly FactId[], ofSite: SiteStatus, facts: Snapshot): SiteStatus {
  const values = own.flatMap((id) => {
    const state = facts.get(id);
    return state.kind === 'known' ? [state.value] : [];
  });
  if (values.includes(true)) return 'present';
  return values.length > 0 || ofSite === 'absent' ? 'absent' : 'unknown';
}

function regionsOf(facts: Snapshot, catalogue: Catalogue): readonly RegionState[] {
  return REGIONS.map((region) => {
    const id = `pci.region-${region}`;
    const state = facts.get(id);
    const known = state.kind === 'known' ? Number(state.value) : undefined;
    return {
      region,
      score:
        known !== undefined
          ? { min: known, max: known }
          : state.kind === 'between'
            ? { min: state.min, max: state.max }
            : { min: 0, max: WORST_SCORE },
      fact: quote(id, facts, catalogue),
      ...askFor(id, catalogue),
    };
  });
}

const REGIONS: readonly number[] = Array.from({ length: 13 }, (_, region) => region);

function siteFinding(site: Site, primary: PrimarySite, status: SiteStatus, facts: Snapshot, catalogue: Catalogue): Finding {
  const from = site.from[primary] as NonNullable<Site['from'][PrimarySite]>;
  return {
    id: `spread.${site.id}`,
    kind: 'spread',
    title: site.title.clinician,
    titles: site.title,
    verdict: status,
    because: status === 'unknown' ? [] : quoteAll([site.fact, ...sourceFacts(site, facts)], facts, catalogue),
    missing: status === 'unknown' ? quoteAll([site.fact], facts, catalogue) : [],
    sources: status === 'present' ? [...new Set([...from.evidence.sources, ...site.evidence.sources])] : from.evidence.sources,
    text: siteText(site, from, status, facts, catalogue),
    details: publishedOf(site, primary).lines,
  };
}

function siteText(
  site: Site,
  from: NonNullable<Site['from'][PrimarySite]>,
  status: SiteStatus,
  facts: Snapshot,
  catalogue: Catalogue,
): Voices {
  if (status === 'present') {
    const routes = from.routes.map((route) => ROUTES[route].clinician).join(', ');
    return {
      clinician: `Involved. Usual route: ${routes}. ${site.consequence.clinician}${from.stage ? ` ${from.stage.clinician}` : ''}`,
      patient:
        site.consequence.patient + (from.routes[0] ? say` It is reached ${inVoice(ROUTES[from.routes[0]], 'patient')}.` : ''),
    };
  }
  if (status === 'unknown')
    return {
      clinician: `Not known. ${site.look.clinician}`,
      patient: say`We cannot tell from your record whether it is here. ${site.look.patient}`,
    };
  return clearOnImages(site, facts, catalogue)
    ? { clinician: 'Clear on imaging; no specimen is recorded.', patient: 'Your scans say that this place is clear.' }
    : { clinician: 'Recorded as not involved.', patient: 'Your record says that this place is clear.' };
}

function sourceFacts(site: Site, facts: Snapshot): readonly string[] {
  const state = facts.get(site.fact);
  return state.kind === 'known' ? (state.from ?? []) : [];
}
