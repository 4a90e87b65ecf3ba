// Adapts htmx 2 to the script. No other module knows its events and their details.
import { matches } from "./dom.js";
import { STREAMED } from "./page.js";

/** Its events, by the names that the script has for them. @type {Record<string, string>} */
const events = {
  confirm: "htmx:confirm",
  configure: "htmx:configRequest",
  noTarget: "htmx:targetError",
  send: "htmx:beforeSend",
  answer: "htmx:beforeOnLoad",
  swap: "htmx:beforeSwap",
  swapInto: "htmx:oobBeforeSwap",
  swapped: "htmx:afterSwap",
  failed: "htmx:sendError htmx:timeout htmx:sendAbort",
  finished: "htmx:afterRequest",
  updateHistory: "htmx:beforeHistoryUpdate",
};

/** The request that the detail of an event describes. @param {any} detail @returns {import("./types.js").HtmxRequest} */
const requestOf = (detail) => {
  const { xhr, requestConfig: config = detail, pathInfo } = detail;
  const { elt, headers, verb, path, boosted, triggeringEvent: trigger } = config;
  // If a redirect has led to another site, headers of that site must not change this page.
  const header = (/** @type {string} */ name) =>
    /^(hx|parallel)-/i.test(name) &&
    new URL(xhr.responseURL, location.href).origin !== location.origin
      ? null
      : xhr.getResponseHeader(name);
  return {
    detail,
    key: config,
    source: elt,
    target: config.target,
    headers,
    isSafe: /get/i.test(verb),
    url: path,
    body: config.formData,
    unfilteredBody: config.unfilteredFormData,
    trigger,
    // htmx has given a form without an action the URL that the address bar showed when the form was inserted.
    hasNoUrl: () =>
      boosted &&
      matches(elt, "form:not([action]), form[action='']") &&
      !trigger?.submitter?.hasAttribute("formaction"),
    setTarget(slot) {
      config.target = slot;
      headers["HX-Target"] = slot.id;
    },
    setUrl(url) {
      config.path = url;
    },
    skipCaches() {
      headers["Cache-Control"] = "no-cache";
    },
    transport: xhr,
    abort() {
      detail.error = ""; // or htmx would log an error
      xhr.abort();
    },
    hold(partLoaded, deliver) {
      const { onload } = xhr;
      const held = partLoaded.then(() => {
        xhr.onload = onload;
        if (xhr.readyState) deliver(); // unless it was aborted meanwhile
      });
      xhr.onload = () => held.then(() => xhr.onload());
      xhr.onreadystatechange = () => {
        // A response that does not arrive in parts may be a file.
        if (xhr.readyState === 2 && !header(STREAMED)) xhr.responseType = "arraybuffer";
      };
    },

    header,
    status: xhr?.status,
    statusText: xhr?.statusText,
    sentUrl: pathInfo?.finalRequestPath,
    finalUrl: xhr?.responseURL,
    html: xhr?.response,
  };
};

export const htmx2 = { events, requestOf };
