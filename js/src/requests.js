// Sends navigations. The part that shows their responses ("answers") is loaded after the page. A request does not wait for
// this part, but its response does.
import { loadComplete, loadDocument } from "./documents.js";
import { on } from "./htmx.js";
import { begin, finish, inFlight, navigationOf, supersede } from "./navigation.js";
import { hooks, later, loadForAnswers } from "./parts.js";
import { isLoading } from "./slots.js";

/** @typedef {import("./types.js").HtmxRequest} HtmxRequest */
/** @typedef {import("./types.js").Navigation} Navigation */

/**
 * Fire the events of a link or form on the body, if it is removed before its response arrives. This is a function of its own,
 * because the element would otherwise keep the whole request in memory.
 *
 * @param {Element} source
 */
const fireInPage = (source) => {
  source.dispatchEvent = (event) =>
    dispatchEvent.call(source.isConnected ? source : document.body, event);
};

/** @param {HtmxRequest} request */
const onSend = (request) => {
  const navigation = navigationOf(request);
  if (!navigation) return;
  supersede(navigation);
  fireInPage(request.source);
  navigation.abort = () => request.abort();
  navigation.stored = hooks.takePrefetched?.(navigation, request);
  const deliver = () => {
    navigation.isDelivered = !!hooks.deliver;
    hooks.deliver?.(request, navigation);
  };
  if (hooks.deliver) deliver();
  else request.hold(loadForAnswers(), deliver, navigation);
  if (navigation.refreshed) return;
  hooks.removeNotice?.(); // the message about an earlier failure
  begin(navigation);
};

/** If the part that shows responses can't be loaded, each response becomes a document. @param {HtmxRequest} request @param {Event} event */
const onAnswer = async (request, event) => {
  const navigation = navigationOf(request);
  if (!navigation || navigation.isDelivered) return;
  event.preventDefault();
  if (!inFlight.has(navigation)) return;
  finish(navigation);
  const { refreshed } = navigation;
  const url = request.header("HX-Redirect") ?? request.finalUrl;
  if (refreshed) [...refreshed.keys()].some(isLoading) && loadComplete();
  else if (!(await hooks.takeRefused?.(request, navigation)))
    loadDocument(navigation, new URL(url, document.baseURI).href);
};

/** @param {HtmxRequest} request @param {CustomEvent} event */
const onFailed = (request, event) => {
  const navigation = navigationOf(request);
  if (!navigation || !inFlight.has(navigation)) return;
  const follow = () => {
    if (!inFlight.has(navigation)) return; // htmx 4 fires two events
    finish(navigation);
    if (navigation.refreshed || hooks.reportLost?.(request, navigation)) return;
    if (navigation.isSafe) location.assign(request.sentUrl);
  };
  later("fail", follow)(request, event);
};

/** The clicks and keys from before the part that ignores double clicks was loaded. @type {Event[]} */
export const gestures = [];

export const watchRequests = () => {
  for (const type of ["pointerdown", "mousedown", "click", "keydown"])
    addEventListener(
      type,
      (event) => (hooks.gesture ? hooks.gesture(event) : gestures.push(event)),
      true, // before all other listeners
    );
  on("send", onSend);
  on("answer", onAnswer);
  on("failed", onFailed);
};
