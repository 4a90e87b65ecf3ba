// Ignores the second click of a double click, and keys that are held down, if the screen has changed since the first
// click. The user does not mean to click in a modal that has just opened, nor beneath a modal that has just closed, nor on
// another link in the same place. A form is sent once. Quick clicks on "Next" all count.
import { all, closest } from "../dom.js";
import { inFlight } from "../navigation.js";
import { hooks } from "../parts.js";
import { gestures } from "../requests.js";
import { SLOT } from "../slots.js";

/** What was on screen when the gesture began. @type {{[name: string]: any}} */
let began = {};
let isRepeated = false;
let isMouse = false;

/** Note that the gesture has sent a form, or that sending it has failed. */
export const noteSubmit = (hasSent = true) => {
  began.hasSent = hasSent;
};

/** Forget the gesture: the user has answered a question, so the next click is a new gesture. */
export const forgetGesture = () => {
  began = {};
};

const openModals = () =>
  all(`${SLOT} dialog:modal`)
    .map((dialog) => dialog.closest(SLOT)?.id)
    .join();

/** @param {Event} event */
const controlAt = ({ target }) =>
  target instanceof Element
    ? closest(target, "a,button,input,select,textarea,summary,label")
    : null;

/** @param {Element | null | undefined} control */
const labelOf = (control) => control && (control.ariaLabel ?? control.textContent?.trim());

/** @param {any} event */
const onGesture = (event) => {
  const { type, isTrusted, detail, repeat, key, timeStamp, clientX, clientY, pointerType } = event;
  if (type === "pointerdown") {
    isMouse = pointerType === "mouse";
    return;
  }
  const isKey = type === "keydown";
  const control = controlAt(event);
  const label = labelOf(control);
  if (type !== "click") {
    const { time, x, y } = began;
    // All browsers count the clicks of a mouse, but not all count taps.
    const isNear = timeStamp - time < 500 && Math.hypot(clientX - x, clientY - y) < 10;
    isRepeated = isKey ? repeat : detail > 1 || (isNear && !isMouse);
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
  Object.assign(hooks, { gesture: onGesture, noteSubmit });
  for (const event of gestures.splice(0)) onGesture(event);
  if ([...inFlight].some(({ isSafe }) => isSafe === false)) noteSubmit();
};
