/** The verdict on a trial in words. They never say that a person may join: that is decided at the site. */

import type { Voices } from '../knowledge/types.js';
import { inVoice, said, say } from '../language.js';
import { bindingCriteria, type TrialMatch } from './match.js';

const LACKS: Readonly<Record<NonNullable<TrialMatch['incomplete']>, Voices>> = {
  'no-criteria': { clinician: 'The record gives no criteria.', patient: 'The record does not say who can join.' },
  'cut-off': {
    clinician: 'The record does not give all criteria.',
    patient: 'The record does not give all rules. The study team knows the others.',
  },
  'key-criteria-only': {
    clinician: 'The record gives its key criteria only.',
    patient: 'The record gives only its main rules. The study team knows the others.',
  },
};

/** What speaks of how long somebody may live: it is told to nobody who did not ask. */
export const OUTLOOK = /\blife[- ]?expectanc|\bexpected to (?:live|survive)|\bsurviv|\bprognos/i;

const counted = (count: number, one: string, many: string): readonly string[] =>
  count === 0 ? [] : [count === 1 ? `one ${one}` : `${count} ${many}`];

/** In both voices; the criterion that closes a trial is quoted in the registry's words. */
export function trialVerdictWords(match: TrialMatch): Voices {
  const binding = bindingCriteria(match);
  if (match.verdict === 'ineligible') {
    const closing = binding.find(({ id }) => id === match.deciding);
    const words = said(closing?.text ?? '');
    return {
      clinician: `Closed to this case by ${match.deciding}: ${closing?.text ?? ''}`,
      patient: say`As things stand it is not meant for you. ${
        OUTLOOK.test(closing?.text ?? '')
          ? say`Your team can tell you why.`
          : closing?.side === 'exclusion'
            ? say`The study does not take people of whom this is true: “${words}”`
            : say`The study asks for this: “${words}”`
      }`,
    };
  }
  const lacks = match.incomplete === undefined ? undefined : LACKS[match.incomplete];
  const withLacks = (voice: keyof Voices, sentence: string): string =>
    lacks === undefined ? sentence : `${sentence} ${inVoice(lacks, voice)}`;
  const open = [
    ...counted(
      binding.filter(({ verdict }) => verdict === 'unknown').length,
      'criterion waits for facts',
      'criteria wait for facts',
    ),
    ...counted(match.judgements, 'is for a person to judge', 'are for a person to judge'),
  ];
  // Without a single criterion "nothing stands against it" would be praise for an empty record.
  if (match.incomplete === 'no-criteria')
    return {
      clinician: withLacks('clinician', 'Cannot be said.'),
      patient: withLacks('patient', say`It cannot be said whether you could join.`),
    };
  return open.length === 0
    ? {
        clinician: withLacks('clinician', 'Nothing that was read stands against it.'),
        patient:
          lacks === undefined
            ? say`Nothing that we could read speaks against it. The study team still has to check.`
            : say`Of the rules that we could read none speaks against it. That is only a part. ${inVoice(lacks, 'patient')}`,
      }
    : {
        clinician: withLacks('clinician', `Cannot be said yet: ${open.join(', ')}.`),
        patient: withLacks('patient', say`It cannot be said yet whether you could join.`),
      };
}
