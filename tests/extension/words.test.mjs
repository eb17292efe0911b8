import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { connection } from "../../extension/check.js";
import { codeKey, describe } from "../../extension/words.js";

const messages = JSON.parse(readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"));
const t = (key, ...values) => {
  assert.ok(messages[key], `the word list has ${key}`);
  return messages[key].message.replace(/\$(\d)/g, (_, n) => values[n - 1]);
};
const say = {
  t, many: (key, n) => t(n === 1 ? `${key}_one` : `${key}_many`, n), day: () => "14 March", hour: () => "14:05", tenths: () => "0.4", browser: "Firefox", waiting: 3,
};
const AT = new Date(2026, 9, 5, 15).getTime();
const state = { phase: "saved", kind: "page", note: "", code: "", url: "https://a.org", pictures: 4, ms: 400, at: AT, savedBefore: null, isPrivate: false, isLink: false };
const words = (change) => describe({ ...state, ...change }, say);

for (const [what, change, tone, head, detail] of [
  ["saved", {}, "ok", "Saved", "The page as you see it and 4 pictures, 0.4 s"],
  ["saved with one picture", { pictures: 1 }, "ok", "Saved", "The page as you see it and 1 picture, 0.4 s"],
  ["a selection", { kind: "selection", pictures: 0 }, "ok", "Saved", "Your selection and its page, 0.4 s"],
  ["a link", { kind: "link", isLink: true, pictures: 0 }, "ok", "Saved", "The link. Kithbook fetches its text, 0.4 s"],
  ["saved after a wait", { ms: 3_600_000, pictures: 0 }, "ok", "Saved", "The page as you see it"],
  ["saved before", { savedBefore: AT - 9e10 }, "info", "You saved this on 14 March", "Saved again: a changed text is a new version."],
  ["saved today", { savedBefore: AT - 3_600_000 }, "info", "You saved this today at 14:05", "Saved again: a changed text is a new version."],
  ["a PDF", { note: "pdf" }, "warn", "Saved as a link only", "The browser does not let us read this PDF. Kithbook fetches the text itself."],
  ["host missing", { phase: "waiting", code: "no-host" }, "bad", "Kithbook is not on this computer", "This page waits safely in Firefox. 3 in the queue."],
  ["not allowed", { phase: "waiting", code: "not-allowed" }, "bad", "Kithbook does not know this Firefox yet", "This page waits safely in Firefox. 3 in the queue."],
  ["host gone", { phase: "waiting", code: "host-gone" }, "info", "Saved in the browser, 3 waiting", "Kithbook stopped. You need do nothing."],
  ["disk full", { phase: "waiting", code: "disk-full" }, "info", "Saved in the browser, 3 waiting", "The disk is full. Free some space; it is sent again by itself."],
  ["private and missing", { phase: "waiting", code: "no-host", isPrivate: true }, "bad", "Kithbook is not on this computer", "From a private window: kept in memory only, until Firefox is closed."],
  ["reading", { phase: "reading" }, "info", "Saving this page", "The page is being read."],
]) {
  test(`${what}, in words`, () => {
    const said = words(change);
    assert.deepEqual([said.tone, said.head, said.detail], [tone, head, detail]);
  });
}

test("every note and every code has words of its own", () => {
  for (const note of ["pdf", "viewer", "sandboxed", "internal", "too-big", "no-access"]) assert.ok(words({ note }).detail.length > 20);
  assert.notEqual(words({ note: "internal" }).detail, words({ note: "internal", url: "" }).detail);
  for (const code of ["host-gone", "no-answer", "bad-reply", "version", "disk-full", "io", "busy"]) assert.ok(messages[codeKey(code)]);
  assert.equal(codeKey("something-new"), "code_io");
});

test("“saved” is said only after the host's answer", () => {
  for (const phase of ["reading", "sending", "waiting", "refused", "failed"]) assert.notEqual(words({ phase }).tone, "ok");
});

test("a fault of our own is said, with its code", () => assert.match(words({ phase: "failed", code: "x is not a function" }).detail, /x is not a function/));

test("the connection is told in words, with steps where something can be mended", () => {
  assert.equal(connection("", { library: true }).head, "check_ready");
  assert.equal(connection("", { library: false }).detail, "check_ready_new");
  for (const [code, steps] of [["no-host", 3], ["not-allowed", 2], ["version", 1], ["disk-full", 0], ["host-gone", 2], ["", 0]]) {
    const said = connection(code, null);
    assert.equal(said.steps.length, steps);
    for (const key of [said.head, said.detail, ...said.steps]) assert.ok(messages[key], `the word list has ${key}`);
  }
});
