// What the parts use of the script. They are files of their own, and find it under a symbol of the window.
import { commit } from "./commit.js";
import { loadComplete, loadDocument } from "./documents.js";
import { reportFailure } from "./failures.js";
import { reloadEntry } from "./foreign-entries.js";
import { write } from "./history.js";
import { on } from "./htmx.js";
import { openLevels } from "./levels.js";
import { boost, current, HEADER, mayLeave } from "./page.js";
import { hooks, loadPartsFor } from "./parts.js";
import { loadDeferred, onRefreshFailed } from "./refresh.js";
import { rememberScroll, scrollBox } from "./scroll.js";
import { SLOT, showsPage, slotAround, slotAt, slots } from "./slots.js";

export const core = {
  boost,
  commit,
  current,
  HEADER,
  hooks,
  loadComplete,
  loadDeferred,
  loadDocument,
  loadPartsFor,
  mayLeave,
  on,
  onRefreshFailed,
  openLevels,
  reloadEntry,
  rememberScroll,
  reportFailure,
  scrollBox,
  showsPage,
  SLOT,
  slotAround,
  slotAt,
  slots,
  write,
};

Object.assign(window, { [Symbol.for("django-parallel-routes")]: core });
