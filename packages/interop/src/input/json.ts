/**
 * A JSON reader that keeps its own stack, knows the place of everything, and sees what `JSON.parse` hides: names given
 * twice. A million-fold nesting ends in a problem, never in an overflow.
 */
import type { Problem } from '@serosa/core';
import { Lines, type Located, type LocatedEntry } from './place.js';
import type { Limits } from './text.js';

export interface Duplicate {
  readonly key: string;
  readonly at: string;
}

export type JsonReading<Value> =
  | { readonly value: Value; readonly duplicates: readonly Duplicate[] }
  /** `trailing`: a whole value was read and more text follows, as in NDJSON. */
  | { readonly problem: Problem; readonly trailing: boolean };

type Scalar = string | number | boolean | null;

/** Makes the result out of the parts: plain values, or values with their places. */
interface Builder<Value, Group> {
  readonly scalar: (value: Scalar, at: number) => Value;
  readonly open: (kind: 'map' | 'list', at: number) => Group;
  /** `key` is undefined in a list. */
  readonly add: (group: Group, key: string | undefined, keyAt: number, value: Value) => void;
  readonly close: (group: Group) => Value;
}

/** Text to plain values. */
export function readJson(text: string, limits: Limits): JsonReading<unknown> {
  return run<unknown, unknown[] | Record<string, unknown>>(text, limits, {
    scalar: (value) => value,
    open: (kind) => (kind === 'map' ? {} : []),
    add: (group, key, _keyAt, value) => {
      if (Array.isArray(group)) group.push(value);
      // As with JSON.parse, a member called __proto__ is a member like any other.
      else if (key === '__proto__')
        Object.defineProperty(group, key, { value, enumerable: true, configurable: true, writable: true });
      else if (key !== undefined) group[key] = value;
    },
    close: (group) => group,
  });
}

interface LocatedGroup {
  readonly kind: 'map' | 'list';
  readonly at: number;
  readonly entries: LocatedEntry[];
  readonly items: Located[];
}

/** Text to values with their places. */
export function readLocatedJson(text: string, limits: Limits): JsonReading<Located> {
  return run<Located, LocatedGroup>(text, limits, {
    scalar: (value, at) => ({ kind: 'scalar', at, value }),
    open: (kind, at) => ({ kind, at, entries: [], items: [] }),
    add: (group, key, keyAt, value) => {
      if (key === undefined) group.items.push(value);
      else group.entries.push({ key, at: keyAt, value });
    },
    close: ({ kind, at, entries, items }) => (kind === 'map' ? { kind, at, entries } : { kind, at, items }),
  });
}

interface Frame<Group> {
  readonly group: Group;
  /** Names seen so far; absent in a list. */
  readonly names?: Set<string>;
  name?: string;
  nameAt: number;
}

/** Why reading stops: thrown inside this module only. */
class Stop extends Error {
  constructor(
    readonly offset: number,
    message: string,
    readonly code: 'not-json' | 'cut-off' | 'too-deep' | 'trailing' = 'not-json',
  ) {
    super(message);
  }
}

const REMEDIES: Readonly<Record<Stop['code'], string>> = {
  'not-json': 'Correct the JSON at this place.',
  'cut-off': 'The file is not whole: fetch or copy it again.',
  'too-deep': 'No case and no FHIR resource is nested so deeply: the file is damaged or was made to do harm.',
  trailing: 'Give one JSON value, or one resource a line (NDJSON).',
};

function run<Value, Group>(text: string, limits: Limits, builder: Builder<Value, Group>): JsonReading<Value> {
  try {
    const scanner = new Scanner(text, limits, builder);
    const value = scanner.read();
    const lines = scanner.duplicates.length > 0 ? new Lines(text) : undefined;
    return { value, duplicates: scanner.duplicates.map(({ name, offset }) => ({ key: name, at: lines?.at(offset) ?? '' })) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { code, message, offset } = error;
    return {
      problem: { code: code === 'trailing' ? 'not-json' : code, message, at: new Lines(text).at(offset), remedy: REMEDIES[code] },
      trailing: code === 'trailing',
    };
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class Scanner<Value, Group> {
  readonly duplicates: { readonly name: string; readonly offset: number }[] = [];
  readonly #stack: Frame<Group>[] = [];
  #at = 0;

  constructor(
    readonly text: string,
    readonly limits: Limits,
    readonly builder: Builder<Value, Group>,
  ) {}

  read(): Value {
    for (;;) {
      let value = this.#valueOrOpening();
      // A finished value may finish the groups around it.
      while (value) {
        const frame = this.#stack.at(-1);
        if (!frame) {
          this.#blank();
          if (this.#at < this.text.length)
            throw new Stop(this.#at, 'There is more text after the end of the JSON value.', 'trailing');
          return value.value;
        }
        this.builder.add(frame.group, frame.name, frame.nameAt, value.value);
        value = this.#afterMember(frame);
      }
    }
  }

  /** A scalar or an empty group; undefined when a group was opened and its first member comes next. */
  #valueOrOpening(): { readonly value: Value } | undefined {
    this.#blank();
    const start = this.#at;
    const letter = this.#letter();
    if (letter === '{' || letter === '[') {
      if (this.#stack.length >= this.limits.depth) {
        throw new Stop(start, `The input is nested more than ${this.limits.depth} levels deep.`, 'too-deep');
      }
      this.#at++;
      const group = this.builder.open(letter === '{' ? 'map' : 'list', start);
      this.#blank();
      if (this.#letter() === (letter === '{' ? '}' : ']')) {
        this.#at++;
        return { value: this.builder.close(group) };
      }
      const frame: Frame<Group> = letter === '{' ? { group, names: new Set(), nameAt: start } : { group, nameAt: start };
      this.#stack.push(frame);
      if (frame.names) this.#name(frame);
      return undefined;
    }
    if (letter === '"') return { value: this.builder.scalar(this.#string(), start) };
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.text.startsWith(word, start)) {
        this.#at += word.length;
        return { value: this.builder.scalar(meaning, start) };
      }
    }
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.text);
    if (!match) throw new Stop(start, `Expected a value, found ${JSON.stringify(letter)}.`);
    this.#at += match[0].length;
    return { value: this.builder.scalar(Number(match[0]), start) };
  }

  /** After a member: a comma and, in a group with names, the next name; or the group's end, whose value is returned. */
  #afterMember(frame: Frame<Group>): { readonly value: Value } | undefined {
    this.#blank();
    const letter = this.#letter();
    if (letter === ',') {
      this.#at++;
      if (frame.names) this.#name(frame);
      return undefined;
    }
    if (letter === (frame.names ? '}' : ']')) {
      this.#at++;
      this.#stack.pop();
      return { value: this.builder.close(frame.group) };
    }
    throw new Stop(
      this.#at,
      `Expected a comma or the end of the ${frame.names ? 'group' : 'list'}, found ${JSON.stringify(letter)}.`,
    );
  }

  #name(frame: Frame<Group>): void {
    this.#blank();
    const start = this.#at;
    const letter = this.#letter();
    if (letter !== '"') throw new Stop(start, `Expected a name in double quotes, found ${JSON.stringify(letter)}.`);
    const name = this.#string();
    if (frame.names?.has(name)) this.duplicates.push({ name, offset: start });
    frame.names?.add(name);
    frame.name = name;
    frame.nameAt = start;
    this.#blank();
    if (this.#letter() !== ':') throw new Stop(this.#at, `Expected a colon, found ${JSON.stringify(this.#letter())}.`);
    this.#at++;
  }

  #string(): string {
    const start = this.#at;
    this.#at++;
    let out = '';
    let from = this.#at;
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw new Stop(start, 'The JSON ends inside a text that begins here.', 'cut-off');
      if (code === 34) {
        const whole = out + this.text.slice(from, this.#at);
        this.#at++;
        return whole;
      }
      if (code < 32) throw new Stop(this.#at, 'A line break or control character stands inside a text.');
      if (code !== 92) {
        this.#at++;
        continue;
      }
      out += this.text.slice(from, this.#at);
      const letter = this.text[this.#at + 1] ?? '';
      if (letter === 'u') {
        const digits = this.text.slice(this.#at + 2, this.#at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Stop(this.#at, 'Four hexadecimal digits must follow \\u.');
        out += String.fromCharCode(Number.parseInt(digits, 16));
        this.#at += 6;
      } else {
        const meaning = ESCAPES[letter];
        if (meaning === undefined) throw new Stop(this.#at, 'A backslash stands before a character that needs none.');
        out += meaning;
        this.#at += 2;
      }
      from = this.#at;
    }
  }

  #letter(): string {
    const letter = this.text[this.#at];
    if (letter === undefined) throw new Stop(this.#at, 'The JSON ends too early.', 'cut-off');
    return letter;
  }

  #blank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }
}
