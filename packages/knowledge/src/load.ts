/**
 * From the text of the knowledge files to typed data. Pure: the caller reads the files. Every problem names its place as
 * `file:line:column key.path` and says what to do; one broken file does not hide the problems of the others.
 */
import type { Basis, FactDefinition, GlossaryTerm, Problem, Source } from '@serosa/core';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { canonicalJson } from './bundle.js';
import {
  cascadeSchema,
  factorSchema,
  glossaryTermSchema,
  scoreSchema,
  siteSchema,
  sourceSchema,
  stagingSchema,
  survivalSchema,
  symptomSchema,
  testSchema,
  topicSchema,
  treatmentSchema,
  trialSchema,
  vocabularySchema,
  type WrittenFact,
  writtenFactSchema,
} from './schema.js';
import type { KeyPath, KnowledgeContent } from './walk.js';

/** `error` stops a build. `warning` is for a person to look at. `info` is counted and listed, nothing more. */
export type Severity = 'error' | 'warning' | 'info';

/** A problem of the knowledge; `at` is always set. */
export interface KnowledgeProblem extends Problem {
  readonly severity: Severity;
  readonly at: string;
}

export type { KeyPath, KnowledgeContent } from './walk.js';

/** The folders of the knowledge and the part of the bundle that each becomes. */
export type Part = Exclude<keyof KnowledgeContent, 'version'>;

export interface LoadedKnowledge {
  /** Absent when any file could not be read as what it should be. */
  readonly bundle?: KnowledgeContent;
  /** All that could be read, for the linter: it goes on where it can. */
  readonly readable: KnowledgeContent;
  readonly problems: readonly KnowledgeProblem[];
  /** Parts of which at least one file is missing from `readable`: nothing follows from what is not found in them. */
  readonly incomplete: ReadonlySet<Part>;
  /** Path of the file that `thing`, an element of a part of `readable`, stands in. */
  readonly file: (thing: object) => string;
  /** Where `keys` of `thing` stands: `file:line:column key.path`. */
  readonly place: (thing: object, keys?: KeyPath) => string;
}

/** The placeholder as a patient reads it; for professionals the id is the word. */
const PATIENT_BASIS: Readonly<Record<Basis, string>> = {
  clinical: 'on scans',
  pathological: 'in the operation specimen',
};

const ONE_PER_FILE = {
  staging: stagingSchema,
  sites: siteSchema,
  scores: scoreSchema,
  treatments: treatmentSchema,
  symptoms: symptomSchema,
  cascade: cascadeSchema,
  factors: factorSchema,
  tests: testSchema,
  survival: survivalSchema,
  topics: topicSchema,
  words: vocabularySchema,
  trials: trialSchema,
} as const;

/** More aliases than this in one file are refused: a file stays readable, and cannot grow when it is read. */
const MOST_ALIASES = 20;

/**
 * Reads the knowledge. `files` maps each path below `knowledge/`, with `/`, to its text; `VERSION` holds the version.
 * Never throws on bad content. Parts are in the order of their paths; sources are sorted by id.
 */
export function loadKnowledge(files: ReadonlyMap<string, string>): LoadedKnowledge {
  const problems: KnowledgeProblem[] = [];
  const incomplete = new Set<Part>();
  const origins = new Map<object, { readonly file: ParsedFile; readonly keys: KeyPath }>();
  const parts: { [P in Part]: KnowledgeContent[P][number][] } = {
    sources: [],
    facts: [],
    staging: [],
    sites: [],
    scores: [],
    treatments: [],
    symptoms: [],
    cascade: [],
    factors: [],
    tests: [],
    survival: [],
    topics: [],
    words: [],
    glossary: [],
    trials: [],
  };
  const report = (code: string, at: string, message: string, remedy: string) =>
    problems.push({ code, severity: 'error', at, message, remedy });

  /** The value in `file` at `keys` as `schema` has it, or undefined with its problems reported. */
  function check<Value>(schema: z.ZodType<Value>, value: unknown, file: ParsedFile, keys: KeyPath): Value | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues.flatMap((i) => plainIssues(i as Issue, []))) {
      report('schema', placeIn(file, [...keys, ...issue.keys]), issue.message, 'Write the value as the schema has it.');
    }
    return undefined;
  }

  function addSource(source: Source, file: ParsedFile, keys: KeyPath): void {
    const same = parts.sources.find((known) => known.id === source.id);
    if (!same) {
      origins.set(source, { file, keys });
      parts.sources.push(source);
    } else if (canonicalJson(same) !== canonicalJson(source)) {
      const first = origins.get(same)!;
      const at = placeIn(file, [...keys, 'id']);
      const message = `Source ${source.id} also stands, with other content, at ${placeIn(first.file, first.keys)}.`;
      report('source-conflict', at, message, 'Keep one entry, or give the second work an id of its own.');
    }
  }

  function addFact(written: WrittenFact, file: ParsedFile, keys: KeyPath): void {
    const { basis, byBasis, ...fact } = written;
    if ((basis !== undefined) !== fact.id.includes('{basis}') || (byBasis && !basis)) {
      const message = basis ? `Fact ${fact.id} has basis, and its id has no {basis}.` : `Fact ${fact.id} has no basis.`;
      const remedy = 'A fact for several bases has both: basis, and {basis} in its id.';
      report('basis-placeholder', placeIn(file, [...keys, 'id']), message, remedy);
      incomplete.add('facts');
      return;
    }
    for (const one of basis ? basis.map((b) => expandBasis({ ...fact, ...byBasis?.[b] }, b)) : [fact]) {
      origins.set(one, { file, keys });
      parts.facts.push(one);
    }
  }

  let version = '';
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [, folder, ending] = /^([^/]+)\/[^/]+\.([a-z]+)$/.exec(path) ?? [];
    if (path === 'VERSION') version = text.trim();
    else if (/(^|\/)README\.md$/.test(path)) continue;
    else if (folder === undefined || ending !== (folder === 'sources' ? 'json' : 'yaml') || !Object.hasOwn(parts, folder)) {
      const remedy = `Knowledge stands in ${Object.keys(parts).join('/, ')}/: sources as .json, everything else as .yaml.`;
      report('file-place', `${path}:1:1`, `No knowledge is expected at ${path}.`, remedy);
    } else {
      const part = folder as Part;
      const before = problems.length;
      const file = parse(path, text, report);
      if (problems.length > before) {
        incomplete.add(part);
        continue;
      }
      const content: unknown = file.document.toJS();
      if (part === 'sources' || part === 'facts' || part === 'glossary') {
        if (!Array.isArray(content)) report('schema', placeIn(file, []), 'The file is not a list.', 'Write a list of entries.');
        else {
          content.forEach((value: unknown, index) => {
            if (part === 'sources') {
              const source = check<Source>(sourceSchema, value, file, [index]);
              if (source) addSource(source, file, [index]);
            } else if (part === 'glossary') {
              const term = check<GlossaryTerm>(glossaryTermSchema, value, file, [index]);
              if (term) {
                origins.set(term, { file, keys: [index] });
                parts.glossary.push(term);
              }
            } else {
              const fact = check<WrittenFact>(writtenFactSchema, value, file, [index]);
              if (fact) addFact(fact, file, [index]);
            }
          });
        }
      } else {
        const thing = check<KnowledgeContent[typeof part][number]>(ONE_PER_FILE[part], content, file, []);
        if (thing) {
          origins.set(thing, { file, keys: [] });
          (parts[part] as object[]).push(thing);
        }
      }
      if (problems.length > before) incomplete.add(part);
    }
  }
  if (!/^\d{4}\.(0[1-9]|1[0-2])\.\d+$/.test(version)) {
    const message = version ? `The version is ${version}.` : 'The knowledge has no version.';
    report('version', 'VERSION:1:1', message, 'Write year, month and a running number into VERSION, such as 2026.11.0.');
  }
  parts.sources.sort((a, b) => (a.id < b.id ? -1 : 1));
  const readable: KnowledgeContent = { version, ...parts };
  const originOf = (thing: object) => {
    const origin = origins.get(thing);
    if (!origin) throw new TypeError('Not an element of the loaded knowledge.');
    return origin;
  };
  return {
    ...(problems.length === 0 && { bundle: readable }),
    readable,
    problems,
    incomplete,
    file: (thing) => originOf(thing).file.path,
    place: (thing, keys = []) => {
      const origin = originOf(thing);
      return placeIn(origin.file, [...origin.keys, ...keys]);
    },
  };
}

/** The fact for one basis: `{basis}` is its id in ids and labels, and words where a patient reads it. */
function expandBasis(fact: FactDefinition, basis: Basis): FactDefinition {
  const replace = (value: unknown, word: string): unknown => {
    if (typeof value === 'string') return value.replaceAll('{basis}', word);
    if (Array.isArray(value)) return value.map((item) => replace(item, word));
    if (typeof value !== 'object' || value === null) return value;
    const inside = ([key, item]: [string, unknown]) => [key, replace(item, key === 'patient' ? PATIENT_BASIS[basis] : word)];
    return Object.fromEntries(Object.entries(value).map(inside));
  };
  return replace(fact, basis) as FactDefinition;
}

// ── parsing and places ───────────────────────────────────────────────────────────────────────────────────────────────

interface ParsedFile {
  readonly path: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Parses one file. JSON is read by the YAML parser too, which finds duplicate keys and knows places. */
function parse(
  path: string,
  text: string,
  report: (code: string, at: string, message: string, remedy: string) => void,
): ParsedFile {
  const lines = new LineCounter();
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}:${lines.linePos(offset).col}`;
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  for (const error of [...document.errors, ...document.warnings]) {
    const remedy = error.code === 'DUPLICATE_KEY' ? 'Keep one of the two keys.' : 'Mend the syntax at this place.';
    report('syntax', at(error.pos[0]), `${error.message}.`, remedy);
  }
  const stray = path.endsWith('.json') && document.errors.length === 0 ? notJsonAt(text) : undefined;
  if (stray !== undefined) {
    const remedy = 'JSON has double quotes round every key and text, no comments and no comma before a closing bracket.';
    report('syntax', at(stray), 'From here on this is not JSON.', remedy);
  }
  if (document.errors.length === 0) {
    try {
      document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch {
      report('syntax', at(0), 'Too many aliases, or an alias without its anchor.', 'Write the repeated parts out.');
    }
  }
  return { path, document, lines };
}

const BLANKS = /[ \t\r\n]*/y;
const JSON_TOKEN = /[[\]{},:]|"(?:[^"\\\n]|\\.)*"|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Where a text that the YAML parser reads stops being JSON; undefined when it is JSON. YAML is the larger language by its
 * other ways to write text, by comments and by commas before a closing bracket: the tokens show it.
 */
function notJsonAt(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    let before = '';
    for (let offset = 0; ; offset += before.length) {
      BLANKS.lastIndex = offset;
      offset += BLANKS.exec(text)![0].length;
      JSON_TOKEN.lastIndex = offset;
      const token = JSON_TOKEN.exec(text)?.[0];
      if (token === undefined || (before === ',' && /[\]},]/.test(token))) return offset;
      before = token;
    }
  }
}

/** `file:line:column key.path`; of a key that is not there, the place of the nearest thing around it. */
function placeIn(file: ParsedFile, keys: KeyPath): string {
  let node: unknown = file.document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(file.document);
    if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      node = pair?.value;
    } else break;
  }
  const { line, col } = file.lines.linePos(offset);
  const path = keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
  return `${file.path}:${line}:${col}${path && ` ${path}`}`;
}

// ── what the schema says, in words and at the right place ────────────────────────────────────────────────────────────

/** The part of a schema issue that we use. */
interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

interface PlainIssue {
  readonly keys: KeyPath;
  readonly message: string;
}

/** Unknown keys get their own place; of a union, the form that the writer seems to have meant is reported. */
function plainIssues(issue: Issue, around: KeyPath): readonly PlainIssue[] {
  const keys: KeyPath = [...around, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({ keys: [...keys, key], message: `Unknown key ${key}.` }));
  }
  if (issue.code === 'invalid_union' && issue.errors?.length) {
    // Mistakes at the top of a form say that another form was meant; mistakes further in are the writer's own.
    const strangeness = (form: readonly Issue[]) =>
      form.reduce(
        (sum, i) => sum + (i.path.length === 0 ? 2 + (i.keys?.length ?? 0) : i.path.length === 1 && isMissing(i) ? 3 : 0),
        0,
      );
    const forms = [...issue.errors].sort((a, b) => strangeness(a) - strangeness(b) || a.length - b.length);
    const best = forms[0]!;
    const second = forms[1];
    if (strangeness(best) > 0 && second && strangeness(second) === strangeness(best)) {
      return [{ keys, message: 'This has none of the known forms.' }];
    }
    return best.flatMap((inner) => plainIssues(inner, keys));
  }
  return [{ keys, message: `${issue.message}.` }];
}

/** Whether an issue says that the value is not there at all; a union says so in each of its forms. */
function isMissing(issue: Issue): boolean {
  return issue.message.endsWith('received undefined') || (issue.errors?.every((form) => form.some(isMissing)) ?? false);
}
