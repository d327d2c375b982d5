/** The published examples of FHIR R4 and of mCODE: nothing crashes, nothing is lost in silence, Jenny M. is read value by value. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseRecord, FactDefinition, ReadingNote } from '@serosa/core';
import { prepareCatalogue, readCase, readFhir, readFhirJson } from '@serosa/interop';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MCODE = path.join(ROOT, '.cache/fhir/hl7.fhir.us.mcode/package/example');
const R4 = path.join(ROOT, '.cache/fhir/hl7.fhir.r4.examples/package');

for (const folder of [MCODE, R4]) {
  if (!existsSync(folder))
    console.warn(`Skipped: ${path.relative(ROOT, folder)} is absent. Run \`node scripts/fetch-fhir-examples.mjs\`.`);
}

let facts: readonly FactDefinition[];
beforeAll(async () => {
  facts = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge'))).readable.facts;
});

const example = (name: string): Uint8Array => readFileSync(path.join(MCODE, name));

describe.skipIf(!existsSync(MCODE))('Jenny M., the example person of mCODE', () => {
  let record: CaseRecord;
  let notes: readonly ReadingNote[];
  let others: readonly unknown[];
  beforeAll(() => {
    const reading = readFhir(example('Bundle-mcode-patient-bundle-jenny-m.json'), { catalogue: facts });
    expect(reading.problem).toBeUndefined();
    record = reading.record!;
    ({ notes, others } = reading);
  });
  const fact = (id: string) =>
    record.observations.filter((observation) => observation.fact === id).map(({ value, date }) => [value, date]);

  it('is the person she is', () => {
    expect(record.id).toBe('cancer-patient-jenny-m');
    expect(fact('person.birth-date')).toEqual([['1965-01-01', undefined]]);
    expect(fact('person.sex')).toEqual([['female', undefined]]);
    expect(fact('person.country')).toEqual([['us', undefined]]);
    expect(fact('person.ecog')).toEqual([[0, '2018-04-12']]);
    expect(fact('person.weight')).toEqual([[70.30681735, '2018-03-06']]);
    expect(fact('person.smoking')).toEqual([['current', '2018-03-16']]);
    expect(fact('person.smoking-pack-years')).toEqual([[20, '2018-03-16']]);
  });

  it('has breast cancer, which is said politely', () => {
    expect(fact('tumour.mesothelioma')).toEqual([[false, '2018-03-16']]);
    expect(fact('tumour.diagnosis-date')).toEqual([]);
    expect(notes.find(({ what }) => what.includes('female left breast'))?.why).toContain('Serosa is a guide to mesothelioma');
  });

  it('keeps both of her stage groups, which differ in the example itself', () => {
    expect(record.stages.map(({ origin: _, ...stage }) => stage)).toEqual([
      { edition: '8', basis: 'clinical', group: 'IIIC', date: '2018-03-16' },
      { edition: '8', basis: 'clinical', T: 'T3', N: 'N0', M: 'M0', group: 'IIB', date: '2018-03-16' },
    ]);
    expect(
      notes.some(({ why }) => why.includes('its own assessment Observation/tnm-clinical-stage-group-jenny-m says IIB')),
    ).toBe(true);
  });

  it('had these treatments', () => {
    expect(record.treatments.map(({ origin: _, ...event }) => event)).toEqual([
      { kind: 'procedure', code: 'other', text: 'Excision of part of breast (procedure)', date: '2018-04-01', side: 'left' },
      {
        kind: 'radiotherapy',
        site: 'Chest Wall Structure (body structure)',
        gray: 60,
        fractions: 30,
        start: '2018-08-15',
        end: '2018-10-25',
        intent: 'curative',
      },
      {
        kind: 'radiotherapy',
        site: 'Chest Wall Structure (body structure)',
        gray: 50,
        fractions: 25,
        start: '2018-08-15',
        end: '2018-10-25',
        intent: 'curative',
      },
      {
        kind: 'procedure',
        code: 'image-guided-biopsy',
        text: 'Biopsy of breast using ultrasonographic guidance (procedure)',
        date: '2018-03-06',
        side: 'left',
      },
      { kind: 'systemic', agents: ['cyclophosphamide', 'doxorubicin'], start: '2018-04-01', intent: 'curative' },
      { kind: 'systemic', agents: ['paclitaxel'], start: '2018-04-12', intent: 'curative' },
      { kind: 'systemic', agents: ['anastrozole'], start: '2018-09-30', intent: 'curative' },
    ]);
  });

  it('has these markers and this variant, with a fact or without', () => {
    expect(fact('marker.oestrogen-receptor')).toEqual([['positive', '2018-03-10']]);
    expect(others).toMatchObject([
      {
        kind: 'variant',
        gene: 'PALB2',
        source: 'somatic',
        date: '2018-03-15',
        value: expect.stringContaining('c.3549C>A (p.Tyr1183Ter)'),
      },
      { kind: 'marker', name: expect.stringContaining('Progesterone receptor'), value: 'Negative', date: '2018-03-10' },
      { kind: 'marker', name: expect.stringContaining('HER2'), value: 'Negative', date: '2018-03-10' },
      { kind: 'marker', name: expect.stringContaining('Oncotype DX'), value: '47 Recurrence score', date: '2018-04-12' },
    ]);
  });

  it('has the impossible neutrophil count of the example refused', () => {
    expect(notes.filter(({ outcome }) => outcome === 'refused').map(({ at }) => at)).toEqual([
      'Observation/us-core-observation-lab-neutrophils-jenny-m',
    ]);
  });

  it('has a note for each of her resources', () => {
    const bundle = JSON.parse(new TextDecoder().decode(example('Bundle-mcode-patient-bundle-jenny-m.json')));
    const places = new Set(notes.map(({ at }) => at));
    for (const { resource } of bundle.entry) expect(places).toContain(`${resource.resourceType}/${resource.id}`);
  });
});

describe.skipIf(!existsSync(MCODE))('other examples of mCODE', () => {
  const read = (name: string) => readFhir(example(name), { catalogue: facts });
  const said = (name: string) => read(name).record?.observations.map(({ fact, value }) => `${fact} ${JSON.stringify(value)}`);

  it('give the tumour markers of mesothelioma genetics', () => {
    expect(said('Observation-gx-genomic-variant-somatic-bap1-indel.json')).toEqual(['marker.bap1 "lost"']);
    expect(said('Observation-gx-genomic-variant-somatic-mtap.json')).toEqual(['marker.mtap "lost"']);
    expect(said('Observation-gx-genomic-variant-somatic-cdkn2a-cnv.json')).toEqual(['marker.cdkn2a "deleted"']);
    expect(read('Observation-gx-genomic-variant-pertinent-negative-nras-kit-braf.json').others).toHaveLength(1);
    expect(said('Observation-gx-genomic-msi.json')).toEqual(['marker.mismatch-repair "deficient"']);
    expect(said('Observation-gx-genomic-tmb.json')).toEqual(['marker.tmb 57.1']);
  });

  it('give sites, scores and stages', () => {
    expect(said('Condition-secondary-cancer-condition-brain-mets.json')).toEqual(['site.brain true']);
    expect(said('Observation-karnofsky-performance-status-normal-activity.json')).toEqual(['person.karnofsky 90']);
    expect(read('Observation-tnm-clinical-regional-nodes-category-cN3.json').record?.stages).toMatchObject([
      { edition: '8', basis: 'clinical', N: 'N3', date: '2019-04-01' },
    ]);
    expect(read('MedicationRequest-cancer-related-medication-request-cisplatin-stopped.json').record?.treatments).toMatchObject([
      { kind: 'systemic', agents: ['cisplatin'], start: '2019-05-15', stoppedFor: 'toxicity' },
    ]);
  });
});

/** Every resource of a file, in bundles and contained, by type and id. */
function* resourcesIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return;
  const json = value as { resourceType?: string; id?: string; entry?: { resource?: unknown }[] };
  if (json.resourceType === 'Bundle') for (const entry of json.entry ?? []) yield* resourcesIn(entry.resource);
  else if (json.resourceType !== undefined && json.id !== undefined) yield `${json.resourceType}/${json.id}`;
}

describe.each([
  ['mCODE', MCODE, 170, 69],
  ['FHIR R4', R4, 5300, 51],
])('every example of %s', (_, folder, least, facing) => {
  it.skipIf(!existsSync(folder))('is read or explained', () => {
    const catalogue = prepareCatalogue(facts);
    const outcomes: Record<string, number> = {};
    const silent: string[] = [];
    const files = readdirSync(folder).filter(
      (name) => name.endsWith('.json') && name !== 'package.json' && !name.startsWith('.'),
    );
    for (const name of files) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      // The sniffer reads text; the larger definitions go straight to the reader to keep the test quick.
      const json: unknown = JSON.parse(text);
      const reading = text.length < 1_000_000 ? readCase(text, { catalogue, fileName: name }) : readFhirJson(json, { catalogue });
      const outcome = reading.problem?.code ?? 'read';
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      expect(reading.record === undefined, name).toBe(reading.problem !== undefined);
      if (reading.problem && reading.problem.code !== 'no-content') continue;
      const told = new Set(reading.notes.map(({ at }) => at));
      for (const place of resourcesIn(json)) if (!told.has(place)) silent.push(`${name}: ${place}`);
    }
    expect(silent).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(least);
    // How many hold facts grows with the catalogue; nothing else may happen to them.
    const { read = 0, 'no-content': none = 0, 'several-patients': several = 0 } = outcomes;
    expect(read + none + several).toBe(files.length);
    expect(read).toBeGreaterThanOrEqual(facing);
  });
});
