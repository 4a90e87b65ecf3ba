// View transitions, with <html data-pr-view-transitions>.
import { root } from "../dom.js";

export const wantsTransition = () =>
  root.hasAttribute("data-pr-view-transitions") &&
  "startViewTransition" in document &&
  !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Change the page in a transition. Fulfilled when it has changed. @param {() => any} change */
export const transition = (change) => {
  const { ready, updateCallbackDone } = document.startViewTransition(change);
  ready.catch(() => {}); // a newer one has begun
  return updateCallbackDone;
};
