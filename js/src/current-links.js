// Marks links to the URLs of slots on screen with aria-current.
import { all, attribute, closest } from "./dom.js";
import { addressOf, findSlot, showsPage, slots } from "./slots.js";
import { normalize, pathIn } from "./urls.js";

const LINKS = 'a[href]:not([href*="#"], [data-pr-close])';

// A default has a URL of its own only if it is a route.
/** @param {import("./types.js").Slot} slot */
const hasUrl = (slot) =>
  showsPage(slot) || (slot.dataset.prVariant === "default" && slot.dataset.prDefault);

/**
 * Mark the links to what slots show. A link with data-pr-current="section" is also marked for the pages below it. In an
 * element with data-pr-current-in="children", only that slot counts.
 */
export const markCurrent = () => {
  const shown = slots()
    .filter(hasUrl)
    .map((slot) => ({
      address: `${addressOf(slot)}.`,
      src: normalize(new URL(slot.dataset.prSrc, location.href)),
    }));
  for (const link of /** @type {HTMLAnchorElement[]} */ (all(LINKS))) {
    const place = closest(link, "[data-pr-current-in]");
    const only = place && findSlot(attribute(place, "data-pr-current-in") ?? "", place);
    const url = normalize(link); // a link has the properties of a URL
    const isShown = (/** @type {(typeof shown)[0]} */ { address, src }) => {
      if (place && !(only && address.startsWith(`${addressOf(only)}.`))) return false;
      if (link.dataset.prCurrent === "section") return src.startsWith(url);
      return url === src || url === pathIn(src);
    };
    const isCurrent = link.origin === location.origin && shown.some(isShown);
    if (isCurrent) link.ariaCurrent = "page";
    else if (link.ariaCurrent === "page") link.ariaCurrent = null;
  }
};
