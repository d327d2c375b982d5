/** Countries as people write them, and as trial registries do. */

/** Names that registries use or used besides the usual English one, and short forms that people write, by ISO 3166-1 code. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  BA: ['Bosnia and Herzegovina'],
  CD: ['Congo, The Democratic Republic of the', 'Democratic Republic of the Congo'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Great Britain'],
  HK: ['Hong Kong'],
  IR: ['Iran, Islamic Republic of'],
  KR: ['Korea, Republic of', 'Republic of Korea'],
  LA: ["Lao People's Democratic Republic"],
  MD: ['Moldova, Republic of'],
  MK: ['Macedonia', 'Macedonia, The Former Yugoslav Republic of'],
  MM: ['Myanmar'],
  MO: ['Macau', 'Macao'],
  NL: ['The Netherlands', 'Holland'],
  PS: ['Palestinian Territory, occupied'],
  RU: ['Russian Federation'],
  SY: ['Syrian Arab Republic'],
  TR: ['Turkey', 'Turkey (Türkiye)'],
  TW: ['Taiwan, Province of China'],
  TZ: ['Tanzania, United Republic of'],
  US: ['USA', 'United States of America'],
  VN: ['Viet Nam'],
};

/** Codes that name no country, or that have been withdrawn. */
const NO_COUNTRY: ReadonlySet<string> = new Set(
  'EU EZ QO UN XA XB ZZ AN BU CS DD DY FX HV NH NT RH SU TP UK VD YD YU ZR'.split(' '),
);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

interface Country {
  /** ISO 3166-1. */
  readonly code: string;
  readonly names: readonly string[];
}

/** Each spelling of a country, made plain, to every name of that country; made when it is first asked for. */
let byName: ReadonlyMap<string, Country> | undefined;

function allNames(): ReadonlyMap<string, Country> {
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const found = new Map<string, Country>();
  for (const first of LETTERS)
    for (const second of LETTERS) {
      const iso = first + second;
      const usual = NO_COUNTRY.has(iso) ? undefined : regions.of(iso);
      if (usual === undefined) continue;
      const names = [usual, ...(OTHER_NAMES[iso] ?? [])];
      for (const name of [iso, ...names]) if (!found.has(plain(name))) found.set(plain(name), { code: iso, names });
    }
  return found;
}

/** Every name of the country that is given by code or by name, the usual one first; undefined when there is no such country. */
export function countryNames(given: string): readonly string[] | undefined {
  byName ??= allNames();
  return byName.get(plain(given))?.names;
}

/** A country in a language, given as people or registries write it; as it was given where it is none. */
export function countryWords(given: string, language: string): string {
  if (language === 'en') return given;
  byName ??= allNames();
  const country = byName.get(plain(given));
  return country === undefined ? given : (new Intl.DisplayNames([language], { type: 'region' }).of(country.code) ?? given);
}
