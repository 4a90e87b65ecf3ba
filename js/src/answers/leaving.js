// Asks whether what is on screen may go.
import { dispatch } from "../dom.js";

/**
 * Ask whether slots, or the document, may change. guard.js prevents this for unsaved input.
 *
 * @param {Element[]} leaving
 * @param {{source?: Element, refreshed?: unknown}} [navigation]
 */
export const mayLeave = (leaving, { source, refreshed } = {}) =>
  !leaving.length ||
  dispatch("before-leave", document, { leaving, source, refreshed: !!refreshed });
