// Renders slots again, and loads slots that come later: each by its own request, at the same time.
import { canMerge } from "./bases.js";
import { all, attribute, closest, dispatch } from "./dom.js";
import { abort, inFlight, isRefreshing, isRestoring, send } from "./navigation.js";
import { mayLeave } from "./page.js";
import {
  addressOf,
  isLoading,
  isSame,
  nameRenderings,
  renderingOf,
  SLOT,
  slotAround,
  slotAt,
  slotFor,
  slots,
  stateOf,
} from "./slots.js";
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
  const isRefresh = (/** @type {Slot | null} */ slot, /** @type {HTMLElement} */ element) =>
    refreshed ||
    (slot?.dataset.prVariant === element.dataset.prVariant &&
      slot?.dataset.prSrc === element.dataset.prSrc &&
      !all(SLOT, element).some(isChanged) &&
      (slot?.dataset.prAgain != null || !(isSafe || slot?.contains(source ?? null))));
  const isStale = (/** @type {HTMLElement} */ element) => {
    const slot = slotFor(element);
    if (refreshed && !(slot && refreshed.has(slot))) return true;
    if (!slot || !isRefresh(slot, element) || keepsForms(slot, element)) return false;
    if (mayLeave([slot], { refreshed: true })) return false;
    slot.ariaBusy = null;
    return true;
  };
  const stale = all(":scope > *", body).filter(isStale);
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

/**
 * Render slots again that are named by address, or all of a name; without names all on screen. A layout comes
 * with the slots in it.
 *
 * @param {...string} names
 */
export const refreshNamed = async (...names) => {
  const named = (/** @type {string} */ name) =>
    slotAt(name) ?? slots().filter((slot) => addressOf(slot).endsWith(`.${name}`));
  const chosen = names.length ? names.flatMap(named) : slots();
  const found = [...new Set(chosen)].filter(({ dataset }) => dataset.prVariant !== "empty");
  const outermost = found.filter(
    (slot) => !found.some((other) => other !== slot && other.contains(slot)),
  );
  if (outermost.length) await refresh(outermost);
};

/** @param {MouseEvent} event */
const onClick = (event) => {
  const { target, shiftKey, altKey, ctrlKey, metaKey } = event;
  const link = target instanceof Element && closest(target, "[data-pr-retry]");
  const slot = link && slotAround(link);
  if (!slot || shiftKey || altKey || ctrlKey || metaKey) return;
  event.preventDefault();
  event.stopPropagation(); // htmx would follow it
  refresh([slot]);
};

export const watchRefreshes = () => {
  document.addEventListener("parallel-routes:refresh", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    refreshNamed(...(detail?.slots ?? []));
  });
  addEventListener("click", onClick, true);
  addEventListener("online", retryLost);
  // Back from another document, for which the browser has stopped all requests.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) retryLost();
  });
};

/** Ask again for slots that could not be loaded. */
const retryLost = () => {
  for (const { dataset } of slots()) if (dataset.prState === "lost") dataset.prState = "loading";
  loadDeferred();
};
