/** `serosa match`: which trials could take a case, criterion by criterion. The case never leaves this machine. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  applyOverrides,
  type CaseRecord,
  factsOfCase,
  type Guide,
  type MatchFilters,
  matchTrials,
  normalisedText,
  type PartialDate,
  type TRIAL_PHASES,
  type TRIAL_STATUSES,
  type Trial,
  type TrialMatch,
  type TrialRecord,
  trialOfStarter,
} from '@serosa/core';
import { readEligibility, type TrialNote } from '@serosa/interop';
import { InvalidArgumentError } from 'commander';
import { loadTrials, Refusal } from '../input.js';
import { namesOfCountry } from './countries.js';
import { importTrials } from './import.js';
import { openStore, readStore, storeFolder } from './store.js';

export interface MatchFlags {
  readonly trials: readonly string[];
  readonly data?: string;
  readonly country?: string;
  readonly near?: { readonly lat: number; readonly lon: number };
  readonly within?: number;
  readonly phase: readonly (typeof TRIAL_PHASES)[number][];
  readonly type: readonly string[];
  readonly status: readonly (typeof TRIAL_STATUSES)[number][];
  readonly open?: boolean;
  readonly trial?: string;
}

/** Trials to match, and what of the given files could not be used. */
export interface TrialSource {
  readonly trials: readonly Trial[];
  /** How many of them are records of a registry, and not of those that come with Serosa. */
  readonly records: number;
  readonly unread: readonly TrialNote[];
}

/**
 * The trials of the given files and folders. Without any: those of the store, and of the ones that come with Serosa what the store
 * does not hold. Throws a Refusal when a path holds no trial.
 */
export async function trialsToMatch(guide: Guide, flags: Pick<MatchFlags, 'trials' | 'data'>): Promise<TrialSource> {
  const starters = new Map(loadTrials().trials.map((trial) => [trial.id, trial]));
  /** Reads a record, and puts over it what a person has read or confirmed. */
  const read = (record: TrialRecord): Trial => {
    const trial = readEligibility(record);
    const overrides = starters.get(record.id)?.overrides ?? [];
    const { text } = record.eligibility;
    const hash = text === undefined ? undefined : createHash('sha256').update(normalisedText(text)).digest('hex');
    return overrides.length === 0 ? trial : applyOverrides(trial, overrides, hash).trial;
  };
  if (flags.trials.length > 0) return trialsOf(flags.trials, read);
  const folder = storeFolder(flags.data);
  const store = await openStore(folder);
  await store?.close();
  const stored = store === undefined ? [] : (await readStore(folder)).trials.map(read);
  const have = new Set(stored.flatMap(({ id, aliases }) => [id, ...aliases]));
  const names = new Map(guide.catalogue.get('person.country')?.values?.map(({ id, label }) => [id, label]));
  const starter = [...starters.values()]
    .filter(({ id }) => !have.has(id))
    .map((trial) => trialOfStarter(trial, (code) => names.get(code)));
  return { trials: [...stored, ...starter], records: stored.length, unread: [] };
}

/** Files and folders are read as an import reads them, into a store that lives as long as the question. */
async function trialsOf(paths: readonly string[], asTrial: (record: TrialRecord) => Trial): Promise<TrialSource> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'serosa-match-'));
  try {
    const quiet = { show: () => undefined, end: () => undefined };
    const read = await importTrials({ folder, paths, afresh: true, progress: quiet });
    if (read.delta === undefined)
      throw new Refusal(
        read.notes.length > 0
          ? read.notes.map(({ at, what, why }) => ({
              code: 'no-trial',
              at,
              message: `${what}: ${why}`,
              remedy: 'Give a file of trial records.',
            }))
          : [
              {
                code: 'no-trial',
                message: 'No trial record was found.',
                at: paths.join(', '),
                remedy: 'Give files or folders of trial records.',
              },
            ],
      );
    const trials = (await readStore(folder)).trials.map(asTrial);
    return { trials, records: trials.length, unread: read.notes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The matches of a case in order; with `--trial` that one alone. Throws a Refusal when it is not there. */
export function matchesOf(
  guide: Guide,
  record: CaseRecord,
  asOf: PartialDate,
  trials: readonly Trial[],
  flags: MatchFlags,
): readonly TrialMatch[] {
  const wanted = flags.trial?.toUpperCase();
  const chosen =
    wanted === undefined
      ? trials
      : trials.filter(({ id, aliases }) => [id, ...aliases].some((one) => one.toUpperCase() === wanted));
  if (wanted !== undefined && chosen.length === 0)
    throw new Refusal([
      {
        code: 'no-trial',
        message: `There is no trial ${flags.trial}.`,
        remedy: 'See `serosa trials list`, or fetch it: `serosa trials sync --query ID`.',
      },
    ]);
  const filters: MatchFilters = {
    ...(flags.country === undefined ? {} : { country: namesOfCountry(flags.country) }),
    ...(flags.near === undefined
      ? {}
      : { near: { ...flags.near, ...(flags.within === undefined ? {} : { within: flags.within }) } }),
    ...(flags.phase.length === 0 ? {} : { phases: flags.phase }),
    ...(flags.type.length === 0 ? {} : { interventions: flags.type }),
    ...(flags.status.length === 0 ? {} : { statuses: flags.status }),
    ...(flags.open === true ? { openOnly: true } : {}),
  };
  return matchTrials(chosen, factsOfCase(guide, record, asOf), guide.catalogue, filters);
}

/** `48.86,2.35`. */
export function place(text: string): { readonly lat: number; readonly lon: number } {
  const [lat, lon, ...more] = text.split(',').map((part) => Number(part.trim() || Number.NaN));
  if (more.length > 0 || lat === undefined || lon === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
    throw new InvalidArgumentError('Write a place as latitude,longitude in degrees: 48.86,2.35');
  return { lat, lon };
}

/** A distance in kilometres. */
export function kilometres(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Write a distance in kilometres, such as 200.');
  return value;
}
