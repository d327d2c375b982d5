import { serve } from '/work/main/apps/server/src/index.ts';
import { chromium } from 'playwright-core';
const s = await serve({ port: 0, root: '/work/main/apps/web/dist/site' });
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const which = process.argv.slice(2);
async function shot(name: string, o: any, f: (p: any) => Promise<void>, full = true) {
  if (which.length && !which.some(w => name.includes(w))) return;
  const c = await b.newContext(o); const p = await c.newPage();
  p.on('console', (m: any) => console.log(name, m.type(), m.text())); p.on('pageerror', (e: any) => console.log(name, 'ERR', e.message));
  await p.goto(s.url); await f(p);
  const H = await p.evaluate(() => document.documentElement.scrollHeight); const step = o.viewport.width < 500 ? 1900 : 1500;
  for (let i = 0; i * step < H && i < 8; i++) await p.screenshot({ path: `/tmp/shots/${name}.${i}.png`, fullPage: true, clip: { x: 0, y: i * step, width: o.viewport.width, height: Math.min(step, H - i * step) } });
  console.log(name, H);
  await c.close();
}
const phone = { viewport: { width: 360, height: 760 }, deviceScaleFactor: 1.5 };
const laptop = { viewport: { width: 1280, height: 800 } };
const open = (t: string, prof = false) => async (p: any) => { if (prof) await p.getByLabel('A professional').check(); await p.getByRole('button', { name: t }).click(); await p.locator('#report-title').waitFor(); };
await shot('start-phone', phone, async () => {});
await shot('start-laptop', laptop, async () => {});
await shot('ahmed-phone', phone, open('Ahmed'));
await shot('ahmed-laptop', laptop, open('Ahmed'));
await shot('ahmed-dark', { ...laptop, colorScheme: 'dark' }, open('Ahmed', true));
await shot('margaret-laptop', laptop, open('Margaret'));
await shot('margaret-phone', phone, open('Margaret'));
await shot('john-pro', laptop, open('John', true));
await shot('lucia-laptop', laptop, open('Lucia'));
await shot('peter-laptop', laptop, open('Peter'));
await shot('peter-pro', laptop, open('Peter', true));
await shot('rosa-phone', phone, open('Rosa'));
await shot('start-dark', { ...phone, colorScheme: 'dark' }, async () => {});
if (!which.length || which.includes('pdf')) {
  for (const [n, prof] of [['Ahmed', false], ['John', true]] as const) {
    const c = await b.newContext(laptop); const p = await c.newPage(); await p.goto(s.url); await open(n, prof)(p);
    await p.pdf({ path: `/tmp/shots/${n}.pdf`, format: 'A4' }); await c.close();
  }
}
await b.close(); await s.close();
