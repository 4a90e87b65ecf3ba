// Handles the responses of refreshes. Slots that have changed since, or would lose unsaved input, stay as they are. A failed
// refresh is tried again.
import { all, dispatch } from "../dom.js";
import { hooks } from "../parts.js";
import { refresh } from "../refresh.js";
import { isLoading, SLOT, slotFor, stateOf } from "../slots.js";
import { here } from "../urls.js";
import { isSame } from "./changes.js";
import { mayLeave } from "./leaving.js";
import { canMerge } from "./merges.js";

/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */

/**
 * Whether a slot keeps all of its guarded forms when it gets new HTML: that is merged, and has the same forms.
 *
 * @param {Slot} slot
 * @param {HTMLElement} element
 */
export const keepsForms = (slot, element) =>
  canMerge(slot, element) && !!hooks.keepsForms?.(slot, element);

/**
 * Remove from a response the slots that nothing waits for any more, the refreshed slots that must not lose unsaved input,
 * and each `autofocus` that would take the focus from another slot. Returns whether anything was removed.
 *
 * @param {HTMLElement} body
 * @param {Navigation} navigation
 */
export const dropStale = (body, { refreshed, isSafe, source }) => {
  // If a layout comes with another page inside, this is more than a refresh.
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

/** Try a failed refresh again. If the second one fails, too, say so on its slots. @param {Navigation} navigation */
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
