// Finds the HTML that the server has sent for a slot, also if it was part of that of the slot around it.
import { bases } from "../bases.js";
import { closest } from "../dom.js";
import { SLOT } from "../slots.js";

/**
 * Return the HTML that was sent for a slot: by itself, or as a part of that of the slot around it, as in a document.
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
  // After a merge, the slot around it does not list its nodes. They are linked to what was sent (parts/sent.js).
  const nodes = [...around.nodes];
  const start = nodes.indexOf(slot) + 1;
  const end = start && start + sent.getElementsByTagName("*").length;
  const base = { sent, nodes: nodes.slice(start, end) };
  bases.set(slot, base);
  return base;
};
