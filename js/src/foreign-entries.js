// Handles entries of the history that this document can't show: entries of another layout, or of a page without
// any. After a reload, browsers say that the entries around it belong to the same document.
import { write } from "./history.js";
import { boost, isBackForward, isError, loadedPath, ownState } from "./page.js";
import { slotAt } from "./slots.js";
import { pathIn } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */

/** The URL of the page beneath the modal that the entry shows, or nothing if the entry shows no modal. */
export const pageBeneath = () => {
  const { slots = {}, origin = "" } = ownState() ?? /** @type {Partial<EntryState>} */ ({});
  return Object.keys(slots).length && pathIn(origin) !== location.pathname ? origin : undefined;
};

/**
 * Load the document of the current entry, or that of the page beneath its modal, to show the entry there.
 *
 * @param {string} [url] of a document with the layout of the entry
 */
export const reloadEntry = (url = pageBeneath()) => {
  write("replaceState", { ...ownState(), comesBack: location.href }, url);
  location.reload();
};

/** @param {EntryState} state */
export const isElsewhere = ({ slots }) => {
  const states = Object.entries(slots);
  if (!boost && !states.length) return loadedPath !== location.pathname;
  return !states.some(([address, [, , key]]) => slotAt(address)?.dataset.prKey === key);
};

/** Leave an entry that needs a page with slots, in a document that has none. */
export const leaveForeignEntry = () => {
  const state = ownState();
  if (!state) return;
  const { comesBack, home } = state;
  if (comesBack && comesBack !== location.href) location.replace(comesBack);
  else if (loadedPath !== location.pathname || (isBackForward && !comesBack && pageBeneath()))
    reloadEntry();
  // A full load of the entry's URL is an error, because only clicks can show it: load the layout's URL instead.
  else if (isError && (comesBack || isBackForward) && home !== location.href) reloadEntry(home);
  // From now on, the entry is the full page (rule S26).
  else write("replaceState", { ...state, slots: {}, comesBack: "" });
};
