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

const NAVIGATING = "data-pr-navigating";

/** Show by attributes whether a navigation is under way, and a form, whose slot is busy. @param {Navigation} navigation @param {boolean} isSent */
const mark = ({ source, isSafe, trigger }, isSent) => {
  const slot = source && slotAround(source);
  if (slot && !isSafe) slot.ariaBusy = isSent ? "true" : null;
  if (source && matches(source, "form")) {
    for (const element of [source, slot])
      if (element) Element.prototype.toggleAttribute.call(element, "data-pr-submitting", isSent);
    hooks.submitting?.(source, isSent, trigger);
  }
  root.toggleAttribute(NAVIGATING, isUnderWay());
};

/** The bar is for slow ones: to paint it would be work beside that of the answer. @param {Navigation} navigation */
export const begin = (navigation) => {
  inFlight.add(navigation);
  mark(navigation, true);
  setTimeout(() => inFlight.has(navigation) && root.setAttribute(NAVIGATING, "slow"), 150);
};

/** @param {Navigation} navigation */
export const finish = (navigation) => {
  if (inFlight.delete(navigation)) mark(navigation, false);
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
