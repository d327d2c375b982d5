/** Languages as people keep them under `languages/`, and as the page fetches them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from './run.mjs';

export const LANGUAGES = ['es'];

/** Of this file the entries are words by which pages and emergencies are found, and not texts. */
const ASKING = 'asking.yaml';

/** @returns {{ file: string, en: string, text: string }[]} every text of a language, in the order of its files */
export function languageTexts(code) {
  const folder = path.join(root, 'languages', code);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && file !== ASKING)
    .sort()
    .flatMap((file) =>
      parse(readFileSync(path.join(folder, file), 'utf8')).map((entry) => ({ file, en: entry.en, text: entry[code] })),
    );
}

/** What the page fetches of a language. */
export function languageFile(code) {
  const asking = path.join(root, 'languages', code, ASKING);
  const nothing = { asks: {}, keywords: {}, phrases: {}, words: [] };
  return {
    texts: Object.fromEntries(languageTexts(code).map(({ en, text }) => [en, text])),
    asking: existsSync(asking) ? parse(readFileSync(asking, 'utf8')) : nothing,
  };
}

/** The texts of some knowledge that patients read: whatever stands below a key `patient`, and the words of published figures. */
export function patientTexts(value, found = new Set(), forPatient = false) {
  if (typeof value === 'string') {
    if (forPatient && /\p{L}/u.test(value)) found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    // A figure, as it is shown to those who ask for the outlook.
    if (!forPatient && typeof value.text === 'string' && typeof value.population === 'string') {
      for (const words of [value.text, value.population, value.against?.text])
        if (/\p{L}{2}/u.test(words ?? '')) found.add(words);
    }
    for (const [key, item] of Object.entries(value)) patientTexts(item, found, forPatient || key === 'patient');
  }
  return found;
}
