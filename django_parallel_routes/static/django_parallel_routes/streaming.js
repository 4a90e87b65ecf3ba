/* Built from js/ of django-parallel-routes: dd50db2c81356f93 */
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
  var takeStreamed = () => {
    const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
    const templates = document.querySelectorAll("template[data-pr-fragment]");
    for (const template of templates) {
      const position = complete?.compareDocumentPosition(template) ?? 0;
      if (position & Node.DOCUMENT_POSITION_FOLLOWING) break;
      const element = (
        /** @type {HTMLElement} */
        template.content.firstElementChild
      );
      const slot = document.getElementById(element.id);
      template.remove();
      if (!slot?.matches(STREAMED)) continue;
      loadPartsFor(element.innerHTML);
      commit({ refreshed: /* @__PURE__ */ new Map(), hash: "" }, "stay", [element]);
      slot.replaceChildren(...element.childNodes);
      htmx.process(slot);
    }
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
