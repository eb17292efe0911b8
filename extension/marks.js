// @ts-check
// Highlights made on the live page and painted there again. They go by the same queue as everything else.
// Surprising: the strip that asks for a colour may come after its highlight has gone: what it says is a later edit.

import { COLOURS, LIMITS, wireText } from "./messages.js";
import { t } from "./i18n.js";
import { paintMarks } from "./painting.js";
import { readPassage } from "./passage.js";
import { showStrip, stripSays } from "./strip.js";
import { urlKey } from "./urls.js";

const PAINTED = [{ files: ["painted.css"], origin: "AUTHOR" }, { files: ["painted.css"], origin: "USER" }];
const STRIP = [{ files: ["strip.css"], origin: "USER" }];
const LAST_COLOUR = "lastColour";

export class Marks {
  /** @param {{B: any, memory: any, courier: any, host: any, clicks: any, beside: any, counted: () => any, now?: () => number}} parts */
  constructor({ B, memory, courier, host, clicks, beside, counted, now = Date.now }) {
    Object.assign(this, { B, memory, courier, host, clicks, beside, counted, now });
  }

  /**
   * Highlights what is chosen in a tab; saves the page first if it is not saved.
   * @returns {Promise<{id: string, code: ""|"nothing"|"too-long"|"unreadable"}>}
   */
  async highlight(tab, { colour = "", comment = "" } = {}) {
    let found;
    try {
      found = await this.#passage(tab);
    } catch {
      return { id: "", code: "unreadable" };
    }
    const code = !found ? "nothing" : found.passage.quote.length > LIMITS.text ? "too-long" : "";
    if (code) {
      await this.#strip(tab, found?.frame ?? 0, { id: "", status: t(code === "nothing" ? "mark_nothing" : "mark_too_long") });
      return { id: "", code };
    }
    const { passage, frame } = found;
    if (passage.known) return this.#again(tab, frame, passage.known);
    const kept = (await this.memory.session.get(LAST_COLOUR))[LAST_COLOUR];
    const mark = { quote: wireText(passage.quote), prefix: wireText(passage.prefix), suffix: wireText(passage.suffix), colour: colour || kept || COLOURS[0], comment };
    const id = crypto.randomUUID();
    const { of, isNew } = await this.beside.captureOf(tab);
    const about = this.beside.about(tab, of);
    await this.memory.session.set({ [`mark:${id}`]: { ...about, tab: tab.id, frame, isPrivate: Boolean(tab.incognito) } });
    await this.beside.keep("annotate", { id, ...about, ...mark, tags: [], link: "", private: Boolean(tab.incognito), made_at: this.now() }, tab.incognito);
    const [painted] = await this.#paint({ tabId: tab.id, frameIds: [frame] }, [{ id, ...mark }], false);
    const status = t(painted?.result?.placed.length === 0 ? "mark_unpainted" : isNew ? "mark_made_saved" : "mark_made");
    await this.#strip(tab, frame, { id, colour: mark.colour, status });
    if (await this.beside.send(tab, of, id)) await this.#run({ tabId: tab.id, frameIds: [frame] }, stripSays, [id, t("mark_waits")]);
    return { id, code: "" };
  }

  /** What the strip says of its highlight: {colour?, comment?, removed?}. */
  async change(id, change, sender) {
    const about = (await this.memory.session.get(`mark:${id}`))[`mark:${id}`];
    if (!about || about.tab !== sender.tab?.id) throw new Error("unknown highlight");
    const said = {};
    if (COLOURS.includes(change?.colour)) said.colour = change.colour;
    if (typeof change?.comment === "string") said.comment = wireText(change.comment);
    if (change?.removed === true) said.removed = true;
    if (!Object.keys(said).length) throw new Error("nothing to change");
    if (said.colour) await this.memory.session.set({ [LAST_COLOUR]: said.colour });
    await this.beside.keep("annotate", { id: crypto.randomUUID(), of: about.of, url_key: about.url_key, annotation: id, ...said }, about.isPrivate);
    await this.#paint({ tabId: about.tab, frameIds: [about.frame] }, [{ id, ...said }], false);
    this.courier.drain().then(() => this.counted(), () => {});
  }

  /** Paints what is known of a page once more and notes in the click's state what could not be placed. */
  async repaint(tab, clickId) {
    const key = urlKey(tab.url ?? "");
    if (!key) return null;
    const [reply, heads] = await Promise.all([
      this.host.request({ op: "marks", id: crypto.randomUUID(), url_key: key }).catch(() => null),
      this.courier.waiting(),
    ]);
    const mine = heads.filter((head) => head.op === "annotate" && head.message.url_key === key).map((head) => head.message);
    const marks = overlaid(reply?.marks ?? [], mine);
    const results = await this.#paint({ tabId: tab.id, allFrames: true }, marks, true).catch(() => []);
    const placed = new Set(results.flatMap((each) => each.result?.placed ?? []));
    const lost = results.length ? marks.filter((mark) => !placed.has(mark.id)).length : 0;
    const told = { placed: placed.size, lost, isClosed: reply ? !reply.desktop : false };
    await this.clicks.noteMarks(clickId, told);
    return told;
  }

  /** The strip of a highlight that stands there already: the same words are not highlighted twice. */
  async #again(tab, frame, { id, colour, comment }) {
    const { of } = await this.beside.captureOf(tab);
    await this.memory.session.set({ [`mark:${id}`]: { ...this.beside.about(tab, of), tab: tab.id, frame, isPrivate: Boolean(tab.incognito) } });
    await this.#strip(tab, frame, { id, colour: colour || COLOURS[0], comment, status: t("mark_again") });
    return { id, code: "" };
  }

  async #passage(tab) {
    const results = await this.#run({ tabId: tab.id, allFrames: true }, readPassage, [LIMITS.context]);
    const found = results.filter((each) => each.result);
    const best = found.find((each) => each.result.isFocused && each.frameId !== 0) ?? found[0];
    return best ? { passage: best.result, frame: best.frameId } : null;
  }

  async #paint(target, marks, isAll) {
    await this.#styled(target, PAINTED);
    return this.#run(target, paintMarks, [marks, isAll]);
  }

  /** Once: the same style a second time would only take memory. */
  async #styled(target, styles) {
    for (const style of styles) {
      await this.B.scripting.removeCSS({ target, ...style }).catch(() => {});
      await this.B.scripting.insertCSS({ target, ...style }).catch(() => {});
    }
  }

  async #strip(tab, frame, { id, colour = COLOURS[0], comment = "", status }) {
    const target = { tabId: tab.id, frameIds: [frame] };
    const words = {
      status, locale: t("locale"), label: t("mark_label"), colours: t("mark_colours"), comment: t("mark_comment"), remove: t("mark_remove"), done: t("mark_done"),
      failed: t("mark_failed"), ...Object.fromEntries(COLOURS.map((name) => [name, t(`colour_${name}`)])),
    };
    await this.#styled(target, STRIP);
    await this.#run(target, showStrip, [{ id, colour, comment, colours: [...COLOURS], words }]).catch(() => {});
  }

  #run(target, func, args) {
    return this.B.scripting.executeScript({ target, func, args });
  }
}

/** The host's highlights of a page with what still waits in this browser laid over them. */
export function overlaid(known, waiting) {
  const all = new Map(known.map((mark) => [mark.id, mark]));
  for (const message of waiting) {
    const id = message.annotation ?? message.id;
    if (message.removed) all.delete(id);
    else if (all.has(id) || !message.annotation) all.set(id, { ...all.get(id), ...pick(message), id });
  }
  return [...all.values()];
}

function pick(message) {
  const names = ["quote", "prefix", "suffix", "colour", "comment"].filter((name) => typeof message[name] === "string");
  return Object.fromEntries(names.map((name) => [name, message[name]]));
}
