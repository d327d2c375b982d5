/** Symptoms. What needs help now stands before everything else, marked by word, shape and frame, never by colour alone. */
import { type Finding, inVoice, type ReadingNote, said, say, type Urgency, type Voice } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame } from './context.js';
import { Cites, Details, FindingView, Section, Why } from './parts.js';
import { URGENCY_WORDS, withoutDoses } from './words.js';

const LOUD: readonly Urgency[] = ['emergency', 'same-day'];

export function isLoud(finding: Finding): boolean {
  return finding.kind === 'symptom' && finding.urgency !== undefined && LOUD.includes(finding.urgency);
}

function Sign(): ReactNode {
  return (
    <svg className="sign" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <path d="M10 2h12l8 8v12l-8 8H10l-8-8V10z" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d="M16 8v10" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
      <circle cx="16" cy="23.5" r="2.2" fill="currentColor" />
    </svg>
  );
}

/** One thing that cannot wait, in its frame; what stands below it is the caller's. */
export function Alarm(props: {
  readonly finding: Finding;
  readonly voice: Voice;
  readonly cites?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const { finding, voice } = props;
  return (
    <article className={`alarm alarm-${finding.urgency}`}>
      <p className="alarm-level">
        <Sign />
        <strong>{inVoice(URGENCY_WORDS[finding.urgency as Urgency], voice)}</strong>
      </p>
      <h2>{inVoice(finding.titles, voice)}</h2>
      <p className="alarm-do">
        {voice === 'patient' ? withoutDoses(said(finding.text.patient)) : finding.text.clinician}
        {props.cites}
      </p>
      {props.children}
    </article>
  );
}

export function Alarms({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const { voice } = useFrame();
  const loud = findings.filter(isLoud);
  if (loud.length === 0) return null;
  return (
    <section className="alarms" aria-label={voice === 'patient' ? say`Urgent signs` : 'Urgent symptoms'}>
      {loud.map((finding) => (
        <Alarm key={finding.id} finding={finding} voice={voice} cites={<Cites sources={finding.sources} />}>
          <Details finding={finding} />
          <Why finding={finding} />
        </Alarm>
      ))}
    </section>
  );
}

/** What could not be read plays no part, and a symptom may be among it: said before anything that was worked out. */
export function Refused({ notes }: { readonly notes: readonly ReadingNote[] }): ReactNode {
  const { voice } = useFrame();
  const refused = notes.filter((note) => note.outcome === 'refused');
  if (refused.length === 0) return null;
  const symptom = refused.some((note) => /symptom/i.test(`${note.what} ${note.at}`));
  return (
    <section className="refused" aria-label={say`Could not be read`}>
      <h2>{refused.length === 1 ? say`One entry could not be read` : say`${refused.length} entries could not be read`}</h2>
      <p>{say`${refused.length === 1 ? say`It plays` : say`They play`} no part in what follows.${
        symptom
          ? voice === 'patient'
            ? say` One of them is about how you feel. If it is sudden or severe, call your local emergency number.`
            : ' A symptom is among them: triage below is incomplete.'
          : ''
      }`}</p>
      <ul>
        {refused.slice(0, 8).map((note) => (
          <li key={`${note.at} ${note.what}`}>
            <code>{note.what}</code>: {note.why}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The symptoms that can wait for the next call or visit. */
export function OtherSymptoms({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const { voice } = useFrame();
  const calm = findings.filter((finding) => finding.kind === 'symptom' && !isLoud(finding));
  if (calm.length === 0) return null;
  return (
    <Section id="symptoms" title={voice === 'patient' ? say`Signs to tell your team about` : 'Other symptoms'}>
      {calm.map((finding) => (
        <FindingView
          key={finding.id}
          finding={finding}
          mark={finding.urgency === undefined ? null : <p className="tag">{inVoice(URGENCY_WORDS[finding.urgency], voice)}</p>}
        />
      ))}
    </Section>
  );
}
