/** What is asked, topic by topic. Everything that is said of a fact comes from the catalogue; this file only puts facts in order. */
import {
  type FactDefinition,
  type FactId,
  type Guide,
  type NextFact,
  type Snapshot,
  toSay,
  type Verdict,
  type Voices,
} from '@serosa/core';

export interface Topic {
  readonly id: string;
  readonly title: Voices;
  /** Said before the questions. */
  readonly intro?: string;
  /** Asked first and in this order, whatever the case. */
  readonly first: readonly FactId[];
  /** Whose further facts belong here. */
  readonly further?: RegExp;
  /** Signs that a person can answer all at once with "none of these". */
  readonly signs?: boolean;
}

export const TOPICS: readonly Topic[] = [
  {
    id: 'illness',
    title: { clinician: 'Disease', patient: 'The illness' },
    intro: toSay('A clinic letter often has these in its first lines, under “Diagnosis”.'),
    first: ['tumour.primary-site', 'tumour.laterality', 'tumour.histology', 'tumour.diagnosis-date'],
    further: /^(?:tumour|suspicion|tissue)\./,
  },
  {
    id: 'person',
    title: { clinician: 'Person', patient: 'About you' },
    intro: toSay('If you answer for somebody else, “you” means that person.'),
    first: ['person.age', 'person.sex', 'person.country', 'person.ecog', 'person.weight', 'person.height', 'context.caregiver'],
    further: /^(?:person|exposure)\./,
  },
  {
    id: 'signs',
    title: { clinician: 'Warning signs', patient: 'Signs that cannot wait' },
    intro: toSay('If one of these is there now, do not go on here: call your emergency number or your team.'),
    first: [
      'symptom.breathless-sudden-or-at-rest',
      'symptom.chest-pain-sudden',
      'symptom.seizure',
      'symptom.one-sided-weakness',
      'symptom.confusion-sudden',
      'symptom.leg-or-arm-weakness',
      'symptom.saddle-numbness',
      'symptom.headache-sudden-severe',
      'symptom.haemoptysis',
      'symptom.vomiting-blood',
      'symptom.bleeding-heavy',
      'symptom.belly-pain-severe',
      'symptom.airway-swelling',
      'symptom.faint',
    ],
    signs: true,
  },
  {
    id: 'symptoms',
    title: { clinician: 'Symptoms', patient: 'How you are now' },
    first: [
      'symptom.breathless',
      'symptom.breathless-worse',
      'symptom.chest-pain',
      'symptom.cough',
      'symptom.pain-uncontrolled',
      'symptom.temperature',
      'symptom.belly-swelling',
      'symptom.weight-loss',
      'symptom.poor-appetite',
      'symptom.extreme-tiredness',
      'symptom.low-mood',
    ],
    further: /^symptom\./,
  },
  {
    id: 'spread',
    title: { clinician: 'Extent and sites', patient: 'Where it has been seen' },
    intro: toSay(
      'Scan reports tell this. Say “no” only where a report says that the place is clear. If nothing is said of a place, leave it open.',
    ),
    first: [
      'extent.effusion',
      'extent.ascites',
      'site.mediastinal-nodes',
      'site.contralateral-lung',
      'site.peritoneum',
      'site.liver',
      'site.bone',
      'site.brain',
      'pci.total',
    ],
    further: /^(?:extent|site|clinical|pathological|pci|peritoneum)\./,
  },
  {
    id: 'treatment',
    title: { clinician: 'Treatment so far', patient: 'Treatment so far' },
    first: ['prior.systemic', 'prior.treatments-complete', 'prior.progressing'],
    further: /^prior\./,
  },
  {
    id: 'health',
    title: { clinician: 'Comorbidity and drugs', patient: 'Other illnesses and medicines' },
    first: [
      'comorbid.autoimmune',
      'comorbid.interstitial-lung-disease',
      'comorbid.heart-failure',
      'comorbid.heart-attack',
      'comorbid.transplant',
      'comorbid.other-cancer',
      'drug.prednisolone-equivalent',
      'drug.anticoagulant',
      'drug.immunosuppressant',
    ],
    further: /^(?:comorbid|drug)\./,
  },
  {
    id: 'results',
    title: { clinician: 'Laboratory, markers, function', patient: 'Blood tests and tissue' },
    intro: toSay('Only if you have the papers at hand. Your team has all of these.'),
    first: [
      'lab.creatinine',
      'lab.haemoglobin',
      'lab.platelets',
      'lab.neutrophils',
      'lab.lymphocytes',
      'lab.albumin',
      'marker.bap1',
      'marker.mtap',
      'marker.pdl1',
      'marker.germline',
    ],
    further: /^(?:lab|marker|organ|imaging|test|visit)\./,
  },
  {
    id: 'wishes',
    title: { clinician: 'Preferences and setting', patient: 'What matters to you' },
    first: [
      'pref.goal',
      'pref.declines-surgery',
      'pref.declines-chemotherapy',
      'pref.declines-immunotherapy',
      'pref.declines-radiotherapy',
      'pref.declines-trial',
      'context.centre',
      'context.lives-alone',
    ],
    further: /^(?:pref|context)\./,
  },
];

/** How many further questions of a topic are put at once: those that would settle most. */
const MOST_WORTH = 5;

export interface TopicQuestions {
  /** In the order in which they are put. */
  readonly asked: readonly FactDefinition[];
  /** Everything else of the topic that somebody may know: shown on demand. */
  readonly rest: readonly FactDefinition[];
}

/**
 * The questions of a topic for a case: its first ones, those of which something is already told, and the further ones that would settle
 * most. What is worked out from other facts is not asked, and neither is what another answer rules out.
 *
 * @param told facts that were answered here; they stay in sight, so that an answer can be changed
 */
export function questionsOf(
  topic: Topic,
  guide: Guide,
  facts: Snapshot,
  next: readonly NextFact[],
  told: ReadonlySet<FactId>,
): TopicQuestions {
  const { catalogue } = guide;
  const whenOf = ({ id, askedWhen }: FactDefinition): Verdict =>
    told.has(id) || askedWhen === undefined ? 'true' : facts.verdict(askedWhen);
  const fits = (definition: FactDefinition): boolean => whenOf(definition) !== 'false';
  const own = guide.bundle.facts.filter(
    ({ id }) => topic.further?.test(id) && !topic.first.includes(id) && !elsewhere(topic, id),
  );
  const worth = new Set(
    next
      .map(({ fact }) => fact)
      // What hangs on another answer comes after that answer.
      .filter((fact) => own.some((definition) => definition.id === fact && whenOf(definition) === 'true'))
      .slice(0, MOST_WORTH),
  );
  const first = topic.first.map((id) => catalogue.get(id)).filter((definition) => definition !== undefined);
  const asked = [...first, ...own.filter(({ id }) => told.has(id) || worth.has(id))].filter(fits);
  const rest = own.filter((definition) => !asked.includes(definition) && definition.derive === undefined && fits(definition));
  return { asked, rest };
}

/** A fact that another topic names first is asked there. */
const elsewhere = (topic: Topic, id: FactId): boolean => TOPICS.some((other) => other !== topic && other.first.includes(id));
