// @ts-check
// Every word a person reads comes from _locales through here.

import { B } from "./browser.js";

/** The text of `key`, with its places filled. */
export function t(key, ...values) {
  return B.i18n.getMessage(key, values.map(String)) || key;
}

/** "1 picture", "4 pictures": `key_one` or `key_many`. */
export function many(key, number) {
  return t(number === 1 ? `${key}_one` : `${key}_many`, number);
}

/** Dates and numbers speak the language of the words around them, which need not be the browser's. */
const language = () => t("locale");

/** "14 March", with the year when it is not this one. */
export function day(ms, now = Date.now()) {
  const year = new Date(ms).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", ...year }).format(ms);
}

/** "now", "2 min", "3 h", or the day. */
export function age(ms, now = Date.now()) {
  const minutes = Math.floor((now - ms) / 60_000);
  if (minutes < 1) return t("age_now");
  if (minutes < 60) return t("age_minutes", minutes);
  return minutes < 24 * 60 ? t("age_hours", Math.floor(minutes / 60)) : day(ms, now);
}

/** "14:05" */
export const hour = (ms) => new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" }).format(ms);

/** "0.4": seconds of milliseconds. */
export function tenths(ms) {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(Math.max(ms, 100) / 1000);
}

/** Fills in the words that a page's markup asks for: data-t for text, data-t-ATTRIBUTE for attributes. */
export function localise(root = document) {
  document.documentElement.lang = language();
  for (const element of root.querySelectorAll("*")) {
    for (const [name, key] of Object.entries(element.dataset)) {
      if (name === "t") element.textContent = t(key);
      else if (/^t[A-Z]/.test(name)) element.setAttribute(name.slice(1).replace(/[A-Z]/g, (c, i) => (i ? "-" : "") + c.toLowerCase()), t(key));
    }
  }
}

/** Appends a text in which **bold** and `code` are marked, without ever reading markup from it. */
export function marked(element, text) {
  element.textContent = "";
  for (const [, bold, code, rest] of text.matchAll(/\*\*(.+?)\*\*|`(.+?)`|((?:(?!\*\*|`)[\s\S])+)/g)) {
    const piece = document.createElement(bold ? "b" : code ? "code" : "span");
    piece.textContent = bold ?? code ?? rest;
    element.append(piece);
  }
}
