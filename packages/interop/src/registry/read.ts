/**
 * Reads records of trial registries from whatever holds them: JSON of the ClinicalTrials.gov API v2 (a study, a page of studies, a
 * list), one JSON object a line (NDJSON), the classic XML, and the flat JSON of mirrors.
 */
import { earliestDay, type PartialDate, type Problem, type TrialRecord } from '@serosa/core';
import { object } from '../fhir/json.js';
import { type Duplicate, readJson } from '../input/json.js';
import { DEFAULT_LIMITS, decode, type Limits } from '../input/text.js';
import { Account, type TrialNote } from './account.js';
import { isMirrored, trialFromMirror } from './mirror.js';
import { trialFromV2 } from './v2.js';
import { type PlacedTrial, readStudiesXml } from './xml.js';

export interface TrialsOptions {
  /** Names the input in notes about the whole of it, and tells NDJSON by its ending where lines are broken. */
  readonly fileName?: string;
  readonly limits?: Partial<Limits>;
}

export interface TrialsReading {
  /** Each id once, in the order of the input. */
  readonly trials: readonly TrialRecord[];
  /** What could not be used, each piece with its reason. Members of a record that Serosa does not carry, such as results, have none. */
  readonly notes: readonly TrialNote[];
}

/**
 * Reads what one file holds. Give bytes rather than text where they are at hand: only bytes show that a file is not UTF-8. Never
 * throws; a piece that is broken is refused with its place, and the rest is read. Of records with one id, the one that was updated
 * last is kept.
 */
export function readTrials(input: string | Uint8Array, options: TrialsOptions = {}): TrialsReading {
  const account = new Account();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const whole = options.fileName ?? 'the input';
  try {
    const decoded = decode(input, limits);
    if ('problem' in decoded) {
      refuse(decoded.problem, whole, account);
      return { trials: [], notes: account.notes };
    }
    const { text } = decoded;
    const placed = /^\s*</.test(text) ? fromXml(text, limits, whole, account) : fromJson(text, limits, options, account);
    return { trials: onceEach(placed, account), notes: account.notes };
  } catch {
    // A mistake of this program must not look like one of the file, and must not end the batch.
    account.refused(
      whole,
      whole,
      'The input could not be read because of a mistake in the reader. Please report this, with the record if it is public.',
    );
    return { trials: [], notes: account.notes };
  }
}

/** What to do, where the words of the shared readers speak of cases. */
const REMEDIES: Readonly<Record<string, string>> = {
  empty: 'Give records of a trial registry: JSON, NDJSON or XML.',
  'too-large': 'Split the file, or raise the limit.',
  'too-deep': 'No record of a registry is nested so deeply: the file is damaged or was made to do harm.',
  'wrong-format': 'Unpack an archive first. Records are read as JSON, NDJSON or XML of a trial registry.',
};

function refuse(problem: Problem, whole: string, account: Account): void {
  account.refused(problem.at ?? whole, whole, `${problem.message} ${REMEDIES[problem.code] ?? problem.remedy}`);
}

function fromXml(text: string, limits: Limits, whole: string, account: Account): readonly PlacedTrial[] {
  if (/<clinical_study[\s>]/.test(text)) return readStudiesXml(text, limits, account);
  account.refused(
    'line 1',
    whole,
    /^\s*<(!doctype )?html/i.test(text)
      ? 'This is a web page. Download the record itself, as JSON.'
      : 'This XML holds no `clinical_study`, the element of the classic ClinicalTrials.gov XML. Give the record as JSON.',
  );
  return [];
}

interface Root {
  readonly json: unknown;
  readonly at: string;
}

function fromJson(text: string, limits: Limits, { fileName }: TrialsOptions, account: Account): readonly PlacedTrial[] {
  const whole = fileName ?? 'the input';
  const reading = readJson(text, limits);
  if ('value' in reading) {
    const { value } = reading;
    tellTwice(reading.duplicates, account);
    if (Array.isArray(value)) return value.flatMap((json: unknown, index) => fromObject({ json, at: `[${index}]` }, account));
    return fromObject({ json: value, at: whole }, account);
  }
  const roots = linesOf(text, limits, reading.trailing || /\.(ndjson|jsonl)$/i.test(fileName ?? ''), account);
  if (roots) return roots.flatMap((root) => fromObject(root, account));
  if (/^\s*[{[]/.test(text)) refuse(reading.problem, whole, account);
  else
    account.refused(
      'line 1',
      whole,
      'This is neither JSON nor XML. Give records of a trial registry as JSON, NDJSON or XML; a table can be turned into JSON, a record a row.',
    );
  return [];
}

/**
 * One object a line. Unless the text is known to be of that kind (`sure`: a whole value and more text, or the file's name), half of
 * the lines must be whole: in one damaged value a line or two can be whole by chance. Undefined when it is not of that kind.
 */
function linesOf(text: string, limits: Limits, sure: boolean, account: Account): readonly Root[] | undefined {
  const roots: Root[] = [];
  const broken: { readonly problem: Problem; readonly at: string; readonly line: string }[] = [];
  const twice: Duplicate[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const at = `line ${index + 1}`;
    const reading = readJson(line, limits);
    if ('value' in reading) {
      if (!sure && !object(reading.value)) return undefined;
      roots.push({ json: reading.value, at });
      twice.push(...reading.duplicates.map(({ key }) => ({ key, at })));
    } else broken.push({ problem: reading.problem, at, line });
  }
  if (roots.length === 0 || (!sure && roots.length < broken.length)) return undefined;
  tellTwice(twice, account);
  for (const { problem, at, line } of broken) {
    const column = /column \d+$/.exec(problem.at ?? '')?.[0];
    refuse({ ...problem, at: column === undefined ? at : `${at}, ${column}` }, line.slice(0, 60), account);
  }
  return roots;
}

function tellTwice(duplicates: readonly Duplicate[], account: Account): void {
  for (const { key, at } of duplicates)
    account.unused(at, key, `"${key}" is given twice in one group; the last one counts. Remove one of them.`);
}

/** Members of an answer that hold its records. */
const PAGES = ['studies', 'trials'] as const;

function fromObject({ json, at }: Root, account: Account): readonly PlacedTrial[] {
  const record = object(json);
  if (!record) {
    account.refused(at, brief(json), 'A record of a registry is a JSON object; this is none.');
    return [];
  }
  for (const page of PAGES) {
    const studies = record[page];
    if (!Array.isArray(studies)) continue;
    if (typeof record['nextPageToken'] === 'string')
      account.unused(
        at,
        'nextPageToken',
        'This is one page of an answer that goes on: the pages after it are not in this input.',
      );
    const before = at.startsWith('line') || at.startsWith('[') ? `${at}, ` : '';
    return studies.flatMap((study: unknown, index) => fromStudy({ json: study, at: `${before}${page}[${index}]` }, account));
  }
  return fromStudy({ json, at }, account);
}

function fromStudy({ json, at }: Root, account: Account): readonly PlacedTrial[] {
  const record = object(json);
  if (!record) {
    account.refused(at, brief(json), 'A record of a registry is a JSON object; this is none.');
    return [];
  }
  if (object(record['protocolSection'])) {
    const { trial, notes } = trialFromV2(record, at);
    account.notes.push(...notes);
    return trial ? [{ trial, at }] : [];
  }
  if (typeof record['resourceType'] === 'string') {
    account.refused(at, record['resourceType'], "This is a FHIR resource. Give the record as the registry's own JSON.");
    return [];
  }
  if (isMirrored(record)) {
    const trial = trialFromMirror(record, at, account);
    return trial ? [{ trial, at }] : [];
  }
  account.refused(
    at,
    brief(record),
    'This is no record of a registry that is known here: it has neither a `protocolSection` nor an id with anything else of a trial.',
  );
  return [];
}

function brief(json: unknown): string {
  const record = object(json);
  if (record) return `{ ${Object.keys(record).slice(0, 8).join(', ')} }`;
  return Array.isArray(json) ? 'a list' : JSON.stringify(json);
}

const NEVER = Number.NEGATIVE_INFINITY;
const day = (date: PartialDate | undefined): number => (date === undefined ? NEVER : earliestDay(date));

/** Of records with one id the newest: by its last update, then by the day of the data, then the first. */
function onceEach(placed: readonly PlacedTrial[], account: Account): readonly TrialRecord[] {
  const kept = new Map<string, PlacedTrial>();
  for (const next of placed) {
    const { id } = next.trial;
    const other = kept.get(id);
    if (!other) {
      kept.set(id, next);
      continue;
    }
    const later =
      day(next.trial.updated) - day(other.trial.updated) || day(next.trial.knownAsOf) - day(other.trial.knownAsOf) || 0;
    const [stays, goes] = later > 0 ? [next, other] : [other, next];
    kept.set(id, stays);
    const { updated } = stays.trial;
    account.unused(
      goes.at,
      id,
      `The trial is in this input more than once. The record at ${stays.at}${updated === undefined ? '' : `, updated ${updated}`}, is kept.`,
    );
  }
  return [...kept.values()].map(({ trial }) => trial);
}
