// Requests slots again: in refreshes, and deferred slots for the first time.
import { abort, inFlight, isRefreshing, isRestoring, send } from "./navigation.js";
import { isLoading, nameRenderings, renderingOf, slots } from "./slots.js";
import { here } from "./urls.js";

/** @typedef {import("./types.js").Navigation} Navigation */
/** @typedef {import("./types.js").Slot} Slot */

/**
 * Request slots again, in one request.
 *
 * @param {Slot[]} wanted
 * @param {Partial<Navigation>} [options]
 */
export const refresh = async (wanted, { isSecond, isQuiet } = {}) => {
  nameRenderings(); // a streamed page may get here before its first entry is written
  const refreshed = new Map(wanted.map((slot) => [slot, renderingOf(slot)]));
  /** @type {Navigation} */
  const navigation = { refreshed, isSecond, isQuiet, hash: "" };
  for (const slot of wanted) slot.ariaBusy = "true";
  for (const older of inFlight) for (const slot of wanted) older.refreshed?.delete(slot);
  prune();
  inFlight.add(navigation);
  const [{ dataset }] = wanted;
  // The URL of a layout is only a prefix, and may be that of no page.
  const hasUrl = wanted.length === 1 && (dataset.prState || dataset.prVariant !== "layout");
  await send(hasUrl ? dataset.prSrc : here(), navigation);
  await navigation.second;
};

/** Stop waiting for slots that have changed since, or are gone. Abort refreshes that wait for no slot. */
export const prune = () => {
  for (const navigation of [...inFlight]) {
    const { refreshed } = navigation;
    if (!refreshed) continue;
    for (const [slot, rendering] of refreshed)
      if (!slot.isConnected || renderingOf(slot) !== rendering) refreshed.delete(slot);
    if (!refreshed.size) abort(navigation);
  }
};

/** Request the deferred slots of the page. */
export const loadDeferred = () => {
  prune();
  if (isRestoring()) return; // when that has ended, this is called again
  for (const slot of slots())
    if (isLoading(slot) && slot.dataset.prDelivery === "deferred" && !isRefreshing(slot))
      refresh([slot]);
};
