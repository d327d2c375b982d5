/** What if? One fact is supposed, and what it would change stands beside what is. Nothing of it is kept. */
import {
  type CaseRecord,
  compareReports,
  type FactId,
  type FindingKind,
  factsOfCase,
  type Guide,
  inVoice,
  type Observation,
  type Report,
  report,
  say,
  type Voice,
  type Voices,
  valueWords,
  withObservation,
} from '@serosa/core';
import { type ReactNode, useMemo, useState } from 'react';
import { Question } from './interview/question.js';
import { originOf } from './interview/told.js';
import { basisName, listOr, STATUS_WORDS, systemName, TEST_GROUPS, URGENCY_WORDS, verdictWords } from './view/words.js';

export interface WhatIfProps {
  readonly guide: Guide;
  readonly record: CaseRecord;
  /** The report as it is. */
  readonly now: Report;
  readonly voice: Voice;
  readonly prognosis: boolean;
}

/** Of what is missing so many facts are offered by name: those that would settle most. */
const MOST_OFFERED = 15;

export function WhatIf({ guide, record, now, voice, prognosis }: WhatIfProps): ReactNode {
  const [fact, setFact] = useState<FactId>();
  const [supposed, setSupposed] = useState<Observation>();
  const definition = fact === undefined ? undefined : guide.catalogue.get(fact);
  const { asOf } = now;
  const known = useMemo(
    () => [...new Set(record.observations.map((observation) => observation.fact))].filter((id) => guide.catalogue.has(id)),
    [record, guide],
  );
  const missing = now.next.map((next) => next.fact).slice(0, MOST_OFFERED);
  const changes = useMemo(
    () => supposed && compareReports(now, report(guide, withObservation(record, supposed), { asOf, voice, prognosis })),
    [guide, record, now, supposed, asOf, voice, prognosis],
  );
  const name = (id: FactId): string => {
    const one = guide.catalogue.get(id);
    return (voice === 'patient' ? one?.patient.label : one?.label) ?? id;
  };
  const options = (ids: readonly FactId[]): ReactNode =>
    ids.map((id) => (
      <option key={id} value={id}>
        {name(id)}
      </option>
    ));
  return (
    <div className="what-if interview-controls">
      <p>
        {voice === 'patient'
          ? say`Try another answer and see what it would change. Your case stays as it is.`
          : 'Suppose another value. The case stays as it is.'}
      </p>
      <p>
        <label htmlFor="what-if-fact">{say`Which answer?`}</label>{' '}
        <select
          id="what-if-fact"
          value={fact ?? ''}
          onChange={(event) => {
            setFact(event.currentTarget.value || undefined);
            setSupposed(undefined);
          }}
        >
          <option value="">{say`Choose…`}</option>
          {missing.length === 0 ? null : <optgroup label={say`Not known yet`}>{options(missing)}</optgroup>}
          {known.length === 0 ? null : <optgroup label={say`In the record`}>{options(known)}</optgroup>}
        </select>
      </p>
      {definition === undefined ? null : (
        <Question
          key={definition.id}
          definition={definition}
          voice={voice}
          told={supposed}
          state={factsOfCase(guide, record, asOf).get(definition.id)}
          onAnswer={(given) =>
            setSupposed(given && { fact: definition.id, value: given.value, date: asOf, origin: originOf(definition) })
          }
        />
      )}
      <div aria-live="polite">
        {changes === undefined || definition === undefined || supposed === undefined ? null : (
          <Changes
            changes={changes}
            voice={voice}
            supposed={typeof supposed.value === 'object' ? say`not known` : valueWords(definition, supposed.value, voice)}
          />
        )}
      </div>
    </div>
  );
}

/** Kinds that tell little of themselves: they follow from the others. */
const KINDS: Partial<Record<FindingKind, { readonly clinician: string; readonly patient: string }>> = {
  symptom: { clinician: 'Symptoms', patient: 'Urgent signs' },
  contradiction: { clinician: 'Contradictions', patient: 'What does not fit together' },
  notice: { clinician: 'Notices', patient: 'Please note' },
  spread: { clinician: 'Sites', patient: 'Where it is' },
  option: { clinician: 'Options', patient: 'Treatments' },
  test: { clinician: 'Tests', patient: 'Tests' },
  score: { clinician: 'Scores', patient: 'Outlook' },
};

function Changes(props: {
  readonly changes: ReturnType<typeof compareReports>;
  readonly voice: Voice;
  readonly supposed: string;
}): ReactNode {
  const { changes, voice, supposed } = props;
  const groups = (Object.keys(KINDS) as FindingKind[]).flatMap((kind) => {
    const found = changes.findings.filter((finding) => finding.kind === kind);
    return found.length === 0 ? [] : [{ kind, found }];
  });
  if (changes.stages.length === 0 && groups.length === 0)
    return <p>{say`If it were “${supposed}”, nothing that is shown here would change.`}</p>;
  return (
    <table className="changes">
      <caption>{say`If it were “${supposed}”`}</caption>
      <thead>
        <tr>
          <th scope="col">{say`What`}</th>
          <th scope="col">{say`Now`}</th>
          <th scope="col">{say`Then`}</th>
        </tr>
      </thead>
      {changes.stages.length === 0 ? null : (
        <tbody>
          <tr>
            <th scope="colgroup" colSpan={3}>{say`Stage`}</th>
          </tr>
          {changes.stages.map(({ system, basis, before, after }) => (
            <tr key={`${system} ${basis}`}>
              <th scope="row">
                {systemName(system, voice)}, {basisName(basis, voice).toLowerCase()}
              </th>
              <td>{before.length === 0 ? '–' : listOr(before)}</td>
              <td>{after.length === 0 ? '–' : listOr(after)}</td>
            </tr>
          ))}
        </tbody>
      )}
      {groups.map(({ kind, found }) => (
        <tbody key={kind}>
          <tr>
            <th scope="colgroup" colSpan={3}>
              {KINDS[kind]?.[voice]}
            </th>
          </tr>
          {found.map(({ id, titles, before, after }) => (
            <tr key={id}>
              <th scope="row">{inVoice(titles, voice)}</th>
              <td>{sayVerdict(kind, before, voice)}</td>
              <td>{sayVerdict(kind, after, voice)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

const both = (text: string): Voices => ({ clinician: text, patient: text });

function sayVerdict(kind: FindingKind, verdict: string | undefined, voice: Voice): string {
  if (verdict === undefined) return voice === 'patient' ? say`not named` : 'not shown';
  switch (kind) {
    case 'option':
      return verdictWords(verdict, voice);
    case 'test':
      return inVoice(TEST_GROUPS.find((group) => group.verdict === verdict)?.words ?? both(verdict), voice);
    case 'spread':
      return inVoice(STATUS_WORDS[verdict as keyof typeof STATUS_WORDS] ?? both(verdict), voice);
    case 'symptom':
      return inVoice(URGENCY_WORDS[verdict as keyof typeof URGENCY_WORDS] ?? both(verdict.replaceAll('-', ' ')), voice);
    default:
      return verdict.replaceAll('-', ' ');
  }
}
