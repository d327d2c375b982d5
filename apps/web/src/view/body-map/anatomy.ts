/**
 * The drawing, as data. Seen from the front: the middle line of the body is x = 0, the person's left is x > 0 and stands at the
 * reader's right. Where a thing exists twice it is drawn for the person's left and mirrored. The proportions are those of a plate,
 * not of a person: head and arms give way to the trunk, where everything happens.
 */
import type { PrimarySite } from '@serosa/core';
import { mirror, mirrorPoint, type Point } from './geometry.js';

/** What is drawn of one place on one side. */
export interface Drawing {
  /** Filled outlines. */
  readonly area?: string;
  /** A line that stands for a thin layer, drawn as the double line of a serous lining. */
  readonly band?: string;
  /** The way of a needle or drain, or another line that has no width of its own. */
  readonly line?: string;
  /** Lymph nodes and other small spots. */
  readonly nodes?: readonly Point[];
  /** Where the mark of its status stands. */
  readonly at: Point;
}

/**
 * `own` and `other` go by the side of the tumour. `either`: the body has two and the fact does not say which. `middle`: there is
 * one.
 */
export type Spot =
  | { readonly side: 'middle'; readonly middle: Drawing }
  | { readonly side: 'own' | 'other' | 'either'; readonly left: Drawing; readonly right: Drawing };

function flipped({ area, band, line, nodes, at }: Drawing): Drawing {
  return {
    ...(area === undefined ? {} : { area: mirror(area) }),
    ...(band === undefined ? {} : { band: mirror(band) }),
    ...(line === undefined ? {} : { line: mirror(line) }),
    ...(nodes === undefined ? {} : { nodes: nodes.map(mirrorPoint) }),
    at: mirrorPoint(at),
  };
}

const middle = (drawing: Drawing): Spot => ({ side: 'middle', middle: drawing });
const paired = (side: 'own' | 'other' | 'either', left: Drawing): Spot => ({ side, left, right: flipped(left) });
const differing = (side: 'own' | 'other' | 'either', left: Drawing, right: Drawing): Spot => ({ side, left, right });

// ── what is always drawn ─────────────────────────────────────────────────────────────────────────────────────────────

const HALF_HEAD =
  'M 0 10 C 30 10 47 34 47 68 C 47 74 47 78 46 83 C 51 80 54 88 51 98 C 50 105 47 107 44 105 C 41 124 29 141 14 147 C 9 149 4 150 0 150';
const HALF_OUTER = 'M 29 138 C 29 158 31 168 40 174 C 62 186 96 188 122 197 C 150 207 163 229 165 262 C 167 308 172 352 178 412';
const HALF_INNER =
  'M 142 414 C 141 372 138 332 128 296 C 126 288 125 282 124 276 C 127 320 126 366 119 414 C 113 456 117 492 126 530 C 135 566 138 606 138 664';

export const HEAD: readonly string[] = [HALF_HEAD, mirror(HALF_HEAD)];
export const CONTOUR: readonly string[] = [HALF_OUTER, mirror(HALF_OUTER), HALF_INNER, mirror(HALF_INNER)];
const HALF_FILL =
  'M 0 150 L 29 138 C 29 158 31 168 40 174 C 62 186 96 188 122 197 C 150 207 163 229 165 262 C 167 308 172 352 178 412 C 170 420 150 421 142 414 C 141 372 138 332 128 296 C 126 288 125 282 124 276 C 127 320 126 366 119 414 C 113 456 117 492 126 530 C 135 566 138 606 138 664 C 112 674 40 674 14 664 C 13 646 10 632 0 622 Z';
export const SKIN: readonly string[] = [`${HALF_HEAD} Z`, mirror(`${HALF_HEAD} Z`), HALF_FILL, mirror(HALF_FILL)];
const HALF_THIGH = 'M 14 664 C 13 646 10 632 0 622';
export const THIGHS: readonly string[] = [HALF_THIGH, mirror(HALF_THIGH)];
/** Where the drawing leaves off. */
const HALF_CUTS = ['M 142 414 C 150 421 170 420 178 412', 'M 14 664 C 40 674 112 674 138 664'];
export const CUTS: readonly string[] = [...HALF_CUTS, ...HALF_CUTS.map(mirror)];

const RIGHT_LUNG =
  'M -45 181 C -66 184 -83 216 -92 262 C -99 300 -103 342 -103 386 C -93 362 -74 343 -54 342 C -40 342 -27 349 -19 358 C -22 334 -23 306 -22 284 C -21 252 -22 214 -28 198 C -31 187 -37 180 -45 181 Z';
const LEFT_LUNG =
  'M 45 181 C 66 184 83 216 92 262 C 99 300 103 348 103 394 C 96 372 86 356 74 352 C 71 351 69 352 66 355 C 72 342 73 330 68 318 C 61 300 44 290 30 278 C 22 256 22 214 28 198 C 31 187 37 180 45 181 Z';
/** Where the lobes meet: two gaps on the right, one on the left. */
export const FISSURES: readonly string[] = [
  'M -22 284 C -44 278 -72 278 -97 288',
  'M -103 322 C -90 324 -74 332 -64 343',
  'M 99 304 C 92 324 86 340 81 355',
];
const HEART =
  'M -17 270 C -29 282 -31 310 -24 332 C -6 348 34 352 58 342 C 64 328 57 306 43 290 C 35 277 24 268 12 266 C 2 263 -9 264 -17 270 Z';
/** The muscle inside of its sac. */
const HEART_MUSCLE =
  'M -13 275 C -23 285 -25 309 -19 329 C -3 343 32 346 53 337 C 58 325 52 306 40 292 C 33 281 23 273 13 271 C 4 269 -6 269 -13 275 Z';
/** Its grooves. */
export const HEART_LINES: readonly string[] = [
  'M 14 268 C 4 284 -4 304 -8 326 C -8 332 -6 336 -4 340',
  'M 20 272 C 34 290 44 312 46 342',
];
/** Tubes: windpipe with its two branches, upper hollow vein, aorta. */
export const TUBES: readonly { readonly path: string; readonly wide: number }[] = [
  { path: 'M 0 152 C 0 180 0 206 1 232 C -4 246 -14 254 -26 260', wide: 8 },
  { path: 'M 1 230 C 6 244 16 252 29 256', wide: 7 },
  { path: 'M -15 276 C -15 256 -15 236 -16 214', wide: 8 },
  { path: 'M 2 272 C 0 252 4 232 16 230 C 27 230 29 244 28 256', wide: 10 },
];
const HALF_CLAVICLE = 'M 9 196 C 34 186 70 196 112 190';
export const CLAVICLES: readonly string[] = [HALF_CLAVICLE, mirror(HALF_CLAVICLE)];
const HALF_RIBS = [
  'M 60 186 C 88 190 104 206 111 226',
  'M 78 212 C 96 218 108 236 114 256',
  'M 104 276 C 112 284 116 292 117 300',
  'M 108 308 C 114 314 117 320 118 328',
  'M 109 338 C 114 344 117 350 117 358',
  'M 109 368 C 113 374 115 380 115 386',
];
export const RIBS: readonly string[] = [...HALF_RIBS, ...HALF_RIBS.map(mirror)];
export const SPINE: readonly Point[] = [0, 1, 2, 3, 4].map((step): Point => [0, 432 + step * 23]);

const HALF_PELVIS =
  'M 16 540 C 24 516 52 500 88 502 C 104 503 111 514 107 525 C 103 535 97 541 98 551 C 103 562 101 577 92 583 C 78 587 62 592 46 601 C 32 608 14 611 5 606 L 5 596 C 20 594 36 586 48 573 C 46 557 32 548 16 540 Z';
const LIVER =
  'M -96 412 C -92 390 -76 370 -54 368 C -36 367 -20 375 -8 381 C 10 385 32 384 48 389 C 40 401 20 410 -4 416 C -22 421 -34 431 -46 443 C -62 455 -84 457 -93 445 C -97 435 -97 424 -96 412 Z';
export const STOMACH =
  'M 24 398 C 36 390 52 384 66 384 C 82 386 86 404 82 422 C 76 444 54 456 30 456 C 16 456 6 450 2 442 C 12 444 26 440 34 430 C 40 420 34 408 24 398 Z';
const SPLEEN = 'M 90 392 C 100 394 103 408 99 424 C 95 437 88 440 84 434 C 82 424 86 416 86 409 C 86 402 86 396 90 392 Z';
const KIDNEY = 'M 66 446 C 78 442 88 452 88 470 C 88 488 78 500 68 496 C 60 492 64 480 60 472 C 56 464 56 450 66 446 Z';
const ADRENAL = 'M 48 440 C 54 430 66 432 68 444 C 62 449 54 454 46 454 C 43 450 45 445 48 440 Z';
const PANCREAS =
  'M -20 456 C -16 446 -4 446 8 450 C 28 456 50 452 70 444 C 76 448 72 456 62 462 C 44 470 22 468 6 466 C -2 468 -8 476 -16 474 C -22 470 -22 462 -20 456 Z';
const CAVITY =
  'M -99 420 C -97 390 -78 365 -54 363 C -34 362 -20 371 -8 377 C 16 381 36 381 54 377 C 76 371 93 390 99 420 C 103 456 101 498 91 534 C 81 570 50 590 0 592 C -50 590 -81 570 -91 534 C -101 498 -103 456 -99 420 Z';
/** The large bowel as a frame, the small bowel inside it. */
export const COLON =
  'M -72 560 C -80 536 -80 510 -76 488 C -72 474 -40 482 0 482 C 40 482 70 472 76 486 C 82 510 80 540 70 562 C 58 574 34 568 18 580';
const BOWEL =
  'M -50 500 C -20 492 20 492 50 500 C 56 506 52 514 40 514 C 12 512 -20 510 -46 514 C -54 520 -50 528 -40 528 C -12 524 18 526 44 530 C 54 536 50 544 38 544 C 12 540 -16 540 -40 544 C -50 552 -42 560 -28 560 C -8 558 10 556 26 560';
export const BOWEL_LOOPS = BOWEL;
/** The dome of the breathing muscle, left and right of the middle. */
const DOME_LEFT = 'M 6 368 C 22 372 38 372 52 367 C 76 358 96 376 108 414';
const DOME_RIGHT = 'M -6 368 C -16 361 -34 352 -54 352 C -80 352 -98 374 -108 410';
export const DOMES: readonly string[] = [DOME_LEFT, DOME_RIGHT];
const BRAIN =
  'M 0 26 C 22 20 37 34 38 54 C 39 68 31 77 19 78 C 12 80 5 78 0 78 C -5 78 -12 80 -19 78 C -31 77 -39 68 -38 54 C -37 34 -22 20 0 26 Z';
/** Between the halves of the brain. */
export const BRAIN_LINES =
  'M 0 26 C 2 42 -2 62 0 78 M 14 34 C 24 36 28 44 24 52 M 14 64 C 22 66 29 60 32 52 M -14 34 C -24 36 -28 44 -24 52 M -14 64 C -22 66 -29 60 -32 52';
const THYROID =
  'M 0 172 C 4 172 6 168 8 160 C 14 156 18 164 16 174 C 14 182 6 184 0 178 C -6 184 -14 182 -16 174 C -18 164 -14 156 -8 160 C -6 168 -4 172 0 172 Z';
const MIDDLE_OF_CHEST =
  'M -14 196 C -4 192 8 192 16 196 C 20 214 20 236 22 258 C 10 262 -8 262 -18 262 C -18 236 -18 214 -14 196 Z';
const GREAT_VESSELS =
  'M -4 270 C -7 248 -2 226 16 224 C 34 224 36 242 34 258 C 31 262 26 262 23 258 C 23 248 23 238 16 238 C 8 240 8 254 10 268 C 6 272 0 273 -4 270 Z';

const SCROTUM =
  'M -34 624 C -46 640 -48 676 -32 690 C -20 698 -6 694 0 688 C 6 694 20 698 32 690 C 48 676 46 640 34 624 C 22 616 -22 616 -34 624 Z';
const TESTIS = 'M 18 646 C 30 644 36 656 35 668 C 34 680 24 686 16 682 C 8 676 8 650 18 646 Z';
const CORD = 'M 20 646 C 22 628 30 610 52 592';

/** Organs that are drawn whether or not they are a place of the case: without them the rest could not be found. */
export const ORGANS = {
  kidneys: [KIDNEY, mirror(KIDNEY)],
  adrenals: [ADRENAL, mirror(ADRENAL)],
  pelvis: [HALF_PELVIS, mirror(HALF_PELVIS)],
  cavity: CAVITY,
  liver: LIVER,
  spleen: SPLEEN,
  lungs: [LEFT_LUNG, RIGHT_LUNG],
  heart: HEART,
  brain: BRAIN,
  thyroid: THYROID,
  scrotum: SCROTUM,
  testes: [TESTIS, mirror(TESTIS)],
  cords: [CORD, mirror(CORD)],
} as const;

// ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const CHEST_WALL = 'M 106 234 C 114 268 118 312 116 362';
const FLANK = 'M 112 430 C 108 462 111 494 118 524';

/** Large areas first: what stands later lies on top and is met first by a finger. */
const SPOTS: Readonly<Record<string, Spot>> = {
  brain: middle({ area: BRAIN, at: [0, 52] }),
  bone: middle({ area: `${HALF_PELVIS} ${mirror(HALF_PELVIS)}`, at: [-82, 524] }),
  skin: middle({
    area: 'M 142 338 C 142 322 166 320 169 336 C 172 356 166 364 158 364 C 148 364 142 352 142 338 Z',
    at: [156, 342],
  }),
  peritoneum: middle({ band: CAVITY, at: [36, 587] }),
  liver: middle({ area: LIVER, at: [-60, 412] }),
  adrenal: paired('either', { area: ADRENAL, at: [57, 442] }),
  kidney: paired('either', { area: KIDNEY, at: [76, 476] }),
  spleen: middle({ area: SPLEEN, at: [92, 416] }),
  pancreas: middle({ area: PANCREAS, at: [28, 460] }),
  'small-bowel': middle({ band: BOWEL, at: [0, 536] }),
  'hepatic-hilum': middle({
    area: 'M -32 412 C -22 406 -10 408 -10 420 C -12 430 -28 434 -36 428 C -40 420 -38 414 -32 412 Z',
    at: [-24, 420],
  }),
  'abdominal-wall': middle({ band: `${FLANK} ${mirror(FLANK)}`, at: [112, 500] }),
  lung: differing('either', { area: LEFT_LUNG, at: [66, 262] }, { area: RIGHT_LUNG, at: [-66, 262] }),
  'contralateral-lung': differing('other', { area: LEFT_LUNG, at: [66, 236] }, { area: RIGHT_LUNG, at: [-66, 236] }),
  pleura: differing('either', { band: LEFT_LUNG, at: [97, 280] }, { band: RIGHT_LUNG, at: [-97, 280] }),
  'contralateral-pleura': differing('other', { band: LEFT_LUNG, at: [100, 304] }, { band: RIGHT_LUNG, at: [-100, 304] }),
  'ipsilateral-lung-nodules': paired('own', {
    nodes: [
      [54, 236],
      [70, 244],
      [66, 272],
    ],
    at: [58, 256],
  }),
  mediastinum: middle({ area: MIDDLE_OF_CHEST, at: [0, 212] }),
  'great-vessels': middle({ area: GREAT_VESSELS, at: [18, 236] }),
  pericardium: middle({ band: HEART, at: [-27, 312] }),
  myocardium: middle({ area: HEART_MUSCLE, at: [22, 312] }),
  diaphragm: differing('own', { band: DOME_LEFT, at: [106, 408] }, { band: DOME_RIGHT, at: [-106, 404] }),
  'chest-wall': paired('own', { band: CHEST_WALL, at: [112, 264] }),
  thyroid: middle({ area: THYROID, at: [0, 174] }),
  tract: paired('own', { line: 'M 138 342 L 96 352', at: [127, 345] }),
  'cervical-nodes': paired('either', {
    nodes: [
      [37, 140],
      [36, 166],
    ],
    at: [34, 153],
  }),
  'axillary-nodes': paired('either', {
    nodes: [
      [121, 240],
      [141, 258],
    ],
    at: [131, 248],
  }),
  'mediastinal-nodes': middle({
    nodes: [
      [-13, 226],
      [13, 226],
      [12, 252],
      [-34, 352],
      [-36, 232],
      [36, 232],
    ],
    at: [0, 240],
  }),
  'abdominal-nodes': middle({
    nodes: [
      [-12, 430],
      [12, 434],
      [-13, 474],
      [13, 512],
      [-26, 550],
      [26, 550],
    ],
    at: [0, 492],
  }),
  'inguinal-nodes': paired('either', {
    nodes: [
      [62, 594],
      [84, 606],
    ],
    at: [73, 600],
  }),
  scrotum: middle({ area: SCROTUM, at: [0, 676] }),
  'spermatic-cord': paired('own', { line: CORD, at: [31, 616] }),
  'thoracic-nodes.scalene': paired('either', {
    nodes: [
      [44, 183],
      [66, 178],
    ],
    at: [55, 180],
  }),
  'thoracic-nodes.supraclavicular': paired('either', {
    nodes: [
      [82, 184],
      [105, 187],
    ],
    at: [94, 185],
  }),
  'thoracic-nodes.internal-mammary': paired('own', {
    nodes: [
      [36, 202],
      [42, 224],
    ],
    at: [39, 213],
  }),
  'thoracic-nodes.mediastinal': paired('own', {
    nodes: [
      [9, 231],
      [13, 253],
    ],
    at: [12, 242],
  }),
  'thoracic-nodes.hilar': paired('own', {
    nodes: [
      [34, 251],
      [46, 272],
    ],
    at: [39, 262],
  }),
  'thoracic-nodes.intercostal': paired('own', {
    nodes: [
      [86, 290],
      [91, 313],
    ],
    at: [88, 302],
  }),
  'thoracic-nodes.pericardial-fat-pad': differing(
    'own',
    {
      nodes: [
        [52, 350],
        [75, 340],
      ],
      at: [64, 346],
    },
    {
      nodes: [
        [-24, 352],
        [-46, 347],
      ],
      at: [-36, 350],
    },
  ),
  'thoracic-nodes.peridiaphragmatic': differing(
    'own',
    {
      nodes: [
        [78, 360],
        [99, 382],
      ],
      at: [90, 370],
    },
    {
      nodes: [
        [-73, 350],
        [-94, 370],
      ],
      at: [-85, 359],
    },
  ),
  'thoracic-nodes.contralateral': paired('other', {
    nodes: [
      [34, 251],
      [46, 272],
    ],
    at: [39, 262],
  }),
};

/** A needle goes in where the tumour is. */
const TRACTS: Partial<Record<PrimarySite, Spot>> = {
  peritoneum: middle({ line: 'M -128 462 L -70 486', at: [-108, 470] }),
  'tunica-vaginalis': paired('own', { line: 'M 98 560 L 52 592', at: [92, 564] }),
};

/** Where it began, and the points from which routes leave: the one nearest to where a route leads is taken. */
const ORIGINS: Readonly<Record<PrimarySite, Spot>> = {
  pleura: differing('own', { band: LEFT_LUNG, at: [86, 236] }, { band: RIGHT_LUNG, at: [-86, 236] }),
  peritoneum: middle({ band: CAVITY, at: [80, 560] }),
  pericardium: middle({ band: HEART, at: [58, 334] }),
  'tunica-vaginalis': paired('own', { band: TESTIS, at: [35, 668] }),
};
const LEFT_EXITS: readonly Point[] = [
  [46, 181],
  [70, 206],
  [101, 330],
  [97, 376],
  [26, 216],
  [70, 336],
];
const EXITS: Readonly<Record<PrimarySite, readonly Point[]>> = {
  pleura: LEFT_EXITS,
  peritoneum: [
    [0, 378],
    [-80, 372],
    [78, 372],
    [-98, 470],
    [98, 470],
    [0, 592],
  ],
  pericardium: [
    [-26, 290],
    [0, 265],
    [30, 272],
    [20, 348],
    [-24, 332],
  ],
  'tunica-vaginalis': [
    [20, 646],
    [34, 660],
  ],
};

/** The drawing of a place; undefined for one that stands beside the figure, because it has no spot of its own. */
export function spotOf(key: string, primary: PrimarySite): Spot | undefined {
  return (key === 'tract' ? TRACTS[primary] : undefined) ?? SPOTS[key];
}

export const originOf = (primary: PrimarySite): Spot => ORIGINS[primary];

/** Where a route from the origin to a place starts. The exits of what exists twice are those of the left. */
export function exitTowards(primary: PrimarySite, origin: Drawing, [x, y]: Point): Point {
  const twice = ORIGINS[primary].side !== 'middle';
  const exits = twice && origin.at[0] < 0 ? EXITS[primary].map(mirrorPoint) : EXITS[primary];
  const far = (point: Point): number => Math.hypot(point[0] - x, point[1] - y);
  return exits.reduce((best, exit) => (far(exit) < far(best) ? exit : best));
}

/** Order of drawing. */
export const DRAWING_ORDER: readonly string[] = Object.keys(SPOTS);

/** The origin is drawn after the large areas around it, and before this place and what follows. */
export const BEFORE: keyof typeof SPOTS = 'mediastinum';

/** Lowest line of the figure: the groin and below is drawn only where it matters. */
export const bottomOf = (primary: PrimarySite | undefined): number => (primary === 'tunica-vaginalis' ? 712 : 676);

// ── the thirteen regions ─────────────────────────────────────────────────────────────────────────────────────────────

export interface RegionDrawing {
  readonly area: string;
  /** Where its score stands, and its number. */
  readonly at: Point;
  readonly number: Point;
}

const box = (left: number, top: number, right: number, bottom: number): string =>
  `M ${left} ${top} L ${right} ${top} L ${right} ${bottom} L ${left} ${bottom} Z`;
const cell = (area: string, at: Point, number: Point): RegionDrawing => ({ area, at, number });

/** The trunk around the regions. */
const HALF_TRUNK = 'M 150 8 C 164 60 150 108 152 150 C 153 196 168 232 170 290';
export const TRUNK: readonly string[] = [HALF_TRUNK, mirror(HALF_TRUNK)];

/** 1, 2, 3 / 8, 0, 4 / 7, 6, 5 as the reader sees them, then four stretches of small bowel, drawn apart below. */
export const REGIONS: readonly RegionDrawing[] = [
  cell(box(-48, 100, 48, 184), [0, 144], [-38, 118]),
  cell('M -48 100 L -142 100 C -142 62 -108 22 -48 16 Z', [-82, 66], [-62, 38]),
  cell('M -48 16 C -24 8 24 8 48 16 L 48 100 L -48 100 Z', [0, 60], [-38, 34]),
  cell('M 48 100 L 142 100 C 142 62 108 22 48 16 Z', [82, 66], [62, 38]),
  cell(box(48, 100, 142, 184), [96, 144], [132, 118]),
  cell('M 48 184 L 142 184 C 138 226 100 264 48 276 Z', [82, 222], [62, 262]),
  cell('M -48 184 L 48 184 L 48 276 C 24 282 -24 282 -48 276 Z', [0, 230], [-38, 202]),
  cell('M -48 184 L -142 184 C -138 226 -100 264 -48 276 Z', [-82, 222], [-62, 262]),
  cell(box(-142, 100, -48, 184), [-96, 144], [-132, 118]),
  ...[0, 1, 2, 3].map((step): RegionDrawing => {
    const left = -142 + step * 72;
    const right = left + 68;
    return cell(
      `M ${left} 330 C ${left + 6} 314 ${right - 6} 314 ${right} 330 C ${right + 4} 340 ${right + 4} 354 ${right} 364 C ${right - 6} 378 ${left + 6} 378 ${left} 364 C ${left - 4} 354 ${left - 4} 340 ${left} 330 Z`,
      [left + 38, 348],
      [left + 12, 340],
    );
  }),
];
