/** The six steps of spread for one case: which routes need each, what drives it, which drugs act there. */

import type { Snapshot } from '../case/snapshot.js';
import type { Criterion } from '../criteria/expression.js';
import type { CascadeStep, Voices } from '../knowledge/types.js';
import { inVoice, said, say } from '../language.js';
import { oncePer } from '../once.js';
import { addOnce, type Catalogue, type Finding, quoteAll } from './finding.js';
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

type Details = NonNullable<Finding['details']>;

interface Prepared {
  readonly titles: Voices;
  readonly head: Details;
  readonly players: readonly {
    readonly when: Criterion | undefined;
    readonly line: Details[number];
    readonly seen: Details[number];
  }[];
  readonly drugs: Details;
}

/** The lines that are the same for every case. */
const prepare = oncePer((step: CascadeStep): Prepared => {
  const list = (voice: 'clinician' | 'patient'): string => step.routes.map((route) => inVoice(ROUTES[route], voice)).join(', ');
  const named = (name: Voices, text: Voices, clinician: string, patient: string): Voices => ({
    clinician: `${name.clinician}${clinician}: ${text.clinician}`,
    patient: `${name.patient}${patient}: ${text.patient}`,
  });
  return {
    titles: { clinician: `${step.order}. ${step.title.clinician}`, patient: `${step.order}. ${step.title.patient}` },
    head: [
      {
        text: { clinician: `Needed by: ${list('clinician')}.`, patient: say`This step is part of spread ${list('patient')}.` },
        sources: [],
      },
      {
        text: { clinician: `${SUPPORT[step.support.level]} ${step.support.text.clinician}`, patient: step.support.text.patient },
        sources: step.support.evidence.sources,
      },
    ],
    players: step.players
      .filter((player) => player.evidence.status === 'read')
      .map(({ name, text, when, evidence: { sources } }) => ({
        when,
        line: { text: named(name, text, '', ''), sources },
        seen: { text: named(name, text, ' (seen in this case)', say` (found in your tumour)`), sources },
      })),
    drugs: step.drugs
      .filter((drug) => drug.evidence.status === 'read')
      .map(({ name, text, status, evidence: { sources } }) => ({
        text: named(name, text, ` (${STATUS[status].clinician})`, ` (${said(STATUS[status].patient)})`),
        sources,
      })),
  };
});

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
      const { titles, head, players, drugs } = prepare(step);
      const reached = present.filter((site) => site.routes.some((route) => step.routes.includes(route)));
      const because = reached.map((site) => site.fact.id);
      const lines = players.map(({ when, line, seen }) => {
        if (when === undefined || facts.verdict(when) !== 'true') return line;
        addOnce(because, facts.explain(when).because);
        return seen;
      });
      return {
        id: `cascade.${step.id}`,
        kind: 'spread',
        group: 'cascade',
        title: titles.clinician,
        titles,
        verdict: reached.length > 0 ? 'in-play' : 'possible',
        because: quoteAll(because, facts, catalogue),
        missing: [],
        sources: step.evidence.sources,
        text: step.what,
        details: [...head, ...lines, ...drugs],
      };
    });
}
