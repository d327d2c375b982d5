import { describe, expect, it } from 'vitest';
import { isSealed, seal, unseal } from './seal.js';

describe('a sealed case', () => {
  const text = 'serosa: case/1\nid: x\n# Größe, 体重\n';

  it('opens with its passphrase and with no other, and shows nothing of what is in it', async () => {
    const sealed = await seal(text, 'correct horse battery');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('case/1');
    expect(await unseal(sealed, 'correct horse battery')).toBe(text);
    expect(await unseal(sealed, 'correct horse batterY')).toBeUndefined();
    // Never the same bytes twice: whoever sees two files cannot tell whether they hold the same.
    expect(await seal(text, 'correct horse battery')).not.toBe(sealed);
  });

  it('opens whichever way the keyboard writes a letter', async () => {
    expect(await unseal(await seal(text, 'caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(text);
  });

  it.each([
    [
      'a changed file',
      (sealed: string) => sealed.replace(/"data":"./, (start) => `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`),
    ],
    ['a cut file', (sealed: string) => sealed.slice(0, 120)],
    ['a file of a later version', (sealed: string) => sealed.replace('sealed/1', 'sealed/2')],
    ['a file that would keep the browser busy for hours', (sealed: string) => sealed.replace('600000', '60000000000')],
    ['a case that is not sealed', () => text],
  ])('%s does not open', async (_, spoil) => {
    expect(await unseal(spoil(await seal(text, 'correct horse battery')), 'correct horse battery')).toBeUndefined();
  });
});
