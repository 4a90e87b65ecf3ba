/* parallel-routes 799f40d2 */
"use strict";
(() => {
  // src/dom.js
  var root = document.documentElement;
  var method = (name) => (element, argument) => (
    /** @type {any} */
    Element.prototype[name].call(element, argument)
  );
  var closest = method("closest");
  var matches = method("matches");
  var attribute = method("getAttribute");
  var all = (selector, place = document) => [
    .../** @type {NodeListOf<HTMLElement>} */
    place.querySelectorAll(selector)
  ];

  // src/parts/nodes.js
  var getter = (prototype2, name) => {
    const { get } = (
      /** @type {any} */
      Object.getOwnPropertyDescriptor(prototype2, name)
    );
    return (node) => get.call(node);
  };
  var { prototype } = Node;
  var htmlOf = /* @__PURE__ */ getter(Element.prototype, "innerHTML");
  var wholeHtmlOf = /* @__PURE__ */ getter(Element.prototype, "outerHTML");
  var tagOf = /* @__PURE__ */ getter(Element.prototype, "localName");
  var classesOf = /* @__PURE__ */ getter(Element.prototype, "classList");
  var remove = (element) => Element.prototype.remove.call(element);
  var replace = (element, other) => Element.prototype.replaceWith.call(element, other);

  // src/parts/motion/exit.js
  var DIALOG = "dialog[data-pr-modal]:modal";
  var ALIVE = "iframe, object, embed, video, audio, canvas, [is]";
  var INVISIBLE = "script, link, template";
  var HANDLES = /^(id|name|for|form|role|autofocus|on.*|aria-live|[@:#].*|[vx]-.*|(data-)?(hx|bs)-.*|data-pr-(?!slot$|close-on$).*|data-(controller|action).*)$/;
  var left = [];
  var isAlive = (element) => matches(element, ALIVE) || tagOf(element).includes("-");
  var measure = (dialog) => {
    const elements = [dialog, ...all("*", dialog)];
    const scrolled = elements.filter(({ scrollTop, scrollLeft }) => scrollTop || scrollLeft);
    const slot = dialog.closest("[data-pr-slot]");
    const { translate } = dialog.style;
    dialog.style.translate = "";
    return {
      dialog,
      slot: slot?.dataset.prSlot ?? "",
      translate,
      scrolls: new Map(scrolled.map((one) => [one, [one.scrollTop, one.scrollLeft]])),
      sizes: new Map(elements.filter(isAlive).map((one) => [one, one.getBoundingClientRect()]))
    };
  };
  var strip = (element) => {
    if (closest(element, "svg")) return;
    const { getAttributeNames, removeAttribute } = Element.prototype;
    for (const name of getAttributeNames.call(element))
      if (HANDLES.test(name)) removeAttribute.call(element, name);
  };
  var motionOf = (element) => {
    const { animationName, animationDirection } = getComputedStyle(element);
    return `${animationName} ${animationDirection}`;
  };
  var moveOut = ({ dialog, translate, scrolls, sizes }) => {
    const elsewhere = document.implementation.createHTMLDocument();
    const copy = (
      /** @type {HTMLElement} */
      elsewhere.importNode(dialog)
    );
    strip(copy);
    copy.removeAttribute("open");
    Object.assign(copy, { popover: "manual", inert: true, ariaHidden: "true" });
    copy.style.translate = translate;
    document.body.append(copy);
    copy.showPopover?.();
    const usual = motionOf(copy);
    copy.dataset.prLeaving = "";
    const motions = copy.getAnimations();
    if (motionOf(copy) === usual || !motions.length) return copy.remove();
    const whole = elsewhere.importNode(dialog, true);
    const originals = all("*", dialog);
    const pairs = all("*", whole).map((element, index) => [originals[index], element]);
    for (const [original, element] of pairs) {
      const size = sizes.get(original);
      if (matches(element, INVISIBLE)) remove(element);
      else if (size) {
        const box = elsewhere.createElement("span");
        Object.assign(box.style, {
          display: "inline-block",
          height: `${size.height}px`,
          width: `${size.width}px`
        });
        box.className = attribute(element, "class") ?? "";
        replace(element, box);
      } else {
        if (matches(element, "dialog")) element.removeAttribute("open");
        strip(element);
      }
    }
    copy.append(...whole.childNodes);
    for (const [original, element] of [[dialog, copy], ...pairs]) {
      const [top, start] = scrolls.get(original) ?? [];
      if (top != null) element.scrollTo({ top, left: start, behavior: "instant" });
    }
    Promise.allSettled(motions.map(({ finished }) => finished)).then(() => copy.remove());
  };
  addEventListener(
    "parallel-routes:leave",
    ({ target }) => {
      const place = (
        /** @type {HTMLElement} */
        target
      );
      const dialogs = all(DIALOG, place);
      if (!dialogs.length) return;
      if (!left.length)
        requestAnimationFrame(() => {
          const gone = left;
          left = [];
          for (const one of gone) {
            const stays = document.querySelector(`[data-pr-slot="${one.slot}"] ${DIALOG}`);
            if (!stays && !one.dialog.isConnected) moveOut(one);
          }
        });
      left.push(...dialogs.map(measure));
    },
    true
    // before the dialog is closed
  );

  // src/parts/motion/swipe.js
  var SHEET = 'dialog.parallel-routes-modal[data-pr-close-on~="escape"]:not(.parallel-routes-drawer):modal';
  var PHONE = matchMedia("(max-width: 40rem)");
  var STILL = matchMedia("(prefers-reduced-motion: reduce)");
  var DURATION = 180;
  var pull;
  var isBusy = (element, sheet) => {
    for (let one = (
      /** @type {Element | null} */
      element
    ); one; one = one.parentElement) {
      if (one.scrollTop > 0 || matches(one, "input, textarea, select, [contenteditable]"))
        return true;
      if (one === sheet) return false;
    }
  };
  addEventListener(
    "touchstart",
    ({ target, touches, timeStamp: at }) => {
      if (!touches.length) return;
      const [{ clientX: x, clientY: y }] = touches;
      const element = (
        /** @type {Element} */
        target
      );
      const sheet = closest(element, SHEET);
      const isFree = sheet && touches.length === 1 && PHONE.matches && !isBusy(element, sheet);
      pull = isFree ? { sheet, x, y, by: 0, at, isPulled: false } : void 0;
    },
    { passive: true }
  );
  addEventListener(
    "touchmove",
    (event) => {
      if (!pull) return;
      const [{ clientX, clientY }] = event.touches;
      pull.by = clientY - pull.y;
      if (!pull.isPulled && (pull.by <= 0 || Math.abs(clientX - pull.x) > pull.by)) {
        pull = void 0;
        return;
      }
      pull.isPulled = true;
      event.preventDefault();
      pull.sheet.style.translate = `0 ${Math.max(0, pull.by)}px`;
    },
    { passive: false }
  );
  var onEnd = ({ type, timeStamp }) => {
    if (!pull?.isPulled) return;
    const { sheet, by, at } = pull;
    pull = void 0;
    const isFar = by > sheet.offsetHeight / 3 || by > 30 && by / (timeStamp - at) > 0.4;
    const back = () => {
      const { translate } = sheet.style;
      if (!translate) return;
      sheet.style.translate = "";
      const duration = STILL.matches ? 0 : DURATION;
      sheet.animate({ translate: [translate, "0 0"] }, { duration, easing: "ease-out" });
    };
    if (type !== "touchend" || !isFar) return back();
    document.addEventListener(
      "parallel-routes:before-leave",
      (event) => queueMicrotask(() => event.defaultPrevented && back()),
      { once: true }
    );
    setTimeout(back, 2e3);
    sheet.dispatchEvent(new Event("cancel", { cancelable: true }));
  };
  addEventListener("touchend", onEnd);
  addEventListener("touchcancel", onEnd);
})();
