import { describe, expect, it } from 'vitest';
import { bow, hatch, mirror, polygons, spaced } from './geometry.js';

const SQUARE = 'M 0 0 L 10 0 L 10 10 L 0 10 Z';

describe('mirror', () => {
  it('turns left into right and back', () => {
    expect(mirror('M 0 8 C 33 -8 50 34 50 70 Z')).toBe('M 0 8 C -33 -8 -50 34 -50 70 Z');
    expect(mirror(mirror(SQUARE))).toBe(SQUARE);
  });
});

describe('polygons', () => {
  it('follows lines and curves and keeps outlines apart', () => {
    expect(polygons(`${SQUARE} M 20 0 C 20 10 30 10 30 0 Z`).map((outline) => outline.length)).toEqual([4, 11]);
    expect(polygons('M 20 0 C 20 10 30 10 30 0 Z')[0]?.at(-1)).toEqual([30, 0]);
  });
});

describe('hatch', () => {
  it('fills a shape with parallel lines that stay inside of it', () => {
    const lines = [...hatch(SQUARE, 2, 0).matchAll(/M (\S+) (\S+) L (\S+) (\S+)/g)].map((match) => match.slice(1).map(Number));
    expect(lines).toHaveLength(5);
    for (const [x1, y1, x2, y2] of lines) {
      expect([x1, x2]).toEqual([0, 10]);
      expect(y1).toBe(y2);
    }
    for (const value of hatch(SQUARE, 2, 45).match(/-?[\d.]+/g) ?? []) {
      expect(Number(value)).toBeGreaterThanOrEqual(0);
      expect(Number(value)).toBeLessThanOrEqual(10);
    }
  });

  it('leaves a hole empty', () => {
    const ring = `${SQUARE} M 4 -1 L 4 11 L 6 11 L 6 -1 Z`;
    expect(hatch(ring, 10, 0)).toBe('M 0 5 L 4 5 M 6 5 L 10 5');
  });
});

describe('spaced', () => {
  it('leaves alone what has room', () => {
    expect(spaced([20, 80], [10, 10], 0, 100)).toEqual([20, 80]);
  });

  it('moves neighbours apart, in their order, around what they want', () => {
    expect(spaced([52, 50, 51], [10, 10, 10], 0, 100)).toEqual([61, 41, 51]);
  });

  it('stays within the bounds, however many there are', () => {
    const many = Array.from({ length: 30 }, () => 5);
    const places = spaced(
      many,
      many.map(() => 10),
      0,
      100,
    );
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThanOrEqual(100);
    expect(new Set(places).size).toBe(30);
    expect(spaced([], [], 0, 100)).toEqual([]);
  });
});

describe('bow', () => {
  it('starts at one place and ends short of the other', () => {
    const [, x1, y1, x2] = /^M (\S+) (\S+) C .* (\S+) \S+$/.exec(bow([0, 0], [100, 0], 0)) ?? [];
    expect([x1, y1, x2].map(Number)).toEqual([0, 0, 89]);
  });
});
