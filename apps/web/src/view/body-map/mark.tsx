/** The sign of a status: a form of its own for each, so that it reads without colour and on paper. */
import type { SiteStatus } from '@serosa/core';
import type { ReactNode } from 'react';
import type { Point } from './geometry.js';

/** Plus, minus and question mark as strokes: no font decides how they look. */
const SIGNS: Readonly<Record<SiteStatus, string>> = {
  present: 'M -4 0 L 4 0 M 0 -4 L 0 4',
  absent: 'M -3.6 0 L 3.6 0',
  unknown: 'M -2.6 -2.2 C -2.6 -5.4 2.8 -5.4 2.8 -2.2 C 2.8 -0.2 0.1 -0.3 0.1 1.9 M 0.1 4 L 0.1 4.3',
};

export function Sign({ status, at: [x, y] }: { readonly status: SiteStatus; readonly at: Point }): ReactNode {
  return (
    <g className={`sign sign-${status}`} transform={`translate(${x} ${y})`}>
      <circle r="8" className="sign-disc" />
      <path d={SIGNS[status]} className="sign-form" />
    </g>
  );
}

/** The same sign in a line of text. */
export function Mark({ status }: { readonly status: SiteStatus }): ReactNode {
  return (
    <svg className="mark" viewBox="-10 -10 20 20" width="18" height="18" aria-hidden="true">
      <Sign status={status} at={[0, 0]} />
    </svg>
  );
}

/** Where it began: a target, which no status looks like. */
export function Target({ at: [x, y] }: { readonly at: Point }): ReactNode {
  return (
    <g className="target" transform={`translate(${x} ${y})`}>
      <circle r="9" className="target-ring" />
      <circle r="3.6" className="target-core" />
    </g>
  );
}
