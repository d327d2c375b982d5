/** The knowledge on disk: read the folder, check it, build the bundle, read the bundle back. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KnowledgeBundle } from '@serosa/core';
import { canonicalJson, isIntact, type KnowledgeStats, knowledgeStats, sealBundle, sealTrials } from './bundle.js';
import { lintKnowledge } from './lint.js';
import { type KnowledgeProblem, loadKnowledge } from './load.js';
import { bundleSchema } from './schema.js';

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The knowledge cannot be used; `problems` says why, each with its place and its remedy. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';
  readonly problems: readonly KnowledgeProblem[];

  constructor(problems: readonly KnowledgeProblem[]) {
    super(problems.map(({ at, code, message, remedy }) => `${at}: ${message} ${remedy} [${code}]`).join('\n'));
    this.problems = problems;
  }
}

/** Every file below a folder, by its path with `/`; hidden files are left out. Throws when the folder cannot be read. */
export async function readKnowledgeFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    const full = path.join(entry.parentPath, entry.name);
    const relative = path.relative(folder, full).split(path.sep).join('/');
    if (entry.isFile() && !/(^|\/)\./.test(relative)) files.set(relative, await readFile(full, 'utf8'));
  }
  return files;
}

export interface KnowledgeReport {
  /** No problem is an error. */
  readonly ok: boolean;
  readonly problems: readonly KnowledgeProblem[];
  readonly stats: KnowledgeStats;
}

/** Loads and checks a knowledge folder as of an ISO date; `recordFunctions` as in the linter's options. */
export async function checkKnowledge(
  folder: string,
  asOf: string,
  recordFunctions?: readonly string[],
): Promise<KnowledgeReport> {
  const loaded = loadKnowledge(await readKnowledgeFolder(folder));
  const problems = [...loaded.problems, ...lintKnowledge(loaded, { asOf, ...(recordFunctions && { recordFunctions }) })];
  return { ok: problems.every(({ severity }) => severity !== 'error'), problems, stats: knowledgeStats(loaded.readable, asOf) };
}

/** The starter set of trials stands beside the bundle under this name. */
export const TRIALS_FILE = 'trials.json';

/**
 * Builds the bundle from a folder and writes it, whole or not at all, and {@link TRIALS_FILE} beside it. The same folder gives the same bytes: the age of a
 * review is therefore not looked at here. Throws a {@link KnowledgeError} when the knowledge has errors; with
 * `lint: false` only what cannot be read counts.
 */
export async function buildBundle(
  folder: string,
  outFile: string,
  options: { readonly lint?: boolean } = {},
): Promise<KnowledgeBundle> {
  const loaded = loadKnowledge(await readKnowledgeFolder(folder));
  const linted = options.lint === false ? [] : lintKnowledge(loaded);
  const errors = [...loaded.problems, ...linted].filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || !loaded.bundle) throw new KnowledgeError(errors);
  const bundle = sealBundle(loaded.bundle, sha256);
  await writeWhole(path.join(path.dirname(outFile), TRIALS_FILE), sealTrials(loaded.bundle, sha256));
  await writeWhole(outFile, bundle);
  return bundle;
}

async function writeWhole(file: string, content: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, `${canonicalJson(content)}\n`);
  await rename(unfinished, file);
}

/** Reads a built bundle back. Throws a {@link KnowledgeError} when it has not the shape, or not the hash, of a bundle. */
export async function readBundle(file: string): Promise<KnowledgeBundle> {
  const refuse = (message: string): never => {
    const remedy = 'Build the knowledge again.';
    throw new KnowledgeError([{ code: 'bundle', severity: 'error', at: file, message, remedy }]);
  };
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return refuse(`The bundle cannot be read: ${(error as Error).message}.`);
  }
  const result = bundleSchema.safeParse(content);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    return refuse(`The bundle has not the shape of a bundle at ${issue.path.join('.')}: ${issue.message}.`);
  }
  if (!isIntact(result.data, sha256)) return refuse('The bundle was changed after it was built.');
  return result.data;
}
