// Holds what the script knows about the document, and about the entry of the history on screen.
import { dispatch } from "./dom.js";
import { here } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */

const script = /** @type {HTMLScriptElement} */ (document.currentScript);

if (DEBUG && !script)
  throw new Error(
    "django-parallel-routes: load the script by {% parallel_routes_script %}. It can't be a module, or a part of a bundle.",
  );

/** What the tag says (script_tag.py): is this a page of a `slots()`, and which page lies beneath it? */
export const { prBoost: boost, prOrigin: declaredOrigin, prParts = "" } = script.dataset;
export const { src: scriptUrl, nonce } = script;

/** @type {HTMLElement | null} */
const layoutTitle = document.querySelector("[data-pr-layout]");
/** The title of the page if no slot has one. */
export const baseTitle = layoutTitle?.dataset.prLayout ?? document.title;

/** The header in which the script tells the server what is on screen, and the server tells of the answer. */
export const HEADER = "Parallel-Routes";

/** The script's own part of the state of an entry, or of the one on screen. @returns {EntryState | undefined} */
export const ownState = (/** @type {any} */ state = history.state) => state?.parallelRoutes;

const [timing] = /** @type {PerformanceNavigationTiming[]} */ (
  performance.getEntriesByType("navigation")
);
export const isBackForward = timing?.type === "back_forward"; // tools that set the clock leave it out
/** A URL of which a full load has the layout that is on screen: that of the document. */
export const layoutUrl = timing?.name ?? location.href;
/** The path of the document; the address bar may have gone on before this script ran. */
export const loadedPath = new URL(layoutUrl).pathname;
/** Whether the document is an error, such as that of a URL which only clicks can show. */
export const isError = timing?.responseStatus >= 400;

const { id = Math.random(), index = 0, opened = {} } = ownState() ?? {};

/** The entry of the history that is on screen, or that is being brought back. @type {import("./types.js").CurrentEntry} */
export const current = {
  id,
  index,
  settled: index,
  origin: declaredOrigin ?? here(),
  opened,
  scrolls: {},
};

/**
 * Ask whether slots, or the root, may change: guard.js keeps what is not saved.
 *
 * @param {Element[]} leaving
 * @param {{source?: Element, refreshed?: unknown}} [navigation]
 */
export const mayLeave = (leaving, { source, refreshed } = {}) =>
  !leaving.length ||
  dispatch("before-leave", document, { leaving, source, refreshed: !!refreshed });
