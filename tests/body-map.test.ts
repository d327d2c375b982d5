/** The map of the body, held against the knowledge: nothing that can be involved is missing from it or on the wrong side. */
import { type Laterality, type PrimarySite, type Report, report, type Spread } from '@serosa/core';
import { type Picture, pictureOf, reportHtml } from '@serosa/web/view';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide } from './guide.js';

type Values = Readonly<Record<string, boolean | number | string>>;
type Side = Laterality | 'not-recorded';

let guide: Awaited<ReturnType<typeof loadTestGuide>>;
beforeAll(async () => {
  guide = await loadTestGuide();
});

const PRIMARIES: readonly PrimarySite[] = ['pleura', 'peritoneum', 'pericardium', 'tunica-vaginalis'];
const SIDES: readonly Side[] = ['left', 'right', 'bilateral', 'not-recorded'];

function reportOf(primary: PrimarySite, side: Side, values: Values = {}, voice: Report['voice'] = 'clinician'): Report {
  const laterality = side === 'not-recorded' ? {} : { 'tumour.laterality': side };
  return report(guide, caseOf({ 'tumour.primary-site': primary, ...laterality, ...values }), { asOf: AS_OF, voice });
}
const pictureFor = (primary: PrimarySite, side: Side, values: Values = {}): Picture =>
  pictureOf(reportOf(primary, side, values).spread);
/** On which sides of the person a place is drawn: the person's left is x > 0. */
function sidesOf({ places }: Picture, key: string): readonly string[] {
  const place = places.find((one) => one.key === key);
  return (place?.drawings ?? []).map(({ at: [x] }) => (x > 0 ? 'left' : x < 0 ? 'right' : 'middle'));
}

/** What the figure has to hold: every site, every station, every region. */
function expectedKeys(spread: Spread): readonly string[] {
  return spread.sites.flatMap(({ id, stations }) => [
    id,
    ...stations.filter(({ facts }) => facts.length > 0).map((s) => `${id}.${s.id}`),
  ]);
}

describe.each(PRIMARIES)('a tumour of the %s', (primary) => {
  it.each(SIDES)('on side %s has exactly one place for every site and station of the knowledge', (side) => {
    const { spread } = reportOf(primary, side);
    const picture = pictureOf(spread);
    expect(picture.places.map(({ key }) => key).sort()).toEqual([...expectedKeys(spread)].sort());
    for (const { key, beside, drawings, short, name } of picture.places) {
      // A site that was added to the knowledge needs a spot or a reason to stand beside the figure, and a short name.
      if (drawings.length === 0) expect(beside === 'no-side' || STANDS_BESIDE.has(key), `${key} has no spot`).toBe(true);
      expect(short === name && short.clinician.length > 24, `${key} has no short name`).toBe(false);
    }
    expect(picture.regions).toHaveLength(primary === 'peritoneum' ? 13 : 0);
  });

  it('has every station without facts of its own in the place of its site', () => {
    for (const { id, stations } of reportOf(primary, 'left').spread.sites) {
      const own = stations.filter(({ facts }) => facts.length > 0);
      if (own.length < stations.length) expect(own, `${id} mixes both kinds`).toHaveLength(0);
    }
  });

  it('marks each place where no other mark lies on it', () => {
    for (const side of ['left', 'right'] as const) {
      const marks = pictureFor(primary, side).places.flatMap(({ key, drawings }) => drawings.map(({ at }) => ({ key, at })));
      for (const [i, a] of marks.entries()) {
        for (const b of marks.slice(i + 1)) {
          const far = Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
          expect(far, `${a.key} and ${b.key}, ${side}`).toBeGreaterThan(15.9);
        }
      }
    }
  });

  it('draws nothing on a side while the side is not known', () => {
    const { places, beginning } = pictureFor(primary, 'not-recorded');
    for (const { key, drawings } of places) {
      // Nothing, the middle, or both sides alike.
      if (drawings.length === 2) expect(drawings[0]?.at[0], key).toBe(-(drawings[1]?.at[0] ?? 0));
    }
    if (primary === 'pleura' || primary === 'tunica-vaginalis') {
      expect(beginning?.unsided).toBe(true);
      expect(beginning?.drawings).toHaveLength(2);
    }
  });
});

/** Sites that are no one place of the body. */
const STANDS_BESIDE: ReadonlySet<string> = new Set(['other-distant', 'thoracic-nodes']);

describe('sides', () => {
  it.each([
    ['left', 'right'],
    ['right', 'left'],
  ] as const)('of a tumour on the %s: its own things there, the other side’s on the %s', (side, other) => {
    const picture = pictureFor('pleura', side);
    for (const key of [
      'chest-wall',
      'diaphragm',
      'tract',
      'ipsilateral-lung-nodules',
      'thoracic-nodes.hilar',
      'thoracic-nodes.mediastinal',
    ]) {
      expect(sidesOf(picture, key), key).toEqual([side]);
    }
    for (const key of ['contralateral-lung', 'contralateral-pleura', 'thoracic-nodes.contralateral']) {
      expect(sidesOf(picture, key), key).toEqual([other]);
    }
    for (const key of ['adrenal', 'kidney', 'axillary-nodes', 'thoracic-nodes.supraclavicular']) {
      expect(sidesOf(picture, key), key).toEqual(['right', 'left']);
    }
    expect(picture.beginning?.drawings.map(({ at: [x] }) => (x > 0 ? 'left' : 'right'))).toEqual([side]);
    expect(sidesOf(pictureFor('tunica-vaginalis', side), 'spermatic-cord')).toEqual([side]);
  });

  it('of the body do not depend on the tumour: the liver is on the right, the spleen on the left, the heart reaches left', () => {
    for (const side of SIDES) {
      const picture = pictureFor('pleura', side);
      expect(sidesOf(picture, 'liver')).toEqual(['right']);
      expect(sidesOf(picture, 'spleen')).toEqual(['left']);
    }
    expect(sidesOf(pictureFor('pericardium', 'not-recorded'), 'myocardium')).toEqual(['left']);
  });

  it('of a tumour on both sides: what would be "own" or "other" stands beside the figure', () => {
    const picture = pictureFor('pleura', 'bilateral');
    expect(sidesOf(picture, 'contralateral-lung')).toEqual([]);
    expect(picture.beginning).toMatchObject({ unsided: false, drawings: [{}, {}] });
  });
});

describe('the status', () => {
  it('is that of the report: present, absent and unknown are three things', () => {
    const { places } = pictureFor('pleura', 'left', {
      'site.liver': true,
      'site.brain': false,
      'clinical.n.supraclavicular': true,
      'clinical.n.internal-mammary': false,
    });
    const status = (key: string) => places.find((place) => place.key === key)?.status;
    expect(status('liver')).toBe('present');
    expect(status('brain')).toBe('absent');
    expect(status('bone')).toBe('unknown');
    expect(status('thoracic-nodes.supraclavicular')).toBe('present');
    expect(status('thoracic-nodes.internal-mammary')).toBe('absent');
    expect(status('thoracic-nodes.hilar')).toBe('unknown');
  });

  it('of a region follows from its score', () => {
    const { regions } = pictureFor('peritoneum', 'not-recorded', { 'pci.region-0': 2, 'pci.region-1': 0 });
    expect(regions.slice(0, 3).map(({ status }) => status)).toEqual(['present', 'absent', 'unknown']);
  });
});

describe('the drawing in a saved file', () => {
  const html = (values: Values, voice: Report['voice'], primary: PrimarySite = 'pleura', side: Side = 'left'): string =>
    /<section class="part" id="spread".*?<\/section>/s.exec(reportHtml(reportOf(primary, side, values, voice)))?.[0] ?? '';
  const places = (page: string): readonly string[] => page.match(/<a class="place [^>]*>/g) ?? [];

  it('names every place with its status, in both voices', () => {
    const values = { 'site.liver': true, 'site.brain': false, 'site.adrenal': true };
    expect(html(values, 'patient')).toContain('aria-label="Liver: yes, found"');
    expect(html(values, 'patient')).toContain('aria-label="Brain: no, clear"');
    expect(html(values, 'patient')).toContain('aria-label="Pancreas: not known"');
    expect(html(values, 'patient')).toContain('aria-label="Adrenal gland: yes, found, side not known"');
    expect(html(values, 'clinician')).toContain('aria-label="Hilar nodes: unknown"');
    expect(html({ 'pci.region-6': 3 }, 'clinician', 'peritoneum')).toContain('aria-label="6 Pelvis: 3 of 3"');
  });

  it.each(PRIMARIES)('leads from every place to its own row of the table: %s', (primary) => {
    const page = html({}, 'patient', primary);
    const targets = places(page).map((tag) => /href="#([^"]+)"/.exec(tag)?.[1] ?? '');
    expect(targets.length).toBeGreaterThan(8);
    expect(new Set(targets).size).toBe(targets.length);
    for (const id of targets) expect(page.split(` id="${id}"`)).toHaveLength(2);
    expect(places(page).every((tag) => /aria-label="[^"]+: [^"]+"/.test(tag))).toBe(true);
  });

  it('has a title, a sentence that sums it up, and no name twice', () => {
    const page = html({ 'site.liver': true, 'site.brain': false }, 'patient');
    expect(page).toContain('<title id="body-map-title">Map of the body, seen from the front</title>');
    expect(page).toContain(
      'It began in the lining of the lung, your left side. Also found in: liver; clear: 1 place; not known: ',
    );
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('joins what is involved to where it began, each way in its own line, and nothing while the side is open', () => {
    const values = { 'site.liver': true, 'clinical.t.diaphragm': 'through', 'site.contralateral-pleura': true };
    const page = html(values, 'clinician');
    for (const route of ['blood', 'direct', 'serosal']) expect(page).toContain(`class="route route-${route}"`);
    expect(page).not.toContain('class="route route-tract"');
    expect(html(values, 'clinician', 'pleura', 'not-recorded')).not.toContain('class="route route-');
  });

  it('says so when the side is not known', () => {
    expect(html({}, 'patient', 'pleura', 'not-recorded')).toContain('does not say which side it began on');
    expect(html({}, 'clinician', 'pleura', 'not-recorded')).toContain('Laterality not recorded');
    expect(html({}, 'clinician', 'peritoneum', 'not-recorded')).not.toContain('Laterality not recorded');
  });

  it('shows the groin only where it matters', () => {
    expect(html({}, 'patient', 'tunica-vaginalis')).toContain('viewBox="-350 -6 700 718"');
    expect(html({}, 'patient')).toContain('viewBox="-350 -6 700 682"');
  });

  it('keeps how often places are reached from a patient who has not asked', () => {
    expect(html({}, 'patient')).not.toMatch(/of 10 people/);
  });

  it('is well formed: every element that opens closes', () => {
    const svg = /<svg class="body-map".*?<\/svg>/s.exec(html({ 'site.liver': true, 'site.bone': true }, 'patient'))?.[0] ?? '';
    const open: string[] = [];
    for (const [, closing, tag, single] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (closing === '/') expect(open.pop()).toBe(tag);
      else if (single === '') open.push(tag ?? '');
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});
