// @ts-check
// Comments on a moment of a video, and tools for the toolkit: asked for in a strip on the page, sent like everything else.
// Surprising: the moment is that of the key, not that of the answer; the page is saved only when there is an answer.

import { showAsk } from "./ask.js";
import { t } from "./i18n.js";
import { LIMITS, wireText } from "./messages.js";
import { readMoment, readToolName } from "./moment.js";

const STRIP = { files: ["strip.css"], origin: "USER" };

/** "1:15", "1:02:03" */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

export class Asks {
  /** @param {{B: any, memory: any, beside: any, now?: () => number}} parts */
  constructor({ B, memory, beside, now = Date.now }) {
    Object.assign(this, { B, memory, beside, now });
  }

  /**
   * Asks for a comment on the moment at which a video or sound of the tab stands.
   * @returns {Promise<{id: string, code: ""|"nothing"|"unreadable"}>}
   */
  async comment(tab) {
    let results;
    try {
      results = await this.#run({ tabId: tab.id, allFrames: true }, readMoment, []);
    } catch {
      return { id: "", code: "unreadable" };
    }
    const found = results.filter((each) => each.result);
    found.sort((a, b) => Number(b.result.isPlaying) - Number(a.result.isPlaying) || b.result.area - a.result.area);
    const [best] = found;
    if (!best) {
      await this.#show(tab, 0, { id: "", head: t("comment_none"), line: "", box: null, fields: [], label: t("comment_label") });
      return { id: "", code: "nothing" };
    }
    const { seconds, caption, box } = best.result;
    const id = await this.#note(tab, { op: "timed-comment", seconds, caption: wireText(caption) });
    const field = { name: "comment", label: t("comment_field"), value: "", rows: 1, isFirst: true };
    await this.#show(tab, best.frameId, { id, head: t("comment_head", clock(seconds)), line: caption, box, fields: [field], label: t("comment_label") });
    return { id, code: "" };
  }

  /**
   * Asks what problem the tool solves that the tab's page is about. On a page that lets nobody in it is kept without the answer.
   * @returns {Promise<{id: string, code: ""|"unreadable", said: string}>}
   */
  async tool(tab) {
    let name = wireText(tab.title || tab.url, LIMITS.name);
    const id = await this.#note(tab, { op: "tool" });
    try {
      const [read] = await this.#run({ tabId: tab.id }, readToolName, []);
      name = wireText(read?.result || name, LIMITS.name);
      const fields = [
        { name: "name", label: t("tool_name"), value: name, rows: 1, isFirst: false },
        { name: "problem", label: t("tool_problem"), value: "", rows: 2, isFirst: true },
      ];
      const [shown] = await this.#show(tab, 0, { id, head: t("tool_label"), line: "", box: null, fields, label: t("tool_label") });
      if (shown?.result) return { id, code: "", said: "" };
    } catch {
      // kept by its name alone
    }
    const { said } = await this.#answer(id, { name }, tab);
    return { id, code: "unreadable", said };
  }

  /** What was typed into a strip; resolves to the sentence that it says at its end. */
  async answered(id, values, sender) {
    const tab = sender.tab;
    const about = await this.#asked(id);
    if (!tab || about?.tab !== tab.id) throw new Error("unknown question");
    const isGone = Boolean(tab.url) && tab.url !== about.url;
    return this.#answer(id, values ?? {}, { ...tab, url: about.url, title: about.title, incognito: about.isPrivate, isGone });
  }

  async #answer(id, values, tab) {
    const { isPrivate, ...about } = await this.#asked(id);
    const text = (name, limit) => wireText(typeof values[name] === "string" ? values[name].trim() : "", limit);
    const message = about.op === "tool" ? this.#toolOf(about, text) : this.#commentOf(about, text, isPrivate);
    const { of, isNew } = await this.beside.captureOf(tab, about.op === "tool");
    const { url_key } = this.beside.about(tab, of);
    await this.beside.keep(about.op, { id, of, ...(about.op === "tool" ? {} : { url_key }), ...message }, isPrivate);
    await this.memory.session.remove(`ask:${id}`); // one question, one answer
    const isWaiting = await this.beside.send(tab, of, id);
    return { said: sentence(about, message, isWaiting, isNew) };
  }

  #commentOf({ seconds, caption }, text, isPrivate) {
    const comment = text("comment");
    if (!comment) throw new Error("nothing was said");
    return { seconds, comment, caption, tags: [], private: isPrivate, made_at: this.now() };
  }

  #toolOf({ url }, text) {
    const name = text("name", LIMITS.name);
    if (!name) throw new Error("a tool needs a name");
    return { name, url: wireText(url, LIMITS.url), problem: text("problem") };
  }

  async #note(tab, about) {
    const id = crypto.randomUUID();
    await this.memory.session.set({ [`ask:${id}`]: { ...about, tab: tab.id, url: tab.url ?? "", title: tab.title ?? "", isPrivate: Boolean(tab.incognito) } });
    return id;
  }

  async #asked(id) {
    const key = `ask:${id}`;
    return (await this.memory.session.get(key))[key] ?? null;
  }

  async #show(tab, frame, { label, ...given }) {
    const target = { tabId: tab.id, frameIds: [frame] };
    const words = {
      label, locale: t("locale"), hint: t("ask_hint"), discard: t("ask_discard"), done: t("mark_done"), keeping: t("ask_keeping"), failed: t("ask_failed"),
    };
    await this.B.scripting.removeCSS({ target, ...STRIP }).catch(() => {});
    await this.B.scripting.insertCSS({ target, ...STRIP }).catch(() => {});
    return this.#run(target, showAsk, [{ ...given, words }]);
  }

  #run(target, func, args) {
    return this.B.scripting.executeScript({ target, func, args });
  }
}

function sentence(about, message, isWaiting, isNew) {
  const what = about.op === "tool" ? message.name : clock(about.seconds);
  if (about.op === "tool") return t(isWaiting ? "tool_waits" : isNew ? "tool_kept_saved" : "tool_kept", what);
  return t(isWaiting ? "comment_waits" : isNew ? "comment_kept_saved" : "comment_kept", what);
}
