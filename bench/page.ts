/** The page in a browser: what is fetched until it can be used, and what one answer costs on the page of a case. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@serosa/server';
import { chromium, type Page } from 'playwright-core';

const site = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../apps/web/dist/site');
const executablePath = [process.env['SEROSA_CHROMIUM'], '/usr/bin/chromium'].find(
  (place) => place !== undefined && existsSync(place),
);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Milliseconds of scripting, and of style and layout, of each of some answers on the map: yes, no and not known in turn. */
async function answers(page: Page, slower: number): Promise<readonly (readonly [script: number, layout: number])[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const read = async (): Promise<readonly [number, number]> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return [of('ScriptDuration'), of('LayoutDuration') + of('RecalcStyleDuration')];
  };
  const taken: (readonly [number, number])[] = [];
  for (let round = 0; round < 24; round++) {
    const before = await read();
    await page.evaluate((which) => {
      const buttons = document.querySelectorAll<HTMLElement>('.map-panel button[aria-pressed]');
      buttons[which % buttons.length]?.click();
    }, round);
    await page.waitForTimeout(slower * 120);
    const after = await read();
    // The first rounds run code that has not been made fast yet.
    if (round >= 6) taken.push([after[0] - before[0], after[1] - before[1]]);
  }
  await session.detach();
  return taken;
}

if (executablePath === undefined || !existsSync(path.join(site, 'knowledge.json'))) {
  console.log('\nThe page: no browser, or not built; left out');
} else {
  console.log('\nThe page in a browser');
  const server = await serve({ port: 0, root: site });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const voice of ['patient', 'clinician'] as const) {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      const page = await context.newPage();
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Begin' }).waitFor();
      await page.waitForLoadState('networkidle');
      if (voice === 'patient') {
        const bytes = await page.evaluate(() =>
          performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.endsWith('.js'))
            .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
        );
        console.log(`  first load: ${(bytes / 1000).toFixed(0)} kB of compressed JavaScript (budget 200 kB)`);
      } else await page.getByLabel('A professional').check();
      await page.getByRole('button', { name: /^John/ }).click();
      await page.getByRole('button', { name: 'Keep this case and change it' }).click();
      await page.getByRole('link', { name: 'See the report' }).first().click();
      await page.locator('main:has(.body-map):has(#what-if-fact) .trial-count').waitFor();
      await page.locator('.body-map [data-key="liver"]').first().click();
      for (const [slower, budget] of [
        [1, 16],
        [4, 50],
      ] as const) {
        const taken = await answers(page, slower);
        const [script, layout] = [median(taken.map(([one]) => one)), median(taken.map(([, other]) => other))];
        console.log(
          `  an answer on the map, ${voice}, processor ${slower === 1 ? 'as it is' : `${slower} times slower`}: scripting ${script.toFixed(1)} ms (budget ${budget}), style and layout ${layout.toFixed(1)} ms`,
        );
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
