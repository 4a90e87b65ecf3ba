// What the script says in the language of the page, if that is not English: on the tag of the script.

/** @type {HTMLElement | null} */
const script = document.querySelector("script[data-pr-texts]");
/** @type {Record<string, string>} */
export const translated = JSON.parse(script?.dataset.prTexts ?? "{}");
