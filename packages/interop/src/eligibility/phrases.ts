/**
 * What phrases of eligibility texts say about facts. Each recogniser finds its phrases in a canonical text (`canonical.ts`) and
 * gives the statement that the phrase makes, as it stands, without regard to whether it is asked for or excluded.
 * Precision before recall: what is not recognised whole stays in the registry's words for a person to judge.
 */
import type { Criterion } from '@serosa/core';
import { quantityPhrases } from './quantities.js';

/** A phrase that is understood: where it stands, and what it says. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly says: Criterion;
  readonly note?: string;
}

/** One kind of phrase. `says` may decline. */
interface Pattern {
  readonly find: RegExp;
  readonly says: Criterion | ((match: RegExpExecArray) => Criterion | undefined);
}

export const is = (fact: string, value: boolean | number | string = true): Criterion => ({ fact, is: value });
export const not = (criterion: Criterion): Criterion => ({ not: criterion });
export const all = (...parts: readonly Criterion[]): Criterion => (parts.length === 1 ? (parts[0] as Criterion) : { all: parts });
export const any = (...parts: readonly Criterion[]): Criterion => (parts.length === 1 ? (parts[0] as Criterion) : { any: parts });
const within = (fact: string, values: readonly string[]): Criterion => ({ fact, in: values });

export const MESOTHELIOMA = is('tumour.mesothelioma');

const TIME = String.raw`(\d+(?:\.\d+)?)\s*-?\s*(days|weeks|months|years)`;
/** "within 4 weeks", "in the last 28 days", "≤ 26 weeks prior to"; group 1 and 2 are number and unit. */
const WITHIN = String.raw`(?:within|in|during|over|<|≤|for)\s*(?:the\s*)?(?:last|past|previous|preceding|prior)?\s*(?:<|≤)?\s*(?:the\s*)?(?:last|past|previous|preceding|prior)?\s*${TIME}`;
/** What a window is counted to; all within a few days of another, so that none is told apart. */
const ANCHOR = String.raw`(?:\s*(?:prior to|before|preceding|of|from|to|for|at|until|the|a|an|start|starting|initiation|initiating|beginning|day|date|time|first|1st|planned|scheduled|dose|infusion|administration|injection|treatment|therapy|study|trial|protocol|drugs?|medication|product|enrolment|enrollment|entry|entering|randomi[sz]ation|registration|inclusion|screening|baseline|consent|signing|informed|leukapheresis|apheresis|cycle|c1d1|investigational|intervention|commencement|receiving|prior|day|\d|,)\b)*`;

const DAYS: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 30.5, years: 365.25 };
export const inDays = (count: string, unit: string): number => Math.round(Number(count) * (DAYS[unit] ?? 1));

// ── the disease ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Tumours other than mesothelioma, by the names that eligibility lists use. */
export const OTHER_TUMOUR =
  /\b(?:nsclc|sclc|(?:non[- ]?)?small[- ]cell lung|lung (?:cancer|adenocarcinoma|carcinoma)|(?:non)?squamous[^.;,]{0,20}lung|breast|ovar(?:y|ian)|fallopian|endometri(?:al|um)|cervical (?:cancer|carcinoma)|prostate|colon|rect(?:al|um)|colorectal|gastric|gastro-?esophageal|esophag\w*|oesophag\w*|stomach|pancrea\w*|hepatocellular|hcc|cholangio\w*|biliary|renal (?:cell )?(?:cancer|carcinoma)|rcc|kidney cancer|bladder|urothelial|melanoma|(?:osteo|chondro|lipo|leiomyo|rhabdomyo)?sarcoma|gliom\w*|glioblastoma|gbm|lymphoma|leuk[ae]mia|myeloma|thym(?:ic|oma)|thyroid|merkel|merkle|neuroendocrine|head and neck|hnscc|nasopharyngeal|anal (?:cancer|carcinoma)|appendiceal|pseudomyxoma|tnbc|crc|eoc|ehe)\b/;
const ANY_TUMOUR =
  /\b(?:solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?)|(?:advanced|metastatic|any) (?:cancers?|malignanc(?:y|ies)|tumor)|malignant (?:solid )?tumor|non-?hematologic malignanc(?:y|ies))\b/;

const SITES: readonly (readonly [RegExp, string])[] = [
  [/\bpleur(?:a|al)\b|\bmpm\b/, 'pleura'],
  [/\bperitone(?:um|al)\b|\bmpem\b|\babdominal\b/, 'peritoneum'],
  [/\bpericardi(?:um|al)\b/, 'pericardium'],
  [/\btunica vaginalis\b|\btesticular\b/, 'tunica-vaginalis'],
];
const SUBTYPES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bnon-?epitheli(?:oid|al)\b/, ['biphasic', 'sarcomatoid', 'desmoplastic']],
  [/(?<!non-)\bepitheli(?:oid|al)\b/, ['epithelioid']],
  [/\bbiphasic\b|\bmixed\b/, ['biphasic']],
  [/(?<!\d%?\s)\bsarcomatoid\b(?! component| features| element)/, ['sarcomatoid', 'desmoplastic']],
];

const PROOF = String.raw`(?:(?:histologic(?:al(?:ly)?)?|cytologic(?:al(?:ly)?)?|patholog(?:ic(?:al(?:ly)?)?|y)|histopathologic(?:al(?:ly)?)?|radiologic(?:ally)?|clinically|biopsy|microscopically)(?:\s*(?:,|and\/or|and|or|\/|-)\s*)?)+`;
const PROVEN = String.raw`(?:-?\s*(?:confirmed|proven|documented|verified|established|diagnosed|confirmation of|proof of|evidence of)?\s*(?:a\s*)?(?:diagnos[ei]s)?\s*(?:of|with)?)`;
const QUALIFIER = String.raw`(?:(?:malignant|newly diagnosed|previously untreated|untreated|advanced|locally|local|metastatic|unresectable|recurrent|relapsed|refractory|progressive|inoperable|diffuse|primary|invasive|stage [0-9iv]+[abc]?(?:\s*(?:-|to|or|,)\s*[0-9iv]+[abc]?)*|pleural|peritoneal|pericardial|tunica vaginalis|testicular|epithelioid|epithelial|biphasic|mixed|sarcomatoid|non-epithelioid|or|and\/or|and|,|\/|of any|of the|the|a|an|\(|\)|type|subtype|histology)\s*)*`;
/** A mesothelioma with all that is said of it in one breath. */
const DISEASE = new RegExp(
  String.raw`(?:${PROOF}${PROVEN}\s*)?(?:diagnosis of\s*|diagnosed with\s*|diagnosed\s*)?${QUALIFIER}mesothelioma(?:\s*\((?:mpm|mpem|pm|mm|dmpm|mesothelioma)\))?(?:\s*(?:of the|arising (?:from|in) the|originating (?:from|in) the)\s*(?:pleura|peritoneum|pericardium|tunica vaginalis)(?:\s*(?:or|and\/or|,)\s*(?:pleura|peritoneum|pericardium|tunica vaginalis))*)?(?:\s*,?\s*(?:with|of)\s*(?:an?\s*)?(?:predominantly\s*)?(?:epithelioid|epithelial|biphasic|sarcomatoid|mixed)(?:\s*(?:or|and|,|\/)\s*(?:epithelioid|epithelial|biphasic|sarcomatoid|mixed))*\s*(?:histology|subtype|type)?)?`,
  'g',
);

function disease(match: RegExpExecArray): Criterion {
  const text = match[0];
  const parts: Criterion[] = [MESOTHELIOMA];
  const sites = SITES.filter(([pattern]) => pattern.test(text)).map(([, site]) => site);
  if (sites.length > 0) parts.push(within('tumour.primary-site', sites));
  const subtypes = [...new Set(SUBTYPES.filter(([pattern]) => pattern.test(text)).flatMap(([, values]) => values))];
  if (subtypes.length > 0) parts.push(within('tumour.histology', subtypes));
  if (/histo|biops/.test(text) && !/cyto|patholog(?:ic|y)/.test(text.replace(/histopatholog/g, '')))
    parts.push(within('tumour.sample-type', ['core', 'thoracoscopic', 'open', 'resection']));
  const extent = extentOf(text);
  if (extent) parts.push(extent);
  if (/\buntreated\b/.test(text)) parts.push(is('prior.systemic', false));
  return all(...parts);
}

/** "locally advanced, metastatic or unresectable": one is enough. Advanced alone is for a person to judge. */
function extentOf(text: string): Criterion | undefined {
  const said: Criterion[] = [];
  if (/\bunresectable\b|\binoperable\b/.test(text)) said.push(is('tumour.resectable', false));
  if (/\bmetastatic\b/.test(text)) said.push(is('extent.metastatic'));
  if (/\blocally advanced\b(?! unresectable)|\blocally(?: or| and)?/.test(text) || /\badvanced\b/.test(text))
    said.push(judge('advanced disease'), is('tumour.resectable', false));
  if (/\brecurrent\b|\brelapsed\b|\brefractory\b|\bprogressive\b/.test(text))
    said.push(judge('recurrent, relapsed or refractory disease'));
  if (/\bstage\b/.test(text)) return judge(text.trim());
  const distinct = said.filter(
    (part, index) => said.findIndex((other) => JSON.stringify(other) === JSON.stringify(part)) === index,
  );
  return distinct.length === 0 ? undefined : any(...distinct);
}

export function judge(text: string): Criterion {
  return { judge: { clinician: text, patient: `The study team has to say: ${text}` } };
}

const SOLID = new RegExp(
  String.raw`(?:${PROOF}${PROVEN}\s*)?(?:diagnosis of\s*)?(?:(?:an?|any|advanced|locally|local|metastatic|unresectable|recurrent|relapsed|refractory|or|and\/or|and|,|\/)\s*)*(?<!criteria in )(?:solid (?:tumor|malignanc(?:y|ies)|cancers?|neoplasms?))(?:\s*that (?:is|are) (?:metastatic|unresectable|advanced)(?:\s*(?:or|and\/or)\s*(?:metastatic|unresectable|advanced))*)?`,
  'g',
);

function solid(match: RegExpExecArray): Criterion {
  const extent = extentOf(match[0]);
  return extent ? all(MESOTHELIOMA, extent) : MESOTHELIOMA;
}

// ── treatment so far ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Kinds of treatment: how texts name them, the fact that it was ever given, and the days since. */
interface Therapy {
  readonly names: string;
  readonly ever: string;
  readonly days?: string;
}

const THERAPIES: readonly Therapy[] = [
  {
    names: String.raw`(?:immune )?check-?point(?: inhibit(?:or|ion)s?| blockade)?(?: therap(?:y|ies)| treatment| inhibitors?)?|immune check-?point inhibitors?(?: therapy)?|(?:(?:pd-1|pd-l1|pd-l2|ctla-4)(?:\s*(?:,|\/|or|and|and\/or)\s*)?)+(?:\s*(?:inhibitors?|antibod(?:y|ies)|agents?|therap(?:y|ies)|directed therapy|blockade|-?containing therapy))*|cpis?\b`,
    ever: 'prior.checkpoint-inhibitor',
    days: 'prior.days-since-checkpoint-inhibitor',
  },
  {
    names: String.raw`(?:cytotoxic )?chemotherap(?:y|ies|eutic agents?)(?: regimens?| treatment| agents?)?`,
    ever: 'prior.chemotherapy',
    days: 'prior.days-since-chemotherapy',
  },
  {
    names: String.raw`systemic (?:anticancer |cancer |antitumor |active )?(?:therap(?:y|ies)|treatments?|anticancer (?:therap(?:y|ies)|agents?))|anticancer (?:systemic )?(?:therap(?:y|ies)|treatments?|agents?|drugs?)`,
    ever: 'prior.systemic',
    days: 'prior.days-since-systemic',
  },
  {
    names: String.raw`(?:palliative |external beam |thoracic |chest )?radiotherapy`,
    ever: 'prior.radiotherapy',
    days: 'prior.days-since-radiotherapy',
  },
  {
    names: String.raw`(?:any )?(?:other )?(?:investigational|experimental) (?:agents?|drugs?|products?|therap(?:y|ies)|treatments?|medicinal products?|study drugs?)`,
    ever: 'prior.investigational',
    days: 'prior.days-since-investigational',
  },
  {
    names: String.raw`(?:tyrosine kinase inhibitors?|tkis?)(?: or other targeted therap(?:y|ies))?|(?:other )?targeted (?:therap(?:y|ies)|agents?|treatments?)`,
    ever: 'prior.targeted',
    days: 'prior.days-since-targeted',
  },
  {
    names: String.raw`(?:adoptive )?(?:cell(?:ular)? therap(?:y|ies)|car-?t(?: cells?)?(?: therap(?:y|ies))?|chimeric antigen receptor(?: t)?(?:[- ]cells?)?(?: therap(?:y|ies))?)(?: for malignancy)?`,
    ever: 'prior.cell-therapy',
    days: 'prior.days-since-cell-therapy',
  },
  {
    names: String.raw`(?:paclitaxel|docetaxel|taxanes?|nab-paclitaxel)(?:\s*(?:,|nor|or|and)\s*(?:paclitaxel|docetaxel|taxanes?|nab-paclitaxel))*`,
    ever: 'prior.taxane',
    days: 'prior.days-since-taxane',
  },
  {
    names: String.raw`intraperitoneal (?:chemo)?therapy|ip chemotherapy|hipec`,
    ever: 'prior.intraperitoneal-chemotherapy',
    days: 'prior.days-since-intraperitoneal-chemotherapy',
  },
  { names: String.raw`(?:yap\/)?tead inhibitors?`, ever: 'prior.tead-inhibitor' },
  {
    names: String.raw`(?:(?:mat2a|prmt5?|mta-cooperative prmt5)(?:\s*(?:inhibitors?))?(?:\s*(?:,|and\/or|and \/ or|or|and|\/)\s*)?)+(?:inhibitors?)`,
    ever: 'prior.mtap-directed',
  },
  {
    names: String.raw`(?:cd70|anti-cd70)[- ](?:directed|targeted|targeting)?\s*(?:agents?|therap(?:y|ies)|antibod(?:y|ies))`,
    ever: 'prior.cd70-directed',
  },
  {
    names: String.raw`topoisomerase[- ](?:1|i)(?: inhibitor)?[- ]?(?:based|containing|inhibitor|payload)?\s*(?:antibody[- ]drug conjugates?|adcs?)(?:\s*\(adc\))?`,
    ever: 'prior.topoisomerase-conjugate',
  },
  {
    names: String.raw`mesothelin-(?:directed|targeted|targeting) (?:agents?|therap(?:y|ies))`,
    ever: 'prior.mesothelin-directed',
  },
  { names: String.raw`bevacizumab`, ever: 'prior.bevacizumab' },
  { names: String.raw`gemcitabine`, ever: 'prior.gemcitabine' },
  { names: String.raw`vinorelbine`, ever: 'prior.vinorelbine' },
  { names: String.raw`(?:prior )?pneumonectomy`, ever: 'prior.pneumonectomy' },
  { names: String.raw`pleurodesis`, ever: 'prior.pleurodesis' },
  {
    names: String.raw`major surger(?:y|ies)(?: procedures?)?|major surgical procedures?|(?:prior )?surgery`,
    ever: 'prior.major-surgery',
    days: 'prior.days-since-surgery',
  },
  {
    names: String.raw`live(?:[- ]attenuated|[- ]virus)?(?: or attenuated| \(attenuated\))?(?: virus)? (?:vaccin(?:es?|ations?))|vaccinat(?:ed|ion) with (?:a )?live(?:[- ]attenuated)? vaccines?`,
    ever: 'drug.live-vaccine-recent',
    days: 'drug.days-since-live-vaccine',
  },
];
/** "prior", "has received", "treatment with": says nothing more than the name of the therapy does. */
const GIVEN = String.raw`(?:(?:any|prior|previous|previously|earlier|history of|had|have|has|having|received|receiving|receipt of|undergone|underwent|treated with|treatment with|therapy with|exposure to|use of|administration of|been|treatment|a|an|with|of|other)\s+)*`;
const ONE_OF = (therapy: Therapy): string => `(?:${therapy.names})`;
const ANY_THERAPY = THERAPIES.map(ONE_OF).join('|');
const THERAPY_LIST = String.raw`${GIVEN}(?:${ANY_THERAPY})(?:\s*(?:,|\/|or|and\/or|and)\s*(?:or\s*)?${GIVEN}(?:${ANY_THERAPY}))*`;

function therapiesIn(text: string): readonly Therapy[] {
  // The longest name first: "anticancer systemic therapy" is no "systemic therapy" of its own.
  const found: Therapy[] = [];
  let rest = text;
  for (const therapy of THERAPIES) {
    const pattern = new RegExp(String.raw`(?<![\w-])${ONE_OF(therapy)}(?![\w-])`, 'g');
    if (!pattern.test(rest)) continue;
    found.push(therapy);
    rest = rest.replace(pattern, ' # ');
  }
  return found;
}

/** Given at all, and, where a window is named, not longer ago than that. */
function givenWithin(text: string, days: number | undefined, edge: 'lt' | 'lte'): Criterion | undefined {
  const found = therapiesIn(text);
  if (found.length === 0) return undefined;
  const said: Criterion[] = [];
  for (const { ever, days: since } of found) {
    if (days === undefined) said.push(is(ever));
    else if (since === undefined) return undefined;
    else said.push(all(is(ever), { fact: since, [edge]: days }));
  }
  return any(...said);
}

const TREATMENT_PATTERNS: readonly Pattern[] = [
  {
    // Therapy within a window.
    find: new RegExp(
      String.raw`(${THERAPY_LIST})(?:\s*(?:for|of) (?:the )?(?:mesothelioma|cancer|malignancy|disease|mpm|pm))?\s*,?\s*${WITHIN}${ANCHOR}`,
      'g',
    ),
    says: (match) =>
      givenWithin(match[1] as string, inDays(match[2] as string, match[3] as string), /≤/.test(match[0]) ? 'lte' : 'lt'),
  },
  {
    // Time since: "at least 4 weeks since prior chemotherapy", "≥ 2 weeks from last chemotherapy" – the therapy is long enough ago.
    find: new RegExp(
      String.raw`(?:(?:be|is|are|must be)\s*)?(≥|>)\s*${TIME}\s*(?:must\s*|should\s*)?(?:have\s*)?(?:elapsed|passed)?\s*(?:since|from|after)\s*(?:the\s*|their\s*|any\s*)*(?:last|completion of|end of|most recent)?\s*(?:dose of\s*)?(?:any\s*)?(${THERAPY_LIST})(?:\s*treatment)?${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const days = inDays(match[2] as string, match[3] as string);
      const recent = givenWithin(match[4] as string, days, match[1] === '>' ? 'lte' : 'lt');
      return recent && not(recent);
    },
  },
  {
    find: /(?:no prior|no previous|(?:not|never) (?:have )?(?:previously )?(?:received|had)(?: any)?(?: prior| previous)?|without (?:any )?(?:prior|previous)|naive to|naïve to|untreated with)\s*(?:(?:chemotherapy|systemic|anticancer|immunotherapy|other|therap(?:y|ies)|treatments?|or|and|,|\/|any)\s*)+(?:for (?:their |the |advanced |malignant |pleural |peritoneal )*(?:mesothelioma|disease|mpm|pm))?/g,
    says: (match) =>
      /systemic|immunotherapy|anticancer/.test(match[0])
        ? is('prior.systemic', false)
        : /chemotherapy/.test(match[0])
          ? is('prior.chemotherapy', false)
          : undefined,
  },
  {
    find: /\b(?:treatment|chemotherapy|chemo|systemic therapy)[- ]na[iï]ve\b/g,
    says: (match) => (/chemo/.test(match[0]) ? is('prior.chemotherapy', false) : is('prior.systemic', false)),
  },
  {
    find: /(?:had|received|have had|have received)?\s*(?:≥ ?1 )?(?:prior |previous )*(?:line of )?(?:chemotherapy )?(?:regimens? )?(?:that includes? |containing |including |with |of )*(?:platinum(?:-based)?(?: chemotherapy)?|cisplatin|carboplatin)(?:\s*(?:or|and\/or|,|\/)\s*(?:cisplatin|carboplatin|other platinum))*\s*(?:\+|-|\/|and|plus|with|in combination with)\s*pemetrexed(?: chemotherapy| regimen| therapy)?/g,
    says: (match) =>
      /\b(?:had|received|prior|previous)\b/.test(match[0]) ? all(is('prior.platinum'), is('prior.pemetrexed')) : undefined,
  },
  {
    find: /(?:had |received |≥ ?1 |prior |previous )+(?:chemotherapy )?(?:regimens? )?(?:that includes? |containing |including |with )+pemetrexed\s*(?:\+|-|\/|and|plus|with|in combination with)\s*(?:a )?(?:cisplatin or carboplatin|carboplatin or cisplatin|cisplatin|carboplatin|platinum)/g,
    says: all(is('prior.platinum'), is('prior.pemetrexed')),
  },
  {
    find: /(?:(?:received|had|have)\s*)*(≥|>|≤|<)\s*(\d)\s*(?:prior|previous)\s*(?:lines?|regimens?|systemic|chemotherapy|standard|anticancer|therapeutic)(?:\s*(?:of|systemic|chemotherapy|standard|treatment|therap(?:y|ies)|regimens?|lines?|anticancer|cytotoxic))*/g,
    says: (match) => linesOf(match[1] as string, Number(match[2])),
  },
  {
    find: /(?:prior|previous) (?:systemic |chemotherapy )?(?:lines?|regimens?|chemotherapy regimens?|lines of therapy)\s*(≥|>|≤|<)\s*(\d)/g,
    says: (match) => linesOf(match[1] as string, Number(match[2])),
  },
  {
    find: /(?:received |had |have )*(\d)\s*(?:-|to)\s*(\d) (?:prior|previous) (?:lines? of (?:systemic )?(?:therapy|treatment)|(?:systemic |chemotherapy )?regimens?)/g,
    says: (match) => ({ fact: 'prior.lines-systemic', gte: Number(match[1]), lte: Number(match[2]) }),
  },
  {
    find: /(?:current(?:ly)? |concurrent(?:ly)? |simultaneous |planned )+(?:participat(?:ion|ing)|enroll?ed|taking part|enrol?lment)(?: or planned participation)? in (?:a |an |any )?(?:other |another |different )?(?:interventional |therapeutic |clinical |investigational |treatment )*(?:study|trial)|(?:participation|participating) in (?:another|any other) (?:interventional |therapeutic |clinical )*(?:trial|study)|(?:currently |concurrently )?receiving (?:any )?(?:other|another) (?:investigational|experimental) (?:study )?(?:agents?|drugs?|products?|therapy)/g,
    says: is('drug.investigational'),
  },
];

function linesOf(sign: string, count: number): Criterion | undefined {
  if (sign === '≥' && count === 1) return is('prior.systemic');
  const key = { '≥': 'gte', '>': 'gt', '≤': 'lte', '<': 'lt' }[sign];
  return key === undefined ? undefined : { fact: 'prior.lines-systemic', [key]: count };
}

/** A therapy that is only named: prior use at all. Asked for in inclusions, ruled out in exclusions. */
const EVER: Pattern = {
  find: new RegExp(
    String.raw`(?<![\w-])(?=${GIVEN.replace(/\*$/, '+')})${THERAPY_LIST}(?:\s*(?:for|of) (?:the |their |advanced |malignant |pleural |peritoneal )*(?:mesothelioma|mpm|pm))?`,
    'g',
  ),
  says: (match) =>
    /\b(?:prior|previous|previously|earlier|history of|received|undergone|underwent|treated with|exposure to|treatment with)\b/.test(
      match[0],
    )
      ? givenWithin(match[0], undefined, 'lt')
      : undefined,
};

// ── what a person has ────────────────────────────────────────────────────────────────────────────────────────────────

const BRAIN = ['untreated', 'treated-stable', 'treated-progressing'] as const;
const SUSPECTED = String.raw`(?:(?:presence of|evidence of|known|documented|clinically|suspected|or|history of|patients? with|any)\s+)*`;

function brain(match: RegExpExecArray): Criterion | undefined {
  const words = match[1] ?? '';
  const said: Criterion[] = [];
  if (/symptomatic/.test(words) && !/asymptomatic/.test(words)) said.push(is('extent.brain-symptomatic'));
  const values = new Set<string>();
  if (/uncontrolled|unstable|progressing|progressive/.test(words)) for (const value of ['treated-progressing']) values.add(value);
  if (/untreated/.test(words)) values.add('untreated');
  if (/\bactive\b/.test(words)) for (const value of ['untreated', 'treated-progressing']) values.add(value);
  if (said.length === 0 && values.size === 0) for (const value of BRAIN) values.add(value);
  if (values.size > 0) said.push(within('extent.brain-metastases', [...values]));
  return any(...said);
}

/** An infection is one that is known: whoever was never tested is not kept out by it. */
function virus(match: RegExpExecArray): Criterion {
  const text = match[0];
  const infected = (fact: string, values: readonly string[]): Criterion =>
    all(within(fact, values), not(is(`${fact}-tested`, false)));
  const said: Criterion[] = [];
  if (/\bhiv\b|\baids\b/.test(text)) said.push(infected('lab.hiv', ['treated', 'active']));
  if (/\bhbv\b|\bhepatitis\b(?! c)/.test(text)) said.push(infected('lab.hepatitis-b', ['active']));
  if (/\bhcv\b|\bhepatitis\b(?! b)|\bhbv (?:or|and|and\/or) c\b/.test(text)) said.push(infected('lab.hepatitis-c', ['active']));
  return any(...said);
}

const VIRUS_NAME = String.raw`(?<![a-z])(?:hiv(?:[- ](?:1|2|1\/2))?|aids|hbv|hcv|hepatitis(?: (?:b|c))?)(?![a-z])`;

/** Single conditions. Longer patterns stand before the shorter ones that they hold. */
const CONDITIONS: readonly Pattern[] = [
  // Measurable disease.
  {
    find: /(?:(?:≥ ?1 )?(?:have |has |presence of |with )?(?:≥ ?1 )?)(?:measurable|evaluable|non-?measurable)(?:\s*(?:or|and\/or|and|,)\s*(?:measurable|evaluable|non-?measurable))*\s*(?:disease|lesions?|tumor|target lesions?)(?:\s*,?\s*(?:as\s*)?(?:per|by|according to|as defined by|defined by|based on|using|defined per|on ct|at baseline|in accordance with)\s*(?:the\s*)?(?:modified\s*|m)?(?:response evaluation criteria in solid tumor\s*)?\(?\s*(?:m?recist)?\)?\s*,?\s*(?:\(m?recist\))?\s*(?:version\s*|v\.?\s*)?(?:1\.[01])?(?:\s*\(?m?recist(?: ?1\.1)?\)?)?(?:\s*(?:criteria|definitions?|guidelines?))?)?(?:\s*(?:at (?:enrollment|baseline|study entry|screening)))?/g,
    says: (match) => measurable(match[0]),
  },
  // Resectability.
  {
    find: /(?:(?:not|un|non)[- ]?(?:amenable|suitable|eligible|candidates?|appropriate)\s*(?:for|to)|unresectable(?: by)?|not considered (?:amenable|suitable|candidates?) (?:for|to))\s*(?:potentially\s*)?(?:curative|radical|complete|definitive)?\s*(?:intent\s*)?(?:surgical\s*)?(?:surgery|resection|treatment with curative intent|curative (?:surgery|treatment|resection)|therapy|macroscopic resection)(?: with curative intent)?/g,
    says: (match) => (/surg|resect/.test(match[0]) ? is('tumour.resectable', false) : undefined),
  },
  { find: /\b(?:surgically )?(?:unresectable|inoperable)(?: disease| tumor)?\b/g, says: is('tumour.resectable', false) },
  { find: /\b(?:surgically |potentially )?resectable(?: disease| tumor)?\b/g, says: is('tumour.resectable') },
  // Brain.
  {
    find: new RegExp(
      String.raw`${SUSPECTED}((?:(?:active|untreated|symptomatic|uncontrolled|unstable|progressing|progressive)(?:\s*(?:,|or|and\/or|and|\/)\s*(?:or\s*)?)?)*)\s*(?:brain|cns|cerebral)(?:\s*\((?:brain)\))?\s*(?:metastases|metastatic disease|involvement|lesions)`,
      'g',
    ),
    says: brain,
  },
  {
    find: new RegExp(
      String.raw`${SUSPECTED}(?:leptomeningeal (?:disease|metastases|involvement|carcinomatosis|spread)|carcinomatous meningitis)`,
      'g',
    ),
    says: is('extent.leptomeningeal'),
  },
  { find: /(?:signs of )?(?:spinal )?cord compression/g, says: is('extent.cord-compression') },
  // Autoimmune, immune deficiency, transplant.
  {
    find: /(active|known active)?(?:,? (?:known|suspected|documented)(?: or suspected)?)*\s*(?:(?:or )?(?:prior|history of|previous)\s*(?:documented )?)?auto-?immune(?: or inflammatory)? (?:diseases?|disorders?|conditions?)/g,
    says: (match) =>
      /prior|history|previous|suspected/.test(match[0])
        ? within('comorbid.autoimmune', ['controlled-no-therapy', 'active', 'severe'])
        : match[1]
          ? within('comorbid.autoimmune', ['active', 'severe'])
          : within('comorbid.autoimmune', ['controlled-no-therapy', 'active', 'severe']),
  },
  {
    find: /(?:any form of |known |history of (?:active )?|diagnosis of )*(?:active )?(?:primary )?immunodeficiency(?: disorders?| diseases?| syndromes?)?/g,
    says: is('comorbid.immunodeficiency'),
  },
  {
    find: /(?:history of |prior |previous |received (?:an? )?)*(?:allogenei?c )?(?:solid )?(?:(?:organ|stem[- ]cell|bone marrow|tissue|tissue\/solid organ)(?:\s*(?:or|and|,|\/)\s*)?)+(?:\s*(?:allo)?(?:grafts?|transplants?|transplantation))/g,
    says: within('comorbid.transplant', ['solid-organ', 'allogeneic-stem-cell']),
  },
  {
    find: /(?:on |receiving |use of |requiring |concurrent )*(?:systemic |other |any )*immunosuppressive (?:therap(?:y|ies)|drugs?|agents?|medications?|treatments?)/g,
    says: is('drug.immunosuppressant'),
  },
  // Lung.
  {
    find: /(?:any |evidence of |active |current |symptomatic |known )*(history of |prior history of |prior |previous )?(?:\(?non-?infectious\)? )?(?:(?:interstitial lung disease|ild|pneumonitis|interstitial pneumonitis|idiopathic pulmonary fibrosis|pulmonary fibrosis)(?:\s*\(ild\))?(?:\s*(?:or|\/|,|and\/or|and)\s*)?)+/g,
    says: (match) =>
      match[1]
        ? any(is('comorbid.interstitial-lung-disease'), is('comorbid.pneumonitis-previous'))
        : is('comorbid.interstitial-lung-disease'),
  },
  { find: /(?:active |known |latent )*\b(?:tuberculosis|tb)\b(?: infection)?/g, says: is('comorbid.tuberculosis') },
  // Infection and viruses: the viruses first.
  {
    find: new RegExp(
      String.raw`(?:(?:seronegative for|negative for)\s*(${VIRUS_NAME})(?: antibod(?:y|ies)| antigen)?|(${VIRUS_NAME})[- ](?:sero)?negative)`,
      'g',
    ),
    says: (match) => {
      const name = match[1] ?? match[2] ?? '';
      const fact = /hiv|aids/.test(name)
        ? 'lab.hiv'
        : /hbv/.test(name)
          ? 'lab.hepatitis-b'
          : /hcv/.test(name)
            ? 'lab.hepatitis-c'
            : undefined;
      return fact && is(fact, 'negative');
    },
  },
  {
    find: new RegExp(
      String.raw`(?:known |active |chronic |acute |history of |positive for |positive |infection with |infected with |seropositive for |uncontrolled )*(?:${VIRUS_NAME})(?:\s*(?:,|\/|or|and\/or|and)\s*(?:or\s*)?(?:known |active |chronic )*(?:${VIRUS_NAME}|b|c))*(?:\s*(?:virus|infections?|positive|positivity|seropositivity|antibod(?:y|ies)|disease))*`,
      'g',
    ),
    says: (match) =>
      /^\s*[-)]?\s*(?:sero)?negative/.test(match.input.slice(match.index + match[0].length)) ? undefined : virus(match),
  },
  {
    find: /(?:any |current |concurrent |an? |known |serious |clinically serious |severe |significant |systemic |opportunistic |bacterial |fungal |viral |or |and |, |ongoing |active |uncontrolled |acute |poorly controlled )*infections?(?:\s*(?:that )?(?:requir(?:es?|ing)|needing|treated with) (?:(?:iv|intravenous|systemic|parenteral|oral|antibiotics?|antivirals?|antimicrobials?|anti-?infectives?|antifungals?|therapy|treatments?|for management|or|and|,|\/)\s*)+)?/g,
    says: (match) =>
      /\b(?:active|ongoing|uncontrolled|current|concurrent|requir|serious|severe|acute|opportunistic)/.test(match[0])
        ? is('comorbid.infection-active')
        : undefined,
  },
  // Heart.
  { find: /(?:currently ongoing |ongoing )?unstable angina(?: pectoris)?/g, says: is('comorbid.unstable-angina') },
  {
    find: new RegExp(
      String.raw`(?:acute )?(?:history of |had )*(?:myocardial infarction|heart attack|mi\b|stroke|cerebrovascular accident|cva)(?:\s*(?:or|,|and\/or)\s*(?:acute )?(?:myocardial infarction|heart attack|stroke|cerebrovascular accident|cva))*\s*${WITHIN}${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const months = inDays(match[1] as string, match[2] as string) / DAYS['months' as const]!;
      const edge = Math.round(months * 10) / 10;
      const said: Criterion[] = [];
      if (/infarct|heart attack|\bmi\b/.test(match[0]))
        said.push(all(is('comorbid.heart-attack'), { fact: 'comorbid.heart-attack-months', lt: edge }));
      if (/stroke|cerebrovascular|cva/.test(match[0]))
        said.push(all(is('comorbid.stroke'), { fact: 'comorbid.stroke-months', lt: edge }));
      return any(...said);
    },
  },
  {
    find: /(?:(?:congestive )?heart failure\s*\(?)?\s*(?:nyha)\s*(?:functional\s*)?(?:class(?:ification)?|grade)?\s*(≥|>|class >)?\s*(?:class\s*)?(iii or iv|iii-iv|iii\/iv|iii and iv|3 or 4|3-4|ii|iii|iv|[234])(?:\s*(?:or (?:greater|higher|above|more)))?(?:\s*(?:congestive )?(?:heart failure|cardiac disease|chf))?/g,
    says: nyha,
  },
  {
    find: /(?:nyha)\s*(?:heart failure\s*)?(?:class)\s*>\s*(?:class\s*)?(2|ii)(?:\s*heart failure)?/g,
    says: within('organ.nyha', ['nyha-3', 'nyha-4']),
  },
  { find: /(?:symptomatic )?congestive heart failure|symptomatic heart failure/g, says: is('comorbid.heart-failure') },
  { find: /(?:uncontrolled |poorly controlled )hypertension/g, says: is('comorbid.hypertension', 'uncontrolled') },
  { find: /(?:congenital |familial )(?:long|prolonged) qt(?: syndrome)?/g, says: is('comorbid.long-qt') },
  {
    find: /(?:impaired cardiac function or )?(?:clinically (?:significant|relevant)(?: or uncontrolled| and\/or uncontrolled)?) (?:cardiac|cardiovascular|heart) (?:diseases?|abnormalit(?:y|ies)|conditions?)/g,
    says: is('comorbid.cardiac-significant'),
  },
  // Fluid.
  {
    find: /(?:no )?clinically significant pericardial effusions?/g,
    says: (match) => signed(match[0], is('extent.pericardial-effusion-significant')),
  },
  {
    find: /(?:no )?clinically significant pleural effusions?/g,
    says: (match) => signed(match[0], is('extent.effusion-significant')),
  },
  { find: /(?:no )(?:presence of )?ascites/g, says: is('extent.ascites', 'none') },
  // Liver, gut, other organs.
  { find: /(?:no )?(?:history of )?(?:liver )?cirrhosis/g, says: (match) => signed(match[0], is('comorbid.cirrhosis')) },
  {
    find: /(?:current |currently )?active (?:liver|hepatic)(?: or biliary)? disease(?: from any cause)?/g,
    says: is('comorbid.liver-disease-active'),
  },
  { find: /gilbert'?s?(?:'s)? (?:syndrome|disease)/g, says: is('comorbid.gilbert') },
  {
    find: /(?:(?:impairment of (?:gastrointestinal|gi)(?: \(gi\))? function(?: or (?:gi )?disease that may significantly alter the absorption of (?:oral )?[\w-]+)?)|(?:any )?malabsorption(?: syndrome| problem)?)/g,
    says: is('comorbid.malabsorption'),
  },
  {
    find: /(?:un?able to|inability to|impairs (?:patient's )?ability to) swallow(?: (?:whole )?(?:pills|tablets|capsules|oral medications?))?/g,
    says: is('comorbid.cannot-swallow'),
  },
  {
    find: /able to swallow(?: and retain)?(?: (?:orally administered )?(?:study treatment|medications?|tablets|capsules|pills|oral (?:study )?(?:treatment|medications?)))?/g,
    says: all(is('comorbid.cannot-swallow', false)),
  },
  {
    find: /(?:evidence of |history of )*(?:or )?(?:bleeding diathesis|coagulopathy|hemorrhagic disorder)/g,
    says: undefined as unknown as Criterion,
  },
  { find: /amyloidosis(?: or poems(?: syndrome)?)?/g, says: is('comorbid.amyloidosis') },
  { find: /(?:presence of )?active neurological disorder(?:\(s\)|s)?/g, says: is('comorbid.neurological-active') },
  {
    find: /(?:dementia|altered mental status)(?: or (?:dementia|altered mental status))?(?: that would prohibit informed consent)?/g,
    says: is('comorbid.cognitive-impairment'),
  },
  {
    find: /uncontrolled (?:inter|con)current (?:illness|disease)(?:es)?(?: that (?:will|would) limit compliance with (?:the )?study requirements)?/g,
    says: is('comorbid.uncontrolled-illness'),
  },
  { find: /(?:serious,? )?non-?healing wound(?:,? ulcer,? or bone fracture)?/g, says: undefined as unknown as Criterion },
  // Pregnancy.
  {
    find: /(?:female )?(?:women|patients?|individuals|subjects|participants)?\s*(?:who are )?(?:(?:pregnant|lactating|breastfeeding|nursing)(?:\s*\(positive pregnancy test\))?(?:\s*(?:,|or|and|and\/or|\/)\s*(?:or\s*)?)?)+(?:\s*(?:women|females?|patients?|mothers|individuals|subjects|participants))?/g,
    says: (match) => {
      const said: Criterion[] = [];
      if (/pregnant/.test(match[0])) said.push(is('comorbid.pregnant'));
      if (/lactating|breastfeeding|nursing/.test(match[0])) said.push(is('comorbid.breastfeeding'));
      return said.length === 0 ? undefined : any(...said);
    },
  },
  {
    find: /(?:(?:for |all )?(?:women|female patients?|females?|female subjects|wocbp|women and men)\s*(?:of|with) child-?bearing (?:potential|age)(?:\s*\(wocbp\))?\s*(?:must|should)?\s*(?:have|has)?\s*(?:a\s*)?)?(?:documented\s*)?negative\s*(?:results? (?:of|for)\s*)?(?:a\s*)?(?:(?:serum|urine|blood|beta|human chorionic gonadotropin|hcg|\(hcg\)|-|or|and)\s*)*pregnancy test(?: results?)?(?:\s*for females? of child-?bearing potential)?(?:\s*(?:at screening|${''}prior to (?:enrollment|treatment)))?/g,
    says: any(is('person.sex', 'male'), is('person.childbearing-possible', false), is('comorbid.pregnant', false)),
  },
  // Function without numbers.
  {
    find: /(?:have |has )?(?:adequate|normal) (?:(?:bone marrow|marrow|organ|hematologic(?:al)?|hepatic|liver|renal|kidney|and|or|,|\/|and\/or)\s*)+(?:organ )?(?:function|reserve)?(?:\/reserve)?(?: per local labs?)?/g,
    says: (match) => (/function|reserve/.test(match[0]) ? is('organ.function-adequate') : undefined),
  },
  // Tissue.
  {
    find: /(?:availability of |available )?(?:archival|archived|diagnostic|tumor|formalin-fixed|ffpe|sufficient|tissue|fresh|material|biopsy|sample|or|and|,|\s)*(?:tumor (?:tissue|material|sample|specimen)|tissue|biopsy|sample)s?\s*(?:\(?(?:formalin[- ]fixed paraffin[- ]embedded)?\s*\[?(?:ffpe)?\]?\)?)?\s*(?:must be |is |are )?available/g,
    says: is('tumour.tissue-available'),
  },
  // Toxicity of earlier treatment.
  {
    find: /(?:all )?(?:acute )?(?:toxicit(?:y|ies)|toxic effects|adverse (?:events|effects)|acute effects)(?: (?:of|from|related to|due to|associated with) (?:any |all |the )?(?:prior|previous|earlier)?\s*(?:radiotherapy|chemotherapy|surgical procedures?|surgery|anticancer|therap(?:y|ies)|treatments?|or|and|,|\s)*)?\s*(?:must |should )?(?:have )?(?:been )?(?:resolved|recovered) to (?:ctcae |nci ctcae |baseline or )*grade (?:≤ ?1|1 or (?:less|below|better))/g,
    says: { fact: 'prior.toxicity-grade', lte: 1 },
  },
  // Markers.
  {
    find: /(?:have |has |with |documented |evidence of |confirmed )*(?:bi-?allelic )?(?:\(?homozygous\)?\s*)?(?:deletion|loss|absence)(?: or (?:deletion|loss))? of (?:the )?mtap(?: (?:gene|protein|expression))?(?: or mtap (?:deletion|loss))?(?:\s*(?:in a tumor|in tumor))?(?:\s*(?:detected )?by (?:next-? ?generation sequencing|ngs|ihc|immunohistochemistry))?(?: or absence of mtap protein(?: in a tumor)?(?: detected)?(?: by (?:ihc|immunohistochemistry))?)?/g,
    says: is('marker.mtap', 'lost'),
  },
  { find: /\bmtap[- ](?:deleted|null|deficient|loss|deletion)\b/g, says: is('marker.mtap', 'lost') },
  {
    find: /(?:bap1 (?:loss|deficien(?:t|cy)|inactivation|mutation)|loss of bap1(?: expression)?)/g,
    says: is('marker.bap1', 'lost'),
  },
];

function signed(text: string, says: Criterion): Criterion {
  return /^no\b/.test(text.trim()) ? not(says) : says;
}

function measurable(text: string): Criterion {
  if (/evaluable|non-?measurable/.test(text)) return any(is('extent.measurable'), is('extent.evaluable'));
  if (/\bmrecist|modified/.test(text)) return is('extent.measurable-mrecist');
  return is('extent.measurable');
}

function nyha(match: RegExpExecArray): Criterion | undefined {
  const grade = match[2] ?? '';
  const sign = match[1] ?? '';
  const number = { ii: 2, '2': 2, iii: 3, '3': 3, iv: 4, '4': 4 }[grade];
  if (/or iv|-iv|\/iv|and iv|or 4|-4/.test(grade)) return within('organ.nyha', ['nyha-3', 'nyha-4']);
  const above = /or (?:greater|higher|above|more)/.test(match[0]) || sign.includes('≥');
  if (number === undefined) return undefined;
  const from = sign.includes('>') && !sign.includes('≥') ? number + 1 : number;
  if (!above && !sign.includes('>')) return undefined;
  return within('organ.nyha', ['nyha-1', 'nyha-2', 'nyha-3', 'nyha-4'].slice(from - 1));
}

const PATTERNS: readonly Pattern[] = [
  { find: DISEASE, says: disease },
  { find: SOLID, says: solid },
  ...TREATMENT_PATTERNS,
  ...CONDITIONS,
  EVER,
].filter((pattern) => pattern.says !== undefined);

/**
 * All that is understood of a canonical text, in order of place; phrases do not overlap.
 *
 * @param excludes whether the text says whom a trial does not take: "prior X" then means anybody who had it, while a
 *   requirement has to say that X was received before it is taken for one ("prior X must be completed" asks for nothing)
 */
export function phrasesOf(text: string, excludes: boolean): readonly Phrase[] {
  const taken: Phrase[] = [...quantityPhrases(text)];
  const free = (start: number, end: number): boolean => taken.every((phrase) => end <= phrase.start || start >= phrase.end);
  for (const pattern of PATTERNS) {
    const { find, says } = pattern;
    find.lastIndex = 0;
    for (let match = find.exec(text); match !== null; match = find.exec(text)) {
      if (match[0] === '') {
        find.lastIndex++;
        continue;
      }
      const lead = match[0].length - match[0].trimStart().length;
      const start = match.index + lead;
      const end = match.index + match[0].trimEnd().length;
      if (!free(start, end)) continue;
      const said = typeof says === 'function' ? says(match) : says;
      if (said === undefined) continue;
      if (
        pattern === EVER &&
        !excludes &&
        (!/\b(?:received|treated with|undergone|had)\b/.test(match[0]) ||
          /\b(?:complet|discontinu|recover|allow|elapsed)/.test(text))
      )
        continue;
      taken.push({ start, end, says: said });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}

/** Whether a text names tumours, none of them a mesothelioma and none "any solid tumour". */
export function namesOnlyOtherTumours(text: string): boolean {
  return OTHER_TUMOUR.test(text) && !/mesotheliom|\bmpm\b/.test(text) && !ANY_TUMOUR.test(text);
}
