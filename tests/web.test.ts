/** The page as people use it: a real browser, the built site, the real knowledge. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type KnowledgeBundle, prepareGuide, report, type TrialBundle } from '@serosa/core';
import { readCase } from '@serosa/interop';
import { allTrials, chooseTrials, matchCase, reportHtml, TRIALS_AT_ONCE } from '@serosa/web/view';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, SITE, useVisit } from './browser.js';
import { ROOT } from './guide.js';

const EXAMPLES = readdirSync(path.join(ROOT, 'examples'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

/** What a dose looks like. A concentration in blood (mg/L) is none. */
const DOSE = /\d\s*(?:mg|µg|mcg)(?!\s*\/\s*(?:[dm]?L|m?mol)\b)|mg\/m[2²]|\d\s*Gy\b|\bAUC\b/;

describe.skipIf(!HAS_BROWSER)('the page', () => {
  const session = useVisit();
  const { complaints } = session;
  let context: BrowserContext;
  let page: Page;

  async function visit(options?: BrowserContextOptions): Promise<void> {
    if (options !== undefined) await session.again(options);
    ({ context, page } = session);
  }
  beforeEach(() => visit());

  const exampleText = (id: string): string => readFileSync(path.join(ROOT, `examples/${id}.yaml`), 'utf8');
  const head = (id: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(exampleText(id))?.[1] ?? '';

  async function openExample(id: string, voice: 'patient' | 'clinician' = 'patient'): Promise<void> {
    if (voice === 'clinician') await page.getByLabel('A professional').check();
    await page.getByRole('button', { name: head(id, 'title') }).click();
    await page.locator('#report-title').waitFor();
  }

  const openAllDetails = (): Promise<void> =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });

  /** What the report itself says: without titles of sources and without what is quoted from the file. */
  const ownText = (): Promise<string> =>
    page.locator('main').evaluate((main) => {
      const copy = main.cloneNode(true) as HTMLElement;
      for (const part of copy.querySelectorAll('#sources, #reading')) part.remove();
      return [...copy.querySelectorAll('*')]
        .flatMap((element) =>
          element.children.length === 0
            ? [element.textContent ?? '']
            : [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? ''),
        )
        .join(' ');
    });

  describe.each(EXAMPLES)('with the example %s', (id) => {
    // The voices differ in what they show, not in whom: three people in both are enough.
    const voices = ['john', 'lucia', 'rosa'].includes(id) ? (['patient', 'clinician'] as const) : (['patient'] as const);
    it.each(voices)('shows the report for a %s', async (voice) => {
      await openExample(id, voice);
      expect(await page.locator('#report-title').textContent()).toBe(head(id, 'title'));
      expect(await page.title()).toContain(head(id, 'title'));
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('report-title');
      await openAllDetails();
      expect(await page.locator('.colophon').textContent()).toContain('Serosa knowledge');
      expect(await page.locator('#reading').textContent()).toContain('0 refused');
      if (voice === 'patient') {
        const said = await ownText();
        expect(said.match(DOSE)?.[0]).toBeUndefined();
        expect(said.match(/.{0,40}(?:median|survival|prognos).{0,40}/i)?.[0]).toBeUndefined();
        expect(await page.locator('#scores').count()).toBe(0);
      }
      // Every way into the bibliography arrives.
      const lost = await page.evaluate(
        () =>
          [...document.querySelectorAll('main a[href^="#"]:not([href^="#guide"], [href^="#report"])')].filter(
            (link) => !document.querySelector(link.getAttribute('href') ?? ''),
          ).length,
      );
      expect(lost).toBe(0);
    });
  });

  describe('the guide', () => {
    const openGuide = async (): Promise<void> => {
      await page.getByRole('link', { name: 'Read the guide, or ask a question' }).click();
      await page.locator('#guide-title').waitFor();
    };
    const ask = async (question: string): Promise<void> => {
      await page.getByLabel('Your question, in your own words').fill(question);
      await page.keyboard.press('Enter');
      await page.locator('.answer').waitFor();
    };

    it('answers a question from its pages, with the sources, and Back leads back', async () => {
      await openGuide();
      await page.waitForFunction(() => document.activeElement?.id === 'guide-title');
      await ask('is hipec for me');
      await page.locator('.answer h2 a').click();
      await page.locator('.topic').waitFor();
      expect(await page.evaluate(() => window.location.hash)).toBe('#guide/hipec');
      await page.getByText('sources').first().click();
      expect(await page.locator('.sources a').first().getAttribute('href')).toMatch(/^https/);
      await page.goBack();
      await page.getByRole('heading', { name: 'Ask the guide' }).waitFor();
      await page.goBack();
      await page.locator('#start-title').waitFor();
    });

    it('puts an emergency in a question first', async () => {
      await openGuide();
      await ask('my husband is having a fit, what do I do');
      expect(await page.locator('.answer > :first-child').getAttribute('class')).toContain('alarm-emergency');
    });

    it('says when it does not know', async () => {
      await openGuide();
      await ask('how do I boil an egg');
      expect(await page.locator('.answer').textContent()).toContain('does not know');
    });

    it('has every page on its list, and each opens in both voices without a dose or a survival figure for patients', async () => {
      await openGuide();
      const pages = await page.locator('.pages a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      const guide = JSON.parse(readFileSync(path.join(SITE, 'guide.json'), 'utf8')) as Pick<KnowledgeBundle, 'topics'>;
      expect(pages.sort()).toEqual(guide.topics.map(({ id }) => `#guide/${id}`).sort());
      for (const href of pages) {
        await page.evaluate((hash) => {
          window.location.hash = hash;
        }, href);
        await page.locator('.topic').waitFor();
        expect((await page.locator('.topic').textContent())?.match(DOSE)?.[0]).toBeUndefined();
        expect(await page.locator('.topic .sources').count()).toBeGreaterThan(0);
        const lost = await page
          .locator('.topic a[href^="#guide/"]')
          .evaluateAll(
            (links, known) => links.map((link) => link.getAttribute('href') ?? '').filter((to) => !known.includes(to)),
            pages,
          );
        expect(lost).toEqual([]);
      }
    });

    it('stays on its page when loaded again, and fits a phone', async () => {
      await visit({ viewport: { width: 360, height: 740 } });
      await openGuide();
      await page.getByRole('link', { name: 'How and where does mesothelioma spread?' }).click();
      await page.locator('.topic').waitFor();
      await page.reload();
      await page.locator('.topic').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.getByLabel('A professional').check();
      await page.getByRole('heading', { level: 1 }).waitFor();
    });

    it('explains a finding of a report, and Back leads to the report', async () => {
      await openExample('john');
      await openAllDetails();
      await page.locator('.why-body a[href^="#guide/"]').first().click();
      await page.locator('.topic').waitFor();
      await page.goBack();
      await page.locator('#report-title').waitFor();
      expect(await page.locator('#report-title').textContent()).toBe(head('john', 'title'));
    });

    it('has no fault that axe can find', async () => {
      await openGuide();
      await ask('my husband is having a fit, what do I do');
      await openAllDetails();
      expect(await axeFaults(page)).toEqual([]);
      await page.evaluate(() => {
        window.location.hash = '#guide/stage-meaning';
      });
      await page.locator('.topic').waitFor();
      await openAllDetails();
      expect(await axeFaults(page)).toEqual([]);
    });
  });

  it('puts an emergency before everything else', async () => {
    for (const voice of ['patient', 'clinician'] as const) {
      await visit({});
      await openExample('ahmed', voice);
      const order = await page
        .locator('.alarm, .part, .actions, .lead')
        .evaluateAll((parts) => parts.map((part) => part.className));
      expect(order[0]).toBe('alarm alarm-emergency');
      expect(await page.locator('.alarm-emergency').first().textContent()).toContain('Emergency');
    }
  });

  it('shows outlook only when it is asked for, and never keeps the wish for the next case', async () => {
    await openExample('john');
    expect(await page.locator('#scores').count()).toBe(0);
    await page.getByLabel('Show what is known about outlook').check();
    await page.locator('#scores').waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await openExample('john');
    expect(await page.locator('#scores').count()).toBe(0);
    // Nor where the next case is dropped on the report of the one before.
    await page.getByLabel('Show what is known about outlook').check();
    await page.locator('#scores').waitFor();
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'margaret.yaml'));
      window.dispatchEvent(new DragEvent('drop', { cancelable: true, dataTransfer: transfer }));
    }, exampleText('margaret'));
    await page.getByRole('heading', { level: 1, name: head('margaret', 'title') }).waitFor();
    expect(await page.locator('#scores').count()).toBe(0);
  });

  it('changes the voice of an open report and leaves the focus where it was', async () => {
    await openExample('john');
    await page.getByLabel('A professional').check();
    expect(await page.locator('.report').getAttribute('class')).toContain('voice-clinician');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('clinician');
  });

  it('goes back to the start with the browser’s Back and with "Start over"', async () => {
    await openExample('rosa');
    await page.goBack();
    await page.locator('#start-title').waitFor();
    await openExample('rosa');
    await page.getByRole('button', { name: 'Start over' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('start-title');
  });

  describe('with files of one’s own', () => {
    const drop = (name: string, text: string): Promise<void> =>
      page.evaluate(
        ([file, content]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([content as string], file as string));
          document
            .querySelector('.drop')
            ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
        },
        [name, text],
      );

    it('says what is wrong with a broken file, where, and what to do', async () => {
      await drop('broken.yaml', 'serosa: case/1\nid: x\nfacts:\n  person.age: [71\n');
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(/Where: line \d+/);
      expect(await alert.textContent()).toContain('What to do:');
      expect(await page.locator('#report-title').count()).toBe(0);
    });

    it.each([
      ['a picture', 'photo.png', '\u0089PNG\r\n\u001a\n\u0000\u0000'],
      ['a web page', 'letter.html', '<!doctype html><p>Letter</p>'],
      ['an empty file', 'empty.yaml', ''],
      ['other JSON', 'package.json', '{"name": "x"}'],
      ['a case that says nothing', 'nothing.yaml', 'serosa: case/1\nid: x\nfacts:\n  person.ege: 71\n'],
    ])('refuses %s with a remedy', async (_, name, text) => {
      await drop(name, text);
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(/What to do: \S/);
    });

    it('names each refused entry and reports on the rest', async () => {
      await drop('part.yaml', 'serosa: case/1\nid: part\nfacts:\n  tumour.primary-site: pleura\n  person.ege: 71\n');
      await page.locator('#report-title').waitFor();
      await page.locator('#reading summary').click();
      expect(await page.locator('#reading').textContent()).toContain('person.ege: 71');
      expect(await page.locator('#reading').textContent()).toContain('1 refused');
    });

    it('reads a FHIR bundle from the file picker', async () => {
      const bundle = {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1951-04-02' } },
          {
            fullUrl: 'urn:uuid:2',
            resource: {
              resourceType: 'Condition',
              id: 'c',
              subject: { reference: 'Patient/p' },
              code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C45.0', display: 'Mesothelioma of pleura' }] },
            },
          },
        ],
      };
      await page
        .getByLabel('Drop a file here, or choose one')
        .setInputFiles({ name: 'bundle.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(bundle)) });
      await page.locator('#stage').waitFor();
      expect(await page.locator('#stage').textContent()).toContain('9th edition');
    });

    it('lets the reader choose when a bundle holds several people', async () => {
      const person = (id: string, code: string): object[] => [
        { resource: { resourceType: 'Patient', id, gender: 'male', birthDate: '1950-01-01' } },
        {
          resource: {
            resourceType: 'Condition',
            id: `c-${id}`,
            subject: { reference: `Patient/${id}` },
            code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
          },
        },
      ];
      const bundle = {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [...person('one', 'C45.0'), ...person('two', 'C45.1')],
      };
      await drop('two.json', JSON.stringify(bundle));
      await page.getByRole('alert').getByRole('button', { name: 'two' }).click();
      await page.locator('.pci').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('reads pasted text, and the template as it stands', async () => {
      await page.getByRole('button', { name: 'Start with a short template' }).click();
      await page.getByRole('button', { name: 'Show the report' }).click();
      await page.locator('#stage').waitFor();
      expect(await page.locator('#reading').textContent()).toContain('0 refused');
    });

    it('asks for the day when it is missing', async () => {
      await page.getByLabel('The report should be true on').fill('');
      await drop('case.yaml', exampleText('margaret'));
      expect(await page.getByRole('alert').textContent()).toContain('Choose a date.');
    });

    it('says so when the knowledge cannot be loaded, and recovers', async () => {
      await context.route('**/knowledge.json', (route) => route.fulfill({ status: 503 }));
      await page.reload();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('could not be loaded');
      await context.unroute('**/knowledge.json');
      await openExample('margaret');
      // The browser itself writes the failed request to the console.
      session.forgive('503');
    });
  });

  it('is reached and used with the keyboard alone', async () => {
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let presses = 0; presses < 12 && !(await focused()).startsWith('Ahmed'); presses += 1) await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Ahmed/);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.locator('#report-title').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('report-title');
    const seen: string[] = [];
    for (let presses = 0; presses < 40 && seen.at(-1) !== 'Start over'; presses += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen[0]).toMatch(/^source/);
    expect(seen.at(-1)).toBe('Start over');
    await page.keyboard.press('Enter');
    await page.locator('#start-title').waitFor();
  });

  // Three whole pages: on a busy machine this is slow.
  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', { timeout: 240_000 }, async (colorScheme) => {
    await visit({ colorScheme });
    const faults = async (): Promise<string[]> => {
      await openAllDetails();
      // Long lists are one pattern over and over: a few of each are enough. Trials and the map have tests of their own.
      await page.evaluate(() => {
        const rest = [
          '#trials',
          '.map',
          '#sources li:nth-child(n+5)',
          '#reading li:nth-child(n+5)',
          '.questions-brief li:nth-child(n+5)',
          '.verdict > :nth-child(n+3)',
          '.sites tbody tr:nth-child(n+7)',
          '.part-body > .finding:nth-child(n+4)',
        ];
        for (const part of document.querySelectorAll(rest.join())) part.remove();
      });
      return axeFaults(page, { colorScheme });
    };
    // What comes after the page is there, or it would come while its place is taken away.
    const settled = (): Promise<void> => page.locator('main:has(.body-map):has(#what-if-fact) .trial-count').waitFor();
    expect(await faults()).toEqual([]);
    await openExample('ahmed');
    await settled();
    expect(await faults()).toEqual([]);
    if (colorScheme === 'dark') return;
    await visit({ colorScheme });
    await openExample('rosa', 'clinician');
    await settled();
    expect(await faults()).toEqual([]);
  });

  it('fits narrow windows and large text without scrolling sideways', async () => {
    const overflow = (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await visit({ viewport: { width: 320, height: 720 } });
    expect(await overflow(), 'start').toBeLessThanOrEqual(0);
    for (const voice of ['patient', 'clinician'] as const) {
      await openExample('ahmed', voice);
      await openAllDetails();
      expect(await overflow(), voice).toBeLessThanOrEqual(0);
      await page.goBack();
      await page.locator('#start-title').waitFor();
    }
    // A laptop at 200 % zoom, then text alone at 200 %.
    await visit({ viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 });
    await openExample('john', 'clinician');
    await openAllDetails();
    expect(await overflow(), 'zoom of 200 %').toBeLessThanOrEqual(0);
    await visit({ viewport: { width: 1280, height: 720 } });
    await openExample('john', 'clinician');
    await openAllDetails();
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await overflow(), 'text at 200 %').toBeLessThanOrEqual(0);
  });

  it('sends a policy without inline code or style', async () => {
    const response = await page.request.get(session.url);
    const policy = response.headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)/);
  });

  it('saves a file that stands alone, the same bytes as on the command line', async () => {
    await openExample('ahmed');
    await page.locator('.trial-count').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as HTML file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('ahmed-serosa.html');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'serosa-web-'));
    try {
      const file = path.join(folder, 'saved.html');
      await download.saveAs(file);
      const guide = prepareGuide(JSON.parse(readFileSync(path.join(SITE, 'knowledge.json'), 'utf8')) as KnowledgeBundle);
      const asOf = head('ahmed', 'date');
      const reading = readCase(exampleText('ahmed'), { fileName: 'ahmed.yaml', catalogue: guide.bundle.facts, asOf });
      if (reading.record === undefined) throw new Error('the example was not read');
      const starters = JSON.parse(readFileSync(path.join(SITE, 'trials.json'), 'utf8')) as TrialBundle;
      const trials = allTrials(starters, guide, []);
      const { matches, filters } = matchCase(guide, reading.record, asOf, trials);
      const answer = report(guide, reading.record, { asOf, voice: 'patient', trials: [...trials.values()] });
      const shown = chooseTrials(matches, trials, { filters, voice: 'patient', limit: TRIALS_AT_ONCE.patient, added: 0 });
      const here = reportHtml(answer, reading, shown, guide.bundle.glossary);
      expect(readFileSync(file, 'utf8') === here).toBe(true);

      const alone = await session.browser.newContext({ offline: true });
      const asked: string[] = [];
      alone.on('request', (request) => asked.push(request.url()));
      const opened = await alone.newPage();
      opened.on('console', (message) => complaints.push(message.text()));
      await opened.goto(pathToFileURL(file).href);
      expect(await opened.locator('.alarm-emergency').isVisible()).toBe(true);
      expect(await opened.locator('.alarm-emergency').evaluate((box) => getComputedStyle(box).borderTopWidth)).toBe('4px');
      await opened.locator('.alarm-emergency summary').click();
      await opened.locator('.alarm-emergency a[href^="#source"]').first().click();
      expect(asked.map((url) => url.replace(/#.*/, ''))).toEqual([pathToFileURL(file).href]);
      // The policy holds in the file as well: nothing that is added to it runs.
      const smuggled = path.join(folder, 'smuggled.html');
      writeFileSync(smuggled, here.replace('</main>', '<script>document.title = "ran"</script></main>'));
      complaints.length = 0;
      await opened.goto(pathToFileURL(smuggled).href);
      expect(await opened.title()).not.toBe('ran');
      complaints.length = 0;
      await alone.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('prints what is urgent on the first page', async () => {
    await openExample('ahmed');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.actions').isVisible()).toBe(false);
    expect(await page.locator('.contents').isVisible()).toBe(false);
    const bottom = await page.locator('.alarm-emergency').evaluate((box) => box.getBoundingClientRect().bottom);
    // A4 at 96 dpi is 1123 px high, less the margins.
    expect(bottom).toBeLessThan(980);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(10_000);
  });
  it('saves a case as FHIR for a professional, and shows the same stage when the file is opened', async () => {
    await openExample('john');
    const save = page.getByRole('button', { name: 'Save as FHIR' });
    expect(await save.count()).toBe(0);
    await page.locator('.actions').getByLabel('A professional').check();
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(download.suggestedFilename()).toBe('john-fhir.json');
    const saved = readFileSync(await download.path());
    expect(JSON.parse(saved.toString())).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    const stage = await page.locator('#stage').innerText();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByLabel('The report should be true on').fill(head('john', 'date'));
    await page
      .getByLabel('Drop a file here, or choose one')
      .setInputFiles({ name: download.suggestedFilename(), mimeType: 'application/fhir+json', buffer: saved });
    await page.locator('#stage').waitFor();
    expect(await page.locator('#report-title').textContent()).toBe(head('john', 'title'));
    expect(await page.locator('#stage').innerText()).toBe(stage);
    expect(await page.locator('#reading').textContent()).toContain('0 refused');
  });
});
