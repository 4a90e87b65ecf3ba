// Moves the focus when slots change.

// htmx 2 does this by itself. htmx 4 looks for the element after it has been removed.
/** @param {Element | null} active the element that had the focus before */
export const refocus = (active) => {
  const { id, isConnected, selectionStart, selectionEnd } = /** @type {HTMLInputElement} */ (
    active ?? {}
  );
  const successor = !isConnected && id && document.getElementById(id);
  if (!successor || successor === document.activeElement) return;
  successor.focus({ preventScroll: true });
  try {
    if (selectionStart != null)
      /** @type {HTMLInputElement} */ (successor).setSelectionRange(selectionStart, selectionEnd);
  } catch {
    // The element is not a text field.
  }
};

/** Move the focus to the first error of a form. @param {HTMLElement[]} changed */
export const focusOnError = (changed) => {
  for (const slot of changed) {
    /** @type {HTMLElement | null} */
    const field = slot.querySelector('[aria-invalid="true"]');
    /** @type {HTMLElement | null} */
    const list = slot.querySelector(".errorlist");
    if (!field && list) list.tabIndex = -1;
    if (field || list) return (field ?? list)?.focus();
  }
};
