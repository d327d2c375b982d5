import type { Observation, Origin } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS, randomCase } from '../testing.js';
import { readCaseFile } from './read.js';
import { caseSchema } from './schema.js';
import { writeCase } from './write.js';

const read = (text: string, asOf?: string) => readCaseFile(text, { catalogue: FACTS, ...(asOf === undefined ? {} : { asOf }) });
const refusals = (text: string, asOf?: string) => read(text, asOf).notes.filter(({ outcome }) => outcome === 'refused');
const facts = (lines: string) => `serosa: case/1\nid: x\nfacts:\n${lines.replace(/^/gm, '  ')}\n`;

describe('a case file', () => {
  it('is read with values, units, dates, origins, stages and treatments', () => {
    const { record, notes, problem } = read(`
serosa: case/1
id: anna
title: First visit
date: 2025-03
facts:
  person.age: 71
  person.sex: female
  lab.creatinine: 0.9 mg/dL
  site.brain: unknown
  site.liver: { value: no, date: 2025-02-20, origin: imaging, note: CT }
  person.weight:
    - { value: 180, unit: lb, date: 2025-01 }
    - 78.5
  marker.germline: not-done
  tumour.histology: Epithelioid
stages:
  - { edition: 8th, T: cT2, N: 1, M: M0, group: stage IIIa }
treatments:
  - { kind: systemic, agents: [Alimta, cisplatin], start: 2025-03-10, best-response: pr }
  - { kind: procedure, code: pleurodesis, side: right }
`);
    expect(problem).toBeUndefined();
    expect(notes.filter(({ outcome }) => outcome !== 'used')).toEqual([]);
    const at = (path: string): Origin => ({ kind: 'file', at: path });
    expect(record).toEqual({
      schema: 'serosa.case/1',
      id: 'anna',
      title: 'First visit',
      date: '2025-03',
      observations: [
        { fact: 'person.age', value: 71, origin: at('facts.person.age') },
        { fact: 'person.sex', value: 'female', origin: at('facts.person.sex') },
        { fact: 'lab.creatinine', value: 79.578, origin: at('facts.lab.creatinine'), asWritten: '0.9 mg/dL' },
        { fact: 'site.brain', value: { absent: 'unknown' }, origin: at('facts.site.brain') },
        { fact: 'site.liver', value: false, date: '2025-02-20', origin: { kind: 'imaging', at: 'facts.site.liver', note: 'CT' } },
        { fact: 'person.weight', value: 81.6466266, date: '2025-01', origin: at('facts.person.weight[0]'), asWritten: '180 lb' },
        { fact: 'person.weight', value: 78.5, origin: at('facts.person.weight[1]') },
        { fact: 'marker.germline', value: 'not-done', origin: at('facts.marker.germline') },
        { fact: 'tumour.histology', value: 'epithelioid', origin: at('facts.tumour.histology'), asWritten: 'Epithelioid' },
      ],
      treatments: [
        {
          kind: 'systemic',
          agents: ['pemetrexed', 'cisplatin'],
          start: '2025-03-10',
          bestResponse: 'PR',
          origin: at('treatments[0]'),
        },
        { kind: 'procedure', code: 'pleurodesis', side: 'right', origin: at('treatments[1]') },
      ],
      stages: [{ edition: '8', basis: 'clinical', T: 'T2', N: 'N1', M: 'M0', group: 'IIIA', origin: at('stages[0]') }],
    });
  });

  it('is the same in JSON', () => {
    const { record } = read('{"serosa":"case/1","id":"x","facts":{"person.age":71}}');
    expect(record?.observations).toEqual([{ fact: 'person.age', value: 71, origin: { kind: 'file', at: 'facts.person.age' } }]);
  });

  it.each([
    ['person.age: -3', /impossible.*between 0 and 125/],
    ['person.ecog: 7', /impossible/],
    ['clinical.t.psum-upper: 4000', /impossible.*0 and 150 mm/],
    ['clinical.t.psum-upper: 400 cm', /impossible/],
    ['lab.creatinine: 0.9', /write the unit: `0.9 mg\/dL`/],
    ['lab.creatinine: 80 stone', /not a unit.*Accepted: umol\/L, mg\/dL/],
    ['lab.creatinine: 0,9 mg/dL', /comma/],
    ['lab.creatinine: < 50', /bound/],
    ['lab.creatinine: .nan', /not a finite number/],
    ['lab.creatinine: { value: 0.9, unit: [mg] }', /needs a text/],
    ['person.ecog: 1.5', /whole number/],
    ['person.sex: femal', /Did you mean `female`\?.*Allowed/],
    ['site.brain: perhaps', /neither yes nor no/],
    ['tumour.diagnosis-date: 2024-02-30', /not a date/],
    ['site.liver: { value: true, date: 2025-13 }', /not a date/],
    ['site.liver:', /no value/],
    ['lab.creatinin: 80', /Did you mean `lab.creatinine`\?/],
    ['creatinine: 80', /Did you mean `lab.creatinine`\?/],
    ['zzzzzz.qqqqq: 1', /Look the id up/],
    ['lab: { creatinine: 80 }', /Write the id in full, on one line: `lab.creatinine: …`/],
    ['site.liver: { valeu: true }', /Did you mean `value`\?/],
    ['site.liver: { value: true, origin: imagining }', /Did you mean `imaging`\?/],
  ])('refuses %s with the place and what to do, and reads the rest', (line, why) => {
    const { record, notes } = read(facts(`site.bone: true\n${line}`));
    const refused = notes.filter(({ outcome }) => outcome === 'refused');
    expect(refused[0]?.at).toMatch(/^line 5, column \d+$/);
    expect(refused.map((note) => note.why).join('\n')).toMatch(why);
    expect(record?.observations[0]).toMatchObject({ fact: 'site.bone', value: true });
  });

  it('refuses a second reading under the same name', () => {
    expect(refusals(facts('person.age: 70\nperson.age: 71'))).toMatchObject([
      { at: 'line 5, column 3', why: expect.stringContaining('given twice') },
    ]);
  });

  it('refuses what lies in the future or before birth, and ends before starts', () => {
    const text = `${facts('person.birth-date: 1950-05-01\nsite.liver: { value: true, date: 2026-01 }\nsite.bone: { value: true, date: 1949 }\nsite.brain: { value: no, date: 2025 }')}treatments:
  - { kind: radiotherapy, start: 2024-05-02, end: 2024-04-01 }
  - { kind: procedure, code: pleurodesis, date: 2031 }
`;
    expect(refusals(text, '2025-06-30').map(({ at, why }) => `${at} ${why}`)).toEqual([
      'line 5, column 15 2026-01 lies after 2025-06-30, the day the case is read for. Correct the date, or read the case for a later day.',
      'line 6, column 14 1949 lies before the birth date 1950-05-01. Correct one of them.',
      expect.stringContaining('line 9, column 5 The end 2024-04-01 lies before the start 2024-05-02.'),
      expect.stringContaining('line 10, column 5 2031 lies after'),
    ]);
    const { record, notes } = read(text, '2025-06-30');
    expect(record?.observations.map(({ fact }) => fact)).toEqual(['person.birth-date', 'site.brain']);
    expect(record?.treatments).toEqual([]);
    expect(notes.filter(({ outcome }) => outcome === 'used').flatMap((note) => note.facts ?? [])).toEqual([
      'person.birth-date',
      'site.brain',
    ]);
    expect(refusals(facts('person.birth-date: 1850-01-01\nperson.sex: male'), '2025')).toMatchObject([
      { why: expect.stringContaining('130 years') },
    ]);
  });

  it.each([
    ['', 'empty', undefined],
    ['[1, 2]', 'not-a-case', 'line 1, column 1'],
    ['serosa: case/2\nid: x', 'version', 'line 1, column 9'],
    ['id: x', 'not-a-case', 'line 1, column 1'],
    ['serosa: case/1\nid: x', 'no-content', 'line 1, column 1'],
    ['serosa: case/1\nid: x\nfacts:\n  person.age: -1', 'no-content', 'line 1, column 1'],
    ['serosa: case/1\nid: x\nfacts:\n\tperson.age: 1', 'not-yaml', 'line 4, column 1'],
    ['serosa: case/1\nid: "x', 'not-yaml', 'line 2, column 7'],
    ['serosa: case/1\nid: x\n---\nserosa: case/1', 'not-yaml', 'line 3, column 1'],
    ['{"serosa": "case/1", "id": "x", "facts": {"person.age": 7', 'cut-off', 'line 1, column 58'],
    ['{"serosa": "case/1" "id": "x"}', 'not-json', 'line 1, column 21'],
    [`serosa: case/1\nfacts: ${'['.repeat(1000)}`, 'too-deep', 'line 2'],
    [`serosa: case/1\nid: x\nfacts:\n${'- '.repeat(100_000)}1`, 'too-deep', 'line 4'],
    [`{"serosa": ${'{"a":'.repeat(1_000_000)}`, 'too-deep', 'line 1, column 1007'],
    [Array.from({ length: 1800 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'too-deep', 'line 1601'],
  ])('has a problem with a place: %#', (text, code, at) => {
    const { problem, record } = read(text);
    expect(record).toBeUndefined();
    expect(problem).toMatchObject({ code, ...(at === undefined ? {} : { at }), remedy: expect.stringMatching(/\S/) });
  });

  it('stops at a file that refers to itself again and again', () => {
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n');
    expect(read(`serosa: case/1\n${bomb}`).problem).toMatchObject({ code: 'aliases' });
    expect(read('serosa: case/1\nid: &a [*a]').problem?.code).toBeDefined();
  });

  it('takes the file name for a missing id', () => {
    const reading = readCaseFile('serosa: case/1\nfacts: { person.age: 70 }', {
      catalogue: FACTS,
      fileName: '/home/me/anna.yaml',
    });
    expect(reading.record?.id).toBe('anna');
    expect(reading.notes[0]).toMatchObject({ outcome: 'unused', what: 'id' });
  });

  it('says what is wrong inside stages and treatments', () => {
    const text = `serosa: case/1
id: x
stages:
  - { edition: 12, T: T7, N: N0 }
  - { basis: clinical, T: pT2, M: M0 }
treatments:
  - { kind: sistemic }
  - { kind: systemic }
  - { kind: systemic, agents: [pemetrexd], cycles: 2.5 }
  - { kind: radiotherapy, gray: 6000 }
  - { kind: procedure, code: pleurodesys }
`;
    expect(refusals(text).map(({ at, why }) => [at, why.slice(0, 60)])).toMatchInlineSnapshot(`
      [
        [
          "line 4, column 16",
          "The edition is not one of 5, 6, 7, 8, 9 or unknown.",
        ],
        [
          "line 4, column 23",
          "T7 is not a T category. Write for example \`T1\` or \`TX\`.",
        ],
        [
          "line 5, column 27",
          "The prefix says pathological, \`basis\` says clinical. Correct",
        ],
        [
          "line 7, column 13",
          "sistemic is not known as \`kind\`. Did you mean \`systemic\`? Al",
        ],
        [
          "line 8, column 5",
          "The drugs are missing: write \`agents: [cisplatin, pemetrexed",
        ],
        [
          "line 9, column 52",
          "\`cycles\` is a whole number from 0 to 200.",
        ],
        [
          "line 10, column 33",
          "\`gray\` is a number from 0 to 200.",
        ],
        [
          "line 11, column 30",
          "pleurodesys is not known as \`code\`. Did you mean \`pleurodesi",
        ],
      ]
    `);
    expect(read(text).notes.find(({ what }) => what === 'pemetrexd')?.why).toContain('Did you mean `pemetrexed`?');
  });
});

describe('writing a case', () => {
  it('reads back to the same record', () => {
    fc.assert(
      fc.property(randomCase(FACTS), (made) => {
        const record = { ...made, observations: grouped(made.observations) };
        const reading = readCaseFile(writeCase(record), { catalogue: FACTS });
        expect(reading.notes.filter(({ outcome }) => outcome !== 'used')).toEqual([]);
        expect(reading.record).toEqual(record);
        expect(readCaseFile(writeCase(record, 'json'), { catalogue: FACTS }).record).toEqual(record);
      }),
      { numRuns: 200 },
    );
  });

  /** Statements of one fact together, as the file keeps them. */
  function grouped(observations: readonly Observation[]): readonly Observation[] {
    const facts = [...new Set(observations.map(({ fact }) => fact))];
    return facts.flatMap((fact) => observations.filter((observation) => observation.fact === fact));
  }

  it('is pleasant to read', () => {
    const { record } = read(
      'serosa: case/1\nid: x\ndate: 2025-01-02\nfacts: { person.age: 71, lab.creatinine: 0.9 mg/dL, site.brain: unknown }\nstages: [{ edition: 9, basis: clinical, T: T2 }]',
    );
    expect(record && writeCase(record)).toMatchInlineSnapshot(`
      "serosa: case/1
      id: x
      date: 2025-01-02
      facts:
        person.age: 71
        lab.creatinine:
          value: 79.578
          asWritten: 0.9 mg/dL
        site.brain: unknown
      stages:
        - edition: "9"
          basis: clinical
          T: T2
      "
    `);
  });
});

describe('the schema of a case file', () => {
  const schema = JSON.stringify(caseSchema(FACTS));
  it('names every fact with its values', () => {
    for (const { id } of FACTS) expect(schema).toContain(`"${id}"`);
    expect(schema).toContain('"const":"epithelioid"');
    expect(JSON.parse(schema).$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });
});

describe('what a case file must not swallow', () => {
  const agents = (list: string) => {
    const { record, notes } = read(`serosa: case/1\nid: x\ntreatments:\n  - { kind: systemic, agents: [${list}] }\n`);
    const [event] = record?.treatments ?? [];
    return { agents: event?.kind === 'systemic' ? event.agents : [], notes };
  };

  it('understands short names, salts and drugs joined in one entry', () => {
    expect(agents('cisplatin + pemetrexed').agents).toEqual(['cisplatin', 'pemetrexed']);
    expect(agents('pemetrexed disodium, nivo, ipi, carbo, pem, pembro, bev').agents).toEqual(
      'pemetrexed nivolumab ipilimumab carboplatin pembrolizumab bevacizumab'.split(' '),
    );
  });

  it('tells a name that is kept as written', () => {
    const { agents: kept, notes } = agents('cisplatin, wonderdrug, no carboplatin');
    expect(kept).toEqual(['cisplatin', 'wonderdrug', 'no carboplatin']);
    expect(notes.filter(({ outcome, why }) => outcome === 'unused' && why.startsWith('Kept as written'))).toHaveLength(2);
  });

  it.each(['person.age: { value: 71, absent: unknown }', 'person.sex: { value: female, unit: kg }'])('refuses %s', (line) => {
    expect(read(facts(line)).record).toBeUndefined();
    expect(refusals(facts(line))).toHaveLength(1);
  });

  it('tells an empty list', () => {
    expect(read(facts('person.age: 71\nlab.creatinine: []')).notes).toContainEqual(
      expect.objectContaining({ outcome: 'unused', why: 'The list is empty: nothing is stated.' }),
    );
  });
});
