/** What happened when: the dated statements of a record in their order. Nothing is worked out but the time in between. */
import type { FactDefinition } from '../case/catalogue.js';
import { daysBetween, earliestDay, latestDay, type Stretch } from '../case/dates.js';
import type { Observation, Origin, PartialDate, StatedStage, TreatmentEvent } from '../case/record.js';
import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import { type Catalogue, type QuotedFact, quoteReading } from './finding.js';

/** How readings were come by. */
export type ReadingWay = 'blood' | 'imaging' | 'biopsy' | 'operation' | 'function' | 'told' | 'record';

export type TreatmentPart = 'whole' | 'start' | 'end' | 'progression' | 'ongoing';

/** One thing that happened, was found or was written; `id` tells it apart within a timeline. */
export type TimelineEvent =
  | { readonly id: string; readonly kind: 'diagnosis' }
  | { readonly id: string; readonly kind: 'treatment'; readonly part: TreatmentPart; readonly treatment: TreatmentEvent }
  | { readonly id: string; readonly kind: 'stage'; readonly stage: StatedStage }
  /** A fact that is a date, such as that of the last scan. */
  | { readonly id: string; readonly kind: 'day'; readonly fact: QuotedFact }
  | {
      readonly id: string;
      readonly kind: 'readings';
      readonly way: ReadingWay;
      readonly facts: readonly QuotedFact[];
      /** What was looked for and is not there. */
      readonly absent: readonly QuotedFact[];
    };

export interface TimelinePoint {
  /** As precise as the record has it. */
  readonly date: PartialDate;
  /** Seen from the as-of day: what is dated later is not known yet, and plays no part in the report. */
  readonly when: 'past' | 'today' | 'later';
  readonly events: readonly TimelineEvent[];
  /** Days since the step before: a diagnosis, a treatment or a stage, not a mere reading. */
  readonly since?: Stretch;
}

export interface Timeline {
  /** Oldest first. The as-of day is among them, with whatever is still being given. Empty where nothing has a date. */
  readonly points: readonly TimelinePoint[];
  readonly undated: readonly TimelineEvent[];
  /** Days up to the as-of day since what trials and the next treatment ask for. */
  readonly elapsed: readonly { readonly what: string; readonly days: Stretch }[];
}

export const NO_TIMELINE: Timeline = { points: [], undated: [], elapsed: [] };

/** What a professional counts from, and the fact that has the days. */
const ELAPSED: readonly { readonly what: string; readonly fact: FactId }[] = [
  { what: 'last systemic treatment', fact: 'prior.days-since-systemic' },
  { what: 'last platinum', fact: 'prior.days-since-platinum' },
  { what: 'last checkpoint inhibitor', fact: 'prior.days-since-checkpoint-inhibitor' },
  { what: 'last radiotherapy', fact: 'prior.days-since-radiotherapy' },
  { what: 'last operation', fact: 'prior.days-since-surgery' },
];

const DIAGNOSIS: FactId = 'tumour.diagnosis-date';

/** Who somebody is, was and wishes: true at no time of its own. */
const TIMELESS = /^(person|context|pref|exposure|comorbid|drug|prior|visit)\.|\.days-since-/;
const TIMED: ReadonlySet<FactId> = new Set(['person.ecog', 'person.karnofsky', 'person.weight', 'person.vital-status']);

const WAY_OF_ORIGIN: ReadonlyMap<Origin['kind'], ReadingWay> = new Map([
  ['laboratory', 'blood'],
  ['imaging', 'imaging'],
  ['pathology', 'biopsy'],
  ['operation', 'operation'],
  ['patient', 'told'],
]);
const WAY_OF_COST: Readonly<Record<FactDefinition['cost'], ReadingWay>> = {
  blood: 'blood',
  imaging: 'imaging',
  biopsy: 'biopsy',
  operation: 'operation',
  question: 'record',
  record: 'record',
};

/** The order in which readings of one day stand. */
const WAYS: readonly ReadingWay[] = ['operation', 'biopsy', 'imaging', 'blood', 'function', 'told', 'record'];

interface Dated {
  readonly date: PartialDate | undefined;
  readonly event: TimelineEvent;
}

export function timelineOf(facts: Snapshot, catalogue: Catalogue): Timeline {
  const { record, asOf } = facts;
  const all = [
    ...diagnoses(record.observations),
    ...record.treatments.flatMap((treatment, index) => partsOf(treatment, index, asOf)),
    ...record.stages.map((stage, index): Dated => ({ date: stage.date, event: { id: `stage-${index}`, kind: 'stage', stage } })),
    ...readings(record.observations, catalogue),
  ];
  const dates = new Map<PartialDate, TimelineEvent[]>();
  for (const { date, event } of all) {
    if (date === undefined) continue;
    const events = dates.get(date);
    if (events) events.push(event);
    else dates.set(date, [event]);
  }
  const undated = all.filter(({ date }) => date === undefined).map(({ event }) => event);
  if (dates.size === 0) return { ...NO_TIMELINE, undated };
  if (!dates.has(asOf)) dates.set(asOf, []);
  return { points: pointsOf(dates, asOf), undated, elapsed: elapsed(facts) };
}

/** A year stands before its months and a month before its days: it may have begun then. */
function pointsOf(dates: ReadonlyMap<PartialDate, readonly TimelineEvent[]>, asOf: PartialDate): readonly TimelinePoint[] {
  const today = latestDay(asOf);
  const sorted = [...dates.keys()].sort((a, b) => earliestDay(a) - earliestDay(b) || a.length - b.length);
  let step: PartialDate | undefined;
  return sorted.map((date): TimelinePoint => {
    const events = dates.get(date) ?? [];
    const counts = date === asOf || events.some(({ kind }) => kind !== 'readings' && kind !== 'day');
    const since = step !== undefined && counts ? daysBetween(step, date) : undefined;
    if (counts) step = date;
    return {
      date,
      when: date === asOf ? 'today' : earliestDay(date) > today ? 'later' : 'past',
      events,
      ...(since === undefined || !isTelling(since) ? {} : { since }),
    };
  });
}

/** A stretch that is wider than a month, because a date is a year alone, says nothing. */
const isTelling = ({ min, max }: Stretch): boolean => max > 0 && max - min <= 31;

const isDiagnosis = ({ fact, value }: Observation): boolean => fact === DIAGNOSIS && typeof value === 'string';

function diagnoses(observations: readonly Observation[]): readonly Dated[] {
  const days = observations.filter(isDiagnosis);
  return [...new Set(days.map(({ value }) => String(value)))].map((date) => ({
    date,
    event: { id: `diagnosis-${date}`, kind: 'diagnosis' },
  }));
}

function partsOf(treatment: TreatmentEvent, index: number, asOf: PartialDate): readonly Dated[] {
  const part = (name: TreatmentPart, date: PartialDate | undefined): Dated => ({
    date,
    event: { id: `treatment-${index}-${name}`, kind: 'treatment', part: name, treatment },
  });
  if (treatment.kind === 'procedure') return [part('whole', treatment.date)];
  const { start, end } = treatment;
  const going = treatment.kind === 'systemic' && treatment.ongoing === true;
  const progression = treatment.kind === 'systemic' ? treatment.progression : undefined;
  const begun = start === undefined || earliestDay(start) <= latestDay(asOf);
  return [
    ...(start === undefined && (end === undefined || going)
      ? [part(going ? 'ongoing' : 'whole', undefined)]
      : start !== undefined && start === end
        ? [part('whole', start)]
        : [
            ...(start === undefined ? [] : [part('start', start)]),
            ...(end === undefined || going ? [] : [part('end', end)]),
            ...(going && begun ? [part('ongoing', asOf)] : []),
          ]),
    ...(progression === undefined ? [] : [part('progression', progression)]),
  ];
}

/**
 * Readings by day and by the way in which they were come by. The day of the record itself says that a statement was true then, and not
 * when somebody looked: it dates none.
 */
function readings(observations: readonly Observation[], catalogue: Catalogue): readonly Dated[] {
  const days: Dated[] = [];
  const groups = new Map<string, Group>();
  const seen = new Set<string>();
  for (const observation of observations) {
    const { fact, value, date } = observation;
    const definition = catalogue.get(fact);
    if (definition === undefined || typeof value === 'object' || (TIMELESS.test(fact) && !TIMED.has(fact))) continue;
    const key = `${fact} ${date ?? ''} ${value}`;
    if (fact === DIAGNOSIS || seen.has(key)) continue;
    seen.add(key);
    const quoted = quoteReading(observation, definition);
    if (definition.type === 'date') {
      days.push({ date: String(value), event: { id: `day-${fact}`, kind: 'day', fact: quoted } });
      continue;
    }
    const way = wayOf(observation, definition);
    const place = `${date ?? ''} ${way}`;
    const group = groups.get(place) ?? { date, way, facts: [], absent: [] };
    groups.set(place, group);
    (value === false || value === 'none' ? group.absent : group.facts).push(quoted);
  }
  const sorted = [...groups.values()].sort((a, b) => WAYS.indexOf(a.way) - WAYS.indexOf(b.way));
  return [
    ...days,
    ...sorted.map(({ date, ...found }): Dated => ({ date, event: { id: `readings-${found.way}`, kind: 'readings', ...found } })),
  ];
}

interface Group {
  readonly date: PartialDate | undefined;
  readonly way: ReadingWay;
  readonly facts: QuotedFact[];
  readonly absent: QuotedFact[];
}

function wayOf({ fact, origin }: Observation, { cost }: FactDefinition): ReadingWay {
  if (fact.startsWith('organ.')) return 'function';
  return WAY_OF_ORIGIN.get(origin.kind) ?? WAY_OF_COST[cost];
}

function elapsed(facts: Snapshot): Timeline['elapsed'] {
  const { asOf, record } = facts;
  const found = record.observations.filter(isDiagnosis).at(-1);
  const diagnosed = found && daysBetween(String(found.value), asOf);
  return [
    ...(diagnosed === undefined || !isTelling(diagnosed) ? [] : [{ what: 'diagnosis', days: diagnosed }]),
    ...ELAPSED.flatMap(({ what, fact }) => {
      const state = facts.get(fact);
      if (state.kind === 'between') return [{ what, days: { min: state.min, max: state.max } }];
      // What is given today has not been waited for.
      return state.kind === 'known' && Number(state.value) > 0
        ? [{ what, days: { min: Number(state.value), max: Number(state.value) } }]
        : [];
    }),
  ];
}
