/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // later:answers/htmx.js
  var clear = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["clear"](...all2);

  // later:answers/scrolling.js
  var scrollBox = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["scrollBox"](...all2);

  // src/controls.js
  var CONTROLS = "input, select, textarea";
  var isChoice = ({ type }) => type === "checkbox" || type === "radio";
  var join = (options) => [...options].map(({ value }) => value).join("\n");
  var enteredIn = (control) => {
    if (isChoice(control)) return `${control.checked}`;
    if (!control.options) return control.value;
    return join([...control.options].filter(({ selected }) => selected));
  };
  var defaultOf = (control) => {
    if (isChoice(control)) return `${control.defaultChecked}`;
    const { options, type, defaultValue } = control;
    if (!options) {
      if (defaultValue || !/^(color|range)$/.test(type)) return defaultValue;
      const { min, max, step } = control;
      return Object.assign(document.createElement("input"), { type, min, max, step }).value;
    }
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

  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");

  // page:htmx.js
  var { "isFour": isFour } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT, "dropRendering": dropRendering, "slotFor": slotFor, "slots": slots } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

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
  var textOf = /* @__PURE__ */ getter(prototype, "textContent");
  var htmlOf = /* @__PURE__ */ getter(Element.prototype, "innerHTML");
  var wholeHtmlOf = /* @__PURE__ */ getter(Element.prototype, "outerHTML");
  var tagOf = /* @__PURE__ */ getter(Element.prototype, "localName");
  var classesOf = /* @__PURE__ */ getter(Element.prototype, "classList");
  var isElement = (node) => typeOf(node) === 1;
  var isText = (node) => typeOf(node) === 3;
  var isSpace = (node) => isText(node) && !node.nodeValue?.trim();
  var withAncestors = (nodes) => {
    const found = /* @__PURE__ */ new Set();
    for (const node of nodes)
      for (let one = (
        /** @type {Node | null} */
        node
      ); one && !found.has(one); one = parentOf(one))
        found.add(one);
    return found;
  };
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
    Reflect.set(prototype, "textContent", "", place);
    for (const node of nodes) insert(place, node, null);
  };
  var changeText = (node, text) => {
    const { data } = node;
    const most = Math.min(data.length, text.length);
    let start = 0;
    while (start < most && data[start] === text[start]) start += 1;
    let end = 0;
    while (end < most - start && data.at(-1 - end) === text.at(-1 - end)) end += 1;
    node.replaceData(start, data.length - start - end, text.slice(start, text.length - end));
  };
  var remove = (element) => Element.prototype.remove.call(element);
  var replace = (element, other) => Element.prototype.replaceWith.call(element, other);
  var listed = (nodes) => {
    const list = [];
    for (let place = 0, { length } = nodes; place < length; place += 1) list[place] = nodes[place];
    return list;
  };
  var all = (selector, place = document) => listed(
    /** @type {NodeListOf<HTMLElement>} */
    (place instanceof Element ? Element.prototype : place).querySelectorAll.call(place, selector)
  );
  var dispatch = (name, element, detail) => EventTarget.prototype.dispatchEvent.call(
    element,
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );

  // later:answers/base-of.js
  var baseOf = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["baseOf"](...all2);

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
    for (const [place, one] of all("*", sent).entries()) link(one, nodes[place]);
  };
  var added = /* @__PURE__ */ new WeakMap();
  var linkLater = (slot, sent, nodes) => {
    const base = (
      /** @type {Base} */
      baseOf(slot)
    );
    const pairs = added.get(base) ?? [];
    pairs.push([sent.querySelectorAll("*"), nodes.querySelectorAll("*")]);
    added.set(base, pairs);
  };
  var settle = (slot) => {
    const base = baseOf(slot);
    if (!base) return;
    if (base.nodes.length) linkAll(base.sent, base.nodes);
    base.nodes = [];
    for (const [sent, nodes] of added.get(base) ?? [])
      for (const [place2, one] of listed(sent).entries()) link(one, nodes[place2]);
    added.delete(base);
    const outer = slot.parentElement && closest(slot.parentElement, SLOT);
    const place = outer && baseOf(outer)?.sent.querySelector(`[id="${slot.id}"]`);
    if (!place || place === base.sent) return;
    place.replaceWith(base.sent);
    link(base.sent, slot);
  };
  var sentFor = (slot) => {
    for (const one of slots()) if (one.contains(slot) || slot.contains(one)) settle(one);
    return baseOf(slot)?.sent;
  };
  var childWith = (node, place) => {
    let child = node ?? null;
    while (child && parentOf(child) !== place) child = parentOf(child);
    return child;
  };
  var linkTexts = (sent, place) => {
    let next = firstOf(place);
    const gone = /* @__PURE__ */ new Map();
    for (const one of sent) {
      const node = shown.get(one);
      if (node && (isInPage(node) || !/^OPT/.test(nameOf(node)))) {
        const child = childWith(node, place);
        if (child) next = nextOf(child);
        else if (isElement(one) && !isInPage(node)) {
          if (!gone.get(next)?.push(one)) gone.set(next, [one]);
        }
        continue;
      }
      let text = next;
      while (text && nameOf(text) !== nameOf(one) && !sentOf.has(text)) text = nextOf(text);
      if (!text || nameOf(text) !== nameOf(one) || sentOf.has(text)) continue;
      link(one, text);
      next = nextOf(text);
    }
    return gone;
  };

  // src/parts/entered.js
  var isControl = (element) => /^(input|select|textarea)$/.test(tagOf(element));
  var sentIn = (control) => defaultOf(
    /** @type {Control} */
    sentOf.get(control) ?? control
  );
  var differs = (control) => enteredIn(control) !== sentIn(control);
  var STATEFUL = /-|^(audio|canvas|iframe|object|video)$/;
  var isStateful = (element) => {
    const tag = tagOf(element);
    if (tag === "details" || tag === "dialog")
      return (
        /** @type {HTMLDialogElement} */
        element.open
      );
    return isControl(element) ? differs(element) : STATEFUL.test(tag);
  };
  var isWritten = (element) => {
    const sent = sentOf.get(element);
    return !!sent && htmlOf(element) !== htmlOf(sent);
  };
  var isOpen = (element) => !!element.popover && matches(element, ":popover-open");
  var isInUse = (element) => contains(element, document.activeElement) || /** @type {Control[]} */
  all(CONTROLS, element).some(differs);
  var radioGroups = () => {
    const forms = /* @__PURE__ */ new Map();
    for (
      const radio of
      /** @type {Control[]} */
      all("input[type=radio]")
    ) {
      const { form, name } = radio;
      const names = forms.get(form) ?? /* @__PURE__ */ new Map();
      const group = name && names.get(name) || [];
      group.push(radio);
      forms.set(form, names.set(name || radio, group));
    }
    return [...forms.values()].flatMap((names) => [...names.values()]);
  };
  var Entered = class {
    /** @type {Map<Element, {chosen?: Control, isEdited: boolean, wasSent: boolean}>} */
    #groups = /* @__PURE__ */ new Map();
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
          wasSent: radios.every((one) => one.disabled || this.#wasSent(one))
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
      return () => chosen ? setValue(chosen, "true") : setValue(control, value);
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
          (one) => isOpen(one) || isWritten(one)
        )
      ]);
      return this.#states.has(node) || isInPage(node) && !contains(this.slot, node);
    }
  };

  // src/parts/matching.js
  var OFF = '[data-pr-morph="false"]';
  var BUSY = '[data-pr-state="busy"]';
  var PRESERVED = `[hx-preserve],[data-hx-preserve],${BUSY}`;
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
    const differs2 = (name) => attribute(one, name) !== attribute(other, name);
    if (IDENTITY.some(differs2) || matches(one, OFF) || matches(other, OFF)) return false;
    if (matches(one, CHOICE)) return !differs2("value");
    return !matches(one, "template") || one.innerHTML === other.innerHTML;
  };
  var OWN = ["id", "name"];
  var NAMED = [...OWN, "href", "src", "action"];
  var VALUED = `${CHOICE},[type=hidden]`;
  var tokenOf = (element, name) => {
    const value = attribute(element, name);
    if (!value || name === "id") return value;
    if (name !== "name") return value.split(/[?#]/, 1)[0];
    return matches(element, VALUED) ? `${value}=${attribute(element, "value")}` : value;
  };
  var ownersOf = (siblings, names) => {
    const [first] = siblings;
    const parent = (
      /** @type {ParentNode & Node} */
      first && parentOf(first)
    );
    const owners = names.map(() => /* @__PURE__ */ new Map());
    for (const element of parent ? all(names.map((name) => `[${name}]`).join(), parent) : []) {
      const node = (
        /** @type {Node} */
        childWith(element, parent)
      );
      if (!siblings.has(node)) continue;
      for (const [place, name] of names.entries()) {
        const token = tokenOf(element, name);
        if (!token) continue;
        const owner = owners[place].get(token);
        if (owner === void 0) owners[place].set(token, node);
        else if (owner !== node) owners[place].set(token, null);
      }
    }
    return owners;
  };
  var sharing = (nodes, others, { names = NAMED, named } = {}) => {
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
  var linksIn = (node) => (isElement(node) ? [node, ...all("[href]", node)] : []).flatMap(
    (link2) => tokenOf(link2, "href") ?? []
  );
  var leadElsewhere = (one, other) => {
    const [links, others] = [one, other].map(linksIn);
    return links.length > 0 && others.length > 0 && !links.some((link2) => others.includes(link2));
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
    /** The nodes that have an id, name or URL which no other node of their list has. @type {Set<Node | null>} */
    named = /* @__PURE__ */ new Set();
    /** The ids of nodes. An id that several siblings have identifies none of these. @type {Map<Node, string>} */
    ids = /* @__PURE__ */ new Map();
    /** @param {Node[]} before @param {Node[]} after @param {Known} known */
    constructor(before, after, { isOther, hasState }) {
      this.before = before;
      this.after = after;
      this.isOther = isOther;
      this.hasState = hasState;
      this.old = new Set(before.filter((node) => !isSpace(node)));
      this.coming = new Set(after.filter((node) => !isSpace(node)));
      this.counts = /* @__PURE__ */ new Map();
      const repeated = /* @__PURE__ */ new Set();
      for (const nodes of [this.old, this.coming]) {
        const known2 = /* @__PURE__ */ new Set();
        for (const node of nodes) {
          const id = idOf(node);
          if (!id) continue;
          this.ids.set(node, id);
          (known2.has(id) ? repeated : known2).add(id);
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
      const isSame = (one, other) => this.ids.has(one) ? this.ids.get(one) === this.ids.get(other) : isEqual(one, other);
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
      const [olds, texts] = [this.old, this.coming].map(
        (nodes) => [...nodes].slice(0, NEAR).map(textOf)
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
      const contentOf2 = (node) => `${nameOf(node)} ${textOf(node)}`;
      const isSame = new Set(this.groupsBy(contentOf2).flat(2));
      this.pairBy((node) => isSame.has(node) && isElement(node) && wholeHtmlOf(node));
      this.pairNamed();
      this.pairBy((node) => isSame.has(node) && textOf(node)?.trim() && contentOf2(node));
    }
    /** Pair the nodes that are left between the same neighbours. @param {boolean} isExact whether they must have the same class */
    pairByPlace(isExact) {
      const gaps = this.gaps();
      const kindOf = (node) => isExact && isElement(node) && attribute(node, "class");
      for (const [some, others] of this.groupsBy(
        (node) => `${gaps.get(node)} ${nameOf(node)} ${kindOf(node)}`
      )) {
        const isItem = this.isItem(some[0]);
        const isOnly = !isItem && some.length === 1 && others.length === 1;
        this.dropOthers(some, others);
        const able = some.filter((node) => this.old.has(node));
        if (!isOnly) this.pairLikest(able, others);
        for (const other of able.length ? others : []) {
          const place = able.slice(0, NEAR).findIndex((node) => isOnly || this.mayBecome(node, other));
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
      const gaps = /* @__PURE__ */ new Map();
      for (const nodes of [this.before, this.after]) {
        let gap = -1;
        for (const node of nodes) {
          const known2 = kept.has(node) ? node : this.pairs.get(node);
          if (known2) gap = numbers.get(known2) ?? gap;
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
      const groups = /* @__PURE__ */ new Map();
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
  };
  var pair = (before, after, known2) => new Pairing(before, after, known2).run();

  // later:answers/changes.js
  var describe = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["describe"](...all2);

  // page:bases.js
  var { "noteSent": noteSent } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/attributes.js
  var POWERED = "data-htmx-powered";
  var changeAttributes = (sent, coming, element, isMount) => {
    const names = [sent, coming].flatMap((one) => Element.prototype.getAttributeNames.call(one));
    return [...new Set(names)].filter((name) => {
      const [before, now] = [attribute(sent, name), attribute(coming, name)];
      if (before === now || name === POWERED) return false;
      if (isMount && (now === null || /^(width|height|style)$/.test(name))) {
        setAttribute(sent, coming, name);
        return false;
      }
      if (name === "class") changeClass(element, isMount ? null : before, now);
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
    if (now === null && !classesOf(element).length)
      Element.prototype.removeAttribute.call(element, "class");
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
  var MOVING = "[id],[type=file][name]";
  var byId = (place) => {
    const found = /* @__PURE__ */ new Map();
    for (const element of all(MOVING, place)) {
      const id = idOf(element) || `name ${attribute(element, "name")}`;
      found.set(id, found.has(id) ? null : element);
    }
    return found;
  };
  var scrolledIn = (slot) => all("*", slot).flatMap((box) => {
    const { scrollLeft: left, scrollTop: top } = box;
    return left || top ? [{ box, left, top }] : [];
  });
  var Moves = class {
    /** For each element that was sent before and is sent now: the other one of the two. @type {Map<Node, Element> | undefined} */
    #others;
    /** The ancestors of such elements, and of those with `hx-preserve`. @type {Set<Node>} */
    #holders = /* @__PURE__ */ new Set();
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
      const others = /* @__PURE__ */ new Map();
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
      if (closest(sent, OFF) || closest(
        /** @type {Element} */
        coming,
        OFF
      )) return;
      const node = shown.get(sent);
      return node && isInPage(node) ? sent : void 0;
    }
    /** Park the elements that move, before their parent is removed. They stay in the document, so they keep their state. @param {Node} going */
    park(going) {
      if (!this.has(going)) return;
      for (const sent of [going, ...all(
        MOVING,
        /** @type {Element} */
        going
      )]) {
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
  };

  // src/parts/own.js
  var isOwn = (node) => isElement(node) && [node, ...all("*", node)].every((one) => !sentOf.has(one));
  var asSent = (element) => {
    const copy = (
      /** @type {Element} */
      inert.importNode(element, true)
    );
    link(copy, element);
    linkAll(copy, all("*", element));
    return copy;
  };
  var ownFrom = (node) => {
    const own = [];
    for (let one = node; one && !sentOf.has(one); one = nextOf(one)) if (isOwn(one)) own.push(one);
    return own;
  };
  var contentOf = (node) => {
    const text = textOf(node)?.trim();
    return text && `${nameOf(node)} ${text}`;
  };
  var pairGone = (gone, pairs, place) => {
    if (!gone.size) return;
    const comers = new Map([...pairs].map(([node, old]) => [old, node]));
    const isSame = (old) => isEqual(old, comers.get(old) ?? null);
    const rank = (old) => isSame(old) ? 0 : comers.has(old) ? 1 : 2;
    const there = [...nodesOf(place)].filter((node) => !isSpace(node));
    const isReplaced = there.length > 0 && there.every((node) => !sentOf.has(node));
    for (const [next, olds] of gone) {
      const own = ownFrom(next);
      const free = new Set(own);
      const byPlace = new Map(
        own.length === olds.length ? olds.map((old, place2) => [old, own[place2]]) : []
      );
      for (const old of [...olds].sort((one, other) => rank(one) - rank(other))) {
        const node = comers.get(old);
        const isIts = (one) => isAlike(one, old) && [old, node].some((other2) => other2 && isLike(one, other2));
        if (isReplaced) {
          const same = idOf(old) && there.find((one) => isAlike(one, old));
          if (same) link(old, same);
          continue;
        }
        const other = byPlace.get(old) ?? [...free].find(isIts);
        const isFree = other && free.delete(other);
        if (isSame(old) || isFree && node && isInUse(other)) continue;
        if (node) pairs.delete(node);
        if (isFree && node && isAlike(other, node)) pairs.set(node, asSent(other));
        else if (isFree) link(old, other);
      }
    }
  };
  var pairOwn = (after, pairs, place) => {
    const own = [...nodesOf(place)].filter((node) => isElement(node) && !sentOf.has(node));
    if (!own.length) return;
    const others = after.filter((node) => isElement(node) && !pairs.has(node));
    const taken = /* @__PURE__ */ new Set();
    const add = (twin, node) => {
      if (taken.has(twin) || pairs.has(node) || !isAlike(twin, node) || !isOwn(twin)) return;
      taken.add(twin);
      pairs.set(node, asSent(twin));
    };
    for (const [twin, node] of sharing(own, others, { names: OWN })) add(twin, node);
    const byContent = new Map(own.map((twin) => [contentOf(twin), twin]));
    for (const node of others) {
      const twin = contentOf(node) && byContent.get(contentOf(node));
      if (twin) add(twin, node);
    }
  };

  // src/parts/merging.js
  var SPECIAL = `template,[data-pr-slot],${OFF}`;
  var INLINE = "script:not([src],[type*=json])";
  var READ = /^(data-)?hx-|^(href|action|method|target|download)$/;
  var isContent = (node) => isElement(node) || isText(node) && !isSpace(node);
  var numberIn = (nodes) => {
    const numbers = new Map(nodes.map((node, number) => [node, number]));
    return (node) => (node && numbers.get(node)) ?? -1;
  };
  var refused = /* @__PURE__ */ new WeakSet();
  var known = /* @__PURE__ */ new WeakSet();
  var Merge = class {
    /** @type {Element[]} */
    added = [];
    /** The elements that htmx must read again. @type {Set<Element>} */
    changed = /* @__PURE__ */ new Set();
    /** The nodes in which something was inserted, removed or changed. @type {Set<Node>} */
    touched = /* @__PURE__ */ new Set();
    /** The controls that have another value. @type {Set<Element>} */
    updated = /* @__PURE__ */ new Set();
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
      const isFirst = !known.has(sent) && matches(
        /** @type {Element} */
        sent,
        "[data-pr-key]"
      );
      this.words = new Set(
        isFirst ? all(INLINE, content).flatMap((script) => htmlOf(script).split(/[^\w-]+/)) : []
      );
      known.add(sent);
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
      const [before, after] = [listed(nodesOf(sent)), listed(nodesOf(coming))];
      const gone = linkTexts(before, place);
      if (before.length === 1 && after.length === 1 && isText(before[0]) && isText(after[0]))
        return this.node(before[0], after[0]);
      const pairs = pair(before, after, {
        isOther: this.isOther,
        hasState: (one) => this.entered.hasState(one, this.isOther)
      });
      pairGone(gone, pairs, place);
      pairOwn(after, pairs, place);
      const kept = new Set(pairs.values());
      this.remove(
        before.filter((node) => !kept.has(node)),
        place
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
      return olds.map((old) => old && childWith(shown.get(old), place)).map(numberIn(listed(nodesOf(place))));
    }
    /**
     * Insert, move and merge the children of a place in their new order. Returns what was sent for them.
     *
     * @param {Node[]} before @param {Node[]} after @param {Map<Node, Node>} pairs @param {Node} place
     */
    arrange(before, after, pairs, place) {
      const staying = growing(this.numbers(before, after, pairs, place));
      const next = [];
      for (let number = after.length - 1, node = null; number >= 0; number -= 1) {
        next[number] = node;
        const old = staying.has(number) && pairs.get(after[number]);
        if (old) node = childWith(shown.get(old), place) ?? node;
      }
      const isNew = (node) => !pairs.has(node) && !this.moves.origin(node);
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
        if (node) changeText(
          /** @type {CharacterData} */
          node,
          coming.nodeValue ?? ""
        );
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
      if (!this.special.has(coming) && isEqual(sent, coming)) return;
      const control = isControl(node) && node.type !== "file" ? node : void 0;
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
      const isIn = [document.activeElement, source].includes(control) || form && control.form === form;
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
      return tagOf(coming) === "canvas" || !!id && this.words.has(id);
    }
    /** @param {Element} sent @param {Element} coming @param {Element} element @param {boolean} isMount */
    attributes(sent, coming, element, isMount) {
      const names = changeAttributes(sent, coming, element, isMount);
      if (names.some((name) => READ.test(name))) this.changed.add(element);
      if (names.length && tagOf(element) === "source") this.touch(parentOf(element));
    }
    /** Merge or replace a slot in a layout. @param {Slot} slot @param {Element} coming */
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
        const sent = (
          /** @type {Element} */
          sentOf.get(one)
        );
        if (!sent || !contains(element, one)) continue;
        const old = this.moves.origin(one);
        const parent = (
          /** @type {Node} */
          parentOf(one)
        );
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
      this.move(
        kept,
        /** @type {Node} */
        parentOf(element),
        element
      );
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
      if (going.length === nodesOf(place).length && going.every((one) => parentOf(one) === place))
        fill(place, []);
      for (const one of going) this.gone.append(one);
    }
    /** A node, or the wrapper that a widget has made around this node alone. @param {Node} node @param {Node} place */
    wrapperOf(node, place) {
      const wrapper = childWith(node, place);
      const isIts = wrapper && wrapper !== node && isElement(wrapper) && !all("*", wrapper).some((one) => sentOf.has(one) && !contains(node, one));
      return isIts ? wrapper : node;
    }
    /** Move an element from elsewhere in the slot to its new place. @param {Element} sent @param {Node} coming @param {Node} place @param {Node | null} anchor */
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
  var EDITABLE = '[contenteditable]:not([contenteditable="false"])';
  var LOADING = '[hx-trigger*="load"][hx-target*="slot"],[data-hx-trigger*="load"][data-hx-target*="slot"]';
  var GUARDED = "form[data-pr-guard]";
  var BUTTONS = "button,[type=submit],[type=image]";
  var restore = (element, sent) => {
    if (htmlOf(element) === htmlOf(sent)) return;
    const copy = (
      /** @type {Element} */
      document.importNode(sent, true)
    );
    linkAll(sent, all("*", copy));
    fill(element, [...copy.childNodes]);
  };
  var resetForm = (slot, merge, { isSafe, status = 200 }) => {
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
      isKept: control.name && control.type !== "file" && !merge.entered.wasSent(control)
    }));
    HTMLFormElement.prototype.reset.call(form);
    for (const { control, value, isKept } of before) {
      if (isKept) setValue(control, value);
      else if (control.type !== "file") merge.reset(control);
      if (enteredIn(control) !== value) merge.updated.add(control);
    }
    for (const editable of all(EDITABLE, form)) {
      const sent = (
        /** @type {Element | undefined} */
        sentOf.get(editable)
      );
      if (sent?.matches(EDITABLE)) restore(editable, sent);
    }
  };
  var release = ({ form, entered: { values } }) => {
    for (const control of form ? all(`fieldset,${BUTTONS},${CONTROLS}`, form) : []) {
      const sent = (
        /** @type {Element | undefined} */
        sentOf.get(control)
      );
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
  var scrollToStart = (slot, touched) => {
    const boxes = (
      /** @type {Set<Element>} */
      withAncestors(touched)
    );
    for (const box of boxes)
      if (slot.contains(box) && ["scrollTop", "scrollLeft"].some((name) => Reflect.get(Element.prototype, name, box)))
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
  var processAll = (added2) => {
    if (!isFour()) return htmx.process(seemingFragment(added2));
    const places = (
      /** @type {Element[]} */
      added2.map(parentOf)
    );
    for (const place of new Set(places)) htmx.process(place);
  };
  var seemingFragment = (elements) => {
    const own = new Set(elements);
    const parents = elements.flatMap((one) => (
      /** @type {Element | null} */
      parentOf(one) ?? []
    ));
    const places = [...new Set(parents)];
    const find = (selector) => places.flatMap(
      (place) => all(selector, place).filter(
        (one) => own.has(
          /** @type {Element} */
          childWith(one, place)
        )
      )
    );
    const fragment = document.createDocumentFragment();
    return Object.defineProperties(fragment, {
      childNodes: { value: elements },
      querySelectorAll: { value: find }
    });
  };
  var STATEFUL2 = `${CONTROLS},details,${EDITABLE}`;
  var statefulIn = (slot) => all(STATEFUL2, sentFor(slot)).map(
    (sent) => (
      /** @type {HTMLElement | undefined} */
      shown.get(sent)
    )
  );
  var stateOf = (element) => {
    if (isControl(element)) return enteredIn(element);
    return element instanceof HTMLDetailsElement ? `${element.open}` : htmlOf(element);
  };
  var setState = (element, state) => {
    if (isControl(element)) return setValue(element, state);
    if (element instanceof HTMLDetailsElement) element.open = state === "true";
    else if (htmlOf(element) !== state) Reflect.set(Element.prototype, "innerHTML", state, element);
  };
  hooks.takeCopy = (slot) => ({
    html: sentFor(slot)?.innerHTML ?? "",
    values: statefulIn(slot).map((element) => element && stateOf(element))
  });
  hooks.showCopy = (slot, { html, values }) => {
    const content = inert.createElement("div");
    content.innerHTML = html;
    const { added: added2 = [] } = hooks.merge?.(slot, content, { isOther: true, isSafe: true }) ?? {};
    for (const element of added2) dispatch("enter", element, { restored: false });
    for (const [place, element] of statefulIn(slot).entries()) {
      const value = values[place];
      if (!element || value === void 0 || element.matches("[type=file]")) continue;
      if (setState(element, value)) dispatch("update", element, { restored: true });
    }
    dispatch("update", slot, { restored: true });
  };
  hooks.canMerge = (slot) => !!sentFor(slot);
  var nameOf2 = (form) => {
    const { dataset } = (
      /** @type {HTMLElement} */
      closest(form, "[data-pr-slot]")
    );
    const page = dataset.prSrc?.split("?")[0];
    return `${[dataset.prSlot, dataset.prVariant, page, attribute(form, "action")]}`;
  };
  hooks.keepsForms = (slot, element) => {
    const coming = all(`${GUARDED}:not(${OFF},${OFF} *)`, element).map(nameOf2);
    const busy = all(BUSY, element).map(slotFor);
    return all(GUARDED, slot).every(
      (form) => coming.includes(nameOf2(form)) || busy.some((inner) => inner && contains(inner, form))
    );
  };
  hooks.merge = (slot, content, options) => {
    const sent = (
      /** @type {Element} */
      sentFor(slot)
    );
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
    if (merge.gone.firstChild) clear(merge.bin);
    for (const element of merge.changed) htmx.process(element, true);
    if (merge.added.length) processAll(merge.added);
    if (options.isOther) scrollToStart(slot, merge.touched);
    if (activeElement !== document.activeElement && slot.contains(activeElement))
      activeElement.focus({ preventScroll: true });
    const { added: added2, updated } = merge;
    const isNew = (one) => added2.some((element) => contains(element, one));
    if (source && !refreshed && !(activeElement && isControl(activeElement)))
      all("[autofocus]", slot).find(isNew)?.focus();
    return { added: added2, updated };
  };
  document.addEventListener(
    "parallel-routes:settle",
    () => globalThis.requestIdleCallback?.(() => slots().forEach(sentFor))
  );
})();
