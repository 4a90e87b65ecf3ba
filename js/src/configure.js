// Tells the server, in a header of each request, what is on screen and what the response is for.

import { controlsOf, enteredIn, formOf } from "./controls.js";
import { loadComplete } from "./documents.js";
import { attribute, closest, inherited, matches } from "./dom.js";
import { addSubmitter, hasParameters } from "./forms.js";
import { headerOf } from "./header.js";
import { on } from "./htmx.js";
import {
  abort,
  begunByScript,
  inFlight,
  isRefreshing,
  isSubmitting,
  navigations,
} from "./navigation.js";
import { current, HEADER } from "./page.js";
import { hooks } from "./parts.js";
import { refresh } from "./refresh.js";
import { scrollToHash } from "./scroll.js";
import { addressOf, mounted, slotAround, slots } from "./slots.js";
import { isNavigation, slotNamedBy, slotOfQuery, targetOf } from "./targets.js";
import { here, isHash, pathIn } from "./urls.js";

/** @typedef {import("./types.js").HtmxRequest} HtmxRequest */
/** @typedef {import("./types.js").Navigation} Navigation */
/** @typedef {import("./types.js").Slot} Slot */
/** @typedef {Record<string, any>} Header */

/**
 * What a link, form or button navigates, and how. Without attributes that say otherwise, a navigation makes a new
 * entry of the history, except by a button for one slot.
 *
 * @param {Element} element
 * @param {Element} target
 * @param {string} url
 * @returns {Navigation}
 */
const navigationFor = (element, target, url) => {
  const slot = attribute(target, "data-pr-slot") ?? undefined;
  const isOn = (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
    (inherited(element, name) ?? `${fallback}`) !== "false";
  const pushes = isOn("hx-push-url", !slot || matches(element, "a,form"));
  return {
    source: element,
    hash: new URL(url).hash,
    slot,
    history: isOn("hx-replace-url", false) ? "replace" : pushes && "push",
    scroll: isOn("data-pr-scroll", true),
  };
};

/** Go to a #hash of the page on screen, without a request. @param {string} url @param {Navigation["history"]} how */
export const goToHash = (url, how) => {
  if (how === "push") location.assign(url);
  else if (how) location.replace(url);
  else scrollToHash(new URL(url).hash);
};

/**
 * The header of a request: what is on screen.
 *
 * @param {HtmxRequest} request
 * @param {Slot | null} slot in which the element that makes the request stands
 * @param {boolean} navigates
 * @returns {Header}
 */
const stateFor = ({ source, isSafe }, slot, navigates) => {
  /** @type {Header} */
  const state = {
    // A request with a target of its own is no navigation: its response is the page of the slot, alone.
    intent: navigates ? "navigate" : "slot",
    source_slot: slot?.dataset.prSlot,
    slots: mounted(),
  };
  const all = slots();
  const wantsPage =
    inherited(source, "data-pr-intercept") === "false" ||
    begunByScript.get(source)?.intercept === false;
  const hasOwnQuery = (/** @type {Slot} */ { dataset: { prSrc, prVariant } }) =>
    prVariant === "page" && pathIn(prSrc) === location.pathname && prSrc !== here();
  const mayOpen = !wantsPage && all.some(({ dataset }) => !!dataset.prMountUrl);
  if (mayOpen) state.origin = current.origin;
  if (mayOpen || !isSafe || all.some(hasOwnQuery)) state.current_url = here();
  const again = all.filter(({ dataset }) => dataset.prAgain != null);
  if (again.length) state.refresh = again.map(addressOf);
  if (!isSafe) {
    state.form = true;
    state.tables = Object.fromEntries(
      all.map(({ dataset }) => [dataset.prSlot, dataset.prTables || undefined]),
    );
    state.option_for = hooks.slotOfSelect?.(source);
  }
  return state;
};

/**
 * Make the URL of a request relative to the URL of its slot, and return it. Sets `state.own` if it has the path of the
 * page that the slot shows.
 *
 * @param {Slot} slot
 * @param {HtmxRequest} request
 * @param {Header} state
 */
const urlIn = ({ dataset: { prSrc } }, request, state) => {
  const isHere = pathIn(request.url) === location.href.split(/[?#]/)[0];
  const url = request.hasNoUrl() || isHere ? "" : request.url;
  const own = new URL(prSrc, location.origin);
  const { href, pathname, origin } = new URL(url, own);
  const isGetForm = request.isSafe && !url && matches(request.source, "form");
  request.setUrl(isGetForm ? pathIn(href) : href);
  if (origin + pathname === own.origin + own.pathname) state.own = true;
  return href;
};

/** @param {HtmxRequest} request @param {CustomEvent} event */
export const configure = (request, event) => {
  const { source, isSafe, body, trigger } = request;
  const target = targetOf(request);
  if (!target) return event.preventDefault();
  const navigates = isNavigation(target);
  const { href, origin } = new URL(request.url, location.href);
  // Other sites are not told what is on screen.
  if (origin !== location.origin) return navigates && leaveSite(source, href, event);
  // htmx's cache buster is not needed, because responses have `Vary`, and the address bar would show it.
  if (navigates) body?.delete?.("org.htmx.cache-buster");
  // A form that is still being sent is not sent again.
  if (isSubmitting(source)) return event.preventDefault();
  if (!isSafe && matches(source, "form")) hooks.noteSubmit?.();
  const slot = slotAround(source);
  const state = stateFor(request, slot, navigates);
  const url = slot?.dataset.prSrc ? urlIn(slot, request, state) : href;
  if (target === slot && isPoll(request, url, slot)) {
    event.preventDefault();
    if (!isRefreshing(slot)) refresh([slot], { isQuiet: true });
  } else if (!navigates || startNavigation(request, url, state, target, event)) {
    // In the browser's cache, requests for one URL would wait for each other.
    if (inFlight.size) request.skipCaches();
    if (body) addSubmitter(source, body, request.unfilteredBody ?? body, trigger);
    if (writeHeader(request, state, navigates) || state.intent !== "refresh") return;
    event.preventDefault();
    loadComplete();
  }
};

/** Follow a link to another site. The browser alone handles a form to another site. @param {Element} source @param {string} url @param {Event} event */
const leaveSite = (source, url, event) => {
  if (matches(source, "form")) return;
  event.preventDefault();
  location.assign(url);
};

/** Whether an element requests what its slot shows already, as a poll does. @param {HtmxRequest} request @param {string} url @param {Slot} slot */
const isPoll = ({ source, isSafe, body }, url, slot) =>
  isSafe &&
  url === location.origin + slot.dataset.prSrc &&
  !matches(source, "a,form") &&
  !hasParameters(body);

/**
 * Write the header. Returns `false` if it would be too long: then the header names no slots, and the response is the
 * full document.
 *
 * @param {HtmxRequest} request
 * @param {Header} state
 * @param {boolean} navigates
 */
const writeHeader = ({ headers }, state, navigates) => {
  const text = headerOf(state);
  const { source_slot, own } = state;
  const intent = navigates ? "navigate" : "slot";
  headers[HEADER] = text || JSON.stringify({ intent, source_slot, own, slots: {} });
  return !!text;
};

/**
 * Add the purpose of the navigation to the header, and store the navigation by its request. Returns `false` if the URL
 * differs only in its hash, which needs no request.
 *
 * @param {HtmxRequest} request
 * @param {string} to
 * @param {Header} state
 * @param {Element} target
 * @param {Event} event
 */
const startNavigation = (request, to, state, target, event) => {
  const { source, isSafe, trigger, anchor, body } = request;
  const url = anchor == null ? to : `${to}#${anchor}`;
  const navigation = begunByScript.get(source) ?? navigationFor(source, target, url);
  if (isSafe && isHash(url) && !hasParameters(body) && !matches(source, "form")) {
    event.preventDefault();
    goToHash(url, navigation.history);
    return false;
  }
  if (isSafe) {
    const own = state.own && slotOfQuery(source, target);
    if (own) navigation.slot = own;
    state.own = (own && !closest(source, "[hx-push-url],[hx-replace-url]")) || undefined;
    if (state.own) Object.assign(state, { current_url: here(), origin: undefined }); // the address bar stays
  }
  describePurpose(navigation, state);
  Object.assign(navigation, { isSafe, state, trigger, values: valuesIn(source) });
  navigations.set(request.key, navigation);
  request.queueLast?.();
  return true;
};

/** @param {Navigation} navigation @param {Header} state */
const describePurpose = ({ slot, restoring, refreshed }, state) => {
  state.target_slot = slot;
  if (restoring) Object.assign(state, { intent: "restore", restore: restoring });
  if (refreshed)
    Object.assign(state, { intent: "refresh", refresh: [...refreshed.keys()].map(addressOf) });
};

/** The value of each control of a form when it is sent. @param {Element} source */
const valuesIn = (source) => {
  const filled = controlsOf(formOf(source)).filter(
    (one) => one.name && !matches(one, ":disabled"),
  );
  return new Map(filled.map((control) => [control, enteredIn(control)]));
};

export const watchConfiguration = () => {
  // htmx 2 fires this event before it checks whether the link already has a request.
  on("confirm", ({ source, target }, event) => {
    if (isSubmitting(source)) return event.preventDefault(); // or htmx would send it afterwards
    const { question, etc } = event.detail;
    const isPreload = etc?.headers?.["HX-Preloaded"]; // by the preload extension, maybe while a click on the link is under way
    if (question || isPreload || !isNavigation(slotNamedBy(source) ?? target)) return;
    for (const older of inFlight) if (older.source === source && older.isSafe) abort(older);
  });
  /** @type {WeakSet<object>} */
  const seen = new WeakSet();
  on("configure", (request, event) => {
    seen.add(request.key);
    configure(request, event);
  });
  // htmx 4 may have sent a request before this script ran. It had no header, so the element sends it again.
  on("answer", ({ key, source, isSafe }, event) => {
    if (!isSafe || seen.has(key)) return;
    event.preventDefault();
    htmx.process(source, true);
  });
};
