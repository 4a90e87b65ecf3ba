// Pairs the nodes that the server sent before with those that it sends now.
import { attribute, matches } from "../dom.js";
import {
  all,
  htmlOf,
  isElement,
  isEqual,
  isSpace,
  nameOf,
  nextOf,
  parentOf,
  textOf,
  wholeHtmlOf,
} from "./nodes.js";
import { childWith } from "./sent.js";

/** Elements that are never merged, but replaced whenever their slot is rendered. */
export const OFF = '[data-pr-morph="false"]';

/** Slots in a layout whose pages come later. */
export const BUSY = '[data-pr-state="busy"]';

/** Elements that stay when other HTML arrives. */
export const PRESERVED = `[hx-preserve],[data-hx-preserve],${BUSY}`;

/** So many siblings with the same tag, or more, are the items of a list. */
const ITEMS = 3;
/** The number of nodes with which a new node is compared. */
const NEAR = 10;

const IDENTITY = ["id", "name", "type", "data-pr-slot"];
/** The attribute with the type of a script that the browser does not run by itself. */
const TYPE = "data-pr-type";
const CHOICE = "[type=checkbox],[type=radio],option";

/** The id of a node. It is read from the attribute, because a form may have a control of the name "id". @param {Node} node */
export const idOf = (node) => isElement(node) && attribute(node, "id");

/** What makes a script the same, without its nonce, which differs each time. @param {Element} script */
const scriptOf = (script) =>
  [
    attribute(script, TYPE) ?? attribute(script, "type") ?? "",
    attribute(script, "src"),
    script.textContent,
  ].join();

/** Whether one node may become the other. @param {Node} one @param {Node} other */
export const isAlike = (one, other) => {
  if (nameOf(one) !== nameOf(other)) return false;
  if (!isElement(one) || !isElement(other)) return true;
  if (matches(one, "script")) return scriptOf(one) === scriptOf(other);
  const differs = (/** @type {string} */ name) => attribute(one, name) !== attribute(other, name);
  if (IDENTITY.some(differs) || matches(one, OFF) || matches(other, OFF)) return false;
  if (matches(one, CHOICE)) return !differs("value");
  return !matches(one, "template") || one.innerHTML === other.innerHTML;
};

/** Attributes that name an element. Several elements may have the same URL. */
export const OWN = ["id", "name"];
const NAMED = [...OWN, "href", "src", "action"];

/** Controls that may share a name with others. Their values distinguish them. */
const VALUED = `${CHOICE},[type=hidden]`;

/** The text of an attribute that may distinguish an element from similar ones. @param {Element} element @param {string} name */
const tokenOf = (element, name) => {
  const value = attribute(element, name);
  if (!value || name === "id") return value;
  if (name !== "name") return value.split(/[?#]/, 1)[0];
  return matches(element, VALUED) ? `${value}=${attribute(element, "value")}` : value;
};

/**
 * For each id, name and URL in some siblings: the sibling that contains it, or null if several do.
 *
 * @param {Set<Node>} siblings @param {string[]} names
 * @returns {Map<string, Node | null>[]} by the attributes' names
 */
const ownersOf = (siblings, names) => {
  const [first] = siblings;
  const parent = /** @type {ParentNode & Node} */ (first && parentOf(first));
  /** @type {Map<string, Node | null>[]} */
  const owners = names.map(() => new Map());
  // One search in the parent takes less time than 1,000 searches in the siblings.
  for (const element of parent ? all(names.map((name) => `[${name}]`).join(), parent) : []) {
    const node = /** @type {Node} */ (childWith(element, parent));
    if (!siblings.has(node)) continue;
    for (const [place, name] of names.entries()) {
      const token = tokenOf(element, name);
      if (!token) continue;
      const owner = owners[place].get(token);
      if (owner === undefined) owners[place].set(token, node);
      else if (owner !== node) owners[place].set(token, null);
    }
  }
  return owners;
};

/**
 * The pairs of nodes of two lists that have an id, name or URL in common, which no other node of their list has. Ids come
 * first.
 *
 * @param {Iterable<Node>} nodes @param {Iterable<Node>} others
 * @param {{names?: string[], named?: Set<Node | null>}} [options] `named` gets the nodes with an id, name or URL of their own
 */
export const sharing = (nodes, others, { names = NAMED, named } = {}) => {
  /** @type {[Node, Node][]} */
  const pairs = [];
  const comers = ownersOf(new Set(others), names);
  for (const [place, owners] of ownersOf(new Set(nodes), names).entries()) {
    for (const owner of owners.values()) named?.add(owner);
    for (const [token, node] of comers[place]) {
      named?.add(node);
      const owner = node && owners.get(token);
      if (owner) pairs.push([owner, node]);
    }
  }
  return pairs;
};

/** The URLs of the links in a node. @param {Node} node */
const linksIn = (node) =>
  (isElement(node) ? [node, ...all("[href]", node)] : []).flatMap(
    (link) => tokenOf(link, "href") ?? [],
  );

/** Whether two nodes have links, but none in common: they are rows about two objects. @param {Node} one @param {Node} other */
const leadElsewhere = (one, other) => {
  const [links, others] = [one, other].map(linksIn);
  return links.length > 0 && others.length > 0 && !links.some((link) => others.includes(link));
};

/** The words in the texts of a node. Words of two elements are distinct, also without a space between them. @param {Node} node */
const wordsOf = (node) => {
  const text = isElement(node) ? htmlOf(node).replace(/<[^>]*>/g, " ") : node.nodeValue;
  return text?.split(/\s+/).filter(Boolean) ?? [];
};

/** The share of their words that two nodes have in common, or 1 if they have no words. @param {Node} one @param {Node} other */
const likeness = (one, other) => {
  const [words, others] = [wordsOf(one), new Set(wordsOf(other))];
  const shared = words.filter((word) => others.has(word));
  const count = Math.min(words.length, others.size);
  return count ? shared.length / count : 1;
};

/** Whether two nodes share at least half of their words. @param {Node} one @param {Node} other */
export const isLike = (one, other) => likeness(one, other) >= 0.5;

/**
 * What is known about the nodes that were sent.
 *
 * @typedef {object} Known
 * @property {boolean} isOther whether the new nodes are for another query: then no row takes over the state of another one
 * @property {(sent: Node) => boolean} hasState whether a node has a state, from the user or by itself (a video)
 */

class Pairing {
  /** @type {Map<Node, Node>} */
  pairs = new Map();
  /** The nodes that have an id, name or URL which no other node of their list has. @type {Set<Node | null>} */
  named = new Set();
  /** The ids of nodes. An id that several siblings have identifies none of these. @type {Map<Node, string>} */
  ids = new Map();

  /** @param {Node[]} before @param {Node[]} after @param {Known} known */
  constructor(before, after, { isOther, hasState }) {
    this.before = before;
    this.after = after;
    this.isOther = isOther;
    this.hasState = hasState;
    this.old = new Set(before.filter((node) => !isSpace(node)));
    this.coming = new Set(after.filter((node) => !isSpace(node)));
    /** @type {Map<string, number>} */
    this.counts = new Map();
    const repeated = new Set();
    for (const nodes of [this.old, this.coming]) {
      const known = new Set();
      for (const node of nodes) {
        const id = idOf(node);
        if (!id) continue;
        this.ids.set(node, id);
        (known.has(id) ? repeated : known).add(id);
      }
    }
    for (const [node, id] of this.ids) if (repeated.has(id)) this.ids.delete(node);
    for (const node of this.old)
      this.counts.set(nameOf(node), (this.counts.get(nameOf(node)) ?? 0) + 1);
  }

  get isDone() {
    return !this.old.size || !this.coming.size;
  }

  /** Whether one node may become the other. What was typed in the row of one object is not meant for another object. @param {Node} one @param {Node} other */
  isAlike(one, other) {
    if (!isAlike(one, other)) return false;
    const isRow = this.isItem(one) && !this.ids.has(one);
    return !(isRow && this.hasState(one) && leadElsewhere(one, other));
  }

  /** @param {Node} one @param {Node} other */
  add(one, other) {
    if (!this.old.has(one) || !this.coming.has(other) || !this.isAlike(one, other)) return;
    this.old.delete(one);
    this.coming.delete(other);
    this.pairs.set(other, one);
  }

  /** Pair the nodes, the most certain pairs first. */
  run() {
    this.pairEnds();
    if (!this.isDone) this.pairOnly();
    if (!this.isDone && this.ids.size) this.pairBy((node) => this.ids.get(node));
    for (const node of this.ids.keys())
      for (const nodes of [this.old, this.coming]) nodes.delete(node);
    if (!this.isDone) this.pairNamed();
    if (!this.isDone && !this.hasSameTexts()) this.dropOthers(this.old, this.coming);
    if (!this.isDone) this.pairByContent();
    if (!this.isDone) this.pairByPlace(true);
    if (!this.isDone) this.pairByPlace(false);
    this.pairSpaces();
    return this.pairs;
  }

  /** Pair equal nodes at the start and at the end of the lists. */
  pairEnds() {
    const { before, after } = this;
    const isSame = (/** @type {Node} */ one, /** @type {Node} */ other) =>
      this.ids.has(one) ? this.ids.get(one) === this.ids.get(other) : isEqual(one, other);
    const length = Math.min(before.length, after.length);
    let start = 0;
    for (; start < length && isSame(before[start], after[start]); start += 1)
      this.add(before[start], after[start]);
    for (let end = 1; end <= length - start; end += 1) {
      const [one, other] = [before[before.length - end], after[after.length - end]];
      if (!isSame(one, other)) break;
      this.add(one, other);
    }
  }

  /** Pair the only two nodes that are left. */
  pairOnly() {
    if (this.old.size > 1 || this.coming.size > 1) return;
    const [[one], [other]] = [this.old, this.coming];
    if (!this.isItem(one) || this.mayBecome(one, other)) this.add(one, other);
  }

  /** Pair nodes that contain the same id, name or URL. */
  pairNamed() {
    const { named } = this;
    for (const [owner, node] of sharing(this.old, this.coming, { named })) this.add(owner, node);
  }

  /** Whether the first nodes of both lists have a text in common. If not, comparing all texts would take long and find nothing. */
  hasSameTexts() {
    const [olds, texts] = [this.old, this.coming].map((nodes) =>
      [...nodes].slice(0, NEAR).map(textOf),
    );
    return olds.some((text) => texts.includes(text));
  }

  /** If all of some rows have names, only rows with a state can become others. @param {Iterable<Node>} some @param {Iterable<Node>} others */
  dropOthers(some, others) {
    if (![...some, ...others].every((node) => this.isItem(node) && this.named.has(node))) return;
    for (const node of some) if (!this.takesOver(node)) this.old.delete(node);
  }

  /** Pair equal nodes, then nodes with the same text. */
  pairByContent() {
    const contentOf = (/** @type {Node} */ node) => `${nameOf(node)} ${textOf(node)}`;
    const isSame = new Set(this.groupsBy(contentOf).flat(2)); // comparing texts takes less time than comparing HTML
    this.pairBy((node) => isSame.has(node) && isElement(node) && wholeHtmlOf(node));
    this.pairNamed(); // a URL that several nodes contained may be in only one of those left
    this.pairBy((node) => isSame.has(node) && textOf(node)?.trim() && contentOf(node));
  }

  /** Pair the nodes that are left between the same neighbours. @param {boolean} isExact whether they must have the same class */
  pairByPlace(isExact) {
    const gaps = this.gaps();
    const kindOf = (/** @type {Node} */ node) =>
      isExact && isElement(node) && attribute(node, "class");
    for (const [some, others] of this.groupsBy(
      (node) => `${gaps.get(node)} ${nameOf(node)} ${kindOf(node)}`,
    )) {
      const isItem = this.isItem(some[0]);
      const isOnly = !isItem && some.length === 1 && others.length === 1;
      this.dropOthers(some, others);
      const able = some.filter((node) => this.old.has(node));
      if (!isOnly) this.pairLikest(able, others);
      for (const other of able.length ? others : []) {
        const place = able
          .slice(0, NEAR)
          .findIndex((node) => isOnly || this.mayBecome(node, other));
        if (place >= 0) this.add(able.splice(place, 1)[0], other);
      }
    }
  }

  /** Pair each node that has a state with the most similar new node, rather than with the first one. @param {Node[]} some @param {Node[]} others */
  pairLikest(some, others) {
    for (const node of some.slice(0, NEAR)) {
      if (!this.takesOver(node)) continue;
      const near = others.slice(0, NEAR).filter((other) => this.isAlike(node, other));
      const scores = near.map((other) => likeness(node, other));
      const best = near[scores.indexOf(Math.max(...scores))];
      if (!best || !isLike(node, best)) continue;
      some.splice(some.indexOf(node), 1);
      others.splice(others.indexOf(best), 1);
      this.add(node, best);
    }
  }

  /** Pair the space after a node with the node. Space between removed rows is removed, too, so that all of them are exchanged at once. */
  pairSpaces() {
    for (const [place, node] of this.after.entries()) {
      if (!isSpace(node)) continue;
      const previous = this.pairs.get(this.after[place - 1]);
      const space = place ? previous && nextOf(previous) : this.before[0];
      if (space && isSpace(space)) this.pairs.set(node, space);
    }
  }

  /**
   * Whether a node that is left may become another one. Two rows with ids, names or URLs may not. A row with a state may, if
   * the other one is similar.
   *
   * @param {Node} one @param {Node} other
   */
  mayBecome(one, other) {
    if (this.hasState(one)) return !this.isOther && this.isAlike(one, other) && isLike(one, other);
    return !this.isItem(one) || !this.named.has(one) || !this.named.has(other);
  }

  /** Whether a similar node may take over the state of a node. @param {Node} node */
  takesOver(node) {
    return !this.isOther && this.hasState(node);
  }

  /** For each node, the number of the last paired node before it. */
  gaps() {
    const numbers = new Map(this.before.map((node, number) => [node, number]));
    const kept = new Set(this.pairs.values());
    /** @type {Map<Node, number>} */
    const gaps = new Map();
    for (const nodes of [this.before, this.after]) {
      let gap = -1;
      for (const node of nodes) {
        const known = kept.has(node) ? node : this.pairs.get(node);
        if (known) gap = numbers.get(known) ?? gap;
        gaps.set(node, gap);
      }
    }
    return gaps;
  }

  /**
   * Group the nodes of both lists by a key.
   *
   * @param {(node: Node) => string | false | null | undefined} keyOf
   */
  groupsBy(keyOf) {
    const comers = [...this.coming];
    const keys = comers.map(keyOf);
    /** @type {Map<string, [Node[], Node[]]>} */
    const groups = new Map();
    const wanted = new Set(keys);
    for (const node of this.old) {
      const key = keyOf(node);
      if (!key || !wanted.has(key)) continue;
      const group = groups.get(key);
      if (group) group[0].push(node);
      else groups.set(key, [[node], []]);
    }
    for (const [place, node] of comers.entries()) {
      const key = keys[place];
      if (key) groups.get(key)?.[1].push(node);
    }
    return [...groups.values()];
  }

  /** @param {Parameters<Pairing["groupsBy"]>[0]} keyOf */
  pairBy(keyOf) {
    for (const [some, others] of this.groupsBy(keyOf))
      for (const [place, node] of some.entries()) if (others[place]) this.add(node, others[place]);
  }

  /** @param {Node} node */
  isItem(node) {
    return (this.counts.get(nameOf(node)) ?? 0) >= ITEMS;
  }
}

/**
 * Find the old node for each new child.
 *
 * @param {Node[]} before @param {Node[]} after @param {Known} known
 * @returns {Map<Node, Node>} by the new nodes
 */
export const pair = (before, after, known) => new Pairing(before, after, known).run();
