// Refreshes slots: those that a script names, those whose link to try again is clicked, and those that could not be loaded.
import { closest } from "../dom.js";
import { hooks } from "../parts.js";
import { loadDeferred, refresh } from "../refresh.js";
import { addressOf, slotAround, slotAt, slots } from "../slots.js";

/**
 * Refresh the slots with an address, or all slots of a name. Without names, refresh all slots on screen. A layout is
 * refreshed with the slots inside it.
 *
 * @param {...string} names
 */
const refreshNamed = async (...names) => {
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
  event.stopPropagation(); // htmx would follow the link
  refresh([slot]);
};

export const watchRefreshes = () => {
  hooks.refreshNamed = refreshNamed;
  addEventListener("click", onClick, true);
  addEventListener("online", retryLost);
  // When the user left this document, the browser aborted all of its requests.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) retryLost();
  });
};

/** Request the slots again that could not be loaded. */
const retryLost = () => {
  for (const { dataset } of slots()) if (dataset.prState === "lost") dataset.prState = "loading";
  loadDeferred();
};
