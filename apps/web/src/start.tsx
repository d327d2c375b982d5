/** The start screen: who reads, which case, as of which day. */
import { said, say, type Voice } from '@serosa/core';
import { type ReactNode, useState } from 'react';
import { hrefOf } from './address.js';
import { type KeptCase, nameOf } from './cases.js';
import { EXAMPLES, TEMPLATE } from './examples.js';
import type { Input } from './load.js';
import { Remove } from './remove.js';
import { dateWords } from './view/words.js';

export interface StartProps {
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
  readonly asOf: string;
  readonly onAsOf: (day: string) => void;
  readonly onBegin: () => void;
  /** Kept in this browser, the last changed first. */
  readonly cases: readonly KeptCase[];
  readonly onRemove: (id: string) => void;
  readonly onInput: (input: Input) => void;
  readonly onFiles: (files: FileList) => void;
  readonly dragging: boolean;
  /** Shown above the ways to open a case. */
  readonly problem: ReactNode;
}

export function Start(props: StartProps): ReactNode {
  const [text, setText] = useState('');
  return (
    <div className="start">
      <h1 id="start-title" tabIndex={-1}>{say`Understand one case of mesothelioma`}</h1>
      <p className="lead">{say`Tell what you know, and see which stages fit, what to find out next, and which treatments guidelines name. Every line shows its reason and its source.`}</p>
      <p>{say`The case stays in this browser. Nothing is sent anywhere. If someone has sudden or severe symptoms, do not read on: call your emergency number.`}</p>

      <section className="part" aria-labelledby="who-title">
        <h2 id="who-title">{say`Who is reading?`}</h2>
        <div className="part-body">
          <VoiceChoice name="start-voice" voice={props.voice} onVoice={props.onVoice} labelledBy="who-title" />
        </div>
      </section>

      {props.problem}

      <section className="part" aria-labelledby="tell-title">
        <h2 id="tell-title">{say`Tell about a case`}</h2>
        <div className="part-body">
          <p>{say`A few questions, one topic at a time. “I don’t know” is a good answer. You see the result from the first one on, and you can stop at any time.`}</p>
          <p className="row">
            <button type="button" className="primary" onClick={props.onBegin}>{say`Begin`}</button>
          </p>
          {props.cases.length === 0 ? null : (
            <>
              <h3>{say`Kept in this browser`}</h3>
              <ul className="kept">
                {props.cases.map((kept) => (
                  <li key={kept.id}>
                    <a href={hrefOf({ kind: 'case', id: kept.id })}>{said(nameOf(kept))}</a>
                    <span className="aside">{say` last changed ${dateWords(kept.changed.slice(0, 10))}`}</span>{' '}
                    <Remove name={nameOf(kept)} onRemove={() => props.onRemove(kept.id)} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </section>

      <section className="part" aria-labelledby="guide-title-start">
        <h2 id="guide-title-start">{say`Have a question?`}</h2>
        <div className="part-body">
          <p>
            {say`You need no case for this. `}
            <a href="#guide">{say`Ask in your own words, or read a page of the guide`}</a>.
          </p>
        </div>
      </section>

      <section className="part" aria-labelledby="examples-title">
        <h2 id="examples-title">{say`Look at an example`}</h2>
        <div className="part-body">
          <p className="intro">{say`These people are invented.`}</p>
          <ul className="examples">
            {EXAMPLES.map((example) => (
              <li key={example.id}>
                <button
                  type="button"
                  onClick={() => props.onInput({ name: `${example.id}.yaml`, content: example.text, asOf: example.date })}
                >
                  {said(example.title)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      </section>

      <section className="part" aria-labelledby="own-title">
        <h2 id="own-title">{say`Open a file`}</h2>
        <div className="part-body">
          <div className={`drop${props.dragging ? ' drop-over' : ''}`}>
            <p>
              <label htmlFor="file">{say`Drop a file here, or choose one`}</label>
            </p>
            <input
              id="file"
              type="file"
              accept=".yaml,.yml,.json,application/json,application/fhir+json"
              onChange={(event) => {
                const { files } = event.currentTarget;
                if (files && files.length > 0) props.onFiles(files);
                // The same file can be chosen again after a correction.
                event.currentTarget.value = '';
              }}
            />
            <p className="aside">{say`A Serosa case (YAML or JSON), or a FHIR R4 bundle as your hospital’s record can export it.`}</p>
          </div>

          <form
            onSubmit={(event) => {
              event.preventDefault();
              props.onInput({ name: 'pasted text', content: text });
            }}
          >
            <label htmlFor="paste">{say`Or paste its text`}</label>
            <textarea
              id="paste"
              rows={text === '' ? 5 : 14}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <div className="row">
              <button type="submit" className="primary">{say`Show the report`}</button>
              {text === '' ? (
                <button
                  type="button"
                  className="quiet"
                  onClick={() => setText(TEMPLATE)}
                >{say`Start with a short template`}</button>
              ) : null}
            </div>
          </form>

          <p className="as-of">
            <label htmlFor="as-of">{say`The report should be true on`}</label>
            <input
              id="as-of"
              type="date"
              required
              min="1990-01-01"
              max="2100-12-31"
              value={props.asOf}
              onChange={(event) => props.onAsOf(event.currentTarget.value)}
            />
            <span className="aside">{say`Leave this as it is, unless you want to look back at an earlier day.`}</span>
          </p>
        </div>
      </section>
    </div>
  );
}

export function VoiceChoice(props: {
  readonly name: string;
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
  readonly labelledBy?: string;
}): ReactNode {
  const choice = (voice: Voice, label: string): ReactNode => (
    <label className="choice">
      <input type="radio" name={props.name} value={voice} checked={props.voice === voice} onChange={() => props.onVoice(voice)} />
      {label}
    </label>
  );
  return (
    <fieldset {...(props.labelledBy === undefined ? {} : { 'aria-labelledby': props.labelledBy })}>
      {props.labelledBy === undefined ? <legend className="unseen">{say`Written for`}</legend> : null}
      {choice('patient', say`A patient, family or friend`)}
      {choice('clinician', say`A professional`)}
    </fieldset>
  );
}
