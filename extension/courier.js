// @ts-check
// Carries jobs from the queues to the host, one at a time, and decides what a failure means for a job.
// Surprising: nothing is ever removed but after the host's durable answer or by the person's own hand.

import { isHostAway } from "./native.js";
import { sha256 } from "./messages.js";

/** A held job whose click died with its background is sent as it is after this time. */
const HELD_MS = 60_000;

const headOf = ({ payload, ...head }) => head;

export class Courier {
  /**
   * @param {{queue: any, memory: any, host: any, now?: () => number, told: (head: any, outcome: any) => any}} parts
   * `told(head, {ok, reply}|{code})` hears of each try.
   */
  constructor({ queue, memory, host, told, now = Date.now }) {
    this.queue = queue;
    this.memory = memory;
    this.host = host;
    this.told = told;
    this.now = now;
    this.chain = Promise.resolve();
    this.fresh = new Map(); // jobs kept by this background, so that a click need not read back what it wrote
  }

  /** Heads of all that waits, oldest first. A broken IndexedDB counts as empty: the clicks then live in memory. */
  async waiting() {
    const lists = await Promise.all([this.queue.list().catch(() => []), this.memory.list()]);
    return lists.flat().sort((a, b) => a.made - b.made);
  }

  /** Keeps a job, on disk if it may be there. */
  async keep(job) {
    this.fresh.set(job.id, job);
    if (!job.isPrivate) {
      try {
        await this.queue.put(job);
        return;
      } catch {
        // The browser keeps nothing on disk (history off, disk full): memory is better than nothing.
      }
    }
    await this.memory.put(job);
  }

  /** Tries everything that waits, `first` before the rest. Calls queue up behind each other. */
  drain(first = "") {
    const run = this.chain.then(() => this.#drain(first));
    this.chain = run.catch(() => {});
    return run;
  }

  async #drain(first) {
    const fresh = this.fresh.get(first);
    if (fresh && !fresh.isHeld && isHostAway(await this.#try(headOf(fresh)))) return;
    const heads = await this.waiting();
    const left = new Set(heads.map((head) => head.id));
    for (const head of heads) {
      if (this.#mustWait(head, left)) continue;
      const code = await this.#try(head);
      if (!code) left.delete(head.id);
      else if (isHostAway(code)) break;
    }
  }

  #mustWait(head, left) {
    const isFresh = head.isHeld && this.now() - head.made < HELD_MS;
    const { of, annotation } = head.op === "capture" ? {} : head.message; // these speak of what must have gone before
    return isFresh || left.has(of) || left.has(annotation);
  }

  async #try(head) {
    const queue = await this.#holder(head);
    let code = await this.#send(queue, head);
    if (code === "host-gone") code = await this.#send(queue, head); // stopped in the middle: a new port is worth one try
    if (code === "too-big" && head.message.sections?.length) code = await this.#send(queue, await this.#asLink(queue, head));
    this.fresh.delete(head.id);
    if (code) {
      await queue.mark({ ...head, isHeld: false, attempts: (head.attempts ?? 0) + 1, code }).catch(() => {});
      await this.told(head, { code });
    }
    return code;
  }

  /** The payload of a waiting job. */
  async payload(head) {
    return (await this.#holder(head)).payload(head.id);
  }

  async #holder(head) {
    return (await this.memory.list()).some((each) => each.id === head.id) ? this.memory : this.queue;
  }

  async #send(queue, head) {
    let reply;
    try {
      reply = await this.#post(queue, head);
    } catch (error) {
      return typeof error?.code === "string" ? error.code : "io";
    }
    await queue.remove(head.id).catch(() => {}); // not removed means sent again, and the host knows the id
    await this.told(head, { ok: true, reply });
    return "";
  }

  async #post(queue, head) {
    if (head.op !== "capture") return this.host.request({ op: head.op, ...head.message });
    const payload = this.fresh.get(head.id)?.payload ?? (await queue.payload(head.id));
    return this.host.sendCapture(head.message, payload);
  }

  /** The same capture without its page, for a host that finds it too big. */
  async #asLink(queue, head) {
    const empty = new Uint8Array(0);
    const none = { sections: [], parts: 0, bytes: 0, sha256: await sha256(empty) };
    head.message = { ...head.message, ...none, note: "too-big" };
    await queue.put({ ...head, payload: empty });
    this.fresh.delete(head.id);
    return head;
  }
}
