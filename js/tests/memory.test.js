import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "./browser.js";

const { canShow, forget, memory } = await import("../src/answers/memory.js");
const { backgroundState } = await import("../src/answers/changes.js");
const { trackOpened } = await import("../src/levels.js");
const { current } = await import("../src/page.js");

test("an entry that is on screen needs no server", () => {
  show(["children", "page", "/", "k"]);
  assert.ok(canShow({ children: ["page", "/", "k"] }));
});

test("an empty slot needs no server", () => {
  show(["modal", "intercepted", "/photos/4/", "k"]);
  assert.ok(canShow({ modal: ["empty", "/", "k"] }));
});

test("a page that is neither on screen nor in memory needs the server", () => {
  show(["children", "page", "/", "k"]);
  assert.ok(!canShow({ children: ["page", "/other/", "k"] }, { children: 7 }));
});

test("a forgotten content leaves no nodes in its fragment, where Chromium would keep pictures", () => {
  const left = [];
  memory.set(7, { nodes: { replaceChildren: () => left.push("nodes") } });
  forget();
  assert.deepEqual([memory.size, left], [0, ["nodes"]]);
});

test("each level keeps what was beneath it when it was opened", () => {
  const [slot] = show(["modal", "intercepted", "/photos/4/"]);
  slot.dataset.prMountUrl = "/";
  trackOpened({ index: 1, url: "/" });
  trackOpened({ index: 2, url: "/photos/4/" });
  assert.deepEqual(current.opened, { modal: { index: 1, url: "/" } });
});

test("the background consists of the slots outside of all levels", () => {
  const [page, modal] = show(["children", "page", "/", "k"], ["modal", "intercepted", "/a/", "k"]);
  page.closest = () => null;
  modal.closest = () => modal;
  assert.equal(backgroundState(), JSON.stringify([["page", "/", "k"]]));
});
