/** The six steps of spread for one case: which routes need each, what drives it, which drugs act there. */
import type { Snapshot } from '../case/snapshot.js';
import type { CascadeStep } from '../knowledge/types.js';
import { type Catalogue, type Finding, quoteAll } from './finding.js';
import { ROUTES, type Spread } from './spread.js';

const SUPPORT = {
  human: 'Shown in people.',
  animal: 'Shown in animals.',
  cells: 'Shown in cells.',
  borrowed: 'Mostly borrowed from other tumours.',
} as const;

const STATUS = {
  standard: { clinician: 'in use', patient: 'in use' },
  trial: { clinician: 'in trials', patient: 'tried in studies' },
  failed: { clinician: 'tested without benefit', patient: 'tested, and did not help' },
  laboratory: { clinician: 'laboratory only', patient: 'only in the laboratory so far' },
} as const;

/**
 * Verdict `in-play`: a place that this case is known to have is reached by a route that needs the step. `possible`: nothing
 * known of the case needs it, which is no sign that it has not happened.
 */
export function cascadeFindings(
  steps: readonly CascadeStep[],
  spread: Spread,
  facts: Snapshot,
  catalogue: Catalogue,
): readonly Finding[] {
  if (spread.primary === undefined) return [];
  const present = spread.sites.filter((site) => site.status === 'present');
  return [...steps]
    .sort((a, b) => a.order - b.order)
    .map((step): Finding => {
      const reached = present.filter((site) => site.routes.some((route) => step.routes.includes(route)));
      const seen = step.players.filter(
        (player) => player.when !== undefined && player.evidence.status === 'read' && facts.verdict(player.when) === 'true',
      );
      const because = [
        ...reached.map((site) => site.fact.id),
        ...seen.flatMap((player) => (player.when ? facts.explain(player.when).because : [])),
      ];
      const list = (voice: 'clinician' | 'patient'): string => step.routes.map((route) => ROUTES[route][voice]).join(', ');
      return {
        id: `cascade.${step.id}`,
        kind: 'spread',
        group: 'cascade',
        title: `${step.order}. ${step.title.clinician}`,
        titles: { clinician: `${step.order}. ${step.title.clinician}`, patient: `${step.order}. ${step.title.patient}` },
        verdict: reached.length > 0 ? 'in-play' : 'possible',
        because: quoteAll(because, facts, catalogue),
        missing: [],
        sources: step.evidence.sources,
        text: step.what,
        details: [
          {
            text: { clinician: `Needed by: ${list('clinician')}.`, patient: `This step is part of spread ${list('patient')}.` },
            sources: [],
          },
          {
            text: {
              clinician: `${SUPPORT[step.support.level]} ${step.support.text.clinician}`,
              patient: step.support.text.patient,
            },
            sources: step.support.evidence.sources,
          },
          ...step.players
            .filter((player) => player.evidence.status === 'read')
            .map((player) => ({
              text: {
                clinician: `${player.name.clinician}${seen.includes(player) ? ' (seen in this case)' : ''}: ${player.text.clinician}`,
                patient: `${player.name.patient}${seen.includes(player) ? ' (found in your tumour)' : ''}: ${player.text.patient}`,
              },
              sources: player.evidence.sources,
            })),
          ...step.drugs
            .filter((drug) => drug.evidence.status === 'read')
            .map((drug) => ({
              text: {
                clinician: `${drug.name.clinician} (${STATUS[drug.status].clinician}): ${drug.text.clinician}`,
                patient: `${drug.name.patient} (${STATUS[drug.status].patient}): ${drug.text.patient}`,
              },
              sources: drug.evidence.sources,
            })),
        ],
      };
    });
}
