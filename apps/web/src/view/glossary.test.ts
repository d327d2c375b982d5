import type { GlossaryTerm } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixture.js';
import { cutAtTerms, type Glossary, prepareGlossary } from './glossary.js';
import { reportHtml } from './index.js';

const term = (id: string, ...words: readonly string[]): GlossaryTerm => ({
  id,
  words: { patient: words },
  text: { patient: `What ${id} means.` },
});
const TERMS = [
  term('ct', 'CT', 'CT scan'),
  term('cell', 'cell type'),
  term('pd', 'P/D'),
  term('text', 'text'),
  term('none', 'liver'),
];
const glossary = prepareGlossary(TERMS) as Glossary;
const cut = (text: string): readonly string[] =>
  cutAtTerms(text, glossary).map((part) => (typeof part === 'string' ? part : `<${part.term.id}:${part.word}>`));

describe('terms in a text', () => {
  it.each<[string, readonly string[]]>([
    ['nothing here', ['nothing here']],
    ['A CT scan, and a ct.', ['A ', '<ct:CT scan>', ', and a ', '<ct:ct>', '.']],
    ['Cell type', ['<cell:Cell type>']],
    ['CT-guided, PET-CT, act, CTs, éCT', ['CT-guided, PET-CT, act, CTs, éCT']],
    ['P/D or (P/D)', ['<pd:P/D>', ' or (', '<pd:P/D>', ')']],
  ])('%s', (text, expected) => {
    expect(cut(text)).toEqual(expected);
    expect(
      cutAtTerms(text, glossary)
        .map((part) => (typeof part === 'string' ? part : part.word))
        .join(''),
    ).toBe(text);
  });

  it('are none where there is no glossary', () => {
    expect(prepareGlossary([])).toBeUndefined();
  });
});

describe('a saved report', () => {
  const html = reportHtml(fixture('patient'), undefined, undefined, TERMS);
  const section = (id: string): string => new RegExp(`<section class="part" id="${id}".*?</section>`, 's').exec(html)?.[0] ?? '';
  const buttons = (part: string): readonly (string | undefined)[] =>
    [...part.matchAll(/<button[^>]*class="term"[^>]*popovertarget="term-(\w+)"[^>]*>([^<]*)</gi)].map(([, id]) => id);

  it('explains a word once in each section, and anew where something unfolds', () => {
    const options = section('options');
    expect(options.match(/\bText\b/g)?.length).toBeGreaterThan(1);
    expect(buttons(options.replace(/<details.*?<\/details>/gs, ''))).toEqual(['text']);
    expect(buttons(options)).toContain('cell');
  });

  it('holds the cards of the words in it and of no other', () => {
    expect(html).toMatch(/<div id="term-text" popover="auto"/);
    expect(html).toContain('What cell means.');
    expect(html).not.toContain('What none means.');
    expect(html).not.toContain('What ct means.');
  });

  it('has no button in a heading, a summary or a link', () => {
    for (const tag of ['h1', 'h2', 'h3', 'h4', 'summary', 'a'])
      for (const [part] of html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'gs'))) expect(part).not.toContain('<button');
  });

  it('leaves professionals their words', () => {
    expect(reportHtml(fixture('clinician'), undefined, undefined, TERMS)).not.toContain('<button');
  });
});
