// Handles entries of the history that this document can't show: entries of another layout, or of a page without
// any. After a reload, browsers say that the entries around it belong to the same document.
import { write } from "./history.js";
import { boost, isBackForward, isError, loadedPath, ownState } from "./page.js";
import { slotAt } from "./slots.js";
import { pathIn } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */

/** The URL of the page beneath what the entry shows; nothing, if that is the page of the entry's own URL. */
export const pageBeneath = () => {
  const { slots = {}, origin = "" } = ownState() ?? /** @type {Partial<EntryState>} */ ({});
  return Object.keys(slots).length && pathIn(origin) !== location.pathname ? origin : undefined;
};

/**
 * Load the document of the entry that the browser is at, or that of the page beneath, to show that entry.
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

/** A page without slots shows no entry of one that has slots. */
export const leaveForeignEntry = () => {
  const state = ownState();
  if (!state) return;
  const { comesBack, home } = state;
  if (comesBack && comesBack !== location.href) location.replace(comesBack);
  else if (loadedPath !== location.pathname || (isBackForward && !comesBack && pageBeneath()))
    reloadEntry();
  // Only clicks can show the URL of the entry: a full load of it is a 404, say.
  else if (isError && (comesBack || isBackForward) && home !== location.href) reloadEntry(home);
  // It is full from now on (rule S26).
  else write("replaceState", { ...state, slots: {}, comesBack: "" });
};
