/**
 * Facts: what is known of a case as of a date. A fact is the set of values that it can still have: one value is known,
 * some are narrowed, all are unknown. Nothing missing is ever taken for absent.
 */
import type { FactId } from '../criteria/expression.js';
import type { Observation, PartialDate } from './record.js';

/** Why a fact is unknown. `stale`, `undated` and `not-yet` carry the reading that did not answer. */
export type UnknownReason =
  | 'not-recorded'
  | 'recorded-as-unknown'
  | 'not-done'
  | 'not-applicable'
  | 'stale'
  | 'undated'
  | 'not-yet'
  | 'conflict'
  | 'underived';

export type FactState =
  | {
      readonly kind: 'known';
      readonly value: boolean | number | string;
      readonly reading?: Observation;
      /** Facts it was derived from. */
      readonly from?: readonly FactId[];
    }
  | { readonly kind: 'one-of'; readonly values: readonly string[]; readonly from: readonly FactId[] }
  /** Both ends included. */
  | { readonly kind: 'between'; readonly min: number; readonly max: number; readonly from: readonly FactId[] }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly reading?: Observation;
      /** Facts that would settle it, when it is derived. */
      readonly from?: readonly FactId[];
    };

/** Read access to the facts of one case. Derived facts are worked out when first asked for. */
export interface Facts {
  get(id: FactId): FactState;
  readonly asOf: PartialDate;
}

export const NOT_RECORDED: FactState = { kind: 'unknown', reason: 'not-recorded' };
