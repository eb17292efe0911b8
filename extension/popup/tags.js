// @ts-check
// The tags field: pills and one small input. Enter or a comma adds, Backspace in the empty input takes the last away.

import { t } from "../i18n.js";
import { Completion } from "./completion.js";
import { ownSpelling, suggest } from "./suggest.js";

const MOST = 100;

export class Tags {
  /** @param {HTMLElement} field @param {() => string[]} own the person's tags @param {() => void} changed */
  constructor(field, own, changed) {
    this.field = field;
    this.own = own;
    this.changed = changed;
    this.tags = [];
    this.input = /** @type {HTMLInputElement} */ (field.querySelector("input"));
    const choices = (typed) => suggest(own(), typed, this.tags).map((value) => ({ value }));
    this.completion = new Completion(this.input, { choices, take: (value) => this.add(value) });
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("input", () => this.#splitAtCommas());
    this.input.addEventListener("blur", () => this.add(this.input.value));
    field.addEventListener("mousedown", (event) => {
      if (event.target === field) setTimeout(() => this.input.focus());
    });
  }

  get value() {
    return [...this.tags];
  }

  set value(tags) {
    this.tags = [...tags];
    this.#draw();
  }

  add(typed) {
    const tag = ownSpelling(this.own(), typed).replace(/^#/, "").slice(0, 200);
    this.input.value = "";
    this.completion.close();
    if (!tag || this.tags.length >= MOST || this.tags.some((each) => each.toLowerCase() === tag.toLowerCase())) return;
    this.tags.push(tag);
    this.#draw();
    this.changed();
  }

  remove(tag) {
    this.tags = this.tags.filter((each) => each !== tag);
    this.#draw();
    this.changed();
    this.input.focus();
  }

  #splitAtCommas() {
    if (!this.input.value.includes(",")) return;
    const parts = this.input.value.split(",");
    const rest = parts.pop() ?? "";
    for (const part of parts) this.add(part);
    this.input.value = rest.trimStart();
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (this.completion.onKey(event)) return event.preventDefault();
    if (event.key === "Enter" && this.input.value.trim()) {
      event.preventDefault();
      this.add(this.input.value);
    } else if (event.key === "Backspace" && !this.input.value && this.tags.length) {
      event.preventDefault();
      this.remove(this.tags[this.tags.length - 1]);
    }
    return undefined;
  }

  #draw() {
    for (const pill of this.field.querySelectorAll(".pill")) pill.remove();
    this.input.before(...this.tags.map((tag) => this.#pill(tag)));
  }

  #pill(tag) {
    const pill = document.createElement("span");
    pill.className = "pill";
    const text = document.createElement("span");
    text.className = "text";
    text.textContent = tag;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", t("remove_tag", tag));
    const cross = document.createElement("span");
    cross.className = "icon icon-x";
    cross.setAttribute("aria-hidden", "true");
    button.append(cross);
    button.addEventListener("click", () => this.remove(tag));
    pill.append(text, button);
    return pill;
  }
}
