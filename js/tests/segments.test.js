import assert from "node:assert/strict";
import { test } from "node:test";
import { segmentsOf, selected } from "../src/segments.js";

const slot = (prSlot, prVariant, prSrc, prBelow = "/") => ({
  dataset: { prSlot, prVariant, prSrc, prBelow },
});

test("a page's segments are those below the layout", () => {
  const slots = [slot("team", "page", "/d/caf%C3%A9/4/?page=2", "/d/")];
  assert.deepEqual(segmentsOf("team", slots), ["café", "4"]);
});

test("a default has no segments", () => {
  assert.deepEqual(segmentsOf("team", [slot("team", "default", "/d/", "/d/")]), []);
});

test("a slot that is not on screen has no segments", () => {
  assert.equal(segmentsOf("team", []), undefined);
});

test("a layout has the segments of its children", () => {
  const slots = [
    slot("children", "layout", "/d/"),
    slot("children.side", "page", "/d/other/", "/d/"),
    slot("children.children", "page", "/d/photos/4/", "/d/"),
  ];
  assert.deepEqual(segmentsOf("children", slots), ["d", "photos", "4"]);
});

test("a layout whose children show a default has its own segment", () => {
  const slots = [
    slot("children", "layout", "/d/"),
    slot("children.children", "default", "/", "/d/"),
  ];
  assert.deepEqual(segmentsOf("children", slots), ["d"]);
});

test("a layout without children has the segments of its first slot", () => {
  const slots = [slot("tabs", "layout", "/d/"), slot("tabs.one", "page", "/d/a/", "/d/")];
  assert.deepEqual(segmentsOf("tabs", slots), ["d", "a"]);
});

test("children select the first segment, other slots the last", () => {
  const parts = ["projects", "atlas"];
  assert.equal(selected("children", parts), "projects");
  assert.equal(selected("tabs.children", parts), "projects");
  assert.equal(selected("team", parts), "atlas");
  assert.equal(selected("team", []), "");
});
