// Changes the page in view transitions, with <html data-pr-view-transitions>.
import { root } from "../dom.js";

export const wantsTransition = () =>
  root.hasAttribute("data-pr-view-transitions") &&
  "startViewTransition" in document &&
  !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Change the page in a transition. The promise is fulfilled when the page has changed. @param {() => any} change */
export const transition = (change) => {
  const { ready, updateCallbackDone } = document.startViewTransition(change);
  ready.catch(() => {}); // a newer transition has begun
  return updateCallbackDone;
};
