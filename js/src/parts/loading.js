// Covers what a slow navigation will change with loading states. The first slow navigation loads this part.
import { all, dispatch, parse } from "../dom.js";
import { headerOf } from "../header.js";
import { core } from "./core.js";

const { current, HEADER, hooks, loadPartsFor, rememberScroll, scrollBox, SLOT, slotAround } = core;

/** @typedef {import("../types.js").Cover} Cover */
/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */

/** How long a loading state stays at least, in milliseconds: so that nothing flashes. */
const LEAST = 300;

hooks.showLoading = async (navigation, url, headers) => {
  const { isSafe, source, state, loading } = navigation;
  const signal = /** @type {AbortController} */ (loading).signal;
  const slot = source && slotAround(source);
  const covers = !isSafe && slot ? [cover(slot)] : [];
  navigation.covers = covers;
  const header = headerOf({ ...state, intent: "loading" });
  if (!isSafe || !header) return;
  try {
    const asking = { ...headers, [HEADER]: header };
    const answer = await fetch(url, { headers: asking, cache: "no-store", signal });
    if (!answer.headers.has(HEADER)) return;
    const text = await answer.text();
    await loadPartsFor(text);
    signal.throwIfAborted();
    const body = parse(text);
    for (const element of all(":scope > *", body)) {
      const covered = /** @type {Slot | null} */ (document.getElementById(element.id));
      if (covered) covers.push(cover(covered, element));
    }
    navigation.until = performance.now() + LEAST;
  } catch {
    // The answer is there, or the navigation itself will tell what failed.
  }
};

/**
 * Show a loading state in a slot. What the slot showed stays in it, hidden.
 *
 * @param {Slot} slot
 * @param {HTMLElement} [loading]
 * @returns {Cover}
 */
const cover = (slot, loading) => {
  const was = slot.ariaBusy;
  const stopBusy = () => {
    slot.ariaBusy = was;
  };
  slot.ariaBusy = "true";
  // A modal that is hidden would make the page inert.
  if (!loading || loading.dataset.prState === "busy" || slot.querySelector(":modal"))
    return { slot, undo: stopBusy };
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const boxes = Object.keys(current.scrolls[current.id] ?? {})
    .flatMap((selector) => document.querySelector(selector) ?? [])
    .map((box) => /** @type {const} */ ([box, box.scrollLeft, box.scrollTop]));
  const inside = [...slot.childNodes];
  const aside = document.createElement("div");
  aside.dataset.prCovered = "";
  slot.prepend(aside);
  move(inside, aside);
  // They are not on screen, as far as the server is concerned.
  for (const { dataset } of all(SLOT, loading)) delete dataset.prKey;
  slot.append(...loading.childNodes);
  htmx.process(slot);
  const moved = boxes.filter(
    ([box, left, top]) => box.scrollLeft !== left || box.scrollTop !== top,
  );
  dispatch("cover", slot);
  const undo = () => {
    dispatch("uncover", slot);
    while (aside.nextSibling) aside.nextSibling.remove();
    move([...aside.childNodes], slot);
    aside.remove();
    stopBusy();
    for (const [target, left, top] of moved) {
      scrollBox(target, left, top);
      rememberScroll({ target });
    }
    const isLost = document.activeElement === document.body;
    if (isLost && active && slot.contains(active)) active.focus({ preventScroll: true });
  };
  return { slot, undo };
};

/**
 * Move nodes with all that they are, where the browser can do that.
 *
 * @param {Node[]} nodes
 * @param {any} place
 */
const move = (nodes, place) => {
  for (const node of nodes) (place.moveBefore ?? place.insertBefore).call(place, node, null);
};
