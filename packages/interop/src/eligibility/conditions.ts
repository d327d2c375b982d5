/** What eligibility texts say of a person's state: measurable disease, brain, heart, lungs, infections, pregnancy, markers. */
import type { Criterion } from '@serosa/core';
import { ANCHOR, all, any, inDays, is, judge, listOf, not, oneOf, type Pattern, WITHIN } from './statements.js';

const SUSPECTED = String.raw`(?:(?:presence of|evidence of|known|documented|clinically|suspected|history of|any)\s+)*`;

function measurable(text: string): Criterion {
  if (/evaluable|non-?measurable/.test(text)) return any(is('extent.measurable'), is('extent.evaluable'));
  if (/\bmrecist/.test(text)) return is('extent.measurable-mrecist');
  // What is measurable in the pleura by the modified rules alone may not do.
  return /\brecist/.test(text)
    ? any(is('extent.measurable-recist'), all(is('extent.measurable'), judge('measurable by RECIST 1.1')))
    : is('extent.measurable');
}

function brain(match: RegExpMatchArray): Criterion {
  const words = match[1] ?? '';
  const said: Criterion[] = [];
  if (/(?<!a)symptomatic/.test(words)) said.push(is('extent.brain-symptomatic'));
  const values = new Set<string>();
  if (/uncontrolled|unstable|progress/.test(words)) values.add('treated-progressing');
  if (/untreated/.test(words)) values.add('untreated');
  if (/\bactive\b/.test(words)) for (const value of ['untreated', 'treated-progressing']) values.add(value);
  // Of what was never treated it is not said whether it grows.
  const loose = values.has('treated-progressing') && !/untreated|\bactive\b/.test(words);
  const adjectives = words.match(/active|untreated|symptomatic|uncontrolled|unstable|progress\w+/g)?.length ?? 0;
  // "symptomatic, untreated metastases" are both at once.
  const joined = /\bor\b|\//.test(words);
  if (said.length === 0 && values.size === 0)
    for (const value of ['untreated', 'treated-stable', 'treated-progressing']) values.add(value);
  if (values.size > 0) said.push(oneOf('extent.brain-metastases', [...values]));
  if (loose) said.push(all(is('extent.brain-metastases', 'untreated'), judge('whether the untreated metastases grow')));
  // The nervous system is more than the brain.
  if (/\bcns\b/.test(match[0]))
    said.push(
      words.trim() === ''
        ? is('extent.leptomeningeal')
        : all(is('extent.leptomeningeal'), judge('whether the disease of the meninges is of that kind')),
    );
  // "Active untreated" and "active and uncontrolled" are both at once, which the facts do not tell.
  return adjectives > 1 && !joined ? all(any(...said), judge(match[0].trim())) : any(...said);
}

const VIRUS = String.raw`(?<![a-z])(?:hiv(?:[- ](?:1|2|1\/2))?|aids|hbv|hcv|hepatitis(?: (?:b|c))?)(?![a-z])`;
const VIRUS_WORD = `(?<![a-z])(?:known|active|chronic|acute|history of|positive for|positive|infection with|infected with|seropositive for|uncontrolled)`;

const VIRUS_STATE = /history of|\b(?:active|acute|uncontrolled|known|chronic|positive|seropositive)\b/g;

/** An infection is one that is known: whoever was never tested is not kept out by it. */
function virus(match: RegExpMatchArray): Criterion {
  const text = match[0];
  const known = (fact: string, criterion: Criterion): Criterion => all(criterion, not(is(`${fact}-tested`, false)));
  // "history of HIV or active infection with HCV": of each the nearest word before it holds.
  const stateOf = (name: RegExp): string | undefined => text.slice(0, text.search(name)).match(VIRUS_STATE)?.at(-1);
  const ACTIVE = /active|acute|uncontrolled/;
  // Past or controlled hepatitis is active to some and not to others, unless the text says which.
  const hepatitis = (fact: string, name: RegExp): Criterion => {
    const state = stateOf(name) ?? '';
    return known(
      fact,
      state === 'history of'
        ? oneOf(fact, ['treated', 'active'])
        : ACTIVE.test(state)
          ? state === 'acute'
            ? all(is(fact, 'active'), judge('whether the hepatitis is acute'))
            : is(fact, 'active')
          : any(is(fact, 'active'), all(is(fact, 'treated'), judge('past or controlled hepatitis'))),
    );
  };
  const said: Criterion[] = [];
  if (/\bhiv\b|\baids\b/.test(text))
    said.push(
      known(
        'lab.hiv',
        ACTIVE.test(stateOf(/\bhiv\b|\baids\b/) ?? '')
          ? any(is('lab.hiv', 'active'), all(is('lab.hiv', 'treated'), judge('whether a controlled HIV infection counts')))
          : oneOf('lab.hiv', ['treated', 'active']),
      ),
    );
  if (/\bhbv\b|\bhepatitis\b(?! c)/.test(text)) said.push(hepatitis('lab.hepatitis-b', /\bhbv\b|\bhepatitis\b(?! c)/));
  if (/\bhcv\b|\bhepatitis\b(?! b)|\b(?:hbv|hepatitis b) (?:or|and|and\/or) c\b/.test(text))
    said.push(hepatitis('lab.hepatitis-c', /\bhcv\b|\bhepatitis\b(?! b)|(?<=\b(?:or|and|and\/or) )c\b/));
  return any(...said);
}

function nyha(match: RegExpMatchArray): Criterion | undefined {
  const text = match[0];
  if (/iii or iv|iii-iv|iii\/iv|iii and iv|3 or 4|3-4/.test(text)) return oneOf('organ.nyha', ['nyha-3', 'nyha-4']);
  const number = { ii: 2, '2': 2, iii: 3, '3': 3, iv: 4, '4': 4, i: 1, '1': 1 }[match[2] ?? ''];
  if (number === undefined) return undefined;
  const sign = match[1]?.trim() ?? '';
  const above = /or (?:greater|higher|above|more)|≥/.test(text);
  if (!above && sign !== '>') return undefined;
  return oneOf('organ.nyha', ['nyha-1', 'nyha-2', 'nyha-3', 'nyha-4'].slice(sign === '>' ? number : number - 1));
}

/** Another cancer, active or in the last so many years; the years count from when it was gone. */
function otherCancer(match: RegExpMatchArray): Criterion | undefined {
  const text = match[0];
  const years = match[1] === undefined ? undefined : inDays(match[1], match[2] as string) / 365.25;
  // The fact holds cancers of the skin and of the surface as well.
  const invasive = (says: Criterion): Criterion =>
    /\binvasive\b/.test(text) ? all(says, judge('whether the other cancer is invasive')) : says;
  if (years !== undefined)
    return invasive(
      any(
        is('comorbid.other-cancer-active'),
        all(is('comorbid.other-cancer'), { fact: 'comorbid.other-cancer-years-free', lt: Math.round(years * 100) / 100 }),
      ),
    );
  if (/confound/.test(text)) return all(is('comorbid.other-cancer-active'), judge('whether it may confound the study'));
  const now = /\bconcurrent\b|\bconcomitant\b/.test(text) && !/\bprior\b|\bprevious\b|\bhistory\b/.test(text);
  return invasive(
    now || /\bactive\b|requiring|requires|progressing/.test(text)
      ? is('comorbid.other-cancer-active')
      : is('comorbid.other-cancer'),
  );
}

/** What a drug allergy is to; shell fish and pollen are another matter. */
const DRUG =
  /(?:phosphamide|fludarabine|leukin|citabine|rubicin|tecan|poside|tinib|parib|excipients?|medicines?)\b|drug|agent|compound|component|excipient|ingredient|investigational|product|antibod|mab\b|platin|taxel|pemetrexed|study|\b[a-z]{2,5}-?\d{3,}/;

const INFECTED = `(?:any|current|concurrent|an?|known|suspected|serious|clinically serious|severe|significant|systemic|untreated|opportunistic|bacterial|fungal|viral|chronic|other|ongoing|active|uncontrolled|acute|poorly controlled)`;

/** Some active infections only; the fact holds all that need systemic treatment. */
const GRADED_INFECTION =
  /\b(?:uncontrolled|controlled|not responding|serious|severe|significant|life-threatening|opportunistic|acute)\b/;

/**
 * Findings of which texts exclude some kind or grade, while the fact holds all of them: where the fact is absent nothing is excluded,
 * where it is present a person has to say whether it is of that kind.
 */
const KINDS: readonly (readonly [RegExp, Criterion])[] = [
  [/diabetes(?: mellitus)?/g, is('comorbid.diabetes')],
  [/(?:congestive )?(?:heart|cardiac) failure/g, is('comorbid.heart-failure')],
  [/\b(?:chronic obstructive pulmonary disease(?: \(copd\))?|copd)\b/g, is('comorbid.copd')],
  [/non-?healing wounds?(?:, ulcers?,? or bone fractures?)?/g, is('comorbid.wound-unhealed')],
  [
    /(?:bleeding diathesis|coagulopathy|hemorrhagic disorder|bleeding disorder|coagulation disorder)(?: or (?:coagulopathy|bleeding diathesis))?/g,
    is('comorbid.bleeding'),
  ],
  [/(?:therapeutic )?anticoagula(?:tion|nts?)(?: therapy)?/g, not(is('drug.anticoagulant', 'none'))],
  [/pleural effusions?/g, not(is('extent.effusion', 'none'))],
  [/\bascites\b/g, not(is('extent.ascites', 'none'))],
  [/pericardial effusions?/g, is('extent.pericardial-effusion-significant')],
  [
    /strong (?:cyp ?3a4?(?:\/5)?|cytochrome p450 3a4?(?: \(cyp3a4?\))?) (?:inhibitors?(?: or inducers?)?|inducers?(?: or inhibitors?)?)|strong (?:inhibitors?|inducers?)(?: or (?:inhibitors?|inducers?))? of cyp ?3a4?/g,
    any(is('drug.cyp3a-inhibitor'), is('drug.cyp3a-inducer')),
  ],
  [/(?:prolong(?:s|ing)? the qt(?: interval)?|qtc? interval prolongation|qt[- ]prolonging)/g, is('drug.qt-prolonging')],
  [
    /\b(?:cardiac )?(?:pacemakers?|defibrillators?)(?:,? and\/or (?:defibrillators?|pacemakers?))?/g,
    is('comorbid.implanted-electronic-device'),
  ],
  [
    /(?:non-?steroidal anti-?inflammatory (?:drugs?|agents?)(?: \(nsaids?\))?|\bnsaids?\b)/g,
    any(is('drug.nsaid'), not(is('drug.antiplatelet', 'none'))),
  ],
  [/(?:drugs? with )?(?:a |an |the )?(?:known )?risk of torsades? de pointe?s?(?: \(tdp\))?/g, is('drug.qt-prolonging')],
  [
    /third[- ]space fluid(?: collections?| accumulations?)?/g,
    any(not(is('extent.effusion', 'none')), not(is('extent.ascites', 'none')), is('extent.pericardial-effusion-significant')),
  ],
  [/(?:tendency (?:for|to|of) bleed(?:ing)?|bleeding tendency|hemorrhagic tendency)/g, is('comorbid.bleeding')],
  [
    /(?:granulocyte[- ]?(?:macrophage )?colony[- ]stimulating factor|g-?csf|gm-?csf|hematopoietic growth factors?)(?: \(gm?-csf\))?(?: or (?:granulocyte[- ]macrophage colony[- ]stimulating factor|gm-csf)(?: \(gm-csf\))?)?(?= within (?:1 |2 |3 |7 |14 |21 )(?:weeks|days))/g,
    is('drug.growth-factor-recent'),
  ],
  [/(?:history of )?(?:heavy )?(?:cigarette |tobacco )?smoking/g, not(is('person.smoking', 'never'))],
  [/yellow[- ]fever vaccin(?:e|ation)s?/g, is('drug.live-vaccine-recent')],
  [/pleurodesis/g, is('prior.pleurodesis')],
  [
    /(?:significant )?weight loss(?: \(?(?:≥|>) ?\d+ ?%(?: of body weight)?\)?)?(?= within (?:28 days|4 weeks|1 months|2 months|3 months))/g,
    not(is('symptom.weight-loss-percent', 0)),
  ],
  [/hearing loss/g, is('comorbid.hearing-loss')],
  [/(?:use of )?home oxygen/g, is('drug.oxygen-home')],
  [/(?:gi |gastrointestinal |bowel |partial or complete bowel )obstruction/g, not(is('extent.bowel-obstruction', 'none'))],
  [/primary (?:cns|brain) (?:malignanc(?:y|ies)|tumor)/g, is('comorbid.other-cancer')],
];

/** Medicines of today: that one is not taken now says nothing of a week ago. */
const JUST_NOW = /"drug\.(?:nsaid|qt-prolonging)/;

const KIND_PATTERNS: readonly Pattern[] = KINDS.map(([find, fact]) => ({
  find,
  says: (match): Criterion | undefined =>
    // What is measured as it is now says nothing of what once was.
    'not' in fact && /\b(?:history of|prior|previous)\b[^.;,]{0,25}$/.test((match.input ?? '').slice(0, match.index))
      ? undefined
      : JUST_NOW.test(JSON.stringify(fact)) && /\b(?:within|in the (?:last|past)) /.test(match.input ?? '')
        ? undefined
        : all(fact, judge(`whether it is of the kind that is meant: ${match[0].trim()}`)),
  inExclusions: true,
}));

export const CONDITION_PATTERNS: readonly Pattern[] = [
  // Measurable disease.
  {
    find: /measurable disease (?:per|by|according to) recist(?: v?\.? ?1\.1)? for (?:non-pleural mesothelioma|all tumor types other than pleural mesothelioma)[^.;]*mrecist[^;]*/g,
    says: any(
      all(is('tumour.primary-site', 'pleura'), is('extent.measurable-mrecist')),
      all(not(is('tumour.primary-site', 'pleura')), any(is('extent.measurable-recist'), is('extent.measurable-mrecist'))),
    ),
  },
  {
    find: /without (?:any )?prior radiotherapy to (?:these|the measured|target) (?:sites|lesions)/g,
    says: is('extent.measurable-irradiated', false),
  },
  {
    find: /measurable (?:disease|lesions?)(?: \([^()]*\))?(?:,? (?:which is )?defined as|,? specifically:?|(?: (?:per|by) recist(?: v?\.? ?1\.1)?)? meeting the following criteria:?) [^;]*/g,
    says: all(is('extent.measurable'), judge('measurable by this definition')),
  },
  {
    find: new RegExp(
      String.raw`(?:≥ ?1 )?${listOf('(?:measurable|evaluable|non-?measurable)')}\s*(?:disease|lesions?|tumor|target lesions?)(?:\s*,?\s*(?:as )?(?:per|by|according to|defined by|based on|using|defined per|in accordance with)\s*(?:the\s*)?(?:m?recist)(?:\s*,?\s*(?:version|v\.?)?\s*1\.[01])?(?:\s*\(?m?recist(?: ?1\.1)?\)?)?(?:\s*(?:criteria|definitions?|guidelines?))?(?:\s*for assessment of response(?: in (?:malignant )?pleural mesothelioma)?)?)?`,
      'g',
    ),
    says: (match) => measurable(match[0]),
  },
  // Brain.
  {
    find: /(?:cns|brain) metastases associated with (progressive )?neurological symptoms/g,
    says: (match) =>
      match[1] === undefined
        ? is('extent.brain-symptomatic')
        : all(is('extent.brain-symptomatic'), judge('whether the symptoms get worse')),
  },
  {
    find: new RegExp(
      String.raw`(?<![a-z])${SUSPECTED}((?:(?:active|untreated|symptomatic|uncontrolled|unstable|progressing|progressive)(?:\s*(?:,\s*(?:or)?|\bor\b|\band\/or\b|\band\b|\/)\s*|\s+))*)(?:brain|cns|cerebral)\s*(?:metastases|metastatic disease|involvement|lesions)`,
      'g',
    ),
    says: brain,
  },
  {
    find: new RegExp(
      `${SUSPECTED}(?:leptomeningeal (?:disease|metastases|involvement|carcinomatosis|spread)|carcinomatous meningitis)`,
      'g',
    ),
    says: is('extent.leptomeningeal'),
  },
  { find: /(?:signs of )?(?:spinal )?cord compression/g, says: is('extent.cord-compression') },
  // Immune system.
  {
    find: new RegExp(
      String.raw`((?:(?:known|suspected|documented|active|or|,)\s*)*)((?:prior|history of|previous)\s*(?:or (?:current|concurrent)\s*)?(?:documented )?)?auto-?immune(?: or inflammatory)? (?:diseases?|disorders?|conditions?)(?:\s*(?:that )?(?:(?:has|have) )?(?:requir(?:es?|ed|ing))\s*(?:systemic )?(?:treatment|therapy|immunosuppress\w+(?: therapy)?))?(\s*${WITHIN}${ANCHOR})?`,
      'g',
    ),
    says: (match) => {
      const active = oneOf('comorbid.autoimmune', ['active', 'severe']);
      const quiet = is('comorbid.autoimmune', 'controlled-no-therapy');
      if (/inflammatory/.test(match[0])) return any(active, quiet, judge('other inflammatory disorders'));
      if (match[3] === undefined && !/requir/.test(match[0]) && (match[2] !== undefined || /suspected/.test(match[1] ?? '')))
        return any(active, quiet);
      if (/requir/.test(match[0]))
        return any(
          is('comorbid.autoimmune', 'severe'),
          all(
            oneOf('comorbid.autoimmune', ['active', 'controlled-no-therapy']),
            judge('when the autoimmune disease last needed treatment'),
          ),
        );
      // Active so long ago: whether it counts is for a person to say.
      if (match[3] !== undefined) return any(active, all(quiet, judge('when the autoimmune disease was last active or treated')));
      return /active/.test(match[1] ?? '') ? active : any(active, quiet);
    },
  },
  {
    find: /(?:any form of |known |history of |diagnosis of )*(?:active )?(?:primary )?immunodeficiency(?: disorders?| diseases?| syndromes?)?/g,
    says: (match) =>
      /primary/.test(match[0])
        ? all(is('comorbid.immunodeficiency'), judge('whether it is there from birth'))
        : is('comorbid.immunodeficiency'),
  },
  {
    find: new RegExp(
      String.raw`(?:history of |prior |previous |previously |received |receipt of |had |an? )*(?:allogene?ic )?${listOf('(?:solid organ|organ|tissue\\/solid organ|tissue\\/organ|tissue|allogene?ic stem[- ]cell|stem[- ]cell|bone marrow)')}\s*(?:allo)?(?:grafts?|transplantations?|transplants?)`,
      'g',
    ),
    says: (match) => {
      if (/autologous/.test(match[0])) return undefined;
      const kinds = [
        ...(/organ/.test(match[0]) ? ['solid-organ'] : []),
        ...(/stem|marrow/.test(match[0]) ? ['allogeneic-stem-cell'] : []),
      ];
      // Stem cells of somebody else are a tissue to some and not to others.
      if (/tissue/.test(match[0]) && !/stem|marrow/.test(match[0]))
        return any(
          is('comorbid.transplant', 'solid-organ'),
          all(is('comorbid.transplant', 'allogeneic-stem-cell'), judge('whether stem cells count as a transplant of tissue')),
        );
      // Without "allogeneic", a transplant of the own cells may be meant too.
      return /stem|marrow/.test(match[0]) && !/allogen/.test(match[0]) ? undefined : oneOf('comorbid.transplant', kinds);
    },
  },
  {
    find: /(?:on |receiving |use of |requiring |concurrent |systemic |other |any )*immunosuppressive (?:therap(?:y|ies)|drugs?|agents?|medications?|treatments?)/g,
    says: any(
      is('drug.immunosuppressant'),
      is('drug.methotrexate'),
      all({ fact: 'drug.prednisolone-equivalent', gt: 0 }, judge('whether the steroid dose counts as immune suppression')),
    ),
  },
  // Lung.
  {
    find: /(?:any |evidence of |known )*(history of |prior history of |prior |previous )?(?:\(?non-?infectious\)? )?\b(?:interstitial lung disease|ild)\b(?:\s*\(ild\))?(?:\s*(?:\/|or|and\/or)\s*(?:non-?infectious )?pneumonitis)?/g,
    says: (match) =>
      match[1] !== undefined && /pneumonitis/.test(match[0])
        ? any(is('comorbid.interstitial-lung-disease'), is('comorbid.pneumonitis-previous'))
        : /pneumonitis/.test(match[0])
          ? any(
              is('comorbid.interstitial-lung-disease'),
              all(is('comorbid.pneumonitis-previous'), judge('whether the pneumonitis is still there')),
            )
          : is('comorbid.interstitial-lung-disease'),
  },
  {
    find: /(?:idiopathic )?pulmonary fibrosis/g,
    says: all(is('comorbid.interstitial-lung-disease'), judge('whether it is this kind of fibrosis')),
  },
  {
    find: /(?:history of )?\(?non-?infectious\)? ?pneumonitis(?: ?\/ ?(?:ild|interstitial lung disease))?(?: \(ild\))? that (?:has |have )?(?:required?|received|needed|was treated with) (?:\w+ )?steroids?,? or (?:has |have )?(?:current|active) (?:clinically significant )?pneumonitis(?: ?\/ ?(?:ild|interstitial lung disease))?/g,
    says: (match) =>
      all(
        any(is('comorbid.pneumonitis-previous'), is('comorbid.interstitial-lung-disease')),
        judge(`whether it is of the kind that is meant: ${match[0].trim()}`),
      ),
  },
  { find: /(?:history of |prior |previous )+(?:non-?infectious )?pneumonitis/g, says: is('comorbid.pneumonitis-previous') },
  {
    find: /\bnon-?infectious (?:pneumonia|pneumonitis)/g,
    says: all(is('comorbid.pneumonitis-previous'), judge('whether the pneumonitis counts')),
  },
  {
    // What a scan cannot rule out is for the team that sees the scan.
    find: /(?:where |with )?suspected (?:ild|interstitial lung disease)(?: \(ild\))?(?: ?(?:\/|or) ?pneumonitis)? (?:that )?(?:cannot|can not) be ruled out(?: by imaging)?(?: at screening)?/g,
    says: judge('whether the scans leave a suspicion of it'),
  },
  {
    find: /(?:(?:or )?(?:who )?(?:will not have|has not|have not|not)) (?:yet )?(?:been )?(?:fully |adequately |completely )?recovered from [^.;,]*|(?:or )?still recovering from [^.;,]*/g,
    says: judge('whether the recovery is complete'),
    inExclusions: true,
  },
  {
    find: /(?:any )?(?:men|women|males?|females?|patients?|participants?|subjects?)(?: (?:or|and) (?:men|women|males?|females?))?(?: (?:of|with) (?:child-?bearing|reproductive) (?:potential|age))? (?:who (?:are|is) )?not (?:willing to use|using|practicing|practising) [^.;,]*?(?:contracep\w+|birth control)(?: measures?| methods?)?/g,
    says: judge('contraception'),
    inExclusions: true,
  },
  { find: /(?:active |known )*\b(?:tuberculosis|tb)\b(?: infection)?/g, says: is('comorbid.tuberculosis') },
  // Viruses before other infections.
  {
    find: /\bnegative (?:results? (?:of|for) |for )?(?:the )?(?:hbsag|(?:hbv|hepatitis b|hbs) (?:surface )?antigen)(?: \(hbsag\))?(?: tests?| results?)?|\b(?:hbsag|(?:hbv|hepatitis b) surface antigen)(?: \(hbsag\))?[- ]negative/g,
    says: any(
      is('lab.hepatitis-b', 'negative'),
      all(is('lab.hepatitis-b', 'treated'), judge('the result of the test after hepatitis')),
    ),
    inRequirements: true,
  },
  {
    find: /(?:known )?(?<![a-z])hiv(?:[- ]positive(?: (?:participants?|patients?|subjects?))?| infection)? with detectable-load(?: despite antiretroviral therapy)?/g,
    says: is('lab.hiv', 'active'),
  },
  {
    find: new RegExp(
      String.raw`(?:(?:seronegative for|negative for)\s*(${VIRUS})(?: antibod(?:y|ies)| antigen)?|(${VIRUS})[- ](?:sero)?negative)`,
      'g',
    ),
    says: (match) => {
      const name = match[1] ?? match[2] ?? '';
      if (/hiv|aids/.test(name)) return is('lab.hiv', 'negative');
      const fact = /hbv|hepatitis b/.test(name)
        ? 'lab.hepatitis-b'
        : /hcv|hepatitis c/.test(name)
          ? 'lab.hepatitis-c'
          : undefined;
      return fact && any(is(fact, 'negative'), all(is(fact, 'treated'), judge('the result of the test after hepatitis')));
    },
  },
  {
    find: new RegExp(
      String.raw`(?:${VIRUS_WORD}\s+)*${listOf(`(?:${VIRUS_WORD}\\s+)*(?:${VIRUS}|\\bb\\b|\\bc\\b)`)}(?:\s*(?:virus|infections?|positive|positivity|seropositivity|antibod(?:y|ies)|disease))*`,
      'g',
    ),
    says: (match) =>
      /hiv|aids|hbv|hcv|hepatitis/.test(match[0]) &&
      !/^\s*[-)]?\s*(?:sero)?negative/.test((match.input ?? '').slice(match.index + match[0].length))
        ? virus(match)
        : undefined,
  },
  {
    find: new RegExp(
      String.raw`(?<![\w-])${listOf(`(?:${INFECTED}\\s+)*${INFECTED}`)}\s+infections?(?:\s*(?:that )?(?:requir(?:es?|ing)|needing|treated with) (?:(?:iv|intravenous|systemic|parenteral|oral|antibiotics?|antivirals?|antimicrobials?|anti-?infectives?|antifungals?|therapy|treatments?|for management|administration|or|and|,|\/)\s*)+)?(?:\s*(?:or )?(?:that )?(?:not responding to (?:appropriate )?(?:therapy|treatment)|(?:can ?not|could not) be controlled|(?:is|are) not (?:well )?controlled))?`,
      'g',
    ),
    says: ({ 0: words }) => {
      const active = is('comorbid.infection-active');
      if (
        !/\b(?:active|ongoing|current|concurrent|requir|acute|uncontrolled|controlled|not responding|serious|severe|opportunistic)/.test(
          words,
        )
      )
        return undefined;
      if (GRADED_INFECTION.test(words))
        return all(active, judge('how serious the infection is, and whether it is under control'));
      const kinds = words.match(/\b(?:bacterial|viral|fungal)\b/g)?.length ?? 0;
      return kinds > 0 && kinds < 3 ? all(active, judge('which kind of infection it is')) : active;
    },
  },
  {
    find: /\binfections? (?:that |which )?(?:(?:requir(?:es?|ing)|needing) (?:iv|intravenous|systemic|parenteral|oral)(?: (?:antibiotics?|antivirals?|antimicrobials?|anti-?infectives?|antifungals?|therapy|treatments?|administration))?|(?:can ?not|could not) be controlled|(?:is|are) not (?:well )?controlled)(?: or requires? (?:iv|intravenous|systemic|parenteral)(?: (?:antibiotics?|antimicrobials?|therapy|treatments?|administration))?)?/g,
    says: all(is('comorbid.infection-active'), judge('how serious the infection is, and whether it is under control')),
  },
  // Other cancers.
  {
    find: new RegExp(
      String.raw`(?:any |known |active |history of |previous or concurrent history of |previous history of |prior history of |presence of |an? |the )*${listOf('(?:active|concurrent|concomitant|additional|other|another|second|prior|previous|synchronous)')}(?:\s+(?:active|known|primary|invasive|concurrent))*\s+(?:malignan(?:cy|cies|t (?:disease|neoplasms?|tumor))|cancers?)(?: other than the (?:one|1|cancer|tumor|disease|malignancy)(?: being)?(?: (?:treated|studied|under (?:study|treatment|investigation)))?(?: (?:in|by) (?:this|the) (?:trial|study))?)?(?!\s*(?:therap|treat|type|of the same|under))(?: (?:that may confound the assessment of the study endpoints|(?:that|which) (?:is|are) (?:progressing|active)(?: (?:or|and) requires? active treatment)?|requiring (?:active )?treatment))?(?:\s*(?:${WITHIN}${ANCHOR}))?`,
      'g',
    ),
    says: otherCancer,
  },
  // Heart.
  {
    // The fact is of today: that there is none now says nothing of the months before.
    find: new RegExp(String.raw`unstable angina(?: pectoris)?\s*${WITHIN}${ANCHOR}`, 'g'),
    says: any(is('comorbid.unstable-angina'), judge('unstable angina in the time before')),
  },
  { find: /(?:currently )?(?:ongoing )?unstable angina(?: pectoris)?/g, says: is('comorbid.unstable-angina') },
  {
    find: new RegExp(
      String.raw`(?:acute |history of |had )*${listOf('(?:acute )?(?:myocardial infarction|heart attack|stroke|cerebrovascular accident|cva|transient ischemic attacks?|tia)')}\s*(?:\((?:mi|cva|tia)\)\s*)?(?:${WITHIN}|<?≤?\s*(\d+)\s*(days|weeks|months)\s*(?:prior to|before))${ANCHOR}`,
      'g',
    ),
    says: (match) => {
      const days = inDays((match[1] ?? match[3]) as string, (match[2] ?? match[4]) as string);
      const months = Math.round((days / 30.5) * 10) / 10;
      const said: Criterion[] = [];
      if (/infarct|heart attack/.test(match[0]))
        said.push(all(is('comorbid.heart-attack'), { fact: 'comorbid.heart-attack-months', lt: months }));
      if (/stroke|cerebrovascular|cva|ischemic attack|tia/.test(match[0])) {
        const recent = all(is('comorbid.stroke'), { fact: 'comorbid.stroke-months', lt: months });
        // The fact counts short attacks in.
        said.push(
          /ischemic attack|tia/.test(match[0]) ? recent : all(recent, judge('whether it was a stroke or only a short attack')),
        );
      }
      return any(...said);
    },
  },
  {
    find: /(?:(?:congestive )?heart failure\s*\(?\s*)?nyha\s*(?:functional\s*)?(?:heart failure\s*)?(?:class(?:ification)?|grade)?\s*(≥|>|\s)?\s*(?:class\s*)?(iii or iv|iii-iv|iii\/iv|iii and iv|3 or 4|3-4|iv|iii|ii|i|[1234])\b(?:\s*or (?:greater|higher|above|more))?(?:\s*(?:congestive )?(?:heart failure|cardiac disease|chf|heart disease))?\)?/g,
    says: nyha,
  },
  {
    find: /(?:symptomatic )(?:congestive )?(?:cardiac|heart) failure/g,
    says: all(is('comorbid.heart-failure'), judge('whether the heart failure gives symptoms')),
  },
  { find: /(?:uncontrolled|poorly controlled) hypertension/g, says: is('comorbid.hypertension', 'uncontrolled') },
  { find: /(?:history of )?(?:congenital|familial) (?:long|prolonged) qt(?: syndrome)?/g, says: is('comorbid.long-qt') },
  {
    find: /(?:any |other )?(?:clinically )?(?:significant|relevant|serious)(?: (?:or|and\/or) uncontrolled)? (?:cardiac|heart)(?:-related)? (?:diseases?|abnormalit(?:y|ies)|conditions?)/g,
    says: is('comorbid.cardiac-significant'),
  },
  {
    find: /(?:prior or concurrent )?(?:clinically )?(?:significant|relevant)(?: (?:or|and\/or) uncontrolled)? cardiovascular (?:diseases?|conditions?)/g,
    says: any(
      is('comorbid.cardiac-significant'),
      all(is('comorbid.cardiovascular'), judge('whether the disease of heart or vessels is significant')),
    ),
  },
  {
    find: /(?:(?:uncontrolled|symptomatic|serious|unstable|significant|poorly controlled|clinically|cardiac|ventricular) )+arrhythmias?/g,
    says: all(is('comorbid.arrhythmia'), judge('whether the arrhythmia is uncontrolled or serious')),
  },
  // Fluid.
  {
    find: /(no )?clinically significant pericardial effusions?/g,
    says: (match) => signed(match, is('extent.pericardial-effusion-significant')),
  },
  { find: /(no )?clinically significant pleural effusions?/g, says: (match) => signed(match, is('extent.effusion-significant')) },
  { find: /no (?:presence of )?ascites/g, says: is('extent.ascites', 'none') },
  // Liver, gut, other organs.
  { find: /(no )?(?:history of )?(?:liver )?cirrhosis/g, says: (match) => signed(match, is('comorbid.cirrhosis')) },
  {
    find: /(?:current |currently )*active (?:liver|hepatic)(?: or biliary)? disease(?: from any cause)?/g,
    says: (match) =>
      /biliary/.test(match[0])
        ? any(is('comorbid.liver-disease-active'), judge('active disease of the bile ducts'))
        : is('comorbid.liver-disease-active'),
  },
  { find: /known gilbert'?s?(?:'s)? (?:syndrome|disease)/g, says: is('comorbid.gilbert') },
  {
    find: /(?:impairment of |impaired )(?:gastrointestinal|gi)(?: \(gi\))? function(?: or (?:gi )?disease that may significantly alter the absorption of (?:oral )?(?:study )?[\w-]+)?|(?:gastrointestinal|gi) (?:dysfunction|abnormalit(?:y|ies)|disorders?|disease) that (?:may |might |could |would )?(?:significantly )?(?:affect|alter|interfere with|impair)s? (?:the )?(?:drug )?absorption(?: of [^.;,]*)?/g,
    // The fact holds trouble with swallowing as well.
    says: any(
      all(is('comorbid.malabsorption'), is('comorbid.cannot-swallow', false)),
      judge('other disturbance of stomach or bowel'),
    ),
  },
  {
    find: /(?:any )?malabsorption(?: syndrome| problem)?/g,
    says: all(is('comorbid.malabsorption'), judge('whether it is malabsorption')),
  },
  {
    find: /(?:unable to|inability to|impairs (?:patient's )?ability to) swallow(?: (?:whole )?(?:pills|tablets|capsules|oral medications?))?/g,
    says: is('comorbid.cannot-swallow'),
  },
  {
    find: /able to swallow (?:oral )?(?:medications?|tablets|capsules|pills) without (?:gastrointestinal|gi) abnormalities that (?:significantly )?affect (?:drug )?absorption/g,
    says: all(
      is('comorbid.cannot-swallow', false),
      any(is('comorbid.malabsorption', false), judge('whether stomach or bowel disturb the absorption')),
    ),
  },
  {
    find: /(?:able|ability) to swallow(?: and retain)?(?: (?:orally administered )?(?:study treatment|medications?|tablets|capsules|pills|oral (?:study )?(?:treatment|medications?)))?/g,
    says: (match) =>
      /retain/.test(match[0])
        ? all(is('comorbid.cannot-swallow', false), any(is('comorbid.malabsorption', false), judge('whether tablets stay down')))
        : is('comorbid.cannot-swallow', false),
  },
  { find: /amyloidosis(?: or poems(?: syndrome)?)?/g, says: is('comorbid.amyloidosis') },
  { find: /(?:presence of )?active neurological disorders?/g, says: is('comorbid.neurological-active') },
  {
    find: /(?:dementia|altered mental status)(?: or (?:dementia|altered mental status))?(?: that would prohibit informed consent)?/g,
    says: (match) =>
      /altered mental/.test(match[0])
        ? is('comorbid.cognitive-impairment')
        : all(is('comorbid.cognitive-impairment'), judge('whether it is dementia')),
  },
  {
    find: /uncontrolled (?:inter|con)current (?:illness|disease)(?:es)?(?: that (?:will|would) limit compliance with (?:the )?study requirements)?/g,
    says: is('comorbid.uncontrolled-illness'),
  },
  {
    find: /(?:known |suspected |history of |severe |immediate |any |immediate |have |sever |contra-?indication and\/or )*(?:(?:allerg(?:y|ies|ic reactions?)|hypersensitivity(?: reactions?)?|intolerance)(?:,? (?:or |and )?)?)+(?:to|attributed to|against) [^.;]*/g,
    says: (match) =>
      !DRUG.test(match[0])
        ? undefined
        : /(?:to|attributed to) platinum(?:-containing)? (?:compounds?|agents?|drugs?)\s*$/.test(match[0])
          ? is('comorbid.allergy-platinum')
          : all(
              any(is('comorbid.allergy-platinum'), is('comorbid.allergy-antibody'), is('comorbid.allergy-other')),
              judge(`whether this is one of them: ${match[0].trim()}`),
            ),
  },
  {
    find: /(?:receiving |concurrent |chronic |current |use of |on |requiring |daily )*systemic (?:cortico)?steroids?(?: therapy| treatment)?(?: at time of enrol?lment)?(?! *(?:\(|at|in|doses?|of)* *[≥>≤<] *\d)/g,
    says: { fact: 'drug.prednisolone-equivalent', gt: 0 },
    inExclusions: true,
  },
  // Toxicity of earlier treatment.
  {
    find: /(?:clinically significant |ongoing |unresolved |persistent |presence of )*(?:ctcae )?grade (≥|>) ?([1-4]) (?:toxicit(?:y|ies)|adverse events?)(?: (?:unequivocally )?(?:associated with|from|related to|due to) (?:the |any )?(?:previous|prior) (?:anticancer )?(?:treatment|therapy))?/g,
    says: (match) => ({ fact: 'prior.toxicity-grade', [match[1] === '≥' ? 'gte' : 'gt']: Number(match[2]) }),
  },
  {
    find: /(?:all )?(?:acute )?(?:toxicit(?:y|ies)|toxic effects|adverse (?:events|effects)|acute effects)(?: (?:of|from|related to|due to|associated with) (?:(?:any|all|the|prior|previous|earlier|radiotherapy|chemotherapy|surgical procedures?|surgery|anticancer|therap(?:y|ies)|treatments?|or|and|,)\s*)+)?\s*(?:must |should )?(?:have )?(?:been )?(?:resolved|recovered) to (?:ctcae |nci ctcae |baseline or )*grade (?:≤ ?1|1 or (?:less|below|better))/g,
    says: { fact: 'prior.toxicity-grade', lte: 1 },
  },
  {
    find: /toxicit(?:y|ies)[^.;,]{0,60}? (?:that )?(?:have|has) not (?:been )?(?:resolved|recovered) to (?:(?:ctcae|baseline|levels?|or|to|nci|common terminology criteria for adverse events|\(ctcae\)|≤)\s+)*grade (?:≤ ?1|1(?: or (?:less|below|better))?)/g,
    says: { fact: 'prior.toxicity-grade', gt: 1 },
  },
  {
    find: /(?:experienced |history of )?grade (≥ ?3|3 or (?:higher|greater|4)|3-4) (?:immune[- ]related adverse events?|iraes?)(?: \(iraes?\))?(?: with prior immunotherapy)?/g,
    says: { fact: 'prior.irae-grade', gte: 3 },
  },
  {
    // To which grade is not said: who has nothing left of it has recovered.
    find: /(?:have |has |must have |adequate(?:ly)? |fully )*recover(?:y|ed) from (?:(?:the|all|any|acute|reversible|significant|toxic|side|adverse|effects?|events?|toxicit(?:y|ies))\s+)+(?:of|from|to|due to) (?:(?:(?:the|their|any|all|prior|previous|earlier|recent|anticancer|cancer|systemic|therap(?:y|ies)|treatments?|chemotherapy|radiotherapy|surgery|or|and)\b|,)\s*)+/g,
    says: any({ fact: 'prior.toxicity-grade', lte: 0 }, judge('whether the recovery is enough')),
    inRequirements: true,
  },
  // Pregnancy.
  {
    find: /(?:can ?not|must not|may not|should not) be (?:currently )?(pregnant(?:,? (?:or|and) (?:lactating|breastfeeding|nursing))?|lactating|breastfeeding)/g,
    says: (match) =>
      not(
        any(
          ...(/pregnant/.test(match[0]) ? [is('comorbid.pregnant')] : []),
          ...(/lactat|breast|nursing/.test(match[0]) ? [is('comorbid.breastfeeding')] : []),
        ),
      ),
    inRequirements: true,
  },
  {
    find: new RegExp(
      String.raw`(?:(?:(?:women|females?|female (?:patients|participants|subjects)|patients|participants) )?(?:of|with) child-?bearing (?:potential|age) (?:who|that) are )?${listOf('(?:pregnant|lactating|breastfeeding|nursing)')}(?:\s*(?:women|females?|patients?|mothers|individuals|subjects|participants))?`,
      'g',
    ),
    says: (match) =>
      OF_PARTNER.test((match.input ?? '').slice(0, match.index)) ||
      /^[\s-]*partners?\b/.test((match.input ?? '').slice(match.index + match[0].length))
        ? undefined
        : any(
            ...(/pregnant/.test(match[0]) ? [is('comorbid.pregnant')] : []),
            ...(/lactating|breastfeeding|nursing/.test(match[0]) ? [is('comorbid.breastfeeding')] : []),
          ),
  },
  {
    find: /(?:(?:for |all )?(?:women|female patients?|females?|female subjects)\s*(?:of|with) child-?bearing (?:potential|age)\s*(?:must|should)?\s*(?:have|has)?\s*(?:a\s*)?)?(?:documented\s*)?negative\s*(?:results? (?:of|for)\s*)?(?:a\s*)?(?:(?:serum|urine|blood|beta|human chorionic gonadotropin|hcg|\(hcg\)|-|or|and)\s*)*pregnancy test(?: results?)?(?:\s*for females? of child-?bearing potential)?(?:\s*at screening)?(?: because of [^.;]*)?/g,
    says: any(is('person.sex', 'male'), is('person.childbearing-possible', false), is('comorbid.pregnant', false)),
  },
  {
    find: /(?:a )?positive (?:(?:serum|urine|blood|beta|hcg|or|and|,)\s*)*pregnancy test(?: results?)?/g,
    says: is('comorbid.pregnant'),
    inExclusions: true,
  },
  // Function without numbers.
  {
    find: new RegExp(
      String.raw`(?:adequate|normal) ${listOf('(?:bone marrow|marrow|organ|hematologic(?:al)?|hepatic|liver|renal|kidney|cardiac|pulmonary|coagulation)')}\s*(?:organ )?(?:functions?|reserve)(?:\/reserve)?(?: per local labs?)?(?:,? including the liver, kidneys,? and hematopoietic system)?`,
      'g',
    ),
    // One organ or two: the whole holds them, and lacks say nothing of which.
    says: (match) => {
      const adequate = is('organ.function-adequate');
      // What is adequate need not be normal.
      if (/\bnormal\b/.test(match[0])) return all(adequate, judge(match[0].trim()));
      const named =
        match[0].match(/\b(?:marrow|hematolog|hepatic|liver|renal|kidney|cardiac|pulmonary|coagulation)/g)?.length ?? 0;
      return /\borgan/.test(match[0]) || named > 2 ? adequate : any(adequate, judge(match[0].trim()));
    },
  },
  // Tissue.
  {
    find: /(?:availability of |available )?(?:(?:archival|archived|diagnostic|tumor|formalin-fixed|ffpe|sufficient|tissue|fresh|material|biopsy|sample|or|and|,)\s*)*(?:tumor (?:tissue|material|sample|specimen|effusion)|tissue|biopsy|sample)s?\s*(?:\(?(?:formalin[- ]fixed paraffin[- ]embedded)?\s*\[?(?:ffpe)?\]?\)?)?\s*(?:must be |is |are )?available/g,
    says: (match) =>
      /fresh|effusion/.test(match[0])
        ? any(is('tumour.tissue-available'), judge('a fresh sample'))
        : is('tumour.tissue-available'),
  },
  // Markers.
  {
    find: /(?:bi-?allelic )?(?:\(?homozygous\)?\s*)?(?:deletion|loss|absence)(?: or (?:deletion|loss))? of (?:the )?mtap(?: (?:gene|protein|expression))?(?: or mtap (?:deletion|loss))?(?:\s*in (?:a )?tumor)?(?:\s*(?:detected )?by (?:next- ?generation sequencing|ngs|ihc|immunohistochemistry))?(?: or absence of mtap protein(?: in a tumor)?(?: detected)?(?: by (?:ihc|immunohistochemistry))?)?/g,
    says: is('marker.mtap', 'lost'),
  },
  { find: /\bmtap[- ](?:deleted|null|deficient|loss|deletion)\b/g, says: is('marker.mtap', 'lost') },
  { find: /\bbap1 (?:loss|deficien(?:t|cy)|inactivation)|loss of bap1(?: expression)?/g, says: is('marker.bap1', 'lost') },
  // Last: whatever a narrower pattern has read stays with it.
  ...KIND_PATTERNS,
];

/** Who is pregnant may be somebody else, or is not so yet. */
const OF_PARTNER =
  /\b(?:become|becoming|becomes|get|getting|got) $|\b(?:partners?|sex(?:ual)?(?:ly)?|intercourse|condoms?|wife|spouse|contact|household|father\w*)\b[^.;]{0,60}$/;

const signed = (match: RegExpMatchArray, says: Criterion): Criterion => (match[1] === undefined ? says : not(says));
