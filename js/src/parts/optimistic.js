// Shows the expected result of a form until its response arrives: the content of a <template data-pr-optimistic> in the
// form, with the form's values as text. A page with such a template loads this part.
import { all, attribute } from "../dom.js";
import { hooks } from "../parts.js";

/** The nodes that are shown for each form. @type {WeakMap<Element, Node[]>} */
const shown = new WeakMap();

hooks.submitting = (form, isSent, trigger) => {
  for (const node of shown.get(form) ?? []) node.parentNode?.removeChild(node);
  shown.delete(form);
  if (isSent)
    shown.set(form, all("template[data-pr-optimistic]", form).flatMap(show(form, trigger)));
};

/** @param {Element} form @param {any} [trigger] */
const show = (form, trigger) => {
  const { submitter } = trigger ?? {};
  const button = submitter?.form === form ? submitter : null;
  const values = new FormData(/** @type {HTMLFormElement} */ (form), button);
  return (/** @type {HTMLElement} */ template) => {
    const selector = `${template.dataset.prOptimistic}`;
    const place = document.querySelector(selector);
    if (!place)
      console.error(
        `data-pr-optimistic="${selector}": no element matches this selector, so nothing is shown in advance.`,
        template,
      );
    const { content } = /** @type {HTMLTemplateElement} */ (template);
    const copy = document.importNode(content, true);
    for (const element of all("[data-pr-value]", copy)) {
      const found = values.getAll(`${attribute(element, "data-pr-value")}`);
      element.textContent = found
        .map((value) => (value instanceof File ? value.name : value))
        .join(", ");
    }
    const nodes = [...copy.childNodes];
    place?.append(copy);
    return nodes;
  };
};
