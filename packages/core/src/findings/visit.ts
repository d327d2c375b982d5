/** What to ask at the next visit or to bring to the tumour board: collected from everything that a report found. */

import type { Voices } from '../knowledge/types.js';
import { said, say } from '../language.js';
import type { Report } from './guide.js';

export interface VisitQuestion {
  /** Of the finding or the fact that it comes from; the same for the same case. */
  readonly id: string;
  readonly text: Voices;
}

/** A visit has room for so many of each. */
const MOST = { option: 5, test: 4, fact: 6 } as const;

/** Options worth a talk, in this order. */
const OPEN: readonly string[] = ['supported', 'disagree', 'supported-with-conditions'];

const ALWAYS: readonly VisitQuestion[] = [
  {
    id: 'always.aim',
    text: {
      clinician: 'Aim of treatment agreed with the patient?',
      patient: 'What is the aim of the treatment that you suggest?',
    },
  },
  {
    id: 'always.contact',
    text: {
      clinician: 'Named contact and out-of-hours number given?',
      patient: 'Whom do I call when something is wrong, also at night?',
    },
  },
];

/** Questions in the order in which they matter: what cannot be right, what could be done, what is not known, tests, and what is always asked. */
export function visitQuestions(report: Report): readonly VisitQuestion[] {
  const of = (kind: string) => report.findings.filter((finding) => finding.kind === kind);
  const contradictions = of('contradiction').map(({ id, titles }) => ({
    id,
    text: {
      clinician: `Resolve: ${titles.clinician}`,
      patient: say`My papers say two things that do not fit together: ${said(titles.patient)}. Which is right?`,
    },
  }));
  const options = OPEN.flatMap((verdict) => of('option').filter((finding) => finding.verdict === verdict))
    .slice(0, MOST.option)
    .map(({ id, titles, verdict }) => ({
      id,
      text: {
        clinician: `${verdict === 'disagree' ? 'Bodies differ' : 'Discuss'}: ${titles.clinician}`,
        patient:
          verdict === 'disagree'
            ? say`Experts differ about this: ${said(titles.patient)}. What do you think of it for me?`
            : say`Is this an option for me: ${said(titles.patient)}?`,
      },
    }));
  const facts = report.next
    // What people know themselves they need not ask.
    .filter(({ cost }) => report.voice === 'clinician' || cost !== 'question')
    .slice(0, MOST.fact)
    .map(({ fact, label, question }) => ({
      id: fact,
      text: { clinician: `Establish: ${label.clinician}`, patient: say`Please help me answer this: “${question}”` },
    }));
  const tests = of('test')
    .filter(({ verdict }) => verdict === 'advised' || verdict === 'disagree')
    .slice(0, MOST.test)
    .map(({ id, titles }) => ({
      id,
      text: {
        clinician: `Test: ${titles.clinician}`,
        patient: say`Do I need this test: ${said(titles.patient)}? What would it change?`,
      },
    }));
  return [...contradictions, ...options, ...facts, ...tests, ...(report.next.length === 0 ? [] : ALWAYS)];
}
