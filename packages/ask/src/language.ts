/** The language of asking: all that the search and the alarm know of the words of one language. */

/** Languages in which somebody can ask. */
export type AskCode = 'en' | 'es';

export interface AskLanguage {
  readonly code: AskCode;
  /** The knowledge is written in it: then the ids of the pages and the texts for professionals are words of it too. */
  readonly ofKnowledge: boolean;
  /** The words of a text, folded. */
  readonly tokens: (text: string) => readonly string[];
  /** The stem under which a word is indexed; undefined for a word that tells nothing. */
  readonly stemOf: (word: string) => string | undefined;
  /** What two forms of a word have in common, for words of phrases and of the vocabulary; the word itself where every form is listed. */
  readonly rootOf: (word: string) => string;
  /** Everybody who asks means these, whether they are said or not. */
  readonly everybodys: readonly string[];
  /** Words that make a question ours even where it names another illness. */
  readonly ours: readonly string[];
  /** Somebody who has another illness too asks what that changes. */
  readonly beside: RegExp;
  /** An entry of the vocabulary that means this names what the guide does not cover. */
  readonly anotherIllness: string;
  readonly alarm: AlarmWords;
}

/** How an emergency is told, and how one is asked about that nobody has. Patterns see folded words unless it says otherwise. */
export interface AlarmWords {
  /** Questions about symptoms in general, about long ago, or about what something changes: not about somebody who has one now. */
  readonly calm: readonly RegExp[];
  /** Names of things that hold words of phrases, in the question as it was written. */
  readonly names: RegExp;
  /** Somebody needs help now, whatever else is said. */
  readonly now: RegExp;
  /** Somebody tells of a body, whatever the question begins with. */
  readonly ownBody: RegExp;
  /** Words that tell of somebody. A phrase of one word may need one of them before it. */
  readonly persons: ReadonlySet<string>;
  /** Words that phrases and questions may hold or leave out. */
  readonly leftOut: ReadonlySet<string>;
  /** Of two phrases that tell of equally urgent things the longer one counts, and not the one that stands first. */
  readonly longestCounts: boolean;
  /** Words that are one slip away from words of phrases, and mean something else. */
  readonly noSlip: ReadonlySet<string>;
  /** Readings that people quote, in the question as it was written: the first group is the value. */
  readonly readings: { readonly temperature: readonly RegExp[]; readonly saturation: readonly RegExp[] };
}
