/**
 * The trials of the open case. What they need is fetched once a report is on the screen: nobody waits for trials to read about an
 * emergency. Records that a reader adds stay in memory until the page is closed.
 */
import {
  type CaseRecord,
  type Guide,
  inVoice,
  type PartialDate,
  say,
  type Trial,
  type TrialBundle,
  type Voice,
} from '@serosa/core';
import { type ReactNode, startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { loadTrials } from '../load.js';
import { Section } from '../view/parts.js';
import type { TrialFilters, TrialsShown } from '../view/trials-shown.js';
import { TRIALS_AT_ONCE, TRIALS_TITLE } from '../view/words.js';

export interface TrialsOfCase {
  /** Those that take people: a next fact may settle whether the person could. */
  readonly open: readonly Trial[];
  /** What is shown, for a file; absent until the trials are there. */
  readonly shown?: TrialsShown | undefined;
  readonly section: ReactNode;
}

interface Loaded {
  readonly parts: typeof import('./panel.js');
  readonly bundle: TrialBundle;
}

/** What a reader has chosen, for one case. */
interface Choice {
  readonly of: CaseRecord;
  readonly filters?: TrialFilters;
  readonly limit?: number;
}

const NONE: readonly Trial[] = [];

export function useTrials(props: {
  readonly guide: Guide | undefined;
  readonly record: CaseRecord | undefined;
  readonly asOf: PartialDate | undefined;
  readonly voice: Voice;
}): TrialsOfCase {
  const { guide, record, asOf, voice } = props;
  const [loaded, setLoaded] = useState<Loaded>();
  const [failed, setFailed] = useState(false);
  const [added, setAdded] = useState(NONE);
  const [choice, setChoice] = useState<Choice>();

  const load = useCallback((): void => {
    setFailed(false);
    Promise.all([import('./panel.js'), loadTrials()])
      .then(([parts, bundle]) => startTransition(() => setLoaded({ parts, bundle })))
      .catch(() => setFailed(true));
  }, []);

  const wanted = record !== undefined && guide !== undefined && loaded === undefined;
  useEffect(() => {
    if (!wanted) return;
    // Not before the report has been painted.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(load);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [wanted, load]);

  const trials = useMemo(
    () => (loaded === undefined || guide === undefined ? undefined : loaded.parts.allTrials(loaded.bundle, guide, added)),
    [loaded, guide, added],
  );
  const matched = useMemo(
    () =>
      loaded === undefined || trials === undefined || guide === undefined || record === undefined || asOf === undefined
        ? undefined
        : loaded.parts.matchCase(guide, record, asOf, trials),
    [loaded, trials, guide, record, asOf],
  );

  const open = useMemo(
    () =>
      matched === undefined || trials === undefined
        ? NONE
        : matched.matches.flatMap((match) => (match.open && match.fit !== 'other' ? (trials.get(match.id) ?? []) : [])),
    [matched, trials],
  );

  const mine = choice?.of === record ? choice : undefined;
  const filters = mine?.filters ?? matched?.filters;
  const limit = mine?.limit ?? TRIALS_AT_ONCE[voice];
  const shown = useMemo(
    () =>
      loaded === undefined || trials === undefined || matched === undefined || filters === undefined
        ? undefined
        : loaded.parts.chooseTrials(matched.matches, trials, {
            filters,
            voice,
            limit,
            added: added.length,
          }),
    [loaded, trials, matched, filters, voice, limit, added],
  );

  if (record === undefined) return { open, section: null };
  if (loaded === undefined || trials === undefined || shown === undefined) {
    return { open, section: <Waiting voice={voice} failed={failed} onRetry={load} /> };
  }
  const { TrialsPanel } = loaded.parts;
  return {
    open,
    shown,
    section: (
      <TrialsPanel
        shown={shown}
        voice={voice}
        trials={trials}
        bundle={loaded.bundle}
        step={TRIALS_AT_ONCE[voice]}
        onAdd={(more) => setAdded((before) => loaded.parts.withAdded(before, more))}
        onForget={() => setAdded(NONE)}
        onFilters={(chosen) => setChoice({ of: record, filters: chosen })}
        onMore={() => setChoice({ of: record, ...mine, limit: limit + TRIALS_AT_ONCE[voice] })}
      />
    ),
  };
}

function Waiting(props: { readonly voice: Voice; readonly failed: boolean; readonly onRetry: () => void }): ReactNode {
  const { voice, failed, onRetry } = props;
  const trials = voice === 'patient' ? say`studies` : 'trials';
  return (
    <Section id="trials" title={inVoice(TRIALS_TITLE, voice)}>
      {failed ? (
        <div role="status">
          <p>{say`The ${trials} could not be loaded. The rest of this page is complete. Check your connection and try again.`}</p>
          <button type="button" className="no-print" onClick={onRetry}>{say`Load the ${trials}`}</button>
        </div>
      ) : (
        <p role="status">{say`Loading the ${trials}…`}</p>
      )}
    </Section>
  );
}
