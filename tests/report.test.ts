/** What must hold for the report of any case. */
import {
  type CaseRecord,
  factsOfCase,
  type Guide,
  optionVerdict,
  type Report,
  report,
  stageOf,
  type Treatment,
} from '@serosa/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide, stated } from './guide.js';

let guide: Guide;
beforeAll(async () => {
  guide = await loadTestGuide();
});

/** Random cases over the whole catalogue: every fact is unknown or has a legal value. */
function randomCase(known: number): fc.Arbitrary<CaseRecord> {
  const facts = guide.bundle.facts.filter(
    (fact) =>
      fact.type !== 'date' &&
      fact.id !== 'tumour.mesothelioma' &&
      fact.id !== 'person.country' &&
      !fact.id.startsWith('pref.declines-'),
  );
  const anyValue = (fact: (typeof facts)[number]): fc.Arbitrary<boolean | number | string> => {
    if (fact.type === 'boolean') return fc.boolean();
    if (fact.type === 'code') return fc.constantFrom(...(fact.values ?? []).map((value) => value.id));
    const { min, max } = fact.range ?? { min: 0, max: 10 };
    return fact.type === 'integer'
      ? fc.integer({ min, max: Math.min(max, 2_000_000_000) })
      : fc.double({ min, max, noNaN: true });
  };
  return fc
    .shuffledSubarray(facts, { minLength: 0, maxLength: known })
    .chain((chosen) => fc.tuple(...chosen.map((fact) => anyValue(fact).map((value) => [fact.id, value] as const))))
    .chain((entries) =>
      fc
        .record({
          site: fc.constantFrom('pleura', 'pleura', 'peritoneum', 'pericardium', 'tunica-vaginalis'),
          histology: fc.constantFrom('epithelioid', 'biphasic', 'sarcomatoid'),
        })
        .map(({ site, histology }) =>
          caseOf({ ...Object.fromEntries(entries), 'tumour.primary-site': site, 'tumour.histology': histology }),
        ),
    );
}

const DOSE = /\b\d+([.,]\d+)?\s?(mg|mcg|µg|g\/m2|mg\/m2|mg\/kg|Gy|gray|units?\/kg)\b|\bAUC\s?\d/i;

describe('every report', () => {
  it('puts rules into words, never into ids of facts', () => {
    const parts = [...new Set([...guide.catalogue.keys()].map((id) => id.split('.')[0]))];
    const id = new RegExp(`\\b(${parts.join('|')})\\.[a-z]`);
    const rules = new Set<string>();
    fc.assert(
      fc.property(randomCase(40), (record) => {
        for (const { rule } of report(guide, record, { asOf: AS_OF, voice: 'clinician' }).findings)
          if (rule !== undefined) rules.add(rule.clinician).add(rule.patient);
      }),
      { numRuns: 40 },
    );
    expect(rules.size).toBeGreaterThan(40);
    expect([...rules].filter((rule) => id.test(rule))).toEqual([]);
  });

  it('is the same bytes for the same case, knowledge and date', () => {
    fc.assert(
      fc.property(randomCase(40), (record) => {
        const once = JSON.stringify(report(guide, record, { asOf: AS_OF, voice: 'clinician' }));
        expect(JSON.stringify(report(guide, record, { asOf: AS_OF, voice: 'clinician' }))).toBe(once);
      }),
      { numRuns: 25 },
    );
  });

  it('puts emergencies first, cites every source it names, and shows the patient no dose and no outlook unasked', () => {
    fc.assert(
      fc.property(randomCase(60), (record) => {
        const answer = report(guide, record, { asOf: AS_OF, voice: 'patient' });
        const symptoms = answer.findings.map((finding) => finding.kind === 'symptom');
        expect(symptoms.lastIndexOf(true)).toBe(symptoms.filter(Boolean).length - 1);
        const emergencies = answer.findings.map((finding) => finding.verdict === 'emergency');
        expect(emergencies.lastIndexOf(true)).toBe(emergencies.filter(Boolean).length - 1);
        const known = new Set(answer.sources.map((source) => source.id));
        for (const finding of answer.findings)
          for (const id of finding.sources) expect(known.has(id), `${finding.id} cites ${id}`).toBe(true);
        expect(answer.findings.some((finding) => finding.kind === 'score')).toBe(false);
        for (const finding of answer.findings) {
          expect(finding.text.patient).not.toMatch(DOSE);
          expect(finding.titles.patient).not.toMatch(DOSE);
          for (const detail of finding.details ?? []) expect(detail.text.patient).not.toMatch(DOSE);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names because of what, and what is missing, on every decided or open option', () => {
    fc.assert(
      fc.property(randomCase(60), (record) => {
        for (const finding of report(guide, record, { asOf: AS_OF, voice: 'clinician' }).findings) {
          if (finding.kind !== 'option' || finding.verdict === 'if-needed' || finding.verdict === 'being-tried') continue;
          if (finding.verdict === 'undecided') expect(finding.missing.length, finding.id).toBeGreaterThan(0);
          else expect(finding.because.length, `${finding.id} ${finding.verdict}`).toBeGreaterThan(0);
          expect(finding.sources.length, finding.id).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes on searching where no sample has shown it and somebody suspects it', () => {
    const ids = (facts: Record<string, boolean | string>): readonly string[] =>
      report(guide, caseOf(facts), { asOf: AS_OF, voice: 'clinician' }).findings.map((finding) => finding.id);
    const suspected = { 'tumour.mesothelioma': false, 'suspicion.pleural-malignancy': true, 'tumour.primary-site': 'pleura' };
    expect(ids(suspected)).not.toContain('notice.not-mesothelioma');
    expect(ids(suspected).some((id) => id.startsWith('test.'))).toBe(true);
    expect(ids({ 'tumour.mesothelioma': false })).toContain('notice.not-mesothelioma');
    expect(ids({ 'tumour.mesothelioma': false }).some((id) => id.startsWith('option.') || id.startsWith('test.'))).toBe(false);
  });

  it('never decides an option that a further fact could turn over', () => {
    const family = (verdict: string): string => (verdict === 'contraindicated' ? 'not-supported' : verdict);
    const settled = new Set(['supported', 'not-supported', 'contraindicated', 'not-applicable']);
    fc.assert(
      fc.property(randomCase(80), fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 30 }), (record, drop) => {
        const fewer = {
          ...record,
          observations: record.observations.filter(
            // A reading that stands against what follows from others is no missing fact: without it the others speak.
            (entry, index) =>
              /tumour\.(primary-site|histology)/.test(entry.fact) ||
              guide.catalogue.get(entry.fact)?.derive !== undefined ||
              !drop.includes(index),
          ),
        };
        const less = factsOfCase(guide, fewer, AS_OF);
        const more = factsOfCase(guide, record, AS_OF);
        // Facts that contradict each other widen what is possible: there the answer may open again.
        fc.pre([less, more].every((facts) => stageOf(facts, guide.staging)?.bases.every((part) => !part.contradiction) === true));
        for (const treatment of guide.bundle.treatments as readonly Treatment[]) {
          // What is always checked before treatment starts stands beside the verdict, not in it.
          const bare = { ...treatment, limits: treatment.limits.filter((limit) => limit.ifUnknown !== 'check') };
          const before = optionVerdict(bare, less);
          if (settled.has(before)) expect(family(optionVerdict(bare, more)), treatment.id).toBe(family(before));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the next facts', () => {
  const five = (): Report =>
    report(
      guide,
      caseOf({
        'tumour.primary-site': 'pleura',
        'tumour.histology': 'epithelioid',
        'person.age': 68,
        'person.sex': 'male',
        'person.ecog': 1,
      }),
      { asOf: AS_OF, voice: 'clinician' },
    );

  it('are ranked, askable, and never already known', () => {
    const answer = five();
    expect(answer.next.length).toBeGreaterThan(5);
    const scores = answer.next.map((entry) => entry.score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    const ids = answer.next.map((entry) => entry.fact);
    expect(ids).not.toContain('tumour.histology');
    for (const entry of answer.next) {
      expect(entry.question).toContain('?');
      expect(entry.settles.stage + entry.settles.options).toBeGreaterThan(0);
    }
  });

  it('do not ask a man whether he is pregnant', () => {
    expect(five().next.map((entry) => entry.fact)).not.toContain('comorbid.pregnant');
  });

  it('say what an answer decides, and that is what it then decides', () => {
    const record = caseOf({
      'tumour.primary-site': 'pleura',
      'tumour.histology': 'epithelioid',
      'person.age': 68,
      'person.sex': 'male',
      'person.ecog': 1,
      'prior.systemic': false,
    });
    const answer = report(guide, record, { asOf: AS_OF, voice: 'clinician' });
    let checked = 0;
    for (const entry of answer.next) {
      for (const given of entry.answers) {
        for (const option of given.options) {
          const definition = guide.catalogue.get(entry.fact);
          const value =
            definition?.type === 'boolean'
              ? given.answer === 'true'
              : definition?.type === 'code'
                ? given.answer
                : Number(given.answer);
          const facts = factsOfCase(guide, record, AS_OF).with(entry.fact, value);
          expect(optionVerdict(guide.treatments.get(option.id) as Treatment, facts)).toBe(option.verdict);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(0);
  });
});

describe('contradictions', () => {
  const found = (record: CaseRecord): readonly string[] =>
    report(guide, record, { asOf: AS_OF, voice: 'clinician' })
      .findings.filter((finding) => finding.kind === 'contradiction')
      .map((finding) => finding.id);

  it('M0 with a liver deposit', () => {
    const record = caseOf(
      { 'tumour.primary-site': 'pleura', 'site.liver': true },
      { stages: [stated({ edition: '8', basis: 'clinical', T: 'T2', N: 'N0', M: 'M0' })] },
    );
    expect(found(record)).toEqual(['contradiction.stage.clinical']);
    const answer = report(guide, record, { asOf: AS_OF, voice: 'clinician' });
    expect(answer.findings.find((finding) => finding.kind === 'contradiction')?.because.map((fact) => fact.id)).toEqual([
      'site.liver',
    ]);
    expect(answer.stage.pleural?.['tnm8']?.['clinical']?.group).toContain('IV');
  });

  it('a stage letter against descriptors', () => {
    expect(
      found(
        caseOf(
          { 'tumour.primary-site': 'pleura', 'clinical.t.chest-wall': 'diffuse' },
          { stages: [stated({ edition: '8', basis: 'clinical', T: 'T1' })] },
        ),
      ),
    ).toEqual(['contradiction.stage.clinical']);
    expect(
      found(
        caseOf(
          { 'tumour.primary-site': 'pleura' },
          { stages: [stated({ edition: '9', basis: 'clinical', T: 'T1', N: 'N0', M: 'M0', group: 'IB' })] },
        ),
      )[0],
    ).toMatch(/^contradiction\.category/);
    expect(
      found(
        caseOf(
          { 'tumour.primary-site': 'pleura' },
          { stages: [stated({ edition: '9', basis: 'clinical', T: 'T4', N: 'N0', M: 'M0', group: 'I' })] },
        ),
      ),
    ).toEqual(['contradiction.stage.clinical']);
  });

  it('a date before birth, two answers on one day, a sum that does not add up', () => {
    const record = caseOf({
      'person.birth-date': '1950-05-05',
      'pci.total': 9,
      ...Object.fromEntries(Array.from({ length: 13 }, (_, region) => [`pci.region-${region}`, 1])),
    });
    expect(found(record)).toContain('contradiction.sum.pci.total');
    const early = {
      ...record,
      observations: [
        ...record.observations,
        { fact: 'person.ecog', value: 1, date: '1940-01-01', origin: { kind: 'letter' } as const },
      ],
    };
    expect(found(early)).toContain('contradiction.before-birth');
    const two = {
      ...record,
      observations: [
        ...record.observations,
        ...['epithelioid', 'sarcomatoid'].map((value) => ({
          fact: 'tumour.histology',
          value,
          date: '2026-01-01',
          origin: { kind: 'letter' } as const,
        })),
      ],
    };
    expect(found(two)).toContain('contradiction.readings.tumour.histology');
  });

  it('none in a record that agrees with itself', () => {
    expect(
      found(
        caseOf(
          { 'tumour.primary-site': 'pleura', 'site.liver': false },
          { stages: [stated({ edition: '8', basis: 'clinical', T: 'T2', N: 'N0', M: 'M0', group: 'IB' })] },
        ),
      ),
    ).toEqual([]);
  });
});
