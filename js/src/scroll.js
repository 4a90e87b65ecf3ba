// Remembers the scroll positions of the window, and of scrollable boxes.
import { root } from "./dom.js";
import { current } from "./page.js";

// Here and below, don't read properties of the element: a form may have a control of that name.
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

/** A selector of an element by its place: the element itself may be replaced by a new one. @param {Element} box @returns {string} */
const selectorOf = (box) => {
  const outer = parentOf(box);
  if (!outer) return ":root";
  /** @type {Element[]} */
  const siblings = [...Reflect.get(Element.prototype, "children", outer)];
  return `${selectorOf(outer)}>:nth-child(${siblings.indexOf(box) + 1})`;
};

/** Store the scroll position of a box, in the current entry. @param {EventTarget | null} target */
export const rememberScroll = (target) => {
  const box = target === document ? root : /** @type {Element} */ (target);
  if (!root.contains(box)) return;
  const boxes = current.scrolls[current.id] ?? {};
  boxes[selectorOf(box)] = [box.scrollLeft, box.scrollTop];
  current.scrolls[current.id] = boxes;
};

/**
 * Scroll to the start. After a reload of a modal's URL, the browser would scroll its page to the position of the page that
 * was beneath the modal.
 */
export const startAtTop = () => {
  history.scrollRestoration = "manual";
  scrollBy(0, -scrollY); // the browser restores its position when it is read
  const finish = () => {
    history.scrollRestoration = "auto"; // for the next reload
  };
  addEventListener("load", () => setTimeout(finish));
};

/**
 * Store where each box is scrolled to, and where the window is at first. Otherwise, Back to a page that was never
 * scrolled would leave the position to the browser, which may choose a wrong one.
 */
export const watchScroll = () => {
  const note = (/** @type {Event} */ { target }) => rememberScroll(target);
  addEventListener("scroll", note, { capture: true, passive: true });
  addEventListener("load", note);
};
