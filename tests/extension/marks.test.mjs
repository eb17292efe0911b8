import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeArea, FakeIndexedDB, FakeRuntime, honestHost } from "./fakes.mjs";

globalThis.chrome = { i18n: { getMessage: (key) => key } };
const { Beside } = await import("../../extension/beside.js");
const { Clicks } = await import("../../extension/clicks.js");
const { Courier } = await import("../../extension/courier.js");
const { Marks, overlaid } = await import("../../extension/marks.js");
const { Memory } = await import("../../extension/memory.js");
const { checkMessage, fromBase64, toBase64 } = await import("../../extension/messages.js");
const { Host } = await import("../../extension/native.js");
const { MemoryQueue, Queue } = await import("../../extension/queue.js");
const { marksNote } = await import("../../extension/words.js");

const TAB = { id: 7, url: "https://example.org/a", title: "A tab", incognito: false };
const PAGE = {
  url: TAB.url, title: "A page", type: "text/html", note: "", html: "<html><body>x</body></html>", selectionHtml: "", lang: "en", canonical: "",
  author: "", ogType: "", pictures: [], inline: [], frames: [],
};
const PASSAGE = { quote: "Ask what the person saw", prefix: "verdict. ", suffix: ", and wait", isFocused: true };
const sender = { tab: TAB };

/** A browser whose page has `passage` chosen and on which `placed(marks)` of the highlights can be found. */
function desk(t, { answer = honestHost(), passage = PASSAGE, placed = (marks) => marks, isOpen = true } = {}) {
  const ran = [];
  const session = new FakeArea();
  const B = {
    permissions: { contains: async () => false },
    scripting: {
      insertCSS: async () => {}, removeCSS: async () => {},
      executeScript: async ({ func, args }) => {
        ran.push([func.name, ...(args ?? [])]);
        if (!isOpen) throw new Error("Cannot access contents of the page");
        const results = {
          serialisePage: PAGE, readPassage: passage, paintMarks: func.name === "paintMarks" ? { placed: placed(args[0]).map((mark) => mark.id), lost: [], isFrame: false } : null,
        };
        return [{ frameId: 0, result: results[func.name] ?? null }];
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
  const marks = new Marks({ B, memory, courier, host, clicks, beside, counted: () => {} });
  const sent = (op) => runtime.said.filter((message) => message.op === op);
  return { marks, clicks, courier, memory, ran, sent, session };
}
const missing = (_, port) => { port.die("Specified native messaging host not found."); return null; };

test("a highlight on a page that is not saved saves it in the same click", async (t) => {
  const { marks, sent } = desk(t);
  const { id, code } = await marks.highlight(TAB);
  const [begin] = sent("begin");
  const [annotate] = sent("annotate");
  assert.deepEqual([code, annotate.id, annotate.of], ["", id, begin.id]);
  assert.deepEqual([annotate.quote, annotate.colour, annotate.url_key], [PASSAGE.quote, "straw", "example.org/a"]);
  assert.equal(checkMessage(annotate), "");
});

test("a second highlight belongs to the same capture", async (t) => {
  const { marks, sent } = desk(t);
  await marks.highlight(TAB);
  await marks.highlight(TAB);
  assert.equal(sent("begin").length, 1);
  assert.equal(new Set(sent("annotate").map((message) => message.of)).size, 1);
});

test("without a host the highlight waits beside its page and goes after it", async (t) => {
  let isThere = false;
  const honest = honestHost();
  const { marks, courier, sent, ran } = desk(t, { answer: (message, port) => (isThere ? honest(message) : missing(message, port)) });
  const { id } = await marks.highlight(TAB);
  assert.deepEqual((await courier.waiting()).map((head) => head.op).sort(), ["annotate", "capture"]);
  assert.deepEqual(ran.at(-1), ["stripSays", id, "mark_waits"]);
  isThere = true;
  await marks.change(id, { colour: "rose" }, sender);
  await courier.drain();
  assert.deepEqual(await courier.waiting(), []);
  const order = sent("commit").concat(sent("annotate")).map((message) => message.annotation ?? message.op);
  assert.deepEqual(order, ["commit", "annotate", id]);
});

test("what the strip says becomes a later edit, and its colour the next one's", async (t) => {
  const { marks, sent, ran } = desk(t);
  const { id } = await marks.highlight(TAB);
  await marks.change(id, { colour: "sky", comment: "Mine", extra: 1 }, sender);
  await marks.change(id, { removed: true }, sender);
  await marks.highlight(TAB);
  const [first, edit, removal, second] = sent("annotate");
  assert.deepEqual([edit.annotation, edit.of, edit.colour, edit.comment, edit.extra], [id, first.of, "sky", "Mine", undefined]);
  assert.deepEqual([removal.annotation, removal.removed], [id, true]);
  assert.equal(second.colour, "sky");
  assert.ok([edit, removal].every((message) => checkMessage(message) === ""));
  assert.ok(ran.some(([name, painted]) => name === "paintMarks" && painted[0].removed));
});

test("words that are highlighted already get their strip and no second highlight", async (t) => {
  const known = { id: "5d2e3f4a-5b6c-4d7e-9f80-1b2c3d4e5f60", colour: "sky", comment: "Mine" };
  const { marks, clicks, sent, ran } = desk(t, { passage: { ...PASSAGE, known } });
  const { id: page } = await clicks.save(TAB);
  assert.deepEqual(await marks.highlight(TAB), { id: known.id, code: "" });
  assert.deepEqual(sent("annotate"), []);
  const [, strip] = ran.find(([name]) => name === "showStrip");
  assert.deepEqual([strip.id, strip.colour, strip.comment], [known.id, "sky", "Mine"]);
  await marks.change(known.id, { comment: "Ours" }, sender);
  await marks.courier.drain();
  const [edit] = sent("annotate");
  assert.deepEqual([edit.annotation, edit.of, edit.comment], [known.id, page, "Ours"]);
});

test("nobody else changes a highlight, and not to anything", async (t) => {
  const { marks } = desk(t);
  const { id } = await marks.highlight(TAB);
  await assert.rejects(marks.change(id, { colour: "sky" }, { tab: { id: 8 } }));
  await assert.rejects(marks.change("other", { colour: "sky" }, sender));
  await assert.rejects(marks.change(id, { colour: "black" }, sender));
});

test("nothing chosen, too much chosen, and a page that lets nobody in are said and keep nothing", async (t) => {
  for (const [options, code] of [[{ passage: null }, "nothing"], [{ passage: { ...PASSAGE, quote: "x".repeat(20_001) } }, "too-long"], [{ isOpen: false }, "unreadable"]]) {
    const { marks, courier, sent } = desk(t, options);
    assert.equal((await marks.highlight(TAB)).code, code);
    assert.deepEqual([await courier.waiting(), sent("annotate")], [[], []]);
  }
});

test("a highlight from a private window never reaches the disk", async (t) => {
  const { marks, courier, sent } = desk(t, { answer: missing });
  await marks.highlight({ ...TAB, incognito: true });
  assert.deepEqual(await courier.queue.list(), []);
  assert.equal((await courier.memory.list()).length, 2);
  assert.deepEqual(sent("annotate"), []);
});

test("a page that is visited again is painted from the host and from what waits", async (t) => {
  const known = [{ id: "a", quote: "One", colour: "sage" }, { id: "b", quote: "Gone from the page", colour: "sky" }];
  const honest = honestHost();
  const answer = (message) => (message.op === "marks" ? { ...honest(message), marks: known, desktop: true } : honest(message));
  const { marks, clicks, ran } = desk(t, { answer, placed: (given) => given.filter((mark) => mark.id !== "b") });
  const { id } = await clicks.save(TAB);
  assert.deepEqual(await marks.repaint(TAB, id), { placed: 1, lost: 1, isClosed: false });
  assert.deepEqual((await clicks.stateOf(TAB.id)).marks, { placed: 1, lost: 1, isClosed: false });
  assert.deepEqual(ran.at(-1)[2], true);
});

test("what waits in the browser is laid over what the host says", () => {
  const known = [{ id: "a", quote: "One", colour: "sage" }, { id: "b", quote: "Two", colour: "sky" }];
  const waiting = [{ id: "1", annotation: "a", colour: "rose" }, { id: "2", annotation: "b", removed: true }, { id: "c", quote: "Three" }, { id: "3", annotation: "z", colour: "sky" }];
  assert.deepEqual(overlaid(known, waiting), [{ id: "a", quote: "One", colour: "rose" }, { id: "c", quote: "Three" }]);
});

test("the popup tells what could not be placed, and what a closed Kithbook cannot know", () => {
  const say = { t: (key) => key, many: (key, number) => `${key} ${number}` };
  assert.equal(marksNote({ marks: null, savedBefore: 1 }, say), "");
  assert.equal(marksNote({ marks: { placed: 3, lost: 0, isClosed: false }, savedBefore: 1 }, say), "");
  assert.equal(marksNote({ marks: { placed: 0, lost: 2, isClosed: true }, savedBefore: 1 }, say), "marks_lost 2 marks_closed");
  assert.equal(marksNote({ marks: { placed: 0, lost: 0, isClosed: true }, savedBefore: null }, say), "");
});
