import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "./browser.js";

const { isOnScreen, isSame } = await import("../src/answers/changes.js");
const { findSlot, mounted, nameRenderings, renderingOf, showsPage, stateOf } = await import(
  "../src/slots.js"
);

test("the state of a slot is in the attributes of its element", () => {
  const [slot] = show(["team", "page", "/team/?q=1", "k"]);
  assert.deepEqual(stateOf(slot), ["page", "/team/?q=1", "k"]);
  slot.dataset.prMountUrl = "/";
  assert.deepEqual(stateOf(slot), ["page", "/team/?q=1", "k", "/"]);
});

test("the slots on screen are listed by address", () => {
  show(["children", "page", "/", "k"], ["team", "default", "/", "l"]);
  assert.deepEqual(mounted(), { children: ["page", "/", "k"], team: ["default", "/", "l"] });
});

test("the URL for which a slot is mounted does not make another state", () => {
  assert.ok(isSame(["page", "/", "k", "/"], ["page", "/", "k", "/other/"]));
  assert.ok(!isSame(["page", "/", "k"], ["default", "/", "k"]));
});

test("an entry is on screen if all of its slots are, and no others", () => {
  show(["children", "page", "/", "k"], ["team", "page", "/team/", "k"]);
  const both = { children: ["page", "/", "k"], team: ["page", "/team/", "k"] };
  assert.ok(isOnScreen(both));
  assert.ok(!isOnScreen({ children: both.children }));
  assert.ok(!isOnScreen({ ...both, team: ["page", "/other/", "k"] }));
  assert.ok(!isOnScreen({ children: both.children, other: both.team }));
});

test("a slot is found by its name, from the inside out", () => {
  const [, inner, outer] = show(
    ["children", "layout", "/"],
    ["children.team", "page", "/"],
    ["team", "page", "/"],
  );
  globalThis.Element.prototype.closest = () => inner;
  assert.equal(findSlot("team", {}), inner);
  assert.equal(findSlot("team"), outer);
  assert.equal(findSlot("other", {}), null);
  assert.equal(findSlot('"]', {}), null);
});

test("content keeps the number by which the memory knows it", () => {
  const [slot] = show(["team", "page", "/"]);
  assert.deepEqual(nameRenderings({ team: 7 }), { team: 7 });
  assert.equal(renderingOf(slot), 7);
  assert.deepEqual(nameRenderings({ team: 8 }), { team: 7 });
});

test("a default is no page", () => {
  assert.deepEqual(
    show(["a", "page", "/"], ["b", "intercepted", "/"], ["c", "default", "/"]).map((slot) =>
      showsPage(slot),
    ),
    [true, true, false],
  );
  assert.equal(showsPage(null), false);
});
