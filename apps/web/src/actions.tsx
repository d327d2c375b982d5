/** What can be done with the report in view. */
import {
  type CaseRecord,
  type FactDefinition,
  type GlossaryTerm,
  type Reading,
  type Report,
  say,
  type Voice,
} from '@serosa/core';
import type { LeftOut } from '@serosa/interop';
import type { ReactNode } from 'react';
import { ProblemError } from './load.js';
import { SaveLocked } from './locked.js';
import { Remove } from './remove.js';
import { VoiceChoice } from './start.js';
import type { TrialsShown } from './view/trials-shown.js';

export interface ActionsProps {
  readonly report: Report;
  readonly reading: Reading | undefined;
  readonly record: CaseRecord;
  /** The catalogue, for what other programs need to know of a fact. */
  readonly facts: readonly FactDefinition[];
  /** As they stand on the page, for the saved file. */
  readonly trials: TrialsShown | undefined;
  /** Medical words and what they mean, for the saved file. */
  readonly terms: readonly GlossaryTerm[];
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
  readonly prognosis: boolean;
  readonly onPrognosis: (wanted: boolean) => void;
  /** The questions about the case; absent for one that is only looked at. */
  readonly tellHref: string | undefined;
  /** The paper for a visit or a board. */
  readonly briefHref: string;
  readonly onKeep: () => void;
  readonly onRemove: (() => void) | undefined;
  readonly onStartOver: () => void;
  readonly onTrouble: (error: unknown) => void;
  readonly problem: ReactNode;
}

export function Actions(props: ActionsProps): ReactNode {
  const { report, reading, record } = props;
  const name = report.case.id.replace(/[^\w.-]+/g, '-');
  const save = (make: () => Promise<void>): void => void make().catch(props.onTrouble);
  return (
    <div className="actions no-print">
      <div className="row">
        {props.tellHref === undefined ? (
          <button type="button" className="primary" onClick={props.onKeep}>{say`Keep this case and change it`}</button>
        ) : (
          <a className="button primary" href={props.tellHref}>{say`Add or change answers`}</a>
        )}
        <a className="button" href={props.briefHref}>
          {props.voice === 'patient' ? say`Prepare a visit` : 'Sheet for the board'}
        </a>
        <button type="button" onClick={props.onStartOver}>
          {props.tellHref === undefined ? say`Start over` : say`Back to the start`}
        </button>
        <button
          type="button"
          onClick={() =>
            save(async () => {
              const { reportHtml } = await import('./view/document.js');
              saveFile(`${name}-serosa.html`, reportHtml(report, reading, props.trials, props.terms), 'text/html');
            })
          }
        >{say`Save as HTML file`}</button>
        <button
          type="button"
          onClick={() =>
            save(async () => {
              const { writeCase } = await import('@serosa/interop');
              saveFile(`${name}.yaml`, writeCase(record), 'application/yaml');
            })
          }
        >{say`Save the case as a file`}</button>
        {props.voice === 'patient' ? null : (
          <button
            type="button"
            onClick={() =>
              save(async () => {
                const { caseBundle } = await import('@serosa/interop');
                const { bundle, left } = caseBundle(record, props.facts);
                saveFile(`${name}-fhir.json`, `${JSON.stringify(bundle, null, 2)}\n`, 'application/fhir+json');
                if (left.length > 0) throw notInFhir(left);
              })
            }
          >{say`Save as FHIR`}</button>
        )}
        <SaveLocked
          text={async () => (await import('@serosa/interop')).writeCase(record)}
          onSealed={(sealed) => saveFile(`${name}-locked.json`, sealed, 'application/json')}
        />
        <button type="button" onClick={() => window.print()}>{say`Print`}</button>
        {props.onRemove === undefined ? null : <Remove name={report.case.title ?? say`this case`} onRemove={props.onRemove} />}
      </div>
      <VoiceChoice name="report-voice" voice={props.voice} onVoice={props.onVoice} />
      {props.voice === 'patient' ? (
        <label className="choice">
          <input type="checkbox" checked={props.prognosis} onChange={(event) => props.onPrognosis(event.currentTarget.checked)} />
          {say`Show what is known about outlook`}
        </label>
      ) : null}
      {props.problem}
    </div>
  );
}

/** The file is saved; what is not in it as it was is told. */
function notInFhir(left: readonly LeftOut[]): ProblemError {
  return new ProblemError({
    code: 'left-out',
    message: say`The FHIR file is saved, but not all of the case is in it as it was: ${left.map(({ what, why }) => `${what}: ${why}`).join(' ')}`,
    remedy: say`Save the case as a file as well: that keeps all of it.`,
  });
}

function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over once the click is handled; a little later is safe everywhere.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
