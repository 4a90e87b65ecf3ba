// Shows responses: the response of a `slots()` changes slots, and any other response becomes a document.

import { loadDocument } from "../documents.js";
import { parse, root } from "../dom.js";
import { on } from "../htmx.js";
import { finish, inFlight, isUnderWay, navigationOf } from "../navigation.js";
import { HEADER, STREAMED } from "../page.js";
import { hooks, loadPart, loadPartsFor } from "../parts.js";
import { isLoading, slotFor } from "../slots.js";
import { pathIn } from "../urls.js";
import { beneathForm, commit } from "./commit.js";
import { reportFailure, urlOf } from "./failures.js";
import { allowSwap, deliver as deliverBy, setHtml, skipSwap } from "./htmx.js";
import { mayLeave } from "./leaving.js";
import { dropStale, keepsForms, onRefreshFailed } from "./refreshed.js";
import { forgetGesture } from "./repeated.js";
import { transition, wantsTransition } from "./transitions.js";

/** @typedef {import("../types.js").HtmxRequest} HtmxRequest */
/** @typedef {import("../types.js").Navigation} Navigation */

const POLICY = "Content-Security-Policy";

/**
 * Let htmx process a response when it has arrived, or its first part, and all files that it needs are loaded. With view
 * transitions, htmx processes it inside the transition, so that URL and screen change at the same time.
 *
 * @param {HtmxRequest} request
 * @param {Navigation} navigation
 */
const deliver = (request, navigation) => {
  const animate = wantsTransition() && !navigation.refreshed && transition;
  /** @type {import("../types.js").Ready} */
  const ready = async (bytes, text, header, status) => {
    navigation.bytes = bytes;
    if (header(HEADER)) {
      await loadPartsFor(text);
      await hooks.loadSheets?.(text, header(POLICY));
    } else if (needsPart(navigation, header, status)) await loadPart("whole-answer");
    return animate;
  };
  const receive = async () => {
    await loadPart("data-pr-arrived");
    return hooks.receive?.(navigation);
  };
  const mayArriveInParts = (/** @type {(name: string) => string | null} */ header) =>
    header(STREAMED) ? receive() : null;
  deliverBy(request, ready, mayArriveInParts, navigation);
};

/**
 * Whether a response is a page that the browser can load again. Most responses without slots are.
 *
 * @param {Navigation} navigation
 * @param {(name: string) => string | null} header
 */
const isPage = ({ isSafe, refreshed, restoring, bytes }, header) =>
  isSafe &&
  !refreshed &&
  !restoring &&
  bytes?.byteLength &&
  /html\b/i.test(header("Content-Type") ?? "") &&
  !header("Content-Disposition");

/**
 * Whether a response changes nothing on screen. htmx fires the events in its headers.
 *
 * @param {Navigation} navigation
 * @param {(name: string) => string | null} header
 * @param {number} status
 */
const isSilent = ({ refreshed, bytes }, header, status) =>
  !refreshed &&
  ([204, 205].includes(status) || (!bytes?.byteLength && status < 300 && header("HX-Trigger")));

/**
 * Whether the script's part for whole answers is needed to show a response.
 *
 * @param {Navigation} navigation
 * @param {(name: string) => string | null} header
 * @param {number} status
 */
const needsPart = (navigation, header, status) =>
  (navigation.refreshed || !header("HX-Redirect")) &&
  !isSilent(navigation, header, status) &&
  !isPage(navigation, header);

/** A response with one of these headers is empty on purpose, or the browser would report that it is cut off. */
const COMPLETE = [
  "Content-Length",
  "Transfer-Encoding",
  "Content-Disposition",
  "HX-Redirect",
  "HX-Location",
  "HX-Refresh",
  "HX-Trigger",
];

/** Whether the connection has ended within the headers. The browser does not report that, and the body is empty. @param {HtmxRequest} request */
const isCutOff = ({ html, header, status }) => !html && status === 200 && !COMPLETE.some(header);

/** Report a response that was lost. @param {Navigation} navigation @param {string} url */
const lose = (navigation, url) =>
  navigation.refreshed
    ? onRefreshFailed(navigation)
    : reportFailure(navigation, { reason: "network", url });

/** @param {HtmxRequest} request @param {CustomEvent} event */
const onAnswer = (request, event) => {
  const navigation = navigationOf(request);
  if (!navigation) return;
  if (!inFlight.has(navigation)) return event.preventDefault(); // it comes too late
  finish(navigation);
  if (isCutOff(request)) {
    event.preventDefault();
    lose(navigation, request.finalUrl);
  } else if (request.header(HEADER)) showSlots(request, navigation, event);
  else showDocument(request, navigation, event);
};

/** @param {HtmxRequest} request @param {Navigation} navigation @param {CustomEvent} event */
const showSlots = (request, navigation, event) => {
  const { refreshed, restoring, parsed } = navigation;
  if (request.header(STREAMED) && !hooks.takeLate) {
    event.preventDefault();
    return loadDocument(navigation, request.finalUrl);
  }
  const body = parsed?.html === request.html ? parsed.body : parse(request.html);
  const url = /** @type {string} */ (request.header(HEADER));
  // The server leaves out these attributes for a slot that shows a page of this URL.
  for (const { dataset } of /** @type {HTMLElement[]} */ ([...body.children])) {
    dataset.prVariant ??= "page";
    dataset.prSrc ??= url;
  }
  const late = hooks.takeLate?.(body, navigation);
  const addOption = hooks.takeOption?.(body, navigation);
  const isStale = dropStale(body, navigation);
  const policy = request.header(POLICY);
  const hasScripts = hooks.takeScripts?.(body, policy);
  if (isStale || addOption || hasScripts || late) setHtml(request, body.innerHTML);
  const elements = /** @type {HTMLElement[]} */ ([...body.children]);
  const leaving = elements.flatMap((element) => {
    const slot = slotFor(element);
    return slot && !keepsForms(slot, element) ? [slot] : [];
  });
  if (!refreshed && !restoring && !mayLeave(leaving, navigation)) {
    forgetGesture(); // a click after the question is not a double click
    navigation.abort?.();
    return event.preventDefault();
  }
  Object.assign(navigation, { url: request.finalUrl, status: request.status });
  commit(navigation, url, elements);
  if (addOption) queueMicrotask(addOption);
  if (late) queueMicrotask(() => hooks.awaitLate?.(navigation, late, policy));
};

/** @param {HtmxRequest} request @param {Navigation} navigation @param {CustomEvent} event */
const showDocument = (request, navigation, event) => {
  const { refreshed, restoring, bytes = new ArrayBuffer(0) } = navigation;
  // A refresh must not load a document while another navigation is under way. That one may be the reason for it: a form
  // that logs the user in changes the session.
  if (refreshed && (isUnderWay() || !mayLeave([root], navigation))) {
    for (const slot of refreshed.keys()) slot.ariaBusy = isLoading(slot) ? "true" : null;
    event.preventDefault();
    return event.stopImmediatePropagation();
  }
  const { header, status, statusText, finalUrl: url, html } = request;
  const redirect = header("HX-Redirect");
  const refresh = header("HX-Refresh");
  const place = redirect ?? header("HX-Location");
  const leadsAway = place || refresh;
  // With any of these headers, a slot that is loading could stay on screen, and be requested again and again.
  const isLate = refreshed && [...refreshed.keys()].some(isLoading);
  // If a redirect leads to a file, the page stays. So htmx must not wait for a new page.
  const isOurs = isLate || (redirect && !refresh && !refreshed && !restoring);
  if (leadsAway && !isOurs) return;
  if (isSilent(navigation, header, status) && !leadsAway) return skipSwap(request, event);
  event.preventDefault();
  event.stopImmediatePropagation();
  if (redirect && !isLate) {
    const { href, pathname } = new URL(redirect, document.baseURI);
    // If a form in a modal (such as a login) leads to the page beneath, Back must not lead to the form again.
    const isDone = beneathForm(navigation).some(({ url = "" }) => pathIn(url) === pathname);
    return loadDocument(navigation, href, isDone ? "replace" : "assign");
  }
  if (isPage(navigation, header)) return loadDocument(navigation, url);
  const isRedirected = url !== urlOf(request);
  const type = header("Content-Type") ?? "";
  const disposition = header("Content-Disposition") ?? "";
  takeAnswer(navigation, {
    url,
    place,
    isRedirected,
    status,
    statusText,
    type,
    disposition,
    bytes,
    html,
  });
};

/**
 * Handle a response without slots as a browser would handle it, without a second request if possible.
 *
 * @param {Navigation} navigation
 * @param {import("../types.js").WholeAnswer} answer
 */
const takeAnswer = (navigation, answer) => {
  const { url } = answer;
  const { isSafe, refreshed, restoring } = navigation;
  if (hooks.takeAnswer) hooks.takeAnswer(navigation, answer);
  else if (isSafe && !refreshed && !restoring) loadDocument(navigation, url);
  else lose(navigation, url);
};

export const watchAnswers = () => {
  hooks.deliver = deliver;
  on("answer", onAnswer);
  on("swap", (request) => {
    if (navigationOf(request)) allowSwap(request, HEADER);
  });
  for (const name of ["settle", "finished"])
    on(name, (request) => navigationOf(request)?.swapped?.());
};
