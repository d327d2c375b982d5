/** Treatment options: limits, then what each guideline body says, side by side. A missing fact leaves an option open. */

import type { Snapshot } from '../case/snapshot.js';
import { factsIn } from '../criteria/evaluate.js';
import type { Criterion, FactId, Verdict } from '../criteria/expression.js';
import type { Presumption, Program, Question } from '../criteria/program.js';
import { words } from '../criteria/words.js';
import type { Recommendation, Treatment, Voices } from '../knowledge/types.js';
import { said, say } from '../language.js';
import { oncePer } from '../once.js';
import { addOnce, both, type Catalogue, claimText, type Finding, type Position, quoteAll } from './finding.js';

export type OptionVerdict =
  | 'supported'
  | 'supported-with-conditions'
  | 'not-supported'
  | 'contraindicated'
  | 'undecided'
  | 'investigational'
  | 'disagree'
  | 'not-applicable';

/** A licence or a payer's decision supports an option that no guideline speaks on; it does not argue with a guideline. */
const RECOMMENDS: ReadonlySet<Recommendation['polarity']> = new Set(['for', 'consider']);
const SUPPORTS: ReadonlySet<Recommendation['polarity']> = new Set(['for', 'consider', 'approved', 'funded']);
/** Verdicts after which something may start, so that what is always checked first is worth saying. */
const OPEN_TO: ReadonlySet<OptionVerdict> = new Set(['supported', 'supported-with-conditions', 'disagree']);
/** Groups whose options answer a problem: while nothing says that the problem is there, they are named and not weighed. */
const FOR_A_PROBLEM: ReadonlySet<Treatment['group']> = new Set(['supportive', 'fluid', 'radiotherapy', 'research']);
const ALWAYS: Criterion = { all: [] };

/**
 * Two things are presumed when nobody said otherwise: that the case is one of mesothelioma, which is all that Serosa is for,
 * and that the person has not declined the treatment. They only decide whether an option is weighed at all.
 */
const WEIGHING: Presumption = {
  name: 'weighing',
  value: (id) => (id === 'tumour.mesothelioma' ? true : id.startsWith('pref.declines-') ? false : undefined),
};

interface PreparedRow {
  readonly row: Recommendation;
  /** Whether the row speaks for a case: its condition and the region it is made for. */
  readonly speaks: Question;
  readonly provided: Question;
  /** Its source was read, so it may decide. */
  readonly drives: boolean;
  /** How the row is shown where it does not speak, or may not: the same for every case. */
  readonly silent: Position;
  /** How it is shown while a fact is missing: which ones, the option says as a whole. */
  readonly open: Position;
}

interface PreparedTreatment {
  readonly weighed: Question;
  /** Facts of which the treatment's own condition asks and that are a problem where they are present. */
  readonly problems: readonly FactId[];
  readonly limits: readonly { readonly limit: Treatment['limits'][number]; readonly holds: Question }[];
  readonly rows: readonly PreparedRow[];
  /** What is said of the treatment whatever the verdict: benefit, regimens, monitoring, harms. */
  readonly details: NonNullable<Finding['details']>;
  readonly texts: Readonly<Record<OptionVerdict, Voices>>;
  /** Sources of all rows that were read: the ground of "not supported". */
  readonly sources: readonly string[];
}

/** What each treatment needs for any case, put together once per program. */
const preparedBy = oncePer((program: Program) => oncePer((treatment: Treatment) => prepare(treatment, program)));

/** The rule of each treatment as it is read, in the words of a catalogue. */
const ruleIn = oncePer((catalogue: Catalogue) =>
  oncePer(
    ({ appliesWhen }: Treatment): Voices => ({
      clinician: words(appliesWhen, catalogue, 'clinician'),
      patient: words(appliesWhen, catalogue, 'patient'),
    }),
  ),
);

function prepare(treatment: Treatment, program: Program): PreparedTreatment {
  return {
    weighed: program.question(treatment.appliesWhen, WEIGHING),
    problems: factsIn(treatment.appliesWhen).filter((id) => PROBLEM.test(id)),
    limits: treatment.limits.map((limit) => ({ limit: held(limit), holds: program.question(limit.when) })),
    rows: treatment.recommendations.map((row) => prepareRow(row, program)),
    details: detailsOf(treatment),
    texts: Object.fromEntries(
      Object.entries(SENTENCES).map(([verdict, sentence]) => [
        verdict,
        {
          clinician: `${sentence.clinician} ${treatment.about.clinician}`,
          patient: `${said(sentence.patient)} ${treatment.about.patient}`,
        },
      ]),
    ) as Record<OptionVerdict, Voices>,
    sources: [
      ...new Set(
        treatment.recommendations.filter((row) => row.evidence.status === 'read').flatMap((row) => row.evidence.sources),
      ),
    ],
  };
}

function prepareRow(row: Recommendation, program: Program): PreparedRow {
  const parts: Criterion[] = [];
  if (row.regions !== undefined) parts.push({ fact: 'person.region', in: row.regions });
  if (row.when !== undefined) parts.push(row.when);
  const drives = row.evidence.status === 'read';
  return {
    row,
    speaks: program.question(parts.length === 1 ? (parts[0] as Criterion) : { all: parts }),
    provided: program.question(row.provided ?? ALWAYS),
    drives,
    silent: position(row, drives ? 'no' : 'held', 'met'),
    open: position(row, 'unknown', 'open'),
  };
}

function detailsOf(treatment: Treatment): NonNullable<Finding['details']> {
  const lines: { text: Voices; sources: readonly string[]; clinicianOnly?: boolean }[] = [];
  for (const claim of treatment.benefit ?? []) {
    if (claim.evidence.status === 'read')
      lines.push({ text: both(claimText(claim)), sources: claim.evidence.sources, clinicianOnly: true });
  }
  for (const regimen of treatment.regimens ?? []) {
    if (regimen.evidence.status === 'read')
      lines.push({ text: { clinician: regimen.text, patient: '' }, sources: regimen.evidence.sources, clinicianOnly: true });
  }
  if (treatment.monitoring !== undefined)
    lines.push({ text: { clinician: `Monitoring: ${treatment.monitoring}`, patient: '' }, sources: [], clinicianOnly: true });
  if (treatment.harms !== undefined) {
    lines.push({
      text: { clinician: `Harms: ${treatment.harms.clinician}`, patient: say`Possible harm: ${treatment.harms.patient}` },
      sources: [],
    });
  }
  return lines;
}

/**
 * A limit whose source nobody here has read may hold a treatment back and never opens one: where it holds it is a condition, and
 * where its fact is missing it is something to check first.
 */
function held(limit: Treatment['limits'][number]): Treatment['limits'][number] {
  return limit.evidence.status === 'read' ? limit : { ...limit, severity: 'relative', ifUnknown: 'check' };
}

/** A row as it is shown whatever the case. */
function position(row: Recommendation, applies: Position['applies'], conditions: Position['conditions']): Position {
  return {
    id: row.id,
    body: row.body,
    says: row.polarity,
    applies,
    conditions,
    text: row.text,
    ...(row.strength === undefined ? {} : { strength: row.strength }),
    sources: row.evidence.sources,
    status: row.evidence.status,
    because: [],
    missing: [],
  };
}

/** The verdict alone; {@link optionFinding} explains it. */
export function optionVerdict(treatment: Treatment, facts: Snapshot): OptionVerdict {
  const { weighed, limits, rows } = preparedBy(facts.context.program)(treatment);
  const { answers } = facts;
  const applies = answers.verdict(weighed);
  if (applies === 'false') return 'not-applicable';
  let limited: Verdict = 'false';
  for (const { limit, holds } of limits) {
    const verdict = answers.verdict(holds);
    if (limit.severity === 'absolute' && verdict === 'true') return 'contraindicated';
    // An unknown that is always looked at before treatment starts does not leave the verdict open; the finding lists it.
    if (verdict === 'unknown' && limit.ifUnknown === 'check') continue;
    if (verdict === 'unknown' || limited === 'false') limited = verdict;
  }
  if (applies === 'unknown') return 'undecided';
  let against: Set<string> | undefined;
  for (const { row, speaks, drives } of rows) {
    if (!drives || row.polarity !== 'against' || answers.verdict(speaks) !== 'true') continue;
    against ??= new Set();
    against.add(row.body);
  }
  // What the rows of each verdict say. Within one body the narrower "against" overrules the general "for".
  const said = { true: { ...NOTHING }, unknown: { ...NOTHING }, judgement: { ...NOTHING }, false: NOTHING };
  let unconditional = false;
  let judged = false;
  for (const { row, speaks, provided, drives } of rows) {
    const verdict = drives ? answers.verdict(speaks) : 'false';
    if (verdict === 'false') continue;
    if (row.polarity === 'against') said[verdict].against = true;
    if (row.polarity === 'trial-only') said[verdict].trial = true;
    if (!SUPPORTS.has(row.polarity)) continue;
    if (verdict === 'judgement') judged = true;
    if (against?.has(row.body)) continue;
    said[verdict].supports = true;
    if (RECOMMENDS.has(row.polarity)) said[verdict].recommends = true;
    if (verdict === 'true' && answers.verdict(provided) === 'true') unconditional = true;
  }
  if (against !== undefined) {
    if (said.true.recommends) return 'disagree';
    return said.unknown.recommends || said.judgement.recommends ? 'undecided' : 'not-supported';
  }
  if (!said.true.supports && !judged) {
    if (said.unknown.supports) return 'undecided';
    // One study that takes such cases is enough, whatever other studies ask for.
    if (said.true.trial) return 'investigational';
    return said.unknown.trial ? 'undecided' : 'not-supported';
  }
  // While an "against" is undecided the option is too: unknown is not absent.
  if (said.unknown.against || limited === 'unknown') return 'undecided';
  return applies === 'judgement' || limited !== 'false' || !unconditional ? 'supported-with-conditions' : 'supported';
}

const NOTHING = { supports: false, recommends: false, against: false, trial: false };

const SENTENCES: Readonly<Record<OptionVerdict, Voices>> = {
  supported: { clinician: 'Supported by the rows below.', patient: 'This is an option to talk about with your team.' },
  'supported-with-conditions': {
    clinician: 'Supported, with open conditions.',
    patient: 'This may be an option. Some points have to be sorted out first.',
  },
  'not-supported': {
    clinician: 'Not supported for this case.',
    patient: 'Guidelines do not advise this for a case like this one.',
  },
  contraindicated: {
    clinician: 'Contraindicated as things stand.',
    patient: 'As things stand now this could do harm. Your team can say if that may change.',
  },
  undecided: { clinician: 'Cannot be decided: facts are missing.', patient: 'We cannot say yet. The facts below are missing.' },
  investigational: { clinician: 'Only within a trial or registry.', patient: 'This is only given inside a study.' },
  disagree: {
    clinician: 'Guideline bodies differ; both stand.',
    patient: 'Experts do not agree on this. Ask your team how they see it.',
  },
  'not-applicable': { clinician: 'Does not apply.', patient: 'This does not apply here.' },
};

/** Facts that are a problem by themselves, where they are present. */
const PROBLEM = /^(symptom|site|extent)\./;

/** Whether a treatment waits for its problem: it is for one, and nothing says that the problem is there. */
export function waits(treatment: Treatment, facts: Snapshot): boolean {
  if (!FOR_A_PROBLEM.has(treatment.group)) return false;
  const { weighed, problems } = preparedBy(facts.context.program)(treatment);
  return facts.answers.verdict(weighed) === 'unknown' && !problems.some((id) => isPresent(facts, id));
}

function isPresent(facts: Snapshot, id: FactId): boolean {
  const state = facts.get(id);
  return state.kind === 'known' && state.value !== false && state.value !== 'none' && state.value !== 0;
}

/** A treatment that waits, as far as the next fact worth knowing needs it. */
export function waitingOption(treatment: Treatment, facts: Snapshot, catalogue: Catalogue): OpenOption {
  const { weighed } = preparedBy(facts.context.program)(treatment);
  return {
    id: `option.${treatment.id}`,
    verdict: 'undecided',
    missing: quoteAll(facts.answers.explain(weighed).missing, facts, catalogue),
  };
}

/** What the next fact worth knowing reads of an option. */
export type OpenOption = Pick<Finding, 'id' | 'verdict' | 'missing'>;

const WAITING = {
  'if-needed': {
    titles: { clinician: 'Help for problems that are not recorded here', patient: 'Help that exists for other problems' },
    text: {
      clinician: 'Not weighed, because nothing says whether the problem is there. Not recorded is not absent.',
      patient: 'Your record does not say whether you have these problems. If you do, tell your team: there is help.',
    },
  },
  'being-tried': {
    titles: { clinician: 'Being tried: depends on facts that are missing', patient: 'What is being tried in studies' },
    text: {
      clinician: 'Not weighed, because the facts that these studies ask for are not recorded.',
      patient: 'These are tried in studies. Whether one could be for you depends on facts that your record does not hold.',
    },
  },
} as const;

/**
 * The treatments that wait, as one finding for problems and one for studies: nobody is helped by thirty answers of "cannot be
 * said", and what is not recorded is not absent.
 */
export function waitingFindings(treatments: readonly Treatment[], facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  const waiting = treatments.filter((treatment) => waits(treatment, facts));
  return (['if-needed', 'being-tried'] as const).flatMap((verdict): Finding[] => {
    const own = waiting.filter(({ group }) => (group === 'research') === (verdict === 'being-tried'));
    if (own.length === 0) return [];
    const missing: FactId[] = [];
    const sources: string[] = [];
    for (const treatment of own) {
      const prepared = preparedBy(facts.context.program)(treatment);
      addOnce(missing, facts.answers.explain(prepared.weighed).missing);
      addOnce(sources, prepared.sources);
    }
    const { titles, text } = WAITING[verdict];
    return [
      {
        id: `option.${verdict}`,
        kind: 'option',
        group: verdict === 'being-tried' ? 'research' : 'supportive',
        title: titles.clinician,
        titles,
        verdict,
        because: [],
        missing: quoteAll(missing, facts, catalogue),
        sources,
        text,
        details: own.map((treatment) => ({
          text: treatment.title,
          sources: preparedBy(facts.context.program)(treatment).sources.slice(0, 1),
        })),
      },
    ];
  });
}

/** One option with its reasons; undefined when the treatment does not apply to the case, or waits for its problem. */
export function optionFinding(treatment: Treatment, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const verdict = optionVerdict(treatment, facts);
  if (verdict === 'not-applicable' || (verdict === 'undecided' && waits(treatment, facts))) return undefined;
  const { answers } = facts;
  const { weighed, limits, rows, details: always, texts, sources: ground } = preparedBy(facts.context.program)(treatment);
  const applies = answers.explain(weighed);
  const because: FactId[] = [];
  const missing: FactId[] = [...applies.missing];
  let toCheck: FactId[] = [];
  const details: NonNullable<Finding['details']>[number][] = [];
  const sources: string[] = [];

  for (const { limit, holds } of limits) {
    if (answers.verdict(holds) === 'false') continue;
    const explanation = answers.explain(holds);
    if (explanation.verdict === 'true' || explanation.verdict === 'judgement') {
      addOnce(because, explanation.because);
      addOnce(sources, limit.evidence.sources);
      details.push({ text: limit.text, sources: limit.evidence.sources });
    } else if (explanation.verdict === 'unknown') {
      addOnce(limit.ifUnknown === 'check' ? toCheck : missing, explanation.missing);
      addOnce(sources, limit.evidence.sources);
    }
  }

  const positions = rows.map(({ row, speaks, provided: proviso, drives, silent, open }): Position => {
    // A row that does not speak, or may not, needs no reasons: there are hundreds of them.
    const speaking = drives ? answers.verdict(speaks) : 'false';
    if (speaking === 'false') return silent;
    if (speaking === 'unknown') {
      if (verdict === 'undecided' || row.polarity === 'against') addOnce(missing, answers.explain(speaks).missing);
      return open;
    }
    const explanation = answers.explain(speaks);
    const provided = answers.explain(proviso);
    addOnce(because, explanation.because);
    addOnce(because, provided.because);
    addOnce(missing, provided.missing);
    addOnce(sources, row.evidence.sources);
    return {
      ...silent,
      applies: speaking === 'true' ? 'yes' : 'judgement',
      conditions: provided.verdict === 'true' ? 'met' : 'open',
      because: quoteAll(explanation.because, facts, catalogue),
      missing: quoteAll(provided.missing, facts, catalogue),
    };
  });
  toCheck = toCheck.filter((id) => !missing.includes(id));
  if (because.length === 0) because.push(...applies.because.filter((id) => facts.get(id).kind !== 'unknown'));
  // A row for everyone with the disease rests on the disease.
  if (because.length === 0 && facts.get('tumour.primary-site').kind === 'known') because.push('tumour.primary-site');
  return {
    id: `option.${treatment.id}`,
    kind: 'option',
    group: treatment.group,
    title: treatment.title.clinician,
    titles: treatment.title,
    verdict,
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    ...(toCheck.length === 0 || !OPEN_TO.has(verdict) ? {} : { toCheck: quoteAll(toCheck, facts, catalogue) }),
    sources: sources.length === 0 ? ground : sources,
    text: texts[verdict],
    about: treatment.about,
    details: details.length === 0 ? always : [...details, ...always],
    positions,
    rule: ruleIn(catalogue)(treatment),
  };
}
