/**
 * Text to rows and cells, as RFC 4180 has it, with any delimiter. A row that breaks the rules is told and left out, and the
 * next line is a row again: one stray quotation mark must not swallow the rest of a registry.
 */

export type Row =
  /** `line` is the line the row begins in, from 1. */
  { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly wrong: string };

export interface SplitOptions {
  readonly delimiter: string;
  /** False when quotation marks are letters like any other. */
  readonly quote: boolean;
}

/** A quoted cell longer than this was never closed. It also bounds the work on a file full of stray marks. */
const LONGEST_CELL = 1_000_000;

/** Rows one by one; empty lines are no rows. */
export function* splitTable(text: string, { delimiter, quote }: SplitOptions): Generator<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const first = line;
    const cells: string[] = [];
    let wrong: string | undefined;
    for (;;) {
      if (quote && text[at] === '"') {
        const cell = quoted(text, at);
        if ('wrong' in cell) {
          wrong = cell.wrong;
          break;
        }
        cells.push(cell.value);
        line += cell.lines;
        at = cell.end;
        const next = text[at];
        if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') {
          wrong = `after the closing quotation mark stands "${next}" instead of the delimiter`;
          break;
        }
      } else {
        const end = plainEnd(text, at, delimiter);
        cells.push(text.slice(at, end));
        at = end;
      }
      if (text[at] !== delimiter) break;
      at++;
    }
    if (wrong !== undefined) {
      // Whatever the quotation mark meant to hold: begin again at the next line.
      const end = text.indexOf('\n', start);
      at = end === -1 ? text.length : end + 1;
      line = first + 1;
      yield { line: first, wrong };
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
    if (cells.length > 1 || cells[0] !== '') yield { line: first, cells };
  }
}

function plainEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (letter === delimiter || letter === '\n' || letter === '\r') return at;
  }
  return text.length;
}

function quoted(
  text: string,
  from: number,
): { readonly value: string; readonly end: number; readonly lines: number } | { readonly wrong: string } {
  let value = '';
  let at = from + 1;
  for (;;) {
    const mark = text.indexOf('"', at);
    if (mark === -1 || mark - from > LONGEST_CELL) return { wrong: 'a quotation mark is opened and never closed' };
    value += text.slice(at, mark);
    if (text[mark + 1] !== '"') {
      let lines = 0;
      for (let next = text.indexOf('\n', from); next !== -1 && next < mark; next = text.indexOf('\n', next + 1)) lines++;
      return { value, end: mark + 1, lines };
    }
    value += '"';
    at = mark + 2;
  }
}
