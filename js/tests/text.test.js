import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../src/file-name.js";
import { headerOf, MAX_LENGTH } from "../src/header.js";
import { textOf } from "../src/text.js";

const bytes = (...values) => new Uint8Array(values).buffer;

test("an answer is UTF-8 unless it says otherwise", () => {
  assert.equal(textOf(bytes(0xc3, 0xa9), "text/html"), "é");
  assert.equal(textOf(bytes(0xe9), "text/html; charset=iso-8859-1"), "é");
  assert.equal(textOf(bytes(0xe9), 'text/html; charset="latin1"'), "é");
  assert.equal(textOf(bytes(0xc3, 0xa9), null), "é");
});

test("a charset that does not exist is taken for UTF-8", () => {
  assert.equal(textOf(bytes(0xc3, 0xa9), "text/html; charset=klingon"), "é");
});

test("a file has the name that the header says", () => {
  const name = (disposition) => fileName({ url: "https://example.com/export/", disposition });
  assert.equal(name("attachment; filename=a.csv"), "a.csv");
  assert.equal(name('attachment; filename="a \\"b\\".csv"'), 'a "b".csv');
  assert.equal(name("attachment; filename*=utf-8''caf%C3%A9.csv"), "café.csv");
  assert.equal(name("attachment; filename=\"x.csv\"; filename*=utf-8''y.csv"), "y.csv");
  assert.equal(name("attachment; filename=100%.csv"), "100%.csv");
});

test("a file without a name has that of its URL", () => {
  const name = (url) => fileName({ url, disposition: "" });
  assert.equal(name("https://example.com/export/report.pdf?x=1"), "report.pdf");
  assert.equal(name("https://example.com/"), "example.com");
});

test("a header that is too long leaves out the tables, then itself", () => {
  const short = { slots: { team: ["page", "/", "key"] } };
  assert.equal(headerOf(short), JSON.stringify(short));
  const tables = { ...short, tables: { team: "x".repeat(MAX_LENGTH) } };
  assert.equal(headerOf(tables), JSON.stringify(short));
  assert.equal(headerOf({ slots: { team: ["page", "x".repeat(MAX_LENGTH), "key"] } }), false);
});
