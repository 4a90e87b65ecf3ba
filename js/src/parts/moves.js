// Finds the elements that move to another parent in a slot, by their ids: a card of a board, a field that gets a wrapper. A
// file input is also found by its name, because nothing else could restore its files.
import { scrollBox } from "../answers/scrolling.js";
import { attribute, closest } from "../dom.js";
import { idOf, isAlike, OFF, PRESERVED } from "./matching.js";
import { all, isInPage, move, withAncestors } from "./nodes.js";
import { shown } from "./sent.js";

/** Elements that may move to another parent. */
export const MOVING = "[id],[type=file][name]";

/** The elements in a place whose id or name no other one there has. @param {ParentNode} place */
const byId = (place) => {
  /** @type {Map<string, Element | null>} */
  const found = new Map();
  for (const element of all(MOVING, place)) {
    const id = idOf(element) || `name ${attribute(element, "name")}`;
    found.set(id, found.has(id) ? null : element);
  }
  return found;
};

/** The boxes in a slot that are not at their start, with their positions. @param {Element} slot */
const scrolledIn = (slot) =>
  all("*", slot).flatMap((box) => {
    const { scrollLeft: left, scrollTop: top } = box;
    return left || top ? [{ box, left, top }] : [];
  });

/** The elements of one merge that move. */
export class Moves {
  /** For each element that was sent before and is sent now: the other one of the two. @type {Map<Node, Element> | undefined} */
  #others;
  /** The ancestors of such elements, and of those with `hx-preserve`. @type {Set<Node>} */
  #holders = new Set();
  #parking = Object.assign(document.createElement("div"), { hidden: true });

  /** The scrolled boxes, before the first element was parked: the second move lets the browser forget their positions. @type {{box: Element, left: number, top: number}[] | undefined} */
  #scrolled;

  /** @param {Element} slot @param {ParentNode} sent @param {ParentNode} content */
  constructor(slot, sent, content) {
    this.slot = slot;
    this.sent = sent;
    this.content = content;
  }

  /** The pairs of elements. They are found before the first change, and only if they are needed. */
  get others() {
    if (this.#others) return this.#others;
    const others = new Map();
    const before = byId(this.sent);
    for (const [id, coming] of before.size ? byId(this.content) : []) {
      const sent = coming && before.get(id);
      if (sent) others.set(sent, coming).set(coming, sent);
    }
    this.#holders = withAncestors([...others.keys(), ...all(PRESERVED, this.content)]);
    this.#others = others;
    return others;
  }

  /** Whether an element contains something that may move out of it or into it. @param {Node} node */
  has(node) {
    return !!this.others && this.#holders.has(node);
  }

  /** The element that was sent before with the id of a new one, if it is still in the page. @param {Node} coming */
  origin(coming) {
    const sent = this.others.get(coming);
    if (!sent || !isAlike(sent, coming)) return;
    if (closest(sent, OFF) || closest(/** @type {Element} */ (coming), OFF)) return;
    const node = shown.get(sent);
    return node && isInPage(node) ? sent : undefined;
  }

  /** Park the elements that move, before their parent is removed. They stay in the document, so they keep their state. @param {Node} going */
  park(going) {
    if (!this.has(going)) return;
    for (const sent of [going, ...all(MOVING, /** @type {Element} */ (going))]) {
      const coming = this.others.get(sent);
      const node = coming && this.origin(coming) === sent && shown.get(sent);
      if (!node || this.isParked(node)) continue;
      this.#scrolled ??= scrolledIn(this.slot);
      if (!this.#parking.isConnected) document.body.append(this.#parking);
      move(node, this.#parking, null);
    }
  }

  /** @param {Node} node */
  isParked(node) {
    return this.#parking.contains(node);
  }

  end() {
    this.#parking.remove();
    for (const { box, left, top } of this.#scrolled ?? [])
      if (!box.scrollTop && !box.scrollLeft) scrollBox(box, left, top);
  }
}
