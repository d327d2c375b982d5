/** Treatment options, grouped by what can be said of them for this case. */
import type { Finding, OptionVerdict } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame } from './context.js';
import { FindingView, Positions, Section } from './parts.js';
import { VERDICT_GROUPS } from './words.js';

function OptionView({ finding }: { readonly finding: Finding }): ReactNode {
  const { voice } = useFrame();
  const positions = finding.positions ?? [];
  // A professional compares the bodies at a glance; a patient asks for them.
  if (voice === 'patient') return <FindingView finding={finding} level={4} inWhy={<Positions positions={positions} />} />;
  return (
    <FindingView finding={finding} level={4}>
      <Positions positions={positions} />
    </FindingView>
  );
}

export function OptionsSection(): ReactNode {
  const { report, voice } = useFrame();
  const options = report.findings.filter((finding) => finding.kind === 'option');
  if (options.length === 0) return null;
  const patient = voice === 'patient';
  return (
    <Section
      id="options"
      title={patient ? 'Which treatments are there?' : 'Options'}
      intro={
        patient
          ? 'These come from guidelines of expert groups. Your team knows you and can say what fits you.'
          : 'Positions of different bodies stand side by side and are not merged.'
      }
    >
      {VERDICT_GROUPS.map(({ verdicts, words }) => {
        const title = words[voice];
        const found = options.filter((finding) => verdicts.includes(finding.verdict as OptionVerdict));
        if (title === undefined || found.length === 0) return null;
        const list = found.map((finding) => <OptionView key={finding.id} finding={finding} />);
        return (
          <div key={title} className="verdict">
            <h3 className="verdict-title">{title}</h3>
            {patient && verdicts.includes('not-supported') ? (
              <details className="why more">
                <summary>Show what is not advised ({found.length})</summary>
                {list}
              </details>
            ) : (
              list
            )}
          </div>
        );
      })}
    </Section>
  );
}
