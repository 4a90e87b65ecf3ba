// The client half of django-parallel-routes, for htmx 2 and 4. docs/protocol.md describes the protocol.
//
// A request of htmx that would replace the body, or a slot, is a navigation. Its header says what the slots show, and htmx
// swaps the slots that are in the response. Any other response becomes a document. Deferred slots are requested in the
// same way, one by one. Streamed slots are at the end of the page.
import { noteDocument } from "./bases.js";
import { watchConfiguration } from "./configure.js";
import { markCurrent } from "./current-links.js";
import { all, dispatch, root } from "./dom.js";
import { show, watchTraversals } from "./entries.js";
import { isElsewhere, pageBeneath, reloadEntry } from "./foreign-entries.js";
import { watchForms } from "./forms.js";
import { saveFirstEntry, watchEntries, watchPushedUrls, write } from "./history.js";
import { isFour, on } from "./htmx.js";
import { trackOpened } from "./levels.js";
import { navigationOf } from "./navigation.js";
import { boost, current, isBackForward, loadedPath, ownState } from "./page.js";
import { hooks, later, loadForAnswers, loadPart, loadPartsOfPage, scripts } from "./parts.js";
import { loadDeferred } from "./refresh.js";
import { watchRequests } from "./requests.js";
import { startAtTop, watchScroll } from "./scroll.js";
import { isLoading, SLOT, slots } from "./slots.js";

const stateAtLoad = ownState();
const isLate = loadedPath !== location.pathname;
/** Whether the document was loaded to show an earlier history entry. */
const comesBack = stateAtLoad && (isBackForward || stateAtLoad.comesBack || isLate);

const start = () => {
  for (const { src, text } of document.scripts) scripts.add(src || text);
  // The end of a streamed page may arrive late. htmx would wait for it.
  if (document.readyState === "loading") {
    /** @type {HTMLMetaElement | null} */
    const meta = document.querySelector('meta[name="htmx-config"]');
    if (!isFour()) Object.assign(htmx.config, JSON.parse(meta?.content ?? "{}"));
    htmx.process(document.body);
  }
  const state = ownState();
  if (comesBack && state && !isElsewhere(state)) show("restore");
  else if (comesBack && (isLate || (!stateAtLoad.comesBack && pageBeneath()))) reloadEntry();
  else if (stateAtLoad?.comesBack && loadedPath !== location.pathname)
    location.replace(location.href);
  else {
    root.removeAttribute("data-pr-restoring");
    if (stateAtLoad?.origin && stateAtLoad.origin !== current.origin) startAtTop();
    trackOpened();
    saveFirstEntry();
    markCurrent();
  }
  watchEntries();
  loadDeferred();
  addEventListener("load", loadForAnswers); // if possible, before the first click
  if (document.querySelector("[data-pr-arrived]")) showStreamed();
};

/** Fire `enter` on the slots of the document, for scripts that set up widgets. */
const enterAll = () => {
  for (const slot of all(`${SLOT}:not(${SLOT} *)`))
    dispatch("enter", slot, { initial: true, restored: false });
};

/** Show the streamed slots of the page. If the part that does so can't be loaded, request them one by one. */
const showStreamed = async () => {
  await Promise.all([loadPart("answers"), loadPart("data-pr-arrived")]);
  if (hooks.showStreamed && hooks.deliver) return hooks.showStreamed();
  if (document.readyState === "loading")
    await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  for (const { dataset } of slots().filter(isLoading)) dataset.prDelivery = "deferred";
  loadDeferred();
};

/** Load another document. If a script does this whenever a page is loaded, the page must not load itself for ever. @param {string} url */
const load = (url) => {
  if (new URL(url, location.href).href !== location.href) location.assign(url);
};

watchTraversals();
loadPartsOfPage();
// This is for swaps of htmx. A navigation of this script loads its parts before, and marks current links at its end.
on("swapped", (request) => {
  if (navigationOf(request)) return;
  loadPartsOfPage();
  if (boost) markCurrent();
});
if (DEBUG && !boost)
  document.addEventListener("DOMContentLoaded", () => {
    if (slots().length)
      console.error(
        "django-parallel-routes: {% parallel_routes_script %} knows nothing of the slots in this page, so every " +
          "link loads a document. Write it in the template of the layout: {% include … only %} has no context.",
      );
  });
if (boost) {
  noteDocument();
  watchConfiguration();
  watchRequests();
  watchScroll();
  watchPushedUrls();
  watchForms();
  const refresh = later("refreshNamed");
  document.addEventListener("parallel-routes:refresh", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    refresh(...(detail?.slots ?? []));
  });
  window.parallelRoutes = {
    visit: later("visit", load),
    refresh,
    close: later("close", () => load(current.origin)),
    forget: later("forget"),
  };
  // Each htmx ignores the other's hx-boost. If a project sets disableInheritance, htmx 2 obeys hx-inherit.
  for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
  if (!root.hasAttribute("hx-inherit")) root.setAttribute("hx-inherit", "hx-boost");
  root.setAttribute("hx-history", "false");
  if (isFour()) htmx.process(document.body); // htmx may have started before this script
  root.toggleAttribute("data-pr-restoring", !!comesBack); // the page must not show other slots than the entry
  if (stateAtLoad?.comesBack)
    write("replaceState", { ...stateAtLoad, comesBack: "" }, stateAtLoad.comesBack);
  document.addEventListener("DOMContentLoaded", enterAll);
  if (window.htmx && document.querySelector("[data-pr-arrived]")) start();
  else document.addEventListener("DOMContentLoaded", start);
}
