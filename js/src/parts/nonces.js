// Gives what an answer brings the nonce of the document, if the server vouches for it.

export const { nonce: ownNonce } = /** @type {HTMLScriptElement} */ (document.currentScript);

// A script that somebody has smuggled into the answer does not know the nonce of its policy.
/** Whether the server vouches for an element of an answer. @param {Element} element @param {string | null} policy */
export const isTrusted = (element, policy) => {
  const nonce = element.getAttribute("nonce");
  return !!nonce && (nonce === ownNonce || !!policy?.includes(`'nonce-${nonce}'`));
};

/** Give an element the nonce that the document's policy knows. @param {HTMLElement} element @param {boolean} isTrusted */
export const setNonce = (element, isTrusted) => {
  element.removeAttribute("nonce");
  if (isTrusted && ownNonce) element.nonce = ownNonce;
};
