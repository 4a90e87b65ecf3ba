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
  var dispatch = (name, target, detail) => target.dispatchEvent(
    new CustomEvent(`parallel-routes:${name}`, { bubbles: true, cancelable: true, detail })
  );

  // page:navigation.js
  var { "abort": abort, "inFlight": inFlight, "send": send } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:slots.js
  var { "SLOT": SLOT, "isLoading": isLoading, "slotAt": slotAt, "slotFor": slotFor, "slots": slots } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // page:documents.js
  var { "loadDocument": loadDocument } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/texts.js
  var script = document.querySelector("script[data-pr-texts]");
  var translated = JSON.parse(script?.dataset.prTexts ?? "{}");

  // src/parts/notices.js
  var texts = {
    offline: "You are offline.",
    network: "The server can’t be reached.",
    timeout: "The server took too long to answer.",
    unsent: "You are offline. The form was not sent.",
    unsure: "No answer came. The form may not have been sent.",
    refused: "The server refused this.",
    busy: "Too many requests. Wait a moment.",
    broken: "The server failed.",
    empty: "The server’s answer was empty.",
    online: "You are online again.",
    retry: "Try again",
    send: "Send again",
    close: "Close",
    ...translated
  };
  var LINE = "parallel-routes-notice";
  var PATIENCE = 2e3;
  var retry;
  var textOf = ({ reason, status = 0, statusText, isSent }) => {
    if (reason !== "answer")
      return texts[isSent ? reason === "offline" ? "unsent" : "unsure" : reason];
    const kinds = { 401: "refused", 403: "refused", 429: "busy" };
    const kind = kinds[status] ?? (status >= 500 ? "broken" : "empty");
    return `${texts[kind]} (${[status, statusText].filter(Boolean).join(" ")})`;
  };
  var button = (text, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });
  var latest;
  var removeNotice = () => {
    latest = void 0;
    find()?.remove();
  };
  var find = () => document.querySelector(`.${LINE}`);
  var topmost = () => all("dialog:modal").at(-1) ?? document.body;
  var show = (source, failure) => {
    removeNotice();
    retry = failure.retry;
    const line = document.createElement("div");
    const dismiss = () => {
      removeNotice();
      if (root.contains(source) && !matches(source, "form")) source.focus?.({ preventScroll: true });
    };
    const again = button(failure.isSent ? texts.send : texts.retry, () => {
      dismiss();
      failure.retry?.();
    });
    const close = button("×", dismiss);
    close.ariaLabel = texts.close;
    line.className = LINE;
    line.popover = "manual";
    line.role = "alert";
    topmost().append(line);
    line.showPopover?.();
    line.append(Object.assign(document.createElement("p"), { textContent: textOf(failure) }));
    if (retry) line.append(again);
    line.append(close);
  };
  var leadsAway = async ({ url, reason, isSent }) => {
    if (reason !== "network" || isSent) return false;
    const probe = fetch(url, { redirect: "manual" }).catch(() => void 0);
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    return (await Promise.race([probe, late]))?.type === "opaqueredirect";
  };
  hooks.removeNotice = removeNotice;
  hooks.showNotice = async ({ target, detail }) => {
    latest = detail;
    const isAway = await leadsAway(detail);
    if (latest !== detail) return;
    if (isAway) loadDocument({}, new URL(detail.url, location.href).href);
    else show(
      /** @type {HTMLElement} */
      target,
      detail
    );
  };
  addEventListener("online", () => {
    const text = find()?.querySelector("p");
    if (text && retry) text.textContent = texts.online;
  });
  var putBack = (form, slot) => {
    Element.prototype.toggleAttribute.call(form, "hidden", true);
    slotFor(slot)?.append(form);
    setTimeout(() => Element.prototype.remove.call(form));
  };
  hooks.repeat = (navigation, url) => {
    const { source, isSafe, around: around2, trigger, slot, history, hash, intercept, scroll } = navigation;
    const { type, submitter } = (
      /** @type {SubmitEvent} */
      trigger ?? {}
    );
    if (source && isSafe === false && !root.contains(source) && around2) putBack(source, around2);
    if (!source || !root.contains(source))
      return void send(url, { slot, history, hash, intercept, scroll });
    if (type === "submit") {
      const button2 = (
        /** @type {HTMLButtonElement | null} */
        submitter
      );
      const form = (
        /** @type {HTMLFormElement} */
        source
      );
      HTMLFormElement.prototype.requestSubmit.call(form, button2?.form === form ? button2 : null);
    } else if (!type || type === "click") source.click();
    else htmx.trigger(source, type);
  };

  // page:page.js
  var { "HEADER": HEADER } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/without-answers.js
  var ERRORS = /aria-invalid="true"|errorlist/;
  hooks.takeRefused = async ({ source, status, header, html }, { trigger }) => {
    if (status === 204) return true;
    if (!matches(source, "form[method=post i]")) return false;
    const text = await new Blob([html]).text();
    if (!/^4/.test(`${status}`) && !(header(HEADER) === "stay" && ERRORS.test(text))) return false;
    const { submitter } = (
      /** @type {SubmitEvent} */
      trigger ?? {}
    );
    const none = Object.assign(document.createElement("button"), { hidden: true });
    const button2 = submitter ?? source.appendChild(none);
    button2.setAttribute("formenctype", attribute(source, "enctype") ?? "");
    HTMLFormElement.prototype.requestSubmit.call(source, button2);
    return true;
  };
  hooks.reportLost = ({ sentUrl }, navigation) => {
    const { source, isSafe } = navigation;
    const { href: url } = new URL(sentUrl, location.href);
    const target = source && root.contains(source) ? source : document;
    const retry2 = () => hooks.repeat?.(navigation, url);
    const reason = navigator.onLine ? "network" : "offline";
    const detail = { reason, url, isSent: isSafe === false, retry: retry2 };
    if (dispatch("failed", target, detail))
      hooks.showNotice?.(
        /** @type {any} */
        { target, detail }
      );
    return true;
  };

  // src/parts/announce.js
  var REGION = "parallel-routes-title";
  var LIVE = "[aria-live],[role=status],[role=alert],[role=log]";
  var LABELLED = "[aria-label],[aria-labelledby]";
  var HEADING = `h1,h2,h3,h4,h5,h6,:is(section,article,[role=region]):is(${LABELLED})`;
  var MOST = 3;
  var region = () => document.querySelector(`.${REGION}`) ?? document.body.appendChild(
    Object.assign(document.createElement("div"), { role: "status", className: REGION })
  );
  var labelOf = (element) => {
    const ids = attribute(element, "aria-labelledby")?.split(/\s+/) ?? [];
    const texts2 = ids.map((id) => document.getElementById(id)?.textContent?.trim());
    return texts2.filter(Boolean).join(" ") || element.ariaLabel;
  };
  var labelAround = (slot) => {
    const place = slot.parentElement && closest(slot.parentElement, LABELLED);
    return place && all(SLOT, place).every((one) => slot.contains(one)) && labelOf(place);
  };
  var nameOf = (slot) => {
    const { prState, prTitle } = slot.dataset;
    if (prState === "loading") return slot.innerText.trim();
    const isQuiet = prState || closest(slot, LIVE) || slot.querySelector(LIVE);
    if (slot.querySelector("dialog:modal") || isQuiet) return "";
    const titled = all("[data-pr-title]", slot).find(({ dataset }) => dataset.prTitle);
    const heading = slot.querySelector(HEADING);
    const text = heading && (labelOf(heading) || heading.textContent?.trim());
    return prTitle || titled?.dataset.prTitle || labelAround(slot) || text || "";
  };
  var { title } = document;
  var announce = (changed) => {
    const isInDialog = changed.some((slot) => slot.querySelector("dialog:modal"));
    const names = changed.map(nameOf);
    if (title !== document.title && !isInDialog) names.unshift(document.title);
    title = document.title;
    const text = [...new Set(names)].filter(Boolean).slice(0, MOST).join(", ");
    if (text || isInDialog) region().textContent = text;
  };
  var focused = null;
  var around = [];
  addEventListener("focusin", ({ target }) => {
    focused = /** @type {HTMLElement} */
    target;
    around = slots().filter((slot) => slot.contains(focused)).reverse();
  });
  var focus = (slot) => {
    const before = focused;
    const slots2 = around;
    slot.tabIndex = -1;
    slot.focus({ preventScroll: true });
    slot.addEventListener("blur", () => slot.removeAttribute("tabindex"), { once: true });
    [focused, around] = [before, slots2];
  };
  var keepFocus = () => {
    if (!around.length || focused?.isConnected || document.activeElement !== document.body) return;
    const slot = [...around, slotAt("children"), ...slots()].find(
      (one) => one?.firstChild && topmost().contains(one)
    );
    if (slot) focus(slot);
  };
  var { shown } = hooks;
  var loading = /* @__PURE__ */ new WeakSet();
  var noteLoading = () => {
    for (const slot of slots()) if (isLoading(slot)) loading.add(slot);
  };
  noteLoading();
  hooks.shown = (navigation, changed) => {
    shown?.(navigation, changed);
    keepFocus();
    const arrived = changed.filter((slot) => loading.delete(slot));
    if (!navigation.refreshed?.size) announce(changed);
    else if (arrived.length) announce(arrived);
    noteLoading();
  };
  var POPUP = ":is(:popover-open:not([popover=manual]))";
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(POPUP)) return;
      const slow = [...inFlight].filter(
        // Don't cancel the closing of a dialog, if the user presses Esc twice.
        ({ isSafe, refreshed, restoring, source }) => isSafe && !refreshed && !restoring && !(source && closest(source, "[data-pr-close]"))
      );
      if (slow.length) event.preventDefault();
      for (const navigation of slow) abort(navigation);
    },
    true
  );
  if (document.body) region();
  else addEventListener("DOMContentLoaded", region);
})();
