/**
 * The body map: a figure, what stands beside it, its legend, and a panel that tells of one place or asks for it. Without a script
 * (a saved file) every place is a link to its row of the table; with one it is a button. Nothing but the panel and the figures
 * of how often a place is reached depends on the script.
 */
import { inVoice, type Spread, say, type Voice } from '@serosa/core';
import { type KeyboardEvent, type ReactNode, useRef, useState, useSyncExternalStore } from 'react';
import { count, ROUTE_WORDS } from '../words.js';
import { BodyFigure, type FigureProps, RegionFigure } from './figure.js';
import { Mark, Target } from './mark.js';
import { type DrawnPlace, type Picture, pictureOf, routesOf } from './picture.js';
import { knownFrom, rowId, stageWords, standsAlone, statusWords } from './places.js';
import { BEGAN_IN, LEGEND, reachedWords, whatIs } from './words.js';

/** `unknown` takes an answer back. Numbers are scores of the peritoneal cancer index, 0 to 3. */
export type Answer = boolean | number | 'unknown';

export interface BodyMapProps {
  readonly spread: Spread;
  readonly voice: Voice;
  /** Makes the map an input: called with the fact of a place and the answer. Without it the map only tells. */
  readonly onSet?: ((fact: string, value: Answer) => void) | undefined;
  /** How a source is referred to. */
  readonly cite?: (sources: readonly string[]) => ReactNode;
}

/** Only a page with a script can open a panel; the server's answer is the saved file's. */
const subscribe = (): (() => void) => () => undefined;
const useScript = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );

/** A place drawn on both sides says so when it is involved. */
function drawnStatus(place: DrawnPlace, voice: Voice): string {
  const side = place.unsided && place.status === 'present' && place.beside === undefined;
  return `${statusWords(place, voice)}${side ? (voice === 'patient' ? say`, side not known` : ', side not recorded') : ''}`;
}

const nameOf =
  (voice: Voice) =>
  (place: DrawnPlace): string =>
    `${inVoice(place.short, voice)}: ${drawnStatus(place, voice)}`;

/** One sentence that says what the figure shows. */
export function summaryOf({ beginning, places }: Picture, spread: Spread, voice: Voice): string {
  const patient = voice === 'patient';
  const of = (status: string): readonly DrawnPlace[] => places.filter((place) => place.status === status);
  const names = (list: readonly DrawnPlace[]): string =>
    list.map(({ short }) => inVoice(short, voice).replace(/^(?!TNM)\w/, (a) => a.toLowerCase())).join(', ');
  const side =
    beginning === undefined || (beginning.primary !== 'pleura' && beginning.primary !== 'tunica-vaginalis')
      ? ''
      : spread.laterality === undefined
        ? say`, side not known`
        : spread.laterality === 'bilateral'
          ? say`, both sides`
          : patient
            ? spread.laterality === 'left'
              ? say`, your left side`
              : say`, your right side`
            : `, ${spread.laterality}`;
  const began = beginning === undefined ? '' : say`It began in ${inVoice(BEGAN_IN[beginning.primary], voice)}${side}. `;
  const found = of('present');
  const clear = of('absent');
  const unknown = of('unknown');
  return [
    began +
      (patient
        ? say`Also found in: ${found.length === 0 ? say`no place that is recorded` : names(found)}`
        : `Present: ${found.length === 0 ? 'nothing recorded' : names(found)}`),
    `${patient ? say`clear` : 'absent'}: ${clear.length === 0 ? say`none` : count(clear.length, say`place`, say`places`)}`,
    `${patient ? say`not known` : 'unknown'}: ${count(unknown.length, say`place`, say`places`)}.`,
  ].join('; ');
}

export function BodyMap({ spread, voice, onSet, cite = () => null }: BodyMapProps): ReactNode {
  const script = useScript();
  const [picked, setPicked] = useState<string>();
  const [reached, setReached] = useState<string>();
  const [frequencies, setFrequencies] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const picture = pictureOf(spread);
  const { beginning, places, regions } = picture;
  if (beginning === undefined) return null;
  const patient = voice === 'patient';
  const place = [...places, ...regions].find(({ key }) => key === picked);
  const drawn = places.filter(({ drawings }) => drawings.length > 0);
  const beside = places.filter((one) => one.beside !== undefined);

  const close = (): void => {
    setPicked(undefined);
    root.current?.querySelector<SVGElement | HTMLElement>(`[data-key="${picked}"]`)?.focus();
  };
  const entry = (list: readonly DrawnPlace[]): string | undefined =>
    list.some(({ key }) => key === reached) ? reached : (list.find(({ status }) => status === 'present') ?? list[0])?.key;
  const shared = {
    picture,
    voice,
    nameOf: nameOf(voice),
    hrefOf: ({ key }: DrawnPlace) => `#${rowId(key)}`,
    ...(script ? { onPick: (key: string) => setPicked(key === picked ? undefined : key), onReach: setReached } : {}),
    picked,
    frequencies,
  } satisfies Partial<FigureProps>;
  const counted = places.some((one) => one.reached.length > 0);

  return (
    <div
      className="map"
      ref={root}
      {...(script
        ? {
            onKeyDown: (event: KeyboardEvent) => {
              if (event.key === 'Escape' && picked !== undefined) close();
            },
          }
        : {})}
    >
      {beginning.unsided ? (
        <p className="map-note">
          {patient
            ? say`Your record does not say which side it began on. So nothing that depends on the side is drawn on one.`
            : 'Laterality not recorded: nothing that depends on the side is drawn on one.'}
        </p>
      ) : null}
      <div className="map-figure">
        <BodyFigure
          {...shared}
          reached={entry(drawn)}
          title={patient ? say`Map of the body, seen from the front` : 'Body map, anterior view'}
          summary={summaryOf(picture, spread, voice)}
        />
      </div>
      <Legend picture={picture} voice={voice} />
      {beside.length === 0 ? null : (
        <Beside places={beside} voice={voice} onPick={shared.onPick} picked={picked} side={spread.laterality} />
      )}
      {regions.length === 0 ? null : (
        <div className="map-regions">
          <h3>{patient ? say`The lining of the belly, part by part` : 'Peritoneal cancer index by region'}</h3>
          <p className="aside">
            {patient
              ? say`Doctors look at 13 parts. 0 means that nothing was seen, 3 is the most, ? means not known. The strip below is the small bowel, laid out.`
              : 'Size score 0 to 3 per region; ? not recorded. Regions 9 to 12: small bowel, laid out.'}
          </p>
          <RegionFigure
            {...shared}
            reached={entry(regions)}
            title={patient ? say`Map of the lining of the belly` : 'Peritoneal cancer index, regions 0 to 12'}
            summary={regions.map((region) => nameOf(voice)(region)).join('; ')}
          />
        </div>
      )}
      {script && counted ? (
        <label className="choice map-switch no-print">
          <input type="checkbox" checked={frequencies} onChange={(event) => setFrequencies(event.currentTarget.checked)} />
          {patient
            ? say`Show how often each place is reached in studies`
            : 'Show how often each place is reached in published series'}
        </label>
      ) : null}
      {script ? (
        <div className="map-live" aria-live="polite">
          {place === undefined ? null : (
            <Panel place={place} voice={voice} onSet={onSet} onClose={close} frequencies={frequencies} cite={cite} />
          )}
        </div>
      ) : null}
    </div>
  );
}

function Legend({ picture, voice }: { readonly picture: Picture; readonly voice: Voice }): ReactNode {
  const routes = [...new Set(routesOf(picture).map(({ route }) => route))];
  const open = picture.beginning?.unsided === true;
  const unsided = picture.places.some(({ status, unsided, drawings }) => status === 'present' && unsided && drawings.length > 1);
  const patient = voice === 'patient';
  return (
    <div className="map-legend">
      <ul>
        <li>
          <svg className="mark" viewBox="-10 -10 20 20" width="18" height="18" aria-hidden="true">
            {open ? <path d="M -8 0 L 8 0" className="open-sample" /> : <Target at={[0, 0]} />}
          </svg>
          {open ? (patient ? say`it began in one of these` : 'primary, one of these') : patient ? say`it began here` : 'primary'}
        </li>
        {(['present', 'absent', 'unknown'] as const).map((status) => (
          <li key={status}>
            <Mark status={status} /> {inVoice(LEGEND[status], voice)}
          </li>
        ))}
        {routes.map((route) => (
          <li key={route}>
            <svg className={`sample route route-${route}`} viewBox="0 0 44 12" width="44" height="12" aria-hidden="true">
              <path d="M 3 6 L 41 6" className="route-line" />
              {route === 'serosal' ? <path d="M 3 6 L 41 6" className="route-core" /> : null}
            </svg>
            {inVoice(ROUTE_WORDS[route], voice)}
          </li>
        ))}
      </ul>
      {routes.length === 0 ? null : (
        <p className="aside">
          {patient
            ? say`The lines show the way it usually gets there. Nobody can see which way it took.`
            : 'Lines: the usual route to each place from this primary, not a proven one.'}
        </p>
      )}
      {unsided ? (
        <p className="aside">
          {patient
            ? say`Some places exist on both sides, and the record does not say which one is meant. Both are marked.`
            : 'Paired places are marked on both sides: the record has no side for them.'}
        </p>
      ) : null}
    </div>
  );
}

function Beside(props: {
  readonly places: readonly DrawnPlace[];
  readonly voice: Voice;
  readonly onPick: ((key: string) => void) | undefined;
  readonly picked: string | undefined;
  readonly side: Spread['laterality'];
}): ReactNode {
  const { places, voice, onPick, picked, side } = props;
  const patient = voice === 'patient';
  const waits = places.some(({ beside }) => beside === 'no-side');
  return (
    <div className="map-beside">
      <p className="why-label">
        {waits
          ? side === 'bilateral'
            ? say`Not drawn, because both sides are involved and “same side” and “other side” say nothing then`
            : patient
              ? say`Not drawn, because the side is not known or they have no place of their own`
              : 'Not drawn: side not recorded, or no place of their own'
          : patient
            ? say`Without a place of their own in the figure`
            : 'Without a spot in the figure'}
      </p>
      <ul>
        {places.map((place) => {
          const inside = (
            <>
              <Mark status={place.status} /> {nameOf(voice)(place)}
            </>
          );
          return (
            <li key={place.key}>
              {onPick === undefined ? (
                <a href={`#${rowId(place.key)}`}>{inside}</a>
              ) : (
                <button type="button" data-key={place.key} aria-pressed={picked === place.key} onClick={() => onPick(place.key)}>
                  {inside}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Panel(props: {
  readonly place: DrawnPlace;
  readonly voice: Voice;
  readonly onSet: BodyMapProps['onSet'];
  readonly onClose: () => void;
  readonly frequencies: boolean;
  readonly cite: (sources: readonly string[]) => ReactNode;
}): ReactNode {
  const { place, voice, onSet, onClose, frequencies, cite } = props;
  const patient = voice === 'patient';
  const stage = stageWords(place, voice);
  const often = frequencies ? reachedWords(place.reached, voice) : undefined;
  const parts = place.site?.stations.filter((station) => !standsAlone(station)) ?? [];
  return (
    <section className="map-panel no-print" aria-labelledby="map-panel-title">
      <div className="map-panel-head">
        <h3 id="map-panel-title">{inVoice(place.name, voice)}</h3>
        <button type="button" className="quiet" onClick={onClose}>{say`Close`}</button>
      </div>
      <p>
        <Mark status={place.status} /> <strong>{drawnStatus(place, voice)}</strong>{' '}
        <span className="aside">({knownFrom(place.facts, voice)})</span>
      </p>
      {patient && whatIs(place.key) !== undefined ? <p>{whatIs(place.key)}</p> : null}
      {place.routes.length === 0 ? null : (
        <p>
          {patient ? say`How it can get there: ` : 'Routes: '}
          {place.routes.map((route) => inVoice(ROUTE_WORDS[route], voice)).join(', ')}.
        </p>
      )}
      {/* What spread would mean is told to a patient where it is found, not everywhere it could be. */}
      {stage !== undefined && (!patient || place.status === 'present') ? <p>{stage}</p> : null}
      {patient || parts.length === 0 ? null : (
        <p>{parts.map(({ label, means }) => `${label.clinician}${means === undefined ? '' : ` (${means})`}`).join('; ')}.</p>
      )}
      {often === undefined ? null : (
        <p>
          {patient ? say`Reached ${often}.` : `Reached: ${often}.`}
          {cite(place.reached.flatMap(({ sources }) => sources))}
        </p>
      )}
      {place.ask !== undefined && (onSet !== undefined || place.status === 'unknown') ? (
        <div className="map-ask">
          {onSet === undefined ? null : <Ask place={place} voice={voice} onSet={onSet} />}
          <p className="aside">
            {patient ? say`Where to look: ` : 'In the record: '}
            {place.ask.where}
          </p>
        </div>
      ) : null}
      <p>
        <a href={`#${rowId(place.key)}`}>{patient ? say`More in the table` : 'Row in the table'}</a>
      </p>
    </section>
  );
}

function Ask(props: {
  readonly place: DrawnPlace;
  readonly voice: Voice;
  readonly onSet: NonNullable<BodyMapProps['onSet']>;
}): ReactNode {
  const { place, voice, onSet } = props;
  if (place.ask === undefined) return null;
  const { fact, question } = place.ask;
  const { region } = place;
  const settled = region !== undefined && region.score.min === region.score.max ? region.score.min : undefined;
  const answers: readonly { readonly value: Answer; readonly words: string; readonly on: boolean }[] =
    region === undefined
      ? [
          { value: true, words: say`Yes`, on: place.status === 'present' },
          { value: false, words: say`No`, on: place.status === 'absent' },
        ]
      : [0, 1, 2, 3].map((score) => ({ value: score, words: String(score), on: settled === score }));
  const open = region === undefined ? place.status === 'unknown' : settled === undefined;
  return (
    <fieldset>
      <legend>{voice === 'patient' ? question : region === undefined ? 'Is the tumour here?' : 'Size score'}</legend>
      {[...answers, { value: 'unknown' as const, words: voice === 'patient' ? say`I don’t know` : 'Not known', on: open }].map(
        ({ value, words, on }) => (
          <button key={words} type="button" aria-pressed={on} onClick={() => onSet(fact, value)}>
            {words}
          </button>
        ),
      )}
    </fieldset>
  );
}
