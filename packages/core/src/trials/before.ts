/** What of a report bears on whether trials are shown, and stands before them. */
import type { Finding } from '../findings/finding.js';

/** Notices after which no trial is looked at. */
const ENDS: ReadonlySet<string> = new Set(['notice.died', 'notice.not-mesothelioma']);

/** Whether a finding of the report means that no trial is shown: the person has died, or has another disease. */
export function endsTrials({ id }: Pick<Finding, 'id'>): boolean {
  return ENDS.has(id);
}

/** Findings of a report that stand before a list of trials: what cannot wait, and what ends the matter. */
export function standsBeforeTrials(finding: Pick<Finding, 'id' | 'kind' | 'verdict'>): boolean {
  const { kind, verdict } = finding;
  return endsTrials(finding) || (kind === 'symptom' && (verdict === 'emergency' || verdict === 'same-day'));
}
