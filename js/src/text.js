// Decodes the text of a response from its bytes, which are kept because the response may be a file.

/** @param {string | null} type */
export const decoderFor = (type) => {
  const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(type ?? "") ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(); // the browser does not know this charset
  }
};

/**
 * @param {ArrayBuffer} bytes
 * @param {string | null} type
 */
export const textOf = (bytes, type) => decoderFor(type).decode(bytes);
