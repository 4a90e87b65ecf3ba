// Merges new HTML of the same page into what is on screen (rule S57). The first such response loads this part.
//
// Three things are compared: the HTML that was sent before, the HTML that is sent now, and the page on screen. Only
// differences between the first two change the page, so everything that the user and widgets have done since stays.
// idiomorph and the morph of htmx 4 would undo it, because they know only the page and the new HTML.

import { clear } from "../answers/htmx.js";
import { scrollBox } from "../answers/scrolling.js";
import { CONTROLS, controlsOf, enteredIn, setValue } from "../controls.js";
import { attribute, closest } from "../dom.js";
import { isFour } from "../htmx.js";
import { hooks } from "../parts.js";
import { slotFor, slots } from "../slots.js";
import { isControl } from "./entered.js";
import { BUSY, OFF } from "./matching.js";
import { Merge, refused } from "./merging.js";
import { all, contains, dispatch, fill, htmlOf, parentOf, withAncestors } from "./nodes.js";
import { childWith, inert, linkAll, sentFor, sentOf, shown } from "./sent.js";

/** @typedef {import("../controls.js").Control} Control */
/** @typedef {import("../types.js").Merging} Merging */
/** @typedef {import("../types.js").Slot} Slot */

/** What the user can write in, other than controls. */
const EDITABLE = '[contenteditable]:not([contenteditable="false"])';
/** An element that refreshes its slot when it is loaded does so again only if it is a new element. */
const LOADING =
  '[hx-trigger*="load"][hx-target*="slot"],[data-hx-trigger*="load"][data-hx-target*="slot"]';
const GUARDED = "form[data-pr-guard]";
const BUTTONS = "button,[type=submit],[type=image]";

/** Give an element the content that the server has sent for it. @param {Element} element @param {Element} sent */
const restore = (element, sent) => {
  if (htmlOf(element) === htmlOf(sent)) return;
  const copy = /** @type {Element} */ (document.importNode(sent, true));
  linkAll(sent, all("*", copy));
  fill(element, [...copy.childNodes]);
};

/**
 * Give the controls of a sent form the values that the server has sent, except those that the user has changed since.
 *
 * @param {Slot} slot
 * @param {Merge} merge
 * @param {Merging} options
 */
const resetForm = (slot, merge, { isSafe, status = 200 }) => {
  const { form } = merge;
  if (isSafe || !form || !slot.contains(form)) return;
  const controls = controlsOf(form);
  if (status > 399 || slot.querySelector('[aria-invalid="true"],.errorlist')) {
    refused.add(form);
    for (const control of controls)
      if (control.type !== "file" && merge.entered.wasSent(control)) merge.reset(control);
    return;
  }
  const before = controls.map((control) => ({
    control,
    value: enteredIn(control),
    isKept: control.name && control.type !== "file" && !merge.entered.wasSent(control),
  }));
  HTMLFormElement.prototype.reset.call(form); // widgets listen to this event
  for (const { control, value, isKept } of before) {
    if (isKept) setValue(control, value);
    else if (control.type !== "file") merge.reset(control);
    if (enteredIn(control) !== value) merge.updated.add(control);
  }
  for (const editable of all(EDITABLE, form)) {
    const sent = /** @type {Element | undefined} */ (sentOf.get(editable));
    if (sent?.matches(EDITABLE)) restore(editable, sent);
  }
};

/**
 * Enable the buttons of a sent form that a script has disabled ("Saving …"), and restore their texts. Enable the fields
 * that were sent before a script disabled them. After a load, a document has new buttons and fields.
 *
 * @param {Merge} merge
 */
const release = ({ form, entered: { values } }) => {
  for (const control of form ? all(`fieldset,${BUTTONS},${CONTROLS}`, form) : []) {
    const sent = /** @type {Element | undefined} */ (sentOf.get(control));
    if (!sent || sent.matches("[disabled]") || !control.matches("[disabled]")) continue;
    const isButton = control.matches(BUTTONS);
    const inside = [control, ...all(CONTROLS, control)];
    if (!isButton && !inside.some((one) => values?.has(one))) continue;
    for (const name of isButton ? ["disabled", "class", "value"] : ["disabled"]) {
      const value = sent.getAttribute(name);
      if (value === null) control.removeAttribute(name);
      else control.setAttribute(name, value);
    }
    if (isButton) restore(control, sent);
  }
};

/** Scroll the boxes with changed content to their start. @param {Slot} slot @param {Set<Node>} touched */
const scrollToStart = (slot, touched) => {
  const boxes = /** @type {Set<Element>} */ (withAncestors(touched));
  for (const box of boxes)
    if (
      slot.contains(box) &&
      ["scrollTop", "scrollLeft"].some((name) => Reflect.get(Element.prototype, name, box))
    )
      scrollBox(box, 0, 0);
};

/** Load media again whose sources have changed, because they don't read their sources again. @param {Set<Node>} touched */
const loadMedia = (touched) => {
  for (const media of touched) {
    if (!(media instanceof HTMLMediaElement) || media.src) continue;
    const sources = /** @type {HTMLSourceElement[]} */ ([...media.querySelectorAll("source")]);
    if (!sources.some(({ src }) => src === media.currentSrc)) media.load();
  }
};

/**
 * Let htmx read the new elements, but not their neighbours, in which widgets may have changed what htmx has read.
 *
 * @param {Element[]} added
 */
const processAll = (added) => {
  if (!isFour()) return htmx.process(seemingFragment(added));
  // htmx 4 skips elements that it has read.
  const places = /** @type {Element[]} */ (added.map(parentOf));
  for (const place of new Set(places)) htmx.process(place);
};

/**
 * Return a fragment that seems to contain some elements of the page. For htmx 2, reading one fragment takes less time than
 * reading 1,000 elements.
 *
 * @param {Element[]} elements
 */
const seemingFragment = (elements) => {
  const own = new Set(elements);
  // An element may have removed itself when it was inserted.
  const parents = elements.flatMap((one) => /** @type {Element | null} */ (parentOf(one)) ?? []);
  const places = [...new Set(parents)];
  const find = (/** @type {string} */ selector) =>
    places.flatMap((place) =>
      all(selector, place).filter((one) =>
        own.has(/** @type {Element} */ (childWith(one, place))),
      ),
    );
  /** @type {any} */
  const fragment = document.createDocumentFragment();
  return Object.defineProperties(fragment, {
    childNodes: { value: elements },
    querySelectorAll: { value: find },
  });
};

/** What a user may have changed the state of. */
const STATEFUL = `${CONTROLS},details,${EDITABLE}`;

/** The elements in a slot that have a state, in the order in which the server has sent them. @param {Slot} slot */
const statefulIn = (slot) =>
  all(STATEFUL, sentFor(slot)).map(
    (sent) => /** @type {HTMLElement | undefined} */ (shown.get(sent)),
  );

/** What is entered or written in an element, or whether it is open. @param {HTMLElement} element */
const stateOf = (element) => {
  if (isControl(element)) return enteredIn(element);
  return element instanceof HTMLDetailsElement ? `${element.open}` : htmlOf(element);
};

/** @param {HTMLElement} element @param {string} state */
const setState = (element, state) => {
  if (isControl(element)) return setValue(element, state);
  if (element instanceof HTMLDetailsElement) element.open = state === "true";
  else if (htmlOf(element) !== state) Reflect.set(Element.prototype, "innerHTML", state, element);
};

hooks.takeCopy = (slot) => ({
  html: sentFor(slot)?.innerHTML ?? "",
  values: statefulIn(slot).map((element) => element && stateOf(element)),
});

hooks.showCopy = (slot, { html, values }) => {
  const content = inert.createElement("div");
  content.innerHTML = html; // its scripts don't run
  const { added = [] } = hooks.merge?.(slot, content, { isOther: true, isSafe: true }) ?? {};
  for (const element of added) dispatch("enter", element, { restored: false });
  for (const [place, element] of statefulIn(slot).entries()) {
    const value = values[place];
    if (!element || value === undefined || element.matches("[type=file]")) continue;
    if (setState(element, value)) dispatch("update", element, { restored: true });
  }
  dispatch("update", slot, { restored: true });
};

hooks.canMerge = (slot) => !!sentFor(slot);

/** What names a guarded form: its slot, its page and its action. @param {Element} form */
const nameOf = (form) => {
  const { dataset } = /** @type {HTMLElement} */ (closest(form, "[data-pr-slot]"));
  const page = dataset.prSrc?.split("?")[0];
  return `${[dataset.prSlot, dataset.prVariant, page, attribute(form, "action")]}`;
};

hooks.keepsForms = (slot, element) => {
  const coming = all(`${GUARDED}:not(${OFF},${OFF} *)`, element).map(nameOf);
  const busy = all(BUSY, element).map(slotFor);
  return all(GUARDED, slot).every(
    (form) =>
      coming.includes(nameOf(form)) || busy.some((inner) => inner && contains(inner, form)),
  );
};

hooks.merge = (slot, content, options) => {
  const sent = /** @type {Element} */ (sentFor(slot));
  const { activeElement } = document;
  const { source, refreshed } = options;
  const merge = new Merge(slot, options, sent, content);
  release(merge);
  for (const one of all(LOADING, sent))
    if (!one.firstElementChild) one.setAttribute("data-pr-morph", "false");
  merge.children(sent, content, slot);
  merge.moves.end();
  loadMedia(merge.touched);
  resetForm(slot, merge, options);
  if (merge.gone.firstChild) clear(merge.bin); // before htmx reads the new elements: both may use the same connection
  for (const element of merge.changed) htmx.process(element, true);
  if (merge.added.length) processAll(merge.added);
  if (options.isOther) scrollToStart(slot, merge.touched);
  if (activeElement !== document.activeElement && slot.contains(activeElement))
    /** @type {HTMLElement} */ (activeElement).focus({ preventScroll: true });
  const { added, updated } = merge;
  const isNew = (/** @type {Element} */ one) => added.some((element) => contains(element, one));
  // The user has clicked, and does not go on typing.
  if (source && !refreshed && !(activeElement && isControl(activeElement)))
    all("[autofocus]", slot).find(isNew)?.focus();
  return { added, updated }; // the merge itself would keep removed nodes in memory
};

// While nobody waits, link what has arrived, so that the next merge need not do it.
document.addEventListener("parallel-routes:settle", () =>
  globalThis.requestIdleCallback?.(() => slots().forEach(sentFor)),
);
