/** The map comes after the page: the report with its table is whole without it. A saved file has it from the start. */
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import type { BodyMapProps } from './body-map.js';

export type BodyMapComponent = ComponentType<BodyMapProps>;

let loaded: BodyMapComponent | undefined;

export function LazyBodyMap(props: BodyMapProps): ReactNode {
  const [ready, setReady] = useState(() => loaded);
  useEffect(() => {
    if (loaded !== undefined) return;
    let here = true;
    import('./body-map.js')
      .then(({ BodyMap }) => {
        loaded = BodyMap;
        if (here) setReady(() => BodyMap);
      })
      // Without the drawing the table still says everything.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, []);
  if (ready === undefined) return <div className="map map-wait" />;
  const Ready = ready;
  return <Ready {...props} />;
}
