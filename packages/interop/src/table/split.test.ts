import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTable } from './split.js';

const cells = (text: string, delimiter = ',', quote = true) =>
  [...splitTable(text, { delimiter, quote })].map((row) => ('cells' in row ? row.cells : row.wrong));

describe('splitting a table', () => {
  it('agrees with csv-parse on every table that keeps the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', ' ', ',', ';', '"', '\n', '\r\n', '\t', '1') });
    const quoted = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, end) => {
          const text = rows.map((row) => row.map(quoted).join(delimiter)).join(end);
          const expected: string[][] = parse(text, {
            delimiter,
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: ['\r\n', '\n'],
          });
          expect(cells(text, delimiter)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('knows the line that a row begins in', () => {
    const rows = [...splitTable('a,b\n1,"x\ny"\n\n2,z', { delimiter: ',', quote: true })];
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('begins again after a row with a stray quotation mark', () => {
    expect(cells('a,b\n"1"x,2\n3,4\n"5,6\n7,8\n')).toEqual([
      ['a', 'b'],
      'after the closing quotation mark stands "x" instead of the delimiter',
      ['3', '4'],
      'a quotation mark is opened and never closed',
      ['7', '8'],
    ]);
    expect(cells('a,b\n5"6,"x\n', ',', false)).toEqual([
      ['a', 'b'],
      ['5"6', '"x'],
    ]);
  });
});
