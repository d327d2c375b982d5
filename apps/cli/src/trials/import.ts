/** Reads files of trial records into the store: single files, folders, zip archives of any size, and any of them in gzip. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readTrials, type TrialNote } from '@serosa/interop';
import { ArchiveFault, messageOf, zipEntries } from './archive.js';
import { linesOf } from './lines.js';
import type { Progress } from './progress.js';
import { commit, Gathering, type StoreDelta, writing } from './store.js';

export interface ImportOptions {
  readonly folder: string;
  readonly paths: readonly string[];
  /** Forget what is stored. */
  readonly afresh: boolean;
  readonly progress: Progress;
}

export interface ImportResult {
  /** Absent: nothing was read, and the store is as it was. */
  readonly delta?: StoreDelta;
  /** Files that were looked into, entries of archives included. */
  readonly files: number;
  /** Records, the same id twice counted twice. */
  readonly read: number;
  /** Not more than {@link MOST_NOTES}. */
  readonly notes: readonly TrialNote[];
  readonly refused: number;
  readonly unused: number;
}

/** Largest file that is read as a whole, in bytes after decompression. Lines of NDJSON may be so long each. */
const LARGEST = 64 * 1024 * 1024;
/** Notes that are kept: a note on each of 600,000 studies would fill the memory, and nobody reads them. */
const MOST_NOTES = 100_000;

const LINES = new Set(['.ndjson', '.jsonl']);
const WHOLE = new Set(['.json', '.xml', '.txt']);
const READABLE = 'Files that end in .json, .ndjson, .jsonl, .xml or .txt are read, and .zip and .gz of them.';

/** Reads and stores. What cannot be read is noted and the rest stored. Throws a Refusal when another process is at the store. */
export function importTrials(options: ImportOptions): Promise<ImportResult> {
  return writing(options.folder, async () => {
    const reading = new Reading(await Gathering.in(options.folder), options.progress);
    for (const [index, given] of options.paths.entries()) await reading.readGiven(given, index / options.paths.length);
    const { gathering, files, notes, counts } = reading;
    const account = { files, read: gathering.added, notes, ...counts };
    if (gathering.added === 0) return account;
    const change = { afresh: options.afresh, stays: () => true, when: new Date().toISOString() };
    return { ...account, delta: await commit(options.folder, gathering, change) };
  });
}

class Reading {
  files = 0;
  readonly notes: TrialNote[] = [];
  readonly counts = { refused: 0, unused: 0 };

  constructor(
    readonly gathering: Gathering,
    readonly progress: Progress,
  ) {}

  note(note: TrialNote): void {
    this.counts[note.outcome] += 1;
    if (this.notes.length < MOST_NOTES) this.notes.push(note);
  }

  #refuse(at: string, why: string): void {
    this.note({ outcome: 'refused', at, what: path.basename(at), why });
  }

  /** A file or folder that was named. */
  async readGiven(given: string, part: number): Promise<void> {
    try {
      if ((await stat(given)).isDirectory()) await this.#folder(given, part);
      else await this.#file(given, part);
    } catch (error) {
      // A disk that is full while records are put down is no fault of the file that is read.
      if (!(error instanceof Error && 'syscall' in error) || error.syscall === 'write') throw error;
      this.#refuse(given, `It cannot be read (${messageOf(error)}). Check its name and whether you may read it.`);
    }
  }

  async #folder(folder: string, part: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path.join(folder, entry.name);
      // Links to folders are not followed: they can lead in a circle.
      if (entry.isDirectory()) await this.#folder(inside, part);
      else if (entry.isFile() || entry.isSymbolicLink()) {
        if (isReadable(entry.name)) await this.readGiven(inside, part);
        else this.note({ outcome: 'unused', at: inside, what: entry.name, why: READABLE });
      }
    }
  }

  async #file(file: string, part: number): Promise<void> {
    if (path.extname(file).toLowerCase() === '.zip') return this.#zip(file);
    const gzip = path.extname(file).toLowerCase() === '.gz';
    const bytes = createReadStream(file);
    await this.#content(gzip ? unzipped(bytes) : bytes, gzip ? file.slice(0, -'.gz'.length) : file, file, part);
  }

  async #zip(file: string): Promise<void> {
    try {
      for await (const entry of zipEntries(file)) {
        const at = `${file}, ${entry.name}`;
        if (entry.content === undefined) this.#refuse(at, entry.why ?? 'It cannot be read.');
        else if (!isReadable(entry.name) || /\.(zip|gz)$/i.test(entry.name)) {
          entry.content.destroy();
          // What lies in an archive of an archive would have to be unpacked without an end.
          this.note({ outcome: 'unused', at, what: entry.name, why: `${READABLE} Not inside of another archive.` });
        } else await this.#content(entry.content, entry.name, at, entry.part);
      }
    } catch (error) {
      if (!(error instanceof ArchiveFault)) throw error;
      this.#refuse(file, error.message);
    }
  }

  /** `name` tells the kind, `at` the place. A stream that fails loses what was not read of it. */
  async #content(content: Readable, name: string, at: string, part: number): Promise<void> {
    this.files += 1;
    this.progress.show(`${this.gathering.added} trials read, ${path.basename(name)}`, part);
    try {
      if (LINES.has(path.extname(name).toLowerCase())) await this.#lines(content, at);
      else await this.#whole(content, name, at);
    } catch (error) {
      if (!(error instanceof Error) || 'syscall' in error) throw error;
      this.#refuse(at, `It is damaged or cut off (${messageOf(error)}). What came before was read.`);
    } finally {
      content.destroy();
    }
  }

  async #lines(content: Readable, at: string): Promise<void> {
    for await (const line of linesOf(content, LARGEST)) {
      const place = `${at}, line ${line.number}`;
      if (line.text === undefined) this.#refuse(place, 'It is longer than 64 MiB, which no record is.');
      else if (line.text.trim() !== '') await this.#records(line.text, 'line.json', place);
    }
  }

  async #whole(content: Readable, name: string, at: string): Promise<void> {
    const chunks: Buffer[] = [];
    let total = 0;
    for await (const chunk of content) {
      total += (chunk as Buffer).length;
      if (total > LARGEST)
        return this.#refuse(
          at,
          'It is larger than 64 MiB unpacked. Split it, or write one record on each line of an .ndjson file.',
        );
      chunks.push(chunk as Buffer);
    }
    await this.#records(Buffer.concat(chunks), path.basename(name), at);
  }

  async #records(input: string | Uint8Array, fileName: string, at: string): Promise<void> {
    const { trials, notes } = readTrials(input, { fileName });
    for (const trial of trials) await this.gathering.add(trial);
    // The reader knows the file's own name at most; which archive or line it was is known here.
    for (const note of notes)
      this.note({ ...note, at: note.at.startsWith(fileName) ? at + note.at.slice(fileName.length) : `${at}, ${note.at}` });
    if (trials.length === 0 && notes.length === 0) this.#refuse(at, 'No record was found in it.');
  }
}

function isReadable(name: string): boolean {
  const extension = path.extname(name.replace(/\.gz$/i, '')).toLowerCase();
  return WHOLE.has(extension) || LINES.has(extension) || /\.zip$/i.test(name);
}

function unzipped(bytes: Readable): Readable {
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => bytes.destroy());
  return bytes.pipe(gunzip);
}
