// Adapts htmx 2 to the script, for what it does with responses.
import { textOf } from "../text.js";

/** @typedef {import("../types.js").AnswerAdapter} AnswerAdapter */

/** @type {AnswerAdapter["deliver"]} */
const deliver = ({ detail: { xhr }, header }, ready, receive) => {
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
    const animate = await ready(bytes, text, header, xhr.status);
    const load = () => onload.call(xhr);
    if (animate) animate(load);
    else load();
  };
  /** @type {ReturnType<typeof receive>} */
  let receiving = null;
  xhr.onload = async () => {
    if (await receiving) return; // the reader has an `onload` of its own
    if (!xhr.readyState) return onload.call(xhr); // it was aborted meanwhile
    const bytes = xhr.bytes ?? own("response");
    if (xhr.responseType || xhr.bytes) show(textOf(bytes, header("Content-Type")), bytes);
    else show(bytes);
  };
  const begin = async () => {
    receiving = receive(header);
    if (!receiving && xhr.readyState === 2) xhr.responseType = "arraybuffer"; // the response may be a file
    const reader = await receiving;
    if (!reader || !xhr.status) return; // an aborted or failed request has no status
    reader.ofXhr(xhr, () => own("responseText"), show);
    if (xhr.readyState > 2) xhr.onprogress();
    if (xhr.readyState > 3) xhr.onload();
  };
  xhr.onreadystatechange = () => {
    if (xhr.readyState === 2) begin();
  };
  if (xhr.readyState > 1) begin(); // this part of the script has loaded after the click
};

/** @type {AnswerAdapter["setHtml"]} */
const setHtml = ({ detail: { xhr } }, html) =>
  Object.defineProperty(xhr, "response", { value: html });

// By default, htmx 2 swaps no response with an error status, such as a form's page with status 422.
/** @type {AnswerAdapter["allowSwap"]} */
const allowSwap = ({ detail, header, html, source: { isConnected } }, name) => {
  if (!isConnected) swapSlots(html); // htmx looks for the slots from there
  Object.assign(detail, { shouldSwap: isConnected && !!header(name), isError: false });
};

/** htmx 2 skips the swap by itself. */
const skipSwap = () => {};

/** Empty a slot, so that htmx cleans up what was in it. @param {Element} slot */
const clear = (slot) =>
  htmx.swap(slot, "", { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0, transition: false });

/** The new content of a slot, in the event of its swap. @param {any} detail */
const arrivalsOf = (detail) => {
  const { target, fragment } = detail;
  // With hx-ext="morph", htmx would put the slot into itself.
  const [element] = fragment.children;
  if (element?.dataset.prSlot && element.id === target.id)
    element.replaceWith(...element.childNodes);
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

/** @type {AnswerAdapter} */
export const htmx2 = { deliver, setHtml, allowSwap, skipSwap, clear, arrivalsOf, swapSlots };
