/**
 * The language in which patients are spoken to. Texts are written in English where they are used, and the English text is the
 * key by which another language finds its own: a text that changes has no translation until somebody writes a new one.
 */
import type { Voices } from './knowledge/types.js';

/** Who is spoken to. */
export type Voice = 'clinician' | 'patient';

/** What may stand inside of a text; nothing stands for what is absent. */
export type Sayable = string | number | false | null | undefined;

export interface Language {
  /** BCP 47 tag. */
  readonly code: string;
  /** A text with `{0}`, `{1}`, … for its values. Undefined when the language does not have it; then it is said in English. */
  readonly translate: (text: string, values: Readonly<Record<string, string>>) => string | undefined;
}

let language: Language | undefined;

/** Sets the language of everything that is said from now on; undefined is English. One page, one process speaks one at a time. */
export function speak(next: Language | undefined): void {
  language = next;
}

/** BCP 47 tag of the language that is spoken. */
export const spokenCode = (): string => language?.code ?? 'en';

/** A text of the program, for a template literal: say`${count} trials`. */
export function say(strings: TemplateStringsArray, ...values: readonly Sayable[]): string {
  const shown = values.map((value) => (value === undefined || value === null || value === false ? '' : String(value)));
  if (language !== undefined) {
    const text = strings.reduce((before, part, index) => `${before}{${index - 1}}${part}`);
    const found = lookUp(text, Object.fromEntries(shown.map((value, index) => [String(index), value])));
    if (found !== undefined) return found;
  }
  return strings.reduce((before, part, index) => before + shown[index - 1] + part);
}

/** White space at the ends of a text is kept, and is not part of what is looked up. */
function lookUp(text: string, values: Readonly<Record<string, string>>): string | undefined {
  const [, start = '', key = '', end = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  const found = language?.translate(key, values);
  return found === undefined ? undefined : start + found + end;
}

/** A text that is a value of its own: one of a table of words, or of the knowledge. */
export function said(text: string): string {
  return language === undefined ? text : (lookUp(text, {}) ?? text);
}

/** The text of one voice. Professionals are spoken to in English. */
export function inVoice(text: Voices, voice: Voice): string {
  return voice === 'patient' ? said(text.patient) : text.clinician;
}

/** Marks a text of a table that is made before the language is known; it is looked up by {@link said} where it is shown. */
export const toSay = (text: string): string => text;

/**
 * A copy of some knowledge with the patient's side of its texts in another language: whatever stands below a key `patient`.
 * What the language does not have stays in English.
 */
export function translated<Value>(value: Value, into: Language): Value {
  const copy = (part: unknown, forPatient: boolean): unknown => {
    if (typeof part === 'string') return forPatient ? (into.translate(part, {}) ?? part) : part;
    if (Array.isArray(part)) return part.map((item) => copy(item, forPatient));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, copy(item, forPatient || key === 'patient')]));
  };
  return copy(value, false) as Value;
}
