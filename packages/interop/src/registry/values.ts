/**
 * Values of a registry, in the spellings of API 2.0.3, of the classic XML, of other registries and of mirrors. Each function
 * answers undefined when it does not know the spelling: the caller tells that, for new values come with time.
 */
import {
  isPartialDate,
  type PartialDate,
  TRIAL_STATUSES,
  type TrialPhase,
  type TrialRecord,
  type TrialStatus,
} from '@serosa/core';

/** Longer than any value: what is longer is a text in the wrong place, and is not searched. */
const LONGEST = 1000;

/** Words that say that there is nothing to say. */
export function saysNothing(text: string): boolean {
  return /^(?:n\/?a\b.{0,20}|none|null|nan|undefined|-+|no limit|not applicable|not specified|not available)?$/i.test(
    text.trim(),
  );
}

const letters = (text: string): string =>
  text
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Spellings beside those of the enumeration itself. */
const STATUS_SPELLINGS: Readonly<Record<string, TrialStatus>> = {
  unknownstatus: 'UNKNOWN',
  nolongerrecruiting: 'ACTIVE_NOT_RECRUITING',
  // Registries of WHO's platform, and the European ones.
  openpublicrecruiting: 'RECRUITING',
  opentorecruitment: 'RECRUITING',
  ongoingrecruiting: 'RECRUITING',
  recruitingongoing: 'RECRUITING',
  pending: 'NOT_YET_RECRUITING',
  recruitingplanned: 'NOT_YET_RECRUITING',
  authorisedrecruitmentpending: 'NOT_YET_RECRUITING',
  ongoingrecruitmentended: 'ACTIVE_NOT_RECRUITING',
  closedfollowupcontinuing: 'ACTIVE_NOT_RECRUITING',
  recruitingcompletefollowupcontinuing: 'ACTIVE_NOT_RECRUITING',
  complete: 'COMPLETED',
  closedfollowupcomplete: 'COMPLETED',
  recruitingcompletestudycomplete: 'COMPLETED',
  halted: 'SUSPENDED',
  temporarilyhalted: 'SUSPENDED',
  temporaryhalt: 'SUSPENDED',
  stoppedearly: 'TERMINATED',
  prematurelyended: 'TERMINATED',
};

const STATUSES: ReadonlyMap<string, TrialStatus> = new Map([
  ...TRIAL_STATUSES.filter((status) => status !== 'OTHER').map((status) => [letters(status), status] as const),
  ...Object.entries(STATUS_SPELLINGS),
]);

export function statusOf(text: string): TrialStatus | undefined {
  return STATUSES.get(letters(text));
}

const PHASES: Readonly<Record<string, TrialPhase>> = {
  '0': 'EARLY_PHASE1',
  '1': 'PHASE1',
  '2': 'PHASE2',
  '3': 'PHASE3',
  '4': 'PHASE4',
  i: 'PHASE1',
  ii: 'PHASE2',
  iii: 'PHASE3',
  iv: 'PHASE4',
};

/** `Phase 1/Phase 2`, `PHASE1, PHASE2`, `Early Phase 1`, `II-III`, `2b`, and the list of yes and no of the older European register. */
export function phasesOf(text: string): readonly TrialPhase[] | undefined {
  if (text.length > LONGEST) return undefined;
  const words = text.toLowerCase().replace(/_/g, ' ').trim();
  if (/^(?:phase )?(?:n\/?a|not applicable)$/.test(words)) return ['NA'];
  const found = new Set<TrialPhase>();
  const answers = [...words.matchAll(/\(phase (iv|i{1,3})\)\s*:\s*(yes|no)/g)];
  if (answers.length > 0) {
    for (const [, number = '', answer] of answers) if (answer === 'yes') found.add(PHASES[number]!);
    return [...found];
  }
  const rest = words
    .replace(/phases?/g, ' ')
    .replace(/(early\s*)?\b([0-4]|iv|i{1,3})[abc]?\b/g, (_, early: string | undefined, number: string) => {
      const phase = PHASES[number]!;
      found.add(early !== undefined && phase === 'PHASE1' ? 'EARLY_PHASE1' : phase);
      return ' ';
    })
    .replace(/\b(?:and|or|to)\b/g, ' ');
  return found.size === 0 || /[\p{L}\p{N}]/u.test(rest) ? undefined : [...found];
}

const SEXES: Readonly<Record<string, NonNullable<TrialRecord['eligibility']['sex']>>> = {
  all: 'ALL',
  any: 'ALL',
  both: 'ALL',
  maleandfemale: 'ALL',
  malefemale: 'ALL',
  femaleandmale: 'ALL',
  femalemale: 'ALL',
  bothmaleandfemale: 'ALL',
  bothmalesandfemales: 'ALL',
  female: 'FEMALE',
  females: 'FEMALE',
  f: 'FEMALE',
  male: 'MALE',
  males: 'MALE',
  m: 'MALE',
};

export function sexOf(text: string): TrialRecord['eligibility']['sex'] {
  return Object.hasOwn(SEXES, letters(text)) ? SEXES[letters(text)] : undefined;
}

const DAYS_A_YEAR = 365.25;
/** How many of the unit make a year. */
const AGE_UNITS: Readonly<Record<string, number>> = {
  year: 1,
  yr: 1,
  y: 1,
  month: 12,
  week: DAYS_A_YEAR / 7,
  day: DAYS_A_YEAR,
  hour: DAYS_A_YEAR * 24,
  minute: DAYS_A_YEAR * 24 * 60,
};

/** An age in years: `18 Years`, `6 Months`, `18Y`; a bare number is years. */
export function ageOf(text: string): number | undefined {
  const match = /^(\d{1,7}(?:\.\d{1,3})?)\s{0,3}(year|yr|y|month|week|day|hour|minute)?s?(?:\(s\))?(?: old)?\.?$/i.exec(
    text.trim(),
  );
  return match ? Number(match[1]) / AGE_UNITS[match[2]?.toLowerCase() ?? 'year']! : undefined;
}

const YES: ReadonlySet<string> = new Set(['yes', 'true', 'allowed', 'accepted', 'acceptshealthyvolunteers']);
const NO: ReadonlySet<string> = new Set(['no', 'false', 'notallowed']);

export function yesOrNo(text: string): boolean | undefined {
  const word = letters(text);
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** A count of people: `40`, `21.0`, `1,200`. */
export function countOf(text: string): number | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0{1,3})?$/.exec(text.trim());
  return match ? Number(match[1]!.replaceAll(',', '')) : undefined;
}

const STUDY_TYPES: readonly (readonly [start: string, type: string])[] = [
  ['intervention', 'INTERVENTIONAL'],
  ['observation', 'OBSERVATIONAL'],
  ['expandedaccess', 'EXPANDED_ACCESS'],
];

/** `Observational [Patient Registry]` is OBSERVATIONAL, whatever follows the first word. */
export function studyTypeOf(text: string): string | undefined {
  const word = letters(text);
  return STUDY_TYPES.find(([start]) => word.startsWith(start))?.[1];
}

/** A word of the classic XML or of a mirror as the API writes it: `Dietary Supplement` is DIETARY_SUPPLEMENT. */
export function codeOf(text: string): string {
  return text
    .slice(0, LONGEST)
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const WRITTEN_DATES: readonly RegExp[] = [
  new RegExp(`^${MONTH} (?:(?<day>\\d{1,2}),? )?(?<year>\\d{4})$`, 'i'),
  new RegExp(`^(?<day>\\d{1,2}) ${MONTH},? (?<year>\\d{4})$`, 'i'),
];

/**
 * A date as precise as it is written: `2018-03`, `2018/03/09`, `20180309`, `March 2018`, `January 5, 2020`, `5 Jan 2020`; a time
 * of day is dropped. `03/04/2018` is not read: nobody can tell its day from its month.
 */
export function dateOf(text: string): PartialDate | undefined {
  const words = text.slice(0, LONGEST).trim().replace(/\s+/g, ' ');
  for (const pattern of WRITTEN_DATES) {
    const { day, month = '', year } = pattern.exec(words)?.groups ?? {};
    if (year === undefined) continue;
    const parts = [year, String(MONTHS.indexOf(month.toLowerCase()) + 1), ...(day === undefined ? [] : [day])];
    return real(parts.map((part) => part.padStart(2, '0')).join('-'));
  }
  const iso =
    /^(\d{4})(?:[-/](\d{2})(?:[-/](\d{2})(?:[T ]\d{2}:.{0,30})?)?)?$/.exec(words) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(words);
  return iso
    ? real(
        iso
          .slice(1)
          .filter((part) => part !== undefined)
          .join('-'),
      )
    : undefined;
}

const real = (text: string): PartialDate | undefined => (isPartialDate(text) ? text : undefined);
