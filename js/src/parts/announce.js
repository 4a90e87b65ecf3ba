// Announces to screen readers what a navigation has changed, or that it has failed. Keeps the focus in the page, and lets
// Esc cancel a slow navigation. Every page with slots loads this part, so that it is there if the network fails.
import { all, attribute, closest } from "../dom.js";
import { abort, inFlight } from "../navigation.js";
import { hooks } from "../parts.js";
import { isLoading, SLOT, slotAt, slots } from "../slots.js";
import { topmost } from "./notices.js";
import "./without-answers.js";

/** @typedef {import("../types.js").Slot} Slot */

// --- What is announced ---

const REGION = "parallel-routes-title";
/** Screen readers announce changes in these by themselves. */
const LIVE = "[aria-live],[role=status],[role=alert],[role=log]";
const LABELLED = "[aria-label],[aria-labelledby]";
/** Not all that has a label: a link or a picture is not what its slot is about. */
const HEADING = `h1,h2,h3,h4,h5,h6,:is(section,article,[role=region]):is(${LABELLED})`;
/** How many names are announced at most. */
const MOST = 3;

// The region is created early, because screen readers watch only regions that they know. dialog.js moves it into a modal
// dialog.
const region = () =>
  document.querySelector(`.${REGION}`) ??
  document.body.appendChild(
    Object.assign(document.createElement("div"), { role: "status", className: REGION }),
  );

/** What screen readers call an element that has a label. @param {Element} element */
const labelOf = (element) => {
  const ids = attribute(element, "aria-labelledby")?.split(/\s+/) ?? [];
  const texts = ids.map((id) => document.getElementById(id)?.textContent?.trim());
  return texts.filter(Boolean).join(" ") || element.ariaLabel;
};

/** The label of an element around a slot that contains no other slot. @param {Slot} slot */
const labelAround = (slot) => {
  const place = slot.parentElement && closest(slot.parentElement, LABELLED);
  return place && all(SLOT, place).every((one) => slot.contains(one)) && labelOf(place);
};

/** The title of a slot, its label, or its first heading. @param {Slot} slot */
const nameOf = (slot) => {
  const { prState, prTitle } = slot.dataset;
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read
  if (prState === "loading") return slot.innerText.trim();
  const isQuiet = prState || closest(slot, LIVE) || slot.querySelector(LIVE);
  // Screen readers read the name of a dialog when the focus moves into it.
  if (slot.querySelector("dialog:modal") || isQuiet) return "";
  const titled = all("[data-pr-title]", slot).find(({ dataset }) => dataset.prTitle);
  const heading = slot.querySelector(HEADING);
  const text = heading && (labelOf(heading) || heading.textContent?.trim());
  return prTitle || titled?.dataset.prTitle || labelAround(slot) || text || "";
};

let { title } = document;

/** @param {Slot[]} changed */
const announce = (changed) => {
  const isInDialog = changed.some((slot) => slot.querySelector("dialog:modal"));
  const names = changed.map(nameOf);
  if (title !== document.title && !isInDialog) names.unshift(document.title);
  title = document.title;
  const text = [...new Set(names)].filter(Boolean).slice(0, MOST).join(", ");
  if (text || isInDialog) region().textContent = text; // a region that moves into a dialog must not be read again
};

// --- Where the focus goes ---

/** The element that had the focus last, and the slots around it, the inner ones first. @type {HTMLElement | null} */
let focused = null;
/** @type {Slot[]} */
let around = [];

addEventListener("focusin", ({ target }) => {
  focused = /** @type {HTMLElement} */ (target);
  around = slots()
    .filter((slot) => slot.contains(focused))
    .reverse();
});

/** @param {HTMLElement} slot */
const focus = (slot) => {
  const before = focused;
  const slots = around;
  slot.tabIndex = -1;
  slot.focus({ preventScroll: true });
  slot.addEventListener("blur", () => slot.removeAttribute("tabindex"), { once: true });
  [focused, around] = [before, slots];
};

/** If the element with the focus was removed, move the focus to its slot, or to another one. */
const keepFocus = () => {
  if (!around.length || focused?.isConnected || document.activeElement !== document.body) return;
  const slot = [...around, slotAt("children"), ...slots()].find(
    (one) => one?.firstChild && topmost().contains(one),
  );
  if (slot) focus(slot);
};

const { shown } = hooks;
/** Slots that show their loading states. @type {WeakSet<Slot>} */
const loading = new WeakSet();
const noteLoading = () => {
  for (const slot of slots()) if (isLoading(slot)) loading.add(slot);
};
noteLoading();

hooks.shown = (navigation, changed) => {
  shown?.(navigation, changed);
  keepFocus();
  const arrived = changed.filter((slot) => loading.delete(slot));
  // A refresh is not announced, but a page that a slot has waited for is.
  if (!navigation.refreshed?.size) announce(changed);
  else if (arrived.length) announce(arrived);
  noteLoading();
};

// --- Esc ---

/** Open popovers, which Esc closes first. */
const POPUP = ":is(:popover-open:not([popover=manual]))"; // Browsers without popovers know no such selector.

addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(POPUP)) return;
    const slow = [...inFlight].filter(
      // Don't cancel the closing of a dialog, if the user presses Esc twice.
      ({ isSafe, refreshed, restoring, source }) =>
        isSafe && !refreshed && !restoring && !(source && closest(source, "[data-pr-close]")),
    );
    if (slow.length) event.preventDefault(); // otherwise, Esc would also close a dialog
    for (const navigation of slow) abort(navigation);
  },
  true,
);

if (document.body) region();
else addEventListener("DOMContentLoaded", region);
