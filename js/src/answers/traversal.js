// Handles Back and Forward: an entry shows the slots that it showed before.

import { dispatch, root } from "../dom.js";
import { isElsewhere, reloadEntry } from "../foreign-entries.js";
import { saveEntry } from "../history.js";
import { send, supersede } from "../navigation.js";
import { current, ownState, scriptUrl } from "../page.js";
import { hooks } from "../parts.js";
import { loadDeferred, prune } from "../refresh.js";
import { addressOf, slots, stateOf } from "../slots.js";
import { here } from "../urls.js";
import { isOnScreen, isSame } from "./changes.js";
import { mayLeave } from "./leaving.js";
import { canShow, recall } from "./memory.js";
import { restoreScroll } from "./scrolling.js";
import { settle } from "./title.js";
import { transition, wantsTransition } from "./transitions.js";

/** @typedef {import("../types.js").EntryState} EntryState */
/** @typedef {import("../types.js").Failure} Failure */
/** @typedef {import("../types.js").Slot} Slot */

/** The index of the entry that the script goes back to. */
let returnsTo = 0;
/** The URL for the entry that the script goes to, which will show what is on screen now. */
let landing = "";
/** This is called when the entry is on screen. */
let onRestored = () => {};

/** A promise that is fulfilled when the next restored entry is on screen, or was given up. */
export const nextRestored = () =>
  new Promise((done) => {
    onRestored = /** @type {() => void} */ (done);
  });
export const giveUpRestoring = () => onRestored();

const stateNow = () => /** @type {EntryState} */ (ownState());

/**
 * Show the slots of the current entry: those in memory at once, and the others by one request.
 *
 * @param {{retried?: boolean, undo?: (failure: Failure) => void, hasMoved?: boolean}} [options]
 *   `hasMoved`: the browser has shown a transition of its own, as Safari does after a swipe
 */
export const restore = ({ retried, undo, hasMoved } = {}) => {
  supersede({});
  hooks.stopAwaiting?.();
  const state = stateNow();
  const { slots: restoring, renderings } = state;
  const isOffline = !navigator.onLine && !undo && current.settled !== state.index;
  if (isOffline && !canShow(restoring, renderings)) return returnOffline();
  const { id, origin = here(), opened = {}, index = 0 } = state;
  Object.assign(current, { id, origin, opened, index, stateToShow: state, isWaiting: false });
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
  current.whenShown = complete.then((fetched) => {
    current.settled = current.index;
    // A refreshed layout may have printed slots that the entry does not have.
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
  current.whenShown = new Promise(() => {}); // otherwise, the browser would scroll
  history.go(steps);
};

/** Ask whether slots, or the document, may change. If not, go back to the entry that is on screen. @param {Element[]} leaving */
export const mayTraverse = (leaving) => {
  current.isReturning = !mayLeave(leaving);
  if (current.isReturning) turnBack(current.index - stateNow().index);
  return !current.isReturning;
};

/**
 * Go back to the entry that is on screen, because the current one can't be shown. So the address bar has the right URL.
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

/** Go to another entry, and let it show what is on screen now. @param {number} index */
export const landOn = (index) => {
  landing = location.href;
  history.go(index - current.index);
};

// If the server can't be reached, a reload would replace the page by an error of the browser. So this first requests a
// file. A request for the document would run its view twice.
const reloadIfReachable = async () => {
  const { href } = location;
  const request = fetch(scriptUrl, { method: "HEAD", cache: "no-store" });
  const isThere = await request.catch(() => false);
  if (location.href !== href) return;
  if (isThere) reloadEntry();
  else returnOffline({ reason: "network", url: href, isSent: false });
};

/** @param {PopStateEvent} event */
const traverse = (event) => {
  const { slots: wanted, id, index } = stateNow();
  current.isWaiting = false;
  if (isElsewhere(stateNow())) {
    event.stopImmediatePropagation();
    if (!navigator.onLine) returnOffline();
    else if (mayTraverse([root])) reloadIfReachable();
    return;
  }
  if (landing) {
    event.stopImmediatePropagation();
    Object.assign(current, { id, index });
    saveEntry(landing);
    landing = "";
    return restore();
  }
  const isReturn = current.isReturning;
  if (isReturn && index !== returnsTo) return turnBack(returnsTo - index); // meanwhile, the user has gone to another entry
  current.isReturning = false;
  const differs = (/** @type {Slot} */ slot) =>
    !isSame(stateOf(slot), wanted[addressOf(slot)] ?? []);
  if (isReturn || mayTraverse(slots().filter(differs)))
    restore({ hasMoved: /** @type {any} */ (event).hasUAVisualTransition });
  else event.stopImmediatePropagation();
};

export const watchTraversals = () => Object.assign(hooks, { restore, traverse });
