/** Matches on a terminal: the cards of the core, laid out. */
import {
  ALWAYS_ASK,
  CARD_LABELS,
  criterionFacts,
  criterionWords,
  endsTrials,
  type Finding,
  TRIALS_LEAD,
  type Trial,
  type TrialCard,
  type TrialMatch,
  trialCard,
  type Voice,
} from '@serosa/core';
import type { TrialNote } from '@serosa/interop';
import { Page, type Style, URGENCY } from '../text.js';

/** Facts, points to judge and places that are named for one trial. */
const MOST_FACTS = 6;
const MOST_POINTS = 5;
const MOST_PLACES = 3;
const MOST_TESTED = 5;

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
  if (view.first.some(endsTrials)) {
    page.say(patient ? 'So no studies are shown here.' : 'No trials are shown.');
    return page.toString();
  }
  page.say(TRIALS_LEAD[voice], 0, 0, 'bold');
  const told = patient && !view.inFull ? matches.filter(({ fit }) => fit !== 'other') : matches;
  for (const match of told.slice(0, view.limit)) {
    page.blank();
    const trial = byId.get(match.id) as Trial;
    if (patient) plainCard(page, match, trial, view);
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

function entry(page: Page, match: TrialMatch, trial: Trial, view: MatchView): void {
  const card = trialCard(match, trial, view);
  page.say(`${card.id} ${card.heading.clinician}`, 0, 2, 'bold');
  page.say([card.status.clinician, card.kind?.clinician, card.record.words.clinician].filter(Boolean).join('; '), 2, 0, 'dim');
  if (match.fit === 'other') page.say(CARD_LABELS.other.clinician, 2, 2);
  page.say(card.verdict.clinician, 2, 2);
  if (card.scope !== undefined) page.say(`${CARD_LABELS.scope.clinician}: ${card.scope}`, 2, 2, 'dim');
  if (card.missing.clinician.length > 0)
    page.say(`${CARD_LABELS.missing.clinician}: ${some(card.missing.clinician, MOST_FACTS)}`, 2, 9, 'dim');
  places(page, card, 'clinician');
}

function places(page: Page, card: TrialCard, voice: Voice): void {
  const named = card.places.map(({ name, distance }) => (distance === undefined ? name : `${name} (${distance} km)`));
  if (named.length > 0) page.say(`${CARD_LABELS.places[voice]}: ${some(named, MOST_PLACES)}`, 2, 8, 'dim');
}

const some = (items: readonly string[], most: number): string =>
  `${items.slice(0, most).join('; ')}${items.length > most ? `; and ${items.length - most} more` : ''}`;

/** What a person and a family can use of a trial. */
function plainCard(page: Page, match: TrialMatch, trial: Trial, view: MatchView): void {
  const card = trialCard(match, trial, view);
  const label = (part: keyof typeof CARD_LABELS): string => CARD_LABELS[part].patient;
  page.say(card.heading.patient, 0, 2, 'bold');
  page.say(`${label('number')}: ${card.id} (${card.record.words.patient})`, 2, 2, 'dim');
  if (match.interventional && card.tested.length > 0) {
    const tested = card.tested.map(({ patient }) => patient);
    page.say(`${label('tested')}: ${some(tested, MOST_TESTED)}`, 2, 2);
  }
  if (card.kind !== undefined) page.say(`${label('kind')}: ${card.kind.patient}.`, 2, 2);
  if (card.sponsor !== undefined) page.say(`${label('sponsor')}: ${card.sponsor}`, 2, 2);
  page.say(card.status.patient, 2, 2);
  places(page, card, 'patient');
  if (card.asks.length > 0) page.say(`${label('asks')}: ${card.asks.join(' ')}`, 2, 2);
  page.say(card.verdict.patient, 2, 2);
  if (match.verdict === 'ineligible') return;
  const missing = card.missing.patient;
  if (missing.length > 0) page.say(`${label('missing')}:`, 2, 2);
  for (const question of missing.slice(0, MOST_FACTS)) page.say(`· ${question}`, 4, 2);
  if (missing.length > MOST_FACTS) page.say(`· and ${missing.length - MOST_FACTS} more`, 4, 2);
  page.say(`${label('questions')}:`, 2, 2);
  for (const question of [...card.questions.slice(0, MOST_POINTS), ...ALWAYS_ASK]) page.say(`· ${question}`, 4, 2);
  page.say(`${label('whom')}: ${card.whom.text}`, 2, 2);
}

function criteria(page: Page, match: TrialMatch, voice: Voice): void {
  page.blank();
  if (voice === 'patient' && match.criteria.length > 0) page.say('What the record asks, in its own words:', 2, 2);
  for (const criterion of match.criteria) {
    page.say(
      `${criterion.id} ${criterion.side === 'exclusion' ? '(keeps out) ' : ''}${criterionWords(criterion)[voice]}${criterion.scope === undefined ? '' : ` [${criterion.scope}]`}`,
      2,
      2,
      'bold',
    );
    page.say(criterion.text, 4, 0);
    const { label, facts } = criterionFacts(criterion);
    const named = facts.map((fact) => `${fact.label[voice]}${fact.value === undefined ? '' : ` ${fact.value[voice]}`}`);
    if (named.length > 0) page.say(`${label}: ${some(named, MOST_FACTS)}`, 4, 2, 'dim');
    if (criterion.note !== undefined) page.say(criterion.note, 4, 2, 'dim');
  }
}
