/** Published survival of groups of people like this case. Shown to a patient on request only. */

import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import type { PrimarySite, SurvivalTable } from '../knowledge/types.js';
import { say } from '../language.js';
import { oncePer } from '../once.js';
import { addOnce, type Catalogue, claimText, type Finding, quoteAll } from './finding.js';

/** Rows of a table that hold for the case. */
export function rowsOf(table: SurvivalTable, facts: Snapshot): readonly SurvivalTable['rows'][number][] {
  return table.rows.filter((row) => facts.verdict(row.when) === 'true');
}

type Lines = NonNullable<Finding['details']>;

/** The figures of a row as lines of a finding: the same for every case. */
const linesOf = oncePer(
  (row: SurvivalTable['rows'][number]): Lines =>
    row.claims
      .filter((claim) => claim.evidence.status === 'read')
      .map((claim) => ({
        text: {
          clinician: `${row.label.clinician}: ${claimText(claim)}`,
          patient: `${row.label.patient}: ${claimText(claim)}`,
        },
        sources: claim.evidence.sources,
      })),
);

/** A table as a finding: the rows that hold; undefined where the table is about others, or nothing says which row is meant. */
export function survivalFinding(table: SurvivalTable, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known' || !table.primary.includes(site.value as PrimarySite) || table.evidence.status !== 'read')
    return undefined;
  const rows = rowsOf(table, facts);
  if (rows.length === 0) return undefined;
  const figures = rows.flatMap(linesOf);
  if (figures.length === 0) return undefined;
  const because: FactId[] = [];
  const missing: FactId[] = [];
  for (const row of table.rows) {
    const explanation = facts.explain(row.when);
    if (explanation.verdict === 'true') addOnce(because, explanation.because);
    addOnce(missing, explanation.missing);
  }
  return {
    id: `survival.${table.id}`,
    kind: 'score',
    group: 'survival',
    title: table.title.clinician,
    titles: table.title,
    verdict: rows.map((row) => row.id).join(' '),
    possible: rows.map((row) => row.id),
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    sources: table.evidence.sources,
    text: {
      clinician: table.caution.clinician,
      patient: say`These are figures of groups of people, not of you. ${table.caution.patient}`,
    },
    details: [...figures, { text: table.population, sources: table.evidence.sources }],
  };
}
