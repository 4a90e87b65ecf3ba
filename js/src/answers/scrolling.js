// Scrolls the window, and boxes inside, when slots change.
import { root } from "../dom.js";
import { parentOf } from "../scroll.js";
import { addressOf } from "../slots.js";

/** @param {Element} box @param {number} left @param {number} top */
export const scrollBox = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

/**
 * The boxes in and around the changing children that are not at their top. Reading this makes the browser compute the
 * layout, so it is read before the page changes.
 *
 * @param {import("../types.js").Slot[]} changing
 */
export const scrolledAround = (changing) => {
  const boxes = new Set();
  for (const slot of changing)
    if (!addressOf(slot).replaceAll(/children\.?/g, ""))
      for (let box = /** @type {Element | null} */ (slot); box; box = parentOf(box))
        if (box.scrollTop) boxes.add(box);
  return boxes;
};

/**
 * Scroll the window, and the boxes around or in slots that have changed, to where they were.
 *
 * @param {Record<string, number[]>} boxes
 * @param {Element[]} changed
 */
export const restoreScroll = (boxes, changed) => {
  for (const [selector, [left, top]] of Object.entries(boxes)) {
    const box = document.querySelector(selector);
    const isNear = (/** @type {Element} */ slot) => slot.contains(box) || box?.contains(slot);
    if (box && (box === root || changed.some(isNear))) scrollBox(box, left, top);
  }
};
