/** The command line as a whole process: answers, exit codes, and every kind of bad input. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, SHARED } from './guide.js';

const BIN = path.join(ROOT, 'apps/cli/bin/serosa.js');
let folder: string;
beforeAll(() => {
  if (!existsSync(path.join(ROOT, 'apps/cli/dist/index.js')))
    throw new Error('The command line is not built: run `npm run build` first.');
  folder = mkdtempSync(path.join(tmpdir(), 'serosa-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function serosa(args: readonly string[], input?: string | Buffer): Done {
  const done = spawnSync(process.execPath, ['--max-old-space-size=512', BIN, ...args], {
    cwd: ROOT,
    input: input ?? '',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() };
}

function file(name: string, content: string | Buffer): string {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
}

const example = (name: string): string => path.join(ROOT, 'examples', `${name}.yaml`);
const AS_OF = ['--as-of', '2026-11-24'];

describe('serosa report', () => {
  const FORMATS = ['text', 'json', 'html'].flatMap((format) => ['clinician', 'patient'].map((voice) => [format, voice] as const));
  /** Every format and voice of one example, and of the others the data and what is made of them last. */
  const ENDS = [['json', 'clinician'] as const, ['html', 'patient'] as const];

  it.each([
    ['john', FORMATS],
    ['ahmed', ENDS.slice(1)],
    ['margaret', ENDS.slice(1)],
    ['lucia', ENDS],
    ['peter', ENDS.slice(1)],
    ['rosa', ENDS.slice(1)],
  ] as const)(
    '%s: the same bytes twice',
    (name, asked) => {
      for (const [format, voice] of asked) {
        const args = ['report', example(name), ...AS_OF, '--format', format, '--as', voice];
        const once = serosa(args);
        expect(once.err).toBe('');
        expect(once.code).toBe(0);
        expect(serosa(args).out).toBe(once.out);
      }
    },
    120_000,
  );

  it('has the keys that other tools build on', () => {
    const report = JSON.parse(serosa(['report', example('john'), ...AS_OF, '--format', 'json']).out);
    expect(report).toMatchObject({
      schema: 'serosa.report/1',
      asOf: '2026-11-24',
      case: { id: 'john' },
      knowledge: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(report.stage.pleural.tnm9.clinical).toMatchObject({ T: ['T2'], N: ['N1'], M: ['M0'], group: ['IIIA'] });
    expect(report.stage.pleural.tnm8.clinical.group).toEqual(['II']);
    expect(Array.isArray(report.stage.narrowedBy)).toBe(true);
    for (const finding of report.findings) {
      for (const key of ['id', 'kind', 'title', 'verdict', 'because', 'missing', 'sources', 'text'])
        expect(finding, finding.id).toHaveProperty(key);
      expect(Object.keys(finding.text).sort()).toEqual(['clinician', 'patient']);
    }
    for (const entry of report.next)
      for (const key of ['fact', 'settles', 'score', 'learnedBy', 'cost']) expect(entry).toHaveProperty(key);
  });

  it('puts the emergency first', () => {
    const lines = serosa(['report', example('ahmed'), ...AS_OF, '--as', 'patient']).out.split('\n');
    const emergency = lines.findIndex((line) => line.includes('EMERGENCY'));
    expect(emergency).toBeGreaterThan(0);
    expect(emergency).toBeLessThan(lines.findIndex((line) => line.startsWith('STAGE')));
  });

  it('shows a patient prognostic scores only on request', () => {
    expect(serosa(['report', example('john'), ...AS_OF, '--as', 'patient']).out).not.toMatch(
      /^OUTLOOK|EORTC (score|prognostic)|BETTER OR WORSE/im,
    );
    expect(serosa(['report', example('john'), ...AS_OF, '--as', 'patient', '--prognosis']).out).toMatch(/OUTLOOK/);
  });

  it('asks for more by tests in guideline order, and never for what is known', () => {
    const report = JSON.parse(serosa(['report', example('john'), ...AS_OF, '--format', 'json']).out);
    const tests = report.findings.filter((finding: { kind: string }) => finding.kind === 'test');
    expect(tests.length).toBeGreaterThan(0);
    const phases = ['find', 'tissue', 'pathology', 'stage', 'surgery', 'fitness', 'genes', 'follow'];
    const order = tests.map((finding: { group: string }) => phases.indexOf(finding.group));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(tests.map((finding: { id: string }) => finding.id)).not.toContain('test.pleural-fluid-cytology');
  });

  it('names what to check before a test, for both readers', () => {
    const given = 'serosa: case/1\nid: a\ndate: 2026-11-20\nfacts:\n  tumour.primary-site: pleura\n  tumour.mesothelioma: true\n';
    const input = `${given}  context.surgery-considered: true\n`;
    const told = (voice: string): string => serosa(['report', '-', ...AS_OF, '--as', voice], input).out;
    expect(told('clinician')).toContain('To check first: Pleurodesis before');
    expect(told('patient')).toContain('Your team checks first: Talc or similar to stop the fluid');
  });

  it('reads standard input', () => {
    const done = serosa(
      ['stage', '-', ...AS_OF, '--format', 'json'],
      'serosa: case/1\nid: piped\nfacts:\n  tumour.primary-site: pleura\n  site.liver: { value: true, date: 2026-11-01 }\n',
    );
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out).pleural.tnm9.clinical.group).toEqual(['IV']);
  });

  it('converts units at the edge: mg/dL and µmol/L give the same clearance', () => {
    const of = (creatinine: string): unknown => {
      const done = serosa(
        ['report', '-', ...AS_OF, '--format', 'json'],
        `serosa: case/1\nid: units\ndate: 2026-11-20\nfacts:\n  tumour.primary-site: pleura\n  tumour.histology: epithelioid\n  person.sex: male\n  person.age: 70\n  person.weight: 80 kg\n  person.ecog: 1\n  prior.systemic: false\n  lab.creatinine: ${creatinine}\n`,
      );
      expect(done.err).toBe('');
      const option = JSON.parse(done.out).findings.find((finding: { id: string }) => finding.id === 'option.platinum-pemetrexed');
      return option.because.find((fact: { id: string }) => fact.id === 'lab.creatinine-clearance').value.clinician;
    };
    // (140 - 70) × 80 / (72 × 1.0) = 77.8 mL/min
    expect(of('1.0 mg/dL')).toBe('77.78 mL/min');
    expect(of('88.42 umol/L')).toBe('77.78 mL/min');
  });
});

describe('serosa ask and guide', () => {
  it('answers with passage and sources, as text and as JSON', () => {
    const text = serosa(['ask', 'will', 'it', 'go', 'to', 'my', 'brain']);
    expect(text.code).toBe(0);
    expect(text.out).toMatch(/brain/i);
    expect(text.out).toContain('SOURCES');
    const json = JSON.parse(serosa(['ask', 'is hipec for me', '--format', 'json']).out);
    expect(json.answers[0]).toMatchObject({ topic: 'hipec', title: expect.any(String), passage: expect.any(String) });
    expect(json.answers[0].sources.length).toBeGreaterThan(0);
    expect(json.emergency).toBeUndefined();
  });

  it('puts an emergency first', () => {
    const { out } = serosa(['ask', 'my husband is having a fit what do i do']);
    expect(out.split('\n')[0]).toMatch(/^EMERGENCY/);
  });

  it('says when it does not know, and what is wrong with the question', () => {
    expect(serosa(['ask', 'how', 'do', 'i', 'boil', 'an', 'egg']).out).toContain('does not know');
    expect(serosa(['ask', ' ']).code).toBe(2);
  });

  it('lists and shows the pages', () => {
    expect(serosa(['guide']).out.trim().split('\n').length).toBe(47);
    expect(serosa(['guide', 'hipec', '--as', 'clinician']).out).toContain('SOURCES');
    const wrong = serosa(['guide', 'nowhere']);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('no page nowhere');
  });
});

describe('serosa next, check, knowledge, schema', () => {
  it('next ranks what to find out', () => {
    const next = JSON.parse(serosa(['next', example('margaret'), ...AS_OF, '--format', 'json']).out);
    expect(next.length).toBeGreaterThan(10);
    expect(next[0].settles).toMatchObject({ stage: expect.any(Number), options: expect.any(Number), trials: expect.any(Number) });
  });

  it('check passes a good case and fails a bad one with place and remedy', () => {
    expect(serosa(['check', example('john')]).code).toBe(0);
    const bad = serosa([
      'check',
      file(
        'bad.yaml',
        'serosa: case/1\nid: bad\nfacts:\n  person.age: -3\n  person.ecog: 7\n  clinical.t.psum: 4 m\n  tumour.histolgy: epithelioid\n',
      ),
    ]);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/4:\d+|line 4/);
    expect(bad.out).toMatch(/person\.ecog/);
    expect(bad.out).toMatch(/tumour\.histology/);
  });

  it('knowledge check passes, and fails with the place on a broken folder', () => {
    const good = serosa(['knowledge', 'check', '--as-of', '2026-12-01']);
    expect(good.out).toMatch(/^0 errors/m);
    expect(good.code).toBe(0);
    const broken = serosa(['knowledge', 'check', path.join(ROOT, 'packages/knowledge/fixtures'), '--as-of', '2026-11-24']);
    expect(broken.code).toBe(1);
  });

  it('knowledge show, sources and stats answer', () => {
    expect(JSON.parse(serosa(['knowledge', 'show', 'lab.creatinine']).out).unit).toBe('umol/L');
    expect(JSON.parse(serosa(['knowledge', 'show', 'NCT06097728']).out).acronym).toBe('eVOLVE-Meso');
    expect(serosa(['knowledge', 'show', 'no-such-thing']).code).toBe(1);
    expect(serosa(['knowledge', 'sources']).out).toMatch(/10\.1016\/j\.jtho\.2016\.09\.124/);
    const stats = JSON.parse(serosa(['knowledge', 'stats']).out);
    expect(stats.counts.facts).toBeGreaterThan(150);
    expect(stats.counts.trials).toBeGreaterThan(150);
    expect(stats.orphanSources).toEqual([]);
  });

  it('schema is a JSON Schema that knows the facts', () => {
    const schema = JSON.parse(serosa(['schema']).out);
    expect(schema.$schema).toMatch(/2020-12/);
    expect(JSON.stringify(schema)).toContain('tumour.histology');
  });

  it('a usage error has exit code 2', () => {
    expect(serosa(['report']).code).toBe(2);
    expect(serosa(['report', example('john'), '--as', 'nobody']).code).toBe(2);
    expect(serosa(['nonsense']).code).toBe(2);
    expect(serosa(['report', example('john'), '--as-of', '2026-13-40']).code).toBe(2);
  });
});

const bundle = (entries: readonly object[], extra: object = {}): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', ...extra, entry: entries.map((resource) => ({ resource })) });
const anna = { resourceType: 'Patient', id: 'anna', gender: 'female', birthDate: '1958-02-03' };

describe('bad input ends with a clear message, exit code 1 and no stack trace', () => {
  const cases: Readonly<Record<string, () => string>> = {
    'an empty file': () => file('empty.yaml', ''),
    'only white space': () => file('space.yaml', ' \n\n\t\n'),
    'a file that does not exist': () => path.join(folder, 'nowhere.yaml'),
    'a folder': () => folder,
    'truncated JSON': () => file('cut.json', bundle([anna]).slice(0, 60)),
    'truncated YAML': () => file('cut.yaml', 'serosa: case/1\nid: x\nfacts:\n  person.age: { value: 3'),
    'not JSON and not YAML': () => file('noise.txt', 'Dear colleague, thank you for referring this man.'),
    'a web page': () => file('page.html', '<!doctype html><html><body>hello</body></html>'),
    'FHIR as XML': () => file('bundle.xml', '<Bundle xmlns="http://hl7.org/fhir"></Bundle>'),
    'Latin-1 text': () => file('latin1.yaml', Buffer.from('serosa: case/1\nid: caf\u00e9\n', 'latin1')),
    'a zip': () => file('case.zip', Buffer.from('504b0304140000000800', 'hex')),
    'a gzip': () => file('case.yaml.gz', gzipSync('serosa: case/1')),
    'a PDF': () => file('letter.pdf', '%PDF-1.7\n%\u00e2\u00e3\n'),
    'zero bytes inside': () => file('zero.yaml', 'serosa: case/1\0\nid: x\n'),
    'a FHIR bundle of another version': () =>
      file(
        'r5.json',
        bundle([{ ...anna, meta: { profile: ['http://hl7.org/fhir/5.0/StructureDefinition/Patient'] } }], {
          meta: { fhirVersion: '5.0.0' },
        }),
      ),
    'two people in one bundle': () => file('two.json', bundle([anna, { ...anna, id: 'berta', birthDate: '1960-01-01' }])),
    'a million-fold nested file': () =>
      file('deep.json', `{"resourceType":"Bundle","entry":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`),
    'a nested YAML file': () => file('deep.yaml', `serosa: case/1\nid: x\nfacts: ${'['.repeat(200_000)}`),
    'a zip bomb of YAML aliases': () =>
      file(
        'bomb.yaml',
        `serosa: case/1\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
          .split('')
          .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
          .join('\n')}\nid: *j\n`,
      ),
    'an array of numbers': () => file('numbers.json', '[1,2,3]'),
    'JSON null': () => file('null.json', 'null'),
  };
  it.each(Object.keys(cases))('%s', (name) => {
    const done = serosa(['report', (cases[name] as () => string)(), ...AS_OF]);
    expect(done.code, done.err).toBe(1);
    expect(done.err.trim().split('\n').length, done.err).toBeGreaterThanOrEqual(2);
    expect(done.err).not.toMatch(/\n\s+at |Error:|node:internal/);
    expect(done.err.length).toBeLessThan(2000);
  });

  it('200 MB, in bounded memory', () => {
    const big = file('big.json', Buffer.alloc(200 * 1024 * 1024, 0x20));
    const done = serosa(['report', big, ...AS_OF]);
    expect(done.code).toBe(1);
    expect(done.err).toMatch(/64 MiB/);
    rmSync(big);
  });

  it('a breast cancer bundle is read, and politely not answered', () => {
    const breast = bundle([
      anna,
      {
        resourceType: 'Condition',
        id: 'c1',
        subject: { reference: 'Patient/anna' },
        onsetDateTime: '2026-02-01',
        meta: { profile: ['http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition'] },
        code: {
          coding: [
            {
              system: 'http://snomed.info/sct',
              code: '353431000119107',
              display: 'Primary malignant neoplasm of female left breast (disorder)',
            },
          ],
        },
      },
    ]);
    const done = serosa(['report', file('breast.json', breast), ...AS_OF]);
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/not mesothelioma/i);
    expect(done.out).not.toMatch(/^OPTIONS/m);
  });
});

describe('serosa export', () => {
  it('gives a case as FHIR that other commands read like the case itself', () => {
    const bundle = path.join(folder, 'john-fhir.json');
    const done = serosa(['export', example('john'), ...AS_OF, '--out', bundle]);
    expect(done).toEqual({ code: 0, out: '', err: '' });
    const { pleural } = JSON.parse(serosa(['stage', bundle, ...AS_OF, '--format', 'json']).out);
    expect(pleural.tnm9.clinical).toMatchObject({ T: ['T2'], N: ['N1'], M: ['M0'], group: ['IIIA'] });
    // And back to a case file.
    const plain = serosa(['export', bundle, ...AS_OF, '--format', 'json']);
    expect(JSON.parse(plain.out)).toMatchObject({ serosa: 'case/1', id: 'john', date: '2026-11-12' });
  });

  it('says what FHIR has no place for', () => {
    const done = serosa(['export', '-', ...AS_OF], 'serosa: case/1\nid: a\ntitle: " "\nfacts: { person.age: 71 }\n');
    expect(done.code).toBe(0);
    expect(done.err).toContain('title: FHIR has no blank texts');
    expect(JSON.parse(done.out)).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
  });
});

describe.skipIf(!existsSync(path.join(SHARED, 'data/tcga_meso_clinical_survival.tsv')))('a table through a mapping', () => {
  const table = path.join(SHARED, 'data/tcga_meso_clinical_survival.tsv');

  it('reads every row and says what it did', () => {
    const done = serosa(['cohort', 'read', table, '--map', 'tcga-meso', '--format', 'json']);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out).rows).toHaveLength(87);
  });

  it('answers for one row, and keeps its legacy stage as it is', () => {
    const done = serosa(['report', table, '--map', 'tcga-meso', '--id', 'TCGA-3H-AB3L', ...AS_OF, '--format', 'json']);
    expect(done.code).toBe(0);
    const { stage } = JSON.parse(done.out);
    expect(stage.stated).toMatchObject([{ edition: '6', basis: 'pathological', use: 'legacy' }]);
  });

  it('asks which row, and says when there is none', () => {
    expect(serosa(['report', table, '--map', 'tcga-meso', ...AS_OF]).code).toBe(2);
    expect(serosa(['report', table, '--map', 'tcga-meso', '--id', 'nobody', ...AS_OF]).code).toBe(1);
  });
});
