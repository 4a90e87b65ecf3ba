// Native dialogs in slots: <dialog data-pr-modal> opens when it comes into a slot, and whatever closes it
// leaves its URL: Esc, the backdrop, what has data-pr-close, <form method="dialog">, or a script.
//
// data-pr-close-on="escape backdrop" says which of these two do. parallel-routes.js tells of slots that
// change, and goes back; where a dialog is an ordinary page of a slot, its link with data-pr-close is followed.
(() => {
  const MODAL = "[data-pr-slot] dialog[data-pr-modal]";
  const OPEN = `${MODAL}:modal`;
  // What a click outside of it closes first; older browsers don't know all of these.
  const POPUP = ":is(:popover-open:not([popover=manual]), select:open, input:open)";
  const root = document.documentElement;

  // Of what may be a form: its controls hide properties and methods of their names (<input name="id">).
  const method = (name) => (elt, argument) => Element.prototype[name].call(elt, argument);
  const [closest, matches, attribute] = ["closest", "matches", "getAttribute"].map(method);

  const known = new WeakMap();
  const about = (dialog) => known.get(dialog) ?? known.set(dialog, {}).get(dialog);
  const closing = new WeakSet(); // levels
  let left; // the opener of a dialog that is being taken out

  const closesOn = (dialog, what) =>
    (dialog.dataset.prCloseOn ?? "escape backdrop").split(" ").includes(what);

  // --- Focus ---

  const isLost = () => (document.activeElement ?? document.body) === document.body;
  const focus = (element) => element && HTMLElement.prototype.focus.call(element, { preventScroll: true });

  // Where nobody opened it (a document that was loaded with it), a link to it might have.
  const slotOf = (element) => (element && closest(element, "[data-pr-slot]"))?.dataset.prSlot;
  const describe = (element) => {
    const { href = location.href } = element && matches(element, "a") ? element : {};
    return { element, id: element && attribute(element, "id"), href, slot: slotOf(element) };
  };

  // The opener, or who has taken its place since.
  const find = ({ element, id, href, slot }) => {
    if (element && root.contains(element)) return element;
    const links = [...document.links].filter((link) => link.href === href && link.checkVisibility());
    const twin = links.find((link) => slotOf(link) === slot);
    return (id && document.getElementById(id)) || twin || links[0];
  };

  // --- Opening ---

  const show = (dialog, { source, animate = false } = {}) => {
    const its = about(dialog);
    const isNobody = () => isLost() || dialog.contains(document.activeElement); // autofocus
    if (isNobody()) focus(source); // Safari does not focus what is clicked
    its.opener = isNobody() ? (its.opener ?? describe()) : describe(document.activeElement);
    its.isShown = true;
    // Or the page would get wider as its scrollbar goes.
    const hasScrollbar = innerWidth > root.clientWidth;
    if (!document.querySelector(OPEN)) root.toggleAttribute("data-pr-modal-gutter", hasScrollbar);
    dialog.toggleAttribute("data-pr-animate", animate);
    // Chromium closes on a second Esc whatever the listeners say.
    dialog.setAttribute("closedby", closesOn(dialog, "escape") ? "closerequest" : "none");
    dialog.open = false; // as the server says, so that it is seen before this script runs
    dialog.showModal();
    name(dialog);
  };

  // While it still is in the document: then the browser gives the focus back.
  const hide = (dialog) => {
    about(dialog).isShown = false;
    if (dialog.open) dialog.close();
    left = about(dialog).opener;
  };

  const name = (dialog) => {
    const its = about(dialog);
    const hasOwn = (dialog.getAttribute("aria-label") ?? undefined) !== its.label;
    if (hasOwn || dialog.hasAttribute("aria-labelledby")) return;
    const inside = dialog.querySelector('[data-pr-slot][data-pr-title]:not([data-pr-title=""])');
    const slot = inside ?? dialog.closest("[data-pr-slot]");
    its.label = slot.dataset.prTitle || dialog.querySelector("h1, h2, h3")?.textContent.trim();
    if (its.label) dialog.setAttribute("aria-label", its.label);
  };

  const onEnter = ({ target, detail }) => {
    closing.delete(target);
    if (left && isLost()) focus(find(left));
    const { activeElement } = document;
    let animate = !left && target !== document;
    let isAbove = false;
    for (const dialog of target.querySelectorAll(MODAL)) {
      if (dialog.matches(OPEN) && !isAbove) continue;
      if (dialog.matches(OPEN)) hide(dialog); // and up again: the one beneath is new
      show(dialog, { source: detail?.source, animate });
      isAbove = true;
      animate = false;
    }
    if (isAbove && target.contains(activeElement)) focus(activeElement);
    setTimeout(() => (left = null)); // other slots may come in the same task
    const around = target.closest?.(OPEN);
    if (around) name(around);
    if (around && isLost()) focus(target.querySelector("[autofocus]"));
    if (around && isLost()) focus(around);
    announceIn(document.activeElement && closest(document.activeElement, OPEN));
  };

  const onLeave = ({ target }) => {
    const dialogs = [...target.querySelectorAll(MODAL)];
    dialogs.reverse().forEach(hide); // the topmost first, each to its opener
    if (dialogs.length) announceIn(document.body);
  };

  // Outside of a modal nothing is announced.
  const announceIn = (place) => {
    const announcer = document.querySelector(".parallel-routes-title");
    if (announcer && place && announcer.parentElement !== place) place.append(announcer);
  };

  document.addEventListener("parallel-routes:enter", onEnter);
  document.addEventListener("parallel-routes:leave", onLeave);
  // Loading states may have them, too.
  document.addEventListener("parallel-routes:cover", onEnter);
  document.addEventListener("parallel-routes:uncover", onLeave);
  const onStart = () => onEnter({ target: document });
  if (document.querySelector("[data-pr-arrived]")) onStart(); // the rest of the page may take long
  else document.addEventListener("DOMContentLoaded", onStart);

  // --- Closing ---

  // The slot, if what it shows is intercepted, or on its way; a frame is a slot around that.
  const levelOf = (element) => {
    const level = closest(element, "[data-pr-mount-url]");
    const inFrame = level?.querySelector(`[data-pr-slot="${level.dataset.prSlot}.children"]`);
    const isOpen = [level, inFrame].some((slot) => slot?.dataset.prVariant === "intercepted");
    return isOpen || level?.querySelector(":scope > [data-pr-covered]") ? level : null;
  };

  const close = async (element) => {
    const level = levelOf(element);
    const dialog = closest(element, MODAL);
    const link = dialog?.querySelector("a[data-pr-close]");
    if (!level) return link ? link.click() : dialog?.close();
    if (closing.has(level)) return;
    closing.add(level);
    try {
      await parallelRoutes.close(element);
    } finally {
      closing.delete(level);
      // It stays; the browser has closed it already.
      if (dialog?.isConnected && !dialog.open) show(dialog);
    }
  };

  let popup; // was open as Esc was pressed: WebKit would close both
  const onKeydown = ({ key }) => (popup = key === "Escape" && document.querySelector(POPUP));
  addEventListener("keydown", onKeydown, true);

  const onCancel = (event) => {
    const { target } = event;
    if (!matches(target, MODAL)) return; // others in it, such as <input type="file">
    event.preventDefault();
    if (!popup && closesOn(target, "escape")) close(target);
  };
  document.addEventListener("cancel", onCancel, true);

  // By a second Esc, a form, a script.
  const onClose = ({ target }) => {
    if (matches(target, MODAL) && !target.open && about(target).isShown) close(target);
  };
  document.addEventListener("close", onClose, true);

  // What was not to be left stays; the browser has closed it already.
  const onBeforeLeave = (event) =>
    queueMicrotask(() => {
      if (!event.defaultPrevented) return;
      for (const dialog of document.querySelectorAll(MODAL))
        if (about(dialog).isShown && !dialog.open) show(dialog);
    });
  document.addEventListener("parallel-routes:before-leave", onBeforeLeave);

  const isBackdrop = ({ target, clientX, clientY }) => {
    if (!(target instanceof Element) || !matches(target, OPEN)) return false;
    const { left, right, top, bottom } = target.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  };

  let pressed; // the dialog whose backdrop the pointer went down on
  const onPointerdown = (event) => {
    pressed = isBackdrop(event) && !document.querySelector(POPUP) && event.target;
  };
  addEventListener("pointerdown", onPointerdown, true);

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
    if (isLink) event.stopPropagation(); // htmx would follow it
    close(closer);
  };
  addEventListener("click", onClick, true);
})();
