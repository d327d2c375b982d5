/** Sites of spread: each present, absent or unknown on its own, with the route that explains it and how often it is reached. */
import type { Snapshot } from '../case/snapshot.js';
import { factsOf, verdictOf } from '../criteria/evaluate.js';
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
  /** Where it began and what fluid there is, as far as that is known. */
  readonly began: readonly QuotedFact[];
  readonly sites: readonly SiteState[];
}

const ROUTES: Readonly<Record<Route, { readonly clinician: string; readonly patient: string }>> = {
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
  const inputs = factsOf(derive.when);
  if (![...inputs].some((id) => id.startsWith('clinical.') && facts.get(id).kind === 'known')) return false;
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

/** Every site that the primary can reach, the involved ones first. */
export function spreadOf(sites: readonly Site[], facts: Snapshot, catalogue: Catalogue): Spread {
  const state = facts.get('tumour.primary-site');
  if (state.kind !== 'known') return { began: [], sites: [] };
  const primary = state.value as PrimarySite;
  const own = sites.filter((site) => site.from[primary] !== undefined);
  return {
    primary,
    began: quoteAll(
      BEGAN.filter((id) => facts.get(id).kind === 'known'),
      facts,
      catalogue,
    ),
    sites: own
      .map((site) => ({
        id: site.id,
        label: site.title,
        status: statusOf(site, facts, catalogue),
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
    const status = statusOf(site, facts, catalogue);
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
          ? clearOnImages(site, facts, catalogue)
            ? { clinician: 'Clear on imaging; no specimen is recorded.', patient: 'Your scans say that this place is clear.' }
            : { clinician: 'Recorded as not involved.', patient: 'Your record says that this place is clear.' }
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
