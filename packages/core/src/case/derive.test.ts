import { describe, expect, it } from 'vitest';
import { emptyRecord } from '../testing.js';
import { historyOf, RECORD_DERIVATIONS } from './derive.js';
import { type FactState, type Facts, NOT_RECORDED } from './facts.js';
import type { CaseRecord } from './record.js';

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
