/** Patient: birth date, sex, country, alive or dead. Names, numbers and addresses are never read. */

import { dateOfDateTime } from '../value/dates.js';
import { lookUp } from '../value/lookup.js';
import type { Resource } from './bundle.js';
import { COUNTRIES } from './codes.js';
import { Account, type Context, dateOf } from './context.js';
import { extensions, type Json, objects, text } from './json.js';

export function readPatient(context: Context, resource: Resource): void {
  const { json } = resource;
  const account = new Account(context, resource, 'Patient').read(
    'birthDate',
    'gender',
    'address',
    'deceasedBoolean',
    'deceasedDateTime',
    'active',
  );
  birth(account, json);
  sex(account, json);
  country(account, json);
  if (text(json['deceasedDateTime']) !== undefined) {
    const date = dateOf(json, 'deceasedDateTime');
    account.observe('person.vital-status', 'dead', date === undefined ? {} : { date });
  } else if (typeof json['deceasedBoolean'] === 'boolean')
    account.observe('person.vital-status', json['deceasedBoolean'] ? 'dead' : 'alive');
  const personal = [
    'name',
    'telecom',
    'contact',
    'photo',
    'maritalStatus',
    'communication',
    'generalPractitioner',
    'managingOrganization',
    'identifier',
  ].filter((element) => json[element] !== undefined);
  account.read(...personal);
  if (extensions(json, 'us-core-race').length + extensions(json, 'us-core-ethnicity').length > 0)
    personal.push('race and ethnicity');
  if (personal.length > 0) account.ignore(`Not read, to keep private what no finding needs: ${personal.join(', ')}.`);
  account.close('The patient resource says nothing that a finding needs.');
}

function birth(account: Account, json: Json): void {
  const written = text(json['birthDate']);
  if (written === undefined) return;
  const date = dateOfDateTime(written);
  if (date === undefined) account.refuse(`The birth date "${written}" is not a date. Write it as YYYY-MM-DD.`);
  else account.observe('person.birth-date', date);
}

const SEX_WORDS: Readonly<Record<string, string>> = {
  F: 'female',
  M: 'male',
  female: 'female',
  male: 'male',
  '248152002': 'female',
  '248153007': 'male',
  I: 'intersex',
};

/** Sex at birth stands in an extension; the administrative gender is the next best thing. */
function sex(account: Account, json: Json): void {
  const gender = text(json['gender']);
  const atBirth = [
    ...extensions(json, 'us-core-birthsex'),
    ...extensions(json, 'us-core-sex'),
    ...extensions(json, 'patient-birthSex'),
  ]
    .map((extension) => text(extension['valueCode']) ?? '')
    .find((code) => Object.hasOwn(SEX_WORDS, code));
  if (atBirth !== undefined) {
    const word = lookUp(SEX_WORDS, atBirth) ?? '';
    account.observe(
      'person.sex',
      word,
      gender !== undefined && gender !== word ? { note: `sex at birth; gender is ${gender}` } : {},
    );
  } else if (gender === 'male' || gender === 'female')
    account.observe('person.sex', gender, { note: 'from gender: sex at birth is not stated' });
  else if (gender !== undefined) account.observe('person.sex', { absent: 'unknown' }, { note: `gender is ${gender}` });
}

function country(account: Account, json: Json): void {
  const current = objects(json['address']).filter((address) => text(address['use']) !== 'old');
  const written = current.flatMap((address) => text(address['country']) ?? [])[0]?.trim();
  if (written === undefined) return;
  const word = written.toLowerCase();
  const values = account.context.catalogue.facts.get('person.country')?.values ?? [];
  const id = values.find((value) => value.id === word || value.label.toLowerCase() === word)?.id ?? lookUp(COUNTRIES, word);
  if (id === undefined || !values.some((value) => value.id === id))
    account.ignore(`The country "${written}" is not known by that name.`);
  else account.observe('person.country', id, id === word ? {} : { note: `the address says ${written}` });
}
