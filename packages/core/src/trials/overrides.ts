/** Readings of criteria that a person made and signed, put in the place of those that the program made. */
import type { CriterionOverride } from '../knowledge/types.js';
import { leftToStudyTeam } from './starter.js';
import type { Trial, TrialCriterion } from './trial.js';

/** An override that stands for no criterion: `none` holds its quote, `several` do, or another override stands for it already. */
export interface UnplacedOverride {
  readonly override: CriterionOverride;
  readonly why: 'none' | 'several' | 'taken';
}

export interface OverriddenTrial {
  readonly trial: Trial;
  readonly unplaced: readonly UnplacedOverride[];
}

/**
 * A registry's text with each run of white space as one blank and none at the ends: quotes are compared in this form, and the SHA-256
 * of the whole eligibility text in it (UTF-8) is the `textHash` of an override.
 */
export const normalisedText = (text: string): string => text.trim().replace(/\s+/g, ' ');

/**
 * The trial with its curated readings. An override stands for the one criterion whose text, or what of it follows the lead-in of its
 * list, equals its quote; else for the one that contains it. It holds only for the text that it was made against, and only where its
 * source was read. Otherwise nothing is replaced, and the criterion notes that a reading has to be reviewed.
 *
 * @param textHash SHA-256 (lower-case hexadecimal) of the record's eligibility text as {@link normalisedText} gives it
 */
export function applyOverrides(
  trial: Trial,
  overrides: readonly CriterionOverride[],
  textHash: string | undefined,
): OverriddenTrial {
  const written = trial.criteria.map((criterion) => wordings(criterion, trial.eligibility.text));
  const placed = new Map<number, CriterionOverride>();
  const unplaced: UnplacedOverride[] = [];
  for (const override of overrides) {
    const quote = normalisedText(override.quote);
    const equal = indices(written, (texts) => texts.includes(quote));
    const [index, ...more] = equal.length > 0 ? equal : indices(written, (texts) => texts.some((text) => text.includes(quote)));
    if (index === undefined) unplaced.push({ override, why: 'none' });
    else if (more.length > 0) unplaced.push({ override, why: 'several' });
    else if (placed.has(index)) unplaced.push({ override, why: 'taken' });
    else placed.set(index, override);
  }
  if (placed.size === 0) return { trial, unplaced };
  const criteria = trial.criteria.map((criterion, index) => {
    const override = placed.get(index);
    return override === undefined ? criterion : overridden(criterion, override, textHash);
  });
  return { trial: { ...trial, criteria }, unplaced };
}

/** A criterion as it is shown, which may repeat the lead-in of its list, and as its span has it, which does not. */
const wordings = ({ text, span }: TrialCriterion, whole: string | undefined): readonly string[] =>
  [text, ...(span === undefined || whole === undefined ? [] : [whole.slice(...span)])].map(normalisedText);

const indices = <Item>(items: readonly Item[], test: (item: Item) => boolean): readonly number[] =>
  items.flatMap((item, index) => (test(item) ? [index] : []));

function overridden(criterion: TrialCriterion, override: CriterionOverride, textHash: string | undefined): TrialCriterion {
  const { requires, note, signed, evidence } = override;
  const signature = `${signed.by}, ${signed.date}`;
  if (evidence.status !== 'read')
    return noted(
      criterion,
      criterion.note,
      `A reading by ${signature} rests on a source that was not read, and has to be reviewed.`,
    );
  if (override.textHash !== textHash)
    return noted(
      criterion,
      criterion.note,
      `A reading by ${signature} is of another text of this record, and has to be reviewed.`,
    );
  if (requires === 'confirm') return noted(criterion, criterion.note, note, `Reading confirmed by ${signature}.`);
  if (requires === 'ignore') {
    const left = 'judge' in criterion.requires ? criterion.requires : leftToStudyTeam(criterion.text);
    return noted({ ...criterion, kind: 'procedural', requires: left }, note, `Left to the site by ${signature}.`);
  }
  return noted({ ...criterion, kind: 'rule', requires }, note, `Read by ${signature}.`);
}

const noted = (criterion: TrialCriterion, ...notes: readonly (string | undefined)[]): TrialCriterion => ({
  ...criterion,
  note: notes.filter((note) => note !== undefined).join(' '),
});
