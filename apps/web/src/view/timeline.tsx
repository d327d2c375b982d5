/** What happened when, as a list in order with a line along it. */
import {
  daysBetween,
  inVoice,
  type QuotedFact,
  type ReadingWay,
  type StatedStage,
  type Stretch,
  say,
  type Timeline,
  type TimelineEvent,
  type TimelinePoint,
  type TreatmentEvent,
  type TreatmentPart,
  type Voice,
  type Voices,
} from '@serosa/core';
import type { ReactNode } from 'react';
import { PROCEDURES } from '../interview/treatment-words.js';
import { useFrame, useReport } from './context.js';
import { Terms } from './glossary.js';
import { Section } from './parts.js';
import { count, dateWords, withoutDoses } from './words.js';

const WAY_WORDS: Readonly<Record<ReadingWay, Voices>> = {
  operation: { clinician: 'Operation', patient: 'Operation' },
  biopsy: { clinician: 'Pathology', patient: 'Tissue sample' },
  imaging: { clinician: 'Imaging', patient: 'Scan' },
  blood: { clinician: 'Laboratory', patient: 'Blood test' },
  function: { clinician: 'Function', patient: 'Heart and lung tests' },
  told: { clinician: 'Reported by the patient', patient: 'What you told' },
  record: { clinician: 'Record', patient: 'In your papers' },
};

/** How many readings of one kind stand open. */
const OPEN: Readonly<Record<Voice, number>> = { patient: 3, clinician: 8 };
/** Days with readings and nothing else are folded when there are more of them in a row; the last of them stay. */
const ROW = { most: 4, stay: 2 } as const;

/** Whether there is anything to show but the day of the report. */
export const isTold = ({ points, undated }: Timeline): boolean =>
  undated.length > 0 || points.some(({ events }) => events.length > 0);

/** Days as a professional counts them: in weeks up to a year, then in months. */
export function stretchOfDays({ min, max }: Stretch): string {
  const [unit, length] = max < 21 ? (['day', 1] as const) : max < 365 ? (['week', 7] as const) : (['month', 30.4375] as const);
  const low = Math.round(min / length);
  const high = Math.round(max / length);
  return `${low === high ? '' : `${low} to `}${count(high, unit, `${unit}s`)}`;
}

export function TimelineSection(): ReactNode {
  const { voice } = useFrame();
  const report = useReport();
  const { points, undated, elapsed } = report.timeline;
  if (!isTold(report.timeline)) return null;
  const patient = voice === 'patient';
  return (
    <Section
      id="timeline"
      title={patient ? say`What happened when` : 'Timeline'}
      {...(patient ? { intro: say`The dates in your record, in order. If one is wrong or missing, tell your team.` } : {})}
    >
      {patient || elapsed.length === 0 ? null : (
        <p>{`Since ${elapsed.map(({ what, days }) => `${what}: ${stretchOfDays(days)}`).join('; ')}.`}</p>
      )}
      {points.length === 0 ? null : (
        <ol className="timeline">
          {rowsOf(points).map((row) =>
            'date' in row ? <Point key={row.date} point={row} /> : <FoldedPoints key={row.folded[0]?.date} points={row.folded} />,
          )}
        </ol>
      )}
      {undated.length === 0 ? null : (
        <>
          <h3>{say`Without a date`}</h3>
          <Events events={undated} />
        </>
      )}
    </Section>
  );
}

type Row = TimelinePoint | { readonly folded: readonly TimelinePoint[] };

const hasReadingsOnly = ({ when, events }: TimelinePoint): boolean =>
  when === 'past' && events.every(({ kind }) => kind === 'readings');

/** A long row of days with nothing but readings would hide what happened between them. */
export function rowsOf(points: readonly TimelinePoint[]): readonly Row[] {
  const rows: Row[] = [];
  let run: TimelinePoint[] = [];
  const close = (): void => {
    const folded = run.length > ROW.most ? run.slice(0, -ROW.stay) : [];
    rows.push(...(folded.length === 0 ? [] : [{ folded }]), ...run.slice(folded.length));
    run = [];
  };
  for (const point of points) {
    if (hasReadingsOnly(point)) {
      run.push(point);
      continue;
    }
    close();
    rows.push(point);
  }
  close();
  return rows;
}

function FoldedPoints({ points }: { readonly points: readonly TimelinePoint[] }): ReactNode {
  const [first, last] = [points[0], points.at(-1)] as [TimelinePoint, TimelinePoint];
  return (
    <li className="when when-folded">
      <details className="why">
        <summary>{say`${points.length} days with readings, ${dateWords(first.date)} to ${dateWords(last.date)}`}</summary>
        <ol className="timeline">
          {points.map((point) => (
            <Point key={point.date} point={point} />
          ))}
        </ol>
      </details>
    </li>
  );
}

function Point({ point }: { readonly point: TimelinePoint }): ReactNode {
  const { voice } = useFrame();
  const { date, when, events, since } = point;
  const notes = [
    when === 'today' ? say`day of this report` : '',
    when === 'later' ? say`later than this report` : '',
    voice === 'patient' || since === undefined ? '' : `${stretchOfDays(since)} after the step before`,
  ].filter((note) => note !== '');
  return (
    <li className={`when when-${when}`}>
      <p className="when-day">
        <time dateTime={date}>{dateWords(date)}</time>
        {notes.length === 0 ? null : <span className="aside"> {notes.join('; ')}</span>}
      </p>
      <Events events={events} />
    </li>
  );
}

function Events({ events }: { readonly events: readonly TimelineEvent[] }): ReactNode {
  if (events.length === 0) return null;
  return (
    <ul className="when-events">
      {events.map((event) => (
        <li key={event.id}>
          <EventLine event={event} />
        </li>
      ))}
    </ul>
  );
}

function EventLine({ event }: { readonly event: TimelineEvent }): ReactNode {
  const { voice, voiced } = useFrame();
  const patient = voice === 'patient';
  switch (event.kind) {
    case 'diagnosis':
      return patient ? say`The diagnosis was made` : <strong>Diagnosis</strong>;
    case 'treatment':
      return <TreatmentLine treatment={event.treatment} part={event.part} />;
    case 'stage':
      return patient
        ? say`The stage, as it was written: ${stageWords(event.stage)}`
        : `Stage as stated: ${stageWords(event.stage)}`;
    case 'day':
      return voiced(event.fact.label);
    case 'readings':
      return <Readings way={event.way} facts={event.facts} absent={event.absent} />;
  }
}

function TreatmentLine({ treatment, part }: { readonly treatment: TreatmentEvent; readonly part: TreatmentPart }): ReactNode {
  const { voice } = useFrame();
  if (voice === 'patient') {
    const note = part === 'start' ? openEnd(treatment) : undefined;
    return (
      <>
        <Terms text={withoutDoses(patientWords(treatment, part))} />
        {note === undefined ? null : <span className="aside"> {note}</span>}
      </>
    );
  }
  const { what, more } = clinicianWords(treatment, part);
  return (
    <>
      <strong>{what}</strong>
      {more.length === 0 ? null : `: ${more.join('; ')}`}
    </>
  );
}

/** What is not said of the end of a treatment that began. */
function openEnd(treatment: TreatmentEvent): string | undefined {
  if (treatment.kind === 'procedure' || treatment.end !== undefined) return undefined;
  return treatment.kind === 'systemic' && treatment.ongoing !== undefined ? undefined : say`When it ended is not recorded.`;
}

function patientWords(treatment: TreatmentEvent, part: TreatmentPart): string {
  if (treatment.kind === 'procedure')
    return treatment.code === 'other'
      ? (treatment.text ?? say`Another procedure`)
      : inVoice(PROCEDURES[treatment.code], 'patient');
  const what =
    treatment.kind === 'systemic'
      ? treatment.agents.length === 0
        ? say`Medicines, names not told`
        : treatment.agents.join(' + ')
      : treatment.site === undefined
        ? say`Radiotherapy`
        : say`Radiotherapy (${treatment.site})`;
  switch (part) {
    case 'whole':
      return say`Treatment: ${what}`;
    case 'start':
      return say`Treatment began: ${what}`;
    case 'end':
      return say`Treatment ended: ${what}`;
    case 'ongoing':
      return say`Still going on: ${what}`;
    case 'progression':
      return say`The record says that the tumour had grown. Treatment before that: ${what}`;
  }
}

interface Words {
  readonly what: string;
  readonly more: readonly string[];
}

const given = (parts: readonly (string | false | undefined)[]): readonly string[] =>
  parts.filter((part) => part !== undefined && part !== false && part !== '') as string[];

const PART_WORDS: Readonly<Record<TreatmentPart, string>> = {
  whole: 'Given',
  start: 'Start',
  end: 'End',
  ongoing: 'Ongoing',
  progression: 'Progression after',
};

function clinicianWords(treatment: TreatmentEvent, part: TreatmentPart): Words {
  if (treatment.kind === 'procedure') {
    const { code, text, side, residual } = treatment;
    const what = code === 'other' ? (text ?? 'Another procedure') : PROCEDURES[code].clinician;
    return { what, more: given([side, residual, code === 'other' ? undefined : text]) };
  }
  const { start, end, intent } = treatment;
  const lasted = start !== undefined && end !== undefined && start !== end ? daysBetween(start, end) : undefined;
  const duration = lasted && `over ${stretchOfDays(lasted)}`;
  const last = part === 'end' || part === 'whole';
  const first = part === 'start' || part === 'whole';
  const unended = part === 'start' && openEnd(treatment) !== undefined && 'end not recorded';
  if (treatment.kind === 'radiotherapy') {
    const dose = given([
      treatment.gray !== undefined && `${treatment.gray} Gy`,
      treatment.fractions !== undefined && `${treatment.fractions} fractions`,
    ]);
    return {
      what: part === 'whole' ? 'Radiotherapy' : `${PART_WORDS[part]} radiotherapy`,
      more: given([treatment.site, first && dose.join(' in '), first && intent, last && duration, unended]),
    };
  }
  const { agents, line, cycles, bestResponse, stoppedFor } = treatment;
  const names = agents.length === 0 ? 'systemic therapy, agents not named' : agents.join(' + ');
  return {
    what: part === 'whole' ? names : `${PART_WORDS[part]} ${names}`,
    more: given([
      first && line !== undefined && `line ${line}`,
      first && intent,
      last && duration,
      last && cycles !== undefined && count(cycles, 'cycle', 'cycles'),
      last && bestResponse && `best response ${bestResponse}`,
      last && stoppedFor && `stopped for ${stoppedFor}`,
      unended,
    ]),
  };
}

const PREFIX: Readonly<Record<StatedStage['basis'], string>> = { clinical: 'c', pathological: 'p', unknown: '' };

function stageWords({ group, T, N, M, edition, basis }: StatedStage): string {
  const letters = given([T, N, M]).join(' ');
  const named = given([group && say`stage ${group}`, letters === '' ? undefined : `${PREFIX[basis]}${letters}`]).join(', ');
  return edition === 'unknown' ? say`${named} (edition not named)` : say`${named} (edition ${edition})`;
}

function Readings(props: {
  readonly way: ReadingWay;
  readonly facts: readonly QuotedFact[];
  readonly absent: readonly QuotedFact[];
}): ReactNode {
  const { voice } = useFrame();
  const way = inVoice(WAY_WORDS[props.way], voice);
  const all = [...props.facts, ...props.absent];
  // A single line more takes less room than the fold.
  const shown = all.length <= OPEN[voice] + 1 ? all : props.facts.slice(0, OPEN[voice]);
  const folded = all.slice(shown.length);
  return (
    <>
      <strong className="way">{way}</strong>
      {shown.length === 0 ? null : <ReadingList facts={shown} />}
      {folded.length === 0 ? null : (
        <details className="why">
          <summary>
            {shown.length === 0 ? count(folded.length, say`entry`, say`entries`) : say`${folded.length} more entries`}
            <span className="unseen"> ({way})</span>
          </summary>
          <div className="why-body">
            <ReadingList facts={folded} />
          </div>
        </details>
      )}
    </>
  );
}

/** One below the other for a patient, in one line for a professional. */
function ReadingList({ facts }: { readonly facts: readonly QuotedFact[] }): ReactNode {
  const { voice, voiced } = useFrame();
  if (voice === 'clinician') return ` ${facts.map(({ label, value }) => `${label.clinician}: ${value?.clinician}`).join('; ')}`;
  return (
    <ul className="readings">
      {facts.map((fact) => (
        <li key={`${fact.id} ${fact.value?.patient}`}>
          <Terms text={`${voiced(fact.label)}: ${withoutDoses(fact.value?.patient ?? '', say`as recorded`)}`} />
        </li>
      ))}
    </ul>
  );
}
