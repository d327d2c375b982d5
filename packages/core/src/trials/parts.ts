/**
 * Names of the parts of a trial. A registry's text says "Phase 1 Part A and Part B", "Cohorts 1-3" or "dose escalation"; which of its
 * criteria hold for somebody who joins by one of them is told by what the names have in common.
 */

/** One way to take part: all that it belongs to, such as `phase 1` and `part a`. */
export type Place = readonly string[];

const KIND = 'phase|part|cohort|arm|group|stratum|strata|step|stage|module|mod|sub-?study|aim|tier|track|dose level';
/** `1`, `2b`, `II`, `IIa`, `A`, `B2`; small letters alone are words. */
const ID = String.raw`(?:\d{1,2}[A-Za-z]?\d?|[IVX]{1,4}[A-Ca-c]?|[ivx]{1,4}[a-c]?|[A-Z](?:\d{1,2}[a-z]?)?)(?![\w%]|\.\d)`;
const LEAST = '(?<![A-Za-z0-9])';
/** Parts that are told by what is done in them. */
const NAMED: readonly (readonly [string, string])[] = [
  ['dose[- ](?:escalation|finding|ranging)|escalation', 'escalation'],
  ['(?:dose|cohort)[- ]expansion|expansion|expanded', 'expansion'],
  ['dose[- ]optimi[sz]ation|optimi[sz]ation', 'optimization'],
  ['safety (?:run|lead)[- ]?in|run[- ]in|lead[- ]in', 'run-in'],
  ['monotherapy|single agent', 'monotherapy'],
  ['combination(?: therapy| treatment)?', 'combination'],
  ['cross-?over', 'crossover'],
  ['re-?treatment', 'retreatment'],
  ['neo-?adjuvant', 'neoadjuvant'],
  ['adjuvant', 'adjuvant'],
  ['maintenance', 'maintenance'],
  ['open[- ]label extension|extension', 'extension'],
];
const TOKEN = new RegExp(
  [
    String.raw`${LEAST}(?<kind>(?:${KIND}))(?:s|es)?\s*[-#]?\s*(?<id>${ID})`,
    ...NAMED.map(([words], index) => `${LEAST}(?<n${index}>${words})(?![a-z])`),
    String.raw`(?<join>\s*(?:,\s*(?:and|or)?(?![a-z])|[/&]|(?<![a-z])(?:and\/or|and|or|plus)(?![a-z]))\s*)`,
    String.raw`(?<range>\s*(?:-|–|(?<![a-z])(?:to|through)(?![a-z]))\s*)`,
    `${LEAST}(?<bare>${ID})`,
    "(?<word>[A-Za-z0-9'+-]+)",
  ].join('|'),
  'gi',
);
/** Words that tell no part from another. */
const FILLER =
  /^(?:for|in|of|to|the|a|an|at|as|on|only|all|both|each|any|either|participants?|patients?|subjects?|people|individuals|those|who|are|is|be|will|being|enroll?(?:ed|ing|ment)?|entering|receiving|assigned|criteri(?:a|on)|inclusion|exclusion|eligib(?:le|ility)|non-inclusion|general|key|main|specific|specifically|cohorts?|parts?|phases?|arms?|groups?|stages?|portions?|components?|periods?|study|studies|trials?|requirements?|diagnos(?:is|es)|disease|additional|following|follows?|population|open|closed|met|applies|apply|applicable|dose|module|sub-?study|with|during|from|that|also|must|meet)$/i;

const ROMAN: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8' };
const STRONGER: Readonly<Record<string, string>> = { strata: 'stratum', mod: 'module', substudy: 'sub-study' };

const kindOf = (written: string): string => {
  const kind = written.toLowerCase();
  return STRONGER[kind] ?? kind;
};
const idOf = (written: string): string => {
  const id = written.toLowerCase();
  const roman = /^([ivx]+)([a-c]?)$/.exec(id);
  const number = roman === null ? undefined : ROMAN[roman[1] as string];
  return number === undefined ? id : `${number}${roman?.[2] ?? ''}`;
};

/** Atoms are `kind id`, or one word. */
const kindIn = (atom: string): string => atom.slice(0, Math.max(atom.lastIndexOf(' '), 0)) || atom;

/** From the first to the last of "A-D" or "1 to 3"; only the two where they count nothing. */
function between(first: string, last: string): readonly string[] {
  const count = (id: string): number | undefined =>
    /^\d{1,2}$/.test(id) ? Number(id) : /^[a-z]$/.test(id) ? id.charCodeAt(0) : undefined;
  const [low, high] = [count(first), count(last)];
  if (low === undefined || high === undefined || low >= high || high - low > 25) return [last];
  return Array.from({ length: high - low }, (_, index) =>
    /^\d/.test(first) ? String(low + index + 1) : String.fromCharCode(low + index + 1),
  );
}

interface Read {
  readonly places: readonly Place[];
  /** Words that are no name of a part. */
  readonly rest: string;
}

function readName(name: string): Read {
  const segments: string[][] = [[]];
  const rest: string[] = [];
  let ranged = false;
  for (const { groups = {}, 0: whole } of name.matchAll(TOKEN)) {
    const segment = segments.at(-1) as string[];
    const before = segments.flat().at(-1);
    const named = NAMED.findIndex((_, index) => groups[`n${index}`] !== undefined);
    if (groups.kind !== undefined && /[A-Z]/i.test(groups.kind) && isId(groups.id as string))
      segment.push(`${kindOf(groups.kind)} ${idOf(groups.id as string)}`);
    else if (named !== -1) segment.push((NAMED[named] as readonly [string, string])[1]);
    else if (groups.join !== undefined) {
      if (segment.length > 0) segments.push([]);
    } else if (groups.range !== undefined) {
      ranged = before?.includes(' ') === true;
      continue;
    } else if (groups.bare !== undefined && before?.includes(' ') && isId(groups.bare) && (segment.length === 0 || ranged)) {
      const kind = kindIn(before);
      const id = idOf(groups.bare);
      const ids = ranged ? between(before.slice(kind.length + 1), id) : [id];
      for (const one of ids) segments.push([`${kind} ${one}`]);
    } else
      for (const word of whole.split(/\s+/)) if (/[A-Za-z0-9]/.test(word) && !FILLER.test(word)) rest.push(word.toLowerCase());
    ranged = false;
  }
  // "Phase 1 Part A and Part B": the second belongs to what the first belongs to.
  const places: string[][] = [];
  for (const segment of segments) {
    const [first] = segment;
    if (first === undefined) continue;
    const last = places.at(-1) ?? [];
    const at = last.findIndex((atom) => kindIn(atom) === kindIn(first));
    places.push([...(at > 0 ? last.slice(0, at) : []), ...segment]);
  }
  return { places, rest: rest.join('-') };
}

/** A letter or a number that names a part; "a" and "i" in small letters are words. */
const isId = (id: string): boolean => /^(?:\d|[ivx]{2}|[A-Z])/.test(id) || /^[ivx][a-c]?$/.test(id);

/** Whether a line is nothing but the name of a part, or of several. */
export function namesPart(text: string): boolean {
  const { places, rest } = readName(text);
  return places.length > 0 && rest === '';
}

/** Parts of which somebody joins one: phase 1 or phase 2, escalation or expansion. */
const choiceOf = (atom: string): string => (atom === 'escalation' || atom === 'expansion' ? 'dose' : kindIn(atom));

/** Whether two names tell parts of one row apart, so that none of them lies in the other: "Part A" and "Part B". */
export function standBeside(one: string, other: string): boolean {
  const kinds = new Set(readName(one).places.flat().map(choiceOf));
  return readName(other)
    .places.flat()
    .some((atom) => kinds.has(choiceOf(atom)));
}

/** Whether a text speaks of some part of the trial by its number or letter. */
export const mentionsPart = (text: string): boolean => SOME_PART.test(text);
const SOME_PART =
  /\b(?:[Pp]hase|PHASE|[Pp]art|PART|[Cc]ohort|COHORT|[Aa]rm|ARM|[Ss]tratum|[Mm]odule|[Ss]ub-?study)s? ?(?:\d[a-dA-D]?|I{1,3}[a-cA-C]?|IV|[A-Z]\d?)(?![\w-])|\b(?:[Ee]scalation|[Ee]xpansion|[Ee]xtension) (?:phase|part|cohort|arm|portion|group)s?\b/;

/** How many ways a name may stand for before it is taken as one. */
const MOST = 60;

/** The ways to take part that a scope names; nested names are joined by " / ". */
export function placesOf(scope: string): readonly Place[] {
  const known = PLACES.get(scope);
  if (known !== undefined) return known;
  let places: readonly Place[] = [[]];
  for (const name of scope.split(' / ')) {
    const { places: named, rest } = readName(name);
    // A name of which nothing was read is one of its own.
    const more = rest !== '' ? [rest] : named.length === 0 ? [name.toLowerCase().replace(/\W+/g, '-')] : [];
    const own = (named.length === 0 ? [[]] : named).map((place) => [...place, ...more]);
    const product = places.flatMap((outer) => own.map((inner) => within(outer, inner)));
    places = product.length > MOST ? [[scope.toLowerCase()]] : product;
  }
  if (PLACES.size > 5000) PLACES.clear();
  PLACES.set(scope, places);
  return places;
}
const PLACES = new Map<string, readonly Place[]>();

/** A part of a part. What is said again of the same kind replaces what was said outside. */
function within(outer: Place, inner: Place): Place {
  const kinds = new Set(inner.filter((atom) => atom.includes(' ')).map(kindIn));
  return [...new Set([...outer.filter((atom) => !atom.includes(' ') || !kinds.has(kindIn(atom))), ...inner])];
}

/** Phase 1b is a part of phase 1. */
const holds = (place: Place, atom: string): boolean =>
  place.some((own) => own === atom || (own.startsWith(atom) && /^[a-z]\d?$/.test(own.slice(atom.length)) && /\d$/.test(atom)));

/** Whether who joins by a place belongs to a part. */
export const belongs = (place: Place, part: Place): boolean => part.every((atom) => holds(place, atom));

/** Whether a criterion of a scope holds for whoever joins by a place. */
export const holdsFor = (scope: string | undefined, place: Place): boolean =>
  scope === undefined || placesOf(scope).some((part) => belongs(place, part));

/** A way to take part that a record offers. */
export interface Entry {
  /** As the record names it; undefined for the trial as a whole. */
  readonly scope: string | undefined;
  readonly place: Place;
  /** Further parts may exist of which the record says nothing: nobody is surely taken by it. */
  readonly open: boolean;
}

/**
 * The ways to take part that the scopes of a record's criteria leave: the narrowest parts, and what holds them where they are only
 * excluded from, or where they are plainly not all that there are ("Part B" alone, "Part C only").
 */
export function entriesOf(scopes: readonly { readonly scope: string | undefined; readonly takes: boolean }[]): readonly Entry[] {
  const named = new Map<string, { scope: string; readonly place: Place; takes: boolean }>();
  for (const { scope, takes } of scopes) {
    if (scope === undefined) continue;
    const places = placesOf(scope);
    for (const place of places) {
      const key = [...place].sort().join('|');
      const known = named.get(key);
      if (known === undefined) named.set(key, { scope: places.length === 1 ? scope : nameOf(place), place, takes });
      else {
        known.takes ||= takes;
        if (places.length === 1 && known.scope === nameOf(place)) known.scope = scope;
      }
    }
  }
  const all = [...named.values()];
  const entries: Entry[] = [];
  for (const { scope, place } of [{ scope: undefined, place: [] as Place }, ...all]) {
    const inside = all.filter((other) => other.place !== place && belongs(other.place, place) && !belongs(place, other.place));
    const inner = inside.filter(({ takes }) => takes);
    const taking = inner.filter((other) => !inner.some((outer) => outer !== other && belongs(other.place, outer.place)));
    if (taking.length === 0) entries.push({ scope, place, open: false });
    else if (!complete(taking.map((other) => other.place.filter((atom) => !holds(place, atom)))))
      entries.push({ scope, place, open: true });
  }
  return entries;
}

const nameOf = (place: Place): string =>
  place
    .map((atom) => atom.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/ ([a-z]\w*)$/, (id) => id.toUpperCase()))
    .join(' / ');

/** Whether parts look like all parts there are: two of them at least, and each series in which they differ from its first. */
function complete(parts: readonly Place[]): boolean {
  const series = new Map<string, boolean>();
  for (const atom of parts.flat()) {
    if (parts.every((part) => part.includes(atom))) continue;
    const kind = kindIn(atom);
    if (kind !== atom) series.set(kind, series.get(kind) === true || /^(?:[01](?!\d)|a)/.test(atom.slice(kind.length + 1)));
  }
  return parts.length > 1 && [...series.values()].every((whole) => whole);
}
