// Reads and changes nodes by way of their prototypes: the controls of a form hide its properties and methods, such as
// <input name="parentNode">.

/**
 * @template {Node} P
 * @template {keyof P} K
 * @param {P} prototype
 * @param {K} name
 * @returns {(node: Node) => P[K]}
 */
const getter = (prototype, name) => {
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name));
  return (node) => get.call(node);
};
const { prototype } = Node;

const typeOf = /* @__PURE__ */ getter(prototype, "nodeType");
export const nameOf = /* @__PURE__ */ getter(prototype, "nodeName");
export const parentOf = /* @__PURE__ */ getter(prototype, "parentNode");
export const nextOf = /* @__PURE__ */ getter(prototype, "nextSibling");
export const firstOf = /* @__PURE__ */ getter(prototype, "firstChild");
export const nodesOf = /* @__PURE__ */ getter(prototype, "childNodes");
export const isInPage = /* @__PURE__ */ getter(prototype, "isConnected");
export const textOf = /* @__PURE__ */ getter(prototype, "textContent");
export const htmlOf = /* @__PURE__ */ getter(Element.prototype, "innerHTML");
export const wholeHtmlOf = /* @__PURE__ */ getter(Element.prototype, "outerHTML");
export const tagOf = /* @__PURE__ */ getter(Element.prototype, "localName");
export const classesOf = /* @__PURE__ */ getter(Element.prototype, "classList");

/** @param {Node} node @returns {node is Element} */
export const isElement = (node) => typeOf(node) === 1;
/** @param {Node} node */
export const isText = (node) => typeOf(node) === 3;
/** Whether a node is the space between two others. @param {Node} node */
export const isSpace = (node) => isText(node) && !node.nodeValue?.trim();

/** Some nodes, and all of their ancestors. @param {Iterable<Node>} nodes */
export const withAncestors = (nodes) => {
  /** @type {Set<Node>} */
  const found = new Set();
  for (const node of nodes)
    for (let one = /** @type {Node | null} */ (node); one && !found.has(one); one = parentOf(one))
      found.add(one);
  return found;
};

/** @param {Node} node @param {Node | null} other */
export const isEqual = (node, other) => prototype.isEqualNode.call(node, other);
/** @param {Node} node @param {Node | null} other */
export const contains = (node, other) => prototype.contains.call(node, other);
/** @param {Node} place @param {Node} node @param {Node | null} anchor */
export const insert = (place, node, anchor) => prototype.insertBefore.call(place, node, anchor);

/** Move a node. If the browser can, the node keeps its state: a video plays on, and an iframe is not loaded again. @param {Node} node @param {Node} place @param {Node | null} anchor */
export const move = (node, place, anchor) => {
  const { moveBefore } = /** @type {any} */ (Element.prototype);
  if (moveBefore && isInPage(node) && isInPage(place)) moveBefore.call(place, node, anchor);
  else insert(place, node, anchor);
};

/** Replace all children of a node. @param {Node} place @param {Iterable<Node>} nodes */
export const fill = (place, nodes) => {
  Reflect.set(prototype, "textContent", "", place);
  for (const node of nodes) insert(place, node, null);
};
/** Change a text only where it differs, so that a selection in the rest of it stays. @param {CharacterData} node @param {string} text */
export const changeText = (node, text) => {
  const { data } = node;
  const most = Math.min(data.length, text.length);
  let start = 0;
  while (start < most && data[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && data.at(-1 - end) === text.at(-1 - end)) end += 1;
  node.replaceData(start, data.length - start - end, text.slice(start, text.length - end));
};

/** @param {Element} element */
export const remove = (element) => Element.prototype.remove.call(element);
/** @param {Element} element @param {Element} other */
export const replace = (element, other) => Element.prototype.replaceWith.call(element, other);

/**
 * The items of a list of the browser, as an array. With 10,000 nodes, `[...nodes]` takes three times as long.
 *
 * @template T @param {ArrayLike<T>} nodes @returns {T[]}
 */
export const listed = (nodes) => {
  const list = [];
  for (let place = 0, { length } = nodes; place < length; place += 1) list[place] = nodes[place];
  return list;
};

/** @param {string} selector @param {ParentNode} [place] */
export const all = (selector, place = document) =>
  listed(
    /** @type {NodeListOf<HTMLElement>} */ (
      (place instanceof Element ? Element.prototype : place).querySelectorAll.call(place, selector)
    ),
  );

/** Fire an event on an element. @param {string} name @param {Element} element @param {object} [detail] */
export const dispatch = (name, element, detail) =>
  EventTarget.prototype.dispatchEvent.call(
    element,
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail }),
  );
