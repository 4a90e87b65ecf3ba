// Handles Back and Forward: an entry shows the slots that it showed before.

import { dispatch, root } from "./dom.js";
import { restoreBlank, saveEntry } from "./history.js";
import { canShow, recall } from "./memory.js";
import { send, supersede } from "./navigation.js";
import { current, mayLeave, ownState } from "./page.js";
import { hooks } from "./parts.js";
import { loadDeferred, prune } from "./refresh.js";
import { rememberScroll, restoreScroll } from "./scroll.js";
import { addressOf, isOnScreen, isSame, slots, stateOf } from "./slots.js";
import { settle } from "./title.js";
import { transition, wantsTransition } from "./transitions.js";
import { here } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */
/** @typedef {import("./types.js").Failure} Failure */
/** @typedef {import("./types.js").Slot} Slot */

/** The index of the entry that the script goes back to. */
let returnsTo = 0;
/** The URL of what is on screen, which the entry that the script goes to shall have. */
let landing = "";
/** Fulfilled when the entry is on screen. @type {Promise<void> | undefined} */
let restored;
/** Called when it is. */
let onRestored = () => {};

/** Fulfilled when the next entry that is brought back is on screen, or is not to be. */
export const nextRestored = () =>
  new Promise((done) => {
    onRestored = /** @type {() => void} */ (done);
  });
export const giveUpRestoring = () => onRestored();

const stateNow = () => /** @type {EntryState} */ (ownState());

/**
 * Show the slots of the entry that the browser is at: from memory, and the others by one request.
 *
 * @param {{retried?: boolean, undo?: (failure: Failure) => void, hasMoved?: boolean}} [options]
 *   `hasMoved`: the browser has shown a transition of its own, as Safari does where the user has swiped
 */
export const restore = ({ retried, undo, hasMoved } = {}) => {
  supersede({});
  hooks.stopAwaiting?.();
  const state = stateNow();
  const { slots: restoring, renderings } = state;
  const isOffline = !navigator.onLine && !undo && current.settled !== state.index;
  if (isOffline && !canShow(restoring, renderings)) return returnOffline();
  const { id, origin = here(), opened = {}, index = 0 } = state;
  Object.assign(current, { id, origin, opened, index, restored: state });
  const boxes = { ...current.scrolls[id] };
  /** @type {Slot[]} */
  let changed = [];
  const remember = () => {
    changed = recall(restoring, renderings);
    prune();
  };
  const shown = wantsTransition() && !hasMoved ? transition(remember) : remember();
  /** @type {Promise<Slot[]>} */
  const complete = new Promise((done) => {
    const fetchOthers = () => {
      if (ownState()?.id !== id || isOnScreen(restoring)) return done([]);
      send(location.href.split("#")[0], { restoring, retried, undo, done, hash: "" });
    };
    if (shown) shown.then(fetchOthers);
    else fetchOthers();
  });
  restored = complete.then((fetched) => {
    current.settled = current.index;
    // A refreshed layout has printed slots that the entry did not know.
    if (id === current.id && slots().some((slot) => !restoring[addressOf(slot)])) saveEntry();
    settle();
    loadDeferred();
    restoreScroll(boxes, [...changed, ...fetched]);
    root.removeAttribute("data-pr-restoring");
    if (changed.length) hooks.shown?.({ restoring }, changed);
    onRestored();
  });
};

/** Go back to the entry that is on screen, this many steps away. @param {number} steps */
const turnBack = (steps) => {
  supersede({});
  current.isReturning = true;
  returnsTo = stateNow().index + steps;
  restored = new Promise(() => {}); // or the browser would scroll
  history.go(steps);
};

/** Ask whether these may change; if not, go back to the entry that is on screen. @param {Element[]} leaving */
export const mayTraverse = (leaving) => {
  current.isReturning = !mayLeave(leaving);
  if (current.isReturning) turnBack(current.index - stateNow().index);
  return !current.isReturning;
};

/**
 * This entry can't be shown: go back to the one that is on screen, so that the address bar has its URL.
 *
 * @param {Failure} [failure]
 */
export const returnOffline = (
  failure = { reason: "offline", url: location.href, isSent: false },
) => {
  const steps = stateNow().index - current.settled;
  if (!steps) return location.reload();
  const then = onRestored;
  onRestored = () => {
    onRestored = () => {};
    then();
    dispatch("failed", document, { ...failure, retry: () => history.go(steps) });
  };
  turnBack(-steps);
};

/** Go to another entry, and let that have what is on screen. @param {number} index */
export const landOn = (index) => {
  landing = location.href;
  history.go(index - current.index);
};

// Not for a link with a hash, whose entry is new.
/** @param {PopStateEvent} event */
const onPopstate = (event) => {
  const wanted = (restoreBlank() || ownState(event.state)) && ownState()?.slots;
  if (!wanted) return;
  const { id, index } = stateNow();
  if (landing) {
    event.stopImmediatePropagation();
    Object.assign(current, { id, index });
    saveEntry(landing);
    landing = "";
    return restore();
  }
  const isReturn = current.isReturning;
  if (isReturn && index !== returnsTo) return turnBack(returnsTo - index); // the user has gone on meanwhile
  current.isReturning = false;
  const differs = (/** @type {Slot} */ slot) =>
    !isSame(stateOf(slot), wanted[addressOf(slot)] ?? []);
  if (isReturn || mayTraverse(slots().filter(differs)))
    restore({ hasMoved: /** @type {any} */ (event).hasUAVisualTransition });
  else event.stopImmediatePropagation();
};

// Where the window was before a reload, only the browser knows; elsewhere Firefox gets it wrong. popstate comes
// first.
/** @param {NavigateEvent} event */
const onNavigate = (event) => {
  const { navigationType, canIntercept, hashChange } = event;
  if (navigationType !== "traverse" || !canIntercept || hashChange) return;
  rememberScroll(document); // the event of the last scroll may not have been fired yet
  const handler = async () => {
    await new Promise((tick) => setTimeout(tick));
    await restored;
    if (!current.scrolls[current.id]?.[":root"]) event.scroll();
  };
  event.intercept({ focusReset: "manual", scroll: "manual", handler });
};

export const watchTraversals = () => {
  addEventListener("popstate", onPopstate, true);
  window.navigation?.addEventListener("navigate", /** @type {any} */ (onNavigate));
};
