// @ts-check
// A click's state in words: tone, icon, headline and the sentence under it. Pure.
// Surprising: "saved" is said only after the host's durable answer; before that the page is "kept in the browser".

/** Why Kithbook cannot be reached at all: there is something for the person to mend. */
export const MENDABLE = new Set(["no-host", "not-allowed"]);

const KNOWN_CODES = new Set(["host-gone", "no-answer", "bad-reply", "version", "disk-full", "io", "busy"]);

/** The word list's key for a code of the host or of the port. */
export const codeKey = (code) => `code_${(KNOWN_CODES.has(code) ? code : "io").replaceAll("-", "_")}`;

/**
 * @param {any} state of a click (see clicks.js)
 * @param {{t: any, many: any, day: any, hour: any, tenths: any, browser: string, waiting: number}} say
 * @returns {{tone: string, icon: string, head: string, detail: string, view: "form"|"waiting"|"missing"}}
 */
export function describe(state, say) {
  if (state.phase === "saved") return saved(state, say);
  if (state.phase === "waiting") return waiting(state, say);
  if (state.phase === "refused") return { tone: "warn", icon: "triangle-alert", head: say.t("refused"), detail: say.t("refused_detail"), view: "waiting" };
  if (state.phase === "failed") return { tone: "bad", icon: "triangle-alert", head: say.t("failed"), detail: say.t("failed_detail", state.code), view: "form" };
  const detail = state.savedBefore ? savedBefore(state, say) : say.t(state.phase === "sending" ? "sending_detail" : "reading_detail");
  return { tone: "info", icon: "loader", head: say.t("saving"), detail: withPrivacy(state, detail, say), view: "form" };
}

/** What is to be said of the page's highlights; "" when all is well or nothing is known yet. */
export function marksNote({ marks, savedBefore }, say) {
  if (!marks) return "";
  const lost = marks.lost ? say.many("marks_lost", marks.lost) : "";
  return [lost, marks.isClosed && savedBefore ? say.t("marks_closed") : ""].filter(Boolean).join(" ");
}

function saved(state, say) {
  if (state.note) {
    const detail = say.t(state.note === "internal" && !state.url ? "note_internal_nameless" : `note_${state.note.replaceAll("-", "_")}`);
    return { tone: "warn", icon: "link", head: say.t("saved_link_only"), detail, view: "form" };
  }
  if (state.savedBefore) {
    return { tone: "info", icon: "history", head: savedBefore(state, say), detail: say.t("saved_before_detail"), view: "form" };
  }
  return { tone: "ok", icon: "circle-check", head: say.t("saved"), detail: what(state, say), view: "form" };
}

function savedBefore(state, say) {
  const isToday = new Date(state.savedBefore).toDateString() === new Date(state.at).toDateString();
  return isToday ? say.t("saved_before_today", say.hour(state.savedBefore)) : say.t("saved_before", say.day(state.savedBefore));
}

/** "The page as you see it and 4 pictures, 0.4 s" */
function what(state, say) {
  const subject = say.t(state.isLink ? "what_link" : { selection: "what_selection", video: "what_video" }[state.kind] ?? "what_page");
  const full = state.pictures ? say.t("what_and", subject, say.many("pictures", state.pictures)) : subject;
  return state.ms < 10_000 ? say.t("what_seconds", full, say.tenths(state.ms)) : full; // one that waited was not slow
}

function waiting(state, say) {
  if (MENDABLE.has(state.code)) {
    const head = say.t(state.code === "no-host" ? "missing" : "not_allowed", say.browser);
    const detail = say.t("missing_detail", say.browser, say.many("queued", Math.max(say.waiting, 1)));
    return { tone: "bad", icon: "wifi-off", head, detail: state.isPrivate ? say.t("private_waiting", say.browser) : detail, view: "missing" };
  }
  const head = say.t("waiting", Math.max(say.waiting, 1));
  return { tone: "info", icon: "clock", head, detail: withPrivacy(state, say.t(codeKey(state.code)), say), view: "waiting" };
}

function withPrivacy(state, detail, say) {
  return state.isPrivate ? say.t("private_waiting", say.browser) : detail;
}
