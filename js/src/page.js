// Holds what the script knows about the document, and about the entry of the history on screen.
import { dispatch } from "./dom.js";
import { here } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */

const script = /** @type {HTMLScriptElement} */ (document.currentScript);

if (DEBUG && !script)
  throw new Error(
    "django-parallel-routes: load the script by {% parallel_routes_script %}. It can't be a module, or a part of a bundle.",
  );

/** What the tag says (jinja.py): is this a page of a `slots()`, and which page lies beneath it? */
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

/** The entry of the history that is on screen, or that is being brought back. */
export const current = {
  id,
  index,
  /** The index of the entry that is on screen with all of its slots. */
  settled: index,
  /** The URL of the page beneath what is intercepted. */
  origin: declaredOrigin ?? here(),
  /** By the address of each slot that shows something intercepted: what was beneath it. */
  opened,
  /** Where the boxes of each entry were scrolled to. @type {Record<number, Record<string, number[]>>} */
  scrolls: {},
  /** The script goes back to the entry that is on screen. */
  isReturning: false,
  /** The browser is at an entry that can't be shown before the part for it is there. */
  isWaiting: false,
  /** Fulfilled when the entry that is brought back is on screen. @type {Promise<void> | undefined} */
  shown: undefined,
  /** The state of the entry that is brought back. @type {EntryState | undefined} */
  restored: undefined,
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
