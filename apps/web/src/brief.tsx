/** On paper: two pages for a visit in the patient's voice, or one page for the tumour board. Its reader decides what stays on it. */
import {
  type CaseRecord,
  type FactId,
  factsOfCase,
  type Guide,
  inVoice,
  type QuotedFact,
  quoteAll,
  type Report,
  type Snapshot,
  said,
  say,
  type VisitQuestion,
  visitQuestions,
} from '@serosa/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { VisitPlan } from './cases.js';
import { treatmentWords } from './interview/treatment-words.js';
import { possibleWords } from './view/stage.js';
import { Alarm, isLoud } from './view/urgent.js';
import { basisName, dateWords, SYSTEMS, systemName, verdictWords, withoutDoses } from './view/words.js';

export interface BriefProps {
  readonly guide: Guide;
  readonly record: CaseRecord;
  readonly report: Report;
  readonly plan: VisitPlan;
  readonly onPlan: (plan: VisitPlan) => void;
  readonly backHref: string;
}

/** What heads the page, where it is known. */
const HEAD: readonly FactId[] = [
  'tumour.primary-site',
  'tumour.laterality',
  'tumour.histology',
  'tumour.diagnosis-date',
  'person.age',
  'person.sex',
  'person.ecog',
  'extent.effusion',
  'extent.ascites',
  'pref.goal',
];
/** A board wants the numbers as well. */
const NUMBERS = /^(?:lab|marker|organ)\./;
const ILLNESS = /^(?:comorbid|drug)\./;

export function Brief(props: BriefProps): ReactNode {
  const { guide, record, report, plan, onPlan } = props;
  const { voice, asOf } = report;
  const patient = voice === 'patient';
  const facts = useMemo(() => factsOfCase(guide, record, asOf), [guide, record, asOf]);
  const questions = useMemo(() => visitQuestions(report), [report]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, []);
  const known = (ids: readonly FactId[]): readonly QuotedFact[] =>
    quoteAll(
      ids.filter((id) => facts.get(id).kind === 'known'),
      facts,
      guide.catalogue,
    );
  const loud = report.findings.filter(isLoud);
  const recorded = [...facts.recorded].sort();
  return (
    <div className={`brief brief-${voice}`}>
      <div className="no-print">
        <p className="row">
          <a className="button" href={props.backHref}>{say`Back to the report`}</a>
          <button type="button" className="primary" onClick={() => window.print()}>{say`Print, or save as PDF`}</button>
        </p>
        <p>
          {patient
            ? say`Take this to your next visit. Take out what you do not want to ask, and add your own questions.`
            : 'One page for the board. Take out what is not for discussion.'}
        </p>
      </div>
      <h1 ref={heading} tabIndex={-1}>
        {patient
          ? say`For my visit: ${said(report.case.title ?? report.case.id)}`
          : `Tumour board: ${report.case.title ?? report.case.id}`}
      </h1>
      {loud.map((finding) => (
        <Alarm key={finding.id} finding={finding} voice={voice} />
      ))}
      <div className="brief-columns">
        <section>
          <h2>{patient ? say`What my record says` : 'Case'}</h2>
          <FactList facts={known(HEAD)} voice={voice} />
          <Treatments record={record} voice={voice} />
          {patient ? null : <FactList facts={known(recorded.filter((id) => NUMBERS.test(id)))} voice={voice} inline />}
          <FactList facts={known(recorded.filter((id) => ILLNESS.test(id) && present(facts, id)))} voice={voice} />
        </section>
        <section>
          <h2>{patient ? say`Stage, as far as it is known` : 'Stage'}</h2>
          <StageLines report={report} />
          <Sites report={report} />
          {patient ? null : <Options report={report} />}
        </section>
      </div>
      <section>
        <h2>{patient ? say`What I want to ask` : 'To settle'}</h2>
        <Questions questions={questions} plan={plan} onPlan={onPlan} voice={voice} />
      </section>
      {patient ? (
        <section className="brief-notes">
          <h2>{say`My notes`}</h2>
          <div className="note-lines" aria-hidden="true" />
        </section>
      ) : null}
      <p className="colophon">{say`${
        patient
          ? say`Made from what was told to Serosa, to help with a talk. It is not medical advice.`
          : 'Decision support from the recorded facts; it does not replace the board.'
      } As of ${dateWords(asOf)}. Knowledge ${report.knowledge.version} (${report.knowledge.hash.slice(0, 12)}).`}</p>
    </div>
  );
}

/** An illness that is ruled out needs no line. */
function present(facts: Snapshot, id: FactId): boolean {
  const state = facts.get(id);
  return state.kind === 'known' && state.value !== false && state.value !== 'none' && state.value !== 0;
}

function FactList(props: {
  readonly facts: readonly QuotedFact[];
  readonly voice: Report['voice'];
  /** One after the other instead of one below the other. */
  readonly inline?: boolean;
}): ReactNode {
  const { facts, voice, inline = false } = props;
  if (facts.length === 0) return null;
  return (
    <ul className={inline ? 'brief-facts brief-inline' : 'brief-facts'}>
      {facts.map(({ id, label, value, date }) => (
        <li key={id}>
          {inVoice(label, voice)}:{' '}
          <strong>
            {dateWords(voice === 'patient' ? withoutDoses(value?.patient ?? '', say`as recorded`) : (value?.clinician ?? ''))}
          </strong>
          {voice === 'clinician' && date !== undefined && NUMBERS.test(id) ? ` (${date})` : ''}
        </li>
      ))}
    </ul>
  );
}

function Treatments({ record, voice }: { readonly record: CaseRecord; readonly voice: Report['voice'] }): ReactNode {
  if (record.treatments.length === 0) return null;
  return (
    <>
      <h3>{voice === 'patient' ? say`Treatment so far` : 'Treatment to date'}</h3>
      <ul className="brief-facts">
        {record.treatments.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two equal treatments are told apart by their place alone
          <li key={index}>{treatmentWords(event, voice)}</li>
        ))}
      </ul>
    </>
  );
}

function StageLines({ report }: { readonly report: Report }): ReactNode {
  const { voice, stage } = report;
  const systems = { ...stage.pleural, ...(stage.peritoneal === undefined ? {} : { yan: stage.peritoneal.yan }) };
  const lines = Object.entries(systems).flatMap(([system, bases]) =>
    Object.entries(bases).map(([basis, set]) => ({ key: `${system} ${basis}`, system, basis, set })),
  );
  // That nothing is known yet is said once and not for each system and basis.
  const telling = lines.filter(({ system, set }) => !SYSTEMS[system]?.groups.every((group) => set.group.includes(group)));
  const [first] = lines;
  const without = stage.pericardial ?? stage.tunicaVaginalis;
  if (lines.length === 0)
    return (
      <p>{without?.instead ?? (voice === 'patient' ? say`It is not known where it began.` : 'Primary site not recorded.')}</p>
    );
  if (telling.length === 0 && first !== undefined) return <p>{possibleWords(first.system, first.set, voice)}</p>;
  return (
    <ul className="brief-facts">
      {telling.map(({ key, system, basis, set }) => (
        <li key={key}>
          {systemName(system, voice)}, {basisName(basis, voice).toLowerCase()}:{' '}
          <strong>{possibleWords(system, set, voice)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Sites({ report }: { readonly report: Report }): ReactNode {
  const { voice, spread } = report;
  const named = (status: string): string =>
    spread.sites
      .filter((site) => site.status === status)
      .map(({ label }) => inVoice(label, voice))
      .join('; ');
  const present = named('present');
  const unknown = named('unknown');
  if (spread.sites.length === 0) return null;
  return (
    <>
      <h3>{voice === 'patient' ? say`Where it is` : 'Sites'}</h3>
      <p>
        {voice === 'patient' ? say`Found in: ` : 'Involved: '}
        <strong>
          {present === '' ? (voice === 'patient' ? say`no other place that is recorded` : 'none recorded') : present}
        </strong>
      </p>
      {voice === 'clinician' && unknown !== '' ? <p className="aside">{say`Not known: ${unknown}`}</p> : null}
    </>
  );
}

function Options({ report }: { readonly report: Report }): ReactNode {
  const shown = ['supported', 'disagree', 'supported-with-conditions', 'contraindicated'].flatMap((verdict) => {
    const titles = report.findings
      .filter((finding) => finding.kind === 'option' && finding.verdict === verdict)
      .map(({ titles: { clinician } }) => clinician);
    return titles.length === 0 ? [] : [{ verdict, titles }];
  });
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{say`Options`}</h3>
      <ul className="brief-facts">
        {shown.map(({ verdict, titles }) => (
          <li key={verdict}>
            {verdictWords(verdict, 'clinician')}: <strong>{titles.join('; ')}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

function Questions(props: {
  readonly questions: readonly VisitQuestion[];
  readonly plan: VisitPlan;
  readonly onPlan: (plan: VisitPlan) => void;
  readonly voice: Report['voice'];
}): ReactNode {
  const { questions, plan, onPlan, voice } = props;
  const [own, setOwn] = useState('');
  return (
    <>
      <ul className="brief-questions">
        {questions.map(({ id, text }) => {
          const out = plan.leftOut.includes(id);
          return (
            <li key={id} className={out ? 'no-print' : undefined}>
              <label className="choice">
                <input
                  type="checkbox"
                  className="no-print"
                  checked={!out}
                  onChange={() =>
                    onPlan({ ...plan, leftOut: out ? plan.leftOut.filter((other) => other !== id) : [...plan.leftOut, id] })
                  }
                />
                {inVoice(text, voice)}
              </label>
            </li>
          );
        })}
        {plan.own.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same question may be written twice
          <li key={index}>
            {text}{' '}
            <button
              type="button"
              className="quiet no-print"
              onClick={() => onPlan({ ...plan, own: plan.own.filter((_, place) => place !== index) })}
            >
              {say`Remove`}
              <span className="unseen">: {text}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="no-print"
        onSubmit={(event) => {
          event.preventDefault();
          if (own.trim() === '') return;
          onPlan({ ...plan, own: [...plan.own, own.trim()] });
          setOwn('');
        }}
      >
        <label htmlFor="own-question">{voice === 'patient' ? say`My own question` : 'Further point'}</label>
        <div className="row interview-controls">
          <input
            id="own-question"
            maxLength={300}
            autoComplete="off"
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <button type="submit">{say`Add it`}</button>
        </div>
      </form>
    </>
  );
}
