// Finds the elements that go to another parent in a slot, by their ids: a card of a board, a field that gets a wrapper.
import { closest } from "../dom.js";
import { idOf, isAlike, OFF } from "./matching.js";
import { all, isInPage, move } from "./nodes.js";
import { shown } from "./sent.js";

/** The elements that have an id which no other one in a place has. @param {ParentNode} place */
const byId = (place) => {
  /** @type {Map<string, Element | null>} */
  const found = new Map();
  for (const element of all("[id]", place)) {
    const id = `${idOf(element)}`;
    found.set(id, found.has(id) ? null : element);
  }
  return found;
};

/** What is in a slot before it is merged, and what comes. */
export class Moves {
  /** @type {Map<string, Element | null>[] | undefined} */
  #ids;
  /** @type {boolean | undefined} */
  #areNone;
  #parking = Object.assign(document.createElement("div"), { hidden: true });

  /** @param {ParentNode} sent @param {ParentNode} content */
  constructor(sent, content) {
    this.roots = [sent, content];
  }

  /** Read before the first element comes or goes; most merges need none of it. */
  #read() {
    this.#ids ??= this.roots.map(byId);
    return this.#ids;
  }

  /** Whether no id comes that was sent before, so that nothing goes to another place. */
  get areNone() {
    if (this.#areNone === undefined) {
      const [sent, comes] = this.#read();
      this.#areNone = ![...comes.keys()].some((id) => sent.has(id));
    }
    return this.#areNone;
  }

  /** Whether nothing in an element that was sent stays elsewhere, and nothing in one that comes was sent elsewhere. @param {ParentNode} going @param {ParentNode} coming */
  areNoneIn(going, coming) {
    if (this.areNone) return true;
    const [sent, comes] = this.#read();
    const isIn = (/** @type {typeof sent} */ ids) => (/** @type {Element} */ one) =>
      ids.has(`${idOf(one)}`);
    return !all("[id]", going).some(isIn(comes)) && !all("[id]", coming).some(isIn(sent));
  }

  /** What was sent with the id of an element that comes, and is still there, wherever it stands. @param {Node} coming */
  origin(coming) {
    if (this.areNone) return;
    const [sent, comes] = this.#read().map((ids) => ids.get(`${idOf(coming)}`));
    const isIt = sent && comes === coming && isAlike(sent, coming);
    if (!isIt || closest(sent, OFF) || closest(comes, OFF)) return;
    const node = shown.get(sent);
    return node && isInPage(node) ? sent : undefined;
  }

  /** Put aside what goes to another place before its parent goes. In the document, it keeps its state. @param {Element} going */
  park(going) {
    if (this.areNone) return;
    const [, comes] = this.#read();
    for (const sent of [going, ...all("[id]", going)]) {
      const coming = comes.get(`${idOf(sent)}`);
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
