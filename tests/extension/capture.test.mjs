import assert from "node:assert/strict";
import { test } from "node:test";

// i18n.js takes its words from the browser; here a key is its own word.
globalThis.chrome = { i18n: { getMessage: (key, values = []) => [key, ...values].join(" ") } };
const { describeLink, describeTab, inlineSections, jobOf, noteOfAddress, noteOfFailure, pictureSections, readTab, realAddress } = await import("../../extension/capture.js");
const { LIMITS, checkMessage } = await import("../../extension/messages.js");

const CLICK = { id: "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e", at: 1_790_000_000_000, asked: "page" };
const TAB = { id: 7, url: "https://example.org/a?utm_source=x", title: "A tab", incognito: false };
const PAGE = {
  url: "https://example.org/a", title: "A page", type: "text/html", note: "", html: "<!doctype html><html><head><title>A page</title></head><body>x</body></html>",
  selectionHtml: "", lang: "en", canonical: "", author: "Ada", ogType: "", pictures: [], frames: [],
};
const read = (page = {}, more = {}) => ({ page: { ...PAGE, ...page }, selection: null, media: null, note: page.note ?? "", ...more });
const begins = async ({ about, sections }) => {
  const { message } = await jobOf(about, sections);
  return checkMessage({ v: 1, op: "begin", ...message });
};

for (const [address, real] of [
  ["view-source:https://example.org/a", "https://example.org/a"],
  ["about:reader?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1", "https://example.org/a?b=1"],
  ["chrome-extension://oemmndcbldboiebfnladdacbdfmadadm/https://example.org/a.pdf", "https://example.org/a.pdf"],
  ["https://example.org/a", "https://example.org/a"],
  ["about:reader?url=%", "about:reader?url=%"],
]) test(`the page behind ${address}`, () => assert.equal(realAddress(address), real));

for (const [address, note] of [
  ["https://example.org/", ""], ["file:///home/a.html", ""], ["data:text/html,x", ""],
  ["chrome://settings", "internal"], ["about:addons", "internal"], ["edge://flags", "internal"], ["moz-extension://1/a.html", "internal"], ["", "internal"],
  ["view-source:https://example.org/", "viewer"], ["about:reader?url=https%3A%2F%2Fexample.org%2F", "viewer"],
]) test(`before it is tried, ${address || "no address"} is “${note}”`, () => assert.equal(noteOfAddress(address), note));

for (const [address, words, note] of [
  ["https://example.org/a.pdf?x", "Missing host permission for the tab", "pdf"],
  ["https://example.org/json", "Missing host permission for the tab", "viewer"],
  ["https://example.org/a", "Cannot access contents of the page. Extension manifest must request permission", "sandboxed"],
  ["https://chromewebstore.google.com/", "The extensions gallery cannot be scripted.", "no-access"],
  ["https://example.org/a", "Frame with ID 0 is showing error page", "no-access"],
  ["https://example.org/a", "", "no-access"],
  ["file:///a.html", "Cannot access contents of url", "no-access"],
]) test(`after it failed with “${words}”, ${address} is “${note}”`, () => assert.equal(noteOfFailure(address, words), note));

test("a page becomes a begin message that the schema takes", async () => {
  const described = await describeTab(TAB, read(), CLICK);
  assert.equal(await begins(described), "");
  const { about, sections } = described;
  assert.deepEqual([about.kind, about.title, about.lang, about.author, about.note, about.private], ["page", "A page", "en", "Ada", "", false]);
  assert.equal(about.url, "https://example.org/a");
  assert.ok(about.url_key);
  assert.equal(new TextDecoder().decode(sections[0].data), PAGE.html);
});

test("a page that could not be read is its link with a note, never an error", async () => {
  for (const note of ["viewer", "sandboxed", "internal", "no-access", "too-big"]) {
    const described = await describeTab(TAB, { page: null, selection: null, media: null, note }, CLICK);
    assert.equal(await begins(described), "");
    assert.deepEqual([described.about.kind, described.about.note, described.sections], ["link", note, []]);
    assert.equal(described.about.title, "A tab");
  }
});

test("a PDF keeps its kind", async () => {
  const { about } = await describeTab(TAB, read({ note: "pdf", html: "" }), CLICK);
  assert.deepEqual([about.kind, about.note], ["pdf", "pdf"]);
});

test("a page whose address the browser hides gets a name that a person can read", async () => {
  const described = await describeTab({ id: 1, incognito: false }, { page: null, selection: null, media: null, note: "internal" }, CLICK);
  assert.deepEqual([described.about.url, described.about.title], ["about:blank", "internal_title"]);
  assert.equal(await begins(described), "");
});

test("a page over 32 MiB is a link, though each of its characters was counted as one", async () => {
  const described = await describeTab(TAB, read({ html: "ü".repeat(LIMITS.capture / 2 + 1) }), CLICK);
  assert.deepEqual([described.about.note, described.about.kind, described.sections], ["too-big", "link", []]);
  assert.equal(await begins(described), "");
});

test("a chosen passage goes with its page; only when it was asked for", async () => {
  const chosen = read({ selectionHtml: "<p>x</p>" }, { selection: { quote: "x", prefix: "before ", suffix: " after" } });
  const { about } = await describeTab(TAB, chosen, { ...CLICK, asked: "selection" });
  assert.deepEqual([about.kind, about.selection], ["selection", { html: "<p>x</p>", quote: "x", prefix: "before ", suffix: " after" }]);
  assert.equal((await describeTab(TAB, chosen, CLICK)).about.selection, null);
});

test("a passage too long for the message travels as the page", async () => {
  const long = `<p>${"word ".repeat(10_000)}</p>`;
  const described = await describeTab(TAB, read({ selectionHtml: long }, { selection: { quote: "word ".repeat(10_000), prefix: "", suffix: "" } }), { ...CLICK, asked: "selection" });
  assert.equal(described.about.selection.html, "");
  assert.ok(new TextDecoder().decode(described.sections[0].data).includes(long));
  assert.equal(await begins(described), "");
});

test("a video carries its place, its captions and its transcript", async () => {
  const media = { position: 12.5, duration: 60, title: "A talk", isMain: true, captions: "WEBVTT\n\n", transcript: "Said." };
  const { about, sections } = await describeTab(TAB, read({}, { media }), CLICK);
  assert.deepEqual([about.kind, about.media], ["video", { position: 12.5, duration: 60, title: "A talk" }]);
  assert.deepEqual(sections.map((section) => [section.kind, section.type.split(";")[0]]), [["html", "text/html"], ["transcript", "text/vtt"], ["transcript", "text/plain"]]);
});

test("a link is saved without being opened", async () => {
  const described = describeLink("https://example.org/next", "", { ...TAB, incognito: true }, CLICK);
  assert.deepEqual([described.about.kind, described.about.title, described.about.note, described.about.private], ["link", "https://example.org/next", "", true]);
  assert.equal(await begins(described), "");
});

test("lone surrogates and endless titles are mended before the wire", async () => {
  const described = await describeTab(TAB, read({ title: `\ud800${"x".repeat(90_000)}`, html: "a\udfff" }), CLICK);
  assert.equal(described.about.title.length, 2_000);
  assert.ok(described.about.title.isWellFormed());
  assert.equal(await begins(described), "");
});

function fakeBrowser({ results, error, all = false }) {
  const asked = [];
  return {
    asked,
    permissions: { contains: async () => all },
    scripting: {
      executeScript: async ({ func, target, args }) => {
        asked.push([func.name, target, args]);
        if (error) throw new Error(error);
        return results[func.name] ?? [{ frameId: 0, result: null }];
      },
    },
  };
}

test("a tab is read in the frames that we may read, and no other", async () => {
  const results = { serialisePage: [{ frameId: 0, result: PAGE }] };
  const without = fakeBrowser({ results });
  assert.equal((await readTab(without, TAB)).page.title, "A page");
  assert.equal(without.asked.find(([name]) => name === "serialisePage")[1].allFrames, undefined);
  const withAll = fakeBrowser({ results, all: true });
  await readTab(withAll, TAB);
  assert.equal(withAll.asked.find(([name]) => name === "serialisePage")[1].allFrames, true);
});

test("the chosen passage is read only when it is asked for", async () => {
  const results = { serialisePage: [{ frameId: 0, result: PAGE }] };
  for (const [asked, isRead] of [["page", false], ["selection", true]]) {
    const B = fakeBrowser({ results });
    await readTab(B, TAB, asked);
    assert.equal(B.asked.some(([name]) => name === "readSelection"), isRead);
    assert.equal(B.asked.find(([name]) => name === "serialisePage")[2][0].isChosen, isRead);
  }
});

test("a browser that refuses is asked nothing twice and gives a note", async () => {
  const answer = await readTab(fakeBrowser({ error: "Cannot access contents of the page." }), TAB);
  assert.deepEqual(answer, { page: null, selection: null, media: null, note: "sandboxed" });
});

test("an internal page is not even tried", async () => {
  const B = fakeBrowser({ results: {} });
  assert.equal((await readTab(B, { id: 1, url: "chrome://version" })).note, "internal");
  assert.deepEqual(B.asked, []);
});

test("pictures are sections with their address, and share what is left of the 32 MiB", async () => {
  const B = fakeBrowser({ results: { readPictures: [{ result: [{ url: "https://example.org/p.png", type: "image/png", data: "AQID" }] }] } });
  const page = { ...PAGE, pictures: [{ url: "https://example.org/p.png", width: 9, height: 9 }] };
  const [section] = await pictureSections(B, TAB, page, 1000);
  assert.deepEqual([section.kind, section.url, [...section.data]], ["picture", "https://example.org/p.png", [1, 2, 3]]);
  assert.equal(B.asked[0][2][1].all, LIMITS.capture - 1000);
  assert.deepEqual(await pictureSections(B, TAB, page, LIMITS.capture), []);
});

test("a page that goes away while its pictures are read is saved without them", async () => {
  const page = { ...PAGE, pictures: [{ url: "https://example.org/p.png", width: 9, height: 9 }] };
  assert.deepEqual(await pictureSections(fakeBrowser({ error: "The tab was closed." }), TAB, page, 0), []);
});

test("pictures that the page itself holds travel as sections, each kind as it is", async () => {
  const at = (name) => `https://inline.invalid/${name}`;
  const inline = [
    { url: at("a"), data: "data:image/png;base64,AQID" }, { url: at("b"), data: "data:image/jpg;base64,AQI%3D" },
    { url: at("c"), data: "data:image/svg+xml;base64,AQID" }, { url: at("d"), data: "data:image/png;base64,!!" },
  ];
  const found = await describeTab(TAB, read({ inline }), CLICK);
  assert.deepEqual(found.sections.map((section) => [section.kind, section.type, section.url ?? "", section.data.length]).slice(1), [
    ["picture", "image/png", at("a"), 3], ["picture", "image/jpeg", at("b"), 2],
  ]);
  assert.equal(await begins(found), "");
});

test("a picture over 5 MB and those over the capture's limit are left out", () => {
  const data = (bytes) => `data:image/png;base64,${Buffer.alloc(bytes).toString("base64")}`;
  const inline = [data(LIMITS.picture + 1), data(LIMITS.picture), data(1_000), data(10)].map((each, n) => ({ url: `https://inline.invalid/${n}`, data: each }));
  assert.deepEqual(inlineSections(inline, 0).map((section) => section.data.length), [LIMITS.picture, 1_000, 10]);
  assert.deepEqual(inlineSections(inline, LIMITS.capture - 500).map((section) => section.data.length), [10]);
});
