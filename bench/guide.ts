/** The guide: a question answered, the knowledge made ready, and what a browser pays for it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Asker } from '@serosa/ask';
import { type KnowledgeBundle, prepareGuide } from '@serosa/core';
import { serve } from '@serosa/server';
import { chromium } from 'playwright-core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const text = readFileSync(path.join(root, 'packages/knowledge/dist/bundle.json'), 'utf8');
const questions = JSON.parse(readFileSync(path.join(root, 'tests/questions/topics.json'), 'utf8')) as readonly {
  readonly question: string;
}[];

const once = <Result>(work: () => Result): { readonly result: Result; readonly taken: number } => {
  const start = performance.now();
  const result = work();
  return { result, taken: performance.now() - start };
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

console.log('\nThe guide');
const parsed = once(() => JSON.parse(text) as KnowledgeBundle);
const prepared = once(() => prepareGuide(parsed.result));
console.log(
  `  knowledge, ${(text.length / 1e6).toFixed(1)} MB: parse ${parsed.taken.toFixed(0)} ms, prepare ${prepared.taken.toFixed(0)} ms`,
);
const built = once(() => new Asker(parsed.result));
const asked = questions.map(({ question }) => once(() => built.result.ask(question)).taken);
console.log(
  `  index of the pages ${built.taken.toFixed(0)} ms; a question: median ${median(asked).toFixed(1)} ms, slowest ${Math.max(...asked).toFixed(1)} ms (budget 20 ms)`,
);

const site = path.join(root, 'apps/web/dist/site');
const browserPath = [process.env['SEROSA_CHROMIUM'], '/usr/bin/chromium'].find(
  (place) => place !== undefined && existsSync(place),
);
if (browserPath !== undefined && existsSync(path.join(site, 'knowledge.json'))) {
  const server = await serve({ port: 0, root: site });
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(server.url);
  const loads = await page.evaluate(async () => {
    const taken: number[] = [];
    for (let round = 0; round < 9; round++) {
      const start = performance.now();
      await (await fetch('knowledge.json', { cache: 'no-store' })).json();
      taken.push(performance.now() - start);
    }
    return taken;
  });
  const bytes = ['knowledge.json.br', 'guide.json.br'].reduce((sum, name) => sum + statSync(path.join(site, name)).size, 0);
  console.log(
    `  in the browser: knowledge fetched and parsed in ${median(loads).toFixed(0)} ms (median; budget 100 ms); with the pages ${(bytes / 1000).toFixed(0)} kB compressed (budget 350 kB)`,
  );
  await browser.close();
  await server.close();
}
