/**
 * The shape of the knowledge: one file per thing in `knowledge/`, checked by `@serosa/knowledge` and built into one
 * bundle. Pure types: the linter holds the files against them.
 */
import type { Code, FactDefinition } from '../case/catalogue.js';
import type { PartialDate } from '../case/record.js';
import type { Choice, Criterion, FactId } from '../criteria/expression.js';
import type { TrialPhase, TrialStatus } from '../trials/trial.js';

/** Words for the two voices. Patient text is plain, kind, readable at about age 12; it never carries a dose. */
export interface Voices {
  readonly clinician: string;
  readonly patient: string;
}

/**
 * How a statement is known. `read`: we read the source itself; only such a statement may drive a rule. `second-hand`: read
 * in another source. `unread`: nobody here has read it.
 */
export type EvidenceStatus = 'read' | 'second-hand' | 'unread';

/** Every rule and every claim carries one. */
export interface Evidence {
  /** Ids in `sources.json`. At least one. */
  readonly sources: readonly string[];
  readonly status: EvidenceStatus;
  /** Table, page or section, and any caution about the reading. */
  readonly note?: string;
}

/** A CSL-JSON item: only what we use is typed. */
export interface Source {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly author?: readonly { readonly family?: string; readonly given?: string; readonly literal?: string }[];
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly 'container-title'?: string;
  readonly publisher?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly DOI?: string;
  readonly PMID?: string;
  readonly URL?: string;
  readonly note?: string;
}

/** A published figure. Percentages follow from counts; an interval contains its estimate. */
export interface Claim {
  readonly id: string;
  readonly text: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly percent?: number;
  /** Median survival and the like, months. */
  readonly months?: number;
  readonly hazardRatio?: number;
  readonly oddsRatio?: number;
  readonly riskRatio?: number;
  /** What is not a share, a time or a ratio: an area under a curve, a likelihood ratio, a C-statistic. */
  readonly value?: number;
  /** The group it is compared with, and its own figures. */
  readonly against?: { readonly text: string; readonly months?: number; readonly percent?: number };
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  readonly population: string;
  readonly seriesKind?: 'autopsy' | 'imaging' | 'registry' | 'surgical' | 'trial' | 'review' | 'cohort';
  readonly evidence: Evidence;
}

/** What every file of the knowledge has. `reviewed` is an ISO date: after 365 days the file is due, after 730 overdue. */
export interface KnowledgeFile {
  readonly id: string;
  readonly kind: string;
  readonly title: Voices;
  readonly reviewed: string;
}

/** Facts given, and what the rule must then say. Run as tests. */
export interface Example {
  readonly title: string;
  /** Fact id to value in canonical unit. Everything else is unknown. */
  readonly facts: Readonly<Record<FactId, boolean | number | string>>;
  readonly expect: Readonly<Record<string, unknown>>;
}

// ── staging ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export type PrimarySite = 'pleura' | 'peritoneum' | 'pericardium' | 'tunica-vaginalis';
export type Basis = 'clinical' | 'pathological';

/** An ordered decision list for one category; when no line holds, `else`. Fact ids may hold `{basis}`. */
export interface CategoryRule {
  readonly lines: readonly (Choice<string> & { readonly evidence: Evidence })[];
  readonly else: string;
}

export interface StagingSystem extends KnowledgeFile {
  readonly kind: 'staging';
  readonly primary: PrimarySite;
  /** Key in the report, such as `tnm9`; absent when no system applies to this primary site. */
  readonly key?: string;
  /** Stated stages of this edition are read as this system's. */
  readonly edition?: '8' | '9';
  readonly inForce?: Voices;
  readonly bases: readonly Basis[];
  /** Tumours that the system does not stage. */
  readonly notFor?: { readonly when: Criterion; readonly text: Voices; readonly evidence: Evidence };
  readonly T?: Readonly<Partial<Record<Basis, CategoryRule>>>;
  readonly N?: CategoryRule;
  readonly M?: CategoryRule;
  /** Every cell: the group for categories T, N, M; `*` stands for any. First match. */
  readonly groups?: readonly { readonly T: string; readonly N: string; readonly M: string; readonly group: string }[];
  /** Criteria that hold in every possible world, such as "rib involved implies chest wall involved". */
  readonly constraints?: readonly Criterion[];
  readonly groupsEvidence?: Evidence;
  /** Shown when its condition is met, or always without one: differences between printed versions, cautions. */
  readonly notes?: readonly { readonly when?: Criterion; readonly text: Voices; readonly evidence: Evidence }[];
  /** For a primary site without a system: what is used instead. */
  readonly instead?: Voices & { readonly evidence: Evidence };
  readonly claims?: readonly Claim[];
  readonly examples: readonly Example[];
}

// ── sites of spread ──────────────────────────────────────────────────────────────────────────────────────────────────

export type Route = 'direct' | 'serosal' | 'lymphatic' | 'blood' | 'tract';

/** `none`: no category, or no system. */
export type NodeCategory = 'N1' | 'N2' | 'N3' | 'M1' | 'none';

/** A lymph-node station, with what it counts as where it is involved. */
export interface Station {
  readonly id: string;
  readonly name: Voices;
  /** Numbers of the IASLC map, such as `2R, 4R`. */
  readonly map?: string;
  /** The category it makes when involved, in the current edition, by primary site; a primary left out is not named in what was read. */
  readonly means?: Readonly<Partial<Record<PrimarySite, NodeCategory>>>;
  /** Which part of the lining drains there. */
  readonly drains?: Voices;
  /** The fact that says whether it is involved; `{basis}` stands for clinical and pathological. */
  readonly fact?: FactId;
  readonly evidence: Evidence;
}

export interface Site extends KnowledgeFile {
  readonly kind: 'site';
  /** The boolean fact that says whether the site is involved. */
  readonly fact: FactId;
  /** How each primary site reaches it, and what it means for the stage. Sites are shown for these primaries only. */
  readonly from: Readonly<
    Partial<Record<PrimarySite, { readonly routes: readonly Route[]; readonly stage?: Voices; readonly evidence: Evidence }>>
  >;
  readonly frequencies: readonly (Claim & {
    readonly primary: PrimarySite;
    /** Id of the site or of one of its stations: the share of people with this primary in whom that place is reached. */
    readonly place?: string;
  })[];
  /** What people may notice, what can go wrong, what helps: no doses. */
  readonly consequence: Voices;
  /** What would tell. */
  readonly look: Voices;
  readonly stations?: readonly Station[];
  readonly evidence: Evidence;
}

/** One of the six steps from the sheet of tumour to a deposit elsewhere. */
export interface CascadeStep extends KnowledgeFile {
  readonly kind: 'cascade';
  /** 1 to 6. */
  readonly order: number;
  readonly what: Voices;
  /** The routes that need this step. */
  readonly routes: readonly Route[];
  /** The best that the step rests on in this disease; `borrowed`: mostly from other tumours. */
  readonly support: {
    readonly level: 'human' | 'animal' | 'cells' | 'borrowed';
    readonly text: Voices;
    readonly evidence: Evidence;
  };
  readonly players: readonly {
    readonly id: string;
    readonly name: Voices;
    readonly text: Voices;
    /** Holds when the player is seen in this case. */
    readonly when?: Criterion;
    readonly evidence: Evidence;
  }[];
  /** Drug classes that act there, and how far they are. */
  readonly drugs: readonly {
    readonly id: string;
    readonly name: Voices;
    readonly status: 'standard' | 'trial' | 'failed' | 'laboratory';
    readonly text: Voices;
    /** Id of a treatment file. */
    readonly treatment?: string;
    readonly evidence: Evidence;
  }[];
  readonly evidence: Evidence;
}

// ── factors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Something about the person or the tumour that goes with a better or worse course, with its measured effect. */
export interface Factor extends KnowledgeFile {
  readonly kind: 'factor';
  readonly group: 'person' | 'disease' | 'gene' | 'immune' | 'burden' | 'blood';
  readonly primary: readonly PrimarySite[];
  readonly about: Voices;
  /** What this case has: the first level that holds. */
  readonly levels: readonly { readonly id: string; readonly label: Voices; readonly when: Criterion }[];
  /** Measured effects; none is a statement too, see `noEffectKnown`. */
  readonly effects: readonly (Claim & {
    readonly outcome: 'survival' | 'progression' | 'spread' | 'response' | 'recurrence';
    /** Whether other factors were taken into account. */
    readonly adjusted: 'yes' | 'no' | 'unclear';
    /** Level that the effect belongs to; absent: all. */
    readonly level?: string;
  })[];
  /** How often it is met. */
  readonly frequencies?: readonly Claim[];
  /** What has not been measured: "no measured effect on spread is known". Required where there are no effects. */
  readonly noEffectKnown?: Voices;
  /** Thought, and not shown. */
  readonly hypothesis?: Voices;
  readonly evidence: Evidence;
  readonly examples: readonly Example[];
}

// ── tests ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** In which part of the way a test has its place; in this order. */
export const TEST_PHASES = ['find', 'tissue', 'pathology', 'stage', 'surgery', 'fitness', 'genes', 'follow'] as const;
export type TestPhase = (typeof TEST_PHASES)[number];

export type Measure =
  | 'sensitivity'
  | 'specificity'
  | 'ppv'
  | 'npv'
  | 'accuracy'
  | 'auc'
  | 'likelihood-ratio-positive'
  | 'likelihood-ratio-negative'
  | 'yield'
  | 'agreement'
  | 'complication'
  | 'other';

/** One row of one guideline on a test. */
export interface TestStep {
  readonly id: string;
  readonly body: string;
  readonly polarity: 'do' | 'consider' | 'do-not';
  readonly when?: Criterion;
  readonly regions?: readonly string[];
  readonly strength?: string;
  /** What to do and what it is for. */
  readonly text: Voices;
  readonly evidence: Evidence;
}

export interface DetectionTest extends KnowledgeFile {
  readonly kind: 'test';
  readonly primary: readonly PrimarySite[];
  readonly phase: TestPhase;
  readonly cost: 'question' | 'record' | 'blood' | 'imaging' | 'biopsy' | 'operation';
  /** What is done, and what it asks of the person. */
  readonly about: Voices;
  /** What it is for. */
  readonly purpose: Voices;
  readonly canMiss: Voices;
  /** Facts that the test tells. */
  readonly tells: readonly FactId[];
  /** Lists of facts: when all facts of one list are known and current, the answer is there and the test is not proposed. */
  readonly answeredBy: readonly (readonly FactId[])[];
  /** The same said as a condition, such as "a PET of the last 60 days"; either is enough. */
  readonly answeredWhen?: Criterion;
  /** The test is weighed only where this is not false. */
  readonly appliesWhen?: Criterion;
  readonly steps: readonly TestStep[];
  /** What it answers how well: figures per question, never one per test. */
  readonly questions: readonly {
    readonly id: string;
    readonly ask: Voices;
    readonly says: Voices;
    readonly figures: readonly (Claim & { readonly measure: Measure })[];
  }[];
  /** Warnings; with `when` shown for the cases they concern. */
  readonly caveats: readonly {
    readonly id: string;
    readonly when?: Criterion;
    readonly text: Voices;
    readonly evidence: Evidence;
  }[];
  readonly evidence: Evidence;
  readonly examples: readonly Example[];
}

// ── published survival ───────────────────────────────────────────────────────────────────────────────────────────────

/** Published survival of groups of people. Shown to patients on request only, with its spread. */
export interface SurvivalTable extends KnowledgeFile {
  readonly kind: 'survival';
  readonly primary: readonly PrimarySite[];
  readonly by: 'population' | 'histology' | 'stage' | 'treatment' | 'site';
  readonly population: Voices;
  readonly caution: Voices;
  readonly rows: readonly {
    readonly id: string;
    readonly label: Voices;
    /** Holds for the cases that the row is about. */
    readonly when: Criterion;
    readonly claims: readonly Claim[];
  }[];
  readonly evidence: Evidence;
  readonly examples: readonly Example[];
}

// ── the guide that people read ───────────────────────────────────────────────────────────────────────────────────────

/**
 * A page of the guide. Texts are paragraphs with an empty line between them; lines that begin with `- ` are a list;
 * `[[topic-id]]` and `[[topic-id|words]]` link to another page.
 */
export interface Topic extends KnowledgeFile {
  readonly kind: 'topic';
  /** The answer in one to three sentences, before everything else. */
  readonly answer: Voices;
  readonly answerEvidence: Evidence;
  /** Questions, in people's own words, that the page answers: they help to find it. */
  readonly asks: readonly string[];
  /** Words that belong to this page more than to any other. */
  readonly keywords: readonly string[];
  readonly sections: readonly {
    readonly id: string;
    readonly title: Voices;
    readonly text: Voices;
    readonly evidence: Evidence;
  }[];
  /** Ids of pages to read next. */
  readonly see: readonly string[];
  /** Beginnings of the ids of findings that this page explains, such as `option.crs-hipec` or `stage.`. */
  readonly explains: readonly string[];
}

/** What people say, and the words the guide uses for it. Matching is on word beginnings after folding case and accents. */
export interface Vocabulary extends KnowledgeFile {
  readonly kind: 'vocabulary';
  readonly entries: readonly { readonly says: readonly string[]; readonly means: readonly string[] }[];
}

/** A medical word of the texts for patients, explained when somebody asks. */
export interface GlossaryTerm {
  readonly id: string;
  /** The forms in which it stands in texts, matched as whole words whatever the case; the first is its name. */
  readonly words: { readonly patient: readonly string[] };
  /** At most two sentences. */
  readonly text: { readonly patient: string };
  /** Id of the page of the guide that tells more. */
  readonly topic?: string;
}

// ── scores ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ScoreGroup {
  readonly id: string;
  readonly label: Voices;
  /** For a tree: the group's condition. */
  readonly when?: Criterion;
  /** For a sum of points: the range of totals before they are divided by `scale`, both ends included. */
  readonly from?: number;
  readonly to?: number;
  readonly outcome?: readonly Claim[];
  readonly evidence: Evidence;
}

export interface Score extends KnowledgeFile {
  readonly kind: 'score';
  readonly primary: readonly PrimarySite[];
  readonly appliesWhen?: Criterion;
  /** Sum of points: one choice is made per item. Absent for a tree. */
  readonly points?: readonly {
    readonly label: string;
    readonly lines: readonly Choice<number>[];
    readonly else: number;
    readonly evidence: Evidence;
  }[];
  /** The points are shown divided by this (100 for hundredths). */
  readonly scale?: number;
  readonly groups: readonly ScoreGroup[];
  /** When no group of a tree holds: the score says this instead of guessing. */
  readonly otherwise?: Voices;
  readonly population: Voices;
  readonly whenNotToUse: Voices;
  readonly evidence: Evidence;
  readonly examples: readonly Example[];
}

// ── treatments ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Polarity = 'for' | 'consider' | 'trial-only' | 'against' | 'insufficient' | 'approved' | 'funded' | 'note';

/** One row of one guideline or authority. Rows of different bodies stand side by side and are never merged. */
export interface Recommendation {
  /** Stable id, such as `G22`. */
  readonly id: string;
  /** Short name of the body and year, such as `ASCO 2025`. */
  readonly body: string;
  readonly polarity: Polarity;
  /** Absent: the row holds for every case to which the treatment applies. */
  readonly when?: Criterion;
  /** Further conditions that make the answer "supported with conditions" while they are open. */
  readonly provided?: Criterion;
  /** The regions for which the row speaks (`person.region` values); absent: anywhere. */
  readonly regions?: readonly string[];
  readonly text: Voices;
  readonly strength?: string;
  readonly evidence: Evidence;
}

export type TreatmentGroup = 'systemic' | 'surgery' | 'radiotherapy' | 'fluid' | 'supportive' | 'genetics' | 'research';

export interface Treatment extends KnowledgeFile {
  readonly kind: 'treatment';
  readonly group: TreatmentGroup;
  /** The treatment is weighed only where this is not false. */
  readonly appliesWhen: Criterion;
  readonly about: Voices;
  /** Facts that must be acceptable before this is given; a missing one leaves the verdict open. */
  readonly limits: readonly {
    readonly id: string;
    /** Holds when the treatment must not (`absolute`) or should not without further steps (`relative`) be given. */
    readonly when: Criterion;
    readonly severity: 'absolute' | 'relative';
    /** A missing fact leaves the verdict open. With `check` it does not: it is listed as something to check first. */
    readonly ifUnknown?: 'check';
    readonly text: Voices;
    readonly evidence: Evidence;
  }[];
  readonly recommendations: readonly Recommendation[];
  /** Clinician only. */
  readonly regimens?: readonly { readonly id: string; readonly text: string; readonly evidence: Evidence }[];
  readonly monitoring?: string;
  readonly harms?: Voices;
  readonly benefit?: readonly Claim[];
  readonly examples: readonly Example[];
}

// ── symptoms ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Urgency = 'emergency' | 'same-day' | 'days' | 'next-visit';

export interface Symptom extends KnowledgeFile {
  readonly kind: 'symptom';
  /** The symptom is present. Only this being true raises the finding. */
  readonly trigger: Criterion;
  /**
   * From most to least urgent; a line counts when its condition is true or not known to be false: a red flag that nobody
   * has ruled out is taken as present. The last line has no condition.
   */
  readonly levels: readonly { readonly urgency: Urgency; readonly when?: Criterion; readonly evidence: Evidence }[];
  readonly mayMean: Voices;
  readonly doNow: Voices;
  /** What to say on the phone. */
  readonly say?: Voices;
  /** How people put it in their own words; a question that holds all words of one phrase is about this symptom. */
  readonly phrases?: readonly string[];
  readonly examples: readonly Example[];
}

// ── the starter set of trials ────────────────────────────────────────────────────────────────────────────────────────

/** One point of a trial's eligibility in the criteria language. It decides only where its source was read. */
export interface StarterCriterion {
  /** `I3`, `E1`: numbered by side. */
  readonly id: string;
  readonly side: 'inclusion' | 'exclusion';
  /** What has to hold for the person to join, in our own short words: of an exclusion, that it does not apply. */
  readonly text: string;
  /** The same as a criterion. */
  readonly requires: Criterion;
  readonly evidence: Evidence;
}

/** A person's reading of one criterion of a registry record, which stands in place of the parsed one. */
export interface CriterionOverride {
  /** Words of the registry that stand in one criterion only, each run of white space as one blank. */
  readonly quote: string;
  /** SHA-256 (lower-case hexadecimal) of the whole eligibility text, white space in the same way, that it was made against. */
  readonly textHash: string;
  /** What has to hold; `confirm`: the parsed reading is right; `ignore`: settled at the site, and decides nothing before. */
  readonly requires: Criterion | 'confirm' | 'ignore';
  readonly note?: string;
  /** Who made it, and the ISO day. */
  readonly signed: { readonly by: string; readonly date: string };
  readonly evidence: Evidence;
}

/** What is known of a trial without asking a registry: its head, and the part of its criteria that was read. */
export interface StarterTrial extends KnowledgeFile {
  readonly kind: 'trial';
  readonly acronym?: string;
  readonly registry: {
    /** As last read. `UNKNOWN` without `statusAsOf`: not stated in what was read. */
    readonly status: TrialStatus;
    /** When the source had this status; always there while the trial takes people, since that ages fast. */
    readonly statusAsOf?: PartialDate;
    readonly phases: readonly TrialPhase[];
    readonly sponsor?: string;
    /** Values of `person.country`. */
    readonly countries?: readonly string[];
    /** How many more countries there are than `countries` names. */
    readonly countriesMore?: number;
    /** People taken in, or planned. */
    readonly enrolment?: number;
    /** In our own words. */
    readonly conditions: readonly string[];
  };
  readonly treatment: { readonly text: string; readonly classes: readonly string[] };
  readonly setting?: string;
  readonly facts: readonly StarterCriterion[];
  /** What is known from memory only: it decides nothing. */
  readonly unverified?: readonly string[];
  /** A starter trial never holds all criteria of its record: the best it can say is "nothing against it in what is known". */
  readonly complete: false;
  readonly overrides?: readonly CriterionOverride[];
  readonly evidence: Evidence;
}

/** The starter set, built: a file of its own, so that a report need not wait for it. `hash` as in {@link KnowledgeBundle}. */
export interface TrialBundle {
  readonly version: string;
  readonly hash: string;
  /** Sources that only trials rest on; the others stand in the {@link KnowledgeBundle} of the same version. */
  readonly sources: readonly Source[];
  readonly trials: readonly StarterTrial[];
}

/** The knowledge, built. `hash` is the SHA-256 of everything else, in hexadecimal. */
export interface KnowledgeBundle {
  readonly version: string;
  readonly hash: string;
  readonly sources: readonly Source[];
  readonly facts: readonly FactDefinition[];
  readonly staging: readonly StagingSystem[];
  readonly sites: readonly Site[];
  readonly scores: readonly Score[];
  readonly treatments: readonly Treatment[];
  readonly symptoms: readonly Symptom[];
  readonly cascade: readonly CascadeStep[];
  readonly factors: readonly Factor[];
  readonly tests: readonly DetectionTest[];
  readonly survival: readonly SurvivalTable[];
  readonly topics: readonly Topic[];
  readonly words: readonly Vocabulary[];
  readonly glossary: readonly GlossaryTerm[];
}

export type { Code };
