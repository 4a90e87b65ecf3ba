// Loads answers that are no fragments as documents.
import { forBrowser, here, isHash } from "./urls.js";

/**
 * Load a document. The server does not know a link's hash; and for another hash alone, a browser loads none.
 *
 * @param {import("./types.js").Navigation} navigation
 * @param {string} url
 * @param {"assign" | "replace"} [how] with an entry of its own, or in the place of the one that is
 */
export const loadDocument = ({ restoring, hash = "" }, url, how = "assign") => {
  if (restoring) return location.reload();
  const clean = forBrowser(url);
  const { href } = new URL(clean.includes("#") ? clean : clean + hash, location.href);
  const isHere = isHash(href);
  location[how](href);
  if (isHere) location.reload();
};

/** Load this page with all slots in their places. */
export const loadComplete = () =>
  location.replace(`${here()}${location.search ? "&" : "?"}slots=inline`);
