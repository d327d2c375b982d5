/** Signs that a resource was written for another version of FHIR than R4. */

import { lookUp } from '../value/lookup.js';
import { OTHER_TYPES } from './codes.js';
import { type Json, list, object, objects, text } from './json.js';

export interface VersionSign {
  readonly version: string;
  /** What gave it away. */
  readonly sign: string;
}

/** The first sure sign in this resource, or undefined. Signs are elements whose shape or name differs between versions. */
export function otherVersion(resource: Json): VersionSign | undefined {
  const type = text(resource['resourceType']) ?? '';
  const byType = lookUp(OTHER_TYPES, type);
  if (byType !== undefined) return { version: byType, sign: `the resource type ${type}` };
  const stated = statedVersion(resource);
  if (stated) return stated;
  const has = (name: string): boolean => resource[name] !== undefined;
  const sign = (version: string, element: string): VersionSign => ({ version, sign: `${type}.${element}` });
  switch (type) {
    case 'Condition':
      for (const element of ['clinicalStatus', 'verificationStatus']) {
        if (typeof resource[element] === 'string')
          return sign(
            typeof resource['category'] === 'object' && !Array.isArray(resource['category']) ? 'DSTU2' : 'STU3',
            `${element} as a code`,
          );
      }
      if (has('dateRecorded')) return sign('DSTU2', 'dateRecorded');
      if (has('assertedDate')) return sign('STU3', 'assertedDate');
      if (objects(resource['evidence']).some((item) => 'concept' in item)) return sign('R5', 'evidence.concept');
      break;
    case 'Procedure':
      if (has('notPerformed')) return sign('DSTU2', 'notPerformed');
      if (has('notDone')) return sign('STU3', 'notDone');
      if (has('occurrenceDateTime') || has('occurrencePeriod')) return sign('R5', 'occurrence[x]');
      break;
    case 'MedicationRequest':
    case 'MedicationAdministration':
    case 'MedicationStatement':
    case 'MedicationDispense':
      if (object(resource['medication'])) return sign('R5', 'medication as a CodeableReference');
      if (has('notGiven')) return sign('STU3', 'notGiven');
      if (has('taken')) return sign('STU3', 'taken');
      if (has('wasNotGiven')) return sign('DSTU2', 'wasNotGiven');
      if (has('wasNotTaken')) return sign('DSTU2', 'wasNotTaken');
      if (has('occurenceDateTime') || has('occurencePeriod')) return sign('R5', 'occurence[x]');
      if (has('adherence')) return sign('R5', 'adherence');
      break;
    case 'Observation':
      if (has('triggeredBy')) return sign('R5', 'triggeredBy');
      if (has('bodyStructure')) return sign('R5', 'bodyStructure');
      if (objects(resource['related']).some((item) => 'target' in item)) return sign('STU3', 'related');
      break;
    case 'Patient':
      if (has('careProvider')) return sign('DSTU2', 'careProvider');
      if (has('animal')) return sign('STU3', 'animal');
      break;
    default:
  }
  return undefined;
}

/** A version that the resource names itself. 4.0 is R4; 4.3 (R4B) differs in nothing that is read here. */
function statedVersion(resource: Json): VersionSign | undefined {
  const meta = object(resource['meta']);
  const urls = [...list(meta?.['profile']), resource['fhirVersion'], meta?.['fhirVersion']].flatMap((value) => text(value) ?? []);
  for (const url of urls) {
    const number = /^http:\/\/hl7\.org\/fhir\/(\d\.\d)\//.exec(url)?.[1] ?? /^(\d\.\d)(?:\.\d+)?(?:-.*)?$/.exec(url)?.[1];
    const version = number === undefined ? undefined : VERSIONS[number];
    if (version !== undefined) return { version, sign: `the version ${url}` };
  }
  return undefined;
}

const VERSIONS: Readonly<Record<string, string>> = {
  '0.5': 'DSTU2',
  '1.0': 'DSTU2',
  '1.8': 'STU3',
  '3.0': 'STU3',
  '4.6': 'R5',
  '5.0': 'R5',
  '6.0': 'R6',
};
