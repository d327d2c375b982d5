/** Procedures: operations, drainage, biopsies, radiotherapy courses. */
import type { ProcedureCode, ProcedureEvent, Radiotherapy, SystemicTherapy, TreatmentEvent } from '@serosa/core';
import { PROCEDURES, RADIOTHERAPY_INTENTS, RESIDUALS, RESPONSES, STOP_REASONS, SYSTEMIC_INTENTS } from '../case-file/format.js';
import { agentsIn } from '../value/agents.js';
import { defined } from '../value/defined.js';
import { lookUp } from '../value/lookup.js';
import { converter } from '../value/units.js';
import type { Resource } from './bundle.js';
import { PROCEDURE_CODES, PROCEDURE_WORDS, SEROSA_EXTENSIONS, SNOMED } from './codes.js';
import { Account, type Context, dateOf, describe, intentOf, isForOtherCancer, sideInWords, sideOf } from './context.js';
import {
  type Concept,
  concept,
  conceptName,
  conceptWords,
  extensions,
  hasCode,
  type Json,
  number,
  object,
  objects,
  profiles,
  text,
} from './json.js';
import { ownTreatment, ownWord } from './own.js';

const NOT_DONE: Readonly<Record<string, string>> = {
  'entered-in-error': 'Entered in error.',
  'not-done': 'The procedure was not done.',
  preparation: 'The procedure has not begun.',
};

export function readProcedure(context: Context, resource: Resource): void {
  const { json } = resource;
  const code = concept(json['code']);
  const name = conceptWords(code) === '' && isRadiotherapy(json, code) ? { codings: [], text: 'Radiotherapy course' } : code;
  const account = new Account(context, resource, describe('Procedure', name, resource.at)).read(
    'performedDateTime',
    'performedPeriod',
    'bodySite',
    'code',
  );
  const status = text(json['status']) ?? '';
  const why = lookUp(NOT_DONE, status);
  const own = ownTreatment(json);
  if (why !== undefined) account.ignore(why);
  else if (own !== undefined && readOwn(context, account, own)) account.read('_performedDateTime');
  else if (isForOtherCancer(context, resource, ['reasonReference'])) account.ignore('It was done for another cancer.');
  else if (isRadiotherapy(json, code)) radiotherapy(context, account);
  else operation(context, account, code);
  account.close('No procedure that a finding depends on.');
}

/** A treatment that was written from a record: field by field, without conclusions. False when its code is none of a record. */
function readOwn(context: Context, account: Account, kind: string): boolean {
  const { json } = account;
  account.read('usedCode', 'outcome', 'statusReason', 'note');
  const period = object(json['performedPeriod']) ?? {};
  const [start, end] = [dateOf({ start: period['start'] }, 'start'), dateOf({ end: period['end'] }, 'end')];
  const names = (element: string): readonly string[] => objects(json[element]).flatMap((value) => text(value['text']) ?? []);
  const extension = (url: string, type: string): unknown => extensions(json, url)[0]?.[type];
  const intent = extensions(json, 'mcode-procedure-intent')[0]?.['valueCodeableConcept'];
  const origin = account.origin();
  const add = (event: TreatmentEvent, what: string): true => {
    context.draft.treat(event, account.resource.at, account.what);
    account.say(what);
    return true;
  };
  if (kind === 'systemic') {
    const agents = names('usedCode');
    const isOver = extension(SEROSA_EXTENSIONS.ongoing, 'valueBoolean') === false;
    const progression = extensions(json, SEROSA_EXTENSIONS.progression)[0];
    return add(
      defined<SystemicTherapy>({
        kind,
        agents,
        start,
        end,
        ongoing: json['status'] === 'in-progress' ? true : isOver ? false : undefined,
        line: number(extension(SEROSA_EXTENSIONS.line, 'valueInteger')),
        cycles: number(extension(SEROSA_EXTENSIONS.cycles, 'valueInteger')),
        bestResponse: ownWord(RESPONSES, json['outcome']),
        intent: ownWord(SYSTEMIC_INTENTS, intent),
        stoppedFor: ownWord(STOP_REASONS, json['statusReason']),
        progression: progression && dateOf(progression, 'valueDateTime'),
        origin,
      }),
      `systemic treatment, ${agents.length > 0 ? agents.join(' + ') : 'drugs not stated'}`,
    );
  }
  if (kind === 'radiotherapy') {
    const [dose] = extensions(json, 'mcode-radiotherapy-dose-delivered-to-volume');
    const total = object(extensions(dose, 'totalDoseDelivered')[0]?.['valueQuantity']);
    return add(
      defined<Radiotherapy>({
        kind,
        site: names('bodySite')[0],
        start,
        end,
        gray: total && doseOf(account, total),
        fractions: number(extensions(dose, 'fractionsDelivered')[0]?.['valueUnsignedInt']),
        intent: ownWord(RADIOTHERAPY_INTENTS, intent),
        origin,
      }),
      'radiotherapy',
    );
  }
  const code = PROCEDURES.find((word) => word === kind);
  if (code === undefined) return false;
  return add(
    defined<ProcedureEvent>({
      kind: 'procedure',
      code,
      text: text(object(json['code'])?.['text']),
      date: dateOf(json, 'performedDateTime'),
      side: sideOf(objects(json['bodySite'])),
      residual: ownWord(RESIDUALS, json['outcome']),
      origin,
    }),
    `procedure: ${code}`,
  );
}

/** mCODE's course summary (SNOMED 1217123003), or the words of the name. */
function isRadiotherapy(json: Json, code: Concept): boolean {
  return (
    hasCode(code, SNOMED, ['1217123003', '108290001', '33195004']) ||
    profiles(json).some((profile) => profile.includes('radiotherapy')) ||
    (/radiotherap|radiation therap|irradiation|brachytherap/i.test(conceptWords(code)) &&
      !/planning|simulation|consult|evaluation/i.test(conceptWords(code)))
  );
}

/** One event for each volume that a dose is stated for; one without dose otherwise. */
function radiotherapy(context: Context, account: Account): void {
  const { json } = account;
  const start = dateOf(json, 'performedDateTime', 'performedPeriod');
  const end = object(json['performedPeriod']);
  const ended = end ? dateOf(end, 'end') : undefined;
  const intent = intentOf(json);
  const sites = objects(json['bodySite']).map((site) => conceptName(concept(site)));
  const shared: Radiotherapy = {
    kind: 'radiotherapy',
    ...(start === undefined ? {} : { start }),
    ...(ended === undefined ? {} : { end: ended }),
    ...(intent === undefined ? {} : { intent: intent === 'preventive' ? 'prophylactic' : intent }),
    origin: account.origin(),
  };
  const add = (event: Radiotherapy): void => {
    context.draft.treat(event, account.resource.at, account.what);
    const dose =
      event.gray === undefined
        ? 'dose not stated'
        : `${event.gray} Gy${event.fractions === undefined ? '' : ` in ${event.fractions} fractions`}`;
    account.say(`radiotherapy, ${event.site ?? 'site not stated'}, ${dose}`);
  };
  const doses = [
    ...extensions(json, 'mcode-radiotherapy-dose-delivered-to-volume'),
    ...extensions(json, 'mcode-radiotherapy-dose-delivered'),
  ];
  for (const dose of doses) {
    const [volume] = extensions(dose, 'volume');
    const [total] = extensions(dose, 'totalDoseDelivered');
    const [fractions] = extensions(dose, 'fractionsDelivered');
    const target = context.resources.resolve(volume?.['valueReference'], account.resource);
    const named = object(volume?.['valueReference']);
    const site = (target && volumeName(target)) ?? text(named?.['display']) ?? sites[0];
    // Where the volume itself is missing, its name may still tell a reader what it was.
    const missing =
      !target && text(named?.['reference']) !== undefined
        ? account.origin(`volume ${text(named?.['reference'])}, which is not in the input`)
        : shared.origin;
    const gray = doseOf(account, object(total?.['valueQuantity']));
    const count = number(fractions?.['valueUnsignedInt']) ?? number(fractions?.['valueInteger']);
    add({
      ...shared,
      ...(site ? { site } : {}),
      ...(gray === undefined ? {} : { gray }),
      ...(count === undefined ? {} : { fractions: count }),
      origin: missing,
    });
  }
  const sessions = number(extensions(json, 'mcode-radiotherapy-sessions')[0]?.['valueUnsignedInt']);
  if (doses.length === 0)
    add({
      ...shared,
      ...(sites.length > 0 ? { site: sites.join(', ') } : {}),
      ...(sessions === undefined ? {} : { fractions: sessions }),
    });
  const modalities = extensions(json, 'mcode-radiotherapy-modality-and-technique').length;
  if (modalities > 0) account.ignore('Modality and technique: no finding depends on them.');
}

function volumeName(volume: Resource): string | undefined {
  const { json } = volume;
  const place = conceptName(concept(json['location']));
  return text(json['description']) ?? (place === '' ? undefined : place);
}

function doseOf(account: Account, dose: Json | undefined): number | undefined {
  const value = number(dose?.['value']);
  if (value === undefined) return undefined;
  const unit = text(dose?.['code']) ?? text(dose?.['unit']) ?? '';
  const gray = converter(unit, 'Gy')?.(value);
  if (gray === undefined || gray < 0 || gray > 200) {
    account.refuse(`The dose ${value} ${unit} is not one that can be: a course has up to 200 Gy. Check value and unit.`);
    return undefined;
  }
  return Number(gray.toPrecision(12));
}

function operation(context: Context, account: Account, code: Concept): void {
  const { json } = account;
  const words = conceptWords(code);
  const known = procedureOf(code, words);
  if (!known && /chemo|immuno-?therap|systemic (anti-?cancer|therap)|infusion of/i.test(words)) {
    const start = dateOf(json, 'performedDateTime', 'performedPeriod');
    const period = object(json['performedPeriod']);
    const end = period ? dateOf(period, 'end') : undefined;
    const agents = agentsIn(words);
    context.draft.treat(
      {
        kind: 'systemic',
        agents,
        ...(start === undefined ? {} : { start }),
        ...(end === undefined ? {} : { end }),
        origin: account.origin(),
      },
      account.resource.at,
      account.what,
    );
    account.say(`systemic treatment, ${agents.length > 0 ? agents.join(' + ') : 'drugs not stated'}`);
    return;
  }
  const surgical =
    profiles(json).some((profile) => profile.includes('surgical')) || hasCode(concept(json['category']), SNOMED, ['387713003']);
  const procedure = known ?? (surgical ? 'other' : undefined);
  if (!procedure) return;
  const date = dateOf(json, 'performedDateTime', 'performedPeriod');
  const side = sideOf(objects(json['bodySite'])) ?? sideInWords(words);
  const residual = /\bR([012X])\b(?: resection)?/.exec(`${words} ${conceptWords(concept(json['outcome']))}`)?.[1];
  context.draft.treat(
    {
      kind: 'procedure',
      code: procedure,
      ...(conceptName(code) === '' ? {} : { text: conceptName(code) }),
      ...(date === undefined ? {} : { date }),
      ...(side ? { side } : {}),
      ...(residual === undefined ? {} : { residual: `R${residual}` as 'R0' | 'R1' | 'R2' | 'RX' }),
      origin: account.origin(),
    },
    account.resource.at,
    account.what,
  );
  account.say(`procedure: ${procedure}`);
}

function procedureOf(code: Concept, words: string): ProcedureCode | undefined {
  for (const coding of code.codings) {
    const isKnown = coding.system === SNOMED || /cpt|ama-assn/i.test(coding.system);
    const known = isKnown ? lookUp(PROCEDURE_CODES, coding.code) : undefined;
    if (known) return known;
  }
  return PROCEDURE_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}
