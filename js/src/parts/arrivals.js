// Takes slots out of HTML that has arrived, and shows them.

import { commit } from "../answers/commit.js";
import { swapSlots } from "../answers/htmx.js";
import { all } from "../dom.js";
import { hooks, loadPartsFor } from "../parts.js";
import { loadDeferred, refresh } from "../refresh.js";
import { isLoading, slotFor } from "../slots.js";

/** @typedef {import("../types.js").Slot} Slot */

export const TEMPLATES = "template[data-pr-fragment],template[data-pr-arrived]";

/** Whether a slot keeps its content until its page arrives. @param {HTMLElement} element */
export const isBusy = ({ dataset }) => dataset.prState === "busy";

/** Take the slots out of the templates in some HTML. @param {HTMLElement} body */
export const takeElements = (body) =>
  /** @type {HTMLTemplateElement[]} */ (all(TEMPLATES, body)).flatMap((template) => {
    template.remove();
    return /** @type {HTMLElement[]} */ ([...template.content.children]);
  });

/** Give a slot that still shows another query the URL of the page that it waits for. @param {Slot} slot @param {HTMLElement} [element] */
export const aim = (slot, element) => {
  if (element && !isLoading(slot)) slot.dataset.prSrc = element.dataset.prSrc ?? "";
};

/** Request a slot whose page the response could not contain. @param {Slot} slot @param {HTMLElement} element the element in the response that says so */
export const ask = (slot, element) => {
  aim(slot, element);
  if (!isLoading(slot)) return refresh([slot]);
  slot.dataset.prDelivery = "deferred";
  loadDeferred();
};

/**
 * Load the files that some arrived HTML needs.
 *
 * @param {string} html
 * @param {string | null} policy
 */
export const prepare = async (html, policy) => {
  await loadPartsFor(html);
  await hooks.loadSheets?.(html, policy);
};

/**
 * Show the slots that have arrived, and request those whose page the response could not contain.
 *
 * @param {HTMLElement} body
 * @param {string | null} policy
 * @param {boolean} [keeps]
 */
export const show = (body, policy, keeps) => {
  const lost = all(":scope > *", body).filter(isBusy);
  for (const element of lost) element.remove();
  hooks.takeScripts?.(body, policy);
  const elements = all(":scope > *", body);
  if (elements.length) {
    commit({ refreshed: new Map(), hash: "", keeps }, "stay", elements);
    swapSlots(body.innerHTML);
  }
  for (const element of lost) {
    const slot = slotFor(element);
    if (slot) ask(slot, element);
  }
};
