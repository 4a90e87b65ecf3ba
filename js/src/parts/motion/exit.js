// Shows an animation when a dialog closes. Its slot is empty at once, and its nodes are in memory or gone. So a copy of the
// dialog moves out. Pointer, keyboard, scripts and screen readers can't reach the copy, and nothing waits for it.
import { all, attribute, closest, matches } from "../../dom.js";
import { remove, replace, tagOf } from "../nodes.js";

const DIALOG = "dialog[data-pr-modal]:modal";

/** Elements that would load, play or run once more. In the copy, an empty box has the place of each. */
const ALIVE = "iframe, object, embed, video, audio, canvas, [is]";
/** Elements that are not visible, or would be loaded again. The copy lacks them. It keeps each `<style>`. */
const INVISIBLE = "script, link, template";
/** Attributes by which the page, libraries and this script find elements. The copy lacks them. */
const HANDLES =
  /^(id|name|for|form|role|autofocus|on.*|aria-live|[@:#].*|[vx]-.*|(data-)?(hx|bs)-.*|data-pr-(?!slot$|close-on$).*|data-(controller|action).*)$/;

/**
 * What is known only as long as a dialog is on screen.
 *
 * @typedef {{dialog: HTMLElement, slot: string, translate: string, scrolls: Map<Element, [number, number]>, sizes: Map<Element, DOMRect>}} Left
 */

/** The dialogs that have left the screen in this frame. @type {Left[]} */
let left = [];

/** @param {Element} element */
const isAlive = (element) => matches(element, ALIVE) || tagOf(element).includes("-");

/** @param {HTMLElement} dialog @returns {Left} */
const measure = (dialog) => {
  const elements = [dialog, ...all("*", dialog)];
  const scrolled = elements.filter(({ scrollTop, scrollLeft }) => scrollTop || scrollLeft);
  /** @type {HTMLElement | null} */
  const slot = dialog.closest("[data-pr-slot]");
  const { translate } = dialog.style; // of a sheet that was pulled down
  dialog.style.translate = "";
  return {
    dialog,
    slot: slot?.dataset.prSlot ?? "",
    translate,
    scrolls: new Map(scrolled.map((one) => [one, [one.scrollTop, one.scrollLeft]])),
    sizes: new Map(elements.filter(isAlive).map((one) => [one, one.getBoundingClientRect()])),
  };
};

/** @param {Element} element */
const strip = (element) => {
  if (closest(element, "svg")) return; // the parts of an SVG refer to one another
  const { getAttributeNames, removeAttribute } = Element.prototype;
  for (const name of getAttributeNames.call(element))
    if (HANDLES.test(name)) removeAttribute.call(element, name);
};

/** @param {Element} element */
const motionOf = (element) => {
  const { animationName, animationDirection } = getComputedStyle(element);
  return `${animationName} ${animationDirection}`;
};

/** Show a copy of a dialog that has closed, until it has moved out. @param {Left} gone */
const moveOut = ({ dialog, translate, scrolls, sizes }) => {
  const elsewhere = document.implementation.createHTMLDocument(); // in this document, nothing is loaded or run
  const copy = /** @type {HTMLElement} */ (elsewhere.importNode(dialog));
  strip(copy);
  copy.removeAttribute("open");
  Object.assign(copy, { popover: "manual", inert: true, ariaHidden: "true" });
  copy.style.translate = translate;
  document.body.append(copy);
  copy.showPopover?.(); // over dialogs that stay open; browsers without popovers don't show it
  // Other animations of the dialog, such as that of its opening, must not run on the copy.
  const usual = motionOf(copy);
  copy.dataset.prLeaving = "";
  const motions = copy.getAnimations();
  if (motionOf(copy) === usual || !motions.length) return copy.remove();
  const whole = elsewhere.importNode(dialog, true);
  const originals = all("*", dialog);
  const pairs = all("*", whole).map((element, index) => [originals[index], element]);
  for (const [original, element] of pairs) {
    const size = sizes.get(original);
    if (matches(element, INVISIBLE)) remove(element);
    else if (size) {
      const box = elsewhere.createElement("span");
      Object.assign(box.style, {
        display: "inline-block",
        height: `${size.height}px`,
        width: `${size.width}px`,
      });
      box.className = attribute(element, "class") ?? "";
      replace(element, box);
    } else {
      if (matches(element, "dialog")) element.removeAttribute("open");
      strip(element);
    }
  }
  copy.append(...whole.childNodes);
  for (const [original, element] of [[dialog, copy], ...pairs]) {
    const [top, start] = scrolls.get(original) ?? [];
    if (top != null) element.scrollTo({ top, left: start, behavior: "instant" });
  }
  Promise.allSettled(motions.map(({ finished }) => finished)).then(() => copy.remove());
};

addEventListener(
  "parallel-routes:leave",
  ({ target }) => {
    const place = /** @type {HTMLElement} */ (target);
    const dialogs = all(DIALOG, place);
    if (!dialogs.length) return;
    if (!left.length)
      requestAnimationFrame(() => {
        const gone = left;
        left = [];
        for (const one of gone) {
          // The modal stays open, with another page (the next photo) or the same one (a form with errors).
          const stays = document.querySelector(`[data-pr-slot="${one.slot}"] ${DIALOG}`);
          if (!stays && !one.dialog.isConnected) moveOut(one);
        }
      });
    left.push(...dialogs.map(measure));
  },
  true, // before the dialog is closed
);
