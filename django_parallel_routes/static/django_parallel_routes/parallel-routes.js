// parallel-routes.js: the client half of django-parallel-routes. No build step, no dependency but htmx,
// the same file for htmx 2 and htmx 4. The protocol is described in state.py.
//
// Mounted state lives in the DOM: every slot's element says what it shows, for which URL, and its key.
// A request that would replace the body, or a slot, is a navigation: it carries that state, and its
// answer holds the changed slots, which htmx swaps out of band. An answer that is no slot answer is
// loaded as a document. Each history entry knows its combination of slots.
(() => {
  "use strict";
  if (window.parallelRoutes) return;

  const HEADER = "Parallel-Routes";
  const MAX_LENGTH = 4096; // as in state.py
  const SLOT = "[data-slot][data-key]";
  const root = document.documentElement;
  const script = document.currentScript;

  // ---- Mounted state -------------------------------------------------------------------------

  const slots = () => [...document.querySelectorAll(SLOT)];
  const describe = ({ dataset: d }) => [d.shows, d.src, d.key];
  const mounted = () => Object.fromEntries(slots().map((slot) => [slot.dataset.slot, describe(slot)]));
  const slotAt = (address) => document.getElementById("slot-" + address.replaceAll(".", "-"));
  const inside = (address, outer) => address.startsWith(outer + ".");

  // ---- htmx 2 and htmx 4 ---------------------------------------------------------------------

  const isFour = () => Boolean(window.htmx?.registerExtension);

  // Listen to an event under its name in each version; htmx 4's compat extension fires both.
  // In the capture phase: before anybody else reacts to an answer that is not meant for them.
  const on = (two, four, listener) => {
    if (two) document.addEventListener(two, (event) => isFour() || listener(event), true);
    if (four) document.addEventListener(four, (event) => isFour() && listener(event), true);
  };

  // What identifies a request in all of its events.
  const idOf = ({ ctx, requestConfig }) => ctx ?? requestConfig;

  const attribute = (element, name) => {
    const owner = element.closest(`[${name}],[data-${name}]`);
    return owner && (owner.getAttribute(name) ?? owner.getAttribute("data-" + name));
  };

  // ---- Navigations ---------------------------------------------------------------------------

  const navigations = new WeakMap(); // request id -> navigation
  const flights = new Map(); // target slot, or "" for all -> the navigation under way
  let sending = null; // the navigation that send() is about to make

  const isNavigation = (target) => target === document.body || target?.matches?.(SLOT);

  // A newer navigation aborts the older one of the same slots (a whole one: all of them).
  const supersede = (only) => {
    for (const [key, flight] of flights) {
      if (only && key && key !== only) continue;
      flights.delete(key);
      flight.abort?.();
    }
    progress();
  };

  let timer;
  const progress = () => {
    clearTimeout(timer);
    if (!flights.size) delete root.dataset.navigating;
    else timer = setTimeout(() => (root.dataset.navigating = ""), 150);
  };

  const finish = (navigation) => {
    if (flights.get(navigation.only) === navigation) flights.delete(navigation.only);
    progress();
  };

  // htmx 2 asks here before it looks at an element's queue; htmx 4 does so in config:request.
  on("htmx:confirm", null, ({ detail: { target } }) => {
    if (slots().length && isNavigation(target)) supersede(sending?.only ?? target.dataset.slot ?? "");
  });

  on("htmx:configRequest", "htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const { elt, target, headers, verb } = ctx
      ? { elt: ctx.sourceElement, target: ctx.target, ...ctx.request, verb: ctx.request.method }
      : event.detail;
    if (!slots().length) return;
    const own = elt.closest(SLOT)?.dataset.slot;
    if (!isNavigation(target)) {
      // A target of its own: the page of the slot it stands in answers, alone.
      const slot = own && { from: own, slots: { [own]: mounted()[own] } };
      headers[HEADER] = JSON.stringify({ ask: "slot", ...slot });
      return;
    }
    if (hashOnly(elt)) {
      event.preventDefault();
      location.hash = elt.hash;
      return;
    }
    const only = target.dataset.slot ?? "";
    const navigation = sending ?? { only, history: historyOf(elt, target, ctx) };
    sending = null;
    navigation.isSafe = /^get$/i.test(verb);
    navigation.hash ??= elt.hash ?? "";
    const state = JSON.stringify(
      navigation.state ?? {
        ask: "navigate",
        slots: mounted(),
        from: navigation.only || own,
        only: navigation.only || undefined,
      },
    );
    // Without the header the answer is a full page, which is then loaded as one.
    if (state.length <= MAX_LENGTH) headers[HEADER] = state;
    if (ctx) {
      supersede(navigation.only);
      navigation.abort = ctx.request.abort;
      if (!elt.hasAttribute("hx-sync")) elt.setAttribute("hx-sync", "this:replace");
    }
    navigations.set(ctx || event.detail, navigation);
    flights.set(navigation.only, navigation);
    progress();
  });

  // How a navigation changes the history: as its link says, else a whole one pushes.
  const historyOf = (elt, target, ctx) => {
    const push = ctx ? ctx.push : attribute(elt, "hx-push-url");
    const replace = ctx ? ctx.replace : attribute(elt, "hx-replace-url");
    if (replace && replace !== "false") return "replace";
    if (push) return String(push) === "false" ? "none" : "push";
    return target === document.body || elt.matches("a,form") ? "push" : "none";
  };

  const hashOnly = (link) =>
    link.hash && link.pathname + link.search === location.pathname + location.search;

  on("htmx:beforeRequest", "htmx:before:request", ({ detail }) => {
    const navigation = navigations.get(idOf(detail));
    if (!navigation) return;
    if (detail.xhr) navigation.abort = () => detail.xhr.abort();
    else detail.ctx.fetch = window.fetch.bind(window); // a preloaded answer knows no slots
  });

  // ---- Answers -------------------------------------------------------------------------------

  on("htmx:beforeOnLoad", "htmx:after:request", (event) => {
    const { ctx, xhr } = event.detail;
    const navigation = navigations.get(idOf(event.detail));
    if (!navigation) return;
    const header = (name) => (xhr ? xhr.getResponseHeader(name) : ctx.response.headers.get(name));
    if (flights.get(navigation.only) !== navigation) {
      event.preventDefault(); // A late answer: a newer navigation has taken its place.
    } else if (header(HEADER) !== null) {
      commit(navigation, header(HEADER), xhr ? xhr.responseText : ctx.text);
    } else if (!["HX-Redirect", "HX-Location", "HX-Refresh"].some(header)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const url = xhr ? xhr.responseURL : ctx.response.raw.url;
      const asked = new URL(xhr ? event.detail.pathInfo.finalRequestPath : ctx.request.action, location);
      navigation.isSafe ||= url !== asked.href.split("#")[0]; // redirected: it was a GET
      load(navigation, url, xhr ? xhr.responseText : ctx.text);
    } else if (navigation.restores) {
      event.preventDefault();
      load(navigation);
    }
  });

  // htmx 2 swaps no errors; a slot's page with status 422 is an answer like any other.
  on("htmx:beforeSwap", null, ({ detail }) => {
    if (!navigations.has(idOf(detail))) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });

  // Load an answer that is no slot answer as a document, at its URL.
  const load = (navigation, url, html) => {
    finish(navigation);
    if (navigation.restores) return location.reload();
    if (navigation.isSafe) return location.assign(url.split("#")[0] + navigation.hash);
    // The answer to a form can't be asked for again: show the one that is there.
    history.pushState(null, "", url);
    document.open();
    document.write(html);
    document.close();
  };

  // A request that failed on its way: let the browser try, and show what is wrong.
  const failed = ({ detail }) => {
    const navigation = navigations.get(idOf(detail));
    if (!navigation || flights.get(navigation.only) !== navigation) return;
    finish(navigation);
    if (navigation.restores && !navigation.retry) restore(true);
    else if (navigation.restores) location.reload();
    else if (navigation.isSafe)
      location.assign(detail.ctx ? detail.ctx.request.action : detail.pathInfo.finalRequestPath);
  };
  on("htmx:sendError", "htmx:error", failed);
  on("htmx:timeout", null, failed);
  on("htmx:sendAbort", "htmx:finally:request", ({ detail }) => {
    const navigation = navigations.get(idOf(detail));
    if (navigation) finish(navigation);
  });

  // Write the new state, before htmx swaps: whoever looks meanwhile sees the truth.
  const commit = (navigation, url, html) => {
    finish(navigation);
    const changed = [];
    for (const { id, dataset } of new DOMParser().parseFromString(html, "text/html").body.children) {
      const slot = dataset.slot && document.getElementById(id);
      if (!slot) continue;
      changed.push(slot);
      for (const name of ["shows", "src", "title", "order"]) {
        if (name in dataset) slot.dataset[name] = dataset[name];
        else delete slot.dataset[name];
      }
    }
    let mode = navigation.restores || url === "stay" ? "none" : navigation.history;
    url = mode === "none" ? "" : url + navigation.hash;
    if (mode === "push" && new URL(url, location).href === location.href) mode = "replace";
    if (mode === "push") history.pushState(entry({}), "", url);
    else if (mode === "replace") history.replaceState(entry(), "", url);
    // htmx swaps in this very task; what follows needs the new content, nested slots included.
    queueMicrotask(() => {
      if (!navigation.restores) {
        history.replaceState(entry(), "");
        if (mode !== "none") scroll(changed.filter(isMain), navigation.hash);
      }
      settle();
      navigation.done?.(changed);
    });
  };

  const settle = () => {
    document.title = slots()
      .filter(({ dataset }) => dataset.title)
      .reduce((one, two) => (one?.dataset.order <= two.dataset.order ? one : two), null)
      ?.dataset.title ?? baseTitle;
    markCurrent();
  };

  // The current link of each slot, by that slot's own URL.
  const markCurrent = () => {
    const urls = slots()
      .filter((slot) => slot.dataset.shows === "page" && !slot.querySelector(SLOT))
      .map((slot) => new URL(slot.dataset.src, location));
    for (const link of document.querySelectorAll("a[href]")) {
      const isCurrent = urls.some(({ pathname, search }) =>
        link.dataset.current === "section"
          ? pathname.startsWith(link.pathname)
          : link.pathname === pathname && (!link.search || link.search === search),
      );
      if (isCurrent && link.origin === location.origin) link.setAttribute("aria-current", "page");
      else if (link.getAttribute("aria-current") === "page") link.removeAttribute("aria-current");
    }
  };
  on("htmx:afterSwap", "htmx:after:swap", () => slots().length && markCurrent());

  // ---- Scroll --------------------------------------------------------------------------------

  // A change of children goes to the top, in every box around it, or to the hash.
  const isMain = ({ dataset }) => /^children(\.children)*$/.test(dataset.slot);
  const scroll = (changed, hash) => {
    for (const slot of changed)
      for (let box = slot; box; box = box.parentElement) if (box.scrollTop) box.scrollTo({ top: 0, behavior: "instant" });
    if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  };

  // Where each entry's boxes were scrolled to. The window's own place the browser knows.
  const scrolls = {};
  const pathOf = (box) =>
    box.id
      ? "#" + CSS.escape(box.id)
      : box === root
        ? "html"
        : `${pathOf(box.parentElement)}>:nth-child(${[...box.parentElement.children].indexOf(box) + 1})`;
  addEventListener(
    "scroll",
    ({ target }) => {
      const id = history.state?.id;
      const box = target === document ? root : target;
      if (id && box.isConnected) (scrolls[id] ??= {})[pathOf(box)] = [box.scrollLeft, box.scrollTop];
    },
    { capture: true, passive: true },
  );
  const rescroll = (wanted = {}, changed) => {
    for (const [path, [left, top]] of Object.entries(wanted)) {
      const box = document.querySelector(path);
      if (box === root ? !window.navigation : changed.some((s) => s.contains(box) || box?.contains(s)))
        box.scrollTo({ left, top, behavior: "instant" });
    }
  };

  // ---- History -------------------------------------------------------------------------------

  // htmx 4 leaves entries alone that are marked as its own.
  const entry = ({ id } = history.state ?? {}) => ({
    htmx: true,
    slots: mounted(),
    id: id ?? Math.random().toString(36).slice(2),
  });

  // Which slots of an entry differ from those on screen: null if only a document load can bring it back.
  const difference = (wanted, live) => {
    const differing = {};
    const isBox = (state, address) => Object.keys(state).some((other) => inside(other, address));
    const addresses = Object.keys(wanted).sort((one, two) => one.split(".").length - two.split(".").length);
    for (const address of addresses) {
      const [want, now] = [wanted[address], live[address]];
      if (Object.keys(differing).some((outer) => inside(address, outer))) differing[address] = want;
      else if (now?.[2] !== want[2]) return null;
      else if (
        isBox(wanted, address)
          ? !addresses.some((other) => inside(other, address) && live[other]?.[2] === wanted[other][2])
          : isBox(live, address) || now[0] !== want[0] || now[1] !== want[1]
      )
        differing[address] = want;
    }
    return differing;
  };

  // Bring back the combination of slots that the current entry has; all that differ in one request.
  let restoring;
  const restore = (retry) => {
    supersede("");
    const live = mounted();
    const wanted = history.state.slots;
    const want = difference(wanted, live);
    const scrolled = { ...scrolls[history.state.id] };
    if (!want) return location.reload();
    const addresses = Object.keys(want);
    restoring = new Promise((done) => {
      if (!addresses.length) return done([]);
      const kept = Object.fromEntries(addresses.filter((a) => live[a]).map((a) => [a, live[a]]));
      const state = { ask: "restore", slots: kept, want };
      if (JSON.stringify(state).length > MAX_LENGTH) return location.reload();
      send(location.href.split("#")[0], { only: "", restores: true, retry, state, done });
    }).then((changed) => {
      settle();
      rescroll(scrolled, changed);
    });
  };

  addEventListener(
    "popstate",
    (event) => {
      if (!history.state?.slots) return;
      event.stopImmediatePropagation(); // htmx would load the page
      restore();
    },
    true,
  );
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (history.state?.slots) event.preventDefault();
  });
  // The browser restores the window's scroll position when the content is there.
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.navigationType !== "traverse" || !event.canIntercept || event.hashChange || !slots().length)
      return;
    const handler = () => new Promise((tick) => setTimeout(tick)).then(() => restoring);
    event.intercept({ focusReset: "manual", handler });
  });
  addEventListener("hashchange", () => {
    if (slots().length && !history.state?.slots) history.replaceState(entry(), "");
  });

  // ---- Start ---------------------------------------------------------------------------------

  // Send a navigation of our own through htmx.
  const send = (url, navigation) => {
    const agent = document.createElement("div");
    agent.hidden = true;
    document.body.append(agent);
    sending = navigation;
    const context = { source: agent, target: document.body, swap: "none" };
    return Promise.resolve(htmx.ajax("GET", url, context))
      .catch(() => {}) // htmx 2 rejects when it is aborted
      .finally(() => agent.remove());
  };

  // parallelRoutes.visit("/dashboard/settings/"): navigate softly. Options: `slot`, the one slot to
  // navigate; `history`, "push" (the default), "replace" or "none". Resolves when the answer is in.
  window.parallelRoutes = {
    state: mounted,
    visit(url, { slot = "", history = "push" } = {}) {
      if (!slots().length || new URL(url, location).origin !== location.origin)
        return Promise.resolve(location.assign(url));
      const { hash } = new URL(url, location);
      return send(url.split("#")[0], { only: slot, history, hash });
    },
  };

  // Shift and alt open windows and save files: that is for the browser (htmx knows ctrl and meta).
  addEventListener(
    "click",
    (event) => {
      if ((event.shiftKey || event.altKey) && event.target.closest?.("a[href]")) event.stopPropagation();
    },
    true,
  );

  const bar = new CSSStyleSheet();
  bar.replaceSync(`
    html[data-navigating]::before { content: ""; position: fixed; z-index: 2147483647; inset: 0 auto auto 0;
      height: 3px; width: 100%; background: var(--parallel-routes-progress, #2563eb);
      transform-origin: left; animation: parallel-routes-progress 8s cubic-bezier(0, .8, .2, 1) both }
    @keyframes parallel-routes-progress { from { transform: scaleX(.05) } to { transform: scaleX(.95) } }
    @media (prefers-reduced-motion: reduce) { html[data-navigating]::before { animation: none; opacity: .6 } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, bar];

  let baseTitle = document.title;
  if (script.dataset.boost) {
    // Links and forms are plain; each htmx ignores the other's attribute. hx-history: we do history.
    for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
    root.setAttribute("hx-history", "false");
    const start = () => {
      baseTitle = document.querySelector("title[data-layout]")?.dataset.layout ?? document.title;
      if (isFour()) htmx.process(document.body); // if it was first to start
      // An entry made by a form keeps the browser's question whether to send it again.
      if (script.dataset.boost !== "form") history.replaceState(entry(), "");
      markCurrent();
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }
})();
