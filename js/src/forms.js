// Handles what htmx does not do, or should not do, with forms and links that it boosts.
import { attribute, closest } from "./dom.js";
import { slotAround } from "./slots.js";

/**
 * Add the button that was clicked. htmx does not know buttons outside of the form, nor the coordinates of an image button.
 *
 * @param {Element} form
 * @param {FormData} body
 * @param {FormData} known what the form would send before htmx filters it
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

/** The URLs of links and forms when htmx 2 read them, which it does only once. @type {WeakMap<Element, string>} */
const noted = new WeakMap();

/** @param {Element} element */
const leadsTo = (element) =>
  `${["href", "action", "method"].map((name) => attribute(element, name))}`;

/** Let htmx read an element that a script has inserted, or whose URL has changed. @param {Element} element */
const introduce = (element) => {
  const seen = noted.get(element);
  if (!dataOf(element) || (seen && seen !== leadsTo(element))) window.htmx?.process(element);
};

/**
 * Let the browser handle an event. htmx would prevent its default action, so the listeners of htmx are removed until the
 * event is over. Returns these listeners.
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
 * Call htmx's listeners of an event after all others. So a script can prevent the event, for example to ask for a
 * confirmation, as it could without htmx.
 *
 * @param {Element} element
 * @param {any} event
 */
const letOthersPrevent = (element, event) => {
  if (!event.bubbles) return; // a script has fired it on this element alone
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
      // The next line of that script may prevent the event, so wait for the end of its listener. Don't wait if a script has
      // fired the event: its own code would go on before that.
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
 * Let the browser send a form to a URL that is relative to the URL of its slot, and not to that of the page.
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

/** Leave links and forms for another window, another site or a download to the browser. */
export const watchForms = () => {
  addEventListener("htmx:afterProcessNode", (event) => {
    const element = /** @type {Element} */ (event.target);
    noted.set(element, leadsTo(element));
  });
  addEventListener("submit", onSubmit, true);
  addEventListener("click", onClick, true);
};
