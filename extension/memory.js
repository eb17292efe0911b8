// @ts-check
// What the extension remembers between clicks: a state for each tab, drafts of the popup, tags and goals, saved pages.
// Surprising: what belongs to a private window goes to storage.session alone, which never reaches the disk.

import { sha256 } from "./messages.js";

const MOST_RECENT = 500;
export const EMPTY_CACHE = Object.freeze({ tags: [], goals: [], revision: 0, host: { code: "", version: "" }, waiting: 0 });
export const FIELDS = Object.freeze(["title", "why", "tags", "goal", "found_through"]);

export class Memory {
  /** @param {any} local storage.local @param {any} session storage.session */
  constructor(local, session) {
    this.local = local;
    this.session = session;
  }

  /** The state of a tab's last click, or null. */
  async tab(tabId) {
    const key = `tab:${tabId}`;
    return (await this.session.get(key))[key] ?? null;
  }

  async keepTab(state) {
    await this.session.set({ [`tab:${state.tab}`]: state });
  }

  async forgetTab(tabId) {
    await this.session.remove(`tab:${tabId}`);
  }

  /** What the popup's first frame is drawn from. */
  async cache() {
    return { ...EMPTY_CACHE, ...(await this.local.get("cache")).cache };
  }

  async keepCache(change) {
    const cache = { ...(await this.cache()), ...change };
    await this.local.set({ cache });
    return cache;
  }

  /** When the address was saved by this browser before, in ms, or null. Addresses are kept as hashes. */
  async savedAt(urlKey) {
    const { recents = {} } = await this.local.get("recents");
    return recents[await hashOf(urlKey)] ?? null;
  }

  async noteSaved(urlKey, at) {
    const { recents = {} } = await this.local.get("recents");
    recents[await hashOf(urlKey)] = at;
    const newest = Object.entries(recents).sort((a, b) => b[1] - a[1]).slice(0, MOST_RECENT);
    await this.local.set({ recents: Object.fromEntries(newest) });
  }

  #area(isPrivate) {
    return isPrivate ? this.session : this.local;
  }

  /** Keeps what was typed for capture `of` until it is sent. `touched` names the fields that the person changed. */
  async keepDraft(draft) {
    await this.#area(draft.isPrivate).set({ [`draft:${draft.of}`]: draft });
  }

  async draft(of) {
    const key = `draft:${of}`;
    return (await this.session.get(key))[key] ?? (await this.local.get(key))[key] ?? null;
  }

  async drafts() {
    const all = await Promise.all([this.local.get(null), this.session.get(null)]);
    return all.flatMap((area) => Object.entries(area).filter(([key]) => key.startsWith("draft:")).map(([, draft]) => draft));
  }

  async forgetDraft(of) {
    await Promise.all([this.local.remove(`draft:${of}`), this.session.remove(`draft:${of}`)]);
  }
}

async function hashOf(text) {
  return (await sha256(new TextEncoder().encode(text))).slice(0, 20);
}

/** The update message of a draft, without v and op; null when the person changed nothing. */
export function updateOf(draft, id) {
  const touched = FIELDS.filter((name) => draft.touched.includes(name));
  if (!touched.length) return null;
  return { id, of: draft.of, ...Object.fromEntries(touched.map((name) => [name, draft.fields[name]])) };
}
