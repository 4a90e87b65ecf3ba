// Keeps the HTML that the server has sent for each slot. A new rendering of the same page is compared with it, so that
// what the user and widgets have changed since can stay.
import { all } from "./dom.js";
import { SLOT } from "./slots.js";

/** @typedef {import("./types.js").Base} Base */
/** @typedef {import("./types.js").Slot} Slot */

/** A document in which nothing is loaded or run. */
const inert = document.implementation.createHTMLDocument();

/** @type {WeakMap<Element, Base>} */
export const bases = new WeakMap();

/**
 * Store the HTML that was sent for a slot, before a script changes it.
 *
 * @param {Element} slot
 * @param {Element | DocumentFragment} [content] the element or fragment that contains it now
 */
export const noteSent = (slot, content = slot) =>
  bases.set(slot, {
    sent: /** @type {Element} */ (inert.importNode(content, true)),
    nodes: content.querySelectorAll("*"),
  });

/** Store the HTML that was sent for each slot of the document. That of a slot includes the slots inside. */
export const noteDocument = () => {
  for (const slot of all(`${SLOT}:not(${SLOT} *)`)) noteSent(slot);
};
