// The client half of django-parallel-routes, for htmx 2 and 4. state.py describes the protocol.
//
// A request that would replace the body, or a slot, is a navigation: it tells what is in the slots, as
// their elements say, and htmx swaps those that its answer holds. Other answers become documents.
(() => {
  const { boost } = document.currentScript.dataset;
  if (!boost) return; // not a page of a slots()

  const HEADER = "Parallel-Routes";
  const MAX_LENGTH = 4096; // as in state.py
  const SLOT = "[data-slot][data-key]";
  const root = document.documentElement;
  let baseTitle;

  const slots = () => [...document.querySelectorAll(SLOT)];
  const mounted = () =>
    Object.fromEntries(
      slots().map(({ dataset: { slot, shows, src, key } }) => [slot, [shows, src, key]]),
    );

  // Listen to an event by its name in either htmx, before others; htmx 4 may fire both.
  const isFour = () => !!window.htmx?.registerExtension;
  const on = (two, four, listener) => {
    for (const name of [two, four]) {
      const hear = (event) => isFour() === (name === four) && listener(event);
      document.addEventListener(name, hear, true);
    }
  };

  // ---- Requests

  const navigations = new WeakMap(); // by htmx's object for a request
  const navigationOf = ({ ctx, requestConfig }) => navigations.get(ctx ?? requestConfig);
  const flying = new Set();

  const isNavigation = (target) => target === document.body || target?.matches?.(SLOT);

  const land = (navigation) => {
    flying.delete(navigation);
    root.toggleAttribute("data-navigating", flying.size);
  };

  // A newer navigation of a slot aborts the older; one of all slots aborts all.
  const supersede = (only) => {
    for (const older of flying) {
      if (only && older.only && older.only !== only) continue;
      land(older);
      older.abort();
    }
  };

  // As the link says; else a new entry, but for what is no link and asks for one slot.
  const navigate = (elt, { dataset: { slot: only } }) => {
    const says = (name, unsaid) => elt.closest(`[${name}]`)?.getAttribute(name) ?? String(unsaid);
    const pushes = says("hx-push-url", !only || elt.matches("a,form")) !== "false";
    const replaces = says("hx-replace-url", false) !== "false";
    return { only, history: replaces ? "replace" : pushes && "push", hash: elt.hash ?? "" };
  };

  // htmx 2 looks next whether the link is busy; htmx 4 does after config:request.
  on("htmx:confirm", "", ({ detail: { elt, target } }) => {
    if (isNavigation(target)) supersede((elt.navigation ?? navigate(elt, target)).only);
  });

  on("htmx:configRequest", "htmx:config:request", (event) => {
    const { ctx = event.detail } = event.detail;
    const { request = ctx, target, elt = ctx.sourceElement } = ctx;
    const isGet = /get/i.test(request.method ?? ctx.verb);
    const { slot: from, src } = elt.closest(SLOT)?.dataset ?? {};
    const state = { ask: "slot", slots: mounted(), from };
    if (src) {
      // In a slot, URLs are relative to its own; so are forms without an action.
      const key = isFour() ? "action" : "path";
      const url = request[key].split("?")[0] === location.href.split(/[?#]/)[0] ? "" : request[key];
      const { href } = new URL(url, new URL(src, location));
      request[key] = isGet && !url && elt.matches("form") ? href.split("?")[0] : href;
    }
    // With another target it is none: its slot's page answers, alone.
    if (isNavigation(target)) {
      if (elt.hash && elt.pathname + elt.search === location.pathname + location.search) {
        event.preventDefault();
        location.href = elt.href;
        return;
      }
      const navigation = elt.navigation ?? navigate(elt, target);
      const { only, want } = navigation;
      Object.assign(state, { ask: want ? "restore" : "navigate", only, want });
      navigation.isSafe = isGet;
      navigations.set(ctx, navigation);
      if (isFour()) {
        supersede(only);
        // Its queue would drop the third of three quick clicks.
        if (!elt.hasAttribute("hx-sync")) elt.setAttribute("hx-sync", "this:replace");
      }
    }
    const header = JSON.stringify(state);
    // Without it, a full page comes, and is loaded as one.
    if (header.length <= MAX_LENGTH) request.headers[HEADER] = header;
  });

  on("htmx:beforeSend", "htmx:before:request", ({ detail }) => {
    const navigation = navigationOf(detail);
    const { ctx, xhr } = detail;
    if (!navigation) return;
    if (ctx) ctx.fetch = window.fetch.bind(window); // not what was preloaded
    navigation.abort = () => (xhr ?? ctx.request).abort();
    flying.add(navigation);
    root.toggleAttribute("data-navigating", true);
  });

  // ---- Answers

  on("htmx:beforeOnLoad", "htmx:after:request", (event) => {
    const { ctx, xhr } = event.detail;
    const navigation = navigationOf(event.detail);
    if (!navigation) return;
    const header = (name) => (xhr ? xhr.getResponseHeader(name) : ctx.response.headers.get(name));
    const html = xhr?.response ?? ctx.text;
    if (!flying.has(navigation)) return event.preventDefault(); // late
    land(navigation);
    if (header(HEADER)) return commit(navigation, header(HEADER), html);
    if (["HX-Redirect", "HX-Location", "HX-Refresh"].some(header)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const url = xhr?.responseURL ?? ctx.response.raw.url;
    // What was redirected is a GET. Others can't be asked for again.
    if (navigation.isSafe || url !== urlOf(event.detail)) return load(navigation, url);
    history.pushState(null, "", url);
    document.open();
    document.write(html);
    document.close();
  });

  const urlOf = ({ ctx, pathInfo }) =>
    new URL(pathInfo?.finalRequestPath ?? ctx.request.action, location).href.split("#")[0];

  const load = ({ want, hash }, url) => (want ? location.reload() : location.assign(url + hash));

  // htmx 2 swaps no errors; a form's page with status 422 is none.
  on("htmx:beforeSwap", "", ({ detail }) => {
    if (navigationOf(detail)) Object.assign(detail, { shouldSwap: true, isError: false });
  });

  // Lost on its way: let the browser try, and say what is wrong.
  const fail = ({ detail }) => {
    const navigation = navigationOf(detail);
    if (!flying.has(navigation)) return;
    land(navigation);
    // Chromium fails what is sent between quick steps back.
    if (navigation.want && !navigation.retried) restore(true);
    else if (navigation.isSafe) load(navigation, urlOf(detail));
  };
  on("htmx:sendError", "htmx:error", fail);
  on("htmx:sendAbort", "htmx:finally:request", ({ detail }) => land(navigationOf(detail)));

  // Write the new state; htmx swaps in this very task.
  const commit = (navigation, url, html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const changed = [...body.children].flatMap(({ id, dataset }) => {
      const slot = dataset.slot && document.getElementById(id);
      return slot ? (Object.assign(slot.dataset, dataset), slot) : [];
    });
    let { hash, history: how } = navigation;
    if (url === "stay") how = false;
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

  // A link is current if a slot shows its URL or, with data-current="section", one below it.
  const markCurrent = () => {
    const shown = slots()
      .filter(({ dataset }) => dataset.shows === "page")
      .map(({ dataset }) => location.origin + dataset.src);
    for (const link of document.querySelectorAll("a[href]")) {
      const [url] = link.href.split("#");
      const isSection = link.dataset.current === "section";
      const isCurrent = shown.some(
        (src) => url === src || url === src.split("?")[0] || (isSection && src.startsWith(url)),
      );
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };
  on("htmx:afterSwap", "htmx:after:swap", markCurrent);

  // ---- Scroll

  const scrollTo = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

  // New children start at the top, in all boxes around them, or at the hash.
  const scroll = (changed, hash) => {
    for (const slot of changed)
      if (!slot.dataset.slot.replaceAll(/children\.?/g, ""))
        for (let box = slot; box; box = box.parentElement) if (box.scrollTop) scrollTo(box, 0, 0);
    if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  };

  // Where each entry's boxes were scrolled to, by selector: they may be rendered again.
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

  // ---- History

  // htmx 4 writes over what is not marked as its own.
  const entry = (id = history.state?.id ?? Math.random()) => ({ htmx: true, id, slots: mounted() });

  // The slots of an entry that differ from the screen's; null if it takes a document.
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
        const around = (slot) => slot.contains(box) || box?.contains(slot);
        // Kept slots stay; the window the browser scrolls, if it can be told when.
        if (box === root ? !window.navigation : changed.some(around)) scrollTo(box, left, top);
      }
    });
  };

  const isOurs = () => history.state?.slots;
  // Ahead of htmx, which would load the page.
  const onPopstate = (event) => {
    if (!isOurs()) return;
    event.stopImmediatePropagation();
    restore();
  };
  addEventListener("popstate", onPopstate, true);
  on("", "htmx:before:history:restore", (event) => isOurs() && event.preventDefault());
  addEventListener("hashchange", () => {
    if (!isOurs()) history.replaceState(entry(), "");
  });
  // The browser scrolls the window when the content is there; popstate comes first.
  window.navigation?.addEventListener("navigate", (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange) return;
    const handler = () => new Promise((tick) => setTimeout(tick)).then(() => restoring);
    event.intercept({ focusReset: "manual", handler });
  });

  // ---- Start

  const send = (url, navigation) => {
    const source = document.body.appendChild(document.createElement("div"));
    Object.assign(source, { navigation });
    return htmx
      .ajax("GET", url, { source, target: document.body, swap: "none" })
      .catch(() => {}) // htmx 2 rejects what is aborted
      .finally(() => source.remove());
  };

  window.parallelRoutes = {
    // parallelRoutes.visit("/dashboard/settings/"): navigate softly. `slot`: this one alone.
    // `history`: "push", "replace", or false. Resolves when the answer is in.
    async visit(url, { slot: only, history = "push" } = {}) {
      const { hash } = new URL(url, location);
      await send(url.split("#")[0], { only, history, hash });
    },
  };

  // Shift and alt are the browser's; htmx knows ctrl and meta.
  const onClick = (event) => {
    if ((event.shiftKey || event.altKey) && event.target.closest?.("a")) event.stopPropagation();
  };
  addEventListener("click", onClick, true);

  // Each htmx ignores the other's hx-boost.
  for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
  root.setAttribute("hx-history", "false");
  document.addEventListener("DOMContentLoaded", () => {
    baseTitle = document.querySelector("title[data-layout]")?.dataset.layout ?? document.title;
    if (isFour()) htmx.process(document.body); // it may have started before us
    // Or the browser would not ask before it sends a form again.
    if (boost !== "form") history.replaceState(entry(), "");
    markCurrent();
  });
})();
