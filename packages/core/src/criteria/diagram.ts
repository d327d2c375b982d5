/**
 * Exact possible outcomes of decision lists over facts that are only partly known.
 *
 * Kleene's logic alone is sound and not tight: it cannot see that two conditions share a missing fact. Here the lists are
 * compiled once into an ordered decision diagram over the finite classes of each fact. Its worlds are the ways in which the
 * missing facts can turn out; asking for a case is two passes over the diagram, and gives every outcome some world reaches
 * and no other, for the case as it is and for each answer that a missing fact could have.
 */
import type { FactDefinition } from '../case/catalogue.js';
import type { FactState } from '../case/facts.js';
import { factsOf } from './evaluate.js';
import type { Choice, Criterion, FactId, FactTest } from './expression.js';

export interface Target {
  readonly name: string;
  readonly lines: readonly Choice<string>[];
  readonly else: string;
}

/** The values of one fact between which no condition tells a difference. */
interface ValueClass {
  /** Values of a boolean or code. */
  readonly value?: boolean | string;
  /** A stretch of numbers; `open` ends are excluded. */
  readonly low?: number;
  readonly high?: number;
  readonly lowOpen?: boolean;
  readonly highOpen?: boolean;
}

interface Variable {
  readonly fact: FactId;
  readonly classes: readonly ValueClass[];
}

/**
 * A set of outcomes, one bit each, {@link BITS} to a word; bit n stands for `Diagram.outcomes[n]`. A plain list of integers small
 * enough to be kept without a box: hundreds of short sets are made for each case, and typed arrays cost more to make.
 */
export type OutcomeSet = readonly number[];
const BITS = 30;
const wordOf = (index: number): number => Math.floor(index / BITS);
const bitOf = (index: number): number => 1 << (index % BITS);
const none = (words: number): number[] => new Array<number>(words).fill(0);

export interface PossibleOutcomes {
  readonly possible: OutcomeSet;
  /** For each fact that is not settled: the outcomes that each of its remaining answers would leave. */
  readonly given: readonly { readonly fact: FactId; readonly answer: string; readonly possible: OutcomeSet }[];
}

export interface Diagram {
  readonly targets: readonly string[];
  readonly facts: readonly FactId[];
  /** Every outcome that some world reaches, a value per target. */
  readonly outcomes: readonly (readonly string[])[];
  /** Number of nodes; for benchmarks. */
  readonly size: number;
  /** The outcomes that a test picks out. */
  select(test: (outcome: readonly string[]) => boolean): OutcomeSet;
  /**
   * @param state the state of a fact
   * @param admitted the outcomes that other statements of the case leave standing; absent: all
   */
  possible(state: (fact: FactId) => FactState, admitted?: OutcomeSet): PossibleOutcomes;
}

/** Whether two sets share an outcome. */
export function meets(a: OutcomeSet, b: OutcomeSet): boolean {
  for (let word = 0; word < a.length; word++) if (((a[word] as number) & (b[word] as number)) !== 0) return true;
  return false;
}

/** Outcomes of either set. */
export function united(a: OutcomeSet, b: OutcomeSet): OutcomeSet {
  return a.map((word, index) => word | (b[index] as number));
}

// Formulas over class memberships, interned so that equal formulas are the same number.
const FALSE = 0;
const TRUE = 1;

type Formula =
  | { readonly op: 'leaf'; readonly variable: number; readonly mask: number }
  | { readonly op: 'and' | 'or'; readonly parts: readonly number[] }
  | { readonly op: 'not'; readonly part: number }
  | { readonly op: 'at-least'; readonly count: number; readonly parts: readonly number[] };

/**
 * Compiles decision lists into a diagram.
 *
 * Lists and constraints that share no fact, directly or through others, are independent: each group of them gets a diagram of
 * its own, and the worlds of the whole are their product. T, N and M stay small that way.
 * @param targets the lists, evaluated together so that statements about one can narrow another
 * @param constraints criteria that hold in every world
 * @param catalogue definitions of every fact mentioned
 * @throws RangeError when a fact is missing from the catalogue: knowledge is linted before it gets here
 */
export function compileDiagram(
  targets: readonly Target[],
  constraints: readonly Criterion[],
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): Diagram {
  const groups = independent(targets, constraints);
  const parts = groups.map((group) =>
    compileGroup(
      group.targets.map((index) => targets[index] as Target),
      group.constraints,
      catalogue,
    ),
  );
  let rows: readonly (readonly number[])[] = [[]];
  for (const part of parts) rows = rows.flatMap((row) => part.outcomes.map((_, index) => [...row, index]));
  const outcomes = rows.map((row) => {
    const outcome: string[] = [];
    row.forEach((own, part) => {
      (groups[part] as Group).targets.forEach((target, index) => {
        outcome[target] = ((parts[part] as Diagram).outcomes[own] as readonly string[])[index] as string;
      });
    });
    return outcome;
  });
  const words = Math.ceil(outcomes.length / BITS) || 1;
  const select = (test: (index: number) => boolean): OutcomeSet => {
    const set = none(words);
    for (let index = 0; index < outcomes.length; index++)
      if (test(index)) set[wordOf(index)] = (set[wordOf(index)] as number) | bitOf(index);
    return set;
  };
  const all = select(() => true);
  // For each outcome of each part: the outcomes of the whole that hold it.
  const lifts = parts.map((part, position) =>
    part.outcomes.map((_, own) => select((index) => (rows[index] as readonly number[])[position] === own)),
  );
  const lift = (position: number, own: OutcomeSet): OutcomeSet => {
    const set = none(words);
    const masks = lifts[position] as readonly OutcomeSet[];
    for (let index = 0; index < masks.length; index++) {
      if (((own[wordOf(index)] as number) & bitOf(index)) === 0) continue;
      for (let word = 0; word < words; word++) set[word] = (set[word] as number) | ((masks[index] as OutcomeSet)[word] as number);
    }
    return set;
  };
  return {
    targets: targets.map((target) => target.name),
    facts: parts.flatMap((part) => part.facts),
    outcomes,
    size: parts.reduce((sum, part) => sum + part.size, 0),
    select: (test) => select((index) => test(outcomes[index] as readonly string[])),
    possible(stateOf, admitted = all) {
      const found = parts.map((part) => part.possible(stateOf));
      const lifted = found.map((part, position) => lift(position, part.possible));
      const possible = lifted.reduce(common, admitted);
      const given = found.flatMap((part, position) => {
        if (part.given.length === 0) return [];
        const others = lifted.reduce((sofar, set, index) => (index === position ? sofar : common(sofar, set)), admitted);
        return part.given.map((entry) => ({
          fact: entry.fact,
          answer: entry.answer,
          possible: common(lift(position, entry.possible), others),
        }));
      });
      return { possible, given };
    },
  };
}

function common(a: OutcomeSet, b: OutcomeSet): OutcomeSet {
  const set = none(a.length);
  for (let word = 0; word < a.length; word++) set[word] = (a[word] as number) & (b[word] as number);
  return set;
}

interface Group {
  readonly targets: readonly number[];
  readonly constraints: readonly Criterion[];
}

/** Groups of lists and constraints that share facts; order of first appearance. */
function independent(targets: readonly Target[], constraints: readonly Criterion[]): readonly Group[] {
  const items = [
    ...targets.map((target, index) => ({
      target: index,
      constraint: undefined,
      facts: new Set(target.lines.flatMap((line) => [...factsOf(line.when)])),
    })),
    ...constraints.map((constraint) => ({ target: undefined, constraint, facts: factsOf(constraint) })),
  ];
  const groups: { facts: Set<FactId>; targets: number[]; constraints: Criterion[] }[] = [];
  for (const item of items) {
    const joined = groups.filter((group) => [...item.facts].some((fact) => group.facts.has(fact)));
    const [first = { facts: new Set<FactId>(), targets: [], constraints: [] }, ...rest] = joined;
    for (const other of rest) {
      for (const fact of other.facts) first.facts.add(fact);
      first.targets.push(...other.targets);
      first.constraints.push(...other.constraints);
      groups.splice(groups.indexOf(other), 1);
    }
    if (!groups.includes(first)) groups.push(first);
    for (const fact of item.facts) first.facts.add(fact);
    if (item.target !== undefined) first.targets.push(item.target);
    if (item.constraint !== undefined) first.constraints.push(item.constraint);
  }
  return groups;
}

function compileGroup(
  targets: readonly Target[],
  constraints: readonly Criterion[],
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): Diagram {
  const tests = new Map<FactId, FactTest[]>();
  const visit = (criterion: Criterion): void => {
    if ('fact' in criterion) {
      const list = tests.get(criterion.fact) ?? [];
      list.push(criterion);
      tests.set(criterion.fact, list);
    } else if ('not' in criterion) visit(criterion.not);
    else if ('judge' in criterion) throw new RangeError('a staging rule cannot rest on a judgement');
    else for (const part of 'all' in criterion ? criterion.all : 'any' in criterion ? criterion.any : criterion.of) visit(part);
  };
  for (const target of targets) for (const line of target.lines) visit(line.when);
  for (const constraint of constraints) visit(constraint);

  const variables: Variable[] = [...tests].map(([fact, list]) => ({ fact, classes: classesOf(fact, list, catalogue) }));
  const indexOf = new Map(variables.map((variable, index) => [variable.fact, index]));

  const formulas: (Formula | undefined)[] = [undefined, undefined];
  const interned = new Map<string, number>();
  const intern = (formula: Formula): number => {
    const key = JSON.stringify(formula);
    const found = interned.get(key);
    if (found !== undefined) return found;
    formulas.push(formula);
    interned.set(key, formulas.length - 1);
    return formulas.length - 1;
  };
  const and = (parts: readonly number[]): number => {
    const rest = [...new Set(parts)].filter((part) => part !== TRUE).sort((a, b) => a - b);
    if (rest.includes(FALSE)) return FALSE;
    return rest.length === 0 ? TRUE : rest.length === 1 ? (rest[0] as number) : intern({ op: 'and', parts: rest });
  };
  const or = (parts: readonly number[]): number => {
    const rest = [...new Set(parts)].filter((part) => part !== FALSE).sort((a, b) => a - b);
    if (rest.includes(TRUE)) return TRUE;
    return rest.length === 0 ? FALSE : rest.length === 1 ? (rest[0] as number) : intern({ op: 'or', parts: rest });
  };
  const not = (part: number): number => (part === TRUE ? FALSE : part === FALSE ? TRUE : intern({ op: 'not', part }));
  const atLeast = (count: number, parts: readonly number[]): number => {
    const open = parts.filter((part) => part !== TRUE && part !== FALSE);
    const needed = count - parts.filter((part) => part === TRUE).length;
    if (needed <= 0) return TRUE;
    if (open.length < needed) return FALSE;
    return intern({ op: 'at-least', count: needed, parts: [...open].sort((a, b) => a - b) });
  };

  const translate = (criterion: Criterion): number => {
    if ('fact' in criterion) {
      const variable = indexOf.get(criterion.fact) as number;
      let mask = 0;
      (variables[variable] as Variable).classes.forEach((cls, index) => {
        if (accepts(criterion, cls)) mask |= 1 << index;
      });
      return intern({ op: 'leaf', variable, mask });
    }
    if ('all' in criterion) return and(criterion.all.map(translate));
    if ('any' in criterion) return or(criterion.any.map(translate));
    if ('not' in criterion) return not(translate(criterion.not));
    if ('atLeast' in criterion) return atLeast(criterion.atLeast, criterion.of.map(translate));
    return FALSE;
  };

  const substitute = (formula: number, variable: number, cls: number, memo: Map<number, number>): number => {
    if (formula <= TRUE) return formula;
    const known = memo.get(formula);
    if (known !== undefined) return known;
    const node = formulas[formula] as Formula;
    let result: number;
    if (node.op === 'leaf') result = node.variable === variable ? ((node.mask >> cls) & 1 ? TRUE : FALSE) : formula;
    else if (node.op === 'not') result = not(substitute(node.part, variable, cls, memo));
    else {
      const parts = node.parts.map((part) => substitute(part, variable, cls, memo));
      result = node.op === 'at-least' ? atLeast(node.count, parts) : node.op === 'and' ? and(parts) : or(parts);
    }
    memo.set(formula, result);
    return result;
  };

  // A state is what is left of the lists and the constraint after the facts of the upper levels are given.
  interface State {
    readonly lists: readonly (readonly (readonly [number, string])[])[];
    readonly constraint: number;
  }
  const trim = (list: readonly (readonly [number, string])[]): readonly (readonly [number, string])[] => {
    const kept: (readonly [number, string])[] = [];
    for (const line of list) {
      if (line[0] === FALSE) continue;
      kept.push(line);
      if (line[0] === TRUE) break;
    }
    return kept;
  };

  const children: number[][] = [];
  const outcomes: string[][] = [];
  const outcomeIndex = new Map<string, number>();
  const memo = new Map<string, number>();
  // Terminals are negative: -1 is "no such world", -2 - n is outcome n.
  const build = (level: number, state: State): number => {
    if (state.constraint === FALSE) return -1;
    if (level === variables.length) {
      const outcome = state.lists.map((list) => (list[0] as readonly [number, string])[1]);
      const key = outcome.join('|');
      let index = outcomeIndex.get(key);
      if (index === undefined) {
        index = outcomes.push(outcome) - 1;
        outcomeIndex.set(key, index);
      }
      return -2 - index;
    }
    const key = `${level}#${state.constraint}#${JSON.stringify(state.lists)}`;
    const found = memo.get(key);
    if (found !== undefined) return found;
    const kids = (variables[level] as Variable).classes.map((_, cls) => {
      const substituted = new Map<number, number>();
      return build(level + 1, {
        lists: state.lists.map((list) =>
          trim(list.map(([f, value]) => [substitute(f, level, cls, substituted), value] as const)),
        ),
        constraint: substitute(state.constraint, level, cls, substituted),
      });
    });
    const id = children.push(kids) - 1;
    memo.set(key, id);
    return id;
  };
  const root = build(0, {
    lists: targets.map((target) =>
      trim([...target.lines.map((line) => [translate(line.when), line.then] as const), [TRUE, target.else] as const]),
    ),
    constraint: and(constraints.map(translate)),
  });

  // Flat copies: a case is two passes over these arrays.
  const words = Math.ceil(outcomes.length / BITS) || 1;
  const width = Math.max(1, ...variables.map((variable) => variable.classes.length));
  const table = new Int32Array(children.length * width).fill(-1);
  children.forEach((kids, node) => {
    table.set(kids, node * width);
  });
  const all = none(words);
  outcomes.forEach((_, index) => {
    all[wordOf(index)] = (all[wordOf(index)] as number) | bitOf(index);
  });
  const answers = variables.map((variable) => variable.classes.map(answerText));

  return {
    targets: targets.map((target) => target.name),
    facts: variables.map((variable) => variable.fact),
    outcomes,
    size: children.length,
    select(test) {
      const set = none(words);
      outcomes.forEach((outcome, index) => {
        if (test(outcome)) set[wordOf(index)] = (set[wordOf(index)] as number) | bitOf(index);
      });
      return set;
    },
    possible(stateOf, admitted = all) {
      const allowed = variables.map((variable) => allowedClasses(variable, stateOf(variable.fact)));
      const masks = none(children.length * words);
      const unite = (into: number[], at: number, child: number): void => {
        if (child >= 0) {
          const from = child * words;
          for (let word = 0; word < words; word++) into[at + word] = (into[at + word] as number) | (masks[from + word] as number);
        } else if (child !== -1) {
          const index = -2 - child;
          const word = wordOf(index);
          into[at + word] = (into[at + word] as number) | ((admitted[word] as number) & bitOf(index));
        }
      };
      // Down: the nodes that some allowed path leads to. Up: what each of them can still become.
      const reached: (readonly number[])[] = [];
      const seen = new Uint8Array(children.length);
      let front: number[] = root >= 0 ? [root] : [];
      for (let level = 0; level < variables.length; level++) {
        reached.push(front);
        const open = allowed[level] as number;
        const count = (answers[level] as readonly string[]).length;
        const next: number[] = [];
        for (const node of front) {
          for (let cls = 0; cls < count; cls++) {
            const child = table[node * width + cls] as number;
            if (child < 0 || !((open >> cls) & 1) || seen[child] === 1) continue;
            seen[child] = 1;
            next.push(child);
          }
        }
        front = next;
      }
      for (let level = variables.length - 1; level >= 0; level--) {
        const open = allowed[level] as number;
        const count = (answers[level] as readonly string[]).length;
        for (const node of reached[level] as readonly number[]) {
          for (let cls = 0; cls < count; cls++)
            if ((open >> cls) & 1) unite(masks, node * words, table[node * width + cls] as number);
        }
      }
      const given: { fact: FactId; answer: string; possible: OutcomeSet }[] = [];
      variables.forEach((variable, level) => {
        const open = allowed[level] as number;
        if ((open & (open - 1)) === 0) return;
        (answers[level] as readonly string[]).forEach((answer, cls) => {
          if (!((open >> cls) & 1)) return;
          const mask = none(words);
          for (const node of reached[level] as readonly number[]) unite(mask, 0, table[node * width + cls] as number);
          given.push({ fact: variable.fact, answer, possible: mask });
        });
      });
      const possible = none(words);
      unite(possible, 0, root);
      return { possible, given };
    },
  };
}

function classesOf(
  fact: FactId,
  tests: readonly FactTest[],
  catalogue: ReadonlyMap<FactId, FactDefinition>,
): readonly ValueClass[] {
  const definition = catalogue.get(fact);
  if (!definition) throw new RangeError(`fact ${fact} is not in the catalogue`);
  if (definition.type === 'boolean') return [{ value: false }, { value: true }];
  if (definition.type === 'code') return (definition.values ?? []).map((value) => ({ value: value.id }));
  const cuts = new Set<number>();
  for (const test of tests) {
    for (const cut of [test.is, test.lt, test.lte, test.gt, test.gte]) if (typeof cut === 'number') cuts.add(cut);
  }
  const min = definition.range?.min ?? Number.NEGATIVE_INFINITY;
  const max = definition.range?.max ?? Number.POSITIVE_INFINITY;
  const sorted = [...cuts].filter((cut) => cut >= min && cut <= max).sort((a, b) => a - b);
  const pieces: ValueClass[] = [];
  let low = min;
  let lowOpen = false;
  for (const cut of sorted) {
    if (cut > low || (cut === low && !lowOpen)) {
      if (cut > low) pieces.push({ low, high: cut, lowOpen, highOpen: true });
      pieces.push({ low: cut, high: cut, lowOpen: false, highOpen: false });
      low = cut;
      lowOpen = true;
    }
  }
  if (max > low || !lowOpen) pieces.push({ low, high: max, lowOpen, highOpen: false });
  const possible = definition.type === 'integer' ? pieces.filter(holdsInteger) : pieces;
  // Neighbours that every test answers alike are one class.
  const merged: ValueClass[] = [];
  for (const piece of possible) {
    const last = merged.at(-1);
    if (last && tests.every((test) => accepts(test, last) === accepts(test, piece))) {
      merged[merged.length - 1] = {
        low: last.low as number,
        lowOpen: last.lowOpen as boolean,
        high: piece.high as number,
        highOpen: piece.highOpen as boolean,
      };
    } else merged.push(piece);
  }
  return merged;
}

function holdsInteger(cls: ValueClass): boolean {
  const low = cls.lowOpen ? Math.floor(cls.low as number) + 1 : Math.ceil(cls.low as number);
  const high = cls.highOpen ? Math.ceil(cls.high as number) - 1 : Math.floor(cls.high as number);
  return low <= high;
}

/** Whether a test accepts a class; every value of a class gets the same answer. */
function accepts(test: FactTest, cls: ValueClass): boolean {
  if (cls.value !== undefined) {
    if (test.is !== undefined && test.is !== cls.value) return false;
    return test.in === undefined || test.in.includes(String(cls.value));
  }
  const low = cls.low as number;
  const high = cls.high as number;
  if (typeof test.is === 'number' && !(low === high && low === test.is)) return false;
  if (test.lt !== undefined && !(high < test.lt || (high === test.lt && cls.highOpen))) return false;
  if (test.lte !== undefined && !(high <= test.lte)) return false;
  if (test.gt !== undefined && !(low > test.gt || (low === test.gt && cls.lowOpen))) return false;
  if (test.gte !== undefined && !(low >= test.gte)) return false;
  return true;
}

/** Bit per class that the fact can still fall into. */
function allowedClasses(variable: Variable, state: FactState): number {
  let mask = 0;
  variable.classes.forEach((cls, index) => {
    if (canFall(cls, state)) mask |= 1 << index;
  });
  return mask;
}

function canFall(cls: ValueClass, state: FactState): boolean {
  if (state.kind === 'unknown') return true;
  if (cls.value !== undefined) {
    return state.kind === 'known'
      ? state.value === cls.value
      : state.kind === 'one-of' && state.values.includes(String(cls.value));
  }
  const [min, max] =
    state.kind === 'between'
      ? [state.min, state.max]
      : state.kind === 'known'
        ? [state.value as number, state.value as number]
        : [Number.NaN, Number.NaN];
  const low = cls.low as number;
  const high = cls.high as number;
  return (max > low || (max === low && !cls.lowOpen)) && (min < high || (min === high && !cls.highOpen));
}

function answerText(cls: ValueClass): string {
  if (cls.value !== undefined) return String(cls.value);
  const low = cls.low as number;
  const high = cls.high as number;
  if (low === high) return `${low}`;
  return `${cls.lowOpen ? '>' : '≥'} ${low}, ${cls.highOpen ? '<' : '≤'} ${high}`;
}
