import { describe, expect, it } from 'vitest';
import { entriesOf, holdsFor, mentionsPart, namesPart, placesOf, standBeside } from './parts.js';

describe('the name of a part', () => {
  it.each([
    [
      'Phase 1 Part A and Part B',
      [
        ['phase 1', 'part a'],
        ['phase 1', 'part b'],
      ],
    ],
    [
      'ModA Part 1 and 2',
      [
        ['module a', 'part 1'],
        ['module a', 'part 2'],
      ],
    ],
    ['Phase 1/2', [['phase 1'], ['phase 2']]],
    ['for both Phase Ib and Phase II', [['phase 1b'], ['phase 2']]],
    ['Parts 1-3', [['part 1'], ['part 2'], ['part 3']]],
    ['Part A (dose escalation)', [['part a', 'escalation']]],
    ['Phase 2 only diagnosis requirements', [['phase 2']]],
    ['Part B / Cohort 2', [['part b', 'cohort 2']]],
    ['Lymphoma', [['lymphoma']]],
  ] as const)('%s', (name, places) => {
    expect(placesOf(name)).toEqual(places);
  });

  it('is told from other lines', () => {
    expect(['Cohort A', '[Expansion]', 'PART II', 'For Sub-Study 3 Part A'].map(namesPart)).toEqual([true, true, true, true]);
    expect(['Part of the lung', 'Group of drugs', 'Cohort A: mesothelioma', 'Adequate organ function'].map(namesPart)).toEqual(
      Array(4).fill(false),
    );
    expect(['measurable disease (Part B)', 'in the phase II portion', 'the expansion phase'].map(mentionsPart)).toEqual(
      Array(3).fill(true),
    );
    expect(['as part of care', 'phase of the moon', 'arm pain', 'cohort study'].map(mentionsPart)).toEqual(Array(4).fill(false));
  });

  it('stands beside another of its row, and not beside what holds it', () => {
    expect(standBeside('Part A', 'Part B (dose expansion)')).toBe(true);
    expect(standBeside('Dose escalation', 'Expansion')).toBe(true);
    expect(standBeside('Phase 2', 'Cohort 1')).toBe(false);
  });
});

describe('the ways to take part', () => {
  const entries = (...scopes: readonly (readonly [string, boolean])[]) =>
    entriesOf(scopes.map(([scope, takes]) => ({ scope, takes }))).map(({ scope, open }) => (open ? `${scope} and more` : scope));
  it.each([
    ['none are named', [], [undefined]],
    [
      'a heading is for all its cohorts',
      [
        ['ModA Part 1 and 2', true],
        ['ModA Part 1 Cohort Specific', true],
        ['ModA Part 2 Cohort Specific', true],
      ],
      ['ModA Part 1 Cohort Specific', 'ModA Part 2 Cohort Specific'],
    ],
    ['one part of several is named', [['Expansion', true]], ['undefined and more', 'Expansion']],
    ['a part only excludes', [['Part D', false]], [undefined, 'Part D']],
    [
      'the later of a row are named',
      [
        ['Cohort C', true],
        ['Cohort D', true],
      ],
      ['undefined and more', 'Cohort C', 'Cohort D'],
    ],
    [
      'all lie in one part',
      [
        ['Part 3 Cohort A', true],
        ['Part 3 Cohort B', true],
      ],
      ['Part 3 Cohort A', 'Part 3 Cohort B'],
    ],
    [
      'a part has parts',
      [
        ['Phase 1', true],
        ['Phase 2', true],
        ['Phase 1 / Part B', true],
      ],
      ['Phase 1 and more', 'Phase 2', 'Phase 1 / Part B'],
    ],
  ] as const)('where %s', (_, scopes, ways) => {
    expect(entries(...scopes)).toEqual(ways);
  });

  it('are bound by what is said of the parts that hold them', () => {
    const [place = []] = placesOf('Phase 1b Part A');
    expect(['Phase 1', 'Parts A and B', 'Phase 1b', undefined].map((scope) => holdsFor(scope, place))).toEqual(
      Array(4).fill(true),
    );
    expect(['Phase 2', 'Part B', 'Phase 1 Part B'].map((scope) => holdsFor(scope, place))).toEqual(Array(3).fill(false));
  });
});
