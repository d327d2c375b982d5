/** Places of the page, as the part of the address after `#`: they survive a reload, and the browser's Back leads through them. */
import { inVoice, type Topic, type Voice } from '@serosa/core';
import type { Pages } from './load.js';

export type Place =
  | { readonly kind: 'start' }
  /** A case that is only looked at and is not kept. */
  | { readonly kind: 'look' }
  /** The paper for a visit; `id` is absent for a case that is only looked at. */
  | { readonly kind: 'brief'; readonly id?: string }
  | { readonly kind: 'case'; readonly id: string }
  /** The questions about a case; `topic` is absent at the first of them. */
  | { readonly kind: 'tell'; readonly id: string; readonly topic?: string }
  | { readonly kind: 'settings' }
  /** A page of the guide; empty for the list of pages. */
  | { readonly kind: 'guide'; readonly page: string };

/** The start for an address that leads nowhere. */
export function placeOf(hash: string): Place {
  const [room, first = '', second = '', third] = hash.replace(/^#/, '').split('/').map(decode);
  if (room === 'report') return { kind: first === 'brief' ? 'brief' : 'look' };
  if (room === 'guide') return { kind: 'guide', page: first };
  if (room === 'settings') return { kind: 'settings' };
  if (room !== 'case' || first === '') return { kind: 'start' };
  if (second === 'brief') return { kind: 'brief', id: first };
  if (second !== 'tell') return { kind: 'case', id: first };
  return third === undefined ? { kind: 'tell', id: first } : { kind: 'tell', id: first, topic: third };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function hrefOf(place: Place): string {
  switch (place.kind) {
    case 'start':
      return '#';
    case 'look':
      return '#report';
    case 'brief':
      return place.id === undefined ? '#report/brief' : `#case/${encodeURIComponent(place.id)}/brief`;
    case 'settings':
      return '#settings';
    case 'guide':
      return place.page === '' ? GUIDE : pageHref(place.page);
    case 'case':
      return `#case/${encodeURIComponent(place.id)}`;
    case 'tell':
      return `#case/${encodeURIComponent(place.id)}/tell${place.topic === undefined ? '' : `/${place.topic}`}`;
  }
}

export const GUIDE = '#guide';
export const pageHref = (id: string): string => `${GUIDE}/${id}`;

/** The page of the guide that explains a finding: the one that names the longest beginning of its id. */
export function pageOfFinding(pages: Pages, voice: Voice): (finding: string) => { href: string; title: string } | undefined {
  return (finding) => {
    let found: Topic | undefined;
    let longest = 0;
    for (const topic of pages.topics) {
      for (const beginning of topic.explains) {
        if (beginning.length <= longest || !finding.startsWith(beginning)) continue;
        longest = beginning.length;
        found = topic;
      }
    }
    return found && { href: pageHref(found.id), title: inVoice(found.title, voice) };
  };
}
