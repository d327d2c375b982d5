/** What to find out more by: tests in guideline order, with what each is for, can miss and would tell. */
import { type Finding, inVoice, say, type TestVerdict } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { Terms } from './glossary.js';
import { FindingView, FoldedFinding, Section } from './parts.js';
import { TEST_GROUPS } from './words.js';

/** Tests of which nothing can be said yet, or that are not advised, are named and folded. */
const FOLDED: ReadonlySet<string> = new Set<TestVerdict>(['undecided', 'not-advised']);

function Tells({ finding }: { readonly finding: Finding }): ReactNode {
  const { voice, voiced } = useFrame();
  const tells = finding.tells ?? [];
  if (tells.length === 0) return null;
  const named = tells.slice(0, 6).map((fact) => voiced(fact.label));
  const more = tells.length > named.length ? say` and ${tells.length - named.length} more` : '';
  return (
    <p className="aside">
      {voice === 'patient' ? say`It can tell: ` : 'Would settle: '}
      {named.join('; ')}
      {more}.
    </p>
  );
}

const TestView = memo(function TestView({ finding }: { readonly finding: Finding }): ReactNode {
  const { voiced } = useFrame();
  const View = FOLDED.has(finding.verdict) ? FoldedFinding : FindingView;
  return (
    <View finding={finding} level={4}>
      {finding.about ? (
        <p>
          <Terms text={voiced(finding.about)} />
        </p>
      ) : null}
      <Tells finding={finding} />
    </View>
  );
});

export function TestsSection(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const tests = report.findings.filter((finding) => finding.kind === 'test');
  if (tests.length === 0) return null;
  const patient = voice === 'patient';
  return (
    <Section
      id="tests"
      title={patient ? say`Which tests could help?` : 'Tests'}
      intro={
        patient
          ? say`Tests that guidelines name for a case like this. A test whose answer is known is not on the list.`
          : 'In guideline order. A test whose answer is known and current is not proposed.'
      }
    >
      {TEST_GROUPS.map(({ verdict, words }) => {
        const found = tests.filter((finding) => finding.verdict === verdict);
        if (found.length === 0) return null;
        return (
          <div key={verdict} className="verdict">
            <h3 className="verdict-title">{inVoice(words, voice)}</h3>
            {found.map((finding) => (
              <TestView key={finding.id} finding={finding} />
            ))}
          </div>
        );
      })}
    </Section>
  );
}
