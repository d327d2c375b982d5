/** Sites of spread: each present, absent or unknown on its own, with the route that explains it and how often it is reached. */
import type { Snapshot } from '../case/snapshot.js';
import { factsIn, verdictOf } from '../criteria/evaluate.js';
import type { PrimarySite, Route, Site, Voices } from '../knowledge/types.js';
import { both, type Catalogue, claimText, type Finding, type QuotedFact, quote, quoteAll } from './finding.js';

export type SiteStatus = 'present' | 'absent' | 'unknown';

export interface SiteState {
  readonly id: string;
  readonly label: Site['title'];
  readonly status: SiteStatus;
  readonly routes: readonly Route[];
  readonly fact: QuotedFact;
}

export interface Spread {
  readonly primary?: PrimarySite;
  /** Where it began and what fluid there is, as far as that is known. */
  readonly began: readonly QuotedFact[];
  readonly sites: readonly SiteState[];
}

export const ROUTES: Readonly<Record<Route, { readonly clinician: string; readonly patient: string }>> = {
  direct: { clinician: 'direct extension', patient: 'by growing straight into it' },
  serosal: { clinician: 'serosal seeding', patient: 'by cells floating in the fluid of the lining' },
  lymphatic: { clinician: 'lymphatic', patient: 'through lymph vessels' },
  blood: { clinician: 'haematogenous', patient: 'through the blood' },
  tract: { clinician: 'procedure tract', patient: 'along the path of a needle or drain' },
};

const BEGAN = ['tumour.primary-site', 'tumour.laterality', 'extent.effusion', 'extent.ascites'] as const;

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

/** The published frequencies of a site as lines of a finding, by primary site: the same for every case. */
const frequencyLines = new WeakMap<Site, Partial<Record<PrimarySite, NonNullable<Finding['details']>>>>();

function frequenciesOf(site: Site, primary: PrimarySite): NonNullable<Finding['details']> {
  const known = frequencyLines.get(site) ?? {};
  frequencyLines.set(site, known);
  known[primary] ??= site.frequencies
    .filter((claim) => claim.primary === primary && claim.evidence.status === 'read')
    .map((claim) => ({ text: both(claimText(claim)), sources: claim.evidence.sources, clinicianOnly: true }));
  return known[primary];
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
      began: quoteAll(
        BEGAN.filter((id) => facts.get(id).kind === 'known'),
        facts,
        catalogue,
      ),
      sites: own.map(({ site, status }) => ({
        id: site.id,
        label: site.title,
        status,
        routes: site.from[primary]?.routes ?? [],
        fact: quote(site.fact, facts, catalogue),
      })),
    },
    findings: own.map(({ site, status }) => siteFinding(site, primary, status, facts, catalogue)),
  };
}

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
    details: frequenciesOf(site, primary),
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
      patient: `${site.consequence.patient} ${from.routes[0] ? `It is reached ${ROUTES[from.routes[0]].patient}.` : ''}`.trim(),
    };
  }
  if (status === 'unknown')
    return {
      clinician: `Not known. ${site.look.clinician}`,
      patient: `We cannot tell from your record whether it is here. ${site.look.patient}`,
    };
  return clearOnImages(site, facts, catalogue)
    ? { clinician: 'Clear on imaging; no specimen is recorded.', patient: 'Your scans say that this place is clear.' }
    : { clinician: 'Recorded as not involved.', patient: 'Your record says that this place is clear.' };
}

function sourceFacts(site: Site, facts: Snapshot): readonly string[] {
  const state = facts.get(site.fact);
  return state.kind === 'known' ? (state.from ?? []) : [];
}
