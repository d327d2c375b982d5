/** A bar that says how far a long command is: on a terminal only, so that a pipe or a log stays clean. */

export interface Progress {
  /** `part` from 0 to 1; absent when the end is not known. Steps that follow each other quickly are not all drawn. */
  show(text: string, part?: number): void;
  /** Removes the bar. */
  end(): void;
}

const BAR = 24;
const CLEAR_LINE = '\r\u001b[2K';
/** Milliseconds between two drawings. */
const EVERY = 80;

export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY !== true) return { show: () => {}, end: () => {} };
  let last = 0;
  return {
    show: (text, part) => {
      if (part !== undefined && Date.now() - last < EVERY) return;
      last = Date.now();
      const filled = Math.round(BAR * Math.min(1, Math.max(0, part ?? 0)));
      const bar = part === undefined ? '' : `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] `;
      stream.write(`${CLEAR_LINE}${`${bar}${text}`.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end: () => stream.write(CLEAR_LINE),
  };
}
