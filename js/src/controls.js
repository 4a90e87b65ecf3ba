// Reads and sets what the user has entered in the controls of forms.

/** @typedef {HTMLInputElement & {options?: HTMLOptionsCollection, selectedOptions: HTMLCollectionOf<HTMLOptionElement>}} Control */

export const CONTROLS = "input, select, textarea";

/** @param {Control} control */
const isChoice = ({ type }) => type === "checkbox" || type === "radio";

/** @param {Iterable<HTMLOptionElement>} options */
const join = (options) => [...options].map(({ value }) => value).join("\n");

/** What the user has entered, as one string. @param {Control} control */
export const enteredIn = (control) => {
  // Don't read `selectedOptions`: if it has 1,000 options, each later change of an attribute on the page is slow.
  if (isChoice(control)) return `${control.checked}`;
  if (!control.options) return control.value;
  return join([...control.options].filter(({ selected }) => selected));
};

/** The value of a control before the user enters something. @param {Control} control */
export const defaultOf = (control) => {
  if (isChoice(control)) return `${control.defaultChecked}`;
  const { options, type, defaultValue } = control;
  if (!options) {
    if (defaultValue || !/^(color|range)$/.test(type)) return defaultValue;
    // Without a value of their own, the browser chooses one.
    const { min, max, step } = control;
    return Object.assign(document.createElement("input"), { type, min, max, step }).value;
  }
  const chosen = [...options].filter(({ defaultSelected }) => defaultSelected);
  if (type !== "select-one") return join(chosen);
  const first = [...options].filter(({ disabled }) => !disabled).slice(0, 1);
  return join(chosen.length ? chosen.slice(-1) : first);
};

/** Set the value of a control, and return whether it was another one. The caret stays where it is. @param {Control} control @param {string} value */
export const setValue = (control, value) => {
  if (enteredIn(control) === value) return false;
  const { options, selectionStart, selectionEnd } = control;
  const chosen = value.split("\n");
  if (options) for (const option of options) option.selected = chosen.includes(option.value);
  else if (isChoice(control)) control.checked = value === "true";
  else {
    control.value = value;
    if (selectionStart != null && control === document.activeElement)
      control.setSelectionRange(selectionStart, selectionEnd);
  }
  return true;
};

/** The form that an element is, or belongs to. @param {Element} element */
export const formOf = (element) =>
  Element.prototype.matches.call(element, "form")
    ? element
    : /** @type {Control} */ (element).form;

/** The controls of a form. `form.elements` may be a control of that name. @param {Element | null | undefined} form @returns {Control[]} */
export const controlsOf = (form) =>
  form
    ? /** @type {Control[]} */ ([...document.querySelectorAll(CONTROLS)]).filter(
        (control) => control.form === form,
      )
    : [];
