// Adapts htmx 4 to the script, for what it does with responses.
import { navigations } from "../navigation.js";
import { textOf } from "../text.js";

/** @typedef {import("../types.js").AnswerAdapter} AnswerAdapter */

/** Abort a request after htmx's timeout, and mark it as late: htmx 4 itself reports a timeout like an abort. @param {any} ctx @param {import("../types.js").Navigation} navigation */
const limitTime = (ctx, navigation) => {
  const { timeout } = ctx.request;
  const limit = timeout == null ? htmx.config.defaultTimeout : htmx.parseInterval(timeout);
  if (!limit) return;
  clearTimeout(ctx.requestTimeout);
  ctx.requestTimeout = setTimeout(() => {
    navigation.isLate = true;
    navigation.abort?.();
  }, limit);
};

/** @type {AnswerAdapter["deliver"]} */
const deliver = ({ detail: { ctx } }, ready, receive, navigation) => {
  limitTime(ctx, navigation);
  ctx.fetch = async (
    /** @type {string} */ url,
    /** @type {RequestInit} */ options,
    /** @type {Promise<Response> | undefined} */ begun,
  ) => {
    // This function ignores a response that an extension has preloaded.
    const stored = await navigation.stored;
    const response = stored ?? (await (begun ?? fetch(url, options)));
    const header = (/** @type {string} */ name) => response.headers.get(name);
    const type = header("Content-Type");
    const reader = stored ? null : await receive(header); // a stored response is complete
    const bytes = reader ? undefined : await response.arrayBuffer();
    const text = bytes ? textOf(bytes, type) : await reader?.ofResponse(response, type);
    response.text = async () => text ?? "";
    const animate = await ready(bytes, text ?? "", header, response.status);
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
};

/** @type {AnswerAdapter["setHtml"]} */
const setHtml = ({ detail: { ctx } }, html) => {
  ctx.text = html;
};

// No delay: until htmx settles, it would give new elements the attributes of those before them.
/** @type {AnswerAdapter["allowSwap"]} */
const allowSwap = ({ detail: { tasks } }) => {
  for (const { swapSpec } of tasks)
    Object.assign(swapSpec, { swap: 0, settle: 0, transition: false });
};

/** @type {AnswerAdapter["skipSwap"]} */
const skipSwap = (_, event) => event.preventDefault();

/** Swap at once. With a delay, even of 0, htmx would wait. @param {Element} target @param {string} how @param {string} text */
const swap = (target, how, text) => {
  const ctx = { sourceElement: target, target, swap: `${how} settle:0ms transition:false`, text };
  navigations.set(ctx, {}); // so that this does not count as a swap of another script, after which all links are marked
  htmx.swap(ctx);
};

/** Empty a slot, so that htmx cleans up what was in it. @param {Element} slot */
const clear = (slot) => swap(slot, "innerHTML", "");

/** The new contents of slots, in the event of their swap. @param {any} detail */
const arrivalsOf = ({ tasks = [] }) =>
  tasks
    .filter((/** @type {any} */ { swapSpec }) => swapSpec.style !== "none")
    .map((/** @type {any} */ { target, fragment, swapSpec }) => ({
      target,
      content: fragment.firstElementChild ?? fragment,
      skip() {
        swapSpec.style = "none";
      },
    }));

/** Swap slots into their places. @param {string} text */
const swapSlots = (text) => swap(document.body, "none show:none", text);

/** @type {AnswerAdapter} */
export const htmx4 = { deliver, setHtml, allowSwap, skipSwap, clear, arrivalsOf, swapSlots };
