/** What every part of the report needs: the voice, the numbers of the sources, the names of things. */
import { type Report, type Source, said, type Voice, type Voices } from '@serosa/core';
import { createContext, useContext } from 'react';
import { withoutDoses } from './words.js';

/** Where a finding is explained. */
export type PageOf = (finding: string) => { readonly href: string; readonly title: string } | undefined;

export interface ReportFrame {
  readonly report: Report;
  readonly voice: Voice;
  /** The bibliography: every source that this voice shows. */
  readonly sources: readonly Source[];
  /** Place of a source in the bibliography, from 1; undefined for one that is not in it. */
  readonly numberOf: (source: string) => number | undefined;
  readonly sourceOf: (source: string) => Source | undefined;
  /** Text in the report's voice. */
  readonly voiced: (text: Voices) => string;
  readonly pageOf: PageOf;
  /** The staging system that is shown first. */
  readonly first: string;
}

export function frameOf(report: Report, pageOf: PageOf = () => undefined, first = 'tnm9'): ReportFrame {
  const { voice } = report;
  const shown = voice === 'patient' ? citedForPatient(report) : report.sources;
  const numbers = new Map(shown.map((source, index) => [source.id, index + 1]));
  const sources = new Map(shown.map((source) => [source.id, source]));
  return {
    report,
    voice,
    sources: shown,
    numberOf: (source) => numbers.get(source),
    sourceOf: (source) => sources.get(source),
    voiced: (text) => (voice === 'patient' ? withoutDoses(said(text.patient)) : text.clinician),
    pageOf,
    first,
  };
}

/** A patient is not shown the rows that decide nothing here, so their sources would stand for nothing. */
function citedForPatient(report: Report): readonly Source[] {
  const cited = new Set(
    report.findings.flatMap((finding) => [
      ...finding.sources,
      ...(finding.details ?? []).flatMap((detail) => detail.sources),
      ...(finding.positions ?? []).flatMap(({ applies, sources }) => (applies === 'no' || applies === 'held' ? [] : sources)),
    ]),
  );
  return report.sources.filter((source) => cited.has(source.id));
}

const FrameContext = createContext<ReportFrame | undefined>(undefined);

export const FrameProvider = FrameContext.Provider;

export function useFrame(): ReportFrame {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error('a part of the report was rendered outside of ReportView');
  return frame;
}
