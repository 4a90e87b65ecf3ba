// Writes the text of the header. protocol/state.py reads it.

/** The same number as in protocol/state.py. */
export const MAX_LENGTH = 4096;

/**
 * Write the text of the header. Returns `false` if it would be too long, even without the tables that slots have read.
 *
 * @param {Record<string, unknown>} state
 */
export const headerOf = (state) => {
  const short = shorten(state);
  const all = JSON.stringify(short);
  const text = all.length > MAX_LENGTH ? JSON.stringify({ ...short, tables: undefined }) : all;
  return text.length <= MAX_LENGTH && text;
};

/**
 * Shorten the state: a list has each URL once, slots have the place of their URLs in it, and the user is named once.
 *
 * @param {Record<string, any>} state
 */
const shorten = ({ slots, restore, ...state }) => {
  /** @type {string[]} */
  const urls = [];
  let viewer = "";
  /** @param {string} url */
  const at = (url) => (urls.includes(url) ? urls.indexOf(url) : urls.push(url) - 1);
  /** @param {[string, string[]]} entry */
  const short = ([address, [variant, src, key, mount]]) => {
    viewer ||= key.slice(17);
    const own = viewer === key.slice(17) ? key.slice(0, 17) : key;
    const text = `${variant[0]}${at(src)}.${own}`;
    return [address, mount ? `${text}.${at(mount)}` : text];
  };
  /** @param {Record<string, string[]>} [from] */
  const all = (from) => from && Object.fromEntries(Object.entries(from).map(short));
  return { ...state, slots: all(slots), restore: all(restore), urls, viewer: viewer || undefined };
};
