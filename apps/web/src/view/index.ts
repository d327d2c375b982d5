/** The report as React components, and as one HTML file that stands alone. */
export { allTrials, matchCase } from '../trials/of-case.js';
export { type Answer, BodyMap, type BodyMapProps } from './body-map/body-map.js';
export { type Picture, pictureOf } from './body-map/picture.js';
export type { PageOf } from './context.js';
export { reportHtml } from './document.js';
export { ReportView, type ReportViewProps } from './report-view.js';
export { STYLE } from './style.js';
export { TrialsSection, type TrialsSectionProps } from './trials.js';
export { chooseTrials, type TrialFilters, type TrialsShown } from './trials-shown.js';
export { TRIALS_AT_ONCE } from './words.js';
