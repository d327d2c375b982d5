/** The report as one HTML file that stands alone: no script, no request, the same bytes for the same report. */
import { type GlossaryTerm, type Reading, type Report, said, say, spokenCode } from '@serosa/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { BodyMap } from './body-map/body-map.js';
import { prepareGlossary } from './glossary.js';
import { ReportView } from './report-view.js';
import { STYLE } from './style.js';
import { TrialsSection } from './trials.js';
import type { TrialsShown } from './trials-shown.js';

/** Nothing may be loaded and nothing may run, wherever the file is opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * A complete HTML document.
 *
 * @param reading adds the account of what was read from the input
 * @param trials adds the section on trials
 * @param terms explains medical words to patients
 */
export function reportHtml(report: Report, reading?: Reading, trials?: TrialsShown, terms: readonly GlossaryTerm[] = []): string {
  const markup = renderToStaticMarkup(
    <html lang={spokenCode()}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>{say`${said(report.case.title ?? report.case.id)} – Serosa report`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; a style element's text must not be escaped */}
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <ReportView
            report={report}
            reading={reading}
            map={BodyMap}
            trials={trials && <TrialsSection shown={trials} />}
            glossary={prepareGlossary(terms)}
          />
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>\n${markup}\n`;
}
