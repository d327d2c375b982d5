/** The mesothelioma table of The Cancer Genome Atlas, read through the shipped mapping, against what is known of it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseRecord, FactDefinition } from '@serosa/core';
import { readTable, type TableReading } from '@serosa/interop';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = path.join(ROOT, '../shared/data/tcga_meso_clinical_survival.tsv');
const MAPPING = path.join(ROOT, 'packages/interop/mappings/tcga-meso.yaml');

if (!existsSync(TABLE)) console.warn('Skipped: ../shared/data/tcga_meso_clinical_survival.tsv is absent.');

/** Median survival in months by Kaplan and Meier: the first time at which half or fewer are still free of the event. */
function median(times: readonly { readonly days: number; readonly event: boolean }[]): number | undefined {
  const sorted = [...times].sort((a, b) => a.days - b.days);
  let alive = 1;
  for (const days of new Set(sorted.map((one) => one.days))) {
    const atRisk = sorted.filter((one) => one.days >= days).length;
    alive *= 1 - sorted.filter((one) => one.days === days && one.event).length / atRisk;
    if (alive <= 0.5) return Math.round((days / 30.4375) * 10) / 10;
  }
  return undefined;
}

/** Groups of the 7th edition; MX counts as no known metastasis. Undefined where N is NX and decides. */
function seventh({ T = '', N, M }: { readonly T?: string; readonly N?: string; readonly M?: string }): string | undefined {
  if (M === 'M1' || N === 'N3' || T === 'T4') return 'IV';
  if (N === 'NX') return undefined;
  if (T === 'T3' || N === 'N1' || N === 'N2') return 'III';
  return { T1: 'I', T1a: 'IA', T1b: 'IB', T2: 'II' }[T];
}

describe.skipIf(!existsSync(TABLE))('TCGA mesothelioma', () => {
  let reading: TableReading;
  let records: readonly CaseRecord[];
  beforeAll(async () => {
    const facts: readonly FactDefinition[] = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge'))).readable
      .facts;
    reading = readTable(readFileSync(TABLE), readFileSync(MAPPING, 'utf8'), facts, { asOf: '2026-01-01' });
    records = reading.readings.flatMap(({ record }) => record ?? []);
  });
  const counts = (fact: string) => {
    const result: Record<string, number> = {};
    for (const { observations } of records) {
      for (const one of observations)
        if (one.fact === fact) result[JSON.stringify(one.value)] = (result[JSON.stringify(one.value)] ?? 0) + 1;
    }
    return result;
  };

  it('has 87 people, nothing refused, every column accounted for', () => {
    expect(reading.problem).toBeUndefined();
    expect(records).toHaveLength(87);
    expect(reading.readings.flatMap(({ notes }) => notes.filter(({ outcome }) => outcome === 'refused'))).toEqual([]);
    expect(reading.notes.every(({ outcome }) => outcome === 'unused')).toBe(true);
    expect(reading.notes.filter(({ why }) => why.includes('says nothing'))).toEqual([]);
    const [header = ''] = readFileSync(TABLE, 'utf8').split('\n');
    const mapping = readFileSync(MAPPING, 'utf8');
    const unused = new Set(reading.notes.map(({ what }) => what));
    for (const column of header.trimEnd().split('\t')) expect(unused.has(column) || mapping.includes(column), column).toBe(true);
  });

  it('has these tumours and people', () => {
    expect(counts('tumour.histology')).toEqual({
      '"epithelioid"': 57,
      '"biphasic"': 23,
      '"sarcomatoid"': 2,
      '"not-otherwise-specified"': 5,
    });
    expect(counts('tumour.laterality')).toEqual({ '"right"': 54, '"left"': 30, '"bilateral"': 3 });
    expect(counts('tumour.primary-site')).toEqual({ '"pleura"': 87 });
    expect(counts('person.sex')).toEqual({ '"male"': 71, '"female"': 16 });
    expect(counts('exposure.asbestos')).toEqual({ '"definite"': 56, '"none"': 14, '{"absent":"unknown"}': 12 });
    expect(counts('person.ecog')).toEqual({ '0': 11, '1': 12, '2': 3 });
    expect(counts('person.vital-status')).toEqual({ '"dead"': 73, '"alive"': 13 });
    expect(counts('site.bone')).toEqual({ true: 2 });
    expect(counts('site.contralateral-pleura')).toEqual({ true: 2 });
    expect(counts('prior.radiotherapy')).toEqual({ true: 23, false: 58 });
  });

  it('has stages of the 5th to the 7th edition, which agree with the 7th', () => {
    const stages = records.flatMap((record) => record.stages);
    const editions = Object.fromEntries(
      ['5', '6', '7', '8', '9'].map((edition) => [edition, stages.filter((stage) => stage.edition === edition).length]),
    );
    expect(editions).toEqual({ '5': 5, '6': 38, '7': 44, '8': 0, '9': 0 });
    const verdicts = stages.map((stage) =>
      seventh(stage) === undefined ? 'open' : seventh(stage) === stage.group ? 'agrees' : 'differs',
    );
    expect(verdicts.filter((verdict) => verdict === 'agrees')).toHaveLength(84);
    expect(verdicts.filter((verdict) => verdict === 'differs')).toHaveLength(0);
    expect(stages.filter((stage) => seventh(stage) === undefined).map(({ N }) => N)).toEqual(['NX', 'NX', 'NX']);
  });

  it('has creatinine in one unit, told by the normal range', () => {
    const values = records.flatMap(({ observations }) => observations.filter(({ fact }) => fact === 'lab.creatinine'));
    expect(values).toHaveLength(45);
    expect(values.filter(({ asWritten }) => asWritten === undefined || asWritten.endsWith('umol/L'))).toHaveLength(6);
    for (const { value } of values) expect(Number(value)).toSatisfy((one: number) => one > 40 && one < 160);
  });

  it('has the published survival', () => {
    const followed = reading.readings.filter(({ followUp }) => followUp['os']);
    const of = (histology: string) =>
      followed
        .filter(({ record }) =>
          record?.observations.some(({ fact, value }) => fact === 'tumour.histology' && value === histology),
        )
        .map(({ followUp }) => followUp['os']!);
    const all = followed.map(({ followUp }) => followUp['os']!);
    expect(all).toHaveLength(86);
    expect(all.filter(({ event }) => event)).toHaveLength(73);
    expect(median(all)).toBe(17.9);
    expect(median(of('epithelioid'))).toBe(23.3);
    expect(median(of('biphasic'))).toBe(13.6);
  });

  it('dates by the year, counted from the middle of the year of diagnosis', () => {
    const [first] = records;
    const dateOf = (fact: string) => first?.observations.find((one) => one.fact === fact)?.date;
    expect([
      first?.id,
      first?.date,
      dateOf('person.age'),
      dateOf('site.contralateral-pleura'),
      dateOf('person.vital-status'),
    ]).toEqual(['TCGA-3H-AB3K', '2008', '2008', '2010', '2013']);
  });
});
