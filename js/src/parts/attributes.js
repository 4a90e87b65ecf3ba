// Changes those attributes of an element that the server has changed. Those that widgets have set stay.
import { attribute, matches } from "../dom.js";
import { classesOf } from "./nodes.js";

/** By this attribute, htmx 4 finds the elements that it cleans up. On a hard load, it may be there before the HTML is noted. */
const POWERED = "data-htmx-powered";

/**
 * Give an element, and the copy of what was sent for it, the attributes of the new element. Returns the names of those that
 * differ. A mount (`Merge.isMount()`) keeps its size, its style, and what the server does not send.
 *
 * @param {Element} sent @param {Element} coming @param {Element} element @param {boolean} isMount
 */
export const changeAttributes = (sent, coming, element, isMount) => {
  const names = [sent, coming].flatMap((one) => Element.prototype.getAttributeNames.call(one));
  return [...new Set(names)].filter((name) => {
    const [before, now] = [attribute(sent, name), attribute(coming, name)];
    if (before === now || name === POWERED) return false;
    if (isMount && (now === null || /^(width|height|style)$/.test(name))) {
      setAttribute(sent, coming, name);
      return false;
    }
    if (name === "class") changeClass(element, isMount ? null : before, now);
    else if (name === "style" && !matches(element, "form")) changeStyle(element, before, now);
    else setAttribute(element, coming, name);
    setAttribute(sent, coming, name);
    return true;
  });
};

/** Copy an attribute with its namespace from another element, or remove it if that element lacks it. @param {Element} element @param {Element} from @param {string} name */
const setAttribute = (element, from, name) => {
  const { getAttributeNode, removeAttribute, setAttributeNode } = Element.prototype;
  const copy = /** @type {Attr | undefined} */ (getAttributeNode.call(from, name)?.cloneNode());
  if (copy) setAttributeNode.call(element, copy);
  else removeAttribute.call(element, name);
};

/** @param {string | null} text */
const words = (text) => text?.split(/\s+/).filter(Boolean) ?? [];

/** @param {Element} element @param {string | null} before @param {string | null} now */
const changeClass = (element, before, now) => {
  classesOf(element).remove(...words(before).filter((name) => !words(now).includes(name)));
  classesOf(element).add(...words(now).filter((name) => !words(before).includes(name)));
  if (now === null && !classesOf(element).length)
    Element.prototype.removeAttribute.call(element, "class");
};

/** @param {Element} element @param {string | null} before @param {string | null} now */
const changeStyle = (element, before, now) => {
  const { style } = /** @type {HTMLElement} */ (element);
  const [old, next] = [before, now].map((text) => {
    const { style } = document.createElement("i");
    style.cssText = text ?? "";
    return style;
  });
  for (const name of old) if (!next.getPropertyValue(name)) style.removeProperty(name);
  for (const name of next) {
    const [value, priority] = [next.getPropertyValue(name), next.getPropertyPriority(name)];
    if (old.getPropertyValue(name) !== value) style.setProperty(name, value, priority);
  }
};
