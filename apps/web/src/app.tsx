/** The page: which screen is shown, and which case. Everything is worked out here, in the browser. */
import {
  type CaseRecord,
  type Guide,
  type PartialDate,
  type Problem,
  prepareGuide,
  type Reading,
  type ReadingNote,
  type Report,
  report,
  said,
  say,
  speak,
  translated,
  type Voice,
} from '@serosa/core';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Actions } from './actions.js';
import { GUIDE, hrefOf, type Place, pageHref, pageOfFinding, placeOf } from './address.js';
import {
  changedCase,
  deleteCase,
  findCase,
  isKept,
  type KeptCase,
  keepCase,
  listCases,
  newCase,
  onOtherTabs,
  redone,
  undone,
  type VisitPlan,
  WHOLE_PLAN,
} from './cases.js';
import { scanDay, withAnswer } from './interview/told.js';
import { askedIn, LANGUAGES, loadLanguage, type Spoken, speaks } from './language.js';
import { type Input, inputOfFiles, loadGuide, loadPages, type Pages, ProblemError, readInput } from './load.js';
import { Unlock } from './locked.js';
import { ProblemView } from './problem.js';
import { isSealed } from './seal.js';
import { applySettings, keepSettings, readSettings, type Settings, SettingsProvider } from './settings.js';
import { Start } from './start.js';
import { useTrials } from './trials/use-trials.js';
import { useShared } from './view/context.js';
import { prepareGlossary } from './view/glossary.js';
import { ReportView } from './view/report-view.js';

// Read, asked and told is not on every visit: each comes when it is gone to.
const GuideView = lazy(async () => ({ default: (await import('./guide.js')).GuideView }));
const Brief = lazy(async () => ({ default: (await import('./brief.js')).Brief }));
const SettingsView = lazy(async () => ({ default: (await import('./settings-view.js')).SettingsView }));
const WhatIf = lazy(async () => ({ default: (await import('./what-if.js')).WhatIf }));
const ScanDay = lazy(async () => ({ default: (await import('./interview/scan-day.js')).ScanDay }));
const Interview = lazy(async () => ({ default: (await import('./interview/interview.js')).Interview }));

/** A case that is looked at and not kept: a file or an example. */
interface Look {
  readonly reading: Reading;
  readonly asOf: PartialDate;
}

interface Trouble {
  readonly problem: Problem;
  readonly notes: readonly ReadingNote[];
  /** The people of an input that holds several, to choose one from. */
  readonly people?: { readonly input: Input; readonly ids: readonly string[] };
}

/** Today where the reader is; with {@link now} the one place that looks at a clock. */
function today(): string {
  const time = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

const now = (): string => new Date().toISOString();

/** 80 random bits; also where the page is not loaded over https, which `randomUUID` asks for. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function troubleOf(error: unknown): Trouble {
  if (error instanceof ProblemError) return { problem: error.problem, notes: [] };
  const message = error instanceof Error ? error.message : String(error);
  return {
    problem: {
      code: 'program',
      message: say`This is a fault of the program, not of your file: ${message}`,
      remedy: say`Load the page again. If it happens again, tell the people who run it.`,
    },
    notes: [],
  };
}

const notHere = (): Trouble => ({
  problem: {
    code: 'no-such-case',
    message: say`This case is not kept in this browser. It may have been deleted, or it was told on another device.`,
    remedy: say`Choose a case below, open its file, or begin anew.`,
  },
  notes: [],
});

const notKept = (): Trouble => ({
  problem: {
    code: 'not-kept',
    message: say`This browser did not keep your last answer.`,
    remedy: say`Save the case as a file before you close the page. The device may be full, or the window is a private one.`,
  },
  notes: [],
});

/** Where the reader is. Setting it adds a step to the browser's history. */
function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(window.location.hash));
  useEffect(() => {
    const moved = (): void => setPlace((before) => samePlace(before, placeOf(window.location.hash)));
    window.addEventListener('popstate', moved);
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('popstate', moved);
      window.removeEventListener('hashchange', moved);
    };
  }, []);
  const go = useCallback((to: Place): void => {
    window.history.pushState(null, '', to.kind === 'start' ? window.location.pathname : hrefOf(to));
    setPlace(to);
  }, []);
  return [place, go];
}

/** A link inside of the page (`#stage`, `#source-3`) leads to no other screen. */
function samePlace(before: Place, after: Place): Place {
  const inside = after.kind === 'start' && window.location.hash.length > 1;
  return inside || JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

export function App(): ReactNode {
  const [settings, setSettings] = useState(readSettings);
  const { voice } = settings;
  const change = useCallback((next: Settings): void => {
    keepSettings(next);
    setSettings(next);
  }, []);
  const setVoice = (next: Voice): void => change({ ...settings, voice: next });
  useEffect(() => applySettings(settings), [settings]);
  const [prognosis, setPrognosis] = useState(false);
  const [asOf, setAsOf] = useState(today);
  const [look, setLook] = useState<Look>();
  const [kept, setKept] = useState<KeptCase>();
  const [cases, setCases] = useState<readonly KeptCase[]>([]);
  const [english, setGuide] = useState<Guide>();
  const [englishPages, setPages] = useState<Pages>();
  const [loaded, setLoaded] = useState<Spoken>();
  /** The paper for a visit of a case that is only looked at. */
  const [loosePlan, setLoosePlan] = useState<VisitPlan>(WHOLE_PLAN);
  const [trouble, setTrouble] = useState<Trouble>();
  /** A file that waits for its passphrase. */
  const [locked, setLocked] = useState<{ readonly name: string; readonly sealed: string }>();
  const [busy, setBusy] = useState(false);
  const [place, go] = usePlace();
  /** Where the guide was opened from. */
  const [behind, setBehind] = useState<Place>({ kind: 'start' });
  if (place.kind !== 'guide' && place.kind !== 'settings' && place !== behind) setBehind(place);
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
    knowledge()
      .then(async (ready) => {
        setGuide(ready);
        setPages(await loadPages());
      })
      .catch((error: unknown) => setTrouble(troubleOf(error)));
  }, [knowledge]);

  const wantedLanguage = speaks(settings.language, voice);
  useEffect(() => {
    if (wantedLanguage === 'en') return;
    let stale = false;
    loadLanguage(wantedLanguage)
      .then((fetched) => (stale ? undefined : setLoaded(fetched)))
      .catch((error: unknown) => setTrouble(troubleOf(error)));
    return () => {
      stale = true;
    };
  }, [wantedLanguage]);
  const spoken = loaded?.code === wantedLanguage ? loaded : undefined;
  // Everything below is made and drawn in this language.
  speak(spoken);
  const guide = useMemo(
    () => (spoken === undefined ? english : english && prepareGuide(translated(english.bundle, spoken))),
    [english, spoken],
  );
  const pages = useMemo(
    () => (spoken === undefined ? englishPages : englishPages && askedIn(translated(englishPages, spoken), spoken)),
    [englishPages, spoken],
  );
  useEffect(() => {
    document.documentElement.lang = spoken?.code ?? 'en';
  }, [spoken]);

  // What was looked at is gone after a reload; what is kept is read again.
  const wanted = 'id' in place ? place.id : undefined;
  const looking = place.kind === 'look' || (place.kind === 'brief' && place.id === undefined);
  useEffect(() => {
    if (looking && look === undefined) go({ kind: 'start' });
    if (place.kind === 'start') {
      setLook(undefined);
      setPrognosis(false);
      void listCases().then(setCases);
    }
  }, [place.kind, looking, look, go]);
  useEffect(() => {
    if (wanted === undefined) return setKept(undefined);
    let stale = false;
    const read = (): void =>
      void findCase(wanted).then((found) => {
        if (stale) return;
        setKept(found);
        if (found !== undefined) return;
        setTrouble(notHere());
        go({ kind: 'start' });
      });
    read();
    const stop = onOtherTabs((id) => {
      if (id === wanted) read();
    });
    return () => {
      stale = true;
      stop();
    };
  }, [wanted, go]);

  const keep = useCallback((next: KeptCase): void => {
    setKept(next);
    keepCase(next)
      .then(isKept)
      .then((lasting) => setTrouble(lasting ? undefined : notKept()))
      .catch(() => setTrouble(notKept()));
  }, []);

  const begin = (from?: { readonly record: CaseRecord; readonly notes: readonly ReadingNote[] }): void => {
    const fresh = newCase(newId(), now(), from);
    setTrouble(undefined);
    keep(fresh);
    go({ kind: 'tell', id: fresh.id });
  };

  const remove = (id: string): void =>
    void deleteCase(id)
      .then(listCases)
      .then((rest) => {
        setCases(rest);
        if (place.kind !== 'start') go({ kind: 'start' });
      })
      .catch((error: unknown) => setTrouble(troubleOf(error)));

  const open = useCallback(
    async (give: () => Input | Promise<Input>, patient?: string): Promise<void> => {
      setBusy(true);
      try {
        const input = await give();
        const text = typeof input.content === 'string' ? input.content : new TextDecoder().decode(input.content);
        if (isSealed(text)) {
          setTrouble(undefined);
          setLocked({ name: input.name, sealed: text });
          // The passphrase is asked for there, wherever the file was dropped.
          go({ kind: 'start' });
          return;
        }
        // An example is read as of its own day, unless the reader has chosen one.
        const day = asOf === today() ? (input.asOf ?? asOf) : asOf;
        if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
          throw new ProblemError({
            code: 'as-of',
            message: say`The day of the report is missing.`,
            at: 'The report should be true on',
            remedy: say`Choose a date.`,
          });
        }
        const ready = await knowledge();
        const reading = await readInput(input, ready, day, patient);
        if (reading.problem !== undefined || reading.record === undefined) {
          const problem = reading.problem ?? {
            code: 'no-case',
            message: say`No case could be read from this.`,
            at: input.name,
            remedy: say`Open a Serosa case or a FHIR bundle.`,
          };
          const people = reading.patients === undefined ? {} : { people: { input, ids: reading.patients } };
          setTrouble({ problem, notes: reading.notes, ...people });
          return;
        }
        setGuide(ready);
        setTrouble(undefined);
        // The wish to see an outlook was for the case before, which may still have been open.
        setPrognosis(false);
        setLook({ reading, asOf: day });
        setLoosePlan(WHOLE_PLAN);
        go({ kind: 'look' });
      } catch (error) {
        setTrouble(troubleOf(error));
      } finally {
        setBusy(false);
      }
    },
    [asOf, knowledge, go],
  );

  const dragging = useFileDrop(useCallback((files: FileList) => void open(() => inputOfFiles(files)), [open]));

  const record = kept?.record ?? look?.reading.record;
  const day = kept === undefined ? look?.asOf : today();
  const trials = useTrials({ guide, record, asOf: day, voice });
  const { open: openTrials } = trials;

  const answer = useMemo((): { readonly report?: Report; readonly trouble?: Trouble } => {
    if (guide === undefined || record === undefined || day === undefined) return {};
    try {
      return { report: report(guide, record, { asOf: day, voice, prognosis, trials: openTrials }) };
    } catch (error) {
      return { trouble: troubleOf(error) };
    }
  }, [guide, record, day, voice, prognosis, openTrials]);
  const shown = useShared(answer.report);
  const wrong = answer.trouble ?? trouble;
  const reading: Reading | undefined =
    kept === undefined ? look?.reading : kept.notes.length === 0 ? undefined : { record: kept.record, notes: kept.notes };

  useFocusOnChange(place, shown !== undefined);

  const pageOf = useMemo(() => pages && pageOfFinding(pages, voice), [pages, voice]);
  const glossary = useMemo(() => guide && prepareGlossary(guide.bundle.glossary), [guide]);
  const topicOf = useCallback(
    (id: string) => {
      const topic = pages?.topics.find((one) => one.id === id);
      return topic && { href: pageHref(id), title: topic.title[voice] };
    },
    [pages, voice],
  );
  const page = place.kind === 'guide' ? place.page : undefined;
  const topic = pages?.topics.find(({ id }) => id === page);
  const title =
    page !== undefined
      ? `${topic?.title[voice] ?? say`The guide`} – Serosa`
      : shown === undefined
        ? 'Serosa'
        : `${said(shown.case.title ?? shown.case.id)} – Serosa`;
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

  /** An answer on the map is of the last scan that was told of. */
  const setPlaceOnMap = (current: KeptCase, fact: string, value: boolean | number | 'unknown'): void => {
    const definition = guide?.catalogue.get(fact);
    if (definition === undefined) return;
    const said = value === 'unknown' ? { absent: value } : value;
    keep(
      changedCase(
        current,
        withAnswer(current.record, definition, { value: said, date: scanDay(current.record) }, today()),
        now(),
      ),
    );
  };

  const screen = (): ReactNode => {
    if (place.kind === 'start')
      return (
        <Start
          voice={voice}
          onVoice={setVoice}
          asOf={asOf}
          onAsOf={setAsOf}
          onBegin={() => begin()}
          cases={cases}
          onRemove={remove}
          onInput={(input) => void open(() => input)}
          onFiles={(files) => void open(() => inputOfFiles([...files]))}
          dragging={dragging}
          problem={
            locked === undefined ? (
              problem
            ) : (
              <Unlock
                key={locked.sealed}
                name={locked.name}
                sealed={locked.sealed}
                onOpen={(text) => {
                  setLocked(undefined);
                  void open(() => ({ name: locked.name, content: text }));
                }}
                onCancel={() => setLocked(undefined)}
              />
            )
          }
        />
      );
    if (place.kind === 'settings') return <SettingsView settings={settings} onSettings={change} onLeave={() => go(behind)} />;
    if (place.kind === 'guide')
      return guide === undefined || pages === undefined ? (
        <Loading id="guide-title" title={say`The guide`} problem={problem} />
      ) : (
        <GuideView
          guide={guide}
          pages={pages}
          glossary={glossary}
          page={place.page}
          voice={voice}
          onVoice={setVoice}
          hasCase={behind.kind !== 'start'}
          onLeave={() => go(behind)}
        />
      );
    if (shown === undefined || record === undefined || guide === undefined)
      return <Loading id="report-title" title={say`One moment`} problem={problem} />;
    if (place.kind === 'tell' && kept !== undefined)
      return (
        <Interview
          guide={guide}
          kept={kept}
          report={shown}
          voice={voice}
          asOf={today()}
          topic={place.topic}
          onRecord={(next) => keep(changedCase(kept, next, now()))}
          onUndo={() => keep(undone(kept, now()))}
          onRedo={() => keep(redone(kept, now()))}
          problem={problem}
        />
      );
    if (place.kind === 'brief')
      return (
        <Brief
          guide={guide}
          record={record}
          report={shown}
          plan={kept === undefined ? loosePlan : (kept.plan ?? WHOLE_PLAN)}
          onPlan={(plan) => (kept === undefined ? setLoosePlan(plan) : keep({ ...kept, plan }))}
          backHref={hrefOf(kept === undefined ? { kind: 'look' } : { kind: 'case', id: kept.id })}
        />
      );
    return (
      <ReportView
        report={shown}
        reading={reading}
        first={settings.edition}
        pageOf={pageOf}
        glossary={glossary}
        pages={topicOf}
        trials={trials.section}
        onSet={kept && ((fact, value) => setPlaceOnMap(kept, fact, value))}
        mapNote={
          kept === undefined ? undefined : (
            <Suspense fallback={null}>
              <ScanDay guide={guide} record={record} onRecord={(next) => keep(changedCase(kept, next, now()))} />
            </Suspense>
          )
        }
        whatIf={
          shown.next.length === 0 ? undefined : (
            <Suspense fallback={<p>{say`Loading…`}</p>}>
              <WhatIf
                key={place.kind === 'case' ? place.id : ''}
                guide={guide}
                record={record}
                now={shown}
                voice={voice}
                prognosis={prognosis}
              />
            </Suspense>
          )
        }
        actions={
          <Actions
            report={shown}
            reading={reading}
            record={record}
            facts={guide.bundle.facts}
            trials={trials.shown}
            terms={guide.bundle.glossary}
            voice={voice}
            onVoice={setVoice}
            prognosis={prognosis}
            onPrognosis={setPrognosis}
            tellHref={kept && hrefOf({ kind: 'tell', id: kept.id })}
            briefHref={hrefOf(kept === undefined ? { kind: 'brief' } : { kind: 'brief', id: kept.id })}
            onKeep={() => begin({ record, notes: reading?.notes ?? [] })}
            onRemove={kept && (() => remove(kept.id))}
            onStartOver={() => {
              setTrouble(undefined);
              go({ kind: 'start' });
            }}
            onTrouble={(error) => setTrouble(troubleOf(error))}
            problem={problem}
          />
        }
      />
    );
  };
  return (
    <SettingsProvider value={settings}>
      <header className="masthead no-print">
        <p>
          <a href={window.location.pathname} onClick={stayHere(() => go({ kind: 'start' }))}>
            <strong>Serosa</strong>
          </a>{' '}
          <span className="aside">{say`a guide to mesothelioma and how it spreads`}</span>
        </p>
        <p className="masthead-links">
          {page === undefined ? <a href={GUIDE}>{say`Read the guide, or ask a question`}</a> : null}
          <a href={hrefOf({ kind: 'settings' })}>{say`Settings`}</a>
          {voice === 'patient'
            ? Object.entries(LANGUAGES)
                .filter(([code]) => code !== settings.language)
                .map(([code, name]) => (
                  <button
                    key={code}
                    type="button"
                    className="quiet"
                    lang={code}
                    onClick={() => change({ ...settings, language: code as Settings['language'] })}
                  >
                    {name}
                  </button>
                ))
            : null}
        </p>
      </header>
      <main key={spoken?.code} aria-busy={busy}>
        <Suspense fallback={<p>{say`Loading…`}</p>}>{screen()}</Suspense>
      </main>
    </SettingsProvider>
  );
}

/** A link that leads through the page; with a key held it opens as links do. */
const stayHere =
  (act: () => void) =>
  (event: React.MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    act();
  };

function Loading(props: { readonly id: string; readonly title: string; readonly problem: ReactNode }): ReactNode {
  return (
    <>
      <h1 id={props.id} tabIndex={-1}>
        {props.title}
      </h1>
      {props.problem ?? <p>{say`Loading…`}</p>}
    </>
  );
}

/** After the start or a report opens, the focus goes to its heading. The screens that come later see to it themselves. */
function useFocusOnChange(place: Place, ready: boolean): void {
  const key = `${place.kind} ${'id' in place ? place.id : ''} ${ready}`;
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (place.kind !== 'start' && place.kind !== 'look' && place.kind !== 'case') return;
    window.scrollTo({ top: 0, behavior: 'instant' });
    document.getElementById(place.kind === 'start' ? 'start-title' : 'report-title')?.focus({ preventScroll: true });
  }, [key, place.kind]);
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
