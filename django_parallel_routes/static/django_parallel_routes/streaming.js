/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // later:answers/changes.js
  var describe = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["describe"](...all2);

  // later:answers/refreshed.js
  var dropStale = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["dropStale"](...all2);
  var onRefreshFailed = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["onRefreshFailed"](...all2);

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

  // page:navigation.js
  var { "finish": finish, "inFlight": inFlight } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks, "loadPartsFor": loadPartsFor } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:refresh.js
  var { "loadDeferred": loadDeferred, "prune": prune, "refresh": refresh } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT, "isLoading": isLoading, "renderingOf": renderingOf, "slotFor": slotFor, "stateOf": stateOf } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // later:answers/commit.js
  var commit = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["commit"](...all2);

  // later:answers/htmx.js
  var swapSlots = (...all2) => window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 later")]["swapSlots"](...all2);

  // src/parts/arrivals.js
  var TEMPLATES = "template[data-pr-fragment],template[data-pr-arrived]";
  var isBusy = ({ dataset }) => dataset.prState === "busy";
  var takeElements = (body) => (
    /** @type {HTMLTemplateElement[]} */
    all(TEMPLATES, body).flatMap((template) => {
      template.remove();
      return (
        /** @type {HTMLElement[]} */
        [...template.content.children]
      );
    })
  );
  var aim = (slot, element) => {
    if (element && !isLoading(slot)) slot.dataset.prSrc = element.dataset.prSrc ?? "";
  };
  var ask = (slot, element) => {
    aim(slot, element);
    if (!isLoading(slot)) return refresh([slot]);
    slot.dataset.prDelivery = "deferred";
    loadDeferred();
  };
  var prepare = async (html, policy) => {
    await loadPartsFor(html);
    await hooks.loadSheets?.(html, policy);
  };
  var show = (body, policy, keeps) => {
    const lost = all(":scope > *", body).filter(isBusy);
    for (const element of lost) element.remove();
    hooks.takeScripts?.(body, policy);
    const elements = all(":scope > *", body);
    if (elements.length) {
      commit({ refreshed: /* @__PURE__ */ new Map(), hash: "", keeps }, "stay", elements);
      swapSlots(body.innerHTML);
    }
    for (const element of lost) {
      const slot = slotFor(element);
      if (slot) ask(slot, element);
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

  // src/parts/stream.js
  var ARRIVED = "<template data-pr-arrived></template>";
  var HOLD = 150;
  var Stream = class {
    isComplete = false;
    isUrgent = false;
    onMore = () => {
    };
    #text = "";
    #taken = 0;
    #isHeld = false;
    #isShown = false;
    #begin = () => {
    };
    /** A promise that is fulfilled when the first part may be shown. */
    #first = new Promise((begin) => {
      this.#begin = () => begin(void 0);
    });
    /** @param {(html: string) => boolean} mayPostponeLoading whether a first part may be shown before its loading states */
    constructor(mayPostponeLoading2) {
      this.mayPostponeLoading = mayPostponeLoading2;
    }
    /** @param {string} text all text that has arrived */
    #receive(text) {
      const end = text.lastIndexOf(ARRIVED);
      if (end < 0) return;
      this.#text = text.slice(0, end);
      if (!this.#isHeld) setTimeout(this.#begin, HOLD);
      this.#isHeld = true;
      if (!this.#isShown && !this.isUrgent && this.mayPostponeLoading(this.#text)) {
        this.isUrgent = true;
        setTimeout(this.#begin, 0);
      }
      this.onMore();
    }
    /** The response has ended. Any text after the last complete part was cut off. */
    #end() {
      this.isComplete = true;
      this.#begin();
      this.onMore();
    }
    /** Take the text that has become complete since the last call. */
    take() {
      const text = this.#text.slice(this.#taken);
      this.#taken = this.#text.length;
      this.#isShown = true;
      return text;
    }
    /**
     * @param {XMLHttpRequest} xhr
     * @param {() => string} text
     * @param {(text: string) => void} show
     */
    async ofXhr(xhr, text, show2) {
      const { onabort, onerror, ontimeout } = (
        /** @type {any} */
        xhr
      );
      let isStopped = false;
      xhr.onprogress = () => this.#receive(text());
      const stop = (tell) => () => {
        isStopped = true;
        if (this.#isShown) this.#end();
        else tell.call(xhr);
      };
      const fail = stop(onerror);
      xhr.onload = () => {
        this.#receive(text());
        if (this.#isHeld) this.#end();
        else fail();
      };
      xhr.onerror = fail;
      xhr.onabort = stop(onabort);
      xhr.ontimeout = stop(ontimeout);
      await this.#first;
      if (!isStopped) show2(this.take());
    }
    /** @param {Response} response @param {string | null} type */
    async ofResponse({ body }, type) {
      const reading = this.#read(body?.getReader(), decoderFor(type)).catch((error) => {
        const isAborted = !(error instanceof TypeError);
        if (!this.#isShown && (!this.#isHeld || isAborted)) throw error;
        this.#end();
      });
      await Promise.race([this.#first, reading.then(() => this.#first)]);
      return this.take();
    }
    /** @param {ReadableStreamDefaultReader<Uint8Array> | undefined} reader @param {TextDecoder} decoder */
    async #read(reader, decoder) {
      let text = "";
      for (; ; ) {
        const { done, value } = await reader?.read() ?? { done: true };
        if (done && this.#isHeld) return this.#end();
        if (done) throw new TypeError("The response ended in its first part.");
        text += decoder.decode(value, { stream: true });
        this.#receive(text);
      }
    }
  };

  // src/parts/late-slots.js
  var LateSlots = class {
    /** The slots that have not arrived, with the rendering that each of them shows. @type {Map<Slot, number | undefined>} */
    #slots = /* @__PURE__ */ new Map();
    #isTaking = false;
    #stream;
    #late;
    #policy;
    #postponed;
    #keeps;
    /** The navigation that waits for these slots. A newer navigation may abort it. @type {Navigation} */
    #waiting;
    /**
     * @param {Navigation} navigation
     * @param {HTMLElement[]} late the element of each of them in the first part
     * @param {string | null} policy
     * @param {WeakSet<Element>} postponed the loading states that are shown a moment after the first part
     */
    constructor({ stream, abort, history }, late, policy, postponed2) {
      this.#stream = stream;
      this.#late = late;
      this.#policy = policy;
      this.#postponed = postponed2;
      this.#keeps = history === "push";
      this.#waiting = { refreshed: this.#slots, hash: "", abort };
    }
    start() {
      for (const element of this.#late) {
        const slot = slotFor(element);
        if (!slot) continue;
        for (const older of inFlight) older.refreshed?.delete(slot);
        if (element.dataset.prDelivery === "deferred") ask(slot, element);
        else this.#slots.set(slot, renderingOf(slot));
        slot.ariaBusy = "true";
      }
      inFlight.add(this.#waiting);
      if (this.#stream) this.#stream.onMore = () => this.#takeMore();
      this.#takeMore();
      setTimeout(() => this.#showPostponed(), HOLD);
    }
    #isWaiting() {
      prune();
      return inFlight.has(this.#waiting);
    }
    async #takeMore() {
      if (this.#isTaking || !this.#isWaiting()) return;
      this.#isTaking = true;
      for (let html = this.#stream?.take(); html; html = this.#stream?.take()) {
        await prepare(html, this.#policy);
        if (!this.#isWaiting()) return;
        this.#showArrived(parse(html));
      }
      this.#isTaking = false;
      if ((!this.#stream || this.#stream.isComplete) && this.#isWaiting()) this.#end();
    }
    /** @param {HTMLElement} body */
    #showArrived(body) {
      const arrived = /* @__PURE__ */ new Map();
      for (const element of takeElements(body)) {
        const slot = slotFor(element);
        if (!slot || !this.#slots.has(slot)) continue;
        arrived.set(slot, this.#slots.get(slot));
        this.#slots.delete(slot);
        body.append(isBusy(element) ? this.#takeDeferred(slot) ?? element : element);
      }
      if (!this.#slots.size) finish(this.#waiting);
      dropStale(body, { refreshed: arrived, hash: "" });
      show(body, this.#policy, this.#keeps);
    }
    /** The response has ended: request the slots that have not arrived. */
    #end() {
      finish(this.#waiting);
      const body = parse("");
      for (const slot of [...this.#slots.keys()]) {
        const element = this.#takeDeferred(slot);
        if (element && this.#slots.delete(slot)) body.append(element);
      }
      show(body, this.#policy, this.#keeps);
      for (const slot of this.#slots.keys()) {
        aim(
          slot,
          this.#late.find(({ id }) => id === slot.id)
        );
        if (isLoading(slot)) slot.dataset.prDelivery = "deferred";
      }
      if (this.#slots.size) onRefreshFailed(this.#waiting);
    }
    /** The loading state of a slot that does not show it yet. It is marked, so that the slot's page is requested. @param {Slot} slot */
    #takeDeferred(slot) {
      if (isLoading(slot)) return;
      const element = this.#late.find((one) => one.id === slot.id && this.#postponed.has(one));
      if (element) element.dataset.prDelivery = "deferred";
      return element;
    }
    /** Show the loading states of the first part, for the slots that have not arrived since. */
    #showPostponed() {
      const elements = this.#late.filter((element) => {
        const slot = slotFor(element);
        return this.#postponed.has(element) && slot && this.#slots.has(slot);
      });
      if (!this.#isWaiting() || !elements.length) return;
      const body = parse("");
      body.append(...elements);
      inFlight.delete(this.#waiting);
      show(body, this.#policy, this.#keeps);
      queueMicrotask(() => {
        for (const slot of elements.map(slotFor)) if (slot) this.#slots.set(slot, renderingOf(slot));
        inFlight.add(this.#waiting);
        this.#takeMore();
      });
    }
  };

  // src/parts/streaming.js
  var STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;
  var postponed = /* @__PURE__ */ new WeakSet();
  var mayPostponeLoading = (html) => {
    const body = parse(html);
    const arrived = takeElements(body).map(({ id }) => id);
    const elements = all(":scope > *", body);
    const isPlain = ({ dataset: { prVariant = "page", prSlot = "" } }) => /page|default/.test(prVariant) && !prSlot.endsWith("children");
    const isReady = (element) => arrived.includes(element.id) || !element.dataset.prState && !element.querySelector("[data-pr-delivery]");
    return elements.some(isReady) && elements.every((element) => isReady(element) || isBusy(element) || isPlain(element));
  };
  var awaited = /* @__PURE__ */ new Map();
  hooks.awaited = () => {
    for (const [slot, [, rendering]] of awaited)
      if (!slot.isConnected || renderingOf(slot) !== rendering) awaited.delete(slot);
    return Object.fromEntries([...awaited].map(([slot, [state]]) => [slot.dataset.prSlot, state]));
  };
  hooks.stopAwaiting = () => {
    hooks.awaited?.();
    for (const slot of awaited.keys()) {
      for (const { refreshed } of inFlight) refreshed?.delete(slot);
      slot.ariaBusy = null;
    }
    awaited.clear();
  };
  hooks.receive = (navigation) => {
    navigation.stream = new Stream(mayPostponeLoading);
    return navigation.stream;
  };
  hooks.takeLate = (body, { stream }) => {
    const templates = body.querySelector(TEMPLATES);
    for (const element of takeElements(body)) {
      const place = (
        /** @type {Slot | null} */
        body.querySelector(`[id="${element.id}"]`)
      );
      if (place && isBusy(element)) place.dataset.prDelivery = "deferred";
      else if (place) {
        describe(place, element.dataset);
        if ("prSame" in element.dataset) place.dataset.prSame = "";
        place.replaceChildren(...element.childNodes);
      }
    }
    const late = all("[data-pr-state]", body).filter(
      (element) => isBusy(element) || element.dataset.prDelivery === "streamed"
    );
    for (const element of late) {
      if (stream?.isUrgent && !isBusy(element)) postponed.add(element);
      if (!stream?.isUrgent && !isBusy(element)) continue;
      const slot = slotFor(element);
      const { prVariant, prSrc } = element.dataset;
      const dataset = { ...slot?.dataset, prVariant, prSrc };
      if (slot) awaited.set(slot, [stateOf(
        /** @type {Slot} */
        { dataset }
      ), renderingOf(slot)]);
      if (element.parentElement === body) element.remove();
    }
    return templates || late.length ? late : void 0;
  };
  hooks.awaitLate = (navigation, late, policy) => new LateSlots(navigation, late, policy, postponed).start();
  var nextComplete = () => {
    const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
    const template = document.querySelector("template[data-pr-fragment]");
    const position = (template && complete?.compareDocumentPosition(template)) ?? 0;
    if (template && !(position & Node.DOCUMENT_POSITION_FOLLOWING)) return template;
  };
  var askForMissing = () => {
    for (const slot of document.querySelectorAll(STREAMED))
      slot.setAttribute("data-pr-delivery", "deferred");
    loadDeferred();
  };
  var PATIENCE = 6e4;
  var silence;
  var takeForBroken = () => {
    if (document.readyState === "loading") askForMissing();
  };
  var awaitNext = () => {
    clearTimeout(silence);
    silence = setTimeout(takeForBroken, PATIENCE);
  };
  var isBusyTaking = false;
  var takeStreamed = async () => {
    if (isBusyTaking) return;
    isBusyTaking = true;
    for (let template = nextComplete(); template; template = nextComplete()) {
      const html = template.innerHTML;
      template.remove();
      awaitNext();
      await prepare(html, null);
      const body = parse(html);
      const element = (
        /** @type {HTMLElement} */
        body.firstElementChild
      );
      const slot = slotFor(element);
      if (!slot?.matches(STREAMED)) continue;
      dropStale(body, { refreshed: /* @__PURE__ */ new Map([[slot, renderingOf(slot)]]), hash: "" });
      show(body, null);
    }
    isBusyTaking = false;
    if (document.readyState === "loading") return;
    observer.disconnect();
    queueMicrotask(askForMissing);
  };
  var observer = new MutationObserver(takeStreamed);
  hooks.showStreamed = () => {
    if (document.readyState === "loading") {
      observer.observe(document.documentElement, { childList: true, subtree: true });
      document.addEventListener("readystatechange", takeStreamed);
      addEventListener("online", takeForBroken);
      awaitNext();
    }
    takeStreamed();
  };
})();
