// Gives the parts, which are files of their own, what they use of the script: under a symbol of the window.
import { bases, noteSent } from "./bases.js";
import { commit } from "./commit.js";
import { configure } from "./configure.js";
import { loadComplete, loadDocument } from "./documents.js";
import { reportFailure } from "./failures.js";
import { reloadEntry } from "./foreign-entries.js";
import { write } from "./history.js";
import { clear, isFour, on, swapSlots } from "./htmx.js";
import { openLevels } from "./levels.js";
import { memory } from "./memory.js";
import { abort, finish, inFlight, navigationOf, send } from "./navigation.js";
import { boost, current, HEADER, mayLeave, texts } from "./page.js";
import { hooks, loadPartsFor, scripts } from "./parts.js";
import { dropStale, loadDeferred, onRefreshFailed, prune, refresh } from "./refresh.js";
import { scrollBox } from "./scroll.js";
import {
  describe,
  dropRendering,
  isLoading,
  renderingOf,
  SLOT,
  slotAround,
  slotFor,
  slots,
  stateOf,
} from "./slots.js";
import { slotNamedBy } from "./targets.js";

export const core = {
  abort,
  bases,
  boost,
  clear,
  commit,
  configure,
  current,
  describe,
  dropRendering,
  dropStale,
  finish,
  HEADER,
  hooks,
  inFlight,
  isFour,
  isLoading,
  loadComplete,
  loadDeferred,
  loadDocument,
  loadPartsFor,
  mayLeave,
  memory,
  navigationOf,
  noteSent,
  on,
  onRefreshFailed,
  openLevels,
  prune,
  refresh,
  reloadEntry,
  renderingOf,
  reportFailure,
  scripts,
  scrollBox,
  send,
  SLOT,
  slotAround,
  slotFor,
  slotNamedBy,
  slots,
  stateOf,
  swapSlots,
  texts,
  write,
};

Object.assign(window, { [Symbol.for("django-parallel-routes")]: core });
