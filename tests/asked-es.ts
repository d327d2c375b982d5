/** The guide as it is asked in Spanish: what the page fetches, put together from `languages/es`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type KnowledgeBundle, translated, type Vocabulary } from '@serosa/core';
import { parse } from 'yaml';
import { ROOT } from './guide.js';

const FOLDER = path.join(ROOT, 'languages/es');

export interface Asking {
  readonly asks: Readonly<Record<string, readonly string[]>>;
  readonly keywords: Readonly<Record<string, readonly string[]>>;
  readonly phrases: Readonly<Record<string, readonly string[]>>;
  readonly words: readonly Vocabulary[];
}

export const ASKING = parse(readFileSync(path.join(FOLDER, 'asking.yaml'), 'utf8')) as Asking;

/** Every text that has a translation, by its English. */
function texts(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    if (!name.endsWith('.yaml') || name === 'asking.yaml') continue;
    const list = parse(readFileSync(path.join(FOLDER, name), 'utf8')) as unknown;
    if (!Array.isArray(list)) continue;
    for (const { en, es } of list as readonly { readonly en?: string; readonly es?: string }[])
      if (typeof en === 'string' && typeof es === 'string') found.set(en, es);
  }
  return found;
}

type Asked = Pick<KnowledgeBundle, 'topics' | 'words' | 'symptoms'>;

/** Pages, words and symptoms in Spanish; a text without a translation stays in English. */
export function inSpanish({ topics, symptoms }: Asked, dictionary: ReadonlyMap<string, string> = texts()): Asked {
  const spanish = translated({ topics, symptoms }, { code: 'es', translate: (text) => dictionary.get(text) });
  return {
    topics: spanish.topics.map((topic) => ({
      ...topic,
      asks: ASKING.asks[topic.id] ?? [],
      keywords: ASKING.keywords[topic.id] ?? [],
    })),
    symptoms: spanish.symptoms.map((symptom) => ({ ...symptom, phrases: ASKING.phrases[symptom.id] ?? [] })),
    words: ASKING.words,
  };
}
