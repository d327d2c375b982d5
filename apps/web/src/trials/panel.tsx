/** The trials of a case as a reader works with them: filters, more of the list, records of one's own. Loaded after the report. */
import {
  countryWords,
  said,
  say,
  spokenCode,
  TRIAL_PHASES,
  type Trial,
  type TrialBundle,
  type TrialPhase,
  toSay,
  type Voice,
} from '@serosa/core';
import { type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import { TrialsSection, trialPlaceId } from '../view/trials.js';
import { countriesOf, type TrialFilters, type TrialsShown } from '../view/trials-shown.js';
import { AddRecords } from './add-records.js';

export { chooseTrials } from '../view/trials-shown.js';
export { withAdded } from './merge.js';
export { allTrials, matchCase } from './of-case.js';

export interface TrialsPanelProps {
  readonly shown: TrialsShown;
  readonly voice: Voice;
  /** Every trial there is, by id. */
  readonly trials: ReadonlyMap<string, Trial>;
  readonly bundle: TrialBundle;
  /** How many more are shown at a time. */
  readonly step: number;
  readonly onFilters: (filters: TrialFilters) => void;
  readonly onMore: () => void;
  readonly onAdd: (trials: readonly Trial[]) => void;
  readonly onForget: () => void;
}

export function TrialsPanel(props: TrialsPanelProps): ReactNode {
  const { shown, voice, trials, bundle, step, onFilters, onMore } = props;
  const patient = voice === 'patient';
  const overrides = useMemo(
    () => Object.fromEntries(bundle.trials.flatMap(({ id, overrides: signed }) => (signed ? [[id, signed]] : []))),
    [bundle],
  );
  // The first of the new ones is where reading goes on; the button may be gone.
  const next = useRef<number>(undefined);
  useEffect(() => {
    if (next.current === undefined || shown.limit <= next.current) return;
    const place = document.getElementById(trialPlaceId(next.current));
    next.current = undefined;
    (place instanceof HTMLDetailsElement ? place.querySelector('summary') : place)?.focus();
  }, [shown.limit]);
  const rest = shown.count - shown.limit;
  return (
    <TrialsSection
      shown={shown}
      tools={<Filters shown={shown} trials={trials} voice={voice} onFilters={onFilters} />}
      more={
        <p className="no-print">
          <button
            type="button"
            onClick={() => {
              next.current = shown.limit;
              onMore();
            }}
          >
            {say`Show ${Math.min(step, rest)} more ${patient ? say`studies` : 'trials'}`}
            {rest > step ? <span className="aside">{say` of ${rest}`}</span> : null}
          </button>
        </p>
      }
      below={<AddRecords voice={voice} overrides={overrides} added={shown.added} onAdd={props.onAdd} onForget={props.onForget} />}
    />
  );
}

const PHASE_GLOSS: Readonly<Partial<Record<TrialPhase, string>>> = {
  EARLY_PHASE1: toSay('first small study'),
  PHASE1: toSay('which dose is safe'),
  PHASE2: toSay('does it work'),
  PHASE3: toSay('compared with the usual'),
  PHASE4: toSay('already in use'),
};

const PHASE_NAMES: Readonly<Record<TrialPhase, string>> = {
  EARLY_PHASE1: toSay('Early phase 1'),
  PHASE1: toSay('Phase 1'),
  PHASE2: toSay('Phase 2'),
  PHASE3: toSay('Phase 3'),
  PHASE4: toSay('Phase 4'),
  NA: toSay('No phase'),
};

function phaseName(phase: TrialPhase, voice: Voice): string {
  const name = said(PHASE_NAMES[phase]);
  const gloss = voice === 'patient' ? PHASE_GLOSS[phase] : undefined;
  return gloss === undefined ? name : `${name}: ${said(gloss)}`;
}

function Filters(props: {
  readonly shown: TrialsShown;
  readonly trials: ReadonlyMap<string, Trial>;
  readonly voice: Voice;
  readonly onFilters: (filters: TrialFilters) => void;
}): ReactNode {
  const { shown, trials, voice, onFilters } = props;
  const { filters, groups, hidden } = shown;
  const noneHere = groups.every((group) => group.shown.every(({ match }) => match.verdict === 'ineligible'));
  const id = useId();
  const all = useMemo(() => [...trials.values()], [trials]);
  const countries = useMemo(() => countriesOf(all), [all]);
  const phases = useMemo(() => {
    const there = new Set(all.flatMap((trial) => trial.phases));
    return TRIAL_PHASES.filter((phase) => there.has(phase));
  }, [all]);
  const { country, phase, ...rest } = filters;
  const anywhere = { ...rest, ...(phase === undefined ? {} : { phase }) };
  const anyPhase = { ...rest, ...(country === undefined ? {} : { country }) };
  return (
    <fieldset className="trial-filters no-print">
      <legend className="unseen">{say`Which ${voice === 'patient' ? say`studies` : 'trials'} to show`}</legend>
      <label className="choice">
        <input
          type="checkbox"
          checked={filters.openOnly}
          onChange={(event) => onFilters({ ...filters, openOnly: event.currentTarget.checked })}
        />
        {say`Only those that take people, as far as is known`}
      </label>
      <span className="trial-filter">
        <label htmlFor={`${id}-country`}>{say`Country`}</label>
        <select
          id={`${id}-country`}
          value={country ?? ''}
          onChange={({ currentTarget: { value } }) => onFilters(value === '' ? anywhere : { ...anywhere, country: value })}
        >
          <option value="">{say`Any country`}</option>
          {country === undefined || countries.includes(country) ? null : (
            <option value={country}>{countryWords(country, spokenCode())}</option>
          )}
          {countries.map((name) => (
            <option key={name} value={name}>
              {countryWords(name, spokenCode())}
            </option>
          ))}
        </select>
      </span>
      <span className="trial-filter">
        <label htmlFor={`${id}-phase`}>{say`Phase`}</label>
        <select
          id={`${id}-phase`}
          value={phase ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onFilters(value === '' ? anyPhase : { ...anyPhase, phase: value as TrialPhase })
          }
        >
          <option value="">{say`Any phase`}</option>
          {phases.map((one) => (
            <option key={one} value={one}>
              {phaseName(one, voice)}
            </option>
          ))}
        </select>
      </span>
      {noneHere && country !== undefined && hidden.elsewhere > 0 ? (
        <button type="button" onClick={() => onFilters(anywhere)}>{say`Show ${hidden.elsewhere} in other countries`}</button>
      ) : null}
    </fieldset>
  );
}
