// Gives scripts and styles of a response the nonce of the document, if they have that of the response's policy.

export const { nonce: ownNonce } = /** @type {HTMLScriptElement} */ (document.currentScript);

// A script that an attacker has smuggled into the response does not know the nonce of its policy.
/** Whether an element of a response has the nonce of the response's policy. @param {Element} element @param {string | null} policy */
export const isTrusted = (element, policy) => {
  const nonce = element.getAttribute("nonce");
  return !!nonce && (nonce === ownNonce || !!policy?.includes(`'nonce-${nonce}'`));
};

/** Give a trusted element the nonce of the document's policy. @param {HTMLElement} element @param {boolean} isTrusted */
export const setNonce = (element, isTrusted) => {
  element.removeAttribute("nonce");
  if (isTrusted && ownNonce) element.nonce = ownNonce;
};
