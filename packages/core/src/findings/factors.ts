/** Factors: what this case has of what goes with a better or worse course, with the measured effect or the lack of one. */
import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import type { Factor, PrimarySite } from '../knowledge/types.js';
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

const ADJUSTED = { yes: 'adjusted', no: 'not adjusted', unclear: 'adjustment not stated' } as const;

interface Prepared {
  readonly effects: readonly { readonly level: string | undefined; readonly line: Details[number] }[];
  readonly always: Details;
  readonly sources: readonly string[];
}

const prepared = new WeakMap<Factor, Prepared>();

/** The lines that are the same for every case. */
function prepare(factor: Factor): Prepared {
  const known = prepared.get(factor);
  if (known) return known;
  const read = <Item extends { readonly evidence: { readonly status: string } }>(items: readonly Item[] | undefined) =>
    (items ?? []).filter((item) => item.evidence.status === 'read');
  const effects = read(factor.effects).map((effect) => ({
    level: effect.level,
    line: {
      text: both(`${claimText(effect)}; ${effect.outcome}, ${ADJUSTED[effect.adjusted]}`),
      sources: effect.evidence.sources,
      prognosis: true as const,
    },
  }));
  const { sources } = factor.evidence;
  const fresh: Prepared = {
    effects,
    always: [
      ...(factor.noEffectKnown ? [{ text: factor.noEffectKnown, sources }] : []),
      ...(factor.hypothesis
        ? [
            {
              text: {
                clinician: `Hypothesis only: ${factor.hypothesis.clinician}`,
                patient: `This is only an idea so far: ${factor.hypothesis.patient}`,
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
    ],
    sources,
  };
  prepared.set(factor, fresh);
  return fresh;
}

/** A factor as a finding; undefined where it is not meant for the case. */
export function factorFinding(factor: Factor, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known' || !factor.primary.includes(site.value as PrimarySite)) return undefined;
  const { level, because, missing } = levelOf(factor, facts);
  if (level === 'none') return undefined;
  const { effects, always, sources } = prepare(factor);
  const own = effects.filter((effect) => effect.level === undefined || level === 'unknown' || effect.level === level);
  const label = factor.levels.find((entry) => entry.id === level)?.label;
  const titles = label
    ? {
        clinician: `${factor.title.clinician}: ${label.clinician}`,
        patient: `${factor.title.patient}: ${label.patient}`,
      }
    : factor.title;
  return {
    id: `factor.${factor.id}`,
    kind: 'factor',
    group: factor.group,
    title: titles.clinician,
    titles,
    verdict: level,
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    sources,
    text: label
      ? factor.about
      : {
          clinician: `Not known for this case. ${factor.about.clinician}`,
          patient: `We do not know this yet. ${factor.about.patient}`,
        },
    details: [...own.map((effect) => effect.line), ...always],
  };
}
