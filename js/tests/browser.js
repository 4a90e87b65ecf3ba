// Stands in for a browser while the modules are loaded, and makes elements with only what the modules read. Each test imports
// this first.

/** The slots that `document` has. @type {object[]} */
let onScreen = [];

const document = {
  currentScript: { dataset: { prBoost: "link" }, src: "", nonce: "" },
  documentElement: { toggleAttribute() {} },
  addEventListener() {},
  implementation: { createHTMLDocument() {} },
  querySelector(selector) {
    const [, address] = /data-pr-slot="([^"]*)"/.exec(selector) ?? [];
    return onScreen.find(({ dataset }) => dataset.prSlot === address) ?? null;
  },
  querySelectorAll: () => onScreen,
};

Object.assign(globalThis, {
  DEBUG: true,
  document,
  window: globalThis,
  history: { state: null },
});
globalThis.performance.getEntriesByType = () => [
  { type: "navigate", name: "https://example.com/photos/" },
];
for (const name of ["Element", "Node", "HTMLElement"]) {
  const prototype = {};
  for (const getter of ["parentElement", "previousElementSibling"])
    Object.defineProperty(prototype, getter, { get: () => null });
  globalThis[name] = Object.assign(() => {}, { prototype });
}

/** Go to a URL, without a document. */
export const goTo = (url) => {
  globalThis.location = new URL(url);
};
goTo("https://example.com/photos/");

/** Put slots on screen, as [address, variant, URL, key]; gives their elements. */
export const show = (...slots) => {
  onScreen = slots.map(([prSlot, prVariant, prSrc, prKey = "key"]) => ({
    dataset: { prSlot, prVariant, prSrc, prKey },
    isConnected: true,
    contains: () => false,
  }));
  return onScreen;
};
