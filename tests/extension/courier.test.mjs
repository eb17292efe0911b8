import assert from "node:assert/strict";
import { test } from "node:test";
import { Courier } from "../../extension/courier.js";
import { exportQueue } from "../../extension/export.js";
import { fromBase64, toBase64 } from "../../extension/messages.js";
import { HostError } from "../../extension/native.js";
import { MemoryQueue, Queue } from "../../extension/queue.js";
import { FakeArea, FakeIndexedDB } from "./fakes.mjs";

/** A host at the courier's side of native.js: `codes` are the failures to come, by job id. */
class FakeHost {
  constructor(codes = {}) {
    this.codes = codes;
    this.sent = [];
  }
  async sendCapture(message, payload) {
    return this.#take(message, payload.length);
  }
  async request(message) {
    return this.#take(message, 0);
  }
  #take(message, bytes) {
    const code = this.codes[message.id]?.shift?.();
    if (code) throw new HostError(code);
    this.sent.push({ id: message.id, bytes, note: message.note });
    return { ok: true };
  }
}

function desk(codes, { area = new FakeArea(), factory = new FakeIndexedDB(), now = () => 1_000_000 } = {}) {
  const host = new FakeHost(codes);
  const told = [];
  const parts = { queue: new Queue(factory), memory: new MemoryQueue(area, toBase64, fromBase64), host, now, told: (head, outcome) => told.push([head.id, outcome.code ?? "ok"]) };
  return { courier: new Courier(parts), host, told, area, factory };
}

const job = (id, made, more = {}) => ({
  id, op: "capture", made, isPrivate: false, isHeld: false, attempts: 0, code: "",
  message: { id, sections: [{ kind: "html", bytes: 3, type: "text/html" }], note: "" }, payload: new Uint8Array([1, 2, 3]), ...more,
});
const update = (id, of, made) => ({ ...job(id, made), op: "update", message: { id, of, why: "x" }, payload: new Uint8Array(0) });

test("a job leaves the queue only after the host's answer", async () => {
  const { courier, host, told } = desk({ a: ["no-host"] });
  await courier.keep(job("a", 1));
  await courier.drain("a");
  assert.deepEqual([host.sent, (await courier.waiting()).map((head) => [head.id, head.code, head.attempts])], [[], [["a", "no-host", 1]]]);
  await courier.drain();
  assert.deepEqual([host.sent.map((each) => [each.id, each.bytes]), await courier.waiting()], [[["a", 3]], []]);
  assert.deepEqual(told, [["a", "no-host"], ["a", "ok"]]);
});

test("the click that was just made goes first, then what waits, oldest first", async () => {
  const { courier, host } = desk();
  for (const [id, made] of [["old", 1], ["older", 0], ["new", 9]]) await courier.keep(job(id, made));
  await courier.drain("new");
  assert.deepEqual(host.sent.map((each) => each.id), ["new", "older", "old"]);
});

test("a missing host is asked once, not for every job", async () => {
  const { courier, told } = desk({ a: ["no-host"], b: ["no-host"] });
  await courier.keep(job("a", 1));
  await courier.keep(job("b", 2));
  await courier.drain();
  assert.deepEqual(told, [["a", "no-host"]]);
});

test("a job that the host will never take does not hold up the others, and stays", async () => {
  const { courier, host } = desk({ a: ["bad-request"] });
  await courier.keep(job("a", 1));
  await courier.keep(job("b", 2));
  await courier.drain();
  assert.deepEqual([host.sent.map((each) => each.id), (await courier.waiting()).map((head) => head.id)], [["b"], ["a"]]);
});

test("a host that stopped in the middle gets the whole job once more", async () => {
  const { courier, host } = desk({ a: ["host-gone"] });
  await courier.keep(job("a", 1));
  await courier.drain("a");
  assert.deepEqual(host.sent.map((each) => each.id), ["a"]);
});

test("a page too big for the host goes as its link, with a note", async () => {
  const { courier, host } = desk({ a: ["too-big"] });
  await courier.keep(job("a", 1));
  await courier.drain("a");
  assert.deepEqual(host.sent, [{ id: "a", bytes: 0, note: "too-big" }]);
  assert.deepEqual(await courier.waiting(), []);
});

test("words for a page wait for their page", async () => {
  const { courier, host } = desk({ a: ["bad-request"] });
  await courier.keep(job("a", 1));
  await courier.keep(update("u", "a", 2));
  await courier.drain();
  assert.deepEqual(host.sent, []);
  await courier.drain();
  assert.deepEqual(host.sent.map((each) => each.id), ["a", "u"]);
});

test("a held job waits for its click; one whose click died is sent as it is", async () => {
  let now = 10_000;
  const { courier, host } = desk({}, { now: () => now });
  await courier.keep(job("a", 9_000, { isHeld: true }));
  await courier.drain("a");
  assert.deepEqual(host.sent, []);
  now = 90_000;
  await courier.drain();
  assert.deepEqual(host.sent.map((each) => each.id), ["a"]);
});

test("a private job never reaches the disk", async () => {
  const { courier, factory } = desk({ a: ["no-host"] });
  await courier.keep(job("a", 1, { isPrivate: true }));
  await courier.drain("a");
  assert.equal(factory.stores.get("jobs")?.rows.size ?? 0, 0);
  assert.deepEqual((await courier.waiting()).map((head) => head.id), ["a"]);
});

test("without a disk a click is kept in memory and still sent", async () => {
  const factory = new FakeIndexedDB();
  factory.isBroken = true;
  const { courier, host } = desk({}, { factory });
  await courier.keep(job("a", 1));
  await courier.drain("a");
  assert.deepEqual(host.sent.map((each) => each.id), ["a"]);
});

test("a next background finds what the last one left", async () => {
  const factory = new FakeIndexedDB();
  const first = desk({ a: ["no-host"] }, { factory });
  await first.courier.keep(job("a", 1));
  await first.courier.drain("a");
  const second = desk({}, { factory });
  await second.courier.drain();
  assert.deepEqual(second.host.sent, [{ id: "a", bytes: 3, note: "" }]);
});

test("the exported queue holds every waiting capture whole", async () => {
  const { courier } = desk();
  await courier.keep(job("a", 1));
  await courier.keep(job("p", 2, { isPrivate: true }));
  const { name, text, count } = await exportQueue(courier, new Date("2026-10-05T08:00:00Z"));
  const { jobs } = JSON.parse(text);
  assert.equal(name, "kithbook-waiting-2026-10-05.json");
  assert.equal(count, 2);
  assert.deepEqual([...fromBase64(jobs[0].payload)], [1, 2, 3]);
  assert.deepEqual(jobs.map((each) => each.message.id), ["a", "p"]);
});
