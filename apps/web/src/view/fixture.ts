/** A small report with one thing of every kind, for the tests of the view. Invented; nothing in it is medicine. */
import type { Finding, QuotedFact, Report, Voices } from '@serosa/core';

const both = (text: string): Voices => ({ clinician: `${text} (professional)`, patient: `${text} (patient)` });

const histology: QuotedFact = {
  id: 'tumour.histology',
  label: both('Cell type'),
  value: both('Epithelioid'),
  date: '2026-03-09',
  origin: { kind: 'pathology', at: 'line 7', note: 'second look' },
};
const steroid: QuotedFact = {
  id: 'drug.prednisolone-equivalent',
  label: both('Steroid'),
  value: { clinician: '15 mg per day', patient: '15 mg per day' },
};
const node: QuotedFact = {
  id: 'clinical.n.scalene',
  label: both('Scalene node'),
  reason: 'stale',
  question: 'Is a node above the collar bone involved?',
  where: 'In the scan report.',
};

function finding(id: string, kind: Finding['kind'], verdict: string, more: Partial<Finding> = {}): Finding {
  return {
    id,
    kind,
    title: id,
    titles: both(`Title of ${id}`),
    verdict,
    because: [histology],
    missing: [node],
    sources: ['doe-2016'],
    text: both(`Text of ${id}.`),
    ...more,
  };
}

export function fixture(voice: Report['voice']): Report {
  return {
    schema: 'serosa.report/1',
    knowledge: { version: '2026.11', hash: 'abc123' },
    asOf: '2026-11-24',
    voice,
    case: { id: 'fixture', title: 'A <b>bold</b> case & more' },
    findings: [
      finding('contradiction.sum', 'contradiction', 'contradiction', { sources: [] }),
      finding('symptom.cough', 'symptom', 'days', { urgency: 'days' }),
      finding('symptom.cord', 'symptom', 'emergency', {
        urgency: 'emergency',
        details: [{ text: both('May mean pressure.'), sources: ['doe-2016'] }],
      }),
      finding('stage.pleura.tnm9.clinical', 'stage', 'possible', { possible: ['II', 'IIIA'] }),
      finding('stage.pleura.tnm8.clinical', 'stage', 'IB', { possible: ['IB'] }),
      finding('stage.pleura.editions.clinical', 'stage', 'open'),
      finding('spread.liver', 'spread', 'present'),
      finding('spread.brain', 'spread', 'unknown', { because: [] }),
      finding('option.surgery', 'option', 'supported', {
        because: [histology, steroid],
        rule: both('the primary site is the pleura'),
        positions: [
          {
            id: 'G1',
            body: 'Body A 2025',
            says: 'for',
            applies: 'yes',
            conditions: 'open',
            text: both('Offer it.'),
            strength: 'strong',
            sources: ['roe-2020'],
            status: 'read',
            because: [],
            missing: [],
          },
          {
            id: 'G2',
            body: 'Body B 2024',
            says: 'against',
            applies: 'held',
            conditions: 'met',
            text: both('Do not.'),
            sources: ['roe-2020'],
            status: 'unread',
            because: [],
            missing: [],
          },
        ],
      }),
      finding('option.rest', 'option', 'contraindicated'),
      finding('factor.asbestos', 'factor', 'present'),
    ],
    spread: {
      primary: 'pleura',
      began: [],
      sites: [
        {
          id: 'liver',
          label: both('Liver'),
          status: 'present',
          routes: ['blood'],
          fact: { id: 'site.liver', label: both('Liver') },
          reached: [],
          stations: [],
        },
        {
          id: 'brain',
          label: both('Brain'),
          status: 'unknown',
          routes: ['blood'],
          fact: { id: 'site.brain', label: both('Brain') },
          reached: [],
          stations: [],
        },
      ],
    },
    stage: {
      pleural: {
        tnm9: { clinical: { T: ['T1', 'T2'], N: ['N1'], M: ['M0'], group: ['II', 'IIIA'], status: 'assessed' } },
        tnm8: { clinical: { T: ['T2', 'T3'], N: ['N0'], M: ['M0'], group: ['IB'], status: 'assessed' } },
      },
      narrowedBy: ['clinical.n.scalene'],
      stated: [{ edition: 'unknown', basis: 'clinical', as: 'T3 N0 M0 stage I', use: 'either-edition' }],
    },
    timeline: {
      points: [
        { date: '2026', when: 'past', events: [{ id: 'diagnosis', kind: 'diagnosis' }] },
        {
          date: '2026-03-09',
          when: 'past',
          events: [
            {
              id: 'treatment-0-start',
              kind: 'treatment',
              part: 'start',
              treatment: {
                kind: 'systemic',
                agents: ['cisplatin'],
                start: '2026-03-09',
                ongoing: true,
                origin: { kind: 'file' },
              },
            },
            { id: 'readings-biopsy', kind: 'readings', way: 'biopsy', facts: [histology], absent: [] },
          ],
          since: { min: 70, max: 70 },
        },
        { date: '2026-11-24', when: 'today', events: [] },
      ],
      undated: [
        {
          id: 'treatment-1-whole',
          kind: 'treatment',
          part: 'whole',
          treatment: { kind: 'radiotherapy', site: 'chest wall', gray: 21, fractions: 3, origin: { kind: 'file' } },
        },
      ],
      elapsed: [{ what: 'last platinum', days: { min: 260, max: 260 } }],
    },
    next: [
      {
        fact: 'clinical.n.scalene',
        label: both('Scalene node'),
        question: 'Is a node above the collar bone involved?',
        where: 'In the scan report.',
        settles: { stage: 1, options: 1, trials: 0 },
        score: 2,
        learnedBy: ['CT of the chest'],
        cost: 'imaging',
        answers: [
          { answer: 'false', label: both('no'), stage: { tnm9: ['II'], tnm8: ['IB'] }, options: [] },
          {
            answer: 'true',
            label: both('yes'),
            stage: { tnm9: ['IIIA'] },
            options: [{ id: 'option.surgery', title: both('Title of option.surgery'), verdict: 'not-supported' }],
          },
        ],
      },
    ],
    sources: [
      {
        id: 'doe-2016',
        type: 'article-journal',
        title: 'On stages',
        author: [{ family: 'Doe', given: 'Jane' }, { family: 'Roe' }, { family: 'Poe' }, { family: 'Moe' }],
        issued: { 'date-parts': [[2016]] },
        'container-title': 'Journal',
        volume: '11',
        page: '1-9',
        DOI: '10.1000/182',
        PMID: '123',
      },
      { id: 'roe-2020', type: 'webpage', title: 'A page', URL: 'javascript:alert(1)' },
    ],
  };
}
