// Reports mistakes in a page in the console, with the remedy.
import { slots } from "../../slots.js";

/** @param {string} text @param {unknown[]} more */
const report = (text, ...more) => console.error(`django-parallel-routes: ${text}`, ...more);

/** The file of htmx, from django-htmx or npm, but not those of extensions. */
const CORE = /\/htmx(-\d)?(\.esm|\.cjs|\.amd)?(\.min)?(\.[0-9a-f]{12})?\.js(\?|$)/;

/** Find mistakes in the tags of the `<head>`. */
export const checkPage = () => {
  const tags = document.querySelectorAll("script[data-pr-parts]");
  if (!window.htmx)
    report(
      "htmx is not loaded, so every link loads a document. Write {% load django_htmx %} and {% htmx_script %} in " +
        "the <head> of the outermost layout.",
    );
  const cores = [...document.scripts].filter(({ src }) => CORE.test(src));
  if (cores.length > 1)
    report(
      "htmx is loaded twice, so each click sends two requests. Keep one of these, such as that of {% htmx_script %}.",
      ...cores,
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

/** The ids that the console has warned of. @type {Set<string>} */
const clashes = new Set();

/** Find mistakes in slots: those that the server has found, such as a whole document, and those in the page. @param {import("../../types.js").Slot[]} changed */
export const checkSlots = (changed) => {
  for (const slot of changed) {
    const { prProblem } = slot.dataset;
    const twins = document.querySelectorAll(`[id="${slot.id}"]`);
    if (twins.length > 1 && !clashes.has(slot.id))
      report(
        `a slot has the id "${slot.id}", and so has another element. Give the other element another id.`,
        ...twins,
      );
    if (twins.length > 1) clashes.add(slot.id);
    if (prProblem) report(prProblem, slot);
    delete slot.dataset.prProblem;
  }
};
