// @ts-check
// A search field over the library, for the popup and for a page of its own. The open desktop answers.
// Surprising: while a question is on its way only the newest of those typed meanwhile is kept: the host answers one
// after the other, and nobody waits for an answer to half a word.

import { B } from "../browser.js";
import { day, many, t } from "../i18n.js";
import { isWeb } from "../urls.js";

const LIMIT = 20;
const AGAIN_MS = 2_000;

/** The pieces of an excerpt, [text, isMarked]. `marks` count code points, as the library does. */
export function pieces(excerpt, marks) {
  const characters = Array.from(excerpt);
  const found = [];
  let at = 0;
  for (const [start, stop] of marks ?? []) {
    if (start < at || stop <= start || stop > characters.length) continue;
    if (start > at) found.push([characters.slice(at, start).join(""), false]);
    found.push([characters.slice(start, stop).join(""), true]);
    at = stop;
  }
  if (at < characters.length) found.push([characters.slice(at).join(""), false]);
  return found;
}

function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

export class Search {
  /**
   * @param {{input: HTMLInputElement, list: HTMLElement, status: HTMLElement, changed?: (isSearching: boolean) => void, opened?: () => void}} parts
   * `changed` hears whether there is anything to look for, `opened` that a hit was opened
   */
  constructor({ input, list, status, changed = () => {}, opened = () => {} }) {
    Object.assign(this, { input, list, status, changed, opened });
    this.hits = [];
    this.at = -1;
    this.isAsking = false;
    this.asked = "";
    this.timer = 0;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", t("find_results"));
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest("li") : null;
      if (row) this.#open(this.hits[Number(row.dataset.at)], event.ctrlKey || event.metaKey);
    });
  }

  get words() {
    return this.input.value.trim();
  }

  clear() {
    this.input.value = "";
    this.ask();
  }

  /** Asks for what stands in the field; while a question is open, once more after its answer. */
  async ask() {
    clearTimeout(this.timer);
    this.changed(this.words !== "");
    if (this.isAsking) return;
    this.isAsking = true;
    let answer = null;
    do {
      this.asked = this.words;
      answer = this.asked ? await B.runtime.sendMessage({ kb: "find", q: this.asked, limit: LIMIT }).catch(() => null) : { code: "", results: [], said: [], total: 0 };
    } while (this.asked !== this.words);
    this.isAsking = false;
    this.#show(answer ?? { code: "host-gone", results: [], said: [], total: 0 });
  }

  #show({ code, results, said, total }) {
    this.hits = results;
    this.list.replaceChildren(...results.map((hit, at) => this.#row(hit, at)));
    this.list.hidden = results.length === 0;
    this.input.setAttribute("aria-expanded", String(results.length > 0));
    this.#choose(results.length ? 0 : -1);
    this.status.classList.toggle("empty", results.length === 0);
    if (!this.asked) this.status.textContent = "";
    else if (code) {
      this.status.textContent = t(code === "desktop-closed" ? "find_closed_how" : "find_failed");
      this.timer = setTimeout(() => this.ask(), AGAIN_MS); // it is opened meanwhile, perhaps
    } else {
      const count = total > results.length ? t("find_some", results.length, total) : results.length ? many("hits", total) : said.length ? "" : t("find_none", this.asked);
      this.status.textContent = [count, ...said].filter(Boolean).join(" · ");
    }
  }

  #row(hit, at) {
    const row = document.createElement("li");
    row.id = `${this.list.id}-${at}`;
    row.dataset.at = String(at);
    row.setAttribute("role", "option");
    const excerpt = part("excerpt", "");
    for (const [text, isMarked] of pieces(hit.excerpt ?? "", hit.marks)) {
      const piece = document.createElement(isMarked ? "mark" : "span");
      piece.textContent = text;
      excerpt.append(piece);
    }
    const where = [hit.what === "annotation" ? t("find_in_highlight") : hit.what === "note" ? t("find_in_note") : "", hit.site, hit.saved_at ? day(hit.saved_at) : ""];
    row.append(part("name", hit.title || hit.url), excerpt, part("where", where.filter(Boolean).join(" · ")));
    return row;
  }

  #choose(at) {
    this.at = at;
    for (const row of this.list.children) row.setAttribute("aria-selected", String(Number(/** @type {HTMLElement} */ (row).dataset.at) === at));
    const row = this.list.children[at];
    if (row) {
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  #onKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && this.hits.length) {
      event.preventDefault();
      this.#choose((this.at + by + this.hits.length) % this.hits.length);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.hits[this.at]) this.#open(this.hits[this.at], event.ctrlKey || event.metaKey || event.altKey);
    } else if (event.key === "Escape" && this.input.value) {
      event.preventDefault(); // the first one empties the field, the second closes the popup
      this.clear();
    }
  }

  /** In Kithbook, or the page itself in a tab. */
  async #open(hit, isPage) {
    if (isPage && isWeb(hit.url)) {
      await B.tabs.create({ url: hit.url });
      this.opened();
      return;
    }
    const { code } = await B.runtime.sendMessage({ kb: "show", id: hit.capture });
    if (code) this.status.textContent = t(code === "desktop-closed" ? "show_closed" : "show_failed");
    else this.opened();
  }
}
