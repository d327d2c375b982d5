/** Writes a record as a case file that reads back to the same record. */
import type { CaseRecord, Observation, Origin, StatedStage, TreatmentEvent } from '@serosa/core';
import { stringify } from 'yaml';
import { CASE_VERSION } from './format.js';

type Plain = Readonly<Record<string, unknown>>;

/**
 * The record as YAML, or as JSON. Statements of one fact stand together, in the order of the first of each; everything else keeps its
 * order. `readCaseFile` gives the same record back, as long as its values fit the catalogue.
 */
export function writeCase(record: CaseRecord, format: 'yaml' | 'json' = 'yaml'): string {
  const byFact = new Map<string, Observation[]>();
  for (const observation of record.observations) {
    const list = byFact.get(observation.fact);
    if (list) list.push(observation);
    else byFact.set(observation.fact, [observation]);
  }
  const facts = Object.fromEntries(
    [...byFact].map(([fact, list]) => {
      const path = `facts.${fact}`;
      const [only] = list;
      return [
        fact,
        list.length === 1 && only ? statement(only, path) : list.map((item, index) => statement(item, `${path}[${index}]`)),
      ];
    }),
  );
  const content = {
    serosa: CASE_VERSION,
    id: record.id,
    ...(record.title === undefined ? {} : { title: record.title }),
    ...(record.date === undefined ? {} : { date: record.date }),
    ...(byFact.size === 0 ? {} : { facts }),
    ...(record.stages.length === 0
      ? {}
      : { stages: record.stages.map((stage, index) => withOrigin<StatedStage>(stage, `stages[${index}]`)) }),
    ...(record.treatments.length === 0
      ? {}
      : { treatments: record.treatments.map((event, index) => withOrigin<TreatmentEvent>(event, `treatments[${index}]`)) }),
  };
  if (format === 'json') return `${JSON.stringify(content, null, 2)}\n`;
  return stringify(content, { lineWidth: 0, version: '1.2', schema: 'core', aliasDuplicateObjects: false });
}

function statement(observation: Observation, path: string): unknown {
  const { value, date, asWritten } = observation;
  // Only `unknown` cannot be mistaken for one of a fact's own values.
  const said: Plain =
    typeof value === 'object' ? (value.absent === 'unknown' ? { value: 'unknown' } : { absent: value.absent }) : { value };
  const full: Plain = {
    ...said,
    ...(date === undefined ? {} : { date }),
    ...origin(observation.origin, path),
    ...(asWritten === undefined ? {} : { asWritten }),
  };
  return Object.keys(full).length === 1 && 'value' in full ? full['value'] : full;
}

function withOrigin<Part extends { readonly origin: Origin }>(part: Part, path: string): Plain {
  const { origin: from, ...rest } = part;
  return { ...rest, ...origin(from, path) };
}

/** The origin, unless it is what a reader would put there anyway. */
function origin({ kind, at, note }: Origin, path: string): Plain {
  const noted = note === undefined ? {} : { note };
  if (at === path) return kind === 'file' ? noted : { origin: kind, ...noted };
  return { origin: { kind, ...(at === undefined ? {} : { at }) }, ...noted };
}
