// Adapts htmx 4 to the script. No other module knows its events and their details.
import { attribute } from "./dom.js";
import { textOf } from "./text.js";

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
  historyUpdated: "htmx:after:history:update",
};

/** A request, as the detail of an event tells it. @param {any} detail @returns {import("./types.js").HtmxRequest} */
const requestOf = (detail) => {
  const { ctx = {}, tasks = [] } = detail;
  const { request = {}, response, sourceElement: source = detail.sourceElement } = ctx;
  const { headers, timeout, action } = request;
  const { raw } = response ?? {};
  const abort = () => request.abort();
  return {
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
    // It does not tell what has taken too long from what was stopped.
    limitTime(onLate) {
      const limit = timeout == null ? htmx.config.defaultTimeout : htmx.parseInterval(timeout);
      if (!limit) return;
      clearTimeout(ctx.requestTimeout);
      ctx.requestTimeout = setTimeout(() => {
        onLate();
        abort();
      }, limit);
    },
    // The link's queue would drop a third quick click.
    queueLast() {
      const { abort } = request;
      request.abort = () => abort(null); // without a reason, it would log an error
      if (attribute(source, "hx-sync") == null)
        Element.prototype.setAttribute.call(source, "hx-sync", "this:replace");
    },
    skipSwap: (event) => event.preventDefault(),

    deliver(ready, animate, receive, navigation) {
      ctx.fetch = async (/** @type {[string]} */ ...parameters) => {
        // Not one that an extension has preloaded.
        const stored = await navigation.stored;
        const response = stored ?? (await fetch(...parameters));
        const header = (/** @type {string} */ name) => response.headers.get(name);
        const type = header("Content-Type");
        const reader = stored ? null : await receive(header); // what is stored is complete
        const bytes = reader ? undefined : await response.arrayBuffer();
        const text = bytes ? textOf(bytes, type) : await reader?.ofResponse(response, type);
        response.text = async () => text ?? "";
        await ready(bytes, text ?? "", header, response.status);
        if (animate)
          await new Promise((begin) => {
            const swapped = new Promise((done) => {
              navigation.swapped = done;
            });
            animate(() => {
              begin(undefined);
              return swapped;
            });
          });
        return response;
      };
    },

    header: (name) => response?.headers.get(name) ?? null,
    status: raw?.status,
    statusText: raw?.statusText,
    sentUrl: action,
    finalUrl: raw?.url,
    html: ctx.text,
    setHtml(html) {
      ctx.text = html;
    },
    // Without delay: until it settles, it would give elements their predecessors' state.
    allowSwap() {
      for (const { swapSpec } of tasks)
        Object.assign(swapSpec, { swap: 0, settle: 0, transition: false });
    },
  };
};

/** Empty a slot, so that htmx cleans up what was in it. @param {Element} slot */
const clear = (slot) =>
  // With a delay, even of 0, it would wait.
  htmx.swap({
    sourceElement: slot,
    target: slot,
    swap: "innerHTML settle:0ms transition:false",
    text: "",
  });

/** What comes into slots, as the event of their swap tells it. @param {any} detail */
const arrivalsOf = ({ tasks = [] }) =>
  tasks.map((/** @type {any} */ { target, fragment, swapSpec }) => ({
    target,
    content: fragment.firstElementChild ?? fragment,
    skip() {
      swapSpec.style = "none";
    },
  }));

/** Swap slots into their places. @param {string} text */
const swapSlots = (text) =>
  htmx.swap({
    sourceElement: document.body,
    target: document.body,
    swap: "none show:none settle:0ms transition:false",
    text,
  });

export const htmx4 = { events, requestOf, arrivalsOf, clear, swapSlots };
