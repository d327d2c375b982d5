/** From what a person gives to a case that can be reported on: files, pasted text, the knowledge from the server. */
import type { AskLanguage } from '@serosa/ask';
import {
  type Guide,
  type KnowledgeBundle,
  type PartialDate,
  type Problem,
  prepareGuide,
  say,
  type TrialBundle,
} from '@serosa/core';
import type { CaseReading } from '@serosa/interop';

/** What was dropped, picked or pasted. */
export interface Input {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** The day the report shall be true on, when the input brings its own. */
  readonly asOf?: PartialDate | undefined;
}

/** Nothing that describes one person is larger; a larger file is some other kind of file. In bytes. */
const LARGEST_FILE = 50_000_000;

export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Fetches the knowledge that reports rest on from beside the page. Throws a {@link ProblemError}. */
export async function loadGuide(): Promise<Guide> {
  return prepareGuide(await loadJson<KnowledgeBundle>('knowledge.json'));
}

/** What is read and asked: the pages of the guide, and the words by which they and emergencies are found. */
export interface Pages {
  readonly topics: KnowledgeBundle['topics'];
  readonly words: KnowledgeBundle['words'];
  /** Phrases of each symptom, by its id. */
  readonly phrases: Readonly<Record<string, readonly string[]>>;
  /** How questions are read; absent for English. */
  readonly askLanguage?: AskLanguage;
}

/** Fetches the pages of the guide. Throws a {@link ProblemError}. */
export function loadPages(): Promise<Pages> {
  return loadJson<Pages>('guide.json');
}

/** Fetches the trials that come with the knowledge. Throws a {@link ProblemError}. */
export function loadTrials(): Promise<TrialBundle> {
  return loadJson<TrialBundle>('trials.json');
}

/** Fetches a file from beside the page. Throws a {@link ProblemError}. */
export async function loadJson<Content>(file: string): Promise<Content> {
  try {
    const response = await fetch(file);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()) as Content;
  } catch {
    throw new ProblemError({
      code: 'no-knowledge',
      message: say`The knowledge of this page could not be loaded.`,
      at: file,
      remedy: say`Check your connection and load the page again.`,
    });
  }
}

/** Reads one file from a drop or a file picker. Throws a {@link ProblemError}. */
export async function inputOfFiles(files: FileList | readonly File[]): Promise<Input> {
  const [file, second] = [...files];
  if (file === undefined) {
    throw new ProblemError({
      code: 'no-file',
      message: say`What was dropped is not a file.`,
      remedy: say`Drop a file, or paste its text below.`,
    });
  }
  if (second !== undefined) {
    throw new ProblemError({
      code: 'several-files',
      message: say`These are ${files.length} files. This page shows one case at a time.`,
      remedy: say`Choose one of them.`,
    });
  }
  if (file.size > LARGEST_FILE) {
    throw new ProblemError({
      code: 'too-large',
      message: say`This file is too large to be one case (${Math.round(file.size / 1_000_000)} million bytes).`,
      at: file.name,
      remedy: say`Choose a Serosa case (YAML or JSON) or a FHIR bundle of one person.`,
    });
  }
  try {
    return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    throw new ProblemError({
      code: 'unreadable',
      message: say`The file could not be opened.`,
      at: file.name,
      remedy: say`Check that it still exists, and choose it again.`,
    });
  }
}

/**
 * Reads a case as of a day; what cannot be read is in the reading's notes and problem.
 *
 * @param patient whose case to read, when the input holds several people; the reading names them
 */
export async function readInput(input: Input, guide: Guide, asOf: PartialDate, patient?: string): Promise<CaseReading> {
  // Reading files is half of the program, and most visits need none of it.
  const { readCase } = await import('@serosa/interop');
  return readCase(input.content, {
    fileName: input.name,
    catalogue: guide.bundle.facts,
    asOf,
    ...(patient === undefined ? {} : { patient }),
  });
}
