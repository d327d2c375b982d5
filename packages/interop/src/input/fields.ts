/** The members of a group in a case or mapping file: taken one by one, and what nobody took is told. */
import { nearest } from '../value/spelling.js';
import type { Located, LocatedEntry } from './place.js';

export interface Leftover {
  readonly key: string;
  readonly at: number;
  /** Why it was not taken, and what to do. */
  readonly why: string;
}

export class Fields {
  readonly #entries: readonly LocatedEntry[];
  readonly #taken = new Set<LocatedEntry>();
  readonly #asked = new Set<string>();

  constructor(node: Extract<Located, { kind: 'map' }>) {
    this.#entries = node.entries;
  }

  /** The first member of that name; `best-response` is read as `bestResponse`. */
  take(name: string): Located | undefined {
    this.#asked.add(name);
    const entry = this.#entries.find(({ key }) => key === name || camel(key) === name);
    if (!entry) return undefined;
    this.#taken.add(entry);
    return entry.value;
  }

  /** Members that were not taken: unknown names, and names given a second time. */
  leftovers(): readonly Leftover[] {
    return this.#entries
      .filter((entry) => !this.#taken.has(entry))
      .map(({ key, at }) => {
        if (this.#asked.has(key) || this.#asked.has(camel(key))) {
          return { key, at, why: `\`${key}\` is given twice; the first one counts. Remove one of them.` };
        }
        const near = nearest(key, this.#asked);
        const hint = near === undefined ? '' : `Did you mean \`${near}\`? `;
        return { key, at, why: `\`${key}\` means nothing here. ${hint}Known: ${[...this.#asked].join(', ')}.` };
      });
  }
}

function camel(key: string): string {
  return key.replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
