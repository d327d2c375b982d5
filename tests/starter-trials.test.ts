/** The starter set of trials, asked of cases: nothing fails on an empty one, and clear answers are given where they are clear. */
import path from 'node:path';
import { type CaseRecord, factsOfCase, type StarterTrial, type Verdict, verdictOf } from '@serosa/core';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';
import { describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide, ROOT } from './guide.js';

const guide = await loadTestGuide();
const { trials } = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge'))).readable;

function verdicts(trial: StarterTrial, person: CaseRecord): ReadonlyMap<string, Verdict> {
  const facts = factsOfCase(guide, person, AS_OF);
  return new Map(trial.facts.map(({ text, requires }) => [text, verdictOf(requires, facts)]));
}

const trial = (acronym: string): StarterTrial => {
  const found = trials.find((one) => one.acronym === acronym);
  if (!found) throw new Error(`There is no ${acronym}.`);
  return found;
};

describe('the starter set of trials', () => {
  it('is there, and no trial claims to be whole', () => {
    expect(trials.length).toBeGreaterThan(150);
    expect(trials.every(({ complete }) => complete === false)).toBe(true);
  });

  it('turns nobody away, and takes nobody, of whom nothing is known', () => {
    const nobody = caseOf({});
    const wrong = trials.flatMap((one) =>
      [...verdicts(one, nobody)]
        .filter(([, verdict]) => verdict !== 'unknown' && verdict !== 'judgement')
        .map(([text, verdict]) => `${one.id} ${text}: ${verdict}`),
    );
    expect(wrong).toEqual([]);
  });

  it('names each point of a trial once', () => {
    for (const one of trials) {
      const texts = one.facts.map(({ text }) => text);
      expect(new Set(texts).size, one.id).toBe(texts.length);
    }
  });

  it('knows the limits of a trial from both sides', () => {
    const at = (facts: Record<string, boolean | number | string>, text: string) =>
      verdicts(trial('eVOLVE-Meso'), caseOf(facts)).get(text);
    expect(at({ 'person.weight': 35 }, 'Body weight above 35 kg')).toBe('false');
    expect(at({ 'person.weight': 35.5 }, 'Body weight above 35 kg')).toBe('true');
    expect(at({ 'person.ecog': 2 }, 'ECOG 0-1')).toBe('false');
    expect(at({ 'tumour.mesothelioma': true, 'tumour.primary-site': 'peritoneum' }, 'Pleural mesothelioma')).toBe('false');
  });

  it('leaves a type that the report does not give to a person', () => {
    const epithelioid = (histology: string) =>
      verdicts(trial('Immuno-MESODEC'), caseOf({ 'tumour.histology': histology })).get('Epithelioid type');
    expect(epithelioid('epithelioid')).toBe('true');
    expect(epithelioid('sarcomatoid')).toBe('false');
    expect(epithelioid('not-otherwise-specified')).toBe('judgement');
  });

  it('turns nobody away for a wait that passes', () => {
    const soon = caseOf({ 'prior.systemic': true, 'prior.days-since-systemic': 3 });
    for (const one of trials) {
      for (const [text, verdict] of verdicts(one, soon)) {
        if (/^No systemic treatment in the last/.test(text)) expect(verdict, one.id).toBe('judgement');
      }
    }
  });
});
