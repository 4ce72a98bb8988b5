/** The style of an evidence report: quiet on a screen, light or dark as its reader likes, and always light on paper. */
export const style = `
:root {
  color-scheme: light;
  --paper: #ffffff; --ink: #1c2127; --quiet: #57606a; --line: #d3d9df; --tint: #f4f6f8; --link: #0a4f94; --bar: #3b73a8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #14181c; --ink: #e4e8ec; --quiet: #a2acb6; --line: #363e46; --tint: #1c2228; --link: #8fbdf0; --bar: #6ea3d8;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/150% system-ui, sans-serif; text-size-adjust: 100%; }
body { margin: 0; }
main { max-width: 1000px; margin: 0 auto; padding: 40px 24px 80px; }
h1, h2, h3, h4 { line-height: 125%; overflow-wrap: anywhere; break-after: avoid; }
h1 { font-size: 32px; margin: 0 0 20px; font-weight: 600; }
h2 { font-size: 23px; margin: 64px 0 16px; padding-top: 14px; border-top: 2px solid var(--ink); font-weight: 600; }
h3 { font-size: 19px; margin: 0 0 12px; font-weight: 600; }
h4 { font-size: 15px; margin: 28px 0 8px; font-weight: 600; }
p { margin: 0 0 12px; max-width: 720px; overflow-wrap: anywhere; }
ul { margin: 0 0 12px; padding-left: 20px; max-width: 720px; }
li { margin-bottom: 6px; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: inherit; font-family: ui-monospace, monospace; font-size: 88%; overflow-wrap: anywhere; }
small { display: block; color: var(--quiet); font-size: 13px; line-height: 140%; }
dl, dd { margin: 0; }
dt { color: var(--quiet); font-size: 14px; }
.kind { margin: 0 0 4px; color: var(--quiet); }
.place { color: var(--quiet); font-weight: 400; margin-right: 6px; }
.code { font-family: ui-monospace, monospace; font-size: 80%; color: var(--quiet); border: 1px solid var(--line);
  border-radius: 3px; padding: 0 3px; }
.facts { display: grid; grid-template-columns: 180px minmax(0, 1fr); border-top: 1px solid var(--line); }
.facts > div { display: contents; }
.facts dt, .facts dd { padding: 5px 0; border-bottom: 1px solid var(--line); }
.facts dd { overflow-wrap: anywhere; }
article > .facts { grid-template-columns: 170px minmax(0, 1fr) 160px minmax(0, 1fr); font-size: 15px; }
.facts dd { padding-right: 12px; }
nav { margin-top: 28px; }
nav ol { margin: 0; padding-left: 24px; columns: 2; max-width: 640px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 22px 28px; margin-bottom: 32px; }
.figures > div { border-top: 1px solid var(--line); padding-top: 8px; break-inside: avoid; }
.figures strong { display: block; font-size: 26px; line-height: 130%; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: 0 0 24px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 140%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: 6px; }
caption span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 32px); }
th, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 400; }
thead th { color: var(--quiet); font-weight: 400; border-bottom-color: var(--quiet); vertical-align: bottom; }
td { min-width: 70px; }
bdi { overflow-wrap: anywhere; }
td code, th code, td time { white-space: nowrap; }
td time span { display: block; color: var(--quiet); font-size: 12px; }
tbody th { min-width: 90px; max-width: 320px; }
tfoot th { white-space: nowrap; }
.number { text-align: right; overflow-wrap: normal; min-width: 0; }
td.number { white-space: nowrap; }
tfoot th, tfoot td { font-weight: 600; }
tfoot tr:first-child > * { border-top: 1px solid var(--quiet); }
.bar { display: block; width: 130px; height: 10px; margin-top: 5px; fill: var(--bar); }
.bar .track { fill: var(--line); }
article { margin-bottom: 56px; padding-top: 20px; border-top: 1px solid var(--quiet); }
h2 + article { border-top: 0; padding-top: 0; }
.fixes { padding-left: 24px; margin: 0 0 12px; }
.fixes li { margin-bottom: 20px; }
.prose { white-space: pre-wrap; }
.paths { margin-bottom: 6px; max-width: none; }
.fixes .paths { margin-top: 8px; }
.paths ul { margin: 6px 0 12px; max-width: none; font-family: ui-monospace, monospace; font-size: 13px; list-style: none; }
.paths li { margin: 0; }
summary { cursor: pointer; }
@media (max-width: 640px) {
  main { padding: 24px 16px 56px; }
  h1 { font-size: 26px; }
  nav ol { columns: 1; }
  .facts, article > .facts { grid-template-columns: 120px minmax(0, 1fr); }
}
@page { margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt system-ui, sans-serif; } }
@media print {
  html { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; margin-top: 28pt; }
  h3 { font-size: 12pt; }
  h4, table, dt { font-size: 9pt; }
  small, .paths ul { font-size: 8pt; }
  th, td { padding: 3pt 5pt 3pt 0; }
  td { min-width: 45pt; }
  tbody th, .number { min-width: 0; }
  a { color: inherit; text-decoration: none; }
  .facts, article > .facts { font-size: 9pt; }
  article > .facts { grid-template-columns: 90pt minmax(0, 1fr) 95pt minmax(0, 1fr); }
  p, ul { max-width: none; orphans: 3; widows: 3; }
  .scroll { overflow: visible; }
  .figures strong { font-size: 16pt; }
  .bar { width: 70pt; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, .facts { break-inside: avoid; }
  caption { break-after: avoid; }
  article { break-before: auto; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
}
`;
