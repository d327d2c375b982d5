export * from './case/catalogue.js';
export * from './case/dates.js';
export { RECORD_DERIVATIONS } from './case/derive.js';
export { withObservation, withoutObservation } from './case/edit.js';
export * from './case/facts.js';
export * from './case/record.js';
export { type Conflict, type Snapshot, type SnapshotContext, snapshot, snapshotContext } from './case/snapshot.js';
export * from './criteria/diagram.js';
export * from './criteria/evaluate.js';
export * from './criteria/expression.js';
export * from './criteria/words.js';
export { compareReports, type FindingChange, type ReportChanges, type StageChange } from './findings/compare.js';
export { levelOf } from './findings/factors.js';
export * from './findings/finding.js';
export * from './findings/guide.js';
export type { NextFact } from './findings/next.js';
export { type OptionVerdict, optionFinding, optionVerdict, waitingFindings } from './findings/options.js';
export { factsOfScore, scoreApplies, scoreOf } from './findings/scores.js';
export type {
  Laterality,
  PlaceQuestion,
  Reached,
  RegionState,
  SiteState,
  SiteStatus,
  Spread,
  StationState,
} from './findings/spread.js';
export { categoriesText, groupsText } from './findings/stage.js';
export { rowsOf } from './findings/survival.js';
export { symptomAtLevel, URGENCIES, urgencyOf } from './findings/symptoms.js';
export { TEST_ORDER, type TestVerdict, testFinding, testVerdict } from './findings/tests.js';
export type { ReadingWay, Timeline, TimelineEvent, TimelinePoint, TreatmentPart } from './findings/timeline.js';
export { type VisitQuestion, visitQuestions } from './findings/visit.js';
export * from './knowledge/types.js';
export { inVoice, type Language, type Sayable, said, say, speak, spokenCode, toSay, translated } from './language.js';
export * from './staging/staging.js';
export { endsTrials, standsBeforeTrials } from './trials/before.js';
export * from './trials/card.js';
export { countryNames, countryWords } from './trials/countries.js';
export * from './trials/match.js';
export * from './trials/overrides.js';
export { mentionsPart, namesPart, standBeside } from './trials/parts.js';
export * from './trials/starter.js';
export * from './trials/trial.js';
export { trialVerdictWords } from './trials/words.js';
