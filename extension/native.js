// @ts-check
// The native port: the only file that touches it. One port serves a burst of clicks and closes when idle.
// Surprising: a browser tells why a host failed in words that differ by version, so only "forbidden" is read from
// them; everything else follows from whether the host has ever answered on this port.

import { HOST, PROTOCOL, isReply, partCount, partMessage } from "./messages.js";

/** Requests that may be on their way at once: Firefox slows down when many large messages queue up. */
export const WINDOW = 4;
const ANSWER_MS = 30_000;
const IDLE_MS = 20_000;

/**
 * A request that did not succeed. `code` is the host's own (docs/protocol.md) or one of ours:
 * no-host (never answered: not installed), not-allowed (this extension is not in its list),
 * host-gone (stopped in the middle), no-answer (30 s of silence), bad-reply, version.
 */
export class HostError extends Error {
  constructor(code, detail = "") {
    super(`${code} ${detail}`.trim());
    this.code = code;
    this.detail = detail;
  }
}

/** Codes after which no other message has a chance either: the queue rests until the next try. */
const REST = new Set(["no-host", "not-allowed", "host-gone", "no-answer", "bad-reply", "version", "disk-full", "io", "no-library"]);
export const isHostAway = (code) => REST.has(code);

/** Why a host that never answered did not: it was refused us, it fell over at its start, or it is not there. */
function whyNever(words) {
  if (/forbidden|not allowed|permission/i.test(words)) return "not-allowed";
  return /exited|communicat|unexpected|exceeds/i.test(words) ? "host-gone" : "no-host";
}

export class Host {
  /**
   * @param {any} runtime the browser's `runtime`
   * @param {() => Promise<object>} introduce the fields of `hello`
   * @param {{answerMs?: number, idleMs?: number}} times for tests
   */
  constructor(runtime, introduce, times = {}) {
    this.runtime = runtime;
    this.introduce = introduce;
    this.answerMs = times.answerMs ?? ANSWER_MS;
    this.idleMs = times.idleMs ?? IDLE_MS;
    this.port = null;
    this.opening = null;
    this.waiting = []; // in the order sent: the host answers in that order
    this.hello = null; // the host's reply to hello on this port
    this.timer = null;
  }

  /** Opens the port and says hello, once. Resolves to the host's reply. */
  async greet() {
    await this.#open();
    return this.hello;
  }

  /** Sends one message (without `v`); resolves to the reply, rejects with HostError. */
  async request(message) {
    await this.#open();
    return this.#post(message);
  }

  /**
   * Sends one capture: begin, parts, commit; resolves to the reply of commit, which is sent after fsync.
   * @param {object} begin the whole begin message without `v` and `op`
   * @param {Uint8Array} payload
   */
  async sendCapture(begin, payload) {
    await this.#open();
    const count = partCount(payload.length);
    const steps = 2 + count;
    const message = (step) => {
      if (step === 0) return { op: "begin", ...begin };
      return step <= count ? partMessage(begin.id, step - 1, payload) : { op: "commit", id: begin.id };
    };
    return this.#inWindow(steps, message);
  }

  close() {
    const port = this.port;
    this.#ended(new HostError("host-gone"));
    port?.disconnect();
  }

  async #inWindow(steps, message) {
    const flying = new Set();
    let failure = null;
    let last = null;
    for (let step = 0; step < steps && !failure; step += 1) {
      if (flying.size >= WINDOW) await Promise.race(flying);
      if (failure) break;
      const answer = this.#post(message(step)).then(
        (reply) => { last = reply; },
        (error) => { failure ??= error; },
      );
      flying.add(answer);
      answer.then(() => flying.delete(answer));
    }
    await Promise.all(flying);
    if (failure) throw failure;
    return last;
  }

  #open() {
    this.opening ??= this.#connect().catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  async #connect() {
    const fields = await this.introduce();
    let port;
    try {
      port = this.runtime.connectNative(HOST);
    } catch (error) {
      throw new HostError("no-host", String(error?.message ?? error));
    }
    this.port = port;
    this.hello = null;
    port.onMessage.addListener((reply) => this.#answered(port, reply));
    port.onDisconnect.addListener((closed) => this.#disconnected(port, closed));
    this.hello = await this.#post({ op: "hello", id: crypto.randomUUID(), ...fields });
    if (this.#speaksOurs()) return;
    this.#ended(new HostError("version"));
    port.disconnect();
    throw new HostError("version");
  }

  #speaksOurs() {
    const range = this.hello?.host?.protocol;
    return !Array.isArray(range) || (range[0] <= PROTOCOL && PROTOCOL <= range[1]);
  }

  #post(message) {
    return new Promise((resolve, reject) => {
      if (!this.port) return reject(new HostError("host-gone"));
      this.waiting.push({ resolve, reject });
      try {
        this.port.postMessage(message.v ? message : { v: PROTOCOL, ...message });
      } catch (error) {
        return this.#ended(new HostError("host-gone", String(error?.message ?? error)));
      }
      this.#watch();
    });
  }

  #answered(port, reply) {
    if (port !== this.port) return;
    const entry = this.waiting.shift();
    if (!entry) return;
    if (!isReply(reply)) {
      this.waiting.unshift(entry);
      this.#ended(new HostError("bad-reply"));
      port.disconnect();
      return;
    }
    if (reply.ok) entry.resolve(reply);
    else entry.reject(new HostError(reply.code, reply.detail ?? ""));
    this.#watch();
  }

  #disconnected(port, closed) {
    if (port !== this.port) return;
    const words = String(closed?.error?.message ?? this.runtime.lastError?.message ?? "");
    this.#ended(new HostError(this.hello ? "host-gone" : whyNever(words), words));
  }

  /** Nothing more comes from this port: everybody who waits is told. */
  #ended(error) {
    clearTimeout(this.timer);
    this.port = null;
    this.opening = null;
    const left = this.waiting;
    this.waiting = [];
    for (const entry of left) entry.reject(error);
  }

  /** One timer: for the oldest request while any is open, else for closing the idle port. */
  #watch() {
    clearTimeout(this.timer);
    const busy = this.waiting.length > 0;
    this.timer = setTimeout(() => {
      const port = this.port;
      this.#ended(new HostError(busy ? "no-answer" : "host-gone"));
      port?.disconnect();
    }, busy ? this.answerMs : this.idleMs);
  }
}
