/**
 * The classic XML of ClinicalTrials.gov (`clinical_study`), which the registry gave out until June 2024: one study, or several in
 * one file. Entities that a file declares for itself are never expanded; a study that uses one is refused.
 */
import type { TrialRecord } from '@serosa/core';
import { SaxesParser } from 'saxes';
import { Lines } from '../input/place.js';
import type { Limits } from '../input/text.js';
import type { Account } from './account.js';
import { contactOf, trialOf, type Written } from './written.js';

export interface PlacedTrial {
  readonly trial: TrialRecord;
  readonly at: string;
}

/** The studies of a text that holds at least one `clinical_study`. A broken one is refused with its place; the others go on. */
export function readStudiesXml(text: string, limits: Limits, account: Account): readonly PlacedTrial[] {
  const lines = new Lines(text);
  const trials: PlacedTrial[] = [];
  let open: number | undefined;
  const cutOff = (start: number): void =>
    account.refused(
      lines.at(start),
      'clinical_study',
      'The element that begins here is never closed: the file is not whole. Fetch or copy it again.',
    );
  for (const match of text.matchAll(/<(\/?)clinical_study(?=[\s>])[^<>]*>/g)) {
    if (match[1] === '') {
      if (open !== undefined) cutOff(open);
      open = match.index;
      continue;
    }
    if (open === undefined) continue;
    const at = lines.at(open);
    const study = parse(text.slice(open, match.index + match[0].length), limits);
    if ('wrong' in study) account.refused(lines.at(open + study.offset), 'clinical_study', study.wrong);
    else {
      const trial = trialOf(written(study), at, account);
      if (trial) trials.push({ trial, at });
    }
    open = undefined;
  }
  if (open !== undefined) cutOff(open);
  return trials;
}

interface Element {
  readonly name: string;
  readonly children: Element[];
  /** Its own text, that of elements inside it left out. */
  text: string;
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Why reading stops: thrown inside this module only. */
class Stop extends Error {}

function parse(xml: string, limits: Limits): Element | { readonly wrong: string; readonly offset: number } {
  const parser = new SaxesParser();
  // The parser's own table inherits names such as `constructor` from every object.
  parser.ENTITIES = Object.assign(Object.create(null), PREDEFINED) as Record<string, string>;
  const top: Element = { name: '', children: [], text: '' };
  const stack: Element[] = [top];
  const addText = (text: string): void => {
    stack.at(-1)!.text += text;
  };
  parser.on('opentag', ({ name }) => {
    if (stack.length > limits.depth) throw new Stop(`The XML is nested more than ${limits.depth} levels deep.`);
    const element: Element = { name, children: [], text: '' };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('error', (error) => {
    // The library puts line and column before its words; they count from the study, not from the file.
    const words = error.message.replace(/^(?:\d+:\d+: )?/, '').replace(/\.$/, '');
    throw new Stop(`The XML is wrong here: ${words}. Correct it, or fetch the record again.`);
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { wrong: error.message, offset: Math.min(parser.position, xml.length) };
  }
  return top.children[0] ?? { wrong: 'There is no element here.', offset: 0 };
}

/** Every element at a path of names, in the order of the file. */
function all(from: Element, path: string): readonly Element[] {
  let found: readonly Element[] = [from];
  for (const name of path.split('/')) found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

function texts(from: Element, path: string): readonly string[] {
  return all(from, path).flatMap(({ text }) => (text.trim() === '' ? [] : text));
}

/** The text at the first of these paths that has one. */
function first(from: Element, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const [text] = texts(from, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function written(study: Element): Written {
  const interventions = all(study, 'intervention').map((one) => ({
    type: first(one, 'intervention_type'),
    name: first(one, 'intervention_name'),
    otherNames: texts(one, 'other_name'),
    arms: texts(one, 'arm_group_label'),
  }));
  const byArm = new Map<string, string[]>();
  for (const { name, arms } of interventions) {
    if (name === undefined) continue;
    for (const label of arms) {
      const given = byArm.get(label);
      if (given) given.push(name);
      else byArm.set(label, [name]);
    }
  }
  return {
    ids: texts(study, 'id_info/nct_id'),
    otherIds: ['nct_alias', 'org_study_id', 'secondary_id'].flatMap((name) => texts(study, `id_info/${name}`)),
    title: first(study, 'brief_title'),
    officialTitle: first(study, 'official_title'),
    acronym: first(study, 'acronym'),
    status: first(study, 'overall_status'),
    whyStopped: first(study, 'why_stopped'),
    phases: texts(study, 'phase'),
    studyType: first(study, 'study_type'),
    purpose:
      first(study, 'study_design_info/primary_purpose') ??
      /Primary Purpose:\s*([^,]{1,60})/.exec(first(study, 'study_design') ?? '')?.[1],
    conditions: texts(study, 'condition'),
    keywords: texts(study, 'keyword'),
    summary: first(study, 'brief_summary/textblock'),
    interventions,
    arms: all(study, 'arm_group').map((one) => {
      const label = first(one, 'arm_group_label');
      return {
        label,
        type: first(one, 'arm_group_type'),
        description: first(one, 'description'),
        interventions: byArm.get(label ?? '') ?? [],
      };
    }),
    criteria: first(study, 'eligibility/criteria/textblock'),
    truncated: false,
    sex: first(study, 'eligibility/gender'),
    minimumAge: first(study, 'eligibility/minimum_age'),
    maximumAge: first(study, 'eligibility/maximum_age'),
    healthyVolunteers: first(study, 'eligibility/healthy_volunteers'),
    sponsor: first(study, 'sponsors/lead_sponsor/agency'),
    enrolment: first(study, 'enrollment'),
    start: first(study, 'start_date'),
    completion: first(study, 'completion_date'),
    updated: first(study, 'last_update_submitted', 'lastchanged_date', 'last_update_posted'),
    verified: first(study, 'verification_date'),
    knownAsOf: / on (\w{3,9} \d{1,2}, \d{4})/.exec(first(study, 'required_header/download_date') ?? '')?.[1],
    contacts: [...all(study, 'overall_contact'), ...all(study, 'overall_contact_backup')].flatMap((one) =>
      contact(one, 'CONTACT'),
    ),
    sites: all(study, 'location').map((site) => ({
      facility: first(site, 'facility/name'),
      city: first(site, 'facility/address/city'),
      state: first(site, 'facility/address/state'),
      country: first(site, 'facility/address/country'),
      status: first(site, 'status'),
      contacts: [
        ...[...all(site, 'contact'), ...all(site, 'contact_backup')].flatMap((one) => contact(one, 'CONTACT')),
        ...all(site, 'investigator').flatMap((one) => contact(one, first(one, 'role'))),
      ],
    })),
    url: undefined,
  };
}

function contact(one: Element, role: string | undefined): ReturnType<typeof contactOf> {
  const name = ['first_name', 'middle_name', 'last_name'].flatMap((part) => first(one, part) ?? []).join(' ');
  return contactOf(name, role, first(one, 'phone'), first(one, 'phone_ext'), first(one, 'email'));
}
