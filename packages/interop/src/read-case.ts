/** Reads whatever holds one case: a Serosa case file (YAML or JSON) or FHIR R4, told apart by content. */
import type { PartialDate, Problem, Reading } from '@serosa/core';
import { readCaseFile } from './case-file/read.js';
import type { CatalogueInput } from './catalogue.js';
import { failed } from './draft.js';
import { type FhirReading, readFhir, XML } from './fhir/read.js';
import { DEFAULT_LIMITS, decode, type Limits } from './input/text.js';

export interface ReadCaseOptions {
  readonly catalogue: CatalogueInput;
  readonly fileName?: string;
  /** The day the case is read for: what lies after it is refused. Without it nothing is taken for future. */
  readonly asOf?: PartialDate;
  /** Whose case to read, when a bundle holds several people. */
  readonly patient?: string;
  readonly limits?: Partial<Limits>;
}

export type CaseReading = Reading &
  Partial<Pick<FhirReading, 'others' | 'patients'>> & {
    /** What the input was taken for. */
    readonly format?: 'case' | 'fhir';
  };

/** How much of the text is looked at to tell the formats apart. */
const HEAD = 4096;

/**
 * Reads one case. Give bytes rather than text where they are at hand: only bytes show that a file is not UTF-8. Never throws;
 * what cannot be read at all is a problem with a remedy.
 */
export function readCase(input: string | Uint8Array, options: ReadCaseOptions): CaseReading {
  try {
    const decoded = decode(input, { ...DEFAULT_LIMITS, ...options.limits });
    if ('problem' in decoded) return failed(decoded.problem);
    const { text } = decoded;
    const head = text.slice(0, HEAD);
    if (/^\s*</.test(head)) return failed(/^\s*<(!doctype )?html/i.test(head) ? HTML : XML);
    if (/^\s*[{[]/.test(head)) {
      const isFhir =
        /"resourceType"\s*:/.test(head) || (/"resourceType"\s*:/.test(text) && !/"?serosa"?\s*:\s*"?case/.test(head));
      if (isFhir) return { ...readFhir(text, options), format: 'fhir' };
      const reading = readCaseFile(text, options);
      return reading.problem?.code === 'not-a-case' ? failed(NEITHER) : { ...reading, format: 'case' };
    }
    if (isTable(head, options.fileName)) return failed(TABLE);
    const reading = readCaseFile(text, options);
    return reading.problem?.code === 'not-a-case'
      ? failed({ ...NEITHER, ...(reading.problem.at === undefined ? {} : { at: reading.problem.at }) })
      : { ...reading, format: 'case' };
  } catch {
    // A mistake of this program must not look like one of the file, and must not end the batch.
    return failed({
      code: 'reader-failed',
      message: 'The input could not be read because of a mistake in the reader.',
      remedy: 'Please report this, with an example that holds no personal data.',
    });
  }
}

/** Errors of a reading in one list: the problem of the whole, and every refused piece. Empty when all is well. */
export function errorsOf(reading: Reading): readonly Problem[] {
  const refused = reading.notes
    .filter(({ outcome }) => outcome === 'refused')
    .map(({ at, what, why }): Problem => {
      const [message, ...rest] = why.split(/(?<=[.?!]) (?=[A-Z`])/);
      return { code: 'refused', message: `${what}: ${message ?? why}`, at, remedy: rest.join(' ') || 'Correct this entry.' };
    });
  return [...(reading.problem ? [reading.problem] : []), ...refused];
}

function isTable(head: string, fileName: string | undefined): boolean {
  if (fileName !== undefined && /\.(csv|tsv|tab)$/i.test(fileName)) return true;
  const [first = '', second = ''] = head.split(/\r?\n/);
  const tabs = first.split('\t').length;
  return tabs > 2 && second.split('\t').length === tabs && !first.includes(':');
}

const HTML: Problem = {
  code: 'wrong-format',
  message: 'This is a web page.',
  remedy: 'Save or export the data itself, not the page that shows it.',
};
const TABLE: Problem = {
  code: 'wrong-format',
  message: 'This is a table, not one case.',
  remedy: 'Use `serosa cohort` with a mapping; it reads every row as a case.',
};
const NEITHER: Problem = {
  code: 'not-a-case',
  message: 'This is neither a Serosa case nor FHIR.',
  remedy: 'A case begins with `serosa: case/1`; FHIR is JSON with a `resourceType`.',
};
