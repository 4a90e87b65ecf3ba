// Finds the slot that a link or form is for.
import { attribute, closest, matches } from "./dom.js";
import { sent } from "./navigation.js";
import { later } from "./parts.js";
import { addressOf, findSlot, SLOT, slotAround } from "./slots.js";

/** @typedef {import("./types.js").Slot} Slot */

const TARGETS = "[data-pr-target],[hx-target],[hx-target\\:inherited],[data-hx-target]";

/** @param {Element} element */
const namingPlace = (element) => (sent.has(element) ? null : closest(element, TARGETS));

/**
 * The slot that an element names by data-pr-target. `undefined`: it names none, or has a nearer hx-target;
 * `null`: that slot is not on screen.
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

/** Whether a target is named in the slot that an element stands in. @param {Slot} slot @param {Element} element */
export const isNamedIn = (slot, element) => slot.contains(closest(element, TARGETS));

/** Tell the developer that a slot which is named is not there. */
const reportTarget = later("reportTarget");

/**
 * The target of a request: what data-pr-target names, else htmx's. Nothing if there is none, which the
 * console then says.
 *
 * @param {import("./types.js").HtmxRequest} request
 * @returns {Element | null}
 */
export const targetOf = (request) => {
  const { source } = request;
  const named = slotNamedBy(source);
  if (named) request.setTarget(named);
  // htmx 4 goes on where hx-target names nothing; htmx.ajax() without a target means the page.
  const target =
    named === undefined
      ? (request.target ?? (closest(source, TARGETS) ? null : document.body))
      : named;
  if (!target) reportTarget(named === null ? "data-pr-target" : "hx-target", source);
  return target;
};

/**
 * The named slot whose query a link or form changes, and no more than that. What was intercepted has its URL in
 * the address bar, and a target that is named wins.
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
