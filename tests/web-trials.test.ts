/** Clinical trials in the page, as people use them: a real browser, the built site, the trials that come with it and records of one's own. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, useVisit } from './browser.js';
import { ROOT } from './guide.js';

type Voice = 'patient' | 'clinician';

const study = (number: number, title: string, criteria: string, more: { readonly conditions?: readonly string[] } = {}) => ({
  protocolSection: {
    identificationModule: { nctId: `NCT9${String(number).padStart(7, '0')}`, briefTitle: title },
    statusModule: { overallStatus: 'RECRUITING', lastUpdatePostDateStruct: { date: '2026-11-01' } },
    conditionsModule: { conditions: more.conditions ?? ['Pleural Mesothelioma'] },
    designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE2'] },
    armsInterventionsModule: { interventions: [{ type: 'DRUG', name: 'Examplumab' }] },
    eligibilityModule: { eligibilityCriteria: criteria, minimumAge: '18 Years', sex: 'ALL' },
    contactsLocationsModule: {
      centralContacts: [{ name: 'Study office', phone: '+44 20 7946 0000', email: 'study@example.org' }],
      locations: [{ facility: 'Clinic', city: 'Leeds', country: 'United Kingdom', status: 'RECRUITING' }],
    },
  },
});
const OPEN_STUDY = study(1, 'An added study', 'Inclusion Criteria:\n\n* Platelets at least 100,000/mm3\n* Adequate vein access');
const CLOSED_STUDY = study(2, 'A study for others', 'Inclusion Criteria:\n\n* ECOG performance status 3');
const file = (name: string, content: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) });

describe.skipIf(!HAS_BROWSER)('trials in the page', () => {
  const session = useVisit();
  let context: BrowserContext;
  let page: Page;

  async function visit(options?: BrowserContextOptions): Promise<void> {
    if (options !== undefined) await session.again(options);
    ({ context, page } = session);
  }
  beforeEach(() => visit());

  const titleOf = (id: string): string =>
    /^title: (.*)$/m.exec(readFileSync(path.join(ROOT, `examples/${id}.yaml`), 'utf8'))?.[1] ?? '';
  async function open(id: string, voice: Voice = 'patient'): Promise<void> {
    if (voice === 'clinician') await page.getByLabel('A professional').check();
    await page.getByRole('button', { name: titleOf(id) }).click();
    await page.locator('.trial-count').waitFor();
  }
  async function openText(text: string): Promise<void> {
    await page.getByLabel('Or paste its text').fill(text);
    await page.getByRole('button', { name: 'Show the report' }).click();
    await page.locator('#report-title').waitFor();
  }
  const trials = () => page.locator('#trials');
  const said = async (): Promise<string> => ((await trials().textContent()) ?? '').replace(/\s+/g, ' ');
  const countSaid = async (): Promise<string> => ((await page.locator('.trial-count p').first().textContent()) ?? '').trim();
  const adder = () => page.locator('.trial-add');
  async function add(...files: ReturnType<typeof file>[]): Promise<void> {
    if (!(await adder().getByText('The files are read').isVisible())) await adder().locator('summary').click();
    await adder().getByLabel('Files of records').setInputFiles(files);
  }
  const told = (): Promise<string | null> => adder().getByRole('status').textContent();
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it('shows a family what each study is, where, and whom to ask, and never says that somebody may join', async () => {
    await open('john');
    expect(await page.locator('.contents a[href="#trials"]').textContent()).toBe('Studies');
    const text = await said();
    for (const part of ['Only the team of a study can say who may join', 'What is tested', 'Places', 'Whom to ask', 'NCT'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/eligib|qualif/i);
    // Every record that comes along is older than half a year or of an earlier month: none says what is true now.
    expect(text).toMatch(/In \w+ 20\d\d it took people\. Ask if it still does\./);
    expect(text).not.toContain('It takes people now.');
    expect(await page.locator('#trials article.trial').count()).toBe(3);
    expect(await page.locator('#trials details.trial-fold').count()).toBe(7);
    const links = await trials()
      .locator('a[href^="http"]')
      .evaluateAll((all) => all.map((link) => [link.getAttribute('href') ?? '', link.getAttribute('rel') ?? '']));
    expect(links.length).toBeGreaterThan(3);
    for (const [href, rel] of links) {
      expect(href).toMatch(/^https:\/\/clinicaltrials\.gov\/study\/NCT\d{8}$/);
      expect(rel).toBe('noreferrer noopener');
    }
  });

  it('asks a patient nothing about how long a doctor expects', async () => {
    for (const id of ['margaret', 'peter']) {
      await visit({});
      await open(id);
      await page.getByLabel('Country').selectOption('');
      await page.getByLabel('Only those that take people').uncheck();
      expect((await said()).match(/.{0,40}(?:expectancy|expects?\b|surviv|prognos|median).{0,40}/i)?.[0]).toBeUndefined();
    }
  });

  it('shows a professional every criterion in the registry’s words with its verdict', async () => {
    await open('john', 'clinician');
    const row = trials().locator('.trial-row', { hasText: 'NCT05544929' });
    await row.locator('summary').click();
    const table = row.getByRole('table');
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(['Criterion', 'Registry’s words', 'Verdict']);
    expect(await table.getByRole('row').count()).toBeGreaterThan(3);
    expect(await table.textContent()).toMatch(/to judge|fact missing|met/);
    expect(await row.getByRole('link', { name: 'Registry record of NCT05544929, opens in a new tab' }).getAttribute('href')).toBe(
      'https://clinicaltrials.gov/study/NCT05544929',
    );
    expect(await trials().locator('h3').first().textContent()).toMatch(/^(Nothing that was read|Cannot be said yet)/);
  });

  it('counts open trials among what a fact could settle, and lets the report be read before they are there', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await context.route('**/trials.json', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: titleOf('margaret') }).click();
    await page.locator('#next').waitFor();
    expect(await said()).toContain('Loading the studies…');
    expect(await page.locator('#next').textContent()).not.toMatch(/\d+ stud(?:y|ies)\./);
    release();
    await page.locator('.trial-count').waitFor();
    expect(await page.locator('#next').textContent()).toMatch(/\d+ studies/);
    await context.unroute('**/trials.json');
  });

  it('says so when the trials cannot be loaded, shows the rest, and tries again', async () => {
    await context.route('**/trials.json', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: titleOf('john') }).click();
    await trials().getByText('could not be loaded').waitFor();
    expect(await page.locator('#options').isVisible()).toBe(true);
    await context.unroute('**/trials.json');
    await trials().getByRole('button', { name: 'Load the studies' }).click();
    await page.locator('.trial-count').waitFor();
    // The browser itself writes the failed request to the console.
    session.forgive('503');
  });

  it('filters, and always says how many are not shown and why', async () => {
    await open('john');
    expect(await page.getByLabel('Country').inputValue()).toBe('United States');
    const numbers = async (): Promise<number> =>
      [...(await countSaid()).matchAll(/\d+/g)].map(Number).reduce((sum, number) => sum + number, 0);
    const all = await numbers();
    expect(all).toBe(200);
    expect(await countSaid()).toMatch(/^\d+ studies that take people in the United States, as far as is known\. Not shown: /);
    await page.getByLabel('Phase', { exact: true }).selectOption('PHASE3');
    expect(await countSaid()).toMatch(/\d+ of another phase/);
    expect(await numbers()).toBe(all);
    await page.getByLabel('Phase', { exact: true }).selectOption('');
    await page.getByLabel('Country').selectOption('');
    expect(await countSaid()).not.toContain('place');
    await page.getByLabel('Only those that take people').uncheck();
    expect(await countSaid()).toBe('200 studies.');
    await page.getByLabel('Country').selectOption('Poland');
    expect(await countSaid()).toMatch(/ in Poland\. Not shown: \d+ without a known place in Poland\.$/);
    expect(await numbers()).toBe(all);
  });

  it('leads out of a country without any study, and takes any country when none is known', async () => {
    await openText('serosa: case/1\nid: x\nfacts:\n  tumour.primary-site: pleura\n  person.country: is\n');
    await page.locator('.trial-count').waitFor();
    expect(await countSaid()).toMatch(/^No study that takes people in Iceland/);
    await trials()
      .getByRole('button', { name: /Show \d+ in other countries/ })
      .click();
    expect(await countSaid()).toMatch(/^\d\d studies that take people, as far as is known/);
    await page.getByRole('button', { name: 'Start over' }).click();
    await openText('serosa: case/1\nid: x\nfacts:\n  tumour.primary-site: pleura\n');
    await page.locator('.trial-count').waitFor();
    expect(await page.getByLabel('Country').inputValue()).toBe('');
  });

  it('shows more when asked, and leaves the focus where reading goes on', async () => {
    await open('john');
    await trials()
      .getByRole('button', { name: /^Show 10 more studies/ })
      .click();
    expect(await page.locator('#trials .trial-fold, #trials article.trial').count()).toBe(20);
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('trial-11');
  });

  it('puts an emergency before all trials, and shows none to somebody who died or has another illness', async () => {
    await open('ahmed');
    const order = await page.locator('.alarm, #trials').evaluateAll((parts) => parts.map((part) => part.id || part.className));
    expect([order[0], order.at(-1)]).toEqual(['alarm alarm-emergency', 'trials']);
    for (const fact of ['person.vital-status: dead', 'tumour.mesothelioma: false']) {
      await visit({});
      await openText(`serosa: case/1\nid: x\nfacts:\n  tumour.primary-site: pleura\n  ${fact}\n`);
      await page.locator('.colophon').waitFor();
      await page.waitForTimeout(500);
      expect(await page.locator('#trials, a[href="#trials"]').count()).toBe(0);
    }
  });

  describe('records of one’s own', () => {
    it('are read, matched and kept until they are removed', async () => {
      await open('margaret');
      const before = await countSaid();
      await add(
        file('one.json', JSON.stringify({ studies: [OPEN_STUDY] })),
        file('two.ndjson', `${JSON.stringify(CLOSED_STUDY)}\n`),
      );
      await adder().getByText('2 records were added.').waitFor();
      const text = await said();
      expect(text).toContain('An added study');
      expect(text).toContain('It takes people now.');
      expect(text).toContain('“Adequate vein access”');
      expect(text).toContain('200 that come with Serosa and 2 that you added');
      expect(await trials().getByRole('link', { name: '+44 20 7946 0000' }).first().getAttribute('href')).toBe(
        'tel:+442079460000',
      );
      expect(await trials().getByRole('link', { name: 'study@example.org' }).first().getAttribute('href')).toBe(
        'mailto:study@example.org',
      );
      expect(text).toContain('Not meant for you as things stand');
      // Another case of the same visit has them as well.
      await page.getByRole('button', { name: 'Start over' }).click();
      await open('ahmed');
      expect(await said()).toContain('2 that you added');
      await adder().locator('summary').click();
      await adder().getByRole('button', { name: 'Remove the 2 added records' }).click();
      expect(await said()).not.toContain('An added study');
      await page.getByRole('button', { name: 'Start over' }).click();
      await open('margaret');
      expect(await countSaid()).toBe(before);
    });

    it.each([
      ['an empty file', 'empty.json', '', /empty/i],
      ['a broken one', 'broken.json', '{ "protocolSection": ', /line 1/],
      ['one without a trial', 'package.json', '{ "name": "x" }', /no record of a registry/],
      ['a web page', 'page.xml', '<!doctype html><p>x</p>', /web page/],
    ])('are refused with place, reason and remedy: %s', async (_, name, content, why) => {
      await open('margaret');
      const before = await countSaid();
      await add(file(name, content));
      await adder().getByText('1 piece could not be read.').waitFor();
      expect(await told()).toContain('Nothing was added.');
      const text = (await adder().textContent()) ?? '';
      expect(text).toContain(name);
      expect(text).toMatch(why);
      expect(text).toContain('What to do:');
      expect(await countSaid()).toBe(before);
    });

    it('are read as far as they can be', async () => {
      await open('margaret');
      await add(
        file('good.json', JSON.stringify(OPEN_STUDY)),
        file('some.ndjson', `{ "broken": \n${JSON.stringify(CLOSED_STUDY)}\n`),
      );
      await adder().getByText('2 records were added. 1 piece could not be read.').waitFor();
      expect(await adder().textContent()).toContain('some.ndjson, line 1');
    });

    it('can be cancelled while they are read; the page answers meanwhile', async () => {
      await open('margaret', 'clinician');
      const long = Array.from(
        { length: 40 },
        (_, index) => `* Platelets at least ${100 + index},000/mm3 within ${index} days`,
      ).join('\n');
      const lines = Array.from({ length: 2000 }, (_, index) =>
        JSON.stringify(study(index + 10, `Study ${index}`, `Inclusion Criteria:\n\n${long}`)),
      );
      await add(file('many.ndjson', lines.join('\n')));
      const cancel = adder().getByRole('button', { name: 'Cancel' });
      await cancel.waitFor();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
      await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0);
      await cancel.click();
      expect(await told()).toBe('Cancelled. Nothing was added.');
      expect(await page.locator('progress').count()).toBe(0);
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe('file');
      expect(await said()).not.toContain('added (');
    });

    it('bring other diseases, which professionals see last and families not at all', async () => {
      await open('margaret', 'clinician');
      await page.getByLabel('Country').selectOption('');
      await add(
        file(
          'one.json',
          JSON.stringify(study(3, 'Asthma study', 'Inclusion Criteria:\n\n* ECOG 0-1', { conditions: ['Asthma'] })),
        ),
      );
      await adder().getByText('1 record was added.').waitFor();
      for (
        let more = 0;
        more < 5 &&
        (await trials()
          .getByRole('button', { name: /^Show \d+ more/ })
          .count()) > 0;
        more += 1
      )
        await trials()
          .getByRole('button', { name: /^Show \d+ more/ })
          .click();
      expect(await trials().locator('.trial-row').last().textContent()).toContain('Asthma study');
      await page.getByRole('radio', { name: 'A patient' }).check();
      expect(await countSaid()).toContain('1 for other illnesses');
      expect(await said()).not.toContain('Asthma study');
    });
  });

  it('loads the reader of records only when records are added', async () => {
    await open('john');
    expect(session.requests.filter((url) => url.includes('worker'))).toEqual([]);
    await add(file('one.json', JSON.stringify(OPEN_STUDY)));
    await adder().getByText('1 record was added.').waitFor();
  });

  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', async (colorScheme) => {
    // The scheme changes colours and nothing else, and the list for professionals has them all.
    for (const voice of colorScheme === 'dark' ? (['clinician'] as const) : (['patient', 'clinician'] as const)) {
      await visit({ colorScheme });
      await open('john', voice);
      await page.getByLabel('Country').selectOption('');
      await add(file('some.ndjson', `{ "broken": \n${JSON.stringify(CLOSED_STUDY)}\n`));
      await adder().getByText('1 record was added.').waitFor();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('#trials details')) details.open = true;
        // The rest of the page has its own test, and a long list is one pattern over and over: a few of each are enough.
        for (const part of document.querySelectorAll('.part:not(#trials), .verdict > :nth-child(n+7)')) part.remove();
      });
      expect(await axeFaults(page, { colorScheme })).toEqual([]);
    }
  });

  it('fits a phone, a narrower one and large text without scrolling sideways', async () => {
    const openDetails = (): Promise<void> =>
      page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('#trials details')) details.open = true;
      });
    for (const voice of ['patient', 'clinician'] as const) {
      await visit({ viewport: { width: 360, height: 720 } });
      await open('john', voice);
      await add(file('empty.json', ''), file('one.json', JSON.stringify(OPEN_STUDY)));
      await adder().getByText('1 record was added.').waitFor();
      await openDetails();
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 720 });
        expect(await overflow(), `${voice} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await visit({ viewport: { width: 1280, height: 720 } });
    await open('john', 'clinician');
    await openDetails();
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await overflow(), 'text at 200 %').toBeLessThanOrEqual(0);
  });

  it('is worked with the keyboard alone', async () => {
    await open('john');
    await page.getByLabel('Only those that take people').focus();
    await page.keyboard.press('Space');
    expect(await countSaid()).toMatch(/^\d+ studies in the United States\./);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
    await page.locator('#trial-4 > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#trial-4 .trial-record').isVisible()).toBe(true);
  });

  it('prints what is open, and no controls', async () => {
    await open('john');
    await page.locator('#trial-4 > summary').click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.trial-filters').isVisible()).toBe(false);
    expect(await page.locator('.trial-add').isVisible()).toBe(false);
    expect(await page.locator('#trial-4 .trial-record').isVisible()).toBe(true);
    expect(await page.locator('#trial-5 .trial-record').isVisible()).toBe(false);
    expect(await page.locator('#trial-5 h4').isVisible()).toBe(true);
  });
});
