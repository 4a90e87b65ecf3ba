// Refreshes slots that a script names, whose link for it is clicked, or that could not be loaded.
import { closest } from "../dom.js";
import { hooks } from "../parts.js";
import { loadDeferred, refresh } from "../refresh.js";
import { addressOf, slotAround, slotAt, slots } from "../slots.js";

/**
 * Render slots again that are named by address, or all of a name; without names all on screen. A layout comes
 * with the slots in it.
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
  event.stopPropagation(); // htmx would follow it
  refresh([slot]);
};

export const watchRefreshes = () => {
  hooks.refreshNamed = refreshNamed;
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
