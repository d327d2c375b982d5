/** What every part of the report needs: the voice, the numbers of the sources, the names of things. */
import type { Report, Source, Voice, Voices } from '@serosa/core';
import { createContext, useContext } from 'react';
import { withoutDoses } from './words.js';

export interface ReportFrame {
  readonly report: Report;
  readonly voice: Voice;
  /** Place of a source in the bibliography, from 1; undefined for one that is not in it. */
  readonly numberOf: (source: string) => number | undefined;
  readonly sourceOf: (source: string) => Source | undefined;
  /** Title of a finding in the report's voice. */
  readonly titleOf: (finding: string) => string;
  /** Text in the report's voice. */
  readonly say: (text: Voices) => string;
}

export function frameOf(report: Report): ReportFrame {
  const { voice } = report;
  const numbers = new Map(report.sources.map((source, index) => [source.id, index + 1]));
  const sources = new Map(report.sources.map((source) => [source.id, source]));
  const titles = new Map(report.findings.map((finding) => [finding.id, finding.titles[voice]]));
  return {
    report,
    voice,
    numberOf: (source) => numbers.get(source),
    sourceOf: (source) => sources.get(source),
    titleOf: (finding) => titles.get(finding) ?? finding.replace(/^[^.]*\./, '').replaceAll('-', ' '),
    say: (text) => (voice === 'patient' ? withoutDoses(text.patient) : text.clinician),
  };
}

const FrameContext = createContext<ReportFrame | undefined>(undefined);

export const FrameProvider = FrameContext.Provider;

export function useFrame(): ReportFrame {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error('a part of the report was rendered outside of ReportView');
  return frame;
}
