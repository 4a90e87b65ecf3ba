// A double click, or a key that is held down, is meant for what was there when it began: not for the modal that
// it has opened, for what lies beneath the one that it has closed, or for another link that has come to its
// place. And it sends a form once. Quick clicks on "Next" are several.
import { all } from "./dom.js";
import { SLOT } from "./slots.js";

/** What was there when the gesture began. @type {{[name: string]: any}} */
let began = {};
let isRepeated = false;

/** The gesture has sent a form, or that has failed. */
export const noteSubmit = (hasSent = true) => {
  began.hasSent = hasSent;
};

/** Whatever comes next is a gesture of its own: it follows a question. */
export const forgetGesture = () => {
  began = {};
};

const openModals = () =>
  all(`${SLOT} dialog:modal`)
    .map((dialog) => dialog.closest(SLOT)?.id)
    .join();

/** @param {Event} event */
const controlAt = ({ target }) =>
  /** @type {Element} */ (target).closest?.("a,button,input,select,textarea,summary,label");

/** @param {Element | null | undefined} control */
const labelOf = (control) => control && (control.ariaLabel ?? control.textContent?.trim());

/** @param {any} event */
const onGesture = (event) => {
  const { type, isTrusted, detail, repeat, key, timeStamp, clientX, clientY } = event;
  const isKey = type === "keydown";
  const control = controlAt(event);
  const label = labelOf(control);
  if (type !== "click") {
    const { time, x, y } = began;
    const isNear = timeStamp - time < 500 && Math.hypot(clientX - x, clientY - y) < 10; // taps
    isRepeated = isKey ? repeat : detail > 1 || isNear;
    if (!isRepeated)
      began = { modals: openModals(), control, label, time: timeStamp, x: clientX, y: clientY };
  }
  if (!isRepeated || !isTrusted || (isKey && key !== "Enter" && key !== "Escape")) return;
  const isOther = control !== began.control && label !== began.label;
  if (!isOther && !began.hasSent && began.modals === openModals()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

export const watchGestures = () => {
  for (const type of ["mousedown", "click", "keydown"]) addEventListener(type, onGesture, true);
};
