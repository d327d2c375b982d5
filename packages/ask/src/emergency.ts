/** Emergencies in a question: answered before anything else, and erring to urgency. */
import { type Finding, type Symptom, symptomAtLevel, URGENCIES } from '@serosa/core';
import { distance, PERSONS, tokens } from './words.js';

/** Questions about symptoms in general, about long ago, or about what something changes: not about somebody who has one now. */
const CALM: readonly RegExp[] = [
  /\b(symptoms?|signs?|side effects?) (of|from|for|that)\b/,
  /^(can|could|does|do|will|is|are|how|why|what)\b.*\b(causes?|caused by|treated|common|later|normal)\b/,
  /^(what|who|where|which) (is|are|was|does|do|happens|if) (?!wrong|happening|going on|the matter)/,
  /^(do|does|can|why do|how do|will) (people|you|they|everyone|patients|cancers?|mesothelioma)\b/,
  /\bappointment letter\b|\bleaflet\b/,
  /\b(years?|months?) ago\b|\bin (19|20)\d\d\b|\blast (month|year|time|cycle)\b|\b(fine|better|gone|settled) now\b/,
  /\b(can|could|may|should) (i|he|she|they|we)( still| ever)? (have|drive|get|fly|go|be|take|travel)\b/,
  /\bam i fit\b|\bconfused about\b|\bwear off\b|\bmild\b|\bgave me\b/,
];
/** Names of things that hold words of phrases. */
const NAMES =
  /\bend[- ]of[- ]life\b|\bcollapsed lung|\bfit (enough|for|to|with|in)\b|\bhow fit\b|\bblood (tests?|counts?|pressure|results?)\b/gi;
/** Somebody needs help now, whatever else is said. */
const NOW =
  /\b((?<!fine |ok |okay |better |gone |settled )now|help|suddenly|sudden|tonight|this (morning|afternoon|evening)|just (?!want|wonder|curious|asking)|wont stop|what (do|should) (i|we) do|call|999|911|112|ambulance|getting worse|urgent)\b/;

/** Somebody tells of a body, whatever the question begins with. */
const OWN_BODY =
  /\b((my|his|her|dads|mums) (legs?|arms?|chest|face|speech|breath|breathing|heart|back|belly) (are|is|feels?|has|have|went|gone|hurts?)|(i|he|she|dad|mum|husband|wife) (cannot|cant|is coughing|keeps))\b/;

/** Words that phrases and questions may hold or leave out. */
const LEFT_OUT = new Set(
  'a an and am are at be been for from has have having had he her him his i in is it its just me my of on or our she so that the their them they this to us very was we were with you your'.split(
    ' ',
  ),
);

interface Word {
  readonly text: string;
  readonly person: boolean;
}

interface Phrase {
  readonly symptom: Symptom;
  readonly words: readonly string[];
  /** Of "he is fitting" one word is left: then somebody has to stand before it. */
  readonly person: boolean;
}

/** Words that carry meaning, and the persons among them. */
function wordsOf(text: string): readonly Word[] {
  return tokens(text)
    .filter((word) => PERSONS.has(word) || !LEFT_OUT.has(word))
    .map((word) => ({ text: word, person: PERSONS.has(word) }));
}

/** Words that are one slip away from words of phrases, and mean something else. */
const NO_SLIP: ReadonlySet<string> = new Set([
  'would',
  'back',
  'never',
  'ever',
  'right',
  'night',
  'other',
  'heard',
  'part',
  'brain',
]);

/** Whether a word of a question is the word of a phrase: the same, longer at its end, or with one slip after its first letter. */
function means(phrase: string, word: string): boolean {
  if (phrase === word) return true;
  if (phrase.length >= 4 && word.startsWith(phrase)) return true;
  return phrase.length >= 5 && phrase[0] === word[0] && !NO_SLIP.has(word) && distance(phrase, word, 1) <= 1;
}

/** Places of a question at which each word of the phrases is meant; worked out as it is asked for. */
class Heard {
  readonly #said: readonly Word[];
  readonly #places = new Map<string, readonly number[]>();

  constructor(readonly words: readonly Word[]) {
    this.#said = words.filter((word) => !word.person);
  }

  #at(word: string): readonly number[] {
    const known = this.#places.get(word);
    if (known) return known;
    const fresh = this.#said.flatMap(({ text }, index) => (means(word, text) ? [index] : []));
    this.#places.set(word, fresh);
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
    const at = this.words.findIndex((word) => !word.person && means(words[0] as string, word.text));
    return this.words.slice(Math.max(0, at - 2), at).some((word) => word.person);
  }
}

/** Readings that people quote: what is measured, in words, and the values that cannot wait. */
const READINGS: readonly { readonly symptom: string; readonly pattern: RegExp; readonly urgent: (value: number) => boolean }[] = [
  {
    symptom: 'fever',
    pattern: /\b(?:temp\w*|fever\w*)\D{0,20}(\d{2,3}(?:[.,]\d)?)/gi,
    urgent: (value) => (value >= 38 && value <= 43) || (value >= 100.4 && value <= 109) || (value >= 30 && value < 36),
  },
  {
    symptom: 'breathless-severe',
    pattern: /\b(?:sats?|saturations?|oxygen|o2|spo2)\D{0,20}(\d{2})\b/gi,
    urgent: (value) => value >= 50 && value < 90,
  },
];

/** Recognises the most urgent symptom that a question tells of. */
export class Alarm {
  readonly #phrases: readonly Phrase[];
  readonly #symptoms: ReadonlyMap<string, Symptom>;

  constructor(symptoms: readonly Symptom[]) {
    this.#phrases = symptoms
      .filter((symptom) => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit') <= URGENCIES.indexOf('same-day'))
      .flatMap((symptom) =>
        (symptom.phrases ?? []).map((phrase) => {
          const words = wordsOf(phrase);
          const said = words.filter((word) => !word.person).map((word) => word.text);
          return { symptom, words: said, person: said.length === 1 && words.length > 1 };
        }),
      )
      .filter((phrase) => phrase.words.length > 0);
    this.#symptoms = new Map(symptoms.map((symptom) => [symptom.id, symptom]));
  }

  /**
   * What a question tells of that cannot wait. Nothing else is known of the person, and a red flag that nobody has ruled out
   * counts as present: so the most urgent level of the symptom holds.
   */
  hear(question: string): Finding | undefined {
    const plain = tokens(question).join(' ');
    if (!NOW.test(plain) && !OWN_BODY.test(plain) && CALM.some((pattern) => pattern.test(plain))) return undefined;
    const heard = new Heard(wordsOf(question.replace(NAMES, ' ')));
    let found = this.#measured(question);
    for (const phrase of this.#phrases) {
      if (found && rank(phrase.symptom) >= rank(found)) continue;
      if (heard.holds(phrase)) found = phrase.symptom;
    }
    return found && symptomAtLevel(found, found.levels[0] as Symptom['levels'][number]);
  }

  #measured(question: string): Symptom | undefined {
    for (const { symptom, pattern, urgent } of READINGS) {
      for (const [, value = ''] of question.matchAll(pattern))
        if (urgent(Number(value.replace(',', '.')))) return this.#symptoms.get(symptom);
    }
    return undefined;
  }
}

const rank = (symptom: Symptom): number => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit');
