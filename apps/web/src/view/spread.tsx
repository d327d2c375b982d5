/** Where the disease is: the map of the body, and the table behind it, each place present, absent or unknown on its own. */
import { inVoice, say, type Voice } from '@serosa/core';
import { memo, type ReactNode } from 'react';
import type { BodyMapProps } from './body-map/body-map.js';
import { type BodyMapComponent, LazyBodyMap } from './body-map/lazy.js';
import { Mark } from './body-map/mark.js';
import { knownFrom, type Place, placesOf, rowId, stageWords, statusWords } from './body-map/places.js';
import { useFrame, useReport, useShared } from './context.js';
import { Terms } from './glossary.js';
import { Cites, Details, FoldedFinding, Section, Why } from './parts.js';
import { count, ROUTE_WORDS } from './words.js';

/** How it is known and what it means for the stage, in small print; nothing where that would only repeat the status. */
function smallPrint(place: Place, voice: Voice): string {
  const patient = voice === 'patient';
  const { reason } = place.facts[0] ?? {};
  const silent = place.status === 'unknown' && (reason === undefined || SILENT.has(reason));
  // What spread would mean is told to a patient where it is found, not everywhere it could be.
  const stage = patient && place.status !== 'present' ? undefined : stageWords(place, voice);
  // Of an involved site the finding says it to professionals.
  const said = !patient && place.status === 'present' && place.station === undefined;
  return [
    silent ? '' : `${patient ? say`How we know` : 'Known from'}: ${knownFrom(place.facts, voice)}.`,
    stage === undefined || said ? '' : stage,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Reasons that say no more than "unknown". */
const SILENT: ReadonlySet<string> = new Set(['not-recorded', 'underived']);

/** What stands below a place: how it is known, and what the finding says. */
function More({ place }: { readonly place: Place }): ReactNode {
  const report = useReport();
  const { voice, voiced } = useFrame();
  const print = smallPrint(place, voice);
  const small =
    print === '' ? null : (
      <p className="aside">
        {print}
        {place.station === undefined ? null : <Cites sources={place.station.sources} />}
      </p>
    );
  const finding = place.site && report.findings.find(({ id }) => id === `spread.${place.site?.id}`);
  if (finding === undefined) return small;
  const text = (
    <>
      <p>
        {voiced(finding.text)}
        <Cites sources={finding.sources} />
      </p>
      <Details finding={finding} />
    </>
  );
  return (
    <>
      {small}
      {place.status === 'present' ? text : null}
      <Why finding={finding} lead={place.status === 'present' ? undefined : text} />
    </>
  );
}

const Row = memo(function Row({ place }: { readonly place: Place }): ReactNode {
  const { voice, voiced } = useFrame();
  const alone = place.site === undefined && smallPrint(place, voice) === '';
  const className = `site site-${place.status}${place.station ? ' site-part' : ''}${alone ? ' site-alone' : ''}`;
  return (
    <>
      <tr className={className} id={rowId(place.key)}>
        <th scope="row">{voiced(place.name)}</th>
        <td className="status">
          <Mark status={place.status} /> {statusWords(place, voice)}
        </td>
        <td>{place.routes.map((route) => inVoice(ROUTE_WORDS[route], voice)).join(', ')}</td>
      </tr>
      {alone ? null : (
        <tr className="site-more">
          <td colSpan={3}>
            <More place={place} />
          </td>
        </tr>
      )}
    </>
  );
});

function PlaceTable({ places }: { readonly places: readonly Place[] }): ReactNode {
  const { voice } = useFrame();
  const patient = voice === 'patient';
  return (
    <table className="sites">
      <thead>
        <tr>
          <th scope="col">{say`Place`}</th>
          <th scope="col">{patient ? say`Found there?` : 'Status'}</th>
          <th scope="col">{patient ? say`How it can get there` : 'Route'}</th>
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <Row key={place.key} place={place} />
        ))}
      </tbody>
    </table>
  );
}

/** Where it began, before where it went. */
function Began(): ReactNode {
  const report = useReport();
  const { voiced } = useFrame();
  const { began } = report.spread;
  if (began.length === 0) return null;
  return (
    <ul className="began">
      {began.map((fact) => (
        <li key={fact.id}>
          <Terms text={`${voiced(fact.label)}: ${fact.value === undefined ? say`not known` : voiced(fact.value)}`} />
        </li>
      ))}
    </ul>
  );
}

/** The six steps of spread: those that this case is known to have gone through stand out. */
function Cascade(): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const steps = report.findings.filter((finding) => finding.group === 'cascade');
  if (steps.length === 0) return null;
  const inPlay = steps.filter((finding) => finding.verdict === 'in-play').length;
  return (
    <details className="why more">
      <summary>
        {voice === 'patient' ? say`How mesothelioma spreads, in six steps` : `Six steps of spread (${inPlay} in play here)`}
      </summary>
      {steps.map((finding) => (
        <FoldedFinding
          key={finding.id}
          finding={finding}
          mark={
            finding.verdict === 'in-play' && voice === 'clinician' ? <p className="tag">{say`in play in this case`}</p> : null
          }
        />
      ))}
    </details>
  );
}

function Folded(props: { readonly title: string; readonly places: readonly Place[]; readonly open?: boolean }): ReactNode {
  if (props.places.length === 0) return null;
  return (
    <details className="why more map-table" open={props.open}>
      <summary>{props.title}</summary>
      <PlaceTable places={props.places} />
    </details>
  );
}

export interface SpreadSectionProps {
  readonly onSet?: BodyMapProps['onSet'];
  /** Stands before the map. */
  readonly note?: ReactNode;
  /** The map itself, where it has to be there from the start. */
  readonly map?: BodyMapComponent | undefined;
}

export function SpreadSection({ onSet, note, map: BodyMap = LazyBodyMap }: SpreadSectionProps): ReactNode {
  const report = useReport();
  const { voice } = useFrame();
  const { spread } = report;
  const { sites } = spread;
  const rows = useShared(placesOf(spread));
  if (sites.length === 0) return null;
  const patient = voice === 'patient';
  const present = rows.filter(({ status }) => status === 'present').length;
  const known = rows.filter(({ status }) => status !== 'unknown');
  const open = rows.filter(({ status }) => status === 'unknown');
  return (
    <Section
      id="spread"
      title={patient ? say`Where is it?` : 'Spread'}
      intro={
        patient
          ? say`${present === 0 ? say`So far it is recorded in no other place. ` : ''}Nothing is recorded about ${count(open.length, say`place`, say`places`)} that doctors look at. “Not known” does not mean that there is something.`
          : 'Each place on its own. Unknown is not absent.'
      }
    >
      <Began />
      {note}
      <BodyMap spread={spread} voice={voice} onSet={onSet} cite={(sources) => <Cites sources={sources} />} />
      {patient ? (
        <>
          {/* What is known stands open; nobody needs to read a list of all that is not. */}
          <Folded title={say`What is known, in a table (${known.length})`} places={known} open />
          <Folded title={say`Show ${count(rows.length - known.length, say`place`, say`places`)} not known`} places={open} />
        </>
      ) : (
        <Folded title={`Table: ${count(rows.length, 'place', 'places')}`} places={rows} open />
      )}
      <Cascade />
    </Section>
  );
}
