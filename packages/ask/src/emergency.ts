/** Emergencies in a question: answered before anything else, and erring to urgency. */
import { type Finding, type Symptom, URGENCIES } from '@serosa/core';
import { distance, tokens } from './words.js';

/** Questions about symptoms in general, not about somebody who has one now. */
const IN_GENERAL =
  /\b(symptoms?|signs?|side effects?) (of|from|for)\b|^(can|could|does|do|will|is|are|how|why|what)\b.*\b(causes?|treated|common|later)\b/i;

interface Phrase {
  readonly symptom: Symptom;
  readonly words: readonly string[];
}

/** Whether a word of a question is the word of a phrase: the same, longer at its end, or with one slip. */
function means(phrase: string, word: string): boolean {
  if (phrase === word) return true;
  if (phrase.length >= 4 && word.startsWith(phrase)) return true;
  return phrase.length >= 6 && distance(phrase, word, 1) <= 1;
}

/** Every word of the phrase, in any order, within a stretch that is not much longer than the phrase. */
function holds(phrase: readonly string[], words: readonly string[]): boolean {
  const stretch = 2 * phrase.length + 3;
  for (let start = 0; start < words.length; start++) {
    const part = words.slice(start, start + stretch);
    if (phrase.every((one) => part.some((word) => means(one, word)))) return true;
    if (start + stretch >= words.length) return false;
  }
  return false;
}

/** Recognises the most urgent symptom that a question tells of. */
export class Alarm {
  readonly #phrases: readonly Phrase[];

  constructor(symptoms: readonly Symptom[]) {
    this.#phrases = symptoms
      .filter((symptom) => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit') <= URGENCIES.indexOf('same-day'))
      .flatMap((symptom) => (symptom.phrases ?? []).map((phrase) => ({ symptom, words: tokens(phrase) })))
      .filter((phrase) => phrase.words.length > 0);
  }

  /**
   * What a question tells of that cannot wait. Nothing else is known of the person, and a red flag that nobody has ruled out
   * counts as present: so the most urgent level of the symptom holds.
   */
  hear(question: string): Finding | undefined {
    const words = tokens(question);
    if (IN_GENERAL.test(question)) return undefined;
    let found: Symptom | undefined;
    for (const { symptom, words: phrase } of this.#phrases) {
      if (found && rank(symptom) >= rank(found)) continue;
      if (holds(phrase, words)) found = symptom;
    }
    return found && findingOf(found);
  }
}

const rank = (symptom: Symptom): number => URGENCIES.indexOf(symptom.levels[0]?.urgency ?? 'next-visit');

function findingOf(symptom: Symptom): Finding {
  const level = symptom.levels[0] as Symptom['levels'][number];
  return {
    id: `symptom.${symptom.id}`,
    kind: 'symptom',
    title: symptom.title.clinician,
    titles: symptom.title,
    verdict: level.urgency,
    urgency: level.urgency,
    because: [],
    missing: [],
    sources: level.evidence.sources,
    text: symptom.doNow,
    details: [
      ...(symptom.say ? [{ text: symptom.say, sources: level.evidence.sources }] : []),
      { text: symptom.mayMean, sources: level.evidence.sources },
    ],
  };
}
