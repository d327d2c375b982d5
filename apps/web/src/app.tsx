/** The page: start screen or report. Everything is worked out here, in the browser. */
import {
  type Guide,
  type PartialDate,
  type Problem,
  type Reading,
  type ReadingNote,
  type Report,
  report,
  type Voice,
} from '@serosa/core';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { GUIDE, GuideView, isGuide, pageOfFinding } from './guide.js';
import { type Input, inputOfFiles, loadGuide, loadPages, type Pages, ProblemError, readInput } from './load.js';
import { ProblemView } from './problem.js';
import { Start, VoiceChoice } from './start.js';
import { useTrials } from './trials/use-trials.js';
import { ReportView } from './view/report-view.js';
import type { TrialsShown } from './view/trials-shown.js';

/** The address of an open report; without it the start screen is shown, so that the browser's Back leads there. */
const OPEN = '#report';

interface Opened {
  readonly reading: Reading;
  readonly asOf: PartialDate;
}

interface Trouble {
  readonly problem: Problem;
  readonly notes: readonly ReadingNote[];
  /** The people of an input that holds several, to choose one from. */
  readonly people?: { readonly input: Input; readonly ids: readonly string[] };
}

function guidePage(): string | undefined {
  const { hash } = window.location;
  return isGuide(hash) ? hash.slice(GUIDE.length + 1) : undefined;
}

/** Today where the reader is; the one place that looks at a clock. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof ProblemError) return { problem: error.problem, notes: [] };
  const message = error instanceof Error ? error.message : String(error);
  return {
    problem: {
      code: 'program',
      message: `This is a fault of the program, not of your file: ${message}`,
      remedy: 'Load the page again. If it happens again, tell the people who run it.',
    },
    notes: [],
  };
}

export function App(): ReactNode {
  const [voice, setVoice] = useState<Voice>('patient');
  const [prognosis, setPrognosis] = useState(false);
  const [asOf, setAsOf] = useState(today);
  const [opened, setOpened] = useState<Opened>();
  const [guide, setGuide] = useState<Guide>();
  const [pages, setPages] = useState<Pages>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  /** The page of the guide that is read; undefined outside of it, empty on its list of pages. */
  const [page, setPage] = useState(guidePage);
  const loading = useRef<Promise<Guide>>(undefined);

  /** The knowledge, asked for once; after a failure the next attempt asks again. */
  const knowledge = useCallback((): Promise<Guide> => {
    loading.current ??= loadGuide().catch((error: unknown) => {
      loading.current = undefined;
      throw error;
    });
    return loading.current;
  }, []);

  useEffect(() => {
    const { hash } = window.location;
    if (hash !== '' && !isGuide(hash)) window.history.replaceState(null, '', window.location.pathname);
    knowledge()
      .then(async (ready) => {
        setGuide(ready);
        setPages(await loadPages());
      })
      .catch((error: unknown) => setTrouble(troubleOf(error)));
    const moved = (): void => {
      if (window.location.hash === '') setOpened(undefined);
      setPage(guidePage());
    };
    window.addEventListener('popstate', moved);
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('popstate', moved);
      window.removeEventListener('hashchange', moved);
    };
  }, [knowledge]);

  const open = useCallback(
    async (give: () => Input | Promise<Input>, patient?: string): Promise<void> => {
      setBusy(true);
      try {
        const input = await give();
        // An example is read as of its own day, unless the reader has chosen one.
        const day = asOf === today() ? (input.asOf ?? asOf) : asOf;
        if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
          throw new ProblemError({
            code: 'as-of',
            message: 'The day of the report is missing.',
            at: 'The report should be true on',
            remedy: 'Choose a date.',
          });
        }
        const ready = await knowledge();
        const reading = readInput(input, ready, day, patient);
        if (reading.problem !== undefined || reading.record === undefined) {
          const problem = reading.problem ?? {
            code: 'no-case',
            message: 'No case could be read from this.',
            at: input.name,
            remedy: 'Open a Serosa case or a FHIR bundle.',
          };
          const people = reading.patients === undefined ? {} : { people: { input, ids: reading.patients } };
          setTrouble({ problem, notes: reading.notes, ...people });
          setOpened(undefined);
          return;
        }
        setGuide(ready);
        setTrouble(undefined);
        setOpened({ reading, asOf: day });
        if (window.location.hash === '') window.history.pushState(null, '', OPEN);
      } catch (error) {
        setTrouble(troubleOf(error));
        setOpened(undefined);
      } finally {
        setBusy(false);
      }
    },
    [asOf, knowledge],
  );

  const dragging = useFileDrop(useCallback((files: FileList) => void open(() => inputOfFiles(files)), [open]));

  const trials = useTrials({ guide, record: opened?.reading.record, asOf: opened?.asOf, voice });
  const { open: openTrials } = trials;

  const answer = useMemo((): { readonly report?: Report; readonly trouble?: Trouble } => {
    if (guide === undefined || opened?.reading.record === undefined) return {};
    try {
      return { report: report(guide, opened.reading.record, { asOf: opened.asOf, voice, prognosis, trials: openTrials }) };
    } catch (error) {
      return { trouble: troubleOf(error) };
    }
  }, [guide, opened, voice, prognosis, openTrials]);
  const shown = answer.report;
  const wrong = answer.trouble ?? trouble;

  const startOver = (): void => {
    setOpened(undefined);
    setPrognosis(false);
    setTrouble(undefined);
    window.history.pushState(null, '', window.location.pathname);
  };

  const leaveGuide = (): void => {
    window.history.pushState(null, '', opened === undefined ? window.location.pathname : OPEN);
    setPage(undefined);
  };

  useFocusOnChange(opened, page);

  const pageOf = useMemo(() => pages && pageOfFinding(pages, voice), [pages, voice]);
  const topic = pages?.topics.find(({ id }) => id === page);
  const title =
    page !== undefined
      ? `${topic?.title[voice] ?? 'The guide'} – Serosa`
      : shown === undefined
        ? 'Serosa'
        : `${shown.case.title ?? shown.case.id} – Serosa`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  const problem =
    wrong === undefined ? null : (
      <ProblemView
        problem={wrong.problem}
        notes={wrong.notes}
        people={wrong.people?.ids ?? []}
        onPerson={(id) => {
          const input = wrong.people?.input;
          if (input) void open(() => input, id);
        }}
      />
    );
  return (
    <>
      <header className="masthead no-print">
        <p>
          <strong>Serosa</strong> <span className="aside">a guide to mesothelioma and how it spreads</span>
        </p>
        {page === undefined ? (
          <p>
            <a href={GUIDE}>Read the guide, or ask a question</a>
          </p>
        ) : null}
      </header>
      <main aria-busy={busy}>
        {page !== undefined && guide !== undefined && pages !== undefined ? (
          <GuideView
            guide={guide}
            pages={pages}
            page={page}
            voice={voice}
            onVoice={setVoice}
            hasCase={opened !== undefined}
            onLeave={leaveGuide}
          />
        ) : page !== undefined ? (
          <>
            <h1 id="guide-title" tabIndex={-1}>
              The guide
            </h1>
            {problem ?? <p>Loading…</p>}
          </>
        ) : shown === undefined || opened === undefined ? (
          <Start
            voice={voice}
            onVoice={setVoice}
            asOf={asOf}
            onAsOf={setAsOf}
            onInput={(input) => void open(() => input)}
            onFiles={(files) => void open(() => inputOfFiles([...files]))}
            dragging={dragging}
            problem={problem}
          />
        ) : (
          <ReportView
            report={shown}
            reading={opened.reading}
            pageOf={pageOf}
            trials={trials.section}
            actions={
              <Actions
                report={shown}
                reading={opened.reading}
                trials={trials.shown}
                voice={voice}
                onVoice={setVoice}
                prognosis={prognosis}
                onPrognosis={setPrognosis}
                onStartOver={startOver}
                onTrouble={(error) => setTrouble(troubleOf(error))}
                problem={problem}
              />
            }
          />
        )}
      </main>
    </>
  );
}

interface ActionsProps {
  readonly report: Report;
  readonly reading: Reading;
  readonly trials: TrialsShown | undefined;
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
  readonly prognosis: boolean;
  readonly onPrognosis: (wanted: boolean) => void;
  readonly onStartOver: () => void;
  readonly onTrouble: (error: unknown) => void;
  readonly problem: ReactNode;
}

function Actions(props: ActionsProps): ReactNode {
  const save = async (): Promise<void> => {
    try {
      const { reportHtml } = await import('./view/document.js');
      saveFile(
        `${props.report.case.id.replace(/[^\w.-]+/g, '-')}-serosa.html`,
        reportHtml(props.report, props.reading, props.trials),
      );
    } catch (error) {
      props.onTrouble(error);
    }
  };
  return (
    <div className="actions no-print">
      <div className="row">
        <button type="button" onClick={props.onStartOver}>
          Start over
        </button>
        <button type="button" onClick={() => void save()}>
          Save as HTML file
        </button>
        <button type="button" onClick={() => window.print()}>
          Print
        </button>
      </div>
      <VoiceChoice name="report-voice" voice={props.voice} onVoice={props.onVoice} />
      {props.voice === 'patient' ? (
        <label className="choice">
          <input type="checkbox" checked={props.prognosis} onChange={(event) => props.onPrognosis(event.currentTarget.checked)} />
          Show what is known about outlook
        </label>
      ) : null}
      {props.problem}
    </div>
  );
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/html;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over once the click is handled; a little later is safe everywhere.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** After a report or a page of the guide opens or closes, the focus goes to the heading of what is now shown. */
function useFocusOnChange(opened: Opened | undefined, page: string | undefined): void {
  const before = useRef({ opened, page });
  useEffect(() => {
    if (before.current.opened === opened && before.current.page === page) return;
    before.current = { opened, page };
    window.scrollTo({ top: 0, behavior: 'instant' });
    const heading = page !== undefined ? 'guide-title' : opened === undefined ? 'start-title' : 'report-title';
    document.getElementById(heading)?.focus({ preventScroll: true });
  }, [opened, page]);
}

/** A file may be dropped anywhere; without this the browser would leave the page and show the file. */
function useFileDrop(onFiles: (files: FileList) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setDragging(false);
      if (event.dataTransfer) onFiles(event.dataTransfer.files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [onFiles]);
  return dragging;
}
