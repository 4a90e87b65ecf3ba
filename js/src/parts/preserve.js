// Moves elements with `hx-preserve` from one page of a slot to the next, and back. The memory keeps the nodes of the page
// that the user leaves, with a copy in the place of such an element. A page with such an element loads this part.
import { all, attribute } from "../dom.js";
import { hooks } from "../parts.js";
import { insert, move, parentOf, remove } from "./nodes.js";

const PRESERVED = "[hx-preserve][id],[data-hx-preserve][id]";

/** The elements, by the copy that is in their place. @type {WeakMap<Element, Element>} */
const originals = new WeakMap();

/** Insert a copy before an element. @param {Element} element */
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
