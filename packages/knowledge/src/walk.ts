/** What stands where in the knowledge: the one place that knows which keys hold criteria, claims, evidence and texts. */
import type {
  Basis,
  CategoryRule,
  Claim,
  Criterion,
  Evidence,
  Example,
  FactTest,
  KnowledgeBundle,
  NumberExpression,
  StarterTrial,
} from '@serosa/core';

export type KeyPath = readonly (string | number)[];

/** Everything in the knowledge, before it is sealed into the bundle and the starter set of trials. */
export interface KnowledgeContent extends Omit<KnowledgeBundle, 'hash'> {
  readonly trials: readonly StarterTrial[];
}

/** Something found: the element of the bundle that holds it, and the keys that lead to it. */
export interface Found<Value> {
  readonly thing: object;
  readonly keys: KeyPath;
  readonly value: Value;
}

/** One mention of a fact. `{basis}` is expanded: a line for two bases mentions two facts. */
export interface FactUse {
  readonly fact: string;
  /** The comparison; absent where the fact is a term of a number. */
  readonly test?: FactTest;
}

function* found<Value>(thing: object, keys: KeyPath, values: readonly Value[] | undefined): Generator<Found<Value>> {
  for (const [i, value] of (values ?? []).entries()) yield { thing, keys: [...keys, i], value };
}

const rules = ['T', 'N', 'M'] as const;

/** The category rules of a staging system, each with the bases that it serves. */
export function* categoryRules(
  system: KnowledgeContent['staging'][number],
): Generator<{ category: 'T' | 'N' | 'M'; keys: KeyPath; rule: CategoryRule; bases: readonly Basis[] }> {
  for (const category of rules) {
    if (category === 'T') {
      for (const basis of ['clinical', 'pathological'] as const) {
        const rule = system.T?.[basis];
        if (rule) yield { category, keys: ['T', basis], rule, bases: [basis] };
      }
    } else {
      const rule = system[category];
      if (rule) yield { category, keys: [category], rule, bases: system.bases };
    }
  }
}

/** Every criterion at its top, with the bases for which `{basis}` in it stands. */
export function* criteria(content: KnowledgeContent): Generator<Found<Criterion> & { readonly bases?: readonly Basis[] }> {
  for (const thing of content.facts) {
    const derive = thing.derive;
    if (thing.askedWhen) yield { thing, keys: ['askedWhen'], value: thing.askedWhen };
    if (derive && 'when' in derive) yield { thing, keys: ['derive', 'when'], value: derive.when };
    if (derive && 'choose' in derive) {
      for (const [i, { when }] of derive.choose.entries()) yield { thing, keys: ['derive', 'choose', i, 'when'], value: when };
    }
    if (derive && 'value' in derive) {
      for (const { keys, value } of termsOf(derive.value, ['derive', 'value'])) {
        if (typeof value !== 'string') yield { thing, keys, value };
      }
    }
  }
  for (const thing of content.staging) {
    for (const { keys, rule, bases } of categoryRules(thing)) {
      for (const [i, { when }] of rule.lines.entries()) yield { thing, keys: [...keys, 'lines', i, 'when'], value: when, bases };
    }
    for (const constraint of found(thing, ['constraints'], thing.constraints)) yield { ...constraint, bases: thing.bases };
    for (const { keys, value } of found(thing, ['notes'], thing.notes)) {
      if (value.when) yield { thing, keys: [...keys, 'when'], value: value.when, bases: thing.bases };
    }
  }
  for (const thing of content.scores) {
    if (thing.appliesWhen) yield { thing, keys: ['appliesWhen'], value: thing.appliesWhen };
    for (const { keys, value } of found(thing, ['points'], thing.points)) {
      for (const [i, { when }] of value.lines.entries()) yield { thing, keys: [...keys, 'lines', i, 'when'], value: when };
    }
    for (const { keys, value } of found(thing, ['groups'], thing.groups)) {
      if (value.when) yield { thing, keys: [...keys, 'when'], value: value.when };
    }
  }
  for (const thing of content.treatments) {
    yield { thing, keys: ['appliesWhen'], value: thing.appliesWhen };
    for (const { keys, value } of found(thing, ['limits'], thing.limits))
      yield { thing, keys: [...keys, 'when'], value: value.when };
    for (const { keys, value } of found(thing, ['recommendations'], thing.recommendations)) {
      if (value.when) yield { thing, keys: [...keys, 'when'], value: value.when };
      if (value.provided) yield { thing, keys: [...keys, 'provided'], value: value.provided };
    }
  }
  for (const thing of content.symptoms) {
    yield { thing, keys: ['trigger'], value: thing.trigger };
    for (const { keys, value } of found(thing, ['levels'], thing.levels)) {
      if (value.when) yield { thing, keys: [...keys, 'when'], value: value.when };
    }
  }
  for (const thing of content.tests) {
    for (const key of ['appliesWhen', 'answeredWhen'] as const) if (thing[key]) yield { thing, keys: [key], value: thing[key] };
  }
  for (const thing of content.trials) {
    for (const { keys, value } of found(thing, ['facts'], thing.facts))
      yield { thing, keys: [...keys, 'requires'], value: value.requires };
    for (const { keys, value } of found(thing, ['overrides'], thing.overrides)) {
      if (typeof value.requires === 'object') yield { thing, keys: [...keys, 'requires'], value: value.requires };
    }
  }
  const lists: readonly (readonly [object, string, readonly { readonly when?: Criterion }[]])[] = [
    ...content.cascade.map((thing) => [thing, 'players', thing.players] as const),
    ...content.factors.map((thing) => [thing, 'levels', thing.levels] as const),
    ...content.survival.map((thing) => [thing, 'rows', thing.rows] as const),
    ...content.tests.flatMap((thing) => [[thing, 'steps', thing.steps] as const, [thing, 'caveats', thing.caveats] as const]),
  ];
  for (const [thing, key, items] of lists) {
    for (const { keys, value } of found(thing, [key], items)) {
      if (value.when) yield { thing, keys: [...keys, 'when'], value: value.when };
    }
  }
}

/** Every criterion and part of a criterion, the whole before its parts. */
export function* partsOf(criterion: Criterion, keys: KeyPath): Generator<{ readonly keys: KeyPath; readonly value: Criterion }> {
  yield { keys, value: criterion };
  if ('not' in criterion) yield* partsOf(criterion.not, [...keys, 'not']);
  const [key, parts] =
    'all' in criterion
      ? (['all', criterion.all] as const)
      : 'any' in criterion
        ? (['any', criterion.any] as const)
        : 'atLeast' in criterion
          ? (['of', criterion.of] as const)
          : (['', []] as const);
  for (const [i, part] of parts.entries()) yield* partsOf(part, [...keys, key, i]);
}

/** The facts that are terms of a number, as ids, and the conditions in it, as criteria. */
export function* termsOf(
  number: NumberExpression,
  keys: KeyPath,
): Generator<{ readonly keys: KeyPath; readonly value: string | Criterion }> {
  if (typeof number === 'number') return;
  if ('fact' in number) yield { keys: [...keys, 'fact'], value: number.fact };
  else if ('when' in number) {
    yield { keys: [...keys, 'when'], value: number.when };
    yield* termsOf(number.then, [...keys, 'then']);
    yield* termsOf(number.else, [...keys, 'else']);
  } else if ('pow' in number) yield* termsOf(number.pow[0], [...keys, 'pow', 0]);
  else {
    for (const [key, terms] of Object.entries<readonly NumberExpression[]>(number)) {
      for (const [i, term] of terms.entries()) yield* termsOf(term, [...keys, key, i]);
    }
  }
}

/** Every mention of a fact in a criterion or a number. */
export function* factUses(content: KnowledgeContent): Generator<Found<FactUse>> {
  for (const { thing, keys, value, bases } of criteria(content)) {
    for (const part of partsOf(value, keys)) {
      if (!('fact' in part.value)) continue;
      const test = part.value;
      const ids = test.fact.includes('{basis}') && bases ? bases.map((b) => test.fact.replaceAll('{basis}', b)) : [test.fact];
      for (const fact of ids) yield { thing, keys: part.keys, value: { fact, test } };
    }
  }
  for (const thing of content.facts) {
    if (!thing.derive || !('value' in thing.derive)) continue;
    for (const { keys, value } of termsOf(thing.derive.value, ['derive', 'value'])) {
      if (typeof value === 'string') yield { thing, keys, value: { fact: value } };
    }
  }
}

/** Facts that stand by their id alone, outside of criteria and numbers. */
export function* namedFacts(content: KnowledgeContent): Generator<Found<string>> {
  for (const thing of content.tests) {
    yield* found(thing, ['tells'], thing.tells);
    for (const [i, ids] of thing.answeredBy.entries()) yield* found(thing, ['answeredBy', i], ids);
  }
  for (const thing of content.sites) {
    for (const { keys, value } of found(thing, ['stations'], thing.stations)) {
      for (const basis of ['clinical', 'pathological']) {
        if (value.fact) yield { thing, keys: [...keys, 'fact'], value: value.fact.replaceAll('{basis}', basis) };
      }
    }
  }
}

export function* claims(content: KnowledgeContent): Generator<Found<Claim>> {
  for (const thing of content.staging) yield* found(thing, ['claims'], thing.claims);
  for (const thing of content.sites) yield* found(thing, ['frequencies'], thing.frequencies);
  for (const thing of content.treatments) yield* found(thing, ['benefit'], thing.benefit);
  for (const thing of content.factors) {
    yield* found(thing, ['effects'], thing.effects);
    yield* found(thing, ['frequencies'], thing.frequencies);
  }
  for (const thing of content.tests) {
    for (const [i, question] of thing.questions.entries()) yield* found(thing, ['questions', i, 'figures'], question.figures);
  }
  for (const thing of content.survival) {
    for (const [i, row] of thing.rows.entries()) yield* found(thing, ['rows', i, 'claims'], row.claims);
  }
  for (const thing of content.scores) {
    for (const [i, group] of thing.groups.entries()) yield* found(thing, ['groups', i, 'outcome'], group.outcome);
  }
}

/**
 * The evidence that rules rest on. `held`: the engine holds the rule back unless its source was read, which goes for
 * limits, recommendations, groups of scores, whole scores and criteria of trials; the points of a score are no rule where conditions make
 * its groups. The others always drive, so there the source must have been read.
 */
export function* ruleEvidence(content: KnowledgeContent): Generator<Found<Evidence> & { readonly held: boolean }> {
  const each = function* (thing: object, keys: KeyPath, items: readonly { evidence: Evidence }[] | undefined, held: boolean) {
    for (const item of found(thing, keys, items)) {
      yield { thing, keys: [...item.keys, 'evidence'], value: item.value.evidence, held };
    }
  };
  for (const thing of content.staging) {
    for (const { keys, rule } of categoryRules(thing)) yield* each(thing, [...keys, 'lines'], rule.lines, false);
    if (thing.groupsEvidence) yield { thing, keys: ['groupsEvidence'], value: thing.groupsEvidence, held: false };
  }
  for (const thing of content.scores) {
    yield { thing, keys: ['evidence'], value: thing.evidence, held: true };
    if (thing.evidence.status !== 'read') continue;
    yield* each(
      thing,
      ['points'],
      thing.points,
      thing.groups.every((group) => group.when),
    );
    yield* each(thing, ['groups'], thing.groups, true);
  }
  for (const thing of content.symptoms) yield* each(thing, ['levels'], thing.levels, false);
  for (const thing of content.treatments) {
    yield* each(thing, ['limits'], thing.limits, true);
    yield* each(thing, ['recommendations'], thing.recommendations, true);
  }
  for (const thing of content.tests) {
    yield* each(thing, ['steps'], thing.steps, true);
    yield* each(thing, ['caveats'], thing.caveats, true);
  }
  for (const thing of content.trials) {
    yield* each(thing, ['facts'], thing.facts, true);
    yield* each(thing, ['overrides'], thing.overrides, true);
  }
}

/** Everything except sources, facts and terms included. */
export function things(content: KnowledgeContent) {
  return [...content.facts, ...content.glossary, ...pages(content)];
}

/** The things that have a review date and stand in a file of their own. */
export function pages(content: KnowledgeContent) {
  return [
    ...content.staging,
    ...content.sites,
    ...content.scores,
    ...content.treatments,
    ...content.symptoms,
    ...content.cascade,
    ...content.factors,
    ...content.tests,
    ...content.survival,
    ...content.topics,
    ...content.words,
    ...content.trials,
  ];
}

export function* examples(content: KnowledgeContent): Generator<Found<Example>> {
  for (const thing of pages(content)) if ('examples' in thing) yield* found(thing, ['examples'], thing.examples);
}

/** All evidence, whatever it stands for. */
export function* allEvidence(content: KnowledgeContent): Generator<Found<Evidence>> {
  for (const thing of pages(content)) {
    for (const { keys, value } of nodes(thing)) {
      if (/^(?:evidence|groupsEvidence|answerEvidence)$/.test(String(keys.at(-1))))
        yield { thing, keys, value: value as Evidence };
    }
  }
}

/** All text for patients: every string below a key `patient`. */
export function* patientTexts(thing: object): Generator<{ readonly keys: KeyPath; readonly value: string }> {
  for (const { keys, value } of nodes(thing)) if (typeof value === 'string' && keys.includes('patient')) yield { keys, value };
}

/** Every value inside a value, with the keys that lead to it; the outer before the inner. */
export function* nodes(value: unknown, keys: KeyPath = []): Generator<{ readonly keys: KeyPath; readonly value: unknown }> {
  yield { keys, value };
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* nodes(item, [...keys, i]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* nodes(item, [...keys, key]);
  }
}
