/**
 * The criteria language: an expression over facts, held as data.
 *
 * One expression has four readings: evaluated for one case with an explanation (`evaluate.ts`), put into words for two
 * audiences (`words.ts`), compiled to columns over a cohort, and written as SQL. The two last readings are why the
 * language has no free text, no side effects and no access to dates or to the record: everything it can ask is a fact.
 */

/** Identifier of a fact in the catalogue, such as `lab.creatinine-clearance`. */
export type FactId = string;

/** A comparison of one fact with constants. Several comparisons in one leaf must all hold. Units are the fact's own. */
export interface FactTest {
  readonly fact: FactId;
  /** Equal to this value. */
  readonly is?: boolean | string | number;
  /** One of these codes. */
  readonly in?: readonly string[];
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
}

/** A condition that only a person can judge, in words for each audience. */
export interface Judgement {
  readonly judge: { readonly clinician: string; readonly patient: string };
}

/** A condition over facts; see {@link Verdict} for what it can answer. */
export type Criterion =
  | FactTest
  | Judgement
  | { readonly all: readonly Criterion[] }
  | { readonly any: readonly Criterion[] }
  | { readonly not: Criterion }
  | { readonly atLeast: number; readonly of: readonly Criterion[] };

/** A number computed from facts. Unknown in, unknown out. */
export type NumberExpression =
  | number
  | { readonly fact: FactId }
  | { readonly add: readonly NumberExpression[] }
  | { readonly sub: readonly [NumberExpression, NumberExpression] }
  | { readonly mul: readonly NumberExpression[] }
  | { readonly div: readonly [NumberExpression, NumberExpression] }
  | { readonly pow: readonly [NumberExpression, number] }
  | { readonly when: Criterion; readonly then: NumberExpression; readonly else: NumberExpression };

/** One line of an ordered decision list: the first line whose condition holds gives the result. */
export interface Choice<Result> {
  readonly when: Criterion;
  readonly then: Result;
}

/**
 * What a criterion answers. `unknown`: a fact is missing. `judgement`: every fact needed is known, and a person has to
 * judge the rest.
 */
export type Verdict = 'true' | 'false' | 'unknown' | 'judgement';
