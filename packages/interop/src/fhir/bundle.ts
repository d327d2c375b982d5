/** From JSON to a flat list of resources, with the references between them. */
import type { Problem } from '@serosa/core';
import type { Draft } from '../draft.js';
import { R4_TYPES } from './codes.js';
import { brief, type Json, list, object, objects, reference, text } from './json.js';
import { otherVersion, type VersionSign } from './version.js';

export interface Resource {
  readonly type: string;
  readonly id: string;
  /** `Observation/ecog-1`, or the place in the bundle when there is no id. */
  readonly at: string;
  readonly json: Json;
  readonly fullUrl?: string;
  /** The resource that contains this one. */
  readonly container?: Resource;
}

/** How deep bundles may lie inside bundles. */
const MAX_NESTING = 8;

export class Resources {
  readonly all: Resource[] = [];
  readonly #byKey = new Map<string, Resource>();
  readonly #referred = new Set<Resource>();
  readonly signs: (VersionSign & { readonly at: string })[] = [];

  constructor(
    roots: readonly { readonly json: unknown; readonly at: string }[],
    readonly draft: Draft,
  ) {
    for (const { json, at } of roots) this.#add(json, at, undefined, 0);
  }

  /** Follows a reference from `from`: contained, by full URL, by type and id, with or without version. */
  resolve(value: unknown, from: Resource): Resource | undefined {
    const target = reference(value);
    const found = target === undefined ? undefined : this.find(target, from);
    if (found) this.#referred.add(found);
    return found;
  }

  find(target: string, from?: Resource): Resource | undefined {
    const plain = target.replace(/\/_history\/[^/]*$/, '');
    if (plain.startsWith('#')) {
      const container = from?.container ?? from;
      return container && (plain === '#' ? container : this.#byKey.get(`${container.at}${plain}`));
    }
    const exact = this.#byKey.get(plain);
    if (exact) return exact;
    const near = this.#byKey.get(plain.split('/').slice(-2).join('/'));
    // The same type and id on another server is another resource. One without full URL may be from any.
    return near && /^[a-z][a-z0-9+.-]*:\/\//i.test(plain) && near.fullUrl !== undefined && baseOf(near.fullUrl) !== baseOf(plain)
      ? undefined
      : near;
  }

  /** True when some resource that was read pointed here. */
  isReferred(resource: Resource): boolean {
    return this.#referred.has(resource);
  }

  #add(value: unknown, place: string, fullUrl: string | undefined, nesting: number): void {
    const json = object(value);
    const type = text(json?.['resourceType']);
    if (!json || type === undefined) {
      this.draft.unused(place, brief(value), 'This is no FHIR resource: it has no resourceType.');
      return;
    }
    const id = text(json['id']) ?? (typeof json['id'] === 'number' ? String(json['id']) : '');
    const at = id === '' ? `${place} (${type})` : `${type}/${id}`;
    const sign = otherVersion(json);
    if (sign) this.signs.push({ ...sign, at });
    if (type === 'Bundle') {
      this.#bundle(json, at, nesting);
      return;
    }
    const resource: Resource = { type, id, at, json, ...(fullUrl === undefined ? {} : { fullUrl }) };
    if (!this.#index(resource)) return;
    this.all.push(resource);
    for (const [index, inner] of objects(json['contained']).entries()) {
      const innerType = text(inner['resourceType']) ?? '';
      const innerId = text(inner['id']) ?? String(index);
      const innerSign = otherVersion(inner);
      const contained: Resource = { type: innerType, id: innerId, at: `${at}#${innerId}`, json: inner, container: resource };
      if (innerSign) this.signs.push({ ...innerSign, at: contained.at });
      this.#byKey.set(contained.at, contained);
      this.all.push(contained);
    }
  }

  /** Makes a resource findable; an older or second copy of one that is there already is told and left out. */
  #index(resource: Resource): boolean {
    const key = resource.id === '' ? undefined : `${resource.type}/${resource.id}`;
    const before = key === undefined ? undefined : this.#byKey.get(key);
    if (before) {
      if (isSame(before.json, resource.json)) {
        this.draft.unused(resource.at, resource.type, 'The same resource stands here a second time.');
        return false;
      }
      const older = isNewer(before.json, resource.json) ? resource : before;
      this.draft.unused(older.at, resource.type, 'Another version of this resource is in the input; the newer one is read.');
      if (older === resource) return false;
      this.all.splice(this.all.indexOf(before), 1);
    }
    if (key !== undefined) this.#byKey.set(key, resource);
    if (resource.fullUrl !== undefined) this.#byKey.set(resource.fullUrl.replace(/\/_history\/[^/]*$/, ''), resource);
    return true;
  }

  #bundle(json: Json, at: string, nesting: number): void {
    if (nesting >= MAX_NESTING) {
      this.draft.unused(at, 'Bundle', 'Bundles lie too deep inside each other.');
      return;
    }
    for (const link of objects(json['link'])) {
      if (link['relation'] === 'next') {
        this.draft.unused(
          at,
          'link next',
          'The search has more pages than this bundle holds: fetch them all, or facts will be missing.',
        );
      }
    }
    for (const [index, item] of list(json['entry']).entries()) {
      const entry = object(item);
      const place = `${at}.entry[${index}]`;
      const method = text(object(entry?.['request'])?.['method']);
      if (entry && method === 'DELETE')
        this.draft.unused(place, text(object(entry['request'])?.['url']) ?? 'DELETE', 'A deletion states nothing of the case.');
      else if (entry?.['resource'] !== undefined) this.#add(entry['resource'], place, text(entry['fullUrl']), nesting + 1);
      else {
        const said = text(object(entry?.['response'])?.['status']) ?? text(object(entry?.['request'])?.['url']);
        this.draft.unused(place, said ?? 'an empty entry', 'The entry holds no resource.');
      }
    }
  }
}

/** The address of the server in an absolute URL of a resource: all but the type and the id. A `urn:` has none. */
function baseOf(url: string): string {
  return url
    .replace(/\/_history\/[^/]*$/, '')
    .split('/')
    .slice(0, -2)
    .join('/');
}

/** True when two resources are the same to the letter. Nesting that cannot be written counts as different. */
function isSame(a: Json, b: Json): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    return false;
  }
}

function isNewer(a: Json, b: Json): boolean {
  const rank = (json: Json): string => {
    const meta = object(json['meta']);
    return `${text(meta?.['lastUpdated']) ?? ''}|${(text(meta?.['versionId']) ?? '').padStart(12, '0')}`;
  };
  return rank(a) > rank(b);
}

/** The problem of a bundle in another version of FHIR, or undefined. */
export function versionProblem(resources: Resources): Problem | undefined {
  const sign = resources.signs[0];
  if (!sign) return undefined;
  return {
    code: 'fhir-version',
    message: `This is not FHIR R4 but ${sign.version}: ${sign.sign}.`,
    at: sign.at,
    remedy: 'Ask the system it came from for FHIR R4 (4.0.1).',
  };
}

/** True when the type is one of R4. */
export function isKnownType(type: string): boolean {
  return R4_TYPES.has(type);
}
