// Writes the state of the script into the entries of the browser's history.

import { markCurrent } from "./current-links.js";
import { root } from "./dom.js";
import { isFour, on } from "./htmx.js";
import { openLevels } from "./levels.js";
import { isRestoring } from "./navigation.js";
import { boost, current, layoutUrl, ownState } from "./page.js";
import { hooks } from "./parts.js";
import { dropRendering, mounted, nameRenderings, showsPage, slotAround, slots } from "./slots.js";
import { here, pathIn } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */
/** @typedef {import("./types.js").Slot} Slot */

let isWriting = false;

// If the document is the response to a form, its entry gets no state until it is left: otherwise, the browser would not
// ask the user before it sends the form again. If another script pushes an entry, the state of this one is kept here.
let isBlank = boost === "form";
const { href: blankUrl } = location;
/** @type {EntryState | undefined} */
let blankState;

/** Give the entry of the document its first state. */
export const saveFirstEntry = () => {
  if (!isBlank) saveEntry();
};

/** Whether the browser has come back to the entry of a form's response. Gives that entry its state. */
export const restoreBlank = () => {
  if (ownState() || !blankState || location.href !== blankUrl) return false;
  write("replaceState", blankState);
  return true;
};

/**
 * Push or replace an entry with the state of the script, or with `null` if the entry is for another document.
 *
 * @param {"pushState" | "replaceState"} how
 * @param {Partial<EntryState> | null} state
 * @param {string} [url]
 */
export const write = (how, state, url) => {
  // What other scripts have written into the entry stays, if it is an object. The entry has the mark of htmx 4, because
  // htmx 4 overwrites entries without it. It has no mark with htmx 2, which would load entries that have it.
  const isKept = how === "replaceState" && (!url || url === location.href);
  const kept = isKept && Object(history.state) === history.state ? history.state : {};
  isWriting = true;
  isBlank = false;
  try {
    const all = { ...kept, htmx: isFour() || undefined, parallelRoutes: state };
    history[how](state && all, "", url);
  } catch {
    // Safari and Firefox refuse a hundred calls in a few seconds. The page must not be shown at another URL.
    if (state && url) location.assign(url);
  } finally {
    isWriting = false;
  }
};

/** The state of an entry that shows these slots, or those on screen. @param {Slot[]} [shown] @returns {EntryState} */
export const entry = (shown = slots()) => {
  const { id, index, origin, opened } = current;
  const states = { ...mounted(shown), ...hooks.awaited?.() };
  const renderings = nameRenderings({}, shown);
  return { id, index, origin, opened, home: layoutUrl, renderings, slots: states };
};

/** Write what is on screen into the current entry. @param {string} [url] */
export const saveEntry = (url) => write("replaceState", entry(), url);

/** Begin a new entry, which the caller pushes. */
export const beginEntry = () => {
  const boxes = current.scrolls[current.id];
  current.id = Math.random();
  current.settled = current.index += 1;
  if (boxes) current.scrolls[current.id] = { ...boxes }; // for boxes that are kept
};

// Gives an entry that something else has pushed or replaced (a script, htmx, a link with a hash) the state of this
// script. It waits for a navigation of the browser that is under way, because the browser would cancel that.
/** @param {{navigationType: string | null}} event */
const adopt = ({ navigationType }) => {
  if (
    isWriting ||
    !/push|replace/.test(/** @type {string} */ (navigationType)) ||
    !root.isConnected
  )
    return;
  if (navigationType === "push" && isBlank) blankState = entry();
  if (navigationType === "push") beginEntry();
  if (!openLevels().length && pathIn(current.origin) === location.pathname)
    current.origin = here();
  const { id, index } = current;
  const save = () => {
    if (id === current.id)
      write("replaceState", isRestoring() ? { ...current.stateToShow, id, index } : entry());
  };
  const transition = window.navigation?.transition;
  if (transition) transition.finished.then(save, save);
  else save();
};

/** Watch for entries that other scripts, htmx or the browser write. */
export const watchEntries = () => {
  if (window.navigation) {
    navigation.addEventListener("currententrychange", /** @type {any} */ (adopt));
    return;
  }
  for (const type of /** @type {const} */ (["push", "replace"])) {
    const change = history[`${type}State`];
    history[`${type}State`] = (...parameters) => {
      change.apply(history, parameters);
      adopt({ navigationType: type });
    };
  }
  addEventListener("hashchange", () => ownState() || adopt({ navigationType: "push" }));
};

/** If htmx pushes a URL for a part of a slot (hx-push-url), and the URL has the path of the slot's page, the slot gets it. */
export const watchPushedUrls = () =>
  on("updateHistory", ({ source }) => {
    const slot = source && slotAround(source);
    // htmx writes the URL after this event, in the same task.
    queueMicrotask(() => {
      if (!slot || !showsPage(slot) || pathIn(slot.dataset.prSrc) !== location.pathname) return;
      slot.dataset.prSrc = here();
      dropRendering(slot);
      saveEntry();
      markCurrent();
    });
  });
