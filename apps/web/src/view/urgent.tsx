/** Symptoms. What needs help now stands before everything else, marked by word, shape and frame, never by colour alone. */
import type { Finding, Urgency } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame } from './context.js';
import { Cites, Details, FindingView, Section, Why } from './parts.js';
import { URGENCY_WORDS } from './words.js';

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

export function Alarms({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const { voice, say } = useFrame();
  const loud = findings.filter(isLoud);
  if (loud.length === 0) return null;
  return (
    <section className="alarms" aria-label={voice === 'patient' ? 'Urgent signs' : 'Urgent symptoms'}>
      {loud.map((finding) => (
        <article key={finding.id} className={`alarm alarm-${finding.urgency}`}>
          <p className="alarm-level">
            <Sign />
            <strong>{URGENCY_WORDS[finding.urgency as Urgency][voice]}</strong>
          </p>
          <h2>{finding.titles[voice]}</h2>
          <p className="alarm-do">
            {say(finding.text)}
            <Cites sources={finding.sources} />
          </p>
          <Details finding={finding} />
          <Why finding={finding} />
        </article>
      ))}
    </section>
  );
}

/** The symptoms that can wait for the next call or visit. */
export function OtherSymptoms({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const { voice } = useFrame();
  const calm = findings.filter((finding) => finding.kind === 'symptom' && !isLoud(finding));
  if (calm.length === 0) return null;
  return (
    <Section id="symptoms" title={voice === 'patient' ? 'Signs to tell your team about' : 'Other symptoms'}>
      {calm.map((finding) => (
        <FindingView
          key={finding.id}
          finding={finding}
          mark={finding.urgency === undefined ? null : <p className="tag">{URGENCY_WORDS[finding.urgency][voice]}</p>}
        />
      ))}
    </Section>
  );
}
