/** Factors: what this case has of what goes with a better or worse course, with the measured effect or the lack of one. */

import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import type { Factor, PrimarySite, Voices } from '../knowledge/types.js';
import { said, say, toSay } from '../language.js';
import { oncePer } from '../once.js';
import { both, type Catalogue, claimText, type Finding, quoteAll } from './finding.js';

/** The level of a factor that holds; `unknown` while a fact is missing, `none` where no level is meant for the case. */
export function levelOf(
  factor: Factor,
  facts: Snapshot,
): { readonly level: string; readonly because: readonly FactId[]; readonly missing: readonly FactId[] } {
  const missing = new Set<FactId>();
  for (const level of factor.levels) {
    const explanation = facts.explain(level.when);
    if (explanation.verdict === 'true' && missing.size === 0)
      return { level: level.id, because: explanation.because, missing: [] };
    for (const id of explanation.missing) missing.add(id);
  }
  return missing.size > 0
    ? { level: 'unknown', because: [], missing: [...missing] }
    : { level: 'none', because: [], missing: [] };
}

type Details = NonNullable<Finding['details']>;

const OUTCOMES = {
  survival: toSay('survival'),
  progression: toSay('progression'),
  spread: toSay('spread'),
  response: toSay('response'),
  recurrence: toSay('recurrence'),
} as const;

const ADJUSTED = { yes: toSay('adjusted'), no: toSay('not adjusted'), unclear: toSay('adjustment not stated') } as const;

/** What a factor says at one level, or while its level is unknown: the same for every case. */
type Said = Pick<Finding, 'title' | 'titles' | 'text' | 'details' | 'sources'>;

const prepare = oncePer((factor: Factor): ReadonlyMap<string, Said> => {
  const read = <Item extends { readonly evidence: { readonly status: string } }>(items: readonly Item[] | undefined) =>
    (items ?? []).filter((item) => item.evidence.status === 'read');
  const effects = read(factor.effects).map((effect) => ({
    level: effect.level,
    line: {
      text: both(`${claimText(effect)}; ${said(OUTCOMES[effect.outcome])}, ${said(ADJUSTED[effect.adjusted])}`),
      sources: effect.evidence.sources,
      prognosis: true as const,
    },
  }));
  const { sources } = factor.evidence;
  const always: Details = [
    ...(factor.noEffectKnown ? [{ text: factor.noEffectKnown, sources }] : []),
    ...(factor.hypothesis
      ? [
          {
            text: {
              clinician: `Hypothesis only: ${factor.hypothesis.clinician}`,
              patient: say`This is only an idea so far: ${factor.hypothesis.patient}`,
            },
            sources,
          },
        ]
      : []),
    ...read(factor.frequencies).map((claim) => ({
      text: both(claimText(claim)),
      sources: claim.evidence.sources,
      clinicianOnly: true,
    })),
  ];
  const atLevel = (level: string, titles: Voices, text: Voices): readonly [string, Said] => [
    level,
    {
      title: titles.clinician,
      titles,
      sources,
      text,
      details: [
        ...effects
          .filter((effect) => effect.level === undefined || level === 'unknown' || effect.level === level)
          .map((effect) => effect.line),
        ...always,
      ],
    },
  ];
  return new Map([
    atLevel('unknown', factor.title, {
      clinician: `Not known for this case. ${factor.about.clinician}`,
      patient: say`We do not know this yet. ${factor.about.patient}`,
    }),
    ...factor.levels.map(({ id, label }) =>
      atLevel(
        id,
        {
          clinician: `${factor.title.clinician}: ${label.clinician}`,
          patient: `${factor.title.patient}: ${label.patient}`,
        },
        factor.about,
      ),
    ),
  ]);
});

/** A factor as a finding; undefined where it is not meant for the case. */
export function factorFinding(factor: Factor, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known' || !factor.primary.includes(site.value as PrimarySite)) return undefined;
  const { level, because, missing } = levelOf(factor, facts);
  const words = prepare(factor).get(level);
  if (words === undefined) return undefined;
  return {
    id: `factor.${factor.id}`,
    kind: 'factor',
    group: factor.group,
    verdict: level,
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    ...words,
  };
}
