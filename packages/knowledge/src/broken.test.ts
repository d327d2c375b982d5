/** Broken knowledge: the good one with one thing made wrong. Each fault is found, under its code, at its place. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECKS, lintKnowledge } from './lint.js';
import { loadKnowledge } from './load.js';
import { readKnowledgeFolder } from './node.js';

const good = await readKnowledgeFolder(fileURLToPath(new URL('../fixtures/good', import.meta.url)));
const options = { asOf: '2026-11-24', recordFunctions: ['lines-systemic'] };

interface Fault {
  readonly code: string;
  readonly name: string;
  readonly file: string;
  /** What is replaced, once, by what. */
  readonly swap: readonly [from: string, to: string];
  /** What stands at the place in the broken text; the last occurrence when `last`. */
  readonly where: string;
  readonly keys?: string;
  readonly last?: true;
  /** Other problems that follow from the same fault. */
  readonly also?: readonly string[];
}

const FACTS = 'facts/all.yaml';
const SOURCES = 'sources/all.json';
const STAGING = 'staging/demo.yaml';
const SITE = 'sites/liver.yaml';
const SCORE = 'scores/weight-points.yaml';
const TREATMENT = 'treatments/rest.yaml';
const SYMPTOM = 'symptoms/cough.yaml';
const CASCADE = 'cascade/detachment.yaml';
const FACTOR = 'factors/weight.yaml';
const TEST = 'tests/scan.yaml';
const TOPIC = 'topics/cough-page.yaml';
const WORDS = 'words/lay.yaml';
const GLOSSARY = 'glossary/terms.yaml';
const TRIAL = 'trials/nct01234567.yaml';

const FAULTS: readonly Fault[] = [
  // loading
  {
    code: 'syntax',
    name: 'a key twice',
    file: SITE,
    swap: ['fact: site.liver', 'fact: site.liver\nfact: site.liver'],
    where: 'fact: site.liver',
    last: true,
  },
  { code: 'syntax', name: 'bad YAML', file: SITE, swap: ['{ clinician: CT, ', '{ clinician: CT: '], where: 'patient: A scan' },
  {
    code: 'syntax',
    name: 'YAML that is not JSON',
    file: SOURCES,
    swap: ['"A made-up paper"', "'A made-up paper'"],
    where: "'A made-up paper'",
  },
  {
    code: 'syntax',
    name: 'an unknown tag',
    file: SITE,
    swap: ['fact: site.liver', 'fact: !secret site.liver'],
    where: '!secret',
  },
  {
    code: 'schema',
    name: 'an unknown key',
    file: SITE,
    swap: ['fact: site.liver', 'fact: site.liver\nfacts: 3'],
    where: 'facts: 3',
    keys: 'facts',
  },
  {
    code: 'schema',
    name: 'a key left out',
    file: SITE,
    swap: ['seriesKind: autopsy', 'serieskind: autopsy'],
    where: 'serieskind',
    keys: 'frequencies[0].serieskind',
  },
  {
    code: 'schema',
    name: 'a wrong word',
    file: SITE,
    swap: ['routes: [blood]', 'routes: [wind]'],
    where: 'wind',
    keys: 'from.pleura.routes[0]',
  },
  {
    code: 'schema',
    name: 'a number as text',
    file: SITE,
    swap: ['percent: 33', "percent: '33'"],
    where: 'percent:',
    keys: 'frequencies[0].percent',
  },
  {
    code: 'schema',
    name: 'evidence without a source',
    file: SITE,
    swap: ['sources: [made-up-paper], status: second-hand', 'sources: [], status: second-hand'],
    where: 'sources: []',
    keys: 'from.pleura.evidence.sources',
  },
  {
    code: 'schema',
    name: 'a bound that is no number, deep in a criterion',
    file: TREATMENT,
    swap: ['gte: 20', 'gte: low'],
    where: 'gte: low',
    keys: 'limits[0].when.any[1].gte',
  },
  {
    code: 'schema',
    name: 'a criterion of no known form',
    file: SYMPTOM,
    swap: ['trigger: { fact: symptom.cough, is: true }', 'trigger: { some: [] }'],
    where: 'trigger',
    keys: 'trigger',
  },
  {
    code: 'schema',
    name: 'a fact without its question',
    file: FACTS,
    swap: ['question: Do you have a cough?, ', ''],
    where: 'patient: { label: Cough',
    keys: '[9].patient.question',
  },
  {
    code: 'basis-placeholder',
    name: 'a basis without its placeholder',
    file: FACTS,
    swap: ["id: '{basis}.t.deep'", 'id: clinical.t.deep'],
    where: 'id: clinical.t.deep',
    keys: '[5].id',
  },
  { code: 'file-place', name: 'a file in no known folder', file: 'stories/one.yaml', swap: ['', 'id: one'], where: 'id' },
  { code: 'version', name: 'a version of another form', file: 'VERSION', swap: ['2026.11.0', 'v1'], where: 'v1' },
  {
    code: 'source-conflict',
    name: 'a source twice, with other content',
    file: 'sources/more.json',
    swap: ['', '[{ "id": "made-up-paper", "type": "book", "title": "Other", "DOI": "10.1000/other" }]'],
    where: '"id"',
    keys: '[0].id',
  },
  // ids and facts
  {
    code: 'id-file',
    name: 'an id that is not the file name',
    file: SITE,
    swap: ['id: liver', 'id: livers'],
    where: 'id: livers',
    keys: 'id',
  },
  {
    code: 'frequency-place',
    name: 'a frequency at a place of another site',
    file: SITE,
    swap: ['percent: 33', 'percent: 33\n    place: brain'],
    where: 'place: brain',
    keys: 'frequencies[0].place',
  },
  {
    code: 'id-unique',
    name: 'a fact twice',
    file: FACTS,
    swap: ['id: site.liver', 'id: symptom.cough'],
    where: 'id: symptom.cough',
    keys: '[9].id',
    last: true,
    also: ['fact-unknown', 'example-fact', 'site-fact'],
  },
  {
    code: 'id-unique',
    name: 'two groups of one id',
    file: SCORE,
    swap: ['id: high\n', 'id: low\n'],
    where: 'id: low\n',
    last: true,
    keys: 'groups[1].id',
  },
  {
    code: 'fact-definition',
    name: 'a number without a unit',
    file: FACTS,
    swap: ['  unit: cm\n', ''],
    where: 'id: person.height',
    keys: '[2].id',
  },
  {
    code: 'fact-definition',
    name: 'a number without a range',
    file: FACTS,
    swap: ['  range: { min: 100, max: 230 }\n', ''],
    where: 'id: person.height',
    keys: '[2].id',
  },
  {
    code: 'fact-definition',
    name: 'a range upside down',
    file: FACTS,
    swap: ['min: 100, max: 230', 'min: 230, max: 100'],
    where: 'range: { min: 230',
    keys: '[2].range',
  },
  {
    code: 'fact-definition',
    name: 'a code without values',
    file: FACTS,
    swap: [
      '  values:\n    - { id: us, label: United States, patient: the United States }\n    - { id: eu, label: European Union, patient: the European Union }\n',
      '',
    ],
    where: 'id: person.region',
    keys: '[0].id',
    also: ['example-fact'],
  },
  {
    code: 'fact-unknown',
    name: 'a fact that does not exist',
    file: TREATMENT,
    swap: ['fact: person.light', 'fact: person.lite'],
    where: 'fact: person.lite',
    keys: 'limits[0].when.any[0].fact',
  },
  {
    code: 'fact-unknown',
    name: 'a placeholder where no basis is',
    file: SCORE,
    swap: ['{ fact: symptom.cough, is: true }', "{ fact: '{basis}.t.deep', is: deep }"],
    where: "fact: '{basis}",
    keys: 'points[1].lines[0].when.fact',
  },
  {
    code: 'fact-unknown',
    name: 'an unknown stage',
    file: TREATMENT,
    swap: ['fact: stage.pleura.demo.clinical.group', 'fact: stage.pleura.tnm9.clinical.group'],
    where: 'fact: stage',
    keys: 'appliesWhen.not.fact',
  },
  {
    code: 'fact-comparison',
    name: 'a value that the code has not',
    file: STAGING,
    swap: ["{ fact: '{basis}.t.deep', is: none }", "{ fact: '{basis}.t.deep', is: nowhere }"],
    where: 'is: nowhere',
    keys: 'constraints[0].not.all[0].is',
  },
  {
    code: 'fact-comparison',
    name: 'a stage that the system has not',
    file: TREATMENT,
    swap: ['in: [IV]', 'in: [IVB]'],
    where: 'in: [IVB]',
    keys: 'appliesWhen.not.in',
  },
  {
    code: 'fact-comparison',
    name: 'a bound on a boolean',
    file: SYMPTOM,
    swap: ['trigger: { fact: symptom.cough, is: true }', 'trigger: { fact: symptom.cough, gt: 0 }'],
    where: 'gt: 0',
    keys: 'trigger.gt',
  },
  {
    code: 'fact-comparison',
    name: 'a word for a number',
    file: SCORE,
    swap: ['{ fact: person.weight, lt: 50 }', '{ fact: person.weight, is: light }'],
    where: 'is: light',
    keys: 'points[0].lines[0].when.is',
  },
  {
    code: 'fact-comparison',
    name: 'a bound outside the range',
    file: SCORE,
    swap: ['lt: 50', 'lt: 5'],
    where: 'lt: 5 ',
    keys: 'points[0].lines[0].when.lt',
  },
  {
    code: 'fact-comparison',
    name: 'a date in a criterion',
    file: SYMPTOM,
    swap: ['trigger: { fact: symptom.cough, is: true }', 'trigger: { fact: tumour.diagnosis-date, is: 2020 }'],
    where: 'is: 2020',
    keys: 'trigger.is',
  },
  {
    code: 'criterion-form',
    name: 'any of nothing',
    file: SYMPTOM,
    swap: ['trigger: { fact: symptom.cough, is: true }', 'trigger: { any: [] }'],
    where: 'any: []',
    keys: 'trigger.any',
  },
  {
    code: 'derive-type',
    name: 'a boolean from a number',
    file: FACTS,
    swap: ['derive: { when: { fact: person.mass-index, lt: 18.5 } }', 'derive: { value: 3 }'],
    where: 'value: 3',
    keys: '[4].derive.value',
  },
  {
    code: 'derive-cycle',
    name: 'a fact from itself',
    file: FACTS,
    swap: ['mul: [{ fact: person.height }, 0.01]', 'mul: [{ fact: person.mass-index }, 0.01]'],
    where: 'derive:',
    keys: '[3].derive',
  },
  {
    code: 'derive-record',
    name: 'no such function',
    file: FACTS,
    swap: ['record: lines-systemic', 'record: lines'],
    where: 'record: lines',
    keys: '[7].derive.record',
  },
  {
    code: 'code-form',
    name: 'a wrong SNOMED CT check digit',
    file: FACTS,
    swap: ["'128462008'", "'128462009'"],
    where: "code: '128462009'",
    keys: '[6].codes[0].code',
  },
  {
    code: 'code-form',
    name: 'a wrong LOINC check digit',
    file: FACTS,
    swap: ['29463-7', '29463-1'],
    where: 'code: 29463-1',
    keys: '[1].codes[0].code',
  },
  // sources and evidence
  {
    code: 'source-unknown',
    name: 'a source that does not exist',
    file: SYMPTOM,
    swap: ['{ urgency: days, evidence: { sources: [made-up-paper]', '{ urgency: days, evidence: { sources: [made-up-papers]'],
    where: 'made-up-papers',
    keys: 'levels[1].evidence.sources[0]',
  },
  {
    code: 'source-identifier',
    name: 'a source that cannot be found',
    file: SOURCES,
    swap: [',\n    "DOI": "10.1000/made.up"', ''],
    where: '"id": "made-up-paper"',
    keys: '[0].id',
  },
  {
    code: 'identifier-form',
    name: 'a DOI as an address',
    file: SOURCES,
    swap: ['10.1000/made.up', 'https://doi.org/10.1000/made.up'],
    where: '"DOI"',
    keys: '[0].DOI',
  },
  {
    code: 'identifier-form',
    name: 'an address without a scheme',
    file: SOURCES,
    swap: ['https://example.org/trials/1', 'example.org/trials/1'],
    where: '"URL"',
    keys: '[1].URL',
  },
  {
    code: 'identifier-form',
    name: 'an NCT id of seven digits',
    file: SOURCES,
    swap: ['NCT01234567', 'NCT0123456'],
    where: '"note"',
    keys: '[1].note',
  },
  {
    code: 'rule-unread',
    name: 'a staging line that nobody read',
    file: STAGING,
    swap: [
      'then: M1, evidence: { sources: [made-up-paper], status: read',
      'then: M1, evidence: { sources: [made-up-paper], status: unread',
    ],
    where: 'status: unread',
    keys: 'M.lines[0].evidence.status',
  },
  {
    code: 'rule-unread',
    name: 'points at second hand',
    file: SCORE,
    swap: ['status: read', 'status: second-hand'],
    where: 'status: second-hand',
    keys: 'points[0].evidence.status',
  },
  {
    code: 'rule-unread',
    name: 'an urgency that nobody read',
    file: SYMPTOM,
    swap: ['status: read', 'status: unread'],
    where: 'status: unread',
    keys: 'levels[0].evidence.status',
  },
  // figures
  {
    code: 'claim-count',
    name: 'more than all',
    file: SITE,
    swap: ['numerator: 33', 'numerator: 133'],
    where: 'numerator',
    keys: 'frequencies[0].numerator',
    also: ['claim-percent'],
  },
  {
    code: 'claim-percent',
    name: 'a percentage that does not follow',
    file: SITE,
    swap: ['percent: 33', 'percent: 34'],
    where: 'percent: 34',
    keys: 'frequencies[0].percent',
  },
  {
    code: 'claim-value',
    name: 'a hazard ratio of nothing',
    file: TREATMENT,
    swap: ['hazardRatio: 0.8', 'hazardRatio: 0'],
    where: 'hazardRatio',
    keys: 'benefit[0].hazardRatio',
    also: ['interval-estimate'],
  },
  {
    code: 'interval-order',
    name: 'an interval upside down',
    file: TREATMENT,
    swap: ['low: 0.7, high: 0.92', 'low: 0.92, high: 0.7'],
    where: 'interval',
    keys: 'benefit[0].interval',
  },
  {
    code: 'interval-level',
    name: 'a level in percent',
    file: TREATMENT,
    swap: ['level: 0.95', 'level: 95'],
    where: 'level: 95',
    keys: 'benefit[0].interval.level',
  },
  {
    code: 'interval-estimate',
    name: 'an interval beside its estimate',
    file: SCORE,
    swap: ['low: 9, high', 'low: 13, high'],
    where: 'interval',
    keys: 'groups[1].outcome[0].interval',
  },
  // texts
  {
    code: 'patient-dose',
    name: 'a dose for a patient',
    file: TREATMENT,
    swap: ['patient: You rest.', 'patient: You rest and take 5 mg a day.'],
    where: 'patient: You rest and',
    keys: 'about.patient',
  },
  {
    code: 'patient-reading',
    name: 'hard words',
    file: SITE,
    swap: [
      'Most people do not feel it.',
      'Predominantly asymptomatic; haematological abnormalities and constitutional manifestations necessitate comprehensive multidisciplinary investigation and individualised radiological surveillance, considering anticipated physiological deterioration.',
    ],
    where: 'title',
    keys: 'title',
  },
  {
    code: 'known-wrong',
    name: 'an inverted hazard ratio',
    file: TREATMENT,
    swap: [
      'text: Made-up trial, overall survival\n    hazardRatio: 0.8\n    interval: { low: 0.7, high: 0.92, level: 0.95 }',
      'text: CheckMate 743, overall survival\n    hazardRatio: 1.33',
    ],
    where: 'id: rest-trial',
    keys: 'benefit[0]',
  },
  {
    code: 'known-wrong',
    name: 'an appraisal that does not exist',
    file: TREATMENT,
    swap: ['body: Nobody 2024', 'body: NICE TA553'],
    where: 'id: G1',
    keys: 'recommendations[0]',
  },
  {
    code: 'known-wrong',
    name: 'a misprinted guideline',
    file: SITE,
    swap: ['clinician: Often silent.', 'clinician: See NG151.'],
    where: 'id: liver',
    keys: '',
  },
  // staging, scores, sites, symptoms, treatments
  {
    code: 'staging-complete',
    name: 'a system without M',
    file: STAGING,
    swap: [
      'M:\n  lines:\n    - { when: { fact: site.liver, is: true }, then: M1, evidence: { sources: [made-up-paper], status: read } }\n  else: M0\n',
      '',
    ],
    where: 'key: demo',
    keys: 'key',
    also: ['staging-cells'],
  },
  {
    code: 'staging-cells',
    name: 'a cell without a group',
    file: STAGING,
    swap: ['  - { T: T2, N: N0, M: M0, group: II }\n', ''],
    where: 'groups:',
    keys: 'groups',
    also: ['example-fact'],
  },
  {
    code: 'staging-cells',
    name: 'a category that no rule gives',
    file: STAGING,
    swap: ['{ T: T2, N: N0', '{ T: T2, N: N1'],
    where: 'N: N1',
    keys: 'groups[2].N',
  },
  {
    code: 'score-groups',
    name: 'totals that no group takes',
    file: SCORE,
    swap: ['from: 2', 'from: 3'],
    where: 'groups:',
    keys: 'groups',
  },
  {
    code: 'score-groups',
    name: 'totals that two groups take',
    file: SCORE,
    swap: ['from: 2', 'from: 1'],
    where: 'groups:',
    keys: 'groups',
  },
  {
    code: 'site-fact',
    name: 'a site whose fact is no boolean',
    file: SITE,
    swap: ['fact: site.liver', 'fact: person.weight'],
    where: 'fact: person.weight',
    keys: 'fact',
  },
  {
    code: 'symptom-levels',
    name: 'levels out of order',
    file: SYMPTOM,
    swap: ['urgency: same-day', 'urgency: next-visit'],
    where: 'urgency: days',
    keys: 'levels[1].urgency',
  },
  {
    code: 'symptom-levels',
    name: 'a last level with a condition',
    file: SYMPTOM,
    swap: ['urgency: days,', 'urgency: days, when: { fact: symptom.cough, is: true },'],
    where: '{ urgency: days',
    keys: 'levels[1]',
  },
  {
    code: 'treatment-region',
    name: 'an unknown region',
    file: TREATMENT,
    swap: ['regions: [eu]', 'regions: [mars]'],
    where: 'mars',
    keys: 'recommendations[0].regions[0]',
  },
  {
    code: 'source-twice',
    name: 'a work under two ids',
    file: SOURCES,
    swap: ['"URL": "https://example.org/trials/1"', '"DOI": "10.1000/MADE.up"'],
    where: '"DOI": "10.1000/MADE.up"',
    keys: '[1].DOI',
  },
  {
    code: 'claim-direction',
    name: 'a hazard ratio that goes with the longer median',
    file: FACTOR,
    swap: ['months: 9', 'months: 19'],
    where: 'hazardRatio',
    keys: 'effects[0].hazardRatio',
  },
  {
    code: 'interval-estimate',
    name: 'an interval beside its ratio',
    file: FACTOR,
    swap: ['low: 1.1, high: 2.0', 'low: 1.6, high: 2.0'],
    where: 'interval',
    keys: 'effects[0].interval',
  },
  {
    code: 'claim-value',
    name: 'an odds ratio of nothing',
    file: FACTOR,
    swap: ['    hazardRatio: 1.5\n    interval: { low: 1.1, high: 2.0, level: 0.95 }', '    oddsRatio: 0'],
    where: 'oddsRatio',
    keys: 'effects[0].oddsRatio',
  },
  {
    code: 'factor-effect',
    name: 'an effect of no level',
    file: FACTOR,
    swap: ['level: light', 'level: heavy'],
    where: 'level: heavy',
    keys: 'effects[0].level',
  },
  {
    code: 'cascade-order',
    name: 'a seventh step',
    file: CASCADE,
    swap: ['order: 1', 'order: 7'],
    where: 'order: 7',
    keys: 'order',
  },
  {
    code: 'cascade-order',
    name: 'a drug of no treatment',
    file: CASCADE,
    swap: ['treatment: rest', 'treatment: sleep'],
    where: 'treatment: sleep',
    keys: 'drugs[0].treatment',
  },
  {
    code: 'test-use',
    name: 'a test of which nothing is the answer',
    file: TEST,
    swap: ['answeredBy: [[site.liver]]', 'answeredBy: []'],
    where: 'answeredBy',
    keys: 'answeredBy',
  },
  {
    code: 'fact-unknown',
    name: 'a test that tells no known fact',
    file: TEST,
    swap: ['tells: [site.liver]', 'tells: [site.moon]'],
    where: 'site.moon',
    keys: 'tells[0]',
  },
  {
    code: 'treatment-region',
    name: 'an unknown region of a test',
    file: TEST,
    swap: ['regions: [us]', 'regions: [mars]'],
    where: 'mars',
    keys: 'steps[0].regions[0]',
  },
  {
    code: 'topic-link',
    name: 'a link that leads nowhere',
    file: TOPIC,
    swap: ['[[rest-page]]', '[[sleep-page]]'],
    where: "clinician: 'See [[sleep-page]].'",
    keys: 'sections[0].text.clinician',
  },
  {
    code: 'topic-link',
    name: 'a page that says to read itself next',
    file: TOPIC,
    swap: ['see: [rest-page]', 'see: [cough-page]'],
    where: 'cough-page]',
    keys: 'see[0]',
  },
  {
    code: 'topic-length',
    name: 'a page of six minutes',
    file: TOPIC,
    swap: ['Ask.', 'Ask again. '.repeat(600).trim()],
    where: 'sections',
    keys: 'sections',
  },
  {
    code: 'topic-citation',
    name: 'a section that nobody has read a source for',
    file: TOPIC,
    swap: [
      "how to rest]].' }\n    evidence: { sources: [made-up-paper], status: read }",
      "how to rest]].' }\n    evidence: { sources: [made-up-paper], status: unread }",
    ],
    where: 'status: unread',
    keys: 'sections[0].evidence.status',
  },
  {
    code: 'vocabulary-entry',
    name: 'a word in two entries',
    file: WORDS,
    swap: ['[lie down]', '[lie down, Barking]'],
    where: 'Barking',
    keys: 'entries[1].says[1]',
  },
  {
    code: 'glossary-term',
    name: 'a word of two terms',
    file: GLOSSARY,
    swap: ['[rest]', '[rest, Coughs]'],
    where: 'Coughs',
    keys: '[1].words.patient[1]',
  },
  {
    code: 'glossary-term',
    name: 'a term that is there twice',
    file: GLOSSARY,
    swap: ['id: rest', 'id: cough'],
    where: 'id: cough',
    keys: '[1].id',
    last: true,
  },
  {
    code: 'glossary-term',
    name: 'an explanation of three sentences',
    file: GLOSSARY,
    swap: ['A time without work.', 'A time. It is good. Take it.'],
    where: 'patient: A time.',
    keys: '[1].text.patient',
  },
  {
    code: 'glossary-term',
    name: 'a page that is not there',
    file: GLOSSARY,
    swap: ['topic: cough-page', 'topic: sneeze-page'],
    where: 'topic: sneeze-page',
    keys: '[0].topic',
  },
  {
    code: 'schema',
    name: 'a term without words',
    file: GLOSSARY,
    swap: ['[rest]', '[]'],
    where: 'patient: []',
    keys: '[1].words.patient',
  },
  {
    code: 'schema',
    name: 'a status that no registry has',
    file: TRIAL,
    swap: ['status: RECRUITING', 'status: OPEN'],
    where: 'status: OPEN',
    keys: 'registry.status',
  },
  {
    code: 'schema',
    name: 'a starter trial that claims to be complete',
    file: TRIAL,
    swap: ['complete: false', 'complete: true'],
    where: 'complete: true',
    keys: 'complete',
  },
  {
    code: 'schema',
    name: 'an override without the hash of its text',
    file: TRIAL,
    swap: ['textHash: 5feceb66', 'textHash: 5FECEB66'],
    where: 'textHash',
    keys: 'overrides[0].textHash',
  },
  {
    code: 'id-file',
    name: 'a trial in a file of another name',
    file: TRIAL,
    swap: ['id: NCT01234567', 'id: NCT01234568'],
    where: 'id: NCT01234568',
    keys: 'id',
  },
  {
    code: 'trial-id',
    name: 'a trial of no registry',
    file: TRIAL,
    swap: ['id: NCT01234567', 'id: REST-1'],
    where: 'id: REST-1',
    keys: 'id',
    also: ['id-file'],
  },
  {
    code: 'trial-id',
    name: 'an inclusion called an exclusion',
    file: TRIAL,
    swap: ['- id: I1', '- id: E2'],
    where: 'id: E2',
    keys: 'facts[0].id',
  },
  {
    code: 'id-unique',
    name: 'two criteria with one id',
    file: TRIAL,
    swap: ['id: E1\n    side: exclusion', 'id: I1\n    side: inclusion'],
    where: 'id: I1\n    side: inclusion\n    text: A deposit',
    keys: 'facts[1].id',
  },
  {
    code: 'trial-status',
    name: 'a status of a month that does not exist',
    file: TRIAL,
    swap: ["'2026-01'", "'2026-13'"],
    where: 'statusAsOf',
    keys: 'registry.statusAsOf',
  },
  {
    code: 'trial-status',
    name: 'a status of the future',
    file: TRIAL,
    swap: ["'2026-01'", "'2026-12'"],
    where: 'statusAsOf',
    keys: 'registry.statusAsOf',
  },
  {
    code: 'trial-status',
    name: 'a trial that recruits on no day',
    file: TRIAL,
    swap: ["  statusAsOf: '2026-01'\n", ''],
    where: 'status: RECRUITING',
    keys: 'registry.status',
  },
  {
    code: 'trial-country',
    name: 'a country that no one can live in',
    file: TRIAL,
    swap: ['countries: [us]', 'countries: [us, xx]'],
    where: 'xx]',
    keys: 'registry.countries[1]',
  },
  {
    code: 'trial-override',
    name: 'an override signed on a day that does not exist',
    file: TRIAL,
    swap: ["date: '2026-01-10' }", "date: '2026-02-30' }"],
    where: "date: '2026-02-30'",
    keys: 'overrides[0].signed.date',
  },
  {
    code: 'trial-override',
    name: 'an override signed in the future',
    file: TRIAL,
    swap: ["date: '2026-01-10' }", "date: '2027-01-10' }"],
    where: "date: '2027-01-10'",
    keys: 'overrides[0].signed.date',
  },
  {
    code: 'trial-override',
    name: 'a quote with a blank too many',
    file: TRIAL,
    swap: ['Body weight of at least 40 kg', "'Body  weight of at least 40 kg'"],
    where: 'quote',
    keys: 'overrides[0].quote',
  },
  {
    code: 'fact-unknown',
    name: 'an override that asks an unknown fact',
    file: TRIAL,
    swap: ['requires: { fact: person.weight, gte: 40 }\n    signed', 'requires: { fact: person.mass, gte: 40 }\n    signed'],
    where: 'fact: person.mass',
    keys: 'overrides[0].requires.fact',
  },
  {
    code: 'fact-comparison',
    name: 'a criterion of a trial beyond what can be',
    file: TRIAL,
    swap: ['gte: 40', 'gte: 4000'],
    where: 'gte: 4000',
    keys: 'facts[0].requires.gte',
  },
  {
    code: 'source-unknown',
    name: 'a criterion of a trial on no source',
    file: TRIAL,
    swap: ['gte: 40 }\n    evidence: { sources: [made-up-record]', 'gte: 40 }\n    evidence: { sources: [hearsay]'],
    where: 'hearsay',
    keys: 'facts[0].evidence.sources[0]',
  },
  {
    code: 'patient-dose',
    name: 'a dose in the title of a trial',
    file: TRIAL,
    swap: ['patient: Does rest help', 'patient: Does 40 mg of rest help'],
    where: 'patient: Does',
    keys: 'title.patient',
  },
  {
    code: 'example-fact',
    name: 'an example of no known fact',
    file: SCORE,
    swap: ['person.weight: 45', 'person.mass: 45'],
    where: 'person.mass',
    keys: 'examples[0].facts.person.mass',
  },
  {
    code: 'example-fact',
    name: 'an example that cannot be',
    file: SCORE,
    swap: ['person.weight: 45', 'person.weight: 4500'],
    where: 'person.weight: 4500',
    keys: 'examples[0].facts.person.weight',
  },
  {
    code: 'review-date',
    name: 'a day that does not exist',
    file: SITE,
    swap: ["'2026-01-10'", "'2026-02-30'"],
    where: 'reviewed',
    keys: 'reviewed',
  },
  {
    code: 'review-date',
    name: 'a review in the future',
    file: SITE,
    swap: ["'2026-01-10'", "'2026-12-01'"],
    where: 'reviewed',
    keys: 'reviewed',
  },
  {
    code: 'review-overdue',
    name: 'a review of long ago',
    file: SITE,
    swap: ["'2026-01-10'", "'2024-11-01'"],
    where: 'reviewed',
    keys: 'reviewed',
  },
];

const WARNINGS: readonly Fault[] = [
  {
    code: 'source-unused',
    name: 'a source that nothing rests on',
    file: SOURCES,
    swap: ['\n]', ',\n  { "id": "spare", "type": "book", "title": "Spare", "PMID": "123" }\n]'],
    where: '"id": "spare"',
    keys: '[3].id',
  },
  {
    code: 'source-homepage',
    name: 'a front page',
    file: SOURCES,
    swap: ['https://example.org/trials/1",\n    "note": "NCT01234567"', 'https://example.org/"'],
    where: '"URL"',
    keys: '[1].URL',
  },
  {
    code: 'patient-survival',
    name: 'a survival figure for a patient',
    file: TREATMENT,
    swap: ['patient: You rest.', 'patient: Half of people live for 18 months.'],
    where: 'patient: Half',
    keys: 'about.patient',
  },
  {
    code: 'example-missing',
    name: 'a rule without an example',
    file: SYMPTOM,
    swap: [
      'examples:\n  - { title: A cough, facts: { symptom.cough: true, person.light: false }, expect: { urgency: days } }',
      'examples: []',
    ],
    where: 'examples',
    keys: 'examples',
  },
  {
    code: 'review-due',
    name: 'a review of last year',
    file: SITE,
    swap: ["'2026-01-10'", "'2025-11-01'"],
    where: 'reviewed',
    keys: 'reviewed',
  },
];

/** The good knowledge with one replacement made, all problems in it, and the broken text. */
function broken({ file, swap: [from, to] }: Fault) {
  const before = good.get(file) ?? '';
  if (!before.includes(from)) throw new Error(`${file} does not hold ${from}`);
  const text = before.replace(from, () => to);
  const loaded = loadKnowledge(new Map(good).set(file, text));
  return { text, loaded, problems: [...loaded.problems, ...lintKnowledge(loaded, options)] };
}

/** `file:line:column keys` of a fault. */
function placeOf({ file, where, keys, last }: Fault, text: string): string {
  const offset = last ? text.lastIndexOf(where) : text.indexOf(where);
  if (offset < 0) throw new Error(`the broken text does not hold ${where}`);
  const lines = text.slice(0, offset).split('\n');
  return `${file}:${lines.length}:${lines.at(-1)!.length + 1}${keys ? ` ${keys}` : ''}`;
}

describe('good knowledge', () => {
  it('has no problem but the rule that it holds back', () => {
    const loaded = loadKnowledge(good);
    expect(loaded.problems).toEqual([]);
    expect(loaded.bundle).toBeDefined();
    expect(lintKnowledge(loaded, options).map(({ code, severity }) => [code, severity])).toEqual([['rule-held', 'info']]);
  });
});

describe('scores that are held back', () => {
  const score = good.get(SCORE)!;
  const found = (text: string) =>
    lintKnowledge(loadKnowledge(new Map(good).set(SCORE, text)), options)
      .filter(({ at }) => at.startsWith(SCORE))
      .map(({ code, at }) => `${code} ${at.split(' ')[1]}`);

  it('are held whole when their own source was not read', () => {
    const unread = score.replaceAll('status: read', 'status: unread');
    expect(found(unread)).toEqual(['rule-held evidence.status']);
  });

  it('are held by the group', () => {
    const unread = score.replace(/(to: 1, evidence: .*status: )read/, '$1unread');
    expect(found(unread)).toEqual(['rule-held groups[0].evidence.status']);
  });

  it('need no read points where conditions make the groups', () => {
    const light = '{ fact: person.weight, lt: 60 }';
    const byCondition = score
      .replace('to: 1,', `when: { not: ${light} },`)
      .replace('from: 2', `when: ${light}`)
      .replace('status: read', 'status: unread');
    expect(found(byCondition)).toEqual(['rule-held points[0].evidence.status']);
  });
});

describe('broken knowledge', () => {
  it.each(FAULTS.map((fault) => [fault.code, fault.name, fault] as const))('%s: %s', (_code, _name, fault) => {
    const { text, loaded, problems } = broken(fault);
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, at }) => `${code} ${at}`)).toContain(`${fault.code} ${placeOf(fault, text)}`);
    const expected = new Set([fault.code, ...(fault.also ?? [])]);
    expect(errors.filter(({ code }) => !expected.has(code))).toEqual([]);
    for (const { message, remedy } of errors) expect(`${message} ${remedy}`).toMatch(/^\S.*\. \S.*\.$/s);
    if (loaded.problems.length > 0) expect(loaded.bundle).toBeUndefined();
  });

  it.each(WARNINGS.map((fault) => [fault.code, fault.name, fault] as const))('%s: %s (warning)', (_code, _name, fault) => {
    const { text, problems } = broken(fault);
    const found = problems.filter(({ severity }) => severity !== 'info');
    expect(found.map(({ code, severity, at }) => `${severity} ${code} ${at}`)).toEqual([
      `warning ${fault.code} ${placeOf(fault, text)}`,
    ]);
  });

  it('has a case for every check', () => {
    const seeded = new Set([...FAULTS, ...WARNINGS].map(({ code }) => code));
    expect(CHECKS.map(({ code }) => code).filter((code) => !seeded.has(code))).toEqual(['rule-held']);
  });

  it('lists what can still be found when one file cannot be read', () => {
    const files = new Map(good).set(FACTS, '- id: [').set(SITE, good.get(SITE)!.replace('percent: 33', 'percent: 34'));
    const loaded = loadKnowledge(files);
    const codes = [...loaded.problems, ...lintKnowledge(loaded, options)].map(({ code }) => code);
    expect(codes).toContain('claim-percent');
    expect(codes).not.toContain('fact-unknown');
    expect(codes).not.toContain('example-fact');
  });
});
