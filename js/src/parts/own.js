// Pairs what the server sends with what scripts have made, as if that had been sent: a row that a button has added to a
// formset, or one that htmx has put in the place of another.
import { byToken, isAlike, isLike, OWN, sharing } from "./matching.js";
import { all, isElement, isEqual, nextOf, nodesOf } from "./nodes.js";
import { inert, link, linkAll, sentOf } from "./sent.js";

/** Whether a node has come by a script, with all that is in it. @param {Node} node @returns {node is Element} */
const isOwn = (node) =>
  isElement(node) && [node, ...all("*", node)].every((one) => !sentOf.has(one));

/** A copy of an element that a script has made, as if it had been sent. @param {Element} element */
const asSent = (element) => {
  const copy = /** @type {Element} */ (inert.importNode(element, true));
  link(copy, element);
  linkAll(copy, all("*", element));
  return copy;
};

/** What scripts have put in a place, as far as the next node that was sent. @param {Node | null} node */
const ownFrom = (node) => {
  const own = [];
  for (let one = node; one && !sentOf.has(one); one = nextOf(one)) if (isOwn(one)) own.push(one);
  return own;
};

/**
 * What a script has taken away comes again if the server's HTML for it has changed: an alert with another text. What
 * has been put in its place then takes what comes, or goes.
 *
 * @param {Map<Node | null, Element[]>} gone by what now follows where they were @param {Map<Node, Node>} pairs
 */
export const pairGone = (gone, pairs) => {
  if (!gone.size) return;
  const comers = new Map([...pairs].map(([node, old]) => [old, node]));
  const isSame = (/** @type {Element} */ old) => isEqual(old, comers.get(old) ?? null);
  // What has not changed has the first claim to what is there, and what does not come has the last.
  const rank = (/** @type {Element} */ old) => (isSame(old) ? 0 : comers.has(old) ? 1 : 2);
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
      const other = byPlace.get(old) ?? [...free].find(isIts);
      const isFree = other && free.delete(other);
      if (isSame(old)) continue;
      if (node) pairs.delete(node);
      if (isFree && node && isAlike(other, node)) pairs.set(node, asSent(other));
      else if (isFree) link(old, other);
    }
  }
};

/**
 * Pair what comes with what a script has made of the same ids or names. A message may have a link that a row has, too.
 *
 * @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
 */
export const pairOwn = (after, pairs, place) => {
  const own = [...nodesOf(place)].filter((node) => isElement(node) && !sentOf.has(node));
  if (!own.length) return;
  const others = after.filter((node) => !pairs.has(node));
  const taken = new Set();
  for (const [twin, node] of sharing(byToken(own, OWN), byToken(others, OWN))) {
    if (taken.has(twin) || pairs.has(node) || !isAlike(twin, node) || !isOwn(twin)) continue;
    taken.add(twin);
    pairs.set(node, asSent(twin));
  }
};
