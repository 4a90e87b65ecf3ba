// Handles the answers of refreshes: what has changed since, or would be lost, stays; what has failed is tried again.
import { all, attribute, closest, dispatch } from "../dom.js";
import { mayLeave } from "../page.js";
import { refresh } from "../refresh.js";
import { isLoading, SLOT, slotFor, stateOf } from "../slots.js";
import { here } from "../urls.js";
import { isSame } from "./changes.js";
import { canMerge } from "./merges.js";

/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */

/** The guarded forms in a slot: on which page each stands, and its action. @param {HTMLElement} slot */
const guardedIn = (slot) =>
  all("form[data-pr-guard]", slot).map((form) => {
    const { dataset } = /** @type {HTMLElement} */ (closest(form, "[data-pr-slot]"));
    const page = dataset.prSrc?.split("?")[0];
    return `${[dataset.prSlot, dataset.prVariant, page, attribute(form, "action")]}`;
  });

/**
 * Whether nothing that is guarded is lost when something comes for a slot, since that is merged.
 *
 * @param {Slot} slot
 * @param {HTMLElement} element
 */
export const keepsForms = (slot, element) => {
  const coming = guardedIn(element);
  return canMerge(slot, element) && guardedIn(slot).every((form) => coming.includes(form));
};

/**
 * Take out of an answer what nobody waits for any more, what must not be shown again by itself, and what would
 * take the focus from elsewhere. Tells whether there was any.
 *
 * @param {HTMLElement} body
 * @param {Navigation} navigation
 */
export const dropStale = (body, { refreshed, isSafe, source }) => {
  // A layout that comes with another page in it is no mere refresh.
  const isChanged = (/** @type {Element} */ inner) => {
    const slot = slotFor(inner);
    return slot && !isSame(stateOf(/** @type {Slot} */ (inner)), stateOf(slot));
  };
  const isRefresh = (/** @type {Slot} */ slot, /** @type {HTMLElement} */ element) =>
    refreshed ||
    (slot.dataset.prVariant === element.dataset.prVariant &&
      slot.dataset.prSrc === element.dataset.prSrc &&
      !all(SLOT, element).some(isChanged) &&
      (slot.dataset.prAgain != null || !(isSafe || slot.contains(source ?? null))));
  const isStale = (/** @type {HTMLElement} */ element) => {
    const slot = slotFor(element);
    if (refreshed && !(slot && refreshed.has(slot))) return true;
    if (!slot || !isRefresh(slot, element) || keepsForms(slot, element)) return false;
    if (mayLeave([slot], { refreshed: true })) return false;
    slot.ariaBusy = null;
    return true;
  };
  const stale = /** @type {HTMLElement[]} */ ([...body.children]).filter(isStale);
  const { activeElement } = document;
  const isFree =
    !refreshed ||
    activeElement === document.body ||
    [...refreshed.keys()].some((slot) => slot.contains(activeElement));
  const eager = isFree ? [] : all("[autofocus]", body);
  for (const element of stale) element.remove();
  for (const element of eager) element.autofocus = false;
  return stale.length + eager.length > 0;
};

/** A refresh has failed: try again, then say so where the slots are. @param {Navigation} navigation */
export const onRefreshFailed = (navigation) => {
  const lost = [...(navigation.refreshed?.keys() ?? [])];
  if (!navigation.isSecond) {
    navigation.second = refresh(lost, { ...navigation, isSecond: true });
    return;
  }
  for (const slot of lost) {
    slot.ariaBusy = null;
    if (isLoading(slot)) slot.dataset.prState = "lost";
    dispatch("lost", slot);
  }
  const shown = lost.filter(({ dataset }) => dataset.prState !== "lost");
  if (navigation.isQuiet || !shown.length) return;
  const reason = navigator.onLine ? "network" : "offline";
  const retry = () => refresh(shown.filter(({ isConnected }) => isConnected));
  dispatch("failed", shown[0], { reason, url: here(), isSent: false, retry });
};
