import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { show } from "./browser.js";

const { begin, inFlight, isRefreshing, isRestoring, isUnderWay, supersede } = await import(
  "../src/navigation.js"
);
const { prune } = await import("../src/refresh.js");

/** Begin navigations, and let a newer one come: which are aborted? */
const aborted = (newer, ...older) => {
  const names = [];
  for (const [number, navigation] of older.entries())
    begin({ ...navigation, abort: () => names.push(number) });
  supersede(newer);
  return names;
};

beforeEach(() => inFlight.clear());

test("a navigation of all slots aborts all others", () => {
  assert.deepEqual(aborted({}, {}, { slot: "team" }, { restoring: {} }), [0, 1, 2]);
});

test("a navigation of one slot aborts older ones of this slot, and those of all slots", () => {
  const older = [{ slot: "team" }, { slot: "other" }, {}, { restoring: {} }];
  assert.deepEqual(aborted({ slot: "team" }, ...older), [0, 2]);
});

test("a refresh aborts nothing, and is aborted by nothing", () => {
  const refreshed = new Map();
  assert.deepEqual(aborted({ refreshed }, {}, { slot: "team" }), []);
  inFlight.clear();
  assert.deepEqual(aborted({}, { refreshed }), []);
});

test("a refresh does not count as a navigation under way", () => {
  const [slot, other] = show(["team", "page", "/"], ["other", "page", "/"]);
  begin({ refreshed: new Map([[slot, 1]]) });
  assert.ok(!isUnderWay());
  assert.ok(isRefreshing(slot));
  assert.ok(!isRefreshing(other));
  assert.ok(!isRestoring());
  begin({ restoring: {} });
  assert.ok(isUnderWay());
  assert.ok(isRestoring());
});

test("a refresh does not wait for slots that have changed since, or are gone", () => {
  const [team, gone] = show(["team", "page", "/"], ["gone", "page", "/"]);
  let isAborted = false;
  const abort = () => {
    isAborted = true;
  };
  const refreshed = new Map([
    [team, undefined],
    [gone, undefined],
  ]);
  begin({ refreshed, abort });
  gone.isConnected = false;
  prune();
  assert.deepEqual([...refreshed.keys()], [team]);
  assert.ok(!isAborted);
  refreshed.set(team, 1); // it shows something else now
  prune();
  assert.ok(isAborted);
});
