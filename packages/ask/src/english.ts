/** English, in which the knowledge is written. */
import { stemmer } from 'stemmer';
import type { AskLanguage } from './language.js';
import { folded } from './words.js';

/** Words that tell nothing of what a question is about. */
const SILENT = new Set(
  `a about after again all also am an and any are as at be because been before being but by can could did do does doing done down
  during each every few find for from further get getting give go going got had has have having he her here hers him his how i
  if in into is it its itself just know like ll make many may me mean means might mine more most much must my need needed no nor not now
  of off on once one only or other our ours out over own people person please possible put re really s same say she should so some someone
  still such t take tell than that the their them then there these they thing things think this those through to too under until up us use
  used using ve very want was way we well were what when where whether which while who whom why will with would you your yours
  happen happens happening best good new different available usually actually say says said told tell saying ask asked asking
  im ive id hes shes hasnt havent dont doesnt didnt wont wouldnt cant couldnt isnt arent wasnt theyre theyve youre whats thats theres
  today tomorrow yesterday week weeks month day days ago yet anything something nobody everything even same thing sort bit lot
  normal words wonder wondering please help hello thanks thank sure`.split(/\s+/),
);

/** Who the question is about. Half of all questions name somebody, and the answer seldom turns on it. */
const PERSONS = new Set(
  `i me he she him her they them we us husband wife dad daddy mum mom mummy mommy mother father son daughter brother sister partner
  uncle aunt auntie nan nana gran granny grandad granddad grandpa grandma grandfather grandmother nephew niece cousin friend neighbour
  neighbor patient person somebody someone hubby spouse child kid kids children family guy man woman lady relative loved one`.split(
    /\s+/,
  ),
);

/** Questions about symptoms in general, about long ago, or about what something changes: not about somebody who has one now. */
const CALM: readonly RegExp[] = [
  /\b(symptoms?|signs?|side effects?) (of|from|for|that)\b/,
  /^(can|could|does|do|will|is|are|how|why|what)\b.*\b(causes?|caused by|treated|common|later|normal)\b/,
  /^(what|who|where|which) (is|are|was|does|do|happens|if) (?!wrong|happening|going on|the matter)/,
  /^(do|does|can|why do|how do|will) (people|you|they|everyone|patients|cancers?|mesothelioma)\b/,
  /\bappointment letter\b|\bleaflet\b/,
  /\b(years?|months?) ago\b|\bin (19|20)\d\d\b|\blast (month|year|time|cycle)\b|\b(fine|better|gone|settled) now\b/,
  /\b(can|could|may|should) (i|he|she|they|we)( still| ever)? (have|drive|get|fly|go|be|take|travel)\b/,
  /\bam i fit\b|\bconfused about\b|\bwear off\b|\bmild\b|\bgave me\b/,
];
/** Names of things that hold words of phrases. */
const NAMES =
  /\bend[- ]of[- ]life\b|\bcollapsed lung|\bfit (enough|for|to|with|in)\b|\bhow fit\b|\bblood (tests?|counts?|pressure|results?)\b/gi;
/** Somebody needs help now, whatever else is said. */
const NOW =
  /\b((?<!fine |ok |okay |better |gone |settled )now|help|suddenly|sudden|tonight|this (morning|afternoon|evening)|just (?!want|wonder|curious|asking)|wont stop|what (do|should) (i|we) do|call|999|911|112|ambulance|getting worse|urgent)\b/;

/** Somebody tells of a body, whatever the question begins with. */
const OWN_BODY =
  /\b((my|his|her|dads|mums) (legs?|arms?|chest|face|speech|breath|breathing|heart|back|belly) (are|is|feels?|has|have|went|gone|hurts?)|(i|he|she|dad|mum|husband|wife) (cannot|cant|is coughing|keeps))\b/;

/** Words that phrases and questions may hold or leave out. */
const LEFT_OUT = new Set(
  'a an and am are at be been for from has have having had he her him his i in is it its just me my of on or our she so that the their them they this to us very was we were with you your'.split(
    ' ',
  ),
);

/** Words that are one slip away from words of phrases, and mean something else. */
const NO_SLIP: ReadonlySet<string> = new Set([
  'would',
  'back',
  'never',
  'ever',
  'right',
  'night',
  'other',
  'heard',
  'part',
  'brain',
]);

/** The stem under which a word is indexed; undefined for a word that tells nothing. */
function stemOf(word: string): string | undefined {
  if (SILENT.has(word) || (PERSONS.has(word) && !/^(children|child|family|kids?)$/.test(word))) return undefined;
  // "recur" and "recurrence" are one word: the stemmer leaves a doubled letter at the end of the second.
  return stemmer(word).replace(/([^aeiou])\1$/, '$1');
}

export const ENGLISH: AskLanguage = {
  code: 'en',
  ofKnowledge: true,
  tokens: (text) => folded(text, 'tnm stage'),
  stemOf,
  rootOf: (word) => word,
  everybodys: ['mesothelioma', 'cancer', 'malignant', 'tumour', 'disease'],
  ours: ['mesothelioma', 'asbestos'],
  beside: /\b(have|has|had|got|with)\b.*\b(can|could|may|safe|allowed|still|affect|matter)\b/,
  anotherIllness: 'another illness',
  alarm: {
    calm: CALM,
    names: NAMES,
    now: NOW,
    ownBody: OWN_BODY,
    persons: PERSONS,
    leftOut: LEFT_OUT,
    longestCounts: false,
    noSlip: NO_SLIP,
    readings: {
      temperature: [/\b(?:temp\w*|fever\w*)\D{0,20}(\d{2,3}(?:[.,]\d)?)/gi],
      saturation: [/\b(?:sats?|saturations?|oxygen|o2|spo2)\D{0,20}(\d{2})\b/gi],
    },
  },
};
