import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrialBundle } from '@serosa/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, intactBundle } from './bundle.js';
import { buildBundle, checkKnowledge, KnowledgeError, readBundle, sha256 } from './node.js';
import { trialBundleSchema } from './schema.js';

const good = fileURLToPath(new URL('../fixtures/good', import.meta.url));
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'serosa-knowledge-'));
});
afterAll(() => rm(scratch, { recursive: true }));

describe('the bundle', () => {
  it('is read back from its text, and not when anything in it was changed', async () => {
    const file = path.join(scratch, 'text.json');
    const bundle = await buildBundle(good, file);
    const text = await readFile(file, 'utf8');
    expect(intactBundle(text, sha256)).toEqual(JSON.parse(text));
    expect(intactBundle(text, sha256)?.hash).toBe(bundle.hash);
    expect(intactBundle(text.replace('Often silent.', 'Often loud.'), sha256)).toBeUndefined();
    expect(intactBundle(text.replace(bundle.hash, '0'.repeat(64)), sha256)).toBeUndefined();
    expect(() => intactBundle('{', sha256)).toThrow(SyntaxError);
  });

  it('has the hash of its content, and the same bytes each time', async () => {
    const first = path.join(scratch, 'deep', 'first.json');
    const second = path.join(scratch, 'second.json');
    const bundle = await buildBundle(good, first);
    await buildBundle(good, second);
    expect(await readFile(first, 'utf8')).toBe(await readFile(second, 'utf8'));
    const { hash, ...content } = bundle;
    expect(hash).toBe(sha256(canonicalJson(content)));
    expect(bundle.version).toBe('2026.11.0');
    expect(await readBundle(first)).toEqual(bundle);
    expect(await readdir(path.dirname(first))).toEqual(['first.json', 'trials.json']);
  });

  it('is refused when it was changed, or is none', async () => {
    const file = path.join(scratch, 'changed.json');
    await buildBundle(good, file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"percent":33', '"percent":34'));
    await expect(readBundle(file)).rejects.toThrow('changed after it was built');
    await writeFile(file, text.slice(0, -10));
    await expect(readBundle(file)).rejects.toThrow(KnowledgeError);
    await writeFile(file, '{}');
    await expect(readBundle(file)).rejects.toThrow('shape of a bundle at version');
  });

  it('leaves the trials, and what only they rest on, to a file beside it', async () => {
    const file = path.join(scratch, 'beside', 'bundle.json');
    const bundle = await buildBundle(good, file);
    const text = await readFile(path.join(scratch, 'beside', 'trials.json'), 'utf8');
    const starter = intactBundle<TrialBundle>(text, sha256);
    expect(trialBundleSchema.parse(starter)).toEqual(starter);
    expect(starter?.version).toBe(bundle.version);
    expect(starter?.trials.map(({ id }) => id)).toEqual(['NCT01234567']);
    expect(starter?.trials[0]?.evidence).not.toHaveProperty('note');
    expect(starter?.sources.map(({ id }) => id)).toEqual(['made-up-record']);
    expect(bundle.sources.map(({ id }) => id)).toEqual(['made-up-paper', 'made-up-trial']);
    expect(bundle).not.toHaveProperty('trials');
    expect(intactBundle<TrialBundle>(text.replace('RECRUITING', 'WITHDRAWN'), sha256)).toBeUndefined();
  });

  it('is not built from bad knowledge', async () => {
    const out = path.join(scratch, 'bad.json');
    await writeFile(path.join(scratch, 'VERSION'), 'one');
    await expect(buildBundle(scratch, out)).rejects.toThrow(KnowledgeError);
    await expect(readFile(out)).rejects.toThrow();
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: null }], a: undefined, Z: 'é' })).toBe('{"Z":"é","b":[1,{"c":null,"d":1}]}');
  });
});

describe('checking a folder', () => {
  it('reports problems and numbers', async () => {
    const { ok, problems, stats } = await checkKnowledge(good, '2027-02-01', ['lines-systemic']);
    expect(ok).toBe(true);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['rule-held', 'review-due']));
    expect(stats).toMatchObject({
      version: '2026.11.0',
      counts: {
        sources: 3,
        facts: 12,
        staging: 1,
        sites: 1,
        scores: 1,
        treatments: 1,
        symptoms: 1,
        topics: 2,
        words: 1,
        glossary: 2,
        trials: 1,
      },
      claims: 6,
      claimsByKind: { site: { read: 1, 'second-hand': 0, unread: 0 }, factor: { read: 1 } },
      orphanSources: [],
      pagesWithoutCitation: [],
      evidence: { read: 37, 'second-hand': 1, unread: 1 },
      rules: { driving: 17, held: 1 },
      unverified: [expect.stringMatching(/^site\/liver from\.pleura: second-hand$/), expect.stringContaining('unread')],
      due: [
        'staging/demo',
        'site/liver',
        'score/weight-points',
        'treatment/rest',
        'symptom/cough',
        'cascade/detachment',
        'factor/weight',
        'test/scan',
        'survival/all',
        'topic/cough-page',
        'topic/rest-page',
        'vocabulary/lay',
        'trial/NCT01234567',
      ],
      overdue: [],
    });
    expect(stats.readingGrades['site/liver']).toBeLessThan(8);
  });

  it('says when the date is none', async () => {
    await expect(checkKnowledge(good, 'today')).rejects.toThrow('Not a date: today');
  });
});
