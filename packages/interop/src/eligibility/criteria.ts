/** A registry record with its criteria read: the structured limits of age and sex, and the free text. */
import type { Criterion, Trial, TrialCriterion, TrialRecord } from '@serosa/core';
import { canonical } from './canonical.js';
import { ANY_TUMOUR, NAMES_MESOTHELIOMA } from './disease.js';
import { type ParsedCriterion, parseCriterion } from './parse.js';
import { type EligibilityItem, splitEligibility } from './split.js';
import { any, judge, MESOTHELIOMA } from './statements.js';

const FOR_OTHERS = 'One of several tumours: this line is for people with another one.';

/**
 * Reads the eligibility of a record. Every criterion keeps the registry's words and where they stand; what is not plain stays a
 * judgement. Never throws, whatever the text.
 */
export function readEligibility(record: TrialRecord): Trial {
  const numbers = { inclusion: 0, exclusion: 0 };
  const items = splitEligibility(record.eligibility.text ?? '').map((item) => ({ item, parsed: parseCriterion(item) }));
  const takes = items.filter(
    ({ item, parsed }) => item.side === 'inclusion' && parsed.otherTumour !== true && takesMesothelioma(item.text),
  );
  const named = [record.title, record.officialTitle, ...record.conditions, ...record.keywords].some((head) =>
    takesMesothelioma(head ?? ''),
  );
  const within = (scope: string | undefined, part: string): boolean => scope === part || scope?.startsWith(`${part} / `) === true;
  const parts = [...new Set(items.map(({ item }) => item.scope).filter((scope) => scope !== undefined))];
  /** Parts that a line on another tumour would close, as no line of theirs takes mesothelioma. */
  const closed = parts.filter(
    (part) =>
      items.some(({ item, parsed }) => parsed.otherTumour === true && item.scope === part) &&
      !takes.some(({ item }) => within(item.scope, part)),
  );
  // Where the record takes mesothelioma in general, some part has to be left for it.
  const left =
    !takes.some(({ item }) => item.scope === undefined) || parts.some((part) => !closed.some((other) => within(part, other)));
  // One tumour of several: that another line, or the record's heading, takes mesothelioma makes this one an alternative.
  const isAlternative = ({ scope }: EligibilityItem): boolean =>
    scope === undefined ? named || takes.length > 0 : !left || !closed.includes(scope);
  // Where mesothelioma is a line of the same list by its own name, the lines on other tumours bind nobody who has it.
  const bindsOthers = ({ scope }: EligibilityItem): boolean =>
    takes.some(
      ({ item, parsed }) => item.scope === scope && parsed.kind === 'rule' && NAMES_MESOTHELIOMA.test(canonical(item.text)),
    );
  const free = items.map(({ item, parsed: read }, index): TrialCriterion => {
    numbers[item.side]++;
    // Where the source cut the text off, the last line is half a line.
    const cut = record.eligibility.truncated === true && index === items.length - 1;
    const parsed: ParsedCriterion = cut
      ? { kind: 'judgement', requires: judge(item.text) }
      : read.otherTumour === true && isAlternative(item)
        ? bindsOthers(item)
          ? { kind: 'rule', requires: any(MESOTHELIOMA, judge(item.text)), note: FOR_OTHERS }
          : { kind: 'judgement', requires: judge(item.text) }
        : read;
    return {
      id: `${item.side === 'inclusion' ? 'I' : 'E'}${numbers[item.side]}`,
      side: item.side,
      text: item.leadIn === undefined ? item.text : `${item.leadIn} ${item.text}`,
      span: item.span,
      ...(item.scope === undefined ? {} : { scope: item.scope }),
      kind: parsed.kind,
      requires: parsed.requires,
      ...(parsed.note === undefined ? {} : { note: parsed.note }),
    };
  });
  return { ...record, criteria: [...structured(record), ...free] };
}

/** The record's own fields; a criterion without a span. */
function structured({ eligibility: { minimumAge, maximumAge, sex } }: TrialRecord): readonly TrialCriterion[] {
  const field = (id: string, text: string, requires: Criterion): TrialCriterion => ({
    id,
    side: 'inclusion',
    text,
    kind: 'rule',
    requires,
  });
  return [
    ...(minimumAge === undefined
      ? []
      : [field('R-min-age', `Minimum age: ${minimumAge} years`, { fact: 'person.age', gte: minimumAge })]),
    // Whoever is 75 is taken until the day of turning 76.
    ...(maximumAge === undefined
      ? []
      : [field('R-max-age', `Maximum age: ${maximumAge} years`, { fact: 'person.age', lt: maximumAge + 1 })]),
    ...(sex === 'FEMALE' || sex === 'MALE'
      ? [field('R-sex', `Sex: ${sex.toLowerCase()}`, { fact: 'person.sex', is: sex.toLowerCase() })]
      : []),
  ];
}

function takesMesothelioma(text: string): boolean {
  const plain = canonical(text);
  return NAMES_MESOTHELIOMA.test(plain) || ANY_TUMOUR.test(plain);
}
