import { describe, expect, it } from 'vitest';
import { emptyRecord } from '../testing.js';
import { historyOf, RECORD_DERIVATIONS } from './derive.js';
import { type FactState, type Facts, NOT_RECORDED } from './facts.js';
import type { CaseRecord, SystemicTherapy, TreatmentEvent } from './record.js';

const AS_OF = '2026-06-01';
const origin = { kind: 'file' } as const;

const RECORDS: readonly CaseRecord[] = [
  emptyRecord(),
  emptyRecord({
    date: '2026-01-01',
    observations: [{ fact: 'person.age', value: 70, origin }],
    treatments: [
      { kind: 'systemic', agents: ['cisplatin', 'pemetrexed'], start: '2025-01-01', end: '2025-04-01', origin },
      { kind: 'systemic', agents: ['nivolumab'], start: '2025-09-01', ongoing: true, origin },
      { kind: 'procedure', code: 'pleurodesis', date: '2025-02-01', origin },
      { kind: 'radiotherapy', site: 'chest wall', start: '2025-03', origin },
    ],
  }),
  emptyRecord({ treatments: [{ kind: 'systemic', agents: [], origin }] }),
];

describe('functions over the record', () => {
  it.each(Object.entries(RECORD_DERIVATIONS))('%s asks for no fact that it does not name', (_name, { inputs, derive }) => {
    for (const answer of [NOT_RECORDED, { kind: 'known', value: true }, { kind: 'known', value: false }] as FactState[]) {
      for (const record of RECORDS) {
        const asked = new Set<string>();
        const facts: Facts = {
          asOf: AS_OF,
          get: (id) => {
            asked.add(id);
            return id === 'person.birth-date' ? NOT_RECORDED : answer;
          },
        };
        derive(historyOf(record, AS_OF), facts);
        expect([...asked].filter((id) => !inputs.includes(id))).toEqual([]);
      }
    }
  });
});

/** What a function gives for these treatments and facts. */
function derived(name: string, treatments: readonly TreatmentEvent[], known: Readonly<Record<string, boolean>> = {}): FactState {
  const facts: Facts = {
    asOf: AS_OF,
    get: (id) => {
      const value = known[id];
      return value === undefined ? NOT_RECORDED : { kind: 'known', value };
    },
  };
  const derivation = RECORD_DERIVATIONS[name];
  if (derivation === undefined) throw new Error(`No function ${name}`);
  return derivation.derive(historyOf(emptyRecord({ treatments }), AS_OF), facts);
}

const course = (more: Partial<SystemicTherapy> & Pick<SystemicTherapy, 'agents'>): SystemicTherapy => ({
  kind: 'systemic',
  start: '2026-01-01',
  origin,
  ...more,
});
const hipec = { kind: 'procedure', code: 'hipec', date: '2026-05-22', origin } as const;
const other = { kind: 'procedure', code: 'other', date: '2026-05-22', origin } as const;
const COMPLETE = { 'prior.treatments-complete': true };
const NEVER = { 'prior.systemic': false };

describe('what the treatments tell of a class', () => {
  it.each<[string, readonly TreatmentEvent[], Readonly<Record<string, boolean>>, boolean | number | undefined]>([
    ['taxane', [course({ agents: ['paclitaxel'] })], {}, true],
    ['taxane', [course({ agents: ['cisplatin'] })], {}, undefined],
    ['taxane', [course({ agents: ['cisplatin'] })], COMPLETE, false],
    ['taxane', [course({ agents: [] })], COMPLETE, undefined],
    ['taxane', [], NEVER, false],
    ['days-since-taxane', [course({ agents: ['docetaxel'], end: '2026-05-22' })], {}, 10],
    ['days-since-taxane', [], NEVER, undefined],
    ['intraperitoneal-chemotherapy', [hipec], {}, true],
    ['intraperitoneal-chemotherapy', [], {}, undefined],
    ['intraperitoneal-chemotherapy', [], COMPLETE, false],
    ['intraperitoneal-chemotherapy', [course({ agents: ['cisplatin'] })], COMPLETE, undefined],
    ['intraperitoneal-chemotherapy', [other], COMPLETE, undefined],
    ['days-since-intraperitoneal-chemotherapy', [hipec], {}, 10],
    ['days-since-surgery', [other, hipec], {}, 10],
    ['false-without-systemic', [], {}, undefined],
    ['false-without-systemic', [], NEVER, false],
    ['false-without-systemic', [], { 'prior.systemic': true }, undefined],
    ['false-without-treatment', [], NEVER, undefined],
    ['false-without-treatment', [], COMPLETE, false],
    ['false-without-treatment', [other], COMPLETE, undefined],
  ])('%s of %j with %j is %s', (name, treatments, known, expected) => {
    expect(derived(name, treatments, known)).toMatchObject(
      expected === undefined ? { kind: 'unknown' } : { kind: 'known', value: expected },
    );
  });
});

describe('progression on a class of drugs', () => {
  const chemotherapy = ['cisplatin', 'pemetrexed'];

  it.each<[string, Partial<SystemicTherapy>, boolean | undefined]>([
    ['a day of progression', { progression: '2026-05-01' }, true],
    ['a progression after the as-of day', { progression: '2026-07-01' }, undefined],
    ['stopped for progression', { stoppedFor: 'progression' }, true],
    ['stopped for progression after the as-of day', { stoppedFor: 'progression', end: '2026-08-01' }, undefined],
    ['progressive disease as best response', { bestResponse: 'PD' }, true],
    ['stable disease', { bestResponse: 'SD', stoppedFor: 'completed' }, undefined],
  ])('%s', (_title, more, expected) => {
    const state = derived('progressed-on-chemotherapy', [course({ agents: chemotherapy, ...more })]);
    expect(state).toMatchObject(expected === undefined ? { kind: 'unknown' } : { kind: 'known', value: expected });
    expect(derived('progressed-on-checkpoint-inhibitor', [course({ agents: chemotherapy, ...more })]).kind).toBe('unknown');
  });

  it('counts a combination for each of its classes', () => {
    const both = course({ agents: [...chemotherapy, 'pembrolizumab'], stoppedFor: 'progression' });
    for (const name of ['progressed-on-chemotherapy', 'progressed-on-checkpoint-inhibitor']) {
      expect(derived(name, [both])).toMatchObject({ kind: 'known', value: true });
    }
  });

  it('is false only of a person who never had them', () => {
    expect(derived('progressed-on-chemotherapy', [], { 'prior.chemotherapy': false })).toMatchObject({ value: false });
    expect(derived('progressed-on-checkpoint-inhibitor', [], { 'prior.checkpoint-inhibitor': false })).toMatchObject({
      value: false,
    });
  });
});
