// Warns developers of ids that stand in two places of the page. Only the readable script has this.
import { all } from "../dom.js";

/** @type {Set<string>} */
const known = new Set();

/** Say in the console which ids in slots that have changed are used elsewhere, too. @param {Element[]} slots */
export const warnOfDuplicates = (slots) => {
  for (const { id } of slots.flatMap((slot) => all("[id]", slot))) {
    const twins = known.has(id) ? [] : all(`[id="${CSS.escape(id)}"]`);
    if (twins.length < 2) continue;
    known.add(id);
    console.warn(
      `parallel-routes: the id "${id}" stands in the page ${twins.length} times. Labels, scripts and focus find ` +
        "only the first one. Give forms that are on screen together a prefix, or an auto_id.",
      ...twins,
    );
  }
};
