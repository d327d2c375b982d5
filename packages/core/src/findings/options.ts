/** Treatment options: limits, then what each guideline body says, side by side. A missing fact leaves an option open. */
import type { Facts } from '../case/facts.js';
import type { Snapshot } from '../case/snapshot.js';
import { type CompiledCriterion, compile, type Explanation, evaluate, explain, factsOf } from '../criteria/evaluate.js';
import type { Criterion, FactId, Verdict } from '../criteria/expression.js';
import { words } from '../criteria/words.js';
import type { Recommendation, Treatment, Voices } from '../knowledge/types.js';
import { both, type Catalogue, claimText, type Finding, type Position, quoteAll } from './finding.js';

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
const ALWAYS: Criterion = { all: [] };

/**
 * Two things are presumed when nobody said otherwise: that the case is one of mesothelioma, which is all that Serosa is for,
 * and that the person has not declined the treatment. They only decide whether an option is weighed at all.
 */
function presumed(facts: Facts): Facts {
  return {
    asOf: facts.asOf,
    get(id) {
      const state = facts.get(id);
      if (state.kind !== 'unknown') return state;
      if (id === 'tumour.mesothelioma') return { kind: 'known', value: true };
      return id.startsWith('pref.declines-') ? { kind: 'known', value: false } : state;
    },
  };
}

const SILENT: Explanation = { verdict: 'false', because: [], missing: [], judgements: [] };
const MET: Explanation = { verdict: 'true', because: [], missing: [], judgements: [] };

/** A criterion ready to be asked, with the facts it asks for. */
interface Question {
  readonly criterion: Criterion;
  readonly ask: CompiledCriterion;
  readonly facts: ReadonlySet<FactId>;
}

const question = (criterion: Criterion): Question => ({ criterion, ask: compile(criterion), facts: factsOf(criterion) });

interface PreparedRow {
  readonly row: Recommendation;
  /** Whether the row speaks for a case: its condition and the region it is made for. */
  readonly speaks: Question;
  readonly provided: Question;
  /** Its source was read, so it may decide. */
  readonly drives: boolean;
}

interface PreparedTreatment {
  readonly weighed: Question;
  readonly limits: readonly { readonly limit: Treatment['limits'][number]; readonly holds: Question }[];
  readonly rows: readonly PreparedRow[];
}

const prepared = new WeakMap<Treatment, PreparedTreatment>();

/** What a treatment needs for any case, put together once. */
function prepare(treatment: Treatment): PreparedTreatment {
  const known = prepared.get(treatment);
  if (known) return known;
  const fresh: PreparedTreatment = {
    weighed: question(treatment.appliesWhen),
    limits: treatment.limits.map((limit) => ({ limit: held(limit), holds: question(limit.when) })),
    rows: treatment.recommendations.map((row) => {
      const parts: Criterion[] = [];
      if (row.regions !== undefined) parts.push({ fact: 'person.region', in: row.regions });
      if (row.when !== undefined) parts.push(row.when);
      const speaks = question(parts.length === 1 ? (parts[0] as Criterion) : { all: parts });
      return { row, speaks, provided: question(row.provided ?? ALWAYS), drives: row.evidence.status === 'read' };
    }),
  };
  prepared.set(treatment, fresh);
  return fresh;
}

/**
 * A limit whose source nobody here has read may hold a treatment back and never opens one: where it holds it is a condition, and
 * where its fact is missing it is something to check first.
 */
function held(limit: Treatment['limits'][number]): Treatment['limits'][number] {
  return limit.evidence.status === 'read' ? limit : { ...limit, severity: 'relative', ifUnknown: 'check' };
}

interface RowState {
  readonly row: Recommendation;
  readonly applies: Verdict;
  readonly provided: Verdict;
}

/** Answers to every question of one treatment for one case. */
interface Answers {
  readonly weighed: Verdict;
  readonly limits: readonly Verdict[];
  readonly speaks: readonly Verdict[];
  readonly provided: readonly Verdict[];
}

const answered = new WeakMap<Snapshot, Map<Treatment, Answers>>();

/** Asks every question; for a supposed case only those on which the supposed fact bears. */
function answersFor(treatment: Treatment, facts: Snapshot): Answers {
  const mine = answered.get(facts) ?? new Map<Treatment, Answers>();
  answered.set(facts, mine);
  const known = mine.get(treatment);
  if (known) return known;
  const { weighed, limits, rows } = prepare(treatment);
  const { supposed } = facts;
  const base = supposed && answersFor(treatment, supposed.base);
  const ask = ({ ask, facts: asked }: Question, before: Verdict | undefined, of: Facts): Verdict => {
    if (before === undefined || supposed === undefined) return ask(of);
    for (const id of asked) if (id === supposed.fact || supposed.dependents.has(id)) return ask(of);
    return before;
  };
  const fresh: Answers = {
    weighed: ask(weighed, base?.weighed, presumed(facts)),
    limits: limits.map(({ holds }, index) => ask(holds, base?.limits[index], facts)),
    speaks: rows.map(({ speaks, drives }, index) => (drives ? ask(speaks, base?.speaks[index], facts) : 'false')),
    provided: rows.map(({ provided, drives }, index) => (drives ? ask(provided, base?.provided[index], facts) : 'true')),
  };
  mine.set(treatment, fresh);
  return fresh;
}

/** The verdict alone; {@link optionFinding} explains it. */
export function optionVerdict(treatment: Treatment, facts: Snapshot): OptionVerdict {
  const answers = answersFor(treatment, facts);
  if (answers.weighed === 'false') return 'not-applicable';
  const { limits, rows } = prepare(treatment);
  const limitStates: { severity: 'absolute' | 'relative'; verdict: Verdict }[] = [];
  limits.forEach(({ limit }, index) => {
    const verdict = limitVerdict(limit, answers.limits[index] as Verdict);
    if (verdict !== 'false') limitStates.push({ severity: limit.severity, verdict });
  });
  const states: RowState[] = [];
  rows.forEach(({ row }, index) => {
    const applies = answers.speaks[index] as Verdict;
    if (applies !== 'false') states.push({ row, applies, provided: answers.provided[index] as Verdict });
  });
  return decide(answers.weighed, limitStates, states);
}

/** An unknown that is always looked at before treatment starts does not leave the verdict open; the finding lists it. */
function limitVerdict(limit: Treatment['limits'][number], verdict: Verdict): Verdict {
  return verdict === 'unknown' && limit.ifUnknown === 'check' ? 'false' : verdict;
}

function decide(
  applies: Verdict,
  limits: readonly { readonly severity: 'absolute' | 'relative'; readonly verdict: Verdict }[],
  rows: readonly RowState[],
): OptionVerdict {
  if (limits.some((limit) => limit.severity === 'absolute' && limit.verdict === 'true')) return 'contraindicated';
  if (applies === 'unknown') return 'undecided';
  const speaking = (verdict: Verdict): readonly RowState[] => rows.filter((state) => state.applies === verdict);
  const against = bodies(speaking('true').filter((state) => state.row.polarity === 'against'));
  // Within one body the narrower "against" overrules the general "for".
  const supporting = speaking('true').filter((state) => SUPPORTS.has(state.row.polarity) && !against.has(state.row.body));
  if (against.size > 0) {
    if (supporting.some((state) => RECOMMENDS.has(state.row.polarity))) return 'disagree';
    const open = [...speaking('unknown'), ...speaking('judgement')].filter(
      (state) => RECOMMENDS.has(state.row.polarity) && !against.has(state.row.body),
    );
    return open.length > 0 ? 'undecided' : 'not-supported';
  }
  const judged = speaking('judgement').filter((state) => SUPPORTS.has(state.row.polarity));
  if (supporting.length === 0 && judged.length === 0) {
    if (speaking('unknown').some((state) => SUPPORTS.has(state.row.polarity) || state.row.polarity === 'trial-only'))
      return 'undecided';
    return speaking('true').some((state) => state.row.polarity === 'trial-only') ? 'investigational' : 'not-supported';
  }
  // While an "against" is undecided the option is too: unknown is not absent.
  if (speaking('unknown').some((state) => state.row.polarity === 'against')) return 'undecided';
  if (limits.some((limit) => limit.verdict === 'unknown')) return 'undecided';
  const conditional =
    applies === 'judgement' ||
    limits.some((limit) => limit.verdict === 'true' || limit.verdict === 'judgement') ||
    supporting.length === 0 ||
    supporting.every((state) => state.provided !== 'true');
  return conditional ? 'supported-with-conditions' : 'supported';
}

function bodies(states: readonly RowState[]): ReadonlySet<string> {
  return new Set(states.map((state) => state.row.body));
}

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

/** One option with its reasons; undefined when the treatment does not apply to the case. */
export function optionFinding(treatment: Treatment, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const verdict = optionVerdict(treatment, facts);
  if (verdict === 'not-applicable') return undefined;
  const applies = explain(evaluate(treatment.appliesWhen, presumed(facts)));
  const because = new Set<FactId>();
  const missing = new Set<FactId>(applies.missing);
  const toCheck = new Set<FactId>();
  const details: { text: Voices; sources: readonly string[]; clinicianOnly?: boolean }[] = [];
  const sources = new Set<string>();

  const { limits, rows } = prepare(treatment);
  const answers = answersFor(treatment, facts);
  for (const [index, { limit }] of limits.entries()) {
    if (answers.limits[index] === 'false') continue;
    const explanation = explain(evaluate(limit.when, facts));
    if (explanation.verdict === 'true' || explanation.verdict === 'judgement') {
      for (const id of explanation.because) because.add(id);
      for (const id of limit.evidence.sources) sources.add(id);
      details.push({ text: limit.text, sources: limit.evidence.sources });
    } else if (explanation.verdict === 'unknown') {
      for (const id of explanation.missing) (limit.ifUnknown === 'check' ? toCheck : missing).add(id);
      for (const id of limit.evidence.sources) sources.add(id);
    }
  }

  const positions = rows.map(({ row, speaks, provided: proviso, drives }, index): Position => {
    // A row that does not speak, or may not, needs no reasons: there are hundreds of them.
    const silent = answers.speaks[index] === 'false';
    const explanation = silent ? SILENT : explain(evaluate(speaks.criterion, facts));
    const provided = silent || proviso.criterion === ALWAYS ? MET : explain(evaluate(proviso.criterion, facts));
    const applying = !drives
      ? 'held'
      : explanation.verdict === 'true'
        ? 'yes'
        : explanation.verdict === 'false'
          ? 'no'
          : explanation.verdict;
    if (applying === 'yes' || applying === 'judgement') {
      for (const id of [...explanation.because, ...provided.because]) because.add(id);
      for (const id of provided.missing) missing.add(id);
      for (const id of row.evidence.sources) sources.add(id);
    } else if (applying === 'unknown' && (verdict === 'undecided' || row.polarity === 'against')) {
      for (const id of explanation.missing) missing.add(id);
    }
    return {
      id: row.id,
      body: row.body,
      says: row.polarity,
      applies: applying,
      conditions: provided.verdict === 'true' ? 'met' : 'open',
      text: row.text,
      ...(row.strength === undefined ? {} : { strength: row.strength }),
      sources: row.evidence.sources,
      status: row.evidence.status,
      because: quoteAll(explanation.because, facts, catalogue),
      missing: quoteAll([...explanation.missing, ...provided.missing], facts, catalogue),
    };
  });
  for (const id of missing) toCheck.delete(id);
  if (because.size === 0) for (const id of applies.because) if (facts.get(id).kind !== 'unknown') because.add(id);
  // A row for everyone with the disease rests on the disease.
  if (because.size === 0 && facts.get('tumour.primary-site').kind === 'known') because.add('tumour.primary-site');
  for (const claim of treatment.benefit ?? []) {
    if (claim.evidence.status === 'read')
      details.push({ text: both(claimText(claim)), sources: claim.evidence.sources, clinicianOnly: true });
  }
  for (const regimen of treatment.regimens ?? []) {
    if (regimen.evidence.status === 'read')
      details.push({ text: { clinician: regimen.text, patient: '' }, sources: regimen.evidence.sources, clinicianOnly: true });
  }
  if (treatment.monitoring !== undefined)
    details.push({ text: { clinician: `Monitoring: ${treatment.monitoring}`, patient: '' }, sources: [], clinicianOnly: true });
  if (treatment.harms !== undefined) {
    details.push({
      text: { clinician: `Harms: ${treatment.harms.clinician}`, patient: `Possible harm: ${treatment.harms.patient}` },
      sources: [],
    });
  }
  // Rows that speak for nothing here still are the ground of "not supported".
  if (sources.size === 0)
    for (const row of treatment.recommendations)
      if (row.evidence.status === 'read') for (const id of row.evidence.sources) sources.add(id);

  const sentence = SENTENCES[verdict];
  return {
    id: `option.${treatment.id}`,
    kind: 'option',
    title: treatment.title.clinician,
    titles: treatment.title,
    verdict,
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    ...(toCheck.size === 0 || !OPEN_TO.has(verdict) ? {} : { toCheck: quoteAll(toCheck, facts, catalogue) }),
    sources: [...sources],
    text: {
      clinician: `${sentence.clinician} ${treatment.about.clinician}`,
      patient: `${sentence.patient} ${treatment.about.patient}`,
    },
    about: treatment.about,
    details,
    positions,
    rule: {
      clinician: words(treatment.appliesWhen, catalogue, 'clinician'),
      patient: words(treatment.appliesWhen, catalogue, 'patient'),
    },
  };
}
