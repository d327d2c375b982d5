/** Trials on a terminal: what changed, a list, one record. */
import type { TrialContact, TrialRecord, TrialSite } from '@serosa/core';
import type { TrialNote } from '@serosa/interop';
import { Page, type Style } from '../text.js';
import type { Named, StoreDelta } from './store.js';

/** How many of a kind a terminal shows; JSON has them all. */
const MOST = 20;

/** `ACTIVE_NOT_RECRUITING` as a person reads it. */
const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
const phase = (code: string): string => (code === 'NA' ? 'no phase' : words(code).replace(/phase(\d)/, 'phase $1'));
const name = ({ id, title }: Named): string => (title === undefined ? id : `${id} ${title}`);

function listed<T extends Named>(page: Page, heading: string, entries: readonly T[], line: (entry: T) => string = name): void {
  if (entries.length === 0) return;
  page.blank();
  page.say(`${heading}: ${entries.length}`, 0, 0, 'bold');
  for (const entry of entries.slice(0, MOST)) page.say(line(entry), 2, 2);
  if (entries.length > MOST) page.say(`and ${entries.length - MOST} more; --format json lists them all`, 2, 0, 'dim');
}

/** What a sync or an import changed. Of a new store the trials are not told one by one. */
export function deltaText(page: Page, delta: StoreDelta): void {
  page.say(`${delta.count} trials are stored now.`);
  if (delta.keptStored > 0)
    page.say(
      `${delta.keptStored} of the records read are older than what was stored, or have less of the criteria: what was stored stays.`,
    );
  if (delta.first) return;
  listed(page, 'New', delta.new);
  listed(page, 'Status changed', delta.status, (entry) => `${name(entry)} (${words(entry.from)} to ${words(entry.to)})`);
  listed(page, 'Criteria changed', delta.criteria);
  listed(page, 'Gone', delta.gone);
  if (delta.new.length + delta.status.length + delta.criteria.length + delta.gone.length === 0)
    page.say('No trial is new or gone, and no status or criteria changed.');
}

/** What was not read and why: refusals first. */
export function notesText(page: Page, notes: readonly TrialNote[], total = notes.length): void {
  if (total === 0) return;
  page.blank();
  const order = [...notes.filter((note) => note.outcome === 'refused'), ...notes.filter((note) => note.outcome === 'unused')];
  for (const note of order.slice(0, MOST))
    page.say(`${note.outcome === 'refused' ? 'refused' : 'not used'}  ${note.at}: ${note.what} — ${note.why}`, 0, 2);
  if (total > MOST) page.say(`and ${total - MOST} more; --format json lists them`, 0, 0, 'dim');
}

export function listText(trials: readonly TrialRecord[], of: number, style: Style): string {
  const page = new Page(style);
  for (const trial of trials) {
    const facts = [trial.status === 'OTHER' ? (trial.statusAsWritten ?? 'other') : words(trial.status)];
    if (trial.phases.length > 0) facts.push(trial.phases.map(phase).join('/'));
    const where = countriesOf(trial);
    if (where.length > 0) facts.push(where.length > 4 ? `${where.length} countries` : where.join(', '));
    page.say(`${trial.id} ${trial.title ?? trial.officialTitle ?? 'no title'}`, 0, 12);
    page.say(facts.join('; '), 12, 0, 'dim');
  }
  page.say(trials.length === 0 ? `None of ${of} trials matches.` : `${trials.length} of ${of} trials`);
  return page.toString();
}

export function countriesOf(trial: TrialRecord): readonly string[] {
  return [...new Set(trial.sites.flatMap(({ country }) => country ?? []))].sort();
}

/** One record in full, with the registry's words. */
export function trialText(trial: TrialRecord, style: Style): string {
  const page = new Page(style);
  page.say(`${trial.id} ${trial.title ?? trial.officialTitle ?? 'no title'}`, 0, 2, 'bold');
  if (trial.officialTitle !== undefined && trial.officialTitle !== trial.title) page.say(trial.officialTitle, 2);
  page.blank();
  const { eligibility } = trial;
  const ages = [
    eligibility.minimumAge === undefined ? undefined : `from ${eligibility.minimumAge}`,
    eligibility.maximumAge === undefined ? undefined : `to ${eligibility.maximumAge}`,
  ].filter(Boolean);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Also known as', [...trial.aliases, ...(trial.acronym ? [trial.acronym] : [])].join(', ')],
    ['Status', [trial.statusAsWritten ?? words(trial.status), trial.whyStopped].filter(Boolean).join(': ')],
    [
      'Kind',
      [trial.studyType, trial.purpose]
        .filter(Boolean)
        .map((code) => words(code as string))
        .join(', '),
    ],
    ['Phase', trial.phases.map(phase).join('/')],
    ['Conditions', trial.conditions.join(', ')],
    ['Sponsor', trial.sponsor],
    ['People', trial.enrolment === undefined ? undefined : String(trial.enrolment)],
    ['Start, end', [trial.start ?? '?', trial.completion ?? '?'].join(', ')],
    ['Changed', trial.updated],
    ['Data of', trial.knownAsOf],
    ['Read it at', trial.url],
  ];
  for (const [label, text] of rows) if (text && text !== '?, ?') page.say(`${label}: ${text}`, 0, 2);
  if (trial.summary) {
    page.heading('Summary');
    registryWords(page, trial.summary);
  }
  if (trial.arms.length + trial.interventions.length > 0) {
    page.heading('What is given');
    for (const arm of trial.arms)
      page.say([arm.label, arm.description, arm.interventions.join(', ')].filter(Boolean).join('. '), 0, 2);
    for (const one of trial.interventions)
      page.say(`${one.type ? `${words(one.type)}: ` : ''}${[one.name, ...one.otherNames].join(', ')}`, 2, 2, 'dim');
  }
  page.heading('Who can join');
  page.say(
    [
      `Sex: ${words(eligibility.sex ?? 'not said')}`,
      `age: ${ages.length > 0 ? `${ages.join(' ')} years` : 'no limit given'}`,
      ...(eligibility.healthyVolunteers === undefined ? [] : [`healthy people: ${eligibility.healthyVolunteers ? 'yes' : 'no'}`]),
    ].join('; '),
  );
  page.blank();
  if (eligibility.text === undefined) page.say('The record has no text of criteria.');
  else registryWords(page, eligibility.text);
  if (eligibility.truncated) page.say('The text was cut off where it comes from: there are more criteria.', 0, 0, 'yellow');
  if (trial.sites.length > 0 || trial.contacts.length > 0) {
    page.heading('Where');
    for (const contact of trial.contacts) page.say(`Contact: ${contactText(contact)}`, 0, 2);
    for (const site of trial.sites) page.say(siteText(site), 0, 2);
  }
  return page.toString();
}

const contactText = (contact: TrialContact): string => [contact.name, contact.phone, contact.email].filter(Boolean).join(', ');

const siteText = (site: TrialSite): string =>
  [
    [site.country, site.city, site.facility].filter(Boolean).join(', '),
    site.status && words(site.status),
    ...site.contacts.map(contactText),
  ]
    .filter(Boolean)
    .join('; ');

/** Lines and their indents as the registry has them. */
function registryWords(page: Page, text: string): void {
  for (const line of text.split('\n')) {
    if (line.trim() === '') page.blank();
    else
      page.say(line.trim(), Math.min(12, line.length - line.trimStart().length), /^\s*([*-]|\w{1,3}[.)])\s/.test(line) ? 2 : 0);
  }
}
