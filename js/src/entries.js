// Handles Back and Forward. The part that shows responses ("answers") also shows the slots of history entries. Until it is
// loaded, the page stays as it is.
import { isElsewhere, leaveForeignEntry, reloadEntry } from "./foreign-entries.js";
import { restoreBlank } from "./history.js";
import { boost, current, ownState } from "./page.js";
import { hooks, later, loadPart } from "./parts.js";
import { rememberScroll } from "./scroll.js";

/**
 * Show the slots of the current history entry, as soon as the part that does so is loaded.
 *
 * @param {"restore" | "traverse"} how
 * @param {PopStateEvent} [event]
 */
export const show = (how, event) => {
  if (!hooks[how]) {
    event?.stopImmediatePropagation(); // htmx would load the document
    Object.assign(current, { isWaiting: true, stateToShow: ownState() });
  }
  later(how, () => location.reload())(event);
};

/** @param {PopStateEvent} event */
const onPopstate = (event) => {
  // The entry of a link with a hash is new, and has no state.
  const state = (restoreBlank() || ownState(event.state)) && ownState();
  if (state && boost) show("traverse", event);
  else if (state && isElsewhere(state)) {
    event.stopImmediatePropagation();
    reloadEntry();
  }
};

// Only the browser knows where the window was scrolled to before a reload, so it restores that. For all other entries,
// the script restores it, because Firefox scrolls to a wrong place. The event popstate comes before this one.
/** @param {NavigateEvent} event */
const onNavigate = (event) => {
  const { navigationType, canIntercept, hashChange } = event;
  if (navigationType !== "traverse" || !canIntercept || hashChange) return;
  rememberScroll(document); // the last scroll event may not have been fired yet
  const handler = async () => {
    await loadPart("answers");
    await new Promise((tick) => setTimeout(tick));
    await current.whenShown;
    if (!current.scrolls[current.id]?.[":root"]) event.scroll();
  };
  event.intercept({ focusReset: "manual", scroll: "manual", handler });
};

export const watchTraversals = () => {
  addEventListener("popstate", onPopstate, true);
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (ownState()) event.preventDefault();
  });
  if (boost) window.navigation?.addEventListener("navigate", /** @type {any} */ (onNavigate));
  else leaveForeignEntry();
};
