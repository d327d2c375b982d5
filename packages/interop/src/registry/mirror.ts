/**
 * Flat records of mirrors: JSON objects whose members are named after the API, the classic XML, the tables of AACT, the export
 * of WHO's platform, or in a way of their own. The names are one table; a new mirror is a new name in it.
 */
import type { TrialRecord } from '@serosa/core';
import { type Json, object, objects } from '../fhir/json.js';
import type { Account } from './account.js';
import { contactOf, trialOf, type Written, type WrittenArm, type WrittenIntervention, type WrittenSite } from './written.js';

/** Names without case, blanks, `-` and `_`; a member of a group follows its group after a slash. The first that says something counts. */
const NAMES = {
  id: ['nctid', 'idinfo/nctid', 'nctnumber', 'trialid', 'mainid', 'id'],
  otherIds: ['nctidaliases', 'nctalias', 'secondaryids', 'secondaryid', 'idinfo/secondaryid', 'orgstudyid', 'otherids'],
  title: ['brieftitle', 'studytitle', 'title', 'publictitle'],
  officialTitle: ['officialtitle', 'scientifictitle'],
  acronym: ['acronym', 'trialacronym'],
  status: ['overallstatus', 'status', 'studystatus', 'recruitmentstatus', 'recruitingstatus'],
  whyStopped: ['whystopped', 'whystop'],
  phases: ['phases', 'phase'],
  studyType: ['studytype'],
  purpose: ['primarypurpose', 'studydesigninfo/primarypurpose', 'designinfo/primarypurpose'],
  conditions: ['conditions', 'condition', 'diseases', 'disease', 'diseasedomain'],
  keywords: ['keywords', 'keyword'],
  summary: ['briefsummary', 'briefsummary/textblock', 'summary'],
  interventions: ['interventions', 'intervention', 'intervention/interventionname', 'drugs'],
  interventionTypes: ['intervention/interventiontype'],
  arms: ['armgroups', 'arms', 'cohorts'],
  criteria: [
    'eligibilitycriteria',
    'eligibility/eligibilitycriteria',
    'eligibility/criteria/textblock',
    'eligibility/criteria',
    'eligibility/rawtext',
    'eligibility/text',
    'eligibilitytext',
    'criteria',
    'eligibility',
  ],
  inclusion: ['inclusioncriteria', 'eligibility/inclusioncriteria', 'eligibility/inclusion', 'criteria/inclusion', 'inclusion'],
  exclusion: ['exclusioncriteria', 'eligibility/exclusioncriteria', 'eligibility/exclusion', 'criteria/exclusion', 'exclusion'],
  otherCriteria: ['miscellaneouscriteria'],
  truncated: ['truncated', 'eligibilitytruncated', 'criteriatruncated', 'eligibility/truncated'],
  sex: ['sex', 'gender', 'eligibility/sex', 'eligibility/gender', 'inclusiongender'],
  minimumAge: ['minimumage', 'minage', 'eligibility/minimumage', 'eligibility/minage', 'inclusionagemin'],
  maximumAge: ['maximumage', 'maxage', 'eligibility/maximumage', 'eligibility/maxage', 'inclusionagemax'],
  healthyVolunteers: [
    'healthyvolunteers',
    'acceptshealthyvolunteers',
    'eligibility/healthyvolunteers',
    'eligibility/acceptshealthyvolunteers',
  ],
  sponsor: ['leadsponsor', 'leadsponsor/name', 'sponsor', 'sponsor/name', 'primarysponsor', 'sponsors/leadsponsor/agency'],
  enrolment: ['enrollment', 'enrolment', 'enrollmentcount', 'enrollment/count', 'enrollmentinfo/count', 'targetsize'],
  start: ['startdate', 'dateenrollement', 'dateenrollment'],
  completion: ['completiondate'],
  updated: [
    'lastupdatesubmitted',
    'lastupdatesubmitdate',
    'lastupdateposted',
    'lastupdatepostdate',
    'lastupdated',
    'lastchangeddate',
  ],
  verified: ['statusverifieddate', 'verificationdate'],
  knownAsOf: ['versionholder', 'downloaddate', 'exportdate'],
  contacts: ['centralcontacts', 'contacts', 'overallcontact'],
  locations: ['locations', 'sites', 'facilities'],
  countries: ['countries', 'country', 'locationcountries', 'locationcountries/country', 'location/facility/address/country'],
  cities: ['location/facility/address/city'],
  states: ['location/facility/address/state'],
  facilities: ['location/facility/name'],
  url: ['url', 'sourceurl', 'studyurl', 'webaddress', 'link'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Member = keyof typeof NAMES;
const MEMBERS = Object.entries(NAMES) as readonly (readonly [Member, readonly string[]])[];

/** Groups inside groups below this are no member's place. */
const DEEPEST_NAME = 3;

/** True when the object has an id and at least one more member of a trial. */
export function isMirrored(json: Json): boolean {
  const fields = flat(json);
  const known = MEMBERS.filter(([, names]) => names.some((name) => fields.has(name)));
  return known.length > 1 && known.some(([member]) => member === 'id');
}

/** Reads one flat record; without a trial the account says why. */
export function trialFromMirror(json: Json, at: string, account: Account): TrialRecord | undefined {
  const fields = flat(json);
  const values = (member: Member): readonly unknown[] =>
    NAMES[member].flatMap((name) => {
      const value = fields.get(name);
      return says(value) ? [value] : [];
    });
  const value = (member: Member): unknown => values(member)[0];
  const one = (member: Member): string | undefined => scalar(value(member)) ?? texts(value(member))[0];
  const eligibility = criteriaOf(value);
  const id = values('id').flatMap((candidate) => scalar(candidate) ?? []);
  const name = id[0] ?? 'a record';
  if (eligibility.lost > 0)
    account.refused(
      at,
      name,
      `${eligibility.lost} of its listed criteria cannot be read: each needs a text, and the type inclusion or exclusion.`,
    );
  if (eligibility.doubled)
    account.unused(at, name, 'The separate inclusion and exclusion criteria are left out: the record also holds one whole text.');
  return trialOf(
    {
      ids: id,
      otherIds: values('otherIds').flatMap(texts),
      title: one('title'),
      officialTitle: one('officialTitle'),
      acronym: one('acronym'),
      status: one('status'),
      whyStopped: one('whyStopped'),
      phases: texts(value('phases')),
      studyType: one('studyType'),
      purpose: one('purpose'),
      conditions: texts(value('conditions')),
      keywords: texts(value('keywords')),
      summary: scalar(value('summary')),
      interventions: interventions(value('interventions'), texts(value('interventionTypes'))),
      arms: objectsIn(value('arms')).map(arm),
      criteria: eligibility.text,
      truncated: eligibility.lost > 0 || one('truncated') === 'true' || eligibility.cut,
      sex: one('sex'),
      minimumAge: one('minimumAge'),
      maximumAge: one('maximumAge'),
      healthyVolunteers: one('healthyVolunteers'),
      sponsor: one('sponsor'),
      enrolment: one('enrolment'),
      start: one('start'),
      completion: one('completion'),
      updated: one('updated'),
      verified: one('verified'),
      knownAsOf: one('knownAsOf'),
      contacts: objectsIn(value('contacts')).flatMap(contact),
      sites: sites(value, name, at, account),
      url: one('url'),
    } satisfies Written,
    at,
    account,
  );
}

function flat(json: Json): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  const add = (group: Json, before: string, depth: number): void => {
    for (const [key, value] of Object.entries(group)) {
      const name = `${before}${key.toLowerCase().replace(/[^a-z0-9/]/g, '')}`;
      const inner = object(value);
      if (!inner) {
        if (!fields.has(name)) fields.set(name, value);
      } else if (depth < DEEPEST_NAME) add(inner, `${name}/`, depth + 1);
    }
  };
  add(json, '', 1);
  return fields;
}

/** False for what tables write into an empty cell. */
function says(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '' && !/^\s*(?:nan|none|null)\s*$/i.test(value);
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function scalar(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 1 ? scalar(value[0]) : undefined;
  return says(value) ? String(value) : undefined;
}

/** A list, a list written as text (`['a', 'b']`), values between `|`, or a single value; of objects, their names. */
function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => scalar(object(item) ? nameOf(object(item)!) : item) ?? []);
  const text = scalar(value);
  if (text === undefined) return [];
  return (writtenList(text) ?? text.split('|')).filter(says);
}

function objectsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? objects(value) : [];
}

function pick(json: Json, ...names: readonly string[]): unknown {
  const fields = flat(json);
  return names.map((name) => fields.get(name)).find(says);
}

function nameOf(json: Json): unknown {
  return pick(json, 'name', 'interventionname', 'term', 'label', 'title', 'id');
}

/** No list of names is longer; the pattern below would need much memory for a text that only looks like one. */
const LONGEST_LIST = 100_000;

/** The items of a list as Python prints it; undefined when the text is none. */
function writtenList(text: string): readonly string[] | undefined {
  if (text.length > LONGEST_LIST || !/^\s*\[/.test(text)) return undefined;
  const items: string[] = [];
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(None|nan))\s*([,\]])/gsy;
  item.lastIndex = text.indexOf('[') + 1;
  for (;;) {
    const match = item.exec(text);
    if (!match) return /^\s*\[\s*\]\s*$/.test(text) ? [] : undefined;
    const inside = match[1] ?? match[2];
    if (inside !== undefined) items.push(inside.replace(/\\(.)/gs, (_, letter: string) => (letter === 'n' ? '\n' : letter)));
    if (match[4] === ']') return text.slice(item.lastIndex).trim() === '' ? items : undefined;
  }
}

function interventions(value: unknown, types: readonly string[]): readonly WrittenIntervention[] {
  const listed = objectsIn(value);
  if (listed.length > 0) {
    return listed.map((one) => ({
      type: scalar(pick(one, 'type', 'interventiontype')),
      name: scalar(nameOf(one)),
      otherNames: texts(pick(one, 'othernames', 'othername')),
    }));
  }
  const names = texts(value);
  return names.map((name, index) => ({ name, type: types.length === names.length ? types[index] : undefined }));
}

function arm(one: Json): WrittenArm {
  return {
    label: scalar(pick(one, 'label', 'armgrouplabel', 'name', 'title', 'cohortid')),
    type: scalar(pick(one, 'type', 'grouptype', 'armgrouptype')),
    description: scalar(pick(one, 'description')),
    interventions: texts(pick(one, 'interventionnames', 'interventions')),
  };
}

function contact(one: Json): ReturnType<typeof contactOf> {
  const said = (...names: readonly string[]): string | undefined => scalar(pick(one, ...names));
  return contactOf(said('name', 'lastname'), said('role'), said('phone'), said('phoneext'), said('email'));
}

/** Countries whose registry name has a comma in it: `Korea, Republic of`. */
const COUNTRY_COMMA =
  /,(?!\s*(?:(?:The |Islamic |United |Democratic |People's |Democratic People's |Former Yugoslav )*(?:Republic|Federated States) of|Province of|Occupied))/;

function countriesIn(text: string): readonly string[] {
  return text.split(COUNTRY_COMMA).flatMap((part) => (part.trim() === '' || /^n\/?a$/i.test(part.trim()) ? [] : part.trim()));
}

function sites(value: (member: Member) => unknown, name: string, at: string, account: Account): readonly WrittenSite[] {
  const locations = value('locations');
  const listed = objectsIn(locations);
  if (listed.length > 0) return listed.map(site);
  const words = texts(locations);
  if (words.length > 0) {
    return words.map((text) => {
      const parts = countriesIn(text);
      return parts.length > 1 ? { facility: parts.slice(0, -1).join(', '), country: parts.at(-1) } : { country: text };
    });
  }
  const countries = texts(value('countries')).flatMap(countriesIn);
  const columns = { facility: texts(value('facilities')), city: texts(value('cities')), state: texts(value('states')) };
  const rows = Math.max(...Object.values(columns).map(({ length }) => length));
  if (rows === 0) return countries.map((country) => ({ country }));
  const fits = ({ length }: readonly string[]): boolean => length === 0 || length === rows;
  if (!Object.values(columns).every(fits) || (!fits(countries) && countries.length !== 1)) {
    account.unused(
      at,
      `${name}, places`,
      'Their names, cities and countries stand in lists of different length and cannot be put together; the countries are kept.',
    );
    return countries.map((country) => ({ country }));
  }
  return Array.from({ length: rows }, (_, row) => ({
    facility: columns.facility[row],
    city: columns.city[row],
    state: columns.state[row],
    country: countries.length === 1 ? countries[0] : countries[row],
  }));
}

function site(one: Json): WrittenSite {
  const said = (...names: readonly string[]): string | undefined => scalar(pick(one, ...names));
  const degrees = (...names: readonly string[]): number | undefined => {
    const value = pick(one, ...names);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    facility: said('facility', 'facility/name', 'name'),
    city: said('city', 'facility/address/city', 'address/city'),
    state: said('state', 'facility/address/state', 'address/state'),
    country: said('country', 'facility/address/country', 'address/country'),
    status: said('status', 'recruitmentstatus'),
    lat: degrees('lat', 'latitude', 'geopoint/lat'),
    lon: degrees('lon', 'lng', 'longitude', 'geopoint/lon'),
    contacts: objectsIn(pick(one, 'contacts')).flatMap(contact),
  };
}

interface Criteria {
  readonly text: string | undefined;
  /** Listed criteria that cannot be read. */
  readonly lost: number;
  readonly cut: boolean;
  /** Both one whole text and separate sides are there. */
  readonly doubled: boolean;
}

/**
 * Lengths at which mirrors cut texts. A whole text that has one of these by chance is held for cut as well: then a match stays
 * open where it could have been settled, and the other way round nobody would know.
 */
const CUT_LENGTHS: ReadonlySet<number> = new Set([
  200, 250, 255, 256, 300, 400, 500, 512, 1000, 1024, 1500, 2000, 2048, 2500, 3000, 4000, 4096, 5000, 8000, 10_000, 32_767,
]);

function isCut(text: string): boolean {
  return CUT_LENGTHS.has(text.length) || /(?:\.\.\.|…)$/.test(text.slice(-20).trimEnd());
}

/** One whole text as it is; or the sides under their headings, lists of criteria as lists with bullets. */
function criteriaOf(value: (member: Member) => unknown): Criteria {
  const whole = value('criteria');
  const separate = [value('inclusion'), value('exclusion')];
  if (typeof whole === 'string') return { text: whole, lost: 0, cut: isCut(whole), doubled: separate.some(says) };
  const listed = Array.isArray(whole) ? splitCriteria(whole) : undefined;
  const [inclusion, exclusion] = (listed ? [listed.inclusion, listed.exclusion] : separate).map(side);
  const other = scalar(value('otherCriteria'));
  const parts = [
    other,
    inclusion?.text === undefined ? undefined : headed('Inclusion Criteria', inclusion.text),
    exclusion?.text === undefined ? undefined : headed('Exclusion Criteria', exclusion.text),
  ].filter((part) => part !== undefined);
  return {
    text: parts.length === 0 ? undefined : parts.join('\n\n'),
    lost: (listed?.lost ?? 0) + (inclusion?.lost ?? 0) + (exclusion?.lost ?? 0),
    cut: [inclusion?.text, exclusion?.text].some((text) => text !== undefined && isCut(text)),
    doubled: listed !== undefined && separate.some(says),
  };
}

/** Criteria that a mirror split and marked one by one. */
function splitCriteria(items: readonly unknown[]): {
  readonly inclusion: unknown[];
  readonly exclusion: unknown[];
  readonly lost: number;
} {
  const inclusion: unknown[] = [];
  const exclusion: unknown[] = [];
  let lost = 0;
  for (const item of items) {
    const json = object(item);
    const type = json ? String(pick(json, 'type', 'category', 'kind', 'criteriontype', 'side') ?? '') : '';
    if (/^\s*incl/i.test(type)) inclusion.push(item);
    else if (/^\s*excl/i.test(type)) exclusion.push(item);
    else lost++;
  }
  return { inclusion, exclusion, lost };
}

/** One side: a text as it is, a list with a bullet before each item. */
function side(value: unknown): { readonly text: string | undefined; readonly lost: number } {
  if (!Array.isArray(value)) return { text: scalar(value), lost: 0 };
  const items = value.map((item) => {
    const json = object(item);
    return scalar(json ? pick(json, 'text', 'criterion', 'description', 'criteria') : item);
  });
  const read = items.filter((item) => item !== undefined);
  const bullets = read.map((item) => `* ${item.trim().replace(/\r?\n/g, '\n  ')}`);
  return { text: bullets.length === 0 ? undefined : bullets.join('\n'), lost: items.length - read.length };
}

function headed(heading: string, text: string): string {
  const own = new RegExp(`^[\\W_]{0,20}(?:(?:key|main|major|principal) )?${heading.slice(0, 9)} criteri`, 'i').test(
    text.slice(0, 80),
  );
  return own ? text : `${heading}:\n\n${text}`;
}
