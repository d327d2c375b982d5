/** The languages of the page. English stands in the program and in the knowledge; another one is fetched when somebody chooses it. */
import type { AskLanguage } from '@serosa/ask';
import type { Language, Topic, Voice } from '@serosa/core';
import { loadJson, type Pages } from './load.js';

export type LanguageCode = 'en' | 'es';

/** Each by its own name, as somebody who reads no other looks for it. */
export const LANGUAGES: Readonly<Record<LanguageCode, string>> = { en: 'English', es: 'Español' };

/** What a language brings: its file is made by the build from `languages/`. */
interface LanguageFile {
  /** Each text by its English. */
  readonly texts: Readonly<Record<string, string>>;
  readonly asking: Asking;
}

/** Words by which pages of the guide and emergencies are found. */
interface Asking {
  readonly asks: Readonly<Record<string, readonly string[]>>;
  readonly keywords: Readonly<Record<string, readonly string[]>>;
  readonly phrases: Pages['phrases'];
  readonly words: Pages['words'];
}

export interface Spoken extends Language {
  readonly asking: Asking;
  /** How questions in it are read. */
  readonly askLanguage: AskLanguage;
}

/** Fetches a language. Throws a `ProblemError`. */
export async function loadLanguage(code: Exclude<LanguageCode, 'en'>): Promise<Spoken> {
  const [{ createInstance }, { texts, asking }, askLanguage] = await Promise.all([
    import('i18next'),
    loadJson<LanguageFile>(`${code}.json`),
    import('@serosa/ask').then((ask) => ask.askLanguage(code)),
  ]);
  const engine = createInstance();
  await engine.init({
    lng: code,
    resources: { [code]: { translation: texts } },
    // A text is its own key, whatever stands in it.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
  return {
    code,
    asking,
    askLanguage,
    translate: (text, values) => (text in texts ? inSound(code, engine.t(text, { ...values, nest: false })) : undefined),
  };
}

/** Spanish "y" before the sound of an i is "e", and "o" before that of an o is "u", whatever value stands there. */
const inSound = (code: LanguageCode, text: string): string =>
  code === 'es' ? text.replace(/ y (?=h?[ií](?![aeo]))/gi, ' e ').replace(/ o (?=h?[oó]|8\b)/gi, ' u ') : text;

/** The pages of the guide as they are found in a language; their texts have been translated before. */
export function askedIn(pages: Pages, { asking, askLanguage }: Spoken): Pages {
  return {
    askLanguage,
    topics: pages.topics.map(
      (topic): Topic => ({ ...topic, asks: asking.asks[topic.id] ?? [], keywords: asking.keywords[topic.id] ?? [] }),
    ),
    phrases: asking.phrases,
    words: asking.words,
  };
}

/** Professionals are spoken to in English. */
export const speaks = (language: LanguageCode, voice: Voice): LanguageCode => (voice === 'patient' ? language : 'en');
