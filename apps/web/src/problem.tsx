/** What went wrong, where, and what to do: read out at once by a screen reader. */
import { type Problem, type ReadingNote, say } from '@serosa/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** How many refused entries are named: the first ones usually explain the rest. */
const NAMED = 12;

export interface ProblemProps {
  readonly problem: Problem;
  readonly notes: readonly ReadingNote[];
  /** The people to choose one from, when the input holds several. */
  readonly people: readonly string[];
  readonly onPerson: (id: string) => void;
}

export function ProblemView({ problem, notes, people, onPerson }: ProblemProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new problem is scrolled to as well
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  const refused = notes.filter((note) => note.outcome === 'refused');
  return (
    <div className="problem" role="alert" ref={box}>
      <p>
        <strong>{problem.message}</strong>
      </p>
      {problem.at === undefined ? null : <p>{say`Where: ${problem.at}`}</p>}
      <p>{say`What to do: ${problem.remedy}`}</p>
      {refused.length === 0 ? null : (
        <ul className="notes">
          {refused.slice(0, NAMED).map((note) => (
            <li key={`${note.at} ${note.what} ${note.why}`}>
              <code>{note.what}</code> <span className="aside">{note.at}</span>
              <br />
              {note.why}
            </li>
          ))}
        </ul>
      )}
      {refused.length > NAMED ? <p>{say`And ${refused.length - NAMED} more.`}</p> : null}
      {people.length === 0 ? null : (
        <div className="row">
          {people.map((id) => (
            <button key={id} type="button" onClick={() => onPerson(id)}>
              {id}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
