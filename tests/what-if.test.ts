/** What one changed fact changes, on the real knowledge. */
import { compareReports, type Guide, type Report, type ReportChanges, report, withObservation } from '@serosa/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide } from './guide.js';

describe('what if', () => {
  let guide: Guide;
  beforeAll(async () => {
    guide = await loadTestGuide();
  });
  const known = { 'tumour.primary-site': 'pleura', 'tumour.histology': 'epithelioid', 'person.age': 70, 'person.ecog': 1 };
  const reportOn = (values: Readonly<Record<string, boolean | number | string>>): Report =>
    report(guide, caseOf(values), { asOf: AS_OF, voice: 'clinician' });

  it('nothing differs between a report and itself', () => {
    expect(compareReports(reportOn(known), reportOn(known))).toEqual({ stages: [], findings: [] });
  });

  it('a liver deposit leaves stage IV alone and takes the operation away', () => {
    const record = caseOf(known);
    const supposed = withObservation(record, { fact: 'site.liver', value: true, date: AS_OF, origin: { kind: 'imaging' } });
    const { stages, findings } = compareReports(reportOn(known), report(guide, supposed, { asOf: AS_OF, voice: 'clinician' }));
    expect(stages.find(({ system, basis }) => system === 'tnm9' && basis === 'clinical')?.after).toEqual(['IV']);
    expect(findings.find(({ id }) => id === 'spread.liver')).toMatchObject({ before: 'unknown', after: 'present' });
    expect(findings.some(({ kind }) => kind === 'option')).toBe(true);
    expect(findings.every(({ before, after }) => before !== after)).toBe(true);
  });

  it('is the same read backwards', () => {
    const a = reportOn(known);
    const b = reportOn({ ...known, 'tumour.histology': 'sarcomatoid', 'symptom.seizure': true });
    const forth = compareReports(a, b);
    const back = compareReports(b, a);
    // A title may name what was found, and then it is that of the later side.
    const sides = (one: ReportChanges, turned: boolean): readonly string[] =>
      one.findings.map(({ id, before, after }) => `${id} ${turned ? after : before} ${turned ? before : after}`).sort();
    expect(sides(back, true)).toEqual(sides(forth, false));
    expect(forth.findings.some(({ id, before }) => id.startsWith('symptom.') && before === undefined)).toBe(true);
  });
});
