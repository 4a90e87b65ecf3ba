/* Built from js/ of django-parallel-routes: b00aabd9e2eb7034 */
"use strict";
(() => {
  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place.querySelectorAll(selector)
  ];
  var dispatch = (name, target, detail) => target.dispatchEvent(
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );
  var parse = (html) => new DOMParser().parseFromString(html, "text/html").body;

  // src/header.js
  var MAX_LENGTH = 4096;
  var headerOf = (state) => {
    const short = shorten(state);
    const all2 = JSON.stringify(short);
    const text = all2.length > MAX_LENGTH ? JSON.stringify({ ...short, tables: void 0 }) : all2;
    return text.length <= MAX_LENGTH && text;
  };
  var shorten = ({ slots, restore, ...state }) => {
    const urls = [];
    let viewer = "";
    const at = (url) => urls.includes(url) ? urls.indexOf(url) : urls.push(url) - 1;
    const short = ([address, [variant, src, key, mount]]) => {
      viewer ||= key.slice(17);
      const own = viewer === key.slice(17) ? key.slice(0, 17) : key;
      const text = `${variant[0]}${at(src)}.${own}`;
      return [address, mount ? `${text}.${at(mount)}` : text];
    };
    const all2 = (from) => from && Object.fromEntries(Object.entries(from).map(short));
    return { ...state, slots: all2(slots), restore: all2(restore), urls, viewer: viewer || void 0 };
  };

  // src/parts/core.js
  var core = (
    /** @type {Core} */
    /** @type {any} */
    window[/* @__PURE__ */ Symbol.for("django-parallel-routes")]
  );

  // src/parts/loading.js
  var { current, HEADER, hooks, loadPartsFor, rememberScroll, scrollBox, SLOT, slotAround } = core;
  var LEAST = 300;
  hooks.showLoading = async (navigation, url, headers) => {
    const { isSafe, source, state, loading } = navigation;
    const signal = (
      /** @type {AbortController} */
      loading.signal
    );
    const slot = source && slotAround(source);
    const covers = !isSafe && slot ? [cover(slot)] : [];
    navigation.covers = covers;
    const header = headerOf({ ...state, intent: "loading" });
    if (!isSafe || !header) return;
    try {
      const asking = { ...headers, [HEADER]: header };
      const answer = await fetch(url, { headers: asking, cache: "no-store", signal });
      if (!answer.headers.has(HEADER)) return;
      const text = await answer.text();
      await loadPartsFor(text);
      signal.throwIfAborted();
      const body = parse(text);
      for (const element of all(":scope > *", body)) {
        const covered = (
          /** @type {Slot | null} */
          document.getElementById(element.id)
        );
        if (covered) covers.push(cover(covered, element));
      }
      navigation.until = performance.now() + LEAST;
    } catch {
    }
  };
  var cover = (slot, loading) => {
    const was = slot.ariaBusy;
    const stopBusy = () => {
      slot.ariaBusy = was;
    };
    slot.ariaBusy = "true";
    if (!loading || loading.dataset.prState === "busy" || slot.querySelector(":modal"))
      return { slot, undo: stopBusy };
    const active = (
      /** @type {HTMLElement | null} */
      document.activeElement
    );
    const boxes = Object.keys(current.scrolls[current.id] ?? {}).flatMap((selector) => document.querySelector(selector) ?? []).map((box) => (
      /** @type {const} */
      [box, box.scrollLeft, box.scrollTop]
    ));
    const inside = [...slot.childNodes];
    const aside = document.createElement("div");
    aside.dataset.prCovered = "";
    slot.prepend(aside);
    move(inside, aside);
    for (const { dataset } of all(SLOT, loading)) delete dataset.prKey;
    slot.append(...loading.childNodes);
    htmx.process(slot);
    const moved = boxes.filter(
      ([box, left, top]) => box.scrollLeft !== left || box.scrollTop !== top
    );
    dispatch("cover", slot);
    const undo = () => {
      dispatch("uncover", slot);
      while (aside.nextSibling) aside.nextSibling.remove();
      move([...aside.childNodes], slot);
      aside.remove();
      stopBusy();
      for (const [target, left, top] of moved) {
        scrollBox(target, left, top);
        rememberScroll({ target });
      }
      const isLost = document.activeElement === document.body;
      if (isLost && active && slot.contains(active)) active.focus({ preventScroll: true });
    };
    return { slot, undo };
  };
  var move = (nodes, place) => {
    for (const node of nodes) (place.moveBefore ?? place.insertBefore).call(place, node, null);
  };
})();
