// Compares what slots show with what they will show.
import { all } from "../dom.js";
import { isLoading, mounted, SLOT, slots, stateOf } from "../slots.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {import("../types.js").SlotState} SlotState */
/** @typedef {import("../types.js").Mounted} Mounted */

/**
 * Whether two states show the same. A slot may be mounted at any URL of its layout.
 *
 * @param {SlotState} one
 * @param {SlotState} other
 */
export const isSame = (one, other) => `${one.slice(0, 3)}` === `${other.slice(0, 3)}`;

/** Whether the slots on screen show exactly this. @param {Mounted} wanted */
export const isOnScreen = (wanted) => {
  const found = Object.entries(mounted());
  return (
    found.length === Object.keys(wanted).length &&
    found.every(([address, state]) => wanted[address] && isSame(state, wanted[address]))
  );
};

/** What a slot and the slots inside it show, as one string. @param {HTMLElement} place */
export const shownIn = (place) =>
  `${[place, ...all("[data-pr-slot]", place)].map(({ dataset }) => [
    dataset.prSlot,
    dataset.prVariant,
    dataset.prSrc,
  ])}`;

/**
 * The slots that will be on screen after those of a response have been swapped in. The slots inside these are replaced.
 *
 * @param {(readonly [Slot, HTMLElement])[]} arriving
 */
export const slotsAfter = (arriving) => {
  const elements = new Map(arriving);
  const goes = (/** @type {Slot} */ slot) =>
    arriving.some(([outer]) => outer !== slot && outer.contains(slot));
  return slots()
    .filter((slot) => !goes(slot))
    .flatMap((slot) => {
      const element = elements.get(slot);
      return [slot, .../** @type {Slot[]} */ (element ? all(SLOT, element) : [])];
    });
};

/**
 * Give a slot's element the attributes of what it will show.
 *
 * @param {Slot} slot
 * @param {DOMStringMap} dataset
 */
export const describe = (slot, dataset) => {
  Object.assign(slot.dataset, dataset);
  for (const name of ["prTitle", "prOrder", "prState", "prDelivery", "prTables", "prSame"])
    if (!dataset[name]) delete slot.dataset[name];
  slot.ariaBusy = isLoading(slot) ? "true" : null;
};

/** What is shown by the slots that open no levels, as one string. */
export const backgroundState = () =>
  JSON.stringify(
    slots()
      .filter((slot) => !slot.closest("[data-pr-mount-url]"))
      .map(stateOf),
  );
