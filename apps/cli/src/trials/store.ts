/**
 * The store of trials: a folder with one record per line, sorted by id, and `meta.json`, which names that file and its hash.
 * Putting `meta.json` in place is the one step that makes a new store: whatever is cut off before leaves the old one whole.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { PartialDate, TrialRecord } from '@serosa/core';
import { Refusal } from '../input.js';
import { linesOf } from './lines.js';
import { withLock } from './lock.js';

const SCHEMA = 'serosa.trials/1';
const META = 'meta.json';
const DATA = /^trials-[0-9a-f]+\.ndjson$/;
const RUNS = 'runs';
const NEW = '.new';

/** Longest line that is read, in bytes; the longest records of the registry have some hundred kilobytes. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** Records in memory, in characters of JSON, before they are put down as a sorted run. */
const RUN_SIZE = 32 * 1024 * 1024;
const WRITE_SIZE = 1024 * 1024;

/** What the last sync asked and was told, so that the next one can see whether anything is new. */
export interface SyncSource {
  readonly base: string;
  /** Each search with its parameters, as in an address. */
  readonly searches: readonly string[];
  /** When the registry was last asked, ISO 8601. */
  readonly checked: string;
  /** The registry's own time of its data, as it writes it. */
  readonly dataTimestamp?: string;
  /** Per search, what the first page can be asked for again with. */
  readonly validators: readonly Validator[];
  /** Ids that the searches gave, now or before. What an import added is not among them and outlives a sync. */
  readonly ids: readonly string[];
}

export interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface StoreMeta {
  readonly schema: typeof SCHEMA;
  /** Name of the data file in the folder. */
  readonly file: string;
  readonly sha256: string;
  readonly count: number;
  /** When the records last changed, ISO 8601. */
  readonly when: string;
  readonly source?: SyncSource;
}

export interface Store {
  readonly meta: StoreMeta;
  /** Every record in order of id. Throws a {@link Refusal} as soon as the file proves damaged, at the last line at the latest. */
  trials(): AsyncGenerator<TrialRecord>;
  close(): Promise<void>;
}

export interface Named {
  readonly id: string;
  readonly title?: string;
}

interface Changes {
  readonly new: Named[];
  readonly status: (Named & { readonly from: string; readonly to: string })[];
  /** The eligibility text is another one. */
  readonly criteria: Named[];
  readonly gone: Named[];
}

/** What a sync or an import changed. */
export interface StoreDelta extends Changes {
  /** There was no store before. */
  readonly first: boolean;
  /** Records that the store now has. */
  readonly count: number;
  /** Records that came in and did not replace what was stored. */
  readonly keptStored: number;
}

/** How records that come in meet those that are stored; of two records of one id {@link replaces} decides. */
export interface Change {
  /** Stored records are not taken over, and a damaged store does not matter. */
  readonly afresh: boolean;
  /** Whether a stored record stays that is not among those that come in. */
  readonly stays: (id: string) => boolean;
  /** Of a sync; its ids are filled in. Absent: what was there stays, unless it is afresh. */
  readonly source?: Omit<SyncSource, 'ids'>;
  readonly when: string;
}

/** `--data`, else SEROSA_DATA, else `serosa/trials` in the folder for data of this person. */
export function storeFolder(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  if (given !== undefined && given !== '') return path.resolve(given);
  if (env['SEROSA_DATA']) return path.resolve(env['SEROSA_DATA']);
  const xdg = env['XDG_DATA_HOME'];
  // The XDG rules say that a path that is not absolute counts for nothing.
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, 'serosa', 'trials');
  const windows = process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined;
  return path.join(windows ?? path.join(homedir(), '.local', 'share'), 'serosa', 'trials');
}

/** The store, or undefined when there is none. A damaged one is refused. */
export async function openStore(folder: string): Promise<Store | undefined> {
  // A sync may replace the file between the reading of its name and its opening: then there is a new name to read.
  for (let attempt = 0; ; attempt += 1) {
    const meta = await readMeta(folder);
    if (meta === undefined) return undefined;
    try {
      const handle = await open(path.join(folder, meta.file), 'r');
      return { meta, trials: () => records(folder, meta, handle), close: () => handle.close() };
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      if (attempt === 2) throw damaged(folder, `${meta.file} is missing`);
    }
  }
}

/** Every record of the store, checked against its hash. Throws a {@link Refusal} when there is no store. */
export async function readStore(folder: string): Promise<{ readonly meta: StoreMeta; readonly trials: readonly TrialRecord[] }> {
  return guarded(folder, async () => {
    const store = await openStore(folder);
    if (store === undefined)
      throw new Refusal([
        {
          code: 'no-store',
          message: 'There is no store of trials yet.',
          at: folder,
          remedy: 'Fetch one with `serosa trials sync`, or read files with `serosa trials import PATH`.',
        },
      ]);
    try {
      const trials: TrialRecord[] = [];
      for await (const trial of store.trials()) trials.push(trial);
      return { meta: store.meta, trials };
    } finally {
      await store.close();
    }
  });
}

async function readMeta(folder: string): Promise<StoreMeta | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(folder, META), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  let meta: Partial<StoreMeta> | null;
  try {
    meta = JSON.parse(text) as Partial<StoreMeta> | null;
  } catch {
    throw damaged(folder, `${META} is no JSON`);
  }
  if (typeof meta?.schema === 'string' && meta.schema !== SCHEMA)
    throw new Refusal([
      {
        code: 'store-version',
        message: `The store of trials has the form ${meta.schema}; this program reads ${SCHEMA}.`,
        at: folder,
        remedy: 'Use the version of Serosa that wrote it, or start afresh with `serosa trials sync --replace`.',
      },
    ]);
  const whole =
    typeof meta?.schema === 'string' &&
    typeof meta.file === 'string' &&
    DATA.test(meta.file) &&
    typeof meta.sha256 === 'string' &&
    typeof meta.count === 'number' &&
    typeof meta.when === 'string' &&
    (meta.source === undefined || Array.isArray(meta.source?.ids));
  if (!whole) throw damaged(folder, `${META} does not say what it has to`);
  return meta as StoreMeta;
}

async function* records(folder: string, meta: StoreMeta, handle: FileHandle): AsyncGenerator<TrialRecord> {
  const hash = createHash('sha256');
  let count = 0;
  // The handle may be read more than once, and is closed by whoever opened the store.
  const stream = createReadStream('', { fd: handle, autoClose: false, start: 0, highWaterMark: WRITE_SIZE });
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      hash.update(chunk as Uint8Array);
      yield chunk as Uint8Array;
    }
  };
  for await (const line of linesOf(hashed(), LONGEST_LINE)) {
    let trial: TrialRecord;
    try {
      trial = JSON.parse(line.text ?? '') as TrialRecord;
    } catch {
      throw damaged(folder, `line ${line.number} of ${meta.file} cannot be read`);
    }
    count += 1;
    yield trial;
  }
  if (count !== meta.count || hash.digest('hex') !== meta.sha256) throw damaged(folder, `${meta.file} is not as it was written`);
}

function damaged(folder: string, why: string): Refusal {
  return new Refusal([
    {
      code: 'store-damaged',
      message: `The store of trials is damaged: ${why}.`,
      at: folder,
      remedy: 'Start afresh with `serosa trials sync --replace`, or `serosa trials import --replace PATH` from your files.',
    },
  ]);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Turns what the file system says about the folder into a refusal. */
export async function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new Refusal(
      [
        {
          code: 'store-not-usable',
          message: `The folder of the store of trials cannot be used: ${codeOf(error)}.`,
          at: folder,
          remedy: 'Check that you may write there and that the disk has room, or name another folder with --data.',
        },
      ],
      2,
    );
  }
}

/** Work that may change the store: makes the folder and holds its lock. */
export function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return guarded(folder, async () => {
    await mkdir(folder, { recursive: true });
    return withLock(folder, work);
  });
}

/** Whether `a` is surely the later one, as far as both dates are known. */
export function isLater(a: PartialDate | undefined, b: PartialDate | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const known = Math.min(a.length, b.length);
  return a.slice(0, known) > b.slice(0, known);
}

/** How much of the criteria a record has: mirrors cut long texts off, or leave them out. */
const wholeness = ({ eligibility }: TrialRecord): number => (eligibility.text === undefined ? 0 : eligibility.truncated ? 1 : 2);

/**
 * Whether a record takes the place of another of its id: the newer does. Where dates do not tell, the one with more of its criteria,
 * then the one with a date, then the one that came last.
 */
export function replaces(next: TrialRecord, before: TrialRecord): boolean {
  if (isLater(next.updated, before.updated)) return true;
  if (isLater(before.updated, next.updated)) return false;
  const more = wholeness(next) - wholeness(before);
  if (more !== 0) return more > 0;
  return next.updated !== undefined || before.updated === undefined;
}

const newerOf = (records: readonly TrialRecord[]): TrialRecord =>
  records.reduce((one, next) => (replaces(next, one) ? next : one));

/** Records on their way into the store: in memory at first, in sorted runs on the disk when there are many. Needs the lock. */
export class Gathering {
  readonly #folder: string;
  #kept: { readonly id: string; readonly line: string }[] = [];
  #size = 0;
  #runs = 0;
  /** Records that were added, the same id twice counted twice. */
  added = 0;

  private constructor(
    folder: string,
    readonly runSize: number,
  ) {
    this.#folder = path.join(folder, RUNS);
  }

  /** `runSize` is in characters of JSON. Runs that a killed process left are removed. */
  static async in(folder: string, runSize = RUN_SIZE): Promise<Gathering> {
    const gathering = new Gathering(folder, runSize);
    await gathering.discard();
    return gathering;
  }

  async add(trial: TrialRecord): Promise<void> {
    const line = JSON.stringify(trial);
    this.#kept.push({ id: trial.id, line });
    this.#size += line.length;
    this.added += 1;
    if (this.#size > this.runSize) await this.#putDown();
  }

  async #putDown(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(
      path.join(this.#folder, String(this.#runs)),
      this.#inOrder().map(({ line }) => `${line}\n`),
    );
    this.#runs += 1;
    this.#kept = [];
    this.#size = 0;
  }

  #inOrder(): readonly { readonly id: string; readonly line: string }[] {
    return this.#kept.sort((a, b) => compare(a.id, b.id));
  }

  /** Each id once, in order: the record of it that replaces the others. */
  async *sorted(): AsyncGenerator<TrialRecord> {
    const runs = Array.from({ length: this.#runs }, (_, index) => runRecords(path.join(this.#folder, String(index))));
    for await (const group of byId([...runs, memoryRecords(this.#inOrder())])) yield newerOf(group.map(({ trial }) => trial));
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function* runRecords(file: string): AsyncGenerator<TrialRecord> {
  for await (const line of linesOf(createReadStream(file), Number.POSITIVE_INFINITY))
    yield JSON.parse(line.text as string) as TrialRecord;
}

async function* memoryRecords(kept: readonly { readonly line: string }[]): AsyncGenerator<TrialRecord> {
  for (const { line } of kept) yield JSON.parse(line) as TrialRecord;
}

interface FromSource {
  readonly trial: TrialRecord;
  /** Index of the source. */
  readonly source: number;
}

/** Merges sorted sources: the records of one id together, in the order of the sources. */
async function* byId(sources: readonly AsyncGenerator<TrialRecord>[]): AsyncGenerator<readonly FromSource[]> {
  const heads: (TrialRecord | undefined)[] = [];
  const advance = async (source: number): Promise<void> => {
    const next = await (sources[source] as AsyncGenerator<TrialRecord>).next();
    heads[source] = next.done ? undefined : next.value;
  };
  for (const source of sources.keys()) await advance(source);
  for (;;) {
    let least: string | undefined;
    for (const head of heads) if (head && (least === undefined || head.id < least)) least = head.id;
    if (least === undefined) return;
    const group: FromSource[] = [];
    for (const source of heads.keys())
      for (let head = heads[source]; head?.id === least; head = heads[source]) {
        group.push({ trial: head, source });
        await advance(source);
      }
    yield group;
  }
}

/** Makes the new store out of the stored records and the gathered ones. Needs the lock. */
export async function commit(folder: string, gathering: Gathering, change: Change): Promise<StoreDelta> {
  await clear(folder, (await metaOrNone(folder, change.afresh))?.file);
  const old = await (change.afresh ? intactStore(folder) : openStore(folder));
  const part = path.join(folder, `${NEW}.ndjson`);
  const out = await open(part, 'w');
  const delta: Changes = { new: [], status: [], criteria: [], gone: [] };
  const synced = new Set(old?.meta.source?.ids);
  const ids: string[] = [];
  const hash = createHash('sha256');
  let count = 0;
  let keptStored = 0;
  let waiting: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const text = waiting.join('');
    hash.update(text);
    await out.writeFile(text);
    waiting = [];
    size = 0;
  };
  try {
    for await (const group of byId([old ? old.trials() : none(), gathering.sorted()])) {
      const before = group.find(({ source }) => source === 0)?.trial;
      const incoming = group.find(({ source }) => source === 1)?.trial;
      const after = outcome(before, incoming, change);
      // What an earlier sync brought stays one of its records, so that a later one can find it gone.
      if (incoming || (after && synced.has(after.id))) ids.push((incoming ?? (after as TrialRecord)).id);
      if (before && incoming && after === before) keptStored += 1;
      compareRecords(before, after, delta);
      if (after === undefined) continue;
      const line = `${JSON.stringify(after)}\n`;
      waiting.push(line);
      size += line.length;
      count += 1;
      if (size > WRITE_SIZE) await flush();
    }
    await flush();
    await out.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await out.close();
    await old?.close();
  }
  const sha256 = hash.digest('hex');
  const file = `trials-${sha256.slice(0, 16)}.ndjson`;
  await rename(part, path.join(folder, file));
  const source = change.source ? { ...change.source, ids } : change.afresh ? undefined : old?.meta.source;
  await putMeta(folder, { schema: SCHEMA, file, sha256, count, when: change.when, ...(source ? { source } : {}) });
  await clear(folder, file);
  await gathering.discard();
  return { first: old === undefined, count, keptStored, ...delta };
}

async function* none(): AsyncGenerator<TrialRecord> {}

function outcome(before: TrialRecord | undefined, incoming: TrialRecord | undefined, change: Change): TrialRecord | undefined {
  if (incoming === undefined) return before && !change.afresh && change.stays(before.id) ? before : undefined;
  return before && !change.afresh ? newerOf([before, incoming]) : incoming;
}

const named = ({ id, title }: TrialRecord): Named => (title === undefined ? { id } : { id, title });
const statusOf = (trial: TrialRecord): string => trial.statusAsWritten ?? trial.status;

function compareRecords(before: TrialRecord | undefined, after: TrialRecord | undefined, delta: Changes): void {
  if (after === undefined) {
    if (before) delta.gone.push(named(before));
    return;
  }
  if (before === undefined) {
    delta.new.push(named(after));
    return;
  }
  const [from, to] = [statusOf(before), statusOf(after)];
  if (from !== to) delta.status.push({ ...named(after), from, to });
  if (before.eligibility.text !== after.eligibility.text) delta.criteria.push(named(after));
}

/** Says in the store that the registry was asked and had nothing new. Needs the lock. */
export async function markChecked(folder: string, meta: StoreMeta, checked: string): Promise<void> {
  if (meta.source) await putMeta(folder, { ...meta, source: { ...meta.source, checked } });
}

function putMeta(folder: string, meta: StoreMeta): Promise<void> {
  return writeWhole(path.join(folder, META), `${JSON.stringify(meta, null, 2)}\n`);
}

/** Writes beside the file, waits until it is on the disk, and puts it in place: the old or the new file, never half of one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = path.join(path.dirname(file), `${NEW}-${path.basename(file)}`);
  const handle = await open(part, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // What the new file names, such as the data file, has to be in place on the disk before it is.
  await syncFolder(path.dirname(file));
  await rename(part, file);
  await syncFolder(path.dirname(file));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the rename itself has to do.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function metaOrNone(folder: string, afresh: boolean): Promise<StoreMeta | undefined> {
  try {
    return await readMeta(folder);
  } catch (error) {
    if (afresh && error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The store if it can be read to its end: whoever starts afresh need not be able to. */
async function intactStore(folder: string): Promise<Store | undefined> {
  let store: Store | undefined;
  try {
    store = await openStore(folder);
    if (store) for await (const _ of store.trials());
    return store;
  } catch (error) {
    await store?.close();
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Removes data files that no `meta.json` names any more, and what a killed process left half written. */
async function clear(folder: string, current: string | undefined): Promise<void> {
  for (const name of await readdir(folder))
    if ((DATA.test(name) && name !== current) || name.startsWith(NEW)) await rm(path.join(folder, name), { force: true });
}
