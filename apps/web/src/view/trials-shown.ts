/** Which of the trials that were matched a reader sees, how many are left out, and why each: nothing is hidden in silence. */
import {
  countryNames,
  earliestDay,
  narrowMatch,
  type PartialDate,
  type Trial,
  type TrialMatch,
  type TrialPhase,
  type Voice,
  type Voices,
} from '@serosa/core';

export interface TrialFilters {
  /** Leave out trials that take nobody, as far as is known. */
  readonly openOnly: boolean;
  /** The usual English name; absent: any. */
  readonly country?: string;
  readonly phase?: TrialPhase;
}

export interface ShownTrial {
  readonly match: TrialMatch;
  readonly trial: Trial;
}

export interface TrialGroup {
  readonly title: Voices;
  readonly shown: readonly ShownTrial[];
}

export interface TrialsShown {
  readonly filters: TrialFilters;
  /** Trials that pass, in the order of a match within each group; groups without any are left out. */
  readonly groups: readonly TrialGroup[];
  /** How many of them are shown. */
  readonly limit: number;
  readonly count: number;
  /** Trials that were looked at, and how many of them the reader brought. */
  readonly looked: number;
  readonly added: number;
  /** The dates of the records, and how many have none. */
  readonly known?: { readonly from: PartialDate; readonly to: PartialDate };
  readonly undated: number;
  /** Trials that are not shown, each counted under its first reason. */
  readonly hidden: { readonly other: number; readonly closed: number; readonly elsewhere: number; readonly phase: number };
}

/** Groups in their order; a trial stands in the first that fits. */
const GROUPS: readonly { readonly title: Voices; readonly holds: (match: TrialMatch) => boolean }[] = [
  {
    title: { clinician: 'For another disease, as far as the record says', patient: 'For another illness' },
    holds: ({ fit }) => fit === 'other',
  },
  {
    title: { clinician: 'Closed to this case', patient: 'Not meant for you as things stand' },
    holds: ({ verdict }) => verdict === 'ineligible',
  },
  {
    title: { clinician: 'Takes nobody now, as far as is known', patient: 'Take nobody now, as far as is known' },
    holds: ({ open }) => !open,
  },
  {
    title: { clinician: 'Cannot be said yet: facts, judgement or criteria are missing', patient: 'Studies to ask about' },
    holds: ({ verdict }) => verdict === 'undetermined',
  },
  {
    title: { clinician: 'Nothing that was read stands against it', patient: 'Studies that you could ask about first' },
    holds: () => true,
  },
];

/** The usual English name of a country of a record; a name that no list has stays as it is. */
export const usualCountry = (name: string): string => countryNames(name)?.[0] ?? name;

/** Countries with a place of one of these trials, by the alphabet. */
export function countriesOf(trials: readonly Trial[]): readonly string[] {
  const written = new Set(trials.flatMap(({ sites }) => sites.flatMap(({ country }) => country ?? [])));
  return [...new Set([...written].map(usualCountry))].sort((a, b) => a.localeCompare(b, 'en'));
}

/** What is shown of matches that were made without filters. */
export function chooseTrials(
  matches: readonly TrialMatch[],
  trials: ReadonlyMap<string, Trial>,
  choice: {
    readonly filters: TrialFilters;
    readonly voice: Voice;
    readonly limit: number;
    /** How many of the trials the reader brought. */
    readonly added: number;
  },
): TrialsShown {
  const { filters, voice, limit, added } = choice;
  const hidden = { other: 0, closed: 0, elsewhere: 0, phase: 0 };
  const country = filters.country === undefined ? undefined : (countryNames(filters.country) ?? filters.country);
  const groups = GROUPS.map(({ title }) => ({ title, shown: [] as ShownTrial[] }));
  for (const match of matches) {
    const trial = trials.get(match.id);
    if (trial === undefined) continue;
    if (voice === 'patient' && match.fit === 'other') hidden.other += 1;
    else if (filters.openOnly && !match.open) hidden.closed += 1;
    else {
      const here = narrowMatch(match, trial, country === undefined ? {} : { country });
      if (here === undefined) hidden.elsewhere += 1;
      else if (filters.phase !== undefined && !trial.phases.includes(filters.phase)) hidden.phase += 1;
      else groups[GROUPS.findIndex(({ holds }) => holds(here))]?.shown.push({ match: here, trial });
    }
  }
  const all = [...trials.values()];
  const dates = all.flatMap(({ knownAsOf, updated }) => knownAsOf ?? updated ?? []);
  const [first] = dates;
  return {
    filters,
    groups: groups.filter(({ shown }) => shown.length > 0).reverse(),
    limit,
    count: groups.reduce((sum, { shown }) => sum + shown.length, 0),
    looked: all.length,
    added,
    ...(first === undefined
      ? {}
      : {
          known: {
            from: dates.reduce((a, b) => (earliestDay(b) < earliestDay(a) ? b : a), first),
            to: dates.reduce((a, b) => (earliestDay(b) > earliestDay(a) ? b : a), first),
          },
        }),
    undated: all.length - dates.length,
    hidden,
  };
}
