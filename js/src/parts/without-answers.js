// Keeps what was entered in a form, if the part can't be had that shows answers. All else becomes a document then.
import { attribute, dispatch, matches, root } from "../dom.js";
import { HEADER } from "../page.js";
import { hooks } from "../parts.js";

const ERRORS = /aria-invalid="true"|errorlist/;

/** A form that comes back is sent again by the browser: its document has what was entered, and the errors. */
hooks.takeRefused = async ({ source, status, header, html }, { trigger }) => {
  if (status === 204) return true; // nothing is to be shown
  if (!matches(source, "form[method=post i]")) return false;
  const text = await new Blob([html]).text(); // meanwhile, all others hear of the answer
  if (!/^4/.test(`${status}`) && !(header(HEADER) === "stay" && ERRORS.test(text))) return false;
  const { submitter } = /** @type {SubmitEvent} */ (trigger ?? {});
  const none = Object.assign(document.createElement("button"), { hidden: true });
  const button = submitter ?? source.appendChild(none);
  button.setAttribute("formenctype", attribute(source, "enctype") ?? ""); // so it is left to the browser
  HTMLFormElement.prototype.requestSubmit.call(source, button);
  return true;
};

/** The network has failed: the page stays. */
hooks.reportLost = ({ sentUrl }, navigation) => {
  const { source, isSafe } = navigation;
  const { href: url } = new URL(sentUrl, location.href);
  const target = source && root.contains(source) ? source : document;
  const retry = () => hooks.repeat?.(navigation, url);
  const reason = navigator.onLine ? "network" : "offline";
  const detail = { reason, url, isSent: isSafe === false, retry };
  if (dispatch("failed", target, detail))
    hooks.showNotice?.(/** @type {any} */ ({ target, detail }));
  return true;
};
