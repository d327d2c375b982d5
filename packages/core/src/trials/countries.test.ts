import { describe, expect, it } from 'vitest';
import { countryNames } from './countries.js';

describe('countryNames', () => {
  it('gives one list for every name of a country, the usual one first', () => {
    const names = countryNames('Turkey (Türkiye)');
    expect(names).toContain('Turkey');
    for (const given of ['tr', 'TR', 'turkiye', 'Turkey']) expect(countryNames(given)).toBe(names);
    expect(countryNames('Korea, Republic of')?.[0]).toBe('South Korea');
  });

  it.each(['', 'Atlantis', 'zz', 'eu'])('knows no country %j', (given) => {
    expect(countryNames(given)).toBeUndefined();
  });
});
