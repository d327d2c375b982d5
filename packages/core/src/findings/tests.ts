/** What to do next to find out more: tests in guideline order, each with its purpose, what it can miss and what it would tell. */
import type { Snapshot } from '../case/snapshot.js';
import type { Criterion, FactId, Verdict } from '../criteria/expression.js';
import { type DetectionTest, type PrimarySite, TEST_PHASES, type TestStep } from '../knowledge/types.js';
import { both, type Catalogue, claimText, type Finding, type Position, quoteAll } from './finding.js';

/** `known`: the answer is there and current. `none`: no row that was read speaks for this case. */
export type TestVerdict = 'advised' | 'consider' | 'disagree' | 'not-advised' | 'undecided' | 'known' | 'none';

/** What may be shown, in this order; a test whose answer is there is never proposed. */
export const TEST_ORDER: readonly TestVerdict[] = ['advised', 'disagree', 'consider', 'undecided', 'not-advised'];

const ALWAYS: Criterion = { all: [] };
const SAYS: Readonly<Record<TestStep['polarity'], Position['says']>> = { do: 'for', consider: 'consider', 'do-not': 'against' };

interface PreparedStep {
  readonly step: TestStep;
  readonly when: Criterion;
  readonly drives: boolean;
}

type Details = NonNullable<Finding['details']>;

interface Prepared {
  readonly steps: readonly PreparedStep[];
  readonly details: Details;
  readonly sources: readonly string[];
}

const prepared = new WeakMap<DetectionTest, Prepared>();

function prepare(test: DetectionTest): Prepared {
  const known = prepared.get(test);
  if (known) return known;
  const fresh: Prepared = {
    steps: test.steps.map((step) => {
      const parts: Criterion[] = [];
      if (step.regions !== undefined) parts.push({ fact: 'person.region', in: step.regions });
      if (step.when !== undefined) parts.push(step.when);
      return {
        step,
        when: parts.length === 1 ? (parts[0] as Criterion) : { all: parts },
        drives: step.evidence.status === 'read',
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
            text: both(`${figure.measure.replaceAll('-', ' ')}: ${claimText(figure)}`),
            sources: figure.evidence.sources,
            clinicianOnly: true,
          })),
        ];
      }),
    ],
    sources: test.evidence.sources,
  };
  prepared.set(test, fresh);
  return fresh;
}

/** Whether the answer of a test is there and still current. */
function answered(test: DetectionTest, facts: Snapshot): boolean {
  return (
    test.answeredBy.some((ids) => ids.every((id) => facts.get(id).kind === 'known')) ||
    (test.answeredWhen !== undefined && facts.verdict(test.answeredWhen) === 'true')
  );
}

/** Whether a test is proposed for a case, on the rows whose source was read. */
export function testVerdict(test: DetectionTest, facts: Snapshot): TestVerdict {
  const site = facts.get('tumour.primary-site');
  if (site.kind === 'known' && !test.primary.includes(site.value as PrimarySite)) return 'none';
  // Before anybody knows where it began, what finds it comes first.
  if (site.kind !== 'known' && test.primary.length < 4 && test.phase !== 'find') return 'none';
  const applies = facts.verdict(test.appliesWhen ?? ALWAYS);
  if (applies === 'false') return 'none';
  if (answered(test, facts)) return 'known';
  const says = (polarity: TestStep['polarity'], verdict: Verdict): boolean =>
    prepare(test).steps.some(({ step, when, drives }) => drives && step.polarity === polarity && facts.verdict(when) === verdict);
  const open = says('do', 'unknown') || says('consider', 'unknown');
  const spoken = says('do', 'true') || says('consider', 'true') || says('do-not', 'true');
  if (applies === 'unknown') return spoken || open ? 'undecided' : 'none';
  if (says('do', 'true')) return says('do-not', 'true') ? 'disagree' : 'advised';
  if (says('consider', 'true')) return says('do-not', 'true') ? 'disagree' : 'consider';
  // A person has to judge whether the condition of the row is met.
  if (says('do', 'judgement') || says('consider', 'judgement')) return 'consider';
  if (says('do-not', 'true')) return 'not-advised';
  return open ? 'undecided' : 'none';
}

/** A test as a finding; undefined where its answer is there or nobody proposes it. */
export function testFinding(test: DetectionTest, facts: Snapshot, catalogue: Catalogue): Finding | undefined {
  const verdict = testVerdict(test, facts);
  if (verdict === 'known' || verdict === 'none') return undefined;
  const { steps, details, sources } = prepare(test);
  const because = new Set<FactId>();
  const missing = new Set<FactId>(test.appliesWhen === undefined ? [] : facts.explain(test.appliesWhen).missing);
  const named = new Set<string>(sources);
  const positions = steps.map(({ step, when, drives }): Position => {
    const explanation = drives ? facts.explain(when) : undefined;
    const applies =
      explanation === undefined
        ? 'held'
        : explanation.verdict === 'true'
          ? 'yes'
          : explanation.verdict === 'false'
            ? 'no'
            : explanation.verdict;
    const speaks = applies === 'yes' || applies === 'judgement';
    if (speaks) {
      for (const id of explanation?.because ?? []) because.add(id);
      for (const id of step.evidence.sources) named.add(id);
    }
    if (applies === 'unknown' && verdict === 'undecided') for (const id of explanation?.missing ?? []) missing.add(id);
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
      because: speaks ? quoteAll(explanation?.because ?? [], facts, catalogue) : [],
      missing: applies === 'unknown' ? quoteAll(explanation?.missing ?? [], facts, catalogue) : [],
    };
  });
  const warnings = test.caveats
    .filter(
      (caveat) => caveat.evidence.status === 'read' && (caveat.when === undefined || facts.verdict(caveat.when) !== 'false'),
    )
    .map((caveat) => ({ text: caveat.text, sources: caveat.evidence.sources }));
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
    tells: quoteAll(tells, facts, catalogue),
    sources: [...named],
    text: test.purpose,
    about: test.about,
    details: [...warnings, ...details],
    positions,
  };
}

/** Guideline order: by the part of the way a test belongs to, then what is advised before what may be considered. */
export function inGuidelineOrder(a: Finding, b: Finding): number {
  const phase = (finding: Finding): number => (TEST_PHASES as readonly string[]).indexOf(finding.group ?? '');
  const rank = (finding: Finding): number => (TEST_ORDER as readonly string[]).indexOf(finding.verdict);
  return phase(a) - phase(b) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
