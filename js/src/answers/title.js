// Keeps the title and the current links up to date.
import { markCurrent } from "../current-links.js";
import { dispatch } from "../dom.js";
import { baseTitle } from "../page.js";
import { slots } from "../slots.js";
import { here, isSameUrl } from "../urls.js";

// The page that was intercepted last is on top. Its URL is in the address bar.
/** @param {import("../types.js").Slot} slot */
const rankOf = ({ dataset: { prVariant, prSrc, prOrder = "" } }) =>
  prVariant === "intercepted" && isSameUrl(prSrc, here()) ? "" : prOrder;

/** Update the title and the current links, which depend on all slots, after some slots have changed. */
export const settle = () => {
  const [first] = slots()
    .filter(({ dataset }) => dataset.prTitle)
    .sort((one, other) => (rankOf(one) < rankOf(other) ? -1 : 1));
  document.title = first?.dataset.prTitle ?? baseTitle;
  markCurrent();
  dispatch("settle", document);
};
