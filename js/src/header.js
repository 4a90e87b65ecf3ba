// Writes the text of the header. protocol/state.py reads it.

/** As in protocol/state.py. */
export const MAX_LENGTH = 4096;

/**
 * Write the text; `false` if it would be too long, even without the tables that slots have read.
 *
 * @param {Record<string, unknown>} state
 */
export const headerOf = (state) => {
  const all = JSON.stringify(state);
  const text = all.length > MAX_LENGTH ? JSON.stringify({ ...state, tables: undefined }) : all;
  return text.length <= MAX_LENGTH && text;
};
