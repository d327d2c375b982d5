/** The real knowledge, loaded for tests, and short ways to write a case. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CaseRecord,
  factsOfCase,
  type Guide,
  type KnowledgeBundle,
  prepareGuide,
  type Snapshot,
  type StatedStage,
} from '@serosa/core';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Public de-identified sets and dossiers stand beside the repository, and are not part of it. */
export const SHARED = path.resolve(ROOT, '../shared');
export const AS_OF = '2026-11-24';

export async function loadTestGuide(): Promise<Guide> {
  const loaded = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge')));
  if (!loaded.bundle) throw new Error(loaded.problems.map((problem) => `${problem.at}: ${problem.message}`).join('\n'));
  const bundle: KnowledgeBundle = { ...loaded.bundle, hash: 'test' };
  return prepareGuide(bundle);
}

type Values = Readonly<Record<string, boolean | number | string>>;

/** A record that holds these facts on one day. */
export function caseOf(values: Values, extra: Partial<CaseRecord> = {}): CaseRecord {
  return {
    schema: 'serosa.case/1',
    id: 'test',
    date: AS_OF,
    observations: Object.entries(values).map(([fact, value]) => ({ fact, value, origin: { kind: 'file' } })),
    treatments: [],
    stages: [],
    ...extra,
  };
}

export function stated(stage: Omit<StatedStage, 'origin'>): StatedStage {
  return { origin: { kind: 'letter' }, ...stage };
}

export function factsFor(guide: Guide, values: Values, extra: Partial<CaseRecord> = {}): Snapshot {
  return factsOfCase(guide, caseOf(values, extra), AS_OF);
}
