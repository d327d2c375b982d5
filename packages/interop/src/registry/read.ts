/** Records of trial registries. A stand-in that reads version 2 JSON, the least that the trial store needs. */
import { TRIAL_PHASES, TRIAL_STATUSES, type TrialPhase, type TrialRecord, type TrialStatus } from '@serosa/core';

export interface TrialNote {
  readonly outcome: 'unused' | 'refused';
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };

/** One study of the registry's version 2 form. */
export function trialFromV2(study: unknown, at: string): { trial?: TrialRecord; notes: readonly TrialNote[] } {
  const refuse = (why: string): { notes: readonly TrialNote[] } => ({
    notes: [{ outcome: 'refused', at, what: JSON.stringify(study ?? null).slice(0, 60), why }],
  });
  if (typeof study !== 'object' || study === null || Array.isArray(study)) return refuse('A study has to be an object.');
  const protocol = tree(tree(study)['protocolSection']);
  const identification = tree(protocol['identificationModule']);
  const id = text(identification['nctId']);
  if (id === undefined) return refuse('It has no protocolSection.identificationModule.nctId.');
  const status = tree(protocol['statusModule']);
  const eligibility = tree(protocol['eligibilityModule']);
  const written = text(status['overallStatus']) ?? 'UNKNOWN';
  const known = (TRIAL_STATUSES as readonly string[]).includes(written);
  const sites = tree(protocol['contactsLocationsModule'])['locations'];
  return {
    trial: {
      id,
      aliases: texts(identification['nctIdAliases']),
      ...given('title', text(identification['briefTitle'])),
      status: known ? (written as TrialStatus) : 'OTHER',
      ...(known ? {} : { statusAsWritten: written }),
      phases: texts(tree(protocol['designModule'])['phases']).filter((one): one is TrialPhase =>
        (TRIAL_PHASES as readonly string[]).includes(one),
      ),
      conditions: texts(tree(protocol['conditionsModule'])['conditions']),
      keywords: [],
      interventions: [],
      arms: [],
      eligibility: given('text', text(eligibility['eligibilityCriteria'])),
      ...given('updated', text(tree(status['lastUpdatePostDateStruct'])['date'])),
      contacts: [],
      sites: (Array.isArray(sites) ? sites : []).map((site) => ({
        ...given('facility', text(tree(site)['facility'])),
        ...given('city', text(tree(site)['city'])),
        ...given('country', text(tree(site)['country'])),
        contacts: [],
      })),
      url: `https://clinicaltrials.gov/study/${id}`,
    },
    notes: known ? [] : [{ outcome: 'unused', at, what: written, why: 'The status is not one that is known.' }],
  };
}

/** A file of version 2 JSON: a study, a page, a list, or a study on each line. */
export function readTrials(
  input: string | Uint8Array,
  options: { fileName?: string } = {},
): { trials: readonly TrialRecord[]; notes: readonly TrialNote[] } {
  const name = options.fileName ?? 'the input';
  const trials: TrialRecord[] = [];
  const notes: TrialNote[] = [];
  try {
    const value: unknown = JSON.parse(typeof input === 'string' ? input : new TextDecoder().decode(input));
    const studies = Array.isArray(value) ? value : (tree(value)['studies'] ?? [value]);
    for (const [index, study] of (studies as readonly unknown[]).entries()) {
      const read = trialFromV2(study, `${name}, study ${index + 1}`);
      if (read.trial) trials.push(read.trial);
      notes.push(...read.notes);
    }
  } catch {
    notes.push({ outcome: 'refused', at: name, what: name, why: 'It is no JSON.' });
  }
  return { trials, notes };
}
