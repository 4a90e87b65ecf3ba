/* parallel-routes 799f40d2 */
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
  var parse = (html) => new DOMParser().parseFromString(`<body>${html}`, "text/html").body;

  // page:parts.js
  var { "hooks": hooks, "scripts": scripts } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/late-listeners.js
  var running = 0;
  var held = { DOMContentLoaded: [], readystatechange: [], load: [] };
  var readies = /* @__PURE__ */ new Map();
  var onload;
  var eventAt = (currentTarget, type) => {
    const event = new Event(type);
    for (const [name, value] of Object.entries({ target: document, currentTarget }))
      Object.defineProperty(event, name, { value });
    return event;
  };
  var holdListeners = () => {
    running += 1;
    if (running === 1) onload = window.onload;
    for (const place of [document, window]) {
      const isPast = (type) => type === "DOMContentLoaded" && document.readyState !== "loading" || document.readyState === "complete" && (place === window ? type === "load" : type === "readystatechange");
      place.addEventListener = (type, listener, options) => {
        if (!isPast(type))
          return EventTarget.prototype.addEventListener.call(place, type, listener, options);
        const event = eventAt(place, type);
        held[type].push(
          () => listener.handleEvent ? listener.handleEvent(event) : listener.call(place, event)
        );
      };
    }
    holdReady();
  };
  var holdReady = () => {
    const { jQuery, $, django } = (
      /** @type {any} */
      window
    );
    for (const one of [jQuery, $, django?.jQuery]) {
      const prototype = one?.fn;
      if (!running || typeof prototype?.ready !== "function" || readies.has(prototype)) continue;
      const { ready } = prototype;
      readies.set(prototype, ready);
      prototype.ready = function(listener) {
        held.DOMContentLoaded.push(() => listener.call(document, one));
        return this;
      };
    }
  };
  var releaseListeners = () => {
    if (running > 1) {
      running -= 1;
      return;
    }
    const { onload: listener } = window;
    if (listener && listener !== onload && document.readyState === "complete")
      held.load.push(() => listener.call(window, eventAt(window, "load")));
    onload = listener;
    for (let call = nextHeld(); call; call = nextHeld())
      try {
        call();
      } catch (error) {
        reportError(error);
      }
    running -= 1;
    if (running) return;
    for (const place of [document, window]) Reflect.deleteProperty(place, "addEventListener");
    for (const [prototype, ready] of readies) prototype.ready = ready;
    readies.clear();
  };
  var nextHeld = () => Object.values(held).find((calls) => calls.length)?.shift();

  // src/parts/nonces.js
  var { nonce: ownNonce } = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  var isTrusted = (element, policy) => {
    const nonce = element.getAttribute("nonce");
    return !!nonce && (nonce === ownNonce || !!policy?.includes(`'nonce-${nonce}'`));
  };
  var setNonce = (element, isTrusted2) => {
    element.removeAttribute("nonce");
    if (isTrusted2 && ownNonce) element.nonce = ownNonce;
  };

  // src/parts/assets.js
  var PATIENCE = 5e3;
  var LONGEST = 15e3;
  var SHEETS = "link[rel~=stylesheet i][href]";
  var CLASSIC = /^$|^(text|application)\/(x-)?(java|ecma)script\b/i;
  var MODULE = /^(module|importmap)$/i;
  var REDECLARES = /\b(const|let|class)\b/;
  var REDECLARED = /already been declared|redeclaration of|duplicate variable/i;
  var TYPE = "data-pr-type";
  var INERT = `script[${TYPE}]`;
  var sheets = /* @__PURE__ */ new Map();
  var nameOf = ({ href, media }) => `${href} ${media}`;
  var hasSheet = (link) => links(document).some((other) => nameOf(other) === nameOf(link) && !other.closest(SLOT));
  var links = (place) => (
    /** @type {HTMLLinkElement[]} */
    all(SHEETS, place).filter(
      (link) => !link.closest("noscript")
    )
  );
  var addSheet = (link, isTrusted2) => {
    const copy = (
      /** @type {HTMLLinkElement} */
      document.importNode(link)
    );
    setNonce(copy, isTrusted2);
    const isThere2 = new Promise((done) => {
      copy.onload = done;
      copy.onerror = () => {
        sheets.delete(nameOf(link));
        copy.remove();
        done(0);
      };
      if (copy.disabled) done(0);
      setTimeout(done, PATIENCE);
    });
    document.head.append(copy);
    return isThere2;
  };
  hooks.loadSheets = (html, policy) => {
    const body = parse(`<body>${html}`);
    const templates = all("template[data-pr-fragment]", body);
    const streamed = (
      /** @type {HTMLTemplateElement[]} */
      templates
    );
    const places = [body, ...streamed.map(({ content }) => document.adoptNode(content))];
    return Promise.all(
      places.flatMap(links).map((link) => {
        const name = nameOf(link);
        if (!sheets.has(name) && !hasSheet(link))
          sheets.set(name, addSheet(link, isTrusted(link, policy)));
        return sheets.get(name);
      })
    );
  };
  var expected = /* @__PURE__ */ new Map();
  var waiting = /* @__PURE__ */ new WeakMap();
  var taken = /* @__PURE__ */ new WeakSet();
  var ran = /* @__PURE__ */ new WeakMap();
  var identityOf = (script) => `${script.getAttribute(TYPE)} ${script.src || script.text}`;
  var makeInert = (place) => (
    /** @type {HTMLScriptElement[]} */
    all("script", place).filter((script) => {
      const { type } = script;
      if (script.closest("noscript") || !(CLASSIC.test(type) || MODULE.test(type))) return false;
      script.setAttribute(TYPE, type);
      script.type = "inert";
      return true;
    })
  );
  hooks.takeScripts = (body, policy) => {
    const sheets2 = links(body);
    for (const sheet of sheets2) sheet.remove();
    const styles = all("style[nonce]", body).filter((style) => isTrusted(style, policy));
    for (const style of styles) style.setAttribute("nonce", ownNonce);
    for (const script of all(INERT, body)) script.removeAttribute(TYPE);
    const scripts2 = makeInert(body);
    for (const script of scripts2) {
      const isOurs = isTrusted(script, policy);
      const isSmuggled = !isOurs && script.src && policy?.includes("'strict-dynamic'");
      if (!isSmuggled) expected.set(identityOf(script), { isTrusted: isOurs });
      script.removeAttribute("nonce");
      if (script.noModule) script.remove();
    }
    for (const slot of [...body.children].map(({ id }) => document.getElementById(id)))
      for (const script of slot ? makeInert(slot) : []) {
        script.removeAttribute("nonce");
        ran.set(script, identityOf(script));
      }
    return sheets2.length + styles.length + scripts2.length > 0;
  };
  var loaded = /* @__PURE__ */ new Map();
  var copyOf = (inert, { isTrusted: isTrusted2 }, text = inert.text) => {
    const script = document.createElement("script");
    for (const { name, value } of inert.attributes)
      if (name !== TYPE && name !== "type") script.setAttribute(name, value);
    const type = inert.getAttribute(TYPE);
    if (type) script.type = type;
    script.async = inert.hasAttribute("async");
    script.text = text;
    setNonce(script, isTrusted2);
    return script;
  };
  var isThere = ({ src }) => loaded.has(src) || scripts.has(src) || [...document.scripts].some((script) => script.src === src && !script.matches(INERT));
  var runFile = (inert, job) => {
    const { src } = inert;
    if (!isThere(inert)) {
      const script = copyOf(inert, job);
      const hasRun = new Promise((done) => {
        script.onload = () => {
          holdReady();
          done(0);
        };
        script.onerror = () => {
          loaded.delete(src);
          script.remove();
          done(0);
        };
        setTimeout(done, LONGEST);
      });
      loaded.set(src, script.hasAttribute("async") ? void 0 : hasRun);
      document.head.append(script);
    }
    return loaded.get(src);
  };
  var runText = (inert, job) => {
    const { text } = inert;
    const type = inert.getAttribute(TYPE) ?? "";
    if (/^module$/i.test(type)) return runInPlace(inert, copyOf(inert, job));
    if (/^importmap$/i.test(type)) {
      const maps = [...document.scripts].filter((one) => /^importmap$/i.test(one.type));
      if (loaded.has(text) || maps.some((map) => map.text === text)) return;
      loaded.set(text, void 0);
    }
    const inBlock = () => {
      if (declaresGlobally(text)) warnOfRedeclared(inert);
      runInPlace(inert, copyOf(inert, job, `{${text}
}`));
    };
    if (REDECLARES.test(text) && scripts.has(text)) return inBlock();
    scripts.add(text);
    let isRedeclared = false;
    const onError = (event) => {
      isRedeclared = REDECLARED.test(event.message);
      if (!isRedeclared) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("error", onError, true);
    runInPlace(inert, copyOf(inert, job));
    removeEventListener("error", onError, true);
    if (isRedeclared) inBlock();
  };
  var declaresGlobally = (text) => {
    let before = "";
    let rest = text;
    while (rest !== before) {
      before = rest;
      rest = rest.replace(/\{[^{}]*\}/g, "");
    }
    return REDECLARES.test(rest);
  };
  var warnOfRedeclared = (inert) => console.warn(
    "django-parallel-routes: an inline script declares a const, let or class that the document has already. It has run in a block of its own; other scripts, and handlers like onclick, see the first one.",
    inert
  );
  var runInPlace = (inert, script) => {
    let written = "";
    document.write = (...texts) => {
      written += texts.join("");
    };
    document.writeln = (...texts) => document.write(...texts, "\n");
    inert.replaceWith(script);
    for (const name of ["write", "writeln"]) Reflect.deleteProperty(document, name);
    if (written) script.insertAdjacentHTML("beforebegin", written);
    script.replaceWith(inert);
  };
  var runAll = async (scripts2) => {
    let files = [];
    for (const script of scripts2) {
      const job = (
        /** @type {Job} */
        waiting.get(script)
      );
      if (!script.src && files.length) {
        await Promise.all(files);
        files = [];
      }
      if (!script.src && !script.isConnected) {
        taken.delete(script);
        continue;
      }
      waiting.delete(script);
      taken.delete(script);
      ran.set(script, identityOf(script));
      const file = script.src ? runFile(script, job) : runText(script, job);
      if (file) files.push(file);
    }
    if (files.length) await Promise.all(files);
  };
  var isDeferred = (script) => /^module$/i.test(script.getAttribute(TYPE) ?? "") || script.defer && !!script.src;
  var run = async (slots, then) => {
    const scripts2 = slots.flatMap(
      (slot) => (
        /** @type {HTMLScriptElement[]} */
        all(INERT, slot).filter(
          (script) => waiting.has(script) && !taken.has(script)
        )
      )
    );
    if (scripts2.length) {
      for (const script of scripts2) taken.add(script);
      holdListeners();
      const now = scripts2.filter((script) => !isDeferred(script));
      const later = scripts2.filter(isDeferred);
      const isAtOnce = !scripts2.some(({ src }) => src);
      try {
        const done = runAll([...now, ...later]);
        if (!isAtOnce) await done;
      } finally {
        releaseListeners();
      }
    }
    then();
  };
  hooks.runScripts = (slots, source, enter) => {
    for (const slot of slots) {
      for (
        const script of
        /** @type {HTMLScriptElement[]} */
        all(INERT, slot)
      ) {
        const identity = identityOf(script);
        const job = expected.get(identity);
        if (job && ran.get(script) !== identity) waiting.set(script, job);
      }
      hooks.showDialogs?.({ target: slot, detail: { source } });
    }
    expected.clear();
    const left = /* @__PURE__ */ new Set();
    const onLeave = ({ target }) => left.add(target);
    document.addEventListener("parallel-routes:leave", onLeave);
    run(slots, () => {
      document.removeEventListener("parallel-routes:leave", onLeave);
      enter(slots.filter((slot) => slot.isConnected && !left.has(slot)));
    });
  };
  document.addEventListener("parallel-routes:enter", (event) => {
    const { target, detail } = (
      /** @type {any} */
      event
    );
    if (detail?.restored) run([target], () => {
    });
  });
})();
