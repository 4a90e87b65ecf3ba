import assert from "node:assert/strict";
import { test } from "node:test";
import { Stream } from "../src/parts/stream.js";

const ARRIVED = "<template data-pr-arrived></template>";
const PARTS = [
  "<div id=a title='é > \"'>é – 漢字 🎉</div>",
  "<template data-pr-fragment><div id=b><!-- > <template> -- 🎉 --></div></template>",
  "<template data-pr-fragment><div id=c>&lt;template data-pr-arrived></div></template>",
];
const BYTES = new TextEncoder().encode(PARTS.map((part) => part + ARRIVED).join(""));

const tick = () => new Promise((done) => setTimeout(done));

/** What is taken of a response that arrives by so many bytes at a time; the cut may be inside of a letter or a tag. */
const takenBy = async (size, open) => {
  const stream = new Stream(() => true);
  const taken = [];
  stream.onMore = () => taken.length && taken.push(stream.take());
  const { send, end } = open(stream, (html) => taken.push(html));
  for (let at = 0; at < BYTES.length; at += size) {
    send(at, Math.min(at + size, BYTES.length));
    await tick();
  }
  end();
  await tick();
  return taken.filter(Boolean).map((html) => html.replaceAll(ARRIVED, ""));
};

const byFetch = (stream, show) => {
  let body;
  const response = { body: new ReadableStream({ start: (controller) => (body = controller) }) };
  stream.ofResponse(response, "text/html; charset=utf-8").then(show);
  return { send: (from, to) => body.enqueue(BYTES.slice(from, to)), end: () => body.close() };
};

const byXhr = (stream, show) => {
  const [xhr, decoder] = [{}, new TextDecoder()];
  let text = "";
  stream.ofXhr(xhr, () => text, show);
  return {
    send(from, to) {
      text += decoder.decode(BYTES.slice(from, to), { stream: true });
      xhr.onprogress();
    },
    end: () => xhr.onload(),
  };
};

for (const [name, open] of Object.entries({ byFetch, byXhr }))
  for (const size of [1, 7, 64])
    test(`${name}: only complete parts are taken, in chunks of ${size} bytes`, async () => {
      const taken = await takenBy(size, open);
      assert.equal(taken.join(""), PARTS.join(""));
      if (size === 1) assert.deepEqual(taken, PARTS);
    });

test("a slot that arrives before the loading states are shown does not wait for them", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pass = async (time) => {
    t.mock.timers.tick(time);
    await new Promise(setImmediate);
  };
  const stream = new Stream((html) => html.includes("id=b"));
  let taken = "";
  const { send } = byXhr(stream, (html) => {
    taken = html;
  });
  const first = new TextEncoder().encode(PARTS[0] + ARRIVED).length;
  send(0, first);
  await pass(100);
  assert.equal(taken, "");
  send(first, BYTES.length);
  await pass(1);
  assert.ok(taken.includes("id=b"));
  assert.ok(stream.isUrgent);
});

test("the complete parts are taken if the connection is cut", async () => {
  const stream = new Stream(() => true);
  let taken = "";
  const { send, end } = byFetch(stream, (html) => {
    taken = html;
  });
  send(0, BYTES.length - ARRIVED.length - 9);
  end();
  await tick();
  assert.equal(taken, PARTS.slice(0, 2).join(ARRIVED));
  assert.ok(stream.isComplete);
});

test("a response that is aborted while it is held is not shown, also if the request is aborted without a reason", async () => {
  let body;
  const response = { body: new ReadableStream({ start: (controller) => (body = controller) }) };
  const shown = new Stream(() => false).ofResponse(response, "text/html");
  body.enqueue(BYTES);
  await tick();
  body.error(null);
  assert.equal(await shown.catch((error) => error), null);
});

test("a response that ends in its first part is lost, also if the connection ends as usual", async () => {
  let failures = 0;
  const xhr = { onerror: () => (failures += 1) };
  new Stream(() => true).ofXhr(xhr, () => PARTS[0], assert.fail);
  xhr.onload();
  assert.equal(failures, 1);
  const stream = new Stream(() => true);
  const body = new Response(BYTES.slice(0, 9));
  await assert.rejects(stream.ofResponse(body, "text/html"), TypeError);
});
