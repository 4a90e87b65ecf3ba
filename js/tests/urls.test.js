import assert from "node:assert/strict";
import { test } from "node:test";
import { forBrowser, here, isHash, isSameUrl, normalize, pathIn, pathOf } from "../src/urls.js";
import { goTo } from "./browser.js";

test("a path that begins with // is not another host", () => {
  assert.equal(pathOf(new URL("https://example.com//evil.org/?q=1")), "/%2Fevil.org/?q=1");
});

test("the address bar's URL has its query, without the hash", () => {
  goTo("https://example.com/photos/?page=2#foot");
  assert.equal(here(), "/photos/?page=2");
});

test("each URL has one spelling", () => {
  goTo("https://example.com/photos/");
  assert.ok(isSameUrl("/a;b/", "/a%3Bb/"));
  assert.ok(isSameUrl("/a/?q=x+y", "/a/?q=x%20y"));
  assert.ok(isSameUrl("/caf%C3%A9/", "/café/"));
  assert.ok(!isSameUrl("/a/?page=1", "/a/?page=2"));
  assert.ok(!isSameUrl("/a/#one", "/a/#other"));
});

test("an encoded slash stays encoded", () => {
  assert.ok(!isSameUrl("/a%2Fb/", "/a/b/"));
});

test("a path that can't be decoded is left as it is", () => {
  assert.equal(normalize(new URL("https://example.com/100%/")), "/100%/");
});

test("a relative URL is relative to the address bar", () => {
  goTo("https://example.com/photos/");
  assert.ok(isSameUrl("4/", "/photos/4/"));
});

test("only a URL with another hash is a place on the same page", () => {
  goTo("https://example.com/photos/?page=2#top");
  assert.ok(isHash("https://example.com/photos/?page=2#foot"));
  assert.ok(!isHash("https://example.com/photos/#foot"));
  assert.ok(!isHash("https://example.com/photos/?page=2"));
});

test("options for the script in a redirect's query are not shown in the address bar", () => {
  const url = "https://example.com/thread/";
  assert.equal(forBrowser(`${url}?slots=hash:c7`), `${url}#c7`);
  assert.equal(forBrowser(`${url}?page=2&slots=refresh:team`), `${url}?page=2`);
  assert.equal(forBrowser(`${url}?slots=inline`), `${url}?slots=inline`);
});

test("the path of a URL is the part before its query", () => {
  assert.equal(pathIn("/a/?b=c?d"), "/a/");
});
