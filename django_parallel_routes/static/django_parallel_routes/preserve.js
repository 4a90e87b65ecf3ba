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

  // src/parts/nodes.js
  var getter = (prototype2, name) => {
    const { get } = (
      /** @type {any} */
      Object.getOwnPropertyDescriptor(prototype2, name)
    );
    return (node) => get.call(node);
  };
  var { prototype } = Node;
  var parentOf = /* @__PURE__ */ getter(prototype, "parentNode");
  var isInPage = /* @__PURE__ */ getter(prototype, "isConnected");
  var htmlOf = /* @__PURE__ */ getter(Element.prototype, "innerHTML");
  var wholeHtmlOf = /* @__PURE__ */ getter(Element.prototype, "outerHTML");
  var tagOf = /* @__PURE__ */ getter(Element.prototype, "localName");
  var classesOf = /* @__PURE__ */ getter(Element.prototype, "classList");
  var insert = (place, node, anchor) => prototype.insertBefore.call(place, node, anchor);
  var move = (node, place, anchor) => {
    const { moveBefore } = (
      /** @type {any} */
      Element.prototype
    );
    if (moveBefore && isInPage(node) && isInPage(place)) moveBefore.call(place, node, anchor);
    else insert(place, node, anchor);
  };
  var remove = (element) => Element.prototype.remove.call(element);

  // src/parts/preserve.js
  var PRESERVED = "[hx-preserve][id],[data-hx-preserve][id]";
  var originals = /* @__PURE__ */ new WeakMap();
  var leave = (element) => {
    const copy = (
      /** @type {Element} */
      Node.prototype.cloneNode.call(element, false)
    );
    originals.set(copy, element);
    insert(
      /** @type {Node} */
      parentOf(element),
      copy,
      element
    );
  };
  hooks.leavePreserved = (slot, coming) => {
    for (const one of all(PRESERVED, coming)) {
      const element = slot.querySelector(`[id="${CSS.escape(`${attribute(one, "id")}`)}"]`);
      if (!element) continue;
      leave(element);
      move(element, document.body, null);
    }
  };
  hooks.bringPreserved = (slot) => {
    for (const copy of all(PRESERVED, slot)) {
      const element = originals.get(copy);
      if (!element) continue;
      const place = parentOf(element);
      if (place && place !== document.body) leave(element);
      move(
        element,
        /** @type {Node} */
        parentOf(copy),
        copy
      );
      remove(copy);
    }
  };
})();
