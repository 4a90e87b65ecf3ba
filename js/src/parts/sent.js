// Knows, for each node that the server has sent, the node on screen.

import { baseOf } from "../answers/base-of.js";
import { closest } from "../dom.js";
import { SLOT, slots } from "../slots.js";
import { all, firstOf, isElement, isInPage, listed, nameOf, nextOf, parentOf } from "./nodes.js";

/** @typedef {import("../types.js").Base} Base */

/** The document for copies of what was sent. Nothing in it is loaded or run. */
export const inert = document.implementation.createHTMLDocument();

/** A map from nodes to other nodes, stored in a property. With 10,000 nodes, it takes less time than a WeakMap. */
const linked = () => {
  const key = Symbol("parallel-routes");
  return {
    /** @param {Node} node @returns {Node | undefined} */
    get: (node) => /** @type {any} */ (node)[key],
    /** @param {Node} node */
    has: (node) => key in node,
    /** @param {Node} node @param {Node} other */
    set(node, other) {
      /** @type {any} */ (node)[key] = other;
    },
  };
};

/** For each node that was sent: the node on screen. */
export const shown = linked();
/** For each node on screen: the node that was sent for it. The nodes of widgets have none. */
export const sentOf = linked();

/** @param {Node} sent @param {Node} node */
export const link = (sent, node) => {
  shown.set(sent, node);
  sentOf.set(node, sent);
};

/** Link the elements of a copy to their originals. @param {ParentNode} sent @param {ArrayLike<Element>} nodes */
export const linkAll = (sent, nodes) => {
  for (const [place, one] of all("*", sent).entries()) link(one, nodes[place]);
};

/** Copies of the elements that merges have added to slots, with their originals. @type {WeakMap<Base, [ArrayLike<Element>, ArrayLike<Element>][]>} */
const added = new WeakMap();

/**
 * Let the next merge link added elements to their copy, because it takes long to link 1,000 rows.
 *
 * @param {Element} slot @param {ParentNode} sent @param {ParentNode} nodes
 */
export const linkLater = (slot, sent, nodes) => {
  const base = /** @type {Base} */ (baseOf(slot));
  const pairs = added.get(base) ?? [];
  pairs.push([sent.querySelectorAll("*"), nodes.querySelectorAll("*")]);
  added.set(base, pairs);
};

/** Link the elements that were sent for a slot, and put them into the HTML of the slot around it. @param {Element} slot */
const settle = (slot) => {
  const base = baseOf(slot);
  if (!base) return;
  if (base.nodes.length) linkAll(base.sent, base.nodes);
  base.nodes = [];
  for (const [sent, nodes] of added.get(base) ?? [])
    for (const [place, one] of listed(sent).entries()) link(one, nodes[place]);
  added.delete(base);
  const outer = slot.parentElement && closest(slot.parentElement, SLOT);
  const place = outer && baseOf(outer)?.sent.querySelector(`[id="${slot.id}"]`);
  if (!place || place === base.sent) return;
  place.replaceWith(base.sent);
  link(base.sent, slot);
};

/** The HTML that was sent for a slot, and for those inside it. All of its elements are linked. @param {Element} slot @returns {Element | undefined} */
export const sentFor = (slot) => {
  // The outer ones first: the HTML of a slot may include that of those inside it, which will change.
  for (const one of slots()) if (one.contains(slot) || slot.contains(one)) settle(one);
  return baseOf(slot)?.sent;
};

/** The child of a place that is or contains a node, which a widget may have wrapped. @param {Node | null | undefined} node @param {Node} place */
export const childWith = (node, place) => {
  let child = node ?? null;
  while (child && parentOf(child) !== place) child = parentOf(child);
  return child;
};

/**
 * Link the texts between elements by their places, and options, which widgets may have replaced. Returns the elements that a
 * script has removed, by the node that now follows the place of each.
 *
 * @param {Node[]} sent
 * @param {Node} place
 */
export const linkTexts = (sent, place) => {
  let next = firstOf(place);
  /** @type {Map<Node | null, Element[]>} */
  const gone = new Map();
  for (const one of sent) {
    const node = shown.get(one);
    if (node && (isInPage(node) || !/^OPT/.test(nameOf(node)))) {
      const child = childWith(node, place);
      if (child) next = nextOf(child);
      else if (isElement(one) && !isInPage(node)) {
        if (!gone.get(next)?.push(one)) gone.set(next, [one]);
      }
      continue;
    }
    let text = next;
    while (text && nameOf(text) !== nameOf(one) && !sentOf.has(text)) text = nextOf(text);
    if (!text || nameOf(text) !== nameOf(one) || sentOf.has(text)) continue;
    link(one, text);
    next = nextOf(text);
  }
  return gone;
};
