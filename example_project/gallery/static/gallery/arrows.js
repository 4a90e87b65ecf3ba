// The arrow keys and fingers leaf through photos: in the uppermost dialog, or else on the page.
const leaf = (rel) => {
  const open = [...document.querySelectorAll("dialog:modal")].at(-1);
  (open ?? document).querySelector(`.stage a[rel="${rel}"]`)?.click();
};

addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey, shiftKey }) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[key];
  if (!rel || altKey || ctrlKey || metaKey || shiftKey || target.matches("input, textarea, select")) return;
  leaf(rel);
});

let from;
addEventListener("touchstart", ({ target, touches }) => {
  from = touches.length === 1 && target.closest(".stage") ? touches[0] : undefined;
}, { passive: true });
addEventListener("touchend", ({ changedTouches: [{ clientX, clientY }] }) => {
  const [x, y] = from ? [clientX - from.clientX, clientY - from.clientY] : [0, 0];
  from = undefined;
  if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) leaf(x < 0 ? "next" : "prev");
});
