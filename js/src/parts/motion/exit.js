// Lets a dialog leave with an animation. The slot is empty at once, and its nodes belong to the memory or are gone. So
// it is a copy that moves: nobody can reach it by pointer, keyboard, script or screen reader, and nothing waits for it.
import { all, attribute, closest, matches } from "../../dom.js";
import { remove, replace, tagOf } from "../nodes.js";

const DIALOG = "dialog[data-pr-modal]:modal";

/** What would load, play or run once more: a box of the same size stands for each. */
const ALIVE = "iframe, object, embed, video, audio, canvas, [is]";
/** What is not seen, or would be loaded again. A `<style>` stays: it is for what is around it. */
const INVISIBLE = "script, link, template";
/** What the page, its libraries and this script find elements by: the copy is none of theirs. */
const HANDLES =
  /^(id|name|for|form|role|autofocus|on.*|aria-live|[@:#].*|[vx]-.*|(data-)?(hx|bs)-.*|data-pr-(?!slot$|close-on$).*|data-(controller|action).*)$/;

/**
 * What only a dialog on screen tells.
 *
 * @typedef {{dialog: HTMLElement, slot: string, translate: string, scrolls: Map<Element, [number, number]>, sizes: Map<Element, DOMRect>}} Left
 */

/** @type {Left[]} */
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
  if (closest(element, "svg")) return; // its parts name one another
  const { getAttributeNames, removeAttribute } = Element.prototype;
  for (const name of getAttributeNames.call(element))
    if (HANDLES.test(name)) removeAttribute.call(element, name);
};

/** @param {Element} element */
const motionOf = (element) => {
  const { animationName, animationDirection } = getComputedStyle(element);
  return `${animationName} ${animationDirection}`;
};

/** Show a copy of a dialog that is gone, until it has moved out. @param {Left} gone */
const moveOut = ({ dialog, translate, scrolls, sizes }) => {
  const elsewhere = document.implementation.createHTMLDocument(); // where no element comes to life
  const copy = /** @type {HTMLElement} */ (elsewhere.importNode(dialog));
  strip(copy);
  copy.removeAttribute("open");
  Object.assign(copy, { popover: "manual", inert: true, ariaHidden: "true" });
  copy.style.translate = translate;
  document.body.append(copy);
  copy.showPopover?.(); // over the dialogs that stay; without popovers, it is not seen
  // What moves any such dialog, as it comes or all the time, would show it once more.
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
          // Another page of the same modal, such as the next photo, or the same form with its errors.
          const stays = document.querySelector(`[data-pr-slot="${one.slot}"] ${DIALOG}`);
          if (!stays && !one.dialog.isConnected) moveOut(one);
        }
      });
    left.push(...dialogs.map(measure));
  },
  true, // before it is closed
);
