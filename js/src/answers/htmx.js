// Calls the adapter of the htmx that runs, 2 or 4, for what it does with responses.
import { isFour } from "../htmx.js";
import { htmx2 } from "./htmx2.js";
import { htmx4 } from "./htmx4.js";

/** @typedef {import("../types.js").AnswerAdapter} AnswerAdapter */

const running = () => (isFour() ? htmx4 : htmx2);

/** @type {AnswerAdapter["deliver"]} */
export const deliver = (...all) => running().deliver(...all);
/** @type {AnswerAdapter["setHtml"]} */
export const setHtml = (...all) => running().setHtml(...all);
/** @type {AnswerAdapter["allowSwap"]} */
export const allowSwap = (...all) => running().allowSwap(...all);
/** @type {AnswerAdapter["skipSwap"]} */
export const skipSwap = (...all) => running().skipSwap(...all);
/** @type {AnswerAdapter["swapSlots"]} */
export const swapSlots = (html) => running().swapSlots(html);

/** The new content of slots, in an event of a swap. @param {CustomEvent} event */
export const arrivalsOf = ({ detail }) => running().arrivalsOf(detail);

/** Empty a slot by a swap, so that htmx cleans up what was in it. @param {Element} slot */
export const clear = (slot) => {
  running().clear(slot);
  slot.replaceChildren();
};
