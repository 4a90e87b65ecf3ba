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

  // page:htmx.js
  var { "on": on } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:page.js
  var { "HEADER": HEADER, "boost": boost } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/guard.js
  var GUARDED = "form[data-pr-guard]";
  var TEXT = "What you have entered is not saved. Leave anyway?";
  var guardedIn = (place) => (
    /** @type {HTMLFormElement[]} */
    all(GUARDED, place)
  );
  var done = /* @__PURE__ */ new WeakSet();
  var refused = /* @__PURE__ */ new WeakSet();
  var taken = /* @__PURE__ */ new WeakSet();
  var before = /* @__PURE__ */ new WeakMap();
  var contentOf = (form) => JSON.stringify(
    [...new FormData(form)].map(
      ([name, value]) => value instanceof File ? [name, value.name, value.size] : [name, value]
    )
  );
  var isChanged = (form) => before.has(form) && before.get(form) !== contentOf(form);
  var dirty = () => guardedIn(document).filter((form) => !done.has(form) && (refused.has(form) || isChanged(form)));
  var formOf = (target) => {
    if (!(target instanceof Element)) return null;
    const label = (
      /** @type {HTMLLabelElement | null} */
      closest(target, "label")
    );
    const control = label?.control ?? closest(target, "button, input, select, textarea");
    const form = control ? (
      /** @type {HTMLInputElement} */
      control.form
    ) : closest(target, "form");
    return form && matches(form, GUARDED) ? (
      /** @type {HTMLFormElement} */
      form
    ) : null;
  };
  var onAct = ({ target, isTrusted }) => {
    const form = isTrusted && formOf(target);
    if (!form || before.has(form)) return;
    before.set(form, contentOf(form));
    listen();
  };
  var onInput = ({ target, isTrusted }) => {
    const form = formOf(target);
    if (!form) return;
    if (isTrusted && !before.has(form)) before.set(form, "");
    done.delete(form);
    listen();
  };
  var onSubmit = ({ target, submitter, defaultPrevented }) => {
    const form = (
      /** @type {Element} */
      target
    );
    const how = submitter?.getAttribute("formmethod") ?? attribute(form, "method");
    if (!defaultPrevented && !/dialog/i.test(`${how}`)) done.add(form);
  };
  var places = /* @__PURE__ */ new WeakMap();
  var onSend = ({ key, source }) => {
    const { type, form: its } = (
      /** @type {HTMLButtonElement} */
      source
    );
    const form = type === "submit" ? its : source;
    if (!form || !matches(form, GUARDED)) return;
    done.add(form);
    taken.delete(form);
    places.set(key, { form, place: closest(form, "[data-pr-slot]") ?? document });
  };
  var onFinished = ({ key, status = 0, header }) => {
    const { form, place } = places.get(key) ?? {};
    if (!form || !place) return;
    const isWrong = status < 200 || status > 399;
    if (isWrong) done.delete(form);
    else {
      before.delete(form);
      refused.delete(form);
    }
    const url = header(HEADER);
    const action = attribute(form, "action");
    if (url && (isWrong || url === "stay"))
      guardedIn(place).filter((other) => attribute(other, "action") === action && !taken.has(other)).forEach(refuse);
  };
  var refuse = (form) => {
    done.delete(form);
    refused.add(form);
    listen();
  };
  var onBeforeLeave = (event) => {
    const { leaving, refreshed } = event.detail;
    if (event.defaultPrevented) return;
    const lost = dirty().filter(
      (form) => leaving.some((place) => place.contains(form))
    );
    if (!lost.length) return;
    if (refreshed || !confirm(attribute(lost[0], "data-pr-guard") || TEXT)) event.preventDefault();
    else for (const form of lost) done.add(form);
  };
  var inputKey = () => `parallel-routes:input ${location.href}`;
  var recordInput = (isLost) => {
    try {
      if (isLost) sessionStorage.setItem(inputKey(), "");
      else sessionStorage.removeItem(inputKey());
    } catch {
    }
  };
  var hadInput = () => {
    try {
      return sessionStorage.getItem(inputKey()) != null;
    } catch {
      return false;
    }
  };
  var onBeforeUnload = (event) => {
    const isLost = dirty().length > 0;
    recordInput(isLost);
    if (!isLost) return;
    event.preventDefault();
    event.returnValue = true;
  };
  var listen = () => addEventListener("beforeunload", onBeforeUnload);
  var onPageshow = ({ persisted }) => {
    const forms = persisted ? [] : guardedIn(document);
    if (boost === "form") forms.filter(isAnswered).forEach(refuse);
    if (hadInput()) for (const form of forms.filter(isFilledIn)) before.set(form, "");
    if (dirty().length) listen();
  };
  var isAnswered = (form) => matches(form, "[method=post i]") && new URL(attribute(form, "action") ?? "", location.href).pathname === location.pathname;
  var isFilledIn = (form) => {
    const { prototype } = HTMLFormElement;
    const copy = (
      /** @type {HTMLFormElement} */
      prototype.cloneNode.call(form, true)
    );
    prototype.reset.call(copy);
    return contentOf(form) !== contentOf(copy);
  };
  for (const name of ["pointerdown", "keydown", "beforeinput", "dragenter"])
    document.addEventListener(name, onAct, true);
  for (const name of ["input", "change"]) document.addEventListener(name, onInput, true);
  document.addEventListener("reset", ({ target }) => {
    const form = (
      /** @type {Element} */
      target
    );
    refused.delete(form);
    before.delete(form);
  });
  document.addEventListener("parallel-routes:enter", ({ target }) => {
    for (const form of guardedIn(
      /** @type {Element} */
      target
    )) done.delete(form);
  });
  addEventListener("submit", () => addEventListener("submit", onSubmit, { once: true }), true);
  hooks.onTaken = (form) => taken.add(form);
  on("send", onSend, false);
  on("finished", onFinished, false);
  addEventListener("parallel-routes:before-leave", onBeforeLeave);
  addEventListener("pageshow", onPageshow);
  if (document.readyState === "complete") onPageshow({ persisted: false });
})();
