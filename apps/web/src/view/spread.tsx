/** Where the disease is: every place present, absent or unknown on its own, with the route that leads there. */
import type { SiteState } from '@serosa/core';
import type { ReactNode } from 'react';
import { useFrame } from './context.js';
import { Cites, Details, FoldedFinding, Section, Why } from './parts.js';
import { count, ROUTE_WORDS, STATUS_WORDS } from './words.js';

function Mark({ status }: { readonly status: SiteState['status'] }): ReactNode {
  return (
    <svg className={`mark mark-${status}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" className="mark-ring" />
      {status === 'present' ? <circle cx="8" cy="8" r="4" fill="currentColor" /> : null}
      {status === 'unknown' ? <path d="M4.5 8h7" stroke="currentColor" strokeWidth="2" strokeDasharray="2 1.6" /> : null}
    </svg>
  );
}

function SiteRow({ site }: { readonly site: SiteState }): ReactNode {
  const { report, voice, say } = useFrame();
  const finding = report.findings.find(({ id }) => id === `spread.${site.id}`);
  const text = finding && (
    <p>
      {say(finding.text)}
      <Cites sources={finding.sources} />
    </p>
  );
  return (
    <>
      <tr className={`site site-${site.status}`}>
        <th scope="row">{say(site.label)}</th>
        <td className="status">
          <Mark status={site.status} /> {STATUS_WORDS[site.status][voice]}
        </td>
        {voice === 'patient' ? null : <td>{site.routes.map((route) => ROUTE_WORDS[route][voice]).join(', ')}</td>}
      </tr>
      {finding === undefined ? null : (
        <tr className="site-more">
          <td colSpan={voice === 'patient' ? 2 : 3}>
            {site.status === 'present' ? (
              <>
                {text}
                <Details finding={finding} />
                <Why finding={finding} />
              </>
            ) : (
              <Why
                finding={finding}
                lead={
                  <>
                    {text}
                    <Details finding={finding} />
                  </>
                }
              />
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function SiteTable({ sites }: { readonly sites: readonly SiteState[] }): ReactNode {
  const { voice } = useFrame();
  const patient = voice === 'patient';
  return (
    <table className="sites">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">{patient ? 'Found there?' : 'Status'}</th>
          {patient ? null : <th scope="col">Route</th>}
        </tr>
      </thead>
      <tbody>
        {sites.map((site) => (
          <SiteRow key={site.id} site={site} />
        ))}
      </tbody>
    </table>
  );
}

/** Where it began, before where it went. */
function Began(): ReactNode {
  const { report, say } = useFrame();
  const { began } = report.spread;
  if (began.length === 0) return null;
  return (
    <ul className="began">
      {began.map((fact) => (
        <li key={fact.id}>
          {say(fact.label)}: {fact.value === undefined ? 'not known' : say(fact.value)}
        </li>
      ))}
    </ul>
  );
}

/** The six steps of spread: those that this case is known to have gone through stand out. */
function Cascade(): ReactNode {
  const { report, voice } = useFrame();
  const steps = report.findings.filter((finding) => finding.group === 'cascade');
  if (steps.length === 0) return null;
  const inPlay = steps.filter((finding) => finding.verdict === 'in-play').length;
  return (
    <details className="why more">
      <summary>
        {voice === 'patient' ? 'How mesothelioma spreads, in six steps' : `Six steps of spread (${inPlay} in play here)`}
      </summary>
      {steps.map((finding) => (
        <FoldedFinding
          key={finding.id}
          finding={finding}
          mark={finding.verdict === 'in-play' && voice === 'clinician' ? <p className="tag">in play in this case</p> : null}
        />
      ))}
    </details>
  );
}

export function SpreadSection(): ReactNode {
  const { report, voice } = useFrame();
  const { sites } = report.spread;
  if (sites.length === 0) return null;
  if (voice === 'clinician') {
    return (
      <Section id="spread" title="Spread" intro="Each place on its own. Unknown is not absent.">
        <Began />
        <SiteTable sites={sites} />
        <Cascade />
      </Section>
    );
  }
  const known = sites.filter((site) => site.status !== 'unknown');
  const unknown = sites.filter((site) => site.status === 'unknown');
  const [so, other] = known.length === 0 ? ['So far nothing', ''] : ['Nothing', 'other '];
  return (
    <Section id="spread" title="Where is it?">
      <Began />
      {known.length === 0 ? null : <SiteTable sites={known} />}
      {unknown.length === 0 ? null : (
        <>
          <p>
            {so} is recorded about {count(unknown.length, `${other}place`, `${other}places`)} that doctors look at. “Not known”
            does not mean that there is something.
          </p>
          <details className="why more">
            <summary>Show {count(unknown.length, 'place', 'places')} not known</summary>
            <SiteTable sites={unknown} />
          </details>
        </>
      )}
      <Cascade />
    </Section>
  );
}
