/** Words as the index and the questions see them: folded, without accents, without the words that every question has, stemmed. */
import { stemmer } from 'stemmer';

/** Words that tell nothing of what a question is about. */
const SILENT = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does doing done down
  during each every few find for from further get getting give go going got had has have having he her here hers him his how i
  if in into is it its itself just know like ll make many may me mean means might mine more most much must my need needed no nor not now
  of off on once one only or other our ours out over own people person please possible put re really s same say she should so some someone
  still such t take tell than that the their them then there these they thing things think this those through to too under until up us use
  used using ve very want was way we well were what when where whether which while who whom why will with would you your yours
  happen happens happening best good new different available usually actually say says said told tell saying ask asked asking
  im ive id hes shes hasnt havent dont doesnt didnt wont wouldnt cant couldnt isnt arent wasnt theyre theyve youre whats thats theres
  today tomorrow yesterday week weeks month day days ago yet anything something nobody everything even same thing sort bit lot
  normal words wonder wondering please help hello thanks thank sure`.split(/\s+/),
);

/** Who the question is about. Half of all questions name somebody, and the answer seldom turns on it. */
export const PERSONS = new Set(
  `i me he she him her they them we us husband wife dad daddy mum mom mummy mommy mother father son daughter brother sister partner
  uncle aunt auntie nan nana gran granny grandad granddad grandpa grandma grandfather grandmother nephew niece cousin friend neighbour
  neighbor patient person somebody someone hubby spouse child kid kids children family guy man woman lady relative loved one`.split(
    /\s+/,
  ),
);

/** Lower case, without accents, apostrophes closed up, split at everything that is not a letter or a digit. */
export function tokens(text: string): readonly string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’`]/g, '')
      // A stage as letters write it is one word.
      .replace(/\b[cpy]*t[0-4x][a-c]?\s?n[0-3x]\s?m[01x]\b/g, ' tnm stage ')
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** The stem under which a word is indexed; undefined for a word that tells nothing. */
export function stemOf(word: string): string | undefined {
  if (SILENT.has(word) || (PERSONS.has(word) && !/^(children|child|family|kids?)$/.test(word))) return undefined;
  // "recur" and "recurrence" are one word: the stemmer leaves a doubled letter at the end of the second.
  return stemmer(word).replace(/([^aeiou])\1$/, '$1');
}

/** Damerau-Levenshtein distance of two words, at most `limit` + 1: an exchange of neighbours is one slip. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

/** How many slips a word of this length may hold: short words become other words too easily. */
export function slips(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}
