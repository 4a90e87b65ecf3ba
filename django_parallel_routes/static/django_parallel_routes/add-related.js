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
  var dispatch = (name, target, detail) => target.dispatchEvent(
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );

  // page:levels.js
  var { "openLevels": openLevels } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:page.js
  var { "current": current } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/add-related.js
  var selectFor = (form) => {
    const level = form && openLevels().findLast((one) => one.contains(form));
    const id = level && current.opened[level.dataset.prSlot]?.adds;
    return id ? (
      /** @type {HTMLSelectElement | null} */
      document.getElementById(id)
    ) : null;
  };
  hooks.slotOfSelect = (form) => selectFor(form)?.closest(
    /** @type {"div"} */
    SLOT
  )?.dataset.prSlot;
  hooks.takeOption = (body, { isSafe, source }) => {
    const select = isSafe ? null : selectFor(source);
    const id = select?.closest(SLOT)?.id;
    const slot = all(":scope > *", body).find((element) => element.id === id);
    slot?.remove();
    if (select && slot && source) return () => addOption(select, slot, source);
  };
  var addOption = async (select, answer, form) => {
    const fresh = answer.querySelector(`#${CSS.escape(select.id)}`) ?? select;
    const known = new Set([...select.options].map(({ value }) => value));
    const chosen = new Set([...select.selectedOptions].map(({ value }) => value));
    const added = [...fresh.options].map(({ value }) => value).filter((value) => !known.has(value));
    if (!select.multiple && added.length) chosen.clear();
    for (const value of added) chosen.add(value);
    if (fresh !== select) select.replaceChildren(...fresh.children);
    for (const option of select.options) option.selected = chosen.has(option.value);
    if (matches(form, "form")) HTMLFormElement.prototype.reset.call(form);
    hooks.onTaken?.(form);
    await window.parallelRoutes.close(form);
    select.focus({ preventScroll: true });
    if (!added.length) return;
    dispatch("options", select, { added });
    for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
  };
})();
