/**
 * Cuts the free text of a registry's eligibility section into single criteria: headings, bullets, numbers, nesting,
 * paragraphs, and the parts or cohorts that some of them are for. Linear in the length of the text.
 */
import { mentionsPart, namesPart, standBeside } from '@serosa/core';

/** One criterion as it stands in the text. */
export interface EligibilityItem {
  readonly side: 'inclusion' | 'exclusion';
  /** Its words in one line, markdown escapes taken off. */
  readonly text: string;
  /** First and past-the-end offset in the whole text. */
  readonly span: readonly [number, number];
  /** What the item above says of all that stand under it, such as "Any of the following within 6 months:". */
  readonly leadIn?: string;
  /** The part, cohort or tumour that alone is bound by it, as the text names it. */
  readonly scope?: string;
}

interface Block {
  readonly indent: number;
  readonly marker: string;
  text: string;
  readonly start: number;
  end: number;
  /** A blank line stood before it. */
  readonly apart: boolean;
  side: 'inclusion' | 'exclusion';
}

/** `*`, `1.`, `a)`, `(iv)`, `•`; a dash only before a blank or a letter, so that a negative number stays one. */
const MARKER =
  /^(?:<li\b[^>]*>|[*•·‣▪◦●]+|[-–—]{1,2}(?=\s|[A-Za-z])|\(?\d{1,2}\\?[.)](?!\d)\)?|\(?[a-z][.)](?=\s)|\(?[ivx]{1,4}[.)](?=\s))\s*/i;
/** Block tags of HTML at the edges of a line; a list item is a bullet. */
const TAGS = /^\s*(?:<\/?(?:p|br|ul|ol|div|h\d)\b[^>]*>\s*)+|\s*<\/(?:li|p|ul|ol|div|h\d)>\s*|<br\s*\/?>\s*$/gi;
const SECTION =
  /^(?:[-*#\s]*)(?:(?:key|main|major|general|core|principal|subject|patient|participant|study|specific|disease[- ]specific|additional|other|abbreviated|selected)\s+)*(inclusion|exclusion|eligibility|non-inclusion)\b(?:\s*(?:criteria|criterion))?\b/i;
/** Headings of older records of one cooperative group; all that stands under them is asked for. */
const OLD_SECTION =
  /^(?:disease characteristics|patient characteristics|prior\/?concurrent therapy|prior concurrent therapy)\s*:?$/i;
const SCOPE_WORD =
  /^(?:for\s+|in\s+|only\s+(?:for|in)\s+)?(?:the\s+)?(?:(?:participants|patients|subjects|those)\s+(?:enrolling\s+)?in\s+)?(?:the\s+)?(?:phase|parts?|cohorts?|arms?|groups?|stratum|strata|step|stage|dose[- ](?:escalation|expansion|finding)|expansion|combination|monotherapy|safety run-in)\b/i;
/** Lines that ask for nothing. */
const EMPTY =
  /^(?:not specified|see disease characteristics|none|n\/a|or|and|(?:hematology|chemistry|serology|hematologic|hepatic|renal|cardiac|pulmonary|coagulation|other)\s*:?|(?:eligible )?(?:patients|participants|subjects) (?:must (?:also )?(?:meet|fulfil)|who meet) (?:all|any|the) [^.]{0,90}(?:\. the criteria below apply to [^.]{0,90})?|(?:eligible )?(?:patients|participants|subjects) include|(?:patient|participant|subject)s? (?:has|have) any of the following|the following (?:are|is an?) (?:inclusion|exclusion) criteri(?:a|on)(?:, as applicable)?|healthy volunteers (?:not )?allowed.*|for (?:more|further) information\b.*)\.?:?$/i;
/** "Patients with HIV under treatment are eligible" below "Known HIV infection". */
const loosens = (content: string, above: string): boolean =>
  /^(?:patients?|participants?|subjects?|individuals)\b[^.;]*\b(?:are|may be|can be|will be) (?:eligible|allowed|permitted|enrolled|included)\b/i.test(
    content,
  ) &&
  (content.toLowerCase().match(ILLNESS) ?? []).some((word) =>
    above.toLowerCase().includes(word === 'antiretroviral' ? 'hiv' : word),
  );
const ILLNESS =
  /\b(?:hiv|antiretroviral|hbv|hcv|hepatitis|metastas|autoimmune|malignanc|cancer|steroid|pneumonitis|diabetes|infection|hypertension|effusion|ascites)/g;
/** A sentence in place of the heading of the exclusions. */
const TURNS =
  /^(?:patients|participants|subjects|individuals)(?: who (?:meet|fulfil)l? any of the following(?: criteria)?| with any [^:.]{0,80}?)? (?:will be|are) (?:not eligible|ineligible|excluded)\b[^:.]{0,80}:$/i;
const NOTE = /^note\s*:(?!\s*other\b)/i;
const OR_AT_END = /[;,]?\s+OR$/;
/** A line that ends so is broken in mid-sentence. */
const UNFINISHED =
  /(?:\b(?:the|of|all|any|other|per|and|or|from|to|these|those|each|for|with|in|by|if|see|meets?|an?|study|protocol|key|following)|[,(])$/i;
const TORN = /\b(?:the|of|and|or|for|with|in|by)$/i;
const TORN_OFF = /^(?!inclusion|exclusion|key\b|general\b)[A-Za-z]+(?: [a-z]+){0,2}:$/i;
/** Longest heading that names a part of a trial. */
const SCOPE_LENGTH = 90;

/** Markdown escapes of the registry and runs of blanks. */
export function plainText(text: string): string {
  return text
    .replace(/<!--.*?-->/gs, ' ')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/\\([\\`*_{}[\]()#+\-.!<>^~|&])/g, '$1')
    .replace(/<\/?(?:b|i|u|em|strong|span|sub|sup)\b[^>]*>/gi, '')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&ge;/g, '≥')
    .replace(/&le;/g, '≤')
    .replace(/&[nm]dash;/g, '-')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Lines, and what stands like one: a paragraph or bullet of HTML, a section that begins in mid-line. Together they are the text. */
function linesOf(text: string): readonly string[] {
  return text.split(
    /(?<=\n)|(?=<(?:li|p|br|ul|ol|div|h\d)\b)|(?<=[.;] )(?=(?:key |main )?(?:exclusion|inclusion)(?: criteria)?\s*:)/i,
  );
}

/** The lines of the text as blocks: one bullet or paragraph each, with its continuation lines. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let blank = true;
  let position = 0;
  for (const line of linesOf(text)) {
    const start = position;
    position += line.length;
    const bare = line.replace(TAGS, '').trim();
    if (bare === '' || /^<!--.*-->$/.test(bare)) {
      blank = true;
      continue;
    }
    const indent = line.length - line.trimStart().length;
    const marker = MARKER.exec(bare)?.[0].trim() ?? '';
    const last = blocks.at(-1);
    // "... (see the\neligibility criteria)." goes on with the line before.
    const goesOn = !blank && /^[a-z]/.test(bare) && (/[).]$/.test(bare) || UNFINISHED.test(last?.text.trimEnd() ?? ''));
    // "... without involvement by", and after a blank line "Disease:": the end of a heading that was torn.
    const torn =
      blank &&
      TORN.test(last?.text.trimEnd() ?? '') &&
      marker === '' &&
      TORN_OFF.test(bare) &&
      last?.text.includes('\n') === false;
    const isHeading = SECTION.test(bare) && bare.length < SCOPE_LENGTH && !goesOn;
    if (last !== undefined && (torn || (marker === '' && !blank && !isHeading && !SECTION.test(last.text)))) {
      last.text += `\n${line}`;
      last.end = start + line.trimEnd().length;
    } else {
      const after = marker === '' ? bare : bare.slice((MARKER.exec(bare) as RegExpExecArray)[0].length);
      // "* 1. Text": the number is no part of it either, nor when it is escaped.
      const content = marker === '' ? after : after.replace(/^\(?\d{1,2}\\?[.)](?!\d)\)?\s+/, '');
      const begin = start + line.indexOf(content === '' ? bare : content, indent);
      if (content !== '')
        blocks.push({
          indent,
          marker,
          text: content,
          start: begin,
          end: start + line.trimEnd().length,
          apart: blank,
          side: 'inclusion',
        });
    }
    blank = false;
  }
  return blocks;
}

interface Level {
  readonly indent: number;
  readonly marked: boolean;
  readonly leadIn?: string | undefined;
  readonly scope?: string | undefined;
}

/** A line above a list: it says what the lines below have in common. */
const LEADS =
  /:\s*$|\b(?:any|one|either|each) (?:or more )?of (?:the )?(?:following|these|below)\b[^:;]{0,160}$|\b(?:except(?:ing)?|unless|excluding|other than|exceptions? of)(?: for)?\s*[;,-]?\s*$|\b(?:following|as follows|below)\b[^.:;]{0,60}$/i;
const CHOICE = /\b(?:one|any|either) (?:or more )?(?:of )?(?:the )?(?:following|these|below)\b/i;
const EXCEPTION = /\b(?:unless|except|exceptions?|excluding|other than|provided|only if|eligible if|allowed if|permitted if)\b/i;
const SOFTENS =
  /\b(?:(?:is|are|be|remain|considered)\s+(?:eligible|allowed|permitted|acceptable|included|excepted)|may (?:be|have|enrol|enroll|participate)|exceptions?|unless|not (?:be )?excluded|note\b|defined as|includ(?:e|es|ing)\b)/i;

/** Points that are asked of everybody, whatever the diagnosis. */
const OF_ANYBODY =
  /^(?:age\b|aged\b|(?:body )?weight\b|performance status|ecog\b|eastern cooperative|karnofsky|life expectancy|adequate\b|organ (?:and|function)|(?:patients|participants|subjects) must (?:meet|have)\b[^.:]{0,40}\b(?:organ|marrow|renal|hepatic)\b|informed consent|(?:written|signed) informed)/i;
const OF_DIAGNOSIS = /\b(?:diagnos[ei]s|histolog\w+|tumou?r types?)\b/i;
/** A line above a list: "Platelets of patients with disease in the marrow:". */
const FOR_SOME =
  /\b(?:for|in) (?:the |all )?(?:subjects|patients|participants|those|individuals) (?:with|without|who)\b[^.;:]{3,120}:$/i;

const TUMOURS_LEAD =
  /\b(?:following|these|listed|below)\b[^:]{0,40}\b(?:histolog(?:y|ies)|subtypes?|types?|cancers?|tumou?rs?|malignanc(?:y|ies)|indications?|diagnos[ei]s)\s*:\s*$/i;
/** The bare name of a tumour, without a demand on its treatment or markers. */
const isTumourName = (words: string): boolean =>
  words.length < 100 &&
  /(?:cancer|carcinoma|tumou?r|sarcoma|melanoma|mesothelioma|lymphoma|leuk[ae]mia|glioma|blastoma|malignanc|neoplasm|nsclc|sclc|\bhcc|\brcc)/i.test(
    words,
  ) &&
  !/\b(?:must|should|prior|previous|received?|progress\w*|with|without|except|excluding|not|no|after|who|if|unless)\b/i.test(
    words,
  );

/** Cuts a text into criteria; see {@link EligibilityItem}. */
export function splitEligibility(text: string): readonly EligibilityItem[] {
  const blocks = blocksOf(text);
  const items: EligibilityItem[] = [];
  let side: EligibilityItem['side'] = 'inclusion';
  let sectionScope: string | undefined;
  let headingScope: { readonly name: string; readonly indent: number } | undefined;
  let levels: Level[] = [];
  // A line above it, and not set out from it, says of whom a list is.
  let ofSome: string | undefined;
  // The criterion before ends in "OR": the next line is another way to meet it.
  let alternative = false;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index] as Block;
    const content = plainText(block.text);
    const section = sectionOf(content);
    if (section !== undefined) {
      side = section.side;
      sectionScope = section.scope;
      headingScope = undefined;
      levels = [];
      ofSome = undefined;
      if (section.rest === undefined) continue;
      items.push({
        side,
        text: section.rest,
        span: [block.start + afterColon(block.text), block.end],
        ...(sectionScope ? { scope: sectionScope } : {}),
      });
      continue;
    }
    if (side === 'inclusion' && items.length > 0 && block.marker === '' && block.apart && TURNS.test(content)) {
      side = 'exclusion';
      sectionScope = undefined;
      headingScope = undefined;
      levels = [];
      ofSome = undefined;
      continue;
    }
    const before = items.at(-1);
    if (/^or$/i.test(content) && before !== undefined) {
      alternative = true;
      continue;
    }
    if (alternative && before !== undefined && before.side === side) {
      alternative = OR_AT_END.test(content);
      items[items.length - 1] = {
        ...before,
        text: `${before.text.replace(OR_AT_END, '')} or ${content.replace(OR_AT_END, '')}`,
        span: [before.span[0], block.end],
      };
      continue;
    }
    alternative = OR_AT_END.test(content);
    if (EMPTY.test(content)) continue;
    // A note explains or loosens the criterion above it.
    const goesOn = NOTE.test(content) || (side === 'exclusion' && loosens(content, before?.text ?? ''));
    if (goesOn && before !== undefined && before.side === side && before.span[1] <= block.start) {
      items[items.length - 1] = {
        ...before,
        text: `${before.text.replace(/[.;:,]?$/, '.')} ${content}`,
        span: [before.span[0], block.end],
      };
      continue;
    }
    if (OLD_SECTION.test(content)) {
      side = 'inclusion';
      levels = [];
      continue;
    }
    while (levels.length > 0 && !isBelow(block, levels.at(-1) as Level)) levels.pop();
    const next = blocks[index + 1];
    const opens =
      next !== undefined &&
      isBelow(next, { indent: block.indent, marked: block.marker !== '' }) &&
      sectionOf(plainText(next.text)) === undefined;
    const outer = levels.at(-1);
    if (levels.length === 0 && OF_ANYBODY.test(content)) {
      // The diagnosis of a part ends where the age or the blood of everybody is asked for.
      if (OF_DIAGNOSIS.test(sectionScope ?? '')) sectionScope = undefined;
      if (OF_DIAGNOSIS.test(headingScope?.name ?? '')) headingScope = undefined;
    }
    if (content.endsWith(':') || OF_ANYBODY.test(content)) ofSome = undefined;
    // A short line that names a part of the trial binds what follows it.
    const follows = next !== undefined && sectionOf(plainText(next.text)) === undefined;
    if (isScope(content, opens || (next !== undefined && content.endsWith(':'))) || (follows && isPartHeading(content))) {
      const name = nameOnly(content.replace(/:$/, ''));
      if (opens)
        levels.push({ indent: block.indent, marked: block.marker !== '', scope: under(outer?.scope ?? sectionScope, name) });
      else headingScope = { name, indent: block.indent };
      continue;
    }
    if (!opens && FOR_SOME.test(content)) {
      ofSome = content;
      continue;
    }
    if (
      block.marker === '' &&
      block.apart &&
      /:$/.test(content) &&
      content.length < SCOPE_LENGTH &&
      !opens &&
      next?.marker !== ''
    ) {
      // A sub-heading such as "Hematology:"; it binds nobody.
      headingScope = undefined;
      levels = [];
      continue;
    }
    // A heading that was set in binds only what is set in as far.
    if (headingScope !== undefined && block.indent < headingScope.indent) headingScope = undefined;
    const own = inlineScope(content);
    const said = own?.rest ?? content;
    const start = own === undefined ? block.start : block.start + own.from(block.text);
    const scope = under(outer?.scope ?? joined(sectionScope, headingScope?.name), own?.scope);
    // "Part B: ..." among what stands under "Part A: ..." begins the next part.
    if (own !== undefined && outer?.scope !== undefined && standBeside(outer.scope, own.scope))
      levels[levels.length - 1] = { ...outer, scope };
    const leadIn = outer?.leadIn ?? ofSome;
    const place = { ...(scope === undefined ? {} : { scope }), ...(leadIn === undefined ? {} : { leadIn }) };
    if (opens) {
      const children = childrenOf(blocks, index);
      const words = children.map((child) => plainText(child.text));
      const leads = LEADS.test(said);
      const choice = side === 'inclusion' && leads && CHOICE.test(said);
      // Tumours under "of the following types:" are one list, of which one is enough.
      const tumours = side === 'inclusion' && TUMOURS_LEAD.test(said) && words.length > 1 && words.every(isTumourName);
      if (choice || tumours || (leads ? EXCEPTION.test(said) : words.some((child) => SOFTENS.test(child)))) {
        // What stands below is an exception to it or its definition: they are one criterion.
        const whole = choice || tumours ? words.join(' or ') : [said, ...words].join(' ; ');
        items.push({
          side,
          text: whole,
          span: [start, (children.at(-1) as Block).end],
          ...place,
          ...(choice || tumours ? { leadIn: said } : {}),
        });
        index += children.length;
        continue;
      }
      if (leads) {
        levels.push({
          indent: block.indent,
          marked: block.marker !== '',
          ...place,
          leadIn: joined(leadIn, said) as string,
        });
        continue;
      }
      levels.push({ indent: block.indent, marked: block.marker !== '', ...place });
    }
    items.push({ side, text: said, span: [start, block.end], ...place });
  }
  return items;
}

/** Where the words after the first colon begin. */
const afterColon = (text: string): number => text.length - text.slice(text.indexOf(':') + 1).trimStart().length;

const joined = (outer: string | undefined, inner: string | undefined): string | undefined =>
  outer === undefined ? inner : inner === undefined ? outer : `${outer} / ${inner}`;

/** A part within a part; the names of one row do not lie in each other. */
function under(outer: string | undefined, inner: string | undefined): string | undefined {
  if (outer === undefined || inner === undefined) return outer ?? inner;
  const around = outer.split(' / ').filter((name) => !standBeside(name, inner));
  return [...around, inner].join(' / ');
}

function isBelow(block: Block, level: { readonly indent: number; readonly marked: boolean }): boolean {
  return block.indent > level.indent || (!level.marked && block.marker !== '' && block.indent >= level.indent && !block.apart);
}

function childrenOf(blocks: readonly Block[], index: number): readonly Block[] {
  const parent = blocks[index] as Block;
  const children: Block[] = [];
  for (let at = index + 1; at < blocks.length; at++) {
    const block = blocks[at] as Block;
    if (
      !isBelow(block, { indent: parent.indent, marked: parent.marker !== '' }) ||
      sectionOf(plainText(block.text)) !== undefined
    )
      break;
    children.push(block);
  }
  return children;
}

function sectionOf(
  content: string,
): { readonly side: EligibilityItem['side']; readonly scope?: string; readonly rest?: string } | undefined {
  const match = SECTION.exec(content);
  if (!match) return undefined;
  const after = content.slice(match[0].length);
  const heading = /^([^:]{0,80}):?\s*$/.exec(after);
  const inline = /^([^:.]{0,40}):\s+(\S.*)$/.exec(after);
  if (!heading && !inline) return undefined;
  // "Eligibility will be determined by ..." is a sentence, not a heading.
  if (!/criteri/i.test(match[0]) && !/^\s*:?\s*$/.test(heading?.[1] ?? inline?.[1] ?? '')) return undefined;
  if (/\b(?:are|is|were|must|will|removed|numbers?)\b/i.test(heading?.[1] ?? '') && !content.endsWith(':')) return undefined;
  const side = /exclusion|non-inclusion/i.test(match[1] as string) ? 'exclusion' : 'inclusion';
  // "Exclusion Criteria: Part 2:" names a part behind the colon.
  if (inline && isPartHeading(inline[2] as string)) return { side, scope: (inline[2] as string).replace(/:$/, '') };
  const scope = (heading?.[1] ?? inline?.[1] ?? '').replace(/[()]/g, '').trim();
  const named =
    /\b(?:phase|part|cohort|arm|group|adjuvant|neo-?adjuvant|maintenance|re-?treatment|cross-?over|extension|randomi[sz]ation)\b/i.test(
      scope,
    ) && !/\ball\b/i.test(scope)
      ? scope.replace(/\s+only$/i, '')
      : undefined;
  return {
    side,
    ...(named === undefined ? {} : { scope: named }),
    ...(inline?.[2] === undefined ? {} : { rest: inline[2] }),
  };
}

function isScope(content: string, opens: boolean): boolean {
  if (content.length > SCOPE_LENGTH || /[.;]/.test(content.replace(/[.:]$/, ''))) return false;
  if (/^phase\s*(?:[0-9]|i{1,3}v?)[ab]?(?:\s*(?:\/|and|-)\s*(?:[0-9]|i{1,3}v?)[ab]?)?(?: only)?:?$/i.test(content)) return true;
  if (SCOPE_WORD.test(content)) return (opens || /:$/.test(content)) && !/\b(?:must|should|have|has|are|is)\b/i.test(content);
  // A tumour's name alone above a list: the list is for that tumour.
  return opens && !/:$/.test(content) && TUMOUR_HEADING.test(content);
}

const TUMOUR_HEADING =
  /^(?:(?:malignant|pleural|peritoneal|advanced|metastatic|renal|non[- ]?small|small|cell|squamous|triple|negative|breast|ovarian|lung|pancreatic|colorectal|gastric|prostate|bladder|urothelial|endometrial|cervical|head|and|neck|hepatocellular|thyroid|uveal|cutaneous)\s+)*(?:mesothelioma|cancer|carcinoma|sarcoma|osteosarcoma|melanoma|lymphoma|glioma|glioblastoma|tumou?rs?|nsclc|sclc|rcc|crc|hcc|tnbc)s?(?:\s+(?:cohort|group|only))?$/i;

/** A stage of the disease is written as a stage of the trial is. */
const PART_WORD =
  /\b(?:phase|parts?|cohorts?|arms?|groups?|stratum|strata|step|module|mod[A-Z]\b|sub-?study|escalation|expansion)/i;
const isPart = (words: string): boolean => PART_WORD.test(words) && !/\bstage\b/i.test(words) && namesPart(words);

/** A line that is nothing but the name of a part: "Phase 1 Part A and Part B", "Cohort A (ovarian cancer) Inclusion Criteria". */
const isPartHeading = (content: string): boolean =>
  content.length <= SCOPE_LENGTH &&
  !/[.;]/.test(content) &&
  isPart(content.replace(/\([^()]*\)(?=\s+(?:inclusion|exclusion) criteria\s*:?$)/i, ' ').replace(/:$/, ''));

interface InlineScope {
  readonly scope: string;
  readonly rest: string;
  /** Where the rest begins in the text as written. */
  from(written: string): number;
}

/** "Phase II only: mesothelioma outside the pleura", "For Part D only, ...", "[Expansion] ...", "Weight over 30 kg (Cohort 4)". */
function inlineScope(content: string): InlineScope | undefined {
  const head = content.slice(0, SCOPE_LENGTH);
  for (let cut = PART_WORD.test(head) ? head.length - 1 : 0; cut > 2; cut--) {
    if (!/[\]),:–-]/.test(head[cut] as string)) continue;
    const sign = head[cut] as string;
    const words = head.slice(0, cut + (/[\])]/.test(sign) ? 1 : 0));
    const after = content.slice(cut + 1);
    const opens = /^[[(]/.test(words) ? /^[[(][^()[\]]*[)\]]$/.test(words) : !/[\])]/.test(sign);
    if (!opens || (sign === ',' && !/^(?:for|in|only)\b/i.test(words)) || (/[–-]/.test(sign) && !/^\s/.test(after))) continue;
    const rest = after.replace(/^[\s:,–-]+/, '');
    if (rest === '' || !isPart(words) || mentionsPart(rest)) continue;
    return { scope: nameOnly(words), rest, from: (written) => behind(written, sign, words.split(sign).length) };
  }
  const match = /^([^:]{3,60}):\s+(\S.*)$/.exec(content);
  if (match && SCOPE_WORD.test(match[1] as string) && !/\b(?:must|should|have|has|are|is|of|the)\b/i.test(match[1] as string))
    return { scope: nameOnly(match[1] as string), rest: match[2] as string, from: afterColon };
  // Behind a list it may be said of the last member alone.
  const last = /^([^,;]*[^,;\s])\s*[[(]([^()[\]]{3,60})[\])]\.?$/.exec(content);
  return last && isPart(last[2] as string) && !/\b(?:and|or)\b/i.test(last[1] as string) && !mentionsPart(last[1] as string)
    ? { scope: nameOnly(last[2] as string), rest: last[1] as string, from: () => 0 }
    : undefined;
}

const nameOnly = (words: string): string =>
  words
    .replace(/^[[(]([^()[\]]*)[)\]]$/, '$1')
    .replace(/^(?:only )?(?:for|in)\s+(?:the\s+)?/i, '')
    .replace(/^(?:patients|participants|subjects)\s+(?:(?:entering|enrolled|enrolling)\s+)?(?:in\s+)?(?:the\s+)?/i, '')
    .replace(/,?\s*(?:(?:patients|participants|subjects)\s+)?must (?:also )?meet\b.*$/i, '')
    .replace(/\s+only$/i, '')
    .trim();

/** The offset behind the `count`th `sign` and what belongs to it. */
function behind(written: string, sign: string, count: number): number {
  let at = -1;
  for (let found = 0; found < count; found++) at = written.indexOf(sign, at + 1);
  return at + 1 + (/^[\s:,–\\-]*/.exec(written.slice(at + 1, at + 20))?.[0].length ?? 0);
}
