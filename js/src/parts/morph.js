// Merges what the server renders again for the same page into what is on screen (rule S57). The first such answer
// loads this part.
//
// Three things are compared: what was sent before, what is sent now, and what the page has become. Only what
// differs between the first two is changed, so whatever the user and widgets have done since stays. A morph that
// knows the page and what comes alone, as idiomorph and that of htmx 4, would undo it.
import { CONTROLS, controlsOf, enteredIn, formOf, resetControl, setValue } from "../controls.js";
import { all, dispatch } from "../dom.js";
import { core } from "./core.js";
import { inert, isControl, Merge } from "./merging.js";
import { sentFor } from "./sent.js";

const { clear, hooks, scrollBox } = core;

/** @typedef {import("../controls.js").Control} Control */
/** @typedef {import("../types.js").Merging} Merging */
/** @typedef {import("../types.js").Slot} Slot */

/** Let the controls of a form that was sent take what the server has sent. @param {Slot} slot @param {Merging} options */
const resetForm = (slot, { source, values = new Map(), isSafe, status = 200 }) => {
  const form = source && formOf(source);
  if (isSafe || !form || !slot.contains(form) || !values.size) return;
  const isWrong = status > 399 || slot.querySelector('[aria-invalid="true"],.errorlist');
  for (const control of controlsOf(form))
    if (values.get(control) === enteredIn(control) && !(isWrong && control.type === "file"))
      resetControl(control);
};

/** Scroll what has other things in it to its start. @param {Slot} slot @param {Set<Node>} touched */
const scrollToStart = (slot, touched) => {
  const boxes = new Set();
  for (const node of touched)
    for (
      let box = /** @type {Node | null} */ (node);
      box && box !== slot.parentNode;
      box = box.parentNode
    ) {
      if (boxes.has(box)) break;
      boxes.add(box);
    }
  for (const box of boxes) if (box.scrollTop || box.scrollLeft) scrollBox(box, 0, 0);
};

/** The controls that have a value of the user's, each with its name and its place among those of that name. @param {Slot} slot */
const namedControls = (slot) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return all(CONTROLS, slot)
    .filter((element) => isControl(element) && element.type !== "file")
    .map((element) => {
      const control = /** @type {Control} */ (element);
      const name = `${control.name} ${control.id}`;
      const place = counts.get(name) ?? 0;
      counts.set(name, place + 1);
      return { control, name, place };
    });
};

hooks.takeCopy = (slot) => ({
  html: sentFor(slot)?.innerHTML ?? "",
  values: namedControls(slot).map((one) => ({ ...one, value: enteredIn(one.control) })),
});

hooks.showCopy = (slot, { html, values }) => {
  const content = inert.createElement("div");
  content.innerHTML = html; // its scripts don't run
  const added = hooks.merge?.(slot, content, { isOther: true, isSafe: true });
  const there = namedControls(slot);
  for (const { control, name, place, value } of values) {
    const same = slot.contains(control)
      ? control
      : there.find((one) => one.name === name && one.place === place)?.control;
    if (same) setValue(/** @type {Control} */ (same), value);
  }
  for (const element of added ?? []) dispatch("enter", element, { restored: false });
  dispatch("update", slot, { restored: true });
};

hooks.canMerge = (slot) => !!sentFor(slot);

hooks.merge = (slot, content, options) => {
  const sent = /** @type {Element} */ (sentFor(slot));
  const { activeElement } = document;
  const merge = new Merge(options, content);
  merge.children(sent, content, slot);
  resetForm(slot, options);
  if (merge.gone.firstChild) clear(merge.gone);
  for (const element of merge.changed) htmx.process(element, true);
  for (const element of merge.added) htmx.process(element);
  if (options.isOther) scrollToStart(slot, merge.touched);
  if (activeElement !== document.activeElement && slot.contains(activeElement))
    /** @type {HTMLElement} */ (activeElement).focus({ preventScroll: true });
  return merge.added;
};
