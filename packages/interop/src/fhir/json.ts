/**
 * Small accessors over JSON that may be anything: a missing element, a single value where a list belongs, a number where a
 * text belongs. They never throw, so that one strange resource never spoils a bundle.
 */
import { systemOf } from '../catalogue.js';
import { shorten } from '../value/spelling.js';

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The elements of a list; a single value counts as a list of one, nothing as an empty list. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

export function objects(value: unknown): readonly Json[] {
  return list(value).flatMap((item): readonly Json[] => {
    const json = object(item);
    return json ? [json] : [];
  });
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export interface Coding {
  /** Canonical; see `systemOf`. Empty when not given. */
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export interface Concept {
  readonly codings: readonly Coding[];
  readonly text: string;
}

/** A name longer than this is none; the patterns that names are held against must not be kept busy by it. */
const LONGEST_NAME = 500;

export const NO_CONCEPT: Concept = { codings: [], text: '' };

/** A CodeableConcept, a Coding, or a bare text where a concept belongs. */
export function concept(value: unknown): Concept {
  if (typeof value === 'string') return { codings: [], text: value.slice(0, LONGEST_NAME) };
  const json = object(value);
  if (!json) return NO_CONCEPT;
  const codings = objects(json['coding'] ?? ('code' in json ? json : undefined)).map((coding) => ({
    system: systemOf(text(coding['system']) ?? ''),
    code: text(coding['code'])?.trim() ?? '',
    display: text(coding['display'])?.slice(0, LONGEST_NAME) ?? '',
  }));
  return { codings, text: text(json['text'])?.slice(0, LONGEST_NAME) ?? '' };
}

/** One readable line: the concept's own text, or the names of its codings, or the codes. */
export function conceptName({ codings, text: own }: Concept): string {
  if (own !== '') return own;
  const named = codings.find(({ display }) => display !== '');
  if (named) return named.display;
  const coded = codings.find(({ code }) => code !== '');
  return coded ? `${coded.system.replace(/^.*\//, '')} ${coded.code}`.trim() : '';
}

/** Every word of a concept, for looking things up by text. */
export function conceptWords({ codings, text: own }: Concept): string {
  return [own, ...codings.map(({ display }) => display)].filter((part) => part !== '').join(' | ');
}

export function hasCode({ codings }: Concept, system: string, codes: readonly string[]): boolean {
  return codings.some((coding) => coding.system === system && codes.includes(coding.code));
}

/** Extensions whose URL ends with this name. */
export function extensions(value: Json | undefined, name: string): readonly Json[] {
  return objects(value?.['extension']).filter((extension) => {
    const url = text(extension['url'])?.replace(/\/$/, '') ?? '';
    return url === name || url.endsWith(`/${name}`);
  });
}

/** The value of a `value[x]` element, whichever type it has. */
export function anyValue(
  value: Json | undefined,
  prefix = 'value',
): { readonly type: string; readonly value: unknown } | undefined {
  if (!value) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (
      key.startsWith(prefix) &&
      key.length > prefix.length &&
      /[A-Z]/.test(key.charAt(prefix.length)) &&
      inner !== null &&
      inner !== undefined
    ) {
      return { type: key.slice(prefix.length), value: inner };
    }
  }
  return undefined;
}

export function reference(value: unknown): string | undefined {
  return text(object(value)?.['reference']);
}

/** A value in a few letters, for a note: a concept by its name, a quantity with its unit, anything else by its kind. */
export function brief(value: unknown, length = 60): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return shorten(String(value), length);
  const json = object(value);
  if (!json) return 'a list';
  const amount = json['value'];
  if (typeof amount === 'number' || typeof amount === 'string') {
    const parts = [text(json['comparator']), String(amount), text(json['unit']) ?? text(json['code'])];
    return shorten(parts.filter((part) => part !== undefined).join(' '), length);
  }
  const name = conceptName(concept(json));
  return shorten(name === '' ? `{ ${Object.keys(json).slice(0, 6).join(', ')} }` : name, length);
}

/** The name of a profile, without its address and version: `mcode-tnm-stage-group`. */
export function profiles(resource: Json): readonly string[] {
  return list(object(resource['meta'])?.['profile']).flatMap((url) => text(url)?.replace(/\|.*$/, '').replace(/^.*\//, '') ?? []);
}
