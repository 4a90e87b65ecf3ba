// Records what each navigation has sent, received and changed, for the inspector and the console.
import { current, HEADER } from "../../page.js";
import { hooks } from "../../parts.js";
import { slots } from "../../slots.js";
import { fatesOf } from "./fates.js";

/** @typedef {import("../../types.js").Navigation} Navigation */
/** @typedef {import("../../types.js").HtmxRequest} HtmxRequest */
/** @typedef {import("../../types.js").Slot} Slot */

/**
 * What the server says about a slot (instrumentation/reports.py).
 * @typedef {{slot: string, does: string, variant?: string, url?: string, why: string, route?: string, view?: string,
 *   at?: string, later?: string, ms?: number, bytes?: number, queries?: number, outcome?: string,
 *   seen?: number}} Said
 */
/** @typedef {import("./fates.js").Fate} Fate */
/** @typedef {{address: string, fate: Fate, said?: Said, text: string}} Row */
/**
 * One navigation, as it is shown.
 * @typedef {{number: number, title: string, kind: string, url: string, why: string, counts: string, rows: Row[], changed: string[],
 *   kept: string[], bytes: number, documentBytes: number, ms: number, problem?: string, sent?: Record<string, unknown>,
 *   answered?: Record<string, string>}} Entry
 */
/** @typedef {{started: number, url: string, method: string, sent: any, isDone: boolean,
 *   answered?: Record<string, string>, said?: any}} Begun */

/** The navigations, the newest last. @type {Entry[]} */
export const entries = [];
/** How many navigations are kept at most. */
const MOST = 50;

/** The entries of the history that this document has seen, by index. @type {Map<number, {url: string, slots: Record<string, string[]>}>} */
export const seen = new Map();

/** What the server has said about slots, by address, variant and URL. @type {Map<string, Said>} */
const known = new Map();

/** @type {WeakMap<Navigation, Begun>} */
const pending = new WeakMap();

const INSPECTION = `${HEADER}-Inspection`;
const SHOWN = [
  HEADER,
  "Content-Type",
  "Cache-Control",
  "Vary",
  "Server-Timing",
  "Location",
].concat(["HX-Redirect", "HX-Trigger", "HX-Push-Url", "HX-Replace-Url"]);

/** @param {string | null | undefined} text */
const parse = (text) => {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
};

/** @param {Slot} slot */
const keyOf = ({ dataset: { prSlot, prVariant, prSrc } }) => `${prSlot} ${prVariant} ${prSrc}`;

/** What the server has said about the current content of a slot. @param {Slot} slot */
export const saidOf = (slot) => known.get(keyOf(slot));

/** @param {{slots?: Said[]} | undefined} said */
const learn = (said) => {
  for (const row of said?.slots ?? [])
    if (row.does !== "keep")
      known.set(
        `${row.slot} ${row.variant} ${row.url}`,
        Object.assign(row, { seen: performance.now() }),
      );
};

/** @param {number} [bytes] */
export const size = (bytes = 0) =>
  bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
/** @param {number} [ms] */
export const time = (ms = 0) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** @param {Navigation} navigation @param {HtmxRequest} request */
export const begun = (navigation, request) => {
  const { isSafe, headers, sentUrl } = request;
  pending.set(navigation, {
    started: performance.now(),
    url: sentUrl,
    method: isSafe ? "" : "a form ",
    sent: parse(headers[HEADER]),
    isDone: false,
  });
};

/** @param {Navigation} navigation @param {HtmxRequest} request */
export const note = (navigation, request) => {
  const record = pending.get(navigation);
  if (!record) return;
  record.said = parse(request.header(INSPECTION));
  record.answered = { status: `${request.status} ${request.statusText}`.trim() };
  for (const name of SHOWN) {
    const value = request.header(name);
    if (value) record.answered[name] = value;
  }
};

/** Add the entry of a request that has ended and changed nothing. @param {Navigation} navigation */
export const ended = (navigation) => {
  const { isDone = true, answered } = pending.get(navigation) ?? {};
  if (isDone) return;
  const what = answered && `no slots: the status of the response is ${answered.status}`;
  return finished(navigation, [], what ?? "stopped: by a newer navigation, Esc, or the network");
};

/** @param {Navigation} navigation @param {Begun} [record] */
const kindOf = ({ refreshed, restoring, slot }, record) => {
  if (restoring) return record ? "back or forward" : "back or forward, from memory";
  if (refreshed) return record ? "refresh" : "streamed"; // a late slot of a response
  return `${record?.method ?? ""}${slot ? `navigation of ${slot}` : "navigation"}`;
};

/** @typedef {{kind: string, url: string, why: string, changed: Slot[], said: Said[], bytes: number, ms: number,
 *   restoring?: unknown, problem?: string, sent?: any, answered?: Record<string, string>}} Facts */

/** What each slot showed after the last entry, by address. @type {Map<string, string>} */
let shownBefore = new Map();

/** The last entry's facts, and what was shown before it. @type {{restoring?: unknown, given: Facts, before: Map<string, string>}} */
let step;

/** The first word of a row. @type {Record<Fate, string>} */
const WORDS = {
  changed: "changed",
  kept: "kept",
  waiting: "arrives later:",
  empty: "empty",
  again: "in each response:",
  around: "layout",
};

const ORDER = Object.keys(WORDS);

/** @param {Slot} slot @param {Fate} fate @param {Said} [said] @returns {Row} */
const rowOf = (slot, fate, said) => {
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
    isNew && said?.ms != null && `${size(said.bytes)}, ${time(said.ms)}`,
  ];
  return { address, fate, said, text: text.filter(Boolean).join(" · ") };
};

/**
 * Add the entry of a navigation that is done.
 *
 * @param {Navigation} navigation
 * @param {Slot[]} changed
 * @param {string} [problem]
 */
export const finished = (navigation, changed, problem) => {
  const record = pending.get(navigation);
  if (record) pending.set(navigation, { ...record, isDone: true });
  const { said, sent, answered, url = location.href, started = performance.now() } = record ?? {};
  learn(said);
  const { restoring, bytes } = navigation;
  const isRecalled = restoring && !record;
  const told = said?.slots?.reduce(
    (/** @type {number} */ all, /** @type {Said} */ row) => all + (row.bytes ?? 0),
    0,
  );
  return add({
    kind: kindOf(navigation, record),
    url: new URL(url, location.href).pathname + new URL(url, location.href).search,
    why:
      said?.why ??
      (isRecalled ? "the history's entry is in memory, so no request was needed" : ""),
    changed,
    said: said?.slots ?? [],
    restoring,
    bytes: record ? (bytes?.byteLength ?? told ?? 0) : 0, // if the response still arrives, the size that the server says
    ms: performance.now() - started,
    problem,
    sent,
    answered,
  });
};

/** Add the entry of the document, from the data in its head. */
export const documentRecord = () => {
  const text = document.querySelector("[data-pr-inspection]")?.textContent ?? "";
  const said = parse(text);
  learn(said);
  const [timing] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  return add({
    kind: "document",
    url: location.pathname + location.search,
    why: said?.why ?? "",
    changed: slots(),
    said: said?.slots ?? [],
    bytes: timing.decodedBodySize - text.length,
    ms: timing.responseEnd - timing.requestStart,
  });
};

/** @param {Facts} facts */
const add = ({ restoring, ...given }) => {
  // A step through the history may show some slots from memory, and the others after a request. This is one entry.
  const isRest = restoring && restoring === step?.restoring;
  if (isRest) entries.pop();
  const { changed, said, ...facts } = isRest
    ? { ...step.given, changed: [...step.given.changed, ...given.changed] }
    : given;
  const { before } = isRest ? step : { before: shownBefore };
  const all = slots();
  const awaited = hooks.awaited?.() ?? {};
  const fates = fatesOf(all, changed, before, ({ dataset }) => dataset.prSlot in awaited);
  const rows = all.map((slot, at) =>
    rowOf(
      slot,
      fates[at],
      said.find((row) => row.slot === slot.dataset.prSlot),
    ),
  );
  step = { restoring, given: { changed, said, ...facts }, before };
  shownBefore = new Map(all.map(({ dataset }) => [dataset.prSlot, dataset.prVariant]));
  const namesOf = (/** @type {Fate} */ fate) =>
    rows.filter((row) => row.fate === fate).map(({ address }) => address);
  const names = namesOf("changed");
  const kept = namesOf("kept");
  const number = (entries.at(-1)?.number ?? 0) + 1;
  let counts = `${names.length} changed · ${kept.length} kept`;
  if (facts.kind === "document")
    counts = `${names.length} ${names.length === 1 ? "slot" : "slots"}`;
  if (facts.problem) counts = "nothing changed";
  const cost = facts.bytes ? ` · ${size(facts.bytes)} · ${time(facts.ms)}` : "";
  const [{ documentBytes } = { documentBytes: facts.bytes }] = entries;
  /** @type {Entry} */
  const entry = {
    ...facts,
    number,
    rows: rows.sort((one, other) => ORDER.indexOf(one.fate) - ORDER.indexOf(other.fate)),
    changed: names,
    kept,
    documentBytes,
    counts,
    title: `${number}: ${facts.kind} ${facts.url}: ${counts}${cost}`,
  };
  entries.push(entry);
  if (entries.length > MOST) entries.splice(1, 1); // the first is the document
  const { index } = current;
  for (const later of [...seen.keys()])
    if (later > index && facts.kind === "navigation") seen.delete(later);
  const shown = all.map(({ dataset: { prSlot, prVariant, prSrc } }) => [
    prSlot,
    [prVariant, prSrc],
  ]);
  seen.set(index, { url: location.pathname + location.search, slots: Object.fromEntries(shown) });
  return entry;
};
