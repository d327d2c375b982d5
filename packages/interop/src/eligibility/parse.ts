/**
 * One criterion's words into the criteria language. Understood phrases become statements over facts; what is left between them is
 * looked at: words that add nothing are dropped, words that join are read as `and`, `or` and `not`, and any other word
 * stays as a judgement beside the statements, where it can hold a verdict open and never closes one.
 */
import type { Criterion, TrialCriterionKind } from '@serosa/core';
import { canonical } from './canonical.js';
import { all, any, judge, MESOTHELIOMA, namesOnlyOtherTumours, not, OTHER_TUMOUR, type Phrase, phrasesOf } from './phrases.js';
import type { EligibilityItem } from './split.js';

export interface ParsedCriterion {
  readonly kind: TrialCriterionKind;
  /** What has to hold for the person to join. */
  readonly requires: Criterion;
  /** Nothing of the text is left to a person, or all of it is settled at the site. */
  readonly whole: boolean;
  readonly note?: string;
}

/** Settled at the site and not before: consent, willingness, birth control, the investigator's own judgement. */
const PROCEDURAL: readonly RegExp[] = [
  /\binformed consent\b|\bconsent (?:form|document)\b|\bwritten consent\b|\bsigned (?:and dated )?consent\b|\bpatient consent\b|\bgive consent\b|\bicf\b/,
  /\b(?:willing(?:ness)?|able|ability)\b.{0,60}\b(?:comply|cooperate|adhere|return|follow|undergo|participate|provide|complete|co-enroll|practice|understand|take|commit)\b/,
  /\b(?:un(?:willing|able)|inability|unwillingness)\b.{0,40}\b(?:comply|cooperate|adhere|participate|follow|undergo)\b/,
  /\b(?:contracepti(?:on|ve)|birth control|barrier method|abstinence|father(?:ing)? (?:a )?child)/,
  /\b(?:investigator|sponsor|medical monitor|treating physician|study physician|pi)\b.{0,30}\b(?:opinion|judge?ment|discretion|deem|consider|determin|decision)|\b(?:opinion|judge?ment|discretion) of (?:the )?(?:\w+ )?(?:investigator|sponsor|treating|physician|pi)\b|in the investigator'?s (?:opinion|judgement)/,
  /\bcompliance\b|\bco-enroll|\bcompanion protocol\b|\blong-term follow-up\b/,
  /\bpsychiatric\b.{0,80}\b(?:compl|consent|limit|interfere|preclude)|\bsocial situations?\b/,
  /\bother protocol[- ]defined\b|\bother (?:inclusion\/exclusion )?criteria may apply\b/,
  /\b(?:any )?other (?:medical |serious |clinically |significant |severe |acute |chronic |or )*(?:condition|disease|illness)e?s?\b.{0,120}\b(?:interfere|compromise|confound|contraindicat|risk|safety|suitab|unsuitab|participation)/,
];

/** Words that say nothing beyond the phrases they stand beside. */
const FILLER =
  /(?<![\w-])(?:(?:eligible |all )?(?:patients?|participants?|subjects?|persons?|individuals?|people|adults?|those|he\/she|they|women|men|male|female|males|females)(?:'s)?|who|whom|whose|that|which|must|should|shall|will|need to|have|has|had|having|been|be|being|is|are|was|were|with|a|an|the|any|of|in|on|at|to|by|as|for|from|this|these|their|his|her|its|it|also|both|known|documented|evidence|presence|present|history|diagnosis|confirmed|following|follows|defined|indicated|below|above|criteria|criterion|inclusion|exclusion|laboratory|labs?|values?|tests?|results?|parameters?|per|according|based|study|trial|protocol|entry|enrol?lment|screening|baseline|registration|randomi[sz]ation|prior|before|time|signing|signature|first|dose|treatment|start|day|current|currently|ineligible|excluded|exclude|eligible|required|measured|calculated|determined|obtained|performed|using|such|include[sd]?|including|adequate(?:ly)?|acceptable|sufficient|good|i\.?e\.?|e\.?g\.?|only|least|old|years?|age|main|icf|status|bone marrow|marrow|hematologic(?:al)?|hematology|hematopoietic|hepatic|liver|renal|kidney|cardiac|pulmonary|coagulation|function|functions|reserve|clinically|room air|room|air|predicted|formula|cockcroft(?: |-|&| & )?gault|method|equation|version|v|recist|ct|mri|scan|levels?|counts?|institutional|serum|total|subtype|histology|scores?|local|assessed|assessment|documentation|during|process|echocardiogram|echo|muga|acquisition|multigated)(?![\w-])/g;

const NEGATION =
  /\b(?:no|not|non|none|without|absence|absent|never|free|lack|lacks|negative|cannot|neither|nor|unable|unlikely)\b/;
const SOFT =
  /\b(?:unless|except(?:ion|ions|ing|ed)?|excluding|other than|provided|apart from|if|in case|may|allowed|permitted|eligible|acceptable|not excluded|however|although)\b/;
/** Said of some people only, or granted: it binds nobody else. */
const CONDITIONAL =
  /^(?:for |in |if |when |where )?(?:those |female |male |all )*(?:patients?|participants?|subjects?|persons?|individuals?|women|men|females?|males?)\s*(?:with|who|having|receiving|on|in whom|taking|of child)\b.*\b(?:must|should|need|required|will|may|are (?:eligible|allowed|permitted))\b|^(?:for|if|when|where)\b/;
const GRANTS = /^[^.;]*\b(?:is|are) (?:allowed|permitted|acceptable)(?: prior to [^.;]*)?\.?$/;
const HEADING = /(?:^|: ?)(life expectancy|performance status|age|weight)\s*:?\s*$/i;
const SENTENCE = /(?<=[a-z0-9)%\]])\.\s+(?=[A-Z(])|\s;\s/;

type Join = 'and' | 'or' | ',' | '';

interface Part {
  readonly phrase?: Phrase;
  /** The word that joins it to the part before. */
  readonly join: Join;
  readonly negated: boolean;
}

/** Text between phrases, cut at its joining words; undefined where a negation stands among words that were not read. */
function partsOf(text: string, phrases: readonly Phrase[]): readonly Part[] | undefined {
  const parts: Part[] = [];
  let join: Join = '';
  let negated = false;
  let muddled = false;
  const leave = (stretch: string): void => {
    for (const [index, piece] of stretch.split(/(\band\/or\b|\bor\b|\band\b|\bas well as\b|\bplus\b|\bnor\b|[,;/+])/).entries()) {
      if (index % 2 === 1) {
        const word: Join = /^(?:or|nor|and\/or|\/)$/.test(piece) ? 'or' : piece === ',' ? ',' : 'and';
        join = join === 'or' || word === 'or' ? 'or' : join === 'and' || word === 'and' ? 'and' : ',';
        continue;
      }
      const words = piece
        .replace(FILLER, ' ')
        .replace(/[()[\]:."'*\-–]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      if (words === '') continue;
      if (/^(?:no|not|without|absence|never|free|lack)$/.test(words)) {
        muddled ||= negated;
        negated = true;
        continue;
      }
      // A "not" among words that were not read may turn anything around.
      muddled ||= NEGATION.test(piece);
      parts.push({ join, negated });
      join = '';
      negated = false;
    }
  };
  let at = 0;
  for (const phrase of phrases) {
    leave(text.slice(at, phrase.start));
    parts.push({ phrase, join, negated });
    join = '';
    negated = false;
    at = phrase.end;
  }
  leave(text.slice(at));
  return muddled || negated ? undefined : parts;
}

interface Statement {
  readonly says: Criterion;
  /** Every word was understood. */
  readonly whole: boolean;
}

/** What one clause states, as a tree over its phrases and what is left for a person; undefined when nothing is understood. */
function stated(text: string, original: string, excludes: boolean): Statement | undefined {
  const phrases = withoutHeadings(phrasesOf(text, excludes));
  const parts = phrases.length === 0 ? undefined : partsOf(text, phrases);
  if (parts === undefined) return undefined;
  // Lists of what excludes seldom say "no" of one member alone; where one does, its sense is not plain.
  if (excludes && parts.some((part, index) => index > 0 && part.negated)) return undefined;
  // "no A, B or C": the negation at the head reaches as far as the list.
  const headNegation = parts[0]?.negated === true && parts.every((part, index) => index === 0 || !part.negated);
  // Neighbours without a joining word qualify each other: one statement.
  const groups: { says: Criterion[]; read: boolean; join: Join; negated: boolean }[] = [];
  for (const part of parts) {
    const says = part.phrase?.says ?? judge(original);
    const last = groups.at(-1);
    if (last && part.join === '' && !part.negated) {
      last.says.push(says);
      last.read &&= part.phrase !== undefined;
    } else groups.push({ says: [says], read: part.phrase !== undefined, join: part.join, negated: part.negated });
  }
  const joins = groups.slice(1).map((group) => group.join);
  const ors = joins.includes('or');
  const ands = joins.includes('and');
  // Which of "and" and "or" binds closer is not for a program to guess.
  if (ors && ands) return undefined;
  const list = groups.map((group) => (group.negated && !headNegation ? not(all(...group.says)) : all(...group.says)));
  // "A, B, C": all are asked for, and each excludes.
  const whole = list.length === 1 ? (list[0] as Criterion) : ors || (excludes && !ands) ? any(...list) : all(...list);
  return { says: headNegation ? not(whole) : whole, whole: groups.every((group) => group.read) };
}

/** "Adequate renal function: creatinine ...": the limits say what adequate means. */
function withoutHeadings(phrases: readonly Phrase[]): readonly Phrase[] {
  const heading = (phrase: Phrase): boolean => 'fact' in phrase.says && phrase.says.fact === 'organ.function-adequate';
  return phrases.some((phrase) => !heading(phrase)) ? phrases.filter((phrase) => !heading(phrase)) : phrases;
}

/** Reads one criterion. Never throws; what is not understood is a judgement in the registry's own words. */
export function parseCriterion(item: EligibilityItem): ParsedCriterion {
  const original = item.text;
  const heading = HEADING.exec(item.leadIn ?? '')?.[1];
  const own = canonical(original.replace(/\(\s*(?:see|refer to|note)\b[^)]*\)/gi, ' '));
  // "Life expectancy:" above "At least 3 months".
  const prefixed = heading !== undefined && phrasesOf(own, false).length === 0;
  const text = prefixed ? canonical(`${heading} ${original}`) : own;
  const lead = heading === undefined ? leadOf(item.leadIn) : { kind: 'plain' as const };
  if (PROCEDURAL.some((pattern) => pattern.test(text)) && !readAllTheSame(text))
    return { kind: 'procedural', requires: judge(original), whole: true };
  const unread: ParsedCriterion = {
    kind: 'judgement',
    requires: judge(item.leadIn === undefined ? original : `${item.leadIn} ${original}`),
    whole: false,
  };
  if (lead.kind === 'unread') return unread;
  // A condition on people with another tumour does not bind people with mesothelioma.
  if (OTHER_TUMOUR.test(text) && !/mesotheliom/.test(text)) {
    if (item.side === 'exclusion') return unread;
    const ofOthers = /^(?:for )?(?:patients?|participants?|subjects?|those|individuals|persons?) with\b/.test(text);
    if (ofOthers && namesOnlyOtherTumours(text) && /\b(?:must|should|need|are required)\b/.test(text))
      return { kind: 'rule', requires: any(MESOTHELIOMA, judge(original)), whole: true };
    if (namesOnlyOtherTumours(text) && /\b(?:confirm|diagnos|histolog|cytolog|patholog|proven|documented)/.test(text))
      return { kind: 'rule', requires: not(MESOTHELIOMA), whole: true };
    if (!namesOnlyOtherTumours(text)) return unread;
    return unread;
  }
  if (item.side === 'inclusion' && CONDITIONAL.test(text)) return unread;
  if (GRANTS.test(text)) return { kind: 'procedural', requires: judge(original), whole: true };

  const sentences = prefixed ? [text] : original.split(SENTENCE).map((sentence) => canonical(sentence));
  const excludes = (item.side === 'exclusion') !== flips(sentences[0] ?? '', item.side);
  const first = `${sentences[0]}${lead.window === undefined ? '' : ` ${lead.window}`}`;
  const soft = softAt(first);
  const head = stated(soft === undefined ? first : first.slice(0, soft), original, excludes);
  if (head === undefined) return unread;
  const later = sentences.slice(1).filter((sentence) => sentence !== '');
  const softens = soft !== undefined || later.some((sentence) => SOFT.test(sentence));
  const demands =
    softens || excludes
      ? []
      : later.map((sentence) => stated(sentence, original, false) ?? { says: judge(original), whole: false });
  const says = all(head.says, ...demands.map((demand) => demand.says));
  const open = softens || (excludes && later.length > 0);
  const whole = head.whole && !open && demands.every((demand) => demand.whole);
  const note = phrasesOf(first, excludes).find((phrase) => phrase.note !== undefined)?.note;
  return {
    kind: 'rule',
    requires: required(says, { excludes, softens, more: open && !softens }, judge(original)),
    whole,
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * What has to hold. An exception lets some people through whom the statement would keep out, so that only a person can say so;
 * more that was not read may keep out further people.
 */
function required(
  says: Criterion,
  { excludes, softens, more }: { readonly excludes: boolean; readonly softens: boolean; readonly more: boolean },
  rest: Criterion,
): Criterion {
  if (softens) return excludes ? not(all(says, rest)) : any(says, rest);
  const plain = excludes ? not(says) : says;
  return more ? all(plain, rest) : plain;
}

/** An inclusion list can exclude, and an exclusion list can demand: "patients must have adequate renal function". */
function flips(text: string, side: EligibilityItem['side']): boolean {
  if (side === 'exclusion')
    return /^(?:the |all )?(?:patients?|participants?|subjects?)? ?(?:must|should) (?:also )?(?:not )?(?:have|be)\b/.test(text);
  return /\b(?:will be|are|is) (?:excluded|ineligible|not eligible)\b/.test(text) && !/\b(?:must|should)\b/.test(text);
}

/** A line on willingness that also names a limit is read for the limit. */
function readAllTheSame(text: string): boolean {
  return (
    phrasesOf(text, false).length > 0 &&
    !/contracept|birth control|consent|opinion|judge?ment|discretion|investigator|compliance|abstinence|father/.test(text)
  );
}

/** Where an exception begins that no phrase has taken in. */
function softAt(text: string): number | undefined {
  const phrases = phrasesOf(text, false);
  for (const match of text.matchAll(new RegExp(SOFT.source, 'g')))
    if (phrases.every((phrase) => match.index < phrase.start || match.index >= phrase.end)) return match.index;
  return undefined;
}

const LEAD_WORDS =
  /\b(?:adequate|organ|marrow|bone|function|reserve|hematologic(?:al)?|hematology|hepatic|renal|cardiac|cardiovascular|pulmonary|biochemistry|chemistry|blood|tests?|specified|ranges?|meet|met|characteristics|performance status|life expectancy|other|liver|kidney|impaired|clinically|significant|serious|medical|conditions?|endanger|may|limited|but|not|investigator|discretion|ongoing|end|chemotherapy|radiotherapy|surgery|one|more|each|done|tissue|disease|cancer|history|or|and|all|within|enrollment|days?|\d+)\b/g;

/** What the line above a list means for each of its lines. */
function leadOf(leadIn: string | undefined): { readonly kind: 'plain' | 'unread'; readonly window?: string } {
  if (leadIn === undefined) return { kind: 'plain' };
  const text = canonical(leadIn);
  // "Patients must not have any of the following" turns an inclusion around: left to a person.
  if (/\b(?:no|not|none|without|excluded)\b/.test(text.replace('but not limited to', ' '))) return { kind: 'unread' };
  const window = /\b(?:any|one|following|events?)\b/.test(text)
    ? /(?:within|in the (?:last|past)|≤|<)\s*(?:the (?:last|past) )?\d+\s*(?:days|weeks|months|years)/.exec(text)?.[0]
    : undefined;
  const rest = text
    .replace(window ?? '', ' ')
    .replace(LEAD_WORDS, ' ')
    .replace(FILLER, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return rest === '' ? { kind: 'plain', ...(window === undefined ? {} : { window }) } : { kind: 'unread' };
}
