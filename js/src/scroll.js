// Remembers scroll positions: of the window, and of boxes inside.
import { root } from "./dom.js";
import { current } from "./page.js";

// Here and below, not the property of the element: a form may have a control of that name.
/** @param {Element} element @returns {Element | null} */
export const parentOf = (element) => Reflect.get(Node.prototype, "parentElement", element);

/** @param {string} hash */
export const scrollToHash = (hash) => {
  try {
    const name = decodeURIComponent(hash.slice(1));
    (document.getElementById(name) ?? document.getElementsByName(name)[0])?.scrollIntoView();
  } catch {
    // "%" that encodes nothing
  }
};

/** Where an element stands, as a selector: it may have been rendered again since. @param {Element} box @returns {string} */
const selectorOf = (box) => {
  const outer = parentOf(box);
  if (!outer) return ":root";
  /** @type {Element[]} */
  const siblings = [...Reflect.get(Element.prototype, "children", outer)];
  return `${selectorOf(outer)}>:nth-child(${siblings.indexOf(box) + 1})`;
};

/** Note where a box of the entry on screen is. @param {EventTarget | null} target */
export const rememberScroll = (target) => {
  const box = target === document ? root : /** @type {Element} */ (target);
  if (!root.contains(box)) return;
  const boxes = current.scrolls[current.id] ?? {};
  boxes[selectorOf(box)] = [box.scrollLeft, box.scrollTop];
  current.scrolls[current.id] = boxes;
};

/**
 * A reload shows the page of the URL where a modal over another page was: the browser would scroll it to where that
 * page was.
 */
export const startAtTop = () => {
  history.scrollRestoration = "manual";
  scrollBy(0, -scrollY); // to read it makes the browser scroll first
  const finish = () => {
    history.scrollRestoration = "auto"; // for the next reload
  };
  addEventListener("load", () => setTimeout(finish));
};

/**
 * Note where each box is scrolled to; also where the window is at first. Or Back to a page that was never scrolled
 * would leave that to the browser, which looks for what was in view, and may find that elsewhere.
 */
export const watchScroll = () => {
  const note = (/** @type {Event} */ { target }) => rememberScroll(target);
  addEventListener("scroll", note, { capture: true, passive: true });
  addEventListener("load", note);
};
