/** Findings on stage: one per system and basis, what changed between editions, and what the printed versions disagree on. */

import type { Snapshot } from '../case/snapshot.js';
import type { Voices } from '../knowledge/types.js';
import { say } from '../language.js';
import type { BasisStage, StageResult, StageSet } from '../staging/staging.js';
import { both, type Catalogue, type Finding, type QuotedFact, quoteAll } from './finding.js';

const list = (values: readonly string[]): string =>
  values.length <= 1 ? (values[0] ?? say`none`) : say`${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** `T2 N0–N1 M0`. */
export function categoriesText(set: StageSet): string {
  return [set.T, set.N, set.M]
    .map((values) => (values.length <= 1 ? (values[0] ?? '–') : `${values[0]}–${values.at(-1)}`))
    .join(' ');
}

export function groupsText(set: StageSet): string {
  return set.group.length === 0 ? say`no stage group` : say`stage ${list(set.group)}`;
}

/** How many missing facts a finding names: the rest is on the list of what to find out next. */
const NAMED_FACTS = 8;

export function stageFindings(result: StageResult | undefined, facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  if (result === undefined) return [noPrimarySite(facts, catalogue)];
  const withoutSystem = result.systems.filter((system) => system.instead !== undefined);
  const instead = withoutSystem.map(
    (system): Finding => ({
      id: `stage.${system.primary}`,
      kind: 'stage',
      title: system.title.clinician,
      titles: system.title,
      verdict: 'no-system',
      because: quoteAll(['tumour.primary-site'], facts, catalogue),
      missing: [],
      sources: system.instead?.evidence.sources ?? [],
      text: { clinician: system.instead?.clinician ?? '', patient: system.instead?.patient ?? '' },
    }),
  );
  const unstaged =
    result.bases.length > 0
      ? []
      : result.systems
          .filter((system) => system.notFor !== undefined)
          .slice(0, 1)
          .map(
            (system): Finding => ({
              id: `stage.${system.primary}`,
              kind: 'stage',
              title: 'No stage for this kind of tumour',
              titles: { clinician: 'No stage for this kind of tumour', patient: 'This kind of tumour has no stage' },
              verdict: 'no-system',
              because: quoteAll(['tumour.histology'], facts, catalogue),
              missing: [],
              sources: system.notFor?.evidence.sources ?? [],
              text: system.notFor?.text ?? both(''),
            }),
          );
  const perSystem = result.bases.flatMap((part) =>
    result.systems
      .filter((system) => system.key !== undefined && part.systems[system.key] !== undefined)
      .filter(() => part.basis === 'clinical' || anyAssessed(part))
      .map((system): Finding => {
        const set = part.systems[system.key as string] as StageSet;
        const settled = set.group.length === 1;
        const notes = result.notes.filter((note) => note.system === system.id && note.basis === part.basis);
        const evidence = [
          ...(system.groupsEvidence?.sources ?? []),
          ...(system.T?.[part.basis]?.lines.flatMap((line) => line.evidence.sources) ?? []),
        ];
        return {
          id: `stage.${result.primary}.${system.key}.${part.basis}`,
          kind: 'stage',
          title: `${system.title.clinician}, ${part.basis}: ${categoriesText(set)}, ${groupsText(set)}`,
          titles: {
            clinician: `${system.title.clinician}, ${part.basis}: ${categoriesText(set)}, ${groupsText(set)}`,
            patient: settled ? `${system.title.patient}: ${groupsText(set)}` : say`${system.title.patient}: not settled yet`,
          },
          verdict: settled ? (set.group[0] as string) : 'possible',
          possible: set.group,
          because: becauseOf(result, part, [system.key as string], facts, catalogue),
          missing: settled
            ? []
            : quoteAll(
                part.narrowing.slice(0, NAMED_FACTS).map((entry) => entry.fact),
                facts,
                catalogue,
              ),
          sources: [...new Set(evidence)],
          text: stageText(set, part, settled),
          details: [
            ...(system.inForce ? [{ text: system.inForce, sources: [] }] : []),
            ...notes.map((note) => ({ text: note.text, sources: note.evidence.sources })),
          ],
        };
      }),
  );
  return [...perSystem, ...changeFindings(result, facts, catalogue), ...legacyFindings(result), ...instead, ...unstaged];
}

/** The stated stage first, then the descriptors that fired, then those that were ruled out. */
function becauseOf(
  result: StageResult,
  part: BasisStage,
  keys: readonly string[],
  facts: Snapshot,
  catalogue: Catalogue,
): readonly QuotedFact[] {
  const stated = result.statements
    .filter((entry) => entry.basis === part.basis && (entry.use === 'applied' || entry.use === 'either-edition'))
    .map(({ stated: s }): QuotedFact => {
      const date = s.date ?? facts.record.date;
      return {
        id: `stage.stated.${part.basis}`,
        label: { clinician: `${part.basis} stage as stated`, patient: 'The stage in your letter' },
        value: both(
          [
            s.T,
            s.N,
            s.M,
            s.group && say`stage ${s.group}`,
            s.edition === 'unknown' ? say`(edition not named)` : say`(${s.edition}th edition)`,
          ]
            .filter(Boolean)
            .join(' '),
        ),
        ...(date === undefined ? {} : { date }),
        origin: s.origin,
      };
    });
  const of = (side: 'present' | 'absent'): readonly string[] => keys.flatMap((key) => part.because[key]?.[side] ?? []);
  return [...stated, ...quoteAll([...of('present'), ...of('absent')], facts, catalogue)];
}

function anyAssessed(part: BasisStage): boolean {
  return Object.values(part.systems).some((set) => set.status === 'assessed');
}

function stageText(set: StageSet, part: BasisStage, settled: boolean): Voices {
  const basis = part.basis === 'clinical' ? say`from scans and tests` : say`from what was removed at the operation`;
  if (set.group.length === 0) {
    return {
      clinician: `${categoriesText(set)}: this edition has no stage group for it.`,
      patient: 'These rules have no stage for what is recorded. Ask your team how they describe it.',
    };
  }
  if (settled) {
    return {
      clinician: 'Settled: no missing fact can change the group.',
      patient: say`Your stage ${basis} is ${set.group[0]}. Missing details no longer change this.`,
    };
  }
  return {
    clinician: `Every completion of the missing facts lies within T ${set.T.join('/')}, N ${set.N.join('/')}, M ${set.M.join('/')}: ${groupsText(set)}.`,
    patient: say`With what is known so far the stage ${basis} can still be ${list(set.group)}. The missing facts below would settle it. This does not mean that it is the worst of them.`,
  };
}

function changeFindings(result: StageResult, facts: Snapshot, catalogue: Catalogue): readonly Finding[] {
  return result.bases
    .filter((part) => part.systems['tnm8'] && part.systems['tnm9'] && (part.basis === 'clinical' || anyAssessed(part)))
    .map((part): Finding => {
      const old = part.systems['tnm8'] as StageSet;
      const now = part.systems['tnm9'] as StageSet;
      const settled = old.group.length === 1 && now.group.length === 1;
      const same = settled && old.group[0] === now.group[0];
      const verdict = !settled ? 'open' : same ? 'same' : 'changed';
      const sentence = `8th edition: ${categoriesText(old)}, ${groupsText(old)}. 9th edition: ${categoriesText(now)}, ${groupsText(now)}.`;
      return {
        id: `stage.${result.primary}.editions.${part.basis}`,
        kind: 'stage',
        title: `Editions side by side, ${part.basis}`,
        titles: { clinician: `Editions side by side, ${part.basis}`, patient: 'Old and new stage rules side by side' },
        verdict,
        because: becauseOf(result, part, ['tnm8', 'tnm9'], facts, catalogue),
        missing: settled
          ? []
          : quoteAll(
              part.narrowing.slice(0, NAMED_FACTS).map((entry) => entry.fact),
              facts,
              catalogue,
            ),
        sources: [...new Set(result.systems.flatMap((system) => system.groupsEvidence?.sources ?? []))],
        text: {
          clinician: `${sentence} ${verdict === 'changed' ? 'The group differs between the editions.' : verdict === 'same' ? 'The group has the same name in both.' : 'A clinical T of the 8th edition cannot be turned into one of the 9th without measured thickness.'}`,
          patient:
            verdict === 'changed'
              ? say`By the 2017 rules this is stage ${old.group[0]}, by the 2025 rules stage ${now.group[0]}. The illness is the same. Only the rules changed. Ask which rules your letter uses.`
              : verdict === 'same'
                ? say`The 2017 rules and the 2025 rules give the same stage name here: ${now.group[0]}.`
                : say`There are two sets of rules in use. They can give different stages for the same illness. Ask which one your letter uses.`,
        },
      };
    });
}

function legacyFindings(result: StageResult): readonly Finding[] {
  return result.statements
    .filter((entry) => entry.use === 'legacy')
    .map((entry, index): Finding => {
      const { stated } = entry;
      const edition = stated.edition === 'unknown' ? 'an edition that is not named' : `the ${stated.edition}th edition`;
      const as = [stated.T, stated.N, stated.M, stated.group && say`stage ${stated.group}`].filter(Boolean).join(' ');
      return {
        id: `stage.${result.primary}.legacy.${index + 1}`,
        kind: 'stage',
        title: `As recorded: ${as} (${edition})`,
        titles: { clinician: `As recorded: ${as} (${edition})`, patient: say`Your record says ${as}` },
        verdict: 'legacy',
        because: [],
        missing: [],
        sources: [],
        text: {
          clinician: `${entry.basis} ${as} by ${edition}${stated.date ? `, ${stated.date}` : ''}. Kept as it is: categories of older editions are not read as those of the 8th or 9th.`,
          patient:
            'This stage was made with older rules, or the rules are not named. It cannot be compared with a stage of today.',
        },
      };
    });
}

function noPrimarySite(facts: Snapshot, catalogue: Catalogue): Finding {
  return {
    id: 'stage.primary-site',
    kind: 'stage',
    title: 'Stage: primary site not known',
    titles: { clinician: 'Stage: primary site not known', patient: 'Where the mesothelioma started is not known here' },
    verdict: 'unknown',
    because: [],
    missing: quoteAll(['tumour.primary-site'], facts, catalogue),
    sources: [],
    text: {
      clinician:
        'Staging depends on the primary site: pleura has TNM, peritoneum a PCI-based scale, pericardium and tunica vaginalis none.',
      patient:
        'Mesothelioma can start in the lining of the chest, the belly, the heart or the testicle. The stage rules depend on which.',
    },
  };
}
