/** The triage table, cell by cell: what a nurse's table says is the least that comes out. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { report, URGENCIES, type Urgency } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide, ROOT } from './guide.js';

interface Cell {
  readonly id: string;
  readonly facts: Readonly<Record<string, boolean | number | string>>;
  readonly urgency: Urgency | 'none';
}

const CELLS = JSON.parse(readFileSync(path.join(ROOT, 'tests/fixtures/triage-cells.json'), 'utf8')) as readonly Cell[];
const guide = await loadTestGuide();

/** The most urgent answer for a case. */
function urgencyOf(facts: Cell['facts']): Urgency | 'none' {
  const found = report(guide, caseOf(facts), { asOf: AS_OF, voice: 'patient' }).findings.flatMap((finding) =>
    finding.kind === 'symptom' && finding.urgency ? [finding.urgency] : [],
  );
  return URGENCIES.find((urgency) => found.includes(urgency)) ?? 'none';
}

describe('the triage table', () => {
  it('has every row', () => {
    const rows = new Set(CELLS.map(({ id }) => id));
    for (let row = 1; row <= 35; row++) expect(rows).toContain(`TR-${row}`);
  });

  it.each(CELLS.map((cell, index) => [`${cell.id} (${index + 1})`, cell] as const))('%s', (_name, { facts, urgency }) => {
    expect(urgencyOf(facts)).toBe(urgency);
  });

  it('never lowers an answer when red flags become unknown', () => {
    const rank = (urgency: Urgency | 'none'): number => (urgency === 'none' ? URGENCIES.length : URGENCIES.indexOf(urgency));
    for (const { facts } of CELLS) {
      for (const id of Object.keys(facts).filter((fact) => facts[fact] === false && !fact.startsWith('context.'))) {
        const { [id]: _ruledOut, ...rest } = facts;
        expect(rank(urgencyOf(rest)), `${id} unknown in ${JSON.stringify(facts)}`).toBeLessThanOrEqual(rank(urgencyOf(facts)));
      }
    }
  });
});
