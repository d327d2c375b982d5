/** Symptom triage. A red flag that nobody has ruled out is taken as present: the one place where unknown raises, never lowers. */

import type { Snapshot } from '../case/snapshot.js';
import type { Symptom, Urgency, Voices } from '../knowledge/types.js';
import { inVoice, said, say } from '../language.js';
import { type Catalogue, type Finding, quoteAll } from './finding.js';

export const URGENCIES: readonly Urgency[] = ['emergency', 'same-day', 'days', 'next-visit'];

/** How urgent a symptom is for this case; undefined when it is not known to be present. */
export function urgencyOf(symptom: Symptom, facts: Snapshot): { readonly urgency: Urgency; readonly line: number } | undefined {
  if (facts.verdict(symptom.trigger) !== 'true') return undefined;
  const line = symptom.levels.findIndex((level) => level.when === undefined || facts.verdict(level.when) !== 'false');
  const level = symptom.levels[line];
  return level && { urgency: level.urgency, line };
}

/** What is said of a symptom at one of its levels, before anything is known of the person. */
export function symptomAtLevel(symptom: Symptom, level: Symptom['levels'][number]): Finding {
  const { sources } = level.evidence;
  return {
    id: `symptom.${symptom.id}`,
    kind: 'symptom',
    title: symptom.title.clinician,
    titles: symptom.title,
    verdict: level.urgency,
    urgency: level.urgency,
    because: [],
    missing: [],
    sources,
    text: symptom.doNow,
    details: [...(symptom.say ? [{ text: symptom.say, sources }] : []), { text: symptom.mayMean, sources }],
  };
}

export function symptomFinding(symptom: Symptom, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const found = urgencyOf(symptom, facts);
  if (found === undefined) return undefined;
  const level = symptom.levels[found.line] as Symptom['levels'][number];
  const trigger = facts.explain(symptom.trigger);
  const reason = level.when === undefined ? undefined : facts.explain(level.when);
  const assumed = reason?.verdict === 'unknown' || reason?.verdict === 'judgement';
  const caution: Voices = assumed
    ? {
        clinician: ' Red flags that are not recorded are taken as present until ruled out.',
        patient: ' We do not know some of the warning signs here, so we take the careful view.',
      }
    : { clinician: '', patient: '' };
  return {
    ...symptomAtLevel(symptom, level),
    because: quoteAll([...trigger.because, ...(reason?.because ?? [])], facts, catalogue),
    missing: quoteAll(reason?.missing ?? [], facts, catalogue),
    text: {
      clinician: `${symptom.doNow.clinician}${caution.clinician}`,
      patient: `${symptom.doNow.patient}${said(caution.patient)}`,
    },
  };
}

/** Symptoms named to everybody of whom no symptom is recorded: common or dangerous enough that a family should know them. */
const WARNING_SIGNS: readonly string[] = [
  'breathless-severe',
  'cord-compression',
  'coughing-blood-more',
  'face-arm-swelling',
  'fever',
  'seizure',
];

/** Nothing said of symptoms is not "no symptoms": the signs that cannot wait are then named. Absent once any is recorded. */
export function warningSigns(symptoms: readonly Symptom[], facts: Snapshot): Finding | undefined {
  const asked = facts.recorded.some((id) => id.startsWith('symptom.') && facts.get(id).kind === 'known');
  const named = WARNING_SIGNS.map((id) => symptoms.find((symptom) => symptom.id === id)).filter(
    (symptom) => symptom !== undefined,
  );
  if (asked || named.length === 0) return undefined;
  const list = (voice: 'clinician' | 'patient'): string => named.map((symptom) => inVoice(symptom.title, voice)).join('; ');
  return {
    id: 'notice.warning-signs',
    kind: 'notice',
    title: 'No symptoms recorded',
    titles: { clinician: 'No symptoms recorded', patient: 'Signs that cannot wait' },
    verdict: 'warning-signs',
    because: [],
    missing: [],
    sources: [...new Set(named.flatMap((symptom) => symptom.levels[0]?.evidence.sources ?? []))],
    text: {
      clinician: `Nothing is recorded on symptoms; that is not their absence. Ask about: ${list('clinician')}.`,
      patient: say`Nothing is written here about how you feel. Call your local emergency number or your team at once if you notice any of these: ${list('patient')}.`,
    },
  };
}
