/** What eligibility texts say of the disease: which tumour, where, which subtype, how far, how proven. */
import type { Criterion } from '@serosa/core';
import { all, any, is, judge, MESOTHELIOMA, not, oneOf, type Pattern } from './statements.js';

/** Tumours other than mesothelioma, by the names that eligibility lists use. */
const OTHER_NAMES = String.raw`nsclc|sclc|(?:non[- ]?)?small[- ]cell lung|lung (?:cancer|adenocarcinoma|carcinoma)|(?:non)?squamous[^.;,]{0,20}lung|breast(?! ?feeding)|ovar(?:y|ian)|fallopian|endometri(?:al|um)|cervical (?:cancer|carcinoma)|prostate|colon|rect(?:al|um)|colorectal|gastric|gastro-?esophageal|esophag\w*|oesophag\w*|stomach|pancrea\w*|hepatocellular|hcc|cholangio\w*|biliary tract|renal (?:cell )?(?:cancer|carcinoma)|rcc|kidney cancer|bladder|urothelial|melanoma|(?:osteo|chondro|lipo|leiomyo|rhabdomyo)?sarcoma|gliom\w*|glioblastoma|gbm|lymphoma|leuk[ae]mia|myeloma|thym(?:ic|oma)|thyroid cancer|merkel|merkle|neuroendocrine|head and neck|hnscc|scchn|nasopharyngeal|anal (?:cancer|carcinoma)|appendiceal|pseudomyxoma|tnbc|crc|eoc|ehe`;
export const OTHER_TUMOUR = new RegExp(String.raw`\b(?:${OTHER_NAMES})\b`);
/** Names that mesothelioma falls under. */
export const ANY_TUMOUR =
  /\b(?:solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?)|(?:advanced|metastatic|any) (?:cancers?|malignanc(?:y|ies)|tumor)|malignant (?:solid )?tumor|non-?hematologic malignanc(?:y|ies)|(?:another|other|any) tumor types?|carcinomas?(?= or|,|\.|$))\b/;
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
const JOINT = String.raw`(?:\s*(?:,\s*(?:or|and)?|\/|\bor\b|\band\/or\b|\band\b)\s*)`;

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
  String.raw`(?<!criteria in )(?:${PROOF}${PROVEN})?(?:diagnosis of\s*)?(?:(?<![\w-])(?:an?|any|advanced|locally|local|metastatic|unresectable|recurrent|relapsed|refractory)(?:${JOINT}|\s+))*solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?)(?:\s*that (?:is|are) (?:metastatic|unresectable|advanced)(?:${JOINT}(?:metastatic|unresectable|advanced))*)?`,
  'g',
);

export const DISEASE_PATTERNS: readonly Pattern[] = [
  { find: DISEASE, says: disease },
  {
    find: SOLID,
    says: (match) => {
      const extent = extentIn(match[0]);
      return extent ? all(MESOTHELIOMA, extent) : MESOTHELIOMA;
    },
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
  { find: /\b(?:surgically )?(?:unresectable|inoperable)(?: disease| tumor)?\b/g, says: is('tumour.resectable', false) },
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

/** Whether a text names tumours, none of them a mesothelioma and none that would take one in. */
export function namesOnlyOtherTumours(text: string): boolean {
  return OTHER_TUMOUR.test(text) && !NAMES_MESOTHELIOMA.test(text) && !ANY_TUMOUR.test(text);
}
