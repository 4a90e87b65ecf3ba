// Opens native dialogs. A <dialog data-pr-modal> opens when it arrives in a slot. Esc, the backdrop, an element with
// data-pr-close, <form method="dialog"> and scripts close it, and closing it also changes the URL.
//
// data-pr-close-on="escape backdrop" says whether Esc and the backdrop close the dialog. If the dialog is an ordinary page of
// a slot, closing it follows its link with data-pr-close.
import { all, attribute, closest, matches, root } from "../dom.js";
import { hooks } from "../parts.js";
import { warnOfBeneath } from "./beneath.js";

const MODAL = "[data-pr-slot] dialog[data-pr-modal]";
const OPEN = `${MODAL}:modal`;
/** Popups that a click outside of the dialog closes first. Older browsers don't know all of these selectors. */
const POPUP = ":is(:popover-open:not([popover=manual]), select:open, input:open)";

/** Where the focus was when a dialog opened. @typedef {{element: Element | null, id: string | null, href: string, slot?: string}} Opener */
/** @typedef {{opener?: Opener, isShown?: boolean, label?: string}} Known */

/** @type {WeakMap<Element, Known>} */
const known = new WeakMap();
/** @param {Element} dialog @returns {Known} */
const about = (dialog) => {
  const its = known.get(dialog) ?? {};
  known.set(dialog, its);
  return its;
};
/** The levels that are closing. */
const closing = new WeakSet();
/** The opener of a dialog that is being removed. @type {Opener | undefined} */
let lastOpener;
/** Whether the page has a scrollbar while no dialog is open. @type {boolean | undefined} */
let hasScrollbar;

/** The dialogs in an element, which may be a dialog itself. @param {string} selector @param {ParentNode} [place] */
const dialogs = (selector, place = document) =>
  /** @type {HTMLDialogElement[]} */ (
    [place, ...all(selector, place)].filter(
      (one) => one instanceof Element && matches(one, selector),
    )
  );

/** @param {HTMLDialogElement} dialog @param {string} what */
const closesOn = (dialog, what) =>
  (dialog.dataset.prCloseOn ?? "escape backdrop").split(" ").includes(what);

// --- Focus ---

const isLost = () => (document.activeElement ?? document.body) === document.body;

/** @param {Element | null | undefined} element */
const focus = (element) =>
  element && HTMLElement.prototype.focus.call(element, { preventScroll: true });

/** @param {Element | null} element */
const addressAround = (element) => (element && closest(element, "[data-pr-slot]"))?.dataset.prSlot;

// If the document was loaded with the dialog, no element opened it. The focus then goes to a link to the same URL.
/** @param {Element | null} [element] @returns {Opener} */
const describe = (element = null) => {
  const { href } = element instanceof HTMLAnchorElement ? element : location;
  return { element, id: element && attribute(element, "id"), href, slot: addressAround(element) };
};

/** The opener, or the element that has its place now. @param {Opener} opener */
const find = ({ element, id, href, slot }) => {
  if (element && root.contains(element)) return element;
  const links = [...document.links].filter(
    (link) => link.href === href && link.checkVisibility?.() !== false,
  );
  const twin = links.find((link) => addressAround(link) === slot);
  return (id && document.getElementById(id)) || twin || links[0];
};

// --- Opening ---

const isScrollable = () => innerWidth > root.clientWidth;

/** @param {HTMLDialogElement} dialog @param {Element} [source] @param {boolean} [animate] */
const show = (dialog, source, animate = false) => {
  const its = about(dialog);
  const isNobody = () => isLost() || dialog.contains(document.activeElement); // because of autofocus
  if (isNobody()) focus(source); // Safari does not focus a link that is clicked
  its.opener = isNobody() ? (its.opener ?? describe()) : describe(document.activeElement);
  its.isShown = true;
  hasScrollbar ??= isScrollable();
  // The scrollbar of the page disappears, so without this, the page would get wider.
  root.toggleAttribute("data-pr-modal-gutter", hasScrollbar);
  dialog.toggleAttribute("data-pr-animate", animate);
  // Otherwise, Chromium closes the dialog on a second Esc, even if listeners prevent it.
  dialog.setAttribute("closedby", closesOn(dialog, "escape") ? "closerequest" : "none");
  dialog.open = false; // in the server's HTML it is open, so that users see it before this script runs
  dialog.showModal();
  name(dialog);
};

/** Close a dialog before it is removed. The browser returns the focus only while the dialog is in the document. @param {HTMLDialogElement} dialog */
const hide = (dialog) => {
  about(dialog).isShown = false;
  if (dialog.open) dialog.close();
  lastOpener = about(dialog).opener;
};

/** @param {HTMLElement} dialog */
const name = (dialog) => {
  const its = about(dialog);
  const hasOwn = (dialog.getAttribute("aria-label") ?? undefined) !== its.label;
  if (hasOwn || dialog.hasAttribute("aria-labelledby")) return;
  const inside = "[data-pr-slot][data-pr-title]";
  /** @type {HTMLElement | null} */
  const slot = dialog.querySelector(inside) ?? dialog.closest("[data-pr-slot]");
  its.label = slot?.dataset.prTitle || dialog.querySelector("h1, h2, h3")?.textContent?.trim();
  if (its.label) dialog.setAttribute("aria-label", its.label);
};

/** @param {any} event */
const onEnter = ({ target, detail }) => {
  closing.delete(target);
  if (lastOpener && isLost()) focus(find(lastOpener));
  const { activeElement } = document;
  let animate = !lastOpener && target !== document && !detail?.initial;
  let isAbove = false;
  for (const dialog of dialogs(MODAL, target)) {
    if (dialog.matches(OPEN)) {
      if (!isAbove) continue;
      hide(dialog); // it is opened again, so that it is above the new dialog beneath it
    }
    show(dialog, detail?.source, animate);
    isAbove = true;
    animate = false;
  }
  if (isAbove && target.contains(activeElement)) focus(activeElement);
  setTimeout(() => {
    lastOpener = undefined; // other slots may arrive in the same task
  });
  const around = target !== document && closest(target, OPEN);
  if (around) {
    name(around);
    if (isLost()) focus(target.querySelector("[autofocus]"));
    if (isLost()) focus(around);
  }
  announceIn(closest(document.activeElement ?? root, OPEN));
};

/** @param {any} event */
const onLeave = ({ target }) => {
  const inside = dialogs(MODAL, target);
  inside.reverse().forEach(hide); // the uppermost first, so that the focus returns from opener to opener
  if (inside.length) announceIn(document.body);
};

/** Move the region for announcements, because screen readers ignore everything outside of an open modal. @param {Element | null} place */
const announceIn = (place) => {
  const announcer = document.querySelector(".parallel-routes-title");
  if (announcer && place && announcer.parentElement !== place) place.append(announcer);
};

// --- Closing ---

/** The slot around an element, if it shows an intercepted page. With a layout, the page is in a slot inside it. @param {Element} element */
const levelOf = (element) => {
  const level = closest(element, "[data-pr-mount-url]");
  if (!level) return null;
  /** @type {HTMLElement | null} */
  const inFrame = level.querySelector(`[data-pr-slot="${level.dataset.prSlot}.children"]`);
  return [level, inFrame].some((slot) => slot?.dataset.prVariant === "intercepted") ? level : null;
};

/** @param {Element} element */
const close = async (element) => {
  const level = levelOf(element);
  const dialog = /** @type {HTMLDialogElement | null} */ (closest(element, MODAL));
  /** @type {HTMLElement | null | undefined} */
  const link = dialog?.querySelector("a[data-pr-close]");
  if (!level) return link ? link.click() : dialog?.close();
  if (closing.has(level)) return;
  closing.add(level);
  try {
    await window.parallelRoutes.close(element);
  } finally {
    closing.delete(level);
    // The user has declined to close it, but the browser has closed it already.
    if (dialog?.isConnected && !dialog.open) show(dialog);
  }
};

/** Whether a popup was open when Esc was pressed. WebKit would close the dialog, too. */
let isPopupOpen = false;
/** @param {KeyboardEvent} event */
const onKeydown = ({ key }) => {
  isPopupOpen = key === "Escape" && !!document.querySelector(POPUP);
};

/** @param {any} event */
const onCancel = (event) => {
  const { target } = event;
  if (!matches(target, MODAL)) return; // the event of another element, such as <input type="file">
  event.preventDefault();
  if (!isPopupOpen && closesOn(target, "escape")) close(target);
};

/** A second Esc, a form or a script has closed a dialog. @param {any} event */
const onClose = ({ target }) => {
  if (matches(target, MODAL) && !target.open && about(target).isShown) close(target);
};

/** Open dialogs again if a listener prevents closing them, because the browser has closed them already. @param {Event} event */
const onBeforeLeave = (event) =>
  queueMicrotask(() => {
    if (!event.defaultPrevented) return;
    for (const dialog of dialogs(MODAL)) if (about(dialog).isShown && !dialog.open) show(dialog);
  });

/** @param {any} event */
const isBackdrop = ({ target, clientX, clientY }) => {
  if (!(target instanceof Element) || !matches(target, OPEN)) return false;
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
};

/** The dialog on whose backdrop the pointer was pressed. @type {EventTarget | null} */
let pressed = null;
/** @param {PointerEvent} event */
const onPointerdown = (event) => {
  pressed = isBackdrop(event) && !document.querySelector(POPUP) ? event.target : null;
};

/** @param {any} event */
const onClick = (event) => {
  const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
  const closer = target instanceof Element && closest(target, "[data-pr-close]");
  if (!closer) {
    if (pressed === target && isBackdrop(event) && closesOn(target, "backdrop")) close(target);
    return;
  }
  const isLink = matches(closer, "a");
  if (!levelOf(closer) && (isLink || !closest(closer, MODAL))) return;
  if (isLink && (ctrlKey || metaKey || shiftKey || altKey)) return;
  event.preventDefault();
  if (isLink) event.stopPropagation(); // htmx would follow the link
  close(closer);
};

// This runs after the browser has computed the layout. Reading the sizes on a click would force another layout.
new ResizeObserver(() => {
  if (!document.querySelector(OPEN)) hasScrollbar = isScrollable();
}).observe(root);
hooks.showDialogs = onEnter;
document.addEventListener("parallel-routes:enter", onEnter);
document.addEventListener("parallel-routes:leave", onLeave);
// A merge does not close dialogs, but may change their names.
document.addEventListener("parallel-routes:update", ({ target }) => {
  const place = /** @type {Element} */ (target);
  const around = closest(place, OPEN);
  for (const dialog of [around, ...dialogs(OPEN, place)]) if (dialog) name(dialog);
});
document.addEventListener("parallel-routes:before-leave", onBeforeLeave);
addEventListener("keydown", onKeydown, true);
addEventListener("cancel", onCancel, true);
addEventListener("close", onClose, true);
addEventListener("pointerdown", onPointerdown, true);
addEventListener("click", onClick, true);

const start = () => {
  onEnter({ target: document });
  if (DEBUG) warnOfBeneath();
};
// The end of a streamed page may arrive late.
if (document.readyState !== "loading" || document.querySelector("[data-pr-arrived]")) start();
else document.addEventListener("DOMContentLoaded", start);
