/** Style of a report: light and dark as the reader's system is, and on A4. The colours are those of the figures. */
export const PAGE_STYLE = `
.il-report { --text: #1b1b1b; --quiet: #555; --ground: #fff; --line: #d0d0d0; --zone: #eef1f4; --card: #f6f7f8;
  --teacher: #00694d; --base: #6b6b6b; --student: #b34700;
  font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
@media (prefers-color-scheme: dark) {
  .il-report { --text: #ececec; --quiet: #b4b4b4; --ground: #17191c; --line: #44484d; --zone: #24282d; --card: #1f2226;
    --teacher: #3fd0a4; --base: #adadad; --student: #ff9250; }
}
.il-report a { color: inherit; }
.il-report h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
.il-report h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); }
.il-report h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; overflow-wrap: anywhere; }
.il-report p, .il-report li { max-width: 48rem; overflow-wrap: anywhere; }
.il-report .quiet, .il-report figcaption { color: var(--quiet); font-size: .9em; }
.il-report code { white-space: nowrap; }
.il-report .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .8rem; margin: 1rem 0; padding: 0; list-style: none; }
.il-report .cards > li { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; max-width: none; }
.il-report .cards p { margin: 0 0 .5rem; font-weight: 600; }
.il-report dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 0; }
.il-report dd { margin: 0; overflow-wrap: anywhere; }
.il-report dt { color: var(--quiet); }
.il-report .wide { overflow-x: auto; }
.il-report table { border-collapse: collapse; }
.il-report th, .il-report td { padding: .3rem .7rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.il-report tbody th { font-weight: 400; overflow-wrap: anywhere; min-width: 8rem; }
.il-report .number { font-variant-numeric: tabular-nums; text-align: right; }
.il-report figure { margin: .8rem 0; max-width: 54rem; }
.il-report figure.table { margin: .6rem 0 1.2rem; max-width: none; }
.il-report .table figcaption { max-width: 48rem; margin-bottom: .4rem; }
.il-report svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; }
.il-report svg text { fill: var(--text); }
.il-report svg .level { fill: var(--quiet); text-anchor: middle; }
.il-report .zone-base, .il-report .zone-teacher { fill: var(--zone); }
.il-report line.base { stroke: var(--base); stroke-width: 1.5; stroke-dasharray: 5 3; }
.il-report line.teacher { stroke: var(--teacher); stroke-width: 1.5; stroke-dasharray: 2 3; }
.il-report .interval { stroke: var(--student); stroke-width: 2.5; }
.il-report .value { fill: var(--student); }
.il-report .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.il-report .pair > div { min-width: 0; }
.il-report .answer { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: .5rem .7rem; margin: 0; font-size: .9rem; }
.il-report .pair h5, .il-report h4 { margin: .6rem 0 .2rem; font-size: .9rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { .il-report .pair { grid-template-columns: 1fr; } }
@media print {
  .il-report { --text: #000; --quiet: #444; --ground: #fff; --line: #bbb; --zone: #eee; --card: #fff;
    --teacher: #00694d; --base: #6b6b6b; --student: #b34700; font-size: 10pt; }
  .il-report .wide { overflow: visible; }
  .il-report th, .il-report td { padding-right: .4rem; font-size: 8.5pt; }
  .il-report h2, .il-report h3, .il-report h4 { break-after: avoid; }
  .il-report tr, .il-report figure, .il-report .cards > li { break-inside: avoid; }
}
`;

/** Style of the page around it. */
export const DOCUMENT_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: #fff; }
@media (prefers-color-scheme: dark) { body { background: #17191c; } }
main.il-report { max-width: 64rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
@page { size: A4; margin: 14mm; }
@media print { body { background: #fff; } main.il-report { padding: 0; max-width: none; } }
`;
