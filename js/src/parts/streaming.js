// Shows the slots that come after the first part of a page or of a response, each one when it arrives. A page with such
// slots loads this part.

import { describe } from "../answers/changes.js";
import { dropStale } from "../answers/refreshed.js";
import { all, parse } from "../dom.js";
import { inFlight } from "../navigation.js";
import { hooks } from "../parts.js";
import { loadDeferred } from "../refresh.js";
import { renderingOf, SLOT, slotFor, stateOf } from "../slots.js";
import { isBusy, prepare, show, TEMPLATES, takeElements } from "./arrivals.js";
import { LateSlots } from "./late-slots.js";
import { Stream } from "./stream.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {import("../types.js").SlotState} SlotState */

const STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;

// --- Late slots of a response ---

/** Loading states that are shown a moment after the rest of the first part. @type {WeakSet<Element>} */
const postponed = new WeakSet();

/**
 * Whether the loading states of a first part may be shown a moment after the rest, and their slots keep their content
 * until then. This is so for named slots beside slots that are ready. Everything else changes at the same time.
 *
 * @param {string} html
 */
const mayPostponeLoading = (html) => {
  const body = parse(html);
  const arrived = takeElements(body).map(({ id }) => id);
  const elements = all(":scope > *", body);
  const isPlain = (/** @type {HTMLElement} */ { dataset: { prVariant = "page", prSlot = "" } }) =>
    /page|default/.test(prVariant) && !prSlot.endsWith("children");
  const isReady = (/** @type {HTMLElement} */ element) =>
    arrived.includes(element.id) ||
    (!element.dataset.prState && !element.querySelector("[data-pr-delivery]"));
  return (
    elements.some(isReady) &&
    elements.every((element) => isReady(element) || isBusy(element) || isPlain(element))
  );
};

/** For each slot that still has its old content: what it will show, and the rendering that it shows now. @type {Map<Slot, [SlotState, number | undefined]>} */
const awaited = new Map();

hooks.awaited = () => {
  for (const [slot, [, rendering]] of awaited)
    if (!slot.isConnected || renderingOf(slot) !== rendering) awaited.delete(slot);
  return Object.fromEntries([...awaited].map(([slot, [state]]) => [slot.dataset.prSlot, state]));
};

hooks.stopAwaiting = () => {
  hooks.awaited?.();
  for (const slot of awaited.keys()) {
    for (const { refreshed } of inFlight) refreshed?.delete(slot);
    slot.ariaBusy = null;
  }
  awaited.clear();
};

hooks.receive = (navigation) => {
  navigation.stream = new Stream(mayPostponeLoading);
  return navigation.stream;
};

hooks.takeLate = (body, { stream }) => {
  const templates = body.querySelector(TEMPLATES);
  for (const element of takeElements(body)) {
    const place = /** @type {Slot | null} */ (body.querySelector(`[id="${element.id}"]`));
    if (place && isBusy(element)) place.dataset.prDelivery = "deferred";
    else if (place) {
      describe(place, element.dataset);
      if ("prSame" in element.dataset) place.dataset.prSame = ""; // `describe()` removes this, because no slot on screen has it
      place.replaceChildren(...element.childNodes);
    }
  }
  const late = all("[data-pr-state]", body).filter(
    (element) => isBusy(element) || element.dataset.prDelivery === "streamed",
  );
  for (const element of late) {
    if (stream?.isUrgent && !isBusy(element)) postponed.add(element);
    if (!stream?.isUrgent && !isBusy(element)) continue;
    const slot = slotFor(element);
    const { prVariant, prSrc } = element.dataset;
    const dataset = { ...slot?.dataset, prVariant, prSrc };
    if (slot) awaited.set(slot, [stateOf(/** @type {Slot} */ ({ dataset })), renderingOf(slot)]);
    if (element.parentElement === body) element.remove();
  }
  return templates || late.length ? late : undefined;
};

hooks.awaitLate = (navigation, late, policy) =>
  new LateSlots(navigation, late, policy, postponed).start();

// --- Streamed slots of a page ---

/** The template of the next slot that is complete. @returns {HTMLTemplateElement | undefined} */
const nextComplete = () => {
  const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("template[data-pr-fragment]");
  const position = (template && complete?.compareDocumentPosition(template)) ?? 0;
  if (template && !(position & Node.DOCUMENT_POSITION_FOLLOWING)) return template;
};

/** Request the slots that have not arrived. */
const askForMissing = () => {
  for (const slot of document.querySelectorAll(STREAMED))
    slot.setAttribute("data-pr-delivery", "deferred");
  loadDeferred();
};

/** For how long nothing arrives before the script takes the connection for broken, in milliseconds. */
const PATIENCE = 60000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

// If the connection breaks, Chromium goes on to say that the document is loading, and fires no event.
const takeForBroken = () => {
  if (document.readyState === "loading") askForMissing();
};
const awaitNext = () => {
  clearTimeout(silence);
  silence = setTimeout(takeForBroken, PATIENCE);
};

let isBusyTaking = false;
const takeStreamed = async () => {
  if (isBusyTaking) return;
  isBusyTaking = true;
  for (let template = nextComplete(); template; template = nextComplete()) {
    const html = template.innerHTML;
    template.remove();
    awaitNext();
    await prepare(html, null);
    const body = parse(html);
    const element = /** @type {HTMLElement} */ (body.firstElementChild);
    const slot = slotFor(element);
    if (!slot?.matches(STREAMED)) continue; // the slot has changed since
    dropStale(body, { refreshed: new Map([[slot, renderingOf(slot)]]), hash: "" });
    show(body, null);
  }
  isBusyTaking = false;
  if (document.readyState === "loading") return;
  observer.disconnect();
  // The slots that have arrived are shown in a microtask, so this comes after it. If the connection was cut, some are
  // missing.
  queueMicrotask(askForMissing);
};

const observer = new MutationObserver(takeStreamed);

hooks.showStreamed = () => {
  if (document.readyState === "loading") {
    observer.observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("readystatechange", takeStreamed);
    addEventListener("online", takeForBroken);
    awaitNext();
  }
  takeStreamed();
};
