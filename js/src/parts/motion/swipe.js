// Closes a sheet (a modal on a phone) when the user pulls it down.
import { closest, matches } from "../../dom.js";

const SHEET =
  'dialog.parallel-routes-modal[data-pr-close-on~="escape"]:not(.parallel-routes-drawer):modal';
const PHONE = matchMedia("(max-width: 40rem)");
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
/** How long a sheet that was not pulled far takes to move back, in milliseconds. */
const DURATION = 180;

/** @type {{sheet: HTMLElement, x: number, y: number, by: number, at: number, isPulled: boolean} | undefined} */
let pull;

/** Whether an element between a touched element and the sheet is scrolled, or can be dragged. @param {Element} element @param {Element} sheet */
const isBusy = (element, sheet) => {
  for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
    if (one.scrollTop > 0 || matches(one, "input, textarea, select, [contenteditable]"))
      return true;
    if (one === sheet) return false;
  }
};

addEventListener(
  "touchstart",
  ({ target, touches, timeStamp: at }) => {
    if (!touches.length) return; // a script has fired it
    const [{ clientX: x, clientY: y }] = touches;
    const element = /** @type {Element} */ (target);
    const sheet = closest(element, SHEET);
    const isFree = sheet && touches.length === 1 && PHONE.matches && !isBusy(element, sheet);
    pull = isFree ? { sheet, x, y, by: 0, at, isPulled: false } : undefined;
  },
  { passive: true },
);

addEventListener(
  "touchmove",
  (event) => {
    if (!pull) return;
    const [{ clientX, clientY }] = event.touches;
    pull.by = clientY - pull.y;
    if (!pull.isPulled && (pull.by <= 0 || Math.abs(clientX - pull.x) > pull.by)) {
      pull = undefined; // the user scrolls, or swipes to the side
      return;
    }
    pull.isPulled = true;
    event.preventDefault();
    pull.sheet.style.translate = `0 ${Math.max(0, pull.by)}px`;
  },
  { passive: false },
);

/** @param {TouchEvent} event */
const onEnd = ({ type, timeStamp }) => {
  if (!pull?.isPulled) return;
  const { sheet, by, at } = pull;
  pull = undefined;
  const isFar = by > sheet.offsetHeight / 3 || (by > 30 && by / (timeStamp - at) > 0.4);
  const back = () => {
    const { translate } = sheet.style;
    if (!translate) return;
    sheet.style.translate = "";
    const duration = STILL.matches ? 0 : DURATION;
    sheet.animate({ translate: [translate, "0 0"] }, { duration, easing: "ease-out" });
  };
  if (type !== "touchend" || !isFar) return back();
  // If the user does not leave unsaved input, the sheet moves back.
  document.addEventListener(
    "parallel-routes:before-leave",
    (event) => queueMicrotask(() => event.defaultPrevented && back()),
    { once: true },
  );
  setTimeout(back, 2000); // also if the sheet is still open, because no response has arrived
  sheet.dispatchEvent(new Event("cancel", { cancelable: true })); // as Esc does; then exit.js moves the sheet
};
addEventListener("touchend", onEnd);
addEventListener("touchcancel", onEnd);
