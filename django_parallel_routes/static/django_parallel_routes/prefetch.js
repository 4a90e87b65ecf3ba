/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // src/answer-by.js
  var answerBy = (xhr, answer) => {
    let isAborted = false;
    xhr.abort = () => {
      isAborted = true;
      xhr.onabort();
    };
    xhr.send = async () => {
      const response = await answer;
      if (isAborted) return;
      delete xhr.abort;
      delete xhr.send;
      if (!response) return xhr.send();
      const { status, statusText, url, headers } = response;
      const lines = [...headers].map((pair) => pair.join(": ")).join("\r\n");
      const values = {
        status,
        statusText,
        responseURL: url,
        bytes: await response.arrayBuffer(),
        getResponseHeader: (name) => headers.get(name),
        getAllResponseHeaders: () => lines
      };
      for (const [name, value] of Object.entries(values))
        Object.defineProperty(xhr, name, { value });
      xhr.onload();
    };
  };

  // page:bases.js
  var { "bases": bases } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:configure.js
  var { "configure": configure } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

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
    const place2 = closest(element, `[${name}]`);
    return place2 && attribute(place2, name);
  };
  var all = (selector, place2 = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place2.querySelectorAll(selector)
  ];
  var parse = (html) => new DOMParser().parseFromString(`<body>${html}`, "text/html").body;

  // src/header.js
  var MAX_LENGTH = 4096;

  // page:htmx.js
  var { "isFour": isFour, "on": on } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:navigation.js
  var { "inFlight": inFlight, "navigationOf": navigationOf } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:page.js
  var { "HEADER": HEADER } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks, "loadPartsFor": loadPartsFor } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:refresh.js
  var { "refresh": refresh } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "isLoading": isLoading, "slotFor": slotFor, "slots": slots } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:targets.js
  var { "slotNamedBy": slotNamedBy } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/keys.js
  var absolute = (url) => new URL(url, location.href).href.split("#")[0];
  var keyOf = (url, header, others) => JSON.stringify([absolute(url), location.href, header, others]);
  var addedIn = (headers) => Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(hx-|accept$|cache-control$|parallel-routes$)|csrf/i.test(name)
    )
  );

  // src/parts/prefetch.js
  var MAX_AGE = 3e4;
  var MAX_RUNNING = 2;
  var MAX_IN_VIEW = 10;
  var PAUSE = 250;
  var REST = 65;
  var ATTRIBUTE = "data-pr-prefetch";
  var TARGETS = ["hx-target", "hx-target:inherited", "data-hx-target"];
  var UNBOOSTED = '[hx-boost="false"],[hx-boost\\:inherited="false"],[data-hx-boost="false"]';
  var OTHER = "[href^='#'],[download],[data-pr-close],[data-pr-retry],[hx-get],[data-hx-get],[hx-post],[data-hx-post]";
  var ofSite = document.querySelector(`script[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE);
  var entries = /* @__PURE__ */ new Map();
  if (true) hooks.prefetched = entries;
  var waiting = /* @__PURE__ */ new Set();
  var running = 0;
  var added = {};
  var modeOf = (link) => inherited(link, ATTRIBUTE) ?? ofSite ?? "";
  var isYoung = ({ began }) => Date.now() - began < MAX_AGE;
  var isOurs = (link) => link.isConnected && link.origin === location.origin && /^(_self)?$/i.test(link.target) && !link.matches(OTHER) && !closest(link, UNBOOSTED);
  var targetOf = (link) => {
    const named = slotNamedBy(link);
    if (named !== void 0) return named;
    const place2 = closest(link, "[hx-target],[hx-target\\:inherited],[data-hx-target]");
    const [selector = "body"] = TARGETS.flatMap((name) => place2?.getAttribute(name) ?? []);
    return /^(body|#slot-[\w-]+)$/.test(selector) ? document.querySelector(selector) : null;
  };
  var requestOf = (link) => {
    const target = targetOf(link);
    if (!target) return;
    const headers = {
      "HX-Request": "true",
      "HX-Boosted": "true",
      "HX-Current-URL": location.href,
      Accept: "text/html"
    };
    const request = {
      key: {},
      source: link,
      target,
      headers,
      isSafe: true,
      url: (
        /** @type {string} */
        attribute(link, "href").split("#")[0]
      ),
      hasNoUrl: () => false,
      setTarget: ({ id }) => {
        headers["HX-Target"] = isFour() ? `div#${id}` : id;
      },
      setUrl: (url) => {
        request.url = url;
      },
      skipCaches() {
      }
    };
    let isOther = false;
    const preventDefault = () => {
      isOther = true;
    };
    configure(
      /** @type {any} */
      request,
      /** @type {any} */
      { preventDefault }
    );
    return isOther ? void 0 : request;
  };
  var ask = async (link) => {
    const { connection, onLine } = (
      /** @type {any} */
      navigator
    );
    if (connection?.saveData || !onLine || !isOurs(link)) return;
    const { url = "", headers } = requestOf(link) ?? {};
    if (!headers || absolute(url) === absolute("")) return;
    const key = keyOf(url, headers[HEADER], added);
    const known = entries.get(key);
    if (known && isYoung(known)) return;
    const prefetch = /full/.test(modeOf(link)) ? "full" : "loading";
    const header = JSON.stringify({ ...JSON.parse(headers[HEADER]), prefetch });
    if (header.length > MAX_LENGTH) return;
    const entry = Object.assign(new AbortController(), { began: Date.now() });
    const options = {
      headers: { ...added, ...headers, [HEADER]: header },
      signal: entry.signal,
      cache: "no-store",
      mode: "same-origin",
      priority: "low"
    };
    entries.set(key, entry);
    running += 1;
    entry.response = answerTo(url, options, entry);
    entry.hasFailed = !await entry.response;
    running -= 1;
    askNext();
  };
  var answerTo = async (url, options, entry) => {
    setTimeout(() => entry.abort(), MAX_AGE);
    try {
      const response = await fetch(url, options);
      if (response.status !== 200 || !response.headers.has(HEADER)) return;
      const bytes = await response.arrayBuffer();
      const html = new TextDecoder().decode(bytes);
      Object.assign(response, { arrayBuffer: async () => bytes, text: async () => html });
      const body = parse(html);
      entry.parsed = { html, body };
      loadPartsFor(html);
      loadSheets(body);
      if (!html.includes('data-pr-state="error"')) return response;
    } catch {
    }
  };
  var loadSheets = (body) => {
    const sheets = (
      /** @type {HTMLLinkElement[]} */
      all("link[rel=stylesheet][href]", body)
    );
    for (const { href } of sheets) {
      if (all("link").some((link) => link.href === href)) continue;
      document.head.append(
        Object.assign(document.createElement("link"), { rel: "prefetch", as: "style", href })
      );
    }
  };
  var askNext = () => {
    for (const link of waiting) {
      if (running >= MAX_RUNNING) return;
      waiting.delete(link);
      ask(link);
    }
  };
  var askSoon = (link) => {
    if (link) waiting.add(link);
    askNext();
  };
  var forget = () => {
    waiting.clear();
    for (const [, entry] of entries) entry.abort();
    entries.clear();
  };
  var timer;
  var hovered = null;
  var linkAt = ({ target }) => {
    const link = target instanceof Element && closest(target, "a[href]");
    return link instanceof HTMLAnchorElement && /hover|visible/.test(modeOf(link)) ? link : null;
  };
  var onRest = (event) => {
    const link = linkAt(event);
    if (link === hovered || /** @type {PointerEvent} */
    event.pointerType === "touch") return;
    clearTimeout(timer);
    if (hovered) waiting.delete(hovered);
    hovered = link;
    if (link) timer = setTimeout(askSoon, REST, link);
  };
  var onTouch = (event) => askSoon(linkAt(event));
  var onFocus = (event) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) onRest(event);
  };
  var observer = new IntersectionObserver((changes) => {
    for (
      const { target: link, isIntersecting } of
      /** @type {any[]} */
      changes
    ) {
      if (!isIntersecting) continue;
      (window.requestIdleCallback ?? setTimeout)(() => {
        const url = absolute(link.href);
        if (seen.has(url) || seen.size > MAX_IN_VIEW || !isOurs(link)) return;
        seen.add(url);
        askSoon(link);
      });
    }
  });
  var seen = /* @__PURE__ */ new Set();
  var place = "";
  var startOver = () => {
    forget();
    observer.disconnect();
    seen.clear();
    seen.add(absolute(""));
  };
  var watchLinks = () => {
    if (place !== location.href) startOver();
    place = location.href;
    for (
      const link of
      /** @type {HTMLAnchorElement[]} */
      all("a[href]")
    )
      if (/visible/.test(modeOf(link))) observer.observe(link);
  };
  var expected = /* @__PURE__ */ new WeakSet();
  var expect = (navigation) => {
    const { isSafe, refreshed = [] } = navigation;
    if (isSafe && [...refreshed].every(([slot]) => isLoading(slot))) expected.add(navigation);
  };
  inFlight.forEach(expect);
  var later;
  var refreshOthers = (changed) => {
    const others = slots().filter(
      (slot) => slot.dataset.prAgain != null && !changed.some((one) => one.contains(slot))
    );
    if (others.length) refresh(others, { isQuiet: true });
  };
  hooks.takePrefetched = (navigation, { sentUrl, headers, transport }) => {
    const { isSafe, refreshed, restoring, abort } = navigation;
    expect(navigation);
    if (refreshed) return;
    clearTimeout(timer);
    clearTimeout(later);
    if (isSafe) added = addedIn(headers);
    const key = keyOf(sentUrl, headers[HEADER], added);
    const entry = entries.get(key);
    entries.delete(key);
    startOver();
    if (!isSafe || restoring || !entry?.response || entry.hasFailed || !isYoung(entry)) return;
    navigation.parsed = entry.parsed;
    navigation.abort = () => {
      abort?.();
      entry.abort();
    };
    navigation.done = (changed) => {
      later = setTimeout(refreshOthers, PAUSE, changed);
    };
    if (transport) answerBy(transport, entry.response);
    return entry.response;
  };
  var tabs;
  var listen = () => {
    tabs = new BroadcastChannel("parallel-routes");
    tabs.onmessage = forget;
    forget();
  };
  listen();
  addEventListener("pagehide", () => tabs.close());
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  var forgetEverywhere = () => {
    forget();
    tabs.postMessage("");
  };
  hooks.forgetPrefetched = forgetEverywhere;
  on("send", ({ isSafe }) => isSafe || forgetEverywhere());
  addEventListener("submit", forgetEverywhere, true);
  on("answer", (request) => {
    const navigation = (
      /** @type {Navigation} */
      navigationOf(request)
    );
    if (!entries.size || expected.has(navigation)) return;
    if (!request.isSafe || !isOnScreen(request, !!navigation)) forget();
  });
  var isOnScreen = ({ html, target }, isOfSlots) => {
    const body = parse(`${html}`);
    return (isOfSlots ? [...body.children] : [body]).every((element) => {
      const place2 = isOfSlots ? slotFor(element) : target;
      return place2 && (bases.get(place2)?.sent ?? place2).innerHTML === element.innerHTML;
    });
  };
  for (const name of ["blur", "focus", "visibilitychange"]) addEventListener(name, forget);
  var listeners = { pointerover: onRest, focusin: onFocus, touchstart: onTouch };
  for (const [name, listener] of Object.entries(listeners))
    document.addEventListener(name, listener, { capture: true, passive: true });
  document.addEventListener("parallel-routes:settle", watchLinks);
  on("swapped", (request) => navigationOf(request) || watchLinks());
  watchLinks();
})();
