import { type FactId, type Guide, groupOf, type StageSet, type StagingSystem, stageOf } from '@serosa/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsFor, loadTestGuide, stated } from './guide.js';

let guide: Guide;
beforeAll(async () => {
  guide = await loadTestGuide();
});

/** The published tables, written out again by hand: rows T1 to T4, columns N0, N1, N2. M1 is IV throughout. */
const TABLES = {
  '8': [
    ['IA', 'II', 'IIIB'],
    ['IB', 'II', 'IIIB'],
    ['IB', 'IIIA', 'IIIB'],
    ['IIIB', 'IIIB', 'IIIB'],
  ],
  '9': [
    ['I', 'II', 'IIIA'],
    ['II', 'IIIA', 'IIIA'],
    ['IIIA', 'IIIA', 'IIIA'],
    ['IIIB', 'IIIB', 'IIIB'],
  ],
} as const;

const CELLS = (['8', '9'] as const).flatMap((edition) =>
  (['clinical', 'pathological'] as const).flatMap((basis) =>
    [1, 2, 3, 4, 'X'].flatMap((t) => [0, 1, 2, 'X'].flatMap((n) => [0, 1, 'X'].map((m) => [edition, basis, t, n, m] as const))),
  ),
);

/** Groups that the table admits when X stands for every value. */
function expected(edition: '8' | '9', t: number | 'X', n: number | 'X', m: number | 'X'): readonly string[] {
  const groups = new Set<string>();
  for (const T of t === 'X' ? [1, 2, 3, 4] : [t]) {
    for (const N of n === 'X' ? [0, 1, 2] : [n]) {
      for (const M of m === 'X' ? [0, 1] : [m]) groups.add(M === 1 ? 'IV' : (TABLES[edition][T - 1]?.[N] as string));
    }
  }
  return [...groups].sort();
}

function stageSet(
  values: Record<string, boolean | number | string>,
  extra: Parameters<typeof factsFor>[2],
  key: string,
  basis: string,
): StageSet {
  const result = stageOf(factsFor(guide, { 'tumour.primary-site': 'pleura', ...values }, extra), guide.staging);
  return result?.bases.find((part) => part.basis === basis)?.systems[key] as StageSet;
}

describe('every cell of both editions', () => {
  it.each(CELLS)('edition %s, %s: T%s N%s M%s', (edition, basis, t, n, m) => {
    const statement = stated({ edition, basis, T: `T${t}`, N: `N${n}`, M: `M${m}` });
    const set = stageSet({}, { stages: [statement] }, `tnm${edition}`, basis);
    expect([...set.group].sort()).toEqual(expected(edition, t, n, m));
    if (t !== 'X') expect(set.T).toEqual([`T${t}`]);
    if (n !== 'X') expect(set.N).toEqual([`N${n}`]);
    if (m !== 'X') expect(set.M).toEqual([`M${m}`]);
  });
});

describe('statements', () => {
  it('of the 8th edition narrow the 9th only as far as shared descriptors do', () => {
    const set = stageSet(
      {},
      { stages: [stated({ edition: '8', basis: 'clinical', T: 'T3', N: 'N0', M: 'M0' })] },
      'tnm9',
      'clinical',
    );
    // T3 of the 8th edition is not T1 of the 9th where fat or a chest-wall focus made it; by fascia or pericardium it can be.
    expect(set.T).toEqual(['T1', 'T2', 'T3', 'T4']);
    expect(set.N).toEqual(['N0']);
    expect(set.group).not.toContain('IV');
  });

  it('of an older edition are kept and never read as the 8th or 9th', () => {
    const legacy = stated({ edition: '7', basis: 'clinical', T: 'T1a', N: 'N0', M: 'M0', group: 'IA' });
    const facts = factsFor(guide, { 'tumour.primary-site': 'pleura' }, { stages: [legacy] });
    const result = stageOf(facts, guide.staging);
    expect(result?.statements).toMatchObject([{ use: 'legacy' }]);
    expect(result?.bases[0]?.systems['tnm8']?.group).toEqual(['IA', 'IB', 'II', 'IIIA', 'IIIB', 'IV']);
  });

  it('without an edition admit both editions, and the edition then narrows them', () => {
    const letter = stated({ edition: 'unknown', basis: 'clinical', T: 'T3', N: 'N0', M: 'M0', group: 'I', date: '2026-03-01' });
    const facts = factsFor(guide, { 'tumour.primary-site': 'pleura' }, { stages: [letter] });
    const result = stageOf(facts, guide.staging);
    // T3 N0 M0 is a stage I of the 8th edition (IB) and none of the 9th.
    expect(result?.bases[0]?.systems['tnm8']).toMatchObject({ T: ['T3'], group: ['IB'] });
    expect(result?.bases[0]?.narrowing.map((entry) => entry.fact)).toContain('clinical.t.psum');
  });

  it('older than the 8th edition and without a number are not read as either', () => {
    const letter = stated({ edition: 'unknown', basis: 'clinical', T: 'T3', N: 'N0', M: 'M0', date: '2014-03-01' });
    const result = stageOf(factsFor(guide, { 'tumour.primary-site': 'pleura' }, { stages: [letter] }), guide.staging);
    expect(result?.statements).toMatchObject([{ use: 'legacy' }]);
  });

  it('that contradict the descriptors keep both readings and say so', () => {
    const letter = stated({ edition: '8', basis: 'clinical', T: 'T2', N: 'N0', M: 'M0' });
    const facts = factsFor(guide, { 'tumour.primary-site': 'pleura', 'site.liver': true }, { stages: [letter] });
    const part = stageOf(facts, guide.staging)?.bases[0];
    expect(part?.contradiction).toBe(true);
    expect(part?.systems['tnm8']?.M).toEqual(['M0', 'M1']);
    expect(part?.systems['tnm8']?.group).toEqual(expect.arrayContaining(['IB', 'IV']));
  });
});

describe('published cases', () => {
  const clear = {
    'clinical.t.chest-wall': 'none',
    'clinical.t.rib': false,
    'clinical.t.mediastinal-organs': false,
    'clinical.t.spine': false,
    'clinical.t.diaphragm': 'none',
    'clinical.t.pericardium': 'none',
    'clinical.t.contralateral-pleura-direct': false,
    'clinical.t.pericardial-effusion-malignant': false,
    'clinical.t.brachial-plexus': false,
    'clinical.t.mediastinal-fat': false,
  };
  it.each([
    [
      'zones 5, 4, 3 and Fmax 5',
      { 'clinical.t.psum-upper': 5, 'clinical.t.psum-middle': 4, 'clinical.t.psum-lower': 3, 'clinical.t.fmax': 5, ...clear },
      ['T1'],
    ],
    [
      'zones 5, 4, 3 and Fmax 6',
      { 'clinical.t.psum-upper': 5, 'clinical.t.psum-middle': 4, 'clinical.t.psum-lower': 3, 'clinical.t.fmax': 6, ...clear },
      ['T2'],
    ],
    [
      'zones 10, 10, 10',
      { 'clinical.t.psum-upper': 10, 'clinical.t.psum-middle': 10, 'clinical.t.psum-lower': 10, ...clear },
      ['T2'],
    ],
    [
      'zones 12, 10, 9',
      { 'clinical.t.psum-upper': 12, 'clinical.t.psum-middle': 10, 'clinical.t.psum-lower': 9, ...clear },
      ['T3'],
    ],
    ['thin with rib', { 'clinical.t.psum': 6, 'clinical.t.rib': true }, ['T4']],
    [
      'thin with mediastinal fat',
      { 'clinical.t.psum': 9, 'clinical.t.fmax': 3, ...clear, 'clinical.t.mediastinal-fat': true },
      ['T2'],
    ],
    ['Fmax missing, thin, nothing else', { 'clinical.t.psum': 12, ...clear }, ['T1', 'T2']],
    ['Psum missing, nothing else', { 'clinical.t.fmax': 2, ...clear }, ['T1', 'T2', 'T3']],
    ['Psum missing with fat', { ...clear, 'clinical.t.mediastinal-fat': true }, ['T2', 'T3']],
    ['exactly 30.0', { 'clinical.t.psum': 30, 'clinical.t.fmax': 0, ...clear }, ['T2']],
    ['30.1', { 'clinical.t.psum': 30.1, 'clinical.t.fmax': 0, ...clear }, ['T3']],
  ] as const)('9th edition: %s', (_title, values, T) => {
    expect(stageSet(values as Record<string, boolean | number | string>, {}, 'tnm9', 'clinical').T).toEqual(T);
  });

  it.each([
    ['fissure only', { 'pathological.t.fissure': true }, ['T2'], ['T1']],
    [
      'lung and endothoracic fascia',
      { 'pathological.t.lung-parenchyma': true, 'pathological.t.endothoracic-fascia': true },
      ['T3'],
      ['T3'],
    ],
  ] as const)('pathological, %s: 9th and 8th edition', (_title, values, ninth, eighth) => {
    const none = Object.fromEntries(Object.entries(clear).map(([id, value]) => [id.replace('clinical', 'pathological'), value]));
    const all = {
      ...none,
      'pathological.t.endothoracic-fascia': false,
      'pathological.t.lung-parenchyma': false,
      'pathological.t.fissure': false,
      ...values,
    };
    expect(stageSet(all, {}, 'tnm9', 'pathological').T).toEqual(ninth);
    expect(stageSet(all, {}, 'tnm8', 'pathological').T).toEqual(eighth);
  });

  it.each([
    [8, false, false, ['I']],
    [10, false, false, ['I']],
    [11, false, false, ['II']],
    [30, false, false, ['II']],
    [31, false, false, ['III']],
    [33, false, false, ['III']],
    [6, true, false, ['III']],
    [6, false, true, ['III']],
    [0, false, false, []],
  ] as const)('peritoneum: PCI %d, nodes %s, outside the abdomen %s', (pci, nodes, outside, group) => {
    const facts = factsFor(guide, {
      'tumour.primary-site': 'peritoneum',
      'pci.total': pci,
      'peritoneum.nodes-positive': nodes,
      'peritoneum.extra-abdominal': outside,
    });
    expect(stageOf(facts, guide.staging)?.bases[0]?.systems['yan']?.group).toEqual(group);
  });

  it('a PCI of which only some regions are scored bounds the category', () => {
    const regions = Object.fromEntries(Array.from({ length: 13 }, (_, region) => [`pci.region-${region}`, 1]));
    const facts = (values: Record<string, number>) =>
      stageOf(factsFor(guide, { 'tumour.primary-site': 'peritoneum', ...values }), guide.staging)?.bases[0]?.systems['yan']?.T;
    expect(facts(regions)).toEqual(['T2']);
    const { 'pci.region-12': _last, ...twelve } = regions;
    expect(facts(twelve)).toEqual(['T2']);
    expect(facts({ 'pci.region-0': 3, 'pci.region-1': 3, 'pci.region-2': 3, 'pci.region-3': 3 })).toEqual(['T2', 'T3', 'T4']);
  });

  it.each(['pericardium', 'tunica-vaginalis'])('%s has no system, and says what is used instead', (site) => {
    const result = stageOf(factsFor(guide, { 'tumour.primary-site': site }), guide.staging);
    expect(result?.bases).toEqual([]);
    expect(result?.systems[0]?.instead?.clinician).toMatch(/extent/);
  });
});

describe('possible sets', () => {
  /** Classes of every descriptor, and the rules applied one world at a time, without the diagram. */
  const worlds = (basis: 'clinical' | 'pathological'): Record<FactId, readonly (boolean | number | string)[]> => ({
    [`${basis}.t.chest-wall`]: ['none', 'solitary', 'diffuse'],
    [`${basis}.t.rib`]: [true, false],
    [`${basis}.t.mediastinal-organs`]: [true, false],
    [`${basis}.t.spine`]: [true, false],
    [`${basis}.t.brachial-plexus`]: [true, false],
    [`${basis}.t.diaphragm`]: ['none', 'muscle', 'through'],
    [`${basis}.t.pericardium`]: ['none', 'not-through', 'through'],
    [`${basis}.t.contralateral-pleura-direct`]: [true, false],
    [`${basis}.t.pericardial-effusion-malignant`]: [true, false],
    [`${basis}.t.endothoracic-fascia`]: [true, false],
    [`${basis}.t.mediastinal-fat`]: [true, false],
    [`${basis}.t.lung-parenchyma`]: [true, false],
    ...(basis === 'clinical'
      ? { 'clinical.t.psum': [6, 20, 40], 'clinical.t.fmax': [2, 9] }
      : { 'pathological.t.fissure': [true, false] }),
    [`${basis}.n.ipsilateral-mediastinal`]: [true, false],
    [`${basis}.n.supraclavicular`]: [true, false],
    'site.liver': [true, false],
    'site.contralateral-lung': [true, false],
  });
  const nodesAndSites = (basis: string): readonly FactId[] => [
    ...[
      'bronchopulmonary-hilar',
      'internal-mammary',
      'peridiaphragmatic',
      'pericardial-fat-pad',
      'intercostal',
      'contralateral-intrathoracic',
      'scalene',
    ].map((node) => `${basis}.n.${node}`),
    ...[
      'contralateral-pleura',
      'ipsilateral-lung-nodules',
      'peritoneum',
      'brain',
      'bone',
      'adrenal',
      'kidney',
      'spleen',
      'pancreas',
      'thyroid',
      'skin',
      'cervical-nodes',
      'axillary-nodes',
      'abdominal-nodes',
      'other-distant',
    ].map((site) => `site.${site}`),
  ];

  /** An independent second writing of the rules, as a person would apply them to a complete case. */
  function byHand(
    basis: 'clinical' | 'pathological',
    world: Record<string, boolean | number | string>,
  ): Record<'tnm8' | 'tnm9', readonly [string, string, string]> {
    const is = (name: string, value: boolean | string = true): boolean => world[`${basis}.t.${name}`] === value;
    const t4 =
      is('chest-wall', 'diffuse') ||
      is('diaphragm', 'through') ||
      is('contralateral-pleura-direct') ||
      is('mediastinal-organs') ||
      is('spine') ||
      is('pericardium', 'through') ||
      is('brachial-plexus');
    const t3 =
      is('endothoracic-fascia') || is('mediastinal-fat') || is('chest-wall', 'solitary') || is('pericardium', 'not-through');
    const t2 = is('diaphragm', 'muscle') || is('lung-parenchyma');
    const eight = t4 ? 'T4' : t3 ? 'T3' : t2 ? 'T2' : 'T1';
    let nine: string;
    if (basis === 'clinical') {
      const psum = Number(world['clinical.t.psum']);
      const fmax = Number(world['clinical.t.fmax']);
      if (t4 || is('rib') || is('pericardial-effusion-malignant')) nine = 'T4';
      else if (psum > 30) nine = 'T3';
      else nine = psum > 12 || fmax > 5 || is('mediastinal-fat') || is('chest-wall', 'solitary') ? 'T2' : 'T1';
    } else {
      nine = t4 || is('rib') ? 'T4' : t3 ? 'T3' : t2 || world['pathological.t.fissure'] === true ? 'T2' : 'T1';
    }
    const n =
      world[`${basis}.n.supraclavicular`] === true ? 'N2' : world[`${basis}.n.ipsilateral-mediastinal`] === true ? 'N1' : 'N0';
    const m = world['site.liver'] === true || world['site.contralateral-lung'] === true ? 'M1' : 'M0';
    return { tnm8: [eight, n, m], tnm9: [nine, n, m] };
  }

  it.each(['clinical', 'pathological'] as const)('%s: sound and tight against every completion of the missing facts', (basis) => {
    const domain = worlds(basis);
    const ids = Object.keys(domain);
    const absent = Object.fromEntries(nodesAndSites(basis).map((id) => [id, false]));
    const systems = new Map(guide.staging.systems.map((system) => [system.key, system]));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { minLength: 0, maxLength: 7 }),
        fc.infiniteStream(fc.nat({ max: 2 })),
        (missing, stream) => {
          const known: Record<string, boolean | number | string> = { ...absent };
          for (const id of ids) {
            const values = domain[id] as readonly (boolean | number | string)[];
            const pick = stream.next().value as number;
            if (!missing.includes(id)) known[id] = values[pick % values.length] as boolean | number | string;
          }
          const found = { tnm8: new Set<string>(), tnm9: new Set<string>() };
          const walk = (index: number, world: Record<string, boolean | number | string>): void => {
            const id = missing[index];
            if (id === undefined) {
              // A destroyed rib without an involved chest wall is no world.
              if (world[`${basis}.t.rib`] === true && world[`${basis}.t.chest-wall`] === 'none') return;
              for (const [key, [T, N, M]] of Object.entries(byHand(basis, world))) {
                found[key as 'tnm8' | 'tnm9'].add(groupOf(systems.get(key) as StagingSystem, T, N, M) as string);
              }
              return;
            }
            for (const value of domain[id] as readonly (boolean | number | string)[]) walk(index + 1, { ...world, [id]: value });
          };
          walk(0, known);
          fc.pre(found.tnm8.size > 0);
          for (const key of ['tnm8', 'tnm9'] as const) {
            expect(new Set(stageSet(known, {}, key, basis).group)).toEqual(found[key]);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('say for every answer of a missing fact what it would leave', () => {
    const values = {
      'tumour.primary-site': 'pleura',
      'clinical.t.psum': 8,
      'clinical.t.chest-wall': 'none',
      'clinical.n.supraclavicular': false,
    };
    const part = stageOf(factsFor(guide, values), guide.staging)?.bases[0];
    for (const entry of part?.narrowing ?? []) {
      for (const answer of entry.answers) {
        if (entry.fact === 'stage.edition' || /[<>≤≥]/.test(answer.answer)) continue;
        const value = answer.answer === 'true' ? true : answer.answer === 'false' ? false : answer.answer;
        const then = stageOf(factsFor(guide, { ...values, [entry.fact]: value }), guide.staging)?.bases[0];
        for (const [key, groups] of Object.entries(answer.groups))
          expect(then?.systems[key]?.group, `${entry.fact}=${answer.answer}`).toEqual(groups);
      }
    }
    expect(part?.narrowing.length).toBeGreaterThan(10);
  });
});
