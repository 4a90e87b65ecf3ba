/* parallel-routes eb1f70fb */
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
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes eb1f70fb page")];

  // src/parts/preserve.js
  var PRESERVED = "[hx-preserve][id],[data-hx-preserve][id]";
  var originals = /* @__PURE__ */ new WeakMap();
  var standInFor = (element) => {
    const copy = (
      /** @type {Element} */
      element.cloneNode(false)
    );
    originals.set(copy, element);
    return copy;
  };
  var move = (node, place, anchor) => {
    const name = place.moveBefore && node.isConnected && place.isConnected ? "moveBefore" : "insertBefore";
    place[name](node, anchor);
  };
  hooks.leavePreserved = (slot, coming) => {
    for (const { id } of all(PRESERVED, coming)) {
      const element = slot.querySelector(`#${CSS.escape(id)}`);
      if (!element) continue;
      element.before(standInFor(element));
      move(element, document.body, null);
    }
  };
  hooks.bringPreserved = (slot) => {
    for (const copy of all(PRESERVED, slot)) {
      const element = originals.get(copy);
      if (!element) continue;
      if (element.parentNode && element.parentNode !== document.body)
        element.before(standInFor(element));
      move(
        element,
        /** @type {Node} */
        copy.parentNode,
        copy
      );
      copy.remove();
    }
  };
})();
