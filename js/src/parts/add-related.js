// Adds an option to a <select>: <a data-pr-add-related="id_author"> in a form opens the page of another form over the
// first. When the other form has created an object, the <select> gets an option for it, which is selected. The rest of the
// first form and the page stay as they are. A page with such a link loads this part.
import { all, dispatch, matches } from "../dom.js";
import { openLevels } from "../levels.js";
import { current } from "../page.js";
import { hooks } from "../parts.js";
import { SLOT } from "../slots.js";

/** The select for which a form creates an object. @param {Element | undefined} form */
const selectFor = (form) => {
  const level = form && openLevels().findLast((one) => one.contains(form));
  const id = level && current.opened[level.dataset.prSlot]?.adds;
  return id ? /** @type {HTMLSelectElement | null} */ (document.getElementById(id)) : null;
};

hooks.slotOfSelect = (form) =>
  selectFor(form)?.closest(/** @type {"div"} */ (SLOT))?.dataset.prSlot;

hooks.takeOption = (body, { isSafe, source }) => {
  const select = isSafe ? null : selectFor(source);
  const id = select?.closest(SLOT)?.id;
  const slot = all(":scope > *", body).find((element) => element.id === id);
  slot?.remove();
  if (select && slot && source) return () => addOption(select, slot, source);
};

/**
 * Give a select the options that it has in a response, and select the new ones.
 *
 * @param {HTMLSelectElement} select
 * @param {HTMLElement} answer
 * @param {Element} form
 */
const addOption = async (select, answer, form) => {
  /** @type {HTMLSelectElement} */
  const fresh = answer.querySelector(`#${CSS.escape(select.id)}`) ?? select;
  const known = new Set([...select.options].map(({ value }) => value));
  const chosen = new Set([...select.selectedOptions].map(({ value }) => value));
  const added = [...fresh.options].map(({ value }) => value).filter((value) => !known.has(value));
  if (!select.multiple && added.length) chosen.clear();
  for (const value of added) chosen.add(value);
  if (fresh !== select) select.replaceChildren(...fresh.children); // <optgroup>s, too
  for (const option of select.options) option.selected = chosen.has(option.value);
  if (matches(form, "form")) HTMLFormElement.prototype.reset.call(form); // so that guard.js does not ask
  hooks.onTaken?.(form);
  await window.parallelRoutes.close(form);
  select.focus({ preventScroll: true });
  if (!added.length) return;
  dispatch("options", select, { added }); // for widgets
  for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
};
