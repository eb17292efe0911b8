import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS, pack } from "../../extension/messages.js";
import { Host, HostError, WINDOW } from "../../extension/native.js";
import { FakeRuntime, honestHost, refuse } from "./fakes.mjs";

const introduce = async () => ({ browser: "chromium", version: "156" });
const TIMES = { answerMs: 20_000, idleMs: 20_000 };
const id = "3f2b8c1e-9d4a-4c6b-8e21-5a7f0b9c1d2e";

async function begin(bytes) {
  const data = new Uint8Array(bytes).fill(7);
  const { payload, described } = await pack([{ kind: "html", type: "text/html", data }]);
  return { message: { id, kind: "page", url: "https://example.org/", captured_at: 1, ...described }, payload };
}

/** A host for one test; closed at its end, so that no timer keeps Node awake. */
function hostOf(t, answer, times = TIMES) {
  const runtime = new FakeRuntime(answer);
  const host = new Host(runtime, introduce, times);
  t.after(() => host.close());
  return { runtime, host };
}

const failsWith = (code) => (error) => error instanceof HostError && error.code === code;

test("one port serves a burst, and hello is said once", async (t) => {
  const { runtime, host } = hostOf(t, honestHost());
  await Promise.all([host.request({ op: "context", id, url: "https://a.org" }), host.request({ op: "show", id })]);
  await host.request({ op: "show", id });
  assert.equal(runtime.ports.length, 1);
  assert.deepEqual(runtime.said.map((message) => message.op), ["hello", "context", "show", "show"]);
  assert.ok(runtime.said.every((message) => message.v === 1));
});

test("a capture goes as begin, parts in order, commit, and resolves to the host's hash", async (t) => {
  const spool = new Map();
  const { runtime, host } = hostOf(t, honestHost(spool));
  const { message, payload } = await begin(LIMITS.part * 2 + 1);
  const reply = await host.sendCapture(message, payload);
  assert.equal(reply.sha256, message.sha256);
  assert.deepEqual(runtime.said.slice(1).map((each) => [each.op, each.n]), [["begin", undefined], ["part", 0], ["part", 1], ["part", 2], ["commit", undefined]]);
  assert.equal(spool.size, 1);
});

test("no more than four messages are on their way at once", async (t) => {
  let flying = 0;
  let most = 0;
  const honest = honestHost();
  const answer = (message, port) => {
    if (message.op === "hello") return honest(message);
    flying += 1;
    most = Math.max(most, flying);
    setTimeout(() => { flying -= 1; port.onMessage.fire(honest(message)); }, 1);
    return null;
  };
  const { host } = hostOf(t, answer);
  const { message, payload } = await begin(LIMITS.part * 9);
  await host.sendCapture(message, payload);
  assert.equal(most, WINDOW);
});

test("the first refusal stops a capture and is its error", async (t) => {
  const honest = honestHost();
  const { runtime, host } = hostOf(t, (message) => (message.op === "part" && message.n === 1 ? refuse(message, "disk-full") : honest(message)));
  const { message, payload } = await begin(LIMITS.part * 20);
  await assert.rejects(host.sendCapture(message, payload), failsWith("disk-full"));
  assert.ok(runtime.said.filter((each) => each.op === "part").length < 20);
});

for (const [words, code] of [
  ["Specified native messaging host not found.", "no-host"],
  ["No such native application org.kithbook.host", "no-host"],
  ["", "no-host"],
  ["Access to the specified native messaging host is forbidden.", "not-allowed"],
  ["Native host has exited.", "host-gone"],
  ["Error when communicating with the native messaging host.", "host-gone"],
]) {
  test(`a host that never answered, with “${words}”, is ${code}`, async (t) => {
    const { host } = hostOf(t, (_, port) => { port.die(words); return null; });
    await assert.rejects(host.request({ op: "show", id }), failsWith(code));
  });
}

test("a host that stops in the middle is gone, not missing, and the next request opens a new port", async (t) => {
  let calls = 0;
  const honest = honestHost();
  const answer = (message, port) => {
    calls += 1;
    if (calls !== 2) return honest(message);
    port.die("Native host has exited.");
    return null;
  };
  const { runtime, host } = hostOf(t, answer);
  await assert.rejects(host.request({ op: "show", id }), failsWith("host-gone"));
  await host.request({ op: "show", id });
  assert.equal(runtime.ports.length, 2);
});

test("a host of another protocol is told by its range", async (t) => {
  const { host } = hostOf(t, (message) => ({ v: 1, id: message.id, ok: true, host: { version: "9", protocol: [2, 3] } }));
  await assert.rejects(host.request({ op: "show", id }), failsWith("version"));
});

test("silence ends in no-answer", async (t) => {
  const { host } = hostOf(t, (message) => (message.op === "hello" ? honestHost()(message) : null), { answerMs: 30, idleMs: 20_000 });
  await assert.rejects(host.request({ op: "show", id }), failsWith("no-answer"));
});

test("a reply that is none ends in bad-reply", async (t) => {
  const { host } = hostOf(t, (message) => (message.op === "hello" ? honestHost()(message) : { hello: "there" }));
  await assert.rejects(host.request({ op: "show", id }), failsWith("bad-reply"));
});

test("an idle port is closed, so that the host may end", async (t) => {
  const { runtime, host } = hostOf(t, honestHost(), { answerMs: 20_000, idleMs: 10 });
  await host.request({ op: "show", id });
  for (let i = 0; i < 300 && runtime.ports[0].isOpen; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(runtime.ports[0].isOpen, false);
});
