/** Telling a case, one topic at a time. Every answer counts at once: the report is there from the first, and one may stop at any time. */
import {
  type CaseRecord,
  categoriesText,
  type FactDefinition,
  factsOfCase,
  type Guide,
  groupsText,
  inVoice,
  type Report,
  said,
  say,
  type Voice,
} from '@serosa/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { hrefOf } from '../address.js';
import { type KeptCase, nameOf } from '../cases.js';
import { Alarm, isLoud } from '../view/urgent.js';
import { count, systemName, URGENCY_WORDS } from '../view/words.js';
import { Form } from './form.js';
import { Question } from './question.js';
import { Stages } from './stages.js';
import { type Answer, isTold, toldOf, withAnswer } from './told.js';
import { questionsOf, TOPICS, type Topic } from './topics.js';
import { Treatments } from './treatments.js';

export interface InterviewProps {
  readonly guide: Guide;
  readonly kept: KeptCase;
  readonly report: Report;
  readonly voice: Voice;
  /** Today where the reader is. */
  readonly asOf: string;
  /** Id of a topic; the first one when it is none. */
  readonly topic: string | undefined;
  readonly onRecord: (record: CaseRecord) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** What went wrong with keeping the case, and the like. */
  readonly problem: ReactNode;
}

export function Interview(props: InterviewProps): ReactNode {
  const { guide, kept, report, voice, asOf, onRecord } = props;
  const { record } = kept;
  const at = Math.max(
    0,
    TOPICS.findIndex(({ id }) => id === props.topic),
  );
  const topic = TOPICS[at] as Topic;
  const facts = useMemo(() => factsOfCase(guide, record, asOf), [guide, record, asOf]);
  const told = useMemo(() => new Set(record.observations.filter(isTold).map(({ fact }) => fact)), [record]);
  const { asked, rest } = questionsOf(topic, guide, facts, report.next, told);
  const loud = report.findings.filter(isLoud);
  /** A professional has the papers and a keyboard, and wants no leading through. */
  const allAtOnce = voice === 'clinician' && props.topic === undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new topic is a new page
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, [topic.id]);

  const answer = (definition: FactDefinition, given: Answer | undefined): void =>
    onRecord(withAnswer(record, definition, given, asOf));
  const noneOfThese = (): void =>
    onRecord(
      asked.reduce(
        (after, definition) =>
          toldOf(after, definition.id) === undefined
            ? withAnswer(after, definition, { value: definition.type === 'boolean' ? false : 'none' }, asOf)
            : after,
        record,
      ),
    );
  const question = (definition: FactDefinition): ReactNode => (
    <Question
      key={definition.id}
      definition={definition}
      voice={voice}
      told={toldOf(record, definition.id)}
      state={facts.get(definition.id)}
      onAnswer={(given) => answer(definition, given)}
    />
  );
  const eventsOf = ({ id }: Topic, level: 2 | 3 = 2): ReactNode => {
    const Heading = level === 2 ? 'h2' : 'h3';
    if (id === 'treatment') return <Treatments record={record} voice={voice} onRecord={onRecord} />;
    if (id !== 'spread') return null;
    return (
      <>
        <Heading>{say`A stage that a letter names`}</Heading>
        <Stages record={record} onRecord={onRecord} />
      </>
    );
  };
  const place = (topicId: string): string => hrefOf({ kind: 'tell', id: kept.id, topic: topicId });
  const before = TOPICS[at - 1];
  const after = TOPICS[at + 1];
  const reportHref = hrefOf({ kind: 'case', id: kept.id });

  return (
    <div className={`interview-controls ${allAtOnce ? 'interview-form' : 'interview'}`}>
      {loud.length === 0 ? null : (
        <p className={`alarm-bar alarm-bar-${loud[0]?.urgency}`}>
          <button type="button" onClick={toTop}>
            {loud[0] && inVoice(loud[0].titles, voice)}: {inVoice(URGENCY_WORDS[loud[0]?.urgency ?? 'same-day'], voice)}
          </button>
        </p>
      )}
      {loud.length === 0 ? null : (
        <section className="alarms" tabIndex={-1} aria-label={say`Urgent signs`} aria-live="assertive">
          {loud.map((finding) => (
            <Alarm key={finding.id} finding={finding} voice={voice}>
              <p>
                <a href={reportHref}>{say`Why we say this`}</a>
              </p>
            </Alarm>
          ))}
        </section>
      )}
      <div className="interview-head">
        <p>
          <label htmlFor="case-name">{say`Name of this case`}</label>
          <CaseName name={nameOf(kept)} onName={(title) => onRecord({ ...record, title })} />
        </p>
        <p className="row">
          <a className="button primary" href={reportHref}>{say`See the report`}</a>
          <button type="button" disabled={kept.past.length === 0} onClick={props.onUndo}>{say`Undo`}</button>
          <button type="button" disabled={kept.future.length === 0} onClick={props.onRedo}>{say`Redo`}</button>
        </p>
        <p className="aside">{say`Every answer is kept in this browser at once. Nothing is sent anywhere. You can stop at any time.`}</p>
      </div>
      {props.problem}
      {allAtOnce ? (
        <>
          <h1 id="interview-title" ref={heading} tabIndex={-1}>
            All facts
          </h1>
          <StageLine report={report} />
          <Form
            guide={guide}
            record={record}
            facts={facts}
            told={told}
            asOf={asOf}
            onRecord={onRecord}
            events={(one) => eventsOf(one, 3)}
          />
        </>
      ) : (
        <>
          <nav className="topics" aria-label={say`Topics`}>
            <ol>
              {TOPICS.map((one) => (
                <li key={one.id}>
                  <a href={place(one.id)} aria-current={one === topic ? 'step' : undefined}>
                    {inVoice(one.title, voice)}
                  </a>
                  <span className="aside"> {answeredWords(one, told, record)}</span>
                </li>
              ))}
            </ol>
          </nav>
          <section className="topic-questions" aria-labelledby="interview-title">
            <h1 id="interview-title" ref={heading} tabIndex={-1}>
              {inVoice(topic.title, voice)}
            </h1>
            {topic.intro === undefined ? null : <p className="intro">{said(topic.intro)}</p>}
            {topic.signs === true ? (
              <p className="row">
                <button type="button" onClick={noneOfThese}>{say`None of these is there now`}</button>
              </p>
            ) : null}
            {topic.id === 'treatment' ? eventsOf(topic) : null}
            {asked.map(question)}
            {topic.id === 'spread' ? eventsOf(topic) : null}
            {rest.length === 0 ? null : <Further key={topic.id} definitions={rest} question={question} />}
            <nav className="row" aria-label={say`Go on`}>
              {before === undefined ? null : (
                <a className="button" href={place(before.id)}>{say`Back: ${inVoice(before.title, voice)}`}</a>
              )}
              {after === undefined ? (
                <a className="button primary" href={reportHref}>{say`See the report`}</a>
              ) : (
                <a className="button primary" href={place(after.id)}>{say`Next: ${inVoice(after.title, voice)}`}</a>
              )}
            </nav>
            <Worth report={report} here={topic} guide={guide} voice={voice} place={place} />
          </section>
        </>
      )}
    </div>
  );
}

/** What the facts come to so far, in sight while they are entered. */
function StageLine({ report }: { readonly report: Report }): ReactNode {
  const sets = Object.entries({ ...report.stage.pleural, ...(report.stage.peritoneal && { yan: report.stage.peritoneal.yan }) });
  if (sets.length === 0) return null;
  return (
    <p className="stage-line" aria-live="polite">
      {sets
        .flatMap(([system, bases]) =>
          Object.entries(bases)
            .filter(([basis, set]) => basis === 'clinical' || set.status === 'assessed')
            .map(([basis, set]) => `${systemName(system, 'clinician')}, ${basis}: ${categoriesText(set)}, ${groupsText(set)}`),
        )
        .join(' · ')}
    </p>
  );
}

/** The urgent signs stand at the head of the page; the bar that leads to them is seen wherever somebody answers. */
function toTop(): void {
  window.scrollTo({ top: 0 });
  document.querySelector<HTMLElement>('.interview-controls .alarms')?.focus({ preventScroll: true });
}

/** Written when the reader leaves the box: a case is not renamed letter by letter. */
function CaseName({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }): ReactNode {
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  return (
    <input
      id="case-name"
      maxLength={80}
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        const typed = text.trim();
        if (typed === '') setText(name);
        else if (typed !== name) onName(typed);
      }}
    />
  );
}

function answeredWords(topic: Topic, told: ReadonlySet<string>, record: CaseRecord): string {
  const own = [...told].filter((fact) => topic.first.includes(fact) || topicOf(fact) === topic).length;
  const events = topic.id === 'treatment' ? record.treatments.length : topic.id === 'spread' ? record.stages.length : 0;
  return own + events === 0 ? '' : `(${count(own + events, say`answer`, say`answers`)})`;
}

/** The topic in which a fact is asked. */
function topicOf(fact: string): Topic | undefined {
  return TOPICS.find(({ first }) => first.includes(fact)) ?? TOPICS.find(({ further }) => further?.test(fact));
}

/** What few people know, found by its name. */
function Further(props: {
  readonly definitions: readonly FactDefinition[];
  readonly question: (definition: FactDefinition) => ReactNode;
}): ReactNode {
  const { definitions, question } = props;
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = definitions.filter(({ label, patient }) =>
    `${label} ${patient.label} ${patient.question}`.toLowerCase().includes(wanted),
  );
  return (
    <details className="why more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say`${count(definitions.length, say`more question`, say`more questions`)} on this`}</summary>
      {open ? (
        <>
          {definitions.length < 12 ? null : (
            <p>
              <label htmlFor="further-search">{say`Find one by a word`}</label>
              <input
                id="further-search"
                type="search"
                autoComplete="off"
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
            </p>
          )}
          {shown.length === 0 ? <p>{say`No question has this word.`}</p> : shown.map(question)}
        </>
      ) : null}
    </details>
  );
}

/** What would settle most, wherever it is asked. */
function Worth(props: {
  readonly report: Report;
  readonly here: Topic;
  readonly guide: Guide;
  readonly voice: Voice;
  readonly place: (topic: string) => string;
}): ReactNode {
  const { report, here, guide, voice, place } = props;
  const best = report.next
    .filter(({ cost }) => voice === 'clinician' || cost === 'question' || cost === 'record')
    .flatMap(({ fact }) => {
      const topic = topicOf(fact);
      const definition = guide.catalogue.get(fact);
      return topic === undefined || topic === here || definition === undefined ? [] : [{ fact, topic, definition }];
    })
    .slice(0, 3);
  if (best.length === 0) return null;
  return (
    <aside className="worth" aria-labelledby="worth-title">
      <h2 id="worth-title">{say`What would help most now`}</h2>
      <ul>
        {best.map(({ fact, topic, definition }) => (
          <li key={fact}>
            <a href={place(topic.id)}>{voice === 'patient' ? definition.patient.label : definition.label}</a>
            <span className="aside">{say` in “${inVoice(topic.title, voice)}”`}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
