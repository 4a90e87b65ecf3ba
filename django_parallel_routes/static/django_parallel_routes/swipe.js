/* Built from js/ of django-parallel-routes: b5d03d8a3fc95fe5 */
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

  // src/parts/swipe.js
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
    ({ target, touches: [{ clientX: x, clientY: y }], touches, timeStamp: at }) => {
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
    const isClosed = type === "touchend" && isFar;
    const from = sheet.style.translate;
    sheet.style.translate = "";
    const motion = sheet.animate(
      { translate: [from, isClosed ? "0 100%" : "0 0"] },
      { duration: STILL.matches ? 0 : DURATION, easing: "ease-out", fill: "forwards" }
    );
    const back = () => motion.cancel();
    motion.finished.then(() => {
      if (!isClosed) return back();
      document.addEventListener(
        "parallel-routes:before-leave",
        (event) => queueMicrotask(() => event.defaultPrevented && back()),
        { once: true }
      );
      setTimeout(back, 2e3);
      sheet.dispatchEvent(new Event("cancel", { cancelable: true }));
    }, back);
  };
  addEventListener("touchend", onEnd);
  addEventListener("touchcancel", onEnd);
})();
