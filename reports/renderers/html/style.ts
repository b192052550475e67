/** The report's only style sheet. Every pair of colours has at least 4.5:1, in light, dark and print. */
export const style = `
:root { color-scheme: light dark; --text: #1b1b1f; --soft: #4a4a55; --page: #ffffff; --panel: #f5f5f8; --line: #c9c9d3; --link: #0b4fa8;
  --met: #0b5d1e; --violated: #9c1120; --open: #6b4700; --none: #4a4a55; --target: #fff6d6; }
@media (prefers-color-scheme: dark) { :root { --text: #ececf1; --soft: #bfbfca; --page: #16161a; --panel: #222228; --line: #4a4a57; --link: #8ab8ff;
  --met: #7fdc97; --violated: #ff9aa2; --open: #f3c969; --none: #bfbfca; --target: #3a3414; } }

* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--text); background: var(--page); overflow-wrap: break-word; hyphens: auto; }
code, dd, a { overflow-wrap: anywhere; } table a { overflow-wrap: normal; } code { hyphens: none; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
main:focus { outline: none; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
:target { background: var(--target); }
p, li, dd { max-width: 46rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 3rem 0 .75rem; border-bottom: 2px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.15rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; }
summary { cursor: pointer; }
.soft { color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -10rem; padding: .5rem 1rem; background: var(--page); }
.skip:focus { top: 1rem; z-index: 1; }

.decision { border: 2px solid; border-left-width: .75rem; border-radius: .25rem; background: var(--panel); padding: .9rem 1.25rem; margin: 1.25rem 0; }
.decision h2 { border: 0; margin: 0; padding: 0; font-size: 1.5rem; }
.decision p { margin: .4rem 0 0; }
.decision ul { margin: .25rem 0 0; padding-left: 1.2rem; }
.decision.go { border-color: var(--met); } .decision.stop { border-color: var(--violated); } .decision.open { border-color: var(--open); }
.decision.go h2 { color: var(--met); } .decision.stop h2 { color: var(--violated); } .decision.open h2 { color: var(--open); }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; padding: 0; margin: 1.25rem 0 .5rem; list-style: none; }
.counts strong { font-size: 1.6rem; line-height: 1.2; }
.bar { display: block; width: 100%; height: .75rem; margin-bottom: .75rem; }
nav { margin: 1.5rem 0; padding: .75rem 1rem; background: var(--panel); border-radius: .25rem; }
nav ul { columns: 2 16rem; padding-left: 1.2rem; margin: 0; }

.met, .passed { color: var(--met); fill: var(--met); } .violated, .failed { color: var(--violated); fill: var(--violated); }
.notAssessed, .inconclusive, .rigFault, .notRun { color: var(--open); fill: var(--open); } .notApplicable, .accepted { color: var(--none); fill: var(--none); }
.badge { font-weight: 600; font-size: initial; white-space: nowrap; } li .badge { font-size: inherit; }

table { border-collapse: collapse; width: 100%; margin: .5rem 0; overflow-wrap: normal; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; }
thead th { vertical-align: bottom; } td.number, th.number { text-align: right; min-width: 4.5rem; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 600; } tfoot th, tfoot td { font-weight: 700; }
.scroll { overflow-x: auto; } .readers { font-weight: 400; color: var(--soft); }

.rows { list-style: none; padding: 0; margin: 0; border-top: 1px solid var(--line); }
.rows > .row { max-width: none; border-bottom: 1px solid var(--line); padding: .5rem .25rem; }
.row > details > summary { padding-left: 1.4rem; text-indent: -1.4rem; }
.row > details[open] > summary { font-weight: 600; margin-bottom: .5rem; }
.row > details > :not(summary) { margin-left: 1.4rem; }
.row .id { font-weight: 600; font-variant-numeric: tabular-nums; }
.row p { margin: .25rem 0; } .row .told { margin-left: 1.4rem; }
.reasons { margin: .25rem 0 .75rem; padding: .5rem .75rem .5rem 1.9rem; background: var(--panel); border-radius: .25rem; }
.blocking > li { margin: .6rem 0; } .blocking details { margin: .1rem 0; } ul.plain { margin: 0; padding-left: 1.2rem; }
ul.inline { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; }
.finding { border: 1px solid var(--line); border-left: .4rem solid var(--violated); border-radius: .25rem; padding: .75rem 1rem; margin: 1rem 0; }
.finding h3 { margin: 0 0 .5rem; }
dl { margin: .5rem 0; } dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .15rem 0; }
dt { font-weight: 600; color: var(--soft); } dd { margin: 0; min-width: 0; white-space: pre-line; }
.figures dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .75rem 1.5rem; }
.figures dl > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 0; }
.figures dt { font-weight: 400; } .figures dd { font-size: 1.25rem; font-weight: 600; }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; }
svg.curve { display: block; width: 100%; min-width: 36rem; height: auto; }
.axis { stroke: var(--soft); } .grid { stroke: var(--line); stroke-dasharray: 2 4; } .line { fill: none; }
path.line { stroke: var(--link); stroke-width: 2; } svg text { fill: var(--text); font-size: 13px; }
svg.sequence { display: block; max-width: none; } .lane { stroke: var(--line); } path.step { stroke: var(--link); stroke-width: 1.5; fill: var(--link); } svg .head { font-weight: 600; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1.5rem; }
.shots figure { margin: 0; } .shots img { max-width: 100%; height: auto; border: 1px solid var(--line); }
@media (max-width: 40rem) { h1 { font-size: 1.5rem; }  dl > div { grid-template-columns: 1fr; padding: .35rem 0; } .decision { padding: .75rem; } .decision h2 { font-size: 1.3rem; } }
@media screen and (max-width: 37.5rem) {
  .stacked, .stacked tbody, .stacked tr, .stacked th, .stacked td { display: block; } .stacked tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .stacked th, .stacked td { border: 0; padding: .1rem 0; } .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked td::before { content: attr(data-label) ": "; content: attr(data-label) ": " / ""; font-weight: 600; color: var(--soft); }
}
@media print {
  :root { --text: #000; --soft: #333; --page: #fff; --panel: #fff; --line: #999; --link: #000; --met: #0b5d1e; --violated: #9c1120; --open: #6b4700; --none: #333; --target: #fff; }
  @page { margin: 18mm 16mm; }
  body { font-size: 9.5pt; } main { max-width: none; padding: 0; } h2 { margin-top: 1.5rem; } a { text-decoration: none; }
  nav, .skip, .screen, .unseen, details:not([open]) > .more { display: none; } details::details-content { content-visibility: visible; height: auto; }
  details:not([open]) > summary { list-style: none; }
  tfoot { display: table-row-group; } h2, h3, h4, summary { break-after: avoid; } .finding, figure, tr, .decision { break-inside: avoid; } .bar { print-color-adjust: exact; }
}
`;
