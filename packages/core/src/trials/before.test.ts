import { describe, expect, it } from 'vitest';
import { endsTrials, standsBeforeTrials } from './before.js';

describe('what stands before a list of trials', () => {
  const finding = (id: string, kind: 'symptom' | 'notice', verdict: string) => ({ id, kind, verdict });
  it.each([
    [finding('symptom.cord', 'symptom', 'emergency'), true, false],
    [finding('symptom.pain', 'symptom', 'same-day'), true, false],
    [finding('symptom.cough', 'symptom', 'days'), false, false],
    [finding('notice.died', 'notice', 'died'), true, true],
    [finding('notice.not-mesothelioma', 'notice', 'not-mesothelioma'), true, true],
  ])('$0.id', (one, before, ends) => {
    expect([standsBeforeTrials(one), endsTrials(one)]).toEqual([before, ends]);
  });
});
