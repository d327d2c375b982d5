/** The fixed words of the report, in both voices. What the knowledge says is never written here. */
import {
  type Cost,
  inVoice,
  type NextFact,
  type OptionVerdict,
  type Origin,
  type Position,
  type Route,
  type SiteStatus,
  said,
  say,
  type TestVerdict,
  toSay,
  type UnknownReason,
  type Urgency,
  type Voice,
  type Voices,
} from '@serosa/core';

export { dateWords } from '@serosa/core';

type Words<Key extends string> = Readonly<Record<Key, Voices>>;

const same = (text: string): Voices => ({ clinician: text, patient: text });

export const URGENCY_WORDS: Words<Urgency> = {
  emergency: { clinician: 'Emergency', patient: 'Emergency. Get help now.' },
  'same-day': { clinician: 'Same day', patient: 'Urgent. Call your team today.' },
  days: { clinician: 'Within days', patient: 'Call your team in the next few days' },
  'next-visit': { clinician: 'At the next visit', patient: 'Tell your team at your next visit' },
};

/** The groups in which options stand, in this order. */
export const VERDICT_GROUPS: readonly { readonly verdicts: readonly OptionVerdict[]; readonly words: Partial<Voices> }[] = [
  { verdicts: ['supported'], words: { clinician: 'Supported', patient: 'An option to talk about' } },
  {
    verdicts: ['supported-with-conditions'],
    words: { clinician: 'Supported, with open conditions', patient: 'Possible once some points are clear' },
  },
  { verdicts: ['disagree'], words: { clinician: 'Bodies differ', patient: 'Experts differ' } },
  { verdicts: ['undecided'], words: { clinician: 'Undecided: facts are missing', patient: 'Cannot be said yet' } },
  { verdicts: ['investigational'], words: { clinician: 'Only within a trial or registry', patient: 'Only in studies' } },
  { verdicts: ['not-supported', 'contraindicated'], words: { patient: 'Not advised here' } },
  { verdicts: ['not-supported'], words: { clinician: 'Not supported' } },
  { verdicts: ['contraindicated'], words: { clinician: 'Contraindicated as things stand' } },
  // Never a finding of its own: the answer to a question can lead there.
  { verdicts: ['not-applicable'], words: { clinician: 'Not applicable', patient: 'Would not apply' } },
];

/** The groups in which tests stand, in this order. */
export const TEST_GROUPS: readonly { readonly verdict: TestVerdict; readonly words: Voices }[] = [
  { verdict: 'advised', words: { clinician: 'Advised', patient: 'Advised for a case like this' } },
  { verdict: 'disagree', words: { clinician: 'Bodies differ', patient: 'Experts differ' } },
  { verdict: 'consider', words: { clinician: 'May be considered', patient: 'May be worth a thought' } },
  { verdict: 'undecided', words: { clinician: 'Depends on missing facts', patient: 'Depends on what is not known yet' } },
  { verdict: 'not-advised', words: { clinician: 'Not advised', patient: 'Not advised here' } },
];

export function verdictWords(verdict: string, voice: Voice): string {
  const group = VERDICT_GROUPS.find(
    ({ verdicts, words }) => words[voice] !== undefined && (verdicts as readonly string[]).includes(verdict),
  );
  const words = group?.words[voice];
  return words === undefined ? verdict.replaceAll('-', ' ') : voice === 'patient' ? said(words) : words;
}

export const STATUS_WORDS: Words<SiteStatus> = {
  present: { clinician: 'present', patient: 'yes, found' },
  absent: { clinician: 'absent', patient: 'no, clear' },
  unknown: { clinician: 'unknown', patient: 'not known' },
};

export const ROUTE_WORDS: Words<Route> = {
  direct: { clinician: 'direct extension', patient: 'by growing into it' },
  serosal: { clinician: 'serosal seeding', patient: 'in the fluid of the lining' },
  lymphatic: { clinician: 'lymphatic', patient: 'through lymph vessels' },
  blood: { clinician: 'haematogenous', patient: 'through the blood' },
  tract: { clinician: 'procedure tract', patient: 'along a needle or drain' },
};

export const ORIGIN_WORDS: Words<Origin['kind']> = {
  patient: { clinician: 'patient', patient: 'you said so' },
  letter: { clinician: 'letter', patient: 'from a letter' },
  pathology: { clinician: 'pathology', patient: 'from the pathology report' },
  imaging: { clinician: 'imaging', patient: 'from a scan report' },
  laboratory: { clinician: 'laboratory', patient: 'from a lab report' },
  operation: { clinician: 'operation note', patient: 'from the operation note' },
  registry: { clinician: 'registry', patient: 'from a registry' },
  fhir: { clinician: 'FHIR record', patient: 'from your electronic record' },
  table: { clinician: 'table', patient: 'from a table' },
  file: { clinician: 'case file', patient: 'from the case file' },
};

export const REASON_WORDS: Words<UnknownReason | 'narrowed'> = {
  'not-recorded': same('not recorded'),
  'recorded-as-unknown': same('recorded as not known'),
  'not-done': same('not done'),
  'not-applicable': same('recorded as not applicable'),
  stale: { clinician: 'reading no longer current', patient: 'the last result is too old' },
  undated: { clinician: 'reading has no date', patient: 'the result has no date' },
  'not-yet': { clinician: 'dated after the as-of day', patient: 'dated later than this report' },
  conflict: { clinician: 'readings exclude each other', patient: 'the record gives two answers' },
  underived: { clinician: 'cannot be derived yet', patient: 'follows from other missing facts' },
  narrowed: { clinician: 'narrowed, not settled', patient: 'not settled yet' },
};

export const COST_WORDS: Words<Cost> = {
  question: { clinician: 'A question', patient: 'You can answer this yourself' },
  record: { clinician: 'In the record', patient: 'It should be in your papers' },
  blood: { clinician: 'A blood test', patient: 'It takes a blood test' },
  imaging: { clinician: 'Imaging', patient: 'It takes a scan' },
  biopsy: { clinician: 'A biopsy', patient: 'It takes a tissue sample' },
  operation: { clinician: 'An operation', patient: 'It takes an operation' },
};

export const SAYS_WORDS: Words<Position['says']> = {
  for: { clinician: 'for', patient: 'is for it' },
  consider: { clinician: 'consider', patient: 'says to think about it' },
  'trial-only': { clinician: 'trial only', patient: 'only inside a study' },
  against: { clinician: 'against', patient: 'advises against it' },
  insufficient: { clinician: 'evidence insufficient', patient: 'says that too little is known' },
  approved: { clinician: 'approved', patient: 'has approved it' },
  funded: { clinician: 'funded', patient: 'pays for it' },
  note: { clinician: 'note', patient: 'notes' },
};

export const APPLIES_WORDS: Words<Position['applies']> = {
  yes: { clinician: 'speaks for this case', patient: 'fits this case' },
  judgement: { clinician: 'a matter of judgement', patient: 'your team has to judge if it fits' },
  unknown: { clinician: 'open: facts are missing', patient: 'not clear yet if it fits' },
  held: { clinician: 'source not read by us: decides nothing', patient: 'we have not read this source, so it decides nothing' },
  no: { clinician: 'speaks for other cases', patient: 'is about other cases' },
};

/** Names of staging systems; the scale holds every group of the system, lowest first. */
export const SYSTEMS: Readonly<
  Record<string, { readonly name: Voices; readonly short: string; readonly groups: readonly string[] }>
> = {
  tnm9: {
    name: { clinician: 'TNM 9th edition (2025)', patient: 'Newer rules (9th edition, 2025)' },
    short: toSay('9th edition'),
    groups: ['I', 'II', 'IIIA', 'IIIB', 'IV'],
  },
  tnm8: {
    name: { clinician: 'TNM 8th edition (2017)', patient: 'Older rules (8th edition, 2017)' },
    short: toSay('8th edition'),
    groups: ['IA', 'IB', 'II', 'IIIA', 'IIIB', 'IV'],
  },
  yan: {
    name: { clinician: 'Yan 2011, PCI-based', patient: 'Scale for the belly' },
    short: toSay('Yan scale'),
    groups: ['I', 'II', 'III'],
  },
};

export const systemName = (system: string, voice: Voice): string => {
  const name = SYSTEMS[system]?.name;
  return name === undefined ? system : inVoice(name, voice);
};

export const basisName = (basis: string, voice: Voice): string => {
  const words = BASIS_WORDS[basis];
  return words === undefined ? basis : inVoice(words, voice);
};

export const BASIS_WORDS: Readonly<Record<string, Voices>> = {
  clinical: { clinician: 'Clinical', patient: 'From scans and tests' },
  pathological: { clinician: 'Pathological', patient: 'From what was removed at the operation' },
};

/** How many trials are shown at first, and how many more each time. */
export const TRIALS_AT_ONCE: Readonly<Record<Voice, number>> = { patient: 10, clinician: 20 };

export const TRIALS_TITLE: Voices = { clinician: 'Clinical trials', patient: 'Which studies could you ask about?' };

/** What became of a stage as the record states it. */
export const STATED_WORDS: Readonly<Record<string, Voices>> = {
  applied: { clinician: 'used', patient: 'We used it.' },
  'either-edition': {
    clinician: 'edition not stated: read by both',
    patient: 'It does not say which rules were used, so we read it by both.',
  },
  legacy: { clinician: 'older edition: kept, not compared', patient: 'It was made with older rules and cannot be compared.' },
  superseded: { clinician: 'superseded by a later statement', patient: 'A later one is used instead.' },
  'not-yet': { clinician: 'dated after the as-of day', patient: 'It is dated later than this report.' },
};

/** `I`, `I or II`, `I, II or IIIA`. */
export function listOr(items: readonly string[]): string {
  return items.length <= 1 ? (items[0] ?? '') : say`${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A stretch of numbers such as `> 12, ≤ 30 mm` as people say it; an end at zero says nothing. */
export function stretchWords(label: string): string {
  const match = /^([>≥]) (\S+), ([<≤]) (\S+)(.*)$/.exec(label);
  if (!match) return label;
  const [, above, low, below, high, unit] = match;
  const end = `${high}${unit}`;
  const upTo = below === '<' ? say`less than ${end}` : say`at most ${end}`;
  return above === '≥' && low === '0'
    ? upTo
    : above === '>'
      ? say`more than ${low} and ${upTo}`
      : say`at least ${low} and ${upTo}`;
}

/** A number of no use to a patient: the thresholds of rules, one by one. */
export function isBareNumber(answer: NextFact['answers'][number]): boolean {
  return /^-?\d+(\.\d+)?$/.test(answer.answer);
}

const DOSE =
  /\d+(?:[.,]\d+)?\s*(?:mg|µg|μg|mcg|Gy)(?!\w)(?!\s*\/\s*(?:[dm]?L|m?mol|g)\b)(?:\s*(?:\/|per|al|por)\s*(?:m²|m2|kg|day|día|d|h|week|semana)(?!\w))*|\bAUC\s*\d+(?:[.,]\d+)?/g;

/** Amounts of medicines never stand in patient text, not even the reader's own. Concentrations such as mg/L stay. */
export function withoutDoses(text: string, instead = say`a set amount`): string {
  return text.replace(DOSE, instead);
}
