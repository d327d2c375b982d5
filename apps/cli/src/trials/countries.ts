/** A country that somebody gave on the command line. */
import { countryNames } from '@serosa/core';
import { Refusal } from '../input.js';

/**
 * Every name of the country that is given by code or by name. Throws a Refusal when there is no such country: a slip must not look
 * like a country without trials.
 */
export function namesOfCountry(given: string): readonly string[] {
  const names = countryNames(given);
  if (names !== undefined) return names;
  throw new Refusal(
    [
      {
        code: 'no-country',
        message: `There is no country ${given}.`,
        remedy: 'Write its English name, such as France, or its two letters, such as fr.',
      },
    ],
    2,
  );
}
