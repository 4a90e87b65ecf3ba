/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // later:answers/changes.js
  var describe = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["describe"](...all);

  // later:answers/failures.js
  var reportFailure = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["reportFailure"](...all);

  // later:answers/htmx.js
  var clear = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["clear"](...all);

  // later:answers/leaving.js
  var mayLeave = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["mayLeave"](...all);

  // later:answers/refreshed.js
  var onRefreshFailed = (...all) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["onRefreshFailed"](...all);

  // page:documents.js
  var { "loadComplete": loadComplete, "loadDocument": loadDocument } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/file-name.js
  var fileName = ({ url, disposition }) => {
    const [, encoded] = /filename\*\s*=\s*[^';]*'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
    const [, quoted, bare] = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? [];
    const last = new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? new URL(url).host;
    if (quoted && !encoded) return quoted.replace(/\\(.)/g, "$1");
    try {
      return decodeURIComponent(encoded ?? bare ?? last);
    } catch {
      return bare ?? last;
    }
  };

  // page:foreign-entries.js
  var { "reloadEntry": reloadEntry } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:history.js
  var { "write": write } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "isLoading": isLoading } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/whole-answer.js
  var UNREACHABLE = [429, 502, 503, 504];
  var TEXT = /^text\/(?!.*(csv|comma|tab|tsv|calendar|card|rtf|directory|ldif|qif|ofx))|[/+](json|xml|javascript)\b/i;
  var MEDIA = /^(image|audio|video)\/|^application\/pdf\b/i;
  hooks.takeAnswer = (navigation, answer) => {
    const { refreshed, restoring, isSafe } = navigation;
    const { url, place, isRedirected, status, statusText, type, disposition, bytes } = answer;
    const isEmpty = !bytes.byteLength;
    const isHtml = /html\b/i.test(type);
    const isText = !isHtml && TEXT.test(type);
    const isShown = MEDIA.test(type) && (navigator.pdfViewerEnabled !== false || !/pdf\b/i.test(type));
    const isFile = /^\s*attachment/i.test(disposition) || !(isHtml || isText || isShown);
    const isMissing = UNREACHABLE.includes(status);
    if (refreshed && isMissing) return onRefreshFailed(navigation);
    if (refreshed && place) {
      if (isCircle()) return onRefreshFailed({ ...navigation, isSecond: true });
      for (const { dataset } of refreshed.keys()) delete dataset.prDelivery;
      const path = place[0] === "{" ? JSON.parse(place).path : place;
      return loadDocument(navigation, new URL(path, location.href).href, "replace");
    }
    const isNothing = isEmpty && !isRedirected && status > 200 && status < 400;
    const isSaved = !restoring && isFile && (!isEmpty || disposition);
    if (isSaved) save(answer);
    if (isSaved || refreshed && isNothing) {
      for (const slot of refreshed?.keys() ?? []) stopWaiting(slot);
      return;
    }
    if (refreshed && !isRedirected && (!isHtml || isEmpty)) return loadComplete();
    if (!refreshed && (isEmpty || restoring && isMissing))
      return reportFailure(navigation, { reason: "answer", status, statusText, url });
    const canLoad = isRedirected || isSafe && !refreshed;
    const isForeign = new URL(url).origin !== location.origin;
    if (restoring || isForeign || canLoad && (refreshed || !isText))
      return loadDocument(navigation, url);
    if (!refreshed && !mayLeave([document.documentElement], navigation)) return;
    if (refreshed) write("replaceState", null);
    else write("pushState", null, url);
    if (isHtml) writeDocument(answer.html);
    else writeElement(isText ? "pre" : /^image/i.test(type) ? "img" : "embed", answer);
  };
  var MAX_REDIRECTS = 5;
  var REDIRECTS = "parallel-routes-redirects";
  var isCircle = () => {
    try {
      const [before, time] = JSON.parse(sessionStorage.getItem(REDIRECTS) ?? "[0, 0]");
      const hasLedHere = Math.abs(performance.timeOrigin - time) < 1e3;
      const count = hasLedHere ? before + 1 : 1;
      const isTooMany = count > MAX_REDIRECTS;
      sessionStorage.setItem(REDIRECTS, JSON.stringify([isTooMany ? 0 : count, Date.now()]));
      return isTooMany;
    } catch {
      return false;
    }
  };
  var stopWaiting = (slot) => {
    slot.ariaBusy = null;
    if (!isLoading(slot)) return;
    const { prVariant, prSrc } = slot.dataset;
    clear(slot);
    describe(slot, { prVariant, prSrc });
  };
  var writeDocument = (html) => {
    document.open();
    document.write(html);
    document.close();
    addEventListener("popstate", () => reloadEntry());
  };
  var writeElement = (name, answer) => {
    writeDocument(
      '<!doctype html><meta name="color-scheme" content="light dark"><title></title><body></body>'
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
  var linkTo = ({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type }));
  var save = (answer) => {
    const link = document.createElement("a");
    Object.assign(link, { href: linkTo(answer), download: fileName(answer) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  };
})();
