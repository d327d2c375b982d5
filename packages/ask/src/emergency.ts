/** Emergencies in a question: answered before anything else, and erring to urgency. */
import { type Finding, type Symptom, symptomAtLevel, URGENCIES } from '@serosa/core';
import type { AlarmWords, AskLanguage } from './language.js';
import { distance } from './words.js';

interface Word {
  readonly text: string;
  readonly root: string;
  readonly person: boolean;
}

interface Phrase {
  readonly symptom: Symptom;
  readonly words: readonly Word[];
  /** Of "he is fitting" one word is left: then somebody has to stand before it. */
  readonly person: boolean;
}

/** Words that carry meaning, and the persons among them. */
function wordsOf(text: string, { tokens, rootOf, alarm }: AskLanguage): readonly Word[] {
  return tokens(text)
    .filter((word) => alarm.persons.has(word) || !alarm.leftOut.has(word))
    .map((word) => ({ text: word, root: rootOf(word), person: alarm.persons.has(word) }));
}

/** Whether a word of a question is the word of a phrase: the same, longer at its end, or with one slip after its first letter. */
function means(phrase: Word, word: Word, noSlip: ReadonlySet<string>): boolean {
  if (phrase.root === word.root) return true;
  const [one, other] = [phrase.text, word.text];
  if (one.length >= 4 && other.startsWith(one)) return true;
  return one.length >= 5 && one[0] === other[0] && !noSlip.has(other) && distance(one, other, 1) <= 1;
}

/** Places of a question at which each word of the phrases is meant; worked out as it is asked for. */
class Heard {
  readonly #said: readonly Word[];
  readonly #places = new Map<string, readonly number[]>();

  constructor(
    readonly words: readonly Word[],
    readonly noSlip: ReadonlySet<string>,
  ) {
    this.#said = words.filter((word) => !word.person);
  }

  #at(word: Word): readonly number[] {
    const known = this.#places.get(word.text);
    if (known) return known;
    const fresh = this.#said.flatMap((said, index) => (means(word, said, this.noSlip) ? [index] : []));
    this.#places.set(word.text, fresh);
    return fresh;
  }

  /** Every word of the phrase, in any order, within a stretch that is not much longer than the phrase. */
  holds({ words, person }: Phrase): boolean {
    const places = words.map((word) => this.#at(word));
    if (places.some((own) => own.length === 0)) return false;
    const stretch = 2 * words.length + 2;
    const start = places.flat().find((from) => places.every((own) => own.some((at) => at >= from && at <= from + stretch)));
    if (start === undefined) return false;
    if (!person) return true;
    const at = this.words.findIndex((word) => !word.person && means(words[0] as Word, word, this.noSlip));
    return this.words.slice(Math.max(0, at - 2), at).some((word) => word.person);
  }
}

/** What is measured, and the values that cannot wait. */
const READINGS: readonly {
  readonly symptom: string;
  readonly reading: keyof AlarmWords['readings'];
  readonly urgent: (value: number) => boolean;
}[] = [
  {
    symptom: 'fever',
    reading: 'temperature',
    urgent: (value) => (value >= 38 && value <= 43) || (value >= 100.4 && value <= 109) || (value >= 30 && value < 36),
  },
  { symptom: 'breathless-severe', reading: 'saturation', urgent: (value) => value >= 50 && value < 90 },
];

/** Recognises the most urgent symptom that a question tells of. */
export class Alarm {
  readonly #phrases: readonly Phrase[];
  readonly #symptoms: ReadonlyMap<string, Symptom>;

  constructor(
    symptoms: readonly Symptom[],
    readonly language: AskLanguage,
  ) {
    this.#phrases = symptoms
      .filter((symptom) => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit') <= URGENCIES.indexOf('same-day'))
      .flatMap((symptom) =>
        (symptom.phrases ?? []).map((phrase) => {
          const words = wordsOf(phrase, language);
          const said = words.filter((word) => !word.person);
          return { symptom, words: said, person: said.length === 1 && words.length > 1 };
        }),
      )
      .filter((phrase) => phrase.words.length > 0);
    // The first of equally urgent ones counts.
    if (language.alarm.longestCounts) this.#phrases = [...this.#phrases].sort((a, b) => b.words.length - a.words.length);
    this.#symptoms = new Map(symptoms.map((symptom) => [symptom.id, symptom]));
  }

  /**
   * What a question tells of that cannot wait. Nothing else is known of the person, and a red flag that nobody has ruled out
   * counts as present: so the most urgent level of the symptom holds.
   */
  hear(question: string): Finding | undefined {
    const { tokens, alarm } = this.language;
    const plain = tokens(question).join(' ');
    if (!alarm.now.test(plain) && !alarm.ownBody.test(plain) && alarm.calm.some((pattern) => pattern.test(plain)))
      return undefined;
    const heard = new Heard(wordsOf(question.replace(alarm.names, ' '), this.language), alarm.noSlip);
    let found = this.#measured(question);
    for (const phrase of this.#phrases) {
      if (found && rank(phrase.symptom) >= rank(found)) continue;
      if (heard.holds(phrase)) found = phrase.symptom;
    }
    return found && symptomAtLevel(found, found.levels[0] as Symptom['levels'][number]);
  }

  #measured(question: string): Symptom | undefined {
    for (const { symptom, reading, urgent } of READINGS) {
      for (const pattern of this.language.alarm.readings[reading]) {
        for (const [, value = ''] of question.matchAll(pattern))
          if (urgent(Number(value.replace(',', '.')))) return this.#symptoms.get(symptom);
      }
    }
    return undefined;
  }
}

const rank = (symptom: Symptom): number => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit');
