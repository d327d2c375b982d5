/** Loading, checking and bundling of the knowledge. Pure; `@serosa/knowledge/node` reads and writes files. */
export {
  canonicalJson,
  DUE_DAYS,
  isIntact,
  type KnowledgeStats,
  knowledgeStats,
  OVERDUE_DAYS,
  type Sha256,
  sealBundle,
  sealTrials,
} from './bundle.js';
export { CHECKS, type Check, type LintOptions, lintKnowledge, readingGrades, stageFacts } from './lint.js';
export { type KnowledgeContent, type KnowledgeProblem, type LoadedKnowledge, loadKnowledge, type Severity } from './load.js';
export { bundleSchema, trialBundleSchema } from './schema.js';
export { readability } from './words.js';
