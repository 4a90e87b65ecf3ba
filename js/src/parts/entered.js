// Knows what the user has entered and changed in a slot, as it was before a merge.
import { CONTROLS, defaultOf, enteredIn, setValue } from "../controls.js";
import { matches } from "../dom.js";
import { all, contains, htmlOf, isInPage, listed, tagOf, withAncestors } from "./nodes.js";
import { sentOf, shown } from "./sent.js";

/** @typedef {import("../controls.js").Control} Control */

/** @param {Element} element @returns {element is Control} */
export const isControl = (element) => /^(input|select|textarea)$/.test(tagOf(element));

/** The value of a control as the server has sent it. Widgets may have changed its attributes since. @param {Control} control */
export const sentIn = (control) =>
  defaultOf(/** @type {Control} */ (sentOf.get(control) ?? control));

/** @param {Control} control */
const differs = (control) => enteredIn(control) !== sentIn(control);

/** Elements that always have a state. */
const STATEFUL = /-|^(audio|canvas|iframe|object|video)$/;

/** Whether an element has a state that must not go to other content. @param {Element} element */
const isStateful = (element) => {
  const tag = tagOf(element);
  if (tag === "details" || tag === "dialog")
    return /** @type {HTMLDialogElement} */ (element).open;
  return isControl(element) ? differs(element) : STATEFUL.test(tag);
};

/** Whether the user has written in an element, or a script has changed it. @param {Element} element */
const isWritten = (element) => {
  const sent = sentOf.get(element);
  return !!sent && htmlOf(element) !== htmlOf(sent);
};

/** Whether a popover is open. Old browsers know no popovers. @param {HTMLElement} element */
const isOpen = (element) => !!element.popover && matches(element, ":popover-open");

/** Whether the user is in an element, or has entered something in it. @param {Element} element */
export const isInUse = (element) =>
  contains(element, document.activeElement) ||
  /** @type {Control[]} */ (all(CONTROLS, element)).some(differs);

/** The radio buttons on the page, in groups: those of one name in one form have one value. */
const radioGroups = () => {
  /** @type {Map<Element | null, Map<string, Control[]>>} */
  const forms = new Map();
  for (const radio of /** @type {Control[]} */ (all("input[type=radio]"))) {
    const { form, name } = radio;
    const names = forms.get(form) ?? new Map();
    const group = (name && names.get(name)) || [];
    group.push(radio);
    forms.set(form, names.set(name || radio, group));
  }
  return [...forms.values()].flatMap((names) => [...names.values()]);
};

/** What the user has entered and changed. */
export class Entered {
  /** @type {Map<Element, {chosen?: Control, isEdited: boolean, wasSent: boolean}>} */
  #groups = new Map();
  /** @type {Set<Node> | undefined} */
  #states;

  /** @param {Element} slot @param {Map<Element, string>} [values] what was sent with a form */
  constructor(slot, values) {
    this.slot = slot;
    this.values = values;
    for (const radios of radioGroups()) {
      const group = {
        chosen: radios.find(({ checked }) => checked),
        isEdited: radios.some(differs),
        wasSent: radios.every((one) => one.disabled || this.#wasSent(one)),
      };
      for (const radio of radios) this.#groups.set(radio, group);
    }
  }

  /** @param {Control} control */
  #wasSent(control) {
    return this.values?.get(control) === enteredIn(control);
  }

  /** Whether the user's input was sent, and has not changed since. @param {Control} control */
  wasSent(control) {
    return this.#wasSent(control) && (this.#groups.get(control)?.wasSent ?? true);
  }

  /**
   * For a control with input that was not sent, return a function that restores this input, or the choice of its group.
   *
   * @param {Control} control
   */
  keep(control) {
    const group = this.#groups.get(control);
    if (!(group?.isEdited ?? differs(control)) || this.wasSent(control)) return;
    const { chosen } = group ?? {};
    const value = enteredIn(control);
    return () => (chosen ? setValue(chosen, "true") : setValue(control, value));
  }

  /** Let a control, and the radio buttons of its group, have the value that the server has sent. @param {Control} control */
  giveUp(control) {
    const group = this.#groups.get(control);
    if (group) group.isEdited = false;
  }

  /**
   * Whether a node has a state, from the user or by itself (a video). For another query, the focus does not count: it is on
   * a link in the slot, whose text changes.
   *
   * @param {Node} sent @param {boolean} isOther
   */
  hasState(sent, isOther) {
    const node = shown.get(sent);
    if (!node) return false;
    if (!isOther && contains(node, document.activeElement)) return true;
    this.#states ??= withAncestors([
      ...listed(this.slot.getElementsByTagName("*")).filter(isStateful),
      ...all("[contenteditable],[popover]", this.slot).filter(
        (one) => isOpen(one) || isWritten(one),
      ),
    ]);
    // The last case is an element that a widget has moved out of the slot.
    return this.#states.has(node) || (isInPage(node) && !contains(this.slot, node));
  }
}
