import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, toBase64 } from "../../extension/messages.js";
import { MemoryQueue, Queue } from "../../extension/queue.js";
import { FakeArea, FakeIndexedDB } from "./fakes.mjs";

const job = (id, made, more = {}) => ({ id, op: "capture", made, message: { title: id }, payload: new Uint8Array([1, 2, 3]), attempts: 0, code: "", ...more });
const KINDS = {
  "on disk": () => new Queue(new FakeIndexedDB()),
  "in memory": () => new MemoryQueue(new FakeArea(), toBase64, fromBase64),
};

for (const [kind, make] of Object.entries(KINDS)) {
  test(`${kind}: jobs come oldest first, an update after its capture, heads without payloads`, async () => {
    const queue = make();
    await queue.put(job("b", 2));
    await queue.put(job("u", 1, { op: "update", payload: new Uint8Array(0) }));
    await queue.put(job("a", 1));
    const heads = await queue.list();
    assert.deepEqual(heads.map((head) => head.id), ["a", "u", "b"]);
    assert.ok(heads.every((head) => !("payload" in head)));
    assert.deepEqual([...(await queue.payload("a"))], [1, 2, 3]);
  });

  test(`${kind}: a mark keeps the payload, a removal takes both`, async () => {
    const queue = make();
    await queue.put(job("a", 1));
    const [head] = await queue.list();
    await queue.mark({ ...head, code: "no-host", attempts: 1 });
    assert.equal((await queue.list())[0].code, "no-host");
    assert.deepEqual([...(await queue.payload("a"))], [1, 2, 3]);
    await queue.remove("a");
    assert.deepEqual(await queue.list(), []);
    assert.equal((await queue.payload("a")).length, 0);
  });
}

test("a disk that fails once is tried again by the next call", async () => {
  const factory = new FakeIndexedDB();
  const queue = new Queue(factory);
  factory.isBroken = true;
  await assert.rejects(queue.put(job("a", 1)));
  factory.isBroken = false;
  await queue.put(job("a", 1));
  assert.equal((await queue.list()).length, 1);
});

test("what waits in memory outlives its background, as long as the session does", async () => {
  const area = new FakeArea();
  await new MemoryQueue(area, toBase64, fromBase64).put(job("a", 1));
  const next = new MemoryQueue(area, toBase64, fromBase64);
  assert.deepEqual((await next.list()).map((head) => head.id), ["a"]);
  assert.deepEqual([...(await next.payload("a"))], [1, 2, 3]);
});

test("a job too big for the session is held by the background alone", async () => {
  const area = new FakeArea(100);
  const queue = new MemoryQueue(area, toBase64, fromBase64);
  await queue.put(job("a", 1, { payload: new Uint8Array(500) }));
  assert.equal((await queue.payload("a")).length, 500);
  assert.deepEqual(area.kept, {});
});
