/** Factors of this case with their measured effect; what is not known of the case is named only. */
import { say } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { FoldedFinding, Section } from './parts.js';

export function FactorsSection(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const factors = report.findings.filter((finding) => finding.kind === 'factor');
  if (factors.length === 0) return null;
  const patient = voice === 'patient';
  const known = factors.filter((finding) => finding.verdict !== 'unknown');
  const unknown = factors.filter((finding) => finding.verdict === 'unknown');
  return (
    <Section
      id="factors"
      title={patient ? say`What goes with a better or worse course` : 'Factors'}
      intro={
        patient
          ? say`You asked to see this. These come from groups of people. They cannot say what will happen to one person.`
          : 'Measured effects with interval and population. What is only thought is called a hypothesis.'
      }
    >
      {known.map((finding) => (
        <FoldedFinding key={finding.id} finding={finding} />
      ))}
      {unknown.length === 0 ? null : (
        <details className="why more">
          <summary>{say`Not known for this case (${unknown.length})`}</summary>
          {unknown.map((finding) => (
            <FoldedFinding key={finding.id} finding={finding} />
          ))}
        </details>
      )}
    </Section>
  );
}
