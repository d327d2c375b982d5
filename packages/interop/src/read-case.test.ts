import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorsOf, readCase } from './read-case.js';
import { FACTS } from './testing.js';

const CASE = 'serosa: case/1\nid: x\nfacts: { person.age: 71, tumour.histology: epithelioid }\n';
const options = { catalogue: FACTS };
const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, big = false): Uint8Array => {
  const out = new Uint8Array(2 + text.length * 2);
  const view = new DataView(out.buffer);
  view.setUint16(0, 0xfeff, !big);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), !big);
  return out;
};

describe('a case in any wrapping', () => {
  it.each([
    ['text', CASE],
    ['bytes', bytes(CASE)],
    ['UTF-8 with a mark', bytes(`\uFEFF${CASE}`)],
    ['UTF-16, little end first', utf16(CASE)],
    ['UTF-16, big end first', utf16(CASE, true)],
    ['Windows line ends', CASE.replaceAll('\n', '\r\n')],
    ['JSON', JSON.stringify({ serosa: 'case/1', id: 'x', facts: { 'person.age': 71, 'tumour.histology': 'epithelioid' } })],
    [
      'JSON indented with tabs',
      JSON.stringify({ serosa: 'case/1', id: 'x', facts: { 'person.age': 71, 'tumour.histology': 'epithelioid' } }, null, '\t'),
    ],
  ])('is read: %s', (_, input) => {
    const { record, problem, format } = readCase(input, options);
    expect(problem).toBeUndefined();
    expect(format).toBe('case');
    expect(record?.observations.map(({ value }) => value)).toEqual([71, 'epithelioid']);
  });

  it('may be FHIR, and NDJSON of it', () => {
    const patient = { id: 'a', gender: 'male', resourceType: 'Patient' };
    expect(readCase(JSON.stringify(patient), options)).toMatchObject({ format: 'fhir', record: { id: 'a' } });
    expect(readCase(`${JSON.stringify(patient)}\n${JSON.stringify({ resourceType: 'Organization' })}\n`, options)).toMatchObject({
      format: 'fhir',
      record: { id: 'a' },
    });
  });

  it.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    [new Uint8Array(), 'empty'],
    [bytes('serosa: case/1\nid: x\u0000'), 'binary'],
    [new Uint8Array([...bytes('serosa: case/1\nid: J'), 0xfc, ...bytes('rgen\n')]), 'encoding'],
    [new Uint8Array([0x50, 0x4b, 3, 4]), 'wrong-format'],
    [new Uint8Array([0x1f, 0x8b, 8]), 'wrong-format'],
    [bytes('%PDF-1.7'), 'wrong-format'],
    ['<Bundle xmlns="http://hl7.org/fhir"/>', 'wrong-format'],
    ['<!doctype html><html>', 'wrong-format'],
    ['a\tb\tc\n1\t2\t3\n', 'wrong-format'],
    ['{"resourceType": "Patient"', 'cut-off'],
    ['{"some": "thing"}', 'not-a-case'],
    ['hello', 'not-a-case'],
    ['a: 1', 'not-a-case'],
    [`${'['.repeat(1_000_000)}`, 'too-deep'],
    ['null', 'not-a-case'],
    ['"', 'not-yaml'],
  ])('that is none has a problem with a remedy: %#', (input, code) => {
    const { record, problem } = readCase(input, options);
    expect(record).toBeUndefined();
    expect(problem).toMatchObject({ code, message: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) });
  });

  it('names the line of a wrong letter', () => {
    expect(readCase(new Uint8Array([...bytes('serosa: case/1\nid: J'), 0xfc]), options).problem?.at).toBe('line 2');
  });

  it('may not be larger than the limit', () => {
    expect(readCase(CASE, { ...options, limits: { size: 10 } }).problem).toMatchObject({ code: 'too-large' });
  });

  it('is a table by the name of its file', () => {
    expect(readCase('a,b\n1,2', { ...options, fileName: 'cohort.csv' }).problem).toMatchObject({
      code: 'wrong-format',
      remedy: expect.stringContaining('cohort'),
    });
  });
});

describe('any text at all', () => {
  const seeds = [
    CASE,
    JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient', id: 'a', birthDate: '1950' } }] }),
    'a\tb\tc\n',
  ];
  it('is read or refused, and never ends the program', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .tuple(
              fc.constantFrom(...seeds),
              fc.nat(200),
              fc.nat(6),
              fc.string({ unit: fc.constantFrom(...'{}[]",:&*-?|>!%@`#\'\n\t 0aé\u0000') }),
            )
            .map(([seed, at, cut, junk]) => seed.slice(0, at % seed.length) + junk + seed.slice((at % seed.length) + cut)),
        ),
        (text) => {
          for (const input of [text, bytes(text)]) {
            const { record, problem } = readCase(input, options);
            expect(problem?.code).not.toBe('reader-failed');
            expect(record === undefined).toBe(problem !== undefined);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
  it('of single bytes too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
        expect(readCase(input, options).problem?.code).not.toBe('reader-failed');
      }),
    );
  });
});

describe('the errors of a reading', () => {
  it('are the problem and every refused entry, with place and remedy', () => {
    const reading = readCase('serosa: case/1\nid: x\nfacts: { person.age: 71, person.sex: femal }', options);
    expect(errorsOf(reading)).toEqual([
      {
        code: 'refused',
        message: 'person.sex: femal: "femal" is not a value of person.sex.',
        at: 'line 3, column 38',
        remedy: 'Did you mean `female`? Allowed: female, male, intersex, unknown.',
      },
    ]);
    expect(errorsOf(readCase('', options))).toMatchObject([{ code: 'empty' }]);
    expect(errorsOf(readCase(CASE, options))).toEqual([]);
  });
});
