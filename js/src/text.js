// Decodes the text of an answer, from its bytes: it may be a file.

/**
 * @param {ArrayBuffer} bytes
 * @param {string | null} type
 */
export const textOf = (bytes, type) => {
  const [, charset = "utf-8"] = /charset\s*=\s*"?([^";\s]+)/i.exec(type ?? "") ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // there is no such charset
  }
};
