/** Questions in people's own words, answered from the pages of the guide. */
export { type AskAnswer, Asker, type AskResult, plain, RANKING, type Ranking } from './ask.js';
