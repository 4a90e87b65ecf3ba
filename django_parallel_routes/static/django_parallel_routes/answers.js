/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // page:bases.js
  var { "bases": bases, "noteSent": noteSent } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");
  var inherited = (element, name) => {
    const place = closest(element, `[${name}]`);
    return place && attribute(place, name);
  };
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place.querySelectorAll(selector)
  ];
  var dispatch = (name, target, detail) => target.dispatchEvent(
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );
  var parse = (html) => new DOMParser().parseFromString(`<body>${html}`, "text/html").body;

  // page:htmx.js
  var { "isFour": isFour, "on": on } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks, "loadPart": loadPart, "loadPartsFor": loadPartsFor } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT, "addressOf": addressOf, "dropRendering": dropRendering, "findSlot": findSlot, "isLoading": isLoading, "mounted": mounted, "nameRenderings": nameRenderings, "renderingOf": renderingOf, "setRendering": setRendering, "slotAround": slotAround, "slotAt": slotAt, "slotFor": slotFor, "slots": slots, "stateOf": stateOf } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/base-of.js
  var baseOf = (slot) => {
    const own = bases.get(slot);
    if (own) return own;
    const outer = slot.parentElement && closest(slot.parentElement, SLOT);
    const around = outer && baseOf(outer);
    if (!around) return;
    const sent = around.sent.querySelector(`[id="${slot.id}"]`);
    if (!sent) return;
    const nodes = [...around.nodes];
    const start = nodes.indexOf(slot) + 1;
    const end = start && start + sent.getElementsByTagName("*").length;
    const base = { sent, nodes: nodes.slice(start, end) };
    bases.set(slot, base);
    return base;
  };

  // src/answers/changes.js
  var isSame = (one, other) => `${one.slice(0, 3)}` === `${other.slice(0, 3)}`;
  var isOnScreen = (wanted) => {
    const found = Object.entries(mounted());
    return found.length === Object.keys(wanted).length && found.every(([address, state]) => wanted[address] && isSame(state, wanted[address]));
  };
  var shownIn = (place) => `${[place, ...all("[data-pr-slot]", place)].map(({ dataset }) => [
    dataset.prSlot,
    dataset.prVariant,
    dataset.prSrc
  ])}`;
  var slotsAfter = (arriving) => {
    const elements = new Map(arriving);
    const goes = (slot) => arriving.some(([outer]) => outer !== slot && outer.contains(slot));
    return slots().filter((slot) => !goes(slot)).flatMap((slot) => {
      const element = elements.get(slot);
      return [slot, .../** @type {Slot[]} */
      element ? all(SLOT, element) : []];
    });
  };
  var describe = (slot, dataset) => {
    Object.assign(slot.dataset, dataset);
    for (const name of ["prTitle", "prOrder", "prState", "prDelivery", "prTables", "prSame"])
      if (!dataset[name]) delete slot.dataset[name];
    slot.ariaBusy = isLoading(slot) ? "true" : null;
  };
  var backgroundState = () => JSON.stringify(
    slots().filter((slot) => !slot.closest("[data-pr-mount-url]")).map(stateOf)
  );

  // src/text.js
  var decoderFor = (type) => {
    const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(type ?? "") ?? [];
    try {
      return new TextDecoder(charset);
    } catch {
      return new TextDecoder();
    }
  };
  var textOf = (bytes, type) => decoderFor(type).decode(bytes);

  // src/answers/htmx2.js
  var deliver = ({ detail: { xhr }, header }, ready, receive) => {
    const { onload } = xhr;
    const own = (property) => Reflect.get(XMLHttpRequest.prototype, property, xhr);
    let text = "";
    for (const property of ["response", "responseText"])
      Object.defineProperty(xhr, property, { get: () => text, configurable: true });
    const show = async (shown, bytes = void 0) => {
      text = shown;
      const animate = await ready(bytes, text, header, xhr.status);
      const load = () => onload.call(xhr);
      if (animate) animate(load);
      else load();
    };
    let receiving = null;
    xhr.onload = async () => {
      if (await receiving) return;
      if (!xhr.readyState) return onload.call(xhr);
      const bytes = xhr.bytes ?? own("response");
      if (xhr.responseType || xhr.bytes) show(textOf(bytes, header("Content-Type")), bytes);
      else show(bytes);
    };
    const begin = async () => {
      receiving = receive(header);
      if (!receiving && xhr.readyState === 2) xhr.responseType = "arraybuffer";
      const reader = await receiving;
      if (!reader || !xhr.status) return;
      reader.ofXhr(xhr, () => own("responseText"), show);
      if (xhr.readyState > 2) xhr.onprogress();
      if (xhr.readyState > 3) xhr.onload();
    };
    xhr.onreadystatechange = () => {
      if (xhr.readyState === 2) begin();
    };
    if (xhr.readyState > 1) begin();
  };
  var setHtml = ({ detail: { xhr } }, html) => Object.defineProperty(xhr, "response", { value: html });
  var allowSwap = ({ detail, header, html, source: { isConnected } }, name) => {
    if (!isConnected) swapSlots(html);
    Object.assign(detail, { shouldSwap: isConnected && !!header(name), isError: false });
  };
  var skipSwap = () => {
  };
  var clear = (slot) => htmx.swap(slot, "", { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0, transition: false });
  var arrivalsOf = (detail) => {
    const { target, fragment } = detail;
    const [element] = fragment.children;
    if (element?.dataset.prSlot && element.id === target.id)
      element.replaceWith(...element.childNodes);
    const skip = () => {
      detail.shouldSwap = false;
    };
    return [{ target, content: fragment, skip }];
  };
  var swapSlots = (text) => htmx.swap(document.body, text, {
    swapStyle: "none",
    swapDelay: 0,
    settleDelay: 0,
    transition: false
  });
  var htmx2 = { deliver, setHtml, allowSwap, skipSwap, clear, arrivalsOf, swapSlots };

  // page:navigation.js
  var { "finish": finish, "inFlight": inFlight, "isRestoring": isRestoring, "isUnderWay": isUnderWay, "navigationOf": navigationOf, "navigations": navigations, "send": send, "supersede": supersede } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/htmx4.js
  var limitTime = (ctx, navigation) => {
    const { timeout } = ctx.request;
    const limit = timeout == null ? htmx.config.defaultTimeout : htmx.parseInterval(timeout);
    if (!limit) return;
    clearTimeout(ctx.requestTimeout);
    ctx.requestTimeout = setTimeout(() => {
      navigation.isLate = true;
      navigation.abort?.();
    }, limit);
  };
  var deliver2 = ({ detail: { ctx } }, ready, receive, navigation) => {
    limitTime(ctx, navigation);
    ctx.fetch = async (url, options, begun) => {
      const stored = await navigation.stored;
      const response = stored ?? await (begun ?? fetch(url, options));
      const header = (name) => response.headers.get(name);
      const type = header("Content-Type");
      const reader = stored ? null : await receive(header);
      const bytes = reader ? void 0 : await response.arrayBuffer();
      const text = bytes ? textOf(bytes, type) : await reader?.ofResponse(response, type);
      response.text = async () => text ?? "";
      const animate = await ready(bytes, text ?? "", header, response.status);
      if (animate)
        await new Promise((begin) => {
          const swapped = new Promise((done) => {
            navigation.swapped = done;
          });
          animate(() => {
            begin(void 0);
            return swapped;
          });
        });
      return response;
    };
  };
  var setHtml2 = ({ detail: { ctx } }, html) => {
    ctx.text = html;
  };
  var allowSwap2 = ({ detail: { tasks } }) => {
    for (const { swapSpec } of tasks)
      Object.assign(swapSpec, { swap: 0, settle: 0, transition: false });
  };
  var skipSwap2 = (_, event) => event.preventDefault();
  var swap = (target, how, text) => {
    const ctx = { sourceElement: target, target, swap: `${how} settle:0ms transition:false`, text };
    navigations.set(ctx, {});
    htmx.swap(ctx);
  };
  var clear2 = (slot) => swap(slot, "innerHTML", "");
  var arrivalsOf2 = ({ tasks = [] }) => tasks.filter(({ swapSpec }) => swapSpec.style !== "none").map(({ target, fragment, swapSpec }) => ({
    target,
    content: fragment.firstElementChild ?? fragment,
    skip() {
      swapSpec.style = "none";
    }
  }));
  var swapSlots2 = (text) => swap(document.body, "none show:none", text);
  var htmx4 = { deliver: deliver2, setHtml: setHtml2, allowSwap: allowSwap2, skipSwap: skipSwap2, clear: clear2, arrivalsOf: arrivalsOf2, swapSlots: swapSlots2 };

  // src/answers/htmx.js
  var running = () => isFour() ? htmx4 : htmx2;
  var deliver3 = (...all2) => running().deliver(...all2);
  var setHtml3 = (...all2) => running().setHtml(...all2);
  var allowSwap3 = (...all2) => running().allowSwap(...all2);
  var skipSwap3 = (...all2) => running().skipSwap(...all2);
  var swapSlots3 = (html) => running().swapSlots(html);
  var arrivalsOf3 = ({ detail }) => running().arrivalsOf(detail);
  var clear3 = (slot) => {
    running().clear(slot);
    slot.replaceChildren();
  };

  // src/answers/merges.js
  var merges = /* @__PURE__ */ new Map();
  var canMerge = (slot, element) => "prSame" in element.dataset && !slot.dataset.prState && !closest(slot, '[data-pr-morph="false"]') && !!hooks.canMerge?.(slot);
  var mergeAtSwap = (slot, navigation) => merges.set(slot, (content) => {
    const done = hooks.merge?.(slot, content, navigation);
    if (done) merged.set(slot, done);
  });
  var merged = /* @__PURE__ */ new WeakMap();
  var enter = (slot, isMerged, detail) => {
    if (!isMerged) return dispatch("enter", slot, detail);
    const { added = [], updated = [] } = merged.get(slot) ?? {};
    for (const element of added) if (element.isConnected) dispatch("enter", element, detail);
    for (const element of [...updated, slot]) dispatch("update", element, detail);
  };
  var takeIn = (slot, content) => {
    const merge = merges.get(slot);
    if (merge) merge(content);
    else noteSent(slot, content);
    return merges.delete(slot);
  };

  // src/answers/memory.js
  var memory = /* @__PURE__ */ new Map();
  var kept = () => [...memory.values()];
  var MAX_KEPT = 30;
  var MAX_ELEMENTS = 3e4;
  var ALIVE = ["every", "from:"].map(
    (word) => `[hx-trigger*="${word}"],[data-hx-trigger*="${word}"]`
  );
  var CONNECTED = ["sse-connect", "ws-connect", "hx-sse\\:connect", "hx-ws\\:connect"].map(
    (name) => `[${name}],[data-${name}]`
  );
  var OFF = '[data-pr-memory="false"]';
  var UNKEPT = `${ALIVE},${CONNECTED},${OFF},[data-pr-slot][data-pr-state]`;
  var drop = (rendering) => {
    memory.get(rendering)?.nodes.replaceChildren();
    memory.delete(rendering);
  };
  var forget = () => {
    for (const rendering of memory.keys()) drop(rendering);
    hooks.forgetPrefetched?.();
  };
  var snapshot = (slot, active) => ({
    rendering: renderingOf(slot),
    dataset: { ...slot.dataset },
    focused: slot.contains(active) && /** @type {HTMLElement} */
    active,
    media: (
      /** @type {HTMLMediaElement[]} */
      all("audio,video", slot).filter(
        ({ paused }) => !paused
      )
    ),
    elements: slot.getElementsByTagName("*").length,
    nodes: document.createDocumentFragment(),
    base: baseOf(slot),
    /** What was sent and entered, if its nodes now show another query. */
    copy: (
      /** @type {import("../types.js").Copy | undefined} */
      void 0
    )
  });
  var keep = (slot, kept2, coming) => {
    if (kept2.dataset.prState || slot.querySelector(UNKEPT) || slot.closest(OFF)) return;
    if (coming) hooks.leavePreserved?.(slot, coming);
    kept2.nodes.append(...slot.childNodes);
    store(kept2);
  };
  var keepCopy = (slot, kept2) => {
    if (slot.querySelector(OFF) || slot.closest(OFF)) return;
    kept2.copy = hooks.takeCopy?.(slot);
    kept2.media = [];
    store(kept2);
  };
  var store = (kept2) => {
    const { rendering } = kept2;
    if (!rendering) return;
    memory.delete(rendering);
    memory.set(rendering, kept2);
    let total = [...memory.values()].reduce((sum, { elements }) => sum + elements, 0);
    for (const [oldest, { elements }] of memory) {
      if (memory.size <= MAX_KEPT && total <= MAX_ELEMENTS) break;
      drop(oldest);
      total -= elements;
    }
  };
  var leaving = [];
  var keepAtSwap = (slot, active, isMerged, coming) => {
    const kept2 = snapshot(slot, active);
    if (isMerged) keepCopy(slot, kept2);
    else leaving.push([slot, kept2, coming]);
  };
  var stopKeeping = () => {
    leaving = [];
  };
  var recall = (wanted, renderings = {}) => {
    const changed = [];
    for (const address of Object.keys(wanted).sort((one, other) => one.length - other.length)) {
      const slot = slotAt(address);
      const [variant, src, key] = wanted[address];
      if (!slot || slot.dataset.prKey !== key || isSame(stateOf(slot), wanted[address])) continue;
      const rendering = renderings[address];
      const kept2 = memory.get(rendering);
      const isHere = hasNodesOf(slot, kept2);
      const holder = isHere ? void 0 : holderOf(kept2);
      if (!isHere && !holder && variant !== "empty") continue;
      const left = snapshot(slot, document.activeElement);
      for (const one of [kept2, holder]) memory.delete(
        /** @type {any} */
        one?.rendering
      );
      if (isHere) keepCopy(slot, left);
      else {
        dispatch("leave", slot);
        keep(slot, left, holder?.nodes);
        if (slot.firstChild) clear3(slot);
        noteSent(slot);
      }
      if (holder) {
        slot.append(holder.nodes);
        hooks.bringPreserved?.(slot);
        if (holder.base) bases.set(slot, holder.base);
        if (holder !== kept2) keepCopy(slot, holder);
      }
      setRendering(slot, rendering);
      describe(slot, kept2?.dataset ?? { prVariant: variant, prSrc: src });
      if (kept2?.copy) hooks.showCopy?.(slot, kept2.copy);
      for (const player of kept2?.media ?? []) player.play().catch(() => {
      });
      changed.push(slot);
      if (!isHere) dispatch("enter", slot, { restored: true });
      if (kept2?.focused) kept2.focused.focus({ preventScroll: true });
    }
    return changed;
  };
  var hasNodesOf = (slot, kept2) => !!kept2?.copy && bases.get(slot) === kept2.base;
  var holderOf = (kept2) => kept2?.copy ? [...memory.values()].find(({ base, copy }) => !copy && base === kept2.base) : kept2;
  var canShow = (wanted, renderings = {}) => Object.entries(wanted).every(([address, state]) => {
    const slot = slotAt(address);
    if (slot && (isSame(stateOf(slot), state) || state[0] === "empty")) return true;
    return Object.keys(wanted).some((outer) => {
      const kept2 = memory.get(renderings[outer]);
      const shown = slotAt(outer);
      return `${address}.`.startsWith(`${outer}.`) && (holderOf(kept2) || shown && hasNodesOf(shown, kept2));
    });
  });
  var watchMemory = () => {
    hooks.forget = forget;
    document.addEventListener("parallel-routes:forget", forget);
    on("finished", ({ isSafe }) => {
      if (!isSafe) forget();
    });
    on("swapInto", (_, event) => {
      for (const { target, content, skip } of arrivalsOf3(event))
        if (target instanceof Element && matches(target, SLOT) && takeIn(target, content)) skip();
      for (const one of leaving.splice(0)) keep(...one);
    });
  };

  // page:scroll.js
  var { "parentOf": parentOf, "scrollToHash": scrollToHash } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/scrolling.js
  var scrollBox = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });
  var scrolledAround = (changing) => {
    const boxes = /* @__PURE__ */ new Set();
    for (const slot of changing)
      if (!addressOf(slot).replaceAll(/children\.?/g, "")) {
        for (let box = (
          /** @type {Element | null} */
          slot
        ); box; box = parentOf(box))
          if (box.scrollTop) boxes.add(box);
      }
    return boxes;
  };
  var restoreScroll = (boxes, changed) => {
    for (const [selector, [left, top]] of Object.entries(boxes)) {
      const box = document.querySelector(selector);
      const isNear = (slot) => slot.contains(box) || box?.contains(slot);
      if (box && (box === root || changed.some(isNear))) scrollBox(box, left, top);
    }
  };

  // page:refresh.js
  var { "loadDeferred": loadDeferred, "prune": prune, "refresh": refresh } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/urls.js
  var pathOf = ({ pathname, search }) => (pathname + search).replace(/^\/\//, "/%2F");
  var here = () => pathOf(location);
  var normalize = ({ pathname, search, hash }) => {
    if (!search && /^[\w/.~-]*$/.test(pathname)) return pathname + hash;
    try {
      const parts = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
      return parts.join("/") + (search && `?${new URLSearchParams(search)}`) + hash;
    } catch {
      return pathname + search + hash;
    }
  };
  var isSameUrl = (one, other) => normalize(new URL(one, location.href)) === normalize(new URL(other, location.href));
  var isHash = (url) => url.includes("#") && url.split("#")[0] === location.href.split("#")[0];
  var forBrowser = (url) => {
    const values = new URL(url).searchParams.getAll("slots");
    const hash = values.find((value) => value.startsWith("hash:")) ?? "";
    return url.replace(/[?&]slots=(hash|refresh):.*/, "") + hash.replace("hash:", "#");
  };
  var pathIn = (url) => url.split("?")[0];

  // src/answers/leaving.js
  var mayLeave = (leaving2, { source, refreshed } = {}) => !leaving2.length || dispatch("before-leave", document, { leaving: leaving2, source, refreshed: !!refreshed });

  // src/answers/refreshed.js
  var keepsForms = (slot, element) => canMerge(slot, element) && !!hooks.keepsForms?.(slot, element);
  var dropStale = (body, { refreshed, isSafe, source }) => {
    const isChanged = (inner) => {
      const slot = slotFor(inner);
      return slot && !isSame(stateOf(
        /** @type {Slot} */
        inner
      ), stateOf(slot));
    };
    const isRefresh = (slot, element) => refreshed || slot.dataset.prVariant === element.dataset.prVariant && slot.dataset.prSrc === element.dataset.prSrc && !all(SLOT, element).some(isChanged) && (slot.dataset.prAgain != null || !(isSafe || slot.contains(source ?? null)));
    const isStale = (element) => {
      const slot = slotFor(element);
      if (refreshed && !(slot && refreshed.has(slot))) return true;
      if (!slot || !isRefresh(slot, element) || keepsForms(slot, element)) return false;
      if (mayLeave([slot], { refreshed: true })) return false;
      slot.ariaBusy = null;
      return true;
    };
    const stale = (
      /** @type {HTMLElement[]} */
      [...body.children].filter(isStale)
    );
    const { activeElement } = document;
    const isFree = !refreshed || activeElement === document.body || [...refreshed.keys()].some((slot) => slot.contains(activeElement));
    const eager = isFree ? [] : all("[autofocus]", body);
    for (const element of stale) element.remove();
    for (const element of eager) element.autofocus = false;
    return stale.length + eager.length > 0;
  };
  var onRefreshFailed = (navigation) => {
    const lost = [...navigation.refreshed?.keys() ?? []];
    if (!navigation.isSecond) {
      navigation.second = refresh(lost, { ...navigation, isSecond: true });
      return;
    }
    for (const slot of lost) {
      slot.ariaBusy = null;
      if (isLoading(slot)) slot.dataset.prState = "lost";
      dispatch("lost", slot);
    }
    const shown = lost.filter(({ dataset }) => dataset.prState !== "lost");
    if (navigation.isQuiet || !shown.length) return;
    const reason = navigator.onLine ? "network" : "offline";
    const retry = () => refresh(shown.filter(({ isConnected }) => isConnected));
    dispatch("failed", shown[0], { reason, url: here(), isSent: false, retry });
  };

  // page:history.js
  var { "beginEntry": beginEntry, "entry": entry, "saveEntry": saveEntry, "write": write } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:levels.js
  var { "openLevels": openLevels, "trackOpened": trackOpened } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:page.js
  var { "HEADER": HEADER, "STREAMED": STREAMED, "baseTitle": baseTitle, "current": current, "ownState": ownState, "scriptUrl": scriptUrl } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/duplicates.js
  var known = /* @__PURE__ */ new Set();
  var warnOfDuplicates = (slots2) => {
    const found = [];
    for (const { id } of slots2.flatMap((slot) => all("[id]", slot))) {
      const twins = known.has(id) ? [] : all(`[id="${CSS.escape(id)}"]`);
      if (twins.length < 2) continue;
      known.add(id);
      found.push(...twins);
    }
    const ids = [...new Set(found.map(({ id }) => `"${id}"`))];
    if (!ids.length) return;
    const what = ids.length > 1 ? `ids ${ids.join(", ")} stand` : `id ${ids[0]} stands`;
    console.warn(
      `django-parallel-routes: the ${what} in the page more than once. Labels, scripts and focus find only the first one. Give forms that are on screen together a prefix, or an auto_id.`,
      ...found
    );
  };

  // src/answers/focus.js
  var refocus = (active) => {
    const { id, isConnected, selectionStart, selectionEnd } = (
      /** @type {HTMLInputElement} */
      active ?? {}
    );
    const successor = !isConnected && id && document.getElementById(id);
    if (!successor || successor === document.activeElement) return;
    successor.focus({ preventScroll: true });
    try {
      if (selectionStart != null)
        successor.setSelectionRange(selectionStart, selectionEnd);
    } catch {
    }
  };
  var focusOnError = (changed) => {
    for (const slot of changed) {
      const field = slot.querySelector('[aria-invalid="true"]');
      const list = slot.querySelector(".errorlist");
      if (!field && list) list.tabIndex = -1;
      if (field || list) return (field ?? list)?.focus();
    }
  };

  // page:current-links.js
  var { "markCurrent": markCurrent } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/title.js
  var rankOf = ({ dataset: { prVariant, prSrc, prOrder = "" } }) => prVariant === "intercepted" && isSameUrl(prSrc, here()) ? "" : prOrder;
  var settle = () => {
    const [first] = slots().filter(({ dataset }) => dataset.prTitle).sort((one, other) => rankOf(one) < rankOf(other) ? -1 : 1);
    document.title = first?.dataset.prTitle ?? baseTitle;
    markCurrent();
    dispatch("settle", document);
  };

  // page:foreign-entries.js
  var { "isElsewhere": isElsewhere, "reloadEntry": reloadEntry } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/transitions.js
  var wantsTransition = () => root.hasAttribute("data-pr-view-transitions") && "startViewTransition" in document && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  var transition = (change) => {
    const { ready, updateCallbackDone } = document.startViewTransition(change);
    ready.catch(() => {
    });
    return updateCallbackDone;
  };

  // src/answers/traversal.js
  var returnsTo = 0;
  var landing = "";
  var onRestored = () => {
  };
  var nextRestored = () => new Promise((done) => {
    onRestored = /** @type {() => void} */
    done;
  });
  var giveUpRestoring = () => onRestored();
  var stateNow = () => (
    /** @type {EntryState} */
    ownState()
  );
  var restore = ({ retried, undo, hasMoved } = {}) => {
    supersede({});
    hooks.stopAwaiting?.();
    const state = stateNow();
    const { slots: restoring, renderings } = state;
    const isOffline = !navigator.onLine && !undo && current.settled !== state.index;
    if (isOffline && !canShow(restoring, renderings)) return returnOffline();
    const { id, origin = here(), opened = {}, index = 0 } = state;
    Object.assign(current, { id, origin, opened, index, stateToShow: state, isWaiting: false });
    const boxes = { ...current.scrolls[id] };
    let changed = [];
    const remember = () => {
      changed = recall(restoring, renderings);
      prune();
    };
    const shown = wantsTransition() && !hasMoved ? transition(remember) : remember();
    const complete = new Promise((done) => {
      const fetchOthers = () => {
        if (ownState()?.id !== id || isOnScreen(restoring)) return done([]);
        send(location.href.split("#")[0], { restoring, retried, undo, done, hash: "" });
      };
      if (shown) shown.then(fetchOthers);
      else fetchOthers();
    });
    current.whenShown = complete.then((fetched) => {
      current.settled = current.index;
      if (id === current.id && slots().some((slot) => !restoring[addressOf(slot)])) saveEntry();
      settle();
      loadDeferred();
      restoreScroll(boxes, [...changed, ...fetched]);
      root.removeAttribute("data-pr-restoring");
      if (changed.length) hooks.shown?.({ restoring }, changed);
      onRestored();
    });
  };
  var turnBack = (steps) => {
    supersede({});
    current.isReturning = true;
    returnsTo = stateNow().index + steps;
    current.whenShown = new Promise(() => {
    });
    history.go(steps);
  };
  var mayTraverse = (leaving2) => {
    current.isReturning = !mayLeave(leaving2);
    if (current.isReturning) turnBack(current.index - stateNow().index);
    return !current.isReturning;
  };
  var returnOffline = (failure = { reason: "offline", url: location.href, isSent: false }) => {
    const steps = stateNow().index - current.settled;
    if (!steps) return location.reload();
    const then = onRestored;
    onRestored = () => {
      onRestored = () => {
      };
      then();
      dispatch("failed", document, { ...failure, retry: () => history.go(steps) });
    };
    turnBack(-steps);
  };
  var landOn = (index) => {
    landing = location.href;
    history.go(index - current.index);
  };
  var reloadIfReachable = async () => {
    const { href } = location;
    const request = fetch(scriptUrl, { method: "HEAD", cache: "no-store" });
    const isThere = await request.catch(() => false);
    if (location.href !== href) return;
    if (isThere) reloadEntry();
    else returnOffline({ reason: "network", url: href, isSent: false });
  };
  var traverse = (event) => {
    const { slots: wanted, id, index } = stateNow();
    current.isWaiting = false;
    if (isElsewhere(stateNow())) {
      event.stopImmediatePropagation();
      if (!navigator.onLine) returnOffline();
      else if (mayTraverse([root])) reloadIfReachable();
      return;
    }
    if (landing) {
      event.stopImmediatePropagation();
      Object.assign(current, { id, index });
      saveEntry(landing);
      landing = "";
      return restore();
    }
    const isReturn = current.isReturning;
    if (isReturn && index !== returnsTo) return turnBack(returnsTo - index);
    current.isReturning = false;
    const differs = (slot) => !isSame(stateOf(slot), wanted[addressOf(slot)] ?? []);
    if (isReturn || mayTraverse(slots().filter(differs)))
      restore({ hasMoved: (
        /** @type {any} */
        event.hasUAVisualTransition
      ) });
    else event.stopImmediatePropagation();
  };
  var watchTraversals = () => Object.assign(hooks, { restore, traverse });

  // src/answers/commit.js
  var commit = (navigation, headerUrl, elements) => {
    const { restoring, scroll } = navigation;
    const arriving = [];
    for (const element of elements) {
      const slot = slotFor(element);
      if (slot) arriving.push([slot, element]);
    }
    const changed = arriving.map(([slot]) => slot);
    const active = document.activeElement;
    const stays = headerUrl === "stay";
    const { url, hash } = stays ? { url: headerUrl, hash: "" } : spell(navigation, headerUrl);
    const { href } = new URL(url + hash, location.href);
    const isWritten = !stays && navigation.history;
    const scrolled = isWritten && scroll !== false ? scrolledAround(changed) : void 0;
    const beneathLevels = isWritten ? beneathForm(navigation) : [];
    const replaces = beneathLevels.length || showsSame(href, arriving);
    const how = isWritten && replaces ? "replace" : isWritten;
    const beneath = how === "push" ? beneathNow(navigation) : void 0;
    if (ownState()?.id !== current.id) saveEntry();
    const merged2 = prepareSlots(
      { ...navigation, keeps: how === "push" || navigation.keeps },
      arriving
    );
    if (!stays && isOtherPage(navigation, url, elements)) current.origin = url;
    const renderings = how ? writeEntry(how, href, slotsAfter(arriving), beneath) : restoring && ownState()?.renderings;
    for (const other of inFlight) other.isMixed = true;
    queueMicrotask(
      () => finishCommit(navigation, {
        how,
        hash,
        stays,
        active,
        scrolled,
        changed,
        merged: merged2,
        beneath,
        beneathLevels,
        renderings
      })
    );
  };
  var showsSame = (href, arriving) => isSameUrl(href, location.href) && arriving.every(([slot, element]) => shownIn(slot) === shownIn(element));
  var beneathNow = ({ source }) => ({
    index: current.index,
    adds: source && attribute(source, "data-pr-add-related"),
    url: here(),
    shown: backgroundState()
  });
  var isOtherPage = ({ restoring, isSafe, state }, url, elements) => !restoring && !(isSafe && state?.own && url === here()) && !elements.some(isIntercepted);
  var prepareSlots = (navigation, arriving) => {
    const { activeElement } = document;
    const merged2 = /* @__PURE__ */ new Set();
    for (const [slot, element] of arriving) {
      const isOther = slot.dataset.prSrc !== element.dataset.prSrc;
      const isMerged = canMerge(slot, element);
      if (isMerged) {
        merged2.add(slot);
        mergeAtSwap(slot, { ...navigation, isOther });
      } else dispatch("leave", slot);
      if (navigation.keeps || navigation.restoring || isMerged && isOther)
        keepAtSwap(slot, activeElement, isMerged, element);
      dropRendering(slot);
      describe(slot, element.dataset);
    }
    return merged2;
  };
  var writeEntry = (how, url, shown, beneath) => {
    if (how === "push") beginEntry();
    trackOpened(beneath, shown);
    const state = entry(shown);
    write(`${how}State`, state, url);
    return state.renderings;
  };
  var beneathForm = ({ source, isSafe }) => openLevels().filter((level) => isSafe === false && level.contains(source ?? null)).map((level) => current.opened[addressOf(level)] ?? {});
  var spell = (navigation, headerUrl) => {
    const sentTo = new URL(navigation.url ?? headerUrl, location.href);
    const url = new URL(headerUrl, location.href);
    const spelled = isSameUrl(pathOf(sentTo), pathOf(url)) ? sentTo : url;
    return { url: pathOf(spelled), hash: url.hash || navigation.hash || "" };
  };
  var isIntercepted = (element) => element.dataset.prVariant === "intercepted" || element.querySelector('[data-pr-variant="intercepted"]');
  var updateEntry = () => {
    const state = entry();
    if (JSON.stringify(state) !== JSON.stringify(ownState())) write("replaceState", state);
  };
  var finishCommit = (navigation, rest) => {
    const { source, isSafe } = navigation;
    const { how, hash, stays, active, changed, merged: merged2 } = rest;
    stopKeeping();
    noteSlots(navigation, rest);
    scrollToTop(rest);
    refocus(active);
    if (true) warnOfDuplicates(changed);
    const enterAll = (slots2) => {
      for (const slot of slots2) enter(slot, merged2.has(slot), { source, restored: false });
    };
    if (hooks.runScripts) hooks.runScripts(changed, source, enterAll);
    else enterAll(changed);
    queueMicrotask(() => {
      settle();
      if (how) scrollToHash(hash);
      if (isSafe === false && stays) focusOnError(changed);
      if (!hash) landBeneath(rest.beneathLevels);
      loadDeferred();
      hooks.shown?.(navigation, changed);
      navigation.done?.(changed);
    });
  };
  var noteSlots = ({ refreshed, restoring, isMixed }, { beneath, renderings }) => {
    const isAside = refreshed && isRestoring();
    if (!restoring && !isAside) trackOpened(beneath);
    nameRenderings(renderings);
    if (!isAside && (!restoring || isMixed)) updateEntry();
  };
  var scrollToTop = ({ active, scrolled, changed }) => {
    const { activeElement, body } = document;
    const isFocused = activeElement !== active && activeElement !== body;
    const boxes = scrolled && isFocused ? scrolledAround(changed) : scrolled;
    for (const box of boxes ?? []) scrollBox(box, 0, 0);
  };
  var landBeneath = (beneathLevels) => {
    const below = beneathLevels.findLast(
      ({ url = "" }, level) => url === here() || level && pathIn(url) === location.pathname
    );
    if (below?.index != null && below.shown === backgroundState()) landOn(below.index);
  };

  // src/texts.js
  var script = document.querySelector("script[data-pr-texts]");
  var translated = JSON.parse(script?.dataset.prTexts ?? "{}");

  // page:requests.js
  var { "gestures": gestures } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/repeated.js
  var began = {};
  var isRepeated = false;
  var isMouse = false;
  var noteSubmit = (hasSent = true) => {
    began.hasSent = hasSent;
  };
  var forgetGesture = () => {
    began = {};
  };
  var openModals = () => all(`${SLOT} dialog:modal`).map((dialog) => dialog.closest(SLOT)?.id).join();
  var controlAt = ({ target }) => target instanceof Element ? closest(target, "a,button,input,select,textarea,summary,label") : null;
  var labelOf = (control) => control && (control.ariaLabel ?? control.textContent?.trim());
  var onGesture = (event) => {
    const { type, isTrusted, detail, repeat: repeat2, key, timeStamp, clientX, clientY, pointerType } = event;
    if (type === "pointerdown") {
      isMouse = pointerType === "mouse";
      return;
    }
    const isKey = type === "keydown";
    const control = controlAt(event);
    const label = labelOf(control);
    if (type !== "click") {
      const { time, x, y } = began;
      const isNear = timeStamp - time < 500 && Math.hypot(clientX - x, clientY - y) < 10;
      isRepeated = isKey ? repeat2 : detail > 1 || isNear && !isMouse;
      if (!isRepeated)
        began = { modals: openModals(), control, label, time: timeStamp, x: clientX, y: clientY };
    }
    if (!isRepeated || !isTrusted || isKey && key !== "Enter" && key !== "Escape") return;
    const isOther = control !== began.control && label !== began.label;
    if (!isOther && !began.hasSent && began.modals === openModals()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  var watchGestures = () => {
    Object.assign(hooks, { gesture: onGesture, noteSubmit });
    for (const event of gestures.splice(0)) onGesture(event);
    if ([...inFlight].some(({ isSafe }) => isSafe === false)) noteSubmit();
  };

  // src/answers/failures.js
  var urlOf = (request) => new URL(request.sentUrl, location.href).href.split("#")[0];
  var reportFailure = (navigation, { url, ...failure }) => {
    const { source, isSafe, restoring, undo } = navigation;
    const detail = { ...failure, url: forBrowser(url), isSent: isSafe === false };
    loadDeferred();
    if (undo) undo(detail);
    else if (restoring) returnOffline(detail);
    else dispatch("failed", source ?? document, { ...detail, retry: () => repeat(navigation, url) });
  };
  var repeat = async (navigation, url) => {
    await loadPart("data-pr-slot");
    hooks.repeat?.(navigation, url);
  };
  var onFailed = async (event) => {
    await loadPart("data-pr-slot");
    if (event.defaultPrevented) return;
    if (hooks.showNotice) hooks.showNotice(
      /** @type {CustomEvent} */
      event
    );
    else alert(translated.network ?? "The server can’t be reached.");
  };
  var fail = (request, { type, detail }) => {
    const navigation = navigationOf(request);
    if (!navigation || !inFlight.has(navigation)) return;
    finish(navigation);
    const { refreshed, restoring, undo, isSafe } = navigation;
    if (!isSafe) noteSubmit(false);
    if (refreshed) return onRefreshFailed(navigation);
    if (restoring && !navigation.retried) return restore({ retried: true, undo });
    const isLate = navigation.isLate || type === "htmx:timeout";
    const isStopped = /abort|finally/i.test(type) || detail.error?.name === "AbortError";
    if (isStopped && !isLate && !restoring) return loadDeferred();
    const reason = navigator.onLine ? isLate ? "timeout" : "network" : "offline";
    reportFailure(navigation, { reason, url: urlOf(request) });
  };
  var watchFailures = () => {
    hooks.fail = fail;
    addEventListener("parallel-routes:failed", onFailed);
  };

  // shared:shared:
  window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")] = { kept, clear: clear3, swapSlots: swapSlots3, scrollBox, baseOf, describe, dropStale, onRefreshFailed, commit, reportFailure, mayLeave };

  // page:documents.js
  var { "loadDocument": loadDocument } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/answer.js
  var POLICY = "Content-Security-Policy";
  var deliver4 = (request, navigation) => {
    const animate = wantsTransition() && !navigation.refreshed && transition;
    const ready = async (bytes, text, header, status) => {
      navigation.bytes = bytes;
      if (header(HEADER)) {
        await loadPartsFor(text);
        await hooks.loadSheets?.(text, header(POLICY));
      } else if (needsPart(navigation, header, status)) await loadPart("whole-answer");
      return animate;
    };
    const receive = async () => {
      await loadPart("data-pr-arrived");
      return hooks.receive?.(navigation);
    };
    const mayArriveInParts = (header) => header(STREAMED) ? receive() : null;
    deliver3(request, ready, mayArriveInParts, navigation);
  };
  var isPage = ({ isSafe, refreshed, restoring, bytes }, header) => isSafe && !refreshed && !restoring && bytes?.byteLength && /html\b/i.test(header("Content-Type") ?? "") && !header("Content-Disposition");
  var isSilent = ({ refreshed, bytes }, header, status) => !refreshed && ([204, 205].includes(status) || !bytes?.byteLength && status < 300 && header("HX-Trigger"));
  var needsPart = (navigation, header, status) => (navigation.refreshed || !header("HX-Redirect")) && !isSilent(navigation, header, status) && !isPage(navigation, header);
  var COMPLETE = [
    "Content-Length",
    "Transfer-Encoding",
    "Content-Disposition",
    "HX-Redirect",
    "HX-Location",
    "HX-Refresh",
    "HX-Trigger"
  ];
  var isCutOff = ({ html, header, status }) => !html && status === 200 && !COMPLETE.some(header);
  var lose = (navigation, url) => navigation.refreshed ? onRefreshFailed(navigation) : reportFailure(navigation, { reason: "network", url });
  var onAnswer = (request, event) => {
    const navigation = navigationOf(request);
    if (!navigation) return;
    if (!inFlight.has(navigation)) return event.preventDefault();
    finish(navigation);
    if (isCutOff(request)) {
      event.preventDefault();
      lose(navigation, request.finalUrl);
    } else if (request.header(HEADER)) showSlots(request, navigation, event);
    else showDocument(request, navigation, event);
  };
  var showSlots = (request, navigation, event) => {
    const { refreshed, restoring, parsed } = navigation;
    if (request.header(STREAMED) && !hooks.takeLate) {
      event.preventDefault();
      return loadDocument(navigation, request.finalUrl);
    }
    const body = parsed?.html === request.html ? parsed.body : parse(request.html);
    const url = (
      /** @type {string} */
      request.header(HEADER)
    );
    for (
      const { dataset } of
      /** @type {HTMLElement[]} */
      [...body.children]
    ) {
      dataset.prVariant ??= "page";
      dataset.prSrc ??= url;
    }
    const late = hooks.takeLate?.(body, navigation);
    const addOption = hooks.takeOption?.(body, navigation);
    const isStale = dropStale(body, navigation);
    const policy = request.header(POLICY);
    const hasScripts = hooks.takeScripts?.(body, policy);
    if (isStale || addOption || hasScripts || late) setHtml3(request, body.innerHTML);
    const elements = (
      /** @type {HTMLElement[]} */
      [...body.children]
    );
    const leaving2 = elements.flatMap((element) => {
      const slot = slotFor(element);
      return slot && !keepsForms(slot, element) ? [slot] : [];
    });
    if (!refreshed && !restoring && !mayLeave(leaving2, navigation)) {
      forgetGesture();
      navigation.abort?.();
      return event.preventDefault();
    }
    Object.assign(navigation, { url: request.finalUrl, status: request.status });
    commit(navigation, url, elements);
    if (addOption) queueMicrotask(addOption);
    if (late) queueMicrotask(() => hooks.awaitLate?.(navigation, late, policy));
  };
  var showDocument = (request, navigation, event) => {
    const { refreshed, restoring, bytes = new ArrayBuffer(0) } = navigation;
    if (refreshed && (isUnderWay() || !mayLeave([root], navigation))) {
      for (const slot of refreshed.keys()) slot.ariaBusy = isLoading(slot) ? "true" : null;
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    const { header, status, statusText, finalUrl: url, html } = request;
    const redirect = header("HX-Redirect");
    const refresh2 = header("HX-Refresh");
    const place = redirect ?? header("HX-Location");
    const leadsAway = place || refresh2;
    const isLate = refreshed && [...refreshed.keys()].some(isLoading);
    const isOurs = isLate || redirect && !refresh2 && !refreshed && !restoring;
    if (leadsAway && !isOurs) return;
    if (isSilent(navigation, header, status) && !leadsAway) return skipSwap3(request, event);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (redirect && !isLate) {
      const { href, pathname } = new URL(redirect, document.baseURI);
      const isDone = beneathForm(navigation).some(({ url: url2 = "" }) => pathIn(url2) === pathname);
      return loadDocument(navigation, href, isDone ? "replace" : "assign");
    }
    if (isPage(navigation, header)) return loadDocument(navigation, url);
    const isRedirected = url !== urlOf(request);
    const type = header("Content-Type") ?? "";
    const disposition = header("Content-Disposition") ?? "";
    takeAnswer(navigation, {
      url,
      place,
      isRedirected,
      status,
      statusText,
      type,
      disposition,
      bytes,
      html
    });
  };
  var takeAnswer = (navigation, answer) => {
    const { url } = answer;
    const { isSafe, refreshed, restoring } = navigation;
    if (hooks.takeAnswer) hooks.takeAnswer(navigation, answer);
    else if (isSafe && !refreshed && !restoring) loadDocument(navigation, url);
    else lose(navigation, url);
  };
  var watchAnswers = () => {
    hooks.deliver = deliver4;
    on("answer", onAnswer);
    on("swap", (request) => {
      if (navigationOf(request)) allowSwap3(request, HEADER);
    });
    for (const name of ["settle", "finished"])
      on(name, (request) => navigationOf(request)?.swapped?.());
  };

  // src/answers/close.js
  var ageOf = (level) => current.opened[addressOf(level)]?.index ?? -1;
  var close = async (element) => {
    const levels = openLevels().sort((one, other) => ageOf(one) - ageOf(other));
    const level = element ? (
      /** @type {Slot} */
      closest(element, "[data-pr-mount-url]")
    ) : levels.at(-1);
    if (!level || !levels.includes(level)) return;
    const beneath = current.opened[addressOf(level)];
    const closed = nextRestored();
    if (beneath?.index != null && beneath.index < current.index && beneath.shown === backgroundState())
      history.go(beneath.index - current.index);
    else if (mayLeave([level])) closeInPlace(level);
    else return;
    await closed;
  };
  var closeInPlace = (level) => {
    const {
      prSlot: address,
      prKey: key,
      prMountUrl: src = "",
      prDefault: rest = src
    } = level.dataset;
    const lower = level.parentElement?.closest(
      /** @type {"div"} */
      "[data-pr-mount-url]"
    );
    const page = lower?.querySelector('[data-pr-variant="intercepted"]') ?? lower;
    const url = page ? page.dataset.prSrc : current.origin;
    const shows = rest === "empty" ? ["empty", src] : ["default", rest];
    const left = Object.entries(mounted()).filter(([name]) => !name.startsWith(`${address}.`));
    const slots2 = { ...Object.fromEntries(left), [address]: [...shows, key, src] };
    const [state, href] = [ownState(), location.href];
    const { origin, opened } = current;
    const undo = (failure) => {
      write("replaceState", state ?? null, href);
      Object.assign(current, { origin, opened });
      settle();
      giveUpRestoring();
      dispatch("failed", level, { ...failure, retry: () => close(level) });
    };
    current.opened = { ...opened };
    delete current.opened[address];
    write("replaceState", { ...entry(), slots: slots2 }, url);
    restore({ undo });
  };
  var watchClosing = () => {
    hooks.close = close;
  };

  // src/answers/refreshing.js
  var refreshNamed = async (...names) => {
    const named = (name) => slotAt(name) ?? slots().filter((slot) => addressOf(slot).endsWith(`.${name}`));
    const chosen = names.length ? names.flatMap(named) : slots();
    const found = [...new Set(chosen)].filter(({ dataset }) => dataset.prVariant !== "empty");
    const outermost = found.filter(
      (slot) => !found.some((other) => other !== slot && other.contains(slot))
    );
    if (outermost.length) await refresh(outermost);
  };
  var onClick = (event) => {
    const { target, shiftKey, altKey, ctrlKey, metaKey } = event;
    const link = target instanceof Element && closest(target, "[data-pr-retry]");
    const slot = link && slotAround(link);
    if (!slot || shiftKey || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    refresh([slot]);
  };
  var watchRefreshes = () => {
    hooks.refreshNamed = refreshNamed;
    addEventListener("click", onClick, true);
    addEventListener("online", retryLost);
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) retryLost();
    });
  };
  var retryLost = () => {
    for (const { dataset } of slots()) if (dataset.prState === "lost") dataset.prState = "loading";
    loadDeferred();
  };

  // page:configure.js
  var { "goToHash": goToHash } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/answers/visit.js
  var reportTarget = (wording, element) => {
    const value = element && inherited(element, wording);
    const remedy = true ? ` On screen are: ${slots().map(addressOf).join(", ")}. Name a slot by data-pr-target="…": it is looked for in the slots around the element, then at the root.` : "";
    console.error(
      `${wording}${value == null ? "" : `="${value}"`}: this slot is not on screen, so nothing was sent.${remedy}`,
      element ?? ""
    );
  };
  var visit = async (url, { slot, history: history2 = "push", intercept, scroll } = {}) => {
    if (slot && !findSlot(slot)) return reportTarget(`parallelRoutes.visit(…, { slot: "${slot}" })`);
    const { href, hash } = new URL(url, location.href);
    if (isHash(href)) return goToHash(href, history2);
    await send(url.split("#")[0], { slot, history: history2, intercept, scroll, hash });
  };
  var watchVisits = () => {
    Object.assign(hooks, { reportTarget, visit });
    on("noTarget", (_, { detail: { target, elt } }) => {
      if (/^#slot-/.test(target)) reportTarget("hx-target", elt);
    });
  };

  // src/parts/answers.js
  watchAnswers();
  watchClosing();
  watchFailures();
  watchMemory();
  watchTraversals();
  watchVisits();
  watchRefreshes();
  watchGestures();
})();
