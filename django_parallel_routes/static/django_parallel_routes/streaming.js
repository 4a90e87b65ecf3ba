/* Built from js/ of django-parallel-routes: b00aabd9e2eb7034 */
"use strict";
(() => {
  // src/parts/core.js
  var core = (
    /** @type {Core} */
    /** @type {any} */
    window[/* @__PURE__ */ Symbol.for("django-parallel-routes")]
  );

  // src/parts/streaming.js
  var { commit, hooks, loadDeferred, loadPartsFor, SLOT } = core;
  var STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;
  var nextComplete = () => {
    const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
    const template = document.querySelector("template[data-pr-fragment]");
    const position = (template && complete?.compareDocumentPosition(template)) ?? 0;
    if (template && !(position & Node.DOCUMENT_POSITION_FOLLOWING)) return template;
  };
  var isBusy = false;
  var takeStreamed = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let template = nextComplete(); template; template = nextComplete()) {
      const { content } = template;
      const element = (
        /** @type {HTMLElement} */
        document.adoptNode(content).firstElementChild
      );
      const slot = document.getElementById(element.id);
      template.remove();
      if (!slot?.matches(STREAMED)) continue;
      const html = element.innerHTML;
      const parts = loadPartsFor(html);
      if (/<(script|link)\b/i.test(html)) {
        await parts;
        await hooks.loadSheets?.(html, null);
        if (!slot.matches(STREAMED)) continue;
      }
      hooks.takeScripts?.(element, null);
      commit({ refreshed: /* @__PURE__ */ new Map(), hash: "" }, "stay", [element]);
      slot.replaceChildren(...element.childNodes);
      htmx.process(slot);
    }
    isBusy = false;
    if (document.readyState === "loading") return;
    stream.disconnect();
    queueMicrotask(() => {
      for (const slot of document.querySelectorAll(STREAMED))
        slot.setAttribute("data-pr-delivery", "deferred");
      loadDeferred();
    });
  };
  var stream = new MutationObserver(takeStreamed);
  if (document.readyState === "loading") {
    stream.observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("readystatechange", takeStreamed);
  }
  hooks.streams = true;
  takeStreamed();
})();
