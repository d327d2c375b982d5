/** Symptom triage. A red flag that nobody has ruled out is taken as present: the one place where unknown raises, never lowers. */
import type { Snapshot } from '../case/snapshot.js';
import { evaluate, explain, verdictOf } from '../criteria/evaluate.js';
import type { Symptom, Urgency, Voices } from '../knowledge/types.js';
import { type Catalogue, type Finding, quoteAll } from './finding.js';

export const URGENCIES: readonly Urgency[] = ['emergency', 'same-day', 'days', 'next-visit'];

/** How urgent a symptom is for this case; undefined when it is not known to be present. */
export function urgencyOf(symptom: Symptom, facts: Snapshot): { readonly urgency: Urgency; readonly line: number } | undefined {
  if (verdictOf(symptom.trigger, facts) !== 'true') return undefined;
  const line = symptom.levels.findIndex((level) => level.when === undefined || verdictOf(level.when, facts) !== 'false');
  const level = symptom.levels[line];
  return level && { urgency: level.urgency, line };
}

export function symptomFinding(symptom: Symptom, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const found = urgencyOf(symptom, facts);
  if (found === undefined) return undefined;
  const level = symptom.levels[found.line] as Symptom['levels'][number];
  const trigger = explain(evaluate(symptom.trigger, facts));
  const reason = level.when === undefined ? undefined : explain(evaluate(level.when, facts));
  const assumed = reason?.verdict === 'unknown' || reason?.verdict === 'judgement';
  const caution: Voices = assumed
    ? {
        clinician: ' Red flags that are not recorded are taken as present until ruled out.',
        patient: ' We do not know some of the warning signs here, so we take the careful view.',
      }
    : { clinician: '', patient: '' };
  return {
    id: `symptom.${symptom.id}`,
    kind: 'symptom',
    title: symptom.title.clinician,
    titles: symptom.title,
    verdict: found.urgency,
    urgency: found.urgency,
    because: quoteAll([...trigger.because, ...(reason?.because ?? [])], facts, catalogue),
    missing: quoteAll(reason?.missing ?? [], facts, catalogue),
    sources: level.evidence.sources,
    text: {
      clinician: `${symptom.doNow.clinician}${caution.clinician}`,
      patient: `${symptom.doNow.patient}${caution.patient}`,
    },
    details: [{ text: symptom.mayMean, sources: level.evidence.sources }],
  };
}
