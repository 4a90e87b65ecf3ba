// Compares and normalises URLs. Needs no browser.

// A path may begin with //, which would otherwise be another host.
/** @param {{pathname: string, search: string}} url */
export const pathOf = ({ pathname, search }) => (pathname + search).replace(/^\/\//, "/%2F");

/** The path and query of the address bar. */
export const here = () => pathOf(location);

/**
 * The same spelling for all spellings of a URL: "/a;b/" and "/a%3Bb/", a query with "+" and with "%20".
 *
 * @param {URL | HTMLAnchorElement} url
 */
export const normalize = ({ pathname, search, hash }) => {
  if (!search && /^[\w/.~-]*$/.test(pathname)) return pathname + hash; // most URLs need no change
  try {
    const parts = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
    return parts.join("/") + (search && `?${new URLSearchParams(search)}`) + hash;
  } catch {
    return pathname + search + hash; // a "%" that encodes nothing
  }
};

/**
 * @param {string} one
 * @param {string} other
 */
export const isSameUrl = (one, other) =>
  normalize(new URL(one, location.href)) === normalize(new URL(other, location.href));

/** Whether a URL differs from the address bar only in its hash. @param {string} url */
export const isHash = (url) =>
  url.includes("#") && url.split("#")[0] === location.href.split("#")[0];

/**
 * The URL for the address bar, after a redirect. It lacks the options that the server has put into the query for the
 * script (protocol/query.py).
 *
 * @param {string} url
 */
export const forBrowser = (url) => {
  const values = new URL(url).searchParams.getAll("slots");
  const hash = values.find((value) => value.startsWith("hash:")) ?? "";
  return url.replace(/[?&]slots=(hash|refresh):.*/, "") + hash.replace("hash:", "#");
};

/** Without the query. @param {string} url */
export const pathIn = (url) => url.split("?")[0];
