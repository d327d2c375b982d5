import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CaseRecord, factsOfCase, type KnowledgeBundle, prepareGuide, report } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { questionsOf, TOPICS, type Topic } from './topics.js';

const bundle = path.resolve(import.meta.dirname, '../../../../packages/knowledge/dist/bundle.json');
const guide = prepareGuide(JSON.parse(readFileSync(bundle, 'utf8')) as KnowledgeBundle);
const TODAY = '2026-11-25';
const topic = (id: string): Topic => TOPICS.find((one) => one.id === id) as Topic;
const record = (values: Readonly<Record<string, boolean | number | string>>): CaseRecord => ({
  schema: 'serosa.case/1',
  id: 'x',
  observations: Object.entries(values).map(([fact, value]) => ({ fact, value, date: TODAY, origin: { kind: 'patient' } })),
  treatments: [],
  stages: [],
});
const asked = (id: string, values: Readonly<Record<string, boolean | number | string>>, told: readonly string[] = []) => {
  const one = record(values);
  const { next } = report(guide, one, { asOf: TODAY, voice: 'patient' });
  return questionsOf(topic(id), guide, factsOfCase(guide, one, TODAY), next, new Set(told));
};

describe('the questions', () => {
  it('name facts that are in the catalogue', () => {
    expect(TOPICS.flatMap(({ first }) => first).filter((id) => !guide.catalogue.has(id))).toEqual([]);
  });

  it('have a "no" for every sign that is answered at once', () => {
    const signs = TOPICS.filter((one) => one.signs === true).flatMap(({ first }) => first);
    const without = signs.filter((id) => {
      const definition = guide.catalogue.get(id);
      return definition?.type !== 'boolean' && !definition?.values?.some((value) => value.id === 'none');
    });
    expect(without).toEqual([]);
  });

  it('put no fact first in two topics', () => {
    const all = TOPICS.flatMap(({ first }) => first);
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });

  it('can reach every fact that is not worked out from others', () => {
    const reached = new Set(
      TOPICS.flatMap((one) => {
        const { asked: put, rest } = questionsOf(one, guide, factsOfCase(guide, record({}), TODAY), [], new Set());
        return [...put, ...rest].map(({ id }) => id);
      }),
    );
    const ruledOut = guide.bundle.facts.filter(
      ({ askedWhen }) => askedWhen !== undefined && factsOfCase(guide, record({}), TODAY).verdict(askedWhen) === 'false',
    );
    const lost = guide.bundle.facts.filter(
      (definition) => definition.derive === undefined && !reached.has(definition.id) && !ruledOut.includes(definition),
    );
    // A stage as a letter states it is told as a stage, not as facts.
    expect(lost.map(({ id }) => id).filter((id) => !/^(?:stage|response)\./.test(id))).toEqual([]);
  });

  it('leave out what an answer rules out, and keep what was told', () => {
    const of = (site: string, told: readonly string[] = []) =>
      asked('spread', { 'tumour.primary-site': site }, told).asked.map(({ id }) => id);
    expect(of('pleura')).toContain('site.contralateral-lung');
    expect(of('peritoneum')).not.toContain('site.contralateral-lung');
    expect(of('peritoneum', ['site.contralateral-lung'])).toContain('site.contralateral-lung');
  });

  it('add what would settle most', () => {
    const known = { 'tumour.primary-site': 'pleura', 'tumour.histology': 'epithelioid', 'person.age': 70, 'person.ecog': 1 };
    expect(asked('spread', known).asked.length).toBeGreaterThan(topic('spread').first.length - 2);
    expect(asked('spread', known).rest.length).toBeGreaterThan(10);
  });
});
