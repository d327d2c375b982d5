/** One question: the words of the catalogue, a control for its kind of answer, and "I don't know" as an answer like any other. */
import {
  type FactDefinition,
  type FactState,
  inVoice,
  type Observation,
  said,
  say,
  toSay,
  unitWords,
  type Voice,
  valueWords,
} from '@serosa/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { firstUnit, useSettings } from '../settings.js';
import { dateWords, REASON_WORDS } from '../view/words.js';
import { type Entered, readDate, readNumber } from './answer.js';
import { type Answer, asksDay, isTold } from './told.js';

export interface QuestionProps {
  readonly definition: FactDefinition;
  readonly voice: Voice;
  /** What was told here before. */
  readonly told: Observation | undefined;
  /** What the case says now, from wherever it has it. */
  readonly state: FactState;
  /** A new answer; undefined takes the answer back. The day is that of the reading, where it is asked for. */
  readonly onAnswer: (answer: Answer | undefined) => void;
}

/** More values than this are chosen from a list. */
const MOST_CHOICES = 8;

export function Question(props: QuestionProps): ReactNode {
  const { definition, voice, told, state } = props;
  const id = useId();
  const unknown = typeof told?.value === 'object';
  const [where, setWhere] = useState(false);
  const words = definition.patient;
  // What people know of themselves is looked up nowhere. Of a sign that is there the catalogue says what to do.
  const ownKnowledge = definition.cost === 'question';
  const alarming =
    definition.id.startsWith('symptom.') && told !== undefined && !unknown && told.value !== false && told.value !== 'none';
  const kind =
    definition.type === 'boolean' || (definition.type === 'code' && (definition.values ?? []).length <= MOST_CHOICES)
      ? 'choice'
      : definition.type;
  return (
    <fieldset className="ask" aria-describedby={`${id}-where`}>
      <legend>{voice === 'patient' ? words.question : definition.label}</legend>
      {voice === 'clinician' ? <p className="aside">{words.question}</p> : null}
      <FromElsewhere definition={definition} voice={voice} state={state} />
      {kind === 'choice' ? (
        <Choices {...props} name={id} />
      ) : kind === 'code' ? (
        <List {...props} id={id} />
      ) : kind === 'date' ? (
        <DateEntry {...props} id={id} />
      ) : (
        <NumberEntry {...props} id={id} />
      )}
      {asksDay(definition) && told !== undefined && !unknown ? <DayOf {...props} id={id} told={told} /> : null}
      <p className="row ask-more">
        {kind === 'choice' ? null : (
          <button
            type="button"
            className="quiet"
            aria-pressed={unknown}
            onClick={() => props.onAnswer({ value: { absent: 'unknown' } })}
          >{say`I don’t know`}</button>
        )}
        {told === undefined ? null : (
          <button type="button" className="quiet" onClick={() => props.onAnswer(undefined)}>
            {say`Clear`}
            <span className="unseen">{say` the answer: ${words.label}`}</span>
          </button>
        )}
        {unknown || where || alarming || ownKnowledge ? null : (
          <button type="button" className="quiet" onClick={() => setWhere(true)}>
            {say`Where do I find this?`}
            <span className="unseen"> {words.label}</span>
          </button>
        )}
      </p>
      <p id={`${id}-where`} className="ask-where" aria-live="polite">
        {unknown ? say`That is fine. ${words.where}` : where || alarming ? words.where : ''}
      </p>
    </fieldset>
  );
}

/** What a file or another source said of the fact already, so that nobody answers twice without knowing. */
function FromElsewhere(props: Pick<QuestionProps, 'definition' | 'voice' | 'state'>): ReactNode {
  const { definition, voice, state } = props;
  const reading = 'reading' in state ? state.reading : undefined;
  if (reading === undefined || isTold(reading) || typeof reading.value === 'object') return null;
  const unit =
    definition.unit && definition.unit !== '1' && typeof reading.value === 'number' ? ` ${unitWords(definition.unit)}` : '';
  const reason = state.kind === 'unknown' ? ` – ${inVoice(REASON_WORDS[state.reason], voice)}` : '';
  return (
    <p className="aside">{say`In the record: ${valueWords(definition, reading.value, voice)}${unit}${reading.date === undefined ? '' : ` (${dateWords(reading.date)})`}${reason}`}</p>
  );
}

function Choices({ definition, voice, told, name, onAnswer }: QuestionProps & { readonly name: string }): ReactNode {
  const values =
    definition.type === 'boolean'
      ? [
          { value: true, label: say`Yes` },
          { value: false, label: say`No` },
        ]
      : (definition.values ?? []).map(({ id, label, patient }) => ({ value: id, label: voice === 'patient' ? patient : label }));
  return (
    <div className="choices">
      {values.map(({ value, label }) => (
        <label key={label} className="choice">
          <input type="radio" name={name} checked={told?.value === value} onChange={() => onAnswer({ value })} />
          {label}
        </label>
      ))}
      <label className="choice">
        <input
          type="radio"
          name={name}
          checked={typeof told?.value === 'object'}
          onChange={() => onAnswer({ value: { absent: 'unknown' } })}
        />
        {say`I don’t know`}
      </label>
    </div>
  );
}

function List({ definition, voice, told, id, onAnswer }: QuestionProps & { readonly id: string }): ReactNode {
  const chosen = typeof told?.value === 'string' ? told.value : '';
  return (
    <select
      id={id}
      aria-label={definition.patient.label}
      value={chosen}
      onChange={(event) => onAnswer(event.currentTarget.value === '' ? undefined : { value: event.currentTarget.value })}
    >
      <option value="">{say`Choose…`}</option>
      {(definition.values ?? []).map((value) => (
        <option key={value.id} value={value.id}>
          {voice === 'patient' ? value.patient : value.label}
        </option>
      ))}
    </select>
  );
}

/** Text that a person is writing: kept as typed until it is an answer, and never taken away while it is wrong. */
function NumberEntry({ definition, told, id, onAnswer }: QuestionProps & { readonly id: string }): ReactNode {
  const units = [definition.unit ?? '1', ...Object.keys(definition.units ?? {})].filter(
    (unit, index, all) => all.findIndex((other) => unitWords(other) === unitWords(unit)) === index,
  );
  const written = /^(\S+) (.+)$/.exec(told?.asWritten ?? '');
  const shown = typeof told?.value === 'number' ? (written?.[1] ?? String(told.value)) : '';
  const first = firstUnit(definition, useSettings());
  const [text, setText] = useState(shown);
  const [unit, setUnit] = useState(written?.[2] ?? first);
  const [wrong, setWrong] = useState<string>();
  const last = useRef(shown);
  // An answer that changed elsewhere (undo, another tab, "I don't know") is shown; what is being typed is left alone.
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    setText(shown);
    setWrong(undefined);
  }, [shown]);
  const enter = (typed: string, inUnit: string): void => {
    if (typed.trim() === '') {
      setWrong(undefined);
      if (typeof told?.value === 'number') onAnswer(undefined);
      return;
    }
    const entered: Entered = readNumber(definition, typed, inUnit === (definition.unit ?? '1') ? undefined : inUnit);
    if ('wrong' in entered) {
      setWrong(entered.wrong);
      return;
    }
    setWrong(undefined);
    last.current = /^(\S+) /.exec(entered.asWritten ?? '')?.[1] ?? String(entered.value);
    onAnswer(entered);
  };
  return (
    <>
      <p className="row entry">
        <input
          id={id}
          aria-label={definition.patient.label}
          inputMode={definition.type === 'integer' ? 'numeric' : 'decimal'}
          autoComplete="off"
          maxLength={20}
          value={text}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => enter(text, unit)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') enter(text, unit);
          }}
        />
        {units.length === 1 ? (
          units[0] === '1' ? null : (
            <span>{unitWords(units[0] as string)}</span>
          )
        ) : (
          <select
            aria-label={say`Unit: ${definition.patient.label}`}
            value={unit}
            onChange={(event) => {
              setUnit(event.currentTarget.value);
              enter(text, event.currentTarget.value);
            }}
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {unitWords(one)}
              </option>
            ))}
          </select>
        )}
      </p>
      {wrong === undefined ? null : (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

function DateEntry({ definition, told, id, onAnswer }: QuestionProps & { readonly id: string }): ReactNode {
  return (
    <DayInput
      id={id}
      label={definition.patient.label}
      date={typeof told?.value === 'string' ? told.value : undefined}
      onDate={(date) => onAnswer(date === undefined ? undefined : { value: date })}
    />
  );
}

/** The day of a reading that ages. */
function DayOf({
  definition,
  told,
  id,
  onAnswer,
}: QuestionProps & { readonly id: string; readonly told: Observation }): ReactNode {
  const { value, asWritten } = told;
  return (
    <>
      <p className="aside">
        {say`When was that? Month and year are enough. `}
        {told.date === undefined ? (
          <strong>{say`Without a date this answer does not count yet.`}</strong>
        ) : (
          say`An old result no longer counts as a new one.`
        )}
      </p>
      <DayInput
        id={`${id}-day`}
        label={say`Day of the result: ${definition.patient.label}`}
        date={told.date}
        onDate={(date) => onAnswer({ value, ...(asWritten === undefined ? {} : { asWritten }), date })}
      />
    </>
  );
}

const PARTS = [toSay('Day'), toSay('Month'), toSay('Year')];

function split(date: string | undefined): readonly [string, string, string] {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return [day, month, year];
}

/** Three boxes, since a calendar knows no "some time in May 2024". */
export function DayInput(props: {
  readonly id: string;
  readonly label: string;
  readonly date: string | undefined;
  readonly onDate: (date: string | undefined) => void;
}): ReactNode {
  const { id, label, date, onDate } = props;
  const [typed, setTyped] = useState(split(date));
  const [wrong, setWrong] = useState<string>();
  const last = useRef(date);
  useEffect(() => {
    if (last.current === date) return;
    last.current = date;
    setTyped(split(date));
    setWrong(undefined);
  }, [date]);
  const leave = (): void => {
    const read = readDate(...typed);
    setWrong(typeof read === 'object' ? read.wrong : undefined);
    if (typeof read === 'object') return;
    if (read === date) return;
    last.current = read;
    onDate(read);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside of the question's fieldset would be read out twice
    <div
      role="group"
      aria-label={label}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) leave();
      }}
    >
      <p className="row entry">
        {PARTS.map((part, index) => (
          <label key={part} className="day-part">
            {said(part)}
            <input
              id={index === 0 ? id : `${id}-${part}`}
              inputMode="numeric"
              autoComplete="off"
              maxLength={part === 'Year' ? 4 : 2}
              className={part === 'Year' ? 'year' : 'two'}
              value={typed[index]}
              aria-invalid={wrong !== undefined}
              aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setTyped((before) => before.map((one, place) => (place === index ? value : one)) as [string, string, string]);
              }}
            />
          </label>
        ))}
      </p>
      {wrong === undefined ? null : (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
