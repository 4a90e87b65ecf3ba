// Reads and writes the slots on screen. The attributes of a slot's element say what it shows.
import { all, closest } from "./dom.js";

/** @typedef {import("./types.js").Slot} Slot */
/** @typedef {import("./types.js").SlotState} SlotState */
/** @typedef {import("./types.js").Mounted} Mounted */

export const SLOT = "[data-pr-slot][data-pr-key]";

/** All slots on screen, the outer ones first. */
export const slots = () => /** @type {Slot[]} */ (all(SLOT));

/** @param {string} address @returns {Slot | null} */
export const slotAt = (address) => document.querySelector(`${SLOT}[data-pr-slot="${address}"]`);

/** @param {Element} element */
export const slotAround = (element) => /** @type {Slot | null} */ (closest(element, SLOT));

/** The slot on screen for which an element of a response is meant. @param {Element} element */
export const slotFor = ({ id }) => /** @type {Slot | null} */ (document.getElementById(id));

/** @param {Slot} slot */
export const addressOf = ({ dataset }) => dataset.prSlot;

/** @param {HTMLElement} slot */
export const isLoading = ({ dataset }) => dataset.prState === "loading";

/** Whether a slot shows a page, either its own or an intercepted one. @param {Slot | null} [slot] */
export const showsPage = (slot) => /page|intercepted/.test(slot?.dataset.prVariant ?? "");

/** @param {Slot} slot @returns {SlotState} */
export const stateOf = ({ dataset: { prVariant, prSrc, prKey, prMountUrl } }) =>
  /** @type {SlotState} */ ([prVariant, prSrc, prKey, prMountUrl].filter(Boolean));

/** @param {Slot[]} [shown] @returns {Mounted} */
export const mounted = (shown = slots()) =>
  Object.fromEntries(shown.map((slot) => [addressOf(slot), stateOf(slot)]));

/**
 * Find a slot by its name, in the slots around an element from the innermost outwards, then at the root.
 *
 * @param {string} name
 * @param {Element | null} [element]
 * @returns {Slot | null}
 */
export const findSlot = (name, element) => {
  const around = (element && slotAround(element))?.dataset.prSlot.split(".") ?? [];
  for (;;) {
    const address = [...around, name].join(".");
    const found = slots().find(({ dataset }) => dataset.prSlot === address);
    if (found || !around.length) return found ?? null;
    around.pop();
  }
};

// --- Renderings: numbers by which the memory knows the contents of slots ---

/** @type {WeakMap<Slot, number>} */
const renderings = new WeakMap();

/** @param {Slot} slot */
export const renderingOf = (slot) => renderings.get(slot);

/** @param {Slot} slot @param {number} [rendering] */
export const setRendering = (slot, rendering = Math.random()) => renderings.set(slot, rendering);

/** Forget the rendering of a slot, because its content is new. The next `nameRenderings()` gives it another one. @param {Slot} slot */
export const dropRendering = (slot) => renderings.delete(slot);

/**
 * Give each slot without a rendering the one that it has in a history entry, or a new one.
 *
 * @param {Record<string, number>} [then]
 * @param {Slot[]} [shown]
 * @returns {Record<string, number>}
 */
export const nameRenderings = (then = {}, shown = slots()) =>
  Object.fromEntries(
    shown.map((slot) => {
      const address = addressOf(slot);
      const rendering = renderingOf(slot) ?? then[address] ?? Math.random();
      setRendering(slot, rendering);
      return [address, rendering];
    }),
  );
