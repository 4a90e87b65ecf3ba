// Calls listeners of events that the document has fired long ago: DOMContentLoaded, load, jQuery's ready. The scripts of a
// response may add such listeners. These are held while the scripts run, and are called when all scripts have run.

/** How many responses have scripts that are running. */
let running = 0;
/** Functions that call the held listeners, by event, in the order of a document. @type {Record<string, (() => void)[]>} */
const held = { DOMContentLoaded: [], readystatechange: [], load: [] };
/** The function `ready` of each jQuery, by its prototype. @type {Map<any, Function>} */
const readies = new Map();
/** What `window.onload` was before the scripts ran. @type {unknown} */
let onload;

/** An event like the one that the document has fired. @param {EventTarget} currentTarget @param {string} type */
const eventAt = (currentTarget, type) => {
  const event = new Event(type);
  for (const [name, value] of Object.entries({ target: document, currentTarget }))
    Object.defineProperty(event, name, { value });
  return event;
};

/** Hold the listeners that scripts add from now on. */
export const holdListeners = () => {
  running += 1;
  if (running === 1) onload = window.onload;
  for (const place of [document, window]) {
    const isPast = (/** @type {string} */ type) =>
      (type === "DOMContentLoaded" && document.readyState !== "loading") ||
      (document.readyState === "complete" &&
        (place === window ? type === "load" : type === "readystatechange"));
    place.addEventListener = (
      /** @type {string} */ type,
      /** @type {any} */ listener,
      /** @type {any} */ options,
    ) => {
      if (!isPast(type))
        return EventTarget.prototype.addEventListener.call(place, type, listener, options);
      const event = eventAt(place, type);
      held[type].push(() =>
        listener.handleEvent ? listener.handleEvent(event) : listener.call(place, event),
      );
    };
  }
  holdReady();
};

/** Hold the functions that are given to `$(document).ready()` from now on, for each jQuery: the admin has its own. */
export const holdReady = () => {
  const { jQuery, $, django } = /** @type {any} */ (window);
  for (const one of [jQuery, $, django?.jQuery]) {
    const prototype = one?.fn;
    if (!running || typeof prototype?.ready !== "function" || readies.has(prototype)) continue;
    const { ready } = prototype;
    readies.set(prototype, ready);
    prototype.ready = function (/** @type {Function} */ listener) {
      held.DOMContentLoaded.push(() => listener.call(document, one));
      return this;
    };
  }
};

/** Call the held listeners, once the scripts of all responses have run. */
export const releaseListeners = () => {
  if (running > 1) {
    running -= 1;
    return;
  }
  const { onload: listener } = window;
  if (listener && listener !== onload && document.readyState === "complete")
    held.load.push(() => listener.call(window, eventAt(window, "load")));
  onload = listener;
  // A listener may add another one, such as one for "load".
  for (let call = nextHeld(); call; call = nextHeld())
    try {
      call();
    } catch (error) {
      reportError(error);
    }
  running -= 1;
  if (running) return; // a listener has shown a response with script files
  for (const place of [document, window]) Reflect.deleteProperty(place, "addEventListener");
  for (const [prototype, ready] of readies) prototype.ready = ready;
  readies.clear();
};

/** Take the function that is next in the order of a document. */
const nextHeld = () =>
  Object.values(held)
    .find((calls) => calls.length)
    ?.shift();
