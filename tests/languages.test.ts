/** Every text that patients read is there in every language, and says the same figures. */
import { describe, expect, it } from 'vitest';
import { LANGUAGES, languageFile, languageTexts, patientTexts } from '../scripts/languages.mjs';
import { programTexts } from '../scripts/texts.mjs';
import { loadTestGuide } from './guide.js';

const { bundle } = await loadTestGuide();
const wanted = new Map<string, string>([
  ...[...patientTexts(bundle)].map((text): [string, string] => [text, 'the knowledge']),
  ...programTexts(),
]);

/** What has to be the same on both sides: figures, places for values, links and marks. */
const PARTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['figures', /\d+(?:\.\d+)?/g],
  ['places for values', /\{\d+\}/g],
  ['links', /\[\[[^\]|]+/g],
  ['lines of a list', /^- /gm],
];

const parts = (text: string, pattern: RegExp): readonly string[] =>
  [...text.replace(/(\d),(\d{3})/g, '$1$2').matchAll(pattern)]
    .map(([part]) => part)
    .filter((part, index, all) => all.indexOf(part) === index)
    .sort();

describe.each(LANGUAGES)('texts in the language %s', (code) => {
  const texts = languageTexts(code);
  const known = new Map(texts.map((entry) => [entry.en, entry]));

  it('are all there', () => {
    const missing = [...wanted].filter(([text]) => !known.has(text)).map(([text, place]) => `${place}: ${text}`);
    expect(missing).toEqual([]);
  });

  it('are all used', () => {
    expect(texts.filter(({ en }) => !wanted.has(en)).map(({ file, en }) => `${file}: ${en}`)).toEqual([]);
  });

  it.each(PARTS)('have the same %s', (_name, pattern) => {
    const differ = texts
      .filter(({ en, text }) => parts(en, pattern).join() !== parts(text, pattern).join())
      .map(({ file, en, text }) => `${file}: ${en} → ${text}`);
    expect(differ).toEqual([]);
  });

  it('are not empty, and name no dose', () => {
    expect(texts.filter(({ text }) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
    const dose = /mg\/m[2²]|\d\s*Gy\b|\bAUC\b/;
    expect(texts.filter(({ en, text }) => dose.test(text) && !dose.test(en)).map(({ text }) => text)).toEqual([]);
  });

  it('have words to be asked by for every page', () => {
    const { asking } = languageFile(code);
    expect(bundle.topics.filter(({ id }) => (asking.asks[id] ?? []).length === 0).map(({ id }) => id)).toEqual([]);
  });
});
