// Finds out which htmx runs, 2 or 4. The other modules don't need to know.
import { htmx2 } from "./htmx2.js";
import { htmx4 } from "./htmx4.js";

// An extension of htmx 4 also fires the events of htmx 2. So the version is looked up when an event is fired. No event is
// fired before htmx has loaded.
export const isFour = () => !!window.htmx?.registerExtension;
const running = () => (isFour() ? htmx4 : htmx2);

/**
 * Listen to an event of htmx, by default before other listeners.
 *
 * @param {string} name
 * @param {(request: import("./types.js").HtmxRequest, event: CustomEvent) => unknown} listener
 * @param {boolean} [capture]
 */
export const on = (name, listener, capture = true) => {
  for (const version of [htmx2, htmx4])
    for (const type of version.events[name]?.split(" ") ?? []) {
      const hear = (/** @type {any} */ event) => {
        if (version === running()) listener(version.requestOf(event.detail), event);
      };
      document.addEventListener(type, hear, capture);
    }
};
