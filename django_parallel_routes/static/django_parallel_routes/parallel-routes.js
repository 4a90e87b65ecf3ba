// The client half of django-parallel-routes, for htmx 2 and 4. The protocol is described in state.py.
//
// The DOM holds the state: each slot's element says what it shows, for which URL, and its key.
// A request that would replace the body, or a slot, is a navigation. It carries the state, and htmx
// swaps the changed slots in its answer out of band. Other answers are loaded as documents.
(() => {
  "use strict";

  const HEADER = "Parallel-Routes";
  const MAX_LENGTH = 4096; // as in state.py
  const SLOT = "[data-slot][data-key]";
  const root = document.documentElement;
  const mode = document.currentScript.dataset.boost;
  let baseTitle;

  const slots = () => [...document.querySelectorAll(SLOT)];
  const mounted = () =>
    Object.fromEntries(
      slots().map(({ dataset: { slot, shows, src, key } }) => [slot, [shows, src, key]]),
    );

  // Listen to an event by its name in either htmx, before others do. A htmx 4 may fire both.
  const isFour = () => !!window.htmx?.registerExtension;
  const on = (two, four, listener) => {
    for (const name of [two, four]) {
      const hear = (event) => isFour() === (name === four) && listener(event);
      document.addEventListener(name, hear, true);
    }
  };

  // ---- Requests: who is under way, and what they send ----------------------------------------

  const navigations = new WeakMap(); // htmx's object for a request -> navigation
  const navigationOf = ({ ctx, requestConfig }) => navigations.get(ctx ?? requestConfig);
  const flying = new Set();
  let sending; // what send() is about to have htmx request

  const isNavigation = (target) => target === document.body || target?.matches?.(SLOT);

  const showProgress = () => root.toggleAttribute("data-navigating", flying.size);
  const land = (navigation) => {
    flying.delete(navigation);
    showProgress();
  };

  // A newer navigation of a slot aborts the older; one of the whole screen aborts all.
  const supersede = (only) => {
    for (const older of flying) {
      if (only && older.only && older.only !== only) continue;
      land(older);
      older.abort();
    }
  };

  // Here htmx 2 doesn't know yet whether the link is busy. For htmx 4 that is so below.
  on("htmx:confirm", "", ({ detail: { target } }) => {
    if (isNavigation(target)) supersede(sending ? sending.only : target.dataset.slot);
  });

  on("htmx:configRequest", "htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const { elt = ctx.sourceElement, target, headers, verb } = ctx ? { ...ctx.request, ...ctx } : event.detail;
    if (!slots().length) return;
    const state = { ask: "slot", slots: mounted(), from: elt.closest(SLOT)?.dataset.slot };
    // With a target of its own it is no navigation: the page of its slot answers, alone.
    if (isNavigation(target)) {
      if (elt.hash && elt.pathname + elt.search === location.pathname + location.search) {
        event.preventDefault();
        location.hash = elt.hash;
        return;
      }
      const only = target.dataset.slot;
      const navigation = sending ?? { only, history: historyOf(elt, only), hash: elt.hash ?? "" };
      sending = undefined;
      navigation.isSafe = /get/i.test(verb ?? ctx.request.method);
      navigations.set(ctx ?? event.detail, navigation);
      const { want } = navigation;
      Object.assign(state, { ask: want ? "restore" : "navigate", only: navigation.only, want });
      if (ctx) {
        supersede(navigation.only);
        // Its queue would drop the third of three quick clicks.
        if (!elt.hasAttribute("hx-sync")) elt.setAttribute("hx-sync", "this:replace");
      }
    }
    const header = JSON.stringify(state);
    // Without it, the answer is a full page, and is loaded as one.
    if (header.length <= MAX_LENGTH) headers[HEADER] = header;
  });

  on("htmx:beforeSend", "htmx:before:request", ({ detail }) => {
    const navigation = navigationOf(detail);
    const { ctx, xhr } = detail;
    if (!navigation) return;
    if (ctx) ctx.fetch = window.fetch.bind(window); // what was preloaded knows no slots
    navigation.abort = () => (xhr ?? ctx.request).abort();
    flying.add(navigation);
    showProgress();
  });

  // The link says; else, what goes for the whole screen is pushed, and what a plain link does.
  const historyOf = (elt, only) => {
    const says = (name) => elt.closest(`[${name}]`)?.getAttribute(name) ?? "";
    if (!["", "false"].includes(says("hx-replace-url"))) return "replace";
    const push = says("hx-push-url") || String(!only || elt.matches("a,form"));
    return push === "false" ? null : "push";
  };

  // ---- Answers -------------------------------------------------------------------------------

  on("htmx:beforeOnLoad", "htmx:after:request", (event) => {
    const { ctx, xhr, pathInfo } = event.detail;
    const navigation = navigationOf(event.detail);
    if (!navigation) return;
    const header = (name) => (xhr ? xhr.getResponseHeader(name) : ctx.response.headers.get(name));
    const html = xhr?.responseText ?? ctx.text;
    if (!flying.has(navigation)) return event.preventDefault(); // late: a newer one took its place
    land(navigation);
    if (header(HEADER)) return commit(navigation, header(HEADER), html);
    if (!navigation.want && ["HX-Redirect", "HX-Location", "HX-Refresh"].some(header)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const url = xhr?.responseURL ?? ctx.response.raw.url;
    const asked = new URL(pathInfo?.finalRequestPath ?? ctx.request.action, location);
    // What was redirected has become a GET; the answer to a form can't be asked for again.
    if (navigation.isSafe || url !== asked.href.split("#")[0]) return load(navigation, url);
    history.pushState(null, "", url);
    document.open();
    document.write(html);
    document.close();
  });

  const load = ({ want, hash }, url) =>
    want ? location.reload() : location.assign(url.split("#")[0] + hash);

  // htmx 2 swaps no errors, but a form's page with status 422 is an answer like any other.
  on("htmx:beforeSwap", "", ({ detail }) => {
    if (navigationOf(detail)) Object.assign(detail, { shouldSwap: true, isError: false });
  });

  // It got lost on its way: the browser may try, and say what is wrong.
  const fail = ({ detail }) => {
    const navigation = navigationOf(detail);
    if (!flying.has(navigation)) return;
    land(navigation);
    // Chromium fails what is sent between two quick steps back.
    if (navigation.want && !navigation.retried) restore(true);
    else if (navigation.isSafe) load(navigation, detail.pathInfo?.finalRequestPath ?? detail.ctx.request.action);
  };
  on("htmx:sendError", "htmx:error", fail);
  on("htmx:sendAbort", "htmx:finally:request", ({ detail }) => land(navigationOf(detail)));

  // Write the new state, and leave the swap to htmx, which makes it in this very task.
  const commit = (navigation, url, html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const changed = [...body.children].flatMap(({ id, dataset }) => {
      const slot = dataset.slot && document.getElementById(id);
      return slot ? (Object.assign(slot.dataset, dataset), slot) : [];
    });
    let { hash, history: how } = navigation;
    if (url === "stay") how = null;
    url = new URL(url + hash, location).href;
    if (how && url === location.href) how = "replace";
    if (how === "push") history.pushState(entry(Math.random()), "", url);
    if (how === "replace") history.replaceState(entry(), "", url);
    queueMicrotask(() => {
      if (!navigation.want) history.replaceState(entry(), ""); // with the slots inside the new ones
      if (how) scroll(changed, hash);
      settle();
      navigation.done?.(changed);
    });
  };

  const settle = () => {
    const [first] = slots()
      .filter(({ dataset }) => dataset.title)
      .sort((one, two) => (one.dataset.order < two.dataset.order ? -1 : 1));
    document.title = first?.dataset.title ?? baseTitle;
    markCurrent();
  };

  // A link is current if it leads to what some slot shows; data-current="section": or to above it.
  const markCurrent = () => {
    const urls = slots()
      .filter(({ dataset }) => dataset.shows === "page")
      .map(({ dataset }) => new URL(dataset.src, location));
    for (const link of document.querySelectorAll("a[href]")) {
      const isCurrent = urls.some(
        ({ origin, pathname, search }) =>
          link.origin === origin &&
          (link.dataset.current === "section"
            ? pathname.startsWith(link.pathname)
            : link.pathname === pathname && [search, ""].includes(link.search)),
      );
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };
  on("htmx:afterSwap", "htmx:after:swap", () => slots().length && markCurrent());

  // ---- Scroll --------------------------------------------------------------------------------

  const scrollTo = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

  // A change of children goes to the top, in all boxes around it, or to the hash.
  const scroll = (changed, hash) => {
    for (const slot of changed)
      if (!slot.dataset.slot.replaceAll(/children\.?/g, ""))
        for (let box = slot; box; box = box.parentElement) if (box.scrollTop) scrollTo(box, 0, 0);
    if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  };

  // Where the boxes of each entry were scrolled to: by selector, since they may be rendered again.
  const scrolls = {};
  const selector = (box) => {
    const { id, parentElement: outer } = box;
    if (id || !outer) return id ? "#" + CSS.escape(id) : ":root";
    return `${selector(outer)}>:nth-child(${[...outer.children].indexOf(box) + 1})`;
  };
  const remember = ({ target }) => {
    const box = target === document ? root : target;
    const boxes = (scrolls[history.state?.id] ??= {});
    if (box.isConnected) boxes[selector(box)] = [box.scrollLeft, box.scrollTop];
  };
  addEventListener("scroll", remember, { capture: true, passive: true });

  // ---- History: each entry knows its combination of slots ------------------------------------

  // Without its htmx: true, htmx 4 would write over it.
  const entry = (id = history.state?.id ?? Math.random()) => ({ htmx: true, id, slots: mounted() });

  // The slots of an entry that differ from those on screen; null if only a document brings it back.
  const difference = (wanted, live) => {
    const differing = {};
    const inOne = (address) => Object.keys(differing).some((outer) => address.startsWith(outer + "."));
    for (const address of Object.keys(wanted).sort((one, two) => one.length - two.length)) {
      const [want, now] = [wanted[address], live[address]];
      if (!inOne(address) && now?.[2] !== want[2]) return null;
      if (inOne(address) || String(now) !== String(want)) differing[address] = want;
    }
    return differing;
  };

  let restoring;
  const restore = (retried) => {
    supersede();
    const want = difference(history.state.slots, mounted());
    const boxes = { ...scrolls[history.state.id] };
    if (!want) return location.reload();
    restoring = new Promise((done) => {
      if (!Object.keys(want).length) return done([]);
      send(location.href.split("#")[0], { want, retried, done, hash: "" });
    }).then((changed) => {
      settle();
      for (const [path, [left, top]] of Object.entries(boxes)) {
        const box = document.querySelector(path);
        // Kept slots stay as they are; the window is the browser's, where it knows when to scroll it.
        if (box === root ? !window.navigation : changed.some((s) => s.contains(box) || box?.contains(s)))
          scrollTo(box, left, top);
      }
    });
  };

  const isOurs = () => slots().length && history.state?.slots;
  // Ahead of htmx, which would load the page.
  const onPopstate = (event) => {
    if (!isOurs()) return;
    event.stopImmediatePropagation();
    restore();
  };
  addEventListener("popstate", onPopstate, true);
  on("", "htmx:before:history:restore", (event) => isOurs() && event.preventDefault());
  addEventListener("hashchange", () => {
    if (slots().length && !isOurs()) history.replaceState(entry(), "");
  });
  // The browser scrolls the window when the content is there. popstate comes first.
  window.navigation?.addEventListener("navigate", (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange || !slots().length) return;
    const handler = () => new Promise((tick) => setTimeout(tick)).then(() => restoring);
    event.intercept({ focusReset: "manual", handler });
  });

  // ---- Start ---------------------------------------------------------------------------------

  const send = (url, navigation) => {
    const source = document.body.appendChild(document.createElement("div"));
    sending = navigation;
    return htmx
      .ajax("GET", url, { source, target: document.body, swap: "none" })
      .catch(() => {}) // htmx 2 rejects what is aborted
      .finally(() => source.remove());
  };

  window.parallelRoutes = {
    // parallelRoutes.visit("/dashboard/settings/"): navigate softly. `slot`: this one alone.
    // `history`: "push", "replace", or null. Resolves when the answer is in.
    async visit(url, { slot: only, history = "push" } = {}) {
      const { href, hash, origin } = new URL(url, location);
      if (!slots().length || origin !== location.origin) location.assign(href);
      else await send(href.split("#")[0], { only, history, hash });
    },
  };

  // To open a window, or save, is for the browser. htmx knows ctrl and meta.
  const onClick = (event) => {
    if ((event.shiftKey || event.altKey) && event.target.closest?.("a")) event.stopPropagation();
  };
  addEventListener("click", onClick, true);

  if (mode) {
    // Each htmx ignores the other's hx-boost. hx-history: we do that.
    for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
    root.setAttribute("hx-history", "false");
    const start = () => {
      baseTitle = document.querySelector("title[data-layout]")?.dataset.layout ?? document.title;
      if (isFour()) htmx.process(document.body); // it may have started before us
      // What a form was answered with keeps the browser's question whether to send it again.
      if (mode !== "form") history.replaceState(entry(), "");
      markCurrent();
    };
    document.addEventListener("DOMContentLoaded", start);
  }
})();
