import { describe, expect, it } from 'vitest';
import { FACTS } from '../testing.js';
import { readMapping } from './mapping.js';
import { readTable, type TableOptions } from './read.js';

const HEAD = "serosa: mapping/1\nid: test\ncase: { id: no }\nmissing: ['', NA]\nabsent: { '?': unknown }\n";
const read = (table: string, mapping: string, options: TableOptions = {}) => readTable(table, HEAD + mapping, FACTS, options);
const facts = (table: string, mapping: string, options: TableOptions = {}) =>
  read(table, mapping, options).readings.map(({ record }) =>
    Object.fromEntries(
      record?.observations.map(({ fact, value, date }) => [fact, date === undefined ? value : [value, date]]) ?? [],
    ),
  );
const told = (table: string, mapping: string, outcome: string) => {
  const { notes, readings } = read(table, mapping);
  return [...notes, ...readings.flatMap((row) => row.notes)]
    .filter((note) => note.outcome === outcome)
    .map(({ at, why }) => `${at}: ${why}`);
};

describe('a table', () => {
  it('becomes one record for each row', () => {
    const table = 'no,sex,age,crea,ps,brain\n1,m,71,"0,9",1,?\n2,w,NA,1,,yes\n';
    const mapping = `decimal: comma
facts:
  - { column: sex, fact: person.sex, values: { m: male, w: female } }
  - { column: age, fact: person.age }
  - { column: crea, fact: lab.creatinine, unit: mg/dL }
  - { column: ps, fact: person.ecog }
  - { column: brain, fact: site.brain }
  - { fact: tumour.mesothelioma, value: true }
`;
    expect(facts(table, mapping)).toEqual([
      {
        'person.sex': 'male',
        'person.age': 71,
        'lab.creatinine': 79.578,
        'person.ecog': 1,
        'site.brain': { absent: 'unknown' },
        'tumour.mesothelioma': true,
      },
      { 'person.sex': 'female', 'lab.creatinine': 88.42, 'site.brain': true, 'tumour.mesothelioma': true },
    ]);
    const [row] = read(table, mapping).readings;
    expect(row).toMatchObject({ line: 2, record: { id: '1' } });
    expect(row?.record?.observations[2]).toEqual({
      fact: 'lab.creatinine',
      value: 79.578,
      origin: { kind: 'table', at: 'line 2, column crea' },
      asWritten: '0.9 mg/dL',
    });
  });

  it('chooses units and rows by conditions on other columns', () => {
    const mapping = `facts:
  - column: crea
    fact: lab.creatinine
    unitWhen:
      - { unit: umol/L, where: { column: upper, gte: 60 } }
      - { unit: mg/dL, where: { column: upper, lt: 3 } }
  - { column: ps, fact: person.ecog, where: { column: scale, is: ECOG }, else: another scale }
  - { column: ps, fact: person.karnofsky, where: { column: scale, in: [KPS] } }
`;
    const table = 'no;crea;upper;ps;scale\n1;80;110;1;ECOG\n2;1;1,3;90;KPS\n3;80;20;3;WHO\n'.replace('1,3', '1.3');
    expect(facts(table, mapping)).toEqual([
      { 'lab.creatinine': 80, 'person.ecog': 1 },
      { 'lab.creatinine': 88.42, 'person.karnofsky': 90 },
      {},
    ]);
    expect(told(table, mapping, 'refused')).toEqual([
      'line 4, column crea: None of the conditions of `unitWhen` holds: the unit cannot be told.',
    ]);
    expect(told(table, mapping, 'unused')).toEqual([
      'line 4, column ps: The condition that the mapping sets for it does not hold.',
    ]);
  });

  it('reads dates in every form, as exact as they are', () => {
    const mapping = `dates:
  exact: { column: d, format: DD.MM.YYYY }
  year: { year: y }
  month: { year: y, month: m }
facts:
  - { fact: tumour.diagnosis-date, asDate: exact }
  - { column: a, fact: site.liver, date: { base: exact, days: n } }
  - { column: a, fact: site.bone, date: { base: year, days: n } }
  - { column: a, fact: site.brain, date: { base: month, days: n } }
  - { column: a, fact: site.skin, date: 2020-01 }
  - { column: a, fact: site.lung, date: { column: iso } }
`;
    const table = 'no,d,y,m,a,n,iso\n1,05.11.2012,2012,2,yes,300,2013-4-5\n2,,2012,2,yes,,\n3,31.02.2012,,,yes,x,5/6\n';
    expect(facts(table, mapping)).toEqual([
      {
        'tumour.diagnosis-date': '2012-11-05',
        'site.liver': [true, '2013-09-01'],
        'site.bone': [true, '2013'],
        'site.brain': [true, '2012-12'],
        'site.skin': [true, '2020-01'],
        'site.lung': [true, '2013-04-05'],
      },
      { 'site.skin': [true, '2020-01'] },
      { 'site.skin': [true, '2020-01'] },
    ]);
    expect(told(table, mapping, 'unused')).toContain('line 3, column a: The date that belongs to it is missing in this row.');
    expect(told(table, mapping, 'refused').join('\n')).toMatch(/"31.02.2012" in d is not a date as DD.MM.YYYY/);
  });

  it('splits cells and sets several facts, leaving out with a reason', () => {
    const mapping = `facts:
  - column: mets
    split: ' AND '
    sets: { liver: { site.liver: true }, bones: { site.bone: true, site.brain: false }, local: { unused: not distant }, x: null }
`;
    const table = 'no\tmets\n1\tliver AND bones AND local\n2\tx\n3\tlivr\n';
    expect(facts(table, mapping)).toEqual([{ 'site.liver': true, 'site.bone': true, 'site.brain': false }, {}, {}]);
    expect(told(table, mapping, 'unused')).toEqual([
      'line 2, column mets: not distant',
      'line 3, column mets: The mapping leaves this value out.',
    ]);
    expect(told(table, mapping, 'refused')).toEqual([
      'line 4, column mets: The mapping does not say what this value means. Did the table mean "liver"?',
    ]);
  });

  it('reads stages, treatments and follow-up', () => {
    const mapping = `stages:
  - { edition: { column: ed, values: { AJCC7: '7', AJCC8: '8' } }, basis: clinical, T: t, N: n, group: st, date: 2019 }
treatments:
  - { kind: systemic, agents: { column: chemo, split: + }, start: { column: c1 }, intent: palliative }
  - { kind: radiotherapy, gray: { column: cgy, unit: cGy }, where: { column: cgy, missing: false } }
  - { kind: procedure, code: { column: op, values: { EPP: extrapleural-pneumonectomy, none: null } }, residual: { column: r } }
followUp:
  os: { days: os, event: { column: dead, values: { '1': true, '0': false } } }
`;
    const table =
      'no,ed,t,n,st,chemo,c1,cgy,op,r,os,dead\n1,AJCC8,cT3,N1,Stage IIIA,Alimta+CDDP,2019-03,3000,EPP,R1,400,1\n2,AJCC7,T9,,,,,,none,,12,\n';
    const { readings } = read(table, mapping);
    expect(readings[0]).toMatchObject({
      record: {
        stages: [{ edition: '8', basis: 'clinical', T: 'T3', N: 'N1', group: 'IIIA', date: '2019' }],
        treatments: [
          { kind: 'systemic', agents: ['pemetrexed', 'cisplatin'], start: '2019-03', intent: 'palliative' },
          { kind: 'radiotherapy', gray: 30 },
          { kind: 'procedure', code: 'extrapleural-pneumonectomy', residual: 'R1' },
        ],
      },
      followUp: { os: { days: 400, event: true } },
    });
    expect(readings[1]).toMatchObject({ record: { stages: [], treatments: [] }, followUp: {} });
    expect(told(table, mapping, 'refused')).toEqual([
      'line 3, column t: This is no T category. Correct the cell, or add it to the mapping.',
    ]);
  });

  it('goes on after rows that cannot be read', () => {
    const { readings, notes } = read(
      'no,age\n1,70\n2\n,71\n1,72\n5,-4\n"6"x,70\n7,75\n',
      'facts: [{ column: age, fact: person.age }]',
    );
    expect(readings.map(({ line, problem, record }) => [line, problem?.code ?? record?.observations.length])).toEqual([
      [2, 1],
      [3, 'row-length'],
      [4, 'no-id'],
      [5, 'duplicate-id'],
      [6, 0],
      [8, 1],
    ]);
    expect(notes).toMatchObject([{ outcome: 'refused', at: 'line 7' }]);
  });

  it('accounts for every column', () => {
    const { notes } = read(
      'no,age,agee,phone,city\n1,2,3,4,5\n',
      'facts: [{ column: age, fact: person.age }, { column: hight, fact: person.height }]\nignore: [{ columns: [phone], why: private }]',
    );
    expect(notes.map(({ outcome, what, why }) => [outcome, what, why])).toEqual([
      ['refused', 'hight', 'The mapping reads a column "hight" that the table does not have. Correct the mapping.'],
      ['unused', 'agee', 'The mapping says nothing of this column.'],
      ['unused', 'phone', 'private'],
      ['unused', 'city', 'The mapping says nothing of this column.'],
    ]);
  });

  it.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    ['number,age\n1,2\n', 'missing-column'],
    ['no,age\n', 'empty'],
    [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'wrong-format'],
    [new Uint8Array([110, 111, 10, 0xe4]), 'encoding'],
  ])('that is none has a problem: %#', (table, code) => {
    expect(readTable(table, `${HEAD}facts: []`, FACTS).problem).toMatchObject({ code, remedy: expect.stringMatching(/\S/) });
  });

  it('can leave the notes of what was used out', () => {
    const [row] = read('no,age\n1,70\n', 'facts: [{ column: age, fact: person.age }]', { notes: 'problems' }).readings;
    expect(row?.notes).toEqual([]);
  });
});

describe('a mapping', () => {
  it.each([
    ['facts: [{ column: a, fact: person.agee }]', /not a fact.*Did you mean `person.age`/],
    ['facts: [{ column: a, fact: person.sex, values: { m: mael } }]', /not a value of person.sex.*Did you mean `male`/],
    ['facts: [{ column: a, fact: lab.creatinine, unit: stone }]', /not a unit/],
    ['facts: [{ fact: person.age }]', /Nothing says what person.age is/],
    ['facts: [{ colum: a, fact: person.age }]', /Did you mean `column`/],
    ['facts: [{ column: a, fact: site.liver, date: diagnosis }]', /neither a date nor the name of one/],
    ['facts: [{ column: a, fact: site.liver, where: { column: b } }]', /condition is not whole/],
    ['dates: { d: { column: a, format: soon } }', /no way to write a date/],
    ['stages: [{ edition: 12, T: t }]', /edition is not one of/],
    ['treatments: [{ kind: systemic }]', /drugs are missing/],
    ['treatments: [{ kind: procedure, code: pleurodesys }]', /Did you mean `pleurodesis`/],
    ['ignore: [{ columns: [a] }]', /need a reason/],
    ['delimiter: colon', /no delimiter/],
    ['quote: single', /not known here/],
  ])('with a mistake says where and what to do: %s', (text, expected) => {
    const { mapping, problems } = readMapping(HEAD + text, FACTS);
    expect(mapping).toBeUndefined();
    expect(problems[0]?.at).toMatch(/^line 6, column \d+$/);
    expect(problems.map(({ message, remedy }) => `${message} ${remedy}`).join('\n')).toMatch(expected);
  });

  it.each(['', 'x: [', 'serosa: mapping/2', 'serosa: mapping/1', '- a'])('that is none is a problem: %j', (text) => {
    expect(readMapping(text, FACTS).problems.length).toBeGreaterThan(0);
    expect(readTable('no\n1\n', text, FACTS).problem).toBeDefined();
  });
});

describe('stages and drugs of a table', () => {
  const stages =
    "dates:\n  seen: { column: seen }\nstages:\n  - { edition: '8', basis: clinical, T: { column: t }, N: { column: n }, date: seen }\nfacts:\n  - { fact: tumour.mesothelioma, value: true }\n";

  it('refuses a prefix that contradicts the mapping', () => {
    const table = 'no,t,n,seen\n1,pT2,cN1,2025\n';
    expect(read(table, stages).readings[0]?.record?.stages).toEqual([expect.not.objectContaining({ T: 'T2' })]);
    expect(told(table, stages, 'refused').join()).toContain('The prefix says pathological');
  });

  it('leaves out a stage without its date', () => {
    const table = 'no,t,n,seen\n1,T2,N1,NA\n';
    expect(read(table, stages).readings[0]?.record?.stages).toEqual([]);
    expect(told(table, stages, 'unused').join()).toContain('the stage is left out');
  });

  it('tells a drug that is kept as written', () => {
    const table = 'no,chemo\n1,carbo/pem\n2,wonderdrug\n';
    const mapping = 'treatments:\n  - { kind: systemic, agents: { column: chemo } }\n';
    expect(read(table, mapping).readings[0]?.record?.treatments).toMatchObject([{ agents: ['carboplatin', 'pemetrexed'] }]);
    expect(told(table, mapping, 'unused').join()).toContain('Kept as written');
  });
});
