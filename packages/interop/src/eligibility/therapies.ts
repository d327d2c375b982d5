/** What eligibility texts say of earlier and present treatment: which, how many lines, how long ago. */
import type { Criterion } from '@serosa/core';
import { ANCHOR, all, any, inDays, is, judge, listOf, not, type Pattern, TIME, WITHIN } from './statements.js';

/** A kind of treatment: how texts name it, the fact that it was ever given, and the days since. */
interface Therapy {
  readonly names: string;
  readonly ever: string;
  readonly days?: string;
  /** What the words hold beside it; a person has to say whether that was given. */
  readonly wider?: string;
  /** Words that name the whole of what the fact holds; without one of them a single drug or kind of it is meant. */
  readonly whole?: RegExp;
  /** What tells that it was the kind that is meant, where not the whole is. */
  readonly told?: Criterion;
}

/** Longer names before the shorter ones that they hold. */
const THERAPIES: readonly Therapy[] = [
  {
    names: String.raw`(?:immune )?check-?point(?: inhibit(?:or|ion)s?| blockade)?(?: therap(?:y|ies)| treatment| inhibitors?)?|(?:${listOf('(?:pd-1|pd-l1|pd-l2|ctla-4)')})(?:\s*(?:inhibitors?|antibod(?:y|ies)|agents?|therap(?:y|ies)|directed therapy|blockade|-?containing therapy))*|cpis?`,
    ever: 'prior.checkpoint-inhibitor',
    days: 'prior.days-since-checkpoint-inhibitor',
    whole: /check-?point|cpi|ctla.*pd-|pd-.*ctla/,
    // Antibodies against PD-1 and its partners are the others beside those against CTLA-4.
    told: is('prior.ctla4', false),
  },
  {
    names: 'intraperitoneal (?:chemo)?therapy|ip chemotherapy|hipec',
    ever: 'prior.intraperitoneal-chemotherapy',
    days: 'prior.days-since-intraperitoneal-chemotherapy',
  },
  {
    names:
      'systemic (?:anticancer |cancer |antitumor )(?:therap(?:y|ies)|treatments?|agents?)|systemic (?:therap(?:y|ies)|treatments?)',
    ever: 'prior.systemic',
    days: 'prior.days-since-systemic',
  },
  {
    names: '(?:other )?(?:anticancer|cancer) (?:therap(?:y|ies)|treatments?|agents?|drugs?)',
    ever: 'prior.systemic',
    days: 'prior.days-since-systemic',
    wider: 'any other treatment of the cancer, radiotherapy included',
  },
  {
    names: '(?:cytotoxic )?chemotherap(?:y|ies|eutic agents?)(?: regimens?| treatment| agents?)?',
    ever: 'prior.chemotherapy',
    days: 'prior.days-since-chemotherapy',
  },
  {
    names: '(?:external beam )?radiotherapy',
    ever: 'prior.radiotherapy',
    days: 'prior.days-since-radiotherapy',
  },
  {
    names:
      '(?:investigational|experimental) (?:anticancer )?(?:agents?|drugs?|products?|therap(?:y|ies)|treatments?|medicinal products?|study drugs?)',
    ever: 'prior.investigational',
    days: 'prior.days-since-investigational',
  },
  {
    names:
      '(?:tyrosine kinase inhibitors?|tkis?)(?: or other targeted therap(?:y|ies))?|targeted (?:therap(?:y|ies)|agents?|treatments?)',
    ever: 'prior.targeted',
    days: 'prior.days-since-targeted',
    whole: /targeted/,
  },
  {
    names:
      '(?:adoptive )?cell(?:ular)? therap(?:y|ies)(?: for malignancy)?|car-?t(?: cells?)?(?: therap(?:y|ies))?|chimeric antigen receptor(?: t)?(?:[- ]cells?)?(?: therap(?:y|ies))?',
    ever: 'prior.cell-therapy',
    days: 'prior.days-since-cell-therapy',
    whole: /cell(?:ular)? therap/,
  },
  {
    names: listOf('(?:paclitaxel|docetaxel|taxanes?|nab-paclitaxel)').replace('\\band\\b', '\\band\\b|\\bnor\\b'),
    ever: 'prior.taxane',
    days: 'prior.days-since-taxane',
    whole: /taxane/,
  },
  { names: '(?:yap\\/)?tead inhibitors?', ever: 'prior.tead-inhibitor' },
  {
    names: String.raw`${listOf('(?:mat2a|prmt5?)(?:\\s*inhibitors?)?')}\s*inhibitors?|(?:mat2a|prmt5?) inhibitors?`,
    ever: 'prior.mtap-directed',
  },
  {
    names: String.raw`(?:anti-)?cd70[- ](?:directed|targeted|targeting)?\s*(?:agents?|therap(?:y|ies)|antibod(?:y|ies))`,
    ever: 'prior.cd70-directed',
  },
  {
    names: String.raw`(?:antibody[- ]drug conjugates?|adcs?) (?:with|containing|carrying) an? topoisomerase[- ](?:1|i)(?: inhibitor)?(?: payload)?|topoisomerase[- ](?:1|i)(?: inhibitor)?[- ]?(?:based|containing|inhibitor|payload)?\s*(?:antibody[- ]drug conjugates?|adcs?)(?:\s*\(adc\))?`,
    ever: 'prior.topoisomerase-conjugate',
  },
  { names: 'mesothelin-(?:directed|targeted|targeting) (?:agents?|therap(?:y|ies))', ever: 'prior.mesothelin-directed' },
  { names: 'bevacizumab', ever: 'prior.bevacizumab' },
  { names: 'gemcitabine', ever: 'prior.gemcitabine' },
  { names: 'vinorelbine', ever: 'prior.vinorelbine' },
  { names: 'pneumonectomy', ever: 'prior.pneumonectomy' },
  {
    names: 'major surger(?:y|ies)(?: procedures?)?|major surgical procedures?',
    ever: 'prior.major-surgery',
    days: 'prior.days-since-surgery',
  },
];

/** Words before the name of a therapy that say that it was given. */
const GIVEN_WORD = `(?:any|prior|previous|previously|earlier|history of|had|have|has|having|received|receiving|receipt of|undergone|underwent|treated with|treatment with|therapy with|exposure to|use of|administration of|been|other|with|an?|of)`;
const GIVEN = String.raw`(?:${GIVEN_WORD}\s+)*`;
const ANY_THERAPY = String.raw`(?<![\w-])(?:${THERAPIES.map(({ names }) => names).join('|')})(?![\w-])`;
const THERAPY_LIST = listOf(`${GIVEN}${ANY_THERAPY}`);
const OF_DISEASE = String.raw`(?:\s*(?:for|of) (?:the |their |advanced |malignant |pleural |peritoneal )*(?:mesothelioma|cancer|malignancy|disease|mpm|pm))?`;

const NAMED = THERAPIES.map((therapy) => ({
  therapy,
  pattern: new RegExp(String.raw`(?<![\w-])(?:${therapy.names})(?![\w-])`, 'g'),
}));

interface Named {
  readonly therapy: Therapy;
  /** As the text names it. */
  readonly words: string;
}

function therapiesIn(text: string): readonly Named[] {
  const found: Named[] = [];
  let rest = text;
  for (const { therapy, pattern } of NAMED) {
    const words = rest.match(pattern)?.join(' ');
    if (words === undefined) continue;
    found.push({ therapy, words });
    rest = rest.replace(pattern, ' # ');
  }
  return found;
}

/** Given at all, and, where a window is named, not longer ago than that. */
function given(text: string, window?: { readonly days: number; readonly edge: 'lt' | 'lte' }): Criterion | undefined {
  // Only some radiotherapy, and of an operation only the large, is what the fact is about.
  if (/\b(?:palliative|chest|thoracic|limited|pelvi|minor)\b/.test(text)) return undefined;
  const found = therapiesIn(text);
  if (found.length === 0) return undefined;
  const said: Criterion[] = [];
  for (const { therapy, words } of found) {
    const { ever, days, wider, whole, told } = therapy;
    // A drug is not its class: who had another of the class has not had this one.
    const meant = judge(`whether it was ${words}`);
    const own =
      whole === undefined || whole.test(words)
        ? []
        : [told === undefined || /ctla/.test(words) ? meant : any(told, judge('which checkpoint inhibitor it was'))];
    if (window === undefined) said.push(all(is(ever), ...own), ...(wider === undefined ? [] : [is('prior.radiotherapy')]));
    else if (days === undefined) return undefined;
    else
      said.push(
        all(
          is(ever),
          { fact: days, [window.edge]: window.days },
          // The days count from the last operation of any size.
          ...(ever === 'prior.major-surgery' ? [judge('whether the last operation was a major one')] : []),
          ...own,
        ),
      );
    if (wider !== undefined && window !== undefined)
      said.push(all(is('prior.radiotherapy'), { fact: 'prior.days-since-radiotherapy', [window.edge]: window.days }));
  }
  return any(...said);
}

/** "Anticipated need for chemotherapy within 2 weeks": what is to come was never given. */
const toCome = (match: RegExpMatchArray & { readonly index: number }): boolean =>
  /\b(?:anticipat\w+|expect\w*|plan(?:s|ned|ning)?|need(?:s|ed|ing)?(?: for)?|requirements?(?: for)?|requires?|scheduled|intend\w*|intention|likely|will|interfer\w*|preclud\w*|contraindicat\w*|prevent\w*|delay\w*|candidates? for|who are to|(?:able|ready|fit|planning) to (?:commence|begin|start|initiate|receive|undergo|tolerate)|to (?:commence|begin|start|initiate))\b[^.;,]{0,50}$/.test(
    (match.input ?? '').slice(0, match.index),
  ) ||
  /^[^.;,]{0,10}\b(?:planned|scheduled|anticipated)\b(?! (?:first|start|dose|day|treatment|administration|study|enrol|surgery|date|cycle|infusion))/.test(
    match[0],
  );

/** "for metastatic disease": what was given before the disease came to that stage does not count. */
const FOR_STAGE = String.raw`(?:\s*(?:for|to treat|in|against|of)\s+(?:[\w-]+[ /,]+){0,6}?(?:metastatic|advanced|recurrent|relapsed|unresectable|inoperable|stage|incurable|palliative)\b(?:(?! and (?:are|is|have|has|not|no|who)\b)[^.;()])*)?`;
const STAGE = /\b(?:metastatic|advanced|recurrent|relapsed|unresectable|inoperable|stage|incurable|palliative)\b/;
/** Never given; where only one stage of the disease is meant, a person says of what was given when. */
const neverGiven = (never: Criterion, words: string): Criterion =>
  STAGE.test(words) ? any(never, judge('whether it was given for this stage of the disease')) : never;

const edgeOf = (text: string): 'lt' | 'lte' => (text.includes('≤') ? 'lte' : 'lt');

/** "systemic therapy" that some other illness needs is no treatment of the cancer. */
const ofOtherIllness = (match: RegExpMatchArray & { readonly index: number }): boolean =>
  /(?:requir\w+|need\w*|autoimmune|infection)[^.;,]{0,12}$/.test((match.input ?? '').slice(0, match.index));

const STANDARD = String.raw`(?:(?:standard|effective|satisfactory|curative|curable|alternative|approved|available|other|of care|treatment|therapeutic|therap(?:y|ies)|options?|or|and|,)\s*)+`;

/** Words of "who failed, cannot have or refuse all that is usual"; a run of them is one statement. */
const NO_STANDARD_WORD = String.raw`(?:who|whom|which|have|has|had|having|are|is|be|been|was|were|either|refractory|resistant|intolerant|intolerable|intolerance|unable|tolerate|failed?|failure|failing|lacks?|lacking|unwilling|undergo|relapsed|progressed|progression|progressive|on|after|following|to|of|from|in|with|respond(?:ed)?|recurred|exhausted|for|there|no|not|longer|don?o?e?s?|does|exists?|existing|available|appropriate|known|effective|eligible|ineligible|candidates?|suitable|amenable|standard(?:[- ]of[- ]care)?|soc|\(soc\)|care|therap(?:y|ies)|therapeutic|treatments?|options?|prior|previous|approved|conventional|curative|satisfactory|alternative|further|other|additional|any|all|established|clinical|benefit|the|their|an?|disease|or|and|otherwise|will|prevented|receive|received|receiving|likely|likelihood|become|becoming|developed|patients?|participants?|subjects?|must|should|at least|≥ 1|1|line|first|at|progress|etc)`;
const NO_STANDARD_RUN = String.raw`(?<![\w-])${NO_STANDARD_WORD}(?:\s*,?\s+${NO_STANDARD_WORD}){3,}(?![\w-])`;

const STANDARD_GONE =
  /\bno (?:[\w()-]+ ){0,5}?(?:therap\w*|treatments?|options?|care)\b|\bnot (?:be |an? |considered |currently )*(?:available|appropriate|candidates?|suitable|eligible|amenable|effective|exist\w*|have)\b|\bineligible\b|\black(?:s|ing)?\b|\bunwilling\b/;

/** "Prior treatment with an anti-CD137 antibody": no fact tells one drug from another, but who was never treated had none of them. */
const ANY_TREATMENT = any(
  is('prior.systemic'),
  is('prior.investigational'),
  is('prior.cell-therapy'),
  // What was given for another cancer is not in the list of treatments.
  is('comorbid.other-cancer'),
);
const DRUG_OF_CANCER =
  /\b(?:[a-z0-9/*.-]+[- ](?:inhibitors?|targeted|targeting|directed)|kinase|monoclonal|antibody[- ]drug|adcs?|immune modulat|immunotherap|small molecule|anthracyclines?|alkylating|taxane|parp|car[- ]?t|radiopharmaceutical|radioligand)\b|\btarget(?:ing|s)? [a-z]*\d|\binhibit\w* (?:the )?\w+|[a-z]{2,}\d[\w-]* (?:inhibitor|antibod)/;
const DRUG_OF_ELSE =
  /\b(?:cyp|p-?gp|proton|pump|ace|angiotensin convert\w*|mao|monoamine|serotonin|uptake|tnf|complement|factor xa|thrombin|cholinesterase|calcineurin|vaccin|steroid|anticoag|platelet|xanthine|statin|coa|live|antibiotic|antiviral|protease|integrase|transcriptase|5-alpha|dpp|sglt|allerg|intoleran|hypersensitiv|toxicit|adverse|reaction)/;

export const THERAPY_PATTERNS: readonly Pattern[] = [
  {
    // Of some radiotherapy only: who had none in that time had none of that kind.
    find: new RegExp(
      String.raw`(?:any |prior |previous |history of |received |receiving |had |has |have )*(?:palliative|limited[- ]field|radical|definitive|thoracic|chest|pelvic|abdominal|focal|stereotactic)(?: (?:or|and|and\/or) (?:palliative|thoracic|chest|pelvic|abdominal))?(?: external beam)? radiotherapy(?: (?:for|to) [^.;,]{0,40}?)?\s*,?\s*${WITHIN}${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const recent = all(
        any(is('prior.radiotherapy'), is('comorbid.other-cancer')),
        any(not(is('prior.radiotherapy')), {
          fact: 'prior.days-since-radiotherapy',
          [edgeOf(match[0])]: inDays(match[1] as string, match[2] as string),
        }),
      );
      return all(recent, judge(`whether it was this radiotherapy: ${match[0].trim()}`));
    },
  },
  {
    find: new RegExp(
      String.raw`(?:(?:has |have |had |who )*participat(?:ed|ion|ing) in (?:a |an |any )?(?:other |another |different )?(?:(?:interventional|therapeutic|clinical|investigational|drug|treatment) )*(?:study|studies|trials?)(?: of (?:an? )?(?:other |another )?investigational (?:agents?|drugs?|products?|devices?))?(?: and (?:has |have )?received (?:the |an )?investigational (?:agent|drug|product|therapy|treatment))?)\s*${WITHIN}${ANCHOR}`,
      'g',
    ),
    // Other trials than those of a treatment count as well.
    says: (match) => {
      const recent = all(is('prior.investigational'), {
        fact: 'prior.days-since-investigational',
        [edgeOf(match[0])]: inDays(match[1] as string, match[2] as string),
      });
      return /received|of (?:an? )?(?:other |another )?investigational/.test(match[0])
        ? recent
        : any(recent, judge('any other trial in that time'));
    },
  },
  {
    find: new RegExp(NO_STANDARD_RUN, 'g'),
    says: (match) => {
      const text = match[0];
      if (
        !/\b(?:standard|soc|conventional|available|appropriate|satisfactory|established|approved)\b[^.;]*\b(?:therap|treatment|care|option)|\b(?:therap\w+|treatments?|options?)\b[^.;]*\b(?:available|standard|exists?)\b/.test(
          text,
        )
      )
        return undefined;
      // Nothing is left, or it cannot be given. Who only "failed" it may have more to try.
      if (!STANDARD_GONE.test(text) || /\beligible for\b(?<!not eligible for)|\brequired\b/.test(text)) return undefined;
      if (
        /\bno prior\b|\bno previous\b|\bnot (?:have |had |been )*(?:received|treated|refractory|progressed|failed|responded|undergo)|\bnot (?:have|had)\b(?! (?:any )?(?:standard|satisfactory|available|other|alternative|appropriate))|\bmust not\b|\bnot (?:be )?required/.test(
          text,
        )
      )
        return undefined;
      return any(is('prior.standard-exhausted'), judge('whether a standard treatment is left'));
    },
    inRequirements: true,
  },
  { find: /^prior standard therapy(?:,? as available)?\.?$/g, says: any(is('prior.systemic'), is('prior.standard-exhausted')) },
  {
    find: new RegExp(
      String.raw`(?:for (?:whom|which)\s*)?(?:there (?:is|are)\s*)?no (?:further |other )?${STANDARD}(?:exists?|(?:is|are) available|(?:is|are) known)`,
      'g',
    ),
    // Which therapies count as standard is said nowhere.
    says: any(is('prior.standard-exhausted'), judge('whether a standard treatment is left')),
  },
  {
    // "chemotherapy within 4 weeks of the first dose"
    find: new RegExp(String.raw`(${THERAPY_LIST})${OF_DISEASE}\s*,?\s*${WITHIN}${ANCHOR}`, 'g'),
    says: (match) =>
      ofOtherIllness(match) || toCome(match)
        ? undefined
        : given(match[1] as string, { days: inDays(match[2] as string, match[3] as string), edge: edgeOf(match[0]) }),
  },
  {
    // "major surgery < 4 weeks prior to", "14 days before"
    find: new RegExp(String.raw`(${THERAPY_LIST})\s*(?:<|≤)?\s*${TIME}\s*,?\s*(?:prior to|before|preceding)${ANCHOR}`, 'g'),
    says: (match) =>
      toCome(match)
        ? undefined
        : given(match[1] as string, { days: inDays(match[2] as string, match[3] as string), edge: edgeOf(match[0]) }),
  },
  {
    find: /(?:any |prior |previous |history of |received |had )*(?:(?:abdominal|pelvic|thoracic|chest|cranial|mediastinal|and\/or|or|and|external beam) )*radiotherapy to (?:the |more than |> ?)*(?:\d+ ?% of )?(?:the )?(?:bone marrow|chest|breast|thorax|abdomen|pelvis|whole pelvis|lungs?|liver|kidneys?|neck|mediastinum|brain|supraclavicular)[^.;]*|(?:prior|previous|history of) (?:(?:abdominal|pelvic|thoracic|chest|mediastinal|and\/or|or|and|external beam)[ ]+)+radiotherapy(?! *(?:within|≤|<|in the))/g,
    says: (match) =>
      /\b(?:within|days|weeks|months)\b/.test(match[0])
        ? undefined
        : all(
            any(is('prior.radiotherapy'), is('comorbid.other-cancer')),
            judge(`whether it was this radiotherapy: ${match[0].trim()}`),
          ),
  },
  {
    find: new RegExp(`(?:current treatment or )?treatment ${WITHIN} with (${THERAPY_LIST})`, 'g'),
    says: (match) => given(match[3] as string, { days: inDays(match[1] as string, match[2] as string), edge: 'lt' }),
  },
  {
    find: new RegExp(
      String.raw`(?:the )?last dose of (?:any )?(?:previous|prior) (?:anticancer |systemic )?(?:therapy|treatment) must have occurred\s*(≥|>)\s*${TIME}\s*(?:prior to|before)${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const window = { [match[1] === '>' ? 'lte' : 'lt']: inDays(match[2] as string, match[3] as string) };
      const recent = (ever: string, days: string): Criterion => all(is(ever), { fact: days, ...window });
      return all(
        not(recent('prior.systemic', 'prior.days-since-systemic')),
        any(not(recent('prior.radiotherapy', 'prior.days-since-radiotherapy')), judge('whether the radiotherapy counts')),
      );
    },
  },
  {
    // "at least 4 weeks since prior chemotherapy": it is long enough ago, or was never given.
    find: new RegExp(
      String.raw`(≥|>)\s*${TIME}\s*(?:must\s*|should\s*)?(?:have\s*)?(?:elapsed|passed)?\s*(?:since|from|after)\s*(?:(?:the|their|any|last|completion of|end of|most recent|dose of)\s*)*(${THERAPY_LIST})(?:\s*treatment)?${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      // "since prior chemotherapy or surgery": both are meant, and one was not read.
      if (/^\s*,?\s*(?:or|and\/or|\/)(?!\w)/.test((match.input ?? '').slice((match.index ?? 0) + match[0].length)))
        return undefined;
      const days = inDays(match[2] as string, match[3] as string);
      const recent = given(match[4] as string, { days, edge: match[1] === '>' ? 'lte' : 'lt' });
      return recent && not(recent);
    },
    // "More than four weeks since ..." among what excludes is a demand, and stands under the wrong heading.
    inRequirements: true,
  },
  {
    find: new RegExp(
      String.raw`(?:no (?:prior|previous)|(?:has |have |had )?(?:not|never) (?:have )?(?:previously )?(?:received|had)(?: any)?(?: prior| previous)?|without (?:any )?(?:prior|previous)|na[iï]ve to|untreated with)\s*${listOf('(?:(?:other |any )?(?:systemic|anticancer|chemotherapy|immunotherapy|chemo)\\b\\s*(?:therap(?:y|ies)|treatments?|anticancer therapy)?)')}(?:${FOR_STAGE}|${OF_DISEASE})`,
      'g',
    ),
    says: (match) =>
      /systemic|anticancer/.test(match[0])
        ? neverGiven(is('prior.systemic', false), match[0])
        : /chemo/.test(match[0]) && !/immuno/.test(match[0])
          ? neverGiven(is('prior.chemotherapy', false), match[0])
          : undefined,
  },
  {
    find: new RegExp(String.raw`\b(?:treatment|chemotherapy|chemo|systemic therapy)[- ]na[iï]ve\b${FOR_STAGE}`, 'g'),
    says: (match) => neverGiven(is(/chemo/.test(match[0]) ? 'prior.chemotherapy' : 'prior.systemic', false), match[0]),
  },
  {
    find: /(?:(?:had|received|prior|previous|≥ ?1) )+(?:(?:line of |chemotherapy |regimens? |that includes? |that included |containing |including |with |of )*)(?:(?:(?:platinum(?:-based)?(?: chemotherapy)?|cisplatin|carboplatin)(?:\s*(?:or|and\/or|,|\/)\s*(?:cisplatin|carboplatin|other platinum))*\s*(?:\+|-|\/|and|plus|with|in combination with)\s*pemetrexed)|(?:pemetrexed\s*(?:\+|-|\/|and|plus|with|in combination with)\s*(?:a )?(?:cisplatin or carboplatin|carboplatin or cisplatin|cisplatin|carboplatin|platinum)))(?: chemotherapy| regimen| therapy)?/g,
    says: all(is('prior.platinum'), is('prior.pemetrexed')),
  },
  {
    find: /(?:(?:received|had|have)\s*)*(≥|>|≤|<)\s*(\d)\s*(?:prior|previous)\s*(?:(?:lines?|regimens?|systemic|chemotherapy|standard|anticancer|therapeutic|cytotoxic|of|treatment|therap(?:y|ies))\s*)+/g,
    says: (match) => linesOf(match[0], match[1] as string, Number(match[2])),
  },
  {
    find: /(?:prior|previous) (?:systemic |chemotherapy )?(?:lines of therapy|lines?|regimens?|chemotherapy regimens?)\s*(≥|>|≤|<)\s*(\d)/g,
    says: (match) => linesOf(match[0], match[1] as string, Number(match[2])),
  },
  {
    find: /(?:received |had |have )*(\d)\s*(?:-|to)\s*(\d) (?:prior|previous) (?:lines? of (?:systemic )?(?:therapy|treatment)|(?:systemic )?regimens?)/g,
    says: (match) => ({ fact: 'prior.lines-systemic', gte: Number(match[1]), lte: Number(match[2]) }),
  },
  {
    find: /(?:(?:current(?:ly)?|concurrent(?:ly)?|concomitant|simultaneous) )+(?:participat(?:ion|ing)|enroll?ed|taking part|enrol?lment) in (?:a |an |any )?(?:other |another |different )?(?:(?:interventional|therapeutic|clinical|investigational|treatment|device|drug|or) )*(?:study|trial)(?: testing an? [^.;,]*)?|(?:are |is )?enrolled in another (?:investigational |clinical |interventional )*(?:study|trial)|(?:are |is |currently |concurrently )+receiving (?:any )?(?:other|another) (?:investigational|experimental) (?:study )?(?:agents?|drugs?|products?|therapy)|(?:concomitant|concurrent) (?:use of |treatment with )?(?:any )?other (?:investigational|experimental) (?:agents?|drugs?|products?|therap(?:y|ies))/g,
    says: is('drug.investigational'),
  },
  {
    find: /(?:is |are )?(?:currently |actively |concurrently )?participating in or (?:has |have )?(?:planned|plans?) (?:participation|to participate) in (?:a |an |any )?(?:other |another )?(?:(?:interventional|clinical|therapeutic) )*(?:study|trial)(?: of (?:another |an? )?investigational (?:agent|drug|product|device)(?: or device)?)?|(?:is |are )?(?:actively |currently )?receiving (?:systemic )?(?:treatment|therapy)[^.;,]{0,40} on another (?:therapeutic |interventional |clinical )*(?:study|trial)|(?:concomitant|concurrent) (?:administration|use|treatment) (?:of|with|to) (?:any )?other (?:investigational|experimental) (?:agents?|drugs?|products?|therap(?:y|ies))(?: under investigation)?/g,
    says: (match) =>
      /planned|plans/.test(match[0])
        ? any(is('drug.investigational'), judge('whether another trial is planned'))
        : is('drug.investigational'),
  },
  {
    find: new RegExp(
      String.raw`major surg(?:ery|ical procedures?)(?:\s*(?:,\s*(?:or)?|\bor\b)\s*(?:open biopsy|(?:significant )?traumatic injury))+\s*${WITHIN}${ANCHOR}`,
      'g',
    ),
    says: (match) =>
      any(
        all(
          is('prior.major-surgery'),
          { fact: 'prior.days-since-surgery', lt: inDays(match[1] as string, match[2] as string) },
          judge('whether the last operation was a major one'),
        ),
        judge('an open biopsy or an injury in that time'),
      ),
  },
  {
    find: new RegExp(
      `no (?:prior|previous) (?:treatment with |therapy with |use of |exposure to )?(${THERAPY_LIST})${FOR_STAGE}`,
      'g',
    ),
    says: (match) => {
      const ever = TIMED.test(match.input ?? '') ? undefined : given(match[1] as string);
      // "No prior treatment that would preclude the study": some of it may.
      const some = /^\s*(?:that|which|with|if)\b/.test((match.input ?? '').slice((match.index ?? 0) + match[0].length));
      return ever && (some ? any(not(ever), judge('whether it was a treatment of that kind')) : neverGiven(not(ever), match[0]));
    },
  },
  {
    // For longer windows the fact of the last 30 days says too little.
    find: new RegExp(
      String.raw`(?:receipt of |received |receiving |has |administration of )*(?:an? |any )?(?:non-oncology )?live(?:[- ]attenuated|[- ]virus)?(?: or attenuated| \(attenuated\))?(?: virus)? vaccin(?:es?|ations?)(?: therapy)?(?: used for (?:the )?prevention of infectious diseases?)?\s*(?:${WITHIN}|(\d+)\s*(days|weeks)\s*(?:prior to|before))${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const days = inDays((match[1] ?? match[3]) as string, (match[2] ?? match[4]) as string);
      const recent: Criterion = { fact: 'drug.days-since-live-vaccine', lt: days };
      return days <= 30 ? all(is('drug.live-vaccine-recent'), recent) : recent;
    },
  },
  {
    // A therapy that is only named: that it was ever given. In a requirement it has to be said that it was received.
    find: new RegExp(String.raw`(?<![\w-])(?=${GIVEN_WORD}\s)${THERAPY_LIST}${OF_DISEASE}`, 'g'),
    says: (match) => {
      if (
        TIMED.test(match.input ?? '') ||
        ofOtherIllness(match) ||
        toCome(match) ||
        /\b(?:advanced|metastatic|recurrent)\b/.test(match.input ?? '')
      )
        return undefined;
      return /\b(?:prior|previous|previously|earlier|history of|received|undergone|underwent|treated with|exposure to|treatment with)\b/.test(
        match[0],
      )
        ? given(match[0])
        : undefined;
    },
    inExclusions: true,
  },
  {
    find: /(?:(?:patients?|participants?|subjects?|who|has|have|had|been|is|are|was|were) )*(?:(?:any )?(?:prior|previous) (?:treatment|therapy|exposure|use) (?:with|to|of) |(?:previously|currently or previously|ever) (?:treated with|received|exposed to) |(?:have |has )?received (?:any )?(?:prior|previous) (?:treatment|therapy) with |received prior )[^.;:]*/g,
    says: (match) => {
      const drugs = match[0];
      if (
        TIMED.test((match.input ?? '').replace(/currently or previously/g, '')) ||
        ofOtherIllness(match) ||
        DRUG_OF_ELSE.test(match.input ?? '')
      )
        return undefined;
      if (/immunotherapy agents?|(?:immune|cancer) immunotherap/.test(drugs) && /pd-?1|ctla/.test(drugs))
        return any(is('prior.checkpoint-inhibitor'), all(ANY_TREATMENT, judge(match[0].trim())));
      if (!DRUG_OF_CANCER.test(drugs) || /\b(?:and|or) (?:have|has|with|who|who are|is|are)\b/.test(drugs)) return undefined;
      return all(ANY_TREATMENT, judge(match[0].trim()));
    },
    inExclusions: true,
  },
  {
    find: /^(?:ongoing|concomitant use of|concurrent use of|concurrent|current|concomitant) (?:(?:use of )?(?:any )?(?:other )?(?:systemic )?anticancer (?:therap(?:y|ies)|agents?|treatments?|drugs?)|radiotherapy|chemotherapy)\.?$/g,
    says: (match) =>
      /radiotherapy/.test(match[0])
        ? all(any(is('prior.radiotherapy'), is('comorbid.other-cancer')), judge('whether radiotherapy goes on'))
        : all(any(ANY_TREATMENT, is('prior.radiotherapy')), judge('whether a treatment goes on')),
    inExclusions: true,
  },
  {
    find: /(?:patients? |participants? |who |have |has )*discontinued (?:prior |previous )?(?:pd-1 or pd-l1|pd-1|pd-l1|check-?point inhibitor|immunotherapy)(?: or (?:pd-1|pd-l1))* (?:therapy|treatment) (?:due to|because of|for) (?:an? )?[^.;()]*(?:toxicity|adverse events?|side effects?)/g,
    says: all(
      is('prior.checkpoint-inhibitor'),
      any(is('prior.checkpoint-stopped-for', 'toxicity'), judge('why the immunotherapy was stopped')),
    ),
    inExclusions: true,
  },
];

/** A criterion with a window anywhere is not about "ever". */
const TIMED =
  /\b(?:within|in the (?:last|past)|prior to|days|weeks|months|half-li\w*|washout|wash-out|since|elapsed|complet\w+|discontinu\w+|recover\w+|concurrent\w*|concomitant\w*|current\w*|during|planned)\b/;

function linesOf(text: string, sign: string, count: number): Criterion | undefined {
  const chemotherapy = /chemo|cytotoxic/.test(text);
  if (sign === '≥' && count === 1) return is(chemotherapy ? 'prior.chemotherapy' : 'prior.systemic');
  const key = { '≥': 'gte', '>': 'gt', '≤': 'lte', '<': 'lt' }[sign];
  if (key === undefined) return undefined;
  const lines: Criterion = { fact: 'prior.lines-systemic', [key]: count };
  if (!chemotherapy) return lines;
  // Lines are counted over all drugs: fewer in all means fewer of chemotherapy, and not the other way round.
  const counted = judge('lines of chemotherapy');
  return key === 'lte' || key === 'lt' ? any(lines, counted) : all(lines, counted);
}
