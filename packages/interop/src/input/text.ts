/** Bytes to text, and the checks that come before any parser: size, encoding, files of another kind. */
import type { Problem } from '@serosa/core';

export interface Limits {
  /** Largest input, in bytes (for text: UTF-16 code units). */
  readonly size: number;
  /** Deepest nesting of lists and groups. */
  readonly depth: number;
}

export const DEFAULT_LIMITS: Limits = { size: 64 * 1024 * 1024, depth: 200 };

export type Decoded = { readonly text: string } | { readonly problem: Problem };

interface Magic {
  readonly bytes: readonly number[];
  readonly offset?: number;
  readonly what: string;
  readonly remedy: string;
}

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

const MAGIC: readonly Magic[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a ZIP archive, or a Word, Excel or OpenDocument file',
    remedy: 'Unpack the archive, or export the table as CSV, and give the file inside.',
  },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', remedy: 'Unpack it first (gunzip).' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive', remedy: 'Unpack it first (zstd -d).' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive', remedy: 'Unpack it first (bunzip2).' },
  {
    bytes: ascii('%PDF'),
    what: 'a PDF',
    remedy: 'Letters cannot be read as a case: enter the facts in the form, or ask for the data as FHIR.',
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'an old Word or Excel file',
    remedy: 'Export the table as CSV, or enter the facts in the form.',
  },
  { bytes: ascii('{\\rtf'), what: 'an RTF document', remedy: 'Letters cannot be read as a case: enter the facts in the form.' },
  {
    bytes: [0x89, 0x50, 0x4e, 0x47],
    what: 'a picture',
    remedy: 'Pictures cannot be read as a case: enter the facts in the form.',
  },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture', remedy: 'Pictures cannot be read as a case: enter the facts in the form.' },
  { bytes: ascii('PAR1'), what: 'a Parquet file', remedy: 'Use `serosa cohort` with a mapping.' },
  { bytes: ascii('SQLite format 3'), what: 'a database file', remedy: 'Export the table as CSV.' },
  {
    bytes: ascii('DICM'),
    offset: 128,
    what: 'a DICOM image',
    remedy: 'Images cannot be read as a case: enter what the report says in the form.',
  },
];

/** Decodes UTF-8 (with or without mark) and UTF-16 with mark. Anything else is a problem that says what the file is. */
export function decode(input: string | Uint8Array, limits: Limits = DEFAULT_LIMITS): Decoded {
  if (input.length > limits.size) {
    return problem(
      'too-large',
      `The input has ${megabytes(input.length)}; the limit is ${megabytes(limits.size)}.`,
      'Give one case at a time, or raise the limit.',
    );
  }
  if (typeof input === 'string') return checkText(input.startsWith('\uFEFF') ? input.slice(1) : input);
  for (const magic of MAGIC) {
    if (magic.bytes.every((byte, i) => input[(magic.offset ?? 0) + i] === byte)) {
      return problem('wrong-format', `This is ${magic.what}.`, magic.remedy);
    }
  }
  const utf16 =
    input[0] === 0xff && input[1] === 0xfe ? 'utf-16le' : input[0] === 0xfe && input[1] === 0xff ? 'utf-16be' : undefined;
  try {
    return checkText(new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(input));
  } catch {
    const lossy = new TextDecoder(utf16 ?? 'utf-8').decode(input);
    const at = lossy.indexOf('\uFFFD');
    const line = lossy.slice(0, Math.max(at, 0)).split('\n').length;
    return problem(
      'encoding',
      'The input is not UTF-8 text: it was probably saved as Latin-1 or Windows-1252.',
      'Save it again with the encoding UTF-8.',
      `line ${line}`,
    );
  }
}

function checkText(text: string): Decoded {
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return problem(
      'binary',
      'The input holds NUL bytes: it is not text, or UTF-16 without its mark.',
      'Save it again as UTF-8 text.',
      `line ${text.slice(0, nul).split('\n').length}`,
    );
  }
  if (text.trim() === '')
    return problem('empty', 'The input is empty.', 'Give a Serosa case (YAML or JSON) or a FHIR R4 Bundle.');
  return { text };
}

function megabytes(length: number): string {
  return length < 1024 * 1024 ? `${length} bytes` : `${(length / 1024 / 1024).toFixed(1)} MiB`;
}

function problem(code: string, message: string, remedy: string, at?: string): { readonly problem: Problem } {
  return { problem: { code, message, remedy, ...(at === undefined ? {} : { at }) } };
}
