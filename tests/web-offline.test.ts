/** The page without a network, after one visit. */
import { describe, expect, it } from 'vitest';
import { HAS_BROWSER, useVisit } from './browser.js';

describe.skipIf(!HAS_BROWSER)('the page without a network', () => {
  const visit = useVisit();

  it('opens, tells, reports, reads files and answers questions', async () => {
    await visit.again({ serviceWorkers: 'allow' });
    const { page, context } = visit;
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    // A language is kept once it was chosen.
    await page.getByRole('button', { name: 'Español' }).click();
    await page.locator('html[lang="es"]').waitFor();
    await page.waitForFunction(async () => (await caches.match('es.json')) !== undefined);
    await context.setOffline(true);
    await page.reload();
    await page.locator('html[lang="es"]').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang="en"]').waitFor();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { level: 1, name: 'The illness' }).waitFor();
    await page.getByRole('group', { name: 'Where did the mesothelioma begin?' }).getByRole('radio').first().check();
    await page.getByRole('link', { name: 'See the report' }).first().click();
    await page.locator('#stage').waitFor();
    await page.reload();
    await page.locator('#stage').waitFor();
    await page.getByRole('link', { name: 'Read the guide, or ask a question' }).click();
    await page.getByLabel('Your question, in your own words').fill('is hipec for me');
    await page.keyboard.press('Enter');
    await page.locator('.answer').waitFor();
    await page.getByRole('link', { name: 'Serosa' }).click();
    await page.getByLabel('Drop a file here, or choose one').setInputFiles({
      name: 'a.yaml',
      mimeType: 'text/yaml',
      buffer: Buffer.from('serosa: case/1\nid: a\nfacts:\n  tumour.primary-site: pleura\n'),
    });
    await page.locator('#stage').waitFor();
    expect(await page.locator('#reading').textContent()).toContain('0 refused');
  });
});
