/** From the trials that are there to those that are shown for one case. */
import {
  type CaseRecord,
  factsOfCase,
  type Guide,
  matchTrials,
  type PartialDate,
  type Trial,
  type TrialBundle,
  type TrialMatch,
  trialOfStarter,
} from '@serosa/core';
import { type TrialFilters, usualCountry } from '../view/trials-shown.js';
import { withoutStarters } from './merge.js';

/** The trials that come with Serosa and those that were added, by id. */
export function allTrials(bundle: TrialBundle, guide: Guide, added: readonly Trial[]): ReadonlyMap<string, Trial> {
  const starters = bundle.trials.map((starter) => trialOfStarter(starter, (code) => countryName(guide, code)));
  return new Map([...withoutStarters(starters, added), ...added].map((trial) => [trial.id, trial]));
}

function countryName(guide: Guide, code: string): string | undefined {
  return guide.catalogue.get('person.country')?.values?.find(({ id }) => id === code)?.label;
}

export interface CaseMatches {
  /** Every trial, in the order in which to look at them. */
  readonly matches: readonly TrialMatch[];
  /** What is shown until the reader chooses: what takes people, where the person lives. */
  readonly filters: TrialFilters;
}

export function matchCase(guide: Guide, record: CaseRecord, asOf: PartialDate, trials: ReadonlyMap<string, Trial>): CaseMatches {
  const facts = factsOfCase(guide, record, asOf);
  const state = facts.get('person.country');
  const home = state.kind === 'known' ? countryName(guide, String(state.value)) : undefined;
  return {
    matches: matchTrials([...trials.values()], facts, guide.catalogue),
    filters: { openOnly: true, ...(home === undefined ? {} : { country: usualCountry(home) }) },
  };
}
