/** Records of the registry as mirrors hold them, and the registry's own JSON: data that stand beside the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTrials, type TrialsReading } from './read.js';

const FOLDER = path.join(fileURLToPath(new URL('../../../..', import.meta.url)), '../shared/trials-raw');

if (!existsSync(FOLDER)) console.warn('Skipped: ../shared/trials-raw is absent.');

const read = (name: string): TrialsReading => readTrials(readFileSync(path.join(FOLDER, name)), { fileName: name });
const source = (name: string): Record<string, unknown> => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));

describe.skipIf(!existsSync(FOLDER))('real records', () => {
  it('29 of mesothelioma from seven mirrors, without a note', () => {
    const files = readdirSync(FOLDER).filter((name) => /^NCT\d{8}\.(json|xml)$/.test(name));
    expect(files).toHaveLength(29);
    for (const name of files) {
      const { trials, notes } = read(name);
      expect(notes, name).toEqual([]);
      expect(trials, name).toHaveLength(1);
      const [trial] = trials;
      expect(trial?.id).toBe(name.slice(0, 11));
      expect(trial?.eligibility.truncated, name).toBeUndefined();
      expect(trial?.eligibility.text?.length, name).toBeGreaterThan(300);
      // Each mirror says a title or the conditions, or both.
      expect((trial?.title ?? trial?.officialTitle ?? '').length + (trial?.conditions.length ?? 0), name).toBeGreaterThan(0);
      expect(trial?.status, name).not.toBe('OTHER');
      if (name.endsWith('.xml')) continue;
      const json = source(name);
      expect(trial?.status === 'UNKNOWN', name).toBe(json['status'] === undefined);
      expect(trial?.phases.length, name).toBe(
        json['phase'] === undefined || json['phase'] === null ? 0 : String(json['phase']).split('/').length,
      );
      const whole = json['criteria'] ?? json['eligibility/criteria/textblock'];
      if (typeof whole === 'string') expect(trial?.eligibility.text).toBe(whole);
    }
  });

  it('whole texts, split texts and numbered criteria keep their words', () => {
    const group = source('NCT04665206.json')['eligibility'] as Record<string, unknown>;
    expect(read('NCT04665206.json').trials[0]?.eligibility.text).toBe(group['raw_text']);
    const sides = source('NCT02637531.json');
    const text = read('NCT02637531.json').trials[0]?.eligibility.text ?? '';
    expect(text).toBe(
      `Inclusion Criteria:\n\n${sides['inclusion_criteria']}\n\nExclusion Criteria:\n\n${sides['exclusion_criteria']}`,
    );
    const listed = source('NCT04334759.json')['criteria'] as readonly { readonly text: string }[];
    const bullets = read('NCT04334759.json').trials[0]?.eligibility.text?.match(/^\* .*$/gm);
    expect(bullets).toEqual(listed.map((one) => `* ${one.text}`));
  });

  it('76 summaries, of which 73 have criteria that were cut off', () => {
    const { trials, notes } = read('registry-summaries.json');
    expect(trials).toHaveLength(76);
    expect(trials.filter(({ eligibility }) => eligibility.truncated)).toHaveLength(73);
    expect(notes).toHaveLength(73);
    expect(new Set(notes.map(({ why }) => why)).size).toBe(1);
    expect(notes[0]?.why).toContain('cut the eligibility text off');
    const written = source('registry-summaries.json') as unknown as readonly Readonly<Record<string, unknown>>[];
    for (const [index, trial] of trials.entries()) {
      const record = written[index]!;
      expect(trial).toMatchObject({ id: record['id'], title: record['title'], status: record['status'] });
      expect(trial.phases.join(', ').replace('NA', 'N/A')).toBe(String(record['phase']).replace(/^NA$/, 'N/A'));
      expect(trial.eligibility.text).toBe(record['eligibility_criteria']);
      expect([trial.start ?? '', trial.completion ?? '']).toEqual([record['start_date'], record['completion_date']]);
      expect(trial.enrolment ?? 'N/A').toBe(record['enrollment']);
      expect(trial.sites.map(({ country }) => country).join(', ') || 'N/A').toBe(record['country']);
    }
  });

  it("11 studies in the registry's own JSON", () => {
    const page = read('format-v2/studies-page.json');
    expect(page.trials).toHaveLength(10);
    expect(page.notes).toMatchObject([{ outcome: 'unused', what: 'nextPageToken' }]);
    const one = read('format-v2/NCT06008288.json');
    expect(one.notes).toEqual([]);
    expect(one.trials[0]?.sites).toHaveLength(31);
    expect(one.trials[0]?.sites.every(({ lat, lon }) => lat !== undefined && lon !== undefined)).toBe(true);
    for (const trial of [...page.trials, ...one.trials]) {
      expect(
        trial.title && trial.conditions.length > 0 && trial.updated && trial.knownAsOf && trial.eligibility.text,
      ).toBeTruthy();
      expect(trial.status).not.toBe('OTHER');
      expect(trial.sites.every(({ country }) => country !== undefined)).toBe(true);
    }
  });
});
