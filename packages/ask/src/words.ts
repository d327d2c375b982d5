/** What can be done with the words of any language: folding, and mending slips. */

/**
 * Lower case, without accents, apostrophes closed up, split at everything that is not a letter or a digit. A stage as letters
 * write it is one word, and is read as the words that are given for it.
 */
export function folded(text: string, stage: string): readonly string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’`]/g, '')
      .replace(/\b[cpy]*t[0-4x][a-c]?\s?n[0-3x]\s?m[01x]\b/g, ` ${stage} `)
      .match(/[a-z0-9]+/g) ?? []
  );
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
