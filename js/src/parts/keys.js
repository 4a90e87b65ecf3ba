// Makes the key of a prefetched response, from all that the response depends on.

/** @param {string} url */
export const absolute = (url) => new URL(url, location.href).href.split("#")[0];

/** @param {string} url @param {string} header @param {Record<string, string>} others */
export const keyOf = (url, header, others) =>
  JSON.stringify([absolute(url), location.href, header, others]);

/** The headers that the project adds: without those of htmx, of this script, and of Django's CSRF check. @param {Record<string, string>} headers */
export const addedIn = (headers) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(hx-|accept$|cache-control$|parallel-routes$)|csrf/i.test(name),
    ),
  );
