/** The stage as the set of groups that are still possible, drawn on the scale of each edition and named in words. */
import { categoriesText, type Finding, type Report, type StageSet, said, say, type Voice } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame, useReport } from './context.js';
import { Terms } from './glossary.js';
import { FindingView, Section, Why } from './parts.js';
import { basisName, listOr, STATED_WORDS, SYSTEMS, systemName } from './words.js';

/** The groups that are still possible, in a sentence. */
export function possibleWords(system: string, set: StageSet, voice: Voice): string {
  const patient = voice === 'patient';
  const [only, second] = set.group;
  if (only === undefined) return patient ? say`These rules have no stage for this.` : 'No stage group.';
  if (second === undefined) return patient ? say`Stage ${only}` : `Stage ${only}, settled`;
  if (SYSTEMS[system]?.groups.every((group) => set.group.includes(group))) {
    return patient
      ? say`It cannot be said yet. Every stage still fits.`
      : `Open: every group from ${only} to ${set.group.at(-1)}`;
  }
  return patient ? say`Can still be stage ${listOr(set.group)}` : `Still possible: ${listOr(set.group)}`;
}

function Scale({ system, set }: { readonly system: string; readonly set: StageSet }): ReactNode {
  const { voice } = useFrame();
  const known = SYSTEMS[system]?.groups ?? [];
  const groups = [...known, ...set.group.filter((group) => !known.includes(group))];
  const settled = set.group.length === 1;
  return (
    <ol
      className="scale"
      aria-label={voice === 'patient' ? say`Stages of these rules, from early to late` : 'Stage groups, ascending'}
    >
      {groups.map((group) => {
        const possible = set.group.includes(group);
        return (
          <li key={group} className={possible ? (settled ? 'scale-settled' : 'scale-on') : 'scale-off'}>
            {group}
            <span className="unseen">{possible ? (settled ? say`: this one` : say`: still possible`) : say`: ruled out`}</span>
          </li>
        );
      })}
    </ol>
  );
}

interface Placed {
  readonly system: string;
  readonly basis: string;
  readonly set: StageSet;
  readonly finding: Finding | undefined;
}

function SystemStage({ placed }: { readonly placed: Placed }): ReactNode {
  const { voice, voiced } = useFrame();
  const { system, set, finding } = placed;
  return (
    <div className="edition">
      <h4>{systemName(system, voice)}</h4>
      <Scale system={system} set={set} />
      <p className="edition-answer">
        <strong>{possibleWords(system, set, voice)}</strong>
        <span className="aside"> {categoriesText(set)}</span>
      </p>
      {finding === undefined ? null : (
        <>
          {(finding.details ?? []).map((detail) => (
            <p key={detail.text.clinician} className="aside">
              <Terms text={voiced(detail.text)} />
            </p>
          ))}
          <Why
            finding={finding}
            lead={
              <p>
                <Terms text={voiced(finding.text)} />
              </p>
            }
          />
        </>
      )}
    </div>
  );
}

/** The peritoneal cancer index from 0 to 39: a settled value, or the range in which it lies. */
function PciBar({ pci }: { readonly pci: { readonly min: number; readonly max: number } }): ReactNode {
  const { voice } = useFrame();
  const settled = pci.min === pci.max;
  const value = settled ? String(pci.min) : say`${pci.min} to ${pci.max}`;
  const name = voice === 'patient' ? say`How much of the belly lining is involved (PCI)` : 'Peritoneal cancer index';
  return (
    <div className="pci">
      <p>
        {name}: <strong>{value}</strong>{' '}
        <span className="aside">{say`of 39${settled ? '' : voice === 'patient' ? say`, not settled yet` : ', parts still open'}`}</span>
      </p>
      <svg viewBox="0 0 400 22" className="pci-bar" aria-hidden="true">
        <rect x="1" y="5" width="398" height="12" rx="6" className="pci-track" />
        <rect
          x={1 + (pci.min / 39) * 386}
          y="5"
          width={12 + ((pci.max - pci.min) / 39) * 386}
          height="12"
          rx="6"
          className={settled ? 'pci-settled' : 'pci-range'}
        />
      </svg>
    </div>
  );
}

/** The stages that stand in the letters, as they stand there. */
function Stated(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const patient = voice === 'patient';
  const { stated } = report.stage;
  if (stated.length === 0) return null;
  return (
    <ul className="stated">
      {stated.map(({ as, edition, basis, use }) => (
        <li key={`${as} ${edition} ${basis} ${use}`}>
          {patient ? say`Your record says: ` : 'As recorded: '}
          <strong>{as}</strong>
          {edition === 'unknown' ? '' : say`, ${edition}th edition`}
          {patient ? '' : `, ${basis}`}
          <span className="aside">
            {' '}
            {patient ? said(STATED_WORDS[use]?.patient ?? '') : `(${STATED_WORDS[use]?.clinician ?? use})`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Sets worth drawing: the clinical ones always, the pathological ones once something was assessed. */
function placedSets(findings: readonly Finding[], stage: Report['stage']): readonly Placed[] {
  const systems: Readonly<Record<string, Readonly<Record<string, StageSet>>>> = {
    ...stage.pleural,
    ...(stage.peritoneal ? { yan: stage.peritoneal.yan } : {}),
  };
  return Object.entries(systems).flatMap(([system, bases]) =>
    Object.entries(bases)
      .filter(([basis, set]) => basis === 'clinical' || set.status === 'assessed')
      .map(([basis, set]) => ({ system, basis, set, finding: findings.find(({ id }) => id.endsWith(`.${system}.${basis}`)) })),
  );
}

export function StageSection(): ReactNode {
  const report = useReport();
  const { voice, first } = useFrame();
  const findings = report.findings.filter((finding) => finding.kind === 'stage');
  if (findings.length === 0) return null;
  const placed = placedSets(findings, report.stage);
  const drawn = new Set(placed.map(({ finding }) => finding?.id));
  const bases = [...new Set(placed.map(({ basis }) => basis))];
  const rest = findings.filter((finding) => !drawn.has(finding.id));
  const open = placed.some(({ set }) => set.group.length > 1);
  const intro =
    voice === 'patient'
      ? say`The stage says how far the mesothelioma has reached.` +
        (open ? say` Filled fields are the stages that still fit what is known. More facts make them fewer.` : '')
      : open
        ? 'Filled: every group that some completion of the missing facts reaches, and no other.'
        : undefined;
  return (
    <Section
      id="stage"
      title={voice === 'patient' ? say`What stage is it?` : 'Stage'}
      {...(intro === undefined || placed.length === 0 ? {} : { intro })}
    >
      <Stated />
      {report.stage.peritoneal ? <PciBar pci={report.stage.peritoneal.pci} /> : null}
      {bases.map((basis) => (
        <div key={basis} className="basis">
          <h3>{basisName(basis, voice)}</h3>
          <div className="editions">
            {placed
              .filter((entry) => entry.basis === basis)
              .sort((a, b) => Number(b.system === first) - Number(a.system === first))
              .map((entry) => (
                <SystemStage key={entry.system} placed={entry} />
              ))}
          </div>
        </div>
      ))}
      {rest.map((finding) => (
        <FindingView key={finding.id} finding={finding} />
      ))}
    </Section>
  );
}
