/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // src/urls.js
  var pathOf = ({ pathname, search }) => (pathname + search).replace(/^\/\//, "/%2F");
  var here = () => pathOf(location);
  var normalize = ({ pathname, search, hash }) => {
    if (!search && /^[\w/.~-]*$/.test(pathname)) return pathname + hash;
    try {
      const parts2 = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
      return parts2.join("/") + (search && `?${new URLSearchParams(search)}`) + hash;
    } catch {
      return pathname + search + hash;
    }
  };
  var isHash = (url) => url.includes("#") && url.split("#")[0] === location.href.split("#")[0];
  var forBrowser = (url) => {
    const values = new URL(url).searchParams.getAll("slots");
    const hash = values.find((value) => value.startsWith("hash:")) ?? "";
    return url.replace(/[?&]slots=(hash|refresh):.*/, "") + hash.replace("hash:", "#");
  };
  var pathIn = (url) => url.split("?")[0];

  // src/documents.js
  var loadDocument = ({ restoring, hash = "" }, url, how = "assign") => {
    if (restoring) return location.reload();
    const clean = forBrowser(url);
    const { href } = new URL(clean.includes("#") ? clean : clean + hash, location.href);
    const isHere = isHash(href);
    location[how](href);
    if (isHere) location.reload();
  };
  var loadComplete = () => location.replace(`${here()}${location.search ? "&" : "?"}slots=inline`);

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

  // src/page.js
  var script = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  if (!script)
    throw new Error(
      "django-parallel-routes: load the script by {% parallel_routes_script %}. It can't be a module, or a part of a bundle."
    );
  var { prBoost: boost, prOrigin: declaredOrigin, prParts = "" } = script.dataset;
  var { src: scriptUrl, nonce } = script;
  var layoutTitle = document.querySelector("[data-pr-layout]");
  var baseTitle = layoutTitle?.dataset.prLayout ?? document.title;
  var HEADER = "Parallel-Routes";
  var STREAMED = `${HEADER}-Streamed`;
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
    settled: index,
    origin: declaredOrigin ?? here(),
    opened,
    scrolls: {}
  };

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
    updateHistory: "htmx:beforeHistoryUpdate"
  };
  var requestOf = (detail) => {
    const { xhr, requestConfig: config = detail, pathInfo } = detail;
    const { elt, headers, verb, path, boosted, triggeringEvent: trigger } = config;
    const header = (name) => /^(hx|parallel)-/i.test(name) && new URL(xhr.responseURL, location.href).origin !== location.origin ? null : xhr.getResponseHeader(name);
    return {
      detail,
      key: config,
      source: elt,
      target: config.target,
      headers,
      isSafe: /get/i.test(verb),
      url: path,
      body: config.formData,
      unfilteredBody: config.unfilteredFormData,
      trigger,
      // htmx has given a form without an action the URL that the address bar showed when the form was inserted.
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
      hold(partLoaded, deliver) {
        const { onload } = xhr;
        const held = partLoaded.then(() => {
          xhr.onload = onload;
          if (xhr.readyState) deliver();
        });
        xhr.onload = () => held.then(() => xhr.onload());
        xhr.onreadystatechange = () => {
          if (xhr.readyState === 2 && !header(STREAMED)) xhr.responseType = "arraybuffer";
        };
      },
      header,
      status: xhr?.status,
      statusText: xhr?.statusText,
      sentUrl: pathInfo?.finalRequestPath,
      finalUrl: xhr?.responseURL,
      html: xhr?.response
    };
  };
  var htmx2 = { events, requestOf };

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
    updateHistory: "htmx:before:history:update"
  };
  var requestOf2 = (detail) => {
    const { ctx = {} } = detail;
    const { request = {}, response, sourceElement: source = detail.sourceElement } = ctx;
    const { headers, action } = request;
    const { raw } = response ?? {};
    const abort2 = () => request.abort();
    return {
      detail,
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
      // By default, the queue of a link would drop a third quick click.
      queueLast() {
        const { abort: abort3 } = request;
        request.abort = () => abort3(null);
        if (attribute(source, "hx-sync") == null)
          Element.prototype.setAttribute.call(source, "hx-sync", "this:replace");
      },
      hold(partLoaded, deliver, navigation2) {
        ctx.fetch = async (url, options) => {
          const begun = (async () => await navigation2.stored ?? fetch(url, options))();
          ctx.fetch = () => begun;
          await Promise.allSettled([partLoaded.then(deliver), begun]);
          return ctx.fetch(url, options, begun);
        };
      },
      header: (name) => response?.headers.get(name) ?? null,
      status: raw?.status,
      statusText: raw?.statusText,
      sentUrl: action,
      finalUrl: raw?.url,
      html: ctx.text
    };
  };
  var htmx4 = { events: events2, requestOf: requestOf2 };

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

  // src/parts.js
  var hooks = {};
  var parts = new Map([...prParts.matchAll(/(\S+) (\S+)/g)].map(([, name, file]) => [name, file]));
  var requested = /* @__PURE__ */ new Map();
  var loadFile = (file) => new Promise((onload, onerror) => {
    const script2 = document.createElement("script");
    const src = new URL(file, scriptUrl);
    document.head.append(Object.assign(script2, { src, nonce, onload, onerror }));
  }).then(
    () => requested.set(file, true),
    () => requested.delete(file)
  );
  var PATIENCE = 5e3;
  var loadPart = async (name) => {
    const file = parts.get(name);
    if (!file || requested.get(file) === true) return;
    if (!requested.has(file)) requested.set(file, loadFile(file));
    await Promise.race([requested.get(file), new Promise((done) => setTimeout(done, PATIENCE))]);
  };
  var later = (name, instead) => async (...parameters) => {
    if (!hooks[name]) await loadPart("answers");
    const call = (
      /** @type {any} */
      hooks[name] ?? instead
    );
    return call?.(...parameters);
  };
  var loadForAnswers = () => {
    loadPart("data-pr-same");
    if (all("[data-pr-mount-url]")[0]) loadPart("data-pr-close-on");
    return loadPart("answers");
  };
  var scripts = /* @__PURE__ */ new Set();
  var loadPartsFor = (html) => Promise.all([...parts.keys()].map((name) => html.includes(name) && loadPart(name)));
  var loadPartsOfPage = () => {
    const templates = all("template").map(({ innerHTML }) => innerHTML);
    for (const name of parts.keys())
      if (!/[<=]/.test(name) && (document.querySelector(`[${name}]`) || templates.some((html) => html.includes(name))))
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
  var stateOf = ({ dataset: { prVariant, prSrc, prKey, prMountUrl } }) => (
    /** @type {SlotState} */
    [prVariant, prSrc, prKey, prMountUrl].filter(Boolean)
  );
  var mounted = (shown = slots()) => Object.fromEntries(shown.map((slot) => [addressOf(slot), stateOf(slot)]));
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

  // src/navigation.js
  var navigations = /* @__PURE__ */ new WeakMap();
  var begunByScript = /* @__PURE__ */ new WeakMap();
  var inFlight = /* @__PURE__ */ new Set();
  var navigationOf = ({ key }) => navigations.get(key);
  var isUnderWay = () => [...inFlight].some(({ refreshed }) => !refreshed);
  var isRefreshing = (slot) => [...inFlight].some(({ refreshed }) => refreshed?.has(slot));
  var isRestoring = () => current.isReturning || current.isWaiting || [...inFlight].some(({ restoring }) => restoring);
  var isSubmitting = (form) => [...inFlight].some(({ source, isSafe }) => source === form && !isSafe);
  var NAVIGATING = "data-pr-navigating";
  var mark = (navigation2, isSent) => {
    const { source, isSafe, trigger } = navigation2;
    navigation2.around ??= source && slotAround(source);
    const slot = navigation2.around;
    if (slot && !isSafe) slot.ariaBusy = isSent ? "true" : null;
    if (source && matches(source, "form")) {
      for (const element of [source, slot])
        if (element) Element.prototype.toggleAttribute.call(element, "data-pr-submitting", isSent);
      hooks.submitting?.(source, isSent, trigger);
    }
    root.toggleAttribute(NAVIGATING, isUnderWay());
  };
  var begin = (navigation2) => {
    inFlight.add(navigation2);
    mark(navigation2, true);
    setTimeout(() => inFlight.has(navigation2) && root.setAttribute(NAVIGATING, "slow"), 150);
  };
  var finish = (navigation2) => {
    if (inFlight.delete(navigation2)) mark(navigation2, false);
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
    begunByScript.set(source, navigation2);
    try {
      await htmx.ajax("GET", url, { source, target: document.body, swap: "none" });
    } catch {
    } finally {
      source.remove();
    }
  };

  // src/current-links.js
  var LINKS = 'a[href]:not([href*="#"], [data-pr-close])';
  var hasUrl = (slot) => showsPage(slot) || slot.dataset.prVariant === "default" && slot.dataset.prDefault;
  var markCurrent = () => {
    const shown = slots().filter(hasUrl).map((slot) => ({
      address: `${addressOf(slot)}.`,
      src: normalize(new URL(slot.dataset.prSrc, location.href))
    }));
    for (
      const link of
      /** @type {HTMLAnchorElement[]} */
      all(LINKS)
    ) {
      const place = closest(link, "[data-pr-current-in]");
      const only = place && findSlot(attribute(place, "data-pr-current-in") ?? "", place);
      const url = normalize(link);
      const isShown = ({ address, src }) => {
        if (place && !(only && address.startsWith(`${addressOf(only)}.`))) return false;
        if (link.dataset.prCurrent === "section") return src.startsWith(url);
        return url === src || url === pathIn(src);
      };
      const isCurrent = link.origin === location.origin && shown.some(isShown);
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };

  // src/levels.js
  var openLevels = (shown = slots()) => {
    const intercepted = shown.filter(({ dataset }) => dataset.prVariant === "intercepted").map((slot) => `${addressOf(slot)}.`);
    return shown.filter(
      (level) => level.dataset.prMountUrl != null && intercepted.some((address) => address.startsWith(`${addressOf(level)}.`))
    );
  };
  var trackOpened = (beneath = {}, shown = slots()) => {
    current.opened = Object.fromEntries(
      openLevels(shown).map(({ dataset: { prSlot } }) => [
        prSlot,
        current.opened[prSlot] ?? beneath
      ])
    );
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
  var saveEntry = (url) => write("replaceState", entry(), url);
  var beginEntry = () => {
    const boxes = current.scrolls[current.id];
    current.id = Math.random();
    current.settled = current.index += 1;
    if (boxes) current.scrolls[current.id] = { ...boxes };
  };
  var adopt = ({ navigationType }) => {
    if (isWriting || !/push|replace/.test(
      /** @type {string} */
      navigationType
    ) || !root.isConnected)
      return;
    if (navigationType === "push" && isBlank) blankState = entry();
    if (navigationType === "push") beginEntry();
    if (!openLevels().length && pathIn(current.origin) === location.pathname)
      current.origin = here();
    const { id: id2, index: index2 } = current;
    const save = () => {
      if (id2 === current.id)
        write("replaceState", isRestoring() ? { ...current.stateToShow, id: id2, index: index2 } : entry());
    };
    const transition = window.navigation?.transition;
    if (transition) transition.finished.then(save, save);
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
  var watchPushedUrls = () => on("updateHistory", ({ source }) => {
    const slot = source && slotAround(source);
    queueMicrotask(() => {
      if (!slot || !showsPage(slot) || pathIn(slot.dataset.prSrc) !== location.pathname) return;
      slot.dataset.prSrc = here();
      dropRendering(slot);
      saveEntry();
      markCurrent();
    });
  });

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

  // src/scroll.js
  var parentOf = (element) => Reflect.get(Node.prototype, "parentElement", element);
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
    const siblings = [...Reflect.get(Element.prototype, "children", outer)];
    return `${selectorOf(outer)}>:nth-child(${siblings.indexOf(box) + 1})`;
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
  var startAtTop = () => {
    history.scrollRestoration = "manual";
    scrollBy(0, -scrollY);
    const finish2 = () => {
      history.scrollRestoration = "auto";
    };
    addEventListener("load", () => setTimeout(finish2));
  };
  var watchScroll = () => {
    const note = ({ target }) => rememberScroll(target);
    addEventListener("scroll", note, { capture: true, passive: true });
    addEventListener("load", note);
  };

  // src/bases.js
  var inert = document.implementation.createHTMLDocument();
  var bases = /* @__PURE__ */ new WeakMap();
  var noteSent = (slot, content = slot) => bases.set(slot, {
    sent: (
      /** @type {Element} */
      inert.importNode(content, true)
    ),
    nodes: content.querySelectorAll("*")
  });
  var noteDocument = () => {
    for (const slot of all(`${SLOT}:not(${SLOT} *)`)) noteSent(slot);
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
    const states = Object.entries(slots2);
    if (!boost && !states.length) return loadedPath !== location.pathname;
    return !states.some(([address, [, , key]]) => slotAt(address)?.dataset.prKey === key);
  };
  var leaveForeignEntry = () => {
    const state = ownState();
    if (!state) return;
    const { comesBack: comesBack2, home } = state;
    if (comesBack2 && comesBack2 !== location.href) location.replace(comesBack2);
    else if (loadedPath !== location.pathname || isBackForward && !comesBack2 && pageBeneath())
      reloadEntry();
    else if (isError && (comesBack2 || isBackForward) && home !== location.href) reloadEntry(home);
    else write("replaceState", { ...state, slots: {}, comesBack: "" });
  };

  // src/requests.js
  var fireInPage = (source) => {
    source.dispatchEvent = (event) => dispatchEvent.call(source.isConnected ? source : document.body, event);
  };
  var onSend = (request) => {
    const navigation2 = navigationOf(request);
    if (!navigation2) return;
    supersede(navigation2);
    fireInPage(request.source);
    navigation2.abort = () => request.abort();
    navigation2.stored = hooks.takePrefetched?.(navigation2, request);
    const deliver = () => {
      navigation2.isDelivered = !!hooks.deliver;
      hooks.deliver?.(request, navigation2);
    };
    if (hooks.deliver) deliver();
    else request.hold(loadForAnswers(), deliver, navigation2);
    if (navigation2.refreshed) return;
    hooks.removeNotice?.();
    begin(navigation2);
  };
  var onAnswer = async (request, event) => {
    const navigation2 = navigationOf(request);
    if (!navigation2 || navigation2.isDelivered) return;
    event.preventDefault();
    if (!inFlight.has(navigation2)) return;
    finish(navigation2);
    const { refreshed } = navigation2;
    const url = request.header("HX-Redirect") ?? request.finalUrl;
    if (refreshed) [...refreshed.keys()].some(isLoading) && loadComplete();
    else if (!await hooks.takeRefused?.(request, navigation2))
      loadDocument(navigation2, new URL(url, document.baseURI).href);
  };
  var onFailed = (request, event) => {
    const navigation2 = navigationOf(request);
    if (!navigation2 || !inFlight.has(navigation2)) return;
    const follow = () => {
      if (!inFlight.has(navigation2)) return;
      finish(navigation2);
      if (navigation2.refreshed || hooks.reportLost?.(request, navigation2)) return;
      if (navigation2.isSafe) location.assign(request.sentUrl);
    };
    later("fail", follow)(request, event);
  };
  var gestures = [];
  var watchRequests = () => {
    for (const type of ["pointerdown", "mousedown", "click", "keydown"])
      addEventListener(
        type,
        (event) => hooks.gesture ? hooks.gesture(event) : gestures.push(event),
        true
        // before all other listeners
      );
    on("send", onSend);
    on("answer", onAnswer);
    on("failed", onFailed);
  };

  // src/controls.js
  var CONTROLS = "input, select, textarea";
  var isChoice = ({ type }) => type === "checkbox" || type === "radio";
  var join = (options) => [...options].map(({ value }) => value).join("\n");
  var enteredIn = (control) => {
    if (isChoice(control)) return `${control.checked}`;
    if (!control.options) return control.value;
    return join([...control.options].filter(({ selected }) => selected));
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

  // src/forms.js
  var addSubmitter = (form, body, known, trigger) => {
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
      if (!known.has(name)) for (const value of all2.getAll(name)) body.append(name, value);
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
    const known = listenerInfos ?? [{ on: element, trigger: type, listener: eventHandler }];
    const all2 = known.filter(({ trigger }) => trigger === type);
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
    const isPlain = submitter?.hasAttribute("formenctype") || /plain/i.test(valueFor("enctype"));
    const isOurs = !isPlain && isSelf(valueFor("target")) && !/^dialog$/i.test(valueFor("method")) && new URL(valueFor("action") || location.href, document.baseURI).origin === location.origin;
    if (isOurs) return letOthersPrevent(form, event);
    leaveToBrowser(form, event);
    submitRelativeToSlot(form, submitter);
  };
  var submitRelativeToSlot = (form, submitter) => {
    const { prSrc } = slotAround(form)?.dataset ?? {};
    if (!prSrc) return;
    const [element, name] = submitter?.hasAttribute("formaction") ? [submitter, "formaction"] : [form, "action"];
    const was = attribute(element, name);
    const { setAttribute, removeAttribute } = Element.prototype;
    const set = (value) => setAttribute.call(element, name, value);
    set(new URL(was ?? "", location.origin + prSrc).href);
    setTimeout(() => was === null ? removeAttribute.call(element, name) : set(was));
  };
  var onClick = (event) => {
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
    addEventListener("click", onClick, true);
  };

  // src/header.js
  var MAX_LENGTH = 4096;
  var headerOf = (state) => {
    const short = shorten(state);
    const all2 = JSON.stringify(short);
    const text = all2.length > MAX_LENGTH ? JSON.stringify({ ...short, tables: void 0 }) : all2;
    return text.length <= MAX_LENGTH && text;
  };
  var shorten = ({ slots: slots2, restore, ...state }) => {
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
    return { ...state, slots: all2(slots2), restore: all2(restore), urls, viewer: viewer || void 0 };
  };

  // src/targets.js
  var TARGETS = "[data-pr-target],[hx-target],[hx-target\\:inherited],[data-hx-target]";
  var namingPlace = (element) => begunByScript.has(element) ? null : closest(element, TARGETS);
  var slotNamedBy = (element) => {
    const place = namingPlace(element);
    const name = (place && attribute(place, "data-pr-target")) ?? "false";
    return name === "false" ? void 0 : findSlot(name, place);
  };
  var isNavigation = (target) => target instanceof Element && matches(target, `body,${SLOT}`);
  var isNamedIn = (slot, element) => slot.contains(closest(element, TARGETS));
  var reportTarget = later("reportTarget");
  var targetOf = (request) => {
    const { source } = request;
    const named = slotNamedBy(source);
    if (named) request.setTarget(named);
    const target = named === void 0 ? request.target ?? (closest(source, TARGETS) ? null : document.body) : named;
    if (!target) reportTarget(named === null ? "data-pr-target" : "hx-target", source);
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
      scroll: isOn("data-pr-scroll", true)
    };
  };
  var goToHash = (url, how) => {
    if (how === "push") location.assign(url);
    else if (how) location.replace(url);
    else scrollToHash(new URL(url).hash);
  };
  var stateFor = ({ source, isSafe }, slot, navigates) => {
    const state = {
      // A request with a target of its own is no navigation: its response is the page of the slot, alone.
      intent: navigates ? "navigate" : "slot",
      source_slot: slot?.dataset.prSlot,
      slots: mounted()
    };
    const all2 = slots();
    const wantsPage = inherited(source, "data-pr-intercept") === "false" || begunByScript.get(source)?.intercept === false;
    const hasOwnQuery = ({ dataset: { prSrc, prVariant } }) => prVariant === "page" && pathIn(prSrc) === location.pathname && prSrc !== here();
    const mayOpen = !wantsPage && all2.some(({ dataset }) => !!dataset.prMountUrl);
    if (mayOpen) state.origin = current.origin;
    if (mayOpen || !isSafe || all2.some(hasOwnQuery)) state.current_url = here();
    const again = all2.filter(({ dataset }) => dataset.prAgain != null);
    if (again.length) state.refresh = again.map(addressOf);
    if (!isSafe) {
      state.form = true;
      state.tables = Object.fromEntries(
        all2.map(({ dataset }) => [dataset.prSlot, dataset.prTables || void 0])
      );
      state.option_for = hooks.slotOfSelect?.(source);
    }
    return state;
  };
  var urlIn = ({ dataset: { prSrc } }, request, state) => {
    const isHere = pathIn(request.url) === location.href.split(/[?#]/)[0];
    const url = request.hasNoUrl() || isHere ? "" : request.url;
    const own = new URL(prSrc, location.origin);
    const { href, pathname, origin } = new URL(url, own);
    const isGetForm = request.isSafe && !url && matches(request.source, "form");
    request.setUrl(isGetForm ? pathIn(href) : href);
    if (origin + pathname === own.origin + own.pathname) state.own = true;
    return href;
  };
  var configure = (request, event) => {
    const { source, isSafe, body, trigger } = request;
    const target = targetOf(request);
    if (!target) return event.preventDefault();
    const navigates = isNavigation(target);
    const { href, origin } = new URL(request.url, location.href);
    if (origin !== location.origin) return navigates && leaveSite(source, href, event);
    if (navigates) body?.delete?.("org.htmx.cache-buster");
    if (isSubmitting(source)) return event.preventDefault();
    if (!isSafe && matches(source, "form")) hooks.noteSubmit?.();
    const slot = slotAround(source);
    const state = stateFor(request, slot, navigates);
    const url = slot?.dataset.prSrc ? urlIn(slot, request, state) : href;
    if (target === slot && isPoll(request, url, slot)) {
      event.preventDefault();
      if (!isRefreshing(slot)) refresh([slot], { isQuiet: true });
    } else if (!navigates || startNavigation(request, url, state, target, event)) {
      if (inFlight.size) request.skipCaches();
      if (body) addSubmitter(source, body, request.unfilteredBody ?? body, trigger);
      if (writeHeader(request, state, navigates) || state.intent !== "refresh") return;
      event.preventDefault();
      loadComplete();
    }
  };
  var leaveSite = (source, url, event) => {
    if (matches(source, "form")) return;
    event.preventDefault();
    location.assign(url);
  };
  var isPoll = ({ source, isSafe, body }, url, slot) => isSafe && url === location.origin + slot.dataset.prSrc && !matches(source, "a,form") && !hasParameters(body);
  var writeHeader = ({ headers }, state, navigates) => {
    const text = headerOf(state);
    const { source_slot, own } = state;
    const intent = navigates ? "navigate" : "slot";
    headers[HEADER] = text || JSON.stringify({ intent, source_slot, own, slots: {} });
    return !!text;
  };
  var startNavigation = (request, to, state, target, event) => {
    const { source, isSafe, trigger, anchor, body } = request;
    const url = anchor == null ? to : `${to}#${anchor}`;
    const navigation2 = begunByScript.get(source) ?? navigationFor(source, target, url);
    if (isSafe && isHash(url) && !hasParameters(body) && !matches(source, "form")) {
      event.preventDefault();
      goToHash(url, navigation2.history);
      return false;
    }
    if (isSafe) {
      const own = state.own && slotOfQuery(source, target);
      if (own) navigation2.slot = own;
      state.own = own && !closest(source, "[hx-push-url],[hx-replace-url]") || void 0;
      if (state.own) Object.assign(state, { current_url: here(), origin: void 0 });
    }
    describePurpose(navigation2, state);
    Object.assign(navigation2, { isSafe, state, trigger, values: valuesIn(source) });
    navigations.set(request.key, navigation2);
    request.queueLast?.();
    return true;
  };
  var describePurpose = ({ slot, restoring, refreshed }, state) => {
    state.target_slot = slot;
    if (restoring) Object.assign(state, { intent: "restore", restore: restoring });
    if (refreshed)
      Object.assign(state, { intent: "refresh", refresh: [...refreshed.keys()].map(addressOf) });
  };
  var valuesIn = (source) => {
    const filled = controlsOf(formOf(source)).filter(
      (one) => one.name && !matches(one, ":disabled")
    );
    return new Map(filled.map((control) => [control, enteredIn(control)]));
  };
  var watchConfiguration = () => {
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

  // shared:shared:
  window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")] = { loadComplete, loadDocument, isFour, on, abort, finish, inFlight, isRestoring, isUnderWay, navigationOf, navigations, send, supersede, HEADER, STREAMED, baseTitle, boost, current, ownState, scriptUrl, hooks, loadPart, loadPartsFor, scripts, SLOT, addressOf, dropRendering, findSlot, isLoading, mounted, nameRenderings, renderingOf, setRendering, slotAround, slotAt, slotFor, slots, stateOf, beginEntry, entry, saveEntry, write, openLevels, trackOpened, loadDeferred, prune, refresh, parentOf, scrollToHash, bases, noteSent, markCurrent, isElsewhere, reloadEntry, gestures, configure, goToHash, slotNamedBy };

  // src/entries.js
  var show = (how, event) => {
    if (!hooks[how]) {
      event?.stopImmediatePropagation();
      Object.assign(current, { isWaiting: true, stateToShow: ownState() });
    }
    later(how, () => location.reload())(event);
  };
  var onPopstate = (event) => {
    const state = (restoreBlank() || ownState(event.state)) && ownState();
    if (state && boost) show("traverse", event);
    else if (state && isElsewhere(state)) {
      event.stopImmediatePropagation();
      reloadEntry();
    }
  };
  var onNavigate = (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange) return;
    rememberScroll(document);
    const handler = async () => {
      await loadPart("answers");
      await new Promise((tick) => setTimeout(tick));
      await current.whenShown;
      if (!current.scrolls[current.id]?.[":root"]) event.scroll();
    };
    event.intercept({ focusReset: "manual", scroll: "manual", handler });
  };
  var watchTraversals = () => {
    addEventListener("popstate", onPopstate, true);
    document.addEventListener("htmx:before:history:restore", (event) => {
      if (ownState()) event.preventDefault();
    });
    if (boost) window.navigation?.addEventListener(
      "navigate",
      /** @type {any} */
      onNavigate
    );
    else leaveForeignEntry();
  };

  // src/index.js
  var stateAtLoad = ownState();
  var isLate = loadedPath !== location.pathname;
  var comesBack = stateAtLoad && (isBackForward || stateAtLoad.comesBack || isLate);
  var start = () => {
    for (const { src, text } of document.scripts) scripts.add(src || text);
    if (document.readyState === "loading") {
      const meta = document.querySelector('meta[name="htmx-config"]');
      if (!isFour()) Object.assign(htmx.config, JSON.parse(meta?.content ?? "{}"));
      htmx.process(document.body);
    }
    const state = ownState();
    if (comesBack && state && !isElsewhere(state)) show("restore");
    else if (comesBack && (isLate || !stateAtLoad.comesBack && pageBeneath())) reloadEntry();
    else if (stateAtLoad?.comesBack && loadedPath !== location.pathname)
      location.replace(location.href);
    else {
      root.removeAttribute("data-pr-restoring");
      if (stateAtLoad?.origin && stateAtLoad.origin !== current.origin) startAtTop();
      trackOpened();
      saveFirstEntry();
      markCurrent();
    }
    watchEntries();
    loadDeferred();
    addEventListener("load", loadForAnswers);
    if (document.querySelector("[data-pr-arrived]")) showStreamed();
  };
  var enterAll = () => {
    for (const slot of all(`${SLOT}:not(${SLOT} *)`))
      dispatch("enter", slot, { initial: true, restored: false });
  };
  var showStreamed = async () => {
    await Promise.all([loadPart("answers"), loadPart("data-pr-arrived")]);
    if (hooks.showStreamed && hooks.deliver) return hooks.showStreamed();
    if (document.readyState === "loading")
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
    for (const { dataset } of slots().filter(isLoading)) dataset.prDelivery = "deferred";
    loadDeferred();
  };
  var load = (url) => {
    if (new URL(url, location.href).href !== location.href) location.assign(url);
  };
  watchTraversals();
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
    watchConfiguration();
    watchRequests();
    watchScroll();
    watchPushedUrls();
    watchForms();
    const refresh2 = later("refreshNamed");
    document.addEventListener("parallel-routes:refresh", (event) => {
      const { detail } = (
        /** @type {CustomEvent} */
        event
      );
      refresh2(...detail?.slots ?? []);
    });
    window.parallelRoutes = {
      visit: later("visit", load),
      refresh: refresh2,
      close: later("close", () => load(current.origin)),
      forget: later("forget")
    };
    for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
    if (!root.hasAttribute("hx-inherit")) root.setAttribute("hx-inherit", "hx-boost");
    root.setAttribute("hx-history", "false");
    if (isFour()) htmx.process(document.body);
    root.toggleAttribute("data-pr-restoring", !!comesBack);
    if (stateAtLoad?.comesBack)
      write("replaceState", { ...stateAtLoad, comesBack: "" }, stateAtLoad.comesBack);
    document.addEventListener("DOMContentLoaded", enterAll);
    if (window.htmx && document.querySelector("[data-pr-arrived]")) start();
    else document.addEventListener("DOMContentLoaded", start);
  }
})();
