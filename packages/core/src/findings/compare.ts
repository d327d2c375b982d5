/** Two reports side by side: what one changed fact changes. */
import type { Voices } from '../knowledge/types.js';
import type { FindingKind } from './finding.js';
import type { Report, StageReport } from './guide.js';

export interface StageChange {
  /** Key of the staging system, such as `tnm9`. */
  readonly system: string;
  readonly basis: string;
  /** Groups that are still possible; empty where the system says nothing. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface FindingChange {
  readonly id: string;
  readonly kind: FindingKind;
  readonly titles: Voices;
  /** Absent on the side on which the finding is not made. */
  readonly before?: string;
  readonly after?: string;
}

export interface ReportChanges {
  readonly stages: readonly StageChange[];
  /** Findings that come, go, or have another verdict: in the order of the later report, then those that went. */
  readonly findings: readonly FindingChange[];
}

/** What differs between two reports of one case. Both have to be of the same knowledge and voice. */
export function compareReports(before: Report, after: Report): ReportChanges {
  const was = groupsOf(before.stage);
  const is = groupsOf(after.stage);
  const stages = [...new Set([...is.keys(), ...was.keys()])].flatMap((key): StageChange[] => {
    const [system = '', basis = ''] = key.split(' ');
    const change = { system, basis, before: was.get(key) ?? [], after: is.get(key) ?? [] };
    return change.before.join() === change.after.join() ? [] : [change];
  });
  const old = new Map(before.findings.map((finding) => [finding.id, finding]));
  const now = new Map(after.findings.map((finding) => [finding.id, finding]));
  const findings = [...new Set([...now.keys(), ...old.keys()])].flatMap((id): FindingChange[] => {
    const [first, second] = [old.get(id), now.get(id)];
    const { kind, titles } = second ?? first!;
    // The stage is told by its groups.
    if (kind === 'stage' || first?.verdict === second?.verdict) return [];
    return [{ id, kind, titles, ...(first && { before: first.verdict }), ...(second && { after: second.verdict }) }];
  });
  return { stages, findings };
}

/** Possible groups by `system basis`. */
function groupsOf({ pleural, peritoneal }: StageReport): ReadonlyMap<string, readonly string[]> {
  const systems = { ...pleural, ...(peritoneal === undefined ? {} : { yan: peritoneal.yan }) };
  return new Map(
    Object.entries(systems).flatMap(([system, bases]) =>
      Object.entries(bases).map(([basis, { group }]) => [`${system} ${basis}`, group] as const),
    ),
  );
}
