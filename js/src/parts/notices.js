// Shows a message when something has failed, with a button to try again: "You are offline."

import { loadDocument } from "../documents.js";
import { all, matches, root } from "../dom.js";
import { send } from "../navigation.js";
import { hooks } from "../parts.js";
import { slotFor } from "../slots.js";
import { translated } from "../texts.js";

/** @typedef {import("../types.js").Failure} Failure */
/** @typedef {import("../types.js").Slot} Slot */

/** The same texts as `TEXTS` in script_tag.py. @type {Record<string, string>} */
const texts = {
  offline: "You are offline.",
  network: "The server can’t be reached.",
  timeout: "The server took too long to answer.",
  unsent: "You are offline. The form was not sent.",
  unsure: "No answer came. The form may not have been sent.",
  refused: "The server refused this.",
  busy: "Too many requests. Wait a moment.",
  broken: "The server failed.",
  empty: "The server’s answer was empty.",
  online: "You are online again.",
  retry: "Try again",
  send: "Send again",
  close: "Close",
  ...translated,
};

const LINE = "parallel-routes-notice";
/** How long a message waits until the browser knows what is wrong, in milliseconds. */
const PATIENCE = 2000;

/** The function that the message on screen calls to try again. @type {Failure["retry"]} */
let retry;

/** @param {Failure} failure */
const textOf = ({ reason, status = 0, statusText, isSent }) => {
  if (reason !== "answer")
    return texts[isSent ? (reason === "offline" ? "unsent" : "unsure") : reason];
  /** @type {Record<number, string>} */
  const kinds = { 401: "refused", 403: "refused", 429: "busy" };
  const kind = kinds[status] ?? (status >= 500 ? "broken" : "empty");
  return `${texts[kind]} (${[status, statusText].filter(Boolean).join(" ")})`;
};

/** @param {string} text @param {() => void} onclick */
const button = (text, onclick) =>
  Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });

/** The last failure, or nothing if it has been handled. @type {Failure | undefined} */
let latest;

const removeNotice = () => {
  latest = undefined;
  find()?.remove();
};
const find = () => document.querySelector(`.${LINE}`);

/** The open modal dialog, or the body. While a dialog is open, everything outside it is inert. */
export const topmost = () => all("dialog:modal").at(-1) ?? document.body;

/** @param {HTMLElement} source @param {Failure} failure */
const show = (source, failure) => {
  removeNotice();
  retry = failure.retry;
  const line = document.createElement("div");
  const dismiss = () => {
    removeNotice();
    if (root.contains(source) && !matches(source, "form")) source.focus?.({ preventScroll: true });
  };
  const again = button(failure.isSent ? texts.send : texts.retry, () => {
    dismiss();
    failure.retry?.();
  });
  const close = button("×", dismiss);
  close.ariaLabel = texts.close;
  line.className = LINE;
  line.popover = "manual"; // over modal dialogs, wherever it stands
  line.role = "alert";
  topmost().append(line);
  line.showPopover?.();
  // Insert the text after the element is in the page, so that screen readers read it.
  line.append(Object.assign(document.createElement("p"), { textContent: textOf(failure) }));
  if (retry) line.append(again);
  line.append(close);
};

/**
 * Whether the server, or a proxy that asks for a login, redirects to another site. A script can't follow such a redirect:
 * the browser reports it like a failure of the network.
 *
 * @param {Failure} failure
 */
const leadsAway = async ({ url, reason, isSent }) => {
  if (reason !== "network" || isSent) return false;
  const probe = fetch(url, { redirect: "manual" }).catch(() => undefined);
  /** @type {Promise<undefined>} */
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  return (await Promise.race([probe, late]))?.type === "opaqueredirect";
};

hooks.removeNotice = removeNotice;
hooks.showNotice = async ({ target, detail }) => {
  latest = detail;
  const isAway = await leadsAway(detail);
  if (latest !== detail) return; // Meanwhile, the user has gone on, or another failure has happened.
  if (isAway) loadDocument({}, new URL(detail.url, location.href).href);
  else show(/** @type {HTMLElement} */ (target), detail);
};

addEventListener("online", () => {
  const text = find()?.querySelector("p");
  if (text && retry) text.textContent = texts.online;
});

/** Put back a form that has left the page, until it is sent again. Its slot may be a new element. @param {Element} form @param {Slot} slot */
const putBack = (form, slot) => {
  Element.prototype.toggleAttribute.call(form, "hidden", true);
  slotFor(slot)?.append(form);
  setTimeout(() => Element.prototype.remove.call(form));
};

hooks.repeat = (navigation, url) => {
  const { source, isSafe, around, trigger, slot, history, hash, intercept, scroll } = navigation;
  const { type, submitter } = /** @type {SubmitEvent} */ (trigger ?? {});
  if (source && isSafe === false && !root.contains(source) && around) putBack(source, around);
  if (!source || !root.contains(source))
    return void send(url, { slot, history, hash, intercept, scroll });
  if (type === "submit") {
    const button = /** @type {HTMLButtonElement | null} */ (submitter);
    const form = /** @type {HTMLFormElement} */ (source);
    HTMLFormElement.prototype.requestSubmit.call(form, button?.form === form ? button : null);
  } else if (!type || type === "click") /** @type {HTMLElement} */ (source).click();
  else htmx.trigger(source, type);
};
