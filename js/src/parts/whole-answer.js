// Shows responses that are no fragments as a browser would: as a file, text, media or a document. The first such response
// loads this part.

import { describe } from "../answers/changes.js";
import { reportFailure } from "../answers/failures.js";
import { clear } from "../answers/htmx.js";
import { mayLeave } from "../answers/leaving.js";
import { onRefreshFailed } from "../answers/refreshed.js";
import { loadComplete, loadDocument } from "../documents.js";
import { fileName } from "../file-name.js";
import { reloadEntry } from "../foreign-entries.js";
import { write } from "../history.js";
import { hooks } from "../parts.js";
import { isLoading } from "../slots.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {import("../types.js").WholeAnswer} WholeAnswer */

/** With such a status, a proxy says that the server can't be reached at the moment. */
const UNREACHABLE = [429, 502, 503, 504];
/** The types of text that browsers show. They save other text as a file. */
const TEXT =
  /^text\/(?!.*(csv|comma|tab|tsv|calendar|card|rtf|directory|ldif|qif|ofx))|[/+](json|xml|javascript)\b/i;
const MEDIA = /^(image|audio|video)\/|^application\/pdf\b/i;

hooks.takeAnswer = (navigation, answer) => {
  const { refreshed, restoring, isSafe } = navigation;
  const { url, place, isRedirected, status, statusText, type, disposition, bytes } = answer;
  const isEmpty = !bytes.byteLength;
  const isHtml = /html\b/i.test(type);
  const isText = !isHtml && TEXT.test(type);
  const isShown =
    MEDIA.test(type) && (navigator.pdfViewerEnabled !== false || !/pdf\b/i.test(type));
  const isFile = /^\s*attachment/i.test(disposition) || !(isHtml || isText || isShown);
  const isMissing = UNREACHABLE.includes(status);
  if (refreshed && isMissing) return onRefreshFailed(navigation);
  // A late slot redirects the whole page, so Back must not lead to this one. If a file is at that URL, this page stays.
  if (refreshed && place) {
    if (isCircle()) return onRefreshFailed({ ...navigation, isSecond: true });
    for (const { dataset } of refreshed.keys()) delete dataset.prDelivery; // or it would be requested again
    const path = place[0] === "{" ? JSON.parse(place).path : place;
    return loadDocument(navigation, new URL(path, location.href).href, "replace");
  }
  const isNothing = isEmpty && !isRedirected && status > 200 && status < 400; // such as a 204
  const isSaved = !restoring && isFile && (!isEmpty || disposition);
  if (isSaved) save(answer);
  if (isSaved || (refreshed && isNothing)) {
    for (const slot of refreshed?.keys() ?? []) stopWaiting(slot);
    return;
  }
  if (refreshed && !isRedirected && (!isHtml || isEmpty)) return loadComplete();
  if (!refreshed && (isEmpty || (restoring && isMissing)))
    return reportFailure(navigation, { reason: "answer", status, statusText, url });
  // A redirect leads to a GET, so it can be loaded again, as a link can. A form can't be sent again.
  const canLoad = isRedirected || (isSafe && !refreshed);
  const isForeign = new URL(url).origin !== location.origin;
  if (restoring || isForeign || (canLoad && (refreshed || !isText)))
    return loadDocument(navigation, url);
  if (!refreshed && !mayLeave([document.documentElement], navigation)) return;
  if (refreshed) write("replaceState", null);
  else write("pushState", null, url);
  if (isHtml) writeDocument(answer.html);
  else writeElement(isText ? "pre" : /^image/i.test(type) ? "img" : "embed", answer);
};

/** So many redirects of late slots may follow one another. Browsers have such a limit for the redirects of a document. */
const MAX_REDIRECTS = 5;
const REDIRECTS = "parallel-routes-redirects";

/** Count the redirects of late slots that have led to this document without a pause. Whether they are too many. */
const isCircle = () => {
  try {
    const [before, time] = JSON.parse(sessionStorage.getItem(REDIRECTS) ?? "[0, 0]");
    const hasLedHere = Math.abs(performance.timeOrigin - time) < 1000;
    const count = hasLedHere ? before + 1 : 1;
    const isTooMany = count > MAX_REDIRECTS;
    sessionStorage.setItem(REDIRECTS, JSON.stringify([isTooMany ? 0 : count, Date.now()]));
    return isTooMany;
  } catch {
    return false; // The user has turned storage off.
  }
};

/** Stop waiting for a slot whose response can't be shown. It keeps its content, or is emptied if that is a loading state. @param {Slot} slot */
const stopWaiting = (slot) => {
  slot.ariaBusy = null;
  if (!isLoading(slot)) return;
  const { prVariant, prSrc } = slot.dataset;
  clear(slot);
  describe(slot, { prVariant, prSrc });
};

/** @param {string} html */
const writeDocument = (html) => {
  document.open(); // this removes all listeners
  document.write(html);
  document.close();
  addEventListener("popstate", () => reloadEntry());
};

/**
 * Write a document that shows text or media, as a browser does. If a policy forbids that, the file is saved.
 *
 * @param {"pre" | "img" | "embed"} name
 * @param {WholeAnswer} answer
 */
const writeElement = (name, answer) => {
  writeDocument(
    '<!doctype html><meta name="color-scheme" content="light dark"><title></title><body></body>',
  );
  document.title = fileName(answer);
  document.addEventListener("securitypolicyviolation", () => save(answer), { once: true });
  const element = document.createElement(name);
  if (name === "pre") element.textContent = answer.html;
  else Object.assign(element, { type: answer.type, src: linkTo(answer) });
  const style = { maxWidth: "100%", overflowWrap: "anywhere", whiteSpace: "pre-wrap" };
  Object.assign(element.style, style, name === "embed" && { height: "96vh", width: "100%" });
  document.body.append(element);
};

/** @param {WholeAnswer} answer */
const linkTo = ({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type }));

/** @param {WholeAnswer} answer */
const save = (answer) => {
  const link = document.createElement("a");
  Object.assign(link, { href: linkTo(answer), download: fileName(answer) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
