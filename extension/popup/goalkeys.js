// @ts-check
// A goal by two keys: Alt+G, then its number or its first letter. G alone does it where nothing is being written.
// Surprising: two goals of one letter are both shown, numbered anew; another key is typed into the field as usual.

const MOST = 9;
const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

/**
 * The goals that a second key leaves. Pure.
 * @param {string[]} skills as they are shown, numbered from 1
 * @param {string} key
 * @returns {string[]} one: it is chosen; more: to choose from; none: the key means nothing here
 */
export function picked(skills, key) {
  if (/^[1-9]$/.test(key)) return skills.slice(Number(key) - 1, Number(key));
  return key.length === 1 && key.trim() ? skills.filter((skill) => fold(skill).startsWith(fold(key))) : [];
}

export class GoalKeys {
  /** @param {{field: HTMLInputElement, list: any, skills: () => string[], take: (skill: string) => void}} parts `list`: the field's Completion */
  constructor({ field, list, skills, take }) {
    Object.assign(this, { field, list, skills, take });
    this.shown = null; // the goals that the second key chooses from
    this.before = null;
    field.addEventListener("blur", () => { this.shown = null; });
  }

  /** Handles a key of the popup; true when it was for the goals. */
  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return false;
    if (this.shown) return this.#second(event);
    const isG = event.code === "KeyG" || event.key.toLowerCase() === "g";
    const isWriting = event.target instanceof HTMLElement && event.target.matches("input, textarea");
    if (!isG || event.shiftKey || (!event.altKey && isWriting)) return false;
    this.before = document.activeElement;
    this.field.focus();
    this.#show(this.skills().slice(0, MOST));
    return true;
  }

  #show(skills) {
    this.shown = skills.length ? skills : null;
    this.list.show(skills.map((value, n) => ({ value, key: String(n + 1) })));
  }

  #second(event) {
    if (["Alt", "AltGraph", "Shift"].includes(event.key)) return false; // still held down
    const left = picked(this.shown, event.key);
    if (left.length > 1) this.#show(left);
    else this.#end(left[0]);
    return left.length > 0;
  }

  #end(skill) {
    this.shown = null;
    if (skill === undefined) return; // arrows walk the list, letters are typed, Escape closes
    this.list.close();
    this.take(skill);
    if (this.before instanceof HTMLElement && this.before !== document.body) this.before.focus();
  }
}
