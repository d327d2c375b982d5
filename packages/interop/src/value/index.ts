/** Single values as people write them: for a form, which needs no reader of files. */
export { AGENT_NAMES, agentsNamed } from './agents.js';
export { type FactReading, readFact } from './facts.js';
