/** The report's only style sheet. Every pair of colours has at least 4.5:1, in light, dark and print. */
export const style = `
:root { color-scheme: light dark; --text: #1b1b1f; --soft: #4a4a55; --page: #ffffff; --panel: #f4f4f7; --line: #8a8a99; --link: #0b4fa8;
  --met: #0b5d1e; --violated: #9c1120; --open: #6b4700; --none: #4a4a55; --curve: #0b4fa8; }
@media (prefers-color-scheme: dark) { :root { --text: #ececf1; --soft: #bfbfca; --page: #16161a; --panel: #222228; --line: #7d7d8c; --link: #8ab8ff;
  --met: #7fdc97; --violated: #ff9aa2; --open: #f3c969; --none: #bfbfca; --curve: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem 1.25rem 4rem; font: 1rem/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--text); background: var(--page); }
a { color: var(--link); } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .25rem; } h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.12rem; margin: 1.5rem 0 .5rem; } h4 { font-size: 1rem; margin: 1rem 0 .25rem; } p { max-width: 48rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem 1rem; }
.decision { border: 2px solid var(--line); border-left-width: .75rem; background: var(--panel); padding: .75rem 1.25rem; border-radius: .25rem; margin: 1rem 0; }
.decision.go { border-color: var(--met); } .decision.stop { border-color: var(--violated); } .decision.open { border-color: var(--open); }
.decision h2 { border: 0; margin: 0; padding: 0; } .decision p { margin: .25rem 0 0; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; } .counts li { border: 1px solid var(--line); border-radius: .25rem; padding: .5rem .9rem; min-width: 8.5rem; }
.counts strong { display: block; font-size: 1.7rem; line-height: 1.2; }
.met { color: var(--met); } .violated, .failed { color: var(--violated); } .notAssessed, .inconclusive, .rigFault { color: var(--open); } .notApplicable, .accepted, .notRun { color: var(--none); } .passed { color: var(--met); }
.badge { font-weight: 600; white-space: nowrap; }
nav ul { columns: 2 16rem; padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; } caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .5rem; text-align: left; vertical-align: top; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.requirement, .finding { border: 1px solid var(--line); border-radius: .25rem; padding: .5rem .9rem; margin: .6rem 0; } .finding { border-left: .5rem solid var(--violated); }
.requirement h4, .finding h3 { margin: 0; display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; }
details { margin: .35rem 0; } summary { cursor: pointer; } .soft { color: var(--soft); } ul.plain { margin: .25rem 0; padding-left: 1.2rem; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .2rem 1rem; margin: .5rem 0; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .92em; overflow-wrap: anywhere; } figure { margin: 1rem 0; } figcaption { font-weight: 600; }
svg.curve { width: 100%; height: auto; max-width: 56rem; } .axis { stroke: var(--line); stroke-width: 1; } .grid { stroke: var(--line); stroke-width: .5; stroke-dasharray: 2 4; } .line { fill: none; stroke: var(--curve); stroke-width: 2; } svg text { fill: var(--text); font-size: 12px; }
.bar { display: block; width: 100%; height: 1.4rem; } .bar .met { fill: var(--met); } .bar .violated { fill: var(--violated); } .bar .notAssessed { fill: var(--open); } .bar .notApplicable, .bar .accepted { fill: var(--none); }
.shots { display: flex; flex-wrap: wrap; gap: 1rem; } .shots figure { flex: 1 1 18rem; max-width: 26rem; margin: .5rem 0; } .shots img { width: 100%; height: auto; border: 1px solid var(--line); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; } }
@media print { :root { --text: #000; --soft: #333; --page: #fff; --panel: #fff; --link: #000; --met: #0b5d1e; --violated: #9c1120; --open: #6b4700; --none: #444; --curve: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; } nav, .skip { display: none; } .requirement, .finding, figure { break-inside: avoid; } details > * { display: block; } }
`;
