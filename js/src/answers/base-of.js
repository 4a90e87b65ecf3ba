// Finds what the server has sent for a slot, be it with the slot around it.
import { bases } from "../bases.js";
import { all, closest } from "../dom.js";
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
  const elements = all("*", around.sent);
  const place = elements.findIndex(({ id }) => id === slot.id);
  if (place < 0) return;
  const sent = elements[place];
  const end = place + 1 + all("*", sent).length;
  const base = { sent, nodes: around.nodes.slice(place + 1, end) };
  bases.set(slot, base);
  return base;
};
