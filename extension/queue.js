// @ts-check
// What waits to be sent. A job is written here before anything is sent and removed after the host's durable answer.
// Surprising: heads and payloads lie in two stores, so that counting and listing never read megabytes.

const NAME = "kithbook";
const VERSION = 1;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });

/** Oldest first; what speaks of a capture stands after it. */
const inOrder = (a, b) => a.made - b.made || Number(a.op !== "capture") - Number(b.op !== "capture");

/**
 * A job: {id, op: "capture"|"update"|"annotate"|"timed-comment"|"tool", made: ms, message, payload: Uint8Array, attempts, code, isHeld}.
 * `message` is the begin or other message without v and op. A held job is still being written by a click.
 */
export class Queue {
  /** @param {IDBFactory} factory */
  constructor(factory = globalThis.indexedDB) {
    this.factory = factory;
    this.opening = null;
  }

  #open() {
    this.opening ??= new Promise((resolve, reject) => {
      const request = this.factory.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("jobs", { keyPath: "id" });
        request.result.createObjectStore("payloads");
      };
      request.onsuccess = () => {
        const db = request.result;
        db.onversionchange = () => db.close();
        db.onclose = () => (this.opening = null);
        resolve(db);
      };
      request.onerror = () => reject(request.error);
    }).catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  async #change(act, durability) {
    const db = await this.#open();
    const transaction = db.transaction(["jobs", "payloads"], "readwrite", { durability });
    const end = committed(transaction);
    act(transaction.objectStore("jobs"), transaction.objectStore("payloads"));
    await end;
  }

  /** Adds or replaces a job. A click does not wait for the disk ("relaxed"): the host's own fsync follows at once. */
  async put(job, durability = "relaxed") {
    const { payload, ...head } = job;
    await this.#change((jobs, payloads) => {
      jobs.put(head);
      if (payload) payloads.put(payload, job.id);
    }, durability);
  }

  /** Writes a head again, on disk before it returns; the payload stays as it is. */
  async mark(head) {
    await this.#change((jobs) => jobs.put(head), "strict");
  }

  async remove(id) {
    await this.#change((jobs, payloads) => {
      jobs.delete(id);
      payloads.delete(id);
    }, "relaxed");
  }

  /** Heads of all jobs, oldest first; an update stands after its capture. */
  async list() {
    const db = await this.#open();
    const heads = await done(db.transaction("jobs").objectStore("jobs").getAll());
    return heads.sort(inOrder);
  }

  async payload(id) {
    const db = await this.#open();
    return (await done(db.transaction("payloads").objectStore("payloads").get(id))) ?? new Uint8Array(0);
  }
}

/**
 * The same for private windows: nothing reaches the disk. `area` is storage.session, which lives in memory until the
 * browser closes; a job too big for it lives as long as the background does.
 */
export class MemoryQueue {
  constructor(area, encode, decode) {
    this.area = area;
    this.encode = encode;
    this.decode = decode;
    this.jobs = new Map();
    this.loading = null;
  }

  #load() {
    this.loading ??= (async () => {
      for (const [key, kept] of Object.entries(await this.area.get(null))) {
        if (key.startsWith("job:") && !this.jobs.has(kept.head.id)) {
          this.jobs.set(kept.head.id, { ...kept.head, payload: this.decode(kept.payload) });
        }
      }
    })();
    return this.loading;
  }

  async put(job) {
    await this.#load();
    this.jobs.set(job.id, job);
    const { payload, ...head } = job;
    try {
      await this.area.set({ [`job:${job.id}`]: { head, payload: this.encode(payload) } });
    } catch {
      await this.area.remove(`job:${job.id}`); // over the quota of the session: this background holds it alone
    }
  }

  async mark(head) {
    await this.put({ ...head, payload: await this.payload(head.id) });
  }

  async remove(id) {
    await this.#load();
    this.jobs.delete(id);
    await this.area.remove(`job:${id}`);
  }

  async list() {
    await this.#load();
    const heads = [...this.jobs.values()].map(({ payload, ...head }) => head);
    return heads.sort(inOrder);
  }

  async payload(id) {
    await this.#load();
    return this.jobs.get(id)?.payload ?? new Uint8Array(0);
  }
}
