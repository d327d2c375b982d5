/** `serosa match` as a whole process, on invented records and an invented case. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TrialMatch } from '@serosa/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './guide.js';

const BIN = path.join(ROOT, 'apps/cli/bin/serosa.js');
const AS_OF = ['--as-of', '2026-11-25'] as const;
let folder: string;

function study(
  nctId: string,
  title: string,
  criteria: string,
  more: {
    readonly status?: string;
    readonly conditions?: readonly string[];
    readonly country?: string;
    readonly phases?: readonly string[];
    readonly arms?: readonly object[];
    readonly contacts?: readonly object[];
  } = {},
) {
  const { status = 'RECRUITING', conditions = ['Pleural Mesothelioma'], country = 'France', phases = ['PHASE2'] } = more;
  const { arms = [], contacts = [] } = more;
  return {
    protocolSection: {
      identificationModule: { nctId, briefTitle: title },
      statusModule: { overallStatus: status, lastUpdatePostDateStruct: { date: '2026-10-01' } },
      conditionsModule: { conditions },
      designModule: { studyType: 'INTERVENTIONAL', phases },
      armsInterventionsModule: { armGroups: arms, interventions: [{ type: 'DRUG', name: 'Examplumab' }] },
      eligibilityModule: { eligibilityCriteria: criteria, minimumAge: '18 Years', sex: 'ALL' },
      contactsLocationsModule: {
        centralContacts: [{ name: 'Study office', phone: '000', email: 'study@example.org' }],
        locations: [
          { facility: 'Clinic', city: 'Town', country, status: 'RECRUITING', geoPoint: { lat: 48.9, lon: 2.3 }, contacts },
        ],
      },
    },
    derivedSection: { miscInfoModule: { versionHolder: '2026-11-01' } },
  };
}

const RECORDS = [
  study('NCT00000001', 'Asthma study', 'Inclusion Criteria:\n\n* ECOG 0-1', { conditions: ['Asthma'] }),
  study('NCT00000002', 'A study that fits', 'Inclusion Criteria:\n\n* ECOG performance status 0 or 1\n* Signed informed consent'),
  study('NCT00000003', 'A study for others', 'Inclusion Criteria:\n\n* ECOG performance status 3'),
  study(
    'NCT00000004',
    'A study with questions',
    'Inclusion Criteria:\n\n* Platelets at least 100,000/mm3\n* Adequate vein access',
    { country: 'Australia', phases: ['PHASE1'] },
  ),
  study(
    'NCT00000006',
    'A randomised study',
    'Inclusion Criteria:\n\n* Archival tumor tissue available\n* Signed informed consent\n\nExclusion Criteria:\n\n* ECOG performance status 3',
    {
      arms: [
        { label: 'New', type: 'EXPERIMENTAL' },
        { label: 'Placebo', type: 'PLACEBO_COMPARATOR' },
      ],
      contacts: [{ name: 'Site nurse', phone: '111' }],
    },
  ),
  study('NCT00000005', 'A closed study', 'Inclusion Criteria:\n\n* ECOG 0-1', { status: 'COMPLETED' }),
];

function serosa(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const run = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    env: { ...process.env, SEROSA_DATA: path.join(folder, 'none'), NO_COLOR: '1' },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}
const match = (...args: readonly string[]) =>
  serosa('match', path.join(folder, 'case.yaml'), '--trials', path.join(folder, 'records'), ...AS_OF, ...args);
const ids = (...args: readonly string[]): readonly string[] =>
  (JSON.parse(match('--format', 'json', ...args).out) as { trials: readonly TrialMatch[] }).trials.map(({ id }) => id);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'serosa-match-test-'));
  mkdirSync(path.join(folder, 'records'));
  writeFileSync(path.join(folder, 'records/page.json'), JSON.stringify({ studies: RECORDS }));
  mkdirSync(path.join(folder, 'broken'));
  writeFileSync(path.join(folder, 'broken/good.json'), JSON.stringify({ studies: RECORDS }));
  writeFileSync(path.join(folder, 'broken/bad.json'), '{ "protocolSection": ');
  const about =
    'serosa: case/1\nid: invented\ndate: 2026-11-20\nfacts:\n  tumour.primary-site: pleura\n  tumour.mesothelioma: true\n  person.age: 66\n  person.ecog: 1\n';
  writeFileSync(path.join(folder, 'case.yaml'), about);
  writeFileSync(path.join(folder, 'urgent.yaml'), `${about}  symptom.breathless-sudden-or-at-rest: true\n`);
  writeFileSync(path.join(folder, 'died.yaml'), `${about}  person.vital-status: dead\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('serosa match', () => {
  it('answers for every trial, for this disease first, open before closed', () => {
    const { code, out } = match('--format', 'json');
    const answer = JSON.parse(out) as { schema: string; case: { id: string }; trials: readonly TrialMatch[] };
    expect([code, answer.schema, answer.case.id]).toEqual([0, 'serosa.match/1', 'invented']);
    expect(answer.trials.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['NCT00000002', 'eligible'],
      ['NCT00000006', 'undetermined'],
      ['NCT00000004', 'undetermined'],
      ['NCT00000005', 'eligible'],
      ['NCT00000003', 'ineligible'],
      ['NCT00000001', 'eligible'],
    ]);
    const asked = answer.trials
      .find(({ id }) => id === 'NCT00000004')
      ?.criteria.map(({ id, verdict, missing }) => [id, verdict, missing.map((fact) => fact.id)]);
    expect(asked).toEqual([
      ['R-min-age', 'met', []],
      ['I1', 'unknown', ['lab.platelets']],
      ['I2', 'judgement', []],
    ]);
  });

  it('gives the same bytes twice', () => {
    expect(match('--format', 'json').out).toBe(match('--format', 'json').out);
  });

  it.each(['clinician', 'patient'])('never says to a %s that somebody may join', (voice) => {
    const { out } = match('--as', voice);
    expect(out).not.toMatch(/eligib|qualif/i);
    expect(out).toMatch(voice === 'patient' ? /Only the team of a study can say/ : /decided at the\s+site/);
  });

  it('tells a family what is tested, where, what is not known, and whom to ask', () => {
    const { out } = match('--as', 'patient', '--trial', 'NCT00000004');
    for (const part of ['Examplumab', 'Clinic, Town, Australia', 'Study office, 000', 'Adequate vein access', 'not known here'])
      expect(out).toContain(part);
  });

  it('leaves trials for another disease out of what a family sees', () => {
    expect(match('--as', 'patient', '--limit', '20').out).not.toContain('Asthma');
  });

  it('shows every criterion in the words of the registry, with what decided it', () => {
    const { out } = match('--trial', 'nct00000003');
    expect(out).toMatch(/I1 not met\n\s+ECOG performance status 3\n\s+Because: ECOG performance status 1/);
    expect(out).toContain('Closed to this case by I1: ECOG performance status 3');
  });

  it('says of an exclusion whether it applies, never that it is met', () => {
    const { out } = match('--trial', 'NCT00000006');
    expect(out).toMatch(/E1 \(keeps out\) does not apply\n\s+ECOG performance status 3/);
    expect(out).toMatch(/I2 at the site\n\s+Signed informed consent/);
    expect(match('--trial', 'NCT00000006', '--as', 'patient').out).toMatch(/E1 \(keeps out\) not true of you/);
  });

  it('tells a family what a study asks of them, as far as the record says', () => {
    const { out } = match('--as', 'patient', '--trial', 'NCT00000006');
    const flat = out.replace(/\s+/g, ' ');
    for (const part of [
      'Examplumab (a medicine)',
      'It wants a piece of your tumour',
      'There are 2 groups, and chance decides which one you are in.',
      'a placebo',
      'Whom to ask: Site nurse, 111 (Clinic)',
    ])
      expect(flat).toContain(part);
  });

  it('puts what cannot wait before every trial, and lists none for somebody who has died', () => {
    const urgent = serosa('match', path.join(folder, 'urgent.yaml'), '--trials', path.join(folder, 'records'), ...AS_OF);
    expect(urgent.out.indexOf('EMERGENCY')).toBe(0);
    expect(urgent.out).toContain('NCT00000002');
    const died = serosa('match', path.join(folder, 'died.yaml'), '--trials', path.join(folder, 'records'), ...AS_OF);
    expect(died.out).toMatch(/^Recorded as died\n[\s\S]*No trials are shown/);
    expect(died.out).not.toContain('NCT0');
  });

  it('reads the other records when one is broken, says so, and ends with 1', () => {
    const broken = serosa('match', path.join(folder, 'case.yaml'), '--trials', path.join(folder, 'broken'), ...AS_OF);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('NCT00000002');
    expect(broken.out).toContain('1 piece could not be read');
    expect(broken.err).toContain('bad.json');
  });

  it('gives FHIR: a searchset in the order of the answer, the same bytes twice', () => {
    const { code, out } = match('--format', 'fhir');
    expect(code).toBe(0);
    const bundle = JSON.parse(out) as {
      readonly type: string;
      readonly total: number;
      readonly entry: readonly {
        readonly resource: { readonly resourceType: string; readonly id: string; readonly status: string };
        readonly search: { readonly mode: string; readonly score: number; readonly extension: readonly { valueCode: string }[] };
      }[];
    };
    expect([bundle.type, bundle.total]).toEqual(['searchset', RECORDS.length]);
    expect(bundle.entry.map(({ resource }) => resource.id)).toEqual(ids());
    expect(bundle.entry.map(({ search }) => search.extension[0]?.valueCode)).not.toContain('certain');
    expect(match('--format', 'fhir').out).toBe(out);
  });

  it('marks a record that is older than half a year', () => {
    const old = serosa(
      'match',
      path.join(folder, 'case.yaml'),
      '--trials',
      path.join(folder, 'records'),
      '--as-of',
      '2027-06-01',
    );
    expect(old.out).toContain('record as of 2026-11-01, may be out of date');
    expect(match().out).not.toContain('may be out of date');
  });

  it('filters by country, place, phase, status and what is open', () => {
    expect(ids('--country', 'au')).toEqual(['NCT00000004']);
    expect(ids('--country', 'Australia')).toEqual(['NCT00000004']);
    expect(match('--country', 'Grmany')).toMatchObject({ code: 2, err: expect.stringContaining('no country Grmany') });
    expect(match('--within', '100')).toMatchObject({ code: 2, err: expect.stringContaining('--near') });
    expect(match('--type', 'pill')).toMatchObject({ code: 2 });
    expect(ids('--type', 'radiation')).toEqual([]);
    expect(ids('--near', '48.9,2.4', '--within', '100')).toContain('NCT00000002');
    expect(match('--near', '48.9,2.4', '--trial', 'NCT00000002').out).toMatch(/Clinic, Town, France\s+\(7 km\)/);
    expect(ids('--phase', '1')).toEqual(['NCT00000004']);
    expect(ids('--status', 'completed')).toEqual(['NCT00000005']);
    expect(ids('--open')).not.toContain('NCT00000005');
    expect(ids('--near', '-33,151', '--within', '100')).toEqual([]);
  });

  it('takes the trials that come with it when nothing was fetched, and says how old they are', () => {
    const { code, out } = serosa('match', path.join(folder, 'case.yaml'), ...AS_OF, '--open', '--limit', '60');
    expect(code).toBe(0);
    expect(out).toMatch(/NCT05732831[\s\S]*record as of 2026-01/);
    expect(out).toContain('may be out of date');
  });

  it('refuses an unknown trial, a place that is none, and files without a trial', () => {
    expect(match('--trial', 'NCT99999999')).toMatchObject({ code: 1, err: expect.stringContaining('There is no trial') });
    expect(match('--near', 'Paris')).toMatchObject({ code: 2, err: expect.stringContaining('latitude,longitude') });
    expect(serosa('match', path.join(folder, 'case.yaml'), '--trials', path.join(folder, 'case.yaml'))).toMatchObject({
      code: 1,
    });
  });

  it('counts open trials among what the next fact could settle', () => {
    const { out } = serosa('next', path.join(folder, 'case.yaml'), ...AS_OF, '--format', 'json');
    const next = JSON.parse(out) as readonly { fact: string; settles: { trials: number } }[];
    expect(next.find(({ fact }) => fact === 'marker.mtap')?.settles.trials).toBeGreaterThan(3);
  });
});
