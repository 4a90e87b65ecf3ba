// Finds the slot that a link or form is for.
import { attribute, closest, matches } from "./dom.js";
import { begunByScript } from "./navigation.js";
import { later } from "./parts.js";
import { addressOf, findSlot, SLOT, slotAround } from "./slots.js";

/** @typedef {import("./types.js").Slot} Slot */

const TARGETS = "[data-pr-target],[hx-target],[hx-target\\:inherited],[data-hx-target]";

/** @param {Element} element */
const namingPlace = (element) => (begunByScript.has(element) ? null : closest(element, TARGETS));

/**
 * The slot that an element names by data-pr-target. `undefined` means that it names none, or has a nearer hx-target.
 * `null` means that the slot is not on screen.
 *
 * @param {Element} element
 */
export const slotNamedBy = (element) => {
  const place = namingPlace(element);
  const name = (place && attribute(place, "data-pr-target")) ?? "false";
  return name === "false" ? undefined : findSlot(name, place);
};

/** Whether a request with this target changes the page or a slot. @param {Element | null} [target] */
export const isNavigation = (target) =>
  target instanceof Element && matches(target, `body,${SLOT}`);

/** Whether an element names its target in its own slot, and not around the slot. @param {Slot} slot @param {Element} element */
export const isNamedIn = (slot, element) => slot.contains(closest(element, TARGETS));

/** Tell the developer that a named slot is not on screen. */
const reportTarget = later("reportTarget");

/**
 * The target of a request: the one that data-pr-target names, or else that of htmx. If there is none, the result is
 * nothing, and the console says so.
 *
 * @param {import("./types.js").HtmxRequest} request
 * @returns {Element | null}
 */
export const targetOf = (request) => {
  const { source } = request;
  const named = slotNamedBy(source);
  if (named) request.setTarget(named);
  // If hx-target finds no element, htmx 4 sends the request all the same. htmx.ajax() without a target is for the page.
  const target =
    named === undefined
      ? (request.target ?? (closest(source, TARGETS) ? null : document.body))
      : named;
  if (!target) reportTarget(named === null ? "data-pr-target" : "hx-target", source);
  return target;
};

/**
 * The slot to navigate alone, if a link or form changes only the query of its named slot. This is not so for an
 * intercepted page, whose URL is in the address bar, nor if an attribute names the target.
 *
 * @param {Element} element
 * @param {Element} target
 */
export const slotOfQuery = (element, target) => {
  const slot = slotAround(element);
  if (!slot) return;
  const isFree = target === document.body && !isNamedIn(slot, element);
  const hasQuery =
    matches(element, "form") || `${attribute(element, "href")}${slot.dataset.prSrc}`.includes("?");
  if (
    isFree &&
    hasQuery &&
    matches(element, "a,form") &&
    /page|default/.test(slot.dataset.prVariant)
  )
    return addressOf(slot).replace(/(^children)?(\.children)*$/, "");
};
