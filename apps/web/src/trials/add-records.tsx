/** Records of a registry that a reader brings: read in a worker, so that the page stays quick and reading can be stopped. */
import { say, type Trial, type Voice } from '@serosa/core';
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { count } from '../view/words.js';
import type { FilesRead, Overrides, ReadingProgress } from './read-files.js';
import type { ReadRequest, WorkerMessage } from './worker.js';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly progress?: ReadingProgress }
  | { readonly kind: 'read'; readonly read: FilesRead }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'broken' };

export interface AddRecordsProps {
  readonly voice: Voice;
  readonly overrides: Overrides;
  /** How many records have been added so far. */
  readonly added: number;
  readonly onAdd: (trials: readonly Trial[]) => void;
  readonly onForget: () => void;
}

export function AddRecords({ voice, overrides, added, onAdd, onForget }: AddRecordsProps): ReactNode {
  const patient = voice === 'patient';
  const [state, setState] = useState<State>({ kind: 'idle' });
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  const worker = useRef<Worker>(undefined);

  const stop = useCallback((): void => {
    worker.current?.terminate();
    worker.current = undefined;
  }, []);
  useEffect(() => stop, [stop]);

  const read = (files: readonly File[]): void => {
    stop();
    setState({ kind: 'reading' });
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'progress') {
        setState({ kind: 'reading', progress: data.progress });
        return;
      }
      stop();
      onAdd(data.read.trials);
      setState({ kind: 'read', read: data.read });
    };
    started.onerror = () => {
      stop();
      setState({ kind: 'broken' });
    };
    const request: ReadRequest = { files, overrides };
    started.postMessage(request);
  };

  const reading = state.kind === 'reading';
  // The control that was used is gone: the focus goes to the one that stands in its place.
  const before = useRef(reading);
  useEffect(() => {
    if (before.current === reading) return;
    before.current = reading;
    (reading ? stopButton : picker).current?.focus();
  }, [reading]);

  return (
    <details className="why more trial-add no-print">
      <summary>{say`Add records from a registry`}</summary>
      <p>{say`${
        patient
          ? say`Has someone told you about a study that is not here? On ClinicalTrials.gov choose “Download” and “JSON”, then choose that file here.`
          : 'Records of ClinicalTrials.gov or a mirror of it: JSON, NDJSON or XML, one file or several. Every criterion is read.'
      } The files are read in this browser. Nothing is sent. ${patient ? say`The studies` : 'The records'} stay here until you close this page.`}</p>
      {reading ? null : (
        <div className="trial-files">
          <label htmlFor={`${id}-files`}>{say`Files of records`}</label>
          <input
            id={`${id}-files`}
            ref={picker}
            type="file"
            multiple
            accept=".json,.ndjson,.jsonl,.xml,.txt,application/json,application/xml,text/xml"
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              if (files.length > 0) read(files);
              // The same file can be chosen again after a correction.
              event.currentTarget.value = '';
            }}
          />
        </div>
      )}
      {state.kind === 'reading' ? (
        <div className="trial-progress">
          <label htmlFor={`${id}-progress`}>{say`Reading ${state.progress?.file ?? '…'}`}</label>
          <progress
            id={`${id}-progress`}
            max={1}
            value={state.progress === undefined ? 0 : state.progress.done / Math.max(1, state.progress.total)}
          />
          <p className="aside">{count(state.progress?.trials ?? 0, say`record read`, say`records read`)}</p>
          <button
            type="button"
            ref={stopButton}
            onClick={() => {
              stop();
              setState({ kind: 'cancelled' });
            }}
          >{say`Cancel`}</button>
        </div>
      ) : null}
      <div role="status">
        {state.kind === 'cancelled' ? <p>{say`Cancelled. Nothing was added.`}</p> : null}
        {state.kind === 'broken' ? (
          <p>{say`The reader stopped because of a fault of the program. Nothing was added. Try again with fewer records.`}</p>
        ) : null}
        {state.kind === 'read' ? <p>{readWords(state.read)}</p> : null}
      </div>
      {state.kind === 'read' ? <Notes read={state.read} /> : null}
      {added > 0 && !reading ? (
        <button
          type="button"
          onClick={() => {
            onForget();
            setState({ kind: 'idle' });
            picker.current?.focus();
          }}
        >{say`Remove the ${count(added, say`added record`, say`added records`)}`}</button>
      ) : null}
    </details>
  );
}

function readWords({ trials, refused }: FilesRead): string {
  const could =
    refused === 0 ? '' : refused === 1 ? say` 1 piece could not be read.` : say` ${refused} pieces could not be read.`;
  const number = trials.length;
  const added =
    number === 0 ? say`Nothing was added.` : number === 1 ? say`1 record was added.` : say`${number} records were added.`;
  return added + could;
}

function Notes({ read: { notes, refused, unused } }: { readonly read: FilesRead }): ReactNode {
  if (notes.length === 0) return null;
  const parts = [
    { outcome: 'refused', title: say`Could not be read`, number: refused },
    { outcome: 'unused', title: say`Read in part`, number: unused },
  ] as const;
  return parts.map(({ outcome, title, number }) => {
    const told = notes.filter((note) => note.outcome === outcome);
    if (told.length === 0) return null;
    return (
      <div key={outcome} className="trial-notes">
        <h3>
          {title} ({number})
        </h3>
        {outcome === 'refused' ? (
          <p>{say`What to do: download the record again from the registry, as JSON. Whatever else was in the files has been read.`}</p>
        ) : null}
        <ul className="notes">
          {told.map((note) => (
            <li key={`${note.at} ${note.what} ${note.why}`}>
              <code>{note.what}</code> <span className="aside">{note.at}</span>
              <br />
              {note.why}
            </li>
          ))}
        </ul>
        {number > told.length ? <p>{say`And ${number - told.length} more.`}</p> : null}
      </div>
    );
  });
}
