// Stands in for what parallel-routes.js will do: tells of changes, and closes.
(() => {
  const tell = (slot, name, detail) =>
    slot.dispatchEvent(new CustomEvent(`parallel-routes:${name}`, { bubbles: true, detail }));
  let source;
  addEventListener("click", ({ target }) => (source = target.closest?.("a")), true);
  const enter = (slot) => {
    if (slot.id.match(/^slot-(modal|drawer|stubborn|own)$/)) {
      slot.removeAttribute("data-home");
      if (slot.children.length) slot.dataset.home = "/m/";
    }
    tell(slot, "enter", { source });
  };
  const four = () => !!htmx.registerExtension;
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => tell(detail.target, "leave"));
  document.addEventListener("htmx:oobAfterSwap", ({ detail }) => enter(detail.target));
  document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
    const slots = tasks.filter(({ type }) => type === "oob").map(({ target }) => typeof target === "string" ? document.querySelector(target) : target);
    for (const slot of slots) tell(slot, "leave");
    queueMicrotask(() => queueMicrotask(() => slots.forEach(enter)));
  });
  parallelRoutes.close = () => {
    source = null;
    history.back();
    return new Promise((done) => addEventListener("parallel-routes:enter", done, { once: true }));
  };
})();
