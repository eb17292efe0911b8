// Hand-written stand-ins for what a browser has and Node has not. Each does only what our code asks of it.

/** An IndexedDB in memory: object stores, put, get, getAll, delete, transactions that end by themselves. */
export class FakeIndexedDB {
  constructor() {
    this.stores = new Map();
    this.isBroken = false;
  }

  open() {
    const request = {};
    queueMicrotask(() => {
      if (this.isBroken) {
        request.error = new Error("no disk");
        return request.onerror();
      }
      request.result = this.#database();
      if (this.stores.size === 0) request.onupgradeneeded();
      return request.onsuccess();
    });
    return request;
  }

  #database() {
    return {
      createObjectStore: (name, { keyPath } = {}) => this.stores.set(name, { keyPath, rows: new Map() }),
      transaction: () => this.#transaction(),
      close() {},
    };
  }

  #transaction() {
    const transaction = { objectStore: (name) => this.#store(this.stores.get(name)) };
    setTimeout(() => transaction.oncomplete?.());
    return transaction;
  }

  #store({ keyPath, rows }) {
    const answer = (result) => {
      const request = { result };
      queueMicrotask(() => request.onsuccess?.());
      return request;
    };
    return {
      put: (value, key) => answer(void rows.set(keyPath ? value[keyPath] : key, structuredClone(value))),
      get: (key) => answer(structuredClone(rows.get(key))),
      getAll: () => answer([...rows.values()].map((row) => structuredClone(row))),
      delete: (key) => answer(void rows.delete(key)),
    };
  }
}

/** A storage area in memory; `quota` is the most bytes of one value. */
export class FakeArea {
  constructor(quota = Infinity) {
    this.quota = quota;
    this.kept = {};
  }

  async get(key) {
    const all = structuredClone(this.kept);
    return key === null ? all : key in all ? { [key]: all[key] } : {};
  }

  async set(values) {
    if (JSON.stringify(values).length > this.quota) throw new Error("QUOTA_BYTES quota exceeded");
    Object.assign(this.kept, structuredClone(values));
  }

  async remove(key) {
    delete this.kept[key];
  }
}

class FakeEvent {
  listeners = [];
  addListener(listener) {
    this.listeners.push(listener);
  }
  fire(...values) {
    for (const listener of this.listeners) listener(...values);
  }
}

/** A browser's runtime whose native host is the function `host(message) → reply`; null as a reply means silence. */
export class FakeRuntime {
  constructor(host) {
    this.host = host;
    this.ports = [];
    this.said = [];
  }

  connectNative(name) {
    const port = { name, onMessage: new FakeEvent(), onDisconnect: new FakeEvent(), isOpen: true };
    port.disconnect = () => (port.isOpen = false);
    port.die = (words) => {
      port.isOpen = false;
      this.lastError = { message: words };
      port.onDisconnect.fire(port);
      this.lastError = undefined;
    };
    port.postMessage = (message) => {
      this.said.push(message);
      queueMicrotask(() => {
        const reply = this.host(message, port);
        if (reply && port.isOpen) queueMicrotask(() => port.isOpen && port.onMessage.fire(reply));
      });
    };
    this.ports.push(port);
    return port;
  }
}

/** A host that takes everything; `spool` holds what it acknowledged. */
export function honestHost(spool = new Map()) {
  const open = new Map();
  const host = { version: "0.1.0", protocol: [1, 1] };
  return (message) => {
    const done = (more = {}) => ({ v: 1, id: message.id, ok: true, host, ...more });
    if (message.op === "begin") open.set(message.id, { ...message, data: [] });
    if (message.op === "part") open.get(message.id).data.push(message.data);
    if (message.op === "commit") {
      spool.set(message.id, open.get(message.id));
      return done({ sha256: open.get(message.id).sha256, spooled_at: 1 });
    }
    if (message.op === "update") spool.set(message.id, message);
    if (message.op === "context") return done({ saved: false, saved_at: null, tags: ["feedback"], goals: [], revision: 3 });
    return done();
  };
}

export const refuse = (message, code) => ({ v: 1, id: message.id, ok: false, code });
