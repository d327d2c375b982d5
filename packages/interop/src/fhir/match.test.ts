import { type CaseRecord, matchTrials, snapshot, snapshotContext, type Trial } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { readEligibility } from '../eligibility/criteria.js';
import { readTrials } from '../registry/read.js';
import { FACTS } from '../testing.js';
import { type Json, object, objects, text } from './json.js';
import { matchBundle } from './match.js';

const AS_OF = '2026-11-25';
const catalogue = new Map(FACTS.map((fact) => [fact.id, fact]));
const RECORD: CaseRecord = {
  schema: 'serosa.case/1',
  id: 'invented',
  date: AS_OF,
  observations: [
    { fact: 'person.ecog', value: 1, origin: { kind: 'file' } },
    { fact: 'person.age', value: 66, origin: { kind: 'file' } },
  ],
  treatments: [],
  stages: [],
};

function trial(nctId: string, criteria: string | undefined, more: Json = {}): Json {
  return {
    protocolSection: {
      identificationModule: { nctId, briefTitle: `Study ${nctId}`, secondaryIdInfos: [{ id: '2026-500001-10-00' }] },
      statusModule: {
        overallStatus: 'RECRUITING',
        startDateStruct: { date: '2026-01' },
        completionDateStruct: { date: '2030-06-30' },
      },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'An invented institute' } },
      descriptionModule: { briefSummary: 'It tests two things.' },
      conditionsModule: { conditions: ['Pleural Mesothelioma'], keywords: ['pleura'] },
      designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE1', 'PHASE2'], designInfo: { primaryPurpose: 'TREATMENT' } },
      armsInterventionsModule: {
        armGroups: [
          { label: 'Group A', type: 'EXPERIMENTAL', description: 'The new one', interventionNames: ['Drug: Examplumab'] },
          { label: 'Group B', type: 'NO_INTERVENTION' },
        ],
        interventions: [
          { type: 'DRUG', name: 'Examplumab', otherNames: ['EX-1'] },
          { type: 'PROCEDURE', name: 'Biopsy' },
        ],
      },
      eligibilityModule: { eligibilityCriteria: criteria, minimumAge: '18 Years', sex: 'ALL' },
      contactsLocationsModule: {
        centralContacts: [{ name: 'Study office', phone: '000', email: 'study@example.org' }],
        locations: [
          { facility: 'Clinic', city: 'Town', country: 'France', status: 'RECRUITING', geoPoint: { lat: 48.9, lon: 2.3 } },
          { facility: 'Closed clinic', city: 'Village', country: 'France', status: 'COMPLETED' },
        ],
      },
      ...more,
    },
    derivedSection: { miscInfoModule: { versionHolder: '2026-11-01' } },
  };
}

const STUDIES = [
  trial('NCT00000011', 'Inclusion Criteria:\n\n* ECOG performance status 0 or 1\n* Signed informed consent'),
  trial('NCT00000012', 'Inclusion Criteria:\n\n* Platelets at least 100,000/mm3'),
  trial('NCT00000013', 'Inclusion Criteria:\n\n* ECOG performance status 3'),
  trial('NCT00000014', 'Inclusion Criteria:\n\n* ECOG performance status 0 or 1', {
    conditionsModule: { conditions: ['Asthma'] },
    designModule: { phases: ['NA'] },
    statusModule: { overallStatus: 'UNKNOWN' },
    armsInterventionsModule: {},
    contactsLocationsModule: {},
    sponsorCollaboratorsModule: {},
    descriptionModule: {},
  }),
];

function bundleOf(): Json {
  const trials = readTrials(JSON.stringify(STUDIES)).trials.map(readEligibility);
  const facts = snapshot(RECORD, AS_OF, snapshotContext(catalogue));
  const byId = new Map<string, Trial>(trials.map((one) => [one.id, one]));
  const matches = matchTrials(trials, facts, catalogue).flatMap((match) => {
    const own = byId.get(match.id);
    return own ? [{ trial: own, match }] : [];
  });
  return matchBundle(matches, { asOf: AS_OF });
}

const entries = (): readonly Json[] => objects(bundleOf()['entry']);
const entryOf = (id: string): Json => {
  const found = entries().find((entry) => object(entry['resource'])?.['id'] === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
};
const studyOf = (id: string): Json => object(entryOf(id)['resource']) ?? {};

/** Elements of ResearchStudy in R4 that are written here. */
const ELEMENTS = new Set(
  'resourceType id contained identifier title protocol status primaryPurposeType phase category condition contact relatedArtifact keyword location description enrollment period sponsor site note arm'.split(
    ' ',
  ),
);
const STATUSES =
  /^(active|administratively-completed|approved|closed-to-accrual|completed|in-review|temporarily-closed-to-accrual|withdrawn)$/;

function everyValue(value: unknown, visit: (value: unknown) => void): void {
  visit(value);
  if (Array.isArray(value)) for (const item of value) everyValue(item, visit);
  else for (const inner of Object.values(object(value) ?? {})) everyValue(inner, visit);
}

describe('matches as FHIR', () => {
  it('are a searchset of ResearchStudy whose parts R4 knows', () => {
    const bundle = bundleOf();
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 4 });
    const urls = new Set<unknown>();
    for (const entry of entries()) {
      urls.add(entry['fullUrl']);
      const resource = object(entry['resource']) ?? {};
      expect(Object.keys(resource).filter((key) => !ELEMENTS.has(key))).toEqual([]);
      expect(resource['resourceType']).toBe('ResearchStudy');
      expect(text(resource['status'])).toMatch(STATUSES);
      expect(text(resource['id'])).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
      // Each contained resource is referred to, and each reference is to a contained resource.
      const contained = objects(resource['contained']).map(({ id }) => `#${String(id)}`);
      const referred: string[] = [];
      everyValue(resource, (value) => {
        const reference = text(object(value)?.['reference']);
        if (reference !== undefined) referred.push(reference);
      });
      expect([...referred].sort()).toEqual([...contained].sort());
    }
    expect(urls.size).toBe(4);
    everyValue(bundle, (value) => {
      expect(value).not.toBe('');
      expect(value).not.toBeNull();
      expect(value).toBeDefined();
      expect(value).not.toEqual([]);
      expect(value).not.toEqual({});
    });
  });

  it('are graded as probable at most, and never as certain', () => {
    const graded = entries().map((entry) => {
      const search = object(entry['search']) ?? {};
      return [object(entry['resource'])?.['id'], objects(search['extension'])[0]?.['valueCode'], search['score'], search['mode']];
    });
    expect(graded).toEqual([
      ['NCT00000011', 'probable', 0.9, 'match'],
      ['NCT00000012', 'possible', expect.any(Number), 'match'],
      ['NCT00000013', 'certainly-not', 0, 'match'],
      ['NCT00000014', 'possible', 0.05, 'match'],
    ]);
    const open = Number(object(entryOf('NCT00000012')['search'])?.['score']);
    expect(open).toBeGreaterThanOrEqual(0.2);
    expect(open).toBeLessThan(0.75);
  });

  it('carry what front ends show: criteria, phase, type, contacts, sites with their place, plans of each arm', () => {
    const study = studyOf('NCT00000011');
    expect(study).toMatchObject({
      identifier: [{ system: 'http://clinicaltrials.gov', value: 'NCT00000011' }, {}],
      status: 'active',
      phase: { coding: [{ code: 'phase-1-phase-2', display: 'Phase 1/Phase 2' }], text: 'Phase 1/Phase 2' },
      category: [{ text: 'Study Type: Interventional' }, { text: 'Registry status: Recruiting' }],
      condition: [{ text: 'Pleural Mesothelioma' }],
      keyword: [{ text: 'pleura' }],
      contact: [{ name: 'Study office', telecom: [{ system: 'phone' }, { system: 'email', value: 'study@example.org' }] }],
      enrollment: [{ reference: '#criteria', display: expect.stringContaining('ECOG performance status 0 or 1') }],
      period: { start: '2026-01', end: '2030-06-30' },
      sponsor: { reference: '#sponsor', display: 'An invented institute' },
      site: [{ reference: '#site-1' }],
      relatedArtifact: [{ type: 'documentation', url: 'https://clinicaltrials.gov/study/NCT00000011' }],
      arm: [{ name: 'Group A', type: { text: 'Experimental' }, description: 'The new one' }, { name: 'Group B' }],
    });
    const contained = objects(study['contained']);
    expect(contained.find(({ id }) => id === 'site-1')).toMatchObject({
      name: 'Clinic',
      position: { longitude: 2.3, latitude: 48.9 },
    });
    const plans = contained.filter(({ resourceType }) => resourceType === 'PlanDefinition');
    expect(plans.map(({ title, subjectCodeableConcept }) => [title, object(subjectCodeableConcept)?.['text']])).toEqual([
      ['Examplumab', 'Group A'],
      ['Biopsy', undefined],
    ]);
  });

  it('say who decides, and nothing of the person', () => {
    for (const entry of entries()) {
      const [note] = objects(object(entry['resource'])?.['note']);
      expect(note?.['text']).toMatch(/^As of 2026-11-25\. .*Who may join is decided at the site\..*$/);
      expect(note?.['text']).not.toMatch(/eligib|qualif/i);
    }
    expect(JSON.stringify(bundleOf())).not.toMatch(/invented"|"66"|person\./);
  });

  it('are the same bytes twice', () => {
    expect(JSON.stringify(bundleOf())).toBe(JSON.stringify(bundleOf()));
  });

  it('are an empty searchset without an empty list when nothing matches', () => {
    expect(matchBundle([], { asOf: AS_OF })).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 });
  });
});
