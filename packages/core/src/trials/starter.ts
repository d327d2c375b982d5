/** The trials that come with the knowledge, as records that can be matched before any registry was asked. */

import type { Judgement } from '../criteria/expression.js';
import type { StarterTrial } from '../knowledge/types.js';
import { say } from '../language.js';
import type { Trial, TrialCriterion } from './trial.js';

/** A criterion that no fact decides, in the words of the trial. */
export const leftToStudyTeam = (text: string): Judgement => ({
  judge: { clinician: text, patient: say`The study team has to say: ${text}` },
});

/**
 * A starter trial as a record. It never holds all criteria of the registry, so nothing can be called eligible by it; a criterion whose
 * source nobody here has read is left to a person.
 *
 * @param countryName English name of a `person.country` value, as registries write it
 */
export function trialOfStarter(starter: StarterTrial, countryName: (code: string) => string | undefined): Trial {
  const { registry, treatment } = starter;
  return {
    id: starter.id,
    aliases: [],
    title: starter.title.clinician,
    ...(starter.acronym === undefined ? {} : { acronym: starter.acronym }),
    status: registry.status,
    phases: registry.phases,
    conditions: registry.conditions,
    keywords: ['mesothelioma'],
    summary: starter.title.patient,
    interventions: [{ name: treatment.text, otherNames: [] }],
    arms: [],
    eligibility: { truncated: true },
    ...(registry.sponsor === undefined ? {} : { sponsor: registry.sponsor }),
    ...(registry.enrolment === undefined ? {} : { enrolment: registry.enrolment }),
    ...(registry.statusAsOf === undefined ? {} : { knownAsOf: registry.statusAsOf }),
    contacts: [],
    sites: (registry.countries ?? []).flatMap((code) => {
      const country = countryName(code);
      return country === undefined ? [] : [{ country, contacts: [] }];
    }),
    url: `https://clinicaltrials.gov/study/${starter.id}`,
    criteria: starter.facts.map(
      (fact): TrialCriterion => ({
        id: fact.id,
        side: fact.side,
        text: fact.text,
        ...(fact.evidence.status === 'read'
          ? { kind: 'rule', requires: fact.requires }
          : { kind: 'judgement', requires: leftToStudyTeam(fact.text) }),
      }),
    ),
  };
}
