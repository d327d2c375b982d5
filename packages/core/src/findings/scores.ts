/** Prognostic scores: the group a case falls into, or the groups it can still fall into. Shown to patients only on request. */
import type { Snapshot } from '../case/snapshot.js';
import { factsOf } from '../criteria/evaluate.js';
import type { FactId } from '../criteria/expression.js';
import type { Score, ScoreGroup } from '../knowledge/types.js';
import { both, type Catalogue, claimText, type Finding, quoteAll } from './finding.js';

export interface ScoreResult {
  /** Groups still possible; one means settled, none that the published tree is not known for this case. */
  readonly groups: readonly ScoreGroup[];
  /** Lowest and highest total, in the units of the score; absent for a tree. */
  readonly points?: readonly [number, number];
  readonly because: readonly FactId[];
  readonly missing: readonly FactId[];
}

/** Computes a score from what is known; nothing missing is taken for zero. */
export function scoreOf(score: Score, facts: Snapshot): ScoreResult {
  const because = new Set<FactId>();
  const missing = new Set<FactId>();
  let total: readonly [number, number] | undefined;
  if (score.points !== undefined) {
    let min = 0;
    let max = 0;
    for (const item of score.points) {
      const possible: number[] = [];
      let decided = false;
      for (const line of item.lines) {
        const verdict = facts.verdict(line.when);
        if (verdict !== 'false') possible.push(line.then);
        const explanation = facts.explain(line.when);
        for (const id of explanation.missing) missing.add(id);
        for (const id of explanation.because) because.add(id);
        if (verdict === 'true') {
          decided = true;
          break;
        }
      }
      if (!decided) possible.push(item.else);
      min += Math.min(...possible);
      max += Math.max(...possible);
    }
    total = [min, max];
  }
  const scale = score.scale ?? 1;
  const points = total === undefined ? undefined : ([total[0] / scale, total[1] / scale] as const);
  const groups: ScoreGroup[] = [];
  for (const group of score.groups) {
    if (group.when !== undefined) {
      const explanation = facts.explain(group.when);
      if (explanation.verdict === 'true') {
        return { groups: [group], ...(points ? { points } : {}), because: explanation.because, missing: [] };
      }
      if (explanation.verdict === 'unknown') {
        groups.push(group);
        for (const id of explanation.missing) missing.add(id);
      } else for (const id of explanation.because) because.add(id);
    } else if (
      total !== undefined &&
      total[1] >= (group.from ?? Number.NEGATIVE_INFINITY) &&
      total[0] <= (group.to ?? Number.POSITIVE_INFINITY)
    ) {
      groups.push(group);
    }
  }
  const settled = groups.length === 1 && score.points !== undefined && groups[0]?.when === undefined;
  return { groups, ...(points ? { points } : {}), because: [...because], missing: settled ? [] : [...missing] };
}

/** Every fact a score reads. */
export function factsOfScore(score: Score): ReadonlySet<FactId> {
  const into = new Set<FactId>();
  for (const item of score.points ?? []) for (const line of item.lines) factsOf(line.when, into);
  for (const group of score.groups) if (group.when) factsOf(group.when, into);
  return into;
}

/** Whether the score may be computed at all: its formula was read, and the case is of its kind. */
export function scoreApplies(score: Score, facts: Snapshot): boolean {
  if (score.evidence.status !== 'read') return false;
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known' || !(score.primary as readonly string[]).includes(String(site.value))) return false;
  return score.appliesWhen === undefined || facts.verdict(score.appliesWhen) !== 'false';
}

export function scoreFinding(score: Score, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  if (!scoreApplies(score, facts)) return undefined;
  // The site alone says nothing: a score is shown once some other input is known.
  if (![...factsOfScore(score)].some((id) => id !== 'tumour.primary-site' && facts.get(id).kind !== 'unknown')) return undefined;
  const result = scoreOf(score, facts);
  const [only] = result.groups;
  const settled = result.groups.length === 1 && result.missing.length === 0 ? only : undefined;
  // A group that nobody has read, or none at all: say so instead of guessing.
  const notKnown = result.missing.length === 0 && (settled === undefined || settled.evidence.status !== 'read');
  const points =
    result.points === undefined
      ? ''
      : result.points[0] === result.points[1]
        ? `${result.points[0]} points: `
        : `${result.points[0]} to ${result.points[1]} points: `;
  const outcome =
    notKnown || settled === undefined ? [] : (settled.outcome ?? []).filter((claim) => claim.evidence.status === 'read');
  const text = notKnown
    ? (score.otherwise ?? {
        clinician: 'The published tree is not encoded for this case.',
        patient: 'This score cannot be worked out here.',
      })
    : settled
      ? { clinician: `${points}${settled.label.clinician}.`, patient: settled.label.patient }
      : {
          clinician: `${points}still possible: ${result.groups.map((group) => group.label.clinician).join('; ')}.`,
          patient: 'Some facts are missing, so this score is not settled.',
        };
  return {
    id: `score.${score.id}`,
    kind: 'score',
    title: score.title.clinician,
    titles: score.title,
    verdict: notKnown ? 'not-encoded' : settled ? settled.id : 'undecided',
    possible: notKnown ? [] : result.groups.map((group) => group.id),
    because: quoteAll(result.because, facts, catalogue),
    missing: quoteAll(result.missing, facts, catalogue),
    sources: [...new Set([...score.evidence.sources, ...(settled?.evidence.sources ?? [])])],
    text,
    details: [
      ...outcome.map((claim) => ({ text: both(claimText(claim)), sources: claim.evidence.sources })),
      { text: score.population, sources: score.evidence.sources },
      { text: score.whenNotToUse, sources: [] },
    ],
  };
}
