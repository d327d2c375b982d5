/**
 * The language in which patients are spoken to. Texts are written in English where they are used, and the English text is the
 * key by which another language finds its own: a text that changes has no translation until somebody writes a new one.
 */
import type { Voice } from './criteria/words.js';
import type { Voices } from './knowledge/types.js';

/** What may stand inside of a text; nothing stands for what is absent. */
export type Sayable = string | number | false | null | undefined;

/** A text with `{0}`, `{1}`, … for its values, in another language. Undefined when that language does not have it. */
export type Translate = (text: string, values: Readonly<Record<string, string>>) => string | undefined;

let translate: Translate | undefined;

/** Sets the language of everything that is said from now on; undefined is English. One page, one process speaks one at a time. */
export function speak(language: Translate | undefined): void {
  translate = language;
}

/** Does some work in a language, and goes back to the one before. */
export function inLanguage<Result>(language: Translate | undefined, work: () => Result): Result {
  const before = translate;
  translate = language;
  try {
    return work();
  } finally {
    translate = before;
  }
}

/** A text of the program, for a template literal: say`${count} trials`. White space at its ends is not part of what is looked up. */
export function say(strings: TemplateStringsArray, ...values: readonly Sayable[]): string {
  const shown = values.map((value) => (value === undefined || value === null || value === false ? '' : String(value)));
  if (translate !== undefined) {
    const text = strings.reduce((before, part, index) => `${before}{${index - 1}}${part}`);
    const [, start = '', key = '', end = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
    const found = translate(key, Object.fromEntries(shown.map((value, index) => [String(index), value])));
    if (found !== undefined) return start + found + end;
  }
  return strings.reduce((before, part, index) => before + shown[index - 1] + part);
}

/** A text that is a value of its own: one of a table of words, or of the knowledge. */
export function said(text: string): string {
  return translate?.(text, {}) ?? text;
}

/** The text of one voice. Professionals are spoken to in English. */
export function inVoice(text: Voices, voice: Voice): string {
  return voice === 'patient' ? said(text.patient) : text.clinician;
}

/** Marks a text of a table that is made before the language is known; it is looked up by {@link said} where it is shown. */
export const toSay = (text: string): string => text;
