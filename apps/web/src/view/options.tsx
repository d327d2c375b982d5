/** Treatment options, grouped by what can be said of them for this case. */
import { type Finding, inVoice, type OptionVerdict, said, say, toSay } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { FindingView, FoldedFinding, Section } from './parts.js';
import { VERDICT_GROUPS } from './words.js';

/** Options of which nothing can be said, or nothing good, are named and folded: what helps now stands out. */
const FOLDED: ReadonlySet<string> = new Set<OptionVerdict>(['undecided', 'not-supported', 'investigational']);

const GROUP_NOTES: Partial<Record<OptionVerdict, string>> = {
  undecided: toSay('Facts are missing for these. The questions above help to settle them.'),
};

const OptionView = memo(function OptionView({ finding }: { readonly finding: Finding }): ReactNode {
  const { voice } = useFrame();
  const View =
    FOLDED.has(finding.verdict) || (voice === 'patient' && finding.verdict === 'contraindicated') ? FoldedFinding : FindingView;
  return <View finding={finding} level={4} />;
});

export function OptionsSection(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const options = report.findings.filter((finding) => finding.kind === 'option');
  if (options.length === 0) return null;
  const patient = voice === 'patient';
  const waiting = options.filter((finding) => finding.verdict === 'being-tried' || finding.verdict === 'if-needed');
  return (
    <Section
      id="options"
      title={patient ? say`Which treatments are there?` : 'Options'}
      intro={
        patient
          ? say`These come from guidelines of expert groups. Your team knows you and can say what fits you.`
          : 'Positions of different bodies stand side by side and are not merged.'
      }
    >
      {VERDICT_GROUPS.map(({ verdicts, words }) => {
        const title = words[voice];
        const [first] = verdicts;
        const found = options.filter((finding) => verdicts.includes(finding.verdict as OptionVerdict));
        if (title === undefined || found.length === 0) return null;
        const note = first && patient ? GROUP_NOTES[first] : undefined;
        return (
          <div key={title} className="verdict">
            <h3 className="verdict-title">{patient ? said(title) : title}</h3>
            {note === undefined ? null : <p className="aside">{said(note)}</p>}
            {found.map((finding) => (
              <OptionView key={finding.id} finding={finding} />
            ))}
          </div>
        );
      })}
      {waiting.map((finding) => (
        <details key={finding.id} className="why more">
          <summary>
            {inVoice(finding.titles, voice)} ({finding.details?.length ?? 0})
          </summary>
          <FindingView finding={finding} />
        </details>
      ))}
    </Section>
  );
}
