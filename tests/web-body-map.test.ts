/** The map of the body as people use it: a real browser, the built page, and the map as an input. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, useVisit } from './browser.js';
import { ROOT } from './guide.js';

describe.skipIf(!HAS_BROWSER)('the map of the body', () => {
  const session = useVisit();
  let page: Page;

  async function openExample(
    id: string,
    voice: 'patient' | 'clinician' = 'patient',
    options: BrowserContextOptions = {},
  ): Promise<void> {
    await session.again(options);
    page = session.page;
    const title = /^title: (.*)$/m.exec(readFileSync(path.join(ROOT, `examples/${id}.yaml`), 'utf8'))?.[1] ?? '';
    if (voice === 'clinician') await page.getByLabel('A professional').check();
    await page.getByRole('button', { name: title }).click();
    await page.locator('.body-map').waitFor();
  }

  const place = (name: string) => page.locator('.body-map').getByRole('button', { name });
  const focusedName = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it('is one stop of the Tab key; arrows travel, Enter opens, Escape closes and comes back', async () => {
    await openExample('peter');
    await page.getByText('It is there to help you talk').click();
    for (let presses = 0; presses < 80 && !(await focusedName())?.includes(': '); presses += 1) await page.keyboard.press('Tab');
    // Where something was found, the way in leads there.
    expect(await focusedName()).toBe('Liver: yes, found');
    const ring = await page.evaluate(
      () => getComputedStyle(document.activeElement?.querySelector('.halo') as Element).strokeWidth,
    );
    expect(Number.parseFloat(ring)).toBeGreaterThan(3);
    await page.keyboard.press('ArrowUp');
    const above = await focusedName();
    expect(above).toMatch(/: not known$/);
    await page.keyboard.press('Home');
    expect(await focusedName()).toBe('Brain: not known');
    await page.keyboard.press('End');
    expect(await focusedName()).toBe('Lining of the belly: not known');
    await page.keyboard.press('Enter');
    const panel = page.locator('.map-panel');
    expect(await panel.getByRole('heading').textContent()).toBe('The lining of the belly');
    expect(await panel.textContent()).toContain('Where to look: In the scan report');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await focusedName()).toBe('Lining of the belly: not known');
    await page.keyboard.press('Space');
    await panel.waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-pressed'))).toBe('true');
  });

  it('reaches every place with the arrows alone', async () => {
    for (const id of ['john', 'lucia']) {
      await openExample(id);
      const all = await page
        .locator('.body-map [data-key]')
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-key')));
      await page.locator('.body-map [tabindex="0"]').focus();
      const seen = new Set<string>();
      const walk = async (): Promise<ReadonlySet<string>> => {
        const key = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? '');
        const queue = [await key()];
        // From the last new place on, further presses lead to places that were reached before.
        while (queue.length > 0 && new Set([...seen, ...queue]).size < all.length) {
          const from = queue.pop() as string;
          if (seen.has(from)) continue;
          seen.add(from);
          for (const arrow of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
            await page.locator(`.body-map [data-key="${from}"]`).focus();
            await page.keyboard.press(arrow);
            queue.push(await key());
          }
        }
        return new Set([...seen, ...queue]);
      };
      const reached = await walk();
      expect([...reached].sort()).toEqual([...all].sort());
    }
  });

  it('opens the panel for a tap, names and all, and the row of the table behind it', async () => {
    await openExample('peter', 'patient', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await place('Liver: yes, found').tap();
    const panel = page.locator('.map-panel');
    await panel.waitFor();
    expect(await panel.textContent()).toContain('from a scan report, 21 October 2026');
    expect(await panel.textContent()).toContain('through the blood');
    expect(await panel.isVisible()).toBe(true);
    await panel.getByRole('link', { name: 'More in the table' }).click();
    expect(await page.evaluate(() => window.location.hash)).toBe('#place-liver');
    expect(await page.locator('#place-liver').isVisible()).toBe(true);
    // A place in a closed table is shown as well.
    await place('Brain: not known').tap();
    await panel.getByRole('link', { name: 'More in the table' }).click();
    await page.locator('#place-brain').waitFor({ state: 'visible' });
  });

  it('writes how often places are reached only when asked, in tenths for patients', async () => {
    await openExample('john');
    expect(await page.locator('.map').textContent()).not.toMatch(/of 10 people/);
    await page.getByLabel('Show how often each place is reached in studies').check();
    expect(await page.locator('.map').textContent()).toContain('in about 1 to 3 of 10');
    await openExample('john', 'clinician');
    await page.getByLabel('Show how often each place is reached in published series').check();
    expect(await page.locator('.map .labels').textContent()).toContain('11–31.9 %');
  });

  it.each([
    ['peter', 'patient', 'light'],
    ['lucia', 'clinician', 'dark'],
  ] as const)('has no fault that axe can find: %s, %s, %s', async (id, voice, colorScheme) => {
    await openExample(id, voice, { colorScheme });
    await page.locator('.body-map [data-key]').first().click();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('#spread details')) details.open = true;
    });
    // Rows are one pattern over and over: a few are enough.
    expect(
      await axeFaults(page, { colorScheme, include: ['.map', '.map-table'], exclude: ['.sites tbody tr:nth-child(n+5)'] }),
    ).toEqual([]);
  });

  it('fits a phone and a zoom of 200 % without scrolling sideways, with fingers in mind', async () => {
    for (const id of ['peter', 'lucia']) {
      await openExample(id, 'patient', { viewport: { width: 360, height: 740 } });
      await page.locator('.body-map [data-key]').first().click();
      expect(await overflow(), id).toBeLessThanOrEqual(0);
      const [svg, box] = await page.evaluate(() => {
        const rect = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().toJSON() as DOMRect;
        return [rect('.body-map'), rect('.map-figure')];
      });
      // The body fills the width, and what stands beside it is cut away.
      expect(svg?.width ?? 0).toBeGreaterThan((box?.width ?? 0) * 1.5);
      const sizes = await page
        .locator('.body-map .halo')
        .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().width));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(21);
    }
    await openExample('john', 'clinician', { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 });
    await place('Liver: absent').click();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it('keeps names inside of the figure and apart from each other', async () => {
    // Each voice has its own names, and the belly has more of them than the chest.
    for (const [id, voices] of [
      ['john', ['patient', 'clinician']],
      ['lucia', ['patient']],
    ] as const) {
      for (const voice of voices) {
        await openExample(id, voice, { viewport: { width: 1280, height: 900 } });
        const clashes = await page.evaluate(() => {
          const frame = document.querySelector('.body-map')?.getBoundingClientRect() as DOMRect;
          const boxes = [...document.querySelectorAll('.body-map .label text')].map((text) => ({
            name: text.textContent,
            box: text.getBoundingClientRect(),
          }));
          const out = boxes.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1).map(({ name }) => name);
          const over = boxes.flatMap((a, i) =>
            boxes
              .slice(i + 1)
              .filter(
                (b) =>
                  a.box.left < b.box.right &&
                  b.box.left < a.box.right &&
                  a.box.top + 3 < b.box.bottom &&
                  b.box.top + 3 < a.box.bottom,
              )
              .map((b) => `${a.name} / ${b.name}`),
          );
          return [...out, ...over];
        });
        expect(clashes, `${id}, ${voice}`).toEqual([]);
      }
    }
  });

  it('prints the figure with its names and the whole table, without the panel', async () => {
    await openExample('peter');
    await place('Liver: yes, found').click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.map-panel').isVisible()).toBe(false);
    expect(await page.locator('.map-switch').isVisible()).toBe(false);
    expect(await page.locator('.body-map .labels').isVisible()).toBe(true);
    expect(await page.locator('#place-brain').isVisible()).toBe(true);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  });

  it('does without motion, and takes the colours that the reader chose', async () => {
    await openExample('peter', 'patient', { reducedMotion: 'reduce', forcedColors: 'active' });
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('.map, .map *')].filter((node) => {
          const { animationName, transitionDuration } = getComputedStyle(node);
          return animationName !== 'none' || transitionDuration !== '0s';
        }).length,
    );
    expect(moving).toBe(0);
    const fill = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((node) => getComputedStyle(node).fill);
    expect(await fill('.sign-present .sign-disc')).not.toBe(await fill('.sign-unknown .sign-disc'));
  });

  describe('as an input', () => {
    async function openKept(facts: string): Promise<void> {
      page = session.page;
      await page.getByLabel('Or paste its text').fill(`serosa: case/1\nid: x\nfacts:\n${facts}`);
      await page.getByRole('button', { name: 'Show the report' }).click();
      await page.getByRole('button', { name: 'Keep this case and change it' }).click();
      await page.getByRole('link', { name: 'See the report' }).first().click();
      await page.locator('.body-map').waitFor();
    }

    it('takes yes, no and "I don’t know", and counts what a scan showed from its day', async () => {
      await openKept('  tumour.primary-site: pleura\n  tumour.laterality: left\n');
      await place('Liver: not known').click();
      const panel = page.locator('.map-panel');
      expect(await panel.textContent()).toContain('Do your scans show tumour in the liver?');
      await panel.getByRole('button', { name: 'Yes' }).click();
      const note = page.getByText('1 answer of yours does not count yet');
      await note.waitFor();
      const day = page.getByRole('group', { name: 'Day of the scan' });
      const now = new Date();
      await day.getByLabel('Year').fill(String(now.getFullYear()));
      await day.getByLabel('Month').fill(String(now.getMonth() + 1));
      await day.getByLabel('Day', { exact: true }).fill(String(now.getDate()));
      await page.keyboard.press('Tab');
      await page.getByRole('link', { name: 'Add or change answers' }).focus();
      await place('Liver: yes, found').waitFor();
      expect(await note.count()).toBe(0);
      expect(await page.locator('#stage').textContent()).toContain('IV');
      // Further answers are of the same scan.
      await panel.getByRole('button', { name: 'No', exact: true }).click();
      await place('Liver: no, clear').waitFor();
      await panel.getByRole('button', { name: 'I don’t know' }).click();
      await place('Liver: not known').waitFor();
      await place('Nodes at the lung root: not known').click();
      await panel.getByRole('button', { name: 'Yes' }).click();
      await place('Nodes at the lung root: yes, found').waitFor();
    });

    it('takes scores from 0 to 3 of the regions of the belly', async () => {
      await openKept('  tumour.primary-site: peritoneum\n');
      const region = (name: string) => page.locator('.region-map').getByRole('button', { name });
      await region('Lower middle, the pelvis: not known').click();
      await page.locator('.map-panel').getByRole('button', { name: '3' }).click();
      await region('Lower middle, the pelvis: 3 of 3').waitFor();
      await page.locator('.map-panel').getByRole('button', { name: '0' }).click();
      await region('Lower middle, the pelvis: 0 of 3').waitFor();
    });
  });
});
