/* parallel-routes 79572c8e */
"use strict";
(() => {
  // later:answers/htmx.js
  var clear = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e later")]["clear"](...all2);

  // later:answers/scrolling.js
  var scrollBox = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e later")]["scrollBox"](...all2);

  // src/controls.js
  var CONTROLS = "input, select, textarea";
  var isChoice = ({ type }) => /^(checkbox|radio)$/.test(type);
  var join = (options) => [...options].map(({ value }) => value).join("\n");
  var enteredIn = (control) => {
    if (control.options) return join(control.selectedOptions);
    return isChoice(control) ? `${control.checked}` : control.value;
  };
  var defaultOf = (control) => {
    const { options, type, min, max, step, defaultValue } = control;
    if (isChoice(control)) return `${control.defaultChecked}`;
    if (/^(color|range)$/.test(type) && !defaultValue)
      return Object.assign(document.createElement("input"), { type, min, max, step }).value;
    if (!options) return defaultValue;
    const chosen = [...options].filter(({ defaultSelected }) => defaultSelected);
    if (type !== "select-one") return join(chosen);
    const first = [...options].filter(({ disabled }) => !disabled).slice(0, 1);
    return join(chosen.length ? chosen.slice(-1) : first);
  };
  var setValue = (control, value) => {
    if (enteredIn(control) === value) return false;
    const { options, selectionStart, selectionEnd } = control;
    const chosen = value.split("\n");
    if (options) for (const option of options) option.selected = chosen.includes(option.value);
    else if (isChoice(control)) control.checked = value === "true";
    else {
      control.value = value;
      if (selectionStart != null && control === document.activeElement)
        control.setSelectionRange(selectionStart, selectionEnd);
    }
    return true;
  };
  var formOf = (element) => Element.prototype.matches.call(element, "form") ? element : (
    /** @type {Control} */
    element.form
  );
  var controlsOf = (form) => form ? (
    /** @type {Control[]} */
    [...document.querySelectorAll(CONTROLS)].filter(
      (control) => control.form === form
    )
  ) : [];

  // page:htmx.js
  var { "isFour": isFour } = window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e page")];

  // later:answers/changes.js
  var describe = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e later")]["describe"](...all2);

  // page:bases.js
  var { "noteSent": noteSent } = window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e page")];

  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");

  // page:slots.js
  var { "dropRendering": dropRendering } = window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e page")];

  // src/parts/nodes.js
  var getter = (prototype2, name) => {
    const { get } = (
      /** @type {any} */
      Object.getOwnPropertyDescriptor(prototype2, name)
    );
    return (node) => get.call(node);
  };
  var { prototype } = Node;
  var typeOf = /* @__PURE__ */ getter(prototype, "nodeType");
  var nameOf = /* @__PURE__ */ getter(prototype, "nodeName");
  var parentOf = /* @__PURE__ */ getter(prototype, "parentNode");
  var nextOf = /* @__PURE__ */ getter(prototype, "nextSibling");
  var firstOf = /* @__PURE__ */ getter(prototype, "firstChild");
  var nodesOf = /* @__PURE__ */ getter(prototype, "childNodes");
  var isInPage = /* @__PURE__ */ getter(prototype, "isConnected");
  var documentOf = /* @__PURE__ */ getter(prototype, "ownerDocument");
  var textOf = /* @__PURE__ */ getter(prototype, "textContent");
  var htmlOf = /* @__PURE__ */ getter(Element.prototype, "innerHTML");
  var wholeHtmlOf = /* @__PURE__ */ getter(Element.prototype, "outerHTML");
  var tagOf = /* @__PURE__ */ getter(Element.prototype, "localName");
  var countElements = /* @__PURE__ */ getter(Element.prototype, "childElementCount");
  var classesOf = /* @__PURE__ */ getter(Element.prototype, "classList");
  var isElement = (node) => typeOf(node) === 1;
  var isText = (node) => typeOf(node) === 3;
  var elementsOf = (node) => [...nodesOf(node)].filter(isElement);
  var isEqual = (node, other) => prototype.isEqualNode.call(node, other);
  var contains = (node, other) => prototype.contains.call(node, other);
  var insert = (place, node, anchor) => prototype.insertBefore.call(place, node, anchor);
  var move = (node, place, anchor) => {
    const { moveBefore } = (
      /** @type {any} */
      Element.prototype
    );
    if (moveBefore && isInPage(node) && isInPage(place)) moveBefore.call(place, node, anchor);
    else insert(place, node, anchor);
  };
  var fill = (place, nodes) => {
    const fragment = (
      /** @type {Document} */
      documentOf(place).createDocumentFragment()
    );
    fragment.append(...nodes);
    Reflect.set(prototype, "textContent", "", place);
    prototype.appendChild.call(place, fragment);
  };
  var remove = (element) => Element.prototype.remove.call(element);
  var replace = (element, other) => Element.prototype.replaceWith.call(element, other);
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    (place instanceof Element ? Element.prototype : place).querySelectorAll.call(place, selector)
  ];
  var dispatch = (name, element, detail) => EventTarget.prototype.dispatchEvent.call(
    element,
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );

  // src/parts/attributes.js
  var changeAttributes = (sent, coming, element) => {
    const names = [sent, coming].flatMap((one) => Element.prototype.getAttributeNames.call(one));
    return [...new Set(names)].filter((name) => {
      const [before, now] = [attribute(sent, name), attribute(coming, name)];
      if (before === now) return false;
      if (name === "class") changeClass(element, before, now);
      else if (name === "style" && !matches(element, "form")) changeStyle(element, before, now);
      else setAttribute(element, coming, name);
      setAttribute(sent, coming, name);
      return true;
    });
  };
  var setAttribute = (element, from, name) => {
    const { getAttributeNode, removeAttribute, setAttributeNode } = Element.prototype;
    const copy = (
      /** @type {Attr | undefined} */
      getAttributeNode.call(from, name)?.cloneNode()
    );
    if (copy) setAttributeNode.call(element, copy);
    else removeAttribute.call(element, name);
  };
  var words = (text) => text?.split(/\s+/).filter(Boolean) ?? [];
  var changeClass = (element, before, now) => {
    classesOf(element).remove(...words(before).filter((name) => !words(now).includes(name)));
    classesOf(element).add(...words(now).filter((name) => !words(before).includes(name)));
  };
  var changeStyle = (element, before, now) => {
    const { style } = (
      /** @type {HTMLElement} */
      element
    );
    const [old, next] = [before, now].map((text) => {
      const { style: style2 } = document.createElement("i");
      style2.cssText = text ?? "";
      return style2;
    });
    for (const name of old) if (!next.getPropertyValue(name)) style.removeProperty(name);
    for (const name of next) {
      const [value, priority] = [next.getPropertyValue(name), next.getPropertyPriority(name)];
      if (old.getPropertyValue(name) !== value) style.setProperty(name, value, priority);
    }
  };

  // src/parts/matching.js
  var OFF = '[data-pr-morph="false"]';
  var PRESERVED = "[hx-preserve],[data-hx-preserve]";
  var ITEMS = 3;
  var NEAR = 10;
  var IDENTITY = ["id", "name", "type", "data-pr-slot"];
  var TYPE = "data-pr-type";
  var CHOICE = "[type=checkbox],[type=radio],option";
  var idOf = (node) => isElement(node) && attribute(node, "id");
  var scriptOf = (script) => [
    attribute(script, TYPE) ?? attribute(script, "type") ?? "",
    attribute(script, "src"),
    script.textContent
  ].join();
  var isAlike = (one, other) => {
    if (nameOf(one) !== nameOf(other)) return false;
    if (!isElement(one) || !isElement(other)) return true;
    if (matches(one, "script")) return scriptOf(one) === scriptOf(other);
    const differs = (name) => attribute(one, name) !== attribute(other, name);
    if (IDENTITY.some(differs) || matches(one, OFF) || matches(other, OFF)) return false;
    if (matches(one, CHOICE)) return !differs("value");
    return !matches(one, "template") || one.innerHTML === other.innerHTML;
  };
  var NAMED = ["id", "name", "href", "src", "action"];
  var HAS_NAME = NAMED.map((name) => `[${name}]`).join();
  var VALUED = `${CHOICE},[type=hidden]`;
  var tokenOf = (element, name) => {
    let value = attribute(element, name);
    if (value && name === "name" && matches(element, VALUED))
      value += `=${attribute(element, "value")}`;
    else if (value && name !== "id" && name !== "name") value = value.split(/[?#]/, 1)[0];
    return value && `${name} ${value}`;
  };
  var labelsOf = (element) => [element, ...all("[id],[name]", element)].flatMap(
    (one) => ["id", "name"].map((name) => attribute(one, name) && `${name} ${attribute(one, name)}`)
  );
  var isTwin = (one, other) => {
    const labels = new Set(labelsOf(one).filter(Boolean));
    return isAlike(one, other) && labelsOf(other).some((label) => labels.has(label));
  };
  var byToken = (nodes) => {
    const owners = /* @__PURE__ */ new Map();
    for (const node of nodes) {
      const elements = isElement(node) ? [node, ...all(HAS_NAME, node)] : [];
      for (const element of elements)
        for (const name of NAMED) {
          const token = tokenOf(element, name);
          const owner = token && owners.get(token);
          if (token) owners.set(token, owner === void 0 || owner === node ? node : null);
        }
    }
    return owners;
  };
  var wordsOf = (node) => {
    const text = isElement(node) ? htmlOf(node).replace(/<[^>]*>/g, " ") : node.nodeValue;
    return text?.split(/\s+/).filter(Boolean) ?? [];
  };
  var likeness = (one, other) => {
    const [words2, others] = [wordsOf(one), new Set(wordsOf(other))];
    const shared = words2.filter((word) => others.has(word));
    const count = Math.min(words2.length, others.size);
    return count ? shared.length / count : 1;
  };
  var isLike = (one, other) => likeness(one, other) >= 0.5;
  var Pairing = class {
    /** @type {Map<Node, Node>} */
    pairs = /* @__PURE__ */ new Map();
    /** Those that have ids, names or URLs. @type {Set<Node | null>} */
    named = /* @__PURE__ */ new Set();
    /** @param {Node[]} before @param {Node[]} after @param {MayBecome} mayBecome @param {HasState} hasState */
    constructor(before, after, mayBecome, hasState) {
      this.hasState = hasState;
      this.before = before;
      this.after = after;
      this.mayBecome = mayBecome;
      this.old = new Set(before);
      this.coming = new Set(after);
      this.counts = /* @__PURE__ */ new Map();
      for (const name of before.map(nameOf)) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
    get isDone() {
      return !this.old.size || !this.coming.size;
    }
    /** @param {Node} one @param {Node} other */
    add(one, other) {
      if (!this.old.has(one) || !this.coming.has(other) || !isAlike(one, other)) return;
      this.old.delete(one);
      this.coming.delete(other);
      this.pairs.set(other, one);
    }
    /** What is surest goes first. */
    run() {
      this.pairEnds();
      if (!this.isDone) this.pairOnly();
      if (!this.isDone) this.pairBy(idOf);
      for (const nodes of [this.old, this.coming])
        for (const node of nodes) if (idOf(node)) nodes.delete(node);
      if (!this.isDone) this.pairByContent();
      if (!this.isDone) this.pairByPlace(true);
      if (!this.isDone) this.pairByPlace(false);
      return this.pairs;
    }
    /** What is the same from the first one on, and from the last one on. */
    pairEnds() {
      const { before, after } = this;
      const isSame = (one, other) => idOf(one) ? idOf(one) === idOf(other) : isEqual(one, other);
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
    /** What is alone on both sides. */
    pairOnly() {
      if (this.old.size > 1 || this.coming.size > 1) return;
      const [[one], [other]] = [this.old, this.coming];
      if (this.mayBecome(one, other, { isOnly: true, isItem: this.isItem(one), isNamed: false }))
        this.add(one, other);
    }
    /** What is equal; then what has the same id, name or URL in it; then what has the same text. */
    pairByContent() {
      const contentOf = (node) => `${nameOf(node)} ${textOf(node)}`;
      const isSame = new Set(this.groupsBy(contentOf).flat(2));
      this.pairBy((node) => isSame.has(node) && isElement(node) && wholeHtmlOf(node));
      const [owners, comers] = [this.old, this.coming].map(byToken);
      for (const [token, node] of comers) {
        const owner = owners.get(token);
        if (node && owner) this.add(owner, node);
      }
      this.named = /* @__PURE__ */ new Set([...owners.values(), ...comers.values()]);
      this.pairBy((node) => isSame.has(node) && textOf(node)?.trim() && contentOf(node));
    }
    /** What is left between the same neighbours. @param {boolean} isExact whether it must be of one class */
    pairByPlace(isExact) {
      const gaps = this.gaps();
      const kindOf = (node) => isExact && isElement(node) && attribute(node, "class");
      for (const [some, others] of this.groupsBy(
        (node) => `${gaps.get(node)} ${nameOf(node)} ${kindOf(node)}`
      )) {
        const isOnly = some.length === 1 && others.length === 1;
        const isItem = this.isItem(some[0]);
        if (!isOnly) this.pairLikest(some, others);
        for (const other of others) {
          const isNamed = isItem && this.named.has(other);
          const place = some.slice(0, NEAR).findIndex(
            (node) => this.mayBecome(node, other, {
              isOnly,
              isItem,
              isNamed: isNamed && this.named.has(node)
            })
          );
          if (place >= 0) this.add(some.splice(place, 1)[0], other);
        }
      }
    }
    /** What has a state becomes the likest of those that come, rather than the first. @param {Node[]} some @param {Node[]} others */
    pairLikest(some, others) {
      for (const node of some.slice(0, NEAR)) {
        if (!this.hasState(node)) continue;
        const near = others.slice(0, NEAR).filter((other) => isAlike(node, other));
        const scores = near.map((other) => likeness(node, other));
        const best = near[scores.indexOf(Math.max(...scores))];
        if (!best || !isLike(node, best)) continue;
        some.splice(some.indexOf(node), 1);
        others.splice(others.indexOf(best), 1);
        this.add(node, best);
      }
    }
    /** By node, the number of the last one before it that stays. */
    gaps() {
      const numbers = new Map(this.before.map((node, number) => [node, number]));
      const kept = new Set(this.pairs.values());
      const gaps = /* @__PURE__ */ new Map();
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
     * Those of both sides for which a key is the same.
     *
     * @param {(node: Node) => string | false | null | undefined} keyOf
     */
    groupsBy(keyOf) {
      const groups = /* @__PURE__ */ new Map();
      for (const node of this.old) {
        const key = keyOf(node);
        const group = key && groups.get(key);
        if (group) group[0].push(node);
        else if (key) groups.set(key, [[node], []]);
      }
      for (const node of this.coming) {
        const key = keyOf(node);
        if (key) groups.get(key)?.[1].push(node);
      }
      return [...groups.values()].filter(([, others]) => others.length);
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
  };
  var pair = (before, after, mayBecome, hasState = () => false) => new Pairing(before, after, mayBecome, hasState).run();

  // later:answers/base-of.js
  var baseOf = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 79572c8e later")]["baseOf"](...all2);

  // src/parts/sent.js
  var inert = document.implementation.createHTMLDocument();
  var linked = () => {
    const key = /* @__PURE__ */ Symbol("parallel-routes");
    return {
      /** @param {Node} node @returns {Node | undefined} */
      get: (node) => (
        /** @type {any} */
        node[key]
      ),
      /** @param {Node} node */
      has: (node) => key in node,
      /** @param {Node} node @param {Node} other */
      set(node, other) {
        node[key] = other;
      }
    };
  };
  var shown = linked();
  var sentOf = linked();
  var link = (sent, node) => {
    shown.set(sent, node);
    sentOf.set(node, sent);
  };
  var linkAll = (sent, nodes) => {
    const elements = all("*", sent);
    nodes.forEach((node, place) => {
      link(elements[place], node);
    });
  };
  var sentFor = (slot) => {
    const base = baseOf(slot);
    if (base?.nodes.length) linkAll(base.sent, base.nodes.splice(0));
    return base?.sent;
  };
  var childWith = (node, place) => {
    let child = node ?? null;
    while (child && parentOf(child) !== place) child = parentOf(child);
    return child;
  };
  var linkTexts = (sent, place) => {
    let next = firstOf(place);
    for (const one of sent) {
      const node = shown.get(one);
      if (node && (isInPage(node) || !/^OPT/.test(nameOf(node)))) {
        const child = childWith(node, place);
        if (child) next = nextOf(child);
        continue;
      }
      let text = next;
      while (text && nameOf(text) !== nameOf(one) && !sentOf.has(text)) text = nextOf(text);
      if (!text || nameOf(text) !== nameOf(one) || sentOf.has(text)) continue;
      link(one, text);
      next = nextOf(text);
    }
  };

  // src/parts/exchanging.js
  var isIn = (node, place) => !!node && parentOf(node) === place;
  var isExchange = ({ hasPreserved, moves }, sent, coming, place, pairs) => [sent, coming].every((node) => [...nodesOf(node)].some(isElement)) && [...pairs.keys()].every((node) => !isElement(node) && !node.nodeValue?.trim()) && nodesOf(place).length === nodesOf(sent).length && [...nodesOf(sent)].every((one) => isIn(shown.get(one), place)) && !(hasPreserved && all(PRESERVED, coming).length) && moves.areNoneIn(sent, coming);
  var exchange = (merge, sent, coming, place) => {
    const going = elementsOf(place);
    merge.touch(place);
    for (const element of going) dispatch("leave", element);
    const copy = (
      /** @type {Element} */
      inert.importNode(coming, true)
    );
    linkAll(copy, all("*", coming));
    merge.added.push(...elementsOf(coming));
    fill(sent, nodesOf(copy));
    fill(place, nodesOf(coming));
    for (const element of going) merge.gone.append(element);
  };

  // src/parts/growing.js
  var growing = (numbers) => {
    const ends = [];
    const previous = [];
    for (const [place, number] of numbers.entries()) {
      if (number < 0) continue;
      let low = 0;
      let high = ends.length;
      while (low < high) {
        const middle = low + high >> 1;
        if (numbers[ends[middle]] < number) low = middle + 1;
        else high = middle;
      }
      previous[place] = ends[low - 1] ?? -1;
      ends[low] = place;
    }
    const stay = /* @__PURE__ */ new Set();
    for (let place = ends.at(-1) ?? -1; place >= 0; place = previous[place]) stay.add(place);
    return stay;
  };

  // src/parts/moves.js
  var byId = (place) => {
    const found = /* @__PURE__ */ new Map();
    for (const element of all("[id]", place)) {
      const id = `${idOf(element)}`;
      found.set(id, found.has(id) ? null : element);
    }
    return found;
  };
  var Moves = class {
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
      if (this.#areNone === void 0) {
        const [sent, comes] = this.#read();
        this.#areNone = ![...comes.keys()].some((id) => sent.has(id));
      }
      return this.#areNone;
    }
    /** Whether nothing in an element that was sent stays elsewhere, and nothing in one that comes was sent elsewhere. @param {ParentNode} going @param {ParentNode} coming */
    areNoneIn(going, coming) {
      if (this.areNone) return true;
      const [sent, comes] = this.#read();
      const isIn2 = (ids) => (one) => ids.has(`${idOf(one)}`);
      return !all("[id]", going).some(isIn2(comes)) && !all("[id]", coming).some(isIn2(sent));
    }
    /** What was sent with the id of an element that comes, and is still there, wherever it stands. @param {Node} coming */
    origin(coming) {
      if (this.areNone) return;
      const [sent, comes] = this.#read().map((ids) => ids.get(`${idOf(coming)}`));
      const isIt = sent && comes === coming && isAlike(sent, coming);
      if (!isIt || closest(sent, OFF) || closest(comes, OFF)) return;
      const node = shown.get(sent);
      return node && isInPage(node) ? sent : void 0;
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
  };

  // src/parts/merging.js
  var SPECIAL = `template,[data-pr-slot],${OFF}`;
  var READ = /^(data-)?hx-|^(href|action|method|target|download)$/;
  var STATEFUL = "details[open],dialog[open],audio,video,iframe,canvas,object,:focus";
  var isControl = (element) => /^(input|select|textarea)$/.test(tagOf(element));
  var serverOf = (control) => (
    /** @type {Control} */
    sentOf.get(control) ?? control
  );
  var groupOf = (control) => {
    const { type, name, form } = control;
    if (type !== "radio" || !name) return [control];
    const same = (
      /** @type {Control[]} */
      all(`input[name="${CSS.escape(name)}"]`)
    );
    return same.filter((one) => one.type === type && one.form === form);
  };
  var isEdited = (control) => groupOf(control).some((one) => enteredIn(one) !== defaultOf(serverOf(one)));
  var refused = /* @__PURE__ */ new WeakSet();
  var Merge = class {
    /** @type {Element[]} */
    added = [];
    /** What htmx must read again. @type {Set<Element>} */
    changed = /* @__PURE__ */ new Set();
    /** Where something has come, gone or changed. @type {Set<Node>} */
    touched = /* @__PURE__ */ new Set();
    /** The controls that have another value. @type {Set<Element>} */
    updated = /* @__PURE__ */ new Set();
    /** What has gone, to be cleaned up by htmx. */
    gone = document.createElement("div");
    /** @type {Map<Element, boolean>} */
    states = /* @__PURE__ */ new Map();
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
      if (known !== void 0) return known;
      const elements = [element, ...all("*", element)];
      const hasState = all(STATEFUL, element).length > 0 || matches(element, STATEFUL) || elements.some((one) => tagOf(one).includes("-") || isControl(one) && isEdited(one));
      this.states.set(element, hasState);
      return hasState;
    }
    /** @param {ParentNode & Node} sent @param {ParentNode & Node} coming @param {Node} place */
    children(sent, coming, place) {
      const [before, after] = [[...nodesOf(sent)], [...nodesOf(coming)]];
      linkTexts(before, place);
      if (before.length === 1 && after.length === 1 && isText(before[0]) && isText(after[0]))
        return this.node(before[0], after[0]);
      const pairs = pair(
        before,
        after,
        (...about) => this.mayBecome(...about),
        (one) => this.mayTakeOver(one)
      );
      this.pairOwn(after, pairs, place);
      if (isExchange(this, sent, coming, place, pairs)) return exchange(this, sent, coming, place);
      const kept = new Set(pairs.values());
      for (const node of before) if (!kept.has(node)) this.remove(node, place);
      const places = new Map(before.map((node, number) => [node, number]));
      const staying = growing(
        after.map((node) => places.get(
          /** @type {Node} */
          pairs.get(node)
        ) ?? -1)
      );
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
        const twin = (
          /** @type {Element | undefined} */
          own.find((one) => isTwin(
            /** @type {Element} */
            one,
            node
          ))
        );
        if (!twin || all("*", twin).some((one) => sentOf.has(one))) continue;
        const copy = (
          /** @type {Element} */
          inert.importNode(twin, true)
        );
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
      if (matches(coming, "[data-pr-slot]")) return this.slot(
        /** @type {Slot} */
        node,
        coming
      );
      const hasSpecial = this.hasSpecial && (matches(coming, SPECIAL) || all(SPECIAL, coming).length > 0);
      if (!hasSpecial && isEqual(sent, coming)) return;
      const control = isControl(node) && node.type !== "file" ? node : void 0;
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
      const { dataset } = (
        /** @type {HTMLElement} */
        coming
      );
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
        const sent = (
          /** @type {Element} */
          sentOf.get(one)
        );
        if (!idOf(one) || !sent || !contains(node, one)) continue;
        const old2 = this.moves.origin(one);
        const parent = (
          /** @type {Node} */
          parentOf(one)
        );
        if (old2) {
          replace(sent, this.bring(old2, one, parent, one));
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
      this.move(
        kept,
        /** @type {Node} */
        parentOf(element),
        element
      );
      remove(element);
    }
    /** @param {Node} sent @param {Node} place */
    remove(sent, place) {
      if (isElement(sent)) this.moves.park(sent);
      const node = shown.get(sent);
      if (!node || !isInPage(node) || this.moves.isParked(node)) return;
      this.touch(place);
      if (isElement(node)) dispatch("leave", node);
      const wrapper = childWith(node, place);
      const isIts = wrapper && wrapper !== node && isElement(wrapper) && !all("*", wrapper).some((one) => sentOf.has(one) && !contains(node, one));
      this.gone.append(isIts ? wrapper : node);
    }
    /** Let an element that was sent elsewhere come to its new place. @param {Element} sent @param {Node} coming @param {Node} place @param {Node | null} anchor */
    bring(sent, coming, place, anchor) {
      this.sent.append(sent);
      this.move(
        /** @type {Node} */
        shown.get(sent),
        place,
        anchor
      );
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
  };

  // src/parts/morph.js
  var MANY = 20;
  var BUTTONS = "button,[type=submit],[type=image]";
  var resetForm = (slot, merge, { isSafe, status = 200 }) => {
    const { form } = merge;
    if (isSafe || !form || !slot.contains(form)) return;
    const controls = controlsOf(form);
    if (status > 399 || slot.querySelector('[aria-invalid="true"],.errorlist')) {
      refused.add(form);
      for (const control of controls)
        if (control.type !== "file" && merge.wasSent(control)) merge.reset(control);
      return;
    }
    const before = controls.map((control) => ({
      control,
      value: enteredIn(control),
      isKept: control.name && control.type !== "file" && !merge.wasSent(control)
    }));
    HTMLFormElement.prototype.reset.call(form);
    for (const { control, value, isKept } of before) {
      if (isKept) setValue(control, value);
      else if (control.type !== "file") merge.reset(control);
      if (enteredIn(control) !== value) merge.updated.add(control);
    }
  };
  var releaseButtons = (form) => {
    for (const button of form ? all(BUTTONS, form) : []) {
      const sent = (
        /** @type {Element | undefined} */
        sentOf.get(button)
      );
      if (!sent || sent.matches("[disabled]") || !button.matches("[disabled]")) continue;
      for (const name of ["disabled", "class", "value"]) {
        const value = sent.getAttribute(name);
        if (value === null) button.removeAttribute(name);
        else button.setAttribute(name, value);
      }
      if (button.textContent === sent.textContent) continue;
      const copy = (
        /** @type {Element} */
        document.importNode(sent, true)
      );
      linkAll(sent, all("*", copy));
      button.replaceChildren(...copy.childNodes);
    }
  };
  var scrollToStart = (slot, touched) => {
    const boxes = /* @__PURE__ */ new Set();
    for (const node of touched)
      for (let box = (
        /** @type {Node | null} */
        node
      ); box && box !== slot.parentNode; box = parentOf(box)) {
        if (boxes.has(box)) break;
        boxes.add(box);
      }
    for (const box of boxes)
      if (["scrollTop", "scrollLeft"].some((name) => Reflect.get(Element.prototype, name, box)))
        scrollBox(box, 0, 0);
  };
  var loadMedia = (touched) => {
    for (const media of touched) {
      if (!(media instanceof HTMLMediaElement) || media.src) continue;
      const sources = (
        /** @type {HTMLSourceElement[]} */
        [...media.querySelectorAll("source")]
      );
      if (!sources.some(({ src }) => src === media.currentSrc)) media.load();
    }
  };
  var newest = (element, _, { length }) => {
    const place = parentOf(element);
    if (!place || length <= MANY || !isElement(place)) return element;
    return countElements(place) === length ? place : element;
  };
  var controlsIn = (slot) => all(CONTROLS, sentFor(slot)).map((sent) => (
    /** @type {Control | undefined} */
    shown.get(sent)
  ));
  hooks.takeCopy = (slot) => ({
    html: sentFor(slot)?.innerHTML ?? "",
    values: controlsIn(slot).map((control) => control && enteredIn(control))
  });
  hooks.showCopy = (slot, { html, values }) => {
    const content = inert.createElement("div");
    content.innerHTML = html;
    const { added = [] } = hooks.merge?.(slot, content, { isOther: true, isSafe: true }) ?? {};
    for (const element of added) dispatch("enter", element, { restored: false });
    for (const [place, control] of controlsIn(slot).entries()) {
      const value = values[place];
      if (!control || control.type === "file" || value === void 0) continue;
      if (setValue(control, value)) dispatch("update", control, { restored: true });
    }
    dispatch("update", slot, { restored: true });
  };
  hooks.canMerge = (slot) => !!sentFor(slot);
  hooks.merge = (slot, content, options) => {
    const sent = (
      /** @type {Element} */
      sentFor(slot)
    );
    const { activeElement } = document;
    const merge = new Merge(options, sent, content);
    releaseButtons(merge.form);
    merge.children(sent, content, slot);
    merge.moves.end();
    loadMedia(merge.touched);
    resetForm(slot, merge, options);
    if (merge.gone.firstChild) clear(merge.gone);
    for (const element of merge.changed) htmx.process(element, true);
    for (const element of new Set(merge.added.map(isFour() ? parentOf : newest)))
      if (element) htmx.process(element);
    if (options.isOther) scrollToStart(slot, merge.touched);
    if (activeElement !== document.activeElement && slot.contains(activeElement))
      activeElement.focus({ preventScroll: true });
    const { added, updated } = merge;
    return { added, updated };
  };
})();
