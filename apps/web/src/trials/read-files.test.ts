import { describe, expect, it } from 'vitest';
import { withAdded, withoutStarters } from './merge.js';
import { MOST_TRIALS, type ReadingProgress, readFiles } from './read-files.js';

const record = (id: string, date = '2026-10-01', criteria = 'Inclusion Criteria:\n\n* ECOG 0-1') => ({
  protocolSection: {
    identificationModule: { nctId: id, briefTitle: `Study ${id}` },
    statusModule: { overallStatus: 'RECRUITING', lastUpdatePostDateStruct: { date } },
    conditionsModule: { conditions: ['Mesothelioma'] },
    eligibilityModule: { eligibilityCriteria: criteria },
  },
});
const file = (name: string, text: string | Uint8Array<ArrayBuffer>): File => new File([text], name);
const read = (...files: readonly File[]) => readFiles(files, {}, () => undefined);
const id = (number: number): string => `NCT${String(number).padStart(8, '0')}`;

describe('readFiles', () => {
  it('reads several files, each criterion of each record', async () => {
    const found = await read(
      file('one.json', JSON.stringify(record('NCT00000001'))),
      file('two.ndjson', `${JSON.stringify(record('NCT00000002'))}\n\n${JSON.stringify(record('NCT00000003'))}\r\n`),
      file(
        'three.xml',
        '<clinical_study><id_info><nct_id>NCT00000004</nct_id></id_info><brief_title>X</brief_title></clinical_study>',
      ),
    );
    expect(found.trials.map((trial) => trial.id)).toEqual([1, 2, 3, 4].map(id));
    expect(found.trials[0]?.criteria[0]).toMatchObject({ kind: 'rule', text: 'ECOG 0-1' });
    expect([found.refused, found.notes.filter(({ outcome }) => outcome === 'refused')]).toEqual([0, []]);
  });

  it.each([
    ['an empty file', 'empty.json', '', /empty/i],
    ['an empty file of lines', 'empty.ndjson', '', /empty/i],
    ['lines of nothing', 'blank.ndjson', '\n \n\r\n', /empty|nothing/i],
    ['broken JSON', 'broken.json', '{ "protocolSection": ', /./],
    ['something else', 'package.json', '{ "name": "x" }', /no record of a registry/],
    ['a web page', 'page.xml', '<!doctype html><p>x</p>', /web page/],
  ])('refuses %s with its place and a reason', async (_, name, content, why) => {
    const found = await read(file(name, content));
    expect(found.trials).toEqual([]);
    expect(found.refused).toBe(1);
    expect(found.notes[0]).toMatchObject({ outcome: 'refused', at: expect.stringContaining(name) });
    expect(found.notes[0]?.why).toMatch(why);
  });

  it('names the line that cannot be read, and reads the others', async () => {
    const found = await read(file('some.ndjson', `${JSON.stringify(record('NCT00000001'))}\n{ "broken": \n"text"\n`));
    expect(found.trials).toHaveLength(1);
    expect(found.notes.map(({ at }) => at.replace(/, column.*/, ''))).toEqual(['some.ndjson, line 2', 'some.ndjson, line 3']);
  });

  it('keeps the record that was updated last', async () => {
    const older = JSON.stringify(record('NCT00000001', '2024-01-01'));
    const newer = JSON.stringify(record('NCT00000001', '2026-01-01'));
    for (const files of [
      [older, newer],
      [newer, older],
    ])
      expect(
        (await read(...files.map((text, index) => file(`${index}.json`, text)))).trials.map(({ updated }) => updated),
      ).toEqual(['2026-01-01']);
  });

  it('tells how far it is, up to the end', async () => {
    const told: ReadingProgress[] = [];
    const text = Array.from({ length: 300 }, (_, index) => JSON.stringify(record(id(index + 1)))).join('\n');
    await readFiles([file('many.ndjson', text)], {}, (progress) => told.push(progress));
    const done = told.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ done: text.length, total: text.length, trials: 300 });
    expect(told.length).toBeGreaterThan(4);
  });

  it('puts in what a person has read, for the same text only', async () => {
    const override = {
      quote: 'ECOG 0-1',
      requires: 'confirm',
      signed: { by: 'A. Reader', date: '2026-11-01' },
      evidence: { status: 'read', sources: ['x'] },
      textHash: 'another',
    } as const;
    const found = await readFiles(
      [file('one.json', JSON.stringify(record('NCT00000001')))],
      { NCT00000001: [override] },
      () => undefined,
    );
    expect(found.trials[0]?.criteria[0]?.note).toContain('has to be reviewed');
  });

  it('stops at more records than a page can hold', async () => {
    const small = { protocolSection: { identificationModule: { nctId: '', briefTitle: 'x' } } };
    const lines = Array.from({ length: MOST_TRIALS + 5 }, (_, index) =>
      JSON.stringify({
        protocolSection: { identificationModule: { ...small.protocolSection.identificationModule, nctId: id(index + 1) } },
      }),
    );
    const found = await read(file('all.ndjson', lines.join('\n')));
    expect(found.trials).toHaveLength(MOST_TRIALS);
    expect(found.notes[0]?.why).toContain('no more');
  }, 60_000);
});

describe('records of one trial from several places', () => {
  it('keep the newest, and stand in the place of what comes along', async () => {
    const [old] = (await read(file('a.json', JSON.stringify(record('NCT00000001', '2024-01-01'))))).trials;
    const [next] = (await read(file('b.json', JSON.stringify(record('NCT00000001', '2026-01-01'))))).trials;
    if (old === undefined || next === undefined) throw new Error('the records were not read');
    expect(withAdded([next], [old])).toEqual([next]);
    expect(withAdded([old], [next])).toEqual([next]);
    expect(withoutStarters([old], [{ ...next, id: 'X', aliases: ['NCT00000001'] }])).toEqual([]);
  });
});
