// @ts-check
// From a tab to a job: reads the page and describes it for the wire.
// Surprising: what cannot be read is no error. It is a capture of its link, with a note that says why.

import { browserName } from "./browser.js";
import { mergeFrames } from "./frames.js";
import { t } from "./i18n.js";
import { readMedia } from "./media.js";
import { LIMITS, fromBase64, pack, wireText } from "./messages.js";
import { PICTURE_LIMITS, readPictures } from "./pictures.js";
import { readSelection } from "./selection.js";
import { PAGE_LIMITS, serialisePage } from "./serialize.js";
import { urlKey } from "./urls.js";

/** The address of a page whose address the browser keeps to itself. */
export const NAMELESS = "about:blank";
const HTML_TYPE = "text/html; charset=utf-8";

/** The address of the page that a viewer shows; any other address as it is. */
export function realAddress(address) {
  const viewers = [/^view-source:(.+)$/i, /^about:reader\?url=([^&]+)/i, /^(?:chrome|moz)-extension:\/\/[^/]+\/(?:[^?]*\?file=|)(https?[:%].+)$/i];
  for (const viewer of viewers) {
    const found = viewer.exec(address)?.[1];
    if (!found) continue;
    try {
      const inner = found.includes("://") ? found : decodeURIComponent(found);
      return new URL(inner).href;
    } catch {
      return address;
    }
  }
  return address;
}

/** The note of an address that no extension may read; "" when it is worth trying. */
export function noteOfAddress(address) {
  if (realAddress(address) !== address) return "viewer";
  if (/^(https?|file|data|blob|ftp):/i.test(address)) return "";
  return "internal"; // chrome:, about:, edge:, moz-extension: and an address we are not even told
}

/** The note of a page whose reading failed, from the browser's own words. */
export function noteOfFailure(address, words) {
  if (/\.pdf([?#]|$)/i.test(address)) return "pdf";
  if (!/^https?:/i.test(address)) return "no-access";
  if (!words || /gallery|error page|removed|No tab|closed/i.test(words)) return "no-access";
  // Firefox refuses its own viewers ("Missing host permission"), Chromium pages that are locked in by a sandbox rule.
  return /missing host permission/i.test(words) ? "viewer" : "sandboxed";
}

/**
 * Reads a tab. Never throws: what fails becomes a note. The chosen passage is read only when it is `asked` for.
 * @returns {Promise<{page: any, selection: any, media: any, note: string}>}
 */
export async function readTab(B, tab, asked = "page") {
  const nothing = { page: null, selection: null, media: null };
  const note = noteOfAddress(tab.url ?? "");
  if (note) return { ...nothing, note };
  const target = { tabId: tab.id };
  const run = (func, args = [], where = target) => B.scripting.executeScript({ target: where, func, args });
  const alone = (func) => run(func).then((results) => results[0]?.result ?? null, () => null);
  const isChosen = asked === "selection";
  try {
    const allFrames = await B.permissions.contains({ origins: ["<all_urls>"] }).catch(() => false);
    const [pages, selection, media] = await Promise.all([
      run(serialisePage, [{ ...PAGE_LIMITS, isChosen }], { ...target, ...(allFrames ? { allFrames } : {}) }),
      isChosen ? alone(readSelection) : null,
      alone(readMedia),
    ]);
    const page = mergeFrames(pages);
    if (!page) return { ...nothing, note: noteOfFailure(tab.url, String(pages[0]?.error ?? "")) };
    return { page, selection, media, note: page.note };
  } catch (error) {
    return { ...nothing, note: noteOfFailure(tab.url, String(error?.message ?? error)) };
  }
}

/** Pictures of a page that was read, as sections; what the page cannot hand over in time is left to the desktop. */
export async function pictureSections(B, tab, page, used) {
  const all = Math.min(LIMITS.capture - used, LIMITS.capture);
  if (!page?.pictures.length || all <= 0) return [];
  const limits = { ...PICTURE_LIMITS, all };
  const run = B.scripting.executeScript({ target: { tabId: tab.id }, func: readPictures, args: [page.pictures, limits] });
  const results = await run.catch(() => []);
  const read = results[0]?.result ?? [];
  return read.map(({ url, type, data }) => ({ kind: "picture", type, url, data: fromBase64(data) }));
}

function kindOf(asked, read) {
  if (read.note) return read.note === "pdf" ? "pdf" : "link";
  if (asked === "selection" && read.selection) return "selection";
  const isVideo = read.media?.isMain || (read.media && /^video/i.test(read.page?.ogType ?? ""));
  return isVideo ? "video" : "page";
}

/** Text sections of a page: its html first, then what a video says. */
function textSections(read, kind) {
  const encode = (text) => new TextEncoder().encode(wireText(text, Infinity));
  if (!read.page?.html || read.note) return [];
  const long = kind === "selection" && read.page.selectionHtml.length > LIMITS.text;
  const html = long ? selectionPage(read.page) : read.page.html;
  const sections = [{ kind: "html", type: HTML_TYPE, data: encode(html) }];
  const { captions, transcript } = read.media ?? {};
  if (captions) sections.push({ kind: "transcript", type: "text/vtt; charset=utf-8", data: encode(captions) });
  if (transcript) sections.push({ kind: "transcript", type: "text/plain; charset=utf-8", data: encode(transcript) });
  return sections;
}

/** Pictures that the page itself holds, as sections: those of a kind that the library takes, as far as there is room. */
export function inlineSections(inline, used) {
  const sections = [];
  let left = LIMITS.capture - used;
  for (const { url, data } of inline ?? []) {
    const [, kind, body] = /^data:image\/(png|jpe?g|gif|webp|avif)[^,]*;base64,([\s\S]*)$/i.exec(data) ?? [];
    if (!body || sections.length >= LIMITS.sections / 4) continue;
    const picture = decoded(body);
    if (!picture || picture.length > LIMITS.picture || picture.length > left) continue;
    left -= picture.length;
    sections.push({ kind: "picture", type: `image/${kind.toLowerCase().replace("jpg", "jpeg")}`, url, data: picture });
  }
  return sections;
}

function decoded(body) {
  try {
    return fromBase64(body.includes("%") ? decodeURIComponent(body) : body);
  } catch {
    return null; // no base64 after all
  }
}

/** A passage too long for the message travels as the page itself. */
function selectionPage(page) {
  const head = /<head[^>]*>[\s\S]*?<\/head>/i.exec(page.html)?.[0] ?? "";
  return `<!doctype html><html lang="${page.lang.replace(/"/g, "")}">${head}<body>${page.selectionHtml}</body></html>`;
}

function selectionOf(read) {
  if (!read.selection || read.note) return null;
  const html = read.page.selectionHtml;
  const { quote, prefix, suffix } = read.selection;
  return { html: html.length > LIMITS.text ? "" : wireText(html), quote: wireText(quote), prefix: wireText(prefix), suffix: wireText(suffix) };
}

/**
 * The begin message of a tab that was read, and its sections so far.
 * @param {{id: string, at: number, asked: "page"|"selection"}} click
 */
export async function describeTab(tab, read, click) {
  const kind = kindOf(click.asked, read);
  let sections = textSections(read, kind);
  let note = read.note;
  const used = sections.reduce((sum, section) => sum + section.data.length, 0);
  if (used > LIMITS.capture) {
    sections = [];
    note = "too-big";
  }
  if (sections.length) sections = [...sections, ...inlineSections(read.page.inline, used)];
  const url = wireText(realAddress(read.page?.url || tab.url || NAMELESS), LIMITS.url);
  const name = url === NAMELESS ? t("internal_title") : url;
  const media = read.media && { position: read.media.position, duration: read.media.duration, title: wireText(read.media.title, 500) };
  return {
    sections,
    about: {
      ...common(click, tab), kind: note && kind !== "pdf" ? "link" : kind, url, url_key: urlKey(url), note, media: note ? null : media,
      title: wireText(read.page?.title || tab.title || name, 2_000), canonical: wireText(read.page?.canonical, LIMITS.url),
      lang: wireText(read.page?.lang, 40), author: wireText(read.page?.author, 500),
      selection: kind === "selection" ? selectionOf(read) : null,
    },
  };
}

/** The begin message of a link that was saved without being opened. */
export function describeLink(address, title, tab, click) {
  const url = wireText(address, LIMITS.url);
  return {
    sections: [],
    about: {
      ...common(click, tab), kind: "link", url, url_key: urlKey(url), note: "", media: null, title: wireText(title || url, 2_000),
      canonical: "", lang: "", author: "", selection: null,
    },
  };
}

function common(click, tab) {
  return {
    id: click.id, captured_at: click.at, private: Boolean(tab?.incognito), browser: browserName(),
    tags: [], goal: "", why: "", found_through: "",
  };
}

/** A job for the queue. A held one is not sent yet: its pictures are still being read. */
export async function jobOf(about, sections, isHeld = false) {
  const { payload, described } = await pack(sections);
  return {
    id: about.id, op: "capture", made: about.captured_at, isPrivate: about.private, isHeld, attempts: 0, code: "",
    message: { ...about, ...described }, payload,
  };
}
