// Scripts of an answer listen for events that the document has fired long ago: DOMContentLoaded, load, jQuery's
// ready. Their listeners are held while the scripts of the answer run, and are called when all of them have run.

/** How many answers have scripts that run. */
let running = 0;
/** What calls the listeners, by event, in the order of a document. @type {Record<string, (() => void)[]>} */
const held = { DOMContentLoaded: [], readystatechange: [], load: [] };
/** The function that waits for the document, by the prototype of each jQuery. @type {Map<any, Function>} */
const readies = new Map();
/** What `window.onload` was before the scripts ran. @type {unknown} */
let onload;

/** An event as a listener there got it from the document. @param {EventTarget} currentTarget @param {string} type */
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

/** Hold what `$(document).ready()` gets from now on, of each jQuery that is there: the admin has its own. */
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

/** Call the held listeners, once the scripts of all answers have run. */
export const releaseListeners = () => {
  if (running > 1) {
    running -= 1;
    return;
  }
  const { onload: listener } = window;
  if (listener && listener !== onload && document.readyState === "complete")
    held.load.push(() => listener.call(window, eventAt(window, "load")));
  onload = listener;
  // One of them may add another, such as one for "load".
  for (let call = nextHeld(); call; call = nextHeld())
    try {
      call();
    } catch (error) {
      reportError(error);
    }
  running -= 1;
  if (running) return; // one of them has shown an answer with files
  for (const place of [document, window]) Reflect.deleteProperty(place, "addEventListener");
  for (const [prototype, ready] of readies) prototype.ready = ready;
  readies.clear();
};

/** Take the listener that a document calls next. */
const nextHeld = () =>
  Object.values(held)
    .find((calls) => calls.length)
    ?.shift();
