/** Lines of a stream of bytes, of which only one is in memory at a time. */

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without the line end; absent when the line is longer than it may be. */
  readonly text?: string;
}

/** Splits at `\n` alone: a line of JSON may hold every other sign that some take for a line end. `longest` is in bytes. */
export async function* linesOf(source: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const line = (): Line => {
    number += 1;
    const text = length > longest ? undefined : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    length = 0;
    return text === undefined ? { number } : { number, text };
  };
  const take = (part: Uint8Array): void => {
    length += part.length;
    if (length > longest) parts = [];
    else parts.push(part);
  };
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (length > 0) yield line();
}
