/** A clinical trial as a registry gives it, and its eligibility as criteria over facts. */
import type { PartialDate } from '../case/record.js';
import type { Criterion } from '../criteria/expression.js';

/** Statuses of ClinicalTrials.gov (API 2.0.3, enumeration `Status`); `OTHER` is a value that is newer than this program. */
export const TRIAL_STATUSES = [
  'RECRUITING',
  'NOT_YET_RECRUITING',
  'ENROLLING_BY_INVITATION',
  'AVAILABLE',
  'ACTIVE_NOT_RECRUITING',
  'SUSPENDED',
  'TEMPORARILY_NOT_AVAILABLE',
  'COMPLETED',
  'TERMINATED',
  'WITHDRAWN',
  'NO_LONGER_AVAILABLE',
  'APPROVED_FOR_MARKETING',
  'WITHHELD',
  'UNKNOWN',
  'OTHER',
] as const;
export type TrialStatus = (typeof TRIAL_STATUSES)[number];

export const TRIAL_PHASES = ['EARLY_PHASE1', 'PHASE1', 'PHASE2', 'PHASE3', 'PHASE4', 'NA'] as const;
export type TrialPhase = (typeof TRIAL_PHASES)[number];

/** Types of interventions of ClinicalTrials.gov (API 2.0.3, enumeration `InterventionType`). */
export const INTERVENTION_TYPES = [
  'DRUG',
  'BIOLOGICAL',
  'PROCEDURE',
  'RADIATION',
  'DEVICE',
  'BEHAVIORAL',
  'GENETIC',
  'DIETARY_SUPPLEMENT',
  'COMBINATION_PRODUCT',
  'DIAGNOSTIC_TEST',
  'OTHER',
] as const;

export interface TrialContact {
  readonly name?: string;
  readonly role?: string;
  readonly phone?: string;
  readonly email?: string;
}

/** A place where a trial runs. A trial can recruit while one of its places does not. */
export interface TrialSite {
  readonly facility?: string;
  readonly city?: string;
  readonly state?: string;
  /** English name, as the registry writes it. */
  readonly country?: string;
  readonly status?: TrialStatus;
  /** WGS 84, degrees. */
  readonly lat?: number;
  readonly lon?: number;
  readonly contacts: readonly TrialContact[];
}

export interface TrialIntervention {
  /** As the registry types it: `DRUG`, `BIOLOGICAL`, `PROCEDURE`, `RADIATION`, `DEVICE`, … */
  readonly type?: string;
  readonly name: string;
  readonly otherNames: readonly string[];
}

export interface TrialArm {
  readonly label: string;
  readonly type?: string;
  readonly description?: string;
  readonly interventions: readonly string[];
}

/** One record of a trial registry, with the registry's own words and nothing added. What the record does not say is absent. */
export interface TrialRecord {
  /** `NCT01234567`, or the id of another registry. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title?: string;
  readonly officialTitle?: string;
  readonly acronym?: string;
  readonly status: TrialStatus;
  /** As written, where `status` is OTHER. */
  readonly statusAsWritten?: string;
  readonly whyStopped?: string;
  readonly phases: readonly TrialPhase[];
  /** `INTERVENTIONAL`, `OBSERVATIONAL`, `EXPANDED_ACCESS`. */
  readonly studyType?: string;
  readonly purpose?: string;
  readonly conditions: readonly string[];
  readonly keywords: readonly string[];
  readonly summary?: string;
  readonly interventions: readonly TrialIntervention[];
  readonly arms: readonly TrialArm[];
  readonly eligibility: {
    /** The free text, whole and unchanged; spans of criteria point into it. */
    readonly text?: string;
    /** The source cut the text off, so that more criteria exist than are read. */
    readonly truncated?: boolean;
    readonly sex?: 'ALL' | 'FEMALE' | 'MALE';
    /** Years. */
    readonly minimumAge?: number;
    readonly maximumAge?: number;
    readonly healthyVolunteers?: boolean;
  };
  readonly sponsor?: string;
  readonly enrolment?: number;
  readonly start?: PartialDate;
  readonly completion?: PartialDate;
  /** When the sponsor last changed or verified the record. */
  readonly updated?: PartialDate;
  readonly verified?: PartialDate;
  /** The day on which the registry's data were as they are here. */
  readonly knownAsOf?: PartialDate;
  readonly contacts: readonly TrialContact[];
  readonly sites: readonly TrialSite[];
  /** Where a person can read the record. */
  readonly url?: string;
}

/**
 * What kind of statement a criterion is. `rule`: asks facts, in whole or in part. `judgement`: only a person can weigh it, or
 * nobody has turned it into facts. `procedural`: settled at the site and not before, such as consent; it never holds a verdict open.
 */
export type TrialCriterionKind = 'rule' | 'judgement' | 'procedural';

export interface TrialCriterion {
  /** `I3`, `E12`; parts of one item are `I3.2`. */
  readonly id: string;
  readonly side: 'inclusion' | 'exclusion';
  /** The registry's words. */
  readonly text: string;
  /** Where they stand in the record's eligibility text: first and past-the-end UTF-16 offset. Absent: not from that text. */
  readonly span?: readonly [number, number];
  /** The part, cohort or arm that alone is bound by it, as the record names it; absent: everybody. */
  readonly scope?: string;
  readonly kind: TrialCriterionKind;
  /** What has to hold for the person to join: of an exclusion, that it does not apply. */
  readonly requires: Criterion;
  /** What a person should know of the reading, such as a unit that was printed wrongly. */
  readonly note?: string;
}

/** A record with its criteria read. */
export interface Trial extends TrialRecord {
  readonly criteria: readonly TrialCriterion[];
}
