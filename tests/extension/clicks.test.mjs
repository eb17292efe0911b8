import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeArea, FakeIndexedDB, FakeRuntime, honestHost } from "./fakes.mjs";

globalThis.chrome = { i18n: { getMessage: (key) => key } };
const { Clicks } = await import("../../extension/clicks.js");
const { Courier } = await import("../../extension/courier.js");
const { Memory } = await import("../../extension/memory.js");
const { fromBase64, toBase64 } = await import("../../extension/messages.js");
const { Host } = await import("../../extension/native.js");
const { MemoryQueue, Queue } = await import("../../extension/queue.js");

const PAGE = {
  url: "https://example.org/a", title: "A page", type: "text/html", note: "", html: "<html><body>x</body></html>", selectionHtml: "", lang: "en", canonical: "",
  author: "", ogType: "", pictures: [], frames: [],
};
const TAB = { id: 7, url: "https://example.org/a", title: "A tab", incognito: false };

/** Everything behind the popup, with a fake browser and a host that is a function. */
function desk(t, { answer = honestHost(), page = PAGE, local = new FakeArea(), session = new FakeArea() } = {}) {
  const B = {
    permissions: { contains: async () => false },
    scripting: {
      executeScript: async ({ func }) => {
        if (func.name === "serialisePage") return [{ frameId: 0, result: page }];
        return [{ frameId: 0, result: func.name === "readPictures" ? [{ url: "https://example.org/p.png", type: "image/png", data: "AQID" }] : null }];
      },
    },
  };
  const runtime = new FakeRuntime(answer);
  const host = new Host(runtime, async () => ({ browser: "chromium" }));
  t.after(() => host.close());
  const memory = new Memory(local, session);
  const factory = new FakeIndexedDB();
  const shown = [];
  const courier = new Courier({ queue: new Queue(factory), memory: new MemoryQueue(session, toBase64, fromBase64), host, told: (head, outcome) => clicks.told(head, outcome) });
  const clicks = new Clicks({ B, memory, courier, host, publish: (state) => shown.push(state.phase), counted: () => {} });
  return { clicks, courier, memory, runtime, host, shown, local, session, factory };
}
const missing = (_, port) => { port.die("Specified native messaging host not found."); return null; };

test("a click is read, kept, sent and only then saved", async (t) => {
  const spool = new Map();
  const { clicks, shown, courier } = desk(t, { answer: honestHost(spool) });
  const state = await clicks.save(TAB);
  assert.equal(state.phase, "saved");
  assert.deepEqual([...new Set(shown)], ["reading", "sending", "saved"]);
  assert.equal(spool.get(state.id).title, "A page");
  assert.deepEqual(await courier.waiting(), []);
});

test("pictures that the page hands over go with it", async (t) => {
  const spool = new Map();
  const { clicks } = desk(t, { answer: honestHost(spool), page: { ...PAGE, pictures: [{ url: "https://example.org/p.png", width: 90, height: 90 }] } });
  const state = await clicks.save(TAB);
  assert.equal(state.pictures, 1);
  assert.deepEqual(spool.get(state.id).sections.map((section) => section.kind), ["html", "picture"]);
});

test("whether it was saved before is asked before it is saved", async (t) => {
  const { clicks, runtime } = desk(t);
  await clicks.save(TAB);
  const ops = runtime.said.map((message) => message.op);
  assert.ok(ops.indexOf("context") < ops.indexOf("commit"));
});

test("the host's date of an earlier save is shown, and tags come with it", async (t) => {
  const honest = honestHost();
  const answer = (message) => (message.op === "context" ? { ...honest(message), saved: true, saved_at: 123, tags: ["a"], goals: [{ id: 1, skill: "G" }] } : honest(message));
  const { clicks, memory } = desk(t, { answer });
  assert.equal((await clicks.save(TAB)).savedBefore, 123);
  assert.deepEqual((await memory.cache()).tags, ["a"]);
});

test("without a host the page waits, and the popup is told why", async (t) => {
  const { clicks, courier } = desk(t, { answer: missing });
  const state = await clicks.save(TAB);
  assert.deepEqual([state.phase, state.code], ["waiting", "no-host"]);
  assert.deepEqual((await courier.waiting()).map((head) => head.message.title), ["A page"]);
});

test("the same click heard of twice is one capture", async (t) => {
  const spool = new Map();
  const { clicks } = desk(t, { answer: honestHost(spool) });
  const id = crypto.randomUUID();
  const [first, second] = await Promise.all([clicks.save(TAB, { id }), clicks.save(TAB, { id })]);
  assert.equal(first.id, id);
  assert.equal(second.id, id);
  assert.equal(spool.size, 1);
});

test("a second click at once joins the first; a script that asks again does not", async (t) => {
  const spool = new Map();
  const { clicks } = desk(t, { answer: honestHost(spool) });
  await clicks.save(TAB);
  await clicks.save(TAB);
  assert.equal(spool.size, 1);
  await clicks.save(TAB, { again: true });
  assert.equal(spool.size, 2);
});

test("a private page leaves nothing on the disk", async (t) => {
  const { clicks, local, factory, courier } = desk(t, { answer: missing });
  const state = await clicks.save({ ...TAB, incognito: true });
  await clicks.memory.keepDraft({ of: state.id, isPrivate: true, fields: { why: "secret" }, touched: ["why"] });
  await clicks.keepWords(state.id);
  assert.equal(JSON.stringify(local.kept).includes("example.org") || JSON.stringify(local.kept).includes("secret"), false);
  assert.deepEqual(local.kept.recents ?? {}, {});
  assert.equal(factory.stores.get("jobs")?.rows.size ?? 0, 0);
  assert.equal((await courier.waiting()).length, 2);
});

test("saved addresses are remembered as hashes alone", async (t) => {
  const { clicks, local } = desk(t);
  await clicks.save(TAB);
  assert.equal(Object.keys(local.kept.recents).length, 1);
  assert.equal(JSON.stringify(local.kept).includes("example.org"), false);
});

test("what was typed goes as an update of the touched fields, once", async (t) => {
  const spool = new Map();
  const { clicks, memory, courier } = desk(t, { answer: honestHost(spool) });
  const { id } = await clicks.save(TAB);
  await memory.keepDraft({ of: id, isPrivate: false, fields: { title: "", why: "Mine", tags: ["a"], goal: "", found_through: "" }, touched: ["why", "tags"] });
  assert.equal(await clicks.keepWords(id), true);
  assert.equal(await clicks.keepWords(id), false);
  await courier.drain();
  const updates = [...spool.values()].filter((message) => message.op === "update");
  assert.equal(updates.length, 1);
  assert.deepEqual({ ...updates[0], id: 0, v: 0, op: 0 }, { id: 0, v: 0, op: 0, of: id, why: "Mine", tags: ["a"] });
});

test("fields come back when the popup is opened again on the same page, and not on another", async (t) => {
  const { clicks } = desk(t);
  const { id } = await clicks.save(TAB);
  await clicks.noteFields(id, { title: "", why: "Mine", tags: [], goal: "", found_through: "" });
  assert.equal((await clicks.save(TAB, { again: true })).fields.why, "Mine");
  assert.equal((await clicks.save({ ...TAB, url: "https://example.org/b" })).fields.why, "");
});

test("an older click that is sent at last does not take the tab's state from the newer one", async (t) => {
  let isThere = false;
  const honest = honestHost();
  const { clicks, courier } = desk(t, { answer: (message, port) => (isThere ? honest(message) : missing(message, port)) });
  const older = await clicks.save(TAB);
  const newer = await clicks.save({ ...TAB, url: "https://example.org/b" });
  isThere = true;
  await courier.drain();
  assert.equal((await clicks.stateOf(TAB.id)).id, newer.id);
  assert.equal((await clicks.stateOf(TAB.id)).phase, "saved");
  assert.equal(clicks.states.get(older.id).phase, "saved");
});

test("a next background knows the tab's last click from what was written down", async (t) => {
  const session = new FakeArea();
  const { id } = await desk(t, { session }).clicks.save(TAB);
  assert.equal((await desk(t, { session }).clicks.stateOf(TAB.id)).id, id);
});

test("a link is saved with its words, without being opened", async (t) => {
  const spool = new Map();
  const { clicks } = desk(t, { answer: honestHost(spool) });
  const state = await clicks.saveLink("https://example.org/next", "Next", TAB);
  assert.deepEqual([state.phase, spool.get(state.id).kind, spool.get(state.id).title], ["saved", "link", "Next"]);
});

test("a fault of our own is a state in words, not a silence", async (t) => {
  const { clicks } = desk(t);
  clicks.courier = { keep: async () => { throw new Error("broken"); } };
  assert.deepEqual((({ phase, code }) => [phase, code])(await clicks.save(TAB)), ["failed", "broken"]);
});
