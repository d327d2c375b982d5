import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shared } from './share.js';

const data = fc.jsonValue({ maxDepth: 4 });

describe('shared', () => {
  it('equals what came after, whatever was before', () => {
    fc.assert(
      fc.property(data, data, (before, after) => {
        expect(shared(before, after)).toEqual(after);
      }),
    );
  });

  it('is what was before when nothing changed', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(shared(value, structuredClone(value))).toBe(value);
      }),
    );
  });

  it('keeps what is the same beside what is not, and finds things by their ids', () => {
    const before = {
      list: [
        { id: 'a', of: [1] },
        { id: 'b', of: [2] },
      ],
      other: { x: 1 },
    };
    const after = shared(before, {
      list: [
        { id: 'new', of: [] },
        { id: 'a', of: [1] },
        { id: 'b', of: [3] },
      ],
      other: { x: 1 },
    });
    expect(after.other).toBe(before.other);
    expect(after.list[1]).toBe(before.list[0]);
    expect(after.list[2]).toEqual({ id: 'b', of: [3] });
  });

  it('tells a missing key from one that holds nothing', () => {
    expect(shared({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
    expect(Object.keys(shared({ a: undefined } as object, { b: undefined }))).toEqual(['b']);
  });
});
