/** The next facts worth knowing: what each missing fact could settle, set against what it costs to learn. */
import type { Cost, FactDefinition } from '../case/catalogue.js';
import type { Snapshot } from '../case/snapshot.js';
import type { FactId } from '../criteria/expression.js';
import { unitWords, valueWords } from '../criteria/words.js';
import type { Treatment, Voices } from '../knowledge/types.js';
import type { Narrowing, StageResult } from '../staging/staging.js';
import { addOnce, type Catalogue, labelOf } from './finding.js';
import { type OpenOption, type OptionVerdict, optionVerdict } from './options.js';

export interface NextFact {
  readonly fact: FactId;
  readonly label: { readonly clinician: string; readonly patient: string };
  readonly question: string;
  readonly where: string;
  readonly settles: { readonly stage: number; readonly options: number; readonly trials: number };
  /** Higher is worth more: what it settles divided by what it costs. */
  readonly score: number;
  readonly learnedBy: readonly string[];
  readonly cost: Cost;
  /** What each answer would leave: stage groups by system, and options it decides by itself. */
  readonly answers: readonly {
    readonly answer: string;
    readonly label: Voices;
    readonly stage?: Readonly<Record<string, readonly string[]>>;
    readonly options: readonly { readonly id: string; readonly title: Voices; readonly verdict: OptionVerdict }[];
  }[];
}

/** Effort to learn a fact, relative to a question. Our own scale: it orders the list and is not a price. */
const EFFORT: Readonly<Record<Cost, number>> = { question: 1, record: 1.2, blood: 2, imaging: 4, biopsy: 8, operation: 16 };

/** How much one settled stage counts beside one settled option. */
const STAGE_WEIGHT = 6;

/** How much one trial that may take the person counts beside one settled option: there are many, and most are far away. */
const TRIAL_WEIGHT = 0.2;

/** Facts with more answers than this are not tried on the options, one answer at a time. */
const MOST_ANSWERS = 4;

/** How many facts are worked out answer by answer: the list is read from the top. */
const WORKED_OUT = 8;

export interface NextInput {
  readonly facts: Snapshot;
  readonly stage: StageResult | undefined;
  readonly options: readonly OpenOption[];
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly catalogue: Catalogue;
  /** Trials that are open and undetermined, with the facts that each still asks for. */
  readonly trials?: readonly { readonly id: string; readonly missing: readonly { readonly id: FactId }[] }[];
  /** Values worth trying for a number, from the thresholds that rules use. */
  readonly probes: ReadonlyMap<FactId, readonly number[]>;
}

interface Worth {
  stage: number;
  narrowing: Narrowing | undefined;
  readonly options: OpenOption[];
  trials: number;
  weight: number;
}

/** A missing derived fact is learned through the facts it needs; one that can be asked for directly stays itself. */
function baseFacts(id: FactId, facts: Snapshot, catalogue: Catalogue, found: Map<FactId, readonly FactId[]>): readonly FactId[] {
  const known = found.get(id);
  if (known) return known;
  // Set before it is filled: facts that lead back to themselves end here.
  const base: FactId[] = [];
  found.set(id, base);
  const state = facts.get(id);
  if (state.kind === 'known') return base;
  const derive = catalogue.get(id)?.derive;
  const computed = id.startsWith('stage.') && id !== 'stage.edition';
  const calculated = derive !== undefined && ('value' in derive || 'daysSince' in derive);
  const from = computed || calculated ? (state.from ?? NO_FACTS) : NO_FACTS;
  for (const source of from) addOnce(base, baseFacts(source, facts, catalogue, found));
  if (from.length === 0) base.push(id);
  return base;
}

const NO_FACTS: readonly FactId[] = [];

export function nextFacts(input: NextInput): readonly NextFact[] {
  const { facts, stage, options, catalogue } = input;
  const undecided = options.filter((option) => option.verdict === 'undecided' || option.verdict === 'supported-with-conditions');
  const worth = new Map<FactId, Worth>();
  const entry = (id: FactId): Worth => {
    const known = worth.get(id);
    if (known) return known;
    const fresh: Worth = { stage: 0, narrowing: undefined, options: [], trials: 0, weight: 0 };
    worth.set(id, fresh);
    return fresh;
  };
  for (const part of stage?.bases ?? []) {
    for (const narrowing of part.narrowing) {
      const item = entry(narrowing.fact);
      item.stage = Math.max(item.stage, narrowing.rulesOut);
      item.narrowing = narrowing;
      item.weight += STAGE_WEIGHT * (1 - narrowing.leaves);
    }
  }
  const found = new Map<FactId, readonly FactId[]>();
  for (const option of undecided) {
    const ids: FactId[] = [];
    for (const missing of option.missing) addOnce(ids, baseFacts(missing.id, facts, catalogue, found));
    for (const id of ids) {
      const item = entry(id);
      item.options.push(option);
      item.weight += (option.verdict === 'undecided' ? 1 : 0.3) / ids.length;
    }
  }
  for (const trial of input.trials ?? []) {
    const ids: FactId[] = [];
    for (const missing of trial.missing) addOnce(ids, baseFacts(missing.id, facts, catalogue, found));
    for (const id of ids) {
      const item = entry(id);
      item.trials++;
      item.weight += TRIAL_WEIGHT / ids.length;
    }
  }
  if (stage === undefined && facts.get('tumour.primary-site').kind !== 'known')
    entry('tumour.primary-site').weight += 2 * STAGE_WEIGHT;

  const ranked: { readonly id: FactId; readonly item: Worth; readonly definition: FactDefinition; readonly score: number }[] = [];
  for (const [id, item] of worth) {
    const definition = catalogue.get(id);
    if (definition === undefined) continue;
    const score = Math.round((item.weight / EFFORT[definition.cost]) * 1000) / 1000;
    if (score <= 0 || (definition.askedWhen !== undefined && facts.verdict(definition.askedWhen) === 'false')) continue;
    ranked.push({ id, item, definition, score });
  }
  ranked.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));

  return ranked.map(({ id, item, definition, score }, rank) => ({
    fact: id,
    label: labelOf(definition),
    question: definition.patient.question,
    where: definition.patient.where,
    settles: { stage: item.stage, options: item.options.length, trials: item.trials },
    score,
    learnedBy: definition.learnedBy,
    cost: definition.cost,
    answers: rank < WORKED_OUT ? answersOf(id, definition, item.narrowing, item.options, input) : NO_ANSWERS,
  }));
}

const NO_ANSWERS: NextFact['answers'] = [];

function answersOf(
  id: FactId,
  definition: FactDefinition,
  narrowing: Narrowing | undefined,
  options: readonly OpenOption[],
  input: NextInput,
): NextFact['answers'] {
  const values: readonly (boolean | number | string)[] =
    definition.type === 'boolean'
      ? [true, false]
      : definition.type === 'code'
        ? (definition.values ?? []).map((value) => value.id)
        : (input.probes.get(id) ?? []);
  const answers = new Map<
    string,
    {
      answer: string;
      label: Voices;
      stage?: Readonly<Record<string, readonly string[]>>;
      options: { id: string; title: Voices; verdict: OptionVerdict }[];
    }
  >();
  const label = (answer: string): Voices => ({
    clinician: answerWords(definition, answer, 'clinician'),
    patient: answerWords(definition, answer, 'patient'),
  });
  for (const answer of narrowing?.answers ?? [])
    answers.set(answer.answer, { answer: answer.answer, label: label(answer.answer), stage: answer.groups, options: [] });
  // A fact with many answers says enough by the stages that each leaves.
  for (const value of options.length === 0 || values.length > MOST_ANSWERS ? [] : values) {
    const supposed = input.facts.with(id, value);
    const decided = options.flatMap((option) => {
      const treatment = input.treatments.get(option.id);
      if (treatment === undefined) return [];
      const verdict = optionVerdict(treatment, supposed);
      return verdict === 'undecided' || verdict === option.verdict ? [] : [{ id: option.id, title: treatment.title, verdict }];
    });
    const text = String(value);
    const known = answers.get(text);
    if (known) known.options.push(...decided);
    else if (decided.length > 0) answers.set(text, { answer: text, label: label(text), options: decided });
  }
  return [...answers.values()];
}

/** `true` as yes, a code by its name, a number or a stretch of numbers with its unit. */
function answerWords(definition: FactDefinition, answer: string, voice: 'clinician' | 'patient'): string {
  if (definition.type === 'boolean') return answer === 'true' ? 'yes' : 'no';
  if (definition.type === 'code') return valueWords(definition, answer, voice);
  return definition.unit && definition.unit !== '1' ? `${answer} ${unitWords(definition.unit)}` : answer;
}
