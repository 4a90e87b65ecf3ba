// Both adapters return objects of the same shape for the same request.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";

const { htmx2: answers2 } = await import("../src/answers/htmx2.js");
const { htmx4: answers4 } = await import("../src/answers/htmx4.js");
const { htmx2 } = await import("../src/htmx2.js");
const { htmx4 } = await import("../src/htmx4.js");

const link = { id: "link" };
const slot = { id: "slot-team" };

const two = () => ({ elt: link, target: slot, headers: {}, verb: "get", path: "/a/" });
const four = () => ({
  ctx: {
    sourceElement: link,
    target: slot,
    request: { method: "GET", action: "/a/", headers: {} },
  },
});
const both = () => [htmx2.requestOf(two()), htmx4.requestOf(four())];

test("a request has its source, target, method and URL", () => {
  for (const { source, target, isSafe, url } of both())
    assert.deepEqual(
      { source, target, isSafe, url },
      { source: link, target: slot, isSafe: true, url: "/a/" },
    );
});

test("a form's request is not safe", () => {
  assert.ok(!htmx2.requestOf({ ...two(), verb: "post" }).isSafe);
  assert.ok(!htmx4.requestOf({ ctx: { request: { method: "post" } } }).isSafe);
});

test("later events have the same request", () => {
  const requestConfig = two();
  const later = htmx2.requestOf({ requestConfig, xhr: {} });
  assert.equal(later.key, htmx2.requestOf(requestConfig).key);
  const { ctx } = four();
  assert.equal(htmx4.requestOf({ ctx, tasks: [] }).key, htmx4.requestOf({ ctx }).key);
});

test("target, URL and headers can be changed", () => {
  const [detail2, detail4] = [two(), four()];
  for (const request of [htmx2.requestOf(detail2), htmx4.requestOf(detail4)]) {
    request.setTarget({ id: "slot-other" });
    request.setUrl("/b/");
    request.skipCaches();
    assert.equal(request.headers["Cache-Control"], "no-cache");
    assert.match(request.headers["HX-Target"], /slot-other$/);
  }
  assert.equal(detail2.path, "/b/");
  assert.equal(detail4.ctx.request.action, "/b/");
  assert.equal(detail4.ctx.request.cache, "no-store");
});

test("a response has its status, URL and headers", () => {
  const headers = new Headers({ "HX-Redirect": "/c/" });
  const xhr = {
    status: 404,
    statusText: "Not Found",
    responseURL: "/b/",
    getResponseHeader: (name) => headers.get(name),
  };
  const raw = { status: 404, statusText: "Not Found", url: "/b/" };
  const { ctx } = four();
  for (const request of [
    htmx2.requestOf({ requestConfig: two(), xhr, pathInfo: { finalRequestPath: "/a/" } }),
    htmx4.requestOf({ ctx: { ...ctx, response: { raw, headers } } }),
  ]) {
    const { status, statusText, sentUrl, finalUrl } = request;
    assert.deepEqual([status, statusText, sentUrl, finalUrl], [404, "Not Found", "/a/", "/b/"]);
    assert.equal(request.header("HX-Redirect"), "/c/");
    assert.equal(request.header("HX-Refresh"), null);
  }
});

test("htmx 2 swaps responses with our header whatever their status is, and no others", () => {
  const xhr = { getResponseHeader: (name) => (name === "Ours" ? "/" : null) };
  const requestConfig = { ...two(), elt: { isConnected: true } };
  const detail = { requestConfig, xhr, shouldSwap: false, isError: true };
  answers2.allowSwap(htmx2.requestOf(detail), "Ours");
  assert.deepEqual([detail.shouldSwap, detail.isError], [true, false]);
  answers2.allowSwap(htmx2.requestOf(detail), "Others'");
  assert.equal(detail.shouldSwap, false);
});

test("htmx 4 swaps at once", () => {
  const tasks = [{ swapSpec: { swap: 100, settle: 20 } }];
  answers4.allowSwap(htmx4.requestOf({ ...four(), tasks }), "Ours");
  assert.deepEqual(tasks[0].swapSpec, { swap: 0, settle: 0, transition: false });
});
