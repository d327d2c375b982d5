/** `serosa trials`: a store of trial records on this machine, and what is in it. No case is ever part of a request. */
import { TRIAL_PHASES, TRIAL_STATUSES, type TrialPhase, type TrialRecord, type TrialStatus } from '@serosa/core';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { Refusal } from '../input.js';
import { Page, type Style } from '../text.js';
import { namesOfCountry } from './countries.js';
import { readStore, storeFolder } from './store.js';

/** What the command line lends to its commands. */
export interface Terminal {
  readonly done: (code: number) => void;
  readonly print: (text: string) => Promise<void>;
  readonly json: (value: unknown) => string;
  readonly style: () => Style;
}

const REGISTRY = 'https://clinicaltrials.gov/api/v2';
/** The registry's own wish for programs that walk through it, seconds. */
const SHORTEST_PAUSE = 1;

interface StoreFlags {
  readonly data?: string;
  readonly format: 'text' | 'json';
}

interface SyncFlags extends StoreFlags {
  readonly base: string;
  readonly query: readonly string[];
  readonly status: readonly TrialStatus[];
  readonly pause: number;
  readonly timeout: number;
  readonly pageSize: number;
  readonly replace?: boolean;
}

interface ListFlags extends StoreFlags {
  readonly status: readonly TrialStatus[];
  readonly phase: readonly TrialPhase[];
  readonly country?: string;
  readonly text?: string;
}

/** Adds `trials` and its commands. */
export function trialsCommands(serosa: Command, terminal: Terminal): void {
  const { done, print, json } = terminal;
  const trials = serosa.command('trials').description('clinical trials: fetch the records, list them, read one');
  const command = (name: string, description: string): Command =>
    trials
      .command(name)
      .description(description)
      .option('--data <folder>', 'the store; else SEROSA_DATA, else serosa/trials in your data folder')
      .addOption(new Option('--format <format>', 'output').choices(['text', 'json']).default('text'));

  command('sync', 'fetch the records of mesothelioma trials from ClinicalTrials.gov, and tell what changed')
    .option('--query <term>', 'also fetch what this search finds, or one trial by its id; may be given again', gathered, [])
    .option('--status <status>', 'only trials of this status; may be given again', oneOf(TRIAL_STATUSES), [])
    .option('--base <url>', 'address of the API', address, REGISTRY)
    .option('--pause <seconds>', 'between two requests', seconds(0), 1.2)
    .option('--timeout <seconds>', 'for one request', seconds(0.1), 120)
    .option('--page-size <number>', 'studies of one request, 1 to 1000', pageSize, 200)
    .option('--replace', 'start afresh: forget what is stored, also what was imported')
    .action(async (flags: SyncFlags) => {
      if (new URL(flags.base).host === new URL(REGISTRY).host && flags.pause < SHORTEST_PAUSE)
        throw new Refusal(
          [
            {
              code: 'usage',
              message: 'ClinicalTrials.gov asks programs for a pause of one second between requests.',
              remedy: 'Give a --pause of 1 or more.',
            },
          ],
          2,
        );
      const [{ sync }, { progressOn }, text] = await Promise.all([
        import('./sync.js'),
        import('./progress.js'),
        import('./text.js'),
      ]);
      const folder = storeFolder(flags.data);
      const progress = progressOn(process.stderr);
      const result = await sync({
        ...flags,
        folder,
        terms: flags.query,
        pause: flags.pause * 1000,
        timeout: flags.timeout * 1000,
        afresh: flags.replace === true,
        version: serosa.version() ?? '0',
        progress,
      }).finally(() => progress.end());
      const { delta, notes } = result;
      const refused = notes.filter((note) => note.outcome === 'refused').length;
      if (flags.format === 'json')
        await print(
          json({
            schema: 'serosa.trials-delta/1',
            store: folder,
            source: flags.base,
            nothingNew: delta === undefined,
            otherSearches: result.otherSearches,
            ...delta,
            read: result.read,
            refused,
            unused: notes.length - refused,
            notes,
          }),
        );
      else {
        const page = new Page(terminal.style());
        if (delta === undefined) page.say('Nothing new: the registry has the same data as at the last sync.');
        else {
          page.say(`${result.read} studies read from ${flags.base}.`);
          text.deltaText(page, delta);
          if (result.otherSearches && delta.gone.length > 0)
            page.say('The last sync had other searches: what is gone may only be outside of these.', 2);
        }
        text.notesText(page, notes);
        await print(page.toString());
      }
      done(refused > 0 ? 1 : 0);
    });

  command('import', 'read trial records from files and folders: JSON, NDJSON, XML, text, and zip or gzip of them')
    .argument('<path...>', 'files and folders')
    .option('--replace', 'start afresh: forget what is stored')
    .action(async (paths: readonly string[], flags: StoreFlags & { readonly replace?: boolean }) => {
      const [{ importTrials }, { progressOn }, text] = await Promise.all([
        import('./import.js'),
        import('./progress.js'),
        import('./text.js'),
      ]);
      const folder = storeFolder(flags.data);
      const progress = progressOn(process.stderr);
      const result = await importTrials({ folder, paths, afresh: flags.replace === true, progress }).finally(() =>
        progress.end(),
      );
      const { delta, ...account } = result;
      if (flags.format === 'json') {
        const nothing = { nothingNew: delta === undefined, otherSearches: false };
        await print(json({ schema: 'serosa.trials-delta/1', store: folder, ...nothing, ...delta, ...account }));
      } else {
        const page = new Page(terminal.style());
        page.say(
          `${result.read} records read from ${result.files} file${result.files === 1 ? '' : 's'}; ${result.refused} refused, ${result.unused} not used`,
        );
        if (delta) text.deltaText(page, delta);
        else page.say('No record was read, so the store is left as it is.');
        text.notesText(page, result.notes, result.refused + result.unused);
        await print(page.toString());
      }
      done(result.refused > 0 || delta === undefined ? 1 : 0);
    });

  command('list', 'the trials that are stored')
    .option('--status <status>', 'with this status, such as recruiting; may be given again', oneOf(TRIAL_STATUSES), [])
    .option('--phase <phase>', 'of this phase, such as 2; may be given again', oneOf(TRIAL_PHASES, 'PHASE'), [])
    .option('--country <country>', 'with a place in this country: English name or two letters')
    .option('--text <words>', 'whose title, conditions, treatments, summary or criteria have all of these words')
    .action(async (flags: ListFlags) => {
      const text = await import('./text.js');
      const store = await readStore(storeFolder(flags.data));
      const countries =
        flags.country === undefined ? undefined : namesOfCountry(flags.country).map((country) => country.toLowerCase());
      const found = store.trials.filter((trial) => matches(trial, flags, countries));
      if (flags.format === 'json')
        await print(
          json({
            schema: 'serosa.trials-list/1',
            stored: store.meta.count,
            when: store.meta.when,
            ...(store.meta.source ? { source: store.meta.source.base, checked: store.meta.source.checked } : {}),
            trials: found.map((trial) => ({
              id: trial.id,
              title: trial.title,
              status: trial.statusAsWritten ?? trial.status,
              phases: trial.phases,
              conditions: trial.conditions,
              countries: text.countriesOf(trial),
              updated: trial.updated,
              url: trial.url,
            })),
          }),
        );
      else await print(text.listText(found, store.meta.count, terminal.style()));
      done(0);
    });

  command('show', 'one trial: the whole record with its criteria')
    .argument('<id>', 'such as NCT02899299, or another id of the trial')
    .action(async (given: string, flags: StoreFlags) => {
      const text = await import('./text.js');
      const folder = storeFolder(flags.data);
      const id = fullId(given);
      const store = await readStore(folder);
      const has = (trial: TrialRecord): boolean => trial.aliases.some((alias) => fullId(alias) === id);
      const trial = store.trials.find((one) => fullId(one.id) === id) ?? store.trials.find(has);
      if (trial === undefined)
        throw new Refusal([
          {
            code: 'no-such-trial',
            message: `No trial with the id ${given} is stored.`,
            at: folder,
            remedy: `Check the id with \`serosa trials list\`, or fetch it with \`serosa trials sync --query ${given.replace(/[^\w.-]/g, '')}\`.`,
          },
        ]);
      await print(
        flags.format === 'json' ? json({ schema: 'serosa.trial/1', ...trial }) : text.trialText(trial, terminal.style()),
      );
      done(0);
    });
}

export const gathered = (value: string, before: readonly string[]): readonly string[] => {
  const term = value.trim();
  if (term === '') throw new InvalidArgumentError('Write what to search for, or an id such as NCT02899299.');
  return [...before, term];
};

/** `recruiting`, `Active, not recruiting` and `2` as the registry's codes. */
export function oneOf<T extends string>(codes: readonly T[], prefix = ''): (value: string, before: readonly T[]) => readonly T[] {
  return (value, before) => {
    const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
    const code = codes.find((one) => plain(one) === plain(value) || plain(one) === prefix + plain(value));
    if (code === undefined)
      throw new InvalidArgumentError(`It is one of ${codes.map((one) => one.toLowerCase().replaceAll('_', '-')).join(', ')}.`);
    return [...before, code];
  };
}

function address(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError(`Write an address such as ${REGISTRY}.`);
  return url.href.replace(/\/+$/, '');
}

function seconds(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !(number >= least && number <= 3600))
      throw new InvalidArgumentError(`Give seconds, from ${least} to 3600.`);
    return number;
  };
}

function pageSize(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1000) throw new InvalidArgumentError('Give a number from 1 to 1000.');
  return number;
}

/** In one form: ids of ClinicalTrials.gov are eight digits after NCT, and people drop zeros and capitals. */
function fullId(id: string): string {
  const digits = /^nct0*(\d{1,8})$/i.exec(id.trim())?.[1];
  return digits === undefined ? id.trim().toUpperCase() : `NCT${digits.padStart(8, '0')}`;
}

/** `countries`: names in lower case. */
function matches(trial: TrialRecord, { status, phase, text }: ListFlags, countries: readonly string[] | undefined): boolean {
  if (status.length > 0 && !status.includes(trial.status)) return false;
  if (phase.length > 0 && !phase.some((one) => trial.phases.includes(one))) return false;
  if (
    countries !== undefined &&
    !trial.sites.some(({ country }) => country !== undefined && countries.includes(country.toLowerCase()))
  )
    return false;
  if (text === undefined) return true;
  const interventions = trial.interventions.flatMap((one) => [one.name, ...one.otherNames]);
  const all = [
    trial.id,
    trial.title,
    trial.officialTitle,
    trial.acronym,
    ...trial.conditions,
    ...trial.keywords,
    ...interventions,
  ];
  const stock = [...all, trial.summary, trial.eligibility.text].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => stock.includes(word));
}
