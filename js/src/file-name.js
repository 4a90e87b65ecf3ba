// Chooses the name of a file that a response contains.

/**
 * The name in the header, in either of its forms, or else the last part of the URL.
 *
 * @param {{url: string, disposition: string}} answer
 */
export const fileName = ({ url, disposition }) => {
  const [, encoded] = /filename\*\s*=\s*[^';]*'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] =
    /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? [];
  const last = new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? new URL(url).host;
  if (quoted && !encoded) return quoted.replace(/\\(.)/g, "$1");
  try {
    return decodeURIComponent(encoded ?? bare ?? last);
  } catch {
    return bare ?? last; // a "%" that encodes nothing
  }
};
