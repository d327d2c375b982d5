/**
 * The shape of every knowledge file, checked at run time. It mirrors the types of `@serosa/core`, which are the contract;
 * {@link Agreement} at the end fails to compile when the two differ. All objects are strict: an unknown key is a mistake.
 */
import {
  type CascadeStep,
  type Choice,
  type Claim,
  type Code,
  type Criterion,
  type CriterionOverride,
  type Derivation,
  type DetectionTest,
  type Evidence,
  type Example,
  type FactDefinition,
  type Factor,
  type FactValue,
  type GlossaryTerm,
  type KnowledgeBundle,
  type NumberExpression,
  type Recommendation,
  type Score,
  type ScoreGroup,
  type Site,
  type Source,
  type StagingSystem,
  type StarterCriterion,
  type StarterTrial,
  type Station,
  type SurvivalTable,
  type Symptom,
  TEST_PHASES,
  type TestStep,
  type Topic,
  TRIAL_PHASES,
  TRIAL_STATUSES,
  type Treatment,
  type TrialBundle,
  type Vocabulary,
  type Voices,
} from '@serosa/core';
import { z } from 'zod';

const text = z.string().regex(/\S/, { error: 'empty text' });
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const someOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).readonly();
const may = z.exactOptional;
const factId = text;

// ── criteria ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const criterion: z.ZodType<Criterion> = z.lazy(() => criterionForms);
const number: z.ZodType<NumberExpression> = z.lazy(() => numberForms);

const criterionForms = z.union([
  z.strictObject({
    fact: factId,
    is: may(z.union([z.boolean(), z.string(), z.number()])),
    in: may(list(z.string())),
    lt: may(z.number()),
    lte: may(z.number()),
    gt: may(z.number()),
    gte: may(z.number()),
  }),
  z.strictObject({ judge: z.strictObject({ clinician: text, patient: text }) }),
  z.strictObject({ all: list(criterion) }),
  z.strictObject({ any: list(criterion) }),
  z.strictObject({ not: criterion }),
  z.strictObject({ atLeast: z.int(), of: list(criterion) }),
]);

const numberForms = z.union([
  z.number(),
  z.strictObject({ fact: factId }),
  z.strictObject({ add: list(number) }),
  z.strictObject({ sub: z.tuple([number, number]).readonly() }),
  z.strictObject({ mul: list(number) }),
  z.strictObject({ div: z.tuple([number, number]).readonly() }),
  z.strictObject({ pow: z.tuple([number, z.number()]).readonly() }),
  z.strictObject({ when: criterion, then: number, else: number }),
]);

const choiceOfText = z.strictObject({ when: criterion, then: text });
const choiceOfNumber = z.strictObject({ when: criterion, then: z.number() });

// ── what every file shares ───────────────────────────────────────────────────────────────────────────────────────────

const voices = z.strictObject({ clinician: text, patient: text });

const evidence = z.strictObject({
  sources: someOf(text),
  status: z.enum(['read', 'second-hand', 'unread']),
  note: may(text),
});

const code = z.strictObject({
  system: z.enum(['snomed', 'loinc', 'icd-o-3', 'icd-10', 'ncit', 'hgnc', 'iso-3166']),
  code: text,
});

const claim = z.strictObject({
  id: text,
  text,
  numerator: may(z.number()),
  denominator: may(z.number()),
  percent: may(z.number()),
  months: may(z.number()),
  hazardRatio: may(z.number()),
  oddsRatio: may(z.number()),
  riskRatio: may(z.number()),
  value: may(z.number()),
  against: may(z.strictObject({ text, months: may(z.number()), percent: may(z.number()) })),
  interval: may(z.strictObject({ low: z.number(), high: z.number(), level: z.number() })),
  population: text,
  seriesKind: may(z.enum(['autopsy', 'imaging', 'registry', 'surgical', 'trial', 'review', 'cohort'])),
  evidence,
});

const example = z.strictObject({
  title: text,
  facts: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])),
  expect: z.record(z.string(), z.unknown()),
});

const head = { id: text, title: voices, reviewed: text };
const primary = z.enum(['pleura', 'peritoneum', 'pericardium', 'tunica-vaginalis']);
const basis = z.enum(['clinical', 'pathological']);

// ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const sourceSchema = z.strictObject({
  id: text,
  type: text,
  title: text,
  author: may(list(z.strictObject({ family: may(text), given: may(text), literal: may(text) }))),
  issued: may(z.strictObject({ 'date-parts': list(list(z.number())) })),
  'container-title': may(text),
  publisher: may(text),
  volume: may(text),
  issue: may(text),
  page: may(text),
  DOI: may(text),
  PMID: may(text),
  URL: may(text),
  note: may(text),
});

// ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const factValue = z.strictObject({ id: text, label: text, patient: text, codes: may(list(code)) });

const derivation = z.union([
  z.strictObject({ value: number }),
  z.strictObject({ when: criterion }),
  z.strictObject({ choose: list(choiceOfText), else: may(text) }),
  z.strictObject({ daysSince: factId }),
  z.strictObject({ record: text }),
]);

const cost = z.enum(['question', 'record', 'blood', 'imaging', 'biopsy', 'operation']);

export const factSchema = z.strictObject({
  id: factId,
  type: z.enum(['boolean', 'code', 'number', 'integer', 'date']),
  label: text,
  patient: z.strictObject({ label: text, question: text, where: text }),
  unit: may(text),
  units: may(z.record(z.string(), z.number())),
  range: may(z.strictObject({ min: z.number(), max: z.number() })),
  values: may(list(factValue)),
  codes: may(list(code)),
  currentDays: may(z.number()),
  derive: may(derivation),
  cost,
  learnedBy: list(text),
  askedWhen: may(criterion),
});

const perBasis = may(z.strictObject({ cost: may(cost), learnedBy: may(list(text)) }));

/**
 * A fact as written: with `basis` it stands for one fact per basis, and `{basis}` in its strings is the placeholder.
 * `byBasis` says where one basis differs in what it takes to learn the fact, such as an operation instead of a scan.
 */
export const writtenFactSchema = factSchema.extend({
  basis: may(someOf(basis)),
  byBasis: may(z.strictObject({ clinical: perBasis, pathological: perBasis })),
});
export type WrittenFact = z.infer<typeof writtenFactSchema>;

// ── staging, sites, scores, treatments, symptoms ─────────────────────────────────────────────────────────────────────

const category = z.strictObject({
  lines: list(z.strictObject({ when: criterion, then: text, evidence })),
  else: text,
});

export const stagingSchema = z.strictObject({
  ...head,
  kind: z.literal('staging'),
  primary,
  key: may(text),
  edition: may(z.enum(['8', '9'])),
  inForce: may(voices),
  bases: list(basis),
  notFor: may(z.strictObject({ when: criterion, text: voices, evidence })),
  T: may(z.strictObject({ clinical: may(category), pathological: may(category) })),
  N: may(category),
  M: may(category),
  groups: may(list(z.strictObject({ T: text, N: text, M: text, group: text }))),
  constraints: may(list(criterion)),
  groupsEvidence: may(evidence),
  notes: may(list(z.strictObject({ when: may(criterion), text: voices, evidence }))),
  instead: may(voices.extend({ evidence })),
  claims: may(list(claim)),
  examples: list(example),
});

const route = z.enum(['direct', 'serosal', 'lymphatic', 'blood', 'tract']);
const reach = may(
  z.strictObject({
    routes: list(route),
    stage: may(voices),
    evidence,
  }),
);

/** The category a station makes; `none` where a system exists without one, or no system. */
const nodeCategory = may(z.enum(['N1', 'N2', 'N3', 'M1', 'none']));

const station = z.strictObject({
  id: text,
  name: voices,
  map: may(text),
  means: may(
    z.strictObject({
      pleura: nodeCategory,
      peritoneum: nodeCategory,
      pericardium: nodeCategory,
      'tunica-vaginalis': nodeCategory,
    }),
  ),
  drains: may(voices),
  fact: may(factId),
  evidence,
});

export const siteSchema = z.strictObject({
  ...head,
  kind: z.literal('site'),
  fact: factId,
  from: z.strictObject({ pleura: reach, peritoneum: reach, pericardium: reach, 'tunica-vaginalis': reach }),
  frequencies: list(claim.extend({ primary, place: may(text) })),
  consequence: voices,
  look: voices,
  stations: may(list(station)),
  evidence,
});

const scoreGroup = z.strictObject({
  id: text,
  label: voices,
  when: may(criterion),
  from: may(z.number()),
  to: may(z.number()),
  outcome: may(list(claim)),
  evidence,
});

export const scoreSchema = z.strictObject({
  ...head,
  kind: z.literal('score'),
  primary: list(primary),
  appliesWhen: may(criterion),
  points: may(list(z.strictObject({ label: text, lines: list(choiceOfNumber), else: z.number(), evidence }))),
  scale: may(z.number()),
  groups: list(scoreGroup),
  otherwise: may(voices),
  population: voices,
  whenNotToUse: voices,
  evidence,
  examples: list(example),
});

const recommendation = z.strictObject({
  id: text,
  body: text,
  polarity: z.enum(['for', 'consider', 'trial-only', 'against', 'insufficient', 'approved', 'funded', 'note']),
  when: may(criterion),
  provided: may(criterion),
  regions: may(list(text)),
  text: voices,
  strength: may(text),
  evidence,
});

export const treatmentSchema = z.strictObject({
  ...head,
  kind: z.literal('treatment'),
  group: z.enum(['systemic', 'surgery', 'radiotherapy', 'fluid', 'supportive', 'genetics', 'research']),
  appliesWhen: criterion,
  about: voices,
  limits: list(
    z.strictObject({
      id: text,
      when: criterion,
      severity: z.enum(['absolute', 'relative']),
      ifUnknown: may(z.literal('check')),
      text: voices,
      evidence,
    }),
  ),
  recommendations: list(recommendation),
  regimens: may(list(z.strictObject({ id: text, text, evidence }))),
  monitoring: may(text),
  harms: may(voices),
  benefit: may(list(claim)),
  examples: list(example),
});

export const symptomSchema = z.strictObject({
  ...head,
  kind: z.literal('symptom'),
  trigger: criterion,
  levels: list(
    z.strictObject({ urgency: z.enum(['emergency', 'same-day', 'days', 'next-visit']), when: may(criterion), evidence }),
  ),
  mayMean: voices,
  doNow: voices,
  say: may(voices),
  phrases: may(list(text)),
  examples: list(example),
});

// ── cascade, factors, tests, survival, guide pages ───────────────────────────────────────────────────────────────────

export const cascadeSchema = z.strictObject({
  ...head,
  kind: z.literal('cascade'),
  order: z.int(),
  what: voices,
  routes: list(route),
  support: z.strictObject({ level: z.enum(['human', 'animal', 'cells', 'borrowed']), text: voices, evidence }),
  players: list(z.strictObject({ id: text, name: voices, text: voices, when: may(criterion), evidence })),
  drugs: list(
    z.strictObject({
      id: text,
      name: voices,
      status: z.enum(['standard', 'trial', 'failed', 'laboratory']),
      text: voices,
      treatment: may(text),
      evidence,
    }),
  ),
  evidence,
});

export const factorSchema = z.strictObject({
  ...head,
  kind: z.literal('factor'),
  group: z.enum(['person', 'disease', 'gene', 'immune', 'burden', 'blood']),
  primary: someOf(primary),
  about: voices,
  levels: list(z.strictObject({ id: text, label: voices, when: criterion })),
  effects: list(
    claim.extend({
      outcome: z.enum(['survival', 'progression', 'spread', 'response', 'recurrence']),
      adjusted: z.enum(['yes', 'no', 'unclear']),
      level: may(text),
    }),
  ),
  frequencies: may(list(claim)),
  noEffectKnown: may(voices),
  hypothesis: may(voices),
  evidence,
  examples: list(example),
});

const testStep = z.strictObject({
  id: text,
  body: text,
  polarity: z.enum(['do', 'consider', 'do-not']),
  when: may(criterion),
  regions: may(list(text)),
  strength: may(text),
  text: voices,
  evidence,
});

export const testSchema = z.strictObject({
  ...head,
  kind: z.literal('test'),
  primary: someOf(primary),
  phase: z.enum(TEST_PHASES),
  cost,
  about: voices,
  purpose: voices,
  canMiss: voices,
  tells: list(factId),
  answeredBy: list(someOf(factId)),
  answeredWhen: may(criterion),
  appliesWhen: may(criterion),
  steps: list(testStep),
  questions: list(
    z.strictObject({
      id: text,
      ask: voices,
      says: voices,
      figures: list(
        claim.extend({
          measure: z.enum([
            'sensitivity',
            'specificity',
            'ppv',
            'npv',
            'accuracy',
            'auc',
            'likelihood-ratio-positive',
            'likelihood-ratio-negative',
            'yield',
            'agreement',
            'complication',
            'other',
          ]),
        }),
      ),
    }),
  ),
  caveats: list(z.strictObject({ id: text, when: may(criterion), text: voices, evidence })),
  evidence,
  examples: list(example),
});

export const survivalSchema = z.strictObject({
  ...head,
  kind: z.literal('survival'),
  primary: someOf(primary),
  by: z.enum(['population', 'histology', 'stage', 'treatment', 'site']),
  population: voices,
  caution: voices,
  rows: someOf(z.strictObject({ id: text, label: voices, when: criterion, claims: someOf(claim) })),
  evidence,
  examples: list(example),
});

export const topicSchema = z.strictObject({
  ...head,
  kind: z.literal('topic'),
  answer: voices,
  answerEvidence: evidence,
  asks: list(text),
  keywords: list(text),
  sections: someOf(z.strictObject({ id: text, title: voices, text: voices, evidence })),
  see: list(text),
  explains: list(text),
});

export const vocabularySchema = z.strictObject({
  ...head,
  kind: z.literal('vocabulary'),
  entries: list(z.strictObject({ says: someOf(text), means: someOf(text) })),
});

export const glossaryTermSchema = z.strictObject({
  id: text,
  words: z.strictObject({ patient: someOf(text) }),
  text: z.strictObject({ patient: text }),
  topic: may(text),
});

// ── the starter set of trials ────────────────────────────────────────────────────────────────────────────────────────

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, { error: 'not a SHA-256 in lower-case hexadecimal' });

const starterCriterion = z.strictObject({
  id: z.string().regex(/^[IE]\d+$/, { error: 'not of the form I1 or E1' }),
  side: z.enum(['inclusion', 'exclusion']),
  text,
  requires: criterion,
  evidence,
});

const criterionOverride = z.strictObject({
  quote: text,
  textHash: sha256Hex,
  requires: z.union([criterion, z.enum(['confirm', 'ignore'])]),
  note: may(text),
  signed: z.strictObject({ by: text, date: text }),
  evidence,
});

export const trialSchema = z.strictObject({
  ...head,
  kind: z.literal('trial'),
  acronym: may(text),
  registry: z.strictObject({
    status: z.enum(TRIAL_STATUSES),
    statusAsOf: may(text),
    phases: list(z.enum(TRIAL_PHASES)),
    sponsor: may(text),
    countries: may(someOf(text)),
    countriesMore: may(z.int().min(1)),
    enrolment: may(z.int().min(0)),
    conditions: someOf(text),
  }),
  treatment: z.strictObject({ text, classes: list(text) }),
  setting: may(text),
  facts: list(starterCriterion),
  unverified: may(someOf(text)),
  complete: z.literal(false),
  overrides: may(someOf(criterionOverride)),
  evidence,
});

/** The built starter set of trials, as it is read back from disk. */
export const trialBundleSchema = z.strictObject({
  version: text,
  hash: sha256Hex,
  sources: list(sourceSchema),
  trials: list(trialSchema),
});

/** The built bundle, as `serosa` reads it back from disk. */
export const bundleSchema = z.strictObject({
  version: text,
  hash: sha256Hex,
  sources: list(sourceSchema),
  facts: list(factSchema),
  staging: list(stagingSchema),
  sites: list(siteSchema),
  scores: list(scoreSchema),
  treatments: list(treatmentSchema),
  symptoms: list(symptomSchema),
  cascade: list(cascadeSchema),
  factors: list(factorSchema),
  tests: list(testSchema),
  survival: list(survivalSchema),
  topics: list(topicSchema),
  words: list(vocabularySchema),
  glossary: list(glossaryTermSchema),
});

// ── agreement with the contract ──────────────────────────────────────────────────────────────────────────────────────

/** Property by property, `readonly` of properties aside; two types are the same when these are identical. */
type Plain<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Plain<T[K]> }
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;
type Same<A, B> = (<X>() => X extends Plain<A> ? 1 : 2) extends <X>() => X extends Plain<B> ? 1 : 2 ? true : false;
type Is<T extends true> = T;
type Of<Schema extends z.ZodType> = z.infer<Schema>;

/** Compiles only while each schema and its contract type say the same, keys and optionality included. */
export type Agreement = [
  Is<Same<Of<typeof criterionForms>, Criterion>>,
  Is<Same<Of<typeof numberForms>, NumberExpression>>,
  Is<Same<Of<typeof choiceOfText>, Choice<string>>>,
  Is<Same<Of<typeof voices>, Voices>>,
  Is<Same<Of<typeof evidence>, Evidence>>,
  Is<Same<Of<typeof code>, Code>>,
  Is<Same<Of<typeof claim>, Claim>>,
  Is<Same<Of<typeof example>, Example>>,
  Is<Same<Of<typeof sourceSchema>, Source>>,
  Is<Same<Of<typeof factValue>, FactValue>>,
  Is<Same<Of<typeof derivation>, Derivation>>,
  Is<Same<Of<typeof factSchema>, FactDefinition>>,
  Is<Same<Of<typeof stagingSchema>, StagingSystem>>,
  Is<Same<Of<typeof siteSchema>, Site>>,
  Is<Same<Of<typeof scoreGroup>, ScoreGroup>>,
  Is<Same<Of<typeof scoreSchema>, Score>>,
  Is<Same<Of<typeof recommendation>, Recommendation>>,
  Is<Same<Of<typeof treatmentSchema>, Treatment>>,
  Is<Same<Of<typeof symptomSchema>, Symptom>>,
  Is<Same<Of<typeof station>, Station>>,
  Is<Same<Of<typeof cascadeSchema>, CascadeStep>>,
  Is<Same<Of<typeof factorSchema>, Factor>>,
  Is<Same<Of<typeof testStep>, TestStep>>,
  Is<Same<Of<typeof testSchema>, DetectionTest>>,
  Is<Same<Of<typeof survivalSchema>, SurvivalTable>>,
  Is<Same<Of<typeof topicSchema>, Topic>>,
  Is<Same<Of<typeof vocabularySchema>, Vocabulary>>,
  Is<Same<Of<typeof glossaryTermSchema>, GlossaryTerm>>,
  Is<Same<Of<typeof starterCriterion>, StarterCriterion>>,
  Is<Same<Of<typeof criterionOverride>, CriterionOverride>>,
  Is<Same<Of<typeof trialSchema>, StarterTrial>>,
  Is<Same<Of<typeof trialBundleSchema>, TrialBundle>>,
  Is<Same<Of<typeof bundleSchema>, KnowledgeBundle>>,
];
