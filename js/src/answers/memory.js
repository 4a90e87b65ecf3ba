// Remembers what slots have shown, with inputs, media and focus, for Back and Forward. Each content of a slot has a number,
// the rendering.
import { bases, noteSent } from "../bases.js";
import { all, dispatch, matches } from "../dom.js";
import { on } from "../htmx.js";
import { hooks } from "../parts.js";
import { renderingOf, SLOT, setRendering, slotAt, stateOf } from "../slots.js";
import { baseOf } from "./base-of.js";
import { describe, isSame } from "./changes.js";
import { arrivalsOf, clear } from "./htmx.js";
import { takeIn } from "./merges.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {import("../types.js").Mounted} Mounted */
/** @typedef {ReturnType<typeof snapshot>} Kept */

/** The kept contents, by rendering. The oldest are dropped first. @type {Map<number, Kept>} */
export const memory = new Map();
/** All kept contents, the oldest first. */
export const kept = () => [...memory.values()];
const MAX_KEPT = 30;
const MAX_ELEMENTS = 30000;

// When an element leaves the page, htmx stops its polling, its listeners elsewhere and its connections to the server. So
// slots with such elements are not kept.
const ALIVE = ["every", "from:"].map(
  (word) => `[hx-trigger*="${word}"],[data-hx-trigger*="${word}"]`,
);
const CONNECTED = ["sse-connect", "ws-connect", "hx-sse\\:connect", "hx-ws\\:connect"].map(
  (name) => `[${name}],[data-${name}]`,
);
const OFF = '[data-pr-memory="false"]';
const UNKEPT = `${ALIVE},${CONNECTED},${OFF},[data-pr-slot][data-pr-state]`;

/** Remove a content from memory, and its nodes from their fragment: otherwise, Chromium would keep its images. @param {number} rendering */
const drop = (rendering) => {
  memory.get(rendering)?.nodes.replaceChildren();
  memory.delete(rendering);
};

export const forget = () => {
  for (const rendering of memory.keys()) drop(rendering);
  hooks.forgetPrefetched?.();
};

/**
 * Describe what a slot shows. Its nodes are added later, because they stay in the slot until the swap.
 *
 * @param {Slot} slot
 * @param {Element | null} active
 */
export const snapshot = (slot, active) => ({
  rendering: renderingOf(slot),
  dataset: { ...slot.dataset },
  focused: slot.contains(active) && /** @type {HTMLElement} */ (active),
  media: /** @type {HTMLMediaElement[]} */ (all("audio,video", slot)).filter(
    ({ paused }) => !paused,
  ),
  elements: slot.getElementsByTagName("*").length,
  nodes: document.createDocumentFragment(),
  base: baseOf(slot),
  /** What was sent and entered, if its nodes now show another query. */
  copy: /** @type {import("../types.js").Copy | undefined} */ (undefined),
});

/** Move the nodes of a slot into the memory. @param {Slot} slot @param {Kept} kept @param {ParentNode} [coming] */
const keep = (slot, kept, coming) => {
  if (kept.dataset.prState || slot.querySelector(UNKEPT) || slot.closest(OFF)) return;
  if (coming) hooks.leavePreserved?.(slot, coming);
  kept.nodes.append(...slot.childNodes);
  store(kept);
};

/** Store a copy of what a slot shows, because its nodes will show another query. @param {Slot} slot @param {Kept} kept */
const keepCopy = (slot, kept) => {
  if (slot.querySelector(OFF) || slot.closest(OFF)) return;
  kept.copy = hooks.takeCopy?.(slot);
  kept.media = [];
  store(kept);
};

/** @param {Kept} kept */
const store = (kept) => {
  const { rendering } = kept;
  if (!rendering) return;
  memory.delete(rendering);
  memory.set(rendering, kept);
  let total = [...memory.values()].reduce((sum, { elements }) => sum + elements, 0);
  for (const [oldest, { elements }] of memory) {
    if (memory.size <= MAX_KEPT && total <= MAX_ELEMENTS) break;
    drop(oldest);
    total -= elements;
  }
};

/** The slots that a response will replace, until the swap: each with what to keep of it, and its new element. @type {[Slot, Kept, Element][]} */
let leaving = [];

/** @param {Slot} slot @param {Element | null} active @param {boolean} isMerged @param {Element} coming */
export const keepAtSwap = (slot, active, isMerged, coming) => {
  const kept = snapshot(slot, active);
  if (isMerged) keepCopy(slot, kept);
  else leaving.push([slot, kept, coming]);
};

/** Keep no more slots, because the swap is done. */
export const stopKeeping = () => {
  leaving = [];
};

/**
 * Show those slots of a history entry that are in memory. Returns the slots that have changed.
 *
 * @param {Mounted} wanted
 * @param {Record<string, number>} [renderings]
 */
export const recall = (wanted, renderings = {}) => {
  /** @type {Slot[]} */
  const changed = [];
  // Shorter addresses come first, because the slots inside a slot are restored with it.
  for (const address of Object.keys(wanted).sort((one, other) => one.length - other.length)) {
    const slot = slotAt(address);
    const [variant, src, key] = wanted[address];
    if (!slot || slot.dataset.prKey !== key || isSame(stateOf(slot), wanted[address])) continue;
    const rendering = renderings[address];
    const kept = memory.get(rendering);
    const isHere = hasNodesOf(slot, kept);
    const holder = isHere ? undefined : holderOf(kept);
    if (!isHere && !holder && variant !== "empty") continue;
    const left = snapshot(slot, document.activeElement);
    // Take the content out of memory first. Otherwise, the content that leaves the screen might displace it.
    for (const one of [kept, holder]) memory.delete(/** @type {any} */ (one)?.rendering);
    if (isHere) keepCopy(slot, left);
    else {
      dispatch("leave", slot);
      keep(slot, left, holder?.nodes);
      if (slot.firstChild) clear(slot);
      noteSent(slot);
    }
    if (holder) {
      slot.append(holder.nodes);
      hooks.bringPreserved?.(slot);
      if (holder.base) bases.set(slot, holder.base);
      if (holder !== kept) keepCopy(slot, holder);
    }
    setRendering(slot, rendering);
    describe(slot, kept?.dataset ?? { prVariant: variant, prSrc: src });
    if (kept?.copy) hooks.showCopy?.(slot, kept.copy);
    for (const player of kept?.media ?? []) player.play().catch(() => {}); // the browser may refuse to play
    changed.push(slot);
    if (!isHere) dispatch("enter", slot, { restored: true });
    if (kept?.focused) kept.focused.focus({ preventScroll: true });
  }
  return changed;
};

/** Whether a slot still contains the nodes of a stored copy, which now show another query. @param {Slot} slot @param {Kept} [kept] */
const hasNodesOf = (slot, kept) => !!kept?.copy && bases.get(slot) === kept.base;

/** What holds the nodes of a kept content: that content itself or, for a copy, one that was kept later. @param {Kept} [kept] */
const holderOf = (kept) =>
  kept?.copy ? [...memory.values()].find(({ base, copy }) => !copy && base === kept.base) : kept;

/**
 * Whether each slot of an entry is on screen or in memory, by itself or inside another slot.
 *
 * @param {Mounted} wanted
 * @param {Record<string, number>} [renderings]
 */
export const canShow = (wanted, renderings = {}) =>
  Object.entries(wanted).every(([address, state]) => {
    const slot = slotAt(address);
    if (slot && (isSame(stateOf(slot), state) || state[0] === "empty")) return true;
    return Object.keys(wanted).some((outer) => {
      const kept = memory.get(renderings[outer]);
      const shown = slotAt(outer);
      return (
        `${address}.`.startsWith(`${outer}.`) &&
        (holderOf(kept) || (shown && hasNodesOf(shown, kept)))
      );
    });
  });

export const watchMemory = () => {
  hooks.forget = forget;
  document.addEventListener("parallel-routes:forget", forget);
  // A form may have changed what any kept content shows.
  on("finished", ({ isSafe }) => {
    if (!isSafe) forget();
  });
  // Nodes are moved no earlier, because htmx 2 looks for slots from the link, which may be inside one of them.
  on("swapInto", (_, event) => {
    for (const { target, content, skip } of arrivalsOf(event))
      if (target instanceof Element && matches(target, SLOT) && takeIn(target, content)) skip();
    for (const one of leaving.splice(0)) keep(...one);
  });
};
