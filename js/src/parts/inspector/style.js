// The styles of the inspector. The site's styles don't reach into its shadow root. On its host, they would apply, so the
// styles for the host have `!important`, which wins over all styles of the site there.

const CSS = `
:host {
  all: initial !important;
  --ink: light-dark(#14202a, #e6ecf1);
  --muted: light-dark(#52606d, #a3b0bd);
  --surface: light-dark(#fff, #161c22);
  --line: light-dark(#d5dbe1, #36414c);
  --accent: light-dark(#5b3fd6, #b5a6ff);
  --changed: light-dark(#a4420a, #ffb37a);
  --kept: light-dark(#0b6b4a, #6fdba8);
  color: var(--ink) !important; color-scheme: light dark !important; display: block !important; font: 13px/1.45 system-ui, sans-serif !important;
  direction: ltr !important; inset: 0 !important; overflow: visible !important; position: fixed !important; height: 0 !important; width: 0 !important; z-index: 2147483646 !important;
}
* { box-sizing: border-box; }
@media print { :host { display: none !important; } }
button { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; color: inherit; cursor: pointer; font: inherit;
  min-height: 28px; min-width: 28px; padding: 2px 10px; }
button:hover { border-color: var(--accent); }
button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: light-dark(#fff, #14102a); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.toggle { align-items: center; border-radius: 99px; bottom: calc(12px + var(--parallel-routes-inspector-bottom, 0px));
  box-shadow: 0 2px 10px #0003; gap: 6px; display: var(--parallel-routes-inspector-button, flex); inset-inline-end: 12px; min-height: 36px; position: fixed; }
.boxes.is-picking + section .toggle { display: flex; }
.toggle svg { height: 16px; width: 16px; }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 12px 12px 0 0; bottom: var(--parallel-routes-inspector-bottom, 0px); box-shadow: 0 -6px 30px #0003;
  display: grid; grid-template-rows: auto minmax(0, 1fr); height: min(46vh, 30rem); inset-inline: max(8px, 50vw - 36rem); position: fixed; }
.toggle[hidden], .panel[hidden] { display: none; }
header { align-items: center; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 6px; padding: 8px 12px; }
h2 { font-size: 13px; margin: 0; margin-inline-end: auto; }
.body { overflow: auto; overscroll-behavior: contain; padding: 4px 12px 12px; }
table { border-collapse: collapse; width: 100%; }
th { color: var(--muted); font-weight: 500; position: sticky; top: -4px; background: var(--surface); }
th, td { border-bottom: 1px solid var(--line); padding: 4px 10px 4px 0; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { padding-inline-start: calc(var(--depth, 0) * 14px); white-space: nowrap; }
tr.is-open > td { background: color-mix(in srgb, var(--accent) 12%, transparent); }
th:nth-child(2), td:nth-child(2) { overflow-wrap: normal; }
.number { text-align: end; white-space: nowrap; }
.name { font-weight: 600; min-height: 24px; padding: 0 6px; border-color: transparent; background: none; color: var(--accent); }
code, pre { font: 12px/1.5 ui-monospace, monospace; margin: 0; }
pre { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
small, .muted { color: var(--muted); font-size: 12px; }
.changed { color: var(--changed); }
.kept { color: var(--kept); }
details { border-bottom: 1px solid var(--line); padding: 2px 0; }
summary { cursor: pointer; min-height: 24px; overflow-wrap: anywhere; padding: 3px 0; }
ul { list-style: none; margin: 0 0 6px; padding: 0 0 0 16px; }
li { overflow-wrap: anywhere; padding: 1px 0; }
.boxes { inset: 0; overflow: clip; pointer-events: none; position: fixed; }
.boxes div { border: 2px dashed var(--accent); border-radius: 3px; position: absolute; }
.boxes div.is-changed { border-color: var(--changed); border-style: solid; }
.boxes div.is-open { background: color-mix(in srgb, var(--accent) 18%, transparent); }
.boxes button { border-radius: 4px; font-size: 10px; left: -2px; line-height: 1; max-width: calc(100% + 4px); min-height: 16px; overflow: hidden; padding: 1px 5px;
  pointer-events: auto; position: absolute; text-overflow: ellipsis; white-space: nowrap; }
.boxes.is-picking { cursor: crosshair; pointer-events: auto; }
.boxes.is-picking button { pointer-events: none; }
@media (max-width: 40rem) {
  .panel { height: 60vh; }
  h2 { flex: 1 0 calc(100% - 60px); margin: 0; order: -2; }
  .close { order: -1; }
  thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
  tr { border-bottom: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); padding: 4px 0; }
  td { border: 0; }
  td:nth-child(3), td:nth-child(4) { grid-column: 1 / -1; }
  .number { grid-column: 1 / -1; text-align: start; }
}
@media (forced-colors: active) { button[aria-pressed="true"] { background: Highlight; color: HighlightText; forced-color-adjust: none; } .boxes div { border-color: Highlight; } .changed, .kept { font-weight: 700; } }
`;

// The button is in the corner of a drawer, and of all modals on a phone, so their content ends above it.
const PAGE_CSS = `
.parallel-routes-drawer:has(> parallel-routes-inspector)::after { content: ""; height: 58px; }
@media (max-width: 40rem) { .parallel-routes-modal:has(> parallel-routes-inspector)::after { content: ""; height: 58px; } }
`;

/** @param {string} css */
const sheetOf = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};

/** @param {ShadowRoot} shadow */
export const applyStyle = (shadow) => {
  shadow.adoptedStyleSheets = [sheetOf(CSS)];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(PAGE_CSS)];
};
