// Asks before unsaved input is lost: <form data-pr-guard="Leave without saving?">. A page with such a form loads
// this part.
//
// The script fires an event before slots change, and the browser before the document does.
import { all, attribute, closest, matches } from "../dom.js";
import { on } from "../htmx.js";
import { boost, HEADER } from "../page.js";
import { hooks } from "../parts.js";

const GUARDED = "form[data-pr-guard]";
const TEXT = "What you have entered is not saved. Leave anyway?";

/** @param {ParentNode} place */
const guardedIn = (place) => /** @type {HTMLFormElement[]} */ (all(GUARDED, place));

// --- Which forms have input ---

/** Forms whose input was sent, or that the user agreed to leave. @type {WeakSet<Element>} */
const done = new WeakSet();
/** Forms that the server has sent back with errors: their input is not saved. @type {WeakSet<Element>} */
const refused = new WeakSet();
/** Forms that close because the object they have created is chosen in the form beneath. @type {WeakSet<Element>} */
const taken = new WeakSet();
/** What each form would have sent before the user changed anything, after widgets have set it up. @type {WeakMap<Element, string>} */
const before = new WeakMap();

/** @param {HTMLFormElement} form */
const contentOf = (form) =>
  JSON.stringify(
    [...new FormData(form)].map(([name, value]) =>
      value instanceof File ? [name, value.name, value.size] : [name, value],
    ),
  );
/** @param {HTMLFormElement} form */
const isChanged = (form) => before.has(form) && before.get(form) !== contentOf(form);
const dirty = () =>
  guardedIn(document).filter((form) => !done.has(form) && (refused.has(form) || isChanged(form)));

/** The guarded form that an element belongs to. @param {EventTarget | null} target */
const formOf = (target) => {
  if (!(target instanceof Element)) return null;
  const label = /** @type {HTMLLabelElement | null} */ (closest(target, "label"));
  const control = label?.control ?? closest(target, "button, input, select, textarea");
  const form = control ? /** @type {HTMLInputElement} */ (control).form : closest(target, "form");
  return form && matches(form, GUARDED) ? /** @type {HTMLFormElement} */ (form) : null;
};

/** Store what a form would send, before the user first changes something. @param {Event} event */
const onAct = ({ target, isTrusted }) => {
  const form = isTrusted && formOf(target);
  if (!form || before.has(form)) return;
  before.set(form, contentOf(form));
  listen(); // a widget may change the form without an event
};

/** @param {Event} event */
const onInput = ({ target, isTrusted }) => {
  const form = formOf(target);
  if (!form) return;
  if (isTrusted && !before.has(form)) before.set(form, ""); // the browser or an assistive tool has changed it
  done.delete(form);
  listen();
};

// --- Sending them ---

/** The browser sends a form. @param {SubmitEvent} event */
const onSubmit = ({ target, submitter, defaultPrevented }) => {
  const form = /** @type {Element} */ (target);
  const how = submitter?.getAttribute("formmethod") ?? attribute(form, "method");
  if (!defaultPrevented && !/dialog/i.test(`${how}`)) done.add(form);
};

/** For each request of htmx that sends a form: the form, and the slot in which it stood. @type {WeakMap<object, {form: Element, place: ParentNode}>} */
const places = new WeakMap();

/** @param {import("../types.js").HtmxRequest} request */
const onSend = ({ key, source }) => {
  // Other elements in a form may make requests, which don't send the form.
  const { type, form: its } = /** @type {HTMLButtonElement} */ (source);
  const form = type === "submit" ? its : source;
  if (!form || !matches(form, GUARDED)) return;
  done.add(form);
  taken.delete(form);
  places.set(key, { form, place: closest(form, "[data-pr-slot]") ?? document });
};

/** @param {import("../types.js").HtmxRequest} request */
const onFinished = ({ key, status = 0, header }) => {
  const { form, place } = places.get(key) ?? {};
  if (!form || !place) return;
  const isWrong = status < 200 || status > 399;
  if (isWrong) done.delete(form);
  else {
    before.delete(form);
    refused.delete(form);
  }
  // A response that is no redirect shows the form again.
  const url = header(HEADER);
  const action = attribute(form, "action");
  if (url && (isWrong || url === "stay"))
    guardedIn(place)
      .filter((other) => attribute(other, "action") === action && !taken.has(other))
      .forEach(refuse);
};

/** @param {HTMLFormElement} form */
const refuse = (form) => {
  done.delete(form);
  refused.add(form);
  listen();
};

// --- Ways out ---

/** @param {any} event */
const onBeforeLeave = (event) => {
  const { leaving, refreshed } = event.detail;
  if (event.defaultPrevented) return;
  const lost = dirty().filter((form) =>
    leaving.some((/** @type {Element} */ place) => place.contains(form)),
  );
  if (!lost.length) return;
  if (refreshed || !confirm(attribute(lost[0], "data-pr-guard") || TEXT)) event.preventDefault();
  else for (const form of lost) done.add(form);
};

// After a reload, the browser may restore the input of a form. Without this record, it would look like a value that a widget
// has set.
const inputKey = () => `parallel-routes:input ${location.href}`;
/** @param {boolean} isLost */
const recordInput = (isLost) => {
  try {
    if (isLost) sessionStorage.setItem(inputKey(), "");
    else sessionStorage.removeItem(inputKey());
  } catch {
    // The user has turned storage off.
  }
};
const hadInput = () => {
  try {
    return sessionStorage.getItem(inputKey()) != null;
  } catch {
    return false;
  }
};

/** @param {BeforeUnloadEvent} event */
const onBeforeUnload = (event) => {
  const isLost = dirty().length > 0;
  recordInput(isLost);
  if (!isLost) return;
  event.preventDefault();
  event.returnValue = true; // for older browsers
};
// Listen only if there is input, because some browsers keep no page with such a listener in memory for Back.
const listen = () => addEventListener("beforeunload", onBeforeUnload);

/** Find forms whose input the browser has restored, and forms that came back with errors in this document. @param {{persisted: boolean}} event */
const onPageshow = ({ persisted }) => {
  const forms = persisted ? [] : guardedIn(document);
  if (boost === "form") forms.filter(isAnswered).forEach(refuse);
  if (hadInput()) for (const form of forms.filter(isFilledIn)) before.set(form, "");
  if (dirty().length) listen();
};
/** @param {HTMLFormElement} form */
const isAnswered = (form) =>
  matches(form, "[method=post i]") &&
  new URL(attribute(form, "action") ?? "", location.href).pathname === location.pathname;
/** @param {HTMLFormElement} form */
const isFilledIn = (form) => {
  const { prototype } = HTMLFormElement;
  const copy = /** @type {HTMLFormElement} */ (prototype.cloneNode.call(form, true));
  prototype.reset.call(copy);
  return contentOf(form) !== contentOf(copy);
};

for (const name of ["pointerdown", "keydown", "beforeinput", "dragenter"])
  document.addEventListener(name, onAct, true);
for (const name of ["input", "change"]) document.addEventListener(name, onInput, true);
document.addEventListener("reset", ({ target }) => {
  const form = /** @type {Element} */ (target);
  refused.delete(form);
  before.delete(form);
});
// A form that comes from memory has its unsaved input again.
document.addEventListener("parallel-routes:enter", ({ target }) => {
  for (const form of guardedIn(/** @type {Element} */ (target))) done.delete(form);
});
// Add the listener late, because it must be called after that of htmx, which is the last one.
addEventListener("submit", () => addEventListener("submit", onSubmit, { once: true }), true);
hooks.onTaken = (form) => taken.add(form);
on("send", onSend, false);
on("finished", onFinished, false);
addEventListener("parallel-routes:before-leave", onBeforeLeave); // after all other listeners
addEventListener("pageshow", onPageshow);
if (document.readyState === "complete") onPageshow({ persisted: false }); // the event has been fired already
