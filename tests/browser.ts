/** A real browser and the built page, for tests. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ROOT } from './guide.js';

export { ROOT } from './guide.js';

export const site = path.join(ROOT, 'apps/web/dist/site');

/** Undefined: there is no browser here, and its tests are skipped. */
export const browserPath = [process.env.SEROSA_CHROMIUM, '/usr/bin/chromium'].find(
  (place) => place !== undefined && existsSync(place),
);
if (browserPath === undefined)
  console.warn('No Chromium found: the browser tests are skipped. Set SEROSA_CHROMIUM to the path of one.');

export function requireBuilt(): void {
  if (!existsSync(path.join(site, 'knowledge.json'))) throw new Error('The page has not been built: run `npm run build`.');
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
