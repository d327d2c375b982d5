/**
 * What can be said of a trial for one case, in the words of both voices, so that every view says the same: what it is, whether it took
 * people and when that was known, what it asks of somebody, what is not known, whom to ask. Nothing here says that a person may join.
 */

import { dateWords, earliestDay } from '../case/dates.js';
import type { PartialDate } from '../case/record.js';
import type { Voice } from '../criteria/words.js';
import type { QuotedFact } from '../findings/finding.js';
import type { Voices } from '../knowledge/types.js';
import { said, say, toSay } from '../language.js';
import { bindingCriteria, type CriterionMatch, distanceBetween, type TrialMatch } from './match.js';
import type { Trial, TrialContact, TrialPhase, TrialSite, TrialStatus } from './trial.js';
import { OUTLOOK, trialVerdictWords } from './words.js';

/** Days after which what is known of a trial may have changed: registries ask for an update twice a year. */
const STALE_DAYS = 180;
/** A summary that is longer is no heading. In UTF-16 units, as are the quotes of criteria. */
const LONGEST_HEADING = 200;
const LONGEST_QUOTE = 160;

/**
 * How old a record is on the day of a report: `current`, `old` (older than half a year), `undated`, or `later` than the report, which
 * looks back. Only of a current one can it be said what is true now.
 */
export type RecordAge = 'current' | 'old' | 'undated' | 'later';

export interface TrialPlace {
  /** Facility, city and country, as far as the record has them. */
  readonly name: string;
  readonly country?: string;
  /** Kilometres, where a position was given and the place has one. */
  readonly distance?: number;
}

/** Whom to ask about a trial; without a contact it is the person's own team. */
export interface WhomToAsk {
  readonly contact?: TrialContact;
  /** The place that the contact belongs to; absent for the trial's own office. */
  readonly at?: string;
  /** All of it in one line. */
  readonly text: string;
}

export interface TrialCard {
  readonly id: string;
  readonly heading: Voices;
  readonly record: { readonly date?: PartialDate; readonly age: RecordAge; readonly words: Voices };
  /** A sentence for patients, the registry's status for professionals. */
  readonly status: Voices;
  /** A phrase for patients, the phases for professionals; undefined where the record tells nothing of it. */
  readonly kind?: Voices;
  /** Treatments of the trial. */
  readonly tested: readonly Voices[];
  readonly sponsor?: string;
  /** Places that take people, in the order of the match. */
  readonly places: readonly TrialPlace[];
  /** What joining means, in plain words, as far as the record says. How often somebody has to come stands in no record. */
  readonly asks: readonly string[];
  readonly verdict: Voices;
  /** The part or cohort that fits best. */
  readonly scope?: string;
  /** Facts that would settle something, for patients as questions; none for a trial that is closed to the case. */
  readonly missing: Readonly<Record<Voice, readonly string[]>>;
  /** Points that only the study team can weigh, as questions to it; none for a trial that is closed. */
  readonly questions: readonly string[];
  readonly whom: WhomToAsk;
  /** Where the record can be read. */
  readonly url?: string;
}

export interface CardOptions {
  /** ISO day of the report. */
  readonly asOf: PartialDate;
  /** Degrees; places then have a distance. */
  readonly near?: { readonly lat: number; readonly lon: number };
}

/** Stands above every list of trials. */
export const TRIALS_LEAD: Voices = {
  clinician: 'What was read of the criteria, set against what is known of the case. Who may join is decided at the site.',
  patient: 'Only the team of a study can say who may join. This list says what to ask them about.',
};

/** What to ask the team of every study: it stands in no record. */
export const ALWAYS_ASK: readonly string[] = [
  toSay('How often would I have to come?'),
  toSay('What do I get if I do not join?'),
  toSay('Who pays for the way there?'),
];

/** Names of the parts of a card. */
export const CARD_LABELS = {
  tested: { clinician: 'Tested', patient: 'What is tested' },
  kind: { clinician: 'Phase', patient: 'What kind' },
  sponsor: { clinician: 'Sponsor', patient: 'Who runs it' },
  places: { clinician: 'Places', patient: 'Places' },
  asks: { clinician: 'For the person', patient: 'What it asks of you' },
  scope: { clinician: 'Part that fits best', patient: 'The part of the study that fits best' },
  missing: { clinician: 'Missing', patient: 'These things about you are not known here' },
  questions: { clinician: 'To judge', patient: 'What to ask the study team' },
  whom: { clinician: 'Contact', patient: 'Whom to ask' },
  number: { clinician: 'Number', patient: 'Number' },
  other: {
    clinician: 'For another disease, as far as the record says.',
    patient: 'For another illness, as far as the record says.',
  },
} as const satisfies Readonly<Record<string, Voices>>;

/** The card of a trial that was matched with `match`. */
export function trialCard(match: TrialMatch, trial: Trial, { asOf, near }: CardOptions): TrialCard {
  const record = recordOf(trial, asOf);
  const closed = match.verdict === 'ineligible';
  const kind = kindOf(match, trial);
  return {
    id: match.id,
    heading: {
      clinician: match.title,
      patient: trial.summary !== undefined && trial.summary.length < LONGEST_HEADING ? trial.summary : match.title,
    },
    record,
    status: { clinician: trial.statusAsWritten ?? words(match.status), patient: statusSentence(match.status, record) },
    ...(kind === undefined ? {} : { kind }),
    tested: trial.interventions.map(({ name, type }) => {
      const plain = KINDS[type ?? ''];
      return { clinician: name, patient: plain === undefined ? name : `${name} (${said(plain)})` };
    }),
    ...(trial.sponsor === undefined ? {} : { sponsor: trial.sponsor }),
    places: match.sites.map((site) => placeOf(site, near)).filter(({ name }) => name !== ''),
    asks: asksOf(match, trial),
    verdict: trialVerdictWords(match),
    ...(match.scope === undefined ? {} : { scope: match.scope }),
    missing: closed
      ? { clinician: [], patient: [] }
      : {
          clinician: match.missing.map(({ label }) => label.clinician),
          patient: match.missing.filter((fact) => !isOutlook(fact)).map(({ question, label }) => question ?? label.patient),
        },
    questions: closed ? [] : questionsOf(match),
    whom: whomToAsk(match, trial),
    ...(isWebPage(trial.url) ? { url: trial.url } : {}),
  };
}

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
const isWebPage = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//.test(url);

// ── the record and its age ───────────────────────────────────────────────────────────────────────────────────────────

function recordOf(trial: Trial, asOf: PartialDate): TrialCard['record'] {
  const date = trial.knownAsOf ?? trial.updated;
  if (date === undefined)
    return {
      age: 'undated',
      words: {
        clinician: 'date of the record not known: it may be out of date',
        patient: 'the date of the record is not known, so it may be out of date',
      },
    };
  const days = earliestDay(asOf) - earliestDay(date);
  const age = days > STALE_DAYS ? 'old' : days < 0 ? 'later' : 'current';
  const mark = { current: '', old: say`, may be out of date`, later: say`, later than this answer` }[age];
  return {
    date,
    age,
    words: { clinician: `record as of ${date}${mark}`, patient: say`record of ${dateWords(date)}${mark}` },
  };
}

interface StatusForms {
  /** What a current record says. */
  readonly now: string;
  /** What an older one said, after `In March 2026 `. */
  readonly then: string;
  /** What is true whenever it was written; otherwise a record without a date is told as an old one. */
  readonly always?: string;
}

const ENDED = toSay('It has ended.');
const STATUSES: Readonly<Record<TrialStatus, StatusForms>> = {
  RECRUITING: { now: toSay('It takes people now.'), then: toSay('it took people. Ask if it still does.') },
  NOT_YET_RECRUITING: {
    now: toSay('It has not started yet and is going to take people.'),
    then: toSay('it had not started yet and was going to take people. Ask if it takes people now.'),
  },
  ENROLLING_BY_INVITATION: {
    now: toSay('It takes people whom it invites itself.'),
    then: toSay('it took people whom it invited itself. Ask if it still does.'),
  },
  AVAILABLE: {
    now: toSay('The treatment can be given outside of a study. Your doctor has to ask for it.'),
    then: toSay('the treatment could be given outside of a study. Your doctor has to ask if it still can.'),
  },
  ACTIVE_NOT_RECRUITING: {
    now: toSay('It is running and takes no more people.'),
    then: toSay('it was running and took no more people.'),
  },
  SUSPENDED: {
    now: toSay('It has paused and takes nobody now.'),
    then: toSay('it had paused and took nobody. Ask if it goes on.'),
  },
  TEMPORARILY_NOT_AVAILABLE: {
    now: toSay('The treatment is not available now.'),
    then: toSay('the treatment was not available. Ask if it is now.'),
  },
  COMPLETED: { now: ENDED, then: toSay('it had already ended.'), always: ENDED },
  TERMINATED: {
    now: toSay('It was stopped early.'),
    then: toSay('it had already been stopped early.'),
    always: toSay('It was stopped early.'),
  },
  WITHDRAWN: {
    now: toSay('It was called off before it began.'),
    then: toSay('it had already been called off before it began.'),
    always: toSay('It was called off before it began.'),
  },
  NO_LONGER_AVAILABLE: {
    now: toSay('The treatment is no longer available in this way.'),
    then: toSay('the treatment was no longer available in this way.'),
  },
  APPROVED_FOR_MARKETING: {
    now: toSay('It has ended: the treatment has been approved.'),
    then: toSay('it had already ended: the treatment had been approved.'),
    always: toSay('It has ended: the treatment has been approved.'),
  },
  WITHHELD: {
    now: toSay('The record does not say whether it takes people.'),
    then: toSay('the record did not say whether it takes people. Ask.'),
    always: toSay('The record does not say whether it takes people. Ask.'),
  },
  UNKNOWN: {
    now: toSay('Nobody has said for a long time whether it takes people.'),
    then: toSay('nobody had said for a long time whether it takes people. Ask.'),
    always: toSay('It is not known whether it takes people. Ask.'),
  },
  OTHER: {
    now: toSay('The record does not say clearly whether it takes people.'),
    then: toSay('the record did not say clearly whether it takes people. Ask.'),
    always: toSay('The record does not say clearly whether it takes people. Ask.'),
  },
};

/** What was true half a year ago must not sound true today: the sentence itself carries its date. */
function statusSentence(status: TrialStatus, { date, age }: TrialCard['record']): string {
  const { now, then, always } = STATUSES[status];
  if (age === 'current') return said(now);
  if (date === undefined) return always === undefined ? say`Some time ago ${said(then)}` : said(always);
  const month = date.slice(0, 'YYYY-MM'.length);
  return say`In ${dateWords(month)} ${said(then)}`;
}

// ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────────

const PHASES: Readonly<Record<TrialPhase, string>> = {
  EARLY_PHASE1: toSay('a first small study of a new treatment'),
  PHASE1: toSay('an early study: it looks for a safe dose'),
  PHASE2: toSay('a study of whether it works'),
  PHASE3: toSay('a large study that compares it with the usual treatment'),
  PHASE4: toSay('a study of a treatment that is already in use'),
  NA: toSay('a study that is not sorted into phases'),
};

/** What kind of thing is tested; of OTHER there is nothing plain to say. */
const KINDS: Readonly<Record<string, string>> = {
  DRUG: toSay('a medicine'),
  BIOLOGICAL: toSay('a medicine made with living cells'),
  PROCEDURE: toSay('an operation or other procedure'),
  RADIATION: toSay('radiotherapy'),
  DEVICE: toSay('a device'),
  BEHAVIORAL: toSay('support or training'),
  GENETIC: toSay('a gene treatment'),
  DIETARY_SUPPLEMENT: toSay('a food supplement'),
  COMBINATION_PRODUCT: toSay('a medicine with a device'),
  DIAGNOSTIC_TEST: toSay('a test'),
};

/** `phase 2`, as professionals write it. */
export const phaseWords = (phase: TrialPhase): string =>
  phase === 'NA' ? 'no phase' : words(phase).replace(/phase(\d)/, 'phase $1');

function kindOf({ interventional }: TrialMatch, { phases }: Trial): Voices | undefined {
  const clinician = phases.map(phaseWords).join('/');
  if (!interventional)
    return {
      clinician: clinician === '' ? 'observational' : `observational, ${clinician}`,
      patient: 'a study that watches and gives no treatment',
    };
  return phases.length === 0
    ? undefined
    : { clinician, patient: [...new Set(phases.map((phase) => said(PHASES[phase])))].join('; ') };
}

function placeOf({ facility, city, country, lat, lon }: TrialSite, near: CardOptions['near']): TrialPlace {
  const far = near === undefined || lat === undefined || lon === undefined ? undefined : distanceBetween(near, { lat, lon });
  return {
    name: [facility, city, country].filter(Boolean).join(', '),
    ...(country === undefined ? {} : { country }),
    ...(far === undefined ? {} : { distance: Math.round(far) }),
  };
}

// ── what it asks, what to ask, whom to ask ───────────────────────────────────────────────────────────────────────────

const TISSUE = /\bbiops|\btumou?r (?:tissue|samples?|specimens?|material)|\btissue (?:samples?|specimens?|blocks?)|\barchival\b/i;
const CHANCE = /\brandomi[sz]/i;
const PLACEBO = /\bplacebo\b|\bsham\b/i;

function asksOf(match: TrialMatch, trial: Trial): readonly string[] {
  const wants = ({ side, text }: CriterionMatch): boolean => side === 'inclusion' && TISSUE.test(text);
  const arms = trial.arms.map(({ label, type, description }) => `${label} ${type ?? ''} ${description ?? ''}`).join('\n');
  const told = [trial.title, trial.officialTitle, trial.summary, arms].join('\n');
  const given = [arms, ...trial.interventions.map(({ name }) => name)].join('\n');
  return [
    ...(bindingCriteria(match).some(wants) ? [say`It wants a piece of your tumour, an old one or a new one: ask which.`] : []),
    ...(trial.arms.length > 1
      ? [
          CHANCE.test(told)
            ? say`There are ${trial.arms.length} groups, and chance decides which one you are in.`
            : say`There are ${trial.arms.length} groups. Ask who decides which one you are in.`,
        ]
      : []),
    ...(PLACEBO.test(given) ? [say`Some people get a treatment that looks the same and has nothing in it (a placebo).`] : []),
  ];
}

/** Of such a fact or criterion the study team is asked in other words. */
const isOutlook = ({ label }: QuotedFact): boolean => OUTLOOK.test(label.clinician);
const wellEnough = (): string => say`Am I well enough for this study?`;

function questionsOf(match: TrialMatch): readonly string[] {
  const asked = bindingCriteria(match).filter(({ verdict, kind }) => verdict === 'judgement' && kind === 'judgement');
  const questions = asked.map(({ side, text }) =>
    OUTLOOK.test(text)
      ? wellEnough()
      : side === 'exclusion'
        ? say`Would this keep me out: “${short(said(text))}”`
        : say`Does this hold for me: “${short(said(text))}”`,
  );
  return [...new Set([...questions, ...(match.missing.some(isOutlook) ? [wellEnough()] : [])])];
}

const short = (text: string): string => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 3)}…` : text);

function whomToAsk({ sites }: TrialMatch, { contacts, url }: Trial): WhomToAsk {
  const site = sites.find((one) => one.contacts.length > 0);
  const [contact] = [...(site?.contacts ?? []), ...contacts];
  const reach = [contact?.name, contact?.phone, contact?.email].filter(Boolean).join(', ');
  if (contact === undefined || reach === '')
    return {
      text: isWebPage(url)
        ? say`your own team. Show them the number, or the record: ${url}`
        : say`your own team. Show them the number.`,
    };
  if (site === undefined) return { contact, text: reach };
  const at = site.facility ?? site.city ?? site.country ?? say`at the site`;
  return { contact, at, text: `${reach} (${at})` };
}

// ── criteria ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * An exclusion that is "met" would be read as one that keeps the person out: each side has words of its own. `site`: settled there
 * and not before.
 */
const SIGNS = {
  inclusion: {
    met: { clinician: 'met', patient: 'fits' },
    failed: { clinician: 'not met', patient: 'does not fit' },
    unknown: { clinician: 'fact missing', patient: 'not known yet' },
    judgement: { clinician: 'to judge', patient: 'the study team weighs this' },
    site: { clinician: 'at the site', patient: 'settled with the study team' },
  },
  exclusion: {
    met: { clinician: 'does not apply', patient: 'not true of you' },
    failed: { clinician: 'applies', patient: 'true of you' },
    unknown: { clinician: 'fact missing', patient: 'not known yet' },
    judgement: { clinician: 'to judge', patient: 'the study team weighs this' },
    site: { clinician: 'at the site', patient: 'settled with the study team' },
  },
} as const;

export type CriterionSign = keyof typeof SIGNS.inclusion;

/** The verdict on a criterion as it is shown: `site` is a judgement that is never made before. */
export function criterionSign({ verdict, kind }: Pick<CriterionMatch, 'verdict' | 'kind'>): CriterionSign {
  return verdict === 'judgement' && kind === 'procedural' ? 'site' : verdict;
}

/** The verdict on a criterion in words. */
export function criterionWords(criterion: Pick<CriterionMatch, 'verdict' | 'kind' | 'side'>): Voices {
  return SIGNS[criterion.side][criterionSign(criterion)];
}

/** The facts that a verdict on a criterion rests on, or those that are missing for one. */
export function criterionFacts({ verdict, because, missing }: CriterionMatch): {
  readonly label: 'Missing' | 'Because';
  readonly facts: readonly QuotedFact[];
} {
  return verdict === 'unknown' ? { label: 'Missing', facts: missing } : { label: 'Because', facts: because };
}
