// Knows the navigations that are under way: requests whose responses the script shows. A newer navigation aborts
// older ones.
import { matches, root } from "./dom.js";
import { current } from "./page.js";
import { hooks } from "./parts.js";
import { slotAround } from "./slots.js";

/** @typedef {import("./types.js").Navigation} Navigation */
/** @typedef {import("./types.js").Slot} Slot */

/** All navigations, by the request of htmx. @type {WeakMap<object, Navigation>} */
export const navigations = new WeakMap();

/** The navigations that the script begins, by the element that htmx takes for their source. @type {WeakMap<Element, Navigation>} */
export const begunByScript = new WeakMap();

/** @type {Set<Navigation>} */
export const inFlight = new Set();

/** @param {import("./types.js").HtmxRequest} request */
export const navigationOf = ({ key }) => navigations.get(key);

/** Whether a navigation is under way that is no refresh. */
export const isUnderWay = () => [...inFlight].some(({ refreshed }) => !refreshed);

/** @param {Slot} slot */
export const isRefreshing = (slot) => [...inFlight].some(({ refreshed }) => refreshed?.has(slot));

export const isRestoring = () =>
  current.isReturning || current.isWaiting || [...inFlight].some(({ restoring }) => restoring);

/** Whether a form has been sent, and its response has not arrived. @param {Element} form */
export const isSubmitting = (form) =>
  [...inFlight].some(({ source, isSafe }) => source === form && !isSafe);

const NAVIGATING = "data-pr-navigating";

/** Set the attributes that say whether a navigation, or a form and its slot, are under way. @param {Navigation} navigation @param {boolean} isSent */
const mark = (navigation, isSent) => {
  const { source, isSafe, trigger } = navigation;
  navigation.around ??= source && slotAround(source); // the form may leave it meanwhile
  const slot = navigation.around;
  if (slot && !isSafe) slot.ariaBusy = isSent ? "true" : null;
  if (source && matches(source, "form")) {
    for (const element of [source, slot])
      if (element) Element.prototype.toggleAttribute.call(element, "data-pr-submitting", isSent);
    hooks.submitting?.(source, isSent, trigger);
  }
  root.toggleAttribute(NAVIGATING, isUnderWay());
};

/** Begin a navigation. The progress bar appears only if it is slow, because painting the bar takes time, too. @param {Navigation} navigation */
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
 * Abort the navigations that a newer one makes obsolete. A navigation of all slots aborts all others. That of one slot
 * aborts older ones of this slot, except Back and Forward.
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
 * Send a request of the script itself. The promise is fulfilled when the response has arrived, or the request was aborted.
 *
 * @param {string} url
 * @param {Navigation} navigation
 */
export const send = async (url, navigation) => {
  const source = document.body.appendChild(document.createElement("div"));
  begunByScript.set(source, navigation);
  try {
    await htmx.ajax("GET", url, { source, target: document.body, swap: "none" });
  } catch {
    // htmx 2 rejects the promise of an aborted request.
  } finally {
    source.remove();
  }
};
