// Finds the elements that go to another parent in a slot, by their ids: a card of a board, a field that gets a wrapper.
// The name of a file input does as well, because nothing else brings its files back.
import { attribute, closest } from "../dom.js";
import { idOf, isAlike, OFF, PRESERVED } from "./matching.js";
import { all, isInPage, move, withAncestors } from "./nodes.js";
import { shown } from "./sent.js";

/** What may go to another parent. */
export const MOVING = "[id],[type=file][name]";

/** The elements that have an id, or a name, which no other one in a place has. @param {ParentNode} place */
const byId = (place) => {
  /** @type {Map<string, Element | null>} */
  const found = new Map();
  for (const element of all(MOVING, place)) {
    const id = idOf(element) || `name ${attribute(element, "name")}`;
    found.set(id, found.has(id) ? null : element);
  }
  return found;
};

/** What is in a slot before it is merged, and what comes. */
export class Moves {
  /** By an element with an id that was sent and comes, the other one. @type {Map<Node, Element> | undefined} */
  #others;
  /** What such elements are in, and those that `hx-preserve` keeps. @type {Set<Node>} */
  #holders = new Set();
  #parking = Object.assign(document.createElement("div"), { hidden: true });

  /** @param {ParentNode} sent @param {ParentNode} content */
  constructor(sent, content) {
    this.sent = sent;
    this.content = content;
  }

  /** Read before the first element comes or goes; most merges need none of it. */
  get others() {
    if (this.#others) return this.#others;
    const others = new Map();
    const before = byId(this.sent);
    for (const [id, coming] of byId(this.content)) {
      const sent = coming && before.get(id);
      if (sent) others.set(sent, coming).set(coming, sent);
    }
    this.#holders = withAncestors([...others.keys(), ...all(PRESERVED, this.content)]);
    this.#others = others;
    return others;
  }

  /** Whether anything in an element may go to another place, or come from there. @param {Node} node */
  has(node) {
    return !!this.others && this.#holders.has(node);
  }

  /** What was sent with the id of an element that comes, and is still there, wherever it stands. @param {Node} coming */
  origin(coming) {
    const sent = this.others.get(coming);
    if (!sent || !isAlike(sent, coming)) return;
    if (closest(sent, OFF) || closest(/** @type {Element} */ (coming), OFF)) return;
    const node = shown.get(sent);
    return node && isInPage(node) ? sent : undefined;
  }

  /** Put aside what goes to another place before its parent goes. In the document, it keeps its state. @param {Node} going */
  park(going) {
    if (!this.has(going)) return;
    for (const sent of [going, ...all(MOVING, /** @type {Element} */ (going))]) {
      const coming = this.others.get(sent);
      const node = coming && this.origin(coming) === sent && shown.get(sent);
      if (!node || this.isParked(node)) continue;
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
  }
}
