// Warns developers of ids that occur twice in the page. Only the readable script does this.
import { all } from "../dom.js";

/** @type {Set<string>} */
const known = new Set();

/** Report in the console which ids in changed slots also occur elsewhere. @param {Element[]} slots */
export const warnOfDuplicates = (slots) => {
  /** @type {Element[]} */
  const found = [];
  for (const { id } of slots.flatMap((slot) => all("[id]", slot))) {
    const twins = known.has(id) ? [] : all(`[id="${CSS.escape(id)}"]`);
    if (twins.length < 2) continue;
    known.add(id);
    found.push(...twins);
  }
  const ids = [...new Set(found.map(({ id }) => `"${id}"`))];
  if (!ids.length) return;
  const what = ids.length > 1 ? `ids ${ids.join(", ")} stand` : `id ${ids[0]} stands`;
  // One warning for all ids: two forms of the same class have all of their ids in common.
  console.warn(
    `django-parallel-routes: the ${what} in the page more than once. Labels, scripts and focus find only the first ` +
      "one. Give forms that are on screen together a prefix, or an auto_id.",
    ...found,
  );
};
