/** A record as its source writes it, whichever the format, and the one place where its words become a trial. */
import type { PartialDate, TrialArm, TrialContact, TrialIntervention, TrialPhase, TrialRecord, TrialSite } from '@serosa/core';
import { defined } from '../value/defined.js';
import type { Account } from './account.js';
import { registryId } from './ids.js';
import { ageOf, codeOf, countOf, dateOf, phasesOf, saysNothing, sexOf, statusOf, studyTypeOf, yesOrNo } from './values.js';

type Said = string | undefined;

export interface WrittenSite {
  readonly facility?: Said;
  readonly city?: Said;
  readonly state?: Said;
  readonly country?: Said;
  readonly status?: Said;
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
  readonly contacts?: readonly TrialContact[];
}

export interface WrittenIntervention {
  readonly type?: Said;
  readonly name: Said;
  readonly otherNames?: readonly string[];
}

export interface WrittenArm {
  readonly label: Said;
  readonly type?: Said;
  readonly description?: Said;
  readonly interventions?: readonly string[];
}

/** Every member in the words of the source; what is not said is absent. */
export interface Written {
  /** Candidates in the order of trust; the first that is a registry's id counts. */
  readonly ids: readonly string[];
  readonly otherIds: readonly string[];
  readonly title: Said;
  readonly officialTitle: Said;
  readonly acronym: Said;
  readonly status: Said;
  readonly whyStopped: Said;
  readonly phases: readonly string[];
  readonly studyType: Said;
  readonly purpose: Said;
  readonly conditions: readonly string[];
  readonly keywords: readonly string[];
  readonly summary: Said;
  readonly interventions: readonly WrittenIntervention[];
  readonly arms: readonly WrittenArm[];
  readonly criteria: Said;
  readonly truncated: boolean;
  readonly sex: Said;
  readonly minimumAge: Said;
  readonly maximumAge: Said;
  readonly healthyVolunteers: Said;
  readonly sponsor: Said;
  readonly enrolment: Said;
  readonly start: Said;
  readonly completion: Said;
  readonly updated: Said;
  readonly verified: Said;
  readonly knownAsOf: Said;
  readonly contacts: readonly TrialContact[];
  readonly sites: readonly WrittenSite[];
  readonly url: Said;
}

/** The trial, or undefined and a note when it has no id. What cannot be understood is noted and left out. */
export function trialOf(written: Written, at: string, account: Account): TrialRecord | undefined {
  const id = written.ids.map(registryId).find((candidate) => candidate !== undefined);
  if (id === undefined) {
    const [given] = written.ids;
    account.refused(
      at,
      given === undefined || given.trim() === '' ? (written.title ?? 'a record') : given,
      given === undefined || given.trim() === ''
        ? 'The record has no id. Give its NCT number, or its id in another registry.'
        : 'This is no NCT number and no id of another registry that is known here. Correct it.',
    );
    return undefined;
  }

  const interpreted = <Value>(member: string, said: Said, read: (text: string) => Value | undefined): Value | undefined => {
    if (said === undefined || saysNothing(said)) return undefined;
    const value = read(said);
    if (value === undefined) account.unused(at, `${id}, ${member}: ${said}`, 'This value is not known here; it is left out.');
    return value;
  };
  const date = (member: string, said: Said): PartialDate | undefined => interpreted(member, said, dateOf);

  const status = written.status === undefined || saysNothing(written.status) ? 'UNKNOWN' : (statusOf(written.status) ?? 'OTHER');
  if (status === 'OTHER')
    account.unused(at, `${id}, status: ${written.status}`, 'This status is not known here; it is kept as written.');
  const criteria = written.criteria?.trim() ? written.criteria : undefined;
  if (criteria === undefined) account.unused(at, id, 'The record has no eligibility text: nothing can be matched.');
  else if (written.truncated)
    account.unused(at, id, 'The source cut the eligibility text off: there are more criteria than can be read here.');

  const nct = id.startsWith('NCT');
  return {
    id,
    aliases: unique([...written.ids, ...written.otherIds].flatMap((other) => registryId(other) ?? [])).filter(
      (other) => other !== id,
    ),
    status,
    phases: phases(written.phases, id, at, account),
    conditions: unique(lines(written.conditions)),
    keywords: unique(lines(written.keywords)),
    interventions: written.interventions.flatMap(intervention),
    arms: written.arms.flatMap(arm),
    eligibility: defined<TrialRecord['eligibility']>({
      text: criteria,
      truncated: criteria !== undefined && written.truncated ? true : undefined,
      sex: interpreted('sex', written.sex, sexOf),
      minimumAge: interpreted('minimum age', written.minimumAge, ageOf),
      maximumAge: interpreted('maximum age', written.maximumAge, ageOf),
      healthyVolunteers: interpreted('healthy volunteers', written.healthyVolunteers, yesOrNo),
    }),
    contacts: written.contacts,
    sites: sites(written.sites, id, at, account),
    ...defined<
      Pick<
        TrialRecord,
        | 'title'
        | 'officialTitle'
        | 'acronym'
        | 'statusAsWritten'
        | 'whyStopped'
        | 'studyType'
        | 'purpose'
        | 'summary'
        | 'sponsor'
        | 'enrolment'
        | 'start'
        | 'completion'
        | 'updated'
        | 'verified'
        | 'knownAsOf'
        | 'url'
      >
    >({
      title: line(written.title),
      officialTitle: line(written.officialTitle),
      acronym: line(written.acronym),
      statusAsWritten: status === 'OTHER' ? line(written.status) : undefined,
      whyStopped: line(written.whyStopped),
      studyType: interpreted('study type', written.studyType, studyTypeOf),
      purpose: code(written.purpose),
      summary: written.summary?.trim() || undefined,
      sponsor: line(written.sponsor),
      enrolment: interpreted('enrolment', written.enrolment, countOf),
      start: date('start', written.start),
      completion: date('completion', written.completion),
      updated: date('last update', written.updated),
      verified: date('verification', written.verified),
      knownAsOf: date('date of the data', written.knownAsOf),
      // Other addresses come from the file: only those of the web may become a link.
      url: nct ? `https://clinicaltrials.gov/study/${id}` : /^https?:\/\/\S+$/i.exec(written.url?.trim() ?? '')?.[0],
    }),
  };
}

/** A short text on one line, or undefined when there is none. */
function line(said: Said): string | undefined {
  const folded = said?.replace(/\s+/g, ' ').trim();
  return folded === undefined || folded === '' ? undefined : folded;
}

function lines(said: readonly string[]): readonly string[] {
  return said.flatMap((one) => line(one) ?? []);
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}

function code(said: Said): string | undefined {
  return said === undefined || saysNothing(said) ? undefined : codeOf(said);
}

function phases(said: readonly string[], id: string, at: string, account: Account): readonly TrialPhase[] {
  const found = said.flatMap((one) => {
    if (one.trim() === '' || (saysNothing(one) && !/^n\/?a|^not applicable/i.test(one.trim()))) return [];
    const read = phasesOf(one);
    if (!read) account.unused(at, `${id}, phase: ${one}`, 'This phase is not known here; it is left out.');
    return read ?? [];
  });
  return [...new Set(found)];
}

/** A type before the name, as the API has it in arms and its tables in lists: `Drug: pemetrexed`. */
const TYPED =
  /^(behavioral|biological|combination[ _]product|device|diagnostic[ _]test|dietary[ _]supplement|drug|genetic|procedure|radiation|other)\s*:\s*(?=\S)/i;

function intervention({ type, name, otherNames = [] }: WrittenIntervention): readonly TrialIntervention[] {
  const whole = line(name);
  if (whole === undefined) return [];
  const before = TYPED.exec(whole);
  const kind = code(type) ?? code(before?.[1]);
  return [
    {
      ...(kind === undefined ? {} : { type: kind }),
      name: before ? whole.slice(before[0].length) : whole,
      otherNames: unique(lines(otherNames)),
    },
  ];
}

function arm({ label, type, description, interventions = [] }: WrittenArm): readonly TrialArm[] {
  const named = line(label);
  if (named === undefined) return [];
  return [
    {
      label: named,
      ...defined<Pick<TrialArm, 'type' | 'description'>>({ type: code(type), description: description?.trim() || undefined }),
      interventions: unique(lines(interventions).map((name) => name.replace(TYPED, ''))),
    },
  ];
}

function sites(said: readonly WrittenSite[], id: string, at: string, account: Account): readonly TrialSite[] {
  const strange = new Set<string>();
  const read = said.flatMap((site): readonly TrialSite[] => {
    const { lat, lon } = site;
    const placed = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
    let status = site.status === undefined || saysNothing(site.status) ? undefined : statusOf(site.status);
    if (status === undefined && site.status !== undefined && !saysNothing(site.status)) {
      status = 'OTHER';
      strange.add(site.status);
    }
    const place = defined<Omit<TrialSite, 'contacts'>>({
      facility: line(site.facility),
      city: line(site.city),
      state: line(site.state),
      country: line(site.country),
      status,
      lat: placed ? lat : undefined,
      lon: placed ? lon : undefined,
    });
    return Object.keys(place).length === 0 ? [] : [{ ...place, contacts: site.contacts ?? [] }];
  });
  for (const status of strange)
    account.unused(at, `${id}, status of a site: ${status}`, 'This status is not known here; the site has the status OTHER.');
  return read;
}

/** A person or office to ask, when anything of it is said. */
export function contactOf(name: Said, role: Said, phone: Said, extension: Said, email: Said): readonly TrialContact[] {
  const number = line(phone);
  const more = line(extension);
  const contact = defined<TrialContact>({
    name: line(name),
    role: code(role),
    phone: number === undefined || more === undefined ? number : `${number} ext. ${more}`,
    email: line(email),
  });
  return (contact.name ?? contact.phone ?? contact.email) ? [contact] : [];
}
