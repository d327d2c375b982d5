/** The figure: a body from the front with the places of one case. Pure but for the keyboard, which moves the focus inside it. */
import { inVoice, type Voice, type Voices } from '@serosa/core';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  BEFORE,
  BOWEL_LOOPS,
  BRAIN_LINES,
  bottomOf,
  CLAVICLES,
  COLON,
  CONTOUR,
  CUTS,
  DRAWING_ORDER,
  type Drawing,
  exitTowards,
  FISSURES,
  HEAD,
  HEART_LINES,
  ORGANS,
  REGIONS,
  RIBS,
  SKIN,
  SPINE,
  STOMACH,
  THIGHS,
  TRUNK,
  TUBES,
} from './anatomy.js';
import { bow, hatch, type Point, spaced } from './geometry.js';
import { Sign, Target } from './mark.js';
import { type DrawnPlace, type Picture, routesOf } from './picture.js';
import { scoreWords } from './places.js';
import { reachedWords, wrapped } from './words.js';

export interface FigureProps {
  readonly picture: Picture;
  readonly voice: Voice;
  /** Says what a place is called and in which state it is. */
  readonly nameOf: (place: DrawnPlace) => string;
  /** Where a place leads in a page without a script. */
  readonly hrefOf: (place: DrawnPlace) => string;
  /** Absent in a page without a script. */
  readonly onPick?: ((key: string) => void) | undefined;
  readonly picked?: string | undefined;
  /** The place that the Tab key leads to. */
  readonly reached?: string | undefined;
  readonly onReach?: ((key: string) => void) | undefined;
  readonly title: string;
  readonly summary: string;
  /** Beside each place, how often it is reached. */
  readonly frequencies?: boolean;
}

/** Drawn for the eye alone: what it says stands in the names of the places. */
const HIDDEN = { 'aria-hidden': true } as const;

/** The thin skin around an organ: two lines with a gap, which is what fills when the tumour is there. */
function Band({ path, closed }: { readonly path: string; readonly closed: boolean }): ReactNode {
  return (
    <>
      <path d={path} className="band-edge" />
      <path d={path} className="band-gap" />
      <path d={path} className="band-weave" />
      {closed ? <path d={path} className="band-inside" /> : null}
    </>
  );
}

function Shapes({ drawing, status, unsided }: { readonly drawing: Drawing; readonly status: string; readonly unsided: boolean }) {
  const { area, band, line, nodes } = drawing;
  return (
    <>
      {area === undefined ? null : (
        <>
          <path d={area} className="area" />
          {status === 'present' ? <path d={hatch(area, unsided ? 7 : 4.5, unsided ? 45 : -45)} className="hatch" /> : null}
        </>
      )}
      {band === undefined ? null : <Band path={band} closed={false} />}
      {line === undefined ? null : <path d={line} className="line" />}
      {nodes?.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="3.8" className="node" />
      ))}
    </>
  );
}

/** What every figure shows, so that a place can be found in it. */
function Anatomy({ picture }: { readonly picture: Picture }): ReactNode {
  const groin = picture.beginning?.primary === 'tunica-vaginalis';
  return (
    <g className="anatomy" {...HIDDEN}>
      {SKIN.map((d) => (
        <path key={d} d={d} className="skin" />
      ))}
      {groin ? <path d={ORGANS.scrotum} className="skin" /> : null}
      {[...CONTOUR, ...(groin ? [ORGANS.scrotum] : THIGHS)].map((d) => (
        <path key={d} d={d} className="contour" />
      ))}
      {HEAD.map((d) => (
        <path key={d} d={d} className="contour" />
      ))}
      {CUTS.map((d) => (
        <path key={d} d={d} className="detail" />
      ))}
      <path d={ORGANS.brain} className="organ faint" />
      <path d={BRAIN_LINES} className="detail" />
      {ORGANS.pelvis.map((d) => (
        <path key={d} d={d} className="bone-line" />
      ))}
      {SPINE.map(([x, y]) => (
        <rect key={y} x={x - 10} y={y - 8} width="20" height="16" rx="4" className="bone-line" />
      ))}
      {[...RIBS, ...CLAVICLES].map((d) => (
        <path key={d} d={d} className="bone-line" />
      ))}
      {[...ORGANS.kidneys, ...ORGANS.adrenals].map((d) => (
        <path key={d} d={d} className="organ" />
      ))}
      <path d={ORGANS.cavity} className="lining" />
      <path d={COLON} className="bowel-edge" />
      <path d={COLON} className="bowel" />
      <path d={BOWEL_LOOPS} className="bowel-edge small" />
      <path d={BOWEL_LOOPS} className="bowel small" />
      <path d={ORGANS.spleen} className="organ" />
      <path d={STOMACH} className="organ" />
      <path d={ORGANS.liver} className="organ" />
      <path d={ORGANS.thyroid} className="organ" />
      {TUBES.map(({ path, wide }) => (
        <path key={path} d={path} className="tube-edge" strokeWidth={wide} />
      ))}
      {TUBES.map(({ path, wide }) => (
        <path key={path} d={path} className="tube" strokeWidth={wide - 2} />
      ))}
      {[...ORGANS.lungs, ORGANS.heart].map((d) => (
        <g key={d} className="serous">
          <Band path={d} closed />
        </g>
      ))}
      {[...FISSURES, ...HEART_LINES].map((d) => (
        <path key={d} d={d} className="detail" />
      ))}
      {groin ? [...ORGANS.cords, ...ORGANS.testes].map((d) => <path key={d} d={d} className="organ" />) : null}
    </g>
  );
}

interface Label {
  readonly place: DrawnPlace;
  readonly side: -1 | 1;
  readonly anchor: Point;
  readonly lines: readonly string[];
  readonly frequency: string | undefined;
}

/** Half of the width that the body itself takes; the names stand outside of it. */
const EDGE = 188;
const LINE = 16;

/** How far apart two names may stand and still be in each other's way. */
const NEAR = 70;

/** Every name on the nearer side; what lies in the middle, or on both sides, goes where there is more room beside it. */
function labelsOf(places: readonly DrawnPlace[], voice: Voice, frequencies: boolean): readonly Label[] {
  const taken: Record<-1 | 1, number[]> = { '-1': [], 1: [] };
  const free = ({ drawings: [first, second] }: DrawnPlace): boolean => second !== undefined || Math.abs(first?.at[0] ?? 0) < 24;
  return [...places.filter((place) => !free(place)), ...places.filter(free)].map((place) => {
    const first = place.drawings[0]?.at ?? [0, 0];
    const crowd = (side: -1 | 1): number =>
      taken[side].filter((y) => Math.abs(y - first[1]) < NEAR).length + taken[side].length / 10;
    const side = (free(place) ? crowd(-1) <= crowd(1) : first[0] < 0) ? -1 : 1;
    taken[side].push(first[1]);
    return {
      place,
      side,
      anchor: place.drawings.map(({ at }) => at).find(([x]) => x * side > 0) ?? first,
      // Bold letters are wider.
      lines: wrapped(inVoice(place.short, voice), place.status === 'present' ? 16 : 18),
      frequency: frequencies ? reachedWords(place.reached, voice) : undefined,
    };
  });
}

function Labels(props: {
  readonly places: readonly DrawnPlace[];
  readonly voice: Voice;
  readonly frequencies: boolean;
  readonly bottom: number;
  readonly onPick: ((key: string) => void) | undefined;
}): ReactNode {
  const { places, voice, frequencies, bottom, onPick } = props;
  const labels = labelsOf(places, voice, frequencies);
  return (
    <g className="labels" {...HIDDEN}>
      {([-1, 1] as const).map((side) => {
        const own = labels.filter((label) => label.side === side);
        const rows = own.map(({ lines, frequency }) => [...lines, ...(frequency === undefined ? [] : wrapped(frequency, 22))]);
        const heights = spaced(
          own.map(({ anchor }) => anchor[1]),
          rows.map(({ length }) => length * LINE + 8),
          6,
          bottom - 6,
        );
        return own.map(({ place, anchor, lines }, index) => {
          const y = heights[index] ?? 0;
          const all = rows[index] ?? lines;
          const top = y - ((all.length - 1) * LINE) / 2 + 5;
          const [x, end] = anchor;
          const reach = Math.hypot(x - side * EDGE, end - y);
          const trim = 9 / (reach || 1);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer; the place itself is the button
            <g key={place.key} className={`label label-${place.status}`} onClick={onPick && (() => onPick(place.key))}>
              <path
                d={`M ${side * (EDGE + 4)} ${y} L ${side * EDGE} ${y} L ${x + (side * EDGE - x) * trim} ${end + (y - end) * trim}`}
                className="leader"
              />
              <text textAnchor={side < 0 ? 'end' : 'start'} y={top}>
                {all.map((line, row) => (
                  <tspan
                    key={line}
                    x={side * (EDGE + 9)}
                    {...(row === 0 ? {} : { dy: LINE })}
                    {...(row < lines.length ? {} : { className: 'frequency' })}
                  >
                    {line}
                  </tspan>
                ))}
              </text>
            </g>
          );
        });
      })}
    </g>
  );
}

/** One place: a link to its row in a page without a script, otherwise a button. */
function PlaceShape(props: {
  readonly place: DrawnPlace;
  readonly figure: FigureProps;
  readonly at: readonly Point[];
  readonly children: ReactNode;
}): ReactNode {
  const { place, figure, at, children } = props;
  const { onPick, picked, reached, nameOf, hrefOf, onReach } = figure;
  const className = `place place-${place.status}${place.unsided ? ' place-unsided' : ''}`;
  const inside = (
    <>
      {children}
      {at.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="13" className="halo" />
      ))}
    </>
  );
  if (onPick === undefined) {
    return (
      <a className={className} href={hrefOf(place)} aria-label={nameOf(place)}>
        {inside}
      </a>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
    <g
      className={picked === place.key ? `${className} picked` : className}
      role="button"
      tabIndex={reached === place.key ? 0 : -1}
      aria-label={nameOf(place)}
      aria-pressed={picked === place.key}
      data-key={place.key}
      onClick={() => onPick(place.key)}
      onFocus={() => onReach?.(place.key)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onPick(place.key);
      }}
    >
      {inside}
    </g>
  );
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest place in a direction; what lies straight ahead counts as nearer than what lies aside. */
export function neighbour(from: string, key: string, spots: readonly { readonly key: string; readonly at: Point }[]) {
  if (key === 'Home') return spots[0]?.key;
  if (key === 'End') return spots.at(-1)?.key;
  const arrow = ARROWS[key];
  const start = spots.find((spot) => spot.key === from)?.at;
  if (arrow === undefined || start === undefined) return undefined;
  let best: { readonly key: string; readonly cost: number } | undefined;
  for (const spot of spots) {
    const [dx, dy] = [spot.at[0] - start[0], spot.at[1] - start[1]];
    const ahead = dx * arrow[0] + dy * arrow[1];
    if (ahead <= 0.5) continue;
    const cost = ahead + 2.5 * Math.abs(dx * arrow[1] - dy * arrow[0]);
    if (best === undefined || cost < best.cost) best = { key: spot.key, cost };
  }
  return best?.key;
}

/** Arrow keys move the focus; the figure is one stop of the Tab key. */
function onArrow(event: KeyboardEvent<SVGSVGElement>, spots: readonly { readonly key: string; readonly at: Point }[]): void {
  const from = (event.target as Element).closest('[data-key]')?.getAttribute('data-key');
  if (from === null || from === undefined) return;
  const next = neighbour(from, event.key, spots);
  if (next === undefined) return;
  event.preventDefault();
  event.currentTarget.querySelector<SVGElement>(`[data-key="${next}"]`)?.focus();
}

function frameProps(props: FigureProps, id: string, spots: readonly { readonly key: string; readonly at: Point }[]) {
  return {
    role: 'group',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-summary`,
    ...(props.onPick === undefined ? {} : { onKeyDown: (event: KeyboardEvent<SVGSVGElement>) => onArrow(event, spots) }),
  } as const;
}

const SIDES: readonly { readonly x: number; readonly words: Voices }[] = [
  { x: -112, words: { clinician: 'R', patient: 'your right' } },
  { x: 112, words: { clinician: 'L', patient: 'your left' } },
];

const isUnder = ({ key }: DrawnPlace): boolean => DRAWING_ORDER.indexOf(key) < DRAWING_ORDER.indexOf(BEFORE);

export function BodyFigure(props: FigureProps): ReactNode {
  const { picture, voice, frequencies = false } = props;
  const { beginning } = picture;
  const placed = picture.places.filter(({ drawings }) => drawings.length > 0);
  const spots = placed
    .map(({ key, drawings }) => ({ key, at: drawings[0]?.at ?? ([0, 0] as const) }))
    .sort((a, b) => a.at[1] - b.at[1]);
  const bottom = bottomOf(beginning?.primary);
  const shape = (place: DrawnPlace): ReactNode => (
    <PlaceShape key={place.key} place={place} figure={props} at={place.drawings.map(({ at }) => at)}>
      {place.drawings.map((drawing) => (
        <Shapes key={drawing.at.join()} drawing={drawing} status={place.status} unsided={place.unsided} />
      ))}
    </PlaceShape>
  );
  return (
    <svg className="body-map" viewBox={`-350 -6 700 ${bottom + 6}`} {...frameProps(props, 'body-map', spots)}>
      <title id="body-map-title">{props.title}</title>
      <desc id="body-map-summary">{props.summary}</desc>
      <Anatomy picture={picture} />
      {placed.filter(isUnder).map(shape)}
      {beginning === undefined ? null : (
        <g className={beginning.unsided ? 'beginning beginning-open' : 'beginning'} {...HIDDEN}>
          {beginning.drawings.map((drawing) => (
            <Shapes key={drawing.at.join()} drawing={drawing} status="present" unsided={beginning.unsided} />
          ))}
        </g>
      )}
      {placed.filter((place) => !isUnder(place)).map(shape)}
      <g className="routes" pointerEvents="none" {...HIDDEN}>
        {beginning === undefined
          ? null
          : routesOf(picture).map(({ place, route }, index) => {
              const end = place.drawings[0]?.at ?? [0, 0];
              const start = exitTowards(beginning.primary, beginning.drawings[0] ?? { at: end }, end);
              const d = bow(start, end, index % 2 === 0 ? 0.14 : -0.14);
              return (
                <g key={place.key} className={`route route-${route}`}>
                  <path d={d} className="route-halo" />
                  <path d={d} className="route-line" />
                  {route === 'serosal' ? <path d={d} className="route-core" /> : null}
                </g>
              );
            })}
      </g>
      {/* On top of every shape and route. */}
      <g className="signs" pointerEvents="none" {...HIDDEN}>
        {placed.flatMap(({ key, status, drawings }) =>
          drawings.map(({ at }) => <Sign key={`${key} ${at.join()}`} status={status} at={at} />),
        )}
        {beginning?.drawings.map(({ at }) =>
          beginning.unsided ? <Sign key={at.join()} status="unknown" at={at} /> : <Target key={at.join()} at={at} />,
        )}
      </g>
      <Labels places={placed} voice={voice} frequencies={frequencies} bottom={bottom} onPick={props.onPick} />
      {SIDES.map(({ x, words }) => (
        <text key={x} x={x} y="128" textAnchor="middle" className="side" {...HIDDEN}>
          {inVoice(words, voice)}
        </text>
      ))}
    </svg>
  );
}

export function RegionFigure(props: FigureProps): ReactNode {
  const { picture, voice } = props;
  const spots = picture.regions.map(({ key }, index) => ({ key, at: REGIONS[index]?.at ?? ([0, 0] as const) }));
  return (
    <svg className="region-map" viewBox="-174 4 348 376" {...frameProps(props, 'region-map', spots)}>
      <title id="region-map-title">{props.title}</title>
      <desc id="region-map-summary">{props.summary}</desc>
      {SIDES.map(({ x, words }) => (
        <text key={x} x={x} y="300" textAnchor="middle" className="side" {...HIDDEN}>
          {inVoice(words, voice)}
        </text>
      ))}
      {TRUNK.map((d) => (
        <path key={d} d={d} className="contour" {...HIDDEN} />
      ))}
      {picture.regions.map((place, index) => {
        const drawing = REGIONS[index];
        const { score } = place.region ?? { score: { min: 0, max: 3 } };
        if (drawing === undefined) return null;
        const [x, y] = drawing.at;
        return (
          <PlaceShape key={place.key} place={place} figure={props} at={[drawing.at]}>
            <path d={drawing.area} className="area" />
            {score.min > 0 ? <path d={hatch(drawing.area, 13 - 3 * score.min, -45)} className="hatch" /> : null}
            {score.min > 2 ? <path d={hatch(drawing.area, 4, 45)} className="hatch" /> : null}
            <circle cx={x} cy={y} r="14" className="score-disc" />
            <text x={x} y={y + 7} textAnchor="middle" className="score" {...HIDDEN}>
              {scoreWords(score)}
            </text>
            <text x={drawing.number[0]} y={drawing.number[1]} textAnchor="middle" className="region-number" {...HIDDEN}>
              {index}
            </text>
          </PlaceShape>
        );
      })}
    </svg>
  );
}
