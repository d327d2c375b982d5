/** Statements that cannot be true together. They are shown, never resolved in silence. */

import { earliestDay, latestDay } from '../case/dates.js';
import type { Snapshot } from '../case/snapshot.js';
import type { Criterion, FactId } from '../criteria/expression.js';
import type { Voices } from '../knowledge/types.js';
import { say } from '../language.js';
import type { StageResult } from '../staging/staging.js';
import { type Catalogue, type Finding, quote, quoteAll } from './finding.js';

interface Rule {
  readonly id: string;
  /** What must not be true. */
  readonly when: Criterion;
  readonly text: Voices;
}

/** Pairs that exclude each other by their meaning; no clinical judgement is involved. */
const RULES: readonly Rule[] = [
  {
    id: 'brain',
    when: {
      any: [
        {
          all: [
            { fact: 'site.brain', is: true },
            { fact: 'extent.brain-metastases', is: 'none' },
          ],
        },
        {
          all: [
            { fact: 'site.brain', is: false },
            { fact: 'extent.brain-metastases', in: ['untreated', 'treated-progressing'] },
          ],
        },
      ],
    },
    text: {
      clinician: 'Brain deposits are recorded as present in one place and as absent in another.',
      patient: 'Your record says two different things about the brain. Ask your team which is right.',
    },
  },
  {
    id: 'pregnancy',
    when: {
      all: [
        { fact: 'person.sex', is: 'male' },
        { fact: 'comorbid.pregnant', is: true },
      ],
    },
    text: { clinician: 'Sex male and pregnant.', patient: 'The record says male and pregnant. One of the two is a slip.' },
  },
  {
    id: 'treatment',
    when: {
      all: [
        { fact: 'prior.systemic', is: false },
        {
          any: [
            { fact: 'prior.platinum', is: true },
            { fact: 'prior.checkpoint-inhibitor', is: true },
          ],
        },
      ],
    },
    text: {
      clinician: 'No systemic therapy is recorded together with a systemic agent.',
      patient: 'The record says no drug treatment so far, and also names a drug that was given.',
    },
  },
  {
    id: 'site',
    when: {
      all: [
        { fact: 'tumour.primary-site', is: 'pleura' },
        { fact: 'pci.total', gt: 0 },
        { fact: 'site.peritoneum', is: false },
      ],
    },
    text: {
      clinician: 'A peritoneal cancer index above 0 together with a peritoneum recorded as clear.',
      patient: 'The record gives a score for disease in the belly, and also says that the belly is clear.',
    },
  },
];

/** Sums that are recorded beside their parts. */
const SUMS: readonly { readonly total: FactId; readonly parts: readonly FactId[]; readonly label: string }[] = [
  {
    total: 'clinical.t.psum',
    parts: ['clinical.t.psum-upper', 'clinical.t.psum-middle', 'clinical.t.psum-lower'],
    label: 'Psum',
  },
  { total: 'pci.total', parts: Array.from({ length: 13 }, (_, region) => `pci.region-${region}`), label: 'PCI' },
];

function finding(id: string, text: Voices, because: Finding['because']): Finding {
  return {
    id: `contradiction.${id}`,
    kind: 'contradiction',
    title: 'Statements that exclude each other',
    titles: { clinician: 'Statements that exclude each other', patient: 'Two entries do not fit together' },
    verdict: 'contradiction',
    because,
    missing: [],
    sources: [],
    text,
  };
}

export function contradictionFindings(facts: Snapshot, stage: StageResult | undefined, catalogue: Catalogue): readonly Finding[] {
  return [
    ...facts.conflicts.map((conflict) =>
      finding(
        `readings.${conflict.fact}`,
        {
          clinician: `${catalogue.get(conflict.fact)?.label ?? conflict.fact}: ${conflict.readings.map((reading) => String(typeof reading.value === 'object' ? reading.value.absent : reading.value)).join(' and ')}, on dates that do not tell which is newer. Taken as unknown.`,
          patient: say`Your record gives two different answers for "${catalogue.get(conflict.fact)?.patient.label ?? conflict.fact}" on the same day. Ask which one is right.`,
        },
        [quote(conflict.fact, facts, catalogue)],
      ),
    ),
    ...stageContradictions(facts, stage, catalogue),
    ...dateContradictions(facts, catalogue),
    ...SUMS.flatMap((sum) => sumContradiction(sum, facts, catalogue)),
    ...RULES.flatMap((rule) => {
      const explanation = facts.explain(rule.when);
      return explanation.verdict === 'true' ? [finding(rule.id, rule.text, quoteAll(explanation.because, facts, catalogue))] : [];
    }),
  ];
}

function stageContradictions(facts: Snapshot, stage: StageResult | undefined, catalogue: Catalogue): readonly Finding[] {
  if (stage === undefined) return [];
  const found: Finding[] = [];
  for (const part of stage.bases) {
    if (!part.contradiction) continue;
    const stated = stage.statements.filter(
      (entry) => entry.basis === part.basis && (entry.use === 'applied' || entry.use === 'either-edition'),
    );
    const words = stated
      .map(({ stated: s }) => {
        const date = s.date ?? facts.record.date;
        const edition = s.edition === 'unknown' ? 'edition not named' : `${s.edition}th edition`;
        return [s.T, s.N, s.M, s.group && `stage ${s.group}`, `(${[edition, date].filter(Boolean).join(', ')})`]
          .filter(Boolean)
          .join(' ');
      })
      .join('; ');
    // What cannot fit a lower category is what is recorded as present.
    const present = [...new Set(Object.values(part.because).flatMap((decided) => decided.present))];
    const labels = present.map((id) => {
      const { label, date } = quote(id, facts, catalogue);
      return `${label.clinician}${date === undefined ? '' : ` (${date})`}`;
    });
    found.push(
      finding(
        `stage.${part.basis}`,
        {
          clinician:
            labels.length > 0
              ? `The stated ${part.basis} stage ${words} cannot be true together with what is recorded: ${labels.join(', ')}. A later finding may have overtaken the statement, or one of the two is wrong. Both are kept as possible until one is corrected.`
              : `The stated ${part.basis} stage ${words} cannot be true as a whole: its categories and its group, two statements, or descriptors recorded as absent exclude each other. All are kept as possible until one is corrected.`,
          patient:
            'The stage in your record does not fit with other things written there. One of them may be older, or a slip. Ask your team to look at this with you.',
        },
        quoteAll(present, facts, catalogue),
      ),
    );
  }
  for (const entry of stage.statements) {
    if (entry.invalid.length === 0) continue;
    found.push(
      finding(
        `category.${entry.basis}.${entry.invalid.join('-')}`,
        {
          clinician: `${entry.invalid.join(', ')} does not exist in the edition that is stated. It was left out; check the edition.`,
          patient: 'A stage in your record does not exist in the rules it names. Ask which rules were used.',
        },
        [],
      ),
    );
  }
  return found;
}

function dateContradictions(facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  const birth = facts.get('person.birth-date');
  if (birth.kind !== 'known') return [];
  const born = earliestDay(String(birth.value));
  const { record } = facts;
  const early = [
    ...record.observations
      .filter((entry) => entry.fact !== 'person.birth-date' && entry.date !== undefined && latestDay(entry.date) < born)
      .map((entry) => `${entry.fact} (${entry.date})`),
    ...record.treatments.flatMap((event) => {
      const date = event.kind === 'procedure' ? event.date : event.start;
      return date !== undefined && latestDay(date) < born ? [`${event.kind} (${date})`] : [];
    }),
    ...record.stages
      .filter((stated) => stated.date !== undefined && latestDay(stated.date) < born)
      .map((stated) => `stage (${stated.date})`),
  ];
  const diagnosis = facts.get('tumour.diagnosis-date');
  if (diagnosis.kind === 'known' && latestDay(String(diagnosis.value)) < born) early.push(`diagnosis (${diagnosis.value})`);
  if (early.length === 0) return [];
  return [
    finding(
      'before-birth',
      {
        clinician: `Dated before the birth date: ${early.join(', ')}.`,
        patient: 'Some dates in this record are earlier than the date of birth. One of them is a slip.',
      },
      quoteAll(['person.birth-date'], facts, catalogue),
    ),
  ];
}

function sumContradiction(sum: (typeof SUMS)[number], facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  const total = facts.get(sum.total);
  // A derived total agrees with its parts by construction.
  if (total.kind !== 'known' || total.reading === undefined) return [];
  let added = 0;
  for (const part of sum.parts) {
    const state = facts.get(part);
    if (state.kind !== 'known') return [];
    added += Number(state.value);
  }
  if (Math.abs(added - Number(total.value)) < 0.05) return [];
  return [
    finding(
      `sum.${sum.total}`,
      {
        clinician: `${sum.label} is recorded as ${total.value}, its parts add up to ${Math.round(added * 10) / 10}.`,
        patient: 'A total in your record does not match its parts. Ask your team to check it.',
      },
      quoteAll([sum.total, ...sum.parts], facts, catalogue),
    ),
  ];
}
