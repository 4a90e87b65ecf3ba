import { abort, inFlight, isRefreshing, isRestoring, send } from "./navigation.js";
import { isLoading, nameRenderings, renderingOf, slots } from "./slots.js";
import { here } from "./urls.js";

/** @typedef {import("./types.js").Navigation} Navigation */
/** @typedef {import("./types.js").Slot} Slot */

/**
 * Ask the server to render slots again, together.
 *
 * @param {Slot[]} wanted
 * @param {Partial<Navigation>} [options]
 */
export const refresh = async (wanted, { isSecond, isQuiet } = {}) => {
  nameRenderings(); // a page that has streamed may ask before its first entry is written
  const refreshed = new Map(wanted.map((slot) => [slot, renderingOf(slot)]));
  /** @type {Navigation} */
  const navigation = { refreshed, isSecond, isQuiet, hash: "" };
  for (const slot of wanted) slot.ariaBusy = "true";
  for (const older of inFlight) for (const slot of wanted) older.refreshed?.delete(slot);
  prune();
  inFlight.add(navigation);
  const [{ dataset }] = wanted;
  // The URL of a layout is only a prefix.
  const hasUrl = wanted.length === 1 && (dataset.prState || dataset.prVariant !== "layout");
  await send(hasUrl ? dataset.prSrc : here(), navigation);
  await navigation.second;
};

/** Wait no more for slots that have changed since, or are gone. */
export const prune = () => {
  for (const navigation of [...inFlight]) {
    const { refreshed } = navigation;
    if (!refreshed) continue;
    for (const [slot, rendering] of refreshed)
      if (!slot.isConnected || renderingOf(slot) !== rendering) refreshed.delete(slot);
    if (!refreshed.size) abort(navigation);
  }
};

/** Ask for the slots that the page has left to the script. */
export const loadDeferred = () => {
  prune();
  if (isRestoring()) return; // its end leads here, too
  for (const slot of slots())
    if (isLoading(slot) && slot.dataset.prDelivery === "deferred" && !isRefreshing(slot))
      refresh([slot]);
};
