// @ts-check
// Search from the address bar: "kb", a space, a few letters. Answered by the open library.
// Surprising: Chromium reads a suggestion as XML and Firefox as plain text, so the same words are written twice.

import { FAMILY } from "./browser.js";
import { t } from "./i18n.js";
import { wireText } from "./messages.js";
import { isWeb } from "./urls.js";

const MOST = 8;
const SEARCH = "search/search.html";
const KEPT = "omnibox";

/** Asks the library: {code, results, said, total}; `code` "" or why there is no answer. */
export async function find(host, q, limit = 20) {
  const words = wireText(String(q ?? ""), 1_000).trim();
  if (!words) return { code: "", results: [], said: [], total: 0 };
  try {
    const { results, said = [], total = results.length } = await host.request({ op: "find", id: crypto.randomUUID(), q: words, limit });
    return { code: "", results, said, total };
  } catch (error) {
    return { code: error?.code ?? "host-gone", results: [], said: [], total: 0 };
  }
}

/** Text that no XML reader takes for markup; what XML cannot hold at all is left out. */
export function escapeXml(text) {
  const legal = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  return legal.replace(/[&<>"']/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" })[character]);
}

/** A hit as one line: its title, what was found, where it is from. */
export function describeHit(hit, isXml) {
  const title = hit.title || hit.url;
  const excerpt = String(hit.excerpt ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
  if (!isXml) return [title, hit.site, excerpt].filter(Boolean).join(" · ");
  const rest = [hit.site && `<url>${escapeXml(hit.site)}</url>`, excerpt && `<dim>${escapeXml(excerpt)}</dim>`].filter(Boolean);
  return [`<match>${escapeXml(title)}</match>`, ...rest].join(" · ");
}

export class Omnibox {
  /** @param {{B: any, host: any, session: any, isXml?: boolean}} parts `session`: the background may end between two events */
  constructor({ B, host, session, isXml = FAMILY === "chromium" }) {
    Object.assign(this, { B, host, session, isXml });
    this.turn = 0;
  }

  listen() {
    if (!this.B.omnibox) return; // a browser without an address bar for us
    this.#say(t("omnibox_start"));
    this.B.omnibox.onInputChanged.addListener((text, suggest) => this.typed(text, suggest));
    this.B.omnibox.onInputEntered.addListener((text, where) => this.chosen(text, where));
  }

  #say(text) {
    this.B.omnibox.setDefaultSuggestion({ description: this.isXml ? escapeXml(text) : text });
  }

  /** Suggestions for what is typed; only the newest question is answered. */
  async typed(text, suggest) {
    const turn = (this.turn += 1);
    const { code, results } = await find(this.host, text, MOST);
    if (turn !== this.turn) return;
    const words = text.trim();
    this.#say(code ? t(code === "desktop-closed" ? "find_closed" : "find_failed") : words ? t(results.length ? "omnibox_all" : "find_none", words) : t("omnibox_start"));
    const hits = results.filter((hit, n) => isWeb(hit.url) && results.findIndex((other) => other.url === hit.url) === n && hit.url !== words);
    await this.session.set({ [KEPT]: Object.fromEntries(hits.map((hit) => [hit.url, hit.capture])) });
    suggest(hits.map((hit) => ({ content: hit.url, description: describeHit(hit, this.isXml) })));
  }

  /** Enter: a hit opens in Kithbook, with a modifier its page; typed words alone open the list of all hits. */
  async chosen(text, where) {
    const capture = (await this.session.get(KEPT))[KEPT]?.[text];
    const isElsewhere = where === "newForegroundTab" || where === "newBackgroundTab";
    if (capture && !isElsewhere) {
      const { code } = await this.host.request({ op: "show", id: capture }).then(() => ({ code: "" }), (error) => error);
      if (!code) return;
    }
    const page = capture && isElsewhere ? text : this.B.runtime.getURL(`${SEARCH}?q=${encodeURIComponent(text)}`);
    if (isElsewhere) await this.B.tabs.create({ url: page, active: where === "newForegroundTab" });
    else await this.B.tabs.update({ url: page });
  }
}
