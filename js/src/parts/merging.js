// Changes on screen what differs between the HTML that the server sent before and the HTML that it sends now.

import { describe } from "../answers/changes.js";
import { noteSent } from "../bases.js";
import { formOf, setValue } from "../controls.js";
import { matches } from "../dom.js";
import { hooks } from "../parts.js";
import { dropRendering } from "../slots.js";
import { changeAttributes } from "./attributes.js";
import { Entered, isControl, sentIn } from "./entered.js";
import { growing } from "./growing.js";
import { idOf, OFF, PRESERVED, pair } from "./matching.js";
import { MOVING, Moves } from "./moves.js";
import {
  all,
  changeText,
  contains,
  dispatch,
  fill,
  htmlOf,
  insert,
  isElement,
  isEqual,
  isInPage,
  isSpace,
  isText,
  listed,
  move,
  nodesOf,
  parentOf,
  remove,
  replace,
  tagOf,
  withAncestors,
} from "./nodes.js";
import { pairGone, pairOwn } from "./own.js";
import {
  childWith,
  inert,
  link,
  linkAll,
  linkLater,
  linkTexts,
  sentFor,
  sentOf,
  shown,
} from "./sent.js";

/** @typedef {import("../controls.js").Control} Control */
/** @typedef {import("../types.js").Merging} Merging */
/** @typedef {import("../types.js").Slot} Slot */

/** Nodes with these elements may differ although they seem equal, or must be replaced. */
const SPECIAL = `template,[data-pr-slot],${OFF}`;
/** Scripts that may have changed the page before the package's script ran. */
const INLINE = "script:not([src],[type*=json])";
/** Attributes that htmx has read. If one changes, htmx must read it again. */
const READ = /^(data-)?hx-|^(href|action|method|target|download)$/;

/** Whether a node is neither space nor a comment: htmx removes comments from a response. @param {Node} node */
const isContent = (node) => isElement(node) || (isText(node) && !isSpace(node));

/** A function that returns the number of a node in a list, or -1. @param {Node[]} nodes */
const numberIn = (nodes) => {
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  return (/** @type {Node | null | undefined} */ node) => (node && numbers.get(node)) ?? -1;
};

/** Forms that have come back with errors. They stay as they are until they are sent again. @type {WeakSet<Element>} */
export const refused = new WeakSet();

/** What was sent for slots that have been merged before. @type {WeakSet<ParentNode>} */
const known = new WeakSet();

/** One merge. */
export class Merge {
  /** @type {Element[]} */
  added = [];
  /** The elements that htmx must read again. @type {Set<Element>} */
  changed = new Set();
  /** The nodes in which something was inserted, removed or changed. @type {Set<Node>} */
  touched = new Set();
  /** The controls that have another value. @type {Set<Element>} */
  updated = new Set();
  /** The removed nodes, which htmx will clean up. */
  gone = document.createElement("div");
  /** What htmx empties. To clean up one child takes less time than to clean up 1,000. */
  bin = document.createElement("div");
  /** The range of nodes that are inserted together. */
  run = document.createRange();

  /** @param {Slot} slot @param {Merging} options @param {ParentNode} sent @param {ParentNode} content */
  constructor(slot, { source, values, isOther }, sent, content) {
    this.source = source;
    this.form = source && formOf(source);
    this.isOther = isOther;
    this.sent = sent;
    this.entered = new Entered(slot, values);
    this.moves = new Moves(slot, sent, content);
    this.bin.append(this.gone);
    this.special = withAncestors(all(SPECIAL, content));
    const isFirst = !known.has(sent) && matches(/** @type {Element} */ (sent), "[data-pr-key]");
    /** The words in the inline scripts, for the first merge after a hard load. */
    this.words = new Set(
      isFirst ? all(INLINE, content).flatMap((script) => htmlOf(script).split(/[^\w-]+/)) : [],
    );
    known.add(sent);
    // htmx may have put an element of another page in the place of one that was sent.
    for (const one of hooks.bringPreserved ? all(PRESERVED, sent) : []) {
      const [kept] = all(`[id="${idOf(one)}"]`, slot);
      if (kept) link(one, kept);
    }
  }

  /** Give a control the value that the server has sent. @param {Control} control */
  reset(control) {
    if (setValue(control, sentIn(control))) this.updated.add(control);
  }

  /** @param {ParentNode & Node} sent @param {ParentNode & Node} coming @param {Node} place */
  children(sent, coming, place) {
    /** @type {Node[][]} */
    const [before, after] = [listed(nodesOf(sent)), listed(nodesOf(coming))];
    const gone = linkTexts(before, place);
    if (before.length === 1 && after.length === 1 && isText(before[0]) && isText(after[0]))
      return this.node(before[0], after[0]);
    const pairs = pair(before, after, {
      isOther: this.isOther,
      hasState: (one) => this.entered.hasState(one, this.isOther),
    });
    pairGone(gone, pairs, place);
    pairOwn(after, pairs, place);
    const kept = new Set(pairs.values());
    this.remove(
      before.filter((node) => !kept.has(node)),
      place,
    );
    const now = this.arrange(before, after, pairs, place);
    if (now.length === before.length && now.every((node, number) => node === before[number]))
      return;
    fill(sent, now);
  }

  /**
   * For each new child, the number of the old one, or -1. If the server has changed the order, these are their numbers on
   * screen, where a script may have moved them.
   *
   * @param {Node[]} before @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
   */
  numbers(before, after, pairs, place) {
    const olds = after.map((node) => pairs.get(node));
    const numbers = olds.map(numberIn(before));
    const kept = numbers.filter((number) => number >= 0);
    if (kept.every((number, at) => !at || number > kept[at - 1])) return numbers;
    return olds
      .map((old) => old && childWith(shown.get(old), place))
      .map(numberIn(listed(nodesOf(place))));
  }

  /**
   * Insert, move and merge the children of a place in their new order. Returns what was sent for them.
   *
   * @param {Node[]} before @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
   */
  arrange(before, after, pairs, place) {
    const staying = growing(this.numbers(before, after, pairs, place));
    /** The node before which each new node is placed. @type {(Node | null)[]} */
    const next = [];
    for (let number = after.length - 1, node = null; number >= 0; number -= 1) {
      next[number] = node;
      const old = staying.has(number) && pairs.get(after[number]);
      if (old) node = childWith(shown.get(old), place) ?? node;
    }
    const isNew = (/** @type {Node} */ node) => !pairs.has(node) && !this.moves.origin(node);
    /** @type {Node[]} */
    const now = [];
    for (let number = 0; number < after.length; number = now.length) {
      const node = after[number];
      const old = pairs.get(node) ?? this.moves.origin(node);
      const following = next[number];
      const anchor = following && parentOf(following) === place ? following : null;
      if (!old) {
        let end = number + 1;
        while (end < after.length && isNew(after[end])) end += 1;
        for (const copy of this.add(after.slice(number, end), place, anchor)) now.push(copy);
      } else if (!pairs.has(node)) now.push(this.bring(old, node, place, anchor));
      else {
        const child = !staying.has(number) && childWith(shown.get(old), place);
        if (child && child !== anchor) this.move(child, place, anchor);
        this.node(old, node);
        now.push(old);
      }
    }
    return now;
  }

  /** @param {Node} sent @param {Node} coming */
  node(sent, coming) {
    const node = shown.get(sent);
    if (!isElement(sent) || !isElement(coming)) {
      if (sent.nodeValue === coming.nodeValue) return;
      if (node && [sent, coming].some(isContent)) this.touch(parentOf(node));
      sent.nodeValue = coming.nodeValue;
      if (node) changeText(/** @type {CharacterData} */ (node), coming.nodeValue ?? "");
      return;
    }
    if (!node || !isElement(node) || matches(coming, `script,${PRESERVED}`)) return;
    if (refused.has(node) && node !== this.form) return;
    refused.delete(node);
    if (matches(coming, "[data-pr-slot]")) return this.slot(/** @type {Slot} */ (node), coming);
    if (!this.special.has(coming) && isEqual(sent, coming)) return;
    const control = isControl(node) && node.type !== "file" ? node : undefined;
    const keep = control && this.entered.keep(control);
    const value = control && sentIn(control);
    const isMount = !control && this.isMount(coming);
    this.attributes(sent, coming, node, isMount);
    if (isMount) fill(sent, []);
    else this.children(sent, coming, node);
    const isAnother = control && this.isAnother(control, value);
    if (isAnother) this.entered.giveUp(control);
    if (keep && !isAnother) keep();
    else if (control) this.reset(control);
    if (control?.options && this.touched.has(control)) this.updated.add(control);
  }

  /**
   * Whether the server has sent another value for a control, because of another query, and the user is not typing in it.
   * The control may be a field of another row, or the search field for a link with another query.
   *
   * @param {Control} control @param {string | undefined} before its value as it was sent before
   */
  isAnother(control, before) {
    const { form, source } = this;
    const isIn =
      [document.activeElement, source].includes(control) || (form && control.form === form);
    return this.isOther && !isIn && sentIn(control) !== before;
  }

  /**
   * Whether an element is the empty place of a chart or map that an inline script has drawn. On a hard load, the script has
   * run before the HTML in the page was noted as sent, so the first merge leaves there what the script has made.
   *
   * @param {Element} coming
   */
  isMount(coming) {
    if (!this.words.size || coming.firstChild) return false;
    const id = idOf(coming);
    return tagOf(coming) === "canvas" || (!!id && this.words.has(id));
  }

  /** @param {Element} sent @param {Element} coming @param {Element} element @param {boolean} isMount */
  attributes(sent, coming, element, isMount) {
    const names = changeAttributes(sent, coming, element, isMount);
    if (names.some((name) => READ.test(name))) this.changed.add(element);
    if (names.length && tagOf(element) === "source") this.touch(parentOf(element));
  }

  /** Merge or replace a slot in a layout. @param {Slot} slot @param {Element} coming */
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

  /**
   * Insert neighbouring nodes all at once, because one by one takes longer. Returns the copies of what was sent.
   *
   * @param {Node[]} nodes @param {Node} place @param {Node | null} anchor
   */
  add(nodes, place, anchor) {
    if (nodes.some(isContent)) this.touch(place);
    this.run.setStartBefore(nodes[0]);
    this.run.setEndAfter(nodes[nodes.length - 1]);
    const fragment = this.run.extractContents();
    const copy = inert.importNode(fragment, true);
    const elements = nodes.filter(isElement);
    const moving = elements.filter((node) => this.moves.has(node));
    if (moving.length) linkAll(copy, fragment.querySelectorAll("*"));
    else linkLater(this.entered.slot, copy, fragment);
    insert(place, fragment, anchor);
    for (const element of elements) this.added.push(element);
    for (const node of moving) this.bringInto(node);
    return listed(nodesOf(copy));
  }

  /** Move elements from elsewhere in the slot, and those with `hx-preserve`, to their places in a new element. @param {Element} element */
  bringInto(element) {
    for (const one of [element, ...all(MOVING, element)]) {
      const sent = /** @type {Element} */ (sentOf.get(one));
      if (!sent || !contains(element, one)) continue;
      const old = this.moves.origin(one);
      const parent = /** @type {Node} */ (parentOf(one));
      if (old) {
        replace(sent, this.bring(old, one, parent, one));
        remove(one);
      } else if (matches(one, PRESERVED)) this.preserve(one, sent);
    }
  }

  /** Move an element with `hx-preserve` to its new place. @param {Element} element @param {Element} sent */
  preserve(element, sent) {
    const same = `[id="${idOf(element)}"]`;
    const kept = [...all(same), ...all(same, this.gone)].find((other) => other !== element);
    if (!kept) return;
    link(sent, kept);
    this.move(kept, /** @type {Node} */ (parentOf(element)), element);
    remove(element);
  }

  /** @param {Node[]} sent @param {Node} place */
  remove(sent, place) {
    for (const one of sent) this.moves.park(one);
    const nodes = sent.flatMap((one) => {
      const node = shown.get(one);
      return node && isInPage(node) && !this.moves.isParked(node) ? [node] : [];
    });
    if (!nodes.length) return;
    if (nodes.some(isContent)) this.touch(place);
    for (const node of nodes) if (isElement(node)) dispatch("leave", node);
    const going = nodes.map((node) => this.wrapperOf(node, place));
    // If nothing stays, remove all nodes at once, because one by one takes longer.
    if (going.length === nodesOf(place).length && going.every((one) => parentOf(one) === place))
      fill(place, []);
    for (const one of going) this.gone.append(one);
  }

  /** A node, or the wrapper that a widget has made around this node alone. @param {Node} node @param {Node} place */
  wrapperOf(node, place) {
    const wrapper = childWith(node, place);
    const isIts =
      wrapper &&
      wrapper !== node &&
      isElement(wrapper) &&
      !all("*", wrapper).some((one) => sentOf.has(one) && !contains(node, one));
    return isIts ? wrapper : node;
  }

  /** Move an element from elsewhere in the slot to its new place. @param {Element} sent @param {Node} coming @param {Node} place @param {Node | null} anchor */
  bring(sent, coming, place, anchor) {
    this.sent.append(sent); // the new place may be inside it
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
