/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // src/dom.js
  var root = document.documentElement;
  var method = (name2) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name2].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place.querySelectorAll(selector)
  ];

  // page:parts.js
  var { "hooks": hooks } = window[/* @__PURE__ */ Symbol.for("parallel-routes 799f40d2 page")];

  // src/parts/beneath.js
  var OURS = "[class*=parallel-routes],[data-pr-slot],dialog,[popover]";
  var known = /* @__PURE__ */ new Set();
  var check = (node) => {
    if (!(node instanceof HTMLElement) || node.parentNode !== document.body) return;
    if (node.matches(OURS) || !node.offsetHeight || known.has(node.className)) return;
    if (!node.className || !document.querySelector("[data-pr-slot] dialog:modal")) return;
    known.add(node.className);
    console.warn(
      "django-parallel-routes: a script has put an element into the <body> while a modal is open. It is beneath the modal, so users can't see or use it. Tell its library to put it into the <dialog>, by an option such as dropdownParent, container or appendTo, or place it in the page that the modal shows.",
      node
    );
  };
  var warnOfBeneath = () => new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    requestAnimationFrame(() => added.forEach(check));
  }).observe(document.body, { childList: true });

  // src/parts/dialog.js
  var MODAL = "[data-pr-slot] dialog[data-pr-modal]";
  var OPEN = `${MODAL}:modal`;
  var POPUP = ":is(:popover-open:not([popover=manual]), select:open, input:open)";
  var known2 = /* @__PURE__ */ new WeakMap();
  var about = (dialog) => {
    const its = known2.get(dialog) ?? {};
    known2.set(dialog, its);
    return its;
  };
  var closing = /* @__PURE__ */ new WeakSet();
  var lastOpener;
  var hasScrollbar;
  var dialogs = (selector, place = document) => (
    /** @type {HTMLDialogElement[]} */
    [place, ...all(selector, place)].filter(
      (one) => one instanceof Element && matches(one, selector)
    )
  );
  var closesOn = (dialog, what) => (dialog.dataset.prCloseOn ?? "escape backdrop").split(" ").includes(what);
  var isLost = () => (document.activeElement ?? document.body) === document.body;
  var focus = (element) => element && HTMLElement.prototype.focus.call(element, { preventScroll: true });
  var addressAround = (element) => (element && closest(element, "[data-pr-slot]"))?.dataset.prSlot;
  var describe = (element = null) => {
    const { href } = element instanceof HTMLAnchorElement ? element : location;
    return { element, id: element && attribute(element, "id"), href, slot: addressAround(element) };
  };
  var find = ({ element, id, href, slot }) => {
    if (element && root.contains(element)) return element;
    const links = [...document.links].filter(
      (link) => link.href === href && link.checkVisibility?.() !== false
    );
    const twin = links.find((link) => addressAround(link) === slot);
    return id && document.getElementById(id) || twin || links[0];
  };
  var isScrollable = () => innerWidth > root.clientWidth;
  var show = (dialog, source, animate = false) => {
    const its = about(dialog);
    const isNobody = () => isLost() || dialog.contains(document.activeElement);
    if (isNobody()) focus(source);
    its.opener = isNobody() ? its.opener ?? describe() : describe(document.activeElement);
    its.isShown = true;
    hasScrollbar ??= isScrollable();
    root.toggleAttribute("data-pr-modal-gutter", hasScrollbar);
    dialog.toggleAttribute("data-pr-animate", animate);
    dialog.setAttribute("closedby", closesOn(dialog, "escape") ? "closerequest" : "none");
    dialog.open = false;
    dialog.showModal();
    name(dialog);
  };
  var hide = (dialog) => {
    about(dialog).isShown = false;
    if (dialog.open) dialog.close();
    lastOpener = about(dialog).opener;
  };
  var name = (dialog) => {
    const its = about(dialog);
    const hasOwn = (dialog.getAttribute("aria-label") ?? void 0) !== its.label;
    if (hasOwn || dialog.hasAttribute("aria-labelledby")) return;
    const inside = "[data-pr-slot][data-pr-title]";
    const slot = dialog.querySelector(inside) ?? dialog.closest("[data-pr-slot]");
    its.label = slot?.dataset.prTitle || dialog.querySelector("h1, h2, h3")?.textContent?.trim();
    if (its.label) dialog.setAttribute("aria-label", its.label);
  };
  var onEnter = ({ target, detail }) => {
    closing.delete(target);
    if (lastOpener && isLost()) focus(find(lastOpener));
    const { activeElement } = document;
    let animate = !lastOpener && target !== document && !detail?.initial;
    let isAbove = false;
    for (const dialog of dialogs(MODAL, target)) {
      if (dialog.matches(OPEN)) {
        if (!isAbove) continue;
        hide(dialog);
      }
      show(dialog, detail?.source, animate);
      isAbove = true;
      animate = false;
    }
    if (isAbove && target.contains(activeElement)) focus(activeElement);
    setTimeout(() => {
      lastOpener = void 0;
    });
    const around = target !== document && closest(target, OPEN);
    if (around) {
      name(around);
      if (isLost()) focus(target.querySelector("[autofocus]"));
      if (isLost()) focus(around);
    }
    announceIn(closest(document.activeElement ?? root, OPEN));
  };
  var onLeave = ({ target }) => {
    const inside = dialogs(MODAL, target);
    inside.reverse().forEach(hide);
    if (inside.length) announceIn(document.body);
  };
  var announceIn = (place) => {
    const announcer = document.querySelector(".parallel-routes-title");
    if (announcer && place && announcer.parentElement !== place) place.append(announcer);
  };
  var levelOf = (element) => {
    const level = closest(element, "[data-pr-mount-url]");
    if (!level) return null;
    const inFrame = level.querySelector(`[data-pr-slot="${level.dataset.prSlot}.children"]`);
    return [level, inFrame].some((slot) => slot?.dataset.prVariant === "intercepted") ? level : null;
  };
  var close = async (element) => {
    const level = levelOf(element);
    const dialog = (
      /** @type {HTMLDialogElement | null} */
      closest(element, MODAL)
    );
    const link = dialog?.querySelector("a[data-pr-close]");
    if (!level) return link ? link.click() : dialog?.close();
    if (closing.has(level)) return;
    closing.add(level);
    try {
      await window.parallelRoutes.close(element);
    } finally {
      closing.delete(level);
      if (dialog?.isConnected && !dialog.open) show(dialog);
    }
  };
  var isPopupOpen = false;
  var onKeydown = ({ key }) => {
    isPopupOpen = key === "Escape" && !!document.querySelector(POPUP);
  };
  var onCancel = (event) => {
    const { target } = event;
    if (!matches(target, MODAL)) return;
    event.preventDefault();
    if (!isPopupOpen && closesOn(target, "escape")) close(target);
  };
  var onClose = ({ target }) => {
    if (matches(target, MODAL) && !target.open && about(target).isShown) close(target);
  };
  var onBeforeLeave = (event) => queueMicrotask(() => {
    if (!event.defaultPrevented) return;
    for (const dialog of dialogs(MODAL)) if (about(dialog).isShown && !dialog.open) show(dialog);
  });
  var isBackdrop = ({ target, clientX, clientY }) => {
    if (!(target instanceof Element) || !matches(target, OPEN)) return false;
    const box = target.getBoundingClientRect();
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  };
  var pressed = null;
  var onPointerdown = (event) => {
    pressed = isBackdrop(event) && !document.querySelector(POPUP) ? event.target : null;
  };
  var onClick = (event) => {
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
    if (isLink) event.stopPropagation();
    close(closer);
  };
  new ResizeObserver(() => {
    if (!document.querySelector(OPEN)) hasScrollbar = isScrollable();
  }).observe(root);
  hooks.showDialogs = onEnter;
  document.addEventListener("parallel-routes:enter", onEnter);
  document.addEventListener("parallel-routes:leave", onLeave);
  document.addEventListener("parallel-routes:update", ({ target }) => {
    const place = (
      /** @type {Element} */
      target
    );
    const around = closest(place, OPEN);
    for (const dialog of [around, ...dialogs(OPEN, place)]) if (dialog) name(dialog);
  });
  document.addEventListener("parallel-routes:before-leave", onBeforeLeave);
  addEventListener("keydown", onKeydown, true);
  addEventListener("cancel", onCancel, true);
  addEventListener("close", onClose, true);
  addEventListener("pointerdown", onPointerdown, true);
  addEventListener("click", onClick, true);
  var start = () => {
    onEnter({ target: document });
    if (true) warnOfBeneath();
  };
  if (document.readyState !== "loading" || document.querySelector("[data-pr-arrived]")) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
