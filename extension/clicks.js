// @ts-check
// One click from its start to "Saved": the state that the popup shows is made here and nowhere else.
// Surprising: the job is in the queue before the host is asked for anything, so a click outlives its background.

import { describeLink, describeTab, jobOf, pictureSections, readTab } from "./capture.js";
import { wireText } from "./messages.js";
import { updateOf } from "./memory.js";
import { urlKey } from "./urls.js";

/** A second click on the same page within this time is the same click, made twice. */
const SAME_CLICK_MS = 1_500;
/** How long the question "saved before?" may hold up a capture. */
const CONTEXT_MS = 2_000;

/**
 * State of a click: {id, tab, url, title, phase, kind, note, code, pictures, ms, savedBefore, isPrivate, at, fields, waiting,
 * marks}; `marks` is null or {placed, lost, isClosed}: what became of the page's highlights.
 * Phases: reading → sending → saved, or waiting (code says why; it is in the queue), or refused (the host will not take it),
 * or failed (a fault of our own; code says which).
 */
export class Clicks {
  /** @param {{B: any, memory: any, courier: any, host: any, publish: (state: any) => any, counted: () => any, now?: () => number}} parts */
  constructor({ B, memory, courier, host, publish, counted, now = Date.now }) {
    Object.assign(this, { B, memory, courier, host, publish, counted, now });
    this.running = new Map(); // tab id → {state, end} of a click under way
    this.begun = new Map(); // click id → its first state
    this.latest = new Map(); // tab id → id of its last click, as far as this background saw it
    this.writing = Promise.resolve();
    this.states = new Map(); // capture id → state, while this background lives
  }

  /** Saves a tab. Resolves at once to the click's state; `end` of `running` resolves when it is over. */
  start(tab, { id = crypto.randomUUID(), asked = "page", again = false } = {}) {
    // The same click may be heard of twice: as a message and through the storage.
    if (!this.begun.has(id)) this.begun.set(id, this.#begin(tab, { id, asked, again }));
    return this.begun.get(id);
  }

  async #begin(tab, { id, asked, again }) {
    const earlier = this.running.get(tab.id);
    if (earlier && !again) return earlier.state;
    const last = await this.stateOf(tab.id);
    const isSame = last && tab.url && last.url === tab.url && this.now() - last.at < SAME_CLICK_MS;
    if (last?.id === id || (isSame && !again)) return last;
    const state = this.#newState(tab, id, last);
    // A fault of our own is said in the popup; what was kept by then is sent with the next click.
    const fault = (error) => this.#change(state, { phase: "failed", code: String(error?.message ?? error).slice(0, 200) });
    const end = this.#run(tab, state, asked).catch(fault).finally(() => this.running.delete(tab.id));
    this.running.set(tab.id, { state, end });
    return state;
  }

  /** Saves a tab and resolves to the state at its end. */
  async save(tab, options = {}) {
    const state = await this.start(tab, options);
    await this.running.get(tab.id)?.end;
    return this.states.get(state.id) ?? state;
  }

  /** Saves a link without opening it. */
  async saveLink(address, title, tab) {
    const state = { ...this.#newState({ ...tab, url: address, title }, crypto.randomUUID(), null), kind: "link", isLink: true };
    const { about, sections } = describeLink(address, title, tab, { id: state.id, at: state.at });
    return this.#send(this.#change(state, { phase: "sending" }), await jobOf(about, sections));
  }

  /** Saves a document that we hold ourselves: the welcome page's test. */
  async saveOwn(tab, page) {
    const state = this.#newState(tab, crypto.randomUUID(), null);
    const read = { page, selection: null, media: null, note: "" };
    const { about, sections } = await describeTab(tab, read, { id: state.id, at: state.at, asked: "page" });
    return this.#send(this.#change(state, { phase: "sending", kind: about.kind }), await jobOf(about, sections));
  }

  /** The state of a tab's last click, or null. What is written down may be a moment behind. */
  async stateOf(tabId) {
    return this.states.get(this.latest.get(tabId)) ?? this.memory.tab(tabId);
  }

  /** Queues what was typed for a capture and lets it go; resolves to whether there was anything. */
  async keepWords(of) {
    const draft = await this.memory.draft(of);
    await this.memory.forgetDraft(of);
    const message = draft && updateOf(draft, crypto.randomUUID());
    if (!message) return false;
    const payload = new Uint8Array(0);
    const head = { id: message.id, op: "update", made: this.now(), isPrivate: draft.isPrivate, isHeld: false, attempts: 0, code: "" };
    await this.courier.keep({ ...head, message, payload });
    this.courier.drain().then(() => this.counted(), () => {});
    return true;
  }

  /** Hears of each try to send a job; called by the courier. */
  async told(head, outcome) {
    if (head.op !== "capture") return;
    const { note } = head.message;
    const state = this.states.get(head.id) ?? (await this.#stored(head.id));
    if (state && outcome.ok) this.#change(state, { phase: "saved", code: "", note, ms: this.now() - state.at });
    else if (state) this.#change(state, { phase: outcome.code === "bad-request" ? "refused" : "waiting", code: outcome.code, note });
    if (outcome.ok && !head.isPrivate) await this.memory.noteSaved(head.message.url_key, head.made);
  }

  /** What became of the highlights on the page that a click was made on. */
  async noteMarks(id, marks) {
    const state = this.states.get(id) ?? (await this.#stored(id));
    if (state) this.#change(state, { marks });
  }

  async #run(tab, state, asked) {
    this.#change(state, {});
    const context = this.#context(tab, state);
    const read = await readTab(this.B, tab, asked);
    const { about, sections } = await describeTab(tab, read, { id: state.id, at: state.at, asked });
    const wanted = about.note ? 0 : read.page?.pictures.length ?? 0;
    const held = sections.filter((section) => section.kind === "picture").length; // those that the page itself holds
    let job = await jobOf(about, sections, wanted > 0);
    await this.courier.keep(job);
    state = this.#change(state, { phase: "sending", kind: about.kind, note: about.note, title: about.title, pictures: held });
    if (wanted > 0) {
      const used = sections.reduce((sum, section) => sum + section.data.length, 0);
      const pictures = await pictureSections(this.B, tab, read.page, used);
      job = await jobOf(about, [...sections, ...pictures]);
      await this.courier.keep(job);
      state = this.#change(state, { pictures: held + pictures.length });
    }
    await context;
    return this.#send(this.states.get(state.id), null);
  }

  async #send(state, job) {
    if (job) await this.courier.keep(job);
    await this.courier.drain(state.id);
    await this.writing;
    return this.states.get(state.id);
  }

  /** Asks the host whether the page is known, and for tags and goals; a slow or missing host delays nothing much. */
  async #context(tab, state) {
    const key = urlKey(tab.url ?? "");
    const ask = this.host.request({ op: "context", id: crypto.randomUUID(), url: wireText(tab.url, 8_000), url_key: key });
    const earlier = state.isPrivate ? null : this.memory.savedAt(key).catch(() => null);
    earlier?.then((at) => at && !this.states.get(state.id).isAsked && this.#change(state, { savedBefore: at }));
    let timer;
    const late = new Promise((resolve) => { timer = setTimeout(resolve, CONTEXT_MS); });
    const answer = ask.then((reply) => this.#knows(state, reply), () => {}).finally(() => clearTimeout(timer));
    return Promise.race([answer, late]);
  }

  async #knows(state, reply) {
    const { tags = [], goals = [], revision = 0 } = reply;
    this.memory.keepCache({ tags, goals, revision }).catch(() => {});
    this.#change(state, { savedBefore: reply.saved ? reply.saved_at ?? state.savedBefore : state.savedBefore, isAsked: true });
  }

  #newState(tab, id, last) {
    const isSamePage = last && tab.url && last.url === tab.url;
    const blank = { title: "", tags: [], goal: "", why: "", found_through: "" };
    return {
      id, tab: tab.id ?? -1, url: tab.url ?? "", title: tab.title ?? "", phase: "reading", kind: "page", note: "", code: "",
      pictures: 0, ms: 0, savedBefore: null, isPrivate: Boolean(tab.incognito), at: this.now(),
      fields: isSamePage ? last.fields : blank, waiting: 0, isLink: false, marks: null,
    };
  }

  async #stored(id) {
    const all = await this.memory.session.get(null);
    return Object.values(all).find((kept) => kept?.id === id && kept.phase) ?? null;
  }

  /** The one place where a click's state changes. It is shown at once and written down behind: the job matters more. */
  #change(state, change) {
    const next = { ...(this.states.get(state.id) ?? state), ...change };
    this.states.set(next.id, next);
    // An older click of the same tab may still be heard of, when it is tried again: the tab shows the newest.
    const newest = this.states.get(this.latest.get(next.tab));
    if (newest && newest.at > next.at) return next;
    this.latest.set(next.tab, next.id);
    this.publish(next);
    if (next.tab >= 0) this.writing = this.writing.then(() => this.memory.keepTab(this.states.get(next.id))).catch(() => {});
    return next;
  }

  /** What the popup shows for a capture is also what it shows when it is opened again. */
  async noteFields(of, fields) {
    const state = this.states.get(of) ?? (await this.#stored(of));
    if (state) this.#change(state, { fields });
  }
}
