// Adapts what htmx 2 does with answers to the script.
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
};

/** @type {AnswerAdapter["setHtml"]} */
const setHtml = ({ detail: { xhr } }, html) =>
  Object.defineProperty(xhr, "response", { value: html });

// It swaps no errors; a form's page with status 422 is none.
/** @type {AnswerAdapter["allowSwap"]} */
const allowSwap = ({ detail, header }, name) =>
  Object.assign(detail, { shouldSwap: !!header(name), isError: false });

/** It does so by itself. */
const skipSwap = () => {};

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

/** @type {AnswerAdapter} */
export const htmx2 = { deliver, setHtml, allowSwap, skipSwap, clear, arrivalsOf, swapSlots };
