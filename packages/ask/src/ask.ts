/**
 * A question in a person's own words, and the pages of the guide that answer it. Full-text search over the pages, and over the
 * questions that the pages say they answer; lay words become the guide's words through the vocabulary, slips are mended against
 * the words of the index. No model, no network. Pure: the same question and knowledge give the same answer.
 */
import type { Finding, KnowledgeBundle, Topic, Vocabulary, Voice, Voices } from '@serosa/core';
import MiniSearch from 'minisearch';
import { Alarm } from './emergency.js';
import { ENGLISH } from './english.js';
import type { AskLanguage } from './language.js';
import { distance, slips } from './words.js';

export interface AskAnswer {
  readonly topic: string;
  readonly title: string;
  /** The part of the page that fits the question best, in the asked voice. */
  readonly passage: string;
  /** Heading of that part; absent where it is the page's short answer. */
  readonly section?: string;
  /** Ids of the sources that the passage rests on. */
  readonly sources: readonly string[];
  /** 1 for the best page; the others in proportion. */
  readonly score: number;
}

export interface AskResult {
  readonly schema: 'serosa.ask/1';
  readonly question: string;
  /** Best first; empty where the guide does not know. */
  readonly answers: readonly AskAnswer[];
  /** What cannot wait, told by the question itself. */
  readonly emergency?: Finding;
  /** Words of the question that were read as other words. */
  readonly read: readonly { readonly said: string; readonly as: string }[];
}

interface Page {
  readonly id: string;
  readonly title: string;
  readonly asks: string;
  readonly keywords: string;
  readonly answer: string;
  readonly headings: string;
  readonly text: string;
}

/** A question that a page says it answers, as weighted words. */
interface Ask {
  readonly topic: string;
  readonly words: ReadonlyMap<string, number>;
  readonly length: number;
}

const FIELDS = ['title', 'keywords', 'asks', 'headings', 'answer', 'text'] as const;

/** What counts how much. Few numbers, set by cross-validation; see `tests/ask.test.ts`. */
export interface Ranking {
  /** A word by where it stands. */
  readonly boost: Readonly<Record<(typeof FIELDS)[number], number>>;
  /** The nearest question that a page says it answers, against the words of the whole page; 0 to 1. */
  readonly asks: number;
  /** The guide's word for a lay word, against the lay word itself. */
  readonly translated: number;
  /** A word with a slip, mended. */
  readonly mended: number;
  /** A word that tells nothing by itself, such as who or how, in a comparison of two questions. */
  readonly silent: number;
  /** Mesothelioma, cancer, malignant: everybody who asks means it, whether it is said or not. */
  readonly everybodys: number;
  /** How strongly a word that stands on few pages counts above one that stands on many; 0 not at all. */
  readonly rare: number;
}

export const RANKING: Ranking = {
  boost: { title: 6, keywords: 5, asks: 2, headings: 2, answer: 2, text: 0.5 },
  asks: 0.7,
  translated: 0.4,
  mended: 0.8,
  silent: 0.2,
  everybodys: 0.3,
  rare: 0.6,
};

/** Likeness to a question of the guide from which on it is taken for that question, whatever its words. */
const NEAR = 0.55;
const MOST_ANSWERS = 5;

export interface AskSettings {
  /** Of the questions, and of the texts that patients read; English unless another is given. */
  readonly language?: AskLanguage;
  readonly ranking?: Ranking;
}

/** What is said, as the roots of its words, and the words of the guide for it. */
interface Said {
  readonly roots: readonly string[];
  readonly means: readonly string[];
}

/** The pages of a guide, indexed once. */
export class Asker {
  readonly language: AskLanguage;
  readonly ranking: Ranking;
  readonly #topics: ReadonlyMap<string, Topic>;
  readonly #pages: MiniSearch<Page>;
  readonly #asks: readonly Ask[];
  readonly #alarm: Alarm;
  readonly #phrases: readonly Said[];
  /** Words as they are written on the pages with how often, by first letter; for mending slips. */
  readonly #written: ReadonlyMap<string, readonly (readonly [word: string, times: number])[]>;
  /** Stems of the guide's subject: of titles, keywords and the vocabulary. */
  readonly #subject: ReadonlySet<string>;
  /** Names of other illnesses. */
  readonly #others: readonly (readonly string[])[];
  /** For each stem of the pages how telling it is: 1 where it stands on one page, near 0 where it stands on all. */
  readonly #stems: ReadonlyMap<string, number>;
  readonly #everybodys: ReadonlySet<string>;
  readonly #ours: ReadonlySet<string>;

  constructor(
    bundle: Pick<KnowledgeBundle, 'topics' | 'words' | 'symptoms'>,
    { language = ENGLISH, ranking = RANKING }: AskSettings = {},
  ) {
    this.language = language;
    this.ranking = ranking;
    const { tokens, stemOf, anotherIllness } = language;
    const stemsOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map((word) => stemOf(word) ?? word));
    this.#everybodys = stemsOf(language.everybodys);
    this.#ours = stemsOf(language.ours);
    this.#topics = new Map(bundle.topics.map((topic) => [topic.id, topic]));
    this.#alarm = new Alarm(bundle.symptoms, language);
    const phrases = phrasesOf(bundle.words, language);
    const isOther = ({ means }: Said): boolean => means.includes(anotherIllness);
    this.#others = phrases.filter(isOther).map(({ roots }) => roots);
    this.#phrases = phrases.filter((phrase) => !isOther(phrase));
    this.#subject = new Set(
      [
        ...(language.ofKnowledge ? bundle.topics.flatMap((topic) => topic.id.split('-')) : []),
        ...[...bundle.topics.flatMap((topic) => topic.keywords), ...this.#phrases.flatMap(({ means }) => means)]
          // Of a phrase the single words may be anybody's: "how long", "come back".
          .filter((term) => tokens(term).length === 1),
      ]
        .flatMap(tokens)
        .map(stemOf)
        .filter((stem) => stem !== undefined),
    );
    this.#pages = new MiniSearch<Page>({
      fields: [...FIELDS],
      tokenize: (text) => [...tokens(text)],
      processTerm: (word) => stemOf(word) ?? null,
    });
    const written = new Map<string, number>();
    const spread = new Map<string, number>();
    const pages = bundle.topics.map((topic) => pageOf(topic, language));
    for (const page of pages) {
      const own = new Set<string>();
      for (const key of FIELDS) {
        for (const word of tokens(page[key])) {
          written.set(word, (written.get(word) ?? 0) + 1);
          const stem = stemOf(word);
          if (stem !== undefined) own.add(stem);
        }
      }
      for (const stem of own) spread.set(stem, (spread.get(stem) ?? 0) + 1);
    }
    const byLetter = new Map<string, [string, number][]>();
    for (const [word, times] of written) {
      if (word.length < 4) continue;
      const own = byLetter.get(word.charAt(0));
      if (own) own.push([word, times]);
      else byLetter.set(word.charAt(0), [[word, times]]);
    }
    this.#written = byLetter;
    this.#stems = new Map(
      [...spread].map(([stem, on]) => [stem, Math.log((pages.length + 0.5) / on) / Math.log(pages.length + 0.5)]),
    );
    this.#pages.addAll(pages);
    this.#asks = bundle.topics.flatMap((topic) =>
      [...inLanguage(topic.title, language), ...topic.asks].map((text) => {
        const words = new Map<string, number>();
        for (const word of tokens(text)) {
          const stem = stemOf(word);
          if (stem === undefined) words.set(word, this.ranking.silent);
          else words.set(stem, this.#telling(stem));
        }
        return { topic: topic.id, words, length: lengthOf(words) };
      }),
    );
  }

  /** How telling a stem is, as the ranking weighs it. */
  #telling(stem: string): number {
    return (this.#stems.get(stem) ?? 1) ** this.ranking.rare;
  }

  /** Answers one question. Never throws; an empty question has no answers. */
  ask(question: string, voice: Voice = 'patient'): AskResult {
    const emergency = this.#alarm.hear(question);
    const { terms, read } = this.#read(question);
    const words = this.language.tokens(question);
    const ranked = this.#isOurs(terms, words) ? this.#rank(terms, words) : [];
    const best = ranked[0]?.score ?? 0;
    return {
      schema: 'serosa.ask/1',
      question,
      answers: ranked.slice(0, MOST_ANSWERS).map(({ id, score }) => this.#answer(id, score / best, terms, voice)),
      ...(emergency ? { emergency } : {}),
      read,
    };
  }

  /** The telling words of a question with their weights: as written, mended, and translated. */
  #read(question: string): {
    readonly terms: ReadonlyMap<string, number>;
    readonly read: AskResult['read'];
    readonly telling: readonly (readonly string[])[];
  } {
    const { tokens, stemOf, rootOf } = this.language;
    const words = tokens(question);
    const terms = new Map<string, number>();
    const read: { said: string; as: string }[] = [];
    /** For each telling word of the question, the stems that stand for it. */
    const telling = new Map<number, string[]>();
    const add = (word: string, weight: number, at: number): void => {
      const stem = stemOf(word);
      if (stem === undefined) return;
      const counts = weight * this.#telling(stem) * (this.#everybodys.has(stem) ? this.ranking.everybodys : 1);
      terms.set(stem, Math.max(terms.get(stem) ?? 0, counts));
      const own = telling.get(at);
      if (own) own.push(stem);
      else telling.set(at, [stem]);
    };
    words.forEach((word, at) => {
      add(word, 1, at);
      const stem = stemOf(word);
      if (stem === undefined || this.#stems.has(stem)) return;
      const mended = this.#mend(word);
      if (mended === undefined) return;
      read.push({ said: word, as: mended });
      add(mended, this.ranking.mended, at);
    });
    const heard = words.map((word) => rootOf(read.find((entry) => entry.said === word)?.as ?? word));
    for (const phrase of this.#phrases) {
      for (const at of places(phrase.roots, heard))
        for (const meant of phrase.means) for (const word of tokens(meant)) add(word, this.ranking.translated, at);
    }
    return { terms, read, telling: [...telling.values()] };
  }

  /** The written word that a word with a slip was meant to be: the nearest, and of equals the one that is written most. */
  #mend(word: string): string | undefined {
    const most = slips(word);
    if (most === 0) return undefined;
    let found: string | undefined;
    let nearest = most + 1;
    let often = 0;
    // A slip at the first letter is rare, and without it too many words look alike.
    for (const [other, count] of this.#written.get(word.charAt(0)) ?? []) {
      const far = distance(word, other, Math.min(most, nearest));
      if (far < nearest || (far === nearest && count > often)) {
        if (far > most) continue;
        nearest = far;
        found = other;
        often = count;
      }
    }
    return found;
  }

  #rank(
    terms: ReadonlyMap<string, number>,
    words: readonly string[],
  ): readonly { readonly id: string; readonly score: number }[] {
    if (terms.size === 0) return [];
    // The stems are ready: neither cut nor stemmed again.
    const search = {
      tokenize: (text: string): string[] => text.split(' '),
      processTerm: (word: string): string => word,
      boostTerm: (word: string): number => terms.get(word) ?? 1,
    };
    const query = [...terms.keys()].join(' ');
    const pages = this.#pages.search(query, { ...search, boost: this.ranking.boost });
    const score = new Map<string, number>();
    const top = pages[0]?.score ?? 1;
    for (const page of pages) score.set(String(page.id), (1 - this.ranking.asks) * (page.score / top));
    for (const [topic, near] of this.#nearest(terms, words)) score.set(topic, (score.get(topic) ?? 0) + this.ranking.asks * near);
    const ranked = [...score]
      .map(([id, value]) => ({ id, score: value }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return ranked;
  }

  /**
   * Whether the guide can know: the question has a word of its subject, or is near to a question that a page answers, and is not
   * about another illness alone.
   */
  #isOurs(terms: ReadonlyMap<string, number>, words: readonly string[]): boolean {
    const stems = [...terms.keys()];
    const { rootOf, beside } = this.language;
    const roots = words.map(rootOf);
    const other = this.#others.filter((phrase) => places(phrase, roots).length > 0).flat();
    if (stems.some((stem) => (other.length > 0 ? this.#ours : this.#subject).has(stem))) return true;
    // "I have diabetes. Can I have a PET scan?" is about the scan.
    if (other.length > 0 && beside.test(words.join(' '))) return true;
    // Of "cáncer de mama" the last word tells most, and is the word for somebody's mother elsewhere.
    const named = new Set(words.filter((word) => other.includes(rootOf(word))));
    return Math.max(...this.#nearest(terms, words, named).values(), 0) >= NEAR;
  }

  /**
   * For each page the likeness, 0 to 1, of the question to the nearest of those that the page says it answers. Words of `named`
   * tell something even where they mostly do not.
   */
  #nearest(
    terms: ReadonlyMap<string, number>,
    words: readonly string[],
    named: ReadonlySet<string> = new Set(),
  ): ReadonlyMap<string, number> {
    const question = new Map(terms);
    for (const word of words)
      if (this.language.stemOf(word) === undefined) question.set(word, named.has(word) ? 1 : this.ranking.silent);
    const length = lengthOf(question);
    const nearest = new Map<string, number>();
    for (const ask of this.#asks) {
      let common = 0;
      for (const [word, weight] of ask.words) common += weight * (question.get(word) ?? 0);
      const like = common / (ask.length * length || 1);
      if (like > (nearest.get(ask.topic) ?? 0)) nearest.set(ask.topic, like);
    }
    return nearest;
  }

  /** The page's short answer, or the section that holds more of the question's words. */
  #answer(id: string, score: number, terms: ReadonlyMap<string, number>, voice: Voice): AskAnswer {
    const topic = this.#topics.get(id) as Topic;
    const { tokens, stemOf } = this.language;
    const weigh = (text: string): number => {
      const own = new Set(tokens(text).map(stemOf));
      let sum = 0;
      for (const [stem, weight] of terms) if (own.has(stem)) sum += weight;
      return sum;
    };
    let passage: Pick<AskAnswer, 'passage' | 'section' | 'sources'> = {
      passage: topic.answer[voice],
      sources: topic.answerEvidence.sources,
    };
    // The short answer was written for the usual question: a section has to be clearly nearer.
    let most = weigh(`${topic.title[voice]} ${topic.answer[voice]}`) + 0.5;
    for (const section of topic.sections) {
      const weight = weigh(`${topic.title[voice]} ${section.title[voice]} ${section.text[voice]}`);
      if (weight <= most) continue;
      most = weight;
      passage = { passage: section.text[voice], section: section.title[voice], sources: section.evidence.sources };
    }
    return {
      topic: id,
      title: topic.title[voice],
      ...passage,
      passage: plain(passage.passage),
      score: Math.round(score * 1000) / 1000,
    };
  }
}

function lengthOf(words: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of words.values()) sum += weight * weight;
  return Math.sqrt(sum);
}

/** Links of a page as the words they show. */
export function plain(text: string): string {
  return text
    .replace(/\[\[([^\]|]+)(?:\|([^\]]*))?\]\]/g, (_, id: string, words?: string) => words ?? id.replaceAll('-', ' '))
    .trim();
}

/** A text as far as it is in the language. */
function inLanguage(text: Voices, { ofKnowledge }: AskLanguage): readonly string[] {
  return ofKnowledge ? [text.patient, text.clinician] : [text.patient];
}

function pageOf(topic: Topic, language: AskLanguage): Page {
  const own = (text: Voices): string => inLanguage(text, language).join('\n');
  return {
    id: topic.id,
    title: language.ofKnowledge ? `${own(topic.title)} ${topic.id.replaceAll('-', ' ')}` : own(topic.title),
    asks: topic.asks.join('\n'),
    keywords: topic.keywords.join('\n'),
    answer: plain(own(topic.answer)),
    headings: topic.sections.map((section) => own(section.title)).join('\n'),
    text: plain(topic.sections.map((section) => own(section.text)).join('\n')),
  };
}

function phrasesOf(lists: readonly Vocabulary[], { tokens, stemOf, rootOf }: AskLanguage): readonly Said[] {
  return lists.flatMap((list) =>
    list.entries.flatMap((entry) =>
      entry.says
        .map(tokens)
        .filter((words) => words.length > 1 || words.some((word) => stemOf(word) !== undefined))
        .map((words) => ({ roots: words.map(rootOf), means: entry.means })),
    ),
  );
}

/** Where a phrase stands in a row of words. */
function places(phrase: readonly string[], words: readonly string[]): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at + phrase.length <= words.length; at++)
    if (phrase.every((word, index) => words[at + index] === word)) found.push(at);
  return found;
}
