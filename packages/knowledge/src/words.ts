/**
 * What may stand in the texts: reading age, no doses and no survival figures for patients, and none of the figures that
 * are known to be printed wrongly in public sources. Pure functions over strings.
 */

// ── reading age ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Long words that a person with mesothelioma meets anyway. Each counts as an easy word where the same text holds one of
 * its plain explanations; an empty list means that it needs none.
 */
export const MEDICAL_WORDS: Readonly<Record<string, readonly string[]>> = {
  mesothelioma: [],
  asbestos: [],
  hospital: [],
  medicine: [],
  operation: [],
  chemotherapy: [],
  ambulance: [],
  emergency: [],
  temperature: [],
  diagnosis: [],
  pathology: ['report', 'sample', 'laboratory'],
  pathologist: ['sample', 'report', 'doctor', 'stain'],
  radiologist: ['scan', 'x-ray'],
  laboratory: ['test', 'blood', 'sample'],
  laparoscopy: ['camera', 'keyhole', 'look inside'],
  creatinine: ['kidney'],
  antibiotic: ['infection'],
  radiotherapy: ['ray', 'beam', 'radiation'],
  immunotherapy: ['immune', 'defence', 'fight'],
  oncologist: ['cancer doctor'],
  abdomen: ['belly'],
  peritoneum: ['lining', 'belly'],
  peritoneal: ['lining', 'belly'],
  pleura: ['lining', 'chest'],
  pleural: ['lining', 'chest'],
  pericardium: ['heart'],
  diaphragm: ['muscle', 'breathing'],
  biopsy: ['sample', 'piece'],
  catheter: ['tube', 'drain'],
  pleurodesis: ['lining', 'stick', 'powder', 'talc'],
  epithelioid: ['cell', 'type'],
  sarcomatoid: ['cell', 'type'],
  biphasic: ['cell', 'type'],
  nivolumab: ['medicine', 'drug', 'immunotherapy'],
  ipilimumab: ['medicine', 'drug', 'immunotherapy'],
  pembrolizumab: ['medicine', 'drug', 'immunotherapy'],
  bevacizumab: ['medicine', 'drug'],
  pemetrexed: ['medicine', 'drug', 'chemotherapy'],
  cisplatin: ['medicine', 'drug', 'chemotherapy'],
  carboplatin: ['medicine', 'drug', 'chemotherapy'],
  gemcitabine: ['medicine', 'drug', 'chemotherapy'],
  vinorelbine: ['medicine', 'drug', 'chemotherapy'],
  methotrexate: ['medicine', 'drug'],
};

/** A medical word that the text explains counts as this many syllables. */
const EASY_SYLLABLES = 2;

const QUOTED = /["“][^"”]{1,80}["”]/g;
const QUOTATION = 'letters';

export interface Readability {
  /** Flesch-Kincaid grade: years of schooling; 8 is about age 13. */
  readonly grade: number;
  readonly sentences: number;
  readonly words: number;
}

/**
 * Flesch-Kincaid grade of several texts read as one: 0.39 × words per sentence + 11.8 × syllables per word − 15.59
 * (Kincaid et al. 1975). Labels and headings, which end no sentence, are left out; words in quotation marks, which the
 * reader looks for in a letter as they stand, count as one easy word. Undefined when no prose is left.
 */
export function readability(texts: readonly string[]): Readability | undefined {
  const prose = texts.map((text) => text.trim().replace(QUOTED, QUOTATION)).filter((text) => /[.!?](\s|$)/.test(text));
  const all = prose.join('\n').toLowerCase();
  const sentences = prose
    .flatMap((text) => text.split(/(?<=[.!?])\s+|\n+/))
    .map((sentence) => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’]*/gu) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length === 0) return undefined;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase(), all), 0);
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
  return { grade: Math.round(grade * 10) / 10, sentences: sentences.length, words: words.length };
}

function syllablesOf(word: string, text: string): number {
  const explanations = Object.hasOwn(MEDICAL_WORDS, word) ? MEDICAL_WORDS[word] : MEDICAL_WORDS[word.replace(/s$/, '')];
  if (explanations && (explanations.length === 0 || explanations.some((plain) => text.includes(plain)))) return EASY_SYLLABLES;
  if (word.length <= 3) return 1;
  const sounded = word.replace(/['’]s?$/, '').replace(/(?:[^laeiouycghsxz]es|[^dt]ed|[^laeiouy]e)$/, (end) => end[0]!);
  return Math.max(1, sounded.replace(/^y/, '').match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

// ── what a patient's text must not hold ──────────────────────────────────────────────────────────────────────────────

const NUMBER = String.raw`\d[\d.,]*(?:\s?(?:-|–|to)\s?\d[\d.,]*)?\s?`;
/** Units of dose after a number; concentrations in blood (`mg/dL`) and volumes of body fluid are not doses. */
const DOSES: readonly RegExp[] = [
  new RegExp(`${NUMBER}(?:mg|mcg|µg|μg|milligrams?|micrograms?)(?!\\s?\\/\\s?(?:dL|L|mmol|g)\\b)(?![a-z])`, 'i'),
  new RegExp(`${NUMBER}(?:Gy|gray|grays)\\b`, 'i'),
  new RegExp(`${NUMBER}(?:IU|international units)\\b`),
  /\bAUC\s?\d/i,
  new RegExp(
    `${NUMBER}(?:ml|millilitres?|milliliters?)\\b(?!\\s?\\/\\s?min)(?!\\s(?:of\\s)?(?:the\\s)?(?:fluid|urine|blood|water|liquid))`,
    'i',
  ),
  new RegExp(`${NUMBER}(?:tablets?|capsules?)\\b`, 'i'),
];

/** The first dose in a text, as it stands there. */
export function doseIn(text: string): string | undefined {
  return firstMatch(text, DOSES);
}

const SURVIVALS: readonly RegExp[] = [
  /\b(?:median|average)\b[^.]{0,40}\bsurviv[^.]{0,60}\d[^.]*/i,
  /\bsurviv[^.]{0,80}\d+(?:\.\d+)?\s?(?:%|per cent|percent|months?|years?|out of|in every)[^.]*/i,
  /\d+(?:\.\d+)?\s?(?:%|per cent|percent|in every \d+|out of \d+)[^.]{0,60}\b(?:surviv|alive|dead|died?\b)[^.]*/i,
  /\b(?:live[sd]?|alive)\b[^.]{0,40}\d+(?:\.\d+)?\s?(?:weeks?|months?|years?)[^.]*/i,
];

/** The first survival figure in a text: prognosis is shown on request only, never inside other text. */
export function survivalIn(text: string): string | undefined {
  return firstMatch(text, SURVIVALS);
}

function firstMatch(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match[0].trim();
  }
  return undefined;
}

// ── figures known to be wrong ────────────────────────────────────────────────────────────────────────────────────────

export interface KnownWrong {
  readonly id: string;
  /** All of them match in one statement. A statement holds its numbers as `key: value`. */
  readonly all: readonly RegExp[];
  /** The statement is right after all when this matches it or its notes. */
  readonly unless?: RegExp;
  readonly instead: string;
}

const hazardRatio = (figure: string) => new RegExp(String.raw`(?:hazard ?ratio|\bHR)\W{0,4}(?:of )?${figure}\b`, 'i');

/** Misprints, inverted ratios and invented numbers met in public sources, with what stands in the primary source. */
export const KNOWN_WRONG: readonly KnownWrong[] = [
  { id: 'checkmate-743-inverted', all: [/CheckMate.?743/i, hazardRatio('1\\.33')], instead: 'hazard ratio 0.74' },
  { id: 'maps-inverted', all: [/\bMAPS\b/i, hazardRatio('1\\.30?')], instead: 'hazard ratio 0.77' },
  { id: 'confirm-inverted', all: [/\bCONFIRM\b/i, hazardRatio('1\\.45')], instead: 'hazard ratio 0.69' },
  { id: 'misprinted-ratio', all: [/\b0\.034\b/], instead: 'the ratio as the primary source has it' },
  {
    id: 'other-tumour-scheme',
    all: [/ipilimumab\s*1\s?mg\/kg,?\s*(?:IV\s*)?(?:every (?:3|three) weeks|q3w)/i],
    instead: 'ipilimumab every 6 weeks with nivolumab, for up to 2 years',
  },
  {
    id: 'checkmate-743-response',
    all: [/CheckMate.?743/i, /respon(?:(?!surviv)[^.]){0,60}\b41\s?%(?:(?!surviv)[^.]){0,25}\b27\s?%/i],
    instead: 'response 40% against 43-44%; 41% and 27% are survival at 2 years',
  },
  { id: 'wrong-appraisal', all: [/\bTA\s?553\b/i], instead: 'TA818' },
  { id: 'wrong-trial-id', all: [/NCT03574493/i], instead: 'NCT03875144' },
  { id: 'smart-p', all: [/\bSMART\b/, /\bp\s?=\s?0?\.014\b/i], instead: 'p = 0.14, not significant' },
  {
    id: 'rames-interval',
    all: [/\bRAMES\b/i, /\b0?\.59\b/, /\b0?\.85\b/],
    unless: /70\s?%|level: 0\.7\b/,
    instead: 'a 70% interval',
  },
  { id: 'checkmate-743-median', all: [/epithelioid/i, /nivolumab/i, /\b19\.1\b/], instead: '18.7 months (primary report)' },
  { id: 'promise-mixed', all: [/PROMISE.?meso/i, /\b11\.7\b/, /\b1\.12\b/], instead: '11.7 goes with 1.05, 12.4 with 1.12' },
  { id: 'promise-mixed', all: [/PROMISE.?meso/i, /\b12\.4\b/, /\b1\.05\b/], instead: '11.7 goes with 1.05, 12.4 with 1.12' },
  {
    id: 'keynote-483-mixed',
    all: [/KEYNOTE.?483|IND\.?227/i, /\b52\s?%(?:[^.]){0,25}\b38\s?%|\b62\s?%(?:[^.]){0,25}\b29\s?%/],
    instead: '52% and 29% by central review, 62% and 38% by investigators',
  },
  { id: 'keynote-483-p', all: [/\b0?\.0162\b/], unless: /one.sided/i, instead: '0.0162, one-sided' },
  { id: 'keynote-483-p', all: [/\b0?\.0324\b/], unless: /two.sided/i, instead: '0.0324, two-sided' },
  {
    id: 'dose-fractions-swapped',
    all: [/\b4 Gy in 5 fractions|\b3 Gy in 10 fractions/i],
    instead: '20 Gy in 5, 30 Gy in 10 fractions',
  },
  { id: 'mri-predictive-values', all: [/PPV\W{0,6}68\b/i, /NPV\W{0,6}92\b/i], instead: 'PPV 92, NPV 67' },
  { id: 'ctc-medians', all: [/\bCTC|circulating tumour cell/i, /\b22\.3\b/, /\b12\.6\b/], instead: 'hazard ratio 2.904 alone' },
  { id: 'ctc-sensitivity', all: [/\b52\s?\/\s?137\b/, /\b28\s?%/], instead: '38%' },
  { id: 'cytology-swapped', all: [/sens\w*\W{0,6}73\b/i, /NPV\W{0,6}79\b/i], instead: 'sensitivity 79, NPV 73' },
  {
    id: 'arnold-interval',
    all: [/Arnold/i, /\b46\b/, /\b42\s?(?:-|–|to)\s?58\b/],
    unless: /typ|misprint/i,
    instead: 'the upper limit is in doubt: say so',
  },
  { id: 'fibulin-3', all: [/fibulin/i, /sensitivity\W{0,6}89\b/i], instead: 'sensitivity 87, specificity 89' },
  {
    id: 'expression-of-concern',
    all: [/10\.1158\/1078-0432\.CCR-15-1130/i],
    unless: /expression of concern/i,
    instead: 'a note of the expression of concern, and no use as evidence of accuracy',
  },
  {
    id: 'corrected-paper',
    all: [/10\.1186\/s12885-020-07662-y/i],
    unless: /correct/i,
    instead: 'a note of the correction of 8 March 2021',
  },
  { id: 'wrong-guideline', all: [/\bNG\s?151\b/i], instead: 'CG151' },
];
