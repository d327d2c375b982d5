import type { Reading } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixture.js';
import { reportHtml, STYLE } from './index.js';
import { dateWords, stretchWords, withoutDoses } from './words.js';

const patient = reportHtml(fixture('patient'));
const clinician = reportHtml(fixture('clinician'));

/** What stands on the page, without tags. */
const text = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('reportHtml', () => {
  it('gives the same bytes for the same report', () => {
    expect(reportHtml(fixture('patient'))).toBe(patient);
  });

  it('is a whole document that loads nothing and runs nothing', () => {
    expect(patient).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(patient).toContain(`content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;"`);
    expect(patient).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|url\(|@import|\sstyle=|\son\w+=/i);
    expect(patient).toContain('<title>A &lt;b&gt;bold&lt;/b&gt; case &amp; more – Serosa report</title>');
  });

  it('escapes what comes from the case and refuses addresses that are not web pages', () => {
    expect(patient).not.toContain('<b>bold');
    expect(patient).not.toContain('javascript:');
  });

  it('puts the emergency before every other finding', () => {
    for (const html of [patient, clinician]) {
      const places = [
        'Text of symptom.cord',
        'Text of contradiction.sum',
        'Text of symptom.cough',
        'id="stage"',
        'id="spread"',
        'id="next"',
        'id="options"',
        'id="sources"',
      ];
      const found = places.map((place) => html.indexOf(place));
      expect(found).not.toContain(-1);
      expect(found).toEqual([...found].sort((a, b) => a - b));
    }
    expect(text(patient)).toContain('Emergency. Get help now.');
  });

  it('drops no finding, whatever its kind', () => {
    for (const { id } of fixture('patient').findings.filter(({ kind }) => kind !== 'stage')) {
      expect(patient).toContain(`Title of ${id}`);
      expect(patient).toContain(`Text of ${id}.`);
    }
  });

  it('speaks in one voice at a time', () => {
    expect(text(patient)).not.toContain('(professional)');
    expect(text(clinician)).not.toContain('(patient)');
  });

  it('keeps doses out of the patient voice, also the reader’s own', () => {
    expect(text(patient)).not.toMatch(/\d\s*mg/);
    expect(text(clinician)).toContain('15 mg per day');
  });

  it('draws the possible set and names it in words', () => {
    expect(text(patient)).toContain('I : ruled out II : still possible IIIA : still possible IIIB : ruled out IV : ruled out');
    expect(text(patient)).toContain('Can still be stage II or IIIA');
    expect(text(clinician)).toContain('Stage IB, settled');
    expect(text(patient)).toContain('T3 N0 M0 stage I');
  });

  it('tells present from unknown in words', () => {
    expect(text(patient)).toMatch(/Liver \(patient\) yes, found/);
    expect(text(patient)).toMatch(/Brain \(patient\) not known/);
  });

  it('says what each answer would settle', () => {
    expect(text(patient)).toContain(
      'Yes (patient) : stage IIIA (9th edition); Title of option.surgery (patient): not advised here.',
    );
    expect(text(patient)).toContain('No (patient) : stage II (9th edition).');
  });

  it('gives every finding its reasons, with value, date and origin, what is missing, the rule and the sources', () => {
    expect(clinician.match(/Why\?/g)).toHaveLength(fixture('clinician').findings.length);
    expect(text(clinician)).toContain(
      'Cell type (professional): Epithelioid (professional) (9 March 2026; pathology, line 7; second look)',
    );
    expect(text(clinician)).toContain('Scalene node (professional) (reading no longer current)');
    expect(text(clinician)).toContain('Considered when the primary site is the pleura (professional).');
  });

  it('leads from every claim to its source and from there out', () => {
    expect(clinician).toContain('href="#source-1"');
    expect(clinician).toContain('href="https://doi.org/10.1000/182" rel="noreferrer noopener"');
    expect(clinician).toContain('href="https://pubmed.ncbi.nlm.nih.gov/123/"');
    expect(text(clinician)).toContain('Doe J, Roe, Poe et al. On stages. Journal 11:1-9, 2016.');
    const targets = [...clinician.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    for (const id of targets) expect(clinician).toContain(`id="${id}"`);
  });

  it('sets the positions of bodies side by side for professionals and says which were not read', () => {
    expect(text(clinician)).toContain('Body A 2025 for Offer it. (professional) source 2 conditions open; strength: strong');
    expect(text(clinician)).toContain('source not read by us: decides nothing');
  });

  it('names version, hash and day of the knowledge', () => {
    expect(text(patient)).toContain('Serosa knowledge 2026.11, as of 24 November 2026. Hash abc123');
  });

  it('accounts for what was read, refusals first', () => {
    const reading: Reading = {
      notes: [
        { outcome: 'used', at: 'line 3', what: 'person.age: 71', why: 'Read.' },
        { outcome: 'refused', at: 'line 4', what: 'person.ege: 71', why: '`person.ege` is not a fact.' },
      ],
    };
    const shown = text(reportHtml(fixture('patient'), reading));
    expect(shown).toContain('1 entry used, 0 not used, 1 refused');
    expect(shown.indexOf('person.ege')).toBeLessThan(shown.indexOf('person.age'));
  });
});

describe('the style', () => {
  it('is whole: every brace that opens closes', () => {
    let depth = 0;
    for (const character of STYLE) {
      depth += character === '{' ? 1 : character === '}' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
  });
});

describe('words', () => {
  it('writes partial dates out', () => {
    expect([dateWords('2026'), dateWords('2026-03'), dateWords('2026-03-09'), dateWords('soon')]).toEqual([
      '2026',
      'March 2026',
      '9 March 2026',
      'soon',
    ]);
  });

  it('writes stretches of numbers as people say them', () => {
    expect(stretchWords('> 12, ≤ 30 mm')).toBe('more than 12 and at most 30 mm');
    expect(stretchWords('≥ 0, ≤ 12 mm')).toBe('at most 12 mm');
    expect(stretchWords('a little')).toBe('a little');
  });

  it('takes amounts of medicines out of patient text and leaves concentrations', () => {
    expect(withoutDoses('15 mg per day, 500 mg/m² and 75 mg/m2, AUC 5, 21 Gy')).toBe(
      'a set amount, a set amount and a set amount, a set amount, a set amount',
    );
    expect(withoutDoses('CRP 12 mg/L, protein 3 mg/mmol')).toBe('CRP 12 mg/L, protein 3 mg/mmol');
  });
});
