// Shows slots that the server streams after the rest of the page. A page that streams loads this part.
import { core } from "./core.js";

const { commit, hooks, loadDeferred, loadPartsFor, SLOT } = core;
const STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;

/** The next slot that is there as a whole. @returns {HTMLTemplateElement | undefined} */
const nextComplete = () => {
  const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("template[data-pr-fragment]");
  const position = (template && complete?.compareDocumentPosition(template)) ?? 0;
  if (template && !(position & Node.DOCUMENT_POSITION_FOLLOWING)) return template;
};

let isBusy = false;
const takeStreamed = async () => {
  if (isBusy) return;
  isBusy = true;
  for (let template = nextComplete(); template; template = nextComplete()) {
    const { content } = template; // of a document without a URL
    const element = /** @type {HTMLElement} */ (document.adoptNode(content).firstElementChild);
    const slot = document.getElementById(element.id);
    template.remove();
    if (!slot?.matches(STREAMED)) continue; // it has changed since
    const html = element.innerHTML;
    const parts = loadPartsFor(html);
    if (/<(script|link)\b/i.test(html)) {
      await parts;
      await hooks.loadSheets?.(html, null);
      if (!slot.matches(STREAMED)) continue;
    }
    hooks.takeScripts?.(element, null);
    commit({ refreshed: new Map(), hash: "" }, "stay", [element]);
    slot.replaceChildren(...element.childNodes);
    htmx.process(slot);
  }
  isBusy = false;
  if (document.readyState === "loading") return;
  stream.disconnect();
  // After what has arrived is shown, which takes a microtask.
  queueMicrotask(() => {
    // The connection may have been cut.
    for (const slot of document.querySelectorAll(STREAMED))
      slot.setAttribute("data-pr-delivery", "deferred");
    loadDeferred();
  });
};

const stream = new MutationObserver(takeStreamed);
if (document.readyState === "loading") {
  stream.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("readystatechange", takeStreamed);
}
hooks.streams = true;
takeStreamed();
