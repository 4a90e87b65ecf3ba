import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../src/file-name.js";
import { headerOf, MAX_LENGTH } from "../src/header.js";
import { textOf } from "../src/text.js";

const bytes = (...values) => new Uint8Array(values).buffer;

test("a response is UTF-8 unless its header says otherwise", () => {
  assert.equal(textOf(bytes(0xc3, 0xa9), "text/html"), "é");
  assert.equal(textOf(bytes(0xe9), "text/html; charset=iso-8859-1"), "é");
  assert.equal(textOf(bytes(0xe9), 'text/html; charset="latin1"'), "é");
  assert.equal(textOf(bytes(0xc3, 0xa9), null), "é");
});

test("an unknown charset is decoded as UTF-8", () => {
  assert.equal(textOf(bytes(0xc3, 0xa9), "text/html; charset=klingon"), "é");
});

test("a file has the name in the header", () => {
  const name = (disposition) => fileName({ url: "https://example.com/export/", disposition });
  assert.equal(name("attachment; filename=a.csv"), "a.csv");
  assert.equal(name('attachment; filename="a \\"b\\".csv"'), 'a "b".csv');
  assert.equal(name("attachment; filename*=utf-8''caf%C3%A9.csv"), "café.csv");
  assert.equal(name("attachment; filename=\"x.csv\"; filename*=utf-8''y.csv"), "y.csv");
  assert.equal(name("attachment; filename=100%.csv"), "100%.csv");
});

test("a file without a name has the last part of its URL", () => {
  const name = (url) => fileName({ url, disposition: "" });
  assert.equal(name("https://example.com/export/report.pdf?x=1"), "report.pdf");
  assert.equal(name("https://example.com/"), "example.com");
});

test("a header that is too long leaves out the tables, and is refused if it is still too long", () => {
  const long = { slots: { team: ["page", "/", "key"] } };
  const short = JSON.stringify({ slots: { team: "p0.key" }, urls: ["/"] });
  assert.equal(headerOf(long), short);
  const tables = { ...long, tables: { team: "x".repeat(MAX_LENGTH) } };
  assert.equal(headerOf(tables), short);
  assert.equal(headerOf({ slots: { team: ["page", "x".repeat(MAX_LENGTH), "key"] } }), false);
});

test("a header names each URL and the user once, however many slots there are", () => {
  const [one, two] = ["0123456789abcdef", "fedcba9876543210"];
  const header = headerOf({
    slots: { children: ["page", "/a/", `${one}-12345678`], modal: ["empty", "/a/", two, "/b/"] },
    restore: {
      children: ["layout", "/b/", `${two}-12345678`],
      team: ["page", "/a/", `${one}-87654321`],
    },
  });
  assert.deepEqual(JSON.parse(header || ""), {
    slots: { children: `p0.${one}-`, modal: `e0.${two}.1` },
    restore: { children: `l1.${two}-`, team: `p0.${one}-87654321` },
    urls: ["/a/", "/b/"],
    viewer: "12345678",
  });
  const names = Array.from({ length: 64 }, (_, number) => `panel${number}`);
  const slots = Object.fromEntries(
    names.map((name) => [name, ["page", "/a/", `${one}-12345678`]]),
  );
  assert.ok((headerOf({ intent: "navigate", slots }) || "").length <= 40 * names.length);
});
