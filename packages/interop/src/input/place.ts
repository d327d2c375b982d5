/** Line and column of an offset, as a person counts them. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** `line 12, column 3`, both from 1. */
  at(offset: number): string {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return `line ${low + 1}, column ${offset - this.#starts[low]! + 1}`;
  }
}

/** A value with its place in the text it was read from. */
export type Located =
  | { readonly kind: 'map'; readonly at: number; readonly entries: readonly LocatedEntry[] }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Located[] }
  | { readonly kind: 'scalar'; readonly at: number; readonly value: string | number | boolean | null };

export interface LocatedEntry {
  readonly key: string;
  readonly at: number;
  readonly value: Located;
}

/** The plain value, places dropped. */
export function plain(node: Located): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
    case 'list':
      return node.items.map(plain);
    default:
      return node.value;
  }
}
