/** A registry record with its criteria read: the structured limits of age and sex, and the free text. */
import type { Criterion, Trial, TrialCriterion, TrialRecord } from '@serosa/core';
import { parseCriterion } from './parse.js';
import { splitEligibility } from './split.js';

/**
 * Reads the eligibility of a record. Every criterion keeps the registry's words and where they stand; what is not plain stays a
 * judgement. Never throws, whatever the text.
 */
export function readEligibility(record: TrialRecord): Trial {
  const numbers = { inclusion: 0, exclusion: 0 };
  const free = splitEligibility(record.eligibility.text ?? '').map((item): TrialCriterion => {
    numbers[item.side]++;
    const parsed = parseCriterion(item);
    return {
      id: `${item.side === 'inclusion' ? 'I' : 'E'}${numbers[item.side]}`,
      side: item.side,
      text: item.leadIn === undefined ? item.text : `${item.leadIn} ${item.text}`,
      span: item.span,
      ...(item.scope === undefined ? {} : { scope: item.scope }),
      kind: parsed.kind,
      requires: parsed.requires,
      ...(parsed.note === undefined ? {} : { note: parsed.note }),
    };
  });
  return { ...record, criteria: [...structured(record), ...free] };
}

/** The record's own fields; a criterion without a span. */
function structured({ eligibility: { minimumAge, maximumAge, sex } }: TrialRecord): readonly TrialCriterion[] {
  const field = (id: string, text: string, requires: Criterion): TrialCriterion => ({
    id,
    side: 'inclusion',
    text,
    kind: 'rule',
    requires,
  });
  return [
    ...(minimumAge === undefined
      ? []
      : [field('R-min-age', `Minimum age: ${minimumAge} years`, { fact: 'person.age', gte: minimumAge })]),
    // Whoever is 75 is taken until the day of turning 76.
    ...(maximumAge === undefined
      ? []
      : [field('R-max-age', `Maximum age: ${maximumAge} years`, { fact: 'person.age', lt: maximumAge + 1 })]),
    ...(sex === 'FEMALE' || sex === 'MALE'
      ? [field('R-sex', `Sex: ${sex.toLowerCase()}`, { fact: 'person.sex', is: sex.toLowerCase() })]
      : []),
  ];
}
