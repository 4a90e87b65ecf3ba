// Knows which node on screen is which of those that the server has sent.
import { all, closest } from "../dom.js";
import { core } from "./core.js";

const { bases, SLOT } = core;

/** The node on screen of each that has been sent. @type {WeakMap<Node, Node>} */
export const shown = new WeakMap();
/** The nodes on screen that have been sent; all others are those of widgets. @type {WeakSet<Node>} */
export const known = new WeakSet();

/** @param {Node} sent @param {Node} node */
export const link = (sent, node) => {
  shown.set(sent, node);
  known.add(node);
};

/** @param {Element} sent @param {Element[]} nodes */
export const linkAll = (sent, nodes) => {
  const elements = all("*", sent);
  nodes.forEach((node, place) => {
    link(elements[place], node);
  });
};

/** What has been sent for a slot: by itself, or with the slot around it. @param {Element} slot @returns {Element | undefined} */
export const sentFor = (slot) => {
  const base = bases.get(slot);
  if (base) {
    linkAll(base.sent, base.nodes.splice(0));
    return base.sent;
  }
  const outer = slot.parentElement && closest(slot.parentElement, SLOT);
  const sent = outer && sentFor(outer)?.querySelector(`[id="${slot.id}"]`);
  if (!sent) return;
  bases.set(slot, { sent, nodes: [] });
  return sent;
};

/** The child of a place that has a node in it: a widget may have wrapped it. @param {Node | null | undefined} node @param {Node} place */
export const childWith = (node, place) => {
  let child = node ?? null;
  while (child && child.parentNode !== place) child = child.parentNode;
  return child;
};

/** Find the texts between elements, by their places. @param {Node[]} sent @param {Node} place */
export const linkTexts = (sent, place) => {
  let next = place.firstChild;
  for (const one of sent) {
    const node = shown.get(one);
    if (node) {
      const child = childWith(node, place);
      if (child) next = child.nextSibling;
      continue;
    }
    let text = next;
    while (text && text.nodeType !== one.nodeType && !known.has(text)) text = text.nextSibling;
    if (text?.nodeType !== one.nodeType || known.has(text)) continue;
    link(one, text);
    next = text.nextSibling;
  }
};
