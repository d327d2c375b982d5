import type { Evidence, Symptom, Topic, Voices } from '@serosa/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asker, plain } from './ask.js';
import { ENGLISH } from './english.js';
import { distance, slips } from './words.js';

const { stemOf, tokens } = ENGLISH;

const both = (text: string): Voices => ({ clinician: text, patient: text });
const evidence: Evidence = { sources: ['paper'], status: 'read' };
const page = (id: string, more: Partial<Topic>): Topic => ({
  id,
  kind: 'topic',
  title: both(id),
  reviewed: '2026-01-01',
  answer: both(`About ${id}.`),
  answerEvidence: evidence,
  asks: [],
  keywords: [id],
  sections: [{ id: 'one', title: both('One'), text: both('Nothing more.'), evidence }],
  see: [],
  explains: [],
  ...more,
});
const fit: Symptom = {
  id: 'fit',
  kind: 'symptom',
  title: both('A fit'),
  reviewed: '2026-01-01',
  trigger: { fact: 'symptom.fit', is: true },
  levels: [{ urgency: 'emergency', evidence }],
  mayMean: both('It may mean much.'),
  doNow: both('Call for help.'),
  say: both('Say: a fit.'),
  phrases: ['he is fitting', 'having a seizure'],
  examples: [],
};
const asker = new Asker({
  topics: [
    page('drain', {
      asks: ['What is a drain for?', 'Can fluid come back?'],
      sections: [{ id: 'care', title: both('Care'), text: both('Keep the dressing dry. See [[scan|the scan]].'), evidence }],
    }),
    page('scan', { asks: ['Does a scan hurt?'], keywords: ['scan', 'picture'] }),
    page('money', { asks: ['Who pays for it?'], keywords: ['cost', 'insurance'] }),
  ],
  words: [
    {
      id: 'lay',
      kind: 'vocabulary',
      title: both('Words'),
      reviewed: '2026-01-01',
      entries: [
        { says: ['water on the lung'], means: ['drain'] },
        { says: ['toothache'], means: ['another illness'] },
      ],
    },
  ],
  symptoms: [fit],
});
const first = (question: string): string | undefined => asker.ask(question).answers[0]?.topic;

describe('asking', () => {
  it('finds a page by its own words, by lay words and in spite of a slip', () => {
    expect(first('what does the drain do')).toBe('drain');
    expect(first('water on the lung')).toBe('drain');
    expect(first('inshurance')).toBe('money');
    expect(asker.ask('inshurance').read).toEqual([{ said: 'inshurance', as: 'insurance' }]);
  });

  it('gives the section that holds more of the question, with its sources and without marks', () => {
    const [answer] = asker.ask('how to keep the dressing of the drain dry').answers;
    expect(answer).toMatchObject({ topic: 'drain', section: 'Care', sources: ['paper'], score: 1 });
    expect(answer?.passage).toBe('Keep the dressing dry. See the scan.');
  });

  it('says nothing where the subject is another', () => {
    expect(asker.ask('who won the match').answers).toEqual([]);
    expect(asker.ask('my toothache, does a scan help').answers).toEqual([]);
    expect(first('I have toothache, can I have a scan')).toBe('scan');
  });

  it('hears an emergency of somebody, and not the word alone', () => {
    expect(asker.ask('my husband is fitting on the floor').emergency).toMatchObject({ id: 'symptom.fit', urgency: 'emergency' });
    expect(asker.ask('he is haveing a siezure').emergency).toBeDefined();
    expect(asker.ask('what is wrong with dad he is fitting').emergency).toBeDefined();
    expect(asker.ask('is the new kitchen fitting in').emergency).toBeUndefined();
    expect(asker.ask('what are signs of having a seizure').emergency).toBeUndefined();
  });

  it('never throws, and gives the same answer twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (question) => {
        expect(asker.ask(question)).toEqual(asker.ask(question));
      }),
    );
  });
});

describe('words', () => {
  it('are folded, closed up at apostrophes, and a stage is one word', () => {
    expect(tokens("Can't  dïe — T2 N0 M0!")).toEqual(['cant', 'die', 'tnm', 'stage']);
  });

  it('say nothing where every question has them', () => {
    expect(stemOf('what')).toBeUndefined();
    expect(stemOf('husband')).toBeUndefined();
    expect(stemOf('recurrence')).toBe(stemOf('recur'));
  });

  it('are as far from each other as the slips between them', () => {
    expect(distance('brian', 'brain', 2)).toBe(1);
    expect(distance('seizure', 'siezure', 2)).toBe(1);
    expect(distance('scan', 'scanner', 2)).toBe(3);
    expect([slips('cat'), slips('scan'), slips('pleurodesis')]).toEqual([0, 1, 2]);
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(distance(a, b, 8)).toBe(distance(b, a, 8));
        expect(distance(a, a, 8)).toBe(0);
      }),
    );
  });

  it('of a link are shown without its marks', () => {
    expect(plain('See [[a-page]] and [[b|that]].')).toBe('See a page and that.');
  });
});
