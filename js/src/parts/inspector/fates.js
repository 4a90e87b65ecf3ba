// Decides what has happened to each slot, for the inspector's rows, its counts and its button.

/** @typedef {import("../../types.js").Slot} Slot */
/**
 * "empty": the slot shows nothing, before and after. "again": each response contains it, such as messages. "around": a layout;
 * the slots inside it count. "waiting": it keeps its content until the new content arrives. Only "changed" and "kept" count.
 *
 * @typedef {"changed" | "kept" | "waiting" | "empty" | "again" | "around"} Fate
 */

/** @param {Slot} slot */
const isEmpty = ({ dataset }) => dataset.prVariant === "empty";

/**
 * The fate of each slot on screen.
 *
 * @param {Slot[]} all
 * @param {Slot[]} changed those that were rendered again, and all slots in them
 * @param {Map<string, string>} before the variants that were shown before, by address
 * @param {(slot: Slot) => boolean} isWaiting whether the content of a slot is still to arrive
 * @returns {Fate[]}
 */
export const fatesOf = (all, changed, before, isWaiting) =>
  all.map((slot) => {
    const { prSlot, prAgain } = slot.dataset;
    if (isEmpty(slot) && (before.get(prSlot) ?? "empty") === "empty") return "empty";
    if (prAgain != null) return "again";
    const shown = all.filter((one) => !isEmpty(one) && one.dataset.prAgain == null);
    if (shown.some((one) => one !== slot && slot.contains(one))) return "around";
    // A merged layout counts for all slots inside it. A slot that waits has not changed yet.
    if (isWaiting(slot) && !changed.includes(slot)) return "waiting";
    return changed.some((one) => one.contains(slot)) ? "changed" : "kept";
  });
