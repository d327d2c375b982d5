/** The picture of spread that a report carries: side, stations, regions, and what is known of how often each is reached. */
import { type Report, report, type SiteState, type StationState } from '@serosa/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, caseOf, loadTestGuide } from './guide.js';

type Values = Readonly<Record<string, boolean | number | string>>;

let guide: Awaited<ReturnType<typeof loadTestGuide>>;
beforeAll(async () => {
  guide = await loadTestGuide();
});

const spread = (values: Values): Report['spread'] => report(guide, caseOf(values), { asOf: AS_OF, voice: 'clinician' }).spread;
const site = (values: Values, id: string): SiteState => {
  const found = spread(values).sites.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no site ${id}`);
  return found;
};
const station = (values: Values, of: string, id: string): StationState => {
  const found = site(values, of).stations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no station ${id}`);
  return found;
};
const PLEURA = { 'tumour.primary-site': 'pleura' };
const BELLY = { 'tumour.primary-site': 'peritoneum' };

describe('the side', () => {
  it('is given where the body has two of the place of origin, and only when it is known', () => {
    expect(spread({ ...PLEURA, 'tumour.laterality': 'left' }).laterality).toBe('left');
    expect(spread({ ...PLEURA, 'tumour.laterality': 'bilateral' }).laterality).toBe('bilateral');
    expect(spread({ 'tumour.primary-site': 'tunica-vaginalis', 'tumour.laterality': 'right' }).laterality).toBe('right');
    expect('laterality' in spread(PLEURA)).toBe(false);
    expect('laterality' in spread({ ...BELLY, 'tumour.laterality': 'left' })).toBe(false);
  });
});

describe('a station', () => {
  const hilar = (values: Values): StationState => station({ ...PLEURA, ...values }, 'thoracic-nodes', 'hilar');
  const SCAN = 'clinical.n.bronchopulmonary-hilar';
  const SPECIMEN = 'pathological.n.bronchopulmonary-hilar';

  it('is unknown while nothing is said of it, whatever is said of its neighbours', () => {
    expect(hilar({}).status).toBe('unknown');
    expect(hilar({ 'clinical.n.supraclavicular': false }).status).toBe('unknown');
    expect(hilar({ 'clinical.n.supraclavicular': true }).status).toBe('unknown');
    expect(hilar({ 'site.thoracic-nodes': true }).status).toBe('unknown');
  });

  it.each([
    [true, undefined, 'present'],
    [undefined, true, 'present'],
    [false, true, 'present'],
    [true, false, 'present'],
    [false, undefined, 'absent'],
    [undefined, false, 'absent'],
    [false, false, 'absent'],
  ] as const)('with scans %s and specimen %s is %s', (scan, specimen, status) => {
    const values = {
      ...(scan === undefined ? {} : { [SCAN]: scan }),
      ...(specimen === undefined ? {} : { [SPECIMEN]: specimen }),
    };
    expect(hilar(values).status).toBe(status);
  });

  it('is absent where the nodes of its region are recorded as clear', () => {
    expect(hilar({ 'site.thoracic-nodes': false }).status).toBe('absent');
  });

  it('without facts of its own follows its site when that is clear, and is unknown when it is involved', () => {
    const pelvic = (value: boolean): string =>
      station({ ...BELLY, 'site.abdominal-nodes': value }, 'abdominal-nodes', 'pelvic').status;
    expect(pelvic(false)).toBe('absent');
    expect(pelvic(true)).toBe('unknown');
  });

  it('says what it means for the stage of this primary and of no other, and asks in the words of its fact', () => {
    expect(hilar({}).means).toBe('N1');
    expect(station(PLEURA, 'thoracic-nodes', 'contralateral').means).toBe('N2');
    expect(station(PLEURA, 'abdominal-nodes', 'retroperitoneal').means).toBe('M1');
    expect(station(BELLY, 'abdominal-nodes', 'retroperitoneal').means).toBe('N1');
    expect('means' in station(PLEURA, 'abdominal-nodes', 'retrocrural')).toBe(false);
    expect(hilar({}).facts.map(({ id }) => id)).toEqual([SCAN, SPECIMEN]);
    expect(hilar({}).ask).toMatchObject({ fact: SCAN, where: expect.stringContaining('hilar') });
  });
});

describe('a site', () => {
  it('carries its question whether or not it is answered', () => {
    const ask = { fact: 'site.liver', question: 'Do your scans show tumour in the liver?' };
    expect(site(PLEURA, 'liver').ask).toMatchObject(ask);
    expect(site({ ...PLEURA, 'site.liver': true }, 'liver').ask).toMatchObject(ask);
  });

  it('carries only figures that say how often it is reached, each with a source that is read', () => {
    expect(site(PLEURA, 'liver').reached.map(({ percent }) => percent)).toEqual([31.9, 11]);
    expect(site(PLEURA, 'axillary-nodes').reached).toEqual([]);
    expect(station(PLEURA, 'thoracic-nodes', 'intercostal').reached.map(({ percent }) => percent)).toEqual([48.2]);
    const claims = guide.bundle.sites.flatMap(({ frequencies }) => frequencies.filter(({ place }) => place !== undefined));
    expect(claims.every(({ evidence }) => evidence.status === 'read' && evidence.sources.length > 0)).toBe(true);
  });
});

describe('a region of the peritoneal cancer index', () => {
  it('has its score once that is known and the whole range before', () => {
    const { regions } = spread({ ...BELLY, 'pci.region-0': 2, 'pci.region-4': 0 });
    expect(regions?.map(({ region }) => region)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(regions?.[0]?.score).toEqual({ min: 2, max: 2 });
    expect(regions?.[4]?.score).toEqual({ min: 0, max: 0 });
    expect(regions?.[5]?.score).toEqual({ min: 0, max: 3 });
  });

  it('is there for a peritoneal primary only', () => {
    expect('regions' in spread(PLEURA)).toBe(false);
  });
});
