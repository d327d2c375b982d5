import { describe, expect, it } from 'vitest';
import { Refusal } from '../input.js';
import { namesOfCountry } from './countries.js';

describe('namesOfCountry', () => {
  it.each(['fr', 'FR', 'France', ' france '])('takes %j', (given) => {
    expect(namesOfCountry(given)).toEqual(['France']);
  });

  it.each([
    ['uk', 'United Kingdom'],
    ['gb', 'United Kingdom'],
    ['usa', 'United States'],
    ['tr', 'Turkey (Türkiye)'],
    ['Turkey', 'Türkiye'],
    ['turkiye', 'Turkey'],
    ['Czech Republic', 'Czechia'],
    ['South Korea', 'Korea, Republic of'],
  ])('knows %s as %s too', (given, name) => {
    expect(namesOfCountry(given)).toContain(name);
  });

  it.each(['', 'Grmany', 'zz', 'eu', 'xx'])('refuses %j', (given) => {
    expect(() => namesOfCountry(given)).toThrow(Refusal);
  });
});
