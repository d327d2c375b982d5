/** The guide: a question answered, the knowledge made ready, and what a browser pays for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Asker } from '@serosa/ask';
import { type KnowledgeBundle, prepareGuide } from '@serosa/core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const text = readFileSync(path.join(root, 'packages/knowledge/dist/bundle.json'), 'utf8');
const questions = JSON.parse(readFileSync(path.join(root, 'tests/questions/topics.json'), 'utf8')) as readonly {
  readonly question: string;
}[];

const timed = <Result>(work: () => Result): { readonly result: Result; readonly taken: number } => {
  const start = performance.now();
  const result = work();
  return { result, taken: performance.now() - start };
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

console.log('\nThe guide');
const parsed = timed(() => JSON.parse(text) as KnowledgeBundle);
const prepared = timed(() => prepareGuide(parsed.result));
console.log(
  `  knowledge, ${(text.length / 1e6).toFixed(1)} MB: parse ${parsed.taken.toFixed(0)} ms, prepare ${prepared.taken.toFixed(0)} ms`,
);
const built = timed(() => new Asker(parsed.result));
const asked = questions.map(({ question }) => timed(() => built.result.ask(question)).taken);
console.log(
  `  index of the pages ${built.taken.toFixed(0)} ms; a question: median ${median(asked).toFixed(1)} ms, slowest ${Math.max(...asked).toFixed(1)} ms (budget 20 ms)`,
);

const site = path.join(root, 'apps/web/dist/site');
const browserPath = [process.env['SEROSA_CHROMIUM'], '/usr/bin/chromium'].find(
  (place) => place !== undefined && existsSync(place),
);
if (browserPath !== undefined && existsSync(path.join(site, 'knowledge.json'))) {
  const loads = await loadsInBrowser(browserPath);
  const bytes = ['knowledge.json.br', 'guide.json.br'].reduce((sum, name) => sum + statSync(path.join(site, name)).size, 0);
  console.log(
    `  in the browser: knowledge fetched and parsed in ${median(loads).toFixed(0)} ms (median of ${loads.length}; slowest ${Math.max(...loads).toFixed(0)} ms; budget 100 ms); with the pages ${(bytes / 1000).toFixed(0)} kB compressed (budget 350 kB)`,
  );
}

/**
 * Milliseconds from asking for the knowledge to having it as data, several times over. The browser times itself and is not
 * driven from outside: a debugger that listens copies every body that is fetched, which alone adds a third.
 */
async function loadsInBrowser(executable: string): Promise<readonly number[]> {
  const script = `const taken = [];
    for (let round = 0; round < 21; round++) {
      const start = performance.now();
      await (await fetch('/knowledge.json', { cache: 'no-store' })).json();
      taken.push(performance.now() - start);
    }
    await fetch('/taken', { method: 'POST', body: JSON.stringify(taken) });`;
  const knowledge = readFileSync(path.join(site, 'knowledge.json.br'));
  const profile = mkdtempSync(path.join(tmpdir(), 'serosa-bench-'));
  const server = createServer(async (request, response) => {
    if (request.url === '/knowledge.json') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'br' }).end(knowledge);
    } else if (request.url === '/taken') {
      server.emit('taken', await json(request));
      response.end();
    } else response.writeHead(200, { 'content-type': 'text/html' }).end(`<script type="module">${script}</script>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`];
  const browser = spawn(executable, [...options, `http://127.0.0.1:${port}/`], { stdio: 'ignore' });
  const ended = once(browser, 'exit');
  try {
    const [taken] = (await Promise.race([once(server, 'taken'), ended.then(() => [])])) as [(readonly number[])?];
    if (taken === undefined) throw new Error('The browser ended before it had measured.');
    return taken;
  } finally {
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
