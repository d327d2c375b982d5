/** Limits of measured quantities in eligibility texts: laboratory values, scores, age, weight, with their units and branches. */
import type { Criterion } from '@serosa/core';
import type { Phrase } from './statements.js';

type Sign = '≥' | '>' | '≤' | '<';
const KEYS: Readonly<Record<Sign, 'gte' | 'gt' | 'lte' | 'lt'>> = { '≥': 'gte', '>': 'gt', '≤': 'lte', '<': 'lt' };

interface Reading {
  /** In the fact's own unit. */
  readonly value: number;
  readonly note?: string;
  /** The fact, where the unit chooses it. */
  readonly fact?: string;
}

interface Quantity {
  readonly names: string;
  readonly fact: string;
  /** Fact for a multiple of the laboratory's upper limit. */
  readonly times?: string;
  /** Unit as written (canonical spelling, '' for none) to the fact's unit; undefined: not understood. */
  read(value: number, unit: string): Reading | undefined;
}

const scaled =
  (factors: Readonly<Record<string, number>>) =>
  (value: number, unit: string): Reading | undefined => {
    const factor = factors[unit];
    return factor === undefined ? undefined : { value: Math.round(value * factor * 1000) / 1000 };
  };

/** Cells in 10*9/L. Without a unit, or with one that cannot be meant, the size of the number tells per microlitre. */
const cells =
  (limit: number, least = 0) =>
  (value: number, unit: string): Reading | undefined => {
    if (unit === '/ul' && value >= limit) return { value: value / 1000 };
    if (unit === 'e9/l' && value < limit && value >= least) return { value };
    if (unit === 'e10/l' && value < limit / 10) return { value: value * 10 };
    if (unit === '') return value >= limit ? { value: value / 1000 } : value >= least ? { value } : undefined;
    return undefined;
  };

/** Per litre or per decilitre: a limit that nobody could survive was printed with the wrong unit. */
const perLitre =
  (plausible: number) =>
  (value: number, unit: string): Reading | undefined => {
    if (unit === 'g/dl')
      return value >= plausible
        ? { value, note: `The record prints g/dL; ${value} is read as g/L.` }
        : { value: Math.round(value * 100) / 10 };
    if (unit === 'g/l')
      return value < plausible ? { value: value * 10, note: `The record prints g/L; ${value} is read as g/dL.` } : { value };
    if (unit === 'mg/dl' && value < 10) return { value: value * 10, note: `The record prints mg/dL; ${value} is read as g/dL.` };
    if (unit === 'mmol/l') return { value: Math.round(value * 161.14) / 10 };
    return undefined;
  };

const QUANTITIES: readonly Quantity[] = [
  {
    names: String.raw`absolute neutrophil counts?(?:\s*\(anc\))?|anc|neutrophils?(?: counts?)?|absolute neutrophils?|granulocytes?(?: counts?)?|absolute granulocyte count`,
    fact: 'lab.neutrophils',
    read: cells(100),
  },
  { names: String.raw`platelets?(?: counts?)?(?:\s*\(plt\))?|thrombocytes?|plt`, fact: 'lab.platelets', read: cells(1000, 10) },
  { names: String.raw`hemoglobin(?:\s*\((?:hgb?|hb)\))?|hgb|\bhb`, fact: 'lab.haemoglobin', read: perLitre(25) },
  {
    names: String.raw`wbcs?(?: counts?)?|white blood cells?(?: counts?)?(?:\s*\(wbc\))?|leukocytes?(?: counts?)?`,
    fact: 'lab.white-cells',
    read: cells(100),
  },
  { names: '(?:absolute )?lymphocytes?(?: counts?)?', fact: 'lab.lymphocytes', read: cells(100) },
  {
    names: String.raw`(?:total )?(?:serum )?(?:total )?bilirubin(?:\s*\(tbil\))?`,
    fact: 'lab.bilirubin',
    times: 'lab.bilirubin-times-upper-limit',
    read: scaled({ 'mg/dl': 17.104, 'umol/l': 1 }),
  },
  {
    names: String.raw`(?:serum )?(?:alanine (?:amino)?transaminase|alanine aminotransferase)(?:\s*\((?:alt|sgpt)(?:\/(?:alt|sgpt))?\))?|(?:serum )?alt(?:\s*\/\s*sgpt)?(?:\s*\(sgpt\))?|sgpt(?:\s*\(alt\))?`,
    fact: 'lab.alt',
    times: 'lab.alt-times-upper-limit',
    read: () => undefined,
  },
  {
    names: String.raw`(?:serum )?(?:aspartate (?:amino)?transaminase|aspartate aminotransferase)(?:\s*\((?:ast|sgot)(?:\/(?:ast|sgot))?\))?|(?:serum )?ast(?:\s*\/\s*sgot)?(?:\s*\(sgot\))?|sgot(?:\s*\(ast\))?`,
    fact: 'lab.ast',
    times: 'lab.ast-times-upper-limit',
    read: () => undefined,
  },
  {
    names: String.raw`alkaline phosph(?:atase|ate)(?:\s*\((?:alp|alk phos)\))?|alp|\bap\b|alk\.? phos`,
    fact: 'lab.alp',
    times: 'lab.alp-times-upper-limit',
    read: () => undefined,
  },
  { names: '(?:serum )?albumin', fact: 'lab.albumin', read: perLitre(10) },
  {
    names: String.raw`(?:(?:serum|estimated|calculated|measured|urine calculated|calculated urine)\s*)*(?:creatinine clearance|cr ?cl|creatinine cl)(?:\s*\((?:crcl|cr cl|cl)\))?`,
    fact: 'lab.creatinine-clearance',
    read: (value, unit) =>
      unit === 'ml/min'
        ? { value }
        : unit === 'ml/min/1.73'
          ? { value, fact: 'lab.egfr' }
          : unit === '' && value > 20
            ? { value }
            : undefined,
  },
  {
    names: String.raw`(?:estimated )?glomerular filtration rate(?:\s*\(e?gfr\))?|e?gfr`,
    fact: 'lab.egfr',
    read: (value, unit) => (unit === 'ml/min' || unit === 'ml/min/1.73' ? { value } : undefined),
  },
  {
    names: '(?:serum )?creatinine(?: levels?)?',
    fact: 'lab.creatinine',
    times: 'lab.creatinine-times-upper-limit',
    read: scaled({ 'mg/dl': 88.42, 'umol/l': 1 }),
  },
  {
    names: '(?:corrected )?(?:serum )?calcium',
    fact: 'lab.calcium-corrected',
    read: scaled({ 'mg/dl': 0.2495, 'mmol/l': 1 }),
  },
  {
    names: String.raw`cd4\+?(?:\s*t[- ]?cells?)?(?:\s*\(cd4\+?\))?(?: counts?)?(?: must be)?`,
    fact: 'lab.cd4',
    read: scaled({ '/ul': 1, '': 1, 'cells /ul': 1 }),
  },
  {
    names: String.raw`(?:left ventricular |cardiac )?ejection fraction(?:\s*\(lvef\))?|lvef`,
    fact: 'organ.lvef',
    read: scaled({ '%': 1 }),
  },
  {
    names: String.raw`(?:baseline |resting |peripheral )*(?<!ambulatory )(?:oxygen saturation|o2 saturation|pulse oximetry|spo2)(?:\s*\(spo2\))?`,
    fact: 'organ.spo2',
    read: scaled({ '%': 1 }),
  },
  { names: 'dlco', fact: 'organ.dlco', read: scaled({ '%': 1 }) },
  { names: 'fev1', fact: 'organ.fev1', read: scaled({ '%': 1 }) },
  {
    names: String.raw`(?:mean )?(?:resting )?(?:corrected )?(?:qt(?: interval)?(?: corrected(?: for heart rate)?)?(?:\s*\(?(?:fridericia's formula|using fridericia's (?:correction )?formula)\)?)?|qtcf?)(?:\s*(?:interval|\(qtcf?\)))*`,
    fact: 'organ.qtcf',
    read: (value, unit) => ((unit === 'ms' || unit === '') && value > 200 ? { value } : undefined),
  },
  { names: '(?:body )?weight', fact: 'person.weight', read: scaled({ kg: 1 }) },
  {
    names: String.raw`inr|international normalized ratio(?:\s*\(inr\))?`,
    fact: 'lab.inr',
    times: 'lab.inr',
    read: scaled({ '': 1 }),
  },
  {
    names: String.raw`a?ptt|activated partial thromboplastin time(?:\s*\(a?ptt\))?`,
    fact: 'lab.aptt-ratio',
    times: 'lab.aptt-ratio',
    read: () => undefined,
  },
  {
    names: String.raw`karnofsky(?:\s*(?:performance status|scale|index|score|\(kps\)))*|kps`,
    fact: 'person.karnofsky',
    read: scaled({ '%': 1, '': 1 }),
  },
  {
    names: String.raw`(?:peritoneal (?:cancer|carcinomatosis) index(?:\s*\(pci\))?|pci)(?: score)?`,
    fact: 'pci.total',
    read: scaled({ '': 1 }),
  },
];

const UNIT = String.raw`(?:e9\/l|e10\/l|\/ul|g\/dl|g\/l|mg\/dl|umol\/l|mmol\/l|ml\/min(?:\s*\/1\.73)?|%|ms|kg|xuln)`;
const SIGNED = String.raw`(≥|>|≤|<)\s*(?:to\s*)?(\d+(?:\.\d+)?)\s*(${UNIT})?`;
const NAME = QUANTITIES.map(({ names }) => `(?:${names})`).join('|');
/** Words between a quantity's name and its limit that say nothing. */
const BETWEEN = String.raw`(?:\s|:|,|\(|\)|levels?\b|counts?\b|values?\b|concentrations?\b|\bof\b|\bis\b|\bare\b|\bmust\b|\bshould\b|\bbe\b|\bserum\b|\btotal\b|\bthe\b|\ban?\b|\bby\b|\bcockcroft(?:\s*(?:-|&|and)?\s*gault)?(?: formula| method| equation)?\b|\bformula\b|\bequation\b|\busing\b|\bchronic kidney disease epidemiology collaboration\b|\bckd-epi\b|\bscore\b|\bscale\b|\bhave\b|\bhas\b|\ba\b|\bboth\b)*`;
const LIST = String.raw`(?:${NAME})(?:\s*\([a-z]{2,6}\))?(?:\s*(?:,|\/|and\/or|and|or|&)\s*(?:and\s*)?(?:an?\s*)?(?:${NAME})(?:\s*\([a-z]{2,6}\))?)*`;
const LIMIT = new RegExp(String.raw`(?<![\w-])(${LIST})${BETWEEN}${SIGNED}`, 'g');
const NORMAL = new RegExp(
  String.raw`(?<![\w-])(${LIST})${BETWEEN}(within|in|≤|<)?\s*(?:the\s*)?(?:normal(?: institutional)? (?:limits?|range)|institutional (?:normal )?(?:limits?|range)|uln|unl|upper limits? of normal)(?: for the institution)?`,
  'g',
);

const sharedUnit = (unit: string | undefined): string => (unit ?? '').replace(/\s+/g, '');

const NAMED = QUANTITIES.map((quantity) => ({
  quantity,
  pattern: new RegExp(String.raw`(?<![\w-])(?:${quantity.names})(?![\w-])`, 'g'),
}));

function quantitiesIn(list: string): readonly Quantity[] {
  let rest = list;
  const found: { readonly quantity: Quantity; readonly at: number }[] = [];
  for (const { quantity, pattern } of NAMED) {
    const at = rest.search(pattern);
    if (at === -1) continue;
    found.push({ quantity, at });
    rest = rest.replace(pattern, (text) => '#'.repeat(text.length));
  }
  return found.sort((a, b) => a.at - b.at).map(({ quantity }) => quantity);
}

interface Limited {
  readonly says: Criterion;
  readonly note?: string;
}

function limitOf(quantity: Quantity, sign: Sign, value: number, unit: string): Limited | undefined {
  const key = KEYS[sign];
  if (unit === 'xuln') {
    if (quantity.times === undefined) return undefined;
    // The laboratory's own limit of the ratio lies between 1.1 and 1.3: a band stays for a person to judge.
    if (quantity.fact === 'lab.inr') {
      if (sign !== '≤' && sign !== '<') return undefined;
      return {
        says: {
          any: [{ fact: 'lab.inr', [key]: value }, { all: [{ fact: 'lab.inr', [key]: value * 1.3 }, { judge: INR }] }],
        },
      };
    }
    return { says: { fact: quantity.times, [key]: value } };
  }
  const read = quantity.read(value, unit);
  return (
    read && {
      says: { fact: read.fact ?? quantity.fact, [key]: read.value },
      ...(read.note === undefined ? {} : { note: read.note }),
    }
  );
}

const INR = {
  clinician: 'INR against the upper limit of the own laboratory',
  patient: 'how your clotting value compares with the limit of your laboratory',
};

/** What may follow a limit: another limit for those with this or that. */
const BRANCHES: readonly { readonly names: RegExp; readonly holds: Criterion }[] = [
  {
    names:
      /(?:documented |known )?(?:liver|hepatic) (?:metastases|metastatic disease|involvement|lesions?)(?: or (?:liver )?(?:invasion|involvement))?/,
    holds: { fact: 'site.liver', is: true },
  },
  { names: /(?:known )?gilbert'?s?(?:'s)?(?: (?:syndrome|disease))?/, holds: { fact: 'comorbid.gilbert', is: true } },
  { names: /bone (?:metastases|metastasis|involvement)(?: (?:is|are) present)?/, holds: { fact: 'site.bone', is: true } },
];
const STOP =
  /^(?:[\s,;()[\].:/-]|or|and|unless|except|excluding|exception|with the exception of|if|in|for|with|where|when|then|case|of|which|it|they|must|be|subjects?|participants?|patients?|those|who|have|has|had|documented|known|present|the|presence|there|are|is|a|an|total|bilirubin|ast|alt|only|due to|caused by|attributable to|to|eligible|limits?|allowed|will|secondary|there's|whom|serum|level|can|value|attributed|tumor|due|up|being)+$/;

/** The branch after a limit and where it ends; undefined when what follows is not understood as one. */
function branchOf(
  rest: string,
  quantities: readonly Quantity[],
): { readonly end: number; readonly holds: Criterion; readonly limits?: readonly Limited[]; readonly sign?: string } | undefined {
  const stretch = /^[^.;]*(?:\.\d[^.;]*)*/.exec(rest)?.[0] ?? '';
  const reach = /^\s*;\s*if\b/.test(rest) ? (/^\s*;[^.;]*(?:\.\d[^.;]*)*/.exec(rest)?.[0] ?? '') : stretch;
  for (const { names, holds } of BRANCHES) {
    const found = names.exec(reach);
    if (!found || found.index > 90) continue;
    const limit = new RegExp(SIGNED).exec(reach);
    const after = found.index + found[0].length;
    if (limit && limit.index < 140) {
      const first = Math.min(found.index, limit.index);
      const end = Math.max(after, limit.index + limit[0].length);
      const gap = reach.slice(0, first);
      const middle = reach.slice(Math.min(after, limit.index + limit[0].length), Math.max(found.index, limit.index));
      if (STOP.test(gap || ' ') && STOP.test(middle || ' ')) {
        const limits = quantities.map((quantity) => limitOf(quantity, limit[1] as Sign, Number(limit[2]), sharedUnit(limit[3])));
        if (limits.every((one) => one !== undefined)) {
          const tail = /^\s*(?:(?:are|is) present|\(only\)|only)?\s*\)?/.exec(reach.slice(end))?.[0].length ?? 0;
          return { end: end + tail, holds, limits: limits as readonly Limited[], sign: limit[1] as string };
        }
      }
    }
    const gap = reach.slice(0, found.index);
    if (/unless|except|exclud/.test(gap) && STOP.test(gap)) {
      const tail = /^\s*(?:(?:are|is) present)?\s*\)?/.exec(reach.slice(after))?.[0].length ?? 0;
      return { end: after + tail, holds };
    }
  }
  return undefined;
}

/** Words that make another quantity of a name: "direct bilirubin", "ionized calcium". */
const OTHER_KIND = /\b(?:direct|conjugated|indirect|unconjugated|ionized|ionised|urine|urinary|fluid|ascitic|free)\s*$/;

function limitPhrase(text: string, match: RegExpExecArray): Phrase | undefined {
  if (OTHER_KIND.test(text.slice(0, match.index))) return undefined;
  const quantities = quantitiesIn(match[1] as string);
  const [, , sign, number, unit] = match;
  // A power of ten or a unit that is not known.
  if (/^\s*(?:(?:x|\*)\s*10|\/\s*[a-z])/.test(text.slice(match.index + match[0].length)) && unit !== 'xuln') return undefined;
  const limits = quantities.map((quantity) => limitOf(quantity, sign as Sign, Number(number), sharedUnit(unit)));
  if (limits.length === 0 || limits.some((limit) => limit === undefined)) return undefined;
  let end = match.index + match[0].length;
  const branch = branchOf(text.slice(end), quantities);
  // The limit for some is the other way round: the record is at odds with itself.
  if (branch?.sign !== undefined && /[≥>]/.test(branch.sign) !== /[≥>]/.test(sign as string)) return undefined;
  if (branch) end += branch.end;
  // "unless bone metastases are present in the absence of liver disease": the exception has an exception.
  if (branch && /^[\s,]*(?:in (?:the )?absence|without|and no)\b/.test(text.slice(end))) return undefined;
  const upward = sign === '≥' || sign === '>';
  const parts = (limits as readonly Limited[]).map(({ says }, index): Criterion => {
    if (!branch) return says;
    const other = branch.limits?.[index]?.says;
    // A ceiling is raised for some, and a floor of what excludes likewise: it then holds for the others alone.
    if (upward)
      return other === undefined
        ? { all: [says, { not: branch.holds }] }
        : { any: [{ all: [says, { not: branch.holds }] }, other] };
    return { any: [says, other === undefined ? branch.holds : { all: [branch.holds, other] }] };
  });
  const note = (limits as readonly Limited[]).find((limit) => limit.note !== undefined)?.note;
  // "ALT or AST" of an exclusion and "ALT and AST" of a requirement both bind each of the two.
  const either = upward && quantities.some(({ times }) => times !== undefined);
  return {
    start: match.index,
    end,
    says: parts.length === 1 ? (parts[0] as Criterion) : either ? { any: parts } : { all: parts },
    ...(note === undefined ? {} : { note }),
  };
}

const COUNT = String.raw`(\d+(?:\.\d+)?)`;
const ECOG_NAME = String.raw`(?:(?:ecog|zubrod|swog|clinical)\s*(?:\(?(?:ecog|zubrod)\)?\s*)*(?:\/|,|or)?\s*)*(?:performance status|ps|scale|score|grade)?(?:\s*\((?:ps|ecog|ecog ps)\))?`;
const ECOG_FILL = String.raw`(?:\s|:|,|\(|\)|of\b|is\b|are\b|must\b|be\b|a\b|an\b|the\b|score\b|scale\b|status\b|performance\b|ps\b|ecog\b|on\b|have\b|grade\b|to\b|baseline\b|at\b)*`;
const OR_BETTER = String.raw`(\s*or (?:less|lower|below|better|under|fewer)\b|\s*or (?:more|higher|above|worse|greater|over)\b)?`;
/** Another range in the same breath: "0-1 in phase 1; 0-2 in phase 2". */
const SECOND_RANGE = /^[^.]*?[;,]\s*(?:and |or )?(?:≤\s*)?[0-4](?:\s*(?:-|to|or)\s*[0-4])?\s*(?:in|for|if|during)\b/;

/** Words of a time that is no age. */
const NO_AGE_BEFORE =
  /\b(?:within|since|last|past|previous|prior|history|survival|expectancy|free|bmi|body mass|index|interval|duration|during|remission|for|over|after|before|relatives?|family|menopaus\w*|amenorrh\w*|diagnos\w+|onset|sample|tissue|specimens?|biops\w+|scan|smok\w+|pack|cancer|disease|treatments?|therapy|chemotherapy|radiotherapy|surgery)\b[^.;]{0,40}$/;
const NO_AGE_AFTER =
  /^[\s)]*(?:ago|since|from|after|prior|before|previous\w*|earlier|following|post|apart|without|free|duration|survival|amenorrh\w*|smok\w+|pack|history|disease|between|elapsed|old (?:tumor|sample|tissue|biops\w+))\b/;
/** Of these lines the ages are said of somebody or something else: what counts as the change of life, relatives, samples. */
const AGE_OF_ELSE =
  /menopaus|amenorr|\bfsh\b|child-? ?bearing|contracep|steril|oophorect|relatives?\b|\bfamil|\bsiblings?\b|\bparents?\b|\bdiagnosed (?:at|before|under|<|≤)|onset|donors?\b|donat|\bhla\b|caregiver|partner|matched|sample|specimen/;

/** "(patients under 16: Lansky)", "for those over 70", "diagnosed between the ages of": an age of some, or of another time. */
const OF_SOME =
  /\b(?:for|if|in|guardians?|parents?|donors?)(?:\s+[\w-]+){0,3}\s*\(?\s*\|(?!age:)|\(\s*(?:for )?(?:patients|participants|subjects|children)\s*\||\|\s*\(\s*(?:patients|participants|subjects|children)\b|diagnos\w+[^.;,]{0,30}\||[a-z0-9]\s*:\s*\|(?!\s*(?:and|or)\b)/;
const SUBJECT = /\b(?:participants?|patients?|subjects?|men|women|individuals)\b/;

/** Whether a number of years is an age: it says so, or the line is about nothing else. */
function isAge(match: RegExpExecArray): boolean {
  const text = match.input;
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  if (NO_AGE_AFTER.test(after) || /\b(?:within|since|survival|expectancy|free|bmi|days|weeks|months)\b/.test(match[0]))
    return false;
  // "patients over 70 must have a Karnofsky of 80"
  if (
    SUBJECT.test(`${before.slice(-15)}${match[0]}`) &&
    /^\s*(?:years of age)?\s*(?:must|should|need|will|are required to) (?:have|be)\b/.test(after)
  )
    return false;
  // "Aged 16 or more: Karnofsky ..." says of whom the rest is asked.
  if (
    AGE_OF_ELSE.test(text) ||
    /^[\s)]*(?:years(?: of age)?)?[\s)]*:\s*\S/.test(after) ||
    OF_SOME.test(`${before}|${match[0]}`) ||
    /^\s*(?:years(?: of age)?)?,?\s*(?:for|if|at (?:the time of )?(?:initial |first )?diagnosis)\b(?! (?:inclusion|enrol|entry|the study|this))/.test(
      after,
    )
  )
    return false;
  if (/\bage[sd]?\b|\bof age\b|\bolder\b|\badults?\b/.test(match[0]))
    return !/\b(?:within|since|survival|bmi)\b[^.;,]{0,20}$/.test(before);
  // Bare years: of grown people, in a line that speaks of them and of no time.
  const years = Number(/\d+/.exec(match[0])?.[0]);
  return (
    years >= 12 &&
    !NO_AGE_BEFORE.test(before) &&
    (/(?:^|[,;(]|\band|\bor|\bwith)\s*$/.test(before) || SUBJECT.test(match[0])) &&
    !/^\s*(?:of|in|with|on)\b/.test(after)
  );
}

interface Simple {
  readonly find: RegExp;
  says(match: RegExpExecArray): Criterion | undefined;
}

const WEEKS: Readonly<Record<string, number>> = { days: 1 / 7, weeks: 1, months: 365.25 / 12 / 7, years: 365.25 / 7 };

const SIMPLE: readonly Simple[] = [
  {
    // Nowhere does one come of age later than at 21.
    find: /(?:age )?≥ 18 years(?: of age)?(?: at (?:the )?(?:time of )?(?:the )?(?:consent|screening|enrol?lment|signing[^.;,]*?))?,? or (?:≥|over|above|of|at|older than)? ?(?:the )?legal age (?:of (?:consent|majority|adulthood) )?(?:in|of) (?:the )?[^.;,]*/g,
    says: () => ({
      all: [
        { fact: 'person.age', gte: 18 },
        {
          any: [
            { fact: 'person.age', gte: 21 },
            { judge: { clinician: 'of age where the trial is', patient: 'of age where the trial is' } },
          ],
        },
      ],
    }),
  },
  {
    // ECOG 0-1; "performance status ≤ 1 on the ECOG scale"; "≤ ECOG 2". A Karnofsky value in brackets is the same thing said again.
    find: new RegExp(
      String.raw`(?:(?:performance status[\s:,]*(?:of\s*)?)?(≥|>|≤|<)\s*(?=(?:ecog|zubrod)\b))?(?:have (?:an? )?|an? )?(?=(?:clinical )?(?:ecog|zubrod|performance status))${ECOG_NAME}${ECOG_FILL}(?:(≥|>|≤|<)\s*(\d)|([0-4](?:\s*(?:,|-|or|to|and|\/)\s*(?:or\s*)?[0-4])*))(?!\d|\.\d|\s*%)${OR_BETTER}(?:\s*on the (?:ecog|who)(?: performance status)?(?: scale)?)?(?:\s*\((?:or\s*|corresponds to\s*)?karnofsky\s*(?:performance status\s*|\(kps\)\s*|ps\s*)*(?:of\s*)?(?:≥|>)\s*\d+\s*%?\))?`,
      'g',
    ),
    says: (match) => {
      if (SECOND_RANGE.test(match.input.slice(match.index + match[0].length))) return undefined;
      if (match[2] !== undefined && match[5] !== undefined) return undefined;
      const [, ahead] = match;
      if (match[2] !== undefined)
        return ahead === undefined ? { fact: 'person.ecog', [KEYS[match[2] as Sign]]: Number(match[3]) } : undefined;
      // "0 2", "0 or" at the end of a line that was cut.
      if (
        /^\s*(?:[1-4]\b(?!\s*(?:days|weeks|months|hours))|≤|(?:or|to|-|and|,)\s*$)/.test(
          match.input.slice(match.index + match[0].length),
        )
      )
        return undefined;
      const grades = (match[4] ?? '').match(/[0-4]/g)?.map(Number) ?? [];
      const low = Math.min(...grades);
      const high = Math.max(...grades);
      if (ahead !== undefined)
        return grades.length === 1 && match[5] === undefined ? { fact: 'person.ecog', [KEYS[ahead as Sign]]: low } : undefined;
      if (match[5] !== undefined) {
        // "0-2 or less" says nothing of its own.
        if (grades.length > 1) return undefined;
        return { fact: 'person.ecog', [/less|lower|below|better|under|fewer/.test(match[5]) ? 'lte' : 'gte']: low };
      }
      return low === 0 ? { fact: 'person.ecog', lte: high } : { fact: 'person.ecog', gte: low, lte: high };
    },
  },
  {
    find: new RegExp(
      String.raw`(?:(?:estimated |expected |anticipated |predicted )?(?:life expectancy|survival(?: duration| time)?)|expected survival)(?:\s*(?:of|is|must be|should be|a|an|:|,))*\s*(≥|>|<|≤)?\s*${COUNT}\s*(days|weeks|months|years)(\s*or (?:more|longer|greater))?`,
      'g',
    ),
    says: (match) => {
      const sign = match[1] ?? (match[4] === undefined ? undefined : '≥');
      return sign === undefined
        ? undefined
        : {
            fact: 'person.life-expectancy-weeks',
            [KEYS[sign as Sign]]: Math.floor(Number(match[2]) * (WEEKS[match[3] as string] ?? 1)),
          };
    },
  },
  {
    find: /(?:participants?|patients?|subjects?|adults?|male or female patients?|male or female|men (?:and|or) women|individuals|aged?|age|must be|be|are|is|:|=|\(|,|\s)*(≥|>|<|≤)\s*(\d{1,3})\s*years(?:[- ]of[- ]age|\s*of\s*age|\s*old|\s*\(inclusive\)|\s*or older|-of-age)?(?:\s*(?:and|to|-|,)\s*(≤|<)\s*(?:age\s*)?(\d{2,3})(?:\s*years(?:\s*of age)?)?)?/g,
    says: (match) => {
      if (!isAge(match)) return undefined;
      const age = Number(match[2]);
      const upper = match[3] === undefined ? [] : [{ fact: 'person.age', [KEYS[match[3] as Sign]]: Number(match[4]) }];
      // "Over 18" is often said of people who are 18 as well.
      if (match[1] === '>')
        return {
          any: [
            { all: [{ fact: 'person.age', gt: age }, ...upper] },
            {
              all: [
                { fact: 'person.age', is: age },
                { judge: { clinician: `whether exactly ${age} years count`, patient: `whether exactly ${age} years count` } },
              ],
            },
          ],
        };
      return upper.length === 0
        ? { fact: 'person.age', [KEYS[match[1] as Sign]]: age }
        : { fact: 'person.age', [KEYS[match[1] as Sign]]: age, [KEYS[match[3] as Sign]]: Number(match[4]) };
    },
  },
  {
    find: /(?:\b(?:aged?|ages|between(?: the ages of)?|ages? between|age range)\s*(?:of\s*|between\s*|from\s*)?:?\s*)?(?:≥\s*)?\b(\d{2})\s*(?:years)?(?: of age)?\s*(?:-|to|and)\s*(?:≤\s*)?(\d{2,3})\b\s*(?:years)?(?:\s*(?:of age|old))?(?:,?\s*inclusive)?/g,
    says: (match) =>
      Number(match[1]) < Number(match[2]) && Number(match[2]) <= 120 && /\bage|of age|years/.test(match[0]) && isAge(match)
        ? { fact: 'person.age', gte: Number(match[1]), lte: Number(match[2]) }
        : undefined,
  },
  {
    find: /(?:adults?\s*\(?|age:?\s*|aged?\s*|be\s*)?\b(\d{2})\s*years?\s*(?:of age\s*)?(?:or|and)\s*(?:over|older|above)(?:\s*\))?|(?:\baged? )?\b(\d{2}) and (?:over|older|above)\b/g,
    says: (match) => (isAge(match) ? { fact: 'person.age', gte: Number(match[1] ?? match[2]) } : undefined),
  },
  {
    find: /\baged?\s*(≥|>|≤|<)\s*(\d{2})\b(?!\s*(?:days|weeks|months|%))/g,
    says: (match) => (isAge(match) ? { fact: 'person.age', [KEYS[match[1] as Sign]]: Number(match[2]) } : undefined),
  },
  {
    find: /karnofsky(?:\s*(?:performance status|scale|index|score|\(kps\)))*\s*:?\s*(?:of\s*)?(\d{2})\s*(?:-|to)\s*100\s*%?/g,
    says: (match) => ({ fact: 'person.karnofsky', gte: Number(match[1]) }),
  },
  {
    find: /(?:karnofsky(?:\s*(?:performance status|scale|index|score|\(kps\)))*|\bkps)\s*:?\s*(?:of\s*)?(\d{2})\s*%?\s*or (?:higher|greater|more|above|better)/g,
    says: (match) => ({ fact: 'person.karnofsky', gte: Number(match[1]) }),
  },
  {
    find: /(?:expression of )?cd70(?: expression)?[^.;,]{0,60}?(≥|>)\s*(\d+)\s*%/g,
    says: (match) => ({ fact: 'marker.cd70', [KEYS[match[1] as Sign]]: Number(match[2]) }),
  },
  {
    find: /mesothelin(?: expression)?[^.;,]{0,60}?(≥|>)\s*(\d+)\s*%(?: of (?:tumor|viable)* ?cells)?(?![^.;]{0,40}(?:2\+|3\+|intensity|moderate|strong))/g,
    says: (match) => ({ fact: 'marker.mesothelin-tumour', [KEYS[match[1] as Sign]]: Number(match[2]) }),
  },
  {
    find: /pd-l1(?: expression| tps| cps)?\s*(?:of\s*)?(≥|>)\s*(\d+)\s*%/g,
    says: (match) => ({ fact: 'marker.pdl1', [KEYS[match[1] as Sign]]: Number(match[2]) }),
  },
  {
    find: /(?:blood pressure|bp)\s*(?:of\s*)?(≥|>)\s*(\d{3})\s*\/\s*(\d{2,3})(?:\s*mm\s*hg)?/g,
    says: (match) => ({
      any: [
        { fact: 'organ.systolic-pressure', [KEYS[match[1] as Sign]]: Number(match[2]) },
        { fact: 'organ.diastolic-pressure', [KEYS[match[1] as Sign]]: Number(match[3]) },
      ],
    }),
  },
  {
    find: /(?:peripheral |sensory |motor |or |evidence of )*neuropathy\s*(?:of\s*)?(?:\(?(?:nci[- ]?)?ctcae\)?\s*)?(?:grade\s*)?(≥|>)\s*(?:(?:nci[- ]?)?ctcae\s*)?(?:grade\s*)?([1-4])/g,
    says: (match) => ({ fact: 'comorbid.neuropathy-grade', [KEYS[match[1] as Sign]]: Number(match[2]) }),
  },
  {
    find: /(?:use of |receiving |chronic |concurrent |daily |requiring |treatment with |doses of |on )*(?:systemic )?(?:cortico)?steroids?\s*(?:\(|at |in |doses? |of |a |dose )*(≥|>)\s*(\d+)\s*mg(?:\s*(?:\/|per)?\s*(?:day|d|daily))?(?: of)?(?: (?:daily )?(?:prednis(?:one|olone)))?(?:\s*(?:or|\/)?\s*equivalents?|-equivalents?)?(?: (?:dose|daily|per day))?\)?/g,
    says: (match) =>
      /dexamethasone/.test(match[0])
        ? undefined
        : { fact: 'drug.prednisolone-equivalent', [KEYS[match[1] as Sign]]: Number(match[2]) },
  },
];

/** Every limit of a quantity in a canonical text. */
export function quantityPhrases(text: string): readonly Phrase[] {
  const found: Phrase[] = [];
  const free = (start: number, end: number): boolean => found.every((phrase) => end <= phrase.start || start >= phrase.end);
  const add = (phrase: Phrase | undefined): void => {
    if (phrase && free(phrase.start, phrase.end)) found.push(phrase);
  };
  for (const { find, says } of SIMPLE) {
    find.lastIndex = 0;
    for (const match of text.matchAll(find)) {
      const said = says(match as RegExpExecArray);
      const lead = match[0].length - match[0].replace(/^[\s,:(]+/, '').length;
      if (said !== undefined) add({ start: match.index + lead, end: match.index + match[0].trimEnd().length, says: said });
    }
  }
  for (const match of text.matchAll(LIMIT)) add(limitPhrase(text, match as RegExpExecArray));
  for (const match of text.matchAll(NORMAL)) {
    const quantities = quantitiesIn(match[1] as string);
    if (quantities.length === 0 || quantities.some(({ times, fact }) => times === undefined || fact === 'lab.inr')) continue;
    const says = quantities.map(({ times }): Criterion => ({ fact: times as string, [match[2] === '<' ? 'lt' : 'lte']: 1 }));
    add({
      start: match.index,
      end: match.index + match[0].length,
      says: says.length === 1 ? (says[0] as Criterion) : { all: says },
    });
  }
  return found;
}
