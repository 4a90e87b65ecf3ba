// Sends the request of a link before the click, which then uses the response. A page with the attribute data-pr-prefetch, on
// a link or on the tag of the script, loads this part.

import { answerBy } from "../answer-by.js";
import { bases } from "../bases.js";
import { configure } from "../configure.js";
import { all, attribute, closest, inherited, parse } from "../dom.js";
import { MAX_LENGTH } from "../header.js";
import { isFour, on } from "../htmx.js";
import { inFlight, navigationOf } from "../navigation.js";
import { HEADER } from "../page.js";
import { hooks, loadPartsFor } from "../parts.js";
import { refresh } from "../refresh.js";
import { isLoading, slotFor, slots } from "../slots.js";
import { slotNamedBy } from "../targets.js";
import { absolute, addedIn, keyOf } from "./keys.js";

/** @typedef {import("../types.js").HtmxRequest} HtmxRequest */
/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {AbortController & {began: number, response?: Promise<Response | undefined>, hasFailed?: boolean, parsed?: Navigation["parsed"]}} Entry */

const MAX_AGE = 30000;
const MAX_RUNNING = 2;
/** How many links that come into view are prefetched for one screen. */
const MAX_IN_VIEW = 10;
/** How long the script waits after a click, in milliseconds, to refresh the slots that prefetched responses lack. */
const PAUSE = 250;
/** How long the mouse rests on a link before its request is sent, in milliseconds. */
const REST = 65;

const ATTRIBUTE = "data-pr-prefetch";
const TARGETS = ["hx-target", "hx-target:inherited", "data-hx-target"];
const UNBOOSTED = '[hx-boost="false"],[hx-boost\\:inherited="false"],[data-hx-boost="false"]';
/** Links whose click sends no request, or another one. */
const OTHER =
  "[href^='#'],[download],[data-pr-close],[data-pr-retry],[hx-get],[data-hx-get],[hx-post],[data-hx-post]";

const ofSite = document.querySelector(`script[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE);

/** The prefetched responses, by all that they depend on. @type {Map<string, Entry>} */
const entries = new Map();
if (DEBUG) hooks.prefetched = entries; // for the inspector
/** Links whose requests wait until fewer are running. @type {Set<HTMLAnchorElement>} */
const waiting = new Set();
let running = 0;
/** The headers that the project has added to the last request of a click. @type {Record<string, string>} */
let added = {};

/** @param {HTMLAnchorElement} link */
const modeOf = (link) => inherited(link, ATTRIBUTE) ?? ofSite ?? "";

/** @param {Entry} entry */
const isYoung = ({ began }) => Date.now() - began < MAX_AGE; // performance.now() may stop while a computer sleeps

/** Whether a click on a link is a navigation of the script. @param {HTMLAnchorElement} link */
const isOurs = (link) =>
  link.isConnected &&
  link.origin === location.origin &&
  /^(_self)?$/i.test(link.target) &&
  !link.matches(OTHER) &&
  !closest(link, UNBOOSTED);

/** The target of a link, or nothing if a click on the link is no navigation. @param {HTMLAnchorElement} link */
const targetOf = (link) => {
  const named = slotNamedBy(link);
  if (named !== undefined) return named;
  const place = closest(link, "[hx-target],[hx-target\\:inherited],[data-hx-target]");
  const [selector = "body"] = TARGETS.flatMap((name) => place?.getAttribute(name) ?? []);
  return /^(body|#slot-[\w-]+)$/.test(selector) ? document.querySelector(selector) : null;
};

/** The request that a click on a link sends, without the events that htmx fires. @param {HTMLAnchorElement} link */
const requestOf = (link) => {
  const target = targetOf(link);
  if (!target) return;
  /** @type {Record<string, string>} */
  const headers = {
    "HX-Request": "true",
    "HX-Boosted": "true",
    "HX-Current-URL": location.href,
    Accept: "text/html",
  };
  const request = {
    key: {},
    source: link,
    target,
    headers,
    isSafe: true,
    url: /** @type {string} */ (attribute(link, "href")).split("#")[0],
    hasNoUrl: () => false,
    setTarget: (/** @type {Element} */ { id }) => {
      headers["HX-Target"] = isFour() ? `div#${id}` : id;
    },
    setUrl: (/** @type {string} */ url) => {
      request.url = url;
    },
    skipCaches() {},
  };
  let isOther = false;
  const preventDefault = () => {
    isOther = true;
  };
  configure(/** @type {any} */ (request), /** @type {any} */ ({ preventDefault }));
  return isOther ? undefined : request;
};

/** @param {HTMLAnchorElement} link */
const ask = async (link) => {
  const { connection, onLine } = /** @type {any} */ (navigator);
  if (connection?.saveData || !onLine || !isOurs(link)) return;
  const { url = "", headers } = requestOf(link) ?? {};
  if (!headers || absolute(url) === absolute("")) return;
  const key = keyOf(url, headers[HEADER], added);
  const known = entries.get(key);
  if (known && isYoung(known)) return;
  const prefetch = /full/.test(modeOf(link)) ? "full" : "loading";
  const header = JSON.stringify({ ...JSON.parse(headers[HEADER]), prefetch });
  if (header.length > MAX_LENGTH) return;
  /** @type {Entry} */
  const entry = Object.assign(new AbortController(), { began: Date.now() });
  /** @type {RequestInit & {priority: string}} */
  const options = {
    headers: { ...added, ...headers, [HEADER]: header },
    signal: entry.signal,
    cache: "no-store",
    mode: "same-origin",
    priority: "low",
  };
  entries.set(key, entry);
  running += 1;
  entry.response = answerTo(url, options, entry);
  entry.hasFailed = !(await entry.response); // the entry stays, so that the link is not prefetched again at once
  running -= 1;
  askNext();
};

/**
 * The response with its whole body, if it contains slots that a later click may show.
 *
 * @param {string} url
 * @param {RequestInit} options
 * @param {Entry} entry
 */
const answerTo = async (url, options, entry) => {
  setTimeout(() => entry.abort(), MAX_AGE);
  try {
    const response = await fetch(url, options);
    if (response.status !== 200 || !response.headers.has(HEADER)) return;
    const bytes = await response.arrayBuffer();
    const html = new TextDecoder().decode(bytes); // the text is only searched for ASCII
    // The body is read now: another thread of the browser does that, and a click would have to wait for it.
    Object.assign(response, { arrayBuffer: async () => bytes, text: async () => html });
    const body = parse(html);
    entry.parsed = { html, body };
    loadPartsFor(html);
    loadSheets(body);
    if (!html.includes('data-pr-state="error"')) return response; // a later request may succeed
  } catch {
    // Without a response, the click makes the request.
  }
};

/** Let the browser load the stylesheets that the page does not have. @param {HTMLElement} body */
const loadSheets = (body) => {
  const sheets = /** @type {HTMLLinkElement[]} */ (all("link[rel=stylesheet][href]", body));
  for (const { href } of sheets) {
    if (all("link").some((/** @type {any} */ link) => link.href === href)) continue;
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "prefetch", as: "style", href }),
    );
  }
};

const askNext = () => {
  for (const link of waiting) {
    if (running >= MAX_RUNNING) return;
    waiting.delete(link);
    ask(link);
  }
};

/** @param {HTMLAnchorElement | null} link */
const askSoon = (link) => {
  if (link) waiting.add(link);
  askNext();
};

/** Discard all responses, because the screen or the server's data changes. */
const forget = () => {
  waiting.clear();
  for (const [, entry] of entries) entry.abort();
  entries.clear();
};

// --- Links that the user is about to click ---

/** @type {number | undefined} */
let timer;
/** @type {HTMLAnchorElement | null} */
let hovered = null;

/** @param {Event} event */
const linkAt = ({ target }) => {
  const link = target instanceof Element && closest(target, "a[href]");
  return link instanceof HTMLAnchorElement && /hover|visible/.test(modeOf(link)) ? link : null;
};

/** @param {Event} event */
const onRest = (event) => {
  const link = linkAt(event);
  if (link === hovered || /** @type {PointerEvent} */ (event).pointerType === "touch") return;
  clearTimeout(timer);
  if (hovered) waiting.delete(hovered);
  hovered = link;
  if (link) timer = setTimeout(askSoon, REST, link);
};

/** @param {Event} event */
const onTouch = (event) => askSoon(linkAt(event));

/** @param {Event} event */
const onFocus = (event) => {
  if (event.target instanceof Element && event.target.matches(":focus-visible")) onRest(event);
};

const observer = new IntersectionObserver((changes) => {
  for (const { target: link, isIntersecting } of /** @type {any[]} */ (changes)) {
    if (!isIntersecting) continue;
    (window.requestIdleCallback ?? setTimeout)(() => {
      const url = absolute(link.href);
      if (seen.has(url) || seen.size > MAX_IN_VIEW || !isOurs(link)) return;
      seen.add(url);
      askSoon(link);
    });
  }
});

/** The URL of the page, and those of links that have come into view since the last navigation. @type {Set<string>} */
const seen = new Set();

/** The URL at which links are watched. */
let place = "";

/** Discard what belongs to the screen that the user leaves. */
const startOver = () => {
  forget();
  observer.disconnect();
  seen.clear();
  seen.add(absolute(""));
};

const watchLinks = () => {
  if (place !== location.href) startOver(); // Back and Forward may send no request
  place = location.href;
  for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[href]")))
    if (/visible/.test(modeOf(link))) observer.observe(link);
};

// --- Clicks ---

// Navigations whose responses leave prefetched responses valid: refreshes for slots that are loading, and clicks on links,
// which discard all earlier responses when they are sent.
/** @type {WeakSet<Navigation>} */
const expected = new WeakSet();

/** @param {Navigation} navigation */
const expect = (navigation) => {
  const { isSafe, refreshed = [] } = navigation;
  if (isSafe && [...refreshed].every(([slot]) => isLoading(slot))) expected.add(navigation);
};
inFlight.forEach(expect); // deferred slots of the page may have been requested before this part was loaded

/** @type {number | undefined} */
let later;

/** Refresh the slots that each response contains, except a prefetched one, such as messages. @param {Slot[]} changed */
const refreshOthers = (changed) => {
  const others = slots().filter(
    (slot) => slot.dataset.prAgain != null && !changed.some((one) => one.contains(slot)),
  );
  if (others.length) refresh(others, { isQuiet: true });
};

hooks.takePrefetched = (navigation, { sentUrl, headers, transport }) => {
  const { isSafe, refreshed, restoring, abort } = navigation;
  expect(navigation);
  if (refreshed) return;
  clearTimeout(timer);
  clearTimeout(later);
  if (isSafe) added = addedIn(headers); // a form has other headers
  const key = keyOf(sentUrl, headers[HEADER], added);
  const entry = entries.get(key);
  entries.delete(key);
  startOver();
  if (!isSafe || restoring || !entry?.response || entry.hasFailed || !isYoung(entry)) return;
  navigation.parsed = entry.parsed;
  navigation.abort = () => {
    abort?.();
    entry.abort();
  };
  navigation.done = (changed) => {
    later = setTimeout(refreshOthers, PAUSE, changed);
  };
  if (transport) answerBy(transport, entry.response);
  return entry.response;
};

// --- What discards responses ---

// A form in another tab of the session may change what was fetched here.
/** @type {BroadcastChannel} */
let tabs;
const listen = () => {
  tabs = new BroadcastChannel("parallel-routes");
  tabs.onmessage = forget;
  forget(); // while the page was not listening, anything may have changed
};
listen();
// Some browsers don't keep a page in memory for Back while it has an open channel.
addEventListener("pagehide", () => tabs.close());
addEventListener("pageshow", ({ persisted }) => persisted && listen());

const forgetEverywhere = () => {
  forget();
  tabs.postMessage("");
};

hooks.forgetPrefetched = forgetEverywhere;
on("send", ({ isSafe }) => isSafe || forgetEverywhere());
addEventListener("submit", forgetEverywhere, true);
on("answer", (request) => {
  const navigation = /** @type {Navigation} */ (navigationOf(request));
  if (!entries.size || expected.has(navigation)) return;
  if (!request.isSafe || !isOnScreen(request, !!navigation)) forget();
});

/** Whether a response contains only HTML that was sent before. Scripts may have changed that on screen. @param {HtmxRequest} request @param {boolean} isOfSlots */
const isOnScreen = ({ html, target }, isOfSlots) => {
  const body = parse(`${html}`);
  return (isOfSlots ? [...body.children] : [body]).every((element) => {
    const place = isOfSlots ? slotFor(element) : target;
    return place && (bases.get(place)?.sent ?? place).innerHTML === element.innerHTML;
  });
};

// The user may log out in another tab, in a page without this script.
for (const name of ["blur", "focus", "visibilitychange"]) addEventListener(name, forget);

const listeners = { pointerover: onRest, focusin: onFocus, touchstart: onTouch };
for (const [name, listener] of Object.entries(listeners))
  document.addEventListener(name, listener, { capture: true, passive: true });
document.addEventListener("parallel-routes:settle", watchLinks);
on("swapped", (request) => navigationOf(request) || watchLinks());
watchLinks();
