/**
 * The look of the report: a quiet document on paper. One type scale (ratio 1.2 from 1.0625 rem), system fonts, two colours: the violet
 * of haematoxylin for what is possible or can be pressed, and red for what cannot wait. A double rule, the two layers of a
 * serous lining, parts the sections. Held as a string, so that Node and the browser write the same file.
 */
/** The colours of a dark page; the reader's device or setting asks for them. */
const DARK = `
    color-scheme: dark;
    --paper: #15141b;
    --ink: #e9e7f0;
    --soft: #b0acbf;
    --line: #43404f;
    --tint: #211f2b;
    --accent: #c5bcff;
    --fill: #beb4f7;
    --on-fill: #15141b;
    --possible: #433c75;
    --alarm: #ff9aa2;
    --alarm-fill: #6d1020;
    --on-alarm: #ffffff;
    --map-skin: #1f1d29;
    --map-organ: #272433;
    --map-line: #6f6a86;
    --map-faint: #45415a;
    --map-found: #45397f;
    --map-clear: #15141b;
  `;

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfd;
  --ink: #201d2e;
  --soft: #585468;
  --line: #d3d0de;
  --tint: #f1eff8;
  --accent: #43388a;
  --fill: #4b3f96;
  --on-fill: #ffffff;
  --possible: #ddd7f5;
  --alarm: #9d1128;
  --alarm-fill: #8d0f24;
  --on-alarm: #ffffff;
  --map-skin: #f3f1f9;
  --map-organ: #fbfafd;
  --map-line: #a29cbc;
  --map-faint: #cfcadf;
  --map-found: #d8d1f4;
  --map-clear: #ffffff;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Liberation Serif', Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Helvetica, Arial, sans-serif;
  --small: 0.9rem;
  --body: 1.0625rem;
  --h4: 1.125rem;
  --h3: 1.275rem;
  --h2: 1.53rem;
  --h1: 2.2rem;
}
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-scheme='light']) {${DARK}}
}
@media screen {
  :root[data-scheme='dark'] {${DARK}}
  :root[data-scheme='light'] { color-scheme: light; }
  :root[data-contrast='more'] { --soft: var(--ink); --line: var(--ink); --accent: var(--ink); --map-line: var(--ink); --map-faint: var(--soft); }
}
:root[data-text='115'] { font-size: 115%; }
:root[data-text='130'] { font-size: 130%; }
:root[data-text='150'] { font-size: 150%; }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: var(--body)/1.6 var(--sans); overflow-wrap: break-word; }
main { display: block; max-width: 72rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1, h2, h3, h4 { font-family: var(--serif); line-height: 1.25; font-weight: 600; text-wrap: balance; }
h1 { font-size: var(--h1); margin: 0 0 1.25rem; letter-spacing: -0.01em; max-width: 32ch; }
h2 { font-size: var(--h2); margin: 0; }
h3 { font-size: var(--h3); margin: 0 0 0.4rem; }
h4 { font-size: var(--h4); margin: 0 0 0.4rem; }
p, ul, ol, dl { margin: 0 0 0.75rem; }
p, li, h3, h4 { max-width: 70ch; }
ul, ol { padding-left: 1.3rem; }
li { margin-bottom: 0.3rem; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.14em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
h1:focus, li:focus { outline: none; }
li:target { background: var(--tint); box-shadow: 0 0 0 0.5rem var(--tint); }
code { font-family: ui-monospace, 'Cascadia Mono', Menlo, 'Liberation Mono', monospace; font-size: 0.88em; overflow-wrap: anywhere; }
strong { font-weight: 650; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.aside { color: var(--soft); font-size: var(--small); }
.lead { font-size: var(--h4); max-width: 62ch; }
.tag { display: inline-block; margin: 0; padding: 0 0.5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: var(--small); color: var(--soft); }

.cites { white-space: normal; }
.cites a { display: inline-block; min-width: 1.5rem; margin-right: 0.15rem; padding: 0 0.3rem; border-radius: 0.3rem; background: var(--tint); font-size: 0.8rem; line-height: 1.5rem; text-align: center; text-decoration: none; font-variant-numeric: tabular-nums; }
.cites a:hover { text-decoration: underline; }

.alarms { margin: 0 0 2rem; }
.refused { max-width: 54rem; margin: 0 0 2rem; padding: 1rem 1.25rem; border: 2px dashed var(--alarm); border-radius: 0.5rem; }
.refused h2 { margin-bottom: 0.4rem; font-size: var(--h4); }
.began { margin: 0 0 1rem; padding-left: 1.1rem; }
.alarm { max-width: 54rem; margin-bottom: 1rem; padding: 1.1rem 1.25rem; border: 4px solid var(--alarm); border-radius: 0.5rem; }
.alarm h2 { margin-bottom: 0.4rem; }
.alarm-level { display: flex; align-items: center; gap: 0.6rem; margin-bottom: 0.5rem; color: var(--alarm); font-size: var(--h4); }
.alarm-level strong { font-weight: 750; }
.sign { flex: none; }
.alarm-do { font-size: var(--h4); }
.alarm-emergency { background: var(--alarm-fill); color: var(--on-alarm); }
.alarm-emergency .alarm-level { color: inherit; font-size: var(--h3); }
.alarm-emergency a, .alarm-emergency summary, .alarm-emergency .aside, .alarm-emergency .why-label { color: inherit; }
.alarm-emergency .cites a { background: transparent; border: 1px solid; line-height: 1.4rem; }
.alarm-emergency :focus-visible { outline-color: var(--on-alarm); }

.contents ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.4rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.contents li { margin: 0; }
.contents a { display: inline-block; padding: 0.25rem 0; }

.part { margin-top: 2.75rem; padding-top: 1.25rem; border-top: 4px double var(--line); }
.part > h2 { margin-bottom: 0.9rem; }
.part-body { min-width: 0; max-width: 54rem; }
.intro { color: var(--soft); margin-bottom: 1.25rem; }
.finding { margin-bottom: 1.75rem; }
.finding > p { margin-bottom: 0.4rem; }
.lines { margin-bottom: 0.4rem; }
@media (min-width: 44rem) {
  /* The reasons stand at the end of their row; opened, they unfold below it. */
  .sites .site > td:last-child { padding-right: 5rem; }
  :is(.site-absent, .site-unknown) + .site-more > td > .why > summary { float: right; margin-top: -1.75rem; }
  .sites .site-more > td > .why[open] > .why-body { clear: both; }
}
@media (min-width: 62rem) {
  main { padding: 2.5rem 2.5rem 5rem; }
  .part { display: grid; grid-template-columns: 12rem minmax(0, 1fr); column-gap: 2.5rem; }
}

summary { display: inline-block; cursor: pointer; padding: 0.2rem 0; color: var(--accent); font-size: var(--small); }
summary::-webkit-details-marker { display: none; }
summary::before { content: '+'; display: inline-block; width: 1.1em; font-weight: 700; }
details[open] > summary::before { content: '–'; }
summary:hover { text-decoration: underline; }
.why-body { margin: 0.35rem 0 1rem; padding-left: 1rem; border-left: 3px solid var(--line); font-size: var(--small); }
.why-body .aside { font-size: inherit; }
.why-label { margin: 0.6rem 0 0.15rem; font-weight: 650; }
.why-body > .why-label:first-child { margin-top: 0; }
.why-body ul { margin-bottom: 0.4rem; }
.why-body .inline { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; padding: 0; list-style: none; }
.more > summary { font-size: var(--body); margin-bottom: 0.5rem; }

.basis { margin-bottom: 1.5rem; }
.basis > h3 { margin-bottom: 0.8rem; }
.stated { margin-bottom: 1.25rem; padding: 0; list-style: none; }
.editions { display: grid; gap: 1.5rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); max-width: 50rem; }
.edition h4 { font-family: var(--sans); font-size: var(--body); }
.edition-answer { margin-bottom: 0.3rem; }
.edition-answer .aside { display: block; }
.scale { display: flex; gap: 3px; margin: 0 0 0.5rem; padding: 0; list-style: none; }
.scale li { flex: 1 1 0; min-width: 0; margin: 0; padding: 0.45rem 0; border: 1.5px solid var(--line); text-align: center; font-size: var(--small); line-height: 1.2; }
.scale li:first-child { border-radius: 0.5rem 0 0 0.5rem; }
.scale li:nth-last-child(1) { border-radius: 0 0.5rem 0.5rem 0; }
.scale .scale-on, .scale .scale-settled { border-color: var(--fill); font-weight: 700; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.scale .scale-on { background: var(--possible); }
.scale .scale-settled { background: var(--fill); color: var(--on-fill); }
.scale .scale-off { color: var(--soft); }
.pci { max-width: 40rem; margin-bottom: 1.5rem; }
.pci p { margin-bottom: 0.2rem; }
.pci-bar { display: block; width: 100%; height: auto; }
.pci-track { fill: none; stroke: var(--line); stroke-width: 1.5; }
.pci-range { fill: var(--possible); stroke: var(--fill); stroke-width: 1.5; }
.pci-settled { fill: var(--fill); }

.sites { width: 100%; max-width: 50rem; margin-bottom: 1.25rem; border-collapse: collapse; table-layout: fixed; }
.sites th, .sites td { padding: 0.45rem 0.75rem 0.45rem 0; text-align: left; vertical-align: top; hyphens: auto; }
.sites thead th:first-child { width: 42%; }
.sites thead th:nth-child(2) { width: 19%; }
.sites thead th { color: var(--soft); font-size: var(--small); font-weight: 500; border-bottom: 1px solid var(--line); }
.sites tbody th { font-weight: 500; }
.sites .site-present th, .sites .site-present .status { font-weight: 700; }
.sites .site > * { padding-bottom: 0; }
.sites .site > td { font-size: var(--small); }
.sites .site-more > td { padding-top: 0; border-bottom: 1px solid var(--line); }
.mark { vertical-align: -0.2em; flex: none; overflow: visible; }

/* The map of the body. Status is a form first: filled and hatched, plain with a full line, empty with a broken line. */
.map { container-type: inline-size; position: relative; margin-bottom: 1.5rem; }
/* Keeps the room that the figure will take. */
.map-wait { aspect-ratio: 1; max-width: 47rem; }
.map-figure { overflow: hidden; margin: 0 auto; max-width: 47rem; }
.body-map, .region-map { display: block; width: 100%; height: auto; font-family: var(--sans); }
/* On a phone the body alone fills the width; the names are in the panel, in the list and in the table. */
.body-map { width: 184%; margin-left: -42%; }
.body-map .labels { display: none; }
.map path, .map circle, .map rect { vector-effect: none; stroke-linecap: round; stroke-linejoin: round; }
.skin { fill: var(--map-skin); }
.contour { fill: none; stroke: var(--map-line); stroke-width: 1.6; }
.bone-line, .detail { fill: none; stroke: var(--map-faint); stroke-width: 1.2; }
.organ { fill: var(--map-organ); stroke: var(--map-line); stroke-width: 1.1; }
.lining { fill: none; stroke: var(--map-faint); stroke-width: 1.2; }
.bowel-edge { fill: none; stroke: var(--map-faint); stroke-width: 15; }
.bowel { fill: none; stroke: var(--map-organ); stroke-width: 12.6; }
.bowel-edge.small { stroke-width: 9; }
.bowel.small { stroke-width: 7; }
.tube-edge { fill: none; stroke: var(--map-line); }
.tube { fill: none; stroke: var(--map-organ); }
.band-edge { fill: none; stroke: var(--map-line); stroke-width: 9; }
.band-gap { fill: none; stroke: var(--map-skin); stroke-width: 6.8; }
.band-weave { fill: none; stroke: none; }
.band-inside { fill: var(--map-organ); stroke: var(--map-line); stroke-width: 1.1; }
.side { fill: var(--soft); font-size: 15px; font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }

.place { cursor: pointer; outline: none; text-decoration: none; }
.place .area { fill: transparent; stroke: var(--map-line); stroke-width: 1.3; }
.place .line { fill: none; stroke: var(--map-line); stroke-width: 2; }
.place .node { fill: var(--map-organ); stroke: var(--map-line); stroke-width: 1.3; }
.place .hatch { fill: none; stroke: var(--fill); stroke-width: 1.1; stroke-linecap: butt; pointer-events: none; }
.place .halo { fill: transparent; stroke: none; }
.place-unknown :is(.area, .node, .line) { stroke-dasharray: 2.6 3.2; }
.place-unknown .band-edge { stroke-dasharray: 3.4 3.4; stroke-linecap: butt; }
.place-absent .area { fill-opacity: 0.6; }
.place-absent :is(.area, .node) { fill: var(--map-clear); stroke: var(--soft); stroke-width: 1.8; }
.place-absent .line { stroke: var(--soft); }
.place-absent .band-edge { stroke: var(--soft); }
.place-absent .band-gap { stroke: var(--map-clear); }
.place-present .area { fill: var(--map-found); fill-opacity: 0.85; stroke: var(--fill); stroke-width: 2.4; }
.place-present .node { fill: var(--fill); stroke: var(--fill); }
.place-present .line { stroke: var(--fill); stroke-width: 4.5; }
.place-present .band-edge { stroke: var(--fill); stroke-width: 10; }
.place-present .band-gap { stroke: var(--map-found); stroke-width: 6.8; }
.place-present .band-weave { stroke: var(--fill); stroke-width: 6.8; stroke-dasharray: 1.2 4; stroke-linecap: butt; }
.place-present.place-unsided .node { fill: var(--map-found); stroke-width: 2.4; }
.place-present.place-unsided .area { fill-opacity: 0.45; stroke-width: 1.6; }
.beginning .band-edge { stroke: var(--fill); stroke-width: 10.5; }
.beginning .band-gap { stroke: var(--fill); stroke-width: 9; }
.beginning .band-weave { stroke: var(--map-skin); stroke-width: 4; stroke-dasharray: 1.4 5; }
.beginning-open .band-edge { stroke-dasharray: 6 5; stroke-linecap: butt; }
.beginning-open .band-gap { stroke: var(--map-found); }
.beginning-open .band-weave { stroke: none; }
.open-sample { stroke: var(--map-found); stroke-width: 7; stroke-linecap: butt; outline: none; }
.target-ring { fill: var(--paper); stroke: var(--fill); stroke-width: 2.6; }
.target-core { fill: var(--fill); }

.sign-disc { fill: var(--paper); stroke: var(--soft); stroke-width: 1.3; }
.sign-form { fill: none; stroke: var(--soft); stroke-width: 1.6; }
.sign-unknown .sign-disc { stroke: var(--map-line); stroke-dasharray: 2.6 2.4; }
.sign-absent .sign-disc { stroke: var(--soft); stroke-width: 1.8; }
.sign-absent .sign-form { stroke: var(--soft); stroke-width: 2.2; }
.sign-present .sign-disc { fill: var(--fill); stroke: var(--fill); stroke-width: 2; }
.sign-present .sign-form { stroke: var(--on-fill); stroke-width: 2.4; }
.place:hover .halo { stroke: var(--accent); stroke-width: 1.5; }
.place:focus-visible .halo, .picked .halo { stroke: var(--accent); stroke-width: 3.2; }
.place:focus-visible .halo { fill: var(--accent); fill-opacity: 0.2; }
.place:focus-visible .area, .picked .area { stroke: var(--accent); stroke-width: 3; }
.place:target { outline: none; }

.route-halo { fill: none; stroke: var(--paper); stroke-width: 6; stroke-opacity: 0.8; }
.route-line { fill: none; stroke: var(--fill); stroke-width: 2.6; stroke-linecap: butt; }
.route-serosal .route-line { stroke-width: 5; }
.route-core { fill: none; stroke: var(--paper); stroke-width: 2.2; }
.route-lymphatic .route-line { stroke-width: 4.4; stroke-dasharray: 0 7.5; stroke-linecap: round; }
.route-blood .route-line { stroke-dasharray: 10 5; }
.route-tract .route-line { stroke-dasharray: 11 3.5 2.5 3.5; }
.sample { vertical-align: middle; margin-right: 0.35rem; }

.labels text { fill: var(--ink); font-size: 14px; }
.labels .leader { fill: none; stroke: var(--map-line); stroke-width: 0.8; }
.label { cursor: default; }
.label-unknown text { fill: var(--soft); }
.label-present text { font-weight: 700; }
.label-present .leader { stroke: var(--fill); stroke-width: 1.3; }
.labels .frequency { fill: var(--soft); font-size: 12.5px; font-weight: 400; }

.map-legend ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; margin: 0.6rem 0 0.4rem; padding: 0; list-style: none; font-size: var(--small); }
.map-legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; }
.map-legend p { margin-bottom: 0.3rem; }
.map-beside { margin-top: 0.6rem; font-size: var(--small); }
.map-beside ul { display: flex; flex-wrap: wrap; gap: 0.4rem 0.6rem; padding: 0; list-style: none; }
.map-beside li { margin: 0; }
.map-beside button, .map-beside a { display: inline-flex; align-items: center; gap: 0.4rem; min-height: 2.4rem; padding: 0.2rem 0.8rem; border: 1.5px solid var(--line); border-radius: 1.2rem; color: var(--ink); text-decoration: none; }
.map-beside button[aria-pressed='true'] { border-color: var(--accent); background: var(--tint); }
.map-switch { margin-top: 0.4rem; }
.map-note { padding-left: 0.8rem; border-left: 3px solid var(--line); }
.map-panel { margin-top: 0.75rem; padding: 0.9rem 1.1rem; border: 2px solid var(--accent); border-radius: 0.6rem; background: var(--paper); }
.map-panel p { margin-bottom: 0.4rem; }
.map-panel p:last-child { margin-bottom: 0; }
.map-panel-head { display: flex; align-items: flex-start; justify-content: space-between; gap: 1rem; }
.map-panel-head button { flex: none; margin: -0.45rem -0.7rem 0 0; }
.map-ask { margin: 0.5rem 0; }
.map-ask fieldset { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0 0 0.5rem; padding: 0; border: 0; min-width: 0; }
.map-ask legend { margin-bottom: 0.35rem; font-weight: 600; }
.map-ask button[aria-pressed='true'] { background: var(--fill); border-color: var(--fill); color: var(--on-fill); }
@media (min-height: 34rem) {
  /* It opens where the reader is looking, below the part of the figure that is in the window. */
  .map-live { position: sticky; bottom: 0.5rem; z-index: 1; }
  .map-panel { max-height: 45vh; overflow-y: auto; }
  /* What gets the focus is scrolled to where the panel does not lie. */
  html:has(.map-panel) { scroll-padding-bottom: 48vh; }
}

.map-regions { margin-top: 1.5rem; }
.region-map { max-width: 27rem; }
.region-map .area { fill: var(--map-organ); stroke: var(--map-line); stroke-width: 1.3; }
.region-map .place-unknown .area { stroke-dasharray: 4 4; }
.region-map .place-absent .area { fill: var(--map-clear); stroke: var(--soft); }
.region-map .place-present .area { fill: var(--map-found); stroke: var(--fill); stroke-width: 2; }
.region-map .place:focus-visible .area, .region-map .picked .area { stroke: var(--accent); stroke-width: 3.4; stroke-dasharray: none; }
.score-disc { fill: var(--paper); }
.score { fill: var(--ink); font-size: 20px; font-weight: 700; }
.place-unknown .score { fill: var(--soft); font-weight: 400; }
.region-number { fill: var(--soft); font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.sites tbody .site-part th { padding-left: 1.2rem; font-weight: 400; }
.sites .site-alone > * { padding-bottom: 0.45rem; border-bottom: 1px solid var(--line); }
.sites tr:target > * { background: var(--tint); }

@container (min-width: 44rem) {
  .body-map { width: 100%; margin-left: 0; }
  .body-map .labels { display: inline; }
}

.questions { list-style: none; counter-reset: question; padding: 0; }
.question { position: relative; max-width: none; margin-bottom: 1.75rem; padding-left: 2.4rem; counter-increment: question; }
.question::before { content: counter(question); position: absolute; left: 0; top: 0.05rem; width: 1.7rem; height: 1.7rem; border: 1.5px solid var(--accent); border-radius: 50%; color: var(--accent); font: 650 var(--small)/1.55rem var(--sans); text-align: center; }
.question p { margin-bottom: 0.3rem; }
.question .label { color: var(--soft); }
.answers ul { margin: 0.3rem 0 0.6rem; font-size: var(--small); }
.questions-brief .aside { display: block; }

.fold { max-width: 70ch; border-bottom: 1px solid var(--line); }
.fold > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.4rem; padding: 0.55rem 0; font-size: var(--body); color: var(--ink); }
.fold > summary::before { flex: none; color: var(--accent); }
.fold > summary .aside { margin-left: auto; white-space: nowrap; }
.fold > summary h3, .fold > summary h4 { flex: 1 1 60%; margin: 0; font-size: var(--body); }
.fold[open] { padding-bottom: 0.75rem; }
.fold .positions { grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
.verdict { margin-bottom: 2.25rem; }
.verdict-title { margin-bottom: 1rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--line); color: var(--accent); max-width: none; }
.positions { display: grid; gap: 0.75rem 1.75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); margin: 0.75rem 0; padding: 0; list-style: none; font-size: var(--small); }
.position { margin: 0; padding: 0.1rem 0 0.1rem 0.8rem; border-left: 3px solid var(--line); }
.position-yes { border-left-color: var(--fill); }
.position p { margin-bottom: 0.2rem; }
.position .aside, .position .tag { font-size: 0.85rem; }
.why-body .positions { grid-template-columns: minmax(0, 1fr); }

.notes { padding: 0; list-style: none; font-size: var(--small); }
.notes li { margin-bottom: 0.7rem; }
.sources { font-size: var(--small); }
.sources li { margin-bottom: 0.4rem; scroll-margin-top: 1.5rem; }
.sources cite { font-style: italic; }
.sources .link { overflow-wrap: anywhere; }
.colophon { margin-top: 3rem; padding-top: 1.25rem; border-top: 4px double var(--line); color: var(--soft); font-size: var(--small); }

@media (max-width: 30rem) {
  :root { --h1: 1.75rem; --h2: 1.4rem; --h3: 1.2rem; }
  main { padding-inline: 1rem; }
  .sites th, .sites td { padding-right: 0.5rem; }
  .sites thead th:first-child { width: 36%; }
  .sites thead th:nth-child(2) { width: 30%; }
}
@media (forced-colors: active) {
  /* A drawing keeps its own colours there: it takes those that the reader chose. */
  .map, .sites {
    --paper: Canvas; --ink: CanvasText; --soft: CanvasText; --fill: CanvasText; --on-fill: Canvas; --accent: Highlight; --line: CanvasText;
    --map-skin: Canvas; --map-organ: Canvas; --map-line: GrayText; --map-faint: GrayText; --map-found: Canvas; --map-clear: Canvas;
  }
  .scale .scale-on, .scale .scale-settled { border: 3px solid; }
  .when::after { background: CanvasText; }
  .when-today::after, .when-later::after { background: Canvas; }
  .pci-range { forced-color-adjust: none; }
}
@media (prefers-reduced-motion: no-preference) {
  :root:not([data-motion='none']) { scroll-behavior: smooth; }
}
@page { margin: 18mm 16mm; }
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #454545; --line: #9a9a9a; --tint: transparent; --accent: #000000;
    --fill: #3a3a3a; --on-fill: #ffffff; --possible: #d8d8d8; --alarm: #000000; --alarm-fill: #ffffff; --on-alarm: #000000;
    --map-skin: #f6f6f6; --map-organ: #ffffff; --map-line: #8a8a8a; --map-faint: #c9c9c9; --map-found: #dadada; --map-clear: #ffffff;
    --body: 10.5pt; --small: 9pt; --h1: 20pt; --h2: 14pt; --h3: 12pt; --h4: 11pt;
  }
  main { max-width: none; padding: 0; }
  .contents, .no-print { display: none; }
  .part { display: block; margin-top: 1.5rem; padding-top: 0.75rem; }
  h1, h2, h3, h4, .alarm-level, .verdict-title { break-after: avoid; }
  .alarm, .edition, .question, .position, .sources li, .site, .when-events > li { break-inside: avoid; }
  .site-more { break-before: avoid; }
  .intro, .when-day { break-after: avoid; }
  .when-folded:not(:has(> details[open])) { display: none; }
  #sources .intro { display: none; }
  p, li { orphans: 3; widows: 3; }
  a { text-decoration: none; }
  .sources a[href^='http']::after { content: ' ' attr(href); }
  .sources a[href^='https://doi.org/']::after, .sources a[href^='https://pubmed.ncbi.nlm.nih.gov/']::after { content: none; }
  .cites a { min-width: 0; margin: 0; padding: 0 0.1rem; }
  .cites a::before { content: '['; }
  .cites a::after { content: ']'; }
  .alarm-emergency .cites a { border: 0; }
  details:not([open]):not(.answers, .fold, .map-table) { display: none; }
  .body-map { width: 100%; margin-left: 0; }
  .body-map .labels { display: inline; }
  .map-figure, .region-map { break-inside: avoid; }
  .map * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .map-beside a, .map-beside button { border: 0; padding: 0; min-height: 0; }
  .map .map-switch, .map-table > summary { display: none; }
  .map-table::details-content { content-visibility: visible; block-size: auto; }
  summary::before { content: none; }
  .answers::details-content { content-visibility: visible; block-size: auto; }
  .sites .site-more > td { padding-bottom: 0.2rem; }
}

/* Medical words that explain themselves. A card stands at its word; where the browser cannot place it, at the foot of the window. */
.term, .term:hover { display: inline; min-height: 0; margin: 0; padding: 0; border: 0; border-radius: 0; background: none; color: inherit; font: inherit; text-align: inherit; text-decoration: underline dotted var(--soft) 0.1em; text-underline-offset: 0.22em; cursor: help; user-select: text; }
.term:hover { text-decoration-color: currentColor; text-decoration-style: solid; }
.alarm-emergency .term { text-decoration-color: currentColor; }
.term-card { position: fixed; inset: auto 0.75rem 0.75rem; width: auto; max-width: 26rem; max-height: 70vh; margin: 0 auto; padding: 0.9rem 1.1rem; border: 2px solid var(--accent); border-radius: 0.6rem; background: var(--paper); color: var(--ink); overflow-y: auto; }
.term-card p { margin-bottom: 0.5rem; }
.term-card:focus-visible { outline: none; }
.term-close { min-height: 2.4rem; padding: 0.2rem 0.9rem; border: 1.5px solid var(--line); border-radius: 0.5rem; background: transparent; color: var(--accent); font: inherit; cursor: pointer; }
@supports (position-area: bottom) {
  .term-card { inset: auto; margin: 0.35rem 0.75rem; position-area: bottom span-all; justify-self: center; position-try-fallbacks: flip-block; }
  @media (min-width: 44rem) {
    .term-card { margin: 0.35rem 0; position-area: bottom span-right; justify-self: auto; position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline; }
  }
}
@media print {
  .term, .term:hover { text-decoration: none; }
  .term-card { display: none; }
}
/* Where the browser knows no popover a word stays a word. */
@supports not selector(:popover-open) {
  .term { text-decoration: none; pointer-events: none; }
  .term-card { display: none; }
}

/* What happened when: one line along it, a filled mark for what was, a ring for the day of the report, a broken line after it. */
.timeline { margin: 0 0 1.5rem; padding: 0; list-style: none; }
.when { position: relative; max-width: none; margin: 0; padding: 0 0 1.1rem 1.6rem; }
.when::before { content: ''; position: absolute; left: 0.3rem; top: 0.75rem; bottom: -0.75rem; border-left: 2px solid var(--line); }
.when:last-child::before { display: none; }
.when::after { content: ''; position: absolute; left: 0; top: 0.45rem; width: 0.7rem; height: 0.7rem; border: 2px solid var(--fill); border-radius: 50%; background: var(--fill); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.when-today::after { left: -0.15rem; top: 0.3rem; width: 1rem; height: 1rem; background: var(--paper); border-width: 3px; }
.when-later::after { background: var(--paper); border-color: var(--soft); }
.when-today::before, .when-later::before { border-left-style: dashed; }
.when-folded::after { left: 0.1rem; top: 0.6rem; width: 0.5rem; height: 0.5rem; background: var(--line); border-color: var(--line); }
.when-day { margin: 0; }
.when-day time { font-weight: 650; font-variant-numeric: tabular-nums; }
.when-events { margin: 0; padding: 0; list-style: none; }
.when-events > li { margin-bottom: 0.2rem; }
.when-events strong { font-weight: 600; }
.when-events .way { color: var(--soft); }
.when .readings, .when-events .readings { margin: 0 0 0.2rem; font-size: var(--small); }
.readings li { margin: 0; }
.when .why-body { margin-bottom: 0.4rem; }

/* Trials */
.trial-count { margin-bottom: 1.5rem; }
.trial-count > p { margin-bottom: 0.3rem; }
.trial-number { color: var(--soft); font-weight: 500; font-size: var(--small); font-family: var(--sans); }
.trial-ask { margin: 1.25rem 0 1.75rem; padding: 0.1rem 0 0.1rem 1rem; border-left: 3px solid var(--fill); }
.trial-ask .why-label { margin-top: 0; }
.trial-ask ul, .trial ul { margin-bottom: 0.5rem; }
.trial { margin-bottom: 2rem; }
.trial:focus { outline: none; }
.trial:focus-visible { outline: 3px solid var(--accent); outline-offset: 0.5rem; }
.trial > p { margin-bottom: 0.4rem; }
.trial-status { font-weight: 600; }
.trial-lines { margin: 0.75rem 0; max-width: 70ch; }
.trial-lines > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; margin-bottom: 0.35rem; }
.trial-lines dt { color: var(--soft); }
.trial-lines dd { margin: 0; }
.trial-record { margin-top: 0.6rem; }
.trial-in { margin: 0.25rem 0 1rem; padding-left: 1.1em; }
.fold > summary .trial-brief { flex: 1 1 100%; margin-left: 1.22em; white-space: normal; }
.trial-row { margin-bottom: 1.4rem; }
.trial-row > p { margin-bottom: 0.15rem; }
.trial-row h4 { margin-bottom: 0.2rem; }
.criteria { width: 100%; margin: 0.5rem 0 1rem; border-collapse: collapse; table-layout: fixed; font-size: var(--small); }
.criteria th, .criteria td { padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; }
.criteria thead th { color: var(--soft); font-weight: 500; }
.criteria thead th:first-child { width: 6.5rem; }
.criteria thead th:last-child { width: 34%; }
.criteria tbody th { font-weight: 500; }
.criteria tbody th .aside { display: block; }
.criteria .criterion-met td, .criteria .criterion-site td { color: var(--soft); }
.criterion-sign { display: inline-block; width: 1.1em; font-weight: 700; text-align: center; }
.trial-note { display: block; }
@media (max-width: 30rem) {
  .trial-lines > div { grid-template-columns: minmax(0, 1fr); margin-bottom: 0.5rem; }
  .criteria th, .criteria td { padding-right: 0.5rem; }
  .criteria thead th:first-child { width: 4.9rem; }
  .criteria thead th:last-child { width: 36%; }
}
@media print {
  .trial, .trial-lines > div, .trial-ask, .criteria tr { break-inside: avoid; }
  .trial-fold[open], .trial-row { break-inside: auto; }
  .trial-count, .trial-status { break-after: avoid; }
}
`;
