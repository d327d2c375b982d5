/**
 * Medical words in texts for patients, explained on a tap. Of each word the first in a section is a button; its explanation is a
 * native popover, which opens, closes with Escape and gives the focus back without a script, in a saved file as well.
 */
import { type GlossaryTerm, say } from '@serosa/core';
import { createContext, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import type { PageOf } from './context.js';

/** Terms made ready to be looked for. */
export interface Glossary {
  readonly terms: readonly GlossaryTerm[];
  /** Finds every form of every term, the longest first. */
  readonly pattern: RegExp;
  /** By a form in small letters. */
  readonly termOf: ReadonlyMap<string, GlossaryTerm>;
}

export function prepareGlossary(terms: readonly GlossaryTerm[]): Glossary | undefined {
  const termOf = new Map(terms.flatMap((term) => term.words.patient.map((word) => [word.toLowerCase(), term] as const)));
  if (termOf.size === 0) return undefined;
  const forms = [...termOf.keys()]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  // A word that is part of another, as in CT-guided, is another word.
  return { terms, termOf, pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(?:${forms.join('|')})(?![\\p{L}\\p{N}]|-\\p{L})`, 'giu') };
}

/** A text cut at the terms in it: strings, and each term with the word that stands for it. */
export function cutAtTerms(
  text: string,
  { pattern, termOf }: Glossary,
): readonly (string | { readonly word: string; readonly term: GlossaryTerm })[] {
  const parts: (string | { word: string; term: GlossaryTerm })[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    const term = termOf.get(word.toLowerCase());
    if (term === undefined) continue;
    if (index > from) parts.push(text.slice(from, index));
    parts.push({ word, term });
    from = index + word.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

interface Known {
  readonly glossary: Glossary;
  /** Ids of the terms that stand as buttons somewhere; whole only once everything has been drawn in one go. */
  readonly used: Set<string>;
}

const GlossaryContext = createContext<Known | undefined>(undefined);
/** Which text of a section has the button of a term. */
const ScopeContext = createContext<Map<string, string> | undefined>(undefined);

export function GlossaryProvider(props: {
  /** Nothing is explained without it. */
  readonly glossary: Glossary | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const { glossary } = props;
  const known = useMemo(() => glossary && { glossary, used: new Set<string>() }, [glossary]);
  return <GlossaryContext value={known}>{props.children}</GlossaryContext>;
}

/** A stretch of text in which a word is explained once. Begins anew when what it is about has changed. */
export function TermScope({ about, children }: { readonly about: unknown; readonly children: ReactNode }): ReactNode {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another report is another text, and its first words are others
  const scope = useMemo(() => new Map<string, string>(), [about]);
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** A text with its medical words as buttons, where they are the first of their section. */
export function Terms({ text }: { readonly text: string }): ReactNode {
  const known = useContext(GlossaryContext);
  const scope = useContext(ScopeContext);
  const me = useId();
  const parts = useMemo(() => (known === undefined ? [text] : cutAtTerms(text, known.glossary)), [text, known]);
  if (known === undefined || scope === undefined || parts.every((part) => typeof part === 'string')) return text;
  const here = new Set<string>();
  return parts.map((part) => {
    if (typeof part === 'string') return part;
    const { id } = part.term;
    // Drawn again, a text keeps the words that were its own.
    const owner = scope.get(id) ?? me;
    if (owner !== me || here.has(id)) return part.word;
    scope.set(id, me);
    known.used.add(id);
    here.add(id);
    return (
      <button key={id} type="button" className="term" popoverTarget={cardId(id)}>
        {part.word}
      </button>
    );
  });
}

const cardId = (term: string): string => `term-${term}`;

/** The explanations. Stands once, after every text. */
export function TermCards(props: {
  /** Where a term is told of at length. */
  readonly pages?: PageOf | undefined;
  /** For what is drawn in one go: holds the explanations of all terms before. Otherwise each is filled when it opens. */
  readonly whole?: boolean;
}): ReactNode {
  const known = useContext(GlossaryContext);
  const [open, setOpen] = useState<string>();
  if (known === undefined) return null;
  const { terms } = known.glossary;
  return (
    <div className="term-cards">
      {(props.whole ? terms.filter(({ id }) => known.used.has(id)) : terms).map((term) => (
        <div
          key={term.id}
          id={cardId(term.id)}
          popover="auto"
          role="dialog"
          aria-label={term.words.patient[0]}
          tabIndex={-1}
          className="term-card"
          onBeforeToggle={({ newState }) => {
            if (newState === 'open') setOpen(term.id);
          }}
          onToggle={({ newState, currentTarget }) => {
            if (newState === 'open') currentTarget.focus({ preventScroll: true });
          }}
        >
          {props.whole || open === term.id ? <Card term={term} pages={props.pages} /> : null}
        </div>
      ))}
    </div>
  );
}

function Card({ term, pages }: { readonly term: GlossaryTerm; readonly pages: PageOf | undefined }): ReactNode {
  const page = term.topic === undefined ? undefined : pages?.(term.topic);
  return (
    <>
      <p>
        <strong>{term.words.patient[0]}</strong>
      </p>
      <p>{term.text.patient}</p>
      {page === undefined ? null : (
        <p>
          <a href={page.href}>{page.title}</a>
        </p>
      )}
      <button type="button" className="term-close" popoverTarget={cardId(term.id)} popoverTargetAction="hide">
        {say`Close`}
      </button>
    </>
  );
}
