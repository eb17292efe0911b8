import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeArea } from "./fakes.mjs";

globalThis.chrome = { i18n: { getMessage: (key, values = []) => [key, ...values].join(" ") } };
const { Omnibox, describeHit, escapeXml, find } = await import("../../extension/omnibox.js");
const { pieces } = await import("../../extension/search/search.js");

const HIT = { id: 1, capture: "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e", url: "https://example.org/a", title: "R&D <b>", site: "example.org", excerpt: "Ask  \"first\"\nand wait", what: "capture", marks: [] };
const hostOf = (results, asked = []) => ({ request: async (message) => { asked.push(message); return { results, said: [], total: results.length }; } });
const closed = { request: async () => { throw Object.assign(new Error(), { code: "desktop-closed" }); } };

/** A browser with an address bar that remembers what it was told. */
function bar(host, isXml = true) {
  const told = { opened: [], suggested: [], first: "" };
  const B = {
    runtime: { getURL: (path) => `ext://${path}` },
    tabs: { update: async ({ url }) => told.opened.push(["here", url]), create: async ({ url, active }) => told.opened.push([active ? "front" : "behind", url]) },
    omnibox: { setDefaultSuggestion: ({ description }) => (told.first = description) },
  };
  return { told, box: new Omnibox({ B, host, session: new FakeArea(), isXml }) };
}

test("markup and what XML cannot hold never reach Chromium's reader", () => {
  assert.equal(escapeXml(`<a href="x">&'\u0000\ud800\ufffe🙂`), "&lt;a href=&quot;x&quot;&gt;&amp;&apos;🙂");
  assert.equal(describeHit(HIT, true), "<match>R&amp;D &lt;b&gt;</match> · <url>example.org</url> · <dim>Ask &quot;first&quot; and wait</dim>");
  assert.equal(describeHit(HIT, false), 'R&D <b> · example.org · Ask "first" and wait');
});

test("the address bar suggests the library's hits", async () => {
  const { told, box } = bar(hostOf([HIT, { ...HIT, id: 2 }, { ...HIT, url: "javascript:alert(1)" }]));
  await box.typed(" feedback", (list) => (told.suggested = list));
  assert.deepEqual(told.suggested.map((each) => each.content), [HIT.url]);
  assert.equal(told.first, "omnibox_all feedback");
});

test("a closed Kithbook and an empty answer are said in the first line", async () => {
  const shut = bar(closed);
  await shut.box.typed("x", () => {});
  assert.equal(shut.told.first, "find_closed");
  const none = bar(hostOf([]));
  await none.box.typed("<x>", () => {});
  assert.equal(none.told.first, "find_none &lt;x&gt;");
});

test("an answer that comes after a newer question is not shown", async () => {
  const waiting = [];
  const slow = { request: () => new Promise((resolve) => waiting.push(resolve)) };
  const { box } = bar(slow);
  const shown = [];
  const both = [box.typed("f", () => shown.push("f")), box.typed("fe", () => shown.push("fe"))];
  waiting[1]({ results: [] });
  waiting[0]({ results: [] });
  await Promise.all(both);
  assert.deepEqual(shown, ["fe"]);
});

test("Enter opens a hit in Kithbook, a modifier its page, words alone the list", async () => {
  const asked = [];
  const { told, box } = bar(hostOf([HIT], asked));
  await box.typed("ask", () => {});
  await box.chosen(HIT.url, "currentTab");
  assert.deepEqual([asked.at(-1).op, asked.at(-1).id], ["show", HIT.capture]);
  assert.deepEqual(told.opened, []);
  await box.chosen(HIT.url, "newForegroundTab");
  await box.chosen(HIT.url, "newBackgroundTab");
  await box.chosen("ask & wait", "currentTab");
  assert.deepEqual(told.opened, [["front", HIT.url], ["behind", HIT.url], ["here", "ext://search/search.html?q=ask%20%26%20wait"]]);
});

test("a search says why it has no answer", async () => {
  assert.deepEqual(await find(closed, "x"), { code: "desktop-closed", results: [], said: [], total: 0 });
  assert.deepEqual(await find(hostOf([HIT]), "  "), { code: "", results: [], said: [], total: 0 });
});

test("marked words are cut by code points, and nonsense is passed over", () => {
  assert.deepEqual(pieces("🙂 ask first", [[2, 5]]), [["🙂 ", false], ["ask", true], [" first", false]]);
  assert.deepEqual(pieces("ask", [[1, 9], [2, 1]]), [["ask", false]]);
  assert.deepEqual(pieces("", [[0, 0]]), []);
});
