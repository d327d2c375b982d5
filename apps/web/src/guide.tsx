/** The guide: ask in your own words, or read a page. Everything is found in the browser. */
import { Asker, type AskResult } from '@serosa/ask';
import { type Finding, type Guide, inVoice, type Source, said, say, type Topic, toSay, type Voice } from '@serosa/core';
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { GUIDE, pageHref } from './address.js';
import type { Pages } from './load.js';
import { VoiceChoice } from './start.js';
import { SourceLine } from './view/bibliography.js';
import { type Glossary, GlossaryProvider, TermCards, TermScope } from './view/glossary.js';
import { Prose } from './view/prose.js';
import { Alarm } from './view/urgent.js';

/** The pages by what people come for. A page that is in no list stands under the last heading. */
const PARTS: readonly { readonly title: string; readonly pages: readonly string[] }[] = [
  {
    title: toSay('What it is'),
    pages: [
      'what-is-mesothelioma',
      'types-and-sites',
      'benign-vs-malignant',
      'asbestos-cause',
      'asbestos-exposure-worry',
      'heredity-bap1',
      'screening-prevention',
    ],
  },
  {
    title: toSay('Signs and tests'),
    pages: [
      'when-to-seek-help',
      'symptoms-first',
      'diagnosis-pathway',
      'biopsy',
      'pathology-report-subtype',
      'test-accuracy',
      'ct-mri-scan',
      'pet-scan',
      'blood-biomarkers',
      'ctdna',
      'stage-meaning',
    ],
  },
  {
    title: toSay('How it spreads'),
    pages: ['spread-routes', 'spread-brain-symptoms', 'spread-bone-spine', 'spread-abdomen-ascites', 'recurrence'],
  },
  {
    title: toSay('Treatment'),
    pages: [
      'treatment-options',
      'treatment-timing',
      'surgery-overview',
      'epp-vs-pd',
      'hipec',
      'pemetrexed-platinum',
      'nivolumab-ipilimumab',
      'radiotherapy',
      'effusion-management',
      'side-effects',
      'trial-eligibility',
      'trial-process',
      'follow-up-monitoring',
    ],
  },
  { title: toSay('Outlook'), pages: ['prognosis-overall', 'prognosis-histology', 'cure-question'] },
  {
    title: toSay('Living with it'),
    pages: [
      'pain-breathlessness',
      'palliative-care',
      'end-of-life',
      'caregiver-support',
      'daily-life',
      'care-team-second-opinion',
    ],
  },
  { title: toSay('Money and rights'), pages: ['insurance-costs', 'compensation'] },
];

export interface GuideViewProps {
  readonly guide: Guide;
  readonly pages: Pages;
  /** Explains medical words to patients. */
  readonly glossary: Glossary | undefined;
  /** What follows `#guide/`; empty for the list of pages. */
  readonly page: string;
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
  /** Whether a case is open behind the guide. */
  readonly hasCase: boolean;
  readonly onLeave: () => void;
}

export function GuideView(props: GuideViewProps): ReactNode {
  const { guide, pages, page, voice, onVoice, onLeave } = props;
  const topic = pages.topics.find(({ id }) => id === page);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a new screen, and the reader is at its head
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById('guide-title')?.focus({ preventScroll: true });
  }, [page]);
  return (
    <div className="guide">
      <p className="row no-print">
        <button type="button" onClick={onLeave}>
          {props.hasCase ? say`Back to the case` : say`Back to the start`}
        </button>
        {topic === undefined ? null : <a href={GUIDE}>{say`All pages`}</a>}
      </p>
      {topic === undefined ? (
        <Home guide={guide} pages={pages} voice={voice} />
      ) : (
        <GlossaryProvider glossary={voice === 'patient' ? props.glossary : undefined}>
          <TopicView guide={guide} pages={pages} topic={topic} voice={voice} />
        </GlossaryProvider>
      )}
      <div className="no-print">
        <VoiceChoice name="guide-voice" voice={voice} onVoice={onVoice} />
      </div>
    </div>
  );
}

interface ReadingProps {
  readonly guide: Guide;
  readonly pages: Pages;
  readonly voice: Voice;
}

function Home({ guide, pages, voice }: ReadingProps): ReactNode {
  const asker = useMemo(() => {
    const symptoms = guide.bundle.symptoms.map((symptom) => ({ ...symptom, phrases: pages.phrases[symptom.id] ?? [] }));
    return new Asker({ ...pages, symptoms }, pages.askLanguage && { language: pages.askLanguage });
  }, [guide, pages]);
  const [question, setQuestion] = useState('');
  const [result, setResult] = useState<AskResult>();
  useEffect(() => setResult((before) => before && asker.ask(before.question, voice)), [asker, voice]);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    if (question.trim() !== '') setResult(asker.ask(question, voice));
  };
  const listed = new Set(PARTS.flatMap((part) => part.pages));
  const rest = pages.topics.filter(({ id }) => !listed.has(id)).map(({ id }) => id);
  const parts = rest.length > 0 ? [...PARTS, { title: say`More`, pages: rest }] : PARTS;
  return (
    <>
      <h1 id="guide-title" tabIndex={-1}>{say`Ask the guide`}</h1>
      <form onSubmit={ask}>
        <label htmlFor="question">{say`Your question, in your own words`}</label>
        <div className="row">
          <input
            id="question"
            type="text"
            autoComplete="off"
            maxLength={500}
            value={question}
            onChange={(event) => setQuestion(event.currentTarget.value)}
          />
          <button type="submit" className="primary">{say`Ask`}</button>
        </div>
        <p>{say`If someone has sudden or severe symptoms, do not read on: call your local emergency number.`}</p>
        <p className="aside">{say`The answer is found on this device. Your question is not sent anywhere.`}</p>
      </form>
      <div aria-live="polite">{result === undefined ? null : <Answer guide={guide} result={result} voice={voice} />}</div>
      {parts.map(({ title, pages: own }) => (
        <section key={title} className="part" aria-labelledby={`part-${title.replaceAll(' ', '-')}`}>
          <h2 id={`part-${title.replaceAll(' ', '-')}`}>{said(title)}</h2>
          <PageLinks pages={pages} ids={own} voice={voice} className="part-body pages" />
        </section>
      ))}
    </>
  );
}

/** Links to pages by their titles; an id without a page is left out. */
function PageLinks({
  pages,
  ids,
  voice,
  className,
}: {
  readonly pages: Pages;
  readonly ids: readonly string[];
  readonly voice: Voice;
  readonly className: string;
}): ReactNode {
  return (
    <ul className={className}>
      {ids
        .map((id) => pages.topics.find((topic) => topic.id === id))
        .filter((topic) => topic !== undefined)
        .map((topic) => (
          <li key={topic.id}>
            <a href={pageHref(topic.id)}>{inVoice(topic.title, voice)}</a>
          </li>
        ))}
    </ul>
  );
}

/** Pages that fit much worse than the best are not named beside it. */
const WORTH_NAMING = 0.3;

function Answer(props: { readonly guide: Guide; readonly result: AskResult; readonly voice: Voice }): ReactNode {
  const { guide, result, voice } = props;
  const [best, ...rest] = result.answers;
  const others = rest.filter((other) => other.score >= WORTH_NAMING);
  const emergency: Finding | undefined = result.emergency;
  return (
    <section className="answer" aria-label={say`Answer`}>
      {emergency === undefined ? null : (
        <Alarm finding={emergency} voice={voice}>
          {(emergency.details ?? []).map((detail) => (
            <p key={detail.text.clinician}>{inVoice(detail.text, voice)}</p>
          ))}
          <SourceList ids={emergency.sources} guide={guide} />
        </Alarm>
      )}
      {result.read.map(({ said, as }) => (
        <p key={said} className="aside">{say`We read “${said}” as “${as}”.`}</p>
      ))}
      {best === undefined ? (
        <p>
          <strong>{say`The guide does not know an answer to this.`}</strong>
          {say` It knows mesothelioma only. Try other words, look through the pages below, or ask your team.`}
        </p>
      ) : (
        <>
          <h2>
            <a href={pageHref(best.topic)}>{best.title}</a>
            {best.section === undefined ? null : `: ${best.section}`}
          </h2>
          <Prose text={best.passage} />
          <SourceList ids={best.sources} guide={guide} />
          {others.length === 0 ? null : (
            <>
              <p className="why-label">{say`Perhaps also`}</p>
              <ul>
                {others.map((other) => (
                  <li key={other.topic}>
                    <a href={pageHref(other.topic)}>{other.title}</a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  );
}

function SourceList({ ids, guide }: { readonly ids: readonly string[]; readonly guide: Guide }): ReactNode {
  const sources = ids.map((id) => guide.sources.get(id)).filter((source): source is Source => source !== undefined);
  if (sources.length === 0) return null;
  return (
    <details className="why">
      <summary>{sources.length === 1 ? say`Source` : say`${sources.length} sources`}</summary>
      <ul className="sources" lang="en">
        {sources.map((source) => (
          <li key={source.id}>
            <SourceLine source={source} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function TopicView({ guide, pages, topic, voice }: ReadingProps & { readonly topic: Topic }): ReactNode {
  const pageOf = (id: string): { href: string; title: string } | undefined => {
    const other = pages.topics.find((one) => one.id === id);
    return other && { href: pageHref(id), title: inVoice(other.title, voice) };
  };
  return (
    <article className="topic">
      <h1 id="guide-title" tabIndex={-1}>
        {inVoice(topic.title, voice)}
      </h1>
      <div className="lead">
        <TermScope about={topic}>
          <Prose text={inVoice(topic.answer, voice)} pages={pageOf} />
        </TermScope>
      </div>
      <SourceList ids={topic.answerEvidence.sources} guide={guide} />
      {topic.sections.map((section) => (
        <section key={section.id} className="part" aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`}>{inVoice(section.title, voice)}</h2>
          <div className="part-body">
            <TermScope about={topic}>
              <Prose text={inVoice(section.text, voice)} pages={pageOf} />
            </TermScope>
            <SourceList ids={section.evidence.sources} guide={guide} />
          </div>
        </section>
      ))}
      {topic.see.length === 0 ? null : (
        <nav className="part" aria-labelledby="see-title">
          <h2 id="see-title">{say`Read next`}</h2>
          <PageLinks pages={pages} ids={topic.see} voice={voice} className="part-body" />
        </nav>
      )}
      <TermCards pages={(id) => (id === topic.id ? undefined : pageOf(id))} />
      <p className="aside">{say`Reviewed ${topic.reviewed}. This page informs. It does not replace your care team.`}</p>
    </article>
  );
}
