/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place.querySelectorAll(selector)
  ];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/optimistic.js
  var shown = /* @__PURE__ */ new WeakMap();
  hooks.submitting = (form, isSent, trigger) => {
    for (const node of shown.get(form) ?? []) node.parentNode?.removeChild(node);
    shown.delete(form);
    if (isSent)
      shown.set(form, all("template[data-pr-optimistic]", form).flatMap(show(form, trigger)));
  };
  var show = (form, trigger) => {
    const { submitter } = trigger ?? {};
    const button = submitter?.form === form ? submitter : null;
    const values = new FormData(
      /** @type {HTMLFormElement} */
      form,
      button
    );
    return (template) => {
      const selector = `${template.dataset.prOptimistic}`;
      const place = document.querySelector(selector);
      if (!place)
        console.error(
          `data-pr-optimistic="${selector}": no element matches this selector, so nothing is shown in advance.`,
          template
        );
      const { content } = (
        /** @type {HTMLTemplateElement} */
        template
      );
      const copy = document.importNode(content, true);
      for (const element of all("[data-pr-value]", copy)) {
        const found = values.getAll(`${attribute(element, "data-pr-value")}`);
        element.textContent = found.map((value) => value instanceof File ? value.name : value).join(", ");
      }
      const nodes = [...copy.childNodes];
      place?.append(copy);
      return nodes;
    };
  };
})();
