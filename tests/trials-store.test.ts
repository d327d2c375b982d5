/** The store of trials as a whole process: syncing with a registry that misbehaves, importing what is broken, being killed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { main } from '@serosa/cli';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOT } from './guide.js';

const BIN = path.join(ROOT, 'apps/cli/bin/serosa.js');
let folder: string;
let registry: Registry;
beforeAll(() => {
  if (!existsSync(path.join(ROOT, 'apps/cli/dist/trials/store.js')))
    throw new Error('The command line is not built: run `npm run build` first.');
});
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'serosa-trials-'));
  vi.stubEnv('SEROSA_DATA', store());
  registry = await Registry.start();
});
afterEach(async () => {
  await registry.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

interface StudyOptions {
  readonly status?: string;
  readonly criteria?: string;
  readonly updated?: string;
}

function study(
  number: number,
  { status = 'RECRUITING', criteria = 'Inclusion Criteria:\n\n* adult', updated = '2026-01-01' }: StudyOptions = {},
) {
  return {
    protocolSection: {
      identificationModule: { nctId: `NCT${String(number).padStart(8, '0')}`, briefTitle: `Trial ${number}` },
      statusModule: { overallStatus: status, lastUpdatePostDateStruct: { date: updated } },
      eligibilityModule: { eligibilityCriteria: criteria },
      contactsLocationsModule: { locations: [{ facility: 'Clinic', city: 'Leeds', country: 'United Kingdom' }] },
    },
    hasResults: false,
  };
}

const studies = (from: number, to: number, options: StudyOptions = {}): unknown[] =>
  Array.from({ length: to - from + 1 }, (_, index) => study(from + index, options));

type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** Speaks the interface of the registry as documented; `before` may answer in its place. */
class Registry {
  pages: unknown[][] = [];
  /** Undefined: it has no /version. */
  timestamp: string | undefined = '2026-11-24T09:00:00';
  etag: string | undefined;
  singles = new Map<string, unknown>();
  total: number | undefined;
  before: Handler = () => false;
  readonly asked: { readonly url: URL; readonly headers: IncomingMessage['headers']; readonly at: number }[] = [];

  private constructor(readonly server: Server) {
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<Registry> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Registry(server);
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v2`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Requests for a page of studies. */
  get pagesAsked(): readonly URL[] {
    return this.asked.filter(({ url }) => url.pathname.endsWith('/studies')).map(({ url }) => url);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url as string, this.base);
    this.asked.push({ url, headers: request.headers, at: Date.now() });
    if (await this.before(url, request, response)) return;
    const where = url.pathname.replace('/api/v2', '');
    if (where === '/version' && this.timestamp !== undefined)
      return send(response, { apiVersion: '2.0.3', dataTimestamp: this.timestamp });
    const id = /^\/studies\/(.+)$/.exec(where)?.[1];
    if (id !== undefined) {
      const found = this.singles.get(id);
      if (typeof found === 'string') return void response.writeHead(301, { location: `/api/v2/studies/${found}` }).end();
      return found === undefined ? refuse(response, 404, `NCT number ${id} not found`) : send(response, found);
    }
    if (where !== '/studies') return refuse(response, 404, 'Not found');
    if (this.etag !== undefined && request.headers['if-none-match'] === this.etag) return void response.writeHead(304).end();
    const token = url.searchParams.get('pageToken');
    const number = token === null ? 0 : Number(/^token-(\d+)$/.exec(token)?.[1] ?? Number.NaN);
    if (!(number < this.pages.length)) return refuse(response, 400, '`pageToken` parameter has incorrect value');
    send(
      response,
      {
        ...(url.searchParams.get('countTotal') === 'true' ? { totalCount: this.total ?? this.pages.flat().length } : {}),
        studies: this.pages[number],
        ...(number + 1 < this.pages.length ? { nextPageToken: `token-${number + 1}` } : {}),
      },
      this.etag === undefined ? {} : { etag: this.etag },
    );
  }
}

function send(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers });
  response.end(gzipSync(JSON.stringify(body)));
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of its own, to be killed or to run beside another. */
function started(args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, 'trials', ...args], { cwd: ROOT, env: { ...process.env, SEROSA_DATA: store() } });
  const parts = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    parts.out += text;
  });
  child.stderr.on('data', (text) => {
    parts.err += text;
  });
  const done = new Promise<Done>((resolve) => child.on('close', (code) => resolve({ code, ...parts })));
  return { child, done };
}

/** The command in this process, which saves the start of one. */
async function trials(...args: readonly string[]): Promise<Done> {
  const parts = { out: '', err: '' };
  const into = (part: 'out' | 'err') => (text: unknown, done?: unknown) => {
    parts[part] += String(text);
    if (typeof done === 'function') done();
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const handlers = process.stdout.listeners('error');
  try {
    return { code: await main(['trials', ...args]), ...parts };
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.stdout.removeAllListeners('error');
    for (const handler of handlers) process.stdout.on('error', handler as () => void);
  }
}

const sync = (...more: readonly string[]): Promise<Done> => trials('sync', '--base', registry.base, '--pause', '0.01', ...more);
const store = (): string => path.join(folder, 'store');

async function json(
  run: Promise<Done>,
): Promise<Record<string, unknown> & { readonly notes: { at: string; why: string; outcome: string }[] }> {
  const done = await run;
  if (!done.out.startsWith('{')) throw new Error(`${done.code} ${done.out} ${done.err}`);
  return JSON.parse(done.out);
}

/** Ids in the store. Checks on the way that the store is whole: the hash, the count and the order. */
function stored(): readonly string[] {
  const meta = JSON.parse(readFileSync(path.join(store(), 'meta.json'), 'utf8'));
  const text = readFileSync(path.join(store(), meta.file), 'utf8');
  expect(createHash('sha256').update(text).digest('hex')).toBe(meta.sha256);
  const ids = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).id as string);
  expect(ids).toHaveLength(meta.count);
  expect(ids).toEqual([...ids].sort());
  return ids;
}

function file(name: string, content: string | Buffer): string {
  const target = path.join(folder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  return target;
}

describe('serosa trials sync', () => {
  it('fetches page after page, politely, with every parameter each time', async () => {
    registry.pages = [studies(1, 3), [], studies(4, 5), [study(5), study(6)]];
    const done = await sync('--status', 'recruiting', '--status', 'Not yet recruiting', '--pause', '0.1', '--page-size', '3');
    expect(done.err).toBe('');
    expect(done.out).toContain('6 trials are stored now.');
    expect(done.code).toBe(0);
    expect(stored()).toHaveLength(6);
    const [first, ...later] = registry.pagesAsked as [URL, ...URL[]];
    expect(first.searchParams.get('countTotal')).toBe('true');
    expect(later).toHaveLength(3);
    for (const url of [first, ...later]) {
      expect(url.searchParams.get('query.cond')).toBe('mesothelioma');
      expect(url.searchParams.get('filter.overallStatus')).toBe('RECRUITING|NOT_YET_RECRUITING');
      expect(url.searchParams.get('pageSize')).toBe('3');
    }
    for (const url of later) expect(url.searchParams.has('countTotal')).toBe(false);
    const [{ headers }] = registry.asked as [(typeof registry.asked)[number]];
    expect(headers['user-agent']).toMatch(/^serosa\/\d+\.\d+\.\d+ /);
    expect(headers['accept-encoding']).toContain('gzip');
    registry.asked.slice(1).forEach(({ at }, index) => {
      expect(at - (registry.asked[index]?.at ?? 0)).toBeGreaterThanOrEqual(99);
    });
  });

  it('waits for a busy registry as long as it asks, and lives through bad answers and cut connections', async () => {
    registry.pages = [studies(1, 2), studies(3, 4)];
    const trouble: Handler[] = [
      (_url, _request, response) => void response.writeHead(429, { 'retry-after': '1' }).end('slow down') === undefined,
      (_url, _request, response) => void response.writeHead(503).end() === undefined,
      (_url, _request, response) =>
        void response.writeHead(502, { 'retry-after': new Date(Date.now() - 5000).toUTCString() }).end() === undefined,
      (_url, _request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
        response.write('{"studies": [', () => response.destroy());
        return true;
      },
    ];
    registry.before = (url, request, response) =>
      url.pathname.endsWith('/studies') ? (trouble.shift()?.(url, request, response) ?? false) : false;
    const done = await sync();
    expect(done.err).toBe('');
    expect(done.code).toBe(0);
    expect(stored()).toHaveLength(4);
    const [first, second] = registry.asked.filter(({ url }) => url.pathname.endsWith('/studies'));
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
  });

  it('reads half an answer that looks whole as cut, and a slow one as late', async () => {
    registry.pages = [studies(1, 2)];
    const trouble: Handler[] = [
      (_url, _request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"studies": [{"proto') === undefined,
      async () => {
        await wait(700);
        return false;
      },
    ];
    registry.before = (url, request, response) =>
      url.pathname.endsWith('/studies') ? (trouble.shift()?.(url, request, response) ?? false) : false;
    expect((await sync('--timeout', '0.5')).code).toBe(0);
    expect(registry.pagesAsked).toHaveLength(3);
    expect(stored()).toHaveLength(2);
  });

  it('gives up after a few tries, says so, and leaves the store alone', async () => {
    registry.pages = [studies(1, 2)];
    await sync();
    const before = stored();
    registry.timestamp = 'later';
    registry.before = (url, _request, response) =>
      url.pathname.endsWith('/studies') && void response.writeHead(503).end() === undefined;
    const down = await sync();
    expect(down.code).toBe(1);
    expect(down.err).toContain('The registry was asked 5 times: it answered 503.');
    registry.before = (_url, _request, response) => {
      response.writeHead(429, { 'retry-after': '7200' }).end();
      return true;
    };
    const patient = await sync();
    expect(patient.err).toContain('asks to wait 120 minutes');
    registry.before = (_url, _request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>') === undefined;
    expect((await sync()).err).toMatch(/no JSON.*\n.*log in/i);
    expect(stored()).toEqual(before);
  });

  it('shows the words of a refusal', async () => {
    registry.before = (url, _request, response) => {
      if (!url.pathname.endsWith('/studies')) return false;
      refuse(response, 400, 'Too complicated query\u001b[31m');
      return true;
    };
    const done = await sync();
    expect(done.code).toBe(1);
    expect(done.err).toContain('The registry answers 400: Too complicated query');
    expect(done.err).not.toContain('\u001b');
  });

  it('starts over once when a page token has gone bad, and then gives up', async () => {
    registry.pages = [studies(1, 2), studies(3, 4)];
    let bad = 1;
    registry.before = (url, _request, response) => {
      if (!url.searchParams.has('pageToken') || bad === 0) return false;
      bad -= 1;
      refuse(response, 400, 'bad token');
      return true;
    };
    expect((await sync()).code).toBe(0);
    expect(stored()).toHaveLength(4);
    expect(registry.pagesAsked).toHaveLength(4);
    bad = 9;
    registry.timestamp = 'later';
    const done = await sync();
    expect(done.code).toBe(1);
    expect(done.err).toContain('lost its place');
    expect(bad).toBe(7);
    expect(stored()).toHaveLength(4);
  });

  it('does not walk in a circle', async () => {
    registry.before = (url, _request, response) => {
      if (!url.pathname.endsWith('/studies')) return false;
      send(response, { studies: studies(1, 2), nextPageToken: 'again' });
      return true;
    };
    expect((await sync()).err).toContain('lost its place');
  });

  it('notes studies that it cannot read and takes the rest; nothing stored is taken for gone then', async () => {
    registry.pages = [studies(1, 4)];
    await sync();
    registry.timestamp = 'later';
    registry.pages = [
      [study(1), study(5, { status: 'PAUSED_FOR_NOW' }), study(6)],
      ['no study', study(7), { hasResults: true }, study(8)],
    ];
    const done = await sync('--format', 'json');
    expect(done.code).toBe(1);
    const delta = JSON.parse(done.out);
    expect(delta).toMatchObject({ schema: 'serosa.trials-delta/1', refused: 2, gone: [] });
    expect(JSON.stringify(delta.notes.filter((note: { at: string }) => note.at.includes('NCT00000005')))).toContain(
      'PAUSED_FOR_NOW',
    );
    expect(stored()).toHaveLength(8);
    // Because it was not whole, the next sync asks again although the data are the same.
    registry.pages = [studies(1, 3)];
    expect(await json(sync('--format', 'json'))).toMatchObject({ nothingNew: false, count: 3 });
  });

  it('stops when most of a page is unreadable', async () => {
    registry.pages = [studies(1, 3)];
    await sync();
    registry.timestamp = 'later';
    registry.pages = [[study(9), { id: 1 }, { id: 2 }]];
    const done = await sync();
    expect(done.code).toBe(1);
    expect(done.err).toContain('2 of 3 studies of one page cannot be read');
    registry.pages = [];
    registry.before = (url, _request, response) => url.pathname.endsWith('/studies') && void send(response, [1]) === undefined;
    expect((await sync()).err).toContain('no list of studies');
    registry.before = () => false;
    registry.pages = [[]];
    expect((await sync()).err).toContain('no study for this search');
    expect(stored()).toHaveLength(3);
  });

  it('keeps what is stored when the pages hold fewer studies than were counted', async () => {
    registry.pages = [studies(1, 5)];
    await sync();
    registry.timestamp = 'later';
    registry.total = 5;
    registry.pages = [studies(1, 3)];
    const delta = await json(sync('--format', 'json'));
    expect(delta).toMatchObject({ gone: [], count: 5 });
    expect(delta.notes[0]?.why).toContain('fewer studies than the registry counts');
  });

  it('tells what is new, changed and gone', async () => {
    registry.pages = [studies(1, 4)];
    expect(await json(sync('--format', 'json'))).toMatchObject({ first: true, count: 4, new: { length: 4 } });
    registry.timestamp = 'later';
    const later = { updated: '2026-02-01' };
    registry.pages = [
      [study(1), study(2, { ...later, status: 'COMPLETED' }), study(3, { ...later, criteria: 'other' }), study(5)],
    ];
    const delta = await json(sync('--format', 'json'));
    expect(delta).toMatchObject({
      schema: 'serosa.trials-delta/1',
      first: false,
      count: 4,
      new: [{ id: 'NCT00000005', title: 'Trial 5' }],
      status: [{ id: 'NCT00000002', from: 'RECRUITING', to: 'COMPLETED' }],
      criteria: [{ id: 'NCT00000003' }],
      gone: [{ id: 'NCT00000004' }],
    });
    registry.timestamp = 'later still';
    registry.pages = [studies(1, 1)];
    const text = (await sync('--status', 'recruiting')).out;
    expect(text).toMatch(/Gone: 3\n {2}NCT00000002 Trial 2/);
    expect(text).toContain('other searches');
  });

  it('asks for no page when the data are the same: by their time, else by the first page', async () => {
    registry.pages = [studies(1, 3)];
    await sync();
    registry.asked.length = 0;
    const done = await sync();
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Nothing new') });
    expect(registry.pagesAsked).toHaveLength(0);
    expect(await json(sync('--query', 'BAP1', '--format', 'json'))).toMatchObject({ nothingNew: false });

    registry.timestamp = undefined;
    registry.etag = '"a"';
    await sync('--replace');
    registry.asked.length = 0;
    expect((await sync()).out).toContain('Nothing new');
    expect(registry.pagesAsked).toHaveLength(1);
    registry.etag = '"b"';
    registry.pages = [studies(1, 4)];
    expect(await json(sync('--format', 'json'))).toMatchObject({ nothingNew: false, count: 4 });
    expect(registry.pagesAsked).toHaveLength(2);
  });

  it('fetches single trials by id, also by an old one, and searches further terms', async () => {
    registry.pages = [studies(1, 2)];
    registry.singles.set('NCT00000077', 'NCT00000007').set('NCT00000007', study(7));
    const done = await sync('--query', 'nct00000077', '--query', 'BAP1 loss', '--query', 'NCT99');
    expect(done.out).toContain('NCT number NCT99 not found');
    expect(done.code).toBe(1);
    expect(stored()).toEqual(['NCT00000001', 'NCT00000002', 'NCT00000007']);
    expect(registry.pagesAsked.map((url) => url.searchParams.get('query.term'))).toEqual([null, 'BAP1 loss']);
  });

  it('goes on where a killed sync stopped', async () => {
    registry.pages = Array.from({ length: 6 }, (_, page) => studies(page * 2 + 1, page * 2 + 2));
    let running: ReturnType<typeof started> | undefined;
    registry.before = (url) => {
      if (url.searchParams.get('pageToken') !== 'token-4') return false;
      running?.child.kill('SIGKILL');
      return true;
    };
    running = started(['sync', '--base', registry.base, '--pause', '0.01']);
    expect((await running.done).code).toBe(null);
    registry.before = () => false;
    registry.asked.length = 0;
    expect((await sync()).code).toBe(0);
    expect(registry.pagesAsked.map((url) => url.searchParams.get('pageToken'))).toEqual(['token-4', 'token-5']);
    expect(stored()).toHaveLength(12);
    expect(readdirSync(store()).sort()).toEqual(['meta.json', expect.stringMatching(/^trials-/)]);
  });

  it.each([
    ['other data', () => ({ timestamp: 'later' })],
    ['another page size', () => ({ more: ['--page-size', '100'] })],
    [
      'more than a day',
      () => {
        const work = path.join(store(), 'work/work.json');
        const state = JSON.parse(readFileSync(work, 'utf8'));
        writeFileSync(work, JSON.stringify({ ...state, started: state.started - 25 * 3600_000 }));
        return {};
      },
    ],
  ] as const)('begins anew after %s', async (_name, change) => {
    registry.pages = [studies(1, 2), studies(3, 4)];
    registry.before = (url, _request, response) =>
      url.searchParams.has('pageToken') && void response.writeHead(403).end('no') === undefined;
    expect((await sync()).code).toBe(1);
    const { timestamp, more = [] } = change() as { timestamp?: string; more?: readonly string[] };
    registry.timestamp = timestamp ?? registry.timestamp;
    registry.before = () => false;
    registry.asked.length = 0;
    expect((await sync(...more)).code).toBe(0);
    expect(registry.pagesAsked).toHaveLength(2);
  });

  it('lets one sync run at a time', async () => {
    registry.pages = [studies(1, 2)];
    let second: Promise<Done> | undefined;
    registry.before = async (url) => {
      if (second === undefined && url.pathname.endsWith('/studies')) {
        second = started(['sync', '--base', registry.base, '--pause', '0.01']).done;
        await second;
      }
      return false;
    };
    const first = await sync();
    expect(first.code).toBe(0);
    expect(await second).toMatchObject({ code: 1, err: expect.stringContaining('Another process') });
    expect(readdirSync(store()).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it.each(['--pause x', '--base ftp://a', '--base nonsense', '--status asleep', '--page-size 2000', '--query='])(
    'refuses %s as usage',
    async (flag) => {
      expect((await trials('sync', ...flag.split(' '))).code).toBe(2);
    },
  );

  it('does not hurry the real registry', async () => {
    expect(await trials('sync', '--pause', '0.1')).toMatchObject({ code: 2, err: expect.stringContaining('one second') });
  });
});

describe('the store', () => {
  it('is the old or the new one whenever a process is killed', async () => {
    // A process that does nothing but put two stores in place in turn.
    const script = file(
      'loop.mjs',
      `const { commit, Gathering, writing } = await import(${JSON.stringify(path.join(ROOT, 'apps/cli/dist/trials/store.js'))});
       const trial = (id, text) => ({ id: String(id).padStart(8, '0'), status: 'RECRUITING', phases: [], sites: [], eligibility: { text } });
       for (let turn = 0; ; turn += 1)
         await writing(process.argv[2], async () => {
           const gathering = await Gathering.in(process.argv[2], 20_000);
           for (let id = 0; id < 200 + (turn % 2); id += 1) await gathering.add(trial(id, 'x'.repeat(500) + turn));
           await commit(process.argv[2], gathering, { afresh: turn % 3 === 0, stays: () => false, when: 'now', ...(turn % 2 ? { source: { searches: [], validators: [] } } : {}) });
           if (turn === 0) process.stdout.write('ready');
         });`,
    );
    for (let round = 0; round < 7; round += 1) {
      const child = spawn(process.execPath, [script, store()]);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await wait(Math.random() * 120);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      expect([200, 201]).toContain(stored().length);
      const text = readFileSync(
        path.join(store(), JSON.parse(readFileSync(path.join(store(), 'meta.json'), 'utf8')).file),
        'utf8',
      );
      // One turn in every line: never a mix of two.
      expect(new Set(text.match(/(?<=x)\d+/g)).size).toBe(1);
    }
    // What the killed left behind is cleared by the next that writes.
    await trials('import', '--replace', file('one.json', JSON.stringify(study(1))));
    expect(readdirSync(store()).sort()).toEqual(['meta.json', expect.stringMatching(/^trials-/)]);
  });

  it('says when it is damaged or missing, and how to go on', async () => {
    expect(await trials('list')).toMatchObject({ code: 1, err: expect.stringContaining('serosa trials sync') });
    registry.pages = [studies(1, 3)];
    await sync();
    const meta = JSON.parse(readFileSync(path.join(store(), 'meta.json'), 'utf8'));
    const data = path.join(store(), meta.file);
    const whole = readFileSync(data, 'utf8');
    const breakings: readonly (() => void)[] = [
      () => truncateSync(data, whole.length - 40),
      () => writeFileSync(data, whole.replace('Trial 2', 'Trial 9')),
      () => rmSync(data),
      () => writeFileSync(path.join(store(), 'meta.json'), '{"schema": "serosa.trials/1"'),
      () => writeFileSync(path.join(store(), 'meta.json'), JSON.stringify({ ...meta, file: '../../etc/passwd' })),
    ];
    for (const breaking of breakings) {
      breaking();
      const done = await trials('list');
      expect(done.code).toBe(1);
      expect(done.err).toMatch(/damaged[\s\S]*sync --replace/);
    }
    writeFileSync(path.join(store(), 'meta.json'), JSON.stringify({ ...meta, schema: 'serosa.trials/9' }));
    expect((await trials('list')).err).toContain('serosa.trials/9');
    expect((await sync()).code).toBe(1);
    expect((await sync('--replace')).code).toBe(0);
    expect(stored()).toHaveLength(3);
  });

  it('cannot be made where there is a file', async () => {
    const blocked = file('blocked', '');
    expect(await trials('import', '--data', blocked, file('one.json', JSON.stringify(study(1))))).toMatchObject({
      code: 2,
      err: expect.stringContaining('--data'),
    });
  });
});

describe('serosa trials list and show', () => {
  it('filters, and shows one record with its criteria', async () => {
    const a = study(1, { criteria: 'Inclusion Criteria:\n\n* BAP1 lost\n    * by staining' });
    const data = file('some.json', JSON.stringify({ studies: [a, study(2, { status: 'COMPLETED' })] }));
    expect((await trials('import', data)).code).toBe(0);
    const ids = async (...args: readonly string[]): Promise<string[]> =>
      ((await json(trials('list', '--format', 'json', ...args)))['trials'] as { id: string }[]).map(({ id }) => id);
    expect(await ids('--status', 'completed')).toEqual(['NCT00000002']);
    expect(await ids('--country', 'GB', '--text', 'bap1 LOST')).toEqual(['NCT00000001']);
    expect(await ids('--country', 'france')).toEqual([]);
    expect((await trials('list', '--text', 'nothing-such')).out).toContain('None of 2 trials matches');
    const shown = await trials('show', 'nct1');
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/NCT00000001 Trial 1[\s\S]*\* BAP1 lost\n {4}\* by staining/);
    expect(await json(trials('show', 'NCT00000001', '--format', 'json'))).toMatchObject({
      schema: 'serosa.trial/1',
      id: 'NCT00000001',
    });
    expect(await trials('show', 'NCT5')).toMatchObject({ code: 1, err: expect.stringContaining('--query NCT5') });
  });
});

interface ZipFile {
  readonly name: string;
  readonly content: string | Buffer;
  readonly encrypted?: boolean;
  readonly stored?: boolean;
  /** Sizes follow the content, as programs write it that do not know them in advance. */
  readonly streamed?: boolean;
  /** Claims another unpacked size. */
  readonly size?: number;
  readonly damaged?: boolean;
}

/** A zip archive, byte by byte, so that its faults can be made. */
function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const one of files) {
    const content = Buffer.from(one.content);
    const packed = one.stored ? Buffer.from(content) : deflateRawSync(content);
    if (one.damaged) packed[Math.floor(packed.length / 2)] = (packed[Math.floor(packed.length / 2)] as number) ^ 0x5a;
    const name = Buffer.from(one.name);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(20, 6);
    header.writeUInt16LE((one.encrypted ? 1 : 0) | (one.streamed ? 8 : 0), 8);
    header.writeUInt16LE(one.stored ? 0 : 8, 10);
    header.writeUInt32LE(crc32(content), 16);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt32LE(one.size ?? content.length, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    header.copy(local, 4, 6, 28);
    if (one.streamed) local.fill(0, 14, 26);
    local.writeUInt16LE(name.length, 26);
    const descriptor = one.streamed
      ? Buffer.concat([Buffer.from('PK\u0007\b', 'latin1'), header.subarray(16, 28)])
      : Buffer.alloc(0);
    parts.push(local, name, packed, descriptor);
    list.push(header, name);
    offset += 30 + name.length + packed.length + descriptor.length;
  }
  const contents = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, contents, end]);
}

const inZip = (number: number, more: Partial<ZipFile> = {}): ZipFile => ({
  name: `NCT0000xxxx/NCT${String(number).padStart(8, '0')}.json`,
  content: JSON.stringify(study(number)),
  ...more,
});

describe('serosa trials import', () => {
  it('reads files, folders, lines and archives; reports what it did not', async () => {
    const inside = path.join(folder, 'in');
    file('in/page.json', JSON.stringify({ studies: studies(1, 2) }));
    file('in/deep/lines.ndjson', `${JSON.stringify(study(3))}\r\n\n{"half": \n${JSON.stringify(study(4))}`);
    file('in/deep/lines.jsonl.gz', gzipSync(`${JSON.stringify(study(5))}\n`));
    file('in/bulk.zip', zip([inZip(6), { name: 'folder/', content: '', stored: true }, inZip(7, { stored: true })]));
    file('in/readme.pdf', 'no record');
    symlinkSync(inside, path.join(inside, 'circle'));
    const done = await trials('import', inside, path.join(folder, 'not-there.json'), '--format', 'json');
    expect(done.code).toBe(1);
    const account = JSON.parse(done.out);
    expect(account).toMatchObject({ schema: 'serosa.trials-delta/1', read: 7, count: 7 });
    expect(stored()).toHaveLength(7);
    const of = (part: string): { outcome: string; at: string } =>
      account.notes.find((note: { at: string }) => note.at.includes(part));
    expect(of('readme.pdf').outcome).toBe('unused');
    expect(of('not-there.json').outcome).toBe('refused');
    expect(of('lines.ndjson').at).toContain('lines.ndjson, line 3');
  });

  it('reads every sound entry of an archive with faults', async () => {
    const bomb = Buffer.alloc(80 * 1024 * 1024, ' ');
    const entries = [
      inZip(1),
      inZip(2, { encrypted: true }),
      { name: 'bomb.json', content: bomb },
      inZip(3, { size: 10 }),
      inZip(4, { damaged: true }),
      inZip(5, { stored: true, damaged: true }),
      { name: 'inner.zip', content: zip([inZip(6)]) },
      { name: 'empty.json', content: '' },
      inZip(7, { streamed: true }),
    ];
    const done = await trials('import', file('bulk.zip', zip(entries)), '--format', 'json');
    expect(done.err).toBe('');
    expect(done.code).toBe(1);
    expect(stored()).toEqual(['NCT00000001', 'NCT00000007']);
    const notes: readonly { at: string; why: string }[] = JSON.parse(done.out).notes;
    const why = (name: string): string =>
      notes
        .filter((note) => note.at.includes(name))
        .map((note) => note.why)
        .join(' ');
    expect(why('NCT00000002')).toContain('encrypted');
    expect(why('bomb.json')).toContain('larger than 64 MiB');
    expect(why('NCT00000003')).toContain('damaged');
    expect(why('NCT00000004')).not.toBe('');
    expect(why('NCT00000005')).toContain('sum');
    expect(why('inner.zip')).toContain('Not inside of another archive');
    expect(why('empty.json')).not.toBe('');
  });

  it('stops at entries that share their bytes', async () => {
    const archive = zip([inZip(1, { content: JSON.stringify({ ...study(1), filler: 'y'.repeat(100) }) })]);
    const at = archive.indexOf('PK\u0001\u0002', 0, 'latin1');
    const entry = archive.subarray(at, archive.length - 22);
    const end = Buffer.from(archive.subarray(archive.length - 22));
    end.writeUInt16LE(50, 8);
    end.writeUInt16LE(50, 10);
    end.writeUInt32LE(entry.length * 50, 12);
    // The list itself makes the file longer: what is claimed has to exceed that as well.
    const claimed = Buffer.from(entry);
    claimed.writeUInt32LE(archive.length * 20, 20);
    const bomb = Buffer.concat([archive.subarray(0, at), ...Array.from({ length: 50 }, () => claimed), end]);
    expect((await trials('import', file('bomb.zip', bomb))).out).toContain('overlap');
  });

  it.each([false, true])('rescues what half an archive holds (sizes after the content: %s)', async (streamed) => {
    const filler = (number: number): string => createHash('sha512').update(String(number)).digest('hex').repeat(3);
    const whole = zip(
      Array.from({ length: 40 }, (_, at) =>
        inZip(at + 1, { streamed, content: JSON.stringify({ ...study(at + 1), filler: filler(at) }) }),
      ),
    );
    const done = await trials('import', file('half.zip', whole.subarray(0, whole.length / 2)));
    expect(done.code).toBe(1);
    expect(done.out).toContain('not a whole zip file');
    expect(stored().length).toBeGreaterThan(15);
    expect(stored().length).toBeLessThan(25);
    expect(stored()).toContain('NCT00000015');
  });

  it('reads what came before the cut of a gzip file', async () => {
    const lines = Array.from({ length: 400 }, (_, at) =>
      JSON.stringify({ ...study(at + 1), hash: createHash('md5').update(`${at}`).digest('hex') }),
    );
    const packed = gzipSync(lines.join('\n'));
    const done = await trials('import', file('lines.ndjson.gz', packed.subarray(0, packed.length * 0.7)));
    expect(done.code).toBe(1);
    expect(done.out).toContain('cut off');
    expect(stored().length).toBeGreaterThan(100);
  });

  it('keeps the newer record, and of equals the imported one; a sync leaves imports alone', async () => {
    registry.pages = [studies(1, 3, { updated: '2026-02-02' })];
    await sync();
    const data = file(
      'more.ndjson',
      [
        study(1, { updated: '2026-01-01', status: 'COMPLETED' }),
        study(2, { updated: '2026-02', status: 'COMPLETED' }),
        study(3, { updated: '2026-03-01', status: 'WITHDRAWN' }),
        study(9),
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    expect(await json(trials('import', data, '--format', 'json'))).toMatchObject({
      keptStored: 1,
      new: [{ id: 'NCT00000009' }],
      status: [{ id: 'NCT00000002' }, { id: 'NCT00000003', to: 'WITHDRAWN' }],
    });
    registry.timestamp = 'later';
    registry.pages = [studies(1, 2)];
    expect(await json(sync('--format', 'json'))).toMatchObject({ gone: [{ id: 'NCT00000003' }] });
    expect(stored()).toEqual(['NCT00000001', 'NCT00000002', 'NCT00000009']);
    expect(await json(trials('import', data, '--replace', '--format', 'json'))).toMatchObject({
      count: 4,
      new: [{ id: 'NCT00000003' }],
    });
  });

  it('leaves the store alone when nothing could be read', async () => {
    await trials('import', file('one.json', JSON.stringify(study(1))));
    const done = await trials('import', '--replace', file('nothing.json', 'nothing'));
    expect(done.code).toBe(1);
    expect(done.out).toContain('left as it is');
    expect(stored()).toHaveLength(1);
  });
});
