// Closes intercepted pages, for `parallelRoutes.close()`.

import { closest, dispatch } from "../dom.js";
import { entry, write } from "../history.js";
import { openLevels } from "../levels.js";
import { current, ownState } from "../page.js";
import { hooks } from "../parts.js";
import { addressOf, mounted } from "../slots.js";
import { backgroundState } from "./changes.js";
import { mayLeave } from "./leaving.js";
import { settle } from "./title.js";
import { giveUpRestoring, nextRestored, restore } from "./traversal.js";

/** @typedef {import("../types.js").Slot} Slot */

/** @param {Slot} level */
const ageOf = (level) => current.opened[addressOf(level)]?.index ?? -1;

/**
 * Close the level around an element, or the one that was opened last. If the entry beneath shows the page beneath, go
 * Back to it. Otherwise, show that page in the current entry.
 *
 * @param {Element} [element]
 */
const close = async (element) => {
  const levels = openLevels().sort((one, other) => ageOf(one) - ageOf(other));
  const level = element
    ? /** @type {Slot} */ (closest(element, "[data-pr-mount-url]"))
    : levels.at(-1);
  if (!level || !levels.includes(level)) return;
  const beneath = current.opened[addressOf(level)];
  const closed = nextRestored();
  if (
    beneath?.index != null &&
    beneath.index < current.index &&
    beneath.shown === backgroundState()
  )
    history.go(beneath.index - current.index);
  else if (mayLeave([level])) closeInPlace(level);
  else return;
  await closed;
};

/** Let the current entry show what is beneath a level. @param {Slot} level */
const closeInPlace = (level) => {
  const {
    prSlot: address,
    prKey: key,
    prMountUrl: src = "",
    prDefault: rest = src,
  } = level.dataset;
  const lower = level.parentElement?.closest(/** @type {"div"} */ ("[data-pr-mount-url]"));
  /** @type {HTMLElement | null | undefined} */
  const page = lower?.querySelector('[data-pr-variant="intercepted"]') ?? lower;
  const url = page ? page.dataset.prSrc : current.origin;
  const shows = rest === "empty" ? ["empty", src] : ["default", rest];
  const left = Object.entries(mounted()).filter(([name]) => !name.startsWith(`${address}.`));
  const slots = { ...Object.fromEntries(left), [address]: [...shows, key, src] };
  const [state, href] = [ownState(), location.href];
  const { origin, opened } = current;
  const undo = (/** @type {object} */ failure) => {
    write("replaceState", state ?? null, href);
    Object.assign(current, { origin, opened });
    settle();
    giveUpRestoring();
    dispatch("failed", level, { ...failure, retry: () => close(level) });
  };
  current.opened = { ...opened };
  delete current.opened[address];
  write("replaceState", { ...entry(), slots }, url);
  restore({ undo });
};

export const watchClosing = () => {
  hooks.close = close;
};
