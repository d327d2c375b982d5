/** The built page in a real browser, for tests: nothing may leave the origin, and nothing may be written to the console. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Serving, serve } from '@serosa/server';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { ROOT } from './guide.js';

export const SITE = path.join(ROOT, 'apps/web/dist/site');
const executablePath = [process.env['SEROSA_CHROMIUM'], '/usr/bin/chromium'].find(
  (place) => place !== undefined && existsSync(place),
);
export const HAS_BROWSER = executablePath !== undefined;
if (!HAS_BROWSER) console.warn('No Chromium found: the browser tests are skipped. Set SEROSA_CHROMIUM to the path of one.');

export interface AxeOptions {
  /** The dark scheme changes colours and nothing else: contrast alone is asked for. */
  readonly colorScheme?: 'light' | 'dark';
  /** Looks at these parts alone. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** What axe finds wrong with a page as it stands: the rule, and where it is broken first. */
export async function axeFaults(page: Page, { colorScheme, include = [], exclude = [] }: AxeOptions = {}): Promise<string[]> {
  // In the page itself and without what passed: a third of the time, and there are no frames that would need the other way.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  for (const part of include) axe.include(part);
  for (const part of exclude) axe.exclude(part);
  if (colorScheme === 'dark') axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html)
        .join(' ')}`,
  );
}

export interface Visit {
  readonly browser: Browser;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
  /** What was written to the console. */
  readonly complaints: string[];
  /** Takes out of the complaints what a test brought about itself. */
  forgive(part: string): void;
  /** Leaves everything behind and comes anew, as another person would. */
  again(options?: BrowserContextOptions): Promise<void>;
}

/** One visit for each test of a `describe` block; its fields are those of the visit under way. */
export function useVisit(): Visit {
  let browser: Browser;
  let server: Serving;
  let context: BrowserContext;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!existsSync(path.join(SITE, 'knowledge.json'))) throw new Error('The page has not been built: run `npm run build`.');
    server = await serve({ port: 0, root: SITE });
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
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
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const again = async (options: BrowserContextOptions = {}): Promise<void> => {
    await context?.close();
    // A kept copy of the page would answer in the place of what a test puts in its way.
    context = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce', ...options });
    context.on('request', (request) => requests.push(request.url()));
    // Pages that a test opens later are watched as well.
    context.on('page', (opened) => {
      opened.on('console', (message) => {
        const bad = message.type() === 'error' || message.type() === 'warning';
        if (bad && !message.text().includes('registration blocked by Playwright')) complaints.push(message.text());
      });
      opened.on('pageerror', (error) => complaints.push(error.message));
    });
    page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  beforeEach(async () => {
    requests.length = 0;
    complaints.length = 0;
    await again();
  });
  afterEach(async () => {
    expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
  return {
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
    get context() {
      return context;
    },
    get url() {
      return server.url;
    },
    requests,
    complaints,
    forgive: (part) => complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes(part))),
    again,
  };
}
