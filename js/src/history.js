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

// The entry of an answer to a form has no state until it is left: so the browser asks before it sends the form
// again. If others leave it, by pushing an entry, its state is kept here.
let isBlank = boost === "form";
const { href: blankUrl } = location;
/** @type {EntryState | undefined} */
let blankState;

/** Give the entry of the document its first state. */
export const saveFirstEntry = () => {
  if (!isBlank) saveEntry();
};

/** Tell whether the browser has come back to the entry of an answer to a form, and give that its state. */
export const restoreBlank = () => {
  if (ownState() || !blankState || location.href !== blankUrl) return false;
  write("replaceState", blankState);
  return true;
};

/**
 * Push or replace an entry, with a state of the script; `null`: an entry of another document.
 *
 * @param {"pushState" | "replaceState"} how
 * @param {Partial<EntryState> | null} state
 * @param {string} [url]
 */
export const write = (how, state, url) => {
  // What others have written into an entry stays, if it is an object. htmx 4 writes over what is not marked as
  // its own; htmx 2 would load what is.
  const isKept = how === "replaceState" && (!url || url === location.href);
  const kept = isKept && Object(history.state) === history.state ? history.state : {};
  isWriting = true;
  isBlank = false;
  try {
    const all = { ...kept, htmx: isFour() || undefined, parallelRoutes: state };
    history[how](state && all, "", url);
  } catch {
    // Safari and Firefox take a hundred calls in a few seconds for an attack. The page must have its URL.
    if (state && url) location.assign(url);
  } finally {
    isWriting = false;
  }
};

/** The state of an entry that shows these slots; else those on screen. @param {Slot[]} [shown] @returns {EntryState} */
export const entry = (shown = slots()) => {
  const { id, index, origin, opened } = current;
  const states = { ...mounted(shown), ...hooks.awaited?.() };
  const renderings = nameRenderings({}, shown);
  return { id, index, origin, opened, home: layoutUrl, renderings, slots: states };
};

/** Write what is on screen into the entry that is. @param {string} [url] */
export const saveEntry = (url) => write("replaceState", entry(), url);

/** Begin a new entry, which is pushed next. */
export const beginEntry = () => {
  const boxes = current.scrolls[current.id];
  current.id = Math.random();
  current.settled = current.index += 1;
  if (boxes) current.scrolls[current.id] = { ...boxes }; // of boxes that are kept
};

// What others push or replace (a script, htmx, a link with a hash) gets its state before it is left. While the
// browser is busy with a navigation, it would give that up; so that is waited for.
/** @param {{navigationType: string | null}} event */
const adopt = ({ navigationType }) => {
  if (isWriting || !/push|replace/.test(`${navigationType}`) || !root.isConnected) return;
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

/** Notice entries that others write. */
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

/** A part of a slot that htmx gives a URL by hx-push-url: the slot is there, if it is one of its page's. */
export const watchPushedUrls = () =>
  on("updateHistory", ({ source }) => {
    const slot = source && slotAround(source);
    // htmx writes the URL next, in this task.
    queueMicrotask(() => {
      if (!slot || !showsPage(slot) || pathIn(slot.dataset.prSrc) !== location.pathname) return;
      slot.dataset.prSrc = here();
      dropRendering(slot);
      saveEntry();
      markCurrent();
    });
  });
