// Keeps the input of a form if the part that shows responses can't be loaded. All other responses then become documents.
import { attribute, dispatch, matches, root } from "../dom.js";
import { HEADER } from "../page.js";
import { hooks } from "../parts.js";

const ERRORS = /aria-invalid="true"|errorlist/;

/** Let the browser send a form again that has come back with errors. The document then has the input and the errors. */
hooks.takeRefused = async ({ source, status, header, html }, { trigger }) => {
  if (status === 204) return true; // there is nothing to show
  if (!matches(source, "form[method=post i]")) return false;
  const text = await new Blob([html]).text(); // meanwhile, all other listeners are called
  if (!/^4/.test(`${status}`) && !(header(HEADER) === "stay" && ERRORS.test(text))) return false;
  const { submitter } = /** @type {SubmitEvent} */ (trigger ?? {});
  const none = Object.assign(document.createElement("button"), { hidden: true });
  const button = submitter ?? source.appendChild(none);
  button.setAttribute("formenctype", attribute(source, "enctype") ?? ""); // with this attribute, the script leaves the form to the browser
  HTMLFormElement.prototype.requestSubmit.call(source, button);
  return true;
};

/** Show a message if the network has failed. The page stays as it is. */
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
