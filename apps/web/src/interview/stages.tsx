/** Stages as letters name them. They narrow what the descriptors leave open, and are never read as another edition's. */
import { type CaseRecord, type StatedStage, said, say, toSay } from '@serosa/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { dateWords } from '../view/words.js';
import { DayInput } from './question.js';
import { TOLD } from './told.js';

const FIELDS = [
  { key: 'group', label: toSay('Stage'), values: ['I', 'IA', 'IB', 'II', 'III', 'IIIA', 'IIIB', 'IV'] },
  { key: 'T', label: 'T', values: ['TX', 'T0', 'T1', 'T2', 'T3', 'T4'] },
  { key: 'N', label: 'N', values: ['NX', 'N0', 'N1', 'N2', 'N3'] },
  { key: 'M', label: 'M', values: ['MX', 'M0', 'M1'] },
] as const;

const EDITIONS: Readonly<Record<StatedStage['edition'], string>> = {
  unknown: toSay('The letter does not say'),
  '9': toSay('9th edition (from 2025)'),
  '8': toSay('8th edition (2017 to 2024)'),
  '7': toSay('7th edition (2010 to 2016)'),
  '6': toSay('6th edition'),
  '5': toSay('5th edition'),
};

const BASES: Readonly<Record<StatedStage['basis'], string>> = {
  unknown: toSay('The letter does not say'),
  clinical: toSay('From scans and tests (c, such as cT2)'),
  pathological: toSay('From an operation (p, such as pT2)'),
};

export function stagedWords({ group, T, N, M, edition, date }: StatedStage): string {
  const named = [group === undefined ? undefined : say`stage ${group}`, T, N, M].filter(Boolean).join(' ');
  const by = edition === 'unknown' ? '' : `, ${said(EDITIONS[edition])}`;
  return `${named}${by}${date === undefined ? '' : ` (${dateWords(date)})`}`;
}

export function Stages(props: { readonly record: CaseRecord; readonly onRecord: (record: CaseRecord) => void }): ReactNode {
  const { record, onRecord } = props;
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setAdding(false);
    setTimeout(() => add.current?.focus());
  };
  return (
    <div className="treatments">
      {record.stages.length === 0 ? null : (
        <ul>
          {record.stages.map((stage, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal statements are told apart by their place alone
            <li key={index}>
              {stagedWords(stage)}{' '}
              <button
                type="button"
                className="quiet"
                onClick={() => onRecord({ ...record, stages: record.stages.filter((other) => other !== stage) })}
              >
                {say`Remove`}
                <span className="unseen">: {stagedWords(stage)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <AddStage
          onCancel={close}
          onAdd={(stage) => {
            onRecord({ ...record, stages: [...record.stages, stage] });
            close();
          }}
        />
      ) : (
        <button ref={add} type="button" onClick={() => setAdding(true)}>{say`Add a stage that a letter names`}</button>
      )}
    </div>
  );
}

type Named = Partial<Record<(typeof FIELDS)[number]['key'], string>>;

function AddStage(props: { readonly onAdd: (stage: StatedStage) => void; readonly onCancel: () => void }): ReactNode {
  const id = useId();
  const [named, setNamed] = useState<Named>({});
  const [edition, setEdition] = useState<StatedStage['edition']>('unknown');
  const [basis, setBasis] = useState<StatedStage['basis']>('unknown');
  const [date, setDate] = useState<string>();
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const empty = FIELDS.every(({ key }) => named[key] === undefined);
  const choose = (key: keyof Named, value: string): void =>
    setNamed(({ [key]: _before, ...rest }) => (value === '' ? rest : { ...rest, [key]: value }));
  return (
    <div className="ask">
      <p className="ask-label">{say`What does the letter say? Fill in what stands there and leave the rest.`}</p>
      <div className="row">
        {FIELDS.map(({ key, label, values }, index) => (
          <label key={key} className="day-part">
            {said(label)}
            <select
              ref={index === 0 ? first : undefined}
              value={named[key] ?? ''}
              onChange={(event) => choose(key, event.currentTarget.value)}
            >
              <option value="">–</option>
              {values.map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p>
        <label htmlFor={`${id}-edition`}>{say`By which rules?`}</label>
        <select
          id={`${id}-edition`}
          value={edition}
          onChange={(event) => setEdition(event.currentTarget.value as StatedStage['edition'])}
        >
          {Object.entries(EDITIONS).map(([value, label]) => (
            <option key={value} value={value}>
              {said(label)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-basis`}>{say`What does it rest on?`}</label>
        <select
          id={`${id}-basis`}
          value={basis}
          onChange={(event) => setBasis(event.currentTarget.value as StatedStage['basis'])}
        >
          {Object.entries(BASES).map(([value, label]) => (
            <option key={value} value={value}>
              {said(label)}
            </option>
          ))}
        </select>
      </p>
      <p className="ask-label">{say`Date of the letter. Month and year are enough.`}</p>
      <DayInput id={`${id}-date`} label={say`Date of the letter`} date={date} onDate={setDate} />
      <div className="row">
        <button
          type="button"
          className="primary"
          disabled={empty}
          onClick={() =>
            props.onAdd({
              edition,
              basis,
              ...named,
              ...(date === undefined ? {} : { date }),
              origin: { kind: 'letter', at: TOLD },
            })
          }
        >{say`Add it`}</button>
        <button type="button" className="quiet" onClick={props.onCancel}>{say`Cancel`}</button>
      </div>
    </div>
  );
}
