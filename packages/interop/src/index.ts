/** Cases in and out: Serosa case files, FHIR R4 with mCODE, tables with a mapping; trials in: records of registries. Runs in the browser as in Node. */
export { type CaseFileOptions, readCaseFile } from './case-file/read.js';
export { caseSchema, type JsonSchema } from './case-file/schema.js';
export { writeCase } from './case-file/write.js';
export { type Catalogue, type CatalogueInput, type CodeMeaning, prepareCatalogue } from './catalogue.js';
export { readEligibility } from './eligibility/criteria.js';
export type { OtherStatement } from './fhir/context.js';
export { type MatchedTrial, matchBundle } from './fhir/match.js';
export { type FhirOptions, type FhirReading, readFhir, readFhirJson } from './fhir/read.js';
export { type CaseBundle, caseBundle, type LeftOut } from './fhir/write.js';
export { DEFAULT_LIMITS, type Limits } from './input/text.js';
export { type CaseReading, errorsOf, type ReadCaseOptions, readCase } from './read-case.js';
export type { TrialNote } from './registry/account.js';
export { nctId, registryId } from './registry/ids.js';
export { readTrials, type TrialsOptions, type TrialsReading } from './registry/read.js';
export { trialFromV2 } from './registry/v2.js';
export { MAPPING_VERSION, type MappingReading, readMapping, type TableMapping } from './table/mapping.js';
export {
  type FollowUp,
  readTable,
  type TableOptions,
  type TableReader,
  type TableReading,
  type TableRow,
  tableReader,
} from './table/read.js';
export { AGENT_NAMES, agentOf } from './value/agents.js';
