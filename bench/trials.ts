/**
 * One case against 600 trials, criterion by criterion with explanations, beside json-rules-engine with the same conditions; both
 * sides checked equal first. The peer knows no unknown, so the comparison is on complete facts and on criteria without judgement.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CaseRecord,
  type Criterion,
  factsIn,
  factsOfCase,
  type KnowledgeBundle,
  matchTrials,
  prepareGuide,
  type Trial,
  type TrialBundle,
  trialOfStarter,
  verdictOf,
} from '@serosa/core';
import { readEligibility, readTrials } from '@serosa/interop';
import { Engine, type TopLevelCondition } from 'json-rules-engine';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const built = <Content>(name: string): Content =>
  JSON.parse(readFileSync(path.join(root, 'packages/knowledge/dist', name), 'utf8')) as Content;
const guide = prepareGuide(built<KnowledgeBundle>('bundle.json'));
const AS_OF = '2026-11-25';
const TRIALS = 600;

console.log('\nTrials');
const folder = path.join(root, '../shared/trials-raw');
const records = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /^NCT\d+\.(json|xml)$/.test(name))
      .flatMap((name) => readTrials(readFileSync(path.join(folder, name)), { fileName: name }).trials)
  : [];
let some: readonly Trial[] = built<TrialBundle>('trials.json').trials.map((trial) => trialOfStarter(trial, () => undefined));
if (records.length > 0) {
  const start = performance.now();
  some = records.map(readEligibility);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `  reading eligibility: ${(records.length / seconds).toFixed(0)} trials a second (${records.length} real records, first reading)`,
  );
}
const trials = Array.from({ length: TRIALS }, (_, index): Trial => {
  const trial = some[index % some.length] as Trial;
  return { ...trial, id: `${trial.id}-${index}` };
});
const criteria = trials.flatMap((trial) => trial.criteria.map(({ id, requires }) => ({ id: `${trial.id} ${id}`, requires })));

/** A value for every fact that is asked, drawn from the catalogue. */
function complete(seed: number): Record<string, boolean | number | string> {
  let state = seed;
  const draw = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const values: Record<string, boolean | number | string> = {};
  for (const id of new Set(criteria.flatMap(({ requires }) => factsIn(requires)))) {
    const definition = guide.catalogue.get(id);
    if (definition?.type === 'boolean') values[id] = draw(3) === 0;
    else if (definition?.type === 'code') values[id] = definition.values?.[draw(definition.values.length)]?.id ?? '';
    else values[id] = draw(100);
  }
  return values;
}
const factsFor = (values: Record<string, boolean | number | string>) => ({
  asOf: AS_OF,
  get: (id: string) => ({ kind: 'known' as const, value: values[id] as boolean | number | string }),
});

const OPERATORS = {
  is: 'equal',
  in: 'in',
  lt: 'lessThan',
  lte: 'lessThanInclusive',
  gt: 'greaterThan',
  gte: 'greaterThanInclusive',
};
type Condition = Record<string, unknown>;
function conditionOf(criterion: Criterion): Condition {
  if ('all' in criterion) return { all: criterion.all.map(conditionOf) };
  if ('any' in criterion) return { any: criterion.any.map(conditionOf) };
  if ('not' in criterion) return { not: conditionOf(criterion.not) };
  const tests = Object.entries(OPERATORS).flatMap(([key, operator]) => {
    const value = (criterion as unknown as Record<string, unknown>)[key];
    return value === undefined ? [] : [{ fact: (criterion as { fact: string }).fact, operator, value }];
  });
  return tests.length === 1 ? (tests[0] as Condition) : { all: tests };
}
const judged = (criterion: Criterion): boolean => JSON.stringify(criterion).includes('"judge"');
const plain = criteria.filter(({ requires }) => !judged(requires));
const engine = new Engine();
for (const { id, requires } of plain) {
  const condition = conditionOf(requires);
  const top = 'all' in condition || 'any' in condition || 'not' in condition ? condition : { all: [condition] };
  engine.addRule({ conditions: top as unknown as TopLevelCondition, event: { type: id } });
}
for (let seed = 1; seed <= 3; seed++) {
  const values = complete(seed);
  const { events } = await engine.run(values);
  const theirs = new Set(events.map(({ type }) => type));
  for (const { id, requires } of plain)
    if ((verdictOf(requires, factsFor(values)) === 'true') !== theirs.has(id)) throw new Error(`${id}: the two sides differ`);
}

async function median(runs: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[runs >> 1] as number;
}
const values = complete(4);
const record: CaseRecord = {
  schema: 'serosa.case/1',
  id: 'bench',
  date: AS_OF,
  observations: Object.entries(values)
    .filter(([fact]) => guide.bundle.facts.some(({ id }) => id === fact))
    .map(([fact, value]) => ({ fact, value, origin: { kind: 'file' } })),
  treatments: [],
  stages: [],
};
const sparse: CaseRecord = { ...record, observations: record.observations.slice(0, 8) };
const ours = await median(60, () => matchTrials(trials, factsOfCase(guide, record, AS_OF), guide.catalogue));
const open = await median(60, () => matchTrials(trials, factsOfCase(guide, sparse, AS_OF), guide.catalogue));
const peer = await median(7, () => engine.run(values));
console.log(
  `  one case, ${TRIALS} trials, ${criteria.length} criteria (budget 20 ms), with explanations, missing facts and order:`,
);
console.log(`    serosa, complete facts        median ${ours.toFixed(1)} ms`);
console.log(`    serosa, eight facts known     median ${open.toFixed(1)} ms`);
console.log(
  `    json-rules-engine, ${plain.length} of the criteria, true or false alone: median ${peer.toFixed(0)} ms; 3 cases checked equal`,
);
console.log(`    ratio json-rules-engine / serosa: ${(peer / ours).toFixed(1)}`);
