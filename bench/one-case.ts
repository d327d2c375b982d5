/**
 * One case: the pure computation of the whole report, and the stage rule alone beside publicodes, a rules engine that a
 * developer would pick for explained, three-valued rules. Both sides are checked equal before they are timed.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CaseRecord, factsOfCase, type KnowledgeBundle, prepareGuide, report, stageOf } from '@serosa/core';
import Engine from 'publicodes';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = JSON.parse(readFileSync(path.join(root, 'packages/knowledge/dist/bundle.json'), 'utf8')) as KnowledgeBundle;
const AS_OF = '2026-11-24';

/** Median, and the spread from the 10th to the 90th percentile, of `runs` timings in milliseconds. */
function time(runs: number, work: () => void): { readonly median: number; readonly p10: number; readonly p90: number } {
  for (let warm = 0; warm < Math.min(runs, 200); warm++) work();
  const taken: number[] = [];
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    work();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] as number;
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) };
}

const shown = (name: string, result: ReturnType<typeof time>): string =>
  `${name.padEnd(52)} median ${result.median.toFixed(3)} ms   (p10 ${result.p10.toFixed(3)}, p90 ${result.p90.toFixed(3)})`;

function record(id: string, values: Record<string, boolean | number | string>): CaseRecord {
  return {
    schema: 'serosa.case/1',
    id,
    date: AS_OF,
    observations: Object.entries(values).map(([fact, value]) => ({ fact, value, origin: { kind: 'file' } })),
    treatments: [],
    stages: [],
  };
}

const CASES = [
  record('five facts', {
    'tumour.primary-site': 'pleura',
    'tumour.histology': 'epithelioid',
    'person.age': 68,
    'person.sex': 'male',
    'person.ecog': 1,
  }),
  record('a full pleural case', {
    'tumour.primary-site': 'pleura',
    'tumour.histology': 'biphasic',
    'person.age': 71,
    'person.sex': 'male',
    'person.country': 'us',
    'person.ecog': 1,
    'person.weight': 78,
    'person.height': 176,
    'lab.creatinine': 88,
    'lab.neutrophils': 5.1,
    'lab.lymphocytes': 1.4,
    'lab.platelets': 310,
    'lab.haemoglobin': 138,
    'lab.white-cells': 7.4,
    'lab.albumin': 38,
    'lab.crp': 12,
    'clinical.t.psum-upper': 8,
    'clinical.t.psum-middle': 9,
    'clinical.t.psum-lower': 11,
    'clinical.t.fmax': 6,
    'clinical.t.chest-wall': 'none',
    'clinical.t.rib': false,
    'clinical.n.ipsilateral-mediastinal': true,
    'clinical.n.supraclavicular': false,
    'site.liver': false,
    'comorbid.autoimmune': 'none',
    'comorbid.transplant': 'none',
    'drug.prednisolone-equivalent': 0,
    'prior.systemic': false,
    'symptom.breathless-worse': true,
  }),
  record('peritoneum', {
    'tumour.primary-site': 'peritoneum',
    'tumour.histology': 'epithelioid',
    'pci.total': 14,
    'tumour.ki67': 5,
    'person.ecog': 0,
    'peritoneum.nodes-positive': false,
  }),
];

const started = performance.now();
const guide = prepareGuide(bundle);
console.log(
  `prepare the knowledge, once: ${(performance.now() - started).toFixed(1)} ms; diagram nodes: ${[...guide.staging.bases.values()]
    .flat()
    .map((part) => part.diagram.size)
    .join(', ')}`,
);
console.log('\nThe whole report, facts to findings to next facts (budget: median under 1 ms)');
for (const one of CASES)
  console.log(
    shown(
      `  ${one.id}`,
      time(2000, () => void report(guide, one, { asOf: AS_OF, voice: 'clinician' })),
    ),
  );

// The clinical stage of the 9th edition, complete facts, on both engines.
const DESCRIPTORS = [
  'rib',
  'mediastinal-organs',
  'spine',
  'contralateral-pleura-direct',
  'pericardial-effusion-malignant',
  'brachial-plexus',
  'mediastinal-fat',
];
const NODES = [
  'contralateral-intrathoracic',
  'supraclavicular',
  'scalene',
  'bronchopulmonary-hilar',
  'ipsilateral-mediastinal',
  'internal-mammary',
  'peridiaphragmatic',
  'pericardial-fat-pad',
  'intercostal',
];
const SITES = [
  'contralateral-lung',
  'contralateral-pleura',
  'ipsilateral-lung-nodules',
  'peritoneum',
  'liver',
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
];

const rules: Record<string, unknown> = {
  'chest wall': null,
  diaphragm: null,
  pericardium: null,
  psum: null,
  fmax: null,
  ...Object.fromEntries([...DESCRIPTORS, ...NODES, ...SITES].map((name) => [name.replaceAll('-', ' '), null])),
  T: {
    variations: [
      {
        si: {
          'une de ces conditions': [
            "chest wall = 'diffuse'",
            "diaphragm = 'through'",
            "pericardium = 'through'",
            ...DESCRIPTORS.slice(0, 6).map((name) => name.replaceAll('-', ' ')),
          ],
        },
        alors: "'T4'",
      },
      { si: 'psum > 30', alors: "'T3'" },
      { si: { 'une de ces conditions': ['psum > 12', 'fmax > 5', 'mediastinal fat', "chest wall = 'solitary'"] }, alors: "'T2'" },
      { sinon: "'T1'" },
    ],
  },
  N: {
    variations: [
      { si: { 'une de ces conditions': NODES.slice(0, 3).map((name) => name.replaceAll('-', ' ')) }, alors: "'N2'" },
      { si: { 'une de ces conditions': NODES.slice(3).map((name) => name.replaceAll('-', ' ')) }, alors: "'N1'" },
      { sinon: "'N0'" },
    ],
  },
  M: {
    variations: [
      { si: { 'une de ces conditions': SITES.map((name) => name.replaceAll('-', ' ')) }, alors: "'M1'" },
      { sinon: "'M0'" },
    ],
  },
  group: {
    variations: [
      { si: "M = 'M1'", alors: "'IV'" },
      { si: "T = 'T4'", alors: "'IIIB'" },
      { si: "T = 'T3'", alors: "'IIIA'" },
      { si: { 'toutes ces conditions': ["T = 'T1'", "N = 'N0'"] }, alors: "'I'" },
      { si: { 'toutes ces conditions': ["T = 'T1'", "N = 'N1'"] }, alors: "'II'" },
      { si: { 'toutes ces conditions': ["T = 'T2'", "N = 'N0'"] }, alors: "'II'" },
      { sinon: "'IIIA'" },
    ],
  },
};
const engine = new Engine(rules as ConstructorParameters<typeof Engine>[0]);

interface World {
  readonly values: Record<string, boolean | number | string>;
  readonly situation: Record<string, string | number>;
}

function world(seed: number): World {
  const values: Record<string, boolean | number | string> = { 'tumour.primary-site': 'pleura' };
  const situation: Record<string, string | number> = {};
  let state = seed;
  const draw = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const set = (fact: string, name: string, value: boolean | number | string): void => {
    values[fact] = value;
    situation[name] = typeof value === 'boolean' ? (value ? 'oui' : 'non') : typeof value === 'string' ? `'${value}'` : value;
  };
  const rib = draw(12) === 0;
  set('clinical.t.chest-wall', 'chest wall', rib ? 'solitary' : (['none', 'none', 'solitary', 'diffuse'][draw(4)] as string));
  set('clinical.t.diaphragm', 'diaphragm', ['none', 'none', 'muscle', 'through'][draw(4)] as string);
  set('clinical.t.pericardium', 'pericardium', ['none', 'none', 'not-through', 'through'][draw(4)] as string);
  for (const name of DESCRIPTORS) set(`clinical.t.${name}`, name.replaceAll('-', ' '), name === 'rib' ? rib : draw(12) === 0);
  set('clinical.t.psum', 'psum', 3 + draw(45));
  set('clinical.t.fmax', 'fmax', draw(10));
  for (const name of NODES) set(`clinical.n.${name}`, name.replaceAll('-', ' '), draw(10) === 0);
  for (const name of SITES) set(`site.${name}`, name.replaceAll('-', ' '), draw(40) === 0);
  return { values, situation };
}

const WORLDS = Array.from({ length: 200 }, (_, index) => world(index + 1));
const records = WORLDS.map((one, index) => record(`w${index}`, one.values));
const ours = (one: CaseRecord): string | undefined => {
  const group = stageOf(factsOfCase(guide, one, AS_OF), guide.staging)?.bases[0]?.systems['tnm9']?.group;
  return group?.length === 1 ? group[0] : undefined;
};
const theirs = (one: World): unknown =>
  engine.setSituation(one.situation as Parameters<typeof engine.setSituation>[0]).evaluate('group').nodeValue;
const seen = new Set<string>();
for (const [index, one] of WORLDS.entries()) {
  const a = ours(records[index] as CaseRecord);
  const b = theirs(one);
  if (a !== b) throw new Error(`case ${index}: serosa ${String(a)}, publicodes ${String(b)}`);
  seen.add(String(a));
}
console.log(
  `\nThe clinical stage of the 9th edition, complete facts; 200 cases agree, groups seen: ${[...seen].sort().join(', ')}`,
);
let turn = 0;
const mine = time(2000, () => void ours(records[turn++ % 200] as CaseRecord));
turn = 0;
const peer = time(2000, () => void theirs(WORLDS[turn++ % 200] as World));
console.log(shown('  serosa: both editions and bases, with what narrows', mine));
console.log(shown('  publicodes: one edition, one basis', peer));
console.log(`  ratio publicodes / serosa: ${(peer.median / mine.median).toFixed(1)}`);
