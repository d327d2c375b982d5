/** Telling a case in the page: whole journeys in a real browser. */
import { readFileSync } from 'node:fs';
import { readCaseFile } from '@serosa/interop';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaults, HAS_BROWSER, useVisit } from './browser.js';
import { loadTestGuide } from './guide.js';

describe.skipIf(!HAS_BROWSER)('telling a case', () => {
  const visit = useVisit();
  const question = (name: string | RegExp, on: Page = visit.page): Locator => on.getByRole('group', { name });
  const heading = (name: string, on: Page = visit.page): Promise<void> => on.getByRole('heading', { level: 1, name }).waitFor();

  async function begin(): Promise<void> {
    await visit.page.getByRole('button', { name: 'Begin' }).click();
    await heading('The illness');
  }
  async function topic(name: string): Promise<void> {
    await visit.page.getByRole('navigation', { name: 'Topics' }).getByRole('link', { name }).click();
    await heading(name);
  }
  async function seeReport(): Promise<void> {
    await visit.page.getByRole('link', { name: 'See the report' }).first().click();
    await visit.page.locator('#report-title').waitFor();
  }
  const chooseSite = (): Promise<void> =>
    question('Where did the mesothelioma begin?').getByLabel('In the lining of the lung (pleura)').check();

  it('gives a caregiver who knows five facts a report from the first answer on', async () => {
    const { page } = visit;
    await begin();
    await page.getByLabel('Name of this case').fill('Mum');
    await page.getByLabel('Name of this case').blur();
    await chooseSite();
    await seeReport();
    expect(await page.locator('#report-title').textContent()).toBe('Mum');
    expect(await page.locator('#stage').textContent()).toContain('I, II, IIIA, IIIB or IV');
    await page.getByRole('link', { name: 'Add or change answers' }).click();
    await heading('The illness');
    await question(/Which type of mesothelioma/)
      .getByLabel('Epithelioid')
      .check();
    await question(/Which side of the body/)
      .getByLabel('Right')
      .check();
    await page.getByRole('link', { name: 'Next: About you' }).click();
    await heading('About you');
    await question('How old are you?').getByRole('textbox').fill('76');
    await question('How old are you?').getByRole('textbox').press('Enter');
    await question(/Which sex were you given/)
      .getByLabel('Woman')
      .check();
    await seeReport();
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('Nivolumab');
    // The age was written down as told by the person.
    expect(text).toContain('76');
    expect(await page.title()).toContain('Mum');
  });

  it('takes "I don’t know" as an answer, and says where the answer stands', async () => {
    const { page } = visit;
    await begin();
    const site = question('Where did the mesothelioma begin?');
    await site.getByLabel('I don’t know').check();
    expect(await site.locator('.ask-where').textContent()).toMatch(/^That is fine\. \S/);
    await site.getByRole('button', { name: 'Clear' }).click();
    expect(await site.getByLabel('I don’t know').isChecked()).toBe(false);
    await topic('Blood tests and tissue');
    const creatinine = question(/creatinine/);
    await creatinine.getByRole('button', { name: 'I don’t know' }).click();
    expect(await creatinine.getByRole('button', { name: 'I don’t know' }).getAttribute('aria-pressed')).toBe('true');
    await seeReport();
    expect(await page.locator('#report-title').count()).toBe(1);
  });

  it('puts a sign that cannot wait before everything, where it is answered and in the report', async () => {
    const { page } = visit;
    await begin();
    await topic('Signs that cannot wait');
    const fit = question('Have you had a fit (seizure)?');
    await fit.getByLabel('Yes').check();
    const bar = page.locator('.alarm-bar');
    expect(await bar.textContent()).toContain('Emergency');
    // The bar is in view at the question; the full advice is one press away.
    const box = await bar.boundingBox();
    expect(box !== null && box.y >= 0 && box.y < 100).toBe(true);
    expect(await fit.textContent()).toContain('call your emergency number now');
    await bar.getByRole('button').click();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('alarms');
    await seeReport();
    const order = await page
      .locator('.alarm, .part, .actions, .lead')
      .evaluateAll((parts) => parts.map(({ className }) => className));
    expect(order[0]).toBe('alarm alarm-emergency');
    await page.goBack();
    await heading('Signs that cannot wait');
    await fit.getByLabel('No', { exact: true }).check();
    expect(await bar.count()).toBe(0);
  });

  it('answers all signs at once with "none of these", and keeps what was said before', async () => {
    const { page } = visit;
    await begin();
    await topic('Signs that cannot wait');
    await question(/fainted/)
      .getByLabel('Yes')
      .check();
    await page.getByRole('button', { name: 'None of these is there now' }).click();
    expect(await question('Have you had a fit (seizure)?').getByLabel('No', { exact: true }).isChecked()).toBe(true);
    expect(
      await question(/coughed up blood/)
        .getByLabel('No', { exact: true })
        .isChecked(),
    ).toBe(true);
    expect(
      await question(/fainted/)
        .getByLabel('Yes')
        .isChecked(),
    ).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await question('Have you had a fit (seizure)?').getByLabel('No', { exact: true }).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await question('Have you had a fit (seizure)?').getByLabel('No', { exact: true }).isChecked()).toBe(true);
  });

  it('reads numbers as people write them, with unit and day, and says what is wrong with others', async () => {
    const { page } = visit;
    await begin();
    await chooseSite();
    await topic('Blood tests and tissue');
    const creatinine = question(/creatinine/);
    const box = creatinine.getByRole('textbox').first();
    for (const [typed, said] of [
      ['abc', 'not a number'],
      ['-3', 'cannot be right'],
      ['99999', 'cannot be right'],
    ] as const) {
      await box.fill(typed);
      await box.press('Enter');
      expect(await creatinine.getByRole('alert').textContent()).toContain(said);
      expect(await box.inputValue()).toBe(typed);
    }
    await creatinine.getByLabel(/^Unit/).selectOption('mg/dL');
    await box.fill('0,9');
    await box.press('Enter');
    expect(await creatinine.getByRole('alert').count()).toBe(0);
    const now = new Date();
    await creatinine.getByLabel('Year').fill(String(now.getFullYear()));
    await creatinine.getByLabel('Month').fill('13');
    await creatinine.getByLabel('Day', { exact: true }).focus();
    await page.getByLabel('Name of this case').focus();
    expect(await creatinine.getByRole('alert').textContent()).toContain('no such day');
    await creatinine.getByLabel('Month').fill(String(now.getMonth() + 1));
    await creatinine.getByLabel('Day', { exact: true }).fill(String(now.getDate()));
    await page.getByLabel('Name of this case').focus();
    expect(await creatinine.getByRole('alert').count()).toBe(0);
    // It is kept, in the unit of the catalogue and as it was written.
    await page.reload();
    await heading('Blood tests and tissue');
    expect(await box.inputValue()).toBe('0.9');
    expect(await creatinine.getByLabel(/^Unit/).inputValue()).toBe('mg/dL');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await seeReport();
        await page.getByRole('button', { name: 'Save the case as a file' }).click();
      })(),
    ]);
    const guide = await loadTestGuide();
    const saved = readCaseFile(readFileSync(await download.path(), 'utf8'), {
      catalogue: guide.bundle.facts,
      asOf: '2100-01-01',
    });
    expect(saved.notes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    const said = saved.record?.observations.find(({ fact }) => fact === 'lab.creatinine');
    expect(said?.value).toBeCloseTo(79.56, 0);
    expect(said?.asWritten).toBe('0.9 mg/dL');
  });

  it('takes treatments and the stage of a letter, and works out what follows', async () => {
    const { page } = visit;
    await begin();
    await chooseSite();
    await topic('Treatment so far');
    await page.getByRole('button', { name: 'Add a treatment' }).click();
    await page.getByLabel(/^Medicines against the tumour/).check();
    await page.getByLabel(/Which medicines/).fill('Alimta and cisplatin');
    expect(await page.getByText('Read as: pemetrexed + cisplatin.').count()).toBe(1);
    const start = page.getByRole('group', { name: 'Begin' });
    await start.getByLabel('Year').fill('2026');
    await start.getByLabel('Month').fill('5');
    const end = page.getByRole('group', { name: 'End' });
    await end.getByLabel('Year').fill('2025');
    await page.getByLabel('Name of this case').focus();
    expect(await page.getByRole('alert').textContent()).toContain('before the beginning');
    expect(await page.getByRole('button', { name: 'Add it' }).isDisabled()).toBe(true);
    await end.getByLabel('Year').fill('2026');
    await end.getByLabel('Month').fill('8');
    await page.getByLabel('Name of this case').focus();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('pemetrexed + cisplatin (May 2026 to August 2026)').first().waitFor();
    // What follows from the treatment needs no answer of its own.
    expect(await question(/cisplatin or carboplatin/).count()).toBe(0);
    await topic('Where it has been seen');
    await page.getByRole('button', { name: 'Add a stage that a letter names' }).click();
    await page.getByRole('combobox', { name: 'Stage' }).selectOption('IIIA');
    await page.getByLabel('By which rules?').selectOption('8');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('stage IIIA, 8th edition').first().waitFor();
    await seeReport();
    expect(await page.locator('#stage').textContent()).toContain('IIIA');
    await page.goBack();
    await page.getByRole('button', { name: /^Remove.*stage IIIA/ }).click();
    expect(await page.getByRole('button', { name: /^Remove.*stage/ }).count()).toBe(0);
  });

  it('goes on after a reload and in another tab, and both tabs show the same', async () => {
    const { page, context } = visit;
    await begin();
    await chooseSite();
    await page.reload();
    await heading('The illness');
    const site = question('Where did the mesothelioma begin?');
    expect(await site.getByLabel('In the lining of the lung (pleura)').isChecked()).toBe(true);
    const other = await context.newPage();
    await other.goto(page.url());
    await heading('The illness', other);
    await question(/Which side/, other)
      .getByLabel('Left')
      .check();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('legend')].some(
        (legend) => legend.textContent?.startsWith('Which side') && legend.parentElement?.querySelector('input:checked'),
      ),
    );
    // A case that one tab deletes is gone in the other.
    await other.getByRole('link', { name: 'See the report' }).first().click();
    await other.getByRole('button', { name: /^Delete/ }).click();
    await other.getByRole('button', { name: 'Delete for good' }).click();
    await other.locator('#start-title').waitFor();
    await page.locator('#start-title').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('not kept in this browser');
    expect(await other.getByRole('heading', { name: 'Kept in this browser' }).count()).toBe(0);
  });

  it('leads back with Back from topic to topic, and from the report to the questions', async () => {
    const { page } = visit;
    await begin();
    await topic('About you');
    await topic('Treatment so far');
    await seeReport();
    await page.goBack();
    await heading('Treatment so far');
    await page.goBack();
    await heading('About you');
    await page.goBack();
    await heading('The illness');
    await page.goBack();
    await page.locator('#start-title').waitFor();
    await page.getByRole('link', { name: 'My case' }).waitFor();
    await page.goForward();
    await heading('The illness');
    // The guide, read in between, leads back to the topic as well.
    await topic('About you');
    await page.getByRole('link', { name: 'Read the guide, or ask a question' }).click();
    await page.getByRole('button', { name: 'Back to the case' }).click();
    await heading('About you');
  });

  it('keeps an example to change it, and leaves the example as it was', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Margaret/ }).click();
    await page.locator('#report-title').waitFor();
    await page.getByRole('button', { name: 'Keep this case and change it' }).click();
    await heading('The illness');
    const type = question(/Which type/);
    expect(await type.textContent()).toContain('In the record: Epithelioid');
    await type.getByLabel('Sarcomatoid').check();
    await seeReport();
    expect(await page.locator('main').textContent()).toMatch(/Sarcomatoid/);
    await page.getByRole('button', { name: 'Back to the start' }).click();
    await page.getByRole('button', { name: /^Margaret/ }).click();
    await page.locator('#report-title').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/type of mesothelioma.{0,40}Sarcomatoid/i);
  });

  it('shows what another answer would change, and keeps nothing of it', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Margaret/ }).click();
    await page.locator('#what-if-fact').selectOption({ label: 'Cell type of the mesothelioma' });
    const changes = page.locator('.changes');
    await page.locator('#what-if').getByLabel('Sarcomatoid').check();
    expect(await changes.getByRole('row', { name: /^Operation to strip the tumour/ }).textContent()).toContain(
      'Not advised here',
    );
    await page.locator('#what-if').getByLabel('Epithelioid').check();
    expect(await page.locator('#what-if').textContent()).toContain('nothing that is shown here would change');
    await page.locator('#what-if-fact').selectOption({ label: 'Where the mesothelioma began' });
    await page.locator('#what-if').getByLabel('In the lining of the belly (peritoneum)').check();
    expect(await changes.getByRole('row', { name: /9th edition.*scans/ }).textContent()).toMatch(/I, II.*–$/);
    expect(await page.locator('#stage').textContent()).toContain('9th edition');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  });

  it('prepares a visit: the reader decides what is asked, and it is kept', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Margaret/ }).click();
    await page.getByRole('button', { name: 'Keep this case and change it' }).click();
    await heading('The illness');
    await seeReport();
    await page.getByRole('link', { name: 'Prepare a visit' }).click();
    await page.getByRole('heading', { level: 1, name: /^For my visit/ }).waitFor();
    await page.getByLabel('Is this an option for me: Taking part in a study?').uncheck();
    await page.getByLabel('My own question').fill('May I fly in May?');
    await page.keyboard.press('Enter');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: /^For my visit/ }).waitFor();
    expect(await page.getByLabel('Is this an option for me: Taking part in a study?').isChecked()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Taking part in a study?').isVisible()).toBe(false);
    expect(await page.locator('.brief-questions li', { hasText: 'May I fly in May?' }).isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
    const said = await page.locator('.brief').innerText();
    expect(said).not.toMatch(/median|survival|prognos|mg\b/i);
    expect(await axeFaults(page)).toEqual([]);
  });

  it.each([
    ['patient', /^Margaret/, 2],
    ['patient', /^Ahmed/, 2],
    ['clinician', /^John/, 1],
    ['clinician', /^Rosa/, 1],
  ] as const)('puts a visit of a %s (%s) on %i pages at most', async (voice, name, most) => {
    const { page } = visit;
    if (voice === 'clinician') await page.getByLabel('A professional').check();
    await page.getByRole('button', { name }).click();
    await page.getByRole('link', { name: voice === 'patient' ? 'Prepare a visit' : 'Sheet for the board' }).click();
    await page.locator('.brief').waitFor();
    for (const format of ['A4', 'Letter']) {
      const pdf = (await page.pdf({ format })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, format).toBeLessThanOrEqual(most);
      expect(pdf).toMatch(/\/Type\s*\/Page\b/);
    }
  });

  it('saves a case with a passphrase, and opens it with that one alone', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: /^Margaret/ }).click();
    await page.getByRole('button', { name: 'Save it with a passphrase' }).click();
    const passphrase = page.getByLabel(/^Passphrase/);
    await passphrase.fill('short');
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await passphrase.fill('green chair on Mondays');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const sealed = readFileSync(await download.path(), 'utf8');
    expect(sealed).not.toMatch(/epithelioid|Margaret/);
    // Dropped on an open report, it asks for its passphrase all the same.
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'locked.json'));
      window.dispatchEvent(new DragEvent('drop', { cancelable: true, dataTransfer: transfer }));
    }, sealed);
    await page.getByLabel(/is locked/).fill('green chair on mondays');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('does not open the file');
    await page.getByLabel(/is locked/).fill('green chair on Mondays');
    await page.keyboard.press('Enter');
    await page.locator('#report-title').waitFor();
    expect(await page.locator('#report-title').textContent()).toContain('Margaret');
    expect(await page.locator('#reading').textContent()).toContain('0 refused');
  });

  it('names a case that is not here instead of showing nothing', async () => {
    const { page } = visit;
    await page.goto('about:blank');
    await page.goto(`${visit.url}#case/nobody/tell/person`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('not kept in this browser');
  });

  it('can be told with the keyboard alone', async () => {
    const { page } = visit;
    await begin();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('interview-title');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await question('Where did the mesothelioma begin?').getByRole('radio').first().isChecked()).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await question('Where did the mesothelioma begin?').getByRole('radio').nth(1).isChecked()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
  });

  it.each(['light', 'dark'] as const)('has no fault that axe can find, %s', async (colorScheme) => {
    await visit.again({ colorScheme });
    const { page } = visit;
    const faults = (): Promise<string[]> => axeFaults(page, { colorScheme });
    await begin();
    await page.getByText('more questions on this').click();
    expect(await faults()).toEqual([]);
    await topic('Signs that cannot wait');
    await question('Have you had a fit (seizure)?').getByLabel('Yes').check();
    expect(await faults()).toEqual([]);
    // The scheme changes colours, and they are all there by now.
    if (colorScheme === 'dark') return;
    await topic('Blood tests and tissue');
    await question(/creatinine/)
      .getByRole('textbox')
      .first()
      .fill('x');
    await question(/creatinine/)
      .getByRole('textbox')
      .first()
      .press('Enter');
    expect(await faults()).toEqual([]);
    await topic('Treatment so far');
    await page.getByRole('button', { name: 'Add a treatment' }).click();
    await page.getByLabel(/^Medicines against the tumour/).check();
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: 'Serosa' }).click();
    await page.getByRole('button', { name: /^Delete/ }).click();
    expect(await faults()).toEqual([]);
  });

  it('fits a phone and large text without scrolling sideways', async () => {
    for (const options of [{ viewport: { width: 320, height: 640 } }, { viewport: { width: 360, height: 740 } }]) {
      await visit.again(options);
      await begin();
      for (const name of ['About you', 'Signs that cannot wait', 'Treatment so far', 'Blood tests and tissue']) {
        await topic(name);
        if (name === 'Treatment so far') {
          await visit.page.getByRole('button', { name: 'Add a treatment' }).click();
          await visit.page.getByLabel('An operation or procedure').check();
        }
        const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over, `${name} at ${options.viewport.width}`).toBeLessThanOrEqual(0);
      }
      await visit.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    }
  });
});
