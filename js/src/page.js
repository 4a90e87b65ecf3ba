// Holds what the script knows about the document, and about the entry of the history on screen.
import { here } from "./urls.js";

/** @typedef {import("./types.js").EntryState} EntryState */

const script = /** @type {HTMLScriptElement} */ (document.currentScript);

if (DEBUG && !script)
  throw new Error(
    "django-parallel-routes: load the script by {% parallel_routes_script %}. It can't be a module, or a part of a bundle.",
  );

/** What the attributes of the script's tag say (script_tag.py): whether this is a page of a `slots()`, and which page is
 * beneath it. */
export const { prBoost: boost, prOrigin: declaredOrigin, prParts = "" } = script.dataset;
export const { src: scriptUrl, nonce } = script;

/** @type {HTMLElement | null} */
const layoutTitle = document.querySelector("[data-pr-layout]");
/** The title of the page if no slot has one. */
export const baseTitle = layoutTitle?.dataset.prLayout ?? document.title;

/** The header in which a request says what is on screen, and a response says what it contains. */
export const HEADER = "Parallel-Routes";

/** The header of a response in which slots follow after the first part. */
export const STREAMED = `${HEADER}-Streamed`;

/** The script's own part of the state of an entry: the given one, or the current one. @returns {EntryState | undefined} */
export const ownState = (/** @type {any} */ state = history.state) => state?.parallelRoutes;

const [timing] = /** @type {PerformanceNavigationTiming[]} */ (
  performance.getEntriesByType("navigation")
);
export const isBackForward = timing?.type === "back_forward"; // tools that fake the clock remove the timing
/** The URL of the document. A full load of it has the layout that is on screen. */
export const layoutUrl = timing?.name ?? location.href;
/** The path of the document. The address bar may show another one, because the user went on before this script ran. */
export const loadedPath = new URL(layoutUrl).pathname;
/** Whether the document is an error page, for example because only clicks can show its URL. */
export const isError = timing?.responseStatus >= 400;

const { id = Math.random(), index = 0, opened = {} } = ownState() ?? {};

/** The entry of the history that is on screen, or that Back or Forward will show. @type {import("./types.js").CurrentEntry} */
export const current = {
  id,
  index,
  settled: index,
  origin: declaredOrigin ?? here(),
  opened,
  scrolls: {},
};
