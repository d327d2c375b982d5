/**
 * One criterion's words into the criteria language. Understood phrases become statements over facts; what is left between them is
 * looked at: words that add nothing are dropped, words that join are read as `and`, `or` and `not`, and any other word
 * stays as a judgement beside the statements, where it can hold a verdict open and never closes one.
 */
import { type Criterion, type Facts, mentionsPart, NOT_RECORDED, type TrialCriterionKind, verdictOf } from '@serosa/core';
import { canonical } from './canonical.js';
import {
  ANY_TUMOUR,
  asksForOtherTumour,
  keepsMesotheliomaOut,
  NAMES_MESOTHELIOMA,
  namesOnlyOtherTumours,
  OTHER_TUMOUR,
  tumourList,
} from './disease.js';
import { phrasesOf } from './phrases.js';
import type { EligibilityItem } from './split.js';
import { all, any, is, judge, MESOTHELIOMA, not, type Phrase } from './statements.js';

export interface ParsedCriterion {
  readonly kind: TrialCriterionKind;
  /** What has to hold for the person to join. */
  readonly requires: Criterion;
  readonly note?: string;
  /** It asks for tumours of which mesothelioma is none, by itself; others of the record may take it in. */
  readonly otherTumour?: boolean;
}

/** Settled at the site and not before: consent, willingness, birth control, the investigator's own judgement. */
const PROCEDURAL: readonly RegExp[] = [
  /\binformed consent\b|\bconsent (?:form|document)\b|\bwritten consent\b|\bsigned (?:and dated )?consent\b|\bpatient consent\b|\bgive consent\b/,
  /\b(?:willing(?:ness)?|able|ability)\b.{0,60}\b(?:comply|cooperate|adhere|return|follow|undergo|participate|provide|complete|co-enroll|practice|understand|commit)\b/,
  /\b(?:un(?:willing|able)|inability|unwillingness)\b.{0,40}\b(?:comply|cooperate|adhere|participate|follow|undergo)\b/,
  /\b(?:contracepti(?:on|ve)|birth control|barrier method|abstinence|father(?:ing)? (?:a )?child)/,
  /\b(?:investigator|sponsor|medical monitor|treating physician|study physician|pi)\b.{0,30}\b(?:opinion|judge?ment|discretion|deem|consider|determin|decision)|\b(?:opinion|judge?ment|discretion) of (?:the )?(?:\w+ )?(?:investigator|sponsor|treating|physician|pi)\b|in the investigator'?s (?:opinion|judgement)/,
  /\b(?:sign(?:s|ed|ing)?|signature)\b.{0,40}\b(?:icf|ic form|ic in accordance|power of attorney|consent)\b|\bvoluntar(?:y|ily)\b.{0,20}\bsign/,
  /^(?:subject |participant |patient )?plans? to (?:begin|start) (?:protocol|study)[- ](?:directed )?(?:therapy|treatment)\b[^.;]*\.?$/,
  /^any other (?:sound |significant )?(?:medical|psychiatric|psychological|social|conditions?|reasons?|circumstances?)[^.;]*(?:determined|judged|deemed|considered|decided) by (?:the )?(?:investigator|pi|sponsor|treating physician)\.?$/,
  /\bcompliance\b|\bco-enroll|\bcompanion protocol\b|\blong-term follow-up\b/,
  /\bother protocol[- ]defined\b|\bother (?:inclusion\/exclusion )?criteria may apply\b/,
];
/** Words of an illness or a treatment: a line that holds one has something to weigh, whatever it says of consent beside it. */
const CLINICAL =
  /infect|crohn|colitis|\bliver\b|stents?\b|cirrhosis|kidney|renal|epilep|seizure|swallow|allerg|hypersensitiv|(?:concomitant|prohibited|other|current|chronic|certain|taking) medications?|angina|failure|infarct|pregnan|breastfeed|lactat|nursing|metasta|radiotherap|chemotherap|immunotherap|surgery|cancer(?! center)|malignan|tumor|hepat|\bhiv\b|\bhbv\b|years\b|weight|arrhythm|hypertens|stroke|diabet|autoimmun|transplant|bleed|thromb|ulcer|wound|neuropath|steroid|vaccin|therapy\b.{0,40}\bwithin|(?:other|another) (?:clinical )?(?:stud|trial)/;

/** The same words in what is said of birth control and visits. */
const NO_ILLNESS =
  /\b(?:to )?(?:avoid|prevent)(?:ing)? (?:a )?pregnancy|\b(?:becom(?:e|es|ing)|suspect) pregnan\w+|\bpregnant (?:female|partner|woman|women)|\bper years?\b|\b(?:during|after|of|following|post)\b[^.;,]{0,30}\b(?:last|final|first) (?:dose|infusion|administration)s? of [^.;,]*|\bother study procedures\b|\b(?:\d+ )?(?:years|months|weeks|days) (?:after|following|post)\b/g;
/** Somebody's own willingness, and nothing else in the line. */
const WILLING =
  /^(?:(?:patients?|participants?|subjects?|must|should|be|is|are|has|have|had|the|able and|ready and)\s+)*(?:willing(?:ness)? to (?:undergo|provide|sign|co-enroll|participate|comply)|ability and willingness to co-enroll|agreed to and signed|consented to|completed co-enrol)\b(?![^.;]*(?:,| and| or) (?:have|has|had|must|with|no|be) )[^.;]*\.?$/;

/** Words that say nothing beyond the phrases they stand beside. */
const FILLER =
  /(?<![\w-])(?:(?:eligible |all )?(?:patients?|participants?|subjects?|persons?|individuals?|people|adults?|those|he\/she|they)(?:'s)?|who|whom|whose|that|which|must|should|shall|will|need to|have|has|had|having|been|be|being|is|are|was|were|with|a|an|the|any|of|in|on|at|to|by|as|for|from|this|these|their|his|her|its|it|also|both|known|documented|evidence|presence|present|diagnosis|confirmed|following|follows|defined|indicated|below|above|criteria|criterion|inclusion|exclusion|laboratory|labs?|values?|tests?|results?|parameters?|per|according|based|study|trial|protocol|entry|enrol?lment|screening|baseline|registration|randomi[sz]ation|before|time|signing|signature|dose|start|day|ineligible|excluded|exclude|eligible|required|informed consent|consent|measured|calculated|determined|obtained|performed|using|such|include[sd]?|including|adequate(?:ly)?|acceptable|sufficient|good|least|old|years?|age|main|icf|status|bone marrow|marrow|hematologic(?:al)?|hematology|hematopoietic|hepatic|liver|renal|kidney|cardiac|pulmonary|coagulation|function|functions|reserve|room air|room|air|predicted|formula|cockcroft(?: |-|&| & )?gault|method|equation|version|v|recist|ct|mri|scan|levels?|counts?|institutional|serum|total|subtype|histology|histologies|scores?|local|assessed|assessment|documentation|during|process|echocardiogram|echo|muga|acquisition|multigated|ecgs?|electrocardiograms?|standard method|institution)(?![\w-])/g;
const HEAD_FILLER =
  /^(?:male (?:or|and) female|female (?:or|and) male|men (?:or|and) women|women (?:or|and) men|male|female|women|men)\b/;
const NEGATION =
  /\b(?:no|not|non|none|without|absence|absent|never|free|lack|lacks|negative|cannot|neither|nor|unable|unlikely)\b/;
/** A comma tail that narrows what stands before it. */
const TAIL =
  /^(?:despite|incompatible|that|which|who|whose|with|requiring|requires?|not|defined|as|in whom|on|while|when|where|for|of|based|measured|using|documented|confirmed|unless|based on|by|per|within|at)\b/;
/** The statement holds for some people only. */
const FOR_SOME =
  /\b(?:for|in|among) (?:the |all )?(?:participants?|patients?|subjects?|those|persons?|individuals?|men|women|males?|females?)\b(?! (?:with|of) (?:malignant |pleural |peritoneal |advanced )*mesothelioma)/;
const WIDENS =
  /^(?:unless|provided)\b|\b(?:is|are|may be|can be|be) (?:allowed|permitted|eligible|acceptable|included|enrolled|entered)\b|\bexceptions?\b.*\b(?:allowed|eligible|permitted)\b/;
const SOFT =
  /\b(?:unless|except(?:ion|ions|ing|ed)?|excluding|other than|provided|apart from|if|in case|may|allowed|permitted|eligible|acceptable|can be (?:included|enrolled|entered)|not excluded|however|although|but not)\b/;
const SOFT_ANYWHERE = new RegExp(SOFT.source, 'g');
/** Said of some people only: it binds nobody else. */
const CONDITIONAL =
  /^(?:for )?(?:patients|participants|subjects|those) with [^:;.]{2,80}:\s*\S|^(?:for |in |if |when |where )?(?:those |female |male |all )*(?:patients?|participants?|subjects?|persons?|individuals?|women|men|females?|males?)\s*(?:with|who|having|receiving|on|in whom|taking|of child)\b.*\b(?:must|should|need|required|will|may|are (?:eligible|allowed|permitted))\b|^(?:for|if|when|where)\b/;
/** The same among what excludes: "For patients with diabetes: ...". */
const OF_SOME = /^(?:for |in )?(?:patients|participants|subjects|those) with [^:;.]{2,80}:\s*\S|^(?:for|if|when|where)\b/;
const GRANTS = /^[^.;]*\b(?:is|are) (?:allowed|permitted|acceptable)(?: prior to [^.;]*)?\.?$/;
const SOFT_BRACKET = new RegExp(String.raw`[([][^()[\]]*${SOFT.source}[^()[\]]*[)\]]`, 'g');
/** Sentences that add nothing to what is asked. */
const EXPLAINS =
  /^(?:note:?|nb:?|because|the purpose|this|these|for reference|\()(?!.*\b(?:must|should|excluded|ineligible|not eligible|allowed|eligible|permitted|may|can be|enrolled|except|unless)\b)/;
/** Said again of children, where the head asks for an adult already. */
const NO_CHILDREN =
  /^because no dosing or adverse event data [^.;]*, children are excluded from this (?:study|trial)(?:,? but [^.;]*)?\.?$/;
const ADULT = /"person\.age","gte":(?:1[89]|[2-9]\d)\b/;
const DEMANDS = /\b(?:must|should|required|need|excluded|ineligible|not eligible)\b/;
const NOT_EXCLUDED =
  /\bnot (?:be )?(?:specifically |automatically |necessarily )?(?:excluded|exclusionary|(?:an? |considered )*exclusions?\b|considered exclusion)/;
/** A sentence that lets somebody in, whatever it asks of them beside. */
const ALLOWED = /\b(?:is|are|be|remain) (?:allowed|permitted|acceptable|eligible)\b(?<!not .{0,12})/;
/** "... except for patients with mesothelioma": they need not meet it. */
const TREATED =
  /^(?!.*(?:\bsolid\b|cancer|tumor|malignan|carcinoma)).*\b(?:must|should|need|required)\b.*\b(?:received?|failed?|progress\w*|therap\w+|treat\w+)\b/;
const EXEMPT =
  /^(?:except|unless)(?: for| in)? (?:patients|participants|subjects|those)(?: diagnosed)? with (?:malignant )?mesothelioma\.?$/;
const HEADING = /(?:^|: ?)(life expectancy|performance status|age|weight)\s*:?\s*$/i;
const SENTENCE = /(?<=[a-z0-9)%\]])\.\s+(?=[A-Z(])|\s+(?=NOTE\b)|(?<=[a-z0-9)%\]])[.,;]?\s+(?=Note:)/;

type Join = 'and' | 'or' | ',' | '';

interface Part {
  readonly phrase?: Phrase;
  /** Its words in the canonical text. */
  readonly text: string;
  /** It begins a new reason, behind a semicolon. */
  readonly fresh: boolean;
  /** It is an example of what stands before it. */
  readonly example: boolean;
  /** The word that joins it to the part before. */
  readonly join: Join;
  readonly negated: boolean;
}

const JOINS = String.raw`\band\/or\b|\bor\b|\band\b|\bas well as\b|\bplus\b|\bnor\b|\bincluding\b|\bsuch as\b|[,;+]`;
const JOINT = new RegExp(String.raw`(${JOINS}|(?<=[a-z)]\s?)\/(?=\s?[a-z(]))`);
/** A slash beside what was read joins as well: "intercurrent illness/infection". */
const JOINT_OF_REASONS = new RegExp(
  String.raw`(${JOINS}|(?<=(?:^|[a-z)])\s?)\/(?=\s?(?:$|(?!(?:day|d|kg|m2|l|dl|min|weeks?|months?|years?)\b)[a-z(])))`,
);

/** Text between phrases, cut at its joining words; undefined where a negation stands among words that were not read. */
function partsOf(text: string, phrases: readonly Phrase[], excludes: boolean): readonly Part[] | undefined {
  const parts: Part[] = [];
  let join: Join = '';
  let negated = false;
  let muddled = false;
  let fresh = false;
  let example = false;
  const add = (part: Pick<Part, 'phrase' | 'text'>): void => {
    parts.push({ ...part, join, negated, fresh, example });
    join = '';
    negated = false;
    fresh = false;
    example = false;
  };
  const leave = (stretch: string, ends: boolean): void => {
    const pieces = stretch.split(excludes ? JOINT_OF_REASONS : JOINT);
    for (const [index, piece] of pieces.entries()) {
      if (index % 2 === 1) {
        const tail = piece === ',' && TAIL.test((pieces[index + 1] ?? '').trim());
        // In a list of what excludes, a semicolon begins the next reason.
        const word: Join =
          /^(?:or|nor|and\/or|\/)$/.test(piece) || (/^(?:;|including|such as)$/.test(piece) && excludes)
            ? 'or'
            : /^(?:,|including|such as)$/.test(piece)
              ? tail
                ? ''
                : ','
              : 'and';
        fresh ||= piece === ';';
        example ||= /^(?:including|such as)$/.test(piece);
        join = join === 'or' || word === 'or' ? 'or' : join === 'and' || word === 'and' ? 'and' : word === '' ? join : ',';
        continue;
      }
      const words = piece
        .replace(FILLER, ' ')
        .replace(/[()[\]:."'*\-–]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      // A tail of dots and joints at the very end says nothing.
      if (words === '') continue;
      if (/^(?:no|not|without|absence|never|free|lack)$/.test(words)) {
        muddled ||= negated || (ends && index === pieces.length - 1);
        negated = true;
        continue;
      }
      // A "not" among words that were not read may turn anything around.
      muddled ||= NEGATION.test(piece);
      add({ text: piece.trim() });
    }
  };
  let at = 0;
  for (const phrase of phrases) {
    leave(text.slice(at, phrase.start), false);
    add({ phrase, text: text.slice(phrase.start, phrase.end) });
    at = phrase.end;
  }
  leave(text.slice(at), true);
  return muddled || negated ? undefined : parts;
}

/** What one clause states, as a tree over its phrases and what is left for a person; undefined when nothing is understood. */
function stated(text: string, original: string, excludes: boolean): Criterion | undefined {
  const clause = text.replace(HEAD_FILLER, ' ');
  const phrases = withoutHeadings(phrasesOf(clause, excludes));
  if (phrases.length === 0 || unsure(clause, phrases, excludes)) return undefined;
  const parts = partsOf(clause, phrases, excludes);
  if (parts === undefined) return undefined;
  // Lists of what excludes seldom say "no" of one member alone; where one does, its sense is not plain.
  if (excludes && parts.some((part, index) => index > 0 && part.negated)) return undefined;
  // "no A, B or C": the negation at the head reaches as far as the list.
  const headNegation = parts[0]?.negated === true && parts.every((part, index) => index === 0 || !part.negated);
  // Neighbours without a joining word qualify each other: one statement. Two findings side by side are no plain sentence.
  const groups: Group[] = [];
  for (const part of parts) {
    const says = part.phrase?.says ?? judge(original);
    const last = groups.at(-1);
    if (last && part.join === '' && !part.negated) {
      last.says.push(says);
      last.read &&= part.phrase !== undefined;
      last.phrases += part.phrase === undefined ? 0 : 1;
      last.texts.push(part.text);
    } else
      groups.push({
        says: [says],
        texts: [part.text],
        fresh: part.fresh,
        example: part.example,
        read: part.phrase !== undefined,
        phrases: part.phrase === undefined ? 0 : 1,
        join: part.join,
        negated: part.negated,
      });
  }
  if (excludes && groups.some((group) => group.phrases > 1)) return undefined;
  if (excludes && headNegation && groups.length > 1) return undefined;
  const joins = groups.slice(1).map((group) => group.join);
  // What stands before or after a list of tumours binds each of them.
  if (
    groups.length > 1 &&
    groups.some((group) => !group.read) &&
    /"not":\{"fact":"tumour.mesothelioma"/.test(JSON.stringify(groups.map((group) => group.says)))
  )
    return undefined;
  const shared = excludes === headNegation ? undefined : sharedWords(groups, original);
  const list = groups.map((group, index) => {
    const says = shared?.[index] ?? all(...group.says);
    return group.negated && !headNegation ? not(says) : says;
  });
  const tree =
    list.length === 1
      ? (list[0] as Criterion)
      : excludes !== headNegation
        ? reasons(list, joins, original)
        : demands(list, joins);
  if (tree === undefined) return undefined;
  const said = headNegation ? not(tree) : tree;
  // "for participants with ...": nobody else is bound.
  const between = withoutPhrases(clause, phrases);
  if (FOR_SOME.test(clause) || BRANCHES.test(between)) return excludes ? all(said, judge(original)) : any(said, judge(original));
  return said;
}

/** Parts of a clause that qualify each other. */
interface Group {
  readonly says: Criterion[];
  readonly texts: string[];
  read: boolean;
  phrases: number;
  readonly join: Join;
  readonly negated: boolean;
  readonly fresh: boolean;
  readonly example: boolean;
}

const KIND_OF_ILLNESS = String.raw`\b(?:active|symptomatic|unstable|uncontrolled|severe|serious|significant|clinically|untreated|progress(?:ive|ing)|acute|recent|major|(?:poorly|inadequately|not well) controlled|ongoing|current(?:ly)?|concurrent|intercurrent|chronic|decompensated|life-threatening|refractory|recurrent|new(?:ly)?|moderate|advanced|grade)\b`;
/** It begins with a word that may be said of all that follows: "clinically unstable tumours or brain metastases". */
const QUALIFIES = new RegExp(
  String.raw`^(?:\W|\b(?:any|known|history|of|with|presence|evidence|patients?|subjects?|participants?|who|have|has|having|an?|the|other)\b)*${KIND_OF_ILLNESS}`,
);
/** It begins anew: an adjective before it says nothing of it. */
const BEGINS_ANEW =
  /^(?:\W)*(?:any|an?|known|history|evidence|presence|prior|previous|diagnosis|receipt|participants?|patients?|subjects?|who|have|has|is|are)\b/;
/** Findings of which there are kinds and grades. */
const HAS_KINDS =
  /^(?:comorbid\.(?!pregnant|breastfeeding|allergy|transplant|other-cancer-years)|extent\.(?:brain|effusion|ascites|pericardial|bowel|cord)|lab\.(?:hiv|hepatitis))/;
const HAS_WINDOW = /\b(?:within|in the (?:last|past)|days|weeks|months|years)\b|[<≤] ?\d/;
/** What comes and goes: that it is absent today says nothing of the months before. */
const EVENT = /^comorbid\.(?:unstable-angina|heart-failure|arrhythmia|bleeding|thrombo\w*|heart-attack|stroke)$/;
/** States and medicines of today: of the days, months or years before they say nothing. */
const TODAY =
  /^(?:comorbid\.(?:unstable-angina|arrhythmia|infection-active|bleeding|uncontrolled-illness|cardiac-significant|neurological-active|liver-disease-active|wound-unhealed)|drug\.(?!days-|[a-z-]*recent$)|extent\.(?:effusion|ascites|pericardial|bowel|cord|brain-symptomatic))/;
const TAKEN_TODAY = /^drug\.(?!days-|[a-z-]*recent$)/;
const PAST = /\bhistory\b|\b(?:prior|previous)(?:ly)?\b(?! to\b)/;
/** What a text says of the past, read by a state of today: who has it now is meant, who has it not may have had it. */
function withPast(says: Criterion, text: string, original: string): Criterion {
  if (!PAST.test(text) && !HAS_WINDOW.test(text)) return says;
  const facts = factsIn([says]);
  const open = 'any' in says && says.any.some((part) => 'judge' in part);
  return !open && facts.length > 0 && facts.every((fact) => TODAY.test(fact)) ? any(says, judge(original)) : says;
}
/** A clause behind a list that narrows all of it. */
const NARROWS_ALL =
  /^\W*(?:that|which|whose|incompatible|considered|deemed|judged|felt to|thought to|in the (?:opinion|judge?ment|investigator)|as (?:judged|determined|assessed|deemed|considered)|at the discretion)\b/;

/**
 * What a list of reasons says when one member's words may be meant of the others: the adjective at its head, the clause or the time at
 * its end. Whoever has one of the others is then left to a person.
 */
function sharedWords(groups: readonly Group[], original: string): readonly Criterion[] {
  const narrows = (group: Group): boolean => group.texts.slice(1).some((text) => NARROWS_ALL.test(text));
  // "X or Y that requires treatment", and a whole list whose last member goes on so.
  const narrowedLater = (index: number): boolean => {
    const rest = groups.slice(index + 1);
    const end = rest.findIndex((group) => group.join !== 'or' || group.fresh);
    return rest.slice(0, end === -1 ? undefined : end).some(narrows) || rest.slice(-1).some(narrows);
  };
  let carries = false;
  return groups.map((group, index) => {
    const text = group.texts.join(' ');
    const says = withPast(all(...group.says), text, original);
    if (group.fresh || (BEGINS_ANEW.test(text) && !group.example)) carries = false;
    const qualified = QUALIFIES.test(text);
    const carried = carries;
    if (qualified && (!group.read || groups[index + 1]?.example === true)) carries = true;
    if (!group.read) return says;
    const facts = factsIn([says]);
    if (facts.length === 0) return says;
    // What leaves everybody to a person already needs no more of it.
    // "uncontrolled brain or leptomeningeal metastases", but not "active brain metastases or carcinomatous meningitis"
    const before = groups[index - 1]?.texts.at(-1) ?? '';
    const kinds = (fact: string): boolean =>
      HAS_KINDS.test(fact) ||
      (fact === 'extent.leptomeningeal' &&
        (facts.includes('extent.brain-metastases') || /\b(?:brain|cns|cerebral|parenchymal)$/.test(before)));
    const bare = canBe(says, true) && facts.every(kinds);
    if (bare && ((carried && !qualified && !HAS_WINDOW.test(text)) || narrowedLater(index))) return all(says, judge(original));
    // "allogeneic transplant or CAR-T within 6 weeks"
    if (!HAS_WINDOW.test(text) && facts.every((fact) => fact === 'comorbid.transplant') && timedLater(groups, index))
      return all(says, judge(original));
    // "unstable angina or myocardial infarction within six months"
    if (
      !HAS_WINDOW.test(text) &&
      !/\b(?:current|ongoing|active)/.test(text) &&
      facts.every((fact) => EVENT.test(fact) || TAKEN_TODAY.test(fact)) &&
      timedLater(groups, index)
    )
      return any(says, judge(original));
    return says;
  });
}

/** Whether the member that it is joined to by "or", or the last of the list, names a time. */
function timedLater(groups: readonly Group[], index: number): boolean {
  const timed = (group: Group | undefined): boolean =>
    group !== undefined && group.join === 'or' && !group.fresh && HAS_WINDOW.test(group.texts.join(' '));
  const rest = groups.slice(index + 1);
  return timed(rest[0]) || (!rest.some(({ fresh }) => fresh) && timed(rest.at(-1)));
}

/** Facts that a trial wants: only of these does "no" make sense in a list of what excludes. */
const WANTED = /^(?:extent\.(?:measurable|evaluable)|tumour\.tissue|organ\.function|comorbid\.cannot-swallow|lab\.|organ\.)/;
/** Wordings that turn around in ways which are not told apart. */
const TURNED =
  /\b(?:versus|vs|regardless of|determination of)\b|\b(?:palliative|limited[- ]field)\b[^.;]*\bradiotherapy\b|\bradiotherapy\b[^.;]*\bpalliative\b/;
/** "any other tumour than", unless a phrase has taken it in. */
const OTHER_THAN = /\bother\b[^.;]*\bthan\b/;
/** A further limit for people with this or that, which was not read with the first. */
const BRANCHES =
  /\bgilbert|\b(?:liver|hepatic|bone) (?:metastas|involve|lesion)|\bfor (?:palliative|nitrosoureas?|mitomycin|antibod|large molecules|biologics|monoclonal)/;

/** More ages than one lower and one upper limit are those of several groups. */
function agesAtOdds(phrases: readonly Phrase[], excludes: boolean, clause: string): boolean {
  const of = phrases.filter(({ says }) => JSON.stringify(says).includes('"person.age"'));
  const ages = of.map(({ says }) => JSON.stringify(says));
  if (ages.length < 2) return false;
  // "≥ 40 or ≤ 80" leaves nobody out, and is not meant so.
  if (!excludes && /\bor\b/.test(clause.slice(of[0]?.end, of[1]?.start))) return true;
  const limits = (key: string): number[] =>
    ages.flatMap((says) => [...says.matchAll(new RegExp(`"${key}e?":(\\d+)`, 'g'))].map(([, number]) => Number(number)));
  const low = limits('gt');
  const high = limits('lt');
  if (ages.length > 2 || low.length !== 1 || high.length !== 1) return true;
  return excludes ? (high[0] as number) > (low[0] as number) : (low[0] as number) > (high[0] as number);
}

const CEILING =
  /^lab\.(?:ast|alt|alp|bilirubin|creatinine)(?:-times-upper-limit)?$|^lab\.(?:inr|aptt-ratio)$|^organ\.qtcf$|^person\.ecog$|^organ\.(?:systolic|diastolic)-pressure$/;
const FLOOR =
  /^lab\.(?:neutrophils|platelets|haemoglobin|creatinine-clearance|egfr)$|^organ\.(?:lvef|spo2)$|^person\.(?:karnofsky|life-expectancy-weeks)$/;
/** "for those with creatinine > 1.5": a condition. */
const OF_THOSE_WITH =
  /\b(?:patients?|subjects?|participants?|those|individuals|persons?)(?: \w+){0,2} (?:with|having|have|has|whose)\b[^.;,]{0,30}$|\b(?:if|when|where)\b[^.;,]{0,30}$/;
/** A limit that no trial can mean that way round: a slip of the record, or of its headings. */
function backward(says: Criterion, excludes: boolean, before: string): boolean {
  if (NEGATION.test(before) || OF_THOSE_WITH.test(before)) return false;
  const parts = 'any' in says ? says.any : 'all' in says ? says.all : undefined;
  if (parts?.every((part) => 'fact' in part)) return parts.some((part) => backward(part, excludes, before));
  if (!('fact' in says)) return false;
  // A short QT is a finding of its own.
  if (says.fact === 'organ.qtcf' && excludes && Number(says.lt ?? says.lte) < 370) return false;
  const up = 'gte' in says || 'gt' in says;
  const down = 'lte' in says || 'lt' in says;
  if (up === down) return false;
  return CEILING.test(says.fact) ? up !== excludes : FLOOR.test(says.fact) ? down !== excludes : false;
}

/** Whether a clause is of a kind that is not read at all, whatever phrases it holds. */
function unsure(clause: string, phrases: readonly Phrase[], excludes: boolean): boolean {
  const open = withoutPhrases(
    clause,
    phrases.filter(({ start, end }) => /palliative|limited/.test(clause.slice(start, end))),
  );
  if (phrases.some(({ says, start }) => backward(says, excludes, clause.slice(0, start)))) return true;
  if (TURNED.test(open) || OTHER_THAN.test(withoutPhrases(clause, phrases))) return true;
  // Whom a list of tumours keeps out is said of the site, the stage or the treatment of each.
  if (excludes && phrases.some(({ says }) => 'not' in says && 'fact' in says.not && says.not.fact === 'tumour.mesothelioma'))
    return true;
  // "No uncontrolled infection" under a heading of exclusions says the opposite of what it means.
  if (excludes && /^\s*(?:no|not|without|absence|lack|never)\b/.test(clause))
    return !phrases.every(
      ({ says }) => 'fact' in says && WANTED.test(says.fact) && !/^no\b/.test(clause.slice(phrases[0]?.start)),
    );
  if (agesAtOdds(phrases, excludes, clause)) return true;
  // Two statements on one thing in one direction are for different people.
  const seen = new Set<string>();
  for (const { says } of phrases) {
    const own = new Set(
      [
        ...JSON.stringify(says).matchAll(
          /"fact":"((?:lab|organ|person|prior|tumour\.histology|tumour\.primary-site)[^"]*)","(lt|gt|in|is)/g,
        ),
      ].map(([, fact, side]) => (fact?.startsWith('tumour.') ? fact : `${fact} ${side}`)),
    );
    for (const key of own) {
      if (key?.endsWith(' is') || key?.endsWith(' in')) continue;
      if (key !== undefined && seen.has(key)) return true;
      if (key !== undefined) seen.add(key);
    }
  }
  return false;
}

function withoutPhrases(text: string, phrases: readonly Phrase[]): string {
  return [...phrases].reverse().reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text);
}

/** A list of what excludes: each member does, and of two that are joined by "and" only both surely do. */
function reasons(list: readonly Criterion[], joins: readonly Join[], original: string): Criterion | undefined {
  if (!joins.includes('and')) return any(...list);
  if (joins.includes('or')) return undefined;
  const either = any(...list);
  return all(either, any(all(...list), judge(original)));
}

/** A list of what is asked for: all of it, or one of "X, Y or Z". */
function demands(list: readonly Criterion[], joins: readonly Join[]): Criterion | undefined {
  const or = joins.filter((join) => join === 'or').length;
  if (or === 0) return all(...list);
  const plain = or === joins.length || (or === 1 && joins.at(-1) === 'or' && joins.slice(0, -1).every((join) => join === ','));
  // "ANC, platelets, creatinine or clearance": the "or" is between the last two alone.
  const limits = list.length > 2 && list.some((part) => JSON.stringify(part).includes('"lab.'));
  return plain && !limits ? any(...list) : undefined;
}

/** "Adequate renal function: creatinine ...": the limits that follow say what adequate means. */
function withoutHeadings(phrases: readonly Phrase[]): readonly Phrase[] {
  const heading = ({ says }: Phrase): boolean => {
    const facts = factsIn([says]);
    return facts.length > 0 && facts.every((fact) => fact === 'organ.function-adequate');
  };
  const limits = (phrase: Phrase): boolean => /"(?:lab|organ)\.[^"]*","(?:lt|gt)/.test(JSON.stringify(phrase.says));
  return phrases.filter((phrase, index) => !heading(phrase) || !phrases.slice(index + 1).some(limits));
}

/** "HIV-infected participants" are participants with HIV. */
const INFECTED =
  /^((?:hiv|hbv|hcv)(?:\s*(?:,|or|and|\/)\s*(?:hiv|hbv|hcv))*)[- ](?:infected|(?:sero)?positive) ((?:patients|participants|subjects|individuals)\b)/;

/** Longest criterion that is read, in UTF-16 code units: a longer one is a chapter, and no single statement. */
const LONGEST = 3000;

/** Reads one criterion. Never throws; what is not understood is a judgement in the registry's own words. */
export function parseCriterion(item: EligibilityItem): ParsedCriterion {
  const original = item.text;
  if (original.length > LONGEST) return { kind: 'judgement', requires: judge(original) };
  const heading = HEADING.exec(item.leadIn ?? '')?.[1];
  const own = canonical(original).replace(INFECTED, '$2 with $1 infection');
  // "Life expectancy:" above "At least 3 months".
  const prefixed = heading !== undefined && phrasesOf(own, false).length === 0;
  const text = prefixed ? canonical(`${heading} ${original}`) : own;
  const lead: Lead = heading === undefined ? leadOf(item.leadIn, item.side) : { kind: 'plain' };
  const procedural =
    PROCEDURAL.some((pattern) => pattern.test(text)) && (!CLINICAL.test(text.replace(NO_ILLNESS, ' ')) || WILLING.test(text));
  const unread: ParsedCriterion = procedural
    ? { kind: 'procedural', requires: judge(original) }
    : { kind: 'judgement', requires: judge(item.leadIn === undefined ? original : `${item.leadIn} ${original}`) };
  if (procedural && phrasesOf(text, true).length === 0) return unread;
  if (lead.kind === 'unread') return TUMOURS_UNDER.test(item.leadIn ?? '') ? underLead(item, text, unread) : unread;
  const soft = softAt(text);
  const tumours = otherTumours(item, text, soft, original, unread);
  // "measurable disease in phase II": who joins by another part is not bound by it.
  if (tumours !== undefined) return mentionsPart(original.split(SENTENCE)[0] ?? '') ? unread : tumours;
  const ofSome = mentionsPart(original) || (item.side === 'exclusion' && OF_SOME.test(text));
  if (item.side === 'inclusion' && (CONDITIONAL.test(text) || LETS_IN.test(text))) return bindingSome(original, text, unread);
  // "Patients who are not pregnant are eligible": whom it keeps out is said by its reverse.
  if (item.side === 'exclusion' && NEGATION.test(LETS_IN.exec(text)?.[2] ?? '')) return unread;
  if (GRANTS.test(text) || (item.side === 'exclusion' && letsIn(text))) return { kind: 'procedural', requires: judge(original) };

  const sentences = prefixed ? [text] : original.split(SENTENCE).map((sentence) => canonical(sentence ?? ''));
  const halfLives = halfLivesOf(text);
  const plain = (sentences[0] ?? '')
    .replace(/\.$/, '')
    .replace(BECAUSE, '')
    .replace(IN_SOMEBODYS_OPINION, ' $1 ')
    .replace(halfLives === undefined ? /$^/ : HALF_LIVES, ' ');
  // An exception in brackets softens what stands before it; what follows is read on.
  const taken = phrasesOf(plain, false);
  let softened = false;
  const bracketed = plain.replace(SOFT_BRACKET, (bracket: string, ...rest: readonly unknown[]) => {
    const at = rest.find((part) => typeof part === 'number') as number;
    if (taken.some((phrase) => at >= phrase.start && at < phrase.end)) return bracket;
    softened ||= !saidOfOthers(bracket);
    return ' ';
  });
  const windowed = `${bracketed}${lead.window === undefined ? '' : ` ${lead.window}`}`;
  // A state of today is within every window, and says nothing of the months before.
  const pastUnknown = lead.window !== undefined && item.side === 'exclusion' && !takesWindow(windowed, lead.window);
  const told = pastUnknown ? bracketed : windowed;
  const denied = item.side === 'inclusion' && NO_PRIOR_LIST.test(told);
  if (item.side === 'inclusion' && !denied && NO_PRIOR_FOR.test(told)) return { ...unread, kind: 'judgement' };
  const first = denied ? told.replace(/^no /, '') : told;
  const excludes = denied || (item.side === 'exclusion') !== flips(first, item.side);
  const at = softAt(first);
  // "X are eligible if" grants; it asks for nothing.
  if (!excludes && at !== undefined && /^(?:eligible|allowed|permitted|acceptable|may)\b/.test(first.slice(at))) return unread;
  if (!excludes && at !== undefined && EXEMPT.test(first.slice(at)) && TREATED.test(first.slice(0, at)))
    return { kind: 'rule', requires: any(MESOTHELIOMA, judge(original)) };
  const head = stated(at === undefined ? first : first.slice(0, at), original, excludes);
  if (head === undefined) {
    // What is asked for beside a willingness, and was not understood, has to be weighed.
    const open: ParsedCriterion = { ...unread, kind: 'judgement' };
    return excludes || sentences.length > 1 ? open : listed(plain, original, open);
  }
  const tail = at === undefined ? undefined : first.slice(at);
  const adult = ADULT.test(JSON.stringify(head));
  const later = sentences
    .slice(1)
    .filter((sentence) => sentence !== '' && !EXPLAINS.test(sentence) && !(adult && NO_CHILDREN.test(sentence)));
  const negative = excludes || /^(?:no|not|without|absence)\b|\bmust not\b/.test(first);
  const exception = (tail !== undefined && !saidOfOthers(tail)) || softened;
  const grants = (sentence: string): boolean =>
    /\bapproval\b/.test(sentence) ||
    ((SOFT.test(sentence) || NOT_EXCLUDED.test(sentence)) && !DEMANDS.test(sentence.replace(NOT_EXCLUDED, ' ')));
  const bound = required(head, {
    excludes,
    // An exception lets some people through; of what is asked for it can narrow as well.
    widened:
      exception ||
      lead.kind === 'some' ||
      later.some((sentence) => grants(sentence) || NOT_EXCLUDED.test(sentence) || ALLOWED.test(sentence)),
    narrowed:
      (exception && !negative && !WIDENS.test(tail ?? '')) ||
      later.some((sentence) => !grants(sentence)) ||
      pastUnknown ||
      (lead.past === true && item.side === 'exclusion' && factsIn([head]).some((fact) => TODAY.test(fact))),
    conditions: later.flatMap((sentence) => conditionOf(sentence, original, grants(sentence), excludes)),
    halfLives,
    rest: judge(original),
  });
  const requires = ofSome && canBe(bound, false) ? any(bound, judge(original)) : bound;
  if (impossible(requires) || wantsIllness(requires) || (!excludes && wantsRecent(requires))) return unread;
  const note = phrasesOf(first, excludes).find((phrase) => phrase.note !== undefined)?.note;
  return {
    kind: procedural ? 'procedural' : 'rule',
    requires,
    ...(note === undefined ? {} : { note }),
  };
}

/** "No prior A, B or C" denies each of them: it is read as an exclusion of any. */
const NO_PRIOR_LIST = /^no (?:prior|previous|earlier) (?:(?!\b(?:for|to|of|with|in|against|within)\b)[^.;,])*?(?:,|\bor\b)/;

/** "No prior A for B or C": whether C is denied, or what A was for, is for a person to say. */
const NO_PRIOR_FOR = /^no (?:prior|previous|earlier) [^.;]*(?:,|\bor\b)/;

/** "Tumours with ... of the following histologies:" above a list: what more the lead asks for is for a person to say. */
const TUMOURS_UNDER =
  /\b(?:histolog(?:y|ies)|subtypes?|types?|cancers?|tumou?rs?|malignanc(?:y|ies)|indications?|diagnos[ei]s)\s*:\s*$/i;
function underLead(item: EligibilityItem, text: string, unread: ParsedCriterion): ParsedCriterion {
  if (item.side === 'exclusion' || /\b(?:no|not|none|without|except|exclud)/i.test(item.leadIn ?? '')) return unread;
  const read = listed(text, `${item.leadIn} ${item.text}`, unread);
  return read === unread ? unread : { ...read, requires: all(read.requires, judge(item.leadIn ?? '')) };
}

/** "Patients with brain metastases must ...": whoever has none is not bound by it. */
const BINDS_SOME =
  /^(?:for |in )?((?:all |those |any )*(?:fe)?(?:male )?(?:patients?|participants?|subjects?|individuals|persons?|those|women|men|females?|males?))\s+((?:with|who|having|receiving|taking|on|of|requiring)\b.*?),?\s+(?:must|should|need to|(?:are|is|will be) required)\b(.*)$/;
/** "Patients with brain metastases are eligible if ...": the same, said the other way round. */
const LETS_IN =
  /^((?:patients?|participants?|subjects?|individuals|those))\s+((?:with|who|having|receiving|taking|on)\b[^.;]*?),?\s+(?:(?:are|will be|may be|can be|is) (?:eligible|allowed|permitted|included|enrolled|considered)|may (?:participate|enrol+))\b(.*)$/;
/** The same under a heading of exclusions: it keeps nobody out. */
const LETS_IN_SURELY =
  /^(?:note:? )?(?:patients?|participants?|subjects?|individuals)\s+(?:with|on)\b(?![^.;]*\b(?:no|not|without|only)\b)[^.;,]*?\s+(?:are|may be) (?:eligible|allowed|permitted|acceptable)\.?$/;
/** Nothing that a trial asks for stands in it. */
const letsIn = (text: string): boolean =>
  LETS_IN_SURELY.test(text) &&
  !NAMES_MESOTHELIOMA.test(text) &&
  factsIn(phrasesOf(text, true).map(({ says }) => says)).every((fact) => UNWANTED.test(fact));

const factsIn = (criteria: readonly Criterion[]): readonly string[] =>
  [...JSON.stringify(criteria).matchAll(/"fact":"([^"]+)"/g)].map(([, fact]) => fact ?? '');

/** States that a trial would rather not have: whoever is free of them is let in anyway. */
const UNWANTED =
  /^(?:comorbid\.|lab\.(?:hiv|hepatitis)|extent\.(?:brain|leptomeningeal|cord|effusion|ascites|pericardial|bowel)|drug\.|site\.(?:brain|liver|bone))/;
const CHILDBEARING = /\bchild-? ?bearing|\bwocbp\b|(?:able|ability) to (?:become pregnant|bear children)/;

function bindingSome(original: string, text: string, unread: ParsedCriterion): ParsedCriterion {
  const demands = BINDS_SOME.exec(text);
  const match = demands ?? LETS_IN.exec(text);
  if (match === null || NAMES_MESOTHELIOMA.test(text) || ANY_TUMOUR.test(text)) return unread;
  const [, subject = '', who = '', then = ''] = match;
  const later = original
    .split(SENTENCE)
    .slice(1)
    .map(canonical)
    .filter((sentence) => !EXPLAINS.test(sentence));
  const rest = judge(original);
  if (demands && CHILDBEARING.test(`${subject} ${who}`))
    return later.every((sentence) => OF_BIRTH.test(sentence)) ? childbearing(text, rest) : unread;
  if (SOFT.test(who) || NEGATION.test(who) || /\b(?:other|all) (?:patients|participants|subjects)\b/.test(then)) return unread;
  // A further sentence may bind others, unless it goes on about the same.
  const says = stated(`${who.replace(/^(?:with|who|having|receiving|taking|on|of|requiring)\b/, ' $& ')}`, original, true);
  if (says === undefined || later.some((sentence) => !GOES_ON.test(sentence))) return unread;
  const facts = factsIn([says]);
  if (!demands && !facts.every((fact) => UNWANTED.test(fact))) return unread;
  if (demands && facts.some((fact) => /^(?:person|tumour)\./.test(fact))) return unread;
  const requires = any(not(says), rest);
  return canBe(requires, true) ? { kind: 'rule', requires } : unread;
}
/** "Patients with controlled HIV may be considered only after ...": the head may have let them through already. */
const ONLY = /\bonly (?:after|if|when|with|upon|following|once|provided)\b/;
/** "Treated brain metastases are allowed if ...": whoever has them and was not kept out by the head still has to meet that. */
const GRANTS_IF =
  /^(?:however,? |note:? )?(?:those |(?:patients?|participants?|subjects?|individuals) )?(?:(?:with|who have) )?([^.;]*?),?\s+(?:(?:are|is|will be|may be|can be|must be) (?:eligible|allowed|permitted|included|enrolled|considered|acceptable)|may (?:participate|enrol+))\b[^.;]*?\b(?:if|provided|when|as long as|once|after|following|but)\b/;
function conditionOf(sentence: string, original: string, grants: boolean, excludes: boolean): readonly Criterion[] {
  const only = ONLY.test(sentence) && grants;
  const plain = sentence.replace(INFECTED, '$2 with $1 infection');
  const who = LETS_IN.exec(plain)?.[2] ?? (excludes ? GRANTS_IF.exec(plain)?.[1] : undefined);
  if (!only && (who === undefined || !GRANTS_IF.test(plain))) return [];
  const says = who === undefined || SOFT.test(who) || NEGATION.test(who) ? undefined : stated(` ${who} `, original, true);
  if (says === undefined) return only ? [judge(original)] : [];
  return only || (excludes && factsIn([says]).every((fact) => UNWANTED.test(fact))) ? [any(not(says), judge(original))] : [];
}
const OF_BIRTH = /child-? ?bearing|pregnan|contracep|birth control|menopaus|steril|\bhcg\b|breastfeeding|nursing/;
const GOES_ON = /^(?:these|such|they|patients with [^.;]* are (?:eligible|allowed|permitted)|lesions)\b/;

/** Tests and birth control of those who can become pregnant: men and others are not bound; who is pregnant is kept out. */
function childbearing(text: string, rest: Criterion): ParsedCriterion {
  // What counts as "able to become pregnant" is said by the record itself, or both sexes are meant.
  const own = /\bdefined as\b|\bdefinition\b|\bconsidered\b/.test(text);
  const women = /women|female|wocbp/.test(text) && !/(?<!fe)\bmen\b|(?<!fe)\bmales?\b/.test(text);
  const free = women ? [is('person.sex', 'male'), ...(own ? [] : [is('person.childbearing-possible', false)])] : [];
  const tested = /\bnegative\b[^.;]{0,60}\b(?:pregnancy|hcg|chorionic)|(?:pregnancy test|hcg)[^.;]{0,40}\bnegative\b/.test(text);
  if (free.length === 0 && !tested) return { kind: 'judgement', requires: rest };
  if (free.length === 0)
    return {
      kind: 'rule',
      requires: all(
        any(is('person.sex', 'male'), is('person.childbearing-possible', false), is('comorbid.pregnant', false)),
        rest,
      ),
    };
  const more = /contracep|birth control|agree|willing|breast|lactat|\bus(?:e|ing)\b|refrain|steril|condom|\bmust be\b/.test(
    text.replace(/urine|serum/g, ''),
  );
  const negative = is('comorbid.pregnant', false);
  return { kind: 'rule', requires: any(...free, !tested ? rest : more ? all(negative, rest) : negative) };
}

/** Whether some answers to its facts alone make it so. */
function canBe(criterion: Criterion, value: boolean): boolean {
  if ('judge' in criterion) return false;
  if ('not' in criterion) return canBe(criterion.not, !value);
  if ('all' in criterion)
    return value ? criterion.all.every((part) => canBe(part, true)) : criterion.all.some((part) => canBe(part, false));
  if ('any' in criterion)
    return value ? criterion.any.some((part) => canBe(part, true)) : criterion.any.every((part) => canBe(part, false));
  return true;
}

/** A list of tumours that names mesothelioma among others. */
function listed(text: string, words: string, unread: ParsedCriterion): ParsedCriterion {
  const requires = OTHER_TUMOUR.test(text) && NAMES_MESOTHELIOMA.test(text) ? tumourList(text, judge(words)) : undefined;
  return requires === undefined ? unread : { kind: 'rule', requires };
}

/** Whether one of the phrases is read with the window that the line above the list names. */
function takesWindow(text: string, window: string): boolean {
  const at = text.lastIndexOf(window);
  return phrasesOf(text, true).some(({ start, end }) => at >= start && at < end);
}

interface Reservations {
  readonly excludes: boolean;
  /** Some people are let through all the same. */
  readonly widened: boolean;
  /** Further people may be kept out. */
  readonly narrowed: boolean;
  /** What is asked beside of those who are let through on a condition. */
  readonly conditions: readonly Criterion[];
  readonly halfLives: 'shorter' | 'other' | undefined;
  readonly rest: Criterion;
}

/** What has to hold, with what was not read held open on the side on which it can work. */
function required(says: Criterion, { excludes, widened, narrowed, conditions, halfLives, rest }: Reservations): Criterion {
  let requires = excludes ? not(says) : says;
  // "21 days or 5 half-lives, whichever is shorter": a shorter time may do. Otherwise a longer one may be asked.
  if (halfLives === 'shorter') requires = any(requires, rest);
  else if (halfLives === 'other') requires = all(requires, rest);
  if (widened) requires = any(requires, rest);
  if (narrowed) requires = all(requires, rest);
  return all(requires, ...conditions);
}

/** Whether no answer on the disease can meet it: a list of tumours was taken for a demand of all of them. */
function impossible(requires: Criterion): boolean {
  return [true, false].every((value) => verdictOf(requires, supposing('tumour.mesothelioma', value)) === 'false');
}

/** What a trial would rather not have, or have lately been done. */
const UNWELCOME = /^(?:comorbid\.|lab\.(?:hiv|hepatitis)|extent\.(?:brain|leptomeningeal|cord)|drug\.|prior\.investigational$)/;

/**
 * Whether somebody is kept out for being free of an illness. Such lines stand under the wrong heading, or are said of those who have
 * it: "breastfeeding women must agree to stop".
 */
function wantsIllness(requires: Criterion): boolean {
  const free = new Map<string, boolean | number | string>();
  const visit = (criterion: Criterion): void => {
    if ('not' in criterion) visit(criterion.not);
    else if ('all' in criterion) criterion.all.forEach(visit);
    else if ('any' in criterion) criterion.any.forEach(visit);
    else if ('fact' in criterion && UNWELCOME.test(criterion.fact) && !/days-since|-months$|-years/.test(criterion.fact)) {
      const value = 'is' in criterion ? criterion.is : 'in' in criterion ? (criterion.in as readonly unknown[])[0] : 0;
      const healthy =
        typeof value === 'boolean'
          ? criterion.fact.endsWith('-tested')
          : typeof value === 'number'
            ? 0
            : /^lab\./.test(criterion.fact)
              ? 'negative'
              : 'none';
      free.set(criterion.fact, healthy);
    }
  };
  visit(requires);
  if (free.size === 0) return false;
  const facts: Facts = {
    asOf: '0001-01-01',
    get: (id) => {
      const value = free.get(id);
      return value === undefined ? NOT_RECORDED : { kind: 'known', value };
    },
  };
  return verdictOf(requires, facts) === 'false';
}

/** Treated within a few weeks, as a demand: a line that stands under the wrong heading, as a rule. */
function wantsRecent(requires: Criterion): boolean {
  const recent = /"fact":"prior\.days-since-[a-z-]+","lte?":(\d+)/.exec(JSON.stringify(requires));
  if (recent === null || Number(recent[1]) > 45) return false;
  const facts: Facts = {
    asOf: '0001-01-01',
    get: (id) => (/^prior\.(?!days|lines|standard)/.test(id) ? { kind: 'known', value: false } : NOT_RECORDED),
  };
  return verdictOf(requires, facts) === 'false';
}

const supposing = (fact: string, value: boolean): Facts => ({
  asOf: '0001-01-01',
  get: (id) => (id === fact ? { kind: 'known', value } : NOT_RECORDED),
});

/** "or 5 half-lives, whichever is shorter": told apart by {@link halfLivesOf}, and no part of the sentence. */
const HALF_LIVES =
  /(?:,?\s*\bor\b)?\s*(?:<|≤|within)?\s*\b\d+ (?:times the |x |elimination |plasma |drug )*half-?li(?:fe|ves)(?: of (?:the |that |each )?(?:\w+ )?(?:agent|drug|therapy|treatment|product)s?)?(?:,? if known)?,?\s*(?:\(?\s*(?:whichever|which ever) (?:is|of these is|occurs)[^(),;.]*\)?)?/g;
/** A reason given in the same breath adds nothing. */
const BECAUSE = /,?\s+because\b[^.;]*\b(?:risks?|dangerous|potential|effects?|toxicit\w+|protocol|unknown|harm\w*)\b[^.;]*$/;
const BECAUSE_IN_LEAD = /\bbecause (?:this (?:study|trial)|the (?:study|trial|agents?|drugs?))\b[^:]*/;
/** Between commas it belongs to the words around it. */
const IN_SOMEBODYS_OPINION =
  /\s*,?\s*\b((?:in|according to) the (?:opinion|judge?ment) of (?:the )?(?:[\w-]+ ){0,3}?(?:investigators?|physicians?|pi|sponsors?|doctors?|monitor)|in the (?:investigator|physician|pi)'?s?'? (?:opinion|judge?ment)|as (?:judged|determined|assessed|deemed|considered) by (?:the )?(?:[\w-]+ ){0,3}?(?:investigators?|physicians?|pi|sponsors?))\b\s*,?/g;
function halfLivesOf(text: string): 'shorter' | 'other' | undefined {
  if (!/half-li/.test(text)) return undefined;
  return /\bshorter\b/.test(text) ? 'shorter' : 'other';
}

/** "except for ovarian cancer, where ...": nobody with mesothelioma is meant. */
const saidOfOthers = (text: string): boolean =>
  /^[([\s]*(?:except|excluding|other than)/.test(text) &&
  namesOnlyOtherTumours(text) &&
  !OF_ANYBODY.test(text) &&
  !NOT_ONLY_TUMOURS.test(text);
const NOT_ONLY_TUMOURS = /\b(?:skin|cervi\w+|in situ|bladder|breast|prostate|treated|resected|cured|disease[- ]free)\b/;

/** "Patients with lung cancer must ...": whom it binds. */
const BOUND =
  /^(?:for )?(?:patients?|participants?|subjects?|those|individuals|persons?) with\b(.*?)\b(?:must|should|need|are required)\b/;
/** Somebody with mesothelioma can have had the other tumour as well. */
const OF_ANYBODY = /\b(?:history|prior|previous(?!ly)|second|concurrent|other|another|metastas[ei]s|suspected|risk|famil)/;

/** A criterion on other tumours: it binds people with them, or is what the trial is about; undefined when it is none. */
function otherTumours(
  item: EligibilityItem,
  text: string,
  soft: number | undefined,
  original: string,
  unread: ParsedCriterion,
): ParsedCriterion | undefined {
  const named = item.side === 'exclusion' && soft !== undefined ? text.slice(0, soft) : text;
  if (!OTHER_TUMOUR.test(named)) return undefined;
  if (NAMES_MESOTHELIOMA.test(text)) {
    if (item.side === 'exclusion') return undefined;
    return keepsMesotheliomaOut(text)
      ? { kind: 'rule', requires: all(not(MESOTHELIOMA), judge(original)), otherTumour: true }
      : undefined;
  }
  // "except for ovarian cancer, where ...": of people with mesothelioma the rest is said.
  if (soft !== undefined && soft > 0 && !OTHER_TUMOUR.test(text.slice(0, soft))) return undefined;
  if (item.side === 'exclusion' || ANY_TUMOUR.test(text) || !namesOnlyOtherTumours(text)) return unread;
  const sentences = original.split(SENTENCE).length;
  const bound = BOUND.exec(text)?.[1]?.replace(/.*\b(?:and|who)\s*$/, '') || undefined;
  if (bound !== undefined && OTHER_TUMOUR.test(bound) && !OF_ANYBODY.test(bound) && sentences === 1)
    return { kind: 'rule', requires: any(MESOTHELIOMA, judge(original)) };
  if (bound !== undefined) return unread;
  return asksForOtherTumour(text) && !/\bsome parts\b|\bor (?:an)?other\b|\bunknown primary\b/.test(text)
    ? { kind: 'rule', requires: all(not(MESOTHELIOMA), judge(original)), otherTumour: true }
    : unread;
}

/** "All adverse events must have resolved" among what excludes. */
const DEMANDS_RECOVERY =
  /^(?![^.;]*\b(?:who|that|which|not)\b)[^.;]*\b(?:toxicit(?:y|ies)|(?:adverse|toxic|side) (?:events?|effects?|reactions?))\b[^.;]*\b(?:must|should|need to) (?:have )?(?:be(?:en)? )?(?:fully )?(?:resolved?|recover(?:ed)?|improved?|returned)\b/;
/** An inclusion list can exclude, and an exclusion list can demand: "patients must have adequate renal function". */
function flips(text: string, side: EligibilityItem['side']): boolean {
  if (side === 'exclusion')
    return (
      DEMANDS_RECOVERY.test(text) ||
      /^(?:the |all )?(?:patients?|participants?|subjects?)? ?(?:must|should) (?:also )?(?:not )?(?:have|be)\b/.test(text)
    );
  // "not eligible for curative therapy" keeps nobody out of the trial.
  return (
    /\b(?:will be|are|is) (?:excluded|(?:ineligible|not eligible)(?! (?:for|to)\b(?! (?:the |this |our )?(?:study|trial|participa|enrol|inclusion|protocol))))(?!\w)/.test(
      text,
    ) && !/\b(?:must|should)\b/.test(text)
  );
}

/** Where an exception begins that no phrase has taken in. */
function softAt(text: string): number | undefined {
  const phrases = phrasesOf(text, false);
  for (const match of text.matchAll(SOFT_ANYWHERE))
    if (phrases.every((phrase) => match.index < phrase.start || match.index >= phrase.end)) return match.index;
  return undefined;
}

/** "Participants are not eligible if they fulfil any of the following:" above what excludes. */
const KEEPS_OUT =
  /^(?:the |all |any )?(?:following )?(?:patients?|participants?|subjects?|individuals|persons?)?\s*(?:who (?:meet|fulfil)\w* any of (?:the |these )?(?:following|below)?(?: criteria)? )?(?:will be|are|is|should be|must be)?\s*(?:not (?:be )?eligible|ineligible|excluded|not be (?:included|enrolled))(?: (?:for|from|to|in|if|when|who|they|he|she|or|the|this|study|trial|participation|participate|enrol?lment|meet|meets|fulfil+s?|any|have|has|of|one|more|following|criteria|criterion|below|are|is|patient|participant|subject|there|present|apply|applies))*\s*:?$/;
const TAKES =
  /^(?:in order )?(?:to be (?:eligible|included|enrolled)[^:.]{0,40}?,?\s*)?(?:the |all |each |an? )?(?:patients?|participants?|subjects?|individuals|persons?)\s*(?:must|should|have to|has to|need to)\s*(?:meet|fulfil+|satisfy|have)\s*(?:all )?(?:of )?(?:the )?(?:following|these)(?: (?:inclusion )?criteria)?(?: (?:for|to|at|prior to|before) [a-z ]{0,30})?\s*:?$/;

const LEAD_WORDS =
  /\b(?:normal|abnormal(?:it(?:y|ies))?|dysfunctions?|inadequate|insufficient|impairment|findings?|radiotherapy|endocrine therapy|biologic therapy|nutritional|metabolic|confirmed|obtained|screening period|prior to|administration|first|cycle|combination|groups|drug|adequate|organ|marrow|bone|function|reserve|hematologic(?:al)?|hematology|hepatic|renal|cardiac|cardiovascular|pulmonary|biochemistry|chemistry|blood|tests?|specified|ranges?|meet|met|characteristics|performance status|life expectancy|other|liver|kidney|impaired|clinically|significant|serious|medical|conditions?|endanger|may|limited|investigator|discretion|ongoing|end|chemotherapy|surgery|one|more|each|done|tissue|disease|cancer|history|or|and|all|within|enrollment|days?|\d+|s)\b/g;

interface Lead {
  readonly kind: 'plain' | 'some' | 'unread';
  /** The time that it names for all of them. */
  readonly window?: string;
  /** It speaks of what was. */
  readonly past?: boolean;
}

/** What the line above a list means for each of its lines. */
function leadOf(leadIn: string | undefined, side: EligibilityItem['side']): Lead {
  if (leadIn === undefined) return { kind: 'plain' };
  const text = canonical(leadIn).replace(BECAUSE_IN_LEAD, ' ');
  // Some parts of a trial do not take people with any of these; the others do.
  if (
    /^(?:the following )?(?:patients|participants|subjects)?[^:]*\bexcluded from (?:some|certain) (?:parts?|arms?|cohorts?)\b/.test(
      text,
    )
  )
    return { kind: 'some' };
  if (side === 'exclusion' && KEEPS_OUT.test(text)) return { kind: 'plain' };
  if (side === 'inclusion' && TAKES.test(text)) return { kind: 'plain' };
  // "Patients must not have any of the following" turns an inclusion around: left to a person.
  if (/\b(?:no|not|none|without|excluded)\b/.test(text)) return { kind: 'unread' };
  const window = /\b(?:any|one|following|events?)\b/.test(text)
    ? /(?:within|in the (?:last|past)|≤|<)\s*(?:the (?:last|past) )?\d+\s*(?:days|weeks|months|years)/.exec(text)?.[0]
    : undefined;
  const rest = text
    // Codes of drugs under study.
    .replace(/\[[^\]]*\]|\b[a-z]{1,5}[- ]?\d{2,}[a-z]*\b/g, ' ')
    .replace(window ?? '', ' ')
    .replace(LEAD_WORDS, ' ')
    .replace(FILLER, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return rest === '' || /^(?:prior|first)$/.test(rest)
    ? { kind: 'plain', ...(window === undefined ? {} : { window }), past: /\bhistory\b/.test(text) }
    : { kind: 'unread' };
}
