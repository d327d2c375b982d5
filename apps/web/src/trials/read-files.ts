/** Reads files of registry records as trials, one record after the other. Runs in a worker: the page stays quick meanwhile. */
import { applyOverrides, type CriterionOverride, normalisedText, type Trial, type TrialRecord } from '@serosa/core';
import { readEligibility, readTrials, type TrialNote } from '@serosa/interop';
import { isOlder } from './merge.js';

/** Readings of criteria that a person signed, by the id of their trial. */
export type Overrides = Readonly<Record<string, readonly CriterionOverride[]>>;

export interface ReadingProgress {
  readonly file: string;
  /** Bytes of all files. */
  readonly done: number;
  readonly total: number;
  readonly trials: number;
}

export interface FilesRead {
  /** Each id once; of several the record that was updated last. */
  readonly trials: readonly Trial[];
  /** Refusals first; not more than {@link MOST_NOTES}. */
  readonly notes: readonly TrialNote[];
  readonly refused: number;
  readonly unused: number;
}

/** More records than this are the work of a whole registry, which a page cannot hold. */
export const MOST_TRIALS = 20_000;
const MOST_NOTES = 200;
/** Records between two words on progress. */
const STEP = 50;
/** Longest line of NDJSON, in bytes; as long as a whole file of another kind may be. */
const LONGEST_LINE = 64 * 1024 * 1024;

const LINES = /\.(ndjson|jsonl)$/i;

/** Never throws for what a file holds: what cannot be read is in the notes, and the rest is read. */
export async function readFiles(
  files: readonly File[],
  overrides: Overrides,
  tell: (progress: ReadingProgress) => void,
): Promise<FilesRead> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const kept = new Map<string, Trial>();
  const notes: Record<TrialNote['outcome'], TrialNote[]> = { refused: [], unused: [] };
  const counts = { refused: 0, unused: 0 };
  const note = (one: TrialNote): void => {
    counts[one.outcome] += 1;
    if (notes[one.outcome].length < MOST_NOTES) notes[one.outcome].push(one);
  };
  let before = 0;
  reading: for (const file of files) {
    const progress = (done: number): void => tell({ file: file.name, done: before + done, total, trials: kept.size });
    progress(0);
    try {
      let records = 0;
      for await (const piece of LINES.test(file.name) ? lines(file) : whole(file)) {
        if (piece.content === undefined) {
          note({ outcome: 'refused', at: piece.at, what: file.name, why: 'It is longer than 64 MiB, which no record is.' });
          continue;
        }
        const read = readTrials(piece.content, { fileName: piece.name });
        for (const [index, record] of read.trials.entries()) {
          if (kept.size >= MOST_TRIALS && !kept.has(record.id)) {
            note({
              outcome: 'refused',
              at: piece.at,
              what: record.id,
              why: `This page holds ${MOST_TRIALS} records and no more. Choose fewer, or use \`serosa match --trials\`.`,
            });
            break reading;
          }
          const other = kept.get(record.id);
          if (other === undefined || !isOlder(record, other)) kept.set(record.id, await asTrial(record, overrides));
          if ((records + index) % STEP === 0) progress(piece.start + (piece.size * index) / read.trials.length);
        }
        records += read.trials.length;
        for (const one of read.notes) note({ ...one, at: placeOf(one.at, piece) });
        if (read.trials.length === 0 && read.notes.length === 0)
          note({
            outcome: 'refused',
            at: piece.at,
            what: file.name,
            why: 'No record was found in it. Give records of a trial registry.',
          });
      }
    } catch {
      note({
        outcome: 'refused',
        at: file.name,
        what: file.name,
        why: 'The file could not be opened. Check that it still exists, and choose it again.',
      });
    }
    before += file.size;
  }
  tell({ file: files.at(-1)?.name ?? '', done: total, total, trials: kept.size });
  return { trials: [...kept.values()], notes: [...notes.refused, ...notes.unused], ...counts };
}

interface Piece {
  /** Absent: too long to be read. */
  readonly content?: Uint8Array;
  /** What the reader is told that the piece is called. */
  readonly name: string;
  readonly at: string;
  /** Where the piece lies in its file, in bytes. */
  readonly start: number;
  readonly size: number;
}

/** What one line of a file is called: a file of one record. */
const LINE = 'line.json';

/** The reader knows the name of the piece at most, and of a line that it is the first; which one it was is known here. */
function placeOf(at: string, { name, at: place }: Piece): string {
  const inside = name === LINE ? at.replace(/^line 1(?:, |$)/, '') : at;
  if (inside.startsWith(name)) return place + inside.slice(name.length);
  return inside === '' ? place : `${place}, ${inside}`;
}

async function* whole(file: File): AsyncGenerator<Piece> {
  yield { content: new Uint8Array(await file.arrayBuffer()), name: file.name, at: file.name, start: 0, size: file.size };
}

/** One record a line; only one of them is held at a time. Blank lines are no records. */
async function* lines(file: File): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  let start = 0;
  let some = false;
  const line = (): Piece => {
    number += 1;
    const content = length > LONGEST_LINE ? undefined : joined(parts, length);
    const piece = { name: LINE, at: `${file.name}, line ${number}`, start, size: length };
    start += length + 1;
    parts = [];
    length = 0;
    return content === undefined ? piece : { ...piece, content };
  };
  const take = (part: Uint8Array): void => {
    length += part.length;
    if (length > LONGEST_LINE) parts = [];
    else parts.push(part);
  };
  const isBlank = ({ content }: Piece): boolean => content?.every((byte) => byte === 32 || byte === 13 || byte === 9) === true;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    let from = 0;
    for (let end = value.indexOf(10); end >= 0; end = value.indexOf(10, from)) {
      take(value.subarray(from, end));
      const piece = line();
      if (!isBlank(piece)) {
        some = true;
        yield piece;
      }
      from = end + 1;
    }
    take(value.subarray(from));
  }
  const last = line();
  if (!isBlank(last)) yield last;
  // A file without any record still has to be answered.
  else if (!some) yield { ...last, at: file.name, name: file.name };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A record with its criteria read, and over them what a person has read or confirmed. */
async function asTrial(record: TrialRecord, overrides: Overrides): Promise<Trial> {
  const trial = readEligibility(record);
  const signed = overrides[record.id] ?? [];
  const { text } = record.eligibility;
  // Without a secure context there is no hash, so nobody can say whether a reading is of this text: none is put in.
  const { subtle } = globalThis.crypto;
  if (signed.length === 0 || subtle === undefined) return trial;
  return applyOverrides(trial, signed, text === undefined ? undefined : await sha256(text, subtle)).trial;
}

async function sha256(text: string, subtle: SubtleCrypto): Promise<string> {
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(normalisedText(text)));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
