import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from './load.js';
import { readKnowledgeFolder } from './node.js';

const good = await readKnowledgeFolder(fileURLToPath(new URL('../fixtures/good', import.meta.url)));
const VERSION = ['VERSION', '2026.11.0\n'] as const;
const problemsOf = (path: string, text: string) => loadKnowledge(new Map([VERSION, [path, text]])).problems;

describe('facts for several bases', () => {
  const { readable } = loadKnowledge(good);
  const [clinical, pathological] = ['clinical', 'pathological'].map(
    (b) => readable.facts.find(({ id }) => id === `${b}.t.deep`)!,
  );

  it('become one fact each, in the words of the reader', () => {
    expect(clinical).toMatchObject({
      label: 'Depth (clinical)',
      patient: { label: 'How deep it goes, on scans', question: 'How deep does it go, on scans?' },
      cost: 'imaging',
      learnedBy: ['ct'],
    });
    expect(pathological).toMatchObject({
      label: 'Depth (pathological)',
      patient: { label: 'How deep it goes, in the operation specimen' },
      cost: 'operation',
      learnedBy: ['operation'],
    });
    expect(clinical).not.toHaveProperty('basis');
    expect(readable.facts.some(({ id }) => id.includes('{basis}'))).toBe(false);
  });

  it('replace the placeholder in derivations and conditions too', () => {
    const fact = (rest: string) => `- id: '{basis}.t.sum'
  basis: [clinical]
  type: number
  label: Sum ({basis})
  patient: { label: Sum, question: How much?, where: Letter. }
  unit: mm
  range: { min: 0, max: 9 }
  cost: imaging
  learnedBy: [ct]
${rest}`;
    const text = fact(
      "  derive: { value: { add: [{ fact: '{basis}.t.a' }, 1] } }\n  askedWhen: { fact: '{basis}.t.b', is: true }\n",
    );
    const { bundle } = loadKnowledge(new Map([VERSION, ['facts/a.yaml', text]]));
    expect(bundle?.facts).toMatchObject([
      {
        id: 'clinical.t.sum',
        derive: { value: { add: [{ fact: 'clinical.t.a' }, 1] } },
        askedWhen: { fact: 'clinical.t.b', is: true },
      },
    ]);
  });

  it('leave staging files as they are', () => {
    expect(JSON.stringify(readable.staging)).toContain('{basis}.t.deep');
  });
});

describe('sources', () => {
  const source = (title: string, rest = '') => `[{ "id": "a", "type": "book", ${rest} "title": "${title}" }]`;
  const both = (a: string, b: string) => loadKnowledge(new Map([VERSION, ['sources/a.json', a], ['sources/b.json', b]]));

  it('may stand in two files when they are the same, in any order of keys', () => {
    const { bundle } = both(
      source('A', '"DOI": "10.1000/a",'),
      '[{ "DOI": "10.1000/a", "title": "A", "type": "book", "id": "a" }]',
    );
    expect(bundle?.sources).toHaveLength(1);
  });

  it('say where the other one stands when they differ', () => {
    expect(both(source('A'), source('B')).problems).toMatchObject([
      { code: 'source-conflict', at: 'sources/b.json:1:4 [0].id', message: expect.stringContaining('sources/a.json:1:2') },
    ]);
  });
});

describe('places and messages', () => {
  it.each([
    ['a comma before a bracket', 'sources/a.json', '[\n{"id": "a",},\n]', 'syntax sources/a.json:2:12'],
    ['an empty source file', 'sources/a.json', '', 'syntax sources/a.json:1:1'],
    ['an empty fact file', 'facts/a.yaml', '', 'schema facts/a.yaml:1:1'],
    ['an alias without an anchor', 'facts/a.yaml', '- *nothing\n', 'syntax facts/a.yaml:1:1'],
    ['two documents', 'facts/a.yaml', '[]\n---\n[]\n', 'syntax facts/a.yaml:2:1'],
    ['a folder of the language', 'constructor/a.yaml', '[]', 'file-place constructor/a.yaml:1:1'],
    ['a file too deep', 'facts/more/a.yaml', '[]', 'file-place facts/more/a.yaml:1:1'],
    ['another ending', 'facts/a.yml', '[]', 'file-place facts/a.yml:1:1'],
  ])('%s', (_name, path, text, expected) => {
    expect(problemsOf(path, text).map(({ code, at }) => `${code} ${at}`)).toContain(expected);
  });

  it('refuses a file that grows when it is read', () => {
    const bomb = `a: &a [1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]\n`;
    expect(problemsOf('sites/a.yaml', bomb)).toMatchObject([{ code: 'syntax', message: expect.stringContaining('aliases') }]);
  });

  it('reads no key of a file as a prototype', () => {
    const { problems } = loadKnowledge(new Map([VERSION, ['sites/a.yaml', '__proto__: { polluted: true }\n']]));
    expect(problems.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('lets a README stand in any folder', () => {
    expect(problemsOf('facts/README.md', '# Facts')).toEqual([]);
  });
});
