// Navigates for scripts, and says in the console which slots are not there.
import { goToHash } from "../configure.js";
import { on } from "../htmx.js";
import { send } from "../navigation.js";
import { hooks } from "../parts.js";
import { findSlot } from "../slots.js";
import { reportTarget } from "../targets.js";
import { isHash } from "../urls.js";

/**
 * Navigate softly, one slot if it is named.
 *
 * @param {string} url
 * @param {{slot?: string, history?: "push" | "replace" | false, intercept?: boolean, scroll?: boolean}} [options]
 */
const visit = async (url, { slot, history = "push", intercept, scroll } = {}) => {
  if (slot && !findSlot(slot)) return reportTarget(`visit(…, { slot: "${slot}" })`);
  const { href, hash } = new URL(url, location.href);
  if (isHash(href)) return goToHash(href, history);
  await send(url.split("#")[0], { slot, history, intercept, scroll, hash });
};

export const watchVisits = () => {
  hooks.visit = visit;
  // In htmx 2, `hx-target` that names no slot.
  on("noTarget", (_, { detail: { target, elt } }) => {
    if (/^#slot-/.test(target)) reportTarget(`hx-target="${target}"`, elt);
  });
};
