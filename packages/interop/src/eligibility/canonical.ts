/** The many spellings of one condition made one: comparisons, numbers, units and abbreviations, in lower case. */

const DIGITS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
};

/** Applied in order. What a rule writes, later rules may read. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/[’‘`´]/g, "'"],
  [/[“”]/g, '"'],
  [/[–—−‐‑]/g, '-'],
  [/(\d)\s*[~～]\s*(?=\d)/g, '$1-'],
  [/，/g, ', '],
  [/；/g, '; '],
  [/：/g, ': '],
  [/（/g, ' ('],
  [/）/g, ') '],
  [/[×∙·]/g, ' x '],
  [/[µμ]/g, 'u'],
  [/⁹/g, '^9'],
  [/²/g, '2'],
  [/³/g, '3'],
  [/\bmm\s*\(\^?3\)/g, 'mm3'],
  [/\bmicro[- ]?(?:liter|litre)s?\b(?:\s*\((?:u|mc)l\))?/g, 'ul'],
  [/(\d{2,3}) (\d{3})(?= ?\/)/g, '$1$2'],
  [/(\d),(\d)(?= ?(?:mmol|g\/dl))/g, '$1.$2'],
  [/\b(\d+)x9\/l\b/g, '$1^9/l'],
  [/[⩾≧]/g, '≥'],
  [/[⩽≦]/g, '≤'],
  // Numbers: 100,000 and 1, 500 and 100.000.
  [/(\d), ?(\d{3})(?![\d.])/g, '$1$2'],
  [/(\d), ?(\d{3})(?![\d.])/g, '$1$2'],
  [/\b(\d{2,3})\.(000)\b/g, '$1$2'],
  [/\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b(?! of)(?:\s*\(\s*\d+\s*\))?/g, '#$1'],
  // Comparisons.
  [
    /\b(?:greater|more|higher) than (?:or|of) (?:equal|equals) to(?: or greater than)?\b|>\s*\/?\s*or\s*=|>\s*=|=\s*>|\bequal to or (?:greater|more) than\b|\bgreater or equal(?: to| than)?\b|≥\s*(?:to|than)\b/g,
    ' ≥ ',
  ],
  [
    /\b(?:less|lower) than (?:or|of) equal(?:s)? to\b|<\s*\/?\s*or\s*=|<\s*=|=\s*<|\bequal to or (?:less|lower) than\b|\bless or equal(?: to| than)?\b|≤\s*(?:to|than)\b/g,
    ' ≤ ',
  ],
  [/\b(?:at least|no less than|not less than|minimum of|a minimum of|at a minimum(?: of)?)\b/g, ' ≥ '],
  [
    /\b(?:no more than|not more than|no greater than|not greater than|not exceeding|not to exceed|maximum of|a maximum of|at most)\b/g,
    ' ≤ ',
  ],
  [/\b(?:greater than|more than|higher than|older than|above|exceeding|in excess of)\b(?= *\d| *#)/g, ' > '],
  [/\b(?:less than|less that|lower than|younger than|below|under|fewer than)\b(?= *\d| *#)/g, ' < '],
  [/\bover(?= *\d+ *(?:years|kg|mg|%))/g, ' > '],
  // Units.
  [
    /\b(?:x|times)\s*(?:the\s*)?(?:institution(?:al|s)?(?:')?(?:s)?\s*|local\s*|laboratory\s*|site\s*)*(?:upper\s*limits?\s*(?:of\s*)?(?:the\s*)?(?:institutional\s*|laboratory\s*)?(?:normal)?(?:\s*range)?|uln|unl|iuln)\b(?:\s*\((?:x\s*)?(?:uln|unl)\))?/g,
    ' xuln ',
  ],
  [
    /(\d)\s*(?:x\s*)?(?:the\s*)?(?:institution(?:al|s)?(?:')?(?:s)?\s*|local\s*|laboratory\s*)*(?:uln|unl|upper limits? of (?:the )?(?:institutional )?normal(?: range)?)\b(?:\s*\(\s*(?:x\s*)?(?:uln|unl)\s*\))?/g,
    '$1 xuln ',
  ],
  [/(?:x|\*)\s*10\s*(?:\*\*|\^|e)?\s*9\s*(?:cells\s*)?(?:\/|per)\s*(?:l|liter|litre)\b/g, ' e9/l '],
  [/(?:x|\*)\s*10\s*(?:\*\*|\^|e)?\s*4\s*(?:cells\s*)?(?:\/|per)\s*(?:ul|mcl|mm3|mm\^3)(?![a-z\d])/g, ' e10/l '],
  [/(?:x|\*)\s*10\s*(?:\*\*|\^|e)?\s*10\s*(?:cells\s*)?(?:\/|per)\s*l\b/g, ' e10/l '],
  [/(?:x|\*)\s*10\s*(?:\*\*|\^|e)?\s*3\s*(?:cells\s*)?\/\s*(?:ul|mcl|mm3|mm\^3)\b/g, ' e9/l '],
  [/(?:x|\*)\s*10\s*(?:\*\*|\^)\s*9(?!\d)(?!\s*(?:\/|per|cells))/g, ' e9/l '],
  [/\bk\s*\/\s*(?:ul|mm3|cumm|mcl)\b/g, ' e9/l '],
  [
    /(?:cells?|platelets)?\s*(?:\/|per|\bp)\s*(?:mm\s*\^?3|ul|mcl|cu\s*mm|cumm|microl|micro?liter|microlitre|cubic millimet(?:er|re)|mm3)\b/g,
    ' /ul ',
  ],
  [/\bmg\s*(?:\/|per)\s*(?:dl|deciliter|100\s*ml)\b|\bmg%/g, ' mg/dl '],
  [/\bg(?:m|ram)?s?\s*(?:\/|per)\s*(?:dl|deciliter)\b/g, ' g/dl '],
  [/\bg\s*(?:\/|per)\s*(?:l|liter|litre)\b/g, ' g/l '],
  [/\b(?:umol|micromol)\s*(?:\/|per)\s*(?:l|liter|litre)\b/g, ' umol/l '],
  [/\bml\s*(?:\/|per)\s*min(?:ute)?s?\b/g, ' ml/min '],
  [/\/\s*1\.73\s*(?:m\s*\^?\s*2|m2)\b/g, '/1.73 '],
  [/\b0\.(\d{3})\s*(?:s|sec|seconds?)\b/g, '$1 ms '],
  [/\b0\.(\d{2})\s*(?:s|sec|seconds?)\b/g, '$10 ms '],
  [/\b(?:msec|milliseconds?|ms)\b/g, ' ms '],
  [/\b(?:percent|per cent)\b/g, '%'],
  [/\bmonth\b/g, 'months'],
  [/\bweeks?\b|\bwks?\b/g, 'weeks'],
  [/\bdays?\b/g, 'days'],
  [
    /\b(?:years?|yrs?)(?:-| )?of(?:-| )age\b|\b(?:years?|yrs?)(?:['-]? ?old)\b(?! (?:tumor|sample|tissue|biops))/g,
    'years of age',
  ],
  [/\byears?\b|\byrs?\b/g, 'years'],
  // Words with several spellings.
  [/\btumours?\b|\btumors\b/g, 'tumor'],
  [/\bmeasureable\b/g, 'measurable'],
  [/\bhaem/g, 'hem'],
  [/\banaem/g, 'anem'],
  [/\bleuco/g, 'leuko'],
  [/\band ?\/ ?or\b/g, 'and/or'],
  [/\banti-? ?cancer\b|\bantineoplastic\b|\banti-? ?neoplastic\b/g, 'anticancer'],
  [/\bbreast-? ?feed(?:ing)?\b/g, 'breastfeeding'],
  [/\bpre-? ?exist/g, 'preexist'],
  [/\banti-?pd-?\(?l\)?-?1\b|\bpd-?\(l\)-?1\b/g, 'pd-1 or pd-l1'],
  [/\banti-?(pd|ctla)/g, '$1'],
  [/\bpd1\b/g, 'pd-1'],
  [/\bpdl1\b|\bpd-l1\b|\bpdl-1\b|\bpd-\[l\]1\b/g, 'pd-l1'],
  [/\bpd-l2\b/g, 'pd-l2'],
  [/\bctla4\b/g, 'ctla-4'],
  [/\bradio-? ?therapy\b|\bradiation(?: therapy| treatment)?\b|\birradiation\b/g, 'radiotherapy'],
  [/\bmetastas[ei]s\b|\bmets\b/g, 'metastases'],
  [/\bintracranial metastases\b|\bcentral nervous metastases\b/g, 'brain metastases'],
  [/(performance status\s*[:(,]*\s*(?:of |by |according to (?:the )?)?)who\b/g, '$1ecog'],
  [/\(\s*(?:cns)\s*\)/g, ' '],
  [/\bcentral nervous system\b/g, 'cns'],
  [/\bhuman immunodeficiency virus\b(?:\s*\(hiv\)?)?/g, 'hiv'],
  [/\bhepatitis b(?: virus)?\b(?:\s*\(hbv\))?/g, 'hbv'],
  [/\bhepatitis c(?: virus)?\b(?:\s*\(hcv\))?/g, 'hcv'],
  [/\bnew york heart association\b(?:\s*\(nyha\)|\s*nyha)?/g, 'nyha'],
  [/\beastern cooperative oncology(?: group)?\b(?:\s*\((?:ecog)\))?|\beastern oncology group\b(?:\s*\(ecog\))?/g, 'ecog'],
  // "who" is a word of every second line: the scale is meant where its grades or its partner stand beside it.
  [/\bworld health organi[sz]ation\b(?:\s*\(who\))?/g, 'who'],
  [
    /\becog\s*(?:\/|-|or)\s*who\b|\bwho\s*(?:\/|-|or)\s*ecog\b|\(who(?: scale)?\)|\bwho(?=[\s-]*(?:performance\b|ps\b|\(ecog\)))/g,
    'ecog',
  ],
  [/\becog[- ]ps\b/g, 'ecog ps'],
  [
    /\bresponse (?:evaluation )?(?:criteri(?:a|on)s? |evaluation )?(?:in|for|of) solid tumor(?:\s*\(recist\)|\s*\[recist\])?/g,
    'recist',
  ],
  [/\bbreast cancer (?:(?:type )?\d(?:\/\d)? )?(?:susceptibility )?genes?\b(?:\s*\(brca\d?\))?/g, 'brca'],
  [
    /\b(?:serum )?calcium,?\s*\(?(?:adjusted|corrected) for (?:serum )?albumin\)?|\balbumin-? ?(?:adjusted|corrected) (?:serum )?calcium\b/g,
    'corrected calcium',
  ],
  [/\bmodified recist\b|\bm-recist\b/g, 'mrecist'],
  [/\bperformance (?:status|score|scale|level)\b(?:\s*\(ps\))?/g, 'performance status'],
  [/\((?:s|ies|es)\)/g, 's'],
  [/\bincluding,? but (?:is |are )?not limited to,?/g, 'including'],
  [
    /\(\s*(?:e\.?g\.?|i\.?e\.?|ie|eg|such as|as defined|as determined|as assessed|defined as|including|per|see|for example|or equivalent|cns|positive pregnancy test|based on (?:the )?(?:opinion|judge?ment)|in the (?:opinion|judge?ment))\b[^()]*\)/g,
    ' ',
  ],
  [/\bin (?:the )?absence of (?:growth factors?|transfusions?|g-csf)[^.;,]*/g, ' unreadpart '],
  // What a value must not rest on is a further point, left to a person.
  [/\bwithout (?:the )?(?:support|intravenous|transfusion|growth factor|filgrastim|g-csf|albumin)[^.;,]*/g, ' unreadpart '],
  [/\(\s*(?:transfusion|independent of|without|not receiving)[^()]*\)/g, ' unreadpart '],
  [/\bdetectable (?:viral load|virus)\b/g, 'detectable-load'],
  [/\s+/g, ' '],
];

/** A text in its canonical spelling; see the table. Not for showing. */
export function canonical(text: string): string {
  let result = ` ${text.toLowerCase()} `;
  for (const [pattern, replacement] of RULES) result = result.replace(pattern, replacement);
  return result.replace(/#([a-z]+)/g, (_, word: string) => DIGITS[word] ?? word).trim();
}
