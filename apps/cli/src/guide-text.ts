/** The guide on a terminal: an answer to a question, a page to read. */
import type { AskResult } from '@serosa/ask';
import { plain } from '@serosa/ask';
import type { Source, Topic, Voice } from '@serosa/core';
import { Page, type Style, sourceText, URGENCY } from './text.js';

type Sources = ReadonlyMap<string, Source>;

/** Numbers sources as they are first named. */
class Citations {
  readonly #numbers = new Map<string, number>();

  constructor(readonly known: Sources) {}

  cite(ids: readonly string[]): string {
    const shown = ids.filter((id) => this.known.has(id));
    for (const id of shown) if (!this.#numbers.has(id)) this.#numbers.set(id, this.#numbers.size + 1);
    return shown.length === 0 ? '' : ` [${shown.map((id) => this.#numbers.get(id)).join(', ')}]`;
  }

  list(page: Page): void {
    if (this.#numbers.size === 0) return;
    page.heading('Sources');
    for (const [id, number] of this.#numbers) page.say(`[${number}] ${sourceText(this.known.get(id) as Source)}`, 0, 5, 'dim');
  }
}

/** Paragraphs and lists of a page; the citation stands at the end of the last line. */
function prose(page: Page, text: string, citation: string): void {
  const blocks = plain(text).split(/\n\s*\n/);
  blocks.forEach((block, index) => {
    const end = index === blocks.length - 1 ? citation : '';
    const lines = block.split('\n');
    let paragraph = '';
    const flush = (last: string): void => {
      if (paragraph !== '') page.say(`${paragraph}${last}`, 2);
      paragraph = '';
    };
    lines.forEach((line, at) => {
      const last = at === lines.length - 1 ? end : '';
      if (line.startsWith('- ')) {
        flush('');
        page.say(`· ${line.slice(2)}${last}`, 2, 2);
      } else {
        paragraph = paragraph === '' ? line.trim() : `${paragraph} ${line.trim()}`;
        if (last !== '' || at === lines.length - 1) flush(last);
      }
    });
    page.blank();
  });
}

export function askText(result: AskResult, sources: Sources, voice: Voice, style: Style): string {
  const page = new Page(style);
  const citations = new Citations(sources);
  const { emergency } = result;
  if (emergency) {
    page.say(`${URGENCY[emergency.verdict]?.[voice] ?? emergency.verdict}. ${emergency.titles[voice]}`, 0, 2, 'bold', 'red');
    page.say(`${emergency.text[voice]}${citations.cite(emergency.sources)}`, 2);
    for (const detail of emergency.details ?? []) page.say(detail.text[voice], 2, 0, 'dim');
    page.blank();
  }
  for (const { said, as } of result.read) page.say(`Read "${said}" as "${as}".`, 0, 0, 'dim');
  const [best, ...others] = result.answers;
  if (best === undefined) {
    page.say('The guide does not know an answer to this.', 0, 0, 'bold');
    page.say('It knows mesothelioma only. Try other words, or ask your team. `serosa guide` lists its pages.', 2);
  } else {
    page.blank();
    page.say(best.section === undefined ? best.title : `${best.title}: ${best.section}`, 0, 0, 'bold');
    page.blank();
    prose(page, best.passage, citations.cite(best.sources));
    page.say(`The whole page: serosa guide ${best.topic}`, 0, 0, 'dim');
    if (others.length > 0) {
      page.blank();
      page.say('Perhaps also', 0, 0, 'bold');
      for (const other of others) page.say(`${other.title} (${other.topic})`, 2, 2);
    }
  }
  citations.list(page);
  if (emergency === undefined && voice === 'patient') {
    page.blank();
    page.say('If someone has sudden or severe symptoms, call your local emergency number.', 0, 0, 'dim');
  }
  return page.toString();
}

export function topicText(topic: Topic, sources: Sources, voice: Voice, style: Style): string {
  const page = new Page(style);
  const citations = new Citations(sources);
  page.say(topic.title[voice], 0, 0, 'bold');
  page.blank();
  prose(page, topic.answer[voice], citations.cite(topic.answerEvidence.sources));
  for (const section of topic.sections) {
    page.heading(section.title[voice]);
    prose(page, section.text[voice], citations.cite(section.evidence.sources));
  }
  if (topic.see.length > 0) page.say(`Read next: ${topic.see.join(', ')}`, 0, 11, 'dim');
  citations.list(page);
  page.blank();
  page.say(`Reviewed ${topic.reviewed}`, 0, 0, 'dim');
  return page.toString();
}
