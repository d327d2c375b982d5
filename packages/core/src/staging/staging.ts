/**
 * Staging as rules over descriptors. The rules are data (`knowledge/staging/`); this module turns them into possible sets:
 * every category and group that some completion of the missing facts reaches, and no other.
 */

import type { FactDefinition } from '../case/catalogue.js';
import { earliestDay, latestDay } from '../case/dates.js';
import type { FactState, Facts } from '../case/facts.js';
import type { StatedStage } from '../case/record.js';
import type { ComputedFact, Snapshot } from '../case/snapshot.js';
import { compileDiagram, type Diagram, meets, type OutcomeSet, type PossibleOutcomes, united } from '../criteria/diagram.js';
import { factsIn, verdictOf } from '../criteria/evaluate.js';
import type { Choice, Criterion, FactId } from '../criteria/expression.js';
import type { Basis, Evidence, PrimarySite, StagingSystem, Voices } from '../knowledge/types.js';
import { say } from '../language.js';

export type Category = 'T' | 'N' | 'M' | 'group';
const CATEGORIES: readonly Category[] = ['T', 'N', 'M', 'group'];

/** Every value still possible, in the order of the scale; one element means settled, none that no group exists. */
export interface StageSet {
  readonly T: readonly string[];
  readonly N: readonly string[];
  readonly M: readonly string[];
  readonly group: readonly string[];
  /** Whether this kind of staging was done at all: `assessed` once any statement for it is recorded. */
  readonly status: 'assessed' | 'not-done' | 'unknown';
}

/** A stated stage and what became of it. */
export interface StatementUse {
  readonly stated: StatedStage;
  readonly basis: Basis;
  /** `legacy`: an edition before the 8th, kept as it is and never read as a newer one. */
  readonly use: 'applied' | 'either-edition' | 'legacy' | 'superseded' | 'not-yet';
  /** Values that the edition does not have. */
  readonly invalid: readonly string[];
}

export interface Narrowing {
  readonly fact: FactId;
  /** For each answer the groups it leaves, by system key. */
  readonly answers: readonly { readonly answer: string; readonly groups: Readonly<Record<string, readonly string[]>> }[];
  /**
   * Share of the possible groups that an answer leaves, 0 to 1: smaller narrows more. The least helpful answer counts three
   * times the average: a rare finding that would settle everything is worth less than a measurement that always narrows.
   */
  readonly leaves: number;
  /** Groups, over all systems, that the most telling answer rules out. */
  readonly rulesOut: number;
}

export interface BasisStage {
  readonly basis: Basis;
  readonly systems: Readonly<Record<string, StageSet>>;
  readonly narrowing: readonly Narrowing[];
  /** The statements of the letter cannot be true together with the descriptors. Both are then kept as possible. */
  readonly contradiction: boolean;
  /** What decided in each system: descriptors that are present, then those recorded as absent. */
  readonly because: Readonly<Record<string, { readonly present: readonly FactId[]; readonly absent: readonly FactId[] }>>;
}

export interface StageResult {
  readonly primary: PrimarySite;
  readonly systems: readonly StagingSystem[];
  readonly bases: readonly BasisStage[];
  readonly statements: readonly StatementUse[];
  readonly notes: readonly {
    readonly system: string;
    readonly basis: Basis;
    readonly text: Voices;
    readonly evidence: Evidence;
  }[];
}

type Cells = Readonly<Record<string, Readonly<Record<Category, string>>>>;

interface PreparedBasis {
  readonly basis: Basis;
  readonly systems: readonly StagingSystem[];
  readonly diagram: Diagram;
  /** Every world of the diagram. */
  readonly all: OutcomeSet;
  /** Every value of each category in the order of the scale, by system key. */
  readonly scale: Readonly<Record<string, Readonly<Record<Category, readonly string[]>>>>;
  /** Categories and group of each outcome, by system key. */
  readonly cells: ReadonlyMap<readonly string[], Cells>;
  /** The outcomes in which a category has a value, in the order of the scale. */
  readonly worlds: Readonly<
    Record<string, Readonly<Record<Category, readonly (readonly [value: string, worlds: OutcomeSet])[]>>>
  >;
  /** The worlds that a stated category leaves while its edition is open. */
  readonly stated: Readonly<Record<Category, readonly (readonly [answer: string, worlds: OutcomeSet])[]>>;
  /** The lists of T, N and M at this basis, by system key. */
  readonly lines: Readonly<Record<string, readonly (readonly Choice<string>[])[]>>;
  /** Facts of this basis alone, without the sites that both share. */
  readonly own: readonly FactId[];
  readonly notes: readonly {
    readonly system: StagingSystem;
    readonly when?: Criterion;
    readonly text: Voices;
    readonly evidence: Evidence;
  }[];
}

export interface PreparedStaging {
  readonly systems: readonly StagingSystem[];
  readonly bases: ReadonlyMap<PrimarySite, readonly PreparedBasis[]>;
  /** `stage.pleura.tnm8.clinical.T` and so on, for use in criteria. */
  readonly computed: ReadonlyMap<FactId, ComputedFact>;
  readonly definitions: readonly FactDefinition[];
}

/** Facts that decide how the stated stages are read. */
const STATEMENT_INPUTS: Readonly<Record<Basis, readonly FactId[]>> = {
  clinical: [
    'tumour.primary-site',
    'stage.edition',
    'prior.resection',
    'stage.stated.t',
    'stage.stated.n',
    'stage.stated.m',
    'stage.stated.group',
  ],
  pathological: ['tumour.primary-site', 'stage.edition', 'prior.resection'],
};

/** Replaces `{basis}` in the fact ids of a criterion. */
function atBasis(criterion: Criterion, basis: Basis): Criterion {
  return JSON.parse(JSON.stringify(criterion).replaceAll('{basis}', basis)) as Criterion;
}

/** The group for a cell of the table; undefined when the edition has none. */
export function groupOf(system: StagingSystem, T: string, N: string, M: string): string | undefined {
  const fits = (pattern: string, value: string): boolean => pattern === '*' || pattern === value;
  return system.groups?.find((cell) => fits(cell.T, T) && fits(cell.N, N) && fits(cell.M, M))?.group;
}

/** Compiles the staging systems. Done once per knowledge bundle. */
export function prepareStaging(
  systems: readonly StagingSystem[],
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): PreparedStaging {
  const bases = new Map<PrimarySite, PreparedBasis[]>();
  const computed = new Map<FactId, ComputedFact>();
  const definitions: FactDefinition[] = [];
  for (const primary of new Set(systems.map((system) => system.primary))) {
    const own = systems.filter((system) => system.primary === primary && system.key !== undefined);
    const prepared: PreparedBasis[] = [];
    for (const basis of ['clinical', 'pathological'] as const) {
      const withBasis = own.filter((system) => system.bases.includes(basis));
      if (withBasis.length > 0) prepared.push(prepareBasis(withBasis, basis, catalogue));
    }
    bases.set(primary, prepared);
    for (const part of prepared) {
      for (const system of part.systems) {
        for (const category of CATEGORIES) {
          const id = `stage.${primary}.${system.key}.${part.basis}.${category}`;
          computed.set(id, {
            inputs: ['tumour.histology', ...part.diagram.facts, ...STATEMENT_INPUTS[part.basis]],
            compute: (facts) => stageFact(facts, part, system, category),
          });
          definitions.push(stageDefinition(id, system, part, category));
        }
      }
    }
  }
  return { systems, bases, computed, definitions };
}

function prepareBasis(
  systems: readonly StagingSystem[],
  basis: Basis,
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): PreparedBasis {
  const targets = systems.flatMap((system) =>
    (['T', 'N', 'M'] as const).map((category) => {
      const rule = category === 'T' ? system.T?.[basis] : system[category];
      const lines = (rule?.lines ?? []).map((line) => ({ when: atBasis(line.when, basis), then: line.then }));
      return { name: `${system.key}.${category}`, lines, else: rule?.else ?? `${category}0` };
    }),
  );
  const constraints = new Map(
    systems.flatMap((system) => system.constraints ?? []).map((c) => [JSON.stringify(c), atBasis(c, basis)]),
  );
  const diagram = compileDiagram(targets, [...constraints.values()], catalogue);
  const scale: Record<string, Record<Category, readonly string[]>> = {};
  systems.forEach((system) => {
    const values = (category: 'T' | 'N' | 'M'): readonly string[] => {
      const target = targets.find((entry) => entry.name === `${system.key}.${category}`);
      return [...new Set([...(target?.lines.map((line) => line.then) ?? []), target?.else ?? ''])].sort();
    };
    const T = values('T');
    const N = values('N');
    const M = values('M');
    const groups = new Set<string>();
    for (const t of T) for (const n of N) for (const m of M) groups.add(groupOf(system, t, n, m) ?? 'none');
    scale[system.key as string] = { T, N, M, group: [...groups].sort((a, b) => rankOfGroup(a) - rankOfGroup(b)) };
  });
  const cells = new Map(diagram.outcomes.map((outcome) => [outcome, cellsOf(systems, outcome)]));
  const worlds = Object.fromEntries(
    Object.entries(scale).map(([key, categories]) => [
      key,
      Object.fromEntries(
        CATEGORIES.map((category) => [
          category,
          categories[category].map(
            (value) => [value, diagram.select((outcome) => cells.get(outcome)?.[key]?.[category] === value)] as const,
          ),
        ]),
      ) as unknown as Record<Category, readonly (readonly [string, OutcomeSet])[]>,
    ]),
  );
  const notes = systems.flatMap((system) =>
    (system.notes ?? []).map(({ when, text, evidence }) => ({
      system,
      text,
      evidence,
      ...(when === undefined ? {} : { when: atBasis(when, basis) }),
    })),
  );
  const own = diagram.facts.filter((fact) => fact.startsWith(`${basis}.`));
  const lines = Object.fromEntries(
    systems.map((system) => [
      system.key as string,
      targets.filter((target) => target.name.startsWith(`${system.key}.`)).map((target) => target.lines),
    ]),
  );
  const editions = systems.filter((system) => system.edition !== undefined);
  return {
    basis,
    systems,
    diagram,
    all: diagram.select(() => true),
    scale,
    cells,
    worlds,
    own,
    stated: statedWorlds(editions, { scale, cells, diagram }),
    lines,
    notes,
  };
}

const GROUP_ORDER = ['none', 'I', 'IA', 'IB', 'II', 'IIIA', 'III', 'IIIB', 'IV'];
function rankOfGroup(group: string): number {
  return GROUP_ORDER.indexOf(group);
}

function cellsOf(systems: readonly StagingSystem[], outcome: readonly string[]): Cells {
  const cells: Record<string, Record<Category, string>> = {};
  systems.forEach((system, index) => {
    const [T = '', N = '', M = ''] = outcome.slice(index * 3, index * 3 + 3);
    cells[system.key as string] = { T, N, M, group: groupOf(system, T, N, M) ?? 'none' };
  });
  return cells;
}

/** Which of an edition's cells a statement admits; `X` and categories not stated admit all. */
type Admits = (cells: Cells) => boolean;

/** `T1a` of an older form becomes `T1`; prefixes go; `TX` and what cannot be read give undefined. */
function bareCategory(letter: 'T' | 'N' | 'M', text: string | undefined): string | undefined {
  const match = new RegExp(`^[cpyra]*${letter}([0-4])`, 'i').exec(text ?? '');
  return match ? `${letter}${match[1]}` : undefined;
}

/** `Stage IIIb`, `III` or `3A` to the groups of the scale that it can mean. */
function groupsMeant(text: string | undefined, scale: readonly string[]): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const bare = text
    .replace(/^(stage|st\.?)\s*/i, '')
    .toUpperCase()
    .replace(/^([1-4])/, (digit) => ['I', 'II', 'III', 'IV'][Number(digit) - 1] as string);
  if (!/^(I|II|III|IV)[ABC]?$/.test(bare)) return undefined;
  if (scale.includes(bare)) return [bare];
  return scale.filter((group) => group.replace(/[AB]$/, '') === bare);
}

/** The editions in force when a statement without an edition was made: the 8th came in 2017, registries used it from 2018. */
const EIGHTH_IN_FORCE = earliestDay('2018-01-01');

function readStatements(
  facts: Snapshot,
  part: PreparedBasis,
): { readonly uses: readonly StatementUse[]; readonly admits: readonly Admits[] } {
  const uses: StatementUse[] = [];
  const admits: Admits[] = [];
  const today = latestDay(facts.asOf);
  const asked = part.basis === 'clinical' ? statedFacts(facts) : undefined;
  const own = [...facts.record.stages, ...(asked ? [asked] : [])].filter((stated) => basisOf(stated, facts) === part.basis);
  const day = (stated: StatedStage): number => {
    const date = stated.date ?? facts.record.date;
    return date === undefined ? Number.NEGATIVE_INFINITY : latestDay(date);
  };
  const latest = Math.max(...own.map(day).filter((value) => value <= today), Number.NEGATIVE_INFINITY);
  for (const stated of own) {
    const date = stated.date ?? facts.record.date;
    const use = (kind: StatementUse['use'], invalid: readonly string[] = []): number =>
      uses.push({ stated, basis: part.basis, use: kind, invalid });
    if (date !== undefined && earliestDay(date) > today) {
      use('not-yet');
      continue;
    }
    const editions = editionsOf(stated, facts, part, date);
    if (editions.length === 0) {
      use('legacy');
      continue;
    }
    if (day(stated) < latest) {
      use('superseded');
      continue;
    }
    const readings = fittingReadings(stated, editions, part.scale);
    use(editions.length > 1 ? 'either-edition' : 'applied', [...new Set(readings.flatMap((reading) => reading.invalid))]);
    admits.push((cells) => readings.some((reading) => reading.admits(cells)));
  }
  return { uses, admits };
}

/** Facts in which a letter's clinical stage is asked for, by category. */
const STATED: Readonly<Record<Category, FactId>> = {
  T: 'stage.stated.t',
  N: 'stage.stated.n',
  M: 'stage.stated.m',
  group: 'stage.stated.group',
};

/** The statement that the asked facts make together, if any of them is known. */
function statedFacts(facts: Snapshot): StatedStage | undefined {
  const said: { -readonly [C in Category]?: string } = {};
  let origin: StatedStage['origin'] | undefined;
  let date: string | undefined;
  for (const category of CATEGORIES) {
    const state = facts.get(STATED[category]);
    if (state.kind !== 'known') continue;
    said[category] = String(state.value);
    origin ??= state.reading?.origin ?? { kind: 'letter' };
    date ??= state.reading?.date;
  }
  if (origin === undefined) return undefined;
  // Without a date a statement answers for today: it was just asked for.
  return { edition: 'unknown', basis: 'clinical', ...said, date: date ?? facts.asOf, origin };
}

function basisOf(stated: StatedStage, facts: Snapshot): Basis {
  if (stated.basis !== 'unknown') return stated.basis;
  const resection = facts.get('prior.resection');
  return resection.kind === 'known' && resection.value === true ? 'pathological' : 'clinical';
}

function editionsOf(
  stated: StatedStage,
  facts: Snapshot,
  part: PreparedBasis,
  date: string | undefined,
): readonly StagingSystem[] {
  const withEdition = part.systems.filter((system) => system.edition !== undefined);
  if (stated.edition !== 'unknown') return withEdition.filter((system) => system.edition === stated.edition);
  const answer = facts.get('stage.edition');
  if (answer.kind === 'known') return withEdition.filter((system) => system.key === answer.value);
  return date !== undefined && earliestDay(date) >= EIGHTH_IN_FORCE ? withEdition : [];
}

interface StatementReading {
  readonly admits: Admits;
  /** What this edition does not have. */
  readonly invalid: readonly string[];
}

/** A statement read in each edition. A group or category that one edition does not have was not said in that edition. */
function fittingReadings(
  stated: StatedStage,
  editions: readonly StagingSystem[],
  scales: PreparedBasis['scale'],
): readonly StatementReading[] {
  const tried = editions.map((system) => statementFor(stated, system, scales));
  const fitting = tried.filter((reading) => reading.invalid.length === 0);
  return fitting.length > 0 ? fitting : tried;
}

function statementFor(stated: StatedStage, system: StagingSystem, scales: PreparedBasis['scale']): StatementReading {
  const key = system.key as string;
  const scale = scales[key] as Readonly<Record<Category, readonly string[]>>;
  const invalid: string[] = [];
  const wanted = new Map<Category, readonly string[]>();
  for (const letter of ['T', 'N', 'M'] as const) {
    const bare = bareCategory(letter, stated[letter]);
    if (bare === undefined) continue;
    if (scale[letter].includes(bare)) wanted.set(letter, [bare]);
    else invalid.push(stated[letter] as string);
  }
  const groups = groupsMeant(stated.group, scale.group);
  if (groups !== undefined) {
    if (groups.length > 0) wanted.set('group', groups);
    else invalid.push(`stage ${stated.group}`);
  }
  return {
    invalid,
    admits: (cells) => {
      const cell = cells[key] as Readonly<Record<Category, string>>;
      for (const [category, values] of wanted) if (!values.includes(cell[category])) return false;
      return true;
    },
  };
}

interface BasisWork {
  readonly worlds: OutcomeSet;
  readonly given: PossibleOutcomes['given'];
  readonly contradiction: boolean;
  readonly uses: readonly StatementUse[];
}

const work = new WeakMap<Facts, Map<PreparedBasis, BasisWork>>();

/** The worlds of one basis for one case, worked out once per snapshot. */
function worldsOf(facts: Snapshot, part: PreparedBasis): BasisWork {
  const mine = work.get(facts) ?? new Map<PreparedBasis, BasisWork>();
  work.set(facts, mine);
  const done = mine.get(part) ?? workOut(facts, part);
  mine.set(part, done);
  return done;
}

function workOut(facts: Snapshot, part: PreparedBasis): BasisWork {
  const { uses, admits } = readStatements(facts, part);
  const state = (fact: FactId): FactState => facts.get(fact);
  const selected = (test: (cells: Cells) => boolean): OutcomeSet =>
    part.diagram.select((outcome) => test(part.cells.get(outcome) as Cells));
  if (part.basis === 'pathological' && admits.length === 0 && part.own.every((fact) => facts.get(fact).kind === 'unknown')) {
    return { worlds: unseenSpecimen(facts, part), given: [], contradiction: false, uses };
  }
  const found = part.diagram.possible(
    state,
    admits.length === 0 ? undefined : selected((cells) => admits.every((admit) => admit(cells))),
  );
  if (found.possible.some((word) => word !== 0))
    return { worlds: found.possible, given: found.given, contradiction: false, uses };
  // Statements and descriptors exclude each other: keep whatever either of them allows, so that the truth is never shut out.
  const descriptors = part.diagram.possible(state);
  const stated = selected((cells) => admits.some((admit) => admit(cells)));
  return { worlds: united(descriptors.possible, stated), given: descriptors.given, contradiction: true, uses };
}

/** Without a word on a specimen every T and N is possible; only the deposits elsewhere, which both bases share, say something. */
function unseenSpecimen(facts: Snapshot, part: PreparedBasis): OutcomeSet {
  let worlds = part.all;
  for (const system of part.systems) {
    const key = system.key as string;
    const possible = possibleResults(part.lines[key]?.[2] ?? [], system.M?.else ?? 'M0', facts);
    let where: OutcomeSet = worlds.map(() => 0);
    for (const [value, set] of (part.worlds[key] as PreparedBasis['worlds'][string]).M)
      if (possible.has(value)) where = united(where, set);
    worlds = worlds.map((word, index) => word & (where[index] as number));
  }
  return worlds;
}

/** Results that a decision list can still give, line by line: enough where its conditions share no missing fact. */
function possibleResults(lines: readonly Choice<string>[], otherwise: string, facts: Facts): ReadonlySet<string> {
  const results = new Set<string>();
  for (const line of lines) {
    const verdict = verdictOf(line.when, facts);
    if (verdict !== 'false') results.add(line.then);
    if (verdict === 'true') return results;
  }
  return results.add(otherwise);
}

/**
 * The worlds of a supposed case, read off what its base has already worked out: each answer of a missing descriptor, each
 * category that a letter could state, and everything that has no bearing on the basis at all.
 */
function supposedWorlds(facts: Snapshot, part: PreparedBasis): OutcomeSet {
  const { supposed } = facts;
  if (supposed === undefined || work.get(facts)?.has(part)) return worldsOf(facts, part).worlds;
  const base = worldsOf(supposed.base, part);
  const answer = String(supposed.state.value);
  if (!base.contradiction) {
    const descriptor = base.given.find((entry) => entry.fact === supposed.fact && entry.answer === answer);
    if (descriptor) return descriptor.possible;
    const category = part.basis === 'clinical' ? CATEGORIES.find((entry) => STATED[entry] === supposed.fact) : undefined;
    const stated =
      category === undefined || base.uses.length > 0 ? undefined : part.stated[category].find(([value]) => value === answer)?.[1];
    const left = stated?.map((word, index) => word & (base.worlds[index] as number));
    if (left?.some((word) => word !== 0)) return left;
  }
  return worldsOf(facts, part).worlds;
}

/** Values of a category that some world of a set gives. There are few such lists: each is made once. */
function setOf(part: PreparedBasis, system: StagingSystem, worlds: OutcomeSet, category: Category): readonly string[] {
  const all = (part.worlds[system.key as string] as PreparedBasis['worlds'][string])[category];
  let mask = 0;
  for (let index = 0; index < all.length; index++)
    if (meets((all[index] as readonly [string, OutcomeSet])[1], worlds)) mask |= 1 << index;
  const lists = listsOf(all);
  const known = lists.get(mask);
  if (known) return known;
  const fresh = all.filter((_, index) => ((mask >> index) & 1) === 1).map(([value]) => value);
  lists.set(mask, fresh);
  return fresh;
}

const valueLists = new WeakMap<object, Map<number, readonly string[]>>();

function listsOf(all: object): Map<number, readonly string[]> {
  const known = valueLists.get(all) ?? new Map<number, readonly string[]>();
  valueLists.set(all, known);
  return known;
}

function countOf(part: PreparedBasis, system: StagingSystem, worlds: OutcomeSet, category: Category): number {
  let count = 0;
  for (const [, where] of (part.worlds[system.key as string] as PreparedBasis['worlds'][string])[category])
    if (meets(where, worlds)) count++;
  return count;
}

function statusOf(facts: Snapshot, part: PreparedBasis, uses: readonly StatementUse[]): StageSet['status'] {
  const own = part.basis === 'clinical' ? part.diagram.facts : part.own;
  if (uses.some((use) => use.use !== 'not-yet') || own.some((fact) => facts.get(fact).kind !== 'unknown')) return 'assessed';
  const resection = facts.get('prior.resection');
  return part.basis === 'pathological' && resection.kind === 'known' && resection.value === false ? 'not-done' : 'unknown';
}

/** Whether the tumour is of a kind that no system of its site stages. */
function unstaged(systems: readonly StagingSystem[], primary: PrimarySite, facts: Facts): boolean {
  return systems.some(
    (system) => system.primary === primary && system.notFor !== undefined && verdictOf(system.notFor.when, facts) === 'true',
  );
}

/** Stage of one case in every system for its primary site; undefined while the primary site is unknown. */
export function stageOf(facts: Snapshot, staging: PreparedStaging): StageResult | undefined {
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known') return undefined;
  const primary = site.value as PrimarySite;
  const all = staging.bases.get(primary);
  if (!all) return undefined;
  const parts = unstaged(staging.systems, primary, facts) ? [] : all;
  const bases = parts.map((part) => basisStage(facts, part));
  return {
    primary,
    systems: staging.systems.filter((system) => system.primary === primary),
    bases,
    statements: parts.flatMap((part) => worldsOf(facts, part).uses),
    notes: parts.flatMap((part) =>
      part.notes
        .filter((note) => note.when === undefined || facts.verdict(note.when) === 'true')
        .map((note) => ({ system: note.system.id, basis: part.basis, text: note.text, evidence: note.evidence })),
    ),
  };
}

function basisStage(facts: Snapshot, part: PreparedBasis): BasisStage {
  const { worlds, contradiction, uses } = worldsOf(facts, part);
  const status = statusOf(facts, part, uses);
  const systems: Record<string, StageSet> = {};
  for (const system of part.systems) {
    const sets = Object.fromEntries(CATEGORIES.map((category) => [category, setOf(part, system, worlds, category)])) as Record<
      Category,
      readonly string[]
    >;
    systems[system.key as string] = { ...sets, group: sets.group.filter((group) => group !== 'none'), status };
  }
  return {
    basis: part.basis,
    systems,
    narrowing: status === 'assessed' || part.basis === 'clinical' ? narrowing(facts, part) : [],
    contradiction,
    because: Object.fromEntries(part.systems.map((system) => [system.key as string, deciders(facts, part, system)])),
  };
}

/** Reads a category's list as a person would: what fired, and what was ruled out on the way there. */
function deciders(
  facts: Snapshot,
  part: PreparedBasis,
  system: StagingSystem,
): { readonly present: readonly FactId[]; readonly absent: readonly FactId[] } {
  const present = new Set<FactId>();
  const absent = new Set<FactId>();
  for (const lines of part.lines[system.key as string] ?? []) {
    for (const line of lines) {
      const explanation = facts.explain(line.when);
      if (explanation.verdict === 'true') {
        for (const id of explanation.because) present.add(id);
        break;
      }
      for (const id of factsIn(line.when)) if (facts.get(id).kind === 'known') absent.add(id);
    }
  }
  return { present: [...present], absent: [...absent].filter((id) => !present.has(id)) };
}

function narrowing(facts: Snapshot, part: PreparedBasis): readonly Narrowing[] {
  const { worlds, given } = worldsOf(facts, part);
  const groupsOf = (set: OutcomeSet): Record<string, readonly string[]> => {
    const groups: Record<string, readonly string[]> = {};
    for (const system of part.systems) groups[system.key as string] = setOf(part, system, set, 'group');
    return groups;
  };
  const size = (groups: Record<string, readonly string[]>): number => {
    let sum = 0;
    for (const key in groups) sum += (groups[key] as readonly string[]).length;
    return sum;
  };
  const whole = size(groupsOf(worlds));
  const byFact = new Map<FactId, { answer: string; groups: Record<string, readonly string[]> }[]>();
  for (const entry of given) {
    // An answer that no world gives is not an answer.
    if (!entry.possible.some((word) => word !== 0)) continue;
    const list = byFact.get(entry.fact);
    const answer = { answer: entry.answer, groups: groupsOf(entry.possible) };
    if (list) list.push(answer);
    else byFact.set(entry.fact, [answer]);
  }
  if (needsEdition(facts, part)) {
    const editions = part.systems.map(({ key }) => ({
      answer: key as string,
      work: worldsOf(facts.with('stage.edition', key as string), part),
    }));
    byFact.set(
      'stage.edition',
      editions
        .filter((edition) => !edition.work.contradiction)
        .map((edition) => ({ answer: edition.answer, groups: groupsOf(edition.work.worlds) })),
    );
  }
  if (part.basis === 'clinical' && part.systems.some((system) => system.edition !== undefined)) {
    for (const category of CATEGORIES) {
      const fact = STATED[category];
      if (facts.get(fact).kind === 'known') continue;
      const answers = part.stated[category]
        .map(([answer, where]) => ({ answer, left: where.map((word, index) => word & (worlds[index] as number)) }))
        .filter(({ left }) => left.some((word) => word !== 0));
      byFact.set(
        fact,
        answers.map(({ answer, left }) => ({ answer, groups: groupsOf(left) })),
      );
    }
  }
  return (
    [...byFact]
      // Which edition a letter means is asked even where its words fit one edition only: the letter may be wrong.
      .filter(([fact, answers]) => fact === 'stage.edition' || answers.some((answer) => size(answer.groups) < whole))
      .map(([fact, answers]) => {
        const sizes = answers.map((answer) => size(answer.groups) / Math.max(whole, 1));
        const average = sizes.reduce((sum, share) => sum + share, 0) / sizes.length;
        return {
          fact,
          answers,
          leaves: 0.75 * Math.max(...sizes) + 0.25 * average,
          rulesOut: Math.round(whole * (1 - Math.min(...sizes))),
        };
      })
      .sort((a, b) => a.leaves - b.leaves || (a.fact < b.fact ? -1 : 1))
  );
}

/** The worlds that a letter leaves which states one category without its edition, for every value it can state. */
function statedWorlds(
  systems: readonly StagingSystem[],
  part: Pick<PreparedBasis, 'scale' | 'cells' | 'diagram'>,
): PreparedBasis['stated'] {
  const answers: Readonly<Record<Category, readonly string[]>> = {
    T: ['T1', 'T2', 'T3', 'T4'],
    N: ['N0', 'N1', 'N2'],
    M: ['M0', 'M1'],
    group: ['I', 'IA', 'IB', 'II', 'III', 'IIIA', 'IIIB', 'IV'],
  };
  return Object.fromEntries(
    CATEGORIES.map((category) => [
      category,
      answers[category].map((answer) => {
        const letter: StatedStage = { edition: 'unknown', basis: 'clinical', [category]: answer, origin: { kind: 'letter' } };
        const readings = fittingReadings(letter, systems, part.scale);
        return [
          answer,
          part.diagram.select((outcome) => readings.some((reading) => reading.admits(part.cells.get(outcome) as Cells))),
        ] as const;
      }),
    ]),
  ) as unknown as PreparedBasis['stated'];
}

function needsEdition(facts: Snapshot, part: PreparedBasis): boolean {
  return worldsOf(facts, part).uses.some((use) => use.use === 'either-edition') && facts.get('stage.edition').kind !== 'known';
}

function stageFact(facts: Facts, part: PreparedBasis, system: StagingSystem, category: Category): FactState {
  const case_ = facts as Snapshot;
  const site = facts.get('tumour.primary-site');
  if (site.kind !== 'known' || site.value !== system.primary)
    return { kind: 'unknown', reason: 'underived', from: ['tumour.primary-site'] };
  if (unstaged(part.systems, system.primary, facts)) return { kind: 'unknown', reason: 'not-applicable' };
  if (part.basis === 'pathological' && statusOf(case_, part, readStatements(case_, part).uses) !== 'assessed') {
    return { kind: 'unknown', reason: 'not-done' };
  }
  const values = setOf(part, system, supposedWorlds(case_, part), category);
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    return { kind: 'known', value: only, from: part.diagram.facts.filter((fact) => facts.get(fact).kind !== 'unknown') };
  }
  let helps: readonly FactId[] | undefined;
  return {
    kind: 'one-of',
    values,
    // Asked for only when a finding names what is missing.
    get from() {
      helps ??= whatHelps(case_, part, system, category, values.length);
      return helps;
    },
  };
}

/**
 * Missing facts that settle a category: what a letter states of it, and what narrows it whatever the answer. Where nothing does,
 * every fact of which some answer narrows it.
 */
function whatHelps(
  facts: Snapshot,
  part: PreparedBasis,
  system: StagingSystem,
  category: Category,
  before: number,
): readonly FactId[] {
  // The answers of one fact stand together.
  const always: FactId[] = [];
  const sometimes: FactId[] = [];
  const { given } = worldsOf(facts, part);
  for (let index = 0; index < given.length; ) {
    const { fact } = given[index] as (typeof given)[number];
    let all = true;
    let some = false;
    for (; given[index]?.fact === fact; index++) {
      const shrinks = countOf(part, system, (given[index] as (typeof given)[number]).possible, category) < before;
      all &&= shrinks;
      some ||= shrinks;
    }
    if (all) always.push(fact);
    else if (some) sometimes.push(fact);
  }
  const helps: FactId[] = [];
  if (part.basis === 'clinical' && system.edition !== undefined && facts.get(STATED[category]).kind !== 'known')
    helps.push(STATED[category]);
  helps.push(...always);
  if (helps.length === 0) helps.push(...sometimes);
  if (needsEdition(facts, part)) helps.push('stage.edition');
  return helps;
}

function stageDefinition(id: FactId, system: StagingSystem, part: PreparedBasis, category: Category): FactDefinition {
  const edition = system.edition ? `TNM ${system.edition}` : system.title.clinician;
  const name = category === 'group' ? 'stage group' : `${category} category`;
  return {
    id,
    type: 'code',
    label: `${part.basis} ${name}, ${edition}`,
    patient: {
      label: category === 'group' ? say`your stage (${edition})` : say`your ${category} (${edition})`,
      question: say`Which stage does your letter give, and by which edition of the TNM rules?`,
      where: say`In the letter after your staging scans or operation, often as letters and numbers such as T2 N0 M0.`,
    },
    values: (part.scale[system.key as string] as Readonly<Record<Category, readonly string[]>>)[category].map((value) => ({
      id: value,
      label: value,
      patient: value,
    })),
    cost: 'imaging',
    learnedBy: ['staging CT'],
  };
}
