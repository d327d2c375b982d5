/** Matches on a terminal. Nothing here says that somebody can join: that is decided at the site. */
import {
  bindingCriteria,
  type CriterionMatch,
  distanceBetween,
  type Finding,
  type Trial,
  type TrialMatch,
  type TrialSite,
  type TrialStatus,
  trialVerdictWords,
  type Voice,
} from '@serosa/core';
import type { TrialNote } from '@serosa/interop';
import { Page, type Style, URGENCY } from '../text.js';

/** Facts, points to judge and places that are named for one trial. */
const MOST_FACTS = 6;
const MOST_POINTS = 5;
const MOST_PLACES = 3;
/** Days after which what is known of a trial may have changed: registries ask for an update twice a year. */
const STALE_DAYS = 180;

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
const PHASES: Readonly<Record<string, string>> = {
  EARLY_PHASE1: 'a first small study of a new treatment',
  PHASE1: 'an early study: it looks for a safe dose',
  PHASE2: 'a study of whether it works',
  PHASE3: 'a large study that compares it with the usual treatment',
  PHASE4: 'a study of a treatment that is already in use',
  NA: 'a study',
};
/** What kind of thing is tested; of OTHER there is nothing plain to say. */
const KINDS: Readonly<Record<string, string>> = {
  DRUG: 'a medicine',
  BIOLOGICAL: 'a medicine made with living cells',
  PROCEDURE: 'an operation or other procedure',
  RADIATION: 'radiotherapy',
  DEVICE: 'a device',
  BEHAVIORAL: 'support or training',
  GENETIC: 'a gene treatment',
  DIETARY_SUPPLEMENT: 'a food supplement',
  COMBINATION_PRODUCT: 'a medicine with a device',
  DIAGNOSTIC_TEST: 'a test',
};
const STATUSES: Readonly<Record<TrialStatus, string>> = {
  RECRUITING: 'It takes people now.',
  NOT_YET_RECRUITING: 'It has not started yet and is going to take people.',
  ENROLLING_BY_INVITATION: 'It takes people whom it invites itself.',
  AVAILABLE: 'The treatment can be given outside of a study. Your doctor has to ask for it.',
  ACTIVE_NOT_RECRUITING: 'It is running and takes no more people.',
  SUSPENDED: 'It has paused and takes nobody now.',
  TEMPORARILY_NOT_AVAILABLE: 'The treatment is not available now.',
  COMPLETED: 'It has ended.',
  TERMINATED: 'It was stopped early.',
  WITHDRAWN: 'It was called off before it began.',
  NO_LONGER_AVAILABLE: 'The treatment is no longer available in this way.',
  APPROVED_FOR_MARKETING: 'It has ended: the treatment has been approved.',
  WITHHELD: 'The record does not say whether it takes people.',
  UNKNOWN: 'Nobody has said for a long time whether it takes people.',
  OTHER: 'The record does not say clearly whether it takes people.',
};
/**
 * An exclusion that is "met" would be read as one that keeps the person out: each side has words of its own. `site`: settled there
 * and not before.
 */
const SIGNS = {
  clinician: {
    inclusion: { met: 'met', failed: 'not met', unknown: 'fact missing', judgement: 'to judge', site: 'at the site' },
    exclusion: { met: 'does not apply', failed: 'applies', unknown: 'fact missing', judgement: 'to judge', site: 'at the site' },
  },
  patient: {
    inclusion: {
      met: 'fits',
      failed: 'does not fit',
      unknown: 'not known yet',
      judgement: 'the study team weighs this',
      site: 'settled with the study team',
    },
    exclusion: {
      met: 'not true of you',
      failed: 'true of you',
      unknown: 'not known yet',
      judgement: 'the study team weighs this',
      site: 'settled with the study team',
    },
  },
} as const;
const TISSUE = /\bbiops|\btumou?r (?:tissue|samples?|specimens?|material)|\btissue (?:samples?|specimens?|blocks?)|\barchival\b/i;
const CHANCE = /\brandomi[sz]/i;
const PLACEBO = /\bplacebo\b|\bsham\b/i;

export interface MatchView {
  /** What stands before every trial: symptoms that cannot wait, and notices that end the matter. */
  readonly first: readonly Finding[];
  readonly unread: readonly TrialNote[];
  readonly near?: { readonly lat: number; readonly lon: number };
  readonly voice: Voice;
  readonly asOf: string;
  /** How many trials are shown. */
  readonly limit: number;
  /** Every criterion with the registry's words. */
  readonly inFull: boolean;
  readonly style: Style;
}

/** Notices after which no trial is looked at. */
const ENDS: ReadonlySet<string> = new Set(['notice.died', 'notice.not-mesothelioma']);

/** Findings of a report that stand before a list of trials. */
export function standsFirst({ id, kind, verdict }: Finding): boolean {
  return ENDS.has(id) || (kind === 'symptom' && (verdict === 'emergency' || verdict === 'same-day'));
}

export function matchText(matches: readonly TrialMatch[], trials: readonly Trial[], view: MatchView): string {
  const page = new Page(view.style);
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  const { voice } = view;
  const patient = voice === 'patient';
  for (const finding of view.first) {
    const urgency = finding.kind === 'symptom' ? `${URGENCY[finding.verdict]?.[voice] ?? finding.verdict}. ` : '';
    page.say(`${urgency}${finding.titles[voice]}`, 0, 2, 'bold', finding.verdict === 'emergency' ? 'red' : 'yellow');
    // The notice that somebody has died speaks of the parts of a report.
    if (finding.id !== 'notice.died' || patient) page.say(finding.text[voice], 2);
    page.blank();
  }
  if (view.first.some(({ id }) => ENDS.has(id))) {
    page.say(patient ? 'So no studies are shown here.' : 'No trials are shown.');
    return page.toString();
  }
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
    if (patient) card(page, match, trial, view);
    else entry(page, match, trial, view);
    if (view.inFull) criteria(page, match, voice);
  }
  if (told.length === 0) page.say(patient ? 'No study was found.' : 'No trial passes the filters.');
  page.blank();
  if (told.length > view.limit)
    page.say(`and ${told.length - view.limit} more: --limit shows more of them, --format json all`, 0, 0, 'dim');
  const refused = view.unread.filter(({ outcome }) => outcome === 'refused').length;
  const partly = view.unread.length - refused;
  if (view.unread.length > 0)
    page.say(
      `Of the files, ${refused} piece${refused === 1 ? '' : 's'} could not be read and ${partly} only in part or not used: --format json names each.`,
      0,
      0,
      'dim',
    );
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
  page.say(trialVerdictWords(match).clinician, 2, 2);
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
  places(page, match, view);
}

function places(page: Page, match: TrialMatch, { near }: MatchView): void {
  const named = match.sites
    .slice(0, MOST_PLACES)
    .map((site) => placeName(site, near))
    .filter(Boolean);
  if (named.length > 0) page.say(`Places: ${some(named, MOST_PLACES, match.sites.length)}`, 2, 8, 'dim');
}

function placeName({ facility, city, country, lat, lon }: TrialSite, near: MatchView['near']): string {
  const far = near === undefined || lat === undefined || lon === undefined ? undefined : distanceBetween(near, { lat, lon });
  return `${[facility, city, country].filter(Boolean).join(', ')}${far === undefined ? '' : ` (${Math.round(far)} km)`}`;
}

const some = (items: readonly string[], most: number, of = items.length): string =>
  `${items.slice(0, most).join('; ')}${of > most ? `; and ${of - most} more` : ''}`;
const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}…` : text);

/** What a person and a family can use of a trial. */
function card(page: Page, match: TrialMatch, trial: Trial, view: MatchView): void {
  page.say(trial.summary !== undefined && trial.summary.length < 200 ? trial.summary : match.title, 0, 2, 'bold');
  page.say(`Number: ${match.id} (${age(trial, view.asOf)})`, 2, 2, 'dim');
  const tested = trial.interventions.map(({ name, type }) => {
    const kind = KINDS[type ?? ''];
    return kind === undefined ? name : `${name} (${kind})`;
  });
  if (match.interventional) {
    if (tested.length > 0) page.say(`What is tested: ${some(tested, 5)}`, 2, 2);
    const kinds = new Set(trial.phases.map((phase) => PHASES[phase] ?? 'a study'));
    if (kinds.size > 0) page.say(`What kind: ${[...kinds].join('; ')}.`, 2, 2);
  } else page.say('What kind: a study that watches and gives no treatment.', 2, 2);
  if (trial.sponsor !== undefined) page.say(`Who runs it: ${trial.sponsor}`, 2, 2);
  page.say(STATUSES[match.status], 2, 2);
  places(page, match, view);
  const asks = asksOf(match, trial);
  if (asks.length > 0) page.say(`What it asks of you: ${asks.join(' ')}`, 2, 2);
  page.say(trialVerdictWords(match).patient, 2, 2);
  if (match.verdict === 'ineligible') return;
  if (match.missing.length > 0) page.say('These things about you are not known here:', 2, 2);
  for (const fact of match.missing.slice(0, MOST_FACTS)) page.say(`· ${fact.question ?? fact.label.patient}`, 4, 2);
  if (match.missing.length > MOST_FACTS) page.say(`· and ${match.missing.length - MOST_FACTS} more`, 4, 2);
  page.say('What to ask the study team:', 2, 2);
  const asked = bindingCriteria(match).filter(({ verdict, kind }) => verdict === 'judgement' && kind === 'judgement');
  for (const { side, text } of asked.slice(0, MOST_POINTS))
    page.say(`· ${side === 'exclusion' ? 'Would this keep me out' : 'Does this hold for me'}: “${short(text)}”`, 4, 2);
  for (const question of ['How often would I have to come?', 'What do I get if I do not join?', 'Who pays for the way there?'])
    page.say(`· ${question}`, 4, 2);
  page.say(`Whom to ask: ${whomToAsk(match, trial)}`, 2, 2);
}

/** As far as the record says; how often somebody has to come stands in no record. */
function asksOf(match: TrialMatch, trial: Trial): readonly string[] {
  const wants = ({ side, text }: CriterionMatch): boolean => side === 'inclusion' && TISSUE.test(text);
  const arms = trial.arms.map(({ label, type, description }) => `${label} ${type ?? ''} ${description ?? ''}`).join('\n');
  const told = [trial.title, trial.officialTitle, trial.summary, arms].join('\n');
  const given = [arms, ...trial.interventions.map(({ name }) => name)].join('\n');
  return [
    ...(bindingCriteria(match).some(wants) ? ['It wants a piece of your tumour, an old one or a new one: ask which.'] : []),
    ...(trial.arms.length > 1
      ? [
          CHANCE.test(told)
            ? `There are ${trial.arms.length} groups, and chance decides which one you are in.`
            : `There are ${trial.arms.length} groups. Ask who decides which one you are in.`,
        ]
      : []),
    ...(PLACEBO.test(given) ? ['Some people get a treatment that looks the same and has nothing in it (a placebo).'] : []),
  ];
}

function whomToAsk({ sites }: TrialMatch, { contacts, url }: Trial): string {
  const site = sites.find((one) => one.contacts.length > 0);
  const [contact] = [...(site?.contacts ?? []), ...contacts];
  const reach = [contact?.name, contact?.phone, contact?.email].filter(Boolean).join(', ');
  if (reach !== '')
    return site === undefined ? reach : `${reach} (${site.facility ?? site.city ?? site.country ?? 'at the site'})`;
  return `your own team. Show them the number${url === undefined ? '.' : `, or the record: ${url}`}`;
}

function criteria(page: Page, match: TrialMatch, voice: Voice): void {
  page.blank();
  if (voice === 'patient' && match.criteria.length > 0) page.say('What the record asks, in its own words:', 2, 2);
  for (const criterion of match.criteria) {
    const settled = criterion.verdict === 'judgement' && criterion.kind === 'procedural';
    const sign = SIGNS[voice][criterion.side][settled ? 'site' : criterion.verdict];
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
