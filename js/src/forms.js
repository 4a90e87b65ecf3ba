// Handles what htmx does not do, or should not do, with forms and links that it boosts.
import { attribute, closest } from "./dom.js";
import { slotAround } from "./slots.js";

/**
 * Add the button that was clicked: htmx knows none outside of its form, and not where a picture was clicked.
 *
 * @param {Element} form
 * @param {FormData} body
 * @param {FormData} known what the form sent before htmx chose
 * @param {Event} [trigger]
 */
export const addSubmitter = (form, body, known, trigger) => {
  const { submitter } = /** @type {SubmitEvent} */ (trigger ?? {});
  const button = /** @type {HTMLButtonElement | null | undefined} */ (submitter);
  if (button?.form !== form || !(body instanceof FormData)) return;
  const all = new FormData(/** @type {HTMLFormElement} */ (form), button);
  for (const name of new Set(all.keys()))
    if (!known.has(name)) for (const value of all.getAll(name)) body.append(name, value);
};

/** @param {unknown} body */
export const hasParameters = (body) =>
  body instanceof FormData && [...body.keys()].some((name) => !name.startsWith("org.htmx"));

/** What htmx keeps about an element. @param {any} element */
const dataOf = (element) => element._htmx ?? element["htmx-internal-data"];

/** Where links and forms led when htmx 2 saw them: it looks only once. @type {WeakMap<Element, string>} */
const noted = new WeakMap();

/** @param {Element} element */
const leadsTo = (element) =>
  `${["href", "action", "method"].map((name) => attribute(element, name))}`;

/** Have htmx know of an element that a script has inserted, or that leads elsewhere by now. @param {Element} element */
const introduce = (element) => {
  const seen = noted.get(element);
  if (!dataOf(element) || (seen && seen !== leadsTo(element))) window.htmx?.process(element);
};

/**
 * Let the browser do what this event begins. htmx prevents that before it tells anybody: so it must not hear
 * of the event. Gives the listeners of htmx.
 *
 * @param {any} element
 * @param {Event} event
 */
const leaveToBrowser = (element, { type }) => {
  const { boosted, eventHandler, listenerInfos } = dataOf(element) ?? {};
  if (!boosted) return [];
  /** @type {{on: EventTarget, trigger: string, listener: EventListener}[]} */
  const known = listenerInfos ?? [{ on: element, trigger: type, listener: eventHandler }];
  const all = known.filter(({ trigger }) => trigger === type);
  for (const { on, listener } of all) on.removeEventListener(type, listener);
  setTimeout(() => {
    for (const { on, listener } of all) on.addEventListener(type, listener);
  });
  return all;
};

/**
 * Let htmx hear of an event after all others: a script that prevents it, such as one that asks for a confirmation,
 * is obeyed as it is by a browser.
 *
 * @param {Element} element
 * @param {any} event
 */
const letOthersPrevent = (element, event) => {
  if (!event.bubbles) return; // a script has fired it, at this element alone
  const listeners = leaveToBrowser(element, event);
  const tell = () => {
    if (event.defaultPrevented || !event.eventPhase) return;
    Object.defineProperty(event, "currentTarget", { value: element, configurable: true });
    for (const { listener } of listeners.splice(0)) listener(event);
    delete event.currentTarget;
  };
  addEventListener(event.type, tell, { once: true });
  for (const name of /** @type {const} */ (["stopPropagation", "stopImmediatePropagation"]))
    event[name] = () => {
      Event.prototype[name].call(event);
      // The next line of the script may prevent it. After an event that a script fires, that would be too late.
      if (event.isTrusted) queueMicrotask(tell);
      else tell();
    };
};

/** Whether a `target` means this window. @param {string | null | undefined} target */
const isSelf = (target) => !target || /^_self$/i.test(target);

/** @param {SubmitEvent} event */
const onSubmit = (event) => {
  const { target, submitter } = event;
  const form = /** @type {HTMLFormElement} */ (target);
  introduce(form);
  const valueFor = (/** @type {string} */ name) =>
    submitter?.getAttribute(`form${name}`) ?? attribute(form, name) ?? "";
  const isPlain = submitter?.hasAttribute("formenctype") || /plain/i.test(valueFor("enctype"));
  const isOurs =
    !isPlain &&
    isSelf(valueFor("target")) &&
    !/^dialog$/i.test(valueFor("method")) &&
    new URL(valueFor("action") || location.href, document.baseURI).origin === location.origin;
  if (isOurs) return letOthersPrevent(form, event);
  leaveToBrowser(form, event);
  submitRelativeToSlot(form, submitter);
};

/**
 * In a slot, URLs are relative to its own; the browser takes them for relative to the page's.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
const submitRelativeToSlot = (form, submitter) => {
  const { prSrc } = slotAround(form)?.dataset ?? {};
  if (!prSrc) return;
  const [element, name] = submitter?.hasAttribute("formaction")
    ? [submitter, "formaction"]
    : [form, "action"];
  const was = attribute(element, name);
  const { setAttribute, removeAttribute } = Element.prototype;
  const set = (/** @type {string} */ value) => setAttribute.call(element, name, value);
  set(new URL(was ?? "", location.origin + prSrc).href);
  setTimeout(() => (was === null ? removeAttribute.call(element, name) : set(was)));
};

/** @param {MouseEvent} event */
const onClick = (event) => {
  const { target, shiftKey, altKey } = event;
  const link = target instanceof Element && closest(target, "a");
  if (!(link instanceof HTMLAnchorElement)) return;
  introduce(link);
  if (link.hasAttribute("download") || shiftKey || altKey) event.stopPropagation();
  if (!isSelf(link.target) || link.origin !== location.origin) leaveToBrowser(link, event);
  else letOthersPrevent(link, event);
};

/** Leave to the browser what is for another window, another site, or a file. */
export const watchForms = () => {
  addEventListener("htmx:afterProcessNode", (event) => {
    const element = /** @type {Element} */ (event.target);
    noted.set(element, leadsTo(element));
  });
  addEventListener("submit", onSubmit, true);
  addEventListener("click", onClick, true);
};
