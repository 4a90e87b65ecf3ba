// Adapts htmx 4 to the script. No other module knows its events and their details.
import { attribute } from "./dom.js";

/** Its events, by the names that the script has for them. @type {Record<string, string>} */
const events = {
  configure: "htmx:config:request",
  send: "htmx:before:request",
  answer: "htmx:after:request",
  swap: "htmx:before:swap",
  swapInto: "htmx:before:swap",
  swapped: "htmx:after:swap",
  settle: "htmx:before:settle",
  failed: "htmx:error htmx:finally:request",
  finished: "htmx:finally:request",
  updateHistory: "htmx:before:history:update",
};

/** The request that the detail of an event describes. @param {any} detail @returns {import("./types.js").HtmxRequest} */
const requestOf = (detail) => {
  const { ctx = {} } = detail;
  const { request = {}, response, sourceElement: source = detail.sourceElement } = ctx;
  const { headers, action } = request;
  const { raw } = response ?? {};
  const abort = () => request.abort();
  return {
    detail,
    key: ctx,
    source,
    target: ctx.target,
    headers,
    isSafe: /get/i.test(request.method),
    url: action,
    anchor: request.anchor,
    body: request.body,
    trigger: ctx.sourceEvent ?? undefined,
    hasNoUrl: () => false,
    setTarget(slot) {
      ctx.target = slot;
      headers["HX-Target"] = `div#${slot.id}`;
    },
    setUrl(url) {
      request.action = url;
    },
    skipCaches() {
      headers["Cache-Control"] = "no-cache";
      request.cache = "no-store";
    },
    abort,
    // By default, the queue of a link would drop a third quick click.
    queueLast() {
      const { abort } = request;
      request.abort = () => abort(null); // with a reason, because htmx would otherwise log an error
      if (attribute(source, "hx-sync") == null)
        Element.prototype.setAttribute.call(source, "hx-sync", "this:replace");
    },
    hold(partLoaded, deliver, navigation) {
      ctx.fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ options) => {
        const begun = (async () => (await navigation.stored) ?? fetch(url, options))();
        ctx.fetch = () => begun;
        await Promise.allSettled([partLoaded.then(deliver), begun]);
        return ctx.fetch(url, options, begun);
      };
    },

    header: (name) => response?.headers.get(name) ?? null,
    status: raw?.status,
    statusText: raw?.statusText,
    sentUrl: action,
    finalUrl: raw?.url,
    html: ctx.text,
  };
};

export const htmx4 = { events, requestOf };
