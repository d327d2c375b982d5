/** From what a report knows of the spread to its places: which there are and in which state. What is drawn of them comes later. */
import {
  inVoice,
  type NodeCategory,
  type PlaceQuestion,
  type QuotedFact,
  type Reached,
  type RegionState,
  type Route,
  type SiteState,
  type SiteStatus,
  type Spread,
  type StationState,
  say,
  type Voice,
  type Voices,
} from '@serosa/core';
import { dateWords, ORIGIN_WORDS, REASON_WORDS, STATUS_WORDS } from '../words.js';

export interface Place {
  /** Id of the site, of site and station, or of the region. */
  readonly key: string;
  readonly status: SiteStatus;
  readonly name: Voices;
  readonly routes: readonly Route[];
  readonly facts: readonly QuotedFact[];
  readonly ask?: PlaceQuestion | undefined;
  readonly reached: readonly Reached[];
  readonly site?: SiteState;
  readonly station?: StationState;
  readonly region?: RegionState;
}

/** Every place of a case: sites, each followed by its stations, then regions. */
export function placesOf(spread: Spread): readonly Place[] {
  return [
    ...spread.sites.flatMap((site) => [
      placeOfSite(site),
      ...site.stations.filter(standsAlone).map((station) => placeOfStation(site, station)),
    ]),
    ...(spread.regions ?? []).map(placeOfRegion),
  ];
}

/** Stations that are asked for one by one are places; the others are parts of the place that is their site. */
export const standsAlone = (station: StationState): boolean => station.facts.length > 0;

function placeOfSite(site: SiteState): Place {
  const { id, status, label, routes, fact, ask, reached } = site;
  return { key: id, status, name: label, routes, facts: [fact], ask, reached, site };
}

function placeOfStation(site: SiteState, station: StationState): Place {
  const { id, status, label, facts, ask, reached } = station;
  return { key: `${site.id}.${id}`, status, name: label, routes: site.routes, facts, ask, reached, station };
}

function placeOfRegion(region: RegionState): Place {
  const { score, fact, ask } = region;
  const status = score.min > 0 ? 'present' : score.max === 0 ? 'absent' : 'unknown';
  return { key: `region-${region.region}`, status, name: fact.label, routes: [], facts: [fact], ask, reached: [], region };
}

/** Id of the row of the table that tells of a place. */
export const rowId = (key: string): string => `place-${key.replaceAll('.', '--')}`;

/** A score, or the stretch in which it lies. */
export const scoreWords = ({ min, max }: RegionState['score']): string =>
  min === max ? String(min) : min === 0 && max === 3 ? '?' : `${min}–${max}`;

export function statusWords({ status, region }: Place, voice: Voice): string {
  return region === undefined || status === 'unknown'
    ? inVoice(STATUS_WORDS[status], voice)
    : say`${scoreWords(region.score)} of 3`;
}

/** How the state of a place is known, or why it is not. */
export function knownFrom(facts: readonly QuotedFact[], voice: Voice): string {
  const known = facts.filter((fact) => fact.reason === undefined && fact.value !== undefined);
  if (known.length === 0) return inVoice(REASON_WORDS[facts[0]?.reason ?? 'not-recorded'], voice);
  return known
    .map((fact) => {
      const from = [fact.origin && inVoice(ORIGIN_WORDS[fact.origin.kind], voice), fact.date && dateWords(fact.date)].filter(
        Boolean,
      );
      if (from.length > 0) return from.join(', ');
      return voice === 'patient' ? say`follows from other entries` : 'derived';
    })
    .join('; ');
}

const CATEGORY_WORDS: Readonly<Record<NodeCategory, Voices>> = {
  N1: { clinician: 'Counts as N1.', patient: 'Here it counts as nearby spread (N1).' },
  N2: { clinician: 'Counts as N2.', patient: 'Here it counts as nearby spread, a step further (N2).' },
  N3: { clinician: 'Counts as N3.', patient: 'Here it counts as nearby spread, two steps further (N3).' },
  M1: { clinician: 'Counts as M1.', patient: 'Here it counts as distant spread (M1).' },
  none: { clinician: 'Makes no category.', patient: 'It has no letter in the rules for staging.' },
};

/** What a place means for the stage when it is involved. */
export function stageWords({ station, site }: Place, voice: Voice): string | undefined {
  return station?.means === undefined ? site?.stage?.[voice] : inVoice(CATEGORY_WORDS[station.means], voice);
}
