import type { TimelineEvent, TimelinePoint } from '@serosa/core';
import { describe, expect, it } from 'vitest';
import { fixture } from './fixture.js';
import { reportHtml } from './index.js';
import { isTold, rowsOf, stretchOfDays } from './timeline.js';

const section = (voice: 'patient' | 'clinician'): string =>
  /<section class="part" id="timeline".*?<\/section>/s.exec(reportHtml(fixture(voice)))?.[0] ?? '';
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the timeline', () => {
  it('is a list in order with days that machines read, and a link leads to it', () => {
    const html = section('patient');
    expect(html).toContain('<ol class="timeline">');
    expect([...html.matchAll(/<time dateTime="([^"]+)">([^<]+)/gi)].map(([, day, shown]) => [day, shown])).toEqual([
      ['2026', '2026'],
      ['2026-03-09', '9 March 2026'],
      ['2026-11-24', '24 November 2026'],
    ]);
    expect(reportHtml(fixture('patient'))).toContain('<a href="#timeline">What happened when</a>');
  });

  it('speaks plainly and without doses to patients', () => {
    const said = text(section('patient'));
    expect(said).toContain('The diagnosis was made');
    expect(said).toContain('Treatment began: cisplatin');
    expect(said).toContain('Tissue sample Cell type (patient): Epithelioid (patient)');
    expect(said).toContain('Without a date Treatment: Radiotherapy (chest wall)');
    expect(said).not.toMatch(/Gy|weeks|month/);
  });

  it('tells professionals doses and the time in between', () => {
    const said = text(section('clinician'));
    expect(said).toContain('Since last platinum: 37 weeks.');
    expect(said).toContain('9 March 2026 10 weeks after the step before Start cisplatin');
    expect(said).toContain('Radiotherapy : chest wall; 21 Gy in 3 fractions');
  });

  it('is left out where nothing has been told', () => {
    const today: TimelinePoint = { date: '2026-11-24', when: 'today', events: [] };
    expect(isTold({ points: [today], undated: [], elapsed: [] })).toBe(false);
  });

  it.each([
    [4, [1, 1, 1, 1]],
    [5, [3, 1, 1]],
    [9, [7, 1, 1]],
  ])('folds the first of %i days that have readings alone', (days, expected) => {
    const readings: TimelineEvent = { id: 'readings-blood', kind: 'readings', way: 'blood', facts: [], absent: [] };
    const points = Array.from(
      { length: days },
      (_, index): TimelinePoint => ({ date: `2026-01-0${index + 1}`, when: 'past', events: [readings] }),
    );
    expect(rowsOf(points).map((row) => ('date' in row ? 1 : row.folded.length))).toEqual(expected);
  });

  it.each([
    [{ min: 1, max: 1 }, '1 day'],
    [{ min: 84, max: 84 }, '12 weeks'],
    [{ min: 30, max: 60 }, '4 to 9 weeks'],
    [{ min: 400, max: 400 }, '13 months'],
  ])('counts %j as %s', (stretch, expected) => {
    expect(stretchOfDays(stretch)).toBe(expected);
  });
});
