// Handles Back and Forward. The part that shows answers shows the slots of entries, too: until it is there, the browser
// waits at the entry.
import { isElsewhere, leaveForeignEntry, reloadEntry } from "./foreign-entries.js";
import { restoreBlank } from "./history.js";
import { boost, current, ownState } from "./page.js";
import { hooks, later, loadPart } from "./parts.js";
import { rememberScroll } from "./scroll.js";

/**
 * Show the slots of the entry that the browser is at, as soon as what does so is there.
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
  // Not for a link with a hash, whose entry is new.
  const state = (restoreBlank() || ownState(event.state)) && ownState();
  if (state && boost) show("traverse", event);
  else if (state && isElsewhere(state)) {
    event.stopImmediatePropagation();
    reloadEntry();
  }
};

// Where the window was before a reload, only the browser knows; elsewhere Firefox gets it wrong. popstate comes
// first.
/** @param {NavigateEvent} event */
const onNavigate = (event) => {
  const { navigationType, canIntercept, hashChange } = event;
  if (navigationType !== "traverse" || !canIntercept || hashChange) return;
  rememberScroll(document); // the event of the last scroll may not have been fired yet
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
