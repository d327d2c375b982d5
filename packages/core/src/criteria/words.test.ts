import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criterion, define, SMALL_CATALOGUE } from '../testing.js';
import type { Criterion } from './expression.js';
import { words } from './words.js';

const CATALOGUE = new Map(
  [
    define({
      id: 'lab.creatinine-clearance',
      type: 'number',
      unit: 'mL/min',
      label: 'Creatinine clearance',
      patient: { label: 'how well your kidneys work', question: '?', where: '' },
    }),
    define({
      id: 'tumour.histology',
      type: 'code',
      label: 'Histological type',
      patient: { label: 'cell type', question: '?', where: '' },
      values: [
        { id: 'epithelioid', label: 'Epithelioid', patient: 'epithelioid' },
        { id: 'biphasic', label: 'Biphasic', patient: 'mixed (biphasic)' },
      ],
    }),
    define({
      id: 'comorbid.transplant',
      type: 'boolean',
      label: 'Transplant',
      patient: { label: 'a transplant', question: '?', where: '' },
    }),
  ].map((fact) => [fact.id, fact]),
);

const CASES: readonly (readonly [Criterion, string, string])[] = [
  [
    { fact: 'lab.creatinine-clearance', gte: 45 },
    'Creatinine clearance ≥ 45 mL/min',
    'how well your kidneys work is at least 45 mL/min',
  ],
  [
    { fact: 'lab.creatinine-clearance', gte: 45, lt: 80 },
    'Creatinine clearance ≥ 45 mL/min and < 80 mL/min',
    'how well your kidneys work is at least 45 mL/min and less than 80 mL/min',
  ],
  [
    { fact: 'tumour.histology', in: ['epithelioid', 'biphasic'] },
    'Histological type: Epithelioid or Biphasic',
    'cell type: epithelioid or mixed (biphasic)',
  ],
  [{ fact: 'comorbid.transplant', is: false }, 'no Transplant', 'no: a transplant'],
  [{ not: { fact: 'comorbid.transplant', is: false } }, 'Transplant not ruled out', 'a transplant: not ruled out'],
  [
    { not: { fact: 'tumour.histology', in: ['epithelioid', 'biphasic'] } },
    'Histological type: not Epithelioid or Biphasic',
    'cell type: not epithelioid or mixed (biphasic)',
  ],
  [
    {
      all: [
        { fact: 'comorbid.transplant', is: true },
        {
          any: [
            { fact: 'tumour.histology', is: 'biphasic' },
            { fact: 'lab.creatinine-clearance', lt: 30 },
          ],
        },
      ],
    },
    'Transplant and (Histological type: Biphasic or Creatinine clearance < 30 mL/min)',
    'a transplant and (cell type: mixed (biphasic) or how well your kidneys work is less than 30 mL/min)',
  ],
  [
    { all: [{ judge: { clinician: 'fit for surgery', patient: 'strong enough for an operation' } }] },
    'fit for surgery',
    'strong enough for an operation',
  ],
];

describe('words', () => {
  it.each(CASES)('%j', (rule, clinician, patient) => {
    expect(words(rule, CATALOGUE, 'clinician')).toBe(clinician);
    expect(words(rule, CATALOGUE, 'patient')).toBe(patient);
  });

  it('name every fact of any criterion', () => {
    fc.assert(
      fc.property(criterion, (rule) => {
        const text = words(rule, SMALL_CATALOGUE, 'clinician');
        const named = new Set([...JSON.stringify(rule).matchAll(/"fact":"([^"]+)"/g)].map((match) => match[1] as string));
        for (const id of named) expect(text).toContain(id);
      }),
    );
  });
});
