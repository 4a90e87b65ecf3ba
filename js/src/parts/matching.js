// Pairs the nodes that the server sent before with those that it sends now.
import { all, attribute, matches } from "../dom.js";

/** What is never merged: it is replaced whenever its slot is rendered. */
export const OFF = '[data-pr-morph="false"]';

/** How many of a kind make a list. */
const ITEMS = 3;
/** How many nodes are looked at for one that comes. */
const NEAR = 10;

const IDENTITY = ["id", "name", "type", "data-pr-slot"];
/** Where the type of a script is that does not run by itself. */
const TYPE = "data-pr-type";
const CHOICE = "[type=checkbox],[type=radio],option";

/** @param {Node} node @returns {node is Element} */
export const isElement = (node) => node.nodeType === 1;

/** Not its property: a form may have a control of that name. @param {Node} node */
export const idOf = (node) => isElement(node) && attribute(node, "id");

/** A nonce differs each time. @param {Element} script */
const scriptOf = (script) =>
  [
    attribute(script, TYPE) ?? attribute(script, "type") ?? "",
    attribute(script, "src"),
    script.textContent,
  ].join();

/** Whether one node may take what the other has. @param {Node} one @param {Node} other */
export const isAlike = (one, other) => {
  if (one.nodeName !== other.nodeName) return false;
  if (!isElement(one) || !isElement(other)) return true;
  if (matches(one, "script")) return scriptOf(one) === scriptOf(other);
  const differs = (/** @type {string} */ name) => attribute(one, name) !== attribute(other, name);
  if (IDENTITY.some(differs) || matches(one, OFF) || matches(other, OFF)) return false;
  if (matches(one, CHOICE)) return !differs("value");
  return !matches(one, "template") || one.innerHTML === other.innerHTML;
};

const NAMED = ["id", "name", "href", "src", "action"];

const HAS_NAME = NAMED.map((name) => `[${name}]`).join();

/** What tells an element from others like it: ids, names and URLs in it. @param {Element} node */
const tokensOf = (node) => {
  const tokens = new Set();
  for (const element of [node, ...all(HAS_NAME, node)])
    for (const name of NAMED) {
      let value = attribute(element, name);
      if (!value) continue;
      if (name === "name" && matches(element, `${CHOICE},[type=hidden]`))
        value += `=${attribute(element, "value")}`;
      else if (name !== "id" && name !== "name") value = value.split(/[?#]/, 1)[0];
      if (value) tokens.add(`${name} ${value}`);
    }
  return tokens;
};

/** The ids in an element, and the names of its controls. @param {Element} element */
const labelsOf = (element) =>
  [element, ...all("[id],[name]", element)].flatMap((one) =>
    ["id", "name"].map((name) => attribute(one, name) && `${name} ${attribute(one, name)}`),
  );

/** Whether two elements have the same id or name in them, such as rows of a formset. @param {Element} one @param {Element} other */
export const isTwin = (one, other) => {
  const labels = new Set(labelsOf(one).filter(Boolean));
  return isAlike(one, other) && labelsOf(other).some((label) => labels.has(label));
};

/** Each token that only one of the nodes has, and that one. @param {Iterable<Node>} nodes */
const byToken = (nodes) => {
  /** @type {Map<string, Node | null>} */
  const owners = new Map();
  for (const node of nodes)
    if (isElement(node))
      for (const token of tokensOf(node)) owners.set(token, owners.has(token) ? null : node);
  return owners;
};

/** @param {Node} node */
const wordsOf = (node) => node.textContent?.split(/\s+/).filter(Boolean) ?? [];

/** Whether two nodes share at least half of their words. @param {Node} one @param {Node} other */
export const isLike = (one, other) => {
  const [words, others] = [wordsOf(one), new Set(wordsOf(other))];
  const shared = words.filter((word) => others.has(word));
  return shared.length * 2 >= Math.min(words.length, others.size);
};

/**
 * Find for the children that come those that they were before.
 *
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {(node: Node, other: Node, about: {isOnly: boolean, isItem: boolean, isNamed: boolean}) => boolean} mayBecome
 *   whether a node that nothing pairs may become another one: the only one at its place; an item of a list; or one
 *   that has ids, names or URLs, all of which the other one lacks
 * @returns {Map<Node, Node>} by each that comes
 */
export const pair = (before, after, mayBecome) => {
  /** @type {Map<Node, Node>} */
  const pairs = new Map();
  const old = new Set(before);
  const coming = new Set(after);
  const add = (/** @type {Node} */ one, /** @type {Node} */ other) => {
    if (!old.has(one) || !coming.has(other) || !isAlike(one, other)) return;
    old.delete(one);
    coming.delete(other);
    pairs.set(other, one);
  };
  const isSure = (/** @type {Node} */ one, /** @type {Node} */ other) =>
    idOf(one) ? idOf(one) === idOf(other) : one.isEqualNode(other);
  let start = 0;
  while (start < before.length && start < after.length && isSure(before[start], after[start])) {
    add(before[start], after[start]);
    start += 1;
  }
  for (let end = 1; end <= Math.min(before.length, after.length) - start; end += 1) {
    const [one, other] = [before[before.length - end], after[after.length - end]];
    if (!isSure(one, other)) break;
    add(one, other);
  }
  /**
   * Those of both sides for which a key is the same.
   *
   * @param {(node: Node) => string | false | null | undefined} keyOf
   */
  const groupsBy = (keyOf) => {
    /** @type {Map<string, [Node[], Node[]]>} */
    const groups = new Map();
    for (const [side, nodes] of [old, coming].entries())
      for (const node of nodes) {
        const key = keyOf(node);
        if (!key) continue;
        const group = groups.get(key) ?? [[], []];
        group[side].push(node);
        groups.set(key, group);
      }
    return [...groups.values()];
  };
  const pairBy = (/** @type {Parameters<typeof groupsBy>[0]} */ keyOf) => {
    for (const [some, others] of groupsBy(keyOf))
      for (const [place, node] of some.entries()) if (others[place]) add(node, others[place]);
  };
  if (!old.size || !coming.size) return pairs;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { nodeName } of before) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1);
  const isItem = (/** @type {Node} */ { nodeName }) => (counts.get(nodeName) ?? 0) >= ITEMS;
  if (old.size === 1 && coming.size === 1) {
    const [[one], [other]] = [old, coming];
    if (mayBecome(one, other, { isOnly: true, isItem: isItem(one), isNamed: false }))
      add(one, other);
    if (!old.size) return pairs;
  }
  pairBy(idOf);
  const hasNoId = (/** @type {Node} */ node) => !idOf(node);
  const textOf = (/** @type {Node} */ node) =>
    hasNoId(node) && `${node.nodeName} ${node.textContent}`;
  // What is equal has the same text, which takes less time to compare.
  const isThere = new Set(
    groupsBy(textOf).flatMap(([some, others]) =>
      some.length && others.length ? [...some, ...others] : [],
    ),
  );
  pairBy((node) => isThere.has(node) && isElement(node) && node.outerHTML);
  const [owners, comers] = [old, coming].map((nodes) => byToken([...nodes].filter(hasNoId)));
  for (const [token, node] of comers) {
    const owner = owners.get(token);
    if (node && owner) add(owner, node);
  }
  const named = new Set([...owners.values(), ...comers.values()]);
  pairBy((node) => node.textContent?.trim() && textOf(node));
  for (const isExact of [true, false]) {
    // What is left, by its place: between the same neighbours.
    const numbers = new Map(before.map((node, number) => [node, number]));
    const gaps = new Map();
    const note = (
      /** @type {Node[]} */ nodes,
      /** @type {(node: Node) => Node | undefined} */ pairOf,
    ) => {
      let gap = -1;
      for (const node of nodes) {
        const known = pairOf(node);
        if (known) gap = numbers.get(known) ?? gap;
        gaps.set(node, gap);
      }
    };
    note(before, (node) => (old.has(node) ? undefined : node));
    note(after, (node) => pairs.get(node));
    const kindOf = (/** @type {Node} */ node) =>
      isExact && isElement(node) && attribute(node, "class");
    for (const [some, others] of groupsBy(
      (node) => hasNoId(node) && `${gaps.get(node)} ${node.nodeName} ${kindOf(node)}`,
    )) {
      const isOnly = some.length === 1 && others.length === 1;
      for (const other of others) {
        const canBecome = (/** @type {Node} */ node) =>
          mayBecome(node, other, {
            isOnly,
            isItem: isItem(node),
            isNamed: isItem(node) && named.has(node) && named.has(other),
          });
        const place = some.slice(0, NEAR).findIndex(canBecome);
        if (place >= 0) add(some.splice(place, 1)[0], other);
      }
    }
  }
  return pairs;
};

/**
 * The places of a longest run of numbers that grow: what need not move when the rest does.
 *
 * @param {number[]} numbers those below 0 don't count
 */
export const growing = (numbers) => {
  /** @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const previous = [];
  for (const [place, number] of numbers.entries()) {
    if (number < 0) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]] < number) low = middle + 1;
      else high = middle;
    }
    previous[place] = ends[low - 1] ?? -1;
    ends[low] = place;
  }
  const stay = new Set();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = previous[place]) stay.add(place);
  return stay;
};
