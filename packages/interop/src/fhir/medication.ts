/**
 * Drugs: what was given, what people said they took, what was ordered. Doses of one agent not too far apart are one course,
 * courses that begin together are one regimen.
 */
import type { PartialDate, SystemicTherapy } from '@serosa/core';
import { agentOfCode, agentsIn } from '../value/agents.js';
import { dateOfDateTime, daysBetween, earliestDay } from '../value/dates.js';
import { lookUp } from '../value/lookup.js';
import type { Resource } from './bundle.js';
import { NSAIDS, STOP_CODES } from './codes.js';
import { Account, type Context, dateOf, describe, intentOf, isForOtherCancer } from './context.js';
import {
  type Concept,
  concept,
  conceptName,
  conceptWords,
  type Json,
  list,
  NO_CONCEPT,
  object,
  objects,
  profiles,
  text,
} from './json.js';
import { ownTreatment } from './own.js';

export const MEDICATION_TYPES = ['MedicationRequest', 'MedicationAdministration', 'MedicationStatement', 'MedicationDispense'];

/** Doses of one agent further apart than this are two courses: more than two cycles of six weeks were left out. */
const COURSE_GAP_DAYS = 90;
/** Agents that begin within so many days of each other belong to one regimen. */
const REGIMEN_DAYS = 7;

/** How sure it is that the drug reached the person, the surest first. */
const SOURCES = ['given', 'stated', 'dispensed', 'ordered'] as const;

interface Use {
  readonly agent: string;
  readonly source: (typeof SOURCES)[number];
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
  readonly ongoing: boolean;
  readonly intent: SystemicTherapy['intent'];
  readonly stoppedFor: SystemicTherapy['stoppedFor'];
  readonly account: Account;
}

const UNUSED_STATUS: Readonly<Record<string, string>> = {
  'entered-in-error': 'Entered in error.',
  cancelled: 'The order was cancelled.',
  draft: 'The order is a draft.',
  'not-done': 'The drug was not given.',
  'not-taken': 'The drug was not taken.',
  intended: 'The drug is only intended.',
  declined: 'The drug was declined.',
  preparation: 'The drug is only being prepared.',
};

export function readMedications(context: Context, resources: readonly Resource[]): void {
  const accounts = resources.map((resource) => {
    const name = medicationOf(context, resource);
    const account = new Account(context, resource, describe(resource.type, name, resource.at)).read(
      'medicationCodeableConcept',
      'medicationReference',
      'effectiveDateTime',
      'effectivePeriod',
      'whenHandedOver',
      'whenPrepared',
      'statusReason',
      'doNotPerform',
    );
    return { account, name };
  });
  const uses = accounts.flatMap(({ account, name }) => usesOf(context, account, name));
  for (const regimen of regimens(uses)) add(context, regimen);
  for (const { account } of accounts) account.close('No drug that a finding depends on.');
}

/** The drug of the resource itself, or of the Medication it points to, with its ingredients. */
function medicationOf({ resources }: Context, resource: Resource): Concept {
  const { json } = resource;
  const direct = concept(json['medicationCodeableConcept']);
  if (direct.codings.length > 0 || direct.text !== '') return direct;
  const target = resources.resolve(json['medicationReference'], resource);
  const display = text(object(json['medicationReference'])?.['display']) ?? '';
  if (!target) return { codings: [], text: display };
  const own = concept(target.json['code']);
  const ingredients = objects(target.json['ingredient']).map((ingredient) => concept(ingredient['itemCodeableConcept']));
  const all = [own, ...ingredients].filter((part) => part.codings.length > 0 || part.text !== '');
  if (all.length === 0) return display === '' ? NO_CONCEPT : { codings: [], text: display };
  return {
    codings: all.flatMap(({ codings }) => codings),
    text: all.map(({ text: words }) => words).find((words) => words !== '') ?? '',
  };
}

function usesOf(context: Context, account: Account, name: Concept): readonly Use[] {
  const { json, resource } = account;
  const status = text(json['status']) ?? '';
  const why = lookUp(UNUSED_STATUS, status);
  if (why !== undefined) {
    account.ignore(why);
    return [];
  }
  const course = objects(json['partOf'])
    .flatMap((value) => context.resources.resolve(value, resource) ?? [])
    .find((whole) => ownTreatment(whole.json) === 'systemic');
  if (course) {
    account.read('note').say(`part of ${course.at}, which names it`);
    return [];
  }
  if (json['doNotPerform'] === true) {
    account.ignore('The order says not to give the drug.');
    return [];
  }
  const purpose = text(json['intent']);
  if (resource.type === 'MedicationRequest' && (purpose === 'proposal' || purpose === 'plan' || purpose === 'option')) {
    account.ignore(`The request is a ${purpose}, not an order.`);
    return [];
  }
  const words = conceptWords(name);
  const coded = name.codings.flatMap(({ system, code }) => agentOfCode(system, code) ?? []);
  const named = name.codings.filter(
    ({ system, code, display }) => /whocc\.no\/atc|\/atc\b/i.test(system) && code.startsWith('L01') && display !== '',
  );
  const known = [...new Set([...agentsIn(words), ...coded])];
  // ATC says that it is an anticancer drug even where its name is not in the list.
  const agents = known.length > 0 ? known : [...new Set(named.map(({ display }) => display.toLowerCase()))];
  const [start, end] = span(json, resource.type);
  if (agents.length === 0) {
    if (NSAIDS.test(words) && (status === 'active' || status === 'in-progress')) {
      account.observe('drug.nsaid', true, { ...(start === undefined ? {} : { date: start }), note: conceptName(name) });
    } else if (words === '' && name.codings.length > 0) {
      account.ignore('A drug code that is not known here: enter it by hand.');
    } else if (profiles(json).some((profile) => profile.includes('cancer-related-medication'))) {
      account.ignore(
        'It is marked as cancer treatment, but is not an anticancer drug that Serosa knows: if it is one, enter it by hand.',
      );
    }
    return [];
  }
  if (isForOtherCancer(context, resource, ['reasonReference'])) {
    account.ignore('It was given for another cancer.');
    return [];
  }
  const source =
    lookUp<Use['source']>(
      { MedicationAdministration: 'given', MedicationStatement: 'stated', MedicationDispense: 'dispensed' },
      resource.type,
    ) ?? 'ordered';
  const intent = intentOf(json);
  const isOver = status === 'completed' || status === 'stopped';
  return agents.map((agent) => ({
    agent,
    source,
    start,
    end: end ?? (source === 'given' ? start : undefined),
    // An order that nobody closed is no proof of treatment going on; what a person says they take is.
    ongoing: (source === 'stated' && status === 'active') || (source === 'given' && status === 'in-progress'),
    intent: intent === 'preventive' ? undefined : intent,
    // A dose given to the end is no treatment brought to its end.
    stoppedFor: isOver
      ? (stopReason(statusReason(json)) ?? (status === 'completed' && source !== 'given' ? 'completed' : undefined))
      : undefined,
    account,
  }));
}

function span(json: Json, type: string): readonly [PartialDate | undefined, PartialDate | undefined] {
  const periodEnd = (value: unknown): PartialDate | undefined => {
    const written = text(object(value)?.['end']);
    return written === undefined ? undefined : dateOfDateTime(written);
  };
  if (type === 'MedicationRequest') {
    const bounds = objects(json['dosageInstruction']).flatMap((dosage) =>
      objects(object(object(dosage['timing'])?.['repeat'])?.['boundsPeriod']),
    );
    const starts = bounds.flatMap((period) => dateOf(period, 'start') ?? []);
    const ends = bounds.flatMap((period) => dateOf(period, 'end') ?? []);
    return [starts[0] ?? dateOf(json, 'authoredOn'), ends[0]];
  }
  if (type === 'MedicationDispense') return [dateOf(json, 'whenHandedOver', 'whenPrepared'), undefined];
  return [dateOf(json, 'effectiveDateTime', 'effectivePeriod'), periodEnd(json['effectivePeriod'])];
}

/** One reason in some resources, a list in others. */
function statusReason(json: Json): Concept {
  return concept(list(json['statusReason'])[0]);
}

function stopReason(reason: Concept): SystemicTherapy['stoppedFor'] {
  for (const { code } of reason.codings) {
    const known = lookUp(STOP_CODES, code);
    if (known) return known;
  }
  const words = conceptWords(reason);
  if (/toler|adverse|toxic|side effect/i.test(words)) return 'toxicity';
  if (/progress|no response|lack of (drug )?(action|effect)|ineffective/i.test(words)) return 'progression';
  if (/refus|declin|choice|wish|non-?complian/i.test(words)) return 'choice';
  if (/complet|finished/i.test(words)) return 'completed';
  return words === '' ? undefined : 'other';
}

interface Course {
  readonly agent: string;
  readonly uses: readonly Use[];
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
}

/** Uses to courses of one agent, courses to regimens; uses without a date stand alone by agent. */
function regimens(uses: readonly Use[]): readonly (readonly Course[])[] {
  const byAgent = new Map<string, Use[]>();
  for (const use of uses) {
    const list = byAgent.get(use.agent);
    if (list) list.push(use);
    else byAgent.set(use.agent, [use]);
  }
  const courses = [...byAgent].flatMap(([agent, all]) => coursesOf(agent, all));
  courses.sort((a, b) => order(a.start) - order(b.start));
  const result: Course[][] = [];
  for (const course of courses) {
    const home = result.find(([first]) => {
      if (!first || first.start === undefined || course.start === undefined) return false;
      return Math.abs(daysBetween(first.start, course.start)) <= REGIMEN_DAYS && first.start.length === course.start.length;
    });
    if (home && !home.some(({ agent }) => agent === course.agent)) home.push(course);
    else result.push([course]);
  }
  return result;
}

function coursesOf(agent: string, uses: readonly Use[]): readonly Course[] {
  const dated = uses.filter(({ start }) => start !== undefined).sort((a, b) => order(a.start) - order(b.start));
  const groups: Use[][] = [];
  let last: PartialDate | undefined;
  for (const use of dated) {
    const near = last !== undefined && use.start !== undefined && daysBetween(last, use.start) <= COURSE_GAP_DAYS;
    if (near) groups.at(-1)?.push(use);
    else groups.push([use]);
    const until = use.end ?? use.start;
    last = near && last !== undefined && order(last) >= order(until) ? last : until;
  }
  const undated = uses.filter(({ start }) => start === undefined);
  // An undated statement of a drug that is dated elsewhere adds nothing but its word.
  if (groups.length > 0) groups.at(-1)?.push(...undated);
  else if (undated.length > 0) groups.push(undated);
  return groups.map((group) => {
    const surest = SOURCES.find((source) => group.some((use) => use.source === source && use.start !== undefined)) ?? 'ordered';
    const trusted = group.filter((use) => use.source === surest && use.start !== undefined);
    const ends = group.flatMap(({ end }) => end ?? []).sort((a, b) => order(a) - order(b));
    return { agent, uses: group, start: trusted[0]?.start, end: ends.at(-1) };
  });
}

function order(date: PartialDate | undefined): number {
  return date === undefined ? Number.POSITIVE_INFINITY : earliestDay(date);
}

function add(context: Context, regimen: readonly Course[]): void {
  const uses = regimen.flatMap((course) => course.uses);
  const [first] = uses;
  if (!first) return;
  const start = regimen[0]?.start;
  const ends = regimen.flatMap(({ end }) => end ?? []).sort((a, b) => order(a) - order(b));
  const ongoing = uses.some((use) => use.ongoing);
  const end = ongoing ? undefined : ends.at(-1);
  const intent = uses.map((use) => use.intent).find((word) => word !== undefined);
  const reasons = [...new Set(uses.flatMap((use) => use.stoppedFor ?? []))];
  const sources = SOURCES.filter((source) => uses.some((use) => use.source === source));
  const agents = [...new Set(regimen.map(({ agent }) => agent))];
  const note =
    sources.includes('given') || sources.includes('stated') ? undefined : `${sources.join(', ')}; that it was given is not said`;
  const places = [...new Set(uses.map(({ account }) => account.resource.at))];
  context.draft.treat(
    {
      kind: 'systemic',
      agents,
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      ...(ongoing ? { ongoing } : {}),
      ...(intent === undefined ? {} : { intent }),
      // Two drugs of a regimen stopped for different reasons: the regimen has none of its own.
      ...(reasons.length === 1 ? { stoppedFor: reasons[0]! } : {}),
      origin: { kind: 'fhir', at: places.join(', '), ...(note === undefined ? {} : { note }) },
    },
    first.account.resource.at,
    first.account.what,
  );
  for (const use of uses) {
    use.account.say(`systemic treatment, ${agents.join(' + ')}${start === undefined ? '' : ` from ${start}`} (${use.source})`);
  }
}
