// Changes on screen what differs between the HTML that was sent before and the HTML that is sent now.

import { describe } from "../answers/changes.js";
import { noteSent } from "../bases.js";
import { defaultOf, enteredIn, formOf, setValue } from "../controls.js";
import { matches } from "../dom.js";
import { dropRendering } from "../slots.js";
import { changeAttributes } from "./attributes.js";
import { exchange, isExchange } from "./exchanging.js";
import { growing } from "./growing.js";
import { idOf, isLike, isTwin, OFF, PRESERVED, pair } from "./matching.js";
import { Moves } from "./moves.js";
import {
  all,
  contains,
  dispatch,
  fill,
  insert,
  isElement,
  isEqual,
  isInPage,
  isText,
  move,
  nodesOf,
  parentOf,
  remove,
  replace,
  tagOf,
} from "./nodes.js";
import { childWith, inert, link, linkAll, linkTexts, sentFor, sentOf, shown } from "./sent.js";

/** @typedef {import("../controls.js").Control} Control */
/** @typedef {import("../types.js").Merging} Merging */
/** @typedef {import("../types.js").Slot} Slot */

/** Two nodes that look equal may differ in these, or are to be replaced. */
const SPECIAL = `template,[data-pr-slot],${OFF}`;
/** What htmx has read, and must read again. */
const READ = /^(data-)?hx-|^(href|action|method|target|download)$/;
/** What has a state that belongs to what it shows. */
const STATEFUL = "details[open],dialog[open],audio,video,iframe,canvas,object,:focus";

/** @param {Element} element @returns {element is Control} */
const isControl = (element) => /^(input|select|textarea)$/.test(tagOf(element));

/** A control as the server has sent it: widgets may have changed its attributes. @param {Control} control */
const serverOf = (control) => /** @type {Control} */ (sentOf.get(control) ?? control);

/** The controls that have one value together: the radio buttons of one name in a form. @param {Control} control */
const groupOf = (control) => {
  const { type, name, form } = control;
  if (type !== "radio" || !name) return [control];
  const same = /** @type {Control[]} */ (all(`input[name="${CSS.escape(name)}"]`));
  return same.filter((one) => one.type === type && one.form === form);
};

/** @param {Control} control */
const isEdited = (control) =>
  groupOf(control).some((one) => enteredIn(one) !== defaultOf(serverOf(one)));

/** Forms that have come back with errors: they stay until they are sent again. @type {WeakSet<Element>} */
export const refused = new WeakSet();

/** One merge. */
export class Merge {
  /** @type {Element[]} */
  added = [];
  /** What htmx must read again. @type {Set<Element>} */
  changed = new Set();
  /** Where something has come, gone or changed. @type {Set<Node>} */
  touched = new Set();
  /** The controls that have another value. @type {Set<Element>} */
  updated = new Set();
  /** What has gone, to be cleaned up by htmx. */
  gone = document.createElement("div");
  /** @type {Map<Element, boolean>} */
  states = new Map();

  /** @param {Merging} options @param {ParentNode} sent @param {ParentNode} content */
  constructor({ source, values, isOther }, sent, content) {
    this.form = source && formOf(source);
    this.values = values;
    this.isOther = isOther;
    this.sent = sent;
    this.moves = new Moves(sent, content);
    this.hasSpecial = !!content.querySelector(SPECIAL);
    this.hasPreserved = !!content.querySelector(PRESERVED);
  }

  /** Whether what the user has entered was sent, and has not changed since. @param {Control} control */
  wasSent(control) {
    const sent = groupOf(control).filter((one) => one === control || !one.disabled);
    return sent.every((one) => this.values?.get(one) === enteredIn(one));
  }

  /** Let a control have what the server has sent. @param {Control} control */
  reset(control) {
    if (setValue(control, defaultOf(serverOf(control)))) this.updated.add(control);
  }

  /**
   * Whether a node that nothing tells from others may become another one, with its state.
   *
   * @type {Parameters<typeof pair>[2]}
   */
  mayBecome(sent, coming, { isOnly, isItem, isNamed }) {
    const node = shown.get(sent);
    if (!node || !isElement(node)) return true;
    if (!isItem && isOnly) return true;
    if (this.isOther && isNamed) return false;
    if (!this.hasState(node)) return !isNamed || !isItem;
    return !this.isOther && isLike(sent, coming);
  }

  /** Whether a node has a state that another one like it may take over. @param {Node} sent */
  mayTakeOver(sent) {
    const node = shown.get(sent);
    return !this.isOther && !!node && isElement(node) && this.hasState(node);
  }

  /** Whether what an element shows has been changed by the user, or goes on by itself. @param {Element} element */
  hasState(element) {
    const known = this.states.get(element);
    if (known !== undefined) return known;
    const elements = [element, ...all("*", element)];
    const hasState =
      all(STATEFUL, element).length > 0 ||
      matches(element, STATEFUL) ||
      elements.some((one) => tagOf(one).includes("-") || (isControl(one) && isEdited(one)));
    this.states.set(element, hasState);
    return hasState;
  }

  /** @param {ParentNode & Node} sent @param {ParentNode & Node} coming @param {Node} place */
  children(sent, coming, place) {
    /** @type {Node[][]} */
    const [before, after] = [[...nodesOf(sent)], [...nodesOf(coming)]];
    linkTexts(before, place);
    if (before.length === 1 && after.length === 1 && isText(before[0]) && isText(after[0]))
      return this.node(before[0], after[0]);
    const pairs = pair(
      before,
      after,
      (...about) => this.mayBecome(...about),
      (one) => this.mayTakeOver(one),
    );
    this.pairOwn(after, pairs, place);
    if (isExchange(this, sent, coming, place, pairs)) return exchange(this, sent, coming, place);
    const kept = new Set(pairs.values());
    for (const node of before) if (!kept.has(node)) this.remove(node, place);
    const places = new Map(before.map((node, number) => [node, number]));
    const staying = growing(
      after.map((node) => places.get(/** @type {Node} */ (pairs.get(node))) ?? -1),
    );
    /** What each goes before. @type {(Node | null)[]} */
    const next = [];
    for (let number = after.length - 1, node = null; number >= 0; number -= 1) {
      next[number] = node;
      const old = staying.has(number) && pairs.get(after[number]);
      if (old) node = childWith(shown.get(old), place) ?? node;
    }
    const now = after.map((node, number) => {
      const old = pairs.get(node);
      const following = next[number];
      const anchor = following && parentOf(following) === place ? following : null;
      if (!old) return this.add(node, place, anchor);
      const child = !staying.has(number) && childWith(shown.get(old), place);
      if (child && child !== anchor) this.move(child, place, anchor);
      this.node(old, node);
      return old;
    });
    if (now.length === before.length && now.every((node, number) => node === before[number]))
      return;
    fill(sent, now);
  }

  /**
   * Pair what comes with what a script has made of the same ids or names, as if that had been sent: the row that a
   * button has added to a formset comes back with its errors.
   *
   * @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
   */
  pairOwn(after, pairs, place) {
    const own = [...nodesOf(place)].filter((node) => isElement(node) && !sentOf.has(node));
    for (const node of own.length ? after : []) {
      if (pairs.has(node) || !isElement(node)) continue;
      const twin = /** @type {Element | undefined} */ (
        own.find((one) => isTwin(/** @type {Element} */ (one), node))
      );
      if (!twin || all("*", twin).some((one) => sentOf.has(one))) continue;
      const copy = /** @type {Element} */ (inert.importNode(twin, true));
      link(copy, twin);
      linkAll(copy, all("*", twin));
      own.splice(own.indexOf(twin), 1);
      pairs.set(node, copy);
    }
  }

  /** @param {Node} sent @param {Node} coming */
  node(sent, coming) {
    const node = shown.get(sent);
    if (!isElement(sent) || !isElement(coming)) {
      if (sent.nodeValue === coming.nodeValue) return;
      sent.nodeValue = coming.nodeValue;
      if (!node) return;
      node.nodeValue = coming.nodeValue;
      this.touch(parentOf(node));
      return;
    }
    if (!node || !isElement(node) || matches(coming, `script,${PRESERVED}`)) return;
    if (refused.has(node) && node !== this.form) return;
    refused.delete(node);
    if (matches(coming, "[data-pr-slot]")) return this.slot(/** @type {Slot} */ (node), coming);
    const hasSpecial =
      this.hasSpecial && (matches(coming, SPECIAL) || all(SPECIAL, coming).length > 0);
    if (!hasSpecial && isEqual(sent, coming)) return;
    const control = isControl(node) && node.type !== "file" ? node : undefined;
    const isKept = control && isEdited(control) && !this.wasSent(control);
    const entered = isKept ? groupOf(control).map((one) => ({ one, value: enteredIn(one) })) : [];
    this.attributes(sent, coming, node);
    this.children(sent, coming, node);
    for (const { one, value } of entered) setValue(one, value);
    if (control && !isKept) this.reset(control);
    if (control?.options && this.touched.has(control)) this.updated.add(control);
  }

  /** @param {Element} sent @param {Element} coming @param {Element} element */
  attributes(sent, coming, element) {
    const names = changeAttributes(sent, coming, element);
    if (names.some((name) => READ.test(name))) this.changed.add(element);
    if (names.length && tagOf(element) === "source") this.touch(parentOf(element));
  }

  /** A slot in a layout: it is merged or replaced by itself. @param {Slot} slot @param {Element} coming */
  slot(slot, coming) {
    const { dataset } = /** @type {HTMLElement} */ (coming);
    const sent = "prSame" in dataset && !slot.dataset.prState && sentFor(slot);
    const { isOther } = this;
    this.isOther = slot.dataset.prSrc !== dataset.prSrc;
    if (!sent) dispatch("leave", slot);
    dropRendering(slot);
    describe(slot, dataset);
    if (sent) this.children(sent, coming, slot);
    else {
      this.gone.append(...slot.childNodes);
      noteSent(slot, coming);
      slot.append(...coming.childNodes);
      this.added.push(slot);
    }
    this.isOther = isOther;
  }

  /** @param {Node} node @param {Node} place @param {Node | null} anchor */
  add(node, place, anchor) {
    const old = this.moves.origin(node);
    if (old) return this.bring(old, node, place, anchor);
    const copy = inert.importNode(node, true);
    this.touch(place);
    link(copy, node);
    if (!isElement(node) || !isElement(copy)) {
      insert(place, node, anchor);
      return copy;
    }
    linkAll(copy, all("*", node));
    insert(place, node, anchor);
    this.added.push(node);
    if (this.moves.areNone && !this.hasPreserved) return copy;
    for (const one of [node, ...all("[id]", node)]) {
      const sent = /** @type {Element} */ (sentOf.get(one));
      if (!idOf(one) || !sent || !contains(node, one)) continue;
      const old = this.moves.origin(one);
      const parent = /** @type {Node} */ (parentOf(one));
      if (old) {
        replace(sent, this.bring(old, one, parent, one));
        remove(one);
      } else if (matches(one, PRESERVED)) this.preserve(one, sent);
    }
    return copy;
  }

  /** Let what `hx-preserve` keeps take its place. @param {Element} element @param {Element} sent */
  preserve(element, sent) {
    const same = `[id="${idOf(element)}"]`;
    const kept = [...all(same), ...all(same, this.gone)].find((other) => other !== element);
    if (!kept) return;
    link(sent, kept);
    this.move(kept, /** @type {Node} */ (parentOf(element)), element);
    remove(element);
  }

  /** @param {Node} sent @param {Node} place */
  remove(sent, place) {
    if (isElement(sent)) this.moves.park(sent);
    const node = shown.get(sent);
    if (!node || !isInPage(node) || this.moves.isParked(node)) return;
    this.touch(place);
    if (isElement(node)) dispatch("leave", node);
    // With a wrapper that a widget has made for it alone.
    const wrapper = childWith(node, place);
    const isIts =
      wrapper &&
      wrapper !== node &&
      isElement(wrapper) &&
      !all("*", wrapper).some((one) => sentOf.has(one) && !contains(node, one));
    this.gone.append(isIts ? wrapper : node);
  }

  /** Let an element that was sent elsewhere come to its new place. @param {Element} sent @param {Node} coming @param {Node} place @param {Node | null} anchor */
  bring(sent, coming, place, anchor) {
    this.sent.append(sent); // it does not get into itself
    this.move(/** @type {Node} */ (shown.get(sent)), place, anchor);
    this.node(sent, coming);
    return sent;
  }

  /** @param {Node} node @param {Node} place @param {Node | null} anchor */
  move(node, place, anchor) {
    this.touch(place);
    move(node, place, anchor);
  }

  /** @param {Node | null} place */
  touch(place) {
    if (place) this.touched.add(place);
  }
}
