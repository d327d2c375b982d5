/**
 * The hand-made gold standard for trial matching, which stands beside the repository: synthetic patients, trials and the verdict
 * of each pair. Here its patients become cases.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  applyOverrides,
  type CaseRecord,
  type CriterionOverride,
  type FactId,
  type Guide,
  normalisedText,
  type PartialDate,
  type Trial,
  type UnplacedOverride,
} from '@serosa/core';
import { readCaseFile, readEligibility, readTrials } from '@serosa/interop';
import { loadKnowledge } from '@serosa/knowledge';
import { readKnowledgeFolder } from '@serosa/knowledge/node';
import { ROOT, SHARED } from './guide.js';

const FILE = path.join(SHARED, 'trials-gold.json');
const RECORDS = path.join(SHARED, 'trials-raw');
export const HAS_GOLD = existsSync(FILE);
/** The records of its trials stand there as well. */
export const HAS_GOLD_RECORDS = HAS_GOLD && existsSync(RECORDS);
/** The day of every reading; how long ago something was is counted back from it. */
export const GOLD_AS_OF: PartialDate = '2026-11-25';

type Value = boolean | number | string;
/** Readings as a case file writes them, numbers with their unit. */
type Readings = Readonly<Record<FactId, Value>>;

interface GoldTherapy {
  readonly agents: readonly string[];
  readonly classes: readonly string[];
  readonly setting: string;
  readonly ended_days_ago: number;
  readonly progressed: boolean;
}

type GoldFacts = Readonly<Record<string, Value>> & { readonly therapies?: readonly GoldTherapy[] };

export interface GoldExpectation {
  readonly trial: string;
  readonly patient: string;
  readonly verdict: 'eligible' | 'ineligible' | 'undetermined';
  /** Ids of the criteria that fail, and of those that stay open. */
  readonly failed: readonly string[];
  readonly undetermined: readonly string[];
  /** Facts, by the name the file gives them, that the open criteria lack. */
  readonly missing: readonly string[];
}

export interface GoldCriterion {
  readonly id: string;
  readonly text: string;
  /** Settled at the site, and taken as met. */
  readonly procedural?: boolean;
}

export interface Gold {
  /** What each fact of the file means. */
  readonly facts: Readonly<Record<string, string>>;
  readonly patients: readonly { readonly id: string; readonly summary: string; readonly facts: GoldFacts }[];
  readonly trials: readonly {
    readonly nct: string;
    readonly name: string;
    readonly scope: string;
    readonly criteria: readonly GoldCriterion[];
  }[];
  readonly expected: readonly GoldExpectation[];
}

/** @throws when the file is absent: ask {@link HAS_GOLD} first */
export function readGold(): Gold {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Gold;
}

type Translate = (value: Value, facts: GoldFacts) => Readings;

const same =
  (fact: FactId): Translate =>
  (value) => ({ [fact]: value });
const inUnit =
  (fact: FactId, unit: string): Translate =>
  (value) => ({ [fact]: `${value} ${unit}` });
/** Readings by the value of the file; a value that is not listed has none, and {@link goldCases} then refuses the file. */
const coded =
  (table: Readonly<Record<string, Readings>>): Translate =>
  (value) =>
    table[String(value)] ?? {};

/** The end of the range of the facts that count days, for what has never been. */
const NEVER = 20_000;
const VIRUS = { negative: 'negative', active: 'active' };
const virus = (fact: FactId, more: Readonly<Record<string, string>>): Translate =>
  coded({
    'not-tested': { [`${fact}-tested`]: false },
    ...Object.fromEntries(Object.entries({ ...VIRUS, ...more }).map(([value, own]) => [value, { [fact]: own }])),
  });
/** An event that has never been, or was so many days ago, where the catalogue counts whole months. */
const event =
  (fact: FactId): Translate =>
  (days) =>
    days === 'none' ? { [fact]: false } : { [fact]: true, [`${fact}-months`]: Math.floor(Number(days) / 30.4375) };

/**
 * Each fact of the file in the facts of the catalogue. A bound is read as the least that it says: a needle of "19 gauge or
 * wider" as 19, "not above grade 1" as 1, complete cytoreduction as CC-0 and incomplete as CC-2.
 */
export const MAPPED: Readonly<Record<string, Translate>> = {
  age: same('person.age'),
  sex: coded({ M: { 'person.sex': 'male' }, F: { 'person.sex': 'female' } }),
  weight_kg: inUnit('person.weight', 'kg'),
  fertile: same('person.childbearing-possible'),
  // A pregnancy test is asked of women only.
  pregnant: (value, { sex }) => ({ 'comorbid.pregnant': value, ...(sex === 'F' ? { 'comorbid.pregnancy-test': value } : {}) }),
  breastfeeding: same('comorbid.breastfeeding'),
  ecog: same('person.ecog'),
  life_weeks: inUnit('person.life-expectancy-weeks', 'wk'),

  confirmed: coded({ histology: { 'tumour.mesothelioma': true }, cytology: { 'tumour.mesothelioma': true } }),
  biopsy: coded({
    open: { 'tumour.sample-type': 'open' },
    'core>=19G': { 'tumour.sample-type': 'core', 'tumour.needle-gauge': 19 },
    fna: { 'tumour.sample-type': 'cytology' },
    'fluid-cytology': { 'tumour.sample-type': 'cytology' },
  }),
  site: coded({ pleural: { 'tumour.primary-site': 'pleura' }, peritoneal: { 'tumour.primary-site': 'peritoneum' } }),
  histology: same('tumour.histology'),
  sarcomatoid_pct: same('tumour.sarcomatoid-percent'),
  tissue_ffpe: same('tumour.tissue-available'),
  resectable: same('tumour.resectable'),
  mtap: coded({
    'homozygous-deletion': { 'marker.mtap': 'lost' },
    'protein-lost': { 'marker.mtap': 'lost' },
    intact: { 'marker.mtap': 'retained' },
  }),
  cdkn2a: coded({ 'homozygous-deletion': { 'marker.cdkn2a': 'deleted' } }),
  cd70_pct: same('marker.cd70'),

  metastatic: same('extent.metastatic'),
  measurable_mrecist: same('extent.measurable-mrecist'),
  measurable_recist: same('extent.measurable-recist'),
  evaluable: same('extent.evaluable'),
  rt_to_measured_sites: same('extent.measurable-irradiated'),
  liver_mets: same('site.liver'),
  bone_mets: same('site.bone'),
  ascites: coded({ false: { 'extent.ascites': 'none' } }),
  pericardial_effusion: same('extent.pericardial-effusion-significant'),
  pleural_effusion_significant: same('extent.effusion-significant'),
  extra_abdominal_spread: (value, { site }) => (site === 'peritoneal' ? { 'peritoneum.extra-abdominal': value } : {}),
  pci: (value) => ({ 'pci.total': value, 'pci.method': 'surgical' }),
  cytoreduction_complete_feasible: (value) => ({ 'peritoneum.cc-predicted': value === true ? 0 : 2 }),
  // What is not quiet may have been treated or not; of the cord the file speaks as of the rest.
  cns: coded({
    none: { 'site.brain': false, 'extent.leptomeningeal': false, 'extent.cord-compression': false },
    'treated-stable': {
      'site.brain': true,
      'extent.brain-metastases': 'treated-stable',
      'extent.brain-symptomatic': false,
      'extent.leptomeningeal': false,
      'extent.cord-compression': false,
    },
    'untreated-asymptomatic': {
      'site.brain': true,
      'extent.brain-metastases': 'untreated',
      'extent.brain-symptomatic': false,
      'extent.leptomeningeal': false,
      'extent.cord-compression': false,
    },
    symptomatic: { 'site.brain': true, 'extent.brain-symptomatic': true, 'extent.leptomeningeal': false },
    leptomeningeal: { 'extent.leptomeningeal': true },
  }),
  cns_stable_weeks: same('extent.brain-stable-weeks'),
  cns_steroid_free_days: same('extent.brain-steroid-free-days'),

  anc: inUnit('lab.neutrophils', '10*9/L'),
  plt: inUnit('lab.platelets', '10*9/L'),
  wbc: inUnit('lab.white-cells', '10*9/L'),
  hb: inUnit('lab.haemoglobin', 'g/dL'),
  bili_mgdl: inUnit('lab.bilirubin', 'mg/dL'),
  bili_xuln: same('lab.bilirubin-times-upper-limit'),
  alt_xuln: same('lab.alt-times-upper-limit'),
  ast_xuln: same('lab.ast-times-upper-limit'),
  alp_xuln: same('lab.alp-times-upper-limit'),
  creat_mgdl: inUnit('lab.creatinine', 'mg/dL'),
  creat_xuln: same('lab.creatinine-times-upper-limit'),
  crcl: (value) => ({ 'lab.creatinine-clearance': `${value} mL/min`, 'lab.creatinine-clearance-method': 'cockcroft-gault' }),
  egfr: inUnit('lab.egfr', 'mL/min/1.73m2'),
  albumin_gdl: inUnit('lab.albumin', 'g/dL'),
  inr: same('lab.inr'),
  aptt_xuln: same('lab.aptt-ratio'),
  cd4: inUnit('lab.cd4', '/uL'),
  hiv: virus('lab.hiv', { controlled: 'treated', uncontrolled: 'active' }),
  hbv: virus('lab.hepatitis-b', { resolved: 'treated' }),
  hcv: virus('lab.hepatitis-c', { cured: 'treated' }),
  organ_function: coded({
    adequate: { 'organ.function-adequate': true },
    inadequate: { 'organ.function-adequate': false },
  }),
  lvef: inUnit('organ.lvef', '%'),
  qtcf: inUnit('organ.qtcf', 'ms'),
  spo2: inUnit('organ.spo2', '%'),
  nyha: (value) => ({ 'organ.nyha': `nyha-${value}` }),

  gilbert: same('comorbid.gilbert'),
  cirrhosis: same('comorbid.cirrhosis'),
  liver_disease_active: same('comorbid.liver-disease-active'),
  long_qt: same('comorbid.long-qt'),
  mi_days_ago: event('comorbid.heart-attack'),
  stroke_days_ago: event('comorbid.stroke'),
  cardiac_significant: same('comorbid.cardiac-significant'),
  autoimmune: coded({
    none: { 'comorbid.autoimmune': 'none' },
    'replaced-endocrine': { 'comorbid.autoimmune': 'controlled-no-therapy', 'comorbid.autoimmune-disease': 'thyroid' },
    active: { 'comorbid.autoimmune': 'active' },
  }),
  infection_active: same('comorbid.infection-active'),
  tb_active: same('comorbid.tuberculosis'),
  immunodeficiency_primary: same('comorbid.immunodeficiency'),
  transplant: coded({ false: { 'comorbid.transplant': 'none' } }),
  ild: coded({
    none: { 'comorbid.interstitial-lung-disease': false, 'comorbid.pneumonitis-previous': false },
    'past-steroid-treated': { 'comorbid.interstitial-lung-disease': false, 'comorbid.pneumonitis-previous': true },
    current: { 'comorbid.interstitial-lung-disease': true },
  }),
  uncontrolled_illness: same('comorbid.uncontrolled-illness'),
  gi_absorption_problem: same('comorbid.malabsorption'),
  neuro_active: same('comorbid.neurological-active'),
  mental_impairment: same('comorbid.cognitive-impairment'),
  amyloid_poems: same('comorbid.amyloidosis'),
  // Cured cancer of the skin stands for its whole class, which trials except together with cancer in situ.
  other_malignancy: coded({
    none: { 'comorbid.other-cancer': false },
    excepted: {
      'comorbid.other-cancer': true,
      'comorbid.other-cancer-kind': 'skin-not-melanoma',
      'comorbid.other-cancer-active': false,
    },
    remission: { 'comorbid.other-cancer': true, 'comorbid.other-cancer-active': false },
    active: { 'comorbid.other-cancer': true, 'comorbid.other-cancer-active': true },
  }),
  other_malignancy_years: inUnit('comorbid.other-cancer-years-free', 'a'),
  allergy_study_drug: coded({ false: { 'comorbid.allergy-antibody': false, 'comorbid.allergy-other': false } }),
  allergy_platinum: same('comorbid.allergy-platinum'),
  platinum_contraindicated: coded({ false: { 'comorbid.hearing-loss': false, 'comorbid.neuropathy-grade': 0 } }),

  steroid_mg: inUnit('drug.prednisolone-equivalent', 'mg/d'),
  immunosuppressant: same('drug.immunosuppressant'),
  live_vaccine_days_ago: (days) =>
    days === 'none'
      ? { 'drug.live-vaccine-recent': false, 'drug.days-since-live-vaccine': NEVER }
      : { 'drug.live-vaccine-recent': Number(days) <= 30, 'drug.days-since-live-vaccine': days },
  other_trial: same('drug.investigational'),
  major_surgery_days_ago: (days) => ({ 'prior.days-since-surgery': days === 'none' ? NEVER : days }),
  pneumonectomy: same('prior.pneumonectomy'),
  toxicity_unresolved: (value) => ({ 'prior.toxicity-grade': value === true ? 2 : 1 }),
  soc_exhausted: same('prior.standard-exhausted'),
  therapies_complete: (value, facts) => ({ 'prior.treatments-complete': value, ...hadNot(facts) }),
};

/** What no reading carries, and why. */
export const UNMAPPED: Readonly<Record<string, string>> = {
  disease: 'Every record is presumed to be of mesothelioma; that it is proven is `confirmed`.',
  therapies: 'Treatments of the record, with what their classes say.',
  extra_abdominal_spread: 'Of a pleural primary it says nothing: all its disease lies outside the abdomen.',
  art_compatible: 'Which antiretroviral drugs go with a lymphodepletion is for the trial team to say.',
  id_consult_cleared: 'The permission of a specialist is a judgement and no fact.',
};

/** The classes of the file, and what tells that one was had. */
const CLASSES: Readonly<Record<string, FactId>> = {
  systemic: 'prior.systemic',
  chemo: 'prior.chemotherapy',
  platinum: 'prior.platinum',
  pemetrexed: 'prior.pemetrexed',
  ici: 'prior.checkpoint-inhibitor',
  radiotherapy: 'prior.radiotherapy',
  cell: 'prior.cell-therapy',
  targeted: 'prior.targeted',
  tead: 'prior.tead-inhibitor',
  cd70: 'prior.cd70-directed',
  'ip-chemo': 'prior.intraperitoneal-chemotherapy',
  investigational: 'prior.investigational',
};
/** Classes that the agents or the kind of a treatment tell already. */
const TOLD = new Set(['antibody', 'rt-radical']);
/** No patient of the file had these, which have no class there: a complete list would name them. */
const NOT_NAMED: readonly FactId[] = [
  'prior.other-chemotherapy',
  'prior.mesothelin-directed',
  'prior.mtap-directed',
  'prior.topoisomerase-conjugate',
];
const PROGRESSED: Readonly<Record<string, FactId>> = {
  chemo: 'prior.progressed-on-chemotherapy',
  ici: 'prior.progressed-on-checkpoint-inhibitor',
};

function hadNot({ therapies = [], therapies_complete }: GoldFacts): Readings {
  if (therapies_complete !== true) return {};
  const had = new Set(therapies.flatMap((therapy) => therapy.classes));
  const absent = Object.entries(CLASSES).flatMap(([name, fact]) => (had.has(name) ? [] : [fact]));
  return Object.fromEntries([...absent, ...NOT_NAMED].map((fact) => [fact, false]));
}

/** What the classes of the treatments say; that the tumour grew on one is derived from the treatment itself. */
function hadAlready({ therapies = [] }: GoldFacts): Readings {
  const readings: Record<FactId, Value> = {};
  for (const name of therapies.flatMap((therapy) => therapy.classes)) {
    const fact = CLASSES[name];
    if (fact !== undefined) readings[fact] = true;
    else if (!TOLD.has(name)) throw new Error(`trials-gold.json: no fact tells of the class ${name}`);
    const progressed = PROGRESSED[name];
    const given = therapies.filter((therapy) => therapy.classes.includes(name));
    if (progressed !== undefined && given.every((therapy) => !therapy.progressed)) readings[progressed] = false;
  }
  return readings;
}

const SETTINGS: Readonly<Record<string, object>> = {
  'first-line': { line: 1 },
  'second-line': { line: 2 },
  neoadjuvant: { intent: 'neoadjuvant' },
  local: {},
};

function treatmentOf(therapy: GoldTherapy): object {
  const setting = SETTINGS[therapy.setting];
  if (setting === undefined) throw new Error(`trials-gold.json: the setting ${therapy.setting} is not known here`);
  const ended = Date.parse(GOLD_AS_OF) - therapy.ended_days_ago * 86_400_000;
  const end = new Date(ended).toISOString().slice(0, 10);
  if (therapy.classes.includes('radiotherapy')) {
    const intent = therapy.classes.includes('rt-radical') ? { intent: 'curative' } : {};
    return { kind: 'radiotherapy', site: therapy.agents.join(', '), end, ...intent };
  }
  const stopped = therapy.progressed ? { stoppedFor: 'progression' } : {};
  return { kind: 'systemic', agents: therapy.agents, end, ...setting, ...stopped };
}

/** The readings of one fact of the file, none for what {@link UNMAPPED} lists. */
export function readingsOf(name: string, facts: GoldFacts): Readings {
  if (name === 'therapies') return hadAlready(facts);
  return MAPPED[name]?.(facts[name] as Value, facts) ?? {};
}

/**
 * Every patient of the file as a case, read as any case file is: units converted, ranges and values checked.
 *
 * @throws when the file is absent, or holds what no reading carries and {@link UNMAPPED} does not list
 */
export function goldCases({
  catalogue,
}: Pick<Guide, 'catalogue'>): readonly { readonly id: string; readonly record: CaseRecord }[] {
  const definitions = [...catalogue.values()];
  return readGold().patients.map(({ id, summary, facts }) => {
    const readings: Record<FactId, Value> = {};
    for (const [name, value] of Object.entries(facts)) {
      const own = readingsOf(name, facts);
      if (Object.keys(own).length === 0 && UNMAPPED[name] === undefined)
        throw new Error(`trials-gold.json, ${id}: no reading carries ${name}: ${JSON.stringify(value)}`);
      for (const [fact, reading] of Object.entries(own)) {
        if ((readings[fact] ?? reading) !== reading) throw new Error(`trials-gold.json, ${id}: ${fact} is given twice`);
        readings[fact] = reading;
      }
    }
    const treatments = (facts.therapies ?? []).map(treatmentOf);
    const file = { serosa: 'case/1', id, title: summary, date: GOLD_AS_OF, facts: readings, treatments };
    const { record, notes } = readCaseFile(JSON.stringify(file), { catalogue: definitions, asOf: GOLD_AS_OF });
    const refused = notes.filter((note) => note.outcome !== 'used');
    if (record === undefined || refused.length > 0)
      throw new Error(`trials-gold.json, ${id}: ${refused.map((note) => `${note.at}: ${note.why}`).join('; ')}`);
    return { id, record };
  });
}

/** A trial of the file in both forms. */
export interface GoldTrial {
  /** As the program reads the record. */
  readonly read: Trial;
  /** With the curated readings. */
  readonly trial: Trial;
  readonly textHash: string;
  readonly overrides: readonly CriterionOverride[];
  readonly unplaced: readonly UnplacedOverride[];
}

/** @throws when a record is absent: ask {@link HAS_GOLD_RECORDS} first */
export async function goldTrials(): Promise<ReadonlyMap<string, GoldTrial>> {
  const { trials: starters } = loadKnowledge(await readKnowledgeFolder(path.join(ROOT, 'knowledge'))).readable;
  return new Map(
    readGold().trials.map(({ nct }): [string, GoldTrial] => {
      const file = `${nct}.json`;
      const [record] = readTrials(readFileSync(path.join(RECORDS, file)), { fileName: file }).trials;
      if (record === undefined) throw new Error(`trials-raw/${file} holds no trial.`);
      const textHash = createHash('sha256')
        .update(normalisedText(record.eligibility.text ?? ''))
        .digest('hex');
      const overrides = starters.find(({ id }) => id === nct)?.overrides ?? [];
      const read = readEligibility(record);
      return [nct, { read, textHash, overrides, ...applyOverrides(read, overrides, textHash) }];
    }),
  );
}
