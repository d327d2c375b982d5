/** The text of a guide page: paragraphs, lists and links to other pages. */
import type { ReactNode } from 'react';
import type { PageOf } from './context.js';
import { Terms } from './glossary.js';

export function Prose(props: {
  readonly text: string;
  /** Another page of the guide; without it links are shown as their words. */
  readonly pages?: PageOf;
}): ReactNode {
  return props.text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((block) => blockOf(block, props.pages));
}

/** A paragraph may lead into a list without an empty line between them. */
function blockOf(block: string, pages: PageOf | undefined): readonly ReactNode[] {
  const lines = block.split('\n');
  const first = lines.findIndex((line) => line.startsWith('- '));
  const lead = (first < 0 ? lines : lines.slice(0, first)).join(' ').trim();
  const items = first < 0 ? [] : itemsOf(lines.slice(first));
  return [
    ...(lead === '' ? [] : [<p key={`p ${lead}`}>{inline(lead, pages)}</p>]),
    ...(items.length === 0
      ? []
      : [
          <ul key={`l ${items[0]}`}>
            {items.map((item) => (
              <li key={item}>{inline(item, pages)}</li>
            ))}
          </ul>,
        ]),
  ];
}

/** Lines that do not begin an item go on with the one before. */
function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) items.push(line.slice(2).trim());
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items;
}

function inline(text: string, pages: PageOf | undefined): ReactNode {
  const parts = text.split(/(\[\[[^\]]+\]\])/);
  return parts.map((part, index) => {
    const match = /^\[\[([^\]|]+)(?:\|([^\]]*))?\]\]$/.exec(part);
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text are told apart by their place alone
    if (!match) return <Terms key={index} text={part} />;
    const [, id = '', words] = match;
    const page = pages?.(id);
    return page === undefined ? (
      (words ?? id.replaceAll('-', ' '))
    ) : (
      <a key={part} href={page.href}>
        {words ?? page.title}
      </a>
    );
  });
}
