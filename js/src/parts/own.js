// Pairs new nodes of the server with elements that scripts have inserted, as if the server had sent these: a row that a button
// has added to a formset, or a row with which htmx has replaced another one.
import { isInUse } from "./entered.js";
import { idOf, isAlike, isLike, OWN, sharing } from "./matching.js";
import { all, isElement, isEqual, isSpace, nameOf, nextOf, nodesOf, textOf } from "./nodes.js";
import { inert, link, linkAll, sentOf } from "./sent.js";

/** Whether scripts have inserted an element and everything in it. @param {Node} node @returns {node is Element} */
const isOwn = (node) =>
  isElement(node) && [node, ...all("*", node)].every((one) => !sentOf.has(one));

/** Return a copy of an element that a script has inserted, as if the server had sent it. @param {Element} element */
const asSent = (element) => {
  const copy = /** @type {Element} */ (inert.importNode(element, true));
  link(copy, element);
  linkAll(copy, all("*", element));
  return copy;
};

/** The elements that scripts have inserted, from a node to the next one that the server has sent. @param {Node | null} node */
const ownFrom = (node) => {
  const own = [];
  for (let one = node; one && !sentOf.has(one); one = nextOf(one)) if (isOwn(one)) own.push(one);
  return own;
};

/** The name and text of an element, if it has a text. @param {Node} node */
const contentOf = (node) => {
  const text = textOf(node)?.trim();
  return text && `${nameOf(node)} ${text}`;
};

/**
 * An element that a script has removed appears again if the server's HTML for it has changed, such as an alert with another
 * text. If a script has put an element in its place, that element gets the new HTML, or is removed. If a script has
 * replaced everything in the place, such as the content of a tab, only elements with the same id are paired.
 *
 * @param {Map<Node | null, Element[]>} gone the removed elements, by the node that now follows their place
 * @param {Map<Node, Node>} pairs @param {Node} place
 */
export const pairGone = (gone, pairs, place) => {
  if (!gone.size) return;
  const comers = new Map([...pairs].map(([node, old]) => [old, node]));
  const isSame = (/** @type {Element} */ old) => isEqual(old, comers.get(old) ?? null);
  // The order: elements whose HTML has not changed, those that have changed, and those that the server no longer sends.
  const rank = (/** @type {Element} */ old) => (isSame(old) ? 0 : comers.has(old) ? 1 : 2);
  const there = [...nodesOf(place)].filter((node) => !isSpace(node));
  const isReplaced = there.length > 0 && there.every((node) => !sentOf.has(node));
  for (const [next, olds] of gone) {
    const own = ownFrom(next);
    const free = new Set(own);
    const byPlace = new Map(
      own.length === olds.length ? olds.map((old, place) => [old, own[place]]) : [],
    );
    for (const old of [...olds].sort((one, other) => rank(one) - rank(other))) {
      const node = comers.get(old);
      const isIts = (/** @type {Element} */ one) =>
        isAlike(one, old) && [old, node].some((other) => other && isLike(one, other));
      if (isReplaced) {
        const same = idOf(old) && there.find((one) => isAlike(one, old));
        if (same) link(old, same);
        continue;
      }
      const other = byPlace.get(old) ?? [...free].find(isIts);
      const isFree = other && free.delete(other);
      if (isSame(old) || (isFree && node && isInUse(other))) continue; // a row that the user is editing
      if (node) pairs.delete(node);
      if (isFree && node && isAlike(other, node)) pairs.set(node, asSent(other));
      else if (isFree) link(old, other);
    }
  }
};

/**
 * Pair new nodes with inserted elements that have the same ids, names or text. Links don't count: a message may have the same
 * link as a row.
 *
 * @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
 */
export const pairOwn = (after, pairs, place) => {
  const own = [...nodesOf(place)].filter((node) => isElement(node) && !sentOf.has(node));
  if (!own.length) return;
  const others = after.filter((node) => isElement(node) && !pairs.has(node));
  const taken = new Set();
  const add = (/** @type {Node} */ twin, /** @type {Node} */ node) => {
    if (taken.has(twin) || pairs.has(node) || !isAlike(twin, node) || !isOwn(twin)) return;
    taken.add(twin);
    pairs.set(node, asSent(twin));
  };
  for (const [twin, node] of sharing(own, others, { names: OWN })) add(twin, node);
  const byContent = new Map(own.map((twin) => [contentOf(twin), twin]));
  for (const node of others) {
    const twin = contentOf(node) && byContent.get(contentOf(node));
    if (twin) add(twin, node);
  }
};
