/** JSON Schema of the case file, made from the catalogue, so that an editor completes fact ids and values. */
import type { FactDefinition } from '@serosa/core';
import { type CatalogueInput, prepareCatalogue } from '../catalogue.js';
import {
  ABSENCES,
  BASES,
  CASE_VERSION,
  EDITIONS,
  ORIGINS,
  PROCEDURES,
  RADIOTHERAPY_INTENTS,
  RESIDUALS,
  RESPONSES,
  SIDES,
  STOP_REASONS,
  SYSTEMIC_INTENTS,
} from './format.js';

export type JsonSchema = { readonly [key: string]: unknown };

const DATE: JsonSchema = { $ref: '#/$defs/date' };
const ORIGIN: JsonSchema = { $ref: '#/$defs/origin' };
const TEXT: JsonSchema = { type: 'string' };

/** JSON Schema 2020-12 of `case/1`. It allows what the reader reads without complaint; ranges are checked by the reader too. */
export function caseSchema(facts: CatalogueInput): JsonSchema {
  const definitions = [...prepareCatalogue(facts).facts.values()];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:serosa:case:1',
    title: 'Serosa case',
    type: 'object',
    required: ['serosa', 'id'],
    additionalProperties: false,
    properties: {
      serosa: { const: CASE_VERSION },
      id: { type: ['string', 'number'], description: 'A short name of the case; no name of a person is needed.' },
      title: TEXT,
      date: { ...DATE, description: 'When undated statements were true.' },
      facts: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: Object.fromEntries(definitions.map((fact) => [fact.id, factSchema(fact)])),
      },
      stages: { type: ['array', 'null'], items: STAGE },
      treatments: { type: ['array', 'null'], items: { oneOf: [SYSTEMIC, RADIOTHERAPY, PROCEDURE] } },
    },
    $defs: {
      ...Object.assign({}, ...definitions.map(definitionsOf)),
      date: {
        description: 'YYYY, YYYY-MM or YYYY-MM-DD',
        anyOf: [
          { type: 'string', pattern: '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$' },
          { type: 'integer', minimum: 1000, maximum: 9999 },
        ],
      },
      origin: {
        anyOf: [
          { enum: ORIGINS },
          { type: 'object', required: ['kind'], additionalProperties: false, properties: { kind: { enum: ORIGINS }, at: TEXT } },
        ],
      },
    },
  };
}

/** A fact as the file may state it: one value, one statement, or a list of either. */
function factSchema(fact: FactDefinition): JsonSchema {
  const one = { $ref: `#/$defs/${fact.id}` };
  return { description: describe(fact), anyOf: [one, { type: 'array', items: one }] };
}

/** The two definitions of a fact, kept apart so that long lists of values stand in the schema once. */
function definitionsOf(fact: FactDefinition): JsonSchema {
  const value = { $ref: `#/$defs/${fact.id}.value` };
  const statement = {
    type: 'object',
    additionalProperties: false,
    properties: {
      value,
      absent: { enum: ABSENCES },
      ...(isNumber(fact) ? { unit: { type: 'string', examples: [fact.unit ?? '1', ...Object.keys(fact.units ?? {})] } } : {}),
      date: DATE,
      origin: ORIGIN,
      note: TEXT,
      asWritten: TEXT,
    },
    oneOf: [{ required: ['value'] }, { required: ['absent'] }],
  };
  return { [`${fact.id}.value`]: valueSchema(fact), [fact.id]: { anyOf: [value, statement] } };
}

function isNumber(fact: FactDefinition): boolean {
  return fact.type === 'number' || fact.type === 'integer';
}

function describe(fact: FactDefinition): string {
  const unit = fact.unit === undefined || fact.unit === '1' ? '' : ` (${fact.unit})`;
  return `${fact.label}${unit}. ${fact.patient.label}`;
}

function valueSchema(fact: FactDefinition): JsonSchema {
  const absent = { enum: ABSENCES };
  switch (fact.type) {
    case 'boolean':
      return { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'no', ...ABSENCES] }] };
    case 'code':
      return { anyOf: [...(fact.values ?? []).map(({ id, label }) => ({ const: id, title: label })), absent] };
    case 'date':
      return { anyOf: [DATE, absent] };
    default: {
      const range = fact.range ? { minimum: fact.range.min, maximum: fact.range.max } : {};
      const written = {
        type: 'string',
        pattern: '^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*\\S*$',
        examples: [`${fact.range?.min ?? 1} ${fact.unit ?? ''}`.trim()],
      };
      return { anyOf: [{ type: fact.type, ...range }, written, absent] };
    }
  }
}

const category = (axis: string): JsonSchema => ({ type: ['string', 'integer'], examples: [`${axis}0`, `${axis}1`, `${axis}X`] });

const STAGE: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    edition: { anyOf: [{ enum: EDITIONS }, { enum: [5, 6, 7, 8, 9] }, { type: 'string' }] },
    basis: { enum: BASES },
    T: category('T'),
    N: category('N'),
    M: category('M'),
    group: { type: ['string', 'integer'], examples: ['IA', 'IIIB', 'IV'] },
    date: DATE,
    origin: ORIGIN,
    note: TEXT,
  },
};

const treatment = (kind: string, required: readonly string[], properties: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['kind', ...required],
  additionalProperties: false,
  properties: { kind: { const: kind }, ...properties, origin: ORIGIN, note: TEXT },
});

const SYSTEMIC = treatment('systemic', ['agents'], {
  agents: {
    anyOf: [TEXT, { type: 'array', items: TEXT }],
    description: 'Drugs by their common (INN) names; [] when they are not known.',
  },
  start: DATE,
  end: DATE,
  ongoing: { type: 'boolean' },
  line: { type: 'integer', minimum: 1, maximum: 30 },
  cycles: { type: 'integer', minimum: 0, maximum: 200 },
  bestResponse: { enum: RESPONSES },
  intent: { enum: SYSTEMIC_INTENTS },
  stoppedFor: { enum: STOP_REASONS },
  progression: DATE,
});

const RADIOTHERAPY = treatment('radiotherapy', [], {
  site: TEXT,
  start: DATE,
  end: DATE,
  gray: { type: 'number', minimum: 0, maximum: 200 },
  fractions: { type: 'integer', minimum: 1, maximum: 100 },
  intent: { enum: RADIOTHERAPY_INTENTS },
});

const PROCEDURE = treatment('procedure', ['code'], {
  code: { enum: PROCEDURES },
  text: TEXT,
  date: DATE,
  side: { enum: SIDES },
  residual: { enum: RESIDUALS },
});
