// Gives the parts, which are files of their own, what they use of the script: under a symbol of the window.
import { bases, noteSent } from "./bases.js";
import { commit } from "./commit.js";
import { configure } from "./configure.js";
import { loadComplete, loadDocument } from "./documents.js";
import { reportFailure } from "./failures.js";
import { reloadEntry } from "./foreign-entries.js";
import { write } from "./history.js";
import { clear, isFour, on } from "./htmx.js";
import { openLevels } from "./levels.js";
import { memory } from "./memory.js";
import { abort, inFlight, navigationOf } from "./navigation.js";
import { boost, current, HEADER, mayLeave } from "./page.js";
import { hooks, loadPartsFor, scripts } from "./parts.js";
import { loadDeferred, onRefreshFailed, refresh } from "./refresh.js";
import { rememberScroll, scrollBox } from "./scroll.js";
import { describe, dropRendering, SLOT, slotAround, slots } from "./slots.js";
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
  HEADER,
  hooks,
  inFlight,
  isFour,
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
  refresh,
  reloadEntry,
  rememberScroll,
  reportFailure,
  scripts,
  scrollBox,
  SLOT,
  slotAround,
  slotNamedBy,
  slots,
  write,
};

Object.assign(window, { [Symbol.for("django-parallel-routes")]: core });
