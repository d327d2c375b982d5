/** The account of an import: what was used, what was not, what was refused and why. */
import { type Reading, type ReadingNote, said, say, toSay } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame } from './context.js';
import { Section } from './parts.js';
import { count } from './words.js';

const OUTCOMES: readonly { readonly outcome: ReadingNote['outcome']; readonly title: string; readonly brief: string }[] = [
  { outcome: 'refused', title: toSay('Could not be read'), brief: 'refused' },
  { outcome: 'unused', title: toSay('Read, but not used'), brief: toSay('not used') },
  { outcome: 'used', title: toSay('Used'), brief: 'used' },
];

export function ReadingSection({ reading }: { readonly reading: Reading }): ReactNode {
  const { voice } = useFrame();
  const of = (outcome: ReadingNote['outcome']): readonly ReadingNote[] =>
    reading.notes.filter((note) => note.outcome === outcome);
  const refused = of('refused').length;
  const unused = of('unused').length;
  const total = [
    count(of('used').length, say`entry used`, say`entries used`),
    say`${unused} not used`,
    say`${refused} refused`,
  ].join(', ');
  return (
    <Section id="reading" title={voice === 'patient' ? say`What we read from your file` : 'Reading report'}>
      <p>
        {total}.{refused > 0 ? say` What was refused plays no part in this report.` : ''}
      </p>
      <details className="why more">
        <summary>{say`Show every entry`}</summary>
        {OUTCOMES.map(({ outcome, title }) => {
          const notes = of(outcome);
          if (notes.length === 0) return null;
          return (
            <div key={outcome}>
              <h3>
                {said(title)} ({notes.length})
              </h3>
              <ul className="notes">
                {notes.map((note) => (
                  <li key={`${note.at} ${note.what} ${note.why}`}>
                    <code>{note.what}</code> <span className="aside">{note.at}</span>
                    <br />
                    {note.why}
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </details>
    </Section>
  );
}
