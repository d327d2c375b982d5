/** What the command line reads: the knowledge, a case from a file or standard input, a row of a table. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Guide, KnowledgeBundle, Problem, Reading, ReadingNote, TrialBundle } from '@serosa/core';
import { prepareGuide } from '@serosa/core';
import { readCase } from '@serosa/interop';
import { intactBundle } from '@serosa/knowledge/bundle';

/** Largest input that is read, in bytes: a case is a few kilobytes, a long bundle a few megabytes. */
const LARGEST = 64 * 1024 * 1024;

/** Tables larger than this, in bytes, get an account of what was wrong only: one note for every cell would fill the memory. */
const MANY_ROWS = 4 * 1024 * 1024;

/** An input error that ends the command with exit code 1; a usage error with 2. */
export class Refusal extends Error {
  constructor(
    readonly problems: readonly Problem[],
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(problems.map((problem) => problem.message).join('\n'));
  }
}

const here = path.dirname(fileURLToPath(import.meta.url));
/** The repository's root: this file is built to `apps/cli/dist`. */
export const ROOT = path.resolve(here, '../../..');
export const KNOWLEDGE_FOLDER = path.join(ROOT, 'knowledge');

export function loadGuide(): Guide {
  return prepareGuide(builtKnowledge<KnowledgeBundle>('bundle.json'));
}

/** The starter set of trials that was built with the knowledge. */
export function loadTrials(): TrialBundle {
  return builtKnowledge<TrialBundle>('trials.json');
}

/** A file of the built knowledge; refused when it is not there, or was changed after it was built. */
function builtKnowledge<Bundle extends KnowledgeBundle | TrialBundle>(name: string): Bundle {
  const file = path.join(ROOT, 'packages/knowledge/dist', name);
  if (!existsSync(file) || statSync(file).isDirectory()) {
    throw new Refusal(
      [{ code: 'not-built', message: 'The knowledge is not built yet.', remedy: 'Run `npm run setup` in the folder of Serosa.' }],
      2,
    );
  }
  const bundle = readIntact<Bundle>(file);
  if (bundle === undefined) {
    throw new Refusal(
      [
        {
          code: 'knowledge-changed',
          message: 'The built knowledge was changed after it was built.',
          at: file,
          remedy: 'Run `npm run setup` to build it again.',
        },
      ],
      2,
    );
  }
  return bundle;
}

/** The built knowledge; undefined when it was changed, or cut off, after it was built. */
function readIntact<Bundle extends KnowledgeBundle | TrialBundle>(file: string): Bundle | undefined {
  try {
    return intactBundle<Bundle>(readFileSync(file, 'utf8'), (text) => createHash('sha256').update(text, 'utf8').digest('hex'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Bytes of a file or, for `-`, of standard input; refused beyond {@link LARGEST} before they fill the memory. */
export async function readBytes(name: string): Promise<Uint8Array> {
  if (name !== '-') {
    let size: number;
    try {
      const stat = statSync(name);
      if (stat.isDirectory())
        throw new Refusal([{ code: 'is-folder', message: `${name} is a folder.`, remedy: 'Name one file in it.' }]);
      size = stat.size;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new Refusal([
        {
          code: 'no-file',
          message: `${name} cannot be read.`,
          at: name,
          remedy: 'Check the name of the file and whether you may read it.',
        },
      ]);
    }
    if (size > LARGEST) throw tooLarge(name);
  }
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of name === '-' ? process.stdin : createReadStream(name)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      total += bytes.length;
      if (total > LARGEST) throw tooLarge(name);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal([
      { code: 'no-file', message: `${name} cannot be read.`, at: name, remedy: 'Check the file and whether you may read it.' },
    ]);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string): Refusal {
  return new Refusal([
    {
      code: 'too-large',
      message: `${name === '-' ? 'The input' : name} is larger than 64 MiB.`,
      at: name,
      remedy: 'A case is one person. Split the file, one person each.',
    },
  ]);
}

export interface CaseOptions {
  readonly asOf: string;
  readonly map?: string;
  readonly id?: string;
  readonly patient?: string;
}

/** Reads one case from a case file, a FHIR bundle, or one row of a table. */
export async function readOneCase(name: string, guide: Guide, options: CaseOptions): Promise<Reading> {
  const bytes = await readBytes(name);
  if (options.map !== undefined) {
    const { readings, notes } = await readRows(bytes, name, guide, options);
    const wanted =
      options.id === undefined && readings.length === 1
        ? readings[0]
        : readings.find((reading) => reading.record?.id === options.id);
    if (wanted) return { ...wanted, notes: [...notes, ...wanted.notes] };
    throw new Refusal(
      [
        {
          code: options.id === undefined ? 'no-row-chosen' : 'no-such-row',
          message: options.id === undefined ? `The table holds ${readings.length} people.` : `No row has the id ${options.id}.`,
          remedy: `Choose one with --id, for example --id ${readings.find((reading) => reading.record)?.record?.id ?? 'ID'}.`,
        },
      ],
      options.id === undefined ? 2 : 1,
    );
  }
  return readCase(bytes, {
    catalogue: guide.bundle.facts,
    asOf: options.asOf,
    ...(name === '-' ? {} : { fileName: path.basename(name) }),
    ...(options.patient === undefined ? {} : { patient: options.patient }),
  });
}

/** Every row of a table as a reading, through a mapping file or the name of a shipped mapping. */
export async function readRows(
  bytes: Uint8Array,
  name: string,
  guide: Guide,
  options: CaseOptions,
): Promise<{ readonly readings: readonly Reading[]; readonly notes: readonly ReadingNote[] }> {
  // Tables are read seldom: their parser is loaded when it is needed.
  const { readMapping, readTable } = await import('@serosa/interop');
  const shipped = path.join(ROOT, 'packages/interop/mappings', `${options.map}.yaml`);
  const file = existsSync(options.map as string) ? (options.map as string) : shipped;
  if (!existsSync(file) || statSync(file).isDirectory()) {
    throw new Refusal(
      [
        {
          code: 'no-mapping',
          message: `There is no mapping ${options.map}.`,
          remedy: 'Give a mapping file, or the name of a shipped one: tcga-meso.',
        },
      ],
      2,
    );
  }
  const mapping = readMapping(readFileSync(file), guide.bundle.facts);
  if (mapping.mapping === undefined)
    throw new Refusal(
      mapping.problems.map((problem) => ({ ...problem, at: `${path.basename(file)}, ${problem.at ?? 'line 1'}` })),
    );
  const table = readTable(bytes, mapping.mapping, guide.bundle.facts, {
    asOf: options.asOf,
    notes: bytes.length > MANY_ROWS ? 'problems' : 'all',
  });
  if (table.problem) throw new Refusal([{ ...table.problem, at: table.problem.at ?? path.basename(name) }]);
  return { readings: table.readings, notes: table.notes };
}
