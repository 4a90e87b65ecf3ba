// Handles entries of the history that this document can't show: entries of another layout, or of a page without
// any. After a reload, browsers say that the entries around it belong to the same document.
import { root } from "./dom.js";
import { write } from "./history.js";
import { boost, loadedPath, ownState, scriptUrl } from "./page.js";
import { slotAt } from "./slots.js";
import { mayTraverse, returnOffline } from "./traversal.js";

/** Load the document of the entry that the browser is at, to show that entry. */
export const reloadEntry = () => {
  write("replaceState", { ...ownState(), comesBack: true });
  location.reload();
};

/** @param {import("./types.js").EntryState} state */
export const isElsewhere = ({ slots }) => {
  const keys = Object.entries(slots).map(([address, [, , key]]) => [slotAt(address), key]);
  if (!boost && !keys.length) return loadedPath !== location.pathname;
  return !keys.some(([slot, key]) => /** @type {any} */ (slot)?.dataset.prKey === key);
};

// A document that can't be had would take the place of the page. The server is asked for a file, since asking
// for the document would run its view twice.
const reloadIfReachable = async () => {
  const { href } = location;
  const request = fetch(scriptUrl, { method: "HEAD", cache: "no-store" });
  const isThere = await request.catch(() => false);
  if (location.href !== href) return;
  if (isThere) reloadEntry();
  else returnOffline({ reason: "network", url: href, isSent: false });
};

/** @param {PopStateEvent} event */
const onPopstate = (event) => {
  const state = ownState();
  if (!state || !isElsewhere(state)) return;
  event.stopImmediatePropagation();
  if (!boost) reloadEntry();
  else if (!navigator.onLine) returnOffline();
  else if (mayTraverse([root])) reloadIfReachable();
};

export const watchForeignEntries = () => {
  addEventListener("popstate", onPopstate, true);
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (ownState()) event.preventDefault();
  });
  if (boost || !ownState()) return;
  // A page without slots is full from now on (rule S26).
  if (loadedPath !== location.pathname) reloadEntry();
  else write("replaceState", { ...ownState(), slots: {} });
};
