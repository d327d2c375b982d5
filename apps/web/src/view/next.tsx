/** What to find out next: ranked, with the question, where the answer stands, and what each answer would settle. */
import { inVoice, type NextFact, type Report, said, say } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { Terms } from './glossary.js';
import { Section } from './parts.js';
import { COST_WORDS, count, isBareNumber, listOr, SYSTEMS, stretchWords, verdictWords } from './words.js';

/** How many questions are shown at once: more than a visit can hold is no help. */
const SHOWN = 6;
/** How many there are at most, folded ones included; the whole list is in the JSON. */
const MOST = 20;

function currentGroups(stage: Report['stage'], system: string, fact: string): readonly string[] | undefined {
  const bases = system === 'yan' ? stage.peritoneal?.yan : stage.pleural?.[system];
  return bases?.[fact.startsWith('pathological.') ? 'pathological' : 'clinical']?.group;
}

/** The groups that an answer leaves, where it leaves fewer; editions that agree are named together. */
function stageWords(item: NextFact, answer: NextFact['answers'][number], report: Report): string | undefined {
  const editions = new Map<string, string[]>();
  for (const system of Object.keys(SYSTEMS)) {
    const groups = answer.stage?.[system]?.filter((group) => group !== 'none') ?? [];
    const before = currentGroups(report.stage, system, item.fact)?.length ?? 0;
    if (groups.length === 0 || groups.length >= before) continue;
    const words = listOr(groups);
    editions.set(words, [...(editions.get(words) ?? []), said(SYSTEMS[system]?.short ?? system)]);
  }
  if (editions.size === 0) return undefined;
  return say`stage ${[...editions].map(([groups, names]) => `${groups} (${names.join(say` and `)})`).join(', ')}`;
}

function AnswerLine({ item, answer }: { readonly item: NextFact; readonly answer: NextFact['answers'][number] }): ReactNode {
  const report = useReport();
  const { voice, voiced } = useFrame();
  const parts: string[] = [];
  const stage = stageWords(item, answer, report);
  if (stage !== undefined) parts.push(stage);
  const byVerdict = new Map<string, string[]>();
  for (const option of answer.options) {
    const words = verdictWords(option.verdict, voice);
    byVerdict.set(words, [...(byVerdict.get(words) ?? []), voiced(option.title)]);
  }
  for (const [verdict, titles] of byVerdict)
    parts.push(`${titles.join(', ')}: ${verdict.charAt(0).toLowerCase()}${verdict.slice(1)}`);
  return (
    <li>
      <strong>{capital(voice === 'patient' ? stretchWords(voiced(answer.label)) : answer.label.clinician)}</strong>
      {parts.length === 0 ? (voice === 'patient' ? say`: nothing changes` : ': leaves all as it is') : `: ${parts.join('; ')}`}.
    </li>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function settlesWords(item: NextFact, patient: boolean): string {
  const parts = [
    ...(item.settles.stage > 0
      ? [patient ? say`the stage` : `up to ${count(item.settles.stage, 'stage group', 'stage groups')}`]
      : []),
    ...(item.settles.options > 0 ? [count(item.settles.options, say`treatment option`, say`treatment options`)] : []),
    ...(item.settles.trials > 0 ? [count(item.settles.trials, say`study`, say`studies`)] : []),
  ];
  if (parts.length === 0) return '';
  return patient ? say`It helps to settle ${parts.join(say` and `)}.` : `Bears on ${parts.join(', ')}.`;
}

const Question = memo(function Question({ item }: { readonly item: NextFact }): ReactNode {
  const { voice } = useFrame();
  const patient = voice === 'patient';
  // One by one the thresholds of rules help nobody but a professional.
  const answers = item.answers
    .filter((answer) => !patient || !isBareNumber(answer) || answer.stage !== undefined)
    .sort((a, b) => Number(b.answer === 'true') - Number(a.answer === 'true'));
  return (
    <li className="question">
      <h3>{patient ? item.question : item.label.clinician}</h3>
      {patient ? (
        <p>
          <span className="label">{say`Where to look: `}</span>
          <Terms text={item.where} />
        </p>
      ) : null}
      <p className="aside">
        {inVoice(COST_WORDS[item.cost], voice)}
        {patient ? '.' : item.learnedBy.length > 0 ? `: ${item.learnedBy.join(', ')}.` : '.'} {settlesWords(item, patient)}
      </p>
      {answers.length === 0 ? null : (
        <details className="why answers">
          <summary>
            {patient ? say`What the answer would settle` : 'What each answer would settle'}
            <span className="unseen">: {inVoice(item.label, voice)}</span>
          </summary>
          <ul>
            {answers.map((answer) => (
              <AnswerLine key={answer.answer} item={item} answer={answer} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
});

export function NextSection(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  if (report.next.length === 0) return null;
  const patient = voice === 'patient';
  const first = report.next.slice(0, SHOWN);
  const rest = report.next.slice(SHOWN, MOST);
  return (
    <Section
      id="next"
      title={patient ? say`What to find out next` : 'Next facts worth knowing'}
      intro={
        patient
          ? say`Not all facts matter the same. These would settle the most for the least trouble. Take them to your next visit.`
          : 'Ranked by what a fact could settle, set against what it costs to learn.'
      }
    >
      <ol className="questions">
        {first.map((item) => (
          <Question key={item.fact} item={item} />
        ))}
      </ol>
      {rest.length === 0 ? null : (
        <details className="why more">
          <summary>{count(rest.length, say`more question`, say`more questions`)}</summary>
          <ol className="questions-brief" start={SHOWN + 1}>
            {rest.map((item) => (
              <li key={item.fact}>
                {patient ? item.question : item.label.clinician} <span className="aside">{item.where}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Section>
  );
}
