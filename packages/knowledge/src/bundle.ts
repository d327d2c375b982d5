/** The built bundle: canonical text, its hash, and what it holds in numbers. Pure: the caller brings SHA-256. */
import type { Evidence, EvidenceStatus, KnowledgeBundle, TrialBundle } from '@serosa/core';
import { daysBetween, isDay } from './identifiers.js';
import { allEvidence, claims, type KnowledgeContent, pages, patientTexts, ruleEvidence } from './walk.js';
import { readability } from './words.js';

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/**
 * The one JSON text of a value: keys sorted by code unit, no blanks, keys without a value left out. The same data gives
 * the same bytes whatever order it was written in.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/**
 * The bundle with its hash, which is taken over the canonical text of everything else. What only the people who keep the
 * knowledge need stays behind in the files: examples, which are tests, and notes on how a source was read.
 * Trials, and the sources that only they rest on, are left to {@link sealTrials}.
 */
export function sealBundle(content: KnowledgeContent, sha256: Sha256): KnowledgeBundle {
  const { trials: _trials, ...rest } = content;
  const apart = sourcesOfTrialsOnly(content);
  return seal({ ...rest, sources: content.sources.filter(({ id }) => !apart.has(id)) }, sha256);
}

/** The starter set of trials with its own hash: a file beside the bundle, which a report does not need. */
export function sealTrials(content: KnowledgeContent, sha256: Sha256): TrialBundle {
  const { version, trials } = content;
  const apart = sourcesOfTrialsOnly(content);
  return seal({ version, sources: content.sources.filter(({ id }) => apart.has(id)), trials }, sha256);
}

function seal<Content extends object>(content: Content, sha256: Sha256): Content & { readonly hash: string } {
  const sealed = withoutNotes(content) as Content;
  return { ...sealed, hash: sha256(canonicalJson(sealed)) };
}

/** Ids of the sources that trials rest on and nothing else does. What nothing rests on stays with the guide. */
function sourcesOfTrialsOnly(content: KnowledgeContent): ReadonlySet<string> {
  const ids = (part: KnowledgeContent) => [...allEvidence(part)].flatMap(({ value }) => value.sources);
  const guide = new Set(ids({ ...content, trials: [] }));
  return new Set(ids(content).filter((id) => !guide.has(id)));
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === 'examples') return [key, []];
      if (/^(evidence|groupsEvidence|answerEvidence)$/.test(key)) {
        const { note: _note, ...evidence } = item as Evidence;
        return [key, evidence];
      }
      return [key, withoutNotes(item)];
    }),
  );
}

/** Whether the hash of a bundle is that of its content. */
export function isIntact(bundle: KnowledgeBundle | TrialBundle, sha256: Sha256): boolean {
  const { hash, ...content } = bundle;
  return hash === sha256(canonicalJson(content));
}

/**
 * The bundle in a file's text, or undefined when its hash is not that of the rest: the built file is the canonical text, so
 * the hash is taken over it without its own entry. Throws a SyntaxError when the text is no JSON.
 */
export function intactBundle<Bundle extends KnowledgeBundle | TrialBundle = KnowledgeBundle>(
  text: string,
  sha256: Sha256,
): Bundle | undefined {
  const bundle = JSON.parse(text) as Bundle;
  const rest = text.trimEnd().replace(`"hash":${JSON.stringify(bundle.hash)},`, '');
  return sha256(rest) === bundle.hash ? bundle : undefined;
}

/** Days after its review at which a file is due, and overdue. */
export const DUE_DAYS = 365;
export const OVERDUE_DAYS = 730;

export interface KnowledgeStats {
  readonly version: string;
  /** How many of each part. */
  readonly counts: Readonly<Record<Exclude<keyof KnowledgeContent, 'version'>, number>>;
  readonly claims: number;
  /** Published figures by the kind of file they stand in and by how they are known. */
  readonly claimsByKind: Readonly<Record<string, Readonly<Record<EvidenceStatus, number>>>>;
  /** Statements with evidence, by how it is known. */
  readonly evidence: Readonly<Record<EvidenceStatus, number>>;
  /** Share of statements with evidence whose source was read, 0 to 1. */
  readonly verified: number;
  /** Rules whose source was read, and rules that are held back until it is. */
  readonly rules: { readonly driving: number; readonly held: number };
  /** What is held back or not yet read: `<kind>/<id> <keys>: <status>`. It decides nothing. */
  readonly unverified: readonly string[];
  /** Sources that nothing rests on. */
  readonly orphanSources: readonly string[];
  /** Guide pages with a part that rests on no source that was read. */
  readonly pagesWithoutCitation: readonly string[];
  /** `<kind>/<id>` of what was last reviewed more than {@link DUE_DAYS} days before `asOf`; the overdue are not due. */
  readonly due: readonly string[];
  readonly overdue: readonly string[];
  /** Flesch-Kincaid grade of the text for patients, by `<kind>/<id>`; `facts` for the whole catalogue. */
  readonly readingGrades: Readonly<Record<string, number>>;
}

/** The knowledge in numbers. `asOf` is an ISO date. */
export function knowledgeStats(content: KnowledgeContent, asOf: string): KnowledgeStats {
  const evidence = { read: 0, 'second-hand': 0, unread: 0 };
  for (const { value } of allEvidence(content)) evidence[value.status] += 1;
  const everything = [...allEvidence(content)];
  const nameOf = (thing: object): string => ('kind' in thing ? `${thing.kind}/${'id' in thing ? thing.id : ''}` : 'fact');
  const claimsByKind: Record<string, Record<EvidenceStatus, number>> = {};
  for (const { thing, value } of claims(content)) {
    const kind = 'kind' in thing ? String(thing.kind) : 'fact';
    claimsByKind[kind] ??= { read: 0, 'second-hand': 0, unread: 0 };
    claimsByKind[kind][value.evidence.status] += 1;
  }
  const used = new Set(everything.flatMap(({ value }) => value.sources));
  const rules = [...ruleEvidence(content)];
  const driving = rules.filter(({ value }) => value.status === 'read').length;
  const ages = pages(content).map((page) => ({
    name: `${page.kind}/${page.id}`,
    days: isDay(page.reviewed) ? daysBetween(page.reviewed, asOf) : 0,
  }));
  const texts = (thing: object) => [...patientTexts(thing)].map(({ value }) => value);
  const readingGrades: Record<string, number> = {};
  const grade = (name: string, patient: readonly string[]) => {
    const result = readability(patient);
    if (result) readingGrades[name] = result.grade;
  };
  grade('facts', content.facts.flatMap(texts));
  grade('glossary', content.glossary.flatMap(texts));
  for (const page of pages(content)) grade(`${page.kind}/${page.id}`, texts(page));
  return {
    version: content.version,
    counts: {
      sources: content.sources.length,
      facts: content.facts.length,
      staging: content.staging.length,
      sites: content.sites.length,
      scores: content.scores.length,
      treatments: content.treatments.length,
      symptoms: content.symptoms.length,
      cascade: content.cascade.length,
      factors: content.factors.length,
      tests: content.tests.length,
      survival: content.survival.length,
      topics: content.topics.length,
      words: content.words.length,
      glossary: content.glossary.length,
      trials: content.trials.length,
    },
    claims: [...claims(content)].length,
    claimsByKind,
    evidence,
    verified: Math.round((1000 * evidence.read) / Math.max(everything.length, 1)) / 1000,
    rules: { driving, held: rules.length - driving },
    unverified: everything
      .filter(({ value }) => value.status !== 'read')
      .map(({ thing, keys, value }) => `${nameOf(thing)} ${keys.slice(0, -1).join('.')}: ${value.status}`),
    orphanSources: content.sources.map((source) => source.id).filter((id) => !used.has(id)),
    pagesWithoutCitation: content.topics
      .filter((topic) =>
        [topic.answerEvidence, ...topic.sections.map((section) => section.evidence)].some((e) => e.status !== 'read'),
      )
      .map((topic) => topic.id),
    due: ages.filter(({ days }) => days > DUE_DAYS && days <= OVERDUE_DAYS).map(({ name }) => name),
    overdue: ages.filter(({ days }) => days > OVERDUE_DAYS).map(({ name }) => name),
    readingGrades,
  };
}
