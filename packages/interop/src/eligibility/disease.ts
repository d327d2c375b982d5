/** What eligibility texts say of the disease: which tumour, where, which subtype, how far, how proven. */
import type { Criterion } from '@serosa/core';
import { all, any, is, judge, MESOTHELIOMA, not, oneOf, type Pattern } from './statements.js';

/** Tumours other than mesothelioma, by the names that eligibility lists use. */
const OTHER_NAMES = String.raw`nsclc|sclc|(?:non[- ]?)?small[- ]cell lung|lung (?:cancer|adenocarcinoma|carcinoma)|(?:non)?squamous[^.;,]{0,20}lung|breast(?! ?feeding)|ovar(?:y|ian)|fallopian|endometri(?:al|um)|cervical (?:cancer|carcinoma)|prostate|colon|rect(?:al|um)|colorectal|gastric|gastro-?esophageal|esophag\w*|oesophag\w*|stomach|pancrea\w*|hepatocellular|hcc|cholangio\w*|biliary tract|renal (?:cell )?(?:cancer|carcinoma)|rcc|kidney cancer|bladder|urothelial|melanoma|(?:osteo|chondro|lipo|leiomyo|rhabdomyo)?sarcoma|gliom\w*|glioblastoma|gbm|lymphoma|leuk[ae]mia|myeloma|thym(?:ic|oma)|thyroid cancer|merkel|merkle|neuroendocrine|head and neck|hnscc|scchn|nasopharyngeal|anal (?:cancer|carcinoma)|appendiceal|pseudomyxoma|tnbc|crc|eoc|ehe|pdac|mcrpc|dlbcl`;
export const OTHER_TUMOUR = new RegExp(String.raw`\b(?:${OTHER_NAMES})\b`);
/** Names that mesothelioma falls under. */
export const ANY_TUMOUR =
  /\b(?:solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?)|(?:advanced|metastatic|any) (?:cancers?|malignanc(?:y|ies)|tumor)|malignant (?:solid )?tumor|non-?hematologic malignanc(?:y|ies)|(?:another|other|any) tumor types?|(?<=(?:^|advanced|metastatic|any|malignant|,|or|and) )carcinomas?(?= or|,|\.|$))\b|^carcinomas?(?= or|,|\.|$)/;
export const NAMES_MESOTHELIOMA = /mesotheliom|\bmpm\b/;

const SITES: readonly (readonly [RegExp, string])[] = [
  [/(?<!non-)\bpleur(?:a|al)\b|\bmpm\b/, 'pleura'],
  [/(?<!non-)\bperitone(?:um|al)\b|\bmpem\b/, 'peritoneum'],
  [/\bpericardi(?:um|al)\b/, 'pericardium'],
  [/\btunica vaginalis\b|\btesticular\b/, 'tunica-vaginalis'],
];
const SUBTYPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bnon-?epitheli(?:oid|al)\b/, ['biphasic', 'sarcomatoid', 'desmoplastic']],
  [/(?<!non-?)\bepitheli(?:oid|al)\b/, ['epithelioid']],
  [/\bbiphasic\b|\bmixed\b/, ['biphasic']],
  [/\bsarcomatoid\b(?! (?:component|feature|element|differentiation))/, ['sarcomatoid', 'desmoplastic']],
];
const SUBTYPE =
  '(?:non-?epithelioid|epithelioid|epithelial|biphasic|mixed|sarcomatoid(?! (?:component|feature|element|differentiation)))';
const JOINT = String.raw`(?:\s*(?:,\s*(?:and\/or|or|and)?|\/|\bor\b|\band\/or\b|\band\b)\s*)`;

const PROOF = String.raw`(?:(?<![\w-])(?:histologic(?:al(?:ly)?)?|cytologic(?:al(?:ly)?)?|patholog(?:ic(?:al(?:ly)?)?|y)|histopathologic(?:al(?:ly)?)?|biopsy|microscopically)(?:${JOINT}|-|\s+)?)+`;
const PROVEN = String.raw`(?:(?:confirmed|proven|documented|verified|established|diagnosed|confirmation of|proof of|evidence of)?\s*,?\s*(?:a\s*)?(?:diagnos[ei]s)?\s*(?:of|with)?\s*)`;
const QUALIFIER = String.raw`(?:(?<![\w-])(?:malignant|newly diagnosed|previously untreated|untreated|advanced|locally|metastatic|unresectable|recurrent|relapsed|refractory|progressive|inoperable|diffuse|primary|pleural|peritoneal|pericardial|tunica vaginalis|testicular|${SUBTYPE}|type|subtype|histology|the|a|an)(?:${JOINT}|\s+))*`;
const FROM = `(?:pleura|peritoneum|pericardium|tunica vaginalis)`;

/** A mesothelioma with all that is said of it in one breath. */
const DISEASE = new RegExp(
  String.raw`(?:${PROOF}${PROVEN})?(?:diagnosis of\s*|diagnosed with\s*|diagnosed\s*,?\s*)?${QUALIFIER}mesothelioma(?:\s*\((?:mpm|mpem|pm|mm|dmpm|mesothelioma)\))?(?:\s*\(including[^()]*\))?(?:\s*(?:of the|arising (?:from|in) the)\s*${FROM}(?:${JOINT}${FROM})*)?(?:\s*,?\s*(?:with|of)\s*(?:an?\s*)?${SUBTYPE}(?:${JOINT}${SUBTYPE})*\s*(?:histology|subtype|type))?`,
  'g',
);

function disease(match: RegExpMatchArray): Criterion {
  const text = match[0].replace(/\(including[^()]*\)/, '');
  const parts: Criterion[] = [MESOTHELIOMA];
  // A site in words beats an abbreviation: MPM stands for more than one.
  const inWords = text.replace(/\(m?p?m\)/g, ' ');
  const sites = SITES.filter(([pattern]) => pattern.test(inWords)).map(([, site]) => site);
  if (sites.length > 0) parts.push(oneOf('tumour.primary-site', sites));
  const subtypes = subtypesIn(text);
  if (subtypes.length > 0) parts.push(oneOf('tumour.histology', subtypes));
  if (/histo|biops/.test(text) && !/cyto|(?<!histo)patholog/.test(text))
    parts.push(oneOf('tumour.sample-type', ['core', 'thoracoscopic', 'open', 'resection']));
  const extent = extentIn(text);
  if (extent) parts.push(extent);
  if (/\buntreated\b/.test(text)) parts.push(is('prior.systemic', false));
  return all(...parts);
}

const subtypesIn = (text: string): readonly string[] => [
  ...new Set(SUBTYPES.filter(([pattern]) => pattern.test(text)).flatMap(([, values]) => values)),
];

/** "locally advanced, metastatic or unresectable": one is enough. Advanced or recurrent alone is for a person to judge. */
function extentIn(text: string): Criterion | undefined {
  const said: Criterion[] = [];
  if (/\bunresectable\b|\binoperable\b/.test(text)) said.push(is('tumour.resectable', false));
  if (/\bmetastatic\b/.test(text)) said.push(is('extent.metastatic'));
  const rest = /\b(?:locally advanced|advanced|recurrent|relapsed|refractory|progressive)\b/.exec(text)?.[0];
  if (rest !== undefined) said.push(judge(`${rest} disease`));
  return said.length === 0 ? undefined : any(...said);
}

const SOLID = new RegExp(
  String.raw`(?<!(?:criteria|criterion|criterions|evaluation|response|guidelines) (?:in|for|of) )(?:${PROOF}${PROVEN})?(?:diagnosis of\s*)?(?:(?<![\w-])(?:an?|any|advanced|locally|local|metastatic|unresectable|recurrent|relapsed|refractory)(?:${JOINT}|\s+))*solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?)(?:\s*that (?:is|are) (?:metastatic|unresectable|advanced)(?:${JOINT}(?:metastatic|unresectable|advanced))*)?`,
  'g',
);

const OF_TREATMENT = /\b(?:therap\w+|treat\w+|chemotherapy|regimens?|lines?|na[iï]ve)\b[^.;]{0,60}\b(?:for|in|of)\b[^.;]{0,60}$/;

export const DISEASE_PATTERNS: readonly Pattern[] = [
  { find: DISEASE, says: disease },
  {
    find: SOLID,
    says: (match) => {
      const extent = extentIn(match[0]);
      return extent ? all(MESOTHELIOMA, extent) : MESOTHELIOMA;
    },
    // "History of solid tumour malignancy" among what excludes is another cancer.
    inRequirements: true,
  },
  {
    find: new RegExp(
      String.raw`${SUBTYPE}(?:${JOINT}${SUBTYPE})*\s*(?:histology|histological subtypes?|subtypes?|disease)(?:\s*\((?:biphasic|sarcomatoid|or|and|\s)+\))?`,
      'g',
    ),
    says: (match) => {
      const values = subtypesIn(match[0]);
      return values.length === 0 ? undefined : oneOf('tumour.histology', values);
    },
  },
  {
    find: /(?:(?:not|un|non)[- ]?(?:amenable|suitable|eligible|candidates?|appropriate)\s*(?:for|to)|not considered (?:amenable|suitable|candidates?) (?:for|to))\s*(?:potentially\s*)?(?:curative|radical|complete|definitive)?\s*(?:intent\s*)?(?:surgical\s*)?(?:surgery|resection|curative (?:surgery|resection)|macroscopic resection)(?: with curative intent)?/g,
    says: is('tumour.resectable', false),
  },
  {
    find: /(?:is |are )?(?<!not |un)(?:an? )?candidates? for (?:definitive |curative |complete |radical )?(?:surgical )?resection/g,
    says: is('tumour.resectable'),
  },
  {
    find: /disease (?:that is )?(?:suitable|amenable) (?:for|to) (?:local|curative|definitive) (?:therapy|treatment)(?: administered)? with curative intent/g,
    says: any(is('tumour.resectable'), judge('whether a local treatment can cure')),
    inExclusions: true,
  },
  {
    find: /^\s*(?:(?:locally advanced|recurrent) or )?metastatic disease\b(?=,? or\b|\.?$)/g,
    says: (match) =>
      /advanced|recurrent/.test(match[0])
        ? any(is('extent.metastatic'), judge('locally advanced or recurrent disease'))
        : is('extent.metastatic'),
  },
  {
    find: /\b(?:surgically )?(?:unresectable|inoperable)(?: disease| tumor)?\b/g,
    // "therapy for unresectable disease" says of the therapy when it was given.
    says: (match) => (OF_TREATMENT.test((match.input ?? '').slice(0, match.index)) ? undefined : is('tumour.resectable', false)),
  },
  { find: /(?<!un|non-?)\b(?:surgically |potentially )?resectable(?: disease| tumor)?\b/g, says: is('tumour.resectable') },
];

/** Another tumour in a list that also names mesothelioma: it is not what the case is about. */
export const OTHER_IN_LIST: Pattern = {
  find: new RegExp(
    String.raw`(?:(?:advanced|metastatic|recurrent|clear cell|high-grade serous|squamous(?: cell)?|cutaneous|uveal)\s+)*\b(?:${OTHER_NAMES})\b(?:\s+(?:cell\s+)?(?:cancers?|carcinomas?|histolog(?:y|ies)))*`,
    'g',
  ),
  says: (match) => (NAMES_MESOTHELIOMA.test(match.input ?? '') ? not(MESOTHELIOMA) : undefined),
};

/** Words before the name of a tumour in a line that asks for it. */
const BEFORE_TUMOUR = String.raw`(?:(?:patients?|participants?|subjects?|individuals|females?|males?|women|men|must|should|have|has|had|with|an?|the|be|either|newly|diagnos(?:ed|is|es)|of|advanced|metastatic|locally|local|unresectable|resectable|borderline|recurrent|relapsed|refractory|progressive|incurable|exocrine|primary|clear cell|epithelial|serous|endometrioid|high[- ]grade|cutaneous|confirmed|proven|histologic(?:al(?:ly)?)?|cytologic(?:al(?:ly)?)?|patholog(?:ic(?:al(?:ly)?)?|y)|histopathologic(?:al(?:ly)?)?|platinum[- ](?:resistant|sensitive|refractory)|stage (?:\d|i{1,3}v?|iv)[abc]?|(?:[a-z]+-)?mutated|proof of|evidence of|-|or|and|,|\/|:)\s*|\((?:histologic|histopathologic|cytologic|pathologic)[a-z]*\)\s*)*`;
/** Names that are a tumour by themselves; the others are organs until "cancer" or the like follows. */
const TUMOUR_BY_NAME = String.raw`nsclc|sclc|pdac|tnbc|crc|eoc|hnscc|scchn|hcc|rcc|gbm|mcrpc|dlbcl|melanoma|\w*sarcoma|gliom\w*|glioblastoma|lymphoma|leuk[ae]mia|myeloma|cholangio\w*|pseudomyxoma`;
const TUMOUR_OF_ORGAN = String.raw`(?:[\w-]+ ){0,5}?(?:(?:adeno)?carcinoma|cancers?|tumor|malignanc(?:y|ies)|neoplasms?)`;
const ASKS_FOR_OTHER = new RegExp(
  String.raw`^${BEFORE_TUMOUR}(?:(?:${TUMOUR_BY_NAME})|(?:cancers?|carcinomas?) of the (?:pancreas|colon|lung|breast|ovar(?:y|ies)|prostate|stomach|bladder|kidney|rectum|esophagus|cervix|uterus)|(?=(?:${OTHER_NAMES})\b)${TUMOUR_OF_ORGAN})s?(?![\w-])(?! (?:screening|treatments?|therap\w*|surgery|risk|resistance|resection|metastas\w*|antigen|genes?|mutations?|specific|related|survivors?|cells?|patients)\b)`,
);

/** Whether a line begins by asking for a tumour that is no mesothelioma; not whether it lets others join as well. */
export function asksForOtherTumour(text: string): boolean {
  return ASKS_FOR_OTHER.test(text) && !/\brelatives?\b|\bfamil(?:y|ial)\b/.test(text);
}

const TUMOUR = new RegExp(String.raw`\b(?:${OTHER_NAMES})\b|mesotheliom|\bmpm\b`);
const LIST_JOINT = /,|;|\band\/or\b|\bor\b|\band\b|\//;
/** Words that belong to the first tumour of a list alone. */
const OF_THE_FIRST =
  /(?:(?:triple[- ]negative|non-?squamous|squamous|clear cell|high[- ]grade|low[- ]grade|epithelial|cutaneous|uveal|castration[- ]resistant|platinum[- ](?:resistant|sensitive|refractory))\s+)+$/;
/** Words of a list of tumours that narrow nothing. */
const LIST_WORDS =
  /(?<![\w-])(?:patients?|participants?|subjects?|with|who|have|has|an?|the|of|any|either|following|advanced|metastatic|locally|unresectable|inoperable|recurrent|relapsed|refractory|incurable|cancers?|tumors?|solid|malignanc(?:y|ies)|types?|subtypes?|histolog(?:y|ies|ical|ically)|histologic|cytolog(?:y|ic|ical|ically)|patholog(?:y|ic|ical|ically)|histopathologically|confirmed|proven|documented|confirmation|evidence|diagnos(?:is|ed|es)|including|include|or|and|and\/or|must|be|from|arising|indications?|one|these|selected)(?![\w-])/g;

/**
 * A list of tumours of which mesothelioma is one: what it asks of people with mesothelioma; of the others it says nothing.
 * Undefined where the list names it more than once, keeps something out, or speaks of the past.
 *
 * @param rest what a person has to say of words that were not read
 */
export function tumourList(text: string, rest: Criterion): Criterion | undefined {
  const sentence = text
    .replace(/\.$/, '')
    .replace(/\([^()]*\)/g, (bracket, at: number) =>
      NAMES_MESOTHELIOMA.test(bracket) || /mesotheliomas? ?$/.test(text.slice(0, at)) ? bracket : ' ',
    );
  if (
    /\b(?:no|not|never|without|except\w*|excluding|other than|unless|if|provided|may|history|prior|previous|second|concurrent|relatives?|family|famil\w+|risk|germline|predispos\w+|metastas\w+)\b/.test(
      sentence,
    )
  )
    return undefined;
  const bare = sentence.replace(/\s*\((?:mpm|mpem|pm|mm|dmpm)\)/g, '');
  const named = [...bare.matchAll(new RegExp(`${DISEASE.source}|\\bmpm\\b`, 'g'))];
  const [match] = named;
  if (named.length !== 1 || match === undefined) return undefined;
  const first = bare.search(TUMOUR);
  const before = bare.slice(0, first).replace(OF_THE_FIRST, ' ');
  const asked: Criterion[] =
    match[0] === 'mpm' ? [MESOTHELIOMA, any(is('tumour.primary-site', 'pleura'), rest)] : [disease(match as RegExpMatchArray)];
  // What stands before the list is said of each of its tumours.
  if (match.index > first) {
    if (/histo|biops/.test(before) && !/cyto|(?<!histo)patholog/.test(before))
      asked.push(oneOf('tumour.sample-type', ['core', 'thoracoscopic', 'open', 'resection']));
    const extent = extentIn(before);
    if (extent) asked.push(extent);
  }
  const after = bare.slice(match.index + match[0].length);
  const own = after.split(LIST_JOINT)[0] ?? '';
  const next = after
    .slice(own.length)
    .split(LIST_JOINT)
    .filter((piece) => piece.trim() !== '');
  const last = next.findLastIndex((piece) => TUMOUR.test(piece));
  const unread = [
    match.index > first ? before : '',
    own,
    ...next.slice(0, next.findIndex((piece) => TUMOUR.test(piece)) === 0 ? 0 : 1),
    ...next.slice(last + 1),
  ];
  const tail = (next[last] ?? '').replace(new RegExp(TUMOUR.source, 'g'), ' ');
  const words = [...unread, tail]
    .join(' ')
    .replace(LIST_WORDS, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (words !== '') {
    // Of people with mesothelioma nothing would be said that can be answered.
    if (JSON.stringify(asked).match(/"fact":"(?!tumour\.mesothelioma)/g) === null || JSON.stringify(asked).includes('"any"'))
      return undefined;
    asked.push(rest);
  }
  return any(all(...asked), all(not(MESOTHELIOMA), rest));
}

/** "Advanced solid tumours (except mesothelioma)" in what is asked for: the part of it that is kept out. */
const KEPT_OUT =
  /(?:\b(?:except(?:ing)?(?: for)?|excluding|other than|but not|not including)\s+(?:malignant |any |all )*|\bwith (?:[^.;]*?(?:,|\bor\b|\band\b) )?(?:malignant )?)mesothelioma\b(?!-)/;

/** Mesothelioma is named, and only to be kept out. */
export function keepsMesotheliomaOut(text: string): boolean {
  if (!asksForOtherTumour(text) || (text.match(/mesotheliom/g)?.length ?? 0) !== 1) return false;
  const found = KEPT_OUT.exec(text);
  if (!found) return false;
  const excepted = /^(?:except|excluding|other than|but not|not including)/.test(found[0]);
  return (
    excepted ||
    /^[^.;]*\b(?:are|is|will be) (?:excluded|ineligible|not eligible)\b/.test(text.slice(found.index + found[0].length))
  );
}

/** Whether a text names tumours, none of them a mesothelioma and none that would take one in. */
export function namesOnlyOtherTumours(text: string): boolean {
  return OTHER_TUMOUR.test(text) && !NAMES_MESOTHELIOMA.test(text) && !ANY_TUMOUR.test(text);
}
