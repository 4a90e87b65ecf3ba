// Knows the navigations that are under way: requests whose answers the script shows. A newer navigation aborts
// older ones.
import { matches, root } from "./dom.js";
import { current } from "./page.js";
import { hooks } from "./parts.js";
import { slotAround } from "./slots.js";

/** @typedef {import("./types.js").Navigation} Navigation */
/** @typedef {import("./types.js").Slot} Slot */

/** By the request of htmx. @type {WeakMap<object, Navigation>} */
export const navigations = new WeakMap();

/** Those of the script, by the element that htmx takes for the source. @type {WeakMap<Element, Navigation>} */
export const sent = new WeakMap();

/** @type {Set<Navigation>} */
export const inFlight = new Set();

/** @param {import("./types.js").HtmxRequest} request */
export const navigationOf = ({ key }) => navigations.get(key);

/** Whether something else than a refresh is under way. */
export const isUnderWay = () => [...inFlight].some(({ refreshed }) => !refreshed);

/** @param {Slot} slot */
export const isRefreshing = (slot) => [...inFlight].some(({ refreshed }) => refreshed?.has(slot));

export const isRestoring = () =>
  current.isReturning || current.isWaiting || [...inFlight].some(({ restoring }) => restoring);

/** Whether a form is under way to the server already. @param {Element} form */
export const isSubmitting = (form) =>
  [...inFlight].some(({ source, isSafe }) => source === form && !isSafe);

/** Show by an attribute whether a navigation is under way. */
const track = () => root.toggleAttribute("data-pr-navigating", isUnderWay());

/** The slot of a form is busy until that is answered. @param {Navigation} navigation @param {"true" | null} busy */
const setBusy = ({ source, isSafe }, busy) => {
  const slot = source && !isSafe && slotAround(source);
  if (slot) slot.ariaBusy = busy;
};

/** Show by attributes whether a form is under way. @param {Navigation} navigation @param {boolean} isSent */
const markForm = ({ source, trigger }, isSent) => {
  if (!source || !matches(source, "form")) return;
  for (const element of [source, slotAround(source)])
    if (element) Element.prototype.toggleAttribute.call(element, "data-pr-submitting", isSent);
  hooks.submitting?.(source, isSent, trigger);
};

/** @param {Navigation} navigation */
export const begin = (navigation) => {
  inFlight.add(navigation);
  setBusy(navigation, "true");
  markForm(navigation, true);
  track();
};

/** @param {Navigation} navigation */
export const finish = (navigation) => {
  if (inFlight.delete(navigation)) markForm(navigation, false);
  setBusy(navigation, null);
  track();
};

/** @param {Navigation} navigation */
export const abort = (navigation) => {
  finish(navigation);
  navigation.abort?.();
};

/**
 * Abort what a newer navigation makes obsolete. One of all slots aborts all others; one of a slot aborts the
 * older of this slot, if that brings no entry back.
 *
 * @param {Partial<Navigation>} newer
 */
export const supersede = ({ slot, refreshed }) => {
  for (const older of inFlight) {
    const isOther = slot && (older.restoring || (older.slot ?? slot) !== slot);
    if (!refreshed && !older.refreshed && !isOther) abort(older);
  }
};

/**
 * Make a request of the script's own. Fulfilled when it is answered, or aborted.
 *
 * @param {string} url
 * @param {Navigation} navigation
 */
export const send = async (url, navigation) => {
  const source = document.body.appendChild(document.createElement("div"));
  sent.set(source, navigation);
  try {
    await htmx.ajax("GET", url, { source, target: document.body, swap: "none" });
  } catch {
    // htmx 2 rejects what is aborted.
  } finally {
    source.remove();
  }
};
