/** What `caseBundle` marks as Serosa's own, so that it is read back as it was: facts, codes, origins, and texts. */
import type { FactDefinition, Origin } from '@serosa/core';
import { ORIGINS } from '../case-file/format.js';
import type { Catalogue } from '../catalogue.js';
import { SEROSA_CASE, SEROSA_EXTENSIONS, SEROSA_FACT, SEROSA_TREATMENT, SEROSA_VALUE } from './codes.js';
import { type Concept, concept, extensions, hasCode, type Json, objects, text } from './json.js';

/** The fact that an observation states under its own id; none when this catalogue does not have it. */
export function ownFact(catalogue: Catalogue, { codings }: Concept): FactDefinition | undefined {
  const id = codings.find(({ system }) => system === SEROSA_FACT)?.code;
  return id === undefined ? undefined : catalogue.facts.get(id);
}

/** What a procedure is in a record: `systemic`, `radiotherapy`, or a code of a procedure. */
export function ownTreatment(json: Json): string | undefined {
  return concept(json['code']).codings.find(({ system }) => system === SEROSA_TREATMENT)?.code;
}

/** The one of `words` that a concept carries beside public codes. */
export function ownWord<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  const code = concept(value).codings.find(({ system }) => system === SEROSA_VALUE)?.code;
  return words.find((word) => word === code);
}

export function ownString(json: Json, url: string): string | undefined {
  return text(extensions(json, url)[0]?.['valueString']);
}

/** Where the statement came from before it was written as FHIR. */
export function ownOrigin(json: Json): Origin | undefined {
  const [extension] = extensions(json, SEROSA_EXTENSIONS.origin);
  const kind = ORIGINS.find((word) => word === extensions(extension, 'kind')[0]?.['valueCode']);
  if (kind === undefined) return undefined;
  const at = text(extensions(extension, 'at')[0]?.['valueString']);
  const note = text(objects(json['note'])[0]?.['text']);
  return { kind, ...(at === undefined ? {} : { at }), ...(note === undefined ? {} : { note }) };
}

export function isCaseList(json: Json): boolean {
  return hasCode(concept(json['code']), SEROSA_CASE, ['case']);
}
