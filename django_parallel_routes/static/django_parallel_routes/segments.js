/* Built from js/ of django-parallel-routes: a96feb3af45ae341 */
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

  // src/parts/segments.js
  var { showsPage, slotAt, slots } = core;
  var show = () => {
    for (const mark of all("template[data-pr-length]")) {
      const { prSelectedSegment: one, prSelectedSegments: several = "", prLength } = mark.dataset;
      const address = one ?? several;
      const parts = segmentsOf(address);
      if (!parts) continue;
      const chosen = parts.at(/\bchildren$/.test(address) ? 0 : -1) ?? "";
      const value = one ? chosen : parts.join("/");
      const before = mark.previousSibling;
      const text = before instanceof Text ? before : new Text();
      if (text !== before) mark.before(text);
      const length = Number(prLength);
      const start = text.length - length;
      if (text.data.slice(start) !== value) text.replaceData(start, length, value);
      mark.dataset.prLength = `${value.length}`;
    }
  };
  var segmentsOf = (address) => {
    let slot = slotAt(address);
    if (!slot) return;
    const path = (src) => decodeURIComponent(src.split("?")[0]);
    const below = path(slot.dataset.prBelow ?? "");
    let shown = below;
    while (slot?.dataset.prVariant === "layout") {
      const layout = slot;
      const prefix = `${layout.dataset.prSlot}.`;
      const first = slots().find(({ dataset }) => dataset.prSlot.startsWith(prefix));
      slot = slotAt(`${prefix}children`) ?? first ?? null;
      shown = path(slot?.dataset.prBelow ?? layout.dataset.prSrc);
    }
    if (slot && showsPage(slot)) shown = path(slot.dataset.prSrc);
    const rest = shown.startsWith(below) ? shown.slice(below.length) : shown;
    return rest.split("/").filter(Boolean);
  };
  document.addEventListener("parallel-routes:settle", show);
  show();
})();
