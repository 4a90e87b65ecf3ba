/* Built from js/ of django-parallel-routes: 663f101aa95cb98f */
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

  // src/parts/core.js
  var core = (
    /** @type {Core} */
    /** @type {any} */
    window[/* @__PURE__ */ Symbol.for("django-parallel-routes")]
  );

  // src/parts/announce.js
  var { abort, hooks, inFlight, SLOT } = core;
  var REGION = "parallel-routes-title";
  var LIVE = "[aria-live],[role=status],[role=alert],[role=log]";
  var MOST = 3;
  var region = () => document.querySelector(`.${REGION}`) ?? document.body.appendChild(
    Object.assign(document.createElement("div"), { role: "status", className: REGION })
  );
  var labelAround = (slot) => {
    const place = slot.parentElement && closest(slot.parentElement, "[aria-label]");
    return place && all(SLOT, place).every((one) => slot.contains(one)) && place.ariaLabel;
  };
  var nameOf = (slot) => {
    const { prState, prTitle } = slot.dataset;
    if (prState === "loading") return slot.innerText.trim();
    const isQuiet = prState || closest(slot, LIVE) || slot.querySelector(LIVE);
    if (slot.querySelector("dialog:modal") || isQuiet) return "";
    const titled = all("[data-pr-title]", slot).find(({ dataset }) => dataset.prTitle);
    const heading = slot.querySelector("h1,h2,h3,h4,h5,h6,[aria-label]");
    const text = heading?.ariaLabel ?? heading?.textContent;
    return prTitle || titled?.dataset.prTitle || labelAround(slot) || text?.trim() || "";
  };
  var { title } = document;
  var announce = (changed) => {
    const isInDialog = changed.some((slot) => slot.querySelector("dialog:modal"));
    const names = changed.map(nameOf);
    if (title !== document.title && !isInDialog) names.unshift(document.title);
    title = document.title;
    const text = [...new Set(names)].filter(Boolean).slice(0, MOST).join(", ");
    if (text || isInDialog) region().textContent = text;
  };
  var focused;
  var around = [];
  addEventListener("focusin", ({ target }) => {
    focused = /** @type {HTMLElement} */
    target;
    around = [];
    for (let slot = closest(focused, SLOT); slot; slot = closest(slot.parentElement ?? slot, SLOT)) {
      if (around.includes(
        /** @type {Slot} */
        slot
      )) break;
      around.push(
        /** @type {Slot} */
        slot
      );
    }
  });
  var focus = (slot) => {
    const before = focused;
    const slots = around;
    slot.tabIndex = -1;
    slot.focus({ preventScroll: true });
    slot.addEventListener("blur", () => slot.removeAttribute("tabindex"), { once: true });
    [focused, around] = [before, slots];
  };
  var keepFocus = () => {
    if (!focused || focused.isConnected || !around.length) return;
    if (document.activeElement !== document.body) return;
    const there = around.find((slot2) => slot2.isConnected && slot2.firstChild);
    const slot = there ?? document.querySelector(SLOT);
    if (slot) focus(
      /** @type {Slot} */
      slot
    );
  };
  var { shown } = hooks;
  hooks.shown = (navigation, changed) => {
    shown?.(navigation, changed);
    keepFocus();
    if (!navigation.refreshed?.size) announce(changed);
  };
  var POPUP = ":is(:popover-open:not([popover=manual]))";
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(POPUP)) return;
      const slow = [...inFlight].filter(
        // Not what closes a dialog: Esc may be pressed more than once for that.
        ({ isSafe, refreshed, restoring, source }) => isSafe && !refreshed && !restoring && !(source && closest(source, "[data-pr-close]"))
      );
      if (slow.length) event.preventDefault();
      for (const navigation of slow) abort(navigation);
    },
    true
  );
  if (document.body) region();
  else addEventListener("DOMContentLoaded", region);
})();
