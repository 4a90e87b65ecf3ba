// Says what the answer to a request that is made in advance depends on.

/** @param {string} url */
export const absolute = (url) => new URL(url, location.href).href.split("#")[0];

/** @param {string} url @param {string} header @param {Record<string, string>} others */
export const keyOf = (url, header, others) =>
  JSON.stringify([absolute(url), location.href, header, others]);

/** Without those of htmx, of the script, and of Django's check that GET does not need. @param {Record<string, string>} headers */
export const addedIn = (headers) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(hx-|accept$|cache-control$|parallel-routes$)|csrf/i.test(name),
    ),
  );
