/** The report as React components, and as one HTML file that stands alone. */
export type { PageOf } from './context.js';
export { reportHtml } from './document.js';
export { ReportView, type ReportViewProps } from './report-view.js';
export { STYLE } from './style.js';
export { TrialsSection, type TrialsSectionProps } from './trials.js';
export { chooseTrials, countriesOf, type TrialFilters, type TrialsShown } from './trials-shown.js';
