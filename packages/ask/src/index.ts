/** Questions in people's own words, answered from the pages of the guide. */
import { ENGLISH } from './english.js';
import type { AskCode, AskLanguage } from './language.js';

export { type AskAnswer, Asker, type AskResult, type AskSettings, plain, RANKING, type Ranking } from './ask.js';
export type { AskCode, AskLanguage } from './language.js';

const LANGUAGES: Readonly<Record<AskCode, () => Promise<AskLanguage>>> = {
  en: async () => ENGLISH,
  // Of use to those who ask in it, and read by nobody else.
  es: async () => (await import('./spanish.js')).SPANISH,
};

/** The language of asking by its code; English is always there, another one is loaded. */
export const askLanguage = (code: AskCode): Promise<AskLanguage> => LANGUAGES[code]();
