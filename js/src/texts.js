// Reads the translated texts from the tag of the script, if the page is not in English.

/** @type {HTMLElement | null} */
const script = document.querySelector("script[data-pr-texts]");
/** @type {Record<string, string>} */
export const translated = JSON.parse(script?.dataset.prTexts ?? "{}");
