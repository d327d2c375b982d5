/** Readings of criteria that a person made or confirmed, put over what was read from a registry's text. */
import type { CriterionOverride } from '../knowledge/types.js';
import type { Trial, TrialCriterion } from './trial.js';

/** One text whatever its blanks and line breaks: what a quote is looked for in, and what the hash of a text is taken over. */
export function normalisedText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export interface OverriddenTrial {
  readonly trial: Trial;
  /** Quotes that stand nowhere in the record any more. */
  readonly unplaced: readonly string[];
  /** The registry's text is another than the one that was read by a person: nothing was replaced, and all is to be reviewed. */
  readonly outdated: boolean;
}

/**
 * Puts curated readings over a trial. An override speaks for the one criterion whose words hold its quote. It is never kept in silence
 * when the registry's text has changed, and one whose source was not read replaces nothing.
 *
 * @param textHash SHA-256, in hexadecimal, of the record's {@link normalisedText}; undefined when the record has no text
 */
export function applyOverrides(
  trial: Trial,
  overrides: readonly CriterionOverride[],
  textHash: string | undefined,
): OverriddenTrial {
  const outdated = overrides.some((override) => override.textHash !== textHash);
  const placed = new Set<CriterionOverride>();
  const criteria = trial.criteria.map((criterion): TrialCriterion => {
    const text = normalisedText(criterion.text);
    const override = overrides.find((one) => !placed.has(one) && text.includes(normalisedText(one.quote)));
    if (override === undefined) return criterion;
    placed.add(override);
    const { by, date } = override.signed;
    if (override.textHash !== textHash)
      return noted(criterion, `A reading by ${by} of ${date} was made of an older text and has to be reviewed; it is not used.`);
    if (override.evidence.status !== 'read') return criterion;
    const signed = override.note === undefined ? `Read by ${by}, ${date}.` : `Read by ${by}, ${date}: ${override.note}`;
    if (override.requires === 'confirm') return noted(criterion, signed);
    if (override.requires === 'ignore')
      return noted(
        {
          ...criterion,
          kind: 'procedural',
          requires: { judge: { clinician: criterion.text, patient: `The study team has to say: ${criterion.text}` } },
        },
        signed,
      );
    return noted({ ...criterion, kind: 'rule', requires: override.requires }, signed);
  });
  return {
    trial: { ...trial, criteria },
    unplaced: overrides.filter((override) => !placed.has(override)).map(({ quote }) => quote),
    outdated,
  };
}

const noted = (criterion: TrialCriterion, note: string): TrialCriterion => ({
  ...criterion,
  note: criterion.note === undefined ? note : `${criterion.note} ${note}`,
});
