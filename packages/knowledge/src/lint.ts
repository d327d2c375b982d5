/**
 * What the knowledge must satisfy beyond its schema. {@link CHECKS} is the whole list: a code, what it demands, what to
 * do, and the function that looks. Pure: the as-of date is an argument.
 */
import { type Claim, type FactDefinition, type FactTest, type FactType, isPartialDate, type Source } from '@serosa/core';
import { canonicalJson, DUE_DAYS, OVERDUE_DAYS } from './bundle.js';
import { codeFault, DOI, daysBetween, isDay, isWebAddress, NCT_ID, NCT_LIKE, PMID } from './identifiers.js';
import type { KeyPath, KnowledgeContent, KnowledgeProblem, LoadedKnowledge, Severity } from './load.js';
import {
  allEvidence,
  categoryRules,
  claims,
  criteria,
  examples,
  factUses,
  namedFacts,
  nodes,
  pages,
  partsOf,
  patientTexts,
  ruleEvidence,
  things,
} from './walk.js';
import { doseIn, KNOWN_WRONG, readability, survivalIn } from './words.js';

export interface LintOptions {
  /** ISO date against which review dates are held; without it their age is not judged. */
  readonly asOf?: string;
  /** Names of the functions over the record that the engine has; without it the names are not checked. */
  readonly recordFunctions?: readonly string[];
}

/** Highest Flesch-Kincaid grade of a file's text for patients, and the least words for which it says anything. */
export const HIGHEST_GRADE = 8;
export const LEAST_WORDS = 30;

/** What pops up over a text has to be taken in at a glance. */
const MOST_SENTENCES = 2;
/** Longest reading time of a guide page. */
const MOST_MINUTES = 5;

/** What a reference to a fact can rely on. */
interface KnownFact {
  readonly type: FactType;
  readonly values?: readonly string[];
  readonly range?: { readonly min: number; readonly max: number };
}

interface Subject extends LintOptions {
  readonly content: KnowledgeContent;
  readonly loaded: LoadedKnowledge;
  /** Catalogue and computed stages; absent ids mean nothing while `complete` is false. */
  readonly facts: ReadonlyMap<string, KnownFact>;
  readonly complete: boolean;
}

type Report = (thing: object, keys: KeyPath, message: string) => void;

export interface Check {
  readonly code: string;
  readonly severity: Severity;
  /** What is demanded, as a sentence. */
  readonly demand: string;
  readonly remedy: string;
  readonly run: (subject: Subject, report: Report) => void;
}

/** All checks, in the order in which their problems are listed. */
export const CHECKS: readonly Check[] = [
  {
    code: 'id-file',
    severity: 'error',
    demand: 'The id of a file is its name; the name of a trial is in lower case.',
    remedy: 'Rename the file or mend the id.',
    run: idIsFileName,
  },
  {
    code: 'id-unique',
    severity: 'error',
    demand: 'Ids of facts are unique; ids inside a file are unique in it; a claim that two files share is the same in both.',
    remedy: 'Give one of the two an id of its own, or remove it.',
    run: idsAreUnique,
  },
  {
    code: 'frequency-place',
    severity: 'error',
    demand: 'A frequency that stands beside a place on the map names its own site or a station of it, and has a percentage.',
    remedy: 'Name the site or the station, or leave `place` out where the figure says something else.',
    run: frequenciesHaveTheirPlace,
  },
  {
    code: 'fact-definition',
    severity: 'error',
    demand: 'Numbers have a unit and a range with min below max; codes have values; nothing has what its type does not use.',
    remedy: 'Complete the entry of the fact.',
    run: factsAreDefined,
  },
  {
    code: 'fact-unknown',
    severity: 'error',
    demand: 'Every fact that is named exists in the catalogue or is a computed stage.',
    remedy: 'Mend the id, or add the fact to the catalogue.',
    run: namedFactsExist,
  },
  {
    code: 'fact-comparison',
    severity: 'error',
    demand: 'A comparison fits the type, the values and the range of its fact.',
    remedy: 'Compare booleans with is true or false, codes with is or in, numbers with bounds inside the range.',
    run: comparisonsFit,
  },
  {
    code: 'criterion-form',
    severity: 'error',
    demand: 'No group of conditions is empty, and atLeast asks for one or more of at most as many as there are.',
    remedy: 'Write the missing parts, or remove the group.',
    run: criteriaHaveParts,
  },
  {
    code: 'derive-type',
    severity: 'error',
    demand: 'A derivation gives what its fact holds: numbers a value, booleans a condition, codes a choice of their values.',
    remedy: 'Change the derivation or the type of the fact.',
    run: derivationsFit,
  },
  {
    code: 'derive-cycle',
    severity: 'error',
    demand: 'No fact derives from itself.',
    remedy: 'Break the circle: one of its facts has to be read, not derived.',
    run: derivationsEnd,
  },
  {
    code: 'derive-record',
    severity: 'error',
    demand: 'A function over the record exists.',
    remedy: 'Use one of the functions in derive.ts of the core.',
    run: recordFunctionsExist,
  },
  {
    code: 'code-form',
    severity: 'error',
    demand: 'Codes have the form of their system; check digits of SNOMED CT and LOINC are right.',
    remedy: 'Look the code up again.',
    run: codesAreWellFormed,
  },
  {
    code: 'source-unknown',
    severity: 'error',
    demand: 'Every source that is named is in the bibliography.',
    remedy: 'Mend the id, or add the source to a file in sources/.',
    run: namedSourcesExist,
  },
  {
    code: 'source-unused',
    severity: 'warning',
    demand: 'Every source of the bibliography is used.',
    remedy: 'Remove the source, or name it where it belongs.',
    run: sourcesAreUsed,
  },
  {
    code: 'source-identifier',
    severity: 'error',
    demand: 'Every source has a DOI, a PMID, an NCT id or a web address.',
    remedy: 'Add one of them.',
    run: sourcesCanBeFound,
  },
  {
    code: 'source-homepage',
    severity: 'warning',
    demand: 'The only identifier of a source is not the front page of a web site.',
    remedy: 'Add the DOI or PMID, or the address of the page itself.',
    run: sourcesAreNotFrontPages,
  },
  {
    code: 'source-twice',
    severity: 'error',
    demand: 'A work stands once: no DOI and no PMID under two ids.',
    remedy: 'Keep one of the two ids and use it everywhere.',
    run: worksStandOnce,
  },
  {
    code: 'identifier-form',
    severity: 'error',
    demand: 'DOI, PMID, NCT ids and web addresses are well formed.',
    remedy: 'Write a DOI as 10.…, a PMID as digits, an NCT id as NCT and eight digits, an address with https.',
    run: identifiersAreWellFormed,
  },
  {
    code: 'rule-unread',
    severity: 'error',
    demand: 'Staging lines and groups, levels of symptoms, and points that decide a score rest on a source that was read.',
    remedy: 'Read the source and record it, or remove the rule.',
    run: drivingRulesAreRead,
  },
  {
    code: 'rule-held',
    severity: 'info',
    demand:
      'Limits, recommendations, scores, their groups and criteria of trials whose source was not read never decide: they are held.',
    remedy: 'Read the source and record it, to let the rule decide.',
    run: heldRulesAreListed,
  },
  {
    code: 'claim-count',
    severity: 'error',
    demand: 'Numerator and denominator come together, are whole, and the first is not above the second.',
    remedy: 'Look at the counts in the source again.',
    run: countsAreSound,
  },
  {
    code: 'claim-percent',
    severity: 'error',
    demand: 'A percentage lies between 0 and 100 and follows from its counts within rounding.',
    remedy: 'Compute the percentage from the counts.',
    run: percentagesFollow,
  },
  {
    code: 'claim-value',
    severity: 'error',
    demand: 'Ratios are above 0, months are not below 0.',
    remedy: 'Look at the figure in the source again.',
    run: valuesArePossible,
  },
  {
    code: 'interval-order',
    severity: 'error',
    demand: 'The low end of an interval is not above its high end.',
    remedy: 'Swap the ends, or look at them in the source again.',
    run: intervalsAreOrdered,
  },
  {
    code: 'interval-level',
    severity: 'error',
    demand: 'The level of an interval lies between 0.5 and 0.999.',
    remedy: 'Write 95% as 0.95.',
    run: levelsArePossible,
  },
  {
    code: 'interval-estimate',
    severity: 'error',
    demand: 'An interval contains the estimate that it belongs to.',
    remedy: 'Look at both in the source again, or give the estimate.',
    run: intervalsContainEstimates,
  },
  {
    code: 'claim-direction',
    severity: 'error',
    demand: 'A hazard ratio below 1 goes with the longer median, one above 1 with the shorter, unless the note says why not.',
    remedy: 'Look at both in the source again; where curves cross, or the ratio is adjusted, say so in the note.',
    run: directionsAgree,
  },
  {
    code: 'patient-dose',
    severity: 'error',
    demand: 'Text for patients holds no dose.',
    remedy: 'Leave the amount out; regimens are for professionals.',
    run: patientTextsHaveNoDoses,
  },
  {
    code: 'patient-survival',
    severity: 'warning',
    demand: 'Text for patients holds no survival figure.',
    remedy: 'Make it a claim: prognosis is shown on request only.',
    run: patientTextsHaveNoSurvival,
  },
  {
    code: 'patient-reading',
    severity: 'error',
    demand: 'The text for patients of one file has a Flesch-Kincaid grade of 8 or less.',
    remedy: 'Shorten the sentences, use shorter words, explain the medical ones.',
    run: patientTextsAreReadable,
  },
  {
    code: 'known-wrong',
    severity: 'error',
    demand: 'No figure that is known to be printed wrongly is repeated.',
    remedy: 'Take the figure from the primary source.',
    run: knownErrorsAreAbsent,
  },
  {
    code: 'staging-complete',
    severity: 'error',
    demand: 'A staging system has bases, rules for T, N and M and evidenced groups; where there is none, what is used instead.',
    remedy: 'Add what is missing.',
    run: stagingIsComplete,
  },
  {
    code: 'staging-cells',
    severity: 'error',
    demand: 'The groups give one for every T, N and M, name no other category, and no row is out of reach.',
    remedy: 'Add the missing row, mend the category, or remove the row.',
    run: everyCellHasAGroup,
  },
  {
    code: 'score-groups',
    severity: 'error',
    demand: 'Groups by range take every total once, or all groups have conditions instead; a tree has conditions.',
    remedy: 'Mend the ranges of the groups, or say what happens otherwise.',
    run: scoreGroupsFit,
  },
  {
    code: 'site-fact',
    severity: 'error',
    demand: 'A site has a boolean fact, is reached from some primary site, and frequencies are of such a primary site.',
    remedy: 'Mend the fact or the primary site.',
    run: sitesHaveFacts,
  },
  {
    code: 'symptom-levels',
    severity: 'error',
    demand: 'Levels go from most to least urgent; the last has no condition, and only the last.',
    remedy: 'Put the levels in order.',
    run: levelsAreOrdered,
  },
  {
    code: 'cascade-order',
    severity: 'error',
    demand: 'The steps of the cascade are 1 to 6, each once, and a drug that names a treatment names one that exists.',
    remedy: 'Mend the order or the id of the treatment.',
    run: cascadeIsInOrder,
  },
  {
    code: 'factor-effect',
    severity: 'error',
    demand: 'A factor has a measured effect or says that none is known; an effect names a level of its factor.',
    remedy: 'Add the effect with its source, or noEffectKnown.',
    run: factorsHaveEffects,
  },
  {
    code: 'test-use',
    severity: 'error',
    demand: 'A test says when its answer is there, and speaks through guideline rows or figures.',
    remedy: 'Add answeredBy or answeredWhen, and steps or questions.',
    run: testsAreOfUse,
  },
  {
    code: 'topic-link',
    severity: 'error',
    demand: 'Links of guide pages lead to pages that exist and not to themselves.',
    remedy: 'Mend the id of the page.',
    run: linksLead,
  },
  {
    code: 'topic-length',
    severity: 'error',
    demand: `A guide page takes no more than ${MOST_MINUTES} minutes to read, in either voice.`,
    remedy: 'Shorten the page, or make it two.',
    run: pagesAreShort,
  },
  {
    code: 'topic-citation',
    severity: 'error',
    demand: 'The answer and every section of a guide page rest on a source that was read.',
    remedy: 'Read a source for it, or leave it out.',
    run: pagesAreCited,
  },
  {
    code: 'vocabulary-entry',
    severity: 'error',
    demand: 'What people say stands in one entry only.',
    remedy: 'Join the two entries.',
    run: wordsStandOnce,
  },
  {
    code: 'glossary-term',
    severity: 'error',
    demand: `A term stands once, as does each of its words; it is explained in ${MOST_SENTENCES} sentences at most, and its page exists.`,
    remedy: 'Join the two terms, shorten the explanation or name another page.',
    run: termsAreShort,
  },
  {
    code: 'treatment-region',
    severity: 'error',
    demand: 'Regions are values of person.region.',
    remedy: 'Use one of the regions of the catalogue.',
    run: regionsExist,
  },
  {
    code: 'trial-id',
    severity: 'error',
    demand: 'The id of a trial is an NCT number, and a criterion with an I is an inclusion, one with an E an exclusion.',
    remedy: 'Mend the id; the file has the NCT number in lower case as its name.',
    run: trialsHaveIds,
  },
  {
    code: 'trial-status',
    severity: 'error',
    demand: 'The date of a status is a day, month or year that is not in the future, and a trial that takes people has one.',
    remedy: 'Write when the source had this status, as yyyy, yyyy-mm or yyyy-mm-dd.',
    run: statusesAreDated,
  },
  {
    code: 'trial-country',
    severity: 'error',
    demand: 'Countries of a trial are values of person.country, each once.',
    remedy: 'Use the two letters of ISO 3166 in lower case.',
    run: trialCountriesExist,
  },
  {
    code: 'trial-override',
    severity: 'error',
    demand: 'An override is signed on a day that is not in the future, and its quote has single blanks and stands once.',
    remedy: 'Write the day as yyyy-mm-dd, and the quote with each run of white space as one blank.',
    run: overridesAreSigned,
  },
  {
    code: 'example-fact',
    severity: 'error',
    demand: 'Examples give known facts values that they can have, and expect something.',
    remedy: 'Mend the fact or its value.',
    run: examplesArePossible,
  },
  {
    code: 'example-missing',
    severity: 'warning',
    demand: 'Every rule file has an example.',
    remedy: 'Add one; a case at the edge of the rule is best.',
    run: rulesHaveExamples,
  },
  {
    code: 'review-date',
    severity: 'error',
    demand: 'The date of the review is a calendar date that is not in the future.',
    remedy: 'Write the day of the review as yyyy-mm-dd.',
    run: reviewDatesAreDates,
  },
  {
    code: 'review-due',
    severity: 'warning',
    demand: `A file is reviewed every ${DUE_DAYS} days.`,
    remedy: 'Review the file against its sources and set the date.',
    run: (subject, report) => ageing(subject, report, DUE_DAYS, OVERDUE_DAYS),
  },
  {
    code: 'review-overdue',
    severity: 'error',
    demand: `No file goes without review for more than ${OVERDUE_DAYS} days.`,
    remedy: 'Review the file against its sources and set the date.',
    run: (subject, report) => ageing(subject, report, OVERDUE_DAYS, Number.POSITIVE_INFINITY),
  },
];

/**
 * Runs every check over what could be read. Problems come in the order of {@link CHECKS}; problems of loading are not
 * repeated here. Throws a RangeError when `asOf` is not an ISO date.
 */
export function lintKnowledge(loaded: LoadedKnowledge, options: LintOptions = {}): readonly KnowledgeProblem[] {
  if (options.asOf !== undefined && !isDay(options.asOf)) throw new RangeError(`Not a date: ${options.asOf}. Write yyyy-mm-dd.`);
  const content = loaded.readable;
  const complete = !loaded.incomplete.has('facts') && !loaded.incomplete.has('staging');
  const subject: Subject = { ...options, content, loaded, complete, facts: knownFacts(content) };
  const problems = new Map<string, KnowledgeProblem>();
  for (const { code, severity, remedy, run } of CHECKS) {
    run(subject, (thing, keys, message) => {
      const at = loaded.place(thing, keys);
      // A fact written once for two bases has its problems once.
      problems.set(`${code} ${at} ${message}`, { code, severity, at, message, remedy });
    });
  }
  return [...problems.values()];
}

/** Catalogue facts, and the stages that the engine computes: `stage.<primary>.<key>.<basis>.T`, `N`, `M` and `group`. */
function knownFacts(content: KnowledgeContent): ReadonlyMap<string, KnownFact> {
  const facts = new Map<string, KnownFact>();
  for (const fact of content.facts) {
    facts.set(fact.id, {
      type: fact.type,
      ...(fact.values && { values: fact.values.map((value) => value.id) }),
      ...(fact.range && { range: fact.range }),
    });
  }
  for (const { id, values } of stageFacts(content)) facts.set(id, { type: 'code', values });
  return facts;
}

/** Ids and values of the computed stages, with the staging system that they come from. */
export function* stageFacts(content: KnowledgeContent) {
  for (const system of content.staging) {
    if (system.key === undefined) continue;
    for (const basis of system.bases) {
      const id = `stage.${system.primary}.${system.key}.${basis}`;
      for (const { category, rule, bases } of categoryRules(system)) {
        if (bases.includes(basis)) yield { system, basis, id: `${id}.${category}`, values: outcomes(rule) };
      }
      if (system.groups) yield { system, basis, id: `${id}.group`, values: unique(system.groups.map((row) => row.group)) };
    }
  }
}

function outcomes(rule: { readonly lines: readonly { readonly then: string }[]; readonly else: string }): readonly string[] {
  return unique([...rule.lines.map((line) => line.then), rule.else]);
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

const isNumeric = (type: FactType) => type === 'number' || type === 'integer';
const quoted = (items: readonly string[] | undefined) => (items?.length ? items.join(', ') : 'none');

// ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

function idIsFileName({ content, loaded }: Subject, report: Report): void {
  for (const page of pages(content)) {
    const name = loaded.file(page).replace(/^.*\/|\.yaml$/g, '');
    const expected = page.kind === 'trial' ? page.id.toLowerCase() : page.id;
    if (expected !== name) report(page, ['id'], `The id is ${page.id}, the file is called ${name}.`);
  }
}

function idsAreUnique({ content }: Subject, report: Report): void {
  const once = (
    thing: object,
    keys: KeyPath,
    items: readonly { readonly id: string }[] | undefined,
    seen = new Set<string>(),
  ) => {
    for (const [i, { id }] of (items ?? []).entries()) {
      if (seen.has(id)) report(thing, [...keys, i, 'id'], `The id ${id} is used twice.`);
      seen.add(id);
    }
  };
  const factIds = new Set<string>();
  for (const fact of content.facts) {
    if (factIds.has(fact.id)) report(fact, ['id'], `The fact ${fact.id} is defined twice.`);
    factIds.add(fact.id);
    once(fact, ['values'], fact.values);
  }
  for (const { system, id } of stageFacts(content)) {
    if (factIds.has(id)) report(system, ['key'], `The fact ${id} is defined twice.`);
    factIds.add(id);
  }
  for (const system of content.staging) once(system, ['claims'], system.claims);
  for (const site of content.sites) once(site, ['frequencies'], site.frequencies);
  for (const score of content.scores) once(score, ['groups'], score.groups);
  for (const treatment of content.treatments) {
    once(treatment, ['limits'], treatment.limits);
    once(treatment, ['recommendations'], treatment.recommendations);
    once(treatment, ['regimens'], treatment.regimens);
    once(treatment, ['benefit'], treatment.benefit);
  }
  for (const step of content.cascade) {
    once(step, ['players'], step.players);
    once(step, ['drugs'], step.drugs);
  }
  for (const factor of content.factors) {
    once(factor, ['levels'], factor.levels);
    once(factor, ['effects'], factor.effects);
  }
  for (const test of content.tests) {
    once(test, ['steps'], test.steps);
    once(test, ['questions'], test.questions);
    once(test, ['caveats'], test.caveats);
  }
  for (const table of content.survival) once(table, ['rows'], table.rows);
  for (const topic of content.topics) once(topic, ['sections'], topic.sections);
  for (const site of content.sites) once(site, ['stations'], site.stations);
  for (const trial of content.trials) once(trial, ['facts'], trial.facts);
  const shared = new Map<string, { readonly thing: object; readonly text: string }>();
  for (const { thing, keys, value } of claims(content)) {
    const text = canonicalJson(value);
    const other = shared.get(value.id);
    if (other && other.thing !== thing && other.text !== text) {
      report(thing, [...keys, 'id'], `Another file has a different claim with the id ${value.id}.`);
    }
    if (!other) shared.set(value.id, { thing, text });
  }
}

function frequenciesHaveTheirPlace({ content }: Subject, report: Report): void {
  for (const site of content.sites) {
    const places = new Set([site.id, ...(site.stations ?? []).map(({ id }) => id)]);
    for (const [i, { place, percent }] of site.frequencies.entries()) {
      if (place === undefined) continue;
      const keys = ['frequencies', i, 'place'];
      if (!places.has(place)) report(site, keys, `${place} is neither this site nor one of its stations.`);
      else if (percent === undefined) report(site, keys, 'This figure is no percentage.');
    }
  }
}

// ── facts and criteria ───────────────────────────────────────────────────────────────────────────────────────────────

function factsAreDefined({ content }: Subject, report: Report): void {
  for (const fact of content.facts) {
    const fault = (key: string, message: string) => report(fact, [key], `Fact ${fact.id}: ${message}.`);
    if (!/^[a-z][a-z0-9-]*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(fact.id)) fault('id', 'the id is not of the form group.kebab-name');
    if (isNumeric(fact.type)) {
      if (!fact.unit) fault('id', 'a number needs a unit (1 for a pure number)');
      else if (/\s/.test(fact.unit)) fault('unit', `${fact.unit} is not UCUM`);
      if (!fact.range) fault('id', 'a number needs a range');
      else if (fact.range.min >= fact.range.max) fault('range', `min ${fact.range.min} is not below max ${fact.range.max}`);
      for (const [unit, factor] of Object.entries(fact.units ?? {})) {
        if (factor <= 0) report(fact, ['units', unit], `Fact ${fact.id}: the factor of ${unit} is not above 0.`);
        if (unit === fact.unit) report(fact, ['units', unit], `Fact ${fact.id}: ${unit} is the canonical unit.`);
      }
    } else {
      for (const key of ['unit', 'units', 'range'] as const) {
        if (fact[key] !== undefined) fault(key, `a ${fact.type} has no ${key}`);
      }
    }
    if (fact.type === 'code' && (fact.values?.length ?? 0) < 2) fault('id', 'a code needs two values or more');
    if (fact.type !== 'code' && fact.values) fault('values', `a ${fact.type} has no values`);
    if (fact.currentDays !== undefined && fact.currentDays <= 0) fault('currentDays', 'the days are not above 0');
    if (fact.learnedBy.length === 0 && !fact.derive) fault('learnedBy', 'nothing finds it out, and it derives from nothing');
  }
}

function namedFactsExist({ content, facts, complete }: Subject, report: Report): void {
  if (!complete) return;
  for (const { thing, keys, value } of namedFacts(content)) {
    if (!facts.has(value)) report(thing, keys, `There is no fact ${value}.`);
  }
  for (const { thing, keys, value } of factUses(content)) {
    if (!facts.has(value.fact)) report(thing, value.test ? [...keys, 'fact'] : keys, `There is no fact ${value.fact}.`);
  }
}

function comparisonsFit({ content, facts }: Subject, report: Report): void {
  for (const { thing, keys, value } of factUses(content)) {
    const fact = facts.get(value.fact);
    if (!fact) continue;
    if (value.test)
      for (const [key, fault] of comparisonFaults(value.test, fact)) report(thing, [...keys, key], `${value.fact} ${fault}.`);
    else if (!isNumeric(fact.type)) report(thing, keys, `${value.fact} is a ${fact.type}, not a number.`);
  }
}

function* comparisonFaults(test: FactTest, fact: KnownFact): Generator<[key: string, fault: string]> {
  const { fact: _, ...constants } = test;
  const comparisons = Object.entries(constants);
  if (comparisons.length === 0) yield ['fact', 'is compared with nothing'];
  if ('is' in test && comparisons.length > 1) yield ['is', 'has is beside another comparison'];
  for (const [key, constant] of comparisons) {
    if (fact.type === 'date') yield [key, 'is a date: criteria know no dates'];
    else if (fact.type === 'boolean') {
      if (key !== 'is' || typeof constant !== 'boolean') yield [key, 'is true or false: compare with is'];
    } else if (fact.type === 'code') {
      if (key !== 'is' && key !== 'in') yield [key, 'is a code: compare with is or in'];
      else {
        const wanted: readonly unknown[] = Array.isArray(constant) ? constant : [constant];
        if (wanted.length === 0) yield [key, 'is in an empty list'];
        for (const one of wanted) {
          if (!fact.values?.includes(String(one)) || typeof one !== 'string')
            yield [key, `cannot be ${one}; values: ${quoted(fact.values)}`];
        }
      }
    } else if (typeof constant !== 'number') yield [key, 'is a number: compare with a number'];
    else if (fact.type === 'integer' && !Number.isInteger(constant)) yield [key, `is a whole number, not ${constant}`];
    else if (fact.range && (constant < fact.range.min || constant > fact.range.max)) {
      yield [key, `lies in ${fact.range.min} to ${fact.range.max}: ${constant} decides nothing`];
    }
  }
  const above = test.gt ?? test.gte;
  const below = test.lt ?? test.lte;
  const touching = test.gte !== undefined && test.lte !== undefined;
  if (above !== undefined && below !== undefined && (above > below || (above === below && !touching))) {
    yield [test.gt === undefined ? 'gte' : 'gt', `cannot be above ${above} and below ${below}`];
  }
}

function criteriaHaveParts({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of criteria(content)) {
    for (const { keys: at, value: part } of partsOf(value, keys)) {
      if ('all' in part && part.all.length === 0) report(thing, [...at, 'all'], 'all of nothing is always true.');
      if ('any' in part && part.any.length === 0) report(thing, [...at, 'any'], 'any of nothing is never true.');
      if ('atLeast' in part && (part.atLeast < 1 || part.atLeast > part.of.length)) {
        report(thing, [...at, 'atLeast'], `At least ${part.atLeast} of ${part.of.length} decides nothing.`);
      }
    }
  }
}

function derivationsFit({ content }: Subject, report: Report): void {
  for (const fact of content.facts) {
    const derive = fact.derive;
    if (!derive || 'record' in derive) continue;
    const fault = (key: string, message: string) => report(fact, ['derive', key], `${fact.id} is a ${fact.type}: ${message}.`);
    if ('value' in derive) {
      if (!isNumeric(fact.type)) fault('value', 'it does not derive from a number');
      for (const { keys, value } of nodes(derive.value, ['derive', 'value']))
        if (isZeroDivisor(keys, value)) report(fact, keys, 'Division by 0.');
    } else if ('daysSince' in derive) {
      if (!isNumeric(fact.type)) fault('daysSince', 'it does not derive from the days since a date');
      if (content.facts.find(({ id }) => id === derive.daysSince)?.type !== 'date')
        fault('daysSince', `${derive.daysSince} is not a date`);
    } else if ('when' in derive) {
      if (fact.type !== 'boolean') fault('when', 'it does not derive from a condition');
    } else {
      const results = [...derive.choose.map((choice) => choice.then), ...(derive.else === undefined ? [] : [derive.else])];
      if (fact.type !== 'code') fault('choose', 'it does not derive from a choice');
      else {
        for (const result of results) {
          if (!fact.values?.some((value) => value.id === result)) fault('choose', `${result} is not one of its values`);
        }
      }
    }
  }
}

function isZeroDivisor(keys: KeyPath, value: unknown): boolean {
  return value === 0 && keys.at(-1) === 1 && keys.at(-2) === 'div';
}

function derivationsEnd({ content }: Subject, report: Report): void {
  const from = new Map<string, string[]>();
  const link = (to: string, fact: string) => from.set(to, [...(from.get(to) ?? []), fact]);
  const places = new Map<string, { readonly thing: object; readonly keys: KeyPath }>();
  for (const fact of content.facts) if (fact.derive) places.set(fact.id, { thing: fact, keys: ['derive'] });
  for (const { thing, keys, value } of factUses(content)) {
    if (keys[0] === 'derive') link((thing as FactDefinition).id, value.fact);
  }
  const stages = [...stageFacts(content)];
  for (const { system, basis, id } of stages) {
    places.set(id, { thing: system, keys: ['key'] });
    if (id.endsWith('.group')) for (const category of ['T', 'N', 'M']) link(id, id.replace(/group$/, category));
    else {
      for (const use of factUses({
        ...content,
        facts: [],
        staging: [system],
        scores: [],
        treatments: [],
        symptoms: [],
        factors: [],
        tests: [],
        cascade: [],
        survival: [],
        trials: [],
      })) {
        const [category, second] = use.keys;
        if (id.endsWith(`.${category}`) && (category !== 'T' || second === basis)) link(id, use.value.fact);
      }
    }
  }
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    const start = path.indexOf(id);
    if (start >= 0) {
      const circle = [...path.slice(start), id];
      const place = places.get(id)!;
      report(place.thing, place.keys, `${circle.join(' ← ')}.`);
    } else if (!done.has(id)) {
      for (const next of from.get(id) ?? []) visit(next, [...path, id]);
      done.add(id);
    }
  };
  for (const id of from.keys()) visit(id, []);
}

function recordFunctionsExist({ content, recordFunctions }: Subject, report: Report): void {
  if (!recordFunctions) return;
  for (const fact of content.facts) {
    if (fact.derive && 'record' in fact.derive && !recordFunctions.includes(fact.derive.record)) {
      report(fact, ['derive', 'record'], `There is no function ${fact.derive.record}; there are ${quoted(recordFunctions)}.`);
    }
  }
}

function codesAreWellFormed({ content }: Subject, report: Report): void {
  for (const fact of content.facts) {
    const lists: readonly [KeyPath, FactDefinition['codes']][] = [
      [['codes'], fact.codes],
      ...(fact.values ?? []).map((value, i): [KeyPath, FactDefinition['codes']] => [['values', i, 'codes'], value.codes]),
    ];
    for (const [keys, codes] of lists) {
      for (const [i, code] of (codes ?? []).entries()) {
        const fault = codeFault(code);
        if (fault) report(fact, [...keys, i, 'code'], `Fact ${fact.id}: ${fault}.`);
      }
    }
  }
}

// ── sources and evidence ─────────────────────────────────────────────────────────────────────────────────────────────

function namedSourcesExist({ content, loaded }: Subject, report: Report): void {
  if (loaded.incomplete.has('sources')) return;
  const known = new Set(content.sources.map((source) => source.id));
  for (const { thing, keys, value } of allEvidence(content)) {
    for (const [i, id] of value.sources.entries()) {
      if (!known.has(id)) report(thing, [...keys, 'sources', i], `There is no source ${id}.`);
    }
  }
}

function sourcesAreUsed({ content, loaded }: Subject, report: Report): void {
  if (loaded.incomplete.size > 0) return;
  const used = new Set([...allEvidence(content)].flatMap(({ value }) => value.sources));
  for (const source of content.sources) if (!used.has(source.id)) report(source, ['id'], `Nothing rests on ${source.id}.`);
}

const nctIdsIn = (text: string) => text.match(NCT_LIKE) ?? [];
const nctIdOf = (source: Source) => nctIdsIn(`${source.id} ${source.title} ${source.note ?? ''}`)[0];

function sourcesCanBeFound({ content }: Subject, report: Report): void {
  for (const source of content.sources) {
    const named = source.DOI ?? source.PMID ?? source.URL ?? nctIdOf(source);
    if (named === undefined) report(source, ['id'], `${source.id} has no DOI, PMID, NCT id or web address.`);
  }
}

function sourcesAreNotFrontPages({ content }: Subject, report: Report): void {
  for (const source of content.sources) {
    if (source.URL === undefined || !isWebAddress(source.URL) || (source.DOI ?? source.PMID ?? nctIdOf(source)) !== undefined)
      continue;
    const { pathname, search } = new URL(source.URL);
    if (pathname === '/' && search === '')
      report(source, ['URL'], `${source.URL} is a front page: ${source.id} cannot be found by it.`);
  }
}

function worksStandOnce({ content }: Subject, report: Report): void {
  const seen = new Map<string, string>();
  for (const source of content.sources) {
    for (const key of ['DOI', 'PMID'] as const) {
      const name = source[key] && `${key} ${source[key].toLowerCase()}`;
      if (name === undefined) continue;
      const other = seen.get(name);
      if (other === undefined) seen.set(name, source.id);
      else report(source, [key], `${source.id} is ${other}.`);
    }
  }
}

function identifiersAreWellFormed({ content }: Subject, report: Report): void {
  for (const source of content.sources) {
    if (source.DOI !== undefined && !DOI.test(source.DOI)) report(source, ['DOI'], `${source.DOI} is not a DOI.`);
    if (source.PMID !== undefined && !PMID.test(source.PMID)) report(source, ['PMID'], `${source.PMID} is not a PMID.`);
    if (source.URL !== undefined && !isWebAddress(source.URL)) report(source, ['URL'], `${source.URL} is not a web address.`);
    if (/\s/.test(source.id)) report(source, ['id'], `The id ${source.id} has a blank in it.`);
  }
  for (const thing of [...content.sources, ...things(content)]) {
    for (const { keys, value } of nodes(thing)) {
      if (typeof value !== 'string') continue;
      for (const id of nctIdsIn(value)) if (!NCT_ID.test(id)) report(thing, keys, `${id} is not an NCT id.`);
    }
  }
}

function drivingRulesAreRead({ content }: Subject, report: Report): void {
  for (const { thing, keys, value, held } of ruleEvidence(content)) {
    if (!held && value.status !== 'read')
      report(thing, [...keys, 'status'], `This rule rests on a source that is ${value.status}.`);
  }
}

function heldRulesAreListed({ content }: Subject, report: Report): void {
  for (const { thing, keys, value, held } of ruleEvidence(content)) {
    if (held && value.status !== 'read') report(thing, [...keys, 'status'], `Held back: its source is ${value.status}.`);
  }
}

// ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const decimalsOf = (value: number) => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;

function countsAreSound({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    const { numerator, denominator } = value;
    if (numerator === undefined && denominator === undefined) continue;
    if (numerator === undefined) {
      // A denominator alone is the size of the series.
      if (!Number.isInteger(denominator) || denominator! <= 0)
        report(thing, [...keys, 'denominator'], `${denominator} is no number of people.`);
    } else if (denominator === undefined) report(thing, [...keys, 'numerator'], `${numerator} of how many?`);
    else if (
      !(
        Number.isInteger(numerator) &&
        Number.isInteger(denominator) &&
        0 <= numerator &&
        numerator <= denominator &&
        denominator > 0
      )
    ) {
      report(thing, [...keys, 'numerator'], `${numerator} of ${denominator} cannot be.`);
    }
  }
}

function percentagesFollow({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    const { percent, numerator, denominator } = value;
    if (percent === undefined) continue;
    if (percent < 0 || percent > 100) report(thing, [...keys, 'percent'], `${percent}% cannot be.`);
    if (numerator === undefined || !denominator) continue;
    const exact = (100 * numerator) / denominator;
    if (Math.abs(exact - percent) > 0.5 * 10 ** -decimalsOf(percent) + 1e-9) {
      report(thing, [...keys, 'percent'], `${numerator} of ${denominator} is ${exact.toFixed(1)}%, not ${percent}%.`);
    }
  }
}

function valuesArePossible({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    for (const key of ['hazardRatio', 'oddsRatio', 'riskRatio'] as const) {
      const ratio = value[key];
      if (ratio !== undefined && ratio <= 0) report(thing, [...keys, key], `A ratio of ${ratio} cannot be.`);
    }
    if (value.months !== undefined && value.months < 0) report(thing, [...keys, 'months'], `${value.months} months cannot be.`);
  }
}

function intervalsAreOrdered({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    if (value.interval && value.interval.low > value.interval.high) {
      report(thing, [...keys, 'interval'], `${value.interval.low} is above ${value.interval.high}.`);
    }
  }
}

function levelsArePossible({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    const level = value.interval?.level;
    if (level !== undefined && !(level >= 0.5 && level <= 0.999)) {
      report(thing, [...keys, 'interval', 'level'], `A level of ${level} cannot be.`);
    }
  }
}

function intervalsContainEstimates({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    const { interval } = value;
    if (!interval || interval.low > interval.high) continue;
    const estimates = estimatesOf(value);
    if (estimates.length === 0) report(thing, [...keys, 'interval'], 'The interval has no estimate.');
    else if (!estimates.some((estimate) => interval.low <= estimate && estimate <= interval.high)) {
      report(thing, [...keys, 'interval'], `${interval.low} to ${interval.high} does not contain ${estimates.join(' or ')}.`);
    }
  }
}

/** What the interval of a claim can belong to: its ratio when it has one, else its percentage or its months. */
function estimatesOf(claim: Claim): readonly number[] {
  const { hazardRatio, oddsRatio, riskRatio, value, percent, months, numerator, denominator } = claim;
  const ratio = hazardRatio ?? oddsRatio ?? riskRatio ?? value;
  if (ratio !== undefined) return [ratio];
  const share = percent ?? (numerator !== undefined && denominator ? (100 * numerator) / denominator : undefined);
  return [share, months].filter((estimate) => estimate !== undefined);
}

function directionsAgree({ content }: Subject, report: Report): void {
  for (const { thing, keys, value } of claims(content)) {
    const { hazardRatio, months, against, evidence } = value;
    if (hazardRatio === undefined || months === undefined || against?.months === undefined) continue;
    const longer = Math.sign(months - against.months);
    if (longer * (hazardRatio - 1) <= 0 || /cross|adjust|proportional|direction/i.test(evidence.note ?? '')) continue;
    report(thing, [...keys, 'hazardRatio'], `${hazardRatio} does not go with ${months} against ${against.months} months.`);
  }
}

// ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function patientTextsHaveNoDoses({ content }: Subject, report: Report): void {
  for (const thing of things(content)) {
    for (const { keys, value } of patientTexts(thing)) {
      const dose = doseIn(value);
      if (dose) report(thing, keys, `A dose stands in a patient's text: ${dose}.`);
    }
  }
}

function patientTextsHaveNoSurvival({ content }: Subject, report: Report): void {
  for (const thing of things(content)) {
    for (const { keys, value } of patientTexts(thing)) {
      const figure = survivalIn(value);
      if (figure) report(thing, keys, `A survival figure stands in a patient's text: ${figure}.`);
    }
  }
}

function patientTextsAreReadable(subject: Subject, report: Report): void {
  for (const { thing, grade, words } of readingGrades(subject.loaded)) {
    if (words >= LEAST_WORDS && grade > HIGHEST_GRADE) {
      const keys = 'kind' in thing ? ['title'] : [];
      report(thing, keys, `The text for patients has grade ${grade} (${words} words).`);
    }
  }
}

/** Reading grade of the patient text of each file that has prose in it; `thing` is the first entry of the file. */
export function readingGrades(loaded: LoadedKnowledge) {
  const files = new Map<string, { readonly thing: object; readonly texts: string[] }>();
  for (const thing of things(loaded.readable)) {
    const path = loaded.file(thing);
    const file = files.get(path) ?? { thing, texts: [] };
    files.set(path, file);
    file.texts.push(...[...patientTexts(thing)].map(({ value }) => value));
  }
  return [...files].flatMap(([file, { thing, texts }]) => {
    const result = readability(texts);
    return result ? [{ file, thing, ...result }] : [];
  });
}

function knownErrorsAreAbsent({ content }: Subject, report: Report): void {
  for (const thing of [...content.sources, ...things(content)]) {
    for (const statement of statementsIn(thing)) {
      for (const { all, unless, instead } of KNOWN_WRONG) {
        if (!all.every((pattern) => pattern.test(statement.text))) continue;
        if (unless?.test(`${statement.text}\n${statement.notes}`)) continue;
        report(thing, statement.keys, `This is known to be printed wrongly; right: ${instead}.`);
      }
    }
  }
}

interface Statement {
  readonly keys: KeyPath;
  /** The strings and numbers of one statement, `key: value`, one a line. */
  text: string;
  /** Its notes, which may name an error in order to warn of it. */
  notes: string;
}

/** Whatever carries evidence is one statement; so is the rest of a thing. Examples are not statements. */
function statementsIn(thing: object): readonly Statement[] {
  const statements: Statement[] = [{ keys: [], text: '', notes: '' }];
  for (const { keys, value } of nodes(thing)) {
    if (keys.length > 0 && typeof value === 'object' && value !== null && 'evidence' in value)
      statements.push({ keys, text: '', notes: '' });
    if (keys[0] === 'examples' || (typeof value !== 'string' && typeof value !== 'number')) continue;
    const owner = statements.findLast((statement) => statement.keys.every((key, i) => key === keys[i]))!;
    const name = [...keys].reverse().find((key) => typeof key === 'string');
    if (name === 'note') owner.notes += `${value}\n`;
    else owner.text += `${name}: ${value}\n`;
  }
  return statements;
}

// ── staging, scores, sites, symptoms, treatments ─────────────────────────────────────────────────────────────────────

function stagingIsComplete({ content }: Subject, report: Report): void {
  for (const system of content.staging) {
    if (system.key === undefined) {
      if (!system.instead) report(system, ['id'], 'There is neither a system (key) nor what is used instead.');
      continue;
    }
    for (const key of ['T', 'N', 'M', 'groups', 'groupsEvidence'] as const) {
      if (system[key] === undefined) report(system, ['key'], `The system has no ${key}.`);
    }
    if (system.bases.length === 0) report(system, ['bases'], 'The system has no bases.');
    for (const basis of system.bases) {
      if (system.T && !system.T[basis]) report(system, ['T'], `There is no ${basis} T.`);
    }
    for (const basis of ['clinical', 'pathological'] as const) {
      if (system.T?.[basis] && !system.bases.includes(basis)) report(system, ['T', basis], `${basis} is not one of the bases.`);
    }
  }
}

function everyCellHasAGroup({ content }: Subject, report: Report): void {
  for (const system of content.staging) {
    const { groups } = system;
    if (!groups) continue;
    const all = { T: new Set<string>(), N: new Set<string>(), M: new Set<string>() };
    for (const { category, rule } of categoryRules(system)) for (const value of outcomes(rule)) all[category].add(value);
    const reached = new Set<number>();
    for (const T of all.T) {
      for (const N of all.N) {
        for (const M of all.M) {
          const row = groups.findIndex((r) => [T, '*'].includes(r.T) && [N, '*'].includes(r.N) && [M, '*'].includes(r.M));
          if (row < 0) report(system, ['groups'], `${T} ${N} ${M} has no group.`);
          else reached.add(row);
        }
      }
    }
    for (const [i, row] of groups.entries()) {
      const strange = (['T', 'N', 'M'] as const).find((category) => row[category] !== '*' && !all[category].has(row[category]));
      if (strange) report(system, ['groups', i, strange], `No rule gives ${row[strange]}.`);
      else if (!reached.has(i)) report(system, ['groups', i], 'The rows before it take every case of this row.');
    }
  }
}

/** More totals than this are not counted out. */
const MOST_TOTALS = 100_000;

function scoreGroupsFit({ content }: Subject, report: Report): void {
  for (const score of content.scores) {
    if (score.groups.length === 0) report(score, ['groups'], 'The score has no groups.');
    if (!score.points) {
      for (const [i, group] of score.groups.entries()) {
        if (!group.when) report(score, ['groups', i], `The group ${group.id} of a tree has no condition.`);
        if (group.from !== undefined || group.to !== undefined)
          report(score, ['groups', i], `The group ${group.id} of a tree has a range.`);
      }
      continue;
    }
    if (score.points.length === 0) report(score, ['points'], 'There are no points to sum.');
    if (score.scale !== undefined && score.scale <= 0) report(score, ['scale'], 'The scale is not above 0.');
    // Groups that conditions make: the points are shown and decide nothing.
    if (score.groups.every((group) => group.when && group.from === undefined && group.to === undefined)) continue;
    for (const [i, group] of score.groups.entries()) {
      if (group.when) report(score, ['groups', i, 'when'], `The group ${group.id} has a condition where others have ranges.`);
      else if (group.from === undefined && group.to === undefined)
        report(score, ['groups', i], `The group ${group.id} has no range.`);
      if (group.from !== undefined && group.to !== undefined && group.from > group.to)
        report(score, ['groups', i], `The range of ${group.id} is empty.`);
    }
    const missing: number[] = [];
    const double: number[] = [];
    for (const total of totalsOf(score.points)) {
      const taking = score.groups.filter((g) => (g.from ?? -Infinity) <= total && total <= (g.to ?? Infinity));
      if (taking.length > 1) double.push(total);
      if (taking.length === 0 && !score.otherwise) missing.push(total);
    }
    if (missing.length > 0) report(score, ['groups'], `No group takes a total of ${some(missing)}.`);
    if (double.length > 0) report(score, ['groups'], `Two groups take a total of ${some(double)}.`);
  }
}

function some(items: readonly number[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}

/** Every total that choices of one line per item can reach, in rising order. */
function totalsOf(
  items: readonly { readonly lines: readonly { readonly then: number }[]; readonly else: number }[],
): readonly number[] {
  let totals: readonly number[] = [0];
  for (const item of items) {
    const choices = unique([...item.lines.map((line) => line.then), item.else]);
    totals = unique(totals.flatMap((total) => choices.map((points) => Math.round((total + points) * 1e6) / 1e6)));
    if (totals.length > MOST_TOTALS) return [];
  }
  return [...totals].sort((a, b) => a - b);
}

function sitesHaveFacts({ content, facts, complete }: Subject, report: Report): void {
  for (const site of content.sites) {
    const fact = facts.get(site.fact);
    if (fact ? fact.type !== 'boolean' : complete) report(site, ['fact'], `There is no boolean fact ${site.fact}.`);
    if (Object.keys(site.from).length === 0) report(site, ['from'], 'The site is reached from nowhere.');
    for (const [i, { primary }] of site.frequencies.entries()) {
      if (!site.from[primary]) report(site, ['frequencies', i, 'primary'], `from says nothing of ${primary}.`);
    }
    for (const [primary, reach] of Object.entries(site.from)) {
      if (reach.routes.length === 0) report(site, ['from', primary, 'routes'], 'There is no route.');
    }
  }
}

const URGENCIES = ['emergency', 'same-day', 'days', 'next-visit'];

function levelsAreOrdered({ content }: Subject, report: Report): void {
  for (const symptom of content.symptoms) {
    if (symptom.levels.length === 0) report(symptom, ['levels'], 'There are no levels.');
    for (const [i, { urgency, when }] of symptom.levels.entries()) {
      const last = i === symptom.levels.length - 1;
      if (last === (when !== undefined)) {
        report(
          symptom,
          ['levels', i],
          last ? 'The last level has a condition.' : 'Only the last level goes without a condition.',
        );
      }
      const before = symptom.levels[i - 1];
      if (before && URGENCIES.indexOf(before.urgency) > URGENCIES.indexOf(urgency)) {
        report(symptom, ['levels', i, 'urgency'], `${urgency} comes after ${before.urgency}.`);
      }
    }
  }
}

function regionsExist({ content, facts }: Subject, report: Report): void {
  const regions = facts.get('person.region')?.values;
  if (!regions) return;
  for (const [thing, key, rows] of [
    ...content.treatments.map((treatment) => [treatment, 'recommendations', treatment.recommendations] as const),
    ...content.tests.map((test) => [test, 'steps', test.steps] as const),
  ]) {
    for (const [i, row] of rows.entries()) {
      for (const [j, region] of (row.regions ?? []).entries()) {
        if (!regions.includes(region))
          report(thing, [key, i, 'regions', j], `There is no region ${region}; there are ${quoted(regions)}.`);
      }
    }
  }
}

// ── cascade, factors, tests, guide pages ─────────────────────────────────────────────────────────────────────────────

function cascadeIsInOrder({ content, loaded }: Subject, report: Report): void {
  const seen = new Set<number>();
  const treatments = new Set(content.treatments.map((treatment) => treatment.id));
  for (const step of content.cascade) {
    if (step.order < 1 || step.order > 6 || seen.has(step.order)) report(step, ['order'], `There is no place ${step.order}.`);
    seen.add(step.order);
    if (loaded.incomplete.has('treatments')) continue;
    for (const [i, drug] of step.drugs.entries()) {
      if (drug.treatment !== undefined && !treatments.has(drug.treatment))
        report(step, ['drugs', i, 'treatment'], `There is no treatment ${drug.treatment}.`);
    }
  }
}

function factorsHaveEffects({ content }: Subject, report: Report): void {
  for (const factor of content.factors) {
    if (factor.effects.length === 0 && factor.noEffectKnown === undefined)
      report(factor, ['effects'], 'No effect, and not said that none is known.');
    const levels = factor.levels.map((level) => level.id);
    for (const [i, { level }] of factor.effects.entries()) {
      if (level !== undefined && !levels.includes(level))
        report(factor, ['effects', i, 'level'], `There is no level ${level}; there are ${quoted(levels)}.`);
    }
  }
}

function testsAreOfUse({ content }: Subject, report: Report): void {
  for (const test of content.tests) {
    if (test.answeredBy.length === 0 && !test.answeredWhen)
      report(test, ['answeredBy'], 'Nothing says when its answer is there.');
    if (test.steps.length === 0 && test.questions.length === 0) report(test, ['steps'], 'It has neither rows nor questions.');
  }
}

const LINK = /\[\[([^\]|]+)(?:\|[^\]]*)?\]\]/g;

function linksLead({ content, loaded }: Subject, report: Report): void {
  if (loaded.incomplete.has('topics')) return;
  const known = new Set(content.topics.map((topic) => topic.id));
  for (const topic of content.topics) {
    const check = (id: string, keys: KeyPath): void => {
      if (id === topic.id) report(topic, keys, 'The page links to itself.');
      else if (!known.has(id)) report(topic, keys, `There is no page ${id}.`);
    };
    for (const [i, id] of topic.see.entries()) check(id, ['see', i]);
    for (const { keys, value } of nodes(topic)) {
      if (typeof value === 'string') for (const [, id] of value.matchAll(LINK)) check(id as string, keys);
    }
  }
}

/** A page is read at 200 words a minute, the lower end for adults reading to understand. */
const WORDS_A_MINUTE = 200;

function pagesAreShort({ content }: Subject, report: Report): void {
  for (const topic of content.topics) {
    for (const voice of ['clinician', 'patient'] as const) {
      const texts = [topic.answer[voice], ...topic.sections.map((section) => section.text[voice])];
      const minutes = texts.join(' ').split(/\s+/).length / WORDS_A_MINUTE;
      if (minutes > MOST_MINUTES) report(topic, ['sections'], `In the ${voice}'s voice it takes ${minutes.toFixed(1)} minutes.`);
    }
  }
}

function pagesAreCited({ content }: Subject, report: Report): void {
  for (const topic of content.topics) {
    if (topic.answerEvidence.status !== 'read')
      report(topic, ['answerEvidence', 'status'], 'The answer rests on no source that was read.');
    for (const [i, section] of topic.sections.entries()) {
      if (section.evidence.status !== 'read')
        report(topic, ['sections', i, 'evidence', 'status'], `The section ${section.id} rests on no source that was read.`);
    }
  }
}

function wordsStandOnce({ content }: Subject, report: Report): void {
  const seen = new Map<string, string>();
  for (const list of content.words) {
    for (const [i, entry] of list.entries.entries()) {
      for (const [j, said] of entry.says.entries()) {
        const key = said.toLowerCase();
        const before = seen.get(key);
        if (before !== undefined) report(list, ['entries', i, 'says', j], `${said} also stands at ${before}.`);
        else seen.set(key, `${list.id} [${i}]`);
      }
    }
  }
}

function termsAreShort({ content, loaded }: Subject, report: Report): void {
  const ids = new Set<string>();
  const words = new Map<string, string>();
  const topics = new Set(content.topics.map(({ id }) => id));
  for (const term of content.glossary) {
    if (ids.has(term.id)) report(term, ['id'], `The term ${term.id} is there twice.`);
    ids.add(term.id);
    for (const [i, word] of term.words.patient.entries()) {
      const key = word.toLowerCase();
      const before = words.get(key);
      if (before !== undefined) report(term, ['words', 'patient', i], `${word} also stands at ${before}.`);
      words.set(key, term.id);
    }
    const sentences = term.text.patient.match(/[.!?](?=\s|$)/g)?.length ?? 0;
    if (sentences === 0 || sentences > MOST_SENTENCES) report(term, ['text', 'patient'], `It has ${sentences} whole sentences.`);
    if (term.topic !== undefined && !topics.has(term.topic) && !loaded.incomplete.has('topics'))
      report(term, ['topic'], `There is no page ${term.topic}.`);
  }
}

// ── trials ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function trialsHaveIds({ content }: Subject, report: Report): void {
  for (const trial of content.trials) {
    if (!NCT_ID.test(trial.id)) report(trial, ['id'], `${trial.id} is not an NCT number.`);
    for (const [i, { id, side }] of trial.facts.entries()) {
      if (id.startsWith('I') !== (side === 'inclusion')) report(trial, ['facts', i, 'id'], `${id} is an ${side}.`);
    }
  }
}

/** Statuses of trials that take people, or are about to. */
const OPEN_STATUSES = ['RECRUITING', 'NOT_YET_RECRUITING', 'ENROLLING_BY_INVITATION', 'AVAILABLE'];

function statusesAreDated({ content, asOf }: Subject, report: Report): void {
  for (const trial of content.trials) {
    const { status, statusAsOf: date } = trial.registry;
    if (date === undefined) {
      if (OPEN_STATUSES.includes(status)) report(trial, ['registry', 'status'], `${status} without the date of it.`);
    } else if (!isPartialDate(date)) report(trial, ['registry', 'statusAsOf'], `${date} is not a date.`);
    else if (asOf && date > asOf.slice(0, date.length)) report(trial, ['registry', 'statusAsOf'], `${date} lies after ${asOf}.`);
  }
}

function trialCountriesExist({ content, facts }: Subject, report: Report): void {
  const known = facts.get('person.country')?.values;
  for (const trial of content.trials) {
    for (const [i, country] of (trial.registry.countries ?? []).entries()) {
      const keys: KeyPath = ['registry', 'countries', i];
      if (known && !known.includes(country)) report(trial, keys, `There is no country ${country}.`);
      if (trial.registry.countries?.indexOf(country) !== i) report(trial, keys, `${country} stands twice.`);
    }
  }
}

function overridesAreSigned({ content, asOf }: Subject, report: Report): void {
  for (const trial of content.trials) {
    const seen = new Set<string>();
    for (const [i, { quote, textHash, signed }] of (trial.overrides ?? []).entries()) {
      const keys: KeyPath = ['overrides', i];
      if (!isDay(signed.date)) report(trial, [...keys, 'signed', 'date'], `${signed.date} is not a date.`);
      else if (asOf && signed.date > asOf) report(trial, [...keys, 'signed', 'date'], `${signed.date} lies after ${asOf}.`);
      if (quote !== quote.trim().replace(/\s+/g, ' ')) report(trial, [...keys, 'quote'], 'The quote has white space to fold.');
      const name = `${textHash} ${quote}`;
      if (seen.has(name)) report(trial, [...keys, 'quote'], 'Another override stands for the same words.');
      seen.add(name);
    }
  }
}

// ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function examplesArePossible({ content, facts, complete }: Subject, report: Report): void {
  for (const { thing, keys, value } of examples(content)) {
    for (const [id, given] of Object.entries(value.facts)) {
      const fact = facts.get(id);
      const fault = fact ? valueFault(given, fact) : complete ? 'is no fact' : undefined;
      if (fault) report(thing, [...keys, 'facts', id], `${id} ${fault}.`);
    }
    if (Object.keys(value.expect).length === 0) report(thing, [...keys, 'expect'], 'The example expects nothing.');
  }
}

function valueFault(value: boolean | number | string, fact: KnownFact): string | undefined {
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `is true or false, not ${value}`;
    case 'code':
      return typeof value === 'string' && fact.values?.includes(value)
        ? undefined
        : `cannot be ${value}; values: ${quoted(fact.values)}`;
    case 'date':
      return typeof value === 'string' && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : `is a date, not ${value}`;
    default:
      if (typeof value !== 'number') return `is a number, not ${value}`;
      if (fact.type === 'integer' && !Number.isInteger(value)) return `is a whole number, not ${value}`;
      return fact.range && (value < fact.range.min || value > fact.range.max)
        ? `lies in ${fact.range.min} to ${fact.range.max}, not at ${value}`
        : undefined;
  }
}

function rulesHaveExamples({ content }: Subject, report: Report): void {
  for (const page of [
    ...content.staging.filter((system) => system.key),
    ...content.scores,
    ...content.treatments,
    ...content.symptoms,
    ...content.factors,
    ...content.tests,
    ...content.survival,
  ]) {
    if (page.examples.length === 0) report(page, ['examples'], `${page.id} has no example.`);
  }
}

// ── review ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function reviewDatesAreDates({ content, asOf }: Subject, report: Report): void {
  for (const page of pages(content)) {
    if (!isDay(page.reviewed)) report(page, ['reviewed'], `${page.reviewed} is not a date.`);
    else if (asOf && page.reviewed > asOf) report(page, ['reviewed'], `${page.reviewed} lies after ${asOf}.`);
  }
}

function ageing({ content, asOf }: Subject, report: Report, after: number, until: number): void {
  if (!asOf) return;
  for (const page of pages(content)) {
    const days = isDay(page.reviewed) ? daysBetween(page.reviewed, asOf) : 0;
    if (days > after && days <= until) report(page, ['reviewed'], `Reviewed on ${page.reviewed}, ${days} days ago.`);
  }
}
