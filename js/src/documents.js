// Loads documents, where a response can't be shown in slots.
import { forBrowser, here, isHash } from "./urls.js";

/**
 * Load a document. The server does not know the hash of a link, so it is added. If a URL differs only in its hash, the
 * browser would not load it, so the document is reloaded.
 *
 * @param {import("./types.js").Navigation} navigation
 * @param {string} url
 * @param {"assign" | "replace"} [how] with a history entry of its own, or in the place of the current one
 */
export const loadDocument = ({ restoring, hash = "" }, url, how = "assign") => {
  if (restoring) return location.reload();
  const clean = forBrowser(url);
  const { href } = new URL(clean.includes("#") ? clean : clean + hash, location.href);
  const isHere = isHash(href);
  location[how](href);
  if (isHere) location.reload();
};

/** Load this page as a document that contains all slots. */
export const loadComplete = () =>
  location.replace(`${here()}${location.search ? "&" : "?"}slots=inline`);
