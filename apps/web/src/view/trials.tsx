/** Clinical trials: cards for families, a dense list with its criteria for professionals. Nothing here says that somebody may join. */
import {
  ALWAYS_ASK,
  CARD_LABELS,
  type CriterionMatch,
  type CriterionSign,
  countryWords,
  criterionFacts,
  criterionSign,
  criterionWords,
  inVoice,
  type QuotedFact,
  said,
  say,
  spokenCode,
  TRIALS_LEAD,
  type TrialCard,
  trialCard,
  type Voice,
  type WhomToAsk,
} from '@serosa/core';
import { Fragment, memo, type ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { Section } from './parts.js';
import type { ShownTrial, TrialsShown } from './trials-shown.js';
import { count, dateWords, TRIALS_TITLE, withoutDoses } from './words.js';

/** Cards that stand open for a family; further ones show their heading until someone asks. */
const OPEN_CARDS = 3;
/** Facts, points to judge, treatments and places that are named for one trial. */
const MOST_FACTS = 6;
const MOST_POINTS = 5;
const MOST_TESTED = 5;
const MOST_PLACES = 4;

export interface TrialsSectionProps {
  readonly shown: TrialsShown;
  /** Filters and the like, above the list; absent in a file, which stands still. */
  readonly tools?: ReactNode;
  /** A button for more, below the list. */
  readonly more?: ReactNode;
  /** Ways to add records, at the end. */
  readonly below?: ReactNode;
}

export function TrialsSection({ shown, tools, more, below }: TrialsSectionProps): ReactNode {
  const { voice } = useFrame();
  const patient = voice === 'patient';
  const rest = shown.count - Math.min(shown.count, shown.limit);
  return (
    <Section id="trials" title={inVoice(TRIALS_TITLE, voice)} intro={inVoice(TRIALS_LEAD, voice)}>
      {tools}
      <div className="trial-count" aria-live="polite">
        <p>
          <strong>{shownWords(shown, voice)}</strong>
          {hiddenWords(shown)}
        </p>
        <p className="aside">{lookedWords(shown, voice)}</p>
      </div>
      {patient && shown.count > 0 ? (
        <div className="trial-ask">
          <p className="why-label">{say`Ask the team of every study`}</p>
          <ul>
            {ALWAYS_ASK.map((question) => (
              <li key={question}>{said(question)}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <Groups shown={shown} />
      {rest > 0
        ? (more ?? <p className="aside">{say`And ${count(rest, say`more that is`, say`more that are`)} not in this file.`}</p>)
        : null}
      {below}
    </Section>
  );
}

const nounOf = (number: number, voice: Voice): string =>
  voice === 'patient' ? count(number, say`study`, say`studies`) : count(number, 'trial', 'trials');

/** Countries whose name has an article in a sentence. */
const WITH_ARTICLE =
  /^(?:United |Netherlands|Philippines|Bahamas|Gambia|Maldives|Seychelles|Comoros|Dominican Rep|Central African Rep)/;
const inCountry = (country: string): string => {
  const name = countryWords(country, spokenCode());
  return WITH_ARTICLE.test(name) ? say`in the ${name}` : say`in ${name}`;
};

function shownWords({ count: all, filters, looked }: TrialsShown, voice: Voice): string {
  if (looked === 0) return voice === 'patient' ? say`There are no studies to look at.` : 'There are no trials to look at.';
  const where = filters.country === undefined ? '' : ` ${inCountry(filters.country)}`;
  if (all === 0 && voice === 'patient')
    return filters.openOnly ? say`No study that takes people${where}, as far as is known.` : say`No study${where}.`;
  const noun = all === 0 ? 'No trial' : nounOf(all, voice);
  if (!filters.openOnly) return `${noun}${where}.`;
  return all < 2
    ? say`${noun} that takes people${where}, as far as is known.`
    : say`${noun} that take people${where}, as far as is known.`;
}

/** What is left out by the filters, with the reason of each. */
function hiddenWords({ filters, hidden }: TrialsShown): string {
  const left = [
    ...(hidden.closed > 0 ? [say`${hidden.closed} that take nobody, as far as is known`] : []),
    ...(hidden.elsewhere > 0 ? [say`${hidden.elsewhere} without a known place ${inCountry(filters.country ?? '')}`] : []),
    ...(hidden.phase > 0 ? [say`${hidden.phase} of another phase`] : []),
    ...(hidden.other > 0 ? [say`${hidden.other} for other illnesses`] : []),
  ];
  return left.length === 0 ? '' : say` Not shown: ${left.join('; ')}.`;
}

/** How many records were looked at, where they are from and how old they are. */
function lookedWords({ looked, added, known, undated }: TrialsShown, voice: Voice): string {
  const own = looked - added;
  const patient = voice === 'patient';
  const [theirs, brought] = [nounOf(own, voice), nounOf(added, voice)];
  const what =
    added === 0
      ? say`the ${theirs} that come with Serosa`
      : own === 0
        ? patient
          ? say`the ${brought} that you added`
          : `the ${brought} that were added`
        : patient
          ? say`${nounOf(looked, voice)}: ${own} that come with Serosa and ${added} that you added`
          : `${nounOf(looked, voice)}: ${own} that come with Serosa and ${added} that were added`;
  const [from, to] = [known?.from ?? '', known?.to ?? ''].map(dateWords);
  const dates = [
    ...(known === undefined ? [] : [from === to ? say`dated ${to}` : say`dated ${from} to ${to}`]),
    ...(undated > 0 ? [say`${undated} without a date`] : []),
  ];
  const told = dates.length === 0 ? '' : say` Their records are ${dates.join(', ')}.`;
  return `${patient ? say`We looked at ${what}.` : `Looked at ${what}.`}${told}`;
}

function Groups({ shown }: { readonly shown: TrialsShown }): ReactNode {
  const { voice } = useFrame();
  const Entry = voice === 'patient' ? Card : Row;
  const groups: ReactNode[] = [];
  let before = 0;
  for (const { title, shown: all } of shown.groups) {
    const entries = all.slice(0, Math.max(0, shown.limit - before));
    if (entries.length === 0) break;
    const first = before;
    before += all.length;
    groups.push(
      <div key={title.clinician} className="verdict">
        <h3 className="verdict-title">
          {inVoice(title, voice)} <span className="trial-number">({all.length})</span>
        </h3>
        {entries.map((entry, index) => (
          <Entry key={entry.match.id} entry={entry} place={first + index} />
        ))}
      </div>,
    );
  }
  return groups;
}

interface EntryProps {
  readonly entry: ShownTrial;
  /** Place on the whole list, from 0. */
  readonly place: number;
}

/** Where the focus goes when more trials are asked for. */
export const trialPlaceId = (place: number): string => `trial-${place + 1}`;

function useCard({ match, trial }: ShownTrial): TrialCard {
  const report = useReport();
  return trialCard(match, trial, { asOf: report.asOf });
}

const some = (items: readonly string[], most: number): string =>
  `${items.slice(0, most).join('; ')}${items.length > most ? say`; and ${items.length - most} more` : ''}`;

const placeWords = ({ places }: TrialCard): string => some([...new Set(places.map(({ name }) => name))], MOST_PLACES);

function RecordLink({ card, text }: { readonly card: TrialCard; readonly text: string }): ReactNode {
  return card.url === undefined ? null : (
    <a href={card.url} rel="noreferrer noopener" target="_blank">
      {text}
      <span className="unseen">{say` of ${card.id}, opens in a new tab`}</span>
    </a>
  );
}

// ── for families ─────────────────────────────────────────────────────────────────────────────────────────────────────

const Card = memo(function Card({ entry, place }: EntryProps): ReactNode {
  const card = useCard(entry);
  const heading = withoutDoses(said(card.heading.patient));
  // A title that a registry gave is in its own language.
  const lang = heading === card.heading.patient ? 'en' : undefined;
  const open = place < OPEN_CARDS && entry.match.verdict !== 'ineligible';
  if (open)
    return (
      <article className="trial" id={trialPlaceId(place)} tabIndex={-1}>
        <h4 lang={lang}>{heading}</h4>
        <CardBody card={card} entry={entry} />
      </article>
    );
  return (
    <details className="fold trial-fold" id={trialPlaceId(place)}>
      <summary>
        <h4 lang={lang}>{heading}</h4>
        <span className="aside trial-brief">
          {card.id}. {card.status.patient}
        </span>
      </summary>
      <div className="trial trial-in">
        <CardBody card={card} entry={entry} />
      </div>
    </details>
  );
});

function CardBody({ card, entry }: { readonly card: TrialCard; readonly entry: ShownTrial }): ReactNode {
  const closed = entry.match.verdict === 'ineligible';
  const places = placeWords(card);
  const tested = some(
    card.tested.map(({ patient }) => patient),
    MOST_TESTED,
  );
  const lines: readonly (readonly [keyof typeof CARD_LABELS, string])[] = [
    ['tested', entry.match.interventional ? tested : ''],
    ['kind', card.kind === undefined ? '' : sentence(said(card.kind.patient))],
    ['sponsor', card.sponsor ?? ''],
    ['places', places],
    ['asks', card.asks.join(' ')],
  ];
  const all = card.missing.patient;
  const missing = all.slice(0, MOST_FACTS);
  const questions = card.questions.slice(0, MOST_POINTS);
  return (
    <>
      <p className="trial-status">{card.status.patient}</p>
      <p>{withoutDoses(said(card.verdict.patient))}</p>
      <dl className="trial-lines">
        {lines.map(([part, text]) =>
          text === '' ? null : (
            <div key={part}>
              <dt>{said(CARD_LABELS[part].patient)}</dt>
              <dd lang={part === 'kind' || part === 'asks' ? undefined : 'en'}>{withoutDoses(text)}</dd>
            </div>
          ),
        )}
      </dl>
      {missing.length === 0 ? null : (
        <>
          <p className="why-label">{said(CARD_LABELS.missing.patient)}</p>
          <ul>
            {missing.map((question) => (
              <li key={question}>{question}</li>
            ))}
            {all.length > missing.length ? <li>{say`and ${all.length - missing.length} more`}</li> : null}
          </ul>
        </>
      )}
      {questions.length === 0 ? null : (
        <>
          <p className="why-label">{said(CARD_LABELS.questions.patient)}</p>
          <ul>
            {questions.map((question) => (
              <li key={question}>{withoutDoses(question)}</li>
            ))}
          </ul>
        </>
      )}
      {closed ? null : (
        <>
          <p className="why-label">{said(CARD_LABELS.whom.patient)}</p>
          <Whom whom={card.whom} />
        </>
      )}
      <p className="aside trial-record">
        {said(CARD_LABELS.number.patient)} <strong>{card.id}</strong>, {said(card.record.words.patient)}.{' '}
        <RecordLink card={card} text={say`Read the record`} />
      </p>
    </>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function Whom({ whom: { contact, at } }: { readonly whom: WhomToAsk }): ReactNode {
  if (contact === undefined) return <p>{say`Your own team. Show them the number of the study.`}</p>;
  const { name, phone, email } = contact;
  const parts: readonly { readonly text: string | undefined; readonly href?: string | undefined }[] = [
    { text: name },
    { text: at },
    { text: phone, href: phone === undefined ? undefined : telOf(phone) },
    { text: email, href: email !== undefined && MAIL.test(email) ? `mailto:${email}` : undefined },
  ];
  return (
    <p>
      {parts
        .filter(({ text }) => text !== undefined && text !== '')
        .map(({ text, href }, index) => (
          <Fragment key={text}>
            {index === 0 ? '' : ', '}
            {href === undefined ? text : <a href={href}>{text}</a>}
          </Fragment>
        ))}
    </p>
  );
}

/** Nothing that could add a subject or a second recipient to what is sent. */
const MAIL = /^[^\s@<>"?&,;]+@[^\s@<>"?&,;]+$/;

/** A number that a telephone can dial; what stands after an extension cannot be dialled with it. */
function telOf(phone: string): string | undefined {
  const digits = phone.replace(/\s*(?:ext|x|#).*$/i, '').replace(/(?!^\+)\D/g, '');
  return digits.length < 5 ? undefined : `tel:${digits}`;
}

// ── for professionals ────────────────────────────────────────────────────────────────────────────────────────────────

const Row = memo(function Row({ entry, place }: EntryProps): ReactNode {
  const card = useCard(entry);
  const places = placeWords(card);
  const missing = card.missing.clinician;
  const facts = [card.status.clinician, card.kind?.clinician, card.record.words.clinician, card.sponsor].filter(Boolean);
  const { contact, text: whom } = card.whom;
  return (
    <article className="trial trial-row" id={trialPlaceId(place)} tabIndex={-1}>
      <h4>
        {card.id} {card.heading.clinician}
      </h4>
      <p className="aside">
        {facts.join('; ')}. <RecordLink card={card} text="Registry record" />
      </p>
      <p className="trial-verdict">{card.verdict.clinician}</p>
      {card.scope === undefined ? null : (
        <p className="aside">
          {CARD_LABELS.scope.clinician}: {card.scope}
        </p>
      )}
      {missing.length === 0 ? null : (
        <p className="aside">
          {CARD_LABELS.missing.clinician}: {some(missing, MOST_FACTS)}
        </p>
      )}
      {places === '' ? null : (
        <p className="aside">
          {CARD_LABELS.places.clinician}: {places}
        </p>
      )}
      {contact === undefined ? null : (
        <p className="aside">
          {CARD_LABELS.whom.clinician}: {whom}
        </p>
      )}
      <Criteria entry={entry} />
    </article>
  );
});

const COUNTED: readonly { readonly signs: readonly CriterionSign[]; readonly words: string }[] = [
  { signs: ['failed'], words: 'against' },
  { signs: ['unknown'], words: 'with facts missing' },
  { signs: ['judgement'], words: 'to judge' },
  { signs: ['met'], words: 'no obstacle' },
  { signs: ['site'], words: 'at the site' },
];

function Criteria({ entry: { match } }: { readonly entry: ShownTrial }): ReactNode {
  const { criteria } = match;
  if (criteria.length === 0) return null;
  const counts = COUNTED.flatMap(({ signs, words }) => {
    const number = criteria.filter((criterion) => signs.includes(criterionSign(criterion))).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return (
    <details className="why trial-criteria">
      <summary>
        {count(criteria.length, say`criterion`, say`criteria`)}
        <span className="unseen">{say` of ${match.id}`}</span>: {counts.join(', ')}
      </summary>
      <table className="criteria">
        <caption className="unseen">{say`Criteria of ${match.id}, in the registry’s words`}</caption>
        <thead>
          <tr>
            <th scope="col">{say`Criterion`}</th>
            <th scope="col">{say`Registry’s words`}</th>
            <th scope="col">{say`Verdict`}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <CriterionRow key={criterion.id} criterion={criterion} deciding={criterion.id === match.deciding} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

const MARKS: Readonly<Record<CriterionSign, string>> = { met: '✓', failed: '✕', unknown: '?', judgement: '○', site: '·' };

function CriterionRow(props: { readonly criterion: CriterionMatch; readonly deciding: boolean }): ReactNode {
  const { criterion, deciding } = props;
  const { label, facts } = criterionFacts(criterion);
  const sign = criterionSign(criterion);
  return (
    <tr className={`criterion-${sign}`}>
      <th scope="row">
        {criterion.id}
        <span className="aside"> {criterion.side}</span>
      </th>
      <td>
        {criterion.scope === undefined ? null : <span className="aside">{criterion.scope}: </span>}
        {criterion.text}
        {criterion.note === undefined ? null : <span className="aside trial-note">{say`Note: ${criterion.note}`}</span>}
      </td>
      <td>
        <span className="criterion-sign" aria-hidden="true">
          {MARKS[sign]}
        </span>{' '}
        <strong>{criterionWords(criterion).clinician}</strong>
        {deciding ? say` (decides)` : ''}
        {facts.length === 0 ? null : (
          <span className="aside trial-note">
            {label}: {some(facts.map(factWords), MOST_FACTS)}
          </span>
        )}
      </td>
    </tr>
  );
}

function factWords({ label, value, last, date }: QuotedFact): string {
  const known = value?.clinician ?? (last === undefined ? undefined : `${last.clinician}, no longer current`);
  const dated = date === undefined ? '' : ` (${dateWords(date)})`;
  return `${label.clinician}${known === undefined ? '' : ` ${known}`}${known === undefined ? '' : dated}`;
}
