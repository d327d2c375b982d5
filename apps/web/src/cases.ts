/**
 * The cases that are kept in this browser and nowhere else. Each change is written at once, so that a reload or a closed tab loses
 * nothing, and is told to the other tabs of the page.
 */
import { type CaseRecord, type ReadingNote, say } from '@serosa/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What its reader changed of the questions for the next visit. */
export interface VisitPlan {
  /** Ids of questions that are not asked. */
  readonly leftOut: readonly string[];
  readonly own: readonly string[];
}

export const WHOLE_PLAN: VisitPlan = { leftOut: [], own: [] };

export interface KeptCase {
  readonly id: string;
  /** When it was last changed: ISO date and time. */
  readonly changed: string;
  readonly record: CaseRecord;
  /** What became of the file that it was read from. */
  readonly notes: readonly ReadingNote[];
  readonly plan?: VisitPlan;
  /** Earlier states of the record, the oldest first, for undo; and the undone ones, the nearest last, for redo. */
  readonly past: readonly CaseRecord[];
  readonly future: readonly CaseRecord[];
}

interface Schema extends DBSchema {
  cases: { key: string; value: KeptCase };
}

/** How far back undo reaches. */
const MOST_STEPS = 100;

let opened: Promise<IDBPDatabase<Schema> | undefined> | undefined;
/** Stands in where the browser keeps nothing, as some do in private windows: lost when the tab is closed. */
const memory = new Map<string, KeptCase>();

function database(): Promise<IDBPDatabase<Schema> | undefined> {
  opened ??= openDB<Schema>('serosa', 1, {
    upgrade: (db) => {
      db.createObjectStore('cases', { keyPath: 'id' });
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch(() => undefined);
  return opened;
}

/** Whether what is told outlasts the tab. */
export async function isKept(): Promise<boolean> {
  return (await database()) !== undefined;
}

/** All cases, the last changed first. */
export async function listCases(): Promise<readonly KeptCase[]> {
  const db = await database();
  const cases = db === undefined ? [...memory.values()] : await db.getAll('cases');
  return cases.sort((a, b) => (a.changed < b.changed ? 1 : -1));
}

export async function findCase(id: string): Promise<KeptCase | undefined> {
  const db = await database();
  return db === undefined ? memory.get(id) : db.get('cases', id);
}

/** Writes a case, whole. Rejects when the device has no room left. */
export async function keepCase(kept: KeptCase): Promise<void> {
  const db = await database();
  if (db === undefined) memory.set(kept.id, kept);
  else await db.put('cases', kept);
  tabs?.postMessage(kept.id);
}

/** Deletes a case for good: nothing of it stays in this browser. */
export async function deleteCase(id: string): Promise<void> {
  const db = await database();
  if (db === undefined) memory.delete(id);
  else await db.delete('cases', id);
  tabs?.postMessage(id);
}

/** One object for both ways: what is posted on it comes to the other tabs and not back to this one. */
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('serosa-cases');

/** Calls back with the id of each case that another tab changed or deleted. Returns how to stop. */
export function onOtherTabs(changed: (id: string) => void): () => void {
  const heard = (event: MessageEvent<unknown>): void => changed(String(event.data));
  tabs?.addEventListener('message', heard);
  return () => tabs?.removeEventListener('message', heard);
}

/** The case with a changed record, one step further from where undo leads. */
export function changedCase(kept: KeptCase, record: CaseRecord, now: string): KeptCase {
  return { ...kept, record, changed: now, past: [...kept.past, kept.record].slice(-MOST_STEPS), future: [] };
}

export function undone(kept: KeptCase, now: string): KeptCase {
  const record = kept.past.at(-1);
  if (record === undefined) return kept;
  return { ...kept, record, changed: now, past: kept.past.slice(0, -1), future: [...kept.future, kept.record] };
}

export function redone(kept: KeptCase, now: string): KeptCase {
  const record = kept.future.at(-1);
  if (record === undefined) return kept;
  return { ...kept, record, changed: now, past: [...kept.past, kept.record], future: kept.future.slice(0, -1) };
}

/** What its owner calls it. */
export const nameOf = ({ record }: KeptCase): string => record.title ?? say`My case`;

/** A case that begins, from nothing or from what was read. `id` is new: the record may have been opened before. */
export function newCase(
  id: string,
  now: string,
  from?: { readonly record: CaseRecord; readonly notes: readonly ReadingNote[] },
): KeptCase {
  const empty: CaseRecord = { schema: 'serosa.case/1', id, title: say`My case`, observations: [], treatments: [], stages: [] };
  return { id, changed: now, record: from?.record ?? empty, notes: from?.notes ?? [], past: [], future: [] };
}
