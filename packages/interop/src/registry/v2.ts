/** A study of the ClinicalTrials.gov API v2 (version 2.0.3: `Study` of its OpenAPI document, fields of `/studies/metadata`). */
import type { TrialRecord } from '@serosa/core';
import { type Json, list, number, object, objects, text } from '../fhir/json.js';
import { Account, type TrialNote } from './account.js';
import { contactOf, trialOf, type Written } from './written.js';

/** One study object as the API hands it out, with `at` as its place in notes. Never throws; without a trial the notes say why. */
export function trialFromV2(study: unknown, at: string): { readonly trial?: TrialRecord; readonly notes: readonly TrialNote[] } {
  const account = new Account();
  const json = object(study);
  if (!json || !object(json['protocolSection'])) {
    account.refused(at, 'a study', 'A study of the API has a `protocolSection`; this has none.');
    return { notes: account.notes };
  }
  const trial = trialOf(written(json), at, account);
  return { ...(trial ? { trial } : {}), notes: account.notes };
}

function written(study: Json): Written {
  const section = (name: string): Json => object(object(study['protocolSection'])?.[name]) ?? {};
  const identification = section('identificationModule');
  const status = section('statusModule');
  const design = section('designModule');
  const eligibility = section('eligibilityModule');
  const conditions = section('conditionsModule');
  const arms = section('armsInterventionsModule');
  const places = section('contactsLocationsModule');
  const dated = (name: string): string | undefined => text(object(status[name])?.['date']);
  const healthy = eligibility['healthyVolunteers'];
  return {
    ids: texts(identification['nctId']),
    otherIds: [
      ...texts(identification['nctIdAliases']),
      ...texts(object(identification['orgStudyIdInfo'])?.['id']),
      ...objects(identification['secondaryIdInfos']).flatMap((info) => texts(info['id'])),
    ],
    title: text(identification['briefTitle']),
    officialTitle: text(identification['officialTitle']),
    acronym: text(identification['acronym']),
    status: text(status['overallStatus']),
    whyStopped: text(status['whyStopped']),
    phases: texts(design['phases']),
    studyType: text(design['studyType']),
    purpose: text(object(design['designInfo'])?.['primaryPurpose']),
    conditions: texts(conditions['conditions']),
    keywords: texts(conditions['keywords']),
    summary: text(section('descriptionModule')['briefSummary']),
    interventions: objects(arms['interventions']).map((one) => ({
      type: text(one['type']),
      name: text(one['name']),
      otherNames: texts(one['otherNames']),
    })),
    arms: objects(arms['armGroups']).map((one) => ({
      label: text(one['label']),
      type: text(one['type']),
      description: text(one['description']),
      interventions: texts(one['interventionNames']),
    })),
    criteria: text(eligibility['eligibilityCriteria']),
    truncated: false,
    sex: text(eligibility['sex']),
    minimumAge: text(eligibility['minimumAge']),
    maximumAge: text(eligibility['maximumAge']),
    healthyVolunteers: typeof healthy === 'boolean' ? String(healthy) : text(healthy),
    sponsor: text(object(section('sponsorCollaboratorsModule')['leadSponsor'])?.['name']),
    enrolment: scalar(object(design['enrollmentInfo'])?.['count']),
    start: dated('startDateStruct'),
    completion: dated('completionDateStruct'),
    // What the sponsor did, before what the registry published of it some days later.
    updated: text(status['lastUpdateSubmitDate']) ?? dated('lastUpdatePostDateStruct'),
    verified: text(status['statusVerifiedDate']),
    knownAsOf: text(object(object(study['derivedSection'])?.['miscInfoModule'])?.['versionHolder']),
    contacts: objects(places['centralContacts']).flatMap(contact),
    sites: objects(places['locations']).map((site) => ({
      facility: text(site['facility']),
      city: text(site['city']),
      state: text(site['state']),
      country: text(site['country']),
      status: text(site['status']),
      lat: number(object(site['geoPoint'])?.['lat']),
      lon: number(object(site['geoPoint'])?.['lon']),
      contacts: objects(site['contacts']).flatMap(contact),
    })),
    url: undefined,
  };
}

function texts(value: unknown): readonly string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

function contact(one: Json): ReturnType<typeof contactOf> {
  return contactOf(text(one['name']), text(one['role']), text(one['phone']), scalar(one['phoneExt']), text(one['email']));
}
