/** The fact catalogue prepared for readers: by id, by code, with the nearest id for a misspelt one. */
import { CODE_SYSTEMS, type Code, type FactDefinition, type FactId, type FactValue } from '@serosa/core';
import { lookUp } from './value/lookup.js';
import { nearest } from './value/spelling.js';

/** What a code means: a fact, or one value of a fact. */
export interface CodeMeaning {
  readonly fact: FactDefinition;
  readonly value?: FactValue;
}

export interface Catalogue {
  readonly facts: ReadonlyMap<FactId, FactDefinition>;
  /** Facts and values that carry this code. `system` is a canonical URI; see {@link systemOf}. */
  readonly meanings: (system: string, code: string) => readonly CodeMeaning[];
  /** The id that was probably meant: a misspelling, or the last part alone (`creatinine` for `lab.creatinine`). */
  readonly nearest: (id: string) => FactId | undefined;
}

/** What a reader accepts as catalogue: the definitions, or the definitions prepared once for many readings. */
export type CatalogueInput = readonly FactDefinition[] | Catalogue;

const prepared = new WeakMap<readonly FactDefinition[], Catalogue>();

/** Prepares the catalogue; the same array is prepared once. */
export function prepareCatalogue(input: CatalogueInput): Catalogue {
  if (!isList(input)) return input;
  const known = prepared.get(input);
  if (known) return known;
  const catalogue = build(input);
  prepared.set(input, catalogue);
  return catalogue;
}

function isList(input: CatalogueInput): input is readonly FactDefinition[] {
  return Array.isArray(input);
}

function build(definitions: readonly FactDefinition[]): Catalogue {
  const facts = new Map<FactId, FactDefinition>();
  const codes = new Map<string, CodeMeaning[]>();
  const lastParts = new Map<string, FactId>();
  const add = (code: Code, meaning: CodeMeaning): void => {
    const key = `${CODE_SYSTEMS[code.system]}|${code.code}`;
    const list = codes.get(key);
    if (list) list.push(meaning);
    else codes.set(key, [meaning]);
  };
  for (const fact of definitions.flatMap(unfold)) {
    facts.set(fact.id, fact);
    const last = fact.id.slice(fact.id.lastIndexOf('.') + 1);
    if (!lastParts.has(last)) lastParts.set(last, fact.id);
    for (const code of fact.codes ?? []) add(code, { fact });
    for (const value of fact.values ?? []) for (const code of value.codes ?? []) add(code, { fact, value });
  }
  return {
    facts,
    meanings: (system, code) => codes.get(`${system}|${code}`) ?? [],
    nearest: (id) => {
      const word = id.toLowerCase().replace(/[_\s]+/g, '-');
      if (facts.has(word)) return word;
      const alone = lastParts.get(word) ?? lastParts.get(word.slice(word.lastIndexOf('.') + 1));
      if (alone !== undefined) return alone;
      const near = nearest(word, facts.keys());
      if (near !== undefined) return near;
      const nearLast = nearest(word, lastParts.keys());
      return nearLast === undefined ? undefined : lastParts.get(nearLast);
    },
  };
}

/** An entry written once for both bases becomes two facts. */
function unfold(fact: FactDefinition): readonly FactDefinition[] {
  if (!fact.id.includes('{basis}')) return [fact];
  return ['clinical', 'pathological'].map(
    (basis) => JSON.parse(JSON.stringify(fact).replaceAll('{basis}', basis)) as FactDefinition,
  );
}

const ALIASES: Readonly<Record<string, string>> = {
  'urn:oid:2.16.840.1.113883.6.96': CODE_SYSTEMS.snomed,
  'urn:oid:2.16.840.1.113883.6.1': CODE_SYSTEMS.loinc,
  'urn:oid:2.16.840.1.113883.6.43.1': CODE_SYSTEMS['icd-o-3'],
  'urn:oid:2.16.840.1.113883.6.3': CODE_SYSTEMS['icd-10'],
  'urn:oid:2.16.840.1.113883.6.90': CODE_SYSTEMS['icd-10'],
  'http://www.genenames.org': CODE_SYSTEMS.hgnc,
};

/**
 * The canonical URI of a code system as it may be written: an OID, a trailing slash, a national edition (every ICD-10
 * modification counts as ICD-10: the codes used here mean the same in each of them).
 */
export function systemOf(uri: string): string {
  const plain = uri.trim().replace(/\/$/, '').replace(/\|.*$/, '');
  const alias = lookUp(ALIASES, plain);
  if (alias !== undefined) return alias;
  if (/icd-?10-?pcs/i.test(plain)) return plain;
  if (/icd-?10/i.test(plain)) return CODE_SYSTEMS['icd-10'];
  if (/icd-?o(-?3)?/i.test(plain)) return CODE_SYSTEMS['icd-o-3'];
  if (/snomed\.info\/(sct|id)/i.test(plain)) return CODE_SYSTEMS.snomed;
  if (/(^|\/\/)loinc\.org$/i.test(plain)) return CODE_SYSTEMS.loinc;
  if (/genenames\.org/i.test(plain)) return CODE_SYSTEMS.hgnc;
  if (/Thesaurus\.owl$/i.test(plain) || /ncithesaurus/i.test(plain)) return CODE_SYSTEMS.ncit;
  return plain;
}
