/**
 * TNM: observations of categories and of groups, and stages written into the condition. Observations of the same basis,
 * edition and day belong to one statement; two different answers stay two statements.
 */
import type { PartialDate, StatedStage } from '@serosa/core';
import { lookUp } from '../value/lookup.js';
import { type Axis, findCategory, findGroup, readCategory, readEdition, readGroup } from '../value/tnm.js';
import type { Resource } from './bundle.js';
import { EDITIONS, SEROSA_FACT, STAGING_CODES, STAGING_PROFILES, STAGING_VALUES } from './codes.js';
import { Account, type Context, dateOf, describe, effectiveDate, isForOtherCancer } from './context.js';
import { anyValue, brief, type Concept, concept, conceptWords, objects, profiles, text } from './json.js';
import { ownOrigin } from './own.js';

type Basis = StatedStage['basis'];
type Edition = StatedStage['edition'];

interface Piece {
  readonly account: Account;
  readonly axis: Axis | 'group';
  /** None: a group that only says which categories belong together. */
  readonly value: string | undefined;
  readonly basis: Basis;
  readonly edition: Edition;
  /** Why the edition is unknown; told when no group that this belongs to gives one. */
  readonly editionNote: string | undefined;
  readonly date: PartialDate | undefined;
}

/** What a staging observation is about, or undefined when it is no TNM staging. */
function subjectOf(resource: Resource): { readonly axis: Axis | 'group'; readonly basis: Basis } | undefined {
  const code = concept(resource.json['code']);
  // A fact that is named like a stage, such as what a letter calls it.
  if (code.codings.some(({ system }) => system === SEROSA_FACT)) return undefined;
  for (const coding of code.codings) {
    const known = lookUp(STAGING_CODES, coding.code);
    if (known) return known;
  }
  for (const profile of profiles(resource.json)) {
    const axis = lookUp(STAGING_PROFILES, profile);
    if (axis) return { axis, basis: 'unknown' };
  }
  const words = conceptWords(code);
  const axis: Axis | undefined = /primary tumou?r\b.*(tnm|categor|\bT\b)|^\s*[cp]?T (categor|stage)/i.test(words)
    ? 'T'
    : /regional (lymph )?nodes?\b.*(tnm|categor|\bN\b)|^\s*[cp]?N (categor|stage)/i.test(words)
      ? 'N'
      : /distant metasta\w+\b.*(tnm|categor|\bM\b)|^\s*[cp]?M (categor|stage)/i.test(words)
        ? 'M'
        : undefined;
  if (!axis && !/tnm stage|ajcc stage|uicc stage|stage group/i.test(words)) return undefined;
  return {
    axis: axis ?? 'group',
    basis: /\bpath/i.test(words) ? 'pathological' : /\bclin/i.test(words) ? 'clinical' : 'unknown',
  };
}

export function isStaging(resource: Resource): boolean {
  return resource.type === 'Observation' && subjectOf(resource) !== undefined;
}

/** Reads all staging observations together. */
export function readStages(context: Context, resources: readonly Resource[]): void {
  const { pieces, leaders } = withGroups(
    context,
    resources.flatMap((resource) => pieceOf(context, resource)),
  );
  for (const { account, edition, editionNote } of pieces)
    if (edition === 'unknown' && editionNote !== undefined) account.ignore(editionNote);
  // The second T of a basis, edition and day belongs to a second statement, the third to a third.
  const statements: { readonly parts: Piece[] }[] = [];
  const sameDay = new Map<string, { readonly parts: Piece[] }[]>();
  const counts = new Map<string, number>();
  for (const piece of pieces) {
    if (leaders.has(piece)) continue;
    const key = [piece.basis, piece.edition, piece.date].join('|');
    const own = sameDay.get(key) ?? [];
    sameDay.set(key, own);
    const count = counts.get(`${key}|${piece.axis}`) ?? 0;
    counts.set(`${key}|${piece.axis}`, count + 1);
    const home = own[count];
    if (home) home.parts.push(piece);
    else {
      const statement = { parts: [piece] };
      own.push(statement);
      statements.push(statement);
    }
  }
  // Members stand beside their own group, whatever else was found on that day.
  for (const [piece, leader] of leaders) {
    const home = statements.find(({ parts }) => parts.includes(leader));
    if (home && !home.parts.some(({ axis }) => axis === piece.axis)) home.parts.push(piece);
    else statements.push({ parts: [piece] });
  }
  for (const { parts } of statements) {
    const [first] = parts;
    if (!first) continue;
    if (parts.every((part) => part.value === undefined)) {
      first.account.ignore('There is no value, and no category that belongs to it could be read.');
      continue;
    }
    const main = parts.find(({ axis }) => axis === 'group') ?? first;
    const { basis, edition, date } = main;
    const value = (axis: Axis | 'group'): string | undefined => parts.find((part) => part.axis === axis)?.value;
    const categories = { T: value('T'), N: value('N'), M: value('M'), group: value('group') };
    context.draft.stage(
      {
        edition,
        basis,
        ...Object.fromEntries(Object.entries(categories).filter(([, part]) => part !== undefined)),
        ...(date === undefined ? {} : { date }),
        origin: ownOrigin(main.account.json) ?? { kind: 'fhir', at: parts.map(({ account }) => account.resource.at).join(', ') },
      },
      main.account.resource.at,
      main.account.what,
    );
    for (const { account, axis, value: own } of parts)
      account.say(
        own === undefined
          ? 'no stage group: it holds its categories together'
          : `stage, ${axis} ${own}, ${basis}, edition ${edition}`,
      );
  }
  for (const { account } of pieces) account.close('');
}

/**
 * The T, N and M that a stage group names as its members take its basis, edition and day where they have none of their own.
 * A member that contradicts its group stays by itself.
 */
function withGroups(
  context: Context,
  pieces: readonly Piece[],
): { readonly pieces: readonly Piece[]; readonly leaders: ReadonlyMap<Piece, Piece> } {
  const groups = new Map<Resource, Piece>();
  for (const group of pieces) {
    if (group.axis !== 'group') continue;
    for (const member of objects(group.account.json['hasMember'])) {
      const resource = context.resources.resolve(member, group.account.resource);
      if (resource && !groups.has(resource)) groups.set(resource, group);
    }
  }
  const leaders = new Map<Piece, Piece>();
  const result = pieces.map((piece) => {
    const group = piece.axis === 'group' ? undefined : groups.get(piece.account.resource);
    if (!group) return piece;
    const fits = (own: string | undefined, other: string | undefined): boolean =>
      own === undefined || own === 'unknown' || other === undefined || other === 'unknown' || own === other;
    if (!fits(piece.basis, group.basis) || !fits(piece.edition, group.edition)) return piece;
    const joined: Piece = {
      ...piece,
      basis: piece.basis === 'unknown' ? group.basis : piece.basis,
      edition: piece.edition === 'unknown' ? group.edition : piece.edition,
      date: piece.date ?? group.date,
    };
    // What the group itself leaves open is not filled from a member: such a pair stays two statements by key.
    if (joined.basis === group.basis && joined.edition === group.edition) leaders.set(joined, group);
    return joined;
  });
  return { pieces: result, leaders };
}

function pieceOf(context: Context, resource: Resource): readonly Piece[] {
  const { json } = resource;
  const subject = subjectOf(resource);
  if (!subject) return [];
  const account = new Account(context, resource, describe('Stage', concept(json['code']), resource.at)).read(
    'method',
    'effectiveDateTime',
    'effectivePeriod',
    'effectiveInstant',
    'valueCodeableConcept',
    'valueString',
    'component',
    'dataAbsentReason',
    'hasMember',
    '_effectiveDateTime',
    'note',
  );
  const none = (why: string): readonly Piece[] => {
    account.ignore(why);
    account.close(why);
    return [];
  };
  const status = text(json['status']);
  if (status === 'entered-in-error' || status === 'cancelled') return none(`Its status is ${status}.`);
  if (isForOtherCancer(context, resource, ['focus'])) return none('This is the stage of another cancer.');
  const raw = anyValue(json);
  const isFrame = !raw && subject.axis === 'group' && objects(json['hasMember']).length > 0;
  const value: Partial<StagingValue> | undefined = isFrame ? {} : raw && readStagingValue(subject.axis, concept(raw.value));
  if (!value) return none(raw ? `The value "${brief(raw.value)}" is no TNM value that is known here.` : 'There is no value.');
  if (value.conflict !== undefined) account.ignore(value.conflict);
  if (value.modifiers) account.ignore(`The prefix ${value.modifiers} is left out: the record has no place for it.`);
  const stated = subject.basis;
  if (stated !== 'unknown' && value.basis !== undefined && value.basis !== stated) {
    return none(`The code says ${stated}, the value ${value.basis}: it cannot be told which is right.`);
  }
  const basis = stated === 'unknown' ? (value.basis ?? 'unknown') : stated;
  const method = concept(json['method']);
  const edition = editionOf(method);
  return [
    {
      account,
      axis: subject.axis,
      value: value.value,
      basis,
      edition: edition ?? 'unknown',
      editionNote:
        edition === undefined
          ? `The method "${conceptWords(method) || method.codings[0]?.code || 'not given'}" names no edition of TNM: the edition stays unknown.`
          : undefined,
      date: effectiveDate(json),
    },
  ];
}

interface StagingValue {
  readonly value: string;
  readonly basis?: 'clinical' | 'pathological';
  readonly modifiers?: string;
  readonly conflict?: string;
}

/** By SNOMED code, by AJCC's own code (`cN3`), then by the words. A code and its name that disagree are told. */
function readStagingValue(axis: Axis | 'group', value: Concept): StagingValue | undefined {
  const parse = (written: string): StagingValue | undefined => {
    if (axis !== 'group') return readCategory(axis, written);
    const group = readGroup(written);
    return group === undefined ? undefined : { value: group };
  };
  const search = (words: string): StagingValue | undefined => {
    if (axis !== 'group') return findCategory(axis, words);
    const group = findGroup(words);
    return group === undefined ? undefined : { value: group };
  };
  for (const coding of value.codings) {
    const read = parse(lookUp(STAGING_VALUES, coding.code) ?? coding.code);
    if (!read) continue;
    const named = coding.display === '' ? undefined : search(coding.display);
    if (!named || named.value === read.value) return read;
    return { ...read, conflict: `The code ${coding.code} means ${read.value}, its name says ${named.value}: the code counts.` };
  }
  for (const words of [...value.codings.map(({ display }) => display), value.text]) {
    const read = words === '' ? undefined : (parse(words) ?? search(words));
    if (read) return read;
  }
  return undefined;
}

function editionOf(method: Concept): Edition | undefined {
  for (const { code, display } of method.codings) {
    const read = lookUp(EDITIONS, code) ?? readEdition(display);
    if (read) return read;
  }
  return method.text === '' ? undefined : readEdition(method.text);
}

/** Stages in the condition itself. One that its own assessment repeats is not stated twice. */
export function stageOfCondition(context: Context, account: Account): void {
  for (const [index, stage] of objects(account.json['stage']).entries()) {
    const summary = concept(stage['summary']);
    const words = conceptWords(summary);
    const assessments = objects(stage['assessment']).flatMap((value) => context.resources.resolve(value, account.resource) ?? []);
    const group = readStagingValue('group', summary)?.value;
    const axes = (['T', 'N', 'M'] as const).map(
      (axis) => [axis, readStagingValue(axis, summary) ?? findCategory(axis, words)] as const,
    );
    const categories = Object.fromEntries(axes.flatMap(([axis, read]) => (read ? [[axis, read.value]] : [])));
    if (group === undefined && Object.keys(categories).length === 0) {
      if (words !== '' || summary.codings.length > 0)
        account.ignore(`The stage "${words || summary.codings[0]?.code}" is no TNM stage that is known here.`);
      continue;
    }
    const assessed = assessments.flatMap((resource) => {
      const subject = subjectOf(resource);
      const value = anyValue(resource.json)?.value;
      return subject?.axis === 'group'
        ? [{ basis: subject.basis, group: readStagingValue('group', concept(value))?.value, at: resource.at }]
        : [];
    })[0];
    if (assessed && assessed.group === group) {
      account.say(`stage ${group}, as in ${assessed.at}`);
      continue;
    }
    const method = concept(stage['type']);
    const methodWords = conceptWords(method);
    const inType: Basis = /\bpath/i.test(methodWords) ? 'pathological' : /\bclin/i.test(methodWords) ? 'clinical' : 'unknown';
    const basis = axes.flatMap(([, read]) => read?.basis ?? [])[0] ?? assessed?.basis ?? inType;
    const edition = editionOf(method) ?? 'unknown';
    const date = dateOf(account.json, 'recordedDate', 'onsetDateTime');
    context.draft.stage(
      {
        edition,
        basis,
        ...categories,
        ...(group === undefined ? {} : { group }),
        ...(date === undefined ? {} : { date }),
        origin: account.origin(`stage[${index}]`),
      },
      account.resource.at,
      account.what,
    );
    account.say(
      `stage ${[...Object.values(categories), group].filter((part) => part !== undefined).join(' ')}, ${basis}, edition ${edition}`,
    );
    if (assessed?.group !== undefined)
      account.ignore(
        `The condition says stage ${group}, its own assessment ${assessed.at} says ${assessed.group}: both are kept.`,
      );
  }
}
