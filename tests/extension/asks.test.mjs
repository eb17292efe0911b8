import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeArea, FakeIndexedDB, FakeRuntime, honestHost } from "./fakes.mjs";

globalThis.chrome = { i18n: { getMessage: (key, values) => [key, ...(values ?? [])].join(" ") } };
const { Asks, clock } = await import("../../extension/asks.js");
const { Beside } = await import("../../extension/beside.js");
const { Clicks } = await import("../../extension/clicks.js");
const { Courier } = await import("../../extension/courier.js");
const { Memory } = await import("../../extension/memory.js");
const { checkMessage, fromBase64, toBase64 } = await import("../../extension/messages.js");
const { Host } = await import("../../extension/native.js");
const { MemoryQueue, Queue } = await import("../../extension/queue.js");

const TAB = { id: 7, url: "https://example.org/film", title: "A film", incognito: false };
const PAGE = {
  url: TAB.url, title: "A film", type: "text/html", note: "", html: "<html><body>x</body></html>", selectionHtml: "", lang: "en", canonical: "",
  author: "", ogType: "", pictures: [], inline: [], frames: [],
};
const MOMENT = { seconds: 75.5, caption: "A record is what feedback needs.", isPlaying: true, area: 9, box: { left: 0, top: 0, width: 3, height: 3 } };

/** A browser whose page's frames play `moments`; `isOpen`: whether it lets us in. */
function desk(t, { answer = honestHost(), moments = [MOMENT], isOpen = true } = {}) {
  const ran = [];
  const session = new FakeArea();
  const B = {
    permissions: { contains: async () => false },
    scripting: {
      insertCSS: async () => {}, removeCSS: async () => {},
      executeScript: async ({ target, func, args }) => {
        ran.push([func.name, target.frameIds?.[0] ?? 0, ...(args ?? [])]);
        if (!isOpen) throw new Error("Cannot access contents of the page");
        if (func.name === "readMoment") return moments.map((result, frameId) => ({ frameId, result }));
        return [{ frameId: 0, result: { serialisePage: PAGE, readToolName: "Datasette", showAsk: true }[func.name] ?? null }];
      },
    },
  };
  const runtime = new FakeRuntime(answer);
  const host = new Host(runtime, async () => ({ browser: "chromium" }));
  t.after(() => host.close());
  const memory = new Memory(new FakeArea(), session);
  const courier = new Courier({ queue: new Queue(new FakeIndexedDB()), memory: new MemoryQueue(session, toBase64, fromBase64), host, told: (head, outcome) => clicks.told(head, outcome) });
  const clicks = new Clicks({ B, memory, courier, host, publish: () => {}, counted: () => {} });
  const beside = new Beside({ courier, clicks, save: (tab) => clicks.start(tab, { again: true }), counted: () => {} });
  const asks = new Asks({ B, memory, beside });
  const sent = (op) => runtime.said.filter((message) => message.op === op);
  const strip = () => ran.filter(([name]) => name === "showAsk").at(-1);
  return { asks, clicks, courier, sent, strip, session };
}
const missing = (_, port) => { port.die("Specified native messaging host not found."); return null; };

test("a comment keeps the moment of the key and the line that was heard, and saves its page", async (t) => {
  const { asks, sent, strip } = desk(t);
  const { id, code } = await asks.comment(TAB);
  assert.equal(code, "");
  assert.deepEqual([strip()[2].head, strip()[2].line], ["comment_head 1:15", MOMENT.caption]);
  assert.deepEqual(sent("begin"), []); // only an answer saves the page

  const { said } = await asks.answered(id, { comment: "  Mine ", extra: 1 }, { tab: TAB });

  const [begin] = sent("begin");
  const [comment] = sent("timed-comment");
  assert.deepEqual([comment.id, comment.of, comment.url_key], [id, begin.id, "example.org/film"]);
  assert.deepEqual([comment.seconds, comment.comment, comment.caption, comment.private], [75.5, "Mine", MOMENT.caption, false]);
  assert.equal(checkMessage(comment), "");
  assert.equal(said, "comment_kept_saved 1:15");
});

test("the frame that plays is asked about, else the largest", async (t) => {
  const paused = { ...MOMENT, isPlaying: false, area: 100, seconds: 1 };
  const { asks, strip } = desk(t, { moments: [paused, null, { ...MOMENT, area: 1, seconds: 2 }] });
  await asks.comment(TAB);
  assert.deepEqual([strip()[1], strip()[2].head], [2, "comment_head 0:02"]);
});

test("no video, and a page that lets nobody in, are said and keep nothing", async (t) => {
  const still = desk(t, { moments: [null] });
  assert.equal((await still.asks.comment(TAB)).code, "nothing");
  assert.equal(still.strip()[2].head, "comment_none");
  const closed = desk(t, { isOpen: false });
  assert.equal((await closed.asks.comment(TAB)).code, "unreadable");
  for (const { courier } of [still, closed]) assert.deepEqual(await courier.waiting(), []);
});

test("one question has one answer, from its own tab, and an empty one is none", async (t) => {
  const { asks, sent } = desk(t);
  const { id } = await asks.comment(TAB);
  await assert.rejects(asks.answered(id, { comment: "x" }, { tab: { ...TAB, id: 8 } }));
  await assert.rejects(asks.answered(id, { comment: "  " }, { tab: TAB }));
  await asks.answered(id, { comment: "x" }, { tab: TAB });
  await assert.rejects(asks.answered(id, { comment: "y" }, { tab: TAB }));
  assert.deepEqual(sent("timed-comment").map((message) => message.comment), ["x"]);
});

test("without a host both wait, the comment after its page", async (t) => {
  const { asks, courier } = desk(t, { answer: missing });
  const { id } = await asks.comment(TAB);
  const { said } = await asks.answered(id, { comment: "x" }, { tab: TAB });
  assert.deepEqual((await courier.waiting()).map((head) => head.op), ["capture", "timed-comment"]);
  assert.equal(said, "comment_waits 1:15");
});

test("a page that has gone on to the next video: the comment belongs to the link of the one it was made on", async (t) => {
  const { asks, sent } = desk(t);
  const { id } = await asks.comment(TAB);
  await asks.answered(id, { comment: "x" }, { tab: { ...TAB, url: "https://example.org/next" } });
  const [begin] = sent("begin");
  assert.deepEqual([begin.kind, begin.url, begin.title], ["link", TAB.url, TAB.title]);
  assert.equal(sent("timed-comment")[0].of, begin.id);
});

test("a comment in a private window never reaches the disk and says so", async (t) => {
  const { asks, courier } = desk(t, { answer: missing });
  const tab = { ...TAB, incognito: true };
  const { id } = await asks.comment(tab);
  await asks.answered(id, { comment: "x" }, { tab });
  assert.deepEqual(await courier.queue.list(), []);
  assert.ok((await courier.memory.list()).every((head) => head.message.private));
});

test("a tool is named as its site is, with the problem in one's own words", async (t) => {
  const { asks, clicks, sent, strip } = desk(t);
  const { id: page } = await clicks.save(TAB);
  const { id, code } = await asks.tool(TAB);
  assert.deepEqual([code, strip()[2].fields.map(({ name, value }) => [name, value])], ["", [["name", "Datasette"], ["problem", ""]]]);
  const { said } = await asks.answered(id, { name: "Datasette", problem: "Shows tables" }, { tab: TAB });
  const [tool] = sent("tool");
  assert.deepEqual([tool.id, tool.of, tool.name, tool.url, tool.problem], [id, page, "Datasette", TAB.url, "Shows tables"]);
  assert.equal(checkMessage(tool), "");
  assert.equal(said, "tool_kept Datasette");
});

test("a tool on a page that lets nobody in is kept by its name", async (t) => {
  const { asks, sent } = desk(t, { isOpen: false });
  const { code, said } = await asks.tool(TAB);
  assert.deepEqual([code, said], ["unreadable", "tool_kept_saved A film"]);
  assert.deepEqual([sent("tool")[0].name, sent("tool")[0].problem], ["A film", ""]);
});

test("moments are written as one reads them on a player", () => {
  assert.deepEqual([0, 9.9, 75.5, 3600, 36_061].map(clock), ["0:00", "0:09", "1:15", "1:00:00", "10:01:01"]);
});
