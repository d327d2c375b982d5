/** Treatments so far, as dated events: what was given, from when to when. Line of therapy and the like are worked out from them. */
import {
  type CaseRecord,
  inVoice,
  type Origin,
  type ProcedureCode,
  said,
  say,
  type TreatmentEvent,
  toSay,
  type Voice,
} from '@serosa/core';
import { AGENT_NAMES, agentsNamed } from '@serosa/interop/value';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { DayInput } from './question.js';
import { TOLD } from './told.js';
import { PROCEDURES, treatmentWords } from './treatment-words.js';

type Kind = TreatmentEvent['kind'];

const KINDS: Readonly<Record<Kind, string>> = {
  systemic: toSay('Medicines against the tumour (chemotherapy, immunotherapy)'),
  procedure: toSay('An operation or procedure'),
  radiotherapy: toSay('Radiotherapy'),
};

export function Treatments(props: {
  readonly record: CaseRecord;
  readonly voice: Voice;
  readonly onRecord: (record: CaseRecord) => void;
}): ReactNode {
  const { record, voice, onRecord } = props;
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setAdding(false);
    setTimeout(() => add.current?.focus());
  };
  return (
    <div className="treatments">
      {record.treatments.length === 0 ? (
        <p>{say`Nothing is told yet.`}</p>
      ) : (
        <ul>
          {record.treatments.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal treatments are told apart by their place alone
            <li key={index}>
              {treatmentWords(event, voice)}{' '}
              <button
                type="button"
                className="quiet"
                onClick={() => onRecord({ ...record, treatments: record.treatments.filter((other) => other !== event) })}
              >
                {say`Remove`}
                <span className="unseen">: {treatmentWords(event, voice)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <AddTreatment
          voice={voice}
          onCancel={close}
          onAdd={(event) => {
            onRecord({ ...record, treatments: [...record.treatments, event] });
            close();
          }}
        />
      ) : (
        <button ref={add} type="button" onClick={() => setAdding(true)}>{say`Add a treatment`}</button>
      )}
    </div>
  );
}

const BY_PERSON: Origin = { kind: 'patient', at: TOLD };

function AddTreatment(props: {
  readonly voice: Voice;
  readonly onAdd: (event: TreatmentEvent) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { voice, onAdd, onCancel } = props;
  const id = useId();
  const [kind, setKind] = useState<Kind>();
  const [drugs, setDrugs] = useState('');
  const [code, setCode] = useState<ProcedureCode | ''>('');
  const [text, setText] = useState('');
  const [start, setStart] = useState<string>();
  const [end, setEnd] = useState<string>();
  const [ongoing, setOngoing] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { all: agents, unknown } = agentsNamed(drugs);
  const events = (): TreatmentEvent | undefined => {
    const times = { ...(start === undefined ? {} : { start }), ...(end === undefined || ongoing ? {} : { end }) };
    if (kind === 'systemic') return { kind, agents, ...times, ...(ongoing ? { ongoing } : {}), origin: BY_PERSON };
    if (kind === 'radiotherapy')
      return { kind, ...(text.trim() === '' ? {} : { site: text.trim() }), ...times, origin: BY_PERSON };
    if (kind !== 'procedure' || code === '') return undefined;
    return {
      kind,
      code,
      ...(text.trim() === '' ? {} : { text: text.trim() }),
      ...(start === undefined ? {} : { date: start }),
      origin: BY_PERSON,
    };
  };
  const event = events();
  const order = start !== undefined && end !== undefined && !ongoing && end < start.slice(0, end.length);
  return (
    <div className="ask">
      <fieldset>
        <legend>{say`What was it?`}</legend>
        <div className="choices">
          {(Object.keys(KINDS) as Kind[]).map((one, index) => (
            <label key={one} className="choice">
              <input
                ref={index === 0 ? first : undefined}
                type="radio"
                name={id}
                checked={kind === one}
                onChange={() => setKind(one)}
              />
              {said(KINDS[one])}
            </label>
          ))}
        </div>
      </fieldset>
      {kind === 'systemic' ? (
        <p>
          <label
            htmlFor={`${id}-drugs`}
          >{say`Which medicines? The letter names them. Leave this empty if you do not know.`}</label>
          <input
            id={`${id}-drugs`}
            list={`${id}-names`}
            autoComplete="off"
            maxLength={200}
            value={drugs}
            onChange={(change) => setDrugs(change.currentTarget.value)}
          />
          <datalist id={`${id}-names`}>
            {AGENT_NAMES.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <span className="aside" aria-live="polite">
            {agents.length === 0
              ? say`Such as “pemetrexed and cisplatin”.`
              : say`Read as: ${agents.join(' + ')}.${unknown.length === 0 ? '' : say` We do not know ${unknown.join(', ')}; it is kept as you wrote it.`}`}
          </span>
        </p>
      ) : null}
      {kind === 'procedure' ? (
        <p>
          <label htmlFor={`${id}-code`}>{say`Which one?`}</label>
          <select id={`${id}-code`} value={code} onChange={(change) => setCode(change.currentTarget.value as ProcedureCode | '')}>
            <option value="">{say`Choose…`}</option>
            {Object.entries(PROCEDURES).map(([value, label]) => (
              <option key={value} value={value}>
                {inVoice(label, voice)}
              </option>
            ))}
          </select>
        </p>
      ) : null}
      {kind === 'radiotherapy' || code === 'other' ? (
        <p>
          <label htmlFor={`${id}-text`}>{kind === 'radiotherapy' ? say`Which part of the body?` : say`What was done?`}</label>
          <input
            id={`${id}-text`}
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={(change) => setText(change.currentTarget.value)}
          />
        </p>
      ) : null}
      {kind === undefined ? null : (
        <>
          <p className="ask-label">{say`${kind === 'procedure' ? say`When?` : say`When did it begin?`} The year alone is fine.`}</p>
          <DayInput id={`${id}-start`} label={kind === 'procedure' ? say`When` : say`Beginning`} date={start} onDate={setStart} />
        </>
      )}
      {kind === undefined || kind === 'procedure' ? null : (
        <>
          {kind === 'systemic' ? (
            <label className="choice">
              <input type="checkbox" checked={ongoing} onChange={(change) => setOngoing(change.currentTarget.checked)} />
              {say`It is still going on`}
            </label>
          ) : null}
          {ongoing ? null : (
            <>
              <p className="ask-label">{say`When did it end?`}</p>
              <DayInput id={`${id}-end`} label={say`End`} date={end} onDate={setEnd} />
            </>
          )}
        </>
      )}
      {order ? <p className="wrong" role="alert">{say`The end is before the beginning. Look at the two dates again.`}</p> : null}
      <div className="row">
        <button
          type="button"
          className="primary"
          disabled={event === undefined || order}
          onClick={() => event && onAdd(event)}
        >{say`Add it`}</button>
        <button type="button" className="quiet" onClick={onCancel}>{say`Cancel`}</button>
      </div>
    </div>
  );
}
