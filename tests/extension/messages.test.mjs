import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LIMITS, checkMessage, fromBase64, isReply, pack, partCount, partMessage, sha256, toBase64, wireText } from "../../extension/messages.js";

const contract = JSON.parse(readFileSync(new URL("../contract/messages.json", import.meta.url), "utf8"));

for (const { name, message } of contract.valid) test(`the schema takes: ${name}`, () => assert.equal(checkMessage(message), ""));
for (const { name, message, code } of contract.invalid) test(`the schema refuses: ${name}`, () => assert.equal(checkMessage(message), code));
for (const { name, reply } of contract.replies.valid) test(`a reply is one: ${name}`, () => assert.equal(isReply(reply), true));
for (const { name, reply } of contract.replies.invalid) test(`a reply is none: ${name}`, () => assert.equal(isReply(reply), false));

test("the contract's payload is what its begin message says", async () => {
  const begin = contract.valid.find((each) => each.name === "begin of a page with a picture").message;
  const payload = fromBase64(contract.payload);
  assert.equal(payload.length, begin.bytes);
  assert.equal(await sha256(payload), begin.sha256);
});

test("sections become one payload, described by its bytes", async () => {
  const data = new TextEncoder().encode("Prüfung 🙂");
  const { payload, described } = await pack([
    { kind: "html", type: "text/html; charset=utf-8", data },
    { kind: "picture", type: "image/png", url: "https://example.org/a.png", data: new Uint8Array([1, 2, 3]) },
  ]);
  assert.equal(payload.length, data.length + 3);
  assert.deepEqual(described.sections.map((section) => section.bytes), [data.length, 3]);
  assert.equal(described.sections[1].url, "https://example.org/a.png");
  assert.equal(described.sha256, await sha256(payload));
  assert.equal(described.parts, 1);
});

test("nothing to send is no part at all", async () => {
  const { described } = await pack([]);
  assert.deepEqual([described.bytes, described.parts, described.sections], [0, 0, []]);
});

test("parts put together are the payload again, and each passes the schema", () => {
  const payload = Uint8Array.from({ length: LIMITS.part * 2 + 77 }, (_, i) => (i * 31) % 256);
  const id = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e";
  const parts = Array.from({ length: partCount(payload.length) }, (_, n) => partMessage(id, n, payload));
  assert.equal(parts.length, 3);
  assert.ok(parts.every((part) => checkMessage(part) === ""));
  assert.deepEqual(Buffer.concat(parts.map((part) => fromBase64(part.data))), Buffer.from(payload));
});

test("base64 is the same without the browser's own function", () => {
  const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => i % 256);
  const plain = Object.assign(bytes.slice(), { toBase64: undefined });
  assert.equal(toBase64(plain), Buffer.from(bytes).toString("base64"));
});

test("a text for the wire has no lone surrogates and keeps its limit", () => {
  assert.equal(wireText("a\ud800b"), "a\ufffdb");
  assert.equal(wireText("🙂🙂", 3), "🙂\ufffd");
  assert.equal(wireText(undefined), "");
  assert.equal(wireText("x".repeat(30_000)).length, LIMITS.text);
});
