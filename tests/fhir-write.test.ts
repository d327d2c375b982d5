/** Cases out as FHIR and back with the whole catalogue: every example, and random cases of every fact. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Guide, stageAnswer } from '@serosa/core';
import { caseBundle, readCase } from '@serosa/interop';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomCase } from '../packages/interop/src/testing.js';
import { AS_OF, loadTestGuide, ROOT } from './guide.js';

let guide: Guide;
beforeAll(async () => {
  guide = await loadTestGuide();
});

const EXAMPLES = readdirSync(path.join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));

describe('a case as FHIR', () => {
  it.each(EXAMPLES)('%s comes back as it was, with the same stage', (name) => {
    const catalogue = guide.bundle.facts;
    const { record } = readCase(readFileSync(path.join(ROOT, 'examples', name)), { catalogue });
    if (record === undefined) throw new Error('the example was not read');
    const { bundle, left } = caseBundle(record, catalogue);
    expect(left).toEqual([]);
    const reading = readCase(JSON.stringify(bundle), { catalogue, asOf: AS_OF });
    expect(reading.record).toEqual(record);
    expect(stageAnswer(guide, reading.record ?? record, AS_OF)).toEqual(stageAnswer(guide, record, AS_OF));
    expect(reading.notes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  });

  it('states each fact of the catalogue once, whatever is said of it', () => {
    const catalogue = guide.bundle.facts;
    fc.assert(
      fc.property(randomCase(catalogue), (record) => {
        const { bundle } = caseBundle(record, catalogue);
        const back = readCase(JSON.stringify(bundle), { catalogue }).record;
        const said = (all = record.observations) => all.map(({ fact, value, date }) => ({ fact, value, date }));
        expect(said(back?.observations)).toEqual(said());
        const dropped = (key: string, value: unknown) =>
          key === 'origin' || (typeof value === 'string' && value.trim() === '') ? undefined : value;
        const plain = (all: unknown) => JSON.parse(JSON.stringify(all, dropped)) as unknown;
        expect(plain(back?.treatments)).toEqual(plain(record.treatments));
        expect(plain(back?.stages)).toEqual(plain(record.stages));
      }),
      { numRuns: 200 },
    );
  });

  it('holds for each fact on its own, so that none is read by another way', () => {
    const catalogue = guide.bundle.facts;
    const observations = catalogue.flatMap((fact) => {
      const value =
        fact.type === 'boolean'
          ? true
          : fact.type === 'code'
            ? (fact.values?.[0]?.id ?? '')
            : fact.type === 'date'
              ? '2026-03'
              : (fact.range?.min ?? 0);
      return [{ fact: fact.id, value, date: '2026-03-04', origin: { kind: 'letter' } as const }];
    });
    const record = { schema: 'serosa.case/1', id: 'all', observations, treatments: [], stages: [] } as const;
    const { bundle, left } = caseBundle(record, catalogue);
    expect(left).toEqual([]);
    expect(readCase(JSON.stringify(bundle), { catalogue }).record).toEqual(record);
    for (const one of observations) {
      const alone = { ...record, observations: [one] };
      expect(readCase(JSON.stringify(caseBundle(alone, catalogue).bundle), { catalogue }).record).toEqual(alone);
    }
  });

  it('concludes no other site from a metastasis, wherever the primary is', () => {
    const catalogue = guide.bundle.facts;
    const origin = { kind: 'imaging' } as const;
    for (const primary of guide.catalogue.get('tumour.primary-site')?.values ?? []) {
      for (const side of ['left', 'right', 'bilateral', undefined]) {
        for (const site of catalogue.filter(({ id, type }) => id.startsWith('site.') && type === 'boolean')) {
          const said = {
            'tumour.mesothelioma': true,
            'tumour.primary-site': primary.id,
            ...(side === undefined ? {} : { 'tumour.laterality': side }),
            [site.id]: true,
          };
          const observations = Object.entries(said).map(([fact, value]) => ({ fact, value, date: '2026-10', origin }));
          const record = { schema: 'serosa.case/1', id: 'a', observations, treatments: [], stages: [] } as const;
          expect(readCase(JSON.stringify(caseBundle(record, catalogue).bundle), { catalogue }).record).toEqual(record);
        }
      }
    }
  });
});
