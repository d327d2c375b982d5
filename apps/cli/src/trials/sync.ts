/** Brings the store in step with ClinicalTrials.gov (API version 2), page after page. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrialRecord, TrialStatus } from '@serosa/core';
import { type TrialNote, trialFromV2 } from '@serosa/interop';
import { Refusal } from '../input.js';
import type { Progress } from './progress.js';
import { type Answer, problem, RegistryClient, wordsOf } from './registry.js';
import {
  commit,
  Gathering,
  markChecked,
  openStore,
  type StoreDelta,
  type StoreMeta,
  type SyncSource,
  type Validator,
  writeWhole,
  writing,
} from './store.js';

export interface SyncOptions {
  readonly folder: string;
  /** Address of the API without a closing slash. */
  readonly base: string;
  /** Searches over the whole record beside that for the disease, or ids of single studies. */
  readonly terms: readonly string[];
  /** Empty: all. */
  readonly status: readonly TrialStatus[];
  readonly pageSize: number;
  /** Milliseconds. */
  readonly pause: number;
  readonly timeout: number;
  /** Forget what is stored, and ask also when nothing seems to be new. */
  readonly afresh: boolean;
  readonly version: string;
  readonly progress: Progress;
}

export interface SyncResult {
  /** Absent: the registry has nothing new. */
  readonly delta?: StoreDelta;
  /** The store mirrored other searches before, so that what is gone may only be outside of the new ones. */
  readonly otherSearches: boolean;
  /** Studies that the registry gave, the same one twice counted twice. */
  readonly read: number;
  readonly notes: readonly TrialNote[];
}

/** The disease in the registry's search by condition, which knows its synonyms. */
const CONDITION = 'mesothelioma';
/** The form of an id that the registry takes. */
const NCT_ID = /^nct0*[1-9]\d{0,7}$/i;
const WORK = 'work';
/** Pages of a sync that was cut off are used for a day: after that the data are others. */
const RESUME_WITHIN = 24 * 60 * 60_000;
/** Counts up with the form of the pages that are kept. */
const WORK_FORM = 1;

interface Search {
  /** The address below the base, with what is the same for every page. */
  readonly name: string;
  readonly url: URL;
  /** One study by its id: a single answer without pages. */
  readonly single: boolean;
}

/** One fetched page as it is kept until the sync is done. */
interface Page {
  /** The token that it was asked with. */
  readonly asked?: string;
  readonly next?: string;
  /** Studies of the whole search, on the first page. */
  readonly total?: number;
  readonly validator: Validator;
  /** Studies on the page, readable or not. */
  readonly read: number;
  readonly trials: readonly TrialRecord[];
  readonly notes: readonly TrialNote[];
}

/**
 * Syncs the store. Throws a {@link Refusal} when the registry cannot be reached, answers something else than it should, or another
 * process is at it; the store is then as it was.
 */
export function sync(options: SyncOptions): Promise<SyncResult> {
  return writing(options.folder, () => new Sync(options).run());
}

class Sync {
  readonly #options: SyncOptions;
  readonly #client: RegistryClient;
  readonly #searches: readonly Search[];
  readonly #work: string;
  #restarted = false;

  constructor(options: SyncOptions) {
    this.#options = options;
    this.#work = path.join(options.folder, WORK);
    this.#searches = searchesOf(options);
    this.#client = new RegistryClient({
      pause: options.pause,
      timeout: options.timeout,
      userAgent: `serosa/${options.version} (a guide to mesothelioma; Node.js ${process.versions.node})`,
      onWait: (why, milliseconds) => options.progress.show(`waiting ${Math.ceil(milliseconds / 1000)} s: ${why}`),
    });
  }

  async run(): Promise<SyncResult> {
    const { folder, afresh } = this.#options;
    const before = afresh ? undefined : await intactMeta(folder);
    const source = before?.source;
    const same = source !== undefined && source.base === this.#options.base && sameList(source.searches, this.#names());
    const dataTimestamp = await this.#dataTimestamp();
    await this.#openWork(dataTimestamp);
    const otherSearches = source !== undefined && !same;
    if (before && same && (await this.#unchanged(source, dataTimestamp))) {
      await markChecked(folder, before, new Date().toISOString());
      await rm(this.#work, { recursive: true, force: true });
      return { otherSearches, read: 0, notes: [] };
    }

    const gathering = await Gathering.in(folder);
    const notes: TrialNote[] = [];
    const validators: Validator[] = [];
    let read = 0;
    let whole = true;
    for (const [index, search] of this.#searches.entries()) {
      const seen = await this.#gather(index, search, gathering, notes, validators);
      read += seen.read;
      whole &&= seen.whole;
    }
    if (gathering.added === 0)
      throw new Refusal([
        problem(
          'nothing-found',
          'The registry has no study for this search, so the store is left as it is.',
          (this.#searches[0] as Search).url,
          'Check --base, --status and --query.',
        ),
      ]);
    const gone = new Set(whole ? source?.ids : []);
    const now = new Date().toISOString();
    const delta = await commit(folder, gathering, {
      afresh,
      // Of records that an earlier sync brought and this one did not, the registry says that they are gone.
      stays: (id) => !gone.has(id),
      when: now,
      source: {
        base: this.#options.base,
        searches: this.#names(),
        checked: now,
        // What was not whole has to be asked for again.
        validators: whole ? validators : [],
        ...(dataTimestamp === undefined || !whole ? {} : { dataTimestamp }),
      },
    });
    await rm(this.#work, { recursive: true, force: true });
    return { delta, otherSearches, read, notes };
  }

  #names(): readonly string[] {
    return this.#searches.map(({ name }) => name);
  }

  /** The registry's time of its data; undefined when it does not tell. */
  async #dataTimestamp(): Promise<string | undefined> {
    const answer = await this.#client.get(new URL(`${this.#options.base}/version`));
    const { dataTimestamp } = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as {
      dataTimestamp?: unknown;
    };
    return typeof dataTimestamp === 'string' && dataTimestamp !== '' ? dataTimestamp : undefined;
  }

  /** Whether the registry's data are those of the last sync: by their time, else by the first page of each search. */
  async #unchanged(source: SyncSource, dataTimestamp: string | undefined): Promise<boolean> {
    if (dataTimestamp !== undefined || source.dataTimestamp !== undefined) return dataTimestamp === source.dataTimestamp;
    for (const [index, search] of this.#searches.entries()) {
      const { etag, lastModified } = source.validators[index] ?? {};
      if (etag === undefined && lastModified === undefined) return false;
      const url = this.#address(search);
      const answer = await this.#client.get(url, {
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
      });
      if (answer.status === 304) continue;
      // What has come is the first page, and need not be asked for again.
      if (answer.status === 200) await this.#keep(index, 0, this.#pageOf(search, url, answer, undefined));
      return false;
    }
    return true;
  }

  /** Goes on with the pages of a sync that was cut off, when they answer the same searches on the same data. */
  async #openWork(dataTimestamp: string | undefined): Promise<void> {
    const file = path.join(this.#work, 'work.json');
    const { base, pageSize, version } = this.#options;
    const key = createHash('sha256')
      .update(JSON.stringify([WORK_FORM, version, base, pageSize, this.#names(), dataTimestamp]))
      .digest('hex');
    const found = await jsonOf<{ readonly key: string; readonly started: number }>(file);
    const age = Date.now() - (found?.started ?? 0);
    if (found?.key === key && age >= 0 && age < RESUME_WITHIN) return;
    await rm(this.#work, { recursive: true, force: true });
    await mkdir(this.#work, { recursive: true });
    await writeWhole(file, JSON.stringify({ key, started: Date.now() }));
  }

  async #gather(
    index: number,
    search: Search,
    gathering: Gathering,
    notes: TrialNote[],
    validators: Validator[],
  ): Promise<{ readonly read: number; readonly whole: boolean }> {
    const pages = await this.#pages(index, search);
    let read = 0;
    let refused = 0;
    let total: number | undefined;
    for (let number = 0; number < pages; number += 1) {
      const page = (await this.#kept(index, number)) as Page;
      if (number === 0) {
        total = page.total;
        validators[index] = page.validator;
      }
      read += page.read;
      refused += page.read - page.trials.length;
      notes.push(...page.notes);
      for (const trial of page.trials) await gathering.add(trial);
    }
    const short = total !== undefined && read < total;
    if (short)
      notes.push({
        outcome: 'unused',
        at: search.url.href,
        what: `${read} of ${total} studies`,
        why: 'The pages held fewer studies than the registry counts. Nothing stored is taken for gone; sync again later.',
      });
    return { read, whole: refused === 0 && !short };
  }

  /** Fetches what is not yet there. Returns the number of pages. */
  async #pages(index: number, search: Search): Promise<number> {
    const asked = new Set<string>();
    let token: string | undefined;
    let read = 0;
    let total: number | undefined;
    for (let number = 0; ; number += 1) {
      let page = await this.#kept(index, number);
      if (page === undefined || page.asked !== token) {
        const fetched = await this.#fetch(search, token);
        // A token that is not known any more, or leads in a circle: the data have changed on the way.
        if (fetched === 'bad-token') return this.#startOver(index, search);
        page = fetched;
        await this.#keep(index, number, page);
      }
      total ??= page.total;
      read += page.read;
      this.#options.progress.show(`${read}${total === undefined ? '' : ` of ${total}`} studies`, total && read / total);
      token = page.next;
      if (token === undefined) return number + 1;
      if (asked.has(token)) return this.#startOver(index, search);
      asked.add(token);
    }
  }

  async #startOver(index: number, search: Search): Promise<number> {
    for (let number = 0; (await this.#kept(index, number)) !== undefined; number += 1)
      await rm(this.#file(index, number), { force: true });
    if (this.#restarted)
      throw new Refusal([
        problem(
          'paging-broken',
          'The registry lost its place among the pages twice, so the store is left as it is.',
          search.url,
          'Try again later; its data may be changing at the moment.',
        ),
      ]);
    this.#restarted = true;
    return this.#pages(index, search);
  }

  async #fetch(search: Search, token: string | undefined): Promise<Page | 'bad-token'> {
    const url = this.#address(search, token);
    const answer = await this.#client.get(url);
    if (answer.status === 200) return this.#pageOf(search, url, answer, token);
    if (answer.status === 400 && token !== undefined) return 'bad-token';
    if (answer.status === 404 && search.single) {
      const why = `The registry has no such study: ${wordsOf(answer.text) || 'it gives no reason'}. Check the id.`;
      return { read: 0, trials: [], validator: {}, notes: [{ outcome: 'refused', at: url.href, what: search.name, why }] };
    }
    throw new Refusal([
      problem(
        'registry-refuses',
        `The registry answers ${answer.status}: ${wordsOf(answer.text) || 'without a reason'}`.replace(/([^.])$/, '$1.'),
        url,
        answer.status === 404 ? 'Check --base.' : 'Check --base, --status and --query.',
      ),
    ]);
  }

  /** Later pages repeat every parameter; the count is asked for once. */
  #address(search: Search, token?: string): URL {
    const url = new URL(search.url);
    if (search.single) return url;
    url.searchParams.set('pageSize', String(this.#options.pageSize));
    if (token === undefined) url.searchParams.set('countTotal', 'true');
    else url.searchParams.set('pageToken', token);
    return url;
  }

  #pageOf(search: Search, url: URL, answer: Answer, asked: string | undefined): Page {
    const body = answer.body as { studies?: unknown; nextPageToken?: unknown; totalCount?: unknown } | null;
    const studies = search.single ? [answer.body] : body?.studies;
    if (!Array.isArray(studies))
      throw new Refusal([
        problem(
          'registry-changed',
          'The answer holds no list of studies.',
          url,
          'Check --base. If it is right, the registry has changed its form and Serosa needs a newer version.',
        ),
      ]);
    const trials: TrialRecord[] = [];
    const notes: TrialNote[] = [];
    for (const [index, study] of studies.entries()) {
      const result = trialFromV2(study, idOf(study) ?? `${search.name}, study ${index + 1} of a page`);
      if (result.trial) trials.push(result.trial);
      notes.push(...result.notes);
    }
    // One study can be broken; most of a page cannot, unless the form is another one.
    if (studies.length > 1 && trials.length * 2 < studies.length)
      throw new Refusal([
        problem(
          'registry-changed',
          `${studies.length - trials.length} of ${studies.length} studies of one page cannot be read, such as: ${notes.find((note) => note.outcome === 'refused')?.why ?? 'no reason is known'}`,
          url,
          'The registry may have changed its form. The store is left as it is; look for a newer version of Serosa.',
        ),
      ]);
    const token = search.single ? undefined : body?.nextPageToken;
    const etag = answer.headers.get('etag');
    const lastModified = answer.headers.get('last-modified');
    return {
      ...(asked === undefined ? {} : { asked }),
      ...(typeof token === 'string' && token !== '' ? { next: token } : {}),
      ...(!search.single && typeof body?.totalCount === 'number' ? { total: body.totalCount } : {}),
      validator: { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) },
      read: studies.length,
      trials,
      notes,
    };
  }

  #file(index: number, number: number): string {
    return path.join(this.#work, `${index}-${number}.json`);
  }

  #keep(index: number, number: number, page: Page): Promise<void> {
    return writeWhole(this.#file(index, number), JSON.stringify(page));
  }

  #kept(index: number, number: number): Promise<Page | undefined> {
    return jsonOf<Page>(this.#file(index, number));
  }
}

/** The search for the disease, and one for each further term; a term that is an id is the study itself. */
function searchesOf({ base, terms, status }: SyncOptions): readonly Search[] {
  const fields = { fields: 'ProtocolSection|DerivedSection' };
  const search = (key: string, value: string): Search => {
    const parameters = new URLSearchParams({
      [key]: value,
      ...(status.length > 0 ? { 'filter.overallStatus': status.join('|') } : {}),
      ...fields,
      // What is new or changed comes to the first page, so that a first page that is unchanged stands for all.
      sort: 'LastUpdatePostDate:desc',
    });
    return { name: `${key}=${value}`, url: new URL(`${base}/studies?${parameters}`), single: false };
  };
  const single = (id: string): Search => ({
    name: id.toUpperCase(),
    url: new URL(`${base}/studies/${id.toUpperCase()}?${new URLSearchParams(fields)}`),
    single: true,
  });
  const all = [
    search('query.cond', CONDITION),
    ...terms.map((term) => (NCT_ID.test(term) ? single(term) : search('query.term', term))),
  ];
  // The status is part of what a search is, and of its name.
  return status.length === 0 ? all : all.map((one) => (one.single ? one : { ...one, name: `${one.name}, ${status.join('|')}` }));
}

function idOf(study: unknown): string | undefined {
  const id = (study as { protocolSection?: { identificationModule?: { nctId?: unknown } } } | null)?.protocolSection
    ?.identificationModule?.nctId;
  return typeof id === 'string' ? id : undefined;
}

/** The store's own account, when every record can be read. */
async function intactMeta(folder: string): Promise<StoreMeta | undefined> {
  const store = await openStore(folder);
  if (store === undefined) return undefined;
  try {
    for await (const _ of store.trials());
    return store.meta;
  } finally {
    await store.close();
  }
}

/** A file that this program wrote; undefined when it is not there or not whole. */
async function jsonOf<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);
