/** Questions in people's own words: the right page, emergencies first, and an honest "the guide does not know". */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Asker, RANKING, type Ranking } from '@serosa/ask';
import { describe, expect, it } from 'vitest';
import { loadTestGuide, ROOT, SHARED } from './guide.js';

interface Labelled {
  readonly question: string;
  readonly topic: string;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(ROOT, 'tests/questions', name), 'utf8')) as T;
/** Invented, labelled by somebody who had not seen the pages. */
const OWN = read<readonly Labelled[]>('topics.json');
const NOT_OURS = read<readonly string[]>('not-ours.json');
const { emergency: EMERGENCIES, calm: CALM } = read<{ emergency: readonly string[]; calm: readonly string[] }>(
  'emergencies.json',
);
/** Real wordings; they stand beside the repository. */
const REAL_FILE = path.join(SHARED, 'evidence/questions-dev.json');
const REAL = existsSync(REAL_FILE) ? (JSON.parse(readFileSync(REAL_FILE, 'utf8')) as readonly Labelled[]) : [];
if (REAL.length === 0) console.warn('Skipped: the real wordings are not beside the repository.');

const { bundle } = await loadTestGuide();
const asker = new Asker(bundle);

/** For each question whether the right page is first, and whether it is among the first three. */
function hits(questions: readonly Labelled[], one: Asker): readonly (readonly [first: boolean, three: boolean])[] {
  return questions.map(({ question, topic }) => {
    const place = one.ask(question).answers.findIndex((answer) => answer.topic === topic);
    return [place === 0, place >= 0 && place < 3];
  });
}
const share = (found: readonly (readonly [boolean, boolean])[], which: 0 | 1): number =>
  found.filter((hit) => hit[which]).length / found.length;

describe('the right page', () => {
  it('is found for invented questions, short, worried and misspelt', () => {
    const found = hits(OWN, asker);
    expect(share(found, 0)).toBeGreaterThan(0.82);
    expect(share(found, 1)).toBeGreaterThan(0.93);
  });

  it.skipIf(REAL.length === 0)('is found for real wordings, with the ranking chosen on other questions', () => {
    const choices: readonly Ranking[] = [
      RANKING,
      { ...RANKING, asks: 0.5 },
      { ...RANKING, rare: 1 },
      { ...RANKING, translated: 0.7, silent: 0.1 },
    ];
    const all = choices.map((ranking) => hits(REAL, new Asker(bundle, { ranking })));
    const folds = 6;
    const chosen = REAL.map((_, index) => {
      const worth = all.map((found) => found.filter((hit, other) => other % folds !== index % folds && hit[0]).length);
      return (all[worth.indexOf(Math.max(...worth))] as (typeof all)[number])[index] as readonly [boolean, boolean];
    });
    expect(share(chosen, 0)).toBeGreaterThan(0.8);
    expect(share(chosen, 1)).toBeGreaterThan(0.93);
  });

  it('lists no real question among the questions of a page', () => {
    const asks = new Set(bundle.topics.flatMap((topic) => topic.asks).map((ask) => ask.toLowerCase().replace(/\W/g, '')));
    const listed = REAL.filter(({ question }) => asks.has(question.toLowerCase().replace(/\W/g, '')));
    // A short plain question is worded by everybody alike.
    expect(listed.filter(({ question }) => question.split(' ').length > 6).map(({ question }) => question)).toEqual([]);
  });

  it('answers each question that a page says it answers, from that page or one near it', () => {
    const asked = bundle.topics.flatMap((topic) => topic.asks.map((question) => ({ question, topic: topic.id })));
    const found = hits(asked, asker);
    expect(share(found, 0)).toBeGreaterThan(0.95);
  });

  it.each([
    ['will it go to my brain', 'spread-brain-symptoms'],
    ['is hipec for me', 'hipec'],
    ['keemo side efects', 'side-effects'],
    ['water on the lung', 'effusion-management'],
    ['how long have i got', 'prognosis-overall'],
    ['can my kids get it from me BAP1', 'heredity-bap1'],
  ])('"%s" leads to %s', (question, topic) => {
    expect(
      asker
        .ask(question)
        .answers.slice(0, 3)
        .map((answer) => answer.topic),
    ).toContain(topic);
  });
});

describe('an answer', () => {
  it('carries a passage of its page and the sources of that passage', () => {
    const sources = new Set(bundle.sources.map((source) => source.id));
    for (const { question } of OWN) {
      for (const voice of ['patient', 'clinician'] as const) {
        for (const answer of asker.ask(question, voice).answers) {
          expect(answer.passage).not.toBe('');
          expect(answer.passage).not.toContain('[[');
          expect(answer.sources.length).toBeGreaterThan(0);
          for (const id of answer.sources) expect(sources.has(id)).toBe(true);
        }
      }
    }
  });

  it('is the same each time', () => {
    const again = new Asker(bundle);
    for (const { question } of OWN.slice(0, 40)) expect(again.ask(question)).toEqual(asker.ask(question));
  });

  it('takes no offence at anything', () => {
    for (const question of [
      '',
      ' ',
      '?',
      '\u0000',
      '🙂',
      'a'.repeat(10_000),
      '<script>alert(1)</script>',
      '[[hipec]]',
      'constructor __proto__',
    ])
      expect(() => asker.ask(question)).not.toThrow();
    expect(asker.ask('').answers).toEqual([]);
  });
});

describe('what the guide does not know', () => {
  it('is said for most questions of other things', () => {
    const unknown = NOT_OURS.filter((question) => asker.ask(question).answers.length === 0);
    expect(unknown.length / NOT_OURS.length).toBeGreaterThan(0.7);
  });
});

describe('an emergency in a question', () => {
  it('is recognised', () => {
    const missed = EMERGENCIES.filter((question) => asker.ask(question).emergency === undefined);
    expect(missed.length / EMERGENCIES.length).toBeLessThan(0.03);
  });

  it('is not heard where there is none', () => {
    const heard = CALM.filter((question) => asker.ask(question).emergency !== undefined);
    expect(heard.length / CALM.length).toBeLessThan(0.03);
  });

  it('comes with what to do, what to say and its source', () => {
    const { emergency } = asker.ask('my dad just had a siezure what do i do');
    expect(emergency).toMatchObject({ id: 'symptom.seizure', urgency: 'emergency' });
    expect(emergency?.text.patient).toContain('emergency number');
    expect(emergency?.details?.[0]?.text.patient).toMatch(/^Say/);
    expect(emergency?.sources.length).toBeGreaterThan(0);
  });
});
