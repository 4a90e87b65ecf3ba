// Adapts htmx 2 to the script. No other module knows its events and their details.
import { matches } from "./dom.js";
import { textOf } from "./text.js";

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
  historyUpdated: "htmx:pushedIntoHistory htmx:replacedInHistory",
};

/** A request, as the detail of an event tells it. @param {any} detail @returns {import("./types.js").HtmxRequest} */
const requestOf = (detail) => {
  const { xhr, requestConfig: config = detail, pathInfo } = detail;
  const { elt, headers, verb, path, boosted, triggeringEvent: trigger } = config;
  // Another site, to which a redirect has led, has no say in this page.
  const header = (/** @type {string} */ name) =>
    /^(hx|parallel)-/i.test(name) &&
    new URL(xhr.responseURL, location.href).origin !== location.origin
      ? null
      : xhr.getResponseHeader(name);
  return {
    key: config,
    source: elt,
    target: config.target,
    headers,
    isSafe: /get/i.test(verb),
    url: path,
    body: config.formData,
    unfilteredBody: config.unfilteredFormData,
    trigger,
    // It has given a form without an action the URL of the address bar as it was when the form came.
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
      detail.error = ""; // or it would log an error
      xhr.abort();
    },
    // htmx does these by itself.
    limitTime() {},
    queueLast() {},
    skipSwap() {},

    deliver(ready, animate, receive) {
      const { onload } = xhr;
      const own = (/** @type {string} */ property) =>
        Reflect.get(XMLHttpRequest.prototype, property, xhr);
      let text = "";
      for (const property of ["response", "responseText"])
        Object.defineProperty(xhr, property, { get: () => text, configurable: true });
      const show = async (
        /** @type {string} */ shown,
        /** @type {ArrayBuffer | undefined} */ bytes = undefined,
      ) => {
        text = shown;
        await ready(bytes, text, header, xhr.status);
        const load = () => onload.call(xhr);
        if (animate) animate(load);
        else load();
      };
      /** @type {ReturnType<typeof receive>} */
      let receiving = null;
      xhr.onload = async () => {
        if (await receiving) return; // it has an `onload` of its own
        const bytes = xhr.bytes ?? own("response");
        if (xhr.responseType || xhr.bytes) show(textOf(bytes, header("Content-Type")), bytes);
        else show(bytes);
      };
      xhr.onreadystatechange = async () => {
        if (xhr.readyState !== 2) return;
        receiving = receive(header);
        if (!receiving) xhr.responseType = "arraybuffer"; // a file is no text
        const reader = await receiving;
        if (!reader || !xhr.status) return; // what was aborted or has failed has none
        reader.ofXhr(xhr, () => own("responseText"), show);
        if (xhr.readyState > 2) xhr.onprogress();
        if (xhr.readyState > 3) xhr.onload();
      };
    },

    header,
    status: xhr?.status,
    statusText: xhr?.statusText,
    sentUrl: pathInfo?.finalRequestPath,
    finalUrl: xhr?.responseURL,
    html: xhr?.response,
    setHtml: (html) => Object.defineProperty(xhr, "response", { value: html }),
    // It swaps no errors; a form's page with status 422 is none.
    allowSwap: (name) => Object.assign(detail, { shouldSwap: !!header(name), isError: false }),
  };
};

/** Empty a slot, so that htmx cleans up what was in it. @param {Element} slot */
const clear = (slot) =>
  htmx.swap(slot, "", { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0, transition: false });

/** What comes into a slot, as the event of its swap tells it. @param {any} detail */
const arrivalsOf = (detail) => {
  const { target, fragment } = detail;
  // With hx-ext="morph", it would put the slot into itself.
  const [element] = fragment.children;
  if (element?.id === target.id) element.replaceWith(...element.childNodes);
  const skip = () => {
    detail.shouldSwap = false;
  };
  return [{ target, content: fragment, skip }];
};

/** Swap slots into their places. @param {string} text */
const swapSlots = (text) =>
  htmx.swap(document.body, text, {
    swapStyle: "none",
    swapDelay: 0,
    settleDelay: 0,
    transition: false,
  });

export const htmx2 = { events, requestOf, arrivalsOf, clear, swapSlots };
