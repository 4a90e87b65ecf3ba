// Warns developers of what a library puts beneath an open modal, where nobody can see or use it. Only the readable
// script has this.

/** What the package itself puts into the body. */
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

/** Say in the console what lies beneath an open modal, when it has been placed. */
export const warnOfBeneath = () =>
  new MutationObserver((records) => {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    requestAnimationFrame(() => added.forEach(check));
  }).observe(document.body, { childList: true });
