// Handles failures of the network: the page on screen stays.
import { dispatch } from "../dom.js";
import { finish, inFlight, navigationOf } from "../navigation.js";
import { hooks, loadPart } from "../parts.js";
import { loadDeferred } from "../refresh.js";
import { translated } from "../texts.js";
import { forBrowser } from "../urls.js";
import { onRefreshFailed } from "./refreshed.js";
import { noteSubmit } from "./repeated.js";
import { restore, returnOffline } from "./traversal.js";

/** @typedef {import("../types.js").Failure} Failure */
/** @typedef {import("../types.js").Navigation} Navigation */

/** @param {import("../types.js").HtmxRequest} request */
export const urlOf = (request) => new URL(request.sentUrl, location.href).href.split("#")[0];

/**
 * Report that no response has arrived, or none that can be shown.
 *
 * @param {Navigation} navigation
 * @param {Failure} failure
 */
export const reportFailure = (navigation, { url, ...failure }) => {
  const { source, isSafe, restoring, undo } = navigation;
  const detail = { ...failure, url: forBrowser(url), isSent: isSafe === false };
  loadDeferred();
  if (undo) undo(detail);
  else if (restoring) returnOffline(detail);
  else dispatch("failed", source ?? document, { ...detail, retry: () => repeat(navigation, url) });
};

/** Repeat a navigation. @param {Navigation} navigation @param {string} url */
const repeat = async (navigation, url) => {
  await loadPart("data-pr-slot");
  hooks.repeat?.(navigation, url);
};

/** Show a message, after all other listeners have run: they may prevent it, to show one of their own. @param {Event} event */
const onFailed = async (event) => {
  await loadPart("data-pr-slot"); // meanwhile, all other listeners are called
  if (event.defaultPrevented) return;
  if (hooks.showNotice) hooks.showNotice(/** @type {CustomEvent} */ (event));
  else alert(translated.network ?? "The server can’t be reached."); // the part that shows messages can't be loaded either
};

/** Handle the failed request of a navigation. @param {import("../types.js").HtmxRequest} request @param {CustomEvent} event */
const fail = (request, { type, detail }) => {
  const navigation = navigationOf(request);
  if (!navigation || !inFlight.has(navigation)) return;
  finish(navigation);
  const { refreshed, restoring, undo, isSafe } = navigation;
  if (!isSafe) noteSubmit(false); // the user may send the form again at once
  if (refreshed) return onRefreshFailed(navigation);
  // Chromium aborts requests that are sent between quick steps back.
  if (restoring && !navigation.retried) return restore({ retried: true, undo });
  const isLate = navigation.isLate || type === "htmx:timeout";
  const isStopped = /abort|finally/i.test(type) || detail.error?.name === "AbortError";
  if (isStopped && !isLate && !restoring) return loadDeferred();
  const reason = navigator.onLine ? (isLate ? "timeout" : "network") : "offline";
  reportFailure(navigation, { reason, url: urlOf(request) });
};

export const watchFailures = () => {
  hooks.fail = fail;
  addEventListener("parallel-routes:failed", onFailed);
};
