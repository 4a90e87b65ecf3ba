// Decodes the text of an answer, from its bytes: it may be a file.

/** @param {string | null} type */
export const decoderFor = (type) => {
  const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(type ?? "") ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(); // there is no such charset
  }
};

/**
 * @param {ArrayBuffer} bytes
 * @param {string | null} type
 */
export const textOf = (bytes, type) => decoderFor(type).decode(bytes);
