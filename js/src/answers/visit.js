// Navigates for `parallelRoutes.visit()`, and reports names of slots that are not on screen.
import { goToHash } from "../configure.js";
import { inherited } from "../dom.js";
import { on } from "../htmx.js";
import { send } from "../navigation.js";
import { hooks } from "../parts.js";
import { addressOf, findSlot, slots } from "../slots.js";
import { isHash } from "../urls.js";

/**
 * Tell the developer that a named slot is not on screen.
 *
 * @param {string} wording the attribute that names it, or the call
 * @param {Element} [element]
 */
const reportTarget = (wording, element) => {
  const value = element && inherited(element, wording);
  const remedy = DEBUG
    ? ` On screen are: ${slots().map(addressOf).join(", ")}. Name a slot by data-pr-target="…": it is looked for in the slots around the ` +
      "element, then at the root."
    : "";
  console.error(
    `${wording}${value == null ? "" : `="${value}"`}: this slot is not on screen, so nothing was sent.${remedy}`,
    element ?? "",
  );
};

/**
 * Navigate softly: all slots, or the named one.
 *
 * @param {string} url
 * @param {{slot?: string, history?: "push" | "replace" | false, intercept?: boolean, scroll?: boolean}} [options]
 */
const visit = async (url, { slot, history = "push", intercept, scroll } = {}) => {
  if (slot && !findSlot(slot)) return reportTarget(`parallelRoutes.visit(…, { slot: "${slot}" })`);
  const { href, hash } = new URL(url, location.href);
  if (isHash(href)) return goToHash(href, history);
  await send(url.split("#")[0], { slot, history, intercept, scroll, hash });
};

export const watchVisits = () => {
  Object.assign(hooks, { reportTarget, visit });
  // htmx 2 fires this if `hx-target` finds no element.
  on("noTarget", (_, { detail: { target, elt } }) => {
    if (/^#slot-/.test(target)) reportTarget("hx-target", elt);
  });
};
