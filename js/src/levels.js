// Finds levels: slots that show an intercepted page over what was on screen before.
import { current } from "./page.js";
import { addressOf, slots } from "./slots.js";

/** @typedef {import("./types.js").Slot} Slot */

/** @param {Slot[]} [shown] */
export const openLevels = (shown = slots()) => {
  const intercepted = shown
    .filter(({ dataset }) => dataset.prVariant === "intercepted")
    .map((slot) => `${addressOf(slot)}.`);
  return shown.filter(
    (level) =>
      level.dataset.prMountUrl != null &&
      intercepted.some((address) => address.startsWith(`${addressOf(level)}.`)),
  );
};

/**
 * Store what is beneath each level that has opened.
 *
 * @param {import("./types.js").Beneath} [beneath]
 * @param {Slot[]} [shown]
 */
export const trackOpened = (beneath = {}, shown = slots()) => {
  current.opened = Object.fromEntries(
    openLevels(shown).map(({ dataset: { prSlot } }) => [
      prSlot,
      current.opened[prSlot] ?? beneath,
    ]),
  );
};
