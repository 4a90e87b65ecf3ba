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

  // src/segments.js
  var decodedPath = (url) => decodeURIComponent(url.split("?")[0]);
  var segmentsOf = (address, slots2) => {
    const slotAt = (name) => slots2.find(({ dataset }) => dataset.prSlot === name);
    let slot = slotAt(address);
    if (!slot) return;
    const below = decodedPath(slot.dataset.prBelow ?? "");
    let shown = below;
    while (slot?.dataset.prVariant === "layout") {
      const layout = slot;
      const prefix = `${layout.dataset.prSlot}.`;
      slot = slotAt(`${prefix}children`) ?? slots2.find(({ dataset }) => dataset.prSlot.startsWith(prefix));
      shown = decodedPath(slot?.dataset.prBelow ?? layout.dataset.prSrc);
    }
    if (slot && /page|intercepted/.test(slot.dataset.prVariant))
      shown = decodedPath(slot.dataset.prSrc);
    const rest = shown.startsWith(below) ? shown.slice(below.length) : shown;
    return rest.split("/").filter(Boolean);
  };
  var selected = (address, parts) => parts.at(/\bchildren$/.test(address) ? 0 : -1) ?? "";

  // page:slots.js
  var { "slots": slots } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/segments.js
  var show = () => {
    const shown = slots();
    for (const mark of all("template[data-pr-length]")) {
      const { prSelectedSegment: one, prSelectedSegments: several = "", prLength } = mark.dataset;
      const address = one ?? several;
      const parts = segmentsOf(address, shown);
      if (!parts) continue;
      const value = one ? selected(address, parts) : parts.join("/");
      const before = mark.previousSibling;
      const text = before instanceof Text ? before : new Text();
      if (text !== before) mark.before(text);
      const length = Number(prLength);
      const start = text.length - length;
      if (text.data.slice(start) !== value) text.replaceData(start, length, value);
      mark.dataset.prLength = `${value.length}`;
    }
  };
  document.addEventListener("parallel-routes:settle", show);
  show();
})();
