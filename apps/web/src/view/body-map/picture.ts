/** From places to a picture: what is drawn of each, and on which side. */
import type { Laterality, PrimarySite, Route, Spread, Voices } from '@serosa/core';
import { DRAWING_ORDER, type Drawing, originOf, type Spot, spotOf } from './anatomy.js';
import { type Place, placesOf } from './places.js';
import { REGION_NAMES, SHORT } from './words.js';

export interface DrawnPlace extends Place {
  /** As it stands beside the figure. */
  readonly short: Voices;
  /** One per side on which it is drawn; none for a place that stands beside the figure. */
  readonly drawings: readonly Drawing[];
  /** The body has two and nothing says which is meant. */
  readonly unsided: boolean;
  /** Why it stands beside the figure. */
  readonly beside?: 'no-spot' | 'no-side';
}

/** Where it began, drawn like a place and no place of spread. */
export interface Beginning {
  readonly primary: PrimarySite;
  readonly drawings: readonly Drawing[];
  /** The body has two of it, and which is meant is not known; nothing that depends on a side is then drawn on one. */
  readonly unsided: boolean;
}

export interface Picture {
  readonly beginning?: Beginning;
  /** In the order in which they are drawn. */
  readonly places: readonly DrawnPlace[];
  readonly regions: readonly DrawnPlace[];
}

export function pictureOf(spread: Spread): Picture {
  const { primary, laterality } = spread;
  if (primary === undefined) return { places: [], regions: [] };
  const all = placesOf(spread);
  const order = ({ key }: Place): number => DRAWING_ORDER.indexOf(key);
  return {
    beginning: beginningOf(primary, laterality),
    places: all
      .filter(({ region }) => region === undefined)
      .sort((a, b) => order(a) - order(b))
      .map((place) => ({ ...place, short: SHORT[place.key] ?? place.name, ...drawn(spotOf(place.key, primary), laterality) })),
    regions: all.flatMap((place) =>
      place.region === undefined
        ? []
        : [{ ...place, short: REGION_NAMES[place.region.region] ?? place.name, drawings: [], unsided: false }],
    ),
  };
}

/** A tumour on both sides has no other side, so it decides no more than an unknown one. */
function drawn(
  spot: Spot | undefined,
  laterality: Laterality | undefined,
): Pick<DrawnPlace, 'drawings' | 'unsided'> & { readonly beside?: 'no-spot' | 'no-side' } {
  if (spot === undefined) return { drawings: [], unsided: false, beside: 'no-spot' };
  if (spot.side === 'middle') return { drawings: [spot.middle], unsided: false };
  if (spot.side === 'either') return { drawings: [spot.right, spot.left], unsided: true };
  if (laterality !== 'left' && laterality !== 'right') return { drawings: [], unsided: true, beside: 'no-side' };
  const other = laterality === 'left' ? 'right' : 'left';
  return { drawings: [spot[spot.side === 'own' ? laterality : other]], unsided: false };
}

function beginningOf(primary: PrimarySite, laterality: Laterality | undefined): Beginning {
  const spot = originOf(primary);
  if (spot.side === 'middle') return { primary, drawings: [spot.middle], unsided: false };
  if (laterality === 'left' || laterality === 'right') return { primary, drawings: [spot[laterality]], unsided: false };
  return { primary, drawings: [spot.right, spot.left], unsided: laterality === undefined };
}

/** Involved places that a route can be drawn to: both ends have to be known. */
export function routesOf({ beginning, places }: Picture): readonly { readonly place: DrawnPlace; readonly route: Route }[] {
  if (beginning === undefined || beginning.drawings.length !== 1) return [];
  return places.flatMap((place) => {
    const [route] = place.routes;
    return place.status === 'present' && place.drawings.length === 1 && route !== undefined ? [{ place, route }] : [];
  });
}
