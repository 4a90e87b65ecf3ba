// What the script says, translated by Django: on the tag of the script.

/** @type {HTMLElement | null} */
const script = document.querySelector("script[data-pr-texts]");
/** @type {Record<string, string>} */
export const texts = JSON.parse(script?.dataset.prTexts ?? "{}");
