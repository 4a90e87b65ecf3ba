/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // page:htmx.js
  var { "on": on } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:navigation.js
  var { "inFlight": inFlight, "navigationOf": navigationOf } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "slots": slots } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/inspector/mistakes.js
  var report = (text, ...more) => console.error(`django-parallel-routes: ${text}`, ...more);
  var CORE = /\/htmx(-\d)?(\.esm|\.cjs|\.amd)?(\.min)?(\.[0-9a-f]{12})?\.js(\?|$)/;
  var checkPage = () => {
    const tags = document.querySelectorAll("script[data-pr-parts]");
    if (!window.htmx)
      report(
        "htmx is not loaded, so every link loads a document. Write {% load django_htmx %} and {% htmx_script %} in the <head> of the outermost layout."
      );
    const cores = [...document.scripts].filter(({ src }) => CORE.test(src));
    if (cores.length > 1)
      report(
        "htmx is loaded twice, so each click sends two requests. Keep one of these, such as that of {% htmx_script %}.",
        ...cores
      );
    if (tags.length > 1)
      report(
        "{% parallel_routes_script %} stands twice in this page. Write it once, in the <head> of the outermost layout.",
        ...tags
      );
    for (const tag of tags)
      if (tag.closest("[data-pr-slot]"))
        report(
          "{% parallel_routes_script %} stands in a slot. Move it to the <head> of the outermost layout.",
          tag
        );
    checkSlots(slots());
  };
  var clashes = /* @__PURE__ */ new Set();
  var checkSlots = (changed) => {
    for (const slot of changed) {
      const { prProblem } = slot.dataset;
      const twins = document.querySelectorAll(`[id="${slot.id}"]`);
      if (twins.length > 1 && !clashes.has(slot.id))
        report(
          `a slot has the id "${slot.id}", and so has another element. Give the other element another id.`,
          ...twins
        );
      if (twins.length > 1) clashes.add(slot.id);
      if (prProblem) report(prProblem, slot);
      delete slot.dataset.prProblem;
    }
  };

  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");

  // src/parts/inspector/elements.js
  var h = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(
      ...children.filter((child) => child || child === 0).map((child) => (
        /** @type {Node} */
        child
      ))
    );
    return element;
  };

  // page:page.js
  var { "HEADER": HEADER, "current": current } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/inspector/fates.js
  var isEmpty = ({ dataset }) => dataset.prVariant === "empty";
  var fatesOf = (all, changed, before, isWaiting) => all.map((slot) => {
    const { prSlot, prAgain } = slot.dataset;
    if (isEmpty(slot) && (before.get(prSlot) ?? "empty") === "empty") return "empty";
    if (prAgain != null) return "again";
    const shown3 = all.filter((one) => !isEmpty(one) && one.dataset.prAgain == null);
    if (shown3.some((one) => one !== slot && slot.contains(one))) return "around";
    if (isWaiting(slot) && !changed.includes(slot)) return "waiting";
    return changed.some((one) => one.contains(slot)) ? "changed" : "kept";
  });

  // src/parts/inspector/records.js
  var entries = [];
  var MOST = 50;
  var seen = /* @__PURE__ */ new Map();
  var known = /* @__PURE__ */ new Map();
  var pending = /* @__PURE__ */ new WeakMap();
  var INSPECTION = `${HEADER}-Inspection`;
  var SHOWN = [
    HEADER,
    "Content-Type",
    "Cache-Control",
    "Vary",
    "Server-Timing",
    "Location"
  ].concat(["HX-Redirect", "HX-Trigger", "HX-Push-Url", "HX-Replace-Url"]);
  var parse = (text) => {
    try {
      return JSON.parse(text ?? "");
    } catch {
      return void 0;
    }
  };
  var keyOf = ({ dataset: { prSlot, prVariant, prSrc } }) => `${prSlot} ${prVariant} ${prSrc}`;
  var saidOf = (slot) => known.get(keyOf(slot));
  var learn = (said) => {
    for (const row of said?.slots ?? [])
      if (row.does !== "keep")
        known.set(
          `${row.slot} ${row.variant} ${row.url}`,
          Object.assign(row, { seen: performance.now() })
        );
  };
  var size = (bytes = 0) => bytes < 1e3 ? `${bytes} B` : `${(bytes / 1e3).toFixed(1)} kB`;
  var time = (ms = 0) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  var begun = (navigation, request) => {
    const { isSafe, headers, sentUrl } = request;
    pending.set(navigation, {
      started: performance.now(),
      url: sentUrl,
      method: isSafe ? "" : "a form ",
      sent: parse(headers[HEADER]),
      isDone: false
    });
  };
  var note = (navigation, request) => {
    const record = pending.get(navigation);
    if (!record) return;
    record.said = parse(request.header(INSPECTION));
    record.answered = { status: `${request.status} ${request.statusText}`.trim() };
    for (const name of SHOWN) {
      const value = request.header(name);
      if (value) record.answered[name] = value;
    }
  };
  var ended = (navigation) => {
    const { isDone = true, answered } = pending.get(navigation) ?? {};
    if (isDone) return;
    const what = answered && `no slots: the status of the response is ${answered.status}`;
    return finished(navigation, [], what ?? "stopped: by a newer navigation, Esc, or the network");
  };
  var kindOf = ({ refreshed, restoring, slot }, record) => {
    if (restoring) return record ? "back or forward" : "back or forward, from memory";
    if (refreshed) return record ? "refresh" : "streamed";
    return `${record?.method ?? ""}${slot ? `navigation of ${slot}` : "navigation"}`;
  };
  var shownBefore = /* @__PURE__ */ new Map();
  var step;
  var WORDS = {
    changed: "changed",
    kept: "kept",
    waiting: "arrives later:",
    empty: "empty",
    again: "in each response:",
    around: "layout"
  };
  var ORDER = Object.keys(WORDS);
  var rowOf = (slot, fate, said) => {
    const shows = saidOf(slot);
    const isNew = fate !== "empty" && said?.does !== "keep" && (said || fate === "changed");
    const what = isNew && said ? said : shows;
    const address = slot.dataset.prSlot;
    const text = [
      `${WORDS[fate]} ${address}`,
      isNew && what?.route && `route ${what.route}`,
      isNew && what?.at,
      said?.why,
      said?.outcome,
      isNew && said?.ms != null && `${size(said.bytes)}, ${time(said.ms)}`
    ];
    return { address, fate, said, text: text.filter(Boolean).join(" · ") };
  };
  var finished = (navigation, changed, problem) => {
    const record = pending.get(navigation);
    if (record) pending.set(navigation, { ...record, isDone: true });
    const { said, sent, answered, url = location.href, started = performance.now() } = record ?? {};
    learn(said);
    const { restoring, bytes } = navigation;
    const isRecalled = restoring && !record;
    const told = said?.slots?.reduce(
      (all, row) => all + (row.bytes ?? 0),
      0
    );
    return add({
      kind: kindOf(navigation, record),
      url: new URL(url, location.href).pathname + new URL(url, location.href).search,
      why: said?.why ?? (isRecalled ? "the history's entry is in memory, so no request was needed" : ""),
      changed,
      said: said?.slots ?? [],
      restoring,
      bytes: record ? bytes?.byteLength ?? told ?? 0 : 0,
      // if the response still arrives, the size that the server says
      ms: performance.now() - started,
      problem,
      sent,
      answered
    });
  };
  var documentRecord = () => {
    const text = document.querySelector("[data-pr-inspection]")?.textContent ?? "";
    const said = parse(text);
    learn(said);
    const [timing] = (
      /** @type {PerformanceNavigationTiming[]} */
      performance.getEntriesByType("navigation")
    );
    return add({
      kind: "document",
      url: location.pathname + location.search,
      why: said?.why ?? "",
      changed: slots(),
      said: said?.slots ?? [],
      bytes: timing.decodedBodySize - text.length,
      ms: timing.responseEnd - timing.requestStart
    });
  };
  var add = ({ restoring, ...given }) => {
    const isRest = restoring && restoring === step?.restoring;
    if (isRest) entries.pop();
    const { changed, said, ...facts } = isRest ? { ...step.given, changed: [...step.given.changed, ...given.changed] } : given;
    const { before } = isRest ? step : { before: shownBefore };
    const all = slots();
    const awaited = hooks.awaited?.() ?? {};
    const fates = fatesOf(all, changed, before, ({ dataset }) => dataset.prSlot in awaited);
    const rows = all.map(
      (slot, at) => rowOf(
        slot,
        fates[at],
        said.find((row) => row.slot === slot.dataset.prSlot)
      )
    );
    step = { restoring, given: { changed, said, ...facts }, before };
    shownBefore = new Map(all.map(({ dataset }) => [dataset.prSlot, dataset.prVariant]));
    const namesOf = (fate) => rows.filter((row) => row.fate === fate).map(({ address }) => address);
    const names = namesOf("changed");
    const kept2 = namesOf("kept");
    const number = (entries.at(-1)?.number ?? 0) + 1;
    let counts = `${names.length} changed · ${kept2.length} kept`;
    if (facts.kind === "document")
      counts = `${names.length} ${names.length === 1 ? "slot" : "slots"}`;
    if (facts.problem) counts = "nothing changed";
    const cost = facts.bytes ? ` · ${size(facts.bytes)} · ${time(facts.ms)}` : "";
    const [{ documentBytes } = { documentBytes: facts.bytes }] = entries;
    const entry = {
      ...facts,
      number,
      rows: rows.sort((one, other) => ORDER.indexOf(one.fate) - ORDER.indexOf(other.fate)),
      changed: names,
      kept: kept2,
      documentBytes,
      counts,
      title: `${number}: ${facts.kind} ${facts.url}: ${counts}${cost}`
    };
    entries.push(entry);
    if (entries.length > MOST) entries.splice(1, 1);
    const { index } = current;
    for (const later of [...seen.keys()])
      if (later > index && facts.kind === "navigation") seen.delete(later);
    const shown3 = all.map(({ dataset: { prSlot, prVariant, prSrc } }) => [
      prSlot,
      [prVariant, prSrc]
    ]);
    seen.set(index, { url: location.pathname + location.search, slots: Object.fromEntries(shown3) });
    return entry;
  };

  // src/parts/inspector/borders.js
  var boxes = h("div", { className: "boxes" });
  var spread = () => {
    const placed = [];
    for (const label2 of boxes.querySelectorAll("button")) {
      let rect = label2.getBoundingClientRect();
      const meets = ({ left, right, top, bottom }) => rect.left < right && rect.right > left && rect.top < bottom && rect.bottom > top;
      for (let other = placed.find(meets); other; other = placed.find(meets)) {
        const { left } = (
          /** @type {HTMLElement} */
          label2.parentElement.getBoundingClientRect()
        );
        label2.style.left = `${other.right + 2 - left}px`;
        rect = label2.getBoundingClientRect();
      }
      placed.push(rect);
    }
  };
  var drawn = "";
  var draw = (isForAll, pointed2, marked2, open) => {
    const rows = entries.at(-1)?.rows ?? [];
    const changed = new Set(
      rows.filter(({ fate }) => fate === "changed").map(({ address }) => address)
    );
    const wanted = slots().filter(({ dataset }) => isForAll || dataset.prSlot === pointed2).map((slot) => {
      const range = document.createRange();
      range.selectNodeContents(slot);
      const box = slot.getBoundingClientRect();
      const { left, top, width, height } = box.width && box.height ? box : range.getBoundingClientRect();
      return { slot, left, top, width, height };
    }).filter(({ width, height }) => width && height);
    const now = wanted.map(({ slot, left, top, width, height }) => [
      slot.dataset.prSlot,
      slot.dataset.prSrc,
      left,
      top,
      width,
      height
    ]);
    const text = JSON.stringify([now, pointed2, marked2, [...changed]]);
    if (text === drawn) return;
    drawn = text;
    boxes.replaceChildren(
      ...wanted.map(({ slot, left, top, width, height }) => {
        const { prSlot: address, prVariant } = slot.dataset;
        const said = saidOf(slot);
        const words = [address, prVariant, said?.route, said?.at].filter(Boolean).join(" · ");
        const name = h(
          "button",
          { type: "button", tabIndex: -1, onclick: () => open(address) },
          words
        );
        const states = [
          changed.has(address) && "is-changed",
          [pointed2, marked2].includes(address) && "is-open"
        ];
        const box = h("div", { className: states.filter(Boolean).join(" ") }, name);
        Object.assign(box.style, {
          left: `${left}px`,
          top: `${top}px`,
          width: `${width}px`,
          height: `${height}px`
        });
        name.style.top = top < 18 ? `${Math.max(0, -top)}px` : "-17px";
        return box;
      })
    );
    spread();
  };

  // src/parts/inspector/style.js
  var CSS = `
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
  var PAGE_CSS = `
.parallel-routes-drawer:has(> parallel-routes-inspector)::after { content: ""; height: 58px; }
@media (max-width: 40rem) { .parallel-routes-modal:has(> parallel-routes-inspector)::after { content: ""; height: 58px; } }
`;
  var sheetOf = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  };
  var applyStyle = (shadow2) => {
    shadow2.adoptedStyleSheets = [sheetOf(CSS)];
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(PAGE_CSS)];
  };

  // later:answers/memory.js
  var kept = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["kept"](...all);

  // src/parts/inspector/views.js
  var FATES = {
    changed: "changed",
    kept: "kept",
    waiting: "arrives later",
    empty: "empty",
    again: "in each response",
    around: "layout: see the slots in it"
  };
  var table = (titles, rows) => h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, ...rows)
  );
  var since = ({ seen: seen2 = 0 }) => {
    const seconds = Math.round((performance.now() - seen2) / 1e3);
    return seconds < 60 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
  };
  var slotsView = ({ marked: marked2, mark: mark2, highlight: highlight2 }) => {
    const last = entries.at(-1);
    const rows = slots().map((slot) => {
      const { prSlot: address, prVariant, prSrc, prState } = slot.dataset;
      const said = saidOf(slot);
      const row = last?.rows.find((one) => one.address === address);
      const name = h(
        "button",
        { type: "button", className: "name", onclick: () => mark2(address) },
        address.split(".").at(-1)
      );
      name.title = address;
      const first = h("td", {}, name);
      first.style.setProperty("--depth", `${address.split(".").length - 1}`);
      const line = h(
        "tr",
        { className: address === marked2 ? "is-open" : "" },
        first,
        h(
          "td",
          {},
          [prVariant, prState].filter(Boolean).join(", "),
          h("br"),
          h("small", {}, [said?.route, said?.outcome].filter(Boolean).join(", "))
        ),
        h(
          "td",
          {},
          h("span", { className: row?.fate ?? "kept" }, row ? FATES[row.fate] : ""),
          row?.said && `: ${row.said.why}`,
          said && said !== row?.said && h("br"),
          said && said !== row?.said && h("small", {}, `shows this because: ${said.why}`)
        ),
        h("td", {}, h("code", {}, said?.at ?? said?.view ?? ""), h("br"), h("small", {}, prSrc)),
        h(
          "td",
          { className: "number" },
          said?.bytes != null && size(said.bytes),
          h("br"),
          said?.ms != null && time(said.ms),
          said && h("br"),
          said && h("small", {}, since(said))
        )
      );
      line.onmouseenter = () => highlight2(address);
      line.onmouseleave = () => highlight2("");
      return line;
    });
    const gone = last?.rows.length ? [] : ["Nothing is known yet."];
    return [
      table(
        ["Slot", "Variant, route", "In the last navigation", "View, URL", "Size, time, age"],
        rows
      ),
      ...gone
    ];
  };
  var navigationsView = () => {
    return entries.toReversed().map(
      (entry, index) => h(
        "details",
        { open: !index },
        h("summary", {}, entry.title),
        h(
          "ul",
          {},
          entry.why && h("li", {}, `Why: ${entry.why}.`),
          entry.problem && h("li", { className: "changed" }, entry.problem),
          ...entry.rows.map((row) => h("li", { className: row.fate }, row.text))
        ),
        entry.sent && h("small", {}, "Sent in Parallel-Routes"),
        entry.sent && h("pre", {}, JSON.stringify(entry.sent, null, 1)),
        entry.answered && h("small", {}, "Answered"),
        entry.answered && h(
          "pre",
          {},
          Object.entries(entry.answered).map(([name, value]) => `${name}: ${value}`).join("\n")
        )
      )
    );
  };
  var combination = (all) => h(
    "ul",
    {},
    ...Object.entries(all).map(
      ([address, [variant, url]]) => h("li", {}, `${address}: ${variant} `, h("small", {}, url))
    )
  );
  var historyView = () => {
    const sorted = [...seen].sort(([one], [other]) => other - one);
    return sorted.map(([index, { url, slots: all }]) => {
      const isHere = index === current.index;
      return h(
        "details",
        { open: isHere },
        h("summary", {}, `${index}: ${url}${isHere ? " (here)" : ""}`),
        combination(all)
      );
    });
  };
  var memoryView = () => {
    const contents = hooks.deliver ? kept() : [];
    const kept2 = contents.map(
      ({ dataset, elements }) => h(
        "li",
        {},
        `${dataset.prSlot}: ${dataset.prVariant} `,
        h("small", {}, `${dataset.prSrc}, ${elements} elements`)
      )
    );
    const prefetched = [...hooks.prefetched ?? []].map(([key, { began, hasFailed }]) => {
      const age = Math.round((Date.now() - began) / 1e3);
      const use = hasFailed ? ", can't be used: a click sends a request" : "";
      return h("li", {}, `${JSON.parse(key)[0]} `, h("small", {}, `requested ${age} s ago${use}`));
    });
    return [
      h(
        "p",
        {},
        `The memory holds ${kept2.length} of at most 30 contents of slots, which Back and Forward show without a request.`
      ),
      h("ul", {}, ...kept2),
      h(
        "p",
        {},
        `Prefetched responses: ${prefetched.length}. A click uses one for up to 30 s, if the screen is still the same.`
      ),
      h("ul", {}, ...prefetched),
      h("p", {}, `Navigations under way: ${inFlight.size}.`),
      h("ul", {}, ...[...inFlight].map(({ url = "" }) => h("li", {}, url)))
    ];
  };

  // src/parts/inspector/panel.js
  var host = document.createElement("parallel-routes-inspector");
  host.popover = "manual";
  var shadow = host.attachShadow({ mode: "open" });
  applyStyle(shadow);
  var views = {
    Slots: slotsView,
    Navigations: navigationsView,
    History: historyView,
    Memory: memoryView
  };
  var shown = (
    /** @type {keyof typeof views} */
    "Slots"
  );
  var hasBorders = false;
  var marked = "";
  var body = h("div", { className: "body", tabIndex: 0 });
  var tabs = Object.keys(views).map(
    (name) => h(
      "button",
      { type: "button", onclick: () => choose(
        /** @type {keyof typeof views} */
        name
      ) },
      name
    )
  );
  var borders = h(
    "button",
    { type: "button", onclick: () => showBorders(!hasBorders) },
    "Borders"
  );
  var pick = h("button", { type: "button", onclick: () => startPicking() }, "Pick");
  pick.title = "Click on a slot in the page to see its row";
  var close = h(
    "button",
    {
      type: "button",
      className: "close",
      ariaLabel: "Close the inspector",
      onclick: () => closePanel()
    },
    "×"
  );
  var panel = h(
    "section",
    { className: "panel", hidden: true, ariaLabel: "Inspector of slots", id: "panel" },
    h("header", {}, h("h2", {}, "Slots on this page"), ...tabs, pick, borders, close),
    body
  );
  var label = h("span", {}, "Slots");
  var toggle = h(
    "button",
    { type: "button", className: "toggle", onclick: () => openPanel() },
    label
  );
  toggle.setAttribute("aria-expanded", "false");
  shadow.append(boxes, h("section", { ariaLabel: "django-parallel-routes" }, toggle, panel));
  host.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape" || panel.hidden && !isPicking) return;
    event.preventDefault();
    if (isPicking) stopPicking(marked);
    else closePanel();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || panel.hidden) return;
    if (!inFlight.size && !document.querySelector("dialog:modal")) closePanel();
  });
  var choose = (name) => {
    shown = name;
    update();
  };
  var show = (isOpen) => {
    panel.hidden = !isOpen;
    toggle.hidden = isOpen;
    toggle.setAttribute("aria-expanded", `${isOpen}`);
    host.toggleAttribute("open", isOpen);
    host.dispatchEvent(new Event("toggle"));
  };
  var opener = null;
  var openPanel = (address) => {
    if (isPicking) return stopPicking("");
    marked = typeof address === "string" ? address : "";
    if (marked) shown = "Slots";
    if (panel.hidden && document.activeElement !== host) opener = document.activeElement;
    show(true);
    update();
    const row = shadow.querySelector("tr.is-open button");
    const place2 = (
      /** @type {HTMLElement} */
      row ?? tabs[Object.keys(views).indexOf(shown)]
    );
    place2.focus();
  };
  var closePanel = () => {
    const hadFocus = shadow.activeElement;
    show(false);
    marked = "";
    if (!hadFocus) return;
    const place2 = toggle.checkVisibility() ? toggle : opener;
    if (place2 instanceof HTMLElement) place2.focus();
  };
  var inspect = (address) => {
    if (panel.hidden || typeof address === "string") openPanel(address);
    else closePanel();
  };
  var update = () => {
    place();
    const last = entries.findLast(({ kind, changed }) => kind !== "refresh" || changed.length);
    if (isPicking) label.textContent = "Click on a slot, or press Esc";
    else label.textContent = last?.counts ?? "Slots";
    for (const tab of tabs) tab.ariaPressed = `${tab.textContent === shown}`;
    borders.ariaPressed = `${hasBorders}`;
    if (panel.hidden) return;
    const hadFocus = body.contains(shadow.activeElement);
    body.replaceChildren(...views[shown]({ marked, mark, highlight }));
    if (hadFocus) body.focus({ preventScroll: true });
  };
  var mark = (address) => {
    marked = marked === address ? "" : address;
    update();
    shadow.querySelector("tr.is-open button")?.focus();
    if (marked) reveal(address);
    drawAll();
  };
  var reveal = (address) => {
    const slot = slots().find(({ dataset }) => dataset.prSlot === address);
    const { top = 0, bottom = 0 } = slot?.getBoundingClientRect() ?? {};
    if (top < 0 || bottom > panel.getBoundingClientRect().top) slot?.scrollIntoView();
  };
  var pointed = "";
  var highlight = (address) => {
    pointed = address;
    drawAll();
  };
  var showBorders = (isWanted) => {
    hasBorders = isWanted;
    update();
    follow();
  };
  var isPicking = false;
  var startPicking = () => {
    isPicking = true;
    show(false);
    boxes.classList.add("is-picking");
    toggle.focus();
    update();
  };
  var stopPicking = (address) => {
    isPicking = false;
    pointed = "";
    boxes.classList.remove("is-picking");
    openPanel(address);
    drawAll();
  };
  var slotUnder = ({ clientX, clientY }) => document.elementsFromPoint(clientX, clientY).filter((element) => element !== host).map((element) => (
    /** @type {Slot | null} */
    closest(element, "[data-pr-slot][data-pr-key]")
  )).find(Boolean)?.dataset.prSlot ?? "";
  boxes.addEventListener("pointermove", (event) => isPicking && highlight(slotUnder(event)));
  boxes.addEventListener("click", (event) => isPicking && stopPicking(slotUnder(event)));
  var drawAll = () => draw(hasBorders, pointed, marked, openPanel);
  var follow = () => {
    drawAll();
    if (hasBorders) requestAnimationFrame(follow);
  };
  var place = () => {
    const around = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
    const other = document.querySelector(host.localName);
    if (other && other !== host) return;
    if (host.parentNode !== around) around.append(host);
    if (!host.matches(":popover-open")) host.showPopover?.();
  };
  addEventListener("parallel-routes:leave", ({ target }) => {
    if (
      /** @type {Element} */
      target.contains(host)
    ) document.documentElement.append(host);
  });

  // src/parts/inspector.js
  var tell = (entry) => {
    if (!entry) return;
    if (window.parallelRoutes?.debug) log(entry);
    update();
    document.dispatchEvent(
      new CustomEvent("parallel-routes:inspected", { bubbles: true, detail: entry })
    );
  };
  var linesOf = (rows) => {
    const lines = /* @__PURE__ */ new Map();
    for (const { address, fate, text } of rows) {
      const isQuiet = fate === "kept" || fate === "empty";
      const line = isQuiet ? text.replace(` ${address}`, " …") : text;
      lines.set(line, [...lines.get(line) ?? [], address]);
    }
    return [...lines].map(([line, addresses]) => line.replace("…", addresses.join(", ")));
  };
  var log = ({ title, why, rows, sent, answered, problem }) => {
    console.group(`parallel-routes ${title}`);
    if (why) console.log(`why: ${why}`);
    if (problem) console.log(problem);
    for (const text of linesOf(rows)) console.log(text);
    if (sent) console.log("sent", sent);
    if (answered) console.log("answered", answered);
    console.groupEnd();
  };
  on("send", (request) => {
    const navigation = navigationOf(request);
    if (navigation) begun(navigation, request);
  });
  on("answer", (request) => {
    const navigation = navigationOf(request);
    if (navigation) note(navigation, request);
  });
  on("failed", (request) => {
    const navigation = navigationOf(request);
    if (navigation) queueMicrotask(() => tell(ended(navigation)));
  });
  var { shown: shown2 } = hooks;
  hooks.shown = (navigation, changed) => {
    shown2?.(navigation, changed);
    tell(finished(navigation, changed));
    checkSlots(changed);
  };
  var start = () => {
    checkPage();
    tell(documentRecord());
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
  Object.assign(window.parallelRoutes ?? {}, { inspect, debug: false });
})();
