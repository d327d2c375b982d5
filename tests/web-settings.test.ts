/** What a reader can choose: language, size, contrast, and the form for professionals. */
import { beforeEach, describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, useVisit } from './browser.js';

describe.skipIf(!HAS_BROWSER)('settings', () => {
  const visit = useVisit();
  const overflow = (): Promise<number> =>
    visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const choose = async (setting: string, value: string): Promise<void> => {
    await visit.page.getByRole('group', { name: setting }).getByLabel(value, { exact: true }).check();
  };
  const open = async (): Promise<void> => {
    await visit.page.getByRole('link', { name: 'Settings' }).click();
    await visit.page.locator('#settings-title').waitFor();
  };

  it('take effect at once, stay after a reload, and lead back to where they were opened', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^John/ }).click();
    await page.locator('#report-title').waitFor();
    const size = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(await size()).toBe('16px');
    await open();
    expect(await axeFaults(page)).toEqual([]);
    await choose('Size of the text', 'Very large');
    await choose('Contrast', 'Stronger');
    await choose('Light or dark', 'Dark');
    await choose('Stage rules that are shown first', '8th edition (2017 to 2024)');
    expect(await size()).toBe('24px');
    expect(await axeFaults(page, { colorScheme: 'dark' })).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('#report-title').waitFor();
    expect(await page.locator('.edition h4').first().textContent()).toContain('8th edition');
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.goto(visit.url);
    await page.reload();
    await page.locator('#start-title').waitFor();
    expect(await size()).toBe('24px');
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(21, 20, 27)');
  });

  it('ask for a blood value in the units that were chosen', async () => {
    const { page } = visit;
    await open();
    await choose('Units of blood tests', 'mg/dL, g/dL and the like');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('navigation', { name: 'Topics' }).getByRole('link', { name: 'Blood tests and tissue' }).click();
    const creatinine = page.locator('fieldset.ask', { hasText: 'creatinine' }).first();
    expect(await creatinine.locator('select').inputValue()).toBe('mg/dL');
  });

  it('give professionals all facts on one page, for the keyboard alone', async () => {
    const { page } = visit;
    await page.getByLabel('A professional').check();
    await page.getByRole('button', { name: 'Begin' }).click();
    const site = page.getByLabel('Primary site', { exact: true });
    await site.focus();
    // Letters choose from a list, Enter goes on to the next box.
    await page.keyboard.type('Pleura');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)).toBe('Laterality');
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await page.keyboard.type('creatinine');
    await page.getByLabel('Date of new results').fill('9.3.2026');
    const box = page.getByLabel('Creatinine, serum or plasma', { exact: true });
    await box.fill('1.1 mg/dl');
    await box.press('Enter');
    const row = page.getByRole('row', { name: /^Creatinine, serum/ });
    await row.getByText('mg/dL').waitFor();
    expect(await row.getByLabel(/^Date/).inputValue()).toBe('2026-03-09');
    await box.fill('1.1 furlongs');
    await box.press('Enter');
    await row.getByRole('alert').waitFor();
    expect(await row.getByRole('alert').textContent()).toContain('mg/dL');
    await box.fill('?');
    await box.press('Enter');
    expect(await row.getByRole('alert').count()).toBe(0);
    await page.getByLabel('Find a fact').fill('');
    await page.locator('.stage-line').getByText('9th edition').waitFor();
    expect(await axeFaults(page, { exclude: ['.form-facts tr:nth-child(n+12)'] })).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});

describe.skipIf(!HAS_BROWSER)('in Spanish', () => {
  const visit = useVisit();
  beforeEach(() => visit.again({ locale: 'es-ES' }));

  /** Texts on the page that hold English words, apart from what is quoted from sources and registries. */
  const english = (): Promise<readonly string[]> =>
    visit.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      const words = /\b(?:the|and|of|is|are|with|this|that|for|not|your|you|which|have|has|what|how)\b/i;
      const quoted = '[lang="en"], code, blockquote, noscript';
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        // What stands in quotation marks is the registry's.
        const text = (node.textContent ?? '').replace(/“[^”]*”/g, '');
        if (words.test(text) && !node.parentElement?.closest(quoted)) found.push(text.trim());
      }
      for (const element of document.querySelectorAll('[aria-label]')) {
        const label = element.getAttribute('aria-label') ?? '';
        if (words.test(label) && !element.closest(quoted)) found.push(label);
      }
      return found;
    });

  it('speaks to somebody whose browser does, from the start to the report, an emergency first', async () => {
    const { page } = visit;
    await page.locator('html[lang="es"]').waitFor();
    expect(await english()).toEqual([]);
    await page.locator('button.primary').first().click();
    await page.locator('.topics a').first().waitFor();
    expect(await english()).toEqual([]);
    await page.locator('.topics a').nth(2).click();
    await page
      .getByRole('group', { name: /convulsión/ })
      .getByLabel('Sí', { exact: true })
      .check();
    await page.locator('.alarms').waitFor();
    expect(await page.locator('.alarms').textContent()).toMatch(/emergencia/i);
    expect(await english()).toEqual([]);
    await page.locator('.interview-head a.primary').click();
    await page.locator('#report-title').waitFor();
    expect(await page.locator('.alarm').count()).toBeGreaterThan(0);
    expect(await english()).toEqual([]);
    expect(await axeFaults(page, { exclude: ['#trials', '.map'] })).toEqual([]);
  });

  it('says all of an example, reads a page, hears an emergency in a question, and speaks English to professionals', async () => {
    const { page } = visit;
    await page.locator('html[lang="es"]').waitFor();
    await page.getByRole('button', { name: /^John/ }).click();
    await page.locator('main:has(.body-map):has(#what-if-fact) .trial-count').waitFor();
    expect(await english()).toEqual([]);
    await page.locator('.masthead-links a').first().click();
    await page.locator('#question').fill('mi marido está convulsionando');
    await page.locator('#question').press('Enter');
    await page.locator('.answer .alarm').waitFor();
    expect(await english()).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang="en"]').waitFor();
    await page.getByRole('button', { name: 'Español' }).click();
    await page.locator('html[lang="es"]').waitFor();
    await page.getByLabel('Profesional', { exact: true }).click();
    await page.locator('html[lang="en"]').waitFor();
  });
});
