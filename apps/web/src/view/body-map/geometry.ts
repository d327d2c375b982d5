/**
 * Small geometry for a drawing made of paths. A path holds absolute M, L, C and Z with blanks between all parts, so that it can
 * be mirrored and hatched by calculation. Fills by reference (`url(#…)`) are not used: a saved file must not refer to anything.
 */
export type Point = readonly [x: number, y: number];

const round = (value: number): number => Math.round(value * 10) / 10;

/** The same path on the other side of the body's middle line, x = 0. */
export function mirror(path: string): string {
  let horizontal = true;
  return path
    .split(' ')
    .map((part) => {
      if (/[A-Z]/.test(part)) return part;
      const flipped = horizontal ? String(-Number(part)) : part;
      horizontal = !horizontal;
      return flipped === '-0' ? '0' : flipped;
    })
    .join(' ');
}

export const mirrorPoint = ([x, y]: Point): Point => [x === 0 ? 0 : -x, y];

/** Straight pieces per curve: enough for the eye at the size at which the figure is shown. */
const PIECES = 10;

/** The outlines of a path as polygons. */
export function polygons(path: string): readonly (readonly Point[])[] {
  const parts = path.split(' ');
  const outlines: Point[][] = [];
  let index = 0;
  const take = (): Point => [Number(parts[index++]), Number(parts[index++])];
  while (index < parts.length) {
    const command = parts[index++];
    const outline = outlines.at(-1) ?? [];
    if (command === 'M') outlines.push([take()]);
    else if (command === 'L') outline.push(take());
    else if (command === 'C') {
      const start: Point = outline.at(-1) ?? [0, 0];
      const [b, c, d] = [take(), take(), take()];
      for (let piece = 1; piece <= PIECES; piece += 1) outline.push(onCurve(start, b, c, d, piece / PIECES));
    }
  }
  return outlines;
}

function onCurve(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const u = 1 - t;
  const mix = (axis: 0 | 1): number =>
    u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis];
  return [mix(0), mix(1)];
}

/** Parallel lines inside a path, `gap` apart and turned by `angle` degrees, as one path. */
export function hatch(path: string, gap: number, angle: number): string {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const edges = polygons(path)
    .map((outline) => outline.map(([x, y]): Point => [x * cos + y * sin, y * cos - x * sin]))
    .flatMap((outline) => outline.map((from, i) => [from, outline[(i + 1) % outline.length] ?? from] as const));
  const heights = edges.map(([[, y]]) => y);
  const lines: string[] = [];
  const back = (x: number, y: number): string => `${round(x * cos - y * sin)} ${round(x * sin + y * cos)}`;
  for (let y = (Math.floor(Math.min(...heights) / gap) + 0.5) * gap; y < Math.max(...heights); y += gap) {
    const crossings = edges
      .filter(([[, a], [, b]]) => a > y !== b > y)
      .map(([[x1, y1], [x2, y2]]) => x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      lines.push(`M ${back(crossings[i] ?? 0, y)} L ${back(crossings[i + 1] ?? 0, y)}`);
    }
  }
  return lines.join(' ');
}

/** A curve from one place to another that bends away from the straight line, so that routes to neighbours stay apart. */
export function bow([x1, y1]: Point, [x2, y2]: Point, bend: number): string {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const control = (t: number): string => `${round(x1 + dx * t - dy * bend)} ${round(y1 + dy * t + dx * bend)}`;
  // It ends short of the mark, which stays readable.
  const length = Math.hypot(dx, dy) || 1;
  const end = Math.max(0, 1 - 11 / length);
  return `M ${round(x1)} ${round(y1)} C ${control(0.3)} ${control(0.7)} ${round(x1 + dx * end - (dy / length) * bend * 11)} ${round(y1 + dy * end + (dx / length) * bend * 11)}`;
}

/**
 * Moves boxes of the given heights apart until none overlaps another, within the bounds, keeping their order. Neighbours that
 * touch move as one block around the mean of what they want.
 *
 * @param wanted where the middle of each box would like to be
 */
export function spaced(wanted: readonly number[], heights: readonly number[], top: number, bottom: number): readonly number[] {
  const order = wanted
    .map((y, index) => ({ y, index, height: heights[index] ?? 0 }))
    .sort((a, b) => a.y - b.y || a.index - b.index);
  const total = order.reduce((sum, { height }) => sum + height, 0);
  const squeeze = Math.min(1, (bottom - top) / (total || 1));
  let blocks: { sum: number; count: number }[] = [];
  const before: number[] = [];
  let used = 0;
  for (const { y, height } of order) {
    // Where the middle of the box lies below the top of a block that began with the first box.
    before.push(used + (height * squeeze) / 2);
    blocks.push({ sum: y - used - (height * squeeze) / 2, count: 1 });
    used += height * squeeze;
    for (let last = blocks.at(-1), prior = blocks.at(-2); last && prior; last = blocks.at(-1), prior = blocks.at(-2)) {
      if (prior.sum / prior.count <= last.sum / last.count) break;
      blocks = [...blocks.slice(0, -2), { sum: prior.sum + last.sum, count: prior.count + last.count }];
    }
  }
  const starts = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  const result: number[] = [];
  for (const [place, { index }] of order.entries()) {
    const start = Math.min(Math.max(starts[place] ?? top, top), bottom - used);
    result[index] = round(start + (before[place] ?? 0));
  }
  return result;
}
