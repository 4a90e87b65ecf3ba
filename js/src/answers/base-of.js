// Finds what the server has sent for a slot, be it with the slot around it.
import { bases } from "../bases.js";
import { closest } from "../dom.js";
import { SLOT } from "../slots.js";

/**
 * What has been sent for a slot: by itself, or with the slot around it, as a document is.
 *
 * @param {Element} slot
 * @returns {import("../types.js").Base | undefined}
 */
export const baseOf = (slot) => {
  const own = bases.get(slot);
  if (own) return own;
  const outer = slot.parentElement && closest(slot.parentElement, SLOT);
  const around = outer && baseOf(outer);
  if (!around) return;
  const sent = around.sent.querySelector(`[id="${slot.id}"]`);
  if (!sent) return;
  // Once merged, the slot around it no longer lists its nodes: they are linked to what was sent (parts/sent.js).
  const nodes = [...around.nodes];
  const start = nodes.indexOf(slot) + 1;
  const end = start && start + sent.getElementsByTagName("*").length;
  const base = { sent, nodes: nodes.slice(start, end) };
  bases.set(slot, base);
  return base;
};
