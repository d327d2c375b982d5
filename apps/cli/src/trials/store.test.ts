import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { TrialRecord } from '@serosa/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf } from './lines.js';
import { retryAfter } from './registry.js';
import { commit, Gathering, isLater, readStore, replaces, storeFolder } from './store.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'serosa-store-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const record = fc
  .record({
    truncated: fc.boolean(),
    number: fc.nat(12),
    updated: fc.option(fc.constantFrom('2024', '2024-03', '2024-03-09', '2025-01-01')),
    text: fc.string(),
  })
  .map(
    ({ number, updated, text, truncated }): TrialRecord => ({
      id: `T${number}`,
      aliases: [],
      status: 'RECRUITING',
      phases: [],
      conditions: [],
      keywords: [],
      interventions: [],
      arms: [],
      eligibility: { text, ...(truncated ? { truncated } : {}) },
      contacts: [],
      sites: [],
      ...(updated === null ? {} : { updated }),
    }),
  );

/** What the store promises, said plainly. */
function merged(...groups: readonly (readonly TrialRecord[])[]): readonly TrialRecord[] {
  const byId = new Map<string, TrialRecord>();
  for (const trial of groups.flat()) {
    const before = byId.get(trial.id);
    if (before === undefined || replaces(trial, before)) byId.set(trial.id, trial);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('the store', () => {
  it('holds each id once and the newer record of it, however the records come and are put down on the way', async () => {
    let store = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.array(record), fc.constantFrom(1, 500, 1_000_000), async (first, second, runSize) => {
        store += 1;
        const here = path.join(folder, String(store));
        let before: readonly TrialRecord[] = [];
        for (const [turn, trials] of [first, second].entries()) {
          const gathering = await gatheringOf(here, trials, runSize);
          const delta = await commit(here, gathering, { afresh: false, stays: () => true, when: '' });
          const after = (await readStore(here)).trials;
          expect(after).toEqual(turn === 0 ? merged(first) : merged(merged(first), merged(second)));
          const had = new Map(before.map((trial) => [trial.id, trial]));
          expect(delta.new.map(({ id }) => id)).toEqual(after.filter(({ id }) => !had.has(id)).map(({ id }) => id));
          expect(delta.criteria.map(({ id }) => id)).toEqual(
            after
              .filter(({ id, eligibility }) => had.has(id) && had.get(id)?.eligibility.text !== eligibility.text)
              .map(({ id }) => id),
          );
          before = after;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stands where it is told to, else in the data folder of the person', () => {
    expect(storeFolder('/a', { SEROSA_DATA: '/b', XDG_DATA_HOME: '/c' })).toBe('/a');
    expect(storeFolder(undefined, { SEROSA_DATA: '/b', XDG_DATA_HOME: '/c' })).toBe('/b');
    expect(storeFolder(undefined, { SEROSA_DATA: '', XDG_DATA_HOME: '/c' })).toBe('/c/serosa/trials');
    expect(storeFolder(undefined, { XDG_DATA_HOME: 'c' })).toMatch(/\/\.local\/share\/serosa\/trials$/);
  });
});

async function gatheringOf(store: string, trials: readonly TrialRecord[], runSize: number): Promise<Gathering> {
  await mkdir(store, { recursive: true });
  const gathering = await Gathering.in(store, runSize);
  for (const trial of trials) await gathering.add(trial);
  return gathering;
}

describe('isLater', () => {
  it.each([
    ['2024-03', '2024-02-28', true],
    ['2024-03', '2024-03-28', false],
    ['2024-03-28', '2024', false],
    ['2025', undefined, false],
    [undefined, '2025', false],
    [undefined, undefined, false],
  ])('%s after %s: %s', (a, b, expected) => expect(isLater(a, b)).toBe(expected));
});

describe('replaces', () => {
  const whole = { updated: '2024-03-01', eligibility: { text: 'all' } };
  const cut = { updated: '2024-03-01', eligibility: { text: 'al', truncated: true } };
  const none = { eligibility: {} };
  it.each([
    ['the newer record', { ...cut, updated: '2025' }, whole, true],
    ['the same record again', whole, whole, true],
    ['an older one', { ...whole, updated: '2023' }, whole, false],
    ['a text that was cut off', cut, whole, false],
    ['the whole text', whole, cut, true],
    ['the whole text without a date', { eligibility: whole.eligibility }, cut, true],
    ['no date, as much text', { eligibility: whole.eligibility }, whole, false],
    ['a record without text', none, cut, false],
    ['nothing instead of nothing', none, none, true],
  ])('%s: %s', (_name, next, before, expected) => expect(replaces(next as TrialRecord, before as TrialRecord)).toBe(expected));
});

describe('linesOf', () => {
  it('finds the same lines however the bytes are cut, and leaves out those that are too long', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 9 }), async (parts, step) => {
        const lines = parts.map((part) => part.replace(/[\n\r]/g, ''));
        const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) =>
          bytes.subarray(at * step, at * step + step),
        );
        const found: (string | undefined)[] = [];
        for await (const line of linesOf(Readable.from(chunks), 20)) found.push(line.text);
        expect(found).toEqual(lines.map((line) => (Buffer.byteLength(line) + 1 > 20 ? undefined : line)));
      }),
    );
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  it.each([
    ['7', 7000],
    ['Wed, 25 Nov 2026 10:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('%s: %s ms', (header, expected) => expect(retryAfter(header, now)).toBe(expected));
});
