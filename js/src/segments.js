// Finds the segments of the URL that a slot shows, as {% selected_segments %} does on the server.

/** @typedef {import("./types.js").Slot} Slot */

/** @param {string} url */
const decodedPath = (url) => decodeURIComponent(url.split("?")[0]);

/**
 * The parts of the URL below the layout of a slot. A default has none. The result is `undefined` if the slot is not on
 * screen.
 *
 * @param {string} address
 * @param {Slot[]} slots those on screen, the outer ones first
 */
export const segmentsOf = (address, slots) => {
  const slotAt = (/** @type {string} */ name) =>
    slots.find(({ dataset }) => dataset.prSlot === name);
  let slot = slotAt(address);
  if (!slot) return;
  const below = decodedPath(slot.dataset.prBelow ?? "");
  let shown = below;
  while (slot?.dataset.prVariant === "layout") {
    /** @type {Slot} */
    const layout = slot;
    const prefix = `${layout.dataset.prSlot}.`;
    slot =
      slotAt(`${prefix}children`) ??
      slots.find(({ dataset }) => dataset.prSlot.startsWith(prefix));
    shown = decodedPath(slot?.dataset.prBelow ?? layout.dataset.prSrc); // a layout has a URL of its own, also around a default
  }
  if (slot && /page|intercepted/.test(slot.dataset.prVariant))
    shown = decodedPath(slot.dataset.prSrc);
  const rest = shown.startsWith(below) ? shown.slice(below.length) : shown;
  return rest.split("/").filter(Boolean);
};

/**
 * The part that `{% selected_segment %}` prints: the first one for children, the last one for other slots.
 *
 * @param {string} address
 * @param {string[]} parts
 */
export const selected = (address, parts) => parts.at(/\bchildren$/.test(address) ? 0 : -1) ?? "";
