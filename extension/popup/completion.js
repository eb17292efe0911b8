// @ts-check
// A text field with a list of choices below it, as the ARIA combobox pattern describes it.
// Keys: arrows walk, Enter takes, Escape closes the list and leaves the text.

let number = 0;

export class Completion {
  /**
   * @param {HTMLInputElement} input
   * @param {{choices: (typed: string) => {value: string, label?: string, key?: string}[], take: (value: string) => void, opensEmpty?: boolean}} options
   * `opensEmpty`: the arrows open the list before anything is typed; `key` of a choice is drawn before it
   */
  constructor(input, { choices, take, opensEmpty = true }) {
    this.input = input;
    this.choices = choices;
    this.take = take;
    this.opensEmpty = opensEmpty;
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.id = `choices-${(number += 1)}`;
    this.list.className = "choices";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    input.closest(".entry")?.append(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.open());
    input.addEventListener("blur", () => this.close());
    // Before the list takes the focus away: a click on it must not close it first.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item) this.#takeAt(Number(item.dataset.at));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(isAsked = false) {
    const typed = this.input.value;
    this.show(typed.trim() || (isAsked && this.opensEmpty) ? this.choices(typed) : []);
  }

  /** Opens the list with these choices. */
  show(items) {
    this.items = items;
    this.at = -1;
    this.list.replaceChildren(...this.items.map((item, at) => this.#item(item, at)));
    this.#toggle(this.items.length > 0);
  }

  close() {
    this.#toggle(false);
  }

  /** Handles a key of the field; true when the key was for the list. */
  onKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.isOpen) this.open(true);
      if (this.isOpen) this.#walk(event.key === "ArrowDown" ? 1 : -1);
      return this.isOpen;
    }
    if (!this.isOpen) return false;
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0) {
      this.#takeAt(this.at);
      return event.key === "Enter";
    }
    return false;
  }

  #item({ value, label, key }, at) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.at = String(at);
    item.textContent = label ?? value;
    if (key) {
      const drawn = document.createElement("span");
      drawn.className = "key";
      drawn.textContent = key;
      item.prepend(drawn);
    }
    return item;
  }

  #walk(step) {
    const count = this.items.length;
    this.at = this.at < 0 && step < 0 ? count - 1 : (this.at + step + count) % count;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  #takeAt(at) {
    const { value } = this.items[at];
    this.close();
    this.take(value);
  }

  #toggle(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.input.removeAttribute("aria-activedescendant");
    const room = innerHeight - this.input.getBoundingClientRect().bottom;
    this.list.classList.toggle("above", isOpen && room < this.list.offsetHeight + 56);
  }
}
