/**
 * What phrases of eligibility texts say about facts. Each recogniser finds its phrases in a canonical text (`canonical.ts`) and
 * gives the statement that the phrase makes, as it stands, without regard to whether it is asked for or excluded.
 * Precision before recall: what is not recognised whole stays in the registry's words for a person to judge.
 */
import { CONDITION_PATTERNS } from './conditions.js';
import { DISEASE_PATTERNS, OTHER_IN_LIST } from './disease.js';
import { quantityPhrases } from './quantities.js';
import type { Pattern, Phrase } from './statements.js';
import { THERAPY_PATTERNS } from './therapies.js';

/** In order of precedence: what a pattern has taken, later ones leave alone. */
const PATTERNS: readonly Pattern[] = [...DISEASE_PATTERNS, ...THERAPY_PATTERNS, ...CONDITION_PATTERNS, OTHER_IN_LIST];

/** Joining words belong to the text around a phrase, never to the phrase. */
const JOINS_BEFORE = /^(?:[\s,;/]|\b(?:and\/or|or|and|nor)\b)+/;
const JOINS_AFTER = /(?:[\s,;/]|\b(?:and\/or|or|and|nor)\b)+$/;

/**
 * All that is understood of a canonical text, in order of place; phrases do not overlap.
 *
 * @param excludes whether the text says whom a trial does not take
 */
export function phrasesOf(text: string, excludes: boolean): readonly Phrase[] {
  const key = `${excludes ? 'E' : 'I'}${text}`;
  const known = recent.get(key);
  if (known) return known;
  const found = findPhrases(text, excludes);
  if (recent.size >= REMEMBERED) recent.clear();
  recent.set(key, found);
  return found;
}

/** One criterion is looked at several times, as a whole and in parts. */
const REMEMBERED = 64;
const recent = new Map<string, readonly Phrase[]>();

function findPhrases(text: string, excludes: boolean): readonly Phrase[] {
  const taken: Phrase[] = [...quantityPhrases(text)];
  for (const { find, says, inExclusions, inRequirements } of PATTERNS) {
    if ((inExclusions === true && !excludes) || (inRequirements === true && excludes)) continue;
    for (const match of text.matchAll(find)) {
      const start = match.index + (JOINS_BEFORE.exec(match[0])?.[0].length ?? 0);
      const end = match.index + match[0].length - (JOINS_AFTER.exec(match[0])?.[0].length ?? 0);
      // "inactive hepatitis" is no "active hepatitis".
      if (/[a-z0-9]/.test(text[start - 1] ?? ' ') && /[a-z]/.test(text[start] ?? ' ')) continue;
      if (end <= start || taken.some((phrase) => start < phrase.end && end > phrase.start)) continue;
      const said = typeof says === 'function' ? says(match as RegExpMatchArray & { readonly index: number }) : says;
      if (said !== undefined) taken.push({ start, end, says: said });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}
