// Draws the inspector: a button in a corner, a panel with what slots show and navigations did, and borders of slots.
import { closest } from "../../dom.js";
import { inFlight } from "../../navigation.js";
import { slots } from "../../slots.js";
import { boxes, draw } from "./borders.js";
import { h } from "./elements.js";
import { entries } from "./records.js";
import { applyStyle } from "./style.js";
import { historyView, memoryView, navigationsView, slotsView } from "./views.js";

/** @typedef {import("../../types.js").Slot} Slot */
/** @typedef {import("./records.js").Entry} Entry */

const host = document.createElement("parallel-routes-inspector");
host.popover = "manual"; // over modal dialogs
const shadow = host.attachShadow({ mode: "open" });
applyStyle(shadow);

// --- The panel ---

const views = {
  Slots: slotsView,
  Navigations: navigationsView,
  History: historyView,
  Memory: memoryView,
};
let shown = /** @type {keyof typeof views} */ ("Slots");
let hasBorders = false;
/** The address of the slot whose row is marked. */
let marked = "";

const body = h("div", { className: "body", tabIndex: 0 });
const tabs = Object.keys(views).map((name) =>
  h(
    "button",
    { type: "button", onclick: () => choose(/** @type {keyof typeof views} */ (name)) },
    name,
  ),
);
const borders = h(
  "button",
  { type: "button", onclick: () => showBorders(!hasBorders) },
  "Borders",
);
const pick = h("button", { type: "button", onclick: () => startPicking() }, "Pick");
pick.title = "Click on a slot in the page to see its row";
const close = h(
  "button",
  {
    type: "button",
    className: "close",
    ariaLabel: "Close the inspector",
    onclick: () => closePanel(),
  },
  "×",
);
const panel = h(
  "section",
  { className: "panel", hidden: true, ariaLabel: "Inspector of slots", id: "panel" },
  h("header", {}, h("h2", {}, "Slots on this page"), ...tabs, pick, borders, close),
  body,
);
const label = h("span", {}, "Slots");
const toggle = h(
  "button",
  { type: "button", className: "toggle", onclick: () => openPanel() },
  label,
);
toggle.setAttribute("aria-expanded", "false");
shadow.append(boxes, h("section", { ariaLabel: "django-parallel-routes" }, toggle, panel));

// Keys that are pressed in the panel must not reach the site's own shortcuts.
host.addEventListener("keydown", (event) => {
  event.stopPropagation();
  if (event.key !== "Escape" || (panel.hidden && !isPicking)) return;
  event.preventDefault();
  if (isPicking) stopPicking(marked);
  else closePanel();
});

// Esc in the page closes the panel, unless it closes a dialog or cancels a navigation.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || panel.hidden) return;
  if (!inFlight.size && !document.querySelector("dialog:modal")) closePanel();
});

/** @param {keyof typeof views} name */
const choose = (name) => {
  shown = name;
  update();
};

/** Show the panel or the button, and fire `toggle` for the site, as `<details>` does. @param {boolean} isOpen */
const show = (isOpen) => {
  panel.hidden = !isOpen;
  toggle.hidden = isOpen;
  toggle.setAttribute("aria-expanded", `${isOpen}`);
  host.toggleAttribute("open", isOpen);
  host.dispatchEvent(new Event("toggle"));
};

/** The element in the page that had the focus when the panel was opened. @type {Element | null} */
let opener = null;

/** Open the panel, at the row of a slot if an address is given. @param {unknown} [address] */
const openPanel = (address) => {
  if (isPicking) return stopPicking("");
  marked = typeof address === "string" ? address : "";
  if (marked) shown = "Slots";
  if (panel.hidden && document.activeElement !== host) opener = document.activeElement;
  show(true);
  update();
  const row = shadow.querySelector("tr.is-open button");
  const place = /** @type {HTMLElement} */ (row ?? tabs[Object.keys(views).indexOf(shown)]);
  place.focus();
};

const closePanel = () => {
  const hadFocus = shadow.activeElement;
  show(false);
  marked = "";
  if (!hadFocus) return;
  const place = toggle.checkVisibility() ? toggle : opener; // the site may have a button of its own
  if (place instanceof HTMLElement) place.focus();
};

/** Open the panel. If it is open and no address is given, close it. @param {unknown} [address] */
export const inspect = (address) => {
  if (panel.hidden || typeof address === "string") openPanel(address);
  else closePanel();
};

/** Update what the panel shows. */
export const update = () => {
  place();
  // After a prefetched response, messages and the like are refreshed. That is not counted as a change.
  const last = entries.findLast(({ kind, changed }) => kind !== "refresh" || changed.length);
  if (isPicking) label.textContent = "Click on a slot, or press Esc";
  else label.textContent = last?.counts ?? "Slots";
  for (const tab of tabs) tab.ariaPressed = `${tab.textContent === shown}`;
  borders.ariaPressed = `${hasBorders}`;
  if (panel.hidden) return;
  const hadFocus = body.contains(shadow.activeElement);
  body.replaceChildren(...views[shown]({ marked, mark, highlight }));
  if (hadFocus) body.focus({ preventScroll: true });
};

// --- Borders ---

/** @param {string} address */
const mark = (address) => {
  marked = marked === address ? "" : address;
  update();
  /** @type {HTMLElement | null} */ (shadow.querySelector("tr.is-open button"))?.focus();
  if (marked) reveal(address);
  drawAll();
};

/** Scroll to a slot, unless it is above the panel already. @param {string} address */
const reveal = (address) => {
  const slot = slots().find(({ dataset }) => dataset.prSlot === address);
  const { top = 0, bottom = 0 } = slot?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > panel.getBoundingClientRect().top) slot?.scrollIntoView();
};

let pointed = "";
/** @param {string} address */
const highlight = (address) => {
  pointed = address;
  drawAll();
};

/** @param {boolean} isWanted */
const showBorders = (isWanted) => {
  hasBorders = isWanted;
  update();
  follow();
};

// --- Picking: the next click in the page chooses a slot ---

let isPicking = false;

const startPicking = () => {
  isPicking = true;
  show(false);
  boxes.classList.add("is-picking"); // the boxes now cover the page, so it gets no events
  toggle.focus();
  update();
};

/** @param {string} address */
const stopPicking = (address) => {
  isPicking = false;
  pointed = "";
  boxes.classList.remove("is-picking");
  openPanel(address);
  drawAll();
};

/** The innermost slot under the pointer. @param {MouseEvent} event */
const slotUnder = ({ clientX, clientY }) =>
  document
    .elementsFromPoint(clientX, clientY)
    .filter((element) => element !== host)
    .map((element) => /** @type {Slot | null} */ (closest(element, "[data-pr-slot][data-pr-key]")))
    .find(Boolean)?.dataset.prSlot ?? "";

boxes.addEventListener("pointermove", (event) => isPicking && highlight(slotUnder(event)));
boxes.addEventListener("click", (event) => isPicking && stopPicking(slotUnder(event)));

const drawAll = () => draw(hasBorders, pointed, marked, openPanel);

const follow = () => {
  drawAll();
  if (hasBorders) requestAnimationFrame(follow);
};

// --- Where the inspector is in the page ---

// While a modal dialog is open, everything outside of it is inert, so the inspector moves into it.
const place = () => {
  const around = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.documentElement;
  const other = document.querySelector(host.localName);
  if (other && other !== host) return; // the script is loaded twice
  if (host.parentNode !== around) around.append(host);
  if (!host.matches(":popover-open")) host.showPopover?.();
};

addEventListener("parallel-routes:leave", ({ target }) => {
  if (/** @type {Element} */ (target).contains(host)) document.documentElement.append(host);
});
