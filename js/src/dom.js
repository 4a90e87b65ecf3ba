// Small helpers for elements.

export const root = document.documentElement;

// The controls of a form hide its properties and methods: <input name="matches">. So for an element that may be a form,
// these functions call the methods of the prototype.
/**
 * @template {keyof Element} K
 * @param {K} name
 */
const method = (name) => (/** @type {Element} */ element, /** @type {string} */ argument) =>
  /** @type {any} */ (Element.prototype[name]).call(element, argument);

/** @type {(element: Element, selector: string) => HTMLElement | null} */
export const closest = method("closest");
/** @type {(element: Element, selector: string) => boolean} */
export const matches = method("matches");
/** @type {(element: Element, name: string) => string | null} */
export const attribute = method("getAttribute");

/**
 * The value of an attribute on an element, or on the nearest one around that has it.
 *
 * @param {Element} element
 * @param {string} name
 */
export const inherited = (element, name) => {
  const place = closest(element, `[${name}]`);
  return place && attribute(place, name);
};

/** @param {string} selector @param {ParentNode} [place] */
export const all = (selector, place = document) => [
  .../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(selector)),
];

/**
 * Fire an event. Returns `false` if a listener prevents it.
 *
 * @param {string} name
 * @param {EventTarget} target
 * @param {object} [detail]
 */
export const dispatch = (name, target, detail) =>
  target.dispatchEvent(
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail }),
  );

/** @param {string} html */
export const parse = (html) => new DOMParser().parseFromString(`<body>${html}`, "text/html").body;
