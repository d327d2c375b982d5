/** The guide: one knowledge bundle made ready, and the whole answer for one case. Pure: same case, knowledge and date, same report. */

import type { FactDefinition } from '../case/catalogue.js';
import type { CaseRecord, PartialDate, StatedStage } from '../case/record.js';
import { type Snapshot, type SnapshotContext, snapshot, snapshotContext } from '../case/snapshot.js';
import type { Criterion, FactId, FactTest } from '../criteria/expression.js';
import type { Voice } from '../criteria/words.js';
import type { KnowledgeBundle, Source, Treatment, TreatmentGroup } from '../knowledge/types.js';
import { say } from '../language.js';
import { type PreparedStaging, prepareStaging, type StageResult, type StageSet, stageOf } from '../staging/staging.js';
import { matchTrials } from '../trials/match.js';
import type { Trial } from '../trials/trial.js';
import { cascadeFindings } from './cascade.js';
import { contradictionFindings } from './contradictions.js';
import { factorFinding } from './factors.js';
import { type Catalogue, type Finding, quote } from './finding.js';
import { type NextFact, nextFacts } from './next.js';
import { optionFinding, waitingFindings, waitingOption, waits } from './options.js';
import { scoreFinding } from './scores.js';
import { type Spread, spreadOf } from './spread.js';
import { stageFindings } from './stage.js';
import { survivalFinding } from './survival.js';
import { symptomFinding, URGENCIES, warningSigns } from './symptoms.js';
import { inGuidelineOrder, testFinding } from './tests.js';
import { NO_TIMELINE, type Timeline, timelineOf } from './timeline.js';

/** A knowledge bundle, compiled once and used for any number of cases. */
export interface Guide {
  readonly bundle: KnowledgeBundle;
  /** Facts of the catalogue and the stages computed from them. */
  readonly catalogue: Catalogue;
  readonly staging: PreparedStaging;
  readonly sources: ReadonlyMap<string, Source>;
  readonly context: SnapshotContext;
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly probes: ReadonlyMap<FactId, readonly number[]>;
}

export interface StageReport {
  readonly pleural?: Readonly<Record<string, Readonly<Record<string, StageSet>>>>;
  readonly peritoneal?: {
    readonly pci: { readonly min: number; readonly max: number };
    readonly yan: Readonly<Record<string, StageSet>>;
  };
  /** Primary sites without a staging system. */
  readonly pericardial?: { readonly system: null; readonly instead: string };
  readonly tunicaVaginalis?: { readonly system: null; readonly instead: string };
  readonly narrowedBy: readonly FactId[];
  /** Stages as the record states them, and what became of each. */
  readonly stated: readonly {
    readonly edition: StatedStage['edition'];
    readonly basis: string;
    readonly as: string;
    readonly use: string;
  }[];
}

export interface Report {
  readonly schema: 'serosa.report/1';
  readonly knowledge: { readonly version: string; readonly hash: string };
  readonly asOf: PartialDate;
  readonly voice: Voice;
  readonly case: { readonly id: string; readonly title?: string };
  readonly findings: readonly Finding[];
  readonly spread: Spread;
  readonly stage: StageReport;
  readonly timeline: Timeline;
  readonly next: readonly NextFact[];
  /** Bibliography of every source a finding names, in the order in which they are first named. */
  readonly sources: readonly Source[];
}

export interface ReportOptions {
  /** ISO day on which the report is true. */
  readonly asOf: PartialDate;
  readonly voice: Voice;
  /** Patients see prognostic scores only when they ask for them. */
  readonly prognosis?: boolean;
  /** Trials whose open questions count among what the next fact could settle. */
  readonly trials?: readonly Trial[];
}

export function prepareGuide(bundle: KnowledgeBundle): Guide {
  const facts = new Map<FactId, FactDefinition>(bundle.facts.map((fact) => [fact.id, fact]));
  const staging = prepareStaging(bundle.staging, facts);
  const catalogue = new Map([...facts, ...staging.definitions.map((definition) => [definition.id, definition] as const)]);
  return {
    bundle,
    catalogue,
    staging,
    sources: new Map(bundle.sources.map((source) => [source.id, source])),
    context: snapshotContext(facts, staging.computed),
    treatments: new Map(bundle.treatments.map((treatment) => [`option.${treatment.id}`, treatment])),
    probes: probesOf(bundle.treatments),
  };
}

/** The facts of a case as of a date. */
export function factsOfCase(guide: Guide, record: CaseRecord, asOf: PartialDate): Snapshot {
  return snapshot(record, asOf, guide.context);
}

/** The stage alone: what a table of many cases needs of each. */
export function stageAnswer(guide: Guide, record: CaseRecord, asOf: PartialDate): StageReport {
  const facts = factsOfCase(guide, record, asOf);
  return otherDisease(facts, guide.catalogue)
    ? { narrowedBy: [], stated: [] }
    : stageReport(facts, stageOf(facts, guide.staging));
}

/** The whole answer for one case. */
export function report(guide: Guide, record: CaseRecord, options: ReportOptions): Report {
  const facts = factsOfCase(guide, record, options.asOf);
  const { catalogue, bundle } = guide;
  const stage = stageOf(facts, guide.staging);
  const notMesothelioma = otherDisease(facts, catalogue);
  const died = death(facts, catalogue);
  const nothingToDo = notMesothelioma !== undefined || died !== undefined;
  const optionFindings = nothingToDo
    ? []
    : bundle.treatments.map((treatment) => optionFinding(treatment, facts, catalogue)).filter((finding) => finding !== undefined);
  const waiting = nothingToDo ? [] : waitingFindings(bundle.treatments, facts, catalogue);
  // Which study could take the person is worth a test, so studies that wait count among the open options.
  const studies = nothingToDo
    ? []
    : bundle.treatments
        .filter((treatment) => treatment.group === 'research' && waits(treatment, facts))
        .map((treatment) => waitingOption(treatment, facts, catalogue));
  const showScores = options.voice === 'clinician' || options.prognosis === true;
  const urgent = (died ? [] : bundle.symptoms)
    .map((symptom) => symptomFinding(symptom, facts, catalogue))
    .filter((finding) => finding !== undefined)
    .sort((a, b) => URGENCIES.indexOf(a.urgency ?? 'days') - URGENCIES.indexOf(b.urgency ?? 'days') || (a.id < b.id ? -1 : 1));
  const signs = nothingToDo ? undefined : warningSigns(bundle.symptoms, facts);
  const testFindings = bundle.tests
    .map((test) => testFinding(test, facts, catalogue))
    .filter((finding) => finding !== undefined)
    .sort(inGuidelineOrder);
  const spread = notMesothelioma ? undefined : spreadOf(bundle.sites, facts, catalogue);
  const all: Finding[] = [
    ...raised(urgent),
    ...(notMesothelioma ? [notMesothelioma] : []),
    ...(died ? [died] : []),
    ...(signs ? [signs] : []),
    ...contradictionFindings(facts, stage, catalogue),
    ...(notMesothelioma
      ? []
      : [
          ...stageFindings(stage, facts, catalogue),
          ...(spread?.findings ?? []),
          ...(spread ? cascadeFindings(bundle.cascade, spread.picture, facts, catalogue) : []),
          // How a factor bears on the course is prognosis: for patients on request.
          ...(showScores ? bundle.factors : [])
            .map((factor) => factorFinding(factor, facts, catalogue))
            .filter((finding) => finding !== undefined),
          ...(nothingToDo ? [] : testFindings),
          ...[...optionFindings].sort(inOptionOrder),
          ...waiting,
          ...(showScores
            ? [
                ...bundle.scores.map((score) => scoreFinding(score, facts, catalogue)),
                ...bundle.survival.map((table) => survivalFinding(table, facts, catalogue)),
              ].filter((finding) => finding !== undefined)
            : []),
        ]),
  ];
  const findings = options.voice === 'patient' ? all.map((finding) => forPatient(finding, showScores)) : all;
  const cited = new Set<string>();
  for (const finding of findings) {
    for (const id of finding.sources) cited.add(id);
    for (const detail of finding.details ?? []) for (const id of detail.sources) cited.add(id);
    for (const position of finding.positions ?? []) for (const id of position.sources) cited.add(id);
  }
  return {
    schema: 'serosa.report/1',
    knowledge: { version: bundle.version, hash: bundle.hash },
    asOf: options.asOf,
    voice: options.voice,
    case: { id: record.id, ...(record.title === undefined ? {} : { title: record.title }) },
    findings,
    spread: spread?.picture ?? { began: [], sites: [] },
    stage: notMesothelioma ? { narrowedBy: [], stated: [] } : stageReport(facts, stage),
    timeline: notMesothelioma ? NO_TIMELINE : timelineOf(facts, catalogue),
    next: nothingToDo
      ? []
      : nextFacts({
          facts,
          stage,
          options: [...optionFindings, ...studies],
          treatments: guide.treatments,
          trials: matchTrials(options.trials ?? [], facts, catalogue, { openOnly: true }).filter(
            (match) => match.verdict === 'undetermined' && match.fit !== 'other',
          ),
          catalogue,
          probes: guide.probes,
        }),
    sources: [...cited].map((id) => guide.sources.get(id)).filter((source) => source !== undefined),
  };
}

const OPTION_ORDER: readonly string[] = [
  'supported',
  'supported-with-conditions',
  'disagree',
  'undecided',
  'investigational',
  'not-supported',
  'contraindicated',
  'being-tried',
  'if-needed',
];

const GROUP_ORDER: readonly TreatmentGroup[] = [
  'systemic',
  'surgery',
  'radiotherapy',
  'fluid',
  'research',
  'genetics',
  'supportive',
];

const OPTION_RANK = ranks(OPTION_ORDER);
const GROUP_RANK = ranks(GROUP_ORDER);

function ranks(order: readonly string[]): ReadonlyMap<string, number> {
  return new Map(order.map((name, index) => [name, index]));
}

/** What is supported first; of equal verdicts treatments of the disease before care that everybody may have. */
function inOptionOrder(a: Finding, b: Finding): number {
  const rank = (finding: Finding): number =>
    (OPTION_RANK.get(finding.verdict) ?? 99) * 100 + (GROUP_RANK.get(finding.group ?? '') ?? 99);
  return rank(a) - rank(b) || a.missing.length - b.missing.length || (a.id < b.id ? -1 : 1);
}

/** Two or more same-day symptoms together are assessed in person today. */
function raised(urgent: readonly Finding[]): readonly Finding[] {
  const sameDay = urgent.filter((finding) => finding.urgency === 'same-day');
  if (sameDay.length < 2 || urgent.some((finding) => finding.urgency === 'emergency')) return urgent;
  const together: Finding = {
    id: 'symptom.together',
    kind: 'symptom',
    title: 'Several urgent symptoms together',
    titles: { clinician: 'Several urgent symptoms together', patient: 'More than one urgent sign' },
    verdict: 'same-day',
    urgency: 'same-day',
    because: sameDay.flatMap((finding) => finding.because),
    missing: [],
    sources: [...new Set(sameDay.flatMap((finding) => finding.sources))],
    text: {
      clinician: 'Two or more amber symptoms: assess face to face today.',
      patient: 'Call your team now and say that you have more than one of these signs. You should be seen in person today.',
    },
  };
  return [together, ...urgent];
}

/** The patient's report carries no doses, no clinician-only lines, and of the guideline rows only those that speak. */
function forPatient(finding: Finding, prognosis: boolean): Finding {
  const { details, positions, ...rest } = finding;
  return {
    ...rest,
    title: finding.titles.patient,
    ...(details === undefined
      ? {}
      : { details: details.filter((detail) => detail.clinicianOnly !== true && (prognosis || detail.prognosis !== true)) }),
    ...(positions === undefined ? {} : { positions: positions.filter((position) => position.applies === 'yes') }),
  };
}

function otherDisease(facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const state = facts.get('tumour.mesothelioma');
  if (state.kind !== 'known' || state.value !== false) return undefined;
  // "Not shown by a sample" of somebody in whom it is suspected is no other illness: the search goes on.
  if (facts.recorded.some((id) => id.startsWith('suspicion.') && isTrue(facts, id))) return undefined;
  const definition = catalogue.get('tumour.mesothelioma');
  const reading = state.reading?.origin;
  return {
    id: 'notice.not-mesothelioma',
    kind: 'notice',
    title: 'This is not mesothelioma',
    titles: { clinician: 'This is not mesothelioma', patient: 'This record is not about mesothelioma' },
    verdict: 'not-mesothelioma',
    because: [
      {
        id: 'tumour.mesothelioma',
        label: { clinician: definition?.label ?? 'Mesothelioma', patient: definition?.patient.label ?? say`Mesothelioma` },
        value: { clinician: 'no', patient: 'no' },
        ...(reading ? { origin: reading } : {}),
      },
    ],
    missing: [],
    sources: [],
    text: {
      clinician: `The record describes another disease${reading?.note ? `: ${reading.note}` : ''}. Serosa knows mesothelioma only and says nothing on stage or treatment here.`,
      patient: say`This record is about another illness${reading?.note ? ` (${reading.note})` : ''}. Serosa only knows mesothelioma, so it cannot help with this one. Your care team can.`,
    },
  };
}

function isTrue(facts: Snapshot, id: FactId): boolean {
  const state = facts.get(id);
  return state.kind === 'known' && state.value === true;
}

/** For a person who has died the record is staged and nothing is proposed. */
function death(facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const state = facts.get('person.vital-status');
  if (state.kind !== 'known' || state.value !== 'dead') return undefined;
  return {
    id: 'notice.died',
    kind: 'notice',
    title: 'Recorded as died',
    titles: { clinician: 'Recorded as died', patient: 'This person is recorded as having died' },
    verdict: 'died',
    because: [quote('person.vital-status', facts, catalogue)],
    missing: [],
    sources: [],
    text: {
      clinician: 'Stage and spread are given as recorded. Options, triage and next facts are left out.',
      patient:
        'So this page shows only what was recorded. If that is a mistake, tell the team. If you have lost someone: we are sorry.',
    },
  };
}

function stageReport(facts: Snapshot, stage: StageResult | undefined): StageReport {
  if (stage === undefined) return { narrowedBy: ['tumour.primary-site'], stated: [] };
  const narrowedBy = [...new Set(stage.bases.flatMap((part) => part.narrowing.map((entry) => entry.fact)))];
  const stated = stage.statements.map(({ stated: s, basis, use }) => ({
    edition: s.edition,
    basis,
    as: [s.T, s.N, s.M, s.group && say`stage ${s.group}`].filter(Boolean).join(' '),
    use,
  }));
  const byKey = (key: string): Record<string, StageSet> =>
    Object.fromEntries(stage.bases.flatMap((part) => (part.systems[key] ? [[part.basis, part.systems[key] as StageSet]] : [])));
  const shared = { narrowedBy, stated };
  if (stage.primary === 'pleura') {
    return {
      pleural: Object.fromEntries(
        [...stage.systems]
          .sort((a, b) => (b.key ?? '').localeCompare(a.key ?? ''))
          .map((system) => [system.key as string, byKey(system.key as string)]),
      ),
      ...shared,
    };
  }
  if (stage.primary === 'peritoneum') {
    const pci = facts.get('pci.total');
    const [min, max] =
      pci.kind === 'known' ? [Number(pci.value), Number(pci.value)] : pci.kind === 'between' ? [pci.min, pci.max] : [0, 39];
    return { peritoneal: { pci: { min, max }, yan: byKey('yan') }, ...shared };
  }
  const instead = stage.systems.find((system) => system.instead)?.instead?.clinician ?? '';
  return stage.primary === 'pericardium'
    ? { pericardial: { system: null, instead }, ...shared }
    : { tunicaVaginalis: { system: null, instead }, ...shared };
}

/** For every number that a treatment rule compares: one value on each side of each threshold. */
function probesOf(treatments: readonly Treatment[]): ReadonlyMap<FactId, readonly number[]> {
  const cuts = new Map<FactId, Set<number>>();
  const visit = (criterion: Criterion): void => {
    if ('fact' in criterion) addCuts(criterion);
    else if ('not' in criterion) visit(criterion.not);
    else if (!('judge' in criterion))
      for (const part of 'all' in criterion ? criterion.all : 'any' in criterion ? criterion.any : criterion.of) visit(part);
  };
  const addCuts = (test: FactTest): void => {
    for (const cut of [test.lt, test.lte, test.gt, test.gte, test.is]) {
      if (typeof cut !== 'number') continue;
      const set = cuts.get(test.fact) ?? new Set<number>();
      set.add(cut);
      cuts.set(test.fact, set);
    }
  };
  for (const treatment of treatments) {
    visit(treatment.appliesWhen);
    for (const limit of treatment.limits) visit(limit.when);
    for (const row of treatment.recommendations) {
      if (row.when) visit(row.when);
      if (row.provided) visit(row.provided);
    }
  }
  return new Map(
    [...cuts].map(([fact, set]) => {
      const sorted = [...set].sort((a, b) => a - b);
      const values = new Set<number>(sorted);
      for (const [index, cut] of sorted.entries()) {
        const next = sorted[index + 1];
        values.add(next === undefined ? cut + 1 : (cut + next) / 2);
      }
      values.add(Math.max(0, (sorted[0] ?? 0) - 1));
      return [fact, [...values].sort((a, b) => a - b)];
    }),
  );
}
