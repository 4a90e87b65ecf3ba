/* Built from js/ of django-parallel-routes: 2d0eed67217aa920 */
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

  // src/urls.js
  var pathOf = ({ pathname, search }) => (pathname + search).replace(/^\/\//, "/%2F");
  var here = () => pathOf(location);
  var normalize = (url) => {
    const { pathname, search, hash } = new URL(url, location.href);
    if (!search && /^[\w/.~-]*$/.test(pathname)) return pathname + hash;
    try {
      const parts2 = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
      return parts2.join("/") + (search && `?${new URLSearchParams(search)}`) + hash;
    } catch {
      return pathname + search + hash;
    }
  };
  var isSameUrl = (one, other) => normalize(one) === normalize(other);
  var isHash = (url) => url.includes("#") && url.split("#")[0] === location.href.split("#")[0];
  var forBrowser = (url) => {
    const values = new URL(url).searchParams.getAll("slots");
    const hash = values.find((value) => value.startsWith("hash:")) ?? "";
    return url.replace(/[?&]slots=(hash|refresh):.*/, "") + hash.replace("hash:", "#");
  };
  var pathIn = (url) => url.split("?")[0];

  // src/page.js
  var script = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  if (!script)
    throw new Error(
      "django-parallel-routes: load the script by {% parallel_routes_script %}. It can't be a module, or a part of a bundle."
    );
  var {
    prBoost: boost,
    prOrigin: declaredOrigin,
    prParts = "",
    prTexts = "{}"
  } = script.dataset;
  var { src: scriptUrl, nonce } = script;
  var texts = JSON.parse(prTexts);
  var HEADER = "Parallel-Routes";
  var ownState = (state = history.state) => state?.parallelRoutes;
  var [timing] = (
    /** @type {PerformanceNavigationTiming[]} */
    performance.getEntriesByType("navigation")
  );
  var isBackForward = timing?.type === "back_forward";
  var layoutUrl = timing?.name ?? location.href;
  var loadedPath = new URL(layoutUrl).pathname;
  var isError = timing?.responseStatus >= 400;
  var { id = Math.random(), index = 0, opened = {} } = ownState() ?? {};
  var current = {
    id,
    index,
    /** The index of the entry that is on screen with all of its slots. */
    settled: index,
    /** The URL of the page beneath what is intercepted. */
    origin: declaredOrigin ?? here(),
    /** By the address of each slot that shows something intercepted: what was beneath it. */
    opened,
    /** Where the boxes of each entry were scrolled to. @type {Record<number, Record<string, number[]>>} */
    scrolls: {},
    /** The script goes back to the entry that is on screen. */
    isReturning: false,
    /** The state of the entry that is brought back. @type {EntryState | undefined} */
    restored: void 0
  };
  var mayLeave = (leaving2, { source, refreshed } = {}) => !leaving2.length || dispatch("before-leave", document, { leaving: leaving2, source, refreshed: !!refreshed });

  // src/parts.js
  var hooks = {};
  var parts = new Map([...prParts.matchAll(/(\S+) (\S+)/g)].map(([, name, file]) => [name, file]));
  var loaded = /* @__PURE__ */ new Map();
  var loadFile = (src) => new Promise((onload, onerror) => {
    const script2 = document.createElement("script");
    document.head.append(Object.assign(script2, { src, nonce, onload, onerror }));
  });
  var PATIENCE = 5e3;
  var loadPart = async (name) => {
    const file = parts.get(name);
    if (!file) return;
    if (!loaded.has(file)) loaded.set(file, loadFile(file));
    const isThere = loaded.get(file)?.catch(() => loaded.delete(file));
    await Promise.race([isThere, new Promise((done) => setTimeout(done, PATIENCE))]);
  };
  var loadPartsWhenIdle = () => (window.requestIdleCallback ?? setTimeout)(() => {
    loadPart("data-pr-same");
    if (document.querySelector("[data-pr-mount-url]")) loadPart("data-pr-close-on");
  });
  var scripts = /* @__PURE__ */ new Set();
  var loadPartsFor = (html) => Promise.all([...parts.keys()].map((name) => html.includes(name) && loadPart(name)));
  var loadPartsOfPage = () => {
    const templates = [...document.querySelectorAll("template")].map(({ innerHTML }) => innerHTML);
    for (const name of parts.keys())
      if (/[<=]/.test(name)) continue;
      else if (document.querySelector(`[${name}]`) || templates.some((html) => html.includes(name)))
        loadPart(name);
  };

  // src/slots.js
  var SLOT = "[data-pr-slot][data-pr-key]";
  var slots = () => (
    /** @type {Slot[]} */
    all(SLOT)
  );
  var slotAt = (address) => document.querySelector(`${SLOT}[data-pr-slot="${address}"]`);
  var slotAround = (element) => (
    /** @type {Slot | null} */
    closest(element, SLOT)
  );
  var slotFor = ({ id: id2 }) => (
    /** @type {Slot | null} */
    document.getElementById(id2)
  );
  var addressOf = ({ dataset }) => dataset.prSlot;
  var isLoading = ({ dataset }) => dataset.prState === "loading";
  var showsPage = (slot) => /page|intercepted/.test(slot?.dataset.prVariant ?? "");
  var stateOf = ({ dataset: { prVariant, prSrc, prKey, prMountUrl } }) => [prVariant, prSrc, prKey, prMountUrl ?? ""].filter((part) => part !== "");
  var mounted = (shown = slots()) => Object.fromEntries(shown.map((slot) => [addressOf(slot), stateOf(slot)]));
  var slotsAfter = (arriving) => {
    const elements = new Map(arriving);
    const goes = (slot) => arriving.some(([outer]) => outer !== slot && outer.contains(slot));
    return slots().filter((slot) => !goes(slot)).flatMap((slot) => {
      const element = elements.get(slot);
      return [slot, .../** @type {Slot[]} */
      element ? all(SLOT, element) : []];
    });
  };
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
  var describe = (slot, dataset) => {
    Object.assign(slot.dataset, dataset);
    for (const name of ["prTitle", "prOrder", "prState", "prDelivery", "prTables", "prSame"])
      if (!dataset[name]) delete slot.dataset[name];
    slot.ariaBusy = isLoading(slot) ? "true" : null;
  };
  var findSlot = (name, element) => {
    const around = (element && slotAround(element))?.dataset.prSlot.split(".") ?? [];
    for (; ; ) {
      const address = [...around, name].join(".");
      const found = slots().find(({ dataset }) => dataset.prSlot === address);
      if (found || !around.length) return found ?? null;
      around.pop();
    }
  };
  var renderings = /* @__PURE__ */ new WeakMap();
  var renderingOf = (slot) => renderings.get(slot);
  var setRendering = (slot, rendering = Math.random()) => renderings.set(slot, rendering);
  var dropRendering = (slot) => renderings.delete(slot);
  var nameRenderings = (then = {}, shown = slots()) => Object.fromEntries(
    shown.map((slot) => {
      const address = addressOf(slot);
      const rendering = renderingOf(slot) ?? then[address] ?? Math.random();
      setRendering(slot, rendering);
      return [address, rendering];
    })
  );

  // src/bases.js
  var inert = document.implementation.createHTMLDocument();
  var bases = /* @__PURE__ */ new WeakMap();
  var noteSent = (slot, content = slot) => bases.set(slot, {
    sent: (
      /** @type {Element} */
      inert.importNode(content, true)
    ),
    nodes: all("*", content)
  });
  var noteDocument = () => {
    for (const slot of slots()) if (!closest(slot, `${SLOT} ${SLOT}`)) noteSent(slot);
  };
  var merges = /* @__PURE__ */ new Map();
  var canMerge = (slot, element) => "prSame" in element.dataset && !slot.dataset.prState && !closest(slot, '[data-pr-morph="false"]') && !!hooks.canMerge?.(slot);
  var mergeAtSwap = (slot, element, navigation2) => {
    const isOther = slot.dataset.prSrc !== element.dataset.prSrc;
    merges.set(slot, (content) => {
      const done = hooks.merge?.(slot, content, { ...navigation2, isOther });
      if (done) merged.set(slot, done);
    });
  };
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

  // src/duplicates.js
  var known = /* @__PURE__ */ new Set();
  var warnOfDuplicates = (slots2) => {
    for (const { id: id2 } of slots2.flatMap((slot) => all("[id]", slot))) {
      const twins = known.has(id2) ? [] : all(`[id="${CSS.escape(id2)}"]`);
      if (twins.length < 2) continue;
      known.add(id2);
      console.warn(
        `parallel-routes: the id "${id2}" stands in the page ${twins.length} times. Labels, scripts and focus find only the first one. Give forms that are on screen together a prefix, or an auto_id.`,
        ...twins
      );
    }
  };

  // src/focus.js
  var refocus = (active) => {
    const { id: id2, isConnected, selectionStart, selectionEnd } = (
      /** @type {HTMLInputElement} */
      active ?? {}
    );
    const successor = !isConnected && id2 && document.getElementById(id2);
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

  // src/current-links.js
  var LINKS = 'a[href]:not([href*="#"], [data-pr-close])';
  var hasUrl = (slot) => showsPage(slot) || slot.dataset.prVariant === "default" && slot.dataset.prDefault;
  var markCurrent = () => {
    const shown = slots().filter(hasUrl).map((slot) => ({ address: `${addressOf(slot)}.`, src: normalize(slot.dataset.prSrc) }));
    for (
      const link of
      /** @type {HTMLAnchorElement[]} */
      all(LINKS)
    ) {
      const place = closest(link, "[data-pr-current-in]");
      const only = place && findSlot(attribute(place, "data-pr-current-in") ?? "", place);
      const url = normalize(link.href);
      const isCurrent = shown.some(({ address, src }) => {
        if (place && !(only && address.startsWith(`${addressOf(only)}.`))) return false;
        if (link.dataset.prCurrent === "section") return src.startsWith(url);
        return url === src || url === pathIn(src);
      });
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };

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

  // src/htmx2.js
  var events = {
    confirm: "htmx:confirm",
    configure: "htmx:configRequest",
    noTarget: "htmx:targetError",
    send: "htmx:beforeSend",
    answer: "htmx:beforeOnLoad",
    swap: "htmx:beforeSwap",
    swapInto: "htmx:oobBeforeSwap",
    swapped: "htmx:afterSwap",
    failed: "htmx:sendError htmx:timeout htmx:sendAbort",
    finished: "htmx:afterRequest",
    updateHistory: "htmx:beforeHistoryUpdate",
    historyUpdated: "htmx:pushedIntoHistory htmx:replacedInHistory"
  };
  var requestOf = (detail) => {
    const { xhr, requestConfig: config = detail, pathInfo } = detail;
    const { elt, headers, verb, path, boosted, triggeringEvent: trigger } = config;
    const header = (name) => /^(hx|parallel)-/i.test(name) && new URL(xhr.responseURL, location.href).origin !== location.origin ? null : xhr.getResponseHeader(name);
    return {
      key: config,
      source: elt,
      target: config.target,
      headers,
      isSafe: /get/i.test(verb),
      url: path,
      body: config.formData,
      unfilteredBody: config.unfilteredFormData,
      trigger,
      // It has given a form without an action the URL of the address bar as it was when the form came.
      hasNoUrl: () => boosted && matches(elt, "form:not([action]), form[action='']") && !trigger?.submitter?.hasAttribute("formaction"),
      setTarget(slot) {
        config.target = slot;
        headers["HX-Target"] = slot.id;
      },
      setUrl(url) {
        config.path = url;
      },
      skipCaches() {
        headers["Cache-Control"] = "no-cache";
      },
      transport: xhr,
      abort() {
        detail.error = "";
        xhr.abort();
      },
      // htmx does these by itself.
      limitTime() {
      },
      queueLast() {
      },
      skipSwap() {
      },
      deliver(ready, animate, receive) {
        const { onload } = xhr;
        const own = (property) => Reflect.get(XMLHttpRequest.prototype, property, xhr);
        let text = "";
        for (const property of ["response", "responseText"])
          Object.defineProperty(xhr, property, { get: () => text, configurable: true });
        const show = async (shown, bytes = void 0) => {
          text = shown;
          await ready(bytes, text, header, xhr.status);
          const load = () => onload.call(xhr);
          if (animate) animate(load);
          else load();
        };
        let receiving = null;
        xhr.onload = async () => {
          if (await receiving) return;
          const bytes = xhr.bytes ?? own("response");
          if (xhr.responseType || xhr.bytes) show(textOf(bytes, header("Content-Type")), bytes);
          else show(bytes);
        };
        xhr.onreadystatechange = async () => {
          if (xhr.readyState !== 2) return;
          receiving = receive(header);
          if (!receiving) xhr.responseType = "arraybuffer";
          const reader = await receiving;
          if (!reader || !xhr.status) return;
          reader.ofXhr(xhr, () => own("responseText"), show);
          if (xhr.readyState > 2) xhr.onprogress();
          if (xhr.readyState > 3) xhr.onload();
        };
      },
      header,
      status: xhr?.status,
      statusText: xhr?.statusText,
      sentUrl: pathInfo?.finalRequestPath,
      finalUrl: xhr?.responseURL,
      html: xhr?.response,
      setHtml: (html) => Object.defineProperty(xhr, "response", { value: html }),
      // It swaps no errors; a form's page with status 422 is none.
      allowSwap: (name) => Object.assign(detail, { shouldSwap: !!header(name), isError: false })
    };
  };
  var clear = (slot) => htmx.swap(slot, "", { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0, transition: false });
  var arrivalsOf = (detail) => {
    const { target, fragment } = detail;
    const [element] = fragment.children;
    if (element?.id === target.id) element.replaceWith(...element.childNodes);
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
  var htmx2 = { events, requestOf, arrivalsOf, clear, swapSlots };

  // src/htmx4.js
  var events2 = {
    configure: "htmx:config:request",
    send: "htmx:before:request",
    answer: "htmx:after:request",
    swap: "htmx:before:swap",
    swapInto: "htmx:before:swap",
    swapped: "htmx:after:swap",
    settle: "htmx:before:settle",
    failed: "htmx:error htmx:finally:request",
    finished: "htmx:finally:request",
    updateHistory: "htmx:before:history:update",
    historyUpdated: "htmx:after:history:update"
  };
  var requestOf2 = (detail) => {
    const { ctx = {}, tasks = [] } = detail;
    const { request = {}, response, sourceElement: source = detail.sourceElement } = ctx;
    const { headers, timeout, action } = request;
    const { raw } = response ?? {};
    const abort2 = () => request.abort();
    return {
      key: ctx,
      source,
      target: ctx.target,
      headers,
      isSafe: /get/i.test(request.method),
      url: action,
      anchor: request.anchor,
      body: request.body,
      trigger: ctx.sourceEvent ?? void 0,
      hasNoUrl: () => false,
      setTarget(slot) {
        ctx.target = slot;
        headers["HX-Target"] = `div#${slot.id}`;
      },
      setUrl(url) {
        request.action = url;
      },
      skipCaches() {
        headers["Cache-Control"] = "no-cache";
        request.cache = "no-store";
      },
      abort: abort2,
      // It does not tell what has taken too long from what was stopped.
      limitTime(onLate) {
        const limit = timeout == null ? htmx.config.defaultTimeout : htmx.parseInterval(timeout);
        if (!limit) return;
        clearTimeout(ctx.requestTimeout);
        ctx.requestTimeout = setTimeout(() => {
          onLate();
          abort2();
        }, limit);
      },
      // The link's queue would drop a third quick click.
      queueLast() {
        const { abort: abort3 } = request;
        request.abort = () => abort3(null);
        if (attribute(source, "hx-sync") == null)
          Element.prototype.setAttribute.call(source, "hx-sync", "this:replace");
      },
      skipSwap: (event) => event.preventDefault(),
      deliver(ready, animate, receive, navigation2) {
        ctx.fetch = async (...parameters) => {
          const stored = await navigation2.stored;
          const response2 = stored ?? await fetch(...parameters);
          const header = (name) => response2.headers.get(name);
          const type = header("Content-Type");
          const reader = stored ? null : await receive(header);
          const bytes = reader ? void 0 : await response2.arrayBuffer();
          const text = bytes ? textOf(bytes, type) : await reader?.ofResponse(response2, type);
          response2.text = async () => text ?? "";
          await ready(bytes, text ?? "", header, response2.status);
          if (animate)
            await new Promise((begin2) => {
              const swapped = new Promise((done) => {
                navigation2.swapped = done;
              });
              animate(() => {
                begin2(void 0);
                return swapped;
              });
            });
          return response2;
        };
      },
      header: (name) => response?.headers.get(name) ?? null,
      status: raw?.status,
      statusText: raw?.statusText,
      sentUrl: action,
      finalUrl: raw?.url,
      html: ctx.text,
      setHtml(html) {
        ctx.text = html;
      },
      // Without delay: until it settles, it would give elements their predecessors' state.
      allowSwap() {
        for (const { swapSpec } of tasks)
          Object.assign(swapSpec, { swap: 0, settle: 0, transition: false });
      }
    };
  };
  var clear2 = (slot) => (
    // With a delay, even of 0, it would wait.
    htmx.swap({
      sourceElement: slot,
      target: slot,
      swap: "innerHTML settle:0ms transition:false",
      text: ""
    })
  );
  var arrivalsOf2 = ({ tasks = [] }) => tasks.map(({ target, fragment, swapSpec }) => ({
    target,
    content: fragment.firstElementChild ?? fragment,
    skip() {
      swapSpec.style = "none";
    }
  }));
  var swapSlots2 = (text) => htmx.swap({
    sourceElement: document.body,
    target: document.body,
    swap: "none show:none settle:0ms transition:false",
    text
  });
  var htmx4 = { events: events2, requestOf: requestOf2, arrivalsOf: arrivalsOf2, clear: clear2, swapSlots: swapSlots2 };

  // src/htmx.js
  var isFour = () => !!window.htmx?.registerExtension;
  var running = () => isFour() ? htmx4 : htmx2;
  var on = (name, listener, capture = true) => {
    for (const version of [htmx2, htmx4])
      for (const type of version.events[name]?.split(" ") ?? []) {
        const hear = (event) => {
          if (version === running()) listener(version.requestOf(event.detail), event);
        };
        document.addEventListener(type, hear, capture);
      }
  };
  var arrivalsOf3 = ({ detail }) => running().arrivalsOf(detail);
  var swapSlots3 = (html) => running().swapSlots(html);
  var clear3 = (slot) => {
    running().clear(slot);
    slot.replaceChildren();
  };

  // src/levels.js
  var openLevels = (shown = slots()) => {
    const intercepted = shown.filter(({ dataset }) => dataset.prVariant === "intercepted").map((slot) => `${addressOf(slot)}.`);
    return shown.filter(
      (level) => level.dataset.prMountUrl != null && intercepted.some((address) => address.startsWith(`${addressOf(level)}.`))
    );
  };
  var backgroundState = () => JSON.stringify(
    slots().filter((slot) => !slot.closest("[data-pr-mount-url]")).map(stateOf)
  );
  var trackOpened = (beneath = {}, shown = slots()) => {
    current.opened = Object.fromEntries(
      openLevels(shown).map(({ dataset: { prSlot } }) => [
        prSlot,
        current.opened[prSlot] ?? beneath
      ])
    );
  };

  // src/navigation.js
  var navigations = /* @__PURE__ */ new WeakMap();
  var sent = /* @__PURE__ */ new WeakMap();
  var inFlight = /* @__PURE__ */ new Set();
  var navigationOf = ({ key }) => navigations.get(key);
  var isUnderWay = () => [...inFlight].some(({ refreshed }) => !refreshed);
  var isRefreshing = (slot) => [...inFlight].some(({ refreshed }) => refreshed?.has(slot));
  var isRestoring = () => current.isReturning || [...inFlight].some(({ restoring }) => restoring);
  var isSubmitting = (form) => [...inFlight].some(({ source, isSafe }) => source === form && !isSafe);
  var track = () => root.toggleAttribute("data-pr-navigating", isUnderWay());
  var setBusy = ({ source, isSafe }, busy) => {
    const slot = source && !isSafe && slotAround(source);
    if (slot) slot.ariaBusy = busy;
  };
  var markForm = ({ source, trigger }, isSent) => {
    if (!source || !matches(source, "form")) return;
    for (const element of [source, slotAround(source)])
      if (element) Element.prototype.toggleAttribute.call(element, "data-pr-submitting", isSent);
    hooks.submitting?.(source, isSent, trigger);
  };
  var begin = (navigation2) => {
    inFlight.add(navigation2);
    setBusy(navigation2, "true");
    markForm(navigation2, true);
    track();
  };
  var finish = (navigation2) => {
    if (inFlight.delete(navigation2)) markForm(navigation2, false);
    setBusy(navigation2, null);
    track();
  };
  var abort = (navigation2) => {
    finish(navigation2);
    navigation2.abort?.();
  };
  var supersede = ({ slot, refreshed }) => {
    for (const older of inFlight) {
      const isOther = slot && (older.restoring || (older.slot ?? slot) !== slot);
      if (!refreshed && !older.refreshed && !isOther) abort(older);
    }
  };
  var send = async (url, navigation2) => {
    const source = document.body.appendChild(document.createElement("div"));
    sent.set(source, navigation2);
    try {
      await htmx.ajax("GET", url, { source, target: document.body, swap: "none" });
    } catch {
    } finally {
      source.remove();
    }
  };

  // src/history.js
  var isWriting = false;
  var isBlank = boost === "form";
  var { href: blankUrl } = location;
  var blankState;
  var saveFirstEntry = () => {
    if (!isBlank) saveEntry();
  };
  var restoreBlank = () => {
    if (ownState() || !blankState || location.href !== blankUrl) return false;
    write("replaceState", blankState);
    return true;
  };
  var write = (how, state, url) => {
    const isKept = how === "replaceState" && (!url || url === location.href);
    const kept = isKept && Object(history.state) === history.state ? history.state : {};
    isWriting = true;
    isBlank = false;
    try {
      const all2 = { ...kept, htmx: isFour() || void 0, parallelRoutes: state };
      history[how](state && all2, "", url);
    } catch {
      if (state && url) location.assign(url);
    } finally {
      isWriting = false;
    }
  };
  var entry = (shown = slots()) => {
    const { id: id2, index: index2, origin, opened: opened2 } = current;
    const states = { ...mounted(shown), ...hooks.awaited?.() };
    const renderings2 = nameRenderings({}, shown);
    return { id: id2, index: index2, origin, opened: opened2, home: layoutUrl, renderings: renderings2, slots: states };
  };
  var updateEntry = () => {
    const state = entry();
    if (JSON.stringify(state) !== JSON.stringify(ownState())) write("replaceState", state);
  };
  var saveEntry = (url) => write("replaceState", entry(), url);
  var beginEntry = () => {
    const boxes = current.scrolls[current.id];
    current.id = Math.random();
    current.settled = current.index += 1;
    if (boxes) current.scrolls[current.id] = { ...boxes };
  };
  var adopt = ({ navigationType }) => {
    if (isWriting || !/push|replace/.test(`${navigationType}`) || !root.isConnected) return;
    if (navigationType === "push" && isBlank) blankState = entry();
    if (navigationType === "push") beginEntry();
    if (!openLevels().length && pathIn(current.origin) === location.pathname)
      current.origin = here();
    const { id: id2, index: index2 } = current;
    const save = () => {
      if (id2 === current.id)
        write("replaceState", isRestoring() ? { ...current.restored, id: id2, index: index2 } : entry());
    };
    const transition2 = window.navigation?.transition;
    if (transition2) transition2.finished.then(save, save);
    else save();
  };
  var watchEntries = () => {
    if (window.navigation) {
      navigation.addEventListener(
        "currententrychange",
        /** @type {any} */
        adopt
      );
      return;
    }
    for (
      const type of
      /** @type {const} */
      ["push", "replace"]
    ) {
      const change = history[`${type}State`];
      history[`${type}State`] = (...parameters) => {
        change.apply(history, parameters);
        adopt({ navigationType: type });
      };
    }
    addEventListener("hashchange", () => ownState() || adopt({ navigationType: "push" }));
  };
  var watchPushedUrls = () => {
    let slot;
    on("updateHistory", ({ source }) => {
      slot = source && slotAround(source);
    });
    on("historyUpdated", () => {
      if (!slot || !showsPage(slot) || pathIn(slot.dataset.prSrc) !== location.pathname) return;
      slot.dataset.prSrc = here();
      dropRendering(slot);
      saveEntry();
      markCurrent();
    });
  };

  // src/memory.js
  var memory = /* @__PURE__ */ new Map();
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
    hooks.forget?.();
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
    base: bases.get(slot),
    /** What was sent and entered, if its nodes show another query since. */
    copy: (
      /** @type {import("./types.js").Copy | undefined} */
      void 0
    )
  });
  var keep = (slot, kept, coming) => {
    if (kept.dataset.prState || slot.querySelector(UNKEPT) || slot.closest(OFF)) return;
    if (coming) hooks.leavePreserved?.(slot, coming);
    kept.nodes.append(...slot.childNodes);
    store(kept);
  };
  var keepCopy = (slot, kept) => {
    if (slot.querySelector(OFF) || slot.closest(OFF)) return;
    kept.copy = hooks.takeCopy?.(slot);
    kept.media = [];
    store(kept);
  };
  var store = (kept) => {
    const { rendering } = kept;
    if (!rendering) return;
    memory.delete(rendering);
    memory.set(rendering, kept);
    let total = [...memory.values()].reduce((sum, { elements }) => sum + elements, 0);
    for (const [oldest, { elements }] of memory) {
      if (memory.size <= MAX_KEPT && total <= MAX_ELEMENTS) break;
      drop(oldest);
      total -= elements;
    }
  };
  var leaving = [];
  var keepAtSwap = (slot, active, isMerged, coming) => {
    const kept = snapshot(slot, active);
    if (isMerged) keepCopy(slot, kept);
    else leaving.push([slot, kept, coming]);
  };
  var stopKeeping = () => {
    leaving = [];
  };
  var recall = (wanted, renderings2 = {}) => {
    const changed = [];
    for (const address of Object.keys(wanted).sort((one, other) => one.length - other.length)) {
      const slot = slotAt(address);
      const [variant, src, key] = wanted[address];
      if (!slot || slot.dataset.prKey !== key || isSame(stateOf(slot), wanted[address])) continue;
      const rendering = renderings2[address];
      const kept = memory.get(rendering);
      const isHere = isIn(slot, kept);
      const holder = isHere ? void 0 : holderOf(kept);
      if (!isHere && !holder && variant !== "empty") continue;
      const left = snapshot(slot, document.activeElement);
      for (const one of [kept, holder]) memory.delete(
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
        if (holder !== kept) keepCopy(slot, holder);
      }
      setRendering(slot, rendering);
      describe(slot, kept?.dataset ?? { prVariant: variant, prSrc: src });
      if (kept?.copy) hooks.showCopy?.(slot, kept.copy);
      for (const player of kept?.media ?? []) player.play().catch(() => {
      });
      changed.push(slot);
      if (!isHere) dispatch("enter", slot, { restored: true });
      if (kept?.focused) kept.focused.focus({ preventScroll: true });
    }
    return changed;
  };
  var isIn = (slot, kept) => !!kept?.copy && bases.get(slot) === kept.base;
  var holderOf = (kept) => kept?.copy ? [...memory.values()].find(({ base, copy }) => !copy && base === kept.base) : kept;
  var canShow = (wanted, renderings2 = {}) => Object.entries(wanted).every(([address, state]) => {
    const slot = slotAt(address);
    if (slot && (isSame(stateOf(slot), state) || state[0] === "empty")) return true;
    return Object.keys(wanted).some((outer) => {
      const kept = memory.get(renderings2[outer]);
      const shown = slotAt(outer);
      return `${address}.`.startsWith(`${outer}.`) && (holderOf(kept) || shown && isIn(shown, kept));
    });
  });
  var watchMemory = () => {
    document.addEventListener("parallel-routes:forget", forget);
    on("finished", ({ isSafe }) => {
      if (!isSafe) forget();
    });
    on("swapInto", (_, event) => {
      for (const { target, content, skip } of arrivalsOf3(event))
        if (target instanceof Element && target.matches(SLOT) && takeIn(target, content)) skip();
      for (const one of leaving.splice(0)) keep(...one);
    });
  };

  // src/refresh.js
  var refresh = async (wanted, { isSecond, isQuiet } = {}) => {
    nameRenderings();
    const refreshed = new Map(wanted.map((slot) => [slot, renderingOf(slot)]));
    const navigation2 = { refreshed, isSecond, isQuiet, hash: "" };
    for (const slot of wanted) slot.ariaBusy = "true";
    for (const older of inFlight) for (const slot of wanted) older.refreshed?.delete(slot);
    prune();
    inFlight.add(navigation2);
    const [{ dataset }] = wanted;
    const hasUrl2 = wanted.length === 1 && (dataset.prState || dataset.prVariant !== "layout");
    await send(hasUrl2 ? dataset.prSrc : here(), navigation2);
    await navigation2.second;
  };
  var prune = () => {
    for (const navigation2 of [...inFlight]) {
      const { refreshed } = navigation2;
      if (!refreshed) continue;
      for (const [slot, rendering] of refreshed)
        if (!slot.isConnected || renderingOf(slot) !== rendering) refreshed.delete(slot);
      if (!refreshed.size) abort(navigation2);
    }
  };
  var loadDeferred = () => {
    prune();
    if (isRestoring()) return;
    for (const slot of slots())
      if (isLoading(slot) && slot.dataset.prDelivery === "deferred" && !isRefreshing(slot))
        refresh([slot]);
  };
  var guardedIn = (slot) => all("form[data-pr-guard]", slot).map((form) => {
    const { dataset } = (
      /** @type {HTMLElement} */
      closest(form, "[data-pr-slot]")
    );
    const page = dataset.prSrc?.split("?")[0];
    return `${[dataset.prSlot, dataset.prVariant, page, attribute(form, "action")]}`;
  });
  var keepsForms = (slot, element) => {
    const coming = guardedIn(element);
    return canMerge(slot, element) && guardedIn(slot).every((form) => coming.includes(form));
  };
  var dropStale = (body, { refreshed, isSafe, source }) => {
    const isChanged = (inner) => {
      const slot = slotFor(inner);
      return slot && !isSame(stateOf(
        /** @type {Slot} */
        inner
      ), stateOf(slot));
    };
    const isRefresh = (slot, element) => refreshed || slot?.dataset.prVariant === element.dataset.prVariant && slot?.dataset.prSrc === element.dataset.prSrc && !all(SLOT, element).some(isChanged) && (slot?.dataset.prAgain != null || !(isSafe || slot?.contains(source ?? null)));
    const isStale = (element) => {
      const slot = slotFor(element);
      if (refreshed && !(slot && refreshed.has(slot))) return true;
      if (!slot || !isRefresh(slot, element) || keepsForms(slot, element)) return false;
      if (mayLeave([slot], { refreshed: true })) return false;
      slot.ariaBusy = null;
      return true;
    };
    const stale = all(":scope > *", body).filter(isStale);
    const { activeElement } = document;
    const isFree = !refreshed || activeElement === document.body || [...refreshed.keys()].some((slot) => slot.contains(activeElement));
    const eager = isFree ? [] : all("[autofocus]", body);
    for (const element of stale) element.remove();
    for (const element of eager) element.autofocus = false;
    return stale.length + eager.length > 0;
  };
  var onRefreshFailed = (navigation2) => {
    const lost = [...navigation2.refreshed?.keys() ?? []];
    if (!navigation2.isSecond) {
      navigation2.second = refresh(lost, { ...navigation2, isSecond: true });
      return;
    }
    for (const slot of lost) {
      slot.ariaBusy = null;
      if (isLoading(slot)) slot.dataset.prState = "lost";
      dispatch("lost", slot);
    }
    const shown = lost.filter(({ dataset }) => dataset.prState !== "lost");
    if (navigation2.isQuiet || !shown.length) return;
    const reason = navigator.onLine ? "network" : "offline";
    const retry = () => refresh(shown.filter(({ isConnected }) => isConnected));
    dispatch("failed", shown[0], { reason, url: here(), isSent: false, retry });
  };
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
    document.addEventListener("parallel-routes:refresh", (event) => {
      const { detail } = (
        /** @type {CustomEvent} */
        event
      );
      refreshNamed(...detail?.slots ?? []);
    });
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

  // src/scroll.js
  var getter = (prototype, name) => {
    const { get } = (
      /** @type {any} */
      Object.getOwnPropertyDescriptor(prototype, name)
    );
    return (element) => get.call(element);
  };
  var parentOf = getter(Node.prototype, "parentElement");
  var previousOf = getter(Element.prototype, "previousElementSibling");
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
  var scrollToHash = (hash) => {
    try {
      const name = decodeURIComponent(hash.slice(1));
      (document.getElementById(name) ?? document.getElementsByName(name)[0])?.scrollIntoView();
    } catch {
    }
  };
  var selectorOf = (box) => {
    const outer = parentOf(box);
    if (!outer) return ":root";
    let place = 1;
    for (let other = previousOf(box); other; other = previousOf(other)) place += 1;
    return `${selectorOf(outer)}>:nth-child(${place})`;
  };
  var rememberScroll = (target) => {
    const box = target === document ? root : (
      /** @type {Element} */
      target
    );
    if (!root.contains(box)) return;
    const boxes = current.scrolls[current.id] ?? {};
    boxes[selectorOf(box)] = [box.scrollLeft, box.scrollTop];
    current.scrolls[current.id] = boxes;
  };
  var restoreScroll = (boxes, changed) => {
    for (const [selector, [left, top]] of Object.entries(boxes)) {
      const box = document.querySelector(selector);
      const isNear = (slot) => slot.contains(box) || box?.contains(slot);
      if (box && (box === root || changed.some(isNear))) scrollBox(box, left, top);
    }
  };
  var startAtTop = () => {
    history.scrollRestoration = "manual";
    scrollBy(0, -scrollY);
    const finish2 = () => {
      history.scrollRestoration = "auto";
    };
    addEventListener("load", () => setTimeout(finish2));
  };
  var watchScroll = () => addEventListener("scroll", ({ target }) => rememberScroll(target), {
    capture: true,
    passive: true
  });

  // src/title.js
  var layoutTitle = document.querySelector("[data-pr-layout]");
  var baseTitle = layoutTitle?.dataset.prLayout ?? document.title;
  var rankOf = ({ dataset: { prVariant, prSrc, prOrder = "" } }) => prVariant === "intercepted" && isSameUrl(prSrc, here()) ? "" : prOrder;
  var settle = () => {
    const [first] = slots().filter(({ dataset }) => dataset.prTitle).sort((one, other) => rankOf(one) < rankOf(other) ? -1 : 1);
    document.title = first?.dataset.prTitle ?? baseTitle;
    markCurrent();
    dispatch("settle", document);
  };

  // src/transitions.js
  var wantsTransition = () => root.hasAttribute("data-pr-view-transitions") && "startViewTransition" in document && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  var transition = (change) => {
    const { ready, updateCallbackDone } = document.startViewTransition(change);
    ready.catch(() => {
    });
    return updateCallbackDone;
  };

  // src/traversal.js
  var returnsTo = 0;
  var landing = "";
  var restored;
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
    const { slots: restoring, renderings: renderings2 } = state;
    const isOffline = !navigator.onLine && !undo && current.settled !== state.index;
    if (isOffline && !canShow(restoring, renderings2)) return returnOffline();
    const { id: id2, origin = here(), opened: opened2 = {}, index: index2 = 0 } = state;
    Object.assign(current, { id: id2, origin, opened: opened2, index: index2, restored: state });
    const boxes = { ...current.scrolls[id2] };
    let changed = [];
    const remember = () => {
      changed = recall(restoring, renderings2);
      prune();
    };
    const shown = wantsTransition() && !hasMoved ? transition(remember) : remember();
    const complete = new Promise((done) => {
      const fetchOthers = () => {
        if (ownState()?.id !== id2 || isOnScreen(restoring)) return done([]);
        send(location.href.split("#")[0], { restoring, retried, undo, done, hash: "" });
      };
      if (shown) shown.then(fetchOthers);
      else fetchOthers();
    });
    restored = complete.then((fetched) => {
      current.settled = current.index;
      if (id2 === current.id && slots().some((slot) => !restoring[addressOf(slot)])) saveEntry();
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
    restored = new Promise(() => {
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
  var landOn = (index2) => {
    landing = location.href;
    history.go(index2 - current.index);
  };
  var onPopstate = (event) => {
    const wanted = (restoreBlank() || ownState(event.state)) && ownState()?.slots;
    if (!wanted) return;
    const { id: id2, index: index2 } = stateNow();
    if (landing) {
      event.stopImmediatePropagation();
      Object.assign(current, { id: id2, index: index2 });
      saveEntry(landing);
      landing = "";
      return restore();
    }
    const isReturn = current.isReturning;
    if (isReturn && index2 !== returnsTo) return turnBack(returnsTo - index2);
    current.isReturning = false;
    const differs = (slot) => !isSame(stateOf(slot), wanted[addressOf(slot)] ?? []);
    if (isReturn || mayTraverse(slots().filter(differs)))
      restore({ hasMoved: (
        /** @type {any} */
        event.hasUAVisualTransition
      ) });
    else event.stopImmediatePropagation();
  };
  var onNavigate = (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange) return;
    rememberScroll(document);
    const handler = async () => {
      await new Promise((tick) => setTimeout(tick));
      await restored;
      if (!current.scrolls[current.id]?.[":root"]) event.scroll();
    };
    event.intercept({ focusReset: "manual", scroll: "manual", handler });
  };
  var watchTraversals = () => {
    addEventListener("popstate", onPopstate, true);
    window.navigation?.addEventListener(
      "navigate",
      /** @type {any} */
      onNavigate
    );
  };

  // src/commit.js
  var commit = (navigation2, headerUrl, elements) => {
    const { restoring, source, isSafe, scroll } = navigation2;
    const arriving = elements.flatMap((element) => {
      const slot = slotFor(element);
      return slot ? [
        /** @type {const} */
        [slot, element]
      ] : [];
    });
    const changed = arriving.map(([slot]) => slot);
    const active = document.activeElement;
    const shown = backgroundState();
    const stays = headerUrl === "stay";
    const { url, hash } = stays ? { url: headerUrl, hash: "" } : spell(navigation2, headerUrl);
    let how = !stays && navigation2.history;
    const scrolled = how && scroll !== false ? scrolledAround(changed) : void 0;
    const beneathFilled = how ? beneathForm(navigation2) : [];
    if (beneathFilled.length) how = "replace";
    if (ownState()?.id !== current.id) saveEntry();
    const isAsBefore = arriving.every(([slot, element]) => shownIn(slot) === shownIn(element));
    const merged2 = prepareSlots(
      { ...navigation2, keeps: how === "push" || navigation2.keeps },
      arriving
    );
    const isBarKept = isSafe && navigation2.state?.own && url === here();
    if (!restoring && !stays && !isBarKept && !elements.some(isIntercepted)) current.origin = url;
    const { href } = new URL(url + hash, location.href);
    if (how && isSameUrl(href, location.href) && isAsBefore) how = "replace";
    const adds = source && attribute(source, "data-pr-add-related");
    const beneath = how === "push" ? { index: current.index, adds, url: here(), shown } : void 0;
    let renderings2 = restoring && ownState()?.renderings;
    if (how) renderings2 = writeEntry(how, href, slotsAfter(arriving), beneath);
    for (const other of inFlight) other.isMixed = true;
    queueMicrotask(
      () => finishCommit(navigation2, {
        how,
        hash,
        stays,
        active,
        scrolled,
        changed,
        merged: merged2,
        beneath,
        beneathFilled,
        renderings: renderings2
      })
    );
  };
  var prepareSlots = (navigation2, arriving) => {
    const { activeElement } = document;
    const merged2 = /* @__PURE__ */ new Set();
    for (const [slot, element] of arriving) {
      const isOther = slot.dataset.prSrc !== element.dataset.prSrc;
      const isMerged = canMerge(slot, element);
      if (isMerged) {
        merged2.add(slot);
        mergeAtSwap(slot, element, navigation2);
      } else dispatch("leave", slot);
      if (navigation2.keeps || navigation2.restoring || isMerged && isOther)
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
  var spell = (navigation2, headerUrl) => {
    const sentTo = new URL(navigation2.url ?? headerUrl, location.href);
    const url = new URL(headerUrl, location.href);
    const spelled = isSameUrl(pathOf(sentTo), pathOf(url)) ? sentTo : url;
    return { url: pathOf(spelled), hash: url.hash || navigation2.hash || "" };
  };
  var isIntercepted = (element) => element.dataset.prVariant === "intercepted" || element.querySelector('[data-pr-variant="intercepted"]');
  var finishCommit = (navigation2, done) => {
    const { refreshed, restoring, source, isSafe } = navigation2;
    const { how, hash, stays, active, scrolled, changed } = done;
    stopKeeping();
    const isAside = refreshed && isRestoring();
    if (!restoring && !isAside) trackOpened(done.beneath);
    nameRenderings(done.renderings);
    if (!isAside && (!restoring || navigation2.isMixed)) updateEntry();
    const isFocused = document.activeElement !== active && document.activeElement !== document.body;
    const boxes = scrolled && isFocused ? scrolledAround(changed) : scrolled;
    for (const box of boxes ?? []) scrollBox(box, 0, 0);
    settle();
    refocus(active);
    if (true) warnOfDuplicates(changed);
    const enterAll2 = (slots2) => {
      for (const slot of slots2) enter(slot, done.merged.has(slot), { source, restored: false });
    };
    if (hooks.runScripts) hooks.runScripts(changed, source, enterAll2);
    else enterAll2(changed);
    if (how) scrollToHash(hash);
    if (isSafe === false && stays) focusOnError(changed);
    if (!hash) landBeneath(done.beneathFilled);
    loadDeferred();
    hooks.shown?.(navigation2, changed);
    navigation2.done?.(changed);
  };
  var landBeneath = (beneathFilled) => {
    const below = beneathFilled.findLast(
      ({ url = "" }, level) => url === here() || level && pathIn(url) === location.pathname
    );
    if (below?.index != null && below.shown === backgroundState()) landOn(below.index);
  };

  // src/documents.js
  var loadDocument = ({ restoring, hash = "" }, url) => {
    if (restoring) return location.reload();
    const clean = forBrowser(url);
    const { href } = new URL(clean.includes("#") ? clean : clean + hash, location.href);
    const isHere = isHash(href);
    location.assign(href);
    if (isHere) location.reload();
  };
  var loadComplete = () => location.replace(`${here()}${location.search ? "&" : "?"}slots=inline`);

  // src/repeated.js
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
  var controlAt = ({ target }) => (
    /** @type {Element} */
    target.closest?.("a,button,input,select,textarea,summary,label")
  );
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
    for (const type of ["pointerdown", "mousedown", "click", "keydown"])
      addEventListener(type, onGesture, true);
  };

  // src/failures.js
  var urlOf = (request) => new URL(request.sentUrl, location.href).href.split("#")[0];
  var reportFailure = (navigation2, { url, ...failure }) => {
    const { source, isSafe, restoring, undo } = navigation2;
    const detail = { ...failure, url: forBrowser(url), isSent: isSafe === false };
    loadDeferred();
    if (undo) undo(detail);
    else if (restoring) returnOffline(detail);
    else {
      const place = source?.isConnected ? source : document;
      dispatch("failed", place, { ...detail, retry: () => repeat(navigation2, url) });
    }
  };
  var repeat = async (navigation2, url) => {
    await loadPart("data-pr-slot");
    hooks.repeat?.(navigation2, url);
  };
  var onFailed = async (event) => {
    await loadPart("data-pr-slot");
    if (event.defaultPrevented) return;
    if (hooks.showNotice) hooks.showNotice(
      /** @type {CustomEvent} */
      event
    );
    else alert(texts[
      /** @type {CustomEvent} */
      event.detail.reason
    ] ?? texts.broken);
  };
  var watchFailures = () => {
    addEventListener("parallel-routes:failed", onFailed);
    on("failed", (request, { type, detail }) => {
      const navigation2 = navigationOf(request);
      if (!navigation2 || !inFlight.has(navigation2)) return;
      finish(navigation2);
      const { refreshed, restoring, undo, isSafe } = navigation2;
      if (!isSafe) noteSubmit(false);
      if (refreshed) return onRefreshFailed(navigation2);
      if (restoring && !navigation2.retried) return restore({ retried: true, undo });
      const isLate2 = navigation2.isLate || type === "htmx:timeout";
      const isStopped = /abort|finally/i.test(type) || detail.error?.name === "AbortError";
      if (isStopped && !isLate2 && !restoring) return loadDeferred();
      const { onLine } = navigator;
      const reason = onLine ? isLate2 ? "timeout" : "network" : "offline";
      reportFailure(navigation2, { reason, url: urlOf(request) });
    });
  };

  // src/answer.js
  var POLICY = "Content-Security-Policy";
  var ARRIVED = "data-pr-arrived";
  var onSend = (request) => {
    const navigation2 = navigationOf(request);
    if (!navigation2) return;
    supersede(navigation2);
    request.limitTime(() => {
      navigation2.isLate = true;
    });
    navigation2.abort = () => request.abort();
    deliver(request, navigation2);
    if (navigation2.refreshed) return;
    hooks.removeNotice?.();
    begin(navigation2);
  };
  var deliver = (request, navigation2) => {
    const animates = wantsTransition() && !navigation2.refreshed && transition;
    const ready = async (bytes, text, header, status) => {
      navigation2.bytes = bytes;
      if (header(HEADER)) {
        await loadPartsFor(text);
        await hooks.loadSheets?.(text, header(POLICY));
      } else if (needsPart(navigation2, header, status)) await loadPart("whole-answer");
    };
    const receive = async () => {
      if (!hooks.receive) await loadPart("data-pr-arrived");
      return hooks.receive?.(navigation2);
    };
    const mayArriveInParts = (header) => header(HEADER) && (hooks.receive || !header("Content-Length")) ? receive() : null;
    navigation2.stored = hooks.takePrefetched?.(navigation2, request);
    request.deliver(ready, animates, mayArriveInParts, navigation2);
  };
  var isPage = ({ isSafe, refreshed, restoring, bytes }, header) => isSafe && !refreshed && !restoring && bytes?.byteLength && /html\b/i.test(header("Content-Type") ?? "") && !header("Content-Disposition");
  var isSilent = ({ refreshed, bytes }, header, status) => !refreshed && ([204, 205].includes(status) || !bytes?.byteLength && status < 300 && header("HX-Trigger"));
  var needsPart = (navigation2, header, status) => !header("HX-Redirect") && !header("HX-Location") && !isSilent(navigation2, header, status) && !isPage(navigation2, header);
  var onAnswer = (request, event) => {
    const navigation2 = navigationOf(request);
    if (!navigation2) return;
    if (!inFlight.has(navigation2)) return event.preventDefault();
    finish(navigation2);
    if (request.header(HEADER)) showSlots(request, navigation2, event);
    else showDocument(request, navigation2, event);
  };
  var showSlots = (request, navigation2, event) => {
    const { refreshed, restoring } = navigation2;
    if (request.html.includes(ARRIVED) && !hooks.takeLate) {
      event.preventDefault();
      return loadDocument(navigation2, request.finalUrl);
    }
    const body = parse(request.html);
    const late = hooks.takeLate?.(body, navigation2);
    const addOption = hooks.takeOption?.(body, navigation2);
    const isStale = dropStale(body, navigation2);
    const policy = request.header(POLICY);
    const hasScripts = hooks.takeScripts?.(body, policy);
    if (isStale || addOption || hasScripts || late) request.setHtml(body.innerHTML);
    const elements = all(":scope > *", body);
    const leaving2 = elements.flatMap((element) => {
      const slot = slotFor(element);
      return slot && !keepsForms(slot, element) ? [slot] : [];
    });
    if (!refreshed && !restoring && !mayLeave(leaving2, navigation2)) {
      forgetGesture();
      navigation2.abort?.();
      return event.preventDefault();
    }
    Object.assign(navigation2, { url: request.finalUrl, status: request.status });
    commit(
      navigation2,
      /** @type {string} */
      request.header(HEADER),
      elements
    );
    if (addOption) queueMicrotask(addOption);
    if (late) queueMicrotask(() => hooks.awaitLate?.(navigation2, late, policy));
  };
  var showDocument = (request, navigation2, event) => {
    const { refreshed, restoring, bytes = new ArrayBuffer(0) } = navigation2;
    if (refreshed && (isUnderWay() || !mayLeave([root], navigation2))) {
      for (const slot of refreshed.keys()) slot.ariaBusy = isLoading(slot) ? "true" : null;
      event.stopImmediatePropagation();
      return event.preventDefault();
    }
    const { header, status, statusText, finalUrl: url, html } = request;
    const [redirect, refresh2] = [header("HX-Redirect"), header("HX-Refresh")];
    const isLed = redirect || header("HX-Location") || refresh2;
    const isEndless = refreshed && refresh2 && [...refreshed.keys()].some(isLoading);
    const isOurs = redirect && !refresh2 && !refreshed && !restoring;
    const isLate2 = redirect && refreshed && [...refreshed.keys()].some(isLoading);
    if (isLed && !isEndless && !isOurs && !isLate2) return;
    if (isSilent(navigation2, header, status) && !isLed) return request.skipSwap(event);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isLate2) return location.replace(redirect);
    if (isOurs) return loadDocument(navigation2, new URL(redirect, document.baseURI).href);
    if (isPage(navigation2, header)) return loadDocument(navigation2, url);
    const isRedirected = url !== urlOf(request);
    const type = header("Content-Type") ?? "";
    const disposition = header("Content-Disposition") ?? "";
    takeAnswer(navigation2, {
      url,
      isRedirected,
      status,
      statusText,
      type,
      disposition,
      bytes,
      html
    });
  };
  var takeAnswer = (navigation2, answer) => {
    const { url } = answer;
    const { isSafe, refreshed, restoring } = navigation2;
    if (hooks.takeAnswer) hooks.takeAnswer(navigation2, answer);
    else if (refreshed) onRefreshFailed(navigation2);
    else if (isSafe && !restoring) loadDocument(navigation2, url);
    else reportFailure(navigation2, { reason: "network", url });
  };
  var watchAnswers = () => {
    on("send", onSend);
    on("answer", onAnswer);
    on("swap", (request) => {
      if (navigationOf(request)) request.allowSwap(HEADER);
    });
    for (const name of ["settle", "finished"])
      on(name, (request) => navigationOf(request)?.swapped?.());
  };

  // src/close.js
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
    const { origin, opened: opened2 } = current;
    const undo = (failure) => {
      write("replaceState", state ?? null, href);
      Object.assign(current, { origin, opened: opened2 });
      settle();
      giveUpRestoring();
      dispatch("failed", level, { ...failure, retry: () => close(level) });
    };
    current.opened = { ...opened2 };
    delete current.opened[address];
    write("replaceState", { ...entry(), slots: slots2 }, url);
    restore({ undo });
  };

  // src/controls.js
  var CONTROLS = "input, select, textarea";
  var isChoice = ({ type }) => /^(checkbox|radio)$/.test(type);
  var join = (options) => [...options].map(({ value }) => value).join("\n");
  var enteredIn = (control) => {
    if (control.options) return join(control.selectedOptions);
    return isChoice(control) ? `${control.checked}` : control.value;
  };
  var formOf = (element) => Element.prototype.matches.call(element, "form") ? element : (
    /** @type {Control} */
    element.form
  );
  var controlsOf = (form) => (
    /** @type {Control[]} */
    [...document.querySelectorAll(CONTROLS)].filter(
      (control) => form && control.form === form
    )
  );

  // src/forms.js
  var addSubmitter = (form, body, known2, trigger) => {
    const { submitter } = (
      /** @type {SubmitEvent} */
      trigger ?? {}
    );
    const button = (
      /** @type {HTMLButtonElement | null | undefined} */
      submitter
    );
    if (button?.form !== form || !(body instanceof FormData)) return;
    const all2 = new FormData(
      /** @type {HTMLFormElement} */
      form,
      button
    );
    for (const name of new Set(all2.keys()))
      if (!known2.has(name)) for (const value of all2.getAll(name)) body.append(name, value);
  };
  var hasParameters = (body) => body instanceof FormData && [...body.keys()].some((name) => !name.startsWith("org.htmx"));
  var dataOf = (element) => element._htmx ?? element["htmx-internal-data"];
  var noted = /* @__PURE__ */ new WeakMap();
  var leadsTo = (element) => `${["href", "action", "method"].map((name) => attribute(element, name))}`;
  var introduce = (element) => {
    const seen = noted.get(element);
    if (!dataOf(element) || seen && seen !== leadsTo(element)) window.htmx?.process(element);
  };
  var leaveToBrowser = (element, { type }) => {
    const { boosted, eventHandler, listenerInfos } = dataOf(element) ?? {};
    if (!boosted) return [];
    const known2 = listenerInfos ?? [{ on: element, trigger: type, listener: eventHandler }];
    const all2 = known2.filter(({ trigger }) => trigger === type);
    for (const { on: on2, listener } of all2) on2.removeEventListener(type, listener);
    setTimeout(() => {
      for (const { on: on2, listener } of all2) on2.addEventListener(type, listener);
    });
    return all2;
  };
  var letOthersPrevent = (element, event) => {
    if (!event.bubbles) return;
    const listeners = leaveToBrowser(element, event);
    const tell = () => {
      if (event.defaultPrevented || !event.eventPhase) return;
      Object.defineProperty(event, "currentTarget", { value: element, configurable: true });
      for (const { listener } of listeners.splice(0)) listener(event);
      delete event.currentTarget;
    };
    addEventListener(event.type, tell, { once: true });
    for (
      const name of
      /** @type {const} */
      ["stopPropagation", "stopImmediatePropagation"]
    )
      event[name] = () => {
        Event.prototype[name].call(event);
        if (event.isTrusted) queueMicrotask(tell);
        else tell();
      };
  };
  var isSelf = (target) => !target || /^_self$/i.test(target);
  var onSubmit = (event) => {
    const { target, submitter } = event;
    const form = (
      /** @type {HTMLFormElement} */
      target
    );
    introduce(form);
    const valueFor = (name) => submitter?.getAttribute(`form${name}`) ?? attribute(form, name) ?? "";
    if (/^dialog$/i.test(valueFor("method"))) return void leaveToBrowser(form, event);
    const action = new URL(valueFor("action") || location.href, document.baseURI);
    if (action.origin !== location.origin) return void leaveToBrowser(form, event);
    const isPlain = submitter?.hasAttribute("formenctype") || /plain/i.test(valueFor("enctype"));
    if (isSelf(valueFor("target")) && !isPlain) return letOthersPrevent(form, event);
    leaveToBrowser(form, event);
    submitRelativeToSlot(form, submitter);
  };
  var submitRelativeToSlot = (form, submitter) => {
    const { prSrc } = slotAround(form)?.dataset ?? {};
    if (!prSrc) return;
    const [element, name] = submitter?.hasAttribute("formaction") ? [submitter, "formaction"] : [form, "action"];
    const was = attribute(element, name);
    const { setAttribute, removeAttribute } = Element.prototype;
    setAttribute.call(element, name, new URL(was ?? "", location.origin + prSrc).href);
    setTimeout(() => {
      if (was === null) removeAttribute.call(element, name);
      else setAttribute.call(element, name, was);
    });
  };
  var onClick2 = (event) => {
    const { target, shiftKey, altKey } = event;
    const link = target instanceof Element && closest(target, "a");
    if (!(link instanceof HTMLAnchorElement)) return;
    introduce(link);
    if (link.hasAttribute("download") || shiftKey || altKey) event.stopPropagation();
    if (!isSelf(link.target) || link.origin !== location.origin) leaveToBrowser(link, event);
    else letOthersPrevent(link, event);
  };
  var watchForms = () => {
    addEventListener("htmx:afterProcessNode", (event) => {
      const element = (
        /** @type {Element} */
        event.target
      );
      noted.set(element, leadsTo(element));
    });
    addEventListener("submit", onSubmit, true);
    addEventListener("click", onClick2, true);
  };

  // src/header.js
  var MAX_LENGTH = 4096;
  var headerOf = (state) => {
    const short = shorten(state);
    const all2 = JSON.stringify(short);
    const text = all2.length > MAX_LENGTH ? JSON.stringify({ ...short, tables: void 0 }) : all2;
    return text.length <= MAX_LENGTH && text;
  };
  var shorten = ({ slots: slots2, restore: restore2, ...state }) => {
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
    return { ...state, slots: all2(slots2), restore: all2(restore2), urls, viewer: viewer || void 0 };
  };

  // src/targets.js
  var TARGETS = "[data-pr-target],[hx-target],[hx-target\\:inherited],[data-hx-target]";
  var namingPlace = (element) => sent.has(element) ? null : closest(element, TARGETS);
  var slotNamedBy = (element) => {
    const place = namingPlace(element);
    const name = (place && attribute(place, "data-pr-target")) ?? "false";
    return name === "false" ? void 0 : findSlot(name, place);
  };
  var isNavigation = (target) => !!target?.matches?.(`body,${SLOT}`);
  var isNamedIn = (slot, element) => slot.contains(closest(element, TARGETS));
  var reportTarget = (wording, element) => {
    const remedy = true ? ` On screen are: ${slots().map(addressOf).join(", ")}. Name a slot by data-pr-target="…": it is looked for in the slots around the element, then at the root.` : "";
    console.error(
      `${wording}: this slot is not on screen, so nothing was sent.${remedy}`,
      element ?? ""
    );
  };
  var targetOf = (request) => {
    const { source } = request;
    const named = slotNamedBy(source);
    if (named) request.setTarget(named);
    if (named === null) {
      reportTarget(`data-pr-target="${inherited(source, "data-pr-target")}"`, source);
      return;
    }
    const target = named ?? request.target ?? (closest(source, TARGETS) ? void 0 : document.body);
    if (!target) reportTarget("hx-target", source);
    return target;
  };
  var slotOfQuery = (element, target) => {
    const slot = slotAround(element);
    if (!slot) return;
    const isFree = target === document.body && !isNamedIn(slot, element);
    const hasQuery = matches(element, "form") || `${attribute(element, "href")}${slot.dataset.prSrc}`.includes("?");
    if (isFree && hasQuery && matches(element, "a,form") && /page|default/.test(slot.dataset.prVariant))
      return addressOf(slot).replace(/(^children)?(\.children)*$/, "");
  };
  var watchTargets = () => on("noTarget", (_, { detail: { target, elt } }) => {
    if (/^#slot-/.test(target)) reportTarget(`hx-target="${target}"`, elt);
  });

  // src/configure.js
  var navigationFor = (element, target, url) => {
    const slot = attribute(target, "data-pr-slot") ?? void 0;
    const isOn = (name, fallback) => (inherited(element, name) ?? `${fallback}`) !== "false";
    const pushes = isOn("hx-push-url", !slot || matches(element, "a,form"));
    return {
      source: element,
      hash: new URL(url).hash,
      slot,
      history: isOn("hx-replace-url", false) ? "replace" : pushes && "push",
      scroll: inherited(element, "data-pr-scroll") !== "false"
    };
  };
  var goToHash = (url, how) => {
    if (how === "push") location.assign(url);
    else if (how) location.replace(url);
    else scrollToHash(new URL(url).hash);
  };
  var stateFor = ({ source, isSafe }, slot, isForAll) => {
    const state = {
      // With a target of its own it is no navigation: the page of the slot around it answers, alone.
      intent: isForAll ? "navigate" : "slot",
      source_slot: slot?.dataset.prSlot,
      slots: mounted()
    };
    const all2 = slots();
    const wantsPage = inherited(source, "data-pr-intercept") === "false" || sent.get(source)?.intercept === false;
    const hasOwnQuery = ({ dataset: { prSrc, prVariant } }) => prVariant === "page" && pathIn(prSrc) === location.pathname && prSrc !== here();
    const mayOpen = !wantsPage && all2.some(({ dataset }) => !!dataset.prMountUrl);
    if (mayOpen) state.origin = current.origin;
    if (mayOpen || !isSafe || all2.some(hasOwnQuery)) state.current_url = here();
    const again = all2.filter(({ dataset }) => dataset.prAgain != null);
    if (again.length) state.refresh = again.map(addressOf);
    if (!isSafe) {
      const readers = all2.filter(({ dataset }) => dataset.prTables);
      state.form = true;
      state.tables = Object.fromEntries(
        readers.map(({ dataset }) => [dataset.prSlot, dataset.prTables])
      );
      state.option_for = hooks.slotOfSelect?.(source);
    }
    return state;
  };
  var makeRelative = (request, { dataset: { prSrc } }) => {
    const isHere = pathIn(request.url) === location.href.split(/[?#]/)[0];
    const url = request.hasNoUrl() || isHere ? "" : request.url;
    const { href } = new URL(url, location.origin + prSrc);
    const isGetForm = request.isSafe && !url && matches(request.source, "form");
    request.setUrl(isGetForm ? pathIn(href) : href);
    return href;
  };
  var configure = (request, event) => {
    const { source, isSafe, body, trigger } = request;
    const target = targetOf(request);
    if (!target) return event.preventDefault();
    const isForAll = isNavigation(target);
    const isForm = matches(source, "form");
    let { href: url, origin } = new URL(request.url, location.href);
    if (origin !== location.origin) {
      if (!isForAll || isForm) return;
      event.preventDefault();
      return location.assign(url);
    }
    if (isForAll) body?.delete?.("org.htmx.cache-buster");
    if (isSubmitting(source)) return event.preventDefault();
    if (!isSafe && isForm) noteSubmit();
    const slot = slotAround(source);
    const state = stateFor(request, slot, isForAll);
    if (slot?.dataset.prSrc) {
      const { prSrc } = slot.dataset;
      url = makeRelative(request, slot);
      if (url.split(/[?#]/)[0] === pathIn(new URL(prSrc, location.href).href)) state.own = true;
      if (target === slot && url === location.origin + prSrc && isPoll(request)) {
        event.preventDefault();
        if (!isRefreshing(slot)) refresh([slot], { isQuiet: true });
        return;
      }
    }
    if (isForAll) {
      if (request.anchor != null) url += `#${request.anchor}`;
      const navigation2 = sent.get(source) ?? navigationFor(source, target, url);
      if (isSafe && isHash(url) && !hasParameters(body) && !isForm) {
        event.preventDefault();
        return goToHash(url, navigation2.history);
      }
      startNavigation(request, navigation2, state, target);
    }
    if (inFlight.size) request.skipCaches();
    if (body) addSubmitter(source, body, request.unfilteredBody ?? body, trigger);
    if (writeHeader(request, state, isForAll) || state.intent !== "refresh") return;
    event.preventDefault();
    loadComplete();
  };
  var isPoll = ({ source, isSafe, body }) => isSafe && !matches(source, "a,form") && !hasParameters(body);
  var writeHeader = ({ headers }, state, isForAll) => {
    const text = headerOf(state);
    const { source_slot, own } = state;
    const intent = isForAll ? "navigate" : "slot";
    headers[HEADER] = text || JSON.stringify({ intent, source_slot, own, slots: {} });
    return !!text;
  };
  var startNavigation = (request, navigation2, state, target) => {
    const { source, isSafe, trigger } = request;
    if (isSafe) {
      const own = state.own && slotOfQuery(source, target);
      if (own) navigation2.slot = own;
      state.own = own && !closest(source, "[hx-push-url],[hx-replace-url]") || void 0;
      if (state.own) Object.assign(state, { current_url: here(), origin: void 0 });
    }
    const { slot, restoring, refreshed } = navigation2;
    state.target_slot = slot;
    if (restoring) Object.assign(state, { intent: "restore", restore: restoring });
    if (refreshed)
      Object.assign(state, { intent: "refresh", refresh: [...refreshed.keys()].map(addressOf) });
    const filled = controlsOf(formOf(source)).filter(({ name, disabled }) => name && !disabled);
    const values = new Map(filled.map((control) => [control, enteredIn(control)]));
    Object.assign(navigation2, { isSafe, state, trigger, values });
    navigations.set(request.key, navigation2);
    request.queueLast();
  };
  var watchRequests = () => {
    on("confirm", ({ source, target }, event) => {
      if (isSubmitting(source)) return event.preventDefault();
      const { question, etc } = event.detail;
      const isPreload = etc?.headers?.["HX-Preloaded"];
      if (question || isPreload || !isNavigation(slotNamedBy(source) ?? target)) return;
      for (const older of inFlight) if (older.source === source && older.isSafe) abort(older);
    });
    const seen = /* @__PURE__ */ new WeakSet();
    on("configure", (request, event) => {
      seen.add(request.key);
      configure(request, event);
    });
    on("answer", ({ key, source, isSafe }, event) => {
      if (!isSafe || seen.has(key)) return;
      event.preventDefault();
      htmx.process(source, true);
    });
  };

  // src/foreign-entries.js
  var pageBeneath = () => {
    const { slots: slots2 = {}, origin = "" } = ownState() ?? /** @type {Partial<EntryState>} */
    {};
    return Object.keys(slots2).length && pathIn(origin) !== location.pathname ? origin : void 0;
  };
  var reloadEntry = (url = pageBeneath()) => {
    write("replaceState", { ...ownState(), comesBack: location.href }, url);
    location.reload();
  };
  var isElsewhere = ({ slots: slots2 }) => {
    const keys = Object.entries(slots2).map(([address, [, , key]]) => [slotAt(address), key]);
    if (!boost && !keys.length) return loadedPath !== location.pathname;
    return !keys.some(([slot, key]) => (
      /** @type {any} */
      slot?.dataset.prKey === key
    ));
  };
  var reloadIfReachable = async () => {
    const { href } = location;
    const request = fetch(scriptUrl, { method: "HEAD", cache: "no-store" });
    const isThere = await request.catch(() => false);
    if (location.href !== href) return;
    if (isThere) reloadEntry();
    else returnOffline({ reason: "network", url: href, isSent: false });
  };
  var onPopstate2 = (event) => {
    const state = ownState();
    if (!state || !isElsewhere(state)) return;
    event.stopImmediatePropagation();
    if (!boost) reloadEntry();
    else if (!navigator.onLine) returnOffline();
    else if (mayTraverse([root])) reloadIfReachable();
  };
  var watchForeignEntries = () => {
    addEventListener("popstate", onPopstate2, true);
    document.addEventListener("htmx:before:history:restore", (event) => {
      if (ownState()) event.preventDefault();
    });
    const state = ownState();
    if (boost || !state) return;
    const { comesBack: comesBack2, home } = state;
    if (comesBack2 && comesBack2 !== location.href) location.replace(comesBack2);
    else if (loadedPath !== location.pathname || isBackForward && !comesBack2 && pageBeneath())
      reloadEntry();
    else if (isError && (comesBack2 || isBackForward) && home !== location.href) reloadEntry(home);
    else write("replaceState", { ...state, slots: {}, comesBack: "" });
  };

  // src/core.js
  var core = {
    abort,
    bases,
    boost,
    clear: clear3,
    commit,
    configure,
    current,
    describe,
    dropRendering,
    dropStale,
    finish,
    HEADER,
    hooks,
    inFlight,
    isFour,
    isLoading,
    loadComplete,
    loadDeferred,
    loadDocument,
    loadPartsFor,
    mayLeave,
    memory,
    navigationOf,
    noteSent,
    on,
    onRefreshFailed,
    openLevels,
    prune,
    refresh,
    reloadEntry,
    renderingOf,
    reportFailure,
    scripts,
    scrollBox,
    send,
    SLOT,
    slotAround,
    slotFor,
    slotNamedBy,
    slots,
    stateOf,
    swapSlots: swapSlots3,
    texts,
    write
  };
  Object.assign(window, { [/* @__PURE__ */ Symbol.for("django-parallel-routes")]: core });

  // src/index.js
  var visit = async (url, { slot, history: history2 = "push", intercept, scroll } = {}) => {
    if (slot && !findSlot(slot)) return reportTarget(`visit(…, { slot: "${slot}" })`);
    const { href, hash } = new URL(url, location.href);
    if (isHash(href)) return goToHash(href, history2);
    await send(url.split("#")[0], { slot, history: history2, intercept, scroll, hash });
  };
  var there = ownState();
  var isLate = loadedPath !== location.pathname;
  var comesBack = there && (isBackForward || there.comesBack || isLate);
  var start = () => {
    for (const { src, text } of document.scripts) scripts.add(src || text);
    if (document.readyState === "loading") {
      const meta = document.querySelector('meta[name="htmx-config"]');
      if (!isFour()) Object.assign(htmx.config, JSON.parse(meta?.content ?? "{}"));
      htmx.process(document.body);
    }
    const state = ownState();
    if (comesBack && state && !isElsewhere(state)) restore();
    else if (comesBack && (isLate || !there.comesBack && pageBeneath())) reloadEntry();
    else if (there?.comesBack && loadedPath !== location.pathname) location.replace(location.href);
    else {
      root.removeAttribute("data-pr-restoring");
      if (there?.origin && there.origin !== current.origin) startAtTop();
      trackOpened();
      saveFirstEntry();
      markCurrent();
    }
    watchEntries();
    loadDeferred();
    loadPartsWhenIdle();
    if (document.querySelector("[data-pr-arrived]")) showStreamed();
  };
  var enterAll = () => {
    for (const slot of all(`${SLOT}:not(${SLOT} *)`))
      dispatch("enter", slot, { initial: true, restored: false });
  };
  var showStreamed = async () => {
    await loadPart("data-pr-arrived");
    if (hooks.receive) return;
    if (document.readyState === "loading")
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
    for (const { dataset } of slots().filter(isLoading)) dataset.prDelivery = "deferred";
    loadDeferred();
  };
  watchForeignEntries();
  loadPartsOfPage();
  on("swapped", (request) => {
    if (navigationOf(request)) return;
    loadPartsOfPage();
    if (boost) markCurrent();
  });
  if (!boost)
    document.addEventListener("DOMContentLoaded", () => {
      if (slots().length)
        console.error(
          "django-parallel-routes: {% parallel_routes_script %} knows nothing of the slots in this page, so every link loads a document. Write it in the template of the layout: {% include … only %} has no context."
        );
    });
  if (boost) {
    noteDocument();
    watchRequests();
    watchTargets();
    watchAnswers();
    watchFailures();
    watchMemory();
    watchScroll();
    watchPushedUrls();
    watchTraversals();
    watchRefreshes();
    watchGestures();
    watchForms();
    window.parallelRoutes = {
      visit,
      refresh: refreshNamed,
      close,
      forget
    };
    for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
    if (!root.hasAttribute("hx-inherit")) root.setAttribute("hx-inherit", "hx-boost");
    root.setAttribute("hx-history", "false");
    if (isFour()) htmx.process(document.body);
    root.toggleAttribute("data-pr-restoring", !!comesBack);
    if (there?.comesBack) write("replaceState", { ...there, comesBack: "" }, there.comesBack);
    document.addEventListener("DOMContentLoaded", enterAll);
    if (window.htmx && document.querySelector("[data-pr-arrived]")) start();
    else document.addEventListener("DOMContentLoaded", start);
  }
})();
