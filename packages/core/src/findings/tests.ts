/** What to do next to find out more: tests in guideline order, each with its purpose, what it can miss and what it would tell. */
import type { Snapshot } from '../case/snapshot.js';
import type { Criterion, FactId } from '../criteria/expression.js';
import type { Program, Question } from '../criteria/program.js';
import { type DetectionTest, type Measure, type PrimarySite, TEST_PHASES, type TestStep } from '../knowledge/types.js';
import { oncePer } from '../once.js';
import { addOnce, both, type Catalogue, claimText, type Finding, type Position, quoteAll } from './finding.js';

/** `known`: the answer is there and current. `none`: no row that was read speaks for this case. */
export type TestVerdict = 'advised' | 'consider' | 'disagree' | 'not-advised' | 'undecided' | 'known' | 'none';

/** What may be shown, in this order; a test whose answer is there is never proposed. */
export const TEST_ORDER: readonly TestVerdict[] = ['advised', 'disagree', 'consider', 'undecided', 'not-advised'];

const ALWAYS: Criterion = { all: [] };
const SAYS: Readonly<Record<TestStep['polarity'], Position['says']>> = { do: 'for', consider: 'consider', 'do-not': 'against' };

interface PreparedStep {
  readonly step: TestStep;
  readonly when: Question;
  readonly drives: boolean;
  /** How the row is shown where it does not speak, or may not: the same for every case. */
  readonly silent: Position;
  /** How it is shown while a fact is missing: which ones, the test says as a whole. */
  readonly open: Position;
}

type Details = NonNullable<Finding['details']>;

interface Prepared {
  readonly applies: Question;
  readonly answeredWhen: Question | undefined;
  readonly steps: readonly PreparedStep[];
  readonly caveats: readonly { readonly when: Question; readonly line: Details[number] }[];
  readonly details: Details;
  readonly sources: readonly string[];
}

/** What each test needs for any case, put together once per program. */
const preparedBy = oncePer((program: Program) => oncePer((test: DetectionTest) => prepare(test, program)));

function prepare(test: DetectionTest, program: Program): Prepared {
  return {
    applies: program.question(test.appliesWhen ?? ALWAYS),
    answeredWhen: test.answeredWhen && program.question(test.answeredWhen),
    caveats: test.caveats
      .filter((caveat) => caveat.evidence.status === 'read')
      .map((caveat) => ({
        when: program.question(caveat.when ?? ALWAYS),
        line: { text: caveat.text, sources: caveat.evidence.sources },
      })),
    steps: test.steps.map((step) => {
      const parts: Criterion[] = [];
      if (step.regions !== undefined) parts.push({ fact: 'person.region', in: step.regions });
      if (step.when !== undefined) parts.push(step.when);
      const drives = step.evidence.status === 'read';
      return {
        step,
        when: program.question(parts.length === 1 ? (parts[0] as Criterion) : { all: parts }),
        drives,
        silent: position(step, drives ? 'no' : 'held'),
        open: position(step, 'unknown'),
      };
    }),
    details: [
      {
        text: { clinician: `Can miss: ${test.canMiss.clinician}`, patient: test.canMiss.patient },
        sources: test.evidence.sources,
      },
      ...test.questions.flatMap((question): Details => {
        const figures = question.figures.filter((figure) => figure.evidence.status === 'read');
        return [
          {
            text: {
              clinician: `${question.ask.clinician} ${question.says.clinician}`,
              patient: `${question.ask.patient} ${question.says.patient}`,
            },
            sources: [...new Set(figures.flatMap((figure) => figure.evidence.sources))],
          },
          ...figures.map((figure) => ({
            text: both(figureText(figure)),
            sources: figure.evidence.sources,
            clinicianOnly: true,
          })),
        ];
      }),
    ],
    sources: test.evidence.sources,
  };
}

const MEASURES: Readonly<Record<Measure, string>> = {
  sensitivity: 'Sensitivity',
  specificity: 'Specificity',
  ppv: 'Positive predictive value',
  npv: 'Negative predictive value',
  accuracy: 'Accuracy',
  auc: 'Area under the curve',
  'likelihood-ratio-positive': 'Positive likelihood ratio',
  'likelihood-ratio-negative': 'Negative likelihood ratio',
  yield: 'Yield',
  agreement: 'Agreement',
  complication: 'Complication',
  other: '',
};

/** A figure led by what it measures, where its own words do not begin with that. */
function figureText(figure: DetectionTest['questions'][number]['figures'][number]): string {
  const measure = MEASURES[figure.measure];
  const text = claimText(figure);
  return measure === '' || text.toLowerCase().startsWith(measure.toLowerCase()) ? text : `${measure}: ${text}`;
}

/** A row as it is shown whatever the case. */
function position(step: TestStep, applies: Position['applies']): Position {
  return {
    id: step.id,
    body: step.body,
    says: SAYS[step.polarity],
    applies,
    conditions: 'met',
    text: step.text,
    ...(step.strength === undefined ? {} : { strength: step.strength }),
    sources: step.evidence.sources,
    status: step.evidence.status,
    because: [],
    missing: [],
  };
}

/** Whether the answer of a test is there and still current. */
function answered(test: DetectionTest, { answeredWhen }: Prepared, facts: Snapshot): boolean {
  for (const ids of test.answeredBy) if (ids.every((id) => facts.get(id).kind === 'known')) return true;
  return answeredWhen !== undefined && facts.answers.verdict(answeredWhen) === 'true';
}

/** Whether a test is proposed for a case, on the rows whose source was read. */
export function testVerdict(test: DetectionTest, facts: Snapshot): TestVerdict {
  const site = facts.get('tumour.primary-site');
  if (site.kind === 'known' && !test.primary.includes(site.value as PrimarySite)) return 'none';
  // Before anybody knows where it began, what finds it comes first.
  if (site.kind !== 'known' && test.primary.length < 4 && test.phase !== 'find') return 'none';
  const own = preparedBy(facts.context.program)(test);
  const { answers } = facts;
  const applies = answers.verdict(own.applies);
  if (applies === 'false') return 'none';
  if (answered(test, own, facts)) return 'known';
  let advised = false;
  let considered = false;
  let judged = false;
  let refused = false;
  let open = false;
  for (const { step, when, drives } of own.steps) {
    const verdict = drives ? answers.verdict(when) : 'false';
    if (verdict === 'false') continue;
    if (step.polarity === 'do-not') refused ||= verdict === 'true';
    else if (verdict === 'unknown') open = true;
    else if (verdict === 'judgement') judged = true;
    else if (step.polarity === 'do') advised = true;
    else considered = true;
  }
  if (applies === 'unknown') return advised || considered || judged || refused || open ? 'undecided' : 'none';
  if (advised) return refused ? 'disagree' : 'advised';
  if (considered) return refused ? 'disagree' : 'consider';
  // A person has to judge whether the condition of the row is met.
  if (judged) return 'consider';
  if (refused) return 'not-advised';
  return open ? 'undecided' : 'none';
}

/** A test as a finding; undefined where its answer is there or nobody proposes it. */
export function testFinding(test: DetectionTest, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const verdict = testVerdict(test, facts);
  if (verdict === 'known' || verdict === 'none') return undefined;
  const { applies: weighed, steps, caveats, details, sources } = preparedBy(facts.context.program)(test);
  const { answers } = facts;
  const because: FactId[] = [];
  const missing: FactId[] = [...answers.explain(weighed).missing];
  // A row against the test that nobody can rule out yet has to be looked at before the test is done.
  const toCheck: FactId[] = [];
  const named: string[] = [...sources];
  const positions = steps.map(({ step, when, drives, silent, open }): Position => {
    const speaking = drives ? answers.verdict(when) : 'false';
    if (speaking === 'false') return silent;
    const explanation = answers.explain(when);
    if (speaking === 'unknown') {
      if (verdict === 'undecided') addOnce(missing, explanation.missing);
      else if (step.polarity === 'do-not') addOnce(toCheck, explanation.missing);
      return open;
    }
    addOnce(because, explanation.because);
    addOnce(named, step.evidence.sources);
    const applies = speaking === 'judgement' ? 'judgement' : 'yes';
    return { ...silent, applies, because: quoteAll(explanation.because, facts, catalogue) };
  });
  const warnings = caveats.filter(({ when }) => answers.verdict(when) !== 'false').map(({ line }) => line);
  const tells = test.tells.filter((id) => facts.get(id).kind !== 'known');
  return {
    id: `test.${test.id}`,
    kind: 'test',
    group: test.phase,
    title: test.title.clinician,
    titles: test.title,
    verdict,
    because: quoteAll(because, facts, catalogue),
    missing: quoteAll(missing, facts, catalogue),
    ...(toCheck.length === 0 ? {} : { toCheck: quoteAll(toCheck, facts, catalogue) }),
    tells: quoteAll(tells, facts, catalogue),
    sources: named,
    text: test.purpose,
    about: test.about,
    details: warnings.length === 0 ? details : [...warnings, ...details],
    positions,
  };
}

/** Guideline order: by the part of the way a test belongs to, then what is advised before what may be considered. */
export function inGuidelineOrder(a: Finding, b: Finding): number {
  const phase = (finding: Finding): number => (TEST_PHASES as readonly string[]).indexOf(finding.group ?? '');
  const rank = (finding: Finding): number => (TEST_ORDER as readonly string[]).indexOf(finding.verdict);
  return phase(a) - phase(b) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
