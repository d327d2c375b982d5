/** What every part of the report needs: the voice, the numbers of the sources, the names of things. */
import { type Report, type Source, said, type Voice, type Voices } from '@serosa/core';
import { createContext, useContext, useRef } from 'react';
import { shared } from '../share.js';
import { withoutDoses } from './words.js';

/** Address and title of a page of the guide: of the one that explains a finding, or by its own id. */
export type PageOf = (id: string) => { readonly href: string; readonly title: string } | undefined;

/** It stays the same from one answer to the next, so that what did not change is not drawn anew. */
export interface ReportFrame {
  readonly voice: Voice;
  /** Text in the report's voice. */
  readonly voiced: (text: Voices) => string;
  readonly pageOf: PageOf;
  /** The staging system that is shown first. */
  readonly first: string;
}

/** The bibliography: every source that the report's voice shows. Its numbers move with every source that comes or goes. */
export interface Numbering {
  readonly sources: readonly Source[];
  /** Place of a source in the bibliography, from 1; undefined for one that is not in it. */
  readonly numberOf: (source: string) => number | undefined;
}

export function numberingOf(sources: readonly Source[]): Numbering {
  const numbers = new Map(sources.map((source, index) => [source.id, index + 1]));
  return { sources, numberOf: (source) => numbers.get(source) };
}

const NumberingContext = createContext<Numbering>(numberingOf([]));

export const NumberingProvider = NumberingContext.Provider;

export const useNumbering = (): Numbering => useContext(NumberingContext);

export function frameOf(voice: Voice, pageOf: PageOf = NO_PAGE, first = 'tnm9'): ReportFrame {
  return {
    voice,
    voiced: (text) => (voice === 'patient' ? withoutDoses(said(text.patient)) : text.clinician),
    pageOf,
    first,
  };
}

const NO_PAGE: PageOf = () => undefined;

/** The bibliography of a report: every source that its voice shows. */
export const sourcesOf = (report: Report): readonly Source[] =>
  report.voice === 'patient' ? citedForPatient(report) : report.sources;

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

const ReportContext = createContext<Report | undefined>(undefined);

export const ReportProvider = ReportContext.Provider;

export function useReport(): Report {
  const report = useContext(ReportContext);
  if (report === undefined) throw new Error('a part of the report was rendered outside of ReportView');
  return report;
}

/** What came before, wherever it equals what came now: parts that are handed on are then the same and need not be drawn again. */
export function useShared<Value>(value: Value): Value {
  const kept = useRef(value);
  kept.current = shared(kept.current, value);
  return kept.current;
}

const FrameContext = createContext<ReportFrame | undefined>(undefined);

export const FrameProvider = FrameContext.Provider;

export function useFrame(): ReportFrame {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error('a part of the report was rendered outside of ReportView');
  return frame;
}
