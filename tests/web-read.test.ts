/** What helps in reading a report: what happened when, and what words mean. */
import { describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, useVisit } from './browser.js';

describe.skipIf(!HAS_BROWSER)('reading a report', () => {
  const visit = useVisit();

  it('tells what happened when, on a phone as well', async () => {
    await visit.again({ viewport: { width: 320, height: 640 } });
    const { page } = visit;
    await page.getByLabel('A professional').check();
    await page.getByRole('button', { name: /^John/ }).click();
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Timeline' }).click();
    const steps = page.locator('#timeline .timeline > li');
    expect(await steps.locator('.when-day time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')))).toEqual([
      '2025-12-02',
      '2026-01-08',
      '2026-10-20',
      '2026-11-04',
      '2026-11-06',
      '2026-11-11',
      '2026-11-12',
    ]);
    expect(await steps.nth(2).textContent()).toContain('best response SD; stopped for progression');
    await page.getByLabel('A patient, family or friend').check();
    const told = (await page.locator('#timeline').textContent()) ?? '';
    expect(told).toContain('Treatment ended: nivolumab + ipilimumab');
    expect(told).not.toMatch(/\bweeks\b|best response/);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    expect(await axeFaults(page, { include: ['#timeline'] })).toEqual([]);
  });
});
