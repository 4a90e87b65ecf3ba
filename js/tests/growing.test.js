import assert from "node:assert/strict";
import { test } from "node:test";

const { growing } = await import("../src/parts/growing.js");

test("as few nodes as possible move", () => {
  assert.deepEqual([...growing([4, 0, 1, 2, 3])].sort(), [1, 2, 3, 4]);
  assert.deepEqual([...growing([1, 2, 3, 0])].sort(), [0, 1, 2]);
});

test("new nodes don't count", () => {
  assert.deepEqual([...growing([-1, 0, -1, 1])].sort(), [1, 3]);
  assert.deepEqual([...growing([-1])], []);
});
