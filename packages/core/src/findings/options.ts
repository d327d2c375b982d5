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

/** A criterion ready to be asked, with the facts it asks for. Equal criteria of different treatments are one question. */
interface Question {
  readonly index: number;
  readonly criterion: Criterion;
  readonly ask: CompiledCriterion;
  readonly facts: ReadonlySet<FactId>;
}

const questions = new Map<string, Question>();

function question(criterion: Criterion): Question {
  const key = JSON.stringify(criterion);
  const known = questions.get(key);
  if (known) return known;
  const fresh: Question = { index: questions.size, criterion, ask: compile(criterion), facts: factsOf(criterion) };
  questions.set(key, fresh);
  return fresh;
}

/** What one case has answered so far, by the index of the question. */
interface Answered {
  readonly verdicts: (Verdict | undefined)[];
  readonly explanations: (Explanation | undefined)[];
}

const answered = new WeakMap<Snapshot, Answered>();

function answeredBy(facts: Snapshot): Answered {
  const known = answered.get(facts);
  if (known) return known;
  const fresh: Answered = { verdicts: [], explanations: [] };
  answered.set(facts, fresh);
  return fresh;
}

/** Asks a question once per case; a supposed case is asked only where the supposed fact bears on it. */
function answer(asked: Question, facts: Snapshot): Verdict {
  const { verdicts } = answeredBy(facts);
  const known = verdicts[asked.index];
  if (known !== undefined) return known;
  const { supposed } = facts;
  let bears = supposed === undefined;
  if (supposed !== undefined) for (const id of asked.facts) bears ||= id === supposed.fact || supposed.dependents.has(id);
  const verdict = supposed === undefined || bears ? asked.ask(facts) : answer(asked, supposed.base);
  verdicts[asked.index] = verdict;
  return verdict;
}

function explained(asked: Question, facts: Snapshot): Explanation {
  const { explanations } = answeredBy(facts);
  const known = explanations[asked.index];
  if (known) return known;
  const fresh = explain(evaluate(asked.criterion, facts));
  explanations[asked.index] = fresh;
  return fresh;
}

interface PreparedRow {
  readonly row: Recommendation;
  /** Whether the row speaks for a case: its condition and the region it is made for. */
  readonly speaks: Question;
  readonly provided: Question;
  /** Its source was read, so it may decide. */
  readonly drives: boolean;
  /** How the row is shown where it does not speak, or may not: the same for every case. */
  readonly silent: Position;
}

interface PreparedTreatment {
  readonly weighed: CompiledCriterion;
  readonly limits: readonly { readonly limit: Treatment['limits'][number]; readonly holds: Question }[];
  readonly rows: readonly PreparedRow[];
}

const prepared = new WeakMap<Treatment, PreparedTreatment>();

/** What a treatment needs for any case, put together once. */
function prepare(treatment: Treatment): PreparedTreatment {
  const known = prepared.get(treatment);
  if (known) return known;
  const fresh: PreparedTreatment = {
    weighed: compile(treatment.appliesWhen),
    limits: treatment.limits.map((limit) => ({ limit: held(limit), holds: question(limit.when) })),
    rows: treatment.recommendations.map((row) => {
      const parts: Criterion[] = [];
      if (row.regions !== undefined) parts.push({ fact: 'person.region', in: row.regions });
      if (row.when !== undefined) parts.push(row.when);
      const speaks = question(parts.length === 1 ? (parts[0] as Criterion) : { all: parts });
      const drives = row.evidence.status === 'read';
      return {
        row,
        speaks,
        provided: question(row.provided ?? ALWAYS),
        drives,
        silent: positionOf(row, drives ? 'no' : 'held', 'met', [], []),
      };
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

function positionOf(
  row: Recommendation,
  applies: Position['applies'],
  conditions: Position['conditions'],
  because: Position['because'],
  missing: Position['missing'],
): Position {
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
    because,
    missing,
  };
}

/** The verdict alone; {@link optionFinding} explains it. */
export function optionVerdict(treatment: Treatment, facts: Snapshot): OptionVerdict {
  const { weighed, limits, rows } = prepare(treatment);
  const applies = weighed(presumed(facts));
  if (applies === 'false') return 'not-applicable';
  const limitStates: { severity: 'absolute' | 'relative'; verdict: Verdict }[] = [];
  for (const { limit, holds } of limits) {
    const verdict = limitVerdict(limit, answer(holds, facts));
    if (verdict !== 'false') limitStates.push({ severity: limit.severity, verdict });
  }
  const states: RowState[] = [];
  for (const { row, speaks, provided, drives } of rows) {
    const verdict = drives ? answer(speaks, facts) : 'false';
    if (verdict !== 'false') states.push({ row, applies: verdict, provided: answer(provided, facts) });
  }
  return decide(applies, limitStates, states);
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
  for (const { limit, holds } of limits) {
    if (answer(holds, facts) === 'false') continue;
    const explanation = explained(holds, facts);
    if (explanation.verdict === 'true' || explanation.verdict === 'judgement') {
      for (const id of explanation.because) because.add(id);
      for (const id of limit.evidence.sources) sources.add(id);
      details.push({ text: limit.text, sources: limit.evidence.sources });
    } else if (explanation.verdict === 'unknown') {
      for (const id of explanation.missing) (limit.ifUnknown === 'check' ? toCheck : missing).add(id);
      for (const id of limit.evidence.sources) sources.add(id);
    }
  }

  const positions = rows.map(({ row, speaks, provided: proviso, drives, silent }): Position => {
    // A row that does not speak, or may not, needs no reasons: there are hundreds of them.
    if (!drives || answer(speaks, facts) === 'false') return silent;
    const explanation = explained(speaks, facts);
    const provided = explained(proviso, facts);
    const applying = explanation.verdict === 'true' ? 'yes' : explanation.verdict === 'judgement' ? 'judgement' : 'unknown';
    if (applying === 'yes' || applying === 'judgement') {
      for (const id of [...explanation.because, ...provided.because]) because.add(id);
      for (const id of provided.missing) missing.add(id);
      for (const id of row.evidence.sources) sources.add(id);
    } else if (applying === 'unknown' && (verdict === 'undecided' || row.polarity === 'against')) {
      for (const id of explanation.missing) missing.add(id);
    }
    return positionOf(
      row,
      applying,
      provided.verdict === 'true' ? 'met' : 'open',
      quoteAll(explanation.because, facts, catalogue),
      quoteAll([...explanation.missing, ...provided.missing], facts, catalogue),
    );
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
