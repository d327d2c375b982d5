/** Matches on a terminal. Nothing here says that somebody can join: that is decided at the site. */
import type { Trial, TrialMatch, TrialSite, Voice } from '@serosa/core';
import { Page, type Style } from '../text.js';

/** Facts, points to judge and places that are named for one trial. */
const MOST_FACTS = 6;
const MOST_POINTS = 5;
const MOST_PLACES = 3;
/** Days after which what is known of a trial may have changed: registries ask for an update twice a year. */
const STALE_DAYS = 183;

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
const PHASES: Readonly<Record<string, string>> = {
  EARLY_PHASE1: 'a first small study of a new treatment',
  PHASE1: 'an early study: it looks for a safe dose',
  PHASE2: 'a study of whether it works',
  PHASE3: 'a large study that compares it with the usual treatment',
  PHASE4: 'a study of a treatment that is already in use',
  NA: 'a study',
};
const SIGNS = { met: 'met', failed: 'not met', unknown: 'fact missing', judgement: 'to judge' } as const;

export interface MatchView {
  readonly voice: Voice;
  readonly asOf: string;
  /** How many trials are shown. */
  readonly limit: number;
  /** Every criterion with the registry's words. */
  readonly inFull: boolean;
  readonly style: Style;
}

export function matchText(matches: readonly TrialMatch[], trials: readonly Trial[], view: MatchView): string {
  const page = new Page(view.style);
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  const patient = view.voice === 'patient';
  page.say(
    patient
      ? 'Only the team of a study can say who may join. This list says what to ask them about.'
      : 'What was read of the criteria, set against what is known of the case. Who may join is decided at the site.',
    0,
    0,
    'bold',
  );
  const told = patient && !view.inFull ? matches.filter(({ fit }) => fit !== 'other') : matches;
  for (const match of told.slice(0, view.limit)) {
    page.blank();
    const trial = byId.get(match.id) as Trial;
    if (patient) card(page, match, trial, view.asOf);
    else entry(page, match, trial, view);
    if (view.inFull) criteria(page, match, view.voice);
  }
  if (told.length === 0) page.say(patient ? 'No study was found.' : 'No trial passes the filters.');
  else if (told.length > view.limit) {
    page.blank();
    page.say(`and ${told.length - view.limit} more: --limit shows more of them, --format json all`, 0, 0, 'dim');
  }
  return page.toString();
}

/** `record as of 2026-01-05, may be out of date`. */
function age(trial: Trial, asOf: string): string {
  const known = trial.knownAsOf ?? trial.updated;
  if (known === undefined) return 'date of the record not known: it may be out of date';
  const first = known.length === 4 ? `${known}-01-01` : known.length === 7 ? `${known}-01` : known;
  const stale = (Date.parse(asOf) - Date.parse(first)) / 86_400_000 > STALE_DAYS;
  return `record as of ${known}${stale ? ', may be out of date' : ''}`;
}

function entry(page: Page, match: TrialMatch, trial: Trial, view: MatchView): void {
  page.say(`${match.id} ${match.title}`, 0, 2, 'bold');
  const phases = trial.phases
    .map((phase) => (phase === 'NA' ? 'no phase' : words(phase).replace(/phase(\d)/, 'phase $1')))
    .join('/');
  page.say([trial.statusAsWritten ?? words(match.status), phases, age(trial, view.asOf)].filter(Boolean).join('; '), 2, 0, 'dim');
  if (match.fit === 'other') page.say('For another disease, as far as the record says.', 2, 2);
  page.say(verdictLine(match), 2, 2);
  if (match.scope !== undefined) page.say(`Part that fits best: ${match.scope}`, 2, 2, 'dim');
  if (match.missing.length > 0 && match.verdict !== 'ineligible')
    page.say(
      `Missing: ${some(
        match.missing.map(({ label }) => label.clinician),
        MOST_FACTS,
      )}`,
      2,
      9,
      'dim',
    );
  places(page, match);
}

function verdictLine(match: TrialMatch): string {
  if (match.verdict === 'ineligible') {
    const closing = match.criteria.find(({ id }) => id === match.deciding);
    return `Closed to this case by ${match.deciding}: ${closing?.text ?? ''}`;
  }
  const lacks =
    match.incomplete === undefined
      ? ''
      : match.incomplete === 'no-criteria'
        ? ' The record gives no criteria.'
        : ' The record does not give all criteria.';
  if (match.verdict === 'eligible') return `Nothing that was read stands against it.${lacks}`;
  const unknown = match.criteria.filter(({ verdict }) => verdict === 'unknown').length;
  const open = [
    unknown === 0 ? undefined : unknown === 1 ? 'one criterion waits for facts' : `${unknown} criteria wait for facts`,
    match.judgements === 0
      ? undefined
      : match.judgements === 1
        ? 'one is for a person to judge'
        : `${match.judgements} are for a person to judge`,
  ].filter(Boolean);
  return `${open.length === 0 ? 'Nothing that was read stands against it.' : `Cannot be said yet: ${open.join(', ')}.`}${lacks}`;
}

function places(page: Page, match: TrialMatch): void {
  const named = match.sites.slice(0, MOST_PLACES).map(placeName).filter(Boolean);
  if (named.length === 0) return;
  const far = match.distance === undefined ? '' : ` (nearest ${match.distance} km)`;
  page.say(`Places${far}: ${some(named, MOST_PLACES, match.sites.length)}`, 2, 8, 'dim');
}

const placeName = ({ facility, city, country }: TrialSite): string => [facility, city, country].filter(Boolean).join(', ');
const some = (items: readonly string[], most: number, of = items.length): string =>
  `${items.slice(0, most).join('; ')}${of > most ? `; and ${of - most} more` : ''}`;

/** What a person and a family can use of a trial. */
function card(page: Page, match: TrialMatch, trial: Trial, asOf: string): void {
  page.say(trial.summary !== undefined && trial.summary.length < 200 ? trial.summary : match.title, 0, 2, 'bold');
  page.say(`Number: ${match.id} (${age(trial, asOf)})`, 2, 2, 'dim');
  const tested = trial.interventions.map(({ name }) => name).slice(0, 5);
  if (tested.length > 0) page.say(`What is tested: ${tested.join(', ')}`, 2, 2);
  const kinds = trial.phases.map((phase) => PHASES[phase] ?? 'a study');
  if (kinds.length > 0)
    page.say(
      `What kind: ${[...new Set(kinds)].join('; ')}.${trial.arms.length > 1 ? ' There is more than one group; ask who decides which one you are in.' : ''}`,
      2,
      2,
    );
  if (trial.sponsor !== undefined) page.say(`Who runs it: ${trial.sponsor}`, 2, 2);
  page.say(
    match.open ? `It takes people: ${words(match.status)}.` : `It does not take people now: ${words(match.status)}.`,
    2,
    2,
  );
  places(page, match);
  if (match.verdict === 'ineligible') {
    const closing = match.criteria.find(({ id }) => id === match.deciding);
    page.say(
      `As things stand it is not meant for a case like this. The reason in the words of the study: ${closing?.text ?? ''}`,
      2,
      2,
    );
    return;
  }
  page.say(
    match.missing.length === 0
      ? 'Nothing that we read stands against it. The team of the study has to check the rest.'
      : 'We cannot say yet. These things about you are not known here:',
    2,
    2,
  );
  for (const fact of match.missing.slice(0, MOST_FACTS)) page.say(`· ${fact.question ?? fact.label.patient}`, 4, 2);
  const asked = match.criteria
    .filter(({ verdict, kind }) => verdict === 'judgement' && kind === 'judgement')
    .slice(0, MOST_POINTS);
  page.say('What to ask them:', 2, 2);
  for (const { text } of asked)
    page.say(`· Does this hold for me: "${text.length > 160 ? `${text.slice(0, 157)}…` : text}"`, 4, 2);
  for (const question of ['How often would I have to come?', 'What do I get if I do not join?', 'Who pays for the way there?'])
    page.say(`· ${question}`, 4, 2);
  const [contact] = [...match.sites.flatMap(({ contacts }) => contacts), ...trial.contacts];
  const reach = [contact?.name, contact?.phone, contact?.email].filter(Boolean).join(', ');
  page.say(`Whom to ask: ${reach === '' ? (trial.url ?? 'your own team') : reach}`, 2, 2);
}

function criteria(page: Page, match: TrialMatch, voice: Voice): void {
  page.blank();
  for (const criterion of match.criteria) {
    const sign = criterion.verdict === 'judgement' && criterion.kind === 'procedural' ? 'at the site' : SIGNS[criterion.verdict];
    page.say(
      `${criterion.id} ${criterion.side === 'exclusion' ? '(keeps out) ' : ''}${sign}${criterion.scope === undefined ? '' : ` [${criterion.scope}]`}`,
      2,
      2,
      'bold',
    );
    page.say(criterion.text, 4, 0);
    const facts = criterion.verdict === 'unknown' ? criterion.missing : criterion.because;
    if (facts.length > 0)
      page.say(
        `${criterion.verdict === 'unknown' ? 'Missing' : 'Because'}: ${some(
          facts.map((fact) => `${fact.label[voice]}${fact.value === undefined ? '' : ` ${fact.value[voice]}`}`),
          MOST_FACTS,
        )}`,
        4,
        2,
        'dim',
      );
    if (criterion.note !== undefined) page.say(criterion.note, 4, 2, 'dim');
  }
}
