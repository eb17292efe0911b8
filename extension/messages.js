// @ts-check
// The wire schema, protocol v1: what may cross the port, and how a payload is cut into parts.
// Surprising: limits and hashes count the payload's bytes, never the base64 that carries them.

export const PROTOCOL = 1;
export const HOST = "org.kithbook.host";

export const LIMITS = Object.freeze({
  part: 192 * 1024, // bytes of payload in one part, before base64
  capture: 32 * 1024 * 1024, // bytes of all sections of a capture
  picture: 5 * 1024 * 1024,
  text: 20_000, // characters of any text
  url: 8_000,
  context: 200, // characters before and after a highlight
  name: 200, // characters of a tool's name
  seconds: 10_000_000, // of a video
  tags: 100,
  tag: 200,
  sections: 4_000,
  message: 1024 * 1024, // bytes of one message as JSON
});

/** The colours of a highlight, as the library names them. */
export const COLOURS = Object.freeze(["straw", "sage", "sky", "rose", "lilac"]);
export const KINDS = Object.freeze(["page", "selection", "link", "video", "pdf"]);
export const NOTES = Object.freeze(["", "pdf", "viewer", "sandboxed", "internal", "too-big", "no-access"]);
const SECTION_KINDS = ["html", "picture", "transcript", "ldjson"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{64}$/;
const OPS = ["hello", "context", "begin", "part", "commit", "update", "annotate", "timed-comment", "tool", "find", "marks", "show"];

const isText = (value, limit = LIMITS.text) => typeof value === "string" && value.length <= limit;
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isTags = (value) =>
  Array.isArray(value) && value.length <= LIMITS.tags && value.every((tag) => isText(tag, LIMITS.tag));

/** How many parts carry a payload of `bytes` bytes. */
export const partCount = (bytes) => Math.ceil(bytes / LIMITS.part);

/**
 * The code of what is wrong with a message to the host, or "" when nothing is.
 * @returns {""|"bad-request"|"version"|"unsupported"|"too-big"}
 */
export function checkMessage(message) {
  if (!message || typeof message !== "object" || Array.isArray(message)) return "bad-request";
  if (message.v !== PROTOCOL) return "version";
  if (typeof message.op !== "string") return "bad-request";
  if (!OPS.includes(message.op)) return "unsupported";
  return (CHECKS[message.op] ?? (() => ""))(message);
}

const CHECKS = {
  hello: (m) => (isText(m.browser, 40) ? "" : "bad-request"),
  context: (m) => (isText(m.url) || isText(m.url_key) ? "" : "bad-request"),
  begin: checkBegin,
  part: (m) => (UUID.test(m.id) && isCount(m.n) && isBase64(m.data) ? "" : "bad-request"),
  commit: (m) => (UUID.test(m.id) ? "" : "bad-request"),
  update: checkUpdate,
  annotate: checkAnnotate,
  "timed-comment": checkComment,
  tool: checkTool,
  find: (m) => (isText(m.q) && (m.limit === undefined || isCount(m.limit)) ? "" : "bad-request"),
  marks: (m) => (isText(m.url_key) && m.url_key ? "" : "bad-request"),
};

function isBase64(data) {
  const longest = Math.ceil(LIMITS.part / 3) * 4;
  return typeof data === "string" && data.length <= longest && data.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(data);
}

function checkBegin(m) {
  if (!UUID.test(m.id) || !KINDS.includes(m.kind) || !isText(m.url) || !m.url) return "bad-request";
  if (!isCount(m.bytes) || !isCount(m.parts) || !HEX.test(m.sha256) || !isCount(m.captured_at)) return "bad-request";
  if (m.bytes > LIMITS.capture) return "too-big";
  if (m.parts !== partCount(m.bytes)) return "bad-request";
  const texts = ["canonical", "title", "lang", "author", "goal", "why", "found_through", "note"];
  if (texts.some((name) => m[name] !== undefined && !isText(m[name]))) return "bad-request";
  if (m.tags !== undefined && !isTags(m.tags)) return "bad-request";
  if (m.selection && !["html", "quote", "prefix", "suffix"].every((name) => isText(m.selection[name]))) return "bad-request";
  return checkSections(m.sections, m.bytes);
}

function checkSections(sections, bytes) {
  if (!Array.isArray(sections) || sections.length > LIMITS.sections) return "bad-request";
  const isSection = (s) => s && SECTION_KINDS.includes(s.kind) && isCount(s.bytes) && isText(s.type ?? "") && isText(s.url ?? "");
  if (!sections.every(isSection)) return "bad-request";
  return sections.reduce((sum, section) => sum + section.bytes, 0) === bytes ? "" : "bad-request";
}

function checkUpdate(m) {
  if (!UUID.test(m.id) || !UUID.test(m.of)) return "bad-request";
  const texts = ["title", "goal", "why", "found_through"];
  if (texts.some((name) => m[name] !== undefined && !isText(m[name]))) return "bad-request";
  return m.tags === undefined || isTags(m.tags) ? "" : "bad-request";
}

function checkAnnotate(m) {
  if (!UUID.test(m.id) || !UUID.test(m.of)) return "bad-request";
  const isNew = m.annotation === undefined || m.annotation === null;
  if (isNew ? !isText(m.quote) || !m.quote : !UUID.test(m.annotation)) return "bad-request";
  if (["quote", "colour", "comment", "link", "url_key"].some((name) => m[name] !== undefined && !isText(m[name]))) return "bad-request";
  if (["prefix", "suffix"].some((name) => m[name] !== undefined && !isText(m[name], LIMITS.context))) return "bad-request";
  if (["private", "removed"].some((name) => m[name] !== undefined && typeof m[name] !== "boolean")) return "bad-request";
  return m.tags === undefined || isTags(m.tags) ? "" : "bad-request";
}

function checkComment(m) {
  if (!UUID.test(m.id) || !UUID.test(m.of)) return "bad-request";
  if (typeof m.seconds !== "number" || !(m.seconds >= 0 && m.seconds <= LIMITS.seconds)) return "bad-request";
  if (!isText(m.comment) || !m.comment.trim()) return "bad-request";
  if (["caption", "url_key"].some((name) => m[name] !== undefined && !isText(m[name]))) return "bad-request";
  if (m.private !== undefined && typeof m.private !== "boolean") return "bad-request";
  return m.tags === undefined || isTags(m.tags) ? "" : "bad-request";
}

function checkTool(m) {
  if (!UUID.test(m.id) || !UUID.test(m.of)) return "bad-request";
  if (!isText(m.name, LIMITS.name) || !m.name.trim()) return "bad-request";
  return ["url", "problem"].some((name) => m[name] !== undefined && !isText(m[name])) ? "bad-request" : "";
}

/** Whether a reply of the host has the shape that the protocol promises. */
export function isReply(reply) {
  return Boolean(reply) && reply.v === PROTOCOL && typeof reply.ok === "boolean" && (reply.ok || typeof reply.code === "string");
}

/** Bytes as base64. Chunked, because one call with a million arguments overflows the stack. */
export function toBase64(bytes) {
  if (typeof bytes.toBase64 === "function") return bytes.toBase64();
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** SHA-256 of bytes as 64 hex digits. */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sections ({kind, type, url?, data: Uint8Array}) as one payload and its description for `begin`. */
export async function pack(sections) {
  const bytes = sections.reduce((sum, section) => sum + section.data.length, 0);
  const payload = new Uint8Array(bytes);
  let at = 0;
  for (const { data } of sections) {
    payload.set(data, at);
    at += data.length;
  }
  const listed = sections.map(({ kind, type, url, data }) => ({ kind, bytes: data.length, type, ...(url ? { url } : {}) }));
  return { payload, described: { sections: listed, bytes, parts: partCount(bytes), sha256: await sha256(payload) } };
}

/** Part `n` (from 0) of a payload, as its message. */
export function partMessage(id, n, payload) {
  return { v: PROTOCOL, op: "part", id, n, data: toBase64(payload.subarray(n * LIMITS.part, (n + 1) * LIMITS.part)) };
}

/** A text as the wire takes it: no lone surrogates, no longer than the limit. */
export function wireText(value, limit = LIMITS.text) {
  const cut = String(value ?? "").slice(0, limit);
  return cut.toWellFormed ? cut.toWellFormed() : cut.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
