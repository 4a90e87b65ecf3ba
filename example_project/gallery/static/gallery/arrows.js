// The arrow keys leaf through photos: in the uppermost dialog, or else on the page.
addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey, shiftKey }) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[key];
  if (!rel || altKey || ctrlKey || metaKey || shiftKey || target.matches("input, textarea, select")) return;
  const open = [...document.querySelectorAll("dialog:modal")].at(-1);
  (open ?? document).querySelector(`.stage a[rel="${rel}"]`)?.click();
});
