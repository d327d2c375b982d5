/** All facts of a case on one page, for somebody who has the papers and a keyboard: a line for each fact, from the catalogue. */
import {
  type CaseRecord,
  type FactDefinition,
  type FactState,
  type Guide,
  isPartialDate,
  type Observation,
  type PartialDate,
  type Snapshot,
  unitWords,
  valueWords,
} from '@serosa/core';
import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { firstUnit, useSettings } from '../settings.js';
import { REASON_WORDS } from '../view/words.js';
import { readDate, readNumber } from './answer.js';
import { type Answer, asksDay, isTold, toldOf, withAnswer } from './told.js';
import { questionsOf, TOPICS, type Topic } from './topics.js';

export interface FormProps {
  readonly guide: Guide;
  readonly record: CaseRecord;
  readonly facts: Snapshot;
  /** Facts that were answered here. */
  readonly told: ReadonlySet<string>;
  readonly asOf: PartialDate;
  readonly onRecord: (record: CaseRecord) => void;
  /** What a topic has besides its facts. */
  readonly events: (topic: Topic) => ReactNode;
}

export function Form(props: FormProps): ReactNode {
  const { guide, record, facts, told, asOf, onRecord, events } = props;
  const id = useId();
  const [search, setSearch] = useState('');
  const [day, setDay] = useState('');
  const dated = dayOf(day);
  const latest = useRef({ record, onRecord, asOf, dated });
  latest.current = { record, onRecord, asOf, dated };
  // The same function for every line and all the time: a line is drawn anew only when its own answer changed.
  const answer = useCallback((definition: FactDefinition, given: Answer | undefined): void => {
    const now = latest.current;
    const undated = given !== undefined && asksDay(definition) && !('date' in given);
    const told = toldOf(now.record, definition.id)?.date;
    const full = undated ? { ...given, date: told ?? (typeof now.dated === 'string' ? now.dated : undefined) } : given;
    now.onRecord(withAnswer(now.record, definition, full, now.asOf));
  }, []);
  const wanted = search.trim().toLowerCase();
  const groups = useMemo(
    () =>
      TOPICS.map((topic) => {
        const { asked, rest } = questionsOf(topic, guide, facts, [], told);
        return { topic, definitions: [...asked, ...rest] };
      }),
    [guide, facts, told],
  );
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const find = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', find);
    return () => window.removeEventListener('keydown', find);
  }, []);
  const shown = groups.map(({ topic, definitions }) => ({ topic, definitions: definitions.filter((one) => fits(one, wanted)) }));
  const empty = shown.every(({ definitions }) => definitions.length === 0);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in any box goes on to the next one, as in a table
    <div className="form" onKeyDown={goOn}>
      <div className="form-head">
        <p>
          <label htmlFor={`${id}-find`}>Find a fact (key /)</label>
          <input
            id={`${id}-find`}
            ref={box}
            type="search"
            autoComplete="off"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </p>
        <p>
          <label htmlFor={`${id}-day`}>Date of new results</label>
          <input
            id={`${id}-day`}
            autoComplete="off"
            placeholder="YYYY-MM-DD"
            value={day}
            aria-invalid={typeof dated === 'object'}
            aria-describedby={typeof dated === 'object' ? `${id}-day-wrong` : undefined}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </p>
        {typeof dated === 'object' ? (
          <p id={`${id}-day-wrong`} className="wrong" role="alert">
            {dated.wrong}
          </p>
        ) : null}
        <p className="aside">
          Enter goes on to the next box. A number may bring its unit: 1.1 mg/dL. A question mark is “not known”. Dates:
          2026-03-09, 9.3.2026, 2026-03 or 2026.
        </p>
      </div>
      {empty ? <p>No fact has this word.</p> : null}
      {shown.map(({ topic, definitions }) =>
        definitions.length === 0 && (wanted !== '' || topic.id !== 'treatment') ? null : (
          <section key={topic.id} aria-labelledby={`${id}-${topic.id}`}>
            <h2 id={`${id}-${topic.id}`}>{topic.title.clinician}</h2>
            {wanted === '' ? events(topic) : null}
            <table className="form-facts">
              <thead className="unseen">
                <tr>
                  <th scope="col">Fact</th>
                  <th scope="col">Value</th>
                  <th scope="col">Date</th>
                  <th scope="col">Remark</th>
                </tr>
              </thead>
              <tbody>
                {definitions.map((definition) => (
                  <Line
                    key={definition.id}
                    definition={definition}
                    told={toldOf(record, definition.id)}
                    state={facts.get(definition.id)}
                    onAnswer={answer}
                  />
                ))}
              </tbody>
            </table>
          </section>
        ),
      )}
    </div>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const fits = ({ id, label, patient, learnedBy }: FactDefinition, wanted: string): boolean =>
  wanted === '' || `${label} ${patient.label} ${id} ${learnedBy.join(' ')}`.toLowerCase().includes(wanted);

/** Enter leads to the next box, with Shift to the one before; a list opens with the space bar. */
function goOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || !event.target.matches('[data-box]')) return;
  event.preventDefault();
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-box]:not(:disabled)')];
  const next = boxes[boxes.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
  // What was typed counts when its box is left; the last one is left all the same.
  if (next === undefined) event.target.blur();
  else next.focus();
}

interface LineProps {
  readonly definition: FactDefinition;
  readonly told: Observation | undefined;
  readonly state: FactState;
  readonly onAnswer: (definition: FactDefinition, given: Answer | undefined) => void;
}

const sameLine = (before: LineProps, after: LineProps): boolean =>
  before.definition === after.definition &&
  before.told === after.told &&
  before.state.kind === after.state.kind &&
  remarkOf(before) === remarkOf(after);

const Line = memo(function Line(props: LineProps): ReactNode {
  const { definition, told, onAnswer } = props;
  const id = useId();
  const listed = definition.type === 'boolean' || definition.type === 'code';
  return (
    <tr>
      <th scope="row">
        <label htmlFor={id}>{definition.label}</label>
      </th>
      <td>
        {listed ? <Choice {...props} id={id} /> : <Entry {...props} id={id} />}
        {definition.unit === undefined || definition.unit === '1' ? null : <UnitOf {...props} />}
      </td>
      <td>
        {asksDay(definition) ? (
          <DayBox
            label={`Date: ${definition.label}`}
            date={told?.date}
            off={told === undefined || typeof told.value === 'object'}
            onDate={(date) => {
              if (told === undefined) return;
              const { value, asWritten } = told;
              onAnswer(definition, { value, ...(asWritten === undefined ? {} : { asWritten }), date });
            }}
          />
        ) : null}
      </td>
      <td className="aside">{remarkOf(props)}</td>
    </tr>
  );
}, sameLine);

/** What the case has of the fact besides what was told here, and why it does not count. */
function remarkOf({ definition, told, state }: LineProps): string {
  const reading = 'reading' in state ? state.reading : undefined;
  const elsewhere = reading !== undefined && !isTold(reading) && typeof reading.value !== 'object' ? reading : undefined;
  const why =
    state.kind === 'unknown' && reading !== undefined && typeof reading.value !== 'object'
      ? REASON_WORDS[state.reason].clinician
      : '';
  const value =
    elsewhere === undefined
      ? ''
      : `${valueWords(definition, elsewhere.value as string | number | boolean, 'clinician')}${elsewhere.date === undefined ? '' : ` (${elsewhere.date})`}, ${elsewhere.origin.kind}`;
  const derived =
    told === undefined && reading === undefined && state.kind === 'known'
      ? `derived: ${valueWords(definition, state.value, 'clinician')}`
      : '';
  return [value, derived, why].filter((part) => part !== '').join('; ');
}

function UnitOf({ definition, told }: LineProps): ReactNode {
  const settings = useSettings();
  const written = writtenOf(told);
  const unit = written?.unit ?? (told === undefined ? firstUnit(definition, settings) : (definition.unit ?? ''));
  return <span className="form-unit"> {unitWords(unit)}</span>;
}

/** `1.1 mg/dL`, as it was typed, in its parts. */
function writtenOf(told: Observation | undefined): { readonly number: string; readonly unit: string } | undefined {
  const [, number, unit] = /^(\S+) (.+)$/.exec(told?.asWritten ?? '') ?? [];
  return number === undefined || unit === undefined ? undefined : { number, unit };
}

const NOT_KNOWN = '?';

function Choice({ definition, told, id, onAnswer }: LineProps & { readonly id: string }): ReactNode {
  const values =
    definition.type === 'boolean'
      ? [
          { id: 'yes', label: 'yes' },
          { id: 'no', label: 'no' },
        ]
      : (definition.values ?? []).map(({ id: value, label }) => ({ id: value, label }));
  const value = told?.value;
  const chosen =
    value === undefined
      ? ''
      : typeof value === 'object'
        ? NOT_KNOWN
        : value === true
          ? 'yes'
          : value === false
            ? 'no'
            : String(value);
  const choose = (given: string): void =>
    onAnswer(
      definition,
      given === ''
        ? undefined
        : given === NOT_KNOWN
          ? { value: { absent: 'unknown' } }
          : { value: definition.type === 'boolean' ? given === 'yes' : given },
    );
  return (
    <select id={id} data-box="" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">–</option>
      {values.map((one) => (
        <option key={one.id} value={one.id}>
          {one.label}
        </option>
      ))}
      <option value={NOT_KNOWN}>unknown</option>
    </select>
  );
}

/** A number, with its unit if it brings one, or a day. */
function Entry({ definition, told, id, onAnswer }: LineProps & { readonly id: string }): ReactNode {
  const settings = useSettings();
  const value = told?.value;
  const shown = value === undefined ? '' : typeof value === 'object' ? NOT_KNOWN : (writtenOf(told)?.number ?? String(value));
  return (
    <Box
      id={id}
      shown={shown}
      wide={definition.type === 'date'}
      onText={(text) => {
        const read = readEntry(definition, text, writtenOf(told)?.unit ?? firstUnit(definition, settings));
        if (read !== undefined && 'wrong' in read) return read.wrong;
        onAnswer(definition, read);
        return undefined;
      }}
    />
  );
}

/** What was typed into the box of a fact: nothing, not known, a day, or a number in its own unit or the one that is set. */
function readEntry(definition: FactDefinition, text: string, unitSet: string): Answer | { readonly wrong: string } | undefined {
  if (text === '') return undefined;
  if (text === NOT_KNOWN) return { value: { absent: 'unknown' } };
  if (definition.type === 'date') {
    const day = dayOf(text);
    return typeof day === 'string' ? { value: day } : day;
  }
  const [, number = text, typedUnit = ''] = /^([+-]?[\d.,]+)\s*(\S.*)?$/.exec(text) ?? [];
  const known = [definition.unit ?? '1', ...Object.keys(definition.units ?? {})];
  const plain = (unit: string): string => unit.toLowerCase().replace(/^(?:µ|μ|mc)(?=mol|g)/, 'u');
  const unit =
    typedUnit === '' ? unitSet : known.find((one) => [one, unitWords(one)].some((name) => plain(name) === plain(typedUnit)));
  if (unit === undefined) return { wrong: `This unit is not one of: ${known.map(unitWords).join(', ')}.` };
  return readNumber(definition, number, unit === (definition.unit ?? '1') ? undefined : unit);
}

function DayBox(props: {
  readonly label: string;
  readonly date: PartialDate | undefined;
  /** Without a value there is nothing to date. */
  readonly off: boolean;
  readonly onDate: (date: PartialDate | undefined) => void;
}): ReactNode {
  const { label, date, off, onDate } = props;
  return (
    <Box
      label={label}
      shown={date ?? ''}
      off={off}
      wide
      onText={(text) => {
        const day = dayOf(text);
        if (typeof day === 'object') return day.wrong;
        onDate(day);
        return undefined;
      }}
    />
  );
}

/** A box of text that counts when it is left, and says beside it why it cannot. */
function Box(props: {
  readonly id?: string;
  readonly label?: string;
  readonly shown: string;
  readonly wide?: boolean;
  readonly off?: boolean;
  /** Takes what was typed, or says what is wrong with it. */
  readonly onText: (text: string) => string | undefined;
}): ReactNode {
  const { id, label, shown, onText } = props;
  const own = useId();
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    setText(shown);
    setWrong(undefined);
  }, [shown]);
  return (
    <>
      <input
        id={id}
        data-box=""
        aria-label={label}
        autoComplete="off"
        maxLength={30}
        className={props.wide === true ? 'form-day' : 'form-number'}
        disabled={props.off}
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : own}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          const typed = text.trim();
          if (typed === shown) {
            setWrong(undefined);
            return;
          }
          setWrong(onText(typed) ?? undefined);
        }}
      />
      {wrong === undefined ? null : (
        <span id={own} className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}

/** A day as professionals type it: `2026-03-09`, `9.3.2026`, `2026-03`, `3/2026` is refused as no one knows its order. */
function dayOf(text: string): PartialDate | undefined | { readonly wrong: string } {
  const typed = text.trim();
  if (typed === '') return undefined;
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined) return readDate(day, month, year);
  return isPartialDate(typed) ? typed : { wrong: 'Write the date as 2026-03-09, 9.3.2026, 2026-03 or 2026.' };
}
