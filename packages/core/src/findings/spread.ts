/** Sites of spread: each present, absent or unknown on its own, with the route that explains it and how often it is reached. */
import type { Snapshot } from '../case/snapshot.js';
import type { PrimarySite, Route, Site } from '../knowledge/types.js';
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
  readonly sites: readonly SiteState[];
}

const ROUTES: Readonly<Record<Route, { readonly clinician: string; readonly patient: string }>> = {
  direct: { clinician: 'direct extension', patient: 'by growing straight into it' },
  serosal: { clinician: 'serosal seeding', patient: 'by cells floating in the fluid of the lining' },
  lymphatic: { clinician: 'lymphatic', patient: 'through lymph vessels' },
  blood: { clinician: 'haematogenous', patient: 'through the blood' },
  tract: { clinician: 'procedure tract', patient: 'along the path of a needle or drain' },
};

function statusOf(site: Site, facts: Snapshot): SiteStatus {
  const state = facts.get(site.fact);
  return state.kind !== 'known' ? 'unknown' : state.value === true ? 'present' : 'absent';
}

const ORDER: Readonly<Record<SiteStatus, number>> = { present: 0, unknown: 1, absent: 2 };

/** Every site that the primary can reach, the involved ones first. */
export function spreadOf(sites: readonly Site[], facts: Snapshot, catalogue: Catalogue): Spread {
  const state = facts.get('tumour.primary-site');
  if (state.kind !== 'known') return { sites: [] };
  const primary = state.value as PrimarySite;
  const own = sites.filter((site) => site.from[primary] !== undefined);
  return {
    primary,
    sites: own
      .map((site) => ({
        id: site.id,
        label: site.title,
        status: statusOf(site, facts),
        routes: site.from[primary]?.routes ?? [],
        fact: quote(site.fact, facts, catalogue),
      }))
      .sort((a, b) => ORDER[a.status] - ORDER[b.status]),
  };
}

/** One finding per site. What an involved site does is said only where it is involved: nobody needs the list of all harms. */
export function spreadFindings(sites: readonly Site[], facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  const state = facts.get('tumour.primary-site');
  if (state.kind !== 'known') return [];
  const primary = state.value as PrimarySite;
  const findings = sites.flatMap((site): Finding[] => {
    const from = site.from[primary];
    if (from === undefined) return [];
    const status = statusOf(site, facts);
    const routes = from.routes.map((route) => ROUTES[route].clinician).join(', ');
    const frequencies = site.frequencies.filter((claim) => claim.primary === primary && claim.evidence.status === 'read');
    const text =
      status === 'present'
        ? {
            clinician: `Involved. Usual route: ${routes}. ${site.consequence.clinician}${from.stage ? ` ${from.stage.clinician}` : ''}`,
            patient:
              `${site.consequence.patient} ${from.routes[0] ? `It is reached ${ROUTES[from.routes[0]].patient}.` : ''}`.trim(),
          }
        : status === 'absent'
          ? { clinician: 'Recorded as not involved.', patient: 'Your record says that this place is clear.' }
          : {
              clinician: `Not known. ${site.look.clinician}`,
              patient: `We cannot tell from your record whether it is here. ${site.look.patient}`,
            };
    return [
      {
        id: `spread.${site.id}`,
        kind: 'spread',
        title: site.title.clinician,
        titles: site.title,
        verdict: status,
        because: status === 'unknown' ? [] : quoteAll([site.fact, ...sourceFacts(site, facts)], facts, catalogue),
        missing: status === 'unknown' ? quoteAll([site.fact], facts, catalogue) : [],
        sources: [...new Set([...from.evidence.sources, ...(status === 'present' ? site.evidence.sources : [])])],
        text,
        details: frequencies.map((claim) => ({
          text: both(claimText(claim)),
          sources: claim.evidence.sources,
          clinicianOnly: true,
        })),
      },
    ];
  });
  return findings.sort((a, b) => ORDER[a.verdict as SiteStatus] - ORDER[b.verdict as SiteStatus]);
}

function sourceFacts(site: Site, facts: Snapshot): readonly string[] {
  const state = facts.get(site.fact);
  return state.kind === 'known' ? (state.from ?? []) : [];
}
