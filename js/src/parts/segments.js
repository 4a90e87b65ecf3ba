// What {% selected_segment %} has printed stays true on screen: it stands before an element that says of which
// slot it is, and how long. Loaded where such an element is.
import { all } from "../dom.js";
import { core } from "./core.js";

/** @typedef {import("../types.js").Slot} Slot */

const { showsPage, slotAt, slots } = core;

const show = () => {
  for (const mark of all("template[data-pr-length]")) {
    const { prSelectedSegment: one, prSelectedSegments: several = "", prLength } = mark.dataset;
    const address = one ?? several;
    const parts = segmentsOf(address);
    if (!parts) continue;
    const chosen = parts.at(/\bchildren$/.test(address) ? 0 : -1) ?? "";
    const value = one ? chosen : parts.join("/");
    const before = mark.previousSibling;
    const text = before instanceof Text ? before : new Text();
    if (text !== before) mark.before(text);
    const length = Number(prLength);
    const start = text.length - length;
    if (text.data.slice(start) !== value) text.replaceData(start, length, value);
    mark.dataset.prLength = `${value.length}`;
  }
};

/** The parts of the URL below the layout that a slot shows. @param {string} address */
const segmentsOf = (address) => {
  /** @type {Slot | null} */
  let slot = slotAt(address);
  if (!slot) return;
  const path = (/** @type {string} */ src) => decodeURIComponent(src.split("?")[0]);
  const below = path(slot.dataset.prBelow ?? "");
  let shown = below;
  while (slot?.dataset.prVariant === "layout") {
    /** @type {Slot} */
    const layout = slot;
    const prefix = `${layout.dataset.prSlot}.`;
    const first = slots().find(({ dataset }) => dataset.prSlot.startsWith(prefix));
    slot = slotAt(`${prefix}children`) ?? first ?? null;
    shown = path(slot?.dataset.prBelow ?? layout.dataset.prSrc); // its own, also around a default
  }
  if (slot && showsPage(slot)) shown = path(slot.dataset.prSrc);
  const rest = shown.startsWith(below) ? shown.slice(below.length) : shown;
  return rest.split("/").filter(Boolean);
};

document.addEventListener("parallel-routes:settle", show);
show();
