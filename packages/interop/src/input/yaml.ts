/** YAML 1.2 to values with their places. Numbers, booleans and null as in the core schema; dates stay text. */
import type { Problem } from '@serosa/core';
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Located, LocatedEntry } from './place.js';
import type { Limits } from './text.js';

export type YamlReading = { readonly value: Located } | { readonly problem: Problem };

/** References to anchors that one document may hold, counted as they are followed: a "billion laughs" file stops here. */
const MAX_ALIASES = 100;

class Stop extends Error {
  constructor(
    readonly offset: number,
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Text to located values; errors of syntax, several documents, too many aliases and too deep nesting are problems. */
export function readYaml(text: string, limits: Limits): YamlReading {
  const deep = tooDeep(text, limits.depth);
  if (deep) return { problem: deep };
  const counter = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `line ${Math.max(line, 1)}, column ${Math.max(col, 1)}`;
  };
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      uniqueKeys: false,
      logLevel: 'error',
      version: '1.2',
      schema: 'core',
    });
    const wrong = document.errors[0] ?? document.warnings[0];
    if (wrong) {
      return {
        problem: {
          code: 'not-yaml',
          message: firstSentence(wrong.message),
          at: place(wrong.pos[0]),
          remedy: SYNTAX_REMEDIES[wrong.code] ?? 'Correct the YAML at this place: indent with blanks, one statement a line.',
        },
      };
    }
    let aliases = 0;
    const locate = (node: unknown, depth: number): Located => {
      const at = offsetOf(node);
      if (depth > limits.depth)
        throw new Stop(
          at,
          'too-deep',
          `The input is nested more than ${limits.depth} levels deep.`,
          'Write the case flat, as in the examples.',
        );
      if (isAlias(node)) {
        aliases++;
        const target = node.resolve(document);
        if (aliases > MAX_ALIASES || !target) {
          throw new Stop(
            at,
            'aliases',
            'The file refers to its own parts too often.',
            'Write the values out instead of using * and &.',
          );
        }
        return locate(target, depth + 1);
      }
      if (isMap(node)) {
        const entries: LocatedEntry[] = [];
        for (const pair of node.items) {
          if (!isPair(pair)) continue;
          const keyNode = isAlias(pair.key) ? pair.key.resolve(document) : pair.key;
          const key = isScalar(keyNode) ? String(keyNode.value) : '(a group as name)';
          const keyAt = offsetOf(pair.key);
          entries.push({
            key,
            at: keyAt,
            value: pair.value === null ? { kind: 'scalar', at: keyAt, value: null } : locate(pair.value, depth + 1),
          });
        }
        return { kind: 'map', at, entries };
      }
      if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => locate(item, depth + 1)) };
      const value: unknown = isScalar(node) ? node.value : null;
      const scalar =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
          ? value
          : String(value);
      return { kind: 'scalar', at, value: scalar };
    };
    return { value: locate(document.contents, 0) };
  } catch (error) {
    if (error instanceof Stop)
      return { problem: { code: error.code, message: error.message, at: place(error.offset), remedy: error.remedy } };
    // The parser of the YAML library is recursive: what slips through the check above must not end the program.
    return {
      problem: { code: 'not-yaml', message: 'The YAML could not be read.', remedy: 'Write the case flat, as in the examples.' },
    };
  }
}

const SYNTAX_REMEDIES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with blanks, not with tabs.',
  MULTIPLE_DOCS: 'Give one case a file: remove what follows the line `---`.',
  DUPLICATE_KEY: 'Write each name once.',
  MISSING_CHAR: 'Close the quotation mark or bracket that was opened before this place.',
  UNEXPECTED_TOKEN: 'Put texts with a colon, a bracket or a quotation mark in double quotes.',
};

function firstSentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return line.replace(/ at line \d+, column \d+:?$/, '').replace(/:$/, '');
}

function offsetOf(node: unknown): number {
  if (node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  return 0;
}

/**
 * Nesting that would exhaust the recursive parser, seen before it runs: each level of block nesting stands further to the
 * right or adds an indicator, each level of flow nesting opens a bracket.
 */
function tooDeep(text: string, limit: number): Problem | undefined {
  let open = 0;
  let line = 1;
  let column = 0;
  let indicators = 0;
  let indent = true;
  const problem = (): Problem => ({
    code: 'too-deep',
    message: `The input is nested more than ${limit} levels deep.`,
    at: `line ${line}`,
    remedy: 'Write the case flat, as in the examples.',
  });
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      line++;
      column = 0;
      indicators = 0;
      indent = true;
      continue;
    }
    column++;
    if (code === 91 || code === 123) {
      if (++open > limit) return problem();
    } else if ((code === 93 || code === 125) && open > 0) open--;
    if (!indent || code === 32) continue;
    const next = text.charCodeAt(at + 1);
    if ((code === 45 || code === 63 || code === 58) && (next === 32 || next === 9 || next === 10 || Number.isNaN(next))) {
      if (++indicators > limit) return problem();
      continue;
    }
    // A block of text may be indented as far as it likes; 4 columns a level is what people write.
    if (column > limit * 8) return problem();
    indent = false;
  }
  return undefined;
}
