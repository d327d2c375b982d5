/** The sources, numbered as the report cites them, each with its way out to the original. */
import { type Source, say } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import { useNumbering } from './context.js';
import { Section } from './parts.js';

function authors(source: Source): string {
  const names = (source.author ?? []).map(
    (author) => author.literal ?? [author.family, author.given?.charAt(0)].filter(Boolean).join(' '),
  );
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} et al.` : names.length > 0 ? `${names.join(', ')}.` : '';
}

function place(source: Source): string {
  const year = source.issued?.['date-parts'][0]?.[0];
  const volume = source.volume === undefined ? '' : ` ${source.volume}${source.issue === undefined ? '' : `(${source.issue})`}`;
  const pages = source.page === undefined ? '' : `${volume === '' ? ' ' : ':'}${source.page}`;
  const where = `${source['container-title'] ?? source.publisher ?? ''}${volume}${pages}`;
  const parts = [where, year].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

/** The name of the place is enough to read; on paper the whole address follows. */
function hostOf(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, '').replace(/[/?#].*$/, '');
}

/** Only these may leave the page: a knowledge file cannot smuggle in another kind of address. */
function links(source: Source): readonly { readonly href: string; readonly text: string }[] {
  return [
    ...(source.DOI === undefined ? [] : [{ href: `https://doi.org/${source.DOI}`, text: `doi:${source.DOI}` }]),
    ...(source.PMID === undefined
      ? []
      : [{ href: `https://pubmed.ncbi.nlm.nih.gov/${source.PMID}/`, text: `PMID ${source.PMID}` }]),
    ...(source.URL !== undefined && /^https?:\/\//.test(source.URL) ? [{ href: source.URL, text: hostOf(source.URL) }] : []),
  ];
}

/** One source, with its ways out to the original. */
export const SourceLine = memo(function SourceLine({ source }: { readonly source: Source }): ReactNode {
  return (
    <>
      {authors(source)} <cite>{source.title.replace(/\.$/, '')}.</cite> {place(source)}{' '}
      {links(source).map(({ href, text }) => (
        <span key={href} className="link">
          <a href={href} rel="noreferrer noopener" target="_blank">
            {text}
          </a>{' '}
        </span>
      ))}
    </>
  );
});

export function Bibliography(): ReactNode {
  const { sources } = useNumbering();
  if (sources.length === 0) return null;
  return (
    <Section id="sources" title={say`Sources`} intro={say`Links open in a new tab.`}>
      <ol className="sources" lang="en">
        {sources.map((source, index) => (
          <li key={source.id} id={`source-${index + 1}`} tabIndex={-1}>
            <SourceLine source={source} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
