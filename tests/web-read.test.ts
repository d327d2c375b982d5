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

  it('explains a medical word on a tap, by keyboard, and without moving the text', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Lucia/ }).click();
    await page.locator('#report-title').waitFor();
    const word = page.locator('#timeline').getByRole('button', { name: 'Epithelioid', exact: true });
    expect(await word.count()).toBe(1);
    const height = (): Promise<number> => page.locator('#timeline').evaluate((part) => part.getBoundingClientRect().height);
    const before = await height();
    await word.focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: 'epithelioid' });
    expect(await card.innerText()).toContain('A type of mesothelioma.');
    expect(await card.getByRole('link').count()).toBe(1);
    expect(await height()).toBe(before);
    expect(await axeFaults(page, { include: ['.term-card:popover-open', '#timeline'] })).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await card.count()).toBe(0);
    expect(await word.evaluate((button) => button === document.activeElement)).toBe(true);
    await word.click();
    await card.getByRole('link').click();
    // The guide explains its words as well.
    await page.locator('.topic .term').first().waitFor();
    expect(await page.locator('.topic :is(h1, h2, a, summary) .term').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(
      await page
        .locator('.term')
        .first()
        .evaluate((button) => getComputedStyle(button).textDecorationLine),
    ).toBe('none');
  });
});
