// Shows the slots that come after the first part of a page or of an answer, each by itself. A page with such slots
// loads this part.

import { describe } from "../answers/changes.js";
import { commit } from "../answers/commit.js";
import { swapSlots } from "../answers/htmx.js";
import { dropStale, onRefreshFailed } from "../answers/refreshed.js";
import { all, parse } from "../dom.js";
import { finish, inFlight } from "../navigation.js";
import { hooks, loadPartsFor } from "../parts.js";
import { loadDeferred, prune, refresh } from "../refresh.js";
import { isLoading, renderingOf, SLOT, slotFor, stateOf } from "../slots.js";
import { HOLD, Stream } from "./stream.js";

/** @typedef {import("../types.js").Slot} Slot */
/** @typedef {import("../types.js").SlotState} SlotState */

const TEMPLATES = "template[data-pr-fragment],template[data-pr-arrived]";
const STREAMED = `${SLOT}[data-pr-state="loading"][data-pr-delivery="streamed"]`;

/** Whether a slot is to show what it has shown, until its page is there. @param {HTMLElement} element */
const isBusy = ({ dataset }) => dataset.prState === "busy";

/** Take the slots that are in templates out of HTML. @param {HTMLElement} body */
const takeElements = (body) =>
  /** @type {HTMLTemplateElement[]} */ (all(TEMPLATES, body)).flatMap((template) => {
    template.remove();
    return /** @type {HTMLElement[]} */ ([...template.content.children]);
  });

/** Give a slot that still shows another query the URL that it waits for. @param {Slot} slot @param {HTMLElement} [element] */
const aim = (slot, element) => {
  if (element && !isLoading(slot)) slot.dataset.prSrc = element.dataset.prSrc ?? "";
};

/** Ask for a slot that its response could not bring. @param {Slot} slot @param {HTMLElement} element what has said so */
const ask = (slot, element) => {
  aim(slot, element);
  if (!isLoading(slot)) return refresh([slot]);
  slot.dataset.prDelivery = "deferred";
  loadDeferred();
};

/**
 * Load all that is needed for what has arrived.
 *
 * @param {string} html
 * @param {string | null} policy
 */
const prepare = async (html, policy) => {
  await loadPartsFor(html);
  await hooks.loadSheets?.(html, policy);
};

/**
 * Show slots that have arrived, but ask for those that could not be brought.
 *
 * @param {HTMLElement} body
 * @param {string | null} policy
 * @param {boolean} [keeps]
 */
const show = (body, policy, keeps) => {
  const lost = all(":scope > *", body).filter(isBusy);
  for (const element of lost) element.remove();
  hooks.takeScripts?.(body, policy);
  const elements = all(":scope > *", body);
  if (elements.length) {
    commit({ refreshed: new Map(), hash: "", keeps }, "stay", elements);
    swapSlots(body.innerHTML);
  }
  for (const element of lost) {
    const slot = slotFor(element);
    if (slot) ask(slot, element);
  }
};

// --- Of an answer ---

/** Loading states that are shown a moment after the rest. @type {WeakSet<Element>} */
const postponed = new WeakSet();

/**
 * Whether loading states may come a moment after the rest of a first part, and the slots show meanwhile what they have
 * shown: named slots, beside others that are ready. All else is one change.
 *
 * @param {string} html
 */
const mayBeShown = (html) => {
  const elements = all(":scope > *", parse(html));
  const isPlain = (/** @type {HTMLElement} */ { dataset: { prVariant = "page", prSlot = "" } }) =>
    /page|default/.test(prVariant) && !prSlot.endsWith("children");
  const isReady = (/** @type {HTMLElement} */ element) =>
    !element.dataset.prState && !element.querySelector("[data-pr-delivery]");
  return (
    elements.some(isReady) &&
    elements.every((element) => isReady(element) || isBusy(element) || isPlain(element))
  );
};

/** What slots will show that still show something else, and the rendering that they show. @type {Map<Slot, [SlotState, number | undefined]>} */
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
  navigation.stream = new Stream(mayBeShown);
  return navigation.stream;
};

hooks.takeLate = (body, { stream }) => {
  const templates = body.querySelector(TEMPLATES);
  for (const element of takeElements(body)) {
    const place = /** @type {Slot | null} */ (body.querySelector(`[id="${element.id}"]`));
    if (place && isBusy(element)) place.dataset.prDelivery = "deferred";
    else if (place) {
      describe(place, element.dataset);
      if ("prSame" in element.dataset) place.dataset.prSame = ""; // which no slot on screen has
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
    element.remove();
  }
  return templates || late.length ? late : undefined;
};

hooks.awaitLate = ({ stream, abort, history }, late, policy) => {
  const keeps = history === "push";
  /** @type {Map<Slot, number | undefined>} */
  const refreshed = new Map();
  for (const element of late) {
    const slot = slotFor(element);
    if (!slot) continue;
    for (const older of inFlight) older.refreshed?.delete(slot);
    if (element.dataset.prDelivery === "deferred") ask(slot, element);
    else refreshed.set(slot, renderingOf(slot));
    slot.ariaBusy = "true";
  }
  const waiting = { refreshed, hash: "", abort };
  inFlight.add(waiting);
  const isOver = () => !stream || stream.isComplete;
  const isWaiting = () => {
    prune(); // what has changed meanwhile stays
    return inFlight.has(waiting);
  };
  /** The loading state of a slot that does not show it yet, which then asks for its page. @param {Slot} slot */
  const deferred = (slot) => {
    const element = late.find((one) => one.id === slot.id && postponed.has(one));
    if (element && !isLoading(slot)) element.dataset.prDelivery = "deferred";
    return element && !isLoading(slot) ? element : undefined;
  };
  let isTaking = false;
  const takeMore = async () => {
    if (isTaking || !isWaiting()) return;
    isTaking = true;
    for (let html = stream?.take(); html; html = stream?.take()) {
      await prepare(html, policy);
      if (!isWaiting()) return;
      const body = parse(html);
      const arrived = new Map();
      for (const element of takeElements(body)) {
        const slot = slotFor(element);
        if (!slot || !refreshed.has(slot)) continue;
        arrived.set(slot, refreshed.get(slot));
        refreshed.delete(slot);
        body.append(isBusy(element) ? (deferred(slot) ?? element) : element);
      }
      if (!refreshed.size) finish(waiting);
      dropStale(body, { refreshed: arrived, hash: "" });
      show(body, policy, keeps);
    }
    isTaking = false;
    if (!isOver() || !isWaiting()) return;
    finish(waiting);
    const body = parse("");
    for (const slot of [...refreshed.keys()]) {
      const element = deferred(slot);
      if (element && refreshed.delete(slot)) body.append(element);
    }
    show(body, policy, keeps);
    for (const slot of refreshed.keys()) {
      aim(
        slot,
        late.find(({ id }) => id === slot.id),
      );
      if (isLoading(slot)) slot.dataset.prDelivery = "deferred"; // so that it can be asked for again
    }
    if (refreshed.size) onRefreshFailed(waiting);
  };
  if (stream) stream.onMore = takeMore;
  takeMore();
  setTimeout(() => {
    const isDue = (/** @type {HTMLElement} */ element) => {
      const slot = slotFor(element);
      return postponed.has(element) && slot && refreshed.has(slot);
    };
    if (!isWaiting() || !late.some(isDue)) return;
    const body = parse("");
    const elements = late.filter(isDue);
    body.append(...elements);
    inFlight.delete(waiting); // or these would have changed meanwhile
    show(body, policy, keeps);
    queueMicrotask(() => {
      for (const slot of elements.map(slotFor)) if (slot) refreshed.set(slot, renderingOf(slot));
      inFlight.add(waiting);
      takeMore();
    });
  }, HOLD);
};

// --- Of a page ---

/** The next slot that is there as a whole. @returns {HTMLTemplateElement | undefined} */
const nextComplete = () => {
  const complete = [...document.querySelectorAll("template[data-pr-arrived]")].at(-1);
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("template[data-pr-fragment]");
  const position = (template && complete?.compareDocumentPosition(template)) ?? 0;
  if (template && !(position & Node.DOCUMENT_POSITION_FOLLOWING)) return template;
};

let isBusyTaking = false;
const takeStreamed = async () => {
  if (isBusyTaking) return;
  isBusyTaking = true;
  for (let template = nextComplete(); template; template = nextComplete()) {
    const html = template.innerHTML;
    template.remove();
    await prepare(html, null);
    const body = parse(html);
    const element = /** @type {HTMLElement} */ (body.firstElementChild);
    const slot = slotFor(element);
    if (!slot?.matches(STREAMED)) continue; // it has changed since
    dropStale(body, { refreshed: new Map([[slot, renderingOf(slot)]]), hash: "" });
    show(body, null);
  }
  isBusyTaking = false;
  if (document.readyState === "loading") return;
  observer.disconnect();
  // After what has arrived is shown, which takes a microtask.
  queueMicrotask(() => {
    // The connection may have been cut.
    for (const slot of document.querySelectorAll(STREAMED))
      slot.setAttribute("data-pr-delivery", "deferred");
    loadDeferred();
  });
};

const observer = new MutationObserver(takeStreamed);

hooks.showStreamed = () => {
  if (document.readyState === "loading") {
    observer.observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("readystatechange", takeStreamed);
  }
  takeStreamed();
};
