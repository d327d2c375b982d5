/** Every shape with small made-up records. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrials, type TrialsReading } from './read.js';
import { trialFromV2 } from './v2.js';

const TEXT = 'Inclusion Criteria:\n\n* ECOG 0 or 1\n* Platelets \\> 100\n\nExclusion Criteria:\n\n* Brain metastases<br>';

function v2(nctId: unknown, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    protocolSection: {
      identificationModule: { nctId, briefTitle: `Study ${String(nctId)}` },
      statusModule: { overallStatus: 'RECRUITING' },
      eligibilityModule: { eligibilityCriteria: TEXT },
      ...more,
    },
  };
}

const json = (value: unknown): TrialsReading => readTrials(JSON.stringify(value));
const ids = ({ trials }: TrialsReading): readonly string[] => trials.map(({ id }) => id);

describe('API v2', () => {
  const study = {
    protocolSection: {
      identificationModule: {
        nctId: 'NCT90000001',
        nctIdAliases: ['NCT90000009'],
        orgStudyIdInfo: { id: 'MESO-1' },
        secondaryIdInfos: [{ id: '2023-503456-12-00', type: 'CTIS' }, { id: 'U01' }],
        briefTitle: 'A  study\nof two arms',
        officialTitle: 'A randomised study',
        acronym: 'TWO',
      },
      statusModule: {
        overallStatus: 'SUSPENDED',
        whyStopped: 'drug supply',
        statusVerifiedDate: '2024-10',
        startDateStruct: { date: '2023-10-27' },
        completionDateStruct: { date: '2027' },
        lastUpdateSubmitDate: '2025-08-04',
        lastUpdatePostDateStruct: { date: '2025-08-07' },
      },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'A hospital' } },
      descriptionModule: { briefSummary: 'In short.' },
      conditionsModule: { conditions: ['Mesothelioma'], keywords: ['BAP1'] },
      designModule: {
        studyType: 'INTERVENTIONAL',
        phases: ['PHASE1', 'PHASE2'],
        designInfo: { primaryPurpose: 'TREATMENT' },
        enrollmentInfo: { count: 88 },
      },
      armsInterventionsModule: {
        armGroups: [{ label: 'A', type: 'EXPERIMENTAL', description: 'Drug', interventionNames: ['Drug: Alphamab'] }],
        interventions: [{ type: 'DRUG', name: 'Alphamab', otherNames: ['AB-1'] }],
      },
      eligibilityModule: {
        eligibilityCriteria: TEXT,
        healthyVolunteers: false,
        sex: 'ALL',
        minimumAge: '18 Years',
        maximumAge: '6 Months',
      },
      contactsLocationsModule: {
        centralContacts: [{ name: 'Office', role: 'CONTACT', phone: '1', phoneExt: '2', email: 'o@example.org' }],
        locations: [
          {
            facility: 'Clinic',
            status: 'RECRUITING',
            city: 'Rotterdam',
            state: 'South Holland',
            country: 'Netherlands',
            geoPoint: { lat: 51.9, lon: 4.5 },
            contacts: [{ name: 'Nurse', role: 'CONTACT' }],
          },
        ],
      },
    },
    derivedSection: { miscInfoModule: { versionHolder: '2025-11-14' } },
    hasResults: false,
  };

  it('carries every member', () => {
    expect(trialFromV2(study, 'here')).toEqual({
      notes: [],
      trial: {
        id: 'NCT90000001',
        aliases: ['NCT90000009', '2023-503456-12-00'],
        title: 'A study of two arms',
        officialTitle: 'A randomised study',
        acronym: 'TWO',
        status: 'SUSPENDED',
        whyStopped: 'drug supply',
        phases: ['PHASE1', 'PHASE2'],
        studyType: 'INTERVENTIONAL',
        purpose: 'TREATMENT',
        conditions: ['Mesothelioma'],
        keywords: ['BAP1'],
        summary: 'In short.',
        interventions: [{ type: 'DRUG', name: 'Alphamab', otherNames: ['AB-1'] }],
        arms: [{ label: 'A', type: 'EXPERIMENTAL', description: 'Drug', interventions: ['Alphamab'] }],
        eligibility: { text: TEXT, sex: 'ALL', minimumAge: 18, maximumAge: 0.5, healthyVolunteers: false },
        sponsor: 'A hospital',
        enrolment: 88,
        start: '2023-10-27',
        completion: '2027',
        updated: '2025-08-04',
        verified: '2024-10',
        knownAsOf: '2025-11-14',
        contacts: [{ name: 'Office', role: 'CONTACT', phone: '1 ext. 2', email: 'o@example.org' }],
        sites: [
          {
            facility: 'Clinic',
            city: 'Rotterdam',
            state: 'South Holland',
            country: 'Netherlands',
            status: 'RECRUITING',
            lat: 51.9,
            lon: 4.5,
            contacts: [{ name: 'Nurse', role: 'CONTACT' }],
          },
        ],
        url: 'https://clinicaltrials.gov/study/NCT90000001',
      },
    });
  });

  it('is read alone, in a list, as a page, and from UTF-16 with its mark', () => {
    expect(ids(json(study))).toEqual(['NCT90000001']);
    expect(ids(json([study, v2('nct2')]))).toEqual(['NCT90000001', 'NCT00000002']);
    expect(ids(json({ totalCount: 2, studies: [study, v2('NCT2')] }))).toEqual(['NCT90000001', 'NCT00000002']);
    expect(readTrials(new Uint8Array(Buffer.from(`\uFEFF${JSON.stringify(study)}`, 'utf16le'))).trials[0]?.eligibility.text).toBe(
      TEXT,
    );
  });

  it('says that a page is not the last', () => {
    expect(json({ studies: [], nextPageToken: 'abc' })).toMatchObject({
      trials: [],
      notes: [{ outcome: 'unused', what: 'nextPageToken' }],
    });
  });

  it('refuses the broken studies of a page with their places and reads the rest', () => {
    const reading = json({ studies: [v2('NCT1'), null, { protocolSection: 7 }, v2('X-1'), v2(undefined), v2('NCT2')] });
    expect(ids(reading)).toEqual(['NCT00000001', 'NCT00000002']);
    expect(reading.notes.map(({ outcome, at }) => [outcome, at])).toEqual([
      ['refused', 'studies[1]'],
      ['refused', 'studies[2]'],
      ['refused', 'studies[3]'],
      ['refused', 'studies[4]'],
    ]);
    expect(reading.notes[2]).toMatchObject({ what: 'X-1', why: expect.stringContaining('no NCT number') });
    expect(reading.notes[3]?.why).toContain('has no id');
  });

  it('keeps what is newer than this program as written, with a note', () => {
    const { trials, notes } = json(
      v2('NCT1', {
        statusModule: { overallStatus: 'DREAMT_OF', startDateStruct: { date: 'some day' } },
        designModule: { phases: ['PHASE9', 'PHASE2'] },
        eligibilityModule: { eligibilityCriteria: TEXT, sex: 'SOME', minimumAge: 'Old' },
        contactsLocationsModule: { locations: [{ city: 'A', status: 'NEW' }, { city: 'B', status: 'NEW' }, {}] },
      }),
    );
    expect(trials[0]).toMatchObject({
      status: 'OTHER',
      statusAsWritten: 'DREAMT_OF',
      phases: ['PHASE2'],
      sites: [
        { city: 'A', status: 'OTHER' },
        { city: 'B', status: 'OTHER' },
      ],
    });
    expect(trials[0]?.eligibility).toEqual({ text: TEXT });
    expect(notes.map(({ what }) => what)).toEqual([
      'NCT00000001, status: DREAMT_OF',
      'NCT00000001, phase: PHASE9',
      'NCT00000001, sex: SOME',
      'NCT00000001, minimum age: Old',
      'NCT00000001, status of a site: NEW',
      'NCT00000001, start: some day',
    ]);
  });

  it('keeps a record without eligibility text and says so', () => {
    const { trials, notes } = json(v2('NCT1', { eligibilityModule: { eligibilityCriteria: ' \n' } }));
    expect(trials[0]?.eligibility).toEqual({});
    expect(notes).toEqual([
      {
        outcome: 'unused',
        at: 'the input',
        what: 'NCT00000001',
        why: 'The record has no eligibility text: nothing can be matched.',
      },
    ]);
  });

  it('keeps the newest of records with one id', () => {
    const dated = (date: string, title: string): unknown => {
      const one = v2('NCT1', { statusModule: { overallStatus: 'RECRUITING', lastUpdateSubmitDate: date, whyStopped: title } });
      return one;
    };
    const { trials, notes } = json([
      dated('2024-01-02', 'old'),
      v2('NCT2'),
      dated('2025-01-02', 'new'),
      dated('2023-05', 'oldest'),
      v2('nct1'),
    ]);
    expect(trials.map(({ id, whyStopped }) => [id, whyStopped])).toEqual([
      ['NCT00000001', 'new'],
      ['NCT00000002', undefined],
    ]);
    expect(notes.map(({ at, what }) => [at, what])).toEqual([
      ['[0]', 'NCT00000001'],
      ['[3]', 'NCT00000001'],
      ['[4]', 'NCT00000001'],
    ]);
    expect(notes[0]?.why).toContain('The record at [2], updated 2025-01-02, is kept.');
  });
});

describe('NDJSON', () => {
  const lines = (...studies: readonly unknown[]): string[] => studies.map((study) => JSON.stringify(study));

  it('reads a record a line; a broken line is refused with its place', () => {
    const [one = '', two = ''] = lines(v2('NCT1'), v2('NCT2'));
    const reading = readTrials([one, '', one.slice(0, 40), two, '{"a":'].join('\n'));
    expect(ids(reading)).toEqual(['NCT00000001', 'NCT00000002']);
    expect(reading.notes.map(({ outcome, at }) => [outcome, at])).toEqual([
      ['refused', expect.stringMatching(/^line 3, column \d+$/)],
      ['refused', expect.stringMatching(/^line 5, column \d+$/)],
    ]);
  });

  it('also when the first line is the broken one', () => {
    const text = ['{"protocolSection":', ...lines(v2('NCT1'), v2('NCT2'))].join('\r\n');
    expect(ids(readTrials(text))).toEqual(['NCT00000001', 'NCT00000002']);
    expect(ids(readTrials(`not json\nnor this\nnor that\n${lines(v2('NCT1'))[0]}`, { fileName: 'trials.ndjson' }))).toEqual([
      'NCT00000001',
    ]);
  });

  it('a line may hold a page', () => {
    const reading = readTrials(lines({ studies: [v2('NCT1'), 5] }, { studies: [v2('NCT2')] }).join('\n'));
    expect(ids(reading)).toEqual(['NCT00000001', 'NCT00000002']);
    expect(reading.notes[0]?.at).toBe('line 1, studies[1]');
  });
});

describe('what is damaged or something else', () => {
  const only = (input: string | Uint8Array, fileName?: string): string => {
    const { trials, notes } = readTrials(input, fileName === undefined ? {} : { fileName });
    expect(trials).toEqual([]);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.outcome).toBe('refused');
    return `${notes[0]?.at}: ${notes[0]?.what}: ${notes[0]?.why}`;
  };

  it('truncated JSON is refused with its place, however it is laid out', () => {
    const page = { studies: [v2('NCT1'), v2('NCT2')] };
    expect(only(JSON.stringify(page).slice(0, -80))).toMatch(/^line 1, column \d+: the input: .*not whole/);
    expect(only(JSON.stringify(page, null, 2).slice(0, -80), 'page.json')).toMatch(
      /^line \d\d, column \d+: page\.json: .*not whole/,
    );
  });

  it.each([
    ['', 'empty'],
    ['  \n ', 'empty'],
    ['nct_id,title\nNCT1,x\n', 'neither JSON nor XML'],
    ['<!DOCTYPE html><html></html>', 'web page'],
    ['<ResearchStudy xmlns="http://hl7.org/fhir"/>', 'no `clinical_study`'],
    ['{"resourceType":"ResearchStudy","id":"NCT90000001","title":"x"}', 'FHIR resource'],
    ['{"serosa":"case/1"}', 'no record of a registry'],
    ['{}', 'no record of a registry'],
    ['7', 'JSON object'],
    ['"NCT90000001"', 'JSON object'],
  ])('%j is refused', (input, why) => {
    expect(only(input)).toContain(why);
  });

  it('endless nesting is refused', () => {
    for (const opening of ['[', '{"a":']) expect(only(opening.repeat(100_000))).toContain('nested more than 200');
  });

  it('bytes that are no text are refused with what they are', () => {
    expect(only(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toContain('Unpack');
    expect(only(new Uint8Array([0x7b, 0xe9, 0x7d]))).toContain('UTF-8');
    expect(readTrials('{"studies":[]}', { limits: { size: 3 } }).notes[0]?.why).toContain('Split the file');
  });

  it('a name given twice is told', () => {
    const { notes } = readTrials('{"nct_id":"NCT1","title":"a","title":"b","criteria":"x"}');
    expect(notes).toMatchObject([{ outcome: 'unused', what: 'title' }]);
  });

  it('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (input) => {
        expect(Array.isArray(readTrials(input).trials)).toBe(true);
      }),
      { numRuns: 300 },
    );
    const odd = fc.anything({ withNullPrototype: true, maxDepth: 3 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('nct_id', 'title', 'criteria', 'locations', 'arms', 'phase'), odd), (record) => {
        expect(readTrials(JSON.stringify([{ ...record, nct_id: 'NCT1', status: 'x' }])).trials).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('classic XML', () => {
  const study = (id: string, inside = ''): string => `<clinical_study rank="1">
  <required_header><download_date>ClinicalTrials.gov processed this data on May 11, 2016</download_date></required_header>
  <id_info><org_study_id>M-1</org_study_id><secondary_id>2011-001234-56</secondary_id><nct_id>${id}</nct_id><nct_alias>NCT00000099</nct_alias></id_info>
  <brief_title>Heat &amp; <![CDATA[drug < 5]]></brief_title>
  <acronym>HEAT</acronym>
  <sponsors><lead_sponsor><agency>A hospital</agency></lead_sponsor></sponsors>
  <brief_summary><textblock>
    In short.
  </textblock></brief_summary>
  <overall_status>Active, not recruiting</overall_status>
  <start_date>April 1991</start_date>
  <completion_date type="Actual">June 9, 2009</completion_date>
  <phase>Phase 1/Phase 2</phase>
  <study_type>Interventional</study_type>
  <study_design>Allocation: Randomized, Primary Purpose: Supportive Care, Masking: None</study_design>
  <enrollment type="Anticipated">40</enrollment>
  <condition>Mesothelioma</condition>
  <arm_group><arm_group_label>A</arm_group_label><arm_group_type>Active Comparator</arm_group_type></arm_group>
  <intervention><intervention_type>Dietary Supplement</intervention_type><intervention_name>folic acid</intervention_name><arm_group_label>A</arm_group_label><other_name>B9</other_name></intervention>
  <eligibility><criteria><textblock>
      Inclusion Criteria:

        -  Platelets &gt; 100 &#x2265; <![CDATA[1 < 2 & 3]]>
  </textblock></criteria><gender>Both</gender><minimum_age>18 Years</minimum_age><maximum_age>N/A</maximum_age><healthy_volunteers>No</healthy_volunteers></eligibility>
  <overall_contact><first_name>Ann</first_name><last_name>Office</last_name><phone>1</phone><phone_ext>2</phone_ext></overall_contact>
  <location><facility><name>Clinic</name><address><city>Leeds</city><country>United Kingdom</country></address></facility><status>Recruiting</status>
    <contact><last_name>Nurse</last_name><email>n@example.org</email></contact>
    <investigator><last_name>Doctor</last_name><role>Principal Investigator</role></investigator></location>
  <verification_date>November 2008</verification_date>
  <lastchanged_date>July 9, 2013</lastchanged_date>
  <keyword>heat</keyword>${inside}
</clinical_study>`;

  it('carries every member', () => {
    const { trials, notes } = readTrials(
      `<?xml version="1.0"?>\n<!DOCTYPE clinical_study SYSTEM "x.dtd">\n${study('NCT00000001')}`,
    );
    expect(notes).toEqual([]);
    expect(trials).toEqual([
      {
        id: 'NCT00000001',
        aliases: ['NCT00000099', 'EUCTR2011-001234-56'],
        title: 'Heat & drug < 5',
        acronym: 'HEAT',
        status: 'ACTIVE_NOT_RECRUITING',
        phases: ['PHASE1', 'PHASE2'],
        studyType: 'INTERVENTIONAL',
        purpose: 'SUPPORTIVE_CARE',
        conditions: ['Mesothelioma'],
        keywords: ['heat'],
        summary: 'In short.',
        interventions: [{ type: 'DIETARY_SUPPLEMENT', name: 'folic acid', otherNames: ['B9'] }],
        arms: [{ label: 'A', type: 'ACTIVE_COMPARATOR', interventions: ['folic acid'] }],
        eligibility: {
          text: '\n      Inclusion Criteria:\n\n        -  Platelets > 100 ≥ 1 < 2 & 3\n  ',
          sex: 'ALL',
          minimumAge: 18,
          healthyVolunteers: false,
        },
        sponsor: 'A hospital',
        enrolment: 40,
        start: '1991-04',
        completion: '2009-06-09',
        updated: '2013-07-09',
        verified: '2008-11',
        knownAsOf: '2016-05-11',
        contacts: [{ name: 'Ann Office', role: 'CONTACT', phone: '1 ext. 2' }],
        sites: [
          {
            facility: 'Clinic',
            city: 'Leeds',
            country: 'United Kingdom',
            status: 'RECRUITING',
            contacts: [
              { name: 'Nurse', role: 'CONTACT', email: 'n@example.org' },
              { name: 'Doctor', role: 'PRINCIPAL_INVESTIGATOR' },
            ],
          },
        ],
        url: 'https://clinicaltrials.gov/study/NCT00000001',
      },
    ]);
  });

  it('reads several studies in one file; a broken one is refused with its place', () => {
    const reading = readTrials(
      `<search_results>\n${study('NCT1')}\n${study('NCT2', '<open>')}\n${study('NCT3').slice(0, 300)}\n${study('NCT4')}\n${study('NCT5').slice(0, 300)}`,
    );
    expect(ids(reading)).toEqual(['NCT00000001', 'NCT00000004']);
    expect(reading.notes.map(({ outcome, at }) => [outcome, at])).toEqual([
      ['refused', expect.stringMatching(/^line \d+, column \d+$/)],
      ['refused', 'line 66, column 1'],
      ['refused', expect.stringMatching(/^line \d+, column 1$/)],
    ]);
    expect(reading.notes[0]?.why).toContain('The XML is wrong here: ');
    expect(reading.notes[1]?.why).toContain('never closed');
  });

  it('never expands an entity of the file itself', () => {
    const bomb = `<!DOCTYPE clinical_study [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
    for (const name of ['b', 'nbsp', 'constructor', '__proto__']) {
      const reading = readTrials(`${bomb}${study('NCT1', `<keyword>&${name};</keyword>`)}${study('NCT2')}`);
      expect(ids(reading)).toEqual(['NCT00000002']);
      expect(reading.notes).toMatchObject([{ outcome: 'refused', why: expect.stringContaining('undefined entity') }]);
    }
  });

  it('refuses what is nested too deeply, and a doctype inside a study', () => {
    expect(readTrials(study('NCT1', '<a>'.repeat(100_000))).notes[0]?.why).toContain('nested more than 200');
    expect(readTrials(study('NCT1', '<!DOCTYPE a [<!ENTITY b "c">]>')).notes[0]?.outcome).toBe('refused');
  });
});

describe('flat records of mirrors', () => {
  it('with a group for eligibility and countries as places', () => {
    const { trials, notes } = json({
      nct_id: 'NCT1',
      title: 'A',
      phase: null,
      status: 'Recruiting',
      study_type: 'Observational',
      conditions: ['Mesothelioma', 'Cancer, other'],
      interventions: ['Drug: Alphamab', 'Surgery'],
      sponsor: 'S',
      enrollment_count: 240,
      start_date: '2019-12-03',
      locations: ['United States', 'Korea, Republic of'],
      source_url: 'https://example.org/1',
      eligibility: { raw_text: TEXT, minimum_age: '18 Years', maximum_age: null, sex: 'ALL', accepts_healthy_volunteers: false },
      confidence_flags: { needs_review: false },
    });
    expect(notes).toEqual([]);
    expect(trials).toEqual([
      {
        id: 'NCT00000001',
        aliases: [],
        title: 'A',
        status: 'RECRUITING',
        phases: [],
        studyType: 'OBSERVATIONAL',
        conditions: ['Mesothelioma', 'Cancer, other'],
        keywords: [],
        interventions: [
          { type: 'DRUG', name: 'Alphamab', otherNames: [] },
          { name: 'Surgery', otherNames: [] },
        ],
        arms: [],
        eligibility: { text: TEXT, sex: 'ALL', minimumAge: 18, healthyVolunteers: false },
        sponsor: 'S',
        enrolment: 240,
        start: '2019-12-03',
        contacts: [],
        sites: [
          { country: 'United States', contacts: [] },
          { country: 'Korea, Republic of', contacts: [] },
        ],
        url: 'https://clinicaltrials.gov/study/NCT00000001',
      },
    ]);
  });

  it('with lists written as text', () => {
    const { trials, notes } = json({
      nctid: 'NCT1',
      status: 'terminated',
      why_stop: '\n    slow accrual\n  ',
      phase: '[\'Phase 1\', "phase 2"]',
      diseases: "['mesothelioma', \"crohn's disease\", 'it\\'s, so']",
      drugs: "['a, b and c']",
      criteria: `\n        ${TEXT}`,
    });
    expect(notes).toEqual([]);
    expect(trials[0]).toMatchObject({
      status: 'TERMINATED',
      whyStopped: 'slow accrual',
      phases: ['PHASE1', 'PHASE2'],
      conditions: ['mesothelioma', "crohn's disease", "it's, so"],
      interventions: [{ name: 'a, b and c', otherNames: [] }],
      eligibility: { text: `\n        ${TEXT}` },
    });
  });

  it('with paths of the classic XML as names', () => {
    const { trials, notes } = json({
      nct_id: 'NCT1',
      brief_title: 'A',
      condition: 'Mesothelioma',
      'eligibility/criteria/textblock': TEXT,
      'eligibility/gender': 'All',
      'eligibility/healthy_volunteers': 'No',
      'eligibility/minimum_age': '18 Years',
      'eligibility/maximum_age': 'nan',
      enrollment: '21.0',
      'intervention/intervention_name': "['X', 'Y']",
      'intervention/intervention_type': "['Drug', 'Device']",
      keyword: "['k']",
      'location/facility/address/city': "['Bethesda', 'Leeds']",
      'location/facility/address/country': "['United States', 'United Kingdom']",
      'study_design_info/primary_purpose': 'Treatment',
    });
    expect(notes).toEqual([]);
    expect(trials[0]).toMatchObject({
      conditions: ['Mesothelioma'],
      eligibility: { text: TEXT, sex: 'ALL', minimumAge: 18, healthyVolunteers: false },
      enrolment: 21,
      interventions: [
        { name: 'X', type: 'DRUG' },
        { name: 'Y', type: 'DEVICE' },
      ],
      purpose: 'TREATMENT',
      sites: [
        { city: 'Bethesda', country: 'United States' },
        { city: 'Leeds', country: 'United Kingdom' },
      ],
    });
  });

  it('places that cannot be put together leave the countries', () => {
    const { trials, notes } = json({
      nct_id: 'NCT1',
      criteria: TEXT,
      'location/facility/address/city': "['A', 'B', 'C']",
      'location/facility/address/country': "['X', 'Y']",
    });
    expect(trials[0]?.sites).toEqual([
      { country: 'X', contacts: [] },
      { country: 'Y', contacts: [] },
    ]);
    expect(notes).toMatchObject([{ outcome: 'unused', what: 'NCT1, places' }]);
  });

  it('with places as groups', () => {
    const { trials } = json({
      nctId: 'NCT1',
      eligibilityCriteria: TEXT,
      locations: [{ facility: 'Clinic', city: 'Perth', country: 'Australia', status: 'Completed', lat: -31.9, lon: 115.8 }],
    });
    expect(trials[0]?.sites).toEqual([
      { facility: 'Clinic', city: 'Perth', country: 'Australia', status: 'COMPLETED', lat: -31.9, lon: 115.8, contacts: [] },
    ]);
  });

  it('separate inclusion and exclusion criteria come under headings', () => {
    const text = (record: object): string | undefined =>
      json({ nct_id: 'NCT1', title: 'A', ...record }).trials[0]?.eligibility.text;
    expect(text({ inclusion_criteria: '* a\n* b', exclusion_criteria: '* c', miscellaneous_criteria: '' })).toBe(
      'Inclusion Criteria:\n\n* a\n* b\n\nExclusion Criteria:\n\n* c',
    );
    expect(text({ Inclusion_Criteria: 'Key inclusion criteria: a', Exclusion_Criteria: 'c' })).toBe(
      'Key inclusion criteria: a\n\nExclusion Criteria:\n\nc',
    );
    expect(text({ inclusion_criteria: '* a', exclusion_criteria: '', miscellaneous_criteria: 'm' })).toBe(
      'm\n\nInclusion Criteria:\n\n* a',
    );
    expect(text({ eligibility: { inclusion: ['a', 'b\nc'], exclusion: ['d'] } })).toBe(
      'Inclusion Criteria:\n\n* a\n* b\n  c\n\nExclusion Criteria:\n\n* d',
    );
  });

  it('one whole text goes before separate criteria, with a note', () => {
    const { trials, notes } = json({ nct_id: 'NCT1', criteria: TEXT, inclusion_criteria: 'a' });
    expect(trials[0]?.eligibility.text).toBe(TEXT);
    expect(notes).toMatchObject([{ outcome: 'unused', what: 'NCT1' }]);
  });

  it('criteria split one by one become lists; one that cannot be read leaves the record incomplete', () => {
    const split = {
      trial_id: 'NCT1',
      trial_acronym: 'X',
      disease_domain: 'Mesothelioma',
      cohorts: [{ cohort_id: 'A', group_type: 'EXPERIMENTAL' }],
    };
    const criteria = [
      { criterion_id: 'NCT1_E1', type: 'exclusion', text: 'c' },
      { criterion_id: 'NCT1_I1', type: 'inclusion', text: 'a \\> 1' },
      { criterion_id: 'NCT1_I2', type: 'Inclusion', text: 'b' },
    ];
    const whole = json({ ...split, criteria });
    expect(whole.notes).toEqual([]);
    expect(whole.trials[0]).toMatchObject({
      acronym: 'X',
      conditions: ['Mesothelioma'],
      arms: [{ label: 'A', type: 'EXPERIMENTAL', interventions: [] }],
      eligibility: { text: 'Inclusion Criteria:\n\n* a \\> 1\n* b\n\nExclusion Criteria:\n\n* c' },
    });
    const broken = json({ ...split, criteria: [...criteria, { type: 'inclusion' }, { type: 'maybe', text: 'd' }, 'e'] });
    expect(broken.trials[0]?.eligibility.truncated).toBe(true);
    expect(broken.notes).toMatchObject([
      { outcome: 'refused', why: expect.stringContaining('3 of its listed criteria') },
      { outcome: 'unused' },
    ]);
  });

  it('a text that the mirror cut is marked', () => {
    const cut = (length: number, end = ''): boolean | undefined =>
      json({
        id: 'NCT1',
        registry: 'ClinicalTrials.gov',
        title: 'A',
        eligibility_criteria: `${'x'.repeat(length)}${end}`,
        endpoints: [],
      }).trials[0]?.eligibility.truncated;
    expect([cut(300), cut(281), cut(50, '…'), cut(50, '... ')]).toEqual([true, undefined, true, true]);
    expect(json({ nct_id: 'NCT1', criteria: 'x', truncated: true }).trials[0]?.eligibility.truncated).toBe(true);
  });

  it('countries in one text, empty dates and counts that are not there', () => {
    const { trials, notes } = json({
      id: 'NCT1',
      phase: 'PHASE1, PHASE2',
      completion_date: '',
      country: 'Germany, Korea, Republic of, United States',
      enrollment: 'N/A',
      eligibility_criteria: TEXT,
    });
    expect(notes).toEqual([]);
    expect(trials[0]?.phases).toEqual(['PHASE1', 'PHASE2']);
    expect(trials[0]?.sites.map(({ country }) => country)).toEqual(['Germany', 'Korea, Republic of', 'United States']);
  });

  it('of other registries, with their names of members and an address of the web only', () => {
    const other = (id: string, url: string): TrialsReading =>
      json([
        {
          TrialID: id,
          public_title: 'A',
          Recruitment_Status: 'Not Recruiting',
          Inclusion_agemin: '20 Years',
          Inclusion_gender: 'Both males and females',
          Countries: 'Japan',
          Inclusion_Criteria: 'a',
          web_address: url,
        },
      ]);
    const { trials, notes } = other('JapicCTI-163247', 'http://example.org/x');
    expect(trials[0]).toMatchObject({
      id: 'JapicCTI-163247',
      status: 'OTHER',
      statusAsWritten: 'Not Recruiting',
      eligibility: { text: 'Inclusion Criteria:\n\na', sex: 'ALL', minimumAge: 20 },
      url: 'http://example.org/x',
    });
    expect(notes).toMatchObject([{ outcome: 'unused' }]);
    expect(other('JapicCTI-163247', 'javascript:alert(1)').trials[0]?.url).toBeUndefined();
    expect(other('MY-TRIAL-7', '')).toMatchObject({ trials: [], notes: [{ outcome: 'refused', at: '[0]', what: 'MY-TRIAL-7' }] });
  });
});

describe('size', () => {
  it('reads an eligibility text of 2 MB in any format in well under a second', () => {
    const long = '* Platelets > 100 and so on, "quoted", <br>\n'.repeat(50_000);
    const escaped = long.replaceAll('<', '&lt;');
    const inputs = [
      JSON.stringify(v2('NCT1', { eligibilityModule: { eligibilityCriteria: long } })),
      JSON.stringify({ nct_id: 'NCT1', criteria: long }),
      `<clinical_study><id_info><nct_id>NCT1</nct_id></id_info><eligibility><criteria><textblock>${escaped}</textblock></criteria></eligibility></clinical_study>`,
    ];
    for (const input of inputs) {
      const before = performance.now();
      expect(readTrials(input).trials[0]?.eligibility.text).toBe(long);
      expect(performance.now() - before).toBeLessThan(3000);
    }
    const names = ' '.repeat(500_000);
    const strange = {
      nct_id: `NCT1${names}x`,
      phase: `1${names}x`,
      title: names,
      drugs: `['${names}`,
      country: names,
      minimum_age: names,
    };
    const before = performance.now();
    json([
      strange,
      { ...strange, nct_id: 'NCT1' },
      { ...strange, nct_id: 'NCT2', status: names, sponsor: `[${names}`, start_date: names },
    ]);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
