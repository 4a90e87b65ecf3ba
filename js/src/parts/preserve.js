// Moves elements with `hx-preserve` from one page of a slot to the next, and back. The memory keeps the nodes of a page
// that is left, so such an element waits outside, and a copy takes its place. A page with one loads this part.
import { all } from "../dom.js";
import { hooks } from "../parts.js";

const PRESERVED = "[hx-preserve][id],[data-hx-preserve][id]";

/** By what stands for it. @type {WeakMap<Element, Element>} */
const originals = new WeakMap();

/** @param {Element} element */
const standInFor = (element) => {
  const copy = /** @type {Element} */ (element.cloneNode(false));
  originals.set(copy, element);
  return copy;
};

/** What is moved by `moveBefore` goes on: an iframe is not loaded again. @param {Node} node @param {any} place @param {Node | null} anchor */
const move = (node, place, anchor) => {
  const name =
    place.moveBefore && node.isConnected && place.isConnected ? "moveBefore" : "insertBefore";
  place[name](node, anchor);
};

hooks.leavePreserved = (slot, coming) => {
  for (const { id } of all(PRESERVED, coming)) {
    const element = slot.querySelector(`#${CSS.escape(id)}`);
    if (!element) continue;
    element.before(standInFor(element));
    move(element, document.body, null); // htmx finds it there
  }
};

hooks.bringPreserved = (slot) => {
  for (const copy of all(PRESERVED, slot)) {
    const element = originals.get(copy);
    if (!element) continue;
    if (element.parentNode && element.parentNode !== document.body)
      element.before(standInFor(element));
    move(element, /** @type {Node} */ (copy.parentNode), copy);
    copy.remove();
  }
};
