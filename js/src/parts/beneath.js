// Warns developers of elements that a library puts beneath an open modal, where users can't see or use them. Only the
// readable script does this.

/** Elements that the package itself puts into the body, and those that may be there. */
const OURS = "[class*=parallel-routes],[data-pr-slot],dialog,[popover]";

/** @type {Set<string>} */
const known = new Set();

/** @param {Node} node */
const check = (node) => {
  if (!(node instanceof HTMLElement) || node.parentNode !== document.body) return;
  if (node.matches(OURS) || !node.offsetHeight || known.has(node.className)) return;
  if (!node.className || !document.querySelector("[data-pr-slot] dialog:modal")) return;
  known.add(node.className);
  console.warn(
    "django-parallel-routes: a script has put an element into the <body> while a modal is open. It is beneath the modal, " +
      "so users can't see or use it. Tell its library to put it into the <dialog>, by an option such as dropdownParent, " +
      "container or appendTo, or place it in the page that the modal shows.",
    node,
  );
};

/** Warn in the console of elements that are put beneath an open modal. */
export const warnOfBeneath = () =>
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    requestAnimationFrame(() => added.forEach(check));
  }).observe(document.body, { childList: true });
