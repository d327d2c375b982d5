/** The report as one article. Pure: the same report gives the same markup, in the page and in the saved file. */
import { endsTrials, type Finding, type FindingKind, inVoice, type Reading, type Report, said, say } from '@serosa/core';
import { type ReactNode, useMemo } from 'react';
import { Bibliography } from './bibliography.js';
import {
  FrameProvider,
  frameOf,
  NumberingProvider,
  numberingOf,
  type PageOf,
  ReportProvider,
  sourcesOf,
  useShared,
} from './context.js';
import { FactorsSection } from './factors.js';
import { type Glossary, GlossaryProvider, TermCards } from './glossary.js';
import { NextSection } from './next.js';
import { OptionsSection } from './options.js';
import { FindingView, Section } from './parts.js';

import { ReadingSection } from './reading.js';
import { SpreadSection, type SpreadSectionProps } from './spread.js';
import { StageSection } from './stage.js';
import { TestsSection } from './tests.js';
import { isTold, TimelineSection } from './timeline.js';
import { Alarms, OtherSymptoms, Refused } from './urgent.js';
import { dateWords } from './words.js';

export interface ReportViewProps {
  readonly report: Report;
  /** What became of the input; shown near the end. */
  readonly reading?: Reading | undefined;
  /** Buttons of the page, shown below the heading and whatever is urgent. */
  readonly actions?: ReactNode;
  /** Trying other answers; absent in a saved file, where nothing can be worked out. */
  readonly whatIf?: ReactNode;
  /** The staging system that is shown first; `tnm9` where none is named. */
  readonly first?: string | undefined;
  /** The page of the guide that explains a finding; absent in a saved file, which stands alone. */
  readonly pageOf?: PageOf | undefined;
  /** Explains medical words to patients. */
  readonly glossary?: Glossary | undefined;
  /** Page of the guide by its id; absent in a saved file. */
  readonly pages?: PageOf | undefined;
  /** Takes what the reader answers on the map of the body; without it the map only tells. */
  readonly onSet?: SpreadSectionProps['onSet'];
  /** Stands before the map. */
  readonly mapNote?: ReactNode;
  /** The map of the body, for a report that is written in one go; otherwise it is loaded after the rest. */
  readonly map?: SpreadSectionProps['map'];
  /** The section on trials. Left out for somebody who has died or has another disease. */
  readonly trials?: ReactNode;
}

/** Kinds with a section of their own; findings of any other kind are listed, never dropped. */
const PLACED: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'stage',
  'spread',
  'option',
  'symptom',
  'score',
  'test',
  'factor',
  'contradiction',
  'notice',
]);

const DISCLAIMER = {
  patient:
    'This page sorts what your record says and what experts have written. It is there to help you talk with your care team. It is not advice, and it does not replace them.',
  clinician:
    'Decision support from published rules and guidelines, applied to the recorded facts. It is not medical advice and does not replace clinical judgement or the tumour board.',
} as const;

function FindingList(props: {
  readonly id: string;
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly intro?: string;
  /** Whether the reasons are shown from the start. */
  readonly open?: boolean;
}): ReactNode {
  const { findings, open = false, ...section } = props;
  if (findings.length === 0) return null;
  return (
    <Section {...section}>
      {findings.map((finding) => (
        <FindingView key={finding.id} finding={finding} open={open} />
      ))}
    </Section>
  );
}

function contents(
  report: Report,
  reading: Reading | undefined,
  trials: boolean,
): readonly { readonly id: string; readonly text: string }[] {
  const patient = report.voice === 'patient';
  const has = (kind: FindingKind): boolean => report.findings.some((finding) => finding.kind === kind);
  return [
    ...(has('stage') ? [{ id: 'stage', text: say`Stage` }] : []),
    ...(report.spread.sites.length > 0 ? [{ id: 'spread', text: patient ? say`Where it is` : 'Spread' }] : []),
    ...(report.next.length > 0 ? [{ id: 'next', text: patient ? say`What to find out next` : 'Next facts' }] : []),
    ...(has('test') ? [{ id: 'tests', text: say`Tests` }] : []),
    ...(has('option') ? [{ id: 'options', text: patient ? say`Treatments` : 'Options' }] : []),
    ...(isTold(report.timeline) ? [{ id: 'timeline', text: patient ? say`What happened when` : 'Timeline' }] : []),
    ...(trials ? [{ id: 'trials', text: patient ? say`Studies` : 'Trials' }] : []),
    ...(has('factor') ? [{ id: 'factors', text: patient ? say`Better or worse` : 'Factors' }] : []),
    ...(has('score') ? [{ id: 'scores', text: patient ? say`Outlook` : 'Scores' }] : []),
    ...(reading === undefined ? [] : [{ id: 'reading', text: patient ? say`What we read` : 'Reading report' }]),
    ...(report.sources.length > 0 ? [{ id: 'sources', text: say`Sources` }] : []),
  ];
}

export function ReportView({
  report,
  reading,
  actions,
  whatIf,
  pageOf,
  first,
  onSet,
  mapNote,
  map,
  trials,
  glossary,
  pages,
}: ReportViewProps): ReactNode {
  const patient = report.voice === 'patient';
  const of = (kind: FindingKind): readonly Finding[] => report.findings.filter((finding) => finding.kind === kind);
  const sources = useShared(sourcesOf(report));
  const numbering = useMemo(() => numberingOf(sources), [sources]);
  const frame = useMemo(() => frameOf(report.voice, pageOf, first), [report.voice, pageOf, first]);
  const studies = report.findings.some(endsTrials) ? undefined : trials;
  const places = contents(report, reading, studies !== undefined);
  return (
    <ReportProvider value={report}>
      <NumberingProvider value={numbering}>
        <FrameProvider value={frame}>
          <GlossaryProvider glossary={patient ? glossary : undefined}>
            <article className={`report voice-${report.voice}`}>
              <h1 id="report-title" tabIndex={-1}>
                {said(report.case.title ?? report.case.id)}
              </h1>
              <Alarms findings={report.findings} />
              {reading === undefined ? null : <Refused notes={reading.notes} />}
              <p className="lead">{inVoice(DISCLAIMER, report.voice)}</p>
              <p className="aside">{say`As of ${dateWords(report.asOf)}. ${patient ? say`Written for patients and families.` : 'Written for professionals.'}`}</p>
              {actions}
              {places.length < 3 ? null : (
                <nav className="contents" aria-label={say`On this page`}>
                  <ul>
                    {places.map(({ id, text }) => (
                      <li key={id}>
                        <a href={`#${id}`}>{text}</a>
                      </li>
                    ))}
                  </ul>
                </nav>
              )}
              <FindingList id="notices" title={say`Please note`} findings={of('notice')} />
              <FindingList
                id="contradictions"
                title={patient ? say`This does not fit together` : 'Contradictions'}
                findings={of('contradiction')}
                open
                intro={
                  patient
                    ? say`Two entries of the record cannot both be right. We do not choose between them. Your team can.`
                    : 'Shown, not resolved: both readings are kept as possible.'
                }
              />
              <OtherSymptoms findings={report.findings} />
              <StageSection />
              <SpreadSection onSet={onSet} note={mapNote} map={map} />
              <NextSection />
              {whatIf === undefined ? null : (
                <Section id="what-if" title={say`What if?`}>
                  {whatIf}
                </Section>
              )}
              <TestsSection />
              <OptionsSection />
              <TimelineSection />
              {studies}
              <FactorsSection />
              <FindingList
                id="scores"
                title={patient ? say`What is known about outlook` : 'Scores'}
                findings={of('score')}
                {...(patient
                  ? {
                      intro: say`You asked to see this. Scores come from groups of people in the past. They cannot say what will happen to one person.`,
                    }
                  : {})}
              />
              <FindingList
                id="more"
                title={patient ? say`More` : 'Further findings'}
                findings={report.findings.filter((finding) => !PLACED.has(finding.kind))}
              />
              {reading === undefined ? null : <ReadingSection reading={reading} />}
              <Bibliography />
              <footer className="colophon">
                <p>
                  {say`Serosa knowledge ${report.knowledge.version}, as of ${dateWords(report.asOf)}.`}
                  <br />
                  {say`Hash `}
                  <code>{report.knowledge.hash}</code>
                </p>
              </footer>
              <TermCards pages={pages} whole={map !== undefined} />
            </article>
          </GlossaryProvider>
        </FrameProvider>
      </NumberingProvider>
    </ReportProvider>
  );
}
