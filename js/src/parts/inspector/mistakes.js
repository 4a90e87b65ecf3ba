// Says in the console what is wrong in a page, with the remedy.
import { core } from "../core.js";

const { slots } = core;

/** @param {string} text @param {unknown[]} more */
const report = (text, ...more) => console.error(`django-parallel-routes: ${text}`, ...more);

/** What may be wrong with the tags in the `<head>`. */
export const checkPage = () => {
  const tags = document.querySelectorAll("script[data-pr-parts]");
  if (!window.htmx)
    report(
      "htmx is not loaded, so every link loads a document. Write {% load django_htmx %} and {% htmx_script %} in " +
        "the <head> of the outermost layout.",
    );
  if (tags.length > 1)
    report(
      "{% parallel_routes_script %} stands twice in this page. Write it once, in the <head> of the outermost layout.",
      ...tags,
    );
  for (const tag of tags)
    if (tag.closest("[data-pr-slot]"))
      report(
        "{% parallel_routes_script %} stands in a slot. Move it to the <head> of the outermost layout.",
        tag,
      );
  checkSlots(slots());
};

/** What the server has found wrong in slots, such as a whole document. @param {import("../../types.js").Slot[]} changed */
export const checkSlots = (changed) => {
  for (const slot of changed) {
    const { prProblem } = slot.dataset;
    if (prProblem) report(prProblem, slot);
    delete slot.dataset.prProblem;
  }
};
