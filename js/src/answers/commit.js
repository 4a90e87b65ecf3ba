// Shows the slots of a response. URL, history and slots change in one task, in which htmx swaps the HTML.

import { attribute, dispatch } from "../dom.js";
import { beginEntry, entry, saveEntry, write } from "../history.js";
import { openLevels, trackOpened } from "../levels.js";
import { inFlight, isRestoring } from "../navigation.js";
import { current, ownState } from "../page.js";
import { hooks } from "../parts.js";
import { loadDeferred } from "../refresh.js";
import { scrollToHash } from "../scroll.js";
import { addressOf, dropRendering, nameRenderings, slotFor } from "../slots.js";
import { here, isSameUrl, pathIn, pathOf } from "../urls.js";
import { backgroundState, describe, shownIn, slotsAfter } from "./changes.js";
import { warnOfDuplicates } from "./duplicates.js";
import { focusOnError, refocus } from "./focus.js";
import { keepAtSwap, stopKeeping } from "./memory.js";
import { canMerge, enter, mergeAtSwap } from "./merges.js";
import { scrollBox, scrolledAround } from "./scrolling.js";
import { settle } from "./title.js";
import { landOn } from "./traversal.js";

/** @typedef {import("../types.js").Beneath} Beneath */
/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */

/**
 * Prepare the slots of a response, and write the history entry. htmx then swaps the HTML in the same task, and
 * `finishCommit()` does the rest.
 *
 * @param {Navigation} navigation
 * @param {string} headerUrl the header's value: the URL that the response shows, or "stay"
 * @param {HTMLElement[]} elements
 */
export const commit = (navigation, headerUrl, elements) => {
  const { restoring, scroll } = navigation;
  /** @type {[Slot, HTMLElement][]} */
  const arriving = [];
  for (const element of elements) {
    const slot = slotFor(element);
    if (slot) arriving.push([slot, element]);
  }
  const changed = arriving.map(([slot]) => slot);
  const active = document.activeElement;
  const stays = headerUrl === "stay";
  const { url, hash } = stays ? { url: headerUrl, hash: "" } : spell(navigation, headerUrl);
  const { href } = new URL(url + hash, location.href);
  const isWritten = !stays && navigation.history;
  const scrolled = isWritten && scroll !== false ? scrolledAround(changed) : undefined;
  const beneathLevels = isWritten ? beneathForm(navigation) : [];
  const replaces = beneathLevels.length || showsSame(href, arriving); // Back must not lead to this entry
  const how = isWritten && replaces ? "replace" : isWritten;
  const beneath = how === "push" ? beneathNow(navigation) : undefined;
  if (ownState()?.id !== current.id) saveEntry(); // before the user leaves it
  const merged = prepareSlots(
    { ...navigation, keeps: how === "push" || navigation.keeps },
    arriving,
  );
  if (!stays && isOtherPage(navigation, url, elements)) current.origin = url;
  const renderings = how
    ? writeEntry(how, href, slotsAfter(arriving), beneath)
    : restoring && ownState()?.renderings;
  for (const other of inFlight) other.isMixed = true;
  queueMicrotask(() =>
    finishCommit(navigation, {
      how,
      hash,
      stays,
      active,
      scrolled,
      changed,
      merged,
      beneath,
      beneathLevels,
      renderings,
    }),
  );
};

/** Whether the screen already shows this URL and the content that arrives. @param {string} href @param {[Slot, HTMLElement][]} arriving */
const showsSame = (href, arriving) =>
  isSameUrl(href, location.href) &&
  arriving.every(([slot, element]) => shownIn(slot) === shownIn(element));

/** What is on screen now, and will be beneath the level that opens. @param {Navigation} navigation @returns {Beneath} */
const beneathNow = ({ source }) => ({
  index: current.index,
  adds: source && attribute(source, "data-pr-add-related"),
  url: here(),
  shown: backgroundState(),
});

/** Whether the page beneath the intercepted pages changes. @param {Navigation} navigation @param {string} url @param {HTMLElement[]} elements */
const isOtherPage = ({ restoring, isSafe, state }, url, elements) =>
  !restoring && !(isSafe && state?.own && url === here()) && !elements.some(isIntercepted);

/**
 * Give slots the attributes of their new content, and let the memory keep their old one. Returns the slots that will be
 * merged.
 *
 * @param {Navigation} navigation
 * @param {(readonly [Slot, HTMLElement])[]} arriving
 */
const prepareSlots = (navigation, arriving) => {
  const { activeElement } = document;
  const merged = new Set();
  for (const [slot, element] of arriving) {
    // A slot that arrives after the others still shows the content of the previous entry.
    const isOther = slot.dataset.prSrc !== element.dataset.prSrc;
    const isMerged = canMerge(slot, element);
    if (isMerged) {
      merged.add(slot);
      mergeAtSwap(slot, { ...navigation, isOther });
    } else dispatch("leave", slot);
    if (navigation.keeps || navigation.restoring || (isMerged && isOther))
      keepAtSwap(slot, activeElement, isMerged, element);
    dropRendering(slot);
    describe(slot, element.dataset);
  }
  return merged;
};

/**
 * Write the history entry before the slots have changed, so that it is written only once. Returns their renderings.
 *
 * @param {"push" | "replace"} how
 * @param {string} url
 * @param {Slot[]} shown
 * @param {Beneath} [beneath]
 */
const writeEntry = (how, url, shown, beneath) => {
  if (how === "push") beginEntry();
  trackOpened(beneath, shown);
  const state = entry(shown);
  write(`${how}State`, state, url);
  return state.renderings;
};

/**
 * What is beneath each level in which a sent form stands, the outermost first. The response closes these levels.
 *
 * @param {Navigation} navigation
 */
export const beneathForm = ({ source, isSafe }) =>
  openLevels()
    .filter((level) => isSafe === false && level.contains(source ?? null))
    .map((level) => current.opened[addressOf(level)] ?? {});

/** The URL for the address bar, and its hash. A URL that is only spelled differently stays as the link has it. @param {Navigation} navigation @param {string} headerUrl */
const spell = (navigation, headerUrl) => {
  const sentTo = new URL(navigation.url ?? headerUrl, location.href);
  const url = new URL(headerUrl, location.href);
  const spelled = isSameUrl(pathOf(sentTo), pathOf(url)) ? sentTo : url;
  return { url: pathOf(spelled), hash: url.hash || navigation.hash || "" };
};

/** @param {HTMLElement} element */
const isIntercepted = (element) =>
  element.dataset.prVariant === "intercepted" ||
  element.querySelector('[data-pr-variant="intercepted"]');

/** Write what is on screen into the current entry, unless the entry says so already. */
const updateEntry = () => {
  const state = entry();
  if (JSON.stringify(state) !== JSON.stringify(ownState())) write("replaceState", state);
};

/**
 * What is needed to finish a commit, after htmx has swapped the HTML.
 *
 * @typedef {{how: "push" | "replace" | false | undefined, hash: string, stays: boolean, active: Element | null,
 *   scrolled?: Set<Element>, changed: Slot[], merged: Set<Slot>, beneath?: Beneath, beneathLevels: Beneath[],
 *   renderings?: Record<string, number>}} Rest
 */

/** Update all that depends on the slots, after htmx has swapped the HTML. @param {Navigation} navigation @param {Rest} rest */
const finishCommit = (navigation, rest) => {
  const { source, isSafe } = navigation;
  const { how, hash, stays, active, changed, merged } = rest;
  stopKeeping();
  noteSlots(navigation, rest);
  scrollToTop(rest);
  refocus(active);
  if (DEBUG) warnOfDuplicates(changed);
  const enterAll = (/** @type {Slot[]} */ slots) => {
    for (const slot of slots) enter(slot, merged.has(slot), { source, restored: false });
  };
  if (hooks.runScripts) hooks.runScripts(changed, source, enterAll);
  else enterAll(changed);
  // The slots are on screen. The rest is less urgent, and still in the same frame.
  queueMicrotask(() => {
    settle();
    if (how) scrollToHash(hash); // a dialog may have opened
    if (isSafe === false && stays) focusOnError(changed);
    if (!hash) landBeneath(rest.beneathLevels);
    loadDeferred();
    hooks.shown?.(navigation, changed);
    navigation.done?.(changed);
  });
};

/** Write the slots that have arrived, and the slots inside them, into the entry. @param {Navigation} navigation @param {Rest} rest */
const noteSlots = ({ refreshed, restoring, isMixed }, { beneath, renderings }) => {
  // The result of a refresh is not a part of an entry that is still being restored.
  const isAside = refreshed && isRestoring();
  if (!restoring && !isAside) trackOpened(beneath);
  nameRenderings(renderings);
  if (!isAside && (!restoring || isMixed)) updateEntry();
};

/** Scroll to the top, also if the new content has taken the focus, to which the browser then scrolled. @param {Rest} rest */
const scrollToTop = ({ active, scrolled, changed }) => {
  const { activeElement, body } = document;
  const isFocused = activeElement !== active && activeElement !== body;
  const boxes = scrolled && isFocused ? scrolledAround(changed) : scrolled;
  for (const box of boxes ?? []) scrollBox(box, 0, 0);
};

/**
 * If the entry beneath the level of a form shows the same as the form's response, go back to that entry. Otherwise, two
 * entries would show the same page, one after the other. The entry may be that of the page, or of a level beneath.
 *
 * @param {Beneath[]} beneathLevels
 */
const landBeneath = (beneathLevels) => {
  const below = beneathLevels.findLast(
    ({ url = "" }, level) => url === here() || (level && pathIn(url) === location.pathname),
  );
  if (below?.index != null && below.shown === backgroundState()) landOn(below.index);
};
