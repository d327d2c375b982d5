/** The small parts that every section is made of: a section, a finding, its reasons, its sources. */
import { type Finding, inVoice, type Position, type QuotedFact, type Source, say } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import { useFrame, useNumbering, useReport } from './context.js';
import { TermScope, Terms } from './glossary.js';
import { APPLIES_WORDS, count, dateWords, ORIGIN_WORDS, REASON_WORDS, SAYS_WORDS, withoutDoses } from './words.js';

export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly intro?: string;
  readonly children: ReactNode;
}): ReactNode {
  const report = useReport();
  return (
    <section className="part" id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      <div className="part-body">
        <TermScope about={report}>
          {props.intro === undefined ? null : (
            <p className="intro">
              <Terms text={props.intro} />
            </p>
          )}
          {props.children}
        </TermScope>
      </div>
    </section>
  );
}

/** Numbers that lead to the bibliography. */
export function Cites({ sources }: { readonly sources: readonly string[] }): ReactNode {
  const { numberOf } = useNumbering();
  const known = [...new Set(sources)].flatMap((id) => {
    const number = numberOf(id);
    return number === undefined ? [] : [{ id, number }];
  });
  if (known.length === 0) return null;
  return (
    <span className="cites">
      {' '}
      {known
        .sort((a, b) => a.number - b.number)
        .map(({ id, number }) => (
          <a key={id} href={`#source-${number}`}>
            <span className="unseen">{say`source `}</span>
            {number}
          </a>
        ))}
    </span>
  );
}

/** `Doe 2016`, or the title where nobody is named. */
export function shortSource(source: Source): string {
  const [first] = source.author ?? [];
  const name = first?.family ?? first?.literal ?? source.title;
  const year = source.issued?.['date-parts'][0]?.[0];
  return year === undefined ? name : `${name} ${year}`;
}

function unique(facts: readonly QuotedFact[]): readonly QuotedFact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}

function FactLine({ fact }: { readonly fact: QuotedFact }): ReactNode {
  const { voice, voiced } = useFrame();
  const origin = fact.origin && inVoice(ORIGIN_WORDS[fact.origin.kind], voice);
  const place = voice === 'clinician' ? fact.origin?.at : undefined;
  const notes = [fact.date && dateWords(fact.date), origin && place ? `${origin}, ${place}` : origin, fact.origin?.note].filter(
    Boolean,
  );
  return (
    <li>
      <Terms text={voiced(fact.label)} />
      {fact.value === undefined ? null : (
        <>
          :{' '}
          <strong>
            <Terms text={voice === 'patient' ? withoutDoses(fact.value.patient, say`as recorded`) : fact.value.clinician} />
          </strong>
        </>
      )}
      {notes.length === 0 ? null : <span className="aside"> ({notes.join('; ')})</span>}
    </li>
  );
}

function MissingLine({ fact }: { readonly fact: QuotedFact }): ReactNode {
  const { voice, voiced } = useFrame();
  return (
    <li>
      <Terms text={voice === 'patient' && fact.question !== undefined ? fact.question : voiced(fact.label)} />
      <span className="aside">
        {' '}
        ({inVoice(REASON_WORDS[fact.reason ?? 'not-recorded'], voice)}
        {fact.value === undefined ? '' : `: ${voiced(fact.value)}`})
      </span>
    </li>
  );
}

/** Sources by name and number, as links into the bibliography. */
function Sources({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const { sources, numberOf } = useNumbering();
  const named = ids.flatMap((id) => {
    const number = numberOf(id);
    const source = number === undefined ? undefined : sources[number - 1];
    return source === undefined ? [] : [{ number, source }];
  });
  if (named.length === 0) return null;
  return (
    <>
      <p className="why-label">{say`Sources`}</p>
      <ul className="inline">
        {named.map(({ number, source }) => (
          <li key={source.id}>
            <a href={`#source-${number}`} lang="en">
              {number}. {shortSource(source)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why a finding says what it says: facts, what is missing, the rule, the sources. */
export function Why(props: {
  readonly finding: Finding;
  readonly open?: boolean | undefined;
  /** Stands before the facts. */
  readonly lead?: ReactNode;
  /** Stands between the rule and the sources. */
  readonly children?: ReactNode;
}): ReactNode {
  const { finding, lead, children } = props;
  const { voice, voiced, pageOf } = useFrame();
  const page = pageOf(finding.id);
  const patient = voice === 'patient';
  const toCheck = unique(finding.toCheck ?? []);
  const { sources } = finding;
  const hasRule = finding.rule !== undefined && !patient;
  const empty = finding.because.length + finding.missing.length + sources.length === 0 && !hasRule && !children && !lead;
  return (
    <details className="why" open={props.open}>
      <summary>
        {say`Why?`}
        <span className="unseen"> {inVoice(finding.titles, voice)}</span>
      </summary>
      <div className="why-body">
        <TermScope about={finding}>
          {lead}
          {finding.because.length === 0 ? null : (
            <>
              <p className="why-label">{patient ? say`Because your record says` : 'Because'}</p>
              <ul>
                {unique(finding.because).map((fact) => (
                  <FactLine key={fact.id} fact={fact} />
                ))}
              </ul>
            </>
          )}
          {finding.missing.length === 0 ? null : (
            <>
              <p className="why-label">{patient ? say`What we do not know` : 'Missing'}</p>
              <ul>
                {unique(finding.missing).map((fact) => (
                  <MissingLine key={fact.id} fact={fact} />
                ))}
              </ul>
            </>
          )}
          {patient && toCheck.length > 0 ? (
            <>
              <p className="why-label">{say`What your team checks first`}</p>
              <p>
                <Terms text={`${toCheck.map((fact) => voiced(fact.label)).join('; ')}.`} />
              </p>
            </>
          ) : null}
          {/* A rule put into words is exact and hard to read: for a patient the facts say it better. */}
          {finding.rule === undefined || patient ? null : (
            <>
              <p className="why-label">{say`Considered when`}</p>
              <p>{finding.rule.clinician}.</p>
            </>
          )}
          {children}
          <Sources ids={sources} />
          {page === undefined ? null : (
            <p>
              {say`Read more: `}
              <a href={page.href}>{page.title}</a>
            </p>
          )}
          {empty ? (
            <p>
              {patient ? say`This repeats what the record says.` : 'Restates the record; no rule and no source stand behind it.'}
            </p>
          ) : null}
        </TermScope>
      </div>
    </details>
  );
}

/** How many figures stand open; a professional unfolds the rest. */
const FIGURES = 3;

/** Further lines of a finding, each with its own sources. Of many figures the first stand open. */
export function Details({ finding }: { readonly finding: Finding }): ReactNode {
  const { voice, voiced } = useFrame();
  const lines = (finding.details ?? []).filter((detail) => voiced(detail.text) !== '');
  const figures = lines.filter((detail) => detail.clinicianOnly === true || detail.prognosis === true);
  const folded = figures.length > FIGURES + 1 ? figures.slice(FIGURES) : [];
  return (
    <>
      <Lines lines={lines.filter((detail) => !folded.includes(detail))} />
      {folded.length === 0 ? null : (
        <details className="why">
          <summary>
            {say`${folded.length} more figures`}
            <span className="unseen">{say` on ${inVoice(finding.titles, voice)}`}</span>
          </summary>
          <Lines lines={folded} />
        </details>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: NonNullable<Finding['details']> }): ReactNode {
  const { voiced } = useFrame();
  if (lines.length === 0) return null;
  return (
    <ul className="lines">
      {lines.map((detail) => (
        <li key={detail.text.clinician}>
          <Terms text={voiced(detail.text)} />
          <Cites sources={detail.sources} />
        </li>
      ))}
    </ul>
  );
}

interface FindingProps {
  readonly finding: Finding;
  /** Level of the heading; 3 unless the finding stands in a group with a heading of its own. */
  readonly level?: 3 | 4;
  readonly mark?: ReactNode;
  readonly children?: ReactNode;
  /** Whether the reasons are shown from the start. */
  readonly open?: boolean;
}

/** An option stands under a heading that tells its verdict; only what may do harm, or is not advised, says so once more. */
function headingSaysIt(finding: Finding): boolean {
  return (
    finding.kind === 'option' &&
    finding.verdict !== 'if-needed' &&
    finding.verdict !== 'contraindicated' &&
    finding.verdict !== 'not-supported'
  );
}

function Body({ finding, mark, children, open }: FindingProps): ReactNode {
  const { voice, voiced } = useFrame();
  const toCheck = unique(finding.toCheck ?? []);
  const positions = finding.positions ? <Positions positions={finding.positions} /> : null;
  return (
    <>
      {mark}
      <p>
        <Terms text={voiced(headingSaysIt(finding) ? (finding.about ?? finding.text) : finding.text)} />
        <Cites sources={finding.sources} />
      </p>
      <Details finding={finding} />
      {voice === 'patient' || toCheck.length === 0 ? null : (
        <p className="aside">{say`To check first: ${toCheck.map((fact) => fact.label.clinician).join('; ')}.`}</p>
      )}
      {children}
      {/* A professional compares the bodies at a glance; a patient asks for them. */}
      {voice === 'patient' ? null : positions}
      <Why finding={finding} open={open}>
        {voice === 'patient' ? positions : null}
      </Why>
    </>
  );
}

/** A finding in full. */
export const FindingView = memo(function FindingView(props: FindingProps): ReactNode {
  const { voice } = useFrame();
  const Heading = props.level === 4 ? 'h4' : 'h3';
  return (
    <article className="finding">
      <Heading>{inVoice(props.finding.titles, voice)}</Heading>
      <Body {...props} />
    </article>
  );
});

/** A finding of which only the heading is shown until someone asks. */
export const FoldedFinding = memo(function FoldedFinding(props: FindingProps): ReactNode {
  const { voice } = useFrame();
  const missing = props.finding.verdict === 'undecided' ? unique(props.finding.missing).length : 0;
  const Heading = props.level === 4 ? 'h4' : 'h3';
  return (
    <details className="fold">
      <summary>
        <Heading>{inVoice(props.finding.titles, voice)}</Heading>
        {voice === 'patient' || missing === 0 ? null : (
          <span className="aside">{count(missing, say`fact missing`, say`facts missing`)}</span>
        )}
      </summary>
      <TermScope about={props.finding}>
        <Body {...props} />
      </TermScope>
    </details>
  );
});

const APPLIES_ORDER: readonly Position['applies'][] = ['yes', 'judgement', 'unknown', 'held', 'no'];

function PositionView({ position }: { readonly position: Position }): ReactNode {
  const { voice, voiced } = useFrame();
  const open = position.conditions === 'open' && (position.applies === 'yes' || position.applies === 'judgement');
  return (
    <li className={`position position-${position.applies}`}>
      <p className="position-head">
        <strong lang="en">{position.body}</strong> <span className="tag">{inVoice(SAYS_WORDS[position.says], voice)}</span>
      </p>
      <p>
        <Terms text={voiced(position.text)} />
        <Cites sources={position.sources} />
      </p>
      <p className="aside">
        {[
          // A row that speaks for the case needs no label; the exceptions do.
          position.applies === 'yes' ? '' : inVoice(APPLIES_WORDS[position.applies], voice),
          open ? say`conditions open` : '',
          position.strength === undefined || voice === 'patient' ? '' : `strength: ${position.strength}`,
          position.missing.length > 0 && position.applies !== 'no' && voice === 'clinician'
            ? `missing: ${position.missing.map((fact) => fact.label.clinician).join(', ')}`
            : '',
        ]
          .filter((part) => part !== '')
          .join('; ')}
      </p>
    </li>
  );
}

function PositionList({ positions }: { readonly positions: readonly Position[] }): ReactNode {
  if (positions.length === 0) return null;
  return (
    <ul className="positions">
      {positions.map((position) => (
        <PositionView key={position.id} position={position} />
      ))}
    </ul>
  );
}

/** What each body says, side by side and never merged. Rows that decide nothing here are folded away for professionals. */
function Positions({ positions }: { readonly positions: readonly Position[] }): ReactNode {
  const { voice } = useFrame();
  const sorted = [...positions].sort((a, b) => APPLIES_ORDER.indexOf(a.applies) - APPLIES_ORDER.indexOf(b.applies));
  const speaking = sorted.filter(({ applies }) => applies !== 'no' && applies !== 'held');
  const silent = sorted.filter((position) => !speaking.includes(position));
  if (voice === 'patient') {
    return speaking.length === 0 ? null : (
      <>
        <p className="why-label">{say`Who says what`}</p>
        <PositionList positions={speaking} />
      </>
    );
  }
  return (
    <>
      <PositionList positions={speaking} />
      {silent.length === 0 ? null : (
        <details className="why">
          <summary>{say`Rows that decide nothing here: other cases, or source not read (${silent.length})`}</summary>
          <PositionList positions={silent} />
        </details>
      )}
    </>
  );
}
