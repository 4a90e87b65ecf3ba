// Finds levels: slots that show an intercepted page, over what was there before.
import { all } from "./dom.js";
import { current } from "./page.js";
import { slots, stateOf } from "./slots.js";

/** @typedef {import("./types.js").Slot} Slot */

const INTERCEPTED = '[data-pr-variant="intercepted"]';

/** @param {HTMLElement} slot */
export const isOpen = (slot) => slot.matches(INTERCEPTED) || !!slot.querySelector(INTERCEPTED);

export const openLevels = () => /** @type {Slot[]} */ (all("[data-pr-mount-url]").filter(isOpen));

/** What the slots show that nothing is stacked in, as one string. */
export const backgroundState = () =>
  JSON.stringify(
    slots()
      .filter((slot) => !slot.closest("[data-pr-mount-url]"))
      .map(stateOf),
  );

/** Note for each level that has come what was beneath. @param {import("./types.js").Beneath} [beneath] */
export const trackOpened = (beneath = {}) => {
  current.opened = Object.fromEntries(
    openLevels().map(({ dataset: { prSlot } }) => [prSlot, current.opened[prSlot] ?? beneath]),
  );
};
