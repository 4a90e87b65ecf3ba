// The client half of django-parallel-routes, for htmx 2 and 4. protocol/state.py describes the protocol.
//
// What would replace the body, or a slot, is a navigation: it tells what the slots show, and htmx swaps
// those that are in its answer. Other answers become documents. Slots that come later are asked for
// likewise, each alone, or stand at the end of the page.
(() => {
  const { prBoost: boost, prOrigin: declared } = document.currentScript.dataset;
  const { src: file } = document.currentScript;
  const HEADER = "Parallel-Routes";
  const MAX_LENGTH = 4096; // as in protocol/state.py
  const SLOT = "[data-pr-slot][data-pr-key]";
  const root = document.documentElement;
  const slotAt = (address) => document.querySelector(`${SLOT}[data-pr-slot="${address}"]`);

  // Of what may be a form: its controls hide properties and methods of their names (<input name="matches">).
  const method = (name) => (elt, argument) => Element.prototype[name].call(elt, argument);
  const [closest, matches, attribute] = ["closest", "matches", "getAttribute"].map(method);
  const slotAround = (elt) => closest(elt, SLOT);
  const getter = ({ prototype }, name) => {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name);
    return (elt) => get.call(elt);
  };
  const parentOf = getter(Node, "parentElement");
  const before = getter(Element, "previousElementSibling");
  // What an attribute says, on an element or around it.
  const says = (elt, name) => closest(elt, `[${name}]`)?.getAttribute(name);

  const isFour = () => !!window.htmx?.registerExtension;

  // --- The entry of the history that is on screen ---

  const ours = (state) => state?.parallelRoutes;
  let isWriting;
  // The entry of an answer to a form has no state until it is left: so the browser asks before it sends the
  // form again. `blank` has its URL and state, if it was left by what others have pushed.
  let isBlank = boost === "form";
  const blank = {};
  // What others have written into an entry stays, if it is an object. htmx 4 writes over what is not marked
  // as its own; htmx 2 would load what is. Without a state it is an entry of another document.
  const write = (how, state, url) => {
    const isKept = how === "replaceState" && (!url || url === location.href);
    const kept = isKept && Object(history.state) === history.state ? history.state : {};
    isWriting = true;
    isBlank = false;
    try {
      history[how](state && { ...kept, htmx: isFour() || undefined, parallelRoutes: state }, "", url);
    } finally {
      isWriting = false;
    }
  };

  // --- Entries of the history that belong to other documents ---

  // An entry that this document can't show, for it is of another layout, or a page without any: after a
  // reload, the entries around it are said to be of the same document.
  const [{ type, name }] = performance.getEntriesByType("navigation");
  const loaded = new URL(name).pathname; // or one has gone on before this script ran
  const isElsewhere = ({ slots }) => {
    const keys = Object.entries(slots).map(([address, [, , key]]) => [slotAt(address), key]);
    if (!boost && !keys.length) return loaded !== location.pathname;
    return !keys.some(([slot, key]) => slot?.dataset.prKey === key);
  };
  const reloadEntry = () => {
    write("replaceState", { ...ours(history.state), comesBack: true });
    location.reload();
  };
  const onForeignPopstate = (event) => {
    const state = ours(history.state);
    if (!state || !isElsewhere(state)) return;
    event.stopImmediatePropagation();
    if (!boost) return reloadEntry();
    if (!navigator.onLine) return missEntry();
    if (mayTraverse([root])) ifReachable(reloadEntry);
  };
  // A document that can't be had would take the place of the page. The server is asked for a file, since
  // asking for the document would run its view twice.
  const ifReachable = async (then) => {
    const { href } = location;
    const isThere = await fetch(file, { method: "HEAD", cache: "no-store" }).catch(() => false);
    if (location.href !== href) return;
    if (isThere) then();
    else missEntry({ reason: "network", url: href, isSent: false });
  };
  addEventListener("popstate", onForeignPopstate, true);
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (ours(history.state)) event.preventDefault();
  });
  // A page without slots is full from now on (S26).
  if (!boost && ours(history.state))
    if (loaded !== location.pathname) reloadEntry();
    else write("replaceState", { ...ours(history.state), slots: {} });
  if (!boost) return;

  // --- What is on screen ---

  const baseTitle = document.querySelector("title[data-pr-layout]")?.dataset.prLayout ?? document.title;

  const renderings = new WeakMap(); // by slot: what memory knows its content by
  const renderingOf = (slot) => renderings.get(slot);
  const slots = () => [...document.querySelectorAll(SLOT)];
  const slotOf = ({ id }) => document.getElementById(id);
  const addressOf = ({ dataset }) => dataset.prSlot;
  const isLoading = ({ dataset }) => dataset.prState === "loading";
  const readsOf = ({ dataset: { prSlot, prTables } }) => [prSlot, prTables];
  const stateOf = ({ dataset: { prVariant, prSrc, prKey, prMountUrl } }) =>
    [prVariant, prSrc, prKey, prMountUrl].filter((part) => part != null && part !== "");
  const mounted = () => Object.fromEntries(slots().map((slot) => [slot.dataset.prSlot, stateOf(slot)]));
  // Its home may be any URL of the segment.
  const isSame = (one, other) => `${one.slice(0, 3)}` === `${other.slice(0, 3)}`;
  const isOnScreen = (want) => {
    const found = Object.entries(mounted());
    return (
      found.length === Object.keys(want).length &&
      found.every(([address, state]) => want[address] && isSame(state, want[address]))
    );
  };

  // However they are spelled: "/a;b/" and "/a%3Bb/", a query with "+" and with "%20".
  const plain = (url) => {
    const { pathname, search, hash } = new URL(url, location);
    try {
      const parts = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
      return parts.join("/") + (search && `?${new URLSearchParams(search)}`) + hash;
    } catch {
      return pathname + search + hash; // no URI
    }
  };
  const isSameUrl = (one, other) => plain(one) === plain(other);

  // A path may begin with //, which would be another host.
  const pathOf = ({ pathname, search }) => (pathname + search).replace(/^\/\//, "/%2F");
  const here = () => pathOf(location);
  // The page underneath what is intercepted. Of each slot that is open: the index of the history entry
  // beneath, and what the other slots showed there.
  let origin = declared ?? here();
  let { id = Math.random(), opened = {}, index = 0 } = ours(history.state) ?? {};
  let settled = index; // of the entry that is on screen, with all of its slots

  // Listen to an event of either htmx, before others. htmx 4 may fire both.
  const on = (two, four, listener) => {
    for (const name of [two, four]) {
      const hear = (event) => isFour() === (name === four) && listener(event);
      document.addEventListener(name, hear, true);
    }
  };

  // --- Navigations: what is on screen goes out, what changed comes in ---

  // Of those that ask for slots once more, `asked` has the slots, and what they showed then.
  const navigations = new WeakMap(); // by htmx's request
  const sent = new WeakMap(); // those of this script, by the element that htmx takes for its source
  const navigationOf = ({ ctx, requestConfig }) => navigations.get(ctx ?? requestConfig);
  const flying = new Set();

  const isNavigation = (target) => target?.matches?.("body," + SLOT);

  // A name, as in data-pr-target="team", is looked for in the slots around the element that says it, from
  // the innermost outwards, and at last at the root. `null`: it is not on screen.
  const TARGETS = "[data-pr-target],[hx-target],[hx-target\\:inherited],[data-hx-target]";
  const findSlot = (name, elt) => {
    const around = (elt && slotAround(elt))?.dataset.prSlot.split(".") ?? [];
    for (;;) {
      const address = [...around, name].join(".");
      const found = slots().find(({ dataset }) => dataset.prSlot === address);
      if (found || !around.length) return found ?? null;
      around.pop();
    }
  };
  // `undefined`: the element names no slot, or has a nearer hx-target.
  const slotNamedBy = (elt) => {
    const around = sent.has(elt) ? null : closest(elt, TARGETS);
    const name = (around && attribute(around, "data-pr-target")) ?? "false";
    return name === "false" ? undefined : findSlot(name, around);
  };
  const reportTarget = (said, elt) =>
    console.error(
      `${said}: this slot is not on screen, so nothing was sent. On screen are: ` +
        `${slots().map(addressOf).join(", ")}. Name a slot by data-pr-target="…": it is looked for in the ` +
        "slots around the element, then at the root.",
      elt ?? "",
    );

  const isUnderWay = () => [...flying].some(({ asked }) => !asked);
  const track = () => root.toggleAttribute("data-pr-navigating", isUnderWay());
  const land = (navigation) => {
    flying.delete(navigation);
    uncover(navigation);
    navigation.loading?.abort();
    track();
  };
  const abort = (navigation) => {
    land(navigation);
    navigation.abort?.();
  };

  // A newer one of a slot aborts the older, if that is no restore; one of all slots aborts all.
  const supersede = ({ only, asked }) => {
    for (const older of flying) {
      if (asked || older.asked || (only && (older.want || (older.only ?? only) !== only))) continue;
      abort(older);
    }
  };

  // As the link says; else a new entry, but for a mere button for one slot.
  const navigate = (elt, { dataset: { prSlot: only } }) => {
    const pushes = (says(elt, "hx-push-url") ?? String(!only || matches(elt, "a,form"))) !== "false";
    const replaces = (says(elt, "hx-replace-url") ?? "false") !== "false";
    return {
      only,
      history: replaces ? "replace" : pushes && "push",
      scroll: says(elt, "data-pr-scroll") !== "false",
    };
  };

  // The named slot for which a link or form is that changes no more than the query of what that shows. What
  // was intercepted has its URL in the address bar, and a target that is named wins.
  const slotOfQuery = (elt, target) => {
    const slot = slotAround(elt);
    const isFree = target === document.body && !slot.contains(closest(elt, TARGETS));
    const hasQuery = matches(elt, "form") || /[?]/.test(elt.getAttribute("href") + slot.dataset.prSrc);
    if (isFree && hasQuery && matches(elt, "a,form") && /page|default/.test(slot.dataset.prVariant))
      return slot.dataset.prSlot.replace(/(^children)?(\.children)*$/, "");
  };

  // htmx knows no button outside of its form, and not where a picture was clicked.
  const addSubmitter = (form, data, known, { submitter } = {}) => {
    if (!submitter || submitter.form !== form || !(data instanceof FormData)) return;
    const all = new FormData(form, submitter);
    for (const name of new Set(all.keys()))
      if (!known.has(name)) for (const value of all.getAll(name)) data.append(name, value);
  };

  const hasParameters = (data) =>
    data instanceof FormData && [...data.keys()].some((name) => !name.startsWith("org.htmx"));

  // Another place of what the address bar shows: nothing is asked for.
  const isHash = (url) => url.includes("#") && url.split("#")[0] === location.href.split("#")[0];
  const goToHash = (url, how) => {
    if (how === "push") location.assign(url);
    else if (how) location.replace(url);
    else scrollToHash(new URL(url).hash);
  };

  const isSubmitting = (elt) => [...flying].some(({ source, isSafe }) => source === elt && !isSafe);

  // Before htmx 2 looks whether the link is busy.
  on("htmx:confirm", "", ({ detail: { elt, target, question } }) => {
    if (!isNavigation(slotNamedBy(elt) ?? target) || question) return;
    for (const older of flying) if (older.source === elt && older.isSafe) abort(older);
  });

  on("htmx:configRequest", "htmx:config:request", (event) => {
    const { ctx = event.detail } = event.detail;
    const { request = ctx, elt = ctx.sourceElement } = ctx;
    const named = slotNamedBy(elt);
    // htmx 4 goes on where hx-target names nothing; htmx.ajax() without a target means the page.
    const target = named ?? ctx.target ?? (closest(elt, TARGETS) ? undefined : document.body);
    if (named === null || !target) {
      const said = `data-pr-target="${says(elt, "data-pr-target")}"`;
      reportTarget(named === null ? said : "hx-target", elt);
      return event.preventDefault();
    }
    if (named) {
      ctx.target = named;
      request.headers["HX-Target"] = isFour() ? `div#${named.id}` : named.id;
    }
    const isGet = /get/i.test(request.method ?? ctx.verb);
    const asked = new URL(request.path ?? request.action, location);
    // What is on screen is told to this site alone.
    if (asked.origin !== location.origin) {
      if (!isNavigation(target) || matches(elt, "form")) return;
      event.preventDefault();
      return location.assign(asked);
    }
    const data = event.detail.formData ?? request.body;
    // Answers say by Vary what they depend on; this would be seen in the address bar.
    if (isNavigation(target)) data?.delete?.("org.htmx.cache-buster");
    const trigger = event.detail.triggeringEvent ?? ctx.sourceEvent ?? undefined;
    const { prSlot: from, prSrc: src } = slotAround(elt)?.dataset ?? {};
    // The server is at work on it: who submits twice means it once.
    if (isSubmitting(elt)) return event.preventDefault();
    if (!isGet && matches(elt, "form")) began.hasSent = true;
    // With a target of its own it is no navigation: the page of the slot around it answers, alone.
    const asks = isNavigation(target) ? "navigate" : "slot";
    const state = { intent: asks, source_slot: from, slots: mounted() };
    const wantsNone = says(elt, "data-pr-intercept") === "false" || sent.get(elt)?.intercept === false;
    const hasOwnQuery = ({ dataset: { prSrc, prVariant } }) =>
      prVariant === "page" && prSrc.split("?")[0] === location.pathname && prSrc !== here();
    if (!wantsNone && slots().some(({ dataset }) => dataset.prMountUrl))
      Object.assign(state, { current_url: here(), origin });
    else if (slots().some(hasOwnQuery)) state.current_url = here();
    const again = slots().filter(({ dataset }) => dataset.prAgain != null);
    if (again.length) state.refresh = again.map(addressOf);
    if (!isGet) {
      const reads = slots().filter(({ dataset }) => dataset.prTables);
      const adds = selectFor(elt)?.closest(SLOT)?.dataset.prSlot;
      Object.assign(state, { current_url: here(), form: true, option_for: adds, tables: Object.fromEntries(reads.map(readsOf)) });
    }
    if (src) {
      // In a slot, URLs are relative to its own.
      const key = isFour() ? "action" : "path";
      // htmx 2 has given a form without an action the URL of the address bar when it came.
      const isBare =
        ctx.boosted && matches(elt, "form:not([action]), form[action='']") && !ctx.triggeringEvent?.submitter?.hasAttribute("formaction");
      const isHere = request[key].split("?")[0] === location.href.split(/[?#]/)[0];
      const url = isBare || isHere ? "" : request[key];
      const { href } = new URL(url, location.origin + src);
      request[key] = isGet && !url && matches(elt, "form") ? href.split("?")[0] : href;
      if (href.split(/[?#]/)[0] === new URL(src, location).href.split("?")[0]) state.own = true;
      // What polls, or is told by the server, has its slot as it is.
      const isRefresh = isGet && target.dataset?.prSlot === from && href === location.origin + src;
      if (isRefresh && !matches(elt, "a,form") && !hasParameters(data)) {
        event.preventDefault();
        if (!isAsked(target)) ask([target], { isQuiet: true });
        return;
      }
    }
    if (isNavigation(target)) {
      const { href } = new URL(request.path ?? request.action, location);
      const url = request.anchor == null ? href : `${href}#${request.anchor}`;
      if (isGet && isHash(url) && !hasParameters(data) && !matches(elt, "form")) {
        event.preventDefault();
        return goToHash(url, navigate(elt, target).history);
      }
      const { hash } = new URL(url);
      const navigation = sent.get(elt) ?? { ...navigate(elt, target), source: elt, hash };
      const own = isGet && state.own && slotOfQuery(elt, target);
      if (own) navigation.only = own;
      if (isGet) state.own = (own && !closest(elt, "[hx-push-url],[hx-replace-url]")) || undefined;
      if (isGet && state.own) Object.assign(state, { current_url: here(), origin: undefined }); // it stays there
      const { only, want, asked } = navigation;
      Object.assign(state, { intent: want ? "restore" : asks, target_slot: only, restore: want });
      if (asked) Object.assign(state, { intent: "refresh", refresh: [...asked.keys()].map(addressOf) });
      Object.assign(navigation, { isSafe: isGet, state, trigger });
      navigations.set(ctx, navigation);
      // In htmx 4, the link's queue would drop a third quick click.
      if (isFour() && attribute(elt, "hx-sync") == null)
        Element.prototype.setAttribute.call(elt, "hx-sync", "this:replace");
    }
    // Before caches, requests for one URL would wait for each other.
    if (flying.size) request.cache = "no-store";
    if (flying.size) request.headers["Cache-Control"] = "no-cache";
    let header = JSON.stringify(state);
    if (header.length > MAX_LENGTH) header = JSON.stringify({ ...state, tables: undefined });
    const isTooLong = header.length > MAX_LENGTH;
    // Who tells of no slots gets the document.
    addSubmitter(elt, data, event.detail.unfilteredFormData ?? data, trigger);
    const { own } = state;
    request.headers[HEADER] = isTooLong ? JSON.stringify({ intent: asks, source_slot: from, own, slots: {} }) : header;
    if (!isTooLong || state.intent !== "refresh") return;
    event.preventDefault();
    loadComplete();
  });

  on("htmx:targetError", "", ({ detail: { target, elt } }) => {
    if (/^#slot-/.test(target)) reportTarget(`hx-target="${target}"`, elt);
  });

  on("htmx:beforeSend", "htmx:before:request", ({ detail }) => {
    const navigation = navigationOf(detail);
    const { ctx, xhr } = detail;
    if (!navigation) return;
    supersede(navigation);
    if (ctx) ctx.fetch = window.fetch.bind(window); // not a preloaded one
    if (ctx) limitTime(ctx, navigation);
    deliver(navigation, detail);
    navigation.abort = () => (xhr ?? ctx.request).abort();
    if (navigation.asked) return;
    document.querySelector(".parallel-routes-notice")?.remove(); // of what failed before
    flying.add(navigation);
    track();
    const { headers } = ctx?.request ?? detail.requestConfig;
    if (!navigation.want) setTimeout(showLoading, DELAY, navigation, urlOf(detail), headers);
  });

  on("htmx:beforeOnLoad", "htmx:after:request", (event) => {
    const { ctx, xhr } = event.detail;
    const navigation = navigationOf(event.detail);
    if (!navigation) return;
    const header = (name) => (xhr ? xhr.getResponseHeader(name) : ctx.response.headers.get(name));
    const html = xhr?.response ?? ctx.text;
    if (!flying.has(navigation)) return event.preventDefault(); // late
    land(navigation);
    const { asked, isSafe } = navigation;
    if (header(HEADER)) {
      const { body } = new DOMParser().parseFromString(html, "text/html");
      const adds = !isSafe && selectFor(navigation.source);
      const added = adds && takeOut(body, adds.closest(SLOT));
      if (thinOut(body, navigation) || added)
        Object.defineProperty(xhr ?? ctx, xhr ? "response" : "text", { value: body.innerHTML });
      const elements = [...body.children];
      if (!asked && !navigation.want && !mayLeave(elements.map(slotOf).filter(Boolean), navigation)) {
        began = {}; // a click after a question is meant
        return event.preventDefault();
      }
      navigation.url = xhr?.responseURL ?? ctx.response.raw.url;
      commit(navigation, header(HEADER), elements);
      if (added) queueMicrotask(() => addOption(adds, added, navigation.source));
      return;
    }
    // Where one is going comes first, and may explain it: a login ends the session it was asked in.
    if (asked && (isUnderWay() || !mayLeave([root], navigation))) {
      for (const slot of asked.keys()) slot.ariaBusy = isLoading(slot) ? "true" : null;
      event.stopImmediatePropagation();
      return event.preventDefault();
    }
    // A document that is loaded again to have all of its slots must not ask for them again.
    const isEndless = asked && header("HX-Refresh") && [...asked.keys()].some(isLoading);
    const leadsTo = header("HX-Redirect");
    const isLed = leadsTo || header("HX-Location") || header("HX-Refresh");
    // Where that is a file, the page stays: so htmx must not wait for another one.
    const isMine = leadsTo && !header("HX-Refresh") && !asked && !navigation.want;
    if (isLed && !isEndless && !isMine) return;
    const { status, statusText } = xhr ?? ctx.response.raw;
    const bytes = navigation.bytes ?? new ArrayBuffer(0);
    // Nothing is to be shown; htmx may trigger events.
    const isDone = [204, 205].includes(status) || (!bytes.byteLength && status < 300 && header("HX-Trigger"));
    if (isDone && !asked && !isLed) return ctx && event.preventDefault();
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isMine) return load(navigation, new URL(leadsTo, document.baseURI).href);
    const url = xhr?.responseURL ?? ctx.response.raw.url;
    const [type, disposition] = ["Content-Type", "Content-Disposition"].map((name) => header(name) ?? "");
    const isRedirected = url !== urlOf(event.detail);
    takeAnswer(navigation, { url, isRedirected, status, statusText, type, disposition, bytes, html });
  });

  // --- Answers that are no fragments: what a browser would do with them, with what is here ---

  const UNREACHABLE = [429, 502, 503, 504]; // says a proxy: another time it may be there
  // What browsers show; they keep other text as a file.
  const TEXT =
    /^text\/(?!.*(csv|comma|tab|tsv|calendar|card|rtf|directory|ldif|qif|ofx))|[/+](json|xml|javascript)\b/i;
  const MEDIA = /^(image|audio|video)\/|^application\/pdf\b/i;

  const takeAnswer = (navigation, answer) => {
    const { asked, want, isSafe } = navigation;
    const { url, isRedirected, status, statusText, type, disposition, bytes } = answer;
    const isEmpty = !bytes.byteLength;
    const isHtml = /html\b/i.test(type);
    const isText = !isHtml && TEXT.test(type);
    const isMedia = MEDIA.test(type) && (navigator.pdfViewerEnabled !== false || !/pdf\b/i.test(type));
    const isFile = /^\s*attachment/i.test(disposition) || !(isHtml || isText || isMedia);
    const isMissing = UNREACHABLE.includes(status);
    if (asked && isMissing) return lose(navigation);
    if (asked && !isRedirected && (!isHtml || isEmpty)) return loadComplete();
    if (!asked && !want && isFile && (!isEmpty || disposition)) return save(answer);
    if (!asked && (isEmpty || (want && isMissing)))
      return miss(navigation, { reason: "answer", status, statusText, url });
    // What was redirected is a GET. Others can't be asked for again.
    const canLoad = isRedirected || (isSafe && !asked);
    const isForeign = new URL(url).origin !== location.origin;
    if (want || isForeign || (canLoad && (asked || !isText))) return load(navigation, url);
    if (!asked && !mayLeave([root], navigation)) return;
    if (asked) write("replaceState", null);
    else write("pushState", null, url);
    if (isHtml) writeDocument(answer.html);
    else writeElement(isText ? "pre" : /^image/i.test(type) ? "img" : "embed", answer);
  };

  const writeDocument = (html) => {
    document.open(); // removes all listeners
    document.write(html);
    document.close();
    addEventListener("popstate", reloadEntry);
  };

  // The document that a browser makes of what is no HTML. A policy may forbid it to show media.
  const writeElement = (name, answer) => {
    writeDocument('<!doctype html><meta name="color-scheme" content="light dark"><title></title><body></body>');
    document.title = nameOf(answer);
    document.addEventListener("securitypolicyviolation", () => save(answer), { once: true });
    const element = document.createElement(name);
    if (name === "pre") element.textContent = answer.html;
    else Object.assign(element, { type: answer.type, src: linkTo(answer) });
    Object.assign(element.style, { maxWidth: "100%", overflowWrap: "anywhere", whiteSpace: "pre-wrap" });
    if (name === "embed") Object.assign(element.style, { height: "96vh", width: "100%" });
    document.body.append(element);
  };

  const linkTo = ({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type }));

  const nameOf = ({ url, disposition }) => {
    const [, encoded] = /filename\*\s*=\s*[^';]*'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
    const [, quoted, bare] = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? [];
    const last = new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? location.host;
    if (quoted && !encoded) return quoted.replace(/\\(.)/g, "$1");
    try {
      return decodeURIComponent(encoded ?? bare ?? last);
    } catch {
      return bare ?? last; // no URI
    }
  };

  const save = (answer) => {
    const link = document.createElement("a");
    Object.assign(link, { href: linkTo(answer), download: nameOf(answer) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const textOf = (bytes, type) => {
    const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(type) ?? [];
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return new TextDecoder().decode(bytes); // no such charset
    }
  };

  const urlOf = ({ ctx, pathInfo }) =>
    new URL(pathInfo?.finalRequestPath ?? ctx.request.action, location).href.split("#")[0];

  // The server does not know a link's hash; and for another hash alone, a browser loads no document.
  const openDocument = (url, { hash }) => {
    const { href } = new URL(url.includes("#") ? url : url + hash, location);
    const isHere = isHash(href);
    location.assign(href);
    if (isHere) location.reload();
  };

  // What a redirect says in its query is for the answer to a script (directives.py).
  const forBrowser = (url) => {
    const said = new URL(url).searchParams.getAll("slots").find((value) => value.startsWith("hash:"));
    return url.replace(/[?&]slots=(hash|refresh):.*/, "") + (said ?? "").replace("hash:", "#");
  };
  const load = (navigation, url) =>
    navigation.want ? location.reload() : openDocument(forBrowser(url), navigation);

  // With all slots in their places.
  const loadComplete = () => location.replace(`${here()}${location.search ? "&" : "?"}slots=inline`);

  // Whatever htmx.config says; in htmx 2, the answer's HX-Reswap does that.
  const AT_ONCE = { swap: 0, settle: 0, transition: false };

  // htmx 2 swaps no errors; a form's page with status 422 is none.
  // Until it settles, htmx 4 would give elements their predecessors' state.
  on("htmx:beforeSwap", "htmx:before:swap", ({ detail }) => {
    if (!navigationOf(detail)) return;
    Object.assign(detail, { shouldSwap: !!detail.xhr?.getResponseHeader(HEADER), isError: false });
    for (const { swapSpec } of detail.tasks ?? []) Object.assign(swapSpec, AT_ONCE);
  });

  // --- Networks that fail: what is on screen stays ---

  const fail = ({ type, detail }) => {
    const navigation = navigationOf(detail);
    if (!flying.has(navigation)) return;
    land(navigation);
    const { asked, want, undo, isSafe } = navigation;
    if (!isSafe) began.hasSent = false; // it may be sent again at once
    if (asked) return lose(navigation);
    // Chromium stops what is sent between quick steps back.
    if (want && !navigation.retried) return restore({ retried: true, undo });
    const isLate = navigation.isLate || /timeout/.test(type);
    const isStopped = !isLate && (/abort|finally/i.test(type) || detail.error?.name === "AbortError");
    if (isStopped && !want) return askForDeferred();
    const reason = !navigator.onLine ? "offline" : isLate ? "timeout" : "network";
    miss(navigation, { reason, url: urlOf(detail) });
  };
  on("htmx:sendError", "htmx:error", fail);
  on("htmx:timeout", "", fail);
  on("htmx:sendAbort", "htmx:finally:request", fail);

  // htmx 4 does not tell what has taken too long from what was stopped.
  const limitTime = (ctx, navigation) => {
    const { timeout } = ctx.request;
    const limit = timeout == null ? htmx.config.defaultTimeout : htmx.parseInterval(timeout);
    if (!limit) return;
    clearTimeout(ctx.requestTimeout);
    ctx.requestTimeout = setTimeout(() => {
      navigation.isLate = true;
      ctx.request.abort();
    }, limit);
  };

  // Nothing has come, or nothing that can be shown. notices.js says so.
  const miss = (navigation, { url, ...failure }) => {
    const { source, isSafe, want, undo } = navigation;
    const detail = { ...failure, url: forBrowser(url), isSent: isSafe === false };
    askForDeferred();
    if (want) return undo ? undo(detail) : missEntry(detail);
    const place = source?.isConnected ? source : document;
    tell("failed", place, { ...detail, retry: () => repeat(navigation, url) });
  };

  const repeat = ({ source, trigger, only, history: how, hash, intercept, scroll }, url) => {
    if (!source?.isConnected) return send(url, { only, history: how, hash, intercept, scroll });
    const { type, submitter } = trigger ?? {};
    if (type === "submit")
      HTMLFormElement.prototype.requestSubmit.call(source, submitter?.form === source ? submitter : null);
    else if (!type || type === "click") source.click();
    else htmx.trigger(source, type);
  };

  // An entry that can't be shown: back to that which is on screen, so that it has its URL.
  const missEntry = (detail = { reason: "offline", url: location.href, isSent: false }) => {
    const steps = ours(history.state).index - settled;
    if (!steps) return location.reload();
    const then = onRestored;
    onRestored = () => {
      onRestored = () => {};
      then();
      tell("failed", document, { ...detail, retry: () => history.go(steps) });
    };
    turnBack(-steps);
  };

  // htmx swaps in this very task.
  const commit = (navigation, url, elements) => {
    let { hash, history: how, scroll: toTop, want, source, asked, isSafe } = navigation;
    const found = elements.map((element) => [slotOf(element), element]);
    const arriving = found.filter(([slot]) => slot);
    for (const [slot] of arriving) uncoverAt(slot);
    const active = document.activeElement;
    const shows = others();
    const stays = url === "stay";
    if (stays) how = false;
    else {
      const sentTo = new URL(navigation.url ?? url, location);
      const said = new URL(url, location);
      hash = said.hash || hash;
      url = pathOf(isSameUrl(pathOf(sentTo), pathOf(said)) ? sentTo : said); // as the link spells it
    }
    // What was open to be filled in is done with: Back does not lead there.
    const filled = how && isSafe === false ? openHomes().filter((home) => home.contains(source)) : [];
    const belows = filled.map(({ dataset }) => opened[dataset.prSlot] ?? {}); // the outermost first
    if (filled.length) how = "replace";
    if (ours(history.state)?.id !== id) write("replaceState", entry()); // before it is left
    const isAsBefore = arriving.every(([slot, element]) => shownIn(slot) === shownIn(element));
    const changed = arriving.map(([slot, { dataset }]) => {
      leave(slot);
      if (how === "push" || want) leaving.push([slot, snapshot(slot, active)]);
      renderings.delete(slot);
      describe(slot, dataset);
      return slot;
    });
    const isIntercepted = (element) =>
      element.dataset.prVariant === "intercepted" || element.querySelector('[data-pr-variant="intercepted"]');
    const isBarKept = isSafe && navigation.state?.own && url === here();
    if (!want && !stays && !isBarKept && !elements.some(isIntercepted)) origin = url;
    url = new URL(url + hash, location).href;
    if (how && isSameUrl(url, location.href) && isAsBefore) how = "replace";
    const adds = source && attribute(source, "data-pr-add-related");
    const beneath = how === "push" && { index, adds, url: here(), ...shows };
    if (how === "push") begin();
    if (how) write(`${how}State`, entry(), url);
    for (const other of flying) other.isMixed = true;
    queueMicrotask(() => {
      leaving = [];
      // What arrives while an entry is brought back is not yet a part of it.
      const isAside = asked && isRestoring();
      if (!want && !isAside) trackOpened(beneath);
      const then = (want && ours(history.state)?.renderings) ?? {};
      for (const slot of slots()) renderings.set(slot, renderingOf(slot) ?? then[addressOf(slot)] ?? Math.random());
      if (!isAside && (!want || navigation.isMixed)) write("replaceState", entry()); // with those inside
      if (how && toTop !== false) scrollToTop(changed);
      settle();
      refocus(active);
      for (const slot of changed) enter(slot, { source, restored: false });
      if (how) scrollToHash(hash); // in what is open now
      if (isSafe === false && stays) focusOnError(changed);
      // Or one would have to go back twice from where one is: the page beneath, or that of a level beneath.
      const isHere = ({ url: beneath = "" }, level) =>
        beneath === here() || (level && beneath.split("?")[0] === location.pathname);
      const below = belows.findLast(isHere);
      if (!hash && below?.shown === others().shown) {
        landing = location.href;
        history.go(below.index - index);
      }
      askForDeferred();
      navigation.done?.(changed);
    });
  };

  const shownIn = (place) =>
    `${[place, ...place.querySelectorAll("[data-pr-slot]")].map(({ dataset }) => [
      dataset.prSlot,
      dataset.prVariant,
      dataset.prSrc,
    ])}`;

  const describe = (slot, dataset) => {
    Object.assign(slot.dataset, dataset);
    for (const name of ["prState", "prDelivery", "prTables"]) if (!dataset[name]) delete slot.dataset[name];
    slot.ariaBusy = isLoading(slot) ? "true" : null;
  };
  // Their contents come and go: modals.js, and whoever else wants to, listens.
  const tell = (name, slot, detail) =>
    slot.dispatchEvent(
      new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail }),
    );
  const leave = (slot) => tell("leave", slot);
  const enter = (slot, detail) => tell("enter", slot, detail);
  // Once for all that would go: slots, or the root. Whoever prevents it keeps them; guard.js does.
  const mayLeave = (leaving, { source, asked } = {}) =>
    !leaving.length || tell("before-leave", document, { leaving, source, refreshed: !!asked });

  // As htmx 2 does it; 4 looks when it is gone.
  const refocus = ({ id, isConnected, selectionStart, selectionEnd }) => {
    const successor = !isConnected && id && document.getElementById(id);
    if (!successor || successor === document.activeElement) return;
    successor.focus({ preventScroll: true });
    try {
      if (selectionStart != null) successor.setSelectionRange(selectionStart, selectionEnd);
    } catch {} // no text field
  };

  // In what was submitted, and is to be mended.
  const focusOnError = (changed) => {
    for (const slot of changed) {
      const field = slot.querySelector('[aria-invalid="true"]');
      const list = slot.querySelector(".errorlist");
      if (!field && list) list.tabIndex = -1;
      if (field || list) return (field ?? list).focus();
    }
  };

  // --- Slots that come later, and those that are asked for once more ---

  const ask = async (wanted, { isSecond, isQuiet } = {}) => {
    const asked = new Map(wanted.map((slot) => [slot, renderingOf(slot)]));
    const navigation = { asked, isSecond, isQuiet, hash: "" };
    for (const slot of wanted) slot.ariaBusy = "true";
    for (const older of flying) for (const slot of wanted) older.asked?.delete(slot);
    prune();
    flying.add(navigation);
    const [{ dataset }] = wanted;
    // That of a layout is only a prefix.
    const hasUrl = wanted.length === 1 && (dataset.prState || dataset.prVariant !== "layout");
    await send(hasUrl ? dataset.prSrc : here(), navigation);
    await navigation.second;
  };

  // Who has changed since, or is gone, is not waited for any more.
  const prune = () => {
    for (const navigation of [...flying].filter(({ asked }) => asked)) {
      const { asked } = navigation;
      for (const [slot, rendering] of asked)
        if (!slot.isConnected || renderingOf(slot) !== rendering) asked.delete(slot);
      if (!asked.size) abort(navigation);
    }
  };

  // Take out of an answer what is not waited for, what must not be shown again by itself, and what would
  // take the focus from elsewhere.
  const thinOut = (body, { asked, isSafe, source }) => {
    const { activeElement } = document;
    const holdsFocus = (slot) => slot.contains(activeElement);
    const isFree = !asked || activeElement === document.body || [...asked.keys()].some(holdsFocus);
    // A layout that comes with another page in it is no mere refresh.
    const isChanged = (inner) => slotOf(inner) && !isSame(stateOf(inner), stateOf(slotOf(inner)));
    const isRefreshed = (slot, element) =>
      asked ||
      (slot?.dataset.prVariant === element.dataset.prVariant &&
        slot.dataset.prSrc === element.dataset.prSrc &&
        ![...element.querySelectorAll(SLOT)].some(isChanged) &&
        (slot.dataset.prAgain != null || !(isSafe || slot.contains(source))));
    // Of a layout in which somebody fills in a form, the other slots come all the same.
    const release = (outer) => {
      for (const element of outer.querySelectorAll(SLOT)) {
        const slot = slotOf(element);
        if (!slot || element.parentElement.closest("[data-pr-slot]") !== outer) continue;
        if (!mayLeave([slot], { asked: true })) {
          release(element);
          continue;
        }
        for (const field of element.querySelectorAll("[autofocus]")) field.autofocus = false;
        element.setAttribute("hx-swap-oob", "innerHTML");
        body.append(element);
      }
    };
    const stale = [...body.children].filter((element) => {
      const slot = slotOf(element);
      if (asked && !asked.has(slot)) return true;
      if (!isRefreshed(slot, element) || mayLeave([slot], { asked: true })) return false;
      slot.ariaBusy = null;
      release(element);
      return true;
    });
    const eager = isFree ? [] : [...body.querySelectorAll("[autofocus]")];
    for (const element of stale) element.remove();
    for (const element of eager) element.autofocus = false;
    return stale.length + eager.length;
  };

  // Each by a request of its own, side by side.
  const askForDeferred = () => {
    prune();
    if (isRestoring()) return; // which ends here, too
    for (const slot of slots())
      if (isLoading(slot) && slot.dataset.prDelivery === "deferred" && !isAsked(slot)) ask([slot]);
  };
  const isAsked = (slot) => [...flying].some(({ asked }) => asked?.has(slot));
  const isRestoring = () => isReturning || [...flying].some(({ want }) => want);

  const lose = (navigation) => {
    const lost = [...navigation.asked.keys()];
    if (!navigation.isSecond) {
      navigation.second = ask(lost, { ...navigation, isSecond: true });
      return;
    }
    for (const slot of lost) {
      slot.ariaBusy = null;
      if (isLoading(slot)) slot.dataset.prState = "lost";
      tell("lost", slot);
    }
    const shown = lost.filter(({ dataset }) => dataset.prState !== "lost");
    if (navigation.isQuiet || !shown.length) return;
    const reason = navigator.onLine ? "network" : "offline";
    const retry = () => ask(shown.filter(({ isConnected }) => isConnected));
    tell("failed", shown[0], { reason, url: here(), isSent: false, retry });
  };
  // Online again, or back from another document by which the browser has stopped all requests.
  for (const name of ["online", "pageshow"])
    addEventListener(name, () => {
      for (const { dataset } of slots()) if (dataset.prState === "lost") dataset.prState = "loading";
      askForDeferred();
    });

  // Those that a page goes on with, after what would be its end.
  const takeStreamed = () => {
    const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
    for (const template of document.querySelectorAll("template[data-pr-fragment]")) {
      if (complete.compareDocumentPosition(template) & Node.DOCUMENT_POSITION_FOLLOWING) break;
      const [element] = template.content.children;
      const slot = document.getElementById(element.id);
      template.remove();
      if (!slot?.matches(STREAMED)) continue; // it has changed since
      commit({ asked: new Map(), hash: "" }, "stay", [element]);
      slot.replaceChildren(...element.childNodes);
      htmx.process(slot);
    }
    if (document.readyState === "loading") return;
    stream.disconnect();
    // Or the connection was cut.
    for (const { dataset } of document.querySelectorAll(STREAMED)) dataset.prDelivery = "deferred";
    askForDeferred();
  };
  const stream = new MutationObserver(takeStreamed);
  const STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;

  // --- Navigations that take their time: loading states cover what will change ---

  const DELAY = 200;
  const LEAST = 300; // so that nothing flashes

  const showLoading = async (navigation, url, headers) => {
    if (!flying.has(navigation)) return;
    const { isSafe, source, state } = navigation;
    const slot = source && slotAround(source);
    navigation.covers = !isSafe && slot ? [cover(slot)] : [];
    const header = JSON.stringify({ ...state, intent: "loading" });
    if (!isSafe || header.length > MAX_LENGTH) return;
    const { signal } = navigation.loading;
    try {
      const asking = { headers: { ...headers, [HEADER]: header }, cache: "no-store", signal };
      const answer = await fetch(url, asking);
      if (!answer.headers.has(HEADER)) return;
      const { body } = new DOMParser().parseFromString(await answer.text(), "text/html");
      signal.throwIfAborted();
      for (const element of [...body.children]) {
        const slot = document.getElementById(element.id);
        if (slot) navigation.covers.push(cover(slot, element));
      }
      navigation.until = performance.now() + LEAST;
    } catch {} // it is there, or the navigation will tell
  };

  // What it showed stays in it, hidden. Gives the slot, and how to undo that.
  const cover = (slot, loading) => {
    const was = slot.ariaBusy;
    slot.ariaBusy = "true";
    // A modal that is hidden would make the page inert.
    if (!loading || loading.dataset.prState === "busy" || slot.querySelector(":modal"))
      return { slot, undo: () => (slot.ariaBusy = was) };
    const { activeElement } = document;
    const boxes = Object.keys(scrolls[id] ?? {})
      .map((path) => document.querySelector(path))
      .filter(Boolean)
      .map((box) => [box, box.scrollLeft, box.scrollTop]);
    const inside = [...slot.childNodes];
    const aside = document.createElement("div");
    aside.dataset.prCovered = "";
    slot.prepend(aside);
    move(inside, aside);
    // They are not on screen, as far as the server is concerned.
    for (const { dataset } of loading.querySelectorAll(SLOT)) delete dataset.prKey;
    slot.append(...loading.childNodes);
    htmx.process(slot);
    const moved = boxes.filter(([box, left, top]) => box.scrollLeft !== left || box.scrollTop !== top);
    tell("cover", slot);
    const undo = () => {
      tell("uncover", slot);
      while (aside.nextSibling) aside.nextSibling.remove();
      move([...aside.childNodes], slot);
      aside.remove();
      slot.ariaBusy = was;
      for (const [target, left, top] of moved) {
        scrollTo(target, left, top);
        remember({ target });
      }
      const isLost = document.activeElement === document.body;
      if (isLost && slot.contains(activeElement)) activeElement.focus({ preventScroll: true });
    };
    return { slot, undo };
  };

  // With all that they are, where the browser can do that.
  const move = (nodes, place) => {
    for (const node of nodes) (place.moveBefore ?? place.insertBefore).call(place, node, null);
  };

  const uncover = ({ covers = [] }) => {
    for (const { undo } of covers.splice(0)) undo();
  };
  const uncoverAt = (changed) => {
    for (const navigation of flying) {
      const isNear = ({ slot }) => slot.contains(changed) || changed.contains(slot);
      if (navigation.covers?.some(isNear)) uncover(navigation);
    }
  };

  // --- Memory ---

  // What slots showed comes back as it was: inputs, media, focus. By rendering; the oldest go first.
  const memory = new Map();
  const MAX_KEPT = 30;
  const MAX_ELEMENTS = 30000;
  // htmx stops what polls or listens elsewhere when it leaves the page.
  const ALIVE = ["every", "from:"].map((word) => `[hx-trigger*="${word}"],[data-hx-trigger*="${word}"]`);
  const CONNECTS = ["sse-connect", "ws-connect", "hx-sse\\:connect", "hx-ws\\:connect"].map(
    (name) => `[${name}],[data-${name}]`,
  );
  const UNKEPT = `${ALIVE},${CONNECTS},[data-pr-memory="false"],[data-pr-slot][data-pr-state]`;
  const forget = () => memory.clear();
  document.addEventListener("parallel-routes:forget", forget);

  const snapshot = (slot, active) => ({
    rendering: renderingOf(slot),
    dataset: { ...slot.dataset },
    focused: slot.contains(active) && active,
    media: [...slot.querySelectorAll("audio,video")].filter(({ paused }) => !paused),
    elements: slot.getElementsByTagName("*").length,
    nodes: document.createDocumentFragment(),
  });

  const keep = (slot, kept) => {
    const { rendering, nodes, dataset } = kept;
    if (!rendering || dataset.prState) return;
    if (slot.querySelector(UNKEPT) || slot.closest('[data-pr-memory="false"]')) return;
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
  on("htmx:oobBeforeSwap", "htmx:before:swap", ({ target, detail }) => {
    // With hx-ext="morph", htmx 2 would put the slot into itself.
    const [element] = detail.fragment?.children ?? [];
    if (element && matches(target, SLOT) && element.id === target.id)
      element.replaceWith(...element.childNodes);
    for (const [slot, kept] of leaving.splice(0)) keep(slot, kept);
  });

  // Shorter addresses first: what stands in a slot comes back with it. Gives the slots that changed.
  const recall = (want, then = {}) => {
    const changed = [];
    for (const address of Object.keys(want).sort((one, two) => one.length - two.length)) {
      const slot = slotAt(address);
      const [shows, src, key] = want[address];
      if (!slot || slot.dataset.prKey !== key || isSame(stateOf(slot), want[address])) continue;
      const rendering = then[address];
      const kept = memory.get(rendering);
      if (!kept && shows !== "empty") continue;
      const left = snapshot(slot, document.activeElement);
      leave(slot);
      keep(slot, left);
      if (slot.firstChild) clear(slot);
      memory.delete(rendering);
      renderings.set(slot, rendering ?? Math.random());
      describe(slot, kept?.dataset ?? { prVariant: shows, prSrc: src, prTitle: "", prOrder: "" });
      if (kept) slot.append(kept.nodes);
      for (const player of kept?.media ?? []) player.play().catch(() => {}); // if it may
      changed.push(slot);
      enter(slot, { restored: true });
      if (kept?.focused) kept.focused.focus({ preventScroll: true });
    }
    return changed;
  };

  // Whether all that an entry shows is on screen or in memory, be it in a slot around it.
  const isKept = (want, renderings = {}) =>
    Object.entries(want).every(([address, state]) => {
      const slot = slotAt(address);
      if (slot && isSame(stateOf(slot), state)) return true;
      const around = (outer) => `${address}.`.startsWith(`${outer}.`) && memory.has(renderings[outer]);
      return (slot && state[0] === "empty") || Object.keys(want).some(around);
    });

  // Through htmx, which then cleans up.
  const clear = (slot) => {
    const swap = "innerHTML settle:0ms transition:false"; // with a delay, even of 0, htmx 4 would wait
    if (isFour()) htmx.swap({ sourceElement: slot, target: slot, swap, text: "" });
    else htmx.swap(slot, "", { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0, transition: false });
    slot.replaceChildren();
  };

  // What was changed may be in all that is kept.
  on("htmx:afterRequest", "htmx:finally:request", ({ detail: { ctx, requestConfig } }) => {
    if (!/get/i.test(ctx?.request.method ?? requestConfig.verb)) forget();
  });

  // --- View transitions ---

  // With <html data-pr-view-transitions>.
  const wantsTransition = () =>
    root.hasAttribute("data-pr-view-transitions") &&
    document.startViewTransition &&
    !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const transition = (change) => {
    const { ready, updateCallbackDone } = document.startViewTransition(change);
    ready.catch(() => {}); // a newer one has begun
    return updateCallbackDone;
  };

  // A loading state stays for a moment. In a transition, the whole answer is dealt with inside of it, so
  // that URL and screen change at once.
  const deliver = (navigation, { ctx, xhr }) => {
    const animates = wantsTransition() && !navigation.asked;
    const loading = (navigation.loading = new AbortController());
    const rest = () =>
      new Promise((done) => {
        loading.signal.onabort = done;
        setTimeout(done, navigation.until - performance.now());
      });
    if (xhr) {
      const { onload } = xhr;
      let text = "";
      xhr.responseType = "arraybuffer"; // a file is no text
      for (const name of ["response", "responseText"])
        Object.defineProperty(xhr, name, { get: () => text, configurable: true });
      xhr.onload = async () => {
        navigation.bytes = Reflect.get(XMLHttpRequest.prototype, "response", xhr);
        text = textOf(navigation.bytes, xhr.getResponseHeader("Content-Type"));
        if (navigation.until) await rest();
        loading.abort();
        if (animates) transition(() => onload.call(xhr));
        else onload.call(xhr);
      };
      return;
    }
    const { fetch } = ctx;
    ctx.fetch = async (...request) => {
      const response = await fetch(...request);
      if (!response.headers.has(HEADER)) {
        navigation.bytes = await response.arrayBuffer();
        const text = textOf(navigation.bytes, response.headers.get("Content-Type"));
        response.text = async () => text;
      }
      if (!navigation.until) loading.abort();
      if (!navigation.until && !animates) return response;
      const text = await response.text();
      response.text = async () => text;
      if (navigation.until) await rest();
      if (!animates) return response;
      const landed = new Promise((done) => (navigation.landed = done));
      await new Promise((begin) => transition(() => (begin(), landed)));
      return response;
    };
  };
  on("", "htmx:before:settle", ({ detail }) => navigationOf(detail)?.landed?.());
  on("", "htmx:finally:request", ({ detail }) => navigationOf(detail)?.landed?.());

  // --- What is intercepted: open and close ---

  const isOpen = (home) =>
    home.dataset.prVariant === "intercepted" || home.querySelector('[data-pr-variant="intercepted"]');

  const openHomes = () => [...document.querySelectorAll("[data-pr-mount-url]")].filter(isOpen);

  const others = () => ({
    shown: JSON.stringify(
      slots()
        .filter((slot) => !slot.closest("[data-pr-mount-url]"))
        .map(stateOf),
    ),
  });

  // --- What a form has open to add one more option to a select ---

  // <a data-pr-add-related="id_author"> in a form opens the page of another. The option that this one has
  // made is chosen; the rest of the first form, and where one is, stay as they are.
  const selectFor = (elt) => {
    const home = openHomes().findLast((one) => one.contains(elt));
    return home && document.getElementById(opened[home.dataset.prSlot]?.adds);
  };
  const takeOut = (body, slot) => {
    const found = [...body.children].find(({ id }) => id === slot?.id);
    found?.remove();
    return found;
  };
  const addOption = async (select, slot, form) => {
    const fresh = slot.querySelector(`#${CSS.escape(select.id)}`) ?? select;
    const known = new Set([...select.options].map(({ value }) => value));
    const chosen = new Set([...select.selectedOptions].map(({ value }) => value));
    const added = [...fresh.options].filter(({ value }) => !known.has(value));
    if (!select.multiple && added.length) chosen.clear();
    for (const { value } of added) chosen.add(value);
    if (fresh !== select) select.replaceChildren(...fresh.children); // groups, too
    for (const option of select.options) option.selected = chosen.has(option.value);
    if (matches(form, "form")) HTMLFormElement.prototype.reset.call(form); // so that nobody asks
    await close(form);
    select.focus({ preventScroll: true });
    if (!added.length) return;
    tell("options", select, { added: added.map(({ value }) => value) }); // for widgets
    for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
  };

  const trackOpened = (beneath) => {
    opened = Object.fromEntries(
      openHomes().map(({ dataset: { prSlot } }) => [prSlot, opened[prSlot] ?? (beneath || {})]),
    );
  };

  // Close what an element stands in: Back, if what lies beneath is there, else in this very entry.
  const close = async (elt) => {
    const [coming] = [...flying].filter(({ covers = [] }) => covers.some(({ slot }) => slot.contains(elt)));
    if (elt && coming) return abort(coming);
    const age = ({ dataset: { prSlot } }) => opened[prSlot]?.index ?? -1;
    const homes = openHomes().sort((one, two) => age(one) - age(two)); // the newest last
    const home = elt ? closest(elt, "[data-pr-mount-url]") : homes.at(-1);
    if (!homes.includes(home)) return;
    const { prSlot: address, prKey: key, prMountUrl: src } = home.dataset;
    const beneath = opened[address];
    const arrived = new Promise((done) => (onRestored = done));
    if (beneath?.index < index && beneath.shown === others().shown) {
      history.go(beneath.index - index);
    } else if (mayLeave([home])) {
      const lower = home.parentElement.closest("[data-pr-mount-url]");
      const page = lower?.querySelector('[data-pr-variant="intercepted"]') ?? lower;
      const url = page && isOpen(lower) ? page.dataset.prSrc : origin;
      const { prDefault: rest = src } = home.dataset;
      const shows = rest === "empty" ? ["empty", src] : ["default", rest];
      const slots = Object.fromEntries(
        Object.entries(mounted())
          .filter(([name]) => !name.startsWith(`${address}.`))
          .map(([name, state]) => [name, name === address ? [...shows, key, src] : state]),
      );
      const [state, href] = [ours(history.state), location.href];
      const undo = (detail) => {
        write("replaceState", state, href);
        ({ origin, opened } = state);
        settle();
        onRestored();
        tell("failed", home, { ...detail, retry: () => close(home) });
      };
      delete opened[address];
      write("replaceState", { ...entry(), slots }, url);
      restore({ undo });
    } else return;
    await arrived;
  };
  let onRestored = () => {};

  // --- Titles, current links, scroll positions ---

  const settle = () => {
    // What was intercepted last is on top, and has its URL in the address bar.
    const place = ({ dataset: { prVariant, prSrc, prOrder } }) =>
      prVariant === "intercepted" && isSameUrl(prSrc, here()) ? "" : prOrder;
    const [first] = slots()
      .filter(({ dataset }) => dataset.prTitle)
      .sort((one, two) => (place(one) < place(two) ? -1 : 1));
    const title = first?.dataset.prTitle ?? baseTitle;
    if (title !== document.title) announce((document.title = title));
    markCurrent();
    showSegments();
  };

  // To screen readers, which hear of a new title only with a new document.
  const announce = (title) => {
    const place =
      document.querySelector(".parallel-routes-title") ??
      document.body.appendChild(Object.assign(document.createElement("div"), { role: "status" }));
    place.className = "parallel-routes-title";
    place.textContent = title;
  };

  // A link is current if a slot shows its URL, or with data-pr-current="section" one below it.
  // Within data-pr-current-in="children": if that slot does. A default has a URL if it is a route.
  const markCurrent = () => {
    const shown = slots().filter(({ dataset: { prVariant, prDefault } }) =>
      /page|intercepted/.test(prVariant) || (prVariant === "default" && prDefault),
    );
    for (const link of document.querySelectorAll('a[href]:not([href*="#"], [data-pr-close])')) {
      const around = link.closest("[data-pr-current-in]");
      const only = around && addressOf(findSlot(attribute(around, "data-pr-current-in"), around) ?? root);
      const url = plain(link.href);
      const isCurrent = shown.some(({ dataset }) => {
        if (around && !`${dataset.prSlot}.`.startsWith(`${only}.`)) return false;
        const src = plain(dataset.prSrc);
        if (link.dataset.prCurrent === "section") return src.startsWith(url);
        return url === src || url === src.split("?")[0];
      });
      if (isCurrent) link.ariaCurrent = "page";
      else if (link.ariaCurrent === "page") link.ariaCurrent = null;
    }
  };
  on("htmx:afterSwap", "htmx:after:swap", markCurrent);

  // What templates print of what a slot shows stands before an element that says of which slot, and how
  // long it is.
  const showSegments = () => {
    for (const mark of document.querySelectorAll("template[data-pr-length]")) {
      const { prSelectedSegment: selectedSegment, prSelectedSegments: selectedSegments, prLength: length } =
        mark.dataset;
      const address = selectedSegment ?? selectedSegments;
      const parts = segmentsOf(address);
      if (!parts) continue;
      const one = parts.at(/\bchildren$/.test(address) ? 0 : -1) ?? "";
      const value = selectedSegment ? one : parts.join("/");
      let text = mark.previousSibling;
      if (text?.nodeType !== Node.TEXT_NODE) mark.before((text = new Text()));
      const start = text.length - length;
      if (text.data.slice(start) !== value) text.replaceData(start, length, value);
      mark.dataset.prLength = value.length;
    }
  };
  const segmentsOf = (address) => {
    let slot = slotAt(address);
    if (!slot) return;
    const path = (src) => decodeURIComponent(src.split("?")[0]);
    const below = path(slot.dataset.prBelow);
    let shown = below;
    while (slot?.dataset.prVariant === "layout") {
      const { prSlot: outer, prSrc: src } = slot.dataset;
      const first = slots().find(({ dataset }) => dataset.prSlot.startsWith(`${outer}.`));
      slot = slotAt(`${outer}.children`) ?? first;
      shown = path(slot?.dataset.prBelow ?? src); // the layout's own, also around a default
    }
    if (/page|intercepted/.test(slot?.dataset.prVariant)) shown = path(slot.dataset.prSrc);
    const rest = shown.startsWith(below) ? shown.slice(below.length) : shown;
    return rest.split("/").filter(Boolean);
  };

  const scrollTo = (box, left, top) => box.scrollTo({ left, top, behavior: "instant" });

  // New children start at the top, in all boxes around them.
  const scrollToTop = (changed) => {
    for (const slot of changed)
      if (!slot.dataset.prSlot.replaceAll(/children\.?/g, ""))
        for (let box = slot; box; box = parentOf(box)) if (box.scrollTop) scrollTo(box, 0, 0);
  };
  const scrollToHash = (hash) => {
    try {
      document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
    } catch {} // no URI
  };

  // Where each entry's boxes were scrolled to, by selector: they may be rendered again.
  const scrolls = {};
  const selector = (box) => {
    const outer = parentOf(box);
    if (!outer) return ":root";
    let place = 1;
    for (let other = box; (other = before(other)); ) place += 1;
    return `${selector(outer)}>:nth-child(${place})`;
  };
  const remember = ({ target }) => {
    const box = target === document ? root : target;
    const boxes = (scrolls[id] ??= {});
    if (root.contains(box)) boxes[selector(box)] = [box.scrollLeft, box.scrollTop];
  };
  addEventListener("scroll", remember, { capture: true, passive: true });

  // --- Back and Forward ---

  const entry = () => {
    for (const slot of slots()) renderings.set(slot, renderingOf(slot) ?? Math.random());
    const shown = Object.fromEntries(slots().map((slot) => [addressOf(slot), renderingOf(slot)]));
    return { id, index, origin, opened, slots: mounted(), renderings: shown };
  };

  const begin = () => {
    const boxes = scrolls[id];
    id = Math.random();
    settled = index += 1;
    scrolls[id] = { ...boxes }; // of kept boxes
  };

  // What others push or replace (a script, htmx, a link with a hash) gets its state before it is left. While
  // the browser is busy with a navigation, it would give that up; so that is waited for.
  const adopt = ({ navigationType: type }) => {
    if (isWriting || !/push|replace/.test(type) || !root.isConnected) return;
    if (type === "push" && isBlank) blank.state = entry();
    if (type === "push") begin();
    if (!openHomes().length && origin.split("?")[0] === location.pathname) origin = here();
    const its = id;
    const save = () => {
      if (its === id) write("replaceState", isRestoring() ? { ...wanted, id, index } : entry());
    };
    const transition = window.navigation?.transition;
    if (transition) transition.finished.then(save, save);
    else save();
  };
  const listenForEntries = () => {
    if (window.navigation) return navigation.addEventListener("currententrychange", adopt);
    for (const type of ["push", "replace"]) {
      const change = history[`${type}State`];
      history[`${type}State`] = (...said) => {
        change.apply(history, said);
        adopt({ navigationType: type });
      };
    }
    addEventListener("hashchange", () => ours(history.state) || adopt({ navigationType: "push" }));
  };

  // A part of a slot that htmx gives a URL of its own, by hx-push-url: the slot is at that URL, if it is one
  // of its page's.
  let pushing;
  const onUpdate = ({ detail: { requestConfig, sourceElement } }) =>
    (pushing = slotAround(requestConfig?.elt ?? sourceElement));
  const onUpdated = () => {
    if (!/page|intercepted/.test(pushing?.dataset.prVariant)) return;
    if (pushing.dataset.prSrc.split("?")[0] !== location.pathname) return;
    pushing.dataset.prSrc = here();
    renderings.delete(pushing);
    write("replaceState", entry());
    markCurrent();
  };
  on("htmx:beforeHistoryUpdate", "htmx:before:history:update", onUpdate);
  on("htmx:pushedIntoHistory", "htmx:after:history:update", onUpdated);
  on("htmx:replacedInHistory", "", onUpdated);

  let wanted; // the state of the entry that is brought back
  let restoring;
  const restore = ({ retried, undo } = {}) => {
    supersede({});
    const state = ours(history.state);
    const { slots: want, renderings: then } = state;
    if (!navigator.onLine && !undo && settled !== state.index && !isKept(want, then)) return missEntry();
    wanted = state;
    ({ id, origin = here(), opened = {}, index = 0 } = state);
    const its = id;
    const boxes = { ...scrolls[id] };
    let changed = [];
    const remembered = () => {
      changed = recall(want, then);
      prune();
    };
    const shown = wantsTransition() ? transition(remembered) : remembered();
    restoring = new Promise((done) => {
      const fetchOthers = () => {
        if (ours(history.state)?.id !== its || isOnScreen(want)) return done([]);
        send(location.href.split("#")[0], { want, retried, undo, done, hash: "" });
      };
      if (shown) shown.then(fetchOthers);
      else fetchOthers();
    }).then((fetched) => {
      changed.push(...fetched);
      settled = index;
      // A refreshed layout has printed slots that the entry did not know.
      if (its === id && slots().some((slot) => !want[addressOf(slot)])) write("replaceState", entry());
      settle();
      askForDeferred();
      for (const [path, [left, top]] of Object.entries(boxes)) {
        const box = document.querySelector(path);
        const around = (slot) => slot.contains(box) || box?.contains(slot);
        if (box === root || changed.some(around)) scrollTo(box, left, top);
      }
      root.removeAttribute("data-pr-restoring");
      onRestored();
    });
  };

  // Or return to the entry that is on screen.
  let isReturning;
  let returnsTo; // the index of that entry
  const mayTraverse = (leaving) => {
    isReturning = !mayLeave(leaving);
    if (!isReturning) return true;
    turnBack(index - ours(history.state).index);
  };
  const turnBack = (steps) => {
    supersede({});
    isReturning = true;
    returnsTo = ours(history.state).index + steps;
    restoring = new Promise(() => {}); // or the browser would scroll
    history.go(steps);
  };
  let landing = ""; // the URL of what is on screen, that the entry shall have
  // Not for a link with a hash, whose entry is new.
  const onPopstate = (event) => {
    const isOfForm = !ours(history.state) && blank.state && location.href === blank.href;
    if (isOfForm) write("replaceState", blank.state);
    const want = (isOfForm || ours(event.state)) && ours(history.state)?.slots;
    if (!want) return;
    if (landing) {
      event.stopImmediatePropagation();
      ({ id, index } = ours(history.state));
      write("replaceState", entry(), landing);
      landing = "";
      return restore();
    }
    const differs = (slot) => !isSame(stateOf(slot), want[addressOf(slot)] ?? []);
    const returns = isReturning;
    const strays = returns && ours(history.state).index !== returnsTo; // the user has gone on meanwhile
    if (strays) return turnBack(returnsTo - ours(history.state).index);
    isReturning = false;
    if (returns || mayTraverse(slots().filter(differs))) restore();
    else event.stopImmediatePropagation();
  };
  addEventListener("popstate", onPopstate, true);
  // Where the window was before a reload, only the browser knows; elsewhere Firefox gets it wrong.
  // popstate comes first.
  window.navigation?.addEventListener("navigate", (event) => {
    const { navigationType, canIntercept, hashChange } = event;
    if (navigationType !== "traverse" || !canIntercept || hashChange) return;
    const handler = async () => {
      await new Promise((tick) => setTimeout(tick));
      await restoring;
      if (!scrolls[id]?.[":root"]) event.scroll();
    };
    event.intercept({ focusReset: "manual", scroll: "manual", handler });
  });

  const send = (url, navigation) => {
    const source = document.body.appendChild(document.createElement("div"));
    sent.set(source, navigation);
    return htmx
      .ajax("GET", url, { source, target: document.body, swap: "none" })
      .catch(() => {}) // htmx 2 rejects aborted ones
      .finally(() => source.remove());
  };

  // --- For scripts; and the start ---

  // Slots by address, or all of a name; without names all on screen. A layout comes with the slots in it.
  const refresh = async (...names) => {
    const named = (name) => slots().filter(({ dataset }) => dataset.prSlot.endsWith(`.${name}`));
    const all = names.length ? names.flatMap((name) => slotAt(name) ?? named(name)) : slots();
    const found = [...new Set(all)].filter(({ dataset }) => dataset.prVariant !== "empty");
    const wanted = found.filter((slot) => !found.some((other) => other !== slot && other.contains(slot)));
    if (wanted.length) await ask(wanted);
  };
  document.addEventListener("parallel-routes:refresh", ({ detail }) => refresh(...(detail?.slots ?? [])));

  window.parallelRoutes = {
    // Navigate softly, one slot if it is named; `history`: "push", "replace", or false.
    async visit(url, { slot: only, history = "push", intercept, scroll } = {}) {
      if (only && !findSlot(only)) return reportTarget(`visit(…, { slot: "${only}" })`);
      const { href, hash } = new URL(url, location);
      if (isHash(href)) return goToHash(href, history);
      await send(url.split("#")[0], { only, history, intercept, scroll, hash });
    },
    refresh, // slots again, each as it is
    close,
    forget,
  };

  // A double click, or a key that is held down, is meant for what was there when it began: not for the
  // modal that it has opened, for what lies beneath the one that it has closed, or for another link that
  // has come to its place. And it sends a form once. Quick clicks on "Next" are several.
  const openModals = () =>
    [...document.querySelectorAll(`${SLOT} dialog:modal`)].map((dialog) => addressOf(dialog.closest(SLOT))).join();
  const controlAt = ({ target }) => target.closest?.("a,button,input,select,textarea,summary,label");
  const labelOf = (control) => control && (control.ariaLabel ?? control.textContent.trim());
  let began = {};
  let isAgain = false;
  const onRepeated = (event) => {
    const { type, isTrusted, detail, repeat, key, timeStamp, clientX, clientY } = event;
    const isKey = type === "keydown";
    const control = controlAt(event);
    if (type !== "click") {
      const { time, x, y } = began;
      const isNear = timeStamp - time < 500 && Math.hypot(clientX - x, clientY - y) < 10; // taps
      isAgain = isKey ? repeat : detail > 1 || isNear;
      const what = { modals: openModals(), control, label: labelOf(control) };
      if (!isAgain) began = { ...what, time: timeStamp, x: clientX, y: clientY };
    }
    if (!isAgain || !isTrusted || (isKey && key !== "Enter" && key !== "Escape")) return;
    const isOther = control !== began.control && labelOf(control) !== began.label;
    if (!isOther && !began.hasSent && began.modals === openModals()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ["mousedown", "click", "keydown"]) addEventListener(type, onRepeated, true);

  // What is the browser's. htmx has stopped it before it tells anybody: so it does not hear of it.
  const pass = (elt) => {
    const { boosted, listeners, listenerInfos } = elt._htmx ?? elt["htmx-internal-data"] ?? {};
    if (!boosted) return;
    const all = (listeners ?? listenerInfos).map(({ fromElt, on = fromElt, ...known }) => [
      on,
      known.eventName ?? known.trigger,
      known.handler ?? known.listener,
    ]);
    for (const [target, ...listener] of all) target.removeEventListener(...listener);
    setTimeout(() => {
      for (const [target, ...listener] of all) target.addEventListener(...listener);
    });
  };
  const isSelf = (target) => !target || /^_self$/i.test(target);

  const onSubmit = ({ target: form, submitter }) => {
    const valueOf = (name) => submitter?.getAttribute(`form${name}`) ?? attribute(form, name);
    if (/^dialog$/i.test(valueOf("method"))) return pass(form);
    const action = new URL(valueOf("action") || location.href, document.baseURI);
    const encodes = submitter?.hasAttribute("formenctype") || /plain/i.test(valueOf("enctype"));
    if (action.origin !== location.origin) return pass(form);
    if (isSelf(valueOf("target")) && !encodes) return;
    pass(form);
    // In a slot, URLs are relative to its own.
    const { prSrc } = slotAround(form)?.dataset ?? {};
    const [elt, name] = submitter?.hasAttribute("formaction") ? [submitter, "formaction"] : [form, "action"];
    const was = attribute(elt, name);
    const { setAttribute, removeAttribute } = Element.prototype;
    if (prSrc) setAttribute.call(elt, name, new URL(was ?? "", location.origin + prSrc).href);
    setTimeout(() => (was === null ? removeAttribute.call(elt, name) : setAttribute.call(elt, name, was)));
  };
  addEventListener("submit", onSubmit, true);

  // For the browser; htmx knows the others.
  const onClick = (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const link = closest(target, "a");
    const hasModifier = event.shiftKey || event.altKey || event.ctrlKey || event.metaKey;
    if (link?.hasAttribute("download") || (link && (event.shiftKey || event.altKey)))
      event.stopPropagation();
    if (link && (!isSelf(link.target) || link.origin !== location.origin)) pass(link);
    const slot = closest(target, "[data-pr-retry]")?.closest(SLOT);
    if (!slot || hasModifier) return;
    event.preventDefault();
    event.stopPropagation(); // htmx would follow it
    ask([slot]);
  };
  addEventListener("click", onClick, true);

  // Each htmx ignores the other's hx-boost.
  for (const name of ["hx-boost", "hx-boost:inherited"]) root.setAttribute(name, "true");
  root.setAttribute("hx-history", "false");
  if (isFour()) htmx.process(document.body); // it may have started before us
  const isLate = loaded !== location.pathname;
  const there = ours(history.state);
  const comesBack = there && (type === "back_forward" || there.comesBack || isLate);
  root.toggleAttribute("data-pr-restoring", !!comesBack); // no flash of what is not wanted
  if (there?.comesBack) write("replaceState", { ...there, comesBack: false });
  const start = () => {
    if (document.readyState === "loading") {
      // Of a page that streams, the rest may take long. htmx would wait for it.
      const config = document.querySelector('meta[name="htmx-config"]')?.content ?? "{}";
      if (!isFour()) Object.assign(htmx.config, JSON.parse(config));
      htmx.process(document.body);
      stream.observe(root, { childList: true, subtree: true });
      document.addEventListener("readystatechange", takeStreamed);
    }
    if (comesBack && !isElsewhere(ours(history.state))) restore();
    else if (comesBack && isLate) reloadEntry();
    else {
      root.removeAttribute("data-pr-restoring");
      trackOpened();
      if (isBlank) blank.href = location.href;
      else write("replaceState", entry());
      markCurrent();
    }
    listenForEntries();
    takeStreamed();
    askForDeferred();
  };
  if (window.htmx && document.querySelector("[data-pr-arrived]")) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
