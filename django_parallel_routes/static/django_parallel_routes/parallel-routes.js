// The client half of django-parallel-routes, for htmx 2 and 4. state.py describes the protocol.
//
// What would replace the body, or a slot, is a navigation: it tells what the slots show, and htmx swaps
// those that are in its answer. Other answers become documents.
(() => {
  const { boost, origin: declared } = document.currentScript.dataset;
  const HEADER = "Parallel-Routes";
  const MAX_LENGTH = 4096; // as in state.py
  const SLOT = "[data-slot][data-key]";
  const root = document.documentElement;
  const slotAt = (address) => document.querySelector(`${SLOT}[data-slot="${address}"]`);

  // --- Entries of the history that belong to other documents ---

  // An entry that this document can't show, for it is of another layout, or a page without any: after a
  // reload, the entries around it are said to be of the same document.
  const [{ type, name }] = performance.getEntriesByType("navigation");
  const loaded = new URL(name).pathname; // or one has gone on before this script ran
  const isElsewhere = ({ slots }) => {
    const keys = Object.entries(slots).map(([address, [, , key]]) => [slotAt(address), key]);
    if (!boost && !keys.length) return loaded !== location.pathname;
    return !keys.some(([slot, key]) => slot?.dataset.key === key);
  };
  const reloadEntry = () => {
    history.replaceState({ ...history.state, comesBack: true }, "");
    location.reload();
  };
  const onForeignPopstate = (event) => {
    if (!history.state?.slots || !isElsewhere(history.state)) return;
    event.stopImmediatePropagation();
    reloadEntry();
  };
  addEventListener("popstate", onForeignPopstate, true);
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (history.state?.slots) event.preventDefault();
  });
  // A page without slots is full from now on (S26).
  if (!boost && history.state?.slots)
    if (loaded !== location.pathname) reloadEntry();
    else history.replaceState({ ...history.state, slots: {} }, "");
  if (!boost) return;

  // --- What is on screen ---

  const baseTitle = document.querySelector("title[data-layout]")?.dataset.layout ?? document.title;

  const slots = () => [...document.querySelectorAll(SLOT)];
  const stateOf = ({ dataset: { shows, src, key, home } }) => [shows, src, key, ...(home ? [home] : [])];
  const mounted = () => Object.fromEntries(slots().map((slot) => [slot.dataset.slot, stateOf(slot)]));
  // Its home may be any URL of the segment.
  const isSame = (one, other) => `${one.slice(0, 3)}` === `${other.slice(0, 3)}`;
  const isOnScreen = (want) => {
    const found = Object.entries(mounted());
    return (
      found.length === Object.keys(want).length &&
      found.every(([address, state]) => want[address] && isSame(state, want[address]))
    );
  };

  const here = () => location.pathname + location.search;
  // The page underneath what is intercepted. Of each slot that is open: the index of the history entry
  // beneath, and what the other slots showed there.
  let origin = declared ?? here();
  let opened = history.state?.opened ?? {};
  let index = history.state?.index ?? 0;

  // Listen to an event of either htmx, before others. htmx 4 may fire both.
  const isFour = () => !!window.htmx?.registerExtension;
  const on = (two, four, listener) => {
    for (const name of [two, four]) {
      const hear = (event) => isFour() === (name === four) && listener(event);
      document.addEventListener(name, hear, true);
    }
  };

  // --- Navigations: what is on screen goes out, what changed comes in ---

  const navigations = new WeakMap(); // by htmx's request
  const navigationOf = ({ ctx, requestConfig }) => navigations.get(ctx ?? requestConfig);
  const flying = new Set();

  const isNavigation = (target) => target?.matches?.("body," + SLOT);

  const land = (navigation) => {
    flying.delete(navigation);
    root.toggleAttribute("data-navigating", flying.size);
  };

  // A newer one of a slot aborts the older, if that is no restore; one of all slots aborts all.
  const supersede = (only) => {
    for (const older of flying) {
      if (only && (older.want || (older.only ?? only) !== only)) continue;
      land(older);
      older.abort();
    }
  };

  // As the link says; else a new entry, but for a mere button for one slot.
  const navigate = (elt, { dataset: { slot: only } }) => {
    const says = (name, unsaid) => elt.closest(`[${name}]`)?.getAttribute(name) ?? String(unsaid);
    const pushes = says("hx-push-url", !only || elt.matches("a,form")) !== "false";
    const replaces = says("hx-replace-url", false) !== "false";
    return { only, history: replaces ? "replace" : pushes && "push", hash: elt.hash ?? "" };
  };

  // Before htmx 2 looks whether the link is busy.
  on("htmx:confirm", "", ({ detail: { elt, target, question } }) => {
    if (isNavigation(target) && !question) supersede((elt.navigation ?? navigate(elt, target)).only);
  });

  on("htmx:configRequest", "htmx:config:request", (event) => {
    const { ctx = event.detail } = event.detail;
    const { request = ctx, target = document.body, elt = ctx.sourceElement } = ctx;
    const isGet = /get/i.test(request.method ?? ctx.verb);
    const { slot: from, src } = elt.closest(SLOT)?.dataset ?? {};
    // With a target of its own it is no navigation: the page of the slot around it answers, alone.
    const ask = isNavigation(target) ? "navigate" : "slot";
    const state = { ask, from, slots: mounted() };
    const wantsNone = elt.closest('[data-intercept="false"]') || elt.navigation?.intercept === false;
    if (!wantsNone && slots().some(({ dataset }) => dataset.home))
      Object.assign(state, { at: here(), origin });
    if (!isGet) state.form = true;
    if (src) {
      // In a slot, URLs are relative to its own.
      const key = isFour() ? "action" : "path";
      const url = request[key].split("?")[0] === location.href.split(/[?#]/)[0] ? "" : request[key];
      const { href } = new URL(url, location.origin + src);
      request[key] = isGet && !url && elt.matches("form") ? href.split("?")[0] : href;
    }
    if (isNavigation(target)) {
      if (elt.hash && elt.pathname + elt.search === location.pathname + location.search) {
        event.preventDefault();
        location.href = elt.href;
        return;
      }
      const navigation = elt.navigation ?? { ...navigate(elt, target), source: elt };
      const { only, want } = navigation;
      Object.assign(state, { ask: want ? "restore" : ask, only, want });
      navigation.isSafe = isGet;
      navigations.set(ctx, navigation);
      // In htmx 4, the link's queue would drop a third quick click.
      if (isFour() && !elt.hasAttribute("hx-sync")) elt.setAttribute("hx-sync", "this:replace");
    }
    const header = JSON.stringify(state);
    // Who tells of no slots gets the document.
    request.headers[HEADER] =
      header.length > MAX_LENGTH ? JSON.stringify({ ask, from, slots: {} }) : header;
  });

  on("htmx:beforeSend", "htmx:before:request", ({ detail }) => {
    const navigation = navigationOf(detail);
    const { ctx, xhr } = detail;
    if (!navigation) return;
    supersede(navigation.only);
    if (ctx) ctx.fetch = window.fetch.bind(window); // not a preloaded one
    if (wantsTransition()) deliverInTransition(navigation, detail);
    navigation.abort = () => (xhr ?? ctx.request).abort();
    flying.add(navigation);
    root.toggleAttribute("data-navigating", true);
  });

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
    // What was redirected is a GET; others can't be asked for again.
    if (navigation.isSafe || url !== urlOf(event.detail)) return load(navigation, url);
    if (!/html/.test(header("Content-Type")) || !html) return;
    history.pushState(null, "", url);
    document.open(); // removes all listeners
    document.write(html);
    document.close();
    addEventListener("popstate", () => location.reload());
  });

  const urlOf = ({ ctx, pathInfo }) =>
    new URL(pathInfo?.finalRequestPath ?? ctx.request.action, location).href.split("#")[0];

  const load = ({ want, hash }, url) => (want ? location.reload() : location.assign(url + hash));

  // htmx 2 swaps no errors; a form's page with status 422 is none.
  // Until it settles, htmx 4 would give elements their predecessors' state.
  on("htmx:beforeSwap", "htmx:before:swap", ({ detail }) => {
    if (!navigationOf(detail)) return;
    Object.assign(detail, { shouldSwap: true, isError: false });
    for (const { swapSpec } of detail.tasks ?? []) swapSpec.settle = 0;
  });

  // Lost on its way: let the browser try, and say what is wrong.
  const fail = ({ type, detail }) => {
    const navigation = navigationOf(detail);
    if (!flying.has(navigation)) return;
    land(navigation);
    // Chromium stops what is sent between quick steps back.
    if (navigation.want && !navigation.retried) restore(true);
    else if (navigation.want || (navigation.isSafe && /error/i.test(type))) load(navigation, urlOf(detail));
  };
  on("htmx:sendError", "htmx:error", fail);
  on("htmx:sendAbort", "htmx:finally:request", fail);

  // htmx swaps in this very task.
  const commit = (navigation, url, html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    let { hash, history: how, want, source } = navigation;
    const active = document.activeElement;
    const shows = others();
    if (url === "stay") how = false;
    const changed = [...body.children].flatMap(({ id, dataset }) => {
      const slot = document.getElementById(id);
      if (!slot) return [];
      leave(slot);
      if (how === "push" || want) leaving.push([slot, snapshot(slot, active)]);
      slot.rendering = undefined;
      return [Object.assign(slot.dataset, dataset) && slot];
    });
    if (!want && url !== "stay" && !body.querySelector('[data-shows="intercepted"]')) origin = url;
    url = new URL(url + hash, location).href;
    if (how && url === location.href) how = "replace";
    const beneath = how === "push" && { index, ...shows };
    if (how === "push") {
      const id = Math.random();
      scrolls[id] = { ...scrolls[history.state?.id] }; // of kept boxes
      index += 1;
      history.pushState(entry(id), "", url);
    }
    if (how === "replace") history.replaceState(entry(), "", url);
    for (const other of flying) other.isMixed = true;
    queueMicrotask(() => {
      leaving = [];
      if (!want) trackOpened(beneath);
      const then = (want && history.state.renderings) ?? {};
      for (const slot of slots()) slot.rendering ??= then[slot.dataset.slot] ?? Math.random();
      if (!want || navigation.isMixed) history.replaceState(entry(), ""); // with those inside
      if (how) scroll(changed, hash);
      settle();
      refocus(active);
      for (const slot of changed) enter(slot, { source, restored: false });
      navigation.done?.(changed);
    });
  };

  // Their contents come and go: modals.js, and whoever else wants to, listens.
  const tell = (name, slot, detail) =>
    slot.dispatchEvent(new CustomEvent(`parallel-routes:${name}`, { bubbles: true, detail }));
  const leave = (slot) => tell("leave", slot);
  const enter = (slot, detail) => tell("enter", slot, detail);

  // As htmx 2 does it; 4 looks when it is gone.
  const refocus = ({ id, isConnected, selectionStart, selectionEnd }) => {
    const successor = !isConnected && id && document.getElementById(id);
    if (!successor || successor === document.activeElement) return;
    successor.focus({ preventScroll: true });
    try {
      if (selectionStart != null) successor.setSelectionRange(selectionStart, selectionEnd);
    } catch {} // no text field
  };

  // --- Memory ---

  // What slots showed comes back as it was: inputs, media, focus. By rendering; the oldest go first.
  const memory = new Map();
  const MAX_KEPT = 30;
  const MAX_ELEMENTS = 30000;
  // htmx stops what polls or listens elsewhere when it leaves the page.
  const ALIVE = ["every", "from:"].map((word) => `[hx-trigger*="${word}"],[data-hx-trigger*="${word}"]`);
  const UNKEPT = `${ALIVE},[sse-connect],[ws-connect],[data-memory="false"]`;
  const forget = () => memory.clear();
  document.addEventListener("parallel-routes:forget", forget);

  const snapshot = (slot, active) => ({
    rendering: slot.rendering,
    dataset: { ...slot.dataset },
    focused: slot.contains(active) && active,
    media: [...slot.querySelectorAll("audio,video")].filter(({ paused }) => !paused),
    elements: slot.getElementsByTagName("*").length,
    nodes: document.createDocumentFragment(),
  });

  const keep = (slot, kept) => {
    const { rendering, nodes } = kept;
    if (!rendering || slot.querySelector(UNKEPT) || slot.closest('[data-memory="false"]')) return;
    nodes.append(...slot.childNodes);
    memory.delete(rendering);
    memory.set(rendering, kept);
    let total = [...memory.values()].reduce((sum, kept) => sum + kept.elements, 0);
    for (const [oldest, { elements }] of memory) {
      if (memory.size <= MAX_KEPT && total <= MAX_ELEMENTS) break;
      memory.delete(oldest);
      total -= elements;
    }
  };

  // Not before: htmx 2 looks for the slots from the link, which may stand in one of them.
  let leaving = [];
  on("htmx:oobBeforeSwap", "htmx:before:swap", () => {
    for (const [slot, kept] of leaving.splice(0)) keep(slot, kept);
  });

  // Shorter addresses first: what stands in a slot comes back with it. Gives the slots that changed.
  const recall = (want, renderings = {}) => {
    const changed = [];
    for (const address of Object.keys(want).sort((one, two) => one.length - two.length)) {
      const slot = slotAt(address);
      const [shows, src, key] = want[address];
      if (!slot || slot.dataset.key !== key || isSame(stateOf(slot), want[address])) continue;
      const rendering = renderings[address];
      const kept = memory.get(rendering);
      if (!kept && shows !== "empty") continue;
      const left = snapshot(slot, document.activeElement);
      leave(slot);
      keep(slot, left);
      if (slot.firstChild) clear(slot);
      memory.delete(rendering);
      slot.rendering = rendering ?? Math.random();
      Object.assign(slot.dataset, kept?.dataset ?? { shows, src, title: "", order: "" });
      if (kept) slot.append(kept.nodes);
      for (const player of kept?.media ?? []) player.play().catch(() => {}); // if it may
      changed.push(slot);
      enter(slot, { restored: true });
      if (kept?.focused) kept.focused.focus({ preventScroll: true });
    }
    return changed;
  };

  // Through htmx, which then cleans up.
  const clear = (slot) => {
    if (isFour()) htmx.swap({ sourceElement: slot, target: slot, swap: "innerHTML", text: "" });
    else htmx.swap(slot, "", { swapStyle: "innerHTML" });
    slot.replaceChildren();
  };

  // What was changed may be in all that is kept.
  on("htmx:afterRequest", "htmx:finally:request", ({ detail: { ctx, requestConfig } }) => {
    if (!/get/i.test(ctx?.request.method ?? requestConfig.verb)) forget();
  });

  // --- View transitions ---

  // With <html data-view-transitions>.
  const wantsTransition = () =>
    root.hasAttribute("data-view-transitions") &&
    document.startViewTransition &&
    !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const transition = (change) => {
    const { ready, updateCallbackDone } = document.startViewTransition(change);
    ready.catch(() => {}); // a newer one has begun
    return updateCallbackDone;
  };

  // The whole answer is dealt with inside of it, so that URL and screen change at once.
  const deliverInTransition = (navigation, { ctx, xhr }) => {
    if (xhr) {
      const { onload } = xhr;
      xhr.onload = () => transition(() => onload.call(xhr));
      return;
    }
    const { fetch } = ctx;
    ctx.fetch = async (...request) => {
      const response = await fetch(...request);
      const text = await response.text();
      response.text = async () => text;
      const landed = new Promise((done) => (navigation.landed = done));
      await new Promise((begin) => transition(() => (begin(), landed)));
      return response;
    };
  };
  on("", "htmx:before:settle", ({ detail }) => navigationOf(detail)?.landed?.());
  on("", "htmx:finally:request", ({ detail }) => navigationOf(detail)?.landed?.());

  // --- What is intercepted: open and close ---

  const isOpen = (home) =>
    home.dataset.shows === "intercepted" || home.querySelector('[data-shows="intercepted"]');

  const openHomes = () => [...document.querySelectorAll("[data-home]")].filter(isOpen);

  const others = () => ({
    shown: JSON.stringify(
      slots()
        .filter((slot) => !slot.closest("[data-home]"))
        .map(stateOf),
    ),
  });

  const trackOpened = (beneath) => {
    opened = Object.fromEntries(
      openHomes().map(({ dataset: { slot } }) => [slot, opened[slot] ?? (beneath || {})]),
    );
  };

  // Close what an element stands in: Back, if what lies beneath is there, else in this very entry.
  const close = async (elt) => {
    const age = ({ dataset: { slot } }) => opened[slot]?.index ?? -1;
    const homes = openHomes().sort((one, two) => age(one) - age(two)); // the newest last
    const home = elt ? elt.closest("[data-home]") : homes.at(-1);
    if (!homes.includes(home)) return;
    const { slot: address, key, home: src } = home.dataset;
    const beneath = opened[address];
    const arrived = new Promise((done) => (onRestored = done));
    if (beneath?.index < index && beneath.shown === others().shown) {
      history.go(beneath.index - index);
    } else {
      const lower = home.parentElement.closest("[data-home]");
      const page = lower?.querySelector('[data-shows="intercepted"]') ?? lower;
      const url = page && isOpen(lower) ? page.dataset.src : origin;
      const shows = home.dataset.default ?? "default";
      const slots = Object.fromEntries(
        Object.entries(mounted())
          .filter(([name]) => !name.startsWith(`${address}.`))
          .map(([name, state]) => [name, name === address ? [shows, src, key, src] : state]),
      );
      delete opened[address];
      history.replaceState({ ...entry(), slots }, "", url);
      restore();
    }
    await arrived;
  };
  let onRestored = () => {};

  // --- Titles, current links, scroll positions ---

  const settle = () => {
    // What was intercepted last is on top, and has its URL in the address bar.
    const place = ({ dataset: { shows, src, order } }) =>
      shows === "intercepted" && src === here() ? "" : order;
    const [first] = slots()
      .filter(({ dataset }) => dataset.title)
      .sort((one, two) => (place(one) < place(two) ? -1 : 1));
    const title = first?.dataset.title ?? baseTitle;
    if (title !== document.title) announce((document.title = title));
    markCurrent();
  };

  // To screen readers, which hear of a new title only with a new document.
  const announce = (title) => {
    const place =
      document.querySelector(".parallel-routes-title") ??
      document.body.appendChild(Object.assign(document.createElement("div"), { role: "status" }));
    place.className = "parallel-routes-title";
    place.textContent = title;
  };

  // A link is current if a slot shows its URL, or with data-current="section" one below it.
  // Within data-current-in="children": if that slot does.
  const markCurrent = () => {
    const shown = slots().filter(({ dataset }) => /page|intercepted/.test(dataset.shows));
    for (const link of document.querySelectorAll('a[href]:not([href*="#"])')) {
      const { currentIn = "" } = link.closest("[data-current-in]")?.dataset ?? {};
      const url = link.href;
      const isCurrent = shown.some(({ dataset }) => {
        const src = location.origin + dataset.src;
        if (!dataset.slot.startsWith(currentIn)) return false;
        if (link.dataset.current === "section") return src.startsWith(url);
        return url === src || url === src.split("?")[0];
      });
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };
  on("htmx:afterSwap", "htmx:after:swap", markCurrent);

  const scrollTo = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

  // New children start at the top, in all boxes around them, or at the hash.
  const scroll = (changed, hash) => {
    for (const slot of changed)
      if (!slot.dataset.slot.replaceAll(/children\.?/g, ""))
        for (let box = slot; box; box = box.parentElement) if (box.scrollTop) scrollTo(box, 0, 0);
    try {
      document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
    } catch {} // no URI
  };

  // Where each entry's boxes were scrolled to, by selector: they may be rendered again.
  const scrolls = {};
  const selector = (box) => {
    const { parentElement: outer } = box;
    if (!outer) return ":root";
    return `${selector(outer)}>:nth-child(${[...outer.children].indexOf(box) + 1})`;
  };
  const remember = ({ target }) => {
    const box = target === document ? root : target;
    const boxes = (scrolls[history.state?.id] ??= {});
    if (box.isConnected) boxes[selector(box)] = [box.scrollLeft, box.scrollTop];
  };
  addEventListener("scroll", remember, { capture: true, passive: true });

  // --- Back and Forward ---

  // htmx 4 writes over what is not marked as its own.
  const entry = (id = history.state?.id ?? Math.random()) => {
    const renderings = Object.fromEntries(
      slots().map((slot) => [slot.dataset.slot, (slot.rendering ??= Math.random())]),
    );
    return { htmx: true, id, index, origin, opened, slots: mounted(), renderings };
  };

  let restoring;
  const restore = (retried) => {
    supersede();
    const { slots: want, renderings, id } = history.state;
    ({ origin = here(), opened = {}, index = 0 } = history.state);
    const boxes = { ...scrolls[id] };
    let changed = [];
    const remembered = () => void (changed = recall(want, renderings));
    const shown = wantsTransition() ? transition(remembered) : remembered();
    restoring = new Promise((done) => {
      const ask = () => {
        if (history.state?.id !== id || isOnScreen(want)) return done([]);
        send(location.href.split("#")[0], { want, retried, done, hash: "" });
      };
      if (shown) shown.then(ask);
      else ask();
    }).then((fetched) => {
      changed.push(...fetched);
      settle();
      for (const [path, [left, top]] of Object.entries(boxes)) {
        const box = document.querySelector(path);
        const around = (slot) => slot.contains(box) || box?.contains(slot);
        if (box === root || changed.some(around)) scrollTo(box, left, top);
      }
      root.removeAttribute("data-restoring");
      onRestored();
    });
  };

  // Ahead of htmx, which would load the page.
  const onPopstate = (event) => {
    if (!history.state?.slots) return;
    event.stopImmediatePropagation();
    restore();
  };
  addEventListener("popstate", onPopstate, true);
  addEventListener("hashchange", () => {
    if (history.state?.slots) return;
    index += 1;
    history.replaceState(entry(), "");
  });
  // Where the window was before a reload, only the browser knows; elsewhere Firefox gets it wrong.
  // popstate comes first.
  window.navigation?.addEventListener("navigate", (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange) return;
    const handler = async () => {
      await new Promise((tick) => setTimeout(tick));
      await restoring;
      if (!scrolls[history.state?.id]?.[":root"]) event.scroll();
    };
    event.intercept({ focusReset: "manual", scroll: "manual", handler });
  });

  const send = (url, navigation) => {
    const source = document.body.appendChild(document.createElement("div"));
    source.navigation = navigation;
    return htmx
      .ajax("GET", url, { source, target: document.body, swap: "none" })
      .catch(() => {}) // htmx 2 rejects aborted ones
      .finally(() => source.remove());
  };

  // --- For scripts; and the start ---

  window.parallelRoutes = {
    // Navigate softly, one slot if it is named; `history`: "push", "replace", or false.
    async visit(url, { slot: only, history = "push", intercept } = {}) {
      await send(url.split("#")[0], { only, history, intercept, hash: new URL(url, location).hash });
    },
    close,
    forget,
  };

  // For the browser; htmx knows the others.
  const onClick = (event) => {
    const link = event.target.closest?.("a");
    if (link?.hasAttribute("download") || (link && (event.shiftKey || event.altKey)))
      event.stopPropagation();
  };
  addEventListener("click", onClick, true);

  // Each htmx ignores the other's hx-boost.
  for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
  root.setAttribute("hx-history", "false");
  if (isFour()) htmx.process(document.body); // it may have started before us
  const isLate = loaded !== location.pathname;
  const comesBack =
    history.state?.slots && (type === "back_forward" || history.state.comesBack || isLate);
  root.toggleAttribute("data-restoring", !!comesBack); // no flash of what is not wanted
  if (history.state?.comesBack) history.replaceState({ ...history.state, comesBack: false }, "");
  document.addEventListener("DOMContentLoaded", () => {
    if (comesBack && !isElsewhere(history.state)) return restore();
    if (comesBack && isLate) return reloadEntry();
    root.removeAttribute("data-restoring");
    trackOpened();
    // Or forms would be sent again unasked.
    if (boost !== "form") history.replaceState(entry(), "");
    markCurrent();
  });
})();
