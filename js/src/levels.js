// Finds levels: slots that show an intercepted page, over what was there before.
import { current } from "./page.js";
import { addressOf, slots, stateOf } from "./slots.js";

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

/** What the slots show that nothing is stacked in, as one string. */
export const backgroundState = () =>
  JSON.stringify(
    slots()
      .filter((slot) => !slot.closest("[data-pr-mount-url]"))
      .map(stateOf),
  );

/**
 * Note for each level that has come what was beneath.
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
