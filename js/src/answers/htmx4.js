// Adapts what htmx 4 does with answers to the script.
import { navigations } from "../navigation.js";
import { textOf } from "../text.js";

/** @typedef {import("../types.js").AnswerAdapter} AnswerAdapter */

/** It does not tell what has taken too long from what was stopped. @param {any} ctx @param {import("../types.js").Navigation} navigation */
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

// Without delay: until it settles, it would give elements their predecessors' state.
/** @type {AnswerAdapter["allowSwap"]} */
const allowSwap = ({ detail: { tasks } }) => {
  for (const { swapSpec } of tasks)
    Object.assign(swapSpec, { swap: 0, settle: 0, transition: false });
};

/** @type {AnswerAdapter["skipSwap"]} */
const skipSwap = (_, event) => event.preventDefault();

/** Swap at once; with a delay, even of 0, it would wait. @param {Element} target @param {string} how @param {string} text */
const swap = (target, how, text) => {
  const ctx = { sourceElement: target, target, swap: `${how} settle:0ms transition:false`, text };
  navigations.set(ctx, {}); // or all links would be looked at, as after a swap of somebody else
  htmx.swap(ctx);
};

/** Empty a slot, so that htmx cleans up what was in it. @param {Element} slot */
const clear = (slot) => swap(slot, "innerHTML", "");

/** What comes into slots, as the event of their swap tells it: nothing, where the answer has only others. @param {any} detail */
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
