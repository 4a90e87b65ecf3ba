// Scrolls the window, and boxes inside, when slots change.
import { root } from "../dom.js";
import { parentOf } from "../scroll.js";
import { addressOf } from "../slots.js";

/** @param {Element} box @param {number} left @param {number} top */
export const scrollBox = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

/**
 * The boxes that are scrolled, of children that change and of all around them. To read this makes the browser lay
 * out the page: so it is read before that changes.
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
