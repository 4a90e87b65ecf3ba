// Moves elements with `hx-preserve` from one page of a slot to the next, and back. The memory keeps the nodes of a page
// that is left, so such an element waits outside, and a copy takes its place. A page with one loads this part.
import { all, attribute } from "../dom.js";
import { hooks } from "../parts.js";
import { insert, move, parentOf, remove } from "./nodes.js";

const PRESERVED = "[hx-preserve][id],[data-hx-preserve][id]";

/** By what stands for it. @type {WeakMap<Element, Element>} */
const originals = new WeakMap();

/** Put a copy where an element is. @param {Element} element */
const leave = (element) => {
  const copy = /** @type {Element} */ (Node.prototype.cloneNode.call(element, false));
  originals.set(copy, element);
  insert(/** @type {Node} */ (parentOf(element)), copy, element);
};

hooks.leavePreserved = (slot, coming) => {
  for (const one of all(PRESERVED, coming)) {
    const element = slot.querySelector(`[id="${CSS.escape(`${attribute(one, "id")}`)}"]`);
    if (!element) continue;
    leave(element);
    move(element, document.body, null); // htmx finds it there
  }
};

hooks.bringPreserved = (slot) => {
  for (const copy of all(PRESERVED, slot)) {
    const element = originals.get(copy);
    if (!element) continue;
    const place = parentOf(element);
    if (place && place !== document.body) leave(element);
    move(element, /** @type {Node} */ (parentOf(copy)), copy);
    remove(copy);
  }
};
