// Merges new HTML of the same page into a slot, and fires the events for new content.
import { noteSent } from "../bases.js";
import { closest, dispatch } from "../dom.js";
import { hooks } from "../parts.js";

/** @typedef {import("../types.js").Slot} Slot */

/** For each slot that waits for a merge, the function that merges the new content into it. @type {Map<Element, (content: Element | DocumentFragment) => void>} */
const merges = new Map();

/**
 * Whether the new HTML of a slot can be merged into it, because the slot shows the same page (rule S57).
 *
 * @param {Slot} slot
 * @param {HTMLElement} element
 */
export const canMerge = (slot, element) =>
  "prSame" in element.dataset &&
  !slot.dataset.prState &&
  !closest(slot, '[data-pr-morph="false"]') &&
  !!hooks.canMerge?.(slot);

/** @param {Slot} slot @param {import("../types.js").Navigation & {isOther: boolean}} navigation `isOther`: for another query */
export const mergeAtSwap = (slot, navigation) =>
  merges.set(slot, (content) => {
    const done = hooks.merge?.(slot, content, navigation);
    if (done) merged.set(slot, done);
  });

/** The result of the last merge into a slot. @type {WeakMap<Element, import("../types.js").Merged>} */
const merged = new WeakMap();

/**
 * Fire the events for a slot with new content, or for the elements that a merge has inserted or updated.
 *
 * @param {Slot} slot
 * @param {boolean} isMerged
 * @param {object} detail
 */
export const enter = (slot, isMerged, detail) => {
  if (!isMerged) return dispatch("enter", slot, detail);
  const { added = [], updated = [] } = merged.get(slot) ?? {};
  for (const element of added) if (element.isConnected) dispatch("enter", element, detail);
  for (const element of [...updated, slot]) dispatch("update", element, detail);
};

/**
 * Merge the new content of a slot, if it waits for a merge. Otherwise, htmx replaces the slot's content. Returns whether
 * it was merged.
 *
 * @param {Element} slot
 * @param {Element | DocumentFragment} content
 */
export const takeIn = (slot, content) => {
  const merge = merges.get(slot);
  if (merge) merge(content);
  else noteSent(slot, content);
  return merges.delete(slot);
};
