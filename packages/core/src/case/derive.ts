/** Facts that follow from the dated treatments and from the passage of time: the derivations that are not expressions. */
import type { FactId } from '../criteria/expression.js';
import { earliestDay, latestDay, yearsBetween } from './dates.js';
import { type FactState, type Facts, NOT_RECORDED } from './facts.js';
import type { CaseRecord, PartialDate, ProcedureCode, SystemicTherapy } from './record.js';

/** INN of the cytotoxic drugs in use for mesothelioma; the rest of the list is told apart below. */
const CHEMOTHERAPY = [
  'cisplatin',
  'carboplatin',
  'oxaliplatin',
  'pemetrexed',
  'gemcitabine',
  'vinorelbine',
  'raltitrexed',
  'doxorubicin',
  'mitomycin',
  'cyclophosphamide',
  'irinotecan',
  'paclitaxel',
  'docetaxel',
  'trabectedin',
  'lurbinectedin',
  'methotrexate',
];
/** INN of the drugs that the derivations tell apart. */
const PLATINUM = ['cisplatin', 'carboplatin', 'oxaliplatin'];
const TAXANES = ['paclitaxel', 'docetaxel'];
const PD1 = [
  'nivolumab',
  'pembrolizumab',
  'atezolizumab',
  'durvalumab',
  'avelumab',
  'cemiplimab',
  'dostarlimab',
  'retifanlimab',
  'sintilimab',
  'toripalimab',
  'tislelizumab',
  'camrelizumab',
  'ivonescimab',
  'volrustomig',
];
const CTLA4 = ['ipilimumab', 'tremelimumab', 'volrustomig'];
const RESECTIONS: readonly ProcedureCode[] = [
  'extrapleural-pneumonectomy',
  'pleurectomy-decortication',
  'extended-pleurectomy-decortication',
  'cytoreductive-surgery',
  'orchiectomy',
];
const OPERATIONS: readonly ProcedureCode[] = [
  ...RESECTIONS,
  'partial-pleurectomy',
  'hipec',
  'laparoscopy',
  'thoracoscopy',
  'mediastinoscopy',
  'pericardial-window',
];

/** The part of a record that has happened by the as-of date. */
export interface History {
  readonly record: CaseRecord;
  readonly asOf: PartialDate;
  readonly systemic: readonly SystemicTherapy[];
}

export function historyOf(record: CaseRecord, asOf: PartialDate): History {
  const today = latestDay(asOf);
  const begun = (date: PartialDate | undefined): boolean => date === undefined || earliestDay(date) <= today;
  const treatments = record.treatments.filter((event) => begun(event.kind === 'procedure' ? event.date : event.start));
  const systemic = treatments.filter((event): event is SystemicTherapy => event.kind === 'systemic');
  const ordered = [...systemic].sort((a, b) => (a.line ?? 99) - (b.line ?? 99) || startDay(a) - startDay(b));
  return { record: { ...record, treatments }, asOf, systemic: ordered };
}

function startDay(therapy: SystemicTherapy): number {
  return therapy.start === undefined ? Number.POSITIVE_INFINITY : earliestDay(therapy.start);
}

type Derive = (history: History, facts: Facts) => FactState;

/** A function over the record, with the facts that it asks for beside it. */
export interface RecordDerivation {
  readonly inputs: readonly FactId[];
  readonly derive: Derive;
}

const from = (inputs: readonly FactId[], derive: Derive): RecordDerivation => ({ inputs, derive });
/** What {@link listed} asks for: whether the list of treatments is complete, and for drugs whether there were any. */
const COMPLETE: readonly FactId[] = ['prior.treatments-complete'];
const COMPLETE_OR_NONE: readonly FactId[] = [...COMPLETE, 'prior.systemic'];

const known = (value: boolean | number | string, from: readonly FactId[] = []): FactState => ({ kind: 'known', value, from });

/** What is not listed is absent only where the record says that its list is complete, or that there was no treatment. */
function listed(found: boolean, facts: Facts, systemic: boolean): FactState {
  if (found) return known(true);
  const complete = facts.get('prior.treatments-complete');
  if (complete.kind === 'known' && complete.value === true) return known(false, ['prior.treatments-complete']);
  if (systemic) {
    const any = facts.get('prior.systemic');
    if (any.kind === 'known' && any.value === false) return known(false, ['prior.systemic']);
  }
  return { kind: 'unknown', reason: 'not-recorded' };
}

const gave = (agents: readonly string[]): RecordDerivation =>
  from(COMPLETE_OR_NONE, (history, facts) =>
    // A course whose drugs are not named may have held any of them.
    given(history, agents).length === 0 && history.systemic.some((therapy) => therapy.agents.length === 0)
      ? NOT_RECORDED
      : listed(given(history, agents).length > 0, facts, true),
  );

const didProcedure = (codes: readonly ProcedureCode[]): RecordDerivation =>
  from(COMPLETE, (history, facts) =>
    listed(
      history.record.treatments.some((event) => event.kind === 'procedure' && codes.includes(event.code)),
      facts,
      false,
    ),
  );

/** Lines: courses that follow one another; a maintenance course belongs to the line before it. */
function lines(history: History): number {
  const numbered = history.systemic.map((therapy) => therapy.line).filter((line): line is number => line !== undefined);
  const counted = history.systemic.filter((therapy) => therapy.intent !== 'maintenance').length;
  return numbered.length > 0 ? Math.max(...numbered) : counted;
}

function daysSince(day: number | undefined, asOf: PartialDate): FactState {
  if (day === undefined) return { kind: 'unknown', reason: 'underived' };
  return known(Math.max(0, earliestDay(asOf) - day));
}

/** Last day on which a course can have been given: today while it goes on; unknown when neither end nor state is said. */
function lastDay(therapy: SystemicTherapy, asOf: PartialDate): number | undefined {
  if (therapy.ongoing) return earliestDay(asOf);
  return therapy.end === undefined ? undefined : latestDay(therapy.end);
}

function given(history: History, agents: readonly string[]): readonly SystemicTherapy[] {
  return history.systemic.filter((therapy) => therapy.agents.some((agent) => agents.includes(agent)));
}

function lastGiven(therapies: readonly SystemicTherapy[], asOf: PartialDate): FactState {
  if (therapies.length === 0) return NOT_RECORDED;
  const days = therapies.map((therapy) => lastDay(therapy, asOf));
  if (days.some((day) => day === undefined)) return { kind: 'unknown', reason: 'undated' };
  return daysSince(Math.max(...(days as number[])), asOf);
}

/**
 * Whether the tumour grew during a course or after it, as its date, the reason for stopping or the response say. What comes
 * after the as-of day is not known yet.
 */
function progressed({ progression, stoppedFor, bestResponse, end }: SystemicTherapy, asOf: PartialDate): boolean {
  const today = latestDay(asOf);
  if (progression !== undefined) return earliestDay(progression) <= today;
  return (stoppedFor === 'progression' || bestResponse === 'PD') && (end === undefined || earliestDay(end) <= today);
}

/** Growth on one of the agents; false only of a person who never had them, since a record rarely says that nothing grew. */
const progressedOn = (agents: readonly string[], had: FactId): RecordDerivation =>
  from([had], (history, facts) =>
    given(history, agents).some((therapy) => progressed(therapy, history.asOf)) ? known(true) : falseLike(had, facts),
  );

function daysSinceProcedure({ record, asOf }: History, codes: readonly ProcedureCode[]): FactState {
  const days = record.treatments.flatMap((event) =>
    event.kind === 'procedure' && codes.includes(event.code) ? [event.date && latestDay(event.date)] : [],
  );
  if (days.length === 0) return NOT_RECORDED;
  if (days.some((day) => day === undefined)) return { kind: 'unknown', reason: 'undated' };
  return daysSince(Math.max(...(days as number[])), asOf);
}

export const RECORD_DERIVATIONS: Readonly<Record<string, RecordDerivation>> = {
  age: from(['person.birth-date'], (history, facts) => {
    const birth = facts.get('person.birth-date');
    if (birth.kind === 'known') return known(yearsBetween(String(birth.value), history.asOf), ['person.birth-date']);
    // An age that was written down grows; whether the birthday has passed since then is not known.
    const written = history.record.observations
      .filter((observation) => observation.fact === 'person.age' && typeof observation.value === 'number')
      .at(-1);
    const date = written?.date ?? history.record.date;
    if (!written || date === undefined) return NOT_RECORDED;
    const elapsed = (earliestDay(history.asOf) - earliestDay(date)) / 365.25;
    if (elapsed < 0) return { kind: 'unknown', reason: 'not-yet', reading: written };
    const age = written.value as number;
    return { kind: 'between', min: age + Math.floor(elapsed), max: age + Math.floor(elapsed) + 1, from: ['person.age'] };
  }),
  systemic: from(COMPLETE, (history, facts) => listed(history.systemic.length > 0, facts, false)),
  'lines-systemic': from(['prior.systemic'], (history, facts) => {
    if (history.systemic.length > 0) return known(lines(history));
    const any = facts.get('prior.systemic');
    return any.kind === 'known' && any.value === false ? known(0, ['prior.systemic']) : NOT_RECORDED;
  }),
  'line-current': from(['prior.lines-systemic'], (_history, facts) => {
    const before = facts.get('prior.lines-systemic');
    return before.kind === 'known'
      ? known(Number(before.value) + 1, ['prior.lines-systemic'])
      : { kind: 'unknown', reason: 'underived', from: ['prior.systemic'] };
  }),
  platinum: gave(PLATINUM),
  pemetrexed: gave(['pemetrexed']),
  'checkpoint-inhibitor': gave([...PD1, ...CTLA4]),
  ctla4: gave(CTLA4),
  bevacizumab: gave(['bevacizumab']),
  vinorelbine: gave(['vinorelbine']),
  gemcitabine: gave(['gemcitabine']),
  ramucirumab: gave(['ramucirumab']),
  taxane: gave(TAXANES),
  // A drug whose route is not named may have been given into the belly, and so may what an unnamed procedure brought.
  'intraperitoneal-chemotherapy': from(COMPLETE, (history, facts) => {
    const procedures = history.record.treatments.filter((event) => event.kind === 'procedure');
    if (procedures.some(({ code }) => code === 'hipec')) return known(true);
    const open = history.systemic.length > 0 || procedures.some(({ code }) => code === 'other');
    return open ? NOT_RECORDED : listed(false, facts, false);
  }),
  // Drugs that no list names as a kind: false only of a person who had no systemic treatment at all.
  'false-without-systemic': from(['prior.systemic'], (_history, facts) => falseLike('prior.systemic', facts)),
  // What may have been a drug, a device or rays: false only of a person who had no treatment at all.
  'false-without-treatment': from(COMPLETE, (history, facts) =>
    history.record.treatments.length > 0 ? NOT_RECORDED : listed(false, facts, false),
  ),
  radiotherapy: from(COMPLETE, (history, facts) =>
    listed(
      history.record.treatments.some((event) => event.kind === 'radiotherapy'),
      facts,
      false,
    ),
  ),
  'radiotherapy-chest': from(COMPLETE, (history, facts) =>
    listed(
      history.record.treatments.some(
        (event) => event.kind === 'radiotherapy' && /chest|thora|pleura|lung|mediast/i.test(event.site ?? ''),
      ),
      facts,
      false,
    ),
  ),
  // Thickness is measured on a CT: its date is that of the scan.
  'last-ct': from([], ({ record, asOf }) => {
    const dates = record.observations
      .filter(({ fact, value }) => MEASURED_ON_CT.test(fact) && typeof value !== 'object')
      .map((observation) => observation.date ?? record.date)
      .filter((date): date is PartialDate => date !== undefined && earliestDay(date) <= latestDay(asOf));
    return dates.length === 0 ? NOT_RECORDED : known(dates.reduce((a, b) => (latestDay(b) > latestDay(a) ? b : a)));
  }),
  resection: didProcedure(RESECTIONS),
  operation: didProcedure(OPERATIONS),
  pleurodesis: didProcedure(['pleurodesis']),
  catheter: didProcedure(['indwelling-pleural-catheter']),
  'days-since-platinum': from([], (history) => lastGiven(given(history, PLATINUM), history.asOf)),
  'days-since-chemotherapy': from([], (history) => lastGiven(given(history, CHEMOTHERAPY), history.asOf)),
  'days-since-taxane': from([], (history) => lastGiven(given(history, TAXANES), history.asOf)),
  'days-since-checkpoint-inhibitor': from([], (history) => lastGiven(given(history, [...PD1, ...CTLA4]), history.asOf)),
  'days-since-radiotherapy': from([], (history) => {
    const courses = history.record.treatments.filter((event) => event.kind === 'radiotherapy');
    if (courses.length === 0) return NOT_RECORDED;
    const days = courses.map((course) => (course.end ?? course.start) && latestDay((course.end ?? course.start) as PartialDate));
    if (days.some((day) => day === undefined)) return { kind: 'unknown', reason: 'undated' };
    return daysSince(Math.max(...(days as number[])), history.asOf);
  }),
  // No immune side effect without the drugs that cause it.
  'irae-grade': from(['prior.checkpoint-inhibitor'], (_history, facts) => {
    const had = facts.get('prior.checkpoint-inhibitor');
    return had.kind === 'known' && had.value === false ? known(0, ['prior.checkpoint-inhibitor']) : NOT_RECORDED;
  }),
  'days-since-systemic': from([], (history) => lastGiven(history.systemic, history.asOf)),
  'days-since-surgery': from([], (history) => daysSinceProcedure(history, OPERATIONS)),
  'days-since-intraperitoneal-chemotherapy': from([], (history) => daysSinceProcedure(history, ['hipec'])),
  'pemetrexed-control-months': from([], (history) => {
    const first = history.systemic.find((therapy) => therapy.agents.includes('pemetrexed'));
    if (first?.end === undefined) return NOT_RECORDED;
    const until = first.progression ?? (history.systemic[history.systemic.indexOf(first) + 1]?.start as PartialDate | undefined);
    if (until === undefined) return NOT_RECORDED;
    const days = earliestDay(until) - latestDay(first.end);
    return days < 0 ? known(0) : known(Math.round((days / 30.4375) * 10) / 10);
  }),
  'on-checkpoint-inhibitor': from(['prior.checkpoint-inhibitor'], (history, facts) => {
    const courses = given(history, [...PD1, ...CTLA4]);
    if (courses.some((therapy) => therapy.ongoing)) return known(true);
    if (courses.length > 0 && courses.every((therapy) => therapy.end !== undefined || therapy.ongoing === false))
      return known(false);
    return courses.length === 0 ? falseLike('prior.checkpoint-inhibitor', facts) : { kind: 'unknown', reason: 'undated' };
  }),
  progressing: from([], (history) => {
    const last = history.systemic.at(-1);
    return last !== undefined && progressed(last, history.asOf) ? known(true) : NOT_RECORDED;
  }),
  'progressed-on-chemotherapy': progressedOn(CHEMOTHERAPY, 'prior.chemotherapy'),
  'progressed-on-checkpoint-inhibitor': progressedOn([...PD1, ...CTLA4], 'prior.checkpoint-inhibitor'),
};

const MEASURED_ON_CT = /^(clinical\.t\.(psum|fmax|pmax)|response\.pleura)/;

/** False where another fact is false: who never had a treatment is not on it and did not progress on it. */
function falseLike(id: FactId, facts: Facts): FactState {
  const state = facts.get(id);
  return state.kind === 'known' && state.value === false ? known(false, [id]) : NOT_RECORDED;
}
