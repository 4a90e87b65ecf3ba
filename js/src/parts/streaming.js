// Shows slots that the server streams after the rest of the page. A page that streams loads this part.
import { core } from "./core.js";

const { commit, hooks, loadDeferred, loadPartsFor, SLOT } = core;
const STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;

const takeStreamed = () => {
  const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = document.querySelectorAll("template[data-pr-fragment]");
  for (const template of templates) {
    const position = complete?.compareDocumentPosition(template) ?? 0;
    if (position & Node.DOCUMENT_POSITION_FOLLOWING) break;
    const element = /** @type {HTMLElement} */ (template.content.firstElementChild);
    const slot = document.getElementById(element.id);
    template.remove();
    if (!slot?.matches(STREAMED)) continue; // it has changed since
    loadPartsFor(element.innerHTML);
    commit({ refreshed: new Map(), hash: "" }, "stay", [element]);
    slot.replaceChildren(...element.childNodes);
    htmx.process(slot);
  }
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
