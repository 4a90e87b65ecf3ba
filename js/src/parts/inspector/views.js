// Draws the views of the panel: slots, navigations, history and memory.
import { kept as inMemory } from "../../answers/memory.js";
import { inFlight } from "../../navigation.js";
import { current } from "../../page.js";
import { hooks } from "../../parts.js";
import { slots } from "../../slots.js";
import { h } from "./elements.js";
import { entries, saidOf, seen, size, time } from "./records.js";

/** @type {Record<import("./fates.js").Fate, string>} */
const FATES = {
  changed: "changed",
  kept: "kept",
  waiting: "arrives later",
  empty: "empty",
  again: "in each response",
  around: "layout: see the slots in it",
};

/** @param {string[]} titles @param {HTMLElement[]} rows */
const table = (titles, rows) =>
  h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, ...rows),
  );

/** @param {import("./records.js").Said} said */
const since = ({ seen = 0 }) => {
  const seconds = Math.round((performance.now() - seen) / 1000);
  return seconds < 60 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
};

/**
 * What each slot shows, and why.
 *
 * @param {{marked: string, mark: (address: string) => void, highlight: (address: string) => void}} panel
 */
export const slotsView = ({ marked, mark, highlight }) => {
  const last = entries.at(-1);
  const rows = slots().map((slot) => {
    const { prSlot: address, prVariant, prSrc, prState } = slot.dataset;
    const said = saidOf(slot);
    const row = last?.rows.find((one) => one.address === address);
    const name = h(
      "button",
      { type: "button", className: "name", onclick: () => mark(address) },
      address.split(".").at(-1),
    );
    name.title = address;
    const first = h("td", {}, name);
    first.style.setProperty("--depth", `${address.split(".").length - 1}`);
    const line = h(
      "tr",
      { className: address === marked ? "is-open" : "" },
      first,
      h(
        "td",
        {},
        [prVariant, prState].filter(Boolean).join(", "),
        h("br"),
        h("small", {}, [said?.route, said?.outcome].filter(Boolean).join(", ")),
      ),
      h(
        "td",
        {},
        h("span", { className: row?.fate ?? "kept" }, row ? FATES[row.fate] : ""),
        row?.said && `: ${row.said.why}`,
        said && said !== row?.said && h("br"),
        said && said !== row?.said && h("small", {}, `shows this because: ${said.why}`),
      ),
      h("td", {}, h("code", {}, said?.at ?? said?.view ?? ""), h("br"), h("small", {}, prSrc)),
      h(
        "td",
        { className: "number" },
        said?.bytes != null && size(said.bytes),
        h("br"),
        said?.ms != null && time(said.ms),
        said && h("br"),
        said && h("small", {}, since(said)),
      ),
    );
    line.onmouseenter = () => highlight(address);
    line.onmouseleave = () => highlight("");
    return line;
  });
  const gone = last?.rows.length ? [] : ["Nothing is known yet."];
  return [
    table(
      ["Slot", "Variant, route", "In the last navigation", "View, URL", "Size, time, age"],
      rows,
    ),
    ...gone,
  ];
};

/** What each navigation has changed, the newest first. */
export const navigationsView = () => {
  return entries.toReversed().map((entry, index) =>
    h(
      "details",
      { open: !index },
      h("summary", {}, entry.title),
      h(
        "ul",
        {},
        entry.why && h("li", {}, `Why: ${entry.why}.`),
        entry.problem && h("li", { className: "changed" }, entry.problem),
        ...entry.rows.map((row) => h("li", { className: row.fate }, row.text)),
      ),
      entry.sent && h("small", {}, "Sent in Parallel-Routes"),
      entry.sent && h("pre", {}, JSON.stringify(entry.sent, null, 1)),
      entry.answered && h("small", {}, "Answered"),
      entry.answered &&
        h(
          "pre",
          {},
          Object.entries(entry.answered)
            .map(([name, value]) => `${name}: ${value}`)
            .join("\n"),
        ),
    ),
  );
};

/** @param {Record<string, string[]>} all */
const combination = (all) =>
  h(
    "ul",
    {},
    ...Object.entries(all).map(([address, [variant, url]]) =>
      h("li", {}, `${address}: ${variant} `, h("small", {}, url)),
    ),
  );

/** The entries of the history that this document has seen. */
export const historyView = () => {
  const sorted = [...seen].sort(([one], [other]) => other - one);
  return sorted.map(([index, { url, slots: all }]) => {
    const isHere = index === current.index;
    return h(
      "details",
      { open: isHere },
      h("summary", {}, `${index}: ${url}${isHere ? " (here)" : ""}`),
      combination(all),
    );
  });
};

/** The contents that can be shown without a request, and the navigations that are under way. */
export const memoryView = () => {
  const contents = hooks.deliver ? inMemory() : []; // the part with the memory comes after the page
  const kept = contents.map(({ dataset, elements }) =>
    h(
      "li",
      {},
      `${dataset.prSlot}: ${dataset.prVariant} `,
      h("small", {}, `${dataset.prSrc}, ${elements} elements`),
    ),
  );
  const prefetched = [...(hooks.prefetched ?? [])].map(([key, { began, hasFailed }]) => {
    const age = Math.round((Date.now() - began) / 1000);
    const use = hasFailed ? ", can't be used: a click sends a request" : "";
    return h("li", {}, `${JSON.parse(key)[0]} `, h("small", {}, `requested ${age} s ago${use}`));
  });
  return [
    h(
      "p",
      {},
      `The memory holds ${kept.length} of at most 30 contents of slots, which Back and Forward show without a request.`,
    ),
    h("ul", {}, ...kept),
    h(
      "p",
      {},
      `Prefetched responses: ${prefetched.length}. A click uses one for up to 30 s, if the screen is still the same.`,
    ),
    h("ul", {}, ...prefetched),
    h("p", {}, `Navigations under way: ${inFlight.size}.`),
    h("ul", {}, ...[...inFlight].map(({ url = "" }) => h("li", {}, url))),
  ];
};
